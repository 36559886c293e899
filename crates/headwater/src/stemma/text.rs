//! Ties by shared text.
//!
//! Where the words show which of two came first, the child hangs from the one it shares most with.
//! Where they do not, the articles are siblings: of the source that one of them credits, of an
//! inferred parent if each has what the other lacks, else of one another, with a doubt.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Carrier, Draft, Tie};
use crate::article::ArticleIx;
use crate::evidence::Evidence;
use crate::reuse::{Direction, EACH_LACKS, Reason, Reuse, ReuseKind, TWO_ALONE};
use crate::sets::Sets;

/// All ties by shared text among the articles of `story`. `credits` are the ties of their credit
/// lines and citations.
pub(super) fn shared(evidence: Evidence<'_>, story: &[ArticleIx], credits: &[Draft]) -> Vec<Draft> {
    let inside = story.iter().copied().collect::<FxHashSet<_>>();
    let held = |reuse: &&Reuse| reuse.derives() && inside.contains(&reuse.right_article);
    let reuses = story.iter().flat_map(|&ix| evidence.reuses_from(ix)).filter(held);
    let (mut best, mut siblings) = (FxHashMap::<ArticleIx, (u16, &Reuse)>::default(), Vec::new());
    for reuse in reuses {
        let (child, share) = match reuse.direction {
            Direction::LeftFromRight => (reuse.left_article, reuse.share_left),
            Direction::RightFromLeft => (reuse.right_article, reuse.share_right),
            Direction::Undirected => {
                siblings.push(reuse);
                continue;
            }
        };
        let known = best.entry(child).or_insert((share, reuse));
        if share > known.0 {
            *known = (share, reuse);
        }
    }
    let mut children = best.into_iter().collect::<Vec<_>>();
    children.sort_unstable_by_key(|(child, _)| *child);
    let mut drafts = children
        .into_iter()
        .map(|(child, (_, reuse))| {
            let parent = other(reuse, child);
            draft(child, Carrier::Extant(parent), tie(reuse.kind), shown(reuse, child), None)
        })
        .collect::<Vec<_>>();
    for family in families(&siblings) {
        let ties = siblings_of(evidence, &family, credits, &drafts);
        drafts.extend(ties);
    }
    drafts
}

/// Undirected reuses by the articles that they connect.
fn families<'a>(siblings: &[&'a Reuse]) -> Vec<Vec<&'a Reuse>> {
    let mut members =
        siblings.iter().flat_map(|r| [r.left_article, r.right_article]).collect::<Vec<_>>();
    members.sort_unstable();
    members.dedup();
    let place = |ix: ArticleIx| members.partition_point(|&member| member < ix);
    let mut sets = Sets::new(members.len());
    for reuse in siblings {
        sets.join(place(reuse.left_article), place(reuse.right_article));
    }
    let mut at = FxHashMap::default();
    let mut families = Vec::<Vec<&Reuse>>::new();
    for reuse in siblings {
        let family = *at.entry(sets.root(place(reuse.left_article))).or_insert_with(|| {
            families.push(Vec::new());
            families.len() - 1
        });
        families[family].push(reuse);
    }
    families
}

/// The ties of one family in which the words orient nobody. `directed` are the ties in which they
/// do.
fn siblings_of(
    evidence: Evidence<'_>,
    family: &[&Reuse],
    credits: &[Draft],
    directed: &[Draft],
) -> Vec<Draft> {
    let mut members =
        family.iter().flat_map(|r| [r.left_article, r.right_article]).collect::<Vec<_>>();
    members.sort_unstable();
    members.dedup();
    let line = |draft: &&Draft| {
        matches!(draft.tie, Tie::Republishes | Tie::Credits)
            && matches!(draft.parent, Carrier::Lost(_))
    };
    let mut credit = FxHashMap::default();
    for draft in credits.iter().filter(line) {
        credit.entry(draft.child).or_insert(draft);
    }
    let hung = directed.iter().map(|draft| draft.child).collect::<FxHashSet<_>>();
    let credited = members.iter().find_map(|&ix| credit.get(&Carrier::Extant(ix)));
    let inferred = family.iter().any(|reuse| reuse.reasons.iter().any(|r| r.why == EACH_LACKS));
    if credited.is_none() && !inferred {
        return hanging(evidence, family, &members, [credits, directed]);
    }
    // The strongest tie of each to another member shows the words.
    let mut strongest = FxHashMap::<ArticleIx, (u16, &Reuse)>::default();
    for reuse in family {
        for ix in [reuse.left_article, reuse.right_article] {
            let known = strongest.entry(ix).or_insert((share(reuse, ix), reuse));
            if share(reuse, ix) > known.0 {
                *known = (share(reuse, ix), reuse);
            }
        }
    }
    let mut drafts = Vec::new();
    for &ix in &members {
        let child = Carrier::Extant(ix);
        if hung.contains(&child) || credit.contains_key(&child) {
            continue;
        }
        let reuse = strongest[&ix].1;
        let (kind, mut reason) = (tie(reuse.kind), shown(reuse, ix));
        let parent = match credited {
            Some(credited) if kind == Tie::Rewrite => {
                // Who re-words a text may have it from any page that prints it.
                "re-words the text of another page".clone_into(&mut reason.why);
                credited.child
            }
            Some(credited) => {
                "has the text that another page credits".clone_into(&mut reason.why);
                reason.places.extend(&credited.reason.places);
                credited.parent
            }
            None => Carrier::Inferred(members[0]),
        };
        drafts.push(draft(ix, parent, kind, reason, None));
    }
    drafts
}

