//! Topic: a phrase that a story's openings share, as one would tag it.
//!
//! Words that mostly stand side by side are one phrase ("Orrin dam"); what few openings say is none. Part of a
//! name stands for the whole.

use std::cmp::Reverse;

use headwater_page::{Place, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::ArticleIx;
use crate::evidence::Evidence;
use crate::fold;
use crate::lexicon::Language;
use crate::term::{self, Term};

/// How many topics a story shows.
const N_TOPICS: usize = 5;

/// Most words of a phrase.
const N_WORDS: usize = 4;

/// Two words are one phrase where they stand side by side in this share of the openings that hold the
/// rarer one, in per cent.
const BOUND: u32 = 60;

/// Least weight of a phrase that is no name: a lighter word tags nothing ("each", "before", "month").
const LEAST: u32 = 150;

/// Two words are one topic where one is the other and an ending of so many letters at most, the root being
/// of as many at least ("Panama", "Panamanian").
const ENDING: usize = 4;

/// What a phrase weighs more where it is a name throughout, in per cent: one tags who and where before
/// what it was like.
const NAME: u32 = 150;

/// A phrase while it is counted.
struct Phrase {
    /// How many texts open with it; of a single text, how often its rarest word returns.
    n: u32,
    weight: u32,
    /// Where it first stands, and in which article.
    first: (Place, ArticleIx),
}

/// The phrases that most texts open with, the most shared first; of a story of one text, those that
/// return in it. `texts` are its articles by shared text: a copy says nothing anew.
pub(super) fn topics(evidence: Evidence<'_>, texts: &[Vec<ArticleIx>]) -> Vec<Place> {
    let openings = texts.iter().map(|text| Opening::new(evidence, text[0])).collect::<Vec<_>>();
    let bound = bound(evidence, &openings);
    let times = match &openings[..] {
        [only] => Some(times(evidence, only.ix)),
        _ => None,
    };
    let mut counts = FxHashMap::<Vec<u64>, Phrase>::default();
    for opening in &openings {
        let (ix, text) = (opening.ix, evidence.text(opening.ix));
        let mut seen = FxHashSet::default();
        for phrase in phrases(text, &opening.terms, &bound) {
            let key = phrase.iter().map(|term| term.hash).collect::<Vec<_>>();
            if !seen.insert(key.clone()) {
                continue;
            }
            let n = times.as_ref().map_or(1, |times| returns(phrase, times));
            let span = Span { start: phrase[0].span.start, end: phrase[phrase.len() - 1].span.end };
            let first = (evidence.place(ix, span), ix);
            let weight = opening.weight(text, phrase, evidence.language(ix));
            let held = counts.entry(key).or_insert(Phrase { n: 0, weight, first });
            held.n += n;
            held.first = first.min(held.first);
        }
    }
    let mut ranked = counts.into_values().filter(|it| it.weight > 0).collect::<Vec<_>>();
    // Of a short note nothing returns: then all that it says is what it is about.
    if ranked.iter().any(|it| it.n > 1) {
        ranked.retain(|it| it.n > 1);
    }
    ranked.sort_unstable_by_key(|it| (Reverse(it.n * it.weight), it.first));
    shown(evidence, ranked)
}

/// The first few, each as the name that it is part of, none that is part of another.
fn shown(evidence: Evidence<'_>, ranked: Vec<Phrase>) -> Vec<Place> {
    let mut shown = Vec::<(String, Place)>::new();
    for Phrase { first: (place, ix), .. } in ranked {
        let mentions = evidence.marks(ix).parties.iter().flat_map(|party| &party.mentions);
        let whole = mentions
            .filter(|span| span.contains(place.span))
            .find(|span| span.of(evidence.text(ix)).split_whitespace().count() <= N_WORDS);
        let span = owner(evidence.text(ix), whole.copied().unwrap_or(place.span));
        let place = evidence.place(ix, span);
        let words = format!(" {} ", fold::key(evidence.words(place)));
        let held = |(held, _): &(String, Place)| {
            held.contains(&words) || is_of(words.trim(), held) || is_more(&words, held)
        };
        if !shown.iter().any(held) {
            shown.push((words, place));
        }
        if shown.len() == N_TOPICS {
            break;
        }
    }
    shown.into_iter().map(|(_, place)| place).collect()
}

/// Whether words are a name that is shown and what stands before it ("Model Ada Quill").
fn is_more(words: &str, shown: &str) -> bool {
    shown.trim().contains(' ') && words.contains(shown)
}

/// Whether a single word has the root of one that is shown, or is its root.
fn is_of(word: &str, shown: &str) -> bool {
    let is_root = |root: &str, word: &str| {
        let n = |word: &str| word.chars().count();
        word.starts_with(root) && n(root) >= ENDING && n(word) <= n(root) + ENDING
    };
    shown.split_whitespace().any(|held| is_root(held, word) || is_root(word, held))
}

/// A name without the ending that says that something is its own.
fn owner(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let n = match tail(words) {
        Some(tail) if tail.len() <= 1 => words.trim_end_matches(tail).trim_end_matches(MARKS).len(),
        _ => words.len(),
    };
    Span { start: span.start, end: span.start + n as u32 }
}

/// Apostrophes.
const MARKS: [char; 2] = ['\'', '\u{2019}'];

/// What stands behind the last apostrophe.
fn tail(words: &str) -> Option<&str> {
    words.rsplit_once(MARKS).map(|(_, tail)| tail)
}

/// The terms of an opening, those that are bound to each other together.
fn phrases<'a>(
    text: &'a str,
    terms: &'a [Term],
    bound: &'a FxHashSet<(u64, u64)>,
) -> impl Iterator<Item = &'a [Term]> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        terms.get(start)?;
        at += 1;
        while at < terms.len().min(start + N_WORDS)
            && is_beside(text, &terms[at - 1], &terms[at])
            && bound.contains(&(terms[at - 1].hash, terms[at].hash))
        {
            at += 1;
        }
        Some(&terms[start..at])
    })
}

