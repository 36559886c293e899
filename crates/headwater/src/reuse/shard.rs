//! Shard: the words of some texts as flat numbers, with the fingerprints that stand for them.

use super::shingle;

/// A word as passages are compared by it: 16 bits of its hash. Two different words are the same in
/// one of 65,536 cases, and a passage is many words.
pub(super) type Word = u16;

/// Fingerprints are dealt out to so many parts by eight bits of their hash. A part of 200,000 texts
/// is counted and sorted inside the cache, and a shard's share of it is read in one go.
pub(super) const N_PARTS: usize = 256;

/// So many texts make a shard: few enough that its buckets stay in the cache.
pub(super) const N_TEXTS: usize = 256;

/// The words of at most [`N_TEXTS`] texts.
#[derive(Debug)]
pub(super) struct Shard {
    /// All words, text after text.
    pub(super) words: Vec<Word>,
    /// Where each text's words start; one more than there are texts.
    pub(super) starts: Vec<u32>,
    /// One bit a word: whether a sentence ends after it.
    ends: Vec<u64>,
    /// Fingerprints by part, then place: 32 bits of the hash above, the shard's word below.
    prints: Vec<u64>,
    /// Where each part's fingerprints start; one more than there are parts.
    parts: Vec<u32>,
}

/// One text's words as they are read.
#[derive(Debug, Default)]
pub(super) struct Words {
    hashes: Vec<u32>,
    /// Numbers of the words after which a sentence ends.
    ends: Vec<u32>,
}

impl Words {
    /// Adds a word by its hash.
    #[inline]
    pub(super) fn push(&mut self, hash: u32) {
        self.hashes.push(hash);
    }

    /// Says that a sentence ends after the last word.
    #[inline]
    pub(super) fn end_sentence(&mut self) {
        if let Some(last) = self.hashes.len().checked_sub(1) {
            self.ends.push(last as u32);
        }
    }
}

impl Shard {
    /// The shard of `n_texts` texts, of which `read` gives the words. Cost: linear in the words.
    pub(super) fn new(n_texts: usize, mut read: impl FnMut(usize, &mut Words)) -> Self {
        let mut shard = Self {
            words: Vec::new(),
            starts: vec![0],
            ends: Vec::new(),
            prints: Vec::new(),
            parts: vec![0; N_PARTS + 1],
        };
        let (mut text, mut shingles) = (Words::default(), Vec::new());
        // Part and fingerprint, in order of place.
        let mut prints: Vec<(u16, u64)> = Vec::new();
        for ix in 0..n_texts {
            text.hashes.clear();
            text.ends.clear();
            read(ix, &mut text);
            let first = shard.words.len();
            shard.words.extend(text.hashes.iter().map(|&hash| hash as Word));
            shard.ends.resize(shard.words.len().div_ceil(64), 0);
            for &end in &text.ends {
                let at = first + end as usize;
                shard.ends[at / 64] |= 1 << (at % 64);
            }
            shingle::each_print(&text.hashes, &mut shingles, |hash, at| {
                let part = (hash >> 32) as usize % N_PARTS;
                shard.parts[part + 1] += 1;
                prints.push((part as u16, hash << 32 | (first + at) as u64));
            });
            shard.starts.push(shard.words.len() as u32);
        }
        for part in 0..N_PARTS {
            shard.parts[part + 1] += shard.parts[part];
        }
        let mut next = shard.parts.clone();
        shard.prints = vec![0; prints.len()];
        for (part, print) in prints {
            let next = &mut next[usize::from(part)];
            shard.prints[*next as usize] = print;
            *next += 1;
        }
        shard.words.shrink_to_fit();
        shard
    }

    /// The fingerprints of one part, in order of place.
    pub(super) fn part(&self, part: usize) -> &[u64] {
        &self.prints[self.parts[part] as usize..self.parts[part + 1] as usize]
    }

    /// The words of one text.
    pub(super) fn text(&self, ix: usize) -> &[Word] {
        &self.words[self.starts[ix] as usize..self.starts[ix + 1] as usize]
    }

    /// Whether a sentence ends after word `at` of a text.
    pub(super) fn ends(&self, ix: usize, at: usize) -> bool {
        let at = self.starts[ix] as usize + at;
        self.ends[at / 64] >> (at % 64) & 1 == 1
    }

    /// Forgets the fingerprints, which take more room than the words.
    pub(super) fn forget_prints(&mut self) {
        self.prints = Vec::new();
        self.parts = Vec::new();
    }
}
