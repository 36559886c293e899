//! Room: where one text's links are worked out, used again for the next.

use headwater_page::Span;

use super::extent::Extents;
use crate::reuse::link::{Index, Link, Notes};
use crate::reuse::posting::Postings;
use crate::reuse::shard::Words;
use crate::reuse::stretch::Stretch;
use crate::reuse::trigram::Trigrams;

/// What one text at a time needs. Nothing in it outlasts a text.
#[derive(Debug, Default)]
pub(super) struct Room {
    pub(super) words: Words,
    pub(super) extents: Extents,
    pub(super) shingles: Vec<u64>,
    /// Part, hash and place of the fingerprints that others have too.
    pub(super) shared: Vec<(usize, u32, u32)>,
    pub(super) postings: Postings,
    pub(super) notes: Notes,
    pub(super) found: Vec<(u32, Stretch)>,
    pub(super) trigrams: Trigrams,
    /// The links of the text.
    pub(super) links: Vec<Link>,
    pub(super) own_spans: Vec<Span>,
    pub(super) other_spans: Vec<Span>,
}

impl Room {
    /// Room for a text among so many.
    pub(super) fn new(n_texts: usize) -> Self {
        Self { notes: Notes::new(n_texts), ..Self::default() }
    }

    /// Works out the links of text `right` from its postings.
    pub(super) fn link(&mut self, index: &Index, right: u32) {
        self.links.clear();
        index.link(&self.postings, right, &mut self.notes, &mut self.found);
        index.choose(right, &mut self.found, &mut self.trigrams, &mut self.links);
    }
}
