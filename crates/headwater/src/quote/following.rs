//! The words that follow a cue: a clause, a quotation, an object, "to" and a verb.

use headwater_page::Span;

use crate::lexicon::{Ending, Manner, Tense, Verb, class, takes, traits};
use crate::sentence::{Case, Line, Quotation};

use super::Draft;
use super::clause::{after, ending, finite, trimmed};
use super::frame::Frame;
use super::subject::{Np, verbal};

impl Frame<'_, '_> {
    /// The words after the verb. Returns by pushing what it finds, if anything.
    pub(super) fn following(&self, at: usize, verb: Verb, by: Option<Np>, found: &mut Vec<Draft>) {
        let (line, words) = (self.line, self.words());
        let cue = (at, at);
        let mut rest = after(line, at, self.end, verb);
        let nested = found[self.first_draft..].iter().any(|d| d.hull().contains(words[at].span));
        let mut push = |first: usize, end: usize, rule| {
            let end = end.max(first);
            let parts = self.said(first, end).into_iter().collect();
            self.push(found, parts, by, cue, verb.manner, rule);
        };
        if rest >= self.end || !self.plain(at, verb) {
            return;
        }
        // Words in between: "said at a rally in Aldhelm that", "defended the plan:".
        let far = (rest..self.end).take(30).find(|&k| {
            words[k].quoted
                || words[k].is(class::THAT)
                || words[k].at(':')
                || (k > rest && words[k].verb.is_some() && verbal(line, k))
                || words[k].at(';')
        });
        // "confirmed that move but said": no clause follows.
        let points = |k: usize| {
            let verb = |m: usize| words.get(m).is_some_and(|w| w.verb.is_some());
            let stops = |m: &usize| {
                words[*m].mark() && !words[*m].at('%') && !words[*m].quoted
                    || words[*m].is(class::COORD) && verb(*m + 1)
            };
            (k + 1..self.end).find(stops).is_some_and(|end| end <= k + 3)
        };
        let that = |k: usize| words[k].is(class::THAT) && verb.takes(takes::THAT) && !points(k);
        let clause = |k: usize| {
            that(k)
                || words[k].is(class::WHETHER)
                    && verb.takes(takes::THAT)
                    && words[k].case == Case::Lower
        };
        // "Erklärte, die Umleitung": some languages set every clause off by a comma.
        let clausal = |k: usize| {
            let opens = class::CLAUSAL | class::DET | class::PRONOUN;
            line.language.cues.comma_clauses && verb.takes(takes::CLAUSE) && words[k].is(opens)
        };
        if words[rest].at(',')
            && rest + 1 < self.end
            && (words[rest + 1].quoted || that(rest + 1) || clausal(rest + 1))
        {
            rest += 1;
        }
        let spoken = takes::QUOTE | takes::OBJECT | takes::CLAUSE;
        if words[rest].quoted && verb.takes & spoken != 0 {
            return push(rest, ending(line, rest, self.end), "said-quote");
        }
        if words[rest].at(':') {
            return push(rest + 1, self.end, "said-colon");
        }
        if that(rest) {
            return push(rest, ending(line, rest + 1, self.end), "said-that");
        }
        // "a group called Green Gate": its name.
        let named = || {
            let somebody = |by: Np| {
                let head = &words[by.core];
                head.capital() || head.is(class::PRONOUN | class::WHO) || {
                    head.has(traits::ROLE | traits::ROLES | traits::MEDIA | traits::DOCUMENT)
                }
            };
            words[rest].capital() && verb.tense == Tense::Past && !by.is_some_and(somebody)
        };
        if verb.takes(takes::OBJECT)
            && !named()
            && !words[rest].is(class::PREP)
            && rest + 1 < self.end
            && !words[rest].mark()
        {
            return push(rest, ending(line, rest, self.end), "called");
        }
        if clause(rest) && rest + 2 < self.end {
            return push(rest, ending(line, rest + 1, self.end), "asked-whether");
        }
        // "asked the crew if it held": whoever is asked stands before the question.
        if verb.takes(takes::ASKED) && words[rest].letters() {
            let asked = (rest..self.end).take(7).take_while(|&k| !words[k].mark());
            let question = |k: &usize| {
                words[*k].is(class::WHETHER | class::IF) && words[*k].case == Case::Lower
            };
            if let Some(first) = asked.into_iter().find(question) {
                return push(first, ending(line, first + 1, self.end), "asked-whether");
            }
        }
        // What others say that somebody wants is theirs already.
        if verb.takes(takes::INFINITIVE) && nested && !verb.takes(takes::CLAUSE) {
            return;
        }
        if verb.takes(takes::INFINITIVE)
            && !nested
            && words[rest].is(class::TO)
            && rest + 1 < self.end
            && words[rest + 1].case == Case::Lower
            && !words[rest + 1].is(class::DET)
        {
            return push(rest, ending(line, rest, self.end), "said-to");
        }
        if verb.takes(takes::DISPUTED) && words[rest].letters() && !words[rest].is(class::PREP) {
            let end = ending(line, rest, self.end);
            let end = (rest..end).find(|&k| words[k].at(',')).unwrap_or(end);
            if end > rest + 1 {
                return push(rest, end, "disputed");
            }
        }
        if verb.takes(takes::NOUN) {
            let noun = (rest..self.end).take(5).find(|&k| {
                words[k].is(class::NOUN) && words.get(k + 1).is_some_and(|w| w.is(class::THAT))
            });
            if let Some(noun) = noun {
                return push(
                    noun + 1,
                    ending(line, (noun + 2).min(self.end), self.end),
                    "denied-that",
                );
            }
        }
        let colon = (rest..self.end).take(30).find(|&k| words[k].at(':') || words[k].quoted);
        let opens = |k: usize| words.get(k + 1).is_some_and(|w| w.quoted);
        let colon = colon.filter(|&k| words[k].at(':') && opens(k));
        if let Some(colon) = colon.filter(|_| verb.takes(takes::QUOTE)) {
            return push(colon + 1, self.end, "said-colon");
        }
        let prep = words[rest].is(class::PREP) || words[rest].at(',');
        // "told the Post newspaper of Crail on Monday that": who is told is described.
        if verb.takes(takes::ADDRESSEE) && !prep && rest > at + 1 {
            let told = |k: &usize| !words[*k].mark() && !words[*k].quoted && !verbal(line, *k);
            let near = (rest..self.end).take(14).take_while(told);
            if let Some(that) = near.into_iter().find(|&k| that(k)) {
                return push(that, ending(line, that + 1, self.end), "said-that");
            }
        }
        if prep {
            if let Some(far) = far.filter(|&k| that(k) && !words[rest].at(',')) {
                return push(far, ending(line, far + 1, self.end), "said-that");
            }
            if let Some(far) =
                far.filter(|&k| words[k].quoted && words[k - 1].at(',') && verb.takes(takes::QUOTE))
            {
                return push(far, ending(line, far, self.end), "said-quote");
            }
            if verb.takes(takes::CLAUSE)
                && words[rest].is(class::PREP)
                && !words[rest].is(class::OF | class::TO)
            {
                let clausal = (rest + 2..self.end).take(10).find(|&k| {
                    words[k].is(class::CLAUSAL)
                        && !words[k].is(class::ARTICLE)
                        && !words[k - 1].is(class::PREP)
                        && words[k].is(class::PRONOUN)
                });
                let clausal = clausal.filter(|&k| self.comma_opens(k) || finite(line, k, self.end));
                if let Some(first) = clausal {
                    push(first, ending(line, first, self.end), "said-clause");
                }
            }
            return;
        }
        if verb.takes(takes::PERSON) && self.end - rest >= 3 {
            let object = words[rest].capital()
                || words[rest].is(class::DET | class::PRONOUN)
                || words[rest].has(traits::ROLES);
            let to = (rest + 1..self.end).take(12).any(|k| words[k].is(class::TO | class::OF));
            if object && to {
                return push(rest, ending(line, rest, self.end), "urged");
            }
        }
        if verb.takes(takes::CLAUSE) {
            let end = ending(line, rest, self.end);
            let sub = class::COORD | class::SUB;
            let opens = words[rest].letters()
                && (!words[rest].is(sub) || words[rest].is(class::IF))
                || words[rest].case == Case::Digits
                || words[rest].mark() && !words[rest].at(',');
            let clausal = words[rest].is(class::CLAUSAL | class::PRONOUN)
                || words[rest].capital()
                || verb.manner == Manner::Say
                || verb.takes(takes::QUOTE);
            // "she dives": the verb right behind a pronoun.
            let from = if words[rest].is(class::PRONOUN) { rest } else { rest + 1 };
            // "whether it can add a gate": no words, unless a clause shows.
            let may = verb.tense == Tense::Base
                && (self.start..at)
                    .rev()
                    .take(3)
                    .any(|k| words[k].is(class::MODAL) && !words[k].is(class::ADVERB))
                && !(from..end).any(|k| words[k].is(class::MODAL));
            // "As Lund said this, the dam broke."
            let this =
                words[rest].is(class::PRONOUN) && words.get(rest + 1).is_some_and(|w| w.at(','));
            let opens = opens && !may && !this;
            // "traders deserve", "trader deserves": a verb right behind a bare noun.
            let third = || {
                let bare = words[rest].case == Case::Lower && words[rest].verb.is_none();
                let next = words.get(rest + 1).filter(|w| rest + 1 < end && w.case == Case::Lower);
                bare && next.is_some_and(|w| w.ends(Ending::Plural))
                    && !words[rest].is(class::PREP | class::ADVERB | class::DET)
                    && words[rest].has(traits::ROLE | traits::OFFICE | traits::DOCUMENT)
            };
            let shown = || self.comma_opens(rest) || finite(line, from, end) || third();
            if opens && clausal && end - rest >= 3 && shown() {
                push(rest, end, "said-clause");
            }
        }
    }

