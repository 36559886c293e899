//! Posting: a fingerprint at a place, in the list of all places that carry it.

use std::ops::Range;

use super::shard::{N_PARTS, N_TEXTS, Shard};
use crate::par;

/// Where the words of all texts stand, when they are counted through from the first text on.
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

    /// Number of texts.
    pub(super) fn n_texts(&self) -> usize {
        self.firsts.len() - 1
    }

    /// The text in which a word stands.
    #[inline]
    pub(super) fn text_of(&self, place: u32) -> usize {
        let mut text = self.blocks[place as usize / 64] as usize;
        while self.firsts[text + 1] <= place {
            text += 1;
        }
        text
    }

    /// First word of a text.
    #[inline]
    pub(super) fn first(&self, text: usize) -> u32 {
        self.firsts[text]
    }

    /// Number of words of a text.
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
    /// Places, group after group, in order inside each.
    pub(super) at: Vec<u32>,
    /// One bit a place: whether a group starts there. One more at the end.
    starts: Vec<u64>,
    /// Where the groups start that are too large to compare all pairs.
    large: Vec<u32>,
    /// For each piece of `at` the places in it, shard after shard.
    pieces: Vec<Piece>,
}

/// Numbers of postings by the shard that they stand in.
#[derive(Debug)]
struct Piece {
    at: Vec<u32>,
    /// Where each shard's numbers start; one more than there are shards.
    starts: Vec<u32>,
}

impl Postings {
    /// The postings of all `shards`, which forget their fingerprints. `series` says of each text whose
    /// it is. Cost: linear in the fingerprints.
    pub(super) fn new(shards: &mut [Shard], places: &Places, series: &[u32]) -> Self {
        let parts = (0..N_PARTS).collect::<Vec<_>>();
        let parts = par::map(&parts, |&part| {
            let prints = shards.iter().enumerate();
            let prints = prints.map(|(ix, shard)| (shard.part(part), places.first(ix * N_TEXTS)));
            groups(&prints.collect::<Vec<_>>(), places, series)
        });
        shards.iter_mut().for_each(Shard::forget_prints);
        let furniture = furniture(&parts, places, series);
        let n_places = parts.iter().map(|part| part.at.len()).sum::<usize>();
        let mut at = Vec::with_capacity(n_places);
        let mut starts = vec![0u64; n_places / 64 + 1];
        let (mut large, mut pieces) = (Vec::new(), Vec::with_capacity(N_PARTS));
        for (part, furniture) in parts.into_iter().zip(furniture) {
            let first = at.len();
            for group in part.each() {
                if furniture.binary_search(&(group.start as u32)).is_err() {
                    let start = at.len();
                    starts[start / 64] |= 1 << (start % 64);
                    if group.len() > ALL_PAIRS {
                        large.push(start as u32);
                    }
                    at.extend_from_slice(&part.at[group]);
                }
            }
            pieces.push(first..at.len());
        }
        starts[at.len() / 64] |= 1 << (at.len() % 64);
        let edges = Edges::new(places);
        let pieces = par::map(&pieces, |piece| edges.piece(&at, piece.clone()));
        Self { at, starts, large, pieces }
    }

