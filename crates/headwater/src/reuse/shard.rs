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
    /// Forgets all words.
    pub(super) fn clear(&mut self) {
        self.hashes.clear();
        self.ends.clear();
    }

    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Calls `found` with part, hash and first word of each fingerprint, in order of place.
    /// `shingles` is room to work in.
    #[inline]
    pub(super) fn each_print(
        &self,
        shingles: &mut Vec<u64>,
        mut found: impl FnMut(usize, u32, usize),
    ) {
        shingle::each_print(&self.hashes, shingles, |hash, at| {
            found((hash >> 32) as usize % N_PARTS, hash as u32, at);
        });
    }

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

impl Default for Shard {
    /// No texts.
    fn default() -> Self {
        let (words, ends, prints, parts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { words, starts: vec![0], ends, prints, parts }
    }
}

impl Shard {
    /// The shard of `n_texts` texts, of which `read` gives the words. Cost: linear in the words.
    pub(super) fn new(n_texts: usize, mut read: impl FnMut(usize, &mut Words)) -> Self {
        let mut shard = Self { parts: vec![0; N_PARTS + 1], ..Self::default() };
        let (mut text, mut shingles) = (Words::default(), Vec::new());
        // Part and fingerprint, in order of place.
        let mut prints: Vec<(u16, u64)> = Vec::new();
        for ix in 0..n_texts {
            text.clear();
            read(ix, &mut text);
            let first = shard.add(&text);
            text.each_print(&mut shingles, |part, hash, at| {
                shard.parts[part + 1] += 1;
                prints.push((part as u16, u64::from(hash) << 32 | (first + at) as u64));
            });
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

    /// Adds the words of one text and returns the number of the first. Cost: linear in the words.
    pub(super) fn add(&mut self, text: &Words) -> usize {
        let first = self.words.len();
        self.words.extend(text.hashes.iter().map(|&hash| hash as Word));
        self.ends.resize(self.words.len().div_ceil(64), 0);
        for &end in &text.ends {
            let at = first + end as usize;
            self.ends[at / 64] |= 1 << (at % 64);
        }
        self.starts.push(self.words.len() as u32);
        first
    }

    /// Number of fingerprints.
    pub(super) fn n_prints(&self) -> usize {
        self.prints.len()
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

    /// Adds the words of one text that were read before, with a bit for each after which a sentence
    /// ends, eight to a byte.
    pub(super) fn add_read(&mut self, words: impl Iterator<Item = Word>, ends: &[u8]) {
        let first = self.words.len();
        self.words.extend(words);
        self.ends.resize(self.words.len().div_ceil(64), 0);
        for at in first..self.words.len() {
            let (byte, bit) = ((at - first) / 8, (at - first) % 8);
            let end = ends.get(byte).map_or(0, |bits| bits >> bit & 1);
            self.ends[at / 64] |= u64::from(end) << (at % 64);
        }
        self.starts.push(self.words.len() as u32);
    }

    /// Forgets the words.
    pub(super) fn forget_words(&mut self) {
        self.words = Vec::new();
        self.ends = Vec::new();
    }

    /// Forgets the fingerprints, which take more room than the words.
    pub(super) fn forget_prints(&mut self) {
        self.prints = Vec::new();
        self.parts = Vec::new();
    }
}
