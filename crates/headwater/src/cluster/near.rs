//! Near: which texts are near each other, pair by pair.
//!
//! Two texts are compared when two of their weightiest terms are common to both. Nearness is the
//! cosine of their vectors, more where they share passages, less by what lies between their days.
//! It depends on the two alone.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

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

/// The texts that a text was compared with, each pair at the one that comes later, and their cosine.
pub(super) type Met = Vec<(u32, u32)>;

/// What is known of the texts from before: nothing of those that came since.
pub(super) struct Before {
    /// Whom each met that is as it was and in the same order among the others.
    pub(super) met: Vec<Option<Met>>,
    /// What those were about that are no longer there, or not where they were.
    pub(super) gone: Vec<Vector>,
}

/// All pairs of texts that are near.
pub(super) struct Near {
    /// The pairs in order; of each text the nearest few.
    pub(super) edges: Vec<Edge>,
    /// Whom each text met.
    pub(super) met: Vec<Met>,
    /// How many texts were compared anew.
    pub(super) n_anew: usize,
}

/// All pairs of texts that are near. What is known of a text stands where nobody came, went or moved among
/// those that hold one of its keys: else it meets others anew.
///
/// Cost: linear in the texts. Each that is not known looks at `N_KEYS * N_BEFORE` others at most, and is
/// compared with `N_COMPARED` of them.
pub(super) fn near(texts: &[Compared], shared: &Shared, before: Before) -> Near {
    let moved = Moved::new(texts, &before);
    let index = Index::new(texts, &moved);
    let starts = (0..texts.len()).step_by(BATCH).collect::<Vec<_>>();
    let found = par::map_in(
        &starts,
        || Tally::new(texts.len()),
        |tally, &start| {
            let ranks = start..(start + BATCH).min(texts.len());
            let met = |rank: usize| (!index.known[rank]).then(|| index.compare(rank, texts, tally));
            ranks.map(met).collect::<Vec<_>>()
        },
    );
    let mut met = before.met;
    let mut n_anew = 0;
    for (&text, found) in index.order.iter().zip(found.into_iter().flatten()) {
        if found.is_some() {
            n_anew += 1;
            met[text as usize] = found;
        }
    }
    let met = met.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>();
    Near { edges: edges(texts, shared, &met), met, n_anew }
}

