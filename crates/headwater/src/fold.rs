//! Fold: words as they are compared.
//!
//! A page's text never changes; case, quotation marks, no-break spaces and accents are folded in a
//! view over it. A [`Token`] is a word with its span; its hash is that of the folded word.

use std::borrow::Cow;

use headwater_page::Span;

/// One word of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// The word's bytes.
    pub span: Span,
    /// Hash of the folded word; the same on every machine.
    pub hash: u64,
}

/// The words of `within`, in order: runs of letters and digits, with apostrophes, points and commas
/// that stand inside them ("don't", "U.S", "1,000").
///
/// Cost: one pass over the bytes; plain ASCII words are read eight bytes at a time.
pub fn tokens(text: &str, within: Span) -> Vec<Token> {
    let mut found = Vec::with_capacity(within.len() / 5);
    let shift = within.start as usize;
    each_word(within.of(text), |start, end, hash| {
        found.push(Token { span: Span::new(shift + start, shift + end), hash });
    });
    found
}

/// Calls `found` with the first byte, the end and the hash of every word of `words`, in order.
#[inline]
pub(crate) fn each_word(words: &str, mut found: impl FnMut(usize, usize, u64)) {
    let bytes = words.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let chunk = eight(bytes, at);
        let letters = letters(chunk);
        let starts = letters | chunk & HIGH;
        if starts & 0x80 == 0 {
            // No word starts here: on to where one may.
            at += if starts == 0 { 8 } else { starts.trailing_zeros() as usize / 8 };
            continue;
        }
        let (mut hash, mut end) = (WordHash::default(), at);
        let (mut chunk, mut letters) = (chunk, letters);
        loop {
            let others = !letters & HIGH;
            if others != 0 {
                let n_bytes = others.trailing_zeros() / 8;
                hash.push_last(chunk, n_bytes);
                end += n_bytes as usize;
                break;
            }
            hash.push_eight(chunk);
            end += 8;
            (chunk, letters) = (eight(bytes, end), self::letters(eight(bytes, end)));
        }
        // A word that another alphabet or a joint goes on is read by characters.
        let goes_on = match bytes.get(end) {
            Some(0x80..) => true,
            Some(b'\'' | b'.' | b',') => {
                bytes.get(end + 1).is_some_and(|next| next.is_ascii_alphanumeric() || *next >= 0x80)
            }
            _ => false,
        };
        if goes_on {
            (hash, end) = by_chars(words, at);
            if end == at {
                at += words[at..].chars().next().map_or(1, char::len_utf8);
                continue;
            }
        }
        found(at, end, hash.finish());
        at = end;
    }
}

/// The high bit of each of eight bytes.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The eight bytes from `at` on, the first one lowest; zeros behind the end.
#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    if let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        return u64::from_le_bytes(*chunk);
    }
    let tail = bytes.get(at..).unwrap_or_default();
    tail.iter().rev().fold(0, |chunk, &byte| chunk << 8 | u64::from(byte))
}

/// Which of eight bytes are ASCII letters or digits: the high bit of each that is.
#[inline]
const fn letters(chunk: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    // The high bit of a byte below 0x80 plus `0x80 - least` says whether it is at least `least`.
    let lower = (chunk | (EACH * 0x20)) & !HIGH;
    let plain = chunk & !HIGH;
    let letter = (lower + EACH * (0x80 - b'a' as u64)) & !(lower + EACH * (0x7f - b'z' as u64));
    let digit = (plain + EACH * (0x80 - b'0' as u64)) & !(plain + EACH * (0x7f - b'9' as u64));
    (letter | digit) & !chunk & HIGH
}

/// `words` folded: lower case, straight quotation marks, plain spaces, no accents.
pub fn fold(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    push(words, &mut folded);
    folded
}

/// `words` folded; they themselves where folding changes nothing, as with most words of a text.
pub fn view(words: &str) -> Cow<'_, str> {
    if is_folded(words) { Cow::Borrowed(words) } else { Cow::Owned(fold(words)) }
}

/// Whether folding is sure to change nothing.
fn is_folded(words: &str) -> bool {
    words.bytes().all(|byte| (b' '..0x80).contains(&byte) && !byte.is_ascii_uppercase())
}

/// Appends `words` folded. Whoever folds word after word does it into one string.
pub fn push(words: &str, folded: &mut String) {
    if is_folded(words) {
        folded.push_str(words);
        return;
    }
    let mut rest = words;
    loop {
        // Most words have no accent: they are folded byte by byte.
        let n = plain(rest);
        let from = folded.len();
        folded.push_str(&rest[..n]);
        folded[from..].make_ascii_lowercase();
        let mut chars = rest[n..].chars();
        let Some(c) = chars.next() else { return };
        fold_char(c, folded);
        rest = chars.as_str();
    }
}

