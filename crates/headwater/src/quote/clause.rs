//! Which words are said: where the attributed clause begins and ends.

use headwater_page::Span;

use crate::lexicon::{Ending, Tense, Verb, class, takes, traits};
use crate::sentence::{Case, Line, Word};

use super::subject::verbal;

/// Words `first..end` of a line as a span without commas, colons and a final point around it.
/// None if no word is left.
pub(super) fn trimmed(line: &Line<'_>, mut first: usize, mut end: usize) -> Option<Span> {
    let words = &line.words;
    let edge = |ix: usize| {
        !words[ix].quoted
            && matches!(words[ix].case, Case::Mark(',' | ':' | ';' | '.' | '—' | '–' | '-'))
    };
    while first < end && edge(first) {
        first += 1;
    }
    while first < end && edge(end - 1) {
        end -= 1;
    }
    (first < end).then(|| line.stretch(first, end - 1))
}

/// Where the words of a sentence begin that stand before their cue: after "But" and "However,".
pub(super) fn opening(line: &Line<'_>, start: usize, end: usize) -> usize {
    let words = &line.words;
    let mut first = start;
    while first < end && words[first].is(class::BUT) && !words[first].is(class::REL) {
        first += 1;
        if first < end && words[first].at(',') {
            first += 1;
        }
    }
    first
}

/// Where the clause that begins with word `from` ends: before the next attribution of the same
/// sentence (", adding that", " but said", ", according to", ", citing"), at the latest at `limit`.
pub(super) fn ending(line: &Line<'_>, from: usize, limit: usize) -> usize {
    let words = &line.words;
    for ix in from + 1..limit {
        let word = &words[ix];
        let next = words.get(ix + 1).filter(|_| ix + 1 < limit);
        if word.quoted {
            // `it is "old," adding that`: the comma stands inside of the marks.
            let closes = word.mark() && words[ix - 1].at(',') && next.is_some_and(|w| !w.quoted);
            let adds = |v: Verb| v.tense == Tense::Ing && v.takes(takes::AFTER);
            if closes && next.is_some_and(|w| w.verb.is_some_and(adds)) {
                return ix + 1;
            }
            continue;
        }
        let speaks = |verb: Option<Verb>, tense: &[Tense]| {
            verb.is_some_and(|v| {
                tense.contains(&v.tense)
                    && v.takes & (takes::CLAUSE | takes::THAT | takes::OBJECT) != 0
                    && v.takes(takes::AFTER)
                    || verb.is_some_and(|v| {
                        tense == [Tense::Ing] && v.takes(takes::OBJECT) && v.tense == Tense::Ing
                    })
            })
        };
        if word.at(',') {
            let after = next.is_some_and(|w| {
                w.is(class::ACCORDING | class::ACCORDING_ALONE | class::CITING)
                    || speaks(w.verb, &[Tense::Ing])
            });
            // ", an offer that was refused": the reporter's own remark on what was said.
            let remark = next.is_some_and(|w| w.is(class::FRESH) && w.is(class::ARTICLE))
                && words.get(ix + 2).is_some_and(|w| ix + 2 < limit && w.is(class::NOUN));
            // ", and on Thursday the board met": a new main clause.
            let anew = next.is_some_and(|w| w.is(class::COORD))
                && words.get(ix + 2).is_some_and(|w| w.is(class::PREP))
                && words.get(ix + 3).is_some_and(|w| ix + 3 < limit && w.is(class::TIME));
            // ", but offered no proof": the reporter goes on.
            let but = next.is_some_and(|w| w.is(class::CONTRARY))
                && ix + 2 < limit
                && verbal(line, ix + 2);
            if after || remark || anew || but {
                return ix;
            }
        }
        if word.is(class::COORD) {
            let verb = next
                .and_then(|w| w.verb.filter(|_| w.case == Case::Lower && !w.has(traits::DOCUMENT)));
            if speaks(verb, &[Tense::Past, Tense::Third]) {
                return if words[ix - 1].at(',') { ix - 1 } else { ix };
            }
            let later = words.get(ix + 2).filter(|_| ix + 2 < limit);
            let who = next.is_some_and(|w| w.is(class::HE | class::SHE | class::IT | class::THEY));
            if who
                && words[ix - 1].at(',')
                && speaks(later.and_then(|w| w.verb), &[Tense::Past, Tense::Third])
            {
                return ix - 1;
            }
        }
        if word.is(class::ACCORDING_ALONE)
            || word.is(class::ACCORDING) && next.is_some_and(|w| w.is(class::TO))
        {
            return ix;
        }
    }
    limit
}