    /// Notes for each word of a shard the number of its posting plus 1, or 0.
    pub(super) fn of_shard(&self, shard: usize, places: &Places, postings: &mut Vec<u32>) {
        let (first, end) = places.of_shard(shard);
        postings.clear();
        postings.resize((end - first) as usize, 0);
        for piece in &self.pieces {
            for &at in &piece.at[piece.starts[shard] as usize..piece.starts[shard + 1] as usize] {
                postings[(self.at[at as usize] - first) as usize] = at + 1;
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
        let n_places = self.size(start);
        Seed { at, near: start, first: start, worth: worth(n_places) }
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

impl Places {
    /// First word of a shard, and one past its last.
    fn of_shard(&self, shard: usize) -> (u32, u32) {
        let text = |shard: usize| (shard * N_TEXTS).min(self.n_texts());
        (self.firsts[text(shard)], self.firsts[text(shard + 1)])
    }
}

/// Where shards begin.
struct Edges {
    /// First word of each shard, and one past the last word of all.
    firsts: Vec<u32>,
    /// The shard of the first of each [`EDGE`] words.
    blocks: Vec<u32>,
}

/// Words in a block of [`Edges`]: few blocks, so that they stay in the cache.
const EDGE: usize = 1 << 13;

impl Edges {
    fn new(places: &Places) -> Self {
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

    #[inline]
    fn shard_of(&self, place: u32) -> usize {
        let mut shard = self.blocks[place as usize / EDGE] as usize;
        while self.firsts[shard + 1] <= place {
            shard += 1;
        }
        shard
    }

    fn piece(&self, at: &[u32], piece: Range<usize>) -> Piece {
        let mut starts = vec![0u32; self.firsts.len()];
        let shards = at[piece.clone()].iter().map(|&place| self.shard_of(place) as u32);
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
        Piece { at: by_shard, starts }
    }
}

/// The groups of one part.
pub(super) struct Part {
    /// Places, group after group.
    pub(super) at: Vec<u32>,
    /// Size of each group.
    pub(super) sizes: Vec<u32>,
    /// Start and size of the groups that one series may repeat, with that series.
    pub(super) suspects: Vec<(u32, u32, u32)>,
}

impl Part {
    /// Counts for each text the fingerprints that one series may repeat.
    pub(super) fn suspect(&self, places: &Places, suspected: &mut [u32]) {
        for &(start, size, _) in &self.suspects {
            for &place in &self.at[start as usize..(start + size) as usize] {
                suspected[places.text_of(place)] += 1;
            }
        }
    }

    /// Where the groups that are furniture start: fingerprints that one series repeats and that are
    /// a small part of what these texts say. A report that a site prints several times is no
    /// furniture, since it is most of each text.
    pub(super) fn furniture(&self, places: &Places, series: &[u32], suspected: &[u32]) -> Vec<u32> {
        // Two of five shingles are fingerprints.
        let is_small = |text: usize| suspected[text] as usize * 5 < places.n_words(text);
        let furniture = self.suspects.iter().filter(|&&(start, size, own)| {
            let group = &self.at[start as usize..(start + size) as usize];
            let repeats = group.iter().filter(|&&place| {
                let text = places.text_of(place);
                series[text] == own && is_small(text)
            });
            n_texts(repeats, places) >= REPEATED
        });
        furniture.map(|suspect| suspect.0).collect()
    }

    pub(super) fn each(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut start = 0;
        self.sizes.iter().map(move |&size| {
            let group = start..start + size as usize;
            start = group.end;
            group
        })
    }
}

/// The groups of one part: places of equal fingerprints in at least two texts. `given` are the part's
/// fingerprints, and from which word on each list counts.
pub(super) fn groups(given: &[(&[u64], u32)], places: &Places, series: &[u32]) -> Part {
    let n_prints = given.iter().map(|(prints, _)| prints.len()).sum::<usize>();
    let mut seen = Seen::new(n_prints);
    for print in given.iter().flat_map(|(prints, _)| *prints) {
        seen.see(print >> 32);
    }
    let mut prints = Vec::new();
    for &(some, base) in given {
        let twice = some.iter().filter(|print| seen.twice(*print >> 32));
        prints.extend(twice.map(|print| print + u64::from(base)));
    }
    prints.sort_unstable();
    let mut found = Part { at: Vec::new(), sizes: Vec::new(), suspects: Vec::new() };
    for group in prints.chunk_by(|a, b| a >> 32 == b >> 32) {
        // Two of one text, or two hashes that fell into one slot, look like twice.
        let (first, last) = (group[0] as u32, group[group.len() - 1] as u32);
        if group.len() < 2 || places.text_of(first) == places.text_of(last) {
            continue;
        }
        let start = found.at.len();
        found.at.extend(group.iter().map(|print| *print as u32));
        found.sizes.push(group.len() as u32);
        if let Some(series) = of_one_series(&found.at[start..], places, series) {
            found.suspects.push((start as u32, group.len() as u32, series));
        }
    }
    found
}

/// Two bits for each slot of hashes: seen once, seen twice.
struct Seen {
    bits: Vec<u64>,
    mask: u64,
}

impl Seen {
    fn new(n_hashes: usize) -> Self {
        let slots = (n_hashes * 4).next_power_of_two().max(1 << 6);
        Self { bits: vec![0; slots / 32], mask: slots as u64 - 1 }
    }

    #[inline]
    fn see(&mut self, hash: u64) {
        let (word, shift) = self.slot(hash);
        let once = self.bits[word] >> shift & 1;
        self.bits[word] |= (1 + once) << shift;
    }

    #[inline]
    fn twice(&self, hash: u64) -> bool {
        let (word, shift) = self.slot(hash);
        self.bits[word] >> shift & 2 != 0
    }

    #[inline]
    fn slot(&self, hash: u64) -> (usize, u64) {
        let slot = hash & self.mask;
        ((slot / 32) as usize, slot % 32 * 2)
    }
}

/// A series repeats a fingerprint on at least so many of its texts if it is furniture.
pub(super) const REPEATED: usize = 3;

/// The series that holds at least 80 % of the group's texts, if it has enough of them.
fn of_one_series(group: &[u32], places: &Places, series: &[u32]) -> Option<u32> {
    if group.len() < REPEATED {
        return None;
    }
    let of = |place: u32| series[places.text_of(place)];
    // The majority vote of Boyer and Moore, a vote for each text: whoever has 80 % wins it,
    // whatever the order.
    let (mut likely, mut votes, mut last) = (0, 0usize, usize::MAX);
    for &place in group {
        let text = places.text_of(place);
        if std::mem::replace(&mut last, text) == text {
            continue;
        }
        let this = series[text];
        match votes {
            0 => (likely, votes) = (this, 1),
            _ if this == likely => votes += 1,
            _ => votes -= 1,
        }
    }
    let own = n_texts(group.iter().filter(|&&place| of(place) == likely), places);
    (own >= REPEATED && own * 5 >= n_texts(group.iter(), places) * 4).then_some(likely)
}

/// Number of texts; places of one text follow each other.
fn n_texts<'a>(group: impl Iterator<Item = &'a u32>, places: &Places) -> usize {
    let mut last = usize::MAX;
    group.filter(|&&place| std::mem::replace(&mut last, places.text_of(place)) != last).count()
}

/// For each part where its groups that are furniture start.
fn furniture(parts: &[Part], places: &Places, series: &[u32]) -> Vec<Vec<u32>> {
    let mut suspected = vec![0u32; places.n_texts()];
    parts.iter().for_each(|part| part.suspect(places, &mut suspected));
    parts.iter().map(|part| part.furniture(places, series, &suspected)).collect()
}
