//! Cluster: which articles are about one happening.
//!
//! Two articles are near when their weightiest words agree (cosine of counted, weighted terms of
//! headline and opening), more where they share passages, less the further their days lie apart.
//! Weights come from the background table, nearness is decided pair by pair, and a story is found
//! inside one connected component of near articles; so neither the order nor the rest of the
//! collection matters, and an added article touches one component. Articles that share a text stand
//! in it as one.

mod linkage;
mod near;
mod vector;

use rustc_hash::FxHashMap;

use self::near::{Compared, Shared};
use crate::article::{ArticleIx, Role};
use crate::evidence::Evidence;
use crate::par;
use crate::reuse::ReuseKind;
use crate::sets::Sets;

/// Mean nearness at which two groups of articles are one story, per mille. One value for all.
///
/// Swept from 50 to 340 on eight sets of events, together with what a name weighs: from 130 to 150
/// every set but one (galaxy-wikinews: the days of one war) is within .02 of its best. Higher ones
/// part the reports of one scandal (giveme5w1h falls by .03 at 180), lower ones run the days of one
/// war or election together. Chosen on any seven sets, the value does as well on the eighth.
///
/// Tried to no avail: words that many groups of the component hold weigh less (the parts of a large
/// story lose each other), a higher mean for groups of several, rarity in the collection beside that
/// in the language (.001), another nearness of headlines, of names, of what is left.
const ONE_STORY: u32 = 132;

/// What a text shares by reuse that is no copy adds so much of its share to nearness, per mille.
/// 0 to 200 give the same; rewrites that hardly share a headline are what it is for.
const REUSED: u32 = 100;

/// The articles about each happening: each list in order, lists in the order of their first
/// article. Every article that is no teaser is in exactly one.
///
/// Cost: linear in the text, plus the pairs of texts that share two of their weightiest terms.
pub fn cluster(evidence: Evidence<'_>) -> Vec<Vec<ArticleIx>> {
    let told = (0..evidence.articles.len() as u32)
        .map(ArticleIx)
        .filter(|&ix| evidence.article(ix).role != Role::Teaser)
        .collect::<Vec<_>>();
    let (texts, text_of) = one_texts(evidence, &told);
    let compared = par::map(&texts, |text| Compared {
        vector: vector::vector(evidence, longest(evidence, text)),
        day: day(evidence, text),
    });
    let edges = near::edges(&compared, &shared(evidence, &text_of));
    let groups = linkage::groups(texts.len(), &edges, ONE_STORY);
    let articles = |group: Vec<u32>| {
        let of_texts = group.iter().flat_map(|&at| texts[at as usize].iter().copied());
        let mut story = of_texts.collect::<Vec<_>>();
        story.sort_unstable();
        story
    };
    let mut stories = groups.into_iter().map(articles).collect::<Vec<_>>();
    stories.sort_unstable();
    stories
}

/// Articles grouped by shared text, in the order of their first article; and for each article, its
/// group.
fn one_texts(
    evidence: Evidence<'_>,
    told: &[ArticleIx],
) -> (Vec<Vec<ArticleIx>>, Vec<Option<u32>>) {
    let mut set = Sets::new(evidence.articles.len());
    for reuse in evidence.reuses {
        if matches!(reuse.kind, ReuseKind::Copy | ReuseKind::Version) {
            set.join(reuse.left_article.ix(), reuse.right_article.ix());
        }
    }
    let mut groups = FxHashMap::<usize, u32>::default();
    let mut texts = Vec::<Vec<ArticleIx>>::new();
    let mut text_of = vec![None; evidence.articles.len()];
    for &ix in told {
        let group = *groups.entry(set.root(ix.ix())).or_insert_with(|| {
            texts.push(Vec::new());
            texts.len() as u32 - 1
        });
        texts[group as usize].push(ix);
        text_of[ix.ix()] = Some(group);
    }
    (texts, text_of)
}

/// What pairs of texts share by reuse that does not make them one.
fn shared(evidence: Evidence<'_>, text_of: &[Option<u32>]) -> Shared {
    let mut shared = Shared::default();
    for reuse in evidence.reuses {
        let sides = text_of[reuse.left_article.ix()].zip(text_of[reuse.right_article.ix()]);
        if let Some((left, right)) = sides.filter(|(left, right)| left != right) {
            let more = u32::from(reuse.share_left.max(reuse.share_right)) * REUSED / 1000;
            let held = shared.entry((left.min(right), left.max(right))).or_default();
            *held = more.max(*held);
        }
    }
    shared
}

/// The article that stands for a text: the one with most body, the first of equals.
fn longest(evidence: Evidence<'_>, text: &[ArticleIx]) -> ArticleIx {
    let longest = text.iter().rev().max_by_key(|ix| evidence.article(**ix).n_body());
    *longest.unwrap_or(&text[0])
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
