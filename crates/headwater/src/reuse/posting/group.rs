//! Group: the places of one fingerprint that at least two texts carry.

use std::ops::Range;

use crate::reuse::place::Places;

/// The groups of one part of the fingerprints, in the order of their first places.
pub(in crate::reuse) struct Part {
    /// Places, group after group.
    pub(in crate::reuse) at: Vec<u32>,
    /// Where each group starts; one more than there are groups.
    pub(in crate::reuse) starts: Vec<u32>,
    /// Groups that one series may repeat, with that series.
    pub(in crate::reuse) suspects: Vec<(u32, u32)>,
}

/// Room to find the groups of a part in.
#[derive(Default)]
pub(in crate::reuse) struct Room {
    seen: Seen,
    table: Table,
    /// Group and place.
    found: Vec<(u32, u32)>,
    texts: Vec<u32>,
}

/// The groups of one part: places of equal fingerprints in at least two texts. `given` are the part's
/// fingerprints in order of place, and from which word on each list counts.
pub(in crate::reuse) fn groups(
    given: &[(&[u64], u32)],
    places: &Places,
    series: &[u32],
    room: &mut Room,
) -> Part {
    let Room { seen, table, found, texts } = room;
    seen.clear(given.iter().map(|(prints, _)| prints.len()).sum());
    for print in given.iter().flat_map(|(prints, _)| *prints) {
        seen.see(print >> 32);
    }
    table.clear();
    found.clear();
    for &(prints, base) in given {
        let twice = prints.iter().filter(|print| seen.twice(*print >> 32));
        found.extend(twice.map(|&print| (table.count(print), base + print as u32)));
    }
    let mut next = Vec::with_capacity(table.sizes.len());
    let mut end = 0;
    for &size in &table.sizes {
        next.push(end);
        end += size;
    }
    let mut all = vec![0; found.len()];
    for &(group, place) in &*found {
        let next = &mut next[group as usize];
        all[*next as usize] = place;
        *next += 1;
    }
    let mut part =
        Part { at: Vec::with_capacity(end as usize), starts: vec![0], suspects: Vec::new() };
    for (&size, &end) in table.sizes.iter().zip(&next) {
        let group = &all[(end - size) as usize..end as usize];
        // Two of one text, or two hashes that fell into one slot, look like twice.
        texts.clear();
        texts.extend(group.iter().map(|&place| places.text_of(place) as u32));
        texts.dedup();
        if texts.len() < 2 {
            continue;
        }
        if let Some(series) = of_one_series(texts, series) {
            part.suspects.push((part.starts.len() as u32 - 1, series));
        }
        part.at.extend_from_slice(group);
        part.starts.push(part.at.len() as u32);
    }
    part
}

impl Part {
    /// Number of groups.
    pub(in crate::reuse) fn n_groups(&self) -> usize {
        self.starts.len() - 1
    }

    /// The places of a group.
    pub(in crate::reuse) fn group(&self, group: usize) -> &[u32] {
        &self.at[self.starts[group] as usize..self.starts[group + 1] as usize]
    }

    /// Counts for each text the fingerprints that one series may repeat.
    pub(in crate::reuse) fn suspect(&self, places: &Places, suspected: &mut [u32]) {
        for &(group, _) in &self.suspects {
            for &place in self.group(group as usize) {
                suspected[places.text_of(place)] += 1;
            }
        }
    }

    /// The groups that are furniture: fingerprints that one series repeats and that are a small part
    /// of what these texts say. A report that a site prints several times is no furniture, since it
    /// is most of each text.
    pub(in crate::reuse) fn furniture(
        &self,
        places: &Places,
        series: &[u32],
        suspected: &[u32],
    ) -> Vec<u32> {
        // Two of five shingles are fingerprints.
        let is_small = |text: usize| suspected[text] as usize * 5 < places.n_words(text);
        let furniture = self.suspects.iter().filter(|&&(group, own)| {
            let texts = self.group(group as usize).iter().map(|&place| places.text_of(place));
            let mut repeats =
                texts.filter(|&text| series[text] == own && is_small(text)).collect::<Vec<_>>();
            repeats.dedup();
            repeats.len() >= REPEATED
        });
        furniture.map(|suspect| suspect.0).collect()
    }

    /// The groups whose first places lie in a range.
    fn groups_of(&self, (first, end): (u32, u32)) -> Range<usize> {
        let starts = &self.starts[..self.starts.len() - 1];
        let before = |end: u32| starts.partition_point(|&start| self.at[start as usize] < end);
        before(first)..before(end)
    }
}

