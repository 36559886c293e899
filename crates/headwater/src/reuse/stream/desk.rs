//! Desk: what one text at a time needs. Nothing on it outlasts a text.

use headwater_page::Span;

use crate::reuse::extent::Extents;
use crate::reuse::room::Room;
use crate::reuse::shard::Words;

#[derive(Debug, Default)]
pub(super) struct Desk {
    pub(super) words: Words,
    pub(super) extents: Extents,
    pub(super) shingles: Vec<u64>,
    /// Part, hash and place of the fingerprints that others have too.
    pub(super) shared: Vec<(usize, u32, u32)>,
    pub(super) room: Room,
    pub(super) own_spans: Vec<Span>,
    pub(super) other_spans: Vec<Span>,
}
