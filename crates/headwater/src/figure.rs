//! Figure: a number in an article, with its unit and its hedge.

use headwater_page::Span;

use crate::fold;
use crate::lexicon::{Bound, Language, Numeral};

/// How exact a number claims to be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Hedge {
    /// As it stands.
    Exact,
    /// "about", "some", "nearly".
    About,
    /// "at least", "more than".
    AtLeast,
    /// "up to", "fewer than".
    AtMost,
}

/// A number, with what it counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Figure {
    /// The words: number, unit and hedge ("more than $50 million").
    pub span: Span,
    /// The value in thousandths ("1.5" is 1500); saturates at the bounds.
    pub thousandths: i64,
    /// What is counted or measured, folded and singular: `$`, `%`, `km`, `troop`; may be empty.
    pub unit: String,
    /// How exact it claims to be.
    pub hedge: Hedge,
    /// "first", "second": a rank, no amount.
    pub ordinal: bool,
}

/// Every figure in `within`, in order; numbers that are part of a date are left out by the caller.
///
/// Numbers inside names ("COVID-19") are none, nor is a bare "one". Of a range, each end is a figure
/// with the unit behind both. Cost: linear in `within`. Never fails.
pub fn figures(text: &str, within: Span, language: &Language) -> Vec<Figure> {
    let reader = Reader { tokens: tokens(text, within), language };
    let mut found = Vec::new();
    let mut at = 0;
    let mut free = 0;
    while at < reader.tokens.len() {
        let Some(amount) = reader.amount(at) else {
            at += 1;
            continue;
        };
        if let Some(figure) = reader.figure(at, amount, free) {
            free = reader.after(figure.span.end);
            at = free.max(amount.end);
            found.push(figure);
        } else {
            at = amount.end;
        }
    }
    found
}

/// A word, number or sign.
#[derive(Debug)]
struct Token {
    span: Span,
    /// The folded word, without points; the digits of a number; the sign.
    word: String,
    kind: Kind,
    /// Whether it touches the token before it.
    glued: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Word,
    Capital,
    /// In thousandths.
    Number(i64),
    Sign,
}

/// A number, up to the token `end`.
#[derive(Clone, Copy, Debug)]
struct Amount {
    end: usize,
    thousandths: i64,
    ordinal: bool,
    /// "hundreds": at least two of them.
    vague: bool,
    /// "half": a part, of something that is not counted.
    part: bool,
}

fn tokens(text: &str, within: Span) -> Vec<Token> {
    let words = within.of(text);
    let shift = within.start as usize;
    let mut found = Vec::<Token>::with_capacity(words.len() / 5);
    let mut at = 0;
    let mut last_end = None;
    while let Some(c) = words[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let rest = &words[at..];
        let (length, kind) = if c.is_ascii_digit() {
            number(rest)
        } else if c.is_alphabetic() {
            let kind = if c.is_uppercase() { Kind::Capital } else { Kind::Word };
            (word_length(rest), kind)
        } else {
            (c.len_utf8(), Kind::Sign)
        };
        let mut word = fold::fold(&rest[..length]);
        if matches!(kind, Kind::Word | Kind::Capital) {
            word.retain(|c| c != '.');
        }
        let glued = last_end == Some(at);
        let span = Span::new(shift + at, shift + at + length);
        at += length;
        last_end = Some(at);
        found.push(Token { span, word, kind, glued });
    }
    found
}

/// Digits with groups of three and decimals.
fn number(rest: &str) -> (usize, Kind) {
    let bytes = rest.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = digits(0);
    while bytes.get(end) == Some(&b',') && digits(end + 1) == 3 {
        end += 4;
    }
    let whole = rest[..end].replace(',', "").parse::<i64>().unwrap_or(i64::MAX);
    let mut thousandths = whole.saturating_mul(1000);
    if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        let decimals = digits(end + 1);
        let first = format!("{:0<3}", &rest[end + 1..end + 1 + decimals.min(3)]);
        thousandths = thousandths.saturating_add(first.parse().unwrap_or(0));
        end += 1 + decimals;
    }
    (end, Kind::Number(thousandths))
}

