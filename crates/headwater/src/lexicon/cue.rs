//! Cues: words that attribute.

use super::Table;

/// Cues: words that attribute.
#[derive(Debug)]
pub struct Cues {}

impl Cues {
    /// From the rows of its file.
    pub fn new(table: &Table) -> Self {
        let _ = table;
        Self {}
    }
}
