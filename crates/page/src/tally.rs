//! Tally: many things left out for one reason, as one line.
//!
//! A crawl has pictures by the million. Each is accounted for, and none is worth a line of its own.

use std::collections::BTreeMap;

use crate::skipped::{Gravity, Skipped};

/// How many reasons are kept apart. What has more of them is listed line by line.
const MAX_REASONS: usize = 10_000;

/// What was left out of files so far.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// By file and reason; how often, and the sum.
    seen: BTreeMap<(String, String), (u64, Skipped)>,
}

impl Tally {
    /// Counts `skipped`. Comes back at once if it is the first of its file for this reason; what
    /// repeats is summed up for [`Tally::rest`].
    pub fn first(&mut self, skipped: Skipped) -> Option<Skipped> {
        let key = (skipped.file.clone(), skipped.reason.clone());
        if let Some((n, sum)) = self.seen.get_mut(&key) {
            if *n == 0 {
                sum.offset = skipped.offset;
                sum.n_bytes = 0;
            }
            *n += 1;
            sum.n_bytes += skipped.n_bytes;
            return None;
        }
        if self.seen.len() < MAX_REASONS {
            self.seen.insert(key, (0, skipped.clone()));
        }
        Some(skipped)
    }

    /// What repeated, one line for each file and reason: where the first of them stands, how many
    /// bytes they have together. In order of file and place. The tally is empty afterwards.
    pub fn rest(&mut self) -> Vec<Skipped> {
        let seen = std::mem::take(&mut self.seen).into_values();
        let more = seen.filter(|(n, _)| *n > 0);
        let mut rest = more.map(|(n, mut sum)| {
            sum.reason = format!("{n} more from here on: {}", sum.reason);
            sum
        });
        let mut rest: Vec<Skipped> = rest.by_ref().collect();
        rest.sort();
        rest
    }
}

/// Things of one file that are no reports, counted by what they are.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// By what they are; how many, how many bytes, where the first stands.
    kinds: BTreeMap<String, (u64, u64, u64)>,
}

impl Notes {
    /// Counts one thing by what it is.
    pub(crate) fn add(&mut self, what: &str, offset: u64, n_bytes: u64) {
        // Types are what servers call them: any number of inventions.
        let what = if self.kinds.len() < MAX_REASONS || self.kinds.contains_key(what) {
            what
        } else {
            "of other kinds"
        };
        let (n, bytes, _) = self.kinds.entry(what.to_owned()).or_insert((0, 0, offset));
        *n += 1;
        *bytes += n_bytes;
    }

    /// One line for each kind, by the place of the first of it.
    pub(crate) fn lines(self, file: &str) -> Vec<Skipped> {
        let mut lines = Vec::new();
        for (what, (n, n_bytes, offset)) in self.kinds {
            let reason = format!("{n} record{} left out: {what}", if n == 1 { "" } else { "s" });
            let (file, gravity) = (file.to_owned(), Gravity::Note);
            lines.push(Skipped { file, offset, n_bytes, reason, gravity });
        }
        lines.sort();
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skipped(offset: u64, reason: &str) -> Skipped {
        let (file, reason) = ("a".to_owned(), reason.to_owned());
        Skipped { file, offset, n_bytes: 10, reason, gravity: Gravity::Trouble }
    }

    #[test]
    fn what_repeats_is_summed() {
        let mut tally = Tally::default();
        assert!(tally.first(skipped(0, "is empty")).is_some());
        assert!(tally.first(skipped(5, "is large")).is_some());
        assert!(tally.first(skipped(20, "is empty")).is_none());
        assert!(tally.first(skipped(40, "is empty")).is_none());
        let rest = tally.rest();
        assert_eq!(rest.len(), 1);
        assert_eq!((rest[0].offset, rest[0].n_bytes), (20, 20));
        assert_eq!(rest[0].reason, "2 more from here on: is empty");
    }
}
