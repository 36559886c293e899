//! Lines that attribute as headlines do: "…: Report", "…, officials say", "Report: …", "Lund: …".

use crate::fold;
use crate::lexicon::{Manner, class, takes, traits};
use crate::sentence::{Case, Line, Word};

use super::clause::trimmed;
use super::subject::{Np, phrase, subject_of_sentence, verbal};
use super::{Acts, Draft, Like, clause};

/// Words of a headline at most: longer lines are prose.
const LONGEST: usize = 32;

/// Appends what a headline or speaker line attributes. Returns whether the line is done with.
///
/// Must match: "Dam may fail: Report"; "Dam may fail, officials say"; "Dam may fail, says Lund";
/// "LUND: We will wait.". Must not: "Lund said the dam may fail."
pub(super) fn frames(ix: usize, line: &Line<'_>, headline: bool, found: &mut Vec<Draft>) -> bool {
    let words = &line.words;
    let n = words.len();
    let stopped =
        words.last().is_some_and(|w| matches!(w.case, Case::Mark('.' | '!' | '?' | '"' | '”')));
    let short = n <= LONGEST && (headline || !stopped);
    let draft = |first, end, by: Np, cue, rule| {
        let part = trimmed(line, first, end)?;
        Some(Draft {
            line: ix,
            sentence: 0,
            parts: vec![part],
            by: Some(by),
            cue: Some(cue),
            manner: Manner::Say,
            rule,
            speaker: None,
            told: None,
            like: None,
        })
    };
    let mut hit = None;
    if short && n >= 5 {
        hit = hit.or_else(|| {
            let colon = (n.saturating_sub(5)..n - 1).rev().find(|&k| {
                words[k].at(':') || words[k].at('-') || words[k].at('–') || words[k].at('—')
            })?;
            let by = Np::new(line, colon + 1, n - 1);
            let speaks = traits::REPORT | traits::ROLES | traits::ROLE | traits::DOCUMENT;
            let source = words[n - 1].has(speaks)
                || words[n - 1].has(traits::OFFICE) && words[colon].at(':');
            (source && colon >= 3)
                .then(|| draft(0, colon, by, words[colon].span, "headline-colon"))
                .flatten()
        });
        hit = hit.or_else(|| {
            let verb =
                words[n - 1].verb.filter(|v| v.takes(takes::CLAUSE) || v.takes(takes::AFTER))?;
            let _ = verb;
            let comma = (n.saturating_sub(12)..n - 1).rev().find(|&k| words[k].at(','))?;
            let by = phrase_titled(line, comma + 1, n - 2)?;
            (comma >= 3).then(|| draft(0, comma, by, words[n - 1].span, "headline-says")).flatten()
        });
        hit = hit.or_else(|| {
            let verb = (1..n - 1).rev().take(14).find(|&k| {
                words[k].verb.is_some_and(|v| v.takes(takes::AFTER)) && words[k - 1].at(',')
            })?;
            let by = phrase_titled(line, verb + 1, n - 1)?;
            (verb >= 4)
                .then(|| draft(0, verb - 1, by, words[verb].span, "headline-inverted"))
                .flatten()
        });
    }
    hit = hit.or_else(|| {
        // A quotation with the speaker's name after a dash.
        let dash = (n.saturating_sub(9)..n.saturating_sub(1)).find(|&k| {
            matches!(words[k].case, Case::Mark('―' | '—' | '–' | '-')) && !words[k].quoted
        })?;
        let whole = words[..dash].iter().all(|w| w.quoted || w.mark()) && dash > 2;
        let name = words.get(dash + 1).is_some_and(Word::capital) && !words[n - 1].at('.');
        let quotation = line.quotations.first().filter(|_| whole && name)?;
        let mut draft =
            draft(0, dash, Np::new(line, dash + 1, n - 1), words[dash].span, "dash-name")?;
        draft.parts = vec![quotation.span];
        Some(draft)
    });
    hit = hit.or_else(|| {
        let colon = (1..n.min(8)).find(|&k| words[k].at(':'))?;
        let name = &words[..colon];
        let shout =
            name.iter().all(|w| w.case == Case::Upper || w.mark() || w.is(class::ABBREVIATION));
        // "LOOKING AHEAD: The mill …": a label, unless a person stands there or speaks of herself.
        let named = traits::FIRST | traits::TITLE | traits::ROLE;
        // "MOSCOW: The ship sank": where it was written.
        let places = &line.language.places;
        let place = !name[0].has(traits::FIRST)
            && places.country(&fold::fold(line.stretch(0, colon - 1).of(line.text))).is_some();
        let shout = shout
            && !place
            && (colon == 1
                || name.iter().any(|w| w.has(named) || w.mark() || w.is(class::ABBREVIATION))
                || words[colon..].iter().any(|w| w.is(class::SELF)));
        let report = headline
            && name.iter().all(Word::letters)
            && words[colon - 1].has(traits::REPORT | traits::ROLES | traits::DOCUMENT)
            && colon <= 3;
        let person = headline
            && colon <= 3
            && name[0].has(traits::FIRST | traits::TITLE)
            && name.iter().all(Word::capital);
        let quoted = words.get(colon + 1).is_some_and(|w| w.quoted)
            && name.iter().all(Word::capital)
            && headline;
        if !(shout && !headline || report || person || quoted) || n - colon < 4 {
            return None;
        }
        // "ALDHELM: Ada Lund (Independent)": a list says nothing.
        let says = |k: usize| words[k].is(class::MODAL | class::PRONOUN) || verbal(line, k);
        if shout && !headline && !(stopped && (colon + 1..n).any(says)) {
            return None;
        }
        let by = Np::new(line, 0, colon - 1);
        let end = if shout { n } else { clause::ending(line, colon + 1, n) };
        let mut draft = draft(colon + 1, end, by, words[colon].span, "speaker-line")?;
        // A transcript's words end with their own point.
        if shout {
            draft.parts = vec![line.stretch(colon + 1, n - 1)];
        }
        Some(draft)
    });
    let done = hit.is_some();
    found.extend(hit);
    done
}

