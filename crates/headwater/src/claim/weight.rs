//! Weight: how much a term tells of which fact of its story is meant.
//!
//! A word is rare in the language and yet on every page of one story: its places, its people, what
//! they are about. Such words bring the story together and tell none of its claims from another. So a
//! term weighs what it weighs in the language at large, lowered by how many of the story's statements
//! hold it; a name weighs less than a deed; and words that always stand together weigh as one.

use headwater_page::Span;
use rustc_hash::FxHashMap;

use super::point::Read;
use super::term::{Kind, Term, Terms};
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

/// What the weights of a statement's terms are told by, each once.
#[derive(Default)]
pub(super) struct Signs {
    /// Words that stand side by side, by hash.
    beside: Vec<(u64, u64)>,
    /// Words with and without a capital where a capital tells, by hash and mark.
    cased: Vec<u64>,
}

impl Signs {
    /// `told` are the words of `statement` by where they stand, with what they are compared by.
    pub(super) fn new(
        evidence: Evidence<'_>,
        ix: ArticleIx,
        statement: Span,
        mut told: Vec<(Span, u64)>,
    ) -> Self {
        let (text, language) = (evidence.text(ix), evidence.language(ix));
        told.sort_unstable();
        let mut signs = Self::default();
        for pair in told.windows(2) {
            let (left, right) = (pair[0].0, pair[1].0);
            let between = text.get(left.end as usize..right.start as usize).unwrap_or("");
            if right.start - left.end <= GAP && !between.contains([',', '.', ';', ':', '"']) {
                signs.beside.push((pair[0].1, pair[1].1));
            }
        }
        let headline = evidence.article(ix).headline.is_some_and(|it| it.contains(statement));
        if !headline && !language.people.noun_capitals() {
            let inside = told.iter().filter(|(span, _)| span.start > statement.start);
            signs.cased.extend(inside.map(|(span, hash)| {
                let capital = span.of(text).starts_with(char::is_uppercase);
                hash ^ if capital { CAPITAL } else { SMALL }
            }));
        }
        signs.beside.sort_unstable();
        signs.beside.dedup();
        signs.cased.sort_unstable();
        signs.cased.dedup();
        signs
    }
}

/// The sign that two words stand side by side.
fn side_by_side(left: u64, right: u64) -> u64 {
    left.rotate_left(23).wrapping_mul(CAPITAL) ^ right
}

/// The terms of all statements that were `read`, text by text and article by article, each with its
/// weight in the story. Copies count once, so that a copy changes no weight.
pub(super) fn settled(read: &[Read]) -> Terms {
    let spread = Spread::new(read);
    // Forms of one word weigh differently in the language at large: the commonest counts.
    let mut terms = FxHashMap::<u64, Term>::default();
    for &term in read.iter().flat_map(|read| &read.terms) {
        let least = terms.entry(term.hash).or_insert(term);
        least.weight = least.weight.min(term.weight);
    }
    let mut terms = terms.into_values().collect::<Vec<_>>();
    terms.sort_unstable_by_key(|term| term.hash);
    for term in &mut terms {
        let mut weight = term.weight * kept(spread.n(term.hash), spread.n_statements) / 1000;
        if spread.n(term.hash ^ CAPITAL) > spread.n(term.hash ^ SMALL) * 3 {
            term.kind = Kind::Name;
            weight = weight * NAME / 1000;
        }
        term.weight = weight;
    }
    let mut terms = Terms::new(terms);
    phrases(read, &mut terms, &spread);
    terms
}

/// Makes words that always stand together weigh as one.
fn phrases(read: &[Read], terms: &mut Terms, spread: &Spread) {
    let mut sets = Sets::new(terms.len());
    for &(left, right) in read.iter().flat_map(|read| &read.signs.beside) {
        let side = spread.n(side_by_side(left, right)) + spread.n(side_by_side(right, left));
        if left != right
            && side >= LEAST_HELD
            && side * 1000 >= spread.n(left).max(spread.n(right)) * PHRASE
            && let (Some(left), Some(right)) = (terms.find(left), terms.find(right))
        {
            sets.join(left.ix(), right.ix());
        }
    }
    for phrase in sets.groups().into_iter().filter(|group| group.len() > 1) {
        let weights = phrase.iter().map(|&ix| terms.weight_at(ix));
        let (all, most) = (weights.clone().sum::<u32>(), weights.max().unwrap_or(0));
        let whole = most + (all - most) * REST / 1000;
        for ix in phrase {
            terms.weigh(ix, terms.weight_at(ix) * whole / all.max(1));
        }
    }
}

/// How many statements the story has, and how many of them hold each term and sign; of copies the one
/// with most.
struct Spread {
    n_statements: u32,
    held: FxHashMap<u64, u32>,
}

impl Spread {
    fn new(read: &[Read]) -> Self {
        let (mut n_statements, mut held) = (0, FxHashMap::default());
        for of_text in read.chunk_by(|one, next| one.text == next.text) {
            let of_article = of_text.chunk_by(|one, next| one.article() == next.article());
            if of_article.clone().count() == 1 {
                n_statements += of_text.len() as u32;
                count(of_text, &mut held);
                continue;
            }
            // Copies of one text differ by what was cut.
            let (mut most_statements, mut most) = (0, FxHashMap::default());
            for article in of_article {
                most_statements = most_statements.max(article.len() as u32);
                let mut of_article = FxHashMap::default();
                count(article, &mut of_article);
                for (sign, n) in of_article {
                    let most = most.entry(sign).or_default();
                    *most = n.max(*most);
                }
            }
            n_statements += most_statements;
            for (sign, n) in most {
                *held.entry(sign).or_default() += n;
            }
        }
        Self { n_statements: n_statements.max(FEWEST), held }
    }

    fn n(&self, sign: u64) -> u32 {
        self.held.get(&sign).copied().unwrap_or(0)
    }
}

/// Adds up how many of the statements hold each term and sign.
fn count(read: &[Read], held: &mut FxHashMap<u64, u32>) {
    for Read { terms, signs, .. } in read {
        let beside = signs.beside.iter().map(|&(left, right)| side_by_side(left, right));
        let cased = signs.cased.iter().copied();
        for sign in terms.iter().map(|term| term.hash).chain(beside).chain(cased) {
            *held.entry(sign).or_default() += 1;
        }
    }
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
