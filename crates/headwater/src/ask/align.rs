//! Align: one statement against a typed claim.

mod crossed;

use headwater_page::{Page, Span};
use rustc_hash::FxHashSet;

use super::held::Held;
use crate::article::Article;
use crate::date::{self, Dated, Interval};
use crate::difference::DifferenceKind;
use crate::evidence::Evidence;
use crate::figure::{Figure, Hedge};
use crate::lexicon::{Language, Lexicon};
use crate::marks::Marks;
use crate::origin::StatementAt;
use crate::wording::{self, Word};

/// What a statement makes of a claim.
pub(super) enum Outcome {
    /// It states it.
    States,
    /// It says something else about the same point. How much of the claim it has, per mille.
    Differs(u32, Point),
    /// It speaks of something else.
    Neither,
}

/// Where a statement and a claim part.
pub(super) struct Point {
    pub(super) kind: DifferenceKind,
    /// Words of the claim.
    pub(super) asked: Span,
    /// Words of the statement; none for what it lacks.
    pub(super) found: Option<Span>,
}

/// A typed claim, ready to be compared.
pub(super) struct Asked<'a> {
    text: &'a str,
    pub(super) language: &'a Language,
    words: Vec<Word<'a>>,
    /// For each word, what must be found of it.
    parts: Vec<Part>,
    figures: Vec<&'a Figure>,
    dates: Vec<Span>,
    passive: bool,
}

/// What a word is to the claim.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Nothing that must be found.
    Light,
    /// A word of the claim's own content.
    Own { name: bool },
    /// Who is said to have said it, and how.
    Frame { name: bool },
    /// Part of a figure or a date: compared by value.
    Value,
    /// "all", "only".
    Amount,
}

impl<'a> Asked<'a> {
    pub(super) fn new(
        page: &'a Page,
        article: &'a Article,
        marks: &'a Marks,
        lexicon: &'a Lexicon,
    ) -> Self {
        let language = lexicon.language(&article.language);
        let all = article.paragraphs[0];
        let words = wording::words(&page.text, all, language);
        let is_length = |date: &&Dated| date.value.starts_with('P') && date.when.is_none();
        let dates = marks.dates.iter().filter(|date| !is_length(date)).map(|date| date.span);
        let dates = dates.collect::<Vec<_>>();
        let named = |word: &Word<'_>| {
            let party =
                marks.parties.iter().any(|p| p.mentions.iter().any(|m| m.contains(word.span)));
            word.capital && (party || word.span.start > all.start)
        };
        let reports = |cue: Span| {
            let mut inside = words.iter().filter(|word| cue.overlaps(word.span));
            inside.any(|word| word.is_content() && language.alike.attributes(word.root()))
        };
        let framed = |word: &Word<'_>| {
            let said = marks.citations.iter().filter(|it| !it.covers.is_empty() && reports(it.cue));
            let covers = |part: &Span| part.overlaps(word.span);
            let mut said = said.peekable();
            said.peek().is_some() && !said.any(|citation| citation.covers.iter().any(covers))
        };
        let part = |word: &Word<'_>| {
            let numeral = marks.figures.iter().any(|figure| figure.span.contains(word.span))
                && (word.folded.starts_with(|c: char| c.is_ascii_digit())
                    || language.numbers.numeral(&word.folded).is_some()
                    || language.numbers.fraction(&word.folded).is_some());
            if !word.is_content() {
                Part::Light
            } else if numeral || dates.iter().any(|date| date.contains(word.span)) {
                Part::Value
            } else if language.alike.amounts.has(&word.folded) {
                Part::Amount
            } else if framed(word) {
                Part::Frame { name: named(word) }
            } else {
                Part::Own { name: named(word) }
            }
        };
        let parts = words.iter().map(part).collect();
        let passive = words.iter().any(|word| language.alike.agents.has(&word.folded));
        let figures = marks.figures.iter().collect();
        Self { text: &page.text, language, words, parts, figures, dates, passive }
    }

    /// Whether nothing of it could be found on a page.
    pub(super) fn is_empty(&self) -> bool {
        !self.parts.iter().any(|part| matches!(part, Part::Own { .. }))
    }

    /// Whether the statement's own words have any of the claim's.
    fn meets(&self, evidence: Evidence<'_>, (ix, at): StatementAt) -> bool {
        let own = self.words.iter().zip(&self.parts);
        let own = own.filter(|(_, part)| matches!(part, Part::Own { .. }));
        let sought = own.map(|(word, _)| word.root()).collect::<FxHashSet<_>>();
        let span = evidence.marks(ix).statements[at as usize].span;
        wording::any(evidence.text(ix), span, &sought, self.language)
    }

    fn weight(&self, word: &Word<'_>) -> u32 {
        let background = &self.language.background;
        background.weight(&background.stem(&word.folded)).max(LIGHTEST)
    }

    fn is_light(&self, word: &Word<'_>) -> bool {
        self.language.alike.reports.contains(word.root())
    }
}

