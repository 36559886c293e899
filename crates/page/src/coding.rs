//! Coding: what HTTP did to a body before it was sent: cut into chunks, packed, or both.
//!
//! Headers lie: many crawlers store bodies unpacked and keep the headers, some servers announce a
//! packing that they do not do. So bytes are looked at first, and a body that is plain already
//! stays as it is.

use std::borrow::Cow;
use std::io::Read;

use brotli_decompressor::{BrotliDecoderParameter, Decompressor};
use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use crate::bounds::MAX_PAGE;
use crate::gzip::is_gzip;
use crate::header::Header;

/// One thing that was done to a body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Coding {
    /// Cut into chunks with their lengths.
    Chunked,
    /// Packed by gzip.
    Gzip,
    /// Packed by zlib, or by deflate without zlib's frame.
    Deflate,
    /// Packed by Brotli.
    Brotli,
    /// Packed by Zstandard.
    Zstd,
}

/// More packings than this are no accident. Servers behind servers make two.
const MAX_CODINGS: usize = 4;

/// The widest window that a Zstandard frame may ask memory for. HTTP allows 8 MiB (RFC 9659);
/// archives are packed again at up to 27 bits.
const ZSTD_WINDOW: u64 = 128 << 20;

/// A body as it was before it was sent.
#[derive(Debug)]
pub(crate) struct Plain<'a> {
    /// Its bytes, at most [`MAX_PAGE`] and one.
    pub(crate) bytes: Cow<'a, [u8]>,
    /// Why they are not all there, if they are not.
    pub(crate) cut: Option<String>,
}

/// What an answer's header says was done to its body, the last first; nothing of it need be true.
/// Codings that nobody knows are left out.
pub(crate) fn codings(header: &Header) -> Vec<Coding> {
    let named = |name: &'static str| header.all(name).flat_map(|value| value.split(','));
    let known = |name: &str| match name.trim().to_ascii_lowercase().as_str() {
        "chunked" => Some(Coding::Chunked),
        "gzip" | "x-gzip" => Some(Coding::Gzip),
        "deflate" => Some(Coding::Deflate),
        "br" => Some(Coding::Brotli),
        "zstd" => Some(Coding::Zstd),
        _ => None,
    };
    let done = named("content-encoding").chain(named("transfer-encoding")).filter_map(known);
    let mut done = done.collect::<Vec<_>>();
    done.reverse();
    done
}

/// Undoes `codings` in order, each if the bytes look like it. Never fails: what could be had is
/// kept. Linear in what comes in and out, of which there are at most [`MAX_PAGE`] bytes and one.
pub(crate) fn decode<'a>(body: &'a [u8], codings: &[Coding]) -> Plain<'a> {
    let mut plain = Plain { bytes: Cow::Borrowed(body), cut: None };
    if codings.len() > MAX_CODINGS {
        plain.cut = Some(format!("it says that it is packed more than {MAX_CODINGS} times"));
        return plain;
    }
    for coding in codings {
        let Some((bytes, cut)) = undo(&plain.bytes, *coding) else { continue };
        plain.bytes = Cow::Owned(bytes);
        plain.cut = plain.cut.or(cut);
    }
    plain
}

