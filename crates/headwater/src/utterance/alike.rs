//! Alike: which quotations are one sentence that somebody said.

use rustc_hash::FxHashMap;

use super::hashes;
use super::said::{FEWEST, Said};
use crate::evidence::Evidence;
use crate::fold::{self, Token};
use crate::name::SourceKind;
use crate::sets::Sets;
use crate::source::SourceIx;

/// Words in a row that one wording must share with another of the same speaker to be it in other
/// words: "the eventual release of all".
const ROW: usize = 4;
/// Words that carry meaning that both must have, in one order; and half of the shorter's.
const WEIGHTY: usize = 4;
/// Words in a row that tell whose an unattributed quotation is.
const TELLING: usize = 5;

/// Quotations by sentence said. Equal words of one speaker are joined unseen, so that copies cost
/// nothing.
pub(super) fn joined(evidence: Evidence<'_>, said: &[Said]) -> Sets {
    let mut sets = Sets::new(said.len());
    let mut wordings = FxHashMap::default();
    let mut firsts = Vec::new();
    for (ix, one) in said.iter().enumerate() {
        let wording = (hashes(&one.tokens), one.speaker, one.quote.is_some());
        let first = *wordings.entry(wording).or_insert(ix);
        if first == ix {
            firsts.push(ix);
        } else {
            sets.join(first, ix);
        }
    }
    for (left, right) in candidates(said, &firsts) {
        if sets.root(left) != sets.root(right) && are_one(evidence, &said[left], &said[right]) {
            sets.join(left, right);
        }
    }
    sets
}

/// Pairs that share as many words in a row as one utterance must, each once, in order.
fn candidates(said: &[Said], firsts: &[usize]) -> Vec<(usize, usize)> {
    let mut holders = FxHashMap::<[u64; FEWEST], Vec<usize>>::default();
    for &ix in firsts {
        for row in said[ix].tokens.windows(FEWEST) {
            let row = std::array::from_fn(|at| row[at].hash);
            let at = holders.entry(row).or_default();
            if at.last() != Some(&ix) {
                at.push(ix);
            }
        }
    }
    let mut pairs = holders
        .values()
        .flat_map(|at| {
            let later = |i: usize| at[i + 1..].iter().map(move |&right| (at[i], right));
            (0..at.len()).flat_map(later).collect::<Vec<_>>()
        })
        .collect::<Vec<_>>();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn are_one(evidence: Evidence<'_>, left: &Said, right: &Said) -> bool {
    let run = longest_run(&left.tokens, &right.tokens);
    let shorter = left.tokens.len().min(right.tokens.len());
    if run < FEWEST {
        return false;
    }
    let much = run * 2 >= shorter;
    let telling = run >= TELLING || run == shorter && run >= ROW;
    if left.quote.is_none() || right.quote.is_none() {
        // Between two that nobody attributes nothing tells that anybody said it.
        let attributed = left.quote.is_some() || right.quote.is_some();
        return attributed && much && telling;
    }
    match (left.speaker, right.speaker) {
        (Some(a), Some(b)) if a == b => much || is_reworded(evidence, left, right, run),
        // "A spokesman" here and a name there may be one person; so may "Ada" and Ada Oduya.
        (Some(a), Some(b)) => {
            let vague = |ix| evidence.source(ix).kind != SourceKind::Person;
            let part = is_part(evidence, a, b) || is_part(evidence, b, a);
            much && (run >= 8 || part && run >= TELLING || (vague(a) || vague(b)) && run == shorter)
        }
        _ => much && telling,
    }
}

/// Whether one speaker says the same in other words: a row of words, and half of what carries
/// meaning in the same order.
fn is_reworded(evidence: Evidence<'_>, left: &Said, right: &Said, run: usize) -> bool {
    if run < ROW {
        return false;
    }
    let weighty = |said: &Said| {
        let function_words = &evidence.language(said.article).function_words;
        let text = evidence.text(said.article);
        let carries = |token: &&Token| !function_words.has(&fold::view(token.span.of(text)));
        said.tokens.iter().filter(carries).map(|token| token.hash).collect::<Vec<_>>()
    };
    let (left, right) = (weighty(left), weighty(right));
    let common = in_order(&left, &right);
    common >= WEIGHTY && common * 2 >= left.len().min(right.len())
}

/// Whether the name of a person is a part of another's: "Ada" of Ada Oduya.
pub(super) fn is_part(evidence: Evidence<'_>, part: SourceIx, of: SourceIx) -> bool {
    let (part, of) = (evidence.source(part), evidence.source(of));
    if part.kind != SourceKind::Person || of.kind != SourceKind::Person {
        return false;
    }
    let (part, of) = (fold::key(&part.name), fold::key(&of.name));
    let (some, all) = (part.split(' '), of.split(' ').collect::<Vec<_>>());
    some.clone().count() < all.len() && some.clone().all(|word| all.contains(&word))
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

/// How many words both have in one order.
fn in_order(left: &[u64], right: &[u64]) -> usize {
    let mut before = vec![0; right.len() + 1];
    for one in left {
        let mut row = vec![0; right.len() + 1];
        for (j, other) in right.iter().enumerate() {
            let next = if one == other { before[j] + 1 } else { 0 };
            row[j + 1] = next.max(row[j]).max(before[j + 1]);
        }
        before = row;
    }
    before.last().copied().unwrap_or_default()
}
