//! WARC: a crawl's file of records (0.17 to 1.1, ISO 28500), plain or packed member by member.
//!
//! The crates that read WARC give no places of packed records, and stop at the first fault. This
//! one names every record by its place and goes on: where a length is wrong or a member damaged, it
//! looks for the next record and lists what lies between.
//!
//! Places are bytes of the file; where the file is packed, the byte where the member begins that
//! holds the record, as the indexes of archives have it.

mod answer;

use std::cell::Cell;
use std::ops::Range;

use crate::bounds::MAX_PAGE;
use crate::header::{Header, header, header_len};
use crate::input::Source;
use crate::page::Capture;
use crate::record::{Form, Found, Record};
use crate::skipped::{Gravity, Skipped};
use crate::tally::Notes;
use crate::window::{Break, Damage, Window};

/// Longest header of a record. The longest in the wild have 20 KiB, nearly all of it one URL.
const MAX_HEADER: usize = 64 << 10;

/// Longest body that is held: a page and the header of its answer. What is longer is passed over
/// without being held.
const MAX_BODY: usize = MAX_PAGE + (1 << 20);

/// Faults listed one by one for one file; more are summed.
const MAX_FAULTS: u64 = 1000;

/// Whether `bytes` begin as a WARC file does. A damaged first line is made up for by the next.
pub(crate) fn is_warc(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(512)];
    version_len(head).is_some() || memchr::memmem::find(head, b"\nWARC-Type:").is_some()
}

/// Cuts the stream into records. Holds one of them. Never fails; a fault of the disk is left in the
/// window. Linear.
pub(crate) fn records_of(
    window: &mut Window<Source<'_>>,
    capture: &Capture,
    out: &mut dyn FnMut(Found),
) {
    let is_any = Cell::new(false);
    let mut out = |found| {
        is_any.set(true);
        out(found);
    };
    let (notes, n_faults, more) = (Notes::default(), 0, 0);
    let mut crawl = Crawl { window, capture, out: &mut out, notes, n_faults, more };
    while crawl.step() {}
    crawl.close();
    if !is_any.get() && window.fault().is_none() {
        let why = "holds records about a crawl, and no page".to_owned();
        out(Found::trouble(capture, 0, window.at(), why));
    }
}

struct Crawl<'c, 's> {
    window: &'c mut Window<Source<'s>>,
    capture: &'c Capture,
    out: &'c mut dyn FnMut(Found),
    notes: Notes,
    n_faults: u64,
    /// Bytes of the faults that are not listed one by one.
    more: u64,
}

/// Where a record stands.
#[derive(Clone, Copy)]
struct At {
    /// In the unpacked stream.
    stream: u64,
    /// In the file: see the module.
    file: u64,
}

impl Crawl<'_, '_> {
    /// Reads one record, or passes over what is none. False at the end.
    fn step(&mut self) -> bool {
        self.pass_blank();
        let at = self.here();
        let bytes = self.window.ahead(MAX_HEADER.min(4096));
        if bytes.is_empty() {
            return self.mend(at, None);
        }
        if version_len(bytes).is_none() {
            if self.is_damaged(at) {
                return self.mend(at, None);
            }
            return self.pass_garbage(at, "belongs to no record");
        }
        let mut len = header_len(bytes);
        if len.is_none() {
            len = header_len(self.window.ahead(MAX_HEADER)).filter(|&len| len <= MAX_HEADER);
        }
        let Some(len) = len else {
            if self.is_damaged(at) {
                return self.mend(at, None);
            }
            return self.pass_garbage(at, "begins as a record and has no end of its header");
        };
        let header = header(&self.window.ahead(0)[..len]);
        let Some(n) = header.get("content-length").and_then(|n| n.parse::<u64>().ok()) else {
            return self.pass_garbage(at, "is a record without its length");
        };
        if n > MAX_BODY as u64 {
            self.pass_long(at, len, &header, n)
        } else {
            self.body(at, len, &header, n as usize)
        }
    }

    /// Reads a record whose body can be held: `len` bytes of header, `n` of body as it says.
    fn body(&mut self, at: At, len: usize, header: &Header, n: usize) -> bool {
        // The body, the blank lines after it, and the first word of the next record.
        let is_all = self.window.ahead(len + n + 16).len() >= len + n;
        if self.is_damaged(at) && !(is_all && self.is_short()) {
            return self.mend(at, Some((len, header)));
        }
        let (mut end, mut next, mut cut) = (len + n, len + n, None);
        if !is_all || !self.ends_at(at, len + n) {
            let n_seen = self.window.ahead(len + MAX_BODY).len();
            let found = self.next_record(at, len);
            if found.is_none() && !is_all && self.window.fault().is_some() {
                return self.mend(at, Some((len, header)));
            }
            next = found.unwrap_or(n_seen.min(len + n));
            end = len + trim_end(&self.window.seen()[len..next]).len();
            // More blank lines than there should be are no matter.
            let is_right = next >= len + n && end <= len + n;
            if is_right {
                end = len + n;
            } else if found.is_some() || !is_all {
                cut = Some(format!("its record says {n} bytes and has {}", end - len));
            } else {
                end = len + n;
            }
        }
        self.keep(at, len..end, header, cut);
        self.window.pass(next);
        true
    }

