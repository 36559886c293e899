//! Spill: the passages of more texts than memory holds, by way of segments.
//!
//! Texts are read once. Their words and fingerprints go into segments; the fingerprints are merged
//! part by part, what belongs together is dealt out to ranges of texts, and each range is linked by
//! itself, with the words that it needs. What is found is what [`super::bare::shared`] finds.
//! After: external merging; the sort-merge blocks of Manku et al. 2007.

mod deal;
mod library;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Mutex;

use headwater_page::Span;
use rustc_hash::FxHashMap;

use super::bare::{self, Shared, Text};
use super::extent::Extents;
use super::kin::Kin;
use super::link::{Index, Link};
use super::posting::{self, ENOUGH, Part};
use super::room::Room;
use super::segment::{Piece, Segments, Shelf, bytes_of, numbers_of};
use super::shard::{N_PARTS, N_TEXTS, Shard};
use super::text;
use crate::par;
use deal::Dealt;
use library::Library;

/// Texts that are compared with each other, most of them in segments.
#[derive(Debug)]
pub struct Spill<'a, S> {
    segments: &'a mut S,
    /// Bytes of each of about eight things that memory holds at a time.
    share: usize,
    /// Places and series of the texts.
    index: Index,
    library: Library,
    /// Shards whose fingerprints wait to be written, with their first words.
    waiting: Vec<(u32, Shard)>,
    n_waiting: usize,
    runs: Vec<Run>,
}

/// Fingerprints of some texts in a row, in a segment, part after part.
#[derive(Debug)]
struct Run {
    segment: u32,
    /// Where each part starts; one more than there are parts.
    starts: Vec<u64>,
}

/// All groups, in pieces, with what is known of the texts by them.
struct Grouped {
    shelf: Shelf,
    /// One for each part.
    pieces: Vec<Piece>,
    suspected: Vec<u32>,
}

/// What was dealt out to ranges of texts.
struct Hands {
    ranges: Vec<Range<u32>>,
    shelf: Shelf,
    /// For each range, where its groups are.
    pieces: Vec<Vec<Piece>>,
}

/// A share is not smaller, however little memory is given.
const LEAST: usize = 1 << 16;

impl<'a, S: Segments> Spill<'a, S> {
    /// No texts. Up to about `memory` bytes are held at a time, and besides 60 for each text, 30
    /// for each passage that is found, and the texts that are being added.
    pub fn new(segments: &'a mut S, memory: usize) -> Self {
        let share = (memory / 8).max(LEAST);
        Self {
            segments,
            share,
            index: Index::default(),
            library: Library { shelf: Shelf::new(share), pieces: Vec::new() },
            waiting: Vec::new(),
            n_waiting: 0,
            runs: Vec::new(),
        }
    }

    /// Adds texts and returns how many were taken: from the one on with which all would have more
    /// than 2^32 words, none. They are numbered from the first one on, in the order in which they
    /// come. Fails if a segment cannot be written; then all that is left is to drop this.
    pub fn add(&mut self, texts: &[Text]) -> Result<usize, S::Error> {
        let chunks = texts.chunks(N_TEXTS).collect::<Vec<_>>();
        let mut n_taken = 0;
        for read in par::map(&chunks, |texts| read(texts)) {
            let (shard, records, series) = read;
            let first = self.index.places.end();
            let n_words = shard.starts.last().copied().unwrap_or(0);
            if first.checked_add(n_words).is_none() {
                break;
            }
            for (record, words) in records.iter().zip(shard.starts.windows(2)) {
                let piece = self.library.shelf.push(self.segments, record)?;
                self.library.pieces.push(piece);
                self.index.places.add(words[1] - words[0]);
            }
            n_taken += records.len();
            self.index.series.extend(series);
            self.n_waiting += shard.n_prints() * size_of::<u64>();
            self.waiting.push((first, shard));
            if self.n_waiting >= self.share {
                self.write_run()?;
            }
        }
        Ok(n_taken)
    }