    /// Whether the comma before word `at` shows that a clause opens: in languages that set off all.
    fn comma_opens(&self, at: usize) -> bool {
        self.line.language.cues.comma_clauses && self.words()[at - 1].at(',')
    }

    /// Whether the verb says something: "made clear", "made it clear", but not "made it".
    fn plain(&self, at: usize, verb: Verb) -> bool {
        let words = self.words();
        let alone = takes::QUOTE | takes::CLAUSE | takes::AFTER;
        if !words[at].is(class::PHRASAL) || verb.takes & alone != 0 {
            return true;
        }
        let clear = |k: usize| words.get(k).is_some_and(|w| k < self.end && w.is(class::CLEAR));
        clear(at + 1) || words[at + 1].is(class::IT) && clear(at + 2)
    }

    /// Said words `first..end`: a quotation that they open with or end in stays whole.
    pub(super) fn said(&self, first: usize, end: usize) -> Option<Span> {
        let (line, words) = (self.line, self.words());
        // The conjunction belongs to the clause that it opens.
        let opens = words.get(first).is_some_and(|w| w.is(class::THAT) && !w.quoted);
        if opens && first + 1 < end && words[first + 1].quoted {
            return self.said(first + 1, end).map(|said| words[first].span.hull(said));
        }
        let span = trimmed(line, first, end)?;
        let open = words.get(first).filter(|w| w.quoted).map(|w| w.span.start);
        let quotation = open.and_then(|open| line.quotation_at(open));
        // `said: "…" before leaving`: only what the marks hold.
        let only = |q: &&Quotation| {
            let next = line.word_at(q.span.end);
            let tail = (next..end).filter(|&k| words[k].letters()).count();
            let more = words.get(next).is_some_and(|w| {
                w.verb.is_some_and(|v| v.tense == Tense::Ing) || w.is(class::COORD)
            });
            tail == 0
                || more
                || words.get(next).is_some_and(|w| {
                    w.at(',')
                        || w.is(class::PREP)
                            && line.words[next - 1].mark()
                            && ends_sentence(line, q)
                })
        };
        quotation.filter(only).map(|q| q.span).or(Some(span))
    }
}

/// Whether a quotation holds a stop before its closing mark.
fn ends_sentence(line: &Line<'_>, quotation: &Quotation) -> bool {
    let inner = quotation.span.of(line.text).trim_end_matches(['"', '”', '’', '\'', '»']);
    inner.ends_with(['.', '!', '?'])
}
