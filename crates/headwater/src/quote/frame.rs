//! Frames: how a cue ties a speaker to words.

use headwater_page::Span;

use crate::fold::fold;
use crate::lexicon::{Ending, Manner, Sign, Tense, Verb, class, takes, traits};
use crate::sentence::{Case, Line, Word};

use super::Draft;
use super::clause::{after, ending, finite, opening, trimmed};
use super::subject::{Np, before, noun_phrase, phrase, plural, subject_of_sentence, verbal};

/// One sentence and what was found in it so far.
pub(super) struct Frame<'a, 'l> {
    ix: usize,
    pub(super) line: &'l Line<'a>,
    sentence: usize,
    pub(super) start: usize,
    /// One past the last word.
    pub(super) end: usize,
    pub(super) first_draft: usize,
}

/// Appends what the cues of one sentence attribute, in the order of the cues.
pub(super) fn frames(ix: usize, line: &Line<'_>, sentence: usize, found: &mut Vec<Draft>) {
    let range = line.sentences[sentence].clone();
    let frame = Frame::new(ix, line, sentence, found.len());
    for at in range {
        let word = &line.words[at];
        if word.quoted || word.mark() {
            continue;
        }
        if word.is(class::ACCORDING | class::ACCORDING_ALONE) {
            frame.according(at, found);
        } else if word.is(class::ACCORDING_BEHIND) {
            frame.according_behind(at, found);
        } else if word.is(class::ACCORDING_LAST) && frame.closes(at) {
            frame.according(at, found);
        } else if let Some(verb) = word.verb {
            frame.verb(at, verb, found);
        }
        if word.is(class::WORDED) {
            frame.worded(at, found);
        }
        if word.is(class::NOUN) && !word.quoted {
            frame.noun(at, found);
        }
    }
    frame.colon(found);
}

impl<'a, 'l> Frame<'a, 'l> {
    /// One sentence of the line at `ix`; drafts from `first_draft` are its own.
    pub(super) fn new(ix: usize, line: &'l Line<'a>, sentence: usize, first_draft: usize) -> Self {
        let range = line.sentences[sentence].clone();
        Self { ix, line, sentence, start: range.start, end: range.end, first_draft }
    }
}

impl Frame<'_, '_> {
    pub(super) fn words(&self) -> &[Word] {
        &self.line.words
    }

    pub(super) fn push(
        &self,
        found: &mut Vec<Draft>,
        parts: Vec<Span>,
        by: Option<Np>,
        cue: (usize, usize),
        manner: Manner,
        rule: &'static str,
    ) {
        if parts.is_empty() {
            return;
        }
        let hull = parts.iter().copied().reduce(Span::hull).unwrap_or_default();
        // "pointed out": the particle belongs to the verb.
        let along = usize::from(self.words()[cue.1].is(class::PHRASAL) && cue.1 + 1 < self.end);
        let cue = self.line.stretch(cue.0, cue.1 + along);
        let known = found[self.first_draft..].iter();
        // The same words from a later cue: the first one that claimed them has them.
        if known.into_iter().any(|d| d.hull() == hull || d.cue == Some(cue)) {
            return;
        }
        found.push(Draft {
            line: self.ix,
            sentence: self.sentence,
            parts,
            by,
            cue: Some(cue),
            manner,
            rule,
            speaker: None,
            told: None,
            like: None,
        });
    }

    fn verb(&self, at: usize, verb: Verb, found: &mut Vec<Draft>) {
        let word = &self.words()[at];
        if word.capital() && at != self.start && !self.line.titled() {
            return;
        }
        if verb.tense == Tense::Ing {
            return self.participle(at, verb, found);
        }
        if self.told_by(at, verb, found) {
            return;
        }
        if self.opening(at, verb, found) || self.inverted(at, verb, found) || self.nominal(at, verb)
        {
            return;
        }
        let went = self.went_on(at);
        let own = before(self.line, self.start, went.unwrap_or(at));
        let verb = if went.is_some() { Verb { tense: Tense::Past, ..verb } } else { verb };
        let own = own.or_else(|| self.set_off(at));
        let by = own.or_else(|| self.inherited(at, found));
        let far = by.filter(|by| !self.agrees(*by, verb, at) && verb.tense == Tense::Base);
        let by = far.and_then(|_| plural(self.line, self.start, at)).or(by);
        if let Some(by) = by.filter(|by| self.agrees(*by, verb, at)) {
            if !self.as_said(at, verb, by, found) {
                self.stated(at, verb, by, found);
            }
        } else if own.is_none() {
            self.bare_subject(at, verb, found);
        }
    }

