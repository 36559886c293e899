//! Record: one capture, cut out of its file and not yet read.
//!
//! Files are cut into records one after the other, since only that gives their order and places;
//! records are read in any order and on any core, since each is whole in itself.

use std::borrow::Cow;

use encoding_rs::Encoding;

use crate::charset;
use crate::coding::decode;
use crate::digest::digest;
use crate::feed::{read_markup_feed, read_object_feed};
use crate::html::{read_html, stated_charset};
use crate::jsonl;
use crate::mhtml::read_mhtml;
use crate::page::{Capture, Defect, DefectKind, Page};
use crate::payload::without_payloads;
use crate::read::{Gravity, Item, MAX_PAGE, READS, Skipped};
use crate::sniff::{Shape, sniff};
use crate::span::Span;
use crate::stream::name_of;
use crate::text::read_text;
use crate::warc::Payload;
use crate::zip::of_member;

/// How deep formats may stand in one another: a page in a message in an archive in an archive.
pub(crate) const MAX_DEPTH: u8 = 4;

/// One capture, cut out of its file and not yet read.
#[derive(Clone, Debug)]
pub struct Record {
    pub(crate) bytes: Vec<u8>,
    pub(crate) capture: Capture,
    pub(crate) form: Form,
    /// Where it stands in its file; see [`Skipped::offset`].
    pub(crate) offset: u64,
    /// Bytes that it takes there.
    pub(crate) n_bytes: u64,
    /// Why it is not whole, if it is not.
    pub(crate) cut: Option<String>,
}

/// What a record's bytes are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    /// A whole file, of any format.
    File,
    /// A line of a JSONL file, by its number from 1.
    Line(usize),
    /// What a server sent, perhaps packed.
    Payload(Payload),
}

impl Record {
    /// What the file says of it. The digest is filled in when the record is read.
    pub fn capture(&self) -> &Capture {
        &self.capture
    }

    /// How many bytes are held.
    pub fn n_bytes(&self) -> usize {
        self.bytes.len()
    }

    /// How many bytes it takes in its file, header and all; unpacked, if the file is packed.
    pub fn n_stated(&self) -> u64 {
        self.n_bytes
    }

    /// Its bytes as its server had them: chunks joined, packings undone, as far as they could be.
    /// Digests and traces are of these. At most [`MAX_PAGE`] bytes and one of what was packed.
    pub fn payload(&self) -> Cow<'_, [u8]> {
        match &self.form {
            Form::Payload(payload) => decode(&self.bytes, &payload.codings).bytes,
            Form::File | Form::Line(_) => Cow::Borrowed(&self.bytes),
        }
    }

    /// Reads the record: its pages and what could not be read go to `out`, in order. Never fails;
    /// linear.
    pub fn read(&self, out: &mut dyn FnMut(Item)) {
        match &self.form {
            Form::File => {
                let mut out = |item| out(self.placed(item, None));
                let told = Told { name: name_of(&self.capture), ..Told::default() };
                dispatch(&self.bytes, &told, &self.capture, &mut out);
            }
            Form::Line(n) => {
                let mut out = |item| out(self.placed(item, None));
                jsonl::read_line(&self.bytes, *n, 0, &self.capture, &mut out);
            }
            Form::Payload(payload) => {
                let plain = decode(&self.bytes, &payload.codings);
                let told = Told { name: payload.name, charset: payload.charset, depth: 1 };
                let mut out = |item| out(self.placed(item, plain.cut.as_ref()));
                dispatch(&plain.bytes, &told, &self.capture, &mut out);
            }
        }
    }

    /// An item of this record as one of the file. `cut` says why the record's bytes are not all
    /// there, if they are not.
    fn placed(&self, item: Item, cut: Option<&String>) -> Item {
        match item {
            Item::Page(mut page) => {
                for why in self.cut.iter().chain(cut) {
                    let end = Span::new(page.body_end as usize, page.body_end as usize);
                    let defect = Defect { kind: DefectKind::Cut, span: end, why: why.clone() };
                    page.defects.push(defect);
                }
                page.fit();
                Item::Page(page)
            }
            // In a record, offsets are of what was unpacked from it, which is no place in the file.
            Item::Skipped(skipped) if matches!(self.form, Form::Payload(_)) => {
                let (offset, n_bytes) = (self.offset, self.n_bytes);
                let reason = cut.map_or(skipped.reason.clone(), |cut| {
                    format!("{}, perhaps because {cut}", skipped.reason)
                });
                Item::Skipped(Skipped { offset, n_bytes, reason, ..skipped })
            }
            Item::Skipped(skipped) => {
                // Of what is no page only the head is held.
                let is_all = skipped.n_bytes == self.bytes.len() as u64;
                let n_bytes = if is_all { self.n_bytes } else { skipped.n_bytes };
                let offset = self.offset + skipped.offset;
                let reason = of_member(&self.capture, &skipped.reason);
                Item::Skipped(Skipped { offset, n_bytes, reason, ..skipped })
            }
        }
    }
}

