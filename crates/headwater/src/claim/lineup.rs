//! Lineup: the statements of one claim against what most of its texts say, with those that say
//! something else about the same point.

use std::cmp::Reverse;

use headwater_page::Span;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Stance;
use super::holder::{Holders, Room};
use super::point::Points;
use super::term::TermIx;
use crate::difference::{self, Difference, DifferenceKind, Grade, Side};
use crate::evidence::Evidence;
use crate::par;

/// A statement and what it does to the claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Stand {
    /// Index of the point.
    pub(super) point: usize,
    pub(super) stance: Stance,
}

/// The statements of a claim and where they differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Lineup {
    /// In the order of points.
    pub(super) stands: Vec<Stand>,
    /// The words of the claim left, those that differ right.
    pub(super) differences: Vec<Difference>,
    /// How many pairs were laid side by side.
    pub(super) n_compared: usize,
}

/// How many statements are tried as what most say.
const N_REFERENCES: usize = 24;
/// How many statements that stand for the claim, each in other words, a statement is compared with.
const N_SPEAKERS: usize = 8;
/// Share of the lighter of two statements, per mille, that they have in common if one is asked whether it
/// says something else about the other's point; it holds at least half as much of the other.
const RIVAL: u32 = 250;
/// How many statements beside the claim's own are asked, of those that share words and of those that
/// count the same things: those that share most.
const N_RIVALS: usize = 48;

/// The statements of a story as they are compared, each read once for all its claims.
pub(super) struct Sides<'a> {
    /// By point.
    all: Vec<Side<'a>>,
    /// By point, the things of which it has an amount.
    units: Vec<Vec<u64>>,
    /// Which of them have an amount of a thing, in order.
    counted: FxHashMap<u64, Vec<usize>>,
}

/// A thing that more statements of a story count tells nothing of what is counted.
const MOST_COUNTED: usize = 96;

impl<'a> Sides<'a> {
    pub(super) fn new(evidence: Evidence<'a>, points: &Points) -> Self {
        let all = par::map(&points.all, |point| Side::new(evidence, point.at));
        let units = par::map(&all, Side::counted);
        let mut counted = FxHashMap::<u64, Vec<usize>>::default();
        for (ix, units) in units.iter().enumerate() {
            for &unit in units {
                counted.entry(unit).or_default().push(ix);
            }
        }
        counted.retain(|_, at| at.len() <= MOST_COUNTED);
        Self { all, units, counted }
    }

    /// The statement at a point.
    pub(super) fn side(&self, point: usize) -> &Side<'a> {
        &self.all[point]
    }
}

impl Lineup {
    /// Compares `members` with the one that stands for what most texts say, then with each other, and
    /// adds statements of the story that speak of the same point and say something else.
    pub(super) fn new(
        points: &Points,
        (holders, sides): (&Holders, &Sides<'_>),
        room: &mut Room,
        (centre, core): (usize, &[TermIx]),
        members: &[usize],
    ) -> Self {
        let core = core.iter().map(|&term| points.terms.get(term).hash).collect();
        let mut table = Table { points, sides, core, known: FxHashMap::default() };
        let reference = reference(&mut table, centre, members);
        let reference = stated(&table, reference, members);
        let mut found = Self { stands: Vec::new(), differences: Vec::new(), n_compared: 0 };
        let owned = !sides.all[reference].is_disowned() && sides.all[reference].is_affirmed();
        let mut speakers = vec![reference];
        found.stands.push(Stand { point: reference, stance: Stance::Affirms });
        for &member in members.iter().filter(|&&member| member != reference) {
            let mut apart = table.against(&speakers, member);
            if apart.is_empty() {
                apart.extend(table.left_open(reference, member));
            }
            // Whose words are denied as a whole does not say so, whatever it is that is denied; nor does
            // who tells of another happening.
            let side = &table.sides.all[member];
            let other = owned && side.is_disowned() || table.are_apart(reference, member);
            if apart.is_empty() && other {
                continue;
            }
            if apart.is_empty() && speakers.len() < N_SPEAKERS {
                let says = &points[member].terms;
                if speakers.iter().all(|&speaker| points[speaker].terms != *says) {
                    speakers.push(member);
                }
            }
            found.add(member, apart);
        }
        for rival in rivals(points, (holders, sides), room, (&speakers, members)) {
            let apart = table.against(&speakers[..1], rival);
            if !apart.is_empty() {
                found.add(rival, apart);
            }
        }
        found.stands.sort_unstable_by_key(|stand| stand.point);
        found.n_compared = table.known.len();
        found
    }

    /// Adds statements that say so.
    pub(super) fn join(&mut self, points: &[usize]) {
        let stance = Stance::Affirms;
        self.stands.extend(points.iter().map(|&point| Stand { point, stance }));
        self.stands.sort_unstable_by_key(|stand| stand.point);
    }

    fn add(&mut self, point: usize, apart: Vec<Difference>) {
        let stance = if apart.iter().any(|found| found.kind == DifferenceKind::Polarity) {
            Stance::Denies
        } else if apart.iter().all(is_spelling) {
            Stance::Affirms
        } else {
            Stance::Differs
        };
        self.differences.extend(apart);
        self.stands.push(Stand { point, stance });
    }
}

/// Whether only a name is spelled otherwise: whoever slips states the claim. A coarser amount is another
/// amount, though both may hold, and has origins of its own.
fn is_spelling(found: &Difference) -> bool {
    found.kind == DifferenceKind::Actor && found.grade == Grade::Compatible
}

/// The statements of one claim side by side.
struct Table<'t, 'a> {
    points: &'t Points,
    sides: &'t Sides<'a>,
    /// What the claim's statements share, by hash, in order.
    core: Vec<u64>,
    /// What was compared: most are asked whether they differ, and then in what.
    known: FxHashMap<(usize, usize), Vec<Difference>>,
}

impl Table<'_, '_> {
    fn between(&mut self, from: usize, other: usize) -> &[Difference] {
        if !self.known.contains_key(&(from, other)) {
            self.known.insert((from, other), self.compared(from, other));
        }
        &self.known[&(from, other)]
    }

