//! Kind: what the words that two articles share make of them.

use super::ReuseKind;
use super::align::{Chain, SHORTEST};
use super::body::{Body, Weight};

/// What two articles share, counted.
#[derive(Debug)]
pub(super) struct Shared {
    /// For each word of the left body, whether the right has it.
    pub(super) left: Vec<bool>,
    /// For each word of the right body, whether the left has it.
    pub(super) right: Vec<bool>,
    /// For each chain, its words of prose; 0 where no eight stand together.
    pub(super) prose: Vec<usize>,
    /// Runs of equal words with prose in them, over all chains that have prose.
    n_runs: usize,
}

/// A quotation of so few words inside prose is part of it: writers choose them.
const SCARE: usize = 4;

/// Counts what the `chains` of two bodies share.
pub(super) fn shared(left: &Body, right: &Body, chains: &[Chain]) -> Shared {
    let mut shared = Shared {
        left: vec![false; left.len()],
        right: vec![false; right.len()],
        prose: Vec::new(),
        n_runs: 0,
    };
    for chain in chains {
        for (i, j) in chain.pairs() {
            (shared.left[i], shared.right[j]) = (true, true);
        }
        let prose = prose(left, right, chain);
        shared.prose.push(prose);
        if prose > 0 {
            let is_prose = |i: usize, j: usize| weight(left, right, i, j) == Weight::Prose;
            let runs = chain.runs.iter();
            let runs = runs.filter(|run| (0..run.n).any(|n| is_prose(run.left + n, run.right + n)));
            shared.n_runs += runs.count();
        }
    }
    shared
}

/// What a pair of corresponding words is worth: the less of both sides.
pub(super) fn weight(left: &Body, right: &Body, i: usize, j: usize) -> Weight {
    match (left.weights[i], right.weights[j]) {
        (Weight::Quoted, _) | (_, Weight::Quoted) => Weight::Quoted,
        (Weight::Stock, _) | (_, Weight::Stock) => Weight::Stock,
        _ => Weight::Prose,
    }
}

/// Words of prose in a chain, if at least [`SHORTEST`] of them stand together.
fn prose(left: &Body, right: &Body, chain: &Chain) -> usize {
    let weights = chain.pairs().map(|(i, j)| weight(left, right, i, j)).collect::<Vec<_>>();
    let (mut longest, mut together, mut all) = (0, 0, 0);
    for part in weights.chunk_by(|a, b| a == b) {
        match part[0] {
            Weight::Prose => {
                together += part.len();
                all += part.len();
                longest = longest.max(together);
            }
            Weight::Quoted if part.len() <= SCARE => {}
            _ => together = 0,
        }
    }
    if longest >= SHORTEST { all } else { 0 }
}

/// Words of one chain's prose that make a derivation alone. On hand-labelled story clusters, two
/// reports that use one sentence of a third share at most 30 words in a row outside of quotations,
/// and the smallest excerpt of a paragraph shares 41.
const PARAGRAPH: usize = 32;

/// Words of prose that make a derivation if they are a quarter of the shorter text. In the same
/// clusters: a text that is one shortened sentence of another shares 19 words, which are .28 of it;
/// of texts that do not derive, 11 words are .20 and 23 words .18.
const LARGE: usize = 16;

/// In a text that re-words another, equal runs are shorter than this on average. In the same
/// clusters: rewrites 7 to 8 words, the most re-worded version 10.
const REWORDED: usize = 9;

