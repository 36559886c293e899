//! Rank: in which order claims are listed, and so which one the story is about.

use std::cmp::Reverse;

use headwater_page::Span;
use rustc_hash::{FxHashMap, FxHashSet};

use super::point::Points;
use super::term::TermIx;
use super::{Claim, draft};
use crate::article::ArticleIx;
use crate::evidence::Evidence;

/// What it counts, per mille, how much of the openings a claim says, against how many texts open with
/// it: enough to choose of those that as many open with. Not swept.
const THEME: u32 = 150;
/// What a claim keeps, per mille, whose words cannot be read alone, or are somebody's: they tell nobody
/// what a story is about. Not swept.
const BOUND: u32 = 600;

/// In which of the texts each article is.
fn by_article(texts: &[Vec<ArticleIx>]) -> FxHashMap<ArticleIx, usize> {
    let of =
        |(n, text): (usize, &Vec<ArticleIx>)| text.iter().map(|&ix| (ix, n)).collect::<Vec<_>>();
    texts.iter().enumerate().flat_map(of).collect()
}

/// What the story's openings are about.
pub(super) struct Theme {
    text_of: FxHashMap<ArticleIx, usize>,
    /// How many texts hold a term in headline or first paragraph.
    held: Vec<u32>,
    n_texts: u32,
}

impl Theme {
    pub(super) fn new(evidence: Evidence<'_>, points: &Points, texts: &[Vec<ArticleIx>]) -> Self {
        // Statements of one text need not stand side by side.
        let mut held = FxHashSet::<(TermIx, usize)>::default();
        for point in &points.all {
            let article = evidence.article(point.at.0);
            let mut opening = article.headline.iter().chain(article.paragraphs.first());
            if opening.any(|part| part.contains(point.span)) {
                held.extend(point.terms.iter().map(|&term| (term, point.text)));
            }
        }
        let mut n_held = vec![0; points.terms.len()];
        for (term, _) in held {
            n_held[term.ix()] += 1;
        }
        Self { text_of: by_article(texts), held: n_held, n_texts: texts.len() as u32 }
    }

    /// Share of what the claim says, per mille, that the mean opening says.
    fn share(&self, points: &Points, centre: usize) -> u32 {
        let point = &points[centre];
        let held = |&term: &TermIx| {
            u64::from(points.terms.get(term).weight) * u64::from(self.held[term.ix()])
        };
        let all = u64::from(point.weight.max(1)) * u64::from(self.n_texts.max(1));
        (point.terms.iter().map(held).sum::<u64>() * 1000 / all) as u32
    }

    /// How much the story is about the claim.
    pub(super) fn rank(
        &self,
        evidence: Evidence<'_>,
        points: &Points,
        centre: usize,
        claim: &Claim,
    ) -> Rank {
        let point = &points[centre];
        let standing = standing(evidence, &self.text_of, claim) * 1000 / (3 * self.n_texts.max(1));
        // Words that cannot be read alone tell nobody what the story is about.
        let quoted = evidence.marks(point.at.0).quotations.iter().any(|it| it.contains(point.span));
        let alone = !draft::dangles(evidence, point) && !quoted;
        let depth = claim.stating().map(|it| depth(evidence, it.article, it.place.span)).min();
        let texts = claim.stating().filter_map(|it| self.text_of.get(&it.article));
        let several = texts.collect::<FxHashSet<_>>().len() > 1;
        let theme = self.share(points, centre) * THEME / 1000;
        // What one text says alone is near to its own opening anyhow.
        let whole = if several { standing + theme } else { standing };
        Rank {
            several,
            whole: if alone { whole } else { whole * BOUND / 1000 },
            attributed: claim.statements.iter().any(|it| !it.chain.is_empty()),
            theme,
            depth: Reverse(depth),
        }
    }
}

/// What a claim is listed by, the greatest first: whether several texts state it, how much they and
/// their openings make of it, whether somebody is credited for it, how near to a top it stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Rank {
    several: bool,
    whole: u32,
    attributed: bool,
    theme: u32,
    depth: Reverse<Option<(usize, u32)>>,
}

/// How many texts state the claim in headline or opening, each three times, and how many only below.
fn standing(evidence: Evidence<'_>, text_of: &FxHashMap<ArticleIx, usize>, claim: &Claim) -> u32 {
    let mut most = FxHashMap::<usize, u32>::default();
    for stating in claim.stating() {
        let Some(&text) = text_of.get(&stating.article) else { continue };
        let here = if opens(evidence, stating.article, stating.place.span) { 3 } else { 1 };
        let most = most.entry(text).or_default();
        *most = here.max(*most);
    }
    most.into_values().sum()
}

/// In which part of its article the span stands, counted from the headline, and how far into it.
fn depth(evidence: Evidence<'_>, ix: ArticleIx, span: Span) -> (usize, u32) {
    let article = evidence.article(ix);
    let parts = article.headline.iter().chain(&article.paragraphs);
    let mut parts = parts.enumerate().filter(|(_, part)| part.contains(span));
    parts.next().map_or((usize::MAX, 0), |(n, part)| (n, span.start - part.start))
}

/// Whether `span` stands in the headline or the first two paragraphs.
pub(super) fn opens(evidence: Evidence<'_>, ix: ArticleIx, span: Span) -> bool {
    let article = evidence.article(ix);
    let mut opening = article.headline.iter().chain(article.paragraphs.iter().take(2));
    opening.any(|part| part.contains(span))
}