    fn compared(&self, from: usize, other: usize) -> Vec<Difference> {
        if from == other {
            return Vec::new();
        }
        let likeness = self.points.likeness(from, other);
        let (left, right) = (&self.sides.all[from], &self.sides.all[other]);
        let mut found = difference::between(left, right, likeness);
        // What a sentence says besides belongs to another claim. What is denied is the claim's own
        // deed, whatever stands around it.
        let core = |key: &u64| self.core.binary_search(key).is_ok();
        let bears = |side: &Side<'_>, span: Span, kind: DifferenceKind| match kind {
            DifferenceKind::Polarity => side.within(span).iter().any(core),
            _ => side.about(span).iter().any(core),
        };
        found.retain(|it| {
            bears(left, it.left.span, it.kind) || bears(right, it.right.span, it.kind)
        });
        found
    }

    /// Whether two statements tell of two happenings, as far as their days tell.
    fn are_apart(&self, from: usize, other: usize) -> bool {
        let likeness = self.points.likeness(from, other);
        difference::are_apart(&self.sides.all[from], &self.sides.all[other], likeness)
    }

    /// Where a member of the claim expressly leaves open what `from` says.
    fn left_open(&self, from: usize, other: usize) -> Option<Difference> {
        let likeness = self.points.likeness(from, other);
        difference::left_open(&self.sides.all[from], &self.sides.all[other], likeness)
    }

    /// Where `other` differs from `speakers`: of each kind the first. Who has the first speaker's amount says
    /// another one of something else: "21 of the 276 girls".
    fn against(&mut self, speakers: &[usize], other: usize) -> Vec<Difference> {
        let mut found = Vec::<Difference>::new();
        for (at, &speaker) in speakers.iter().enumerate() {
            let (sides, first) = (self.sides, speakers[0]);
            for apart in self.between(speaker, other) {
                let besides = || sides.all[other].has_besides(&sides.all[first], apart.right.span);
                if at > 0 && apart.kind == DifferenceKind::Number && besides() {
                    continue;
                }
                if found.iter().all(|it| it.kind != apart.kind) {
                    found.push(apart.clone());
                }
            }
        }
        found
    }
}

/// The statement that says what the words of `reference` say, if there all of it is only denied: the first
/// member that is not.
fn stated(table: &Table<'_, '_>, reference: usize, members: &[usize]) -> usize {
    let disowned = |ix: &usize| table.sides.all[*ix].is_disowned();
    if !disowned(&reference) {
        return reference;
    }
    members.iter().copied().find(|ix| !disowned(ix)).unwrap_or(reference)
}

