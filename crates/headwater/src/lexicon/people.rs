//! Titles, offices, first names, words for unnamed people.

use super::Table;

/// Titles, offices, first names, words for unnamed people.
#[derive(Debug)]
pub struct People {}

impl People {
    /// From the rows of its file.
    pub fn new(table: &Table) -> Self {
        let _ = table;
        Self {}
    }
}
