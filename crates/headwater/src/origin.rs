//! Origin: where a story or a claim comes from in the end, and how many there are.
//!
//! An origin is a public act (statement, post, filing, document, speech: one, however many pages
//! carry it) or a newsroom's own first-hand reporting (one per newsroom). Copies, versions,
//! excerpts, rewrites and citations add nothing. The count is a range: `most` keeps every doubtful
//! case apart, `least` is what is left when all doubts apply.

use headwater_page::{Place, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::ArticleIx;
use crate::citation::{Citation, CitationIx, How};
use crate::evidence::Evidence;
use crate::fold;
use crate::marks::Marks;
use crate::name::{PartyIx, SourceKind, Unnamed};
pub use crate::newsroom::Of;
use crate::newsroom::{self, Newsrooms};
use crate::quote::{Form, Quote};
use crate::sets::Sets;
use crate::source::SourceIx;
use crate::term;
use crate::utterance::Utterance;

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
    pub utterances: &'a [Utterance],
}

/// One statement of an article that is in the story: article, index in its marks.
pub type StatementAt = (ArticleIx, u32);

/// The origins of what `statings` state. Each is followed up by itself: to the report it credits, to
/// the people behind it, to the public act; what leads to one root is one origin.
pub fn weigh(carried: Carried<'_>, statings: &[StatementAt]) -> Origins {
    let mut leads = Vec::new();
    for &stating in statings {
        leads.extend(attributed(carried, stating));
    }
    // A deed done in public is its own origin: whoever reports it without a source reports the deed.
    let act = public_act(carried, statings);
    let has_act = act.is_some() || leads.iter().any(|lead| lead.kind == RootKind::PublicAct);
    leads.extend(act);
    for &stating in statings {
        if !leads.iter().any(|lead| lead.stating == stating) && !has_act {
            let lead = unattributed(carried, stating, &leads);
            leads.extend(lead);
        }
    }
    let leads = leads.into_iter().flat_map(|lead| grounded(carried, lead)).collect::<Vec<_>>();
    let unsourced = leads.iter().all(|lead| lead.doubt == Some(Unsure::NoSource));
    count(carried, leads, unsourced)
}

/// A lead followed up through newsrooms of the story that only relay: to the reports that they
/// credit. Newsrooms that credit one another in a ring are one, whichever of them began it.
fn grounded(carried: Carried<'_>, lead: Lead) -> Vec<Lead> {
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
    let mut held = carried.newsrooms.articles().collect::<Vec<_>>();
    held.retain(|&ix| carried.newsrooms.of(ix).of == of);
    held.sort_unstable();
    if held.is_empty() || held.iter().any(|&ix| !carried.newsrooms.of(ix).relays()) {
        grounds.push(of);
        return;
    }
    for ix in held {
        for report in &carried.newsrooms.of(ix).reports {
            let report = &carried.evidence.marks(ix).citations[report.ix()];
            if let Some(source) = carried.newsrooms.cited(carried.evidence, ix, report) {
                ground(carried, Of::Source(source), seen, grounds);
            }
        }
    }
}

/// One way up from one statement.
struct Lead {
    stating: StatementAt,
    of: Of,
    kind: RootKind,
    unnamed: bool,
    doubt: Option<Unsure>,
    places: Vec<Place>,
}

/// Why a lead may be no origin of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Unsure {
    /// The article shows no source at all.
    NoSource,
    /// The article says it in its own voice, and credits a report for the story.
    OwnVoice,
    /// People whom nobody names, in an article that credits a report for the story.
    WhosePeople,
    /// A report that nobody names.
    WhichReport,
}

/// Where the words that attribute a statement lead.
fn attributed(carried: Carried<'_>, stating: StatementAt) -> Vec<Lead> {
    let (ix, at) = stating;
    let marks = carried.evidence.marks(ix);
    let spoken_for = spoken_for(carried.evidence, ix, at);
    let citations = &marks.statements[spoken_for as usize].attributed;
    let of = |citation: &CitationIx| &marks.citations[citation.ix()];
    // All of the article's: "the Post reported that an official confirmed that" points back.
    let reports = marks.citations.iter().filter(|c| is_report(carried, ix, c));
    let reports = reports.collect::<Vec<_>>();
    let mut leads = Vec::new();
    for citation in citations {
        let cited = of(citation);
        // What somebody wants or believes is not what they said of the matter.
        let thought = |quote: &Quote| quote.form == Form::Thought && quote.cue == Some(cited.cue);
        if marks.quotes.iter().any(thought) {
            continue;
        }
        let lead = match through(marks, &reports, cited) {
            Some(report) => reported(carried, stating, report, Some(cited)),
            None if is_report(carried, ix, cited) => reported(carried, stating, cited, None),
            None => spoken(carried, stating, cited),
        };
        leads.extend(lead);
    }
    leads
}

