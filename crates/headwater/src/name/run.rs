//! Runs of capitals: what may be a name, with the title or role beside it.

use rustc_hash::FxHashSet;

use headwater_page::Span;

use super::Gender;
use crate::fold::fold;
use crate::lexicon::{Classes, Ending, Tense, class, traits};
use crate::sentence::{Case, Line, Word};

/// What a run looks like by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// A person: title, role or first name.
    Person,
    /// An institution.
    Office,
    /// Some name.
    Name,
}

/// A run of capitals in a line.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// Which line.
    pub(super) line: usize,
    /// Its first word, title included.
    pub(super) first: usize,
    /// The first word of the name.
    pub(super) name: usize,
    /// One past its last word.
    pub(super) end: usize,
    /// What it looks like.
    pub(super) shape: Shape,
    /// What its title, role or first name says.
    pub(super) gender: Gender,
    /// Title or role before it.
    pub(super) role: Option<Span>,
    /// Whether that title is only "Mr" or the like.
    pub(super) courtesy: bool,
    /// Role after it, between commas.
    pub(super) apposition: Option<Span>,
    /// Whether it stands beside a verb of speech, as people do.
    pub(super) spoken: bool,
}

impl Run {
    /// Words of the name.
    pub(super) fn n_words(&self) -> usize {
        self.end - self.name
    }

    /// The surname, folded.
    pub(super) fn last_name(&self, line: &Line<'_>) -> String {
        let suffix = |ix: &usize| line.words[*ix].has(traits::SUFFIX);
        let last = (self.name..self.end).rev().find(|ix| !suffix(ix)).unwrap_or(self.end - 1);
        fold(line.word(last))
    }

    /// The name as printed.
    pub(super) fn name_words<'a>(&self, line: &Line<'a>) -> &'a str {
        line.stretch(self.name, self.end - 1).of(line.text)
    }
}

/// Words that a run may open with, by their hash, and whether the point of an abbreviation belongs to them.
pub(super) type Lowered = FxHashSet<(u64, bool)>;

