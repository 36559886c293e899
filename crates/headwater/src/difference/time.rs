//! Time: two days of one deed that exclude each other, or two deadlines for one thing.

use headwater_page::Span;

use super::occasion::{self, MONTH};
use super::{Apart, Grade, Pair, SAME_POINT, SAME_SENTENCE, Side};
use crate::date::{Dated, Interval, Timex};
use crate::fold;

/// Days that exclude each other, where each side names one time, or one last moment.
///
/// "Two weeks ago" and "late last month" are compared as the days that they name: where any day lies
/// in both, nothing differs.
pub(super) fn compare(pair: &Pair<'_, '_>) -> Option<Apart> {
    let like = pair.likeness.of_lighter >= LIKE && pair.likeness.of_heavier >= SAME_POINT;
    // Whoever sets two last moments sets them for one thing.
    let deadlines = || Some((deadline(pair.left)?, deadline(pair.right)?, DEADLINE));
    let days = || Some((day(pair.left)?, day(pair.right)?, SAME_POINT)).filter(|_| like);
    let days = || days().filter(|(was, is, _)| is_one_deed(pair, was, is));
    let (was, is, least) = deadlines().or_else(days)?;
    let one_clock = clock(was).is_some() && clock(was) == clock(is);
    if one_clock || !pair.is_same_point(was.span, is.span, least) {
        return None;
    }
    let exact = match (was.when, is.when) {
        (Some(then), Some(now))
            if then.excludes(now) && is_near(then, now) && !are_own_news(pair, then, now) =>
        {
            then.is_day()
        }
        // Weekdays of reports that do not say when they were printed.
        (None, None) if weekdays(was, is) => false,
        _ => return None,
    };
    let sure = exact && pair.likeness.of_heavier >= SAME_SENTENCE;
    let grade = if sure { Grade::Excludes } else { Grade::Differs };
    Some(Apart { left: was.span, right: is.span, grade })
}

/// Whether one deed is dated far apart by the only day that each names: two happenings.
pub(super) fn are_apart(pair: &Pair<'_, '_>) -> bool {
    let days = day(pair.left).zip(day(pair.right));
    days.is_some_and(|(was, is)| {
        let apart = was.when.zip(is.when).is_some_and(|(then, now)| {
            let long = |it: Interval| occasion::days(it.first, it.last) >= occasion::APART;
            !long(then) && !long(now) && occasion::gap(then, now) > occasion::APART
        });
        apart && is_one_deed(pair, was, is)
    })
}

/// Weight that two sentences must share, per mille of the lighter one, before two last moments in them are
/// for one thing, where one word around them is the same.
const DEADLINE: u32 = 250;

/// Weight that two sentences must share, per mille of the lighter one, before days in them are days of one
/// deed.
const LIKE: u32 = 600;

/// Whether one deed is said to have been on both days: a verb that stands near both, the same or one that
/// retells it.
fn is_one_deed(pair: &Pair<'_, '_>, was: &Dated, is: &Dated) -> bool {
    let here = pair.left.deeds_around(was.span);
    !here.is_empty() && pair.right.deeds_around(is.span).iter().any(|key| here.contains(key))
}

/// Whether each tells the news of its own days, days apart: two launches, a week between them.
fn are_own_news(pair: &Pair<'_, '_>, then: Interval, now: Interval) -> bool {
    let (Some(left), Some(right)) = (pair.left.published(), pair.right.published()) else {
        return false;
    };
    occasion::gap(left, right) >= APART
        && occasion::gap(then, left) <= FRESH
        && occasion::gap(now, right) <= FRESH
}

/// Days between two articles that tell of their own days, at least: one happening is told again for
/// a day or two.
const APART: i32 = 3;
/// Days that are news, at most.
const FRESH: i32 = 2;

/// The clock of a time without its day.
fn clock(date: &Dated) -> Option<&str> {
    date.value
        .split_once('T')
        .map(|it| it.1)
        .filter(|it| it.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether two times are as long as each other, a month at most, and no farther apart than reports of
/// one happening put it. Years are rounded ("three decades ago"), and what lies a year apart is another
/// happening.
fn is_near(one: Interval, other: Interval) -> bool {
    let length = |it: Interval| occasion::days(it.first, it.last);
    let long = length(one).max(length(other)) > MONTH;
    let gap = occasion::gap(one, other);
    !long && length(one).abs_diff(length(other)) <= SLACK && gap <= MONTH
}

/// Days by which two months differ in length.
const SLACK: u32 = 3;

/// The only day that it names.
fn day<'a>(side: &Side<'a>) -> Option<&'a Dated> {
    *side.known.day.get_or_init(|| only(side, |_| true))
}

/// The only last moment that it names.
fn deadline<'a>(side: &Side<'a>) -> Option<&'a Dated> {
    *side.known.deadline.get_or_init(|| only(side, |date| is_deadline(side, date)))
}

/// The only date that counts, if it dates the sentence.
fn only<'a>(side: &Side<'a>, counts: impl Fn(&Dated) -> bool) -> Option<&'a Dated> {
    let named = |date: &&Dated| matches!(date.timex, Timex::Date | Timex::Time) && counts(date);
    let mut dates = side.dates().filter(named);
    let first = dates.next().filter(|date| dates_sentence(side, date.span))?;
    dates.next().is_none().then_some(first)
}

fn is_deadline(side: &Side<'_>, date: &Dated) -> bool {
    let deadlines = &side.language().differences.deadlines;
    let before = side.words_before(date.span, 3);
    (0..before.len()).any(|from| {
        let phrase = before[from..].iter().map(|it| it.1.as_str()).collect::<Vec<_>>();
        deadlines.has(&phrase.join(" "))
    })
}

/// Whether a day dates the sentence and not the thing behind it ("the 2020 census").
fn dates_sentence(side: &Side<'_>, date: Span) -> bool {
    let text = side.text();
    let behind = Span { start: date.end, end: side.statement.span.end };
    let next = fold::tokens(text, behind).into_iter().next();
    next.is_none_or(|next| {
        let between = Span { start: date.end, end: next.span.start };
        let word = fold::fold(next.span.of(text));
        !between.of(text).chars().all(char::is_whitespace)
            || side.language().function_words.has(&word)
    })
}

/// Whether both are a day of some week, and not the same.
fn weekdays(was: &Dated, is: &Dated) -> bool {
    let day = |date: &Dated| {
        let rest = date.value.strip_prefix("XXXX-WXX-")?;
        rest.chars().next().filter(char::is_ascii_digit)
    };
    day(was).zip(day(is)).is_some_and(|(was, is)| was != is)
}
