//! Draft: the statements of one claim before it is weighed, and the one that says it best.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use super::accord;
use super::core::{self, Core};
use super::holder::{Holders, Room};
use super::lineup::Sides;
use super::point::{Point, Points};
use super::term::{TermIx, both};
use crate::evidence::Evidence;
use crate::fold;
use crate::par;

/// The statements of one claim.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Draft {
    /// The statement that says it best.
    pub(super) centre: usize,
    /// All of them, as indices of the points, in order.
    pub(super) members: Vec<usize>,
    /// What they share.
    pub(super) core: Vec<TermIx>,
}

/// Nearness at which a statement belongs to the claim that another stands for, per mille.
///
/// Swept from 350 to 550 on 59 labelled claims of seven stories: at 500 two claims less are found; at
/// 350 a fifth fewer articles are joined.
const NEAR: u32 = 400;
/// The same for what one text says alone.
pub(super) const ONE_TEXT: u32 = 400;
/// Share, per mille, of the statements of either that two claims have in common if they are one.
const SAME: u32 = 600;
/// Nearness, per mille, of the statements that stand for two claims if half of the statements of the
/// smaller one in common makes them one. At 600 more claims are listed twice, and `most` is within one
/// of two ranges less.
const TWIN: u32 = 550;
/// Half, per mille.
const HALF: u32 = 500;
/// Share of a claim's core, per mille, that a statement holds which is near to its centre.
const SOME: u32 = 500;
/// What a dateline before it costs.
const DATELINE: u32 = 200;
/// What it costs to be a clause in the middle of a sentence.
const CLAUSE: u32 = 200;
/// What it costs a statement to stand for a claim when it cannot be read alone, in weight.
const NO_SENTENCE: u32 = 700;
/// Share, per mille, of a claim's statements that a larger claim has too if it is a part of it.
const PART: u32 = 750;
/// What a part must say that the larger claim does not, to be a claim of its own.
const ADDED: u32 = 480;

/// The claims that statements of several texts make, the weightiest first.
pub(super) fn drafts(
    evidence: Evidence<'_>,
    points: &Points,
    (holders, sides): (&Holders, &Sides<'_>),
) -> Vec<Draft> {
    let cores = core::cores(points, holders);
    let shapes = shapes(evidence, points, sides, &cores);
    let mut room = Room::new(points);
    let mut laid = Laid::new(points);
    for core in cores {
        let centres = centres(evidence, points, &shapes, &core);
        if let Some(draft) = draft(points, (holders, &mut room), core, &centres) {
            laid.add(&mut room, draft);
        }
    }
    // Claims grow while they are laid: two may have come to be one.
    let mut settled = Laid::new(points);
    for draft in laid.drafts {
        settled.add(&mut room, draft);
    }
    settled.drafts
}

/// What it costs each statement to stand for a claim. Only those of a core are asked: most of a small
/// story are of none.
fn shapes(
    evidence: Evidence<'_>,
    points: &Points,
    sides: &Sides<'_>,
    cores: &[Core],
) -> FxHashMap<usize, u32> {
    let mut asked = cores.iter().flat_map(|core| &core.members).copied().collect::<Vec<_>>();
    asked.sort_unstable();
    asked.dedup();
    let shapes = par::map(&asked, |&ix| {
        let disowned = u32::from(sides.side(ix).is_disowned()) * NO_SENTENCE;
        shape(evidence, &points[ix]) + disowned
    });
    asked.into_iter().zip(shapes).collect()
}

/// Claims as they are laid, one after the other.
struct Laid<'a> {
    points: &'a Points,
    drafts: Vec<Draft>,
    /// For each statement, the drafts that hold it.
    held: Vec<Vec<usize>>,
    /// For each term, the drafts whose wordings hold it, in order.
    worded: FxHashMap<TermIx, Vec<u32>>,
}

impl<'a> Laid<'a> {
    fn new(points: &'a Points) -> Self {
        let held = vec![Vec::new(); points.len()];
        Self { points, drafts: Vec::new(), held, worded: FxHashMap::default() }
    }

    /// Adds a claim, or what it adds to the one that it is.
    fn add(&mut self, room: &mut Room, draft: Draft) {
        // It may say the same in other words, of which few statements hold enough of both.
        let twin = self.twin(room, draft.centre).map(|other| (other, true));
        let one = twin.or_else(|| same(self.points, &self.drafts, &self.held, &draft));
        let Some((other, union)) = one else {
            for &member in &draft.members {
                self.held[member].push(self.drafts.len());
            }
            for &term in &self.points[draft.centre].terms {
                self.worded.entry(term).or_default().push(self.drafts.len() as u32);
            }
            self.drafts.push(draft);
            return;
        };
        let kept = self.drafts[other].centre;
        for &member in &draft.members {
            if union
                && !self.held[member].contains(&other)
                && accord::joins(self.points, kept, member)
            {
                self.drafts[other].members.push(member);
                self.held[member].push(other);
            }
        }
        self.drafts[other].members.sort_unstable();
    }

