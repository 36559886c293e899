//! Words for dates.

use super::Table;

/// Words for dates.
#[derive(Debug)]
pub struct Calendar {}

impl Calendar {
    /// From the rows of its file.
    pub fn new(table: &Table) -> Self {
        let _ = table;
        Self {}
    }
}
