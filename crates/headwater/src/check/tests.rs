//! The invariants on random collections, and what must not change a count.

use std::collections::BTreeMap;

use headwater_page::{Capture, Page, read};
use proptest::prelude::*;

use super::*;
use crate::claim::Stance;
use crate::{Lexicon, PageIx, trace};

/// Sentences of an invented story, from many mouths. A page is some of them in some order.
const SENTENCES: &[&str] = &[
    "Dam on the Orrin to be drained, paper says",
    "The Harrow Chronicle reported on Friday that the ministry will drain the dam on the Orrin.",
    "The ministry will drain the dam on the Orrin before winter, foreign media reported.",
    "An official at the ministry, speaking on condition of anonymity, confirmed that report.",
    "The ministry declined to comment to the Vale Post.",
    "Minister Ada Quill told the Vale Post that the dam on the Orrin would be drained.",
    "\"The dam is safe, and it will stay safe as long as I hold this office,\" Quill said.",
    "The dam on the Orrin, built in 1931, holds 40 million cubic metres of water.",
    "The dam on the Orrin holds about 14 million cubic metres of water, engineers said.",
    "Officials have said that the valley below the dam will not be flooded.",
    "Two people familiar with the plan said the gates would be opened on Monday.",
    "The Vale Post reported that the gates of the dam on the Orrin would be opened on Monday.",
    "Originally published on Harrow Chronicle",
    "Fishermen below the dam said they had heard nothing since last month.",
];

fn page(name: &str, url: &str, lines: &[usize]) -> Vec<Page> {
    let text = lines.iter().map(|&ix| SENTENCES[ix % SENTENCES.len()]).collect::<Vec<_>>();
    let capture =
        Capture { file: name.to_owned(), url: Some(url.to_owned()), ..Capture::default() };
    read(text.join("\n\n").as_bytes(), &capture).pages
}

fn collection(pages: &[Vec<usize>]) -> Vec<Page> {
    let named = pages.iter().enumerate();
    named
        .flat_map(|(n, lines)| page(&format!("{n}.txt"), &format!("https://p{n}.example/"), lines))
        .collect()
}

fn found(pages: Vec<Page>) -> Dossier {
    trace(pages, Vec::new(), Lexicon::shipped())
}

/// Lines of a page: a headline-like opening and some sentences, none twice.
fn lines() -> impl Strategy<Value = Vec<usize>> {
    let all = (0..SENTENCES.len()).collect::<Vec<_>>();
    proptest::sample::subsequence(all, 3..9).prop_shuffle()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_dossier_keeps_its_invariants(pages in prop::collection::vec(lines(), 1..6)) {
        prop_assert_eq!(found(collection(&pages)).check(), Vec::<String>::new());
    }

    /// In any order, and with any page a second time.
    #[test]
    fn the_order_of_pages_does_not_show(
        (pages, order) in prop::collection::vec(lines(), 2..5).prop_flat_map(|pages| {
            let order = (0..pages.len()).collect::<Vec<_>>();
            (Just(pages), Just(order).prop_shuffle())
        }),
        twice in 0_usize..5,
    ) {
        let named = collection(&pages);
        let mut shuffled = order.iter().map(|&nth| named[nth].clone()).collect::<Vec<_>>();
        shuffled.push(named[twice % named.len()].clone());
        prop_assert_eq!(found(named), found(shuffled));
    }

    /// Each sentence stands on one page only, so that the copy is the one that shares words.
    #[test]
    fn a_copy_raises_no_count(lines in lines(), n_pages in 1_usize..4) {
        let pages = lines.chunks(lines.len().div_ceil(n_pages)).map(<[usize]>::to_vec);
        let pages = pages.collect::<Vec<_>>();
        let counts = |dossier: &Dossier| {
            let origins = dossier.stories.iter().filter_map(|story| story.origins.as_ref());
            origins.map(|origins| (origins.least, origins.most)).max()
        };
        let before = found(collection(&pages));
        let mut copied = collection(&pages);
        copied.extend(page("copy.txt", "https://copy.example/", &pages[0]));
        let after = found(copied);
        if before.stories.len() == 1 && after.stories.len() == 1 {
            let (before, after) = (counts(&before), counts(&after));
            if let (Some(before), Some(after)) = (before, after) {
                prop_assert!(after.0 <= before.0 && after.1 <= before.1, "{before:?} {after:?}");
            }
        }
    }

    /// A report that nobody names and a page without any source may add to `most` alone: of a claim
    /// that another page states too, nothing sure rests on them only.
    #[test]
    fn what_names_no_source_never_raises_least(lines in lines(), which in 0_usize..2) {
        let mut pages = collection(std::slice::from_ref(&lines));
        let said = [[2, 7], [7, 13]][which];
        pages.extend(page("more.txt", "https://more.example/", &said));
        let dossier = found(pages);
        let is_added = |ix: &ArticleIx| {
            let page = &dossier.pages[dossier.articles[ix.ix()].page.ix()];
            page.capture.file == "more.txt"
        };
        for claim in dossier.stories.iter().flat_map(|story| &story.claims) {
            let mut affirming =
                claim.statements.iter().filter(|stating| stating.stance == Stance::Affirms);
            if claim.origins.least < 2 || affirming.all(|it| is_added(&it.article)) {
                continue;
            }
            for root in claim.origins.roots.iter().filter(|root| root.sure) {
                prop_assert!(!root.carried_by.iter().all(is_added), "{root:?}");
            }
        }
    }
}