/// What a container says of the bytes in it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Told<'a> {
    /// A file name for the bytes; empty where the file's own is to be taken.
    pub(crate) name: &'a str,
    /// The charset that a header states.
    pub(crate) charset: Option<&'static Encoding>,
    /// How many containers stand around the bytes.
    pub(crate) depth: u8,
}

/// Reads one capture that stands whole in memory, whatever it is: sniffs it and hands it to its
/// reader. Containers hand what they hold to this function, with `told.depth` one more.
/// `capture.digest` is filled in here. Never fails; what is no page is handed on as skipped, with
/// offsets into `bytes`.
pub(crate) fn dispatch(
    bytes: &[u8],
    told: &Told<'_>,
    capture: &Capture,
    out: &mut dyn FnMut(Item),
) {
    // Servers call pictures pages, and send nothing at all; a file was meant to be read.
    let foreign = if told.depth > 0 { Gravity::Note } else { Gravity::Trouble };
    let mut skip = |gravity: Gravity, reason: String| {
        let (file, n_bytes) = (capture.file.clone(), bytes.len() as u64);
        out(Item::Skipped(Skipped { file, offset: 0, n_bytes, reason, gravity }));
    };
    if told.depth > MAX_DEPTH {
        return skip(
            Gravity::Trouble,
            format!("stands in more than {MAX_DEPTH} containers: unpack it first"),
        );
    }
    let name = if told.name.is_empty() { capture.file.as_str() } else { told.name };
    match sniff(bytes, name) {
        Shape::Empty => skip(foreign, "is empty: there is nothing to read".to_owned()),
        Shape::Foreign(what) => skip(foreign, format!("looks like {what}: {READS}")),
        Shape::Binary => skip(foreign, format!("looks like no text at all: {READS}")),
        Shape::Jsonl => jsonl::read_jsonl(bytes, capture, out),
        Shape::Feed => read_markup_feed(bytes, capture, out),
        Shape::ObjectFeed => read_object_feed(bytes, capture, out),
        Shape::Mhtml => read_mhtml(bytes, capture, out),
        shape @ (Shape::Html | Shape::Text) => {
            let capture = Capture { digest: digest(bytes), ..capture.clone() };
            let stated = || (shape == Shape::Html).then(|| stated_charset(bytes)).flatten();
            let decoded = charset::decode(bytes, told.charset.or_else(stated));
            let decoded = match shape {
                Shape::Html => without_payloads(decoded),
                _ => decoded,
            };
            if decoded.text.len() > MAX_PAGE {
                return skip(Gravity::Trouble, too_large(decoded.text.len() as u64));
            }
            let page = match shape {
                Shape::Html => read_html(decoded, capture),
                _ => read_text(decoded, capture),
            };
            if page.blocks.is_empty() && page.meta.is_empty() {
                skip(Gravity::Trouble, no_words(&page));
            } else {
                out(Item::Page(page));
            }
        }
    }
}

/// Why a page without words is not one: it was cut before its first word, or a script writes them.
pub(crate) fn no_words(page: &Page) -> String {
    let cut = page.defects.iter().find(|defect| defect.kind == DefectKind::Cut);
    match cut {
        Some(cut) => format!("shows no words, and {}", cut.why),
        None => "shows no words without its scripts: save the page as the browser shows it".into(),
    }
}

/// Why a page of `n` bytes is not read.
pub(crate) fn too_large(n: u64) -> String {
    let (size, most) = (n >> 20, MAX_PAGE >> 20);
    format!("has {size} MiB, more than the {most} MiB of a page: split it")
}
