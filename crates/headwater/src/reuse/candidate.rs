//! Candidate: a pair of articles that share enough rare fingerprints to be compared.
//!
//! ```text
//!  fingerprints ─ seen twice ─► postings by hash ─ not furniture ─► kept ─► pairs
//! ```

use rustc_hash::FxHashSet;

use super::shingle::Fingerprint;
use crate::par;

/// What is worth comparing.
#[derive(Debug)]
pub(super) struct Candidates {
    /// For each article the fingerprints that others share and that are no furniture, by hash.
    pub(super) kept: Vec<Vec<Fingerprint>>,
    /// Pairs of articles, the smaller index first, in order.
    pub(super) pairs: Vec<(u32, u32)>,
}

/// Which article stands where: all that candidates need to know of it beside its fingerprints.
#[derive(Clone, Copy, Debug)]
pub(super) struct Home {
    /// Its page.
    pub(super) page: u32,
    /// Its series: a number for each publisher family.
    pub(super) series: u32,
}

/// A fingerprint of an article, ordered by hash, then article.
type Posting = (u64, u32);

/// Fingerprints that more articles carry than this link each article only to its nearest
/// predecessors and the first: a wire story on 10,000 sites stays connected at linear cost.
/// 128 keeps every pair of the largest families of the synthetic corpora (80).
const ALL_PAIRS: usize = 128;
const NEAREST: usize = 16;

/// What a shared fingerprint is worth as a reason to compare two articles, by the number of
/// articles that carry it; [`ENOUGH`] is needed. One rare fingerprint is enough, a stock phrase of
/// a dozen words (three or four fingerprints, carried by hundreds) is not.
fn worth(n_articles: usize) -> u16 {
    match n_articles {
        ..=8 => 4,
        9..=64 => 2,
        _ => 1,
    }
}
const ENOUGH: u16 = 4;

