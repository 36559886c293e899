//! HTML: a web page as a page. Tokens with their places build a tree, the tree is written out as
//! a reader would see it, and what a reader does not see goes to the colophon.
//!
//! ```text
//! characters ── token ──► tree ── render ──► blocks, elements, links
//!                           └──── metadata ─► colophon
//! ```

mod lenient;
mod linked_data;
mod metadata;
mod microdata;
#[cfg(test)]
pub(crate) mod reference;
mod render;
mod saved;
mod seam;
mod stray_date;
mod tag;
mod token;
mod tree;

use encoding_rs::Encoding;

use crate::charset::Decoded;
use crate::colophon::Colophon;
use crate::digest::page_id;
use crate::page::{Capture, Defect, DefectKind, Page};
use crate::span::Span;
use crate::text::controls;
use crate::trace::through;

/// The page of an HTML capture. Never fails: whatever bytes, there is a tree. About linear; nesting
/// is bounded (see [`tree`]).
pub(crate) fn read_html(decoded: Decoded<'_>, capture: Capture) -> Page {
    let capture = saved::saved(&decoded.text, capture);
    read_html_under(decoded, capture, Colophon::default())
}

/// As [`read_html`], of words that stood in something that says more of them: `known` stands before
/// their own metadata.
pub(crate) fn read_html_under(decoded: Decoded<'_>, capture: Capture, known: Colophon) -> Page {
    let tree = token::parse(&decoded.text);
    let mut colophon = metadata::collect(&tree, &decoded.text, known);
    if let Some(url) = capture.url.as_ref().filter(|_| !colophon.entries.has("url")) {
        colophon.entries.push("url", url);
    }
    let rendering = render::render(&tree, &mut colophon.entries);
    let mut text = rendering.text;
    let body_end = text.len() as u32;
    let end = Span::new(text.len(), text.len());
    let mut defects: Vec<Defect> = decoded
        .defects
        .into_iter()
        .map(|defect| Defect { span: Span::default(), ..defect })
        .collect();
    if let Some(at) = tree.cut {
        let n = decoded.text.len() - at;
        let why = format!("is nested or repeated beyond all use: the last {n} bytes were left out");
        defects.push(Defect { kind: DefectKind::Cut, span: end, why });
    }
    defects.extend(controls(&text));
    defects.extend(colophon.faults.into_iter().map(|(at, fault)| {
        let script = decoded.trace.raw(at);
        let (at, why) = (fault.at, fault.why);
        let why = format!(
            "JSON-LD that begins at byte {script} {why}, at its byte {at}: the rest of it was read"
        );
        Defect { kind: DefectKind::BadMetadata, span: end, why }
    }));
    let meta = colophon.entries.write(&mut text, &mut defects);
    let mut elements = rendering.elements;
    for (element, entry) in rendering.times {
        elements[element as usize].time = meta.get(entry).map(|meta| meta.span);
    }
    Page {
        id: page_id(&capture),
        capture,
        body_end,
        blocks: rendering.blocks,
        elements,
        links: rendering.links,
        meta,
        trace: through(rendering.trace, &decoded.trace),
        defects,
        text,
    }
}

/// The charset that a page's first 4 KiB state in a `meta` element. Looks for `charset=` as the
/// HTML standard's prescan does, without its care for comments.
pub(crate) fn stated_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let mut rest = &head[..];
    while let Some(at) = memchr::memmem::find(rest, b"charset") {
        rest = &rest[at + b"charset".len()..];
        let Some(value) = rest.trim_ascii_start().strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
        let is_label = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte);
        let len = value.iter().take_while(is_label).count();
        if let Some(encoding) = Encoding::for_label(&value[..len]) {
            return Some(encoding);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_are_stated_in_two_ways() {
        let name = |html: &[u8]| stated_charset(html).map(Encoding::name);
        assert_eq!(name(b"<meta charset='latin1'>"), Some("windows-1252"));
        let old = b"<meta http-equiv=Content-Type content=\"text/html; charset=koi8-r\">";
        assert_eq!(name(old), Some("KOI8-R"));
        assert_eq!(name(b"<p>The charset is unknown."), None);
    }
}
