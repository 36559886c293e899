//! JSONL: a file of JSON objects, each of them a page. One object a line, or one array, or one
//! object in the whole file.

use std::io::Read;
use std::ops::Range;

use crate::bounds::{MAX_LINE, MAX_PAGE};
use crate::charset;
use crate::colophon::Colophon;
use crate::digest::{digest, page_id};
use crate::json::{Fault, Words, elements, fields, words};
use crate::page::{Capture, Defect, DefectKind, Page};
use crate::record::{Form, Found, Record};
use crate::skipped::{Item, Skipped};
use crate::span::Span;
use crate::text::{controls, lines, root};
use crate::window::{Break, Window};

/// Field names that say the same: what this house calls it, then what passim, news-please, CC-News
/// and its successors, trafilatura, JSON-LD and news services call it. The first that is there and
/// not blank wins; an `article`'s own words come before what a crawler guessed from its address.
const TEXT: &[&str] = &["text", "maintext", "plain_text", "content", "body", "raw_text"];
const KNOWN: &[(&str, &[&str])] = &[
    ("title", &["title", "headline", "title_page", "title_rss"]),
    ("url", &["url", "canonical_url", "responded_url", "requested_url", "link"]),
    (
        "series",
        &[
            "series",
            "sitename",
            "site_name",
            "publisher",
            "source_name",
            "source_domain",
            "domain",
            "hostname",
        ],
    ),
    (
        "date",
        &[
            "date",
            "date_publish",
            "published_date",
            "date_published",
            "datePublished",
            "publish_date",
            "publishedAt",
            "published_at",
            "published",
            "pub_date",
            "pubDate",
        ],
    ),
    (
        "captured",
        &["captured", "date_download", "download_date", "crawl_date", "date_crawled", "filedate"],
    ),
    ("author", &["author", "authors", "byline"]),
    (
        "updated",
        &["updated", "date_modify", "modified_date", "date_modified", "dateModified", "updated_at"],
    ),
    ("lang", &["lang", "language"]),
    ("description", &["description", "summary", "excerpt"]),
];

/// Reads every object of a file that stands whole in memory. `file` is the capture of the whole
/// file; each page's capture is its own object: digest, offsets and all. Never fails: what is no
/// page is handed on as skipped, with its place in the file. Linear.
pub(crate) fn read_jsonl(bytes: &[u8], file: &Capture, out: &mut dyn FnMut(Item)) {
    for (n, range) in records(bytes).into_iter().enumerate() {
        read_line(&bytes[range.clone()], n + 1, range.start as u64, file, out);
    }
}

/// Reads the object that is record `n` of its file and begins at byte `offset` of it.
pub(crate) fn read_line(
    record: &[u8],
    n: usize,
    offset: u64,
    file: &Capture,
    out: &mut dyn FnMut(Item),
) {
    match read_record(record, n, file) {
        Ok(Some(page)) => out(Item::Page(page)),
        Ok(None) => {}
        Err(reason) => {
            let (n_bytes, reason) = (record.len() as u64, format!("record {n} {reason}"));
            out(Item::Skipped(Skipped::trouble(file, offset, n_bytes, reason)));
        }
    }
}

/// Cuts a stream into its lines. Holds one of them.
pub(crate) fn lines_of<R: Read>(
    window: &mut Window<R>,
    file: &Capture,
    out: &mut dyn FnMut(Found),
) {
    if window.ahead(3).starts_with("\u{feff}".as_bytes()) {
        window.pass(3);
    }
    for n in 1.. {
        let bytes = window.ahead_lines(1, MAX_LINE);
        let end = memchr::memchr(b'\n', bytes);
        let len = end.unwrap_or(bytes.len());
        if bytes.is_empty() {
            return;
        }
        let offset = window.at();
        if len > MAX_LINE {
            let n_bytes = skip_line(window);
            let why = format!("record {n} has a line of {} MiB: split it", n_bytes >> 20);
            out(Found::trouble(file, offset, n_bytes, why));
            continue;
        }
        let line = &window.ahead(0)[..len];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if !line.trim_ascii().is_empty() {
            let (bytes, n_bytes) = (line.to_vec(), line.len() as u64);
            // A line that a damaged archive cuts off is none.
            let cut = match window.fault() {
                Some(Break::Damage(damage)) if end.is_none() => Some(damage.why.clone()),
                _ => None,
            };
            let (capture, form) = (file.clone(), Form::Line(n));
            out(Found::Record(Record { bytes, capture, form, offset, n_bytes, cut }));
        }
        window.pass(len + usize::from(end.is_some()));
    }
}

