//! Topic: a phrase that a story's openings share, as one would tag it.
//!
//! Words that mostly stand side by side are one phrase ("Orrin dam"); what few openings say is none.

use headwater_page::{Place, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::ArticleIx;
use crate::evidence::Evidence;
use crate::term::{self, Term};

/// How many topics a story shows.
const N_TOPICS: usize = 5;

/// Most words of a phrase.
const N_WORDS: usize = 4;

/// Two words are one phrase where they stand side by side in this share of the openings that hold the
/// rarer one, in per cent.
const BOUND: u32 = 60;

/// The phrases that most texts open with, the most shared first; of a story of one text, its
/// weightiest. `texts` are its articles by shared text: a copy says nothing anew.
pub(super) fn topics(evidence: Evidence<'_>, texts: &[Vec<ArticleIx>]) -> Vec<Place> {
    let openings = texts.iter().map(|text| (text[0], opening(evidence, text[0])));
    let openings = openings.collect::<Vec<_>>();
    let bound = bound(evidence, &openings);
    let mut counts = FxHashMap::<Vec<u64>, (u32, u32, Place)>::default();
    for (ix, terms) in &openings {
        let text = evidence.text(*ix);
        let mut seen = FxHashSet::default();
        let mut at = 0;
        while at < terms.len() {
            let mut end = at + 1;
            while end < terms.len().min(at + N_WORDS)
                && is_beside(text, &terms[end - 1], &terms[end])
                && bound.contains(&(terms[end - 1].hash, terms[end].hash))
            {
                end += 1;
            }
            let phrase = &terms[at..end];
            let key = phrase.iter().map(|term| term.hash).collect::<Vec<_>>();
            let span = Span { start: phrase[0].span.start, end: phrase[phrase.len() - 1].span.end };
            let weight = term::weight(phrase) / phrase.len() as u32;
            if seen.insert(key.clone()) {
                let place = evidence.place(*ix, span);
                let (n, _, first) = counts.entry(key).or_insert((0, weight, place));
                *n += 1;
                *first = place.min(*first);
            }
            at = end;
        }
    }
    let least = if openings.len() > 1 { 2 } else { 1 };
    let mut ranked = counts.into_values().filter(|(n, ..)| *n >= least).collect::<Vec<_>>();
    ranked.sort_unstable_by_key(|&(n, weight, place)| (std::cmp::Reverse(n * weight), place));
    ranked.into_iter().take(N_TOPICS).map(|(.., place)| place).collect()
}

/// The distinct terms of headline and first paragraphs, in order.
fn opening(evidence: Evidence<'_>, ix: ArticleIx) -> Vec<Term> {
    let read = evidence.read(ix).into_iter().take(4).collect::<Vec<_>>();
    let mut terms = term::terms(evidence.text(ix), &read, evidence.language(ix));
    terms.sort_by_key(|term| term.span);
    terms
}

/// Whether nothing but a space or a hyphen is between two terms.
fn is_beside(text: &str, left: &Term, right: &Term) -> bool {
    let between = text.get(left.span.end as usize..right.span.start as usize);
    between.is_some_and(|between| matches!(between, " " | "-" | "\u{a0}"))
}

/// Pairs of terms that mostly stand side by side.
fn bound(evidence: Evidence<'_>, openings: &[(ArticleIx, Vec<Term>)]) -> FxHashSet<(u64, u64)> {
    let mut alone = FxHashMap::<u64, u32>::default();
    let mut pairs = FxHashMap::<(u64, u64), (u32, bool)>::default();
    for (ix, terms) in openings {
        for term in terms {
            *alone.entry(term.hash).or_default() += 1;
        }
        let text = evidence.text(*ix);
        let is_name = |term: &Term| term.span.of(text).starts_with(char::is_uppercase);
        for pair in terms.windows(2).filter(|pair| is_beside(text, &pair[0], &pair[1])) {
            let (n, named) = pairs.entry((pair[0].hash, pair[1].hash)).or_default();
            *n += 1;
            *named |= is_name(&pair[0]) && is_name(&pair[1]);
        }
    }
    // Once side by side is chance, but for names.
    let mostly = |&((left, right), (n, named)): &((u64, u64), (u32, bool))| {
        (n > 1 || named) && n * 100 >= BOUND * alone[&left].min(alone[&right])
    };
    pairs.into_iter().filter(mostly).map(|(pair, _)| pair).collect()
}