/// The bytes before `coding`, and why they are not all there; nothing if `bytes` are plain already.
fn undo(bytes: &[u8], coding: Coding) -> Option<(Vec<u8>, Option<String>)> {
    match coding {
        Coding::Chunked => dechunk(bytes),
        Coding::Gzip if is_gzip(bytes) => Some(unpack_gzip(bytes)),
        Coding::Zstd if bytes.starts_with(b"\x28\xb5\x2f\xfd") => Some(unpack_zstd(bytes)),
        Coding::Gzip | Coding::Zstd => None,
        _ if is_text(bytes) => None,
        Coding::Deflate => {
            // zlib's two bytes: method 8, and a check sum of 31.
            let is_zlib = bytes.len() > 1
                && bytes[0] & 15 == 8
                && u16::from_be_bytes([bytes[0], bytes[1]]).is_multiple_of(31);
            let unpacked = if is_zlib {
                unpack(ZlibDecoder::new(bytes), "deflate")
            } else {
                unpack(DeflateDecoder::new(bytes), "deflate")
            };
            Some(unpacked).filter(|(bytes, _)| !bytes.is_empty())
        }
        Coding::Brotli => {
            let mut decoder = Decompressor::new(bytes, 4096);
            // Windows of up to 1 GiB are no part of HTTP.
            decoder.set_parameter(BrotliDecoderParameter::BROTLI_DECODER_PARAM_LARGE_WINDOW, 0);
            Some(unpack(decoder, "br")).filter(|(bytes, _)| !bytes.is_empty())
        }
    }
}

/// Whether bytes are characters already: the first 256 hold no control character and are UTF-8. Of
/// packed bytes every ninth is a control character.
fn is_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(256)];
    let is_odd = |&byte: &u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0xc | 0x1b);
    !head.iter().any(is_odd)
        && match str::from_utf8(head) {
            Ok(_) => true,
            Err(error) => error.error_len().is_none(),
        }
}

fn unpack(packed: impl Read, name: &str) -> (Vec<u8>, Option<String>) {
    let mut out = Vec::new();
    let end = packed.take(MAX_PAGE as u64 + 1).read_to_end(&mut out);
    let cut = end
        .err()
        .map(|error| format!("its {name} packing is damaged ({error}): what came before was read"));
    (out, cut)
}

/// All members; what stands after the last one is none of the body's.
fn unpack_gzip(bytes: &[u8]) -> (Vec<u8>, Option<String>) {
    let (mut out, mut rest) = (Vec::new(), bytes);
    while is_gzip(rest) && out.len() <= MAX_PAGE {
        let mut member = GzDecoder::new(rest);
        let (bytes, cut) = unpack(&mut member, "gzip");
        rest = member.into_inner();
        out.extend(bytes);
        if cut.is_some() {
            return (out, cut);
        }
    }
    out.truncate(MAX_PAGE + 1);
    (out, None)
}

fn unpack_zstd(bytes: &[u8]) -> (Vec<u8>, Option<String>) {
    let (mut out, mut rest) = (Vec::new(), bytes);
    while rest.starts_with(b"\x28\xb5\x2f\xfd") && out.len() <= MAX_PAGE {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(ZSTD_WINDOW);
        let (frame, cut) = match StreamingDecoder::new_with_decoder(&mut rest, decoder) {
            Ok(decoder) => unpack(decoder, "zstd"),
            Err(error) => (
                Vec::new(),
                Some(format!("its zstd packing is damaged ({error}): nothing is left")),
            ),
        };
        out.extend(frame);
        if cut.is_some() {
            return (out, cut);
        }
    }
    out.truncate(MAX_PAGE + 1);
    (out, None)
}

/// The chunks joined; nothing if the bytes are not in chunks.
fn dechunk(bytes: &[u8]) -> Option<(Vec<u8>, Option<String>)> {
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    let cut = |out: Vec<u8>, why: &str| Some((out, Some(why.to_owned())));
    loop {
        let Some((size, len)) = chunk_size(&bytes[at..]) else {
            if at == 0 {
                return None;
            }
            let is_end = bytes[at..].iter().all(u8::is_ascii_whitespace);
            let why = if is_end {
                "it ends before its last chunk: the rest is missing"
            } else {
                "it goes on without the length of a chunk: the rest was left out"
            };
            return cut(out, why);
        };
        let start = at + len;
        if size == 0 {
            return Some((out, None));
        }
        let Some(chunk) = bytes[start..].get(..size) else {
            out.extend_from_slice(&bytes[start..]);
            return cut(out, "it ends inside a chunk: the rest is missing");
        };
        let rest = &bytes[start + size..];
        let gap = if rest.starts_with(b"\r\n") {
            2
        } else if rest.starts_with(b"\n") {
            1
        } else if at == 0 && !rest.is_empty() {
            // A plain body whose first line happens to be a number.
            return None;
        } else {
            0
        };
        out.extend_from_slice(chunk);
        at = start + size + gap;
    }
}

