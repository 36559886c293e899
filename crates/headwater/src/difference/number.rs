//! Number: two amounts of one thing, or one of it against several.

use headwater_page::Span;

use super::{Apart, Grade, Pair, SAME_POINT, SAME_SENTENCE, Side, beside, occasion, set};
use crate::date::{Dated, Timex};
use crate::figure::{Figure, Hedge};
use crate::fold;
use crate::lexicon::Bound;

/// An amount with the room that its hedge leaves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Amount {
    span: Span,
    /// What is counted; empty if nothing follows the number.
    unit: String,
    /// In thousandths of the unit.
    value: i64,
    /// Whether it is a length of time: every sentence may have one.
    is_length: bool,
    /// Which values it leaves open, both ends inclusive.
    least: i64,
    most: i64,
}

/// Amounts of one unit that each side has once, or one thing against several.
pub(super) fn compare(pair: &Pair<'_, '_>) -> Option<Apart> {
    let (left, right) = (amounts(pair.left), amounts(pair.right));
    let apart = left.iter().find_map(|was| {
        let is = counterpart(pair, was, left, right)?;
        apart(pair, was, is)
    });
    let turned = || pair.turned();
    apart
        .or_else(|| one_or_many(pair))
        .or_else(|| one_or_many(&turned()).map(Apart::turned))
        .or_else(|| listed(pair))
        .or_else(|| listed(&turned()).map(Apart::turned))
}

/// By what statements with an amount of the same thing are found: what each amount counts, and what is
/// said right behind it.
pub(super) fn counted(side: &Side<'_>) -> Vec<u64> {
    let amounts = amounts(side);
    let units = amounts.iter().filter(|it| !it.unit.is_empty()).map(|it| fold::hash(&it.unit));
    let said = amounts.iter().filter_map(|it| behind(side, it.span)).map(|key| key ^ 1);
    let mut found = units.chain(said).collect::<Vec<_>>();
    found.sort_unstable();
    found.dedup();
    found
}

/// The amount of the right side that stands where `was` does on the left.
fn counterpart<'r>(
    pair: &Pair<'_, '_>,
    was: &Amount,
    left: &[Amount],
    right: &'r [Amount],
) -> Option<&'r Amount> {
    let of_unit = |all: &[Amount]| all.iter().filter(|it| it.unit == was.unit).count();
    if !was.unit.is_empty() && of_unit(left) == 1 && of_unit(right) == 1 {
        return right.iter().find(|it| it.unit == was.unit);
    }
    // "Just under 200 remain": what is counted is not named, and the same is said of it.
    let [bare] = right else { return None };
    let said = behind(pair.left, was.span);
    let same = said.is_some() && said == behind(pair.right, bare.span);
    let near = bare.value.saturating_sub(was.value).saturating_abs()
        <= was.value.saturating_abs() / NEARLY;
    // Where no unit is told from the word behind, that word is the unit.
    let unit = was.unit.is_empty() || near;
    (bare.unit.is_empty() && left.len() == 1 && same && unit).then_some(bare)
}

/// What the first content word behind `span` is compared by.
fn behind(side: &Side<'_>, span: Span) -> Option<u64> {
    let words = side.words();
    let mut behind = words.all.iter().zip(&words.keys);
    behind.find(|(word, key)| word.span.start >= span.end && key.is_some()).and_then(|it| *it.1)
}

/// How far two amounts of one point are apart; none if they are the same, or if either article has
/// the other's amount too: then they are amounts of two things.
fn apart(pair: &Pair<'_, '_>, was: &Amount, is: &Amount) -> Option<Apart> {
    let same = |one: &Amount, other: &Amount| {
        one.value == other.value && (one.least, one.most) == (other.least, other.most)
    };
    let agrees = same(was, is)
        // "About 40" and "40" are one amount.
        || was.value == is.value && (was.least..=was.most).contains(&is.value)
            && (is.least..=is.most).contains(&was.value);
    let (low, high) = (was.value.min(is.value), was.value.max(is.value));
    // Reports of one amount are seldom far apart.
    let open = was.most.max(is.most) == i64::MAX && !was.is_length;
    let room = if open { low / 2 } else { low / NEARLY };
    let least = if high.saturating_sub(low) <= room {
        if was.is_length { SAME_POINT } else { 0 }
    } else if was.is_length {
        u32::MAX
    } else {
        COUNTED
    };
    if agrees || !pair.is_same_point(was.span, is.span, least) || !is_one_count(pair, was, is) {
        return None;
    }
    let has = |side: &Side<'_>, one: &Amount, own: &Amount| {
        let mut all = of_article(side, one.value);
        if one.value == own.value {
            return all.any(|it| it.unit == one.unit && same(&it, one));
        }
        let large = one.value.saturating_abs() >= LARGE;
        // "20 of those" counts what was named before.
        all.any(|it| large || it.unit == one.unit || it.unit.is_empty())
    };
    if has(pair.right, was, is) || has(pair.left, is, was) {
        return None;
    }
    let disjoint = was.most < is.least || is.most < was.least;
    // "Nearly four" against "four" is rounding, whatever its bounds are.
    let apart = disjoint && was.value != is.value;
    let grade = match apart {
        false => Grade::Compatible,
        true if is_said_of_one(pair, was, is) => Grade::Excludes,
        true => pair.strongest(),
    };
    Some(Apart { left: was.span, right: is.span, grade })
}

