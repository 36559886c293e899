//! Ground: from newsrooms that only relay to those that have it themselves.

use super::lead::Lead;
use super::{Carried, Of, RootKind};

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
    grounds.into_iter().map(|of| Lead { of, places: lead.places.clone(), ..lead }).collect()
}

/// The newsrooms from which `of` has it, in no order; itself if it does not only relay.
fn ground(carried: Carried<'_>, of: Of, seen: &mut Vec<Of>, grounds: &mut Vec<Of>) {
    if seen.contains(&of) {
        return;
    }
    seen.push(of);
    let held = carried.newsrooms.articles(of);
    if held.is_empty() || held.iter().any(|&ix| !carried.newsrooms.of(ix).relays()) {
        grounds.push(of);
        return;
    }
    for &ix in held {
        for report in &carried.newsrooms.of(ix).reports {
            let report = &carried.evidence.marks(ix).citations[report.ix()];
            if let Some(source) = carried.newsrooms.cited(carried.evidence, ix, report) {
                ground(carried, Of::Source(source), seen, grounds);
            }
        }
    }
}
