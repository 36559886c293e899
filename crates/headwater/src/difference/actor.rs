//! Actor: somebody else did it or had it done to them, or their name is spelled otherwise.

use headwater_page::Span;

use super::{Apart, Grade, Pair, SAME_POINT, Side};

/// A name spelled otherwise; another name of the same kind behind the same words; a denial that moved
/// from one word of a name to the next.
pub(super) fn compare(pair: &Pair<'_, '_>) -> Option<Apart> {
    moved(pair)
        .or_else(|| moved(&pair.turned()).map(Apart::turned))
        .or_else(|| spelled(pair))
        .or_else(|| kindred(pair))
}

/// Two spellings of one name, where neither article has the other's.
fn spelled(pair: &Pair<'_, '_>) -> Option<Apart> {
    let left = own_names(pair.left, pair.right);
    let right = if left.is_empty() { Vec::new() } else { own_names(pair.right, pair.left) };
    for &(span, word) in &left {
        for &(other_span, other) in &right {
            if is_near(word, other)
                && !pair.left.article_has(other)
                && !pair.right.article_has(word)
            {
                return Some(Apart { left: span, right: other_span, grade: Grade::Compatible });
            }
        }
    }
    None
}

/// The words with a capital inside the sentence that the other side does not have.
fn own_names<'s>(side: &'s Side<'_>, other: &Side<'_>) -> Vec<(Span, &'s str)> {
    let (words, theirs) = (side.words(), other.words());
    if words.titled {
        return Vec::new();
    }
    let all = words.all.iter().zip(&words.keys);
    let own = all.filter(|(word, key)| word.capital && key.is_some() && !theirs.keys.contains(key));
    own.map(|(word, _)| (word.span, bare(&word.folded))).collect()
}

fn bare(word: &str) -> &str {
    word.strip_suffix("'s").unwrap_or(word)
}

/// Whether two words are spellings of one: long enough, with the same first letter, one letter apart
/// or two changed places, and no ending ("Oster", "Osters").
fn is_near(left: &str, right: &str) -> bool {
    // Most names begin otherwise.
    if left.chars().next() != right.chars().next() {
        return false;
    }
    let (left, right) = (left.chars().collect::<Vec<_>>(), right.chars().collect::<Vec<_>>());
    let (short, long) = if left.len() <= right.len() { (&left, &right) } else { (&right, &left) };
    if short.len() < LEAST_NAME || long.len() > short.len() + 1 {
        return false;
    }
    let ahead = short.iter().zip(long.iter()).take_while(|(a, b)| a == b).count();
    let behind = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    if long.len() > short.len() {
        return ahead < short.len() && ahead + behind >= short.len();
    }
    let swapped = ahead + 1 < short.len()
        && short[ahead] == long[ahead + 1]
        && short[ahead + 1] == long[ahead];
    let changed = short.len() - (ahead + behind).min(short.len());
    // The last letter is an ending as often as not.
    behind > 0 && (changed == 1 || swapped && changed == 2)
}

/// Letters of the shortest name whose spelling can be compared.
const LEAST_NAME: usize = 5;

/// Two names that share a word and have another one besides, behind the same word: "linked to the
/// Osk Gang", "linked to the Gang of Brae".
fn kindred(pair: &Pair<'_, '_>) -> Option<Apart> {
    if pair.likeness.of_lighter < SAME_POINT {
        return None;
    }
    let (left, right) = (names(pair.left), names(pair.right));
    for was in left {
        for is in right {
            if was.before != is.before || was.before.is_none() {
                continue;
            }
            let both = was.keys.iter().any(|key| is.keys.contains(key));
            let (left, right) = (own(was, is), own(is, was));
            let known = |side: &Side<'_>, own: &[&str]| own.iter().any(|it| side.article_has(it));
            if both
                && !left.is_empty()
                && !right.is_empty()
                && !left.iter().any(|word| right.iter().any(|other| is_derived(word, other)))
                && (pair.likeness.of_lighter >= LIKE && was.ends && is.ends
                    || !known(pair.right, &left) && !known(pair.left, &right))
            {
                return Some(Apart { left: was.span, right: is.span, grade: Grade::Differs });
            }
        }
    }
    None
}

/// Weight that two sentences must share, per mille of the lighter one, if an article that has both
/// names means two by them.
const LIKE: u32 = 600;

/// The words of a name that the other lacks.
fn own<'n>(name: &'n Name, other: &Name) -> Vec<&'n str> {
    let words = name.words.iter().zip(&name.keys).filter(|it| !other.keys.contains(it.1));
    words.map(|it| it.0.as_str()).collect()
}