/// Takes the rest of the line, however long; returns how long it is.
fn skip_line<R: Read>(window: &mut Window<R>) -> u64 {
    let start = window.at();
    loop {
        let bytes = window.ahead(1);
        let end = memchr::memchr(b'\n', bytes);
        let len = end.unwrap_or(bytes.len());
        let is_last = end.is_some() || len == 0;
        window.pass(len);
        if is_last {
            let n = window.at() - start;
            window.pass(1);
            return n;
        }
    }
}

/// Whether `bytes` look like JSONL: the first lines hold an object with fields, or the whole file
/// is an array of objects or one object.
pub(crate) fn is_jsonl(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let start = start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(start);
    let mut heads = start.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let is_object =
        |line: &[u8]| fields(&String::from_utf8_lossy(line)).is_ok_and(|f| !f.is_empty());
    match start.first() {
        Some(b'{') => heads.by_ref().take(3).any(is_object) || is_object(start),
        Some(b'[') => {
            let rest = start[1..].trim_ascii_start();
            rest.starts_with(b"{") && str::from_utf8(start).is_ok_and(|text| elements(text).is_ok())
        }
        _ => false,
    }
}

/// Where each record stands: the elements of one array, the one object, or the lines.
fn records(bytes: &[u8]) -> Vec<Range<usize>> {
    let mark = if bytes.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
    if let Ok(text) = str::from_utf8(&bytes[mark..]) {
        if text.trim_start().starts_with('[')
            && let Ok(elements) = elements(text)
        {
            return elements.into_iter().map(|at| at.start + mark..at.end + mark).collect();
        }
        let first = text.trim_start().lines().next().unwrap_or_default();
        if first.starts_with('{') && fields(first).is_err() && fields(text).is_ok() {
            let whole = mark..bytes.len();
            return vec![whole];
        }
    }
    let (mut lines, mut start) = (Vec::new(), mark);
    for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        lines.push(
            start..end.max(start) - usize::from(bytes[start..end.max(start)].ends_with(b"\r")),
        );
        start = end + 1;
        if start > bytes.len() {
            break;
        }
    }
    lines
}

/// The page of one record; nothing for a blank line; else why there is none.
fn read_record(record: &[u8], n: usize, file: &Capture) -> Result<Option<Page>, String> {
    if record.trim_ascii().is_empty() {
        return Ok(None);
    }
    let decoded = charset::decode(record, None);
    let line = &*decoded.text;
    let fields = fields(line).map_err(|Fault { at, why }| {
        format!("{why} (at its byte {at}): mend the line or drop it")
    })?;
    let value = |names: &[&str]| {
        names.iter().find_map(|name| {
            let (_, at) = fields.iter().rfind(|(key, _)| key == name)?;
            plain(line, at.clone()).filter(|value| !value.trim().is_empty())
        })
    };
    let body = body(line, &fields)?;
    if body.text.trim().is_empty() {
        return Err("has an empty text: there is nothing to read".to_owned());
    }
    if body.text.len() > MAX_PAGE {
        return Err(format!(
            "has {} MiB of text, more than a page may have: split it",
            body.text.len() >> 20
        ));
    }
    let known =
        |key: &str| KNOWN.iter().find(|(name, _)| *name == key).and_then(|(_, names)| value(names));
    let capture = Capture {
        file: file.file.clone(),
        record: value(&["id"]).unwrap_or_else(|| n.to_string()),
        url: known("url").or_else(|| file.url.clone()),
        digest: digest(record),
        captured: known("captured").or_else(|| file.captured.clone()),
        series: known("series").or_else(|| file.series.clone()),
    };
    let mut colophon = Colophon::default();
    for (key, names) in KNOWN {
        value(names).and_then(|value| colophon.push(key, &value));
    }
    for (name, at) in &fields {
        let is_known = name == "id"
            || TEXT.contains(&name.as_str())
            || KNOWN.iter().any(|(_, names)| names.contains(&name.as_str()));
        if !is_known && let Some(value) = plain(line, at.clone()) {
            colophon.push(name, &value);
        }
    }
    let mut defects = decoded.defects;
    let n_bad: usize = fields
        .iter()
        .filter(|(name, at)| !TEXT.contains(&name.as_str()) && line[at.clone()].starts_with('"'))
        .map(|(_, at)| words(line, at.clone()).n_bad)
        .sum();
    if n_bad > 0 {
        let why = format!("{n_bad} escapes beside the text stand for no character: now U+FFFD");
        defects.push(Defect { kind: DefectKind::BadMetadata, span: Span::default(), why });
    }
    Ok(Some(page(body, defects, &decoded.trace, capture, colophon)))
}

