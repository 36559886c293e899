//! Utterance: one thing somebody said, in all the versions in which reports quote it.

use headwater_page::Place;

use crate::article::ArticleIx;
use crate::source::SourceIx;

/// How a version differs from the fullest one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Change {
    /// The same words.
    Same,
    /// Other quotation marks, dashes, case.
    Typography,
    /// Another spelling ("organisations").
    Spelling,
    /// Shorter at an end.
    Trimmed,
    /// Longer at an end.
    Extended,
    /// Other words: another translation, a slip, a paraphrase.
    Reworded,
    /// A few words only.
    Fragment,
}

/// The utterance as one article has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Version {
    /// The article.
    pub article: ArticleIx,
    /// Index of the quote in its marks.
    pub quote: u32,
    /// The words, without the outer quotation marks.
    pub place: Place,
    /// Against the utterance's first version.
    pub change: Change,
}

/// One thing somebody said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Utterance {
    /// Who said it, if any version tells.
    pub speaker: Option<SourceIx>,
    /// All versions: the fullest first, then in the order of articles.
    pub versions: Vec<Version>,
}
