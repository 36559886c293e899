//! Origin: where a story or a claim comes from in the end, and how many there are.
//!
//! An origin is a public act (statement, post, filing, document, speech: one, however many pages
//! carry it) or a newsroom's own first-hand reporting (one per newsroom). Copies, versions,
//! excerpts, rewrites and citations add nothing. The count is a range: `most` keeps every doubtful
//! case apart, `least` is what is left when all doubts apply.

mod doubt;
mod ground;
mod lead;
mod lean;
mod part;
mod said;
mod voice;

use headwater_page::Place;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::ArticleIx;
use crate::evidence::Evidence;
use crate::newsroom::Newsrooms;
pub use crate::newsroom::Of;
use crate::sets::Sets;
use doubt::doubts;
use ground::{borrowed, grounded};
use lead::{Lead, Unsure, attributed, public_act, unattributed};
use lean::leaning;
pub use said::Said;
use voice::{Sameness, Voice};

/// What a root is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RootKind {
    /// Said, filed or posted in public: one act, however many heard it.
    PublicAct,
    /// A newsroom's own reporting: people who spoke to it, named or not, or its own eyes.
    Newsroom,
}

/// One origin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Root {
    /// Whose.
    pub of: Of,
    /// What it is.
    pub kind: RootKind,
    /// Whether it rests on unnamed people only.
    pub unnamed: bool,
    /// Whether it counts in `least`: no doubt drops it.
    pub sure: bool,
    /// The articles that rest on it, in order.
    pub carried_by: Vec<ArticleIx>,
    /// The words that show it.
    pub places: Vec<Place>,
}

/// What a doubt would do to the count if it applied.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Effect {
    /// The root is no origin of its own.
    Drop,
    /// The roots are one.
    Join,
}

/// Why the count may be lower.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Doubt {
    /// What it would do.
    pub effect: Effect,
    /// Indices of the roots it concerns: one to drop, or those to join.
    pub roots: Vec<u32>,
    /// A lower-case fragment for people.
    pub why: String,
    /// What would settle it: a lower-case fragment.
    pub settles: String,
    /// The words that raise it.
    pub places: Vec<Place>,
}

/// On how many independent origins something rests.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Origins {
    /// With every doubt applied; at least 1.
    pub least: u32,
    /// With no doubt applied: the number of roots.
    pub most: u32,
    /// How many roots rest on unnamed people only; they may be the same people.
    pub n_unnamed: u32,
    /// The roots, sure ones first.
    pub roots: Vec<Root>,
    /// The doubts.
    pub doubts: Vec<Doubt>,
    /// No stating page shows a source: nobody says how they know.
    pub unsourced: bool,
}

/// What weighing needs to know of a story.
#[derive(Clone, Copy, Debug)]
pub struct Carried<'a> {
    /// All that was found.
    pub evidence: Evidence<'a>,
    /// Whose reporting each article of the story is.
    pub newsrooms: &'a Newsrooms,
    /// Who said what in it.
    pub said: &'a Said<'a>,
}

/// One statement of an article that is in the story: article, index in its marks.
pub type StatementAt = (ArticleIx, u32);

/// The origins of what `statings` state. Each is followed up by itself: to the report it credits, to
/// the people behind it, to the public act; what leads to one root is one origin. What only `loose`
/// statements (a part of `statings`) lead to is doubtful: they may say something else.
pub fn weigh(carried: Carried<'_>, statings: &[StatementAt], loose: &[StatementAt]) -> Origins {
    let mut leads = Vec::new();
    for &stating in statings {
        leads.extend(attributed(carried, stating));
    }
    // A deed done in public is its own origin: whoever reports it without a source reports the deed.
    leads.extend(public_act(carried, statings));
    let mut led = leads.iter().map(|lead| lead.stating).collect::<FxHashSet<_>>();
    let voiced = statings.iter().copied().filter(|it| led.insert(*it)).collect::<Vec<_>>();
    let voiced = untold(carried, &leads, (statings, voiced));
    let rooms = leads.iter().map(|lead| lead.of).collect::<FxHashSet<_>>();
    let leaning = leaning(carried, &voiced, &rooms, &own(carried, statings));
    leads.extend(voiced.iter().map(|&stating| unattributed(carried, stating, &leaning)));
    let loose = loose.iter().collect::<FxHashSet<_>>();
    for lead in leads.iter_mut().filter(|lead| loose.contains(&lead.stating)) {
        lead.doubt = lead.doubt.or(Some(Unsure::OtherWords));
    }
    let leads = leads.into_iter().map(|lead| borrowed(carried, lead));
    let leads = leads.flat_map(|lead| grounded(carried, lead)).collect::<Vec<_>>();
    let unsourced = leads.iter().all(|lead| lead.doubt == Some(Unsure::NoSource));
    count(carried, leads, unsourced)
}

/// Texts to one that leads to a public act, from which on the others need not have it from there. Of
/// 57 labelled ranges 3 were exact no more with 3, none with 6.
const FEW: usize = 6;

