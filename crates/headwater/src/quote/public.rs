//! Phrases that show that something was said in public ("in a statement", "told reporters"), and
//! those that point to a report ("with reference to").

use crate::fold;
use crate::lexicon::class;
use crate::sentence::{Case, Line};

/// One past the words of a phrase that shows a public act, if one begins with word `at`.
pub(crate) fn public(line: &Line<'_>, at: usize, limit: usize) -> Option<usize> {
    if !line.words[at].is(class::PUBLIC) {
        return None;
    }
    let phrases = line.language.cues.public(&fold::view(line.word(at)));
    phrases.iter().find_map(|rest| follows(line, rest, at + 1, limit))
}

/// One past the words of a phrase that says where or how something was said, if one begins with
/// word `at`.
pub(crate) fn occasion(line: &Line<'_>, at: usize, limit: usize) -> Option<usize> {
    if !line.words[at].is(class::OCCASION) {
        return None;
    }
    let phrases = line.language.cues.occasion(&fold::view(line.word(at)));
    phrases.iter().find_map(|rest| follows(line, rest, at + 1, limit))
}

/// One past the words of a phrase that points to a report, if one begins with word `at`.
pub(crate) fn points(line: &Line<'_>, at: usize, limit: usize) -> Option<usize> {
    if !line.words[at].is(class::POINTING) {
        return None;
    }
    let phrases = line.language.cues.citing(&fold::view(line.word(at)));
    phrases.iter().find_map(|rest| follows(line, rest, at + 1, limit))
}

/// One past the words of a phrase from word `from`: `_` stands for a determiner, `*` for up to
/// three words that say more of the noun after them ("in a 2015 academic study").
pub(crate) fn follows(
    line: &Line<'_>,
    rest: &[String],
    from: usize,
    limit: usize,
) -> Option<usize> {
    let Some((word, rest)) = rest.split_first() else { return Some(from) };
    if word == "*" {
        let more = |k: usize| {
            let w = &line.words[k];
            let says_more = w.letters() || matches!(w.case, Case::Digits | Case::Possessive);
            says_more && !w.quoted && !w.is(class::PREP | class::COORD | class::AUX | class::DET)
        };
        let upto = (from..limit).take(3).take_while(|&k| more(k)).count();
        return (0..=upto).find_map(|n| follows(line, rest, from + n, limit));
    }
    if from >= limit {
        return None;
    }
    // Most words differ in their first letter already.
    let letters = line.word(from);
    let like = || {
        let first = |word: &str| word.bytes().next().filter(u8::is_ascii);
        first(letters).is_none_or(|b| Some(b.to_ascii_lowercase()) == first(word))
    };
    let same =
        word == "_" && line.words[from].is(class::DET) || like() && *word == *fold::view(letters);
    same.then(|| follows(line, rest, from + 1, limit)).flatten()
}
