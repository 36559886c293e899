//! Record: one capture, cut out of its file and not yet read.
//!
//! Files are cut into records one after the other, since only that gives their order and places;
//! records are read in any order and on any core, since each is whole in itself.

use std::borrow::Cow;

use crate::coding::{Coding, decode};
use crate::page::{Capture, Defect, DefectKind};
use crate::skipped::{Item, Skipped};
use crate::span::Span;

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

/// What a server sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Payload {
    /// Where in the record's body it begins.
    pub(crate) start: usize,
    /// What was done to it before it was sent, the last first.
    pub(crate) codings: Vec<Coding>,
    /// The charset that the server states.
    pub(crate) charset: Option<&'static encoding_rs::Encoding>,
    /// A file name that fits what the server calls it.
    pub(crate) name: &'static str,
}

/// One thing that cutting a file into records found.
#[derive(Clone, Debug)]
pub enum Found {
    /// A capture, to be read.
    Record(Record),
    /// Bytes that belong to no record.
    Skipped(Skipped),
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
    /// Digests and traces are of these. At most [`MAX_PAGE`](crate::read::MAX_PAGE) bytes and one of what was packed.
    pub fn payload(&self) -> Cow<'_, [u8]> {
        match &self.form {
            Form::Payload(payload) => decode(&self.bytes, &payload.codings).bytes,
            Form::File | Form::Line(_) => Cow::Borrowed(&self.bytes),
        }
    }

    /// An item of this record as one of the file. `cut` says why the record's bytes are not all
    /// there, if they are not.
    pub(crate) fn placed(&self, item: Item, cut: Option<&String>) -> Item {
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

impl Found {
    /// Bytes of the capture's file that a report may have been in.
    pub(crate) fn trouble(capture: &Capture, offset: u64, n_bytes: u64, reason: String) -> Self {
        Self::Skipped(Skipped::trouble(capture, offset, n_bytes, reason))
    }
}

/// The name of a file, or of the member of an archive that `capture` is.
pub(crate) fn name_of(capture: &Capture) -> &str {
    if capture.record.is_empty() { &capture.file } else { &capture.record }
}

/// What was left out of a member, as a reason in the list of its archive.
pub(crate) fn of_member(member: &Capture, reason: &str) -> String {
    if member.record.is_empty() || reason.starts_with("member ") {
        return reason.to_owned();
    }
    format!("member {} {reason}", member.record)
}