    /// All passages that two of the texts share, as [`bare::shared`] returns them. Fails if a
    /// segment cannot be written or read.
    pub fn shared(mut self) -> Result<Vec<Shared>, S::Error> {
        self.write_run()?;
        self.library.shelf.close(self.segments)?;
        let grouped = self.group()?;
        let Hands { ranges, shelf, pieces } = self.deal(&grouped)?;
        grouped.shelf.forget(self.segments);
        let mut links = Vec::new();
        for (range, pieces) in ranges.iter().zip(pieces) {
            let pieces = pieces.into_iter().map(|piece| shelf.read(self.segments, piece));
            let dealt = Dealt::new(pieces, &self.index.places, range)?;
            self.link(&dealt, range.clone(), &mut links)?;
        }
        shelf.forget(self.segments);
        let links = self.with_kin(links)?;
        let shared = self.spans(&links)?;
        self.library.shelf.forget(self.segments);
        Ok(shared)
    }

    /// Writes the fingerprints that wait, part after part.
    fn write_run(&mut self) -> Result<(), S::Error> {
        let (mut bytes, mut starts) = (Vec::with_capacity(self.n_waiting), vec![0]);
        for part in 0..N_PARTS {
            for (first, shard) in &self.waiting {
                let prints = shard.part(part).iter().map(|print| print + u64::from(*first));
                bytes.extend(prints.flat_map(u64::to_le_bytes));
            }
            starts.push(bytes.len() as u64);
        }
        self.waiting = Vec::new();
        self.n_waiting = 0;
        if !bytes.is_empty() {
            self.runs.push(Run { segment: self.segments.write(&bytes)?, starts });
        }
        Ok(())
    }

    /// Merges the runs part by part.
    fn group(&mut self) -> Result<Grouped, S::Error> {
        let mut shelf = Shelf::new(self.share);
        let (mut pieces, mut suspected) = (Vec::new(), vec![0; self.index.places.n_texts()]);
        let n_bytes = self.runs.iter().map(|run| run.starts[N_PARTS]).sum::<u64>() as usize;
        // What is read of a part is sorted beside it.
        let n_at_once = (self.share / (n_bytes / N_PARTS * 2 + 1)).clamp(1, N_PARTS);
        let parts = (0..N_PARTS).collect::<Vec<_>>();
        for parts in parts.chunks(n_at_once) {
            let found = par::map_in(parts, posting::Room::default, |room, &part| {
                let mut prints = Vec::new();
                for run in &self.runs {
                    let (start, end) = (run.starts[part], run.starts[part + 1]);
                    let mut bytes = vec![0; (end - start) as usize];
                    self.segments.read(run.segment, start, &mut bytes)?;
                    let numbers = bytes.as_chunks().0;
                    prints.extend(numbers.iter().map(|bytes| u64::from_le_bytes(*bytes)));
                }
                Ok(posting::groups(&[(&prints, 0)], &self.index.places, &self.index.series, room))
            });
            for part in found {
                let part = part?;
                part.suspect(&self.index.places, &mut suspected);
                pieces.push(shelf.push(self.segments, &packed(&part))?);
            }
        }
        shelf.close(self.segments)?;
        self.runs.drain(..).for_each(|run| self.segments.forget(run.segment));
        Ok(Grouped { shelf, pieces, suspected })
    }

    /// Cuts the texts into ranges, and deals the groups out to them.
    fn deal(&mut self, all: &Grouped) -> Result<Hands, S::Error> {
        let ranges = self.ranges(all)?;
        let (mut shelf, mut pieces) = (Shelf::new(self.share), vec![Vec::new(); ranges.len()]);
        let mut waiting = vec![Vec::new(); ranges.len()];
        let mut n_waiting = 0;
        for piece in &all.pieces {
            let (part, furniture) = self.part(all, *piece)?;
            let dealt = deal::deal(&part, &furniture, &self.index.places, &ranges);
            for (waiting, more) in waiting.iter_mut().zip(dealt) {
                n_waiting += more.len() * 4;
                waiting.extend(more);
            }
            if n_waiting >= self.share {
                self.put(&mut waiting, &mut shelf, &mut pieces)?;
                n_waiting = 0;
            }
        }
        self.put(&mut waiting, &mut shelf, &mut pieces)?;
        shelf.close(self.segments)?;
        Ok(Hands { ranges, shelf, pieces })
    }

