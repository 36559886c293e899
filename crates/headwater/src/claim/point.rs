//! Point: a statement as claims compare it: its words, amounts and days as weighted terms.

use std::ops::Index;

use headwater_page::Span;

use super::term::{Kind, Term, TermIx, Terms, both};
use super::weight::{self, Signs};
use crate::article::ArticleIx;
use crate::citation::{Citation, How};
use crate::difference::Likeness;
use crate::evidence::Evidence;
use crate::fold;
use crate::lexicon::Language;
use crate::marks::Marks;
use crate::origin::StatementAt;
use crate::term;

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
    /// What it says: words, amounts and days, in order.
    pub(super) terms: Box<[TermIx]>,
    /// The summed weight of its terms.
    pub(super) weight: u32,
    /// The same without its amounts and days.
    pub(super) plain: u32,
    /// The same without its names.
    pub(super) deeds: u32,
    /// Whether it only says that somebody confirmed another statement.
    pub(super) confirms_another: bool,
}

/// The statements of a story, and what they say.
pub(super) struct Points {
    pub(super) all: Vec<Point>,
    pub(super) terms: Terms,
}

impl Index<usize> for Points {
    type Output = Point;

    fn index(&self, ix: usize) -> &Point {
        &self.all[ix]
    }
}

impl Points {
    /// The points of a story's articles, in order. `texts` are the articles by shared text.
    ///
    /// A term weighs what it tells in this story (see [`weight`]).
    pub(super) fn new(evidence: Evidence<'_>, texts: &[Vec<ArticleIx>]) -> Self {
        let mut read = Vec::new();
        for (text, articles) in texts.iter().enumerate() {
            for &ix in articles {
                let cited = Cited::new(evidence.marks(ix));
                let n = evidence.marks(ix).statements.len() as u32;
                read.extend((0..n).map(|at| Read::new(evidence, &cited, (ix, at), text)));
            }
        }
        let terms = weight::settled(&read);
        let mut all = read.into_iter().map(|read| read.point(&terms)).collect::<Vec<_>>();
        all.sort_unstable_by_key(|point| point.at);
        Self { all, terms }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// The weight of those of `terms` that the statement at `ix` holds.
    pub(super) fn held(&self, ix: usize, terms: &[TermIx]) -> u32 {
        self.terms.weight(both(&self[ix].terms, terms))
    }

    /// How much two statements have in common besides amounts and days.
    pub(super) fn likeness(&self, left: usize, right: usize) -> Likeness {
        let (left, right) = (&self[left], &self[right]);
        let both = self.terms.plain(both(&left.terms, &right.terms)) * 1000;
        Likeness {
            of_lighter: both / left.plain.min(right.plain).max(1),
            of_heavier: both / left.plain.max(right.plain).max(1),
        }
    }
}

/// Weight of an amount by how many digits of it are not noughts: "two" is anywhere, "284.46" is not.
const AMOUNT: [u32; 4] = [120, 220, 340, 400];
/// Weight of a day: a story has few.
const DAY: u32 = 150;

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

/// A statement as it is read, before its terms have their weights in the story.
pub(super) struct Read {
    at: StatementAt,
    pub(super) text: usize,
    span: Span,
    heft: u32,
    /// By hash, with what they weigh in the language at large.
    pub(super) terms: Vec<Term>,
    pub(super) signs: Signs,
    confirms_another: bool,
}

impl Read {
    fn new(evidence: Evidence<'_>, cited: &Cited<'_>, at: StatementAt, text: usize) -> Self {
        let ix = at.0;
        let span = evidence.marks(ix).statements[at.1 as usize].span;
        let words = term::terms(evidence.text(ix), &[span], evidence.language(ix));
        let heft = term::weight(&words);
        let confirms_another = cited.confirms_another(span);
        let silence = silence(evidence, cited, at).map(|terms| (terms, Signs::default()));
        let (mut terms, signs) = silence.unwrap_or_else(|| said(evidence, at, &words));
        terms.sort_unstable_by_key(|term| (term.hash, term.weight));
        terms.dedup_by_key(|term| term.hash);
        Self { at, text, span, heft, terms, signs, confirms_another }
    }

    pub(super) fn article(&self) -> ArticleIx {
        self.at.0
    }

