//! `headwater check` itself.

use std::path::PathBuf;

use tempfile::TempDir;

use crate::{code, complained, run, said};

/// A case file with one page that holds no article, so that what is printed is known beforehand.
fn case(text: &str) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("case.md");
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

const EMPTY: &str = "# Nothing\n\n~~~~ page a.txt url=https://post.example/a series=\"Harbour \
                     Post\"\nx\n```\n~~~~\n\n```expect trace\nWHAT\n```\n\nProse.\n";
const PRINTED: &str = "1 page, 0 articles, 0 stories.\nNo article was found on these pages.";

#[test]
fn a_met_expectation_is_counted() {
    let (_folder, path) = case(&EMPTY.replace("WHAT", PRINTED));
    let output = run(&["check", path.to_str().unwrap()]);
    assert_eq!(said(&output), "1 case: 1 as expected, 0 not.\n");
    assert_eq!(code(&output), 0);
}

#[test]
fn a_miss_is_shown_as_a_difference() {
    let (_folder, path) = case(&EMPTY.replace("WHAT", "2 pages"));
    let output = run(&["check", path.to_str().unwrap()]);
    let text = said(&output);
    assert!(text.contains("case.md:8: expect trace"), "{text}");
    assert!(text.contains("    -2 pages\n"), "{text}");
    assert!(text.contains("    +1 page, 0 articles, 0 stories.\n"), "{text}");
    assert_eq!(code(&output), 1);
}

#[test]
fn an_update_rewrites_the_expectation_alone() {
    let (_folder, path) = case(&EMPTY.replace("WHAT", "2 pages"));
    let output = run(&["check", "--update", path.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), EMPTY.replace("WHAT", PRINTED));
}

#[test]
fn what_is_known_to_be_wrong_passes_until_it_is_right() {
    let wrong = EMPTY.replace("expect trace", "expect wrong trace");
    let (_folder, path) = case(&wrong.replace("WHAT", "2 pages"));
    let output = run(&["check", "--update", path.to_str().unwrap()]);
    assert_eq!(said(&output), "1 case: 0 as expected, 0 not, 1 known to be wrong.\n");
    assert_eq!(code(&output), 0);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), wrong.replace("WHAT", "2 pages"));

    let (_folder, path) = case(&wrong.replace("WHAT", PRINTED));
    let output = run(&["check", path.to_str().unwrap()]);
    assert!(said(&output).contains("no longer wrong: drop the mark"), "{}", said(&output));
    assert_eq!(code(&output), 1);
}

#[test]
fn what_is_no_case_says_why() {
    for (text, why) in [
        ("```expect verdict\n```\n", "it has no pages"),
        ("~~~ page a.txt\nx\n", "line 1: the block is never closed"),
        ("~~~ page a.txt colour=red\nx\n~~~\n", "line 1: pages have url, captured and series"),
        ("~~~ page a.txt\nx\n~~~\n```expect weather\n```\n", "no section is called “weather”"),
    ] {
        let (_folder, path) = case(text);
        let output = run(&["check", path.to_str().unwrap()]);
        assert!(complained(&output).contains(why), "{}", complained(&output));
        assert_eq!(code(&output), 2);
    }
}

#[test]
fn pages_may_lie_beside_the_case() {
    let text = "Pages: pages/*.txt\n\n```expect page a.txt\n```\n";
    let (folder, path) = case(text);
    std::fs::create_dir(folder.path().join("pages")).unwrap();
    std::fs::write(folder.path().join("pages/a.txt"), "x\n").unwrap();
    let output = run(&["check", path.to_str().unwrap()]);
    assert!(said(&output).contains("+a.txt: 2 bytes"), "{}", said(&output));
}
