//! Bytes to pages: the immutable text of one capture, its blocks, and a trace back to the bytes.
//!
//! This crate alone knows HTML, JSON lines, compression and character sets. It knows nothing of
//! articles: it says what a reader sees and where each word stands, and what it had to leave out.
//!
//! ```text
//! capture bytes ── read ──► Reading { pages, skipped }
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod address;
mod charset;
mod colophon;
mod digest;
mod feed;
mod gzip;
mod html;
#[cfg(test)]
mod invariants;
mod json;
mod jsonl;
mod mhtml;
pub mod page;
mod payload;
pub mod read;
mod sniff;
pub mod span;
mod text;
mod trace;
mod transfer;
mod xml;

pub use page::{
    Block, BlockKind, Capture, Defect, DefectKind, Element, Link, Meta, Page, PageId, Trace,
    TraceRun,
};
pub use read::{Reading, Skipped, read};
pub use span::{PageIx, Place, Span};
