//! Crawls and packed files that are damaged, lie or swell: read within bounds of time and memory,
//! and accounted for.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;

use crate::{code, complained};

/// Address space that a run may take, in KiB: one page of the largest size, its tree and a batch of
/// records fit, a bomb or a record of gigabytes does not.
const MEMORY: u32 = 1_500_000;

/// For a debug build on a busy machine. Each of these takes a few seconds on an idle one.
const TIME: Duration = Duration::from_secs(300);

/// Runs `headwater read --json` on a file with little memory.
fn read(path: &Path) -> (Output, Vec<serde_json::Value>) {
    let start = Instant::now();
    let limit = format!("ulimit -v {MEMORY}; exec \"$@\"");
    let output = Command::new("sh")
        .args(["-c", &limit, "sh", env!("CARGO_BIN_EXE_headwater"), "read", "--json"])
        .arg(path)
        .env("RAYON_NUM_THREADS", "2")
        .output()
        .unwrap();
    assert!(start.elapsed() < TIME, "took {:?}", start.elapsed());
    assert!(!complained(&output).contains("panicked"), "{}", complained(&output));
    let lines = output.stdout.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
    let lines = lines.map(|line| serde_json::from_slice(line).unwrap()).collect();
    (output, lines)
}

fn read_bytes(name: &str, bytes: &[u8]) -> (Output, Vec<serde_json::Value>) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read(&path)
}

/// The records whose pages were read.
fn records(lines: &[serde_json::Value]) -> Vec<&str> {
    lines.iter().filter_map(|line| line["page"]["record"].as_str()).collect()
}

fn reasons(lines: &[serde_json::Value]) -> Vec<&str> {
    lines.iter().filter_map(|line| line["skipped"]["reason"].as_str()).collect()
}

fn record(id: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n");
    let n = head.len() + body.len();
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Target-URI: \
         https://post.example/{id}\r\nWARC-Date: 2031-04-02T10:00:00Z\r\nContent-Length: {n}\r\n\r\n"
    );
    [warc.as_bytes(), head.as_bytes(), body, b"\r\n\r\n"].concat()
}

fn page(id: &str) -> Vec<u8> {
    let html = format!(
        "<!doctype html><title>Ferry stuck at {id}</title><article><h1>Ferry stuck at {id}</h1>\
         <p>The ferry stays in port until Wednesday, the master of the harbour said on Sunday, \
         after it had struck the pier.</p></article>"
    );
    record(id, "Content-Type: text/html", html.as_bytes())
}

fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Gzip of `n` MiB of one letter.
fn bomb(n: usize) -> Vec<u8> {
    let (mut encoder, block) =
        (GzEncoder::new(Vec::new(), Compression::best()), vec![b'x'; 1 << 20]);
    (0..n).for_each(|_| encoder.write_all(&block).unwrap());
    encoder.finish().unwrap()
}

/// A Zstandard frame of 12 GiB: blocks of 128 KiB that repeat one byte.
fn zstd_bomb() -> Vec<u8> {
    let mut frame = b"\x28\xb5\x2f\xfd\x00\x58".to_vec();
    for _ in 0..100_000 {
        let head = (128_u32 << 10) << 3 | 1 << 1;
        frame.extend(&head.to_le_bytes()[..3]);
        frame.push(b'x');
    }
    frame
}

fn brotli_bomb() -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut out, 1 << 16, 5, 22);
    let block = vec![b'x'; 1 << 20];
    (0..40).for_each(|_| writer.write_all(&block).unwrap());
    drop(writer);
    out
}

#[test]
fn bombs_go_off_harmlessly() {
    let one = bomb(64);
    let many = bomb(4).repeat(40);
    for (name, bytes) in [("one", &one), ("nested", &pack(&one)), ("many", &many)] {
        let (output, lines) = read_bytes(&format!("{name}.jsonl.gz"), bytes);
        assert_eq!(code(&output), 2);
        assert!(!reasons(&lines).is_empty(), "{name}");
    }
}

#[test]
fn bombs_in_a_crawl_harm_no_other_record() {
    let html = |coding: &str| format!("Content-Type: text/html\r\nContent-Encoding: {coding}");
    let crawl = [
        page("one"),
        record("gzip", &html("gzip"), &bomb(40)),
        record("twice", &html("gzip, gzip"), &pack(&bomb(40))),
        record("br", &html("br"), &brotli_bomb()),
        record("zstd", &html("zstd"), &zstd_bomb()),
        record("deep", &html(&"gzip, ".repeat(50)), &bomb(1)),
        page("two"),
    ]
    .concat();
    let (output, lines) = read_bytes("crawl.warc", &crawl);
    assert_eq!(records(&lines), ["urn:uuid:one", "urn:uuid:two"]);
    assert!(reasons(&lines).iter().any(|why| why.contains("16 MiB of a page")));
    assert_eq!(code(&output), 2);
}

