//! Overlap: whether the project repeats words of the labelled texts.
//!
//! A lexicon or a rule that was written from the test texts would score well and mean nothing, and
//! those texts belong to their publishers. Eight words in a row are such a copy, unless three or
//! more publishers use them there: then they are stock phrases of the trade.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::{gold, page};

/// Words of a run.
const RUN: usize = 8;
/// So many publishers make a run a stock phrase.
const PUBLISHERS: usize = 3;

/// A run that stands in the project and in a labelled text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Overlap {
    /// The file of the project, below its top.
    pub(crate) file: String,
    /// Its line.
    pub(crate) line: usize,
    /// The words.
    pub(crate) words: String,
    /// Who publishes them.
    pub(crate) publishers: Vec<String>,
}

/// Runs of the labelled texts with their publishers.
type Runs = BTreeMap<Vec<String>, BTreeSet<String>>;

/// Every run of `lexicon/`, `cases/` and the string literals of `crates/*/src` that the texts in
/// `cases` hold, in the order of files and lines.
pub(crate) fn overlaps(repository: &Path, cases: &Path) -> Result<Vec<Overlap>, String> {
    let mut ours = BTreeMap::new();
    for file in files(repository)? {
        let text = String::from_utf8_lossy(&gold::bytes(&file)?).into_owned();
        let is_rust = file.extension().is_some_and(|end| end == "rs");
        let pieces = if is_rust { literals(&text) } else { fields(&text) };
        let name = file.strip_prefix(repository).unwrap_or(&file).display().to_string();
        ours.insert(name, pieces);
    }
    let mut wanted = BTreeSet::new();
    for (_, words) in ours.values().flatten() {
        wanted.extend(runs(words).map(<[String]>::to_vec));
    }
    let mut held = Runs::new();
    for (publisher, text) in texts(cases)? {
        for run in runs(&words(&text)).filter(|run| wanted.contains(*run)) {
            held.entry(run.to_vec()).or_default().insert(publisher.clone());
        }
    }
    Ok(found(&ours, &held))
}

/// For people: file, line, words, publishers.
pub(crate) fn print(overlaps: &[Overlap]) -> String {
    let mut out = String::new();
    for Overlap { file, line, words, publishers } in overlaps {
        let _ = writeln!(out, "{file}:{line}: \"{words}\" ({})", publishers.join(", "));
    }
    let _ = writeln!(out, "{} runs of {RUN} words stand in a labelled text", overlaps.len());
    out
}

/// Pieces of text with their lines.
type Pieces = Vec<(usize, Vec<String>)>;

fn found(ours: &BTreeMap<String, Pieces>, held: &Runs) -> Vec<Overlap> {
    let mut found = BTreeSet::new();
    for (file, pieces) in ours {
        for (line, words) in pieces {
            for run in runs(words) {
                let Some(publishers) = held.get(run).filter(|p| p.len() < PUBLISHERS) else {
                    continue;
                };
                found.insert(Overlap {
                    file: file.clone(),
                    line: *line,
                    words: run.join(" "),
                    publishers: publishers.iter().cloned().collect(),
                });
            }
        }
    }
    found.into_iter().collect()
}

fn runs(words: &[String]) -> impl Iterator<Item = &[String]> {
    words.windows(RUN)
}

/// Lower-case words of letters and digits, with an apostrophe inside.
fn words(text: &str) -> Vec<String> {
    let folded = text.to_lowercase().replace('’', "'");
    let runs = folded.split(|c: char| !(c.is_ascii_alphanumeric() || c == '\''));
    let bare = runs.map(|run| run.trim_matches('\''));
    bare.filter(|run| !run.is_empty()).map(str::to_string).collect()
}

/// The fields of a tab-separated or plain file: no run crosses a tab or a line.
fn fields(text: &str) -> Pieces {
    let lines = text.lines().enumerate();
    lines.flat_map(|(n, line)| line.split('\t').map(move |field| (n + 1, words(field)))).collect()
}

/// The string literals of Rust source; comments and character literals are passed over.
fn literals(source: &str) -> Pieces {
    let mut found = Vec::new();
    let bytes = source.as_bytes();
    let (mut at, mut line) = (0, 1);
    while at < bytes.len() {
        let rest = &source[at..];
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(n) = raw_mark(rest) {
            let close = format!("\"{}", "#".repeat(n));
            let open = n + 2;
            let end = rest[open..].find(&close).map_or(rest.len(), |end| open + end);
            found.push((line, words(&rest[open.min(end)..end])));
            (end + close.len()).min(rest.len())
        } else if rest.starts_with('"') {
            let end = closing(rest);
            found.push((line, words(&unescaped(&rest[1..end.max(1)]))));
            (end + 1).min(rest.len())
        } else if rest.starts_with("'\"'") {
            3
        } else if rest.starts_with("'\\") {
            rest.get(3..).and_then(|tail| tail.find('\'')).map_or(rest.len(), |end| end + 4)
        } else {
            rest.chars().next().map_or(1, char::len_utf8)
        };
        line += rest[..skipped].matches('\n').count();
        at += skipped;
    }
    found
}

