//! One binary for all tests.

mod date {
    mod edtf;
}
mod inference;
mod oracle;
mod render;
mod tidy;
