//! Room: where one text's links are worked out, used again for the next.

use headwater_page::Span;

use super::extent::Extents;
use crate::reuse::link::{self, Index, Link};
use crate::reuse::posting::{Seed, worth};
use crate::reuse::shard::Words;

/// What one text at a time needs. Nothing in it outlasts a text.
#[derive(Debug, Default)]
pub(super) struct Room {
    pub(super) words: Words,
    pub(super) extents: Extents,
    pub(super) shingles: Vec<u64>,
    /// Part, hash and place of the fingerprints that others have too.
    pub(super) shared: Vec<(usize, u32, u32)>,
    /// Places of other texts that the text's seeds lead to, seed after seed.
    places: Vec<u32>,
    link: link::Room,
    /// The links of the text.
    pub(super) links: Vec<Link>,
    pub(super) own_spans: Vec<Span>,
    pub(super) other_spans: Vec<Span>,
}

impl Room {
    /// Forgets the seeds of the last text.
    pub(super) fn start(&mut self) {
        self.places.clear();
        self.link.seeds.clear();
    }

    /// Adds a seed of the text: its word, and the places of others, in order, that are compared:
    /// the first of very many apart. `n_places` carry the fingerprint in all.
    pub(super) fn add(
        &mut self,
        word: u32,
        first: Option<u32>,
        others: impl Iterator<Item = u32>,
        n_places: usize,
    ) {
        let start = self.places.len() as u32;
        self.places.extend(first);
        let near = self.places.len() as u32;
        self.places.extend(others);
        let at = self.places.len() as u32;
        self.link.seeds.push((word, Seed { at, near, first: start, worth: worth(n_places) }));
    }

    /// Works out the links of text `right` from its seeds.
    pub(super) fn link(&mut self, index: &Index, right: u32) {
        self.links.clear();
        index.link(right, &self.places, &mut self.link);
        index.choose(right, &mut self.link, &mut self.links);
    }
}