    /// The first draft that the wording at `centre` stands for as well. Cost: the drafts whose wordings
    /// hold its rarest terms.
    fn twin(&self, room: &mut Room, centre: usize) -> Option<usize> {
        let drafts = |term: &TermIx| {
            let worded = self.worded.get(term).map_or(&[][..], Vec::as_slice);
            (worded, self.points.terms.get(*term).weight)
        };
        let point = &self.points[centre];
        let lists = point.terms.iter().map(drafts).collect();
        let found = room.holding(lists, accord::least_of_one(point)).into_iter();
        let is_one = |&(draft, _): &(usize, u32)| {
            accord::are_one(self.points, centre, self.drafts[draft].centre)
        };
        found.filter(is_one).map(|(draft, _)| draft).min()
    }
}

/// The draft of `core`; none if fewer than two texts say so.
fn draft(
    points: &Points,
    (holders, room): (&Holders, &mut Room),
    core: Core,
    centres: &[usize],
) -> Option<Draft> {
    let least = points.terms.weight(core.terms.iter().copied()) * SOME / 1000;
    let mut some = holders.holding(room, &core.terms, least.max(1));
    some.sort_unstable();
    let is_member = some.iter().map(|(ix, _)| core.members.binary_search(ix).is_ok());
    let is_member = is_member.collect::<Vec<_>>();
    let drafted = |centre: usize| {
        let all = some
            .iter()
            .zip(&is_member)
            .filter(|((ix, _), is_member)| **is_member || nearness(points, centre, *ix) >= NEAR);
        let members = all.map(|((ix, _), _)| *ix).collect::<Vec<_>>();
        accord::saying(points, centre, &members)
    };
    let texts = |members: &[usize]| {
        members.iter().map(|&ix| points[ix].text).collect::<FxHashSet<_>>().len()
    };
    let mut best = None::<(usize, usize, Vec<usize>)>;
    for (at, &centre) in centres.iter().enumerate() {
        // Copies stand for no more than one of them does.
        if centres[..at].iter().any(|&before| points[before].terms == points[centre].terms) {
            continue;
        }
        let members = drafted(centre);
        let n = texts(&members);
        if best.as_ref().is_none_or(|(most, ..)| n > *most) {
            best = Some((n, centre, members));
        }
    }
    let (n, centre, members) = best?;
    (n > 1).then_some(Draft { centre, members, core: core.terms })
}

/// The draft before it that makes the same claim, if any.
fn same(
    points: &Points,
    drafts: &[Draft],
    held: &[Vec<usize>],
    draft: &Draft,
) -> Option<(usize, bool)> {
    let mut overlaps = FxHashMap::<usize, u32>::default();
    for &member in &draft.members {
        for &other in &held[member] {
            *overlaps.entry(other).or_default() += 1;
        }
    }
    let mut overlaps = overlaps.into_iter().collect::<Vec<_>>();
    overlaps.sort_unstable_by_key(|&(other, n)| (Reverse(n), other));
    let is_same = |&(other, n): &(usize, u32)| {
        let (ours, theirs) = (draft.members.len() as u32, drafts[other].members.len() as u32);
        if n * 1000 >= ours.max(theirs) * SAME {
            return true;
        }
        let common = points.terms.weight(both(&draft.core, &drafts[other].core));
        let added = points.terms.weight(draft.core.iter().copied()) - common;
        n * 1000 >= ours.min(theirs) * PART && added < ADDED || drafts[other].centre == draft.centre
    };
    let twin = |&(other, n): &(usize, u32)| {
        let (ours, theirs) = (draft.members.len() as u32, drafts[other].members.len() as u32);
        n * 1000 >= ours.min(theirs) * HALF
            && nearness(points, draft.centre, drafts[other].centre) >= TWIN
    };
    let twin = overlaps.iter().find(|it| twin(it)).map(|&(other, _)| (other, true));
    twin.or_else(|| overlaps.iter().find(|it| is_same(it)).map(|&(other, _)| (other, false)))
}

/// How many statements are tried as what stands for a claim.
const N_CENTRES: usize = 8;

/// The statements that say the core and least besides, in a sentence of their own, the best first; of
/// equals the first by its words.
fn centres(
    evidence: Evidence<'_>,
    points: &Points,
    shapes: &FxHashMap<usize, u32>,
    core: &Core,
) -> Vec<usize> {
    let weight = points.terms.weight(core.terms.iter().copied());
    let cost = |ix: usize| {
        let held = points.held(ix, &core.terms);
        // What is missing of the core counts twice what stands besides.
        (weight - held) * 2 + (points[ix].weight - held) + shapes[&ix]
    };
    let words = |ix: usize| points[ix].span.of(evidence.text(points[ix].at.0));
    let mut all = core.members.iter().map(|&ix| (cost(ix), ix)).collect::<Vec<_>>();
    let order = |one: &(u32, usize), other: &(u32, usize)| {
        one.0.cmp(&other.0).then_with(|| (words(one.1), one.1).cmp(&(words(other.1), other.1)))
    };
    if all.len() > N_CENTRES {
        all.select_nth_unstable_by(N_CENTRES - 1, order);
        all.truncate(N_CENTRES);
    }
    all.sort_unstable_by(order);
    all.into_iter().map(|(_, ix)| ix).collect()
}

