//! Layout: where the nodes and lines of a stemma stand, in whole pixels.
//!
//! Layered, without chance or physics: articles stand in the last row by letter, whoever told them
//! above, as near to the middle of their children as there is room; a line that passes a row goes
//! through a gap. After: Sugiyama, Tagawa and Toda (1981), with one sweep, since the last row is
//! given.

use std::collections::BTreeMap;

use headwater::sets::Sets;
use headwater::stemma::Tie;

use super::node::{self, Nodes};
use super::order;
use crate::html::pixels;
use crate::plain::view::View;

/// Radius of a witness.
pub(super) const RADIUS: i32 = 20;

/// From the middle of a witness to the end of the words beneath it.
pub(super) const LABEL: i32 = 86;

/// Between two rows.
const ROW: i32 = 168;

/// Room for the names of the rows.
pub(super) const MARGIN: i32 = 84;

/// Width of the page's column; and of a narrow screen's and of paper.
pub(super) const WIDTH: i32 = 1136;
pub(super) const NARROW: i32 = 672;

/// Narrowest and widest distance of two nodes: names of 16 letters fit into the narrowest.
const PITCH: (i32, i32) = (104, 150);

/// One line of the picture.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Line {
    pub(super) parent: usize,
    pub(super) child: usize,
    pub(super) tie: Tie,
    /// Whether it is not certain that there is this tie at all.
    pub(super) open: bool,
    /// The ties that it stands for: indices into the stemma's derivations.
    pub(super) ties: Vec<usize>,
    /// From the parent to the child.
    pub(super) way: Vec<(i32, i32)>,
}

/// The picture before it is drawn.
pub(super) struct Layout {
    pub(super) nodes: Nodes,
    /// For each node, its middle.
    pub(super) at: Vec<(i32, i32)>,
    /// For each node, the y beneath its words, where lines leave it.
    ends: Vec<i32>,
    pub(super) layers: Vec<usize>,
    pub(super) lines: Vec<Line>,
    pub(super) width: i32,
    pub(super) height: i32,
    /// Distance of neighbours.
    pub(super) pitch: i32,
}

/// The picture of a story's stemma, at most `room` wide. Cost: ties times nodes of a row.
pub(super) fn layout(view: &View<'_>, room: i32) -> Layout {
    let most = ((room - MARGIN) / PITCH.0).cast_unsigned() as usize;
    let nodes = node::nodes(view, most);
    let lines = lines(view, &nodes);
    let (mut rows, ys) = rows(&lines, &nodes, &node::layers(view, &nodes), most);
    for row in rows.iter_mut().filter(|row| row.iter().all(|&node| nodes.is_held(node))) {
        *row = order::uncrossed(&order::units(view, &nodes, row), &lines);
    }
    let mut layers = vec![0; nodes.all.len()];
    for (nth, row) in rows.iter().enumerate() {
        for &node in row {
            layers[node] = nth;
        }
    }
    let widest = rows.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let widest = pixels(widest);
    let pitch = ((room - MARGIN) / widest).clamp(PITCH.0, PITCH.1);
    let width = (MARGIN + widest * pitch).max(MARGIN + 3 * PITCH.1);
    let xs = columns(view, &nodes, &rows, pitch, width);
    let at = xs.iter().zip(&layers).map(|(&x, &layer)| (x, ys[layer])).collect::<Vec<_>>();
    let below = |(node, at): (&node::Node, &(i32, i32))| {
        at.1 + RADIUS + 26 + 15 * pixels(node::caption(view, node).len())
    };
    let ends = nodes.all.iter().zip(&at).map(below).collect();
    let mut picture = Layout {
        nodes,
        at,
        ends,
        layers,
        lines,
        width,
        height: ys.last().unwrap_or(&0) + LABEL + 16,
        pitch,
    };
    picture.route(&rows);
    picture
}

