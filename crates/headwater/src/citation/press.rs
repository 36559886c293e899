//! Press: outlets that prose credits without a clause of their own.
//!
//! Must match: "the Lantern's Ada Oduya wrote of the dam"; "Oduya explained at the Lantern"; "a
//! Lantern article last summer"; "in an interview with the Lantern"; "excerpts published Thursday by
//! the Lantern"; "she was quoted by the Lantern as saying"; "a critic in the daily Lantern said".
//! Must not: "the Lantern's offices were sold"; "she works at the Lantern"; "the Lantern building".

use headwater_page::Span;

use crate::lexicon::{Tense, class, takes, traits};
use crate::name::{PartyIx, SourceKind};
use crate::quote::subject_before;
use crate::sentence::{Case, Word};

use super::{Desk, How, Sentence, clause_around};

/// Words between an outlet and what shows that it is cited, at most.
const REACH: usize = 8;

/// An outlet's mention as words of a line.
#[derive(Clone, Copy)]
struct Mention {
    party: PartyIx,
    span: Span,
    first: usize,
    last: usize,
}

impl<'l> Desk<'_, 'l> {
    /// Cites the outlets of one sentence that no other rule has found there.
    pub(super) fn press(&mut self, s: Sentence<'l>) {
        let sentence = s.line.sentence(s.ix);
        let named = self.crowd.within(sentence);
        let press = |ix| matches!(self.crowd.get(ix).kind, SourceKind::Outlet | SourceKind::Agency);
        let named = named.filter(|&(_, ix)| press(ix) && !self.crowd.own(ix)).collect::<Vec<_>>();
        for (span, party) in named {
            let (first, last) = (s.line.word_at(span.start), s.line.word_at(span.end - 1));
            let here = self.at.range((sentence.start, 0)..(sentence.end, 0));
            let known = here.map(|&(_, ix)| &self.found[ix]).any(|c| {
                (c.source == Some(party) || c.told == Some(party)) && sentence.contains(c.cue)
            });
            if known || s.line.words[first].quoted {
                continue;
            }
            let at = Mention { party, span, first, last };
            if let Some(cue) = heard(s, at) {
                self.heard(s, at, cue);
            } else if let Some(cue) = credited(s, at) {
                self.credit(s, at, cue);
            }
        }
    }

    /// Cites the outlet by the word `cue`. Where its own reporter was taken for the source, the
    /// outlet is the source; where somebody else wrote there, both are.
    fn credit(&mut self, s: Sentence<'l>, at: Mention, cue: usize) {
        let words = &s.line.words;
        let covers = vec![clause_around(s, cue)];
        let Some(known) = self.over(words[cue].span) else {
            let cue = words[cue].span;
            return self.push(How::Reported, Some(at.party), cue, Some(at.span), covers, "press");
        };
        let known = &mut self.found[known];
        let its_own = known
            .name
            .is_some_and(|name| name.hull(at.span).len() < name.len() + at.span.len() + 6);
        if its_own && matches!(known.how, How::Told | How::Reported) {
            (known.source, known.name) = (Some(at.party), Some(at.span));
            known.how = How::Reported;
        } else if let Some(prep) = before(s, at.first).filter(|&k| k != cue) {
            let cue = words[prep].span;
            self.push(How::Reported, Some(at.party), cue, Some(at.span), covers, "press");
        }
    }

    /// "told the Lantern", "opened up to the Lantern": whoever spoke is the source.
    fn heard(&mut self, s: Sentence<'l>, at: Mention, cue: usize) {
        let by = subject_before(s.line, s.start, cue);
        let source = by.and_then(|by| self.crowd.party(s.line, by));
        let Some(source) = source.filter(|&source| !self.crowd.own(source)) else {
            let covers = vec![clause_around(s, cue)];
            let cue = s.line.words[cue].span;
            return self.push(How::Reported, Some(at.party), cue, Some(at.span), covers, "press");
        };
        let name = by.map(|by| by.span(s.line));
        let span = s.line.words[cue].span;
        if let Some(known) = self.with_cue(span) {
            self.found[known].told.get_or_insert(at.party);
            return;
        }
        self.push(How::Told, Some(source), span, name, vec![clause_around(s, cue)], "heard");
        if let Some(citation) = self.found.last_mut().filter(|c| c.cue == span) {
            citation.told = Some(at.party);
        }
    }
}

