//! Cluster: which articles are about one happening.
//!
//! Two articles are near when their weightiest words agree (cosine of counted, weighted terms) and
//! their dates do not speak against it. Weights come from the background table, nearness is decided
//! pair by pair, and a story is found inside one connected component of near articles; so neither
//! the order nor the rest of the collection matters, and an added article touches one component.
//! Articles that share a text stand in it as one.

use rustc_hash::FxHashMap;

use crate::article::{ArticleIx, Role};
use crate::evidence::Evidence;
use crate::par;
use crate::reuse::ReuseKind;
use crate::sets::Sets;
use crate::term;

/// Nearness at which two articles may be of one component, per mille. Lower ones join components
/// that average linkage parts again, at cost.
const NEAR: u32 = 100;

/// Mean nearness at which two groups of articles are one story, per mille.
///
/// Swept from 90 to 300 on giveme5w1h (B-cubed F1 .889 at 150, .882 at 190) and seven wikinews files
/// (.61-.95 at 150; the small ones want more, the large ones less). One value for all.
const ONE_STORY: u32 = 160;

/// How many of an article's weightiest terms are compared.
const N_TERMS: usize = 80;

/// An article's weightiest terms by hash, and the length of that vector.
struct Vector {
    terms: Vec<(u64, u32)>,
    length: u64,
}

/// The articles about each happening: each list in order, lists in the order of their first
/// article. Every article that is no teaser is in exactly one.
///
/// Cost: linear in the text, plus the square of the largest component's number of texts.
pub fn cluster(evidence: Evidence<'_>) -> Vec<Vec<ArticleIx>> {
    let told = (0..evidence.articles.len() as u32)
        .map(ArticleIx)
        .filter(|&ix| evidence.article(ix).role != Role::Teaser)
        .collect::<Vec<_>>();
    let texts = one_texts(evidence, &told);
    let vectors = par::map(&texts, |text| vector(evidence, longest(evidence, text)));
    let mut stories = components(&vectors)
        .into_iter()
        .flat_map(|component| stories(evidence, &texts, &vectors, &component))
        .collect::<Vec<_>>();
    for story in &mut stories {
        story.sort_unstable();
    }
    stories.sort_unstable();
    stories
}

/// Articles grouped by shared text, in the order of their first article.
fn one_texts(evidence: Evidence<'_>, told: &[ArticleIx]) -> Vec<Vec<ArticleIx>> {
    let mut set = Sets::new(evidence.articles.len());
    for reuse in evidence.reuses {
        if matches!(reuse.kind, ReuseKind::Copy | ReuseKind::Version) {
            set.join(reuse.left_article.ix(), reuse.right_article.ix());
        }
    }
    let mut groups = FxHashMap::<usize, usize>::default();
    let mut texts = Vec::<Vec<ArticleIx>>::new();
    for &ix in told {
        let group = *groups.entry(set.root(ix.ix())).or_insert_with(|| {
            texts.push(Vec::new());
            texts.len() - 1
        });
        texts[group].push(ix);
    }
    texts
}

/// The article that stands for a text: the one with most body, the first of equals.
fn longest(evidence: Evidence<'_>, text: &[ArticleIx]) -> ArticleIx {
    let longest = text.iter().rev().max_by_key(|ix| evidence.article(**ix).n_body());
    *longest.unwrap_or(&text[0])
}

fn vector(evidence: Evidence<'_>, ix: ArticleIx) -> Vector {
    let counted = term::counted(evidence.text(ix), &evidence.read(ix), evidence.language(ix));
    // Two, three, five mentions say little more than one: the root keeps long articles at bay.
    let mut terms = counted
        .iter()
        .map(|(term, n)| (term.hash, term.weight * (100 * u32::from(*n)).isqrt() / 10))
        .collect::<Vec<_>>();
    terms.sort_unstable_by_key(|&(hash, weight)| (std::cmp::Reverse(weight), hash));
    terms.truncate(N_TERMS);
    terms.sort_unstable();
    let length = terms.iter().map(|&(_, weight)| u64::from(weight).pow(2)).sum::<u64>().isqrt();
    Vector { terms, length }
}

/// Cosine of two vectors, per mille.
fn cosine(left: &Vector, right: &Vector) -> u32 {
    if left.length == 0 || right.length == 0 {
        return 0;
    }
    let (mut i, mut j, mut dot) = (0, 0, 0_u64);
    while i < left.terms.len() && j < right.terms.len() {
        match left.terms[i].0.cmp(&right.terms[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                dot += u64::from(left.terms[i].1) * u64::from(right.terms[j].1);
                i += 1;
                j += 1;
            }
        }
    }
    (dot * 1000 / (left.length * right.length)) as u32
}

