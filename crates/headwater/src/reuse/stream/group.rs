//! Group: the places of one fingerprint, in the order of their texts, and what is known of them.

use std::slice;

/// All groups of two places and more. A group is named by a number that changes when it grows.
///
/// A number below [`FIRST`] is a place that has its fingerprint for itself.
#[derive(Debug, Default)]
pub(super) struct Groups {
    /// Blocks for 2, 4, 8, … places; all but the first with a [`Head`].
    sizes: Vec<Size>,
}

#[derive(Debug, Default)]
struct Size {
    blocks: Vec<u32>,
    /// Blocks that are free again.
    free: Vec<u32>,
}

/// The first number that names a group; places are below.
pub(super) const FIRST: u32 = 1 << 31;

/// Bits of a number that say which block of its size a group has.
const BLOCK: u32 = 26;

/// What is known of a group of three places and more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Head {
    /// How many texts have it.
    pub(super) n_texts: u32,
    /// Which series leads the vote of Boyer and Moore, a vote for each text.
    pub(super) likely: u32,
    /// By how many votes.
    pub(super) votes: u32,
    /// How many texts of that series have it, unless [`UNKNOWN`].
    pub(super) own: u32,
    /// Whether that series holds it nearly alone.
    pub(super) is_suspect: bool,
    /// Whether it was found to be furniture when all was last settled.
    pub(super) is_furniture: bool,
}

/// Not counted.
pub(super) const UNKNOWN: u32 = u32::MAX;

/// Numbers before the places: how many these are, then the head.
const N_HEAD: usize = 6;

impl Groups {
    /// Whether blocks of some size may run out with so many groups more.
    pub(super) fn is_full(&self, n_more: usize) -> bool {
        let blocks = |(nth, size): (usize, &Size)| size.blocks.len() / n_numbers(nth);
        self.sizes.iter().enumerate().map(blocks).any(|n| n + n_more >= 1 << BLOCK)
    }

    /// The places of a group, or of one that is alone.
    #[inline]
    pub(super) fn places<'a>(&'a self, group: &'a u32) -> &'a [u32] {
        if *group < FIRST { slice::from_ref(group) } else { self.places_of(*group) }
    }

    /// The places of a group of two places and more.
    #[inline]
    pub(super) fn places_of(&self, group: u32) -> &[u32] {
        let (size, at) = block(group);
        let block = &self.sizes[size].blocks[at..at + n_numbers(size)];
        if size == 0 { block } else { &block[N_HEAD..N_HEAD + block[0] as usize] }
    }

    /// What is known of a group; nothing of one of two places.
    pub(super) fn head(&self, group: u32) -> Option<Head> {
        let (size, at) = block(group);
        if group < FIRST || size == 0 {
            return None;
        }
        let &[n_texts, likely, votes, own, state] =
            self.sizes[size].blocks[at + 1..].first_chunk()?;
        let (is_suspect, is_furniture) = (state & 1 != 0, state & 2 != 0);
        Some(Head { n_texts, likely, votes, own, is_suspect, is_furniture })
    }

    /// Notes what is known of a group of three places and more.
    pub(super) fn set_head(&mut self, group: u32, head: Head) {
        let (size, at) = block(group);
        let state = u32::from(head.is_suspect) | u32::from(head.is_furniture) << 1;
        let numbers = [head.n_texts, head.likely, head.votes, head.own, state];
        self.sizes[size].blocks[at + 1..at + N_HEAD].copy_from_slice(&numbers);
    }

    /// Puts a place in as the `nth` and returns the group's new number. The head is kept; that of a
    /// group that had none is not known.
    pub(super) fn insert(&mut self, group: u32, nth: usize, place: u32) -> u32 {
        if group < FIRST {
            let (new, at) = self.take(0);
            let pair = if nth == 0 { [place, group] } else { [group, place] };
            self.sizes[0].blocks[at..at + 2].copy_from_slice(&pair);
            return new;
        }
        let (size, at) = block(group);
        let n_places = self.places(&group).len();
        let (group, size, at) = if n_places < 2 << size {
            (group, size, at)
        } else {
            let old = at..at + n_numbers(size);
            let (new, at) = self.take(size + 1);
            let skipped = if size == 0 { N_HEAD } else { 0 };
            let (smaller, larger) = self.sizes.split_at_mut(size + 1);
            let to = at + skipped..at + skipped + old.len();
            larger[0].blocks[to].copy_from_slice(&smaller[size].blocks[old]);
            smaller[size].free.push(group);
            (new, size + 1, at)
        };
        let block = &mut self.sizes[size].blocks[at..at + n_numbers(size)];
        block[0] = n_places as u32 + 1;
        let places = &mut block[N_HEAD..];
        places.copy_within(nth..n_places, nth + 1);
        places[nth] = place;
        group
    }

    /// A free block of a size: its number, and where it starts.
    fn take(&mut self, size: usize) -> (u32, usize) {
        while self.sizes.len() <= size {
            self.sizes.push(Size::default());
        }
        let Size { blocks, free } = &mut self.sizes[size];
        if let Some(group) = free.pop() {
            return (group, block(group).1);
        }
        let at = blocks.len();
        blocks.resize(at + n_numbers(size), 0);
        (FIRST | (size as u32) << BLOCK | (at / n_numbers(size)) as u32, at)
    }
}

/// Numbers in a block of a size.
fn n_numbers(size: usize) -> usize {
    if size == 0 { 2 } else { N_HEAD + (2 << size) }
}

/// The size of a group's block, and where it starts.
fn block(group: u32) -> (usize, usize) {
    let size = ((group & (FIRST - 1)) >> BLOCK) as usize;
    (size, (group & ((1 << BLOCK) - 1)) as usize * n_numbers(size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_stand_where_they_were_put_and_a_head_is_kept() {
        let head = Head {
            n_texts: 3,
            likely: 7,
            votes: 1,
            own: UNKNOWN,
            is_suspect: true,
            is_furniture: false,
        };
        let mut groups = Groups::default();
        let mut expected: Vec<Vec<u32>> = vec![vec![900], vec![901], vec![902]];
        let mut names = [900, 901, 902];
        for place in 0..200u32 {
            let which = (place * 7 % 3) as usize;
            let nth = (place * 13) as usize % (expected[which].len() + 1);
            expected[which].insert(nth, place);
            names[which] = groups.insert(names[which], nth, place);
            if expected[which].len() == 3 {
                groups.set_head(names[which], head);
            }
        }
        for (name, expected) in names.iter().zip(&expected) {
            assert_eq!(groups.places(name), expected);
            assert_eq!(groups.head(*name), Some(head));
        }
    }
}