/// How many bytes `words` begins with that are folded each by itself.
fn plain(words: &str) -> usize {
    words.bytes().take_while(|byte| (b' '..0x80).contains(byte)).count()
}

/// Bytes of `words` up to the first character that does not fit.
#[inline]
pub(crate) fn length(words: &str, fits: impl Fn(char) -> bool) -> usize {
    let fits_plain = |byte: &u8| byte.is_ascii() && fits(char::from(*byte));
    let plain = words.bytes().take_while(fits_plain).count();
    // Behind plain letters stands nearly always a plain character that does not fit.
    if words.as_bytes().get(plain).is_none_or(u8::is_ascii) {
        return plain;
    }
    let rest = &words[plain..];
    plain + rest.find(|c| !fits(c)).unwrap_or(rest.len())
}

/// The runs of letters and digits of `words`, in order: first byte and end.
#[inline]
pub(crate) fn runs(words: &str) -> impl Iterator<Item = (usize, usize)> {
    let next = |at: usize| {
        let start = at + length(&words[at..], |c| !c.is_alphanumeric());
        let end = start + length(&words[start..], char::is_alphanumeric);
        (end > start).then_some((start, end))
    };
    std::iter::successors(next(0), move |(_, end)| next(*end))
}

/// Whether `words` fold to `folded`.
pub(crate) fn is(words: &str, folded: &str) -> bool {
    if words.is_ascii() && folded.is_ascii() {
        return words.eq_ignore_ascii_case(folded);
    }
    fold(words) == folded
}

/// Whether `word` ends with `letters`. Most words differ in the last letter already.
#[inline]
pub(crate) fn ends(word: &str, letters: &str) -> bool {
    word.as_bytes().last() == letters.as_bytes().last() && word.ends_with(letters)
}

/// A set of bytes.
#[derive(Clone, Copy, Default, Debug)]
pub struct Bytes([u64; 4]);

impl Bytes {
    /// Whether it is one of them.
    #[inline]
    pub fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1
    }

    /// Adds it.
    pub fn insert(&mut self, byte: u8) {
        self.0[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }
}

impl FromIterator<u8> for Bytes {
    fn from_iter<I: IntoIterator<Item = u8>>(bytes: I) -> Self {
        let mut found = Self::default();
        bytes.into_iter().for_each(|byte| found.insert(byte));
        found
    }
}

/// A word as it is looked up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Hashed {
    /// [`hash`] of the folded word.
    pub(crate) hash: u64,
    /// Whether folding leaves the word as it is.
    pub(crate) is_folded: bool,
}

/// The hash of the folded word that `text` begins with, `length` bytes long. A word holds no white
/// space. Cost: a step for eight letters, where they are plain.
#[inline]
pub(crate) fn hashed(text: &str, length: usize) -> Hashed {
    let bytes = text.as_bytes();
    let mut hash = WordHash::default();
    let (mut at, mut is_folded) = (0, true);
    while at < length {
        let n_bytes = (length - at).min(8);
        let mut chunk = eight(bytes, at);
        if n_bytes < 8 {
            chunk &= (1 << (n_bytes * 8)) - 1;
        }
        if chunk & HIGH != 0 {
            let folded = fold(&text[..length]);
            return Hashed { hash: self::hash(&folded), is_folded: folded == text[..length] };
        }
        let capitals = capitals(chunk);
        is_folded &= capitals == 0;
        chunk |= capitals >> 2;
        if n_bytes == 8 {
            hash.hash = mixed(hash.hash ^ chunk);
        } else {
            hash.chunk = chunk;
        }
        hash.n_bytes += n_bytes as u64;
        at += n_bytes;
    }
    Hashed { hash: hash.finish(), is_folded }
}

/// A word of plain letters and digits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain {
    /// One past its last byte.
    pub(crate) end: usize,
    /// Its letters; the others are digits.
    pub(crate) n_letters: u32,
    /// Capitals among them.
    pub(crate) n_capitals: u32,
    /// [`hash`] of it, folded.
    pub(crate) hash: u64,
}

