//! Modality: how far along the same deed is: could, plans, did.

use super::{Apart, Grade, Pair, SAME_POINT, Side};
use crate::statement::Modality;

/// A deed that one side has as possible or planned and the other as ordered or done.
///
/// Plans stand in headlines as deeds, so that a headline is never farther along.
pub(super) fn compare(pair: &Pair<'_, '_>) -> Option<Apart> {
    if pair.left.words().quoted || pair.right.words().quoted {
        return None;
    }
    let turned = || pair.turned();
    early(pair)
        .or_else(|| early(&turned()).map(Apart::turned))
        .or_else(|| unanswered(pair))
        .or_else(|| unanswered(&turned()).map(Apart::turned))
        .or_else(|| prepared(pair))
        .or_else(|| prepared(&turned()).map(Apart::turned))
}

/// A deed that is not yet done on the left and is done on the right.
fn early(pair: &Pair<'_, '_>) -> Option<Apart> {
    let alike = pair.likeness.of_lighter >= LIKE && pair.likeness.of_heavier >= SAME_POINT;
    if !alike || pair.left.words().open.is_some() || pair.right.words().open.is_some() {
        return None;
    }
    let (left, right) = (pair.left.words(), pair.right.words());
    for &at in open(pair.left) {
        let (word, Some(key)) = (&left.all[at], left.keys[at]) else { continue };
        let planned = word.shade.modality == Modality::Planned;
        let later = (0..right.all.len()).filter(|&it| right.keys[it] == Some(key));
        for there in later {
            let other = &right.all[there];
            let done = other.shade.modality == Modality::Done && pair.right.is_deed(there);
            let same = word.shade.denied == other.shade.denied;
            let headed = planned && pair.right.is_headline();
            let around = pair.around(word.span, other.span);
            if done && same && !headed && around >= NEAR && pair.is_same_doer(at, there) {
                let (left, right) = (shown(pair.left, at), shown(pair.right, there));
                return Some(Apart { left, right, grade: Grade::Differs });
            }
        }
    }
    None
}

/// What is left open on the left and said on the right: "did not say whether the ferry was sold", "sold
/// the ferry".
fn unanswered(pair: &Pair<'_, '_>) -> Option<Apart> {
    let open = pair.left.words().open.filter(|_| pair.likeness.of_lighter >= SAME_POINT)?;
    let right = pair.right.words();
    if right.open.is_some() || pair.left.is_headline() || pair.right.is_headline() {
        return None;
    }
    let asked = pair.left.told_in(open.asked);
    let said =
        (0..right.all.len()).filter(|&it| right.keys[it].is_some_and(|key| asked.contains(&key)));
    let said = said.filter(|&it| right.titled || !right.all[it].capital).collect::<Vec<_>>();
    let deed = said.iter().copied().find(|&it| pair.right.is_deed(it))?;
    (said.len() >= NEAR && !right.all[deed].shade.denied).then(|| Apart {
        left: open.cue,
        right: shown(pair.right, deed),
        grade: Grade::Differs,
    })
}

/// What `right` says and `left` expressly leaves open, where they are known to speak of one thing.
pub(super) fn left_open(pair: &Pair<'_, '_>) -> Option<Apart> {
    let open = pair.left.words().open?;
    let right = pair.right.words();
    let asked = pair.left.told_in(open.asked);
    // What it says besides, it says.
    let whole = pair.left.statement.span;
    let besides = open.asked.end < whole.end || asked.len() * 2 < pair.left.told_in(whole).len();
    if right.open.is_some() || besides {
        return None;
    }
    let is_said = |at: &usize| right.keys[*at].is_some_and(|key| asked.contains(&key));
    let plain = |at: &usize| is_said(at) && (right.titled || !right.all[*at].capital);
    let said = (0..right.all.len()).find(plain).or_else(|| (0..right.all.len()).find(is_said))?;
    Some(Apart { left: open.cue, right: right.all[said].span, grade: Grade::Differs })
}

