//! Stemma: who has it from whom, drawn as the descent of witnesses.
//!
//! A witness is an article in its role of carrying a story. An **extant** witness is in the
//! collection; a **lost** one is cited or credited but not here; an **inferred** one is cited by
//! nobody, but two extant witnesses each have what the other lacks, so neither is the source.

mod paper;
mod text;
mod tie;

use headwater_page::Place;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::ArticleIx;
use crate::evidence::Evidence;
use crate::name::{SourceKind, Unnamed};
use crate::newsroom::Newsrooms;
use crate::reuse::Reason;
use crate::source::SourceIx;
use crate::utterance::Utterance;

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
    /// A common parent that variants demand: that of the article named.
    Inferred(ArticleIx),
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
    newsrooms: &Newsrooms,
    utterances: &[Utterance],
) -> Stemma {
    let papers = paper::papers(evidence, articles, newsrooms, utterances);
    let (mut drafts, mut known) = (Vec::new(), tie::Known::default());
    for &ix in articles {
        drafts.extend(tie::credits(evidence, articles, ix));
        drafts.extend(tie::citations(evidence, articles, ix, (newsrooms, &papers), &mut known));
    }
    drafts.extend(tie::printed(&papers, &drafts));
    let shared = text::shared(evidence, articles, &drafts);
    drafts.extend(shared);
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

/// Ties as they are added.
#[derive(Default)]
struct Graph {
    ties: Vec<Draft>,
    reasons: Vec<Vec<Reason>>,
    circles: Vec<Vec<Carrier>>,
    /// Where in `ties` each one is.
    at: FxHashMap<(Carrier, Carrier, Tie), usize>,
    /// The parents of each child, in order.
    parents: FxHashMap<Carrier, Vec<Carrier>>,
}

impl Graph {
    fn tie(&mut self, draft: Draft) {
        let same = (draft.child, draft.parent, draft.tie);
        if let Some(&at) = self.at.get(&same) {
            self.ties[at].doubt = self.ties[at].doubt.take().filter(|_| draft.doubt.is_some());
            self.reasons[at].push(draft.reason);
        } else if draft.child == draft.parent {
            // A newsroom that cites itself.
        } else if let Some(mut ring) = self.way_up(draft.parent, draft.child) {
            ring.rotate_right(1);
            self.circles.push(ring);
        } else {
            self.at.insert(same, self.ties.len());
            self.parents.entry(draft.child).or_default().push(draft.parent);
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
            for &parent in self.parents.get(&at).into_iter().flatten() {
                if parent != low && !came_from.contains_key(&parent) {
                    came_from.insert(parent, at);
                    open.push(parent);
                }
            }
        }
        None
    }

    /// Leaves out a copy's ties to people and papers that the page that it copies cites too.
    fn drop_repeated(&mut self, evidence: Evidence<'_>) {
        let people = |carrier: Carrier| match carrier {
            Carrier::Lost(source) => {
                let source = evidence.source(source);
                source.unnamed == Some(Unnamed::People) || source.kind == SourceKind::Document
            }
            Carrier::Extant(_) | Carrier::Inferred(_) => false,
        };
        let mut copied = FxHashMap::<Carrier, Vec<Carrier>>::default();
        for tie in self
            .ties
            .iter()
            .filter(|tie| matches!(tie.tie, Tie::Copy | Tie::Version | Tie::Excerpt))
        {
            copied.entry(tie.child).or_default().push(tie.parent);
        }
        let pairs = self.ties.iter().map(|tie| (tie.child, tie.parent));
        let cites = pairs.collect::<FxHashSet<_>>();
        let repeated = |tie: &Draft| {
            let mut copied = copied.get(&tie.child).into_iter().flatten();
            people(tie.parent) && copied.any(|&copy| cites.contains(&(copy, tie.parent)))
        };
        let keep = self.ties.iter().map(|tie| !repeated(tie)).collect::<Vec<_>>();
        self.keep(&keep);
    }

    /// Leaves out what nobody here leads to: the people behind a report whose own tie closed a ring.
    fn drop_idle(&mut self) {
        loop {
            let mut n_children = FxHashMap::<Carrier, usize>::default();
            for tie in &self.ties {
                *n_children.entry(tie.parent).or_default() += 1;
            }
            let idle = |tie: &Draft| {
                let unled = !matches!(tie.child, Carrier::Extant(_))
                    && !n_children.contains_key(&tie.child);
                // Variants demand a parent for two at least.
                let lone =
                    matches!(tie.parent, Carrier::Inferred(_)) && n_children[&tie.parent] < 2;
                unled || lone
            };
            let keep = self.ties.iter().map(|tie| !idle(tie)).collect::<Vec<_>>();
            if keep.iter().all(|&keep| keep) {
                return;
            }
            self.keep(&keep);
        }
    }

    fn keep(&mut self, keep: &[bool]) {
        let mut kept = keep.iter();
        self.ties.retain(|_| kept.next().copied().unwrap_or(true));
        let mut kept = keep.iter();
        self.reasons.retain(|_| kept.next().copied().unwrap_or(true));
    }

    fn stemma(self, evidence: Evidence<'_>, articles: &[ArticleIx]) -> Stemma {
        let mut graph = self;
        graph.drop_repeated(evidence);
        graph.drop_idle();
        let mut lost = graph
            .ties
            .iter()
            .flat_map(|tie| [tie.child, tie.parent])
            .filter(|carrier| !matches!(carrier, Carrier::Extant(_)))
            .collect::<Vec<_>>();
        let first_mention = |carrier: &Carrier| match carrier {
            Carrier::Lost(source) => evidence.source(*source).place,
            Carrier::Extant(ix) | Carrier::Inferred(ix) => {
                evidence.place(*ix, evidence.article(*ix).span)
            }
        };
        lost.sort_by_key(|carrier| (first_mention(carrier), *carrier));
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
        let mut derivations = graph
            .ties
            .into_iter()
            .zip(graph.reasons)
            .map(|(Draft { child, parent, tie, doubt, .. }, reasons)| Derivation {
                child: at[&child],
                parent: at[&parent],
                tie,
                reasons,
                doubt,
            })
            .collect::<Vec<_>>();
        derivations.sort_by_key(|tie| (tie.child, tie.parent, tie.tie));
        let mut circles = graph
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
