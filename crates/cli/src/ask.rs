//! `headwater ask`: what the pages say to a typed claim.

use std::io::{self, BufWriter};

use clap::Args;
use headwater::{Lexicon, ask::ask};
use headwater_report::{plain, wire};

use crate::{Outcome, collection, screen};

/// Line a claim up with the pages: who states it, who says something else and how, and on how many
/// origins it rests
#[derive(Args, Debug)]
pub(crate) struct Ask {
    /// One sentence, as you would say it
    #[arg(value_name = "CLAIM")]
    claim: String,
    /// Files, folders, globs, or - for standard input
    #[arg(required = true, value_name = "PAGES")]
    pages: Vec<String>,
    /// Print one JSON object for programs
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Ask) -> Outcome {
    if !args.claim.chars().any(char::is_alphanumeric) {
        screen::complain("the claim has no words: type one sentence, in quotation marks");
        return Outcome::Trouble;
    }
    let dossier = collection::dossier(&args.pages);
    let answer = ask(&dossier, &args.claim, Lexicon::shipped());
    collection::complain_of_skipped(&dossier);
    let nothing = answer.states.is_empty() && answer.differs.is_empty();
    let outcome = if nothing { Outcome::Nothing } else { Outcome::Fine };
    let outcome = collection::outcome(&dossier).max(outcome);
    if args.json {
        let out = BufWriter::new(io::stdout().lock());
        return screen::written(wire::write_answer(&dossier, &args.claim, &answer, out), outcome);
    }
    screen::print(&plain::ask(&dossier, &args.claim, &answer, screen::paper()));
    outcome
}
