//! The repository's own cases, through the command that users run.

use crate::{code, complained, headwater, root, said};

#[test]
fn every_case_is_as_expected() {
    let cases = root().join("cases");
    let has_cases = std::fs::read_dir(&cases).is_ok_and(|mut folder| {
        folder.any(|entry| entry.is_ok_and(|it| it.path().extension().is_some_and(|e| e == "md")))
    });
    if !has_cases {
        return;
    }
    let output = headwater().arg("check").arg(&cases).output().unwrap();
    assert_eq!(code(&output), 0, "{}{}", said(&output), complained(&output));
}

/// What the README shows is cut out of what the example prints.
#[test]
fn the_readme_shows_what_is_printed() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let (_, shown) = readme.split_once("$ headwater trace examples/harbour/pages\n").unwrap();
    let (shown, _) = shown.split_once("```").unwrap();
    let pages = root().join("examples/harbour/pages");
    let output = headwater().arg("trace").arg(pages).output().unwrap();
    let printed = said(&output);
    let mut printed = printed.lines().map(str::trim_end);
    for line in shown.lines().filter(|line| !line.is_empty() && line.trim() != "…") {
        assert!(printed.any(|it| it == line), "the README shows what is not printed: {line}");
    }
}
