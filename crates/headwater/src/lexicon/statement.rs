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
    endings: Vec<String>,
    finite: Phrases,
    finite_endings: Vec<String>,
}

impl Statements {
    /// From the rows of its file.
    pub fn new(table: &Table) -> Self {
        let mut signs = FxHashMap::<String, Vec<Sign>>::default();
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
            longest = longest.max(phrase.split(' ').count());
            signs.entry(phrase).or_default().push(sign);
        }
        Self {
            conjunctions: table.phrases("conjunction"),
            leads: table.phrases("lead"),
            determiners: table.phrases("determiner"),
            longest,
            signs,
            endings: table.list("ending").map(|row| fold::fold(row[0])).collect(),
            finite: table.phrases("finite"),
            finite_endings: table.list("finite-ending").map(|row| fold::fold(row[0])).collect(),
        }
    }

    /// Whether a folded word can be the verb of a sentence, as far as its shape tells.
    pub fn is_finite(&self, word: &str) -> bool {
        let ends = |ending: &String| word.len() > ending.len() + 1 && word.ends_with(ending);
        self.finite.has(word) || self.finite_endings.iter().any(ends)
    }

    /// What the folded phrase says, words joined by single spaces; often nothing, sometimes two
    /// things ("denied" is a denial and an act).
    pub fn signs(&self, phrase: &str) -> &[Sign] {
        let known = self.signs.get(phrase).map_or(&[][..], Vec::as_slice);
        if known.is_empty() && self.endings.iter().any(|ending| phrase.ends_with(ending.as_str())) {
            return &[Sign::Negation];
        }
        known
    }
}
