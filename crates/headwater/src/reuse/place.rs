//! Place: where the words of all texts stand, when they are counted through from the first text on.

use super::shard::{N_TEXTS, Shard};

/// Where the words of each text stand.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// First word of each text, and one past the last word of all.
    firsts: Vec<u32>,
    /// The text of the first of each 64 words.
    blocks: Vec<u32>,
}

impl Places {
    pub(super) fn new(shards: &[Shard]) -> Self {
        let mut places = Self::default();
        let n_words = shards.iter().map(|shard| shard.words.len()).sum::<usize>();
        places.blocks.reserve(n_words / 64 + 1);
        for starts in shards.iter().flat_map(|shard| shard.starts.windows(2)) {
            places.add(starts[1] - starts[0]);
        }
        places
    }

    /// Counts a text more.
    pub(super) fn add(&mut self, n_words: u32) {
        let end = self.end() + n_words;
        let text = self.n_texts() as u32;
        while self.blocks.len() as u64 * 64 < u64::from(end) {
            self.blocks.push(text);
        }
        self.firsts.push(end);
    }

    /// Number of words of all texts.
    pub(super) fn end(&self) -> u32 {
        self.firsts[self.n_texts()]
    }

    /// First word of a shard, and one past its last.
    pub(super) fn of_shard(&self, shard: usize) -> (u32, u32) {
        let text = |shard: usize| (shard * N_TEXTS).min(self.n_texts());
        (self.firsts[text(shard)], self.firsts[text(shard + 1)])
    }

    /// Number of texts.
    pub(super) fn n_texts(&self) -> usize {
        self.firsts.len() - 1
    }

    /// The text in which a word stands.
    #[inline]
    pub(super) fn text_of(&self, place: u32) -> usize {
        from(self.blocks[place as usize / 64] as usize, &self.firsts, place)
    }

    /// First word of a text.
    #[inline]
    pub(super) fn first(&self, text: usize) -> u32 {
        self.firsts[text]
    }

    /// Number of words of a text.
    #[inline]
    pub(super) fn n_words(&self, text: usize) -> usize {
        (self.firsts[text + 1] - self.firsts[text]) as usize
    }
}

impl Default for Places {
    /// No texts.
    fn default() -> Self {
        Self { firsts: vec![0], blocks: Vec::new() }
    }
}

/// Where shards begin.
pub(super) struct Edges {
    /// First word of each shard, and one past the last word of all.
    pub(super) firsts: Vec<u32>,
    /// The shard of the first of each [`EDGE`] words.
    blocks: Vec<u32>,
}

/// Words in a block of [`Edges`]: few blocks, so that they stay in the cache.
const EDGE: usize = 1 << 13;

impl Edges {
    pub(super) fn new(places: &Places) -> Self {
        let n_shards = places.n_texts().div_ceil(N_TEXTS);
        let mut firsts = (0..n_shards).map(|shard| places.of_shard(shard).0).collect::<Vec<_>>();
        let end = places.firsts[places.n_texts()];
        firsts.push(end);
        let mut shard = 0;
        let blocks = (0..end).step_by(EDGE).map(|first| {
            while firsts[shard + 1] <= first {
                shard += 1;
            }
            shard as u32
        });
        let blocks = blocks.collect();
        Self { firsts, blocks }
    }

    /// The shard in which a word stands.
    #[inline]
    pub(super) fn shard_of(&self, place: u32) -> usize {
        from(self.blocks[place as usize / EDGE] as usize, &self.firsts, place)
    }
}

/// Which range holds `place`: the one numbered `first` or one of the next. Each ends where the next
/// starts.
#[inline]
fn from(mut first: usize, starts: &[u32], place: u32) -> usize {
    // A few steps, mostly none; more where thousands are empty.
    for _ in 0..4 {
        if starts[first + 1] > place {
            return first;
        }
        first += 1;
    }
    first + starts[first + 1..].partition_point(|&start| start <= place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_in_the_text_that_holds_it_however_many_are_empty() {
        let mut places = Places::default();
        let n_words = [3, 0, 200, 1].into_iter().chain([0; 1000]).chain([2, 0]);
        n_words.clone().for_each(|n| places.add(n));
        let texts = n_words.enumerate().flat_map(|(text, n)| vec![text; n as usize]);
        let edges = Edges::new(&places);
        for (place, text) in (0..).zip(texts) {
            assert_eq!((places.text_of(place), edges.shard_of(place)), (text, text / N_TEXTS));
        }
    }
}
