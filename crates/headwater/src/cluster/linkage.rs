//! Linkage: groups of near texts, by average linkage over a sparse graph.
//!
//! The two groups that are nearest on average are joined until none are near enough: the closer both
//! hold together, the nearer they must be. Pairs without an edge count as not near at all. A group is
//! made inside one part, which is what pairs that reach the bar hold together, and what is joined there
//! does not depend on any other part.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use rustc_hash::FxHashMap;

use super::near::Edge;
use crate::par;
use crate::sets::Sets;

/// With how many of a larger group's members each member of the smaller one is taken to be compared
/// at most: as many as are kept of each text's nearest.
const N_COMPARED: u64 = 48;

/// How near two groups must be on average to be one, per mille.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bar {
    /// Groups that hardly hold together.
    pub(super) least: u32,
    /// How near the texts of a group are to each other, on average, from which more is asked.
    pub(super) close: u32,
    /// How much more, of what the looser group holds together beyond that.
    pub(super) share: u32,
}

impl Bar {
    /// In millionths, for two groups of which the looser holds together by `close`, in millionths.
    fn at(self, close: u64) -> u64 {
        let beyond = close.saturating_sub(u64::from(self.close) * 1000);
        u64::from(self.least) * 1000 + beyond * u64::from(self.share) / 1000
    }
}

/// One group while it grows.
#[derive(Default)]
struct Group {
    members: Vec<u32>,
    /// Summed nearness to other groups.
    near: BTreeMap<u32, u64>,
    /// Summed nearness of its members to each other.
    within: u64,
    /// Groups that were near it when last asked, but less near than both hold together.
    apart: Vec<u32>,
}

impl Group {
    /// Mean nearness of its members to each other, in millionths; 0 for a single one.
    fn close(&self) -> u64 {
        let n = self.members.len() as u64;
        let n_pairs = n * n.saturating_sub(1).min(N_COMPARED);
        (self.within * 2000).checked_div(n_pairs).unwrap_or(0)
    }
}

/// What linkage leaves.
#[derive(Debug, Default)]
pub(super) struct Linked {
    /// Groups such that no two are as near as asked; each in order, in the order of their first.
    pub(super) groups: Vec<Vec<u32>>,
    /// The groups (by their places in that list, left before right) that any edge lies between, and
    /// their mean nearness, per mille; in order.
    pub(super) between: Vec<Edge>,
    /// How many parts of more than one text were not known.
    pub(super) n_anew: usize,
}

/// Groups of `n` texts such that no two are nearer than the bar on average, and how near those that
/// are left are.
///
/// Cost: the edges, times the square of the logarithm of those of one part: a group is joined to the one
/// with more neighbours, and an outdated mean is mended when its turn comes, since it can only have
/// fallen. What is `known` is looked up, and is afterwards what was found here. After: Murtagh and
/// Contreras, algorithms for hierarchical clustering (2012), with the missing pairs of a sparse graph as
/// zeros.
pub(super) fn linked(n: usize, edges: &[Edge], bar: Bar, known: &mut Grouped) -> Linked {
    let parts = parts(n, edges, bar);
    let found = par::map(&parts, |part| match known.0.get(&part.edges) {
        Some(groups) => (groups.clone(), false),
        None => (grouped(part, bar), !part.edges.is_empty()),
    });
    let n_anew = found.iter().filter(|(_, anew)| *anew).count();
    let mut groups = Vec::new();
    known.0.clear();
    for (part, (found, _)) in parts.into_iter().zip(found) {
        let member = |&at: &u32| part.members[at as usize];
        groups.extend(found.iter().map(|group| group.iter().map(member).collect::<Vec<_>>()));
        if !part.edges.is_empty() {
            known.0.insert(part.edges, found);
        }
    }
    groups.sort_unstable();
    let between = between(n, edges, &groups);
    Linked { groups, between, n_anew }
}

