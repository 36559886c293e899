//! Printed: a complete calendar date as pages of any language print it.
//!
//! Where [`stated`](super::stated()) reads the dates of one language's prose, this reads the lines
//! that date a page and the values of its metadata: months by name in the languages of the
//! [`Almanac`], numbers in every order, digits of other scripts, years that other calendars count.

use headwater_page::Span;
use jiff::civil::Date;

use crate::fold;
use crate::lexicon::{Almanac, Locale, Order};

/// A complete date among words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Printed {
    /// Its bytes, with the time of day where that is glued to it.
    pub span: Span,
    /// The day.
    pub day: Date,
    /// The other day that the same numbers may mean: `04/05/2031`.
    pub other: Option<Date>,
    /// How the day is written.
    pub form: Form,
    /// The time of day that stands behind it.
    pub clock: Option<Clock>,
}

/// How a date is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Form {
    /// Eight digits: also a number of anything.
    Compact,
    /// Three numbers, the year with two digits: also a version, a score, a price.
    Short,
    /// Three numbers.
    Numeric,
    /// Three numbers with signs for year, month and day, or a month by name.
    Worded,
}

/// A time of day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Clock {
    /// Minutes since midnight.
    pub minutes: i32,
    /// Minutes that the zone is ahead of universal time, if it is stated.
    pub zone: Option<i32>,
}

impl Printed {
    /// Whether `day` may be this date where the page is read: the same day, or the one beside it
    /// if a time in universal time falls on that somewhere. Programs write universal time whatever
    /// the newsroom's clock says; a zone of its own is believed.
    pub fn may_be(&self, day: Date) -> bool {
        let Some(Clock { minutes, zone: Some(0) }) = self.clock else { return day == self.day };
        let reached = |shift: i32| minutes + shift;
        day == self.day
            || self.day.tomorrow().is_ok_and(|next| next == day) && reached(EAST) >= DAY
            || self.day.yesterday().is_ok_and(|last| last == day) && reached(WEST) < 0
    }
}

/// Minutes of a day.
const DAY: i32 = 24 * 60;
/// The zones that are farthest from universal time (Kiribati, Baker Island), in minutes.
const EAST: i32 = 14 * 60;
const WEST: i32 = -12 * 60;
/// Most bytes between a month's name and its day or year.
const CLOSE: usize = 8;
/// Most bytes between a date and its time of day ("3 May 2031, at 10:15").
const CLOCK: usize = 16;