/// Those of `voiced` whose text does not have it from what was said or done in public. Where many lead
/// to such an act, it is what all report; where few do, those texts have it from there that name who
/// spoke or acted. (Of a text any page tells, for copies must not change it.)
fn untold(
    carried: Carried<'_>,
    leads: &[Lead],
    (statings, voiced): (&[StatementAt], Vec<StatementAt>),
) -> Vec<StatementAt> {
    let newsrooms = carried.newsrooms;
    let text = |it: &StatementAt| newsrooms.of(it.0).text;
    let texts =
        |all: &mut dyn Iterator<Item = &StatementAt>| all.map(text).collect::<FxHashSet<_>>();
    let is_act = |lead: &&Lead| lead.kind == RootKind::PublicAct;
    let mut told = texts(&mut leads.iter().filter(is_act).map(|lead| &lead.stating));
    if told.is_empty() {
        return voiced;
    }
    if told.len() * FEW > texts(&mut statings.iter()).len() {
        return Vec::new();
    }
    let spoke = leads.iter().filter(is_act).map(|lead| lead.of).collect::<FxHashSet<_>>();
    let names = |ix: ArticleIx| {
        let mut parties = carried.evidence.sources.of_party[ix.ix()].iter();
        parties.any(|&it| spoke.contains(&Of::Source(it)))
    };
    told.extend(voiced.iter().filter(|it| names(it.0)).map(text));
    voiced.into_iter().filter(|it| !told.contains(&text(it))).collect()
}

/// The newsrooms that state it in an article that credits no report: what they state elsewhere,
/// beside a report that they credit for something, is theirs as well.
fn own(carried: Carried<'_>, statings: &[StatementAt]) -> FxHashSet<Of> {
    let rooms = statings.iter().map(|stating| carried.newsrooms.of(stating.0));
    rooms.filter(|room| room.reports.is_empty()).map(|room| room.of).collect()
}

/// Leads to one count: equal roots are one, and a doubt stays where no lead is sure.
fn count(carried: Carried<'_>, leads: Vec<Lead>, unsourced: bool) -> Origins {
    let mut roots = Vec::<(Root, Option<Unsure>)>::new();
    let mut by_report = Vec::new();
    let mut known = FxHashMap::default();
    for lead in leads {
        let Lead { stating, of, kind, unnamed, doubt, heard, places } = lead;
        let ix = *known.entry((kind, of)).or_insert_with(|| {
            let (carried_by, places) = (Vec::new(), Vec::new());
            roots.push((Root { of, kind, unnamed, sure: true, carried_by, places }, doubt));
            by_report.push(true);
            roots.len() - 1
        });
        let (root, unsure) = &mut roots[ix];
        root.unnamed |= unnamed;
        root.carried_by.push(stating.0);
        root.places.extend(places);
        *unsure = unsure.filter(|_| doubt.is_some());
        by_report[ix] &= !heard;
    }
    // A report that does not say how it knows may have it from the act.
    let has_act =
        roots.iter().any(|(root, unsure)| root.kind == RootKind::PublicAct && unsure.is_none());
    for ((root, unsure), by_report) in roots.iter_mut().zip(by_report) {
        if has_act && by_report && !root.unnamed && root.kind == RootKind::Newsroom {
            *unsure = unsure.or(Some(Unsure::WhichAct));
        }
    }
    for (root, _) in &mut roots {
        root.carried_by.sort_unstable();
        root.carried_by.dedup();
        root.places.sort_unstable();
        root.places.dedup();
    }
    roots.sort_by_key(|(root, unsure)| (unsure.is_some(), root.kind, root.places.first().copied()));
    let (roots, voices) = one_voice(carried, roots);
    let doubts = doubts(carried, &roots, &voices);
    let least = least(roots.len(), &doubts);
    let mut roots = roots.into_iter().map(|(root, _)| root).collect::<Vec<_>>();
    for doubt in &doubts {
        // A joined root stays in the count through the one it is joined to.
        let last = doubt.roots[doubt.roots.len() - 1];
        roots[last as usize].sure = false;
    }
    Origins {
        least,
        most: roots.len() as u32,
        n_unnamed: roots.iter().filter(|root| root.unnamed).count() as u32,
        roots,
        doubts,
        unsourced,
    }
}

/// Public acts of one institution are one root: the first of them. With the voice of each root.
fn one_voice(
    carried: Carried<'_>,
    roots: Vec<(Root, Option<Unsure>)>,
) -> (Vec<(Root, Option<Unsure>)>, Vec<Voice>) {
    let mut kept = Vec::<(Root, Option<Unsure>)>::new();
    let mut voices = Vec::<Voice>::new();
    for (root, unsure) in roots {
        let voice = if root.kind == RootKind::PublicAct {
            Voice::of(carried, &root)
        } else {
            Voice::default()
        };
        let one = |at: &usize| {
            let (other, _): &(Root, Option<Unsure>) = &kept[*at];
            other.kind == RootKind::PublicAct
                && root.kind == RootKind::PublicAct
                && voices[*at].sameness(&voice) == Sameness::One
        };
        let Some(at) = (0..kept.len()).find(one) else {
            kept.push((root, unsure));
            voices.push(voice);
            continue;
        };
        let (into, known) = &mut kept[at];
        into.carried_by.extend(root.carried_by);
        into.carried_by.sort_unstable();
        into.carried_by.dedup();
        into.places.extend(root.places);
        into.places.sort_unstable();
        into.places.dedup();
        *known = known.filter(|_| unsure.is_some());
        voices[at].join(voice);
    }
    (kept, voices)
}

/// What is left when all doubts apply.
fn least(n_roots: usize, doubts: &[Doubt]) -> u32 {
    let mut sets = Sets::new(n_roots);
    let mut dropped = FxHashSet::default();
    for doubt in doubts {
        match doubt.effect {
            Effect::Drop => dropped.extend(doubt.roots.iter().copied()),
            Effect::Join => {
                for pair in doubt.roots.windows(2) {
                    sets.join(pair[0] as usize, pair[1] as usize);
                }
            }
        }
    }
    let stands = |group: &&Vec<usize>| group.iter().any(|&root| !dropped.contains(&(root as u32)));
    let left = sets.groups().iter().filter(stands).count() as u32;
    left.max(u32::from(n_roots > 0))
}
