//! Rules: each that makes a mark matches its sentence and leaves another alone.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::*;
use crate::name::sample;

const TABLE: &str = include_str!("../rules.tsv");

/// Literals of the rules' files that name no rule.
const OTHER: [&str; 6] = ["ed", "first", "http", "ing", "ly", "with"];

/// Rule, what it must do, sentence.
fn rows() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let rows = TABLE.lines().filter(|row| !row.starts_with('#'));
    rows.map(|row| {
        let mut cells = row.split('\t');
        (cells.next().unwrap(), cells.next().unwrap(), cells.next().unwrap())
    })
}

/// The rules that mark the text.
fn marked(text: &str) -> BTreeSet<&'static str> {
    let text = text.replace("{}", sample::outlet().0).replace(" / ", "\n");
    let text = match text.strip_prefix("# ") {
        Some(headline) => format!("{headline}\nThe gate was shut."),
        None => format!("Dam talks go on\n{text}"),
    };
    let (page, article) = sample::article(&text, "");
    let marks = annotate(&page, &article, Lexicon::shipped());
    let quotes = marks.quotes.iter().chain(&marks.stances).map(|quote| quote.rule);
    quotes.chain(marks.citations.iter().map(|citation| citation.rule)).collect()
}

#[test]
fn rules_match_their_sentences_and_no_others() {
    let wrong = rows().filter(|(rule, how, sentence)| match *how {
        "must" => !marked(sentence).contains(rule),
        "not" => marked(sentence).contains(rule),
        _ => false,
    });
    let wrong = wrong.collect::<Vec<_>>();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What stands between quotation marks in code, tests and comments left out.
fn literals(code: &str, found: &mut BTreeSet<String>) {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
        let inside = line.split('"').skip(1).step_by(2);
        let word =
            |it: &&str| !it.is_empty() && it.chars().all(|c| c == '-' || c.is_ascii_lowercase());
        found.extend(inside.filter(word).map(str::to_owned));
    }
}

fn walk(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else {
            literals(&fs::read_to_string(&path).unwrap(), found);
        }
    }
}

#[test]
fn every_rule_has_both_sentences() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut named = BTreeSet::new();
    for word in ["quote", "citation"] {
        literals(&fs::read_to_string(src.join(word).with_extension("rs")).unwrap(), &mut named);
        walk(&src.join(word), &mut named);
    }
    for rule in named.iter().filter(|rule| !OTHER.contains(&rule.as_str())) {
        let has = |how: &str| rows().any(|(known, what, _)| known == rule && what == how);
        assert!(has("must") && has("not") || has("elsewhere"), "no sentences for {rule}");
    }
    let unknown = rows().find(|(rule, ..)| !named.contains(*rule));
    assert_eq!(unknown, None, "no rule of that name");
}
