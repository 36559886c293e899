//! Difference: what two statements of one claim disagree on.

use headwater_page::{Place, Span};

use crate::article::ArticleIx;
use crate::evidence::Evidence;
use crate::figure::{Figure, Hedge};
use crate::fold;
use crate::lexicon::{Language, Sign};
use crate::origin::StatementAt;
use crate::statement::{Modality, Polarity, Statement};

/// What two statements of one claim disagree on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DifferenceKind {
    /// Another amount.
    Number,
    /// Another day.
    Date,
    /// One denies what the other affirms.
    Polarity,
    /// Somebody else did it or had it done to them.
    Actor,
    /// Further along: could, plans, ordered, did.
    Modality,
    /// Somewhere else.
    Place,
    /// Another list of things.
    Set,
}

/// One difference between two statements of a claim.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// What differs.
    pub kind: DifferenceKind,
    /// The words on one side.
    pub left: Place,
    /// The words on the other.
    pub right: Place,
    /// Whether both cannot hold: intervals or amounts that exclude each other, opposite polarity.
    pub excludes: bool,
}

/// How much two statements have in common besides amounts and days, per mille.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Likeness {
    /// Of the weight of the one that says less.
    pub of_lighter: u32,
    /// Of the weight of the one that says more.
    pub of_heavier: u32,
}

/// What `right` says otherwise than `left`: number, date, polarity, modality, in that order.
///
/// Only what both name is compared: a figure of one unit, one day each. Nothing is concluded from
/// silence. `terms` are those of the two statements.
pub fn between(
    evidence: Evidence<'_>,
    left: StatementAt,
    right: StatementAt,
    likeness: Likeness,
) -> Vec<Difference> {
    let sides = (Side::new(evidence, left), Side::new(evidence, right));
    if likeness.of_lighter < SAME_POINT {
        return Vec::new();
    }
    let mut found = Vec::new();
    found.extend(number(&sides));
    found.extend(date(&sides));
    if likeness.of_heavier >= SAME_SENTENCE {
        found.extend(polarity(&sides));
    }
    found.extend(modality(&sides));
    found
}

/// Weight that two sentences must share, per mille of the lighter one, to speak of one point: below
/// it, another number is a number of something else.
const SAME_POINT: u32 = 450;

/// Weight that two sentences must share, per mille of the heavier one, before a "not" in one of them
/// is a contradiction: in a longer sentence it may belong to something else.
const SAME_SENTENCE: u32 = 700;

/// One statement with what is marked in it.
struct Side<'a> {
    evidence: Evidence<'a>,
    article: ArticleIx,
    statement: &'a Statement,
}

impl<'a> Side<'a> {
    fn new(evidence: Evidence<'a>, (article, at): StatementAt) -> Self {
        Self { evidence, article, statement: &evidence.marks(article).statements[at as usize] }
    }

    fn place(&self, span: Span) -> Place {
        self.evidence.place(self.article, span)
    }

    /// Whether most of it stands inside quotation marks.
    fn is_quoted(&self) -> bool {
        let quotations = &self.evidence.marks(self.article).quotations;
        let inside = quotations.iter().filter_map(|q| q.intersect(self.statement.span));
        inside.map(Span::len).sum::<usize>() * 2 > self.statement.span.len()
    }

    /// Whether a day dates the sentence and not the thing behind it ("the 2020 census").
    fn dates(&self, date: Span) -> bool {
        let text = self.evidence.text(self.article);
        let behind = Span { start: date.end, end: self.statement.span.end };
        let next = fold::tokens(text, behind).into_iter().next();
        next.is_none_or(|next| {
            let between = Span { start: date.end, end: next.span.start };
            let word = fold::fold(next.span.of(text));
            !between.of(text).chars().all(char::is_whitespace)
                || self.evidence.language(self.article).function_words.has(&word)
        })
    }

    /// The words that a sign of one of `sought` bears on: the first content word behind it.
    fn borne(&self, sought: Sign) -> Vec<String> {
        let language = self.evidence.language(self.article);
        let words = self.folded();
        let mut found = Vec::new();
        for (at, word) in words.iter().enumerate() {
            if !language.statements.signs(word).contains(&sought) {
                continue;
            }
            let behind = words[at + 1..].iter().find(|word| {
                !language.function_words.has(word)
                    && !language.alike.light.has(word)
                    && language.statements.signs(word).is_empty()
            });
            found.extend(behind.map(|word| root(word, language)));
        }
        found
    }

