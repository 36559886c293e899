//! Verbs by which somebody takes a stance.
//!
//! Must match: "Oduya criticized the plan"; "The board has called for a vote"; "They refused to wait";
//! "The dam is expected to hold". Must not: "the board's support"; "a planned vote"; "He called".

use crate::fold;
use crate::lexicon::{Manner, Stance, Tense, Verb, class, holds, traits};
use crate::quote::Draft;
use crate::quote::subject::{Np, before, noun_phrase, subject_of_sentence};
use crate::sentence::Case;

use super::{Reader, content};

impl Reader<'_, '_, '_> {
    /// What the verb at `at` holds.
    pub(super) fn verb(&self, at: usize, found: &mut Vec<Draft>) {
        let (line, words) = (self.frame.line, self.frame.words());
        let word = &words[at];
        if word.capital() && at != self.frame.start && !line.titled() {
            return;
        }
        let stances = line.language.cues.stances(&fold::view(line.word(at)));
        for stance in stances.iter().filter(|it| it.holds & (holds::HELD | holds::NOUN) == 0) {
            if self.passive(at, stance, found)
                || self.blamed(at, stance, found)
                || self.active(at, stance, found)
            {
                return;
            }
        }
    }

    /// "The dam is expected to hold", "The dam appears to leak": all of it is what is held.
    fn passive(&self, at: usize, stance: &Stance, found: &mut Vec<Draft>) -> bool {
        let (line, words) = (self.frame.line, self.frame.words());
        let raised = stance.holds & holds::RAISED != 0;
        let passive = stance.holds & holds::PASSIVE != 0
            && matches!(stance.tense, Tense::Past | Tense::Participle)
            && self.after_be(at);
        let next = words.get(at + 1).filter(|_| at + 2 < self.frame.end);
        if !(raised || passive) || !next.is_some_and(|w| w.is(class::TO) && w.case == Case::Lower) {
            return false;
        }
        let Some(by) = before(line, self.frame.start, at) else { return false };
        let Some(rest) = content::clause(line, at + 1, self.frame.end) else { return false };
        let part = by.span(line).hull(rest);
        self.push(found, Some(part), None, (at, at), ("held-of", Manner::Think))
    }

    /// "The board was criticized by Oduya for its haste": all but the agent is what is held. Without
    /// "by" right behind the verb nobody is known to hold it.
    fn blamed(&self, at: usize, stance: &Stance, found: &mut Vec<Draft>) -> bool {
        let (line, words) = (self.frame.line, self.frame.words());
        let past = matches!(stance.tense, Tense::Past | Tense::Participle);
        let next = words.get(at + 1).filter(|_| at + 2 < self.frame.end);
        let opens = next.is_some_and(|w| w.is(class::OF | class::BY) && !w.quoted);
        if stance.holds & holds::BLAMED == 0 || !past || !opens || !self.after_be(at) {
            return false;
        }
        let Some(subject) = before(line, self.frame.start, at) else { return false };
        let agent = next.is_some_and(|w| w.is(class::BY));
        let by = if agent { noun_phrase(line, at + 2, self.frame.end) } else { None };
        if agent && by.is_none() {
            return false;
        }
        let after = by.map_or(at + 1, |by| by.last + 1);
        let goes_on = words.get(after).is_some_and(|w| w.is(class::OF)) && after < self.frame.end;
        let rest = if goes_on { content::clause(line, after, self.frame.end) } else { None };
        let part = rest.map_or(subject.span(line), |rest| subject.span(line).hull(rest));
        self.push(found, Some(part), by, (at, at), ("held-by", stance.manner))
    }

    /// Whether a form of "to be" stands before the verb, adverbs aside.
    fn after_be(&self, at: usize) -> bool {
        let words = self.frame.words();
        let light = |k: &usize| {
            words[*k].is(class::ADVERB | class::AUX | class::NOT)
                || super::group::manner(self.frame.line, *k)
        };
        (self.frame.start..at).rev().take_while(light).any(|k| words[k].is(class::BE))
    }

    /// "Oduya criticized the plan", "called for a vote", "refused to wait", "believes that it leaks".
    fn active(&self, at: usize, stance: &Stance, found: &mut Vec<Draft>) -> bool {
        let words = self.frame.words();
        let Some((first, part, rule)) = self.about(at, stance) else { return false };
        let Some(by) = self.holder(at, stance, found) else { return false };
        let head = &words[by.core];
        if head.is(class::IT) && stance.manner == Manner::Think && !head.capital() {
            return false;
        }
        let cue = (at, first - 1);
        self.push(found, Some(part), Some(by), cue, (rule, stance.manner))
    }

    /// What stands behind the verb and can be what it is about: where it begins, its words.
    fn about(
        &self,
        at: usize,
        stance: &Stance,
    ) -> Option<(usize, headwater_page::Span, &'static str)> {
        let (line, words) = (self.frame.line, self.frame.words());
        let end = self.frame.end;
        let next = at + 1;
        let word = words.get(next).filter(|_| next < end)?;
        let taken = stance.holds & holds::TAKEN != 0;
        let linked =
            !taken && stance.links.iter().any(|link| *link == *fold::view(line.word(next)));
        if linked
            && next + 1 < end
            && (words[next + 1].letters()
                || words[next + 1].quoted
                || words[next + 1].case == Case::Digits)
        {
            return Some((next + 1, content::object(line, next + 1, end)?, "held-for"));
        }
        if stance.holds & holds::INFINITIVE != 0 && word.is(class::TO) {
            let verb =
                words.get(next + 1).is_some_and(|w| w.case == Case::Lower && !w.is(class::DET));
            return verb
                .then(|| content::clause(line, next, end))
                .flatten()
                .map(|part| (next, part, "held-to"));
        }
        if stance.holds & holds::CLAUSE != 0 {
            let that = word.is(class::THAT) || word.is(class::WHETHER) && word.case == Case::Lower;
            let bare = word.is(class::CLAUSAL) || word.capital();
            let clause = that || bare && super::super::clause::finite(line, next + 1, end);
            if clause && end - next >= 3 && !word.quoted {
                return Some((next, content::clause(line, next, end)?, "held-that"));
            }
        }
        if stance.holds & holds::TAKEN != 0 {
            let link = |k: usize| {
                words[k].case == Case::Lower && stance.links.iter().any(|l| l == line.word(k))
            };
            let near = (next + 1..end).take(12).take_while(|&k| !words[k].mark());
            let taken = near.into_iter().any(link) && (word.letters() || word.quoted);
            let plain = !word.is(class::PREP | class::SUB | class::COORD | class::THAT);
            let part = content::clause(line, next, end).filter(|_| taken && plain);
            return part.map(|part| (next, part, "held-as"));
        }
        if stance.holds & (holds::OBJECT | holds::BLAMED) == 0 {
            return None;
        }
        let opens = word.letters() || word.quoted || word.case == Case::Digits || word.at('$');
        let other = class::PREP | class::SUB | class::COORD | class::TO | class::AUX | class::WHO;
        let bars = word.is(other) && !word.quoted
            || word.is(class::THAT) && stance.holds & holds::CLAUSE != 0;
        if !opens || bars || word.is(class::TIME) || word.is(class::ADVERB) {
            return None;
        }
        Some((next, content::object(line, next, end)?, "held-object"))
    }

    /// Who holds it: the subject.
    fn holder(&self, at: usize, stance: &Stance, found: &[Draft]) -> Option<Np> {
        let (line, words) = (self.frame.line, self.frame.words());
        let start = self.frame.start;
        let verb = Verb { tense: stance.tense, takes: 0, manner: stance.manner };
        let prev = at.checked_sub(1).filter(|&k| k >= start)?;
        if stance.tense == Tense::Ing {
            if self.after_be(at) {
                return before(line, start, at);
            }
            let joined = words[prev].at(',') || words[prev].quoted;
            return joined
                .then(|| {
                    self.frame.earlier(at, found).or_else(|| subject_of_sentence(line, start, at))
                })
                .flatten();
        }
        if self.frame.nominal(at, verb) || words[prev].is(class::OWN) {
            return None;
        }
        let by = before(line, start, at).or_else(|| self.frame.inherited(at, found))?;
        // What shows something is a paper, or somebody who looked.
        let shows = stance.manner != Manner::Find
            || words[by.core].has(traits::DOCUMENT | traits::REPORT | traits::ROLES | traits::ROLE)
            || words[by.core].is(class::POLL);
        (shows && self.frame.agrees(by, verb, at)).then_some(by)
    }
}
