//! Sniff: what a capture is, judged by its bytes first and its name second.

use encoding_rs::{Encoding, UTF_8};

use crate::charset::utf16_without_mark;
use crate::feed::is_object_feed;
use crate::jsonl::is_jsonl;
use crate::mhtml::is_mhtml;

/// What a capture is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    /// Nothing, or white space only.
    Empty,
    /// A format that is not read, by its name with an article.
    Foreign(&'static str),
    /// Bytes that are no text.
    Binary,
    /// HTML.
    Html,
    /// Objects as JSON.
    Jsonl,
    /// RSS, RDF or Atom.
    Feed,
    /// JSON Feed.
    ObjectFeed,
    /// A web page saved as a message.
    Mhtml,
    /// Plain text.
    Text,
}

/// Formats that people hand over by mistake, by their first bytes.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image, sound or film"),
    (b"%PDF", "a PDF file, to be saved as text first"),
    (b"PK\x03\x04", "a ZIP archive inside of something: unpack it first"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document, to be saved as text or HTML first"),
    (b"{\\rtf", "an RTF document, to be saved as text first"),
    (b"SQLite format 3", "an SQLite file"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"Rar!", "a RAR archive"),
    (b"ID3", "a sound"),
    (b"PAR1", "a Parquet table"),
];

/// Control bytes per mille that a text may hold: scraped texts have stray ones, never many.
const MAX_CONTROLS: usize = 30;

/// Where a feed's first element must have begun.
const MAX_PROLOG: usize = 4096;

/// What `bytes` are. `name` is the file's name, a hint where the bytes leave a choice. Never fails;
/// looks at the first 64 KiB (of JSON, at as much as it takes).
pub(crate) fn sniff(bytes: &[u8], name: &str) -> Shape {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Shape::Foreign(what);
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Shape::Foreign("a tar archive");
    }
    let wide = Encoding::for_bom(bytes).map(|(encoding, _)| encoding).filter(|&e| e != UTF_8);
    if let Some(encoding) = wide.or_else(|| utf16_without_mark(bytes)) {
        let head = &bytes[..bytes.len().min(64 << 10)];
        return sniff_text(encoding.decode(head).0.as_bytes(), name);
    }
    sniff_text(bytes, name)
}

fn sniff_text(bytes: &[u8], name: &str) -> Shape {
    let start = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii_start();
    if start.is_empty() || str::from_utf8(start).is_ok_and(|text| text.trim().is_empty()) {
        return Shape::Empty;
    }
    let head = &start[..start.len().min(64 << 10)];
    let is_odd = |&&byte: &&u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0xc | 0x1b);
    if head.iter().filter(is_odd).count() * 1000 > head.len() * MAX_CONTROLS {
        return Shape::Binary;
    }
    let lower = head.to_ascii_lowercase();
    if is_mhtml(head) {
        return Shape::Mhtml;
    }
    if let Some(shape) = feed(&lower) {
        return shape;
    }
    if is_html(&lower, name) {
        return Shape::Html;
    }
    if is_object_feed(start) {
        return Shape::ObjectFeed;
    }
    if is_jsonl(start) || named(name, &["jsonl", "ndjson"]) {
        return Shape::Jsonl;
    }
    Shape::Text
}

/// A feed's first element, or a site map's, near the start: behind an XML declaration, comments, a
/// style sheet's address, or the warnings of the program that wrote it. Not in a page that shows
/// how feeds are written.
fn feed(lower: &[u8]) -> Option<Shape> {
    let head = &lower[..lower.len().min(MAX_PROLOG)];
    let find = |tag: &[u8]| {
        memchr::memmem::find_iter(head, tag).find(|at| {
            let next = head.get(at + tag.len());
            next.is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
        })
    };
    let root = |tags: &[&[u8]]| tags.iter().filter_map(|tag| find(tag)).min();
    let feed = root(&[b"<rss", b"<feed", b"<rdf:rdf", b"<atom:feed", b"<channel"]);
    let map = root(&[b"<urlset", b"<sitemapindex"]);
    let page = root(&[b"<html", b"<body", b"<head", b"<!doctype html"]);
    // Of one entry alone only the vocabulary shows what it is.
    let has = |words: &[u8]| memchr::memmem::find(head, words).is_some();
    let entry = find(b"<entry").filter(|_| has(b"www.w3.org/2005/atom"));
    let at = feed.into_iter().chain(entry).min();
    let is_first = |at: &usize| page.is_none_or(|page| *at < page);
    let is_xml = lower.starts_with(b"<") || has(b"<?xml");
    if at.filter(is_first).is_some_and(|_| is_xml) {
        Some(Shape::Feed)
    } else if map.filter(is_first).is_some_and(|_| is_xml) {
        Some(Shape::Foreign("a site map, which names pages and holds none"))
    } else {
        None
    }
}

