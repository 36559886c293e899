//! Article: one report on a page, found by segmenting the page.
//!
//! A page may hold several (an aggregator that pastes related items in full, a digest of three
//! newspapers), or none. Bodies of two articles on a page never overlap; what belongs to no article
//! is [furniture](crate::furniture).

mod colophon;
mod compose;
mod credit;
mod html;
mod imprint;
mod line;
mod lines;
mod picture;
mod published;
mod text;
mod vocabulary;

use headwater_page::{Page, PageIx, Span};

pub(crate) use colophon::titles;
pub use published::published;

use crate::date::Interval;
use crate::lexicon::{Lexicon, OutletIx};

/// Which article of a collection: its index in the order of page, then first byte.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ArticleIx(pub u32);

impl ArticleIx {
    /// As an index.
    pub fn ix(self) -> usize {
        self.0 as usize
    }
}

/// What an article is to its page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// What the page is about.
    Main,
    /// Given in full beneath another article.
    Related,
    /// One of several equal reports that a digest, newsletter or blog pastes.
    Digest,
    /// A headline, perhaps with a sentence, that leads elsewhere. Carries no claims.
    Teaser,
}

/// Who published an article.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Publisher {
    /// The name as printed, or the series of the capture.
    pub name: String,
    /// The outlet of the lexicon, if it is known there.
    pub outlet: Option<OutletIx>,
    /// The words that name it, if the page does (body or colophon).
    pub span: Option<Span>,
}

/// How a publication date is known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Basis {
    /// Printed on the page.
    Stated,
    /// In markup or in the capture's own fields.
    Markup,
    /// Counted back from the capture time ("14 minutes ago").
    Relative,
}

/// The claimed time of publication. Capture time is kept apart, in [`headwater_page::Capture`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Published {
    /// The days.
    pub when: Interval,
    /// How it is known.
    pub basis: Basis,
    /// The words.
    pub span: Span,
}

/// A line that says where the whole text comes from: `Originally published on …`, `TRT/AA`,
/// `(Reuters)` in the dateline, a lone agency name at the end. Photo credits are none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Credit {
    /// Who is credited, as printed or as the lexicon spells it.
    pub name: String,
    /// The outlet or agency of the lexicon, if known there.
    pub outlet: Option<OutletIx>,
    /// The words.
    pub span: Span,
    /// How much of a tie the line states.
    pub form: CreditForm,
}

/// What a credit line says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CreditForm {
    /// The text came out elsewhere first: "Originally published on …".
    Republished,
    /// The text, or part of it, was delivered by this agency or outlet.
    Credited,
    /// The story was found there: "h/t …".
    Tipped,
}

/// One report on a page. All spans are of that page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Article {
    /// The page.
    pub page: PageIx,
    /// From its first own line (outlet, age or headline) to its last (credit line).
    pub span: Span,
    /// What it is to the page.
    pub role: Role,
    /// Its headline; none when the page shows none, or only one that belongs to another article.
    pub headline: Option<Span>,
    /// Who published it, if page or capture says so.
    pub publisher: Option<Publisher>,
    /// Names of its authors.
    pub byline: Vec<Span>,
    /// The place words that open it: "ISTANBUL", "OFER PRISON, West Bank (Reuters) -".
    pub dateline: Option<Span>,
    /// "14 minutes ago".
    pub age: Option<Span>,
    /// When it claims to have been published.
    pub published: Option<Published>,
    /// Credit lines, in order.
    pub credits: Vec<Credit>,
    /// Captions, with their photo credits; never part of the body.
    pub captions: Vec<Span>,
    /// Its body, in order; standfirst included. They do not overlap.
    pub paragraphs: Vec<Span>,
    /// The paragraph above the body proper that sums it up, if the markup sets it apart.
    pub standfirst: Option<Span>,
    /// What stands among the paragraphs and is no sentence: subheads, cells of tables. In order.
    pub inserts: Vec<Span>,
    /// Two-letter code of the language it is written in, by its function words; empty if unknown.
    pub language: String,
}

impl Article {
    /// Bytes of body.
    pub fn n_body(&self) -> usize {
        self.paragraphs.iter().map(|p| p.len()).sum()
    }
}

/// The articles of one page, in order, none overlapping. `ix` is what they will call their page.
///
/// Rests on what articles are (runs of prose, the shapes of headlines and bylines, containers that
/// repeat, link density), never on one site's strings. Cost: linear in the page. Never fails; a
/// page without an article gives none.
pub fn segment(page: &Page, ix: PageIx, lexicon: &Lexicon) -> Vec<Article> {
    let body = page.words(page.body());
    let language = lexicon.detect(body).unwrap_or(&lexicon.languages[0]);
    let lines = lines::lines(page, lexicon, language);
    let drafts = text::drafts(page, &lines, language, lexicon);
    compose::articles(page, ix, &lines, &drafts, language, lexicon)
}

#[cfg(test)]
mod tests;
