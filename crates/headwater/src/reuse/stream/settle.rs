//! Settle: what the texts that came changed between others is worked out.

use headwater_page::Span;

use super::{Stream, unpacked};
use crate::par;
use crate::reuse::bare::{self, Shared};
use crate::reuse::extent;
use crate::reuse::kin::Kin;
use crate::reuse::link::{Index, Link, Texts};
use crate::reuse::posting::{ALL_PAIRS, NEAREST, worth};
use crate::reuse::room::Room;
use crate::reuse::shard::{N_TEXTS, Word};
use crate::reuse::stretch::Stretch;

use super::group::FIRST;

/// All that texts share, and what it took to know it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settled {
    /// What [`bare::shared`] returns of the same texts in the order of their ids.
    pub shared: Vec<Shared>,
    /// How many texts were compared again.
    pub n_compared: usize,
}

impl Stream {
    /// Works out what is left open, and returns all passages: texts are numbered in the order of
    /// their ids.
    ///
    /// Cost: what came since the last time, with the texts that share a fingerprint with it in which
    /// something has changed and those that are tied to them; then a copy of the passages of all.
    pub fn settle(&mut self) -> Settled {
        let stale = self.stale();
        let is_touched = self.relink(&stale);
        let ranked = Ranked::new(self);
        let kin = Kin::new(ranked.links(self), self.len());
        // What a text has through others hangs on their links too.
        let is_open = |&rank: &u32| {
            let links = &self.links[ranked.numbers[rank as usize] as usize];
            is_touched[ranked.numbers[rank as usize] as usize]
                || links.iter().any(|link| is_touched[link.left as usize])
        };
        let open = (0..self.len() as u32).filter(is_open).collect::<Vec<_>>();
        let chunks = open.chunks(N_TEXTS).collect::<Vec<_>>();
        let links = par::map(&chunks, |rights| {
            let rights = rights.iter();
            rights.flat_map(|&right| kin.links_of(&ranked, right..right + 1)).collect::<Vec<_>>()
        });
        let read = |texts: &[usize], found: &mut dyn FnMut(usize, &[Span])| {
            let mut words = Vec::new();
            for &text in texts {
                words.clear();
                extent::each(&self.extents[ranked.numbers[text] as usize], |word| words.push(word));
                found(text, &words);
            }
        };
        let found = bare::spans(self.len(), &links.concat(), read);
        let Ranked { numbers, ranks, .. } = ranked;
        for &right in &open {
            self.settled[numbers[right as usize] as usize].clear();
        }
        for shared in found {
            let left = numbers[shared.left as usize];
            self.settled[numbers[shared.right as usize] as usize].push(Shared { left, ..shared });
        }
        let all = numbers.iter().zip(0..).flat_map(|(&number, right)| {
            let shared = self.settled[number as usize].iter();
            shared.map(move |shared| (shared, right))
        });
        let all = all.map(|(shared, right)| {
            let left = ranks[shared.left as usize];
            Shared { left, right, ..*shared }
        });
        let mut shared = all.collect::<Vec<_>>();
        shared.sort_unstable();
        Settled { shared, n_compared: stale.len() }
    }

    /// The texts whose links may not be what they were.
    fn stale(&mut self) -> Vec<u32> {
        let n_texts = self.len();
        let (first, first_place) = (self.n_settled, self.index.places.first(self.n_settled));
        let mut groups = Vec::new();
        for text in first..n_texts {
            self.each_group(text, |group, _| groups.push(group));
            self.was_small[text] = self.is_small(text);
        }
        for text in std::mem::take(&mut self.swayed) {
            let text = text as usize;
            self.is_swayed[text] = false;
            if self.was_small[text] != self.is_small(text) {
                self.was_small[text] = !self.was_small[text];
                let is_told = |group| self.groups.head(group).is_some_and(|head| head.is_suspect);
                self.each_group(text, |group, _| {
                    if is_told(group) {
                        groups.push(group);
                    }
                });
            }
        }
        groups.sort_unstable();
        groups.dedup();
        let mut is_stale = vec![false; n_texts];
        is_stale[first..].fill(true);
        for group in groups {
            self.judge(group, first_place, &mut is_stale);
        }
        self.n_settled = n_texts;
        (0..n_texts as u32).filter(|&text| is_stale[text as usize]).collect()
    }

    /// Calls `found` with the groups of a text and its places in them, in order of place.
    fn each_group(&self, text: usize, mut found: impl FnMut(u32, u32)) {
        let mut place = self.index.places.first(text);
        for &print in &self.prints[text] {
            let (part, hash, far) = unpacked(print);
            place += far;
            let group = self.table.get(part, hash);
            if group >= FIRST {
                found(group, place);
            }
        }
    }