/// Of the words that stand with a capital somewhere, those that stand in lower case too.
pub(super) fn lower(lines: &[Line<'_>]) -> Lowered {
    // Few words have a capital: a bit for each keeps the others out of the set.
    let mut titled = [0_u64; 64];
    let place = |word: &Word| ((word.hash >> 6 & 63) as usize, word.hash & 63);
    let words = || lines.iter().flat_map(|line| &line.words);
    for (at, bit) in words().filter(|w| w.case == Case::Title).map(place) {
        titled[at] |= 1 << bit;
    }
    let is_titled = |word: &Word| {
        let (at, bit) = place(word);
        titled[at] >> bit & 1 == 1
    };
    let lower = |w: &&Word| w.case == Case::Lower && w.is_folded && is_titled(w) && may_open(w);
    words().filter(lower).map(lowered).collect()
}

/// The word as [`Lowered`] holds it.
fn lowered(word: &Word) -> (u64, bool) {
    (word.hash, word.is(class::ABBREVIATION))
}

/// Appends the runs of one line. `taken` are spans of outlets, in order; `lower` are those words that
/// the article has in lower case too.
pub(super) fn runs(
    ix: usize,
    line: &Line<'_>,
    taken: &[Span],
    lower: &Lowered,
    found: &mut Vec<Run>,
) {
    let words = &line.words;
    let is_taken = |word: &Word| {
        let at = taken.partition_point(|span| span.end <= word.span.start);
        taken.get(at).is_some_and(|span| span.overlaps(word.span))
    };
    let titled = line.titled();
    let mut at = 0;
    let mut sentences = line.sentences.iter().map(|s| s.start).peekable();
    while at < words.len() {
        while sentences.next_if(|&start| start < at).is_some() {}
        if !(opens(&words[at]) || month_name(words, at)) || is_taken(&words[at]) {
            at += 1;
            continue;
        }
        let first = at;
        at = end_of(line, first, &is_taken);
        let begins = sentences.peek() == Some(&first)
            || first > 0
                && matches!(words[first - 1].case, Case::Mark('"' | '“' | '‘' | '\'' | ':'));
        if let Some(run) = shaped(ix, line, first, at, begins && !titled, lower) {
            at = run.end.max(first + 1);
            found.push(run);
        }
    }
}

/// Whether a word may open a name.
fn opens(word: &Word) -> bool {
    word.capital() && !word.is(SMALL)
}

/// Words that open no name.
const SMALL: Classes = class::COMMON | class::TIME | class::PRONOUN;

/// Whether a run may begin with the word where it has a capital.
fn may_open(word: &Word) -> bool {
    !word.is(SMALL) || word.is(class::MONTH)
}

/// Whether a month's word is a first name here: "Jan Lund said", but not "in May Lund said".
fn month_name(words: &[Word], at: usize) -> bool {
    let word = &words[at];
    let other = |w: &Word| !opens(w);
    let dated = |w: &Word| w.is(class::IN | class::TIME) || w.case == Case::Digits;
    word.case == Case::Title
        && word.is(class::MONTH)
        && word.has(traits::FIRST)
        && !words.get(at + 1).is_none_or(other)
        && !at.checked_sub(1).is_some_and(|k| dated(&words[k]))
}

/// One past the last word of the run that begins at `first`.
fn end_of(line: &Line<'_>, first: usize, is_taken: &impl Fn(&Word) -> bool) -> usize {
    let words = &line.words;
    let mut end = first + 1;
    let heads = traits::OFFICE | traits::TITLE | traits::ROLE | traits::OPENER;
    let mut office = words[first].has(heads);
    while let Some(word) = words.get(end) {
        let next = words.get(end + 1);
        let capital =
            |w: Option<&Word>| w.is_some_and(|w| w.capital() && !w.is(class::TIME) && !is_taken(w));
        let may = word.is(class::TIME) && words[end - 1].has(traits::FIRST);
        if word.capital() && (!word.is(class::COMMON | class::TIME) || may) && !is_taken(word) {
            office |= word.has(traits::OFFICE | traits::TITLE | traits::ROLE);
            end += 1;
        } else if word.case == Case::Lower && capital(next) {
            let joins = if word.is(class::OF) {
                office && !complete(words, first, end)
            } else {
                word.has(traits::PARTICLE)
            };
            if !joins {
                break;
            }
            end += 2;
        } else if office && word.is(class::OF) && next.is_some_and(|w| w.is(class::ARTICLE)) {
            if complete(words, first, end) || !capital(words.get(end + 2)) {
                break;
            }
            end += 3;
        } else {
            break;
        }
    }
    end
}

/// Whether words `first..end` name a person in full: "Governor Ada Lund", before "of Crail".
fn complete(words: &[Word], first: usize, end: usize) -> bool {
    let seated = traits::OFFICE | traits::TITLE | traits::ROLE;
    !words[end - 1].has(seated) && words[first..end].iter().any(|w| w.has(traits::FIRST))
}

/// The run from `first` to `end` with what it looks like; none if its capital only opens a sentence.
fn shaped(
    ix: usize,
    line: &Line<'_>,
    mut first: usize,
    mut end: usize,
    begins: bool,
    lower: &Lowered,
) -> Option<Run> {
    let words = &line.words;
    first = described(line, first, end);
    end = parted(words, first, end);
    if begins {
        let word = &words[first];
        let plain = word.case == Case::Title && lower.contains(&lowered(word));
        let known = word.has(traits::FIRST | traits::TITLE);
        let unnamed = word.has(traits::ROLES | traits::SOMEONE);
        if (plain && !known) || unnamed || (word.verb.is_some_and(|v| v.tense == Tense::Ing)) {
            first += 1;
            if first == end || !opens(&words[first]) {
                return None;
            }
        }
    }
    let (mut name, mut role) = titles(line, first, end);
    // "the envoy to the HB Ada Lund", "Crail CEO Ada Lund": the name begins behind the letters.
    let lettered = |k: &usize| {
        words[*k].case == Case::Upper
            && !words[*k].has(traits::FIRST)
            && words[*k + 1].has(traits::FIRST)
    };
    if name == first
        && let Some(k) = (first..end.max(2) - 2).rev().find(lettered)
    {
        (name, role) = (k + 1, Some(line.stretch(first, k)));
    }
    let follower = words.get(end);
    // "The Lund administration", "Oduya's campaign": the institution, not the person.
    let owned = usize::from(follower.is_some_and(|w| w.case == Case::Possessive));
    let house = words.get(end + owned).filter(|w| w.case == Case::Lower && w.has(traits::OFFICE));
    let mut run = Run {
        line: ix,
        first,
        name,
        end,
        shape: Shape::Name,
        gender: Gender::Unknown,
        role: None,
        courtesy: (first..name).all(|ix| words[ix].has(traits::COURTESY)) && name > first,
        apposition: None,
        spoken: false,
    };
    if house.is_some() && owned == 0 {
        run.end = end + 1;
        run.name = first;
        run.shape = Shape::Office;
        return Some(run);
    }
    let office = (name..end).any(|w| words[w].has(traits::OFFICE | traits::SEAT))
        || words[first].has(traits::SEAT);
    if role.is_none() && first > 0 {
        role = role_before(line, first);
    }
    let gender = gender(words, first, name, end, role.is_some());
    run.apposition = apposition(line, end);
    run.spoken = spoken(words, name, end);
    let titled = role.is_some() || run.apposition.is_some();
    let firstly = words[name].has(traits::FIRST) && end - name > 1;
    let article = name > 0 && words[name - 1].is(class::ARTICLE);
    let acronym = end - name == 1 && words[name].case == Case::Upper;
    if office && (role.is_none() || words[end - 1].has(traits::OFFICE)) || acronym && role.is_none()
    {
        run.shape = Shape::Office;
        run.name = first;
    } else if (titled || firstly) && !article && end - name <= 5 {
        run.shape = Shape::Person;
        run.gender = gender;
        run.role = role;
    }
    Some(run)
}

/// Whether a word describes the name behind it: "Crail-based", "state-owned".
pub(crate) fn joined(line: &Line<'_>, at: usize) -> bool {
    let word = &line.words[at];
    let small = line
        .word(at)
        .rsplit_once('-')
        .is_some_and(|(_, last)| last.starts_with(char::is_lowercase) && last.chars().count() > 2);
    !word.is_plain && small && word.ends(Ending::Past)
}

/// Where the name begins behind capitals that only describe it: "Crail-based Lund Mills", "American Ada
/// Lund".
fn described(line: &Line<'_>, first: usize, end: usize) -> usize {
    let words = &line.words;
    let joined = |k: &usize| joined(line, *k);
    let first = (first..end - 1).rev().find(joined).map_or(first, |k| k + 1);
    // "India Grant" is a name, and "the German Marshall Fund" an institution.
    let named = end > first + 2 && words[first + 1].has(traits::FIRST);
    let house = words[first..(end + 1).min(words.len())].iter().any(|w| w.has(traits::OFFICE));
    let describes = words[first].is(class::PLACE) && words[first].traits == 0;
    if named && !house && describes { first + 1 } else { first }
}

/// Where a run ends that holds an office and somebody's name behind it: "to the United Nations Ada Lund".
fn parted(words: &[Word], first: usize, end: usize) -> usize {
    let house = traits::OFFICE | traits::SEAT;
    let begins = |k: &usize| {
        words[*k].has(traits::FIRST)
            && !words[*k].has(house | traits::TITLE | traits::ROLE)
            && words[k - 1].has(house)
            && !words[*k..end].iter().any(|w| w.has(house))
    };
    // "The Trinity University Rose Hall" is one house.
    let article = first.checked_sub(1).is_some_and(|k| words[k].is(class::ARTICLE));
    let before = first.checked_sub(1 + usize::from(article)).map(|k| &words[k]);
    if !before.is_some_and(|word| word.is(class::PREP)) {
        return end;
    }
    (first + 1..end.max(1) - 1).find(begins).unwrap_or(end)
}

/// Splits titles off: the first word of the name, and the span of what stands before it.
/// "Prime Minister Ada Lund", "Secretary of the Interior Ada Lund", "Mr. Lund".
fn titles(line: &Line<'_>, first: usize, end: usize) -> (usize, Option<Span>) {
    let words = &line.words;
    let title = |ix: &usize| words[*ix].has(traits::TITLE | traits::ROLE);
    let Some(last) = (first..end - 1).rev().find(title) else { return (first, None) };
    let mut name = last + 1;
    if words[name].is(class::OF) || words[name].case == Case::Lower {
        let known = (name..end).find(|&ix| words[ix].has(traits::FIRST));
        // "Secretary of State Lund": one word belongs to the office.
        name = known.unwrap_or_else(|| (name + 2).min(end));
        if name >= end {
            return (first, None);
        }
    }
    // "Ada Judge": what stands before is a first name, no title.
    if name == first + 2 && words[first].has(traits::FIRST) && !words[first].has(traits::TITLE) {
        return (first, None);
    }
    (name, Some(line.stretch(first, name - 1)))
}

/// A role in lower case right before the name, with its own modifiers: "harbour spokeswoman".
fn role_before(line: &Line<'_>, first: usize) -> Option<Span> {
    let words = &line.words;
    let last = first.checked_sub(1)?;
    if !(words[last].case == Case::Lower && words[last].has(traits::ROLE | traits::TITLE)) {
        return None;
    }
    let mut from = last;
    while from > 0 {
        let word = &words[from - 1];
        let stops =
            word.is(class::DET | class::PREP | class::AUX | class::COORD | class::REL | class::SUB);
        let verb = word.verb.is_some() && word.case == Case::Lower;
        if !(word.letters() || word.case == Case::Possessive) || stops || verb || last - from >= 5 {
            break;
        }
        from -= 1;
    }
    Some(line.stretch(from, last))
}

/// The role after the name, between commas: ", a dam engineer,". The span ends with the role word.
fn apposition(line: &Line<'_>, end: usize) -> Option<Span> {
    let words = &line.words;
    if !words.get(end)?.at(',') {
        return None;
    }
    let start = end + 1;
    let mut article = start;
    while words.get(article)?.is(class::DET) {
        article += 1;
    }
    for ix in article..(article + 8).min(words.len()) {
        let word = &words[ix];
        if word.case == Case::Possessive {
            continue;
        }
        if !word.letters() || word.is(class::PREP | class::AUX | class::COORD | class::PRONOUN) {
            return None;
        }
        let next = words.get(ix + 1);
        let more = next.is_some_and(|w| w.has(traits::ROLE | traits::TITLE));
        if word.has(traits::ROLE | traits::TITLE) && !more {
            let named = next.is_some_and(Word::capital) && !word.is(class::OF);
            // "by the sea at Crail, a source said": the role is a speaker of its own.
            let rest = (ix + 1..words.len()).take_while(|&k| !words[k].mark());
            let mut rest = rest.take_while(|&k| !words[k].is(class::WHO | class::REL));
            let speaks = rest.any(|k| words[k].verb.is_some() && words[k].case == Case::Lower);
            return (!named && !speaks).then(|| line.stretch(article, ix));
        }
        if word.verb.is_some() && word.case == Case::Lower && ix == article {
            return None;
        }
    }
    None
}

fn gender(words: &[Word], first: usize, name: usize, end: usize, role: bool) -> Gender {
    let from = if role && name == first { first.saturating_sub(1) } else { first };
    let told = |w: &Word| {
        if w.has(traits::FEMALE) {
            Gender::Female
        } else if w.has(traits::MALE) {
            Gender::Male
        } else {
            Gender::Unknown
        }
    };
    let titles = words[from..name].iter().map(told).find(|g| *g != Gender::Unknown);
    let named = (end - name > 1).then(|| told(&words[name]));
    titles.or(named).unwrap_or(Gender::Unknown)
}

/// Whether a verb of speech stands right before or after.
fn spoken(words: &[Word], name: usize, end: usize) -> bool {
    let says = |w: Option<&Word>| {
        w.is_some_and(|w| {
            w.verb.is_some_and(|v| v.takes(crate::lexicon::takes::QUOTE)) && w.case == Case::Lower
        })
    };
    says(words.get(end)) || (name > 0 && says(words.get(name - 1)))
}