/// Groups that were found before, by the edges of their part: what is joined there depends on these
/// alone, whatever the texts are and wherever in the collection they stand.
#[derive(Debug, Default)]
pub(super) struct Grouped(FxHashMap<Vec<Edge>, Vec<Vec<u32>>>);

/// Texts that may come into one group, in order, and the edges between them, by their places among them.
///
/// No mean is above its nearest pair: no group reaches over pairs that all fall short of the bar.
#[derive(Default)]
struct Part {
    members: Vec<u32>,
    edges: Vec<Edge>,
}

/// All texts by what edges that reach the bar hold together.
fn parts(n: usize, edges: &[Edge], bar: Bar) -> Vec<Part> {
    let mut sets = Sets::new(n);
    for &(left, right, _) in edges.iter().filter(|&&(.., near)| near >= bar.least) {
        sets.join(left as usize, right as usize);
    }
    let mut at = vec![(0_u32, 0_u32); n];
    let mut parts = Vec::new();
    for (number, group) in (0..).zip(sets.groups()) {
        for (place, &text) in (0..).zip(&group) {
            at[text] = (number, place);
        }
        let members = group.into_iter().map(|text| text as u32).collect();
        parts.push(Part { members, edges: Vec::new() });
    }
    for &(left, right, near) in edges {
        let (left, right) = (at[left as usize], at[right as usize]);
        if left.0 == right.0 {
            parts[left.0 as usize].edges.push((left.1, right.1, near));
        }
    }
    parts
}

/// The groups of a part, by places among its members: each in order.
fn grouped(part: &Part, bar: Bar) -> Vec<Vec<u32>> {
    let mut linkage = Linkage::new(part.members.len(), &part.edges, bar);
    while let Some((mean, Reverse(left), Reverse(right))) = linkage.heap.pop() {
        linkage.meet(mean, left, right);
    }
    let members = linkage.groups.into_iter().map(|group| group.members);
    let mut groups = members.filter(|members| !members.is_empty()).collect::<Vec<_>>();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups
}

/// The groups (left before right) that any edge lies between, with their mean nearness, per mille.
fn between(n: usize, edges: &[Edge], groups: &[Vec<u32>]) -> Vec<Edge> {
    let mut group_of = vec![0; n];
    for (number, group) in (0..).zip(groups) {
        for &text in group {
            group_of[text as usize] = number;
        }
    }
    let of = |&(left, right, near): &Edge| {
        let (left, right) = (group_of[left as usize], group_of[right as usize]);
        (left.min(right), left.max(right), near)
    };
    let mut apart = edges.iter().map(of).filter(|it| it.0 != it.1).collect::<Vec<_>>();
    apart.sort_unstable();
    let mean = |pair: &[Edge]| {
        let (left, right, _) = pair[0];
        let sum = pair.iter().map(|&(.., near)| u64::from(near)).sum::<u64>();
        let n_pairs = n_pairs(groups[left as usize].len(), groups[right as usize].len());
        (left, right, (sum / n_pairs) as u32)
    };
    apart.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).map(mean).collect()
}

/// How many pairs of texts of two groups are taken to be compared.
fn n_pairs(left: usize, right: usize) -> u64 {
    let (small, large) = (left.min(right) as u64, left.max(right) as u64);
    small * large.min(N_COMPARED)
}

/// Groups that grow, and which are to be looked at next.
struct Linkage {
    bar: Bar,
    groups: Vec<Group>,
    /// Mean nearness as it was when the pair was put here, left before right.
    heap: BinaryHeap<(u64, Reverse<u32>, Reverse<u32>)>,
}

impl Linkage {
    fn new(n: usize, edges: &[Edge], bar: Bar) -> Self {
        let mut groups = (0..n as u32)
            .map(|ix| Group { members: vec![ix], ..Group::default() })
            .collect::<Vec<_>>();
        for &(left, right, near) in edges {
            groups[left as usize].near.insert(right, u64::from(near));
            groups[right as usize].near.insert(left, u64::from(near));
        }
        let mut linkage = Self { bar, groups, heap: BinaryHeap::new() };
        for &(left, right, near) in edges {
            linkage.push(u64::from(near) * 1000, left, right);
        }
        linkage
    }

