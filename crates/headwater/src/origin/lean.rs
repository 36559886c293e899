//! Lean: on which report a newsroom rests for what it says in its own voice.
//!
//! Of the reports that it credits, one that others credit for this very claim is meant; else one for
//! its story, and of several the one that most newsrooms lean on. All pages of a newsroom rest on
//! one report, so that neither a copy nor the order of pages changes which.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Carried, Of, StatementAt};
use crate::article::ArticleIx;
use crate::citation::{Citation, CitationIx};
use crate::fold;
use crate::source::SourceIx;

/// Whom the newsrooms of a claim rest on.
#[derive(Default)]
pub(super) struct Leaning {
    on: FxHashMap<Of, SourceIx>,
}

/// On whom each newsroom that says `voiced` without a source rests; `leads` are whom other
/// statements lead to. A newsroom that has it without the reports that it credits (`own`) rests on
/// one of `leads` or on nobody. Cost: the reports that the pages credit.
pub(super) fn leaning(
    carried: Carried<'_>,
    voiced: &[StatementAt],
    leads: &FxHashSet<Of>,
    own: &FxHashSet<Of>,
) -> Leaning {
    let mut rooms = FxHashMap::<Of, FxHashSet<ArticleIx>>::default();
    for (ix, _) in voiced {
        rooms.entry(carried.newsrooms.of(*ix).of).or_default().insert(*ix);
    }
    let mut offers = FxHashMap::<Of, FxHashMap<SourceIx, usize>>::default();
    let mut leaning = Leaning::default();
    for (&of, pages) in &rooms {
        let known =
            pages.iter().flat_map(|&ix| reports(carried, ix, &carried.newsrooms.of(ix).reports));
        let known = known.filter(|(source, _)| leads.contains(&Of::Source(*source)));
        if let Some(source) = known.map(|(source, _)| source).min_by_key(|it| name(carried, *it)) {
            leaning.on.insert(of, source);
        } else if !own.contains(&of) {
            let offered = offers.entry(of).or_default();
            for &ix in pages {
                for (source, nth) in reports(carried, ix, &carried.newsrooms.of(ix).leans_on) {
                    let first = offered.entry(source).or_insert(nth);
                    *first = nth.min(*first);
                }
            }
        }
    }
    let mut n_rooms = FxHashMap::<SourceIx, usize>::default();
    for &source in offers.values().flat_map(FxHashMap::keys) {
        *n_rooms.entry(source).or_default() += 1;
    }
    for (of, offered) in offers {
        let rank = |(source, nth): &(SourceIx, usize)| {
            (Reverse(n_rooms[source]), *nth, name(carried, *source), *source)
        };
        let best = offered.into_iter().min_by_key(rank);
        leaning.on.extend(best.map(|(source, _)| (of, source)));
    }
    leaning
}

impl Leaning {
    /// The citation by which an article shows the report that its newsroom rests on; none where only
    /// another page of the newsroom does.
    pub(super) fn shown(&self, carried: Carried<'_>, ix: ArticleIx) -> Option<CitationIx> {
        let room = carried.newsrooms.of(ix);
        let on = *self.on.get(&room.of)?;
        let of = |report: &&CitationIx| source(carried, ix, **report) == Some(on);
        room.leans_on.iter().find(of).or_else(|| room.reports.iter().find(of)).copied()
    }

    /// The report that the newsroom of an article rests on.
    pub(super) fn on(&self, carried: Carried<'_>, ix: ArticleIx) -> Option<SourceIx> {
        self.on.get(&carried.newsrooms.of(ix).of).copied()
    }
}

/// The sources of `citations` of an article, each with its place among them.
fn reports<'a>(
    carried: Carried<'a>,
    ix: ArticleIx,
    citations: &'a [CitationIx],
) -> impl Iterator<Item = (SourceIx, usize)> + 'a {
    let at = citations.iter().enumerate();
    at.filter_map(move |(nth, &report)| Some((source(carried, ix, report)?, nth)))
}

fn source(carried: Carried<'_>, ix: ArticleIx, report: CitationIx) -> Option<SourceIx> {
    let report: &Citation = &carried.evidence.marks(ix).citations[report.ix()];
    carried.newsrooms.cited(carried.evidence, ix, report)
}

fn name(carried: Carried<'_>, source: SourceIx) -> String {
    fold::key(&carried.evidence.source(source).name)
}
