//! Reuse: two passages of which one comes from the other, or both from a third.
//!
//! Words inside quotation marks that several reports carry are an utterance, not a copy; words
//! outside of them that two reports share are reuse.

mod align;
mod body;
mod candidate;
mod direction;
mod kind;
mod passage;
mod shingle;

use headwater_page::{Page, Place};
use rustc_hash::FxHashMap;

use crate::article::{Article, ArticleIx, Role};
use crate::fold;
use crate::lexicon::Lexicon;
use crate::marks::Marks;
use crate::par;

use align::Chain;
use body::{Body, Weight};
use candidate::Home;
use direction::Witness;
use passage::Side;
use shingle::Fingerprint;

/// What shared words are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ReuseKind {
    /// The same text, page furniture and house style aside.
    Copy,
    /// Two states of one outlet's or agency's article.
    Version,
    /// One holds a contiguous or large part of the other's text.
    Excerpt,
    /// One re-words the other, in its order or with its turns.
    Rewrite,
    /// A speaker's or a public document's words; no derivation.
    Quote,
}

/// Which side is the source.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Direction {
    /// The left article's words come from the right one's.
    LeftFromRight,
    /// The right article's words come from the left one's.
    RightFromLeft,
    /// The words do not show it.
    Undirected,
}

/// A change from the left words to the right ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Edit {
    /// Left words; empty where the right side adds.
    pub was: Place,
    /// Right words; empty where the left side has more.
    pub is: Place,
}

/// Why a direction is stated, or a kind was chosen: a short lower-case fragment and its words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reason {
    /// "credits the other's outlet", "printed a day later", "lacks the last paragraph".
    pub why: String,
    /// The words that show it.
    pub places: Vec<Place>,
}

/// One stretch of words that two articles share.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Passage {
    /// In the left article.
    pub left: Place,
    /// In the right article.
    pub right: Place,
    /// Changes from left to right, in order. For every kind but [`ReuseKind::Rewrite`], applying
    /// them to the left bytes gives the right bytes.
    pub edits: Vec<Edit>,
}

/// All that two articles share. Exists once a pair and kind, `left_article < right_article`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reuse {
    /// The article that comes first in the collection.
    pub left_article: ArticleIx,
    /// The other.
    pub right_article: ArticleIx,
    /// What it is.
    pub kind: ReuseKind,
    /// The shared passages, in order of the left article; at least one.
    pub passages: Vec<Passage>,
    /// Which side is the source.
    pub direction: Direction,
    /// Reasons for the direction, or for calling it undirected.
    pub reasons: Vec<Reason>,
    /// Share of the left body's words that are shared, per mille.
    pub share_left: u16,
    /// Share of the right body's words that are shared, per mille.
    pub share_right: u16,
}

impl Reuse {
    /// Whether one text derives from the other or both from a third; a shared quote is no such tie.
    pub fn derives(&self) -> bool {
        self.kind != ReuseKind::Quote
    }
}

/// Every reuse between two articles of the collection, ordered by left, right, kind. `marks` stand
/// beside `articles`; teasers take no part. Words that one site repeats on its own pages are
/// furniture and are no reuse. Cost: linear in the text for a bounded number of copies of each
/// passage. After: winnowing (Schleimer et al. 2003); passim (Smith et al. 2014).
pub fn reuses(
    pages: &[Page],
    articles: &[Article],
    marks: &[Marks],
    lexicon: &Lexicon,
) -> Vec<Reuse> {
    let all = (0..articles.len()).collect::<Vec<_>>();
    let bodies = par::map(&all, |&ix| match articles[ix].role {
        Role::Teaser => Body::default(),
        _ => body::body(&pages[articles[ix].page.ix()], &articles[ix], &marks[ix], lexicon),
    });
    let prints = par::map(&bodies, |body| shingle::fingerprints(&body.hashes));
    let candidates = candidate::candidates(prints, &homes(pages, articles, lexicon));
    let pair = |&(left, right): &(u32, u32)| {
        let witness = |ix: u32| Witness {
            page: &pages[articles[ix as usize].page.ix()],
            article: &articles[ix as usize],
            marks: &marks[ix as usize],
            body: &bodies[ix as usize],
        };
        let prints = (&candidates.kept[left as usize], &candidates.kept[right as usize]);
        let chains = chains(&bodies[left as usize], &bodies[right as usize], prints.0, prints.1);
        let ix = (ArticleIx(left), ArticleIx(right));
        judge(ix, witness(left), witness(right), &chains, lexicon)
    };
    par::map(&candidates.pairs, pair).concat()
}