    fn push(&mut self, mean: u64, left: u32, right: u32) {
        if mean >= self.bar.at(0) {
            self.heap.push((mean, Reverse(left.min(right)), Reverse(left.max(right))));
        }
    }

    /// Two groups whose turn has come: makes them one, or puts them off.
    fn meet(&mut self, mean: u64, left: u32, right: u32) {
        let Some(now) = mean_of(&self.groups, left, right) else { return };
        if now != mean {
            if now < mean {
                self.push(now, left, right);
            }
            return;
        }
        let (a, b) = (&self.groups[left as usize], &self.groups[right as usize]);
        if now < self.bar.at(a.close().min(b.close())) {
            self.groups[left as usize].apart.push(right);
            self.groups[right as usize].apart.push(left);
            return;
        }
        let (kept, gone) = if a.near.len() >= b.near.len() { (left, right) } else { (right, left) };
        // Whoever was put off may have waited for a group to grow looser.
        for other in join(&mut self.groups, kept, gone) {
            if let Some(mean) = mean_of(&self.groups, kept, other) {
                self.push(mean, kept, other);
            }
        }
    }
}

/// Mean nearness of two groups, in millionths; none if they are not near or one is gone.
fn mean_of(groups: &[Group], left: u32, right: u32) -> Option<u64> {
    let (a, b) = (&groups[left as usize], &groups[right as usize]);
    let sum = *a.near.get(&right)?;
    Some(sum * 1000 / n_pairs(a.members.len(), b.members.len()))
}