/// Least weight of a content word, however common.
const LIGHTEST: u32 = 60;

/// What the statement has of one word of the claim.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Found {
    /// At these words of the statement.
    Here(Vec<usize>),
    /// Outside: in the attribution, or in what the statement points back to.
    Beside,
    Nowhere,
}

/// Per mille of a claim's weight that a statement has before it is about the same point.
///
/// Set by reading what came out for the claims of `examples/harbour/asked.tsv`, not swept: below 500
/// sentences that only share a topic are listed as differing.
const NEAR: u32 = 550;

pub(super) fn align(evidence: Evidence<'_>, asked: &Asked<'_>, at: StatementAt) -> Outcome {
    if !asked.meets(evidence, at) {
        return Outcome::Neither;
    }
    let held = Held::new(evidence, at, asked.language);
    let found = find(asked, &held);
    let (covered, others) = shares(asked, &found);
    if covered < NEAR && others < NEARLY_ALL {
        return Outcome::Neither;
    }
    let missing = missing(asked, &found);
    let mut points = Vec::new();
    let mut silent = false;
    for value in [figures(asked, &held), dates(evidence, asked, &held, at)] {
        match value {
            Value::Same => {}
            Value::Other(point) => points.push(point),
            Value::Silent => silent = true,
        }
    }
    points.extend(shades(asked, &held, &found));
    points.extend(missing.iter().filter_map(|&word| opposite(asked, &held, &found, word)));
    points.extend(turned(asked, &held, &found));
    points.extend(crossed::crossed(asked, &held, &found));
    points.extend(crossed::doer(evidence, at.0, asked, &held, &found));
    if others >= NEARLY_ALL {
        points.extend(missing.iter().filter_map(|&word| somebody_else(asked, &found, word)));
    }
    points.extend(amounts(asked, &held));
    let complete = missing.is_empty() && points.is_empty() && !silent;
    if complete {
        return Outcome::States;
    }
    points.sort_by_key(|point| rank(point.kind));
    match points.into_iter().next() {
        Some(point) => Outcome::Differs(covered, point),
        None => Outcome::Neither,
    }
}

/// Per mille of the weight of all words but names that must be there before another name is another
/// actor rather than another story.
const NEARLY_ALL: u32 = 750;

/// The difference that is shown first.
fn rank(kind: DifferenceKind) -> u32 {
    match kind {
        DifferenceKind::Polarity => 0,
        DifferenceKind::Number => 1,
        DifferenceKind::Date => 2,
        DifferenceKind::Actor => 3,
        DifferenceKind::Place => 4,
        DifferenceKind::Modality => 5,
        DifferenceKind::Set => 6,
    }
}

fn find(asked: &Asked<'_>, held: &Held<'_>) -> Vec<Found> {
    let find = |(word, part): (&Word<'_>, &Part)| {
        let (frame, name) = match part {
            Part::Own { name } => (false, *name),
            Part::Frame { name } => (true, *name),
            _ => return Found::Nowhere,
        };
        let here = held.at(word.root());
        if frame {
            let known = held.credits(word.root()) || asked.is_light(word);
            return if known { Found::Beside } else { Found::Nowhere };
        }
        if !here.is_empty() {
            Found::Here(here)
        } else if held.before(word.root()) || (!name && asked.is_light(word)) {
            Found::Beside
        } else {
            Found::Nowhere
        }
    };
    asked.words.iter().zip(&asked.parts).map(find).collect()
}

/// Per mille of weight that was found: of all words, and of all that are no names.
fn shares(asked: &Asked<'_>, found: &[Found]) -> (u32, u32) {
    let (mut all, mut has, mut plain, mut has_plain, mut n_here) = (0, 0, 0, 0, 0);
    for ((word, part), found) in asked.words.iter().zip(&asked.parts).zip(found) {
        let (Part::Own { name } | Part::Frame { name }) = part else { continue };
        let weight = asked.weight(word);
        let known = if *found == Found::Nowhere { 0 } else { weight };
        all += weight;
        has += known;
        n_here += u32::from(matches!(found, Found::Here(_)));
        if !name {
            plain += weight;
            has_plain += known;
        }
    }
    let n_own = asked.parts.iter().filter(|part| matches!(part, Part::Own { .. })).count();
    if n_here < 2.min(n_own as u32) {
        return (0, 0);
    }
    (has * 1000 / all.max(1), has_plain * 1000 / plain.max(1))
}

/// Words of the claim that the statement has nowhere.
fn missing(asked: &Asked<'_>, found: &[Found]) -> Vec<usize> {
    let must = |ix: &usize| matches!(asked.parts[*ix], Part::Own { .. } | Part::Frame { .. });
    (0..found.len()).filter(must).filter(|&ix| found[ix] == Found::Nowhere).collect()
}