/// The ASCII letters and digits from byte `at` of `text` on. Cost: a step for eight of them.
#[inline]
pub(crate) fn plain_word(text: &str, at: usize) -> Plain {
    let (mut hash, mut end) = (WordHash::default(), at);
    let (mut n_letters, mut n_capitals) = (0, 0);
    loop {
        let chunk = eight(text.as_bytes(), end);
        let others = !letters(chunk) & HIGH;
        let n_bytes = others.trailing_zeros() / 8;
        let within = if n_bytes == 8 { u64::MAX } else { (1 << (n_bytes * 8)) - 1 };
        let chunk = chunk & within;
        n_letters += alphabetic(chunk).count_ones();
        n_capitals += capitals(chunk).count_ones();
        if n_bytes < 8 {
            hash.push_last(chunk, n_bytes);
            let end = end + n_bytes as usize;
            return Plain { end, n_letters, n_capitals, hash: hash.finish() };
        }
        hash.push_eight(chunk);
        end += 8;
    }
}

/// Which of eight ASCII bytes are letters: the high bit of each that is.
#[inline]
const fn alphabetic(chunk: u64) -> u64 {
    capitals(chunk & !LOWER)
}

/// Which of eight ASCII bytes are capital letters: the high bit of each that is.
#[inline]
const fn capitals(chunk: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    (chunk + EACH * (0x80 - b'A' as u64)) & !(chunk + EACH * (0x7f - b'Z' as u64)) & HIGH
}

/// Hash of a folded word; the same on every machine.
pub fn hash(folded: &str) -> u64 {
    let mut hash = WordHash::default();
    folded.bytes().for_each(|byte| hash.push(byte));
    hash.finish()
}

/// A name as it is compared: folded words joined by single spaces, a leading article dropped.
/// "The New York Times" and "New York Times" are one key.
pub fn key(name: &str) -> String {
    let mut folded = fold(name);
    // Most names are words with single spaces between.
    let mut before = b' ';
    let plain = folded.bytes().all(|byte| {
        let fits = byte.is_ascii_alphanumeric() || byte == b' ' && before != b' ';
        before = byte;
        fits
    });
    if !plain || folded.ends_with(' ') {
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        folded = words.collect::<Vec<_>>().join(" ");
    }
    if folded.starts_with("the ") {
        folded.drain(..4);
    }
    folded
}

/// The word that starts at byte `at` of `words`, and where it ends; at `at` if none starts there.
fn by_chars(words: &str, at: usize) -> (WordHash, usize) {
    let mut hash = WordHash::default();
    let mut end = at;
    let mut digit = false;
    let mut chars = words[at..].chars().peekable();
    let mut folded = String::new();
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() {
            folded.clear();
            fold_char(c, &mut folded);
            folded.bytes().for_each(|byte| hash.push(byte));
            digit = folded.ends_with(|c: char| c.is_ascii_digit());
        } else {
            let joins = end > at && matches!(c, '\'' | '’' | '´' | '.' | ',');
            if !(joins && chars.peek().is_some_and(|&next| joins_to(c, next, digit))) {
                break;
            }
            if matches!(c, '\'' | '’' | '´') {
                hash.push(b'\'');
                digit = false;
            }
        }
        end += c.len_utf8();
    }
    (hash, end)
}

/// A hash over folded bytes, eight at a time, the first one lowest. After: the multiply-and-shift of
/// `FxHash`.
#[derive(Clone, Copy, Default)]
struct WordHash {
    hash: u64,
    chunk: u64,
    n_bytes: u64,
}

impl WordHash {
    fn push(&mut self, byte: u8) {
        self.chunk |= u64::from(byte) << (self.n_bytes % 8 * 8);
        self.n_bytes += 1;
        if self.n_bytes.is_multiple_of(8) {
            self.hash = mixed(self.hash ^ self.chunk);
            self.chunk = 0;
        }
    }

    /// Eight letters or digits of ASCII, in any case, where all before came by eights.
    #[inline]
    fn push_eight(&mut self, chunk: u64) {
        self.hash = mixed(self.hash ^ (chunk | LOWER));
        self.n_bytes += 8;
    }

    /// The first `n_bytes` (less than eight) of such a chunk.
    #[inline]
    fn push_last(&mut self, chunk: u64, n_bytes: u32) {
        self.chunk = (chunk | LOWER) & ((1 << (n_bytes * 8)) - 1);
        self.n_bytes += u64::from(n_bytes);
    }

    #[inline]
    fn finish(self) -> u64 {
        mixed(self.hash ^ self.chunk ^ self.n_bytes << 59)
    }
}

/// The bit that makes an ASCII letter lower case and leaves a digit.
const LOWER: u64 = 0x2020_2020_2020_2020;

