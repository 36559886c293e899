//! Adjectives by which somebody holds something.
//!
//! Must match: "Oduya is worried about the dam"; "They were confident that it would hold"; "The board
//! is willing to wait". Must not: "the worried man"; "It is clear that the dam leaks"; "a possible
//! leak about the gate".

use crate::fold;
use crate::lexicon::{Manner, class, holds};
use crate::quote::Draft;
use crate::quote::subject::before;

use super::{Reader, content};

impl Reader<'_, '_, '_> {
    /// "is worried about", "were confident that". Returns whether something was found.
    pub(super) fn held(&self, at: usize, found: &mut Vec<Draft>) -> bool {
        let (line, words) = (self.frame.line, self.frame.words());
        let (start, end) = (self.frame.start, self.frame.end);
        let language = line.language;
        let all = language.cues.stances(&fold::view(line.word(at)));
        let Some(stance) = all.iter().find(|it| it.holds == holds::HELD) else { return false };
        let next = at + 1;
        let link =
            |k: usize| k < end && stance.links.iter().any(|l| *l == *fold::view(line.word(k)));
        if !link(next) || words[next].quoted || next + 1 >= end {
            return false;
        }
        // The copula stands before the adjective, adverbs aside.
        let helped = (start..at)
            .rev()
            .take(6)
            .find(|&k| !words[k].is(class::ADVERB | class::NOT) && !super::group::manner(line, k));
        let copula = helped.filter(|&k| words[k].is(class::BE | class::COPULA));
        let Some(copula) = copula else { return false };
        let Some(by) = before(line, start, copula).filter(|by| {
            let head = &words[by.core];
            !head.is(class::IT | class::THAT) && !words[by.first].is(class::THAT)
        }) else {
            return false;
        };
        let opens = words[next].is(class::THAT | class::TO);
        let first = if opens { next } else { next + 1 };
        let part = if opens {
            content::clause(line, first, end)
        } else {
            content::object(line, first, end)
        };
        let cue = (copula, first - 1);
        self.push(found, part, Some(by), cue, ("held", Manner::Think))
    }
}
