//! Doubt: why two roots may be one, or one may be none, and what would settle it.

use super::lead::Unsure;
use super::voice::{Sameness, Voice};
use super::{Carried, Doubt, Effect, Of, Root, RootKind};
use crate::article::ArticleIx;
use crate::name::SourceKind;

/// The doubts about `roots`, in their order. One root alone leaves nothing to doubt.
pub(super) fn doubts(
    carried: Carried<'_>,
    roots: &[(Root, Option<Unsure>)],
    voices: &[Voice],
) -> Vec<Doubt> {
    if roots.len() < 2 {
        return Vec::new();
    }
    // A report that nobody names may be the first named one, or the first root of any kind.
    let named = |(root, unsure): &(Root, Option<Unsure>)| {
        root.kind == RootKind::Newsroom && *unsure != Some(Unsure::WhichReport)
    };
    let first = roots.iter().position(named).unwrap_or(0);
    let is_act = |(root, unsure): &(Root, Option<Unsure>)| {
        root.kind == RootKind::PublicAct && unsure.is_none()
    };
    let first_act = roots.iter().position(is_act);
    let doubt = |(ix, (root, unsure)): (usize, &(Root, Option<Unsure>))| {
        let of = name(carried, root.of);
        // Who speaks in public of one thing may speak of one act: a minister and her ministry.
        let other_act = first_act.filter(|&act| act < ix && root.kind == RootKind::PublicAct);
        let other_act = other_act.filter(|&act| {
            let other = (0..ix).filter(|&other| roots[other].0.kind == RootKind::PublicAct);
            let apart = |other: usize| voices[other].sameness(&voices[ix]) == Sameness::Apart;
            act < ix && other.into_iter().any(|other| !apart(other))
        });
        if let (None, Some(act)) = (unsure, other_act) {
            let why = format!("{of} and {} may speak of one act", name(carried, roots[act].0.of));
            let settles = "when and where each of them spoke".to_owned();
            let (roots, places) = (vec![act as u32, ix as u32], root.places.clone());
            return Some(Doubt { effect: Effect::Join, roots, why, settles, places });
        }
        // Several people who speak to one newsroom are one origin, whatever it calls each of them.
        let heard = |(act, (other, _)): &(usize, &(Root, Option<Unsure>))| {
            let of = |article: &ArticleIx| carried.newsrooms.of(*article).of;
            other.kind == RootKind::PublicAct
                && root.kind == RootKind::Newsroom
                && *act < ix
                && other.carried_by.iter().all(|article| of(article) == root.of)
        };
        if let (None, Some((act, (other, _)))) = (unsure, roots.iter().enumerate().find(heard)) {
            let why = format!("only {of} carries what {} said", name(carried, other.of));
            let settles =
                format!("whether {} said it to {of} or in public", name(carried, other.of));
            let (roots, places) = (vec![act as u32, ix as u32], other.places.clone());
            return Some(Doubt { effect: Effect::Join, roots, why, settles, places });
        }
        if let (None, Some(other)) = (unsure, described(carried, roots, ix)) {
            let other_name = name(carried, roots[other].0.of);
            let why = format!("\u{201c}{of}\u{201d} may be what {other_name} reports");
            let settles = format!("who read \u{201c}{of}\u{201d}");
            let (roots, places) = (vec![other as u32, ix as u32], root.places.clone());
            return Some(Doubt { effect: Effect::Join, roots, why, settles, places });
        }
        let unsure = (*unsure)?;
        let (effect, joined, why, settles) = match unsure {
            Unsure::WhichReport if ix == first => return None,
            // Joined to one that counts for nothing it would count for both.
            Unsure::WhichReport if roots[first].1.is_some() && roots[0].1.is_none() => (
                Effect::Drop,
                vec![ix as u32],
                format!("\u{201c}{of}\u{201d} is not named and does not say how it knows"),
                format!("the name of \u{201c}{of}\u{201d}"),
            ),
            Unsure::WhichReport => {
                let other = name(carried, roots[first].0.of);
                let why = format!("\u{201c}{of}\u{201d} is not named and may be {other}");
                (
                    Effect::Join,
                    vec![first as u32, ix as u32],
                    why,
                    format!("the name of \u{201c}{of}\u{201d}"),
                )
            }
            Unsure::NoSource => (
                Effect::Drop,
                vec![ix as u32],
                format!("{of} shows no source"),
                format!("where {of} has it from"),
            ),
            Unsure::OwnVoice => (
                Effect::Drop,
                vec![ix as u32],
                format!("the page says so in its own voice; {of} stands behind the story"),
                format!("whether {of} says so"),
            ),
            Unsure::NotFromWhom => (
                Effect::Drop,
                vec![ix as u32],
                format!("{of} does not say from whom it has this"),
                format!("from whom {of} has this"),
            ),
            Unsure::WhichAct => (
                Effect::Drop,
                vec![ix as u32],
                format!("{of} may have it from what was said in public"),
                format!("how {of} knows"),
            ),
            Unsure::OtherWords => (
                Effect::Drop,
                vec![ix as u32],
                format!("what {of} stands behind may be another point"),
                "whether these words state the claim".to_owned(),
            ),
            Unsure::WhosePeople => (
                Effect::Drop,
                vec![ix as u32],
                "the page does not say to whom these people spoke".to_owned(),
                "who heard them".to_owned(),
            ),
        };
        Some(Doubt { effect, roots: joined, why, settles, places: root.places.clone() })
    };
    roots.iter().enumerate().filter_map(doubt).collect()
}

/// The report through which every page that rests on a document may have it: pages that show one and
/// the other beside it do not say who read the document, and "the paper" may be the report itself.
fn described(
    carried: Carried<'_>,
    roots: &[(Root, Option<Unsure>)],
    document: usize,
) -> Option<usize> {
    let (root, _) = &roots[document];
    let is_document = |of| match of {
        Of::Source(source) => carried.evidence.source(source).kind == SourceKind::Document,
        Of::Article(_) => false,
    };
    if root.kind != RootKind::PublicAct || !is_document(root.of) {
        return None;
    }
    let reports = |(other, unsure): &(Root, Option<Unsure>)| {
        let own = |ix: &ArticleIx| carried.newsrooms.of(*ix).of == other.of;
        let shows = |ix: &ArticleIx| other.carried_by.binary_search(ix).is_ok() && !own(ix);
        other.kind == RootKind::Newsroom && unsure.is_none() && root.carried_by.iter().all(shows)
    };
    roots.iter().position(reports)
}

/// How people would call whom a root belongs to.
fn name(carried: Carried<'_>, of: Of) -> String {
    match of {
        Of::Source(source) => carried.evidence.source(source).name.clone(),
        Of::Article(_) => "a newsroom without a name".to_owned(),
    }
}
