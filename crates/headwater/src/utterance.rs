//! Utterance: one thing somebody said, in all the versions in which reports quote it.
//!
//! Two quotations are one utterance when their speakers can be the same and a run of words is
//! common to both, or when one speaker says much the same in other words. Each pair of quotation
//! marks is a version of its own: what a cue splits may be two sentences of two occasions. Sentences
//! inside one pair of marks are one utterance unless some report carries the one alone and another
//! report the other alone, or as many reports part them as have them together. A report may also
//! print the words in quotation marks without saying whose they are, or without any marks (a post as
//! it was embedded, a block of quotation): these are versions where another report tells whose words
//! they are.

mod alike;
mod change;
mod prose;
mod said;

use headwater_page::Place;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::ArticleIx;
use crate::evidence::Evidence;
use crate::fold::Token;
use crate::name::SourceKind;
use crate::sets::Sets;
use crate::source::SourceIx;
use said::Said;

/// How a version differs from the one that most texts bear out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Change {
    /// The same words.
    Same,
    /// Other quotation marks, dashes, case.
    Typography,
    /// Another spelling ("organisations").
    Spelling,
    /// Shorter at an end.
    Trimmed,
    /// Longer at an end.
    Extended,
    /// Other words: another translation, a slip, a paraphrase.
    Reworded,
    /// A few words only.
    Fragment,
}

/// The utterance as one article has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Version {
    /// The article.
    pub article: ArticleIx,
    /// Index of the quote in its marks; none where the article does not say whose words they are.
    pub quote: Option<u32>,
    /// The words, without the outer quotation marks.
    pub place: Place,
    /// Against the wording that most texts bear out.
    pub change: Change,
}

/// One thing somebody said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Utterance {
    /// Who said it, if any version tells.
    pub speaker: Option<SourceIx>,
    /// All versions: first the fullest that has the words that most texts bear out, then the others
    /// in the order of articles.
    pub versions: Vec<Version>,
}

/// What is said in the articles of `texts` (articles by shared text): utterances that most articles
/// carry first, then in the order of their first version. Quotations of fewer than three words are
/// left out, and so is what no article attributes. Cost: the words of the articles, and for each
/// wording of a quotation how often its word pairs recur in other wordings.
pub fn utterances(evidence: Evidence<'_>, texts: &[Vec<ArticleIx>]) -> Vec<Utterance> {
    let mut text_of = FxHashMap::default();
    for (at, text) in texts.iter().enumerate() {
        text_of.extend(text.iter().map(|&ix| (ix, at)));
    }
    let mut articles = texts.iter().flatten().copied().collect::<Vec<_>>();
    articles.sort_unstable();
    let mut said = articles.iter().flat_map(|&ix| said::said(evidence, ix)).collect::<Vec<_>>();
    let mut sets = alike::joined(evidence, &said);
    for (ix, one) in said.iter_mut().enumerate() {
        one.wording = sets.root(ix);
    }
    let printed = prose::printed(evidence, &articles, &said);
    said.extend(printed);
    said.sort_by_key(|one| (one.article, one.inner.start, one.inner.end, one.quote.is_none()));
    let groups = together(&said, &text_of);
    let references = change::references(evidence, &said, &text_of);
    let mut utterances = groups
        .into_iter()
        .filter(|group| group.iter().any(|&ix| said[ix].quote.is_some()))
        .map(|group| utterance(evidence, &said, &group, &references, &text_of))
        .collect::<Vec<_>>();
    utterances.sort_by_cached_key(|utterance| {
        let mut articles = utterance.versions.iter().map(|v| v.article).collect::<Vec<_>>();
        articles.sort_unstable();
        articles.dedup();
        let first = utterance.versions.iter().map(|v| (v.article, v.place)).min();
        (std::cmp::Reverse(articles.len()), first)
    });
    utterances
}