/// A run of digits or of letters.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    end: usize,
    part: Part,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    /// A number and how many digits it has.
    Number(i64, usize),
    /// A month by name, and whether it is of the solar calendar of Iran.
    Month(i8, Calendar),
    /// A small word that may stand inside a date.
    Joint,
    /// A sign behind the number of a year, month or day.
    Sign(Sign),
    /// "month" before its number.
    Numbered,
    /// Any other word, and how many letters it has.
    Other(usize),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Calendar {
    Gregorian,
    Persian,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sign {
    Year,
    Month,
    Day,
}

/// The complete dates in `words`, in order; they do not overlap. Never fails; linear.
pub fn printed(words: &str, almanac: &Almanac, locale: &Locale) -> Vec<Printed> {
    if !words.contains(|c: char| digit(c).is_some()) {
        return Vec::new();
    }
    let reader = Reader { words, pieces: pieces(words, almanac, locale), almanac, locale };
    let (mut found, mut at) = (Vec::new(), 0);
    while at < reader.pieces.len() {
        let date = reader.signed(at).or_else(|| reader.numeric(at)).or_else(|| reader.worded(at));
        let Some((first, end, date)) = date.or_else(|| reader.compact(at)) else {
            at += 1;
            continue;
        };
        let (start, stop) = (reader.pieces[first].start, reader.pieces[end - 1].end);
        let (clock, stop) = match clock(words, stop) {
            Some((clock, glued)) => (Some(clock), glued.unwrap_or(stop)),
            None => (None, stop),
        };
        let span = Span::new(start, stop);
        found.push(Printed { span, clock, ..date });
        at = end;
    }
    found
}

/// The value of a digit of any script that prints dates.
fn digit(c: char) -> Option<u32> {
    let zeros =
        ['0', '٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '໐', '༠', '၀', '០', '０'];
    let below = |zero: &char| (c as u32).checked_sub(*zero as u32).filter(|n| *n < 10);
    if c.is_ascii() { c.to_digit(10) } else { zeros.iter().find_map(below) }
}

/// Whether the character is part of a word: a letter, or a mark on one.
fn is_letter(c: char) -> bool {
    let mark = matches!(c,
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{900}'..='\u{963}'
        | '\u{970}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' | '\u{e80}'..='\u{109f}' | '\u{1780}'..='\u{17d3}');
    (c.is_alphabetic() || mark) && digit(c).is_none()
}

fn pieces(words: &str, almanac: &Almanac, locale: &Locale) -> Vec<Piece> {
    let mut found = Vec::<Piece>::new();
    let mut chars = words.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        let (number, letter) = (digit(first).is_some(), is_letter(first));
        if !number && !letter {
            continue;
        }
        let ideograph = |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
        // "日" of "2日発売" is a word of its own, as far as dates go.
        let alone = !number && ideograph(first);
        let same = |c: char| if number { digit(c).is_some() } else { is_letter(c) && !alone };
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = chars.next_if(|&(_, c)| same(c)) {
            end = at + c.len_utf8();
        }
        let piece = &words[start..end];
        let part = if number {
            let n_digits = piece.chars().count();
            let value = piece.chars().filter_map(digit).take(18);
            let value = value.fold(0_i64, |sum, digit| sum * 10 + i64::from(digit));
            Part::Number(value, n_digits)
        } else {
            word(piece, almanac, locale)
        };
        found.push(Piece { start, end, part });
    }
    found
}

fn word(piece: &str, almanac: &Almanac, locale: &Locale) -> Part {
    let folded = fold::fold(piece);
    if let Some(month) = almanac.month(&folded, &locale.language) {
        return Part::Month(month, Calendar::Gregorian);
    }
    if let Some(month) = almanac.persian(&folded) {
        return Part::Month(month, Calendar::Persian);
    }
    for (signs, sign) in
        [(&almanac.year, Sign::Year), (&almanac.month, Sign::Month), (&almanac.day, Sign::Day)]
    {
        if signs.has(&folded) {
            return Part::Sign(sign);
        }
    }
    if almanac.numbered.has(&folded) {
        return Part::Numbered;
    }
    if almanac.joints.has(&folded) { Part::Joint } else { Part::Other(folded.chars().count()) }
}

struct Reader<'a> {
    words: &'a str,
    pieces: Vec<Piece>,
    almanac: &'a Almanac,
    locale: &'a Locale,
}

/// First piece, one past the last, and the date.
type Found = (usize, usize, Printed);

