//! Near: which texts are near each other, pair by pair.
//!
//! Two texts are compared when two of their weightiest terms are common to both. Nearness is the
//! cosine of their vectors, more where they share passages, less by what lies between their days.
//! It depends on the two alone.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::vector::Vector;
use crate::par;

/// Nearness below which two texts are not joined at all, per mille. With 50 the same stories come out
/// of a fifth more pairs; 100 costs reports that are about their story from far off.
const NEAR: u32 = 80;

/// How many of a text's weightiest terms find others, and how many must be common. On eight sets of
/// events 16 terms lose .01 of B-cubed F1, 32 find half as many pairs more for .001; one common term
/// finds a third more for .003.
const N_KEYS: usize = 24;
const N_COMMON: u8 = 2;

/// Share of the cosine, per mille, that the common ones of those terms must give.
///
/// On eight sets of events 20 and 25 leave the same stories; 30 and 40 lose .002 and .0004 of F1 on one of
/// them (galaxy-big), 50 parts reports of one event (galaxy-30E .949, from .963). At 40 a text of 10,000 made
/// ones is compared with 12 others, at 20 with 23, for the same stories.
const KEYED: u32 = 25;

/// How many texts that hold a term are looked at from each of them: those that come before it in
/// order of their days. What bounds the cost where a word is in everybody's mouth; below this
/// number of holders every pair is met.
///
/// On eight sets of events of 31 to 383 articles 64, 96, 192 and all give the same stories. Of 10,000 made
/// articles 96 leave 4731 stories where 1024 leave 4728.
const N_BEFORE: usize = 96;

/// How many of the texts that are met from each are compared: those that the common ones of those terms
/// make nearest. With the former it bounds what a text costs, whatever the size of the collection. Not below
/// `N_KEPT`, so that the last text of a large story has as many near ones as the others.
///
/// Larger collections hold larger stories, so that a text has more to be compared with. Fewer to look at (48
/// a term, or 384 to 768 for all terms together, the weightiest, the rarest or each in part) break up stories
/// of some hundred texts: recall of 10,000 made articles falls from 1.000 to .93, for a tenth of the time.
const N_COMPARED: usize = N_KEPT;

/// How many near texts are kept for each text, the nearest. Both sides of a pair are asked.
const N_KEPT: usize = 48;

/// Texts that one task looks up.
const BATCH: usize = 512;

/// What two texts share by reuse, per mille of nearness to add.
pub(super) type Shared = FxHashMap<(u32, u32), u32>;

/// A text as it is compared.
#[derive(Debug)]
pub(super) struct Compared {
    /// What it is about.
    pub(super) vector: Vector,
    /// The day of its first report, counted from year 0.
    pub(super) day: Option<i32>,
}

/// Two texts (left before right) and how near they are, per mille.
pub(super) type Edge = (u32, u32, u32);

/// All pairs of texts that are near, in order; of each text the nearest few.
///
/// Cost: linear in the texts. Each looks at `N_KEYS * N_BEFORE` others at most, and is compared with
/// `N_COMPARED` of them.
pub(super) fn edges(texts: &[Compared], shared: &Shared) -> Vec<Edge> {
    let index = Index::new(texts);
    let mut of_reuse = vec![Vec::new(); texts.len()];
    for &(left, right) in shared.keys() {
        of_reuse[left.max(right) as usize].push(left.min(right));
    }
    let starts = (0..texts.len()).step_by(BATCH).collect::<Vec<_>>();
    let found = par::map_in(
        &starts,
        || Met::new(texts.len()),
        |met, &start| {
            let mut edges = Vec::new();
            for rank in start..(start + BATCH).min(texts.len()) {
                let text = index.order[rank];
                index.meet(rank, met);
                let reused =
                    of_reuse[text as usize].iter().map(|&other| index.rank[other as usize]);
                met.found.extend(reused);
                met.found.sort_unstable();
                met.found.dedup();
                for &before in &met.found {
                    let other = index.order[before as usize];
                    let pair = (text.min(other), text.max(other));
                    let more = shared.get(&pair).copied().unwrap_or(0);
                    let near = nearness(&texts[text as usize], &texts[other as usize], more);
                    if near >= NEAR {
                        edges.push((pair.0, pair.1, near));
                    }
                }
            }
            edges
        },
    );
    nearest(texts.len(), found.into_iter().flatten().collect())
}