/// The rows from top to bottom, each at most `most` nodes wide, and the y of each.
///
/// A stemma that is wider than the page is cut as a score is: what hangs together stands together, as
/// many trees side by side as there is room for, then the next ones beneath. A tree that is too wide
/// alone has its rows broken.
fn rows(
    lines: &[Line],
    nodes: &Nodes,
    layers: &[usize],
    most: usize,
) -> (Vec<Vec<usize>>, Vec<i32>) {
    let n_layers = layers.iter().max().copied().unwrap_or(0) + 1;
    let (mut rows, mut ys) = (Vec::<Vec<usize>>::new(), Vec::new());
    let mut y = 54;
    for band in bands(lines, layers, n_layers, most) {
        let is_level = |line: &&Line| {
            band.contains(&line.parent) && nodes.is_held(line.parent) && nodes.is_held(line.child)
        };
        let deep = lines.iter().any(|line| is_level(&line));
        for layer in 0..n_layers {
            // Who is copied or cited stands in the first of the rows that one is broken into.
            let gives = |&node: &usize| lines.iter().any(|line| line.parent == node);
            let mut row = band.iter().copied().filter(|&node| layers[node] == layer);
            let mut row = row.by_ref().collect::<Vec<_>>();
            if row.is_empty() {
                continue;
            }
            if row.len() > most {
                row.sort_by_key(|node| !gives(node));
            }
            // Even parts: 8 and 7, not 10 and 5.
            let parts = row.len().div_ceil(most);
            let part = row.len().div_ceil(parts);
            for (nth, part) in row.chunks(part).enumerate() {
                y += if nth > 0 { BROKEN - ROW } else { 0 };
                ys.push(y);
                rows.push(part.to_vec());
                y += ROW;
            }
        }
        y += if deep { DEEP } else { 0 };
    }
    (rows, ys)
}

/// Between two parts of one broken row.
const BROKEN: i32 = 132;

/// Room beneath a row for the lines from one article to another in it.
const DEEP: i32 = 84;

/// What hangs together, as many side by side as `most` nodes in each layer allow; the largest first, and
/// each where there is room for it.
fn bands(lines: &[Line], layers: &[usize], n_layers: usize, most: usize) -> Vec<Vec<usize>> {
    let mut trees = Sets::new(layers.len());
    for line in lines {
        trees.join(line.parent, line.child);
    }
    let mut bands = Vec::<(Vec<usize>, Vec<usize>)>::new();
    let mut groups = trees.groups();
    groups.sort_by_key(|tree| std::cmp::Reverse(tree.len()));
    for tree in groups {
        let mut wide = vec![0; n_layers];
        for &node in &tree {
            wide[layers[node]] += 1;
        }
        let fits = |(_, taken): &&mut (Vec<usize>, Vec<usize>)| {
            taken.iter().zip(&wide).all(|(taken, more)| taken + more <= most)
        };
        match bands.iter_mut().find(|band| fits(band)) {
            Some((band, taken)) => {
                band.extend(tree);
                taken.iter_mut().zip(wide).for_each(|(taken, more)| *taken += more);
            }
            None => bands.push((tree, wide)),
        }
    }
    let sorted = |(mut band, _): (Vec<usize>, Vec<usize>)| {
        band.sort_unstable();
        band
    };
    bands.into_iter().map(sorted).collect()
}

/// For each node, its x. From the last row up: each node over the middle of its children.
fn columns(
    view: &View<'_>,
    nodes: &Nodes,
    rows: &[Vec<usize>],
    pitch: i32,
    width: i32,
) -> Vec<i32> {
    let mut xs = vec![0; nodes.all.len()];
    let room = (MARGIN + pitch / 2, width - pitch / 2);
    for (nth, row) in rows.iter().enumerate().rev() {
        let n = pixels(row.len());
        let middle = i32::midpoint(room.0, room.1);
        let mut wanted = row
            .iter()
            .enumerate()
            .map(|(at, &node)| {
                let even = middle - (n - 1) * pitch / 2 + pixels(at) * pitch;
                let over = (nth + 1 < rows.len()).then(|| below(view, nodes, node, &xs));
                (over.flatten().unwrap_or(even), node)
            })
            .collect::<Vec<_>>();
        wanted.sort_unstable();
        let places = apart(&wanted.iter().map(|it| it.0).collect::<Vec<_>>(), pitch, room);
        for ((_, node), x) in wanted.into_iter().zip(places) {
            xs[node] = x;
        }
    }
    xs
}