/// The length of the chunk that begins here, and of the line that says so.
fn chunk_size(bytes: &[u8]) -> Option<(usize, usize)> {
    let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(1024)])?;
    let line = bytes[..end].split(|&byte| byte == b';').next()?.trim_ascii();
    let digits = str::from_utf8(line).ok().filter(|line| {
        !line.is_empty() && line.len() <= 15 && line.bytes().all(|byte| byte.is_ascii_hexdigit())
    })?;
    Some((usize::from_str_radix(digits, 16).ok()?, end + 1))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::gzip::tests::pack;

    const TEXT: &[u8] = b"<!doctype html><p>The ferry stays in port, and the port stays shut.";

    fn brotli(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        brotli::CompressorWriter::new(&mut out, 4096, 9, 22).write_all(bytes).unwrap();
        out
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn chunks(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        for chunk in bytes.chunks(20) {
            out.extend(format!("{:x};name=value\r\n", chunk.len()).bytes());
            out.extend(chunk);
            out.extend(b"\r\n");
        }
        [&out[..], b"0\r\nTrailer: x\r\n\r\n"].concat()
    }

    #[test]
    fn every_coding_is_undone() {
        let raw = &zlib(TEXT)[2..];
        for (bytes, codings) in [
            (pack(TEXT), vec![Coding::Gzip]),
            (brotli(TEXT), vec![Coding::Brotli]),
            (zstd(TEXT), vec![Coding::Zstd]),
            (zlib(TEXT), vec![Coding::Deflate]),
            (chunks(TEXT), vec![Coding::Chunked]),
            (chunks(&pack(&brotli(TEXT))), vec![Coding::Chunked, Coding::Gzip, Coding::Brotli]),
            ([zstd(TEXT), zstd(b"")].concat(), vec![Coding::Zstd]),
        ] {
            let plain = decode(&bytes, &codings);
            assert_eq!((&*plain.bytes, plain.cut), (TEXT, None), "{codings:?}");
        }
        // Raw deflate, here with zlib's check sum left at its end.
        assert_eq!(&*decode(raw, &[Coding::Deflate]).bytes, TEXT);
    }

    #[test]
    fn headers_may_lie() {
        let all = [Coding::Chunked, Coding::Gzip, Coding::Deflate, Coding::Brotli, Coding::Zstd];
        for coding in all {
            let plain = decode(TEXT, &[coding]);
            assert_eq!((&*plain.bytes, plain.cut), (TEXT, None), "{coding:?}");
        }
        let number = b"1848\r\nwas a year of which this page speaks.";
        assert_eq!(&*decode(&number[..5], &[Coding::Chunked]).bytes, &number[..5]);
        assert!(decode(TEXT, &[Coding::Gzip; 9]).cut.is_some());
    }

    #[test]
    fn what_is_cut_off_is_kept_and_said() {
        let text = TEXT.repeat(50);
        for (bytes, coding) in [
            (pack(&text), Coding::Gzip),
            (chunks(&text), Coding::Chunked),
            (zlib(&text), Coding::Deflate),
        ] {
            let plain = decode(&bytes[..bytes.len() - 30], &[coding]);
            assert!(plain.cut.is_some() && text.starts_with(&plain.bytes), "{coding:?}");
        }
    }

    #[test]
    fn bombs_are_bounded() {
        let zeros = vec![b' '; 64 << 20];
        for (bytes, coding) in [
            (brotli(&zeros), Coding::Brotli),
            (zstd(&zeros), Coding::Zstd),
            (pack(&zeros), Coding::Gzip),
        ] {
            assert_eq!(decode(&bytes, &[coding]).bytes.len(), MAX_PAGE + 1, "{coding:?}");
        }
    }
}