/// Whether two exact amounts stand in the same place of sentences that are alike, though one says more:
/// "leased it for 40 years", "leased it for 14 years, the union says".
fn is_said_of_one(pair: &Pair<'_, '_>, was: &Amount, is: &Amount) -> bool {
    let exact = |it: &Amount| it.least == it.most;
    let likeness = pair.likeness;
    exact(was)
        && exact(is)
        && likeness.of_lighter >= SAME_SENTENCE
        && likeness.of_heavier >= SAME_POINT
        && beside::is_same(pair, was.span, is.span)
}

/// Whether two amounts count the same, of one happening: the same is said beside them, or the whole
/// sentences are alike, or they are near and of something that not every sentence counts.
fn is_one_count(pair: &Pair<'_, '_>, was: &Amount, is: &Amount) -> bool {
    let (low, high) = (was.value.min(is.value), was.value.max(is.value));
    let likeness = pair.likeness;
    let far = high > low.saturating_mul(FAR) && likeness.of_lighter < LIKE;
    let alike = || likeness.of_lighter >= LIKE && likeness.of_heavier >= LIKE;
    let differences = &pair.left.language().differences;
    let special = !was.is_length && was.unit == is.unit && !differences.measures.has(&was.unit);
    // "More than 200" is 276 as often as 210.
    let open = was.most == i64::MAX && was.value <= is.value
        || is.most == i64::MAX && is.value <= was.value;
    let room = if open { low / 2 } else { low / NEARLY };
    let near = special && high.saturating_sub(low) <= room && low >= LEAST_NEAR;
    let hedged = was.value == is.value;
    let undated = if near { 0 } else { LIKE };
    !far && (near || hedged || alike() || beside::is_same(pair, was.span, is.span))
        && occasion::may_be_one(pair, undated)
}

/// From here on two near amounts of one thing are one: 20, in thousandths. Small ones are near by chance.
const LEAST_NEAR: i64 = 20_000;

/// Reports of one amount are seldom so many times apart. Not swept: read on eight unlabelled stories, where
/// this, what stands beside an amount and the occasion took 174 rows of numbers to 52. Lost with the false
/// ones: one lorry of 19 and of 25 tons, four rescue units and five.
const FAR: i64 = 2;

/// Weight that two sentences must share, per mille, before amounts in them count the same whatever
/// stands beside them.
const LIKE: u32 = 600;

/// Two amounts are near if they are a fifth of the smaller one apart. Not swept.
const NEARLY: i64 = 5;

/// Weight that two sentences must share, per mille of the lighter one, if the same thing is counted and
/// one word around is the same. Not swept.
const COUNTED: u32 = 300;

/// From here on the same number counts the same thing, whatever it is called: 1000, in thousandths.
const LARGE: i64 = 1_000_000;

fn amounts<'s>(side: &'s Side<'_>) -> &'s [Amount] {
    side.known.amounts.get_or_init(|| stated(side))
}

/// The amounts that the statement has.
fn stated(side: &Side<'_>) -> Vec<Amount> {
    let durations = side.dates().filter(|date| date.timex == Timex::Duration);
    let durations = durations.filter_map(|date| duration(side, date)).collect::<Vec<_>>();
    let of_time = |span: Span| durations.iter().any(|length| length.span.overlaps(span));
    let whole = |it: &&Figure| !matches!(it.rule, "part" | "ratio");
    let counted = side.amounts().filter(whole).filter(|it| !of_time(it.span)).collect::<Vec<_>>();
    counted.into_iter().map(|figure| counted_as(side, figure)).chain(durations).collect()
}

/// The amounts of its article that have `value`. Cost: a look at each amount of the article.
fn of_article(side: &Side<'_>, value: i64) -> impl Iterator<Item = Amount> {
    let durations = side.dates_of_article().filter(|date| date.timex == Timex::Duration);
    let durations = durations.filter(move |date| length(date).is_some_and(|it| it.0 == value));
    let durations = durations.filter_map(|date| duration(side, date));
    let figures = side.amounts_of_article().filter(move |figure| figure.thousandths == value);
    figures.map(|figure| counted_as(side, figure)).chain(durations)
}