    /// Whether what follows byte `end` from here is the end of a record: blank lines, and then
    /// nothing or another record. Two line ends as they should be are enough: what follows them is
    /// no part of the record, whatever it is.
    fn ends_at(&self, at: At, end: usize) -> bool {
        let from = at.stream + end as u64;
        let is_member = self.member_from(from).is_some_and(|member| member <= from + 8);
        let rest = &self.window.seen()[end..];
        let next = trim_start(&rest[..rest.len().min(16)]);
        if next.is_empty() {
            return rest.len() <= 8 && self.window.is_over();
        }
        let begins = b"WARC/".starts_with(&next[..next.len().min(5)]);
        rest.starts_with(b"\r\n\r\n")
            || begins && (is_member || next.len() < rest.len() || version_len(next).is_some())
    }

    /// Where the next member begins, from byte `stream` on, of those that were read so far.
    fn member_from(&self, stream: u64) -> Option<u64> {
        match self.window.peek() {
            Source::Packed(packed) => packed.member_from(stream),
            Source::Plain(_) => None,
        }
    }

    /// Where the next record begins in the bytes that were looked at, from byte `from` on. Each
    /// place where one may begin is judged by the bytes up to the next such place, so that this is
    /// linear.
    fn next_record(&self, at: At, from: usize) -> Option<usize> {
        let bytes = self.window.seen();
        let may_begin = |found: &usize| {
            let stream = at.stream + *found as u64;
            *found > 0 && bytes[*found - 1] == b'\n' || self.member_from(stream) == Some(stream)
        };
        let found = memchr::memmem::find_iter(&bytes[from.min(bytes.len())..], b"WARC/");
        let mut starts = found.map(|found| found + from).filter(may_begin).peekable();
        while let Some(start) = starts.next() {
            let end = starts.peek().copied().unwrap_or(bytes.len());
            if is_record(&bytes[start..end]) {
                return Some(start);
            }
        }
        None
    }

    /// Passes over a record that is too long to be held.
    fn pass_long(&mut self, at: At, len: usize, header: &Header, n: u64) -> bool {
        let start = self.window.ahead(len + MAX_HEADER)[len..].to_vec();
        self.window.pass(len);
        let (mut left, mut is_next) = (n, false);
        while left > 0 && !is_next {
            let here = self.window.at();
            let ahead = self.window.ahead(MAX_HEADER).len() as u64;
            let member = self.member_from(here + 1).map(|member| member - here);
            let member = member.filter(|&step| step < ahead.min(left));
            let step = member.unwrap_or(ahead.min(left));
            if step == 0 {
                break;
            }
            self.window.pass(step as usize);
            left -= step;
            // A length that leads over the beginning of another record's member is wrong.
            is_next = member.is_some() && is_record(self.window.ahead(4096));
        }
        let n_bytes = self.window.at() - at.stream;
        if left > 0 {
            let why = format!("is a record that says {n} bytes and has {}", n - left);
            self.fault(at, n_bytes, &why);
        } else {
            match answer::kind(header, &start) {
                answer::Kind::Page(_) => {
                    let (size, most) = (n >> 20, MAX_PAGE >> 20);
                    let why =
                        format!("is a record of {size} MiB, more than the {most} MiB of a page");
                    self.fault(at, n_bytes, &why);
                }
                answer::Kind::Note(what) => self.notes.add(&what, at.file, n_bytes),
                answer::Kind::Nothing => {}
            }
        }
        true
    }

    /// Hands on what stands in `body` of the bytes ahead, if it is a page.
    fn keep(&mut self, at: At, body: Range<usize>, header: &Header, cut: Option<String>) {
        let bytes = &self.window.seen()[body.clone()];
        let n_bytes = body.end as u64;
        match answer::kind(header, bytes) {
            answer::Kind::Page(payload) => {
                let cut = cut.or_else(|| {
                    let why = header.get("warc-truncated")?;
                    Some(format!("the crawler cut it off ({why})"))
                });
                let bytes = bytes[payload.start..].to_vec();
                let capture = answer::capture(header, at.file, self.capture);
                let form = Form::Payload(payload);
                let offset = at.file;
                (self.out)(Found::Record(Record { bytes, capture, form, offset, n_bytes, cut }));
            }
            answer::Kind::Note(what) => self.notes.add(&what, at.file, n_bytes),
            answer::Kind::Nothing => {}
        }
    }

