//! Dispatch: the bytes of one capture to the reader of their format.

use encoding_rs::Encoding;

use crate::bounds::{MAX_PAGE, too_large};
use crate::charset;
use crate::coding::decode;
use crate::digest::digest;
use crate::feed::{read_markup_feed, read_object_feed};
use crate::html::{read_html, stated_charset};
use crate::jsonl;
use crate::mhtml::read_mhtml;
use crate::page::Capture;
use crate::payload::without_payloads;
use crate::record::{Form, Record, name_of};
use crate::skipped::{Gravity, Item, READS, Skipped, no_words};
use crate::sniff::{Shape, sniff};
use crate::text::read_text;

impl Record {
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
                let foreign = Gravity::Note;
                let told = Told { name: payload.name, charset: payload.charset, foreign };
                let mut out = |item| out(self.placed(item, plain.cut.as_ref()));
                dispatch(&plain.bytes, &told, &self.capture, &mut out);
            }
        }
    }
}

/// What a container says of the bytes in it.
#[derive(Clone, Copy, Debug, Default)]
struct Told<'a> {
    /// A file name for the bytes; empty where the file's own is to be taken.
    name: &'a str,
    /// The charset that a header states.
    charset: Option<&'static Encoding>,
    /// What it means if they are no page: a file was meant to be read, but servers call pictures
    /// pages, and send nothing at all.
    foreign: Gravity,
}

/// Reads one capture that stands whole in memory, whatever it is: sniffs it and hands it to its
/// reader. `capture.digest` is filled in here. Never fails; what is no page is handed on as skipped, with
/// offsets into `bytes`.
fn dispatch(bytes: &[u8], told: &Told<'_>, capture: &Capture, out: &mut dyn FnMut(Item)) {
    let foreign = told.foreign;
    let mut skip = |gravity: Gravity, reason: String| {
        let (file, n_bytes) = (capture.file.clone(), bytes.len() as u64);
        out(Item::Skipped(Skipped { file, offset: 0, n_bytes, reason, gravity }));
    };
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
