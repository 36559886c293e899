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

fn language(code: &'static str, files: &[(&'static str, &'static str)]) -> Lexicon {
    use crate::lexicon::{Almanac, Language, Outlets, Table};
    Lexicon {
        outlets: Outlets::new(""),
        almanac: Almanac::new(&Table::new(""), &Table::new("")),
        languages: vec![Language::new(code, files)],
    }
}

/// A folder may hold nothing: nothing is found in its language then, and nothing breaks.
#[test]
fn a_language_without_tables_does_no_harm() {
    let lexicon = language("zz", &[]);
    let mut pages = SHAPES.map(|unit| shape(unit, 2_000)).to_vec();
    pages.push(
        "Osk\n“It leaks,” said Ada Oduya on 3 May 2031. At least 12 ships won't sail.".into(),
    );
    for text in pages {
        let (page, article) = sample::article(&text, "Gazette");
        let marks = annotate(&page, &article, &lexicon);
        assert!(marks.statements.iter().all(|it| text.get(it.span.range()).is_some()));
    }
}

/// A dozen rows of an invented language say who said what when, how many and whether: no word of it
/// stands in Rust.
#[test]
fn a_language_is_its_tables() {
    let lexicon = language(
        "zz",
        &[
            ("cues", "verb\t-\t-\tdiru\t-\t-\tctqf\tsay\nclass\tthat\tke\n"),
            ("calendar", "weekday\tmorgo\t4\nrule\tsu W\tweekday\n"),
            ("numbers", "cardinal\tdek\t10\nhedge\tminim\tleast\nplural\toj\to\n"),
            ("statements", "negation\tnen\nplanned\t*iros\n"),
        ],
    );
    let text = "Pell\n“La damo fuis,” diru Ada Oduya.\nMinim dek shipoj nen veniros su morgo.";
    let (page, article) = sample::article(text, "Gazette");
    let marks = annotate(&page, &article, &lexicon);
    let words = |span: Span| span.of(&page.text);
    let said = marks.quotes.iter().map(|it| (words(it.parts[0]), it.by.map(words)));
    assert_eq!(said.collect::<Vec<_>>(), [("“La damo fuis,”", Some("Ada Oduya"))]);
    let dates = marks.dates.iter().map(|it| (words(it.span), it.value.as_str()));
    assert_eq!(dates.collect::<Vec<_>>(), [("su morgo", "XXXX-WXX-4")]);
    let figures = marks.figures.iter().map(|it| (words(it.span), it.thousandths, it.unit.as_str()));
    assert_eq!(figures.collect::<Vec<_>>(), [("Minim dek shipoj", 10_000, "shipo")]);
    let last = marks.statements.last().unwrap();
    let (polarity, modality) = (statement::Polarity::Denied, statement::Modality::Planned);
    assert_eq!((last.polarity, last.modality), (polarity, modality), "{}", words(last.span));
}
