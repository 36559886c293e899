//! Scores every stage of the engine against labelled data and guards the floors.
//!
//! The data lies outside of the repository. Where it is missing, nothing is scored and nothing
//! fails.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod article;
mod body;
mod case;
mod claim;
mod cluster;
mod copies;
mod credit;
mod dataset;
mod day;
mod floors;
mod gold;
mod line;
mod lost;
mod made;
mod meter;
mod metric;
mod names;
mod origin;
mod overlap;
mod page;
mod polnear;
#[cfg(feature = "peers")]
mod peer;
mod planted;
mod quote;
mod reuse;
mod seeds;
mod source;
mod speed;
mod stemma;
mod stream;
mod table;
mod text;
mod time;
mod timex;
mod utterance;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::floors::{Floors, Verdict};
use crate::line::Given;
use crate::metric::Score;

/// Scores every stage of headwater against labelled data and guards the floors.
#[derive(Parser, Debug)]
#[command(name = "headwater-eval", version, args_conflicts_with_subcommands = true)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
struct Options {
    /// The folder with the labelled data [default: `../shared`, beside the repository]
    shared: Option<PathBuf>,
    /// Score only data sets whose names begin so; may be repeated
    #[arg(long, value_name = "DATASET", num_args = 1..)]
    only: Vec<String>,
    /// Score only the small data sets
    #[arg(long)]
    quick: bool,
    /// Print every miss with its words
    #[arg(long)]
    misses: bool,
    /// Print figures (and misses) as JSON
    #[arg(long)]
    json: bool,
    /// Write better figures as new floors
    #[arg(long)]
    raise: bool,
    /// Write the articles found on the pages to FILE, as the data's own scorer reads them
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    #[command(subcommand)]
    check: Option<Check>,
}

