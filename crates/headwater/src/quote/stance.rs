//! Stance: what somebody holds, wants, plans, backs, opposes, announces or finds, where no words of
//! theirs are reported.
//!
//! Stances are marked beside quotes and are no part of who said what: they make no party, no
//! citation and no origin.

mod asked;
mod content;
mod held;
mod noun;
mod verb;

use headwater_page::Span;

use crate::article::Article;
use crate::lexicon::{Lexicon, Manner, class};
use crate::name::Party;
use crate::sentence::{Case, Line};

use super::frame::Frame;
use super::{Crowd, Draft, Form, Np, Quote, group};

/// Every stance of the article that no quote holds, in order of its first part. Speakers are
/// parties that are known already. Never fails.
pub(crate) fn stances(
    lines: &[Line<'_>],
    (article, lexicon): (&Article, &Lexicon),
    parties: &mut Vec<Party>,
    quotes: &[Quote],
) -> Vec<Quote> {
    let mut drafts = Vec::new();
    let mut known = quotes.iter().peekable();
    // A headline taken from metadata lies behind the body.
    let mut order = (0..lines.len()).collect::<Vec<_>>();
    order.sort_by_key(|&ix| lines[ix].span.start);
    for ix in order {
        let line = &lines[ix];
        while known.next_if(|quote| quote.hull().end <= line.span.start).is_some() {}
        let here = known.clone().take_while(|quote| quote.hull().start < line.span.end);
        let taken = here.flat_map(|quote| quote.parts.iter().chain(&quote.cue).copied());
        let mut taken = taken.collect::<Vec<_>>();
        taken.sort_unstable();
        for sentence in 0..line.sentences.len() {
            let first_draft = drafts.len();
            let frame = Frame::new(ix, line, sentence, first_draft);
            Reader { frame, taken: &taken }.read(&mut drafts);
        }
    }
    let mut crowd = Crowd::new((article, &lexicon.outlets), lines, parties);
    for quote in quotes {
        if let (Some(by), Some(speaker)) = (quote.by, quote.speaker) {
            crowd.remember(by.start, speaker);
        }
    }
    let stance = |draft: Draft| {
        let line = &lines[draft.line];
        let form = if draft.manner == Manner::Find { Form::Finding } else { Form::Thought };
        Quote {
            form,
            parts: draft.parts,
            speaker: draft.by.and_then(|by| crowd.known(line, by)),
            by: draft.by.map(|by| by.span(line)),
            cue: draft.cue,
            told: None,
            rule: draft.rule,
        }
    };
    let mut found = drafts.into_iter().map(stance).collect::<Vec<_>>();
    group::name(lines, &mut found);
    found.sort_by_key(|quote| (quote.hull().start, quote.hull().end));
    found
}

/// One sentence with the spans that quotes have taken.
struct Reader<'f, 'a, 'l> {
    frame: Frame<'a, 'l>,
    taken: &'f [Span],
}

impl Reader<'_, '_, '_> {
    fn read(&self, found: &mut Vec<Draft>) {
        let frame = &self.frame;
        for at in frame.start..frame.end {
            let word = &frame.words()[at];
            let asks = class::STANCE | class::HELD | class::HELD_NOUN | class::POLL | class::ASK;
            let stance = word.is(asks) && !word.quoted;
            if !stance || word.case == Case::Upper || self.is_taken(word.span, found) {
                continue;
            }
            if word.is(class::HELD) && self.held(at, found) {
                continue;
            }
            if word.is(class::HELD_NOUN) && self.noun(at, found) {
                continue;
            }
            if word.is(class::ASK) {
                self.asked(at, found);
            }
            if word.is(class::POLL) {
                self.polled(at, found);
            }
            if word.is(class::STANCE) {
                self.verb(at, found);
            }
        }
    }

    /// Whether a quote, or a stance found before, holds the word.
    fn is_taken(&self, word: Span, found: &[Draft]) -> bool {
        let own = found[self.frame.first_draft..].iter();
        let mut own = own.flat_map(|draft| draft.parts.iter().chain(&draft.cue));
        own.any(|span| span.overlaps(word)) || {
            let upto = self.taken.partition_point(|span| span.start < word.end);
            self.taken[..upto].iter().rev().take(8).any(|span| span.overlaps(word))
        }
    }

    /// Adds a stance: `first..end` are the words of what it is about.
    fn push(
        &self,
        found: &mut Vec<Draft>,
        part: Option<Span>,
        by: Option<Np>,
        cue: (usize, usize),
        rule: (&'static str, Manner),
    ) -> bool {
        let Some(part) = part else { return false };
        let cue = group::helped(self.frame.line, self.frame.start, cue);
        let n = found.len();
        self.frame.push(found, vec![part], by, cue, rule.1, rule.0);
        found.len() > n
    }
}
