//! Link: two texts and the stretches of words that they share, found through their postings.

use super::posting::{ENOUGH, Places, Postings};
use super::shard::{N_TEXTS, Shard, Word};
use super::stretch::{self, Stretch};
use crate::par;

/// The words and fingerprints of many texts, ready to be compared.
#[derive(Debug)]
pub(super) struct Index {
    shards: Vec<Shard>,
    places: Places,
    postings: Postings,
    series: Vec<u32>,
}

/// A stretch with its texts, `left < right`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Link {
    pub(super) left: u32,
    pub(super) right: u32,
    pub(super) stretch: Stretch,
}

/// Fingerprints that more texts carry than this link each text only to its nearest predecessors and
/// the first: a wire story on 10,000 sites stays connected at linear cost. 128 keeps every pair of
/// the largest families of the synthetic corpora (80).
const ALL_PAIRS: usize = 128;
const NEAREST: usize = 16;

impl Index {
    /// The index of `shards`; all but the last hold [`N_TEXTS`] texts. `series` says of each text
    /// whose it is. Cost: linear in the fingerprints.
    pub(super) fn new(mut shards: Vec<Shard>, series: Vec<u32>) -> Self {
        let places = Places::new(&shards);
        let postings = Postings::new(&shards, &places, &series);
        shards.iter_mut().for_each(Shard::forget_prints);
        Self { shards, places, postings, series }
    }

    /// All stretches that two texts share, by right text, left text and place on the right.
    pub(super) fn links(&self) -> Vec<Link> {
        // Few enough that what each core notes of every text costs nothing beside the texts.
        const N_CHUNKS: usize = 64;
        let n_texts = self.places.n_texts();
        let texts = (0..n_texts as u32).collect::<Vec<_>>();
        let chunks = texts.chunks(n_texts.div_ceil(N_CHUNKS).max(64)).collect::<Vec<_>>();
        let found = par::map(&chunks, |chunk| {
            let mut notes = vec![Note::default(); n_texts];
            let (mut found, mut links) = (Vec::new(), Vec::new());
            for &right in *chunk {
                self.link(right, &mut notes, &mut found);
                self.choose(right, &mut found, &mut links);
            }
            links
        });
        found.concat()
    }

    /// Finds the stretches that `right` shares with texts before it.
    fn link(&self, right: u32, notes: &mut [Note], found: &mut Vec<(u32, Stretch)>) {
        found.clear();
        let b = self.text(right);
        let first = self.places.first(right as usize);
        for seed in self.postings.of(right as usize) {
            let (at, group, worth) = (seed.at as usize, seed.group(), seed.worth());
            let j = self.postings.at[at] - first;
            let near = if at - group <= ALL_PAIRS { group } else { at - NEAREST };
            let representative = (near > group).then_some(group);
            for before in representative.into_iter().chain(near..at) {
                let place = self.postings.at[before];
                let left = self.places.text_of(place);
                let note = &mut notes[left];
                if note.right != right + 1 {
                    *note = Note { right: right + 1, ..Note::default() };
                } else if j < note.covered {
                    continue;
                }
                if left == right as usize {
                    continue;
                }
                let i = place - self.places.first(left);
                note.worth += worth;
                if note.worth < ENOUGH {
                    if note.worth == worth {
                        note.seed = (i, j);
                    }
                    continue;
                }
                let a = self.text(left as u32);
                let waiting = std::mem::replace(&mut note.seed, (u32::MAX, 0));
                for (i, j) in [waiting, (i, j)] {
                    if i == u32::MAX || j < note.covered {
                        continue;
                    }
                    if let Some(stretch) = stretch::stretch(a, b, i as usize, j as usize) {
                        note.covered = stretch.right.1;
                        found.push((left as u32, stretch));
                    }
                }
            }
        }
    }

    /// Joins the stretches of each pair and keeps those that are more than chance and stock.
    fn choose(&self, right: u32, found: &mut [(u32, Stretch)], links: &mut Vec<Link>) {
        found.sort_unstable_by_key(|(left, stretch)| (*left, stretch.right.0, stretch.left.0));
        for pair in found.chunk_by(|a, b| a.0 == b.0) {
            let left = pair[0].0;
            let mut joined: Option<Stretch> = None;
            let mut choose = |stretch: Stretch| {
                if self.is_passage(left, right, stretch) {
                    links.push(Link { left, right, stretch });
                }
            };
            for &(_, stretch) in pair {
                match &mut joined {
                    Some(last) if continues(last, &stretch) => {
                        last.left.1 = stretch.left.1.max(last.left.1);
                        last.right.1 = stretch.right.1.max(last.right.1);
                        last.n_words += stretch.n_words;
                    }
                    _ => {
                        if let Some(last) = joined.replace(stretch) {
                            choose(last);
                        }
                    }
                }
            }
            joined.into_iter().for_each(choose);
        }
    }

    /// Whether a stretch is long enough to be no stock phrase, or is a whole sentence on both sides.
    fn is_passage(&self, left: u32, right: u32, stretch: Stretch) -> bool {
        let n_words = stretch.n_words as usize;
        if n_words < SENTENCE {
            return false;
        }
        let is_sentence =
            self.is_sentence(left, stretch.left) && self.is_sentence(right, stretch.right);
        (n_words >= PHRASE || is_sentence) && !self.is_frame(left, right, stretch)
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
    fn is_frame(&self, left: u32, right: u32, stretch: Stretch) -> bool {
        let sides = [(left, stretch.left), (right, stretch.right)];
        let n_words = |text: u32| self.places.n_words(text as usize) as u32;
        self.series[left as usize] == self.series[right as usize]
            && (sides.iter().all(|(_, words)| words.0 == 0)
                || sides.iter().all(|&(text, words)| words.1 == n_words(text)))
            && sides.iter().all(|&(text, words)| (words.1 - words.0) * 3 < n_words(text))
    }

    fn text(&self, text: u32) -> &[Word] {
        self.shards[text as usize / N_TEXTS].text(text as usize % N_TEXTS)
    }
}

/// What a text notes of one before it.
#[derive(Clone, Copy, Default)]
struct Note {
    /// The text that noted, plus 1.
    right: u32,
    /// Up to which of its words stretches reach.
    covered: u32,
    /// What the seeds so far are worth.
    worth: u32,
    /// The first of them.
    seed: (u32, u32),
}

/// Equal words that make a passage wherever they stand. Stock phrases of the synthetic corpora are
/// up to 12 words long, those of the trade hardly more.
const PHRASE: usize = 16;

/// Equal words that make a passage if they are whole sentences on both sides, but for so many words
/// at either end.
const SENTENCE: usize = 8;
const SLACK: usize = 2;

/// Whether a stretch goes on where the last one ended, after about equal gaps.
fn continues(last: &Stretch, next: &Stretch) -> bool {
    const GAP: i64 = 40;
    const SHIFT: i64 = 6;
    let gap = |end: u32, first: u32| i64::from(first) - i64::from(end);
    let (left, right) = (gap(last.left.1, next.left.0), gap(last.right.1, next.right.0));
    (-4..=GAP).contains(&left) && (-4..=GAP).contains(&right) && (left - right).abs() <= SHIFT
}
