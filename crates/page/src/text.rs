//! Text: a plain text file as a page. One block a line; the body is the file, byte for byte.

use crate::charset::Decoded;
use crate::digest::page_id;
use crate::page::{Block, BlockKind, Capture, Defect, DefectKind, Element, Page};
use crate::span::Span;

/// The page of a plain text: body only, no links, no metadata. Never fails; linear.
pub(crate) fn read_text(decoded: Decoded<'_>, capture: Capture) -> Page {
    let text = decoded.text.into_owned();
    let mut defects = decoded.defects;
    defects.extend(controls(&text));
    Page {
        id: page_id(&capture),
        capture,
        body_end: text.len() as u32,
        blocks: lines(&text),
        elements: vec![root()],
        links: Vec::new(),
        meta: Vec::new(),
        trace: decoded.trace,
        defects,
        text,
    }
}

/// The lines of `text` that are not blank, without white space at their ends, in order; `gap` is
/// the number of blank lines before. A byte order mark is no part of a line.
pub(crate) fn lines(text: &str) -> Vec<Block> {
    let (mut blocks, mut gap, mut at) = (Vec::new(), 0u8, 0);
    if text.starts_with('\u{feff}') {
        at = '\u{feff}'.len_utf8();
    }
    while at < text.len() {
        let rest = &text[at..];
        let len = rest.find(is_line_break).unwrap_or(rest.len());
        let span = Span::new(at, at + len).trim(text);
        if span.is_empty() {
            gap = gap.saturating_add(1);
        } else {
            blocks.push(Block { span, kind: BlockKind::Paragraph, element: 0, linked: 0, gap });
            gap = 0;
        }
        at += len + break_len(&rest[len..]);
    }
    blocks
}

/// The page itself, as the first element.
pub(crate) fn root() -> Element {
    Element { tag: String::new(), hints: String::new(), parent: 0, hidden: false, time: None }
}

/// A defect that counts the control characters of `text`, if there are any.
pub(crate) fn controls(text: &str) -> Option<Defect> {
    let is_odd = |c: char| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}');
    let first = text.find(is_odd)?;
    let n = text[first..].chars().filter(|&c| is_odd(c)).count();
    let why = format!("{n} control characters, kept as they are");
    Some(Defect { kind: DefectKind::Control, span: Span::new(first, first + 1), why })
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

fn break_len(rest: &str) -> usize {
    if rest.starts_with("\r\n") { 2 } else { rest.chars().next().map_or(0, char::len_utf8) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(&str, u8)> {
        lines(text).iter().map(|block| (block.span.of(text), block.gap)).collect()
    }

    #[test]
    fn lines_are_trimmed_and_gaps_counted() {
        let text = "\u{feff}Ferry stuck \r\n\r\n\u{a0}\r\n \u{a0}Nobody was hurt.\nEnd";
        assert_eq!(words(text), [("Ferry stuck", 0), ("Nobody was hurt.", 2), ("End", 0)]);
    }

    #[test]
    fn old_line_breaks_are_line_breaks() {
        assert_eq!(words("One\rTwo\r\rThree"), [("One", 0), ("Two", 0), ("Three", 1)]);
        assert_eq!(words("One\u{2028}Two"), [("One", 0), ("Two", 0)]);
    }

    #[test]
    fn control_characters_are_counted() {
        let defect = controls("a\u{0}b\u{1}").unwrap();
        assert_eq!((defect.kind, defect.span), (DefectKind::Control, Span::new(1, 2)));
        assert!(controls("a\tb\r\n").is_none());
    }
}