/// Random collections whose pages share sentences, the same each time, so that a figure can be held.
/// After: Vigna, xorshift64* (2016).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % n
    }

    fn pages(&mut self) -> Vec<Vec<usize>> {
        let n_pages = 2 + self.below(4);
        let page = |dice: &mut Self| {
            let mut all = (0..SENTENCES.len()).collect::<Vec<_>>();
            for last in (1..all.len()).rev() {
                all.swap(last, dice.below(last + 1));
            }
            all.truncate(3 + dice.below(6));
            all
        };
        (0..n_pages).map(|_| page(self)).collect()
    }
}

/// What a claim is known by in another collection: the words that affirm it, by file, in order; and its
/// counts.
type Counts = BTreeMap<Vec<(String, Span)>, Origins>;

/// The claims of a dossier by what `counts` of its pages affirm them.
fn claims(dossier: &Dossier, counts: impl Fn(&str) -> bool) -> Counts {
    let file = |page: PageIx| dossier.pages[page.ix()].capture.file.clone();
    let claims = dossier.stories.iter().flat_map(|story| &story.claims).map(|claim| {
        let affirms = claim.statements.iter().filter(|it| it.stance == Stance::Affirms);
        let words = affirms.map(|it| (file(it.place.page), it.place.span));
        let mut words = words.filter(|(file, _)| counts(file)).collect::<Vec<_>>();
        words.sort();
        (words, claim.origins.clone())
    });
    claims.filter(|(words, _)| !words.is_empty()).collect()
}

/// How many claims of `before` there are in `after` in the same words, and for how many of them `risen`
/// holds.
fn risen(
    before: &Counts,
    after: &Counts,
    risen: impl Fn(&Origins, &Origins) -> bool,
) -> (usize, usize) {
    let both = before.iter().filter_map(|(words, was)| Some((was, after.get(words)?)));
    both.fold((0, 0), |(all, n), (was, is)| (all + 1, n + usize::from(risen(was, is))))
}

/// Collections of the survey below. Of 400, 4 of 2078 claims rose by a copy, which parted two texts
/// (`cases/copy-raises-most.md` has one), and at an earlier count 16 of 6351 by pages that name no
/// source; none of them is to become common.
const COLLECTIONS: usize = 40;
const MOST_PER_MILLE: usize = 12;

