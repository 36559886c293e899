//! Claim: one fact, in all the statements that make it.

use headwater_page::Place;

use crate::article::ArticleIx;
use crate::citation::CitationIx;
use crate::origin::Origins;
use crate::source::SourceIx;

/// What a statement does to its claim.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Stance {
    /// Says so.
    Affirms,
    /// Says it is not so.
    Denies,
    /// Says something else about the same point.
    Differs,
}

/// A claim as one article has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stating {
    /// The article.
    pub article: ArticleIx,
    /// Index of the statement in its marks.
    pub statement: u32,
    /// The words.
    pub place: Place,
    /// What it does to the claim.
    pub stance: Stance,
    /// Whom the article credits for it, in order; empty if it says so in its own voice.
    pub attributed: Vec<SourceIx>,
    /// The citations that credit them, in order.
    pub chain: Vec<CitationIx>,
}

/// What two statements of one claim disagree on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DifferenceKind {
    /// Another amount.
    Number,
    /// Another day.
    Date,
    /// One denies what the other affirms.
    Polarity,
    /// Somebody else did it or had it done to them.
    Actor,
    /// Further along: could, plans, ordered, did.
    Modality,
    /// Somewhere else.
    Place,
    /// Another list of things.
    Set,
}

/// One difference between two statements of a claim.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// What differs.
    pub kind: DifferenceKind,
    /// The words on one side.
    pub left: Place,
    /// The words on the other.
    pub right: Place,
    /// Whether both cannot hold: intervals or amounts that exclude each other, opposite polarity.
    pub excludes: bool,
}

/// One fact, in all its statements.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// The statement that stands for it: the one closest to all others.
    pub text: Place,
    /// Who states it, in the order of articles.
    pub statements: Vec<Stating>,
    /// Where they differ.
    pub differences: Vec<Difference>,
    /// On how many origins it rests.
    pub origins: Origins,
}
