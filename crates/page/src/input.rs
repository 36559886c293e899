//! Input: where a file's bytes come from, packed or not.

use std::io::{self, Read, Seek};

use crate::gzip::Gunzip;

/// Something that can be read at any place.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// Where a file's bytes come from.
pub enum Input<'a> {
    /// They are all here.
    Bytes(&'a [u8]),
    /// They can be read at any place, as archives with their table of contents at the end want it.
    File(&'a mut dyn ReadSeek),
    /// They come once and in order: standard input, a pipe.
    Stream(&'a mut dyn Read),
}

/// A file's bytes, unpacked if they are packed.
pub(crate) enum Source<'a> {
    /// As they are.
    Plain(Box<dyn Read + 'a>),
    /// Packed by gzip.
    Packed(Box<Gunzip<Source<'a>>>),
}

impl Read for Source<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self {
            Source::Plain(plain) => plain.read(out),
            Source::Packed(packed) => packed.read(out),
        }
    }
}
