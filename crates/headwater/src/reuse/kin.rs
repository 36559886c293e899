//! Kin: texts that are tied through a third one.
//!
//! Of two texts that both share words with a third, the words that all three have in common show
//! where to look, even where edits on both sides left no seed. So copies of copies are found from
//! the text between them.

use std::cmp::Reverse;
use std::ops::Range;

use super::link::{Index, Link, Texts, chunks};
use super::posting::ALL_PAIRS;
use super::trigram::Trigrams;
use crate::par;

/// A text is compared through at most so many others for each of its words. On the synthetic
/// corpora 2 find .963 of the pairs, 4 find .971.
const GUIDES: usize = 4;

/// Words that all three must share, and that the two must share then. These are fewer than stock
/// phrases have: that the place is right is known.
const LEAST: u32 = 8;

/// Words looked at beside the expected ones: edits shift what lies between two known ends.
const ROOM: u32 = 8;

/// All stretches that two texts share, by right text, left text and place on the right.
pub(super) fn links(index: &Index) -> Vec<Link> {
    with_kin(index, index.links())
}

/// `links` (by right text, then left text) with those that follow from them, in the same order.
///
/// Cost: linear in the links times [`GUIDES`] and the links of a guide.
fn with_kin(texts: &impl Texts, links: Vec<Link>) -> Vec<Link> {
    let kin = Kin::new(links, texts.n_texts());
    par::map(&chunks(texts.n_texts()), |rights| kin.links_of(texts, rights.clone())).concat()
}

/// A place to look at: words `on_left` of text `left` and `on_right` of the one that is followed.
struct Look {
    left: u32,
    on_left: (u32, u32),
    on_right: (u32, u32),
    /// Words of its guide that all three have, and how many of them are in links of the two.
    n_words: u32,
    n_known: u32,
}

/// Adds what `right` shares with texts before it, through its guides.
fn follow(
    texts: &impl Texts,
    kin: &Kin,
    right: u32,
    trigrams: &mut Trigrams,
    more: &mut Vec<Link>,
) {
    each_look(kin, right, |look| {
        let Look { left, on_left, on_right, .. } = look;
        let known = more.iter().filter(|known| known.left == left);
        let n_known = known.map(|known| common(known.stretch.right, on_right)).sum::<u32>();
        if (look.n_known + n_known) * 2 > look.n_words {
            return;
        }
        trigrams.find(texts.text(left), on_left, texts.text(right), on_right, |stretch| {
            let is_known =
                |known: &Link| known.left == left && common(known.stretch.right, stretch.right) > 0;
            if stretch.n_words >= LEAST
                && !texts.is_frame(left, right, stretch)
                && !more.iter().any(is_known)
            {
                more.push(Link { left, right, stretch });
            }
        });
    });
}

/// Calls `found` with the places where `right` may share words with texts before it that no link
/// tells of.
fn each_look(kin: &Kin, right: u32, mut found: impl FnMut(Look)) {
    let own = kin.of_right(right);
    let mut guides = own.to_vec();
    guides.sort_unstable_by_key(|link| (Reverse(link.stretch.n_words), Reverse(link.left)));
    let mut used: Vec<(u32, u32)> = Vec::new();
    for guide in guides {
        let words = guide.stretch.right;
        let n_used = used.iter().filter(|used| common(**used, words) * 2 > words.1 - words.0);
        // What thousands carry is tied already, each to its nearest.
        if n_used.count() >= GUIDES || kin.of(guide.left).len() > 4 * ALL_PAIRS {
            continue;
        }
        used.push(words);
        for &ix in kin.of(guide.left) {
            let link = kin.links[ix as usize];
            let (third, in_third, in_guide) = if link.left == guide.left {
                (link.right, link.stretch.right, link.stretch.left)
            } else {
                (link.left, link.stretch.left, link.stretch.right)
            };
            let on_guide =
                (in_guide.0.max(guide.stretch.left.0), in_guide.1.min(guide.stretch.left.1));
            if third >= right || on_guide.0 + LEAST > on_guide.1 {
                continue;
            }
            let on_right = mapped(guide.stretch.left, words, on_guide);
            let known = own.iter().filter(|known| known.left == third);
            let n_known = known.map(|known| common(known.stretch.right, on_right)).sum::<u32>();
            let n_words = on_guide.1 - on_guide.0;
            if n_known * 2 <= n_words {
                let on_left = mapped(in_guide, in_third, on_guide);
                found(Look { left: third, on_left, on_right, n_words, n_known });
            }
        }
    }
}

