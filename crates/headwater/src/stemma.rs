//! Stemma: who has it from whom, drawn as the descent of witnesses.
//!
//! A witness is an article in its role of carrying a story. An **extant** witness is in the
//! collection; a **lost** one is cited or credited but not here; an **inferred** one is cited by
//! nobody, but two extant witnesses each have what the other lacks, so neither is the source.

use rustc_hash::{FxHashMap, FxHashSet};

use headwater_page::Place;

use crate::article::{ArticleIx, CreditForm};
use crate::citation::{Citation, How};
use crate::evidence::Evidence;
use crate::fold;
use crate::name::{SourceKind, Unnamed};
use crate::newsroom::{self, Newsroom, Of};
use crate::reuse::{Direction, Reason, Reuse, ReuseKind};
use crate::source::SourceIx;
use crate::term;

/// Index into [`Stemma::witnesses`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct WitnessIx(pub u32);

impl WitnessIx {
    /// As an index.
    pub fn ix(self) -> usize {
        self.0 as usize
    }
}

/// What a witness is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Carrier {
    /// An article of the collection.
    Extant(ArticleIx),
    /// A source that is cited or credited and whose words are not here.
    Lost(SourceIx),
    /// A common parent that variants demand.
    Inferred,
}

/// An article, or a lost report, in its role of carrying a story.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Witness {
    /// A, B, C … for extant witnesses in the order of articles, α, β, γ … for the others.
    pub siglum: String,
    /// What it is.
    pub carrier: Carrier,
}

/// How a child has it from its parent.
/// Ordered from what speaks for the whole text to what speaks for a sentence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Tie {
    /// A credit line says the text came out there first.
    Republishes,
    /// A credit line names who delivered it.
    Credits,
    /// The same text.
    Copy,
    /// A later or earlier state of one text.
    Version,
    /// Part of the text.
    Excerpt,
    /// The text in other words.
    Rewrite,
    /// The prose cites it.
    Cites,
}

/// Child from parent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Derivation {
    /// Who has it.
    pub child: WitnessIx,
    /// From whom.
    pub parent: WitnessIx,
    /// How.
    pub tie: Tie,
    /// The words that show it, at least one reason with a place.
    pub reasons: Vec<Reason>,
    /// Why it is not certain: a lower-case fragment; none if it is certain.
    pub doubt: Option<String>,
}

/// The acyclic graph of all derivations of a story.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stemma {
    /// Extant witnesses in the order of articles, then the lost in the order of first mention.
    pub witnesses: Vec<Witness>,
    /// By child, then parent, then tie; one for each such triple.
    pub derivations: Vec<Derivation>,
    /// Rings of citations that were broken, each as its witnesses in order: circular reporting.
    pub circles: Vec<Vec<WitnessIx>>,
}

/// A tie before it has a place in the graph.
struct Draft {
    child: Carrier,
    parent: Carrier,
    tie: Tie,
    reason: Reason,
    doubt: Option<String>,
}

/// The stemma of one story. `newsrooms` holds its articles.
///
/// Credit lines first, then shared text, then citations: a tie that would close a ring is left out
/// and the ring kept in [`Stemma::circles`]. Never fails; a lone article has a stemma of one witness
/// and of whomever it cites.
pub fn stemma(
    evidence: Evidence<'_>,
    articles: &[ArticleIx],
    newsrooms: &FxHashMap<ArticleIx, Newsroom>,
) -> Stemma {
    let mut drafts = Vec::new();
    for &ix in articles {
        drafts.extend(credits(evidence, articles, ix));
        drafts.extend(citations(evidence, articles, ix, &newsrooms[&ix]));
    }
    drafts.extend(shared_texts(evidence, articles, &drafts));
    // What speaks for more of the text comes first, certain before doubtful; then order of pages.
    drafts.sort_by_key(|draft| {
        (draft.tie, draft.doubt.is_some(), draft.child, draft.parent, first_place(&draft.reason))
    });
    let mut graph = Graph::default();
    for draft in drafts {
        graph.tie(draft);
    }
    graph.stemma(evidence, articles)
}

fn first_place(reason: &Reason) -> Option<Place> {
    reason.places.first().copied()
}

