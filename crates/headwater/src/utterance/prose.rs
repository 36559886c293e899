//! Prose: what was said, printed without quotation marks.
//!
//! A post that a page embeds, a quotation set as a block of its own and words taken over as one's own
//! have no marks. Another report tells that somebody said them.

use headwater_page::Span;
use rustc_hash::FxHashMap;

use super::said::Said;
use crate::article::ArticleIx;
use crate::evidence::Evidence;
use crate::fold::{self, Token};

/// Words in a row by which a passage is found.
const SEED: usize = 4;
/// Fewest words of a passage, and how many in a thousand of the sentence said. Stock phrases share
/// less.
const FEWEST: usize = 8;
const SHARE: usize = 600;
/// Words that may be left out or put in between.
const GAP: usize = 6;

/// Where a row of words stands: in a sentence said, and in a paragraph.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    wording: usize,
    here: usize,
    there: usize,
}

/// The passages of the articles that print a sentence said (of one of the wordings of `said`, which
/// some article attributes) outside of the quotations that it was found in. Cost: linear in the words
/// of the articles, times how often a row of four words recurs in what is said.
pub(super) fn printed(evidence: Evidence<'_>, articles: &[ArticleIx], said: &[Said]) -> Vec<Said> {
    if articles.len() < 2 {
        return Vec::new();
    }
    let mut fullest = FxHashMap::<usize, &Said>::default();
    for one in said.iter().filter(|one| one.quote.is_some()) {
        let known = fullest.entry(one.wording).or_insert(one);
        if one.tokens.len() > known.tokens.len() {
            *known = one;
        }
    }
    fullest.retain(|_, one| one.tokens.len() >= FEWEST);
    let mut seeds = FxHashMap::<[u64; SEED], Vec<(usize, usize)>>::default();
    let mut wordings = fullest.keys().copied().collect::<Vec<_>>();
    wordings.sort_unstable();
    for wording in wordings {
        for (there, row) in rows(&fullest[&wording].tokens) {
            seeds.entry(row).or_default().push((wording, there));
        }
    }
    if seeds.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for &ix in articles {
        let known = said.iter().filter(|one| one.article == ix).collect::<Vec<_>>();
        for &paragraph in &evidence.article(ix).paragraphs {
            let tokens = fold::tokens(evidence.text(ix), paragraph);
            let mut hits = Vec::new();
            for (here, row) in rows(&tokens) {
                for &(wording, there) in seeds.get(&row).into_iter().flatten() {
                    hits.push(Hit { wording, here, there });
                }
            }
            hits.sort_unstable();
            for passage in passages(&hits) {
                let wording = hits[passage.start].wording;
                let passage = &hits[passage];
                let enough = covered(passage);
                let whole = fullest[&wording].tokens.len();
                if enough < FEWEST || enough * 1000 < whole * SHARE {
                    continue;
                }
                let (first, last) = (passage[0].here, passage[passage.len() - 1].here + SEED - 1);
                let inner = tokens[first].span.hull(tokens[last].span);
                let quoted = |one: &&Said| one.wording == wording && one.inner.overlaps(inner);
                if !known.iter().any(quoted) {
                    let tokens = tokens[first..=last].to_vec();
                    found.push(bare(ix, paragraph, inner, tokens, wording));
                }
            }
        }
    }
    found
}

fn bare(article: ArticleIx, within: Span, inner: Span, tokens: Vec<Token>, wording: usize) -> Said {
    Said { article, quote: None, within, mark: None, speaker: None, inner, tokens, wording }
}

fn rows(tokens: &[Token]) -> impl Iterator<Item = (usize, [u64; SEED])> {
    let rows = tokens.windows(SEED).enumerate();
    rows.map(|(at, row)| (at, std::array::from_fn(|n| row[n].hash)))
}

/// Hits by passage: of one wording, each behind the last on both sides and near to it.
fn passages(hits: &[Hit]) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in 1..=hits.len() {
        let goes_on = hits.get(at).is_some_and(|hit| {
            let last = hits[at - 1];
            hit.wording == last.wording
                && (1..=GAP + SEED).contains(&(hit.here - last.here))
                && hit.there > last.there
                && hit.there - last.there <= GAP + SEED
        });
        if !goes_on {
            found.push(start..at);
            start = at;
        }
    }
    found.retain(|range| !range.is_empty());
    found
}

/// How many words of the sentence said a passage has.
fn covered(passage: &[Hit]) -> usize {
    let ahead = passage.windows(2).map(|pair| (pair[1].there - pair[0].there).min(SEED));
    SEED + ahead.sum::<usize>()
}
