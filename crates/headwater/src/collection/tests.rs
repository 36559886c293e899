use headwater_page::{Capture, Page, read};
use proptest::prelude::*;

use super::*;
use crate::trace;

/// Sentences of invented stories, a line each story. Some names stand in two of them.
const STORIES: [&[&str]; 4] = [
    &[
        "Dam on the Orrin to be drained before winter",
        "The Harrow Chronicle reported on Friday that the ministry will drain the dam on the Orrin.",
        "Minister Ada Quill told the Vale Post that the dam on the Orrin would be drained.",
        "\"The dam is safe, and it will stay safe as long as I hold this office,\" Quill said.",
        "The dam on the Orrin, built in 1931, holds 40 million cubic metres of water.",
        "The dam on the Orrin holds about 14 million cubic metres of water, engineers said.",
        "An official, speaking on condition of anonymity, confirmed that the gates would be opened.",
    ],
    &[
        "Ferry strikes the pier at Tilmark",
        "A ferry with 80 people on board struck the pier at Tilmark on Sunday, the Vale Post reported.",
        "\"We were lucky that the tide was out,\" said the harbour master, Pia Holm.",
        "Nobody was hurt when the ferry struck the pier at Tilmark, and the hull was sound.",
        "The ferry line declined to comment to the Harrow Chronicle.",
        "Holm told the Harrow Chronicle that the ferry had been warned of the pier twice.",
    ],
    &[
        "Bells of Oster ring again after the fire",
        "The bells of Oster rang for the first time since the fire, Ada Quill said on Monday.",
        "\"I had forgotten how loud they are,\" said the sexton of Oster, Bela Dorn.",
        "The tower of Oster burned for 9 hours in March, and the bells fell through four floors.",
        "Originally published on Vale Post",
    ],
    &[
        "Herring dearer for the third week",
        "Prices of smoked herring rose for the third week at the market of Tolm.",
        "Traders blamed warm water and a shortage of alder wood for the price of herring, Dorn said.",
    ],
];

/// Story, sentences of it, outlet.
type Told = (usize, Vec<usize>, usize);

fn told() -> impl Strategy<Value = Told> {
    let lines = proptest::sample::subsequence((0..7).collect::<Vec<_>>(), 3..7);
    (0..STORIES.len(), lines, 0_usize..5)
}

fn page((story, lines, outlet): &Told) -> Vec<Page> {
    let story = STORIES[*story];
    let lines = lines.iter().filter_map(|&line| story.get(line)).copied().collect::<Vec<_>>();
    let outlet = ["harrow", "vale", "coast", "north", "hill"][*outlet];
    let capture = Capture {
        file: format!("{outlet}.txt"),
        url: Some(format!("https://{outlet}.example/{}", lines.len())),
        ..Capture::default()
    };
    read(lines.join("\n\n").as_bytes(), &capture).pages
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// However a collection comes, its dossier is that of the whole.
    #[test]
    fn what_comes_in_parts_is_found_as_the_whole_is(
        parts in prop::collection::vec(prop::collection::vec(told(), 0..5), 1..5),
    ) {
        let lexicon = Lexicon::shipped();
        let mut collection = Collection::new(lexicon);
        let mut so_far = Vec::new();
        for part in &parts {
            let pages = part.iter().flat_map(page).collect::<Vec<_>>();
            so_far.extend(pages.iter().cloned());
            collection.add(pages, Vec::new());
            prop_assert_eq!(collection.dossier(), &trace(so_far.clone(), Vec::new(), lexicon));
        }
        let again = collection.add(so_far, Vec::new());
        prop_assert_eq!((again.pages, again.told), (0, 0));
        prop_assert_eq!(again.clustered, Work::default());
    }
}

#[test]
fn a_story_that_nothing_touches_is_not_told_anew() {
    let mut collection = Collection::new(Lexicon::shipped());
    let whole = |story: usize, outlet: usize| page(&(story, (0..7).collect(), outlet));
    let added = collection.add([whole(0, 0), whole(1, 1)].concat(), Vec::new());
    assert_eq!((added.pages, added.told, added.kept), (2, 2, 0));
    let added = collection.add(whole(3, 2), Vec::new());
    assert_eq!((added.pages, added.told, added.kept), (1, 1, 2));
    // At most one other shares a word with it, and nothing came to be linked.
    let Work { read, compared, linked } = added.clustered;
    assert!((read, linked) == (1, 0) && compared <= 2, "{added:?}");
    let added = collection.add(whole(0, 3), Vec::new());
    assert_eq!((added.pages, added.told + added.kept), (1, 3));
    assert!(added.kept >= 2 && added.told >= 1, "{added:?}");
}