    /// Whether the word at `at` is no finite verb here: a noun, a passive, an infinitive.
    pub(super) fn nominal(&self, at: usize, verb: Verb) -> bool {
        let words = self.words();
        let Some(prev) = at.checked_sub(1).filter(|&k| k >= self.start).map(|k| &words[k]) else {
            return true;
        };
        let after_be = (self.start..at)
            .rev()
            .take_while(|&k| {
                words[k].is(class::ADVERB | class::AUX | class::NOT)
                    || words[k].ends(Ending::Adverb)
            })
            .any(|k| words[k].is(class::BE));
        let passive = after_be && matches!(verb.tense, Tense::Past | Tense::Participle);
        // "the town's first reported case"
        let next = words.get(at + 1).filter(|_| at + 1 < self.end);
        // "a third say they do not know", "most said: …", "another wrote that".
        let opens = class::CLAUSAL | class::THAT | class::PRONOUN;
        let heard = next.is_some_and(|w| w.is(opens) || w.quoted || w.at(':') || w.at(','));
        let some = prev.has(traits::SOMEONE) && heard && verb.manner == Manner::Say;
        let counted = prev.is(class::FRESH) && !some && at >= self.start + 2 && {
            words[at - 2].case == Case::Possessive || words[at - 2].is(class::ARTICLE)
        };
        let owned = counted || prev.case == Case::Possessive || prev.is(class::ARTICLE);
        let several = verb.tense == Tense::Base;
        let ratio = prev.is(class::FRESH) && at >= self.start + 3 && words[at - 2].is(class::IN);
        let other = some || ratio || prev.is(class::PRONOUN | class::THAT);
        let possessed = prev.is(class::DET) && !other && !(several && prev.has(traits::ROLES));
        let governed = prev.is(class::PREP) && !prev.is(class::TO) && !prev.is(class::TIME);
        let infinitive = prev.is(class::TO) && self.went_on(at).is_none();
        let bare_participle = verb.tense == Tense::Participle
            && !(self.start..at)
                .rev()
                .take(4)
                .any(|k| words[k].is(class::AUX) && !words[k].is(class::BE));
        // "The board denied reports it sank": what was denied.
        let object = verb.tense != Tense::Past
            && prev.case == Case::Lower
            && prev.verb.is_some_and(|v| {
                matches!(v.tense, Tense::Past | Tense::Third) && v.takes(takes::DISPUTED)
            });
        passive || owned || possessed || governed || infinitive || bare_participle || object
    }

    /// "went on to say": the verb before the infinitive at `at`.
    fn went_on(&self, at: usize) -> Option<usize> {
        let words = self.words();
        let went = at.checked_sub(3).filter(|&k| k > self.start)?;
        let on = words[went + 1].is(class::ALONG) && words[went + 1].is(class::PREP);
        let to = words[at - 1].is(class::TO) && !words[at].quoted;
        (to && on && words[went].is(class::PHRASAL)).then_some(went)
    }

    /// Whether subject and verb form go together, so that plural nouns are not taken for verbs.
    pub(super) fn agrees(&self, by: Np, verb: Verb, at: usize) -> bool {
        let words = self.words();
        let head = &words[by.core];
        // What the writer thinks is no attribution.
        if head.is(class::SELF) && verb.manner == Manner::Think {
            return false;
        }
        // "the dam question would": a noun, the verb comes after it.
        let next = words.get(at + 1).filter(|_| at + 1 < self.end);
        if verb.tense == Tense::Base
            && next.is_some_and(|w| w.is(class::MODAL) && w.case == Case::Lower)
        {
            return false;
        }
        let did = (by.last + 1..at).any(|k| words[k].is(class::AUX));
        match verb.tense {
            Tense::Base => {
                did || head.has(traits::ROLES)
                    || head.is(class::THEY | class::SELF)
                    || head.has(traits::MEDIA | traits::DOCUMENT) && self.plural(by.core)
                    || head.has(traits::SOMEONE)
                    || head.at('%')
                    || by.last > by.core && words[by.core + 1].is(class::IN)
                    // "Foreign media report", but not "a newspaper report says".
                    || head.has(traits::MEDIA)
                        && !words[by.first].is(class::ARTICLE)
                        && next.is_none_or(|w| w.verb.is_none())
                    || self.plural(by.core)
                        && (head.case == Case::Lower || next.is_none_or(|w| w.verb.is_none()))
                    || (by.first..by.core).any(|k| words[k].is(class::COORD))
                    || head.is(class::WHO)
                    || head.capital()
                        && self.plural(by.core)
                        && words[by.first].is(class::ARTICLE)
            }
            Tense::Third => !head.has(traits::MEDIA) || head.capital() || verb.takes(takes::CLAUSE),
            _ => true,
        }
    }

