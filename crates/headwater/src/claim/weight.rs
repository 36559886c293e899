//! Weight: how much a term tells of which fact of its story is meant.
//!
//! A word is rare in the language and yet on every page of one story: its places, its people, what
//! they are about. Such words bring the story together and tell none of its claims from another. So a
//! term weighs what it weighs in the language at large, lowered by how many of the story's statements
//! hold it; a name weighs less than a deed; and words that always stand together weigh as one.

use std::collections::BTreeMap;

use headwater_page::Span;
use rustc_hash::FxHashMap;

use super::point::Point;
use crate::article::ArticleIx;
use crate::evidence::Evidence;
use crate::sets::Sets;

/// Share of its weight that a term keeps if every statement of the story holds it, per mille.
///
/// A word of the whole story tells its claims apart no more.
const LEAST_KEPT: u32 = 250;
/// A story of fewer statements is weighed as if it had so many: three short reports tell nothing of
/// which words are common. Not swept.
const FEWEST: u32 = 64;
/// What a name weighs, per mille of a word as rare. Not swept.
const NAME: u32 = 850;
/// Share, per mille, of the statements that hold either of two words in which they stand side by
/// side, if they are one phrase; and the fewest statements. Not swept.
const PHRASE: u32 = 500;
const LEAST_HELD: u32 = 3;
/// What the words of a phrase but the heaviest keep, per mille. Not swept.
const REST: u32 = 300;
/// Bytes between two words of a phrase, at most: "bank of England".
const GAP: u32 = 5;

/// Marks of a term, hashed with it.
const CAPITAL: u64 = 0x9e37_79b9_7f4a_7c15;
const SMALL: u64 = 0xc2b2_ae3d_27d4_eb4f;

/// What the weights of a statement's terms are told by: words beside each other, and words with and
/// without a capital where a capital tells. `told` are its words by what they are compared by.
pub(super) fn signs(
    evidence: Evidence<'_>,
    ix: ArticleIx,
    statement: Span,
    told: &[((u64, u32), Span)],
) -> Vec<u64> {
    let (text, language) = (evidence.text(ix), evidence.language(ix));
    let mut told = told.iter().map(|((hash, _), span)| (*span, *hash)).collect::<Vec<_>>();
    told.sort_unstable();
    let mut signs = Vec::new();
    for pair in told.windows(2) {
        let (left, right) = (pair[0].0, pair[1].0);
        let between = text.get(left.end as usize..right.start as usize).unwrap_or("");
        if right.start - left.end <= GAP && !between.contains([',', '.', ';', ':', '"']) {
            signs.push(both(pair[0].1, pair[1].1));
        }
    }
    let headline = evidence.article(ix).headline.is_some_and(|it| it.contains(statement));
    if !headline && !language.people.noun_capitals() {
        for (span, hash) in told {
            if span.start > statement.start {
                let capital = span.of(text).starts_with(char::is_uppercase);
                signs.push(hash ^ if capital { CAPITAL } else { SMALL });
            }
        }
    }
    signs.sort_unstable();
    signs.dedup();
    signs
}

/// The sign that two words stand side by side.
fn both(left: u64, right: u64) -> u64 {
    left.rotate_left(23).wrapping_mul(CAPITAL) ^ right
}

/// Gives every term of `points` its weight. Copies count once, so that a copy changes no weight.
pub(super) fn settle(points: &mut [Point]) {
    let (n_statements, held) = spread(points);
    let n_statements = n_statements.max(FEWEST);
    let n = |sign: u64| held.get(&sign).copied().unwrap_or(0);
    // Forms of one word weigh differently in the language at large: the commonest counts.
    let mut weights = BTreeMap::<u64, u32>::new();
    for &(hash, weight) in points.iter().flat_map(|point| &point.terms) {
        let least = weights.entry(hash).or_insert(weight);
        *least = weight.min(*least);
    }
    let is_name = |hash: u64| n(hash ^ CAPITAL) > n(hash ^ SMALL) * 3;
    for (hash, weight) in &mut weights {
        let name = if is_name(*hash) { NAME } else { 1000 };
        *weight = *weight * kept(n(*hash), n_statements) / 1000 * name / 1000;
    }
    let weights = phrases(points, &weights, &n);
    for point in points {
        for (hash, weight) in &mut point.terms {
            *weight = weights[hash];
        }
        point.weight = point.terms.iter().map(|term| term.1).sum();
        let is_word = |term: &&(u64, u32)| point.values.binary_search(&term.0).is_err();
        point.plain = point.terms.iter().filter(is_word).map(|term| term.1).sum();
        let names = point.terms.iter().map(|term| term.0).filter(|hash| is_name(*hash));
        point.names = names.collect();
    }
}