fn counted_as(side: &Side<'_>, figure: &Figure) -> Amount {
    let words = fold::fold(figure.span.of(side.text()));
    let unit = side.language().differences.counts(&figure.unit).to_owned();
    let (least, most) = room(side, figure.thousandths, figure.hedge, &words);
    Amount { span: figure.span, unit, value: figure.thousandths, is_length: false, least, most }
}

/// How many of which unit a length of time is, in thousandths: `P4Y` is four years. The unit of what a
/// clock shows begins with a "t".
fn length(date: &Dated) -> Option<(i64, &str, &str)> {
    let length = date.value.strip_prefix('P')?;
    let (length, clock) = length.strip_prefix('T').map_or((length, ""), |rest| (rest, "t"));
    let digits = length.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = length.split_at(digits);
    Some((thousandths(number)?, clock, unit))
}

/// A length of time as an amount.
fn duration(side: &Side<'_>, date: &Dated) -> Option<Amount> {
    let (value, clock, unit) = length(date)?;
    let numbers = &side.language().numbers;
    let before = side.words_before(date.span, 3);
    let hedged = (0..before.len()).find_map(|from| {
        let phrase = before[from..].iter().map(|it| it.1.as_str()).collect::<Vec<_>>().join(" ");
        Some((before[from].0, numbers.hedge_before(&phrase)?))
    });
    let hedge = hedged.map_or(Hedge::Exact, |(_, bound)| match bound {
        Bound::About => Hedge::About,
        Bound::Least => Hedge::AtLeast,
        Bound::Most => Hedge::AtMost,
    });
    let span = hedged.map_or(date.span, |(from, _)| from.hull(date.span));
    let (least, most) = room(side, value, hedge, &fold::fold(span.of(side.text())));
    Some(Amount { span, unit: format!("p{clock}{unit}"), value, is_length: true, least, most })
}

fn thousandths(number: &str) -> Option<i64> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let part = format!("{part:0<3}");
    whole.parse::<i64>().ok()?.checked_mul(1000)?.checked_add(part.get(..3)?.parse().ok()?)
}

/// Which values an amount leaves open. `words` are its own, folded.
fn room(side: &Side<'_>, value: i64, hedge: Hedge, words: &str) -> (i64, i64) {
    let differences = &side.language().differences;
    let opens = |phrases: &crate::lexicon::Phrases| {
        let ends = words.match_indices(' ').map(|(at, _)| at).take(4);
        ends.into_iter().any(|end| phrases.has(&words[..end]))
    };
    let tenth = value.saturating_abs() / 10;
    if opens(&differences.short) {
        return (value.saturating_sub(tenth), value.saturating_sub(1));
    }
    if opens(&differences.past) {
        return (value.saturating_add(1), value.saturating_add(tenth));
    }
    match hedge {
        Hedge::Exact => (value, value),
        Hedge::About => (value.saturating_sub(tenth), value.saturating_add(tenth)),
        Hedge::AtLeast => (value, i64::MAX),
        Hedge::AtMost => (i64::MIN, value),
    }
}

/// "A hard drive" on the left against "four hard drives" or "hard drives" on the right. Both must
/// describe it by the same word: a drive and four drives may be two things.
fn one_or_many(pair: &Pair<'_, '_>) -> Option<Apart> {
    // Few statements have a single thing that they describe; the days ask more.
    if pair.likeness.of_lighter < SAME_POINT
        || singles(pair.left).is_empty()
        || !occasion::may_be_one(pair, LIKE)
    {
        return None;
    }
    let (one, many) = (pair.left.words(), pair.right.words());
    let language = pair.right.language();
    for Single { at, start, unit } in singles(pair.left) {
        let described = (start + 1..*at).filter_map(|it| one.keys[it]).collect::<Vec<_>>();
        let of_unit = plurals(pair.right).iter().filter(|(there, it)| *there > 0 && it == unit);
        for &(there, _) in of_unit {
            let from = there.saturating_sub(DESCRIBED);
            let shared =
                (from..there).filter(|it| many.keys[*it].is_some_and(|k| described.contains(&k)));
            let Some(first) = shared.min() else { continue };
            let known = first.checked_sub(1).is_some_and(|before| {
                language.statements.determiners.has(&many.all[before].folded)
            });
            let own = (from..there).filter_map(|it| many.keys[it]).collect::<Vec<_>>();
            let within = |one: &[u64], other: &[u64]| one.iter().all(|key| other.contains(key));
            let alike = within(&own, &described) || within(&described, &own);
            if known || !alike {
                continue;
            }
            let deed = done_to(pair.left, *start);
            let is_one_deed = deed.is_some() && deed == done_to(pair.right, first);
            if !is_counted(pair.right, first, there) && !is_one_deed {
                continue;
            }
            let left = one.all[*start].span.hull(one.all[*at].span);
            // An article that has both speaks of two things.
            let words = one.all[*start..=*at].iter().map(|word| word.folded.as_ref());
            if pair.right.article_says(&words.collect::<Vec<_>>()) {
                continue;
            }
            let right = many.all[first].span.hull(many.all[there].span);
            return Some(Apart { left, right, grade: Grade::Differs });
        }
    }
    None
}

