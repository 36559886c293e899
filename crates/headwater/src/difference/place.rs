//! Place: one deed in two places.

use headwater_page::Span;

use super::{Apart, Grade, Pair, SAME_SENTENCE, Side};

/// Two named places behind the same word ("in Brae", "in Osk") in like sentences, where neither
/// article names the other's: a town and its province are one place more often than two.
pub(super) fn compare(pair: &Pair<'_, '_>) -> Option<Apart> {
    if pair.likeness.of_heavier < SAME_SENTENCE {
        return None;
    }
    let (left, right) = (placed(pair.left), placed(pair.right));
    let ([was], [is]) = (left.as_slice(), right.as_slice()) else { return None };
    let apart = was.0 == is.0
        && !names(pair.right, pair.left, was.1)
        && !names(pair.left, pair.right, is.1);
    (apart && pair.around(was.1, is.1) >= 1).then_some(Apart {
        left: was.1,
        right: is.1,
        grade: Grade::Differs,
    })
}

/// Names behind a word that stands before places, with that word.
fn placed<'s>(side: &'s Side<'_>) -> Vec<(&'s str, Span)> {
    let (language, words) = (side.language(), side.words());
    if words.titled {
        return Vec::new();
    }
    let mut found = Vec::new();
    for at in 1..words.all.len() {
        let before = words.all[at - 1].folded.as_ref();
        if !words.all[at].capital || words.keys[at].is_none() || !language.alike.places.has(before)
        {
            continue;
        }
        let last =
            (at..words.all.len()).take_while(|&it| words.all[it].capital).last().unwrap_or(at);
        let span = words.all[at].span.hull(words.all[last].span);
        // "In May" is no place.
        if !side.dates().any(|date| date.span.overlaps(span)) {
            found.push((before, span));
        }
    }
    found
}

/// Whether the article of `side` has any word of the name at `span` of `other`.
fn names(side: &Side<'_>, other: &Side<'_>, span: Span) -> bool {
    let words = other.words().all.iter().filter(|word| span.contains(word.span));
    words.filter(|word| word.is_content()).any(|word| side.article_has(&word.folded))
}
