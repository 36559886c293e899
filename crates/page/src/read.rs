//! Read: a capture's bytes to pages.

use crate::charset;
use crate::digest::digest;
use crate::gzip;
use crate::html::{read_html, stated_charset};
use crate::jsonl::read_jsonl;
use crate::page::{Capture, Defect, DefectKind, Page};
use crate::sniff::{Shape, sniff};
use crate::span::Span;
use crate::text::read_text;

/// Most bytes of text that one page may have. The longest live blogs have 2 MiB of HTML; what is
/// larger is a dump of many pages, and spans have 32 bits.
pub const MAX_PAGE: usize = 16 << 20;

/// What is read, for messages.
const READS: &str = "headwater reads text, HTML and JSON lines";

/// What reading one file gave: its pages in file order, and what could not be read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reading {
    /// Pages, in file order.
    pub pages: Vec<Page>,
    /// What was left out, in file order.
    pub skipped: Vec<Skipped>,
}

/// One thing that reading a file found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Item {
    /// A page.
    Page(Page),
    /// Bytes that were not read.
    Skipped(Skipped),
}

/// Bytes that were not read, and why.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Skipped {
    /// The file as the user named it.
    pub file: String,
    /// First byte of the file that was left out; in a packed file, of what it unpacks to.
    pub offset: u64,
    /// How many bytes were left out.
    pub n_bytes: u64,
    /// A lower-case fragment: what it is and what to do.
    pub reason: String,
}

/// Reads one file's bytes. `capture.file` names it; the other fields of `capture` are what the
/// caller knows beforehand and may be empty. Digests are of the unpacked bytes, for JSON of the
/// record's own bytes, and so are the offsets of every trace.
///
/// Never fails: bytes that are no pages are listed in [`Reading::skipped`]. Linear in the unpacked
/// bytes, of which there are at most 1 GiB.
pub fn read(bytes: &[u8], capture: &Capture) -> Reading {
    let mut reading = Reading::default();
    if !gzip::is_gzip(bytes) {
        read_unpacked(bytes, capture, &mut reading);
        return reading;
    }
    let unpacked = gzip::unpack(bytes);
    let empty = unpacked.bytes.is_empty();
    if !empty || unpacked.cut.is_none() {
        read_unpacked(&unpacked.bytes, capture, &mut reading);
    }
    if let Some((offset, reason)) = unpacked.cut {
        if let Some(page) = reading.pages.last_mut() {
            let at = Span::new(page.body_end as usize, page.body_end as usize);
            page.defects.push(Defect { kind: DefectKind::Cut, span: at, why: reason.clone() });
        }
        let n_bytes = (bytes.len() - offset) as u64;
        reading.skipped.push(Skipped {
            file: capture.file.clone(),
            offset: offset as u64,
            n_bytes,
            reason,
        });
    }
    reading
}

fn read_unpacked(bytes: &[u8], capture: &Capture, reading: &mut Reading) {
    let skip = |reason: String| Skipped {
        file: capture.file.clone(),
        offset: 0,
        n_bytes: bytes.len() as u64,
        reason,
    };
    let shape = sniff(bytes, &capture.file);
    let reason = match shape {
        Shape::Empty => Some("is empty: there is nothing to read".to_owned()),
        Shape::Foreign(what) => Some(format!("looks like {what}: {READS}")),
        Shape::Binary => Some(format!("looks like no text at all: {READS}")),
        Shape::Html | Shape::Text if bytes.len() > MAX_PAGE => {
            let size = bytes.len() >> 20;
            Some(format!(
                "has {size} MiB, more than the {} MiB of a page: split it",
                MAX_PAGE >> 20
            ))
        }
        Shape::Html | Shape::Text | Shape::Jsonl => None,
    };
    if let Some(reason) = reason {
        reading.skipped.push(skip(reason));
        return;
    }
    if shape == Shape::Jsonl {
        read_jsonl(bytes, capture, reading);
        return;
    }
    let capture = Capture { digest: digest(bytes), ..capture.clone() };
    let stated = (shape == Shape::Html).then(|| stated_charset(bytes)).flatten();
    let decoded = charset::decode(bytes, stated);
    let page = match shape {
        Shape::Html => read_html(decoded, capture),
        _ => read_text(decoded, capture),
    };
    if page.blocks.is_empty() && page.meta.is_empty() {
        let why = "shows no words without its scripts: save the page as the browser shows it";
        reading.skipped.push(skip(why.to_owned()));
    } else {
        reading.pages.push(page);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gzip::tests::pack;
    use crate::span::Span;

    fn read_file(bytes: &[u8], file: &str) -> Reading {
        read(bytes, &Capture { file: file.to_owned(), ..Capture::default() })
    }

    #[test]
    fn a_text_file_is_its_body() {
        let text = "\u{feff}Ferry stuck\r\n\r\nNobody was hurt.\r\n";
        let reading = read_file(text.as_bytes(), "a.txt");
        let page = &reading.pages[0];
        assert_eq!(page.text, text);
        assert_eq!(page.body(), Span::new(0, text.len()));
        assert!(page.trace.runs.is_empty());
        assert_eq!(page.words(page.blocks[0].span), "Ferry stuck");
    }

    #[test]
    fn a_packed_file_has_the_digest_of_its_content() {
        let plain = read_file(b"Words.", "a.txt");
        let packed = read_file(&pack(b"Words."), "a.txt.gz");
        assert_eq!(plain.pages[0].id, packed.pages[0].id);
    }

    #[test]
    fn what_is_no_page_is_skipped_with_a_reason() {
        let png = read_file(b"\x89PNG\r\n", "a.png");
        assert_eq!(
            png.skipped[0].reason,
            "looks like a PNG image: headwater reads text, HTML and JSON lines"
        );
        assert_eq!(read_file(b" \n", "a.txt").skipped.len(), 1);
        assert_eq!(read_file(&pack(b""), "a.gz").skipped.len(), 1);
        let large = read_file(&vec![b'a'; MAX_PAGE + 1], "a.txt");
        assert!(large.pages.is_empty() && large.skipped[0].reason.contains("16 MiB"));
    }

    #[test]
    fn a_cut_archive_says_so_in_page_and_list() {
        let whole = pack("All these words are here. ".repeat(300).as_bytes());
        let reading = read_file(&whole[..whole.len() - 9], "a.txt.gz");
        assert_eq!(reading.pages[0].defects[0].kind, DefectKind::Cut);
        assert_eq!(reading.skipped.len(), 1);
    }
}
