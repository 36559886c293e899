//! Ties by shared text.
//!
//! Where the words show which of two came first, the child hangs from the one it shares most with,
//! and from each other from which it has words that those lack.
//! Where they do not, the articles are siblings: of the source that one of them credits, of an
//! inferred parent if each has what the other lacks, else of one another, with a doubt.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use headwater_page::Span;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Carrier, Draft, Tie};
use crate::article::ArticleIx;
use crate::evidence::Evidence;
use crate::fold::{self, Token};
use crate::reuse::{Direction, EACH_LACKS, Passage, Reason, Reuse, ReuseKind, TWO_ALONE};
use crate::sets::Sets;

/// All ties by shared text among the articles of `story`. `credits` are the ties of their credit
/// lines and citations.
pub(super) fn shared(evidence: Evidence<'_>, story: &[ArticleIx], credits: &[Draft]) -> Vec<Draft> {
    let inside = story.iter().copied().collect::<FxHashSet<_>>();
    let held = |reuse: &&Reuse| reuse.derives() && inside.contains(&reuse.right_article);
    let reuses = story.iter().flat_map(|&ix| evidence.reuses_from(ix)).filter(held);
    let (mut from, mut siblings) = (FxHashMap::<ArticleIx, Vec<&Reuse>>::default(), Vec::new());
    for reuse in reuses {
        match reuse.direction {
            Direction::LeftFromRight => from.entry(reuse.left_article).or_default().push(reuse),
            Direction::RightFromLeft => from.entry(reuse.right_article).or_default().push(reuse),
            Direction::Undirected => siblings.push(reuse),
        }
    }
    let mut children = from.into_iter().collect::<Vec<_>>();
    children.sort_unstable_by_key(|(child, _)| *child);
    let mut drafts = Vec::new();
    for (child, mut reuses) in children {
        // The one that it shares most with; then whoever it has more from that those before lack.
        reuses.sort_by_key(|reuse| (Reverse(share(reuse, child)), other(reuse, child)));
        let mut known = Vec::new();
        for reuse in reuses {
            let spans = sides(reuse, child);
            if known.is_empty() || own_words(evidence, child, &spans, &known) >= ANOTHER {
                let (parent, reason) = (other(reuse, child), shown(reuse, child));
                drafts.push(draft(child, Carrier::Extant(parent), tie(reuse.kind), reason, None));
                known.extend(spans);
            }
        }
    }
    let between = between(evidence, &siblings, &drafts);
    for (children, parent, ties) in between {
        drafts.retain(|draft| draft.parent != parent || !children.contains(&draft.child));
        drafts.extend(ties);
    }
    let mut found = Vec::new();
    let mut inferred = FxHashSet::default();
    for family in families(&siblings).into_iter().flat_map(|family| by_words(evidence, family)) {
        let members = members(&family);
        // A text that is not here is called by one of those that have it: each by another.
        let free = members.iter().find(|&&ix| inferred.insert(ix));
        let lost = Carrier::Inferred(free.copied().unwrap_or(members[0]));
        found.extend(siblings_of(evidence, &family, (&members, lost), [credits, &drafts]));
    }
    drafts.extend(found);
    drafts
}

/// The articles of a family, in order.
fn members(family: &[&Reuse]) -> Vec<ArticleIx> {
    let mut members =
        family.iter().flat_map(|r| [r.left_article, r.right_article]).collect::<Vec<_>>();
    members.sort_unstable();
    members.dedup();
    members
}

/// Words that a page has from a second one, and from no quotation, that make it a parent too: a
/// sentence. Copies of one parent differ by less.
const ANOTHER: usize = 12;

/// The passages of `reuse` on the side of `article`.
fn sides(reuse: &Reuse, article: ArticleIx) -> Vec<Span> {
    let side = |passage: &Passage| {
        if article == reuse.left_article { passage.left.span } else { passage.right.span }
    };
    reuse.passages.iter().map(side).collect()
}

/// How many words stand in `spans`, in none of `known` and in no quotation.
fn own_words(evidence: Evidence<'_>, article: ArticleIx, spans: &[Span], known: &[Span]) -> usize {
    let (text, marks) = (evidence.text(article), evidence.marks(article));
    let words = spans.iter().flat_map(|&span| fold::tokens(text, span));
    let elsewhere = |word: &Token| known.iter().any(|span| span.overlaps(word.span));
    let quoted = |word: &Token| marks.quotations.iter().any(|it| it.overlaps(word.span));
    words.filter(|word| !elsewhere(word) && !quoted(word)).count()
}

