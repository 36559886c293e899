//! Bytes to pages: the immutable text of one capture, its blocks, and a trace back to the bytes.
//!
//! This crate alone knows HTML, feeds, JSON lines, WARC, packing and character sets. It knows nothing of
//! articles: it says what a reader sees and where each word stands, and what it had to leave out.
//!
//! ```text
//! file ── records ──► Record ── read ──► Item: Page or Skipped
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod address;
mod bounds;
mod charset;
mod coding;
mod colophon;
mod digest;
mod dispatch;
mod feed;
mod gzip;
mod header;
mod html;
mod input;
#[cfg(test)]
mod invariants;
mod json;
mod jsonl;
mod mhtml;
pub mod page;
mod payload;
pub mod read;
mod record;
mod skipped;
mod sniff;
pub mod span;
mod stream;
mod tally;
mod text;
mod trace;
mod transfer;
mod warc;
mod window;
mod xml;
mod zip;

pub use page::{
    Block, BlockKind, Capture, Defect, DefectKind, Element, Link, Meta, Page, PageId, Trace,
    TraceRun,
};
pub use read::{
    Found, Gravity, Input, Item, ReadSeek, Reading, Record, Skipped, read, read_from, records,
};
pub use span::{PageIx, Place, Span};
pub use tally::Tally;
