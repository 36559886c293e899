//! JSON, as far as a page needs it: where the fields of an object stand, and what a string says,
//! byte by byte.
//!
//! `serde_json` gives values without places and refuses a line for one lone surrogate; a scraper's
//! line is worth more than that.

use std::ops::Range;

use crate::page::Trace;
use crate::trace::Tracer;

/// Deepest nesting that is skipped over.
const MAX_NESTING: usize = 256;

/// Where the JSON goes wrong, and how.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Byte offset.
    pub(crate) at: usize,
    /// A lower-case fragment.
    pub(crate) why: &'static str,
}

/// What a JSON string says.
pub(crate) struct Words {
    /// The characters.
    pub(crate) text: String,
    /// From `text` to the bytes that the string was cut from.
    pub(crate) trace: Trace,
    /// Escapes that stand for no character (lone surrogates) and became U+FFFD.
    pub(crate) n_bad: usize,
}

/// The fields of the one object that `line` holds: names, and where the values stand, in order.
/// Values are skipped over, not checked.
pub(crate) fn fields(line: &str) -> Result<Vec<(String, Range<usize>)>, Fault> {
    match fields_so_far(line) {
        (fields, None) => Ok(fields),
        (_, Some(fault)) => Err(fault),
    }
}

/// As [`fields`], of an object that may be cut or broken: what stands before the fault, and the
/// fault. A value that the end of `line` cuts is the last field and goes up to that end.
pub(crate) fn fields_so_far(line: &str) -> (Vec<(String, Range<usize>)>, Option<Fault>) {
    let mut fields = Vec::new();
    let fault = gather_fields(line, &mut fields).err();
    (fields, fault)
}

fn gather_fields(line: &str, fields: &mut Vec<(String, Range<usize>)>) -> Result<(), Fault> {
    let mut at = blank(line, 0);
    at = expect(line, at, b'{', "is no JSON object")?;
    at = blank(line, at);
    if line.as_bytes().get(at) == Some(&b'}') {
        return end(line, at + 1);
    }
    loop {
        let name_end = skip_string(line, at)?;
        let name = words(line, at..name_end).text;
        at = expect(line, blank(line, name_end), b':', "has a field without a colon")?;
        at = blank(line, at);
        let value_end = match skip(line, at) {
            Ok(value_end) => value_end,
            Err(fault) => {
                fields.push((name, at..line.len()));
                return Err(fault);
            }
        };
        fields.push((name, at..value_end));
        at = blank(line, value_end);
        match line.as_bytes().get(at) {
            Some(b',') => at = blank(line, at + 1),
            Some(b'}') => return end(line, at + 1),
            Some(_) => return Err(Fault { at, why: "has no comma between two fields" }),
            None => return Err(Fault { at, why: "ends before its object does" }),
        }
    }
}

/// Where the values of the one array that `text` holds stand, in order.
pub(crate) fn elements(text: &str) -> Result<Vec<Range<usize>>, Fault> {
    match elements_so_far(text) {
        (elements, None) => Ok(elements),
        (_, Some(fault)) => Err(fault),
    }
}

/// As [`elements`], of an array that may be cut or broken; a cut value goes up to the end.
pub(crate) fn elements_so_far(text: &str) -> (Vec<Range<usize>>, Option<Fault>) {
    let mut elements = Vec::new();
    let fault = gather_elements(text, &mut elements).err();
    (elements, fault)
}

fn gather_elements(text: &str, elements: &mut Vec<Range<usize>>) -> Result<(), Fault> {
    let mut at = expect(text, blank(text, 0), b'[', "is no JSON array")?;
    at = blank(text, at);
    if text.as_bytes().get(at) == Some(&b']') {
        return end(text, at + 1);
    }
    loop {
        let value_end = match skip(text, at) {
            Ok(value_end) => value_end,
            Err(fault) => {
                elements.push(at.min(text.len())..text.len());
                return Err(fault);
            }
        };
        elements.push(at..value_end);
        at = blank(text, value_end);
        match text.as_bytes().get(at) {
            Some(b',') => at = blank(text, at + 1),
            Some(b']') => return end(text, at + 1),
            Some(_) => return Err(Fault { at, why: "has no comma between two values" }),
            None => return Err(Fault { at, why: "ends before its array does" }),
        }
    }
}

/// What the string at `range` of `line`, quotes included, says. Lone surrogates and unknown escapes
/// become U+FFFD. Never fails; linear.
pub(crate) fn words(line: &str, range: Range<usize>) -> Words {
    let inside = range.start + 1..range.end.saturating_sub(1).max(range.start + 1);
    let raw = line.get(inside.clone()).unwrap_or_default();
    let (mut text, mut tracer, mut n_bad) =
        (String::with_capacity(raw.len()), Tracer::default(), 0);
    let mut at = 0;
    while at < raw.len() {
        let plain = memchr::memchr(b'\\', &raw.as_bytes()[at..]).unwrap_or(raw.len() - at);
        tracer.exact(text.len(), plain, inside.start + at);
        text.push_str(&raw[at..at + plain]);
        at += plain;
        if at < raw.len() {
            let (len, c) = unescape(&raw[at..]);
            n_bad += usize::from(c.is_none());
            let mut buffer = [0; 4];
            let c = c.unwrap_or('\u{fffd}').encode_utf8(&mut buffer);
            // A character and an unknown escape as long as it are not the same bytes: to lead to the
            // backslash alone says so.
            let shown = if c.len() == len { 1 } else { len };
            tracer.decoded(text.len(), c, inside.start + at..inside.start + at + shown);
            text.push_str(c);
            at += len;
        }
    }
    Words { text, trace: tracer.finish(), n_bad }
}

