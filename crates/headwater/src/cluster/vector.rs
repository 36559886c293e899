//! Vector: what an article is about, as its weightiest words.
//!
//! Words of headline and opening, by rarity in the language at large. What only says when, and
//! by which agency or outlet, weighs nothing.

use std::cmp::Reverse;

use headwater_page::Span;
use rustc_hash::FxHashMap;

use crate::article::{self, Article, ArticleIx, Role};
use crate::evidence::Evidence;
use crate::fold;
use crate::lexicon::{Language, Lexicon};

/// How many words that carry something are read, the headline's first.
///
/// What stands further down is background that many stories share. Swept with 150 to 1000 on eight
/// sets of events: 300 is best on most of them, all of the text costs .02.
const N_READ: usize = 300;

/// How many of an article's weightiest terms are compared; 80 to 300 give the same.
const N_TERMS: usize = 100;

/// How often a word of the headline counts. 2 to 5 differ by less than .01; chosen on any seven of eight
/// sets of events, 4 or 5 come out.
const HEADLINE: u32 = 4;

/// Words this light are in every report ("one", "time", "new").
const LIGHTEST: u32 = 60;

/// What a number weighs: as much as a common noun.
const NUMBER: u32 = 150;

/// What a word weighs whose language has no table here.
const FOREIGN: u32 = 300;

/// Fewest bytes of such a word: short ones are the language's own.
const FOREIGN_WORD: usize = 6;

/// Most bytes after an apostrophe that make a word a contraction ("they're") and no name.
const TAIL: usize = 3;

/// What a name weighs of what its rarity says, per cent.
///
/// Reports of one war or one election share their names whatever happens; what happens is said in
/// other words. Swept from 50 to 100 on eight sets of events: 100 costs galaxy-handpicked .03,
/// galaxy-30E .01 and galaxy-medium .01; below 70 giveme5w1h falls.
const NAME: u32 = 75;

/// 100 plus the logarithm of the number of times that a word stands there, in hundredths.
const COUNTED: [u32; 16] =
    [0, 100, 169, 210, 239, 261, 279, 295, 308, 320, 330, 340, 348, 356, 364, 371];

/// An article's weightiest terms by hash, each with its share of the vector, whose length is 10 000.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Vector {
    pub(super) terms: Vec<(u32, u16)>,
}

/// How often a term stands in what is read of an article, and how it is written there.
struct Counted {
    times: u32,
    weight: u32,
    /// Whether it is written with a capital inside a paragraph, where no headline's or opening's
    /// capitals reach.
    capital: bool,
    /// Whether it is also written with a small letter.
    small: bool,
}

impl Counted {
    /// Weight by rarity and number, in hundredths.
    fn weighed(&self) -> u32 {
        let share = if self.capital && !self.small { NAME } else { 100 };
        self.weight * COUNTED[(self.times as usize).min(15)] * share / 100
    }
}

/// What an article is about. Cost: linear in what is read of it.
pub(super) fn vector(evidence: Evidence<'_>, ix: ArticleIx) -> Vector {
    let (article, text) = (evidence.article(ix), evidence.text(ix));
    let words = Words::new(evidence, article);
    let mut counts = FxHashMap::<u32, Counted>::default();
    let mut n_read = 0;
    for Part { span, times, in_paragraph } in read(evidence, ix) {
        words.each(text, span, |Term { hash, weight, span: Span { start, .. } }| {
            if n_read == N_READ {
                return;
            }
            n_read += 1;
            let first = text[start as usize..].chars().next().unwrap_or(' ');
            let term = Counted { times: 0, weight, capital: false, small: false };
            let counted = counts.entry(hash).or_insert(term);
            counted.times += times;
            counted.capital |= in_paragraph && start > span.start && first.is_uppercase();
            counted.small |= first.is_lowercase();
        });
        if n_read == N_READ {
            break;
        }
    }
    let mut terms =
        counts.into_iter().map(|(hash, counted)| (hash, counted.weighed())).collect::<Vec<_>>();
    terms.sort_unstable_by_key(|&(hash, weight)| (Reverse(weight), hash));
    terms.truncate(N_TERMS);
    terms.sort_unstable();
    let squares = terms.iter().map(|&(_, weight)| u64::from(weight).pow(2)).sum::<u64>();
    let length = squares.isqrt().max(1);
    let share = |(hash, weight)| (hash, (u64::from(weight) * 10_000 / length) as u16);
    Vector { terms: terms.into_iter().map(share).collect() }
}

/// Where in what is read of an article the first word of each of `terms` stands.
pub(super) fn places(evidence: Evidence<'_>, ix: ArticleIx, terms: &[u32]) -> Vec<Option<Span>> {
    let (article, text) = (evidence.article(ix), evidence.text(ix));
    let words = Words::new(evidence, article);
    let mut found = vec![None; terms.len()];
    for Part { span, .. } in read(evidence, ix) {
        words.each(text, span, |Term { hash, span, .. }| {
            if let Some(at) = terms.iter().position(|&term| term == hash) {
                found[at].get_or_insert(span);
            }
        });
        if found.iter().all(Option::is_some) {
            break;
        }
    }
    found
}

/// A stretch of what is read of an article.
struct Part {
    span: Span,
    /// How often its words count.
    times: u32,
    in_paragraph: bool,
}