/// Weight that two sentences must share, per mille of the lighter one, before a deed in them is one
/// deed. Not swept.
const LIKE: u32 = 600;

/// Words that must stand around the deed on both sides. Not swept.
const NEAR: usize = 2;

/// Its words that are deeds not yet done.
fn open<'s>(side: &'s Side<'_>) -> &'s [usize] {
    let all = || (0..side.words().all.len()).filter(|&at| is_open(side, at)).collect();
    side.known.open.get_or_init(all)
}

/// Whether the word at `at` is a deed that may be done or is to be done. "Would" is what "will" is in
/// reported speech, and says nothing of whether it was done since.
fn is_open(side: &Side<'_>, at: usize) -> bool {
    let (words, language) = (side.words(), side.language());
    let word = &words.all[at];
    if !word.degree {
        return false;
    }
    let behind = (at.saturating_sub(REACH)..at).map(|it| words.all[it].folded.as_ref());
    let behind = behind.collect::<Vec<_>>();
    let thing = behind.last().is_some_and(|last| language.statements.determiners.has(last));
    let to_come = || {
        (0..behind.len()).any(|from| {
            let ends = from + 1..=behind.len();
            let has = |end| language.differences.futures.has(&behind[from..end].join(" "));
            ends.into_iter().any(has)
        })
    };
    !thing
        && match word.shade.modality {
            Modality::Possible => true,
            Modality::Planned => to_come(),
            Modality::Ordered | Modality::Done => false,
        }
}

/// The word with what says how far along it is.
fn shown(side: &Side<'_>, at: usize) -> headwater_page::Span {
    let all = &side.words().all;
    let from = (at.saturating_sub(REACH)..at).rev().take_while(|&it| !all[it].is_content());
    let from = from.filter(|&it| !all[it].is_mark()).last().unwrap_or(at);
    all[from].span.hull(all[at].span)
}

const REACH: usize = 3;

/// Somebody was told to prepare something on the left, and to do it on the right: "ordered the guard
/// to draw up plans", "ordered the guard to close the port".
fn prepared(pair: &Pair<'_, '_>) -> Option<Apart> {
    let (left, right) = (pair.left.words(), pair.right.words());
    let ordered = |words: &super::side::Words, at: &usize| {
        let word = &words.all[*at];
        word.degree && word.shade.modality == Modality::Ordered && !word.shade.denied
    };
    let is_ordered = |at: &usize| left.all[*at].shade.modality == Modality::Ordered;
    let at = preparing(pair.left).iter().copied().find(is_ordered)?;
    if !preparing(pair.right).is_empty() {
        return None;
    }
    let there = (0..right.all.len()).rfind(|at| ordered(right, at))?;
    // Whoever was told is the same.
    let named = |words: &super::side::Words, to: usize| {
        let from = to.saturating_sub(ADDRESSEE);
        (from..to)
            .filter_map(|it| words.keys[it].filter(|_| words.all[it].capital))
            .collect::<Vec<_>>()
    };
    let (here, others) = (named(left, at), named(right, there + 1));
    // The Department of State is not the Department of Defense.
    let within =
        |one: &[u64], other: &[u64]| !one.is_empty() && one.iter().all(|key| other.contains(key));
    let same = within(&here, &others) || within(&others, &here);
    same.then(|| Apart {
        left: left.all[at].span.hull(left.all[(at + 1).min(left.all.len() - 1)].span),
        right: right.all[there].span.hull(right.all[(there + 1).min(right.all.len() - 1)].span),
        grade: Grade::Differs,
    })
}

/// Its words for what is done before the thing itself is.
fn preparing<'s>(side: &'s Side<'_>) -> &'s [usize] {
    side.known.preparing.get_or_init(|| {
        let all = side.words().all.iter().enumerate();
        let prepares = |root: &str| side.language().differences.prepares(root);
        all.filter(|(_, word)| prepares(word.root())).map(|(at, _)| at).collect()
    })
}

/// Words before a deed among which is whoever was told to do it.
const ADDRESSEE: usize = 5;
