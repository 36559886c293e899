//! Ground: from newsrooms that only relay to those that have it themselves.

use super::lead::{Lead, Unsure};
use super::{Carried, Of, RootKind};
use crate::article::ArticleIx;
use crate::name::SourceKind;

/// A lead to a newsroom whose article has the words of the statement from another newsroom's text:
/// to that one. Its officials are those of the text; so are those whom a relay does not explain.
pub(super) fn borrowed(carried: Carried<'_>, lead: Lead) -> Lead {
    let (ix, at) = lead.stating;
    let own = lead.of == carried.newsrooms.of(ix).of;
    let guessed = matches!(lead.doubt, Some(Unsure::WhosePeople | Unsure::OwnVoice));
    if lead.kind != RootKind::Newsroom || !own && !guessed {
        return lead;
    }
    let words = carried.evidence.marks(ix).statements[at as usize].span;
    let of = carried.newsrooms.borrowed(ix, words).unwrap_or(lead.of);
    Lead { of, ..lead }
}

/// A lead followed up through newsrooms of the story that only relay: to the reports that they
/// credit. Newsrooms that credit one another in a ring are one, whichever of them began it.
pub(super) fn grounded(carried: Carried<'_>, lead: Lead) -> Vec<Lead> {
    if lead.kind != RootKind::Newsroom {
        return vec![lead];
    }
    let mut seen = Vec::new();
    let mut grounds = Vec::new();
    ground(carried, lead.of, &mut seen, &mut grounds);
    if grounds.is_empty() {
        // A ring: its first newsroom stands for all.
        let ring = seen.iter().copied().min().unwrap_or(lead.of);
        return vec![Lead { of: ring, ..lead }];
    }
    grounds.sort_unstable();
    grounds.dedup();
    let ground = |of| {
        let doubt = lead.doubt.or_else(|| is_nameless(carried, of).then_some(Unsure::WhichReport));
        Lead { of, places: lead.places.clone(), doubt, ..lead }
    };
    grounds.into_iter().map(ground).collect()
}

/// Whether an origin is a report that nobody names.
fn is_nameless(carried: Carried<'_>, of: Of) -> bool {
    matches!(of, Of::Source(source)
        if carried.evidence.source(source).kind == SourceKind::Unnamed)
}

/// The newsrooms from which `of` has it, in no order; itself if it does not only relay.
fn ground(carried: Carried<'_>, of: Of, seen: &mut Vec<Of>, grounds: &mut Vec<Of>) {
    if seen.contains(&of) {
        return;
    }
    seen.push(of);
    let held = carried.newsrooms.articles(of);
    let has_it = |&ix: &ArticleIx| {
        let room = carried.newsrooms.of(ix);
        !room.relays() || room.leans_on.is_empty()
    };
    if held.is_empty() || held.iter().any(has_it) {
        grounds.push(of);
        return;
    }
    for &ix in held {
        for report in &carried.newsrooms.of(ix).leans_on {
            let report = &carried.evidence.marks(ix).citations[report.ix()];
            if let Some(source) = carried.newsrooms.cited(carried.evidence, ix, report) {
                ground(carried, Of::Source(source), seen, grounds);
            }
        }
    }
}