    /// Whether a word ends as words for several do.
    fn plural(&self, at: usize) -> bool {
        self.words()[at].ends(Ending::Plural)
    }

    /// Who spoke last before word `at` in this sentence, outside of quotations.
    pub(super) fn earlier(&self, at: usize, found: &[Draft]) -> Option<Np> {
        let words = self.words();
        let mut earlier = found.get(self.first_draft..).unwrap_or_default().iter().rev();
        let last = earlier.find(|d| {
            d.cue.is_some_and(|c| c.end <= words[at].span.start)
                && d.by.is_some_and(|by| !words[by.first].quoted)
        });
        last.and_then(|d| d.by)
    }

    /// "The dam leaks but", "and added": the subject of the attribution before, or of the sentence.
    pub(super) fn inherited(&self, at: usize, found: &[Draft]) -> Option<Np> {
        let words = self.words();
        let mut prev = at.checked_sub(1)?;
        while prev > self.start
            && (words[prev].is(class::ADVERB | class::AUX) || words[prev].ends(Ending::Adverb))
        {
            prev -= 1;
        }
        if prev < self.start || !words[prev].is(class::COORD) {
            return None;
        }
        let earlier = found.get(self.first_draft..).unwrap_or_default().iter().rev();
        let mut earlier = earlier.filter(|d| d.cue.is_some_and(|c| c.end <= words[at].span.start));
        let by = earlier.next().and_then(|d| d.by);
        by.or_else(|| subject_of_sentence(self.line, self.start, at))
    }

    /// `"…," the mother of two said`: whoever it is, the quotation before and the verb after leave
    /// no doubt that it is a speaker.
    fn bare_subject(&self, at: usize, verb: Verb, found: &mut Vec<Draft>) {
        if !verb.takes(takes::CLAUSE | takes::AFTER) || verb.manner != Manner::Say {
            return;
        }
        let words = self.words();
        let Some(last) = at
            .checked_sub(1)
            .filter(|&k| k >= self.start && words[k].letters() && !words[k].quoted)
        else {
            return;
        };
        let open = (self.start..=last).rev().take(9).find(|&k| words[k].is(class::DET));
        let Some(first) = open.filter(|&k| k < last) else { return };
        // "The removal suggests that": what things do too leaves a doubt.
        let free = if first == self.start {
            !verb.takes(takes::REPORT)
        } else {
            let before = &words[first - 1];
            before.quoted || before.at(',') || before.is(class::BUT | class::COORD)
        };
        if free && (first..last).all(|k| !verbal(self.line, k) && !words[k].mark()) {
            self.stated(at, verb, Np::new(self.line, first, last), found);
        }
    }