/// What the deed right before the words at `at` is compared by: "punched two guards".
fn done_to(side: &Side<'_>, at: usize) -> Option<u64> {
    let words = side.words();
    let before = (at.saturating_sub(2)..at).rev().find(|&it| words.keys[it].is_some())?;
    words.keys[before].filter(|_| side.is_deed(before))
}

/// Whether a number says how many the things are that are named between the words at `first` and `last`:
/// "drives" without one may be all that there are.
fn is_counted(side: &Side<'_>, first: usize, last: usize) -> bool {
    let all = &side.words().all;
    let from = first.saturating_sub(DESCRIBED);
    let named = all[from].span.hull(all[last].span);
    side.amounts().any(|it| named.overlaps(it.span) && it.span.end > all[first].span.start)
}

/// A noun behind an "a" and words that describe it, and what it counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Single {
    at: usize,
    /// Where its "a" stands.
    start: usize,
    unit: String,
}

/// The things that the statement describes and has one of, and none in the plural besides.
fn singles<'s>(side: &'s Side<'_>) -> &'s [Single] {
    side.known.singles.get_or_init(|| {
        let words = side.words();
        let single = |at: usize| {
            let start = single(side, at)?;
            let is_described = (start + 1..at).any(|it| words.keys[it].is_some());
            let (plural, unit) = is_described.then(|| noun(side, at))?;
            (!plural).then_some(Single { at, start, unit })
        };
        let has_many = |it: &Single| plurals(side).iter().any(|(_, unit)| *unit == it.unit);
        (0..words.all.len()).filter_map(single).filter(|it| !has_many(it)).collect()
    })
}

/// Its words that are plurals: where each stands, and what it counts.
fn plurals<'s>(side: &'s Side<'_>) -> &'s [(usize, String)] {
    side.known.plurals.get_or_init(|| {
        let all = (0..side.words().all.len()).map(|at| (at, noun(side, at)));
        all.filter(|(_, noun)| noun.0).map(|(at, noun)| (at, noun.1)).collect()
    })
}

/// Whether the word at `at` is a plural, and what it counts.
fn noun(side: &Side<'_>, at: usize) -> (bool, String) {
    let (folded, language) = (&side.words().all[at].folded, side.language());
    let singular = language.numbers.singular(folded);
    (singular != *folded, language.differences.counts(&singular).to_owned())
}

/// "Two people: the names of both" on the left against a list of more or fewer on the right.
fn listed(pair: &Pair<'_, '_>) -> Option<Apart> {
    if amounts(pair.left).is_empty() {
        return None;
    }
    let (was, is) = set::parted(pair)?;
    let thousandths =
        |members: usize| i64::try_from(members).unwrap_or(i64::MAX).saturating_mul(1000);
    let (left, right) = (thousandths(was.members.len()), thousandths(is.members.len()));
    let mut before = amounts(pair.left).iter().filter(|it| it.span.end <= was.span.start);
    let counted = before.rfind(|it| it.value == left)?;
    let open = (counted.least..=counted.most).contains(&right);
    let grade = if open { Grade::Compatible } else { Grade::Differs };
    Some(Apart { left: counted.span.hull(was.span), right: is.span, grade })
}

/// Words between "a" and what it counts, at most.
const DESCRIBED: usize = 3;

/// Where the "a" of the noun at `at` stands, if it has one: nothing but words that describe between.
fn single(side: &Side<'_>, at: usize) -> Option<usize> {
    let words = side.words();
    words.keys[at]?;
    let next = words.all.get(at + 1);
    if next.is_some_and(|next| next.is_content() && !next.capital) {
        return None;
    }
    let singles = &side.language().numbers.singles;
    let mut before = (at.saturating_sub(DESCRIBED + 1)..at).rev();
    let start = before.find(|&it| words.keys[it].is_none())?;
    singles.has(&words.all[start].folded).then_some(start)
}