/// What a statement has in the place of a figure or day of the claim.
enum Value {
    /// The same.
    Same,
    /// Another one.
    Other(Point),
    /// None: it does not say.
    Silent,
}

/// The figures of the claim: the first that the statement has otherwise or not at all.
fn figures(asked: &Asked<'_>, held: &Held<'_>) -> Value {
    let mut silent = false;
    for figure in &asked.figures {
        if asked.dates.iter().any(|date| date.overlaps(figure.span)) {
            continue;
        }
        let same = |it: &Figure| {
            let equal = it.thousandths == figure.thousandths || allows(figure, it);
            equal && it.ordinal == figure.ordinal
        };
        let of_unit = |it: &&Figure| it.unit == figure.unit && it.ordinal == figure.ordinal;
        let alike = held.figures.iter().filter(of_unit).collect::<Vec<_>>();
        let there = if alike.is_empty() || figure.unit.is_empty() {
            held.figures.iter().any(same)
        } else {
            alike.iter().any(|it| same(it))
        };
        if there || held.has_words(figure.span.of(asked.text)) {
            continue;
        }
        let Some(other) = alike.first() else {
            silent = true;
            continue;
        };
        return Value::Other(Point {
            kind: DifferenceKind::Number,
            asked: figure.span,
            found: Some(other.span),
        });
    }
    if silent { Value::Silent } else { Value::Same }
}

/// Whether the claim's hedge has room for the figure: a claim may be vaguer than the page, never more
/// exact.
fn allows(asked: &Figure, held: &Figure) -> bool {
    let (one, other) = (asked.thousandths, held.thousandths);
    let exact = matches!(held.hedge, Hedge::Exact | Hedge::About);
    match asked.hedge {
        Hedge::Exact => false,
        Hedge::About => exact && one.abs_diff(other) * 20 <= one.unsigned_abs(),
        Hedge::AtLeast => other >= one && matches!(held.hedge, Hedge::Exact | Hedge::AtLeast),
        Hedge::AtMost => other <= one && matches!(held.hedge, Hedge::Exact | Hedge::AtMost),
    }
}

/// A day of the claim that the statement has otherwise, or not at all. Days of the week and of the
/// month are read as on the day when the page was published.
fn dates(
    evidence: Evidence<'_>,
    asked: &Asked<'_>,
    held: &Held<'_>,
    (ix, _): StatementAt,
) -> Value {
    if asked.dates.is_empty() {
        return Value::Same;
    }
    let published = evidence.article(ix).published.map(|published| published.when);
    let all = Span::new(0, asked.text.len());
    let resolved = date::dates(asked.text, &[all], published, asked.language);
    let lacking = asked.dates.iter().find(|&&span| {
        let when = resolved.iter().find(|date| date.span.overlaps(span)).and_then(|it| it.when);
        let within = |inner: &Interval| {
            when.is_some_and(|when| when.first <= inner.first && inner.last <= when.last)
        };
        let of_span = asked.words.iter().filter(|it| span.contains(it.span) && it.is_content());
        let mut of_span = of_span.peekable();
        let in_words = of_span.peek().is_some() && of_span.all(|it| !held.at(it.root()).is_empty());
        let there = held.dates.iter().any(|(_, when)| when.as_ref().is_some_and(within));
        !there && !in_words
    });
    match (lacking, held.dates.first()) {
        (None, _) => Value::Same,
        (Some(_), None) => Value::Silent,
        (Some(&asked), Some(&(found, _))) => {
            Value::Other(Point { kind: DifferenceKind::Date, asked, found: Some(found) })
        }
    }
}

/// A word that one side denies, or has farther along, and the other does not.
fn shades(asked: &Asked<'_>, held: &Held<'_>, found: &[Found]) -> Option<Point> {
    let differs = |word: &Word<'_>, other: &Word<'_>| {
        let (was, is) = (word.shade, other.shade);
        if (word.denial || other.denial) && was.denied != is.denied {
            return Some(DifferenceKind::Polarity);
        }
        let apart = (word.degree || other.degree) && was.modality != is.modality;
        apart.then_some(DifferenceKind::Modality)
    };
    let point = |ix: usize| {
        let (word, other) = (&asked.words[ix], &held.words[nearest(found, ix)?]);
        let kind = differs(word, other)?;
        Some(Point { kind, asked: word.span, found: Some(other.span) })
    };
    (0..found.len()).filter_map(point).min_by_key(|point| rank(point.kind))
}

