//! Charset: capture bytes to characters, with the way back to the bytes.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Encoding, ISO_2022_JP, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};

use crate::page::{Defect, DefectKind, Trace};
use crate::span::Span;
use crate::trace::Tracer;

/// A capture's characters.
pub(crate) struct Decoded<'a> {
    /// The characters. Borrowed, and equal to the bytes, if those are UTF-8.
    pub(crate) text: Cow<'a, str>,
    /// From decoded bytes to capture bytes; empty if they are equal.
    pub(crate) trace: Trace,
    /// What was odd; spans are of `text`.
    pub(crate) defects: Vec<Defect>,
}

/// Decodes `bytes`. `stated` is the charset that the capture itself names, if any.
///
/// In this order: a byte order mark; UTF-8 if the bytes are that; UTF-16 by the pattern of its
/// zeros; UTF-8 with a few bad bytes; the stated charset; a guess from the bytes. A UTF-8 byte
/// order mark stays in the text. Never fails: what no charset explains becomes U+FFFD, with a
/// defect. Linear.
pub(crate) fn decode<'a>(bytes: &'a [u8], stated: Option<&'static Encoding>) -> Decoded<'a> {
    if let Some((encoding, bom)) = Encoding::for_bom(bytes)
        && encoding != UTF_8
    {
        return decode_as(bytes, encoding, bom, None);
    }
    let escapes = stated == Some(ISO_2022_JP) && bytes.contains(&0x1b);
    if !escapes && let Ok(text) = str::from_utf8(bytes) {
        let mut defects = Vec::new();
        if let Some(stated) = stated
            && stated != UTF_8
            && !bytes.is_ascii()
        {
            let why = format!("states {} but is UTF-8, and was read as that", stated.name());
            defects.push(defect(DefectKind::Charset, why));
        }
        return Decoded { text: Cow::Borrowed(text), trace: Trace::default(), defects };
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        let why = format!("has no byte order mark: read as {}", encoding.name());
        return decode_as(bytes, encoding, 0, Some(why));
    }
    let stated = stated.filter(|&encoding| encoding != REPLACEMENT);
    if is_mostly_utf8(bytes) {
        return decode_utf8(bytes);
    }
    match stated {
        Some(encoding) if encoding != UTF_8 && encoding != UTF_16BE && encoding != UTF_16LE => {
            decode_as(bytes, encoding, 0, None)
        }
        _ => {
            let encoding = guess(bytes);
            let why = format!("is no UTF-8: read as {}, which is a guess", encoding.name());
            decode_as(bytes, encoding, 0, Some(why))
        }
    }
}

/// UTF-16 without a mark: Latin text has a zero in most even (big endian) or odd places.
pub(crate) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let half = head.len() / 2;
    if half < 4 {
        return None;
    }
    let zeros =
        |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 > half * 7 && even * 10 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 7 && odd * 10 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether bytes that are no UTF-8 are nearly so: more good multi-byte characters than bad bytes.
/// A page cut by a byte count, or with one foreign paragraph pasted in, not a Latin-1 page.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| byte & 0xc0 == 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

fn decode_utf8(bytes: &[u8]) -> Decoded<'_> {
    let (mut text, mut tracer) = (String::with_capacity(bytes.len()), Tracer::default());
    let (mut at, mut n_bad, mut first) = (0, 0, None);
    for chunk in bytes.utf8_chunks() {
        tracer.exact(text.len(), chunk.valid().len(), at);
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            n_bad += chunk.invalid().len();
            first.get_or_insert(text.len());
            tracer.decoded(text.len(), "\u{fffd}", at..at + chunk.invalid().len());
            text.push('\u{fffd}');
            at += chunk.invalid().len();
        }
    }
    let mut defects = Vec::new();
    if let Some(first) = first {
        let why = format!("{n_bad} bytes are no UTF-8 and were replaced by U+FFFD");
        let span = Span::new(first, first + '\u{fffd}'.len_utf8());
        defects.push(Defect { kind: DefectKind::BadBytes, span, why });
    }
    Decoded { text: Cow::Owned(text), trace: tracer.finish(), defects }
}

