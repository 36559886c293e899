//! Words that somebody is quoted as saying: "The Gazette quoted Lund as saying that", "Lund was
//! quoted as saying".
//!
//! Must match: both; `"It holds," the Gazette quoted Lund as saying.`. Must not: "She was seen as
//! saying little", "The Gazette quoted Lund."

use crate::lexicon::{Manner, class};
use crate::sentence::Case;

use super::Draft;
use super::clause::ending;
use super::frame::Frame;
use super::subject::{before, noun_phrase};

impl Frame<'_, '_> {
    /// Whether "quoted" or the like stands not far before word `at`.
    pub(super) fn quoting(&self, at: usize) -> bool {
        self.quoter(at).is_some()
    }

    fn quoter(&self, at: usize) -> Option<usize> {
        let words = self.words();
        let quotes = |k: &usize| words[*k].is(class::QUOTED) && words[*k].case == Case::Lower;
        (self.start..at).rev().take(14).find(quotes)
    }

    /// "The Gazette quoted Lund as saying that", "Lund was quoted as saying that".
    pub(super) fn quoted_as(&self, at: usize, found: &mut Vec<Draft>) -> bool {
        let (line, words) = (self.line, self.words());
        let Some(as_at) = at.checked_sub(1) else { return false };
        let Some(quoter) = self.quoter(as_at) else { return false };
        let light = |k: &usize| words[*k].is(class::AUX | class::ADVERB);
        let passive = (self.start..quoter).rev().take_while(light).any(|k| words[k].is(class::BE));
        let by = if passive {
            before(line, self.start, quoter)
        } else {
            noun_phrase(line, quoter + 1, as_at)
        };
        let Some(by) = by else { return false };
        // `"…," the Gazette quoted Lund as saying.`
        let closes = words.get(at + 1).is_none_or(|w| at + 1 >= self.end || w.at('.'));
        let upto = quoter.saturating_sub(12).max(self.start)..quoter;
        let closed = upto.rev().find(|&k| words[k].quoted).filter(|_| closes);
        if let Some(last) = closed {
            let n = found.len();
            let parts = self.quotation_before(last);
            self.push(found, parts, Some(by), (as_at, at), Manner::Say, "quoted-as");
            return found.len() > n;
        }
        let colon = words.get(at + 1).is_some_and(|w| w.at(':') || w.at(','));
        let first = (at + 1 + usize::from(colon)).min(self.end);
        let part = self.said(first, ending(line, first, self.end));
        let n = found.len();
        let parts = part.into_iter().collect();
        self.push(found, parts, Some(by), (as_at, at), Manner::Say, "quoted-as");
        found.len() > n
    }
}
