use std::convert::Infallible;

use proptest::prelude::*;

use super::*;
use crate::reuse::stream::tests::texts;

/// Segments in memory.
#[derive(Default)]
struct Memory {
    segments: Vec<Option<Vec<u8>>>,
}

impl Segments for Memory {
    type Error = Infallible;

    fn write(&mut self, bytes: &[u8]) -> Result<u32, Infallible> {
        self.segments.push(Some(bytes.to_vec()));
        Ok(self.segments.len() as u32 - 1)
    }

    fn read(&self, segment: u32, from: u64, into: &mut [u8]) -> Result<(), Infallible> {
        let bytes = self.segments[segment as usize].as_ref().unwrap();
        into.copy_from_slice(&bytes[from as usize..from as usize + into.len()]);
        Ok(())
    }

    fn forget(&mut self, segment: u32) {
        assert!(self.segments[segment as usize].take().is_some());
    }
}

/// Holds what is found through segments, with little memory and texts coming `at_once`, against what
/// is found in memory.
fn spill(texts: &[Text], at_once: usize, share: usize) {
    let mut memory = Memory::default();
    let mut spill = Spill::new(&mut memory, 0);
    spill.share = share;
    spill.library.shelf = Shelf::new(share);
    for some in texts.chunks(at_once) {
        assert_eq!(spill.add(some), Ok(some.len()));
    }
    let (found, expected) = (spill.shared().unwrap(), bare::shared(texts));
    let wrong = found.iter().zip(&expected).find(|(found, expected)| found != expected);
    assert!(found == expected, "{} for {}, first {wrong:?}", found.len(), expected.len());
    assert!(memory.segments.iter().flatten().next().is_none(), "a segment was not forgotten");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn segments_show_what_memory_does(
        texts in texts(0..50),
        at_once in 1usize..20,
        share in 1usize..5000,
    ) {
        let texts = texts.iter().map(|(_, series, words)| Text { words, series: *series });
        spill(&texts.collect::<Vec<_>>(), at_once, share);
    }
}

#[test]
fn many_texts_make_many_ranges() {
    let words = |seed: usize, n: usize| {
        (0..n).map(|nth| format!("w{}", seed * 31 + nth * nth % 1009)).collect::<Vec<_>>().join(" ")
    };
    let all = (0..700).map(|nth| {
        let tail = if nth % 3 == 0 { 100_000 } else { 200_000 + nth / 7 };
        format!("{}.\n{}.", words(nth * 50, 40), words(tail, 60))
    });
    let all = all.collect::<Vec<_>>();
    let texts = all.iter().zip(0..).map(|(words, nth)| Text { words, series: nth % 90 });
    spill(&texts.collect::<Vec<_>>(), 300, 20_000);
}
