//! Token: a word, number or mark, with what it means for dates.

use jiff::civil::Date;

use crate::fold;
use crate::lexicon::{Beside, Calendar, Language, Lean, Word, class};
use crate::sentence::{self, Line};

/// One word, number or mark of a paragraph.
#[derive(Clone, Debug)]
pub(super) struct Token<'l> {
    pub(super) start: usize,
    pub(super) end: usize,
    /// What the calendar knows of the word.
    pub(super) word: Option<&'l Word>,
    /// The classes that it fills.
    pub(super) classes: u32,
    /// The number, below zero if it is none.
    pub(super) number: i64,
    /// A time of day: hour, minute.
    pub(super) clock: Option<(i8, i8)>,
    /// A whole date in digits.
    pub(super) date: Option<Date>,
    pub(super) kind: Kind,
    /// Which way its ending leans, as those of verbs do.
    pub(super) leans: Option<Lean>,
    /// Whether a hyphen or dash stands before it.
    pub(super) dashed: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Word,
    /// A word with a capital letter.
    Capital,
    Number,
    /// A currency sign.
    Money,
    Comma,
    /// Ends a sentence or a clause.
    Stop,
    /// Any other mark.
    Mark,
}

impl Token<'_> {
    /// Whether a date may hang on it: every pattern is filled with such a word, or with digits.
    pub(super) fn is_hinge(&self) -> bool {
        let put_together = self.word.is_none() && self.classes != 0;
        let hinge = |word: &Word| word.is_hinge || word.weekday > 0;
        self.kind == Kind::Number || put_together || self.word.is_some_and(hinge)
    }
}

/// Puts the tokens of a sentence into `found`, in order, in place of what it held. Hyphens and the
/// points of abbreviations are left out.
pub(super) fn tokens<'l>(line: &Line<'l>, sentence: usize, found: &mut Vec<Token<'l>>) {
    found.clear();
    let Line { text, language, .. } = *line;
    let calendar = &language.calendar;
    let within = line.sentence(sentence);
    let words = within.of(text);
    let shift = within.start as usize;
    let mut read = line.words[line.sentences[sentence].clone()].iter().peekable();
    let mut folded = String::new();
    let (mut at, mut dashed) = (0, false);
    while let Some(c) = words[at..].chars().next() {
        let rest = &words[at..];
        let mut token = if c.is_ascii_digit() {
            let before = (shift + at).checked_sub(1).map(|before| text.as_bytes()[before]);
            number(rest, before, language)
        } else if c.is_alphabetic() {
            while read.next_if(|word| (word.span.start as usize) < shift + at).is_some() {}
            let plain = read.peek().filter(|word| {
                // Behind a single letter may stand points: "a.m.".
                word.is_plain && word.span.start as usize == shift + at && word.span.len() > 1
            });
            match plain {
                Some(word) if !word.is(class::ABBREVIATION) => {
                    known(rest, word, &mut folded, calendar)
                }
                _ => word(rest, &mut folded, calendar),
            }
        } else if matches!(c, '\'' | '’') && !found.is_empty() && owned(rest) {
            let n_bytes = c.len_utf8() + 1;
            let known = calendar.word("'s");
            Token { word: known, ..mark(n_bytes, Kind::Mark) }
        } else if c.is_whitespace() || matches!(c, '-' | '‑' | '–' | '\'' | '’') {
            dashed |= matches!(c, '-' | '‑' | '–');
            at += c.len_utf8();
            continue;
        } else {
            let kind = match c {
                ',' => Kind::Comma,
                '.' | '!' | '?' | ';' | ':' | '"' | '“' | '”' | '(' | ')' | '—' | '_' | '…'
                | '[' | ']' | '«' | '»' | '„' | '|' => Kind::Stop,
                '$' | '€' | '£' | '¥' | '#' => Kind::Money,
                _ => Kind::Mark,
            };
            let known = (kind == Kind::Comma).then(|| calendar.word(",")).flatten();
            Token { word: known, ..mark(c.len_utf8(), kind) }
        };
        token.dashed = std::mem::take(&mut dashed);
        let length = token.end;
        (token.start, token.end) = (shift + at, shift + at + length);
        at += length;
        // The point of "Aug." belongs to the word unless the sentence ends there.
        let abbreviates = token.word.is_some_and(|word| word.month > 0 || word.weekday > 0);
        if abbreviates && words[at..].starts_with('.') && length <= 5 {
            at += 1;
        }
        join(found, token);
    }
}

fn mark<'l>(length: usize, kind: Kind) -> Token<'l> {
    Token {
        start: 0,
        end: length,
        word: None,
        classes: 0,
        number: -1,
        clock: None,
        date: None,
        kind,
        leans: None,
        dashed: false,
    }
}

/// Whether `rest` begins with a genitive "'s".
fn owned(rest: &str) -> bool {
    let mut chars = rest.chars().skip(1);
    chars.next() == Some('s') && !chars.next().is_some_and(char::is_alphanumeric)
}

