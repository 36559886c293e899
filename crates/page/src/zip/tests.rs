use std::io::Write;

use ::zip::ZipWriter;
use ::zip::write::SimpleFileOptions;

use crate::gzip::tests::pack;
use crate::page::{Capture, DefectKind};
use crate::read::{Gravity, Input, Reading, read, read_from};

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    zipped(members, ::zip::CompressionMethod::Deflated)
}

fn zipped(members: &[(&str, &[u8])], method: ::zip::CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in members {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn read_file(bytes: &[u8]) -> Reading {
    read(bytes, &Capture { file: "a.zip".to_owned(), ..Capture::default() })
}

fn reasons(reading: &Reading) -> Vec<&str> {
    reading.skipped.iter().map(|skipped| skipped.reason.as_str()).collect()
}

const FEED: &[u8] =
    b"<rss><channel><item><guid>7</guid><description>Third.</description></item></channel></rss>";

#[test]
fn members_are_read_as_files() {
    let lines = b"{\"id\": \"l1\", \"text\": \"Second.\"}\nbad\n";
    let packed = pack(b"Fifth.");
    let bytes = zip(&[
        ("x/b.html", b"<p>First."),
        ("x/", b""),
        ("lines.jsonl", lines),
        ("feed.xml", FEED),
        ("../../etc/a.txt", b"Fourth."),
        ("note.txt.gz", &packed),
        ("x/a.png", b"\x89PNG"),
        ("__MACOSX/x/._b.html", b"junk"),
        (".hidden", b"junk"),
        ("photo", b"\x89PNG\r\n"),
        ("empty.txt", b""),
    ]);
    let reading = read_file(&bytes);
    let found: Vec<_> = reading
        .pages
        .iter()
        .map(|page| (page.capture.record.as_str(), page.words(page.body())))
        .collect();
    let wanted = [
        ("x/b.html", "First."),
        ("l1", "Second."),
        ("7", "Third."),
        ("../../etc/a.txt", "Fourth."),
        ("note.txt.gz", "Fifth."),
    ];
    assert_eq!(found, wanted);
    let reasons = reasons(&reading);
    assert!(reasons[0].starts_with("member lines.jsonl record 2 "), "{reasons:?}");
    assert!(reasons[1].starts_with("member photo looks like a PNG"), "{reasons:?}");
    assert!(reasons[2].starts_with("member empty.txt is empty"), "{reasons:?}");
    assert_eq!(reasons[3], "has 3 hidden files, pictures, styles and programs: left out");
    assert_eq!(reading.skipped[3].gravity, Gravity::Note);
    let mut cursor = std::io::Cursor::new(&bytes);
    let mut n = 0;
    let capture = Capture { file: "a.zip".to_owned(), ..Capture::default() };
    read_from(Input::File(&mut cursor), &capture, &mut |_| n += 1).unwrap();
    assert_eq!(n, 9);
    assert_eq!(read_file(&pack(&bytes)).pages.len(), 5);
}

#[test]
fn archives_in_archives_are_read_once() {
    let inner = zip(&[("a.txt", b"Words.")]);
    let outer = zip(&[("in.zip", &inner)]);
    let reading = read_file(&outer);
    assert_eq!(reading.pages[0].capture.record, "in.zip/a.txt");
    let reading = read_file(&zip(&[("out.zip", &outer)]));
    assert!(reading.pages.is_empty());
    assert_eq!(
        reasons(&reading),
        ["member out.zip/in.zip stands in 2 archives already: unpack it first"]
    );
}

#[test]
fn a_collection_of_crawls_is_its_warc_files() {
    let body = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The ferry is stuck.";
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://post.example/1\r\n\
         WARC-Record-ID: <urn:x:1>\r\nWARC-Date: 2031-04-02T08:00:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
        body.len()
    );
    let packed = pack(warc.as_bytes());
    let bytes = zipped(
        &[
            ("datapackage.json", b"{\"profile\": \"data-package\"}"),
            ("archive/data.warc.gz", &packed),
            ("indexes/index.cdx", b"example,post)/1 2031"),
            (
                "pages/pages.jsonl",
                b"{\"format\": \"json-pages-1.0\"}\n{\"url\": \"x\", \"text\": \"y\"}",
            ),
        ],
        ::zip::CompressionMethod::Stored,
    );
    let reading = read_file(&bytes);
    let [page] = &reading.pages[..] else { panic!("{reading:?}") };
    assert_eq!(page.words(page.body()), "The ferry is stuck.");
    assert_eq!(page.capture.url.as_deref(), Some("https://post.example/1"));
    assert_eq!(page.capture.captured.as_deref(), Some("2031-04-02T08:00:00Z"));
    assert_eq!(reasons(&reading), ["has 3 files beside its WARC files: left out"]);
}

#[test]
fn documents_are_named() {
    let of = |names: &[&str]| {
        let members: Vec<_> = names.iter().map(|name| (*name, &b"x"[..])).collect();
        let reading = read_file(&zip(&members));
        assert!(reading.pages.is_empty());
        reading.skipped[0].reason.clone()
    };
    assert!(of(&["[Content_Types].xml", "word/document.xml"]).contains("a Word document"));
    assert!(of(&["[Content_Types].xml", "xl/workbook.xml"]).contains("an Excel table"));
    assert!(of(&["mimetype", "META-INF/container.xml"]).contains("an EPUB book"));
    assert!(of(&["mimetype", "content.xml"]).contains("an OpenDocument file"));
}

#[test]
fn what_cannot_be_unpacked_is_listed() {
    let bytes = zip(&[("a.txt", b"One."), ("b.txt", b"Two.")]);
    let at = memchr::memmem::rfind(&bytes, b"PK\x01\x02").unwrap();
    let mut secret = bytes.clone();
    secret[at + 8] |= 1;
    let reading = read_file(&secret);
    assert_eq!(reading.pages.len(), 1);
    assert_eq!(reasons(&reading), ["member b.txt is encrypted: unpack it with its password first"]);
    let mut odd = bytes.clone();
    odd[at + 10] = 12;
    assert!(reasons(&read_file(&odd))[0].starts_with("member b.txt is packed by "));
    let mut same = bytes.clone();
    let first = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
    let own: [u8; 4] = bytes[first + 42..first + 46].try_into().unwrap();
    same[at + 42..at + 46].copy_from_slice(&own);
    let reading = read_file(&same);
    assert!(reasons(&reading)[0].contains("shares its bytes"), "{:?}", reading.skipped);
    assert_eq!(reading.pages.len(), 1);
}

#[test]
fn a_damaged_member_keeps_its_head() {
    let words = "All these words are here. ".repeat(4000);
    let bytes = zipped(
        &[("a.txt", words.as_bytes()), ("b.txt", b"Two.")],
        ::zip::CompressionMethod::Stored,
    );
    let mut damaged = bytes.clone();
    damaged[50_000] ^= 1;
    let reading = read_file(&damaged);
    assert_eq!(reading.pages.len(), 2);
    assert_eq!(reading.pages[0].defects[0].kind, DefectKind::Cut);
    assert!(reasons(&reading)[0].starts_with("member a.txt is damaged ("), "{:?}", reading.skipped);
}

#[test]
fn an_archive_that_was_cut_is_searched() {
    let words = (0..9000).map(|n| format!("Word {n} of the ferry. ")).collect::<Vec<_>>().concat();
    let bytes = zip(&[("a.html", b"<p>One."), ("b.txt", words.as_bytes()), ("c.txt", b"Three.")]);
    let directory = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
    let reading = read_file(&bytes[..directory + 9]);
    assert_eq!(reading.pages.len(), 3, "{:?}", reading.skipped);
    assert!(reasons(&reading)[0].contains("lost its table of contents"), "{:?}", reading.skipped);
    let reading = read_file(&bytes[..directory / 2]);
    assert_eq!(reading.pages.len(), 2);
    assert!(words.starts_with(reading.pages[1].words(reading.pages[1].body())));
    assert_eq!(reading.pages[1].defects[0].kind, DefectKind::Cut);
    assert!(reasons(&reading)[0].starts_with("member b.txt is damaged"), "{:?}", reading.skipped);
}

#[test]
fn a_bomb_is_cut() {
    let start = std::time::Instant::now();
    let zeros = vec![b' '; 64 << 20];
    let bomb = zip(&[("a.txt", &zeros), ("b.txt", &zeros)]);
    let reading = read_file(&bomb);
    assert!(reading.pages.is_empty());
    assert!(
        reasons(&reading).iter().any(|why| why.contains("more than 250 times")),
        "{:?}",
        reading.skipped
    );
    let nested = zip(&[("a.zip", &bomb), ("b.txt", b"Words.")]);
    read_file(&nested);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
