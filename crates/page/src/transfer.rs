//! Transfer: bytes that were written as plain letters to get through old mail programs, with the
//! way back.
//!
//! After: RFC 2045, section 6.

use crate::page::Trace;
use crate::trace::{Tracer, raw_place};

/// What the letters stand for.
pub(crate) struct Transferred {
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
    /// From these bytes to the letters, by their offsets; runs may begin inside a character.
    pub(crate) way: Trace,
    /// Letters that stand for nothing and were taken as they are, or left out.
    pub(crate) n_bad: usize,
}

/// Letters that stand for themselves.
pub(crate) fn as_it_is(letters: &[u8], at: usize) -> Transferred {
    let mut tracer = Tracer::default();
    tracer.exact(0, letters.len(), at);
    Transferred { bytes: letters.to_vec(), way: tracer.finish(), n_bad: 0 }
}

/// Quoted-printable: `=C3=A9`, `=` at the end of a line. `at` is where the letters begin in their
/// file. A `=` that quotes nothing is one. Never fails; linear.
pub(crate) fn quoted_printable(letters: &[u8], at: usize) -> Transferred {
    let (mut bytes, mut tracer, mut n_bad) =
        (Vec::with_capacity(letters.len()), Tracer::default(), 0);
    let mut from = 0;
    while from < letters.len() {
        let plain = memchr::memchr(b'=', &letters[from..]).unwrap_or(letters.len() - from);
        tracer.exact(bytes.len(), plain, at + from);
        bytes.extend_from_slice(&letters[from..from + plain]);
        from += plain;
        let Some(rest) = letters.get(from + 1..) else { break };
        if let [high, low, ..] = rest
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            tracer.stands_for(bytes.len(), 1, at + from..at + from + 3);
            bytes.push(high << 4 | low);
            from += 3;
            continue;
        }
        let blank = rest.iter().take(80).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let line_break = match &rest[blank..] {
            [b'\r', b'\n', ..] => 2,
            [b'\n' | b'\r', ..] => 1,
            _ => 0,
        };
        if line_break > 0 || blank == rest.len() {
            from += 1 + blank + line_break;
            continue;
        }
        n_bad += 1;
        tracer.exact(bytes.len(), 1, at + from);
        bytes.push(b'=');
        from += 1;
    }
    Transferred { bytes, way: tracer.finish(), n_bad }
}

/// Base64, four letters for three bytes. Letters that are none of its own are left out, as are
/// those of a group that is not whole. Never fails; linear.
pub(crate) fn base64(letters: &[u8], at: usize) -> Transferred {
    let (mut bytes, mut tracer, mut n_bad) =
        (Vec::with_capacity(letters.len() / 4 * 3), Tracer::default(), 0);
    let (mut group, mut n, mut start) = (0u32, 0, 0);
    let mut end = letters.len();
    for (from, letter) in letters.iter().enumerate() {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                end = from;
                break;
            }
            b' ' | b'\t' | b'\r' | b'\n' => continue,
            _ => {
                n_bad += 1;
                continue;
            }
        };
        if n == 0 {
            start = from;
        }
        group = group << 6 | u32::from(six);
        n += 1;
        if n == 4 {
            tracer.stands_for(bytes.len(), 3, at + start..at + from + 1);
            bytes.extend_from_slice(&group.to_be_bytes()[1..]);
            (group, n) = (0, 0);
        }
    }
    if n > 1 {
        let whole = (group << (6 * (4 - n))).to_be_bytes();
        let len = n as usize - 1;
        tracer.stands_for(bytes.len(), len, at + start..at + end);
        bytes.extend_from_slice(&whole[1..=len]);
    }
    Transferred { bytes, way: tracer.finish(), n_bad }
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|digit| digit as u8)
}

/// The way from a text's characters to the letters: `decoding` leads from `text` to bytes, `way`
/// from there to letters. Letters that share a character, and characters that share a group of
/// letters, share a run. Linear but for a search in every run.
pub(crate) fn characters(text: &str, decoding: &Trace, way: &Trace) -> Trace {
    let mut tracer = Tracer::default();
    if decoding.runs.is_empty() {
        even(text, 0, text.len(), 0, way, &mut tracer);
        return tracer.finish();
    }
    for run in &decoding.runs {
        let (start, len) = (run.text.start as usize, run.text.len());
        let raw = run.raw_start as usize..run.raw_end as usize;
        if len == raw.len() {
            even(text, start, len, raw.start, way, &mut tracer);
        } else {
            tracer.stands_for(start, len, raw_place(way, raw));
        }
    }
    tracer.finish()
}

