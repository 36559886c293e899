//! Svg: the picture of a stemma.
//!
//! Held witnesses are solid circles with Latin letters, lost ones dashed with Greek. A filled line
//! means that the words were compared, a tube that the page says so, dashes that it cites in its
//! text, dots that it may be so. Each line leads to its row in the table of ties.

use std::fmt::Write as _;

use headwater::ArticleIx;
use headwater::origin::{Of, Root};
use headwater::stemma::{Carrier, Tie, WitnessIx};

use super::key::{Has, key};
use super::layout::{LABEL, Layout, Line, MARGIN, NARROW, RADIUS, WIDTH, layout};
use super::node::{Kind, Node, caption};
use super::{asides, name, state, verb};
use crate::html::escape::Html;
use crate::html::pixels;
use crate::html::site::Site;
use crate::plain::paper::{clip, quoted};
use crate::plain::view::View;

/// The picture, and what could not be drawn in words beneath it; a wide one once more, folded further,
/// for narrow screens and for paper.
pub(super) fn picture(site: &Site<'_>, view: &View<'_>) -> Html {
    let wide = layout(view, WIDTH);
    let mut out = Html::new();
    let fits = wide.width <= NARROW;
    out.raw(if fits { "<div>\n" } else { "<div class=\"wide\">\n" });
    drawn(&mut out, site, view, &wide);
    if !fits {
        out.raw("</div>\n<div class=\"narrow\">\n");
        drawn(&mut out, site, view, &layout(view, NARROW));
    }
    out.raw("</div>\n");
    out
}

fn drawn(out: &mut Html, site: &Site<'_>, view: &View<'_>, picture: &Layout) {
    let badges = badges(view, picture);
    out.raw("<figure class=\"picture drawn\" tabindex=\"0\"><svg");
    let view_box = format!("0 0 {} {}", picture.width, picture.height);
    out.attr("viewBox", &view_box).attr_num("width", picture.width);
    out.attr_num("height", picture.height);
    out.raw(" role=\"group\" aria-label=\"Stemma: who has the story from whom\">\n");
    rows(out, picture);
    boxes(out, view, picture);
    for line in &picture.lines {
        tie(out, view, picture, line);
    }
    for ix in 0..picture.nodes.all.len() {
        node(out, site, view, picture, ix, badges.iter().any(|it| it.node == Some(ix)));
    }
    for ix in 0..picture.nodes.all.len() {
        badge(out, picture, ix, &badges);
    }
    out.raw("</svg></figure>\n");
    let origins =
        badges.iter().filter(|it| it.node.is_some()).map(|it| it.sure).collect::<Vec<_>>();
    out.put(&key(&Has { picture, origins: &origins }));
    beneath(out, site, view, picture, &badges);
}

/// The rows' names at the left, and a faint line through each.
fn rows(out: &mut Html, picture: &Layout) {
    let last = picture.layers.iter().max().copied().unwrap_or(0);
    for layer in 0..=last {
        let here = |&ix: &usize| picture.layers[ix] == layer;
        let nodes = (0..picture.nodes.all.len()).filter(here).collect::<Vec<_>>();
        let Some(&first) = nodes.first() else { continue };
        let all = |kind| nodes.iter().all(|&ix| picture.nodes.all[ix].kind == kind);
        let words = if all(Kind::Held) {
            "read here"
        } else if all(Kind::People) {
            "who told it"
        } else {
            "not here"
        };
        let y = picture.at[first].1;
        out.raw("<text class=\"axis\" x=\"0\"").attr_num("y", y + 4).raw(">").raw(words);
        out.raw("</text><line class=\"layer\"").attr_num("x1", MARGIN).attr_num("y1", y);
        out.attr_num("x2", picture.width).attr_num("y2", y).raw("/>\n");
    }
}

/// A box around articles of one text that stand side by side.
fn boxes(out: &mut Html, view: &View<'_>, picture: &Layout) {
    for text in &view.story.texts {
        let mut nodes = text
            .iter()
            .filter_map(|&article| node_of(view, picture, Carrier::Extant(article)))
            .collect::<Vec<_>>();
        nodes.dedup();
        let (Some(&first), Some(&last)) = (nodes.first(), nodes.last()) else { continue };
        if first == last {
            continue;
        }
        let ((left, y), (right, _)) = (picture.at[first], picture.at[last]);
        out.raw("<rect class=\"onetext\" rx=\"26\"").attr_num("x", left - 46);
        out.attr_num("y", y - RADIUS - 8).attr_num("width", right - left + 92);
        out.attr_num("height", RADIUS + LABEL + 12).raw("/>");
        out.raw("<text class=\"axis together\"").attr_num("x", i32::midpoint(left, right));
        out.attr_num("y", y + LABEL - 3).raw(">one text</text>\n");
    }
}

