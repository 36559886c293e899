//! Polarity: one side denies what the other affirms, or says the opposite of it.

use headwater_page::Span;

use super::{Apart, Grade, Pair, SAME_POINT, SAME_SENTENCE, Side};
use crate::lexicon::Sign;
use crate::wording::Word;

/// One denies what the other affirms. Words inside quotation marks are versions of one saying, not
/// two accounts.
pub(super) fn compare(pair: &Pair<'_, '_>) -> Option<Apart> {
    let tells = |side: &Side<'_>| !side.words().quoted && side.words().open.is_none();
    if !tells(pair.left) || !tells(pair.right) {
        return None;
    }
    denied(pair).or_else(|| denied(&pair.turned()).map(Apart::turned)).or_else(|| opposed(pair))
}

/// A word that the left side denies and the right affirms, in like sentences or among the same words.
fn denied(pair: &Pair<'_, '_>) -> Option<Apart> {
    let (left, right) = (pair.left.words(), pair.right.words());
    let like = pair.likeness.of_heavier >= SAME_SENTENCE;
    let differ = pair.left.statement.polarity != pair.right.statement.polarity;
    for (at, word) in left.all.iter().enumerate() {
        let Some(key) = left.keys[at].filter(|_| word.shade.denied) else { continue };
        if is_bounded(pair.left, at) {
            continue;
        }
        let there = (0..right.all.len()).find(|&it| right.keys[it] == Some(key));
        let Some(there) = there else { continue };
        let other = &right.all[there];
        // "Votes not to fell", "votes to fell": the sentences are alike in all else.
        let one_doer = pair.is_same_doer(at, there);
        let alike = one_doer && begins_alike(&left.keys[..at], &right.keys[..there]);
        if like && word.denial && !other.shade.denied && differ && alike {
            let (left, right) = (shown(pair.left, at), other.span);
            return Some(Apart { left, right, grade: Grade::Excludes });
        }
        let as_far = word.shade.modality == other.shade.modality
            && !other.shade.denied
            && (pair.left.is_deed(at) || is_denied_thing(pair.left, at))
            && has_object(pair, at, there);
        let around = pair.around(word.span, other.span);
        let near = around >= NEAR && pair.likeness.of_lighter >= SAME_POINT;
        if as_far && (like || near) && is_said(pair, at, there) && one_doer {
            let grade = if like { Grade::Excludes } else { Grade::Differs };
            return Some(Apart { left: shown(pair.left, at), right: other.span, grade });
        }
    }
    None
}

/// Whether what is denied is denied but for something, or up to some time: "no strikes since 1959".
fn is_bounded(side: &Side<'_>, at: usize) -> bool {
    let bounds = &side.language().differences.bounds;
    let behind = side.words().all[at + 1..].iter().take_while(|it| !it.is_mark());
    behind.take(BOUND).any(|word| bounds.has(&word.folded))
}

/// Words behind a denied one among which is what bounds the denial.
const BOUND: usize = 10;

/// Whether what stands before two words has something in common, where anything stands there.
fn begins_alike(left: &[Option<u64>], right: &[Option<u64>]) -> bool {
    let is_bare = |keys: &[Option<u64>]| keys.iter().all(Option::is_none);
    is_bare(left) || is_bare(right) || left.iter().flatten().any(|key| right.contains(&Some(*key)))
}

/// Whether the word right before it denies that there is such a thing: "no role", "not a swap".
fn is_denied_thing(side: &Side<'_>, at: usize) -> bool {
    let (all, language) = (&side.words().all, side.language());
    let singles = &language.numbers.singles;
    let mut before = all[..at].iter().rev().skip_while(|word| singles.has(&word.folded));
    let denied = before
        .next()
        .is_some_and(|word| language.statements.signs(&word.folded).contains(&Sign::Negation));
    // "Not particularly eager": what is denied comes later.
    denied && !all.get(at + 1).is_some_and(Word::is_content)
}

/// Whether a word says that it is so: a deed as one that is done ("the policy to punish" punishes
/// nobody), and one that did not just cease ("stopped selling").
fn is_said(pair: &Pair<'_, '_>, denied: usize, at: usize) -> bool {
    let (words, language) = (pair.right.words(), pair.right.language());
    let before = at.checked_sub(1).map(|before| &words.all[before]);
    let open = before.is_some_and(|before| {
        language.alike.infinitives.has(&before.folded) || language.differences.ceases(before.root())
    });
    // "Mayor sells pier": of a headline's words shape does not tell which is the verb.
    let titled = || {
        let determiners = &language.statements.determiners;
        pair.right.is_headline() && before.is_some_and(|it| !determiners.has(&it.folded))
    };
    !open && (!pair.left.is_deed(denied) || pair.right.is_deed(at) || titled())
}

/// How many words must stand around both the denied word and the affirmed one where the sentences are
/// not alike. Not swept.
const NEAR: usize = 2;

/// The word at `at` with the words before it that deny it.
fn shown(side: &Side<'_>, at: usize) -> Span {
    let (all, statements) = (&side.words().all, &side.language().statements);
    let from = (at.saturating_sub(REACH)..at).rev().find(|&it| {
        let signs = statements.signs(&all[it].folded);
        signs.contains(&Sign::Negation)
    });
    all[from.unwrap_or(at)].span.hull(all[at].span)
}

/// Words between a denial and what it denies, at most.
const REACH: usize = 6;

/// Two words that cannot both be said of one thing, among the same words.
fn opposed(pair: &Pair<'_, '_>) -> Option<Apart> {
    if pair.likeness.of_heavier < LIKE {
        return None;
    }
    let (left, right) = (pair.left.words(), pair.right.words());
    let alike = &pair.left.language().alike;
    let own = |keys: &[Option<u64>], others: &[Option<u64>], at: usize| {
        keys[at].is_some() && !others.contains(&keys[at])
    };
    let theirs = (0..right.all.len()).filter(|&it| own(&right.keys, &left.keys, it));
    let theirs = theirs.collect::<Vec<_>>();
    for (at, word) in left.all.iter().enumerate() {
        if theirs.is_empty() || !own(&left.keys, &right.keys, at) {
            continue;
        }
        for &there in &theirs {
            let other = &right.all[there];
            let same = word.shade == other.shade;
            // "Misconduct" is no opposite of "conduct".
            let derived =
                word.root().ends_with(other.root()) || other.root().ends_with(word.root());
            if same
                && !derived
                && alike.opposed(word.root(), other.root())
                && has_object(pair, at, there)
            {
                return Some(Apart { left: word.span, right: other.span, grade: Grade::Differs });
            }
        }
    }
    None
}

/// Whether two deeds are done to the same: one of the words right behind both.
fn has_object(pair: &Pair<'_, '_>, left: usize, right: usize) -> bool {
    let there = pair.right.object(right, OBJECT);
    pair.left.object(left, OBJECT).iter().any(|key| there.contains(key))
}

/// Content words behind a deed among which is what it is done to.
const OBJECT: usize = 3;

/// Weight that two sentences must share, per mille of the heavier one, before opposite words in them
/// are said of one thing. Not swept.
const LIKE: u32 = 550;
