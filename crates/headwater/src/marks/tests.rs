//! Marks on pages that are no articles: no panic, no span outside of the text, linear time.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use super::*;
use crate::name::sample;

/// A shape of bad input, repeated up to about `n` bytes under a headline.
fn shape(unit: &str, n: usize) -> String {
    format!("Dam talks go on\n{}", unit.repeat(n / unit.len()))
}

/// Marks the text, and looks at every span.
fn read(text: &str) {
    let (page, article) = sample::article(text, "Gazette");
    let marks = annotate(&page, &article, Lexicon::shipped());
    let quotes = marks.quotes.iter().chain(&marks.stances);
    let quotes = quotes.flat_map(|q| q.parts.iter().chain(&q.by).chain(&q.cue));
    let citations = marks.citations.iter().flat_map(|c| c.covers.iter().chain(&c.name));
    let dates = marks.dates.iter().map(|date| &date.span);
    let figures = marks.figures.iter().map(|figure| &figure.span);
    let statements = marks.statements.iter().map(|statement| &statement.span);
    let mut spans = quotes.chain(citations).chain(dates).chain(figures).chain(statements);
    assert!(spans.all(|span| text.get(span.range()).is_some()));
}

const SHAPES: [&str; 41] = [
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
    "the minister said the dam would hold, according to ada oduya. ",
    "a",
    "A",
    "7",
    "a-",
    "a.",
    "a'",
    "who ",
    "that ",
    ", ",
    "( ",
    "— ",
    "Ada Oduya ",
    "the minister ",
    "A report said ",
    "is expected to ",
    "Asked whether it leaks, ",
    "on 12 May last year ",
    "May ",
    "at least 40 million ",
    "1,234\t56.7%\t$89 million\t12 May\tTotal\t",
];

/// Bytes of the shorter of the two texts of a shape: a square would show as a ratio of four.
const SHORT: usize = if cfg!(debug_assertions) { 12_000 } else { 200_000 };

/// How often both are timed, at most: the fastest run counts.
const RUNS: usize = 10;

/// Time for which this thread has had a core: other work on the machine does not count.
fn clock() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap_or(0))
}

/// What is twice as long takes twice the time, not four times.
#[test]
fn pages_that_are_no_articles_take_time_by_their_length() {
    let time = |text: &str| {
        let start = clock();
        read(text);
        clock().saturating_sub(start)
    };
    for unit in SHAPES {
        let texts = [shape(unit, SHORT), shape(unit, 2 * SHORT)];
        let mut fastest = [Duration::MAX; 2];
        let linear = (0..RUNS).any(|_| {
            for (text, fastest) in texts.iter().zip(&mut fastest) {
                *fastest = time(text).min(*fastest);
            }
            fastest[1] < fastest[0] * 3 + Duration::from_millis(20)
        });
        assert!(linear, "{unit:?}: {fastest:?}");
    }
}

#[test]
fn sentences_are_found_by_their_bytes_though_the_headline_lies_behind() {
    let span = Span::new;
    let body = [span(0, 10), span(11, 20), span(30, 40)];
    let before = Marks { sentences: body.to_vec(), ..Marks::default() };
    let headline = [span(50, 60), span(61, 70)];
    let behind = Marks { sentences: [&headline[..], &body].concat(), ..Marks::default() };
    for marks in [before, behind.clone()] {
        assert_eq!(marks.sentences_over(span(5, 15)), &body[..2]);
        assert_eq!(marks.sentence_of(span(32, 40)), Some(body[2]));
        assert_eq!(marks.sentence_of(span(5, 15)), None);
        assert!(marks.sentences_over(span(22, 28)).is_empty());
        assert!(marks.sentences_over(span(80, 90)).is_empty());
    }
    assert_eq!(behind.sentences_over(span(55, 65)), &headline);
    assert_eq!(behind.sentence_of(span(62, 63)), Some(headline[1]));
}