/// Indices of vectors that are connected by nearness, each component in order.
fn components(vectors: &[Vector]) -> Vec<Vec<usize>> {
    let mut holders = FxHashMap::<u64, Vec<usize>>::default();
    for (ix, vector) in vectors.iter().enumerate() {
        for &(hash, _) in &vector.terms {
            holders.entry(hash).or_default().push(ix);
        }
    }
    let all = (0..vectors.len()).collect::<Vec<_>>();
    let near = par::map(&all, |&ix| {
        let mut met = FxHashMap::<usize, u64>::default();
        for &(hash, weight) in &vectors[ix].terms {
            for &other in holders[&hash].iter().take_while(|&&other| other < ix) {
                let there = &vectors[other].terms;
                if let Ok(at) = there.binary_search_by_key(&hash, |&(hash, _)| hash) {
                    *met.entry(other).or_default() += u64::from(weight) * u64::from(there[at].1);
                }
            }
        }
        let mut near = met
            .into_iter()
            .filter(|&(other, dot)| {
                let lengths = vectors[ix].length * vectors[other].length;
                dot * 1000 >= u64::from(NEAR) * lengths
            })
            .map(|(other, _)| other)
            .collect::<Vec<_>>();
        near.sort_unstable();
        near
    });
    let mut set = Sets::new(vectors.len());
    for (ix, near) in near.iter().enumerate() {
        for &other in near {
            set.join(ix, other);
        }
    }
    set.groups()
}

/// Stories of one component: average linkage of its texts.
fn stories(
    evidence: Evidence<'_>,
    texts: &[Vec<ArticleIx>],
    vectors: &[Vector],
    component: &[usize],
) -> Vec<Vec<ArticleIx>> {
    let n = component.len();
    let days = component.iter().map(|&text| day(evidence, &texts[text])).collect::<Vec<_>>();
    // Sums of nearness between groups, so that a merge is an addition.
    let mut sums = vec![vec![0_u64; n]; n];
    for i in 0..n {
        for j in 0..i {
            let near = cosine(&vectors[component[i]], &vectors[component[j]]);
            let near = near.saturating_sub(apart(days[i], days[j]));
            sums[i][j] = u64::from(near);
            sums[j][i] = u64::from(near);
        }
    }
    let groups = linked(sums);
    let articles = |group: Vec<usize>| {
        group.iter().flat_map(|&at| texts[component[at]].clone()).collect::<Vec<_>>()
    };
    groups.into_iter().map(articles).collect()
}

/// Groups by average linkage, of which no two are near enough to be one story.
///
/// `sums` are the summed nearness between groups of one. Follows chains of nearest neighbours, which
/// for average linkage find the same groups as merging the nearest pair each time, in the square
/// of their number. After: Murtagh, nearest-neighbour chains (1983).
fn linked(mut sums: Vec<Vec<u64>>) -> Vec<Vec<usize>> {
    let n = sums.len();
    let mut groups = (0..n).map(|at| vec![at]).collect::<Vec<_>>();
    let mut open = (0..n).collect::<Vec<_>>();
    let mut done = Vec::new();
    let mut chain = Vec::<usize>::new();
    while let Some(&first) = open.first() {
        let tip = *chain.last().unwrap_or(&first);
        if chain.is_empty() {
            chain.push(tip);
        }
        let mean = |at: usize| sums[tip][at] / (groups[tip].len() * groups[at].len()) as u64;
        // The one before in the chain wins among equals, so that the chain ends; else the first.
        let before = chain.len().checked_sub(2).map(|at| chain[at]);
        let others = open.iter().copied().filter(|&at| at != tip);
        let nearest =
            others.max_by_key(|&at| (mean(at), Some(at) == before, std::cmp::Reverse(at)));
        match nearest {
            Some(nearest) if mean(nearest) >= u64::from(ONE_STORY) => {
                if Some(nearest) != before {
                    chain.push(nearest);
                    continue;
                }
                chain.truncate(chain.len() - 2);
                let (kept, gone) = (tip.min(nearest), tip.max(nearest));
                let moved = std::mem::take(&mut groups[gone]);
                groups[kept].extend(moved);
                open.retain(|&at| at != gone);
                for &other in &open {
                    let sum = sums[gone][other];
                    sums[kept][other] += sum;
                    sums[other][kept] += sum;
                }
            }
            // Nobody is near enough, and merging others brings nobody nearer.
            _ => {
                chain.pop();
                open.retain(|&at| at != tip);
                done.push(std::mem::take(&mut groups[tip]));
            }
        }
    }
    done
}

/// The day of the text's first report, counted from year 0.
fn day(evidence: Evidence<'_>, text: &[ArticleIx]) -> Option<i32> {
    let published = text.iter().filter_map(|&ix| evidence.article(ix).published);
    published
        .map(|published| {
            i32::from(published.when.first.year()) * 366
                + i32::from(published.when.first.day_of_year())
        })
        .min()
}

/// What a gap in time takes from nearness, per mille: nothing for three days, then 5 a day.
fn apart(left: Option<i32>, right: Option<i32>) -> u32 {
    match (left, right) {
        (Some(left), Some(right)) => left.abs_diff(right).saturating_sub(3).min(60) * 5,
        _ => 0,
    }
}
