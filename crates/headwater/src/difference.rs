//! Difference: what two statements of one claim disagree on.

use headwater_page::{Place, Span};

use crate::article::ArticleIx;
use crate::evidence::Evidence;
use crate::figure::{Figure, Hedge};
use crate::origin::StatementAt;
use crate::statement::{Modality, Statement};
use crate::term::{self, Term};

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

/// What `right` says otherwise than `left`: number, date, polarity, modality, in that order.
///
/// Only what both name is compared: a figure of one unit, one day each. Nothing is concluded from
/// silence. `terms` are those of the two statements.
pub fn between(
    evidence: Evidence<'_>,
    left: StatementAt,
    right: StatementAt,
    terms: (&[Term], &[Term]),
) -> Vec<Difference> {
    let sides = (Side::new(evidence, left), Side::new(evidence, right));
    let both = term::shared(terms.0, terms.1).iter().map(|(term, _)| term.weight).sum::<u32>();
    let alike = both * 1000 / term::weight(terms.0).max(term::weight(terms.1)).max(1);
    let mut found = Vec::new();
    found.extend(number(&sides));
    found.extend(date(&sides));
    if alike >= SAME_SENTENCE {
        found.extend(polarity(&sides));
    }
    found.extend(modality(&sides));
    found
}

/// Weight that two sentences must share, per mille of the heavier one, before a "not" in one of them
/// is a contradiction: in a longer sentence it may belong to something else.
const SAME_SENTENCE: u32 = 650;

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

    fn figures(&self) -> impl Iterator<Item = &'a Figure> + use<'a> {
        let marks = self.evidence.marks(self.article);
        self.statement.figures.iter().map(|&at| &marks.figures[at as usize])
    }
}

/// Amounts of one unit that both state once and that no hedge reconciles.
fn number((left, right): &(Side<'_>, Side<'_>)) -> Option<Difference> {
    let alone = |side: &Side<'_>, unit: &str| {
        let mut of_unit = side.figures().filter(|f| f.unit == unit && !f.ordinal).cloned();
        let first = of_unit.next();
        first.filter(|_| of_unit.next().is_none())
    };
    left.figures().filter(|figure| !figure.unit.is_empty()).find_map(|figure| {
        let (was, is) = (alone(left, &figure.unit)?, alone(right, &figure.unit)?);
        let differs = was.thousandths != is.thousandths && !reconciled(&was, &is);
        differs.then(|| Difference {
            kind: DifferenceKind::Number,
            left: left.place(was.span),
            right: right.place(is.span),
            excludes: was.hedge == Hedge::Exact && is.hedge == Hedge::Exact,
        })
    })
}

/// Whether a hedge leaves room for both: "about 50" and 52, "at least 40" and 45.
fn reconciled(left: &Figure, right: &Figure) -> bool {
    let allows = |one: &Figure, other: i64| match one.hedge {
        Hedge::Exact => false,
        Hedge::About => one.thousandths.abs_diff(other) * 10 <= one.thousandths.unsigned_abs(),
        Hedge::AtLeast => other >= one.thousandths,
        Hedge::AtMost => other <= one.thousandths,
    };
    allows(left, right.thousandths) || allows(right, left.thousandths)
}

/// Days that exclude each other, where each side names one time.
fn date((left, right): &(Side<'_>, Side<'_>)) -> Option<Difference> {
    let alone = |side: &Side<'_>| match side.statement.dates.as_slice() {
        [at] => {
            let date = &side.evidence.marks(side.article).dates[*at as usize];
            date.when.map(|when| (date.span, when))
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
    let quoted = |side: &Side<'_>| {
        let quotations = &side.evidence.marks(side.article).quotations;
        let inside = quotations.iter().filter_map(|q| q.intersect(side.statement.span));
        inside.map(Span::len).sum::<usize>() * 2 > side.statement.span.len()
    };
    if quoted(left) || quoted(right) {
        return None;
    }
    (left.statement.polarity != right.statement.polarity).then(|| Difference {
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
    apart.then(|| Difference {
        kind: DifferenceKind::Modality,
        left: left.place(left.statement.span),
        right: right.place(right.statement.span),
        excludes: false,
    })
}
