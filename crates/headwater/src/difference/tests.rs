//! Sentences that must and must not differ, kind by kind. All are invented.

use headwater_page::{Capture, PageIx, read};

use super::*;
use crate::Lexicon;
use crate::article::ArticleIx;

/// The differences between two sentences on two pages: kind, grade and the words of both.
fn shown(left: &str, right: &str) -> Vec<String> {
    let page = |n: u32, words: &str| {
        format!(
            "Brae Courier {n}\nCouncil of Brae meets again\nBy Ada Quill\n4 March 2031\n\n{words}\n\nThe council of the town meets every week in the old hall by the river, as it has done for years.\n"
        )
    };
    let mut pages = Vec::new();
    for (n, words) in [(1, left), (2, right)] {
        let capture = Capture { file: format!("{n}.txt"), ..Capture::default() };
        pages.extend(read(page(n, words).as_bytes(), &capture).pages);
    }
    let dossier = crate::trace(pages, Vec::new(), Lexicon::shipped());
    let evidence = dossier.evidence(Lexicon::shipped());
    let side = |words: &str| {
        let (page, at) = (0..dossier.pages.len() as u32)
            .find_map(|n| Some((n, dossier.pages[n as usize].text.find(words)? as u32)))
            .unwrap();
        let article = dossier.articles.iter().position(|it| it.page == PageIx(page)).unwrap();
        let statements = &dossier.marks[article].statements;
        let end = at + words.len() as u32;
        let at = statements.iter().position(|it| at <= it.span.start && it.span.start < end);
        Side::new(evidence, (ArticleIx(article as u32), at.unwrap() as u32))
    };
    let (left, right) = (side(left), side(right));
    let keys = |side: &Side<'_>| {
        let mut keys = side.words().keys.iter().flatten().copied().collect::<Vec<_>>();
        keys.sort_unstable();
        keys.dedup();
        keys
    };
    let (here, there) = (keys(&left), keys(&right));
    let both = here.iter().filter(|key| there.contains(key)).count() as u32 * 1000;
    let likeness = Likeness {
        of_lighter: both / here.len().min(there.len()).max(1) as u32,
        of_heavier: both / here.len().max(there.len()).max(1) as u32,
    };
    let found = between(&left, &right, likeness);
    let words = |place| evidence.words(place);
    found
        .iter()
        .map(|it| format!("{:?} {:?}: {} | {}", it.kind, it.grade, words(it.left), words(it.right)))
        .collect()
}

/// Each row: two sentences and what differs, if anything.
fn check(rows: &[(&str, &str, &[&str])]) {
    for (left, right, expected) in rows {
        assert_eq!(shown(left, right), *expected, "{left} / {right}");
    }
}

#[test]
fn numbers() {
    check(&[
        (
            "The flood damaged 212 houses in the lower town.",
            "The flood damaged 240 houses in the lower town.",
            &["Number Excludes: 212 houses | 240 houses"],
        ),
        (
            "The flood damaged more than 200 houses in the lower town.",
            "The flood damaged 212 homes in the lower town.",
            &["Number Compatible: more than 200 houses | 212 homes"],
        ),
        (
            "The bakery closed after nearly nine years of trade.",
            "The bakery closed after nine years of trade.",
            &["Number Compatible: nearly nine years | nine years"],
        ),
        (
            "The divers found a wooden chest in the quay.",
            "The divers found three wooden chests in the quay.",
            &["Number Differs: a wooden chest | wooden chests"],
        ),
        // The same amount, and amounts of two things.
        ("About 40 boats left the harbour.", "Some 40 boats left the harbour.", &[]),
        ("The fire killed 12 horses in the stable.", "The club bought 30 horses in spring.", &[]),
    ]);
}

#[test]
fn times() {
    check(&[
        (
            "The ferry sank off Harn on 2 March 2031.",
            "The ferry sank off Harn on 3 March 2031.",
            &["Date Excludes: 2 March 2031 | 3 March 2031"],
        ),
        (
            "The judge gave the port until 2 March 2031 to answer the complaint.",
            "The judge ordered the port to answer the complaint by 1 March 2031.",
            &["Date Excludes: 2 March 2031 | 1 March 2031"],
        ),
        // A day of the month that the other names, and another year's happening.
        ("The ferry sank off Harn two weeks ago.", "The ferry sank off Harn late last month.", &[]),
        ("The ferry sank off Harn last year.", "The ferry sank off Harn in 2014.", &[]),
    ]);
}

#[test]
fn polarities() {
    check(&[
        (
            "The mayor signed the contract with the port.",
            "The mayor never signed the contract with the port.",
            &["Polarity Excludes: signed | never signed"],
        ),
        // Ceasing is no affirmation, an adverb no deed, and what is denied of another is another thing.
        (
            "The shop is not selling the lamps of the harbour works.",
            "The shop stopped selling the lamps of the harbour works.",
            &[],
        ),
        (
            "The reeve does not currently control land on the island.",
            "The abbey currently controls land on the island.",
            &[],
        ),
    ]);
}

#[test]
fn actors() {
    check(&[
        (
            "The owner called the provider Ostelan about the bill on Friday.",
            "The owner called the provider Ostelen about the bill on Friday.",
            &["Actor Compatible: Ostelan | Ostelen"],
        ),
        (
            "The dues would favour non-resident owners in the harbour.",
            "The dues would favour nonowner residents in the harbour.",
            &[],
        ),
    ]);
}

#[test]
fn modalities() {
    check(&[
        (
            "The council could close the old harbour bridge to lorries.",
            "The council closed the old harbour bridge to lorries.",
            &["Modality Differs: could close | closed"],
        ),
        (
            "The reeve ordered the Harbour Guard to prepare options for closing the port.",
            "The reeve signed an order directing the Harbour Guard to begin closing the port.",
            &["Modality Differs: prepare options | begin closing"],
        ),
        // "Would" of reported speech is no plan.
        (
            "The council would close the old harbour bridge to lorries.",
            "The council closed the old harbour bridge to lorries.",
            &[],
        ),
    ]);
}

#[test]
fn places() {
    check(&[
        (
            "The lorry overturned on the coast road in Harnby on Tuesday.",
            "The lorry overturned on the coast road in Oskvale on Tuesday.",
            &["Place Differs: Harnby | Oskvale"],
        ),
        (
            "The lorry overturned on the coast road in Harnby.",
            "The minister spoke of coast roads in Oskvale.",
            &[],
        ),
    ]);
}

#[test]
fn sets() {
    check(&[
        (
            "The station dropped the songs of Lena Hask and Ivo Brandt from its lists.",
            "The station dropped the songs of Lena Hask, Ivo Brandt and Mara Quist from its lists.",
            &["Set Compatible: Lena Hask and Ivo Brandt | Lena Hask, Ivo Brandt and Mara Quist"],
        ),
        (
            "The station dropped songs by singers including Lena Hask and Ivo Brandt from its lists.",
            "The station dropped the songs of Lena Hask, Ivo Brandt and Mara Quist from its lists.",
            &[],
        ),
    ]);
}
