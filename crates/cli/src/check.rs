//! `headwater check`: cases, which are stories as tests.
//!
//! A case is a Markdown file that a journalist can read and write. Its pages stand in fenced blocks,
//! or are named by a line, and its expectations quote what the program prints:
//!
//! ````text
//! # The lock at Oster
//!
//! Two papers, one report.
//!
//! ~~~~ page post.txt url=https://post.example/lock captured=2031-04-02
//! Harbour Post
//! …
//! ~~~~
//!
//! Pages: ../example/lock/*.html
//!
//! ```expect verdict
//! 2 articles on 2 pages. …
//! ```
//! ````
//!
//! A section is `trace`, `verdict`, `why`, `stemma`, `claims`, `sayings`, `timeline`,
//! `differences`, `articles`, `related`, `skipped`, `page NAME`, `marks NAME`, `why WHAT` or
//! `compare A B`; `story N` at the end asks for another story than the first. `expect wrong …` holds what should
//! be printed and is not yet: it passes while that is so, and fails once it is printed.

mod case;
mod section;

use std::path::{Path, PathBuf};

use clap::Args;
use similar::TextDiff;

use crate::{Outcome, screen};
use case::{Case, Expect};

/// Run cases: Markdown files that hold pages and what should be printed about them
#[derive(Args, Debug)]
#[command(after_help = FORMAT)]
pub(crate) struct Check {
    /// Case files, or folders of them
    #[arg(required = true, value_name = "CASE.md")]
    cases: Vec<PathBuf>,
    /// Rewrite the expectations that differ (never those marked wrong) and show the changes
    #[arg(long)]
    update: bool,
}

const FORMAT: &str = "\
A case:
  # Its title, and prose that says what is to be seen and why

  ~~~~ page post.txt url=https://post.example/lock captured=2031-04-02 series=\"Harbour Post\"
  The page as it came: plain text, HTML, JSON lines, a feed, a saved page
  ~~~~

  Pages: ../examples/lock/*.html       (instead, or as well: files, relative to the case)

  ```expect verdict
  4 articles on 4 pages. 3 texts. They rest on 2 to 3 origins.
  ```

What can be expected: trace, verdict, why, stemma, claims, sayings, timeline, differences, articles,
related (each of the first story, or with `story N` at the end of another), skipped, page NAME,
marks NAME, why WHAT, compare A B. A block `expect wrong ...` holds what should be printed and is not yet.

Exit codes: 0 all as expected, 1 something is not, 2 a case cannot be read.";

/// What became of the expectations.
#[derive(Default, Debug)]
struct Tally {
    cases: usize,
    met: usize,
    missed: usize,
    updated: usize,
    wrong: usize,
}

pub(crate) fn run(args: &Check) -> Outcome {
    let mut tally = Tally::default();
    let mut trouble = false;
    for path in files(&args.cases) {
        tally.cases += 1;
        if let Err(why) = check(&path, args, &mut tally) {
            trouble = true;
            screen::complain(&format!("{}: {why}", path.display()));
        }
    }
    screen::print(&format!("{tally}\n"));
    if trouble || tally.cases == 0 {
        Outcome::Trouble
    } else if tally.missed > 0 {
        Outcome::Nothing
    } else {
        Outcome::Fine
    }
}

/// The cases of folders, in order of name; files as they are.
fn files(args: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for arg in args {
        match std::fs::read_dir(arg) {
            Ok(folder) => {
                let mut inside = folder.flatten().map(|entry| entry.path()).collect::<Vec<_>>();
                inside.retain(|path| path.extension().is_some_and(|it| it == "md"));
                inside.sort();
                files.extend(inside);
            }
            Err(_) => files.push(arg.clone()),
        }
    }
    files
}

/// Runs one case and prints what is not as it says. Fails if the file cannot be read or is no case.
fn check(path: &Path, args: &Check, tally: &mut Tally) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read it: {error}"))?;
    let case = Case::parse(&text)?;
    let dossier = case.dossier(path.parent().unwrap_or(Path::new("")));
    let name = path.display();
    if case.expects.is_empty() {
        screen::print(&format!("{name}: it expects nothing: add a block ```expect verdict\n"));
    }
    for broken in dossier.check() {
        tally.missed += 1;
        screen::print(&format!("{name}: the dossier breaks an invariant: {broken}\n"));
    }
    let mut changes = Vec::new();
    for expect in &case.expects {
        let printed = section::printed(&dossier, expect)
            .map_err(|why| format!("line {}: {why}", expect.line))?;
        let met = case::same(&printed, &expect.text);
        let at = format!("{name}:{}: expect {}", expect.line, expect.info);
        match (met, expect.wrong) {
            (true, false) => tally.met += 1,
            (false, true) => tally.wrong += 1,
            (true, true) => {
                tally.missed += 1;
                screen::print(&format!("{at}: no longer wrong: drop the mark\n"));
            }
            (false, false) => {
                screen::print(&format!("{at}\n{}", difference(expect, &printed)));
                if args.update {
                    tally.updated += 1;
                    changes.push((expect, printed));
                } else {
                    tally.missed += 1;
                }
            }
        }
    }
    if changes.is_empty() {
        return Ok(());
    }
    let rewritten = case.rewritten(&changes);
    std::fs::write(path, rewritten).map_err(|error| format!("cannot write it: {error}"))
}

/// `-` what the case says, `+` what is printed.
fn difference(expect: &Expect, printed: &str) -> String {
    let (said, printed) = (case::trimmed(&expect.text), case::trimmed(printed));
    let diff = TextDiff::from_lines(&said, &printed);
    let unified = diff.unified_diff().context_radius(2).to_string();
    let lines = unified.lines().filter(|line| !line.starts_with("@@"));
    lines.fold(String::new(), |text, line| text + "    " + line + "\n")
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Tally { cases, met, missed, updated, wrong } = self;
        let noun = if *cases == 1 { "case" } else { "cases" };
        write!(f, "{cases} {noun}: {met} as expected, {missed} not")?;
        if *updated > 0 {
            write!(f, ", {updated} rewritten")?;
        }
        if *wrong > 0 {
            write!(f, ", {wrong} known to be wrong")?;
        }
        f.write_str(".")
    }
}