    /// `"…," said Lund, a diver.` and "The dam leaks, says Lund."
    fn inverted(&self, at: usize, verb: Verb, found: &mut Vec<Draft>) -> bool {
        let (line, words) = (self.line, self.words());
        let heard = verb.takes(takes::ADDRESSEE);
        if heard
            || !verb.takes(takes::AFTER)
            || !matches!(verb.tense, Tense::Past | Tense::Third | Tense::Base)
        {
            return false;
        }
        let Some(prev) = at.checked_sub(1).filter(|&k| k >= self.start) else { return false };
        let quoted = words[prev].quoted
            || words[prev].at(',') && prev > self.start && words[prev - 1].quoted;
        if !quoted && !words[prev].at(',') && !words[prev].at('—') && !words[prev].at('–') {
            return false;
        }
        let after = at + 1 + usize::from(words[at].is(class::PHRASAL));
        let Some(next) = words.get(after).filter(|_| after < self.end) else { return false };
        let opens = next.capital() && !next.is(class::TIME)
            || next.is(class::DET | class::HE | class::SHE | class::IT | class::THEY)
                && !next.is(class::THAT)
            || next.has(traits::ROLE | traits::ROLES | traits::SOMEONE)
            || quoted && next.case == Case::Lower && next.classes == 0 && next.verb.is_none()
            || self.titled(after);
        let people = self.people_after(after);
        let opens = opens || people.is_some();
        let by = noun_phrase(line, after, self.end)
            .or_else(|| self.bare_after(after, quoted))
            .or(people);
        let Some(by) = by.filter(|_| opens) else { return false };
        // "Lund, a diver, announced Mnday that": its words follow.
        if !quoted
            && words.get(by.last + 1).is_some_and(|w| by.last + 1 < self.end && w.is(class::THAT))
        {
            return false;
        }
        if !quoted {
            // "Lund, a diver, said Oduya would come": the name after the verb opens the content.
            let quote = words.get(by.last + 1).is_some_and(|w| by.last + 1 < self.end && w.quoted);
            let asks = verb.takes(takes::ASKED) || quote;
            let clean = !asks
                && (by.first..=by.last)
                    .take_while(|&k| !words[k].is(class::WHO | class::REL))
                    .all(|k| !verbal(line, k) || words[k].at(','));
            let goes_on =
                by.last + 1 < self.end && words[by.last + 1].letters() && verbal(line, by.last + 1);
            // "…, posted a clip of it": an object.
            let object = words[by.core].has(traits::DOCUMENT) && words[by.first].is(class::FRESH);
            // "Lund, a diver, said she dives": a pronoun opens a clause unless it ends one.
            let next = words.get(by.last + 1).filter(|_| by.last + 1 < self.end);
            let pronoun = by.pronoun(line) && next.is_some_and(|w| !w.mark());
            if !clean || goes_on || object || pronoun || prev < self.start + 3 {
                return false;
            }
        }
        let mut parts = if quoted {
            self.quotation_before(prev)
        } else {
            trimmed(line, opening(line, self.start, prev), prev).into_iter().collect()
        };
        let rule = if quoted { "quote-inverted" } else { "clause-inverted" };
        self.quotation_after(by.last + 1, &mut parts);
        self.push(found, parts, Some(by), (at, at), verb.manner, rule);
        true
    }

    /// "former warden Ada Lund": modifiers, a role and a name.
    fn titled(&self, first: usize) -> bool {
        let words = self.words();
        let modifies = |k: &usize| words[*k].letters() && words[*k].verb.is_none();
        let role = (first..self.end)
            .take(4)
            .take_while(modifies)
            .find(|&k| words[k].has(traits::ROLE | traits::TITLE) && words[k].case == Case::Lower);
        role.is_some_and(|k| words.get(k + 1).is_some_and(|w| k + 1 < self.end && w.capital()))
    }

    /// "…, said senior local officials": people without a name and what describes them.
    fn people_after(&self, first: usize) -> Option<Np> {
        let words = self.words();
        let people = |k: &usize| words[*k].has(traits::ROLES | traits::SOMEONE);
        let describes = |k: usize| {
            let w = &words[k];
            let small = class::PREP | class::PRONOUN | class::AUX | class::COORD | class::SUB;
            w.letters() && w.case == Case::Lower && w.verb.is_none() && !w.is(small | class::THAT)
        };
        let core = (first..self.end).take(4).find(people)?;
        (first..core).all(describes).then(|| Np::new(self.line, first, core))
    }

    /// `"…," says a narrator.`: whoever stands between the verb and the end of the clause.
    fn bare_after(&self, first: usize, quoted: bool) -> Option<Np> {
        let words = self.words();
        let article = words[first].is(class::ARTICLE) && quoted;
        let end = (first + 1..self.end).take(4).find(|&k| words[k].mark())?;
        let noun = |k: usize| words[k].case == Case::Lower && !words[k].is(class::PREP);
        let plain = (first + 1..end).all(noun) && end > first + 1;
        (article && plain && !words[end].quoted).then(|| Np::new(self.line, first, end - 1))
    }

    /// The quotation that ends with word `last`, with the clause before it that it completes.
    pub(super) fn quotation_before(&self, last: usize) -> Vec<Span> {
        let (line, words) = (self.line, self.words());
        let at = words[last].span.start;
        let upto = line.quotations.partition_point(|q| q.span.start <= at);
        let covering = upto.checked_sub(1).map(|ix| &line.quotations[ix]);
        let Some(quotation) = covering else { return Vec::new() };
        let open = line.word_at(quotation.span.start);
        let first = opening(line, self.start, open);
        let lead =
            first < open && !words[open - 1].at(':') && (first..open).any(|k| words[k].letters());
        let parts = if lead {
            trimmed(line, first, open).map(|lead| lead.hull(quotation.span))
        } else {
            None
        };
        vec![parts.unwrap_or(quotation.span)]
    }