/// `r"` or `r#"`: how many `#`.
fn raw_mark(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix('r')?;
    let marks = after.bytes().take_while(|&b| b == b'#').count();
    after[marks..].starts_with('"').then_some(marks)
}

/// The closing quotation mark of a literal that opens at 0, or the end.
fn closing(rest: &str) -> usize {
    let mut is_escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return at,
            _ => {}
        }
    }
    rest.len()
}

/// Escapes stand between words, but for those of quotation marks, which stand beside them.
fn unescaped(literal: &str) -> String {
    literal.replace("\\n", " ").replace("\\t", "\t").replace("\\\"", "\"").replace("\\u{a0}", " ")
}

/// Every text of the labelled data with its publisher: series, outlet, or template of a page.
fn texts(cases: &Path) -> Result<Vec<(String, String)>, String> {
    #[derive(Deserialize)]
    struct Line {
        series: String,
        text: String,
    }
    #[derive(Deserialize)]
    struct Seeds {
        articles: Vec<crate::seeds::Article>,
    }
    let mut texts = Vec::new();
    for folder in folders(cases)? {
        let file = folder.join("articles.jsonl");
        if file.is_file() {
            let lines = gold::json_lines::<Line>(&file)?;
            texts.extend(lines.into_iter().map(|line| (line.series, line.text)));
        }
    }
    let seeds = cases.join("seeds");
    if seeds.join("gold.json").is_file() {
        for article in gold::json::<Seeds>(&seeds.join("gold.json"))?.articles {
            let bytes = gold::bytes(&seeds.join(&article.page))?;
            let span = article.span.0 as usize..article.span.1 as usize;
            let text = String::from_utf8_lossy(bytes.get(span).unwrap_or(&[])).into_owned();
            texts.push((article.outlet.unwrap_or(article.page), text));
        }
    }
    let pages = cases.join("pages");
    if pages.join("gold.json").is_file() {
        for page in page::load(&pages)?.into_values() {
            for article in page.articles {
                let body = article.body_paragraphs.join("\n");
                texts.push((article.outlet.unwrap_or_else(|| page.template.clone()), body));
            }
            texts.push((page.template, page.furniture.join("\n")));
        }
    }
    Ok(texts)
}

/// The files of the project that hold rules, data and cases, sorted.
fn files(repository: &Path) -> Result<Vec<PathBuf>, String> {
    let mut roots = vec![repository.join("lexicon"), repository.join("cases")];
    roots.extend(folders(&repository.join("crates"))?.into_iter().map(|krate| krate.join("src")));
    let mut found = Vec::new();
    while let Some(root) = roots.pop() {
        if root.is_dir() {
            for entry in entries(&root)? {
                if entry.is_dir() { roots.push(entry) } else { found.push(entry) }
            }
        }
    }
    found.sort();
    Ok(found)
}

fn folders(root: &Path) -> Result<Vec<PathBuf>, String> {
    Ok(entries(root)?.into_iter().filter(|path| path.is_dir()).collect())
}

fn entries(root: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(root).map_err(|e| format!("{}: {e}", root.display()))?;
    let mut paths = entries.flatten().map(|entry| entry.path()).collect::<Vec<_>>();
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_and_comments_are_not() {
        let source = "// \"not this\"\nlet a = \"one \\\"two\\\"\"; let q = '\"'; let b = '\\'';\n\
                      let c = r#\"three \"four\"\"#; /* \"nor this\" */ let d = \"five\";";
        let pieces = literals(source);
        let words = pieces.iter().map(|(line, words)| (*line, words.join(" ")));
        let words = words.collect::<Vec<_>>();
        let expected = [(2, "one two"), (3, "three four"), (3, "five")];
        assert_eq!(words, expected.map(|(line, words)| (line, words.to_string())));
    }

    #[test]
    fn three_publishers_make_a_stock_phrase() {
        let line = "the ferry will not run on windy days";
        let ours = BTreeMap::from([("lexicon/x.tsv".to_string(), fields(line))]);
        let held = |names: &[&str]| {
            Runs::from([(words(line), names.iter().map(|s| (*s).to_string()).collect())])
        };
        assert_eq!(found(&ours, &held(&["a", "b", "c"])), []);
        assert_eq!(found(&ours, &held(&["a", "b"])).len(), 1);
    }

    #[test]
    fn words_keep_inner_apostrophes() {
        assert_eq!(words("The ‘quay’s’ 2,000 boats"), ["the", "quay's", "2", "000", "boats"]);
    }
}
