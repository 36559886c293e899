//! Rewrite: sentences of two texts that say the same in other words, in one order.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use super::body::{Body, Weight};
use crate::fold;
use crate::lexicon::Language;

/// A sentence of each side, as first and one-past-last word.
pub(super) type Aligned = ((usize, usize), (usize, usize));

/// Content words that two sentences must have in common, and the share of the poorer sentence's
/// content words that they must be, per mille.
///
/// Swept with the two below on the court stories of METER: 500, 3, 500 find 52 re-worded articles
/// that runs of words do not show and 2 that are independent; 600, 4, 500 find 38 and 1; 500, 3,
/// 400 find 59 and 3, and tie two reports of the hand-labelled clusters by a caption.
const COMMON: usize = 5;
const CONTAINED: u32 = 500;

/// So many sentences in one order, and such a share of the shorter text's sentences, per mille.
const IN_ORDER: usize = 3;
const COVERED: usize = 500;

/// What a body is about.
///
/// Of all bodies that share words it is held at once, so twelve bytes a stem it is.
#[derive(Debug)]
pub(super) struct Content {
    /// The sentences that have enough content to be compared, in order.
    sentences: Vec<Sentence>,
    /// All their stems, sorted, each once.
    stems: Vec<u32>,
    /// Where the sentences of each stem begin in `places`, and where those of the last end.
    starts: Vec<u32>,
    /// Numbers of the sentences that have a stem, in order, one stem behind the other.
    places: Vec<u32>,
}

/// A sentence's words, and how many content stems it has.
#[derive(Debug)]
struct Sentence {
    first: u32,
    end: u32,
    n_stems: u32,
}

impl Sentence {
    fn words(&self) -> (usize, usize) {
        (self.first as usize, self.end as usize)
    }
}

impl Content {
    /// The sentences that have the stem at `at`.
    fn having(&self, at: usize) -> &[u32] {
        &self.places[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// The sentences of `lefts` that `rights` re-word, in order, if they are most of the shorter text;
/// empty otherwise.
///
/// Cost: words, and for each stem its sentences of one side by those of the other. After: Clough et al. 2002 (METER), who align
/// re-worded copy by what content words sentences contain.
pub(super) fn rewritten(left: &Content, right: &Content) -> Vec<Aligned> {
    let (lefts, rights) = (&left.sentences, &right.sentences);
    let fewer = lefts.len().min(rights.len());
    // Half of the sentences with half of their content make a quarter of all content.
    let poorer = left.stems.len().min(right.stems.len());
    let shared = shared(&left.stems, &right.stems);
    if fewer < IN_ORDER || shared.len() * 5 < poorer {
        return Vec::new();
    }
    let common = common(left, right, &shared);
    let mut likely = Vec::new();
    for (i, one) in lefts.iter().enumerate() {
        for (j, other) in rights.iter().enumerate() {
            let common = u32::from(common[i * rights.len() + j]);
            let poorer = one.n_stems.min(other.n_stems);
            if common >= COMMON as u32 && common * 1000 >= poorer * CONTAINED {
                likely.push((i, j));
            }
        }
    }
    let in_order = longest_in_order(&likely);
    if in_order.len() < IN_ORDER || in_order.len() * 1000 < fewer * COVERED {
        return Vec::new();
    }
    in_order.iter().map(|&(i, j)| (lefts[i].words(), rights[j].words())).collect()
}

/// How many stems each sentence of the left has in common with each of the right, row by row. `shared`
/// are the stems that both have.
fn common(left: &Content, right: &Content, shared: &[(usize, usize)]) -> Vec<u16> {
    let width = right.sentences.len();
    let mut common = vec![0u16; left.sentences.len() * width];
    for &(here, there) in shared {
        for &i in left.having(here) {
            let row = &mut common[i as usize * width..][..width];
            for &j in right.having(there) {
                let count = &mut row[j as usize];
                *count = count.saturating_add(1);
            }
        }
    }
    common
}

/// What `body` is about. Quotations and stock phrases do not count.
pub(super) fn content(body: &Body, language: &Language) -> Content {
    let (mut sentences, mut pairs) = (Vec::new(), Vec::new());
    let (text, spans) = (body.text(), body.spans());
    for &(first, end) in &body.sentences {
        let prose = (first..end).filter(|&at| body.weights[at] == Weight::Prose);
        let stems = prose.filter_map(|at| stem(spans[at].of(text), language));
        let mut stems = stems.collect::<Vec<_>>();
        stems.sort_unstable();
        stems.dedup();
        if stems.len() >= COMMON {
            let (first, end, n_stems) = (first as u32, end as u32, stems.len() as u32);
            pairs.extend(stems.into_iter().map(|stem| (stem, sentences.len() as u32)));
            sentences.push(Sentence { first, end, n_stems });
        }
    }
    pairs.sort_unstable();
    let (mut stems, mut starts) = (Vec::new(), Vec::new());
    for (at, &(stem, _)) in pairs.iter().enumerate() {
        if stems.last() != Some(&stem) {
            stems.push(stem);
            starts.push(at as u32);
        }
    }
    starts.push(pairs.len() as u32);
    let places = pairs.iter().map(|pair| pair.1).collect();
    sentences.shrink_to_fit();
    stems.shrink_to_fit();
    starts.shrink_to_fit();
    Content { sentences, stems, starts, places }
}

/// A content word cut to six letters, which most inflections of most languages leave, as a hash;
/// none for a function word or a word of one or two letters. Numbers stay whole.
fn stem(word: &str, language: &Language) -> Option<u32> {
    let mut folded = fold::fold(word);
    if !folded.starts_with(|c: char| c.is_ascii_digit()) {
        if folded.chars().nth(2).is_none() || language.function_words.has(&folded) {
            return None;
        }
        if let Some((cut, _)) = folded.char_indices().nth(6) {
            folded.truncate(cut);
        }
    }
    Some((FxBuildHasher.hash_one(folded) >> 32) as u32)
}

/// Where the entries stand in two sorted lists that both have.
fn shared(left: &[u32], right: &[u32]) -> Vec<(usize, usize)> {
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while i < left.len() && j < right.len() {
        if left[i] == right[j] {
            found.push((i, j));
        }
        let (one, other) = (left[i], right[j]);
        i += usize::from(one <= other);
        j += usize::from(other <= one);
    }
    found
}

/// The longest part of `pairs` (sorted) that rises on both sides; the first of equals.
fn longest_in_order(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each pair the length of the longest rise that ends there, and the pair before it.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let before = (0..at).filter(|&b| pairs[b].0 < pair.0 && pairs[b].1 < pair.1);
        let before = before.rev().max_by_key(|&b| best[b].0);
        best.push((before.map_or(1, |b| best[b].0 + 1), before));
    }
    let mut at = (0..best.len()).rev().max_by_key(|&at| best[at].0);
    let mut found = Vec::new();
    while let Some(pair) = at {
        found.push(pairs[pair]);
        at = best[pair].1;
    }
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rise() {
        let pairs = [(0, 3), (1, 0), (2, 1), (2, 4), (3, 5), (4, 2)];
        assert_eq!(longest_in_order(&pairs), [(1, 0), (2, 1), (3, 5)]);
        assert_eq!(longest_in_order(&[]), []);
    }
}