    /// Whether the quotation that ends with word `last` is the title of a work in a phrase that
    /// opens the sentence: `In "The Long Dam," Lund wrote that …`.
    fn title(&self, last: usize) -> bool {
        let words = self.words();
        let lead = words[self.start].is(class::PREP | class::TIME) && !words[self.start].quoted;
        let quoted = || (self.start..=last).filter(|&k| words[k].quoted && words[k].letters());
        lead && quoted().count() <= 8
            && quoted()
                .all(|k| words[k].capital() || words[k].is(class::PREP | class::DET | class::COORD))
    }

    /// The quotation that goes on after the speaker: `"…," said Lund, "…"`.
    fn quotation_after(&self, from: usize, parts: &mut Vec<Span>) {
        let words = self.words();
        let Some(open) = (from..self.end).take(16).find(|&k| words[k].quoted) else { return };
        let joined = open > 0 && matches!(words[open - 1].case, Case::Mark(',' | ':' | '.' | ';'));
        let spoken = (from..open).any(|k| words[k].verb.is_some());
        if !joined || spoken {
            return;
        }
        let quotation = self.line.quotation_at(words[open].span.start);
        parts.extend(quotation.map(|q| q.span));
    }

    /// Subject, verb, words: before, after, or on both sides.
    fn stated(&self, at: usize, verb: Verb, by: Np, found: &mut Vec<Draft>) {
        let (line, words) = (self.line, self.words());
        let cue = (at, at);
        let rest = after(line, at, self.end, verb);
        let done = (rest..self.end).all(|k| words[k].mark());
        let prev = by.first.checked_sub(1).filter(|&k| k >= self.start);
        let quoted = prev.is_some_and(|k| {
            words[k].quoted || words[k].at(',') && k > self.start && words[k - 1].quoted
        });
        let quoted = quoted && !self.title(prev.unwrap_or(self.start));
        // `To "wait," Lund should rather answer with more boats`: what is due was not said.
        let due = |k: usize| {
            let signs = line.language.statements.signs(&fold(line.word(k)));
            words[k].is(class::MODAL) && signs.contains(&Sign::Ordered)
        };
        let quoted = quoted && !(verb.tense == Tense::Base && (by.last + 1..at).any(due));
        if quoted && verb.takes & (takes::QUOTE | takes::AFTER) != 0 && rest_is_light(self, rest) {
            let mut parts = self.quotation_before(prev.unwrap_or(self.start));
            self.quotation_after(at + 1, &mut parts);
            return self.push(found, parts, Some(by), cue, verb.manner, "quote-said");
        }
        let comma = prev.filter(|&k| words[k].at(','));
        if let Some(comma) = comma.filter(|_| verb.takes(takes::AFTER)) {
            let first = opening(line, self.start, comma);
            let lead = words[first].is(class::PREP) && !(first..comma).any(|k| words[k].at(','));
            let later = words.get(rest).is_some_and(|w| {
                let next = words.get(rest + 1).is_some_and(|w| w.quoted);
                rest < self.end && (w.at(':') || w.at(',') && next)
            });
            let whole = comma >= first + 3
                && !lead
                && !later
                && (first..comma).any(|k| verbal(line, k) || finite(line, first, comma));
            let inserted = words.get(rest).is_some_and(|w| w.at(',')) && rest + 1 < self.end;
            let subordinate = words[first].is(class::SUB) && !words[first].is(class::PREP);
            if inserted
                && !words[rest + 1].quoted
                && words[rest + 1].verb.is_none()
                && !words[rest + 1].is(class::CITING | class::ACCORDING)
                && super::points(line, rest + 1, self.end).is_none()
            {
                let right = trimmed(line, rest, ending(line, rest + 1, self.end));
                let left = trimmed(line, first, comma).filter(|_| comma > first);
                let parts = left.into_iter().chain(right).collect();
                return self.push(found, parts, Some(by), cue, verb.manner, "clause-inserted");
            }
            if whole && (done || light(line, rest, self.end) && !subordinate) {
                let parts = trimmed(line, first, comma).into_iter().collect();
                return self.push(found, parts, Some(by), cue, verb.manner, "clause-said");
            }
        }
        if verb.takes(takes::CLAUSE)
            && (by.pronoun(line) && self.relative(at, rest, by, verb, found)
                || self.which(at, rest, by, verb, found))
        {
            return;
        }
        self.following(at, verb, Some(by), found);
    }

