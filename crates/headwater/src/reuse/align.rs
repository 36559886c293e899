//! Align: which words of two bodies correspond, grown from shared fingerprints along diagonals.

use super::body::Body;
use super::shingle::{self, Fingerprint, K};
use super::stretch::Stretch;

/// Words in a row that are the same on both sides.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Run {
    /// First word on the left.
    pub(super) left: usize,
    /// First word on the right.
    pub(super) right: usize,
    /// How many words.
    pub(super) n: usize,
}

/// Runs in the same order on both sides, near each other, none overlapping, never touching on both
/// sides; at least one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Chain {
    pub(super) runs: Vec<Run>,
}

impl Chain {
    /// Words that correspond.
    pub(super) fn n_words(&self) -> usize {
        self.runs.iter().map(|run| run.n).sum()
    }

    /// Whether the words are too many in a row, or too many, for two writers to choose the same.
    pub(super) fn is_no_chance(&self) -> bool {
        self.n_words() >= 2 * SHORTEST || self.runs.iter().any(|run| run.n >= SHORTEST)
    }

    /// Pairs of corresponding words, in order.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.runs.iter().flat_map(|run| (0..run.n).map(move |i| (run.left + i, run.right + i)))
    }

    fn first(&self) -> Run {
        self.runs[0]
    }

    /// Whether the hulls of the two overlap on either side.
    fn meets(&self, other: &Chain) -> bool {
        let (first, end) = (self.first(), self.end());
        let (other_first, other_end) = (other.first(), other.end());
        first.left < other_end.0 && other_first.left < end.0
            || first.right < other_end.1 && other_first.right < end.1
    }

    /// One past the last word, left and right.
    fn end(&self) -> (usize, usize) {
        let last = self.runs[self.runs.len() - 1];
        (last.left + last.n, last.right + last.n)
    }
}

/// Words of a passage: eight are more than chance and stock make common.
pub(super) const SHORTEST: usize = 8;

/// A passage may hold so many words in a row that the other side lacks.
const GAP: usize = 12;

/// How far behind its best score an extension may fall. A changed word costs one more than it is
/// long, so that two thirds of the words must correspond.
const FALL: usize = 14;

/// The chains of two bodies that run through `stretches`, in order of the left one, no word in two of
/// them. Swap the bodies and it is another question: which of two equal stretches corresponds.
///
/// Cost: linear in the words of the stretches.
/// After: seed and extend, with a drop-off, as in BLAST (Altschul et al. 1990); passim.
pub(super) fn chains(left: &Body, right: &Body, stretches: &[Stretch]) -> Vec<Chain> {
    let (a, b) = (left.hashes.as_slice(), right.hashes.as_slice());
    let mut grown: Vec<Chain> = Vec::new();
    for (i, j) in anchors(a, b, stretches) {
        let known = grown.iter().rev().take(4).any(|chain| {
            let ((from_i, from_j), (to_i, to_j)) =
                ((chain.first().left, chain.first().right), chain.end());
            (from_i..to_i).contains(&i) && (from_j..to_j).contains(&j)
        });
        if !known && a[i] == b[j] {
            grown.push(grow(a, b, i, j));
        }
    }
    grown.sort_by_key(|chain| {
        (std::cmp::Reverse(chain.n_words()), chain.first().left, chain.first().right)
    });
    bridge(apart(grown, a.len(), b.len()))
}

/// Words from which to grow, in order of the right side: where fingerprints of the stretches are
/// shared, and where the stretches start.
fn anchors(a: &[u32], b: &[u32], stretches: &[Stretch]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for stretch in stretches {
        let prints = |words: &[u32], (first, end): (u32, u32)| {
            let (first, end) = (first as usize, end as usize);
            let mut prints = shingle::fingerprints(&words[first..end]);
            for print in &mut prints {
                print.at += first as u32;
            }
            prints.sort_unstable();
            prints
        };
        shared(&prints(a, stretch.left), &prints(b, stretch.right), &mut found);
        found.push((stretch.left.0 as usize, stretch.right.0 as usize));
    }
    found.sort_unstable_by_key(|&(i, j)| (j, i));
    found.dedup();
    found
}

/// Adds the places of shared fingerprints. A shingle that a text repeats counts at its first few
/// places only.
fn shared(left: &[Fingerprint], right: &[Fingerprint], found: &mut Vec<(usize, usize)>) {
    const REPEATS: usize = 4;
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        let (hash, other) = (left[i].hash, right[j].hash);
        if hash != other {
            if hash < other {
                i += 1;
            } else {
                j += 1;
            }
            continue;
        }
        let of = |prints: &[Fingerprint], from: usize| {
            prints[from..].iter().take_while(|print| print.hash == hash).count()
        };
        let (n_left, n_right) = (of(left, i), of(right, j));
        for x in &left[i..i + n_left.min(REPEATS)] {
            let ys = right[j..j + n_right.min(REPEATS)].iter();
            found.extend(ys.map(|y| (x.at as usize, y.at as usize)));
        }
        (i, j) = (i + n_left, j + n_right);
    }
}

