//! Deal: the groups of places are dealt out to ranges of texts, each of which is linked by itself.

use std::ops::Range;

use crate::reuse::place::Places;
use crate::reuse::posting::{ALL_PAIRS, NEAREST, Part};
use crate::reuse::segment::numbers_of;

/// The groups that texts of a range have places in, with the places before the range that these are
/// compared with.
#[derive(Debug, Default)]
pub(super) struct Dealt {
    /// Places, group after group.
    at: Vec<u32>,
    /// Each text's seeds in order of place, text after text.
    seeds: Vec<Seed>,
    /// Where each text's seeds start; one more than there are texts in the range.
    starts: Vec<u32>,
    first: u32,
}

/// A place with its group: where both stand in [`Dealt::at`], and how many places the whole group
/// has.
#[derive(Clone, Copy, Debug, Default)]
struct Seed {
    at: u32,
    start: u32,
    n_places: u32,
}

/// What memory holds of a seed, besides its place.
const SEED_BYTES: usize = 12;

/// How the groups that are no furniture are cut where texts are put into classes (a class is some
/// texts in a row): calls `found` with class, number of places of the whole group, places before the
/// class that its texts are compared with, and its own places.
fn each_cut(
    part: &Part,
    furniture: &[u32],
    class_of: impl Fn(u32) -> usize,
    mut found: impl FnMut(usize, usize, (Option<u32>, &[u32]), &[u32]),
) {
    for group in 0..part.n_groups() {
        if furniture.binary_search(&(group as u32)).is_ok() {
            continue;
        }
        let places = part.group(group);
        let n_places = places.len();
        let mut from = 0usize;
        for own in places.chunk_by(|&a, &b| class_of(a) == class_of(b)) {
            // Of few places before all are compared; of many those that are nearest and the first,
            // with so many between them that it shows that they were many.
            let near = from.saturating_sub(ALL_PAIRS);
            let first = (near > 0).then_some(places[0]);
            if from > 0 || own.len() > 1 {
                found(class_of(own[0]), n_places, (first, &places[near..from]), own);
            }
            from += own.len();
        }
    }
}

/// For each class of `n_texts` texts, the bytes that memory would hold of its groups.
pub(super) fn costs(
    part: &Part,
    furniture: &[u32],
    places: &Places,
    n_texts: usize,
    costs: &mut [u64],
) {
    let class_of = |place: u32| places.text_of(place) / n_texts;
    each_cut(part, furniture, class_of, |class, _, (_, before), own| {
        costs[class] += ((before.len() + 1 + own.len()) * 4 + own.len() * SEED_BYTES) as u64;
    });
}

/// The groups of a part for each range, as numbers.
pub(super) fn deal(
    part: &Part,
    furniture: &[u32],
    places: &Places,
    ranges: &[Range<u32>],
) -> Vec<Vec<u32>> {
    let mut dealt = vec![Vec::new(); ranges.len()];
    let range_of = |place: u32| {
        let text = places.text_of(place) as u32;
        ranges.partition_point(|range| range.end <= text)
    };
    each_cut(part, furniture, range_of, |range, n_places, (first, before), own| {
        let n_before = before.len() + usize::from(first.is_some());
        let to: &mut Vec<u32> = &mut dealt[range];
        to.extend([n_places as u32, n_before as u32, own.len() as u32]);
        to.extend(first);
        to.extend_from_slice(before);
        to.extend_from_slice(own);
    });
    dealt
}

impl Dealt {
    /// What was dealt to the texts of `range`, from pieces of bytes.
    pub(super) fn new<E>(
        pieces: impl Iterator<Item = Result<Vec<u8>, E>>,
        places: &Places,
        range: &Range<u32>,
    ) -> Result<Self, E> {
        let mut dealt = Self { first: range.start, ..Self::default() };
        dealt.starts = vec![0; range.len() + 1];
        let mut seeds = Vec::new();
        for piece in pieces {
            let numbers = numbers_of(&piece?);
            let mut rest = numbers.as_slice();
            while let [n_places, n_before, n_own, more @ ..] = rest {
                let n = (*n_before + *n_own) as usize;
                let Some((group, more)) = more.split_at_checked(n) else { break };
                rest = more;
                let start = dealt.at.len() as u32;
                dealt.at.extend_from_slice(group);
                seeds.extend((start + n_before..start + n as u32).map(|at| Seed {
                    at,
                    start,
                    n_places: *n_places,
                }));
            }
        }
        let at = &dealt.at;
        seeds.sort_unstable_by_key(|seed| at[seed.at as usize]);
        for seed in &seeds {
            let text = places.text_of(at[seed.at as usize]) - range.start as usize;
            dealt.starts[text + 1] += 1;
        }
        for text in 1..dealt.starts.len() {
            dealt.starts[text] += dealt.starts[text - 1];
        }
        dealt.seeds = seeds;
        Ok(dealt)
    }

    /// Calls `found` with each seed of a text, in order of place: the places that it is compared
    /// with, its own, and how many carry the fingerprint.
    pub(super) fn each_seed(
        &self,
        text: u32,
        mut found: impl FnMut(Option<u32>, &[u32], u32, usize),
    ) {
        let text = (text - self.first) as usize;
        for seed in &self.seeds[self.starts[text] as usize..self.starts[text + 1] as usize] {
            let (at, start) = (seed.at as usize, seed.start as usize);
            let near = if at - start <= ALL_PAIRS { start } else { at - NEAREST };
            let first = (near > start).then_some(self.at[start]);
            found(first, &self.at[near..at], self.at[at], seed.n_places as usize);
        }
    }
}
