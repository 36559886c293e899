//! Room: where the links of one text are worked out, used again for the next.

use super::link::{self, Index, Link};
use super::posting::{Seed, worth};

/// The seeds of one text, and what becomes of them.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// Places of other texts that the text's seeds lead to, seed after seed.
    places: Vec<u32>,
    /// First word of the text.
    first: u32,
    link: link::Room,
    links: Vec<Link>,
}

impl Room {
    /// Starts over with the text whose words start at `first`.
    pub(super) fn start(&mut self, first: u32) {
        self.first = first;
        self.places.clear();
        self.link.seeds.clear();
    }

    /// Adds a seed of the text, in order of place: the places of others that are compared, in order,
    /// the first of very many apart, and its own. So many carry the fingerprint in all.
    pub(super) fn seed(
        &mut self,
        first: Option<u32>,
        others: impl Iterator<Item = u32>,
        place: u32,
        n_places: usize,
    ) {
        let start = self.places.len() as u32;
        self.places.extend(first);
        let near = self.places.len() as u32;
        self.places.extend(others);
        let at = self.places.len() as u32;
        let seed = Seed { at, near, first: start, worth: worth(n_places) };
        self.link.seeds.push((place - self.first, seed));
    }

    /// Works out the links of text `right` from its seeds.
    pub(super) fn link(&mut self, index: &Index, right: u32) -> &[Link] {
        self.links.clear();
        index.link(right, &self.places, &mut self.link);
        index.choose(right, &mut self.link, &mut self.links);
        &self.links
    }

    /// The links that were worked out last.
    pub(super) fn links(&self) -> &[Link] {
        &self.links
    }
}
