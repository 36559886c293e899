use std::io::{self, Read};

use proptest::prelude::*;

use crate::gzip::tests::pack;
use crate::page::Capture;
use crate::read::{Gravity, Input, Item, Reading, read, read_from};

const HTML: &str = "<!doctype html><title>Ferry</title><p>The ferry NAME stays in port, said the \
                    master of the harbour.";

/// One record, with a length that may be wrong.
fn record(kind: &str, id: &str, body: &[u8], n: usize) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Target-URI: \
         https://post.example/{id}\r\nWARC-Date: 2031-04-02T10:00:00Z\r\nContent-Length: {n}\r\n\r\n"
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes(), body].concat()
}

fn html(id: &str) -> Vec<u8> {
    answer("Content-Type: text/html", HTML.replace("NAME", id).as_bytes())
}

fn page(id: &str) -> Vec<u8> {
    let body = html(id);
    record("response", id, &body, body.len())
}

fn read_warc(bytes: &[u8]) -> Reading {
    read(bytes, &Capture { file: "a.warc".to_owned(), ..Capture::default() })
}

/// The ids of the pages that were read.
fn ids(reading: &Reading) -> Vec<&str> {
    reading.pages.iter().map(|page| page.capture.record.trim_start_matches("urn:uuid:")).collect()
}

#[test]
fn a_response_is_a_page() {
    let reading = read_warc(&page("one"));
    let page = &reading.pages[0];
    assert_eq!(
        page.words(page.body()),
        "The ferry one stays in port, said the master of the harbour."
    );
    assert_eq!(page.capture.record, "urn:uuid:one");
    assert_eq!(page.capture.url.as_deref(), Some("https://post.example/one"));
    assert_eq!(page.capture.captured.as_deref(), Some("2031-04-02T10:00:00Z"));
    let body = HTML.replace("NAME", "one");
    assert_eq!(page.capture.digest, crate::digest::digest(body.as_bytes()));
    let run = page.trace.runs[0];
    assert_eq!(&body[run.raw_start as usize..run.raw_end as usize], page.words(run.text));
    assert!(reading.skipped.is_empty() && page.defects.is_empty());
}

#[test]
fn what_is_no_page_is_counted_by_kind() {
    let put = |kind, id, body: &[u8]| record(kind, id, body, body.len());
    let image = answer("Content-Type: image/png", b"\x89PNG");
    let gone = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Gone";
    let bytes = [
        put("warcinfo", "info", b"software: x"),
        put("request", "ask", b"GET / HTTP/1.1\r\n\r\n"),
        put("response", "i1", &image),
        page("one"),
        put("response", "i2", &image),
        put("response", "gone", gone),
        put("revisit", "again", b"HTTP/1.1 200 OK\r\n\r\n"),
        put("metadata", "meta", b"via: x"),
    ]
    .concat();
    let reading = read_warc(&bytes);
    assert_eq!(ids(&reading), ["one"]);
    let reasons: Vec<_> = reading.skipped.iter().map(|it| it.reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "2 records left out: of type image/png",
            "1 record left out: answers that are errors (status 404)",
            "1 record left out: revisits, whose pages stand in earlier records"
        ]
    );
    assert!(reading.skipped.iter().all(|it| it.gravity == Gravity::Note));
}

#[test]
fn extracts_and_resources_are_pages() {
    let text = b"Ferry stays in port\nThe master of the harbour said so.";
    let wet = record("conversion", "wet", text, text.len());
    let wet = String::from_utf8(wet).unwrap();
    let wet = wet.replace("\r\nContent-Length", "\r\nContent-Type: text/plain\r\nContent-Length");
    let reading = read_warc(wet.replace("\r\n", "\n").as_bytes());
    assert_eq!(reading.pages[0].words(reading.pages[0].body()).as_bytes(), text);
    let html = wet.replace("text/plain", "text/html").replace("conversion", "resource");
    assert_eq!(ids(&read_warc(html.as_bytes())), ["wet"]);
}

#[test]
fn bodies_are_unpacked_and_decoded() {
    let body = answer(
        "Content-Type: text/html; charset=windows-1251\r\nContent-Encoding: gzip\r\n\
         Transfer-Encoding: chunked",
        &{
            let packed = pack(b"<p>\xcf\xe0\xf0\xee\xec \xf1\xf2\xee\xe8\xf2.");
            let size = format!("{:x}\r\n", packed.len());
            [size.as_bytes(), &packed, b"\r\n0\r\n\r\n"].concat()
        },
    );
    let reading = read_warc(&record("response", "one", &body, body.len()));
    assert_eq!(reading.pages[0].words(reading.pages[0].body()), "Паром стоит.");
    assert!(reading.pages[0].defects.is_empty(), "{:?}", reading.pages[0].defects);
}

