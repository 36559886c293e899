//! Holder: which statements of a story hold a term, and which hold much of several.

use super::point::Points;
use super::term::{TermIx, Terms};

/// Which statements hold a term, as indices of the points.
pub(super) struct Holders<'a> {
    known: &'a Terms,
    /// The terms that they hold, in order.
    terms: Vec<TermIx>,
    /// Where the holders of each begin in `all`, and where those of the last end.
    starts: Vec<u32>,
    /// The holders of one term in order, one term behind the other.
    all: Vec<u32>,
}

/// Room to add up in, one number a statement; nothing is left in it.
#[derive(Default)]
pub(super) struct Room {
    /// What a statement holds so far, and one more; 0 if it was not met.
    held: Vec<u32>,
    met: Vec<u32>,
}

impl<'a> Holders<'a> {
    /// Of the statements at `indices`.
    pub(super) fn new(points: &'a Points, indices: impl IntoIterator<Item = usize>) -> Self {
        let pairs = |ix: usize| points[ix].terms.iter().map(move |&term| (term, ix as u32));
        let mut pairs = indices.into_iter().flat_map(pairs).collect::<Vec<_>>();
        pairs.sort_unstable();
        let (mut terms, mut starts) = (Vec::new(), Vec::new());
        for (at, (term, _)) in pairs.iter().enumerate() {
            if terms.last() != Some(term) {
                terms.push(*term);
                starts.push(at as u32);
            }
        }
        starts.push(pairs.len() as u32);
        let all = pairs.into_iter().map(|(_, ix)| ix).collect();
        Self { known: &points.terms, terms, starts, all }
    }

    pub(super) fn of(&self, term: TermIx) -> &[u32] {
        // Of all statements each term stands at its own number.
        let own = (self.terms.get(term.ix()) == Some(&term)).then_some(term.ix());
        let at = own.or_else(|| self.terms.binary_search(&term).ok());
        at.map_or(&[], |at| &self.all[self.starts[at] as usize..self.starts[at + 1] as usize])
    }

    /// The terms that more than `n` statements hold, with these, in order.
    pub(super) fn common(&self, n: usize) -> impl Iterator<Item = (TermIx, &[u32])> {
        let all = self.terms.iter().map(|&term| (term, self.of(term)));
        all.filter(move |(_, at)| at.len() > n)
    }

    /// The statements that hold at least `least` of the weight of `terms`, each with what it holds, in no
    /// order.
    pub(super) fn holding(
        &self,
        room: &mut Room,
        terms: &[TermIx],
        least: u32,
    ) -> Vec<(usize, u32)> {
        let lists = terms.iter().map(|&term| (self.of(term), self.known.get(term).weight));
        room.holding(lists.collect(), least)
    }
}

impl Room {
    /// Room for the statements of a story.
    pub(super) fn new(points: &Points) -> Self {
        Self { held: vec![0; points.len()], met: Vec::new() }
    }

    /// Those that stand in `lists` (each in order, with its weight) of at least `least` together, each
    /// with what its lists weigh, in no order.
    ///
    /// Who stands in none of the shortest has too little, so that only these are gone through: a step
    /// for each that stands there.
    pub(super) fn holding(
        &mut self,
        mut lists: Vec<(&[u32], u32)>,
        least: u32,
    ) -> Vec<(usize, u32)> {
        lists.sort_unstable_by_key(|&(at, weight)| (at.len(), weight));
        let mut rest = lists.iter().map(|list| list.1).sum::<u32>();
        for (at, weight) in lists {
            if rest >= least {
                self.meet(at, weight);
            } else {
                self.add(at, weight);
            }
            rest -= weight;
        }
        self.taken(least)
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

    /// Those that hold `least`, in no order; the room is empty behind it.
    pub(super) fn taken(&mut self, least: u32) -> Vec<(usize, u32)> {
        let mut found = Vec::new();
        for ix in self.met.drain(..) {
            let held = std::mem::take(&mut self.held[ix as usize]) - 1;
            if held >= least {
                found.push((ix as usize, held));
            }
        }
        found
    }
}

/// Steps along a list that cost as much as one search in it.
const SEARCH: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_stands_in_lists_of_enough_weight_is_found_and_the_room_is_empty_behind_it() {
        let mut room = Room { held: vec![0; 5], met: Vec::new() };
        let found = |room: &mut Room, least| {
            let lists = vec![(&[0, 1, 2, 3][..], 3), (&[1, 3], 4), (&[3, 4], 5)];
            let mut found = room.holding(lists, least);
            found.sort_unstable();
            found
        };
        assert_eq!(found(&mut room, 5), [(1, 7), (3, 12), (4, 5)]);
        assert_eq!(found(&mut room, 8), [(3, 12)]);
        assert_eq!(found(&mut room, 13), []);
        assert_eq!(room.held, [0; 5]);
    }
}