/// The `len` bytes of text from `start` on are the bytes from `from` on.
fn even(text: &str, start: usize, len: usize, from: usize, way: &Trace, tracer: &mut Tracer) {
    let is_boundary = |at: usize| text.is_char_boundary(start + at - from);
    let (mut at, end) = (from, from + len);
    let mut steps = way.runs[way.runs.partition_point(|run| run.text.end as usize <= at)..].iter();
    let Some(mut step) = steps.next() else { return };
    while at < end {
        while step.text.end as usize <= at {
            match steps.next() {
                Some(next) => step = next,
                None => return,
            }
        }
        let is_exact = step.text.len() as u64 == step.raw_end - step.raw_start;
        let mut to = (step.text.end as usize).min(end);
        if is_exact {
            while !is_boundary(to) {
                to -= 1;
            }
            if to > at {
                let raw = step.raw_start as usize + at - step.text.start as usize;
                tracer.exact(start + at - from, to - at, raw);
                at = to;
                continue;
            }
            // A character that begins here and ends in the next step.
            to = at + 1;
        }
        while !is_boundary(to) {
            to += 1;
        }
        tracer.stands_for(start + at - from, to - at, raw_place(way, at..to));
        at = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str, way: &Transferred, letters: &[u8]) -> Vec<(String, String)> {
        let trace = characters(text, &Trace::default(), &way.way);
        let of = |run: &crate::page::TraceRun| {
            let raw = &letters[run.raw_start as usize..run.raw_end as usize];
            (run.text.of(text).to_owned(), String::from_utf8_lossy(raw).into_owned())
        };
        trace.runs.iter().map(of).collect()
    }

    fn pairs(runs: &[(String, String)]) -> Vec<(&str, &str)> {
        runs.iter().map(|(text, raw)| (text.as_str(), raw.as_str())).collect()
    }

    #[test]
    fn quoted_letters_are_read_and_traced() {
        let letters = b"Caf=C3=A9 = a =\r\nlong line=3D 1=\nx=zz=";
        let found = quoted_printable(letters, 0);
        let text = str::from_utf8(&found.bytes).unwrap();
        assert_eq!(text, "Café = a long line= 1x=zz");
        assert_eq!(found.n_bad, 2);
        let found = runs(text, &found, letters);
        let wanted = [
            ("Caf", "Caf"),
            ("é", "=C3=A9"),
            (" = a ", " = a "),
            ("long line", "long line"),
            ("=", "=3D"),
            (" 1", " 1"),
            ("x=zz", "x=zz"),
        ];
        assert_eq!(pairs(&found), wanted);
    }

    #[test]
    fn groups_of_letters_are_read_and_traced() {
        let letters = b"Q2Fm\r\nw6kgcw==";
        let found = base64(letters, 0);
        let text = str::from_utf8(&found.bytes).unwrap();
        assert_eq!((text, found.n_bad), ("Café s", 0));
        let found = runs(text, &found, letters);
        assert_eq!(pairs(&found), [("Caf", "Q2Fm"), ("é ", "w6kg"), ("s", "cw")]);
        // The first accent lies in two groups.
        let letters = b"YWHDqcOp";
        let found = base64(letters, 0);
        let text = str::from_utf8(&found.bytes).unwrap();
        assert_eq!(text, "aaéé");
        let found = runs(text, &found, letters);
        assert_eq!(pairs(&found), [("aaé", "YWHDqcOp"), ("é", "qcOp")]);
    }

    #[test]
    fn damage_is_counted() {
        assert_eq!(base64(b"Q2!Fm\nw6", 0).bytes, b"Caf\xc3");
        assert_eq!(base64(b"Q2!Fm", 0).n_bad, 1);
        assert_eq!(base64(b"Q", 0).bytes, b"");
    }
}
