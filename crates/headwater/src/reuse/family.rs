//! Family: passages that are tied to each other by what they share, directly or through others.

use headwater_page::Span;

use super::bare::Shared;
use crate::sets::Sets;

/// A passage of a family: a text and its bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Member {
    /// Number of the text.
    pub text: u32,
    /// Bytes of it.
    pub span: Span,
}

/// Passages that are tied to each other; at least two.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Family {
    /// In order of text, then place.
    pub members: Vec<Member>,
    /// Which member stands for all: the longest; of equals the first.
    pub representative: usize,
}

/// The families of the passages that texts share, in order of their first members. Two passages of
/// one text are one if they have half of the shorter one in common.
///
/// Cost: sorting the passages. After: the clusters of passim (Smith et al. 2014).
pub fn families(shared: &[Shared]) -> Vec<Family> {
    let kinship = Kinship::new(shared);
    let groups = kinship.groups.iter().filter(|group| group.len() > 1);
    groups.map(|group| family(group.iter().map(|&ix| kinship.members[ix]).collect())).collect()
}

/// Which passages are tied to each other.
#[derive(Debug)]
pub(super) struct Kinship {
    /// All passages, in order of text, then place.
    pub(super) members: Vec<Member>,
    /// For each of `shared` its sides as members.
    pub(super) of: Vec<[usize; 2]>,
    /// Numbers of the members of each family, in order of the first.
    groups: Vec<Vec<usize>>,
}

impl Kinship {
    pub(super) fn new(shared: &[Shared]) -> Self {
        let sides = shared.iter().enumerate().flat_map(|(ix, shared)| {
            let side = |text, span, at| (Member { text, span }, (ix, at));
            [side(shared.left, shared.left_span, 0), side(shared.right, shared.right_span, 1)]
        });
        let mut sides = sides.collect::<Vec<_>>();
        sides.sort_unstable();
        let mut members: Vec<Member> = Vec::new();
        let mut of = vec![[0; 2]; shared.len()];
        for (side, (ix, at)) in sides {
            match members.last_mut() {
                Some(last) if is_one(*last, side) => last.span = last.span.hull(side.span),
                _ => members.push(side),
            }
            of[ix][at] = members.len() - 1;
        }
        let mut sets = Sets::new(members.len());
        for [one, other] in &of {
            sets.join(*one, *other);
        }
        Self { members, of, groups: sets.groups() }
    }

    /// For each family the numbers of its rows of `shared`, in order of their first members.
    pub(super) fn rows(&self) -> Vec<Vec<usize>> {
        let mut family = vec![0; self.members.len()];
        for (ix, group) in self.groups.iter().enumerate() {
            for &member in group {
                family[member] = ix;
            }
        }
        let mut rows = vec![Vec::new(); self.groups.len()];
        for (row, [one, _]) in self.of.iter().enumerate() {
            rows[family[*one]].push(row);
        }
        rows.retain(|rows: &Vec<usize>| !rows.is_empty());
        rows
    }
}

fn family(members: Vec<Member>) -> Family {
    let by_length = |ix: &usize| (members[*ix].span.len(), std::cmp::Reverse(*ix));
    let representative = (0..members.len()).max_by_key(by_length).unwrap_or(0);
    Family { members, representative }
}

/// Whether two passages of one text have half of the shorter one in common.
fn is_one(last: Member, next: Member) -> bool {
    let common = last.span.intersect(next.span).map_or(0, Span::len);
    last.text == next.text && common * 2 >= last.span.len().min(next.span.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(left: (u32, u32, u32), right: (u32, u32, u32)) -> Shared {
        let span = |side: (u32, u32, u32)| Span { start: side.1, end: side.2 };
        Shared {
            left: left.0,
            right: right.0,
            left_span: span(left),
            right_span: span(right),
            n_words: 20,
        }
    }

    #[test]
    fn a_chain_of_copies_is_one_family_and_another_passage_is_not() {
        let found = families(&[
            shared((0, 0, 100), (1, 50, 160)),
            shared((1, 60, 155), (2, 0, 95)),
            shared((1, 300, 400), (3, 0, 100)),
        ]);
        let texts = |family: &Family| family.members.iter().map(|m| m.text).collect::<Vec<_>>();
        assert_eq!(found.iter().map(texts).collect::<Vec<_>>(), [vec![0, 1, 2], vec![1, 3]]);
        assert_eq!(found[0].members[1].span, Span { start: 50, end: 160 });
        assert_eq!(found.iter().map(|family| family.representative).collect::<Vec<_>>(), [1, 0]);
    }
}
