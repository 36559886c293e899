//! Polarity: which of two texts the other comes from, shown by what other witnesses of the same
//! words read where the two differ.
//!
//! Where one has what many others have, and the other stands alone or nearly so, the other changed
//! it. Two texts alone show nothing: whatever differs may have been changed by either.

use std::borrow::Cow;

use headwater_page::Span;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Direction;
use super::bare::Shared;
use super::family::Kinship;
use crate::{fold, par};

/// Two texts that share passages, `left < right`, and what their variants show.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Polarity {
    /// Number of the text that comes first.
    pub left: u32,
    /// Number of the other.
    pub right: u32,
    /// Which text the other comes from, or a text with the same words as it.
    pub direction: Direction,
    /// Words in a row that only one of the two has.
    pub n_variants: u32,
    /// Texts of the largest family that both belong to; at least 2.
    pub n_witnesses: u32,
}

/// Words in a row that are one reading.
const READING: usize = 3;

/// Two texts and at least three others.
const WITNESSES: u32 = 5;

/// Readings of each side that must differ.
const VARIANTS: usize = 2;

/// How many texts must read what the source reads, itself counted, and how many times as many as read
/// what the other reads.
///
/// Swept on the synthetic corpora, of 20,000 texts, which have 8,062 pairs in families of five and more
/// in which one text comes from the other: 1,668 are stated and .922 of them right if 3 and 2 are
/// enough for all; 720 and .993 if a text with [`MUCH`] of its own is never told to be a copy;
/// 935 and .986 if it needs 8 and 6. The wrong ones are sources of which all copies but one were made
/// from that one.
struct Needed {
    many: u32,
    times: u32,
}

const NEEDED: Needed = Needed { many: 3, times: 2 };

/// For a text that has [`MUCH`] besides: it may as well be the source that one excerpt was made of, from
/// which the many come.
const NEEDED_OF_MUCH: Needed = Needed { many: 8, times: 6 };

/// Bytes before and behind the passages that are more than a headline and a site's furniture.
const MUCH: u32 = 600;

/// One of so many readings may be odd: chance, or two scribes who had the same idea.
const ODD: usize = 10;

/// Bytes of a sentence. A text that has one more, between words that both have, was not cut from the
/// other.
const SENTENCE: u32 = 60;

/// What the passages of `shared` show of each pair of texts, by left, then right text. `shared` is
/// in that order, as [`super::bare::shared`] returns it; `text` gives the words of a text by its number.
/// Fails if `text` does.
///
/// Verbatim copies have no variants and stay undirected; so do pairs of families of less than five
/// texts. Cost: linear in the words of the passages; memory: the words of one family on each core.
/// After: the method of common errors (Lachmann), by counts of witnesses.
pub fn polarities<'a, E: Send>(
    shared: &[Shared],
    text: impl Fn(u32) -> Result<Cow<'a, str>, E> + Sync,
) -> Result<Vec<Polarity>, E> {
    let kinship = Kinship::new(shared);
    let families = kinship.rows();
    let read = par::map(&families, |rows| readings(shared, &kinship, rows, &text));
    let mut of_row = vec![Readings::default(); shared.len()];
    for (rows, read) in families.iter().zip(read) {
        for (&row, read) in rows.iter().zip(read?) {
            of_row[row] = read;
        }
    }
    let mut first = 0;
    let pairs = shared.chunk_by(|a, b| (a.left, a.right) == (b.left, b.right)).map(|rows| {
        let end = first + rows.len();
        let readings = &of_row[first..end];
        first = end;
        polarity(rows, readings)
    });
    Ok(pairs.collect())
}

/// For one passage of two texts, how many texts of the family have what only one of them has.
#[derive(Clone, Debug, Default)]
struct Readings {
    left: Vec<u32>,
    right: Vec<u32>,
    n_witnesses: u32,
    /// Bytes of both texts.
    n_bytes: [u32; 2],
}

/// What a text of a family says.
struct Witness<'a> {
    words: Cow<'a, str>,
    /// First byte and hash of each reading in its passages, in order.
    readings: Vec<(u32, u64)>,
}

