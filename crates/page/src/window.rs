//! Window: a stream with foresight. What was looked at can be read again, what was read is
//! forgotten, so that memory holds what is looked at and not the stream.

use std::io::{self, BufRead, ErrorKind, Read};

/// How much is asked of the stream at a time. 16 to 256 KiB read equally fast.
const CHUNK: usize = 64 << 10;

/// Why a stream ended before its end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Break {
    /// The disk or the network says so.
    Io(ErrorKind, String),
    /// What is packed is damaged.
    Damage(Damage),
}

/// Packed bytes that could not be unpacked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Damage {
    /// Where the damaged member begins, in the packed bytes.
    pub(crate) member: u64,
    /// How far it could be unpacked, in the packed bytes.
    pub(crate) at: u64,
    /// Whether the packed bytes end too early, so that what came out before is right.
    pub(crate) is_short: bool,
    /// A lower-case fragment.
    pub(crate) why: String,
}

impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.why)
    }
}

impl std::error::Error for Damage {}

impl From<Break> for io::Error {
    fn from(fault: Break) -> Self {
        match fault {
            Break::Io(kind, why) => io::Error::new(kind, why),
            Break::Damage(damage) => io::Error::new(ErrorKind::InvalidData, damage),
        }
    }
}

impl From<io::Error> for Break {
    fn from(error: io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Damage>()) {
            Some(damage) => Break::Damage(damage.clone()),
            None => Break::Io(error.kind(), error.to_string()),
        }
    }
}

/// A stream with foresight.
pub(crate) struct Window<R> {
    source: R,
    /// Read from the source: bytes kept, then bytes not yet taken.
    buffer: Vec<u8>,
    /// The first byte of `buffer` that is not yet taken.
    next: usize,
    /// The stream's offset of `buffer[0]`.
    base: u64,
    /// Bytes from here on are kept after they were taken, at most [`Window::KEEP`].
    mark: Option<u64>,
    is_over: bool,
    fault: Option<Break>,
}

impl<R: Read> Window<R> {
    /// How many taken bytes are kept behind a mark.
    pub(crate) const KEEP: usize = 4 << 20;

    pub(crate) fn new(source: R) -> Self {
        let buffer = Vec::new();
        Window { source, buffer, next: 0, base: 0, mark: None, is_over: false, fault: None }
    }

    /// The bytes that come next: at least `n` of them, unless the stream ends before.
    pub(crate) fn ahead(&mut self, n: usize) -> &[u8] {
        while self.buffer.len() - self.next < n && !self.is_over {
            self.fill();
        }
        &self.buffer[self.next..]
    }

    /// The bytes that come next, with at least `n` line feeds among them, unless there are fewer
    /// in the next `most` bytes.
    pub(crate) fn ahead_lines(&mut self, n: usize, most: usize) -> &[u8] {
        let (mut seen, mut looked) = (0, 0);
        loop {
            let bytes = self.ahead(looked + 1);
            seen += memchr::memchr_iter(b'\n', &bytes[looked.min(bytes.len())..]).count();
            looked = bytes.len();
            if seen >= n || looked >= most || self.is_over {
                return self.seen();
            }
        }
    }

    /// The bytes that were looked at and not taken.
    pub(crate) fn seen(&self) -> &[u8] {
        &self.buffer[self.next..]
    }

    /// Takes `n` of the bytes that were looked at.
    pub(crate) fn pass(&mut self, n: usize) {
        self.next = (self.next + n).min(self.buffer.len());
    }

    /// Takes `n` bytes whether they were looked at or not; returns how many there were.
    pub(crate) fn skip(&mut self, n: u64) -> u64 {
        let mut left = n;
        while left > 0 {
            let step = (self.ahead(1).len() as u64).min(left);
            if step == 0 {
                break;
            }
            self.pass(step as usize);
            left -= step;
        }
        n - left
    }

    /// The stream's offset of the next byte.
    pub(crate) fn at(&self) -> u64 {
        self.base + self.next as u64
    }

    /// Whether every byte that there is was read from the source (looked at or taken).
    pub(crate) fn is_over(&self) -> bool {
        self.is_over
    }

    /// Why the stream ended before its end, once [`Window::is_over`].
    pub(crate) fn fault(&self) -> Option<&Break> {
        self.fault.as_ref()
    }

    /// Keeps what is taken from here on, as far as [`Window::KEEP`] goes.
    pub(crate) fn set_mark(&mut self) {
        self.mark = Some(self.at());
    }

    /// Goes back to `at`, or as near to it as what is kept allows.
    pub(crate) fn rewind(&mut self, at: u64) {
        self.next = self.next.min(at.saturating_sub(self.base) as usize);
    }

    /// Goes on after a fault that the source has recovered from. What was not taken is dropped.
    pub(crate) fn resume(&mut self) {
        self.next = self.buffer.len();
        (self.is_over, self.fault) = (false, None);
    }

    /// Where the bytes come from.
    pub(crate) fn peek(&self) -> &R {
        &self.source
    }

    /// Where the bytes come from, to be changed.
    pub(crate) fn source(&mut self) -> &mut R {
        &mut self.source
    }

    fn fill(&mut self) {
        let mut keep = self.next;
        if let Some(mark) = self.mark {
            let marked = mark.saturating_sub(self.base) as usize;
            keep = keep.min(marked.max(self.next.saturating_sub(Self::KEEP)));
        }
        // Half and more: so a byte is moved once on average, however long it is looked at.
        if keep * 2 >= self.buffer.len() {
            self.buffer.drain(..keep);
            self.base += keep as u64;
            self.next -= keep;
        }
        let n = self.buffer.len();
        let read = self.source.by_ref().take(CHUNK as u64).read_to_end(&mut self.buffer);
        if let Err(error) = read {
            self.fault = Some(error.into());
            self.is_over = true;
        } else if self.buffer.len() - n < CHUNK {
            self.is_over = true;
        }
    }
}

impl<R: Read> Read for Window<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(out)?;
        self.pass(n);
        Ok(n)
    }
}

impl<R: Read> BufRead for Window<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.ahead(1).is_empty()
            && let Some(fault) = &self.fault
        {
            return Err(fault.clone().into());
        }
        Ok(self.seen())
    }

    fn consume(&mut self, n: usize) {
        self.pass(n);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_at_can_be_taken_later() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
        let mut window = Window::new(&bytes[..]);
        assert_eq!(&window.ahead(100_000)[..100_000], &bytes[..100_000]);
        window.pass(99_999);
        assert_eq!((window.at(), window.ahead(2)[0]), (99_999, bytes[99_999]));
        assert_eq!(window.skip(1_000_000), 100_001);
        assert!(window.is_over() && window.fault().is_none());
    }

    #[test]
    fn a_mark_keeps_what_was_taken() {
        let bytes = vec![7; 1 << 20];
        let mut window = Window::new(&bytes[..]);
        window.skip(500);
        window.set_mark();
        window.skip(900_000);
        window.rewind(501);
        assert_eq!(window.at(), 501);
        assert_eq!(window.skip(u64::MAX), (1 << 20) - 501);
    }

    #[test]
    fn lines_are_counted_ahead() {
        let mut window = Window::new(&b"one\ntwo\nthree"[..]);
        assert_eq!(window.ahead_lines(2, 1 << 20), b"one\ntwo\nthree");
    }
}
