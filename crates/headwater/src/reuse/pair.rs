//! Pair: two articles that share words, and where these words are.

use super::align::{self, Chain, Run, SHORTEST};
use super::body::Body;
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

/// Every pair of bodies that share a passage, by left, then right. `homes` stand beside `bodies`; what
/// one series or one site repeats on its pages is furniture and no passage.
///
/// The bodies are compared in an order that their words alone give, so that it makes no difference
/// in which order articles came. Cost: linear in the words; of many copies, each is compared with
/// the nearest before it and the first.
pub(super) fn pairs(bodies: &[Body], homes: &[Home]) -> Vec<Pair> {
    let mut order = (0..bodies.len() as u32).collect::<Vec<_>>();
    order.sort_by_key(|&ix| (bodies[ix as usize].len(), &bodies[ix as usize].hashes));
    let shards = par::map(&order.chunks(N_TEXTS).collect::<Vec<_>>(), |chunk| shard(chunk, bodies));
    let homes = order.iter().map(|&ix| homes[ix as usize]).collect::<Vec<_>>();
    let n_words = order.iter().map(|&ix| bodies[ix as usize].len() as u32).collect::<Vec<_>>();
    let series = homes.iter().map(|home| home.series).collect();
    let mut links = Index::new(shards, series, Grain::Articles).links();
    links.sort_unstable_by_key(|link| (link.left, link.right, link.stretch.right));
    let links = without_templates(&links, &homes, &n_words);
    let linked = links.chunk_by(|a, b| (a.left, a.right) == (b.left, b.right));
    let mut pairs = par::map(&linked.collect::<Vec<_>>(), |links| {
        let [left, right] = [links[0].left, links[0].right].map(|at| order[at as usize]);
        let chains = chains(&bodies[left as usize], &bodies[right as usize], links);
        pair(left, right, chains)
    });
    pairs.extend(twins(bodies, &order));
    pairs.retain(|pair| !pair.chains.is_empty());
    pairs.sort_by_key(|pair| (pair.left, pair.right));
    pairs.dedup_by_key(|pair| (pair.left, pair.right));
    pairs
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
fn without_templates(links: &[Link], homes: &[Home], n_words: &[u32]) -> Vec<Link> {
    const OTHERS: usize = 2;
    let mut of_text = vec![Vec::new(); homes.len()];
    for (ix, link) in links.iter().enumerate() {
        of_text[link.left as usize].push((link.stretch.left, ix));
        of_text[link.right as usize].push((link.stretch.right, ix));
    }
    let site = |text: u32| homes[text as usize].site;
    let other = |text: u32, ix: usize| {
        if links[ix].left == text { links[ix].right } else { links[ix].left }
    };
    let is_template = |text: u32, (first, end): (u32, u32)| {
        if (end - first) * 2 >= n_words[text as usize] {
            return false;
        }
        let known = of_text[text as usize].iter().filter(|((from, to), _)| {
            end.min(*to).saturating_sub(first.max(*from)) * 2 >= end - first
        });
        let mut texts = known.map(|&(_, ix)| other(text, ix)).collect::<Vec<_>>();
        texts.sort_unstable();
        texts.dedup();
        let own = texts.iter().filter(|&&other| site(other) == site(text)).count();
        own >= OTHERS && own * 5 >= texts.len() * 4
    };
    let kept = links.iter().filter(|link| {
        let [left, right] = [link.left, link.right].map(|text| homes[text as usize]);
        // Of one series the index has judged.
        left.site != right.site
            || left.series == right.series
            || !is_template(link.left, link.stretch.left)
            || !is_template(link.right, link.stretch.right)
    });
    kept.copied().collect()
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

/// Bodies that are word for word the same, each with the first of them. Notes of two lines are too
/// short for fingerprints. `order` has equal bodies side by side, in order of their index.
fn twins(bodies: &[Body], order: &[u32]) -> Vec<Pair> {
    let mut found = Vec::new();
    for same in order.chunk_by(|&a, &b| bodies[a as usize].hashes == bodies[b as usize].hashes) {
        let body = &bodies[same[0] as usize];
        if body.len() >= SHORTEST {
            found.extend(same[1..].iter().map(|&other| pair(same[0], other, whole(body))));
        }
    }
    found
}
