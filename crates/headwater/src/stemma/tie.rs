//! Tie: what credit lines and citations say about where an article has it from.

use rustc_hash::FxHashMap;

use super::paper::Papers;
use super::{Carrier, Draft, Tie};
use crate::article::{ArticleIx, CreditForm};
use crate::citation::{Citation, How};
use crate::date::{Dated, Interval};
use crate::evidence::Evidence;
use crate::fold;
use crate::name::{SourceKind, Unnamed};
use crate::newsroom::{self, Newsrooms, Of};
use crate::reuse::{Reason, Reuse};
use crate::source::SourceIx;
use crate::term::{self, Term};

/// What the credit lines of an article say.
pub(super) fn credits(evidence: Evidence<'_>, story: &[ArticleIx], ix: ArticleIx) -> Vec<Draft> {
    let article = evidence.article(ix);
    let sources = &evidence.sources.of_credit[ix.ix()];
    let drafts = article.credits.iter().zip(sources).map(|(credit, &source)| {
        let held = shares_text(evidence, story, ix, source);
        let (tie, why) = match credit.form {
            CreditForm::Republished => (Tie::Republishes, "says where it was first published"),
            CreditForm::Credited => (Tie::Credits, "credit line"),
            CreditForm::Tipped => (Tie::Credits, "says where it was found"),
        };
        Draft {
            child: Carrier::Extant(ix),
            parent: held.map_or(Carrier::Lost(source), Carrier::Extant),
            tie,
            reason: Reason { why: why.to_owned(), places: vec![evidence.place(ix, credit.span)] },
            doubt: None,
        }
    });
    drafts.filter(|draft| !is_own_site(evidence, ix, draft.parent)).collect()
}

/// Whether the page is the credited outlet's own: its credit line names itself.
fn is_own_site(evidence: Evidence<'_>, ix: ArticleIx, parent: Carrier) -> bool {
    let Carrier::Lost(source) = parent else { return false };
    let capture = &evidence.pages[evidence.article(ix).page.ix()].capture;
    let outlet = evidence.source(source).outlet;
    let hosts = capture.url.iter().chain(&capture.series);
    hosts.map(|url| host(url)).any(|host| {
        outlet.is_some() && evidence.lexicon.outlets.at_host(host) == outlet
            || fold::key(host) == fold::key(&evidence.source(source).name)
    })
}

/// The host of an address; a bare host is its own.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#', ':']).next().unwrap_or(rest)
}

/// The article of `source` in the story that shares text with `ix`.
fn shares_text(
    evidence: Evidence<'_>,
    story: &[ArticleIx],
    ix: ArticleIx,
    source: SourceIx,
) -> Option<ArticleIx> {
    let extant = &evidence.source(source).extant;
    let derives = |other: ArticleIx| {
        let reuses = evidence.reuses_of(ix.min(other), ix.max(other));
        reuses.iter().any(Reuse::derives)
    };
    held(story, extant).find(|other| *other != ix && derives(*other))
}

/// The articles of a story that are among `extant`, in order; both are sorted. A large outlet has many
/// more articles than a story has, a large story many more than an outlet: the fewer are looked up.
fn held<'a>(
    story: &'a [ArticleIx],
    extant: &'a [ArticleIx],
) -> impl Iterator<Item = ArticleIx> + 'a {
    let (few, many) = if story.len() < extant.len() { (story, extant) } else { (extant, story) };
    few.iter().copied().filter(|ix| many.binary_search(ix).is_ok())
}

/// What is kept of a story from one of its articles to the next.
#[derive(Default)]
pub(super) struct Known<'a> {
    /// For each report, the people that the first page names.
    behind: FxHashMap<Carrier, Carrier>,
    /// What articles say, by the language in which it was read: that of who cites them.
    terms: FxHashMap<(ArticleIx, &'a str), Vec<Term>>,
}

