//! Cited: everyone who is cited in a collection, by whom, and how near the page is to them.

use std::collections::BTreeMap;

use headwater::citation::{Citation, How};
use headwater::evidence::Evidence;
use headwater::name::SourceKind;
use headwater::newsroom::{is_report, is_spoken};
use headwater::source::SourceIx;
use headwater::{ArticleIx, Dossier, Lexicon, Span};

/// How an article comes to what a source says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Way {
    /// First-hand: the source spoke to the newsroom whose text it is.
    Newsroom,
    /// First-hand: said, filed or posted in public.
    Public,
    /// The page has the words and does not say to whom they were said.
    Unsaid,
    /// Second-hand: the source is itself a report.
    Report,
    /// Second-hand: through another report.
    Through(SourceIx),
    /// Asked, and gave nothing.
    NoComment,
    /// A credit line: the whole text is the source's.
    Credit,
}

impl Way {
    /// In words, for a list of articles.
    pub fn words(self) -> &'static str {
        match self {
            Way::Newsroom => "told the newsroom itself",
            Way::Public => "in public",
            Way::Unsaid => "said; to whom, the page does not say",
            Way::Report => "as a report",
            Way::Through(_) => "through another report",
            Way::NoComment => "asked, gave no comment",
            Way::Credit => "credit line",
        }
    }

    /// As a key of the wire.
    pub fn key(self) -> &'static str {
        match self {
            Way::Newsroom => "told_newsroom",
            Way::Public => "public",
            Way::Unsaid => "unsaid",
            Way::Report => "report",
            Way::Through(_) => "through_report",
            Way::NoComment => "no_comment",
            Way::Credit => "credit",
        }
    }

    /// Whether the page has it at first hand; none where it cannot be told.
    pub fn is_firsthand(self) -> Option<bool> {
        match self {
            Way::Newsroom | Way::Public => Some(true),
            Way::Report | Way::Through(_) | Way::Credit => Some(false),
            Way::Unsaid | Way::NoComment => None,
        }
    }
}

/// One place where a source is cited.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Citing {
    /// By which article.
    pub article: ArticleIx,
    /// How near.
    pub way: Way,
    /// The words that do it, in the article's page.
    pub span: Span,
}

/// The kinds in the order in which they are listed, with their key and heading.
pub const KINDS: [(SourceKind, &str, &str); 6] = [
    (SourceKind::Agency, "agency", "Agencies"),
    (SourceKind::Outlet, "outlet", "Newspapers, broadcasters, sites"),
    (SourceKind::Office, "office", "Institutions and offices"),
    (SourceKind::Person, "person", "People"),
    (SourceKind::Document, "document", "Documents"),
    (SourceKind::Unnamed, "unnamed", "Not named"),
];

/// Where each source is cited, in the order of articles; sources that nobody cites are left out.
/// Cost: linear in the citations.
pub fn cited(dossier: &Dossier) -> BTreeMap<SourceIx, Vec<Citing>> {
    let evidence = dossier.evidence(Lexicon::shipped());
    let mut cited = BTreeMap::<SourceIx, Vec<Citing>>::new();
    for (at, article) in dossier.articles.iter().enumerate() {
        let ix = ArticleIx(at as u32);
        for (nth, credit) in article.credits.iter().enumerate() {
            let source = dossier.sources.of_credit[at][nth];
            let citing = Citing { article: ix, way: Way::Credit, span: credit.span };
            cited.entry(source).or_default().push(citing);
        }
        for (nth, citation) in dossier.marks[at].citations.iter().enumerate() {
            if let Some(paper) = dossier.sources.paper(ix, nth) {
                let citing = Citing { article: ix, way: Way::Public, span: citation.cue };
                cited.entry(paper).or_default().push(citing);
            }
            if let Some(party) = citation.source {
                let source = dossier.sources.party(ix, party);
                let way = way(evidence, ix, source, citation);
                let citing = Citing { article: ix, way, span: citation.cue };
                cited.entry(source).or_default().push(citing);
            }
        }
    }
    cited
}

/// The sources of one kind that are cited, those cited by most articles first.
pub fn of_kind(
    dossier: &Dossier,
    cited: &BTreeMap<SourceIx, Vec<Citing>>,
    kind: SourceKind,
) -> Vec<SourceIx> {
    let of_kind = cited.keys().copied().filter(|&ix| dossier.sources.get(ix).kind == kind);
    let mut found = of_kind.collect::<Vec<_>>();
    found.sort_by_key(|ix| (std::cmp::Reverse(n_articles(&cited[ix])), *ix));
    found
}

/// How many articles cite.
pub fn n_articles(citings: &[Citing]) -> usize {
    let mut articles = citings.iter().map(|it| it.article).collect::<Vec<_>>();
    articles.dedup();
    articles.len()
}

fn way(evidence: Evidence<'_>, ix: ArticleIx, source: SourceIx, citation: &Citation) -> Way {
    let party = |party| evidence.sources.party(ix, party);
    let own = |source| {
        evidence.sources.publisher[ix.ix()] == Some(source)
            || evidence.sources.of_credit[ix.ix()].contains(&source)
    };
    if citation.how == How::NoComment {
        return Way::NoComment;
    }
    if is_report(evidence, source) {
        return Way::Report;
    }
    let via = citation.via.map(|via| &evidence.marks(ix).citations[via.ix()]);
    if let Some(report) = via.and_then(|via| via.source).map(party) {
        return Way::Through(report);
    }
    match citation.told.map(party) {
        Some(told) if own(told) => return Way::Newsroom,
        Some(told) => return Way::Through(told),
        None => {}
    }
    if citation.public.is_some() || evidence.source(source).kind == SourceKind::Document {
        Way::Public
    } else if is_spoken(evidence, ix, citation) {
        Way::Newsroom
    } else {
        Way::Unsaid
    }
}
