//! Planted: a small made-up corpus of which is known who copied whom, as a guard of what is found.

use std::collections::{BTreeMap, BTreeSet};

use super::{Shared, Text, shared};

/// Numbers that look random and are the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ x >> 31) >> 16) as usize % sides
    }

    /// A made-up word; small numbers come often, as common words do.
    fn word(&mut self) -> String {
        const PARTS: [&str; 16] = [
            "ba", "do", "fi", "gu", "lem", "nor", "pa", "qui", "ros", "su", "ta", "vel", "wi",
            "xo", "yen", "zu",
        ];
        let most = [40, 400, 4000][self.roll(3)];
        let mut rest = self.roll(most) + 17;
        let mut word = String::new();
        while rest > 0 {
            word.push_str(PARTS[rest % 16]);
            rest /= 16;
        }
        word
    }

    fn sentence(&mut self, phrases: &[String]) -> String {
        let n_words = 9 + self.roll(20);
        let mut words = (0..n_words).map(|_| self.word()).collect::<Vec<_>>();
        if self.roll(5) == 0 {
            let at = self.roll(n_words);
            words.insert(at, phrases[self.roll(phrases.len())].clone());
        }
        words.join(" ") + "."
    }

    /// One word of 25 is another.
    fn edited(&mut self, sentence: &str) -> String {
        let words = sentence.split(' ').map(|word| match self.roll(25) {
            0 => self.word(),
            _ => word.to_owned(),
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

/// A text as it was made: sentences with the number of what they were at first.
#[derive(Clone)]
struct Made {
    series: u32,
    sentences: Vec<(usize, String)>,
    framed: String,
}

fn corpus(n_texts: usize) -> Vec<Made> {
    const N_SERIES: usize = 12;
    let mut dice = Dice(7);
    let phrases: Vec<String> =
        (0..20).map(|_| (0..8).map(|_| dice.word()).collect::<Vec<_>>().join(" ")).collect();
    let foot =
        |dice: &mut Dice| (0..2).map(|_| dice.sentence(&[String::new()])).collect::<Vec<_>>();
    let feet = (0..N_SERIES).map(|_| foot(&mut dice).join(" ")).collect::<Vec<_>>();
    let (mut all, mut n_sentences) = (Vec::<Made>::new(), 0);
    for nth in 0..n_texts {
        let mut fresh = |dice: &mut Dice, n: usize| {
            let sentences = (0..n).map(|at| (n_sentences + at, dice.sentence(&phrases)));
            let sentences = sentences.collect::<Vec<_>>();
            n_sentences += n;
            sentences
        };
        let mut series = dice.roll(N_SERIES) as u32;
        let kind = if nth < 20 { 0 } else { dice.roll(10) };
        let sentences = if kind < 6 {
            let n = 8 + dice.roll(8);
            fresh(&mut dice, n)
        } else {
            let parent = all[dice.roll(all.len())].clone();
            match kind {
                // A copy; one of three is the site's own.
                6 | 7 => {
                    if dice.roll(3) == 0 {
                        series = parent.series;
                    }
                    parent.sentences
                }
                8 => {
                    let edited = parent.sentences.iter().map(|(of, s)| (*of, dice.edited(s)));
                    edited.collect()
                }
                _ => {
                    let mut own = fresh(&mut dice, 9);
                    let from = dice.roll(parent.sentences.len() - 2);
                    own.splice(4..4, parent.sentences[from..from + 3].iter().cloned());
                    own
                }
            }
        };
        let words = sentences.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>();
        let framed = format!("{}\n{}", words.join(" "), feet[series as usize]);
        all.push(Made { series, sentences, framed });
    }
    all
}

#[test]
fn nearly_all_planted_pairs_are_found_and_no_furniture() {
    let made = corpus(400);
    let texts = made.iter().map(|made| Text { words: &made.framed, series: made.series });
    let found = shared(&texts.collect::<Vec<_>>());

    let mut of_sentence: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (ix, made) in made.iter().enumerate() {
        for (of, _) in &made.sentences {
            of_sentence.entry(*of).or_default().push(ix);
        }
    }
    // Pairs that share at least two sentences: one that was edited on both sides may be lost.
    let mut common: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for texts in of_sentence.values() {
        for (nth, &left) in texts.iter().enumerate() {
            for &right in &texts[nth + 1..] {
                *common.entry((left as u32, right as u32)).or_default() += 1;
            }
        }
    }
    let pairs = found.iter().map(|row| (row.left, row.right)).collect::<BTreeSet<_>>();
    let planted = common.iter().filter(|(_, n)| **n >= 2).map(|(pair, _)| *pair);
    let planted = planted.collect::<BTreeSet<_>>();
    let n_hits = planted.intersection(&pairs).count();
    assert!(planted.len() > 300, "{} planted", planted.len());
    assert!(n_hits * 100 >= planted.len() * 98, "{n_hits} of {} found", planted.len());
    let of_one_series =
        |(left, right): &&(u32, u32)| made[*left as usize].series == made[*right as usize].series;
    let reposts = planted.iter().filter(of_one_series).collect::<Vec<_>>();
    let n_reposts = reposts.iter().filter(|pair| pairs.contains(pair)).count();
    assert!(reposts.len() > 20 && n_reposts * 100 >= reposts.len() * 95, "{n_reposts} {reposts:?}");

    let is_false = |row: &&Shared| !common.contains_key(&(row.left, row.right));
    let wrong = found.iter().filter(is_false).collect::<Vec<_>>();
    let words = wrong.iter().map(|row| {
        let of = |text: u32, span: headwater_page::Span| span.of(&made[text as usize].framed);
        (of(row.left, row.left_span), of(row.right, row.right_span))
    });
    let words = words.collect::<Vec<_>>();
    assert!(words.is_empty(), "{words:?}");
}
