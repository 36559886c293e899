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

use rustc_hash::{FxHashMap, FxHashSet};

use super::holder::{Holders, Room};
use super::point::{self, Point, shared};
use crate::par;

/// Terms, by hash, with their weights.
pub(super) type Terms = Vec<(u64, u32)>;

/// Terms that statements of several texts hold together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Core {
    /// By hash.
    pub(super) terms: Terms,
    /// The statements that hold it, as indices of the points, in order.
    pub(super) members: Vec<usize>,
}

/// Least weight of a core: below it, words meet by chance.
///
/// This and the constants below were swept one by one on 59 labelled claims of seven stories.
const LEAST: u32 = 400;
/// Least weight of what a core has besides names: a place and a person are a topic.
const LEAST_DEEDS: u32 = 150;
/// Share of both statements, per mille, that they have in common if they say the same whatever it
/// weighs; and the least that it weighs: "He agreed." says nothing by itself.
const WHOLE: u32 = 850;
const LIGHTEST: u32 = 250;
/// The same for what holds an exact amount, of which two terms are enough: two reports that have
/// "284.46" of anything have it of one thing.
const LEAST_EXACT: u32 = 300;
/// Fewest terms of a core: two are a topic.
const LEAST_TERMS: usize = 3;
/// What a core weighs at most: beyond it, more words say nothing more of which fact it is, and a
/// core that more texts hold is better.
const MOST: u32 = 900;
/// Share of a core's weight that a statement must hold to make the claim, per mille. At 750 one claim
/// more is found, and the ranges are wrong more often (exact .52 for .58, `most` within one .88 for
/// .91): what holds less is another point. 800 to 830 differ by one claim.
const HELD: u32 = 820;
/// Least gain of a core that is laid over others. At 420 one claim less is found.
const LEAST_GAIN: u32 = 350;
/// What a core that is next to nothing of a statement gains from it, per mille of what one gains that
/// is all of it. At 1000 one claim more is found and precision falls (.87 for .89): words in passing
/// ("designated as …") make claims of their own before what the sentences say.
const ASIDE: u32 = 300;
/// How many partners of a statement are tried, the nearest first.
const N_PARTNERS: usize = 24;
/// Through a term that more statements hold, each of them meets this many, the same for all.
const N_MEET: usize = 128;

