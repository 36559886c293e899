//! Lead: one way up from one statement, to the report, the people or the act that it rests on.

use headwater_page::{Place, Span};
use rustc_hash::FxHashSet;

use super::lean::Leaning;
use super::{Carried, Of, RootKind, StatementAt, part};
use crate::article::ArticleIx;
use crate::citation::{Citation, CitationIx, How};
use crate::evidence::Evidence;
use crate::fold;
use crate::lexicon::Language;
use crate::marks::Marks;
use crate::name::{PartyIx, SourceKind, Unnamed};
use crate::newsroom;
use crate::quote::{Form, Quote};
use crate::source::SourceIx;
use crate::statement::Statement;
use crate::term;
use crate::utterance::Utterance;

/// One way up from one statement.
pub(super) struct Lead {
    pub(super) stating: StatementAt,
    pub(super) of: Of,
    pub(super) kind: RootKind,
    pub(super) unnamed: bool,
    pub(super) doubt: Option<Unsure>,
    /// Whether it shows from whom it is: people who spoke, an act; else only a report that says so.
    pub(super) heard: bool,
    pub(super) places: Vec<Place>,
}

/// Why a lead may be no origin of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Unsure {
    /// The article shows no source at all.
    NoSource,
    /// The article says it in its own voice, and credits a report for the story.
    OwnVoice,
    /// The article says it in its own voice, and shows reporting of its own for other points.
    NotFromWhom,
    /// People whom nobody names, in an article that credits a report for the story.
    WhosePeople,
    /// A report that nobody names.
    WhichReport,
    /// A report that does not say how it knows of what was said or done in public too.
    WhichAct,
    /// The statement shares less with the others than they share with each other.
    OtherWords,
}

/// Whether a citation is of a person or an office with a name.
fn named(carried: Carried<'_>, ix: ArticleIx, cited: &Citation) -> bool {
    carried.newsrooms.cited(carried.evidence, ix, cited).is_some_and(|source| {
        matches!(carried.evidence.source(source).kind, SourceKind::Person | SourceKind::Office)
    })
}

