//! Reuse: two passages of which one comes from the other, or both from a third.
//!
//! Words inside quotation marks that several reports carry are an utterance, not a copy; words
//! outside of them that two reports share are reuse.

use headwater_page::{Page, Place};

use crate::article::{Article, ArticleIx};
use crate::lexicon::Lexicon;
use crate::marks::Marks;

/// What shared words are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ReuseKind {
    /// The same text, page furniture and house style aside.
    Copy,
    /// Two states of one outlet's or agency's article.
    Version,
    /// One holds a contiguous or large part of the other's text.
    Excerpt,
    /// One re-words the other, in its order or with its turns.
    Rewrite,
    /// A speaker's or a public document's words; no derivation.
    Quote,
}

/// Which side is the source.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Direction {
    /// The left article's words come from the right one's.
    LeftFromRight,
    /// The right article's words come from the left one's.
    RightFromLeft,
    /// The words do not show it.
    Undirected,
}

/// A change from the left words to the right ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Edit {
    /// Left words; empty where the right side adds.
    pub was: Place,
    /// Right words; empty where the left side has more.
    pub is: Place,
}

/// Why a direction is stated, or a kind was chosen: a short lower-case fragment and its words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reason {
    /// "credits the other's outlet", "printed a day later", "lacks the last paragraph".
    pub why: String,
    /// The words that show it.
    pub places: Vec<Place>,
}

/// One stretch of words that two articles share.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Passage {
    /// In the left article.
    pub left: Place,
    /// In the right article.
    pub right: Place,
    /// Changes from left to right, in order. For every kind but [`ReuseKind::Rewrite`], applying
    /// them to the left bytes gives the right bytes.
    pub edits: Vec<Edit>,
}

/// All that two articles share. Exists once a pair and kind, `left_article < right_article`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reuse {
    /// The article that comes first in the collection.
    pub left_article: ArticleIx,
    /// The other.
    pub right_article: ArticleIx,
    /// What it is.
    pub kind: ReuseKind,
    /// The shared passages, in order of the left article; at least one.
    pub passages: Vec<Passage>,
    /// Which side is the source.
    pub direction: Direction,
    /// Reasons for the direction, or for calling it undirected.
    pub reasons: Vec<Reason>,
    /// Share of the left body that is shared, per mille.
    pub share_left: u16,
    /// Share of the right body that is shared, per mille.
    pub share_right: u16,
}

impl Reuse {
    /// Whether one text derives from the other or both from a third; a shared quote is no such tie.
    pub fn derives(&self) -> bool {
        self.kind != ReuseKind::Quote
    }
}

/// Every reuse between two articles of the collection, ordered by left, right, kind. `marks` stand
/// beside `articles`; teasers take no part. Words that one site repeats on its own pages are
/// furniture and are no reuse. Cost: linear in the text for a bounded number of copies of each
/// passage. After: winnowing (Schleimer et al. 2003); passim (Smith et al. 2014).
pub fn reuses(
    pages: &[Page],
    articles: &[Article],
    marks: &[Marks],
    lexicon: &Lexicon,
) -> Vec<Reuse> {
    let _ = (pages, articles, marks, lexicon);
    Vec::new()
}
