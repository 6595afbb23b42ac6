//! One binary for all tests.

#![expect(unreachable_pub, reason = "the modules of a test binary see each other only")]

mod cases;
mod claim;
mod cli;
mod contradictions;
mod coverage;
mod expect;
mod date {
    mod edtf;
}
mod index;
mod inference;
mod institutions;
mod oracle;
mod pieces;
mod plain;
mod questions;
mod readme;
mod render;
mod requirements;
mod robust;
mod roster;
mod rules;
mod source;
mod tidy;