/// How near two texts are, per mille; `more` for what they share by reuse.
fn nearness(left: &Compared, right: &Compared, more: u32) -> u32 {
    let near = left.vector.cosine(&right.vector) + more;
    near.saturating_sub(apart(left.day, right.day)).min(1000)
}

/// What lies between two days takes from nearness, per mille: nothing for two days, then the
/// logarithm up to two months. A week takes 40, a month 75, two months and more 89.
///
/// Swept against steady loss (5 and 10 a day, to at most 300: giveme5w1h falls from .92 to .86, whose
/// events are followed for months), a loss that grows on to a year (.91) and none (handpicked falls
/// from .77 to .73).
fn apart(left: Option<i32>, right: Option<i32>) -> u32 {
    let (Some(left), Some(right)) = (left, right) else { return 0 };
    let days = left.abs_diff(right).clamp(2, 55) - 1;
    // Whole and broken part of the logarithm to base 2, in 256ths: straight between powers of 2.
    let whole = days.ilog2();
    let part = (days << 8 >> whole) - 256;
    (whole * 256 + part) * 157 / 2560
}

/// Which texts hold which of their weightiest terms.
struct Index {
    /// Texts in the order of their days, undated ones last.
    order: Vec<u32>,
    /// Where in `order` each text stands.
    rank: Vec<u32>,
    /// The keys of each rank: where the holders of the term begin, where among them it stands, and its share.
    keys: Vec<Vec<(u32, u32, u16)>>,
    /// Ranks and shares by term, then rank.
    holders: Vec<(u32, u16)>,
}

impl Index {
    fn new(texts: &[Compared]) -> Self {
        let mut order = (0..texts.len() as u32).collect::<Vec<_>>();
        order.sort_by_key(|&ix| (texts[ix as usize].day.is_none(), texts[ix as usize].day, ix));
        let mut rank = vec![0; texts.len()];
        let mut postings = Vec::with_capacity(texts.len() * N_KEYS);
        for (at, &ix) in order.iter().enumerate() {
            rank[ix as usize] = at as u32;
            let heaviest = texts[ix as usize].vector.heaviest(N_KEYS);
            postings.extend(heaviest.into_iter().map(|(hash, share)| (hash, at as u32, share)));
        }
        postings.sort_unstable();
        let mut keys = vec![Vec::new(); texts.len()];
        let mut start = 0;
        for at in 0..postings.len() {
            let (hash, rank, share) = postings[at];
            if at > 0 && postings[at - 1].0 != hash {
                start = at;
            }
            keys[rank as usize].push((start as u32, at as u32, share));
        }
        let holders = postings.into_iter().map(|(_, rank, share)| (rank, share)).collect();
        Self { order, rank, keys, holders }
    }

    /// The ranks before `rank` that share enough of its terms: those that share most of them.
    fn meet(&self, rank: usize, met: &mut Met) {
        met.clear();
        for &(start, at, share) in &self.keys[rank] {
            let from = (start as usize).max((at as usize).saturating_sub(N_BEFORE));
            for &(other, theirs) in &self.holders[from..at as usize] {
                met.add(other, u32::from(share) * u32::from(theirs));
            }
        }
        let (tallies, touched) = (&met.tallies, &met.touched);
        let enough = |&&other: &&u32| {
            let (n, dot) = tallies[other as usize];
            n >= N_COMMON && dot / 100_000 >= KEYED
        };
        met.found.extend(touched.iter().filter(enough));
        if met.found.len() > N_COMPARED {
            // The nearest in time among equals.
            let order = |&other: &u32| (Reverse(tallies[other as usize].1), Reverse(other));
            met.found.select_nth_unstable_by_key(N_COMPARED, order);
            met.found.truncate(N_COMPARED);
        }
    }
}

