//! Difference: what two statements of one claim disagree on.
//!
//! Two statements of one point are laid side by side. Where one of them has something else in the
//! place of what the other has, there is a difference of a kind, with the words that show it on both
//! sides. Nothing is concluded from silence, and nothing from what the other article has too, in
//! another sentence: reports say more than one thing.

mod actor;
mod beside;
mod modality;
mod number;
mod occasion;
mod open;
mod place;
mod polarity;
mod set;
mod side;
mod time;

use headwater_page::{Place, Span};

pub use side::{OfKnown, Side};

/// What two statements of one claim disagree on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DifferenceKind {
    /// Another amount.
    Number,
    /// Another day.
    Date,
    /// One denies what the other affirms.
    Polarity,
    /// Somebody else did it or had it done to them.
    Actor,
    /// Further along: could, plans, ordered, did.
    Modality,
    /// Somewhere else.
    Place,
    /// Another list of things.
    Set,
}

/// How far two statements are apart. Those that say the same have no difference.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Grade {
    /// Both may hold, one being coarser: "more than 200" and 276.
    Compatible,
    /// They say something else; whether both can hold, the words do not tell.
    Differs,
    /// Both cannot hold: the sentences are alike and the amounts, days or polarity exclude each other.
    Excludes,
}

/// One difference between two statements of a claim.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// What differs.
    pub kind: DifferenceKind,
    /// The words on one side.
    pub left: Place,
    /// The words on the other.
    pub right: Place,
    /// How far they are apart.
    pub grade: Grade,
}

/// How much two statements have in common besides amounts and days, per mille.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Likeness {
    /// Of the weight of the one that says less.
    pub of_lighter: u32,
    /// Of the weight of the one that says more.
    pub of_heavier: u32,
}

/// What `right` says otherwise than `left`: at most one difference of a kind, in the order of kinds.
///
/// Only what both name is compared: an amount of one unit, a day, a deed, a doer. Cost: the product of
/// the words that both have.
pub fn between<'a>(left: &Side<'a>, right: &Side<'a>, likeness: Likeness) -> Vec<Difference> {
    if left.is_same_article(right) {
        return Vec::new();
    }
    let pair = Pair { left, right, likeness };
    if likeness.of_lighter < LEAST {
        let number = number::compare(&pair).map(|apart| pair.shown(DifferenceKind::Number, apart));
        return number.into_iter().collect();
    }
    let found = [
        (DifferenceKind::Number, number::compare(&pair)),
        (DifferenceKind::Date, time::compare(&pair)),
        (DifferenceKind::Polarity, polarity::compare(&pair)),
        (DifferenceKind::Actor, actor::compare(&pair)),
        (DifferenceKind::Modality, modality::compare(&pair)),
        (DifferenceKind::Place, place::compare(&pair)),
        (DifferenceKind::Set, set::compare(&pair)),
    ];
    found.into_iter().filter_map(|(kind, apart)| Some(pair.shown(kind, apart?))).collect()
}

/// Where `right` expressly leaves open what `left` says ("did not say whether …"), of two statements of
/// one claim: however little else they share, it does not say so.
pub fn left_open<'a>(left: &Side<'a>, right: &Side<'a>, likeness: Likeness) -> Option<Difference> {
    let pair = Pair { left, right, likeness };
    let apart = modality::left_open(&pair.turned())?;
    Some(pair.shown(DifferenceKind::Modality, apart.turned()))
}

/// Whether two statements tell of two happenings: one deed, dated far apart by the only day that each names.
pub fn are_apart<'a>(left: &Side<'a>, right: &Side<'a>, likeness: Likeness) -> bool {
    time::are_apart(&Pair { left, right, likeness })
}

/// Weight that two sentences must share, per mille of the lighter one, before anything but amounts of
/// one thing is compared.
const LEAST: u32 = 200;

/// The same before they speak of one point whatever stands around what differs: below it, another
/// number is a number of something else.
const SAME_POINT: u32 = 450;

/// Weight that two sentences must share, per mille of the heavier one, before what excludes each other
/// in them is a contradiction: in a longer sentence it may belong to something else.
const SAME_SENTENCE: u32 = 700;

/// Two statements side by side.
struct Pair<'p, 'a> {
    left: &'p Side<'a>,
    right: &'p Side<'a>,
    likeness: Likeness,
}

/// Where two statements part: the words of each, and how far.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Apart {
    left: Span,
    right: Span,
    grade: Grade,
}

impl Pair<'_, '_> {
    fn shown(&self, kind: DifferenceKind, apart: Apart) -> Difference {
        let (left, right) = (self.left.place(apart.left), self.right.place(apart.right));
        Difference { kind, left, right, grade: apart.grade }
    }

    /// How many words stand around both `left` and `right`, names left out.
    fn around(&self, left: Span, right: Span) -> usize {
        let mut there = [None; 2 * side::AROUND];
        for (room, key) in there.iter_mut().zip(self.right.around(right)) {
            *room = Some(key);
        }
        self.left.around(left).filter(|key| there.contains(&Some(*key))).count()
    }

    /// Whether what stands around the two spans is the same, or some of it and `least` per mille of the
    /// lighter sentence.
    fn is_same_point(&self, left: Span, right: Span, least: u32) -> bool {
        let around = self.around(left, right);
        around >= 2 || around >= 1 && self.likeness.of_lighter >= least
    }

    /// Whether a deed at word `left` and one at word `right` may be of one doer: no names stand before
    /// one of them, or both have one.
    fn is_same_doer(&self, left: usize, right: usize) -> bool {
        let (here, there) = (self.left.doers(left), self.right.doers(right));
        here.is_empty() || there.is_empty() || here.iter().any(|key| there.contains(key))
    }

    /// [`Grade::Excludes`] between like sentences, else [`Grade::Differs`].
    fn strongest(&self) -> Grade {
        if self.likeness.of_heavier >= SAME_SENTENCE { Grade::Excludes } else { Grade::Differs }
    }

    /// The same pair with its sides changed.
    fn turned(&self) -> Self {
        Pair { left: self.right, right: self.left, likeness: self.likeness }
    }
}

impl Apart {
    fn turned(self) -> Self {
        Self { left: self.right, right: self.left, grade: self.grade }
    }
}

#[cfg(test)]
mod tests;