/// Skips what may stand between a verb and its words: whom it was told to, when, where.
pub(super) fn after(line: &Line<'_>, verb: usize, limit: usize, frame: Verb) -> usize {
    let words = &line.words;
    let mut at = verb + 1 + usize::from(words[verb].is(class::PHRASAL));
    // "made it clear"
    let twice = at < limit && at == verb + 2 && words[at - 1].is(class::IT);
    at += usize::from(twice && words[at].is(class::ALONG) && !words[at].is(class::PREP));
    if frame.takes(takes::ADDRESSEE) {
        at = addressee(line, at, limit);
    }
    while at < limit {
        let word = &words[at];
        let next = words.get(at + 1).filter(|_| at + 1 < limit);
        if word.quoted {
            break;
        }
        if word.is(class::TIME) && word.case != Case::Lower
            || word.is(class::TIME) && next.is_some_and(|w| w.is(class::TIME))
            || word.is(class::ADVERB) && !word.is(class::AUX | class::PREP)
            || word.case == Case::Digits && at > verb + 1 && words[at - 1].is(class::MONTH)
            || word.is(class::TIME) && at > verb + 1 && words[at - 1].is(class::TIME)
            || word.is(class::TIME) && word.case == Case::Lower && at == verb + 1
        {
            at += 1;
        } else if word.is(class::PREP) && next.is_some_and(|w| w.is(class::TIME)) {
            at += 2;
        } else if let Some(end) =
            super::public::public(line, at, limit).filter(|_| word.is(class::PREP))
        {
            at = end;
            // "in a statement to the harbour board", "on her site"
            while at < limit && words[at].is(class::PREP) && !words[at].quoted {
                let name = words.get(at + 1).is_some_and(|w| w.capital() || w.is(class::DET));
                let upto = (at + 1..limit).take(8).find(|&k| {
                    words[k].mark() || words[k].is(class::THAT | class::PRONOUN) || words[k].quoted
                });
                match upto.filter(|_| name) {
                    Some(upto) => at = upto,
                    None => break,
                }
            }
            // "in a statement posted on its site that"
            let posted = |w: &Word| {
                let past = matches!(w.verb.map(|v| v.tense), Some(Tense::Past | Tense::Participle));
                w.case == Case::Lower && !w.quoted && past
            };
            if words.get(at).is_some_and(|w| at < limit && posted(w)) {
                let plain = (at + 1..limit).take(14).take_while(|&k| !words[k].mark());
                at = plain.into_iter().find(|&k| words[k].is(class::THAT)).unwrap_or(at);
            }
        } else if word.at(',') && aside(line, at, limit).is_some() {
            at = aside(line, at, limit).unwrap_or(limit);
        } else {
            break;
        }
    }
    conjunction(line, at, limit).unwrap_or(at)
}

