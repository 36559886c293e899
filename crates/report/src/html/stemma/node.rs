//! Node: what the picture of a stemma draws as one sign, a witness or several that stand alike.
//!
//! Unnamed people behind one report are one node. A picture that would be too wide folds the
//! articles of one text, then texts that are tied alike, then lost reports that are; at last it leaves
//! out whom one witness alone cites beside others, which the words under the picture tell.

use std::collections::BTreeSet;

use headwater::name::Unnamed;
use headwater::origin::Of;
use headwater::stemma::{Carrier, Derivation, Tie, WitnessIx};

use super::name;
use crate::plain::paper::clip;
use crate::plain::view::View;

/// What stands behind a node.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Articles that were read.
    Held,
    /// Reports that are not here.
    Lost,
    /// Unnamed people.
    People,
}

/// One sign of the picture.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Node {
    /// Who it stands for, in order.
    pub(super) members: Vec<WitnessIx>,
    pub(super) kind: Kind,
}

/// The nodes of a stemma: the held first, in their order from left to right.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Nodes {
    pub(super) all: Vec<Node>,
    /// For each witness, its node; none for an article that no tie concerns in a wide picture.
    pub(super) of: Vec<Option<usize>>,
}

/// How much is folded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fold {
    People,
    Texts,
    TiedAlike,
    LostAlike,
    Remarks,
}

/// The nodes, folded no more than it takes for `most` of them to stand side by side.
pub(super) fn nodes(view: &View<'_>, most: usize) -> Nodes {
    let folds = [Fold::People, Fold::Texts, Fold::TiedAlike, Fold::LostAlike, Fold::Remarks];
    let mut found = folded(view, Fold::People);
    for fold in &folds[1..] {
        if widest(view, &found) <= most {
            break;
        }
        found = folded(view, *fold);
    }
    found
}

fn folded(view: &View<'_>, fold: Fold) -> Nodes {
    let mut nodes = Nodes { all: Vec::new(), of: vec![None; view.story.stemma.witnesses.len()] };
    for members in held(view, fold) {
        nodes.add(members, Kind::Held);
    }
    let lost = lost(view, fold, &nodes);
    for (members, kind) in lost {
        nodes.add(members, kind);
    }
    nodes
}

impl Nodes {
    fn add(&mut self, members: Vec<WitnessIx>, kind: Kind) {
        for member in &members {
            self.of[member.ix()] = Some(self.all.len());
        }
        self.all.push(Node { members, kind });
    }

    pub(super) fn is_held(&self, node: usize) -> bool {
        self.all[node].kind == Kind::Held
    }
}

fn ties<'a>(view: &View<'a>) -> &'a [Derivation] {
    &view.story.stemma.derivations
}

/// Articles by node: text by text, so that copies stand side by side.
fn held(view: &View<'_>, fold: Fold) -> Vec<Vec<WitnessIx>> {
    let witnesses = &view.story.stemma.witnesses;
    let witness = |article| {
        let at = witnesses.iter().position(|it| it.carrier == Carrier::Extant(article));
        at.map(|at| WitnessIx(at as u32))
    };
    let texts = view.story.texts.iter();
    let texts = texts.map(|text| text.iter().copied().filter_map(witness).collect::<Vec<_>>());
    let texts = texts.filter(|text| !text.is_empty());
    match fold {
        Fold::People => texts.flatten().map(|it| vec![it]).collect(),
        Fold::Texts => texts.collect(),
        Fold::TiedAlike | Fold::LostAlike | Fold::Remarks => alike(view, texts.collect()),
    }
}

