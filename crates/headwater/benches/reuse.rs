//! How fast texts are compared, step by step, in bytes of text a second.
//!
//! `cargo bench -p headwater`, with `RAYON_NUM_THREADS=1` for one core. The corpus is made up here:
//! 2,000 texts of about 3 kB, a third of them copies, edited copies or excerpts of earlier ones.

use divan::Bencher;
use divan::counter::BytesCount;
use headwater::fold;
use headwater::reuse::bare::{self, Text};
use headwater::reuse::family;
use headwater::reuse::step::Prints;
use headwater_page::Span;

fn main() {
    divan::main();
}

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
        let most = [40, 400, 4_000, 40_000][self.roll(4)];
        let mut rest = self.roll(most) + 3;
        let mut word = String::new();
        while rest > 0 {
            word.push(char::from(b"bdfglmnprstvwz"[rest % 14]));
            word.push(char::from(b"aeiou"[rest / 14 % 5]));
            rest /= 70;
        }
        word
    }

    fn sentence(&mut self) -> String {
        let n_words = 9 + self.roll(20);
        (0..n_words).map(|_| self.word()).collect::<Vec<_>>().join(" ") + "."
    }
}

/// Texts as lists of sentences.
fn corpus() -> Vec<String> {
    let mut dice = Dice(7);
    let mut texts: Vec<Vec<String>> = Vec::new();
    for nth in 0..2_000 {
        let mut own = (0..24 + dice.roll(12)).map(|_| dice.sentence()).collect::<Vec<_>>();
        let kind = if nth < 20 { 9 } else { dice.roll(9) };
        if kind < 3 {
            let parent = texts[dice.roll(texts.len())].clone();
            own = match kind {
                0 => parent,
                1 => {
                    let edited = parent.iter().map(|sentence| {
                        let words = sentence.split(' ').map(|word| match dice.roll(20) {
                            0 => dice.word(),
                            _ => word.to_owned(),
                        });
                        words.collect::<Vec<_>>().join(" ")
                    });
                    edited.collect()
                }
                _ => [&own[..20], &parent[..4]].concat(),
            };
        }
        texts.push(own);
    }
    texts.iter().map(|sentences| sentences.join(" ")).collect()
}

fn texts(corpus: &[String]) -> Vec<Text<'_>> {
    let series = (0..60).cycle();
    corpus.iter().zip(series).map(|(words, series)| Text { words, series }).collect()
}

fn n_bytes(corpus: &[String]) -> BytesCount {
    BytesCount::new(corpus.iter().map(String::len).sum::<usize>())
}

#[divan::bench]
fn tokenising(bencher: Bencher) {
    let corpus = corpus();
    bencher.counter(n_bytes(&corpus)).bench(|| {
        let tokens = |text: &String| fold::tokens(text, Span::new(0, text.len())).len();
        corpus.iter().map(tokens).sum::<usize>()
    });
}

#[divan::bench]
fn fingerprints(bencher: Bencher) {
    let corpus = corpus();
    bencher.counter(n_bytes(&corpus)).bench(|| Prints::new(&texts(&corpus)));
}

#[divan::bench]
fn postings(bencher: Bencher) {
    let corpus = corpus();
    let inputs = bencher.counter(n_bytes(&corpus)).with_inputs(|| Prints::new(&texts(&corpus)));
    inputs.bench_values(Prints::lists);
}

#[divan::bench]
fn links(bencher: Bencher) {
    let corpus = corpus();
    let lists = Prints::new(&texts(&corpus)).lists();
    bencher.counter(n_bytes(&corpus)).bench(|| lists.ties());
}

#[divan::bench]
fn whole(bencher: Bencher) {
    let corpus = corpus();
    bencher.counter(n_bytes(&corpus)).bench(|| bare::shared(&texts(&corpus)));
}

#[divan::bench]
fn families(bencher: Bencher) {
    let corpus = corpus();
    let shared = bare::shared(&texts(&corpus));
    bencher.counter(n_bytes(&corpus)).bench(|| family::families(&shared));
}
