//! Table: where each fingerprint stands, as one number that its keeper gives a meaning.

use crate::reuse::shard::N_PARTS;

/// The numbers of fingerprints. Each part grows by itself and a part is small, so that no single
/// text waits while all is moved.
#[derive(Debug)]
pub(super) struct Table {
    parts: Vec<Part>,
}

/// What a fingerprint has that is not in the table.
pub(super) const NOTHING: u32 = u32::MAX;

#[derive(Debug)]
struct Part {
    /// Hash and number, in about the order of the hashes; the number is [`NOTHING`] where no
    /// fingerprint is.
    slots: Vec<(u32, u32)>,
    n_taken: usize,
}

impl Default for Table {
    /// Nothing. Parts start with different sizes, so that they do not all grow at the same time.
    fn default() -> Self {
        let part = |nth: usize| Part { slots: empty(64 + nth % 16), n_taken: 0 };
        Self { parts: (0..N_PARTS).map(part).collect() }
    }
}

impl Table {
    /// The number of a fingerprint.
    pub(super) fn get(&self, part: usize, hash: u32) -> u32 {
        let part = &self.parts[part];
        part.slots[part.find(hash)].1
    }

    /// The number of a fingerprint, to be given another.
    pub(super) fn of(&mut self, part: usize, hash: u32) -> &mut u32 {
        let part = &mut self.parts[part];
        let mut at = part.find(hash);
        if part.slots[at].1 == NOTHING {
            if (part.n_taken + 1) * 4 > part.slots.len() * 3 {
                part.grow();
                at = part.find(hash);
            }
            part.n_taken += 1;
            part.slots[at].0 = hash;
        }
        &mut part.slots[at].1
    }
}

impl Part {
    /// The slot of a hash: its own, or the free one where it belongs.
    #[inline]
    fn find(&self, hash: u32) -> usize {
        // Slots are in the order of the hashes, so that to grow is to copy from front to end.
        let mut at = ((u64::from(hash) * self.slots.len() as u64) >> 32) as usize;
        while self.slots[at].1 != NOTHING && self.slots[at].0 != hash {
            at = if at + 1 == self.slots.len() { 0 } else { at + 1 };
        }
        at
    }

    /// Makes room for a quarter more.
    fn grow(&mut self) {
        let more = empty(self.slots.len() + self.slots.len() / 4);
        for slot in std::mem::replace(&mut self.slots, more) {
            if slot.1 != NOTHING {
                let at = self.find(slot.0);
                self.slots[at] = slot;
            }
        }
    }
}

fn empty(n_slots: usize) -> Vec<(u32, u32)> {
    vec![(0, NOTHING); n_slots]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_table_keeps_what_it_is_given() {
        let (mut table, mut map) = (Table::default(), BTreeMap::new());
        let mut hash = 7u32;
        for nth in 0..5000 {
            hash = hash.wrapping_mul(0x9e37_79b9).wrapping_add(nth % 3);
            let (part, hash) =
                ((nth % 2) as usize, if nth % 5 == 0 { u32::MAX - nth } else { hash });
            *table.of(part, hash) = nth;
            map.insert((part, hash), nth);
        }
        for (&(part, hash), &nth) in &map {
            assert_eq!(table.get(part, hash), nth);
            assert!(map.contains_key(&(part + 1, hash)) || table.get(part + 1, hash) == NOTHING);
        }
    }
}
