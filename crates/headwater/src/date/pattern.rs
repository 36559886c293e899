//! Pattern: where the words of a paragraph fit a rule of the calendar.

use super::token::{Kind, Token};
use crate::lexicon::{Beside, Calendar, Element, Lean, Opening, Rule, Unit, Word, class};

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

impl Said {
    /// Whether it is a month or a day of one, without a unit or count.
    fn holds_only_days(&self) -> bool {
        self.unit.is_none() && self.count.is_none() && self.ordinal.is_none()
    }
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
    let by_class = (0..26).filter(|bit| token.classes >> bit & 1 == 1);
    let candidates = by_class.flat_map(|bit| calendar.beginning(bit)).chain(by_word);
    // Most words that may open a pattern stand before one that no pattern holds.
    let next = tokens.get(at + 1).map_or((0, None), |it| (it.classes, it.word.map(|it| it.id)));
    let mut best: Option<(std::cmp::Reverse<usize>, u16, Match<'l>)> = None;
    for &Opening { rule: ix, n_least, next: fitting } in candidates {
        if n_least > 1 && !fitting.may_be(next.0, next.1) {
            continue;
        }
        let rule = &calendar.rules[usize::from(ix)];
        let Some(end) = reach(&rule.elements, tokens, at) else { continue };
        let rank = (std::cmp::Reverse(end), ix);
        let better = best.as_ref().is_none_or(|(end, ix, _)| rank < (*end, *ix));
        if end == at || !better {
            continue;
        }
        let said = said(&rule.elements, tokens, at);
        if plausible(calendar, rule, tokens, at, end, &said) {
            best = Some((rank.0, ix, Match { end, rule: Some(rule), said, date: None }));
        }
    }
    best.map(|(_, _, found)| found)
}

/// Where the tokens from `at` on end that fill the elements: the first way that does, elements
/// filled before they are left out.
fn reach(elements: &[Element], tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let Some((element, rest)) = elements.split_first() else { return Some(at) };
    let filled = tokens.get(at).is_some_and(|token| fills(element, token));
    let end = if filled { reach(rest, tokens, at + 1) } else { None };
    end.or_else(|| if element.optional { reach(rest, tokens, at) } else { None })
}

/// Whether a token fills an element, by its class or word.
fn fills(element: &Element, token: &Token<'_>) -> bool {
    let named = || token.word.is_some_and(|word| element.words.contains(&word.id));
    element.classes & token.classes != 0 || named()
}

/// What the tokens from `at` on say, which fill the elements.
fn said(elements: &[Element], tokens: &[Token<'_>], mut at: usize) -> Said {
    let mut said = Said::default();
    for (nth, element) in elements.iter().enumerate() {
        let Some(token) = tokens.get(at).filter(|token| fills(element, token)) else { continue };
        if reach(&elements[nth + 1..], tokens, at + 1).is_some() {
            let filled = element.classes & token.classes;
            said = if filled == 0 { said } else { fill(said, token, filled) };
            at += 1;
        }
    }
    said
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
    if has(b'W') || has(b'X') {
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
    if has(b'C') || has(b'T') {
        said.clock = token.clock;
    }
    if has(b'A') {
        said.half = token.word.map(|word| word.half);
    }
    if has(b'K') {
        let named = word(|word| word.decade).filter(|year| *year > 0);
        said.decade = Some(named.unwrap_or(token.number) / 10);
    }
    said
}

/// Whether words that also mean something else mean a date here.
fn plausible(
    calendar: &Calendar,
    rule: &Rule,
    tokens: &[Token<'_>],
    at: usize,
    end: usize,
    said: &Said,
) -> bool {
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    let after = tokens.get(end);
    let first = &tokens[at];
    let alone = end == at + 1;
    let capital = |token: Option<&Token<'_>>| token.is_some_and(|t| t.kind == Kind::Capital);
    let beside = |token: Option<&Token<'_>>| capital(token) && first.kind == Kind::Capital;
    let common = |token: &Token<'_>| token.word.is_some_and(|word| word.does(Beside::Doubts));
    let ends = |token: &Token<'_>| matches!(token.kind, Kind::Stop | Kind::Comma);
    if rule.is_final && after.is_some_and(|token| !ends(token)) {
        return false;
    }
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
            // "In March", "the March vote".
            let introduces =
                |word: &Word| word.does(Beside::Introduces) || word.does(Beside::Joins);
            let introduced = before.is_some_and(|token| token.word.is_some_and(introduces));
            (first.kind == Kind::Capital || calendar.lower_months)
                && (introduced || !common(first))
                && (introduced || !(capital(after) || beside(before)))
        }
        // "may 10" is a verb and a number.
        "date" | "month" if said.month.is_some() && !calendar.lower_months => tokens[at..end]
            .iter()
            .all(|token| token.classes & class(b'M') == 0 || token.kind == Kind::Capital),
        // "The Sunday Lantern" is a paper.
        "weekday" if alone => {
            let article =
                before.is_some_and(|token| token.word.is_some_and(|word| word.does(Beside::Joins)));
            let name = capital(after) && after.is_some_and(|token| token.classes == 0);
            !(common(first) || article && name)
        }
        "season" => {
            let bare = tokens[at].kind != Kind::Capital || end - at > 1;
            let follows =
                after.is_some_and(|token| token.word.is_some_and(|word| word.does(Beside::Joins)));
            bare && !(follows && said.year.is_none() && rule.argument == "near")
        }
        // "In the past" is over where "in the past two years" goes on.
        "ref" if counted(tokens, end) => false,
        "ref" | "set" | "day" if alone => {
            !(beside(before)
                || (capital(after) && first.kind == Kind::Capital && rule.meaning != "day"))
        }
        "duration" => {
            let old =
                after.is_some_and(|token| token.word.is_some_and(|word| word.does(Beside::Ages)));
            !old
        }
        "clock" => said.clock.is_some() || said.half.is_some() || said.part.is_some(),
        "part" => said.part.is_some_and(|part| part.contains(':')) && !beside(before),
        "half" => said.ordinal.is_none_or(|nth| (1..=2).contains(&nth)),
        "hour" => said.clock.is_some() || said.count.is_some_and(|hour| (0..=24).contains(&hour)),
        "quarter" => said.ordinal.is_some_and(|nth| (1..=4).contains(&nth)),
        _ => true,
    }
}

/// Whether units or a number of them stand at token `at`.
fn counted(tokens: &[Token<'_>], at: usize) -> bool {
    let fills =
        |at: usize, classes: u32| tokens.get(at).is_some_and(|it| it.classes & classes != 0);
    let units = class(b'U') | class(b'V');
    fills(at, units) || fills(at, class(b'N')) && fills(at + 1, units)
}

/// The ends of a stretch in one phrase that the match at `at..found.end` is the middle of: the days
/// before it ("3 and 4 June", "3-5 June") as tokens with what they mean, and where the phrase ends.
pub(super) fn first_day<'l>(
    tokens: &[Token<'l>],
    at: usize,
    found: &Match<'l>,
) -> Option<(usize, Match<'l>)> {
    let day = class(b'D');
    if found.said.month.is_none() || found.said.weekday.is_some() || tokens[at].classes & day == 0 {
        return None;
    }
    let from = joined(tokens, at)?;
    let number = &tokens[from];
    // "Between 3 and 5 June", never "killed 3 and 5 June".
    let introduced = |at: usize| tokens[at].word.is_some_and(|word| word.does(Beside::Introduces));
    let opens = tokens[at].dashed || from.checked_sub(1).is_some_and(introduced);
    let fits = number.kind == Kind::Number && number.classes & day != 0 && opens;
    let said = Said { day: Some(number.number), ..found.said };
    (fits && number.number < tokens[at].number)
        .then_some((from, Match { end: from + 1, said, ..*found }))
}

/// The last day of "June 3 to 5", behind the match `found`.
pub(super) fn last_day<'l>(tokens: &[Token<'l>], found: &Match<'l>) -> Option<(usize, Match<'l>)> {
    let day = class(b'D');
    if found.said.month.is_none() || found.said.day.is_none() || found.said.year.is_some() {
        return None;
    }
    let spans = |token: &Token<'_>| token.word.is_some_and(|word| word.does(Beside::Spans));
    let at = found.end + usize::from(tokens.get(found.end).is_some_and(spans));
    let number = tokens.get(at)?;
    let later = number.number > found.said.day?;
    if number.kind != Kind::Number
        || number.classes & day == 0
        || !later
        || tokens[found.end - 1].classes & day == 0
    {
        return None;
    }
    // "June 3 to 5 ships" counts ships.
    let after = tokens.get(at + 1);
    let goes_on = |word: &Word| word.does(Beside::Introduces) || word.lean.is_some();
    let counts = !number.dashed
        && after.is_some_and(|token| match token.kind {
            Kind::Word | Kind::Capital => !token.word.is_some_and(goes_on),
            Kind::Mark | Kind::Money => true,
            Kind::Number | Kind::Comma | Kind::Stop => false,
        });
    let opens = number.dashed || at > found.end;
    let comma = usize::from(after.is_some_and(|token| token.kind == Kind::Comma));
    let year = tokens.get(at + 1 + comma).filter(|token| token.classes & class(b'Y') != 0);
    let end = year.map_or(at + 1, |_| at + 2 + comma);
    let year = year.map(|token| token.number);
    let said = Said { day: Some(number.number), year, ..found.said };
    (opens && !counts).then_some((at, Match { end, said, ..*found }))
}

/// What `near` says with the year of `far`: both are days or months, and only the far one has a year.
pub(super) fn with_year_of(near: &Match<'_>, far: &Match<'_>) -> Option<Said> {
    let (near, far) = (near.said, far.said);
    let bare = near.month.is_some() && near.year.is_none() && near.holds_only_days();
    let earlier = (near.month, near.day) < (far.month, far.day);
    let year = far.year.filter(|_| bare && far.month.is_some())?;
    Some(Said { year: Some(if earlier { year } else { year - 1 }), ..near })
}

/// The token before `at` that a word or dash of a stretch joins to it.
pub(super) fn joined(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let before = at.checked_sub(1)?;
    if tokens[at].dashed {
        return Some(before);
    }
    let spans = tokens[before].word.is_some_and(|word| word.does(Beside::Spans));
    if spans { before.checked_sub(1) } else { None }
}

/// The word before a date that narrows it ("late last month", "late in May"), and where it stands.
pub(super) fn edge(tokens: &[Token<'_>], at: usize) -> Option<(usize, &'static str)> {
    let before = tokens[at.checked_sub(1)?].word?;
    if let Some(edge) = before.edge {
        return Some((at - 1, edge));
    }
    let edge = tokens[at.checked_sub(2)?].word?.edge?;
    before.does(Beside::Narrows).then_some((at - 2, edge))
}

/// Whether "a week" at token `at` says how often: "four flights a week". A number stands before it
/// and no preposition.
pub(super) fn is_rate(tokens: &[Token<'_>], at: usize) -> bool {
    let before = tokens[..at].iter().rev().take(COUNTED);
    let mut before = before.take_while(|token| !matches!(token.kind, Kind::Stop | Kind::Comma));
    let joined = |word: &Word| word.does(Beside::Introduces) || word.does(Beside::Joins);
    match before.next() {
        Some(token) if token.word.is_some_and(joined) => false,
        Some(token) => token.kind == Kind::Number || before.any(|token| token.kind == Kind::Number),
        None => false,
    }
}

/// Tokens before a unit among which the number stands that it is a rate of. Room for "700 more seats";
/// not swept.
const COUNTED: usize = 5;

/// Which way the words around say that a bare weekday or month lies: the nearest word before it in
/// its clause that tells, else the first one behind.
pub(super) fn lean(tokens: &[Token<'_>], start: usize, end: usize) -> Option<Lean> {
    let goes_on = |at: &usize| tokens[*at].kind != Kind::Stop;
    let before = (start.saturating_sub(BEFORE)..start).rev().take_while(goes_on);
    let behind = (end..(end + BEHIND).min(tokens.len())).take_while(goes_on);
    before.chain(behind).find_map(|at| lean_of(tokens, at))
}

/// Which way the word at token `at` leans: "published" to the past, but neither way in "to be
/// published"; "scheduled" ahead, but back in "had been scheduled".
fn lean_of(tokens: &[Token<'_>], at: usize) -> Option<Lean> {
    let token = &tokens[at];
    let own = token.word.and_then(|word| word.lean).or(token.leans)?;
    let before = at.checked_sub(1).and_then(|before| tokens[before].word);
    match own {
        Lean::Past if before.is_some_and(|word| word.does(Beside::Awaits)) => None,
        Lean::Future if before.is_some_and(|word| word.does(Beside::Ends)) => Some(Lean::Past),
        own => Some(own),
    }
}

/// Tokens before a date that are asked which way it lies. Swept 8 and 12 on the training sets of
/// TempEval-3 (value F1 .790 and .791).
const BEFORE: usize = 12;
/// Tokens behind it. Swept 6 and 8 there: no difference.
const BEHIND: usize = 6;
