//! Moment: a stretch of the calendar, as coarse as it was named.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Step, ToSpan};

use super::Interval;
use crate::lexicon::Unit;

/// A day, week, month, … of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Moment {
    Day(Date),
    /// By its Monday.
    Week(Date),
    /// By the Monday before it.
    Weekend(Date),
    Month(i16, i8),
    /// 1 to 4.
    Quarter(i16, i8),
    Season(i16, &'static str),
    /// 1 or 2.
    Half(i16, i8),
    Year(i16),
    /// The year without its last digit.
    Decade(i16),
    /// The year without its last two digits.
    Century(i16),
}

impl Moment {
    /// The moment of that unit that holds `day`, or the one `steps` after it.
    pub(super) fn around(day: Date, unit: Unit, steps: i64) -> Option<Self> {
        let year = i64::from(day.year());
        if !(-10_000..=10_000).contains(&steps) {
            return None;
        }
        let short = |n: i64| i16::try_from(n).ok().filter(|n| (0..=9000).contains(n));
        match unit {
            Unit::Clock(_) => None,
            Unit::Day => Some(Self::Day(shift(day, steps.days())?)),
            Unit::Week => Some(Self::Week(monday(shift(day, (steps * 7).days())?))),
            Unit::Weekend => Some(Self::Weekend(monday(shift(day, (steps * 7).days())?))),
            Unit::Fortnight => Some(Self::Week(monday(shift(day, (steps * 14).days())?))),
            Unit::Month => {
                let first = shift(day.first_of_month(), steps.months())?;
                Some(Self::Month(first.year(), first.month()))
            }
            Unit::Quarter => {
                let first = shift(day.first_of_month(), (steps * 3).months())?;
                Some(Self::Quarter(first.year(), (first.month() + 2) / 3))
            }
            Unit::Year => Some(Self::Year(short(year + steps)?)),
            Unit::Decade => Some(Self::Decade(short(year / 10 + steps)?)),
            Unit::Century => Some(Self::Century(short(year / 100 + steps)?)),
        }
    }

    /// Its TIMEX3 value.
    pub(super) fn value(self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Week(monday) | Self::Weekend(monday) => {
                let week = monday.iso_week_date();
                let tail = if matches!(self, Self::Weekend(_)) { "-WE" } else { "" };
                format!("{:04}-W{:02}{tail}", week.year(), week.week())
            }
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Self::Half(year, half) => format!("{year:04}-H{half}"),
            Self::Season(year, season) => format!("{year:04}-{season}"),
            Self::Year(year) => format!("{year:04}"),
            Self::Decade(decade) => format!("{decade:03}"),
            Self::Century(century) => format!("{century:02}"),
        }
    }

    /// Its days; none for a season, which lies in other months on the other half of the globe.
    pub(super) fn interval(self) -> Option<Interval> {
        let days = |first: Date, steps: Step| {
            Some(Interval { first, last: shift(first, steps)?.yesterday().ok()? })
        };
        let month = |year: i16, month: i8| Date::new(year, month, 1).ok();
        match self {
            Self::Day(day) => Some(Interval::day(day)),
            Self::Week(monday) => days(monday, 7.days()),
            Self::Weekend(monday) => days(shift(monday, 5.days())?, 2.days()),
            Self::Month(y, m) => days(month(y, m)?, 1.month()),
            Self::Quarter(y, quarter) => days(month(y, quarter * 3 - 2)?, 3.months()),
            Self::Season(..) => None,
            Self::Half(y, half) => days(month(y, half * 6 - 5)?, 6.months()),
            Self::Year(y) => days(month(y, 1)?, 1.year()),
            Self::Decade(y) => days(month(y.checked_mul(10)?, 1)?, 10.years()),
            Self::Century(y) => days(month(y.checked_mul(100)?, 1)?, 100.years()),
        }
    }

    /// Whether it lies inside one `unit`, as far as units nest.
    pub(super) fn is_within(self, unit: Unit) -> bool {
        let coarse = |unit: Unit| match unit {
            Unit::Clock(_) => 0,
            Unit::Day => 1,
            Unit::Weekend => 2,
            Unit::Week | Unit::Fortnight => 3,
            Unit::Month => 4,
            Unit::Quarter => 5,
            Unit::Year => 6,
            Unit::Decade => 7,
            Unit::Century => 8,
        };
        let own = match self {
            Self::Day(_) => Unit::Day,
            Self::Week(_) => Unit::Week,
            Self::Weekend(_) => Unit::Weekend,
            Self::Month(..) => Unit::Month,
            Self::Quarter(..) => Unit::Quarter,
            Self::Season(..) | Self::Half(..) | Self::Year(_) => Unit::Year,
            Self::Decade(_) => Unit::Decade,
            Self::Century(_) => Unit::Century,
        };
        coarse(own) <= coarse(unit)
    }

    /// The first day, as near as the calendar goes.
    pub(super) fn first(self) -> Option<Date> {
        match self {
            Self::Season(year, _) => Date::new(year, 1, 1).ok(),
            _ => self.interval().map(|interval| interval.first),
        }
    }
}

/// `day` moved by `step`; none beyond the calendar.
pub(super) fn shift(day: Date, step: Step) -> Option<Date> {
    day.checked_add(step).ok()
}

/// The Monday of its week.
pub(super) fn monday(day: Date) -> Date {
    let since = i64::from(day.weekday().since(Weekday::Monday));
    shift(day, (-since).days()).unwrap_or(day)
}
