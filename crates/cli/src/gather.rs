//! Gather: the files that a user names, as pages.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use headwater::par;
use headwater_page::{Capture, Gravity, Page, Reading, Skipped, read};
use walkdir::{DirEntry, WalkDir};

/// Reads every file that `args` name: files, folders with all that is in them, glob patterns, and
/// `-` for standard input. Returns the pages and what was left out, both in the order of the
/// arguments, then by file name, then in file order. A file that is named twice is read once; names
/// that begin with a dot are left alone inside folders and patterns, as shells do.
///
/// `progress` is told how many files are done and how many there are, from several threads, once
/// per file. Never fails: a file that cannot be read is listed with the reason and what to do.
pub(crate) fn gather(
    args: &[String],
    progress: impl Fn(usize, usize) + Sync + Send,
) -> (Vec<Page>, Vec<Skipped>) {
    let found: Vec<Found> = args.iter().flat_map(|arg| find(arg)).collect();
    let mut seen = BTreeSet::new();
    let found: Vec<Found> = found
        .into_iter()
        .filter(|found| match found {
            Found::File(file) => seen.insert(file.clone()),
            Found::Skipped(_) => true,
        })
        .collect();
    let done = AtomicUsize::new(0);
    let readings = par::map(&found, |one| {
        let reading = match one {
            Found::File(file) => read_file(file),
            Found::Skipped(skipped) => {
                Reading { skipped: vec![skipped.clone()], ..Reading::default() }
            }
        };
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, found.len());
        reading
    });
    let (mut pages, mut skipped) = (Vec::new(), Vec::new());
    for reading in readings {
        pages.extend(reading.pages);
        skipped.extend(reading.skipped);
    }
    (pages, skipped)
}

/// A file to read, or why there is none.
enum Found {
    File(String),
    Skipped(Skipped),
}

/// The files that one argument names. A file of that very name wins over a pattern.
fn find(arg: &str) -> Vec<Found> {
    let path = Path::new(arg);
    if path.is_dir() {
        return walk(path);
    }
    if arg == "-" || path.exists() || !arg.contains(['*', '?', '[']) {
        return vec![Found::File(arg.to_owned())];
    }
    let options =
        glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::default() };
    let paths = match glob::glob_with(arg, options) {
        Ok(paths) => paths,
        Err(error) => return vec![skip(arg, format!("is no pattern: {}", error.msg))],
    };
    let mut found = Vec::new();
    for path in paths {
        match path {
            Ok(path) if path.is_dir() => found.extend(walk(&path)),
            Ok(path) => found.push(Found::File(path.display().to_string())),
            Err(error) => {
                let name = error.path().display().to_string();
                found.push(skip(&name, advice(error.error())));
            }
        }
    }
    if found.is_empty() {
        found.push(skip(arg, "matches no file: check the pattern".to_owned()));
    }
    found
}

/// All files in a folder and the folders in it, by name. Links are followed; a link to a folder
/// that it lies in is left out, with a word.
fn walk(folder: &Path) -> Vec<Found> {
    let is_shown = |entry: &DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    let entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    let mut found = Vec::new();
    for entry in entries.filter_entry(is_shown) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                let name = entry.path().display().to_string();
                // To open a pipe or a device could wait for ever.
                found.push(if entry.file_type().is_file() {
                    Found::File(name)
                } else {
                    skip(&name, "is no regular file: name it as an argument to read it".to_owned())
                });
            }
            Err(error) => {
                let name = error.path().unwrap_or(folder).display().to_string();
                let reason = if error.loop_ancestor().is_some() {
                    "links back to a folder that it lies in, which is read already".to_owned()
                } else {
                    error.io_error().map_or_else(|| error.to_string(), advice)
                };
                found.push(skip(&name, reason));
            }
        }
    }
    if found.is_empty() {
        let name = folder.display().to_string();
        found.push(skip(&name, "holds no files: name a folder with pages in it".to_owned()));
    }
    found
}

fn read_file(file: &str) -> Reading {
    let bytes = if file == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(file)
    };
    match bytes {
        Ok(bytes) => read(&bytes, &Capture { file: file.to_owned(), ..Capture::default() }),
        Err(error) => {
            Reading { skipped: vec![skipped(file, advice(&error))], ..Reading::default() }
        }
    }
}

/// What the system says, and what to do about it.
fn advice(error: &io::Error) -> String {
    let advice = match error.kind() {
        io::ErrorKind::NotFound => return "is not there: check the name".to_owned(),
        io::ErrorKind::PermissionDenied => "ask for the right to read it",
        io::ErrorKind::OutOfMemory => "split it or use a larger machine",
        _ => "try again or leave it out",
    };
    format!("cannot be read ({error}): {advice}")
}

fn skip(file: &str, reason: String) -> Found {
    Found::Skipped(skipped(file, reason))
}

fn skipped(file: &str, reason: String) -> Skipped {
    Skipped { file: file.to_owned(), offset: 0, n_bytes: 0, reason, gravity: Gravity::Trouble }
}
