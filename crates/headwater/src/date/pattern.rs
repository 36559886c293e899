//! Pattern: where the words of a paragraph fit a rule of the calendar.

use super::token::{Kind, Token};
use crate::lexicon::{Calendar, Lean, Rule, Unit, Word, class};

/// What the words of a matched pattern say.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Said {
    pub(super) day: Option<i64>,
    pub(super) month: Option<i8>,
    pub(super) year: Option<i64>,
    pub(super) weekday: Option<i8>,
    pub(super) unit: Option<Unit>,
    pub(super) count: Option<i64>,
    pub(super) part: Option<&'static str>,
    pub(super) season: Option<&'static str>,
    pub(super) ordinal: Option<i64>,
    pub(super) clock: Option<(i8, i8)>,
    pub(super) half: Option<i8>,
    pub(super) decade: Option<i64>,
}

/// A rule that matched, up to the token `end`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match<'l> {
    pub(super) end: usize,
    pub(super) rule: Option<&'l Rule>,
    pub(super) said: Said,
    /// A whole date in digits.
    pub(super) date: Option<jiff::civil::Date>,
}

/// The longest pattern that begins at token `at`; of equals the first in the lexicon.
pub(super) fn longest<'l>(
    tokens: &[Token<'l>],
    at: usize,
    calendar: &'l Calendar,
) -> Option<Match<'l>> {
    let token = &tokens[at];
    if token.date.is_some() {
        let said = Said::default();
        return Some(Match { end: at + 1, rule: None, said, date: token.date });
    }
    if token.kind == Kind::Comma {
        return None;
    }
    if token.classes == 0 && token.word.is_none_or(|word| word.rules.is_empty()) {
        return None;
    }
    let by_word = token.word.map_or(&[][..], |word| &word.rules);
    let mut candidates = by_word.to_vec();
    for bit in 0..26 {
        if token.classes >> bit & 1 == 1 {
            candidates.extend_from_slice(calendar.beginning(bit));
        }
    }
    candidates.sort_unstable();
    candidates.dedup();
    let mut best: Option<Match<'l>> = None;
    for ix in candidates {
        let rule = &calendar.rules[usize::from(ix)];
        let Some((end, said)) = fits(rule, 0, tokens, at, Said::default()) else { continue };
        let longer = best.is_none_or(|best| end > best.end);
        if end > at && longer && plausible(rule, tokens, at, end, &said) {
            best = Some(Match { end, rule: Some(rule), said, date: None });
        }
    }
    best
}

