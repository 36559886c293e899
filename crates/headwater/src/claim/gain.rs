//! Gain: what a core says that no core before it says.

use super::point::Points;
use super::term::TermIx;

/// Share of both statements, per mille, that they have in common if they say the same whatever it
/// weighs. Swept with the constants of [`super::core`].
pub(super) const WHOLE: u32 = 850;
/// What a core weighs at most: beyond it, more words say nothing more of which fact it is, and a
/// core that more texts hold is better.
const MOST: u32 = 900;
/// Least gain of a core that is laid over others. At 420 one claim less is found.
const LEAST_GAIN: u32 = 350;
/// What a core that is next to nothing of a statement gains from it, per mille of what one gains that
/// is all of it. At 1000 one claim more is found and precision falls (.87 for .89): words in passing
/// ("designated as …") make claims of their own before what the sentences say.
const ASIDE: u32 = 300;

/// The table of statements by terms, with what of it the cores cover that were laid.
pub(super) struct Table<'a> {
    points: &'a Points,
    /// Where the terms of each statement begin in `covered`.
    starts: Vec<u32>,
    covered: Vec<bool>,
}

/// What the statements of each text gain, as they are gone through; nothing is left in it.
pub(super) struct ByText {
    /// By text.
    gained: Vec<Gained>,
    met: Vec<usize>,
}

/// What a statement gains.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Gained {
    /// By how much of the statement the core is.
    share: u32,
    /// Whatever the core is of it.
    whole: u32,
}

impl ByText {
    pub(super) fn new(points: &Points) -> Self {
        let n_texts = points.all.iter().map(|point| point.text + 1).max().unwrap_or(0);
        Self { gained: vec![Gained::default(); n_texts], met: Vec::new() }
    }

    fn add(&mut self, text: usize, gained: Gained) {
        let most = &mut self.gained[text];
        // A text that gained nothing so far is met again, and adds nothing then.
        if *most == Gained::default() {
            self.met.push(text);
        }
        *most = gained.max(*most);
    }

    /// What all texts gained, without the one that gained most.
    fn taken(&mut self) -> Gained {
        let (mut sum, mut most) = (Gained::default(), Gained::default());
        for text in self.met.drain(..) {
            let Gained { share, whole } = std::mem::take(&mut self.gained[text]);
            sum = Gained { share: sum.share + share, whole: sum.whole + whole };
            most = Gained { share: most.share.max(share), whole: most.whole.max(whole) };
        }
        Gained { share: sum.share - most.share, whole: sum.whole - most.whole }
    }
}

impl<'a> Table<'a> {
    pub(super) fn new(points: &'a Points) -> Self {
        let mut n = 0;
        let start = |start: &mut u32, n: usize| std::mem::replace(start, *start + n as u32);
        let starts = points.all.iter().map(|point| start(&mut n, point.terms.len())).collect();
        Self { points, starts, covered: vec![false; n as usize] }
    }

    /// What the core says that no core before it says, one statement a text, without the text that says
    /// most: what one text says alone is no agreement. A statement counts by how much of it the core
    /// is: what sentences mainly say is laid before what they say besides. None if it is too little.
    pub(super) fn gain(
        &self,
        by_text: &mut ByText,
        terms: &[TermIx],
        members: &[usize],
    ) -> Option<u32> {
        let known = &self.points.terms;
        for &member in members {
            let point = &self.points[member];
            let start = self.starts[member] as usize;
            let (mut all, mut new) = (0, 0);
            for (at, term) in within(&point.terms, terms) {
                let weight = known.get(term).weight;
                all += weight;
                new += if self.covered[start + at] { 0 } else { weight };
            }
            let whole = new.min(MOST);
            let share = ASIDE + (1000 - ASIDE) * all / point.weight.max(1);
            by_text.add(point.text, Gained { share: whole * share / 1000, whole });
        }
        let gained = by_text.taken();
        let weight = known.weight(terms.iter().copied());
        let least = LEAST_GAIN.min(weight * WHOLE / 1000);
        (gained.whole >= least).then_some(gained.share)
    }

    /// Takes `terms` of the statement at `member` as said.
    pub(super) fn cover(&mut self, member: usize, terms: &[TermIx]) {
        let start = self.starts[member] as usize;
        for (at, _) in within(&self.points[member].terms, terms) {
            self.covered[start + at] = true;
        }
    }
}

/// Those of a statement's terms that are among `terms`, each with its place in the statement. Both are
/// in order.
fn within<'t>(
    statement: &'t [TermIx],
    terms: &'t [TermIx],
) -> impl Iterator<Item = (usize, TermIx)> + use<'t> {
    let mut rest = terms;
    statement.iter().enumerate().filter_map(move |(at, &term)| {
        while rest.first().is_some_and(|first| *first < term) {
            rest = &rest[1..];
        }
        (rest.first() == Some(&term)).then_some((at, term))
    })
}
