//! MHTML: a web page saved whole, as a mail message with a part for the page and one for each of
//! its pictures and style sheets. Only the page is read.
//!
//! After: RFC 2557. The cut into parts is our own: every part's letters have to keep their place.

mod part;

use std::ops::Range;

use crate::bounds::MAX_PAGE;
use crate::charset;
use crate::colophon::Colophon;
use crate::digest::digest;
use crate::html::{read_html_under, stated_charset};
use crate::mhtml::part::{Part, header, parameter, parts, split};
use crate::page::{Capture, Defect, DefectKind, Page};
use crate::payload::without_payloads;
use crate::skipped::{Gravity, Item, Skipped, no_words};
use crate::span::Span;
use crate::text::read_text;
use crate::transfer::{Transferred, as_it_is, base64, characters, quoted_printable};

/// Whether `head` begins as a saved web page does: with mail headers, one of which says that
/// several related parts follow.
pub(crate) fn is_mhtml(head: &[u8]) -> bool {
    let start = head.trim_ascii_start();
    let name = memchr::memchr(b':', &start[..start.len().min(64)]).unwrap_or(0);
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    if name == 0 || !start[..name].iter().all(is_name) {
        return false;
    }
    let (headers, _) = split(&start[..start.len().min(16 << 10)]);
    let kind = header(headers, "content-type").unwrap_or_default().to_ascii_lowercase();
    let is_related = kind.starts_with("multipart/related");
    let is_saved = header(headers, "snapshot-content-location").is_some()
        || header(headers, "from").is_some_and(|from| from.starts_with("<Saved by"));
    (is_related || is_saved) && header(headers, "mime-version").is_some()
}

/// Reads the page of a saved web page. Its address is the page part's, its time of capture the
/// message's date. Frames are left out, with a line. Never fails; linear.
pub(crate) fn read_mhtml(bytes: &[u8], capture: &Capture, out: &mut dyn FnMut(Item)) {
    let left_out = |gravity: Gravity, at: Range<usize>, reason: String| {
        let (file, offset, n_bytes) = (capture.file.clone(), at.start as u64, at.len() as u64);
        Item::Skipped(Skipped { file, offset, n_bytes, reason, gravity })
    };
    let skip = |at: Range<usize>, reason: String| left_out(Gravity::Trouble, at, reason);
    let found = parts(bytes);
    let (headers, _) = split(bytes);
    let Some(main) = main_part(&found.parts, headers) else {
        let reason = "is a web archive without a page: save the page again".to_owned();
        out(skip(0..bytes.len(), reason));
        return;
    };
    let part = &found.parts[main];
    let letters = &bytes[part.at.clone()];
    let transferred = match part.encoding.as_str() {
        "quoted-printable" => quoted_printable(letters, part.at.start),
        "base64" => base64(letters, part.at.start),
        _ => as_it_is(letters, part.at.start),
    };
    let address = header(headers, "snapshot-content-location").or_else(|| part.location.clone());
    let date = header(headers, "date");
    let capture = Capture {
        digest: digest(bytes),
        url: address.filter(|url| url.starts_with("http")).or_else(|| capture.url.clone()),
        captured: date.and_then(|date| moment(&date)).or_else(|| capture.captured.clone()),
        ..capture.clone()
    };
    let mut page = match read_part(part, &transferred, capture) {
        Ok(page) => page,
        Err(reason) => return out(skip(part.at.clone(), reason)),
    };
    let end = Span::new(page.body_end as usize, page.body_end as usize);
    if part.is_cut {
        let why = "ends before its page does: what came before was read".to_owned();
        page.defects.push(Defect { kind: DefectKind::Cut, span: end, why: why.clone() });
        out(skip(bytes.len()..bytes.len(), why));
    }
    if transferred.n_bad > 0 {
        let why = format!("{} letters are no {}", transferred.n_bad, part.encoding);
        page.defects.push(Defect { kind: DefectKind::BadBytes, span: end, why });
    }
    let has_words = !page.blocks.is_empty();
    if has_words || !page.meta.is_empty() {
        out(Item::Page(page));
    } else {
        out(skip(part.at.clone(), no_words(&page)));
    }
    let mut frames =
        found.parts.iter().enumerate().filter(|(n, part)| *n != main && part.is_html());
    if let Some((_, first)) = frames.next() {
        let n = 1 + frames.count();
        let reason = format!("has frames beside its page ({n} from here on): they were left out");
        // Advertisements, as a rule; but where the page is nothing but frames, the report.
        let gravity = if has_words { Gravity::Note } else { Gravity::Trouble };
        out(left_out(gravity, first.at.clone(), reason));
    }
}

