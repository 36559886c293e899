//! Point: a statement as claims compare it: its words, amounts and days as weighted terms.

use headwater_page::Span;

use super::weight;
use crate::article::ArticleIx;
use crate::citation::{Citation, How};
use crate::difference::Likeness;
use crate::evidence::Evidence;
use crate::fold;
use crate::lexicon::Language;
use crate::marks::Marks;
use crate::origin::StatementAt;
use crate::term::{self, Term};

/// One statement as it is compared.
#[derive(Clone, Debug)]
pub(super) struct Point {
    /// The statement.
    pub(super) at: StatementAt,
    /// Which of the story's texts holds it.
    pub(super) text: usize,
    /// Its words.
    pub(super) span: Span,
    /// What its content words weigh in the language at large.
    pub(super) heft: u32,
    /// What it says, by hash: words, amounts and days, each with its weight in this story.
    pub(super) terms: Vec<(u64, u32)>,
    /// Which of its terms are amounts and days, by hash.
    pub(super) values: Vec<u64>,
    /// Those of its values that are exact amounts: nobody has "284.46" by chance.
    pub(super) exact: Vec<u64>,
    /// Those of its terms that are names in this story, by hash.
    pub(super) names: Vec<u64>,
    /// The summed weight of its terms.
    pub(super) weight: u32,
    /// The same without its amounts and days.
    pub(super) plain: u32,
    /// What the weights of its terms are told by (see [`weight`]): words that stand together, words
    /// with and without a capital.
    pub(super) signs: Vec<u64>,
    /// Whether it only says that somebody confirmed another statement.
    pub(super) confirms_another: bool,
}

impl Point {
    /// The weight of those of `terms` (by hash) that it holds.
    pub(super) fn held(&self, terms: &[(u64, u32)]) -> u32 {
        both(&self.terms, terms).map(|term| term.1).sum()
    }

    /// How much it has in common with `other` besides amounts and days.
    pub(super) fn likeness(&self, other: &Self) -> Likeness {
        let words = both(&self.terms, &other.terms)
            .filter(|term| !self.values.contains(&term.0) && !other.values.contains(&term.0));
        let both = words.map(|term| term.1).sum::<u32>() * 1000;
        Likeness {
            of_lighter: both / self.plain.min(other.plain).max(1),
            of_heavier: both / self.plain.max(other.plain).max(1),
        }
    }
}

/// Weight of an amount by how many digits of it are not noughts: "two" is anywhere, "284.46" is not.
const AMOUNT: [u32; 4] = [120, 220, 340, 400];
/// Weight of a day: a story has few.
const DAY: u32 = 150;

/// The points of a story's articles, in order. `texts` are the articles by shared text.
///
/// A term weighs what it tells in this story (see [`weight`]).
pub(super) fn points(evidence: Evidence<'_>, texts: &[Vec<ArticleIx>]) -> Vec<Point> {
    let mut points = Vec::new();
    for (text, articles) in texts.iter().enumerate() {
        for &ix in articles {
            let cited = Cited::new(evidence.marks(ix));
            for at in 0..evidence.marks(ix).statements.len() {
                points.push(point(evidence, &cited, (ix, at as u32), text));
            }
        }
    }
    points.sort_by_key(|point| point.at);
    weight::settle(&mut points);
    points
}

/// The citations of an article by where their cues stand.
struct Cited<'a>(Vec<&'a Citation>);

impl<'a> Cited<'a> {
    fn new(marks: &'a Marks) -> Self {
        let mut citations = marks.citations.iter().collect::<Vec<_>>();
        citations.sort_by_key(|citation| citation.cue);
        Self(citations)
    }

    /// Those whose cues stand in `span`, in the order of their cues.
    fn within(&self, span: Span) -> impl Iterator<Item = &'a Citation> {
        let first = self.0.partition_point(|citation| citation.cue.start < span.start);
        let from = self.0[first..].iter().copied();
        let from = from.take_while(move |citation| citation.cue.start < span.end);
        from.filter(move |citation| span.contains(citation.cue))
    }

    /// Whether the statement only says that somebody confirmed another one: "An official confirmed
    /// that report." That one rests on the official too; this one says nothing besides.
    fn confirms_another(&self, statement: Span) -> bool {
        let mut here = self.within(statement).peekable();
        here.peek().is_some()
            && here.all(|citation| {
                let elsewhere = |covered: &Span| !statement.contains(*covered);
                citation.how == How::Confirmed && citation.covers.iter().any(elsewhere)
            })
    }
}

