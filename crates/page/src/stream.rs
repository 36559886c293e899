//! Stream: a file, however long, cut into its records one after the other.
//!
//! ```text
//! file ── gunzip (0 to 2 times) ──► ZIP?    its members, each as a file
//!                                   WARC?   a record a record
//!                                   JSONL?  a record a line
//!                                   else    the whole file is one record
//! ```

use std::io::{self, Cursor, Read, SeekFrom};

use crate::bounds::{MAX_LINE, MAX_PAGE, MAX_WHOLE, too_large};
use crate::gzip::{self, Gunzip, MAX_NESTING};
use crate::input::{Input, ReadSeek, Source};
use crate::json::fields;
use crate::jsonl;
use crate::page::Capture;
use crate::record::{Form, Found, Record, name_of};
use crate::sniff::{Shape, sniff};
use crate::warc::{self, is_warc};
use crate::window::{Break, Window};
use crate::zip::{self, Around, is_zip};

/// How many bytes of a file are looked at to see what it is.
const HEAD: usize = 64 << 10;

/// Cuts a file into records. See [`crate::read::records`].
pub(crate) fn cut(
    input: Input<'_>,
    capture: &Capture,
    out: &mut dyn FnMut(Found),
) -> io::Result<()> {
    cut_in(input, None, capture, out)
}

/// As [`cut`], of a file that lies in archives. `capture.record` is then its name.
fn cut_in(
    input: Input<'_>,
    around: Option<Around<'_>>,
    capture: &Capture,
    out: &mut dyn FnMut(Found),
) -> io::Result<()> {
    let plain: Box<dyn Read + '_> = match input {
        Input::Bytes(bytes) if is_zip(bytes) => {
            return zip::records_of(&mut Cursor::new(bytes), around, cut_in, capture, out);
        }
        Input::Bytes(bytes) => Box::new(bytes),
        Input::File(file) => {
            if starts_zip(file)? {
                return zip::records_of(file, around, cut_in, capture, out);
            }
            Box::new(file)
        }
        Input::Stream(stream) => Box::new(stream),
    };
    let mut window = Window::new(Source::Plain(plain));
    for _ in 0..MAX_NESTING {
        if !gzip::is_gzip(window.ahead(HEAD)) {
            break;
        }
        window = Window::new(Source::Packed(Box::new(Gunzip::new(window))));
    }
    if gzip::is_gzip(window.ahead(HEAD)) {
        let why = format!("is packed more than {MAX_NESTING} times: unpack it first");
        let n_bytes = window.skip(u64::MAX);
        out(Found::trouble(capture, 0, n_bytes, why));
        return Ok(());
    }
    if is_zip(window.ahead(HEAD)) {
        let bytes = window.ahead(MAX_WHOLE + 1).to_vec();
        if bytes.len() <= MAX_WHOLE {
            window.pass(bytes.len());
            zip::records_of(&mut Cursor::new(bytes), around, cut_in, capture, out)?;
        } else {
            let n_bytes = window.skip(u64::MAX);
            let size = n_bytes >> 20;
            let why = format!("is an archive of {size} MiB in a stream: name it as a file");
            out(Found::trouble(capture, 0, n_bytes, why));
        }
        return finish(&mut window, capture, out);
    }
    if is_warc(window.ahead(HEAD)) || is_damaged_warc(&window, name_of(capture)) {
        warc::records_of(&mut window, capture, out);
        // What is damaged in it was listed.
        return match window.fault().cloned() {
            Some(fault @ Break::Io(..)) => Err(fault.into()),
            _ => Ok(()),
        };
    }
    if is_lines(&mut window, name_of(capture)) {
        jsonl::lines_of(&mut window, capture, out);
    } else {
        whole(&mut window, capture, out);
    }
    finish(&mut window, capture, out)
}

/// Whether a file that does not begin as a WARC file does is one whose beginning is damaged: its
/// name says so, and its bytes are nothing else.
fn is_damaged_warc(window: &Window<Source<'_>>, name: &str) -> bool {
    let shape = || sniff(&window.seen()[..window.seen().len().min(HEAD)], name);
    name.to_ascii_lowercase().contains(".warc")
        && matches!(shape(), Shape::Text | Shape::Binary | Shape::Empty)
        && !(window.is_over() && window.fault().is_none() && window.seen().is_empty())
}

/// Whether a ZIP begins where the file stands. Moves nothing.
fn starts_zip(file: &mut dyn ReadSeek) -> io::Result<bool> {
    let start = file.stream_position()?;
    let mut head = Vec::new();
    file.take(4).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(start))?;
    Ok(is_zip(&head))
}

/// Whether each line is a record: not if the whole file is one JSON value.
fn is_lines(window: &mut Window<Source<'_>>, name: &str) -> bool {
    if first_sign(window.ahead(HEAD)) == Some(b'{') {
        window.ahead_lines(3, MAX_LINE);
    }
    let bytes = window.ahead(0);
    match first_sign(bytes) {
        Some(b'{') => {
            let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
            let line = bytes.trim_ascii_start().split(|&byte| byte == b'\n').next();
            let line = String::from_utf8_lossy(line.unwrap_or_default());
            if fields(&line).is_err() && window.ahead(MAX_WHOLE + 1).len() <= MAX_WHOLE {
                return false;
            }
        }
        Some(b'[') => return false,
        _ => {}
    }
    sniff(window.ahead(0), name) == Shape::Jsonl
}

