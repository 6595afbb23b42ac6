//! Answers and findings to text, one file for each format.

pub mod csv;
pub mod github;
pub mod json;
pub mod plain;
mod region;
pub mod safe;
mod said;
pub mod sarif;
pub mod summary;
pub mod table;
pub mod tally;
pub mod text;
