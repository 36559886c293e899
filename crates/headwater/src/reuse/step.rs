//! Step: what [`super::bare::shared`] does, one after the other, so that each can be timed.

use super::kin;
use super::link::{Grain, Index, Link};
use super::shard::{N_TEXTS, Shard};
use super::text::{self, Text};
use crate::par;

/// Texts as numbers, with their fingerprints.
#[derive(Debug)]
pub struct Prints {
    shards: Vec<Shard>,
    series: Vec<u32>,
}

/// Texts that can be looked up by what they share.
#[derive(Debug)]
pub struct Lists(Index);

/// Stretches of words that two texts share.
#[derive(Debug)]
pub struct Ties(pub(super) Vec<Link>);

impl Prints {
    /// Reads the texts and chooses their fingerprints.
    pub fn new(texts: &[Text]) -> Self {
        let shards = par::map(&texts.chunks(N_TEXTS).collect::<Vec<_>>(), |texts| {
            Shard::new(texts.len(), |ix, words| text::read(texts[ix].words, words, |_, _| {}))
        });
        Self { shards, series: texts.iter().map(|text| text.series).collect() }
    }

    /// Lists for each fingerprint the texts that carry it, without furniture.
    pub fn lists(self) -> Lists {
        Lists(Index::new(self.shards, self.series, Grain::Pages))
    }
}

impl Lists {
    /// Finds all stretches that two texts share.
    pub fn ties(&self) -> Ties {
        Ties(kin::links(&self.0))
    }
}

impl Ties {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