/// Decodes from byte `skip` on. Runs of ASCII go through the decoder whole, other bytes one at a
/// time, so that each character's bytes are known in any charset that the decoder knows.
fn decode_as<'a>(
    bytes: &'a [u8],
    encoding: &'static Encoding,
    skip: usize,
    why: Option<String>,
) -> Decoded<'a> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (mut text, mut tracer) = (String::with_capacity(bytes.len()), Tracer::default());
    let (mut at, mut from, mut n_bad, mut first_bad) = (skip, skip, 0, None);
    let mut buffer = String::with_capacity(8192);
    // In UTF-16 and ISO-2022-JP a byte below 0x80 may be half a character.
    let whole = encoding.is_ascii_compatible();
    while at < bytes.len() {
        // Counted only where it is used: in a charset of escapes, 4096 looks a byte are hours.
        let ascii = || bytes[at..].iter().take(4096).take_while(|&&byte| byte < 0x80).count();
        let step = if whole && from == at { ascii().max(1) } else { 1 };
        let chunk = &bytes[at..at + step];
        at += step;
        buffer.clear();
        let bad = feed(&mut decoder, chunk, &mut buffer, at == bytes.len());
        if bad {
            n_bad += 1;
            first_bad.get_or_insert(text.len());
        }
        if buffer.as_bytes() == chunk {
            tracer.exact(text.len(), buffer.len(), from);
        } else if !buffer.is_empty() {
            tracer.decoded(text.len(), &buffer, from..at);
        } else {
            continue;
        }
        text.push_str(&buffer);
        from = at;
    }
    let mut defects = Vec::new();
    defects.extend(why.map(|why| defect(DefectKind::Charset, why)));
    if let Some(first) = first_bad {
        let why = format!(
            "bytes that are no {} were replaced by U+FFFD in {n_bad} places",
            encoding.name()
        );
        defects.push(Defect { kind: DefectKind::BadBytes, span: Span::new(first, first), why });
    }
    Decoded { text: Cow::Owned(text), trace: tracer.finish(), defects }
}

/// Feeds `chunk` to the decoder; returns whether something in it was replaced.
fn feed(decoder: &mut encoding_rs::Decoder, chunk: &[u8], out: &mut String, last: bool) -> bool {
    let (mut rest, mut bad) = (chunk, false);
    loop {
        let (result, n_read, replaced) = decoder.decode_to_string(rest, out, last);
        rest = &rest[n_read..];
        bad |= replaced;
        match result {
            CoderResult::InputEmpty => return bad,
            CoderResult::OutputFull => out.reserve(chunk.len() * 3 + 16),
        }
    }
}

