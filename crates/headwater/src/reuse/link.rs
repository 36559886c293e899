//! Link: two texts and the stretches of words that they share, found through their postings.

use std::ops::Range;

use super::note::{NONE, Note, Notes};
use super::place::Places;
use super::posting::{ENOUGH, NEAREST, Own, Postings, Seed};
use super::shard::{N_TEXTS, Shard, Word};
use super::stretch::{self, Stretch};
use super::trigram::Trigrams;
use crate::par;

/// The words and fingerprints of many texts, ready to be compared.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) shards: Vec<Shard>,
    pub(super) places: Places,
    pub(super) postings: Postings,
    pub(super) series: Vec<u32>,
    grain: Grain,
}

/// Texts in the order in which they are numbered.
pub(super) trait Texts: Sync {
    /// How many there are.
    fn n_texts(&self) -> usize;
    /// The words of one.
    fn text(&self, text: u32) -> &[Word];
    /// Whether a stretch is what frames the pages of a series, see [`Index::is_frame`].
    fn is_frame(&self, left: u32, right: u32, stretch: Stretch) -> bool;
}

impl Texts for Index {
    fn n_texts(&self) -> usize {
        self.places.n_texts()
    }

    fn text(&self, text: u32) -> &[Word] {
        self.text(text)
    }

    fn is_frame(&self, left: u32, right: u32, stretch: Stretch) -> bool {
        self.is_frame(left, right, stretch)
    }
}

/// What is compared.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) enum Grain {
    /// Texts as they come, with the frames of their pages.
    #[default]
    Pages,
    /// What articles say, cut out of their pages, of which more is known than the words: any words
    /// that are too many for chance are told.
    Articles,
}

/// A stretch with its texts, `left < right`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Link {
    pub(super) left: u32,
    pub(super) right: u32,
    pub(super) stretch: Stretch,
}

/// All texts, in pieces that one core works on.
pub(super) fn chunks(n_texts: usize) -> Vec<Range<u32>> {
    let starts = (0..n_texts).step_by(N_TEXTS);
    starts.map(|start| start as u32..(start + N_TEXTS).min(n_texts) as u32).collect()
}

impl Index {
    /// The index of `shards`; all but the last hold [`N_TEXTS`] texts. `series` says of each text
    /// whose it is. Cost: linear in the fingerprints.
    pub(super) fn new(mut shards: Vec<Shard>, series: Vec<u32>, grain: Grain) -> Self {
        let places = Places::new(&shards);
        let postings = Postings::new(&mut shards, &places, &series);
        Self { shards, places, postings, series, grain }
    }

    /// Stretches that two texts share, found by their own seeds, by right text, left text and place on
    /// the right.
    pub(super) fn links(&self) -> Vec<Link> {
        let shards = (0..self.shards.len()).collect::<Vec<_>>();
        let room = || (Room::default(), Own::default());
        let found = par::map_in(&shards, room, |(room, own), &shard| {
            let mut links = Vec::new();
            self.postings.of_shard(shard, &self.places, own);
            let first = (shard * N_TEXTS) as u32;
            for (right, words) in (first..).zip(self.shards[shard].starts.windows(2)) {
                room.seeds.clear();
                let own = own.of(words[0] as usize..words[1] as usize);
                room.seeds.extend(own.map(|(word, posting)| (word, self.postings.seed(posting))));
                self.link(right, &self.postings.at, room);
                self.choose(right, room, &mut links);
            }
            links
        });
        found.concat()
    }

