//! A language is a folder of `lexicon/`: docs/languages.md says of what.

use std::fs;
use std::path::{Path, PathBuf};

use headwater::Lexicon;

use crate::root;

/// The folders that are languages, with their codes, in order.
fn folders() -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(root().join("lexicon")).unwrap().map(|entry| entry.unwrap().path());
    let folders = entries.filter(|path| path.join("function_words.tsv").is_file());
    let code = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let mut folders = folders.map(|path| (code(&path), path)).collect::<Vec<_>>();
    folders.sort();
    assert!(folders.len() > 2, "{folders:?}");
    folders
}

#[test]
fn every_folder_is_loaded() {
    let mut loaded = Lexicon::shipped().languages.iter().map(|it| it.code).collect::<Vec<_>>();
    let assumed = fs::read_to_string(root().join("lexicon/assumed.tsv")).unwrap();
    assert_eq!(assumed.lines().find(|line| !line.starts_with('#')), loaded.first().copied());
    loaded.sort_unstable();
    assert_eq!(loaded, folders().iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>());
}

/// A language in Rust would be one that a folder cannot add.
#[test]
fn no_language_is_named_in_the_engine() {
    let mut open = vec![root().join("crates/headwater/src")];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let is_test = path.ends_with("tests.rs") || path.extension().is_none_or(|it| it != "rs");
        for (folder, _) in folders().iter().filter(|_| !is_test) {
            let names = |line: &&str| {
                line.contains(&format!("language(\"{folder}\")"))
                    || line.contains(&format!("code == \"{folder}\""))
                    || line.contains(&format!("language!(\"{folder}\")"))
                    || line.contains(&format!("lexicon/{folder}/"))
            };
            let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            found.extend(lines.filter(names).map(|line| format!("{}: {line}", path.display())));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_language_has_a_case() {
    let cases = fs::read_dir(root().join("cases")).unwrap().map(|entry| entry.unwrap().path());
    let cases = cases.map(|path| fs::read_to_string(path).unwrap()).collect::<Vec<_>>();
    for (code, _) in folders() {
        // English is what a case is in that does not say.
        let is_assumed = Lexicon::shipped().languages[0].code == code;
        let of = |case: &&String| case.contains(&format!("lang=\"{code}\""));
        assert!(is_assumed || cases.iter().any(|case| of(&case)), "{code} has no case");
    }
}

/// Tables whose rows begin with a word of the language, not with the name of a list.
const WORDS: [&str; 6] =
    ["function_words", "background", "endings", "opposites", "stock", "places"];

#[test]
fn every_table_and_list_is_described() {
    let document = fs::read_to_string(root().join("docs/languages.md")).unwrap();
    let mut missing = Vec::new();
    for (code, folder) in folders() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let table = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let heading = document.lines().filter(|line| line.starts_with("###"));
            if !heading.clone().any(|line| line.split([' ', ',']).any(|word| word == table)) {
                missing.push(format!("{code}/{table}"));
            }
            let rows = fs::read_to_string(&path).unwrap();
            let rows = rows.lines().filter(|row| !row.is_empty() && !row.starts_with('#'));
            let lists = rows.filter_map(|row| row.split('\t').next());
            let lists = lists.filter(|_| !WORDS.contains(&table.as_str()));
            let unknown = lists.filter(|list| !document.contains(&format!("`{list}`")));
            missing.extend(unknown.map(|list| format!("{code}/{table}: {list}")));
        }
    }
    missing.dedup();
    assert!(missing.is_empty(), "docs/languages.md does not tell of {}", missing.join(", "));
}
