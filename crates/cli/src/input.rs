//! Input: the pages that a command is given, and how it prints what it found in them for programs.

use clap::Args;
use headwater_report::WireOptions;

/// What every command that reads pages is given.
#[derive(Args, Debug)]
pub(crate) struct Pages {
    /// Files, folders, globs, or - for standard input
    #[arg(required = true, value_name = "PAGES")]
    pub(crate) pages: Vec<String>,
}

/// Whether a command prints for programs, and how much.
#[derive(Args, Debug)]
pub(crate) struct Printed {
    /// Print JSON for programs
    #[arg(long)]
    json: bool,
    /// With --json: the pages' whole texts
    #[arg(long, requires = "json")]
    text: bool,
    /// With --json: the way back from text bytes to the bytes of the capture
    #[arg(long, requires = "json")]
    raw: bool,
}

impl Printed {
    /// What is printed for programs; none for readers.
    pub(crate) fn options(&self) -> Option<WireOptions> {
        self.json.then_some(WireOptions { text: self.text, raw: self.raw })
    }
}
