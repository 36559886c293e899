//! Who does the saying: the noun phrase before or after a verb.

mod far;

use headwater_page::Span;

use crate::lexicon::{Ending, Manner, Tense, class, takes, traits};
use crate::sentence::{Case, Line, Word};

pub(super) use far::plural;
use far::{dashed, papered, participled, reduced, related, third_person};

/// A noun phrase that names a speaker, as words of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Np {
    /// Its first word.
    pub(crate) first: usize,
    /// The last word before what hangs on it ("of the harbour", ", a spokeswoman").
    pub(crate) core: usize,
    /// Its last word, apposition included.
    pub(crate) last: usize,
}

impl Np {
    /// One from `first` to `last`, with its core found.
    pub(crate) fn new(line: &Line<'_>, first: usize, last: usize) -> Self {
        let hangs = |w: &Word| {
            w.is(class::PREP | class::REL | class::WHO) && !w.is(class::THAN)
                || w.at(',')
                || w.at('(')
                || w.at('—')
                || w.at('–')
        };
        let mut core = last;
        for ix in first + 1..=last {
            let word = &line.words[ix];
            // "Secretary of State Lund": an "of" between capitals stays inside.
            // "Ada Lund of the Crail Institute": her name is complete.
            let named = line.words[first..ix].iter().any(|w| w.has(traits::FIRST))
                && !line.words[ix - 1].has(traits::TITLE | traits::ROLE | traits::OFFICE);
            let inner = word.is(class::OF) && line.words[ix - 1].capital() && !named && {
                let the = line.words.get(ix + 1).is_some_and(|w| w.is(class::ARTICLE));
                line.words.get(ix + 1 + usize::from(the)).is_some_and(Word::capital)
            };
            // "Die Leiterin der Werft": where nouns have capitals, an article behind one is a genitive.
            let genitive = word.is(class::ARTICLE)
                && line.language.people.noun_capitals()
                && line.word(ix - 1).starts_with(char::is_uppercase)
                && ix > first + 1;
            if (hangs(word) || genitive || reduced(line, ix)) && !inner {
                core = ix - 1;
                // "people familiar with the plan": the adjective hangs on the people.
                let people = |k: usize| line.words[k].has(traits::ROLE | traits::ROLES);
                if core > first
                    && !people(core)
                    && people(core - 1)
                    && line.words[core].case == Case::Lower
                {
                    core -= 1;
                }
                break;
            }
        }
        Self { first, core, last }
    }

    /// Its bytes.
    pub(crate) fn span(self, line: &Line<'_>) -> Span {
        line.stretch(self.first, self.last)
    }

    /// The bytes of its core.
    pub(crate) fn core_span(self, line: &Line<'_>) -> Span {
        line.stretch(self.first, self.core)
    }

    /// Whether it is one pronoun.
    pub(crate) fn pronoun(self, line: &Line<'_>) -> bool {
        self.first == self.last && line.words[self.first].is(class::PRONOUN)
    }

    /// Whether it opens with a preposition and with no amount: "about the driver" is nobody, "about 20
    /// residents" are.
    pub(crate) fn is_about(self, line: &Line<'_>) -> bool {
        let counts = |w: &Word| w.case == Case::Digits || w.is(class::NUMBER);
        let words = &line.words[self.first..=self.core];
        words[0].is(class::PREP) && !words.iter().any(counts)
    }

    /// Whether somebody can be meant: a name, a pronoun, a role, an institution, a paper.
    pub(crate) fn somebody(self, line: &Line<'_>) -> bool {
        let words = &line.words[self.first..=self.core];
        let head = words.iter().rev().find(|w| w.letters());
        let speaks = traits::ROLE
            | traits::ROLES
            | traits::SOMEONE
            | traits::OFFICE
            | traits::SEAT
            | traits::DOCUMENT
            | traits::MEDIA
            | traits::TITLE;
        let who = class::HE | class::SHE | class::IT | class::THEY | class::SELF | class::WHO;
        let acts = |w: &Word| w.verb.is_some_and(|v| v.tense == Tense::Ing);
        let name = |w: &Word| {
            w.capital() && !w.is(class::COMMON | class::TIME | class::PRONOUN) && !acts(w)
        };
        let share = |w: &Word| w.at('%') || w.has(traits::SOMEONE);
        // "4 in 10"
        let number = |k: usize| {
            let counts = |w: &Word| w.case == Case::Digits || w.is(class::FRESH);
            line.words.get(k).is_some_and(counts)
        };
        let ratio = line.words.get(self.core + 1).is_some_and(|w| w.is(class::IN));
        let core = &line.words[self.core];
        // "the 46-year-old"
        let aged = core.case == Case::Lower
            && line.word(self.core).starts_with(|c: char| c.is_ascii_digit())
            && line.word(self.core).contains('-')
            && line.words[self.first].is(class::DET);
        let few = core.case == Case::Digits || core.is(class::FRESH);
        let part = few && self.last > self.core + 1 && ratio && number(self.core + 2);
        part || aged
            || head.is_some_and(|w| w.has(speaks) || w.is(who))
            || words.iter().any(|w| name(w) || share(w))
    }
}

