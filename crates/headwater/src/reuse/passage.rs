//! Passage: a chain of words as places in two pages, with the edits between them.

use headwater_page::{PageIx, Place, Span};

use super::align::{Chain, Run};
use super::body::Body;
use super::{Edit, Passage};

/// One article of a pair.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) page: PageIx,
    pub(super) text: &'a str,
    pub(super) body: &'a Body<'a>,
}

/// The chain as passages from word start to word end: one for each stretch of body that it
/// crosses, so that no caption stands inside a passage.
pub(super) fn passages(left: Side, right: Side, chain: &Chain) -> Vec<Passage> {
    let stretch = |(i, j): (usize, usize)| (left.body.stretch(i), right.body.stretch(j));
    let pairs = chain.pairs().collect::<Vec<_>>();
    pairs
        .chunk_by(|&before, &after| stretch(before) == stretch(after))
        .map(|pairs| passage(left, right, pairs))
        .collect()
}

/// The chain cut down to the stretches of words that `keep` wants, each at least `shortest` words.
pub(super) fn cut(
    chain: &Chain,
    shortest: usize,
    keep: impl Fn(usize, usize) -> bool,
) -> Vec<Chain> {
    let mut stretches: Vec<Vec<Run>> = vec![Vec::new()];
    for (i, j) in chain.pairs() {
        if keep(i, j) {
            if let Some(runs) = stretches.last_mut() {
                match runs.last_mut() {
                    Some(run) if run.left + run.n == i && run.right + run.n == j => run.n += 1,
                    _ => runs.push(Run { left: i, right: j, n: 1 }),
                }
            }
        } else if stretches.last().is_some_and(|runs| !runs.is_empty()) {
            stretches.push(Vec::new());
        }
    }
    let chains = stretches.into_iter().filter(|runs| !runs.is_empty()).map(|runs| Chain { runs });
    chains.filter(|chain| chain.n_words() >= shortest).collect()
}

/// Corresponding words as one passage; `pairs` holds at least one.
fn passage(left: Side, right: Side, pairs: &[(usize, usize)]) -> Passage {
    let place = |side: Side, first: usize, last: usize| Place {
        page: side.page,
        span: side.body.span(first, last + 1),
    };
    let ((first_i, first_j), (last_i, last_j)) = (pairs[0], pairs[pairs.len() - 1]);
    let mut edits: Vec<Edit> = Vec::new();
    let mut change = |was: Span, is: Span| {
        if was.of(left.text) != is.of(right.text) {
            add(&mut edits, left, right, was, is);
        }
    };
    let mut before: Option<(Span, Span)> = None;
    let (lefts, rights) = (left.body.spans(), right.body.spans());
    for &(i, j) in pairs {
        let (word_left, word_right) = (lefts[i], rights[j]);
        if let Some((end_left, end_right)) = before {
            let (was, is) = between(left, right, (end_left, word_left), (end_right, word_right));
            change(was, is);
        }
        change(word_left, word_right);
        before = Some((word_left, word_right));
    }
    Passage { left: place(left, first_i, last_i), right: place(right, first_j, last_j), edits }
}

/// The bytes between two words on each side, without the blanks and points at either end that
/// both share.
fn between(left: Side, right: Side, a: (Span, Span), b: (Span, Span)) -> (Span, Span) {
    let mut was = Span { start: a.0.end, end: a.1.start };
    let mut is = Span { start: b.0.end, end: b.1.start };
    let joint = |pair: &(char, char)| pair.0 == pair.1 && !pair.0.is_alphanumeric();
    let (was_words, is_words) = (was.of(left.text), is.of(right.text));
    let head = was_words.chars().zip(is_words.chars()).take_while(joint);
    let head = head.map(|(c, _)| c.len_utf8() as u32).sum::<u32>();
    (was.start, is.start) = (was.start + head, is.start + head);
    let (was_words, is_words) = (was.of(left.text), is.of(right.text));
    let tail = was_words.chars().rev().zip(is_words.chars().rev()).take_while(joint);
    let tail = tail.map(|(c, _)| c.len_utf8() as u32).sum::<u32>();
    (was.end, is.end) = (was.end - tail, is.end - tail);
    (was, is)
}

/// Adds an edit; one that follows the last with no word between them is joined to it.
fn add(edits: &mut Vec<Edit>, left: Side, right: Side, was: Span, is: Span) {
    if let Some(last) = edits.last_mut() {
        let between = Span { start: last.was.span.end, end: was.start };
        if !between.of(left.text).chars().any(char::is_alphanumeric) {
            last.was.span.end = was.end;
            last.is.span.end = is.end;
            return;
        }
    }
    let place = |page, span| Place { page, span };
    edits.push(Edit { was: place(left.page, was), is: place(right.page, is) });
}
