//! Linkage: groups of near texts, by average linkage over a sparse graph.
//!
//! The two groups that are nearest on average are joined until none are near enough. Pairs without
//! an edge count as not near at all. A group is made inside one connected component, and what is
//! joined there does not depend on any other.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::near::Edge;

/// With how many of a larger group's members each member of the smaller one is taken to be compared
/// at most: as many as are kept of each text's nearest.
const N_COMPARED: u64 = 48;

/// One group while it grows.
#[derive(Default)]
struct Group {
    members: Vec<u32>,
    /// Summed nearness to other groups.
    near: BTreeMap<u32, u64>,
}

/// What linkage leaves.
#[derive(Debug, Default)]
pub(super) struct Linked {
    /// Groups such that no two are as near as asked; each in order, in the order of their first.
    pub(super) groups: Vec<Vec<u32>>,
    /// The groups (by their places in that list, left before right) that any edge lies between, and
    /// their mean nearness, per mille; in order.
    pub(super) between: Vec<Edge>,
}

/// Groups of `n` texts such that no two are as near as `least` per mille on average, and how near
/// those that are left are.
///
/// Cost: the edges, times the square of the logarithm of their number: a group is joined to the one
/// with more neighbours, and an outdated mean is mended when its turn comes, since it can only have
/// fallen. After: Murtagh and Contreras, algorithms for hierarchical clustering (2012), with the
/// missing pairs of a sparse graph as zeros.
pub(super) fn linked(n: usize, edges: &[Edge], least: u32) -> Linked {
    let mut groups = (0..n as u32)
        .map(|ix| Group { members: vec![ix], near: BTreeMap::new() })
        .collect::<Vec<_>>();
    let mut heap = BinaryHeap::new();
    let least = u64::from(least) * 1000;
    for &(left, right, near) in edges {
        groups[left as usize].near.insert(right, u64::from(near));
        groups[right as usize].near.insert(left, u64::from(near));
        let mean = u64::from(near) * 1000;
        if mean >= least {
            heap.push((mean, Reverse(left), Reverse(right)));
        }
    }
    while let Some((mean, Reverse(left), Reverse(right))) = heap.pop() {
        let Some(now) = mean_of(&groups, left, right) else { continue };
        if now != mean {
            if now >= least && now < mean {
                heap.push((now, Reverse(left), Reverse(right)));
            }
            continue;
        }
        let n_near = |ix: u32| groups[ix as usize].near.len();
        let (kept, gone) =
            if n_near(left) >= n_near(right) { (left, right) } else { (right, left) };
        for other in join(&mut groups, kept, gone) {
            let (a, b) = (kept.min(other), kept.max(other));
            if let Some(mean) = mean_of(&groups, a, b).filter(|&mean| mean >= least) {
                heap.push((mean, Reverse(a), Reverse(b)));
            }
        }
    }
    left_over(groups)
}

/// The groups that were not joined to any other, and what lies between them.
fn left_over(mut groups: Vec<Group>) -> Linked {
    let mut order = Vec::new();
    for (ix, group) in groups.iter_mut().enumerate() {
        group.members.sort_unstable();
        order.extend(group.members.first().map(|&first| (first, ix as u32)));
    }
    order.sort_unstable();
    let mut place = vec![0; groups.len()];
    for (at, &(_, ix)) in order.iter().enumerate() {
        place[ix as usize] = at as u32;
    }
    let mut between = Vec::new();
    for &(_, ix) in &order {
        for &other in groups[ix as usize].near.keys() {
            let (left, right) = (place[ix as usize], place[other as usize]);
            if let Some(mean) = mean_of(&groups, ix, other).filter(|_| left < right) {
                between.push((left, right, (mean / 1000) as u32));
            }
        }
    }
    between.sort_unstable();
    let members = |(_, ix): (u32, u32)| std::mem::take(&mut groups[ix as usize].members);
    Linked { groups: order.into_iter().map(members).collect(), between }
}

