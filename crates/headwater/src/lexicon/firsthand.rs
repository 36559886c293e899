//! First-hand: words that show that a newsroom has something from people who spoke to it.
//!
//! `firsthand.tsv`: list, phrase. `firsthand` stands in the sentence of whoever spoke; `insider` is
//! a sort of unnamed person who knows and does not merely think; `act` is what is done in public;
//! `filler` may stand before it; `correction` tells of an earlier state of the text; `voice` speaks
//! in public for others, `holder` holds an office alone; `state` is a word of those who govern; `part`
//! is what somebody has in a deed;
//! `paper` has a sort of paper and the words for it, places where it is posted among them; `issued`
//! is a sort of paper that whoever speaks gives to the public.

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;

use super::{Alike, Cues, Phrases, Table, class};
use crate::fold;

/// Phrases that tell first-hand reporting from relaying.
#[derive(Debug)]
pub struct Firsthand {
    spoken: Sought,
    insiders: Sought,
    acts: Phrases,
    fillers: Phrases,
    corrections: Sought,
    nobody: Phrases,
    voices: Sought,
    tails: Vec<String>,
    states: Phrases,
    bodies: Phrases,
    holders: Phrases,
    opinions: Phrases,
    papers: FxHashMap<String, &'static str>,
    issued: Vec<&'static str>,
    parts: Phrases,
}

impl Firsthand {
    /// From the rows of its file.
    pub fn new(table: &Table) -> Self {
        let papers = table.list("paper").flat_map(|row| {
            let words = row.get(1).copied().unwrap_or_default().split(' ');
            words.map(|word| (fold::fold(word), row[0]))
        });
        let papers = papers.collect();
        let list = |name: &str| table.list(name).map(|row| fold::fold(row[0])).collect::<Vec<_>>();
        Self {
            spoken: Sought::new(list("firsthand")),
            insiders: Sought::new(list("insider")),
            acts: table.phrases("act"),
            fillers: table.phrases("filler"),
            corrections: Sought::new(list("correction")),
            nobody: table.phrases("nobody"),
            voices: Sought::new(list("voice")),
            tails: list("tail"),
            states: table.phrases("state"),
            bodies: table.phrases("body"),
            holders: table.phrases("holder"),
            opinions: table.phrases("opinion"),
            papers,
            issued: table.list("issued").map(|row| row[0]).collect(),
            parts: table.phrases("part"),
        }
    }

    /// Whether the folded sentence says that somebody spoke to the newsroom.
    pub fn is_spoken(&self, sentence: &str) -> bool {
        self.spoken.is_in(sentence)
    }

    /// An outlet's folded name without words that only say what it is: "ostrand news agency".
    pub fn without_tail<'a>(&self, name: &'a str) -> &'a str {
        let short = |tail: &String| name.strip_suffix(tail.as_str())?.strip_suffix(' ');
        self.tails.iter().find_map(short).unwrap_or(name)
    }

    /// Whether the folded word is for what somebody had to do with something: "role".
    pub fn is_part(&self, word: &str) -> bool {
        self.parts.has(word)
    }

    /// Whether the folded description is of people who know.
    pub fn is_insider(&self, description: &str) -> bool {
        let first = description.split(' ').next().unwrap_or_default();
        !self.nobody.has(first) && self.insiders.is_in(description)
    }

    /// Whether the folded description is of somebody who speaks for an office.
    pub fn is_voice(&self, description: &str) -> bool {
        self.voices.is_in(description)
    }

    /// Whether the folded description is of no person: a company, a club.
    pub fn is_body(&self, description: &str) -> bool {
        description.rsplit(' ').next().is_some_and(|last| self.bodies.has(last))
    }

    /// Whether the folded description is of the one person who holds an office, though nobody names her: "the
    /// mayor of Crail", "the club's founder"; not "a mayor", nor "people close to the mayor".
    pub fn is_holder(&self, description: &str, alike: &Alike, cues: &Cues) -> bool {
        let hangs = class::PREP | class::OF | class::TO | class::WHO | class::REL;
        let own = |word: &&str| cues.get(word).classes & hangs == 0;
        let core = description.split(' ').take_while(own).collect::<Vec<_>>();
        let owned = |word: &&str| word.ends_with("'s") || word.ends_with("’s");
        let definite = core.first().is_some_and(|first| alike.definite.has(first));
        (definite || core.iter().any(owned))
            && core.last().is_some_and(|last| self.holders.has(last))
    }

    /// Whether the folded word is of whom or what an outlet prints for opinion: "columnist", "editorial".
    pub fn is_opinion(&self, word: &str) -> bool {
        self.opinions.has(word)
    }

    /// Whether the folded word is of those who govern.
    pub fn is_state(&self, word: &str) -> bool {
        self.states.has(word)
    }

    /// Whether the folded sentence says that there was an earlier state of the text.
    pub fn is_correction(&self, sentence: &str) -> bool {
        self.corrections.is_in(sentence)
    }

    /// Whether the folded word can stand between who acts and the deed.
    pub fn is_filler(&self, word: &str) -> bool {
        self.fillers.has(word)
    }

    /// The sort of paper that the words name, if they name one: the last of several.
    pub fn paper(&self, words: &str) -> Option<&'static str> {
        let words = words.split(|c: char| !c.is_alphanumeric() && c != '-').rev();
        words
            .filter(|word| !word.is_empty())
            .find_map(|word| self.papers.get(&*fold::view(word)).copied())
    }

    /// Whether papers of a sort are issued to the public by whoever speaks: a statement, a post.
    pub fn is_issued(&self, sort: &str) -> bool {
        self.issued.contains(&sort)
    }

    /// Whether the folded word is a deed done in public.
    pub fn is_act(&self, word: &str) -> bool {
        self.acts.has(word)
    }
}

/// Phrases that are sought in folded text.
#[derive(Debug)]
struct Sought {
    phrases: Vec<String>,
    /// All at once: most texts hold none.
    any: Option<AhoCorasick>,
}

impl Sought {
    fn new(phrases: Vec<String>) -> Self {
        Self { any: AhoCorasick::new(&phrases).ok(), phrases }
    }

    /// Whether one of them stands in `text` on word boundaries.
    fn is_in(&self, text: &str) -> bool {
        self.any.as_ref().is_none_or(|any| any.is_match(text))
            && self.phrases.iter().any(|phrase| has_words(text, phrase))
    }
}

/// Whether `phrase` stands in `text` on word boundaries.
fn has_words(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let bounded = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        bounded(text[..at].chars().next_back()) && bounded(text[at + phrase.len()..].chars().next())
    })
}
