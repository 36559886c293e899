//! Trigram: three words in a row, by which short stretches are found where longer seeds are not.

use super::shard::Word;
use super::stretch::{self, Stretch};

/// Room to look for the trigrams of one text in another.
#[derive(Debug)]
pub(super) struct Trigrams {
    /// For each slot the last place of a trigram that falls into it.
    last: Vec<u16>,
}

const N_SLOTS: usize = 2048;
const NOWHERE: u16 = u16::MAX;

/// Words of a stretch that is worth being told.
const LEAST: u32 = 6;

impl Default for Trigrams {
    fn default() -> Self {
        Self { last: vec![NOWHERE; N_SLOTS] }
    }
}

impl Trigrams {
    /// Calls `found` with the stretches that words `left` of `a` and words `right` of `b` share, in
    /// order of the right side. Cost: linear in the words.
    pub(super) fn find(
        &mut self,
        a: &[Word],
        left: (u32, u32),
        b: &[Word],
        right: (u32, u32),
        mut found: impl FnMut(Stretch),
    ) {
        let (a, b) = (&a[left.0 as usize..left.1 as usize], &b[right.0 as usize..right.1 as usize]);
        for (at, trigram) in a.windows(3).enumerate().take(usize::from(NOWHERE)) {
            self.last[slot(trigram)] = at as u16;
        }
        let mut taken: Vec<(u32, u32)> = Vec::new();
        let mut j = 0;
        while j + 3 <= b.len() {
            let i = usize::from(self.last[slot(&b[j..j + 3])]);
            let stretch = (a.get(i..i + 3) == Some(&b[j..j + 3])
                && !taken.iter().any(|taken| (taken.0..taken.1).contains(&(i as u32))))
            .then(|| stretch::stretch(a, b, i, j))
            .flatten()
            .filter(|stretch| stretch.n_words >= LEAST && stretch.right.1 as usize > j);
            let Some(stretch) = stretch else {
                j += 1;
                continue;
            };
            taken.push(stretch.left);
            j = stretch.right.1 as usize;
            let shifted = |side: (u32, u32), by: u32| (side.0 + by, side.1 + by);
            found(Stretch {
                left: shifted(stretch.left, left.0),
                right: shifted(stretch.right, right.0),
                n_words: stretch.n_words,
            });
        }
        for trigram in a.windows(3).take(usize::from(NOWHERE)) {
            self.last[slot(trigram)] = NOWHERE;
        }
    }
}

#[inline]
fn slot(trigram: &[Word]) -> usize {
    let words = trigram.iter().fold(0, |words, &word| words << 16 | u64::from(word));
    (words.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 53) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fourth_word_changed_is_still_found() {
        let left = (0..30).collect::<Vec<Word>>();
        let right = left.iter().map(|word| if word % 4 == 3 { word + 500 } else { *word });
        let right = right.collect::<Vec<_>>();
        let mut found = Vec::new();
        Trigrams::default().find(&left, (4, 30), &right, (2, 30), |stretch| found.push(stretch));
        assert_eq!(found, [Stretch { left: (4, 30), right: (4, 30), n_words: 20 }]);
    }
}
