//! Stock: phrases that everybody in the trade uses, whoever wrote first.

use rustc_hash::FxHashMap;

use super::Table;
use crate::fold;
use headwater_page::Span;

/// Phrases that show nothing when two reports share them: "could not be reached for
/// comment", standing lines of agencies.
#[derive(Debug)]
pub struct Stock {
    /// By the hash of the first word, the hashes of the words that follow; the longest first.
    tails: FxHashMap<u64, Vec<Vec<u64>>>,
}

impl Stock {
    /// From the rows of its file: one phrase a row.
    pub fn new(table: &Table) -> Self {
        let mut tails: FxHashMap<u64, Vec<Vec<u64>>> = FxHashMap::default();
        for row in table.rows() {
            let words = fold::tokens(row[0], Span::new(0, row[0].len()));
            let mut words = words.iter().map(|word| word.hash);
            if let Some(first) = words.next() {
                tails.entry(first).or_default().push(words.collect());
            }
        }
        for tails in tails.values_mut() {
            tails.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        }
        Self { tails }
    }

    /// Where the phrases stand among `words` (hashes as [`fold::tokens`] gives them): first and
    /// one-past-last word, the leftmost and longest, in order, none overlapping.
    pub fn find(&self, words: &[u64]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let rest = &words[at + 1..];
            let tail = self.tails.get(&words[at]);
            let tail = tail.and_then(|tails| tails.iter().find(|tail| rest.starts_with(tail)));
            let end = at + 1 + tail.map_or(0, Vec::len);
            if tail.is_some() {
                found.push((at, end));
            }
            at = end;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn stock_phrases_are_found_whatever_their_case() {
        let text = "The mayor Could Not be reached for comment on Friday.";
        let words = fold::tokens(text, Span::new(0, text.len()));
        let hashes = words.iter().map(|word| word.hash).collect::<Vec<_>>();
        let found = Lexicon::shipped().language("en").stock.find(&hashes);
        let found = found.iter().map(|&(a, b)| words[a].span.hull(words[b - 1].span).of(text));
        assert_eq!(found.collect::<Vec<_>>(), ["Could Not be reached for comment"]);
    }
}
