//! Bounds: how much is held and read of one page, line or file.

/// Most bytes of text that one page may have. The longest live blogs have 2 MiB of HTML; what is
/// larger is a dump of many pages, and spans have 32 bits.
pub const MAX_PAGE: usize = 16 << 20;

/// Most bytes of a file that must be held whole: a JSON array, an archive on standard input. An
/// array of a year's news of one outlet has 200 MB.
pub(crate) const MAX_WHOLE: usize = 256 << 20;

/// Longest line of a JSONL file. Of more than [`MAX_PAGE`] bytes of text nothing can be read, and
/// escapes (`\u00e9` for two bytes) make a text three times as long.
pub(crate) const MAX_LINE: usize = 4 * MAX_PAGE;

/// Why a page of `n` bytes is not read.
pub(crate) fn too_large(n: u64) -> String {
    let (size, most) = (n >> 20, MAX_PAGE >> 20);
    format!("has {size} MiB, more than the {most} MiB of a page: split it")
}