/// Calls `found` with the groups of all parts whose first places lie in a range, in the order of
/// those, but for `furniture`.
pub(super) fn each_of(
    range: (u32, u32),
    parts: &[Part],
    furniture: &[Vec<u32>],
    mut found: impl FnMut(&[u32]),
) {
    let mut groups = Vec::new();
    for (ix, part) in parts.iter().enumerate() {
        let own = part.groups_of(range);
        groups.extend(
            own.map(|group| (part.at[part.starts[group] as usize], ix as u32, group as u32)),
        );
    }
    groups.sort_unstable();
    for (_, part, group) in groups {
        if furniture[part as usize].binary_search(&group).is_err() {
            found(parts[part as usize].group(group as usize));
        }
    }
}

/// Two bits for each slot of hashes: seen once, seen twice.
#[derive(Default)]
struct Seen {
    bits: Vec<u64>,
    mask: u64,
}

impl Seen {
    /// Forgets all; makes room for so many hashes.
    fn clear(&mut self, n_hashes: usize) {
        let slots = (n_hashes * 4).next_power_of_two().max(1 << 6);
        self.bits.clear();
        self.bits.resize(slots / 32, 0);
        self.mask = slots as u64 - 1;
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

/// Hashes, numbered in the order in which they come.
#[derive(Default)]
struct Table {
    /// Number of a hash plus 1, about where its high bits say.
    slots: Vec<u32>,
    shift: u32,
    hashes: Vec<u32>,
    /// How often each came.
    sizes: Vec<u32>,
}

impl Table {
    fn clear(&mut self) {
        self.hashes.clear();
        self.sizes.clear();
        if self.slots.is_empty() {
            (self.slots, self.shift) = (vec![0; 1 << 10], 32 - 10);
        } else {
            self.slots.fill(0);
        }
    }

    /// The number of the hash in the high bits of `print`, counted once more.
    #[inline]
    fn count(&mut self, print: u64) -> u32 {
        let hash = (print >> 32) as u32;
        let slot = self.slot(hash);
        if let Some(number) = self.slots[slot].checked_sub(1) {
            self.sizes[number as usize] += 1;
            return number;
        }
        self.hashes.push(hash);
        self.sizes.push(1);
        self.slots[slot] = self.hashes.len() as u32;
        if self.hashes.len() * 2 > self.slots.len() {
            self.grow();
        }
        self.hashes.len() as u32 - 1
    }

    /// The slot of a hash: its own, or the free one where it belongs.
    #[inline]
    fn slot(&self, hash: u32) -> usize {
        let mut slot = (hash >> self.shift) as usize;
        while let Some(number) = self.slots[slot].checked_sub(1) {
            if self.hashes[number as usize] == hash {
                break;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        slot
    }

    #[cold]
    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 2];
        self.shift -= 1;
        for number in 0..self.hashes.len() {
            let slot = self.slot(self.hashes[number]);
            self.slots[slot] = number as u32 + 1;
        }
    }
}

/// A series repeats a fingerprint on at least so many of its texts if it is furniture.
pub(in crate::reuse) const REPEATED: usize = 3;

/// The series that holds at least 80 % of a group's texts, if it has enough of them.
fn of_one_series(texts: &[u32], series: &[u32]) -> Option<u32> {
    if texts.len() < REPEATED {
        return None;
    }
    // The majority vote of Boyer and Moore, a vote for each text: whoever has 80 % wins it,
    // whatever the order, and leads by 60 %.
    let (mut likely, mut votes) = (0, 0usize);
    for &text in texts {
        let this = series[text as usize];
        match votes {
            0 => (likely, votes) = (this, 1),
            _ if this == likely => votes += 1,
            _ => votes -= 1,
        }
    }
    if votes * 5 < texts.len() * 3 {
        return None;
    }
    let own = texts.iter().filter(|&&text| series[text as usize] == likely).count();
    (own >= REPEATED && own * 5 >= texts.len() * 4).then_some(likely)
}

/// For each part its groups that are furniture.
pub(super) fn furniture(parts: &[Part], places: &Places, series: &[u32]) -> Vec<Vec<u32>> {
    let mut suspected = vec![0u32; places.n_texts()];
    for part in parts {
        part.suspect(places, &mut suspected);
    }
    parts.iter().map(|part| part.furniture(places, series, &suspected)).collect()
}