    /// Notes whether a group is furniture now, and which texts it ties in another way than before
    /// the texts came whose words start at `first_new`.
    fn judge(&mut self, group: u32, first_new: u32, is_stale: &mut [bool]) {
        let is_furniture = self.is_furniture(group, usize::MAX);
        let mut was_furniture = false;
        if let Some(head) = self.groups.head(group) {
            was_furniture = head.is_furniture;
            self.groups.set_head(group, super::Head { is_furniture, ..head });
        }
        let places = self.groups.places_of(group);
        let n_new = places.iter().filter(|&&place| place >= first_new).count();
        let mut mark = |places: &[u32]| {
            for &place in places {
                is_stale[self.index.places.text_of(place)] = true;
            }
        };
        match (was_furniture, is_furniture) {
            (true, true) => {}
            (false, false) => {
                let leads_anew = places.len() > ALL_PAIRS && places[0] >= first_new;
                if leads_anew || worth(places.len()) != worth(places.len() - n_new) {
                    return mark(places);
                }
                // A new place is compared with those behind it that are near, or still so near to
                // the front that they are compared with all.
                let mut marked = 0;
                for nth in (0..places.len()).filter(|&nth| places[nth] >= first_new) {
                    let end = (ALL_PAIRS + n_new).max(nth + NEAREST) + 1;
                    let end = end.min(places.len());
                    let from = marked.max(nth + 1);
                    if from < end {
                        mark(&places[from..end]);
                        marked = end;
                    }
                }
            }
            _ => mark(places),
        }
    }

    /// Works the links of these texts out again. Returns of each text whether any link that it has,
    /// with one before or behind it, came or went.
    fn relink(&mut self, stale: &[u32]) -> Vec<bool> {
        let chunks = stale.chunks(N_TEXTS).collect::<Vec<_>>();
        let links = par::map(&chunks, |texts| {
            let mut room = Room::default();
            texts.iter().map(|&text| self.linked(&mut room, text)).collect::<Vec<_>>()
        });
        let mut is_touched = vec![false; self.len()];
        for (&text, links) in stale.iter().zip(links.into_iter().flatten()) {
            let old = std::mem::replace(&mut self.links[text as usize], links);
            let new = &self.links[text as usize];
            if old != *new {
                is_touched[text as usize] = true;
                old.iter().chain(new).for_each(|link| is_touched[link.left as usize] = true);
            }
        }
        is_touched
    }

    /// The links of a text with those before it in the order of the ids.
    fn linked(&self, room: &mut Room, text: u32) -> Vec<Link> {
        room.start(self.index.places.first(text as usize));
        self.each_group(text as usize, |group, place| {
            if self.groups.head(group).is_some_and(|head| head.is_furniture) {
                return;
            }
            let places = self.groups.places_of(group);
            let nth = self.nth(places, place);
            let near = if nth <= ALL_PAIRS { 0 } else { nth - NEAREST };
            let first = (near > 0).then_some(places[0]);
            room.seed(first, places[near..nth].iter().copied(), place, places.len());
        });
        room.link(&self.index, text).to_vec()
    }
}

/// The texts in the order of their ids.
struct Ranked<'a> {
    index: &'a Index,
    /// The number by arrival of each text.
    numbers: Vec<u32>,
    /// The place in the order of each text by its number.
    ranks: Vec<u32>,
}

impl<'a> Ranked<'a> {
    fn new(stream: &'a Stream) -> Self {
        let mut numbers = (0..stream.len() as u32).collect::<Vec<_>>();
        numbers.sort_unstable_by_key(|&number| stream.ids[number as usize]);
        let mut ranks = vec![0; numbers.len()];
        for (rank, &number) in numbers.iter().enumerate() {
            ranks[number as usize] = rank as u32;
        }
        Self { index: &stream.index, numbers, ranks }
    }

    /// All links, of texts in this order.
    fn links(&self, stream: &Stream) -> Vec<Link> {
        let mut all = Vec::new();
        for (rank, &number) in self.numbers.iter().enumerate() {
            let from = all.len();
            all.extend(stream.links[number as usize].iter().map(|link| Link {
                left: self.ranks[link.left as usize],
                right: rank as u32,
                stretch: link.stretch,
            }));
            all[from..].sort_by_key(|link| link.left);
        }
        all
    }
}

impl Texts for Ranked<'_> {
    fn n_texts(&self) -> usize {
        self.numbers.len()
    }

    fn text(&self, text: u32) -> &[Word] {
        self.index.text(self.numbers[text as usize])
    }

    fn is_frame(&self, left: u32, right: u32, stretch: Stretch) -> bool {
        let of = |text: u32| self.numbers[text as usize];
        self.index.is_frame(of(left), of(right), stretch)
    }
}
