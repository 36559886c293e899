//! Who said what on pages that are no articles: no panic, no span outside of the text.

use super::*;
use crate::name::sample;

/// A shape of bad input, repeated up to about `n` bytes under a headline.
fn shape(unit: &str, n: usize) -> String {
    format!("Dam talks go on\n{}", unit.repeat(n / unit.len()))
}

/// Finds who said what, and looks at every span.
fn read(text: &str) {
    let (page, article) = sample::article(text, "Gazette");
    let lexicon = Lexicon::shipped();
    let lines = name::lines(&page, &article, lexicon.language("en"));
    let mut parties = name::names_in(&lines, &article, lexicon);
    let mut quotes = quote::quotes_in(&lines, &article, &mut parties);
    let at = (&page, &article);
    let mut citations = citation::citations_in(&lines, at, &mut parties, &quotes, lexicon);
    citation::join::join(&mut parties, &mut quotes, &mut citations);
    quote::group::widen(&lines, &mut quotes);
    let stances = quote::stance::stances(&lines, &article, &mut parties, &quotes);
    let spans =
        quotes.iter().chain(&stances).flat_map(|q| q.parts.iter().chain(&q.by).chain(&q.cue));
    assert!(spans.into_iter().all(|span| text.get(span.range()).is_some()));
}

const SHAPES: [&str; 20] = [
    "the dam said that officials and Ada Oduya told reporters according to a report of the plan ",
    "the gate leaks and she said it was shut and ",
    "THE DAM SAID THAT ADA ODUYA TOLD THE GAZETTE ",
    "\"",
    "“a ",
    "„a “ »b« ",
    "'a said ",
    "'''",
    "Ada Oduya, said, ",
    "according to ",
    "said ",
    "He said that ",
    "Officials said the dam leaks.\n",
    "A second official said the gate was open. ",
    "Ada Oduya said he left, and Olaf Quist criticized the plan. ",
    "“It leaks,” he said. “It is bad,” she said. ",
    "قال الرئيس إن السد ضعيف ",
    "12 | 34,5 | 7% | -- | $9 |\n",
    "if (x[i] == \"a\") { return foo(b, c); } // said\n",
    "Tne d@m w4s we|k, Ada 0duya s@id. Th3 b0ard rep0rted 1t. ",
];

/// Costs grow with the length: at these lengths a square would show as minutes.
#[test]
fn pages_that_are_no_articles_do_no_harm() {
    for unit in SHAPES {
        read(&shape(unit, 40_000));
    }
}
