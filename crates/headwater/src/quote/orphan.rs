//! Quotations without a cue of their own: the rest of what the last speaker said.
//!
//! Must match: `"It holds," said Lund. "I built it."`; a paragraph that is one quotation, after one
//! that ends with Lund's words, with what Lund said, or of which Lund is the subject. Must not: a
//! quotation inside a sentence; one after a paragraph that names nobody.

use crate::lexicon::{Manner, Tense, Verb, class};
use crate::sentence::{Case, Line, line_at};

use super::subject::{before as before_verb, noun_phrase, subject_of_sentence};
use super::{Acts, Draft, Like};

/// Gives quotations that stand alone to the quote before them: the rest of what the same speaker
/// said, in the same paragraph or in the next one. A paragraph that is a quotation becomes a quote
/// of its own where the one before only says who speaks.
pub(super) fn orphans(ix: usize, line: &Line<'_>, lines: &[Line<'_>], found: &mut Vec<Draft>) {
    for (sentence, range) in line.sentences.iter().enumerate() {
        let words = &line.words[range.clone()];
        let whole = words.iter().all(|w| w.quoted || w.mark()) && words.iter().any(|w| w.quoted);
        if !whole {
            continue;
        }
        let span = line.sentence(sentence);
        if found.iter().rev().take_while(|d| d.line == ix).any(|d| d.hull().overlaps(span)) {
            continue;
        }
        let before = |d: &Draft| d.line <= ix && d.hull().end <= span.start;
        if let Some(last) = found.iter().rposition(before) {
            // "…," said Lund, who hopes to stay. "…": her words go on, not her hopes.
            let here = (found[last].line, found[last].sentence);
            let from = last.saturating_sub(8);
            let spoken = found[from..=last].iter().rposition(|d| before(d) && d.quotes(lines));
            let spoken = spoken.map(|at| from + at);
            let spoken = spoken.filter(|&at| (found[at].line, found[at].sentence) == here);
            let last = &mut found[spoken.unwrap_or(last)];
            if last.goes_on(ix, sentence, lines) {
                last.parts.push(span);
                continue;
            }
        }
        let words = words.iter().filter(|w| w.letters()).count();
        if sentence == 0
            && words >= SHORTEST
            && let Some(like) = speaker_before(ix, lines, found)
        {
            found.push(Draft {
                line: ix,
                sentence,
                parts: vec![span],
                by: None,
                cue: like.cue,
                manner: Manner::Say,
                rule: "paragraph-quotation",
                speaker: None,
                told: None,
                like: Some(like),
            });
        }
    }
}

/// Words of a paragraph that is a quotation without a cue, at least: subheads in quotation marks
/// are shorter.
const SHORTEST: usize = 6;

/// Who speaks on in the paragraph at `ix`, where nobody's words end the one before: whoever that
/// one's last sentence says something of in its own words, or else the person it is about.
fn speaker_before(ix: usize, lines: &[Line<'_>], found: &[Draft]) -> Option<Like> {
    let before = ix.checked_sub(1)?;
    let line = &lines[before];
    let last = line.sentences.len().checked_sub(1)?;
    let range = line.sentences[last].clone();
    let prose =
        line.words.last().is_some_and(|w| matches!(w.case, Case::Mark('.' | ':')) || w.quoted);
    if !prose {
        return None;
    }
    let here = found.iter().rev().take_while(|d| d.line >= before).filter(|d| d.line == before);
    let mut here = here.filter(|d| d.sentence == last && d.manner == Manner::Say);
    if let Some(draft) = here.next() {
        // Whoever was asked answers next.
        let asked = draft.rule == "asked-whether";
        return draft
            .by
            .filter(|_| !asked && here.next().is_none_or(|d| d.by == draft.by))
            .map(|by| Like { line: before, by, role: Acts::Spoke, cue: None });
    }
    let opening =
        || noun_phrase(line, range.start, range.end).filter(|by| line.words[by.first].capital());
    let by = subject_of_sentence(line, range.start, range.end).or_else(opening)?;
    let head = &line.words[by.core];
    // "The board said of its plan:"
    let closes = line.words.last().is_some_and(|w| w.at(':'));
    let cue = range.rev().find(|&k| {
        let word = &line.words[k];
        let finite = |v: Verb| !matches!(v.tense, Tense::Ing | Tense::Participle);
        closes && word.case == Case::Lower && word.verb.is_some_and(finite)
    });
    if let Some(cue) = cue {
        let by = before_verb(line, line.sentences[last].start, cue).unwrap_or(by);
        let cue = Some(line.words[cue].span);
        return Some(Like { line: before, by, role: Acts::Spoke, cue });
    }
    let person = head.capital() && !head.is(class::TIME | class::COMMON)
        || by.pronoun(line) && head.is(class::HE | class::SHE);
    person.then_some(Like { line: before, by, role: Acts::Did, cue: None })
}

impl Draft {
    /// Whether the sentence, all of it a quotation, goes on with the words of this draft.
    fn goes_on(&self, ix: usize, sentence: usize, lines: &[Line<'_>]) -> bool {
        let end = self.hull().end;
        let ended = line_at(lines, end.saturating_sub(1)).min(lines.len() - 1);
        let line = &lines[ix];
        if ended == ix {
            return self.line == ix && self.sentence + 1 == sentence
                || line
                    .sentences
                    .get(sentence.wrapping_sub(1))
                    .is_some_and(|s| line.stretch(s.start, s.end - 1).end <= end + 2);
        }
        // The paragraph before must end with a quotation or its attribution.
        sentence == 0
            && ended + 1 == ix
            && lines[ended].sentences.len() <= self.sentence_of(end, &lines[ended]) + 1
            && self.quotes(lines)
    }

    /// Which sentence of its line byte `end` lies in.
    fn sentence_of(&self, end: u32, line: &Line<'_>) -> usize {
        let at = line.word_at(end.saturating_sub(1));
        Some(line.sentence_at(at)).filter(|&s| s < line.sentences.len()).unwrap_or(self.sentence)
    }

    /// Whether its last part holds a quotation.
    fn quotes(&self, lines: &[Line<'_>]) -> bool {
        self.parts.last().is_some_and(|part| {
            let line = &lines[line_at(lines, part.start).min(lines.len() - 1)];
            line.quotation_at(part.start).is_some_and(|q| q.span.overlaps(*part))
        })
    }
}
