//! Answers and findings to text, one file for each format.

pub mod csv;
pub mod json;
pub mod safe;
pub mod table;
pub mod text;
