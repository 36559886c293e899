//! Term: a content word as stories and claims compare it: stemmed, and weighted by its rarity.

use std::borrow::Cow;

use headwater_page::Span;

use crate::fold;
use crate::lexicon::Language;

/// One distinct content word of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// Hash of the stem, the same on every machine.
    pub hash: u64,
    /// What it weighs, 1 to 400 (see [`crate::lexicon::Background`]).
    pub weight: u32,
    /// Where it first stands.
    pub span: Span,
}

/// The distinct terms of `within`, by hash. Function words, single letters and what the language
/// uses all the time carry nothing and are left out.
pub fn terms(text: &str, within: &[Span], language: &Language) -> Vec<Term> {
    counted(text, within, language).into_iter().map(|(term, _)| term).collect()
}

/// The same, each with how often it stands there.
pub fn counted(text: &str, within: &[Span], language: &Language) -> Vec<(Term, u16)> {
    let mut found = Vec::<Term>::new();
    for &span in within {
        for token in fold::tokens(text, span) {
            // Most words are looked up as they stand.
            let known = language.background.term(token.hash);
            if let Some((hash, weight)) = known.or_else(|| read(token.span.of(text), language))
                && weight > LIGHTEST
            {
                found.push(Term { hash, weight, span: token.span });
            }
        }
    }
    found.sort_by_key(|term| (term.hash, term.span));
    let mut counted = Vec::<(Term, u16)>::new();
    for term in found {
        match counted.last_mut() {
            Some((last, n)) if last.hash == term.hash => *n = n.saturating_add(1),
            _ => counted.push((term, 1)),
        }
    }
    counted
}

/// Hash of the stem and weight of a word; none for single letters and function words.
fn read(word: &str, language: &Language) -> Option<(u64, u32)> {
    let folded = fold::view(word);
    let word = folded.strip_suffix("'s").unwrap_or(&folded);
    let word = if word.contains(['.', ',']) {
        Cow::Owned(word.replace(['.', ','], ""))
    } else {
        Cow::Borrowed(word)
    };
    if word.len() < 2 || language.function_words.has(&word) {
        return None;
    }
    let stem = language.background.stem(&word);
    // A number says little of what a text is about, however rare it is.
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
    let weight = if is_number { NUMBER } else { language.background.weight(&stem) };
    Some((fold::hash(&stem), weight))
}

/// Words this light are in every report ("one", "time", "new").
const LIGHTEST: u32 = 60;

/// What a number weighs: as much as a common noun.
const NUMBER: u32 = 150;

/// The summed weight of `terms`.
pub fn weight(terms: &[Term]) -> u32 {
    terms.iter().map(|term| term.weight).sum()
}

/// The terms that both hold (both by hash), as pairs.
pub fn shared<'a>(left: &'a [Term], right: &'a [Term]) -> Vec<(&'a Term, &'a Term)> {
    let (mut i, mut j, mut both) = (0, 0, Vec::new());
    while i < left.len() && j < right.len() {
        match left[i].hash.cmp(&right[j].hash) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both.push((&left[i], &right[j]));
                i += 1;
                j += 1;
            }
        }
    }
    both
}

/// Weight that both hold against the weight of the lighter one, per mille; 0 if either is empty.
pub fn containment(left: &[Term], right: &[Term]) -> u32 {
    let lighter = weight(left).min(weight(right));
    if lighter == 0 {
        return 0;
    }
    let both = shared(left, right).iter().map(|(term, _)| term.weight).sum::<u32>();
    both * 1000 / lighter
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{FOLDERS, Lexicon};

    #[test]
    fn a_word_that_is_looked_up_is_what_reading_it_gives() {
        let lexicon = Lexicon::shipped();
        let mut n_known = 0;
        for (code, files) in FOLDERS {
            let language = lexicon.language(code);
            let rows = files.iter().filter(|file| file.0 == "background").map(|file| file.1);
            let rows = rows.flat_map(str::lines).filter_map(|row| row.split_once('\t'));
            for word in rows.flat_map(|(_, words)| words.split(' ')) {
                let heavy = |term: Option<(u64, u32)>| term.filter(|term| term.1 > LIGHTEST);
                if let Some(known) = language.background.term(fold::hash(&fold::fold(word))) {
                    assert_eq!(heavy(Some(known)), heavy(read(word, language)), "{word}");
                    n_known += 1;
                }
            }
        }
        assert!(n_known > 10_000, "{n_known}");
    }
}
