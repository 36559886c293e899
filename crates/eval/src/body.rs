//! Body: the words of the article that a page is about, against the body that people marked.
//!
//! After: Scrapinghub's article extraction benchmark (2020); the figures agree with its scorer.
//! Words are runs of letters, digits and underscores, case kept; a page is the multiset of its runs
//! of four words; precision and recall are means over pages, F1 is that of the means.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::path::Path;

use headwater::article::{Article, Role, segment};
use headwater::{Lexicon, PageIx};
use headwater_page::{Capture, Page, read};
use serde::Deserialize;

use crate::case::short;
use crate::gold;
use crate::metric::{Better, Score};

/// Words of a run.
const RUN: usize = 4;
/// Pages that are better than this (of a thousand) are no miss.
const FINE: f64 = 0.98;

/// A labelled page.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Label {
    #[serde(rename = "articleBody")]
    pub(crate) body: String,
}

/// The labels under `folder`, by page name.
pub(crate) fn load(folder: &Path) -> Result<BTreeMap<String, Label>, String> {
    gold::json(&folder.join("ground-truth.json"))
}

/// The figures over all pages, and of the two halves by the parity of a page's name: rules are
/// made on the even half.
pub(crate) fn score(folder: &Path, gold: &BTreeMap<String, Label>) -> Result<Score, String> {
    let mut score = Score::default();
    let mut engine = Means::default();
    for (name, label) in gold {
        let bytes = gold::bytes(&folder.join(format!("html/{name}.html.gz")))?;
        let said = engine_body(&bytes);
        let counts = counts(&label.body, &said);
        engine.add(name, counts);
        if counts.f1() < FINE {
            score.miss("body.f1", miss(name, counts, &label.body, &said));
        }
    }
    engine.push("body", Better::Higher, &mut score);
    Ok(score)
}

/// What the engine takes for the body of the article that the page is about.
pub(crate) fn engine_body(bytes: &[u8]) -> String {
    let pages = read(bytes, &Capture::default()).pages;
    let Some(page) = pages.first() else { return String::new() };
    let articles = segment(page, PageIx(0), Lexicon::shipped());
    let has = |role| articles.iter().any(|article| article.role == role);
    // A page of several equal reports is about all of them.
    let role = if has(Role::Main) { Role::Main } else { Role::Digest };
    let mut words = String::new();
    // A page that prints its article twice has it once.
    let n = if role == Role::Main { 1 } else { articles.len() };
    for article in articles.iter().filter(|article| article.role == role).take(n) {
        put(page, article, &mut words);
    }
    words
}

/// The label leaves the standfirst out and has subheads and tables in.
fn put(page: &Page, article: &Article, words: &mut String) {
    let own = article.paragraphs.iter().filter(|span| article.standfirst != Some(**span));
    let mut spans = own.chain(&article.inserts).collect::<Vec<_>>();
    spans.sort_unstable();
    for paragraph in spans {
        words.push_str(page.words(*paragraph));
        words.push_str("\n\n");
    }
}

/// Runs that both sides have, that only the answer has, that only the label has.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    both: f64,
    said: f64,
    gold: f64,
}

impl Counts {
    fn precision(self) -> f64 {
        if self.said + self.gold == 0.0 {
            1.0
        } else if self.both == 0.0 {
            0.0
        } else {
            self.both / (self.both + self.said)
        }
    }

    fn recall(self) -> f64 {
        if self.said + self.gold == 0.0 {
            1.0
        } else if self.both == 0.0 {
            0.0
        } else {
            self.both / (self.both + self.gold)
        }
    }

    fn f1(self) -> f64 {
        f1(self.precision(), self.recall())
    }
}

/// Sums of precision and recall of all pages and of each half.
#[derive(Default)]
pub(crate) struct Means {
    halves: [(f64, f64, usize); 2],
}

impl Means {
    pub(crate) fn add(&mut self, name: &str, counts: Counts) {
        let number = name.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let (p, r, n) = &mut self.halves[usize::from(number.unwrap_or(0) % 2)];
        *p += counts.precision();
        *r += counts.recall();
        *n += 1;
    }

