//! Colophon: metadata that a reader does not see, written out after the body as `key: value` lines,
//! so that this evidence too is words at a span.

use crate::page::{Defect, DefectKind, Meta};
use crate::span::Span;

/// Longest value, in bytes. Descriptions and dates are far shorter; what is longer is a program's
/// data in the wrong place.
const MAX_VALUE: usize = 4096;

/// Most entries. A live blog of a day has some hundred times; beyond this, metadata would outweigh
/// the page.
const MAX_ENTRIES: usize = 2000;

/// The entries of a colophon, in order.
#[derive(Default)]
pub(crate) struct Colophon {
    entries: Vec<(String, String)>,
    n_cut: usize,
}

impl Colophon {
    /// Adds an entry and returns its index; `None` if the value is blank or the colophon is full.
    /// The key becomes lower case; runs of white space in the value become one space.
    pub(crate) fn push(&mut self, key: &str, value: &str) -> Option<usize> {
        let key = fold(key).to_lowercase().replace(": ", ":");
        let mut value = fold(value);
        if key.is_empty() || value.is_empty() {
            return None;
        }
        if self.entries.len() >= MAX_ENTRIES {
            self.n_cut += 1;
            return None;
        }
        if value.len() > MAX_VALUE {
            let end = (0..=MAX_VALUE).rfind(|&at| value.is_char_boundary(at));
            value.truncate(end.unwrap_or(0));
            self.n_cut += 1;
        }
        self.entries.push((key, value));
        Some(self.entries.len() - 1)
    }

    /// Whether there is an entry of that key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(known, _)| known == key)
    }

    /// Writes the entries after the body and returns them with their spans, in order. A body
    /// without metadata gets no colophon.
    pub(crate) fn write(self, text: &mut String, defects: &mut Vec<Defect>) -> Vec<Meta> {
        if self.entries.is_empty() {
            return Vec::new();
        }
        text.push('\n');
        let mut metas = Vec::with_capacity(self.entries.len());
        for (key, value) in self.entries {
            text.push_str(&key);
            text.push_str(": ");
            let start = text.len();
            text.push_str(&value);
            metas.push(Meta { key, span: Span::new(start, text.len()) });
            text.push('\n');
        }
        if self.n_cut > 0 {
            let why = format!(
                "{} metadata entries were cut or left out: too long or too many",
                self.n_cut
            );
            defects.push(Defect {
                kind: DefectKind::Cut,
                span: Span::new(text.len(), text.len()),
                why,
            });
        }
        metas
    }
}

/// `value` with every run of white space and control characters as one space, none at its ends.
fn fold(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for word in value.split(|c: char| c.is_whitespace() || c.is_control()) {
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_words_at_a_span() {
        let mut colophon = Colophon::default();
        colophon.push("Title", " Ferry\n stuck ");
        colophon.push("empty", " \t");
        let mut text = "Body.".to_owned();
        let metas = colophon.write(&mut text, &mut Vec::new());
        assert_eq!(text, "Body.\ntitle: Ferry stuck\n");
        assert_eq!(metas.len(), 1);
        assert_eq!(metas[0].span.of(&text), "Ferry stuck");
    }

    #[test]
    fn a_long_value_is_cut_and_said() {
        let mut colophon = Colophon::default();
        colophon.push("description", &"é".repeat(MAX_VALUE));
        let (mut text, mut defects) = (String::new(), Vec::new());
        let metas = colophon.write(&mut text, &mut defects);
        assert_eq!(metas[0].span.len(), MAX_VALUE);
        assert_eq!(defects[0].kind, DefectKind::Cut);
    }
}