/// The mean x of a node's children that are placed.
fn below(view: &View<'_>, nodes: &Nodes, node: usize, xs: &[i32]) -> Option<i32> {
    let mut children = view
        .story
        .stemma
        .derivations
        .iter()
        .filter(|tie| nodes.of[tie.parent.ix()] == Some(node))
        .filter_map(|tie| nodes.of[tie.child.ix()])
        .collect::<Vec<_>>();
    children.sort_unstable();
    children.dedup();
    children.retain(|&child| xs[child] > 0);
    let sum = children.iter().map(|&child| xs[child]).sum::<i32>();
    (!children.is_empty()).then(|| sum / pixels(children.len()))
}

/// Places at least `pitch` apart inside `room`, in order and as near to `wanted` (sorted) as that
/// allows. After: pool adjacent violators.
fn apart(wanted: &[i32], pitch: i32, room: (i32, i32)) -> Vec<i32> {
    // Blocks of neighbours that touch: sum of what they want, less their offsets, and how many.
    let mut blocks = Vec::<(i32, i32)>::new();
    for (nth, &x) in wanted.iter().enumerate() {
        blocks.push((x - pixels(nth) * pitch, 1));
        while let [.., before, last] = blocks[..] {
            if before.0 * last.1 <= last.0 * before.1 {
                break;
            }
            blocks.truncate(blocks.len() - 2);
            blocks.push((before.0 + last.0, before.1 + last.1));
        }
    }
    let firsts = blocks.iter().flat_map(|&(sum, n)| (0..n).map(move |_| sum / n));
    let n = pixels(wanted.len());
    let mut places = Vec::new();
    for (nth, first) in (0..).zip(firsts) {
        let x = (first + nth * pitch).min(room.1 - (n - 1 - nth) * pitch);
        places.push(x.max(room.0 + nth * pitch));
    }
    places
}

/// One line for each pair of nodes and kind of tie; the ties inside a node have none.
fn lines(view: &View<'_>, nodes: &Nodes) -> Vec<Line> {
    let mut lines = BTreeMap::<(usize, usize, Tie, bool), Vec<usize>>::new();
    for (nth, tie) in view.story.stemma.derivations.iter().enumerate() {
        let pair = nodes.of[tie.parent.ix()].zip(nodes.of[tie.child.ix()]);
        let Some((parent, child)) = pair.filter(|(parent, child)| parent != child) else {
            continue;
        };
        // What is in doubt between two texts is which had the words first, not that they share them.
        let open = tie.doubt.is_some() && !shares_words(tie.tie);
        lines.entry((parent, child, tie.tie, open)).or_default().push(nth);
    }
    let line = |((parent, child, tie, open), ties)| Line {
        parent,
        child,
        tie,
        open,
        ties,
        way: Vec::new(),
    };
    lines.into_iter().map(line).collect()
}

/// Whether the words of both sides were compared.
pub(super) fn shares_words(tie: Tie) -> bool {
    matches!(tie, Tie::Copy | Tie::Version | Tie::Excerpt | Tie::Rewrite)
}

impl Layout {
    /// Whether a line joins two nodes of the last row.
    pub(super) fn is_level(&self, line: &Line) -> bool {
        self.layers[line.parent] >= self.layers[line.child]
    }

