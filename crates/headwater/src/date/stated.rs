//! Stated: a calendar date that is complete in itself, as bylines and metadata print it.

use headwater_page::Span;
use jiff::civil::Date;

use super::Interval;
use crate::fold;
use crate::lexicon::{Calendar, Language};

/// A complete calendar date in `words` (`08.08.2025`, `Aug 9, 2025`, `2025-08-09T11:00:00Z`,
/// `08/18/2025`), with the span it takes inside `words`: the first one, with the time of day where
/// it is glued to it.
///
/// Day-first or month-first is decided by what is possible; where both are, by the separator (dots
/// and hyphens are day-first, slashes month-first). Two-digit years are of 1970 to 2069. None
/// where no complete date stands; never fails.
pub fn stated(words: &str, language: &Language) -> Option<(Span, Interval)> {
    let pieces = pieces(words, &language.calendar);
    (0..pieces.len()).find_map(|at| {
        let (n_pieces, date) = compact(&pieces[at..])
            .or_else(|| numeric(words, &pieces[at..]))
            .or_else(|| worded(words, &pieces[at..]))?;
        let mut end = pieces[at + n_pieces - 1].end;
        if let Some(clock) = glued_clock(&words[end..]) {
            end += clock;
        }
        Some((Span::new(pieces[at].start, end), Interval::day(date)))
    })
}

/// A part of a date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    /// A number and how many digits it has.
    Number(i64, usize),
    /// A number with an ordinal ending: a day.
    Ordinal(i64),
    /// The name of a month.
    Month(i8),
    /// "of".
    Joint,
    /// Any other word.
    Other,
}

/// A part at its bytes.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    end: usize,
    part: Part,
}

/// Words and numbers of `words`; digits and letters that are glued are two pieces, ordinal endings
/// aside.
fn pieces(words: &str, calendar: &Calendar) -> Vec<Piece> {
    let mut found = Vec::<Piece>::new();
    let mut chars = words.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let digits = first.is_ascii_digit();
        let same = |c: char| c.is_alphanumeric() && c.is_ascii_digit() == digits;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = chars.next_if(|&(_, c)| same(c)) {
            end = at + c.len_utf8();
        }
        let piece = &words[start..end];
        if digits {
            let number = piece.parse().unwrap_or(i64::MAX);
            found.push(Piece { start, end, part: Part::Number(number, piece.len()) });
            continue;
        }
        let folded = fold::fold(piece);
        if let Some(last) = found.last_mut()
            && let Part::Number(day, _) = last.part
            && last.end == start
            && calendar.ordinals.has(&folded)
        {
            *last = Piece { start: last.start, end, part: Part::Ordinal(day) };
            continue;
        }
        let part = match calendar.month(&folded) {
            Some(month) => Part::Month(month),
            None if calendar.joints.has(&folded) => Part::Joint,
            None => Part::Other,
        };
        found.push(Piece { start, end, part });
    }
    found
}

/// `20250809`, alone or before a time of day (`20250809T1100`, `20250809110000`).
fn compact(pieces: &[Piece]) -> Option<(usize, Date)> {
    let Part::Number(number, n_digits @ (8 | 12 | 14)) = pieces.first()?.part else { return None };
    let day = number / 10_i64.pow(n_digits as u32 - 8);
    Some((1, date(day / 10_000, day / 100 % 100, day % 100)?))
}

/// Three numbers with the same separator between them.
fn numeric(words: &str, pieces: &[Piece]) -> Option<(usize, Date)> {
    let [a, b, c] = pieces.get(..3)? else { return None };
    let separator = words[a.end..b.start].trim();
    if separator != words[b.end..c.start].trim() {
        return None;
    }
    let (Part::Number(a, a_digits), Part::Number(b, b_digits), Part::Number(c, c_digits)) =
        (a.part, b.part, c.part)
    else {
        return None;
    };
    if b_digits > 2 {
        return None;
    }
    let day_first = match separator {
        "." | "-" | "–" | "‑" => true,
        "/" => false,
        _ => return None,
    };
    if a_digits == 4 && c_digits <= 2 {
        return Some((3, date(a, b, c)?));
    }
    if a_digits > 2 || !(c_digits == 4 || (c_digits == 2 && separator != "-")) {
        return None;
    }
    let year = year(c, c_digits)?;
    let (first, second) = if day_first { ((b, a), (a, b)) } else { ((a, b), (b, a)) };
    let date = date(year, first.0, first.1).or_else(|| date(year, second.0, second.1))?;
    Some((3, date))
}