/// Where the words `part` of `from` about stand in `to`, with some room, though not outside of it.
fn mapped(from: (u32, u32), to: (u32, u32), part: (u32, u32)) -> (u32, u32) {
    let scale = |at: u32| {
        let (n_from, n_to) = (u64::from(from.1 - from.0), u64::from(to.1 - to.0));
        to.0 + (u64::from(at - from.0) * n_to / n_from.max(1)) as u32
    };
    (scale(part.0).saturating_sub(ROOM).max(to.0), (scale(part.1) + ROOM).min(to.1))
}

/// How many words two ranges share.
fn common(one: (u32, u32), other: (u32, u32)) -> u32 {
    one.1.min(other.1).saturating_sub(one.0.max(other.0))
}

/// Links by the texts that they tie.
pub(super) struct Kin {
    links: Vec<Link>,
    /// Where each text's numbers start in `of`; one more than there are texts.
    starts: Vec<u32>,
    /// Numbers of the links of each text, on either side.
    of: Vec<u32>,
    /// Where each right text's links start; one more than there are texts.
    rights: Vec<u32>,
}

impl Kin {
    /// The links of these texts with texts before them, and those that follow.
    pub(super) fn links_of(&self, texts: &impl Texts, rights: Range<u32>) -> Vec<Link> {
        let (mut trigrams, mut all, mut more) = (Trigrams::default(), Vec::new(), Vec::new());
        for right in rights {
            let own = self.of_right(right);
            let from = all.len();
            all.extend_from_slice(own);
            more.clear();
            follow(texts, self, right, &mut trigrams, &mut more);
            if !more.is_empty() {
                all.append(&mut more);
                all[from..].sort_unstable_by_key(|link| (link.left, link.stretch.right.0));
            }
        }
        all
    }

    /// Calls `found` with the texts whose words are looked at to follow `right`, itself among them;
    /// some more than once.
    pub(super) fn each_needed(&self, right: u32, mut found: impl FnMut(u32)) {
        each_look(self, right, |look| {
            found(look.left);
            found(right);
        });
    }

    /// The links of `n_texts` texts.
    pub(super) fn new(links: Vec<Link>, n_texts: usize) -> Self {
        let (mut starts, mut rights) = (vec![0u32; n_texts + 1], vec![0u32; n_texts + 1]);
        for link in &links {
            starts[link.left as usize + 1] += 1;
            starts[link.right as usize + 1] += 1;
            rights[link.right as usize + 1] += 1;
        }
        for text in 1..=n_texts {
            starts[text] += starts[text - 1];
            rights[text] += rights[text - 1];
        }
        let mut next = starts.clone();
        let mut of = vec![0; links.len() * 2];
        for (ix, link) in links.iter().enumerate() {
            for text in [link.left, link.right] {
                of[next[text as usize] as usize] = ix as u32;
                next[text as usize] += 1;
            }
        }
        Self { links, starts, of, rights }
    }

    fn of(&self, text: u32) -> &[u32] {
        &self.of[self.starts[text as usize] as usize..self.starts[text as usize + 1] as usize]
    }

    fn of_right(&self, text: u32) -> &[Link] {
        &self.links[self.rights[text as usize] as usize..self.rights[text as usize + 1] as usize]
    }
}
