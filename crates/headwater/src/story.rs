//! Story: the articles about one happening, with all that was found about it.

mod topic;

use headwater_page::Place;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::{self, ArticleIx, Role};
use crate::claim::{self, Claim};
use crate::date::Interval;
use crate::evidence::Evidence;
use crate::newsroom;
use crate::origin::{Carried, Origins, Said};
use crate::reuse::{Reuse, ReuseKind};
use crate::sets::Sets;
use crate::stemma::{self, Stemma};
use crate::term::{self, Term};
use crate::timeline::{self, Happening};
use crate::utterance::{self, Utterance};

/// A story with all that was found about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Story {
    /// The headline that stands for it, as found on a page.
    pub title: Place,
    /// Key phrases, the weightiest first.
    pub topics: Vec<Place>,
    /// Its articles, in order.
    pub articles: Vec<ArticleIx>,
    /// The articles by text: copies and versions together; in the order of their first article.
    pub texts: Vec<Vec<ArticleIx>>,
    /// How many pages carry it.
    pub n_pages: u32,
    /// From the first to the last dated report.
    pub when: Option<Interval>,
    /// Who has it from whom.
    pub stemma: Stemma,
    /// Who said what, in which versions.
    pub utterances: Vec<Utterance>,
    /// The claims: the most widely stated first.
    pub claims: Vec<Claim>,
    /// What happened when.
    pub timeline: Vec<Happening>,
    /// Which claim is what the story is about: an index into `claims`.
    pub central: Option<u32>,
    /// On how many origins it rests, which is those of its central claim; none for a story without
    /// a claim (unmeasured).
    pub origins: Option<Origins>,
}

/// Everything about the story that `articles` (in order, at least one) tell.
pub fn story(evidence: Evidence<'_>, articles: Vec<ArticleIx>) -> Story {
    let texts = texts(evidence, &articles);
    let newsrooms = newsroom::newsrooms(evidence, &texts);
    let utterances = utterance::utterances(evidence, &texts);
    let stemma = stemma::stemma(evidence, &articles, &newsrooms, &utterances);
    let said = Said::new(&newsrooms, &utterances);
    let carried = Carried { evidence, newsrooms: &newsrooms, said: &said };
    let claims = claim::claims(carried, &texts);
    let timeline = timeline::timeline(evidence, &articles, &claims);
    let central = (!claims.is_empty()).then_some(0_usize);
    let origins = central.map(|at| claims[at].origins.clone());
    let terms = articles.iter().map(|&ix| terms(evidence, ix)).collect::<Vec<_>>();
    let pages = articles.iter().map(|&ix| evidence.article(ix).page).collect::<FxHashSet<_>>();
    let dates = || articles.iter().filter_map(|&ix| evidence.article(ix).published);
    let first = dates().map(|published| published.when.first).min();
    let last = dates().map(|published| published.when.last).max();
    Story {
        title: title(evidence, &articles, &terms),
        topics: topic::topics(evidence, &texts),
        n_pages: pages.len() as u32,
        when: first.zip(last).map(|(first, last)| Interval { first, last }),
        central: central.map(|at| at as u32),
        articles,
        texts,
        stemma,
        utterances,
        claims,
        timeline,
        origins,
    }
}

/// Articles by shared text: copies, versions, and excerpts that are nearly a whole article; in the
/// order of their first article.
fn texts(evidence: Evidence<'_>, articles: &[ArticleIx]) -> Vec<Vec<ArticleIx>> {
    let mut at = FxHashMap::default();
    at.extend(articles.iter().enumerate().map(|(n, &ix)| (ix, n)));
    let mut sets = Sets::new(articles.len());
    let reuses = articles.iter().flat_map(|&ix| evidence.reuses_from(ix));
    for reuse in reuses.filter(|reuse| is_one_text(reuse)) {
        if let (Some(&left), Some(&right)) =
            (at.get(&reuse.left_article), at.get(&reuse.right_article))
        {
            sets.join(left, right);
        }
    }
    let group = |group: Vec<usize>| group.into_iter().map(|n| articles[n]).collect();
    sets.groups().into_iter().map(group).collect()
}

/// Whether two articles carry one text. An excerpt does when it has next to nothing of its own.
fn is_one_text(reuse: &Reuse) -> bool {
    match reuse.kind {
        ReuseKind::Copy | ReuseKind::Version => true,
        ReuseKind::Excerpt => reuse.share_left.max(reuse.share_right) >= 800,
        ReuseKind::Rewrite | ReuseKind::Quote => false,
    }
}

fn terms(evidence: Evidence<'_>, ix: ArticleIx) -> Vec<Term> {
    let opening = evidence.read(ix).into_iter().take(4).collect::<Vec<_>>();
    term::terms(evidence.text(ix), &opening, evidence.language(ix))
}

/// The headline that says most of what all openings say; the first of equals. One that asks only where
/// no other says half as much: it tells what the story is about, not what happened. Without any
/// headline what a page is called, if its body tells of it, else the first sentence of the first article.
/// Cost: the words of headlines and openings.
fn title(evidence: Evidence<'_>, articles: &[ArticleIx], terms: &[Vec<Term>]) -> Place {
    // Openings that hold a term. No opening holds one twice.
    let mut holding = FxHashMap::<u64, u64>::default();
    for term in terms.iter().flatten() {
        *holding.entry(term.hash).or_default() += 1;
    }
    let said = |ix: ArticleIx| {
        let headline = evidence.article(ix).headline?;
        let own = term::terms(evidence.text(ix), &[headline], evidence.language(ix));
        let held = |term: &Term| holding.get(&term.hash).copied().unwrap_or(0);
        // Per word: a long headline says more of anything.
        let sum = own.iter().map(|term| u64::from(term.weight) * held(term)).sum::<u64>();
        let said = sum / (own.len() as u64).max(4);
        let asks = headline.of(evidence.text(ix)).contains('?');
        Some((if asks { said / 2 } else { said }, headline))
    };
    let best = articles
        .iter()
        .rev()
        .filter_map(|&ix| said(ix).map(|(sum, headline)| (sum, evidence.place(ix, headline))))
        .max_by_key(|(sum, _)| *sum);
    let called = || articles.iter().zip(terms).find_map(|(&ix, terms)| called(evidence, ix, terms));
    best.map(|(_, headline)| headline).or_else(called).unwrap_or_else(|| {
        let first = articles[0];
        let sentence = evidence.marks(first).sentences.first().copied();
        let opening = sentence.or(evidence.article(first).paragraphs.first().copied());
        evidence.place(first, opening.unwrap_or(evidence.article(first).span))
    })
}

/// What metadata call the page, where two of its words stand in the opening: else it is the name of a site
/// or of a section.
fn called(evidence: Evidence<'_>, ix: ArticleIx, opening: &[Term]) -> Option<Place> {
    let article = evidence.article(ix);
    let title = article::titles(&evidence.pages[article.page.ix()]).first().copied();
    let title = title.filter(|_| article.role == Role::Main)?;
    let own = term::terms(evidence.text(ix), &[title], evidence.language(ix));
    (term::shared(&own, opening).len() > 1).then(|| evidence.place(ix, title))
}
