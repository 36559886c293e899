//! Figure: a number in an article, with its unit and its hedge.

use headwater_page::Span;

use crate::lexicon::{Bound, Language};
use crate::sentence::Line;

mod amount;
mod token;
mod unit;

use amount::{Amount, Form, Reader};
use token::{Kind, Tokens};

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
    /// The words: number, unit and hedge ("more than $40 million").
    pub span: Span,
    /// The value in thousandths ("1.5" is 1500); saturates at the bounds.
    pub thousandths: i64,
    /// What is counted or measured, folded and singular: `$`, `%`, `km`, `troop`; may be empty.
    pub unit: String,
    /// How exact it claims to be.
    pub hedge: Hedge,
    /// "first", "second": a rank, no amount.
    pub ordinal: bool,
    /// Which rule read the number: `digits`, `words`, `vague`, `part`, `ratio`, `rank`.
    pub rule: &'static str,
}

/// Every figure in `within`, a sentence or what is read like one, in order; numbers that are part of a date are left out by the caller.
///
/// Numbers inside names ("COVID-19", "Section 301") are none, nor is a bare "one". Of a range, each end
/// is a figure with the unit, scale and hedge that the other end has. A share ("two-thirds", "one in
/// five") is a part of one. Cost: linear in `within`. Never fails.
pub fn figures(text: &str, within: Span, language: &Language) -> Vec<Figure> {
    let mut reader = Reader { tokens: Tokens::default(), language };
    let mut found = Vec::new();
    reader.tokens.read(text, within, &[], &language.numbers);
    in_sentence(&reader, &mut found);
    found
}

/// The figures of all sentences of the lines, of one language, that may hold one.
pub(crate) fn figures_in(lines: &[Line<'_>]) -> Vec<Figure> {
    let mut found = Vec::new();
    let Some(language) = lines.first().map(|line| line.language) else { return found };
    let mut reader = Reader { tokens: Tokens::default(), language };
    for line in lines {
        for ix in line.counting() {
            let words = &line.words[line.sentences[ix].clone()];
            reader.tokens.read(line.text, line.sentence(ix), words, &language.numbers);
            in_sentence(&reader, &mut found);
        }
    }
    found
}

/// Appends the figures of the sentence whose tokens the reader has.
fn in_sentence(reader: &Reader<'_>, found: &mut Vec<Figure>) {
    let language = reader.language;
    let mut before: Option<Amount> = None;
    let mut at = 0;
    let mut free = 0;
    while at < reader.tokens.all.len() {
        let Some(amount) = reader.amount(at) else {
            at += 1;
            continue;
        };
        let Some(mut figure) = reader.figure(at, amount, free) else {
            at = amount.end;
            continue;
        };
        let between = before.map(|before| reader.tokens.phrase(before.end, at));
        if let (Some(last), Some(near), Some(between)) = (found.last_mut(), before, between)
            && (language.numbers.ranges.has(between) || reader.is_signed_range(near.end, at))
        {
            share(last, near, &mut figure, amount);
        }
        free = reader.after(figure.span.end);
        at = free.max(amount.end);
        before = Some(amount);
        found.push(figure);
    }
}

/// Gives each end of a range what only the other one says.
fn share(near: &mut Figure, near_amount: Amount, far: &mut Figure, far_amount: Amount) {
    let counts = |amount: Amount| matches!(amount.form, Form::Digits | Form::Words);
    if !counts(near_amount) || !counts(far_amount) {
        return;
    }
    // "3 to 5 million", never "500 to 2 million".
    let unscaled = far_amount.thousandths / far_amount.scale.max(1);
    if near_amount.scale == 1 && far_amount.scale > 1 && near_amount.thousandths < unscaled {
        near.thousandths = near.thousandths.saturating_mul(far_amount.scale);
    }
    if far.unit.is_empty() {
        far.unit.clone_from(&near.unit);
    }
    if far.hedge == Hedge::Exact {
        far.hedge = near.hedge;
    }
}

impl Reader<'_> {
    /// The first token that begins at or after byte `end`.
    fn after(&self, end: u32) -> usize {
        self.tokens.all.partition_point(|token| token.span.start < end)
    }

    /// A range whose far end has a sign of its own: "$3 million to $5 million".
    fn is_signed_range(&self, end: usize, at: usize) -> bool {
        let numbers = &self.language.numbers;
        let sign = self.sign(at).map(|(sign, _)| sign);
        sign.is_some_and(|sign| sign > end && numbers.ranges.has(self.tokens.phrase(end, sign)))
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
        if unit.is_empty()
            && let Some(counted) = self.unit(at, amount)
        {
            unit = counted.name;
            // Behind the far end of a range, the unit stays with that end.
            if counted.is_own {
                end = counted.end;
            }
        }
        // "One" is a pronoun more often than a number.
        let word = !matches!(self.tokens.all[at].kind, Kind::Number(_));
        let one = amount.form == Form::Words && amount.thousandths == 1000;
        if word && one && amount.end == at + 1 && self.measured(amount.end).is_none() {
            return None;
        }
        let mut hedge = if amount.form == Form::Vague { Hedge::AtLeast } else { Hedge::Exact };
        for length in (1..=numbers.longest.min(start - free.min(start))).rev() {
            if let Some(bound) = numbers.hedge_before(self.tokens.phrase(start - length, start)) {
                (start, hedge) = (start - length, self::hedge(bound));
                break;
            }
        }
        for length in (1..=numbers.longest).rev() {
            if let Some(bound) = numbers.hedge_behind(self.tokens.phrase(end, end + length)) {
                (end, hedge) = (end + length, self::hedge(bound));
                break;
            }
        }
        // "300-odd ships".
        let joined = self.past_hyphen(amount.end);
        if let Some(bound) = numbers.hedge_behind(self.word(joined)).filter(|_| joined < end) {
            hedge = self::hedge(bound);
        }
        let span = self.tokens.all[start].span.hull(self.tokens.all[end - 1].span);
        let (ordinal, rule) = (amount.form == Form::Rank, rule(amount.form));
        Some(Figure { span, thousandths: amount.thousandths, unit, hedge, ordinal, rule })
    }
}

fn rule(form: Form) -> &'static str {
    match form {
        Form::Digits => "digits",
        Form::Words => "words",
        Form::Vague => "vague",
        Form::Part => "part",
        Form::Ratio => "ratio",
        Form::Rank => "rank",
    }
}

fn hedge(bound: Bound) -> Hedge {
    match bound {
        Bound::About => Hedge::About,
        Bound::Least => Hedge::AtLeast,
        Bound::Most => Hedge::AtMost,
    }
}

#[cfg(test)]
mod tests;
