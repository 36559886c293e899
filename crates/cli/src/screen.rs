//! Screen: where words go, and how wide and how colourful it is.

use std::io::{self, ErrorKind, Write};

use headwater_report::plain::{Ink, Paper};

use crate::Outcome;

/// The widest that text is laid out: longer lines are hard to read.
const COLUMNS: usize = 100;

/// Paper for standard output: as wide as the terminal, at most 100 columns, coloured unless
/// `NO_COLOR` is set. 100 columns and letters only if it is no terminal.
pub(crate) fn paper() -> Paper {
    let terminal = console::Term::stdout();
    if !terminal.is_term() {
        return Paper::default();
    }
    let columns = terminal.size_checked().map_or(COLUMNS, |(_, columns)| columns as usize);
    let colourless = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
        || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    let ink = if colourless { Ink::Plain } else { Ink::Colour };
    Paper { columns: columns.clamp(40, COLUMNS), ink }
}

/// Writes to standard output. A reader that went away (`| head`) is no trouble.
pub(crate) fn print(text: &str) {
    let _ = io::stdout().lock().write_all(text.as_bytes());
}

/// `outcome`, or trouble if standard output took no more. A reader that went away is no trouble.
pub(crate) fn written(written: io::Result<()>, outcome: Outcome) -> Outcome {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            complain(&format!("cannot write to standard output: {error}"));
            Outcome::Trouble
        }
        _ => outcome,
    }
}

/// One line of complaint on standard error.
pub(crate) fn complain(message: &str) {
    let _ = writeln!(io::stderr().lock(), "headwater: {message}");
}