/// The readings of `rows` of `shared`, all of one family.
fn readings<'a, E>(
    shared: &[Shared],
    kinship: &Kinship,
    rows: &[usize],
    text: impl Fn(u32) -> Result<Cow<'a, str>, E>,
) -> Result<Vec<Readings>, E> {
    let mut members = rows.iter().flat_map(|&row| kinship.of[row]).collect::<Vec<_>>();
    members.sort_unstable();
    members.dedup();
    let members = members.iter().map(|&ix| kinship.members[ix]).collect::<Vec<_>>();
    // Members are in order of text.
    let by_text = members.chunk_by(|a, b| a.text == b.text).collect::<Vec<_>>();
    let n_witnesses = by_text.len() as u32;
    if n_witnesses < WITNESSES {
        return Ok(vec![Readings { n_witnesses, ..Readings::default() }; rows.len()]);
    }
    let mut carriers: FxHashMap<u64, u32> = FxHashMap::default();
    let mut witnesses: FxHashMap<u32, Witness> = FxHashMap::default();
    for members in by_text {
        let words = text(members[0].text)?;
        let mut readings = Vec::new();
        for span in members.iter().map(|member| member.span) {
            each_reading(span.of(&words), |at, hash| readings.push((span.start + at, hash)));
        }
        readings.sort_unstable();
        readings.dedup();
        let mut known = FxHashSet::default();
        for &(_, hash) in readings.iter().filter(|(_, hash)| known.insert(*hash)) {
            *carriers.entry(hash).or_default() += 1;
        }
        witnesses.insert(members[0].text, Witness { words, readings });
    }
    let of_row = rows.iter().map(|&row| {
        let row = &shared[row];
        let mut found = Readings { n_witnesses, ..Readings::default() };
        let sides = [(row.left, row.left_span), (row.right, row.right_span)];
        let [Some(left), Some(right)] = sides.map(|(text, _)| witnesses.get(&text)) else {
            return found;
        };
        found.n_bytes = [left, right].map(|witness| witness.words.len() as u32);
        if row.left_span.of(&left.words) != row.right_span.of(&right.words) {
            let (left, right) = (left.inside(row.left_span), right.inside(row.right_span));
            let only = |own: &FxHashSet<u64>, other: &FxHashSet<u64>| {
                let only = own.iter().filter(|hash| !other.contains(*hash));
                let counts = only.map(|hash| carriers.get(hash).copied().unwrap_or(1));
                let mut counts = counts.collect::<Vec<_>>();
                counts.sort_unstable();
                counts
            };
            (found.left, found.right) = (only(&left, &right), only(&right, &left));
        }
        found
    });
    Ok(of_row.collect())
}

impl Witness<'_> {
    /// The readings inside of a span.
    fn inside(&self, span: Span) -> FxHashSet<u64> {
        let first = self.readings.partition_point(|(at, _)| *at < span.start);
        let end = self.readings.partition_point(|(at, _)| *at < span.end);
        // The last words of the span start readings that go on behind it.
        let end = end.saturating_sub(READING - 1).max(first);
        self.readings[first..end].iter().map(|(_, hash)| *hash).collect()
    }
}