/// The verb by which somebody spoke to the outlet.
fn heard(s: Sentence<'_>, at: Mention) -> Option<usize> {
    let words = &s.line.words;
    let before = before(s, at.first)?;
    if told(&words[before]) {
        return Some(before);
    }
    let to = words[before].is(class::TO) || s.line.word(before).eq_ignore_ascii_case("with");
    to.then(|| (s.start..before).rev().take(3).find(|&k| words[k].is(class::SPOKE))).flatten()
}

/// Whether a verb's addressee follows it.
fn told(word: &Word) -> bool {
    let told = |tense| matches!(tense, Tense::Past | Tense::Third | Tense::Ing);
    word.case == Case::Lower
        && word.verb.is_some_and(|v| v.takes(takes::ADDRESSEE | takes::QUOTE) && told(v.tense))
}

/// The word that shows that the outlet is cited.
fn credited(s: Sentence<'_>, at: Mention) -> Option<usize> {
    owned(s, at).or_else(|| piece_after(s, at)).or_else(|| states(s, at)).or_else(|| placed(s, at))
}

/// "the Lantern's Ada Oduya wrote", "writes the Lantern's Ada Oduya", "the Lantern's report".
fn owned(s: Sentence<'_>, at: Mention) -> Option<usize> {
    let words = &s.line.words;
    let next = at.last + 1;
    let mark = words.get(next).filter(|_| next < s.end)?;
    if mark.case != Case::Possessive && !mark.at('\'') && !mark.at('’') {
        return None;
    }
    let first = next + 1;
    let own = words.get(first).filter(|w| first < s.end && w.letters() && !w.quoted)?;
    if !own.capital() {
        // "its report", "its recent investigation": what was printed, within two words.
        return (first..s.end)
            .take(3)
            .take_while(|&k| words[k].letters() && !words[k].is(class::PREP))
            .find(|&k| piece(&words[k]));
    }
    let end = (first..s.end).take(REACH).find(|&k| {
        !(words[k].capital() || words[k].has(traits::PARTICLE) || words[k].is(class::COORD))
    });
    let after = end.and_then(|end| speech(s, end));
    let printed = || speech_before(s, at.first);
    let spoke = || {
        let before = before(s, at.first)?;
        let noun = before.checked_sub(1).filter(|&k| k >= s.start)?;
        (words[before].is(class::PREP) && piece(&words[noun])).then_some(noun)
    };
    after.or_else(printed).or_else(spoke)
}

/// "a Lantern article", "the Lantern investigation", "a Lantern reporter wrote".
fn piece_after(s: Sentence<'_>, at: Mention) -> Option<usize> {
    let words = &s.line.words;
    let next = at.last + 1;
    let noun = words.get(next).filter(|w| next < s.end && w.case == Case::Lower && !w.quoted)?;
    if piece(noun) && !noun.is(class::AUX) && noun.verb.is_none_or(|_| in_phrase(s, at.first)) {
        return Some(next);
    }
    let role = noun.has(traits::ROLE | traits::ROLES);
    let opens = words.get(next + 1).is_some_and(|w| w.at(':'));
    role.then(|| speech(s, next + 1).or(opens.then_some(next))).flatten()
}

/// "the Lantern cited a poll", "as the Lantern put it": a verb of report right behind.
fn states(s: Sentence<'_>, at: Mention) -> Option<usize> {
    let words = &s.line.words;
    if in_phrase(s, at.first) && words[before(s, at.first)?].is(class::PREP) {
        return None;
    }
    speech(s, at.last + 1)
}

