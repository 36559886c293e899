//! Bounds: a file that nests, swells, lies or breaks off is read within bounds of time and memory;
//! what of it is not read is said with its place; and the sound file beside it is read.
//!
//! Crawls and packings have such tests of their own in `crawl`.

use std::process::Command;

use tempfile::TempDir;

/// Address space that a run may take, in KiB. The hungriest of these need less than 350,000.
const MEMORY: u32 = 600_000;

/// User time that a run may take, in seconds, whatever else the machine does. A debug build needs
/// 1.6 at most, to load the lexicon 0.05 of it.
const TIME: f64 = if cfg!(debug_assertions) { 16.0 } else { 1.6 };

/// What 512 KiB of nested lists may take beyond an empty file.
const NESTED: f64 = if cfg!(debug_assertions) { 1.0 } else { 0.1 };

const P: &str = "<p>The ferry stays in port until Wednesday, the master of the harbour said.</p>";

/// A file: its name, its bytes, how many pages it has, and fragments of what is said about it.
struct File {
    name: &'static str,
    bytes: Vec<u8>,
    n_pages: usize,
    said: &'static [&'static str],
}

fn file(
    name: &'static str,
    bytes: impl Into<Vec<u8>>,
    n_pages: usize,
    said: &'static [&'static str],
) -> File {
    File { name, bytes: bytes.into(), n_pages, said }
}

/// Reads the file beside a sound one, with little memory. User time, and what broke.
fn read(file: &File) -> (f64, Vec<String>) {
    let folder = TempDir::new().unwrap();
    let (bad, sound) = (folder.path().join(file.name), folder.path().join("z.html"));
    std::fs::write(&bad, &file.bytes).unwrap();
    std::fs::write(&sound, P).unwrap();
    let limit = format!(
        "ulimit -v {MEMORY} || echo 'memory is not bounded here' >&2; \"$@\"; code=$?; times >&2; exit $code"
    );
    let output = Command::new("sh")
        .args(["-c", &limit, "sh", env!("CARGO_BIN_EXE_headwater"), "read", "--json"])
        .args([&bad, &sound])
        .env("RAYON_NUM_THREADS", "2")
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    let mut broken = Vec::new();
    let mut fail = |what: String| broken.push(format!("{}: {what}", file.name));
    let lines = output.stdout.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
    let lines = lines.map(|line| serde_json::from_slice::<serde_json::Value>(line).unwrap());
    let (mut n_pages, mut said, mut is_sound) = (0, Vec::new(), false);
    for line in lines {
        if let Some(page) = line.get("page") {
            is_sound |= page["file"] == sound.to_str().unwrap();
            n_pages += usize::from(page["file"] == bad.to_str().unwrap());
            let defects = page["defects"].as_array().unwrap().iter();
            said.extend(defects.map(|defect| defect["why"].as_str().unwrap().to_owned()));
        } else {
            let row = &line["skipped"];
            said.push(row["reason"].as_str().unwrap().to_owned());
            if row["offset"].as_u64().is_none() || row["n_bytes"].as_u64().is_none() {
                fail(format!("has no place: {row}"));
            }
        }
    }
    if !matches!(output.status.code(), Some(0..=2)) || complaint.contains("panicked") {
        fail(format!("ends badly: {complaint}"));
    }
    if !is_sound {
        fail("keeps another file from being read".to_owned());
    }
    if n_pages != file.n_pages {
        fail(format!("has {n_pages} pages instead of {}", file.n_pages));
    }
    if file.said.is_empty() && !said.is_empty() {
        fail(format!("is complained of: {:?}", said[0]));
    }
    for words in file.said.iter().filter(|words| !said.iter().any(|it| it.contains(**words))) {
        fail(format!("does not say {words:?} but {:?}", &said[..said.len().min(3)]));
    }
    let took = user_time(&complaint);
    if took > TIME {
        fail(format!("took {took} s"));
    }
    (took, broken)
}

/// The last line of the shell's `times`: `0m0.29s 0m0.02s`, user and system, of what it ran.
fn user_time(complaint: &str) -> f64 {
    let line = complaint.lines().last().unwrap_or_default();
    let user = line.split_whitespace().next().unwrap_or_default();
    let (minutes, seconds) = user.trim_end_matches('s').split_once('m').unwrap();
    minutes.parse::<f64>().unwrap() * 60.0 + seconds.replace(',', ".").parse::<f64>().unwrap()
}