#[test]
fn packed_records_are_named_by_their_members() {
    let broken =
        record("response", "bad", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n \n", 46);
    let (one, two) = (pack(&page("one")), pack(&page("two")));
    let bytes = [one.clone(), pack(&broken), two].concat();
    let reading = read_warc(&bytes);
    assert_eq!(ids(&reading), ["one", "two"]);
    assert_eq!(reading.skipped.len(), 1);
    assert_eq!(reading.skipped[0].offset, one.len() as u64);
}

#[test]
fn one_member_for_all_records_and_records_over_members() {
    let plain = [page("one"), page("two"), page("three")].concat();
    assert_eq!(ids(&read_warc(&pack(&plain))), ["one", "two", "three"]);
    let blocks: Vec<u8> = plain.chunks(100).flat_map(pack).collect();
    assert_eq!(ids(&read_warc(&blocks)), ["one", "two", "three"]);
    assert_eq!(ids(&read_warc(&pack(&pack(&plain)))), ["one", "two", "three"]);
}

#[test]
fn wrong_lengths_lose_no_record() {
    let body = html("two");
    for n in [0, 1, 30, body.len() - 1, body.len() + 1, body.len() + 90, 100_000] {
        let two = record("response", "two", &body, n);
        let plain = [page("one"), two.clone(), page("three")].concat();
        let packed = [pack(&page("one")), pack(&two), pack(&page("three"))].concat();
        for bytes in [plain, packed] {
            let reading = read_warc(&bytes);
            assert_eq!(ids(&reading), ["one", "two", "three"], "length {n}: {:?}", reading.skipped);
            let page = &reading.pages[1];
            assert!(page.text.contains("master of the harbour."), "length {n}");
            // One byte too much is the first of the line end that belongs there.
            let is_said = page.defects.iter().any(|it| it.why.starts_with("its record says"));
            assert!(is_said || n == body.len() + 1, "length {n}");
        }
    }
}

#[test]
fn lengths_that_are_none_are_listed() {
    for bad in ["x", "-1", "99999999999999999999999"] {
        let two = String::from_utf8(page("two")).unwrap();
        let n = html("two").len().to_string();
        let two = two.replace(&format!("Content-Length: {n}"), &format!("Content-Length: {bad}"));
        let bytes = [page("one"), two.into_bytes(), page("three")].concat();
        let reading = read_warc(&bytes);
        assert_eq!(ids(&reading), ["one", "three"]);
        assert_eq!(reading.skipped[0].offset, page("one").len() as u64);
        assert_eq!(reading.skipped[0].gravity, Gravity::Trouble);
    }
}

#[test]
fn a_record_inside_a_body_is_none() {
    let inner = [b"<p>A record begins so:\r\n\r\n".to_vec(), page("inner")].concat();
    let body = answer("Content-Type: text/html", &inner);
    let bytes = [record("response", "one", &body, body.len()), page("two")].concat();
    assert_eq!(ids(&read_warc(&bytes)), ["one", "two"]);
}

#[test]
fn garbage_between_records_is_listed() {
    let noise = b"<noise \x00\xff>\nWARC/1.0 is a version\nWARC/1.0\nof what?\n\n".repeat(3000);
    let bytes = [page("one"), noise.clone(), page("two"), noise.clone()].concat();
    let reading = read_warc(&bytes);
    assert_eq!(ids(&reading), ["one", "two"]);
    let places: Vec<_> = reading.skipped.iter().map(|it| (it.offset, it.n_bytes)).collect();
    let first = page("one").len() as u64;
    let n = noise.len() as u64;
    assert_eq!(places, [(first, n), (first + n + page("two").len() as u64, n)]);
}

#[test]
fn missing_line_ends_are_no_matter() {
    let trim = |record: Vec<u8>| record.trim_ascii_end().to_vec();
    let bytes = [trim(page("one")), trim(page("two")), trim(page("three"))].concat();
    let reading = read_warc(&bytes);
    assert_eq!(ids(&reading), ["one", "two", "three"]);
    assert!(reading.skipped.is_empty());
}

#[test]
fn a_cut_file_gives_what_there_is() {
    let (one, two) = (page("one"), page("two"));
    let plain = [one.clone(), two.clone()].concat();
    for end in 1..plain.len() {
        let reading = read_warc(&plain[..end]);
        let n = ids(&reading).len() + reading.skipped.len();
        assert!(n > usize::from(end > one.len()), "{end}");
    }
    let (one, two) = (pack(&one), pack(&two));
    let packed = [one.clone(), two].concat();
    for end in one.len() + 1..packed.len() {
        let reading = read_warc(&packed[..end]);
        assert_eq!(ids(&reading)[0], "one");
        assert_eq!(reading.skipped[0].offset, one.len() as u64, "{end}");
    }
}

/// Bytes that are made while they are read.
struct Endless<'a> {
    start: &'a [u8],
    n: u64,
    end: &'a [u8],
}

