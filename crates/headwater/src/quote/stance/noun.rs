//! Nouns by which somebody holds something: "her belief that", "expressed concern about".
//!
//! Must match: "Oduya's support for the dam"; "their decision to wait"; "The board expressed concern
//! about the gate". Must not: "the support of the roof"; "a concern"; "its plan".

use crate::fold;
use crate::lexicon::{Manner, class, holds};
use crate::quote::Draft;
use crate::quote::subject::{Np, before, phrase};
use crate::sentence::Case;

use super::{Reader, content};

/// Words between a light verb and its noun, at most: "expressed deep and lasting concern".
const REACH: usize = 4;

impl Reader<'_, '_, '_> {
    /// What the noun at `at` holds, if somebody's it is.
    pub(super) fn noun(&self, at: usize, found: &mut Vec<Draft>) -> bool {
        let (line, words) = (self.frame.line, self.frame.words());
        let end = self.frame.end;
        let all = line.language.cues.stances(&fold::view(line.word(at)));
        let Some(stance) = all.iter().find(|it| it.holds == holds::NOUN) else { return false };
        let next = at + 1;
        let linked = next + 1 < end && !words[next].quoted && {
            let word = fold::view(line.word(next));
            stance.links.iter().any(|link| *link == *word)
        };
        if !linked || words[at].quoted {
            return false;
        }
        let opens = words[next].is(class::THAT | class::TO);
        let first = if opens { next } else { next + 1 };
        if words[next].is(class::TO) && words[next + 1].case != Case::Lower {
            return false;
        }
        let Some((by, cue_first)) = self.light(at).or_else(|| self.owner(at)) else { return false };
        let part = if opens {
            content::clause(line, first, end)
        } else {
            content::object(line, first, end)
        };
        self.push(found, part, Some(by), (cue_first, first - 1), ("held-noun", Manner::Think))
    }

    /// "The board expressed deep concern": the verb's subject, and where the cue begins.
    fn light(&self, at: usize) -> Option<(Np, usize)> {
        let (line, words) = (self.frame.line, self.frame.words());
        let start = self.frame.start;
        let plain = |k: &usize| {
            let word = &words[*k];
            (word.letters() || word.case == Case::Digits)
                && !word.quoted
                && !word.is(class::PREP | class::COORD | class::SUB | class::REL)
        };
        let mut before_noun = (start..at).rev().take(REACH).take_while(plain);
        let verb = before_noun.find(|&k| words[k].is(class::LIGHT))?;
        if words[verb].capital() && !line.titled() {
            return None;
        }
        let by = before(line, start, verb).or_else(|| self.frame.inherited(verb, &[]))?;
        Some((by, verb))
    }

    /// "Oduya's support", "their decision": who owns it, and where the cue begins.
    fn owner(&self, at: usize) -> Option<(Np, usize)> {
        let (line, words) = (self.frame.line, self.frame.words());
        let start = self.frame.start;
        let plain = |k: &usize| {
            words[*k].case == Case::Lower && !words[*k].is(class::PREP | class::COORD | class::AUX)
        };
        let own = |k: &usize| words[*k].is(class::OWN) || words[*k].case == Case::Possessive;
        let upto = (start..at).rev().take(3).find(own)?;
        if !(upto + 1..at).all(|k| plain(&k)) || words[upto].quoted {
            return None;
        }
        let by = if words[upto].case == Case::Possessive {
            let last = upto.checked_sub(1).filter(|&k| k >= start)?;
            phrase(line, start, last)?
        } else {
            Np { first: upto, core: upto, last: upto }
        };
        Some((by, upto + 1))
    }
}
