//! Rewrite: sentences of two texts that say the same in other words, in one order.

use super::body::{Body, Weight};
use crate::fold;
use crate::lexicon::Language;

/// A sentence of each side, as first and one-past-last word.
pub(super) type Aligned = ((usize, usize), (usize, usize));

/// Content words that two sentences must have in common, and the share of the poorer sentence's
/// content words that they must be, per mille. Two reports of one event share names and a number in
/// many sentences; six words in ten they share where one has the other before it.
const COMMON: usize = 5;
const CONTAINED: usize = 600;

/// So many sentences in one order, and such a share of the shorter text's sentences, per mille.
const IN_ORDER: usize = 4;
const COVERED: usize = 500;

/// A sentence's words and its content stems, sorted.
struct Sentence {
    words: (usize, usize),
    stems: Vec<String>,
}

/// The sentences of `left` that `right` re-words, in order, if they are most of the shorter text;
/// empty otherwise. Quotations and stock phrases do not count.
///
/// Cost: sentences of one side by those of the other. After: Clough et al. 2002 (METER), who align
/// re-worded copy by what content words sentences contain.
pub(super) fn rewritten(
    left: (&Body, &str),
    right: (&Body, &str),
    language: &Language,
) -> Vec<Aligned> {
    let (lefts, rights) = (sentences(left, language), sentences(right, language));
    let fewer = lefts.len().min(rights.len());
    if fewer < IN_ORDER {
        return Vec::new();
    }
    let mut likely = Vec::new();
    for (i, one) in lefts.iter().enumerate() {
        for (j, other) in rights.iter().enumerate() {
            let common = n_common(&one.stems, &other.stems);
            let poorer = one.stems.len().min(other.stems.len());
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

/// Sentences with enough content to be compared, in order.
fn sentences((body, text): (&Body, &str), language: &Language) -> Vec<Sentence> {
    let sentences = body.sentences.iter().map(|&(first, end)| {
        let prose = (first..end).filter(|&at| body.weights[at] == Weight::Prose);
        let mut stems = prose.filter_map(|at| stem(body.spans[at].of(text), language));
        let mut stems = stems.by_ref().collect::<Vec<_>>();
        stems.sort_unstable();
        stems.dedup();
        Sentence { words: (first, end), stems }
    });
    sentences.filter(|sentence| sentence.stems.len() >= COMMON).collect()
}

/// A content word cut to six letters, which most inflections of most languages leave; none for a
/// function word or a word of one or two letters. Numbers stay whole.
fn stem(word: &str, language: &Language) -> Option<String> {
    let folded = fold::fold(word);
    if folded.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(folded);
    }
    let n_letters = folded.chars().count();
    let is_content = n_letters > 2 && !language.function_words.has(&folded);
    is_content.then(|| folded.chars().take(6).collect())
}

/// How many entries two sorted lists share.
fn n_common(left: &[String], right: &[String]) -> usize {
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
