//! Unit: what a number counts or measures.

use super::amount::{Amount, Form, Reader};
use super::token::Kind;

/// What a number counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Unit {
    /// The token behind it.
    pub(super) end: usize,
    /// Its name.
    pub(super) name: String,
    /// Whether its words belong to this number, and not to the other end of a range.
    pub(super) is_own: bool,
}

impl Reader<'_> {
    /// The currency sign before token `at`: `$`, or `US$` in two tokens.
    pub(super) fn sign(&self, at: usize) -> Option<(usize, &'static str)> {
        let before = at.checked_sub(1)?;
        let sign = self.language.numbers.sign(self.word(before));
        if self.tokens.all[before].glued && before > 0 {
            let joined = format!("{}{}", self.word(before - 1), self.word(before));
            if let Some(sign) = self.language.numbers.sign(&joined) {
                return Some((before - 1, sign));
            }
        }
        sign.map(|sign| (before, sign))
    }

    /// A currency or measure at token `at`, and the token behind it. Hyphens between its words count
    /// for nothing ("42-year-old").
    pub(super) fn measured(&self, at: usize) -> Option<(usize, &'static str)> {
        let numbers = &self.language.numbers;
        let mut phrase = String::new();
        let mut longest = None;
        let mut at = self.past_hyphen(at);
        for nth in 0..numbers.longest {
            if at >= self.tokens.all.len() {
                break;
            }
            if nth > 0 {
                phrase.push(' ');
            }
            phrase += self.word(at);
            at += 1;
            longest = numbers.unit(&phrase).map(|unit| (at, unit)).or(longest);
            at = self.past_hyphen(at);
        }
        longest
    }

    /// What the amount at token `at` counts.
    pub(super) fn unit(&self, at: usize, amount: Amount) -> Option<Unit> {
        let numbers = &self.language.numbers;
        let own = |(end, name): (usize, String)| Unit { end, name, is_own: true };
        if amount.form == Form::Ratio {
            return None;
        }
        if amount.form == Form::Part {
            // "Half a mile".
            let single = usize::from(numbers.singles.has(self.word(amount.end)));
            let (end, name) = self.measured(amount.end + single)?;
            return Some(own((end, name.to_owned())));
        }
        if let Some((end, unit)) = self.measured(amount.end) {
            return Some(own((end, unit.to_owned())));
        }
        if let Some(age) = self.age(at, amount) {
            return Some(own((amount.end, age.to_owned())));
        }
        if numbers.ranges.has(self.word(amount.end))
            && let Some(other) =
                self.tokens.all.get(amount.end + 1).and(self.amount(amount.end + 1))
            && other.form != Form::Rank
        {
            let unit = self.measured(other.end).map(|(_, unit)| unit.to_owned());
            let name = unit.or_else(|| self.noun(other).map(|(_, noun)| noun))?;
            return Some(Unit { end: amount.end, name, is_own: false });
        }
        self.noun(amount).map(own)
    }

    /// "Osk, 42, said", "Osk (42)", "the pilot, 42, said", "aged nine": an age.
    fn age(&self, at: usize, amount: Amount) -> Option<&'static str> {
        let numbers = &self.language.numbers;
        let before = self.word(at.checked_sub(1)?);
        let counts = matches!(amount.form, Form::Digits | Form::Words) && amount.scale <= 1;
        if counts && numbers.aged.has(before) {
            return numbers.age;
        }
        let whole = amount.form == Form::Digits && (5_000..=110_000).contains(&amount.thousandths);
        let name = self.tokens.all[at.checked_sub(2)?].kind;
        let closed = match (before, self.word(amount.end)) {
            (",", ",") => matches!(name, Kind::Capital | Kind::Word),
            (",", ".") | ("(", ")") => name == Kind::Capital,
            _ => false,
        };
        let bare = amount.end == at + 1 && amount.thousandths % 1000 == 0;
        numbers.age.filter(|_| whole && closed && bare)
    }

    /// The noun within a few words behind the amount: the first plural, or the word that a hyphen
    /// joins to it, or the one behind a rank. "12 injured" counts the injured.
    fn noun(&self, amount: Amount) -> Option<(usize, String)> {
        let numbers = &self.language.numbers;
        let at = self.past_hyphen(amount.end);
        let is_one = amount.form == Form::Rank || amount.thousandths == 1000;
        let (mut first, mut described) = (None, None);
        for ix in at..(at + NOUN_WITHIN).min(self.tokens.all.len()) {
            let token = &self.tokens.all[ix];
            let word = self.word(ix);
            if token.kind == Kind::Sign && word == "-" && token.glued {
                continue;
            }
            let is_word = matches!(token.kind, Kind::Word | Kind::Capital);
            if !is_word || numbers.uncounted.has(word) || numbers.numeral(word).is_some() {
                break;
            }
            if numbers.skipped.has(word) || token.kind == Kind::Capital {
                let described_here = (ix == at && token.kind == Kind::Word).then_some(ix);
                described = described.or(described_here);
                continue;
            }
            let word = word.strip_suffix("'s").unwrap_or(word);
            if let Some(unit) = numbers.unit(word) {
                return Some((ix + 1, unit.to_owned()));
            }
            if numbers.is_plural(word) {
                return Some((ix + 1, numbers.singular(word)));
            }
            let joined = ix == at && at > amount.end;
            if is_one || joined {
                first = first.or_else(|| Some((ix + 1, numbers.singular(word))));
            }
        }
        // Nothing but "injured": the people are left out.
        let people = described.filter(|&ix| numbers.people.has(self.word(ix)));
        first.or_else(|| people.map(|ix| (ix + 1, self.word(ix).to_owned())))
    }
}

/// How far behind a number its noun may stand, in tokens: room for two adjectives and a hyphen. Not
/// swept: no labelled figures are at hand.
const NOUN_WITHIN: usize = 5;
