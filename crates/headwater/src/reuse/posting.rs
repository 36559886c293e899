//! Posting: a fingerprint at a place, in the list of all places that carry it.

mod group;

use std::ops::Range;

use super::place::{Edges, Places};
use super::shard::{N_PARTS, N_TEXTS, Shard};
use crate::par;

pub(super) use group::{Part, REPEATED, Room, groups};

/// Of which texts the places of a fingerprint are compared with a text that carries it too: each
/// text before it as long as these are few, and then the nearest and the first. A wire story on
/// 10,000 sites stays connected at linear cost. 128 keeps every pair of the largest families of the
/// synthetic corpora (80).
pub(super) const ALL_PAIRS: usize = 128;
pub(super) const NEAREST: usize = 16;

/// One text's posting, and with which of its group the text is compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seed {
    /// Where it stands in the list of all.
    pub(super) at: u32,
    /// The first of those right before it that are compared.
    pub(super) near: u32,
    /// One more that is compared; `near` if there is none.
    pub(super) first: u32,
    /// What the fingerprint is worth as a reason to compare two texts; [`ENOUGH`] is needed.
    pub(super) worth: u32,
}

/// A rare fingerprint is reason enough to compare two texts, of those that more than 8 texts carry
/// two are needed, of those that more than 64 carry, four.
pub(super) const ENOUGH: u32 = 4;

pub(super) fn worth(n_places: usize) -> u32 {
    match n_places {
        ..=8 => 4,
        9..=MANY => 2,
        _ => 1,
    }
}

/// So many texts carry what is worth more than the least.
const MANY: usize = 64;

/// All fingerprints that two texts share and that are no furniture.
#[derive(Default, Debug)]
pub(super) struct Postings {
    /// Places, group after group, in order inside each. Groups stand in the order of their first
    /// places: what a copy shares with one text lies together.
    pub(super) at: Vec<u32>,
    /// One bit a place: whether a group starts there. One more at the end.
    starts: Vec<u64>,
    /// Where the groups start that are too large to compare all pairs.
    large: Vec<u32>,
    /// For each piece of `at` the places in it, shard after shard.
    pieces: Vec<Piece>,
}

impl Postings {
    /// The postings of all `shards`, which forget their fingerprints. `series` says of each text whose
    /// it is. Cost: linear in the fingerprints.
    pub(super) fn new(shards: &mut [Shard], places: &Places, series: &[u32]) -> Self {
        let parts = (0..N_PARTS).collect::<Vec<_>>();
        let parts = par::map_in(&parts, Room::default, |room, &part| {
            let prints = shards.iter().enumerate();
            let prints = prints.map(|(ix, shard)| (shard.part(part), places.first(ix * N_TEXTS)));
            groups(&prints.collect::<Vec<_>>(), places, series, room)
        });
        shards.iter_mut().for_each(Shard::forget_prints);
        let furniture = group::furniture(&parts, places, series);
        let lists = (0..shards.len()).collect::<Vec<_>>();
        let lists = par::map(&lists, |&shard| {
            let (mut at, mut sizes) = (Vec::new(), Vec::new());
            group::each_of(places.of_shard(shard), &parts, &furniture, |places| {
                at.extend_from_slice(places);
                sizes.push(places.len() as u32);
            });
            (at, sizes)
        });
        drop(parts);
        let n_places = lists.iter().map(|list| list.0.len()).sum::<usize>();
        let mut at = Vec::with_capacity(n_places);
        let (mut starts, mut large) = (vec![0u64; n_places / 64 + 1], Vec::new());
        let mut start = 0;
        for (places, sizes) in lists {
            at.extend(places);
            for size in sizes {
                starts[start / 64] |= 1 << (start % 64);
                if size as usize > ALL_PAIRS {
                    large.push(start as u32);
                }
                start += size as usize;
            }
        }
        starts[start / 64] |= 1 << (start % 64);
        let edges = Edges::new(places);
        let pieces = (0..n_places).step_by(n_places.div_ceil(N_PIECES).max(1)).collect::<Vec<_>>();
        let step = pieces.get(1).copied().unwrap_or(n_places);
        let pieces = par::map(&pieces, |&first| {
            Piece::new(&at, first..(first + step).min(n_places), &edges)
        });
        Self { at, starts, large, pieces }
    }

