//! Answer: what a crawl's record holds, and what it says of it.

use crate::coding::{Coding, codings};
use crate::header::{Header, charset_of, header, header_len, media_type};
use crate::page::Capture;
use crate::record::Payload;

/// What a record is to somebody who looks for reports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// A page, or what may be one.
    Page(Payload),
    /// No page, and worth a word: what it is.
    Note(String),
    /// About the crawl: nothing to read.
    Nothing,
}

/// What a record with this header and this body is. The body may be its beginning only.
pub(crate) fn kind(record: &Header, body: &[u8]) -> Kind {
    let uri = uri(record).unwrap_or_default();
    match record.get("warc-type").unwrap_or_default().to_ascii_lowercase().as_str() {
        "response" => response(record, body, &uri),
        "resource" | "conversion" => {
            // Crawlers store logs, screenshots and extracts of pages beside the pages.
            if uri.starts_with("metadata:") || uri.starts_with("urn:") {
                return Kind::Note("made by the crawler, of what it fetched".to_owned());
            }
            let stated = record.get("content-type").unwrap_or_default();
            page(stated, &uri, body, 0, Vec::new())
        }
        "revisit" => Kind::Note("revisits, whose pages stand in earlier records".to_owned()),
        "continuation" => {
            Kind::Note("continuations of others, which were read without them".to_owned())
        }
        "warcinfo" | "request" | "metadata" => Kind::Nothing,
        other => Kind::Note(format!("records of an unknown kind, {}", short(other))),
    }
}

/// What is known of a record beforehand. `offset` names it if nothing else does.
pub(crate) fn capture(record: &Header, offset: u64, file: &Capture) -> Capture {
    let id = record.get("warc-record-id").map(|id| id.trim_matches(['<', '>']).to_owned());
    Capture {
        file: file.file.clone(),
        record: id.unwrap_or_else(|| offset.to_string()),
        url: uri(record).or_else(|| file.url.clone()),
        digest: String::new(),
        captured: record.get("warc-date").map(str::to_owned).or_else(|| file.captured.clone()),
        series: file.series.clone(),
    }
}

/// The record's address; old crawlers put it in angle brackets.
fn uri(record: &Header) -> Option<String> {
    record.get("warc-target-uri").map(|uri| uri.trim_matches(['<', '>']).to_owned())
}

fn response(record: &Header, body: &[u8], uri: &str) -> Kind {
    if !body.starts_with(b"HTTP/") {
        let stated = media_type(record.get("content-type").unwrap_or("unstated"));
        return Kind::Note(format!("answers of type {}, not over HTTP", short(&stated)));
    }
    // An answer without a blank line has no body.
    let start = header_len(body).unwrap_or(body.len());
    let answer = header(&body[..start]);
    let status = answer.first.split_ascii_whitespace().nth(1).unwrap_or_default();
    match status.as_bytes() {
        [b'2', _, _] => {}
        [b'3', _, _] => {
            return Kind::Note(format!("answers that lead elsewhere (status {status})"));
        }
        [_, _, _] if status.bytes().all(|byte| byte.is_ascii_digit()) => {
            return Kind::Note(format!("answers that are errors (status {status})"));
        }
        _ => return Kind::Note("answers without a status".to_owned()),
    }
    page(
        answer.get("content-type").unwrap_or_default(),
        uri,
        &body[start..],
        start,
        codings(&answer),
    )
}

/// What a body is that its server calls `stated`. What is called text, or nothing in particular, is
/// read: its bytes say what it is.
fn page(stated: &str, uri: &str, body: &[u8], start: usize, codings: Vec<Coding>) -> Kind {
    let media = media_type(stated);
    let path = uri.split(['?', '#']).next().unwrap_or_default();
    if path.ends_with("/robots.txt") || path.ends_with("/ads.txt") {
        return Kind::Note("directions to crawlers and advertisers".to_owned());
    }
    let name = match media.as_str() {
        "text/html" | "application/xhtml+xml" => "page.html",
        "text/plain" => "page.txt",
        "" | "text/xml" | "application/xml" | "multipart/related" | "message/rfc822" => "",
        "application/octet-stream" | "binary/octet-stream" if !codings.is_empty() => "",
        "application/octet-stream" | "binary/octet-stream" if begins_page(body) => "",
        feed if feed.ends_with("rss+xml") || feed.ends_with("atom+xml") => "",
        _ => return Kind::Note(format!("of type {}", short(&media))),
    };
    if body.trim_ascii().is_empty() {
        return Kind::Note("answers without words".to_owned());
    }
    Kind::Page(Payload { start, codings, charset: charset_of(stated), name })
}

/// Whether bytes that nobody gave a type begin as a page does.
fn begins_page(body: &[u8]) -> bool {
    let head = body[..body.len().min(512)].to_ascii_lowercase();
    let start = head.trim_ascii_start();
    start.starts_with(b"<!doctype html") || start.starts_with(b"<html")
}

/// A word that a server made up, short enough for a line and without control characters.
fn short(word: &str) -> String {
    let word = if word.is_empty() { "unstated" } else { word };
    word.chars().filter(char::is_ascii_graphic).take(60).collect()
}
