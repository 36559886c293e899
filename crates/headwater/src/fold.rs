//! Fold: words as they are compared.
//!
//! A page's text never changes; case, quotation marks, no-break spaces and accents are folded in a
//! view over it. A [`Token`] is a word with its span; its hash is that of the folded word.

use std::hash::Hasher;

use headwater_page::Span;
use rustc_hash::FxHasher;

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
pub fn tokens(text: &str, within: Span) -> Vec<Token> {
    let mut found = Vec::with_capacity(within.len() / 6);
    let mut folded = String::new();
    let mut start = None;
    let words = within.of(text);
    let mut chars = words.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = start.is_some() && matches!(c, '\'' | '’' | '.' | ',');
        if c.is_alphanumeric() {
            start.get_or_insert(at);
            fold_char(c, &mut folded);
        } else if joins && chars.peek().is_some_and(|&(_, next)| joins_to(c, next, &folded)) {
            if matches!(c, '\'' | '’') {
                folded.push('\'');
            }
        } else if let Some(first) = start.take() {
            found.push(token(within, first, at, &folded));
            folded.clear();
        }
    }
    if let Some(first) = start {
        found.push(token(within, first, words.len(), &folded));
    }
    found
}

/// `words` folded: lower case, straight quotation marks, plain spaces, no accents.
pub fn fold(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    for c in words.chars() {
        fold_char(c, &mut folded);
    }
    folded
}

/// Hash of a folded word; the same on every machine.
pub fn hash(folded: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(folded.as_bytes());
    hasher.finish()
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

fn joins_to(joint: char, next: char, word: &str) -> bool {
    match joint {
        ',' => next.is_ascii_digit() && word.ends_with(|c: char| c.is_ascii_digit()),
        _ => next.is_alphanumeric(),
    }
}

fn token(within: Span, start: usize, end: usize, folded: &str) -> Token {
    let at = within.start as usize;
    Token { span: Span::new(at + start, at + end), hash: hash(folded) }
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