/// The same weights, with words that always stand together as one.
fn phrases(
    points: &[Point],
    weights: &BTreeMap<u64, u32>,
    n: &impl Fn(u64) -> u32,
) -> BTreeMap<u64, u32> {
    let hashes = weights.keys().copied().collect::<Vec<_>>();
    let mut sets = Sets::new(hashes.len());
    let at = |hash: u64| hashes.binary_search(&hash).ok();
    for point in points {
        for (i, left) in point.terms.iter().enumerate() {
            for right in &point.terms[i + 1..] {
                let side = n(both(left.0, right.0)) + n(both(right.0, left.0));
                if side >= LEAST_HELD
                    && side * 1000 >= n(left.0).max(n(right.0)) * PHRASE
                    && let (Some(left), Some(right)) = (at(left.0), at(right.0))
                {
                    sets.join(left, right);
                }
            }
        }
    }
    let mut settled = weights.clone();
    for group in sets.groups().into_iter().filter(|group| group.len() > 1) {
        let of = |ix: &usize| weights[&hashes[*ix]];
        let (all, most) = (group.iter().map(of).sum::<u32>(), group.iter().map(of).max());
        let most = most.unwrap_or(0);
        let whole = most + (all - most) * REST / 1000;
        for ix in group {
            settled.insert(hashes[ix], of(&ix) * whole / all.max(1));
        }
    }
    settled
}

/// How many statements the story has, and how many of them hold each term and sign; of copies the one
/// with most.
fn spread(points: &[Point]) -> (u32, FxHashMap<u64, u32>) {
    // By article first: copies of one text differ by what was cut.
    let mut by_article = FxHashMap::<(ArticleIx, usize), (u32, FxHashMap<u64, u32>)>::default();
    for point in points {
        let (n, held) = by_article.entry((point.at.0, point.text)).or_default();
        *n += 1;
        for hash in point.terms.iter().map(|term| &term.0).chain(&point.signs) {
            *held.entry(*hash).or_default() += 1;
        }
    }
    let mut by_text = FxHashMap::<usize, (u32, FxHashMap<u64, u32>)>::default();
    for ((_, text), (n, held)) in by_article {
        let (most, all) = by_text.entry(text).or_default();
        *most = n.max(*most);
        for (hash, n) in held {
            let most = all.entry(hash).or_default();
            *most = n.max(*most);
        }
    }
    let (mut n_statements, mut held) = (0, FxHashMap::<u64, u32>::default());
    for (n, of_text) in by_text.into_values() {
        n_statements += n;
        for (hash, n) in of_text {
            *held.entry(hash).or_default() += n;
        }
    }
    (n_statements, held)
}

/// Per mille of its weight that a term keeps which `n` of `all` statements hold.
///
/// After: inverse document frequency (Spärck Jones 1972), within the story.
fn kept(n: u32, all: u32) -> u32 {
    let most = log2(all.max(2));
    LEAST_KEPT + (1000 - LEAST_KEPT) * (most - log2(n).min(most)) / most
}

/// 256 times the binary logarithm of `n` (at least 1), linear between powers of two.
fn log2(n: u32) -> u32 {
    let whole = n.max(1).ilog2();
    let rest = u64::from(n.max(1)) << (31 - whole);
    whole * 256 + ((rest >> 23) & 0xff) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_every_statement_keeps_the_least() {
        assert_eq!(kept(100, 100), LEAST_KEPT);
        assert_eq!(kept(1, 100), 1000);
        assert!(kept(3, 100) > kept(4, 100));
    }
}