    /// Puts what waits for each range on the shelf.
    fn put(
        &mut self,
        waiting: &mut [Vec<u32>],
        shelf: &mut Shelf,
        pieces: &mut [Vec<Piece>],
    ) -> Result<(), S::Error> {
        for (numbers, pieces) in waiting.iter_mut().zip(pieces) {
            if !numbers.is_empty() {
                pieces.push(shelf.push(self.segments, &bytes_of(&std::mem::take(numbers)))?);
            }
        }
        Ok(())
    }

    /// Texts in a row whose groups memory holds.
    fn ranges(&self, all: &Grouped) -> Result<Vec<Range<u32>>, S::Error> {
        let n_texts = self.index.places.n_texts();
        let mut costs = vec![0; n_texts.div_ceil(N_TEXTS)];
        for piece in &all.pieces {
            let (part, furniture) = self.part(all, *piece)?;
            deal::costs(&part, &furniture, &self.index.places, N_TEXTS, &mut costs);
        }
        let (mut ranges, mut start, mut cost) = (Vec::new(), 0, 0);
        for (nth, more) in costs.into_iter().enumerate() {
            let first = (nth * N_TEXTS) as u32;
            if cost + more > 2 * self.share as u64 && first > start {
                ranges.push(start..first);
                (start, cost) = (first, 0);
            }
            cost += more;
        }
        ranges.push(start..n_texts as u32);
        Ok(ranges)
    }

    /// A part, and where its groups start that are furniture.
    fn part(&self, all: &Grouped, piece: Piece) -> Result<(Part, Vec<u32>), S::Error> {
        let part = unpacked(&all.shelf.read(self.segments, piece)?);
        let furniture = part.furniture(&self.index.places, &self.index.series, &all.suspected);
        Ok((part, furniture))
    }

    /// Adds the links of the texts of a range. Where these need more words than memory holds, it is
    /// halved.
    fn link(
        &mut self,
        dealt: &Dealt,
        range: Range<u32>,
        links: &mut Vec<Link>,
    ) -> Result<(), S::Error> {
        let chunks = pieces_of(&range);
        let needed = par::map(&chunks, |rights| self.needed(dealt, rights.clone())).concat();
        let Some(needed) = self.held(needed, &range) else {
            let half = range.start + range.len() as u32 / 2;
            self.link(dealt, range.start..half, links)?;
            return self.link(dealt, half..range.end, links);
        };
        self.index.shards = self.library.load(self.segments, &self.index.places, &needed)?;
        let found = par::map(&chunks, |rights| {
            let (mut room, mut links) = (Room::default(), Vec::new());
            for right in rights.clone() {
                room.start(self.index.places.first(right as usize));
                dealt.each_seed(right, |first, near, place, n_places| {
                    room.seed(first, near.iter().copied(), place, n_places);
                });
                links.extend_from_slice(room.link(&self.index, right));
            }
            links
        });
        links.extend(found.into_iter().flatten());
        self.index.shards = Vec::new();
        Ok(())
    }

    /// The texts whose words are needed to link these: those that share enough with one of them.
    fn needed(&self, dealt: &Dealt, rights: Range<u32>) -> Vec<u32> {
        let (mut needed, mut worths) = (Vec::new(), FxHashMap::default());
        for right in rights {
            worths.clear();
            dealt.each_seed(right, |first, near, _, n_places| {
                for place in first.into_iter().chain(near.iter().copied()) {
                    let left = self.index.places.text_of(place) as u32;
                    let worth: &mut u32 = worths.entry(left).or_default();
                    let before = *worth;
                    *worth += posting::worth(n_places);
                    if before < ENOUGH && *worth >= ENOUGH {
                        needed.extend([left, right]);
                    }
                }
            });
        }
        needed.sort_unstable();
        needed.dedup();
        needed
    }

    /// `needed` in order and each once, if memory holds their words, or if it is one text's need.
    fn held(&self, mut needed: Vec<u32>, range: &Range<u32>) -> Option<Vec<u32>> {
        needed.sort_unstable();
        needed.dedup();
        let n_bytes = needed.iter().map(|&text| self.library.n_bytes(text)).sum::<usize>();
        (n_bytes <= 2 * self.share || range.len() <= 1).then_some(needed)
    }