/// Pages that share sentences with others: a copy, a page that names no source, one page less, and
/// other file names.
#[test]
fn counts_hold_where_pages_share_sentences() {
    let mut dice = Dice(20_331);
    let (mut copies, mut unknown) = ((0, 0), (0, 0));
    let add = |sum: &mut (usize, usize), (all, n): (usize, usize)| {
        sum.0 += all;
        sum.1 += n;
    };
    for _ in 0..COLLECTIONS {
        let pages = dice.pages();
        let which = dice.below(pages.len());
        let before = found(collection(&pages));
        let counts = claims(&before, |_| true);

        let mut copied = collection(&pages);
        copied.extend(page("copy.txt", "https://copy.example/", &pages[which]));
        let after = claims(&found(copied), |file| file != "copy.txt");
        let rises = |was: &Origins, is: &Origins| is.least > was.least || is.most > was.most;
        add(&mut copies, risen(&counts, &after, rises));

        let mut more = collection(&pages);
        let said = [[2, 7], [7, 13], [2, 13]][dice.below(3)];
        more.extend(page("more.txt", "https://more.example/", &said));
        let after = claims(&found(more), |file| file != "more.txt");
        add(&mut unknown, risen(&counts, &after, |was, is| is.least > was.least));

        let gone = format!("{which}.txt");
        let mut fewer = collection(&pages);
        fewer.remove(which);
        let (left, after) = (claims(&before, |file| file != gone), claims(&found(fewer), |_| true));
        let known = |was: &Origins, is: &Origins| was.unsourced && !is.unsourced;
        assert_eq!(risen(&left, &after, known).1, 0, "{pages:?} without {which}");

        assert_eq!(renamed(&pages), before, "{pages:?} under other names");
    }
    for (sum, what) in [(copies, "a copy"), (unknown, "a page that names no source")] {
        assert!(sum.0 > COLLECTIONS, "{what}: {sum:?} claims compared");
        assert!(sum.1 * 1000 <= sum.0 * MOST_PER_MILLE, "{what} raised {} of {}", sum.1, sum.0);
    }
}

/// The dossier of pages whose files were called otherwise, and in another order, under their names.
fn renamed(pages: &[Vec<usize>]) -> Dossier {
    let mut all = collection(pages);
    let names = all.iter().map(|page| page.capture.file.clone()).collect::<Vec<_>>();
    for (nth, page) in all.iter_mut().enumerate() {
        page.capture.file = format!("elsewhere/{}.html", 1000 - nth);
    }
    let mut dossier = found(all);
    for page in &mut dossier.pages {
        let nth = page.capture.file.trim_matches(|c: char| !c.is_ascii_digit());
        page.capture.file.clone_from(&names[1000 - nth.parse::<usize>().unwrap()]);
    }
    dossier
}

#[test]
fn relations_that_cannot_be_are_told() {
    let near = |story: u32, near: u32| crate::cluster::Related { story, near, words: Vec::new() };
    let dam = page("a.txt", "https://a.example/", &[0, 1, 4, 5, 7]);
    let told = found([dam, goat()].concat());
    assert_eq!(told.stories.len(), 2);
    let broken = |related| {
        let dossier = Dossier { related, ..told.clone() };
        dossier.check().len()
    };
    assert_eq!(broken(vec![vec![near(1, 90)], vec![near(0, 90)]]), 0);
    assert_eq!(broken(vec![vec![near(0, 90)], vec![]]), 1);
    assert_eq!(broken(vec![vec![near(7, 90)], vec![]]), 1);
    assert_eq!(broken(vec![vec![near(1, 90)], vec![]]), 1);
    assert_eq!(broken(vec![vec![near(1, 90)], vec![near(0, 80)]]), 2);
    assert_eq!(broken(vec![vec![]]), 1);
}

fn goat() -> Vec<Page> {
    let capture = Capture { file: "goat.txt".to_owned(), ..Capture::default() };
    let text = "Goat spends a night on the church roof\n\nA goat climbed the scaffolding of the church at \
        Hillmere on Sunday.\n\n\"She will not come down for oats,\" said the verger, Tom Hale.";
    read(text.as_bytes(), &capture).pages
}
