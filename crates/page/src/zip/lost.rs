//! Lost: the members of an archive whose table of contents is gone, because it was cut in transit:
//! found by the header that stands before each of them.

use std::io::{self, Read};

use flate2::bufread::DeflateDecoder;

use super::{Around, is_asset, is_hidden, note, read_member, shown};
use crate::page::Capture;
use crate::record::Found;

/// A member's own header.
struct Header {
    is_encrypted: bool,
    /// Whether its sizes follow the data, and are not known beforehand.
    is_open: bool,
    method: u16,
    n_packed: u64,
    name: String,
    /// Where its data begins.
    data: usize,
}

/// Reads every member that can be found. Never fails; linear.
pub(super) fn members(
    bytes: &[u8],
    around: Around<'_>,
    capture: &Capture,
    out: &mut dyn FnMut(Found),
) {
    let (mut at, mut n_found, mut n_hidden) = (0, 0, 0);
    while let Some(next) = memchr::memmem::find(&bytes[at..], b"PK\x03\x04") {
        let start = at + next;
        let Some(header) = header(bytes, start) else {
            at = start + 4;
            continue;
        };
        let rest = &bytes[header.data..];
        let n_packed = (header.n_packed as usize).min(rest.len());
        let known = if header.is_open { 0 } else { n_packed };
        at = header.data + known;
        if header.name.ends_with('/') {
            continue;
        }
        if is_hidden(&header.name) || is_asset(&header.name) {
            n_hidden += 1;
            continue;
        }
        let why_not = match header.method {
            _ if header.is_encrypted => "is encrypted: unpack it with its password first",
            0 if header.is_open => "has no stated length and no table of contents",
            0 | 8 => "",
            _ => "is packed in a way that headwater does not read: unpack it first",
        };
        if !why_not.is_empty() {
            let reason = format!("member {} {why_not}", shown(&header.name));
            out(Found::trouble(capture, start as u64, known as u64, reason));
            continue;
        }
        n_found += 1;
        if header.method == 0 {
            let is_cut = n_packed as u64 != header.n_packed;
            let file = Short { rest: &rest[..n_packed], is_cut };
            read_member(file, &header.name, around, capture, out);
        } else {
            let packed = if header.is_open { rest } else { &rest[..n_packed] };
            let mut decoder = DeflateDecoder::new(packed);
            read_member(&mut decoder, &header.name, around, capture, out);
            at = header.data + known.max(decoder.total_in() as usize);
        }
    }
    let reason = format!(
        "has lost its table of contents, perhaps cut in transit: {n_found} members were found without it"
    );
    out(Found::trouble(capture, bytes.len() as u64, 0, reason));
    if n_hidden > 0 {
        let why = "hidden files, pictures, styles and programs";
        out(note(capture, format!("has {n_hidden} {why}: left out")));
    }
}

/// A member's bytes as they are; the archive may end before they do.
struct Short<'a> {
    rest: &'a [u8],
    is_cut: bool,
}

impl Read for Short<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self.rest.read(out) {
            Ok(0) if self.is_cut && !out.is_empty() => {
                Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive ends"))
            }
            other => other,
        }
    }
}

/// The header at `start`, if one is there and whole.
fn header(bytes: &[u8], start: usize) -> Option<Header> {
    let fixed: &[u8; 30] = bytes.get(start..start + 30)?.try_into().ok()?;
    let short = |at: usize| u16::from_le_bytes([fixed[at], fixed[at + 1]]);
    let long = |at: usize| u32::from(short(at)) | u32::from(short(at + 2)) << 16;
    let (flags, n_packed) = (short(6), long(18));
    let name_end = start + 30 + usize::from(short(26));
    let name = String::from_utf8_lossy(bytes.get(start + 30..name_end)?).into_owned();
    let data = name_end + usize::from(short(28));
    bytes.get(..data)?;
    let is_open = flags & 8 != 0 || n_packed == u32::MAX;
    let is_encrypted = flags & 1 != 0;
    Some(Header { is_encrypted, is_open, method: short(8), n_packed: n_packed.into(), name, data })
}
