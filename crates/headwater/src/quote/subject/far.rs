//! Subjects that stand far from their verb, or that a participle or a "who" sets apart.
//!
//! Must match: "A report published on Monday said"; "Letters from the head of the mint show"; "The
//! memo, which says"; "The voters who had heard her say". Must not: "The report was published said".

use crate::lexicon::{Ending, class, traits};
use crate::sentence::{Case, Line, Word};

use super::{Np, idle, phrase, verbal};

/// Words between such a noun and its verb, at most; not swept.
const FAR_SUBJECT: usize = 20;

/// "the memo, which says", "in a report which found": the paper that the "which" at `ix` stands for.
pub(super) fn papered(line: &Line<'_>, start: usize, ix: usize) -> Option<Np> {
    let words = &line.words;
    let last = ix.checked_sub(1).filter(|&k| k >= start)?;
    let last =
        if words[last].at(',') { last.checked_sub(1).filter(|&k| k >= start)? } else { last };
    let speaks = traits::DOCUMENT | traits::REPORT;
    let noun = (start..=last).rev().take(8).take_while(|&k| !words[k].mark() && !words[k].quoted);
    let noun = noun.into_iter().find(|&k| words[k].has(speaks))?;
    let free = (noun + 1..=last).all(|k| !verbal(line, k) || participle(line, k));
    let np = phrase(line, start, noun).filter(|_| free)?;
    let whose = words[np.first..=noun].iter().any(|w| w.is(class::DET) || w.capital());
    whose.then_some(Np { last, ..np })
}

/// "A report published on Monday", "people briefed on the plan": the noun before the participle
/// that opens what ends with word `last`, if a paper or somebody is meant by it.
pub(super) fn participled(line: &Line<'_>, start: usize, last: usize, verb: usize) -> Option<Np> {
    let words = &line.words;
    // Words that say when it was published belong to it.
    let when = |k: &usize| !idle(line, *k) || words[*k].is(class::TIME);
    let last = (last + 1..verb).rev().find(when).unwrap_or(last);
    let near = (start + 1..=last).rev().take(12).take_while(|&k| !words[k].mark());
    let at = near.into_iter().find(|&k| participle(line, k))?;
    let noun = &words[at - 1];
    let who = traits::DOCUMENT | traits::REPORT | traits::ROLE | traits::ROLES;
    let free = (at + 1..=last).all(|k| !verbal(line, k) && !words[k].is(class::SUB));
    if !noun.has(who) || !free {
        return None;
    }
    Some(Np { last, ..phrase(line, start, at - 1)? })
}

/// "Letters from the head of the mint show": the plural noun that a plain verb at `verb` agrees with,
/// where the noun right before the verb is singular. Only nouns of people and papers count.
pub(in crate::quote) fn plural(line: &Line<'_>, start: usize, verb: usize) -> Option<Np> {
    let words = &line.words;
    let last = verb.checked_sub(1).filter(|&k| k > start)?;
    let stops = class::SUB | class::THAT | class::WHO | class::WHICH | class::MODAL | class::TO;
    let free = |k: &usize| {
        let word = &words[*k];
        let clause = word.is(stops) && !word.is(class::PREP | class::BY);
        !(word.mark() || word.quoted || clause || verbal(line, *k) && !participle(line, *k))
    };
    let near = (start..=last).rev().take(FAR_SUBJECT).take_while(free);
    let head = near.into_iter().find(|&k| {
        let word = &words[k];
        let paper = word.has(traits::DOCUMENT) && word.ends(Ending::Plural);
        let led = words[k + 1].is(class::PREP) || participle(line, k + 1);
        k < last && led && word.case != Case::Upper && (paper || word.has(traits::ROLES))
    })?;
    // "the results of the tests by officials": what a preposition governs is no subject.
    let np = phrase(line, start, head)?;
    let led = np.first > start && words[np.first - 1].is(class::PREP | class::TO | class::BY);
    (!led).then_some(Np { core: head, last, ..np })
}

