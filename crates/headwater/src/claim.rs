//! Claim: one fact, in all the statements that make it.

mod accord;
mod core;
mod draft;
mod gain;
mod holder;
mod lineup;
mod point;
mod rank;
mod resume;
mod term;
mod weight;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use headwater_page::Place;
use rustc_hash::{FxHashMap, FxHashSet};

use self::holder::{Holders, Room};
use self::lineup::{Lineup, Sides};
use self::point::{Point, Points};
use self::rank::{Theme, opens};
use self::resume::Resumptions;
use self::term::TermIx;
use crate::article::ArticleIx;
use crate::citation::CitationIx;
use crate::difference::Difference;
use crate::evidence::Evidence;
use crate::name::Unnamed;
use crate::newsroom;
use crate::origin::{self, Carried, Origins};
use crate::par;
use crate::source::SourceIx;

/// What a statement does to its claim.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Stance {
    /// Says so.
    Affirms,
    /// Says it is not so.
    Denies,
    /// Says something else about the same point.
    Differs,
}

/// A claim as one article has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stating {
    /// The article.
    pub article: ArticleIx,
    /// Index of the statement in its marks.
    pub statement: u32,
    /// The words.
    pub place: Place,
    /// What it does to the claim.
    pub stance: Stance,
    /// Whom the article credits for it, in order; empty if it says so in its own voice.
    pub attributed: Vec<SourceIx>,
    /// The citations that credit them, in order.
    pub chain: Vec<CitationIx>,
}

/// One fact, in all its statements.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// The statement that stands for it: the one closest to all others.
    pub text: Place,
    /// Who states it, in the order of articles.
    pub statements: Vec<Stating>,
    /// Where they differ.
    pub differences: Vec<Difference>,
    /// On how many origins it rests.
    pub origins: Origins,
}

impl Claim {
    /// The statements that say so, in order.
    pub fn stating(&self) -> impl Iterator<Item = &Stating> {
        self.statements.iter().filter(|it| it.stance == Stance::Affirms)
    }
}

/// Least weight of a statement that stands alone: "He agreed." says nothing by itself.
const LIGHTEST: u32 = 900;

/// The claims of a story, the one that it is about first: those of several texts, and of these what
/// most texts open with. A claim is stated by two texts at least, or it is attributed to unnamed
/// people, or it opens an article. `texts` are the story's articles by shared text.
///
/// A claim is a core: words that statements of several texts hold together, and all statements that
/// hold them or are near to the one that says it best. A statement can make several claims; claims
/// of nearly the same statements are one. Cost: the statements by their words, each word with at
/// most 128 other statements.
pub fn claims(carried: Carried<'_>, texts: &[Vec<ArticleIx>]) -> Vec<Claim> {
    let points = Points::new(carried.evidence, texts);
    let holders = Holders::new(&points, 0..points.len());
    let sides = Sides::new(carried.evidence, &points);
    let drafts = draft::drafts(carried.evidence, &points, (&holders, &sides));
    let mut taken = vec![false; points.len()];
    for draft in &drafts {
        for &member in &draft.members {
            taken[member] = true;
        }
    }
    let resumptions = Resumptions::new(carried, &points, &sides);
    let known = (&holders, &sides, &resumptions);
    let room = || Room::new(&points);
    let theme = Theme::new(carried.evidence, &points, texts);
    let ranked = |room: &mut Room, centre: usize, core: &[TermIx], members: &[usize]| {
        let claim = claim(carried, &points, known, room, (centre, core), members);
        (theme.rank(carried.evidence, &points, centre, &claim), claim)
    };
    let mut claims = par::map_in(&drafts, room, |room, draft| {
        ranked(room, draft.centre, &draft.core, &draft.members)
    });
    let groups = alone(carried.evidence, &points, &taken);
    claims.extend(par::map_in(&groups, room, |room, group| {
        let (centre, mut members) = (group[0], group.clone());
        members.sort_unstable();
        ranked(room, centre, &points[centre].terms, &members)
    }));
    claims.sort_by_cached_key(|(rank, claim)| {
        let first = claim.statements.iter().map(|s| s.place).min();
        (Reverse(*rank), carried.evidence.words(claim.text), first, claim.text)
    });
    claims.into_iter().map(|(_, claim)| claim).collect()
}

