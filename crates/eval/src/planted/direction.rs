//! Direction: which text of a planted pair comes from the other, as told by other witnesses alone.
//!
//! `meta.jsonl` says of each text from which texts it was made (`parents`). A pair is *in line* if one
//! comes from the other, over whatever steps. Of two texts that only have a parent in common, one may
//! be called the source if it is word for word what that parent is.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use headwater::reuse::Direction;
use headwater::reuse::bare::{Shared, Text};
use headwater::reuse::polarity::{self, Polarity};
use serde::Deserialize;

use super::lines;

#[derive(Deserialize)]
struct Meta {
    kind: String,
    parents: Vec<u32>,
}

/// Counts of one size of family.
#[derive(Default)]
struct Counts {
    in_line: usize,
    /// Those of them that are no word for word copies.
    changed: usize,
    right: usize,
    wrong: usize,
    beside: usize,
    over: usize,
}

/// Sizes of families, each up to so many texts.
const SIZES: [u32; 5] = [2, 4, 7, 15, u32::MAX];

/// Prints accuracy and coverage by size of family.
pub(super) fn score(
    folder: &Path,
    texts: &[Text],
    found: &[Shared],
    out: &mut String,
) -> Result<(), String> {
    let metas: Vec<Meta> = lines(&folder.join("meta.jsonl"))?;
    let mut ancestors: Vec<BTreeSet<u32>> = Vec::with_capacity(metas.len());
    for meta in &metas {
        let of = |parent: &u32| ancestors.get(*parent as usize).cloned().unwrap_or_default();
        let mut all = meta.parents.iter().flat_map(of).collect::<BTreeSet<_>>();
        all.extend(&meta.parents);
        ancestors.push(all);
    }
    let mut by_size: BTreeMap<u32, Counts> = BTreeMap::new();
    let mut rows = found.chunk_by(|a, b| (a.left, a.right) == (b.left, b.right));
    let words = |ix: u32| Ok::<_, String>(texts[ix as usize].words.into());
    for pair in polarity::polarities(found, words)? {
        let Some(rows) = rows.next() else { break };
        let size = SIZES.iter().find(|size| pair.n_witnesses <= **size);
        let counts = by_size.entry(size.copied().unwrap_or(u32::MAX)).or_default();
        let (left, right) = (pair.left as usize, pair.right as usize);
        if ancestors[right].contains(&pair.left) {
            counts.in_line += 1;
            counts.changed += usize::from(metas[right].kind != "verbatim");
            counts.right += usize::from(pair.direction == Direction::RightFromLeft);
            counts.wrong += usize::from(pair.direction == Direction::LeftFromRight);
        } else if pair.direction != Direction::Undirected {
            counts.beside += 1;
            let common = ancestors[left].intersection(&ancestors[right]);
            let is_same = |&parent: &u32| says_what(&pair, rows, texts, parent);
            counts.over += usize::from(!common.copied().collect::<Vec<_>>().iter().any(is_same));
        }
    }
    let mut least = 2;
    for (size, counts) in by_size {
        let stated = counts.right + counts.wrong;
        let share = |part: usize, all: usize| part as f64 / all.max(1) as f64;
        let to = if size == u32::MAX { "more".to_owned() } else { size.to_string() };
        let _ = writeln!(
            out,
            "direction, families of {least} to {to}: stated for {stated} of {} in line ({:.3}; {} \
             changed), accuracy {:.4}; {} beside each other called source and copy, of which {} \
             read otherwise than their common source",
            counts.in_line,
            share(stated, counts.in_line),
            counts.changed,
            share(counts.right, stated),
            counts.beside,
            counts.over,
        );
        least = size.saturating_add(1);
    }
    Ok(())
}

/// Whether the passages of the text that `pair` calls the source stand in `parent` word for word,
/// but for a word or two.
fn says_what(pair: &Polarity, rows: &[Shared], texts: &[Text], parent: u32) -> bool {
    let words = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<Vec<_>>()
    };
    let (source, left) = match pair.direction {
        Direction::RightFromLeft => (pair.left, true),
        _ => (pair.right, false),
    };
    let parent = words(texts[parent as usize].words);
    let known = parent.windows(3).collect::<BTreeSet<_>>();
    let own = rows.iter().flat_map(|row| {
        let span = if left { row.left_span } else { row.right_span };
        let words = words(span.of(texts[source as usize].words));
        words.windows(3).map(<[String]>::to_vec).collect::<Vec<_>>()
    });
    own.filter(|three| !known.contains(three.as_slice())).count() <= 6
}
