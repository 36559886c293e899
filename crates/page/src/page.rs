//! Page: the immutable text made from one capture.
//!
//! ```text
//!  text:  │ body: what a reader sees          │ colophon: metadata that a reader does not see │
//!         0                            body_end                                    text.len()
//! ```
//!
//! For a UTF-8 text file the body equals the file, byte for byte. Metadata (a JSON line's title and
//! date, JSON-LD, Open Graph, the canonical link) is written out in the colophon as `key: value`
//! lines, so that this evidence too is words at a span.

use std::fmt;

use crate::span::Span;

/// A page's name: the first 64 bits of a digest over capture digest, url and record, so that
/// adding pages to a collection renames nothing. Prints as 16 hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u64);

impl fmt::Display for PageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for PageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Where a page came from. Two pages are one when `digest`, `url` and `record` agree.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Capture {
    /// The file as the user named it; `-` for standard input. Not part of the page's identity.
    pub file: String,
    /// The record inside the file: a JSON line's `id` (or its line number), a feed item's `guid` or
    /// `id` (or link, or number), a WARC record's id (or its place in the file), the name of an
    /// archive's member; empty for whole files.
    pub record: String,
    /// Where it was fetched from, if the capture says so.
    pub url: Option<String>,
    /// SHA-256 of the capture's bytes, as lower-case hex. Of the bytes that [`Trace`] leads to; of
    /// a feed's item, of its own among them.
    pub digest: String,
    /// When it was fetched (ISO 8601, as the capture states it), never the time of publication.
    pub captured: Option<String>,
    /// The publisher, if the capture names one (passim's `series`).
    pub series: Option<String>,
}

/// The immutable text of one capture. Everything found later is a [`Span`] of `text`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// Name of the page.
    pub id: PageId,
    /// Where it came from.
    pub capture: Capture,
    /// Body, then colophon.
    pub text: String,
    /// Where the body ends and the colophon begins.
    pub body_end: u32,
    /// The body's blocks in reading order; they do not overlap and hold no line break at their ends.
    pub blocks: Vec<Block>,
    /// The elements that the blocks stand in, parents before children; `elements[0]` is the page.
    pub elements: Vec<Element>,
    /// Links in the body, in order.
    pub links: Vec<Link>,
    /// The colophon's entries, in order.
    pub meta: Vec<Meta>,
    /// From text bytes back to capture bytes.
    pub trace: Trace,
    /// What was odd about the capture and what was done about it.
    pub defects: Vec<Defect>,
}

impl Page {
    /// The words at `span`.
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// The body: what a reader sees.
    pub fn body(&self) -> Span {
        Span { start: 0, end: self.body_end }
    }

    /// Gives back the room that its lists were made with and do not need: pages of a collection are
    /// held all at once.
    pub(crate) fn fit(&mut self) {
        self.text.shrink_to_fit();
        self.blocks.shrink_to_fit();
        self.elements.shrink_to_fit();
        self.links.shrink_to_fit();
        self.meta.shrink_to_fit();
        self.trace.runs.shrink_to_fit();
    }

    /// The first colophon entry of that key.
    pub fn meta(&self, key: &str) -> Option<Span> {
        self.meta.iter().find(|meta| meta.key == key).map(|meta| meta.span)
    }
}

/// What kind of line a block is, as far as the capture's markup says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum BlockKind {
    /// A heading of rank 1 to 6.
    Heading(u8),
    /// A paragraph, or any other run of text. Plain text has only these: one per line.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// Words of a `blockquote`.
    Quotation,
    /// A figure's or table's caption.
    Caption,
    /// A table cell.
    Cell,
    /// Preformatted text.
    Preformatted,
    /// A button, label, option or other control.
    Control,
}

/// One run of text that stands on a line of its own. In HTML: the text of a block-level element up
/// to the next block boundary; in plain text: a line that is not blank.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Block {
    /// Its words, without white space at either end.
    pub span: Span,
    /// What the markup calls it.
    pub kind: BlockKind,
    /// The innermost element around it: an index into [`Page::elements`].
    pub element: u32,
    /// Bytes of it that are link text.
    pub linked: u32,
    /// Blank lines (plain text) or line breaks that stand before it in the source, at most 255.
    pub gap: u8,
}

/// A block-level element of the markup, or the page itself at index 0.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Element {
    /// Its tag in lower case; empty for the page itself and for plain text.
    pub tag: String,
    /// `class`, `id`, `role`, `itemprop` and `aria-label` values, in lower case, joined by spaces.
    pub hints: String,
    /// Index of the parent; the page is its own.
    pub parent: u32,
    /// Whether the markup hides it from readers (`hidden`, `display:none`, `aria-hidden`).
    pub hidden: bool,
    /// The machine-readable time of a `<time datetime>`, as a span of the colophon.
    pub time: Option<Span>,
}

/// A link in the body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The words that are linked; may be empty around an image.
    pub span: Span,
    /// Its target as written.
    pub href: String,
    /// `rel` as written, lower case.
    pub rel: String,
}

/// One entry of the colophon.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Meta {
    /// What the capture calls it, lower case: `title`, `date`, `url`, `series`, `canonical`,
    /// `og:site_name`, `article:published_time`, `json-ld:datepublished`, `author`, …
    pub key: String,
    /// The value's words in the colophon.
    pub span: Span,
}

/// From text bytes back to the capture's bytes: runs in order of text, together the whole body.
/// The capture is the file as unpacked, or an archive's member; of JSON, the record's own bytes (its
/// line); of a feed's item, the whole feed; of WARC, what the server sent, without HTTP's header and
/// with chunks and packings undone.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Trace {
    /// The runs; empty when the body equals the capture byte for byte.
    pub runs: Vec<TraceRun>,
}

/// Text bytes `text` come from capture bytes `raw_start..raw_end`; one byte for one when the
/// lengths agree, else decoded (an entity, another charset, a folded white space). Where lengths
/// agree the bytes are the same, but for runs of one character. A line break between two blocks and
/// a space between two elements come from no byte.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TraceRun {
    /// Bytes of the text.
    pub text: Span,
    /// First byte of the capture.
    pub raw_start: u64,
    /// One past the last byte of the capture.
    pub raw_end: u64,
}

/// What was odd about a capture.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum DefectKind {
    /// Bytes that are no text in the charset were replaced by U+FFFD.
    BadBytes,
    /// The charset was guessed or differs from what the capture states.
    Charset,
    /// Nesting, length or count went over a bound; what lies beyond was left out.
    Cut,
    /// NUL or other control characters.
    Control,
    /// Metadata that could not be parsed.
    BadMetadata,
}

/// One oddity: what, where, and what was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Defect {
    /// What kind.
    pub kind: DefectKind,
    /// The page text it touches; empty at the place where something is missing.
    pub span: Span,
    /// A lower-case fragment for people: "3 bytes are no UTF-8 and were replaced".
    pub why: String,
}
