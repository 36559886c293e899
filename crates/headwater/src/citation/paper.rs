//! Papers and posts that prose names without a clause of theirs: "a memo seen by the Gazette",
//! "shared the news on Twitter", "according to Lund's memo".
//!
//! Must match: "The charge sheet, seen by the Gazette, lists two counts."; "In a memo obtained by the
//! Gazette the board set a price."; "She broke the news to her followers on Monday."; "The firm
//! announced the sale in a blog post.". Must not: "The man was seen by the Gazette."; "The mayor made
//! a road in a statement."; "She announced the sale at noon.".

use headwater_page::Span;

use crate::lexicon::{class, traits};
use crate::name::SourceKind;
use crate::quote::{Np, public, subject_before, subject_of_sentence};
use crate::sentence::{Case, Line};

use super::{Desk, How, Sentence, clause_around};

/// Words between a paper and the participle that says who has it, at most.
const FAR: usize = 8;
/// Words between a verb that tells and the words that show where, at most; not swept.
const WIDE: usize = 18;

impl<'l> Desk<'_, 'l> {
    /// Looks for a paper or for news at word `at`.
    pub(super) fn paper(&mut self, s: Sentence<'l>, at: usize) {
        let word = &s.line.words[at];
        if word.case != Case::Lower {
            return;
        }
        if word.is(class::SEEN) {
            self.seen(s, at);
        }
        if word.is(class::TELLS | class::SHARES) {
            self.shared(s, at);
        }
    }

    /// "a memo seen by the Gazette": the paper is a source, whoever showed it.
    fn seen(&mut self, s: Sentence<'l>, at: usize) {
        let words = &s.line.words;
        if !words.get(at + 1).is_some_and(|w| at + 2 < s.end && w.is(class::BY)) {
            return;
        }
        let upto = (at + 2..s.end).take(FAR).take_while(|&k| !words[k].mark()).last();
        let Some(upto) = upto else { return };
        let press = |ix| matches!(self.crowd.get(ix).kind, SourceKind::Outlet | SourceKind::Agency);
        let reader = s.line.stretch(at + 2, upto);
        let read = self.crowd.within(reader).any(|(_, ix)| press(ix));
        let Some(by) = held_by(s, at).filter(|_| read) else { return };
        let (name, cue) = (by.span(s.line), s.line.stretch(at, at + 1));
        let near = s.span();
        let known = self.at.range((near.start, 0)..(near.end, 0));
        if known.map(|&(_, ix)| &self.found[ix]).any(|c| c.name.is_some_and(|n| n.overlaps(name))) {
            return;
        }
        let source = self.crowd.unnamed(s.line, by);
        let covers = vec![clause_around(s, at)];
        self.push(How::Reported, Some(source), cue, Some(name), covers, "seen-by");
    }

    /// "shared the news on Twitter", "announced the sale in a blog post".
    fn shared(&mut self, s: Sentence<'l>, at: usize) {
        let words = &s.line.words;
        let plain = |k: &usize| !words[*k].quoted && !words[*k].is(class::COORD | class::SUB);
        let near = (at + 1..s.end).take(WIDE).take_while(plain).collect::<Vec<_>>();
        let shown = near.iter().find_map(|&k| {
            let led = words[k].is(class::PREP) && k > at + 1;
            let end = public(s.line, k, s.end).filter(|_| led)?;
            Some((k, end))
        });
        let Some((place, end)) = shown else { return };
        let object =
            || (at + 1..place).take_while(|&k| !words[k].is(class::PREP) && !words[k].mark());
        let news = object().any(|k| words[k].is(class::NEWS));
        let thing = object().any(|k| words[k].is(class::DET)) || news;
        let tells = if words[at].is(class::TELLS) { thing } else { news };
        let that = (at + 1..place).any(|k| words[k].is(class::THAT));
        let be = at > s.start && words[at - 1].is(class::BE);
        if !tells || that || be {
            return;
        }
        let by = subject_before(s.line, s.start, at)
            .or_else(|| subject_of_sentence(s.line, s.start, at + 1));
        let source = by.and_then(|by| self.crowd.party(s.line, by));
        let Some(source) = source.filter(|&source| !self.crowd.own(source)) else { return };
        let cue = words[at].span;
        let covers = vec![s.line.stretch(at + 1, place - 1)];
        let name = by.map(|by| by.span(s.line));
        self.push(How::Told, Some(source), cue, name, covers, "shared");
        if let Some(citation) = self.found.last_mut().filter(|c| c.cue == cue) {
            citation.public = Some(s.line.stretch(place, end - 1));
        }
    }
}

/// The paper before the participle at `at`, a comma aside: "the charge sheet against Lund, seen".
fn held_by(s: Sentence<'_>, at: usize) -> Option<Np> {
    let words = &s.line.words;
    let last = at.checked_sub(1).filter(|&k| k > s.start)?;
    let last = if words[last].at(',') { last - 1 } else { last };
    let near = (s.start..=last).rev().take(FAR).take_while(|&k| !words[k].mark());
    let noun = near.into_iter().find(|&k| words[k].has(traits::DOCUMENT | traits::REPORT))?;
    let mut first = noun;
    let opens = class::PREP | class::COORD | class::SUB | class::PRONOUN | class::AUX | class::PAST;
    while first > s.start
        && noun - first < FAR
        && !words[first - 1].mark()
        && (!words[first - 1].is(opens) || words[first - 1].is(class::DET))
        && (words[first - 1].verb.is_none() || words[first - 1].case != Case::Lower)
    {
        first -= 1;
        if words[first].is(class::DET) {
            break;
        }
    }
    Some(Np { first, core: noun, last })
}

/// The paper by which somebody told it, where the words beside the cue name it: "according to
/// Lund's testimony".
pub(super) fn written(line: &Line<'_>, by: Option<Span>, how: How) -> Option<Span> {
    let by = by.filter(|_| how != How::Reported)?;
    let (first, last) = (line.word_at(by.start), line.word_at(by.end - 1));
    let words = &line.words;
    let owner = (first..last).find(|&k| words[k].case == Case::Possessive)?;
    let noun = (owner + 1..=last).take(4).take_while(|&k| !words[k].is(class::PREP)).last()?;
    (words[noun].has(traits::DOCUMENT) && words[noun].case == Case::Lower).then_some(by)
}