/// Whether a word looks like a finite verb in lower case, by class or ending. "Looks" is enough:
/// it only decides where a noun phrase ends.
pub(super) fn verbal(line: &Line<'_>, ix: usize) -> bool {
    let word = &line.words[ix];
    if word.case != Case::Lower {
        return false;
    }
    let speaks = word.verb.is_some_and(|v| {
        let noun = v.tense == Tense::Ing && nominal_after(line, ix);
        !(noun || word.has(traits::DOCUMENT))
    });
    word.is(class::AUX | class::PAST) || speaks || {
        word.ends(Ending::Past) && !nominal_after(line, ix)
    }
}

/// Whether an "-ed" word stands before a noun, as in "the related plan".
fn nominal_after(line: &Line<'_>, ix: usize) -> bool {
    ix > 0 && line.words[ix - 1].is(class::DET)
}

/// The subject of the verb at `verb`, in the sentence that begins with word `start`.
///
/// "Lund said", "the dam's owner has also said", "Lund, a diver, on Friday said".
pub(crate) fn before(line: &Line<'_>, start: usize, verb: usize) -> Option<Np> {
    let words = &line.words;
    let mut last = verb;
    loop {
        let ix = last.checked_sub(1).filter(|&ix| ix >= start)?;
        let word = &words[ix];
        if word.quoted {
            return None;
        }
        if idle(line, ix) || when(line, start, ix) {
            last = ix;
            if ix > start && words[ix].is(class::TIME) && words[ix - 1].is(class::PREP) {
                last = ix - 1;
            }
            continue;
        }
        // "at the time", "released this week"
        if word.is(class::DET) && ix + 1 == last && last < verb && words[last].is(class::TIME) {
            last = ix;
            if ix > start && words[ix - 1].is(class::PREP) {
                last = ix - 1;
            }
            continue;
        }
        if word.at(',') && ix > start {
            // ", however," and ", in turn,"
            let inserted = (start..ix).rev().take(4).find(|&k| words[k].at(','));
            let light = |k: usize| {
                (k + 1..ix)
                    .all(|m| idle(line, m) || words[m].is(class::BUT | class::TIME | class::PREP))
            };
            // ", in her dissent,"
            let aside = |k: usize| {
                words[k + 1].is(class::PREP)
                    && !words[k + 1].is(class::OF)
                    && words[k - 1].letters()
                    && !(k + 1..ix)
                        .any(|m| words[m].quoted || verbal(line, m) || words[m].is(class::COORD))
            };
            let wide = (start + 1..ix).rev().take(9).find(|&k| words[k].at(','));
            if let Some(k) = wide.filter(|&k| k > start + 1 && k + 2 < ix && aside(k)) {
                last = k;
                continue;
            }
            if let Some(k) = inserted.filter(|&k| k + 1 < ix && light(k)) {
                last = k;
                continue;
            }
            return appositive(line, start, ix);
        }
        if word.at(')') {
            let open = (start..ix).rev().take(12).find(|&k| words[k].at('('))?;
            let np = phrase(line, start, open.checked_sub(1).filter(|&k| k >= start)?)?;
            return Some(Np { last: ix, ..np });
        }
        if let Some(open) = dashed(line, start, ix) {
            let np = phrase(line, start, open.checked_sub(1).filter(|&k| k >= start)?)?;
            return Some(Np { last: open - 1, ..np });
        }
        if word.at('%') {
            return phrase(line, start, ix);
        }
        // "held a rifle and said": not the rifle.
        if word.mark() || word.case == Case::Possessive || word.is(class::COORD) {
            return None;
        }
        // "a plan that calls": only papers and people say something so.
        if word.is(class::THAT) {
            let speaks = traits::DOCUMENT | traits::REPORT | traits::ROLE | traits::ROLES;
            let noun = ix.checked_sub(1).filter(|&k| k >= start && words[k].has(speaks))?;
            let which =
                |np: &Np| words[np.first..noun].iter().any(|w| w.is(class::DET) || w.capital());
            return phrase(line, start, noun).filter(which);
        }
        if word.is(class::WHICH) {
            // "Crail, which is expected to": a place that does nothing.
            words[verb].verb.filter(|v| v.manner == Manner::Say || v.takes(takes::REPORT))?;
            return phrase(line, start, ix).or_else(|| papered(line, start, ix));
        }
        let reduced = if reduced(line, ix) { participled(line, start, ix, verb) } else { None };
        return related(line, start, ix)
            .or(reduced)
            .or_else(|| phrase(line, start, ix))
            .or_else(|| participled(line, start, ix, verb));
    }
}