/// What it costs a statement to stand for a claim when it is no sentence that can be read alone.
pub(super) fn shape(evidence: Evidence<'_>, point: &Point) -> u32 {
    let (ix, language) = (point.at.0, evidence.language(point.at.0));
    let text = evidence.text(ix);
    let tokens = fold::tokens(text, point.span);
    let folded = tokens.iter().map(|token| fold::view(token.span.of(text))).collect::<Vec<_>>();
    let predicate = folded
        .iter()
        .any(|word| language.statements.is_finite(word) || language.alike.is_form(word));
    let first = folded.first().map_or("", AsRef::as_ref);
    let first = first.split_once('\'').map_or(first, |(word, _)| word);
    let points_back = dangles(evidence, point);
    // "Were killed by floods": who was stands before it.
    let open = language.alike.infinitives.has(first) || language.statements.lists_finite(first);
    let place = evidence.article(ix).dateline.is_some_and(|it| it.overlaps(point.span));
    let before = &text[..point.span.start as usize];
    let words = point.span.of(text);
    let clause = before.trim_end().ends_with(',') && words.starts_with(char::is_alphabetic);
    // "(AP) …" and "MUST WATCH: …" are a newsroom's, not the sentence's.
    let shouts = words.split_whitespace().take(3).filter(|word| is_shouted(word)).count() > 1;
    let place = place || shouts || words.starts_with('(');
    (u32::from(!predicate || open) + u32::from(points_back)) * NO_SENTENCE
        + u32::from(place) * DATELINE
        + u32::from(clause) * CLAUSE
}

/// Whether the statement opens with what stands for something before it.
pub(super) fn dangles(evidence: Evidence<'_>, point: &Point) -> bool {
    let (text, alike) = (evidence.text(point.at.0), &evidence.language(point.at.0).alike);
    let tokens = fold::tokens(text, point.span);
    let first = fold::view(tokens.first().map_or("", |token| token.span.of(text)));
    let first = first.split_once('\'').map_or(first.as_ref(), |(word, _)| word);
    alike.points.has(first) || alike.asides.has(first) || alike.dangling.has(first)
}

fn is_shouted(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.contains(char::is_lowercase)
}

/// The statements that are near to `centre` by `least_near` per mille, in order.
pub(super) fn near(
    points: &Points,
    holders: &Holders,
    room: &mut Room,
    centre: usize,
    least_near: u32,
) -> Vec<usize> {
    let point = &points[centre];
    if point.terms.len() < LEAST_TERMS {
        return Vec::new();
    }
    let least = (point.weight * least_near).div_ceil(2000);
    let found = holders.holding(room, &point.terms, least).into_iter();
    let near = found.filter(|&(ix, held)| {
        covered(point, &points[ix], held) >= least_near && nearness(points, centre, ix) > 0
    });
    let mut near = near.map(|(ix, _)| ix).collect::<Vec<_>>();
    near.sort_unstable();
    near
}

/// Fewest terms in common that mean anything.
const LEAST_TERMS: usize = 3;

/// How near two statements are, per mille.
fn nearness(points: &Points, left: usize, right: usize) -> u32 {
    let (left, right) = (&points[left], &points[right]);
    let common = both(&left.terms, &right.terms);
    let (n, held) =
        common.fold((0, 0), |(n, sum), term| (n + 1, sum + points.terms.get(term).weight));
    if n < LEAST_TERMS { 0 } else { covered(left, right, held) }
}

/// How near two statements are, per mille, that have so much in common.
///
/// The lighter one is what must be covered (a headline says less than a sentence); what the heavier
/// one says besides counts half.
fn covered(left: &Point, right: &Point, held: u32) -> u32 {
    let (light, heavy) = (left.weight.min(right.weight).max(1), left.weight.max(right.weight));
    held * 1000 / (light + (heavy - light) / 2)
}

/// Share of the lighter statement's weight, per mille, that two statements have in common if they
/// surely say the same.
const CLOSE: u32 = 500;
/// How many statements a statement is compared with to find one that surely says the same.
const N_BACKING: usize = 24;

/// Those of `members` that share less with any other text's than two statements of one fact do, in
/// order. None where all are of one text.
pub(super) fn loose(points: &Points, centre: usize, members: &[usize]) -> Vec<usize> {
    if members.iter().all(|&ix| points[ix].text == points[centre].text) {
        return Vec::new();
    }
    let is_close = |left: usize, right: usize| {
        let weight = points[left].weight.min(points[right].weight);
        points[left].text != points[right].text
            && points.held(left, &points[right].terms) * 1000 >= weight * CLOSE
    };
    let backed = |ix: usize| {
        let mut others = std::iter::once(centre).chain(members.iter().copied().take(N_BACKING));
        others.any(|other| is_close(ix, other))
    };
    members.iter().copied().filter(|&ix| !backed(ix)).collect()
}