/// What most texts say is the claim, and what the others say differs: the centre, or if most texts
/// differ from it the first statement from which the fewest do. If only some do, one of them from which
/// fewer differ: those that do not may say nothing of the point.
fn reference(table: &mut Table<'_, '_>, centre: usize, members: &[usize]) -> usize {
    let points = table.points;
    let mut differs =
        |from: usize, other: usize| table.between(from, other).iter().any(|it| !is_spelling(it));
    let mut apart = |from: usize| {
        // A text that says both, since it corrects itself, differs from nobody else.
        let others = members.iter().filter(|&&other| points[other].text != points[from].text);
        let others = others.copied().filter(|&other| differs(from, other)).collect::<Vec<_>>();
        let texts = others.iter().map(|&other| points[other].text).collect::<FxHashSet<_>>();
        (texts.len(), others)
    };
    let texts = members.iter().map(|&member| points[member].text).collect::<FxHashSet<_>>();
    let (most, otherwise) = apart(centre);
    if most <= 1 {
        return centre;
    }
    if most * 2 <= texts.len() {
        let fewest = otherwise.into_iter().take(N_REFERENCES).map(|ix| (apart(ix).0, ix)).min();
        return fewest.filter(|&(n, _)| n < most).map_or(centre, |(_, ix)| ix);
    }
    let others = members.iter().copied().filter(|&member| member != centre).take(N_REFERENCES);
    std::iter::once(centre).chain(others).min_by_key(|&ix| apart(ix).0).unwrap_or(centre)
}

/// Statements that are no members and share much of what a speaker says besides amounts and days, or
/// count the same things: of each kind those that share most, in order.
fn rivals(
    points: &Points,
    (holders, sides): (&Holders, &Sides<'_>),
    room: &mut Room,
    (speakers, members): (&[usize], &[usize]),
) -> Vec<usize> {
    let is_member = |ix: &usize| members.binary_search(ix).is_ok();
    let (mut near, mut counts) = (FxHashMap::<usize, u32>::default(), FxHashMap::default());
    for &speaker in speakers {
        let point = &points[speaker];
        let words = point.terms.iter().copied().filter(|&term| !points.terms.is_value(term));
        let words = words.collect::<Vec<_>>();
        let met = nearest(points, holders, room, speaker, &words, is_member);
        let same = sides.units[speaker]
            .iter()
            .filter_map(|unit| sides.counted.get(unit))
            .flatten()
            .copied();
        let same = same.filter(|ix| !is_member(ix)).map(|ix| (ix, points.held(ix, &words)));
        for (found, all) in [(&mut near, met), (&mut counts, same.collect())] {
            for (ix, shared) in all {
                let most = found.entry(ix).or_default();
                *most = shared.max(*most);
            }
        }
    }
    let most = |found: FxHashMap<usize, u32>| {
        let mut found = found.into_iter().collect::<Vec<_>>();
        found.sort_unstable_by_key(|&(ix, shared)| (Reverse(shared), ix));
        found.into_iter().take(N_RIVALS).map(|(ix, _)| ix)
    };
    let mut all = most(near).chain(most(counts)).collect::<Vec<_>>();
    all.sort_unstable();
    all.dedup();
    all
}

/// The statements but the members that share most of `words` with what is said at `speaker`, each with
/// what they share, at most [`N_RIVALS`]: who is among the nearest of all speakers is among the nearest
/// of one. `words` are all that is said there but amounts and days.
///
/// Who shares much is looked for first, since far fewer statements do.
fn nearest(
    points: &Points,
    holders: &Holders,
    room: &mut Room,
    speaker: usize,
    words: &[TermIx],
    is_member: impl Fn(&usize) -> bool,
) -> Vec<(usize, u32)> {
    let plain = points[speaker].plain;
    let lowest = (plain * RIVAL / 2000).max(1);
    let is_near = |&(ix, shared): &(usize, u32)| {
        shared * 1000 / plain.min(points[ix].plain).max(1) >= RIVAL && !is_member(&ix)
    };
    let mut least = plain.max(lowest);
    loop {
        let mut met = holders.holding(room, words, least);
        met.retain(is_near);
        if met.len() >= N_RIVALS || least == lowest {
            met.sort_unstable_by_key(|&(ix, shared)| (Reverse(shared), ix));
            met.truncate(N_RIVALS);
            return met;
        }
        least = (least / 2).max(lowest);
    }
}