/// A month by name, with its day and year: `Aug 9, 2025`, `9th of August 2025`, `2025 August 9`.
fn worded(words: &str, pieces: &[Piece]) -> Option<(usize, Date)> {
    let close = |left: &Piece, right: &Piece| {
        let between = &words[left.end..right.start];
        between.len() <= 4 && !between.contains('\n') && !between.contains([';', '|', '('])
    };
    let near = 1 + pieces.windows(2).take_while(|pair| close(&pair[0], &pair[1])).count();
    let mut parts =
        pieces[..near.min(pieces.len())].iter().enumerate().filter(|(_, p)| p.part != Part::Joint);
    let mut next = || parts.next().map(|(at, piece)| (at + 1, piece.part));
    let ((_, a), (_, b), (n_pieces, c)) = (next()?, next()?, next()?);
    if pieces[0].part == Part::Joint {
        return None;
    }
    let day = |part| match part {
        Part::Number(day, 1 | 2) | Part::Ordinal(day) => Some(day),
        _ => None,
    };
    let year = |part| match part {
        Part::Number(number, n_digits @ (2 | 4)) => year(number, n_digits),
        _ => None,
    };
    let (year, month, day) = match (a, b, c) {
        (Part::Month(month), b, c) => (year(c)?, month, day(b)?),
        (a, Part::Month(month), c) => match a {
            Part::Number(_, 4) => (year(a)?, month, day(c)?),
            _ => (year(c)?, month, day(a)?),
        },
        _ => return None,
    };
    Some((n_pieces, date(year, i64::from(month), day)?))
}

fn year(number: i64, n_digits: usize) -> Option<i64> {
    match n_digits {
        4 => Some(number),
        2 if number < 70 => Some(2000 + number),
        2 => Some(1900 + number),
        _ => None,
    }
}

fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    let plausible = (1500..2200).contains(&year);
    let narrow = |n: i64| i8::try_from(n).ok();
    plausible.then(|| Date::new(i16::try_from(year).ok()?, narrow(month)?, narrow(day)?).ok())?
}

/// How many bytes of `rest` are the time of day of an ISO timestamp: `T11:00:00.000+02:00`.
fn glued_clock(rest: &str) -> Option<usize> {
    let clock = rest.strip_prefix(['T', 't'])?;
    let digit = clock.starts_with(|c: char| c.is_ascii_digit());
    let of_clock = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'Z' | 'z');
    let length = clock.find(|c| !of_clock(c)).unwrap_or(clock.len());
    digit.then_some(1 + clock[..length].trim_end_matches(['.', '-', ':']).len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn found(words: &str) -> Option<(&str, String)> {
        let language = &Lexicon::shipped().languages[0];
        stated(words, language).map(|(span, when)| {
            assert!(when.is_day());
            (span.of(words), when.first.to_string())
        })
    }

    #[test]
    fn dates_are_read_in_every_dress() {
        for (words, date, day) in [
            ("Posted 08.08.2031, 10:15", "08.08.2031", "2031-08-08"),
            ("Aug 9, 2031", "Aug 9, 2031", "2031-08-09"),
            ("Updated: Sat, 09 Aug 2031 11:00:00 GMT", "09 Aug 2031", "2031-08-09"),
            ("2031-08-09T11:00:00Z", "2031-08-09T11:00:00Z", "2031-08-09"),
            ("2031-08-09T11:00:00.000+02:00.", "2031-08-09T11:00:00.000+02:00", "2031-08-09"),
            ("2031-08-09 11:00", "2031-08-09", "2031-08-09"),
            ("08/18/2031", "08/18/2031", "2031-08-18"),
            ("18/08/2031", "18/08/2031", "2031-08-18"),
            ("08/09/2031", "08/09/2031", "2031-08-09"),
            ("08.09.2031", "08.09.2031", "2031-09-08"),
            ("9. 8. 2031", "9. 8. 2031", "2031-08-09"),
            ("2031/8/9", "2031/8/9", "2031-08-09"),
            ("the 9th of August, 2031", "9th of August, 2031", "2031-08-09"),
            ("Sept. 3rd, 2031 at noon", "Sept. 3rd, 2031", "2031-09-03"),
            ("JULY 4 2031", "JULY 4 2031", "2031-07-04"),
            ("04-Jul-2031", "04-Jul-2031", "2031-07-04"),
            ("18.08.31", "18.08.31", "2031-08-18"),
            ("date: 20310809", "20310809", "2031-08-09"),
            ("20310809T1100", "20310809T1100", "2031-08-09"),
            ("Page 3 | 1 May 2031", "1 May 2031", "2031-05-01"),
        ] {
            assert_eq!(found(words), Some((date, day.to_owned())), "{words}");
        }
    }

    #[test]
    fn what_is_no_complete_date_is_none() {
        for words in [
            "",
            "August 2031",
            "9 August",
            "31.02.2031",
            "13/13/2031",
            "call 555-12-2031",
            "1.2.3",
            "version 10.4.2",
            "May 10 people, 2031",
            "Friday, 10:15",
            "12345678",
        ] {
            assert_eq!(found(words), None, "{words}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_words_are_read(words in "[0-9A-Za-z ./:,T–é-]{0,40}|\\PC{0,40}") {
            if let Some((date, _)) = found(&words) {
                proptest::prop_assert!(!date.is_empty());
            }
        }
    }
}
