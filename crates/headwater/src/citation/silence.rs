//! Sources that were asked and gave nothing.
//!
//! Must match: "The harbour board declined to comment to the Gazette."; "Lund did not respond to a
//! request for comment."; "The owner could not be reached."; "The Gazette reached out to the owner
//! for comment.". Must not: "The price declined."; "The crew reached the dam.".

use crate::lexicon::{Ending, class};
use crate::name::{PartyIx, SourceKind};
use crate::quote::{Np, noun_phrase, subject_before, subject_of_sentence};
use crate::sentence::Case;

use super::{Desk, How, Sentence};

impl<'l> Desk<'_, 'l> {
    /// Looks for silence at word `at`.
    pub(super) fn silence(&mut self, s: Sentence<'l>, at: usize) {
        let words = &s.line.words;
        let word = &words[at];
        if word.case != Case::Lower {
            return;
        }
        let soon = |classes, within: usize| {
            (at + 1..s.end)
                .take(within)
                .take_while(|&k| !words[k].mark())
                .find(|&k| words[k].is(classes))
        };
        let back = |classes| (s.start..at).rev().take(4).any(|k| words[k].is(classes));
        let last = if word.is(class::DECLINE) && words.get(at + 1).is_some_and(|w| w.is(class::TO))
        {
            soon(class::COMMENT, 4)
        } else if word.is(class::RESPOND)
            && (back(class::NOT) || back(class::AUX))
            && negated(s, at)
        {
            soon(class::REQUEST, 8)
        } else if word.is(class::UNREACHED) && negated(s, at) && back(class::BE) {
            Some(at)
        } else if word.is(class::REACH) {
            return self.asked(s, at);
        } else {
            None
        };
        let Some(last) = last else { return };
        let by = subject_before(s.line, s.start, at)
            .or_else(|| subject_of_sentence(s.line, s.start, at + 1));
        let source = by.and_then(|by| self.crowd.party(s.line, by));
        let Some(source) = source.filter(|&p| !self.crowd.own(p)) else { return };
        let first = if word.is(class::DECLINE) { at } else { negation(s, at) };
        let cue = s.line.stretch(first, last);
        let name = by.map(|by| by.span(s.line));
        self.push(How::NoComment, Some(source), cue, name, Vec::new(), "no-comment");
        let told = self.outlet_after(s, last);
        if let Some(ix) = self.with_cue(cue) {
            self.found[ix].told = told;
        }
    }

    /// "The Gazette reached out to the owner for comment."
    fn asked(&mut self, s: Sentence<'l>, at: usize) {
        let words = &s.line.words;
        let comment =
            (at + 1..s.end).any(|k| words[k].is(class::COMMENT) && words[k - 1].is(class::PREP));
        let out = words
            .get(at + 1)
            .is_some_and(|w| w.is(class::ADVERB | class::PREP) || w.case == Case::Lower);
        let to = (at + 1..s.end).take(2).find(|&k| words[k].is(class::TO));
        let Some(by) = subject_before(s.line, s.start, at) else { return };
        if !(comment || to.is_some() && out) {
            return;
        }
        let newsroom = self.newsroom(s, by);
        if newsroom.is_none() && !comment {
            return;
        }
        let first = to.unwrap_or(at) + 1;
        let limit = (first..s.end)
            .find(|&k| {
                words[k].is(class::PREP) && words.get(k + 1).is_some_and(|w| w.is(class::COMMENT))
            })
            .unwrap_or(s.end);
        let Some(asked) = noun_phrase(s.line, first, limit) else { return };
        let Some(source) = self.crowd.party(s.line, asked) else { return };
        let cue = s.line.stretch(at, to.unwrap_or(at));
        self.push(How::NoComment, Some(source), cue, Some(asked.span(s.line)), Vec::new(), "asked");
        if let Some(ix) = self.with_cue(cue) {
            self.found[ix].told = newsroom;
        }
    }

    fn newsroom(&self, s: Sentence<'l>, by: Np) -> Option<PartyIx> {
        let mut named = self.crowd.within(by.core_span(s.line)).map(|(_, ix)| ix);
        named.find(|&ix| matches!(self.crowd.get(ix).kind, SourceKind::Outlet | SourceKind::Agency))
    }

    /// The outlet that asked: "to comment to the Gazette", "a request from the Gazette".
    fn outlet_after(&self, s: Sentence<'l>, last: usize) -> Option<PartyIx> {
        let upto = (last + 1..s.end).take(8).next_back()?;
        let span = s.line.stretch(last, upto);
        let mut named = self.crowd.within(span).map(|(_, ix)| ix);
        named.find(|&ix| matches!(self.crowd.get(ix).kind, SourceKind::Outlet | SourceKind::Agency))
    }
}

/// Whether a negated auxiliary stands within a few words before `at`.
fn negated(s: Sentence<'_>, at: usize) -> bool {
    negation(s, at) < at
}

/// The first word of the negated verb: "did not immediately respond".
fn negation(s: Sentence<'_>, at: usize) -> usize {
    let words = &s.line.words;
    let from = at.saturating_sub(4).max(s.start);
    let not = (from..at).find(|&k| words[k].is(class::NOT) || words[k].ends(Ending::Short));
    match not {
        Some(k) if words[k].is(class::NOT) && k > s.start && words[k - 1].is(class::AUX) => k - 1,
        Some(k) => k,
        None => at,
    }
}