/// Adverbs and auxiliaries between a subject and its verb.
fn idle(line: &Line<'_>, ix: usize) -> bool {
    let word = &line.words[ix];
    if word.case != Case::Lower {
        return false;
    }
    // "The weekly" is a paper.
    word.is(class::ADVERB | class::AUX | class::NOT)
        || word.ends(Ending::Adverb) && !word.has(traits::OFFICE | traits::PAPER)
}

/// Words that say when: "Friday", "last week". A surname ("Ada May") is none.
fn when(line: &Line<'_>, start: usize, ix: usize) -> bool {
    let words = &line.words;
    let name =
        ix > start && words[ix].capital() && words[ix - 1].has(traits::FIRST | traits::TITLE);
    words[ix].is(class::TIME) && !name || {
        words[ix].case == Case::Digits && ix > start && words[ix - 1].is(class::MONTH)
    }
}

/// The noun phrase that ends with word `last`.
pub(super) fn phrase(line: &Line<'_>, start: usize, last: usize) -> Option<Np> {
    let words = &line.words;
    if words[last].is(class::WHO | class::WHICH) {
        // "Lund, who said", "the mill, which said": whoever "who" stands for.
        let before = last.checked_sub(1).filter(|&k| k >= start)?;
        let before = if words[before].at(',') { before.checked_sub(1)? } else { before };
        return (before >= start && !words[before].mark())
            .then(|| phrase(line, start, before))
            .flatten();
    }
    if words[last].is(class::PRONOUN) {
        return Some(Np { first: last, core: last, last });
    }
    let mut first = last;
    while first > start && last - first < 18 {
        let word = &words[first - 1];
        let stops = word.mark() && !matches!(word.case, Case::Mark('&' | '.' | '$' | '%' | '/' | '#' | '@'))
            || word.quoted
            || word.is(class::SUB | class::REL) && !word.is(class::PREP)
            || word.is(class::PRONOUN) && !word.is(class::DET)
            || verbal(line, first - 1)
            // "it's a plan": no owner.
            || word.case == Case::Possessive && words[first].is(class::ARTICLE);
        if stops {
            break;
        }
        if word.is(class::COORD) && !joins(line, start, first - 1) {
            break;
        }
        // "A day after the Gazette reported": what can open a clause does so before an outlet.
        let press = |word: &Word| word.has(traits::MASTHEAD | traits::MEDIA) || word.capital();
        if word.is(class::SUB) && word.is(class::PREP) && press(&words[last]) {
            break;
        }
        first -= 1;
    }
    first = strip(line, first, last).filter(|&k| words[k].case != Case::Possessive)?;
    Some(Np::new(line, first, last)).filter(|np| np.somebody(line))
}

/// Whether the "and" at `ix` joins two names of one subject: what stands before it is a bare noun
/// phrase, with no verb back to where the clause begins.
fn joins(line: &Line<'_>, start: usize, ix: usize) -> bool {
    let words = &line.words;
    if ix == start || words[ix].is(class::BUT) && !words[ix].is(class::COORD) {
        return false;
    }
    let before = &words[ix - 1];
    let noun = before.capital() || before.has(traits::ROLE | traits::ROLES | traits::OFFICE);
    noun && (start..ix)
        .rev()
        .take(12)
        .take_while(|&k| !(words[k].mark() || words[k].is(class::SUB | class::REL)))
        .all(|k| !verbal(line, k) && !words[k].is(class::PRONOUN))
}

