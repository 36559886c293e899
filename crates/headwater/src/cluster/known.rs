//! Known: what clustering found before more pages came.
//!
//! A text that is as it was keeps its vector; if nobody came or went among the holders of its weightiest
//! terms, it keeps whom it was compared with; a part whose edges are as they were keeps its groups. What
//! is kept is what would be found anew, so that no answer shows what was known.

use rustc_hash::FxHashMap;

use super::linkage::Grouped;
use super::near::{Before, Compared, Met};
use super::vector::Vector;
use crate::article::ArticleIx;

/// What clustering found, by the articles that stand for texts.
#[derive(Debug, Default)]
pub struct Known {
    texts: FxHashMap<ArticleIx, Text>,
    /// Vectors of those whose articles are no longer there.
    gone: Vec<Vector>,
    pub(super) grouped: Grouped,
}

/// One text as it was.
#[derive(Debug)]
struct Text {
    /// Its first article, which says where it stands among texts of one day.
    first: ArticleIx,
    compared: Compared,
    /// Whom it was compared with, by the articles that stand for them, and the cosine.
    met: Vec<(ArticleIx, u32)>,
}

/// How much clustering had to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Work {
    /// Texts that were read.
    pub read: usize,
    /// Texts that were compared with others.
    pub compared: usize,
    /// Parts that were linked, of those that hold more than one text.
    pub linked: usize,
}

impl Known {
    /// The same, where articles have new numbers; `now` has none for those that are no longer there.
    #[must_use]
    pub fn renumbered(self, now: impl Fn(ArticleIx) -> Option<ArticleIx>) -> Self {
        let Self { texts, mut gone, grouped } = self;
        let mut kept = FxHashMap::default();
        for (ix, Text { first, compared, met }) in texts {
            let Some((ix, first)) = now(ix).zip(now(first)) else {
                gone.push(compared.vector);
                continue;
            };
            // Who is no longer there is missed by all that met it, for they share its terms.
            let met = met.into_iter().filter_map(|(ix, cosine)| Some((now(ix)?, cosine))).collect();
            kept.insert(ix, Text { first, compared, met });
        }
        Self { texts: kept, gone, grouped }
    }

    /// The vector of the text that `article` stands for, if it is known.
    pub(super) fn vector(&self, article: ArticleIx) -> Option<&Vector> {
        self.texts.get(&article).map(|text| &text.compared.vector)
    }

    /// What is known of the texts that `standing` stand for: of each, whom it met, if it stands where it
    /// stood; and what those held that do not. Forgets all but the groups.
    pub(super) fn before(&mut self, standing: &[Standing], compared: &[Compared]) -> Before {
        let mut number = FxHashMap::default();
        number.extend((0_u32..).zip(standing).map(|(text, standing)| (standing.by, text)));
        let mut gone = std::mem::take(&mut self.gone);
        let mut known = |(standing, compared): (&Standing, &Compared)| {
            let Text { first, compared: was, met } = self.texts.remove(&standing.by)?;
            if first != standing.first || was.day != compared.day {
                gone.push(was.vector);
                return None;
            }
            let met = met.into_iter().filter_map(|(ix, cosine)| Some((*number.get(&ix)?, cosine)));
            Some(met.collect())
        };
        let met = standing.iter().zip(compared).map(&mut known).collect();
        let rest = std::mem::take(&mut self.texts).into_values();
        gone.extend(rest.map(|text| text.compared.vector));
        Before { met, gone }
    }

    /// Keeps what was found.
    pub(super) fn keep(&mut self, standing: &[Standing], compared: Vec<Compared>, met: Vec<Met>) {
        let by = |text: u32| standing[text as usize].by;
        let texts = standing.iter().zip(compared).zip(met);
        self.texts.extend(texts.map(|((standing, compared), met)| {
            let met = met.into_iter().map(|(text, cosine)| (by(text), cosine)).collect();
            (standing.by, Text { first: standing.first, compared, met })
        }));
    }
}

/// The articles that stand for a text.
pub(super) struct Standing {
    /// The one that is read.
    pub(super) by: ArticleIx,
    /// Its first.
    pub(super) first: ArticleIx,
}