    /// Finds the stretches that `right` shares with texts before it, from its seeds among `places`.
    pub(super) fn link(&self, right: u32, places: &[u32], room: &mut Room) {
        room.visits.clear();
        room.notes.clear();
        room.found.clear();
        let b = self.text(right);
        // Places of other texts lie anywhere in memory: all are asked for before any is looked at.
        let asked = room.seeds.iter().filter_map(|(_, seed)| places.get(seed.near as usize));
        std::hint::black_box(asked.fold(0, |sum: u32, place| sum.wrapping_add(*place)));
        for &(j, seed) in &room.seeds {
            let (at, near) = (seed.at as usize, seed.near as usize);
            let far = (seed.first < seed.near).then(|| places[seed.first as usize]);
            let near = places[near..at].iter().copied();
            room.visits.extend(far.into_iter().chain(near).map(|place| {
                let left = self.places.text_of(place);
                let i = place - self.places.first(left);
                Visit { left: left as u32, i, j, worth: seed.worth }
            }));
        }
        let (mut visits, mut tied) = (&room.visits[..], 0);
        for &(j, seed) in &room.seeds {
            let is_far = seed.first < seed.near;
            let (own, rest) = visits.split_at((seed.at - seed.near) as usize + usize::from(is_far));
            visits = rest;
            if j < tied {
                continue;
            }
            for visit in own.iter().filter(|visit| visit.left != right) {
                let note = room.notes.of(visit.left);
                self.visit(visit, b, note, &mut room.found);
            }
            if is_far {
                tied = tied_up_to(own, &mut room.notes);
            }
        }
    }

    /// Follows one seed into another text, if that is worth it.
    #[inline]
    fn visit(&self, visit: &Visit, b: &[Word], note: &mut Note, found: &mut Vec<(u32, Stretch)>) {
        let &Visit { left, i, j, worth } = visit;
        if j < note.covered {
            return;
        }
        note.worth += worth;
        if note.worth < ENOUGH {
            if note.worth == worth {
                note.seed = (i, j);
            }
            return;
        }
        let waiting = std::mem::replace(&mut note.seed, NONE);
        for (i, j) in [waiting, (i, j)] {
            if (i, j) == NONE || j < note.covered {
                continue;
            }
            if let Some(stretch) = stretch::stretch(self.text(left), b, i as usize, j as usize) {
                note.covered = stretch.right.1;
                found.push((left, stretch));
            }
        }
    }

    /// Joins the stretches of each pair, fills the gaps between them and keeps those that are more
    /// than chance and stock.
    pub(super) fn choose(&self, right: u32, room: &mut Room, links: &mut Vec<Link>) {
        let Room { found, stretches, trigrams, .. } = room;
        found.sort_unstable_by_key(|(left, stretch)| {
            (*left, stretch.right.0, stretch.left.0, stretch.right.1, stretch.left.1)
        });
        for pair in found.chunk_by(|a, b| a.0 == b.0) {
            let left = pair[0].0;
            stretches.clear();
            stretches.extend(pair.iter().map(|(_, stretch)| *stretch));
            if stretches.iter().map(|stretch| stretch.n_words).sum::<u32>() >= CLOSE {
                self.fill(left, right, stretches, trigrams);
            }
            let mut choose = |stretch: Stretch| {
                if self.is_passage(left, right, stretch) {
                    links.push(Link { left, right, stretch });
                }
            };
            let mut joined: Option<Stretch> = None;
            for &stretch in &*stretches {
                match &mut joined {
                    Some(last) if last.continues(&stretch) => last.join(&stretch),
                    _ => joined.replace(stretch).into_iter().for_each(&mut choose),
                }
            }
            joined.into_iter().for_each(choose);
        }
    }

    /// Adds what two texts share between `stretches`, where edits left no five words together.
    fn fill(&self, left: u32, right: u32, stretches: &mut Vec<Stretch>, trigrams: &mut Trigrams) {
        /// Gaps of more words are not looked at: most of them are other texts.
        const WIDEST: u32 = 300;
        let (a, b) = (self.text(left), self.text(right));
        let n_stretches = stretches.len();
        let (mut i, mut j) = (0, 0);
        for ix in 0..=n_stretches {
            let none =
                Stretch { left: (a.len() as u32, 0), right: (b.len() as u32, 0), n_words: 0 };
            let next = if ix < n_stretches { stretches[ix] } else { none };
            let is_gap = |from: u32, to: u32| (from + SHORTEST..=from + WIDEST).contains(&to);
            if is_gap(i, next.left.0) && is_gap(j, next.right.0) {
                trigrams.find(a, (i, next.left.0), b, (j, next.right.0), |stretch| {
                    stretches.push(stretch);
                });
            }
            (i, j) = (next.left.1, next.right.1.max(j));
        }
        if stretches.len() > n_stretches {
            stretches.sort_unstable_by_key(|stretch| (stretch.right.0, stretch.left.0));
        }
    }

