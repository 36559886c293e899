//! `headwater sources`, `claims` and `timeline`: one list of a collection.

use std::io::{self, BufWriter};

use clap::Args;
use headwater_report::plain;
use headwater_report::wire::{self, List};

use crate::input::Pages;
use crate::{Outcome, collection, screen};

/// What each of these commands is given.
#[derive(Args, Debug)]
pub(crate) struct Listed {
    #[command(flatten)]
    input: Pages,
    /// Print one JSON object for programs
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Listed, list: List) -> Outcome {
    let dossier = collection::dossier(&args.input.pages);
    collection::complain_of_skipped(&dossier);
    let outcome = collection::outcome(&dossier);
    if args.json {
        let out = BufWriter::new(io::stdout().lock());
        return screen::written(wire::write_list(&dossier, list, out), outcome);
    }
    let paper = screen::paper();
    screen::print(&match list {
        List::Sources => plain::sources(&dossier, paper),
        List::Claims => plain::all_claims(&dossier, paper),
        List::Timeline => plain::timelines(&dossier, paper),
    });
    outcome
}