/// Texts with the same parents as one; those without a tie are left to the words under the picture.
fn alike(view: &View<'_>, texts: Vec<Vec<WitnessIx>>) -> Vec<Vec<WitnessIx>> {
    let mut groups = Vec::<(BTreeSet<WitnessIx>, Vec<WitnessIx>)>::new();
    for text in texts {
        let inside = |tie: &&Derivation| text.contains(&tie.child) && text.contains(&tie.parent);
        let mine = |tie: &&Derivation| text.contains(&tie.child) || text.contains(&tie.parent);
        let outside = ties(view).iter().filter(|tie| mine(tie) && !inside(tie)).collect::<Vec<_>>();
        let gives = outside.iter().any(|tie| text.contains(&tie.parent));
        let parents = outside.iter().map(|tie| tie.parent).collect::<BTreeSet<_>>();
        if parents.is_empty() && !ties(view).iter().any(|tie| inside(&tie)) {
            continue;
        }
        let same = groups
            .iter_mut()
            .find(|(before, _)| !gives && !parents.is_empty() && *before == parents);
        match same {
            Some((_, group)) => group.extend(text),
            // An empty set of parents is never the same as another.
            None if gives => groups.push((BTreeSet::new(), text)),
            None => groups.push((parents, text)),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Lost witnesses that may be one node.
struct Group {
    /// Whom they told: nodes of articles, or else witnesses.
    children: BTreeSet<(bool, usize)>,
    /// Whether others with the same children join them.
    open: bool,
    kind: Kind,
    members: Vec<WitnessIx>,
}

/// Lost witnesses by node: people behind the same report are one.
fn lost(view: &View<'_>, fold: Fold, nodes: &Nodes) -> Vec<(Vec<WitnessIx>, Kind)> {
    let mut groups = Vec::<Group>::new();
    for (at, witness) in view.story.stemma.witnesses.iter().enumerate() {
        let kind = match witness.carrier {
            Carrier::Extant(_) => continue,
            Carrier::Lost(source) => match view.dossier.sources.get(source).unnamed {
                Some(Unnamed::People) => Kind::People,
                _ => Kind::Lost,
            },
            Carrier::Inferred(_) => Kind::Lost,
        };
        let ix = WitnessIx(at as u32);
        let is_root = ties(view).iter().all(|tie| tie.child != ix);
        let children = ties(view).iter().filter(|tie| tie.parent == ix).map(|tie| {
            let node = nodes.of[tie.child.ix()];
            (node.is_some(), node.unwrap_or(tie.child.ix()))
        });
        let children = children.collect::<BTreeSet<_>>();
        let named = !matches!(witness.carrier, Carrier::Inferred(_));
        let alone = !is_root || !named || is_origin(view, ix);
        let open = !alone && (kind == Kind::People || fold >= Fold::LostAlike);
        let same = groups
            .iter_mut()
            .find(|it| open && it.open && it.kind == kind && it.children == children);
        match same {
            Some(it) => it.members.push(ix),
            None => groups.push(Group { children, open, kind, members: vec![ix] }),
        }
    }
    let stays = |it: &&Group| fold < Fold::Remarks || !is_remark(view, nodes, &groups, it);
    groups.iter().filter(stays).map(|it| (it.members.clone(), it.kind)).collect()
}

/// Whether a group is no more than a remark: one witness alone cites it, which has the story from
/// somebody else as well.
fn is_remark(view: &View<'_>, nodes: &Nodes, groups: &[Group], it: &Group) -> bool {
    let Some(child) = it.children.first().filter(|_| it.open && it.children.len() == 1) else {
        return false;
    };
    let cites = |tie: &Derivation| tie.tie == Tie::Cites || !it.members.contains(&tie.parent);
    let others =
        |other: &Group| (!other.open || other.children.len() > 1) && other.children.contains(child);
    let beside = |tie: &Derivation| {
        let [parent, of] = [tie.parent, tie.child].map(|ix| nodes.of[ix.ix()]);
        parent.is_some() && of.is_some() && [parent, of].contains(&Some(child.1))
    };
    let is_tied = !child.0 || groups.iter().any(others) || ties(view).iter().any(beside);
    is_tied && ties(view).iter().all(cites)
}

/// Whether a witness is an origin of the story: it stands alone, so that its badge is its own.
fn is_origin(view: &View<'_>, ix: WitnessIx) -> bool {
    let carrier = view.story.stemma.witnesses[ix.ix()].carrier;
    let mut roots = view.story.origins.iter().flat_map(|origins| &origins.roots);
    roots.any(|root| matches!(root.of, Of::Source(of) if carrier == Carrier::Lost(of)))
}

/// How many nodes stand side by side in the widest row.
fn widest(view: &View<'_>, nodes: &Nodes) -> usize {
    let layers = layers(view, nodes);
    let last = layers.iter().max().copied().unwrap_or(0);
    let row = |layer| layers.iter().filter(|it| **it == layer).count();
    (0..=last).map(row).max().unwrap_or(0)
}

/// For each node, its row from the top: articles in the last, everybody else as near above whom they
/// told as they can stand.
pub(super) fn layers(view: &View<'_>, nodes: &Nodes) -> Vec<usize> {
    let mut heights =
        nodes.all.iter().map(|it| usize::from(it.kind != Kind::Held)).collect::<Vec<_>>();
    // Longest ways; the stemma has no ring, so that as many rounds as nodes are enough.
    for _ in 0..nodes.all.len() {
        let mut changed = false;
        for tie in ties(view) {
            let pair = nodes.of[tie.parent.ix()].zip(nodes.of[tie.child.ix()]);
            let Some((parent, child)) = pair else { continue };
            if !nodes.is_held(parent) && heights[parent] <= heights[child] {
                heights[parent] = heights[child] + 1;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    let top = heights.iter().max().copied().unwrap_or(0);
    heights.into_iter().map(|height| top - height).collect()
}

/// What a node is called beneath its letter, in one line or two.
pub(super) fn caption(view: &View<'_>, node: &Node) -> Vec<String> {
    wrapped(&label(view, node))
}

fn label(view: &View<'_>, node: &Node) -> String {
    // Of several, one that is named.
    let named = node.members.iter().find(|it| has_outlet(view, **it));
    let first = name(view, *named.unwrap_or(&node.members[0]));
    match (node.members.len(), node.kind) {
        (1, Kind::People) => first.trim_matches(['“', '”']).to_owned(),
        (1, _) => first,
        (_, Kind::People) => "its people".to_owned(),
        (n, _) => {
            let more = node.members.iter().any(|&it| name(view, it) != first);
            if more { format!("{first} +{}", n - 1) } else { first }
        }
    }
}

fn has_outlet(view: &View<'_>, ix: WitnessIx) -> bool {
    match view.story.stemma.witnesses[ix.ix()].carrier {
        Carrier::Extant(article) => view.dossier.articles[article.ix()].publisher.is_some(),
        Carrier::Lost(_) | Carrier::Inferred(_) => true,
    }
}

/// At most three lines of 13 letters.
fn wrapped(words: &str) -> Vec<String> {
    const LONGEST: usize = 13;
    let words = clip(words, 2 * LONGEST - 2);
    let mut lines = vec![String::new()];
    for word in words.split(' ') {
        let last = lines.len() - 1;
        let room = LONGEST.saturating_sub(lines[last].chars().count() + 1);
        if lines[last].is_empty() {
            lines[last].push_str(word);
        } else if word.chars().count() <= room || word.starts_with('…') || last == 2 {
            lines[last].push(' ');
            lines[last].push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.into_iter().map(|line| short(&line, LONGEST)).collect()
}

/// At most `limit` letters, the last of them … if it is cut.
fn short(line: &str, limit: usize) -> String {
    if line.chars().count() <= limit {
        return line.to_owned();
    }
    line.chars().take(limit - 1).chain(['…']).collect()
}
