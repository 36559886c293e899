//! Attributions set off from the words that they attribute: "As Lund explains, …", "Lund, said: …".

use crate::lexicon::{Ending, Manner, Tense, Verb, class, takes};
use crate::sentence::Case;

use super::Draft;
use super::clause::{after, ending, finite, opening, trimmed};
use super::frame::Frame;
use super::subject::{Np, noun_phrase, phrase, verbal};

impl Frame<'_, '_> {
    /// A name and a comma right before the verb, where a colon or quotation follows: print's slip
    /// for "Lund, a diver, said:".
    ///
    /// Must match: `The harbour master Ada Lund, said: "It holds."`. Must not: `In Crail, said: …`.
    pub(super) fn set_off(&self, at: usize) -> Option<Np> {
        let words = self.words();
        let comma = at.checked_sub(1).filter(|&k| k > self.start && words[k].at(','))?;
        let next = words.get(at + 1).filter(|_| at + 1 < self.end)?;
        let by = phrase(self.line, self.start, comma - 1)?;
        let free = by.first == self.start || words[by.first - 1].is(class::BUT | class::COORD);
        let named = words[by.core].capital() && !words[by.core].is(class::TIME);
        (free && named && (next.at(':') || next.quoted)).then_some(by)
    }

    /// "a gate that many say is old", "a plan, which Lund says will fail": the pronoun and its
    /// predicate.
    ///
    /// Must match: both. Must not: "the gate that Lund says he built", "She said that Lund says so".
    pub(super) fn which(
        &self,
        at: usize,
        rest: usize,
        by: Np,
        verb: Verb,
        found: &mut Vec<Draft>,
    ) -> bool {
        let (line, words) = (self.line, self.words());
        let Some(rel) = by.first.checked_sub(1).filter(|&k| k > self.start) else { return false };
        let noun = &words[rel - 1];
        let relates = words[rel].is(class::REL)
            && words[rel].case == Case::Lower
            && (noun.letters() && noun.verb.is_none() && !noun.is(class::PREP) || noun.at(','));
        let finite = words.get(rest).is_some_and(|w| {
            let past = w.case == Case::Lower && (w.is(class::PAST) || w.ends(Ending::Past));
            rest < self.end && (w.is(class::MODAL) || past)
        });
        if !relates || !finite || verb.manner != Manner::Say {
            return false;
        }
        let parts =
            [trimmed(line, rel, rel + 1), trimmed(line, rest, ending(line, rest, self.end))];
        let parts = parts.into_iter().flatten().collect();
        self.push(found, parts, Some(by), (at, at), verb.manner, "which");
        true
    }

    /// `Added Lund, a diver: "…"`: the verb opens the sentence and her words close it.
    ///
    /// Must match: that. Must not: "Asked Lund for help, the crew said no."
    pub(super) fn opening(&self, at: usize, verb: Verb, found: &mut Vec<Draft>) -> bool {
        let (line, words) = (self.line, self.words());
        let past = matches!(verb.tense, Tense::Past | Tense::Third);
        if at != self.start || !past || !verb.takes(takes::AFTER) {
            return false;
        }
        let quoted = |k: &usize| words[*k].quoted;
        let Some(open) = (at + 2..self.end).take(40).find(quoted) else { return false };
        let joined = words[open - 1].at(',') || words[open - 1].at(':');
        let Some(by) = noun_phrase(line, at + 1, open).filter(|_| joined) else { return false };
        if by.last + 2 < open && !words[by.last + 1].mark() && !words[by.last + 1].is(class::PREP) {
            return false;
        }
        let parts = self.said(open, ending(line, open, self.end)).into_iter().collect();
        let n = found.len();
        self.push(found, parts, Some(by), (at, at), verb.manner, "said-first");
        found.len() > n
    }

    /// "As Lund explains, the dam leaks." "The dam leaks, as Lund put it."
    ///
    /// Must match: both. Must not: "As Lund said this, the dam broke."; "as many said so".
    pub(super) fn as_said(&self, at: usize, verb: Verb, by: Np, found: &mut Vec<Draft>) -> bool {
        let (line, words) = (self.line, self.words());
        let Some(opener) = by.first.checked_sub(1).filter(|&k| k >= self.start) else {
            return false;
        };
        let says = verb.manner == Manner::Say && verb.takes(takes::AFTER);
        if !says || !words[opener].is(class::AS) {
            return false;
        }
        let mut rest = after(line, at, self.end, verb);
        // "As Lund put it in her speech to the crew, …"
        if by.first == self.start + 1 && words.get(rest).is_some_and(|w| w.is(class::PREP)) {
            let comma = (rest..self.end).take(14).find(|&k| words[k].at(',') && !words[k].quoted);
            rest = comma.unwrap_or(rest);
        }
        let closes = words.get(rest).filter(|_| rest < self.end);
        if closes.is_some_and(|w| !w.mark() || w.quoted) {
            return false;
        }
        let cue = (at, at);
        let clause = |first: usize, end: usize| {
            end >= first + 3 && ((first..end).any(|k| verbal(line, k)) || finite(line, first, end))
        };
        let first = opening(line, self.start, opener);
        if first == opener {
            let Some(comma) = closes.filter(|w| w.at(',')).map(|_| rest) else { return false };
            let end = ending(line, (comma + 1).min(self.end), self.end);
            if !clause(comma + 1, end) {
                return false;
            }
            let parts = self.said(comma + 1, end).into_iter().collect();
            self.push(found, parts, Some(by), cue, verb.manner, "as-said");
            return true;
        }
        if !words[opener - 1].at(',') || !clause(first, opener - 1) {
            return false;
        }
        let mut parts = trimmed(line, first, opener - 1).into_iter().collect::<Vec<_>>();
        let goes_on = closes.is_some_and(|w| w.at(','))
            && words.get(rest + 1).is_some_and(|w| rest + 1 < self.end && w.case == Case::Lower);
        if goes_on {
            parts.extend(trimmed(line, rest, ending(line, rest + 1, self.end)));
        }
        self.push(found, parts, Some(by), cue, verb.manner, "as-said");
        true
    }
}
