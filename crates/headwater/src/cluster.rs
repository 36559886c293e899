//! Cluster: which articles are about one happening.
//!
//! Two articles are near when their weightiest words agree (cosine of counted, weighted terms of
//! headline and opening), more where they share passages, less the further their days lie apart.
//! Weights come from the background table, nearness is decided pair by pair, and a story is found
//! inside one connected component of near articles; so neither the order nor the rest of the
//! collection matters, and an added article touches one component. Articles that share a text stand
//! in it as one.
//!
//! What falls short of being one story may still be about one matter: such stories are related.

mod known;
mod linkage;
mod near;
mod related;
mod vector;

use headwater_page::Place;
use rustc_hash::FxHashMap;

pub use self::known::{Known, Work};

use self::known::Standing;
use self::linkage::Bar;
use self::near::{Compared, Near, Shared};
use crate::article::{ArticleIx, Role};
use crate::evidence::Evidence;
use crate::par;
use crate::reuse::ReuseKind;
use crate::sets::Sets;

/// Mean nearness at which two groups of articles are one story. One value for all.
///
/// Two groups whose articles are closer among themselves than the groups are to each other are two
/// happenings (two New Year's Eves, two mishaps of one airline); reports of one scandal that hardly hold
/// together are still one. So the looser of two groups says how near they must be.
///
/// Swept on eight sets of events: `least` from 96 to 152, `close` from 50 to 250, `share` from 0 to 800.
/// Against `share` 0 at its best `least` (128), giveme5w1h rises from .924 to .938, handpicked from .789
/// to .823, big from .769 to .780; galaxy-medium falls from .918 to .902 (ministers who stay away from
/// games part from the war that they do it for). From 112 to 128, 100 to 200 and 300 to 600 the mean of
/// all differs by less than .004; a `share` of 800 parts the reports of one scandal (giveme5w1h .89).
///
/// Tried to no avail: the geometric mean of how close both are, or the closer one (medium .889); a higher
/// mean for groups of several whatever they are like; words that many groups of the component hold weigh
/// less (the parts of a large story lose each other); rarity in the collection beside that in the
/// language (.001); another nearness of headlines, of names, of what is left; the square root or more of
/// a word's number, its rarity raised to .8 or 1.3, a lede of 150 words at twice the weight of the next
/// 450 (all within .004).
///
/// Nor do these (mean of the eight files, .876 as it is): the cosine of whole texts for a fifth to all of
/// nearness (.861 to .874); words that many texts of the part or of the collection hold weigh less, by
/// their logarithm (.857 to .877: handpicked and big gain what giveme5w1h loses); rarity among 840 other
/// news texts (pairs are told apart no better); groups that are each other's nearest by far joined below
/// the bar (.864 to .876); centroids joined afterwards, or from the start on closer groups (.81 to .87);
/// texts moved to the group that is nearest in the end (.864 to .876); what is near to a text's 5th,
/// 10th or 20th neighbour taken from nearness (.867 to .879, of which the best has giveme5w1h at .936).
/// galaxy-medium reaches .927 with a `least` of 80, where handpicked falls to .633: the one has few dates
/// and background among its sources, the other is the reports of two wars in one month. In galaxy-big two
/// of 105 events are no happenings (44 articles: a month of an election, and what an interview speaks of);
/// without them it stands at .847. Halves of each file agree: 115 to 120 is the best on one, 90 to 120 on
/// the other.
const ONE_STORY: Bar = Bar { least: 120, close: 150, share: 400 };

/// What a text shares by reuse that is no copy adds so much of its share to nearness, per mille.
/// 0 to 200 give the same; rewrites that hardly share a headline are what it is for.
const REUSED: u32 = 100;

/// What a collection's articles are about.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Clusters {
    /// The articles about each happening: each list in order; those with the most articles first,
    /// then in the order of their first article. Every article that is no teaser is in exactly one.
    pub stories: Vec<Vec<ArticleIx>>,
    /// For each story those that are near it and another, the nearest first; three at most.
    pub related: Vec<Vec<Related>>,
}

/// Another story on the same matter, seen from one.
///
/// Nearness is mutual. A relation stands on one side only where the other has three that are at least
/// as near.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Related {
    /// Which one: its place in the list of stories.
    pub story: u32,
    /// Mean nearness of their texts, per mille: short of what makes two groups one story.
    pub near: u32,
    /// The weightiest words that the nearest texts of the two have in common, the weightiest first.
    /// Empty where only passages make them near.
    pub words: Vec<Common>,
}

/// A word that two stories have in common.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Common {
    /// Where it first stands in the one.
    pub here: Place,
    /// Where it first stands in the other, perhaps in another form.
    pub there: Place,
}

/// What the articles are about.
///
/// Cost: linear in the text, plus the pairs of texts that share two of their weightiest terms.
pub fn cluster(evidence: Evidence<'_>) -> Clusters {
    clustered(evidence, &mut Known::default()).0
}

/// The same where some of it is known from before, and how much was not. `known` has the articles under
/// the numbers that they have now, and is afterwards what was found here.
///
/// Cost: a text that nothing touched costs a few look-ups, what is found anew as much as in [`cluster`].
pub fn clustered(evidence: Evidence<'_>, known: &mut Known) -> (Clusters, Work) {
    let told = (0..evidence.articles.len() as u32)
        .map(ArticleIx)
        .filter(|&ix| evidence.article(ix).role != Role::Teaser)
        .collect::<Vec<_>>();
    let (texts, text_of) = one_texts(evidence, &told);
    let standing =
        par::map(&texts, |text| Standing { by: longest(evidence, text), first: text[0] });
    let vectors = par::map(&standing, |&Standing { by, .. }| match known.vector(by) {
        Some(vector) => (vector.clone(), 0),
        None => (vector::vector(evidence, by), 1),
    });
    let read = vectors.iter().map(|(_, anew)| anew).sum();
    let days = texts.iter().map(|text| day(evidence, text));
    let compared = vectors.into_iter().zip(days).map(|((vector, _), day)| Compared { vector, day });
    let compared = compared.collect::<Vec<_>>();
    let before = known.before(&standing, &compared);
    let Near { edges, met, n_anew } = near::near(&compared, &shared(evidence, &text_of), before);
    let linked = linkage::linked(texts.len(), &edges, ONE_STORY, &mut known.grouped);
    let (stories, number) = stories(&texts, &linked.groups);
    let longest = |text: u32| standing[text as usize].by;
    let found = related::Found { evidence, compared: &compared, edges: &edges, longest };
    let related = found.related(&linked, &number);
    known.keep(&standing, compared, met);
    (Clusters { stories, related }, Work { read, compared: n_anew, linked: linked.n_anew })
}

/// The articles of each group of texts, those with the most first; and for each group, which that is.
fn stories(texts: &[Vec<ArticleIx>], groups: &[Vec<u32>]) -> (Vec<Vec<ArticleIx>>, Vec<u32>) {
    let articles = |group: &Vec<u32>| {
        let of_texts = group.iter().flat_map(|&at| texts[at as usize].iter().copied());
        let mut story = of_texts.collect::<Vec<_>>();
        story.sort_unstable();
        story
    };
    let told = groups.iter().map(articles);
    let mut stories = (0_u32..).zip(told).map(|(ix, story)| (story, ix)).collect::<Vec<_>>();
    stories.sort_unstable_by_key(|(story, _)| (std::cmp::Reverse(story.len()), story[0]));
    let mut number = vec![0; stories.len()];
    for (at, &(_, group)) in (0..).zip(&stories) {
        number[group as usize] = at;
    }
    (stories.into_iter().map(|(story, _)| story).collect(), number)
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
