//! Feed: a list of an outlet's newest reports, each of them a page. RSS 0.9 to 2.0, RDF, Atom 0.3
//! and 1.0, JSON Feed 1 and 1.1.
//!
//! ```text
//! feed ── markup | object ──► entries ── entry ──► pages
//! ```
//!
//! An entry's page has the words of its content, or of its summary if that is all there is; title,
//! address, publisher, dates and authors stand in the colophon. Enclosures (sound, film, pictures)
//! are left out.

mod entry;
mod markup;
mod object;

use encoding_rs::Encoding;

use crate::charset;
use crate::feed::entry::Channel;
use crate::page::{Capture, Trace};
use crate::skipped::{Gravity, Item, Skipped};
use crate::trace::raw_place;

/// Items without words that are listed one by one; more are summed.
const MAX_FAULTS: usize = 1000;

/// Reads every entry of an RSS, RDF or Atom feed. Never fails: what is no entry is handed on as
/// skipped, with its place in the feed. Linear.
pub(crate) fn read_markup_feed(bytes: &[u8], capture: &Capture, out: &mut dyn FnMut(Item)) {
    let decoded = charset::decode(bytes, stated_encoding(bytes));
    let walked = markup::walk(&decoded.text);
    let source = Source { bytes, decoding: &decoded.trace, capture };
    write(walked, &source, &decoded.defects, out);
}

/// Reads every item of a JSON Feed, as [`read_markup_feed`] does.
pub(crate) fn read_object_feed(bytes: &[u8], capture: &Capture, out: &mut dyn FnMut(Item)) {
    let decoded = charset::decode(bytes, None);
    let walked = object::walk(&decoded.text);
    let source = Source { bytes, decoding: &decoded.trace, capture };
    write(walked, &source, &decoded.defects, out);
}

/// Whether a whole JSON text is a JSON Feed.
pub(crate) fn is_object_feed(text: &[u8]) -> bool {
    object::is_feed(text)
}

/// The bytes of a feed, and the way from its characters to them.
struct Source<'a> {
    bytes: &'a [u8],
    decoding: &'a Trace,
    capture: &'a Capture,
}

/// What walking through a feed found.
#[derive(Default)]
struct Walked {
    channel: Channel,
    entries: Vec<entry::Entry>,
    /// First character that was not read, and why.
    cut: Option<(usize, &'static str)>,
    n_chars: usize,
}

fn write(
    walked: Walked,
    source: &Source<'_>,
    defects: &[crate::page::Defect],
    out: &mut dyn FnMut(Item),
) {
    let skip = |at: std::ops::Range<usize>, reason: String| {
        let raw = raw_place(source.decoding, at);
        Item::Skipped(Skipped {
            file: source.capture.file.clone(),
            offset: raw.start as u64,
            n_bytes: raw.len() as u64,
            reason,
            gravity: Gravity::Trouble,
        })
    };
    let n_entries = walked.entries.len();
    let (mut n_faults, mut rest) = (0, walked.n_chars..0);
    for (n, entry) in walked.entries.into_iter().enumerate() {
        let at = entry.at.clone();
        match entry::page(entry, n + 1, &walked.channel, source, defects) {
            Ok(page) => out(Item::Page(page)),
            Err(reason) => {
                n_faults += 1;
                if n_faults <= MAX_FAULTS {
                    out(skip(at, format!("item {} {reason}", n + 1)));
                } else {
                    rest = rest.start.min(at.start)..at.end;
                }
            }
        }
    }
    if n_faults > MAX_FAULTS {
        let n = n_faults - MAX_FAULTS;
        out(skip(rest, format!("{n} more items between here and there have no words")));
    }
    if let Some((at, why)) = walked.cut {
        let reason = format!("{why}: what came before was read");
        out(skip(at..walked.n_chars, reason));
    } else if n_entries == 0 {
        let reason = "is a feed without items: fetch it again later".to_owned();
        out(skip(0..walked.n_chars, reason));
    }
}

/// The charset that the first XML declaration states.
fn stated_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let at = memchr::memmem::find(head, b"<?xml")?;
    let declaration = &head[at..];
    let end = memchr::memchr(b'>', declaration).unwrap_or(declaration.len());
    let declaration = &declaration[..end];
    let at = memchr::memmem::find(declaration, b"encoding")? + b"encoding".len();
    let value = declaration[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let quote = *value.first()?;
    let value = &value[1..];
    Encoding::for_label(&value[..memchr::memchr(quote, value)?])
}

#[cfg(test)]
mod tests;