fn node_of(view: &View<'_>, picture: &Layout, carrier: Carrier) -> Option<usize> {
    let at = view.story.stemma.witnesses.iter().position(|it| it.carrier == carrier)?;
    picture.nodes.of[at]
}

/// A line, with a wide one that nobody sees for the pointer.
fn tie(out: &mut Html, view: &View<'_>, picture: &Layout, line: &Line) {
    let first = &view.story.stemma.derivations[line.ties[0]];
    let share = line.ties.iter().filter_map(|&nth| {
        let tie = &view.story.stemma.derivations[nth];
        view.share(tie)
    });
    let share = share.max();
    let (class, width, inner) = look(line, share);
    let path = path(picture, line);
    out.raw("<a").attr("href", &format!("#t{}", line.ties[0] + 1));
    out.raw(" class=\"tie ").raw(class).raw("\"><title>").text(view.witness(first.child));
    out.raw(" ").raw(verb(first)).raw(" ").text(view.witness(first.parent));
    if line.ties.len() > 1 {
        out.raw(", and ").num(line.ties.len() - 1).raw(" more");
    }
    if let Some(&place) = first.reasons.iter().flat_map(|it| &it.places).next() {
        out.raw(": ").text(&quoted(view.dossier.words(place), 120));
    }
    out.raw("</title><path class=\"hit\"").attr("d", &path).raw("/><path class=\"out\"");
    out.attr("d", &path).attr("stroke-width", width).raw("/>");
    if let Some(inner) = inner {
        out.raw("<path class=\"in\"").attr("d", &path).attr("stroke-width", inner).raw("/>");
    }
    if line.tie == Tie::Republishes && !line.open {
        out.raw("<path class=\"mid\"").attr("d", &path).raw("/>");
    }
    let (x, y) = line.way[line.way.len() - 1];
    if let Some(share) = share {
        let (x, y) = if picture.is_level(line) { line.way[1] } else { (x + 24, y - 8) };
        out.raw("<text class=\"cap\"").attr_num("x", x).attr_num("y", y).raw(">");
        out.num(u32::from(share)).raw(" %</text>");
    }
    out.raw("</a>\n");
}

/// Class, width, and width of what is cut out of the middle.
fn look(line: &Line, share: Option<u16>) -> (&'static str, &'static str, Option<&'static str>) {
    // 1.6 px and a ninth of a pixel for each per cent of the child's words, in steps of ten.
    const WIDTHS: [&str; 11] =
        ["2", "2.8", "3.9", "5.1", "6.2", "7.4", "8.5", "9.7", "10.8", "12", "13.1"];
    let width = WIDTHS[usize::from(share.unwrap_or(60).min(100) / 10)];
    match line.tie {
        _ if line.open => ("maybe", "2.6", None),
        Tie::Copy | Tie::Version => ("same", width, None),
        Tie::Excerpt => ("some", "9", Some("6")),
        Tie::Rewrite => ("reworded", "4", None),
        Tie::Republishes => ("republishes", "9", Some("6.4")),
        Tie::Credits => ("credits", "9", Some("6.4")),
        Tie::Cites => ("cites", "2", None),
    }
}

/// Cubic curves with vertical ends from point to point.
fn path(picture: &Layout, line: &Line) -> String {
    let points = &line.way;
    let (x, y) = points[0];
    let mut path = format!("M{x} {y}");
    if picture.is_level(line) {
        let ((_, deep), (to_x, to_y)) = (points[1], points[2]);
        let low = y + (deep - y) * 4 / 3;
        let _ = write!(path, "C{x} {low} {to_x} {low} {to_x} {to_y}");
        return path;
    }
    for pair in points.windows(2) {
        let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
        let half = (to_y - y) / 2;
        let _ = write!(path, "C{x} {} {to_x} {} {to_x} {to_y}", y + half, to_y - half);
    }
    path
}