/// Makes `gone` part of `kept`; returns whom to look at again: whom `gone` was near to, and whom
/// either was kept apart from.
fn join(groups: &mut [Group], kept: u32, gone: u32) -> Vec<u32> {
    let Group { members, near, within, apart } = std::mem::take(&mut groups[gone as usize]);
    let into = &mut groups[kept as usize];
    into.members.extend(members);
    into.within += within + into.near.remove(&gone).unwrap_or(0);
    let mut again = std::mem::take(&mut into.apart);
    again.extend(apart);
    for (other, sum) in near {
        if other == kept {
            continue;
        }
        *groups[kept as usize].near.entry(other).or_default() += sum;
        let theirs = &mut groups[other as usize].near;
        theirs.remove(&gone);
        *theirs.entry(kept).or_default() += sum;
        again.push(other);
    }
    again.sort_unstable();
    again.dedup();
    again
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BAR: Bar = Bar { least: 180, close: 250, share: 400 };

    /// A bar that asks the same of all groups.
    fn level(least: u32) -> Bar {
        Bar { least, close: 0, share: 0 }
    }

    fn groups(n: usize, edges: &[Edge], bar: Bar) -> Vec<Vec<u32>> {
        linked(n, edges, bar, &mut Grouped::default()).groups
    }

    #[test]
    fn what_is_left_apart_is_as_near_as_its_texts_on_average() {
        let edges = [(0, 3, 90), (1, 2, 600), (1, 3, 130), (2, 3, 110), (4, 5, 100)];
        let linked = linked(6, &edges, level(140), &mut Grouped::default());
        assert_eq!(linked.groups, [vec![0], vec![1, 2], vec![3], vec![4], vec![5]]);
        assert_eq!(linked.between, [(0, 2, 90), (1, 2, 120), (3, 4, 100)]);
    }

    #[test]
    fn nearest_groups_are_joined_first_and_a_bridge_joins_none() {
        let edges = [(0, 1, 600), (1, 2, 210), (2, 3, 600)];
        assert_eq!(groups(5, &edges, level(200)), [vec![0, 1], vec![2, 3], vec![4]]);
        let edges = [(0, 1, 600), (0, 2, 300), (1, 2, 210)];
        assert_eq!(groups(3, &edges, level(200)), [vec![0, 1, 2]]);
    }

    /// Average linkage as it is written in books, but for the bar.
    fn plain(n: usize, edges: &[Edge], bar: Bar) -> Vec<Vec<u32>> {
        let mut found = (0..n as u32).map(|ix| vec![ix]).collect::<Vec<_>>();
        let sum = |a: &[u32], b: &[u32]| {
            let is = |edge: &&Edge| {
                (a.contains(&edge.0) && b.contains(&edge.1))
                    || (a.contains(&edge.1) && b.contains(&edge.0))
            };
            edges.iter().filter(is).map(|edge| u64::from(edge.2)).sum::<u64>()
        };
        let close = |group: &[u32]| {
            let n_pairs = group.len() * (group.len() - 1);
            (sum(group, group) * 2000).checked_div(n_pairs as u64).unwrap_or(0)
        };
        loop {
            let mut best: Option<(u64, usize, usize)> = None;
            for i in 0..found.len() {
                for j in i + 1..found.len() {
                    let (a, b) = (&found[i], &found[j]);
                    let near = sum(a, b) * 1000 / (a.len() * b.len()) as u64;
                    let asked = bar.at(close(a).min(close(b)));
                    if near >= asked && best.is_none_or(|(most, ..)| near > most) {
                        best = Some((near, i, j));
                    }
                }
            }
            let Some((_, i, j)) = best else { break };
            let gone = found.remove(j);
            found[i].extend(gone);
            found[i].sort_unstable();
        }
        found.sort_unstable();
        found
    }

    #[test]
    fn groups_that_hold_together_must_be_nearer_than_those_that_hardly_do() {
        let bar = Bar { least: 100, close: 150, share: 400 };
        let between = [(0, 2, 160), (0, 3, 160), (1, 2, 160), (1, 3, 160)];
        let with = |near: u32| [&[(0, 1, near), (2, 3, near)], &between[..]].concat();
        assert_eq!(groups(4, &with(200), bar), [vec![0, 1, 2, 3]]);
        assert_eq!(groups(4, &with(600), bar), [vec![0, 1], vec![2, 3]]);
    }

    proptest! {
        /// Nearness is drawn without repeats, since books do not say what comes first among equals.
        #[test]
        fn the_same_as_plain_average_linkage(
            n in 2_usize..9,
            (close, share) in (100_u32..500, 0_u32..900),
            pairs in prop::collection::btree_map((0_u32..9, 0_u32..9), 100_u32..1000, 0..30),
        ) {
            let mut seen = std::collections::BTreeSet::new();
            let edges = pairs
                .into_iter()
                .filter(|&((a, b), near)| a < b && (b as usize) < n && seen.insert(near))
                .map(|((a, b), near)| (a, b, near))
                .collect::<Vec<_>>();
            let bar = Bar { least: 180, close, share };
            prop_assert_eq!(groups(n, &edges, bar), plain(n, &edges, bar));
        }

        /// A group depends on its component alone.
        #[test]
        fn two_collections_that_share_nothing_are_grouped_alone(
            left in prop::collection::btree_map((0_u32..8, 0_u32..8), 100_u32..1000, 0..20),
            right in prop::collection::btree_map((0_u32..8, 0_u32..8), 100_u32..1000, 0..20),
        ) {
            let edges = |pairs: &BTreeMap<(u32, u32), u32>, shift: u32| {
                let pairs = pairs.iter().filter(|((a, b), _)| a < b);
                pairs.map(|(&(a, b), &near)| (a + shift, b + shift, near)).collect::<Vec<_>>()
            };
            let mut apart = groups(8, &edges(&left, 0), BAR);
            let shifted = groups(8, &edges(&right, 0), BAR).into_iter();
            apart.extend(shifted.map(|group| group.into_iter().map(|ix| ix + 8).collect()));
            let mut both = edges(&left, 0);
            both.extend(edges(&right, 8));
            prop_assert_eq!(groups(16, &both, BAR), apart);
        }
    }
}
