//! Questions that nobody is named for, and what polls show.
//!
//! Must match: "Asked whether the dam leaks, Oduya said no"; "In a harbour poll, 52 percent
//! wanted a bridge"; "About 52 percent want a bridge in a new poll". Must not: "Asked in May, she left"; "In a new town".

use crate::lexicon::{Manner, Tense, class, takes};
use crate::quote::Draft;
use crate::quote::clause::{opening, trimmed};
use crate::quote::subject::Np;
use crate::sentence::Case;

use super::{Reader, content};

impl Reader<'_, '_, '_> {
    /// "Asked whether …,": the question stands up to the comma.
    pub(super) fn asked(&self, at: usize, found: &mut Vec<Draft>) {
        let (line, words) = (self.frame.line, self.frame.words());
        let (start, end) = (self.frame.start, self.frame.end);
        let opens = at == start || words[at - 1].is(class::SUB) && at == start + 1;
        let asks = words[at].verb.is_some_and(|v| v.takes(takes::ASKED) && v.tense == Tense::Past);
        if !opens || !asks {
            return;
        }
        let question = (at + 1..end)
            .take(5)
            .find(|&k| words[k].is(class::WHETHER | class::IF) && words[k].case == Case::Lower);
        let about = || {
            (at + 1..end)
                .take(4)
                .find(|&k| line.language.cues.is_about(line.word(k)))
                .map(|k| k + 1)
        };
        let Some(first) = question.or_else(about).filter(|&k| k < end) else { return };
        let comma = (first + 2..end).find(|&k| words[k].at(',') && !words[k].quoted);
        let Some(comma) = comma else { return };
        let last = if question.is_some() { at } else { first - 1 };
        let part = trimmed(line, first, comma);
        self.push(found, part, None, (at, last), ("asked", Manner::Think));
    }

    /// "In a poll, half …", "half … in a poll".
    pub(super) fn polled(&self, at: usize, found: &mut Vec<Draft>) {
        let (line, words) = (self.frame.line, self.frame.words());
        let (start, end) = (self.frame.start, self.frame.end);
        // Back from the word for a poll to the preposition before its phrase.
        let inner = |k: &usize| {
            let word = &words[*k];
            word.capital()
                || word.is(class::DET | class::TIME)
                || word.at('/')
                || word.case == Case::Digits
                || word.case == Case::Possessive
                || word.case == Case::Lower
                    && !word.is(class::PREP | class::COORD | class::AUX)
                    && word.verb.is_none()
        };
        let from = (start..at).rev().take(12).take_while(inner).last().unwrap_or(at);
        let Some(prep) = from.checked_sub(1).filter(|&k| k >= start && words[k].is(class::IN))
        else {
            return;
        };
        if from == at || words[prep].quoted {
            return;
        }
        let by = Np::new(line, from, at);
        if prep == start {
            let comma = (at + 1..end).take(24).find(|&k| words[k].at(',') && !words[k].quoted);
            let Some(comma) = comma else { return };
            let figures = (comma..end).any(|k| words[k].case == Case::Digits);
            let clear = figures && !(at + 1..comma).any(|k| words[k].is(class::MODAL));
            if clear {
                let by = Np { last: comma - 1, ..by };
                let part = content::clause(line, comma + 1, end);
                self.push(found, part, Some(by), (prep, prep), ("poll", Manner::Find));
            }
            return;
        }
        let first = opening(line, start, prep);
        if prep >= first + 4 && (first..prep).any(|k| words[k].case == Case::Digits) {
            let part = trimmed(line, first, prep);
            self.push(found, part, Some(by), (prep, prep), ("poll", Manner::Find));
        }
    }
}
