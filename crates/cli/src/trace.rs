//! `headwater trace`: the whole dossier of a collection.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use headwater::Dossier;
use headwater_report::{WireOptions, plain, wire};

use crate::input::{Pages, Printed};
use crate::{Outcome, collection, screen};

/// Read pages and show, for every story, where it comes from
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  headwater trace saved-pages/
  headwater trace --html report saved-pages/     then open report/index.html
  headwater trace --story 2 'pages/*.html'       one story of several")]
pub(crate) struct Trace {
    #[command(flatten)]
    input: Pages,
    #[command(flatten)]
    json: Printed,
    /// Write the report as pages into this folder, for a browser
    #[arg(long, value_name = "DIR", conflicts_with = "json")]
    html: Option<PathBuf>,
    /// Only these stories, by their numbers: --story 1,3
    #[arg(long, value_name = "N", value_delimiter = ',', conflicts_with_all = ["json", "html"])]
    story: Vec<usize>,
}

pub(crate) fn run(args: &Trace) -> Outcome {
    let dossier = collection::dossier(&args.input.pages);
    if let Some(options) = args.json.options() {
        collection::complain_of_skipped(&dossier);
        return json(&dossier, options);
    }
    if let Some(folder) = &args.html {
        collection::complain_of_skipped(&dossier);
        return html(&dossier, folder);
    }
    let mut stories = (0..dossier.stories.len()).collect::<Vec<_>>();
    if !args.story.is_empty() {
        if let Some(n) = args.story.iter().find(|&&n| n == 0 || n > stories.len()) {
            let last = stories.len();
            screen::complain(&format!("no story {n}: they are numbered from 1 to {last}"));
            return Outcome::Trouble;
        }
        stories.retain(|ix| args.story.contains(&(ix + 1)));
    }
    let paper = screen::paper();
    screen::print(&plain::trace(&dossier, &stories, paper));
    screen::print(&plain::further(&dossier, &stories, paper));
    collection::outcome(&dossier)
}

fn json(dossier: &Dossier, options: WireOptions) -> Outcome {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let written = wire::write(dossier, options, &mut out).and_then(|()| out.flush());
    screen::written(written, collection::outcome(dossier))
}

/// The report's files, written into `folder`, which is made if it is not there. Other files in it
/// stay as they are.
fn html(dossier: &Dossier, folder: &Path) -> Outcome {
    if let Err(error) = fs::create_dir_all(folder) {
        screen::complain(&format!("cannot make folder {}: {error}", folder.display()));
        return Outcome::Trouble;
    }
    for (name, bytes) in headwater_report::html::files(dossier) {
        let path = folder.join(name);
        if let Err(error) = fs::write(&path, bytes) {
            screen::complain(&format!("cannot write {}: {error}", path.display()));
            return Outcome::Trouble;
        }
    }
    screen::complain(&format!("the report is in {}", folder.join("index.html").display()));
    collection::outcome(dossier)
}
