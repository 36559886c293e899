//! Words that deny, and words that say how far along an act is.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Phrases, Table};
use crate::fold;

/// What a word says about the sentence that it stands in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sign {
    /// It is not so.
    Negation,
    /// It is not so, unless something before it denies already ("neither … nor").
    Echo,
    /// Looks like a denial and is none ("not only").
    Affirmation,
    /// Opens a clause that is not the sentence's own assertion ("who").
    Aside,
    /// Opens a condition: what is not done yet, only may be ("if").
    Condition,
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
    /// Markers of the infinitive: in a headline it is a plan ("Mayor to resign").
    pub infinitives: Phrases,
    /// The most words that a phrase has.
    pub longest: usize,
    signs: FxHashMap<String, Vec<Sign>>,
    /// Words that are followed by an infinitive or a place: no plan.
    governors: Phrases,
    /// The most words of the phrases that begin with a word.
    begins: FxHashMap<String, usize>,
    endings: Vec<String>,
    /// The same of the phrases that begin with an ending, for each of them.
    ended: Vec<usize>,
    /// What each ending says by itself.
    alone: Vec<Option<Vec<Sign>>>,
    /// Whether a phrase of several words closes with it.
    closes: Vec<bool>,
    /// The last bytes of endings that phrases begin with, in either case.
    last: fold::Bytes,
    finite: Phrases,
    finite_endings: Vec<String>,
}

impl Statements {
    /// From the rows of its file.
    pub fn new(table: &Table) -> Self {
        let mut known = Self {
            conjunctions: table.phrases("conjunction"),
            leads: table.phrases("lead"),
            determiners: table.phrases("determiner"),
            infinitives: table.phrases("infinitive"),
            longest: 1,
            signs: FxHashMap::default(),
            governors: table.phrases("governor"),
            begins: FxHashMap::default(),
            endings: Vec::new(),
            ended: Vec::new(),
            alone: Vec::new(),
            closes: Vec::new(),
            last: fold::Bytes::default(),
            finite: table.phrases("finite"),
            finite_endings: table.list("finite-ending").map(|row| fold::fold(row[0])).collect(),
        };
        for row in table.rows() {
            let sign = match row[0] {
                "negation" => Sign::Negation,
                "echo" => Sign::Echo,
                "affirmation" => Sign::Affirmation,
                "aside" => Sign::Aside,
                "condition" => Sign::Condition,
                "possible" => Sign::Possible,
                "planned" => Sign::Planned,
                "ordered" => Sign::Ordered,
                "done" => Sign::Done,
                "governor" => {
                    known.endings.extend(ending(row[1]));
                    continue;
                }
                _ => continue,
            };
            let phrase = fold::fold(row.get(1).copied().unwrap_or(""));
            known.add(phrase, sign);
        }
        // The longest first: "-erán" before "-án".
        known.endings.sort_by_key(|ending| (std::cmp::Reverse(ending.len()), ending.clone()));
        known.endings.dedup();
        let begun = |ending: &String| known.begins.get(&format!("*{ending}"));
        known.ended = known.endings.iter().map(|it| begun(it).copied().unwrap_or(0)).collect();
        let alone = |ending: &String| known.signs.get(&format!("*{ending}")).cloned();
        known.alone = known.endings.iter().map(alone).collect();
        let tails = known.signs.keys().filter_map(|phrase| phrase.rsplit_once(" *"));
        let tails = tails.map(|(_, ending)| ending).collect::<FxHashSet<_>>();
        known.closes = known.endings.iter().map(|it| tails.contains(it.as_str())).collect();
        let opening = known.endings.iter().zip(&known.ended).filter(|(_, most)| **most > 0);
        let last = opening.filter_map(|(it, _)| it.bytes().last());
        known.last = last.flat_map(|byte| [byte, byte.to_ascii_uppercase()]).collect();
        known
    }

    fn add(&mut self, phrase: String, sign: Sign) {
        let words = phrase.split(' ').collect::<Vec<_>>();
        self.longest = self.longest.max(words.len());
        let first = self.begins.entry(words[0].to_owned()).or_insert(1);
        *first = words.len().max(*first);
        self.endings.extend(words.iter().filter_map(|word| ending(word)));
        self.signs.entry(phrase).or_default().push(sign);
    }

    /// The most words of a phrase that begins with the folded word, or with its ending; 0 for most
    /// words: then no phrase that begins with it says anything.
    pub fn opened(&self, word: &str) -> usize {
        let own = self.begins.get(word).copied().unwrap_or(0);
        self.ending(word).map_or(0, |ix| self.ended[ix]).max(own)
    }

    /// Whether a phrase begins with an ending that the word has, as it is printed.
    pub fn opens_by_ending(&self, word: &str) -> bool {
        // Most words end in other letters already.
        word.bytes().last().is_some_and(|byte| self.last.has(byte))
            && self.ending(&fold::view(word)).is_some_and(|ix| self.ended[ix] > 0)
    }

    /// The words that phrases begin with, in no order.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.begins.keys().map(String::as_str)
    }

    /// Whether a folded word can be the verb of a sentence, as far as its shape tells.
    pub fn is_finite(&self, word: &str) -> bool {
        let ends = |ending: &String| word.len() > ending.len() + 1 && word.ends_with(ending);
        self.finite.has(word) || self.finite_endings.iter().any(ends)
    }

    /// Whether a folded word is one of those that are verbs whatever stands around them.
    pub fn lists_finite(&self, word: &str) -> bool {
        self.finite.has(word)
    }

    /// What the folded phrase says, words joined by single spaces; often nothing, sometimes two
    /// things ("denied" is a denial and an act). A phrase of the table may hold an ending for its
    /// first or its last word: "*n't just", "without *ing".
    pub fn signs(&self, phrase: &str) -> &[Sign] {
        if let Some(known) = self.signs.get(phrase) {
            return known;
        }
        let (head, last) =
            phrase.rsplit_once(' ').map_or(("", phrase), |(head, last)| (head, last));
        let ended = self.ending(last).and_then(|ix| {
            if head.is_empty() {
                return self.alone[ix].as_ref();
            }
            let said = || self.signs.get(&format!("{head} *{}", self.endings[ix]));
            self.closes[ix].then(said).flatten()
        });
        let begun = || {
            let (first, tail) = phrase.split_once(' ')?;
            let ix = self.ending(first).filter(|ix| self.ended[*ix] > 1)?;
            self.signs.get(&format!("*{} {tail}", self.endings[ix]))
        };
        ended.or_else(begun).map_or(&[], Vec::as_slice)
    }

    /// Whether the phrase stands in the table itself, and not only its ending.
    pub fn lists(&self, phrase: &str) -> bool {
        self.signs.contains_key(phrase)
    }

    /// Whether an infinitive or a place follows the folded word, and no plan ("returns to").
    pub fn governs(&self, word: &str) -> bool {
        let governor = |ix: usize| self.governors.has(&format!("*{}", self.endings[ix]));
        let ended = || self.ending(word).is_some_and(governor);
        self.governors.has(word) || ended()
    }

    /// The longest ending of the table that the word has, and is more than.
    fn ending(&self, word: &str) -> Option<usize> {
        let has = |ending: &String| fold::ends(word, ending) && word.len() > ending.len();
        self.endings.iter().position(has)
    }
}

/// "ing" of "*ing".
fn ending(word: &str) -> Option<String> {
    word.strip_prefix('*').map(fold::fold)
}
