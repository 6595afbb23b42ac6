//! Answers and findings to text, one file for each format.

mod bars;
mod cells;
pub mod csv;
pub mod github;
mod grid;
pub mod json;
pub mod junit;
pub mod markdown;
mod picture;
pub mod plain;
mod region;
pub mod safe;
mod said;
pub mod sarif;
pub mod summary;
pub mod svg;
pub mod table;
pub mod tally;
pub mod tests;
pub mod text;
mod tree;
#[doc(hidden)]
pub mod words;
