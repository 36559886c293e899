//! Wording: words as pages are compared, and how much of one text another covers.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

/// Words of a run that count as shared.
const RUN: usize = 4;

/// Lower-case runs of letters, digits and underscores, after NFKC; soft hyphens are dropped.
pub(crate) fn tokens(words: &str) -> Vec<String> {
    let folded = words.nfkc().filter(|c| *c != '\u{ad}').collect::<String>().to_lowercase();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let runs = folded.split(|c: char| !is_word(c)).filter(|run| !run.is_empty());
    runs.map(str::to_string).collect()
}

/// Characters of the words.
pub(crate) fn weight(words: &[String]) -> usize {
    words.iter().map(|word| word.chars().count()).sum()
}

/// Texts, by their runs of four words.
pub(crate) struct Wording {
    runs: BTreeSet<Vec<String>>,
    lines: Vec<String>,
}

impl Wording {
    /// Of several texts; no run crosses from one to the next.
    pub(crate) fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let lists = texts.into_iter().map(tokens).filter(|list| !list.is_empty());
        let lists = lists.collect::<Vec<_>>();
        Self {
            runs: lists.iter().flat_map(|list| list.windows(RUN)).map(<[String]>::to_vec).collect(),
            lines: lists.iter().map(|list| format!(" {} ", list.join(" "))).collect(),
        }
    }

    /// Characters of the words that lie in a shared run; of fewer than four words all or nothing.
    pub(crate) fn covered(&self, words: &[String]) -> usize {
        if words.len() < RUN {
            let line = format!(" {} ", words.join(" "));
            let is_held = !words.is_empty() && self.lines.iter().any(|held| held.contains(&line));
            return if is_held { weight(words) } else { 0 };
        }
        let mut covered = vec![false; words.len()];
        for (at, run) in words.windows(RUN).enumerate() {
            if self.runs.contains(run) {
                covered[at..at + RUN].fill(true);
            }
        }
        let held = words.iter().zip(covered).filter(|(_, is)| *is);
        held.map(|(word, _)| word.chars().count()).sum()
    }
}

/// Whether two headlines are one: nine tenths of their words are shared, in order.
pub(crate) fn same_headline(one: &str, other: &str) -> bool {
    let (one, other) = (tokens(one), tokens(other));
    !one.is_empty() && !other.is_empty() && (one == other || ratio(&one, &other) >= 0.9)
}

/// Whether two paragraphs are one.
pub(crate) fn same_paragraph(one: &[String], other: &[String]) -> bool {
    if one == other {
        return true;
    }
    let (a, b) = (weight(one) as f64, weight(other) as f64);
    let share = a / b.max(1.0);
    let holds = |held: &[String], words: &[String], weight: f64| {
        Wording::new([held.join(" ").as_str()]).covered(words) as f64 >= 0.9 * weight
    };
    share > 0.8 && share < 1.25 && holds(other, one, a) && holds(one, other, b)
}

/// Share of matching words, by longest blocks first. After: Ratcliff and Obershelp 1988, as in
/// Python's `difflib` without its heuristic for long texts.
pub(crate) fn ratio(one: &[String], other: &[String]) -> f64 {
    2.0 * blocks(one, other) as f64 / (one.len() + other.len()).max(1) as f64
}

fn blocks(one: &[String], other: &[String]) -> usize {
    let Some((a, b, n)) = longest(one, other) else { return 0 };
    n + blocks(&one[..a], &other[..b]) + blocks(&one[a + n..], &other[b + n..])
}

/// The longest common block; of equals the one that starts first.
fn longest(one: &[String], other: &[String]) -> Option<(usize, usize, usize)> {
    let mut best = None;
    let mut ends = vec![0; other.len() + 1];
    for (a, word) in one.iter().enumerate() {
        let mut next = vec![0; other.len() + 1];
        for (b, _) in other.iter().enumerate().filter(|(_, held)| *held == word) {
            let n = ends[b] + 1;
            next[b + 1] = n;
            if best.is_none_or(|(_, _, most)| n > most) {
                best = Some((a + 1 - n, b + 1 - n, n));
            }
        }
        ends = next;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_as_the_scorer_does() {
        assert_eq!(tokens("Lind’s ﬁrst co\u{ad}op, No_2"), ["lind", "s", "first", "coop", "no_2"]);
    }

    #[test]
    fn short_words_are_covered_whole() {
        let held = Wording::new(["the old quay road", "a b"]);
        assert_eq!(held.covered(&tokens("quay road")), 8);
        assert_eq!(held.covered(&tokens("road a")), 0);
        assert_eq!(held.covered(&tokens("see the old quay road now")), 14);
    }

    #[test]
    fn the_ratio_counts_blocks_in_order() {
        let ratio = |a: &str, b: &str| ratio(&tokens(a), &tokens(b));
        assert!((ratio("a b c d", "b c d e") - 0.75).abs() < 1e-9);
        assert!((ratio("a b", "b a") - 0.5).abs() < 1e-9);
        assert!((ratio("a", "b")).abs() < 1e-9);
    }
}