impl Reader<'_> {
    fn part(&self, at: usize) -> Option<Part> {
        Some(self.pieces.get(at)?.part)
    }

    fn between(&self, left: usize, right: usize) -> &str {
        &self.words[self.pieces[left].end..self.pieces[right].start]
    }

    /// `2031年4月2日`, `2031년 4월 2일`.
    fn signed(&self, at: usize) -> Option<Found> {
        let Part::Number(year, n_digits) = self.part(at)? else { return None };
        let signs = [Sign::Year, Sign::Month, Sign::Day].into_iter().enumerate();
        let mut numbers = [year, 0, 0];
        for (n, sign) in signs {
            let Part::Number(value, _) = self.part(at + 2 * n)? else { return None };
            if self.part(at + 2 * n + 1)? != Part::Sign(sign) {
                return None;
            }
            numbers[n] = value;
        }
        let ([year, month, day], mut first) = (numbers, at);
        let year = if n_digits == 4 {
            year
        } else {
            // "令和13年": the words are two signs, a piece each.
            let start = self.pieces[at].start;
            let before = self.words[..start].trim_end();
            let n = before.chars().rev().take(2).map(char::len_utf8).sum::<usize>();
            let years = self.almanac.era(&before[before.len() - n..])?;
            first = at.checked_sub(2)?;
            year + years
        };
        Some((first, at + 6, found(date(year, month, day)?, Form::Worded)))
    }

    /// Three numbers with the same separator between them.
    fn numeric(&self, at: usize) -> Option<Found> {
        let numbers = [self.part(at)?, self.part(at + 1)?, self.part(at + 2)?];
        let [Part::Number(a, a_digits), Part::Number(b, b_digits), Part::Number(c, c_digits)] =
            numbers
        else {
            return None;
        };
        let separator = self.between(at, at + 1).trim();
        let same = separator == self.between(at + 1, at + 2).trim();
        if !same || !matches!(separator, "." | "/" | "-" | "‑" | "–" | "．" | "／") || b_digits > 2
        {
            return None;
        }
        // An address or a version: "10.3.2.2031", "/2031/04/02/03".
        let glued = |left: usize, right: usize| {
            let parts = (self.part(left), self.part(right));
            matches!(parts, (Some(Part::Number(..)), Some(Part::Number(..))))
                && self.between(left, right) == separator
        };
        if at > 0 && glued(at - 1, at) || separator == "." && glued(at + 2, at + 3) {
            return None;
        }
        if a_digits == 4 {
            if c_digits > 2 {
                return None;
            }
            return Some((at, at + 3, found(self.calendar(a, b, c)?, Form::Numeric)));
        }
        let order = self.almanac.order(self.locale);
        let last = if order == Order::YearMonthDay { 1 } else { 2 };
        if a_digits > 2 || !(last..=2).contains(&c_digits) && c_digits != 4 {
            return None;
        }
        let form = if c_digits == 4 { Form::Numeric } else { Form::Short };
        let year = |year: i64, n_digits: usize| match n_digits {
            4 => year,
            _ if year < 70 => 2000 + year,
            _ => 1900 + year,
        };
        let late = |month: i64, day: i64| {
            let day = self.calendar(year(c, c_digits), month, day);
            day.filter(|_| c_digits > 1)
        };
        let early = || date(year(a, 2), b, c);
        let readings = match order {
            Order::YearMonthDay if c_digits <= 2 => [early(), late(b, a)],
            Order::MonthDayYear if separator != "." => [late(a, b), late(b, a)],
            _ => [late(b, a), late(a, b)],
        };
        let mut readings = readings.into_iter().flatten();
        let day = readings.next()?;
        let other = readings.next().filter(|other| *other != day);
        Some((at, at + 3, Printed { other, ..found(day, form) }))
    }

    /// A day of the calendar that the page's language counts by.
    fn calendar(&self, year: i64, month: i64, day: i64) -> Option<Date> {
        if (1300..1500).contains(&year) {
            return persian(year, month, day);
        }
        let shift = if year > 2400 { self.almanac.era(&self.locale.language)? } else { 0 };
        date(year + shift, month, day)
    }

    /// A month by name, with its day and year: `2 April 2031`, `April 2, 2031`, `2031 April 2`.
    fn worded(&self, at: usize) -> Option<Found> {
        let (month, calendar, numbered) = match (self.part(at)?, self.part(at + 1)) {
            (Part::Month(month, calendar), _) => (month, calendar, 0),
            (Part::Numbered, Some(Part::Number(month @ 1..=12, 1 | 2))) => {
                (month as i8, Calendar::Gregorian, 1)
            }
            _ => return None,
        };
        let mut last = at + numbered;
        // Two names of one month: "24 نيسان / أبريل 2031".
        if let Some(Part::Month(again, _)) = self.part(last + 1)
            && again == month
        {
            last += 1;
        }
        let make = |year: i64, day: i64| match calendar {
            Calendar::Gregorian => self.calendar(year, i64::from(month), day),
            Calendar::Persian => persian(year, i64::from(month), day),
        };
        let left = self.beside(at, -1);
        let right = self.beside(last, 1);
        let is_day = |found: Option<(usize, i64, usize)>| {
            found.filter(|(_, value, n)| *n <= 2 && (1..=31).contains(value))
        };
        let is_year = |found: Option<(usize, i64, usize)>| {
            found.filter(|(_, value, n)| *n == 4 && *value > 1300)
        };
        if let (Some((first, day, _)), Some((end, year, _))) = (is_day(left), is_year(right)) {
            return Some((first, end + 1, found(make(year, day)?, Form::Worded)));
        }
        if let Some((middle, day, _)) = is_day(right) {
            if let Some((end, year, _)) = is_year(self.beside(middle, 1)) {
                return Some((at, end + 1, found(make(year, day)?, Form::Worded)));
            }
            if let Some((first, year, _)) = is_year(left) {
                return Some((first, middle + 1, found(make(year, day)?, Form::Worded)));
            }
        }
        None
    }

    /// The number beside a piece, with at most two small words or an ending ("3rd", "1er") between:
    /// its piece, its value and how many digits it has.
    fn beside(&self, at: usize, step: isize) -> Option<(usize, i64, usize)> {
        let mut here = at;
        for _ in 0..4 {
            let next = here.checked_add_signed(step)?;
            let part = self.part(next)?;
            let (left, right) = if step > 0 { (here, next) } else { (next, here) };
            let between = self.between(left, right);
            if between.len() > CLOSE || between.contains(['\n', ';', '|', '(', ')', ':', '[']) {
                return None;
            }
            match part {
                Part::Number(value, n_digits) => return Some((next, value, n_digits)),
                Part::Joint => {}
                // An ending is glued to its number.
                Part::Other(n) if n <= 3 => {
                    let number = |at: usize| matches!(self.part(at), Some(Part::Number(..)));
                    let glued =
                        next > 0 && number(next - 1) && self.between(next - 1, next).is_empty();
                    if !glued {
                        return None;
                    }
                }
                _ => return None,
            }
            here = next;
        }
        None
    }

    /// `20310402`, alone or before a time of day (`20310402T1100`, `20310402110000`).
    fn compact(&self, at: usize) -> Option<Found> {
        let Part::Number(number, n_digits @ (8 | 12 | 14)) = self.part(at)? else { return None };
        let day = number / 10_i64.pow(n_digits as u32 - 8);
        let day = date(day / 10_000, day / 100 % 100, day % 100)?;
        Some((at, at + 1, found(day, Form::Compact)))
    }
}