fn node(
    out: &mut Html,
    site: &Site<'_>,
    view: &View<'_>,
    picture: &Layout,
    ix: usize,
    is_origin: bool,
) {
    let (node, (x, y)) = (&picture.nodes.all[ix], picture.at[ix]);
    let class = match node.kind {
        Kind::Held => "node",
        Kind::Lost if !is_origin => "node lost",
        Kind::Lost | Kind::People => "node lost spring",
    };
    let link = href(site, view, node);
    out.raw("<a").attr("class", class);
    if let Some(link) = &link {
        out.attr("href", link);
    }
    let names = node.members.iter().map(|&it| format!("{} {}", view.witness(it), name(view, it)));
    out.raw("><title>").text(&clip(&names.collect::<Vec<_>>().join("; "), 300)).raw("</title>");
    let letters = letters(view, node);
    if node.members.len() > 1 && node.kind == Kind::Held {
        let half = (8 * pixels(letters.chars().count())).clamp(RADIUS, 46);
        out.raw("<rect class=\"fold\" rx=\"20\"").attr_num("x", x - half);
        out.attr_num("y", y - RADIUS).attr_num("width", 2 * half);
        out.attr_num("height", 2 * RADIUS).raw("/>");
    } else {
        out.raw("<circle").attr_num("cx", x).attr_num("cy", y).attr_num("r", RADIUS).raw("/>");
    }
    let long = if letters.chars().count() > 2 { "letter long" } else { "letter" };
    out.raw("<text").attr("class", long).attr_num("x", x).attr_num("y", y + 6).raw(">");
    out.text(&letters).raw("</text>");
    let mut line = y + RADIUS + 16;
    for words in caption(view, node) {
        out.raw("<text class=\"name\"").attr_num("x", x).attr_num("y", line).raw(">");
        out.text(&words).raw("</text>");
        line += 15;
    }
    out.raw("<text class=\"sub\"").attr_num("x", x).attr_num("y", line).raw(">");
    out.text(&under(view, node)).raw("</text></a>\n");
}

fn href(site: &Site<'_>, view: &View<'_>, node: &Node) -> Option<String> {
    match view.story.stemma.witnesses[node.members[0].ix()].carrier {
        Carrier::Extant(_) if node.members.len() > 1 => Some("#articles".to_owned()),
        Carrier::Extant(article) => Some(site.article_file(article)),
        Carrier::Lost(source) => Some(site.source_link(source)),
        Carrier::Inferred(_) => None,
    }
}

/// "A", "α β", "C … Q".
fn letters(view: &View<'_>, node: &Node) -> String {
    let letters = node.members.iter().map(|&it| view.witness(it)).collect::<Vec<_>>();
    match (&letters[..], node.kind) {
        ([first, .., _, last], Kind::Held) => format!("{first} … {last}"),
        ([first, second], Kind::Held) => format!("{first} {second}"),
        ([first, _, ..], _) => format!("{first}+{}", letters.len() - 1),
        _ => letters.concat(),
    }
}

fn under(view: &View<'_>, node: &Node) -> String {
    match (node.members.len(), node.kind) {
        (1, _) => state(view, node.members[0]),
        (n, Kind::Held) => format!("{n} articles"),
        (n, Kind::People) => format!("{n} mentions"),
        (n, Kind::Lost) => format!("{n} reports"),
    }
}

/// An origin of the story and the node that it is at.
struct Badge<'a> {
    /// As the origins are numbered: from 1.
    number: usize,
    root: &'a Root,
    sure: bool,
    node: Option<usize>,
    /// Whether the node is not the origin itself, which no tie leads to, but whoever carries it.
    is_carrier: bool,
}

fn badges<'a>(view: &View<'a>, picture: &Layout) -> Vec<Badge<'a>> {
    let Some(origins) = &view.story.origins else { return Vec::new() };
    let badge = |(nth, root): (usize, &'a Root)| {
        let at = match root.of {
            Of::Article(article) => node_of(view, picture, Carrier::Extant(article)),
            Of::Source(source) => node_of(view, picture, Carrier::Lost(source)).or_else(|| {
                let own = |ix: &&ArticleIx| view.dossier.sources.publisher[ix.ix()] == Some(source);
                let article = root.carried_by.iter().find(own)?;
                node_of(view, picture, Carrier::Extant(*article))
            }),
        };
        let people = at.filter(|_| root.unnamed).and_then(|at| people(picture, at));
        let sure = nth < origins.least as usize;
        let carrier = at.is_none().then(|| carrier(view, picture, root)).flatten();
        let node = people.or(at).or(carrier);
        Badge { number: nth + 1, root, sure, node, is_carrier: carrier.is_some() }
    };
    origins.roots.iter().enumerate().map(badge).collect()
}

/// The node that alone carries a root.
fn carrier(view: &View<'_>, picture: &Layout, root: &Root) -> Option<usize> {
    let node = |&article: &ArticleIx| node_of(view, picture, Carrier::Extant(article));
    let mut nodes = root.carried_by.iter().map(node);
    let first = nodes.next()??;
    nodes.all(|it| it == Some(first)).then_some(first)
}

