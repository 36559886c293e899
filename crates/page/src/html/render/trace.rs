//! Trace: where written characters stood in the page.

use std::ops::Range;

use super::super::tree::Piece;
use super::Pen;

impl Pen<'_> {
    /// Appends characters as they are, piece by piece.
    pub(super) fn append(&mut self, place: Range<usize>) {
        let tree = self.tree;
        let mut at = place.start;
        while at < place.end {
            let (piece, end) = self.piece_at(at);
            let end = end.min(place.end);
            let words = &tree.words.text[at..end];
            match piece {
                Some(piece) if piece.exact => {
                    self.tracer.exact(
                        self.text.len(),
                        words.len(),
                        piece.raw_start + (at - piece.at),
                    );
                }
                Some(piece) => {
                    self.tracer.decoded(self.text.len(), words, piece.raw_start..piece.raw_end);
                }
                None => self.tracer.decoded(self.text.len(), words, 0..0),
            }
            self.text.push_str(words);
            at = end;
        }
    }

    /// The piece at a character, and where it ends. Text comes nearly in order, so the last piece
    /// is tried first.
    fn piece_at(&mut self, at: usize) -> (Option<Piece>, usize) {
        let pieces = &self.tree.words.pieces;
        let end = |ix: usize| pieces.get(ix + 1).map_or(self.tree.words.text.len(), |next| next.at);
        let holds = |ix: usize| pieces.get(ix).is_some_and(|piece| piece.at <= at) && at < end(ix);
        if !holds(self.piece) {
            self.piece += 1;
            if !holds(self.piece) {
                self.piece = pieces.partition_point(|piece| piece.at <= at).saturating_sub(1);
            }
        }
        (pieces.get(self.piece).copied(), end(self.piece))
    }

    /// Where the character byte at `at` begins and ends in the page.
    pub(super) fn raw(&mut self, at: usize) -> (usize, usize) {
        match self.piece_at(at).0 {
            Some(piece) if piece.exact => {
                let raw = piece.raw_start + (at - piece.at);
                (raw, raw + 1)
            }
            Some(piece) => (piece.raw_start, piece.raw_end),
            None => (0, 0),
        }
    }
}
