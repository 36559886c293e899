//! Table: the rows of a lexicon file, and sets of phrases made from them.

use rustc_hash::FxHashSet;

use crate::fold;

/// The rows of a tab-separated file. The first field of a row names its list; `#` starts a comment
/// line; blank lines are skipped.
#[derive(Debug)]
pub struct Table {
    rows: Vec<Vec<&'static str>>,
}

impl Table {
    /// The rows of `file`.
    pub fn new(file: &'static str) -> Self {
        let lines = file.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        Self { rows: lines.map(|line| line.split('\t').map(str::trim).collect()).collect() }
    }

    /// All rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = &[&'static str]> {
        self.rows.iter().map(Vec::as_slice)
    }

    /// The rows of one list, without the field that names it, in order.
    pub fn list<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [&'static str]> + 'a {
        self.rows.iter().filter(move |row| row[0] == name).map(|row| &row[1..])
    }

    /// The first fields of one list as a set of folded phrases.
    pub fn phrases(&self, name: &str) -> Phrases {
        Phrases {
            words: self.list(name).filter_map(|row| row.first()).map(|w| fold::fold(w)).collect(),
        }
    }

    /// The words (second fields) of all rows whose last field is `mark`, as folded phrases.
    pub fn marked(&self, mark: &str) -> Phrases {
        let marked = self.rows().filter(|row| row.len() > 2 && row.last() == Some(&mark));
        Phrases { words: marked.map(|row| fold::fold(row[1])).collect() }
    }
}

/// A set of folded phrases.
#[derive(Debug, Default)]
pub struct Phrases {
    words: FxHashSet<String>,
}

impl Phrases {
    /// The first fields of all rows.
    pub fn new(table: &Table) -> Self {
        Self { words: table.rows().map(|row| fold::fold(row[0])).collect() }
    }

    /// Whether the folded `phrase` is one of them.
    pub fn has(&self, phrase: &str) -> bool {
        self.words.contains(phrase)
    }

    /// All of them, sorted.
    pub fn sorted(&self) -> Vec<&str> {
        let mut all = self.words.iter().map(String::as_str).collect::<Vec<_>>();
        all.sort_unstable();
        all
    }
}