/// Leaves off what stands before the subject: "But", "On Friday", "In a memo".
fn strip(line: &Line<'_>, mut first: usize, last: usize) -> Option<usize> {
    let words = &line.words;
    while first < last
        && (words[first].is(class::COORD)
            || words[first].is(class::BUT) && words[first].case != Case::Upper
            || words[first].is(class::TIME) && !words[first].has(traits::FIRST)
            || words[first].is(class::ADVERB) && words[first].is(class::COMMON)
            || perhaps(words, first)
            || idle(line, first))
    {
        first += 1;
    }
    if !words[first].is(class::PREP | class::SUB) {
        return Some(opened(line, first, last));
    }
    // The last determiner or name that no preposition governs opens the subject.
    let mut found = None;
    let mut governed = true;
    for ix in first + 1..=last {
        let word = &words[ix];
        let name = word.capital() && !words[ix - 1].capital() && !word.is(class::TIME);
        let opens = word.is(class::DET) || name && !words[ix - 1].is(class::DET);
        if word.is(class::PREP | class::SUB) {
            governed = true;
        } else if opens && !governed {
            found = Some(ix);
        } else if opens || word.is(class::TIME) || !word.is(class::DET) {
            governed = governed && opens && word.is(class::DET);
        }
    }
    found
}

/// "Perhaps the crew", "Apparently the board": how sure the writer is, before a determiner.
fn perhaps(words: &[Word], first: usize) -> bool {
    let word = &words[first];
    let opens = word.case == Case::Title && words.get(first + 1).is_some_and(|w| w.is(class::DET));
    opens && word.ends(Ending::Adverb) && word.traits == 0 && !word.is(class::PLACE)
}

/// "include a study": what stands before an article belongs to no noun phrase that it opens.
fn opened(line: &Line<'_>, first: usize, last: usize) -> usize {
    let words = &line.words;
    if words[first].case != Case::Lower || line.language.people.noun_capitals() {
        return first;
    }
    let joined = class::PREP | class::COORD | class::DET;
    let article = |k: &usize| {
        words[*k].is(class::ARTICLE)
            && words[*k].case == Case::Lower
            && words[*k - 1].case == Case::Lower
            && !words[*k - 1].is(joined)
    };
    // "lawyers for those who fight the plan": a noun stands before.
    let noun = |k: usize| words[k].traits != 0 || words[k].is(class::PREP) || !words[k].letters();
    let found = (first + 1..=last).find(article).unwrap_or(first);
    if (first..found).any(noun) { first } else { found }
}

/// The subject before an apposition that ends with the comma at `comma`: the name, with all of it.
fn appositive(line: &Line<'_>, start: usize, comma: usize) -> Option<Np> {
    let words = &line.words;
    let mut from = comma;
    let mut steps = 0;
    let mut nearest = None;
    loop {
        let open = (start + 1..from).rev().take(45).find(|&k| words[k].at(','));
        let Some(open) = open else { return nearest };
        if words[open..comma].iter().any(|w| w.quoted) {
            return nearest;
        }
        steps += 1;
        if steps > 5 {
            return nearest;
        }
        from = open;
        let opener = &words[open + 1];
        let named = words[open - 1].capital() || words[open - 1].at(')') || {
            words[open - 1].has(traits::ROLE | traits::ROLES | traits::OFFICE | traits::SOMEONE)
        };
        let goes = !opener.is(class::COORD) && !opener.mark();
        // "the head of the mint, Ada Lund, said": no name and no role stands before the comma.
        let held = || goes && open + 1 < comma && office_of(line, start, open, comma);
        if !(named || held()) || !goes || words[open - 1].is(class::TIME) {
            let bare = || nameless(line, start, open, comma).filter(|_| goes);
            match bare() {
                Some(first) => return Some(Np { first, core: open - 1, last: comma - 1 }),
                None => continue,
            }
        }
        let end = if words[open - 1].at(')') {
            match (start..open).rev().take(12).find(|&k| words[k].at('(')) {
                Some(paren) if paren > start => paren - 1,
                _ => continue,
            }
        } else {
            open - 1
        };
        let Some(np) = phrase(line, start, end) else { continue };
        // "Lund, who runs a mill in Crail, Harrowshire, said": still inside of the clause.
        if np.first > start && words[np.first - 1].is(class::WHO) {
            continue;
        }
        // An apposition inside the apposition ("Lund, a diver from Aldhelm, who came, said") or the
        // end of a list ("a letter by three towns, Aldhelm, Brack and Crail, said"): look further
        // out, and come back to this one if there is nothing.
        let found = Np { last: comma - 1, ..np };
        let inner = np.first > start + 1 && words[np.first - 1].at(',');
        let links = |w: &Word| w.is(class::BUT | class::ADVERB);
        if inner
            && words[np.first - 2].capital()
            && !links(&words[np.first - 2])
            && !words[np.first - 2].is(class::TIME)
        {
            nearest = nearest.or(Some(found));
            continue;
        }
        return Some(found);
    }
}

