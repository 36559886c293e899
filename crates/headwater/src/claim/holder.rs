//! Holder: which statements of a story hold a term, and which hold much of several.

use rustc_hash::{FxHashMap, FxHashSet};

use super::core::Terms;
use super::point::Point;

/// Which statements hold a term, as indices of the points, in order.
pub(super) struct Holders {
    of: FxHashMap<u64, Vec<u32>>,
    /// The terms that are exact amounts.
    exact: FxHashSet<u64>,
    /// The terms that are names.
    names: FxHashSet<u64>,
}

/// Room to add up in, one number a statement; nothing is left in it.
#[derive(Default)]
pub(super) struct Room {
    /// What a statement holds so far, and one more; 0 if it was not met.
    held: Vec<u32>,
    met: Vec<u32>,
}

impl Holders {
    /// Of all statements of a story.
    pub(super) fn new(points: &[Point]) -> Self {
        Self::among(points, &(0..points.len()).collect::<Vec<_>>())
    }

    /// Of those at `indices`, in order.
    pub(super) fn among(points: &[Point], indices: &[usize]) -> Self {
        let mut of = FxHashMap::<u64, Vec<u32>>::default();
        let (mut exact, mut names) = (FxHashSet::default(), FxHashSet::default());
        for &ix in indices {
            for (hash, _) in &points[ix].terms {
                of.entry(*hash).or_default().push(ix as u32);
            }
            exact.extend(&points[ix].exact);
            names.extend(&points[ix].names);
        }
        Self { of, exact, names }
    }

    /// The weight of those of `terms` that are no names in this story.
    pub(super) fn deeds(&self, terms: &Terms) -> u32 {
        terms.iter().filter(|term| !self.names.contains(&term.0)).map(|term| term.1).sum()
    }

    /// Whether an exact amount is among `terms`.
    pub(super) fn is_exact(&self, terms: &Terms) -> bool {
        terms.iter().any(|term| self.exact.contains(&term.0))
    }

    pub(super) fn of(&self, term: u64) -> &[u32] {
        self.of.get(&term).map_or(&[], Vec::as_slice)
    }

    /// The terms that more than `n` statements hold, with these, in no order.
    pub(super) fn common(&self, n: usize) -> impl Iterator<Item = (u64, &[u32])> {
        let common = self.of.iter().filter(move |(_, at)| at.len() > n);
        common.map(|(&hash, at)| (hash, at.as_slice()))
    }

    /// The statements that hold at least `least` of the weight of `terms` (by hash), in order, each with
    /// what it holds.
    ///
    /// Who has none of the rarest terms has too little, so that only their holders are looked at: a step
    /// for each. A term weighs the same in all statements of a story.
    pub(super) fn holding(&self, room: &mut Room, terms: &Terms, least: u32) -> Vec<(usize, u32)> {
        let mut rare = terms.iter().map(|&(hash, weight)| (self.of(hash), hash, weight));
        let mut rare = rare.by_ref().collect::<Vec<_>>();
        rare.sort_unstable_by_key(|&(at, hash, weight)| (at.len(), hash, weight));
        let mut rest = terms.iter().map(|term| term.1).sum::<u32>();
        for (at, _, weight) in rare {
            if rest >= least {
                room.meet(at, weight);
            } else {
                room.add(at, weight);
            }
            rest -= weight;
        }
        room.taken(least)
    }
}

impl Room {
    /// Room for the statements of a story.
    pub(super) fn new(points: &[Point]) -> Self {
        Self { held: vec![0; points.len()], met: Vec::new() }
    }

    /// Adds `weight` to the statements at `at`.
    pub(super) fn meet(&mut self, at: &[u32], weight: u32) {
        for &ix in at {
            let held = &mut self.held[ix as usize];
            if *held == 0 {
                *held = 1;
                self.met.push(ix);
            }
            *held += weight;
        }
    }

    /// Adds `weight` to those at `at` that were met. Cost: the fewer of the two.
    fn add(&mut self, at: &[u32], weight: u32) {
        if at.len() <= self.met.len() * SEARCH {
            for &ix in at {
                let held = &mut self.held[ix as usize];
                *held += if *held == 0 { 0 } else { weight };
            }
            return;
        }
        for ix in &self.met {
            if at.binary_search(ix).is_ok() {
                self.held[*ix as usize] += weight;
            }
        }
    }

    /// Those that hold `least`, in order; the room is empty behind it.
    pub(super) fn taken(&mut self, least: u32) -> Vec<(usize, u32)> {
        let mut found = Vec::new();
        for ix in self.met.drain(..) {
            let held = std::mem::take(&mut self.held[ix as usize]) - 1;
            if held >= least {
                found.push((ix as usize, held));
            }
        }
        found.sort_unstable();
        found
    }
}

/// Steps along a list that cost as much as one search in it.
const SEARCH: usize = 8;
