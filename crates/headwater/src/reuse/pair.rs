//! Pair: two articles that share words, and where these words are.

use rustc_hash::FxHashMap;

use super::align::{self, Chain, Run, SHORTEST};
use super::body::Body;
use super::direction::Known;
use super::kin;
use super::link::{Grain, Index, Link};
use super::shard::{N_TEXTS, Shard};
use crate::par;
use crate::sets::Sets;

/// One article with its words and with what all its pairs ask of it.
#[derive(Debug)]
pub(super) struct Member<'a> {
    /// Its number among the articles.
    pub(super) ix: u32,
    pub(super) body: Body<'a>,
    pub(super) known: Known,
}

/// Articles of which each shares words with another, and no other article does.
struct Family<'a, 'l> {
    /// By number.
    members: Vec<Member<'a>>,
    /// The pairs that share words: of two members the one that was compared first, the other, and where.
    pairs: Vec<(usize, usize, &'l [Link])>,
}

/// Whose an article is and where it stands, as numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Home {
    /// The publisher's family.
    pub(super) series: u32,
    /// The site, which makes its pages from a template: an aggregator prints many publishers.
    pub(super) site: u32,
}

/// What `judge` finds in every pair of bodies that share a passage, by left, then right: it is given the
/// article with the smaller number first, and what corresponds in the two, at least one chain. `homes`
/// stand beside `bodies`; what one series or one site repeats on its pages is furniture and no passage.
///
/// What corresponds in a pair is held while it is judged only, and words and whatever is known of an
/// article while the articles are that it shares words with, directly or through others.
///
/// The bodies are compared in an order that their words alone give, so that it makes no difference
/// in which order articles came. Cost: linear in the words; of many copies, each is compared with
/// the nearest before it and the first.
pub(super) fn judged<'a, R: Send>(
    bodies: Vec<Body<'a>>,
    homes: &[Home],
    judge: impl Fn(&Member<'a>, &Member<'a>, &[Chain]) -> Vec<R> + Sync + Send,
) -> Vec<R> {
    let mut order = (0..bodies.len() as u32).collect::<Vec<_>>();
    order.sort_by_key(|&ix| (bodies[ix as usize].len(), &bodies[ix as usize].hashes));
    let chunks = order.chunks(N_TEXTS).collect::<Vec<_>>();
    let shards = par::map(&chunks, |chunk| shard(chunk, &bodies));
    let homes = order.iter().map(|&ix| homes[ix as usize]).collect::<Vec<_>>();
    let n_words = order.iter().map(|&ix| bodies[ix as usize].len() as u32).collect::<Vec<_>>();
    let series = homes.iter().map(|home| home.series).collect();
    let mut links = kin::links(&Index::new(shards, series, Grain::Articles));
    links.sort_unstable_by_key(|link| (link.left, link.right, link.stretch.right));
    without_templates(&mut links, &homes, &n_words);
    let linked = links.chunk_by(|a, b| (a.left, a.right) == (b.left, b.right));
    let mut pairs = linked
        .map(|links| (order[links[0].left as usize], order[links[0].right as usize], links))
        .chain(twins(&bodies, &order))
        .collect::<Vec<_>>();
    pairs.sort_by_key(|&(one, other, _)| (one.min(other), one.max(other)));
    pairs.dedup_by_key(|&mut (one, other, _)| (one.min(other), one.max(other)));
    let found = par::map_each(families(bodies, pairs), |Family { members, pairs }| {
        par::map(&pairs, |&(one, other, links)| {
            let chains = chains(&members[one].body, &members[other].body, links);
            let (left, right) = (&members[one.min(other)], &members[one.max(other)]);
            let found = match chains.is_empty() {
                true => Vec::new(),
                false if one < other => judge(left, right, &chains),
                false => judge(left, right, &turned(chains)),
            };
            ((left.ix, right.ix), found)
        })
    });
    let mut found = found.into_iter().flatten().collect::<Vec<_>>();
    found.sort_unstable_by_key(|(pair, _)| *pair);
    found.into_iter().flat_map(|(_, found)| found).collect()
}

/// The families that `pairs` make of `bodies`; who is in no pair is left out.
fn families<'a, 'l>(
    mut bodies: Vec<Body<'a>>,
    pairs: Vec<(u32, u32, &'l [Link])>,
) -> Vec<Family<'a, 'l>> {
    let mut sets = Sets::new(bodies.len());
    for &(one, other, _) in &pairs {
        sets.join(one as usize, other as usize);
    }
    let mut pairs = pairs;
    pairs.sort_by_cached_key(|pair| sets.root(pair.0 as usize));
    let of_one = pairs.chunk_by(|a, b| sets.root(a.0 as usize) == sets.root(b.0 as usize));
    let family = |pairs: &[(u32, u32, &'l [Link])]| {
        let mut all = pairs.iter().flat_map(|pair| [pair.0, pair.1]).collect::<Vec<_>>();
        all.sort_unstable();
        all.dedup();
        let at = |ix: u32| all.partition_point(|&member| member < ix);
        let pairs = pairs.iter().map(|&(one, other, links)| (at(one), at(other), links)).collect();
        let member = |&ix: &u32| Member {
            ix,
            body: std::mem::take(&mut bodies[ix as usize]),
            known: Known::default(),
        };
        Family { members: all.iter().map(member).collect(), pairs }
    };
    of_one.map(family).collect()
}

fn shard(chunk: &[u32], bodies: &[Body<'_>]) -> Shard {
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

/// The same chains with their sides changed.
fn turned(mut chains: Vec<Chain>) -> Vec<Chain> {
    for run in chains.iter_mut().flat_map(|chain| &mut chain.runs) {
        (run.left, run.right) = (run.right, run.left);
    }
    chains.sort_by_key(|chain| chain.pairs().next());
    chains
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
