//! Date: when something happened or was printed, as an interval that keeps its precision.
//!
//! A day is never made up: "last month" is an interval of a month, and a weekday in an article
//! without a publication date keeps its symbolic value and no interval.

use headwater_page::Span;
use jiff::civil::Date;

use crate::lexicon::Language;

mod moment;
mod pattern;
mod printed;
mod resolve;
mod stated;
mod token;

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

/// A date expression in an article.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dated {
    /// The words.
    pub span: Span,
    /// TIMEX3 value: `2025-08`, `P3D`, `XXXX-WXX-4`, `PRESENT_REF`.
    pub value: String,
    /// The days it names, where they follow from the words and the publication date.
    pub when: Option<Interval>,
}

/// Every date expression in `within`, in order, resolved against the day of publication.
///
/// In news a bare weekday or month lies in the past ("on Thursday" is the last one, or the day of
/// publication itself) unless a future verb or preposition says otherwise. Without `published` the
/// value stays symbolic and `when` is empty, except for dates that are complete in themselves.
/// Durations ("three days", `P3D`) and sets ("daily", `P1D`) are listed too and never have a
/// `when`. Expressions do not overlap. Cost: linear in `within`. Never fails.
pub fn dates(
    text: &str,
    within: Span,
    published: Option<Interval>,
    language: &Language,
) -> Vec<Dated> {
    let calendar = &language.calendar;
    let tokens = token::tokens(text, within, language);
    let mut found = Vec::new();
    let (mut reference, mut quarter) = (None, None);
    let mut at = 0;
    while at < tokens.len() {
        let Some(found_here) = pattern::longest(&tokens, at, calendar) else {
            at += 1;
            continue;
        };
        let context = resolve::Context {
            lean: pattern::lean(&tokens, at, found_here.end),
            edge: pattern::edge(&tokens, at),
            reference,
            quarter,
        };
        if let Some(meaning) = resolve::meaning(&found_here, context, published) {
            let start = tokens[at - usize::from(context.edge.is_some())].start;
            let span = Span::new(start, tokens[found_here.end - 1].end);
            if let resolve::Meaning::Moment(moment, _) = meaning {
                reference = Some(moment);
                if let moment::Moment::Quarter(year, nth) = moment {
                    quarter.get_or_insert((year, nth));
                }
            }
            let when = meaning.interval(context, published);
            found.push(Dated { span, value: meaning.value(), when });
        }
        at = found_here.end;
    }
    found
}

#[cfg(test)]
mod tests;