impl Read for Endless<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if !self.start.is_empty() {
            return self.start.read(out);
        }
        if self.n == 0 {
            return self.end.read(out);
        }
        let n = (out.len() as u64).min(self.n);
        out[..n as usize].fill(b'x');
        self.n -= n;
        Ok(n as usize)
    }
}

#[test]
fn a_record_of_three_gigabytes_is_passed_over() {
    let answer = answer("Content-Type: video/mp4", b"");
    let n = 3_u64 << 30;
    let start = record("response", "film", &answer, answer.len() + n as usize);
    let start = [page("one"), start.trim_ascii_end().to_vec(), b"\r\n\r\n".to_vec()].concat();
    let end = [b"\r\n\r\n".to_vec(), page("two")].concat();
    let mut stream = Endless { start: &start, n, end: &end };
    let (mut pages, mut skipped) = (Vec::new(), Vec::new());
    read_from(Input::Stream(&mut stream), &Capture::default(), &mut |item| match item {
        Item::Page(page) => pages.push(page.capture.record),
        Item::Skipped(it) => skipped.push((it.reason, it.n_bytes > n)),
    })
    .unwrap();
    assert_eq!(pages, ["urn:uuid:one", "urn:uuid:two"]);
    assert_eq!(skipped, [("1 record left out: of type video/mp4".to_owned(), true)]);
}

#[test]
fn a_disk_that_fails_is_said() {
    struct Broken<'a>(&'a [u8]);
    impl Read for Broken<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() { Err(io::Error::other("lost")) } else { self.0.read(out) }
        }
    }
    let mut n = 0;
    for bytes in [page("one"), pack(&page("one"))] {
        let mut stream = Broken(&bytes);
        let end = read_from(Input::Stream(&mut stream), &Capture::default(), &mut |item| {
            n += usize::from(matches!(item, Item::Page(_)));
        });
        assert_eq!(end.unwrap_err().to_string(), "lost");
    }
    assert_eq!(n, 2);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any flip of any bit in a packed file: no panic, and every record of the other members is
    /// read; the damaged one is read or listed.
    #[test]
    fn a_flipped_bit_damages_one_member(at in 0_usize..10_000, bit in 0_u8..8) {
        let names = ["one", "two", "three", "four", "five"];
        let members: Vec<_> = names.iter().map(|name| pack(&page(name))).collect();
        let mut bytes = members.concat();
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        let mut start = 0;
        let hit = members.iter().position(|member| { start += member.len(); at < start }).unwrap();
        // The first member's magic says that the file is packed at all.
        prop_assume!(at > 2);
        let reading = read_warc(&bytes);
        let ids = ids(&reading);
        for (n, name) in names.iter().enumerate() {
            prop_assert!(n == hit || ids.contains(name), "{name} lost at {at}.{bit}: {:?}", reading.skipped);
        }
        prop_assert!(ids.len() == 5 || !reading.skipped.is_empty());
    }

    /// Any flips in a plain file: records that are not hit are read, or what swallowed them is said.
    #[test]
    fn flips_in_a_plain_file_are_survived(flips in proptest::collection::vec((0_usize..10_000, 0_u8..8), 1..6)) {
        let mut bytes = ["one", "two", "three"].iter().flat_map(|name| page(name)).collect::<Vec<_>>();
        for (at, bit) in flips {
            let at = at % bytes.len();
            bytes[at] ^= 1 << bit;
        }
        let reading = read_warc(&bytes);
        let n_defects = reading.pages.iter().filter(|page| !page.defects.is_empty()).count();
        prop_assert!(
            reading.pages.len() == 3 || !reading.skipped.is_empty() || n_defects > 0,
            "{} {}", reading.pages.len(), String::from_utf8_lossy(&bytes)
        );
    }
}
