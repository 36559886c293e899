//! Words that tell how far two reports of one thing differ.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Alike, Background, Phrases, Table};
use crate::fold;

/// What counts the same, what is a deadline, what a number is not quite.
#[derive(Debug)]
pub struct Differences {
    /// Words before a number that is not quite reached.
    pub short: Phrases,
    /// Words before a number that is just passed.
    pub past: Phrases,
    /// What stands before the last moment for something.
    pub deadlines: Phrases,
    /// What says that a deed is still to come.
    pub futures: Phrases,
    /// Units that every sentence may count: measures, people.
    pub measures: Phrases,
    /// What a question whether something is so begins with.
    pub asks: Phrases,
    /// What bounds a denial: "since", "before".
    pub bounds: Phrases,
    /// What stands between the members of a list.
    pub joints: Phrases,
    /// What says that a list is not whole.
    pub parts: Phrases,
    /// Roots of what is done before the thing itself is.
    prepares: FxHashSet<String>,
    /// Roots of what, denied, leaves a question open.
    knows: FxHashSet<String>,
    /// Roots of what leaves a question open.
    unknowns: FxHashSet<String>,
    /// Roots of what ends a deed.
    ceases: FxHashSet<String>,
    /// Units that count the same things, each with the one that stands for all.
    counted: FxHashMap<String, String>,
}

impl Differences {
    /// From its rows; empty where there are none.
    pub fn new(table: &Table, alike: &Alike, background: &Background) -> Self {
        let root = |row: &[&'static str]| alike.root(row[0], background).into_owned();
        let roots = |list| table.list(list).map(root).collect();
        let mut counted = FxHashMap::default();
        for row in table.list("counted") {
            for word in row[..row.len().min(2)].iter().flat_map(|words| words.split(' ')) {
                counted.insert(fold::fold(word), fold::fold(row[0]));
            }
        }
        Self {
            short: table.phrases("short"),
            past: table.phrases("past"),
            deadlines: table.phrases("deadline"),
            futures: table.phrases("future"),
            measures: table.phrases("measure"),
            asks: table.phrases("ask"),
            bounds: table.phrases("bound"),
            joints: table.phrases("joint"),
            parts: table.phrases("part"),
            prepares: roots("prepare"),
            ceases: roots("cease"),
            knows: roots("known"),
            unknowns: roots("unknown"),
            counted,
        }
    }

    /// Whether a word (folded) stands in a row of words that count the same.
    pub fn is_counted(&self, word: &str) -> bool {
        self.counted.contains_key(word)
    }

    /// What a unit (folded, singular) counts: one word for all that count the same.
    pub fn counts<'a>(&'a self, unit: &'a str) -> &'a str {
        self.counted.get(unit).map_or(unit, String::as_str)
    }

    /// Whether the root is that of a word for what is done before the thing itself is.
    pub fn prepares(&self, root: &str) -> bool {
        self.prepares.contains(root)
    }

    /// Whether the root is that of a word that leaves a question open where it is denied.
    pub fn is_known(&self, root: &str) -> bool {
        self.knows.contains(root)
    }

    /// Whether the root is that of a word that leaves a question open.
    pub fn is_unknown(&self, root: &str) -> bool {
        self.unknowns.contains(root)
    }

    /// Whether the root is that of a word that ends the deed behind it.
    pub fn ceases(&self, root: &str) -> bool {
        self.ceases.contains(root)
    }
}
