//! Case: a story as a test, parsed from Markdown.

use std::ops::Range;
use std::path::Path;

use headwater::{Dossier, Lexicon};
use headwater_page::{Capture, read};

use crate::gather;

/// A parsed case. Lines are counted from 0 inside, from 1 where people see them.
#[derive(Debug)]
pub(super) struct Case {
    lines: Vec<String>,
    pages: Vec<(Capture, String)>,
    globs: Vec<String>,
    pub(super) expects: Vec<Expect>,
}

/// One expectation.
#[derive(Debug)]
pub(super) struct Expect {
    /// The line of its fence, counted from 1.
    pub(super) line: usize,
    /// What follows `expect` (and `wrong`) on that line.
    pub(super) info: String,
    /// Whether the program is known to print something else.
    pub(super) wrong: bool,
    /// What should be printed.
    pub(super) text: String,
    /// The lines of its text.
    body: Range<usize>,
}

impl Case {
    /// The case in `text`. Fails on a fence that is never closed, an attribute that pages do not
    /// have, and a case without pages.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let lines = text.split('\n').map(str::to_owned).collect::<Vec<_>>();
        let (mut pages, mut globs, mut expects) = (Vec::new(), Vec::new(), Vec::new());
        let mut at = 0;
        while at < lines.len() {
            let line = lines[at].trim_end_matches('\r');
            let Some((fence, info)) = fence(line) else {
                globs.extend(line.strip_prefix("Pages:").map(|glob| glob.trim().to_owned()));
                at += 1;
                continue;
            };
            let closes = |line: &String| {
                line.starts_with(fence) && line.trim().trim_start_matches(&fence[..1]).is_empty()
            };
            let end = (at + 1..lines.len()).find(|&end| closes(&lines[end]));
            let end = end.ok_or_else(|| format!("line {}: the block is never closed", at + 1))?;
            let body = at + 1..end;
            let text = lines[body.clone()].iter().map(|line| format!("{line}\n"));
            let text = text.collect::<String>();
            match info.split_once(' ').unwrap_or((info, "")) {
                ("page", rest) => {
                    let page = page(rest).map_err(|why| format!("line {}: {why}", at + 1))?;
                    pages.push((page, text));
                }
                ("expect", rest) => {
                    let wrong = rest.strip_prefix("wrong ");
                    let info = wrong.unwrap_or(rest).trim().to_owned();
                    let wrong = wrong.is_some();
                    expects.push(Expect { line: at + 1, info, wrong, text, body });
                }
                _ => {}
            }
            at = end + 1;
        }
        if pages.is_empty() && globs.is_empty() {
            return Err("it has no pages: add a block ~~~~ page NAME or a line Pages: GLOB".into());
        }
        Ok(Self { lines, pages, globs, expects })
    }

    /// The dossier of the case's pages; globs are relative to `folder`. Files are called by their
    /// last names, so that it does not matter where the case is run from.
    pub(super) fn dossier(&self, folder: &Path) -> Dossier {
        let (mut pages, mut skipped) = (Vec::new(), Vec::new());
        for (capture, text) in &self.pages {
            let reading = read(text.as_bytes(), capture);
            pages.extend(reading.pages);
            skipped.extend(reading.skipped);
        }
        if !self.globs.is_empty() {
            let globs = self.globs.iter().map(|glob| folder.join(glob).display().to_string());
            let (mut read, mut not_read) = gather::gather(&globs.collect::<Vec<_>>(), |_, _| {});
            let shorten = |file: &mut String| {
                if let Some((_, name)) = file.rsplit_once('/') {
                    *file = name.to_owned();
                }
            };
            for page in &mut read {
                shorten(&mut page.capture.file);
            }
            for skipped in &mut not_read {
                shorten(&mut skipped.file);
            }
            pages.extend(read);
            skipped.extend(not_read);
        }
        headwater::trace(pages, skipped, Lexicon::shipped())
    }

    /// The case with other texts in these expectations.
    pub(super) fn rewritten(&self, changes: &[(&Expect, String)]) -> String {
        let mut lines = Vec::new();
        let mut at = 0;
        for (expect, printed) in changes {
            lines.extend_from_slice(&self.lines[at..expect.body.start]);
            lines.extend(trimmed(printed).lines().map(str::to_owned));
            at = expect.body.end;
        }
        lines.extend_from_slice(&self.lines[at..]);
        lines.join("\n")
    }
}

/// Whether two texts are the same, white space at the ends of lines and blank ends aside.
pub(super) fn same(one: &str, other: &str) -> bool {
    trimmed(one) == trimmed(other)
}

/// The text without white space at the ends of its lines and without blank lines at its ends.
pub(super) fn trimmed(text: &str) -> String {
    let lines = text.lines().map(str::trim_end).collect::<Vec<_>>();
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !line.is_empty()).map_or(first, |last| last + 1);
    lines[first..last].iter().flat_map(|line| [line, "\n"]).collect()
}

/// The fence that opens a block, and the words after it.
fn fence(line: &str) -> Option<(&str, &str)> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let n = line.len() - line.trim_start_matches(mark).len();
    (n >= 3).then(|| (&line[..n], line[n..].trim()))
}

/// `post.txt url=… captured=… series="Harbour Post"`.
fn page(info: &str) -> Result<Capture, String> {
    let (name, mut rest) = info.split_once(' ').unwrap_or((info, ""));
    if name.is_empty() {
        return Err("the page has no name: write page NAME".into());
    }
    let mut capture = Capture { file: name.to_owned(), ..Capture::default() };
    while let Some((key, value)) = rest.trim().split_once('=') {
        let value = value.trim_start();
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').ok_or("a quotation mark is not closed")?,
            None => value.split_once(' ').unwrap_or((value, "")),
        };
        let value = Some(value.to_owned());
        match key.trim() {
            "url" => capture.url = value,
            "captured" => capture.captured = value,
            "series" => capture.series = value,
            other => return Err(format!("pages have url, captured and series, but no {other}")),
        }
        rest = after;
    }
    Ok(capture)
}