fn found(day: Date, form: Form) -> Printed {
    Printed { span: Span::default(), day, other: None, form, clock: None }
}

/// A day on which somebody may have published.
fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    let plausible = (1700..2200).contains(&year);
    let narrow = |n: i64| i8::try_from(n).ok();
    plausible.then(|| Date::new(i16::try_from(year).ok()?, narrow(month)?, narrow(day)?).ok())?
}

/// A day of the solar calendar of Iran. After: the cycle of 33 years, which agrees with the
/// calendar's own reckoning from 1799 to 2256.
fn persian(year: i64, month: i64, day: i64) -> Option<Date> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || month > 6 && day > 30 {
        return None;
    }
    let past = (month - 1) * 31 - (month - 7).max(0);
    // Days from the first of 1343 (21 March 1964), with the leap days of the cycle.
    let leaps = |year: i64| (8 * year + 21).div_euclid(33);
    let days = (year - 1343) * 365 + leaps(year) - leaps(1343) + past + day - 1;
    let first = Date::new(1964, 3, 21).ok()?;
    first.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The time of day behind a date that ends at byte `at`, and where it ends if it is glued to the
/// date.
fn clock(words: &str, at: usize) -> Option<(Clock, Option<usize>)> {
    let rest = words.get(at..)?;
    let first = rest.find(|c: char| c.is_ascii_digit()).filter(|first| *first <= CLOCK)?;
    let glued = matches!(&rest[..first], "T" | "t");
    let digits = |from: usize| -> Option<(i32, usize)> {
        let n = rest[from..].bytes().take_while(u8::is_ascii_digit).count();
        Some((rest[from..from + n].parse().ok()?, from + n)).filter(|_| (1..=2).contains(&n))
    };
    let colon = |from: usize| rest[from..].starts_with([':', '.', 'h', 'H']).then_some(from + 1);
    let (hour, end) = digits(first)?;
    let (minute, mut end) = digits(colon(end)?)?;
    if let Some((_, after)) = colon(end).and_then(digits) {
        end = after;
        if rest[end..].starts_with(['.', ',']) {
            let n = rest[end + 1..].bytes().take_while(u8::is_ascii_digit).count();
            end += if n > 0 { n + 1 } else { 0 };
        }
    }
    if hour > 24 || minute > 59 {
        return None;
    }
    let tail = rest[end..].trim_start_matches(' ');
    let half = tail.get(..4).or(tail.get(..2)).unwrap_or(tail).to_ascii_lowercase();
    let hour = match (half.starts_with('p'), half.starts_with('a'), hour) {
        (true, _, 1..=11) => hour + 12,
        (_, true, 12) => 0,
        _ => hour,
    };
    let (zone, n) = zone(tail).map_or((None, 0), |(zone, n)| (Some(zone), n));
    let end = if n > 0 { rest.len() - tail.len() + n } else { end };
    Some((Clock { minutes: hour * 60 + minute, zone }, glued.then_some(at + end)))
}

