//! Variant: where two versions of the same words part.

use headwater::reuse::Edit;
use headwater::{Dossier, Place, Span, fold};
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// The edits that turn the words of `left` into those of `right`, in order, word by word; case,
/// quotation marks and spaces between words do not count. An empty side is an empty span where the
/// words would stand.
pub fn edits(dossier: &Dossier, left: Place, right: Place) -> Vec<Edit> {
    let (lefts, rights) = (words(dossier, left), words(dossier, right));
    let hashes = |words: &[fold::Token]| words.iter().map(|word| word.hash).collect::<Vec<_>>();
    let ops = capture_diff_slices(Algorithm::Myers, &hashes(&lefts), &hashes(&rights));
    let changed = ops.iter().filter(|op| op.tag() != DiffTag::Equal);
    changed
        .map(|op| Edit {
            was: Place { page: left.page, span: hull(&lefts, op.old_range(), left.span) },
            is: Place { page: right.page, span: hull(&rights, op.new_range(), right.span) },
        })
        .collect()
}

fn words(dossier: &Dossier, place: Place) -> Vec<fold::Token> {
    fold::tokens(&dossier.pages[place.page.ix()].text, place.span)
}

/// The span from the first to the last of `range`; for none, the end of the word before.
fn hull(words: &[fold::Token], range: std::ops::Range<usize>, within: Span) -> Span {
    if range.is_empty() {
        let at = match range.start.checked_sub(1) {
            Some(before) => words[before].span.end,
            None => within.start,
        };
        return Span { start: at, end: at };
    }
    Span { start: words[range.start].span.start, end: words[range.end - 1].span.end }
}