/// A word; "a.m." is one, and so is the weekday of "Tuesdaywhen".
fn word<'l>(rest: &str, folded: &mut String, calendar: &'l Calendar) -> Token<'l> {
    let letters = fold::length(rest, char::is_alphabetic);
    let mut length = letters;
    let bytes = rest.as_bytes();
    if letters == 1 {
        // Points between single letters: "a.m.", "U.S.".
        while bytes.get(length) == Some(&b'.')
            && bytes.get(length + 1).is_some_and(u8::is_ascii_alphabetic)
            && !bytes.get(length + 2).is_some_and(u8::is_ascii_alphabetic)
        {
            length += 2;
        }
        if length > 1 && bytes.get(length) == Some(&b'.') {
            length += 1;
        }
    }
    folded.clear();
    fold::push(&rest[..length], folded);
    folded.retain(|c| c != '.');
    read(&rest[..length], folded, calendar.word(folded), calendar)
}

/// A word of plain letters, as the line has it.
fn known<'l>(
    rest: &str,
    word: &sentence::Word,
    folded: &mut String,
    calendar: &'l Calendar,
) -> Token<'l> {
    let letters = &rest[..word.span.len()];
    let known = if word.is(class::CALENDAR) { calendar.hashed(word.hash) } else { None };
    // What is printed as it is folded need not be folded.
    if word.is_folded {
        return read(letters, letters, known, calendar);
    }
    folded.clear();
    fold::push(letters, folded);
    read(letters, folded, known, calendar)
}

/// A word with what the calendar knows of it.
fn read<'l>(
    letters: &str,
    folded: &str,
    known: Option<&'l Word>,
    calendar: &'l Calendar,
) -> Token<'l> {
    let length = letters.len();
    let mut token = Token { word: known, ..mark(length, Kind::Word) };
    let mut several = false;
    if letters.starts_with(char::is_uppercase) {
        token.kind = Kind::Capital;
        if token.word.is_none()
            && calendar.opens_with_day(folded)
            && let Some((cut, word)) = glued(letters, calendar)
        {
            token.word = Some(word);
            several = calendar.decades.has(&letters[cut..]);
            token.end = if several { length } else { cut };
        }
    }
    token.leans = calendar.leans(letters, folded);
    if let Some(word) = token.word {
        token.classes = if several { class(b'X') } else { word.classes };
        if word.classes & class(b'N') != 0 {
            token.number = word.count;
        }
        if word.classes & class(b'O') != 0 && word.classes & class(b'N') == 0 {
            token.number = word.ordinal;
        }
    }
    token
}

/// The weekday that a longer word begins with: a space was lost ("Tuesdaywhen"), or it returns
/// ("Tuesdays").
fn glued<'l>(word: &str, calendar: &'l Calendar) -> Option<(usize, &'l Word)> {
    let near = |at: &usize| *at <= calendar.longest_day;
    let cuts = word.char_indices().map(|(at, _)| at).take_while(near).filter(|at| *at >= 6);
    let mut longest = None;
    for cut in cuts {
        let known = calendar.word(&fold::fold(&word[..cut])).filter(|known| known.weekday > 0);
        longest = known.map(|known| (cut, known)).or(longest);
    }
    longest
}