    fn folded(&self) -> Vec<String> {
        let text = self.evidence.text(self.article);
        let tokens = fold::tokens(text, self.statement.span);
        tokens.iter().map(|token| fold::fold(token.span.of(text))).collect()
    }

    /// Whether one of its words is one of `roots`.
    fn has_any(&self, roots: &[String]) -> bool {
        let language = self.evidence.language(self.article);
        self.folded().iter().any(|word| roots.contains(&root(word, language)))
    }

    fn figures(&self) -> impl Iterator<Item = &'a Figure> + use<'a> {
        let marks = self.evidence.marks(self.article);
        self.statement.figures.iter().map(|&at| &marks.figures[at as usize])
    }
}

/// What a word is compared by.
fn root(word: &str, language: &Language) -> String {
    language.alike.root(word, &language.background)
}

/// Amounts of one unit that both state once . They exclude each other if
/// neither is hedged: "more than 200" and 276 are two ways to say it.
fn number((left, right): &(Side<'_>, Side<'_>)) -> Option<Difference> {
    let alone = |side: &Side<'_>, unit: &str| {
        let mut of_unit = side.figures().filter(|f| f.unit == unit && !f.ordinal).cloned();
        let first = of_unit.next();
        first.filter(|_| of_unit.next().is_none())
    };
    left.figures().filter(|figure| !figure.unit.is_empty()).find_map(|figure| {
        let (was, is) = (alone(left, &figure.unit)?, alone(right, &figure.unit)?);
        (was.thousandths != is.thousandths).then(|| Difference {
            kind: DifferenceKind::Number,
            left: left.place(was.span),
            right: right.place(is.span),
            excludes: was.hedge == Hedge::Exact && is.hedge == Hedge::Exact,
        })
    })
}

/// Days that exclude each other, where each side names one time.
fn date((left, right): &(Side<'_>, Side<'_>)) -> Option<Difference> {
    let alone = |side: &Side<'_>| match side.statement.dates.as_slice() {
        [at] => {
            let date = &side.evidence.marks(side.article).dates[*at as usize];
            date.when.filter(|_| side.dates(date.span)).map(|when| (date.span, when))
        }
        _ => None,
    };
    let ((was, then), (is, now)) = (alone(left)?, alone(right)?);
    then.excludes(now).then(|| Difference {
        kind: DifferenceKind::Date,
        left: left.place(was),
        right: right.place(is),
        excludes: true,
    })
}

/// One denies what the other affirms. Words inside quotation marks are versions of one saying, not
/// two accounts.
fn polarity((left, right): &(Side<'_>, Side<'_>)) -> Option<Difference> {
    if left.is_quoted() || right.is_quoted() {
        return None;
    }
    let denies = |one: &Side<'_>| one.statement.polarity == Polarity::Denied;
    let (denied, other) = if denies(left) { (left, right) } else { (right, left) };
    let mut borne = denied.borne(Sign::Negation);
    let known = other.borne(Sign::Negation);
    borne.retain(|word| !known.contains(word));
    let same = denied.statement.polarity != other.statement.polarity && other.has_any(&borne);
    same.then(|| Difference {
        kind: DifferenceKind::Polarity,
        left: left.place(left.statement.span),
        right: right.place(right.statement.span),
        excludes: true,
    })
}

/// One is ordered or done, the other only possible. Plans stand in headlines as deeds, so that a
/// smaller step is house style.
fn modality((left, right): &(Side<'_>, Side<'_>)) -> Option<Difference> {
    let (was, is) = (left.statement.modality, right.statement.modality);
    let apart = was.max(is) >= Modality::Ordered && was.min(is) == Modality::Possible;
    let (possible, other) = if was < is { (left, right) } else { (right, left) };
    // What may happen here must be what happened there.
    let mut borne = possible.borne(Sign::Possible);
    let known = other.borne(Sign::Possible);
    borne.retain(|word| !known.contains(word));
    let same = apart && !left.is_quoted() && !right.is_quoted() && other.has_any(&borne);
    same.then(|| Difference {
        kind: DifferenceKind::Modality,
        left: left.place(left.statement.span),
        right: right.place(right.statement.span),
        excludes: false,
    })
}
