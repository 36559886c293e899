//! Resumption: the sentence by which an article takes up again what it has told, on somebody else's word.
//!
//! "The government said 21 girls were freed. … The girls were released at dawn, a source close to the
//! talks said." Alone, the second says next to nothing; behind the first, it states the claim, and shows
//! that the newsroom has it from somebody besides. So it is sought only in articles that state the claim,
//! and asked for little: that it opens with what is known already and that the claim's own deed is told
//! of that.
//!
//! After: definite descriptions as anaphora (Heim 1982), as far as words alone tell.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Stance;
use super::lineup::{Sides, Stand};
use super::point::{Point, Points};
use crate::article::ArticleIx;
use crate::citation::How;
use crate::difference::{OfKnown, Side};
use crate::name::Unnamed;
use crate::origin::{Carried, StatementAt};
use crate::source::SourceIx;
use crate::statement::{Modality, Polarity};

/// The sentences of a story that may take something up again, by article, in order, each with what it
/// says of what is known.
pub(super) struct Resumptions(FxHashMap<ArticleIx, Vec<Resumption>>);

/// One of them.
struct Resumption {
    point: usize,
    said: OfKnown,
    /// Whether it rests on people whom nobody names.
    unnamed: bool,
}

impl Resumptions {
    /// Those of `points`. Cost: the statements.
    pub(super) fn new(carried: Carried<'_>, points: &Points, sides: &Sides<'_>) -> Self {
        let mut found = FxHashMap::<ArticleIx, Vec<_>>::default();
        for (point, known) in points.all.iter().enumerate() {
            if let Some(resumption) = resumption(carried, (point, known), sides.side(point)) {
                found.entry(known.at.0).or_default().push(resumption);
            }
        }
        Self(found)
    }

    /// Those that take up the claim which `stands` make, on the word of somebody
    /// whom the article's own statements of it do not credit; in order.
    pub(super) fn of(
        &self,
        carried: Carried<'_>,
        points: &Points,
        sides: &Sides<'_>,
        stands: &[Stand],
    ) -> Vec<usize> {
        let stand_at = stands.iter().map(|stand| stand.point).collect::<FxHashSet<_>>();
        let mut told = FxHashMap::<ArticleIx, Told>::default();
        let (mut namers, mut tellers) = (Vec::new(), Vec::new());
        for stand in stands.iter().filter(|stand| stand.stance == Stance::Affirms) {
            let (ix, at) = points[stand.point].at;
            let side = sides.side(stand.point);
            let text = points[stand.point].text;
            tellers.extend(side.deeds().map(|key| (key, text)));
            namers.extend(side.keys_but_agents().map(|key| (key, text)));
            let told = told.entry(ix).or_default();
            told.at.push(at);
            told.points.push(stand.point);
            told.keys.extend(side.keys_but_agents());
            told.by.extend(sources(carried, (ix, at)));
        }
        let several = |mut of: Vec<(u64, usize)>| {
            of.sort_unstable();
            of.dedup();
            let several = of.windows(2).filter(|pair| pair[0].0 == pair[1].0);
            several.map(|pair| pair[0].0).collect::<FxHashSet<_>>()
        };
        let (deeds, things) = (several(tellers), several(namers));
        let mut found = Vec::new();
        for (ix, told) in &told {
            for it in self.0.get(ix).into_iter().flatten() {
                let at = points[it.point].at.1;
                let near = || at > 0 && told.at.contains(&(at - 1));
                let own = told.points.iter().map(|point| sides.side(*point));
                let takes_up = told.at.iter().any(|told| at > *told)
                    // A pronoun means what has just been told.
                    && (!it.said.thing.is_empty() || near())
                    && !stand_at.contains(&it.point)
                    && !sides.side(it.point).is_elsewhere(own)
                    && it.takes_up(&deeds, |key| things.contains(&key) && told.keys.contains(&key))
                    && sources(carried, points[it.point].at).any(|by| !told.by.contains(&by));
                found.extend(takes_up.then_some(it.point));
            }
        }
        found.sort_unstable();
        found
    }
}

impl Resumption {
    /// Whether it tells one of `deeds` of what the words of `told` name. A deed that is only named
    /// ("their release was part of a swap") is known to those alone who speak of how it came about: of
    /// others, who may only welcome it, nobody can tell.
    fn takes_up(&self, deeds: &FxHashSet<u64>, is_told: impl Fn(u64) -> bool) -> bool {
        let OfKnown { thing, named, deed, object } = &self.said;
        let tells = deeds.contains(deed)
            && thing.iter().all(|key| is_told(*key))
            && object.is_none_or(is_told);
        tells || self.unnamed && named.is_some_and(|named| deeds.contains(&named))
    }
}

/// What one article says of a claim.
#[derive(Default)]
struct Told {
    /// Its statements of it, as indices of its marks and as points.
    at: Vec<u32>,
    points: Vec<usize>,
    /// What the words of all of them are compared by.
    keys: FxHashSet<u64>,
    /// Whom it credits for them.
    by: FxHashSet<SourceIx>,
}

/// Whom an article credits for a statement.
fn sources(carried: Carried<'_>, (ix, at): StatementAt) -> impl Iterator<Item = SourceIx> {
    let marks = carried.evidence.marks(ix);
    let credited = marks.statements[at as usize].attributed.iter();
    let cited = credited.map(move |at| &marks.citations[at.ix()]);
    let told = cited.filter(|it| it.how != How::NoComment);
    told.filter_map(move |it| carried.newsrooms.cited(carried.evidence, ix, it))
}

/// What a statement says of what it speaks of as known, if that is a deed that is done and it rests on
/// somebody's word.
fn resumption(
    carried: Carried<'_>,
    (point, known): (usize, &Point),
    side: &Side<'_>,
) -> Option<Resumption> {
    let (ix, at) = known.at;
    let statement = &carried.evidence.marks(ix).statements[at as usize];
    let done = statement.polarity == Polarity::Affirmed && statement.modality == Modality::Done;
    if !done || statement.attributed.is_empty() {
        return None;
    }
    let is_unnamed =
        |source: SourceIx| carried.evidence.source(source).unnamed == Some(Unnamed::People);
    let unnamed = sources(carried, known.at).any(is_unnamed);
    Some(Resumption { point, said: side.of_known()?, unnamed })
}
