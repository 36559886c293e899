//! Amount: a number in digits or words, with what multiplies it.

use super::token::{Kind, Tokens};
use crate::lexicon::{Language, Numeral};

/// A number, up to the token `end`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amount {
    pub(super) end: usize,
    pub(super) thousandths: i64,
    pub(super) form: Form,
    /// What words behind the digits multiplied it by: "3 million" by a million.
    pub(super) scale: i64,
}

/// How a number is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    Digits,
    Words,
    /// "hundreds": at least two of them.
    Vague,
    /// "half": a part, of something that is not counted.
    Part,
    /// "one in five".
    Ratio,
    /// "first".
    Rank,
}

/// The tokens of a paragraph and the words that mean something among them.
pub(super) struct Reader<'l> {
    pub(super) tokens: Tokens,
    pub(super) language: &'l Language,
}

impl Reader<'_> {
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens.word(at)
    }

    pub(super) fn numeral(&self, at: usize) -> Option<Numeral> {
        self.language.numbers.numeral(self.word(at))
    }

    /// Past a hyphen that is glued on both sides.
    pub(super) fn past_hyphen(&self, at: usize) -> usize {
        let hyphen = self.word(at) == "-" && self.tokens.all[at].glued;
        let glued = self.tokens.all.get(at + 1).is_some_and(|token| token.glued);
        at + usize::from(hyphen && glued)
    }

    /// The number that begins at token `at`: itself, or how many of how many.
    pub(super) fn amount(&self, at: usize) -> Option<Amount> {
        let amount = self.single(at)?;
        Some(self.ratio(at, amount).unwrap_or(amount))
    }

    /// "One in five", "three out of four": as thousandths of one.
    fn ratio(&self, at: usize, part: Amount) -> Option<Amount> {
        let numbers = &self.language.numbers;
        if !matches!(part.form, Form::Digits | Form::Words) || part.scale > 1 {
            return None;
        }
        let (end, loose) = (1..=2).rev().find_map(|length| {
            let loose = numbers.ratio(self.tokens.phrase(part.end, part.end + length))?;
            Some((part.end + length, loose))
        })?;
        // "Nine out of 10", but "one in 10" only where both are words or both digits.
        let counts = |form: Form| matches!(form, Form::Digits | Form::Words);
        let fits = |whole: &Amount| whole.form == part.form || !loose && counts(whole.form);
        let whole = self.single(end).filter(|whole| fits(whole) && whole.scale <= 1)?;
        let fits = 0 < part.thousandths && part.thousandths < whole.thousandths;
        // "Killed 3 in 14 days": only the round ones are shares where the word is also a preposition.
        let round =
            matches!(whole.thousandths / 1000, 3..=5 | 10 | 20 | 100 | 1000 | 10_000 | 100_000);
        let one = part.thousandths == 1000 && part.form == Form::Words;
        let calendar = &self.language.calendar;
        let unit = calendar.word(self.word(whole.end)).is_some_and(|word| word.unit.is_some());
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        let counted = numbers.partitives.has(before);
        (fits && (!loose || round || one) && !unit && !counted).then(|| Amount {
            end: whole.end,
            thousandths: part.thousandths.saturating_mul(1000) / whole.thousandths,
            form: Form::Ratio,
            scale: 1,
        })
    }

    fn single(&self, at: usize) -> Option<Amount> {
        let numbers = &self.language.numbers;
        let token = self.tokens.all.get(at).filter(|token| token.opens)?;
        if let Kind::Number(thousandths) = token.kind {
            return self.digits(at, thousandths);
        }
        if let Some(part) = numbers.fraction(self.word(at))
            && self.numeral(at).is_none()
        {
            return Some(self.part(at, 1, part));
        }
        // "Several hundred", "a few dozen".
        if numbers.several.has(self.word(at)) {
            let scale = self.scale(at + 1)?;
            return Some(self.vague(at + 1, scale));
        }
        let single = numbers.singles.has(self.word(at));
        let bare = numbers.fraction(self.word(at + 1)).filter(|_| self.numeral(at + 1).is_none());
        if single && let Some(part) = self.ordinal_part(at + 1).or(bare) {
            return Some(self.part(at + 1, 1, part));
        }
        if single && self.scale(at + 1).is_none() {
            return None;
        }
        self.words(at, usize::from(single))
    }

    /// "A third of", "by a fifth": an ordinal that nothing follows which it could be the rank of.
    fn ordinal_part(&self, at: usize) -> Option<i64> {
        let numbers = &self.language.numbers;
        let part = numbers.fraction(self.word(at))?;
        let Some(Numeral::Ordinal(_)) = self.numeral(at) else { return None };
        let next = self.word(at + 1);
        let ends = self.tokens.all.get(at + 1).is_none_or(|token| token.kind == Kind::Sign)
            || numbers.uncounted.has(next);
        (numbers.partitives.has(next) || ends && self.word(at + 1) != "-").then_some(part)
    }

    /// A number in words that begins at token `at`, behind `n_singles` words that stand for one.
    fn words(&self, at: usize, n_singles: usize) -> Option<Amount> {
        let numbers = &self.language.numbers;
        let (mut total, mut group, mut end) = (0_i64, i64::from(n_singles > 0), at + n_singles);
        let mut known = n_singles > 0;
        let (mut before, mut scale) = (0, 1_i64);
        let found = |end, thousandths, scale| Amount { end, thousandths, form: Form::Words, scale };
        loop {
            let next = if end > at { self.past_hyphen(end) } else { end };
            // "a hundred and two", never "two and three".
            let tens = (20..100).contains(&(group % 100)) && group % 10 == 0;
            let joint = known
                && (group >= 100 && numbers.joints.has(self.word(next))
                    || tens && numbers.tens_joints.has(self.word(next)));
            let next = if joint { next + 1 } else { next };
            match self.numeral(next) {
                Some(Numeral::Cardinal(n)) if !known || (n > 0 && smaller(n, group)) => group += n,
                Some(Numeral::Ordinal(n)) if (!known && !joint) || (n > 0 && smaller(n, group)) => {
                    if let (true, Some(part)) = (known, numbers.fraction(self.word(next))) {
                        return Some(self.part(next, group, part));
                    }
                    let thousandths = total.saturating_add(group + n).saturating_mul(1000);
                    return Some(Amount { form: Form::Rank, ..found(next + 1, thousandths, 1) });
                }
                Some(Numeral::Scale(n) | Numeral::Alone(n)) if known && !joint && group > 0 => {
                    group = group.saturating_mul(n);
                    before = next + 1;
                    scale = n;
                    if n >= 1000 {
                        total = total.saturating_add(group);
                        group = 0;
                    }
                }
                Some(Numeral::Alone(n)) if !known => group = n,
                Some(Numeral::Vague(n)) if !known => return Some(self.vague(next, n)),
                Some(Numeral::Heap(n)) if !known && numbers.partitives.has(self.word(next + 1)) => {
                    return Some(self.vague(next, n));
                }
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
        if total == 0
            && let Some(part) = self.parts(end, group)
        {
            return Some(part);
        }
        let scale = if before == end { scale } else { 1 };
        let whole = found(end, total.saturating_add(group).saturating_mul(1000), scale);
        Some(self.and_a_half(whole))
    }

    /// "Two-thirds", "two thirds": the parts that `group` counts.
    fn parts(&self, at: usize, group: i64) -> Option<Amount> {
        let numbers = &self.language.numbers;
        let next = self.past_hyphen(at);
        let part = numbers.fraction(self.word(next))?;
        // "Two quarters" are half a year unless they are of something.
        let singular = numbers.singular(self.word(next));
        let of_rank = matches!(numbers.numeral(&singular), Some(Numeral::Ordinal(_)));
        let fits = next > at || of_rank || numbers.partitives.has(self.word(next + 1));
        fits.then(|| self.part(next, group, part))
    }

    /// "Two and a half million".
    fn and_a_half(&self, whole: Amount) -> Amount {
        let numbers = &self.language.numbers;
        let at = whole.end;
        if !numbers.joints.has(self.word(at)) || !numbers.singles.has(self.word(at + 1)) {
            return whole;
        }
        let Some(part) = numbers.fraction(self.word(at + 2)) else { return whole };
        let mut end = at + 3;
        // "A million and a half".
        let part = part.saturating_mul(whole.scale.max(1));
        let mut thousandths = whole.thousandths.saturating_add(part);
        let mut scale = 1;
        if let Some(n) = self.scale(end) {
            (thousandths, end, scale) = (thousandths.saturating_mul(n), end + 1, n);
        }
        Amount { end, thousandths, scale, ..whole }
    }

    /// Digits and what multiplies them.
    fn digits(&self, at: usize, mut thousandths: i64) -> Option<Amount> {
        if self.is_name(at) || self.is_line(at) || self.is_address(at) {
            return None;
        }
        let numbers = &self.language.numbers;
        let before = at.checked_sub(1);
        let mut end = at + 1;
        let mut form = Form::Digits;
        let glued = self.tokens.all.get(end).is_some_and(|token| token.glued);
        let money = before.is_some_and(|before| numbers.sign(self.word(before)).is_some());
        if glued && self.language.calendar.ordinals.has(self.word(end)) {
            (form, end) = (Form::Rank, end + 1);
        } else if let Some(Numeral::Glued(n)) = self.numeral(end).filter(|_| glued)
            && (money || numbers.unit(self.word(end)).is_none() || self.counts_things(end + 1))
        {
            (thousandths, end) = (thousandths.saturating_mul(n), end + 1);
        }
        let mut scale = 1_i64;
        while let Some(n) = self.scale(self.past_hyphen(end)) {
            (thousandths, end) = (thousandths.saturating_mul(n), self.past_hyphen(end) + 1);
            scale = scale.saturating_mul(n);
        }
        // A dash that stands free on its left and touches the digits is a minus.
        let minus = before.is_some_and(|before| matches!(self.word(before), "-" | "−"))
            && self.tokens.all[at].glued
            && !self.tokens.all[at - 1].glued
            && at
                .checked_sub(2)
                .is_none_or(|two| !matches!(self.tokens.all[two].kind, Kind::Number(_)));
        let thousandths = if minus { -thousandths } else { thousandths };
        Some(self.and_a_half(Amount { end, thousandths, form, scale }))
    }

    /// Whether a plural stands at token `at`: "3.4m visitors" are no metres.
    fn counts_things(&self, at: usize) -> bool {
        let numbers = &self.language.numbers;
        let word = self.word(at);
        let known = numbers.uncounted.has(word) || numbers.skipped.has(word);
        self.tokens.all.get(at).is_some_and(|token| token.kind == Kind::Word)
            && !known
            && numbers.is_plural(word)
    }

    /// "COVID-19", "B52", "Section 301": a name.
    fn is_name(&self, at: usize) -> bool {
        let Some(last) = at.checked_sub(1) else { return false };
        let (before, word) = (&self.tokens.all[last], self.word(last));
        let numbers = &self.language.numbers;
        if matches!(before.kind, Kind::Word | Kind::Capital) {
            return numbers.numbered.has(word)
                || self.tokens.all[at].glued && numbers.sign(word).is_none();
        }
        // "No. 7".
        if word == "." && before.glued && at >= 2 && numbers.numbered.has(self.word(at - 2)) {
            return true;
        }
        let hyphen = word == "-" && before.glued && self.tokens.all[at].glued;
        hyphen && at >= 2 && matches!(self.tokens.all[at - 2].kind, Kind::Word | Kind::Capital)
    }

    /// "555-0142", "+44 20 7946 0999": a telephone line, an account. Numbers without a word between
    /// them, of which one has no place in an amount: a nought at its head, a plus, a third number.
    fn is_line(&self, at: usize) -> bool {
        let number = |at: usize| {
            self.tokens.all.get(at).is_some_and(|token| matches!(token.kind, Kind::Number(_)))
        };
        let padded =
            |at: usize| number(at) && self.word(at).len() > 2 && self.word(at).starts_with('0');
        let plus = |at: usize| {
            self.word(at) == "+" && self.tokens.all.get(at + 1).is_some_and(|it| it.glued)
        };
        let back = |at: usize| {
            let before = at.checked_sub(1)?;
            let sign = usize::from(self.word(before) == "-" && self.tokens.all[at].glued);
            before.checked_sub(sign).filter(|before| number(*before))
        };
        let ahead = |at: usize| Some(self.past_hyphen(at + 1)).filter(|next| number(*next));
        let mut first = at;
        let mut run = 1;
        while let Some(before) = back(first).filter(|_| run < LINE) {
            (first, run) = (before, run + 1);
        }
        let mut last = at;
        while let Some(next) = ahead(last).filter(|_| run < LINE) {
            (last, run) = (next, run + 1);
        }
        let odd = (first..=last).any(padded) || first.checked_sub(1).is_some_and(plus);
        run > 1 && odd || self.word(at).len() > 3 && padded(at)
    }

    /// "14 Harbour Street".
    fn is_address(&self, at: usize) -> bool {
        let streets = &self.language.numbers.streets;
        let capital = |at: &usize| self.tokens.all[*at].kind == Kind::Capital;
        let upto = self.tokens.all.len().min(at + 1 + STREET);
        let mut names = (at + 1..upto).take_while(capital);
        names.next().is_some() && names.any(|name| streets.has(self.word(name)))
    }

    fn scale(&self, at: usize) -> Option<i64> {
        match self.numeral(at)? {
            Numeral::Scale(n) | Numeral::Alone(n) => Some(n),
            _ => None,
        }
    }

    /// "hundreds of thousands".
    fn vague(&self, at: usize, n: i64) -> Amount {
        let mut thousandths = n.saturating_mul(2000);
        let mut end = at + 1;
        while let Some(Numeral::Vague(n)) = self.numeral(end + 1)
            && self.language.numbers.partitives.has(self.word(end))
        {
            thousandths = thousandths.saturating_mul(n);
            end += 2;
        }
        Amount { end, thousandths, form: Form::Vague, scale: 1 }
    }

    /// `group` parts of `part` thousandths: "two-thirds"; "half a million" is an amount.
    fn part(&self, at: usize, group: i64, part: i64) -> Amount {
        let numbers = &self.language.numbers;
        // Three thirds are one.
        let whole = group.saturating_mul(part);
        let mut thousandths = if part == 333 && whole > part { whole + 1 } else { whole };
        let mut end = at + 1;
        let of = usize::from(numbers.partitives.has(self.word(end)));
        let single = numbers.singles.has(self.word(end + of));
        let form = match self.scale(end + of + usize::from(single)).filter(|_| single) {
            Some(n) => {
                (thousandths, end) = (thousandths.saturating_mul(n), end + of + 2);
                Form::Words
            }
            None => Form::Part,
        };
        Amount { end, thousandths, form, scale: 1 }
    }
}

/// Numbers in a row that are looked at for a telephone line: country, area, and two groups.
const LINE: usize = 4;
/// Words of a street's name behind the number of a house, "Street" among them.
const STREET: usize = 4;

/// Whether `n` may follow `group` inside one number: "hundred" + "two", "twenty" + "one".
fn smaller(n: i64, group: i64) -> bool {
    (group >= 100 && group % 100 == 0 && n < 100)
        || ((20..100).contains(&(group % 100)) && group % 10 == 0 && n < 10)
        || group == 0
}