/// HTML says so at its start; a fragment of HTML is one if its name or its tags say so.
fn is_html(lower: &[u8], name: &str) -> bool {
    if lower.starts_with(b"<!doctype html") || lower.starts_with(b"<html") {
        return true;
    }
    let has = |tag: &[u8]| memchr::memmem::find(lower, tag).is_some();
    if named(name, &["html", "htm", "xhtml", "shtml"]) {
        return lower.contains(&b'<') || lower.contains(&b'&');
    }
    if named(name, &["txt", "text", "md", "jsonl", "ndjson", "json"]) {
        return false;
    }
    // A fragment, or a page after a comment or an XML declaration.
    lower.starts_with(b"<")
        && [&b"<html"[..], b"<body", b"<head", b"<div", b"<p>", b"<p ", b"<article", b"<table"]
            .iter()
            .any(|tag| has(tag))
}

/// Whether the file name ends with one of the extensions, before `.gz` too.
fn named(name: &str, extensions: &[&str]) -> bool {
    let lower = name.to_ascii_lowercase();
    let stem = lower.strip_suffix(".gz").unwrap_or(&lower);
    stem.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_decide_before_names() {
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n", "page.html"), Shape::Foreign("a PNG image"));
        assert_eq!(sniff(b" \n\xc2\xa0\n", "a.txt"), Shape::Empty);
        assert_eq!(sniff(b"", "a.txt"), Shape::Empty);
        assert_eq!(sniff(&[1; 100], "a.txt"), Shape::Binary);
        assert_eq!(sniff(b"<!DOCTYPE html><p>Hi", "a.txt"), Shape::Html);
        assert_eq!(sniff(b"<?xml version='1.0'?>\n<rss>", "a.html"), Shape::Feed);
        assert_eq!(
            sniff(b"\xef\xbb\xbf\n<feed xmlns='http://www.w3.org/2005/Atom'>", "a"),
            Shape::Feed
        );
        assert_eq!(sniff(b"<!-- a --><rdf:RDF x='y'>", "a"), Shape::Feed);
        assert_eq!(sniff(b"Warning: x<br>\n<?xml version='1.0'?><rss >", "a"), Shape::Feed);
        assert_eq!(sniff(b"<!DOCTYPE html><p><rss>", "a"), Shape::Html);
        assert_eq!(sniff(b"How to write <rss> by hand", "a.txt"), Shape::Text);
        assert!(
            matches!(sniff(b"<?xml?><urlset>", "a"), Shape::Foreign(what) if what.contains("site map"))
        );
        assert_eq!(
            sniff(b"{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [", "a"),
            Shape::ObjectFeed
        );
        let saved = b"From: <Saved by X>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\n";
        assert_eq!(sniff(saved, "a.html"), Shape::Mhtml);
        assert_eq!(sniff(b"{\"text\": \"One.\"}\n", "a"), Shape::Jsonl);
    }

    #[test]
    fn names_decide_where_bytes_leave_a_choice() {
        assert_eq!(sniff(b"One <b>two</b>", "a.html.gz"), Shape::Html);
        assert_eq!(sniff(b"One <b>two</b>", "a.txt"), Shape::Text);
        assert_eq!(sniff(b"<p>One", "-"), Shape::Html);
        assert_eq!(sniff(b"<p>One", "a.txt"), Shape::Text);
        assert_eq!(sniff(b"broken line", "a.jsonl"), Shape::Jsonl);
        assert_eq!(
            sniff(
                "<html>".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>().as_slice(),
                "a"
            ),
            Shape::Html
        );
    }
}