fn page(
    body: Words,
    mut defects: Vec<Defect>,
    decoding: &crate::page::Trace,
    capture: Capture,
    colophon: Colophon,
) -> Page {
    let mut text = body.text;
    let body_end = text.len() as u32;
    // What was odd about the line's bytes is known, where in the text it shows is not.
    for defect in &mut defects {
        defect.span = Span::default();
    }
    if body.n_bad > 0 {
        let why =
            format!("{} escapes stand for no character and were replaced by U+FFFD", body.n_bad);
        let at = text.find('\u{fffd}').unwrap_or(0);
        defects.push(Defect { kind: DefectKind::BadBytes, span: Span::new(at, at), why });
    }
    defects.extend(controls(&text));
    let blocks = lines(&text);
    let meta = colophon.write(&mut text, &mut defects);
    Page {
        id: page_id(&capture),
        capture,
        body_end,
        blocks,
        elements: vec![root()],
        links: Vec::new(),
        meta,
        trace: crate::trace::through(body.trace, decoding),
        defects,
        text,
    }
}

/// The text of the page, with its trace into `line`.
fn body(line: &str, fields: &[(String, Range<usize>)]) -> Result<Words, String> {
    let strings = TEXT.iter().filter_map(|name| {
        let (_, at) = fields.iter().rfind(|(key, _)| key == name)?;
        line[at.clone()].starts_with('"').then(|| words(line, at.clone()))
    });
    strings
        .reduce(|first, next| if first.text.trim().is_empty() { next } else { first })
        .ok_or_else(|| {
            "has no `text` (or `maintext`, `plain_text`, `content`, `body`): headwater needs the \
             article's words there"
                .to_owned()
        })
}

