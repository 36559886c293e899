//! Stemma: who has it from whom, drawn as the descent of witnesses.
//!
//! A witness is an article in its role of carrying a story. An **extant** witness is in the
//! collection; a **lost** one is cited or credited but not here; an **inferred** one is cited by
//! nobody, but two extant witnesses each have what the other lacks, so neither is the source.

use crate::article::ArticleIx;
use crate::reuse::Reason;
use crate::source::SourceIx;

/// Index into [`Stemma::witnesses`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct WitnessIx(pub u32);

impl WitnessIx {
    /// As an index.
    pub fn ix(self) -> usize {
        self.0 as usize
    }
}

/// What a witness is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Carrier {
    /// An article of the collection.
    Extant(ArticleIx),
    /// A source that is cited or credited and whose words are not here.
    Lost(SourceIx),
    /// A common parent that variants demand.
    Inferred,
}

/// An article, or a lost report, in its role of carrying a story.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Witness {
    /// A, B, C … for extant witnesses in the order of articles, α, β, γ … for the others.
    pub siglum: String,
    /// What it is.
    pub carrier: Carrier,
}

/// How a child has it from its parent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Tie {
    /// The same text.
    Copy,
    /// A later or earlier state of one text.
    Version,
    /// Part of the text.
    Excerpt,
    /// The text in other words.
    Rewrite,
    /// A credit line says the text came out there first.
    Republishes,
    /// A credit line names who delivered it.
    Credits,
    /// The prose cites it.
    Cites,
}

/// Child from parent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Derivation {
    /// Who has it.
    pub child: WitnessIx,
    /// From whom.
    pub parent: WitnessIx,
    /// How.
    pub tie: Tie,
    /// The words that show it, at least one reason with a place.
    pub reasons: Vec<Reason>,
    /// Why it is not certain: a lower-case fragment; none if it is certain.
    pub doubt: Option<String>,
}

/// The acyclic graph of all derivations of a story.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stemma {
    /// Extant witnesses in the order of articles, then the lost in the order of first mention.
    pub witnesses: Vec<Witness>,
    /// By child, then parent, then tie; one for each such triple.
    pub derivations: Vec<Derivation>,
    /// Rings of citations that were broken, each as its witnesses in order: circular reporting.
    pub circles: Vec<Vec<WitnessIx>>,
}