fn point(evidence: Evidence<'_>, cited: &Cited<'_>, at: StatementAt, text: usize) -> Point {
    let ix = at.0;
    let (marks, language) = (evidence.marks(ix), evidence.language(ix));
    let statement = &marks.statements[at.1 as usize];
    let words = term::terms(evidence.text(ix), &[statement.span], language);
    let heft = term::weight(&words);
    let confirms_another = cited.confirms_another(statement.span);
    if let Some(terms) = silence(evidence, cited, at) {
        return Point {
            at,
            text,
            span: statement.span,
            heft,
            terms,
            values: Vec::new(),
            exact: Vec::new(),
            names: Vec::new(),
            weight: 0,
            signs: Vec::new(),
            plain: 0,
            confirms_another,
        };
    }
    let figures = statement.figures.iter().map(|&figure| &marks.figures[figure as usize]);
    let figures = figures.filter(|figure| !figure.ordinal).collect::<Vec<_>>();
    let dates = statement.dates.iter().map(|&date| &marks.dates[date as usize]);
    let dates = dates.collect::<Vec<_>>();
    let counted = |span: Span| {
        figures.iter().any(|figure| figure.span.contains(span))
            && is_number(span.of(evidence.text(ix)), language)
    };
    let dated = |span: Span| dates.iter().any(|date| date.span.contains(span));
    let tells = |term: &&Term| {
        let word = term.span.of(evidence.text(ix));
        // Capitals name: "US" is not "us".
        let names = word.len() > 1 && !word.contains(char::is_lowercase);
        let word = fold::fold(word);
        names || !language.alike.light.has(&word) && !language.alike.asides.has(&word)
    };
    let told = words
        .iter()
        .filter(|term| !counted(term.span) && !dated(term.span))
        .filter(tells)
        .map(|term| (said(evidence.text(ix), term, language), term.span))
        .collect::<Vec<_>>();
    let signs = weight::signs(evidence, ix, statement.span, &told);
    let mut terms = told.into_iter().map(|(term, _)| term).collect::<Vec<_>>();
    let (mut values, mut exact) = (Vec::new(), Vec::new());
    for figure in &figures {
        let digits = figure.thousandths.unsigned_abs().to_string();
        let digits = digits.trim_end_matches('0').len();
        let value = fold::hash(&format!("#{}", figure.thousandths));
        values.push(value);
        exact.extend((digits >= AMOUNT.len()).then_some(value));
        terms.push((value, AMOUNT[digits.clamp(1, AMOUNT.len()) - 1]));
    }
    for date in &dates {
        let value = fold::hash(&format!("@{}", date.value));
        values.push(value);
        terms.push((value, DAY));
    }
    terms.sort_unstable();
    terms.dedup_by_key(|term| term.0);
    values.sort_unstable();
    let (names, span) = (Vec::new(), statement.span);
    Point {
        at,
        text,
        span,
        heft,
        terms,
        values,
        exact,
        names,
        weight: 0,
        plain: 0,
        signs,
        confirms_another,
    }
}

/// What a statement says that somebody gave no comment: that, and who. Whoever asked and what about
/// is another point.
fn silence(
    evidence: Evidence<'_>,
    cited: &Cited<'_>,
    (ix, at): StatementAt,
) -> Option<Vec<(u64, u32)>> {
    let (language, text) = (evidence.language(ix), evidence.text(ix));
    let span = evidence.marks(ix).statements[at as usize].span;
    let silent = |citation: &&Citation| {
        citation.how == How::NoComment
            && citation.name.is_some_and(|name| name.start <= span.start + 4)
    };
    let name = cited.within(span).find(silent)?.name?;
    let words = term::terms(text, &[name], language);
    let words = words.iter().map(|term| said(text, term, language));
    let mut terms = words.collect::<Vec<_>>();
    terms.push((fold::hash("~"), SILENCE));
    terms.sort_unstable();
    terms.dedup_by_key(|term| term.0);
    Some(terms)
}

/// Whether a term says that somebody gave no comment.
pub(super) fn is_silence(term: &(u64, u32)) -> bool {
    term.0 == fold::hash("~")
}

/// Weight of giving no comment.
const SILENCE: u32 = 400;

/// A word by what it is compared by, with its weight: that of the words that retell one another.
fn said(text: &str, term: &Term, language: &Language) -> (u64, u32) {
    let root = language.alike.root(&fold::fold(term.span.of(text)), &language.background);
    language.alike.akin(&root).unwrap_or_else(|| (fold::hash(&root), term.weight))
}

/// Whether the word is a number and not what is counted.
fn is_number(word: &str, language: &Language) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
        || language.numbers.numeral(&fold::fold(word)).is_some()
}

/// The terms that both hold (both by hash), as the left has them.
pub(super) fn shared(left: &[(u64, u32)], right: &[(u64, u32)]) -> Vec<(u64, u32)> {
    both(left, right).collect()
}

/// The same one by one.
pub(super) fn both<'t>(
    left: &'t [(u64, u32)],
    right: &'t [(u64, u32)],
) -> impl Iterator<Item = (u64, u32)> + use<'t> {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        while let (Some(term), Some(other)) = (left.get(i), right.get(j)) {
            i += usize::from(term.0 <= other.0);
            j += usize::from(other.0 <= term.0);
            if term.0 == other.0 {
                return Some(*term);
            }
        }
        None
    })
}
