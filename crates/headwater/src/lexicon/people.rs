//! Titles, offices, first names, words for unnamed people.
//!
//! `lexicon/<language>/people.tsv`: the name of a list, then its words.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Table;
use crate::fold;

/// What a word says of somebody, as bits: a word may say several things.
pub type Traits = u32;

/// The bits of [`Traits`].
pub mod traits {
    /// Stands before a name: "Senator".
    pub const TITLE: u32 = 1;
    /// A person by what she does: "spokesman".
    pub const ROLE: u32 = 1 << 1;
    /// Several: "officials".
    pub const ROLES: u32 = 1 << 2;
    /// One of many: "someone".
    pub const SOMEONE: u32 = 1 << 3;
    /// Ends the name of an institution.
    pub const OFFICE: u32 = 1 << 4;
    /// An institution by its seat.
    pub const SEAT: u32 = 1 << 5;
    /// A paper: "study".
    pub const DOCUMENT: u32 = 1 << 6;
    /// A report.
    pub const REPORT: u32 = 1 << 7;
    /// Media without a name.
    pub const MEDIA: u32 = 1 << 8;
    /// A particle inside a name.
    pub const PARTICLE: u32 = 1 << 9;
    /// What follows a name: "Jr".
    pub const SUFFIX: u32 = 1 << 10;
    /// Means a man.
    pub const MALE: u32 = 1 << 11;
    /// Means a woman.
    pub const FEMALE: u32 = 1 << 12;
    /// A first name.
    pub const FIRST: u32 = 1 << 13;
    /// Mr, Ms: a title that leaves the surname bare.
    pub const COURTESY: u32 = 1 << 14;
    /// Ends the name of a newspaper or station.
    pub const MASTHEAD: u32 = 1 << 15;
    /// Ends the name of a news agency.
    pub const WIRE: u32 = 1 << 16;
    /// Stands before the name of an outlet: "the newspaper N".
    pub const PAPER: u32 = 1 << 17;
    /// Stands behind the name of an agency: "the N newswire".
    pub const NEWSWIRE: u32 = 1 << 18;
    /// Opens the name of a newspaper, before "of": "Diario de".
    pub const OPENER: u32 = 1 << 19;
    /// Opens the name of an institution's seat that has two words.
    pub const SEATED: u32 = 1 << 20;
}

/// List in the file, what its words say.
const LISTS: &[(&str, Traits)] = &[
    ("title-he", traits::TITLE | traits::MALE | traits::COURTESY),
    ("title-she", traits::TITLE | traits::FEMALE | traits::COURTESY),
    ("title", traits::TITLE),
    ("role", traits::ROLE),
    ("role-he", traits::ROLE | traits::MALE),
    ("role-she", traits::ROLE | traits::FEMALE),
    ("role-they", traits::ROLES),
    ("someone", traits::SOMEONE),
    ("office", traits::OFFICE),
    ("seat", traits::SEAT),
    ("document", traits::DOCUMENT),
    ("report", traits::REPORT),
    ("media", traits::MEDIA),
    ("masthead", traits::MASTHEAD),
    ("masthead-first", traits::OPENER),
    ("wire", traits::WIRE),
    ("paper", traits::PAPER),
    ("newswire", traits::NEWSWIRE | traits::PAPER),
    ("particle", traits::PARTICLE),
    ("suffix", traits::SUFFIX),
    ("he", traits::FIRST | traits::MALE),
    ("she", traits::FIRST | traits::FEMALE),
];

/// Titles, offices, first names, words for unnamed people.
#[derive(Debug)]
pub struct People {
    words: FxHashMap<String, Traits>,
    /// Endings of nouns, where every noun has a capital; empty elsewhere.
    nouns: FxHashSet<String>,
    longest_noun: usize,
}

impl People {
    /// From the rows of its file.
    pub fn new(table: &Table) -> Self {
        let mut words = FxHashMap::<String, Traits>::default();
        for &(list, traits) in LISTS {
            for word in table.list(list).filter_map(|row| row.first()).flat_map(|w| w.split(' ')) {
                *words.entry(fold::fold(word)).or_default() |= traits;
            }
        }
        let seats = words.iter().filter(|(_, says)| **says & traits::SEAT != 0);
        let opening = seats.filter_map(|(seat, _)| seat.split_once('-'));
        // Each gets the same bit: the order of the map does not show.
        for word in opening.map(|(first, _)| first.to_owned()).collect::<Vec<_>>() {
            *words.entry(word).or_default() |= traits::SEATED;
        }
        let nouns = table.list("noun").filter_map(|row| row.first()).flat_map(|w| w.split(' '));
        let nouns = nouns.map(fold::fold).collect::<FxHashSet<_>>();
        let longest_noun = nouns.iter().map(String::len).max().unwrap_or(0);
        Self { words, nouns, longest_noun }
    }

    /// Whether print gives every noun a capital.
    pub fn noun_capitals(&self) -> bool {
        !self.nouns.is_empty()
    }

    /// Whether the capital of the `word` only says that it is a noun: in languages that print nouns
    /// so, and for words that are known by themselves or by how they end.
    pub fn is_common_noun(&self, word: &str) -> bool {
        if self.nouns.is_empty() {
            return false;
        }
        let word = &*fold::view(word);
        let says = self.get(word) & !traits::SEATED;
        if says != 0 {
            return says & (traits::FIRST | traits::COURTESY | traits::WIRE | traits::SEAT) == 0;
        }
        let from = word.len().saturating_sub(self.longest_noun);
        (from..word.len()).any(|at| word.is_char_boundary(at) && self.nouns.contains(&word[at..]))
    }

    /// All words, in no order.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// What the folded `word` says of somebody; 0 for most words.
    pub fn get(&self, word: &str) -> Traits {
        self.words.get(word).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use crate::Lexicon;

    use super::*;

    #[test]
    fn a_word_may_say_several_things() {
        let known = &Lexicon::shipped().languages[0].people;
        assert!(known.get("spokeswoman") & (traits::ROLE | traits::FEMALE) != 0);
        assert!(known.get("white-house") & traits::SEAT != 0);
        assert_eq!(known.get("teapot"), 0);
    }
}