/// How often and how strongly each text was met.
struct Met {
    tallies: Vec<(u8, u32)>,
    touched: Vec<u32>,
    found: Vec<u32>,
}

impl Met {
    fn new(n: usize) -> Self {
        Self { tallies: vec![(0, 0); n], touched: Vec::new(), found: Vec::new() }
    }

    fn clear(&mut self) {
        for other in self.touched.drain(..) {
            self.tallies[other as usize] = (0, 0);
        }
        self.found.clear();
    }

    fn add(&mut self, other: u32, dot: u32) {
        let (n, sum) = &mut self.tallies[other as usize];
        if *n == 0 {
            self.touched.push(other);
        }
        *n += 1;
        *sum += dot;
    }
}

/// The edges that are among the nearest of either side, in order.
fn nearest(n: usize, mut edges: Vec<Edge>) -> Vec<Edge> {
    edges.sort_unstable_by_key(|&(left, right, near)| (Reverse(near), left, right));
    let mut held = vec![0; n];
    edges.retain(|&(left, right, _)| {
        let keep = held[left as usize] < N_KEPT || held[right as usize] < N_KEPT;
        held[left as usize] += usize::from(keep);
        held[right as usize] += usize::from(keep);
        keep
    });
    edges.sort_unstable();
    edges
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_that_lie_far_apart_take_more_but_not_all() {
        let between = [0, 2, 3, 9, 32, 55, 400].map(|gap| apart(Some(700), Some(700 + gap)));
        assert_eq!(between, [0, 0, 15, 47, 77, 89, 89]);
        assert_eq!(apart(None, Some(7)), 0);
    }

    /// Texts over few terms, so that many share some.
    fn text() -> impl Strategy<Value = Compared> {
        let terms = prop::collection::btree_map(0_u32..24, 1_u16..9000, 1..12);
        (terms, prop::option::of(0_i32..90)).prop_map(|(terms, day)| {
            let vector = Vector { terms: terms.into_iter().collect() };
            Compared { vector, day }
        })
    }

    /// Counted, not timed: where everybody uses the same words, a text still meets and is compared with so
    /// many others and no more.
    #[test]
    fn what_a_text_costs_does_not_grow_with_the_collection() {
        let cost = |n: u32| {
            let terms = |ix: u32| (0..N_KEYS as u32).map(move |key| (key * 3 + ix % 3, 2000));
            let texts = (0..n).map(|ix| Compared {
                vector: Vector { terms: terms(ix).collect() },
                day: Some((ix % 60).cast_signed()),
            });
            let texts = texts.collect::<Vec<_>>();
            let (index, mut met) = (Index::new(&texts), Met::new(texts.len()));
            let cost = (0..texts.len()).map(|rank| {
                index.meet(rank, &mut met);
                (met.touched.len(), met.found.len())
            });
            cost.max().unwrap_or_default()
        };
        assert_eq!(cost(1000), (N_BEFORE, N_COMPARED));
        assert_eq!(cost(4000), cost(1000));
    }

    proptest! {
        /// Whether two texts are near does not depend on who else is there.
        #[test]
        fn an_added_text_changes_no_edge(texts in prop::collection::vec(text(), 2..24)) {
            let all = edges(&texts, &Shared::default());
            let but_last = edges(&texts[..texts.len() - 1], &Shared::default());
            let last = texts.len() as u32 - 1;
            let without = all.into_iter().filter(|edge| edge.1 != last).collect::<Vec<_>>();
            prop_assert_eq!(without, but_last);
        }
    }
}
