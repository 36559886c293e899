//! Stretch: words that two texts share, changes of a word or some allowed, found from one seed.

use super::shard::Word;

/// Words of two texts that correspond, by their first and last pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Stretch {
    /// First and one-past-last word on the left.
    pub(super) left: (u32, u32),
    /// First and one-past-last word on the right.
    pub(super) right: (u32, u32),
    /// How many words correspond.
    pub(super) n_words: u32,
}

impl Stretch {
    /// Whether `next` goes on where this one ends, after gaps that are about equal and hold no more
    /// words than correspond around them.
    pub(super) fn continues(&self, next: &Stretch) -> bool {
        const GAP: i64 = 40;
        const SHIFT: i64 = 6;
        let gap = |end: u32, first: u32| i64::from(first) - i64::from(end);
        let (left, right) = (gap(self.left.1, next.left.0), gap(self.right.1, next.right.0));
        let widest = GAP.min(i64::from(self.n_words + next.n_words) / 2);
        (-4..=widest).contains(&left)
            && (-4..=widest).contains(&right)
            && (left - right).abs() <= SHIFT
    }

    /// Goes on with `next`.
    pub(super) fn join(&mut self, next: &Stretch) {
        self.left.1 = self.left.1.max(next.left.1);
        self.right.1 = self.right.1.max(next.right.1);
        self.n_words += next.n_words;
    }
}

/// An equal word counts so much for an extension; a skipped one costs 1. Where two copies each
/// changed one word of five, a third of the words differ, and this still goes on. With a cost for
/// each gap besides, heavily edited copies of the synthetic corpora lose a hundredth of their bytes.
const EQUAL: usize = 2;

/// How far behind its best score an extension may fall.
const FALL: usize = 20;

/// So many words, both sides counted, may be skipped at once.
const SKIP: usize = 14;

/// The stretch through the words `(i, j)`; none if they are not equal.
/// After: extension with a drop-off, as in BLAST (Altschul et al. 1990).
pub(super) fn stretch(a: &[Word], b: &[Word], i: usize, j: usize) -> Option<Stretch> {
    if a.get(i)? != b.get(j)? {
        return None;
    }
    let ahead = ahead(&a[i..], &b[j..]);
    let behind = behind(&a[..i], &b[..j]);
    Some(Stretch {
        left: ((i - behind.left) as u32, (i + ahead.left) as u32),
        right: ((j - behind.right) as u32, (j + ahead.right) as u32),
        n_words: (ahead.n_words + behind.n_words) as u32,
    })
}

/// How far an extension goes on each side, and how many words are equal on the way.
#[derive(Clone, Copy, Default)]
struct Reach {
    left: usize,
    right: usize,
    n_words: usize,
}

fn ahead(a: &[Word], b: &[Word]) -> Reach {
    extend(
        |at, other| n_equal(&a[at..], &b[other..]),
        |at, other| (twos(a[at..].windows(2), A_NONE), twos(b[other..].windows(2), B_NONE)),
    )
}

fn behind(a: &[Word], b: &[Word]) -> Reach {
    extend(
        |at, other| n_equal_behind(&a[..a.len() - at], &b[..b.len() - other]),
        |at, other| {
            let (a, b) = (&a[..a.len() - at], &b[..b.len() - other]);
            (twos(a.windows(2).rev(), A_NONE), twos(b.windows(2).rev(), B_NONE))
        },
    )
}

/// Two words in a row at each place that a gap may lead to.
type Twos = [u32; SKIP + 2];

/// What stands for two words behind the end; not the same on both sides.
const A_NONE: u32 = u32::MAX;
const B_NONE: u32 = u32::MAX - 1;

#[inline]
fn twos<'a>(windows: impl Iterator<Item = &'a [Word]>, none: u32) -> Twos {
    let mut twos = [none; SKIP + 2];
    for (two, words) in twos[..=SKIP].iter_mut().zip(windows) {
        *two = u32::from(words[0]) << 16 | u32::from(words[1]);
    }
    twos
}

/// Walks along equal words and over gaps, as far as the score is worth it.
#[inline]
fn extend(
    n_equal: impl Fn(usize, usize) -> usize,
    twos: impl Fn(usize, usize) -> (Twos, Twos),
) -> Reach {
    let (mut best, mut at) = (Reach::default(), Reach::default());
    // Kept from falling below zero by `FALL` in hand.
    let (mut score, mut best_score) = (FALL, FALL);
    loop {
        let n = n_equal(at.left, at.right);
        at = Reach { left: at.left + n, right: at.right + n, n_words: at.n_words + n };
        score += n * EQUAL;
        if score > best_score {
            (best, best_score) = (at, score);
        }
        let Some((left, right)) = skip(&twos(at.left, at.right)) else { break };
        let cost = left.max(right);
        if score + FALL < best_score + cost {
            break;
        }
        score -= cost;
        (at.left, at.right) = (at.left + left, at.right + right);
    }
    best
}

