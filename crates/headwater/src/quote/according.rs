//! According to: a source and what it covers, tied by no verb.

use crate::lexicon::{Manner, class};
use crate::sentence::Case;

use super::Draft;
use super::clause::{ending, opening, trimmed};
use super::frame::Frame;
use super::subject::{Np, noun_phrase, verbal};

impl Frame<'_, '_> {
    /// "According to Lund, the dam leaks." "The dam leaks, according to a report."
    pub(super) fn according(&self, at: usize, found: &mut Vec<Draft>) {
        let (line, words) = (self.line, self.words());
        let joined = words.get(at + 1).is_some_and(|w| w.is(class::TO | class::ACCORDING_LINK));
        if !joined && !words[at].is(class::ACCORDING_ALONE | class::ACCORDING_LAST) {
            return;
        }
        // "Nach Angaben von": what stands around the noun belongs to the cue.
        let of = !joined && words.get(at + 1).is_some_and(|w| w.is(class::OF) && !w.is(class::DET));
        let first = at + 1 + usize::from(joined || of);
        let cue = (at, first - 1);
        let led = at > self.start && words[at - 1].is(class::PREP);
        let at = if led { at - 1 } else { at };
        let before = opening(line, self.start, at);
        let initial = before == at
            || (before..at).all(|k| words[k].mark() || words[k].is(class::COORD | class::BUT));
        if self.measures(first) {
            return;
        }
        let Some(by) = self.source(first, self.end, initial) else { return };
        let next = by.last + 1;
        if initial {
            let end = ending(line, next.min(self.end), self.end);
            let parts = trimmed(line, next, end).into_iter().collect();
            return self.push(found, parts, Some(by), cue, Manner::Say, "according-first");
        }
        // `for, according to Lund, "…"`
        let comma = words.get(next).is_some_and(|w| next + 1 < self.end && w.at(','));
        let opener = class::SUB | class::THAT | class::COORD | class::WHO | class::REL;
        let lead = &words[at - 1];
        let led = lead.is(opener) || lead.at(',') && at > before + 1 && words[at - 2].is(opener);
        if comma && led && words[next + 1].quoted {
            let end = ending(line, next + 1, self.end);
            let parts = self.said(next + 1, end).into_iter().collect();
            return self.push(found, parts, Some(by), cue, Manner::Say, "according-quote");
        }
        // What stands before is covered from the last clause that an earlier cue did not claim.
        let left = trimmed(line, before, at);
        let mut parts = left.into_iter().collect::<Vec<_>>();
        let goes_on = words.get(next).is_some_and(|w| w.at(',')) && words[at - 1].at(',');
        if goes_on
            && next + 3 < self.end
            && !words[next + 1].is(class::CITING | class::COORD | class::WHO | class::REL)
            && words[next + 1].verb.is_none()
        {
            parts.extend(trimmed(line, next, ending(line, next + 1, self.end)));
        }
        self.push(found, parts, Some(by), cue, Manner::Say, "according");
    }

    /// "According to plan", "according to their age": what things go by, and nobody's word. "According
    /// to the plan" is a paper's.
    fn measures(&self, first: usize) -> bool {
        let words = self.words();
        let own = words.get(first).is_some_and(|w| w.is(class::OWN) && w.case == Case::Lower);
        let at = first + usize::from(own);
        let Some(word) = words.get(at).filter(|_| at < self.end) else { return false };
        let whole = !words.get(at + 1).is_some_and(|w| at + 1 < self.end && w.capital());
        word.is(class::MEASURE) && word.case == Case::Lower && !word.quoted && whole
    }

    /// Whether the word at `at` stands between what it covers and a source that ends the sentence:
    /// "…«, so Lund."
    pub(super) fn closes(&self, at: usize) -> bool {
        let words = self.words();
        let comma = at > self.start + 1 && words[at - 1].at(',');
        let named = words.get(at + 1).is_some_and(|w| w.capital() || w.is(class::DET));
        let upto = (at + 1..self.end).take(10);
        comma && named && upto.take_while(|&k| !words[k].mark()).all(|k| !verbal(self.line, k))
    }

    /// "Dem Amt zufolge leckt der Damm.": the source stands before, at the head of its clause.
    pub(super) fn according_behind(&self, at: usize, found: &mut Vec<Draft>) {
        let (line, words) = (self.line, self.words());
        let comma = (self.start..at).rev().find(|&k| words[k].at(',') || words[k].at(';'));
        let first = comma.map_or(self.start, |comma| comma + 1);
        if first >= at || (first..at).any(|k| words[k].quoted && words[k].mark()) {
            return;
        }
        let by = Np::new(line, first, at - 1);
        let end = ending(line, at, self.end);
        let mut parts = trimmed(line, at + 1, end).into_iter().collect::<Vec<_>>();
        if let Some(comma) = comma {
            let left = trimmed(line, opening(line, self.start, comma), comma);
            parts.splice(0..0, left);
        }
        self.push(found, parts, Some(by), (at, at), Manner::Say, "according-behind");
    }

    /// The source after "according to" or "citing": up to a comma that no apposition follows.
    pub(super) fn source(&self, first: usize, limit: usize, initial: bool) -> Option<Np> {
        // "Laut der Stadt soll": the finite verb may follow without a comma.
        let closed =
            class::DET | class::PREP | class::OF | class::COORD | class::REL | class::ADVERB;
        // Where nouns have capitals, so may any word in lower case behind one: "laut Amt leckt".
        let upper = |k: usize| self.line.word(k).starts_with(char::is_uppercase);
        let behind_noun = |k: usize| {
            let word = &self.words()[k];
            let free = word.letters() && !upper(k) && !word.is(closed);
            self.line.language.people.noun_capitals() && free && upper(k - 1)
        };
        let finite = |k: &usize| self.words()[*k].is(class::MODAL | class::PAST) || behind_noun(*k);
        let limit = (first + 1..limit).find(|k| initial && finite(k)).unwrap_or(limit);
        let np = noun_phrase(self.line, first, limit);
        let np = np.or_else(|| {
            let words = self.words();
            let end = (first..limit).find(|&k| words[k].mark() || words[k].quoted).unwrap_or(limit);
            (end > first).then(|| Np::new(self.line, first, end - 1))
        })?;
        // At the head of a sentence the comma after the source opens its content.
        let comma = (np.first..=np.last).find(|&k| initial && self.words()[k].at(','));
        let closed = (np.last + 1..limit).find(|&k| self.words()[k].at(','));
        match comma {
            Some(comma) if closed.is_none() && comma > np.first => {
                Some(Np::new(self.line, np.first, comma - 1))
            }
            _ => Some(np),
        }
    }
}
