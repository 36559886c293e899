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

/// Which statements hold a term, as indices of the points, in order.
pub(super) struct Holders {
    of: FxHashMap<u64, Vec<usize>>,
    /// The terms that are exact amounts.
    exact: FxHashSet<u64>,
    /// The terms that are names.
    names: FxHashSet<u64>,
}

impl Holders {
    pub(super) fn new(points: &[Point]) -> Self {
        let mut of = FxHashMap::<u64, Vec<usize>>::default();
        for (ix, point) in points.iter().enumerate() {
            for (hash, _) in &point.terms {
                of.entry(*hash).or_default().push(ix);
            }
        }
        let exact = points.iter().flat_map(|point| &point.exact).copied().collect();
        let names = points.iter().flat_map(|point| &point.names).copied().collect();
        Self { of, exact, names }
    }

    /// Whether the term is a name in this story.
    pub(super) fn is_name(&self, term: u64) -> bool {
        self.names.contains(&term)
    }

    /// The weight of those of `terms` that are no names.
    pub(super) fn deeds(&self, terms: &Terms) -> u32 {
        terms.iter().filter(|term| !self.is_name(term.0)).map(|term| term.1).sum()
    }

    /// Whether an exact amount is among `terms`.
    fn is_exact(&self, terms: &Terms) -> bool {
        terms.iter().any(|term| self.exact.contains(&term.0))
    }

    fn of(&self, term: u64) -> &[usize] {
        self.of.get(&term).map_or(&[], Vec::as_slice)
    }

    /// The statements that hold at least `least` of the weight of `terms`, in order. Cost: the
    /// holders of its rarest terms only, since who has none of them has too little.
    pub(super) fn holding(&self, points: &[Point], terms: &Terms, least: u32) -> Vec<usize> {
        let mut rare = terms.clone();
        rare.sort_unstable_by_key(|term| (self.of(term.0).len(), *term));
        let mut rest = terms.iter().map(|term| term.1).sum::<u32>();
        let mut found = Vec::new();
        for (hash, weight) in rare {
            if rest < least {
                break;
            }
            rest -= weight;
            found.extend_from_slice(self.of(hash));
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|&ix| points[ix].held(terms) >= least);
        found
    }
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
    let laid_out = par::map(&candidates, |terms| {
        let weight = terms.iter().map(|term| term.1).sum::<u32>();
        let floor = if holders.is_exact(terms) { LEAST_EXACT } else { LEAST };
        let least = (weight * HELD).div_ceil(1000).max(floor.min(weight));
        Core { members: holders.holding(points, terms, least), terms: terms.clone() }
    });
    let mut queue = BinaryHeap::new();
    let mut covered = points.iter().map(|_| FxHashSet::default()).collect::<Vec<_>>();
    for core in laid_out {
        if let Some(gain) = gain(points, &core, &covered) {
            queue.push((gain, Reverse(core.terms), core.members));
        }
    }
    let mut laid = Vec::<Core>::new();
    while let Some((before, Reverse(terms), members)) = queue.pop() {
        let core = Core { terms, members };
        let Some(gain) = gain(points, &core, &covered) else { continue };
        if gain < before {
            queue.push((gain, Reverse(core.terms), core.members));
            continue;
        }
        for &member in &core.members {
            covered[member].extend(core.terms.iter().map(|term| term.0));
        }
        laid.push(core);
    }
    laid
}

/// What statements of two texts share, where it is enough; each once, in order.
fn candidates(points: &[Point], holders: &Holders) -> Vec<Terms> {
    let meeting = meeting(points, holders);
    let all = (0..points.len()).collect::<Vec<_>>();
    let found = par::map(&all, |&ix| {
        let mut met = FxHashMap::<usize, u32>::default();
        for (hash, weight) in &points[ix].terms {
            let at = meeting.get(hash).map_or_else(|| holders.of(*hash), Vec::as_slice);
            for &other in at.iter().filter(|&&other| points[other].text != points[ix].text) {
                *met.entry(other).or_default() += weight;
            }
        }
        let own = points[ix].weight;
        let enough = |other: usize, weight: u32| {
            let whole = weight * 1000 >= own.max(points[other].weight) * WHOLE;
            weight >= LEAST || whole && weight >= LIGHTEST
        };
        let exact = !points[ix].exact.is_empty();
        let mut met = met
            .into_iter()
            .filter(|&(other, weight)| enough(other, weight) || exact && weight >= LEAST_EXACT)
            .map(|(other, weight)| (Reverse(weight), spread(&points[other].terms), other))
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
    });
    let mut found = found.into_iter().flatten().collect::<Vec<_>>();
    found.sort_unstable();
    found.dedup();
    found
}

/// For terms of too many statements, those through which statements meet: chosen by what they say.
fn meeting(points: &[Point], holders: &Holders) -> FxHashMap<u64, Vec<usize>> {
    let common = holders.of.iter().filter(|(_, at)| at.len() > N_MEET);
    let chosen = common.map(|(&hash, at)| {
        let mut at = at.clone();
        at.sort_by_cached_key(|&ix| (spread(&points[ix].terms), ix));
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
fn gain(points: &[Point], core: &Core, covered: &[FxHashSet<u64>]) -> Option<u32> {
    let mut by_text = FxHashMap::<usize, (u32, u32)>::default();
    for &member in &core.members {
        let point = &points[member];
        let held = shared(&core.terms, &point.terms);
        let all = held.iter().map(|term| term.1).sum::<u32>();
        let new = held.iter().filter(|term| !covered[member].contains(&term.0));
        let new = new.map(|term| term.1).sum::<u32>().min(MOST);
        let share = ASIDE + (1000 - ASIDE) * all / point.weight.max(1);
        let most = by_text.entry(point.text).or_default();
        *most = (new * share / 1000, new).max(*most);
    }
    let without_most = |of: fn(&(u32, u32)) -> u32| {
        by_text.values().map(of).sum::<u32>() - by_text.values().map(of).max().unwrap_or(0)
    };
    let weight = core.terms.iter().map(|term| term.1).sum::<u32>();
    let least = LEAST_GAIN.min(weight * WHOLE / 1000);
    (without_most(|it| it.1) >= least).then(|| without_most(|it| it.0))
}
