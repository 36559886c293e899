//! Ties by shared text.
//!
//! Where the words show which of two came first, the child hangs from the one it shares most with.
//! Where they do not, the articles are siblings: of the source that one of them credits, of an
//! inferred parent if each has what the other lacks, else of one another, with a doubt.

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
    let hung = drafts.iter().map(|draft| draft.child).collect::<FxHashSet<_>>();
    let credits = credited(credits);
    for family in families(&siblings) {
        drafts.extend(siblings_of(&family, &credits, &hung));
    }
    drafts
}

/// For each article its first credit to a source whose words are not here.
fn credited(credits: &[Draft]) -> FxHashMap<ArticleIx, &Draft> {
    let mut first = FxHashMap::default();
    for draft in credits {
        if let (Carrier::Extant(ix), Carrier::Lost(_)) = (draft.child, draft.parent)
            && matches!(draft.tie, Tie::Republishes | Tie::Credits)
        {
            first.entry(ix).or_insert(draft);
        }
    }
    first
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

/// The ties of one family in which the words orient nobody.
fn siblings_of(
    family: &[&Reuse],
    credits: &FxHashMap<ArticleIx, &Draft>,
    hung: &FxHashSet<Carrier>,
) -> Vec<Draft> {
    let mut members =
        family.iter().flat_map(|r| [r.left_article, r.right_article]).collect::<Vec<_>>();
    members.sort_unstable();
    members.dedup();
    let credit = |ix: ArticleIx| credits.get(&ix).copied();
    let mut mine = FxHashMap::<ArticleIx, Vec<&Reuse>>::default();
    for reuse in family {
        mine.entry(reuse.left_article).or_default().push(reuse);
        mine.entry(reuse.right_article).or_default().push(reuse);
    }
    let credited = members.iter().find_map(|&ix| credit(ix));
    let inferred = family.iter().any(|reuse| reuse.reasons.iter().any(|r| r.why == EACH_LACKS));
    let mut drafts = Vec::new();
    for &ix in &members {
        // The strongest tie to another member shows the words.
        let mine = &mine[&ix];
        let share = |reuse: &&&Reuse| {
            let share = if reuse.left_article == ix { reuse.share_left } else { reuse.share_right };
            (share, std::cmp::Reverse(other(reuse, ix)))
        };
        let Some(reuse) = mine.iter().max_by_key(share) else { continue };
        let (kind, mut reason) = (tie(reuse.kind), shown(reuse, ix));
        if hung.contains(&Carrier::Extant(ix)) || credit(ix).is_some() {
            continue;
        }
        let (parent, doubt) = if let Some(credited) = credited {
            if kind == Tie::Rewrite {
                // Who re-words a text may have it from any page that prints it.
                "re-words the text of another page".clone_into(&mut reason.why);
                (credited.child, None)
            } else {
                "has the text that another page credits".clone_into(&mut reason.why);
                reason.places.extend(&credited.reason.places);
                (credited.parent, None)
            }
        } else if inferred {
            (Carrier::Inferred(members[0]), None)
        } else if ix == members[0] {
            continue;
        } else {
            let doubt = "the words do not show which came first".to_owned();
            // One that comes before it, so that no ring can close.
            let before = |reuse: &&&Reuse| reuse.right_article == ix;
            let earlier = mine.iter().filter(before).max_by_key(share);
            let Some(earlier) = earlier else { continue };
            reason = shown(earlier, ix);
            (Carrier::Extant(earlier.left_article), Some(doubt))
        };
        drafts.push(draft(ix, parent, kind, reason, doubt));
    }
    drafts
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
