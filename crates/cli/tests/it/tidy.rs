//! House rules that no compiler checks; STYLE.md and ARCHITECTURE.md state them.

use std::path::{Path, PathBuf};

use crate::root;

/// Every Rust file under `crates`, with its text, in order of path.
fn sources() -> Vec<(PathBuf, String)> {
    let mut open = vec![root().join("crates")];
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|it| it == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            files.push((path, text));
        }
    }
    files.sort();
    files
}

/// The sources of one crate's `src`.
fn of_crate(name: &str) -> Vec<(PathBuf, String)> {
    let folder = root().join("crates").join(name).join("src");
    sources().into_iter().filter(|(path, _)| path.starts_with(&folder)).collect()
}

/// Code without its tests: they stand last in a file.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text)
}

/// Lines that are no comment.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(nth, line)| (nth + 1, line));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn fail_if_any(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

#[test]
fn a_module_uses_only_those_above_it() {
    let engine = root().join("crates/headwater/src");
    let lib = std::fs::read_to_string(engine.join("lib.rs")).unwrap();
    let named = |line: &str| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        line.strip_prefix("mod ")?.strip_suffix(';').map(str::to_owned)
    };
    let modules = lib.lines().filter_map(named).collect::<Vec<_>>();
    assert!(modules.len() > 20, "lib.rs lists {} modules", modules.len());
    let of = |name: &str| modules.iter().position(|it| it == name);
    let mut found = Vec::new();
    for (path, text) in of_crate("headwater") {
        let inside = path.strip_prefix(&engine).unwrap();
        let module = inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        let Some(mine) = of(module) else { continue };
        for (line, code) in code_lines(without_tests(&text)) {
            for other in used(code) {
                if of(other).is_some_and(|theirs| theirs > mine) {
                    found.push(format!("{}:{line}: {module} uses {other}", inside.display()));
                }
            }
        }
    }
    fail_if_any(&found, "a module uses only those above it in lib.rs");
}

/// The modules of `crate::x` and `crate::{x, y}` on a line.
fn used(code: &str) -> Vec<&str> {
    let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
    let mut found = Vec::new();
    for part in code.split("crate::").skip(1) {
        if let Some(list) = part.strip_prefix('{') {
            let list = list.split('}').next().unwrap_or(list);
            found.extend(list.split(',').map(|name| {
                let name = name.trim();
                &name[..name.find(|c: char| !is_name(c)).unwrap_or(name.len())]
            }));
        } else {
            found.push(&part[..part.find(|c: char| !is_name(c)).unwrap_or(part.len())]);
        }
    }
    found
}

#[test]
fn the_engine_touches_nothing_outside() {
    const FORBIDDEN: [&str; 8] = [
        "std::fs",
        "std::env",
        "std::net",
        "std::time",
        "std::process",
        "std::thread",
        "serde",
        "println!",
    ];
    let mut found = Vec::new();
    // Tests may measure time: in a file of their own as well as at the end of one.
    let is_code = |(path, _): &(PathBuf, String)| !path.ends_with("tests.rs");
    for (path, text) in of_crate("headwater").into_iter().filter(is_code) {
        for (line, code) in code_lines(without_tests(&text)) {
            for word in FORBIDDEN.iter().filter(|word| code.contains(**word)) {
                found.push(format!("{}:{line}: {word}", path.display()));
            }
        }
    }
    fail_if_any(&found, "the engine opens no file, asks no time and serializes nothing");
}

#[test]
fn crates_know_only_those_below_them() {
    let below: [(&str, &[&str]); 3] = [
        ("page", &["headwater::", "headwater_report", "headwater_store"]),
        ("report", &["headwater_store", "std::fs::read", "std::net"]),
        ("store", &["headwater_report"]),
    ];
    let mut found = Vec::new();
    for (name, forbidden) in below {
        for (path, text) in of_crate(name) {
            for (line, code) in code_lines(without_tests(&text)) {
                for word in forbidden.iter().filter(|word| code.contains(**word)) {
                    found.push(format!("{}:{line}: {word}", path.display()));
                }
            }
        }
    }
    fail_if_any(&found, "a crate knows only those below it");
}

#[test]
fn files_are_short_enough_to_read() {
    let long = sources().into_iter().filter_map(|(path, text)| {
        let n_lines = text.lines().count();
        (n_lines > 700).then(|| format!("{}: {n_lines} lines", path.display()))
    });
    fail_if_any(&long.collect::<Vec<_>>(), "a file has at most 700 lines");
}

#[test]
fn no_outlet_and_no_language_stands_in_the_code() {
    let names = outlets().into_iter().chain(languages()).collect::<Vec<_>>();
    assert!(names.len() > 10, "the lexicon was not read");
    let mut found = Vec::new();
    for (path, text) in sources() {
        if !path.iter().any(|part| part == "src") || path.iter().any(|part| part == "eval") {
            continue;
        }
        for (line, code) in code_lines(without_tests(&text)) {
            for literal in literals(code) {
                for name in names.iter().filter(|name| has_words(&literal, name)) {
                    found.push(format!("{}:{line}: {name}", path.display()));
                }
            }
        }
    }
    fail_if_any(&found, "names of outlets and languages stand in lexicon/, never in Rust");
}

/// Names of the lexicon that mean nothing else: those of two words or more.
fn outlets() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("lexicon/outlets.tsv")).unwrap();
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    let names = rows.flat_map(|row| {
        let fields = row.split('\t').collect::<Vec<_>>();
        let aliases = fields.get(4).copied().unwrap_or_default();
        let names = aliases.split('|').chain(fields.first().copied());
        names.map(|name| name.trim().to_owned()).collect::<Vec<_>>()
    });
    names.filter(|name| name.contains(' ') && !name.starts_with('(')).collect()
}

fn languages() -> Vec<String> {
    let names = ["English", "German", "French", "Spanish", "Portuguese", "Russian", "Turkish"];
    names.into_iter().map(str::to_owned).collect()
}

/// What stands between double quotation marks on a line; escapes are minded, raw strings are not.
fn literals(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut inside: Option<String> = None;
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match (c, &mut inside) {
            ('\\', Some(literal)) => literal.extend(chars.next()),
            ('"', Some(_)) => found.extend(inside.take()),
            ('"', None) => inside = Some(String::new()),
            (c, Some(literal)) => literal.push(c),
            _ => {}
        }
    }
    // A literal that goes on over several lines is read line by line.
    found.extend(inside);
    found
}

/// Whether `name` stands in `text` as words of its own.
fn has_words(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[test]
fn a_file_says_what_it_is() {
    let bare = sources().into_iter().filter(|(path, text)| {
        let is_tests = path.file_stem().is_some_and(|stem| stem == "tests");
        path.iter().any(|part| part == "src") && !is_tests && !text.starts_with("//!")
    });
    let bare = bare.map(|(path, _)| path.display().to_string()).collect::<Vec<_>>();
    fail_if_any(&bare, "a file opens with //! and the word that it defines");
}

#[test]
fn no_file_is_called_after_nothing() {
    const NAMES: [&str; 6] = ["util", "utils", "helper", "helpers", "common", "manager"];
    let vague = sources().into_iter().map(|(path, _)| path);
    let vague = vague.filter(|path: &PathBuf| {
        path.file_stem().and_then(|stem| stem.to_str()).is_some_and(|stem| NAMES.contains(&stem))
    });
    let vague = vague.map(|path| shown(&path)).collect::<Vec<_>>();
    fail_if_any(&vague, "a file defines one word and is named after it");
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
