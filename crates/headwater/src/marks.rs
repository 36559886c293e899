//! Marks: all that annotating finds in one article.

use headwater_page::{Page, Span};

use crate::article::Article;
use crate::citation::{self, Citation};
use crate::date::{self, Dated};
use crate::figure::{self, Figure};
use crate::lexicon::Lexicon;
use crate::name::{self, Party};
use crate::quote::{self, Quote};
use crate::sentence;
use crate::statement::{self, Findings, Statement};

/// All that is marked in one article. Indices point into this value's own lists.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Marks {
    /// Sentences of headline and body, in order.
    pub sentences: Vec<Span>,
    /// Everyone named or cited.
    pub parties: Vec<Party>,
    /// What stands inside quotation marks.
    pub quotations: Vec<Span>,
    /// Words attributed to somebody.
    pub quotes: Vec<Quote>,
    /// On whose word the article has what.
    pub citations: Vec<Citation>,
    /// Date expressions.
    pub dates: Vec<Dated>,
    /// Numbers.
    pub figures: Vec<Figure>,
    /// Checkable sentences.
    pub statements: Vec<Statement>,
}

/// Annotates one article. Teasers get no marks. Cost: linear in the article. Never fails.
pub fn annotate(page: &Page, article: &Article, lexicon: &Lexicon) -> Marks {
    if article.role == crate::article::Role::Teaser {
        return Marks::default();
    }
    let text = &page.text;
    let language = lexicon.language(&article.language);
    let read = || article.headline.iter().chain(&article.paragraphs).copied();

    let sentences = read().flat_map(|p| sentence::sentences(text, p, language)).collect::<Vec<_>>();
    let mut parties = name::names(page, article, lexicon);
    let quotations = quote::quotations(page, article);
    let mut quotes = quote::quotes(page, article, &mut parties, lexicon);
    let mut citations = citation::citations(page, article, &mut parties, &quotes, lexicon);
    citation::join::join(&mut parties, &mut quotes, &mut citations);
    let published = article.published.map(|published| published.when);
    // A caption often tells the day that the story leaves out.
    let mut dated = read().chain(article.captions.iter().copied()).collect::<Vec<_>>();
    dated.sort_unstable();
    let dates = date::dates(text, &dated, published, language);
    let figures = read()
        .flat_map(|p| figure::figures(text, p, language))
        .filter(|figure| {
            !dates.iter().any(|date| !is_length(date) && date.span.overlaps(figure.span))
        })
        .collect::<Vec<Figure>>();
    let findings =
        Findings { parties: &parties, citations: &citations, dates: &dates, figures: &figures };
    let statements = statement::statements(page, article, &sentences, findings, lexicon);
    Marks { sentences, parties, quotations, quotes, citations, dates, figures, statements }
}

/// Whether a date expression is a length of time: "40 years" is a figure too.
fn is_length(date: &Dated) -> bool {
    let value = date.value.strip_prefix('P').unwrap_or_default();
    value.trim_start_matches('T').starts_with(|c: char| c.is_ascii_digit())
}