    /// Gives each line its way.
    fn route(&mut self, rows: &[Vec<usize>]) {
        let mut taken = vec![Vec::<i32>::new(); rows.len()];
        let mut deepest = 0;
        for ix in 0..self.lines.len() {
            if self.is_level(&self.lines[ix]) {
                let way = self.under(ix);
                deepest = deepest.max(way[1].1 - way[0].1);
                self.lines[ix].way = way;
            } else {
                self.lines[ix].way = self.down(ix, rows, &mut taken);
            }
        }
        self.height += deepest;
    }

    /// Between two nodes of one row: out beneath their words, and deeper the wider they are apart.
    fn under(&self, ix: usize) -> Vec<(i32, i32)> {
        let Line { parent, child, .. } = self.lines[ix];
        let (from, to) = (self.at[parent].0, self.at[child].0);
        let depth = 26 + ((from - to).abs() / 14).min(64);
        let bottom = self.ends[parent].max(self.ends[child]);
        vec![(from, bottom), (i32::midpoint(from, to), bottom + depth), (to, bottom)]
    }

    /// From row to row, through a gap in each row that is passed.
    fn down(&self, ix: usize, rows: &[Vec<usize>], taken: &mut [Vec<i32>]) -> Vec<(i32, i32)> {
        let Line { parent, child, .. } = self.lines[ix];
        let (top, bottom) = (self.layers[parent], self.layers[child]);
        let start = (self.at[parent].0 + self.foot(ix, parent), self.ends[parent]);
        let end = (self.at[child].0 + self.foot(ix, child), self.at[child].1 - RADIUS - 1);
        let mut way = vec![start];
        for layer in top + 1..bottom {
            let part = (end.0 - start.0) * pixels(layer - top) / pixels(bottom - top);
            let x = self.gap(&rows[layer], &taken[layer], start.0 + part);
            taken[layer].push(x);
            let y = self.at[rows[layer][0]].1;
            way.extend([(x, y - RADIUS), (x, y + LABEL)]);
        }
        way.push(end);
        way
    }

    /// How far from the middle of a node a line ends, so that lines do not cross at their feet: by
    /// the x of the other end.
    fn foot(&self, ix: usize, node: usize) -> i32 {
        let is_child = self.lines[ix].child == node;
        let mine = |line: &Line| {
            !self.is_level(line) && if is_child { line.child == node } else { line.parent == node }
        };
        let other = |line: &Line| self.at[if is_child { line.parent } else { line.child }].0;
        let key = |nth: usize| (other(&self.lines[nth]), nth);
        let all = (0..self.lines.len()).filter(|&nth| mine(&self.lines[nth])).collect::<Vec<_>>();
        let before = pixels(all.iter().filter(|&&nth| key(nth) < key(ix)).count());
        let step = if is_child { 11 } else { 6 };
        let spread = (before * 2 - (pixels(all.len()) - 1)) * step / 2;
        spread.clamp(-RADIUS - 14, RADIUS + 14)
    }

    /// The x nearest to `wanted` at which a line can pass a row.
    fn gap(&self, row: &[usize], taken: &[i32], wanted: i32) -> i32 {
        let is_free = |x: i32| {
            row.iter().all(|&node| (self.at[node].0 - x).abs() >= RADIUS + 28)
                && taken.iter().all(|&other| (other - x).abs() >= 7)
        };
        let near = (0..self.width).flat_map(|step| [wanted - step, wanted + step]);
        let inside = |x: &i32| (MARGIN..self.width).contains(x);
        near.filter(inside).find(|&x| is_free(x)).unwrap_or(wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_keep_apart_and_near() {
        assert_eq!(apart(&[100, 100, 100], 50, (0, 1000)), [50, 100, 150]);
        assert_eq!(apart(&[100, 300], 50, (0, 1000)), [100, 300]);
        assert_eq!(apart(&[-40, 0], 50, (0, 1000)), [0, 50]);
        assert_eq!(apart(&[990, 1000], 50, (0, 1000)), [950, 1000]);
        assert_eq!(apart(&[], 50, (0, 1000)), Vec::<i32>::new());
    }
}
