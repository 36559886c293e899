//! What a stance is about: where its words end.

use headwater_page::Span;

use crate::lexicon::class;
use crate::quote::clause::{ending, trimmed};
use crate::quote::public;
use crate::quote::subject::verbal;
use crate::sentence::{Case, Line};

/// The words from `first` that a noun phrase with all that hangs on it holds.
pub(super) fn object(line: &Line<'_>, first: usize, limit: usize) -> Option<Span> {
    let end = phrase_end(line, first, ending(line, first, limit));
    trimmed(line, first, untimed(line, first, end))
}

/// The words from `first` that a clause, or "to" and a verb, holds.
pub(super) fn clause(line: &Line<'_>, first: usize, limit: usize) -> Option<Span> {
    trimmed(line, first, ending(line, first, limit))
}

/// One past the phrase: before a mark that opens another clause, before a second verb, before a
/// comma that no list goes on after.
fn phrase_end(line: &Line<'_>, first: usize, limit: usize) -> usize {
    let words = &line.words;
    for ix in first + 1..limit {
        let word = &words[ix];
        if word.quoted {
            continue;
        }
        let stop = matches!(word.case, Case::Mark(';' | ':' | '—' | '–' | '(' | '?' | '!'));
        let dash = word.at('-') && words[ix - 1].span.end < word.span.start;
        if stop || dash || word.at(',') && !lists(line, ix, limit) {
            return ix;
        }
        let joined = word.is(class::COORD) && ix + 1 < limit;
        let verb =
            |k: usize| verbal(line, k) && !words[k].is(class::STANCE) || words[k].is(class::MODAL);
        if joined && !words[ix + 1].quoted && (verb(ix + 1) || word.is(class::CONTRARY)) {
            return ix;
        }
        if word.is(class::SUB) && !word.is(class::PREP) && word.case == Case::Lower {
            return ix;
        }
    }
    limit
}

/// Whether the comma at `ix` stands in a list: "guns, taxes and schools".
fn lists(line: &Line<'_>, ix: usize, limit: usize) -> bool {
    let words = &line.words;
    let next = ix + 1;
    if next >= limit {
        return false;
    }
    let plain = |k: usize| {
        let word = &words[k];
        word.letters()
            && !word.is(class::AUX | class::PRONOUN | class::SUB | class::REL | class::WHO)
            || word.case == Case::Possessive
            || word.at(',')
    };
    let joined =
        (next..limit).take(9).take_while(|&k| plain(k)).find(|&k| words[k].is(class::COORD));
    joined.is_some_and(|k| {
        let verb = |m: usize| verbal(line, m);
        k > next
            && words.get(k + 1).is_some_and(|w| w.letters() && k + 1 < limit)
            && !verb(k + 1)
            && !(next..k).any(verb)
            && !words[k].is(class::CONTRARY)
    }) || words[next].is(class::COORD) && (ix.saturating_sub(8)..ix).any(|k| words[k].at(','))
}

/// `end` without words at the end that say when, or where it was said.
fn untimed(line: &Line<'_>, first: usize, end: usize) -> usize {
    let words = &line.words;
    let occasion = (first + 1..end).find(|&k| {
        !words[k].quoted && words[k].is(class::PREP) && words[k].case == Case::Lower && {
            let said = public::occasion(line, k, end).or_else(|| public::public(line, k, end));
            said.is_some()
        }
    });
    let mut end = occasion.unwrap_or(end);
    loop {
        let Some(last) = end.checked_sub(1).filter(|&k| k > first) else { return end };
        let word = &words[last];
        let day = word.is(class::TIME) && !word.is(class::PREP) && !word.quoted;
        if day && word.capital() && !word.is(class::MONTH) {
            end = last;
            if words[end - 1].is(class::PREP) && end - 1 > first {
                end -= 1;
            }
        } else {
            return end;
        }
    }
}
