//! Key: how to read the signs that a picture has, and no others.

use headwater::stemma::Tie;

use super::layout::{Layout, Line};
use super::node::Kind;
use crate::html::escape::Html;

/// A sign, what it means, and which pictures have it.
type Row = (&'static str, &'static str, fn(&Has<'_>) -> bool);

/// What a picture is asked for.
pub(super) struct Has<'a> {
    pub(super) picture: &'a Layout,
    /// Whether each origin with a badge is sure.
    pub(super) origins: &'a [bool],
}

impl Has<'_> {
    fn line(&self, is: impl Fn(&Line) -> bool) -> bool {
        self.picture.lines.iter().any(is)
    }

    fn tie(&self, ties: &[Tie]) -> bool {
        self.line(|line| !line.open && ties.contains(&line.tie))
    }

    fn lost(&self) -> bool {
        self.picture.nodes.all.iter().any(|node| node.kind != Kind::Held)
    }

    fn folded(&self) -> bool {
        let all = &self.picture.nodes.all;
        all.iter().any(|node| node.kind == Kind::Held && node.members.len() > 1)
    }
}

const KEY: [Row; 12] = [
    ("<circle class=\"ring\" cx=\"26\" cy=\"9\" r=\"8\"/>", "an article, read here", |_| true),
    (
        "<rect class=\"ring\" x=\"8\" y=\"1\" width=\"36\" height=\"16\" rx=\"8\"/>",
        "several articles that stand alike",
        |has| has.folded(),
    ),
    (
        "<circle class=\"lostring\" cx=\"26\" cy=\"9\" r=\"8\"/>",
        "not here, known from others: Greek letter",
        |has| has.lost(),
    ),
    (
        "<g class=\"same\"><path class=\"out\" d=\"M0 9H52\" stroke-width=\"10\"/></g>",
        "the same words; the wider, the more of the lower text (%)",
        |has| has.tie(&[Tie::Copy, Tie::Version]),
    ),
    (
        "<g class=\"some\"><path class=\"out\" d=\"M0 9H52\" stroke-width=\"9\"/><path class=\"in\" d=\"M0 9H52\" stroke-width=\"6\"/></g>",
        "some of the same words",
        |has| has.tie(&[Tie::Excerpt]),
    ),
    (
        "<g class=\"reworded\"><path class=\"out\" d=\"M0 9H52\" stroke-width=\"4\"/></g>",
        "the same sentences in other words",
        |has| has.tie(&[Tie::Rewrite]),
    ),
    (
        "<g><path class=\"out\" d=\"M0 9H52\" stroke-width=\"9\"/><path class=\"in\" d=\"M0 9H52\" stroke-width=\"6.4\"/><path class=\"mid\" d=\"M0 9H52\"/></g>",
        "republishes: says it came out elsewhere first",
        |has| has.tie(&[Tie::Republishes]),
    ),
    (
        "<g><path class=\"out\" d=\"M0 9H52\" stroke-width=\"9\"/><path class=\"in\" d=\"M0 9H52\" stroke-width=\"6.4\"/></g>",
        "credits, in its credit line",
        |has| has.tie(&[Tie::Credits]),
    ),
    (
        "<g class=\"cites\"><path class=\"out\" d=\"M0 9H52\" stroke-width=\"2\"/></g>",
        "cites, in its text",
        |has| has.tie(&[Tie::Cites]),
    ),
    (
        "<g class=\"maybe\"><path class=\"out\" d=\"M2 9H52\" stroke-width=\"2.6\"/></g>",
        "perhaps: the page does not say whom",
        |has| has.line(|line| line.open),
    ),
    (
        "<g class=\"badge\"><rect x=\"2\" y=\"1\" width=\"48\" height=\"16\" rx=\"8\"/></g>",
        "an origin",
        |has| has.origins.contains(&true),
    ),
    (
        "<g class=\"badge perhaps\"><rect x=\"2\" y=\"1\" width=\"48\" height=\"16\" rx=\"8\"/></g>",
        "an origin at most: may be none, or one of the others",
        |has| has.origins.contains(&false),
    ),
];

/// The signs of one picture, in a fixed order.
pub(super) fn key(has: &Has<'_>) -> Html {
    let mut out = Html::new();
    out.raw("<ul class=\"legend stemmakey drawn\">");
    for (sign, words, _) in KEY.iter().filter(|(.., shows)| shows(has)) {
        out.raw("<li><svg width=\"52\" height=\"18\" aria-hidden=\"true\">").raw(sign);
        out.raw("</svg>").raw(words).raw("</li>");
    }
    out.raw("</ul>\n");
    out
}