/// "wrote in the Lantern", "a report in the Lantern", "published Thursday by the Lantern", "a
/// critic in the Lantern said".
fn placed(s: Sentence<'_>, at: Mention) -> Option<usize> {
    let words = &s.line.words;
    let prep = before(s, at.first)?;
    let before = prep.checked_sub(1).filter(|&k| k >= s.start)?;
    if !words[prep].is(class::PREP) || words[prep].quoted {
        return speech_before(s, at.first);
    }
    let passive = words[prep].is(class::BY);
    let last = (s.start..=before)
        .rev()
        .take(4)
        .find(|&k| !(words[k].is(class::TIME) || words[k].is(class::ADVERB)))?;
    let word = &words[last];
    let reports = word.verb.is_some_and(|v| v.takes(takes::REPORT));
    if passive {
        let seen = reports || word.is(class::PUBLISHED | class::QUOTED);
        return (seen || piece(word)).then_some(last);
    }
    let to = words[prep].is(class::TO);
    let wrote = word.case == Case::Lower
        && !to
        && word.verb.is_some_and(|v| {
            v.takes(takes::THAT | takes::AFTER)
                && matches!(v.tense, Tense::Past | Tense::Third | Tense::Participle | Tense::Ing)
        })
        && !word.has(traits::DOCUMENT);
    let person = word.capital() || word.has(traits::ROLE | traits::ROLES);
    let then = || speech(s, at.last + 1);
    if wrote || piece(word) && !to {
        Some(last)
    } else if person && !to {
        then()
    } else {
        None
    }
}

/// Whether a word is something printed: "report", "interview", "op-ed".
fn piece(word: &Word) -> bool {
    word.case == Case::Lower
        && (word.is(class::PIECE) || word.has(traits::REPORT))
        && !word.is(class::MODAL)
}

/// The finite verb of speech at word `from`, a comma and adverbs aside.
fn speech(s: Sentence<'_>, from: usize) -> Option<usize> {
    let words = &s.line.words;
    let light = |k: &usize| {
        words[*k].at(',') || words[*k].is(class::ADVERB | class::AUX) || s.line.word(*k) == "first"
    };
    let at = (from..s.end).take(4).find(|k| !light(k))?;
    let word = &words[at];
    let finite = |tense| matches!(tense, Tense::Past | Tense::Third | Tense::Participle);
    let says =
        word.verb.is_some_and(|v| finite(v.tense) && v.takes & (takes::AFTER | takes::REPORT) != 0);
    let passive = (from..at).any(|k| words[k].is(class::BE));
    let speaks = word.case == Case::Lower && !word.quoted && !passive;
    (speaks && (says || word.is(class::QUOTED))).then_some(at)
}

/// The verb of speech before the name, when its words stand before it: ", writes the Lantern".
fn speech_before(s: Sentence<'_>, first: usize) -> Option<usize> {
    let words = &s.line.words;
    let at = before(s, first)?;
    let word = &words[at];
    let says = word
        .verb
        .is_some_and(|v| v.takes(takes::AFTER) && matches!(v.tense, Tense::Past | Tense::Third));
    let prev = at.checked_sub(1).filter(|&k| k >= s.start)?;
    let closes = words[prev].at(',') || words[prev].quoted;
    (says && closes && word.case == Case::Lower && !word.quoted).then_some(at)
}

/// The word before the noun phrase that holds the name: its article and modifiers are passed over.
fn before(s: Sentence<'_>, first: usize) -> Option<usize> {
    let words = &s.line.words;
    let modifies = |k: usize| {
        let word = &words[k];
        word.letters()
            && !word.quoted
            && !word.is(class::PREP | class::COORD | class::AUX | class::SUB | class::PRONOUN)
            && word.verb.is_none()
            && !word.is(class::QUOTED | class::PUBLISHED | class::SPOKE | class::TIME)
    };
    // Modifiers belong to the name where a word for a paper stands among them.
    let paper = (s.start..first)
        .rev()
        .take(REACH)
        .take_while(|&k| modifies(k) || words[k].is(class::ARTICLE))
        .filter(|&k| words[k].has(traits::PAPER))
        .last();
    let mut from = first;
    if paper.is_some() {
        while from > s.start && first - from < REACH && modifies(from - 1) {
            from -= 1;
        }
    }
    while from > s.start && words[from - 1].is(class::DET) && !words[from - 1].is(class::THAT) {
        from -= 1;
    }
    from.checked_sub(1).filter(|&k| k >= s.start)
}

/// Whether a preposition or determiner opens the phrase of the name.
fn in_phrase(s: Sentence<'_>, first: usize) -> bool {
    let words = &s.line.words;
    first > s.start && words[first - 1].is(class::DET | class::PREP)
}
