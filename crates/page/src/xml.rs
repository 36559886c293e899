//! XML: the marks of a text, each with its place, however badly the text is kept.
//!
//! quick-xml cuts the marks and knows where they stand. Feeds are written by string templates and
//! cut by proxies, so a mark that cannot be read is text, and only what has no end at all stops the
//! walk. No entity is ever expanded but the predefined ones and HTML's own; a document type is
//! skipped over.

use std::ops::Range;

use encoding_rs::WINDOWS_1252;
use quick_xml::Reader;
use quick_xml::escape::{resolve_html5_entity, resolve_xml_entity};
use quick_xml::events::Event;

/// Most tags without an end that are mended by ending them at their first `>`. Each costs a look at
/// the whole rest of the text.
const MAX_MENDED: usize = 100;

/// What stands at a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mark<'a> {
    /// A start tag: its name as written, and what follows the name.
    Open(&'a str, &'a str),
    /// A tag that starts and ends an element.
    Empty(&'a str, &'a str),
    /// An end tag.
    Close(&'a str),
    /// Characters as they are: text, or the inside of a CDATA section.
    Text(&'a str),
    /// A reference, without its `&` and `;`.
    Reference(&'a str),
}

/// A walk through a text, mark by mark. Comments, instructions and document types are left out.
pub(crate) struct Walk<'a> {
    text: &'a str,
    /// Where the reader's text begins.
    base: usize,
    reader: Reader<&'a [u8]>,
    n_mended: usize,
    /// Where the walk stopped before the end of the text, and why.
    pub(crate) cut: Option<(usize, &'static str)>,
}

impl<'a> Walk<'a> {
    /// A walk that begins at byte `at`.
    pub(crate) fn new(text: &'a str, at: usize) -> Self {
        Walk { text, base: at, reader: reader(&text[at..]), n_mended: 0, cut: None }
    }

    /// The next mark and its place; of a CDATA section, the place of its inside. Linear overall.
    pub(crate) fn next(&mut self) -> Option<(Range<usize>, Mark<'a>)> {
        while self.cut.is_none() {
            let start = self.position();
            let event = self.reader.read_event();
            let at = start..self.position();
            let text = self.text;
            let mark = match event {
                Ok(Event::Eof) => return None,
                Ok(Event::Text(_)) if at.is_empty() => continue,
                Ok(Event::Text(_)) => Mark::Text(&text[at.clone()]),
                Ok(Event::GeneralRef(_)) => Mark::Reference(&text[at.start + 1..at.end - 1]),
                Ok(Event::CData(_)) => {
                    let inside = at.start + "<![CDATA[".len()..at.end - "]]>".len();
                    return Some((inside.clone(), Mark::Text(&text[inside])));
                }
                Ok(Event::Start(_) | Event::Empty(_)) => return Some(self.tag(at)),
                Ok(Event::End(_)) => Mark::Close(text[at.start + 2..at.end - 1].trim()),
                Ok(_) => continue,
                Err(_) => match self.mend(start) {
                    Some(found) => return Some(found),
                    None => continue,
                },
            };
            return Some((at, mark));
        }
        None
    }

    fn position(&self) -> usize {
        self.base + self.reader.buffer_position() as usize
    }

    fn restart(&mut self, at: usize) {
        self.base = at;
        self.reader = reader(&self.text[at..]);
    }

    /// A start tag at `at`. `a < b` is no tag; one with an end tag inside lacks a quote.
    fn tag(&mut self, at: Range<usize>) -> (Range<usize>, Mark<'a>) {
        let inside = &self.text[at.start + 1..at.end - 1];
        if !inside.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == ':') {
            self.restart(at.start + 1);
            return (at.start..at.start + 1, Mark::Text("<"));
        }
        match inside.find("</").and_then(|_| inside.find('>')) {
            Some(end) => {
                self.restart(at.start + 1 + end + 1);
                (at.start..at.start + 1 + end + 1, opened(&inside[..end]))
            }
            None => (at, opened(inside)),
        }
    }

    /// What to make of a fault at `start`.
    fn mend(&mut self, start: usize) -> Option<(Range<usize>, Mark<'a>)> {
        let rest = &self.text[start..];
        if let Some(inside) = rest.strip_prefix("<![CDATA[") {
            self.cut = Some((self.text.len(), "ends inside a CDATA section"));
            return Some((self.text.len() - inside.len()..self.text.len(), Mark::Text(inside)));
        }
        if rest.starts_with("<!--") {
            self.cut = Some((start, "ends inside a comment"));
            return None;
        }
        let is_tag = rest.starts_with('<') && !rest.starts_with("<!") && !rest.starts_with("<?");
        if self.position() < self.text.len() {
            // Something odd with an end: what was read of it is left out.
            let next = self.position().max(start + rest.chars().next().map_or(1, char::len_utf8));
            self.restart(next);
            return None;
        }
        let end = memchr::memchr(b'>', rest.as_bytes());
        match end {
            Some(end) if is_tag && self.n_mended < MAX_MENDED => {
                self.n_mended += 1;
                self.restart(start + end + 1);
                let inside = rest[1..end].trim_end();
                let at = start..start + end + 1;
                Some(match inside.strip_prefix('/') {
                    Some(name) => (at, Mark::Close(name.trim())),
                    None => (at, opened(inside)),
                })
            }
            _ => {
                self.cut = Some((start, "ends inside a tag"));
                None
            }
        }
    }
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// A start tag, from what stands between its brackets.
fn opened(inside: &str) -> Mark<'_> {
    let (inside, is_empty) = match inside.strip_suffix('/') {
        Some(inside) => (inside, true),
        None => (inside, false),
    };
    let end = inside.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(end);
    if is_empty { Mark::Empty(name, attributes) } else { Mark::Open(name, attributes) }
}

/// The value of an attribute, its references resolved. `attributes` is what follows a tag's name.
pub(crate) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let (key, after) = rest.split_once('=')?;
        let key = key.split_whitespace().next_back().unwrap_or_default();
        let after = after.trim_start();
        let (value, next) = match after.chars().next()? {
            quote @ ('"' | '\'') => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
            _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        if key == name {
            return Some(resolved(value));
        }
        rest = next;
    }
}