/// Whether the word at `ix` is a participle that hangs on the paper or the people before it, with
/// what says where, when or by whom: "a post published to its site".
pub(super) fn reduced(line: &Line<'_>, ix: usize) -> bool {
    let words = &line.words;
    let who = traits::DOCUMENT | traits::REPORT | traits::ROLE | traits::ROLES;
    let open = words.get(ix + 1);
    ix > 0
        && words[ix - 1].has(who)
        && participle(line, ix)
        && open.is_some_and(|w| w.is(class::PREP | class::TIME))
}

/// Whether a word in lower case looks like a past participle.
pub(crate) fn participle(line: &Line<'_>, ix: usize) -> bool {
    let word = &line.words[ix];
    word.case == Case::Lower
        && (word.is(class::PAST | class::PARTICIPLE) || word.ends(Ending::Past))
}

/// The dash that opens what the dash at `close` closes: "The judge - who had spoken - said".
pub(super) fn dashed(line: &Line<'_>, start: usize, close: usize) -> Option<usize> {
    let words = &line.words;
    let dash = |k: usize| matches!(words[k].case, Case::Mark('—' | '–' | '-')) && !words[k].quoted;
    if !dash(close) {
        return None;
    }
    // Two hyphens in a row are one dash.
    let mut inner = close;
    while inner > start && dash(inner - 1) {
        inner -= 1;
    }
    let mut open = (start + 1..inner).rev().take(45).find(|&k| dash(k))?;
    while open > start + 1 && dash(open - 1) {
        open -= 1;
    }
    Some(open)
}

/// "The voters who had listened to her for years": whoever the clause that ends with word `last` is
/// about, if a "who" with its verb opens it and no mark stands in it.
pub(super) fn related(line: &Line<'_>, start: usize, last: usize) -> Option<Np> {
    let words = &line.words;
    let who = (start + 1..last).rev().take(22).take_while(|&k| !words[k].mark());
    let who = who.into_iter().find(|&k| words[k].is(class::WHO))?;
    let verb = verbal(line, who + 1) || words[who + 1].is(class::AUX | class::PAST);
    // One verb belongs to "who"; a subject of its own before the last word would need another.
    let object = (who + 2..=last).rev().find(|&k| words[k].is(class::PREP) || verbal(line, k));
    let pronoun = class::HE | class::SHE | class::THEY | class::IT;
    let free = (who + 2..=last).any(|k| {
        let acts = words[k + 1].is(class::MODAL) || verbal(line, k + 1);
        words[k].is(class::SUB) || words[k].is(pronoun) && acts
    });
    if !verb || free || object.is_none() && last < who + 1 {
        return None;
    }
    // "Friends of Lund's who"
    let owned = words[who - 1].case == Case::Possessive && who > start + 1;
    let np = phrase(line, start, who - 1 - usize::from(owned))?;
    Some(Np { last, ..np })
}

/// "Lund keeps her purse shut": an ending of the third person behind a name, role or pronoun, and
/// before what opens an object.
pub(super) fn third_person(line: &Line<'_>, ix: usize) -> bool {
    let (words, word) = (&line.words, &line.words[ix]);
    let who = |w: &Word| {
        let names = w.capital() && !w.is(class::COMMON | class::TIME | class::PRONOUN);
        names && w.traits & (traits::ROLES | traits::DOCUMENT) == 0
            || w.is(class::HE | class::SHE | class::IT)
    };
    let object = |w: &Word| w.is(class::DET | class::PREP | class::TO) && !w.is(class::OF);
    word.case == Case::Lower
        && word.ends(Ending::Plural)
        && word.traits == 0
        && !word.is(class::PREP | class::ADVERB | class::AUX | class::NOUN | class::PIECE)
        && ix > 0
        && who(&words[ix - 1])
        && words.get(ix + 1).is_some_and(object)
}