/// A number with what is glued to it: `9th`, `1990s`, `10:30`, `5pm`, `08.08.2025`.
fn number<'l>(rest: &str, before: Option<u8>, language: &'l Language) -> Token<'l> {
    let calendar = &language.calendar;
    let bytes = rest.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let n_digits = digits(0);
    let mut token = mark(n_digits, Kind::Number);
    token.number = rest[..n_digits].parse().unwrap_or(-1);
    let next = bytes.get(n_digits).copied().unwrap_or(b' ');
    let more = || bytes.get(n_digits + 1).is_some_and(u8::is_ascii_digit);
    if matches!(next, b'.' | b'-' | b'/') && more() {
        let end = rest.char_indices().map(|(at, _)| at).nth(40).unwrap_or(rest.len());
        if let Some((span, when)) = super::stated(&rest[..end], language)
            && span.start == 0
        {
            token.end = span.end as usize;
            token.date = Some(when.first);
            return token;
        }
    }
    if next == b'.' && n_digits <= 2 && !more() && is_ordinal(&rest[n_digits..], calendar) {
        token.end = n_digits + 1;
        token.classes = class(b'O');
        token.classes |= if (1..=31).contains(&token.number) { class(b'D') } else { 0 };
        return token;
    }
    if matches!(next, b'.' | b',') && more() {
        // "7.30pm" is a time, "7.5" and "7,500" are amounts; none of them is a day or a year.
        token.end = n_digits + 1 + digits(n_digits + 1);
        let minutes = rest[n_digits + 1..token.end].parse().unwrap_or(60_i8);
        let half = is_clock(&rest[token.end..], calendar);
        if next == b'.' && half && (0..24).contains(&token.number) && minutes < 60 {
            token.clock = Some((token.number as i8, minutes));
            token.classes = class(b'C');
        } else {
            token.classes = if next == b',' { class(b'N') } else { 0 };
            token.number = -1;
        }
        return token;
    }
    if next == b':' && digits(n_digits + 1) == 2 && (0..=24).contains(&token.number) {
        token.end = n_digits + 3;
        let minutes = rest[n_digits + 1..token.end].parse().unwrap_or(60_i8);
        if minutes < 60 {
            token.clock = Some((token.number as i8, minutes));
            token.classes = class(b'C');
        }
        return token;
    }
    let letters = rest[n_digits..].bytes().take_while(u8::is_ascii_alphabetic).count();
    let tail = fold::fold(&rest[n_digits..n_digits + letters]);
    if calendar.ordinals.has(&tail) {
        token.end += letters;
        token.classes = class(b'O');
        token.classes |= if (1..=31).contains(&token.number) { class(b'D') } else { 0 };
        return token;
    }
    if calendar.decades.has(&tail) && (n_digits == 4 || (n_digits == 2 && before != Some(b' '))) {
        token.end += 1;
        token.number += if n_digits == 2 { 1900 } else { 0 };
        token.classes = if token.number % 10 == 0 { class(b'K') } else { 0 };
        return token;
    }
    if letters > 0 {
        let known = calendar.word(&tail).filter(|word| word.classes & class(b'A') != 0);
        if let (Some(known), 0..=12) = (known, token.number) {
            token.end += letters;
            token.clock = Some(((token.number as i8 % 12) + known.half, 0));
            token.classes = class(b'C');
        } else if calendar.word(&tail).is_none_or(|word| word.unit.is_none()) {
            token.end += letters;
            token.number = -1;
        }
        return token;
    }
    token.classes = class(b'N');
    if n_digits == 4 && token.number < 2400 && token.number % 100 < 60 {
        token.clock = Some(((token.number / 100) as i8, (token.number % 100) as i8));
        token.classes |= class(b'T');
    }
    if n_digits <= 2 && (1..=31).contains(&token.number) {
        token.classes |= class(b'D');
    }
    if n_digits == 4 && (1500..2200).contains(&token.number) {
        token.classes |= class(b'Y');
    }
    token
}

/// Whether the point before ` Mai` makes the day's digits an ordinal: in languages that write it so,
/// before a month or a unit.
fn is_ordinal(rest: &str, calendar: &Calendar) -> bool {
    let Some(rest) = rest.strip_prefix(". ").filter(|_| calendar.ordinals.has(".")) else {
        return false;
    };
    let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let known = calendar.word(&fold::fold(&rest[..letters]));
    known.is_some_and(|word| word.month > 0 || word.unit.is_some())
}

/// Whether a word that makes "7.30" a time of day follows: "p.m.", "Uhr".
fn is_clock(rest: &str, calendar: &Calendar) -> bool {
    let rest = rest.trim_start();
    let of_word = |c: char| c.is_alphabetic() || c == '.';
    let length = rest.find(|c: char| !of_word(c)).unwrap_or(rest.len());
    let word = fold::fold(rest[..length].trim_end_matches('.')).replace('.', "");
    let known = calendar.word(&word).filter(|_| length <= 8);
    known.is_some_and(|word| word.classes & class(b'A') != 0 || word.does(Beside::Clocks))
}

/// Appends `token`; number words that form one number become one token ("twenty-one", "nineteen
/// ninety-six").
fn join<'l>(found: &mut Vec<Token<'l>>, mut token: Token<'l>) {
    let counts = |token: &Token<'_>| token.kind != Kind::Number && token.classes == class(b'N');
    if counts(&token)
        && let Some(last) = found.last_mut()
        && counts(last)
    {
        let tens = |n: i64| (20..100).contains(&n) && n % 10 == 0;
        let (left, right) = (last.number, token.number);
        if tens(left) && (1..10).contains(&right) {
            last.number += right;
            (last.end, last.word) = (token.end, None);
            return;
        }
        if (1..100).contains(&left) && matches!(right, 100 | 1000) {
            last.number = left * right;
            (last.end, last.word) = (token.end, None);
            let year = (1500..2200).contains(&last.number);
            last.classes |= if year { class(b'Y') } else { 0 };
            return;
        }
        if matches!(left, 18..=20) && (10..100).contains(&right) {
            last.number = left * 100 + right;
            (last.end, last.word) = (token.end, None);
            last.classes = class(b'Y');
            return;
        }
        if last.classes & class(b'Y') != 0 {
            return;
        }
    }
    if let Some(last) = found.last_mut()
        && last.classes == class(b'Y')
        && last.kind != Kind::Number
        && last.number % 10 == 0
        && counts(&token)
        && (1..10).contains(&token.number)
    {
        last.number += token.number;
        last.end = token.end;
        return;
    }
    if token.word.is_some_and(|word| word.classes & class(b'N') == 0) && token.number > 31 {
        token.number = -1;
    }
    found.push(token);
}
