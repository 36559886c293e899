//! What the files, folders and patterns on a command line become.

#![allow(clippy::unwrap_used, clippy::module_inception)] // the module is named after its file

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

#[path = "../../src/gather.rs"]
mod gather;

use gather::gather;

fn names(args: &[&str]) -> (Vec<String>, Vec<(String, String)>) {
    let args: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
    let (pages, skipped) = gather(&args, |_, _| {});
    let last = |file: &str| file.rsplit('/').next().unwrap_or_default().to_owned();
    (
        pages.iter().map(|page| last(&page.capture.file)).collect(),
        skipped.iter().map(|skipped| (last(&skipped.file), skipped.reason.clone())).collect(),
    )
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    fs::create_dir(folder.path().join("inner")).unwrap();
    put("b.txt", "Ferry stuck.");
    put("a.html", "<!doctype html><p>Ferry afloat.");
    put("inner/c.jsonl", "{\"text\": \"Ferry sunk.\"}\n{\"text\": \"Ferry raised.\"}\n");
    put(".hidden.txt", "No page.");
    put("inner/empty.txt", "");
    folder
}

fn at(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

#[test]
fn a_folder_is_read_by_name_without_dot_files() {
    let folder = folder();
    let (pages, skipped) = names(&[&at(folder.path(), "")]);
    assert_eq!(pages, ["a.html", "b.txt", "c.jsonl", "c.jsonl"]);
    assert_eq!(skipped.len(), 1);
    assert_eq!(skipped[0].0, "empty.txt");
}

#[test]
fn patterns_and_files_named_twice() {
    let folder = folder();
    let (all, txt) = (at(folder.path(), "*"), at(folder.path(), "b.txt"));
    assert_eq!(names(&[&txt, &txt]).0, ["b.txt"]);
    assert_eq!(names(&[&txt, &all]).0, ["b.txt", "a.html", "c.jsonl", "c.jsonl"]);
    let (pages, skipped) = names(&[&at(folder.path(), "*.warc")]);
    assert!(pages.is_empty());
    assert_eq!(skipped[0].1, "matches no file: check the pattern");
}

#[test]
fn records_come_in_the_same_order_as_pages() {
    let folder = folder();
    let mut files = Vec::new();
    gather::each(&[at(folder.path(), "")], gather::items, |items| {
        files.extend(items.into_iter().map(|item| match item {
            headwater_page::Item::Page(page) => page.capture.file,
            headwater_page::Item::Skipped(skipped) => skipped.file,
        }));
    });
    let last = |file: &String| file.rsplit('/').next().unwrap_or_default().to_owned();
    let files: Vec<_> = files.iter().map(last).collect();
    assert_eq!(files, ["a.html", "b.txt", "c.jsonl", "c.jsonl", "empty.txt"]);
}

#[test]
fn what_is_not_there_is_listed() {
    let folder = folder();
    let (_, skipped) = names(&[&at(folder.path(), "none.txt")]);
    assert_eq!(skipped, [("none.txt".to_owned(), "is not there: check the name".to_owned())]);
    fs::create_dir(folder.path().join("bare")).unwrap();
    assert!(names(&[&at(folder.path(), "bare")]).1[0].1.starts_with("holds no files"));
}

#[cfg(unix)]
#[test]
fn a_link_in_a_circle_ends() {
    let folder = folder();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("inner/loop")).unwrap();
    let (pages, skipped) = names(&[&at(folder.path(), "")]);
    assert_eq!(pages.len(), 4);
    assert!(skipped.iter().any(|(file, why)| file == "loop" && why.contains("links back")));
}

#[test]
fn progress_is_told_once_per_file() {
    let folder = folder();
    let (calls, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    gather(&[at(folder.path(), "")], |done, total| {
        calls.fetch_add(1, Ordering::Relaxed);
        most.fetch_max(done, Ordering::Relaxed);
        assert_eq!(total, 4);
    });
    assert_eq!((calls.into_inner(), most.into_inner()), (4, 4));
}