/// A value as words: a string, a number, a list of strings joined by commas. Nothing for `null`
/// and for objects.
fn plain(line: &str, at: Range<usize>) -> Option<String> {
    let raw = &line[at.clone()];
    match raw.as_bytes().first()? {
        b'"' => Some(words(line, at).text),
        b'[' => {
            let parts = elements(raw).ok()?.into_iter().filter_map(|part| {
                raw[part.clone()].starts_with('"').then(|| words(raw, part).text)
            });
            Some(parts.collect::<Vec<_>>().join(", "))
        }
        b'{' | b'n' => None,
        _ => Some(raw.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Reading;

    fn read(text: &str) -> Reading {
        crate::read::read(
            text.as_bytes(),
            &Capture { file: "a.jsonl".into(), ..Capture::default() },
        )
    }

    #[test]
    fn a_line_is_a_page() {
        let line = r#"{"id": "a7", "title": "Ferry\nstuck", "series": "The Harbour Post", "date": "2031-04-02", "text": "One caf\u00e9.\n\nTwo.", "url": "https://post.example/a7", "section": "local"}"#;
        let page = &read(line).pages[0];
        assert_eq!(page.words(page.body()), "One café.\n\nTwo.");
        assert_eq!(
            &page.text[page.body_end as usize..],
            "\ntitle: Ferry stuck\nurl: https://post.example/a7\nseries: The Harbour Post\ndate: 2031-04-02\nsection: local\n"
        );
        assert_eq!(page.words(page.meta("date").unwrap()), "2031-04-02");
        assert_eq!(page.capture.record, "a7");
        assert_eq!(page.capture.url.as_deref(), Some("https://post.example/a7"));
        assert_eq!(page.blocks.len(), 2);
        assert_eq!(page.blocks[1].gap, 1);
        for run in &page.trace.runs {
            let raw = &line[run.raw_start as usize..run.raw_end as usize];
            assert!(raw == page.words(run.text) || raw.starts_with('\\'), "{raw}");
        }
    }

    #[test]
    fn bad_lines_are_listed_and_the_others_read() {
        let reading =
            read("{\"text\": \"One.\"}\n{\"text\": \"Tw\n\n{\"id\": 3}\n{\"text\": \"Four.\"}\r\n");
        let records: Vec<_> =
            reading.pages.iter().map(|page| page.capture.record.as_str()).collect();
        assert_eq!(records, ["1", "5"]);
        assert_eq!(reading.skipped.len(), 2);
        assert_eq!((reading.skipped[0].offset, reading.skipped[0].n_bytes), (17, 12));
        assert!(reading.skipped[1].reason.contains("no `text`"), "{}", reading.skipped[1].reason);
    }

    #[test]
    fn a_lone_surrogate_does_not_lose_the_line() {
        let reading = read(r#"{"text": "Fine \ud83d end."}"#);
        assert_eq!(reading.pages[0].text, "Fine \u{fffd} end.");
        assert_eq!(reading.pages[0].defects[0].kind, DefectKind::BadBytes);
        let reading = read(r#"{"title": "\udc00 end", "text": "Fine."}"#);
        assert_eq!(reading.pages[0].defects[0].kind, DefectKind::BadMetadata);
        assert!(reading.pages[0].text.contains("title: \u{fffd} end"));
    }

    #[test]
    fn news_please_names_are_known() {
        let reading = read(
            r#"{"maintext": "Words.", "source_domain": "post.example", "date_publish": "2031-04-02 10:00:00", "authors": ["Ada Lindqvist", "Bo Farr"], "image_url": null}"#,
        );
        let page = &reading.pages[0];
        assert_eq!(page.words(page.meta("series").unwrap()), "post.example");
        assert_eq!(page.words(page.meta("author").unwrap()), "Ada Lindqvist, Bo Farr");
        assert_eq!(page.capture.series.as_deref(), Some("post.example"));
    }

    #[test]
    fn names_of_other_collections_are_known() {
        let reading = read(
            r#"{"requested_url": "https://post.example/1", "plain_text": "Words.", "published_date": "2031-04-02", "sitename": "The Harbour Post", "publisher": "post.example", "date_modify": "2031-04-03", "language": "en", "author": null, "domain": "post.example", "text": " "}"#,
        );
        let page = &reading.pages[0];
        assert_eq!(page.words(page.body()), "Words.");
        assert_eq!(
            &page.text[page.body_end as usize..],
            "\nurl: https://post.example/1\nseries: The Harbour Post\ndate: 2031-04-02\n\
             updated: 2031-04-03\nlang: en\n"
        );
    }

    #[test]
    fn arrays_and_single_objects_are_read_too() {
        assert_eq!(read("[{\"text\": \"One.\"},\n {\"text\": \"Two.\"}]").pages.len(), 2);
        assert_eq!(read("{\n \"id\": 4,\n \"text\": \"One.\"\n}\n").pages[0].capture.record, "4");
        assert!(is_jsonl(b"[{\"text\": \"One.\"}]") && is_jsonl(b"{\n \"id\": 4\n}"));
        assert!(!is_jsonl(b"{curly words} start this note") && !is_jsonl(b"[1] a footnote"));
    }
}