/// The statement that says on whose word an article has this one: itself, but for a headline without
/// a source the sentence of the opening that it sums up.
fn spoken_for(evidence: Evidence<'_>, ix: ArticleIx, at: u32) -> u32 {
    let (article, marks) = (evidence.article(ix), evidence.marks(ix));
    let statement = &marks.statements[at as usize];
    let in_headline = article.headline.is_some_and(|headline| headline.contains(statement.span));
    if !in_headline || !statement.attributed.is_empty() {
        return at;
    }
    let terms = |span| term::terms(evidence.text(ix), &[span], evidence.language(ix));
    let headline = terms(statement.span);
    let opening = article.paragraphs.iter().take(3).copied().collect::<Vec<_>>();
    let opens = |span: Span| opening.iter().any(|paragraph| paragraph.contains(span));
    let candidates = marks.statements.iter().enumerate().filter(|(_, s)| opens(s.span));
    let near = candidates
        .map(|(n, s)| (term::containment(&headline, &terms(s.span)), std::cmp::Reverse(n)))
        .max()
        .filter(|(containment, _)| *containment >= SUMMED_UP);
    near.map_or(at, |(_, n)| n.0 as u32)
}

/// Weight of a headline that a sentence must hold for the headline to sum it up, per mille.
const SUMMED_UP: u32 = 500;

/// Whether a citation is of another newsroom's report.
fn is_report(carried: Carried<'_>, ix: ArticleIx, citation: &Citation) -> bool {
    carried.newsrooms.cited(carried.evidence, ix, citation).is_some_and(|source| {
        newsroom::is_report(carried.evidence, source)
            && Of::Source(source) != carried.newsrooms.of(ix).of
            && !newsroom::is_own(carried.evidence, ix, source)
    })
}

/// The report through which the article has what somebody said: the one it is cited via, or one that
/// is credited for the very words that cite. If people told it to the newsroom, or said it in
/// public, none.
fn through<'a>(
    marks: &'a Marks,
    reports: &[&'a Citation],
    cited: &Citation,
) -> Option<&'a Citation> {
    let via = cited.via.map(|via| &marks.citations[via.ix()]);
    let heard = cited.told.is_some() || cited.public.is_some();
    let inside = |report: &&&Citation| {
        report.cue != cited.cue && report.covers.iter().any(|span| span.overlaps(cited.cue))
    };
    via.or_else(|| reports.iter().find(inside).copied().filter(|_| !heard))
}

/// A statement that rests on another newsroom's report, perhaps with the people behind it.
fn reported(
    carried: Carried<'_>,
    stating: StatementAt,
    report: &Citation,
    behind: Option<&Citation>,
) -> Option<Lead> {
    let (evidence, ix) = (carried.evidence, stating.0);
    let source = carried.newsrooms.cited(evidence, ix, report)?;
    let nameless = evidence.source(source).kind == SourceKind::Unnamed;
    let shown = std::iter::once(report).chain(behind);
    Some(Lead {
        stating,
        of: Of::Source(source),
        kind: RootKind::Newsroom,
        unnamed: rests_on_unnamed(carried, source),
        doubt: nameless.then_some(Unsure::WhichReport),
        places: shown.map(|c| evidence.place(ix, newsroom::shown(c))).collect(),
    })
}

/// Whether any article of the story says that the report rests on people it does not name.
fn rests_on_unnamed(carried: Carried<'_>, report: SourceIx) -> bool {
    let evidence = carried.evidence;
    carried.newsrooms.articles().any(|ix| {
        let marks = evidence.marks(ix);
        marks.citations.iter().any(|citation| {
            let via = citation.via.map(|via| &marks.citations[via.ix()]);
            via.and_then(|via| carried.newsrooms.cited(evidence, ix, via)) == Some(report)
                && carried
                    .newsrooms
                    .cited(evidence, ix, citation)
                    .is_some_and(|source| is_unnamed_people(evidence, source))
        })
    })
}

fn is_unnamed_people(evidence: Evidence<'_>, source: SourceIx) -> bool {
    evidence.source(source).unnamed == Some(Unnamed::People)
}