fn defect(kind: DefectKind, why: String) -> Defect {
    Defect { kind, span: Span::default(), why }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::WINDOWS_1252;

    #[test]
    fn utf8_is_borrowed_and_keeps_its_mark() {
        let decoded = decode("\u{feff}Vélo".as_bytes(), None);
        assert!(matches!(decoded.text, Cow::Borrowed("\u{feff}Vélo")));
        assert!(decoded.trace.runs.is_empty() && decoded.defects.is_empty());
    }

    #[test]
    fn latin1_is_guessed_and_traced() {
        let bytes = b"Le maire a d\xe9clar\xe9 que le ferry \xe9tait bloqu\xe9.";
        let decoded = decode(bytes, None);
        assert_eq!(decoded.text, "Le maire a déclaré que le ferry était bloqué.");
        assert_eq!(decoded.defects[0].kind, DefectKind::Charset);
        let run = decoded.trace.runs[1];
        assert_eq!((run.text.of(&decoded.text), run.raw_start, run.raw_end), ("é", 12, 13));
    }

    #[test]
    fn a_stated_charset_is_no_defect() {
        let decoded = decode(b"caf\xe9", Some(WINDOWS_1252));
        assert_eq!(decoded.text, "café");
        assert!(decoded.defects.is_empty());
    }

    #[test]
    fn a_few_bad_bytes_are_replaced() {
        let cut = &"é é é".as_bytes()[..7];
        let decoded = decode(cut, None);
        assert_eq!(decoded.text, "é é \u{fffd}");
        assert_eq!(decoded.defects[0].kind, DefectKind::BadBytes);
    }

    #[test]
    fn utf16_is_seen_with_and_without_mark() {
        let units: Vec<u8> = "Ferry à l'eau".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&units, None).text, "Ferry à l'eau");
        let marked = [&[0xff, 0xfe][..], &units].concat();
        let decoded = decode(&marked, None);
        assert_eq!(decoded.text, "Ferry à l'eau");
        assert_eq!(decoded.trace.runs[0].raw_start, 2);
    }

    /// Words of a language in a charset of its own, told by nobody.
    fn encoded(words: &str, encoding: &'static Encoding) -> Vec<u8> {
        let (bytes, _, bad) = encoding.encode(words);
        assert!(!bad);
        bytes.into_owned()
    }

    #[test]
    fn charsets_are_guessed_by_their_language() {
        use encoding_rs::{BIG5, EUC_KR, GBK, SHIFT_JIS, WINDOWS_1251, WINDOWS_1256};
        for (words, encoding) in [
            ("Река Арл вышла из берегов в понедельник ночью и затопила сорок домов.", WINDOWS_1251),
            ("فاض نهر آرل ليلة الاثنين وغمرت المياه أربعين منزلا في المدينة", WINDOWS_1256),
            ("月曜日の夜、川が氾濫し、四十軒の家が浸水したと町の消防団が発表した。", SHIFT_JIS),
            ("월요일 밤 강이 범람하여 마흔 채의 집이 물에 잠겼다고 소방서가 밝혔다.", EUC_KR),
            ("星期一晚上河水泛滥，淹没了四十所房屋，消防队说没有人受伤。", GBK),
            ("星期一晚上河水氾濫，淹沒了四十所房屋，消防隊說沒有人受傷。", BIG5),
        ] {
            let bytes = encoded(&words.repeat(3), encoding);
            let guessed = decode(&bytes, None);
            assert_eq!(guessed.text, words.repeat(3), "{}", encoding.name());
            assert_eq!(guessed.defects[0].kind, DefectKind::Charset);
            let told = decode(&bytes, Some(encoding));
            assert_eq!(told.text, words.repeat(3));
            assert!(told.defects.is_empty());
        }
    }

    #[test]
    fn a_page_that_lies_about_its_charset_is_read_as_what_it_is() {
        let words = "Le maire a déclaré que le ferry était bloqué.";
        let utf8 = decode(words.as_bytes(), Some(WINDOWS_1252));
        assert_eq!(utf8.text, words);
        assert!(utf8.defects[0].why.contains("states windows-1252 but is UTF-8"));
        let bytes = encoded(words, WINDOWS_1252);
        let latin = decode(&bytes, Some(UTF_8));
        assert_eq!(latin.text, words);
        assert!(latin.defects[0].why.contains("is no UTF-8"));
        let utf16 = decode(words.as_bytes(), Some(UTF_16LE));
        assert_eq!(utf16.text, words, "a page that can state UTF-16 in ASCII is none");
        let marked = ["\u{feff}".as_bytes(), words.as_bytes()].concat();
        assert_eq!(decode(&marked, Some(WINDOWS_1252)).text, format!("\u{feff}{words}"));
    }

    #[test]
    fn a_foreign_paragraph_in_utf8_costs_only_its_own_letters() {
        let pasted = encoded(" Le ferry était bloqué.", WINDOWS_1252);
        let page = ["Řeka vystoupila z břehů. ".repeat(20).into_bytes(), pasted].concat();
        let decoded = decode(&page, Some(UTF_8));
        assert!(decoded.text.starts_with("Řeka vystoupila z břehů."));
        assert!(decoded.text.ends_with(" Le ferry \u{fffd}tait bloqu\u{fffd}."));
        assert_eq!(decoded.defects[0].kind, DefectKind::BadBytes);
    }

    #[test]
    fn every_charset_takes_linear_time() {
        use encoding_rs::{GB18030, SHIFT_JIS, WINDOWS_1251};
        let noise: Vec<u8> =
            (0..60_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let high = vec![0xff; 60_000];
        let escapes = b"\x1b$B!".repeat(12_000);
        let charsets = [
            None,
            Some(UTF_8),
            Some(WINDOWS_1251),
            Some(SHIFT_JIS),
            Some(GB18030),
            Some(ISO_2022_JP),
            Some(UTF_16LE),
        ];
        for bytes in [&noise, &high, &escapes] {
            for stated in charsets {
                let start = std::time::Instant::now();
                let decoded = decode(bytes, stated);
                assert!(!decoded.text.is_empty());
                // Some hundredths of a second without optimization, on a busy machine ten times that.
                assert!(start.elapsed().as_secs() < 5, "{:?}", stated.map(Encoding::name));
            }
        }
    }

    #[test]
    fn a_trace_of_any_charset_is_whole_and_in_order() {
        use encoding_rs::{BIG5, EUC_JP, GB18030, ISO_8859_8, KOI8_R, SHIFT_JIS};
        let noise: Vec<u8> =
            (0..60_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
        for encoding in
            [BIG5, EUC_JP, GB18030, ISO_8859_8, KOI8_R, SHIFT_JIS, ISO_2022_JP, UTF_16BE]
        {
            let decoded = decode_as(&noise, encoding, 0, None);
            let (mut text, mut raw) = (0, 0);
            for run in &decoded.trace.runs {
                assert_eq!(run.text.start, text, "{}", encoding.name());
                assert!(run.raw_start >= raw && run.raw_end >= run.raw_start);
                assert!(decoded.text.is_char_boundary(run.text.end as usize));
                (text, raw) = (run.text.end, run.raw_end);
            }
            assert_eq!(text as usize, decoded.text.len());
            assert!(raw as usize <= noise.len());
        }
    }
}
