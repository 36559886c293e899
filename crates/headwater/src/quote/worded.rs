//! Words without a verb that says them: "in her words", and what somebody was told.

use crate::lexicon::{Manner, Tense, Verb, class, takes};
use crate::sentence::Case;

use super::Draft;
use super::clause::{ending, finite, trimmed};
use super::frame::Frame;
use super::subject::{Np, noun_phrase};

/// Words of a name or description that are looked through; not swept.
const OWNER: usize = 12;

impl Frame<'_, '_> {
    /// "In Lund's words, the dam is “old”", "“old”, in the words of Lund": a quotation stands
    /// behind or right before.
    pub(super) fn worded(&self, at: usize, found: &mut Vec<Draft>) {
        let Some((prep, by, last)) = self.in_words(at) else { return };
        let (line, words) = (self.line, self.words());
        let next = last + 1 + usize::from(words.get(last + 1).is_some_and(|w| w.at(',')));
        let quoted = (next..self.end).any(|k| words[k].quoted);
        let parts = if prep == self.start && quoted {
            trimmed(line, next, ending(line, next, self.end)).into_iter().collect()
        } else if words.get(next).is_some_and(|w| next < self.end && w.quoted) {
            line.quotation_at(words[next].span.start).map(|q| q.span).into_iter().collect()
        } else {
            let before = prep.checked_sub(1).filter(|&k| k >= self.start);
            let comma = |k: usize| k - usize::from(words[k].at(',') && k > self.start);
            before
                .map(comma)
                .filter(|&k| words[k].quoted)
                .map_or(Vec::new(), |k| self.quotation_before(k))
        };
        self.push(found, parts, Some(by), (at, at), Manner::Say, "in-words");
    }

    /// The preposition, whose words they are, and the last word of the phrase.
    fn in_words(&self, at: usize) -> Option<(usize, Np, usize)> {
        let (line, words) = (self.line, self.words());
        let before = at.checked_sub(1).filter(|&k| k > self.start)?;
        let opens = |k: usize| words[k].is(class::IN) && !words[k].quoted;
        if words[before].case == Case::Possessive {
            let prep =
                (self.start..before).rev().take(OWNER).find(|&k| words[k].mark() || opens(k))?;
            let by =
                (prep + 1 < before && opens(prep)).then(|| Np::new(line, prep + 1, before - 1));
            return Some((prep, by.filter(|by| by.somebody(line))?, at));
        }
        let who = class::HE | class::SHE | class::THEY;
        if words[before].is(who) && opens(before - 1) {
            return Some((before - 1, Np { first: before, core: before, last: before }, at));
        }
        let of = words.get(at + 1).is_some_and(|w| at + 2 < self.end && w.is(class::OF));
        let the = words[before].is(class::ARTICLE) && opens(before - 1);
        let by = noun_phrase(line, at + 2, self.end).filter(|_| of && the)?;
        Some((before - 1, by, by.last))
    }

    /// "The crew was told that the dam leaks", "Lund was told by the board that the dam leaks": who
    /// told it is seldom said.
    pub(super) fn told_by(&self, at: usize, verb: Verb, found: &mut Vec<Draft>) -> bool {
        let (line, words) = (self.line, self.words());
        let past = matches!(verb.tense, Tense::Past | Tense::Participle);
        let light = |k: &usize| words[*k].is(class::ADVERB | class::AUX | class::NOT);
        let mut before = (self.start..at).rev().take_while(light);
        if !past
            || !verb.takes(takes::ADDRESSEE | takes::THAT)
            || !before.any(|k| words[k].is(class::BE))
        {
            return false;
        }
        let agent = words.get(at + 1).is_some_and(|w| at + 2 < self.end && w.is(class::BY));
        // The clause behind an agent needs its conjunction: "by the board that …".
        let behind = (at + 3..self.end).take(OWNER).find(|&k| words[k].is(class::THAT));
        let behind = behind.filter(|_| agent);
        let by = behind.and_then(|that| noun_phrase(line, at + 2, that));
        if agent && by.is_none() {
            return false;
        }
        let rest = behind.unwrap_or(at + 1);
        let Some(opener) = words.get(rest).filter(|_| rest + 2 < self.end) else { return false };
        let clause = opener.is(class::CLAUSAL | class::DET | class::PRONOUN)
            && verb.takes(takes::CLAUSE)
            && opener.case == Case::Lower
            && (rest..self.end).take(12).any(|k| {
                words[k].is(class::MODAL | class::PAST) || k > rest + 1 && finite(line, k, k + 1)
            });
        if opener.quoted || !(opener.is(class::THAT) || clause) {
            return false;
        }
        let parts = trimmed(line, rest, ending(line, rest + 1, self.end)).into_iter().collect();
        self.push(found, parts, by, (at, at), verb.manner, "told-by");
        true
    }
}