/// The first byte that is not blank.
fn first_sign(bytes: &[u8]) -> Option<u8> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    bytes.trim_ascii_start().first().copied()
}

/// The whole file as one record, unless it is too long for one.
fn whole(window: &mut Window<Source<'_>>, capture: &Capture, out: &mut dyn FnMut(Found)) {
    let most = match sniff(window.ahead(HEAD), name_of(capture)) {
        // Whether it is one JSON value shows only at its end.
        Shape::Text if matches!(first_sign(window.seen()), Some(b'[' | b'{')) => MAX_WHOLE,
        // The pictures in a page do not count against its size.
        Shape::Html | Shape::Jsonl | Shape::Feed | Shape::ObjectFeed | Shape::Mhtml => MAX_WHOLE,
        // Blank so far; a page may begin late.
        Shape::Text | Shape::Empty => MAX_PAGE,
        // The reader says why it is none, for which its head is enough.
        Shape::Foreign(_) | Shape::Binary => HEAD,
    };
    let bytes = window.ahead(most + 1).to_vec();
    window.pass(bytes.len());
    let n_bytes = bytes.len() as u64 + window.skip(u64::MAX);
    let damage = match window.fault() {
        Some(Break::Io(..)) => return,
        Some(Break::Damage(damage)) => Some(damage),
        None => None,
    };
    if bytes.is_empty() && damage.is_some() {
        return;
    }
    if n_bytes > most as u64 && most > HEAD {
        let why = if most == MAX_PAGE {
            too_large(n_bytes)
        } else {
            let (size, most) = (n_bytes >> 20, most >> 20);
            format!("has {size} MiB, more than the {most} MiB that are read whole: split it")
        };
        return out(Found::trouble(capture, 0, n_bytes, why));
    }
    let cut = damage.map(|damage| damage.why.clone());
    let (capture, form) = (capture.clone(), Form::File);
    out(Found::Record(Record { bytes, capture, form, offset: 0, n_bytes, cut }));
}

/// Lists what damage has left unread; fails if the disk did.
fn finish(
    window: &mut Window<Source<'_>>,
    capture: &Capture,
    out: &mut dyn FnMut(Found),
) -> io::Result<()> {
    match window.fault().cloned() {
        None => Ok(()),
        Some(Break::Damage(damage)) => {
            let n_bytes = match window.source() {
                Source::Packed(packed) => packed.n_after(damage.at),
                Source::Plain(_) => 0,
            };
            out(Found::trouble(capture, damage.at, n_bytes, damage.why));
            Ok(())
        }
        Some(fault) => Err(fault.into()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::gzip::tests::pack;
    use crate::read::{Item, Reading, read, read_from};

    /// Bytes that come a few at a time.
    struct Drops<'a>(&'a [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let n = out.len().min(self.1);
            self.0.read(&mut out[..n])
        }
    }

    fn named(file: &str) -> Capture {
        Capture { file: file.to_owned(), ..Capture::default() }
    }

    #[test]
    fn a_long_array_is_read_and_a_late_beginning_too() {
        let one = format!("{{\"text\": \"{}\"}}", "The ferry stays in port. ".repeat(4000));
        let array = format!("[{}]", vec![one; 200].join(",\n"));
        assert!(array.len() > MAX_PAGE);
        assert_eq!(read(array.as_bytes(), &named("a.json")).pages.len(), 200);
        let late = format!("{}<!doctype html><p>The ferry stays.", "\n".repeat(200_000));
        assert_eq!(read(late.as_bytes(), &named("a")).pages.len(), 1);
    }

    #[test]
    fn what_is_foreign_is_listed_whole() {
        let image = [&b"\x89PNG"[..], &vec![7; 300_000]].concat();
        let skipped = &read(&image, &named("a.png")).skipped[0];
        assert_eq!((skipped.offset, skipped.n_bytes), (0, 300_004));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

        /// A stream gives what bytes in memory give, however it comes, packed or not.
        #[test]
        fn streams_give_what_bytes_give(
            lines in proptest::collection::vec("(\\PC{0,30}|\\{\"text\": \"[a-z ]{1,20}\"\\})", 0..20),
            name in "(a.txt|a.jsonl|a.html|-)",
            drop in 1_usize..50,
        ) {
            let plain = lines.join("\n").into_bytes();
            let expected = read(&plain, &named(&name));
            for bytes in [&plain, &pack(&plain)] {
                let mut reading = Reading::default();
                let mut stream = Drops(bytes, drop);
                read_from(Input::Stream(&mut stream), &named(&name), &mut |item| match item {
                    Item::Page(page) => reading.pages.push(page),
                    Item::Skipped(skipped) => reading.skipped.push(skipped),
                })
                .unwrap();
                prop_assert_eq!(&reading, &expected);
            }
        }
    }
}