/// Checks beside the figures.
#[derive(Subcommand, Debug)]
enum Check {
    /// Fail if the lexicon or a string in the sources holds eight words in a row of a labelled text
    Overlap {
        /// The folder with the labelled data [default: `../shared`, beside the repository]
        shared: Option<PathBuf>,
    },
    /// Print how many real pages a second one core reads and segments, and how many articles it
    /// marks (build with --release)
    Speed {
        /// The folder with the labelled data [default: `../shared`, beside the repository]
        shared: Option<PathBuf>,
    },
    /// Print how long the whole line takes over made-up (or given) articles, from text to JSON, stage by
    /// stage, and in how much memory (build with --release; `RAYON_NUM_THREADS=1` for one core)
    Line {
        /// How many articles
        #[arg(default_value_t = 10_000)]
        articles: usize,
        /// Make them of one story
        #[arg(long, conflicts_with = "given")]
        story: bool,
        /// Make stories of so many articles at most, so that they are of the same sizes in collections of
        /// any size
        #[arg(long, value_name = "ARTICLES", default_value_t = made::LARGEST, conflicts_with = "given")]
        largest: usize,
        /// Print the articles and do nothing else
        #[arg(long)]
        print: bool,
        /// Cluster them and do nothing else: no marks, no passages
        #[arg(long, conflicts_with = "print")]
        cluster: bool,
        /// Read these articles instead: a folder of labelled ones, or a file of JSON lines
        #[arg(long, value_name = "PATH")]
        given: Option<PathBuf>,
    },
    /// Run the matcher alone on a generated corpus: what it finds of the planted reuse, its speed
    /// and its memory. `RAYON_NUM_THREADS=1` for the speed of one core
    Match {
        /// The folder with docs.jsonl, meta.jsonl, truth.tsv and boiler.tsv
        corpus: PathBuf,
        /// Write the passages to FILE, in the columns of truth.tsv
        #[arg(long, value_name = "FILE")]
        answers: Option<PathBuf>,
        /// Add the texts one by one instead, in an order of no meaning, and settle
        #[arg(long, conflicts_with_all = ["answers", "copies"])]
        stream: bool,
        /// Run once more with N lightly edited copies of one article strewn in
        #[arg(long, value_name = "N")]
        copies: Option<usize>,
    },
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("headwater-eval: {message}");
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options) -> Result<ExitCode, String> {
    let given = match &options.check {
        Some(Check::Match { corpus, answers, stream, copies }) => {
            emit(&match stream {
                true => stream::run(corpus)?,
                false => planted::run(corpus, answers.as_deref(), *copies)?,
            });
            return Ok(ExitCode::SUCCESS);
        }
        Some(Check::Line { articles: n, story, largest, print, cluster, given }) => {
            let made = Given::Made { n: *n, largest: *largest };
            let made = if *story { Given::Story(*n) } else { made };
            let given = given.as_deref().map_or(made, Given::Path);
            if *print {
                given.lines()?.for_each(|line| emit(&(line + "\n")));
            } else {
                let timed = if *cluster { line::clustering } else { line::line };
                emit(&timed(&given)?);
            }
            return Ok(ExitCode::SUCCESS);
        }
        Some(Check::Overlap { shared } | Check::Speed { shared }) => shared,
        None => &options.shared,
    };
    let shared = given.clone().unwrap_or_else(|| repository().join("../shared"));
    if !shared.join("cases").is_dir() {
        println!("skipped: no labelled data in {}", shared.display());
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(Check::Speed { .. }) = options.check {
        emit(&speed::speed(&shared)?);
        return Ok(ExitCode::SUCCESS);
    }
    if options.check.is_some() {
        let found = overlap::overlaps(&repository(), &shared.join("cases"))?;
        emit(&overlap::print(&found));
        return Ok(if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let score = scored(options, &shared)?;
    let file = repository().join("eval/floors.toml");
    let mut floors = Floors::parse(&fs::read_to_string(&file).unwrap_or_default())
        .map_err(|e| format!("{}: {e}", file.display()))?;
    print(options, &score, &floors)?;
    if options.raise {
        floors.raise(&score.metrics);
        fs::write(&file, floors.print()).map_err(|e| format!("{}: {e}", file.display()))?;
    }
    let broken = score.metrics.iter().filter(|m| floors.verdict(m) != Verdict::Fine).count();
    if broken > 0 {
        eprintln!("headwater-eval: {broken} figures are worse than their floors");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// Runs the chosen data sets. The ranges of origins are also pooled over all cases, but only when
/// every case ran: a part of the pool is another figure.
fn scored(options: &Options, shared: &Path) -> Result<Score, String> {
    let chosen = |name: &str| {
        options.only.is_empty() || options.only.iter().any(|only| name.starts_with(only.as_str()))
    };
    let mut score = Score::default();
    let (mut pool, mut pages) = (Vec::new(), BTreeMap::new());
    let mut n = 0;
    for dataset in dataset::ALL.iter().filter(|d| chosen(d.name) && (d.quick || !options.quick)) {
        let scored = dataset::run(*dataset, shared)?;
        score.add(scored.score);
        pages.extend(scored.pages);
        let named = scored.origins.into_iter();
        pool.extend(
            named.map(|row| origin::Row { name: format!("{} {}", dataset.name, row.name), ..row }),
        );
        n += 1;
    }
    if n == dataset::ALL.len() {
        let pooled = origin::score(&pool);
        score.add(Score { misses: Vec::new(), ..pooled }.of("cases"));
    }
    if let Some(file) = &options.answers {
        let text = serde_json::to_vec_pretty(&pages).map_err(|e| e.to_string())?;
        fs::write(file, text).map_err(|e| format!("{}: {e}", file.display()))?;
    }
    if n == 0 {
        let all = dataset::ALL.iter().map(|d| d.name).collect::<Vec<_>>().join(", ");
        return Err(format!("no such data set; there are {all}"));
    }
    Ok(score)
}

fn print(options: &Options, score: &Score, floors: &Floors) -> Result<(), String> {
    if options.json {
        let misses = if options.misses { score.misses.clone() } else { Vec::new() };
        let shown = Score { metrics: score.metrics.clone(), misses };
        emit(&(serde_json::to_string_pretty(&shown).map_err(|e| e.to_string())? + "\n"));
        return Ok(());
    }
    if options.misses {
        emit(&(table::misses(&score.misses) + "\n"));
    }
    emit(&table::table(&score.metrics, floors));
    Ok(())
}

/// Writes to the terminal. A reader that has seen enough (`| head`) is no error.
fn emit(words: &str) {
    let _ = std::io::stdout().write_all(words.as_bytes());
}

/// The top of the repository.
fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
