//! Crossed: words that a statement has, but of other things than the claim: "released the captain but
//! kept the crew" says neither that the captain was kept nor that the crew was released.

use super::{Asked, Found, Part, Point, nearest};
use crate::ask::held::Held;
use crate::difference::DifferenceKind;
use crate::wording::Word;

/// The first two words that stand beside one another in the claim and belong to different deeds in the
/// statement.
pub(super) fn crossed(asked: &Asked<'_>, held: &Held, found: &[Found]) -> Option<Point> {
    let own = (0..found.len()).filter(|&ix| matches!(asked.parts[ix], Part::Own { .. }));
    let placed = own.filter_map(|ix| Some((ix, nearest(found, ix)?))).collect::<Vec<_>>();
    let point = |kind, ix: usize, at: usize| Point {
        kind,
        asked: asked.words[ix].span,
        found: Some(held.words[at].span),
    };
    for (nth, pair) in placed.windows(2).enumerate() {
        let ((left, a), (right, b)) = (pair[0], pair[1]);
        if let Some(at) = nearer_opposite(asked, held, (left, a), b) {
            return Some(point(DifferenceKind::Polarity, left, at));
        }
        let taken = |at: usize| placed.iter().any(|&(_, it)| it == at);
        // The first word is whom the deed is said of: "the package bans … and raises …".
        let parted = if a < b {
            nth > 0 && new_deed(asked, held, a, b, taken)
        } else {
            new_deed(asked, held, b, a, |_| false)
        };
        if parted && asked.passive == held.passive {
            return Some(point(DifferenceKind::Actor, right, b));
        }
    }
    placed.iter().find_map(|&(ix, at)| {
        let (was, is) = (before(&asked.words, ix)?, before(&held.words, at)?);
        asked.language.alike.opposed(was, is).then(|| point(DifferenceKind::Actor, ix, at))
    })
}

/// A word of the statement that is the opposite of the claim's and nearer to what the claim says it of.
fn nearer_opposite(
    asked: &Asked<'_>,
    held: &Held,
    (word, at): (usize, usize),
    object: usize,
) -> Option<usize> {
    let root = &asked.words[word].root;
    let mut others = held.words.iter().enumerate().filter(|(other, it)| {
        *other != at && it.is_content() && asked.language.alike.opposed(root, &it.root)
    });
    let nearer = |other: usize| other.abs_diff(object) < at.abs_diff(object);
    others.find(|(other, _)| nearer(*other)).map(|(other, _)| other)
}

/// Whether a second deed begins between two words: a conjunction with a bare word right behind it
/// ("and raises"; not "and the cranes") that is not `taken` by the claim.
fn new_deed(
    asked: &Asked<'_>,
    held: &Held,
    from: usize,
    to: usize,
    taken: impl Fn(usize) -> bool,
) -> bool {
    let joins = |word: &Word| asked.language.statements.conjunctions.has(&word.folded);
    (from + 1..to).any(|at| {
        let next = &held.words[at + 1];
        joins(&held.words[at]) && next.is_content() && !next.capital && !taken(at + 1)
    })
}

/// The light word right before a word and its neighbours with capital letters: "to" in "to Oster".
fn before(words: &[Word], at: usize) -> Option<&str> {
    let word = words[..at].iter().rev().find(|word| !word.capital)?;
    (word.light && !word.root.is_empty()).then_some(word.folded.as_str())
}