/// Where the statement has a word of the claim; of several places the one beside what stands beside
/// it in the claim: "would pay a million, the largest sum ever paid".
fn nearest(found: &[Found], ix: usize) -> Option<usize> {
    let here = |ix: usize| match &found[ix] {
        Found::Here(at) => Some(at.as_slice()),
        _ => None,
    };
    let left = (0..ix).rev().find_map(here).unwrap_or_default();
    let right = (ix + 1..found.len()).find_map(here).unwrap_or_default();
    let far = |at: usize, side: &[usize]| side.iter().map(|it| it.abs_diff(at)).min().unwrap_or(0);
    here(ix)?.iter().copied().min_by_key(|&at| (far(at, left) + far(at, right), at))
}

/// The opposite of a word that the statement lacks.
fn opposite(asked: &Asked<'_>, held: &Held<'_>, found: &[Found], missing: usize) -> Option<Point> {
    let taken =
        |at: usize| found.iter().any(|it| matches!(it, Found::Here(all) if all.contains(&at)));
    let word = &asked.words[missing];
    let opposed = |(at, other): &(usize, &Word<'_>)| {
        other.is_content() && !taken(*at) && asked.language.alike.opposed(word.root(), other.root())
    };
    let (_, other) = held.words.iter().enumerate().find(opposed)?;
    Some(Point { kind: DifferenceKind::Polarity, asked: word.span, found: Some(other.span) })
}

/// Another name than the claim's, where all else is there; or another doer, where the claim's first
/// words are what is missing.
fn somebody_else(asked: &Asked<'_>, found: &[Found], missing: usize) -> Option<Point> {
    let word = &asked.words[missing];
    let name =
        matches!(asked.parts[missing], Part::Own { name: true } | Part::Frame { name: true });
    let leads = !found[..missing].iter().any(|it| matches!(it, Found::Here(_)));
    if !name && !leads {
        return None;
    }
    let before = asked.words[..missing].iter().rev().find(|it| !it.capital);
    let place = before.is_some_and(|it| asked.language.alike.places.has(&it.folded));
    let kind = if place { DifferenceKind::Place } else { DifferenceKind::Actor };
    Some(Point { kind, asked: word.span, found: None })
}

/// Whether the name at word `at` stands behind a word that stands before places.
fn is_placed(language: &Language, words: &[Word<'_>], at: usize) -> bool {
    let before = words[..at].iter().rev().find(|it| !it.capital);
    before.is_some_and(|it| language.alike.places.has(&it.folded))
}

/// The same words with the parts turned: who did it in the claim had it done to them on the page.
fn turned(asked: &Asked<'_>, held: &Held<'_>, found: &[Found]) -> Option<Point> {
    if asked.passive != held.passive {
        return None;
    }
    let here = |ix: usize| match &found[ix] {
        Found::Here(at) => at.as_slice(),
        _ => &[],
    };
    let own = (0..found.len()).filter(|&ix| !here(ix).is_empty()).collect::<Vec<_>>();
    let placed = |words: &[Word<'_>], at: usize| is_placed(asked.language, words, at);
    let behind =
        |left: usize, right: usize| here(left).iter().all(|a| here(right).iter().all(|b| b < a));
    let point = |ix: usize| Point {
        kind: DifferenceKind::Actor,
        asked: asked.words[ix].span,
        found: here(ix).first().map(|&at| held.words[at].span),
    };
    // Two names whose order is turned.
    let names = own.iter().copied().filter(|&ix| {
        matches!(asked.parts[ix], Part::Own { name: true })
            && !placed(&asked.words, ix)
            && !here(ix).iter().any(|&at| placed(&held.words, at))
    });
    let names = names.collect::<Vec<_>>();
    let turned = names.windows(2).find(|pair| {
        let apart = (pair[0]..pair[1]).any(|ix| !asked.words[ix].capital);
        apart && behind(pair[0], pair[1])
    });
    if let Some(pair) = turned {
        return Some(point(pair[0]));
    }
    // Three words in the very opposite order: doer, deed, done-to.
    for (nth, &first) in own.iter().enumerate() {
        for (mth, &second) in own.iter().enumerate().skip(nth + 1) {
            let third = |&&third: &&usize| behind(second, third) && behind(first, third);
            if behind(first, second) && own[mth + 1..].iter().any(|third_| third(&third_)) {
                return Some(point(first));
            }
        }
    }
    None
}

/// A word that widens or narrows the claim and that the statement lacks.
fn amounts(asked: &Asked<'_>, held: &Held<'_>) -> Option<Point> {
    let amount = asked.words.iter().zip(&asked.parts).filter(|(_, part)| **part == Part::Amount);
    let roots = held.words.iter().map(Word::root).collect::<FxHashSet<_>>();
    let mut lacking = amount.filter(|(word, _)| !roots.contains(word.root()));
    let (word, _) = lacking.next()?;
    Some(Point { kind: DifferenceKind::Set, asked: word.span, found: None })
}