/// Lines that a speaker's name opens, as interviews are printed: the same one opens another.
const TURNS: usize = 4;

/// The lines of an interview that a speaker's name and a colon open, in order; none where fewer
/// than a few do.
///
/// Must match: "Lund: We will wait." three times and "Gazette: Why?". Must not: "Age: 45".
pub(super) fn answering(lines: &[Line<'_>]) -> Vec<usize> {
    let named = lines.iter().enumerate().filter_map(|(ix, line)| Some((opener(line)?, ix)));
    let mut named = named.collect::<Vec<_>>();
    named.sort_unstable();
    let again = |n: usize| {
        let same = |other: Option<&(&str, usize)>| other.is_some_and(|it| it.0 == named[n].0);
        same(named.get(n + 1)) || same(n.checked_sub(1).and_then(|n| named.get(n)))
    };
    let mut turns = (0..named.len()).filter(|&n| again(n)).map(|n| named[n].1).collect::<Vec<_>>();
    turns.sort_unstable();
    if turns.len() < TURNS { Vec::new() } else { turns }
}

/// The name and colon that open a line, without the colon.
fn opener<'a>(line: &Line<'a>) -> Option<&'a str> {
    let words = &line.words;
    let colon = (1..words.len().min(6)).find(|&k| words[k].at(':'))?;
    let named = words[..colon].iter().all(|w| w.capital() && !w.is(class::TIME) && !w.quoted);
    let single = colon == 1 && words[0].span.len() < 2;
    let says = words.len() > colon + 2
        && words[colon + 1].letters()
        && words
            .last()
            .is_some_and(|w| w.quoted || matches!(w.case, Case::Mark('.' | '!' | '?' | '…')));
    (named && !single && says).then(|| line.stretch(0, colon - 1).of(line.text))
}

/// Whoever answers in the lines that "A:" opens: whom the lines before the first question are about.
/// None where fewer than two lines are so opened.
///
/// Must match: "Oduya keeps the dam.", "Q: Why?", "A: It is late.", "A: It holds.". Must not: "A: one".
pub(super) fn asked(lines: &[Line<'_>]) -> Option<(usize, Np)> {
    let turn = |line: &Line<'_>, class| {
        line.words.len() > 3 && line.words[0].is(class) && line.words[1].at(':')
    };
    let first = lines.iter().position(|line| turn(line, class::QUESTION | class::ANSWER))?;
    if lines.iter().filter(|line| turn(line, class::ANSWER)).count() < 2 {
        return None;
    }
    let about = |line: &Line<'_>| {
        let mut subjects = line
            .sentences
            .iter()
            .rev()
            .filter_map(|sentence| subject_of_sentence(line, sentence.start, sentence.end));
        subjects.find(|np| line.words[np.first].capital() && !np.pronoun(line))
    };
    let before = lines[..first].iter().enumerate().rev();
    before.into_iter().find_map(|(ix, line)| Some((ix, about(line)?)))
}

/// Appends the answer that a line of an interview is, if "A:" opens it.
pub(super) fn lettered(
    ix: usize,
    line: &Line<'_>,
    (from, by): (usize, Np),
    found: &mut Vec<Draft>,
) -> bool {
    let words = &line.words;
    if words.len() < 4 || !words[0].is(class::ANSWER | class::QUESTION) || !words[1].at(':') {
        return false;
    }
    // What is asked is nobody's word.
    if words[0].is(class::ANSWER) {
        found.push(Draft {
            line: ix,
            sentence: 0,
            parts: vec![line.stretch(2, words.len() - 1)],
            by: None,
            cue: None,
            manner: Manner::Say,
            rule: "answer",
            speaker: None,
            told: None,
            like: Some(Like { line: from, by, role: Acts::Did, cue: None }),
        });
    }
    true
}

/// Appends what the speaker who opens an interview's line says in it.
pub(super) fn answer(ix: usize, line: &Line<'_>, found: &mut Vec<Draft>) -> bool {
    let words = &line.words;
    let Some(colon) = (1..words.len()).find(|&k| words[k].at(':')) else { return false };
    let part = line.stretch(colon + 1, words.len() - 1);
    found.push(Draft {
        line: ix,
        sentence: 0,
        parts: vec![part],
        by: Some(Np::new(line, 0, colon - 1)),
        cue: Some(words[colon].span),
        manner: Manner::Say,
        rule: "interview",
        speaker: None,
        told: None,
        like: None,
    });
    true
}

/// A noun phrase in a headline, where lower-case rules do not hold.
fn phrase_titled(line: &Line<'_>, first: usize, last: usize) -> Option<Np> {
    if first > last {
        return None;
    }
    let np = phrase(line, first, last).unwrap_or_else(|| Np::new(line, first, last));
    np.somebody(line).then(|| Np::new(line, first, last)).filter(|_| last - first < 10)
}