/// The unnamed people right above a node.
fn people(picture: &Layout, node: usize) -> Option<usize> {
    let above = picture.lines.iter().filter(|line| line.child == node).map(|line| line.parent);
    above.into_iter().find(|&it| picture.nodes.all[it].kind == Kind::People)
}

fn badge(out: &mut Html, picture: &Layout, ix: usize, badges: &[Badge<'_>]) {
    let here = badges.iter().filter(|it| it.node == Some(ix)).collect::<Vec<_>>();
    let Some(first) = here.first() else { return };
    let numbers = here.iter().map(|it| it.number.to_string()).collect::<Vec<_>>().join(", ");
    let sure = here.iter().any(|it| it.sure);
    let words = match (here.len(), first.sure) {
        (1, false) if picture.pitch > 140 => format!("origin {numbers}, at most"),
        (1, _) => format!("origin {numbers}"),
        _ => format!("origins {numbers}"),
    };
    let (x, y) = picture.at[ix];
    let half = 4 * pixels(words.chars().count()) + 6;
    let class = if sure { "badge" } else { "badge perhaps" };
    out.raw("<g").attr("class", class).raw("><rect rx=\"9\" height=\"19\"");
    out.attr_num("x", x - half).attr_num("y", y - RADIUS - 28).attr_num("width", 2 * half);
    out.raw("/><text").attr_num("x", x).attr_num("y", y - RADIUS - 14).raw(">");
    out.text(&words).raw("</text></g>\n");
}

/// What the picture leaves out: articles without a tie, origins that no tie leads to.
fn beneath(
    out: &mut Html,
    site: &Site<'_>,
    view: &View<'_>,
    picture: &Layout,
    badges: &[Badge<'_>],
) {
    remarks(out, site, view, picture);
    let ties = &view.story.stemma.derivations;
    let untied = view.story.stemma.witnesses.iter().enumerate().filter_map(|(at, witness)| {
        let Carrier::Extant(article) = witness.carrier else { return None };
        let ix = WitnessIx(at as u32);
        ties.iter().all(|tie| tie.child != ix && tie.parent != ix).then_some(article)
    });
    let untied = untied.collect::<Vec<_>>();
    if !untied.is_empty() {
        out.raw("<div class=\"untied\">No tie was found for ");
        site.sigla(out, view, &untied);
        out.raw("</div>\n");
    }
    let alone = |it: &&Badge<'_>| it.node.is_none() || it.is_carrier;
    let alone = badges.iter().filter(alone).collect::<Vec<_>>();
    if alone.is_empty() {
        return;
    }
    let many = alone.iter().filter(|it| it.node.is_none()).count() > MOST_ALONE;
    if many {
        out.raw("<details class=\"alone\"><summary>").num(alone.len());
        out.raw(" origins stand in no tie</summary>\n");
    }
    out.raw("<ul class=\"untied\">\n");
    for it in alone {
        // Where there is no picture the list of ties says nothing of whoever carries it.
        out.raw(if it.is_carrier { "<li class=\"aslist\">Origin " } else { "<li>Origin " });
        out.num(it.number);
        out.raw(if it.sure { "" } else { ", at most," });
        out.raw(if many { ": " } else { " stands in no tie: " });
        let label = crate::verdict::root(view.dossier, it.root, |article| view.siglum(article));
        out.text(&label).raw(" ");
        site.sigla(out, view, &it.root.carried_by);
        out.raw("</li>\n");
    }
    out.raw("</ul>\n").raw(if many { "</details>\n" } else { "" });
}

/// Whom one witness alone cites, where the picture has no room for them: a line for each such witness,
/// each letter leading to its tie.
fn remarks(out: &mut Html, site: &Site<'_>, view: &View<'_>, picture: &Layout) {
    let is_drawn = |ix: WitnessIx| picture.nodes.of[ix.ix()].is_some();
    let is_lost =
        |ix: WitnessIx| !matches!(view.story.stemma.witnesses[ix.ix()].carrier, Carrier::Extant(_));
    let ties = view.story.stemma.derivations.iter().enumerate();
    let left = ties.filter(|(_, tie)| is_lost(tie.parent) && !is_drawn(tie.parent));
    let left = left.collect::<Vec<_>>();
    if left.is_empty() {
        return;
    }
    out.raw("<details class=\"alone remarks\"><summary>").num(left.len());
    out.raw(
        " more, each cited by one witness alone, are not drawn</summary>\n<ul class=\"untied\">\n",
    );
    asides(out, site, view, &left);
    out.raw("</ul></details>\n");
}

/// Origins without a tie that are listed in sight.
const MOST_ALONE: usize = 6;
