use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::reuse::bare::{Shared, shared};

/// A text to come: its id, its series and its words.
pub(in crate::reuse) type Coming = (u64, u32, String);

/// Words without meaning, the same for the same number.
fn words(seed: u32, n_words: u32) -> String {
    let word = |nth: u32| format!("w{}", (seed * 7919 + nth * nth * 31 + nth * 17) % 4001);
    (0..n_words).map(word).collect::<Vec<_>>().join(" ")
}

/// Texts that share paragraphs with each other, some of them edited, under the furniture of their
/// series.
pub(in crate::reuse) fn texts(
    n_texts: std::ops::Range<usize>,
) -> impl Strategy<Value = Vec<Coming>> {
    let paragraph = (0u32..8, any::<bool>());
    let text = (0u32..4, prop::collection::vec(paragraph, 0..4), 0u32..90, any::<bool>());
    prop::collection::vec(text, n_texts).prop_map(|texts| {
        let text =
            |(nth, (series, paragraphs, n_own, has_foot)): (usize, (u32, Vec<_>, u32, _))| {
                let mut text = words(1000 + nth as u32, n_own);
                for (which, is_edited) in paragraphs {
                    let paragraph: String = words(which, 20 + which * 9);
                    text += ".\n";
                    text += &if is_edited {
                        paragraph.replace('5', if nth % 2 == 0 { "x" } else { "y" })
                    } else {
                        paragraph
                    };
                }
                if has_foot {
                    text = format!("{text}.\n{}", words(500 + series, 25));
                }
                // Ids in no order that means anything.
                (u64::from(nth as u32 * 48_271 % 997) << 20 | nth as u64, series, text)
            };
        texts.into_iter().enumerate().map(text).collect()
    })
}

/// What the batch finds in these texts, in the order of their ids.
fn batch(texts: &[Coming]) -> Vec<Shared> {
    let mut texts = texts.to_vec();
    texts.sort();
    let texts = texts.iter().map(|(_, series, words)| Text { words, series: *series });
    shared(&texts.collect::<Vec<_>>())
}

/// Adds the texts, settling after some, and holds what is settled against the batch.
fn stream(texts: &[Coming], settle_after: impl Fn(usize) -> bool) {
    let mut stream = Stream::default();
    for (nth, (id, series, words)) in texts.iter().enumerate() {
        let so_far = &texts[..=nth];
        let echoes = stream.add(*id, Text { words, series: *series }).unwrap();
        assert_eq!(stream.add(*id, Text { words, series: 0 }), Err(Refused::Known));
        if so_far.iter().all(|(other, ..)| other <= id) && nth < 30 {
            let found = batch(so_far);
            let mut ids = so_far.iter().map(|(id, ..)| *id).collect::<Vec<_>>();
            ids.sort_unstable();
            let all = found.iter().filter(|shared| shared.right as usize == nth);
            let all = all.map(|shared| Echo {
                id: ids[shared.left as usize],
                span: shared.right_span,
                other_span: shared.left_span,
                n_words: shared.n_words,
            });
            let all = all.collect::<Vec<_>>();
            assert!(echoes.iter().all(|echo| all.contains(echo)), "{echoes:?} {all:?}");
        }
        if settle_after(nth) {
            assert!(stream.settle().shared == batch(so_far), "after {nth}");
        }
    }
    assert!(stream.settle().shared == batch(texts));
    assert_eq!(stream.settle().n_compared, 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_is_settled_is_what_the_batch_finds(
        texts in texts(0..40).prop_shuffle(),
        settled in prop::collection::vec(any::<bool>(), 40),
    ) {
        stream(&texts, |nth| settled[nth] && settled[(nth + 7) % 40]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1))]

    #[test]
    fn passages_that_many_texts_carry_are_settled_too(
        texts in texts(150..220).prop_shuffle(),
        every in 20usize..90,
    ) {
        stream(&texts, |nth| nth % every == 0);
    }
}

#[test]
fn a_copy_is_told_when_it_comes_and_furniture_once_it_is_known() {
    let (report, foot) = (words(1, 80), words(2, 30));
    let mut stream = Stream::default();
    let mut add = |id, series, words: &str| stream.add(id, Text { words, series }).unwrap();
    assert_eq!(add(9, 0, &format!("{}.\n{foot}", words(3, 90))), []);
    assert_eq!(add(8, 1, &format!("{}.\n{report}.", words(4, 50))), []);
    let copy = format!("{report}.\n{}", words(5, 50));
    let found = add(7, 2, &copy);
    assert_eq!(found.iter().map(|echo| (echo.id, echo.n_words)).collect::<Vec<_>>(), [(8, 80)]);
    assert_eq!(found[0].span.of(&copy), report);
    let counts =
        [6, 5, 4].map(|id| add(id, 0, &format!("{}.\n{foot}", words(20 + id as u32, 95))).len());
    assert_eq!(counts, [0, 0, 0]);
    assert_eq!(add(1, 3, &foot).len(), 0);
}

#[test]
fn of_ten_thousand_ids_any_order_is_one() {
    let of = |id: u64| (id, 0, words(id as u32 % 5, 40));
    let up = (0..40).map(of).collect::<Vec<_>>();
    let down = (0..40).rev().map(of).collect::<Vec<_>>();
    let settled = [up, down].map(|texts| {
        let mut stream = Stream::default();
        for (id, series, words) in &texts {
            stream.add(*id, Text { words, series: *series }).unwrap();
        }
        stream.settle().shared
    });
    assert_eq!(settled[0], settled[1]);
    let by_text: BTreeMap<_, Vec<_>> =
        settled[0].iter().fold(BTreeMap::new(), |mut all, shared| {
            all.entry(shared.right).or_insert_with(Vec::new).push(shared.left);
            all
        });
    assert_eq!(by_text[&5], [0]);
}