    /// Whether what is ahead ends in damage that touches the member of the record at `at`.
    fn is_damaged(&self, at: At) -> bool {
        matches!(self.window.fault(), Some(Break::Damage(damage)) if damage.member <= at.file)
    }

    /// Whether the bytes before the damage are right.
    fn is_short(&self) -> bool {
        matches!(self.window.fault(), Some(Break::Damage(Damage { is_short: true, .. })))
    }

    /// Deals with the end of the stream, or with damage in the record at `at`, and goes on with the
    /// next member that can be unpacked. False if there is none.
    fn mend(&mut self, at: At, record: Option<(usize, &Header)>) -> bool {
        let Some(Break::Damage(damage)) = self.window.fault().cloned() else { return false };
        if damage.is_short
            && let Some((len, header)) = record
        {
            let end = self.window.ahead(0).len();
            let cut = "its archive ends here: the rest is missing".to_owned();
            self.keep(at, len.min(end)..end, header, Some(cut));
        }
        let Source::Packed(packed) = self.window.source() else { return false };
        let next = packed.resume();
        let end = next.unwrap_or_else(|| damage.member + packed.n_after(damage.member));
        let n_bytes = end.saturating_sub(damage.member);
        let at = At { stream: at.stream, file: damage.member };
        self.fault(at, n_bytes, &damage.why);
        if next.is_some() {
            self.window.resume();
        }
        next.is_some()
    }

    /// Passes over everything up to the next record.
    fn pass_garbage(&mut self, at: At, what: &str) -> bool {
        loop {
            let n = self.window.ahead(2 * MAX_HEADER).len();
            let here = self.here();
            if let Some(next) = self.next_record(here, 1.min(n)) {
                self.window.pass(next);
                break;
            }
            if self.window.is_over() {
                self.window.pass(n);
                break;
            }
            // The header of a record may be cut in two; and a line feed stands before it.
            self.window.pass(n - MAX_HEADER - 1);
        }
        let n_bytes = self.window.at() - at.stream;
        self.fault(at, n_bytes, &format!("{what}: passed over to the next record"));
        true
    }

    fn pass_blank(&mut self) {
        loop {
            let bytes = self.window.ahead(4096);
            let n = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            if n == 0 {
                return;
            }
            self.window.pass(n);
        }
    }

    fn here(&mut self) -> At {
        let stream = self.window.at();
        let file = match self.window.source() {
            Source::Packed(packed) => packed.member_of(stream),
            Source::Plain(_) => stream,
        };
        At { stream, file }
    }

    fn fault(&mut self, at: At, n_bytes: u64, reason: &str) {
        self.n_faults += 1;
        if self.n_faults <= MAX_FAULTS {
            self.list(at.file, n_bytes, reason.to_owned());
        } else {
            self.more += n_bytes;
        }
    }

    fn list(&mut self, offset: u64, n_bytes: u64, reason: String) {
        let (file, gravity) = (self.capture.file.clone(), Gravity::Trouble);
        (self.out)(Found::Skipped(Skipped { file, offset, n_bytes, reason, gravity }));
    }

    /// Lists what was counted.
    fn close(mut self) {
        if self.n_faults > MAX_FAULTS {
            let n = self.n_faults - MAX_FAULTS;
            let n_bytes = self.more;
            self.list(0, n_bytes, format!("has {n} more places that could not be read"));
        }
        for line in std::mem::take(&mut self.notes).lines(&self.capture.file) {
            (self.out)(Found::Skipped(line));
        }
    }
}

/// Bytes without the line ends before them.
fn trim_start(bytes: &[u8]) -> &[u8] {
    let n = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    &bytes[n..]
}

/// Bytes without the line ends after them.
fn trim_end(bytes: &[u8]) -> &[u8] {
    let n = bytes.iter().rev().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    &bytes[..bytes.len() - n]
}

/// The length of a `WARC/1.0` line.
fn version_len(bytes: &[u8]) -> Option<usize> {
    let rest = bytes.strip_prefix(b"WARC/")?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    let end = match &rest[digits..] {
        [b'\r', b'\n', ..] => 2,
        [b'\n', ..] => 1,
        _ => return None,
    };
    (rest[..digits].starts_with(b"0.") || rest[..digits].starts_with(b"1."))
        .then_some(5 + digits + end)
}

/// Whether a record begins here, judged more strictly than where one is due: it says its type and
/// its length.
fn is_record(bytes: &[u8]) -> bool {
    if version_len(bytes).is_none() {
        return false;
    }
    let bytes = &bytes[..bytes.len().min(MAX_HEADER)];
    let Some(len) = header_len(bytes) else { return false };
    let header = header(&bytes[..len]);
    header.get("warc-type").is_some()
        && header.get("content-length").is_some_and(|n| n.parse::<u64>().is_ok())
}

#[cfg(test)]
mod tests;
