//! The `headwater` command.

mod ask;
mod check;
mod collection;
mod compare;
mod gather;
mod input;
mod list;
mod page;
mod read;
mod reuse;
mod screen;
mod trace;
mod why;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use headwater_report::wire::List;

/// Shows where news comes from: who copied whom, who cites whom, which original is missing, and on
/// how many independent origins a story or a claim rests. It never says what is true: it says who
/// says so, and shows the words.
#[derive(Parser, Debug)]
#[command(name = "headwater", version, about, long_about = None, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Example:
  headwater trace saved-pages/      and `headwater COMMAND --help` for an example of each command

Pages are files, folders, globs or - for standard input: plain text, HTML, feeds (RSS, Atom, JSON
Feed), JSON lines, saved pages (MHTML), crawls (WARC, WACZ), gzip and ZIP of these.

Exit codes:
  0  fine
  1  nothing found (no article; for check: an expectation that is not met)
  2  trouble (something was not read, or the command makes no sense)";

#[derive(Subcommand, Debug)]
enum Command {
    Trace(trace::Trace),
    Why(why::Why),
    Ask(ask::Ask),
    /// List everyone who is cited: by kind, how often, by whom, at first or second hand
    #[command(after_help = "Example:\n  headwater sources saved-pages/")]
    Sources(list::Listed),
    /// List the claims of every story: who states them, who differs and how, on how many origins
    #[command(after_help = "Example:\n  headwater claims saved-pages/ | less")]
    Claims(list::Listed),
    /// List what happened and what was reported when
    #[command(after_help = "Example:\n  headwater timeline saved-pages/")]
    Timeline(list::Listed),
    Compare(compare::Compare),
    Page(page::Page),
    Read(read::Read),
    Reuse(reuse::Reuse),
    Check(check::Check),
}

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Outcome {
    /// As it should.
    Fine,
    /// Nothing was found.
    Nothing,
    /// Something was not read, or makes no sense.
    Trouble,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Fine => ExitCode::SUCCESS,
            Outcome::Nothing => ExitCode::from(1),
            Outcome::Trouble => ExitCode::from(2),
        }
    }
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Trace(args) => trace::run(&args),
        Command::Why(args) => why::run(&args),
        Command::Ask(args) => ask::run(&args),
        Command::Sources(args) => list::run(&args, List::Sources),
        Command::Claims(args) => list::run(&args, List::Claims),
        Command::Timeline(args) => list::run(&args, List::Timeline),
        Command::Compare(args) => compare::run(&args),
        Command::Page(args) => page::run(&args),
        Command::Read(args) => read::run(&args),
        Command::Reuse(args) => reuse::run(&args),
        Command::Check(args) => check::run(&args),
    };
    outcome.into()
}