/// Calls `found` with the first byte and the hash of every [`READING`] words in a row.
fn each_reading(words: &str, mut found: impl FnMut(u32, u64)) {
    let mut last = [(0u32, 0u64); READING];
    let mut n_words = 0usize;
    fold::each_word(words, |start, _, hash| {
        last.rotate_left(1);
        last[READING - 1] = (start as u32, hash);
        n_words += 1;
        if n_words >= READING {
            let hash = last.iter().fold(0u64, |all, (_, hash)| {
                (all.rotate_left(23) ^ hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            });
            found(last[0].0, hash);
        }
    });
}

/// What all passages of one pair show together.
fn polarity(rows: &[Shared], readings: &[Readings]) -> Polarity {
    let all = |side: fn(&Readings) -> &[u32]| {
        let mut all = readings.iter().flat_map(side).copied().collect::<Vec<_>>();
        all.sort_unstable();
        all
    };
    let (left, right) = (all(|row| &row.left), all(|row| &row.right));
    let n_witnesses = readings.iter().map(|row| row.n_witnesses).max().unwrap_or(0);
    let n_bytes = |side: usize| readings.iter().map(|row| row.n_bytes[side]).max().unwrap_or(0);
    let own_left = own(n_bytes(0), rows.iter().map(|row| row.left_span).collect());
    let own_right = own(n_bytes(1), rows.iter().map(|row| row.right_span).collect());
    let direction = if comes_from(&right, &left, own_right) {
        Direction::RightFromLeft
    } else if comes_from(&left, &right, own_left) {
        Direction::LeftFromRight
    } else {
        Direction::Undirected
    };
    Polarity {
        left: rows[0].left,
        right: rows[0].right,
        direction,
        n_variants: (left.len() + right.len()) as u32,
        n_witnesses,
    }
}

/// Whether `own` readings are few texts', where the `other` side's are many texts'. Both sorted.
fn comes_from(own: &[u32], other: &[u32], rest: Own) -> bool {
    if own.len() < VARIANTS || other.len() < VARIANTS || rest.between >= SENTENCE {
        return false;
    }
    let needed = if rest.around > MUCH { NEEDED_OF_MUCH } else { NEEDED };
    let fewest = other[other.len() / ODD];
    fewest >= needed.many && fewest >= needed.times * own[own.len() - 1 - own.len() / ODD]
}

/// Bytes of a text outside of passages.
#[derive(Clone, Copy)]
struct Own {
    between: u32,
    around: u32,
}

/// What a text of `n_bytes` has besides `spans`, of which there is one at least.
fn own(n_bytes: u32, mut spans: Vec<Span>) -> Own {
    spans.sort_unstable();
    let (mut end, mut between) = (spans[0].end, 0);
    for span in &spans[1..] {
        between += span.start.saturating_sub(end);
        end = end.max(span.end);
    }
    Own { between, around: spans[0].start + n_bytes.saturating_sub(end) }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::super::bare::{self, Text};
    use super::*;

    const WIRE: &str = "The harbour board of Ostrow voted late on Tuesday to stop the last ferry to \
        the Lind islands after a hundred and twelve years of service. Nine of every ten passengers \
        had left the boats for the new bridge since the autumn, wrote the treasurer of the board.";

    fn text(words: &str, series: u32) -> Text<'_> {
        Text { words, series }
    }

    fn found(texts: &[String]) -> Vec<Polarity> {
        let texts = texts.iter().enumerate();
        let texts = texts.map(|(ix, words)| text(words, ix as u32)).collect::<Vec<_>>();
        let words = |ix: u32| Ok::<_, Infallible>(texts[ix as usize].words.into());
        let Ok(found) = polarities(&bare::shared(&texts), words);
        found
    }

    #[test]
    fn who_stands_alone_with_a_change_made_it() {
        let changed = WIRE.replace("late on Tuesday", "on Tuesday night").replace("ten", "twelve");
        let mut texts = vec![WIRE.to_owned(); 4];
        texts.insert(1, changed);
        let found = found(&texts);
        let of = |left, right| {
            let pair = found.iter().find(|pair| (pair.left, pair.right) == (left, right));
            pair.map(|pair| pair.direction)
        };
        assert_eq!(of(0, 1), Some(Direction::RightFromLeft));
        assert_eq!(of(1, 4), Some(Direction::LeftFromRight));
        assert_eq!(of(0, 2), Some(Direction::Undirected));
        assert!(found.iter().all(|pair| pair.n_witnesses == 5));
    }

    #[test]
    fn two_texts_or_two_changes_show_nothing() {
        let one = WIRE.replace("late on Tuesday", "on Tuesday night");
        let other = WIRE.replace("every ten", "each dozen");
        let alone = found(&[WIRE.to_owned(), one.clone()]);
        assert_eq!(alone[0].direction, Direction::Undirected);
        let mut texts = vec![WIRE.to_owned(); 4];
        texts.extend([one, other]);
        let siblings = found(&texts);
        let siblings = siblings.iter().find(|pair| (pair.left, pair.right) == (4, 5));
        assert_eq!(siblings.map(|pair| pair.direction), Some(Direction::Undirected));
    }
}