/// Whether two words of names may be one: "Osk" and "Oskan", "U.N." and "United".
fn is_derived(word: &str, other: &str) -> bool {
    let (short, long) = if word.len() <= other.len() { (word, other) } else { (other, word) };
    let letters = |word: &str| word.chars().count();
    let ahead = short.chars().zip(long.chars()).take_while(|(a, b)| a == b).count();
    letters(short) <= INITIALS && ahead >= 1 || ahead >= DERIVED || ahead == letters(short)
}

/// Letters of initials and short forms, at most.
const INITIALS: usize = 3;
/// Letters that a name and what is derived from it have in common, at least.
const DERIVED: usize = 4;

/// A run of words with capital letters.
pub(super) struct Name {
    span: Span,
    words: Vec<String>,
    keys: Vec<u64>,
    /// The content word before it.
    before: Option<u64>,
    /// Whether nothing is named by it with the words behind it: "Osk Harbour" and not "Osk Harbour workers".
    ends: bool,
}

/// The names of several words; a name may have one light or small word inside ("Gang of Brae").
fn names<'s>(side: &'s Side<'_>) -> &'s [Name] {
    side.known.names.get_or_init(|| found(side))
}

fn found(side: &Side<'_>) -> Vec<Name> {
    let words = side.words();
    if words.titled {
        return Vec::new();
    }
    let joints = &side.language().differences.joints;
    let dated = |span: Span| side.dates().any(|date| date.span.overlaps(span));
    let capital = |at: usize| {
        let word = words.all.get(at);
        word.is_some_and(|word| word.capital && words.keys[at].is_some() && !dated(word.span))
    };
    let (mut found, mut at) = (Vec::new(), 0);
    while at < words.all.len() {
        if !capital(at) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        loop {
            let inside = (end..end + INSIDE).take_while(|&it| {
                words.all.get(it).is_some_and(|word| {
                    let joins = joints.has(&word.folded);
                    !word.capital && !word.is_mark() && !joins
                })
            });
            let skipped = inside.count();
            if capital(end) {
                end += 1;
            } else if skipped > 0 && capital(end + skipped) {
                end += skipped + 1;
            } else {
                break;
            }
        }
        let own = (at..end).filter(|&it| words.all[it].capital && words.keys[it].is_some());
        let own = own.collect::<Vec<_>>();
        if own.len() >= 2 {
            found.push(Name {
                span: words.all[at].span.hull(words.all[end - 1].span),
                words: own.iter().map(|&it| bare(&words.all[it].folded).to_owned()).collect(),
                keys: own.iter().filter_map(|&it| words.keys[it]).collect(),
                before: (0..at).rev().find_map(|it| words.keys[it]),
                ends: words.keys.get(end).is_none_or(Option::is_none),
            });
        }
        at = end;
    }
    found
}

/// Small words inside a name, at most: "Gang of the Osk".
const INSIDE: usize = 2;

/// A denial that belongs to one word on the left and to the next on the right: "non-resident voters",
/// "nonvoting residents".
fn moved(pair: &Pair<'_, '_>) -> Option<Apart> {
    let (left, right) = (pair.left.words(), pair.right.words());
    let alike = &pair.left.language().alike;
    let has =
        |words: &super::side::Words, root: &str| words.all.iter().any(|word| word.root() == root);
    for &at in pair.left.known.prefixed.get_or_init(|| prefixed(pair.left)) {
        let (before, word, next) = (&left.all[at - 1], &left.all[at], &left.all[at + 1]);
        let turned = right
            .all
            .iter()
            .find(|it| it.root() != next.root() && alike.opposed(it.root(), next.root()));
        if let Some(turned) = turned.filter(|_| has(right, word.root()) && !has(right, next.root()))
        {
            let left = before.span.hull(next.span);
            return Some(Apart { left, right: turned.span, grade: Grade::Differs });
        }
    }
    None
}

/// The words between others that a prefix denies: "non-resident".
fn prefixed(side: &Side<'_>) -> Vec<usize> {
    let (all, alike) = (&side.words().all, &side.language().alike);
    let is_prefixed = |at: &usize| {
        let (before, word) = (&all[at - 1], &all[*at]);
        let between = Span { start: before.span.end, end: word.span.start };
        word.is_content() && alike.is_prefix(&before.folded) && between.of(side.text()) == "-"
    };
    (1..all.len().saturating_sub(1)).filter(is_prefixed).collect()
}