/// The chain through the equal words at `(i, j)`.
fn grow(a: &[u32], b: &[u32], i: usize, j: usize) -> Chain {
    let behind = extend(
        |n| a.get(i.checked_sub(n + 1)?).copied(),
        |n| b.get(j.checked_sub(n + 1)?).copied(),
    );
    let ahead = extend(|n| a.get(i + n).copied(), |n| b.get(j + n).copied());
    let mut runs = Vec::with_capacity(behind.len() + ahead.len());
    runs.extend(behind.iter().rev().map(|run| Run {
        left: i - run.left - run.n,
        right: j - run.right - run.n,
        n: run.n,
    }));
    for run in ahead {
        push(&mut runs, Run { left: i + run.left, right: j + run.right, n: run.n });
    }
    Chain { runs }
}

/// Runs ahead of a place, as far as the score is worth it; offsets are relative.
fn extend(left: impl Fn(usize) -> Option<u32>, right: impl Fn(usize) -> Option<u32>) -> Vec<Run> {
    let same = |i: usize, j: usize| left(i).is_some_and(|word| right(j) == Some(word));
    let mut runs: Vec<Run> = Vec::new();
    let (mut at, mut n_best) = ((0, 0), 0);
    // The score and the best one, kept from falling below zero by `FALL` in hand.
    let (mut score, mut best) = (FALL, FALL);
    loop {
        let from = at;
        while same(at.0, at.1) {
            at = (at.0 + 1, at.1 + 1);
        }
        let n = at.0 - from.0;
        if n > 0 {
            score += n;
            runs.push(Run { left: from.0, right: from.1, n });
            if score > best {
                (best, n_best) = (score, runs.len());
            }
        }
        let Some((more_left, more_right)) = resync(at, same) else { break };
        let cost = 1 + more_left.max(more_right);
        if score + FALL < best + cost {
            break;
        }
        score -= cost;
        at = (at.0 + more_left, at.1 + more_right);
    }
    runs.truncate(n_best);
    runs
}

/// The nearest place ahead where two words in a row correspond again: how many words to skip on
/// each side, as few as possible, as equal as possible.
fn resync(at: (usize, usize), same: impl Fn(usize, usize) -> bool) -> Option<(usize, usize)> {
    (1..=GAP).find_map(|sum| {
        let half = sum / 2;
        (0..=sum + 1).find_map(|off| {
            let left = match off % 2 {
                0 => half + off / 2,
                _ => half.checked_sub(off.div_ceil(2))?,
            };
            let right = sum.checked_sub(left)?;
            let (i, j) = (at.0 + left, at.1 + right);
            (same(i, j) && same(i + 1, j + 1)).then_some((left, right))
        })
    })
}

/// Adds a run; one that continues the last on both sides becomes part of it.
fn push(runs: &mut Vec<Run>, run: Run) {
    match runs.last_mut() {
        Some(last) if last.left + last.n == run.left && last.right + last.n == run.right => {
            last.n += run.n;
        }
        _ => runs.push(run),
    }
}

/// The chains without the words that an earlier (longer) one has; what is left of a chain must
/// still be a passage. In order of the left side.
fn apart(chains: Vec<Chain>, n_left: usize, n_right: usize) -> Vec<Chain> {
    let mut kept: Vec<Chain> = Vec::new();
    // Which words are taken; made when two chains meet, which few texts see.
    let mut taken: Option<(Vec<bool>, Vec<bool>)> = None;
    for chain in chains {
        if !kept.iter().any(|other| other.meets(&chain)) {
            if let Some(taken) = &mut taken {
                take(taken, &chain);
            }
            kept.push(chain);
            continue;
        }
        let taken = taken.get_or_insert_with(|| {
            let mut taken = (vec![false; n_left], vec![false; n_right]);
            for chain in &kept {
                take(&mut taken, chain);
            }
            taken
        });
        let mut runs = Vec::new();
        for (i, j) in chain.pairs().filter(|&(i, j)| !taken.0[i] && !taken.1[j]) {
            push(&mut runs, Run { left: i, right: j, n: 1 });
        }
        for chain in split(runs).into_iter().filter(|chain| chain.n_words() >= K) {
            take(taken, &chain);
            kept.push(chain);
        }
    }
    kept.sort_by_key(|chain| (chain.first().left, chain.first().right));
    kept
}

fn take(taken: &mut (Vec<bool>, Vec<bool>), chain: &Chain) {
    for (i, j) in chain.pairs() {
        (taken.0[i], taken.1[j]) = (true, true);
    }
}

/// Runs as chains without a gap that is too long.
fn split(runs: Vec<Run>) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::new();
    for run in runs {
        match chains.last_mut() {
            Some(chain) if follows(chain.end(), run) => chain.runs.push(run),
            _ => chains.push(Chain { runs: vec![run] }),
        }
    }
    chains
}

fn follows(end: (usize, usize), run: Run) -> bool {
    (end.0..=end.0 + GAP).contains(&run.left) && (end.1..=end.1 + GAP).contains(&run.right)
}

/// Neighbours on one diagonal become one chain; what is too short alone is dropped.
fn bridge(chains: Vec<Chain>) -> Vec<Chain> {
    let mut bridged: Vec<Chain> = Vec::new();
    for chain in chains {
        match bridged.last_mut() {
            Some(last) if follows(last.end(), chain.first()) => {
                for run in chain.runs {
                    push(&mut last.runs, run);
                }
            }
            _ => bridged.push(chain),
        }
    }
    bridged.retain(|chain| chain.n_words() >= SHORTEST);
    bridged
}
