//! The engine: from pages to a [`Dossier`].
//!
//! Bytes become pages (that is [`headwater_page`]), pages become articles, articles become marks,
//! marks and shared passages become stories, and a story ends in two numbers and the words that
//! justify them. Every stage is a pure function from values to values; nothing here opens a file,
//! asks the time or serializes.
//!
//! The modules below stand in reading order: each uses only those above it, and a test sees to it.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod par;
pub mod sets;
// words
pub mod fold;
pub mod lexicon;
pub mod term;
pub mod sentence;
// segment: page → articles and furniture
pub mod date;
pub mod article;
pub mod furniture;
// annotate: article → marks
pub mod name;
pub mod figure;
pub mod quote;
pub mod citation;
pub mod statement;
pub mod marks;
// match: articles → reuse
pub mod reuse;
// the whole collection
pub mod source;
pub mod evidence;
pub mod cluster;
// one story
pub mod utterance;
pub mod newsroom;
pub mod stemma;
pub mod origin;
mod wording;
pub mod difference;
pub mod claim;
pub mod timeline;
pub mod story;
// all of it
pub mod dossier;
pub mod collection;
pub mod ask;
mod check;

pub use headwater_page::{Page, PageIx, Place, Span};

pub use article::{Article, ArticleIx};
pub use collection::Collection;
pub use dossier::{Dossier, segmented, trace};
pub use lexicon::Lexicon;
pub use story::Story;
