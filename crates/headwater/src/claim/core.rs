//! Core: the words of one fact, which statements of several texts hold together.
//!
//! A sentence makes several claims, and two reporters make one claim in sentences that share only
//! the words that matter. So a claim is not a cluster of sentences. It is a set of terms with all
//! statements that hold it: a tile of the table of statements by terms. Tiles are laid greedily, the
//! weightiest first, and no term of a statement counts twice.
//!
//! After: Geerts, Goethals and Mielikäinen, "Tiling Databases" (2004).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use super::gain::{ByText, Table, WHOLE};
use super::holder::{Holders, Room};
use super::point::Points;
use super::term::{Kind, TermIx, both};
use crate::par;

/// Terms that statements of several texts hold together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Core {
    pub(super) terms: Vec<TermIx>,
    /// The statements that hold it, as indices of the points, in order.
    pub(super) members: Vec<usize>,
}

/// Least weight of a core: below it, words meet by chance.
///
/// This and the constants below were swept one by one on 59 labelled claims of seven stories.
const LEAST: u32 = 400;
/// Least weight of what a core has besides names: a place and a person are a topic.
const LEAST_DEEDS: u32 = 150;
/// Least weight of what is all that two statements say ([`WHOLE`]): "He agreed." says nothing by itself.
const LIGHTEST: u32 = 250;
/// The same for what holds an exact amount, of which two terms are enough: two reports that have
/// "284.46" of anything have it of one thing.
const LEAST_EXACT: u32 = 300;
/// Fewest terms of a core: two are a topic.
const LEAST_TERMS: usize = 3;
/// Share of a core's weight that a statement must hold to make the claim, per mille. At 750 one claim
/// more is found, and the ranges are wrong more often (exact .52 for .58, `most` within one .88 for
/// .91): what holds less is another point. 800 to 830 differ by one claim.
const HELD: u32 = 820;
/// How many partners of a statement are tried, the nearest first.
const N_PARTNERS: usize = 24;
/// Through a term that more statements hold, each of them meets this many, the same for all.
const N_MEET: usize = 128;

/// The cores of a story, the weightiest first. Cost: the statements times the terms of each and
/// [`N_MEET`].
pub(super) fn cores(points: &Points, holders: &Holders) -> Vec<Core> {
    let candidates = candidates(points, holders);
    let mut table = Table::new(points);
    let laid_out = par::map_in(
        &candidates,
        || (Room::new(points), ByText::new(points)),
        |(room, by_text), terms| {
            let weight = points.terms.weight(terms.iter().copied());
            let floor = if points.terms.is_exact(terms) { LEAST_EXACT } else { LEAST };
            let least = (weight * HELD).div_ceil(1000).max(floor.min(weight));
            let members = holders.holding(room, terms, least).into_iter().map(|it| it.0);
            let mut members = members.collect::<Vec<_>>();
            members.sort_unstable();
            (table.gain(by_text, terms, &members), members)
        },
    );
    let laid_out = candidates.into_iter().zip(laid_out);
    let gaining = laid_out.filter_map(|(terms, (gain, members))| {
        Some(Tile { gain: gain?, terms: Reverse(terms), members, after: 0 })
    });
    let mut queue = gaining.collect::<BinaryHeap<_>>();
    let mut laid = Vec::<Core>::new();
    let mut by_text = ByText::new(points);
    // Behind how many cores something of a statement was last covered.
    let mut changed = vec![0; points.len()];
    while let Some(mut tile) = queue.pop() {
        let Tile { gain: before, terms: Reverse(terms), members, after } = &mut tile;
        if members.iter().any(|&member| changed[member] > *after) {
            let Some(gain) = table.gain(&mut by_text, terms, members) else { continue };
            *after = laid.len();
            if gain < *before {
                *before = gain;
                queue.push(tile);
                continue;
            }
        }
        for &member in &*members {
            table.cover(member, terms);
            changed[member] = laid.len() + 1;
        }
        laid.push(Core { terms: std::mem::take(terms), members: std::mem::take(members) });
    }
    laid
}

