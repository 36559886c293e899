//! Quote: words attributed to a speaker, inside quotation marks or outside of them.

use headwater_page::{Page, Span};

use crate::article::Article;
use crate::lexicon::Lexicon;
use crate::name::{Party, PartyIx};

/// How words are attributed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Form {
    /// All inside quotation marks.
    Direct,
    /// None inside quotation marks.
    Indirect,
    /// Partly.
    Mixed,
    /// A belief, wish or plan, not something said.
    Thought,
    /// What a study, count or inquiry found.
    Finding,
}

/// Words attributed to somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quote {
    /// How.
    pub form: Form,
    /// The words, in order, quotation marks included; several when a cue splits them.
    pub parts: Vec<Span>,
    /// Who said it, if that can be told.
    pub speaker: Option<PartyIx>,
    /// The words that name the speaker here: a name, a role, a pronoun.
    pub by: Option<Span>,
    /// The words that attribute: "said", "according to".
    pub cue: Option<Span>,
    /// Whom it was told to: the outlet in "told Newsweek", "in a statement to Newsweek".
    pub told: Option<PartyIx>,
    /// Which rule found it.
    pub rule: &'static str,
}

/// What is inside quotation marks, whoever said it: spans with their marks, in order. Marks of any
/// style; a quotation that is never closed ends with its paragraph.
pub fn quotations(page: &Page, article: &Article) -> Vec<Span> {
    let _ = (page, article);
    Vec::new()
}

/// Every attributed stretch of words in the article, in order of their first part.
///
/// New parties (unnamed speakers, speakers known by role only) are added to `parties`. Never fails.
pub fn quotes(
    page: &Page,
    article: &Article,
    parties: &mut Vec<Party>,
    lexicon: &Lexicon,
) -> Vec<Quote> {
    let _ = (page, article, parties, lexicon);
    Vec::new()
}
