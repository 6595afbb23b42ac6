//! One binary for all tests.

mod cases;
mod cli;
mod date {
    mod edtf;
}
mod inference;
mod oracle;
mod readme;
mod render;
mod robust;
mod tidy;