/// The pairs to compare. `prints` and `homes` stand beside each other. Cost: linear in the
/// fingerprints for a bounded number of copies.
pub(super) fn candidates(prints: Vec<Vec<Fingerprint>>, homes: &[Home]) -> Candidates {
    let postings = postings(&prints);
    let furniture = furniture(&postings, &prints, homes);
    let groups =
        || postings.chunk_by(|a, b| a.0 == b.0).filter(|group| !dropped(group, &furniture));
    let shared = groups().map(|group| group[0].0).collect::<FxHashSet<_>>();
    let mut kept = prints;
    for prints in &mut kept {
        prints.retain(|print| shared.contains(&print.hash));
        prints.sort_unstable();
    }

    let mut starts = vec![0u32; kept.len() + 1];
    for &(_, article) in groups().flatten() {
        starts[article as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut next = starts.clone();
    // For each article, where its postings stand and where their group starts.
    let mut of_article = vec![(0u32, 0u32); starts[kept.len()] as usize];
    let mut at = 0;
    for group in postings.chunk_by(|a, b| a.0 == b.0) {
        if !dropped(group, &furniture) {
            for (i, &(_, article)) in group.iter().enumerate() {
                of_article[next[article as usize] as usize] = ((at + i) as u32, at as u32);
                next[article as usize] += 1;
            }
        }
        at += group.len();
    }

    let sizes = group_sizes(&postings);
    let all = (0..kept.len() as u32).collect::<Vec<_>>();
    let pairs = par::map(&all.chunks(1024).collect::<Vec<_>>(), |chunk| {
        let mut scores = vec![0u16; kept.len()];
        let mut touched = Vec::new();
        let mut pairs = Vec::new();
        for &right in *chunk {
            let (first, end) = (starts[right as usize], starts[right as usize + 1]);
            for &(at, group) in &of_article[first as usize..end as usize] {
                let worth = worth(sizes[group as usize] as usize);
                for before in linked(at as usize, group as usize) {
                    let left = postings[before].1;
                    if scores[left as usize] == 0 {
                        touched.push(left);
                    }
                    scores[left as usize] = scores[left as usize].saturating_add(worth);
                }
            }
            for left in touched.drain(..) {
                if scores[left as usize] >= ENOUGH {
                    pairs.push((left, right));
                }
                scores[left as usize] = 0;
            }
        }
        pairs
    });
    let mut pairs = pairs.concat();
    pairs.sort_unstable();
    Candidates { kept, pairs }
}

/// The postings that the one at `at` is compared with: all before it in its group, or the nearest
/// and the first.
fn linked(at: usize, group: usize) -> impl Iterator<Item = usize> {
    let near = if at - group <= ALL_PAIRS { group } else { at - NEAREST };
    let first = (near > group).then_some(group);
    first.into_iter().chain(near..at)
}

/// Fingerprints that at least two articles carry, once an article, by hash and article.
fn postings(prints: &[Vec<Fingerprint>]) -> Vec<Posting> {
    let n_prints = prints.iter().map(Vec::len).sum::<usize>();
    let mut seen = Seen::new(n_prints);
    prints.iter().flatten().for_each(|print| seen.see(print.hash));
    let mut postings = Vec::new();
    for (article, prints) in prints.iter().enumerate() {
        let twice = prints.iter().filter(|print| seen.twice(print.hash));
        postings.extend(twice.map(|print| (print.hash, article as u32)));
    }
    postings.sort_unstable();
    postings.dedup();
    // Two of one article, or two hashes that fell into one slot, look like twice.
    let mut kept = Vec::with_capacity(postings.len());
    for group in postings.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
        kept.extend_from_slice(group);
    }
    kept
}

/// Two bits for each slot of hashes: seen once, seen twice.
struct Seen {
    bits: Vec<u64>,
    mask: u64,
}

impl Seen {
    fn new(n_hashes: usize) -> Self {
        let slots = (n_hashes * 4).next_power_of_two().max(1 << 10);
        Self { bits: vec![0; slots / 32], mask: slots as u64 - 1 }
    }

    fn see(&mut self, hash: u64) {
        let (word, shift) = self.slot(hash);
        let once = self.bits[word] >> shift & 1;
        self.bits[word] |= (1 + once) << shift;
    }

    fn twice(&self, hash: u64) -> bool {
        let (word, shift) = self.slot(hash);
        self.bits[word] >> shift & 2 != 0
    }

    fn slot(&self, hash: u64) -> (usize, u64) {
        let slot = hash & self.mask;
        ((slot / 32) as usize, slot % 32 * 2)
    }
}

/// Number of postings of the group that starts at each index; 0 elsewhere.
fn group_sizes(postings: &[Posting]) -> Vec<u32> {
    let mut sizes = Vec::with_capacity(postings.len());
    for group in postings.chunk_by(|a, b| a.0 == b.0) {
        sizes.push(group.len() as u32);
        sizes.extend(std::iter::repeat_n(0, group.len() - 1));
    }
    sizes
}

fn dropped(group: &[Posting], furniture: &FxHashSet<u64>) -> bool {
    furniture.contains(&group[0].0)
}

/// Fingerprints that one site repeats: at least `PAGES` of its pages carry them, they are at least
/// 80 % of all pages that do, and they are a small part of what these pages say. A report that a
/// site prints several times is no furniture, since it is most of each page.
fn furniture(postings: &[Posting], prints: &[Vec<Fingerprint>], homes: &[Home]) -> FxHashSet<u64> {
    const PAGES: usize = 3;
    let suspects = postings
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(|group| {
            let series = of_one_series(group, homes, PAGES)?;
            Some((group, series))
        })
        .collect::<Vec<_>>();
    let mut suspected = vec![0usize; prints.len()];
    for &(_, article) in suspects.iter().flat_map(|(group, _)| *group) {
        suspected[article as usize] += 1;
    }
    let is_small = |article: u32| suspected[article as usize] * 2 < prints[article as usize].len();
    let furniture = suspects.iter().filter(|(group, series)| {
        let of_series = group.iter().filter(|posting| homes[posting.1 as usize].series == *series);
        n_pages(of_series.filter(|posting| is_small(posting.1)), homes) >= PAGES
    });
    furniture.map(|(group, _)| group[0].0).collect()
}

/// The series that holds at least 80 % of the group's pages, if it has `least` pages there.
fn of_one_series(group: &[Posting], homes: &[Home], least: usize) -> Option<u32> {
    if group.len() < least {
        return None;
    }
    // The majority vote of Boyer and Moore: whoever has 80 % wins it.
    let (mut series, mut votes) = (0, 0usize);
    for posting in group {
        let this = homes[posting.1 as usize].series;
        match votes {
            0 => (series, votes) = (this, 1),
            _ if this == series => votes += 1,
            _ => votes -= 1,
        }
    }
    let of_series = group.iter().filter(|posting| homes[posting.1 as usize].series == series);
    let (own, all) = (n_pages(of_series, homes), n_pages(group.iter(), homes));
    (own >= least && own * 5 >= all * 4).then_some(series)
}

/// Number of pages; articles of one page follow each other.
fn n_pages<'a>(postings: impl Iterator<Item = &'a Posting>, homes: &[Home]) -> usize {
    let mut last = None;
    postings
        .filter(|posting| {
            last.replace(homes[posting.1 as usize].page) != Some(homes[posting.1 as usize].page)
        })
        .count()
}