    /// "an offer she said was refused": the noun before and the predicate after.
    fn relative(&self, at: usize, rest: usize, by: Np, verb: Verb, found: &mut Vec<Draft>) -> bool {
        let (line, words) = (self.line, self.words());
        let Some(noun) = by.first.checked_sub(1).filter(|&k| k > self.start) else { return false };
        let after_noun = words[noun].letters()
            && !words[noun].is(class::SUB
                | class::REL
                | class::COORD
                | class::PREP
                | class::TIME
                | class::BUT
                | class::AUX);
        let rest = (rest..self.end).take(4).find(|&k| {
            let time = |k: usize| words.get(k).is_some_and(|w| w.is(class::TIME));
            !(time(k) || words[k].is(class::PREP) && time(k + 1))
        });
        let Some(rest) = rest.filter(|&k| after_noun && words[k].is(class::MODAL)) else {
            return false;
        };
        let open = (self.start..=noun).rev().take(8).find(|&k| words[k].is(class::DET));
        let Some(open) = open else { return false };
        let parts =
            [trimmed(line, open, noun + 1), trimmed(line, rest, ending(line, rest, self.end))];
        self.push(
            found,
            parts.into_iter().flatten().collect(),
            Some(by),
            (at, at),
            verb.manner,
            "relative",
        );
        true
    }

    /// ", adding that", ", calling it".
    fn participle(&self, at: usize, verb: Verb, found: &mut Vec<Draft>) {
        let words = self.words();
        let Some(prev) = at.checked_sub(1).filter(|&k| k >= self.start) else { return };
        let joined = words[prev].at(',')
            || words[prev].quoted
            || matches!(words[prev].case, Case::Mark('—' | '–' | '-'))
            || words[prev].is(class::BY)
            || words[prev].is(class::COORD) && !words[prev].is(class::PREP);
        // "after saying", "while saying", "with half of them saying".
        let opens = prev == self.start && !words[prev].is(class::AS);
        let while_at = words[prev].is(class::SUB) && (words[prev].case == Case::Lower || opens);
        if while_at && self.quoted_as(at, found) {
            return;
        }
        let joined = joined || while_at && !self.quoting(prev);
        let being = (self.start..at)
            .rev()
            .take_while(|&k| words[k].is(class::AUX | class::ADVERB))
            .any(|k| words[k].is(class::BE));
        // "can be heard saying", ", warning that": the verb, not the noun.
        let heard =
            words[prev].is(class::HEARD) && self.nominal(prev, Verb { tense: Tense::Past, ..verb });
        let opens = words
            .get(at + 1)
            .is_some_and(|w| at + 1 < self.end && (w.is(class::THAT | class::PRONOUN) || w.quoted));
        let noun = words[at].has(traits::DOCUMENT) && !(words[prev].at(',') && opens);
        let by = if being {
            before(self.line, self.start, at)
        } else if heard {
            before(self.line, self.start, prev)
        } else if joined && !noun {
            self.earlier(at, found).or_else(|| self.clause_subject(at))
        } else {
            self.reduced(at, verb)
        };
        let Some(by) = by else { return };
        let goes_on = words
            .get(at + 1)
            .is_some_and(|w| w.is(class::THAT | class::CLAUSAL) || w.quoted || w.at(','));
        if words[prev].quoted && verb.takes(takes::AFTER) && !goes_on {
            return;
        }
        self.following(at, verb, Some(by), found);
    }

    /// "half of the voters saying that": the noun right before, if somebody is meant by it.
    fn reduced(&self, at: usize, verb: Verb) -> Option<Np> {
        let (line, words) = (self.line, self.words());
        let last = at.checked_sub(1).filter(|&k| k >= self.start && words[k].letters())?;
        let next = words.get(at + 1).filter(|_| at + 1 < self.end)?;
        let speaks = verb.manner == Manner::Say && verb.takes(takes::CLAUSE);
        let opens = next.is(class::THAT | class::PRONOUN | class::DET) || next.quoted;
        let noun = !words[last].is(class::AUX | class::PREP | class::SUB | class::ADVERB);
        if !speaks || !opens || !noun || verbal(line, last) {
            return None;
        }
        let np = phrase(line, self.start, last)?;
        let who = traits::ROLE | traits::ROLES | traits::SOMEONE | traits::DOCUMENT;
        words[np.core].has(who).then_some(np)
    }