/// The characters that a reference stands for; nothing for one that neither XML nor HTML knows.
pub(crate) fn referred(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        let words = resolve_xml_entity(name).or_else(|| resolve_html5_entity(name))?;
        return Some(words.to_owned());
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    match code {
        // Numbers of windows-1252, as HTML reads them.
        0x80..=0x9f => Some(WINDOWS_1252.decode_without_bom_handling(&[code as u8]).0.into_owned()),
        9 | 10 | 13 | 0x20.. => char::from_u32(code).map(String::from),
        _ => None,
    }
}

fn resolved(value: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(value.len()), value);
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(40).position(|byte| byte == b';');
        if let Some((end, words)) = end.and_then(|end| Some((end, referred(&rest[1..end])?))) {
            out.push_str(&words);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str) -> (Vec<Mark<'_>>, Option<&'static str>) {
        let mut walk = Walk::new(text, 0);
        let mut marks = Vec::new();
        while let Some((at, mark)) = walk.next() {
            if let Mark::Text(words) = mark {
                assert_eq!(words, &text[at]);
            }
            marks.push(mark);
        }
        (marks, walk.cut.map(|(_, why)| why))
    }

    #[test]
    fn marks_stand_where_they_stand() {
        let (found, cut) = marks(
            "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b \"c\">]><a x='1'>T&amp;&b;<![CDATA[<i>]]><br/></a >",
        );
        let wanted = [
            Mark::Open("a", " x='1'"),
            Mark::Text("T"),
            Mark::Reference("amp"),
            Mark::Reference("b"),
            Mark::Text("<i>"),
            Mark::Empty("br", ""),
            Mark::Close("a"),
        ];
        assert_eq!((found, cut), (wanted.to_vec(), None));
    }

    #[test]
    fn what_is_no_mark_is_text() {
        let words = |text| {
            let of = |mark: &Mark<'_>| match *mark {
                Mark::Text(words) => words.to_owned(),
                Mark::Reference(name) => format!("&{name};"),
                _ => "|".to_owned(),
            };
            marks(text).0.iter().map(of).collect::<String>()
        };
        assert_eq!(words("<a>1 < 2 & 3 > 2</a>"), "|1 < 2 & 3 > 2|");
        assert_eq!(words("<a>Tide & Sons &copy; x</b></a>"), "|Tide & Sons &copy; x||");
        assert_eq!(words("<a><b href=\"x>One</b> <b href=\"y\">Two</b></a>"), "||One| |Two||");
    }

    #[test]
    fn what_has_no_end_stops_the_walk() {
        assert_eq!(marks("<a>x<![CDATA[One <b").1, Some("ends inside a CDATA section"));
        assert_eq!(marks("<a>x<!-- One").1, Some("ends inside a comment"));
        assert_eq!(marks("<a>x</a").1, Some("ends inside a tag"));
        let (found, cut) = marks("<a href='x>One</a>");
        assert_eq!((found.len(), cut), (3, None));
    }

    #[test]
    fn attributes_are_found_in_any_dress() {
        let of = |name| attribute(" rel = 'alternate' href=\"a?b&amp;c\" type=text/html", name);
        assert_eq!(of("rel").as_deref(), Some("alternate"));
        assert_eq!(of("href").as_deref(), Some("a?b&c"));
        assert_eq!(of("type").as_deref(), Some("text/html"));
        assert_eq!(of("title"), None);
    }

    #[test]
    fn references_are_xmls_and_htmls_only() {
        let of = |name| referred(name);
        assert_eq!(of("amp").as_deref(), Some("&"));
        assert_eq!(of("eacute").as_deref(), Some("é"));
        assert_eq!(of("#x2019").as_deref(), Some("’"));
        assert_eq!(of("#146").as_deref(), Some("’"));
        assert_eq!(
            (of("lol9"), of("#0"), of("#xd800"), of("#99999999999")),
            (None, None, None, None)
        );
    }
}