/// The page of one part's bytes, traced to the letters.
fn read_part(part: &Part, transferred: &Transferred, capture: Capture) -> Result<Page, String> {
    let bytes = &transferred.bytes;
    let stated = part
        .charset
        .as_deref()
        .and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    let is_html = part.is_html();
    let stated = stated.or_else(|| is_html.then(|| stated_charset(bytes)).flatten());
    let mut decoded = charset::decode(bytes, stated);
    decoded.trace = characters(&decoded.text, &decoded.trace, &transferred.way);
    let decoded = if is_html { without_payloads(decoded) } else { decoded };
    if decoded.text.len() > MAX_PAGE {
        let size = decoded.text.len() >> 20;
        return Err(format!("has {size} MiB, more than the {} MiB of a page", MAX_PAGE >> 20));
    }
    if !is_html {
        return Ok(read_text(decoded, capture));
    }
    let mut colophon = Colophon::default();
    capture.url.as_deref().and_then(|url| colophon.push("url", url));
    Ok(read_html_under(decoded, capture, colophon))
}

/// The part that holds the page: the one that the message names, else the first HTML.
fn main_part(parts: &[Part], headers: &[u8]) -> Option<usize> {
    let kind = header(headers, "content-type").unwrap_or_default();
    let named = parameter(&kind, "start").filter(|id| !id.is_empty());
    let address = header(headers, "snapshot-content-location");
    let is_named = |part: &Part| named.is_some() && part.id == named && part.is_readable();
    let is_there = |part: &Part| address.is_some() && part.location == address && part.is_html();
    parts
        .iter()
        .position(is_named)
        .or_else(|| parts.iter().position(is_there))
        .or_else(|| parts.iter().position(Part::is_html))
        .or_else(|| parts.iter().position(Part::is_readable))
}

