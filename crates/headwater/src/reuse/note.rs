//! Note: what a text notes of another one while they are compared.

/// What a text notes of each one before it: a table by that one's number, small enough for the
/// cache.
#[derive(Debug)]
pub(super) struct Notes {
    slots: Vec<Note>,
    n_taken: usize,
}

/// What a text notes of one before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Note {
    /// The one before it, or [`NOBODY`].
    left: u32,
    /// Up to which of its words stretches reach.
    pub(super) covered: u32,
    /// What the seeds so far are worth.
    pub(super) worth: u32,
    /// The first of them.
    pub(super) seed: (u32, u32),
}

impl Default for Notes {
    fn default() -> Self {
        Self { slots: vec![BLANK; 512], n_taken: 0 }
    }
}

impl Notes {
    /// Forgets all.
    pub(super) fn clear(&mut self) {
        if self.n_taken > 0 {
            self.slots.fill(BLANK);
            self.n_taken = 0;
        }
    }

    /// What is noted of a text.
    #[inline]
    pub(super) fn of(&mut self, left: u32) -> &mut Note {
        let mut at = self.slot(left);
        if self.slots[at].left == NOBODY {
            if (self.n_taken + 1) * 2 > self.slots.len() {
                let more = vec![BLANK; self.slots.len() * 2];
                for note in std::mem::replace(&mut self.slots, more) {
                    if note.left != NOBODY {
                        let at = self.slot(note.left);
                        self.slots[at] = note;
                    }
                }
                at = self.slot(left);
            }
            self.n_taken += 1;
            self.slots[at].left = left;
        }
        &mut self.slots[at]
    }

    /// The slot of a text: its own, or the free one where it belongs.
    #[inline]
    fn slot(&self, left: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (left.wrapping_mul(0x9e37_79b9) >> 7) as usize & mask;
        while self.slots[at].left != NOBODY && self.slots[at].left != left {
            at = (at + 1) & mask;
        }
        at
    }
}

/// No text.
const NOBODY: u32 = u32::MAX;

const BLANK: Note = Note { left: NOBODY, covered: 0, worth: 0, seed: NONE };

/// No seed.
pub(super) const NONE: (u32, u32) = (u32::MAX, u32::MAX);
