//! Text: bare words to compare, and whose they are.

use super::shard::Words;
use crate::fold;

/// A text and its series: the number of its publisher's family.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// Its words.
    pub words: &'a str,
    /// Whose it is; what one series repeats on many texts is furniture.
    pub series: u32,
}

/// The words of a text. A sentence ends where a point, a mark or a line break stands between two
/// words. `each` is called with the bytes of each word.
#[inline]
pub(super) fn read(text: &str, words: &mut Words, mut each: impl FnMut(usize, usize)) {
    let bytes = text.as_bytes();
    let mut last = 0;
    fold::each_word(text, |start, end, hash| {
        if start - last > 1 && bytes[last..start].iter().any(|byte| b".!?\n".contains(byte)) {
            words.end_sentence();
        }
        words.push((hash >> 32) as u32);
        each(start, end);
        last = end;
    });
}
