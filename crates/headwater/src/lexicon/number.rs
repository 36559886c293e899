//! Words for numbers, units and hedges.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Phrases, Table};
use crate::fold;

/// What a number word does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Numeral {
    /// "seven".
    Cardinal(i64),
    /// "seventh".
    Ordinal(i64),
    /// "thousand": multiplies what stands before it.
    Scale(i64),
    /// "dozen": multiplies, and is a number by itself.
    Alone(i64),
    /// "k": multiplies digits that it is glued to.
    Glued(i64),
    /// "thousands": an unknown number of them.
    Vague(i64),
    /// "scores": an unknown number of them, where something is said of which.
    Heap(i64),
}

/// How a hedge bounds the number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bound {
    /// "about".
    About,
    /// "at least".
    Least,
    /// "up to".
    Most,
}

/// Words for numbers, units and hedges. All words that are asked for are folded; phrases are words
/// joined by single spaces.
#[derive(Debug)]
pub struct Numbers {
    /// Words inside a number ("a hundred and two").
    pub joints: Phrases,
    /// Words between tens and ones, in languages that have them.
    pub tens_joints: Phrases,
    /// Words that stand for one before a scale ("a dozen").
    pub singles: Phrases,
    /// Words between a number and what it counts.
    pub skipped: Phrases,
    /// Words that are never counted.
    pub uncounted: Phrases,
    /// What stands between the two ends of a range.
    pub ranges: Phrases,
    /// Words between a part and what it is a part of ("of").
    pub partitives: Phrases,
    /// Words that make a scale an unknown number of it ("several hundred").
    pub several: Phrases,
    /// Words whose number is a name ("section").
    pub numbered: Phrases,
    /// Words that count people where no noun follows ("12 injured").
    pub people: Phrases,
    /// Words before a number that make it an age ("aged").
    pub aged: Phrases,
    /// Words that end the name of a street, whose number is no figure.
    pub streets: Phrases,
    /// The unit of an age.
    pub age: Option<&'static str>,
    /// The sign before decimals.
    pub decimal: u8,
    /// The most words that a hedge, currency or measure has.
    pub longest: usize,
    opening: FxHashSet<u64>,
    numerals: FxHashMap<String, Numeral>,
    fractions: FxHashMap<String, i64>,
    /// Whether the phrase is also an everyday preposition.
    ratios: FxHashMap<String, bool>,
    before: FxHashMap<String, Bound>,
    behind: FxHashMap<String, Bound>,
    signs: FxHashMap<String, &'static str>,
    units: FxHashMap<String, &'static str>,
    plurals: Vec<(&'static str, &'static str)>,
}

impl Numbers {
    /// From the rows of its file.
    pub fn new(table: &Table) -> Self {
        let mut numbers = Self {
            joints: table.phrases("joint"),
            tens_joints: table.phrases("joint_tens"),
            singles: table.phrases("single"),
            skipped: table.phrases("skipped"),
            uncounted: table.phrases("uncounted"),
            ranges: table.phrases("range"),
            partitives: table.phrases("partitive"),
            several: table.phrases("several"),
            numbered: table.phrases("numbered"),
            people: table.phrases("people"),
            aged: table.phrases("aged"),
            streets: table.phrases("street"),
            age: table.list("age").next().map(|row| row[0]),
            decimal: table.list("decimal").next().map_or(b'.', |row| row[0].as_bytes()[0]),
            ratios: table
                .list("ratio")
                .map(|row| (fold::fold(row[0]), row.get(1) == Some(&"common")))
                .collect(),
            longest: 1,
            opening: FxHashSet::default(),
            numerals: FxHashMap::default(),
            fractions: FxHashMap::default(),
            before: FxHashMap::default(),
            behind: FxHashMap::default(),
            signs: FxHashMap::default(),
            units: FxHashMap::default(),
            plurals: table
                .list("plural")
                .map(|row| (row[0], row.get(1).copied().unwrap_or("")))
                .collect(),
        };
        for row in table.rows() {
            numbers.add(row);
        }
        let lists = [&numbers.several, &numbers.singles].map(Phrases::sorted);
        let words = numbers.words().chain(lists.iter().flatten().copied());
        numbers.opening = words.map(fold::hash).collect();
        numbers
    }