/// `Z`, `UTC`, `+02:00`, `-0400`: minutes ahead of universal time, and how many bytes say so.
fn zone(tail: &str) -> Option<(i32, usize)> {
    for name in ["UTC", "GMT", "Z", "z"] {
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric());
        if let Some(rest) = tail.strip_prefix(name).filter(|rest| ends(rest)) {
            let offset = (name != "Z").then(|| zone(rest)).flatten();
            return Some(offset.map_or((0, name.len()), |(zone, n)| (zone, n + name.len())));
        }
    }
    let sign = if tail.starts_with('+') {
        1
    } else if tail.starts_with('-') {
        -1
    } else {
        return None;
    };
    let digits = tail[1..].bytes().filter(|byte| *byte != b':').take_while(u8::is_ascii_digit);
    let digits = digits.map(|byte| i32::from(byte - b'0')).take(4).collect::<Vec<_>>();
    let [a, b, rest @ ..] = &digits[..] else { return None };
    let minutes = if let [c, d] = rest { c * 10 + d } else { 0 };
    let n = 1 + digits.len() + usize::from(tail.as_bytes().get(3) == Some(&b':'));
    (a * 10 + b <= 14).then_some((sign * ((a * 10 + b) * 60 + minutes), n.min(tail.len())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn days(words: &str, tag: &str) -> Vec<String> {
        let found = printed(words, &Lexicon::shipped().almanac, &Locale::of(tag));
        found.iter().map(|date| date.day.to_string()).collect()
    }

    #[test]
    fn dates_are_read_in_many_languages() {
        for (words, tag) in [
            ("Aug 9, 2031", "en"),
            ("Saturday, 9th of August 2031 at 10:15", "en"),
            ("sábado, 9 de agosto de 2031", "es"),
            ("9 août 2031 à 10h15", "fr"),
            ("9. August 2031", "de"),
            ("la 9. elokuuta 2031", "fi"),
            ("9 августа 2031 года", "ru"),
            ("2031. augusztus 9.", "hu"),
            ("2031 m. rugpjūčio 9 d.", "lt"),
            ("ngày 9 tháng 8, 2031", "vi"),
            ("9 tháng 8 năm 2031", "vi"),
            ("２０３１年８月９日（土）", "ja"),
            ("令和13年8月9日", "ja"),
            ("2031년 8월 9일 10:15", "ko"),
            ("民國120年8月9日", "zh"),
            ("9 สิงหาคม 2574", "th"),
            ("السبت 9 آب / أغسطس 2031", "ar"),
            ("٩ أغسطس ٢٠٣١", "ar"),
            ("9 अगस्त 2031", "hi"),
            ("۱۴۱۰/۰۵/۱۸", "fa"),
            ("۱۸ مرداد ۱۴۱۰", "fa"),
            ("09.08.2031", "de"),
            ("9/8/2031", "pt-BR"),
            ("8/9/2031", "en-US"),
            ("31. 8. 9.", "ko"),
            ("2031-08-09T11:00:00Z", ""),
            ("20310809", ""),
            ("20310809110000", ""),
            ("(2031/08/09 11:15)", "zh"),
        ] {
            assert_eq!(days(words, tag), ["2031-08-09"], "{words}");
        }
    }

    #[test]
    fn what_is_no_complete_date_is_none() {
        for words in [
            "",
            "August 2031",
            "9 August",
            "31.02.2031",
            "1.2.3",
            "10.4.2031.7",
            "12345678",
            "May 10 people, 2031",
            "10:15",
            "sul 3 2031 mor",
            "+1 555 12 2031",
        ] {
            assert_eq!(days(words, "en"), Vec::<String>::new(), "{words}");
        }
    }

    #[test]
    fn numbers_may_mean_two_days() {
        let found = |words: &str| printed(words, &Lexicon::shipped().almanac, &Locale::of("en"))[0];
        let other = |words: &str| found(words).other.map(|day| day.to_string());
        assert_eq!(other("08/09/2031"), Some("2031-09-08".to_owned()));
        assert_eq!(other("18/08/2031"), None);
        assert_eq!(other("08/08/2031"), None);
    }

    #[test]
    fn universal_time_may_be_the_day_beside() {
        let may = |words: &str| {
            let found = printed(words, &Lexicon::shipped().almanac, &Locale::default())[0];
            let near = [found.day.yesterday().unwrap(), found.day.tomorrow().unwrap()];
            near.map(|day| found.may_be(day))
        };
        assert_eq!(may("2031-08-09T02:18:11Z"), [true, false]);
        assert_eq!(may("2031-08-09T23:15:0Z"), [false, true]);
        assert_eq!(may("2031-08-09 11:00:00.123+00:00"), [true, true]);
        assert_eq!(may("2031-08-09T23:15:00-03:00"), [false, false]);
        assert_eq!(may("2031-08-09T23:15:00+0200"), [false, false]);
        assert_eq!(may("2031-08-09"), [false, false]);
        assert_eq!(may("Sat, 09 Aug 2031 23:15:00 GMT"), [false, true]);
    }

    #[test]
    fn a_span_holds_the_glued_clock() {
        let span = |words: &str| {
            printed(words, &Lexicon::shipped().almanac, &Locale::default())[0]
                .span
                .of(words)
                .to_owned()
        };
        assert_eq!(span("at 2031-08-09T11:00:00.000+02:00."), "2031-08-09T11:00:00.000+02:00");
        assert_eq!(span("on 9 August 2031 11:00"), "9 August 2031");
    }

    proptest::proptest! {
        #[test]
        fn any_words_are_read(words in "[0-9A-Za-z年月日 ./:,T+Z–é-]{0,40}|\\PC{0,40}") {
            for found in printed(&words, &Lexicon::shipped().almanac, &Locale::of("vi")) {
                proptest::prop_assert!(!found.span.of(&words).is_empty());
            }
        }
    }
}
