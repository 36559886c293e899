//! Segment: bytes that are written once, in one go, and then only read.

/// Where segments are kept: files, as a rule. This is how comparing more texts than memory holds
/// leaves them somewhere without opening files itself.
pub trait Segments: Sync {
    /// Why a segment could not be written or read.
    type Error: Send;

    /// Keeps a segment and returns its number.
    fn write(&mut self, bytes: &[u8]) -> Result<u32, Self::Error>;

    /// Fills `into` with the bytes of a segment from byte `from` on. Fails if these are not the
    /// bytes that were written.
    fn read(&self, segment: u32, from: u64, into: &mut [u8]) -> Result<(), Self::Error>;

    /// Drops a segment, which will not be read again.
    fn forget(&mut self, segment: u32);
}

/// A part of one of the segments on a [`Shelf`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// Which of the shelf's segments.
    nth: u32,
    from: u32,
    pub(super) n_bytes: u32,
}

impl Piece {
    /// Whether `next` stands right behind it, or a little farther.
    pub(super) fn is_near(self, next: Piece) -> bool {
        const FAR: u32 = 1 << 13;
        self.nth == next.nth
            && (self.from + self.n_bytes..=self.from + self.n_bytes + FAR).contains(&next.from)
    }

    /// What holds both, of pieces of one segment in order.
    pub(super) fn hull(self, last: Piece) -> Piece {
        Piece { n_bytes: last.from + last.n_bytes - self.from, ..self }
    }

    /// Where it starts in a piece that holds it.
    pub(super) fn inside(self, whole: Piece) -> std::ops::Range<usize> {
        let start = (self.from - whole.from) as usize;
        start..start + self.n_bytes as usize
    }
}

/// Segments of one kind, filled piece by piece. A piece is never larger than 2^32 bytes.
#[derive(Debug)]
pub(super) struct Shelf {
    /// Numbers of the segments.
    segments: Vec<u32>,
    /// The pieces of the segment to come.
    waiting: Vec<u8>,
    /// How many bytes may wait.
    most: usize,
}

impl Shelf {
    /// An empty shelf that writes a segment when so many bytes wait.
    pub(super) fn new(most: usize) -> Self {
        Self { segments: Vec::new(), waiting: Vec::new(), most: most.min(1 << 30) }
    }

    /// Adds a piece.
    pub(super) fn push<S: Segments>(
        &mut self,
        segments: &mut S,
        bytes: &[u8],
    ) -> Result<Piece, S::Error> {
        if self.waiting.len() + bytes.len() > self.most {
            self.flush(segments)?;
        }
        let (nth, from) = (self.segments.len() as u32, self.waiting.len() as u32);
        self.waiting.extend_from_slice(bytes);
        Ok(Piece { nth, from, n_bytes: bytes.len() as u32 })
    }

    /// Writes what waits.
    pub(super) fn flush<S: Segments>(&mut self, segments: &mut S) -> Result<(), S::Error> {
        if !self.waiting.is_empty() {
            self.segments.push(segments.write(&self.waiting)?);
            self.waiting.clear();
        }
        Ok(())
    }

    /// Writes what waits and lets its room go: no piece will come.
    pub(super) fn close<S: Segments>(&mut self, segments: &mut S) -> Result<(), S::Error> {
        self.flush(segments)?;
        self.waiting = Vec::new();
        Ok(())
    }

    /// The bytes of a piece. The shelf is closed.
    pub(super) fn read<S: Segments>(
        &self,
        segments: &S,
        piece: Piece,
    ) -> Result<Vec<u8>, S::Error> {
        let mut bytes = vec![0; piece.n_bytes as usize];
        if piece.n_bytes > 0 {
            let segment = self.segments[piece.nth as usize];
            segments.read(segment, u64::from(piece.from), &mut bytes)?;
        }
        Ok(bytes)
    }

    /// Drops all segments.
    pub(super) fn forget<S: Segments>(self, segments: &mut S) {
        self.segments.into_iter().for_each(|segment| segments.forget(segment));
    }
}

/// Numbers as bytes.
pub(super) fn bytes_of(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// Bytes as numbers.
pub(super) fn numbers_of(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect()
}