/// What is one utterance: all of one wording, and neighbouring sentences of which whoever carries
/// the one carries the other too (or the other way round) and that more texts have side by side than
/// apart.
fn together(said: &[Said], text_of: &FxHashMap<ArticleIx, usize>) -> Vec<Vec<usize>> {
    let mut carriers = FxHashMap::<usize, FxHashSet<ArticleIx>>::default();
    let mut first = FxHashMap::<usize, usize>::default();
    for (ix, one) in said.iter().enumerate() {
        carriers.entry(one.wording).or_default().insert(one.article);
        first.entry(one.wording).or_insert(ix);
    }
    let mut beside = FxHashMap::<(usize, usize), FxHashSet<usize>>::default();
    let mut of_one = FxHashSet::default();
    for pair in said.windows(2) {
        let (left, right) = (&pair[0], &pair[1]);
        let words = (left.wording, right.wording);
        if left.article != right.article || words.0 == words.1 {
            continue;
        }
        let within = left.within == right.within;
        if within {
            of_one.insert(words);
        }
        // A cue alone may part them: `"…," she said. "…"`
        if within || left.quote.is_some() && left.quote == right.quote {
            beside.entry(words).or_default().insert(text_of[&left.article]);
        }
    }
    let mut pairs = of_one.into_iter().collect::<Vec<_>>();
    pairs.sort_unstable();
    let mut sets = Sets::new(said.len());
    for (ix, one) in said.iter().enumerate() {
        sets.join(first[&one.wording], ix);
    }
    for (left, right) in pairs {
        let (one, other) = (&carriers[&left], &carriers[&right]);
        let both = one.intersection(other).map(|ix| text_of[ix]).collect::<FxHashSet<_>>();
        let side_by_side = beside[&(left, right)].len();
        if (one.is_subset(other) || other.is_subset(one)) && side_by_side * 2 > both.len() {
            sets.join(first[&left], first[&right]);
        }
    }
    sets.groups()
}

/// What one quotation has of an utterance: neighbouring sentences.
struct Whole<'a> {
    units: Vec<&'a Said>,
    change: Change,
}

impl Whole<'_> {
    fn n_words(&self) -> usize {
        self.units.iter().map(|unit| unit.tokens.len()).sum()
    }
}

fn utterance(
    evidence: Evidence<'_>,
    said: &[Said],
    group: &[usize],
    references: &FxHashMap<usize, change::Reference>,
    text_of: &FxHashMap<ArticleIx, usize>,
) -> Utterance {
    let mut wholes = Vec::<Whole<'_>>::new();
    let mut before = None;
    for &ix in group {
        let one = &said[ix];
        match wholes.last_mut() {
            Some(last) if before == ix.checked_sub(1) && said[ix - 1].stands_with(one) => {
                last.units.push(one);
            }
            _ => wholes.push(Whole { units: vec![one], change: Change::Same }),
        }
        before = Some(ix);
    }
    for whole in &mut wholes {
        let changes =
            whole.units.iter().map(|unit| references[&unit.wording].change(evidence, unit));
        whole.change = change::of_all(&changes.collect::<Vec<_>>());
    }
    // The fullest of those that have it as most texts do; of equals the first.
    let rank = |whole: &Whole<'_>| (whole.change == Change::Same, whole.n_words());
    let first = (0..wholes.len()).rev().max_by_key(|&ix| rank(&wholes[ix])).unwrap_or_default();
    let full = wholes.remove(first);
    wholes.insert(0, full);
    let versions = wholes
        .iter()
        .map(|whole| {
            let (one, last) = (whole.units[0], whole.units[whole.units.len() - 1]);
            Version {
                article: one.article,
                quote: one.quote,
                place: evidence.place(one.article, one.reach.hull(last.reach)),
                change: whole.change,
            }
        })
        .collect();
    Utterance { speaker: speaker(evidence, &wholes, text_of), versions }
}

/// Whom most texts name; a name before a description, a full name before a part of it, the first of
/// equals.
fn speaker(
    evidence: Evidence<'_>,
    wholes: &[Whole<'_>],
    text_of: &FxHashMap<ArticleIx, usize>,
) -> Option<SourceIx> {
    let units = wholes.iter().map(|whole| whole.units[0]);
    let mut seen = FxHashSet::default();
    let named = units.filter_map(|unit| Some((unit.speaker?, text_of[&unit.article])));
    let named = named.filter(|&speaker| seen.insert(speaker)).collect::<Vec<_>>();
    let mut named_by = FxHashMap::<SourceIx, usize>::default();
    for &(speaker, _) in &named {
        *named_by.entry(speaker).or_default() += 1;
    }
    let standing = |source: SourceIx| {
        let named_here = evidence.source(source).kind == SourceKind::Person;
        let full = !named_by.keys().any(|&other| alike::is_part(evidence, source, other));
        (named_here, full, named_by[&source])
    };
    named.iter().rev().map(|&(source, _)| source).max_by_key(|&source| standing(source))
}

/// The hashes of words.
fn hashes(tokens: &[Token]) -> Vec<u64> {
    tokens.iter().map(|token| token.hash).collect()
}