/// How the texts derive from one another by their shared words; none if they do not.
pub(super) fn kind(
    left: &Body,
    right: &Body,
    chains: &[Chain],
    shared: &Shared,
) -> Option<ReuseKind> {
    // Word for word the same, however short and whoever is quoted in it.
    if share(&shared.left) == 1000 && share(&shared.right) == 1000 {
        return Some(ReuseKind::Copy);
    }
    let prose = shared.prose.iter().sum::<usize>();
    let longest = shared.prose.iter().copied().max().unwrap_or(0);
    let smaller = left.n_prose.min(right.n_prose).max(1);
    if longest < PARAGRAPH && (prose < LARGE || prose * 1000 < smaller * 250) {
        return same_choice(left, right, chains, prose).then_some(ReuseKind::Rewrite);
    }
    let (loss_left, loss_right) = (loss(left, &shared.left), loss(right, &shared.right));
    let inside = loss_left.inside + loss_right.inside;
    let (share_left, share_right) = (share(&shared.left), share(&shared.right));
    let less = share_left.min(share_right);
    let states = less >= 400 && (inside >= SHORTEST || is_moved(left, right, chains));
    Some(if loss_left.is_small(left) && loss_right.is_small(right) {
        if inside >= SHORTEST || is_moved(left, right, chains) {
            ReuseKind::Version
        } else {
            ReuseKind::Copy
        }
    } else if prose < shared.n_runs * REWORDED && inside >= 2 * SHORTEST && less < 700 {
        ReuseKind::Rewrite
    } else if states {
        ReuseKind::Version
    } else {
        ReuseKind::Excerpt
    })
}

/// Whether words stand at another place of their sentence: who cuts a text or prints it in a house
/// style moves none.
fn is_moved(left: &Body, right: &Body, chains: &[Chain]) -> bool {
    chains.iter().any(|chain| {
        let gaps = chain.runs.windows(2).map(|runs| {
            let (end, next) = (runs[0], runs[1]);
            let gone = &left.hashes[end.left + end.n..next.left];
            (gone, &right.hashes[end.right + end.n..next.right])
        });
        let gaps = gaps.filter(|(gone, come)| gone.len().max(come.len()) <= SCARE);
        let gaps = gaps.collect::<Vec<_>>();
        let moved = |gone: &[u32]| gone.len() > 1 && gaps.iter().any(|(_, come)| gone == *come);
        gaps.iter().any(|(gone, _)| moved(gone))
    })
}

/// Whether one report quotes what the other quotes, piece for piece, with some of its framing
/// words. A speaker's words alone tie nobody, but who writes on their own chooses other ones: on
/// hand-labelled clusters, reports that share quotations only share less than half of the shorter
/// text.
fn same_choice(left: &Body, right: &Body, chains: &[Chain], prose: usize) -> bool {
    const PIECES: usize = 4;
    let n_words = chains.iter().map(Chain::n_words).sum::<usize>();
    chains.len() >= PIECES
        && prose >= SHORTEST + SCARE
        && n_words * 1000 >= left.len().min(right.len()) * 550
}

/// Share of the words that are marked, per mille.
pub(super) fn share(words: &[bool]) -> u16 {
    let n_shared = words.iter().filter(|&&shared| shared).count();
    (n_shared * 1000 / words.len().max(1)) as u16
}

/// Words of one side that the other lacks.
#[derive(Debug, Default)]
pub(super) struct Loss {
    /// Paragraphs that are missing, as indices. Lines shorter than a sentence are not listed: a
    /// cross-heading or a stray line of the page makes no other text.
    pub(super) paragraphs: Vec<usize>,
    /// Words in all lines that are missing.
    outside: usize,
    /// Words missing in paragraphs that the other side has: sentences added or re-worded. House
    /// style (a word here, a title there) is not counted.
    inside: usize,
}

/// Words of a short sentence.
const SENTENCE: usize = 15;

impl Loss {
    /// Whether the text is the same text without this: no more than a paragraph, and little else.
    fn is_small(&self, body: &Body) -> bool {
        self.paragraphs.len() <= 1
            && self.outside * 5 <= body.len() * 2
            && self.inside * 10 <= body.len()
    }
}

/// What of `body` is not `shared`.
pub(super) fn loss(body: &Body, shared: &[bool]) -> Loss {
    let mut loss = Loss::default();
    for (ix, &(first, end)) in body.paragraphs.iter().enumerate() {
        let words = &shared[first..end];
        let n_shared = words.iter().filter(|&&shared| shared).count();
        if n_shared * 4 < words.len() {
            if words.len() >= SENTENCE {
                loss.paragraphs.push(ix);
            }
            loss.outside += words.len();
        } else {
            let gaps = words.chunk_by(|a, b| a == b).filter(|gap| !gap[0] && gap.len() > SCARE);
            loss.inside += gaps.map(<[bool]>::len).sum::<usize>();
        }
    }
    loss
}
