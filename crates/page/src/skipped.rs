//! Skipped: bytes that were not read, where they stand, why, and whether that matters.

use crate::page::{Capture, DefectKind, Page};

/// What is read, for messages.
pub(crate) const READS: &str =
    "headwater reads text, HTML, feeds, JSON lines, MHTML, WARC, WACZ and ZIP";

/// One thing that reading a file found.
#[allow(clippy::large_enum_variant)] // handed on, and nearly always a page
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Item {
    /// A page.
    Page(Page),
    /// Bytes that were not read.
    Skipped(Skipped),
}

/// Bytes that were not read, and why.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Skipped {
    /// The file as the user named it.
    pub file: String,
    /// First byte of the file that was left out; in a packed file, of what it unpacks to; in a packed
    /// WARC, and where packing is damaged, the first byte of the packed member.
    pub offset: u64,
    /// How many bytes were left out.
    pub n_bytes: u64,
    /// A lower-case fragment: what it is and what to do.
    pub reason: String,
    /// Whether it matters.
    pub gravity: Gravity,
}

/// Whether something that was not read matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Gravity {
    /// It holds no report and was never meant to: the pictures and error pages of a crawl.
    Note,
    /// A report may have been in it.
    #[default]
    Trouble,
}

impl Skipped {
    /// Bytes of the capture's file that a report may have been in.
    pub(crate) fn trouble(capture: &Capture, offset: u64, n_bytes: u64, reason: String) -> Self {
        let gravity = Gravity::Trouble;
        Self { file: capture.file.clone(), offset, n_bytes, reason, gravity }
    }
}

/// Why a page without words is not one: it was cut before its first word, or a script writes them.
pub(crate) fn no_words(page: &Page) -> String {
    let cut = page.defects.iter().find(|defect| defect.kind == DefectKind::Cut);
    match cut {
        Some(cut) => format!("shows no words, and {}", cut.why),
        None => "shows no words without its scripts: save the page as the browser shows it".into(),
    }
}