/// Whether "the head of the mint" stands before the comma at `open`, and nothing but a name between
/// it and the comma at `close`.
fn office_of(line: &Line<'_>, start: usize, open: usize, close: usize) -> bool {
    let words = &line.words;
    let name = (open + 1..close).take(5);
    let whole = close - open <= 6;
    let named = whole
        && name.clone().all(|k| words[k].capital() || words[k].has(traits::PARTICLE))
        && words[open + 1].capital();
    let last = open - 1;
    named
        && phrase(line, start, last).is_some_and(|np| {
            let role = traits::ROLE | traits::TITLE;
            let free = np.first == start
                || words[np.first - 1].mark()
                || words[np.first - 1].is(class::SUB | class::COORD | class::THAT);
            free && np.core < np.last && words[np.core].has(role)
        })
}

/// "The board's chief plumber, Ada Lund, said": where the noun phrase before the comma at `open`
/// begins, if a name and nothing else stands between it and the comma at `close`.
fn nameless(line: &Line<'_>, start: usize, open: usize, close: usize) -> Option<usize> {
    let words = &line.words;
    let name = || (open + 1..close).map(|k| &words[k]);
    let small = class::COMMON | class::TIME;
    let named = (3..=5).contains(&(close - open))
        && name().all(|w| w.capital() && !w.is(small) || w.has(traits::PARTICLE));
    let head = words.get(open - 1).filter(|w| w.case == Case::Lower && !w.is(class::TIME))?;
    if !named || !name().next()?.capital() || head.is(class::PREP | class::ADVERB) {
        return None;
    }
    let mut first = open - 1;
    while first > start && open - first < 14 {
        let word = &words[first - 1];
        let stops = word.mark() || word.quoted || verbal(line, first - 1);
        if stops || word.is(class::SUB | class::REL | class::COORD) && !word.is(class::PREP) {
            break;
        }
        first -= 1;
    }
    let free = first == start || words[first - 1].mark() || words[first - 1].is(class::BUT);
    let first = strip(line, first, open - 1)?;
    (free && words[first..open].iter().any(|w| w.is(class::DET) || w.case == Case::Possessive))
        .then_some(first)
}

/// The noun phrase that begins with word `first` and ends before `limit`, apposition included; it
/// ends where words that say when, where or what more begin.
pub(crate) fn noun_phrase(line: &Line<'_>, first: usize, limit: usize) -> Option<Np> {
    let words = &line.words;
    if first >= limit || words[first].quoted {
        return None;
    }
    if words[first].is(class::PRONOUN) && !words[first].is(class::DET) {
        return Some(Np { first, core: first, last: first });
    }
    let mut end = first;
    while end < limit {
        let word = &words[end];
        let next = words.get(end + 1).filter(|_| end + 1 < limit);
        if word.quoted || matches!(word.case, Case::Mark(';' | '—' | '–' | ':' | '.' | '!' | '?'))
        {
            break;
        }
        if word.at(',') {
            let more = next.is_some_and(|w| {
                w.is(class::DET | class::WHO)
                    || w.has(traits::ROLE | traits::ROLES | traits::TITLE)
                    || w.case == Case::Lower
                        && !w.is(class::PREP
                            | class::COORD
                            | class::SUB
                            | class::PRONOUN
                            | class::ADVERB
                            | class::TIME
                            | class::REL
                            | class::CITING
                            | class::ACCORDING)
                        && w.verb.is_none()
                    || w.case == Case::Digits
                    || w.is(class::OF)
            });
            let apposed = || {
                more || name_apposed(line, first, end, limit) || in_region(line, first, end, limit)
            };
            if !apposed() || crowded(line, end + 1, limit) {
                break;
            }
        }
        let where_from = word.is(class::PREP) && end > first && {
            next.is_some_and(|w| w.is(class::TIME | class::FRESH)) && !word.is(class::OF)
        };
        let when = word.is(class::TIME)
            && end > first
            && !words[end - 1].has(traits::FIRST | traits::TITLE);
        let sub = word.is(class::SUB) && !word.is(class::PREP);
        let stated = word.case == Case::Lower && word.is(class::PREP) && end > first && {
            super::public::public(line, end, limit).is_some()
        };
        if where_from || when || sub || stated || word.is(class::BUT) && !word.is(class::COORD) {
            break;
        }
        end += 1;
    }
    while end > first
        && (words[end - 1].mark() && !words[end - 1].at(')')
            || end > first + 1 && reduced(line, end - 1))
    {
        end -= 1;
    }
    (end > first).then(|| Np::new(line, first, end - 1)).filter(|np| np.somebody(line))
}