/// A core that may be laid: the one that gains most first, of equals the first by its terms.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Tile {
    gain: u32,
    terms: Reverse<Vec<TermIx>>,
    members: Vec<usize>,
    /// How many cores were laid when its gain was found.
    after: usize,
}

/// What statements of two texts share, where it is enough; each once, in order.
fn candidates(points: &Points, holders: &Holders) -> Vec<Vec<TermIx>> {
    let known = &points.terms;
    let spreads = points.all.iter().map(|point| spread(points, &point.terms)).collect::<Vec<_>>();
    let meeting = meeting(&spreads, holders);
    let all = (0..points.len()).collect::<Vec<_>>();
    let found = par::map_in(
        &all,
        || (Room::new(points), Facts::default()),
        |(room, facts), &ix| {
            let point = &points[ix];
            for &term in &point.terms {
                let at = meeting.get(&term).map_or_else(|| holders.of(term), Vec::as_slice);
                room.meet(at, known.get(term).weight);
            }
            let enough = |other: usize, weight: u32| {
                let whole = weight * 1000 >= point.weight.max(points[other].weight) * WHOLE;
                weight >= LEAST || whole && weight >= LIGHTEST
            };
            let exact = known.is_exact(&point.terms);
            let met = room.taken(LIGHTEST.min(LEAST_EXACT)).into_iter();
            let met = met.filter(|&(other, weight)| {
                points[other].text != point.text
                    && (enough(other, weight) || exact && weight >= LEAST_EXACT)
            });
            let met = met.map(|(other, weight)| (Reverse(weight), spreads[other], other));
            let mut met = met.collect::<Vec<_>>();
            // By what they say, so that copies are one partner.
            met.sort_unstable();
            met.dedup_by_key(|it| it.1);
            let met = met.into_iter().take(N_PARTNERS);
            facts.clear();
            for (Reverse(weight), _, other) in met {
                facts.push(both(&point.terms, &points[other].terms), |shared| {
                    let is_silence = |&term: &TermIx| known.get(term).kind == Kind::Silence;
                    let enough = enough(other, weight)
                        && (shared.len() >= LEAST_TERMS || shared.iter().any(is_silence));
                    let exact = shared.len() > 1 && known.is_exact(shared);
                    let told = known.deeds(shared.iter().copied()) >= LEAST_DEEDS;
                    told && enough || exact
                });
            }
            facts.clone()
        },
    );
    let mut found = found.iter().flat_map(Facts::iter).collect::<Vec<_>>();
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(<[_]>::to_vec).collect()
}

/// What one statement shares with others, one list of terms behind the other: most are shared by many,
/// and stay only once.
#[derive(Clone, Default)]
struct Facts {
    terms: Vec<TermIx>,
    ends: Vec<u32>,
}

impl Facts {
    fn clear(&mut self) {
        self.terms.clear();
        self.ends.clear();
    }

    /// Adds `shared` if it is one.
    fn push(
        &mut self,
        shared: impl Iterator<Item = TermIx>,
        is_fact: impl FnOnce(&[TermIx]) -> bool,
    ) {
        let start = self.terms.len();
        self.terms.extend(shared);
        if is_fact(&self.terms[start..]) {
            self.ends.push(self.terms.len() as u32);
        } else {
            self.terms.truncate(start);
        }
    }

    fn iter(&self) -> impl Iterator<Item = &[TermIx]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let cut = |(start, &end)| &self.terms[start as usize..end as usize];
        starts.zip(&self.ends).map(cut)
    }
}

/// For terms of too many statements, those through which statements meet: chosen by what they say.
fn meeting(spreads: &[u64], holders: &Holders) -> FxHashMap<TermIx, Vec<u32>> {
    let chosen = holders.common(N_MEET).map(|(term, at)| {
        let mut at = at.to_vec();
        at.sort_unstable_by_key(|&ix| (spreads[ix as usize], ix));
        at.truncate(N_MEET);
        (term, at)
    });
    chosen.collect()
}

/// A number that follows from the terms and from nothing else.
fn spread(points: &Points, terms: &[TermIx]) -> u64 {
    let hashes = terms.iter().map(|&term| points.terms.get(term).hash);
    hashes.fold(0, |sum, hash| sum ^ hash.rotate_left(17).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
