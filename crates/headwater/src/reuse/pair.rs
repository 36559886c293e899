//! Pair: two articles that share words, and where these words are.

use rustc_hash::FxHashMap;

use super::align::{self, Chain, Run, SHORTEST};
use super::body::Body;
use super::kin;
use super::link::{Grain, Index, Link};
use super::shard::{N_TEXTS, Shard};
use crate::par;

/// Two articles, the smaller index first, and what corresponds in them; at least one chain.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) left: u32,
    pub(super) right: u32,
    pub(super) chains: Vec<Chain>,
}

/// Whose an article is and where it stands, as numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Home {
    /// The publisher's family.
    pub(super) series: u32,
    /// The site, which makes its pages from a template: an aggregator prints many publishers.
    pub(super) site: u32,
}

/// What `judge` finds in every pair of bodies that share a passage, by left, then right. `homes` stand
/// beside `bodies`; what one series or one site repeats on its pages is furniture and no passage. What
/// corresponds in a pair is held while it is judged only.
///
/// The bodies are compared in an order that their words alone give, so that it makes no difference
/// in which order articles came. Cost: linear in the words; of many copies, each is compared with
/// the nearest before it and the first.
pub(super) fn judged<R: Send>(
    bodies: &[Body],
    homes: &[Home],
    judge: impl Fn(&Pair) -> Vec<R> + Sync + Send,
) -> Vec<R> {
    let mut order = (0..bodies.len() as u32).collect::<Vec<_>>();
    order.sort_by_key(|&ix| (bodies[ix as usize].len(), &bodies[ix as usize].hashes));
    let shards = par::map(&order.chunks(N_TEXTS).collect::<Vec<_>>(), |chunk| shard(chunk, bodies));
    let homes = order.iter().map(|&ix| homes[ix as usize]).collect::<Vec<_>>();
    let n_words = order.iter().map(|&ix| bodies[ix as usize].len() as u32).collect::<Vec<_>>();
    let series = homes.iter().map(|home| home.series).collect();
    let mut links = kin::links(&Index::new(shards, series, Grain::Articles));
    links.sort_unstable_by_key(|link| (link.left, link.right, link.stretch.right));
    without_templates(&mut links, &homes, &n_words);
    let linked = links.chunk_by(|a, b| (a.left, a.right) == (b.left, b.right));
    let mut pairs = linked
        .map(|links| (order[links[0].left as usize], order[links[0].right as usize], links))
        .chain(twins(bodies, &order))
        .collect::<Vec<_>>();
    let key = |&(one, other, _): &(u32, u32, &[Link])| (one.min(other), one.max(other));
    pairs.sort_by_key(key);
    pairs.dedup_by_key(|pair| key(pair));
    let found = par::map(&pairs, |&(one, other, links)| {
        let chains = chains(&bodies[one as usize], &bodies[other as usize], links);
        if chains.is_empty() { Vec::new() } else { judge(&pair(one, other, chains)) }
    });
    found.into_iter().flatten().collect()
}

fn shard(chunk: &[u32], bodies: &[Body]) -> Shard {
    Shard::new(chunk.len(), |ix, words| {
        let body = &bodies[chunk[ix] as usize];
        let mut is_end = vec![false; body.len() + 1];
        for part in body.sentences.iter().chain(&body.paragraphs) {
            is_end[part.1] = true;
        }
        for (at, &hash) in body.hashes.iter().enumerate() {
            words.push(hash);
            if is_end[at + 1] {
                words.end_sentence();
            }
        }
    })
}

/// The links without those that a site's template makes: words that at least three pages of the site
/// have, and hardly a page elsewhere, and that are less than half of either text. The index does the
/// same by series, from fingerprints.
fn without_templates(links: &mut Vec<Link>, homes: &[Home], n_words: &[u32]) {
    const OTHERS: usize = 2;
    // Of one series the index has judged.
    let is_open = |link: &Link| {
        let [left, right] = [link.left, link.right].map(|text| homes[text as usize]);
        left.site == right.site && left.series != right.series
    };
    // The links of texts that have any to be judged; most have none.
    let mut of_text = FxHashMap::<u32, Vec<((u32, u32), usize)>>::default();
    for link in links.iter().filter(|link| is_open(link)) {
        of_text.entry(link.left).or_default();
        of_text.entry(link.right).or_default();
    }
    if of_text.is_empty() {
        return;
    }
    for (ix, link) in links.iter().enumerate() {
        for (text, words) in [(link.left, link.stretch.left), (link.right, link.stretch.right)] {
            if let Some(of_text) = of_text.get_mut(&text) {
                of_text.push((words, ix));
            }
        }
    }
    let site = |text: u32| homes[text as usize].site;
    let other = |text: u32, ix: usize| {
        if links[ix].left == text { links[ix].right } else { links[ix].left }
    };
    let is_template = |text: u32, (first, end): (u32, u32)| {
        if (end - first) * 2 >= n_words[text as usize] {
            return false;
        }
        let known = of_text[&text].iter().filter(|((from, to), _)| {
            end.min(*to).saturating_sub(first.max(*from)) * 2 >= end - first
        });
        let mut texts = known.map(|&(_, ix)| other(text, ix)).collect::<Vec<_>>();
        texts.sort_unstable();
        texts.dedup();
        let own = texts.iter().filter(|&&other| site(other) == site(text)).count();
        own >= OTHERS && own * 5 >= texts.len() * 4
    };
    let kept = links.iter().map(|link| {
        !is_open(link)
            || !is_template(link.left, link.stretch.left)
            || !is_template(link.right, link.stretch.right)
    });
    let mut kept = kept.collect::<Vec<_>>().into_iter();
    links.retain(|_| kept.next().unwrap_or(true));
}

/// The chains that run through the stretches of `links`, all of one pair.
fn chains(left: &Body, right: &Body, links: &[Link]) -> Vec<Chain> {
    if left.hashes == right.hashes {
        return whole(left);
    }
    let stretches = links.iter().map(|link| link.stretch).collect::<Vec<_>>();
    align::chains(left, right, &stretches)
}

/// All words of a body, which are those of another, too.
fn whole(body: &Body) -> Vec<Chain> {
    vec![Chain { runs: vec![Run { left: 0, right: 0, n: body.len() }] }]
}

fn pair(one: u32, other: u32, mut chains: Vec<Chain>) -> Pair {
    if one < other {
        return Pair { left: one, right: other, chains };
    }
    for run in chains.iter_mut().flat_map(|chain| &mut chain.runs) {
        (run.left, run.right) = (run.right, run.left);
    }
    chains.sort_by_key(|chain| chain.pairs().next());
    Pair { left: other, right: one, chains }
}

/// Bodies that are word for word the same, each with the first of them, without links. Notes of two
/// lines are too short for fingerprints. `order` has equal bodies side by side, in order of their index.
fn twins<'a>(bodies: &[Body], order: &[u32]) -> Vec<(u32, u32, &'a [Link])> {
    let mut found = Vec::new();
    for same in order.chunk_by(|&a, &b| bodies[a as usize].hashes == bodies[b as usize].hashes) {
        if bodies[same[0] as usize].len() >= SHORTEST {
            found.extend(same[1..].iter().map(|&other| (same[0], other, &[][..])));
        }
    }
    found
}