    fn point(self, terms: &Terms) -> Point {
        let Self { at, text, span, heft, confirms_another, .. } = self;
        let own = self.terms.iter().filter_map(|term| terms.find(term.hash)).collect::<Box<_>>();
        Point {
            at,
            text,
            span,
            heft,
            weight: terms.weight(own.iter().copied()),
            plain: terms.plain(own.iter().copied()),
            deeds: terms.deeds(own.iter().copied()),
            terms: own,
            confirms_another,
        }
    }
}

/// What a statement says, by its `words`, in no order, and what the weights of that are told by.
fn said(evidence: Evidence<'_>, at: StatementAt, words: &[term::Term]) -> (Vec<Term>, Signs) {
    let ix = at.0;
    let (marks, language, text) = (evidence.marks(ix), evidence.language(ix), evidence.text(ix));
    let statement = &marks.statements[at.1 as usize];
    let figures = statement.figures.iter().map(|&figure| &marks.figures[figure as usize]);
    let figures = figures.filter(|figure| !figure.ordinal).collect::<Vec<_>>();
    let dates = statement.dates.iter().map(|&date| &marks.dates[date as usize]);
    let dates = dates.collect::<Vec<_>>();
    let counted = |span: Span| {
        figures.iter().any(|figure| figure.span.contains(span))
            && is_number(span.of(text), language)
    };
    let dated = |span: Span| dates.iter().any(|date| date.span.contains(span));
    let mut terms = Vec::with_capacity(words.len());
    let mut told = Vec::with_capacity(words.len());
    for word in words.iter().filter(|word| !counted(word.span) && !dated(word.span)) {
        let written = word.span.of(text);
        // Capitals name: "US" is not "us".
        let names = written.len() > 1 && !written.contains(char::is_lowercase);
        let folded = fold::view(written);
        if names || !language.alike.light.has(&folded) && !language.alike.asides.has(&folded) {
            let term = spoken(&folded, word.weight, language);
            told.push((word.span, term.hash));
            terms.push(term);
        }
    }
    for figure in &figures {
        let digits = figure.thousandths.unsigned_abs().to_string();
        let digits = digits.trim_end_matches('0').len();
        terms.push(Term {
            hash: fold::hash(&format!("#{}", figure.thousandths)),
            weight: AMOUNT[digits.clamp(1, AMOUNT.len()) - 1],
            kind: if digits >= AMOUNT.len() { Kind::Exact } else { Kind::Value },
        });
    }
    let days = dates.iter().map(|date| fold::hash(&format!("@{}", date.value)));
    terms.extend(days.map(|hash| Term { hash, weight: DAY, kind: Kind::Value }));
    (terms, Signs::new(evidence, ix, statement.span, told))
}

/// What a statement says that somebody gave no comment: that, and who. Whoever asked and what about
/// is another point.
fn silence(evidence: Evidence<'_>, cited: &Cited<'_>, (ix, at): StatementAt) -> Option<Vec<Term>> {
    let (language, text) = (evidence.language(ix), evidence.text(ix));
    let span = evidence.marks(ix).statements[at as usize].span;
    let silent = |citation: &&Citation| {
        citation.how == How::NoComment
            && citation.name.is_some_and(|name| name.start <= span.start + 4)
    };
    let name = cited.within(span).find(silent)?.name?;
    let words = term::terms(text, &[name], language);
    let words =
        words.iter().map(|word| spoken(&fold::view(word.span.of(text)), word.weight, language));
    let silence = Term { hash: fold::hash("~"), weight: SILENCE, kind: Kind::Silence };
    Some(words.chain([silence]).collect())
}

/// Weight of giving no comment.
const SILENCE: u32 = 400;

/// A folded word by what it is compared by, with its weight: that of the words that retell one another.
fn spoken(word: &str, weight: u32, language: &Language) -> Term {
    let root = language.alike.root(word, &language.background);
    let akin = language.alike.akin(&root);
    let (hash, weight) = akin.unwrap_or_else(|| (fold::hash(&root), weight));
    Term { hash, weight, kind: Kind::Word }
}

/// Whether the word is a number and not what is counted.
fn is_number(word: &str, language: &Language) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
        || language.numbers.numeral(&fold::view(word)).is_some()
}
