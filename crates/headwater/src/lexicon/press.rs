//! The standing words of pages: furniture, credits, bylines.

use super::Table;

/// The standing words of pages: furniture, credits, bylines.
#[derive(Debug)]
pub struct Press {}

impl Press {
    /// From the rows of its file.
    pub fn new(table: &Table) -> Self {
        let _ = table;
        Self {}
    }
}
