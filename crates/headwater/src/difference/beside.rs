//! Beside: what is said right beside an amount, by which it is an amount of one thing or of another.

use headwater_page::Span;

use super::{Pair, Side};
use crate::fold;

/// Content words on each side of an amount among which is what is said of it: "84 people were killed",
/// "killed 84 people".
const NEAR: usize = 2;

/// What is said beside an amount on one side.
struct Beside {
    /// The nearest word before it and the nearest behind it.
    nearest: Vec<u64>,
    /// The [`NEAR`] nearest before it and behind it.
    near: Vec<u64>,
}

/// Whether the same is said of the amounts at `left` and `right`: a word that stands next to one of them
/// stands near the other, and the other way round. "Fifty people were hurt" and "five people were
/// trapped" count people of two sorts, however much their sentences have in common besides.
pub(super) fn is_same(pair: &Pair<'_, '_>, left: Span, right: Span) -> bool {
    let here = beside(pair.left, left);
    if here.near.is_empty() {
        return false;
    }
    let there = beside(pair.right, right);
    meets(&here.nearest, &there.near) && meets(&there.nearest, &here.near)
}

fn meets(one: &[u64], other: &[u64]) -> bool {
    one.iter().any(|key| other.contains(key))
}

/// The words beside `span`, no farther than a colon or semicolon. Other amounts with what they count,
/// days and names are passed over: all sentences of a story have them.
fn beside(side: &Side<'_>, span: Span) -> Beside {
    let (words, counts) = (side.words(), &side.language().differences);
    let passed = |span: Span| {
        side.amounts().any(|it| it.span.overlaps(span))
            || side.dates().any(|it| it.span.overlaps(span))
    };
    let parts = |at: &usize| matches!(words.all[*at].folded.as_ref(), ";" | ":" | "—");
    let key = |at: usize| {
        let word = &words.all[at];
        let key = words.keys[at].filter(|_| words.titled || !word.capital)?;
        // "Two died" and "two dead" count the same.
        let known = counts.is_counted(&word.folded);
        let key = if known { fold::hash(counts.counts(&word.folded)) } else { key };
        (!passed(word.span)).then_some(key)
    };
    let first = words.all.iter().position(|it| it.span.end > span.start).unwrap_or_default();
    let end = words.all.iter().rposition(|it| it.span.start < span.end).map_or(0, |at| at + 1);
    let before = (0..first).rev().take_while(|at| !parts(at)).filter_map(key).take(NEAR);
    let before = before.collect::<Vec<_>>();
    let behind = (end..words.all.len()).take_while(|at| !parts(at)).filter_map(key).take(NEAR);
    let behind = behind.collect::<Vec<_>>();
    let nearest = before.first().into_iter().chain(behind.first()).copied().collect();
    Beside { nearest, near: before.into_iter().chain(behind).collect() }
}