/// A statement that rests on somebody's own words.
fn spoken(carried: Carried<'_>, stating: StatementAt, cited: &Citation) -> Option<Lead> {
    let ix = stating.0;
    let evidence = carried.evidence;
    let room = carried.newsrooms.of(ix);
    let source = carried.newsrooms.cited(evidence, ix, cited)?;
    let told = cited.told.map(|party| evidence.sources.party(ix, party));
    let to_us = told
        .is_some_and(|told| Of::Source(told) == room.of || newsroom::is_own(evidence, ix, told));
    let heard = told.filter(|_| !to_us).map_or(room.of, Of::Source);
    let places = vec![evidence.place(ix, newsroom::shown(cited))];
    let lead = |of, kind, unnamed, doubt| {
        Some(Lead { stating, of, kind, unnamed, doubt, places: places.clone() })
    };
    if cited.how == How::NoComment {
        // Silence answers whoever asked: a relay did not ask.
        let asked = told.is_some() || !room.relays();
        return if asked {
            lead(heard, RootKind::Newsroom, false, None)
        } else {
            relayed(carried, stating, None)
        };
    }
    if is_unnamed_people(evidence, source) {
        if room.relays() && told.is_none() {
            return relayed(carried, stating, Some(cited));
        }
        let description = fold::fold(&evidence.source(source).name);
        let insider = evidence.language(ix).firsthand.is_insider(&description);
        let ours = told.is_some()
            || room.reports.is_empty()
            || insider
            || newsroom::is_spoken(evidence, ix, cited);
        let doubt = (!ours).then_some(Unsure::WhosePeople);
        return lead(heard, RootKind::Newsroom, true, doubt);
    }
    // What several newsrooms quote in the same words is one public act, whoever it was told to.
    let private = told.is_some()
        && cited.public.is_none()
        && evidence.source(source).kind != SourceKind::Document
        && !said_to_others(carried, stating, cited);
    if private {
        lead(heard, RootKind::Newsroom, false, None)
    } else {
        lead(Of::Source(source), RootKind::PublicAct, false, None)
    }
}

/// A relay's word: that of the report it credits.
fn relayed(carried: Carried<'_>, stating: StatementAt, people: Option<&Citation>) -> Option<Lead> {
    let ix = stating.0;
    let report = carried.newsrooms.of(ix).reports.first()?;
    let report = &carried.evidence.marks(ix).citations[report.ix()];
    let mut lead = reported(carried, stating, report, people)?;
    if people.is_some() {
        lead.doubt = lead.doubt.or(Some(Unsure::WhosePeople));
    }
    Some(lead)
}

/// Whether the words cited are an utterance that articles of another newsroom carry too.
fn said_to_others(carried: Carried<'_>, stating: StatementAt, cited: &Citation) -> bool {
    let ix = stating.0;
    let ours = |place: Place| cited.covers.iter().any(|span| span.overlaps(place.span));
    let of = |ix: ArticleIx| carried.newsrooms.of(ix).of;
    carried.utterances.iter().any(|utterance| {
        let versions = &utterance.versions;
        versions.iter().any(|version| version.article == ix && ours(version.place))
            && versions.iter().any(|version| of(version.article) != of(ix))
    })
}

/// The public deed that a statement without a source reports: one for all that report it.
///
/// A third of the statements must report the deed: else it stands beside what they state.
fn public_act(carried: Carried<'_>, statings: &[StatementAt]) -> Option<Lead> {
    let mut deeds = statings.iter().filter_map(|&stating| deed(carried, stating));
    let first = deeds.next()?;
    let reporting = 1 + deeds.count();
    (reporting * 3 >= statings.len()).then_some(first)
}

/// The deed that a statement without a source reports.
fn deed(carried: Carried<'_>, stating: StatementAt) -> Option<Lead> {
    let (ix, at) = stating;
    let (evidence, marks) = (carried.evidence, carried.evidence.marks(ix));
    let statement = &marks.statements[at as usize];
    let (text, firsthand) = (evidence.text(ix), &evidence.language(ix).firsthand);
    let deed = fold::tokens(text, statement.span)
        .into_iter()
        .find(|token| firsthand.is_act(&fold::fold(token.span.of(text))))?;
    // The actor stands right before the deed: "cartels designated as …" is nobody's act here.
    let beside = |mention: &Span| {
        statement.span.contains(*mention)
            && mention.end <= deed.span.start
            && fold::tokens(text, Span { start: mention.end, end: deed.span.start })
                .iter()
                .all(|token| is_filler(evidence, ix, token.span))
    };
    let acts = |party: &&PartyIx| {
        let party = &marks.parties[party.ix()];
        matches!(party.kind, SourceKind::Person | SourceKind::Office)
            && party.mentions.iter().any(beside)
    };
    let actor = statement.parties.iter().rfind(acts)?;
    statement.attributed.is_empty().then(|| Lead {
        stating,
        of: Of::Source(evidence.sources.party(ix, *actor)),
        kind: RootKind::PublicAct,
        unnamed: false,
        doubt: None,
        places: vec![evidence.place(ix, statement.span)],
    })
}

