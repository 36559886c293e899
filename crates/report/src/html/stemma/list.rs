//! List: the stemma as an indented list, for screens that are too narrow for the picture.

use std::cmp::Reverse;

use headwater::stemma::{Carrier, WitnessIx};

use super::{letter, name, state, verb};
use crate::html::escape::Html;
use crate::html::site::Site;
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
    for root in roots {
        branch(&mut out, site, view, &tree, (root, None), &mut printed);
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
        for &child in children {
            branch(out, site, view, tree, (child, Some(ix)), printed);
        }
        out.raw("</ul>");
    }
    out.raw("</li>\n");
}