    /// The links with those that follow from them.
    fn with_kin(&mut self, links: Vec<Link>) -> Result<Vec<Link>, S::Error> {
        let n_texts = self.index.places.n_texts() as u32;
        let kin = Kin::new(links, n_texts as usize);
        let mut all = Vec::new();
        let mut open = std::iter::once(0..n_texts).collect::<Vec<_>>();
        while let Some(range) = open.pop() {
            let chunks = pieces_of(&range);
            let needed = par::map(&chunks, |rights| {
                let mut needed = Vec::new();
                for right in rights.clone() {
                    kin.each_needed(right, |text| needed.push(text));
                }
                needed.sort_unstable();
                needed.dedup();
                needed
            });
            let Some(needed) = self.held(needed.concat(), &range) else {
                let half = range.start + range.len() as u32 / 2;
                // The first half is followed first.
                open.extend([half..range.end, range.start..half]);
                continue;
            };
            self.index.shards = self.library.load(self.segments, &self.index.places, &needed)?;
            let found = par::map(&chunks, |rights| kin.links_of(&self.index, rights.clone()));
            all.extend(found.into_iter().flatten());
            self.index.shards = Vec::new();
        }
        Ok(all)
    }

    /// The links with their bytes.
    fn spans(&self, links: &[Link]) -> Result<Vec<Shared>, S::Error> {
        let places = &self.index.places;
        let failed = Mutex::new(None);
        let read = |texts: &[usize], found: &mut dyn FnMut(usize, &[Span])| {
            let texts = texts.iter().map(|&text| text as u32).collect::<Vec<_>>();
            let end = self.library.spans(self.segments, places, &texts, found);
            if let (Err(error), Ok(mut failed)) = (end, failed.lock()) {
                *failed = Some(error);
            }
        };
        let shared = bare::spans(places.n_texts(), links, read);
        match failed.into_inner() {
            Ok(Some(error)) => Err(error),
            _ => Ok(shared),
        }
    }
}

/// The words of some texts, as a shard that keeps only fingerprints and as records for the library,
/// and whose they are.
fn read(texts: &[Text]) -> (Shard, Vec<Vec<u8>>, Vec<u32>) {
    let (mut extents, mut all) = (Extents::default(), Vec::new());
    let mut shard = Shard::new(texts.len(), |ix, words| {
        extents.clear();
        text::read(texts[ix].words, words, |start, end| extents.push(start, end));
        all.push(extents.packed());
    });
    let records = all.iter().enumerate().map(|(ix, extents)| library::record(&shard, ix, extents));
    let records = records.collect();
    shard.forget_words();
    (shard, records, texts.iter().map(|text| text.series).collect())
}

/// A range in pieces for all cores.
fn pieces_of(range: &Range<u32>) -> Vec<Range<u32>> {
    let step = (range.len() / 64).max(64);
    let starts = range.clone().step_by(step);
    starts.map(|start| start..(start + step as u32).min(range.end)).collect()
}

/// A part as bytes.
fn packed(part: &Part) -> Vec<u8> {
    let suspects = part.suspects.iter().flat_map(|&(group, series)| [group, series]);
    let mut numbers = vec![part.starts.len() as u32, part.at.len() as u32];
    numbers.extend(part.starts.iter().chain(&part.at).copied().chain(suspects));
    bytes_of(&numbers)
}

fn unpacked(bytes: &[u8]) -> Part {
    let numbers = numbers_of(bytes);
    let (n_starts, n_places) = match numbers[..] {
        [n_starts, n_places, ..] => (n_starts as usize, n_places as usize),
        _ => (0, 0),
    };
    let rest = numbers.get(2..).unwrap_or_default();
    let (starts, rest) = rest.split_at(n_starts.min(rest.len()));
    let (at, suspects) = rest.split_at(n_places.min(rest.len()));
    let suspects = suspects.as_chunks().0.iter().map(|&[group, series]| (group, series));
    Part { at: at.to_vec(), starts: starts.to_vec(), suspects: suspects.collect() }
}
