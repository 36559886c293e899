//! Fold: words as they are compared.
//!
//! A page's text never changes; case, quotation marks, no-break spaces and accents are folded in a
//! view over it. A [`Token`] is a word with its span; its hash is that of the folded word.

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
/// Cost: one pass over the bytes; plain ASCII words are hashed as they are read.
pub fn tokens(text: &str, within: Span) -> Vec<Token> {
    let mut found = Vec::with_capacity(within.len() / 5);
    let words = within.of(text);
    let bytes = words.as_bytes();
    let shift = within.start as usize;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte < 0x80 && FOLDED[byte as usize] == 0 {
            at += 1;
            continue;
        }
        let mut hash = WordHash::default();
        let mut end = at;
        while let Some(&byte) = bytes.get(end) {
            let folded = FOLDED[byte as usize & 0x7f];
            if byte >= 0x80 || folded == 0 {
                break;
            }
            hash.push(folded);
            end += 1;
        }
        // A word that meets a joint or another alphabet is read by characters.
        if matches!(bytes.get(end), Some(b'\'' | b'.' | b',' | 0x80..)) {
            (hash, end) = by_chars(words, at);
        }
        if end == at {
            at += words[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        found.push(Token { span: Span::new(shift + at, shift + end), hash: hash.finish() });
        at = end;
    }
    found
}

/// `words` folded: lower case, straight quotation marks, plain spaces, no accents.
pub fn fold(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    let mut rest = words;
    loop {
        // Most words have no accent: they are folded byte by byte.
        let n = rest.bytes().take_while(|byte| (b' '..0x80).contains(byte)).count();
        let from = folded.len();
        folded.push_str(&rest[..n]);
        folded[from..].make_ascii_lowercase();
        let mut chars = rest[n..].chars();
        let Some(c) = chars.next() else { return folded };
        fold_char(c, &mut folded);
        rest = chars.as_str();
    }
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
    let folded = fold(name);
    let mut words =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>();
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    words.join(" ")
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
            let joins = end > at && matches!(c, '\'' | '’' | '.' | ',');
            if !(joins && chars.peek().is_some_and(|&next| joins_to(c, next, digit))) {
                break;
            }
            if matches!(c, '\'' | '’') {
                hash.push(b'\'');
                digit = false;
            }
        }
        end += c.len_utf8();
    }
    (hash, end)
}

/// ASCII letters and digits in lower case, 0 for all else.
const FOLDED: [u8; 128] = {
    let mut table = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// A hash over folded bytes, eight at a time. After: the multiply-and-shift of `FxHash`.
#[derive(Clone, Copy, Default)]
struct WordHash {
    hash: u64,
    chunk: u64,
    n_bytes: u64,
}

impl WordHash {
    fn push(&mut self, byte: u8) {
        self.chunk = self.chunk << 8 | u64::from(byte);
        self.n_bytes += 1;
        if self.n_bytes.is_multiple_of(8) {
            self.hash = mixed(self.hash ^ self.chunk);
            self.chunk = 0;
        }
    }

    fn finish(self) -> u64 {
        mixed(self.hash ^ self.chunk ^ self.n_bytes << 59)
    }
}

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
        '‘' | '’' | '‛' | '′' => folded.push('\''),
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
    fn a_key_forgets_the_article() {
        assert_eq!(key("The New York  Times"), "new york times");
        assert_eq!(key("The"), "the");
    }
}