fn all_hold(files: &[File]) {
    let broken = files.iter().flat_map(|file| read(file).1).collect::<Vec<_>>();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn html(parts: &str) -> String {
    format!("<!doctype html>{parts}")
}

#[test]
fn html_that_nests_or_never_ends() {
    let no_words = &["shows no words, and is nested or repeated beyond all use"][..];
    let left_out = &["is nested or repeated beyond all use: the last "][..];
    all_hold(&[
        file("links.html", html(&format!("{}{P}", "<a href=x>".repeat(40_000))), 1, &[]),
        file("words.html", html(&format!("{}{P}", "<a href=x>Quay ".repeat(40_000))), 1, &[]),
        file("tables.html", html(&format!("{P}{}", "<table><tr><td>".repeat(40_000))), 1, left_out),
        file("empty.html", html(&format!("{}{P}", "<table><tr><td>".repeat(40_000))), 0, no_words),
        file("foster.html", html(&format!("<table>{}", "<b>Quay".repeat(20_000))), 1, left_out),
        file("formats.html", html(&"<b><i><u><s><em>Quay<p>".repeat(4000)), 1, &[]),
        file("signs.html", html(&format!("{P}{}", "<".repeat(1 << 20))), 1, &[]),
        file("names.html", html(&format!("{P}{}", "&amp".repeat(1 << 20))), 1, &[]),
    ]);
}

#[test]
fn nested_lists_take_no_time() {
    let lists = html(&format!("{P}{}", "<ul><li>".repeat(1 << 16)));
    let said = &["is nested or repeated beyond all use: the last 5"];
    let (took, broken) = read(&file("lists.html", lists, 1, said));
    let (idle, _) = read(&file("idle.html", html(P), 1, &[]));
    assert!(broken.is_empty(), "{broken:?}");
    assert!(took - idle < NESTED, "took {took} s, an idle run {idle} s");
}

#[test]
fn html_with_huge_parts() {
    let letters = "x".repeat(10 << 20);
    let names = (0..200_000).fold(String::new(), |names, n| format!("{names} a{n}=x"));
    all_hold(&[
        file("attribute.html", html(&format!("<p title='{letters}'>{P}")), 1, &[]),
        file("open.html", html(&format!("{P}<p title='{letters}")), 1, &[]),
        file("attributes.html", html(&format!("<p {names}>{P}")), 1, &[]),
        file("comment.html", html(&format!("{P}<!--{}", "-".repeat(5 << 20))), 1, &[]),
    ]);
}

#[test]
fn letters_that_are_none() {
    let latin = |words: &str| words.chars().map(|c| c as u8).collect::<Vec<_>>();
    let stated = "<meta charset=utf-8><p>Die Fähre bleibt im Hafen";
    let mixed = [html(stated).into_bytes(), latin(" und übrigens die Fähre")].concat();
    let lines = ["Die Fähre bleibt.\n".as_bytes(), &latin("Die Fähre übrigens.\n")].concat();
    all_hold(&[
        file("nul.html", html(&format!("{P}<p>Nobody was\0 hurt.\0</p>")), 1, &[]),
        file("nul.txt", format!("Nobody was\0 hurt.\n{P}"), 1, &["1 control characters"]),
        file("nuls.txt", "\0".repeat(100_000), 0, &["looks like no text at all"]),
        file("mixed.html", mixed, 1, &["is no UTF-8: read as windows-1252"]),
        file("mixed.txt", lines, 1, &["is no UTF-8: read as windows-1252"]),
        file("lying.html", latin(&html(stated)), 1, &["is no UTF-8: read as windows-1252"]),
        file("wide.html", html(&stated.replace("utf-8", "utf-16")), 1, &["states UTF-16LE but is"]),
    ]);
}

#[test]
fn json_that_lies_or_nests() {
    let lone = r#"{"id": "a", "text": "The ferry \ud83d stays \udc00\ud800."}"#;
    let next = r#"{"id": "b", "text": "The ferry stays in port."}"#;
    let deep = format!("{{\"text\": \"x\", \"a\": {}", "[".repeat(1 << 20));
    all_hold(&[
        file("lone.jsonl", format!("{lone}\n{next}\n"), 2, &["3 escapes stand for no character"]),
        file(
            "deep.jsonl",
            format!("{next}\n{deep}\n{next}\n"),
            2,
            &["record 2 is nested too deep"],
        ),
    ]);
}

#[test]
fn feeds_that_swell_or_lie() {
    let item =
        "<item><title>Fähre</title><description>The ferry stays. &lol9;</description></item>";
    let feed = |items: &str| format!("<rss><channel>{items}</channel></rss>");
    let laughs = (0..9).fold("<!ENTITY lol0 'lol'>".to_owned(), |laughs, n| {
        format!("{laughs}<!ENTITY lol{} '{}'>", n + 1, format!("&lol{n};").repeat(10))
    });
    let prolog = "<?xml version='1.0' encoding='utf-16'?>";
    let twice = "\n\nWarning: x\n<?xml version='1.0'?><?xml version='2.0' encoding='ascii'?>";
    let open = "<rss><channel><item><description><![CDATA[";
    all_hold(&[
        file("laughs.xml", format!("<!DOCTYPE x [{laughs}]>{}", feed(item)), 1, &[]),
        file("prolog.xml", format!("{prolog}{}", feed(item)), 1, &["states UTF-16LE but is UTF-8"]),
        file("twice.xml", format!("{twice}{}", feed(item)), 1, &[]),
        file("items.xml", feed(&"<item>".repeat(200_000)), 0, &["has no words but its title"]),
        file("cut.xml", format!("{open}{}", "The ferry stays. ".repeat(1 << 16)), 1, &["CDATA"]),
    ]);
}