/// Letters with apostrophes inside; "U.S." is one word.
fn word_length(rest: &str) -> usize {
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

struct Reader<'l> {
    tokens: Vec<Token>,
    language: &'l Language,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.word)
    }

    fn numeral(&self, at: usize) -> Option<Numeral> {
        self.language.numbers.numeral(self.word(at))
    }

    /// Past a hyphen that is glued on both sides.
    fn past_hyphen(&self, at: usize) -> usize {
        let hyphen = self.word(at) == "-" && self.tokens[at].glued;
        let glued = self.tokens.get(at + 1).is_some_and(|token| token.glued);
        at + usize::from(hyphen && glued)
    }

    /// The first token that begins at or after byte `end`.
    fn after(&self, end: u32) -> usize {
        self.tokens.partition_point(|token| token.span.start < end)
    }

    /// The number that begins at token `at`.
    fn amount(&self, at: usize) -> Option<Amount> {
        let numbers = &self.language.numbers;
        if let Kind::Number(thousandths) = self.tokens[at].kind {
            return self.digits(at, thousandths);
        }
        let alone = |end, thousandths| Amount {
            end,
            thousandths,
            ordinal: false,
            vague: false,
            part: false,
        };
        if let Some(part) = numbers.fraction(self.word(at))
            && self.numeral(at).is_none()
        {
            return self.part(at, 1, part);
        }
        let single = numbers.singles.has(self.word(at));
        if single && self.scale(at + 1).is_none() {
            return None;
        }
        let (mut total, mut group, mut end) = (0_i64, i64::from(single), at + usize::from(single));
        let mut known = single;
        loop {
            let next = if end > at { self.past_hyphen(end) } else { end };
            // "a hundred and two", never "two and three".
            let joint = known && group >= 100 && numbers.joints.has(self.word(next));
            let next = if joint { next + 1 } else { next };
            match self.numeral(next) {
                Some(Numeral::Cardinal(n)) if !known || (n > 0 && smaller(n, group)) => group += n,
                Some(Numeral::Ordinal(n)) if (!known && !joint) || (n > 0 && smaller(n, group)) => {
                    if let (true, Some(part)) = (known, numbers.fraction(self.word(next))) {
                        return self.part(next, group, part);
                    }
                    let thousandths = total.saturating_add(group + n).saturating_mul(1000);
                    return Some(Amount { ordinal: true, ..alone(next + 1, thousandths) });
                }
                Some(Numeral::Scale(n) | Numeral::Alone(n)) if known && !joint && group > 0 => {
                    group = group.saturating_mul(n);
                    if n >= 1000 {
                        total = total.saturating_add(group);
                        group = 0;
                    }
                }
                Some(Numeral::Alone(n)) if !known => group = n,
                Some(Numeral::Vague(n)) if !known => return Some(self.vague(next, n)),
                _ => break,
            }
            known = true;
            end = next + 1;
            if total > 0 && group == 0 && !matches!(self.numeral(end), Some(Numeral::Cardinal(_))) {
                break;
            }
        }
        if !known {
            return None;
        }
        let hyphened = self.past_hyphen(end);
        if let Some(part) = numbers.fraction(self.word(hyphened)).filter(|_| total == 0)
            && hyphened > end
        {
            return self.part(hyphened, group, part);
        }
        Some(alone(end, total.saturating_add(group).saturating_mul(1000)))
    }

    /// Digits and what multiplies them.
    fn digits(&self, at: usize, mut thousandths: i64) -> Option<Amount> {
        let before = at.checked_sub(1).map(|before| &self.tokens[before]);
        // "COVID-19", "B52": a name.
        let named = self.tokens[at].glued
            && before.is_some_and(|token| match token.kind {
                Kind::Word | Kind::Capital => self.language.numbers.sign(&token.word).is_none(),
                Kind::Sign if token.word == "-" && token.glued => {
                    at >= 2 && matches!(self.tokens[at - 2].kind, Kind::Word | Kind::Capital)
                }
                _ => false,
            });
        if named {
            return None;
        }
        let mut end = at + 1;
        let mut ordinal = false;
        let glued = self.tokens.get(end).is_some_and(|token| token.glued);
        let money = before.is_some_and(|token| self.language.numbers.sign(&token.word).is_some());
        if glued && self.language.calendar.ordinals.has(self.word(end)) {
            (ordinal, end) = (true, end + 1);
        } else if let Some(Numeral::Glued(n)) = self.numeral(end).filter(|_| glued)
            && (money || self.language.numbers.unit(self.word(end)).is_none())
        {
            (thousandths, end) = (thousandths.saturating_mul(n), end + 1);
        }
        while let Some(n) = self.scale(self.past_hyphen(end)) {
            (thousandths, end) = (thousandths.saturating_mul(n), self.past_hyphen(end) + 1);
        }
        Some(Amount { end, thousandths, ordinal, vague: false, part: false })
    }

    fn scale(&self, at: usize) -> Option<i64> {
        match self.numeral(at)? {
            Numeral::Scale(n) | Numeral::Alone(n) => Some(n),
            _ => None,
        }
    }

    /// "hundreds of thousands".
    fn vague(&self, at: usize, n: i64) -> Amount {
        let mut amount = Amount {
            end: at + 1,
            thousandths: n.saturating_mul(2000),
            ordinal: false,
            vague: true,
            part: false,
        };
        while let Some(Numeral::Vague(n)) = self.numeral(amount.end + 1)
            && self.language.numbers.skipped.has(self.word(amount.end))
        {
            amount.thousandths = amount.thousandths.saturating_mul(n);
            amount.end += 2;
        }
        amount
    }

    /// `group` parts of `part` thousandths: "two-thirds"; "half a million" is an amount.
    fn part(&self, at: usize, group: i64, part: i64) -> Option<Amount> {
        // Three thirds are one.
        let whole = group.saturating_mul(part);
        let mut thousandths = if part == 333 && whole > part { whole + 1 } else { whole };
        let mut end = at + 1;
        let single = self.language.numbers.singles.has(self.word(end));
        let part = match self.scale(end + usize::from(single)).filter(|_| single) {
            Some(n) => {
                (thousandths, end) = (thousandths.saturating_mul(n), end + 2);
                false
            }
            None => true,
        };
        Some(Amount { end, thousandths, ordinal: false, vague: false, part })
    }

    /// The figure around an amount that begins at token `at`; nothing before token `free` is taken.
    fn figure(&self, at: usize, amount: Amount, free: usize) -> Option<Figure> {
        let numbers = &self.language.numbers;
        let mut start = at;
        let mut unit = String::new();
        if let Some((sign_at, sign)) = self.sign(at).filter(|(sign_at, _)| *sign_at >= free) {
            (start, unit) = (sign_at, sign.to_owned());
        }
        let mut end = amount.end;
        if unit.is_empty() && !amount.part {
            if let Some((unit_end, name)) = self.unit(amount) {
                unit = name;
                // Behind the far end of a range, the unit stays with that end.
                if unit_end.1 {
                    end = unit_end.0;
                }
            }
        } else if amount.part && self.measured(amount.end).is_some() {
            let (unit_end, name) = self.measured(amount.end)?;
            (end, unit) = (unit_end, name.to_owned());
        }
        let bare = end == amount.end && start == at;
        let word = !matches!(self.tokens[at].kind, Kind::Number(_));
        // "One" is a pronoun more often than a number.
        if word && !amount.ordinal && amount.thousandths == 1000 && amount.end == at + 1 {
            let measure = self.measured(amount.end).is_some();
            if bare || !measure {
                return None;
            }
        }
        let mut hedge = if amount.vague { Hedge::AtLeast } else { Hedge::Exact };
        for length in (1..=numbers.longest.min(start - free.min(start))).rev() {
            if let Some(bound) = numbers.hedge_before(&self.phrase(start - length, start)) {
                (start, hedge) = (start - length, self::hedge(bound));
                break;
            }
        }
        for length in (1..=numbers.longest).rev() {
            if let Some(bound) = numbers.hedge_behind(&self.phrase(end, end + length)) {
                (end, hedge) = (end + length, self::hedge(bound));
                break;
            }
        }
        let span = self.tokens[start].span.hull(self.tokens[end - 1].span);
        let Amount { thousandths, ordinal, .. } = amount;
        Some(Figure { span, thousandths, unit, hedge, ordinal })
    }

    /// The currency sign before token `at`: `$`, or `US$` in two tokens.
    fn sign(&self, at: usize) -> Option<(usize, &'static str)> {
        let before = at.checked_sub(1)?;
        let sign = self.language.numbers.sign(self.word(before));
        if self.tokens[before].glued && before > 0 {
            let joined = format!("{}{}", self.word(before - 1), self.word(before));
            if let Some(sign) = self.language.numbers.sign(&joined) {
                return Some((before - 1, sign));
            }
        }
        sign.map(|sign| (before, sign))
    }

    /// The words of tokens `from..to`, joined by spaces; empty beyond the end.
    fn phrase(&self, from: usize, to: usize) -> String {
        let tokens = self.tokens.get(from..to).unwrap_or_default();
        tokens.iter().map(|token| token.word.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// A currency or measure at token `at`, and the token behind it.
    fn measured(&self, at: usize) -> Option<(usize, &'static str)> {
        let at = self.past_hyphen(at);
        (1..=self.language.numbers.longest).rev().find_map(|length| {
            let unit = self.language.numbers.unit(&self.phrase(at, at + length))?;
            Some((at + length, unit))
        })
    }

    /// What the amount counts: the token behind it, whether that belongs to this amount, the unit.
    fn unit(&self, amount: Amount) -> Option<((usize, bool), String)> {
        let numbers = &self.language.numbers;
        if let Some((end, unit)) = self.measured(amount.end) {
            return Some(((end, true), unit.to_owned()));
        }
        if numbers.ranges.has(self.word(amount.end))
            && amount.end + 1 < self.tokens.len()
            && let Some(other) = self.amount(amount.end + 1).filter(|other| !other.ordinal)
        {
            let unit = self.measured(other.end).map(|(_, unit)| unit.to_owned());
            let unit = unit.or_else(|| self.noun(other.end).map(|(_, noun)| noun))?;
            return Some(((amount.end, false), unit));
        }
        self.noun(self.past_hyphen(amount.end)).map(|(end, noun)| ((end, true), noun))
    }

    /// The noun that begins within a few words of token `at`: the first plural, else the first word
    /// that is not known as an adjective.
    fn noun(&self, at: usize) -> Option<(usize, String)> {
        let numbers = &self.language.numbers;
        let mut first = None;
        for ix in at..(at + NOUN_WITHIN).min(self.tokens.len()) {
            let token = &self.tokens[ix];
            let word = token.word.as_str();
            if token.kind == Kind::Sign && word == "-" && token.glued {
                continue;
            }
            let is_word = matches!(token.kind, Kind::Word | Kind::Capital);
            if !is_word || numbers.uncounted.has(word) || numbers.numeral(word).is_some() {
                break;
            }
            if numbers.skipped.has(word) || token.kind == Kind::Capital {
                continue;
            }
            let word = word.strip_suffix("'s").unwrap_or(word);
            if let Some(unit) = numbers.unit(word) {
                return Some((ix + 1, unit.to_owned()));
            }
            if numbers.is_plural(word) {
                return Some((ix + 1, numbers.singular(word)));
            }
            first = first.or_else(|| Some((ix + 1, numbers.singular(word))));
        }
        first
    }
}

/// How far behind a number its noun may stand, in tokens.
const NOUN_WITHIN: usize = 5;

/// Whether `n` may follow `group` inside one number: "hundred" + "two", "twenty" + "one".
fn smaller(n: i64, group: i64) -> bool {
    (group >= 100 && group % 100 == 0 && n < 100)
        || ((20..100).contains(&(group % 100)) && group % 10 == 0 && n < 10)
        || group == 0
}

fn hedge(bound: Bound) -> Hedge {
    match bound {
        Bound::About => Hedge::About,
        Bound::Least => Hedge::AtLeast,
        Bound::Most => Hedge::AtMost,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn found(text: &str) -> Vec<(&str, i64, String, Hedge)> {
        let language = &Lexicon::shipped().languages[0];
        let all = figures(text, Span::new(0, text.len()), language);
        all.into_iter().map(|f| (f.span.of(text), f.thousandths, f.unit, f.hedge)).collect()
    }

    fn one(text: &str) -> (&str, i64, String, Hedge) {
        let mut all = found(text);
        assert_eq!(all.len(), 1, "{text}: {all:?}");
        all.remove(0)
    }

    #[test]
    fn numbers_are_read_in_digits_and_words() {
        for (text, n, unit) in [
            ("Varn sent 1,500 troops", 1_500_000, "troop"),
            ("a rise of 4.25 percent", 4250, "%"),
            ("a 12% rise", 12_000, "%"),
            ("twenty-one ferries sank", 21_000, "ferry"),
            ("two dozen villages burned", 24_000, "village"),
            ("a dozen villages burned", 12_000, "village"),
            ("a hundred and two buses", 102_000, "bus"),
            ("two hundred thousand people fled", 200_000_000, "person"),
            ("2.5 million barrels", 2_500_000_000, "barrel"),
            ("half a million voters", 500_000_000, "voter"),
            ("a $50 million reward", 50_000_000_000, "$"),
            ("US$3bn of grain", 3_000_000_000_000, "$"),
            ("€30m of grain", 30_000_000_000, "€"),
            ("30 million dollars went missing", 30_000_000_000, "$"),
            ("the 5-kilometre wall", 5000, "km"),
            ("some wall 5km long", 5000, "km"),
            ("three unarmed Varnian soldiers", 3000, "soldier"),
            ("two-thirds of the seats", 667, ""),
        ] {
            let found = one(text);
            assert_eq!((found.1, found.2.as_str()), (n, unit), "{text}");
        }
    }

    #[test]
    fn hedges_bound_the_number() {
        for (text, words, hedge) in [
            ("It cost more than $50 million.", "more than $50 million", Hedge::AtLeast),
            ("At least 12 people died.", "At least 12 people", Hedge::AtLeast),
            ("Up to 400 jobs will go.", "Up to 400 jobs", Hedge::AtMost),
            ("Fewer than 30 ships remain.", "Fewer than 30 ships", Hedge::AtMost),
            ("About 30 ships remain.", "About 30 ships", Hedge::About),
            ("Hundreds of ships remain.", "Hundreds of ships", Hedge::AtLeast),
            ("30 ships or more remain.", "30 ships or more", Hedge::AtLeast),
            ("30 ships remain.", "30 ships", Hedge::Exact),
        ] {
            let found = one(text);
            assert_eq!((found.0, found.3), (words, hedge), "{text}");
        }
    }

    #[test]
    fn ranks_are_no_amounts() {
        let text = "the 42nd ship and the third bridge";
        let language = &Lexicon::shipped().languages[0];
        let all = figures(text, Span::new(0, text.len()), language);
        let all = all.iter().map(|f| (f.thousandths, f.ordinal)).collect::<Vec<_>>();
        assert_eq!(all, [(42_000, true), (3000, true)]);
    }

    #[test]
    fn a_range_has_two_ends_and_one_unit() {
        let all = found("It took 10 to 15 ships.");
        assert_eq!(all[0].2, "ship");
        assert_eq!(all[1].2, "ship");
        assert_eq!(all.len(), 2);
    }

    #[test]
    fn names_and_pronouns_hold_no_figures() {
        for text in ["the VARN-19 fever", "the B52 flew", "one of them", "No one came.", "a ship"] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "([0-9.,$%-]|half|two|a |million|th|to |-| |more than|\\PC){0,30}") {
            let all = found(&text);
            let language = &Lexicon::shipped().languages[0];
            let spans = figures(&text, Span::new(0, text.len()), language);
            proptest::prop_assert!(spans.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
            proptest::prop_assert_eq!(all.len(), spans.len());
        }
    }
}
