//! Words that deny, and words that say how far along an act is.

use rustc_hash::FxHashMap;

use super::{Phrases, Table};
use crate::fold;

/// What a word says about the sentence that it stands in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sign {
    /// It is not so.
    Negation,
    /// Looks like a denial and is none ("not only").
    Affirmation,
    /// Opens a clause that is not the sentence's own assertion ("who").
    Aside,
    /// The act may happen.
    Possible,
    /// The act is meant to happen.
    Planned,
    /// Somebody was told to do it.
    Ordered,
    /// It happened.
    Done,
}

/// Words that deny, and words that say how far along an act is.
#[derive(Debug)]
pub struct Statements {
    /// Words that join a second assertion to the first.
    pub conjunctions: Phrases,
    /// Words between an attribution and what it attributes ("that").
    pub leads: Phrases,
    /// Words behind which a sign is a noun ("the order").
    pub determiners: Phrases,
    /// The most words that a phrase has.
    pub longest: usize,
    signs: FxHashMap<String, Vec<Sign>>,
    /// The most words of a phrase by the hash of its first word: most words open none.
    opened: FxHashMap<u64, usize>,
    endings: Vec<String>,
}

impl Statements {
    /// From the rows of its file.
    pub fn new(table: &Table) -> Self {
        let mut signs = FxHashMap::<String, Vec<Sign>>::default();
        let mut opened = FxHashMap::<u64, usize>::default();
        let mut longest = 1;
        for row in table.rows() {
            let sign = match row[0] {
                "negation" => Sign::Negation,
                "affirmation" => Sign::Affirmation,
                "aside" => Sign::Aside,
                "possible" => Sign::Possible,
                "planned" => Sign::Planned,
                "ordered" => Sign::Ordered,
                "done" => Sign::Done,
                _ => continue,
            };
            let phrase = fold::fold(row.get(1).copied().unwrap_or(""));
            let n_words = phrase.split(' ').count();
            longest = longest.max(n_words);
            let first = phrase.split(' ').next().unwrap_or_default();
            let known = opened.entry(fold::hash(first)).or_default();
            *known = n_words.max(*known);
            signs.entry(phrase).or_default().push(sign);
        }
        Self {
            conjunctions: table.phrases("conjunction"),
            leads: table.phrases("lead"),
            determiners: table.phrases("determiner"),
            longest,
            signs,
            opened,
            endings: table.list("ending").map(|row| fold::fold(row[0])).collect(),
        }
    }

    /// What the folded phrase says, words joined by single spaces; often nothing, sometimes two
    /// things ("denied" is a denial and an act).
    pub fn signs(&self, phrase: &str) -> &[Sign] {
        let known = self.signs.get(phrase).map_or(&[][..], Vec::as_slice);
        if known.is_empty() && self.denies(phrase) {
            return &[Sign::Negation];
        }
        known
    }

    /// The most words of a phrase that begins with the word whose folded form has that hash; 0 for
    /// most words. Ask this before a phrase is looked up.
    pub fn opened(&self, hash: u64) -> usize {
        self.opened.get(&hash).copied().unwrap_or(0)
    }

    /// Whether the folded word, or a phrase that ends with it, denies by its ending.
    pub fn denies(&self, word: &str) -> bool {
        self.endings.iter().any(|ending| fold::ends(word, ending))
    }
}