/// The comma before the clause of the verb, where the language sets every clause off by one: what
/// stands between says when, where and with which particle ("teilte am Abend mit, dass").
fn conjunction(line: &Line<'_>, from: usize, limit: usize) -> Option<usize> {
    let words = &line.words;
    // "Informó la semana pasada de que": a preposition before the conjunction.
    let is_that = |k: usize| words[k].is(class::THAT) && !words[k].is(class::DET);
    let near = (from..limit).take(NEAR).take_while(|&k| !words[k].mark() && !words[k].quoted);
    let led = near.skip(1).find(|&k| is_that(k) && words[k - 1].is(class::OF));
    if led.is_some() {
        return led;
    }
    let comma = (from..limit).take(ADJUNCTS).find(|&k| words[k].mark() || words[k].quoted)?;
    let that = words.get(comma + 1).filter(|_| comma + 1 < limit)?.is(class::THAT | class::WHETHER);
    let finite = (from..comma).any(|k| words[k].is(class::AUX | class::PAST));
    let fits = line.language.cues.comma_clauses && words[comma].at(',') && that && !finite;
    fits.then_some(comma)
}

/// The same without a comma.
const NEAR: usize = 7;
/// Words between a verb and its clause that are looked through; not swept.
const ADJUNCTS: usize = 20;

/// One past ", local time," and the like.
fn aside(line: &Line<'_>, comma: usize, limit: usize) -> Option<usize> {
    let words = &line.words;
    let close = (comma + 1..limit).take(4).find(|&k| words[k].at(','))?;
    let light = |k: usize| {
        words[k].is(class::TIME)
            || words[k].case == Case::Lower && !words[k].is(class::PRONOUN | class::THAT)
    };
    (close > comma + 1 && (comma + 1..close).all(light)).then_some(close + 1)
}

/// One past the addressee of "told": a name, a pronoun, a group.
fn addressee(line: &Line<'_>, from: usize, limit: usize) -> usize {
    let words = &line.words;
    let mut at = from;
    if at >= limit || words[at].quoted {
        return at;
    }
    if words[at].is(class::PRONOUN) && !words[at].is(class::DET) {
        return at + 1;
    }
    if words[at].is(class::THAT) {
        return at;
    }
    if words[at].is(class::DET) {
        at += 1;
    }
    let mut named = false;
    while at < limit && at < from + 14 {
        let word = &words[at];
        if word.quoted
            || word.is(class::THAT | class::PRONOUN | class::AUX | class::WHETHER)
            || word.mark() && word.case != Case::Mark('&')
        {
            break;
        }
        // "told the Crail Post and Courier"
        let next = words.get(at + 1).filter(|_| at + 1 < limit);
        let joined = word.is(class::COORD | class::OF) && next.is_some_and(Word::capital);
        if named && joined && named_on(line, at, limit) {
            at += 1;
            continue;
        }
        if named && !word.capital() && word.case != Case::Possessive {
            break;
        }
        if word.capital() && !word.is(class::TIME) {
            named = true;
        } else if word.has(traits::ROLE | traits::ROLES | traits::OFFICE | traits::MEDIA) {
            at += 1;
            break;
        } else if word.is(class::TIME | class::PREP) {
            break;
        }
        at += 1;
    }
    at.max(from)
}

/// Whether the name that goes on behind the "and" at `joint` is of whoever is told: the clause opens
/// with "that" or a determiner behind it, not with the name itself.
fn named_on(line: &Line<'_>, joint: usize, limit: usize) -> bool {
    let words = &line.words;
    let after = (joint + 1..limit).take(5).find(|&k| !words[k].capital());
    after.is_some_and(|k| words[k].verb.is_none() && !words[k].is(class::MODAL | class::PAST))
}

/// Whether words `from..end` hold a finite verb, as a clause must: an auxiliary or what looks like
/// a verb.
pub(super) fn finite(line: &Line<'_>, from: usize, end: usize) -> bool {
    let words = &line.words;
    let like = |k: usize| {
        let word = &words[k];
        let letters = line.word(k);
        word.is(class::MODAL)
            || word.is(class::PAST) && word.case == Case::Lower
            || word.verb.is_some()
            || word.case == Case::Lower
                && letters.len() > 3
                && (word.ends(Ending::Past) || word.ends(Ending::Plural) && k > from)
            || word.ends(Ending::Short)
            || word.case == Case::Possessive
            || letters.contains(['\'', '’'])
    };
    end.saturating_sub(from) >= 10 || (from..end).any(like)
}