/// Page and series of every article. The series is the publisher's family, or what the capture
/// says, or the site; a page of which nothing is known is a series of its own.
fn homes(pages: &[Page], articles: &[Article], lexicon: &Lexicon) -> Vec<Home> {
    let mut numbers = FxHashMap::default();
    let series = articles.iter().map(|article| {
        let capture = &pages[article.page.ix()].capture;
        let publisher = article.publisher.as_ref();
        let family = publisher.map(|publisher| match publisher.outlet {
            Some(outlet) => fold::key(lexicon.outlets.get(outlet).family),
            None => fold::key(&publisher.name),
        });
        let series = capture.series.as_deref().map(fold::key);
        let site = capture.url.as_deref().map(|url| direction::host(url).to_owned());
        let name = family.or(series).or(site).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| format!("page {}", article.page.0));
        let n_series = numbers.len() as u32;
        Home { page: article.page.0, series: *numbers.entry(name).or_insert(n_series) }
    });
    series.collect()
}

/// The chains of two bodies. Which body comes first in the collection does not matter to which
/// words correspond.
fn chains(left: &Body, right: &Body, a: &[Fingerprint], b: &[Fingerprint]) -> Vec<Chain> {
    let key = |body: &Body| body.len();
    if (key(left), &left.hashes) <= (key(right), &right.hashes) {
        return align::chains(left, right, a, b);
    }
    let mut chains = align::chains(right, left, b, a);
    for run in chains.iter_mut().flat_map(|chain| &mut chain.runs) {
        (run.left, run.right) = (run.right, run.left);
    }
    chains.sort_by_key(|chain| chain.pairs().next());
    chains
}

/// What a pair shares: at most one reuse by which a text derives, then at most one of quotes.
fn judge(
    (left_article, right_article): (ArticleIx, ArticleIx),
    left: Witness,
    right: Witness,
    chains: &[Chain],
    lexicon: &Lexicon,
) -> Vec<Reuse> {
    let (a, b) = (left.body, right.body);
    let shared = kind::shared(a, b, chains);
    let kind = kind::kind(a, b, &shared);
    let quoted = |i, j| kind::weight(a, b, i, j) == Weight::Quoted;

    let mut found = Vec::new();
    let mut reuse = |kind, chains: &[Chain], (direction, reasons)| {
        let sides = (side(left), side(right));
        let passages = chains.iter().flat_map(|chain| passage::passages(sides.0, sides.1, chain));
        let shared = kind::shared(a, b, chains);
        found.push(Reuse {
            left_article,
            right_article,
            kind,
            passages: passages.collect(),
            direction,
            reasons,
            share_left: kind::share(&shared.left),
            share_right: kind::share(&shared.right),
        });
    };

    let mut alone = chains.to_vec();
    if let Some(kind) = kind {
        let (mut prose, mut rest) = (Vec::new(), Vec::new());
        for chain in chains {
            let n_quoted = chain.pairs().filter(|&(i, j)| quoted(i, j)).count();
            let is_quote = n_quoted * 10 >= chain.n_words() * 9;
            if is_quote && kind != ReuseKind::Copy { &mut rest } else { &mut prose }
                .push(chain.clone());
        }
        if prose.is_empty() {
            prose.append(&mut rest);
        }
        let direction = direction::direction(left, right, kind, &shared, lexicon);
        reuse(kind, &prose, direction);
        alone = rest;
    }
    let quotes = alone.iter().flat_map(|chain| passage::cut(chain, align::SHORTEST, quoted));
    let quotes = quotes.collect::<Vec<_>>();
    if !quotes.is_empty() {
        let places = quotes.iter().map(|chain| passage::passages(side(left), side(right), chain));
        let places = places.flatten().map(|passage| passage.left).collect();
        let why = "words of a speaker or a document, which both quote".to_owned();
        reuse(ReuseKind::Quote, &quotes, (Direction::Undirected, vec![Reason { why, places }]));
    }
    found
}

fn side(witness: Witness<'_>) -> Side<'_> {
    Side { page: witness.article.page, text: &witness.page.text, body: witness.body }
}