/// A mail message's date in ISO 8601, in world time.
fn moment(date: &str) -> Option<String> {
    let zoned = jiff::fmt::rfc2822::parse(date.trim()).ok()?;
    Some(zoned.timestamp().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Reading;

    fn read_file(bytes: &[u8]) -> Reading {
        let mut reading = Reading::default();
        read_mhtml(bytes, &Capture { file: "a.mhtml".into(), ..Capture::default() }, &mut |item| {
            match item {
                Item::Page(page) => reading.pages.push(page),
                Item::Skipped(skipped) => reading.skipped.push(skipped),
            }
        });
        reading
    }

    const SAVED: &str = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://post.example/1\r\n\
        Subject: Ferry\r\nDate: Wed, 2 Apr 2031 10:00:00 +0200\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--edge--\"\r\n\r\n\r\n\
        ----edge--\r\nContent-Type: text/html\r\nContent-ID: <frame-1>\r\n\
        Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://post.example/1\r\n\r\n\
        <html><meta charset=3Dutf-8><title>Ferry</title><p>The caf=C3=A9 ferry is stu=\r\nck &amp;amp;.\r\n\
        ----edge--\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\
        Content-Location: https://post.example/a.png\r\n\r\niVBORw0KGgo=\r\n\
        ----edge--\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: cid:f2\r\n\r\n<p>Advert\r\n\
        ----edge----\r\n";

    #[test]
    fn the_saved_page_is_read() {
        assert!(is_mhtml(SAVED.as_bytes()));
        let reading = read_file(SAVED.as_bytes());
        let page = &reading.pages[0];
        assert_eq!(page.words(page.body()), "The café ferry is stuck &amp;.");
        assert_eq!(page.capture.url.as_deref(), Some("https://post.example/1"));
        assert_eq!(page.capture.captured.as_deref(), Some("2031-04-02T08:00:00Z"));
        assert_eq!(page.words(page.meta("title").unwrap()), "Ferry");
        assert!(page.defects.is_empty(), "{:?}", page.defects);
        let [frames] = &reading.skipped[..] else { panic!("{:?}", reading.skipped) };
        let wanted = "has frames beside its page (1 from here on): they were left out";
        assert_eq!((frames.reason.as_str(), frames.gravity), (wanted, Gravity::Note));
        let runs = page.trace.runs.iter().map(|run| {
            (page.words(run.text), &SAVED[run.raw_start as usize..run.raw_end as usize])
        });
        let wanted = [
            ("The caf", "The caf"),
            ("é", "=C3=A9"),
            (" ferry is stu", " ferry is stu"),
            ("ck ", "ck "),
            ("&", "&amp;"),
            ("amp;.", "amp;."),
        ];
        assert_eq!(runs.collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn other_dresses_are_read_too() {
        // One part in base64, windows-1252; the edge stands in no quotes.
        let saved = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=edge; start=\"<b>\"\n\n--edge\n\
            Content-Type: text/css\n\np {}\n--edge\nContent-Type: text/html; charset=windows-1252\n\
            Content-ID: <b>\nContent-Transfer-Encoding: BASE64\n\nPHA+Q2Fm6SBib3Jk\n--edge--\n";
        assert!(is_mhtml(saved));
        let page = &read_file(saved).pages[0];
        assert_eq!(page.words(page.body()), "Café bord");
        let runs: Vec<_> = page
            .trace
            .runs
            .iter()
            .map(|run| (page.words(run.text), &saved[run.raw_start as usize..run.raw_end as usize]))
            .collect();
        assert_eq!(
            runs,
            [("Caf", &b"Q2Fm"[..]), ("é", b"6SBi"), (" b", b"6SBi"), ("ord", b"b3Jk")]
        );
        assert!(!is_mhtml(b"Note: a list\n\nof things") && !is_mhtml(b"From: Ada\n\nDear Bo"));
    }

    #[test]
    fn characters_of_as_many_bytes_in_another_charset_stay_apart() {
        let head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=e\n\n--e\n\
            Content-Type: text/html; charset=gbk\nContent-Transfer-Encoding: quoted-printable\n\n";
        let saved = [&head[..], b"<p>\xa8\xa8\xa8\xa8 =A8=A8\n--e--\n"].concat();
        let page = &read_file(&saved).pages[0];
        assert_eq!(page.words(page.body()), "èè è");
        let runs = page.trace.runs.iter().map(|run| {
            (page.words(run.text), &saved[run.raw_start as usize..run.raw_end as usize])
        });
        let wanted = [("è", &b"\xa8\xa8"[..]), ("è", b"\xa8\xa8"), (" ", b" "), ("è", b"=A8=A8")];
        assert_eq!(runs.collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn bombs_take_no_time() {
        let start = std::time::Instant::now();
        let head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=e\n\n";
        let nested = "--e\nContent-Type: multipart/mixed; boundary=e\n\n";
        for part in
            ["--e\n\n", nested, "--e\nA: b", "\n--e-", "=\n", "--e\nContent-Type: text/html;"]
        {
            read_file(format!("{head}{}", part.repeat(100_000)).as_bytes());
        }
        let page = "--e\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n";
        read_file(format!("{head}{page}{}", "=C3=A9=\n".repeat(300_000)).as_bytes());
        assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    }

    #[test]
    fn a_cut_page_says_so() {
        let cut = &SAVED[..SAVED.find("ck &amp;").unwrap()];
        let reading = read_file(cut.as_bytes());
        assert_eq!(reading.pages[0].words(reading.pages[0].body()), "The café ferry is stu");
        assert_eq!(reading.pages[0].defects[0].kind, DefectKind::Cut);
        assert_eq!(reading.skipped.len(), 1);
        let none = &SAVED[..SAVED.find("\r\n----edge").unwrap()];
        assert_eq!(read_file(none.as_bytes()).skipped.len(), 1);
    }
}
