//! Payload: pictures and fonts that a page carries inside of it, as `data:` addresses.
//!
//! Pages saved in one file are nine tenths payload. No reader sees the letters, so they are taken
//! out before the page is parsed, and do not count against its size.

use std::borrow::Cow;

use crate::charset::Decoded;
use crate::trace::{Tracer, through};

/// Shortest page that is looked at. Below, taking payloads out costs more than it saves.
const MIN_PAGE: usize = 1 << 20;

/// Shortest payload that is taken out. A word of base64 that long is no word.
const MIN_PAYLOAD: usize = 1024;

/// The same page without the base64 payloads of `data:` addresses in its attributes and styles (and
/// of one that it shows in quotes); the addresses themselves stay. Borrows where there is nothing to
/// take out. Never fails; linear.
pub(crate) fn without_payloads(decoded: Decoded<'_>) -> Decoded<'_> {
    if decoded.text.len() < MIN_PAGE {
        return decoded;
    }
    let text = &*decoded.text;
    let mut kept = String::new();
    let (mut tracer, mut from) = (Tracer::default(), 0);
    for mark in memchr::memmem::find_iter(text.as_bytes(), b";base64,") {
        let start = mark + ";base64,".len();
        if mark < from || !is_address(&text.as_bytes()[from..mark]) {
            continue;
        }
        let letter = |byte: &u8| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_' | b'%')
        };
        let len = text.as_bytes()[start..].iter().take_while(|byte| letter(byte)).count();
        if len < MIN_PAYLOAD {
            continue;
        }
        tracer.exact(kept.len(), start - from, from);
        kept.push_str(&text[from..start]);
        from = start + len;
    }
    if from == 0 {
        return decoded;
    }
    tracer.exact(kept.len(), text.len() - from, from);
    kept.push_str(&text[from..]);
    let trace = through(tracer.finish(), &decoded.trace);
    Decoded { text: Cow::Owned(kept), trace, defects: decoded.defects }
}

/// Whether what stands before `;base64,` is the start of an address in an attribute or a style:
/// `"data:image/png`, `url(data:font/woff2;charset=utf-8`.
fn is_address(before: &[u8]) -> bool {
    let before = &before[before.len().saturating_sub(100)..];
    let Some(at) = memchr::memmem::rfind(before, b"data:") else { return false };
    let kind = &before[at + b"data:".len()..];
    let is_kind = |byte: &u8| byte.is_ascii_alphanumeric() || b"/;=+-._".contains(byte);
    kind.iter().all(is_kind)
        && (at == 0 || matches!(before[at - 1], b'"' | b'\'' | b'(' | b'=' | b' ' | b',' | b';'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Capture, Trace};
    use crate::read::read;

    #[test]
    fn a_page_of_pictures_is_read_fast_and_traced() {
        let picture = format!("<img src=\"data:image/png;base64,{}==\">", "iVBO".repeat(1 << 19));
        let page = format!(
            "<!doctype html><p>One.<style>a {{ b: url(data:font/woff2;base64,{}) }}</style>{}<p>Two &amp; three.",
            "d09G".repeat(1000),
            picture.repeat(12)
        );
        assert!(page.len() > 20 << 20);
        let start = std::time::Instant::now();
        let reading =
            read(page.as_bytes(), &Capture { file: "a.html".into(), ..Capture::default() });
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
        let read = &reading.pages[0];
        assert_eq!(read.words(read.body()), "One.\nTwo & three.");
        for run in &read.trace.runs {
            let raw = &page[run.raw_start as usize..run.raw_end as usize];
            assert!(raw == read.words(run.text) || raw == "&amp;" || raw.is_empty(), "{raw:.20}");
        }
        assert_eq!(read.trace.runs.last().unwrap().raw_end as usize, page.len());
    }

    #[test]
    fn only_addresses_lose_their_payload() {
        let of = |text: &str| {
            let text = format!("{text}{}", " ".repeat(MIN_PAGE));
            let decoded = Decoded { text: text.into(), trace: Trace::default(), defects: vec![] };
            without_payloads(decoded).text.trim_end().to_owned()
        };
        let long = "A".repeat(2000);
        assert_eq!(of(&format!("x='data:a/b;base64,{long}'")), "x='data:a/b;base64,'");
        assert_eq!(of(&format!("xdata:a/b;base64,{long}.")), format!("xdata:a/b;base64,{long}."));
        assert_eq!(of("'data:a/b;base64,AAAA'"), "'data:a/b;base64,AAAA'");
    }
}