/// The cores of a story, the weightiest first. Cost: the statements times the terms of each and
/// [`N_MEET`].
pub(super) fn cores(points: &[Point], holders: &Holders) -> Vec<Core> {
    let candidates = candidates(points, holders);
    let mut covered = points.iter().map(|_| FxHashSet::default()).collect::<Vec<_>>();
    let laid_out = par::map_in(
        &candidates,
        || Room::new(points),
        |room, terms| {
            let weight = terms.iter().map(|term| term.1).sum::<u32>();
            let floor = if holders.is_exact(terms) { LEAST_EXACT } else { LEAST };
            let least = (weight * HELD).div_ceil(1000).max(floor.min(weight));
            let members = holders.holding(room, terms, least).into_iter().map(|it| it.0).collect();
            (gain(points, (terms, &members), &covered), members)
        },
    );
    let laid_out = candidates.into_iter().zip(laid_out);
    let gaining = laid_out.filter_map(|(terms, (gain, members))| {
        Some(Tile { gain: gain?, terms: Reverse(terms), members, after: 0 })
    });
    let mut queue = gaining.collect::<BinaryHeap<_>>();
    let mut laid = Vec::<Core>::new();
    // Behind how many cores something of a statement was last covered.
    let mut changed = vec![0; points.len()];
    while let Some(mut tile) = queue.pop() {
        let Tile { gain: before, terms: Reverse(terms), members, after } = &mut tile;
        if members.iter().any(|&member| changed[member] > *after) {
            let Some(gain) = gain(points, (terms, members), &covered) else { continue };
            *after = laid.len();
            if gain < *before {
                *before = gain;
                queue.push(tile);
                continue;
            }
        }
        for &member in &*members {
            covered[member].extend(terms.iter().map(|term| term.0));
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
    terms: Reverse<Terms>,
    members: Vec<usize>,
    /// How many cores were laid when its gain was found.
    after: usize,
}

/// What statements of two texts share, where it is enough; each once, in order.
fn candidates(points: &[Point], holders: &Holders) -> Vec<Terms> {
    let spreads = points.iter().map(|point| spread(&point.terms)).collect::<Vec<_>>();
    let meeting = meeting(&spreads, holders);
    let all = (0..points.len()).collect::<Vec<_>>();
    let found = par::map_in(
        &all,
        || Room::new(points),
        |room, &ix| {
            for (hash, weight) in &points[ix].terms {
                let at = meeting.get(hash).map_or_else(|| holders.of(*hash), Vec::as_slice);
                room.meet(at, *weight);
            }
            let mut met = room.taken(LIGHTEST.min(LEAST_EXACT));
            met.retain(|(other, _)| points[*other].text != points[ix].text);
            let own = points[ix].weight;
            let enough = |other: usize, weight: u32| {
                let whole = weight * 1000 >= own.max(points[other].weight) * WHOLE;
                weight >= LEAST || whole && weight >= LIGHTEST
            };
            let exact = !points[ix].exact.is_empty();
            let mut met = met
                .into_iter()
                .filter(|&(other, weight)| enough(other, weight) || exact && weight >= LEAST_EXACT)
                .map(|(other, weight)| (Reverse(weight), spreads[other], other))
                .collect::<Vec<_>>();
            // By what they say, so that copies are one partner.
            met.sort_unstable();
            met.dedup_by_key(|it| it.1);
            let met = met.into_iter().take(N_PARTNERS);
            let is_fact = |(Reverse(weight), _, other): (Reverse<u32>, u64, usize)| {
                let both = shared(&points[ix].terms, &points[other].terms);
                let enough = enough(other, weight)
                    && (both.len() >= LEAST_TERMS || both.iter().any(point::is_silence));
                let exact = both.len() > 1 && holders.is_exact(&both);
                let told = holders.deeds(&both) >= LEAST_DEEDS;
                (told && enough || exact).then_some(both)
            };
            met.filter_map(is_fact).collect::<Vec<_>>()
        },
    );
    let mut found = found.into_iter().flatten().collect::<Vec<_>>();
    found.sort_unstable();
    found.dedup();
    found
}

/// For terms of too many statements, those through which statements meet: chosen by what they say.
fn meeting(spreads: &[u64], holders: &Holders) -> FxHashMap<u64, Vec<u32>> {
    let chosen = holders.common(N_MEET).map(|(hash, at)| {
        let mut at = at.to_vec();
        at.sort_unstable_by_key(|&ix| (spreads[ix as usize], ix));
        at.truncate(N_MEET);
        (hash, at)
    });
    chosen.collect()
}

/// A number that follows from the terms and from nothing else.
fn spread(terms: &Terms) -> u64 {
    terms
        .iter()
        .fold(0, |sum, term| sum ^ term.0.rotate_left(17).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// What the core says that no core before it says, one statement a text, without the text that says
/// most: what one text says alone is no agreement. A statement counts by how much of it the core is:
/// what sentences mainly say is laid before what they say besides. None if it is too little.
fn gain(
    points: &[Point],
    (terms, members): (&Terms, &Vec<usize>),
    covered: &[FxHashSet<u64>],
) -> Option<u32> {
    let mut by_text = FxHashMap::<usize, (u32, u32)>::default();
    for &member in members {
        let point = &points[member];
        let (mut all, mut new) = (0, 0);
        for (hash, weight) in point::both(terms, &point.terms) {
            all += weight;
            new += if covered[member].contains(&hash) { 0 } else { weight };
        }
        let new = new.min(MOST);
        let share = ASIDE + (1000 - ASIDE) * all / point.weight.max(1);
        let most = by_text.entry(point.text).or_default();
        *most = (new * share / 1000, new).max(*most);
    }
    let without_most = |of: fn(&(u32, u32)) -> u32| {
        by_text.values().map(of).sum::<u32>() - by_text.values().map(of).max().unwrap_or(0)
    };
    let weight = terms.iter().map(|term| term.1).sum::<u32>();
    let least = LEAST_GAIN.min(weight * WHOLE / 1000);
    (without_most(|it| it.1) >= least).then(|| without_most(|it| it.0))
}