    /// The words that are a number or part of one, in no order: none is without one of them or a
    /// digit.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.numerals.keys().chain(self.fractions.keys()).map(String::as_str)
    }

    /// Whether a number may begin with the word whose folded form has that hash: most words are
    /// none, and need no other look.
    pub fn opens(&self, hash: u64) -> bool {
        self.opening.contains(&hash)
    }

    /// What the word does in a number.
    pub fn numeral(&self, word: &str) -> Option<Numeral> {
        self.numerals.get(word).copied()
    }

    /// A part of one, in thousandths ("half" is 500).
    pub fn fraction(&self, word: &str) -> Option<i64> {
        self.fractions.get(word).copied()
    }

    /// Whether the phrase stands between a part and its whole ("out of"): some when it does, true when
    /// it is also an everyday preposition ("in").
    pub fn ratio(&self, phrase: &str) -> Option<bool> {
        self.ratios.get(phrase).copied()
    }

    /// The hedge that a phrase before a number is.
    pub fn hedge_before(&self, phrase: &str) -> Option<Bound> {
        self.before.get(phrase).copied()
    }

    /// The hedge that a phrase behind a number is ("or more").
    pub fn hedge_behind(&self, phrase: &str) -> Option<Bound> {
        self.behind.get(phrase).copied()
    }

    /// The unit of a currency sign before a number.
    pub fn sign(&self, sign: &str) -> Option<&'static str> {
        self.signs.get(sign).copied()
    }

    /// The unit that a phrase behind a number names: a currency, a measure, an odd plural.
    pub fn unit(&self, phrase: &str) -> Option<&'static str> {
        self.units.get(phrase).copied()
    }

    /// The singular of a folded word, by its ending; itself where none fits.
    pub fn singular(&self, word: &str) -> String {
        let of = |(ending, singular): &(&str, &str)| {
            word.strip_suffix(ending).map(|stem| format!("{stem}{singular}"))
        };
        self.plurals.iter().find_map(of).unwrap_or_else(|| word.to_owned())
    }

    /// Whether the folded word has the ending of a plural.
    pub fn is_plural(&self, word: &str) -> bool {
        self.singular(word) != word
    }

    fn add(&mut self, row: &[&'static str]) {
        let (Some(word), Some(value)) = (row.get(1), row.get(2)) else { return };
        let word = fold::fold(word);
        self.longest = self.longest.max(word.split(' ').count());
        let number = value.parse::<i64>().unwrap_or(0);
        let mark = row.get(3).copied();
        match (row[0], mark) {
            ("cardinal", _) => drop(self.numerals.insert(word, Numeral::Cardinal(number))),
            ("ordinal", _) => drop(self.numerals.insert(word, Numeral::Ordinal(number))),
            ("scale", Some("alone")) => drop(self.numerals.insert(word, Numeral::Alone(number))),
            ("scale", Some("glued")) => drop(self.numerals.insert(word, Numeral::Glued(number))),
            ("scale", _) => drop(self.numerals.insert(word, Numeral::Scale(number))),
            ("vague", Some("partitive")) => drop(self.numerals.insert(word, Numeral::Heap(number))),
            ("vague", _) => drop(self.numerals.insert(word, Numeral::Vague(number))),
            ("fraction", _) => drop(self.fractions.insert(word, number)),
            ("hedge", Some("behind")) => drop(self.behind.insert(word, bound(value))),
            ("hedge", _) => drop(self.before.insert(word, bound(value))),
            ("currency", Some("behind")) | ("measure", _) => drop(self.units.insert(word, value)),
            ("currency", _) => drop(self.signs.insert(word, value)),
            _ => {}
        }
    }
}

fn bound(value: &str) -> Bound {
    match value {
        "least" => Bound::Least,
        "most" => Bound::Most,
        _ => Bound::About,
    }
}