#[test]
fn a_bomb_as_a_member_harms_no_other_member() {
    let crawl = [pack(&page("one")), bomb(40), pack(&page("two"))].concat();
    let (_, lines) = read_bytes("crawl.warc.gz", &crawl);
    assert_eq!(records(&lines), ["urn:uuid:one", "urn:uuid:two"]);
    assert!(reasons(&lines).iter().any(|why| why.contains("250 times")), "{:?}", reasons(&lines));
}

#[test]
fn chunks_without_end_end() {
    let head = "Content-Type: text/html\r\nTransfer-Encoding: chunked";
    let crawl = [
        record("small", head, &b"1\r\nx\r\n".repeat(1 << 20)),
        record("large", head, b"ffffffffffffff\r\n<p>The ferry stays in port."),
        record("none", head, b"ffffffffffffffffffffffffffffff\r\n<p>The ferry stays in port."),
        page("two"),
    ]
    .concat();
    let (_, lines) = read_bytes("crawl.warc", &crawl);
    let all = ["urn:uuid:small", "urn:uuid:large", "urn:uuid:none", "urn:uuid:two"];
    assert_eq!(records(&lines), all);
    assert_eq!(lines[1]["page"]["defects"][0]["kind"], "cut");
}

#[test]
fn a_cut_crawl_gives_what_came_before() {
    let crawl = [pack(&page("one")), pack(&page("two")), pack(&page("three"))].concat();
    let (output, lines) = read_bytes("crawl.warc.gz", &crawl[..crawl.len() - 60]);
    assert_eq!(records(&lines)[..2], ["urn:uuid:one", "urn:uuid:two"]);
    assert_eq!(reasons(&lines).len(), 1);
    assert_eq!(code(&output), 2);
}

#[test]
fn pictures_are_no_trouble() {
    let crawl = [
        page("one"),
        record("picture", "Content-Type: image/png", b"\x89PNG"),
        record("style", "Content-Type: text/css", b"p {}"),
        record("picture2", "Content-Type: image/png", b"\x89PNG"),
    ]
    .concat();
    let (output, lines) = read_bytes("crawl.warc", &crawl);
    assert_eq!(
        reasons(&lines),
        ["2 records left out: of type image/png", "1 record left out: of type text/css"]
    );
    assert_eq!(code(&output), 0);
    assert_eq!(lines[0]["page"]["captured"], "2031-04-02T10:00:00Z");
    assert_eq!(lines[0]["articles"][0]["published"], serde_json::Value::Null);
}

#[test]
fn a_record_of_three_gigabytes_takes_no_memory() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("crawl.warc");
    let mut file = File::create(&path).unwrap();
    let film = String::from_utf8(record("film", "Content-Type: video/mp4", b"")).unwrap();
    let n = 3_u64 << 30;
    let (head, answer) = film.trim_end().split_once("\r\n\r\n").unwrap();
    let head = head.lines().filter(|line| !line.starts_with("Content-Length"));
    let head = head.collect::<Vec<_>>().join("\r\n");
    file.write_all(&page("one")).unwrap();
    write!(file, "{head}\r\nContent-Length: {n}\r\n\r\n").unwrap();
    let start = file.stream_position().unwrap();
    write!(file, "{answer}\r\n\r\n").unwrap();
    // The rest of the film is a hole in the file.
    file.seek(SeekFrom::Start(start + n)).unwrap();
    file.write_all(b"\r\n\r\n").unwrap();
    file.write_all(&page("two")).unwrap();
    drop(file);
    let (output, lines) = read(&path);
    assert_eq!(records(&lines), ["urn:uuid:one", "urn:uuid:two"]);
    assert_eq!(reasons(&lines), ["1 record left out: of type video/mp4"]);
    assert_eq!(code(&output), 0);
}

#[test]
fn json_lines_of_any_length_take_no_memory() {
    // A line of 100 MB among them, and one of 7 MB.
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("many.jsonl");
    let mut file = File::create(&path).unwrap();
    let line = format!("{{\"text\": \"{}\"}}\n", "The ferry stays in port. ".repeat(300_000));
    file.write_all(b"{\"text\": \"The ferry stays in port.\", \"id\": \"first\"}\n").unwrap();
    writeln!(file, "{{\"text\": \"{}\"}}", "x".repeat(100 << 20)).unwrap();
    file.write_all(line.as_bytes()).unwrap();
    file.write_all(b"{\"text\": \"The ferry stays in port.\", \"id\": \"last\"}\n").unwrap();
    drop(file);
    let (_, lines) = read(&path);
    assert_eq!(records(&lines), ["first", "3", "last"]);
    assert!(reasons(&lines)[0].contains("record 2 has a line of 100 MiB"), "{:?}", reasons(&lines));
}

#[test]
fn trace_reads_crawls_too() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("crawl.warc.gz");
    std::fs::write(&path, [pack(&page("one")), pack(&page("two"))].concat()).unwrap();
    let output = crate::run(&["trace", "--json", path.to_str().unwrap()]);
    let json = serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap();
    assert_eq!(json["pages"].as_array().unwrap().len(), 2);
    assert_eq!(code(&output), 0);
}
