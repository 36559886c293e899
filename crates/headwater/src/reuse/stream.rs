//! Stream: an index that takes one text at a time and says at once what it shares with those already
//! in.
//!
//! What a text that arrives changes between others (a fingerprint turns out to be furniture, or too
//! common to be a reason by itself) waits until all is settled. What is settled is what
//! [`super::bare::shared`] finds in the same texts in the order of their ids, whatever the order in
//! which they arrived.

mod desk;
mod group;
mod settle;
mod table;
#[cfg(test)]
pub(super) mod tests;

use headwater_page::Span;
use rustc_hash::FxHashMap;

use super::bare::{self, Shared, Text};
use super::extent;
use super::link::{Index, Link};
use super::posting::{ALL_PAIRS, NEAREST, REPEATED};
use super::shard::{N_TEXTS, Shard};
use super::text;
use desk::Desk;
use group::{FIRST, Groups, Head, UNKNOWN};
use table::{NOTHING, Table};

pub use settle::Settled;

/// Texts and what they share.
///
/// Memory: about 5 kB for a text of 500 words; the texts themselves are not kept.
#[derive(Debug, Default)]
pub struct Stream {
    /// Words and series, in the order of arrival. Its postings are not used.
    index: Index,
    /// Id of each text.
    ids: Vec<u64>,
    numbers: FxHashMap<u64, u32>,
    /// Each text's fingerprints in order of place: part, hash, and how far the last one is.
    prints: Vec<Box<[u64]>>,
    /// Where each text's words stand.
    extents: Vec<Box<[u8]>>,
    table: Table,
    groups: Groups,
    /// How many of each text's fingerprints are in groups that may be furniture.
    suspected: Vec<u32>,
    /// Texts of which that changed since all was settled.
    swayed: Vec<u32>,
    is_swayed: Vec<bool>,
    /// Whether each text was too little suspected to be a reprint when all was settled.
    was_small: Vec<bool>,
    /// Each text's stretches with texts before it in the order of the ids, as they were settled.
    links: Vec<Vec<Link>>,
    /// Each text's passages with texts before it, as they were settled; both by number.
    settled: Vec<Vec<Shared>>,
    /// How many texts there were when all was settled.
    n_settled: usize,
    desk: Desk,
}

/// A passage of the text that was added that another text carries too. Spans start and end with words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Echo {
    /// Id of the other text.
    pub id: u64,
    /// Bytes of the added text.
    pub span: Span,
    /// Bytes of the other text.
    pub other_span: Span,
    /// How many words correspond.
    pub n_words: u32,
}

/// Why a text was not added.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refused {
    /// There is one with this id already.
    Known,
    /// There are 2^31 words or too many fingerprints in the index: the rest needs another.
    Full,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(match self {
            Refused::Known => "a text with this id is in already: give each text its own",
            Refused::Full => "the index holds 2^31 words and takes no more: start another",
        })
    }
}

impl std::error::Error for Refused {}

impl Stream {
    /// Number of texts.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Adds a text and returns the passages that it shares with those already in, by the other's id,
    /// then by place. `id` is the text's own; settled texts are ordered by it.
    ///
    /// Furniture is told by the texts so far. Of a passage that more than 128 texts carry, some are
    /// named. What only a third text shows (see [`bare::shared`]) is found when all is settled.
    ///
    /// Cost: linear in the text and in what it shares. Fails if the id is known or the index full;
    /// nothing has changed then.
    pub fn add(&mut self, id: u64, text: Text) -> Result<Vec<Echo>, Refused> {
        let mut desk = std::mem::take(&mut self.desk);
        let added = self.add_on(&mut desk, id, text);
        self.desk = desk;
        added
    }

