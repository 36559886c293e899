//! Name: who and what an article names, and which mentions are the same party.
//!
//! A full name once, then a bare surname, a role or a short form: all mentions of one party within
//! one article share a [`Party`]. Across articles, parties become [sources](crate::source).

use headwater_page::{Page, Span};

use crate::article::Article;
use crate::lexicon::{Lexicon, OutletIx};

/// What sort of party somebody is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SourceKind {
    /// A newspaper, broadcaster, magazine, site.
    Outlet,
    /// A news agency.
    Agency,
    /// A named person.
    Person,
    /// An institution, government, company, party, or a person known only by office.
    Office,
    /// A filing, study, statement, post, law.
    Document,
    /// Nobody who can be looked up. See [`Unnamed`].
    Unnamed,
}

/// Who the unnamed are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Unnamed {
    /// "people familiar with the matter", "a US official", "critics".
    People,
    /// "foreign media", "local newspapers".
    Media,
    /// "a new report": a report that this article does not name.
    Report,
}

/// He, she, it, they: what pronouns can point at the party.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Gender {
    /// He.
    Male,
    /// She.
    Female,
    /// It.
    Thing,
    /// They.
    Several,
    /// Not known.
    Unknown,
}

/// Index into [`crate::marks::Marks::parties`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PartyIx(pub u32);

impl PartyIx {
    /// As an index.
    pub fn ix(self) -> usize {
        self.0 as usize
    }
}

/// Somebody or something that an article names or cites.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Party {
    /// What sort.
    pub kind: SourceKind,
    /// Which sort of unnamed; `Some` exactly when `kind` is [`SourceKind::Unnamed`].
    pub unnamed: Option<Unnamed>,
    /// The fullest form in the article ("Anna Kelly"), without title; the description, if unnamed.
    pub name: String,
    /// The outlet or agency of the lexicon.
    pub outlet: Option<OutletIx>,
    /// Title or role words beside the name ("White House spokeswoman").
    pub role: Option<Span>,
    /// What pronouns can point at it.
    pub gender: Gender,
    /// Every mention, in order; the first is where it is introduced. Pronouns are not listed.
    pub mentions: Vec<Span>,
}

/// Every party named in the article: people, organisations, outlets, agencies and documents;
/// in the order of their first mention. Headline and body are read, captions are not.
///
/// Unnamed sources are added where they are cited, by [`crate::citation`]. Never fails.
pub fn names(page: &Page, article: &Article, lexicon: &Lexicon) -> Vec<Party> {
    let _ = (page, article, lexicon);
    Vec::new()
}