/// What the prose of an article cites: reports, and the unnamed people behind them.
pub(super) fn citations<'a>(
    evidence: Evidence<'a>,
    story: &[ArticleIx],
    ix: ArticleIx,
    (newsrooms, papers): (&Newsrooms, &Papers),
    known: &mut Known<'a>,
) -> Vec<Draft> {
    let marks = evidence.marks(ix);
    let newsroom = newsrooms.of(ix);
    let mut drafts = Vec::new();
    for (at, citation) in marks.citations.iter().enumerate() {
        drafts.extend(heard(evidence, story, ix, (newsrooms, citation), known));
        let Some(source) = newsrooms.cited(evidence, ix, citation) else { continue };
        if Of::Source(source) == newsroom.of || newsroom::is_own(evidence, ix, source) {
            continue;
        }
        let via = citation.via.map(|via| &marks.citations[via.ix()]);
        let via = via.and_then(|via| newsrooms.cited(evidence, ix, via));
        let elsewhere = told_elsewhere(evidence, ix, (newsrooms, citation));
        let via = via.or(elsewhere.filter(|_| !newsroom::is_report(evidence, source)));
        let (child, doubt) = match via {
            Some(report) => (report_carrier(evidence, story, ix, (report, citation), known), None),
            None if newsroom::is_report(evidence, source) => (Carrier::Extant(ix), None),
            None if papers.of(ix, at).is_some() => (whose_text(evidence, ix, newsrooms), None),
            None => whose_people(evidence, ix, newsrooms),
        };
        let parent = if newsroom::is_report(evidence, source) {
            let cites = !matches!(citation.how, How::NoComment | How::Confirmed);
            if !cites {
                continue;
            }
            report_carrier(evidence, story, ix, (source, citation), known)
        } else if let Some(paper) = papers.of(ix, at) {
            Carrier::Lost(paper)
        } else if !knows(evidence, ix, citation) || sums_up(evidence, ix, citation) {
            continue;
        } else if via.is_some() {
            // Whatever each page calls them, the people behind one report are the report's people.
            *known.behind.entry(child).or_insert(Carrier::Lost(source))
        } else {
            Carrier::Lost(source)
        };
        let unnamed_report = newsroom::is_report(evidence, source)
            && evidence.source(source).kind == SourceKind::Unnamed;
        let doubt = doubt.or_else(|| {
            (unnamed_report && parent == Carrier::Lost(source))
                .then(|| "the page does not say whose report it is".to_owned())
        });
        let mut places = vec![evidence.place(ix, newsroom::heard(evidence, ix, citation))];
        let public = citation.public.filter(|_| papers.of(ix, at).is_some());
        places.extend(public.map(|public| evidence.place(ix, public)));
        let reason = Reason { why: why(citation).to_owned(), places };
        drafts.push(Draft { child, parent, tie: Tie::Cites, reason, doubt });
    }
    drafts
}

/// Ties to papers by words that a page prints without saying whose they are. `drafts` has its other
/// ties.
pub(super) fn printed(papers: &Papers, drafts: &[Draft]) -> Vec<Draft> {
    let cites = |child, parent| drafts.iter().any(|it| (it.child, it.parent) == (child, parent));
    let mut found = Vec::new();
    for &(article, paper, place) in &papers.printed {
        let (child, parent) = (Carrier::Extant(article), Carrier::Lost(paper));
        if !cites(child, parent) {
            let reason = Reason { why: "prints its words".to_owned(), places: vec![place] };
            found.push(Draft { child, parent, tie: Tie::Cites, reason, doubt: None });
        }
    }
    found
}

/// Whether a citation in the headline only sums up people whom the body cites.
fn sums_up(evidence: Evidence<'_>, ix: ArticleIx, citation: &Citation) -> bool {
    let headline = evidence.article(ix).headline;
    let in_headline = |citation: &Citation| headline.is_some_and(|h| h.contains(citation.cue));
    let others = &evidence.marks(ix).citations;
    in_headline(citation) && others.iter().any(|c| !in_headline(c) && knows(evidence, ix, c))
}

fn why(citation: &Citation) -> &'static str {
    match citation.how {
        How::Reported => "reports it",
        How::Told => "told it",
        How::Republished => "first published it",
        How::Linked => "linked",
        How::Confirmed => "confirmed it",
        How::Hearsay => "hearsay",
        How::NoComment => "gave no comment",
    }
}

/// Whose people are cited without a report between: the newsroom's own, unless it only relays.
fn whose_people(
    evidence: Evidence<'_>,
    ix: ArticleIx,
    newsrooms: &Newsrooms,
) -> (Carrier, Option<String>) {
    let newsroom = newsrooms.of(ix);
    if newsroom.relays()
        && let Some(report) = newsroom.leans_on.first()
    {
        let report = &evidence.marks(ix).citations[report.ix()];
        if let Some(source) = newsrooms.cited(evidence, ix, report) {
            return (Carrier::Lost(source), Some("the page does not say whose people".to_owned()));
        }
    }
    match newsroom.of {
        Of::Source(source) if evidence.sources.of_credit[ix.ix()].contains(&source) => {
            (Carrier::Lost(source), None)
        }
        _ => (Carrier::Extant(ix), None),
    }
}

/// Who took words from a paper: the agency or outlet whose text the page credits, else the page.
fn whose_text(evidence: Evidence<'_>, ix: ArticleIx, newsrooms: &Newsrooms) -> Carrier {
    match newsrooms.of(ix).of {
        Of::Source(source) if evidence.sources.of_credit[ix.ix()].contains(&source) => {
            Carrier::Lost(source)
        }
        _ => Carrier::Extant(ix),
    }
}

/// Another newsroom that heard it: "she told the Gazette".
fn told_elsewhere(
    evidence: Evidence<'_>,
    ix: ArticleIx,
    (newsrooms, citation): (&Newsrooms, &Citation),
) -> Option<SourceIx> {
    let told = evidence.sources.party(ix, citation.told?);
    let own = Of::Source(told) == newsrooms.of(ix).of || newsroom::is_own(evidence, ix, told);
    (!own && newsroom::is_report(evidence, told)).then_some(told)
}