    fn add_on(&mut self, desk: &mut Desk, id: u64, text: Text) -> Result<Vec<Echo>, Refused> {
        if self.numbers.contains_key(&id) {
            return Err(Refused::Known);
        }
        desk.words.clear();
        desk.extents.clear();
        text::read(text.words, &mut desk.words, |start, end| desk.extents.push(start, end));
        let (number, n_words) = (self.ids.len(), desk.words.len());
        let is_long = u64::from(self.index.places.end()) + n_words as u64 >= u64::from(FIRST);
        if is_long || self.groups.is_full(n_words) {
            return Err(Refused::Full);
        }
        let first = self.index.places.end();
        if number.is_multiple_of(N_TEXTS) {
            self.index.shards.push(Shard::default());
        }
        self.index.shards[number / N_TEXTS].add(&desk.words);
        self.index.places.add(n_words as u32);
        self.index.series.push(text.series);
        self.ids.push(id);
        self.numbers.insert(id, number as u32);
        self.extents.push(desk.extents.packed());
        self.suspected.push(0);
        self.is_swayed.push(false);
        self.was_small.push(false);
        self.links.push(Vec::new());
        self.settled.push(Vec::new());

        let (mut prints, mut last) = (Vec::with_capacity(n_words / 2), 0);
        desk.shared.clear();
        desk.words.each_print(&mut desk.shingles, |part, hash, at| {
            prints.push(packed(part, hash, at - last));
            last = at;
            if self.insert(part, hash, first + at as u32) {
                desk.shared.push((part, hash, first + at as u32));
            }
        });
        self.prints.push(prints.into());
        Ok(self.echoes(desk, number as u32))
    }

    /// Puts a fingerprint of the last text in; whether others have it.
    fn insert(&mut self, part: usize, hash: u32, place: u32) -> bool {
        let slot = self.table.of(part, hash);
        if *slot == NOTHING {
            *slot = place;
            return false;
        }
        let places = self.groups.places(slot);
        let id_of = |place: u32| self.ids[self.index.places.text_of(place)];
        let id = id_of(place);
        // Texts mostly come in order.
        let nth = if places.last().is_some_and(|&last| id_of(last) <= id) {
            places.len()
        } else {
            places.partition_point(|&place| id_of(place) <= id)
        };
        let is_again = nth > 0 && id_of(places[nth - 1]) == id;
        let old = self.groups.head(*slot);
        let group = self.groups.insert(*slot, nth, place);
        *slot = group;
        if self.groups.places(&group).len() > 2 {
            self.count(group, old, place, is_again);
        }
        true
    }

    /// Brings what is known of a group up to date with a new place in it. `is_again` says that the
    /// place's text had another there.
    fn count(&mut self, group: u32, old: Option<Head>, place: u32, is_again: bool) {
        let mut head = match old {
            Some(head) if is_again => head,
            Some(head) => voted(head, self.series_of(place)),
            None => self.counted(group),
        };
        let was_suspect = head.is_suspect;
        head.is_suspect = self.is_suspect(group, &mut head);
        self.groups.set_head(group, head);
        let all = self.groups.places_of(group);
        let (places, by) = match (was_suspect, head.is_suspect) {
            (false, true) => (all, 1),
            (true, false) => (all, -1),
            (true, true) => (&[place][..], 1),
            (false, false) => return,
        };
        for &other in places {
            // A group that is suspect no more never had the new place.
            if by > 0 || other != place {
                let text = self.index.places.text_of(other);
                self.suspected[text] = self.suspected[text].wrapping_add_signed(by);
                if !std::mem::replace(&mut self.is_swayed[text], true) {
                    self.swayed.push(text as u32);
                }
            }
        }
    }

    fn series_of(&self, place: u32) -> u32 {
        self.index.series[self.index.places.text_of(place)]
    }

    /// The head of a group that had none.
    fn counted(&self, group: u32) -> Head {
        let none = Head {
            n_texts: 0,
            likely: 0,
            votes: 0,
            own: UNKNOWN,
            is_suspect: false,
            is_furniture: false,
        };
        self.texts(group).fold(none, |head, text| voted(head, self.index.series[text]))
    }

