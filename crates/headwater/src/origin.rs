//! Origin: where a story or a claim comes from in the end, and how many there are.
//!
//! An origin is a public act (statement, post, filing, document, speech: one, however many pages
//! carry it) or a newsroom's own first-hand reporting (one per newsroom). Copies, versions,
//! excerpts, rewrites and citations add nothing. The count is a range: `most` keeps every doubtful
//! case apart, `least` is what is left when all doubts apply.

use headwater_page::Place;

use crate::article::ArticleIx;
use crate::source::SourceIx;

/// What a root is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RootKind {
    /// Said, filed or posted in public: one act, however many heard it.
    PublicAct,
    /// A newsroom's own reporting: people who spoke to it, named or not, or its own eyes.
    Newsroom,
}

/// Whose act or reporting it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Of {
    /// A source: the outlet that reported, the person or office that acted.
    Source(SourceIx),
    /// An article whose newsroom has no name.
    Article(ArticleIx),
}

/// One origin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Root {
    /// Whose.
    pub of: Of,
    /// What it is.
    pub kind: RootKind,
    /// Whether it rests on unnamed people only.
    pub unnamed: bool,
    /// Whether it counts in `least`: no doubt drops it.
    pub sure: bool,
    /// The articles that rest on it, in order.
    pub carried_by: Vec<ArticleIx>,
    /// The words that show it.
    pub places: Vec<Place>,
}

/// What a doubt would do to the count if it applied.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Effect {
    /// The root is no origin of its own.
    Drop,
    /// The roots are one.
    Join,
}

/// Why the count may be lower.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Doubt {
    /// What it would do.
    pub effect: Effect,
    /// Indices of the roots it concerns: one to drop, or those to join.
    pub roots: Vec<u32>,
    /// A lower-case fragment for people.
    pub why: String,
    /// What would settle it: a lower-case fragment.
    pub settles: String,
    /// The words that raise it.
    pub places: Vec<Place>,
}

/// On how many independent origins something rests.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Origins {
    /// With every doubt applied; at least 1.
    pub least: u32,
    /// With no doubt applied: the number of roots.
    pub most: u32,
    /// How many roots rest on unnamed people only; they may be the same people.
    pub n_unnamed: u32,
    /// The roots, sure ones first.
    pub roots: Vec<Root>,
    /// The doubts.
    pub doubts: Vec<Doubt>,
    /// No stating page shows a source: nobody says how they know.
    pub unsourced: bool,
}