/// A family hung from one of its members, each from one that is reached already and with which it
/// shares most, in doubt. `known` are the ties that stand already: no ring may close.
fn hanging(
    evidence: Evidence<'_>,
    family: &[&Reuse],
    members: &[ArticleIx],
    known: [&[Draft]; 2],
) -> Vec<Draft> {
    let mut up = FxHashMap::<Carrier, Vec<Carrier>>::default();
    for draft in known.into_iter().flatten() {
        up.entry(draft.child).or_default().push(draft.parent);
    }
    let hung = known[1].iter().map(|draft| draft.child).collect::<FxHashSet<_>>();
    let mut reuses = FxHashMap::<ArticleIx, Vec<&Reuse>>::default();
    for &reuse in family {
        reuses.entry(reuse.left_article).or_default().push(reuse);
        reuses.entry(reuse.right_article).or_default().push(reuse);
    }
    let Some(root) = root(evidence, members, &up) else { return Vec::new() };
    // Who is next: the largest share; of equals the first, from the first.
    let mut open = BinaryHeap::new();
    let mut reached = FxHashSet::default();
    let mut drafts = Vec::new();
    let mut at = root;
    loop {
        if reached.insert(at) {
            for (n, reuse) in reuses[&at].iter().enumerate() {
                let ix = other(reuse, at);
                open.push((share(reuse, ix), Reverse((ix, at, n))));
            }
        }
        let Some((_, Reverse((ix, from, n)))) = open.pop() else { return drafts };
        if reached.contains(&ix) {
            continue;
        }
        let (child, parent) = (Carrier::Extant(ix), Carrier::Extant(from));
        if !hung.contains(&child) && !descends(&up, parent, child) {
            up.entry(child).or_default().push(parent);
            let reuse = reuses[&from][n];
            let doubt = "the words do not show which came first".to_owned();
            drafts.push(draft(ix, parent, tie(reuse.kind), shown(reuse, ix), Some(doubt)));
        }
        at = ix;
    }
}

/// Where a family begins in doubt: at a page that others are known to have it from; at none that has
/// less than half of what another tells, for who tells all does not have it from who tells a
/// sentence; at the first in time, then in order.
fn root(
    evidence: Evidence<'_>,
    members: &[ArticleIx],
    up: &FxHashMap<Carrier, Vec<Carrier>>,
) -> Option<ArticleIx> {
    let length = |ix: ArticleIx| {
        let paragraphs = evidence.article(ix).paragraphs.iter();
        paragraphs.map(|paragraph| paragraph.len()).sum::<usize>()
    };
    let longest = members.iter().map(|&ix| length(ix)).max()?;
    let parents = up.values().flatten().collect::<FxHashSet<_>>();
    let rank = |ix: &ArticleIx| {
        let day = evidence.article(*ix).published.map(|published| published.when.first);
        let has_parent = up.contains_key(&Carrier::Extant(*ix));
        let is_parent = parents.contains(&Carrier::Extant(*ix));
        (has_parent, !is_parent, length(*ix) * 2 < longest, day.is_none(), day, *ix)
    };
    members.iter().copied().min_by_key(rank)
}

/// Whether `low` has it from `high` by ties that stand.
fn descends(up: &FxHashMap<Carrier, Vec<Carrier>>, low: Carrier, high: Carrier) -> bool {
    let (mut open, mut seen) = (vec![low], FxHashSet::default());
    while let Some(at) = open.pop() {
        if at == high {
            return true;
        }
        if seen.insert(at) {
            open.extend(up.get(&at).into_iter().flatten());
        }
    }
    false
}

fn share(reuse: &Reuse, ix: ArticleIx) -> u16 {
    if reuse.left_article == ix { reuse.share_left } else { reuse.share_right }
}

fn draft(
    child: ArticleIx,
    parent: Carrier,
    tie: Tie,
    reason: Reason,
    doubt: Option<String>,
) -> Draft {
    Draft { child: Carrier::Extant(child), parent, tie, reason, doubt }
}

fn other(reuse: &Reuse, ix: ArticleIx) -> ArticleIx {
    if ix == reuse.left_article { reuse.right_article } else { reuse.left_article }
}

fn tie(kind: ReuseKind) -> Tie {
    match kind {
        ReuseKind::Copy | ReuseKind::Quote => Tie::Copy,
        ReuseKind::Version => Tie::Version,
        ReuseKind::Excerpt => Tie::Excerpt,
        ReuseKind::Rewrite => Tie::Rewrite,
    }
}

/// The longest passage, on the child's side first.
fn shown(reuse: &Reuse, child: ArticleIx) -> Reason {
    // A tie in doubt says so itself.
    let why = reuse.reasons.first().map(|reason| reason.why.as_str());
    let why = why.filter(|why| *why != TWO_ALONE).unwrap_or("shared words");
    let longest = reuse.passages.iter().rev().max_by_key(|passage| passage.left.span.len());
    let places = longest.map_or_else(Vec::new, |passage| {
        let sides = [passage.left, passage.right];
        if child == reuse.left_article { sides.to_vec() } else { sides.into_iter().rev().collect() }
    });
    Reason { why: why.to_owned(), places }
}
