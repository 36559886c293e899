//! `headwater page`: one page as it was read.

use clap::Args;
use headwater::PageIx;
use headwater_report::plain::{self, Detail};

use crate::{Outcome, collection, screen};

/// Show the articles and the furniture of a page, and with --marks every mark under its words
#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  headwater page --marks saved-pages/one.html")]
pub(crate) struct Page {
    /// A file, or several; - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Words under carets: who is named and cited, quotes, dates and figures, each with its rule
    #[arg(long)]
    marks: bool,
}

pub(crate) fn run(args: &Page) -> Outcome {
    let dossier = collection::dossier(&args.files);
    let detail = if args.marks { Detail::Marks } else { Detail::Outline };
    for ix in 0..dossier.pages.len() as u32 {
        if ix > 0 {
            screen::print("\n");
        }
        screen::print(&plain::page(&dossier, PageIx(ix), detail, screen::paper()));
    }
    collection::complain_of_skipped(&dossier);
    collection::outcome(&dossier)
}