/// What the credit lines of an article say.
fn credits(evidence: Evidence<'_>, story: &[ArticleIx], ix: ArticleIx) -> Vec<Draft> {
    let article = evidence.article(ix);
    let sources = &evidence.sources.of_credit[ix.ix()];
    let drafts = article.credits.iter().zip(sources).map(|(credit, &source)| {
        let held = shares_text(evidence, story, ix, source);
        let (tie, why) = match credit.form {
            CreditForm::Republished => (Tie::Republishes, "says where it was first published"),
            CreditForm::Credited => (Tie::Credits, "credit line"),
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
        let pair = (ix.min(other), ix.max(other));
        let reuses = reuses_of(evidence, pair);
        reuses.iter().any(Reuse::derives)
    };
    extant.iter().copied().find(|other| *other != ix && story.contains(other) && derives(*other))
}

/// All reuses of one pair, left before right.
fn reuses_of(evidence: Evidence<'_>, pair: (ArticleIx, ArticleIx)) -> &[Reuse] {
    let key = |reuse: &Reuse| (reuse.left_article, reuse.right_article);
    let start = evidence.reuses.partition_point(|reuse| key(reuse) < pair);
    let end = evidence.reuses.partition_point(|reuse| key(reuse) <= pair);
    &evidence.reuses[start..end]
}

/// What the prose of an article cites: reports, and the unnamed people behind them.
fn citations(
    evidence: Evidence<'_>,
    story: &[ArticleIx],
    ix: ArticleIx,
    newsroom: &Newsroom,
) -> Vec<Draft> {
    let marks = evidence.marks(ix);
    let mut drafts = Vec::new();
    for citation in &marks.citations {
        let Some(source) = newsroom::cited(evidence, ix, citation) else { continue };
        if Of::Source(source) == newsroom.of || newsroom::is_own(evidence, ix, source) {
            continue;
        }
        let via = citation.via.map(|via| &marks.citations[via.ix()]);
        let (child, doubt) = match via.and_then(|via| newsroom::cited(evidence, ix, via)) {
            Some(report) => (report_carrier(evidence, story, ix, report, citation), None),
            None if newsroom::is_report(evidence, source) => (Carrier::Extant(ix), None),
            None => whose_people(evidence, ix, newsroom),
        };
        let parent = if newsroom::is_report(evidence, source) {
            let cites = !matches!(citation.how, How::NoComment | How::Confirmed);
            if !cites {
                continue;
            }
            report_carrier(evidence, story, ix, source, citation)
        } else if knows(evidence, ix, citation) {
            Carrier::Lost(source)
        } else {
            continue;
        };
        let unnamed_report = newsroom::is_report(evidence, source)
            && evidence.source(source).kind == SourceKind::Unnamed;
        let doubt = doubt.or_else(|| {
            (unnamed_report && parent == Carrier::Lost(source))
                .then(|| "the page does not say whose report it is".to_owned())
        });
        let places = vec![evidence.place(ix, newsroom::shown(citation))];
        let reason = Reason { why: why(citation).to_owned(), places };
        drafts.push(Draft { child, parent, tie: Tie::Cites, reason, doubt });
    }
    drafts
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
    newsroom: &Newsroom,
) -> (Carrier, Option<String>) {
    if newsroom.relays() {
        let report = &evidence.marks(ix).citations[newsroom.reports[0].ix()];
        if let Some(source) = newsroom::cited(evidence, ix, report) {
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

/// Whether a citation is of unnamed people who know, and so a first link of the chain. Critics and
/// experts only think; people with a name are origins of their own words.
fn knows(evidence: Evidence<'_>, ix: ArticleIx, citation: &Citation) -> bool {
    let Some(source) = newsroom::cited(evidence, ix, citation) else { return false };
    let source = evidence.source(source);
    let spoke = matches!(citation.how, How::Told | How::Confirmed);
    source.unnamed == Some(Unnamed::People)
        && spoke
        && evidence.language(ix).firsthand.is_insider(&fold::fold(&source.name))
}

/// The witness that a cited outlet is: its article in the story that carries the words it is cited
/// for and was not printed later; else it is lost.
fn report_carrier(
    evidence: Evidence<'_>,
    story: &[ArticleIx],
    ix: ArticleIx,
    source: SourceIx,
    citation: &Citation,
) -> Carrier {
    let language = evidence.language(ix);
    let cited = term::terms(evidence.text(ix), &citation.covers, language);
    let day = |ix: ArticleIx| evidence.article(ix).published.map(|published| published.when);
    let carries = |other: &ArticleIx| {
        let theirs = term::terms(evidence.text(*other), &evidence.read(*other), language);
        let later = day(*other).zip(day(ix)).is_some_and(|(theirs, ours)| theirs.first > ours.last);
        let share = term::shared(&cited, &theirs).iter().map(|(a, _)| a.weight).sum::<u32>();
        !later && share * 2 >= term::weight(&cited)
    };
    let held = evidence.source(source).extant.iter().copied();
    held.filter(|other| *other != ix && story.contains(other))
        .find(carries)
        .map_or(Carrier::Lost(source), Carrier::Extant)
}

/// Ties by shared text: for each article the one it shares most with among those it comes from; and
/// where neither of two comes from the other, their common parent.
fn shared_texts(evidence: Evidence<'_>, story: &[ArticleIx], credits: &[Draft]) -> Vec<Draft> {
    let inside = story.iter().copied().collect::<FxHashSet<_>>();
    let held = |reuse: &&Reuse| {
        inside.contains(&reuse.left_article) && inside.contains(&reuse.right_article)
    };
    let reuses = evidence.reuses.iter().filter(|reuse| reuse.derives()).filter(held);
    let mut best = FxHashMap::<ArticleIx, (u16, &Reuse)>::default();
    let mut siblings = Vec::new();
    for reuse in reuses {
        let (child, share) = match reuse.direction {
            Direction::LeftFromRight => (reuse.left_article, reuse.share_left),
            Direction::RightFromLeft => (reuse.right_article, reuse.share_right),
            Direction::Undirected => {
                siblings.push(reuse);
                continue;
            }
        };
        let known = best.entry(child).or_insert((share, reuse));
        if share > known.0 {
            *known = (share, reuse);
        }
    }
    let mut children = best.into_iter().collect::<Vec<_>>();
    children.sort_unstable_by_key(|(child, _)| *child);
    let directed = children.into_iter().map(|(child, (_, reuse))| {
        let parent =
            if child == reuse.left_article { reuse.right_article } else { reuse.left_article };
        Draft {
            child: Carrier::Extant(child),
            parent: Carrier::Extant(parent),
            tie: tie(reuse.kind),
            reason: shown(reuse, child),
            doubt: None,
        }
    });
    let mut drafts = directed.collect::<Vec<_>>();
    // Of many undirected copies each hangs from the first it shares text with.
    let mut hung = FxHashSet::default();
    for reuse in siblings {
        let (left, right) = (reuse.left_article, reuse.right_article);
        let has_parent = drafts.iter().any(|draft| draft.child == Carrier::Extant(right));
        if has_parent || have_common_parent(credits, left, right) || !hung.insert(right) {
            continue;
        }
        drafts.push(Draft {
            child: Carrier::Extant(right),
            parent: Carrier::Extant(left),
            tie: tie(reuse.kind),
            reason: shown(reuse, right),
            doubt: Some("the words do not show which came first".to_owned()),
        });
    }
    drafts
}

/// Whether both credit one witness that is not here: then they are siblings.
fn have_common_parent(credits: &[Draft], left: ArticleIx, right: ArticleIx) -> bool {
    let parents = |ix: ArticleIx| {
        let of = move |draft: &&Draft| {
            draft.child == Carrier::Extant(ix)
                && matches!(draft.tie, Tie::Republishes | Tie::Credits)
        };
        credits.iter().filter(of).map(|draft| draft.parent)
    };
    parents(left).any(|parent| parents(right).any(|other| other == parent))
}

fn tie(kind: ReuseKind) -> Tie {
    match kind {
        ReuseKind::Copy | ReuseKind::Quote => Tie::Copy,
        ReuseKind::Version => Tie::Version,
        ReuseKind::Excerpt => Tie::Excerpt,
        ReuseKind::Rewrite => Tie::Rewrite,
    }
}

/// The longest passage, on the child's side first.
fn shown(reuse: &Reuse, child: ArticleIx) -> Reason {
    let why = reuse.reasons.first().map_or("shared words", |reason| reason.why.as_str());
    let longest = reuse.passages.iter().rev().max_by_key(|passage| passage.left.span.len());
    let places = longest.map_or_else(Vec::new, |passage| {
        let sides = [passage.left, passage.right];
        if child == reuse.left_article { sides.to_vec() } else { sides.into_iter().rev().collect() }
    });
    Reason { why: why.to_owned(), places }
}

/// Ties as they are added.
#[derive(Default)]
struct Graph {
    ties: Vec<Draft>,
    reasons: Vec<Vec<Reason>>,
    circles: Vec<Vec<Carrier>>,
}

impl Graph {
    fn tie(&mut self, draft: Draft) {
        let same = |tie: &Draft| {
            (tie.child, tie.parent, tie.tie) == (draft.child, draft.parent, draft.tie)
        };
        if let Some(at) = self.ties.iter().position(same) {
            self.ties[at].doubt = self.ties[at].doubt.take().filter(|_| draft.doubt.is_some());
            self.reasons[at].push(draft.reason);
        } else if draft.child == draft.parent {
            // A newsroom that cites itself.
        } else if let Some(mut ring) = self.way_up(draft.parent, draft.child) {
            ring.rotate_right(1);
            self.circles.push(ring);
        } else {
            self.reasons.push(vec![draft.reason.clone()]);
            self.ties.push(draft);
        }
    }

    /// The witnesses from `low` up to `high`, both included, if `low` descends from `high`.
    fn way_up(&self, low: Carrier, high: Carrier) -> Option<Vec<Carrier>> {
        let mut came_from = FxHashMap::default();
        let mut open = vec![low];
        while let Some(at) = open.pop() {
            if at == high {
                let way = std::iter::successors(Some(at), |at| came_from.get(at).copied());
                return Some(way.collect());
            }
            for tie in self.ties.iter().filter(|tie| tie.child == at) {
                if tie.parent != low && !came_from.contains_key(&tie.parent) {
                    came_from.insert(tie.parent, at);
                    open.push(tie.parent);
                }
            }
        }
        None
    }

    fn stemma(self, evidence: Evidence<'_>, articles: &[ArticleIx]) -> Stemma {
        let mut lost = self
            .ties
            .iter()
            .flat_map(|tie| [tie.child, tie.parent])
            .filter(|carrier| !matches!(carrier, Carrier::Extant(_)))
            .collect::<Vec<_>>();
        let first_mention = |carrier: &Carrier| match carrier {
            Carrier::Lost(source) => Some((evidence.source(*source).place, *source)),
            _ => None,
        };
        lost.sort_by_key(first_mention);
        lost.dedup();
        let held = articles.iter().enumerate().map(|(n, &ix)| (latin(n), Carrier::Extant(ix)));
        let lost = lost.into_iter().enumerate().map(|(n, carrier)| (greek(n), carrier));
        let witnesses = held
            .chain(lost)
            .map(|(siglum, carrier)| Witness { siglum, carrier })
            .collect::<Vec<_>>();
        let at = witnesses
            .iter()
            .enumerate()
            .map(|(n, witness)| (witness.carrier, WitnessIx(n as u32)))
            .collect::<FxHashMap<_, _>>();
        let mut derivations = self
            .ties
            .into_iter()
            .zip(self.reasons)
            .map(|(Draft { child, parent, tie, doubt, .. }, reasons)| Derivation {
                child: at[&child],
                parent: at[&parent],
                tie,
                reasons,
                doubt,
            })
            .collect::<Vec<_>>();
        derivations.sort_by_key(|tie| (tie.child, tie.parent, tie.tie));
        let mut circles = self
            .circles
            .iter()
            .map(|ring| ring.iter().filter_map(|carrier| at.get(carrier).copied()).collect())
            .collect::<Vec<Vec<_>>>();
        circles.sort_unstable();
        circles.dedup();
        Stemma { witnesses, derivations, circles }
    }
}

/// A … Z, then AA, AB, …
fn latin(n: usize) -> String {
    letters(n, &('A'..='Z').collect::<Vec<_>>())
}

/// α … ω, then αα, αβ, …
fn greek(n: usize) -> String {
    letters(n, &('α'..='ω').filter(|&c| c != 'ς').collect::<Vec<_>>())
}

fn letters(n: usize, alphabet: &[char]) -> String {
    let more = (n / alphabet.len()).checked_sub(1).map(|n| letters(n, alphabet));
    format!("{}{}", more.unwrap_or_default(), alphabet[n % alphabet.len()])
}