    /// The subject of the clause that a participle hangs on: that of the last "after", "when" or
    /// "because" before it, else of the sentence.
    fn clause_subject(&self, at: usize) -> Option<Np> {
        let words = self.words();
        let mut subs = (self.start + 1..at)
            .rev()
            .take(40)
            .filter(|&k| words[k].is(class::SUB) && words[k].case == Case::Lower);
        // "as an envoy" opens no clause: a verb must follow before the participle.
        let inner = subs.find_map(|sub| {
            let verb = (sub + 1..at).take(12).find(|&k| verbal(self.line, k))?;
            before(self.line, sub + 1, verb)
        });
        inner.or_else(|| subject_of_sentence(self.line, self.start, at))
    }

    /// "the mayor's claim that the dam leaks".
    fn noun(&self, at: usize, found: &mut Vec<Draft>) {
        let (line, words) = (self.line, self.words());
        let Some(owner) =
            at.checked_sub(1).filter(|&k| k > self.start && words[k].case == Case::Possessive)
        else {
            return;
        };
        let Some(by) = phrase(line, self.start, owner - 1) else { return };
        let that = (at + 1..self.end).take(5).find(|&k| words[k].is(class::THAT));
        let Some(that) =
            that.filter(|&k| (at + 1..k).all(|m| words[m].letters() && !verbal(line, m)))
        else {
            return;
        };
        let end = ending(line, that + 1, self.end);
        let parts = trimmed(line, that, end).into_iter().collect();
        self.push(found, parts, Some(by), (at, at), Manner::Say, "claim-that");
    }

    /// `Lund waved the plan aside: "…"`: a colon gives the quotation to the sentence's subject.
    fn colon(&self, found: &mut Vec<Draft>) {
        let (line, words) = (self.line, self.words());
        let Some(colon) = (self.start..self.end).find(|&k| words[k].at(':') && !words[k].quoted)
        else {
            return;
        };
        if !words.get(colon + 1).is_some_and(|w| w.quoted) || colon + 1 >= self.end {
            return;
        }
        let at = words[colon + 1].span.start;
        let Some(quotation) = line.quotation_at(at) else { return };
        if found[self.first_draft..].iter().any(|d| d.hull().overlaps(quotation.span)) {
            return;
        }
        let cue = (self.start..colon)
            .rev()
            .find(|&k| words[k].verb.is_some() && words[k].case == Case::Lower);
        let by = match cue {
            // "It led the mayor to announce: …"
            Some(cue) if cue > self.start + 1 && words[cue - 1].is(class::TO) => {
                phrase(line, self.start, cue - 2)
            }
            Some(cue) => before(line, self.start, cue)
                .or_else(|| subject_of_sentence(line, self.start, cue + 1)),
            None => subject_of_sentence(line, self.start, colon).or_else(|| {
                let last = colon.checked_sub(1).filter(|&k| k >= self.start)?;
                let speaks = traits::ROLE | traits::ROLES | traits::OFFICE | traits::DOCUMENT;
                let who = |np: &Np| words[np.core].capital() || words[np.core].has(speaks);
                phrase(line, self.start, last).filter(|np| np.first == self.start && who(np))
            }),
        };
        let cue = cue.unwrap_or(colon);
        if by.is_some() {
            self.push(found, vec![quotation.span], by, (cue, cue), Manner::Say, "colon");
        }
    }
}

/// Whether what follows the verb of `"…," she said` is no clause of its own.
fn rest_is_light(frame: &Frame<'_, '_>, rest: usize) -> bool {
    let words = frame.words();
    words.get(rest).is_none_or(|w| rest >= frame.end || !w.is(class::THAT))
}

/// Whether only words that say where and when are left.
fn light(line: &Line<'_>, rest: usize, end: usize) -> bool {
    let words = &line.words;
    let Some(first) = words.get(rest).filter(|_| rest < end) else { return true };
    let opens = first.mark() || first.is(class::PREP | class::SUB | class::TIME | class::ADVERB);
    opens
        && !(rest..end).any(|k| words[k].quoted || words[k].is(class::THAT))
        && !first.is(class::THAT)
}
