//! Quotations without a cue of their own: the rest of what the last speaker said.

use crate::sentence::Line;

use super::Draft;

/// Gives quotations that stand alone to the quote before them: the rest of what the same speaker
/// said, in the same paragraph or in the next one.
pub(super) fn orphans(ix: usize, line: &Line<'_>, lines: &[Line<'_>], found: &mut [Draft]) {
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
        let Some(last) = found.iter().rposition(before) else { continue };
        // "…," said Lund, who hopes to stay. "…": her words go on, not her hopes.
        let here = (found[last].line, found[last].sentence);
        let from = last.saturating_sub(8);
        let spoken = found[from..=last].iter().rposition(|d| before(d) && d.quotes(lines));
        let spoken = spoken.map(|at| from + at);
        let spoken = spoken.filter(|&at| (found[at].line, found[at].sentence) == here);
        let last = &mut found[spoken.unwrap_or(last)];
        let end = last.hull().end;
        let near = if last.line == ix {
            last.sentence + 1 == sentence
                || line
                    .sentences
                    .get(sentence.wrapping_sub(1))
                    .is_some_and(|s| line.stretch(s.start, s.end - 1).end <= end + 2)
        } else {
            // The paragraph before must end with a quotation or its attribution.
            sentence == 0
                && last.line + 1 == ix
                && lines[last.line].sentences.len() <= last.sentence_of(end, &lines[last.line]) + 1
                && last.quotes(lines)
        };
        if near {
            last.parts.push(span);
        }
    }
}

impl Draft {
    /// Which sentence of its line byte `end` lies in.
    fn sentence_of(&self, end: u32, line: &Line<'_>) -> usize {
        let at = line.word_at(end.saturating_sub(1));
        Some(line.sentence_at(at)).filter(|&s| s < line.sentences.len()).unwrap_or(self.sentence)
    }

    /// Whether its last part holds a quotation.
    fn quotes(&self, lines: &[Line<'_>]) -> bool {
        let line = &lines[self.line];
        self.parts.last().is_some_and(|part| {
            line.quotation_at(part.start).is_some_and(|q| q.span.overlaps(*part))
        })
    }
}
