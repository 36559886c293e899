//! Collection: what the command line names, read and traced.

use std::io::IsTerminal;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use headwater::{Dossier, Lexicon};
use headwater_page::{Gravity, Page, Skipped};
use headwater_report::plain::Paper;
use indicatif::{ProgressBar, ProgressStyle};

use crate::{Outcome, gather};

/// Work that is done sooner shows no progress.
const LONG: Duration = Duration::from_millis(500);

/// The dossier of everything that `args` name. Long work shows its progress if standard error is a
/// terminal.
pub(crate) fn dossier(args: &[String]) -> Dossier {
    let (pages, skipped) = read(args);
    traced(pages, skipped)
}

/// The pages that `args` name, and what could not be read.
pub(crate) fn read(args: &[String]) -> (Vec<Page>, Vec<Skipped>) {
    let (start, bar) = (Instant::now(), OnceLock::<ProgressBar>::new());
    let shows = std::io::stderr().is_terminal();
    let read = gather::gather(args, |done, all| {
        if shows && start.elapsed() > LONG {
            let bar = bar.get_or_init(|| {
                let look = "{prefix} {wide_bar} {pos}/{len} {eta}";
                let style = ProgressStyle::with_template(look);
                let bar = ProgressBar::new(all as u64).with_prefix("reading");
                bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
            });
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        }
    });
    if let Some(bar) = bar.get() {
        bar.finish_and_clear();
    }
    read
}

/// The dossier of `pages`.
pub(crate) fn traced(pages: Vec<Page>, skipped: Vec<Skipped>) -> Dossier {
    // Few pages are traced in less time than it takes to read a spinner.
    let spinner = (pages.len() > 500 && std::io::stderr().is_terminal()).then(|| {
        let spinner = ProgressBar::new_spinner();
        spinner.set_message(format!("tracing {} pages", pages.len()));
        spinner.enable_steady_tick(Duration::from_millis(120));
        spinner
    });
    let dossier = headwater::trace(pages, skipped, Lexicon::shipped());
    if let Some(spinner) = spinner {
        spinner.finish_and_clear();
    }
    dossier
}

/// What the exit code says of a dossier: trouble if anything was skipped that matters, nothing if no
/// article was found.
pub(crate) fn outcome(dossier: &Dossier) -> Outcome {
    if dossier.skipped.iter().any(|skipped| skipped.gravity == Gravity::Trouble) {
        Outcome::Trouble
    } else if dossier.articles.is_empty() {
        Outcome::Nothing
    } else {
        Outcome::Fine
    }
}

/// What was skipped, on standard error: for output that does not list it itself.
pub(crate) fn complain_of_skipped(dossier: &Dossier) {
    for line in headwater_report::plain::skipped(dossier, Paper::default()).lines() {
        crate::screen::complain(&format!("not read: {line}"));
    }
}
