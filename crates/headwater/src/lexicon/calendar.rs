//! Words for dates.

use rustc_hash::FxHashMap;

use super::{Phrases, Table};
use crate::fold;

/// Words for dates. All words that are asked for are folded.
#[derive(Debug)]
pub struct Calendar {
    /// Words between the parts of a date ("9th of August").
    pub joints: Phrases,
    /// What is written behind the day's digits ("th").
    pub ordinals: Phrases,
    months: FxHashMap<String, i8>,
    weekdays: FxHashMap<String, i8>,
    common: Phrases,
}

impl Calendar {
    /// From the rows of its file.
    pub fn new(table: &Table) -> Self {
        let numbered = |list: &str| {
            let row = |row: &[&str]| Some((fold::fold(row.first()?), row.get(1)?.parse().ok()?));
            table.list(list).filter_map(row).collect::<FxHashMap<String, i8>>()
        };
        Self {
            joints: table.phrases("joint"),
            ordinals: table.phrases("ordinal"),
            months: numbered("month"),
            weekdays: numbered("weekday"),
            common: table.marked("common"),
        }
    }

    /// The month of that name or abbreviation: 1 to 12.
    pub fn month(&self, word: &str) -> Option<i8> {
        self.months.get(word).copied()
    }

    /// The weekday of that name or abbreviation: Monday is 1, Sunday 7.
    pub fn weekday(&self, word: &str) -> Option<i8> {
        self.weekdays.get(word).copied()
    }

    /// Whether the word also means something else, so that only a capital letter tells.
    pub fn is_common(&self, word: &str) -> bool {
        self.common.has(word)
    }
}
