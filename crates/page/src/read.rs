//! Read: a capture's bytes to pages, all at once or one after the other.

use std::io;

pub use crate::bounds::MAX_PAGE;
pub use crate::input::{Input, ReadSeek};
use crate::page::{Capture, Page};
pub use crate::record::{Found, Record};
pub use crate::skipped::{Gravity, Item, Skipped};
use crate::stream;
use crate::tally::Tally;

/// What reading one file gave: its pages in file order, and what could not be read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reading {
    /// Pages, in file order.
    pub pages: Vec<Page>,
    /// What was left out, in file order.
    pub skipped: Vec<Skipped>,
}

/// Reads one file's bytes. `capture.file` names it; the other fields of `capture` are what the
/// caller knows beforehand and may be empty. Digests are of the unpacked bytes, for JSON of the
/// record's own bytes, for WARC of what the server sent (see [`Record::payload`]), and so are the
/// offsets of every trace.
///
/// Never fails: bytes that are no pages are listed in [`Reading::skipped`]. Linear in the unpacked
/// bytes. Everything is held at once; [`read_from`] holds one record.
pub fn read(bytes: &[u8], capture: &Capture) -> Reading {
    let mut reading = Reading::default();
    // Bytes in memory cannot fail to come.
    let _ = read_from(Input::Bytes(bytes), capture, &mut |item| match item {
        Item::Page(page) => reading.pages.push(page),
        Item::Skipped(skipped) => reading.skipped.push(skipped),
    });
    reading
}

/// Reads one file and hands each page, and each stretch that was not read, to `out` as soon as it
/// is found, in file order. Otherwise as [`read`]. Memory holds one record at a time, so a crawl or
/// a JSONL file of any length can be read.
///
/// Fails only if `input` does; what was read before was handed on.
pub fn read_from(input: Input<'_>, capture: &Capture, out: &mut dyn FnMut(Item)) -> io::Result<()> {
    let mut tally = Tally::default();
    let end = records(input, capture, &mut |found| match found {
        Found::Record(record) => record.read(&mut |item| match item {
            Item::Skipped(skipped) => {
                tally.first(skipped).into_iter().for_each(|first| out(Item::Skipped(first)));
            }
            page @ Item::Page(_) => out(page),
        }),
        Found::Skipped(skipped) => out(Item::Skipped(skipped)),
    });
    tally.rest().into_iter().for_each(|rest| out(Item::Skipped(rest)));
    end
}

/// Cuts one file into records and hands each to `out`, in file order. [`Record::read`] then gives
/// its pages, on another core if the caller has one; taken together that is what [`read_from`]
/// does.
///
/// Fails only if `input` does; what was found before was handed on.
pub fn records(input: Input<'_>, capture: &Capture, out: &mut dyn FnMut(Found)) -> io::Result<()> {
    stream::cut(input, capture, out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gzip::tests::pack;
    use crate::page::DefectKind;
    use crate::skipped::READS;
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
        assert_eq!(png.skipped[0].reason, format!("looks like a PNG image: {READS}"));
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