/// The escape at the start of `raw`: its length and its character.
fn unescape(raw: &str) -> (usize, Option<char>) {
    let c = match raw.as_bytes().get(1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(&c @ (b'"' | b'\\' | b'/')) => char::from(c),
        Some(b'u') => return unescape_unit(raw),
        _ => {
            let len = raw[1..].chars().next().map_or(0, char::len_utf8);
            return (1 + len, None);
        }
    };
    (2, Some(c))
}

fn unescape_unit(raw: &str) -> (usize, Option<char>) {
    let unit = |at: usize| -> Option<u32> {
        let digits = raw.get(at..at + 6)?.strip_prefix("\\u")?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        u32::from_str_radix(digits, 16).ok()
    };
    let Some(high) = unit(0) else { return (2, None) };
    if (0xd800..0xdc00).contains(&high)
        && let Some(low @ 0xdc00..0xe000) = unit(6)
    {
        return (12, char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00)));
    }
    (6, char::from_u32(high))
}

/// Where the value at `at` ends.
fn skip(line: &str, mut at: usize) -> Result<usize, Fault> {
    let mut open: Vec<u8> = Vec::new();
    loop {
        at = blank(line, at);
        match line.as_bytes().get(at) {
            None => return Err(Fault { at, why: "ends inside a value" }),
            Some(b'"') => at = skip_string(line, at)?,
            Some(&c @ (b'{' | b'[')) => {
                if open.len() == MAX_NESTING {
                    return Err(Fault { at, why: "is nested too deep" });
                }
                open.push(if c == b'{' { b'}' } else { b']' });
                at += 1;
                continue;
            }
            Some(&c @ (b'}' | b']')) if open.last() == Some(&c) => {
                open.pop();
                at += 1;
            }
            Some(b',' | b':') if !open.is_empty() => {
                at += 1;
                continue;
            }
            Some(byte) if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.') => {
                at += line.as_bytes()[at..]
                    .iter()
                    .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.'))
                    .count();
            }
            Some(_) => return Err(Fault { at, why: "has a sign where a value belongs" }),
        }
        if open.is_empty() {
            return Ok(at);
        }
    }
}

/// Where the string at `at` ends, after its closing quote.
fn skip_string(line: &str, at: usize) -> Result<usize, Fault> {
    let mut end = expect(line, at, b'"', "has no string where one belongs")?;
    loop {
        match memchr::memchr2(b'"', b'\\', &line.as_bytes()[end.min(line.len())..]) {
            None => return Err(Fault { at, why: "ends inside a string" }),
            Some(n) if line.as_bytes()[end + n] == b'"' => return Ok(end + n + 1),
            Some(n) => end += n + 2,
        }
    }
}

fn blank(line: &str, at: usize) -> usize {
    let rest = line.as_bytes().get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count()
}

fn expect(line: &str, at: usize, byte: u8, why: &'static str) -> Result<usize, Fault> {
    if line.as_bytes().get(at) == Some(&byte) { Ok(at + 1) } else { Err(Fault { at, why }) }
}

fn end(line: &str, at: usize) -> Result<(), Fault> {
    let at = blank(line, at);
    if at == line.len() { Ok(()) } else { Err(Fault { at, why: "goes on after its end" }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stand_where_they_stand() {
        let line = r#" {"id": 7, "text": "a \"b\"", "more": {"x": [1, "}"]}, "no": null} "#;
        let found: Vec<_> =
            fields(line).unwrap().into_iter().map(|(name, range)| (name, &line[range])).collect();
        let wanted =
            [("id", "7"), ("text", r#""a \"b\"""#), ("more", r#"{"x": [1, "}"]}"#), ("no", "null")];
        assert_eq!(found, wanted.map(|(name, value)| (name.to_owned(), value)));
    }

    #[test]
    fn faults_say_where() {
        assert_eq!(fields(r#"{"id": "7"#), Err(Fault { at: 7, why: "ends inside a string" }));
        assert!(fields("not json").is_err());
        assert!(fields(r#"{"a": 1 "b": 2}"#).is_err());
        assert!(fields(r#"{"a": 1} x"#).is_err());
        assert!(fields(&format!("{{\"a\": {}", "[".repeat(1000))).is_err());
    }

    #[test]
    fn strings_are_read_and_traced() {
        let line = r#""caf\u00e9 \ud83d\ude00 \ud83d! \q""#;
        let words = words(line, 0..line.len());
        assert_eq!(words.text, "café 😀 \u{fffd}! \u{fffd}");
        assert_eq!(words.n_bad, 2);
        let accent = words.trace.runs[1];
        assert_eq!(&line[accent.raw_start as usize..accent.raw_end as usize], r"\u00e9");
    }

    #[test]
    fn an_unknown_escape_is_never_taken_for_its_bytes() {
        let line = "\"\\¢\"";
        let words = words(line, 0..line.len());
        assert_eq!(words.text, "\u{fffd}");
        let run = words.trace.runs[0];
        assert_ne!(run.text.len() as u64, run.raw_end - run.raw_start);
    }

    #[test]
    fn arrays_have_elements() {
        let text = "[{\"id\": 1}, {\"id\": 2}]";
        let found: Vec<_> = elements(text).unwrap().into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["{\"id\": 1}", "{\"id\": 2}"]);
        assert_eq!(elements("[]").unwrap(), []);
    }
}