/// The report that a page has somebody's words from.
fn heard<'a>(
    evidence: Evidence<'a>,
    story: &[ArticleIx],
    ix: ArticleIx,
    (newsrooms, citation): (&Newsrooms, &Citation),
    known: &mut Known<'a>,
) -> Option<Draft> {
    let told = told_elsewhere(evidence, ix, (newsrooms, citation))?;
    // An outlet reports; it does not tell another what it reports.
    let speaks = newsroom::cited(evidence, ix, citation)
        .is_none_or(|source| !newsroom::is_report(evidence, source));
    if !speaks || citation.how == How::NoComment {
        return None;
    }
    let child = Carrier::Extant(ix);
    let parent = report_carrier(evidence, story, ix, (told, citation), known);
    let places = vec![evidence.place(ix, newsroom::heard(evidence, ix, citation))];
    let reason = Reason { why: "told it".to_owned(), places };
    Some(Draft { child, parent, tie: Tie::Cites, reason, doubt: None })
}

/// Whether a citation is of unnamed people who know, and so a first link of the chain. Critics and
/// experts only think; people with a name are origins of their own words.
fn knows(evidence: Evidence<'_>, ix: ArticleIx, citation: &Citation) -> bool {
    let Some(source) = newsroom::cited(evidence, ix, citation) else { return false };
    let source = evidence.source(source);
    let spoke = matches!(citation.how, How::Told | How::Confirmed);
    source.unnamed == Some(Unnamed::People)
        && spoke
        && evidence.language(ix).firsthand.is_insider(&fold::fold(&source.name))
        // "Officials" without a word beside it are a class, not people who spoke.
        && source.name.contains(' ')
}

/// An outlet's article carries what it is cited for if it has one part in so many of the words: who
/// cites re-words.
const CARRIED: u32 = 3;

/// The witness that a cited outlet is: its article in the story that carries the words it is cited
/// for and was not printed later; else it is lost.
fn report_carrier<'a>(
    evidence: Evidence<'a>,
    story: &[ArticleIx],
    ix: ArticleIx,
    (source, citation): (SourceIx, &Citation),
    known: &mut Known<'a>,
) -> Carrier {
    let day = |ix: ArticleIx| evidence.article(ix).published.map(|published| published.when);
    let later = |other: ArticleIx| {
        day(other).zip(day(ix)).is_some_and(|(theirs, ours)| theirs.first > ours.last)
    };
    let of = reported_in(evidence, ix, source, citation);
    let elsewhen = |other: ArticleIx| {
        let apart = |(of, day): (Interval, Interval)| day.last < of.first || day.first > of.last;
        of.is_some_and(|of| of.when.zip(day(other)).is_none_or(apart))
    };
    let mut held = held(story, &evidence.source(source).extant)
        .filter(|&other| other != ix && !later(other) && !elsewhen(other))
        .peekable();
    if held.peek().is_none() {
        return Carrier::Lost(source);
    }
    let language = evidence.language(ix);
    let cited = term::terms(evidence.text(ix), &citation.covers, language);
    let mut carries = |other: &ArticleIx| {
        let theirs = known.terms.entry((*other, language.code));
        let theirs = theirs.or_insert_with(|| {
            term::terms(evidence.text(*other), &evidence.read(*other), language)
        });
        let share = term::shared(&cited, theirs).iter().map(|(a, _)| a.weight).sum::<u32>();
        share * CARRIED >= term::weight(&cited)
    };
    held.find(|other| carries(other)).map_or(Carrier::Lost(source), Carrier::Extant)
}

/// Bytes between an outlet and the words that say when it reported: "reported last week", "a
/// Gazette article in April".
const WHEN: u32 = 24;

/// The week, month or year of which the page says that the report was: a page that shows another
/// day, or none, is not that report. A weekday alone says little.
fn reported_in<'a>(
    evidence: Evidence<'a>,
    ix: ArticleIx,
    source: SourceIx,
    citation: &Citation,
) -> Option<&'a Dated> {
    let marks = evidence.marks(ix);
    let sentence = marks.sentences_over(citation.cue).first()?;
    let parties = marks.parties.iter().zip(&evidence.sources.of_party[ix.ix()]);
    let mentions = parties.filter(|(_, of)| **of == source).flat_map(|(party, _)| &party.mentions);
    let named = citation.name.iter().chain(mentions).copied();
    let ends = named.chain([citation.cue]).map(|span| span.end).collect::<Vec<_>>();
    let is_long = |value: &str| {
        value.split('-').count() < 3 && value.starts_with(|c: char| c == 'X' || c.is_ascii_digit())
    };
    let near = |dated: &&Dated| {
        let behind = |end: &u32| *end <= dated.span.start && dated.span.start - end <= WHEN;
        sentence.contains(dated.span) && is_long(&dated.value) && ends.iter().any(behind)
    };
    let published = evidence.article(ix).published.map(|published| published.when);
    let dated = marks.dates.iter().find(near)?;
    // "Earlier this week" may be today.
    let over = |when: Interval| published.is_none_or(|day| when.last < day.first);
    dated.when.is_none_or(over).then_some(dated)
}
