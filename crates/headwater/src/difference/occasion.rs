//! Occasion: when what a statement tells was, as far as its words say, so that another happening is not
//! taken for another account of this one.

use jiff::Unit;
use jiff::civil::Date;

use super::{Pair, Side};
use crate::date::{Interval, Timex};

/// Days between two dates of one happening, at most. Not swept.
pub(super) const MONTH: i32 = 31;

/// Whether two statements may tell of one happening: days that they name lie a month apart at most.
/// Who names no day tells of what was when the article was printed, or where the sentences share at
/// least `least` per mille of the lighter one of whatever the other tells of.
pub(super) fn may_be_one(pair: &Pair<'_, '_>, least: u32) -> bool {
    let (was, is) = (named(pair.left), named(pair.right));
    let near = |one: &[Interval], other: &[Interval]| {
        one.iter().any(|it| other.iter().any(|other| gap(*it, *other) <= MONTH))
    };
    match (was.is_empty(), is.is_empty()) {
        (true, true) => true,
        (false, false) => near(&was, &is),
        (true, false) => pair.likeness.of_lighter >= least || near(&printed(pair.left), &is),
        (false, true) => pair.likeness.of_lighter >= least || near(&was, &printed(pair.right)),
    }
}

/// Whether each of two statements names days, and none of one's is near one of the other's: the launch of
/// August and that of September.
pub(super) fn are_days_apart(left: &Side<'_>, right: &Side<'_>) -> bool {
    let days_of = |side: &Side<'_>| {
        let mut all = named(side);
        all.retain(|it| days(it.first, it.last) < APART);
        all
    };
    let (was, is) = (days_of(left), days_of(right));
    let far = |it: &Interval| is.iter().all(|other| gap(*it, *other) > APART);
    !was.is_empty() && !is.is_empty() && was.iter().all(far)
}

/// Days between what two reports call the day of one happening, at most. Not swept.
pub(super) const APART: i32 = 10;

/// Days from the end of one interval to the beginning of the other; at most 0 if they overlap.
pub(super) fn gap(one: Interval, other: Interval) -> i32 {
    days(one.last, other.first).max(days(other.last, one.first))
}

/// Days from one day to another.
pub(super) fn days(from: Date, to: Date) -> i32 {
    to.since((Unit::Day, from)).map_or(i32::MAX, |it| it.get_days())
}

/// The days that the statement names; where it names days or months, not the years besides ("the worst in
/// the past two years").
fn named(side: &Side<'_>) -> Vec<Interval> {
    let dates = side.dates().filter(|it| matches!(it.timex, Timex::Date | Timex::Time));
    let mut all = dates.filter_map(|date| date.when).collect::<Vec<_>>();
    let is_short = |it: &Interval| days(it.first, it.last) <= MONTH;
    if all.iter().any(is_short) {
        all.retain(is_short);
    }
    all
}

/// When its article was printed.
pub(super) fn printed(side: &Side<'_>) -> Vec<Interval> {
    side.published().into_iter().collect()
}
