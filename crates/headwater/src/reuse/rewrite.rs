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
const CONTAINED: usize = 500;

/// So many sentences in one order, and such a share of the shorter text's sentences, per mille.
const IN_ORDER: usize = 3;
const COVERED: usize = 500;

/// What a body is about.
#[derive(Debug)]
pub(super) struct Content {
    /// The sentences that have enough content to be compared, in order.
    sentences: Vec<Sentence>,
    /// All their stems, sorted, each once.
    stems: Vec<u64>,
    /// Each stem of each sentence with the sentence's number, sorted.
    places: Vec<(u64, u32)>,
}

/// A sentence's words and how many content stems it has.
#[derive(Debug)]
struct Sentence {
    words: (usize, usize),
    n_stems: usize,
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
    if fewer < IN_ORDER || n_common(&left.stems, &right.stems) * 5 < poorer {
        return Vec::new();
    }
    let common = common(left, right);
    let mut likely = Vec::new();
    for (i, one) in lefts.iter().enumerate() {
        for (j, other) in rights.iter().enumerate() {
            let common = usize::from(common[i * rights.len() + j]);
            let poorer = one.n_stems.min(other.n_stems);
            if common >= COMMON && common * 1000 >= poorer * CONTAINED {
                likely.push((i, j));
            }
        }
    }
    let in_order = longest_in_order(&likely);
    if in_order.len() < IN_ORDER || in_order.len() * 1000 < fewer * COVERED {
        return Vec::new();
    }
    in_order.iter().map(|&(i, j)| (lefts[i].words, rights[j].words)).collect()
}

/// How many stems each sentence of the left has in common with each of the right, row by row.
fn common(left: &Content, right: &Content) -> Vec<u16> {
    let mut common = vec![0u16; left.sentences.len() * right.sentences.len()];
    let mut rest = right.places.as_slice();
    for same in left.places.chunk_by(|a, b| a.0 == b.0) {
        let stem = same[0].0;
        rest = &rest[rest.iter().take_while(|place| place.0 < stem).count()..];
        let n_there = rest.iter().take_while(|place| place.0 == stem).count();
        for &(_, i) in same {
            for &(_, j) in &rest[..n_there] {
                let count = &mut common[i as usize * right.sentences.len() + j as usize];
                *count = count.saturating_add(1);
            }
        }
    }
    common
}

/// What `body` is about. Quotations and stock phrases do not count.
pub(super) fn content(body: &Body, language: &Language) -> Content {
    let (mut sentences, mut places) = (Vec::new(), Vec::new());
    let (text, spans) = (body.text(), body.spans());
    for &(first, end) in &body.sentences {
        let prose = (first..end).filter(|&at| body.weights[at] == Weight::Prose);
        let stems = prose.filter_map(|at| stem(spans[at].of(text), language));
        let mut stems = stems.collect::<Vec<_>>();
        stems.sort_unstable();
        stems.dedup();
        if stems.len() >= COMMON {
            let n_stems = stems.len();
            places.extend(stems.into_iter().map(|stem| (stem, sentences.len() as u32)));
            sentences.push(Sentence { words: (first, end), n_stems });
        }
    }
    places.sort_unstable();
    let mut stems = places.iter().map(|place| place.0).collect::<Vec<_>>();
    stems.dedup();
    Content { sentences, stems, places }
}

/// A content word cut to six letters, which most inflections of most languages leave, as a hash;
/// none for a function word or a word of one or two letters. Numbers stay whole.
fn stem(word: &str, language: &Language) -> Option<u64> {
    let mut folded = fold::fold(word);
    if !folded.starts_with(|c: char| c.is_ascii_digit()) {
        if folded.chars().nth(2).is_none() || language.function_words.has(&folded) {
            return None;
        }
        if let Some((cut, _)) = folded.char_indices().nth(6) {
            folded.truncate(cut);
        }
    }
    Some(FxBuildHasher.hash_one(folded))
}

/// How many entries two sorted lists share.
fn n_common(left: &[u64], right: &[u64]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < left.len() && j < right.len() {
        match left[i].cmp(&right[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, n) = (i + 1, j + 1, n + 1),
        }
    }
    n
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
