//! Related: stories that are near each other and yet not one.
//!
//! A follow-up that is kept apart, another case of the same kind at the same place. What linkage
//! leaves between its groups says how near they are; the two texts that are nearest say by which words.

use std::cmp::Reverse;

use headwater_page::{Place, Span};
use rustc_hash::FxHashMap;

use super::linkage::Linked;
use super::near::{Compared, Edge};
use super::vector;
use super::{Common, Related};
use crate::article::ArticleIx;
use crate::evidence::Evidence;
use crate::par;

/// Mean nearness from which two stories are related, per mille.
///
/// Swept from 1 to 120 on giveme5w1h, of whose 89 stories 40 are parts of an event that another holds
/// the rest of. 50 finds such a part for 18 of them, as 30 does, and 20 of its 44 relations lie inside
/// one event; of the others most are of one war or one crisis. 60 loses 4 of the 18. From 40 to 60
/// the others are mostly of one kind alone (two accidents, two launches), below 40 nearly all.
const RELATED: u32 = 50;

/// How many related stories are kept of each, the nearest.
const N_RELATED: usize = 3;

/// How many common words are shown.
const N_WORDS: usize = 4;

/// What is known of the texts once they are grouped.
pub(super) struct Found<'a, F> {
    pub(super) evidence: Evidence<'a>,
    pub(super) compared: &'a [Compared],
    pub(super) edges: &'a [Edge],
    /// The article that stands for a text.
    pub(super) longest: F,
}

/// Two stories (left before right) that are related, and their nearest texts.
type Nearest = FxHashMap<(u32, u32), Edge>;

/// Where the terms that are shown stand: by text and term.
type Places = FxHashMap<(u32, u32), Place>;

impl<F: Fn(u32) -> ArticleIx + Sync> Found<'_, F> {
    /// For each story those related to it. `number` has the story of each group.
    ///
    /// Cost: the edges, and what is read of two articles for each pair that is kept.
    pub(super) fn related(&self, linked: &Linked, number: &[u32]) -> Vec<Vec<Related>> {
        let between = linked
            .between
            .iter()
            .map(|&(left, right, near)| (number[left as usize], number[right as usize], near));
        let kept = nearest(number.len(), between);
        let nearest = self.texts(linked, number, &kept);
        let words = |&(_, left, right): &Edge| {
            let of = |text: u32| &self.compared[text as usize].vector;
            of(left).common(of(right), N_WORDS)
        };
        let words = nearest.iter().map(|(&pair, edge)| (pair, words(edge)));
        let words = words.collect::<FxHashMap<(u32, u32), Vec<u32>>>();
        let places = self.places(&nearest, &words);
        let related = |here: u32, &(Reverse(near), there): &(Reverse<u32>, u32)| {
            let pair = (here.min(there), here.max(there));
            let (_, left, right) = nearest[&pair];
            let (ours, theirs) = if here < there { (left, right) } else { (right, left) };
            let common = |&term: &u32| {
                let here = *places.get(&(ours, term))?;
                Some(Common { here, there: *places.get(&(theirs, term))? })
            };
            Related { story: there, near, words: words[&pair].iter().filter_map(common).collect() }
        };
        let of_story = |(here, kept): (u32, &Vec<_>)| {
            kept.iter().map(|it| related(here, it)).collect::<Vec<_>>()
        };
        (0..).zip(&kept).map(of_story).collect()
    }

    /// The nearest texts of each pair of stories that is kept on either side; the first of equals.
    /// Each as nearness, the text of the left story, the text of the right one.
    fn texts(&self, linked: &Linked, number: &[u32], kept: &[Vec<(Reverse<u32>, u32)>]) -> Nearest {
        let mut story = vec![0; self.compared.len()];
        for (group, &number) in linked.groups.iter().zip(number) {
            for &text in group {
                story[text as usize] = number;
            }
        }
        let mut nearest = Nearest::default();
        for (here, kept) in (0..).zip(kept) {
            nearest.extend(kept.iter().map(|&(_, it)| ((it.min(here), it.max(here)), (0, 0, 0))));
        }
        for &(left, right, near) in self.edges {
            let of = (story[left as usize], story[right as usize]);
            let (pair, texts) =
                if of.0 < of.1 { (of, (left, right)) } else { ((of.1, of.0), (right, left)) };
            if let Some(held) = nearest.get_mut(&pair).filter(|held| held.0 < near) {
                *held = (near, texts.0, texts.1);
            }
        }
        nearest
    }

    /// Where the words of each pair stand. A text is read once, however many are related to it.
    fn places(&self, nearest: &Nearest, words: &FxHashMap<(u32, u32), Vec<u32>>) -> Places {
        let mut wanted = FxHashMap::<u32, Vec<u32>>::default();
        for (pair, &(_, left, right)) in nearest {
            for text in [left, right] {
                wanted.entry(text).or_default().extend(&words[pair]);
            }
        }
        let mut wanted = wanted.into_iter().collect::<Vec<_>>();
        wanted.sort_unstable_by_key(|&(text, _)| text);
        let found = par::map(&wanted, |(text, terms)| {
            let article = (self.longest)(*text);
            let place = |span: Span| self.evidence.place(article, span);
            let spans = vector::places(self.evidence, article, terms);
            let places = terms.iter().zip(spans);
            places
                .filter_map(|(&term, span)| Some(((*text, term), place(span?))))
                .collect::<Vec<_>>()
        });
        found.into_iter().flatten().collect()
    }
}

/// For each of `n` stories the nearest few, the nearest first, by number among equals.
fn nearest(n: usize, between: impl Iterator<Item = Edge>) -> Vec<Vec<(Reverse<u32>, u32)>> {
    let mut kept = vec![Vec::new(); n];
    for (left, right, near) in between.filter(|&(.., near)| near >= RELATED) {
        kept[left as usize].push((Reverse(near), right));
        kept[right as usize].push((Reverse(near), left));
    }
    for kept in &mut kept {
        kept.sort_unstable();
        kept.truncate(N_RELATED);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_few_are_kept_and_the_first_of_equals() {
        let between = [(0, 1, 70), (0, 2, 90), (0, 3, 70), (0, 4, 70), (3, 4, RELATED - 1)];
        let kept = nearest(5, between.into_iter());
        let numbers = |story: usize| kept[story].iter().map(|it| it.1).collect::<Vec<_>>();
        assert_eq!(numbers(0), [2, 1, 3]);
        assert_eq!((numbers(3), numbers(4)), (vec![0], vec![0]));
    }
}
