//! Extent: the bytes that each word of a text takes.

use headwater_page::Span;

/// Where the words of a text stand in it: mostly one byte a word, that says how long the word and
/// the gap before it are.
#[derive(Clone, Default, Debug)]
pub(super) struct Extents {
    bytes: Vec<u8>,
    /// End of the last word.
    end: usize,
}

/// Gaps and words that one byte can hold.
const GAPS: usize = 3;
const LONGEST: usize = 80;

/// Before a gap and a word that it cannot.
const LONG: u8 = 0;

impl Extents {
    /// Forgets all words.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.end = 0;
    }

    /// Adds the word that takes these bytes, all of them behind the last word.
    #[inline]
    pub(super) fn push(&mut self, start: usize, end: usize) {
        let (gap, n_bytes) = (start - self.end, end - start);
        if (1..=GAPS).contains(&gap) && (1..LONGEST).contains(&n_bytes) {
            self.bytes.push(((gap - 1) * LONGEST + n_bytes) as u8);
        } else {
            self.bytes.push(LONG);
            self.bytes.extend((gap as u32).to_le_bytes());
            self.bytes.extend((n_bytes as u32).to_le_bytes());
        }
        self.end = end;
    }

    /// What was pushed, to be read by [`each`].
    pub(super) fn packed(&self) -> Box<[u8]> {
        self.bytes.as_slice().into()
    }
}

/// Calls `found` with the bytes of each word.
pub(super) fn each(packed: &[u8], mut found: impl FnMut(Span)) {
    let (mut at, mut end) = (0, 0);
    while let Some(&byte) = packed.get(at) {
        at += 1;
        let (gap, n_bytes) = if byte == LONG {
            let number = |at: usize| packed.get(at..).and_then(<[u8]>::first_chunk);
            let number = |at: usize| number(at).map_or(0, |bytes| u32::from_le_bytes(*bytes));
            at += 8;
            (number(at - 8), number(at - 4))
        } else {
            (u32::from(byte) / LONGEST as u32 + 1, u32::from(byte) % LONGEST as u32)
        };
        let start = end + gap;
        end = start + n_bytes;
        found(Span { start, end });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_where_they_stood() {
        let words = [(0, 4), (5, 6), (9, 88), (89, 168), (169, 249), (1000, 1001), (1001, 1002)];
        let mut extents = Extents::default();
        for (start, end) in words {
            extents.push(start, end);
        }
        let mut found = Vec::new();
        each(&extents.packed(), |span| found.push((span.start as usize, span.end as usize)));
        assert_eq!(found, words);
    }
}
