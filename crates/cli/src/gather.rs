//! Gather: the files that a user names, as pages.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use headwater::par;
use headwater_page::{
    Capture, Found, Gravity, Input, Item, Page, Reading, Skipped, Tally, records,
};
use walkdir::{DirEntry, WalkDir};

/// Records that are read at a time, and how many bytes they may have together: enough for every
/// core, and little beside what the pages take.
const BATCH: usize = 128;
const BATCH_BYTES: usize = 8 << 20;

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
    let named = find_all(args);
    let done = AtomicUsize::new(0);
    let readings = par::map(&named, |one| {
        let (mut reading, mut tally) = (Reading::default(), Tally::default());
        let mut batch = Batch::new(items, |items: Vec<Item>| {
            for item in items {
                match item {
                    Item::Page(page) => reading.pages.push(page),
                    Item::Skipped(skipped) => reading.skipped.extend(tally.first(skipped)),
                }
            }
        });
        cut(one, &mut |found| batch.push(found));
        batch.flush();
        reading.skipped.extend(tally.rest());
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, named.len());
        reading
    });
    let (mut pages, mut skipped) = (Vec::new(), Vec::new());
    for reading in readings {
        pages.extend(reading.pages);
        skipped.extend(reading.skipped);
    }
    (pages, skipped)
}

/// Does `work` on every record of every file that `args` name, on all cores, and hands the results
/// to `done`, in the order of [`gather`]. Memory holds a batch of records and what became of it.
pub(crate) fn each<R: Send>(
    args: &[String],
    work: impl Fn(&Found) -> R + Sync + Send,
    done: impl FnMut(R),
) {
    let mut batch = Batch::new(work, done);
    for one in &find_all(args) {
        cut(one, &mut |found| batch.push(found));
    }
    batch.flush();
}

/// What stands in a record.
pub(crate) fn items(found: &Found) -> Vec<Item> {
    let mut items = Vec::new();
    match found {
        Found::Record(record) => record.read(&mut |item| items.push(item)),
        Found::Skipped(skipped) => items.push(Item::Skipped(skipped.clone())),
    }
    items
}

/// Records that wait to be read together.
struct Batch<W, D> {
    found: Vec<Found>,
    n_bytes: usize,
    work: W,
    done: D,
}

impl<R: Send, W: Fn(&Found) -> R + Sync + Send, D: FnMut(R)> Batch<W, D> {
    fn new(work: W, done: D) -> Self {
        Batch { found: Vec::new(), n_bytes: 0, work, done }
    }

    fn push(&mut self, found: Found) {
        if let Found::Record(record) = &found {
            self.n_bytes += record.n_bytes();
        }
        self.found.push(found);
        if self.found.len() >= BATCH || self.n_bytes >= BATCH_BYTES {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.n_bytes = 0;
        let found = std::mem::take(&mut self.found);
        par::map(&found, &self.work).into_iter().for_each(&mut self.done);
    }
}

/// The files that `args` name, each once.
fn find_all(args: &[String]) -> Vec<Named> {
    let mut seen = BTreeSet::new();
    let named = args.iter().flat_map(|arg| find(arg));
    let is_new = |named: &Named| match named {
        Named::File(file) => seen.insert(file.clone()),
        Named::Skipped(_) => true,
    };
    named.filter(is_new).collect()
}

/// A file to read, or why there is none.
enum Named {
    File(String),
    Skipped(Skipped),
}

/// The files that one argument names. A file of that very name wins over a pattern.
fn find(arg: &str) -> Vec<Named> {
    let path = Path::new(arg);
    if path.is_dir() {
        return walk(path);
    }
    if arg == "-" || path.exists() || !arg.contains(['*', '?', '[']) {
        return vec![Named::File(arg.to_owned())];
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
            Ok(path) => found.push(Named::File(path.display().to_string())),
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
fn walk(folder: &Path) -> Vec<Named> {
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
                    Named::File(name)
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

/// Cuts a file into its records.
fn cut(named: &Named, out: &mut dyn FnMut(Found)) {
    let file = match named {
        Named::File(file) => file,
        Named::Skipped(skipped) => return out(Found::Skipped(skipped.clone())),
    };
    let capture = Capture { file: file.clone(), ..Capture::default() };
    let end = if file == "-" {
        records(Input::Stream(&mut io::stdin().lock()), &capture, out)
    } else {
        File::open(file).and_then(|mut open| records(Input::File(&mut open), &capture, out))
    };
    if let Err(error) = end {
        out(Found::Skipped(skipped(file, advice(&error))));
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

fn skip(file: &str, reason: String) -> Named {
    Named::Skipped(skipped(file, reason))
}

fn skipped(file: &str, reason: String) -> Skipped {
    Skipped { file: file.to_owned(), offset: 0, n_bytes: 0, reason, gravity: Gravity::Trouble }
}
