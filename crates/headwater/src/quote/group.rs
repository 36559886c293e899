//! Group: the whole of the words that attribute, and of those that name who speaks.
//!
//! Rules and resolution work on the verb itself. What a reader sees is the verb with its helpers
//! ("has also said", "said Monday", "wrote in a statement:") and the name with all of its
//! apposition, the comma that closes it included, as the corpora of attribution have it.

use headwater_page::Span;

use crate::lexicon::{Ending, class};
use crate::sentence::{Case, Line, line_at};

use super::{Quote, public};

/// Takes the comma that closes an apposition to the name of every quote.
pub(crate) fn name(lines: &[Line<'_>], quotes: &mut [Quote]) {
    for quote in quotes {
        let line = quote.cue.and_then(|cue| line_of(lines, cue));
        if let (Some(line), Some(cue)) = (line, quote.cue) {
            let name = |by| who(line, by, cue).unwrap_or_else(|| apposed(line, by, cue));
            quote.by = quote.by.map(name);
        }
    }
}

/// The "who" right before the cue, which stands for the name before it.
fn who(line: &Line<'_>, by: Span, cue: Span) -> Option<Span> {
    let at = line.word_at(cue.start).checked_sub(1)?;
    let word = &line.words[at];
    (word.is(class::WHO) && by.end <= word.span.start).then_some(word.span)
}

/// Words `cue` of a line with the auxiliaries, negations and adverbs before them.
pub(super) fn helped(
    line: &Line<'_>,
    start: usize,
    (mut first, last): (usize, usize),
) -> (usize, usize) {
    while first > start && helps(line, first - 1) {
        first -= 1;
    }
    (first, last)
}

fn helps(line: &Line<'_>, at: usize) -> bool {
    let word = &line.words[at];
    let lower = word.case == Case::Lower && !word.quoted;
    lower && (word.is(class::AUX | class::NOT | class::ADVERB) || manner(line, at))
}

/// Widens the cue and the name of every quote. They stay in their sentence and outside of its words.
pub(crate) fn widen(lines: &[Line<'_>], quotes: &mut [Quote]) {
    for quote in quotes {
        let Some(cue) = quote.cue else { continue };
        let Some(line) = line_of(lines, cue) else { continue };
        let wide = group(line, cue);
        quote.by = quote.by.map(|by| who(line, by, wide).unwrap_or_else(|| apposed(line, by, cue)));
        let free = |span: Span| {
            let said = quote.parts.iter().any(|part| part.overlaps(span) && !part.overlaps(cue));
            !said && quote.by.is_none_or(|by| !by.overlaps(span))
        };
        let before = Span { start: wide.start, end: cue.end };
        let after = Span { start: cue.start, end: wide.end };
        let start = if free(before) { before.start } else { cue.start };
        let end = if free(after) { after.end } else { cue.end };
        quote.cue = Some(Span { start, end });
    }
}

fn line_of<'l, 'a>(lines: &'l [Line<'a>], span: Span) -> Option<&'l Line<'a>> {
    let at = line_at(lines, span.start);
    lines.get(at).filter(|line| line.span.contains(span))
}

/// The cue with auxiliaries, negation and adverbs before it, and with the words behind it that say
/// how, when or in what it was said, up to a colon.
fn group(line: &Line<'_>, cue: Span) -> Span {
    let words = &line.words;
    let (mut first, last) = (line.word_at(cue.start), line.word_at(cue.end - 1));
    let Some(sentence) = sentence_of(line, first) else { return cue };
    let verb = words[last].verb.is_some() && words[last].letters();
    if !verb {
        return cue;
    }
    (first, _) = helped(line, sentence.start, (first, last));
    let mut end = last + 1;
    while end < sentence.end && !words[end].quoted {
        let word = &words[end];
        let day = word.is(class::TIME) && word.capital() && !word.is(class::MONTH);
        if day || word.case == Case::Lower && manner(line, end) {
            end += 1;
        } else if let Some(after) = said_in(line, end, sentence.end) {
            end = after;
        } else {
            break;
        }
    }
    if end < sentence.end && words[end].at(':') {
        end += 1;
    }
    line.stretch(first, end - 1)
}

/// An adverb that says how: by its ending, if it is nothing else.
pub(super) fn manner(line: &Line<'_>, at: usize) -> bool {
    let word = &line.words[at];
    word.ends(Ending::Adverb) && word.traits == 0 && word.verb.is_none() && !word.is(class::TIME)
}

/// One past "in a statement", "in an interview", if words of the kind begin here.
fn said_in(line: &Line<'_>, at: usize, limit: usize) -> Option<usize> {
    let word = &line.words[at];
    if word.case != Case::Lower || !word.is(class::PREP) {
        return None;
    }
    public::occasion(line, at, limit).or_else(|| public::public(line, at, limit))
}

/// The name with the comma that closes its apposition.
fn apposed(line: &Line<'_>, by: Span, cue: Span) -> Span {
    let (first, last) = (line.word_at(by.start), line.word_at(by.end - 1));
    let words = &line.words;
    let apposition = (first..last).any(|k| words[k].at(','));
    let next = words.get(last + 1).filter(|w| apposition && w.at(',') && !w.quoted);
    let held = |comma: &Span| by.end <= cue.start && comma.end <= cue.start;
    next.map(|w| w.span).filter(held).map_or(by, |comma| by.hull(comma))
}

fn sentence_of(line: &Line<'_>, word: usize) -> Option<std::ops::Range<usize>> {
    let at = line.sentences.partition_point(|s| s.end <= word);
    line.sentences.get(at).cloned()
}