/// Whether a place stands before the comma at `comma` and nothing but its region behind it: "a
/// diver in Crail, Harrowshire."
fn in_region(line: &Line<'_>, first: usize, comma: usize, limit: usize) -> bool {
    let words = &line.words;
    let close = (comma + 1..limit).take(4).find(|&k| !words[k].capital()).unwrap_or(limit);
    let region = (1..=2).contains(&(close - comma - 1))
        && words.get(close).is_none_or(|w| w.mark() && !w.quoted)
        && !(comma + 1..close).any(|k| words[k].has(traits::FIRST) || words[k].is(class::TIME));
    let place = (first..comma).rev().take_while(|&k| words[k].capital()).last();
    let placed = place.and_then(|k| k.checked_sub(1)).is_some_and(|k| {
        k > first && words[k].is(class::PREP) && !words[k].is(class::BY | class::TO)
    });
    region && placed
}

/// Whether a role stands before the comma at `comma` and nothing but a name behind it: "the head of
/// the board, Ada Lund".
fn name_apposed(line: &Line<'_>, first: usize, comma: usize, limit: usize) -> bool {
    let words = &line.words;
    let behind = |k: &usize| words[*k].mark() && words[*k].case != Case::Mark('-');
    let close = (comma + 1..limit).take(6).find(behind).unwrap_or(limit);
    let name = (comma + 1..close).all(|k| words[k].capital() || words[k].has(traits::PARTICLE));
    let opens = words[comma + 1..close]
        .first()
        .is_some_and(|w| w.capital() && !w.is(class::TIME | class::COMMON));
    let role = || {
        let head = Np::new(line, first, comma - 1);
        words[first].is(class::DET) && words[head.core].has(traits::ROLE | traits::TITLE)
    };
    comma > first && close - comma <= 5 && name && opens && role()
}

/// Whether what follows a comma is a clause of its own and no apposition: a verb stands in it
/// before the next comma, and no "who" does.
fn crowded(line: &Line<'_>, from: usize, limit: usize) -> bool {
    let words = &line.words;
    let upto = (from..limit).find(|&k| words[k].at(',')).unwrap_or(limit);
    let relative = words[from..upto].iter().position(|w| w.is(class::WHO | class::REL));
    let upto = relative.map_or(upto, |at| from + at);
    (from..upto).any(|k| words[k].is(class::MODAL) && words[k].case == Case::Lower)
}

/// The subject of the sentence's main clause: the first noun phrase before a verb.
pub(crate) fn subject_of_sentence(line: &Line<'_>, start: usize, limit: usize) -> Option<Np> {
    let words = &line.words;
    let mut first = start;
    while first < limit
        && (words[first].is(class::BUT) && !words[first].is(class::DET)
            || words[first].at(',')
            || words[first].quoted
            || words[first].mark())
    {
        first += 1;
    }
    // "While the plan waits, Lund …": the main clause begins after the comma.
    let opening = words.get(first).filter(|_| first < limit)?;
    let ing = opening.case == Case::Title && opening.ends(Ending::Ing);
    if opening.is(class::SUB | class::PREP) || ing {
        first = (first..limit).take(40).find(|&k| words[k].at(',') && !words[k].quoted)? + 1;
    }
    let acts = |k: usize| verbal(line, k) || k > first && third_person(line, k);
    let verb = (first..limit).take(30).find(|&k| acts(k) && !words[k].quoted)?;
    before(line, first, verb)
}
