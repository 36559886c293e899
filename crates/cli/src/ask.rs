//! `headwater ask`: what the pages say to a typed claim.

use std::io::{self, BufWriter};

use clap::Args;
use headwater::{Lexicon, ask::ask};
use headwater_report::{plain, wire};

use crate::input::Pages;
use crate::{Outcome, collection, screen};

/// Line a claim up with the pages: who states it, who says something else and how, and on how many
/// origins it rests
#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  headwater ask 'The minister signed the lease on February 21' saved-pages/

A page states it only if it has all of the words, figures, days and names, as much affirmed and
as far along; a claim that is shorter is found more often.")]
pub(crate) struct Ask {
    /// One sentence, as you would say it
    #[arg(value_name = "CLAIM")]
    claim: String,
    #[command(flatten)]
    input: Pages,
    /// Print one JSON object for programs
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Ask) -> Outcome {
    if !args.claim.chars().any(char::is_alphanumeric) {
        screen::complain("the claim has no words: type one sentence, in quotation marks");
        return Outcome::Trouble;
    }
    let dossier = collection::dossier(&args.input.pages);
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
