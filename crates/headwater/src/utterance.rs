//! Utterance: one thing somebody said, in all the versions in which reports quote it.
//!
//! Two quotations are one utterance when their speakers can be the same and a run of words is
//! common to both. Each pair of quotation marks is a version of its own: what a cue splits may be
//! two sentences of two occasions. Sentences inside one pair of marks are one utterance unless some
//! report carries the one alone and another report the other alone.

use headwater_page::{Place, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::ArticleIx;
use crate::evidence::Evidence;
use crate::fold::{self, Token};
use crate::lexicon::Language;
use crate::name::SourceKind;
use crate::sentence;
use crate::sets::Sets;
use crate::source::SourceIx;

/// How a version differs from the fullest one.
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
    /// Index of the quote in its marks.
    pub quote: u32,
    /// The words, without the outer quotation marks.
    pub place: Place,
    /// Against the utterance's first version.
    pub change: Change,
}

/// One thing somebody said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Utterance {
    /// Who said it, if any version tells.
    pub speaker: Option<SourceIx>,
    /// All versions: the fullest first, then in the order of articles.
    pub versions: Vec<Version>,
}

/// Fewest words of a quotation that can be told from a turn of speech.
const FEWEST: usize = 3;

/// One sentence of one quotation of one article.
struct Said {
    article: ArticleIx,
    quote: u32,
    /// The quotation that it stands in.
    within: Span,
    speaker: Option<SourceIx>,
    inner: Span,
    tokens: Vec<Token>,
}

