//! Background: how much a word says, by how rare it is in the language at large.
//!
//! Weights come from this table and never from the collection at hand, so that adding a page
//! changes no weight. `background.tsv`: Zipf frequency in tenths, words; `endings.tsv`: endings that
//! words lose before they are compared.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::{Phrases, Table};
use crate::fold;

/// Weight of a word that the table does not hold: names, above all.
///
/// Zipf 3.1 is the rarest in the table; a word outside of it weighs a little more.
const UNKNOWN: u32 = 400;

/// Word weights and the endings that words lose.
#[derive(Debug)]
pub struct Background {
    /// By the last byte of the ending, the longest first.
    endings: Vec<Vec<(&'static str, &'static str, usize)>>,
    by_stem: FxHashMap<String, u32>,
    /// By hash of a folded word: hash of its stem, and weight. Days and months weigh nothing here.
    by_word: FxHashMap<u64, (u64, u32)>,
    /// The same as terms have it: without numbers and what is spelled with an apostrophe or a point;
    /// function words weigh nothing.
    by_term: FxHashMap<u64, (u64, u32)>,
}

impl Background {
    /// From the rows of its two files, of the calendar, whose days and months every report has, and the
    /// function words.
    pub fn new(
        frequencies: &Table,
        endings: &Table,
        calendar: &Table,
        function_words: &Phrases,
    ) -> Self {
        let mut endings = endings
            .rows()
            .map(|row| {
                let field = |i: usize| row.get(i).copied().unwrap_or("");
                (row[0], field(1), field(2).parse().unwrap_or(3))
            })
            .collect::<Vec<_>>();
        endings.sort_by_key(|(ending, ..)| std::cmp::Reverse(ending.len()));
        let mut by_last = vec![Vec::new(); 256];
        for ending in endings {
            by_last[ending.0.bytes().last().unwrap_or(0) as usize].push(ending);
        }
        let (by_stem, by_word) = (FxHashMap::default(), FxHashMap::default());
        let by_term = FxHashMap::default();
        let mut background = Self { endings: by_last, by_stem, by_word, by_term };
        for row in frequencies.rows() {
            let zipf = row[0].parse::<u32>().unwrap_or(0);
            for word in row[1].split(' ') {
                let stem = background.stem(word);
                let weight = 70_u32.saturating_sub(zipf) * 10;
                // Rows fall in frequency: the commonest word of a stem is met first.
                let hash = fold::hash(&stem);
                let weight = *background.by_stem.entry(stem.into_owned()).or_insert(weight);
                background.by_word.insert(fold::hash(word), (hash, weight));
                let plain = word.len() >= 2 && !word.contains(['\'', '.', ',']);
                if plain && !word.bytes().all(|byte| byte.is_ascii_digit()) {
                    let weight = if function_words.has(word) { 0 } else { weight };
                    background.by_term.insert(fold::hash(word), (hash, weight));
                }
            }
        }
        for row in calendar.list("month").chain(calendar.list("weekday")) {
            let hash = fold::hash(&fold::fold(row[0]));
            background.by_word.insert(hash, (hash, 0));
        }
        background
    }

    /// The folded `word` without its ending; a part of it wherever the ending leaves nothing else.
    pub fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        let bare = |stem: &str| stem.len() - usize::from(stem.ends_with('e') && stem.len() > 3);
        let last = word.bytes().last().unwrap_or(0);
        for &(ending, instead, least) in &self.endings[last as usize] {
            if let Some(stem) = word.strip_suffix(ending)
                && stem.chars().count() >= least
            {
                if instead.is_empty() {
                    return Cow::Borrowed(&stem[..bare(stem)]);
                }
                let mut stem = format!("{stem}{instead}");
                stem.truncate(bare(&stem));
                return Cow::Owned(stem);
            }
        }
        Cow::Borrowed(word)
    }

    /// Hash of the stem and weight of the folded word with that hash, if the table holds it. Days and
    /// months weigh nothing.
    pub fn known(&self, hash: u64) -> Option<(u64, u32)> {
        self.by_word.get(&hash).copied()
    }

    /// Hash of the stem and weight of the folded word with that hash, if it is a plain word of the table:
    /// no number, no contraction. Function words weigh nothing.
    pub fn term(&self, hash: u64) -> Option<(u64, u32)> {
        self.by_term.get(&hash).copied()
    }

    /// What a stem weighs: 0 for the commonest words, 400 for what the language at large hardly
    /// uses. A hundred is a factor of ten in frequency.
    pub fn weight(&self, stem: &str) -> u32 {
        self.by_stem.get(stem).copied().unwrap_or(UNKNOWN)
    }
}
