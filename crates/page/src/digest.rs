//! Digest: what names bytes and pages, the same on every machine.

use sha2::{Digest as _, Sha256};

use crate::page::{Capture, PageId};

/// SHA-256 of `bytes` as 64 lower-case hex digits. Linear; never fails.
pub(crate) fn digest(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        for nibble in [byte >> 4, byte & 15] {
            hex.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
        }
    }
    hex
}

/// The page id of a capture: the first 8 bytes, big endian, of SHA-256 over digest, url and record
/// with a NUL between them. A missing url counts as an empty one.
pub(crate) fn page_id(capture: &Capture) -> PageId {
    let mut hash = Sha256::new();
    hash.update(&capture.digest);
    hash.update([0]);
    hash.update(capture.url.as_deref().unwrap_or_default());
    hash.update([0]);
    hash.update(&capture.record);
    let first = hash.finalize().iter().take(8).fold(0, |id, &byte| id << 8 | u64::from(byte));
    PageId(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digest_of_nothing_is_the_published_one() {
        assert_eq!(&digest(b"")[..16], "e3b0c44298fc1c14");
    }

    #[test]
    fn page_ids_tell_records_apart_and_ignore_file_names() {
        let one = Capture { file: "a".into(), record: "1".into(), ..Capture::default() };
        let same = Capture { file: "b".into(), ..one.clone() };
        let other = Capture { record: "2".into(), ..one.clone() };
        assert_eq!(page_id(&one), page_id(&same));
        assert_ne!(page_id(&one), page_id(&other));
    }
}