/// Whether a word can stand between who does something and what is done: "has", "also", "formally".
fn is_filler(evidence: Evidence<'_>, ix: ArticleIx, word: Span) -> bool {
    let language = evidence.language(ix);
    let word = fold::fold(word.of(evidence.text(ix)));
    language.function_words.has(&word) || language.firsthand.is_filler(&word)
}

/// A statement in the article's own voice: it rests on the report that the article credits for the
/// story, if there is one, else on the newsroom itself.
///
/// Of several reports that it credits, one that others credit for this very claim is meant (`leads`),
/// else the first.
fn unattributed(carried: Carried<'_>, stating: StatementAt, leads: &[Lead]) -> Option<Lead> {
    let (ix, at) = stating;
    let evidence = carried.evidence;
    let room = carried.newsrooms.of(ix);
    let of = |report: &&CitationIx| {
        let report = &evidence.marks(ix).citations[report.ix()];
        carried.newsrooms.cited(evidence, ix, report).map(Of::Source)
    };
    let known = |report: &&CitationIx| leads.iter().any(|lead| Some(lead.of) == of(report));
    if let Some(report) = room.reports.iter().find(known).or(room.reports.first()) {
        let report = &evidence.marks(ix).citations[report.ix()];
        let mut lead = reported(carried, stating, report, None)?;
        lead.doubt = lead.doubt.or(Some(Unsure::OwnVoice));
        return Some(lead);
    }
    let silent = room.firsthand.is_empty();
    Some(Lead {
        stating,
        of: room.of,
        kind: RootKind::Newsroom,
        unnamed: false,
        doubt: Some(if silent { Unsure::NoSource } else { Unsure::OwnVoice }),
        places: vec![evidence.place(ix, evidence.marks(ix).statements[at as usize].span)],
    })
}

/// Leads to one count: equal roots are one, and a doubt stays where no lead is sure.
fn count(carried: Carried<'_>, leads: Vec<Lead>, unsourced: bool) -> Origins {
    let mut roots = Vec::<(Root, Option<Unsure>)>::new();
    let mut known = FxHashMap::default();
    for lead in leads {
        let Lead { stating, of, kind, unnamed, doubt, places } = lead;
        let ix = *known.entry((kind, of)).or_insert_with(|| {
            let (carried_by, places) = (Vec::new(), Vec::new());
            roots.push((Root { of, kind, unnamed, sure: true, carried_by, places }, doubt));
            roots.len() - 1
        });
        let (root, unsure) = &mut roots[ix];
        root.unnamed |= unnamed;
        root.carried_by.push(stating.0);
        root.places.extend(places);
        *unsure = unsure.filter(|_| doubt.is_some());
    }
    for (root, _) in &mut roots {
        root.carried_by.sort_unstable();
        root.carried_by.dedup();
        root.places.sort_unstable();
        root.places.dedup();
    }
    roots.sort_by_key(|(root, unsure)| (unsure.is_some(), root.kind, root.places.first().copied()));
    let doubts = doubts(carried, &roots);
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

/// The doubts about `roots`, in their order. One root alone leaves nothing to doubt.
fn doubts(carried: Carried<'_>, roots: &[(Root, Option<Unsure>)]) -> Vec<Doubt> {
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
        if let (None, Some(act)) = (unsure, other_act) {
            let why = format!("{of} and {} may speak of one act", name(carried, roots[act].0.of));
            let settles = "when and where each of them spoke".to_owned();
            let (roots, places) = (vec![act as u32, ix as u32], root.places.clone());
            return Some(Doubt { effect: Effect::Join, roots, why, settles, places });
        }
        let unsure = (*unsure)?;
        let (effect, joined, why, settles) = match unsure {
            Unsure::WhichReport if ix == first => return None,
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

/// How people would call whom a root belongs to.
pub fn name(carried: Carried<'_>, of: Of) -> String {
    match of {
        Of::Source(source) => carried.evidence.source(source).name.clone(),
        Of::Article(_) => "a newsroom without a name".to_owned(),
    }
}
