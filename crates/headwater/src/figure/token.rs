//! Token: a word, number or sign of a paragraph, for reading figures.

use headwater_page::Span;

use crate::fold;
use crate::lexicon::{Numbers, class};
use crate::sentence::Word;

/// A word, number or sign.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) span: Span,
    /// Where its word stands in [`Tokens::folded`].
    from: usize,
    to: usize,
    pub(super) kind: Kind,
    /// Whether it touches the token before it.
    pub(super) glued: bool,
    /// Whether a number may begin with it.
    pub(super) opens: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Word,
    Capital,
    /// In thousandths.
    Number(i64),
    Sign,
}

/// The tokens of a paragraph.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) all: Vec<Token>,
    /// The folded words, without points; the digits of numbers; the signs: single spaces between.
    folded: String,
}

impl Tokens {
    /// Reads the tokens of `within`, in order, in place of what was read before. `known` are words
    /// of `within` that are read already, in order, as far as there are any.
    pub(super) fn read(&mut self, text: &str, within: Span, known: &[Word], numbers: &Numbers) {
        let Self { all: found, folded } = self;
        found.clear();
        folded.clear();
        let words = within.of(text);
        let shift = within.start as usize;
        let mut at = 0;
        let mut last_end = None;
        let mut known = known.iter().peekable();
        while let Some(c) = words[at..].chars().next() {
            if c.is_whitespace() {
                at += c.len_utf8();
                continue;
            }
            let rest = &words[at..];
            while known.next_if(|word| (word.span.start as usize) < shift + at).is_some() {}
            let plain = known.peek().filter(|word| {
                word.is_plain && word.span.start as usize == shift + at && ends_plainly(rest, word)
            });
            let (length, kind) = if let Some(word) = plain {
                let kind = if c.is_ascii_uppercase() { Kind::Capital } else { Kind::Word };
                (word.span.len(), kind)
            } else if c.is_ascii_digit() {
                number(rest, numbers)
            } else if let Some(thousandths) = vulgar(c) {
                (c.len_utf8(), Kind::Number(thousandths))
            } else if c.is_alphabetic() {
                let kind = if c.is_uppercase() { Kind::Capital } else { Kind::Word };
                (word_length(rest), kind)
            } else {
                (c.len_utf8(), Kind::Sign)
            };
            if !found.is_empty() {
                folded.push(' ');
            }
            let from = folded.len();
            let is_word = matches!(kind, Kind::Word | Kind::Capital);
            let pointed = plain.is_none() && is_word && length > 1 && rest[..length].contains('.');
            if plain.is_some_and(|word| word.is_folded) {
                folded.push_str(&rest[..length]);
            } else if pointed {
                rest[..length].split('.').for_each(|part| fold::push(part, folded));
            } else {
                fold::push(&rest[..length], folded);
            }
            let hash = || plain.map_or_else(|| fold::hashed(rest, length).hash, |word| word.hash);
            let opens =
                pointed || matches!(kind, Kind::Number(_)) || is_word && numbers.opens(hash());
            let glued = last_end == Some(at);
            let span = Span::new(shift + at, shift + at + length);
            at += length;
            last_end = Some(at);
            found.push(Token { span, from, to: folded.len(), kind, glued, opens });
        }
    }

    /// The word of token `at`; empty beyond the end.
    pub(super) fn word(&self, at: usize) -> &str {
        self.phrase(at, at + 1)
    }

    /// The words of tokens `from..to`, with single spaces between; empty beyond the end.
    pub(super) fn phrase(&self, from: usize, to: usize) -> &str {
        match self.all.get(from..to) {
            Some([first, .., last]) => &self.folded[first.from..last.to],
            Some([only]) => &self.folded[only.from..only.to],
            _ => "",
        }
    }
}

/// Whether no mark that goes on with a word stands behind `word`, which `rest` begins with: most
/// words are cut the same way everywhere.
fn ends_plainly(rest: &str, word: &Word) -> bool {
    let behind = rest.as_bytes().get(word.span.len()).copied().unwrap_or(b' ');
    !(word.is(class::ABBREVIATION) || matches!(behind, b'\'' | b'.' | 0x80..))
}