#[inline]
fn mixed(x: u64) -> u64 {
    let x = (x ^ x >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ x >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x ^ x >> 32
}

fn joins_to(joint: char, next: char, after_digit: bool) -> bool {
    match joint {
        ',' => next.is_ascii_digit() && after_digit,
        _ => next.is_alphanumeric(),
    }
}

fn fold_char(c: char, folded: &mut String) {
    match c {
        'a'..='z' | '0'..='9' | ' ' => folded.push(c),
        '\u{a0}' | '\u{202f}' | '\u{2009}' | '\n' | '\t' | '\r' => folded.push(' '),
        '‘' | '’' | '‛' | '′' | '´' => folded.push('\''),
        '“' | '”' | '„' | '«' | '»' | '″' => folded.push('"'),
        '–' | '—' | '‑' | '‒' | '−' => folded.push('-'),
        '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
        _ if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
        _ => c.to_lowercase().for_each(|lower| folded.push(unaccented(lower))),
    }
}

/// The Latin letter under an accent; other letters stay.
fn unaccented(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' | 'ĝ' | 'ġ' | 'ģ' => 'g',
        'ì'..='ï' | 'ī' | 'ĭ' | 'į' | 'ı' => 'i',
        'ł' | 'ľ' | 'ĺ' | 'ļ' => 'l',
        'ñ' | 'ń' | 'ň' | 'ņ' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' | 'ŕ' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Minutes, if each letter that is not ASCII costs a look at all that follow it.
    #[test]
    fn a_long_text_in_any_script_is_folded_at_once() {
        for (unit, folded) in [("Плотина ", "плотина "), ("a\t", "a "), ("É", "e")] {
            assert_eq!(fold(&unit.repeat(100_000)), folded.repeat(100_000));
        }
    }

    #[test]
    fn a_token_is_its_word() {
        let text = "Mr. O’Neil's U.S. fund — $1,500.50, “up” 3%.";
        let words = tokens(text, Span::new(0, text.len()));
        let words = words.iter().map(|t| t.span.of(text)).collect::<Vec<_>>();
        assert_eq!(words, ["Mr", "O’Neil's", "U.S", "fund", "1,500.50", "up", "3"]);
    }

    #[test]
    fn folding_joins_what_house_style_parts() {
        let of = |text: &str| {
            tokens(text, Span::new(0, text.len())).iter().map(|t| t.hash).collect::<Vec<_>>()
        };
        assert_eq!(of("Nicolás Márquez’s “plan”"), of("NICOLAS Marquez's \"plan\""));
        assert_eq!(of("1,000 U.S. troops"), of("1000 US troops"));
        assert_ne!(of("can't"), of("cant"));
    }

    #[test]
    fn eight_bytes_at_a_time_are_one_at_a_time() {
        let words = "a bb Eightful NINELETTER 1234567 12345678 sixteenletterslo x.y é9 don't, end";
        for from in 0..words.len() {
            let Some(text) = words.get(from..) else { continue };
            each_word(text, |start, end, hash| {
                let word = fold(&text[start..end]);
                let plain = word.chars().filter(|c| *c != '.').collect::<String>();
                assert_eq!(hash, super::hash(&plain), "{word}");
            });
        }
    }

    #[test]
    fn a_word_has_the_hash_of_its_folded_form() {
        let long = "Anti-Establishmentarian";
        for word in ["a", "The", "O'Neil", "U.S", "eightlet", "Ninelette", "Márquez", "’s", long]
        {
            for text in [word.to_owned(), format!("{word}, and more")] {
                let found = hashed(&text, word.len());
                let folded = fold(word);
                assert_eq!(found, Hashed { hash: hash(&folded), is_folded: folded == word });
            }
        }
    }

    #[test]
    fn a_plain_word_is_read_in_one_go() {
        for word in ["a", "Dam", "eightlet", "NineLette", "B52", "1500", "sixteenLETTERSlo", ""] {
            for text in [word.to_owned(), format!("{word}, and more"), format!("{word}é")] {
                let of = |fits: fn(&char) -> bool| word.chars().filter(fits).count() as u32;
                let found = plain_word(&text, 0);
                assert_eq!((found.end, found.hash), (word.len(), hash(&fold(word))));
                assert_eq!(found.n_letters, of(char::is_ascii_alphabetic));
                assert_eq!(found.n_capitals, of(char::is_ascii_uppercase));
            }
        }
    }

    #[test]
    fn a_key_forgets_the_article() {
        assert_eq!(key("The New York  Times"), "new york times");
        assert_eq!(key("The"), "the");
    }
}
