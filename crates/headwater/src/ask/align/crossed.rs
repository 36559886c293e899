//! Crossed: words that a statement has, but of other things than the claim: "released the captain but
//! kept the crew" says neither that the captain was kept nor that the crew was released.

use super::{Asked, Found, Part, Point, nearest};
use crate::article::ArticleIx;
use crate::ask::held::Held;
use crate::difference::DifferenceKind;
use crate::evidence::Evidence;
use crate::fold;
use crate::lexicon::{Language, class};
use crate::wording::Word;

/// The first two words that stand beside one another in the claim and belong to different deeds in the
/// statement.
pub(super) fn crossed(asked: &Asked<'_>, held: &Held<'_>, found: &[Found]) -> Option<Point> {
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

/// Another of the claim's names as the doer of its first deed: "Brae holds a drill after Osk fires on Harn"
/// does not say that Brae fired on Osk, nor does "it fired over Brae".
///
/// The claim's first word has a capital whatever it is; it is a name where the page has it as one.
pub(super) fn doer(
    evidence: Evidence<'_>,
    ix: ArticleIx,
    asked: &Asked<'_>,
    held: &Held<'_>,
    found: &[Found],
) -> Option<Point> {
    let opens = asked.words.first().is_some_and(|word| {
        let same = |(at, it): (usize, &Word<'_>)| at > 0 && it.capital && it.folded == word.folded;
        held.words.iter().enumerate().any(same) || is_named(evidence, ix, &word.folded)
    });
    let is_name = |ix: &usize| asked.parts[*ix] == Part::Own { name: true } || *ix == 0 && opens;
    let is_own = |ix: &usize| matches!(asked.parts[*ix], Part::Own { .. });
    let deed = (0..asked.parts.len()).find(|ix| is_own(ix) && !is_name(ix))?;
    let first = (0..deed).find(is_name)?;
    let here = |ix: usize| match &found[ix] {
        Found::Here(at) => at.as_slice(),
        _ => &[],
    };
    let placed = |words: &[Word<'_>], at: usize| is_governed(asked.language, words, at);
    let point = || Point {
        kind: DifferenceKind::Actor,
        asked: asked.words[first].span,
        found: here(first).first().map(|&at| held.words[at].span),
    };
    let own = nearest(found, first)?;
    let others = || (deed + 1..found.len()).filter(is_name);
    // The name right before the deed.
    if let Some(at) = nearest(found, deed) {
        let before = at.checked_sub(1).filter(|&it| own < it && held.words[it].capital);
        if before.is_some_and(|it| others().any(|ix| here(ix).contains(&it))) {
            return Some(point());
        }
    }
    let all_placed = |ix: usize| here(ix).iter().all(|&at| placed(&held.words, at));
    let acts = |ix: usize| {
        let elsewhere = found[ix] == Found::Beside;
        placed(&asked.words, ix)
            && (elsewhere
                || !here(ix).is_empty() && !here(ix).iter().any(|&at| placed(&held.words, at)))
    };
    let moved = !placed(&asked.words, first) && all_placed(first) && others().any(acts);
    moved.then(point)
}

/// Whether the name at word `at` stands behind a preposition that makes no doer of it: "over Brae",
/// not "the navy of Brae" or "by Brae".
fn is_governed(language: &Language, words: &[Word<'_>], at: usize) -> bool {
    let before = words[..at].iter().rev().find(|it| !it.capital);
    before.is_some_and(|it| {
        let classes = language.cues.get(&it.folded).classes;
        classes & class::PREP != 0 && classes & (class::OF | class::BY | class::TO) == 0
    })
}

/// Whether a word is one of a name on the page.
fn is_named(evidence: Evidence<'_>, ix: ArticleIx, word: &str) -> bool {
    let mut parties = evidence.marks(ix).parties.iter().filter(|party| party.unnamed.is_none());
    parties.any(|party| fold::key(&party.name).split(' ').any(|part| part == word))
}

/// A word of the statement that is the opposite of the claim's and nearer to what the claim says it of.
fn nearer_opposite(
    asked: &Asked<'_>,
    held: &Held<'_>,
    (word, at): (usize, usize),
    object: usize,
) -> Option<usize> {
    let root = asked.words[word].root();
    let mut others = held.words.iter().enumerate().filter(|(other, it)| {
        *other != at && it.is_content() && asked.language.alike.opposed(root, it.root())
    });
    let nearer = |other: usize| other.abs_diff(object) < at.abs_diff(object);
    others.find(|(other, _)| nearer(*other)).map(|(other, _)| other)
}

/// Whether a second deed begins between two words: a conjunction with a bare word right behind it
/// ("and raises"; not "and the cranes") that is not `taken` by the claim.
fn new_deed(
    asked: &Asked<'_>,
    held: &Held<'_>,
    from: usize,
    to: usize,
    taken: impl Fn(usize) -> bool,
) -> bool {
    let joins = |word: &Word<'_>| asked.language.statements.conjunctions.has(&word.folded);
    (from + 1..to).any(|at| {
        let next = &held.words[at + 1];
        joins(&held.words[at]) && next.is_content() && !next.capital && !taken(at + 1)
    })
}

/// The light word right before a word and its neighbours with capital letters: "to" in "to Oster".
fn before<'w>(words: &'w [Word<'_>], at: usize) -> Option<&'w str> {
    let word = words[..at].iter().rev().find(|word| !word.capital)?;
    (word.light && !word.is_mark()).then_some(word.folded.as_ref())
}
