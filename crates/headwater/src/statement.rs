//! Statement: one checkable sentence of one article, with who is credited for it.

use headwater_page::{Page, Span};

use crate::article::Article;
use crate::citation::{Citation, CitationIx};
use crate::date::Dated;
use crate::figure::Figure;
use crate::lexicon::Lexicon;
use crate::name::{Party, PartyIx};

/// Whether a statement affirms or denies.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Polarity {
    /// It is so.
    Affirmed,
    /// It is not so.
    Denied,
}

/// How far along an act is said to be; ordered from weakest to strongest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Modality {
    /// Could, may, might, is considering.
    Possible,
    /// Plans, is preparing, is expected to, will.
    Planned,
    /// Ordered, directed, asked for.
    Ordered,
    /// Signed, did, has done, is.
    Done,
}

/// One checkable sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// The sentence, without the words that attribute it where they stand at its edge.
    pub span: Span,
    /// Affirmed or denied.
    pub polarity: Polarity,
    /// How far along.
    pub modality: Modality,
    /// The citations that cover at least half of it, in order.
    pub attributed: Vec<CitationIx>,
    /// Parties named in it, in order.
    pub parties: Vec<PartyIx>,
    /// Indices of its dates.
    pub dates: Vec<u32>,
    /// Indices of its figures.
    pub figures: Vec<u32>,
}

/// What statements are made of: what the annotators before found, all of one article.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// Everyone named.
    pub parties: &'a [Party],
    /// Who is credited for what.
    pub citations: &'a [Citation],
    /// Dates.
    pub dates: &'a [Dated],
    /// Figures.
    pub figures: &'a [Figure],
}

/// The statements of the article's headline and body, in order. Questions, fragments and sentences
/// that only attribute ("He added:") are none.
pub fn statements(
    page: &Page,
    article: &Article,
    sentences: &[Span],
    findings: Findings<'_>,
    lexicon: &Lexicon,
) -> Vec<Statement> {
    let _ = (page, article, sentences, findings, lexicon);
    Vec::new()
}