/// The edges between texts that met, and between those that share something.
fn edges(texts: &[Compared], shared: &Shared, met: &[Met]) -> Vec<Edge> {
    let mut reused = shared.iter().map(|(&(a, b), &more)| (a, b, more)).collect::<Vec<_>>();
    reused.sort_unstable();
    let mut edges = Vec::new();
    let mut push = |left: u32, right: u32, cosine: u32, more: u32| {
        let taken = apart(texts[left as usize].day, texts[right as usize].day);
        let near = (cosine + more).saturating_sub(taken).min(1000);
        if near >= NEAR {
            edges.push((left, right, near));
        }
    };
    for (text, met) in (0..).zip(met) {
        for &(other, cosine) in met {
            let pair = (text.min(other), text.max(other));
            if !shared.contains_key(&pair) {
                push(pair.0, pair.1, cosine, 0);
            }
        }
    }
    for (left, right, more) in reused {
        let (ours, theirs) = (&texts[left as usize].vector, &texts[right as usize].vector);
        push(left, right, ours.cosine(theirs), more);
    }
    nearest(texts.len(), edges)
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

/// The terms whose holders are not as they were.
enum Moved {
    /// Most texts are new.
    All,
    Some(FxHashSet<u32>),
}

impl Moved {
    fn new(texts: &[Compared], before: &Before) -> Self {
        let is_new = |(text, met): (_, &Option<Met>)| met.is_none().then_some(text);
        let fresh = texts.iter().map(|text| &text.vector).zip(&before.met).filter_map(is_new);
        let fresh = fresh.collect::<Vec<&Vector>>();
        if fresh.len() * 2 > texts.len() {
            return Self::All;
        }
        let vectors = fresh.into_iter().chain(&before.gone);
        Self::Some(vectors.flat_map(|it| it.heaviest(N_KEYS)).map(|(hash, _)| hash).collect())
    }

    fn has(&self, hash: u32) -> bool {
        match self {
            Self::All => true,
            Self::Some(moved) => moved.contains(&hash),
        }
    }
}

/// Which texts hold which of their weightiest terms.
struct Index {
    /// Texts in the order of their days, undated ones last.
    order: Vec<u32>,
    /// The keys of each rank: where the holders of the term begin, where among them it stands, and its share.
    keys: Vec<Vec<(u32, u32, u16)>>,
    /// Ranks and shares by term, then rank.
    holders: Vec<(u32, u16)>,
    /// Whether the holders of all keys of a rank are as they were.
    known: Vec<bool>,
}

impl Index {
    fn new(texts: &[Compared], moved: &Moved) -> Self {
        let mut order = (0..texts.len() as u32).collect::<Vec<_>>();
        order.sort_by_key(|&ix| (texts[ix as usize].day.is_none(), texts[ix as usize].day, ix));
        let mut postings = Vec::with_capacity(texts.len() * N_KEYS);
        for (at, &ix) in (0..).zip(&order) {
            let heaviest = texts[ix as usize].vector.heaviest(N_KEYS);
            postings.extend(heaviest.into_iter().map(|(hash, share)| (hash, at, share)));
        }
        postings.sort_unstable();
        let mut keys = vec![Vec::new(); texts.len()];
        let mut known = vec![true; texts.len()];
        let (mut start, mut is_moved) = (0, false);
        for at in 0..postings.len() {
            let (hash, rank, share) = postings[at];
            if at == 0 || postings[at - 1].0 != hash {
                (start, is_moved) = (at, moved.has(hash));
            }
            keys[rank as usize].push((start as u32, at as u32, share));
            known[rank as usize] &= !is_moved;
        }
        // A text without a term has no key that could have moved.
        if matches!(moved, Moved::All) {
            known.fill(false);
        }
        let holders = postings.into_iter().map(|(_, rank, share)| (rank, share)).collect();
        Self { order, keys, holders, known }
    }

    /// Whom the text at `rank` meets, and how near they are in words.
    fn compare(&self, rank: usize, texts: &[Compared], tally: &mut Tally) -> Met {
        self.meet(rank, tally);
        let vector = |rank: usize| &texts[self.order[rank] as usize].vector;
        let ours = vector(rank);
        let cosine =
            |&other: &u32| (self.order[other as usize], ours.cosine(vector(other as usize)));
        tally.found.iter().map(cosine).collect()
    }

    /// The ranks before `rank` that share enough of its terms: those that share most of them.
    fn meet(&self, rank: usize, met: &mut Tally) {
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
struct Tally {
    tallies: Vec<(u8, u32)>,
    touched: Vec<u32>,
    found: Vec<u32>,
}

impl Tally {
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
            let (index, mut met) = (Index::new(&texts, &Moved::All), Tally::new(texts.len()));
            let cost = (0..texts.len()).map(|rank| {
                index.meet(rank, &mut met);
                (met.touched.len(), met.found.len())
            });
            cost.max().unwrap_or_default()
        };
        assert_eq!(cost(1000), (N_BEFORE, N_COMPARED));
        assert_eq!(cost(4000), cost(1000));
    }

    /// All edges of texts of which nothing is known.
    fn edges_of(texts: &[Compared]) -> Near {
        near(texts, &Shared::default(), Before { met: vec![None; texts.len()], gone: Vec::new() })
    }

    proptest! {
        /// Whether two texts are near does not depend on who else is there.
        #[test]
        fn an_added_text_changes_no_edge(texts in prop::collection::vec(text(), 2..24)) {
            let all = edges_of(&texts).edges;
            let but_last = edges_of(&texts[..texts.len() - 1]).edges;
            let last = texts.len() as u32 - 1;
            let without = all.into_iter().filter(|edge| edge.1 != last).collect::<Vec<_>>();
            prop_assert_eq!(without, but_last);
        }

        /// Where terms have more holders than are looked at, an added text changes whom others meet. What
        /// is known from before leads to the same edges all the same, whoever came and went.
        #[test]
        fn what_is_known_changes_no_edge(
            texts in prop::collection::vec((text(), any::<u8>()), 150..260),
            (some, rare) in (0_u8..8, 1_u8..30),
        ) {
            // Each text is there before, afterwards, or both times; some terms are in all texts.
            let texts = texts.into_iter().map(|(mut text, when)| {
                text.vector.terms.retain(|&(term, _)| term > 2);
                text.vector.terms.insert(0, (u32::from(when % 3), 3000));
                (text, when)
            });
            let texts = texts.collect::<Vec<_>>();
            let was = |when: u8| when % rare != some;
            let is = |when: u8| when % rare != some + 1;
            let copy = |text: &Compared| Compared { vector: text.vector.clone(), day: text.day };
            let only = |there: &dyn Fn(u8) -> bool| {
                let there = texts.iter().filter(|(_, when)| there(*when));
                there.map(|(text, _)| copy(text)).collect::<Vec<_>>()
            };
            let before = edges_of(&only(&was));
            let (mut gone, mut met, mut now) = (Vec::new(), Vec::new(), Vec::new());
            let (mut n_was, mut n_is) = (0, 0);
            for (text, when) in &texts {
                if was(*when) {
                    now.push(is(*when).then_some(n_is));
                }
                match (was(*when), is(*when)) {
                    (true, true) => met.push(Some(before.met[n_was].clone())),
                    (true, false) => gone.push(text.vector.clone()),
                    (false, true) => met.push(None),
                    (false, false) => {}
                }
                n_was += usize::from(was(*when));
                n_is += u32::from(is(*when));
            }
            for met in met.iter_mut().flatten() {
                *met = met.iter().filter_map(|&(text, cosine)| Some((now[text as usize]?, cosine))).collect();
            }
            let after = only(&is);
            let again = near(&after, &Shared::default(), Before { met, gone });
            prop_assert_eq!(again.edges, edges_of(&after).edges);
        }
    }
}
