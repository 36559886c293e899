//! `PolNeAR`: attributions in political news, marked by hand as source, cue and content.
//!
//! The texts are split by publisher: rules are written with `polnear-a` open, so `polnear-b` and
//! `polnear` (the development part) tell what they are worth on text that nobody looked at.

mod brat;
mod score;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use headwater::article::{Article, CreditForm, segment};
use headwater::marks::{Marks, annotate};
use headwater::quote::{Form, Quote};
use headwater::{Lexicon, PageIx, Span, par};
use headwater_page::{Capture, Page, read};

use crate::metric::Score;

pub(crate) use brat::Attribution;

/// Which articles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// The development part.
    Dev,
    /// The training part of every second publisher.
    Seen,
    /// The training part of the others.
    Unseen,
}

/// An article with its labels and what the engine marks in it.
#[derive(Debug)]
struct Text {
    name: String,
    page: Page,
    gold: Vec<Attribution>,
    answers: Vec<Answer>,
    credits: Vec<String>,
}

/// An attribution of the engine.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Answer {
    source: Option<Span>,
    cue: Option<Span>,
    content: Span,
    form: Form,
    rule: &'static str,
}

/// A row of the table beside the texts.
#[derive(Clone, Debug, Default)]
struct Row {
    publisher: String,
    credit: Option<String>,
}

/// Scores one part. The credit lines are scored on the development part and the training part
/// together, for they are few.
pub(crate) fn run(folder: &Path, part: Part) -> Result<Score, String> {
    let rows = rows(&folder.join("metadata.tsv"))?;
    let seen = seen(&rows);
    let mut texts = Vec::new();
    match part {
        Part::Dev => texts.extend(files(&folder.join("dev"))?),
        Part::Seen | Part::Unseen => {
            let train = files(&folder.join("train"))?;
            let mine = |file: &PathBuf| {
                let is_seen =
                    rows.get(&stem(file)).is_some_and(|row| seen.contains(&row.publisher));
                is_seen == (part == Part::Seen)
            };
            texts.extend(train.into_iter().filter(mine));
        }
    }
    let read = par::map(&texts, |file| text(file));
    let texts = read.into_iter().collect::<Result<Vec<_>, String>>()?;
    let mut score = score::attributions(&texts);
    score.add(score::credits(&texts, &rows));
    Ok(score)
}

/// Every second publisher, in the order of their names.
fn seen(rows: &BTreeMap<String, Row>) -> Vec<String> {
    let mut publishers = rows.values().map(|row| row.publisher.clone()).collect::<Vec<_>>();
    publishers.sort();
    publishers.dedup();
    publishers.into_iter().step_by(2).collect()
}

/// The table: name of the text, tab-separated columns, no quoting.
fn rows(file: &Path) -> Result<BTreeMap<String, Row>, String> {
    let table = fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let mut lines = table.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let head = lines.next().unwrap_or_default();
    let column = |name: &str| {
        let at = head.iter().position(|&column| column == name);
        at.ok_or_else(|| format!("{}: no column {name}", file.display()))
    };
    let (name, publisher, wire) = (column("filename")?, column("publisher")?, column("wire")?);
    let compartment = column("compartment")?;
    let mut found = BTreeMap::new();
    for line in lines.filter(|line| matches!(line[compartment], "train" | "dev")) {
        let cell = |ix: usize| line.get(ix).copied().unwrap_or_default();
        let credit = Some(cell(wire)).filter(|it| !matches!(*it, "None" | "NA" | ""));
        let row = Row { publisher: cell(publisher).into(), credit: credit.map(Into::into) };
        found.insert(cell(name).to_owned(), row);
    }
    Ok(found)
}

/// The texts of one part, in the order of their names.
fn files(part: &Path) -> Result<Vec<PathBuf>, String> {
    let folder = part.join("text");
    let listed = fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut found = listed.map(|entry| entry.map(|e| e.path())).collect::<Result<Vec<_>, _>>();
    if let Ok(files) = &mut found {
        files.sort();
    }
    found.map_err(|e| format!("{}: {e}", folder.display()))
}

fn stem(file: &Path) -> String {
    file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Reads, segments and annotates one text.
fn text(file: &Path) -> Result<Text, String> {
    let name = stem(file);
    let bytes = fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let capture = Capture { file: format!("{name}.txt"), ..Capture::default() };
    let page = read(&bytes, &capture).pages.into_iter().next();
    let page = page.ok_or_else(|| format!("{}: no page", file.display()))?;
    let labels = file.with_file_name("../attributions");
    let gold = brat::load(&labels, &name, &page.text)?;
    let lexicon = Lexicon::shipped();
    let articles = segment(&page, PageIx(0), lexicon);
    let marks = articles.iter().map(|article| annotate(&page, article, lexicon));
    let answers = marks.flat_map(|marks| answers(&marks)).collect();
    // The table lists agencies, not where a text came out first.
    let credits = articles.iter().flat_map(|article: &Article| &article.credits);
    let credits = credits.filter(|credit| credit.form == CreditForm::Credited);
    let credits = credits.map(|credit| credit.name.clone()).collect();
    Ok(Text { name, page, gold, answers, credits })
}

/// The attributions of one article.
fn answers(marks: &Marks) -> Vec<Answer> {
    let answer = |quote: &Quote| Answer {
        source: quote.by,
        cue: quote.cue,
        content: quote.hull(),
        form: quote.form,
        rule: quote.rule,
    };
    marks.quotes.iter().chain(&marks.stances).map(answer).collect()
}
