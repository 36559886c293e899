//! Posting: a fingerprint at a place, in the list of all places that carry it.

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

/// One text's posting: where it stands in the list of all, and where its group starts there.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seed {
    pub(super) at: u32,
    /// Start of the group, and above it what the group is worth.
    group: u32,
}

/// Bits of [`Seed::group`] that say where the group starts.
const START: u32 = 30;

impl Seed {
    /// Where its group starts.
    #[inline]
    pub(super) fn group(self) -> usize {
        (self.group & ((1 << START) - 1)) as usize
    }

    /// What the fingerprint is worth as a reason to compare two texts; [`ENOUGH`] is needed.
    #[inline]
    pub(super) fn worth(self) -> u32 {
        1 << (self.group >> START)
    }
}

/// A rare fingerprint is reason enough to compare two texts, of those that more than 8 texts carry
/// two are needed, of those that more than 64 carry, four.
pub(super) const ENOUGH: u32 = 4;

pub(super) fn worth(n_places: usize) -> u32 {
    match n_places {
        ..=8 => 4,
        9..=64 => 2,
        _ => 1,
    }
}

/// Fingerprints that texts share and that are no furniture: those of all texts, or of some in a row.
#[derive(Default, Debug)]
pub(super) struct Postings {
    /// Places, group after group, in order inside each.
    pub(super) at: Vec<u32>,
    /// Each text's seeds in order of place, text after text.
    seeds: Vec<Seed>,
    /// Where each text's seeds start; one more than there are texts.
    starts: Vec<u32>,
    /// The first text.
    first: usize,
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
        let mut starts = vec![0u32; places.n_texts() + 1];
        let n_places = parts.iter().map(|part| part.at.len()).sum();
        let mut at = Vec::with_capacity(n_places);
        let mut sizes = Vec::new();
        for (part, furniture) in parts.into_iter().zip(furniture) {
            for (group, size) in part.each() {
                let is_furniture = furniture.binary_search(&(group.start as u32)).is_ok();
                sizes.push((size, is_furniture));
                if !is_furniture {
                    for &place in &part.at[group] {
                        starts[places.text_of(place) + 1] += 1;
                    }
                }
            }
            at.extend(part.at);
        }
        for text in 1..starts.len() {
            starts[text] += starts[text - 1];
        }
        let mut next = starts.clone();
        let mut seeds = vec![Seed::default(); starts[places.n_texts()] as usize];
        let mut start = 0;
        for (size, is_furniture) in sizes {
            let end = start + size;
            if !is_furniture {
                let group = start as u32 | worth(end - start).ilog2() << START;
                for (at, &place) in (start..end).zip(&at[start..end]) {
                    let next = &mut next[places.text_of(place)];
                    seeds[*next as usize] = Seed { at: at as u32, group };
                    *next += 1;
                }
            }
            start = end;
        }
        for text in 0..places.n_texts() {
            seeds[starts[text] as usize..starts[text + 1] as usize]
                .sort_unstable_by_key(|seed| at[seed.at as usize]);
        }
        Self { at, seeds, starts, first: 0 }
    }

    /// Forgets all and starts over with one text.
    pub(super) fn start(&mut self, text: usize) {
        self.at.clear();
        self.seeds.clear();
        self.starts = vec![0, 0];
        self.first = text;
    }

    /// Adds a seed to the text that was started: one of its places and the places before it, in
    /// order, that are compared. `n_places` carry the fingerprint in all.
    pub(super) fn add(&mut self, before: impl Iterator<Item = u32>, place: u32, n_places: usize) {
        let start = self.at.len() as u32;
        self.at.extend(before);
        let at = self.at.len() as u32;
        self.at.push(place);
        self.seeds.push(Seed { at, group: start | worth(n_places).ilog2() << START });
        self.starts[1] += 1;
    }

    /// The seeds of one text, in order of place.
    pub(super) fn of(&self, text: usize) -> &[Seed] {
        let text = text - self.first;
        &self.seeds[self.starts[text] as usize..self.starts[text + 1] as usize]
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

    pub(super) fn each(&self) -> impl Iterator<Item = (std::ops::Range<usize>, usize)> + '_ {
        let mut start = 0;
        self.sizes.iter().map(move |&size| {
            let group = start..start + size as usize;
            start = group.end;
            (group, size as usize)
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
