//! Accord: whether two statements say the same thing, and not only speak of the same.
//!
//! Statements that share a claim's words may share no more than what the story is about. So each is
//! held against the wording that stands for the claim: how much of the wording it has, how much of it
//! the wording has, and how much of what they say besides names. Who has less says the same where two
//! others that surely do say the same as it: links to several members, not to one star's centre.
//!
//! After: average linkage over a single star (Aslam, Pelekhov and Rus, "The Star Clustering
//! Algorithm", 2004).

use super::point::{Point, Points};
use super::term::{Kind, both};

/// How much of a claim's wording a statement must share to say the same, per mille.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Bar {
    /// Of the wording.
    wording: u32,
    /// Of the wording or of the statement, whichever is more.
    either: u32,
    /// Of what the one of them that has less says besides names.
    deeds: u32,
}

/// Says so by itself.
///
/// Swept on 59 labelled claims of seven stories, and on some 240 members of the first claims of thirteen
/// others that were read by hand, of which .51 were right when words alone were asked. At 550 of either
/// and 450 of deeds four claims less are found, and two of a hundred members more are right (.83 for
/// .81); at 450 of either the same are found, one more of them twice. What share of the wording is asked
/// (300 to 350) and how many must back a statement (1 to 3) makes no difference.
const SURE: Bar = Bar { wording: 350, either: 475, deeds: 350 };
/// Says so if others that say so say the same as it. At 350 of either and 250 of deeds one labelled
/// claim more is found, and two of a hundred members less are right; 200 of the wording changes nothing.
const BACKED: Bar = Bar { wording: 250, either: 400, deeds: 300 };
/// Two wordings that pass this in both directions stand for one claim. At 450, 550 and 450 a fifth more
/// claims are listed twice, and four of fifty are torn apart so that neither half is found.
const ONE: Bar = Bar { wording: 350, either: 450, deeds: 350 };
/// Least weight of what two statements of one fact share besides names: who says no more of "the
/// firm" and "Panama" than that they are named together says something else. At 200 one labelled claim
/// less is found, at 100 four statements join a claim that are not labelled as its own.
const DEEDS: u32 = 150;
/// How many texts must back a statement. One to three find the same labelled claims.
const N_BACKERS: usize = 2;
/// How many statements a statement is compared with to find them.
const N_BACKING: usize = 24;

/// Whether `member` says what `centre`, the wording of a claim, says.
fn says(points: &Points, (centre, member): (usize, usize), bar: Bar) -> bool {
    if centre == member {
        return true;
    }
    let (centre, member) = (&points[centre], &points[member]);
    let (mut weight, mut deeds) = (0, 0);
    for term in both(&centre.terms, &member.terms) {
        let term = points.terms.get(term);
        weight += term.weight * 1000;
        deeds += if term.kind == Kind::Name { 0 } else { term.weight };
    }
    let (of_centre, of_member) = (weight / centre.weight.max(1), weight / member.weight.max(1));
    of_centre >= bar.wording
        && of_centre.max(of_member) >= bar.either
        && deeds * 1000 >= centre.deeds.min(member.deeds) * bar.deeds
        && deeds >= DEEDS
}

/// Those of `members` that say what `centre` says, in order: by themselves, or since two others that
/// do say the same as they. Cost: the members, each with at most [`N_BACKING`] others.
pub(super) fn saying(points: &Points, centre: usize, members: &[usize]) -> Vec<usize> {
    let is_sure = |ix: &usize| says(points, (centre, *ix), SURE);
    let (mut found, rest) = members.iter().copied().partition::<Vec<_>, _>(is_sure);
    let backing = found.clone();
    let is_backed = |ix: &usize| {
        let others = backing.iter().filter(|&&it| points[it].text != points[*ix].text);
        let others = others.take(N_BACKING).filter(|&&it| says(points, (it, *ix), SURE));
        let mut texts = others.map(|&it| points[it].text).collect::<Vec<_>>();
        texts.sort_unstable();
        texts.dedup();
        texts.len() >= N_BACKERS
    };
    let joining = rest.into_iter().filter(|&ix| joins(points, centre, ix) && is_backed(&ix));
    found.extend(joining);
    found.sort_unstable();
    found
}

/// Whether a statement of a claim that is found to be another one joins that.
pub(super) fn joins(points: &Points, centre: usize, member: usize) -> bool {
    says(points, (centre, member), BACKED)
}

/// Whether two wordings stand for one claim: each says what the other says.
pub(super) fn are_one(points: &Points, one: usize, other: usize) -> bool {
    says(points, (one, other), ONE) && says(points, (other, one), ONE)
}

/// What a wording shares at least with another that stands for its claim.
pub(super) fn least_of_one(wording: &Point) -> u32 {
    (wording.weight * ONE.wording).div_ceil(1000).max(1)
}