/// Where the words that attribute a statement lead.
pub(super) fn attributed(carried: Carried<'_>, stating: StatementAt) -> Vec<Lead> {
    let (ix, at) = stating;
    let marks = carried.evidence.marks(ix);
    let spoken_for = spoken_for(carried.evidence, ix, at);
    let statement = &marks.statements[spoken_for as usize];
    // Silence covers no words: it is what the statement says.
    let silent = |citation: &Citation| {
        citation.how == How::NoComment
            && statement.span.contains(citation.cue)
            && citation.name.is_some_and(|name| name.start <= statement.span.start + 4)
    };
    let silences =
        (0..).zip(&marks.citations).filter(|(_, c)| silent(c)).map(|(n, _)| CitationIx(n));
    let citations = statement.attributed.iter().copied().chain(silences);
    let citations = citations.chain(part::confirmed(carried.evidence, ix, spoken_for));
    let citations = citations.collect::<Vec<_>>();
    let of = |citation: &CitationIx| &marks.citations[citation.ix()];
    // All of the article's: "the Post reported that an official confirmed that" points back.
    let reports = marks.citations.iter().filter(|c| is_report(carried, ix, c));
    let reports = reports.collect::<Vec<_>>();
    let mut leads = Vec::new();
    for citation in &citations {
        let cited = of(citation);
        // What somebody wants or believes is not what they said of the matter.
        let thought = |quote: &Quote| {
            quote.form == Form::Thought && quote.cue.is_some_and(|cue| cue.contains(cited.cue))
        };
        if marks.quotes.iter().any(thought) {
            continue;
        }
        // A report that carries somebody's words, which other newsrooms carry too, heard the same act.
        let act = named(carried, ix, cited) && said_to_others(carried, stating, cited).is_some();
        let lead = match through(marks, &reports, cited).filter(|_| !act) {
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
    if !in_headline {
        return at;
    }
    let kind = |at: &CitationIx| {
        let source = newsroom::cited(evidence, ix, &marks.citations[at.ix()]);
        source.map(|source| evidence.source(source).kind)
    };
    let spoke = |statement: &Statement| {
        let mut kinds = statement.attributed.iter().map(kind);
        kinds.any(|kind| matches!(kind, Some(SourceKind::Person | SourceKind::Office)))
    };
    // "Officials say" sums up those whom the opening names.
    let vague = statement.attributed.iter().map(kind).all(|it| it == Some(SourceKind::Unnamed));
    if !vague {
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
    let near = near.map(|(_, n)| n.0 as u32);
    let near = near
        .filter(|&near| statement.attributed.is_empty() || spoke(&marks.statements[near as usize]));
    near.unwrap_or(at)
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
        unnamed: carried.newsrooms.rests_on_unnamed(source),
        doubt: nameless.then_some(Unsure::WhichReport),
        heard: behind.is_some(),
        places: shown.map(|c| evidence.place(ix, newsroom::heard(evidence, ix, c))).collect(),
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
    let places = vec![evidence.place(ix, newsroom::heard(evidence, ix, cited))];
    if part::is_correspondent(carried, ix, cited) {
        return Some(unattributed(carried, stating, &Leaning::default()));
    }
    let lead = |of, kind, unnamed, doubt| {
        Some(Lead { stating, of, kind, unnamed, doubt, heard: true, places: places.clone() })
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
    // What several newsrooms quote in the same words is one public act, whoever it was told to and
    // whatever each calls the speaker.
    if let Some(utterance) = said_to_others(carried, stating, cited) {
        let speaker = utterance.speaker.unwrap_or(source);
        return lead(Of::Source(speaker), RootKind::PublicAct, false, None);
    }
    let description = fold::fold(&evidence.source(source).name);
    let Language { firsthand, alike, cues, .. } = evidence.language(ix);
    let in_public = cited.public.is_some()
        || firsthand.is_voice(&description)
        || firsthand.is_body(&description)
        || firsthand.is_holder(&description, alike, cues);
    if is_unnamed_people(evidence, source) && !in_public {
        if room.relays() && !room.leans_on.is_empty() && told.is_none() {
            return relayed(carried, stating, Some(cited));
        }
        let insider = firsthand.is_insider(&description);
        // Who relays something heard nobody, unless it says so.
        let ours = told.is_some()
            || room.reports.is_empty()
            || !room.relays() && (insider || newsroom::is_spoken(evidence, ix, cited));
        let doubt = (!ours).then_some(Unsure::WhosePeople);
        return lead(heard, RootKind::Newsroom, true, doubt);
    }
    let private = told.is_some()
        && cited.public.is_none()
        && evidence.source(source).kind != SourceKind::Document;
    if private {
        lead(heard, RootKind::Newsroom, false, None)
    } else {
        lead(Of::Source(source), RootKind::PublicAct, false, None)
    }
}

/// A relay's word: that of the report it credits.
fn relayed(carried: Carried<'_>, stating: StatementAt, people: Option<&Citation>) -> Option<Lead> {
    let ix = stating.0;
    let report = carried.newsrooms.of(ix).leans_on.first()?;
    let report = &carried.evidence.marks(ix).citations[report.ix()];
    let mut lead = reported(carried, stating, report, people)?;
    if people.is_some() {
        lead.doubt = lead.doubt.or(Some(Unsure::WhosePeople));
    }
    Some(lead)
}

/// The utterance that the words cited are, if articles of another newsroom carry it too.
fn said_to_others<'a>(
    carried: Carried<'a>,
    stating: StatementAt,
    cited: &Citation,
) -> Option<&'a Utterance> {
    carried.said.to_others(stating.0, &cited.covers)
}

/// The public deed that a statement without a source reports: one for all that report it.
///
/// More than a third of the texts must report the deed: else it stands beside what they state. (Not of the
/// statements: copies must not change what is the deed.)
pub(super) fn public_act(carried: Carried<'_>, statings: &[StatementAt]) -> Option<Lead> {
    let n_texts = |statings: &mut dyn Iterator<Item = StatementAt>| {
        let texts = statings.map(|stating| carried.newsrooms.of(stating.0).text);
        texts.collect::<FxHashSet<_>>().len()
    };
    let deeds = statings.iter().filter_map(|&stating| deed(carried, stating)).collect::<Vec<_>>();
    let reporting = n_texts(&mut deeds.iter().map(|lead| lead.stating));
    let all = n_texts(&mut statings.iter().copied());
    deeds.into_iter().next().filter(|_| reporting * 3 > all)
}

/// The deed that a statement without a source reports.
fn deed(carried: Carried<'_>, stating: StatementAt) -> Option<Lead> {
    let (ix, at) = stating;
    let (evidence, marks) = (carried.evidence, carried.evidence.marks(ix));
    let statement = &marks.statements[at as usize];
    let (text, firsthand) = (evidence.text(ix), &evidence.language(ix).firsthand);
    let deed = fold::tokens(text, statement.span)
        .into_iter()
        .find(|token| firsthand.is_act(&fold::view(token.span.of(text))))?;
    // The actor stands right before the deed: "bridges designated as …" is nobody's act here.
    let beside = |mention: &Span| {
        statement.span.contains(*mention)
            && mention.end <= deed.span.start
            && fold::tokens(text, Span { start: mention.end, end: deed.span.start })
                .iter()
                .all(|token| is_filler(evidence, ix, token.span))
    };
    let acts = |party: &&PartyIx, beside: &dyn Fn(&Span) -> bool| {
        let party = &marks.parties[party.ix()];
        matches!(party.kind, SourceKind::Person | SourceKind::Office)
            && party.mentions.iter().any(beside)
    };
    let agents = &evidence.language(ix).alike.agents;
    // "Two men were charged on Friday by a court": the actor stands behind the deed.
    let behind = |mention: &Span| {
        let between = || {
            let between = Span { start: deed.span.end, end: mention.start };
            fold::tokens(text, between).into_iter().map(|token| token.span)
        };
        statement.span.contains(*mention)
            && deed.span.end <= mention.start
            && between().any(|word| agents.has(&fold::view(word.of(text))))
            && between().all(|word| is_filler(evidence, ix, word))
    };
    let actor = statement.parties.iter().rfind(|party| acts(party, &beside));
    let actor = actor.or_else(|| statement.parties.iter().find(|party| acts(party, &behind)))?;
    statement.attributed.is_empty().then(|| Lead {
        stating,
        of: Of::Source(evidence.sources.party(ix, *actor)),
        kind: RootKind::PublicAct,
        unnamed: false,
        doubt: None,
        heard: true,
        places: vec![evidence.place(ix, statement.span)],
    })
}

/// Whether a word can stand between who does something and what is done: "has", "also", "formally".
fn is_filler(evidence: Evidence<'_>, ix: ArticleIx, word: Span) -> bool {
    let language = evidence.language(ix);
    let word = fold::view(word.of(evidence.text(ix)));
    language.function_words.has(&word) || language.firsthand.is_filler(&word)
}

/// A statement in the article's own voice: it rests on the report that its newsroom leans on, if
/// there is one, else on the newsroom itself.
pub(super) fn unattributed(carried: Carried<'_>, stating: StatementAt, leaning: &Leaning) -> Lead {
    let (ix, at) = stating;
    let evidence = carried.evidence;
    let room = carried.newsrooms.of(ix);
    let shown = leaning.shown(carried, ix).map(|report| &evidence.marks(ix).citations[report.ix()]);
    if let Some(mut lead) = shown.and_then(|report| reported(carried, stating, report, None)) {
        lead.doubt = lead.doubt.or(Some(Unsure::OwnVoice));
        return lead;
    }
    let (of, doubt) = match leaning.on(carried, ix) {
        Some(report) => (Of::Source(report), Unsure::OwnVoice),
        None if room.firsthand.is_empty() => (room.of, Unsure::NoSource),
        None => (room.of, Unsure::NotFromWhom),
    };
    Lead {
        stating,
        of,
        kind: RootKind::Newsroom,
        unnamed: false,
        doubt: Some(doubt),
        heard: false,
        places: vec![evidence.place(ix, evidence.marks(ix).statements[at as usize].span)],
    }
}
