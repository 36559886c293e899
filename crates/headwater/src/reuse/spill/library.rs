//! Library: the words of all texts, in segments, of which some are held at a time.

use headwater_page::Span;

use crate::reuse::extent;
use crate::reuse::place::Places;
use crate::reuse::segment::{Piece, Segments, Shelf};
use crate::reuse::shard::{N_TEXTS, Shard, Word};

/// Each text's words, where its sentences end and where its words stand, one after the other.
#[derive(Debug)]
pub(super) struct Library {
    pub(super) shelf: Shelf,
    pub(super) pieces: Vec<Piece>,
}

/// Pieces that are read in one go come to no more bytes.
const AT_ONCE: u32 = 1 << 18;

/// What the library keeps of text `ix` of a shard.
pub(super) fn record(shard: &Shard, ix: usize, extents: &[u8]) -> Vec<u8> {
    let words = shard.text(ix);
    let mut bytes = Vec::with_capacity(words.len() * 2 + words.len() / 8 + 1 + extents.len());
    bytes.extend(words.iter().flat_map(|word| word.to_le_bytes()));
    bytes.extend((0..words.len()).step_by(8).map(|first| {
        let ends = (first..words.len().min(first + 8)).rev().map(|at| shard.ends(ix, at));
        ends.fold(0u8, |bits, end| bits << 1 | u8::from(end))
    }));
    bytes.extend_from_slice(extents);
    bytes
}

impl Library {
    /// Bytes of the words of a text in memory.
    pub(super) fn n_bytes(&self, text: u32) -> usize {
        self.pieces[text as usize].n_bytes as usize
    }

    /// Shards with the words of `texts` (in order, each once) and none of the others.
    pub(super) fn load<S: Segments>(
        &self,
        segments: &S,
        places: &Places,
        texts: &[u32],
    ) -> Result<Vec<Shard>, S::Error> {
        let n_texts = places.n_texts();
        let shards = n_texts.div_ceil(N_TEXTS);
        let mut shards = (0..shards).map(|_| Shard::default()).collect::<Vec<_>>();
        let mut next = 0;
        let mut add = |text: usize, record: Option<&[u8]>| {
            let n_words = places.n_words(text);
            let record = record.unwrap_or_default();
            let (words, rest) = record.split_at((n_words * 2).min(record.len()));
            let words = words.as_chunks().0.iter().map(|word| Word::from_le_bytes(*word));
            shards[text / N_TEXTS].add_read(words, rest);
        };
        self.each(segments, texts, |text, record| {
            (next..text as usize).for_each(|text| add(text, None));
            add(text as usize, Some(record));
            next = text as usize + 1;
        })?;
        (next..n_texts).for_each(|text| add(text, None));
        Ok(shards)
    }

    /// Calls `found` with each of `texts` (in order) and where its words stand.
    pub(super) fn spans<S: Segments>(
        &self,
        segments: &S,
        places: &Places,
        texts: &[u32],
        found: &mut dyn FnMut(usize, &[Span]),
    ) -> Result<(), S::Error> {
        let mut words = Vec::new();
        self.each(segments, texts, |text, record| {
            let n_words = places.n_words(text as usize);
            let extents = record.get(n_words * 2 + n_words.div_ceil(8)..).unwrap_or_default();
            words.clear();
            extent::each(extents, |word| words.push(word));
            found(text as usize, &words);
        })
    }

    /// Calls `found` with the record of each of `texts`, in order. Neighbours are read in one go.
    fn each<S: Segments>(
        &self,
        segments: &S,
        texts: &[u32],
        mut found: impl FnMut(u32, &[u8]),
    ) -> Result<(), S::Error> {
        let piece = |text: u32| self.pieces[text as usize];
        let mut from = 0;
        while from < texts.len() {
            let first = piece(texts[from]);
            let mut end = from + 1;
            while end < texts.len() {
                let next = piece(texts[end]);
                if !piece(texts[end - 1]).is_near(next) || first.hull(next).n_bytes > AT_ONCE {
                    break;
                }
                end += 1;
            }
            let whole = first.hull(piece(texts[end - 1]));
            let bytes = self.shelf.read(segments, whole)?;
            for &text in &texts[from..end] {
                found(text, &bytes[piece(text).inside(whole)]);
            }
            from = end;
        }
        Ok(())
    }
}