/// Headline, or what stands for it, and paragraphs.
///
/// A page whose body is a notice, a player or a wall has no headline of its own words; what its
/// metadata calls it is then all that tells what it is about.
fn read(evidence: Evidence<'_>, ix: ArticleIx) -> impl Iterator<Item = Part> {
    let article = evidence.article(ix);
    let title = || {
        let titles = article::titles(&evidence.pages[article.page.ix()]);
        titles.first().copied().filter(|_| article.role == Role::Main)
    };
    let headline = article.headline.or_else(title);
    let headline = headline.map(|span| Part { span, times: HEADLINE, in_paragraph: false });
    let body = article.paragraphs.iter().map(|&span| Part { span, times: 1, in_paragraph: true });
    headline.into_iter().chain(body)
}

/// The language of an article, if there is a table for it.
fn language<'a>(evidence: Evidence<'a>, article: &Article) -> Option<&'a Language> {
    evidence.lexicon.languages.iter().find(|language| language.code == article.language)
}

/// A word that carries something.
struct Term {
    /// Hash of its stem.
    hash: u32,
    /// What it says by its rarity.
    weight: u32,
    /// Where it stands.
    span: Span,
}

struct Words<'a> {
    lexicon: &'a Lexicon,
    language: Option<&'a Language>,
    /// Hashes of the words that are whole names of whoever published it: of each of its articles alike,
    /// they tell nothing.
    own: Vec<u64>,
}

impl<'a> Words<'a> {
    fn new(evidence: Evidence<'a>, article: &Article) -> Self {
        let lexicon = evidence.lexicon;
        let publisher = article.publisher.iter();
        let names = publisher.flat_map(|publisher| {
            let outlet = publisher.outlet.map(|ix| lexicon.outlets.get(ix));
            let known = outlet.into_iter().flat_map(|it| it.aliases.iter().chain([&it.name]));
            known.copied().chain([publisher.name.as_str()])
        });
        let own = names.map(|name| fold::hash(&fold::key(name))).collect();
        Self { lexicon, language: language(evidence, article), own }
    }

    /// Every word of `within` that carries something, in order.
    fn each(&self, text: &str, within: Span, mut found: impl FnMut(Term)) {
        for token in fold::tokens(text, within) {
            if let Some((hash, weight)) = self.term(token.span.of(text), token.hash) {
                found(Term { hash: (hash >> 32) as u32, weight, span: token.span });
            }
        }
    }

    /// Hash of the stem and weight of a word; none if it carries nothing.
    fn term(&self, word: &str, hash: u64) -> Option<(u64, u32)> {
        if self.lexicon.outlets.is_agency(hash) || self.own.contains(&hash) {
            return None;
        }
        if word.bytes().all(|byte| byte.is_ascii_digit() || byte == b',' || byte == b'.') {
            return (word.len() > 1).then_some((hash, NUMBER));
        }
        let Some(language) = self.language else {
            // No table tells what is rare in that language.
            return (word.len() >= FOREIGN_WORD).then_some((hash, FOREIGN));
        };
        if let Some((stem, weight)) = language.background.known(hash) {
            return (weight > LIGHTEST).then_some((stem, weight));
        }
        let folded = fold::fold(word);
        let word = match folded.rsplit_once('\'') {
            Some((head, "s")) => head,
            Some((_, tail)) if tail.len() <= TAIL => return None,
            _ => &folded,
        };
        let word = word.replace(['.', ','], "");
        if word.len() < 2 || language.function_words.has(&word) {
            return None;
        }
        let stem = language.background.stem(&word);
        let weight = language.background.weight(&stem);
        (weight > LIGHTEST).then(|| (fold::hash(&stem), weight))
    }
}

impl Vector {
    /// The `n` terms that give most of the cosine with another, the one that gives most first.
    pub(super) fn common(&self, other: &Self, n: usize) -> Vec<u32> {
        let shares = other.terms.iter().copied().collect::<FxHashMap<u32, u16>>();
        let both = self.terms.iter().filter_map(|&(hash, share)| {
            shares.get(&hash).map(|&theirs| (Reverse(u32::from(share) * u32::from(theirs)), hash))
        });
        let mut both = both.collect::<Vec<_>>();
        both.sort_unstable();
        both.into_iter().take(n).map(|(_, hash)| hash).collect()
    }

    /// The `n` weightiest terms, the weightiest first.
    pub(super) fn heaviest(&self, n: usize) -> Vec<(u32, u16)> {
        let mut terms = self.terms.clone();
        terms.sort_unstable_by_key(|&(hash, share)| (Reverse(share), hash));
        terms.truncate(n);
        terms
    }
}

/// A vector that many others are compared with.
pub(super) struct Lens<'a> {
    terms: &'a [(u32, u16)],
    /// Which last bits its terms have: most terms of others have none of them.
    bits: [u64; 64],
}

impl<'a> Lens<'a> {
    pub(super) fn new(vector: &'a Vector) -> Self {
        let mut bits = [0; 64];
        for &(hash, _) in &vector.terms {
            bits[(hash >> 6) as usize % 64] |= 1 << (hash % 64);
        }
        Self { terms: &vector.terms, bits }
    }

    /// Cosine with another, per mille. Cost: the terms of the other.
    pub(super) fn cosine(&self, other: &Vector) -> u32 {
        let mut dot = 0;
        for &(hash, theirs) in &other.terms {
            if self.bits[(hash >> 6) as usize % 64] >> (hash % 64) & 1 == 1
                && let Ok(at) = self.terms.binary_search_by_key(&hash, |&(hash, _)| hash)
            {
                dot += u32::from(self.terms[at].1) * u32::from(theirs) / 100;
            }
        }
        dot / 1000
    }
}