/// Headline and first paragraphs of an article.
struct Opening {
    ix: ArticleIx,
    /// Their distinct terms, in order.
    terms: Vec<Term>,
    /// Those that paragraphs write with a capital: in headlines every word may have one.
    names: FxHashSet<u64>,
}

impl Opening {
    fn new(evidence: Evidence<'_>, ix: ArticleIx) -> Self {
        let (text, article) = (evidence.text(ix), evidence.article(ix));
        let read = |spans: &[Span]| term::terms(text, spans, evidence.language(ix));
        let spans = evidence.read(ix).into_iter().take(4).collect::<Vec<_>>();
        let mut terms = read(&spans);
        terms.sort_by_key(|term| term.span);
        let told = read(&article.paragraphs[..article.paragraphs.len().min(4)]);
        let names = told.iter().filter(|term| is_capital(text, term)).map(|term| term.hash);
        Self { ix, terms, names: names.collect() }
    }

    /// What a phrase says: its weightiest word and half of what the next one does. Numbers alone, days and
    /// months, contractions ("aren't") and light words say nothing.
    fn weight(&self, text: &str, phrase: &[Term], language: &Language) -> u32 {
        let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
        let is_small = |tail: &str| tail.len() <= 2 && tail.starts_with(char::is_lowercase);
        let is_cut = |word: &str| tail(word).is_some_and(|tail| is_small(tail) && tail != "s");
        let words = || phrase.iter().map(|term| term.span.of(text));
        let is_when = |word: &str| {
            language.background.known(fold::hash(&fold::view(word))).is_some_and(|it| it.1 == 0)
        };
        if words().all(is_number) || words().all(is_when) || words().any(is_cut) {
            return 0;
        }
        let mut weights = phrase.iter().map(|term| term.weight).collect::<Vec<_>>();
        weights.sort_unstable_by_key(|&weight| Reverse(weight));
        let weight = weights[0] + weights.get(1).map_or(0, |next| next / 2);
        let is_name = phrase.iter().all(|term| self.names.contains(&term.hash));
        match is_name {
            true => weight * NAME / 100,
            false if weight < LEAST => 0,
            false => weight,
        }
    }
}

fn is_capital(text: &str, term: &Term) -> bool {
    term.span.of(text).starts_with(char::is_uppercase)
}

/// How often each term stands in an article.
fn times(evidence: Evidence<'_>, ix: ArticleIx) -> FxHashMap<u64, u32> {
    let counted = term::counted(evidence.text(ix), &evidence.read(ix), evidence.language(ix));
    counted.into_iter().map(|(term, n)| (term.hash, u32::from(n))).collect()
}

/// How often the rarest word of a phrase stands in an article.
fn returns(phrase: &[Term], times: &FxHashMap<u64, u32>) -> u32 {
    let of = |term: &Term| times.get(&term.hash).copied().unwrap_or(1);
    phrase.iter().map(of).min().unwrap_or(1)
}

/// Whether nothing but a space or a hyphen is between two terms.
fn is_beside(text: &str, left: &Term, right: &Term) -> bool {
    let between = text.get(left.span.end as usize..right.span.start as usize);
    between.is_some_and(|between| matches!(between, " " | "-" | "\u{a0}"))
}

/// Pairs of terms that mostly stand side by side.
fn bound(evidence: Evidence<'_>, openings: &[Opening]) -> FxHashSet<(u64, u64)> {
    let mut alone = FxHashMap::<u64, u32>::default();
    let mut pairs = FxHashMap::<(u64, u64), (u32, bool)>::default();
    for Opening { ix, terms, .. } in openings {
        for term in terms {
            *alone.entry(term.hash).or_default() += 1;
        }
        let text = evidence.text(*ix);
        for pair in terms.windows(2).filter(|pair| is_beside(text, &pair[0], &pair[1])) {
            let (n, named) = pairs.entry((pair[0].hash, pair[1].hash)).or_default();
            *n += 1;
            *named |= is_capital(text, &pair[0]) && is_capital(text, &pair[1]);
        }
    }
    // Once side by side is chance, but for names.
    let mostly = |&((left, right), (n, named)): &((u64, u64), (u32, bool))| {
        (n > 1 || named) && n * 100 >= BOUND * alone[&left].min(alone[&right])
    };
    pairs.into_iter().filter(mostly).map(|(pair, _)| pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_is_shown_once() {
        assert!(is_of("orrinian", " orrin dam ") && is_of("orrin", " orrinian "));
        assert!(!is_of("dams", " orrin dam ") && !is_of("orrinsworthy", " orrin dam "));
        assert!(
            is_more(" minister ada quill ", " ada quill ") && !is_more(" orrin dam ", " orrin ")
        );
    }
}
