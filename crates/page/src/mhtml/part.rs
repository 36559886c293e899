//! Part: one body of a message, with what its headers say.
//!
//! After: RFC 2045 and 2046, sections 5.1. Looks into parts of parts, as old browsers and mail
//! programs nest them.

use std::ops::Range;

use encoding_rs::WINDOWS_1252;

/// Most parts; a saved page has some hundred.
const MAX_PARTS: usize = 20_000;

/// How deep parts may stand in one another.
const MAX_DEPTH: usize = 4;

/// Most bytes of one part's headers.
const MAX_HEADERS: usize = 64 << 10;

/// One body.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    /// Its letters, as they stand in the message.
    pub(super) at: Range<usize>,
    /// `text/html`, in lower case.
    pub(super) kind: String,
    pub(super) charset: Option<String>,
    /// `quoted-printable` and the like, in lower case.
    pub(super) encoding: String,
    /// Its address.
    pub(super) location: Option<String>,
    /// Its `Content-ID`.
    pub(super) id: Option<String>,
    /// The message ends before the part does.
    pub(super) is_cut: bool,
}

impl Part {
    pub(super) fn is_html(&self) -> bool {
        matches!(self.kind.as_str(), "text/html" | "application/xhtml+xml")
    }

    pub(super) fn is_readable(&self) -> bool {
        self.is_html() || self.kind == "text/plain"
    }
}

/// The bodies of a message.
#[derive(Default)]
pub(super) struct Parts {
    /// In order.
    pub(super) parts: Vec<Part>,
}

/// The bodies of a message. Never fails; linear in each depth.
pub(super) fn parts(message: &[u8]) -> Parts {
    let mut parts = Parts::default();
    gather(message, 0..message.len(), 0, &mut parts.parts);
    parts
}

/// The parts of what stands at `at`, headers and all.
fn gather(message: &[u8], at: Range<usize>, depth: usize, parts: &mut Vec<Part>) {
    let (headers, body) = split(&message[at.clone()]);
    let body = at.start + body..at.end;
    let stated = header(headers, "content-type").unwrap_or_default();
    let kind = stated.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let edge = parameter(&stated, "boundary").filter(|edge| !edge.is_empty());
    if let Some(edge) = edge
        && kind.starts_with("multipart/")
        && depth < MAX_DEPTH
    {
        between(message, body, &edge, depth, parts);
    } else if parts.len() < MAX_PARTS {
        parts.push(Part {
            at: body,
            kind,
            charset: parameter(&stated, "charset"),
            encoding: header(headers, "content-transfer-encoding")
                .unwrap_or_default()
                .to_ascii_lowercase(),
            location: header(headers, "content-location"),
            id: header(headers, "content-id"),
            is_cut: false,
        });
    }
}

/// The parts between the lines `--edge` of a body.
fn between(message: &[u8], body: Range<usize>, edge: &str, depth: usize, parts: &mut Vec<Part>) {
    let line = [b"--", edge.as_bytes()].concat();
    let mut open: Option<usize> = None;
    for found in memchr::memmem::find_iter(&message[body.clone()], &line) {
        let found = body.start + found;
        let is_line = found == body.start || message[found - 1] == b'\n';
        let rest = &message[found + line.len()..body.end];
        let is_last = rest.starts_with(b"--");
        let after = if is_last { &rest[2..] } else { rest };
        let blank = after.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
        // `--edge` may be how `--edge-2`, the line of an inner part, begins.
        if !is_line || !matches!(after.get(blank), None | Some(b'\n')) {
            continue;
        }
        if let Some(start) = open.take() {
            gather(message, start..without_break(message, start, found), depth + 1, parts);
        }
        if is_last || parts.len() >= MAX_PARTS {
            return;
        }
        open = Some((found + line.len() + blank + 1).min(body.end));
    }
    if let Some(start) = open {
        let n = parts.len();
        gather(message, start..body.end, depth + 1, parts);
        if let Some(last) = parts[n..].last_mut() {
            last.is_cut = true;
        }
    }
}

/// The line break before an edge belongs to the edge.
fn without_break(message: &[u8], start: usize, end: usize) -> usize {
    let part = &message[start..end];
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    let part = part.strip_suffix(b"\r").unwrap_or(part);
    start + part.len()
}

/// A message's headers, and where its body begins: after the first empty line.
pub(super) fn split(message: &[u8]) -> (&[u8], usize) {
    let mut at = message.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let start = at;
    while let Some(len) = memchr::memchr(b'\n', &message[at..]) {
        let line = &message[at..at + len];
        if line.trim_ascii().is_empty() {
            return (&message[start..at], at + len + 1);
        }
        at += len + 1;
        if at - start > MAX_HEADERS {
            break;
        }
    }
    (&message[start..at], message.len())
}

/// The value of a header, its lines joined; `name` in lower case.
pub(super) fn header(headers: &[u8], name: &str) -> Option<String> {
    let mut lines = headers.split(|&byte| byte == b'\n').peekable();
    while let Some(line) = lines.next() {
        let Some(colon) = memchr::memchr(b':', line) else { continue };
        if !line[..colon].eq_ignore_ascii_case(name.as_bytes()) {
            continue;
        }
        let mut value = line[colon + 1..].to_vec();
        while let Some(more) =
            lines.next_if(|line| line.starts_with(b" ") || line.starts_with(b"\t"))
        {
            value.extend_from_slice(more);
        }
        let value = match str::from_utf8(&value) {
            Ok(value) => value.to_owned(),
            Err(_) => WINDOWS_1252.decode_without_bom_handling(&value).0.into_owned(),
        };
        let value: String = value.chars().filter(|c| *c != '\r').collect();
        return Some(value.trim().to_owned());
    }
    None
}

/// A parameter of a header's value: `boundary="edge"`.
pub(super) fn parameter(value: &str, name: &str) -> Option<String> {
    let mut rest = value;
    loop {
        rest = &rest[rest.find(';')? + 1..];
        let (key, after) = rest.split_once('=')?;
        if key.contains(';') {
            continue;
        }
        let after = after.trim_start();
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_at(after.find(';').unwrap_or(after.len())),
        };
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(value.trim().to_owned());
        }
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_folded_and_have_parameters() {
        let headers = b"A: b\r\nContent-Type: multipart/related;\r\n type=\"text/html; x=1\";\r\n\tboundary=\"a b\"; Start=<c>\r\n";
        let kind = header(headers, "content-type").unwrap();
        assert_eq!(parameter(&kind, "boundary").as_deref(), Some("a b"));
        assert_eq!(parameter(&kind, "start").as_deref(), Some("<c>"));
        assert_eq!(parameter(&kind, "x"), None);
        assert_eq!(header(headers, "b"), None);
    }

    #[test]
    fn parts_of_parts_are_found() {
        let message = b"Content-Type: multipart/related; boundary=e\n\nignored\n--e\n\
            Content-Type: multipart/alternative; boundary=e-2\n\n--e-2\nContent-Type: text/plain\n\none\n\
            --e-2\nContent-Type: text/html\n\ntwo\n--e-2--\n\n--e\nContent-Type: image/png\n\nthree";
        let found = parts(message).parts;
        let found: Vec<_> =
            found.iter().map(|part| (&message[part.at.clone()], part.is_cut)).collect();
        assert_eq!(found, [(&b"one"[..], false), (b"two", false), (b"three", true)]);
    }
}
