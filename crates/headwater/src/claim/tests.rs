//! How much is compared: a number that follows from the statements alone, where time would not.

use headwater_page::{Capture, Page, read};

use super::*;
use crate::{Dossier, Lexicon};

/// Statements of a story, and pairs of them that were laid side by side for its claims.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Work {
    n_statements: usize,
    n_compared: usize,
}

impl Work {
    fn of(dossier: &Dossier) -> Self {
        let evidence = dossier.evidence(Lexicon::shipped());
        // Each for itself, however much they have in common.
        let texts = dossier.stories[0].articles.iter().map(|&ix| vec![ix]).collect::<Vec<_>>();
        let points = Points::new(evidence, &texts);
        let (holders, sides) =
            (Holders::new(&points, 0..points.len()), Sides::new(evidence, &points));
        let mut room = Room::new(&points);
        let mut n_compared = 0;
        for draft in draft::drafts(evidence, &points, (&holders, &sides)) {
            let known = (&holders, &sides);
            let core = (draft.centre, &*draft.core);
            n_compared += Lineup::new(&points, known, &mut room, core, &draft.members).n_compared;
        }
        Self { n_statements: points.len(), n_compared }
    }

    /// Pairs a statement.
    fn share(self) -> usize {
        self.n_compared / self.n_statements.max(1)
    }
}

fn traced(articles: impl Iterator<Item = String>) -> Dossier {
    let mut pages = Vec::<Page>::new();
    for (n, text) in articles.enumerate() {
        let capture = Capture { file: format!("{n}.txt"), ..Capture::default() };
        let page = format!("Brae Courier {n}\nFlood in Brae\nBy Ada Quill\n4 March 2031\n\n{text}");
        pages.extend(read(page.as_bytes(), &capture).pages);
    }
    crate::trace(pages, Vec::new(), Lexicon::shipped())
}

/// Reports of one happening, no two in the same words.
fn reports(n: usize) -> Dossier {
    let told = |n: usize| {
        let verb = ["flooded", "damaged", "wrecked"][n % 3];
        let who = ["mayor", "harbour master", "fire chief", "governor", "bishop"][n % 5];
        format!(
            "The river Osk {verb} {} houses in the lower town of Brae on Tuesday night, the {who} said.\n\n\
             The {who} ordered the old bridge at Brae closed to lorries for {} days.\n\n\
             Divers from the harbour searched {} cellars for a missing baker and found nobody.\n",
            200 + n % 4,
            2 + n % 3,
            30 + n
        )
    };
    traced((0..n).map(told))
}

/// Two articles that each say one thing of so many boats.
fn lists(n: usize) -> Dossier {
    let told = |article: usize| {
        let said = |at| {
            format!(
                "Quarrymen hauled {} granite boulders to the derelict lighthouse at Brae before \
                 autumn gales flooded the causeway.",
                at * 2 + article
            )
        };
        let lines = (0..n).map(|at| said(at) + if at % 4 == 3 { "\n\n" } else { " " });
        lines.collect::<String>()
    };
    traced((0..2).map(told))
}

#[test]
fn what_is_compared_grows_as_the_statements_do() {
    for (name, of, n) in [
        ("reports", reports as fn(usize) -> Dossier, 40),
        ("lists", lists as fn(usize) -> Dossier, 60),
    ] {
        let (few, many) = (Work::of(&of(n)), Work::of(&of(n * 3)));
        assert!(many.n_statements * 10 > few.n_statements * 25, "{name}: {few:?} {many:?}");
        assert!(few.share() > 0 && many.share() <= MOST_COMPARED, "{name}: {few:?} {many:?}");
        // Of few statements not all have as many speakers to be held against as there may be.
        assert!(many.share() <= few.share() + 8, "{name}: {few:?} {many:?}");
    }
}

/// Pairs a statement that claims may take.
const MOST_COMPARED: usize = 60;