/// What one text says alone: several copies carry it, or it opens an article, or it rests on unnamed
/// people. With it what is near to it in the same text. The statement that stands for it first; in
/// no order.
///
/// Statements of the same terms have the same statements near to them, which are found once: an article
/// may say one sentence a thousand times.
fn alone(evidence: Evidence<'_>, points: &Points, taken: &[bool]) -> Vec<Vec<usize>> {
    let indices = (0..points.len()).collect::<Vec<_>>();
    let free = par::map(&indices, |&ix| {
        let point = &points[ix];
        !taken[ix] && point.heft >= LIGHTEST && !point.confirms_another
    });
    let mut of_text = BTreeMap::<usize, Vec<usize>>::new();
    for ix in indices.into_iter().filter(|&ix| free[ix]) {
        of_text.entry(points[ix].text).or_default().push(ix);
    }
    let of_text = of_text.into_values().collect::<Vec<_>>();
    let room = || Room::new(points);
    let stars = par::map_in(&of_text, room, |room, of_text| stars(points, room, of_text));
    let (stars, near) = stars.into_iter().flatten().unzip::<_, _, Vec<_>, Vec<_>>();
    let keys = par::map(&(0..stars.len()).collect::<Vec<_>>(), |&star| {
        let articles = |of: &[usize]| of.iter().map(|&it| points[it].at.0).collect::<BTreeSet<_>>();
        let key = |&ix: &usize| {
            // What has too few terms is near to nothing but itself.
            let n_articles = articles(&near[star]).len().max(1);
            let point = &points[ix];
            let words = point.span.of(evidence.text(point.at.0));
            (Reverse(n_articles), !opens(evidence, point.at.0, point.span), words, ix, star)
        };
        stars[star].iter().map(key).collect::<Vec<_>>()
    });
    let mut keys = keys.concat();
    keys.sort_unstable();
    let mut taken = taken.to_vec();
    let mut groups = Vec::new();
    let mut is_little = vec![false; stars.len()];
    for (.., centre, star) in keys {
        if taken[centre] || is_little[star] {
            continue;
        }
        let rest = near[star].iter().copied().filter(|&ix| ix != centre && !taken[ix]);
        let group = std::iter::once(centre).chain(rest).collect::<Vec<_>>();
        let n_articles = group.iter().map(|&ix| points[ix].at.0).collect::<BTreeSet<_>>().len();
        let counts = n_articles > 1
            || group.iter().any(|&ix| {
                let point = &points[ix];
                opens(evidence, point.at.0, point.span) || rests_on_unnamed(evidence, point)
            });
        if counts {
            for &ix in &group {
                taken[ix] = true;
            }
            groups.push(group);
        } else {
            // Who says the same has no more around it, unless it is near to nothing.
            is_little[star] = !near[star].is_empty();
        }
    }
    groups
}

/// Of the statements of one text, at `of_text`, those that hold the same terms, with those that are near
/// to them.
fn stars(points: &Points, room: &mut Room, of_text: &[usize]) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut alike = FxHashMap::<&[TermIx], Vec<usize>>::default();
    for &ix in of_text {
        alike.entry(&points[ix].terms).or_default().push(ix);
    }
    let mut alike = alike.into_values().collect::<Vec<_>>();
    alike.sort_unstable();
    let holders = Holders::new(points, of_text.iter().copied());
    let near = |alike: Vec<usize>| {
        let near = draft::near(points, &holders, room, alike[0], draft::ONE_TEXT);
        (alike, near)
    };
    alike.into_iter().map(near).collect()
}

fn rests_on_unnamed(evidence: Evidence<'_>, one: &Point) -> bool {
    let (ix, n) = one.at;
    let marks = evidence.marks(ix);
    marks.statements[n as usize].attributed.iter().any(|citation| {
        let citation = &marks.citations[citation.ix()];
        newsroom::cited(evidence, ix, citation)
            .is_some_and(|source| evidence.source(source).unnamed == Some(Unnamed::People))
    })
}

fn claim(
    carried: Carried<'_>,
    points: &Points,
    (holders, sides, resumptions): (&Holders, &Sides<'_>, &Resumptions),
    room: &mut Room,
    (centre, core): (usize, &[TermIx]),
    members: &[usize],
) -> Claim {
    let evidence = carried.evidence;
    let mut lineup = Lineup::new(points, (holders, sides), room, (centre, core), members);
    let resumed = resumptions.of(carried, points, sides, &lineup.stands);
    lineup.join(&resumed);
    let mut statements = Vec::with_capacity(lineup.stands.len());
    for stand in &lineup.stands {
        let (ix, at) = points[stand.point].at;
        let marks = evidence.marks(ix);
        let chain = marks.statements[at as usize].attributed.clone();
        let attributed = chain
            .iter()
            .filter_map(|at| carried.newsrooms.cited(evidence, ix, &marks.citations[at.ix()]));
        let mut seen = FxHashSet::default();
        let attributed = attributed.filter(|source| seen.insert(*source)).collect();
        statements.push(Stating {
            article: ix,
            statement: at,
            place: evidence.place(ix, points[stand.point].span),
            stance: stand.stance,
            attributed,
            chain,
        });
    }
    let affirming = statements
        .iter()
        .filter(|stating| stating.stance == Stance::Affirms)
        .map(|stating| (stating.article, stating.statement))
        .collect::<Vec<_>>();
    let loose = draft::loose(points, centre, members);
    let loose = loose.into_iter().map(|ix| points[ix].at).collect::<Vec<_>>();
    let text = evidence.place(points[centre].at.0, points[centre].span);
    let origins = origin::weigh(carried, &affirming, &loose);
    Claim { text, statements, differences: lineup.differences, origins }
}

#[cfg(test)]
mod tests;