/// What is said in `articles`: utterances that most articles carry first, then in the order of
/// their first version. Quotations of fewer than three words and those without an attribution are
/// left out. Cost: the words of the quotations, times how many other ones have three of them in a row.
pub fn utterances(evidence: Evidence<'_>, articles: &[ArticleIx]) -> Vec<Utterance> {
    let said = articles.iter().flat_map(|&ix| said(evidence, ix)).collect::<Vec<_>>();
    let mut sets = Sets::new(said.len());
    let alike = alike(&said);
    for (left, right) in candidates(&said, &alike) {
        let (one, other) = (alike[left].as_slice(), alike[right].as_slice());
        // Joined already, or the same words of the same speaker many times over.
        if (left == right || sets.root(one[0]) != sets.root(other[0]))
            && are_one(evidence, &said[one[0]], &said[other[0]])
        {
            one.iter().chain(other).for_each(|&ix| sets.join(one[0], ix));
        }
    }
    for (left, right) in together(&said, sets.clone()) {
        sets.join(left, right);
    }
    let mut utterances = sets
        .groups()
        .into_iter()
        .map(|group| {
            let whole = whole(evidence, &said, &group);
            let all = (0..whole.len()).collect();
            utterance(evidence, &whole, all)
        })
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

fn said(evidence: Evidence<'_>, ix: ArticleIx) -> Vec<Said> {
    let (marks, text) = (evidence.marks(ix), evidence.text(ix));
    let mut all = Vec::new();
    for &quotation in &marks.quotations {
        let owner = marks
            .quotes
            .iter()
            .position(|quote| quote.parts.iter().any(|part| part.overlaps(quotation)));
        let Some(owner) = owner else { continue };
        let within = unquoted(text, quotation);
        let speaker = marks.quotes[owner].speaker.map(|party| evidence.sources.party(ix, party));
        let quote = owner as u32;
        for inner in sentences(text, within, evidence.language(ix)) {
            let tokens = fold::tokens(text, inner);
            if tokens.len() >= FEWEST {
                all.push(Said { article: ix, quote, within, speaker, inner, tokens });
            }
        }
    }
    all
}

/// The sentences of a quotation, in order; those of few words go with their neighbour.
fn sentences(text: &str, within: Span, language: &Language) -> Vec<Span> {
    let parts = sentence::sentences(text, within, language);
    let mut found = Vec::<Span>::new();
    let mut short = false;
    for part in parts {
        let few = fold::tokens(text, part).len() < FEW;
        match found.last_mut() {
            Some(last) if few || short => *last = last.hull(part),
            _ => found.push(part),
        }
        short = few && found.len() == 1;
    }
    if found.is_empty() { vec![within] } else { found }
}

/// Words of a sentence that is no saying of its own beside others: "No, sir."
const FEW: usize = 5;

/// Neighbouring sentences of one quotation that are one utterance: whoever carries the one carries
/// the other too, or the other way round.
fn together(said: &[Said], mut sets: Sets) -> Vec<(usize, usize)> {
    let mut carriers = FxHashMap::<usize, FxHashSet<ArticleIx>>::default();
    for (ix, one) in said.iter().enumerate() {
        carriers.entry(sets.root(ix)).or_default().insert(one.article);
    }
    let neighbours = (1..said.len()).map(|ix| (ix - 1, ix));
    let of_one = neighbours.filter(|&(left, right)| {
        (said[left].article, said[left].within) == (said[right].article, said[right].within)
    });
    let mut found = Vec::new();
    let mut known = FxHashMap::default();
    for (left, right) in of_one {
        let roots = (sets.root(left), sets.root(right));
        let (one, other) = (&carriers[&roots.0], &carriers[&roots.1]);
        let inside = || one.is_subset(other) || other.is_subset(one);
        if *known.entry(roots).or_insert_with(inside) {
            found.push((left, right));
        }
    }
    found
}

/// The versions of an utterance: what each quotation has of it, in order.
fn whole(evidence: Evidence<'_>, said: &[Said], group: &[usize]) -> Vec<Said> {
    let mut found = Vec::<Said>::new();
    for &ix in group {
        let one = &said[ix];
        let inner = match found.last() {
            Some(last) if (last.article, last.within) == (one.article, one.within) => {
                let inner = last.inner.hull(one.inner);
                found.pop();
                inner
            }
            _ => one.inner,
        };
        let tokens = fold::tokens(evidence.text(one.article), inner);
        found.push(Said { inner, tokens, ..*one });
    }
    found
}

/// The quotation without its marks.
fn unquoted(text: &str, quotation: Span) -> Span {
    let is_mark = |c: char| "\"“”„«»‘’'‹›".contains(c);
    let words = quotation.of(text);
    let start = words.len() - words.trim_start_matches(is_mark).len();
    let end = words.trim_end_matches(is_mark).len().max(start);
    let at = quotation.start as usize;
    Span::new(at + start, at + end).trim(text)
}

/// What is said in the same words by the same speaker: groups in the order of their first, each in
/// order. Of copies there are many, and one of each is enough to compare.
fn alike(said: &[Said]) -> Vec<Vec<usize>> {
    let mut at = FxHashMap::<(Option<SourceIx>, Vec<u64>), usize>::default();
    let mut groups = Vec::<Vec<usize>>::new();
    for (ix, one) in said.iter().enumerate() {
        let words = one.tokens.iter().map(|token| token.hash).collect();
        let group = *at.entry((one.speaker, words)).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[group].push(ix);
    }
    groups
}

/// Pairs of groups that share as many words in a row as one utterance must, each once, in order; and
/// each group of several with itself.
fn candidates(said: &[Said], alike: &[Vec<usize>]) -> Vec<(usize, usize)> {
    let mut holders = FxHashMap::<[u64; FEWEST], Vec<usize>>::default();
    for (group, members) in alike.iter().enumerate() {
        for run in said[members[0]].tokens.windows(FEWEST) {
            let run = std::array::from_fn(|at| run[at].hash);
            let at = holders.entry(run).or_default();
            if at.last() != Some(&group) {
                at.push(group);
            }
        }
    }
    let several = (0..alike.len()).filter(|&group| alike[group].len() > 1);
    let mut pairs = several.map(|group| (group, group)).collect::<Vec<_>>();
    for at in holders.into_values() {
        let later = |i: usize| at[i + 1..].iter().map(move |&right| (i, right));
        pairs.extend((0..at.len()).flat_map(later).map(|(i, right)| (at[i], right)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn are_one(evidence: Evidence<'_>, left: &Said, right: &Said) -> bool {
    let run = longest_run(&left.tokens, &right.tokens);
    let shorter = left.tokens.len().min(right.tokens.len());
    if run < FEWEST || run * 2 < shorter {
        return false;
    }
    match (left.speaker, right.speaker) {
        (Some(a), Some(b)) if a == b => true,
        // "A spokesman" here and a name there may be one person.
        (Some(a), Some(b)) => {
            let vague = |ix| evidence.source(ix).kind != SourceKind::Person;
            run >= 8 || ((vague(a) || vague(b)) && run == shorter)
        }
        _ => run >= 5,
    }
}

/// The longest run of words that both have.
fn longest_run(left: &[Token], right: &[Token]) -> usize {
    // How long the run is that ends with each word of the right, from the last word on.
    let (mut runs, mut longest) = (vec![0; right.len() + 1], 0);
    for one in left {
        for (j, other) in right.iter().enumerate().rev() {
            runs[j + 1] = if one.hash == other.hash { runs[j] + 1 } else { 0 };
            longest = longest.max(runs[j + 1]);
        }
    }
    longest
}

fn utterance(evidence: Evidence<'_>, said: &[Said], mut group: Vec<usize>) -> Utterance {
    // The fullest version first; of equals the first.
    let fullest = group.iter().rev().max_by_key(|ix| said[**ix].tokens.len()).copied();
    let fullest = fullest.unwrap_or(group[0]);
    group.retain(|&ix| ix != fullest);
    group.insert(0, fullest);
    // Whom most versions name; a name before a description, the first of equals.
    let speakers = group.iter().filter_map(|&ix| said[ix].speaker).collect::<Vec<_>>();
    let mut named_by = FxHashMap::<SourceIx, usize>::default();
    for &speaker in &speakers {
        *named_by.entry(speaker).or_default() += 1;
    }
    let standing =
        |source: SourceIx| (evidence.source(source).kind == SourceKind::Person, named_by[&source]);
    let speaker = speakers.iter().rev().copied().max_by_key(|&source| standing(source));
    let versions = group
        .iter()
        .map(|&ix| Version {
            article: said[ix].article,
            quote: said[ix].quote,
            place: evidence.place(said[ix].article, said[ix].inner),
            change: change(evidence, &said[fullest], &said[ix]),
        })
        .collect();
    Utterance { speaker, versions }
}

/// What was done to the fullest version to give this one.
fn change(evidence: Evidence<'_>, full: &Said, this: &Said) -> Change {
    let bare = |said: &Said| {
        let words = said.inner.of(evidence.text(said.article));
        words.trim_end_matches([',', '.', '…']).to_owned()
    };
    let (full_words, words) = (bare(full), bare(this));
    let hashes = |said: &Said| said.tokens.iter().map(|token| token.hash).collect::<Vec<_>>();
    let (all, some) = (hashes(full), hashes(this));
    if full_words == words {
        Change::Same
    } else if all == some {
        Change::Typography
    } else if all.len() == some.len() && is_spelling(evidence, full, this) {
        Change::Spelling
    } else if all.windows(some.len()).any(|run| run == some) {
        if some.len() * 3 < all.len() { Change::Fragment } else { Change::Trimmed }
    } else {
        Change::Reworded
    }
}

/// Whether all words are the same but for a letter or two.
fn is_spelling(evidence: Evidence<'_>, full: &Said, this: &Said) -> bool {
    let word = |said: &Said, token: &Token| fold::fold(token.span.of(evidence.text(said.article)));
    full.tokens.iter().zip(&this.tokens).all(|(a, b)| {
        let (a, b) = (word(full, a), word(this, b));
        let alike = a.bytes().zip(b.bytes()).filter(|(a, b)| a == b).count();
        a == b
            || (a.len().abs_diff(b.len()) <= 2 && alike >= 3 && alike + 2 >= a.len().min(b.len()))
    })
}