    /// Whether a stretch is long enough to be no stock phrase, or is a whole sentence on both sides.
    fn is_passage(&self, left: u32, right: u32, stretch: Stretch) -> bool {
        if self.grain == Grain::Articles {
            return stretch.n_words >= SHORTEST;
        }
        let is_sentence =
            || self.is_sentence(right, stretch.right) && self.is_sentence(left, stretch.left);
        (stretch.n_words >= PHRASE || stretch.n_words >= SENTENCE && is_sentence())
            && !self.is_frame(left, right, stretch)
    }

    /// Whether a sentence starts about where the words do, and ends about where they end.
    fn is_sentence(&self, text: u32, (first, end): (u32, u32)) -> bool {
        let (shard, ix) = (&self.shards[text as usize / N_TEXTS], text as usize % N_TEXTS);
        let (first, end) = (first as usize, end as usize);
        let n_words = self.places.n_words(text as usize);
        let starts = |at: usize| at == 0 || shard.ends(ix, at - 1);
        let ends = |at: usize| at >= n_words || shard.ends(ix, at - 1);
        (first.saturating_sub(SLACK)..=first).any(starts) && (end..=end + SLACK).any(ends)
    }

    /// Whether the words stand at the head or at the foot of both texts, and both are of one
    /// series: what frames a page is the page template's. Few captures of a template are not enough
    /// to learn it from their fingerprints.
    pub(super) fn is_frame(&self, left: u32, right: u32, stretch: Stretch) -> bool {
        if self.grain == Grain::Articles {
            return false;
        }
        let sides = [(left, stretch.left), (right, stretch.right)];
        let n_words = |text: u32| self.places.n_words(text as usize) as u32;
        self.series[left as usize] == self.series[right as usize]
            && (sides.iter().all(|(_, words)| words.0 == 0)
                || sides.iter().all(|&(text, words)| words.1 == n_words(text)))
            && sides.iter().all(|&(text, words)| (words.1 - words.0) * 3 < n_words(text))
    }

    pub(super) fn text(&self, text: u32) -> &[Word] {
        self.shards[text as usize / N_TEXTS].text(text as usize % N_TEXTS)
    }
}

/// Up to which word a text is tied to most of those that a fingerprint of very many texts leads to.
/// That is enough of the passage; each further fingerprint would lead to some others, since edits
/// lie elsewhere in each copy. 1,000 copies of one article, each with 20 edits of its own, among
/// 20,000 texts cost 1.8 times the corpus without this, and half of it with it.
fn tied_up_to(visits: &[Visit], notes: &mut Notes) -> u32 {
    let mut ends = [0; 2 * NEAREST];
    for (end, visit) in ends.iter_mut().zip(visits) {
        *end = notes.of(visit.left).covered;
    }
    ends.sort_unstable();
    ends[ends.len() - NEAREST / 2]
}

/// Room to work in, for one text after the other. Nothing in it outlasts a text.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// Words of the text with their seeds.
    pub(super) seeds: Vec<(u32, Seed)>,
    visits: Vec<Visit>,
    notes: Notes,
    found: Vec<(u32, Stretch)>,
    stretches: Vec<Stretch>,
    trigrams: Trigrams,
}

/// A seed in another text, word `i`, and in this one, word `j`.
#[derive(Clone, Copy, Debug)]
struct Visit {
    left: u32,
    i: u32,
    j: u32,
    worth: u32,
}

/// Equal words that make a passage wherever they stand. Stock phrases of the synthetic corpora are
/// up to 12 words long, those of the trade hardly more. 13 would find a hundredth more of the
/// passages of 120 to 249 bytes, and take 3,000 phrases for copies beside 46,000 planted pairs.
const PHRASE: u32 = 16;

/// Equal words that make a passage if they are whole sentences on both sides, but for so many words
/// at either end. With 8 for 6, 4 of 100 passages of less than 120 bytes are lost; with 2 for 4,
/// 3 of 100 passages of less than 250.
const SENTENCE: u32 = 6;
const SLACK: usize = 4;

/// Two texts that share so many words are compared between their passages too.
const CLOSE: u32 = 24;

/// Words of the shortest gap that is compared, and of the shortest passage of two articles.
const SHORTEST: u32 = 8;
