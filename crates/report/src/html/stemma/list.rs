//! List: the stemma as an indented list, for screens that are too narrow for the picture.

use std::cmp::Reverse;

use headwater::stemma::{Carrier, WitnessIx};

use super::{asides, letter, name, state, verb};
use crate::html::escape::Html;
use crate::html::site::{Site, letters};
use crate::plain::stemma::Tree;
use crate::plain::view::View;

/// The largest tree first, as in the terminal.
pub(super) fn list(site: &Site<'_>, view: &View<'_>) -> Html {
    let tree = Tree::new(view);
    let mut roots = (0..tree.parents.len() as u32)
        .map(WitnessIx)
        .filter(|ix| tree.main[ix.ix()].is_none())
        .filter(|ix| !tree.children[ix.ix()].is_empty())
        .collect::<Vec<_>>();
    roots.sort_by_cached_key(|&root| (Reverse(tree.n_below(root)), root));
    let mut out = Html::new();
    out.raw("<ul class=\"aslist tree\">\n");
    let mut printed = vec![false; tree.parents.len()];
    let mut remarks = Vec::new();
    for root in roots {
        let Some(remark) = tree.remark(root) else {
            branch(&mut out, site, view, &tree, (root, None), &mut printed);
            continue;
        };
        let ties = view.story.stemma.derivations.iter().enumerate();
        remarks.extend(ties.filter(|(_, tie)| std::ptr::eq(*tie, remark)));
    }
    if !remarks.is_empty() {
        out.raw("<li><details class=\"more\"><summary>").num(remarks.len());
        out.raw(" more, each cited by one witness alone</summary><ul>\n");
        asides(&mut out, site, view, &remarks);
        out.raw("</ul></details></li>\n");
    }
    out.raw("</ul>\n");
    out
}

/// A witness under a parent; in full once, under the parent it is closest to.
fn branch(
    out: &mut Html,
    site: &Site<'_>,
    view: &View<'_>,
    tree: &Tree<'_>,
    (ix, parent): (WitnessIx, Option<WitnessIx>),
    printed: &mut [bool],
) {
    out.raw("<li>");
    letter(out, site, view, ix);
    let in_full = parent == tree.main[ix.ix()] && !printed[ix.ix()];
    if in_full {
        printed[ix.ix()] = true;
        out.raw(" ").text(&name(view, ix));
        let held = matches!(view.story.stemma.witnesses[ix.ix()].carrier, Carrier::Extant(_));
        out.raw(if held { ", " } else { ", <span class=\"doubt\">" }).text(&state(view, ix));
        out.raw(if held { "" } else { "</span>" });
    }
    for (nth, tie) in view.story.stemma.derivations.iter().enumerate() {
        if tie.child == ix && Some(tie.parent) == parent {
            out.raw(" <small><a href=\"#t").num(nth + 1).raw("\">").raw(verb(tie)).raw(" ");
            out.text(view.witness(tie.parent)).raw("</a></small>");
        }
    }
    let children = if in_full { tree.children[ix.ix()].as_slice() } else { &[] };
    if !children.is_empty() {
        out.raw("<ul>\n");
        let here = |child: &WitnessIx| tree.main[child.ix()] == Some(ix) && !printed[child.ix()];
        let (full, elsewhere): (Vec<_>, Vec<_>) = children.iter().copied().partition(here);
        // Whoever has told others stays in sight.
        let tells = |child: &WitnessIx| !tree.children[child.ix()].is_empty();
        let (tells, leaves): (Vec<_>, Vec<_>) = full.into_iter().partition(tells);
        let most = if leaves.len() > LEAVES + 2 { LEAVES } else { leaves.len() };
        let (first, others) = leaves.split_at(most);
        for &child in tells.iter().chain(first) {
            branch(out, site, view, tree, (child, Some(ix)), printed);
        }
        if !others.is_empty() {
            out.raw("<li><details class=\"more\"><summary>and ").num(others.len());
            out.raw(" more from ").text(view.witness(ix)).raw("</summary><ul>\n");
            for &child in others {
                branch(out, site, view, tree, (child, Some(ix)), printed);
            }
            out.raw("</ul></details></li>\n");
        }
        also(out, view, ix, &elsewhere);
        out.raw("</ul>");
    }
    out.raw("</li>\n");
}

/// Witnesses that stand in full under another parent: by their letters, each leading to its tie.
fn also(out: &mut Html, view: &View<'_>, parent: WitnessIx, children: &[WitnessIx]) {
    let ties = view.story.stemma.derivations.iter().enumerate();
    let mine = ties.filter(|(_, tie)| tie.parent == parent && children.contains(&tie.child));
    let mut by_verb = Vec::<(&'static str, Vec<(usize, WitnessIx)>)>::new();
    for (nth, tie) in mine {
        match by_verb.iter_mut().find(|(verb, _)| *verb == self::verb(tie)) {
            Some((_, all)) => all.push((nth, tie.child)),
            None => by_verb.push((self::verb(tie), vec![(nth, tie.child)])),
        }
    }
    for (verb, ties) in by_verb {
        out.raw("<li>");
        letters(out, ties.len(), |out, at| {
            let (nth, child) = ties[at];
            out.raw("<a class=\"sig\" href=\"#t").num(nth + 1).raw("\">");
            out.text(view.witness(child)).raw("</a>");
        });
        out.raw(if ties.len() > 1 { " <small>each " } else { " <small>" })
            .raw(verb)
            .raw(" ")
            .text(view.witness(parent))
            .raw(" too</small></li>\n");
    }
}

/// Witnesses under one parent, with nobody under them, that are shown unfolded.
const LEAVES: usize = 8;