    /// The texts that have a group's fingerprint, each once.
    fn texts(&self, group: u32) -> impl Iterator<Item = usize> + '_ {
        let mut last = usize::MAX;
        let places = self.groups.places_of(group);
        let texts = places.iter().map(|&place| self.index.places.text_of(place));
        texts.filter(move |&text| std::mem::replace(&mut last, text) != text)
    }

    /// Whether one series holds at least 80 % of the group's texts; counts them if that may be.
    fn is_suspect(&self, group: u32, head: &mut Head) -> bool {
        // Who has 80 % of the texts leads by 60 % of the votes.
        if (head.n_texts as usize) < REPEATED || head.votes * 5 < head.n_texts * 3 {
            return false;
        }
        if head.own == UNKNOWN {
            let is_own = |text: &usize| self.index.series[*text] == head.likely;
            head.own = self.texts(group).filter(is_own).count() as u32;
        }
        head.own as usize >= REPEATED && head.own * 5 >= head.n_texts * 4
    }

    /// Whether a text says more than what is suspected: two of five shingles are fingerprints.
    fn is_small(&self, text: usize) -> bool {
        self.suspected[text] as usize * 5 < self.index.places.n_words(text)
    }

    /// Whether a group is furniture: what a series repeats and is a small part of what its texts
    /// say. At most `n_texts` are looked at.
    fn is_furniture(&self, group: u32, n_texts: usize) -> bool {
        let Some(head) = self.groups.head(group).filter(|head| head.is_suspect) else {
            return false;
        };
        let repeats = self.texts(group).take(n_texts);
        let repeats =
            repeats.filter(|&text| self.index.series[text] == head.likely && self.is_small(text));
        repeats.take(REPEATED).count() == REPEATED
    }

    /// What the last text shares with those before it.
    fn echoes(&self, desk: &mut Desk, number: u32) -> Vec<Echo> {
        /// Of furniture, most texts say more; of a report that a site prints again and again, none
        /// does. So many are asked before the text is answered.
        const ASKED: usize = 32;
        desk.room.start(self.index.places.first(number as usize));
        for &(part, hash, place) in &desk.shared {
            let group = self.table.get(part, hash);
            if self.is_furniture(group, ASKED) {
                continue;
            }
            let places = self.groups.places_of(group);
            let nth = self.nth(places, place);
            let n_before = places.len() - 1;
            // The nearest before it, of the first texts those behind them.
            let start = if n_before <= ALL_PAIRS { 0 } else { nth.saturating_sub(NEAREST) };
            let end =
                if n_before <= ALL_PAIRS { places.len() } else { nth.max(start + NEAREST + 1) };
            let near = places[start..end].iter().copied().filter(|&other| other != place);
            let first = (start > 0).then_some(places[0]);
            desk.room.seed(first, near, place, places.len());
        }
        desk.room.link(&self.index, number);
        self.told(desk, number)
    }

    /// Which of the places of a group a place is.
    fn nth(&self, places: &[u32], place: u32) -> usize {
        let id_of = |place: u32| self.ids[self.index.places.text_of(place)];
        let key = (id_of(place), place);
        if places.last() == Some(&place) {
            return places.len() - 1;
        }
        places.partition_point(|&other| (id_of(other), other) < key)
    }

    /// The links on the desk of the text as it was read, as bytes.
    fn told(&self, desk: &mut Desk, number: u32) -> Vec<Echo> {
        let mut found = Vec::with_capacity(desk.room.links().len());
        let read = |text: u32, spans: &mut Vec<Span>| {
            spans.clear();
            extent::each(&self.extents[text as usize], |span| spans.push(span));
        };
        let of = |spans: &[Span], words: (u32, u32)| {
            spans[words.0 as usize].hull(spans[words.1 as usize - 1])
        };
        if !desk.room.links().is_empty() {
            read(number, &mut desk.own_spans);
        }
        for links in desk.room.links().chunk_by(|a, b| a.left == b.left) {
            read(links[0].left, &mut desk.other_spans);
            for link in links {
                let (span, other_span) = (
                    of(&desk.own_spans, link.stretch.right),
                    of(&desk.other_spans, link.stretch.left),
                );
                if span.len().min(other_span.len()) >= bare::LEAST {
                    let id = self.ids[link.left as usize];
                    found.push(Echo { id, span, other_span, n_words: link.stretch.n_words });
                }
            }
        }
        found.sort_unstable();
        found
    }
}

/// The head with a text more, of this series.
fn voted(head: Head, series: u32) -> Head {
    let mut head = Head { n_texts: head.n_texts + 1, ..head };
    if head.votes == 0 {
        // How many texts the new favourite has is counted when it matters.
        (head.likely, head.votes, head.own) = (series, 1, UNKNOWN);
    } else if head.likely == series {
        head.votes += 1;
        head.own = if head.own == UNKNOWN { UNKNOWN } else { head.own + 1 };
    } else {
        head.votes -= 1;
    }
    head
}

/// A fingerprint as a text notes it: ten bits of part, 32 of hash, the rest how far it is from the
/// last one. Fingerprints stand close, see [`super::shingle`].
fn packed(part: usize, hash: u32, far: usize) -> u64 {
    (part as u64) << 54 | u64::from(hash) << 22 | far as u64
}

/// Part, hash and distance of a packed fingerprint.
fn unpacked(print: u64) -> (usize, u32, u32) {
    ((print >> 54) as usize, (print >> 22) as u32, (print & ((1 << 22) - 1)) as u32)
}
