//! Words for numbers, units and hedges.

use super::Table;

/// Words for numbers, units and hedges.
#[derive(Debug)]
pub struct Numbers {}

impl Numbers {
    /// From the rows of its file.
    pub fn new(table: &Table) -> Self {
        let _ = table;
        Self {}
    }
}