fn fits(
    rule: &Rule,
    nth: usize,
    tokens: &[Token<'_>],
    at: usize,
    said: Said,
) -> Option<(usize, Said)> {
    let Some(element) = rule.elements.get(nth) else { return Some((at, said)) };
    if let Some(token) = tokens.get(at) {
        let filled = element.classes & token.classes;
        let named = token.word.is_some_and(|word| element.words.contains(&word.id));
        if filled != 0 || named {
            let now = if filled == 0 { said } else { fill(said, token, filled) };
            if let Some(found) = fits(rule, nth + 1, tokens, at + 1, now) {
                return Some(found);
            }
        }
    }
    if element.optional { fits(rule, nth + 1, tokens, at, said) } else { None }
}

fn fill(mut said: Said, token: &Token<'_>, classes: u32) -> Said {
    let has = |letter: u8| classes & class(letter) != 0;
    let word = |of: fn(&Word) -> i64| token.word.map(of);
    if has(b'D') {
        said.day = Some(token.number);
    }
    if has(b'M') {
        said.month = token.word.map(|word| word.month);
    }
    if has(b'Y') {
        said.year = Some(token.number);
    }
    if has(b'W') {
        said.weekday = token.word.map(|word| word.weekday);
    }
    if has(b'U') || has(b'V') {
        said.unit = token.word.and_then(|word| word.unit);
        if has(b'V') {
            said.count = said.count.or(Some(-1));
        }
    }
    if has(b'N') {
        said.count = Some(token.number);
    }
    if has(b'P') {
        said.part = token.word.map(|word| word.part);
    }
    if has(b'S') {
        said.season = token.word.map(|word| word.season);
    }
    if has(b'O') {
        let number = (token.kind == Kind::Number).then_some(token.number);
        said.ordinal = number.or_else(|| word(|word| word.ordinal));
    }
    if has(b'C') {
        said.clock = token.clock;
    }
    if has(b'A') {
        said.half = token.word.map(|word| word.half);
    }
    if has(b'K') {
        said.decade = Some(token.number / 10);
    }
    said
}

/// Whether words that also mean something else mean a date here.
fn plausible(rule: &Rule, tokens: &[Token<'_>], at: usize, end: usize, said: &Said) -> bool {
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    let after = tokens.get(end);
    let first = &tokens[at];
    let alone = end == at + 1;
    let capital = |token: Option<&Token<'_>>| token.is_some_and(|t| t.kind == Kind::Capital);
    let beside = |token: Option<&Token<'_>>| capital(token) && first.kind == Kind::Capital;
    let common = |token: &Token<'_>| token.word.is_some_and(|word| word.common);
    match rule.meaning {
        // A currency sign, a unit or a round number before a plural makes it an amount.
        "year" if alone => {
            let number = said.year.unwrap_or(0);
            let amount = before.is_some_and(|token| token.kind == Kind::Money)
                || after.is_some_and(|token| token.kind == Kind::Mark);
            let counts = number % 50 == 0
                && after.is_some_and(|token| token.kind == Kind::Word && token.word.is_none());
            !amount && !counts && (1700..2100).contains(&number)
        }
        "month" if alone => {
            let introduced =
                before.is_some_and(|token| token.word.is_some_and(|word| word.introduces));
            first.kind == Kind::Capital
                && (introduced || !common(first))
                && (introduced || !(capital(after) || beside(before)))
        }
        // "may 10" is a verb and a number.
        "date" | "month" if said.month.is_some() => tokens[at..end]
            .iter()
            .all(|token| token.classes & class(b'M') == 0 || token.kind == Kind::Capital),
        // "The Sunday Lantern" is a paper.
        "weekday" if alone => {
            let article = before.is_some_and(|token| token.word.is_some_and(|word| word.joins));
            let name = capital(after) && after.is_some_and(|token| token.classes == 0);
            !common(first) && !(article && name)
        }
        "season" => {
            let bare = tokens[at].kind != Kind::Capital || end - at > 1;
            let follows = after.is_some_and(|token| token.word.is_some_and(|word| word.joins));
            bare && !(follows && said.year.is_none() && rule.argument == "near")
        }
        // "In the past" is over where "in the past two years" goes on.
        "ref" if after.is_some_and(counted) => false,
        "ref" | "set" | "day" if alone => {
            !(beside(before)
                || (capital(after) && first.kind == Kind::Capital && rule.meaning != "day"))
        }
        "duration" => {
            let old = after.is_some_and(|token| token.word.is_some_and(|word| word.old));
            !old
        }
        "clock" => said.clock.is_some() || said.half.is_some(),
        "quarter" => said.ordinal.is_some_and(|nth| (1..=4).contains(&nth)),
        _ => true,
    }
}

fn counted(token: &Token<'_>) -> bool {
    token.classes & (class(b'N') | class(b'U') | class(b'V')) != 0
}

/// The word before a date that narrows it ("late last month").
pub(super) fn edge(tokens: &[Token<'_>], at: usize) -> Option<&'static str> {
    tokens[at.checked_sub(1)?].word.and_then(|word| word.edge)
}

/// Which way the words around say that a bare weekday or month lies: the nearest word before it in
/// its clause that tells, else the first one behind.
pub(super) fn lean(tokens: &[Token<'_>], start: usize, end: usize) -> Option<Lean> {
    let of = |token: &Token<'_>| {
        token.word.and_then(|word| word.lean).or(token.past.then_some(Lean::Past))
    };
    let before = tokens[..start].iter().rev().take(BEFORE);
    let before = before.take_while(|token| token.kind != Kind::Stop).find_map(of);
    let behind = tokens[end..].iter().take(BEHIND);
    before.or_else(|| behind.take_while(|token| token.kind != Kind::Stop).find_map(of))
}

/// Tokens before a date that are asked which way it lies.
const BEFORE: usize = 12;
/// Tokens behind it.
const BEHIND: usize = 6;
