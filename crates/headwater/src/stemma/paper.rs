//! Paper: a statement, filing, post or letter that a story rests on and that is not here.
//!
//! Pages call one paper by many names: "in a statement", "the note said", "on its blog". Words that
//! two pages take from it make it one; so do whose it is and what sort it is.

use headwater_page::Place;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::ArticleIx;
use crate::citation::{Citation, How};
use crate::evidence::Evidence;
use crate::name::SourceKind;
use crate::newsroom::Newsrooms;
use crate::sets::Sets;
use crate::source::{self, SourceIx};
use crate::utterance::Utterance;

/// The papers of a story.
#[derive(Default)]
pub(super) struct Papers {
    /// The paper of each citation of one: article, index in its marks.
    of: FxHashMap<(ArticleIx, usize), SourceIx>,
    /// Who prints words of a paper without saying whose they are, and where.
    pub(super) printed: Vec<(ArticleIx, SourceIx, Place)>,
}

impl Papers {
    /// The paper that a citation is of.
    pub(super) fn of(&self, ix: ArticleIx, citation: usize) -> Option<SourceIx> {
        self.of.get(&(ix, citation)).copied()
    }
}

/// One citation of a paper.
struct Cited<'a> {
    article: ArticleIx,
    citation: usize,
    source: SourceIx,
    sort: &'a str,
    /// Whether the page says whose it is, or its title.
    known: bool,
}

/// The papers that the articles of a story cite. One that a single text cites and that has neither
/// a holder nor a title is left out: nobody could ask for it.
pub(super) fn papers(
    evidence: Evidence<'_>,
    articles: &[ArticleIx],
    newsrooms: &Newsrooms,
    utterances: &[Utterance],
) -> Papers {
    let all = articles.iter().flat_map(|&ix| cited(evidence, ix, newsrooms)).collect::<Vec<_>>();
    let mut sets = Sets::new(all.len());
    let mut by_source = FxHashMap::default();
    let mut by_sort = FxHashMap::default();
    let mut here = FxHashMap::<(ArticleIx, &str), Vec<usize>>::default();
    for (at, one) in all.iter().enumerate() {
        sets.join(at, *by_source.entry(one.source).or_insert(at));
        if one.known {
            here.entry((one.article, one.sort)).or_default().push(at);
        } else {
            // In one story "the filing" of one page is "the filing" of another.
            sets.join(at, *by_sort.entry(one.sort).or_insert(at));
        }
    }
    for (at, one) in all.iter().enumerate().filter(|(_, one)| !one.known) {
        // "In a statement", then "the statement says".
        let before = here.get(&(one.article, one.sort)).into_iter().flatten();
        let sources = before.clone().map(|&at| all[at].source).collect::<FxHashSet<_>>();
        if let (1, Some(&before)) = (sources.len(), before.into_iter().next()) {
            sets.join(at, before);
        }
    }
    let mut by_utterance = FxHashMap::default();
    for (at, one) in all.iter().enumerate() {
        let citation = &evidence.marks(one.article).citations[one.citation];
        // A filing quotes a study: only what was issued for its words is told by them.
        let issued = evidence.language(one.article).firsthand.is_issued(one.sort);
        let sort = if issued { "" } else { one.sort };
        for said in said(utterances, one.article, citation) {
            sets.join(at, *by_utterance.entry((said, sort)).or_insert(at));
        }
    }
    let mut papers = Papers::default();
    let mut paper_of = FxHashMap::default();
    for group in sets.clone().groups() {
        let texts = group.iter().map(|&at| newsrooms.of(all[at].article).of);
        let texts = texts.collect::<FxHashSet<_>>().len();
        let cites = |source| group.iter().filter(|&&at| all[at].source == source).count();
        let standing = |at: &usize| {
            let one = &all[*at];
            (one.known, cites(one.source), std::cmp::Reverse(one.source))
        };
        let Some(&best) = group.iter().max_by_key(|at| standing(at)) else { continue };
        if !all[best].known && texts < 2 {
            continue;
        }
        paper_of.insert(group[0], all[best].source);
        for &at in &group {
            papers.of.insert((all[at].article, all[at].citation), all[best].source);
        }
    }
    let mut said = by_utterance.into_iter().collect::<Vec<_>>();
    said.sort_unstable();
    for ((said, _), at) in said {
        let Some(&paper) = paper_of.get(&sets.root(at)) else { continue };
        let unsaid = utterances[said].versions.iter().filter(|version| version.quote.is_none());
        papers.printed.extend(unsaid.map(|version| (version.article, paper, version.place)));
    }
    papers
}

/// The citations of papers in one article, in order.
fn cited<'a>(evidence: Evidence<'a>, ix: ArticleIx, newsrooms: &Newsrooms) -> Vec<Cited<'a>> {
    let firsthand = &evidence.language(ix).firsthand;
    let one = |(at, citation): (usize, &Citation)| {
        let rests = !matches!(citation.how, How::NoComment | How::Linked);
        if !rests || citation.told.is_some() {
            return None;
        }
        if let Some(source) = evidence.sources.paper(ix, at) {
            let words = citation.public?.of(evidence.text(ix));
            let sort = firsthand.paper(words)?;
            return Some(Cited { article: ix, citation: at, source, sort, known: true });
        }
        let source = newsrooms.cited(evidence, ix, citation)?;
        let named = evidence.source(source);
        let sort = firsthand.paper(&named.name)?;
        let known = source::is_title(&named.name);
        let document = named.kind == SourceKind::Document;
        document.then_some(Cited { article: ix, citation: at, source, sort, known })
    };
    evidence.marks(ix).citations.iter().enumerate().filter_map(one).collect()
}

/// The utterances that the words of a citation are.
fn said<'a>(
    utterances: &'a [Utterance],
    ix: ArticleIx,
    citation: &'a Citation,
) -> impl Iterator<Item = usize> + 'a {
    let ours = move |place: Place| citation.covers.iter().any(|span| span.overlaps(place.span));
    utterances.iter().enumerate().filter_map(move |(at, utterance)| {
        let mut here = utterance.versions.iter().filter(|version| version.article == ix);
        here.any(|version| ours(version.place)).then_some(at)
    })
}