/// Mean nearness of two groups, in millionths; none if they are not near or one is gone.
fn mean_of(groups: &[Group], left: u32, right: u32) -> Option<u64> {
    let (a, b) = (&groups[left as usize], &groups[right as usize]);
    let sum = *a.near.get(&right)?;
    let (small, large) =
        (a.members.len().min(b.members.len()), a.members.len().max(b.members.len()));
    Some(sum * 1000 / (small as u64 * (large as u64).min(N_COMPARED)))
}

/// Makes `gone` part of `kept`; returns whom `gone` was near to.
fn join(groups: &mut [Group], kept: u32, gone: u32) -> Vec<u32> {
    let Group { members, near } = std::mem::take(&mut groups[gone as usize]);
    groups[kept as usize].members.extend(members);
    groups[kept as usize].near.remove(&gone);
    let mut others = Vec::with_capacity(near.len());
    for (other, sum) in near {
        if other == kept {
            continue;
        }
        *groups[kept as usize].near.entry(other).or_default() += sum;
        let theirs = &mut groups[other as usize].near;
        theirs.remove(&gone);
        *theirs.entry(kept).or_default() += sum;
        others.push(other);
    }
    others
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn groups(n: usize, edges: &[Edge], least: u32) -> Vec<Vec<u32>> {
        linked(n, edges, least).groups
    }

    #[test]
    fn what_is_left_apart_is_as_near_as_its_texts_on_average() {
        let edges = [(0, 3, 90), (1, 2, 600), (1, 3, 130), (2, 3, 110), (4, 5, 100)];
        let linked = linked(6, &edges, 140);
        assert_eq!(linked.groups, [vec![0], vec![1, 2], vec![3], vec![4], vec![5]]);
        assert_eq!(linked.between, [(0, 2, 90), (1, 2, 120), (3, 4, 100)]);
    }

    #[test]
    fn nearest_groups_are_joined_first_and_a_bridge_joins_none() {
        let edges = [(0, 1, 600), (1, 2, 210), (2, 3, 600)];
        assert_eq!(groups(5, &edges, 200), [vec![0, 1], vec![2, 3], vec![4]]);
        let edges = [(0, 1, 600), (0, 2, 300), (1, 2, 210)];
        assert_eq!(groups(3, &edges, 200), [vec![0, 1, 2]]);
    }

    /// Average linkage as it is written in books.
    fn plain(n: usize, edges: &[Edge], least: u32) -> Vec<Vec<u32>> {
        let mut found = (0..n as u32).map(|ix| vec![ix]).collect::<Vec<_>>();
        loop {
            let mean = |a: &[u32], b: &[u32]| {
                let is = |&&(l, r, _): &&Edge| {
                    (a.contains(&l) && b.contains(&r)) || (a.contains(&r) && b.contains(&l))
                };
                let sum = edges.iter().filter(is).map(|e| u64::from(e.2)).sum::<u64>();
                sum * 1000 / (a.len() * b.len()) as u64
            };
            let mut best: Option<(u64, usize, usize)> = None;
            for i in 0..found.len() {
                for j in i + 1..found.len() {
                    let near = mean(&found[i], &found[j]);
                    if near >= u64::from(least) * 1000 && best.is_none_or(|(most, ..)| near > most)
                    {
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

    proptest! {
        /// Nearness is drawn without repeats, since books do not say what comes first among equals.
        #[test]
        fn the_same_as_plain_average_linkage(
            n in 2_usize..9,
            pairs in prop::collection::btree_map((0_u32..9, 0_u32..9), 100_u32..1000, 0..30),
        ) {
            let mut seen = std::collections::BTreeSet::new();
            let edges = pairs
                .into_iter()
                .filter(|&((a, b), near)| a < b && (b as usize) < n && seen.insert(near))
                .map(|((a, b), near)| (a, b, near))
                .collect::<Vec<_>>();
            prop_assert_eq!(groups(n, &edges, 180), plain(n, &edges, 180));
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
            let mut apart = groups(8, &edges(&left, 0), 180);
            let shifted = groups(8, &edges(&right, 0), 180).into_iter();
            apart.extend(shifted.map(|group| group.into_iter().map(|ix| ix + 8).collect()));
            let mut both = edges(&left, 0);
            both.extend(edges(&right, 8));
            prop_assert_eq!(groups(16, &both, 180), apart);
        }
    }
}