/// Pages that hang from one, of which each has what the other lacks, and that share words that the
/// one lacks: they have those from a text between. With the page that they hung from and the ties
/// instead.
fn between(
    evidence: Evidence<'_>,
    siblings: &[&Reuse],
    drafts: &[Draft],
) -> Vec<(Vec<Carrier>, Carrier, Vec<Draft>)> {
    let mut parents = FxHashMap::<Carrier, Vec<&Draft>>::default();
    for draft in drafts {
        parents.entry(draft.child).or_default().push(draft);
    }
    let mut found = Vec::<(Vec<Carrier>, Carrier, Vec<Draft>)>::new();
    for reuse in siblings.iter().filter(|it| it.reasons.iter().any(|it| it.why == EACH_LACKS)) {
        let [left, right] = [reuse.left_article, reuse.right_article];
        let [one, two] = [left, right].map(|ix| parents.get(&Carrier::Extant(ix)));
        let (Some([one]), Some([two])) = (one.map(Vec::as_slice), two.map(Vec::as_slice)) else {
            continue;
        };
        let Carrier::Extant(parent) = one.parent else { continue };
        let known = evidence.reuses_of(left.min(parent), left.max(parent));
        let known = known.iter().flat_map(|it| sides(it, left)).collect::<Vec<_>>();
        let spans = sides(reuse, left);
        if one.parent != two.parent || own_words(evidence, left, &spans, &known) < ANOTHER {
            continue;
        }
        let children = [left, right].map(Carrier::Extant);
        let at = found.iter().position(|(all, from, _)| {
            *from == one.parent && children.iter().any(|child| all.contains(child))
        });
        let at = at.unwrap_or_else(|| {
            let lost = Carrier::Inferred(left);
            let why = "two that have it have more in common".to_owned();
            let reason = Reason { why, places: one.reason.places.clone() };
            let up = Draft { child: lost, parent: one.parent, tie: one.tie, reason, doubt: None };
            found.push((Vec::new(), one.parent, vec![up]));
            found.len() - 1
        });
        let (all, _, ties) = &mut found[at];
        let lost = ties[0].child;
        for (ix, child) in [left, right].into_iter().zip(children) {
            if !all.contains(&child) {
                let mut reason = shown(reuse, ix);
                "each has what the other lacks, and both what the earlier lacks"
                    .clone_into(&mut reason.why);
                all.push(child);
                ties.push(draft(ix, lost, tie(reuse.kind), reason, None));
            }
        }
    }
    found
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

/// A family by the text that is shared: where each has what the other lacks, a page that has some
/// words of one and other words of another is of two families.
fn by_words<'a>(evidence: Evidence<'_>, family: Vec<&'a Reuse>) -> Vec<Vec<&'a Reuse>> {
    if !family.iter().all(|reuse| reuse.reasons.iter().any(|it| it.why == EACH_LACKS)) {
        return vec![family];
    }
    let mut at = FxHashMap::<ArticleIx, Vec<(usize, Vec<Span>)>>::default();
    let mut sets = Sets::new(family.len());
    for (nth, reuse) in family.iter().enumerate() {
        for ix in [reuse.left_article, reuse.right_article] {
            let spans = sides(reuse, ix);
            let n_words = own_words(evidence, ix, &spans, &[]);
            let here = at.entry(ix).or_default();
            let meets = |known: &[Span]| own_words(evidence, ix, &spans, known) < n_words;
            match here.iter().position(|(_, known)| meets(known)) {
                Some(group) => {
                    sets.join(here[group].0, nth);
                    if own_words(evidence, ix, &spans, &here[group].1) > 0 {
                        here[group].1.extend(spans);
                    }
                }
                None => here.push((nth, spans)),
            }
        }
    }
    let groups = sets.groups().into_iter();
    groups.map(|group| group.into_iter().map(|nth| family[nth]).collect()).collect()
}

/// The ties of one family in which the words orient nobody: `members`, and what to call a text
/// that is not here. `known` are the ties of credit lines and citations, then those in which the
/// words orient.
fn siblings_of(
    evidence: Evidence<'_>,
    family: &[&Reuse],
    (members, lost): (&[ArticleIx], Carrier),
    known: [&[Draft]; 2],
) -> Vec<Draft> {
    let [credits, directed] = known;
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
        return hanging(evidence, family, members, known);
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
    for &ix in members {
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
            None => lost,
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
