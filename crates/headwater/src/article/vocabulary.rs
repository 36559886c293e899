//! Vocabulary: the content words of lines, and how many of them two runs of lines share.
//!
//! After: Hearst, `TextTiling` (1997): a text turns to another subject where its words do. Here
//! the words also tell whose a headline is.

use std::hash::Hasher;

use headwater_page::Span;
use rustc_hash::{FxHashSet, FxHasher};

use crate::fold;
use crate::lexicon::Language;

/// Letters of a word that count: enough to tell words apart, few enough to forget their endings.
const STEM: usize = 5;

/// Hashes of the content words of `span`, sorted, each once. Function words and words of less than
/// three letters are left out; endings are cut off.
pub(super) fn stems(text: &str, span: Span, language: &Language) -> Vec<u64> {
    let folded = fold::fold(span.of(text));
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let content = words.filter(|w| w.len() >= 3 && !language.function_words.has(w));
    let mut found = content.map(|word| hash(stem(word))).collect::<Vec<_>>();
    found.sort_unstable();
    found.dedup();
    found
}

fn stem(word: &str) -> &str {
    let end = word.char_indices().nth(STEM).map_or(word.len(), |(at, _)| at);
    &word[..end]
}

fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

/// How many of `stems` are in `known`.
pub(super) fn shared(stems: &[u64], known: &FxHashSet<u64>) -> usize {
    stems.iter().filter(|stem| known.contains(stem)).count()
}

/// The same, of a thousand; nothing shared where there are no stems.
pub(super) fn per_mille(stems: &[u64], known: &FxHashSet<u64>) -> usize {
    if stems.is_empty() { 0 } else { shared(stems, known) * 1000 / stems.len() }
}
