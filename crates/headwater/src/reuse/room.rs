//! Room: where the links of one text are worked out, used again for the next.

use super::link::{Index, Link, Notes};
use super::posting::Postings;
use super::stretch::Stretch;
use super::trigram::Trigrams;

/// The seeds of one text, and what becomes of them.
#[derive(Debug, Default)]
pub(super) struct Room {
    postings: Postings,
    notes: Notes,
    found: Vec<(u32, Stretch)>,
    trigrams: Trigrams,
    /// The links of the text.
    pub(super) links: Vec<Link>,
}

impl Room {
    /// Room for a text among so many.
    pub(super) fn new(n_texts: usize) -> Self {
        Self { notes: Notes::new(n_texts), ..Self::default() }
    }

    /// Makes room for one text more.
    pub(super) fn add_text(&mut self) {
        self.notes.add();
    }

    /// Starts over with text `right`.
    pub(super) fn start(&mut self, right: u32) {
        self.postings.start(right as usize);
    }

    /// Adds a seed of the text, in order of place: its place, and the places that are compared. So
    /// many carry the fingerprint in all.
    pub(super) fn seed(&mut self, before: impl Iterator<Item = u32>, place: u32, n_places: usize) {
        self.postings.add(before, place, n_places);
    }

    /// Works out the links of text `right` from its seeds.
    pub(super) fn link(&mut self, index: &Index, right: u32) -> &[Link] {
        self.links.clear();
        index.link(&self.postings, right, &mut self.notes, &mut self.found);
        index.choose(right, &mut self.found, &mut self.trigrams, &mut self.links);
        &self.links
    }
}