/// The first gap behind which two words are equal.
#[inline]
fn skip((a, b): &(Twos, Twos)) -> Option<(usize, usize)> {
    // Most stretches end where nothing is equal any more: all are compared with all at once.
    let mut equal = [0; SKIP + 2];
    for &two in a {
        for (equal, &other) in equal.iter_mut().zip(b) {
            *equal |= u32::from(two == other);
        }
    }
    if equal.iter().all(|&equal| equal == 0) {
        return None;
    }
    let skips = SKIPS.iter().map(|&(left, right)| (usize::from(left), usize::from(right)));
    let is_inside = |left: usize, right: usize| a[left] != A_NONE && b[right] != B_NONE;
    skips.into_iter().find(|&(left, right)| a[left] == b[right] && is_inside(left, right))
}

/// Gaps in the order in which they are tried: as few words as possible, as even as possible.
const SKIPS: [(u8, u8); (SKIP + 1) * (SKIP + 2) / 2 - 1] = {
    let mut skips = [(0, 0); (SKIP + 1) * (SKIP + 2) / 2 - 1];
    let (mut n, mut sum) = (0, 1);
    while sum <= SKIP {
        let mut off = 0;
        while off <= sum {
            // The middle first, then outwards: left gets half, half and one, half less one, …
            let half = sum / 2;
            let step = off.div_ceil(2);
            let left = if off % 2 == 1 { half + step } else { half - step };
            skips[n] = (left as u8, (sum - left) as u8);
            (n, off) = (n + 1, off + 1);
        }
        sum += 1;
    }
    skips
};

/// How many words are equal from the start on; eight are compared at once.
#[inline]
fn n_equal(a: &[Word], b: &[Word]) -> usize {
    let mut n = 0;
    let (a_eights, _) = a.as_chunks::<8>();
    let (b_eights, _) = b.as_chunks::<8>();
    for (one, other) in a_eights.iter().zip(b_eights) {
        if one != other {
            break;
        }
        n += 8;
    }
    n + a[n..].iter().zip(&b[n..]).take_while(|(one, other)| one == other).count()
}

/// How many words are equal from the end on.
#[inline]
fn n_equal_behind(a: &[Word], b: &[Word]) -> usize {
    let mut n = 0;
    let (_, a_eights) = a.as_rchunks::<8>();
    let (_, b_eights) = b.as_rchunks::<8>();
    for (one, other) in a_eights.iter().rev().zip(b_eights.iter().rev()) {
        if one != other {
            break;
        }
        n += 8;
    }
    let (a, b) = (&a[..a.len() - n], &b[..b.len() - n]);
    n + a.iter().rev().zip(b.iter().rev()).take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_gap_is_tried_once() {
        let mut skips = SKIPS.to_vec();
        assert_eq!(&skips[..6], [(0, 1), (1, 0), (1, 1), (2, 0), (0, 2), (1, 2)]);
        skips.sort_unstable();
        skips.dedup();
        assert_eq!(skips.len(), SKIPS.len());
        assert!(skips.iter().all(|&(l, r)| usize::from(l + r) <= SKIP));
    }

    #[test]
    fn the_last_words_of_all_are_not_taken_for_what_is_behind_the_end() {
        let (left, right) = ([1, 2, 3], [1, 2, 3, 7, Word::MAX, Word::MAX, Word::MAX - 1]);
        for (a, b) in [(&left[..], &right[..]), (&right[..], &left[..])] {
            let found = stretch(a, b, 1, 1).unwrap();
            assert_eq!((found.left, found.right), ((0, 3), (0, 3)));
            let (mut a, mut b) = (a.to_vec(), b.to_vec());
            a.reverse();
            b.reverse();
            let found = stretch(&a, &b, a.len() - 2, b.len() - 2).unwrap();
            assert_eq!(
                (found.left.1, found.right.1, found.n_words),
                (a.len() as u32, b.len() as u32, 3)
            );
        }
    }

    #[test]
    fn a_stretch_crosses_a_changed_word_and_ends_where_nothing_corresponds() {
        let left = (0..40).collect::<Vec<Word>>();
        let mut right = [vec![100; 5], left[3..30].to_vec(), vec![200; 9]].concat();
        right[5 + 12] = 999;
        right.remove(5 + 20);
        let found = stretch(&left, &right, 6, 8).unwrap();
        assert_eq!((found.left, found.right, found.n_words), ((3, 30), (5, 31), 25));
        assert_eq!(stretch(&left, &right, 6, 9), None);
    }
}
