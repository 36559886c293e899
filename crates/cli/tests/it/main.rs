//! The command as a user runs it, and the house rules that no compiler checks.

#![allow(clippy::unwrap_used)] // a test that cannot go on may stop

mod asked;
mod bad_input;
mod bounds;
mod cases;
mod check;
mod crawl;
mod determinism;
mod gather;
mod languages;
mod report;
mod reuse;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The built command.
fn headwater() -> Command {
    Command::new(env!("CARGO_BIN_EXE_headwater"))
}

/// Runs it and waits.
fn run(args: &[&str]) -> Output {
    headwater().args(args).output().unwrap()
}

/// The exit code, which is there unless a signal ended it.
fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// Standard output as text.
fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Standard error as text.
fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The top of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
