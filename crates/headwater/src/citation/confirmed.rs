//! Sources that confirm what the article has from another.
//!
//! Must match: "An official confirmed that report."; "The board confirmed to the Gazette that the dam
//! leaks.". Must not: "The confirmed dead were named.".

use headwater_page::Span;

use super::{Desk, How, Sentence};
use crate::lexicon::class;
use crate::quote::subject_before;

impl<'l> Desk<'_, 'l> {
    /// "confirmed that move": what stands before is what is confirmed.
    pub(super) fn confirmed(&mut self, s: Sentence<'l>, at: usize) {
        let cue = s.line.words[at].span;
        let known = self.with_cue(cue);
        let object = (at + 1..s.end)
            .take_while(|&k| !s.line.words[k].mark() && !s.line.words[k].is(class::COORD))
            .last();
        let points =
            s.line.words.get(at + 1).is_some_and(|w| {
                w.is(class::THAT | class::IT | class::DET) || w.is(class::PRONOUN)
            });
        let short = object.is_some_and(|last| last <= at + 4);
        if known.is_some() && !(points && short) {
            return;
        }
        // "confirmed that move" and "confirmed the report" point back; a clause of its own does not.
        let clause = (at + 1..s.end.min(at + 10))
            .take_while(|&k| !s.line.words[k].mark())
            .find(|&k| s.line.words[k].is(class::THAT))
            .filter(|_| !(points && short));
        let covers = match (clause, object) {
            (Some(that), _) if that + 1 < s.end => vec![s.line.stretch(that + 1, s.last())],
            (_, Some(last)) if points && short => {
                self.before(s).into_iter().chain([s.line.stretch(at + 1, last)]).collect()
            }
            (_, Some(last)) => vec![s.line.stretch(at + 1, last)],
            (_, None) => self.before(s).into_iter().collect(),
        };
        if let Some(known) = known {
            self.found[known].covers = covers;
            return;
        }
        let by = subject_before(s.line, s.start, at);
        let Some(by) = by.filter(|_| object.is_some()) else { return };
        let Some(source) = self.crowd.party(s.line, by).filter(|&p| !self.crowd.own(p)) else {
            return;
        };
        let told = self.crowd.told(s.line, s.ix, cue, Some(source));
        self.push(How::Confirmed, Some(source), cue, Some(by.span(s.line)), covers, "confirmed");
        if let Some(citation) = self.found.last_mut() {
            citation.told = told;
        }
    }

    /// The sentence before, in its paragraph or at the end of the one above.
    fn before(&self, s: Sentence<'l>) -> Option<Span> {
        if let Some(ix) = s.ix.checked_sub(1) {
            return Some(s.line.sentence(ix));
        }
        let line = &self.lines[s.line_ix.checked_sub(1)?];
        Some(line.sentence(line.sentences.len().checked_sub(1)?))
    }
}