    pub(crate) fn push(&self, name: &str, better: Better, score: &mut Score) {
        let [even, odd] = self.halves;
        let all = (even.0 + odd.0, even.1 + odd.1, even.2 + odd.2);
        let mean = |sum: f64, n: usize| (n > 0).then(|| sum / n as f64);
        score.push(&format!("{name}.p"), mean(all.0, all.2), all.2, better);
        score.push(&format!("{name}.r"), mean(all.1, all.2), all.2, better);
        for (part, (p, r, n)) in [("", all), (".even", even), (".odd", odd)] {
            let value = mean(p, n).zip(mean(r, n)).map(|(p, r)| f1(p, r));
            score.push(&format!("{name}{part}.f1"), value, n, better);
        }
    }
}

fn f1(p: f64, r: f64) -> f64 {
    if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
}

fn words(text: &str) -> Vec<&str> {
    let apart = |c: char| !(c.is_alphanumeric() || c == '_');
    text.split(apart).filter(|word| !word.is_empty()).collect()
}

fn runs<'a>(words: &'a [&'a str]) -> HashMap<&'a [&'a str], usize> {
    let mut runs = HashMap::new();
    let n = (words.len() + 1).saturating_sub(RUN).max(1);
    for at in 0..n {
        *runs.entry(&words[at..(at + RUN).min(words.len())]).or_default() += 1;
    }
    runs
}

/// Compares an answer with a label.
pub(crate) fn counts(label: &str, said: &str) -> Counts {
    let (label, said) = (words(label), words(said));
    let (label, said) = (runs(&label), runs(&said));
    let (n_label, n_said) = (label.values().sum::<usize>(), said.values().sum::<usize>());
    let both = label.iter().map(|(run, n)| (*n).min(said.get(run).copied().unwrap_or(0)));
    let both = both.sum::<usize>();
    Counts { both: both as f64, said: (n_said - both) as f64, gold: (n_label - both) as f64 }
}

/// A page that is not right, with what was lost and what leaked.
fn miss(name: &str, counts: Counts, label: &str, said: &str) -> String {
    let head = &name[..name.len().min(8)];
    let mut out = format!(
        "{head} p {:.3} r {:.3} f1 {:.3}",
        counts.precision(),
        counts.recall(),
        counts.f1()
    );
    let (label, said) = (words(label), words(said));
    for (what, one, other) in [("lost", &label, &said), ("leaked", &said, &label)] {
        for words in apart(one, other) {
            let _ = write!(out, "\n      {what} {}: {}", words.len(), short(&words.join(" ")));
        }
    }
    out
}

/// Stretches of `one` in which no run is also in `other`.
fn apart<'a>(one: &[&'a str], other: &[&str]) -> Vec<Vec<&'a str>> {
    let mut left = runs(other);
    let mut covered = vec![false; one.len()];
    for at in 0..(one.len() + 1).saturating_sub(RUN) {
        if let Some(n) = left.get_mut(&one[at..at + RUN]).filter(|n| **n > 0) {
            *n -= 1;
            covered[at..at + RUN].fill(true);
        }
    }
    let mut found: Vec<Vec<&str>> = Vec::new();
    for (i, word) in one.iter().enumerate().filter(|(i, _)| !covered[*i]) {
        match found.last_mut() {
            Some(last) if i > 0 && !covered[i - 1] => last.push(word),
            _ => found.push(vec![word]),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_label_scores_one_and_nothing_scores_nothing() {
        let label = "The ferry sank.\n\nNobody was hurt, the pilot said.";
        assert!((counts(label, label).f1() - 1.0).abs() < 1e-9);
        assert!(counts(label, "").f1().abs() < 1e-9);
    }

    #[test]
    fn runs_are_counted_as_often_as_they_stand() {
        let counts = counts("one two three four", "one two three four. One two three four");
        assert!((counts.recall() - 1.0).abs() < 1e-9);
        assert!((counts.precision() - 0.2).abs() < 1e-9);
    }

    #[test]
    fn what_is_lost_is_told_in_words() {
        let label = words("a b c d e f g h i j");
        let said = words("a b c d g h i j");
        assert_eq!(apart(&label, &said), [vec!["e", "f"]]);
        assert_eq!(apart(&said, &label), Vec::<Vec<&str>>::new());
    }
}
