//! Date: when something happened or was printed, as an interval that keeps its precision.
//!
//! A day is never made up: "last month" is an interval of a month, and a weekday in an article
//! without a publication date keeps its symbolic value and no interval.

use headwater_page::Span;
use jiff::civil::Date;

use crate::lexicon::Language;
use crate::sentence::Line;

mod moment;
mod pattern;
mod printed;
mod resolve;
mod stated;
mod token;

use token::Token;

pub use printed::{Clock, Form, Printed, printed};
pub use stated::stated;

/// Calendar days, both ends inclusive; a single day has `first == last`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Interval {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

impl Interval {
    /// One day.
    pub fn day(day: Date) -> Self {
        Self { first: day, last: day }
    }

    /// Whether it is one single day.
    pub fn is_day(self) -> bool {
        self.first == self.last
    }

    /// Whether no day lies in both.
    pub fn excludes(self, other: Interval) -> bool {
        self.last < other.first || other.last < self.first
    }
}

/// What an expression of time is, as TIMEX3 tells them apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Timex {
    /// A place in the calendar, a day or coarser.
    Date,
    /// A time or a part of a day.
    Time,
    /// A length of time.
    Duration,
    /// Something that returns.
    Set,
}

/// A date expression in an article.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dated {
    /// The words.
    pub span: Span,
    /// What it is.
    pub timex: Timex,
    /// Which pattern of the calendar found it, as the lexicon writes it.
    pub rule: &'static str,
    /// TIMEX3 value: `2025-08`, `P3D`, `XXXX-WXX-4`, `PRESENT_REF`.
    pub value: String,
    /// The days it names, where they follow from the words and the publication date.
    pub when: Option<Interval>,
}

/// Every date expression of the article that `paragraphs` are (headline and body, in order), resolved
/// against the day of publication.
///
/// In news a bare weekday or month lies in the past ("on Thursday" is the last one, or the day of
/// publication itself) unless a future verb or preposition says otherwise. Without `published` the
/// value stays symbolic and `when` is empty, except for dates that are complete in themselves.
/// Durations ("three days", `P3D`) and sets ("daily", `P1D`) are listed too and never have a
/// `when`. Expressions do not overlap. Cost: linear in `paragraphs`. Never fails.
pub fn dates(
    text: &str,
    paragraphs: &[Span],
    published: Option<Interval>,
    language: &Language,
) -> Vec<Dated> {
    let lines = paragraphs.iter().map(|&span| Line::new(text, span, language));
    dates_in(&lines.collect::<Vec<_>>().iter().collect::<Vec<_>>(), published)
}

/// The same, from lines that are read.
pub(crate) fn dates_in(lines: &[&Line<'_>], published: Option<Interval>) -> Vec<Dated> {
    let (memory, here) = (Memory::default(), Memory::default());
    let mut reader = Reader { tokens: Vec::new(), published, memory, here };
    let mut found = Vec::new();
    for line in lines {
        for sentence in line.dating() {
            token::tokens(line, sentence, &mut reader.tokens);
            in_sentence(&mut reader, line.language, &mut found);
        }
        reader.goes_on();
    }
    found
}

/// What was spoken of before, which "the same day" and "a year earlier" are counted from.
#[derive(Clone, Copy, Default, Debug)]
struct Memory {
    /// The last moment.
    reference: Option<moment::Moment>,
    /// The first quarter of the paragraph, else of the article.
    quarter: Option<(i16, i8)>,
}

/// One sentence while it is read.
struct Reader<'l> {
    tokens: Vec<Token<'l>>,
    published: Option<Interval>,
    /// What the paragraphs before spoke of, and what this one does.
    memory: Memory,
    here: Memory,
}

/// Appends the dates of the sentence whose tokens the reader has.
fn in_sentence<'l>(reader: &mut Reader<'l>, language: &'l Language, found: &mut Vec<Dated>) {
    // The expression before, for "May to July 2030".
    let mut before: Option<(usize, pattern::Match<'_>, usize)> = None;
    let (mut at, mut free, mut hinge) = (0, 0, 0);
    while at < reader.tokens.len() {
        if hinge < at || hinge == 0 {
            let Some(next) = reader.tokens[at..].iter().position(Token::is_hinge) else { return };
            hinge = at + next;
        }
        // No pattern reaches it from farther away.
        at = at.max((hinge + 1).saturating_sub(language.calendar.longest));
        let Some(mut here) = pattern::longest(&reader.tokens, at, &language.calendar) else {
            at += 1;
            continue;
        };
        let end = here.end;
        let mut stretch = Vec::new();
        if let Some((from, first)) = pattern::first_day(&reader.tokens, at, &here)
            && from >= free
        {
            stretch.push((from, first));
        }
        let last = pattern::last_day(&reader.tokens, &here);
        if let Some((_, last)) = &last {
            here.said.year = last.said.year;
        }
        stretch.push((at, here));
        stretch.extend(last);
        // The year behind the far end is that of both.
        if let Some((from, mut near, nth)) = before
            && let Some(said) = pattern::with_year_of(&near, &here)
            && pattern::joined(&reader.tokens, at) == Some(near.end - 1)
        {
            near.said = said;
            if let Some(dated) = reader.dated(from, &near) {
                found[nth] = dated;
            }
        }
        before = None;
        at = end;
        for (from, one) in stretch {
            at = at.max(one.end);
            free = at;
            if let Some(dated) = reader.dated(from, &one) {
                before = Some((from, one, found.len()));
                found.push(dated);
            }
        }
    }
}

impl Reader<'_> {
    /// Takes what the paragraph spoke of along into the next one.
    fn goes_on(&mut self) {
        let here = std::mem::take(&mut self.here);
        self.memory.reference = here.reference.or(self.memory.reference);
        self.memory.quarter = self.memory.quarter.or(here.quarter);
    }

    /// The date expression of a match at token `at`, which is then the one spoken of last.
    fn dated(&mut self, at: usize, found: &pattern::Match<'_>) -> Option<Dated> {
        let edge = pattern::edge(&self.tokens, at);
        let context = resolve::Context {
            lean: pattern::lean(&self.tokens, at, found.end),
            edge: edge.map(|(_, edge)| edge),
            is_rate: pattern::is_rate(&self.tokens, at),
            reference: self.here.reference.or(self.memory.reference),
            quarter: self.here.quarter.or(self.memory.quarter),
        };
        let meaning = resolve::meaning(found, context, self.published)?;
        let start = self.tokens[edge.map_or(at, |(at, _)| at)].start;
        let span = Span::new(start, self.tokens[found.end - 1].end);
        if let resolve::Meaning::Moment(moment, _) = meaning {
            self.here.reference = Some(moment);
            if let moment::Moment::Quarter(year, nth) = moment {
                self.here.quarter.get_or_insert((year, nth));
            }
        }
        let when = meaning.interval(context, self.published);
        let value = meaning.value();
        let returns = found.rule.is_some_and(|rule| resolve::returns(rule, context));
        let timex = timex(&value, returns);
        let rule = found.rule.map_or(DIGITS, |rule| rule.pattern);
        Some(Dated { span, timex, rule, value, when })
    }
}

/// The rule of a whole date in digits, which is no row of the lexicon.
const DIGITS: &str = "digits";

fn timex(value: &str, returns: bool) -> Timex {
    let length =
        |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'T' | 'X'));
    if returns {
        Timex::Set
    } else if value.strip_prefix('P').is_some_and(length) {
        Timex::Duration
    } else if value.contains('T') && !value.ends_with("REF") {
        Timex::Time
    } else {
        Timex::Date
    }
}

#[cfg(test)]
mod tests;