    /// Fills `own` with the postings of a shard's words. Cost: linear in its words.
    pub(super) fn of_shard(&self, shard: usize, places: &Places, own: &mut Own) {
        let (first, end) = places.of_shard(shard);
        own.postings.resize((end - first) as usize, 0);
        own.bits.clear();
        own.bits.resize((end - first) as usize / 64 + 1, 0);
        for piece in &self.pieces {
            for &at in &piece.at[piece.starts[shard] as usize..piece.starts[shard + 1] as usize] {
                let word = (self.at[at as usize] - first) as usize;
                own.postings[word] = at;
                own.bits[word / 64] |= 1 << (word % 64);
            }
        }
    }

    /// The seed of a posting.
    #[inline]
    pub(super) fn seed(&self, at: u32) -> Seed {
        let Some(start) = self.start(at) else {
            let near = at - NEAREST as u32;
            let large = self.large.partition_point(|&start| start <= at);
            return Seed { at, near, first: self.large[large - 1], worth: worth(MANY + 1) };
        };
        Seed { at, near: start, first: start, worth: worth(self.size(start)) }
    }

    /// Where the group of a posting starts, if not farther away than all pairs are compared.
    #[inline]
    fn start(&self, at: u32) -> Option<u32> {
        let word = at as usize / 64;
        let bits = self.starts[word] << (63 - at % 64);
        if bits != 0 {
            return Some(at - bits.leading_zeros());
        }
        let mut end = at - at % 64;
        for word in (0..word).rev().take(ALL_PAIRS / 64 + 1) {
            let bits = self.starts[word];
            if bits != 0 {
                let start = end - 1 - bits.leading_zeros();
                return (at - start <= ALL_PAIRS as u32).then_some(start);
            }
            end -= 64;
        }
        None
    }

    /// How many places the group has that starts there; at least [`MANY`] + 1 if it has more.
    #[inline]
    fn size(&self, start: u32) -> usize {
        let next = start as usize + 1;
        let bits = self.starts[next / 64] >> (next % 64);
        if bits != 0 {
            return bits.trailing_zeros() as usize + 1;
        }
        let n_seen = 64 - next % 64;
        let bits = self.starts.get(next / 64 + 1).copied().unwrap_or(0);
        n_seen + bits.trailing_zeros() as usize + 1
    }
}

/// The postings of a shard's words.
#[derive(Debug, Default)]
pub(super) struct Own {
    /// For each word its posting, if its bit is set.
    postings: Vec<u32>,
    bits: Vec<u64>,
}

impl Own {
    /// The postings of `words`, with the number of their words in that range.
    pub(super) fn of(&self, words: Range<usize>) -> impl Iterator<Item = (u32, u32)> + '_ {
        let (first, end) = (words.start, words.end);
        (first / 64..end.div_ceil(64)).flat_map(move |block| {
            let mut bits = self.bits[block];
            if block == first / 64 {
                bits &= u64::MAX << (first % 64);
            }
            if block == end / 64 {
                bits &= (1 << (end % 64)) - 1;
            }
            std::iter::from_fn(move || {
                (bits != 0).then(|| {
                    let word = block * 64 + bits.trailing_zeros() as usize;
                    bits &= bits - 1;
                    ((word - first) as u32, self.postings[word])
                })
            })
        })
    }
}

/// Pieces of the list of all places: enough for all cores to share in.
const N_PIECES: usize = 256;

/// Numbers of postings by the shard that they stand in.
#[derive(Debug)]
struct Piece {
    at: Vec<u32>,
    /// Where each shard's numbers start; one more than there are shards.
    starts: Vec<u32>,
}

impl Piece {
    fn new(at: &[u32], piece: Range<usize>, edges: &Edges) -> Self {
        let mut starts = vec![0u32; edges.firsts.len()];
        let shards = at[piece.clone()].iter().map(|&place| edges.shard_of(place) as u32);
        let shards = shards.collect::<Vec<_>>();
        for &shard in &shards {
            starts[shard as usize + 1] += 1;
        }
        for shard in 1..starts.len() {
            starts[shard] += starts[shard - 1];
        }
        let mut next = starts.clone();
        let mut by_shard = vec![0u32; piece.len()];
        for (at, &shard) in piece.zip(&shards) {
            let next = &mut next[shard as usize];
            by_shard[*next as usize] = at as u32;
            *next += 1;
        }
        Self { at: by_shard, starts }
    }
}