/// Digits with groups of three, decimals and fractions: `1,500.25`, `3 000`, `2 1/2`, `2½`.
///
/// A sign that comes back ("1.400.000") makes groups in every language.
fn number(rest: &str, numbers: &Numbers) -> (usize, Kind) {
    let bytes = rest.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = digits(0);
    let mut whole = rest[..end].to_owned();
    let gap = |from: usize| {
        ["\u{a0}", "\u{202f}", "\u{2009}"]
            .iter()
            .find_map(|gap| rest[from..].starts_with(gap).then_some(gap.len()))
    };
    let zeros = |from: usize| bytes[from..].starts_with(b" 000");
    let other = |sign: u8| {
        bytes.get(end) == Some(&sign)
            && digits(end + 1) == 3
            && bytes.get(end + 4) == Some(&sign)
            && digits(end + 5) == 3
    };
    let sign = match numbers.decimal {
        b'.' if other(b'.') => b'.',
        b',' if other(b',') => b',',
        b',' => b'.',
        _ => b',',
    };
    while end > 0 && whole.len() < 24 {
        let step = match bytes.get(end) {
            Some(&b) if b == sign => 1,
            Some(b' ') if end <= 3 && zeros(end) || whole.len() > 3 && zeros(end) => 1,
            _ => gap(end).unwrap_or(0),
        };
        if step == 0 || digits(end + step) != 3 {
            break;
        }
        whole += &rest[end + step..end + step + 3];
        end += step + 3;
    }
    let mut thousandths = whole.parse::<i64>().unwrap_or(i64::MAX).saturating_mul(1000);
    if bytes.get(end) == Some(&numbers.decimal) && sign != numbers.decimal && digits(end + 1) > 0 {
        let decimals = digits(end + 1);
        let first = format!("{:0<3}", &rest[end + 1..end + 1 + decimals.min(3)]);
        thousandths = thousandths.saturating_add(first.parse().unwrap_or(0));
        end += 1 + decimals;
        return (end, Kind::Number(thousandths));
    }
    if let Some((length, part)) = slashed(rest) {
        return (length, Kind::Number(part));
    }
    let space = usize::from(bytes.get(end) == Some(&b' '));
    let more = &rest[end + space..];
    let part = slashed(more)
        .or_else(|| more.chars().next().and_then(|c| Some((c.len_utf8(), vulgar(c)?))));
    if let Some((length, part)) = part.filter(|_| end <= 3) {
        return (end + space + length, Kind::Number(thousandths.saturating_add(part)));
    }
    (end, Kind::Number(thousandths))
}

/// "1/2", "3/4": a part of one. "9/11" and "24/7" are none.
fn slashed(rest: &str) -> Option<(usize, i64)> {
    let [above @ b'1'..=b'9', b'/', below @ b'2'..=b'9', ..] = rest.as_bytes() else { return None };
    let (above, below) = (i64::from(above - b'0'), i64::from(below - b'0'));
    let ends = !rest[3..].starts_with(|c: char| c.is_ascii_digit() || c == '/');
    (above < below && ends).then_some((3, above * 1000 / below))
}

/// `½`, in thousandths.
fn vulgar(c: char) -> Option<i64> {
    Some(match c {
        '½' => 500,
        '¼' => 250,
        '¾' => 750,
        '⅓' => 333,
        '⅔' => 667,
        '⅛' => 125,
        _ => return None,
    })
}

/// Letters with apostrophes inside; "U.S." is one word.
fn word_length(rest: &str) -> usize {
    let letters = fold::length(rest, char::is_alphabetic);
    if !rest[letters..].starts_with(['\'', '’', '.']) {
        return letters;
    }
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let inside = match c {
            '\'' | '’' => next.is_some_and(char::is_alphabetic),
            '.' => at > 0 && at <= 4 && rest[..at].len() == rest[..at].matches('.').count() * 2 + 1,
            _ => c.is_alphabetic(),
        };
        if !inside {
            break;
        }
        end = at + c.len_utf8();
    }
    // A single letter and a point are initials or the end of a sentence.
    if end == 2 && rest.as_bytes()[1] == b'.' { 1 } else { end }
}
