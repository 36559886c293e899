//! Prose: what was said, printed without quotation marks.
//!
//! A post that a page embeds, a quotation set as a block of its own and words taken over as one's own
//! have no marks. Another report tells that somebody said them.

use headwater_page::Span;
use rustc_hash::{FxHashMap, FxHashSet};

use super::hashes;
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
    form: usize,
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
    let forms = forms(said);
    let mut seeds = FxHashMap::<[u64; SEED], Vec<(usize, usize)>>::default();
    for (form, one) in forms.iter().enumerate() {
        for (there, row) in rows(&one.tokens) {
            seeds.entry(row).or_default().push((form, there));
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
                for &(form, there) in seeds.get(&row).into_iter().flatten() {
                    hits.push(Hit { form, here, there });
                }
            }
            hits.sort_unstable();
            let mut here = Vec::<(usize, Said)>::new();
            for passage in passages(&hits) {
                let form = forms[hits[passage.start].form];
                let passage = &hits[passage];
                let enough = covered(passage);
                if enough < FEWEST || enough * 1000 < form.tokens.len() * SHARE {
                    continue;
                }
                let (first, last) = (passage[0].here, passage[passage.len() - 1].here + SEED - 1);
                let inner = tokens[first].span.hull(tokens[last].span);
                let same = |one: &Said| one.wording == form.wording && one.inner.overlaps(inner);
                let shorter = here.iter().position(|(n, one)| same(one) && *n < enough);
                if known.iter().any(|one| same(one))
                    || shorter.is_none() && here.iter().any(|(_, one)| same(one))
                {
                    continue;
                }
                let tokens = tokens[first..=last].to_vec();
                let found = (enough, bare(ix, paragraph, inner, tokens, form.wording));
                match shorter {
                    Some(at) => here[at] = found,
                    None => here.push(found),
                }
            }
            found.extend(here.into_iter().map(|(_, one)| one));
        }
    }
    found
}

/// The wordings of each sentence that some article attributes, each once, in order.
fn forms(said: &[Said]) -> Vec<&Said> {
    let mut seen = FxHashSet::default();
    let long = said.iter().filter(|one| one.quote.is_some() && one.tokens.len() >= FEWEST);
    long.filter(|one| seen.insert((one.wording, hashes(&one.tokens)))).collect()
}

fn bare(article: ArticleIx, within: Span, inner: Span, tokens: Vec<Token>, wording: usize) -> Said {
    Said {
        article,
        quote: None,
        within,
        mark: None,
        speaker: None,
        inner,
        reach: inner,
        tokens,
        wording,
    }
}

fn rows(tokens: &[Token]) -> impl Iterator<Item = (usize, [u64; SEED])> {
    let rows = tokens.windows(SEED).enumerate();
    rows.map(|(at, row)| (at, std::array::from_fn(|n| row[n].hash)))
}

/// Hits by passage: of one form, each behind the last on both sides and near to it.
fn passages(hits: &[Hit]) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in 1..=hits.len() {
        let goes_on = hits.get(at).is_some_and(|hit| {
            let last = hits[at - 1];
            hit.form == last.form
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
