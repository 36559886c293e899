//! Open: what a statement expressly leaves open: "did not say that …", "it is not clear whether …".

use headwater_page::Span;

use crate::lexicon::{Language, Sign};
use crate::wording::Word;

/// What a statement leaves open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Open {
    /// The words that leave it open, with the first of what is left open.
    pub(super) cue: Span,
    /// The words that are left open.
    pub(super) asked: Span,
}

/// What the words of a sentence leave open of the statement at `span`: what was not said, or a question
/// whether it is so to which no answer is known.
pub(super) fn left_by(all: &[Word<'_>], span: Span, language: &Language) -> Option<Open> {
    let is_word = |word: &Word<'_>| word.span.start >= span.start && !word.is_mark();
    let first = all.iter().position(is_word)?;
    let asked = |from: usize| Span {
        start: all[from].span.start.max(span.start),
        end: end(&all[from..], span, language),
    };
    let before = |at: usize| all[..at].iter().rposition(Word::is_content);
    let untold = before(first).filter(|&it| is_unsaid(all, it, first, language));
    if let Some(cue) = untold {
        return Some(Open { cue: all[cue].span.hull(all[first].span), asked: asked(first) });
    }
    let asks = &language.differences.asks;
    let (at, cue) =
        (1..all.len()).take_while(|&at| all[at].span.start < span.end).find_map(|at| {
            let cue = asks.has(&all[at].folded).then(|| before(at))??;
            let leaves = is_unsaid(all, cue, at, language) || is_unknown(all, cue, at, language);
            leaves.then_some((at, cue))
        })?;
    let next = all.get(at + 1).filter(|next| next.span.end <= span.end)?;
    let shown = if all[at].span.end > span.start { all[at].span } else { next.span };
    Some(Open { cue: all[cue].span.hull(shown), asked: asked(at) })
}

/// Where what is left open ends: "did not say whether it was sold, but the new owner has moved in".
fn end(behind: &[Word<'_>], span: Span, language: &Language) -> u32 {
    let parts = |word: &&Word<'_>| {
        word.span.start < span.end
            && language.statements.conjunctions.has(&word.folded)
            && !language.differences.joints.has(&word.folded)
    };
    behind.iter().skip(1).find(parts).map_or(span.end, |word| word.span.start)
}

/// Whether the word at `cue` says that somebody did not say what stands at `to`.
fn is_unsaid(all: &[Word<'_>], cue: usize, to: usize, language: &Language) -> bool {
    language.alike.attributes(all[cue].root()) && is_denied(all, cue, to, language)
}

/// Whether the word at `cue` says that nobody knows what stands at `to`.
fn is_unknown(all: &[Word<'_>], cue: usize, to: usize, language: &Language) -> bool {
    let (differences, root) = (&language.differences, all[cue].root());
    differences.is_unknown(root) || differences.is_known(root) && is_denied(all, cue, to, language)
}

/// Whether the word at `at` is denied, before it or right behind it ("sagte nicht, ob").
fn is_denied(all: &[Word<'_>], at: usize, to: usize, language: &Language) -> bool {
    let denies =
        |word: &Word<'_>| language.statements.signs(&word.folded).contains(&Sign::Negation);
    all[at].shade.denied || all[at + 1..to].iter().any(denies)
}
