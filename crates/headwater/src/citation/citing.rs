//! Citing: words that name whose word is taken over: "citing", "with reference to", "reported by".
//!
//! Must match: "citing people familiar with the plan"; "pointing to a report by the Gazette"; "first
//! reported by the Gazette"; "quoted Oduya as saying". Must not: "citing safety reasons"; "referring
//! to the dam"; "built by the Gazette".

use crate::lexicon::{Tense, class, takes, traits};
use crate::name::{PartyIx, SourceKind};
use crate::quote::{Np, noun_phrase, subject_before};

use super::{Desk, How, Sentence, clause_around};

impl<'l> Desk<'_, 'l> {
    /// "citing people familiar with the plan", "Citing officials, the Gazette reported".
    pub(super) fn citing(&mut self, s: Sentence<'l>, at: usize) {
        let initial = at == s.start;
        let Some(by) = noun_phrase(s.line, at + 1, s.end) else { return };
        let comma = (by.first..=by.last).find(|&k| s.line.words[k].at(','));
        let by = match comma {
            Some(comma) if initial && comma > by.first => Np::new(s.line, by.first, comma - 1),
            _ => by,
        };
        let speaks = traits::ROLE
            | traits::ROLES
            | traits::SOMEONE
            | traits::OFFICE
            | traits::SEAT
            | traits::MEDIA
            | traits::DOCUMENT
            | traits::REPORT;
        let head = &s.line.words[by.core];
        let known = self.crowd.within(by.core_span(s.line)).next().is_some();
        // "citing safety reasons" names no source.
        if !head.has(speaks) && !known
            || head.is(class::NOUN) && !head.has(traits::DOCUMENT | traits::REPORT)
        {
            return;
        }
        let source = self.crowd.party(s.line, by);
        let how = source.map_or(How::Reported, |source| self.how(source));
        let span = s.span();
        let cue = s.line.words[at].span;
        let told =
            self.quotes_in(span).into_iter().find(|q| q.cue.is_some_and(|c| span.contains(c)));
        let covers = told.map_or_else(|| vec![clause_around(s, at)], |quote| quote.parts.clone());
        let name = by.span(s.line);
        self.push(how, source, cue, Some(name), covers, "citing");
    }

    /// "with reference to foreign media", "pointing to a report by the Gazette": words that also
    /// speak of what is no source, so only the press and its reports count.
    pub(super) fn pointing(&mut self, s: Sentence<'l>, at: usize, end: usize) {
        let Some(by) = noun_phrase(s.line, end, s.end) else { return };
        let named = self.crowd.within(by.span(s.line)).map(|(_, ix)| ix).collect::<Vec<_>>();
        let is_press = |ix: PartyIx| {
            matches!(self.crowd.get(ix).kind, SourceKind::Outlet | SourceKind::Agency)
        };
        let outlet = named.into_iter().find(|&ix| is_press(ix) && !self.crowd.own(ix));
        let head = &s.line.words[by.core];
        let report = head.has(traits::MEDIA | traits::REPORT);
        let source = outlet.or_else(|| report.then(|| self.crowd.party(s.line, by)).flatten());
        let Some(source) = source.filter(|&ix| !self.crowd.own(ix)) else { return };
        if self.how(source) != How::Reported {
            return;
        }
        let cue = s.line.stretch(at, end - 1);
        let covers = vec![clause_around(s, at)];
        self.push(How::Reported, Some(source), cue, Some(by.span(s.line)), covers, "pointing");
    }

    /// "quoted Oduya as saying", "Oduya was quoted as saying".
    pub(super) fn quoted_as(&mut self, s: Sentence<'l>, at: usize) {
        let words = &s.line.words;
        let says = |k: usize| {
            let ing = words.get(k + 1).filter(|_| k + 2 < s.end).and_then(|w| w.verb);
            words[k].is(class::SUB)
                && ing.is_some_and(|v| v.tense == Tense::Ing && v.takes(takes::QUOTE))
        };
        let Some(as_at) = (at + 1..s.end).take(14).find(|&k| says(k)) else { return };
        let passive = (s.start..at)
            .rev()
            .take_while(|&k| words[k].is(class::AUX | class::ADVERB))
            .any(|k| words[k].is(class::BE));
        let by = if passive {
            subject_before(s.line, s.start, at)
        } else {
            noun_phrase(s.line, at + 1, as_at)
        };
        let Some(by) = by else { return };
        let Some(source) = self.crowd.party(s.line, by).filter(|&ix| !self.crowd.own(ix)) else {
            return;
        };
        let covers = vec![s.line.stretch(as_at + 2, s.last().max(as_at + 2))];
        let (how, cue) = (self.how(source), s.line.stretch(as_at, as_at + 1));
        self.push(how, Some(source), cue, Some(by.span(s.line)), covers, "quoted-as");
    }

    /// "first reported by the Gazette", "published by the Gazette".
    pub(super) fn reported_by(&mut self, s: Sentence<'l>, at: usize) {
        let words = &s.line.words;
        let Some(verb) = at.checked_sub(1).filter(|&k| {
            k >= s.start && (words[k].verb.is_some() || words[k].is(class::PUBLISHED))
        }) else {
            return;
        };
        let published = words[verb].is(class::PUBLISHED);
        let reports = words[verb].verb.is_some_and(|v| v.takes(takes::REPORT));
        if !(published || reports) {
            return;
        }
        let Some(by) = noun_phrase(s.line, at + 1, s.end) else { return };
        let outlet = self
            .crowd
            .within(by.core_span(s.line))
            .map(|(_, ix)| ix)
            .find(|&ix| self.how(ix) == How::Reported);
        let Some(source) = outlet.filter(|&ix| !self.crowd.own(ix)) else { return };
        let how = if published { How::Republished } else { How::Reported };
        let name = by.span(s.line);
        self.push(
            how,
            Some(source),
            s.line.stretch(verb, at),
            Some(name),
            vec![clause_around(s, verb)],
            "reported-by",
        );
    }
}
