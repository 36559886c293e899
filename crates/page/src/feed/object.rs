//! Object: the items of a JSON Feed.
//!
//! After: JSON Feed 1 and 1.1.

use std::ops::Range;

use super::Walked;
use super::entry::{Channel, Content, Entry, Form};
use crate::json::{elements, elements_so_far, fields_so_far, words};

/// Whether `text` is an object that states a version of JSON Feed. Looks at the first 64 KiB.
pub(super) fn is_feed(text: &[u8]) -> bool {
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text).trim_ascii_start();
    if text.first() != Some(&b'{') {
        return false;
    }
    let head = String::from_utf8_lossy(&text[..text.len().min(64 << 10)]);
    let (fields, _) = fields_so_far(&head);
    fields.into_iter().any(|(name, at)| {
        name == "version"
            && head[at.clone()].starts_with('"')
            && words(&head, at).text.contains("jsonfeed.org/version/")
    })
}

/// The items of a JSON Feed, in order, as far as the text goes. Never fails; linear.
pub(super) fn walk(text: &str) -> Walked {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let feed = Object::new(text, start..text.len());
    let mut walked = Walked { n_chars: text.len(), cut: feed.cut, ..Walked::default() };
    walked.channel = Channel {
        title: feed.value("title"),
        language: feed.value("language"),
        authors: feed.authors(),
        base: None,
    };
    let Some(items) = feed.place("items") else { return walked };
    let (found, _) = elements_so_far(&text[items.clone()]);
    for at in found {
        walked.entries.push(entry(text, items.start + at.start..items.start + at.end));
    }
    walked
}

fn entry(text: &str, at: Range<usize>) -> Entry {
    let item = Object::new(text, at.clone());
    let content = |name: &str, form: Form| {
        let place = item.string(name)?;
        Some(Content { words: words(text, place), form })
    };
    let summary = content("summary", Form::Text);
    Entry {
        at,
        id: item.value("id"),
        id_is_address: true,
        title: item.value("title"),
        url: item.value("url").or_else(|| item.value("external_url")),
        published: item.value("date_published"),
        updated: item.value("date_modified"),
        authors: item.authors(),
        content: content("content_html", Form::Html)
            .or_else(|| content("content_text", Form::Text)),
        summary,
        language: item.value("language"),
        topics: item.list("tags"),
        // A link blog's item is about this page.
        source: item.value("external_url").filter(|_| item.place("url").is_some()),
        cut: item.cut.map(|(_, why)| why),
        ..Entry::default()
    }
}

/// An object of the feed, whole or not.
struct Object<'a> {
    text: &'a str,
    fields: Vec<(String, Range<usize>)>,
    /// Where it goes wrong, and how.
    cut: Option<(usize, &'static str)>,
}

impl<'a> Object<'a> {
    fn new(text: &'a str, at: Range<usize>) -> Self {
        let (fields, fault) = fields_so_far(&text[at.clone()]);
        let moved = |(name, place): (String, Range<usize>)| {
            (name, place.start + at.start..place.end + at.start)
        };
        let fields = fields.into_iter().map(moved).collect();
        Object { text, fields, cut: fault.map(|fault| (at.start + fault.at, fault.why)) }
    }

    fn place(&self, name: &str) -> Option<Range<usize>> {
        self.fields.iter().rfind(|(key, _)| key == name).map(|(_, at)| at.clone())
    }

    /// Where a string stands. One that is cut has no closing quote: it is taken to stand behind the
    /// end.
    fn string(&self, name: &str) -> Option<Range<usize>> {
        let at = self.place(name)?;
        let is_last = self.fields.last().is_some_and(|(_, last)| *last == at);
        let is_cut = self.cut.is_some_and(|(_, why)| why == "ends inside a string");
        self.text[at.clone()]
            .starts_with('"')
            .then(|| at.start..at.end + usize::from(is_last && is_cut))
    }

    fn value(&self, name: &str) -> Option<String> {
        let value = if let Some(at) = self.string(name) {
            words(self.text, at).text
        } else {
            // Ids were numbers once.
            let raw = &self.text[self.place(name)?];
            raw.starts_with(|c: char| c.is_ascii_digit()).then(|| raw.to_owned())?
        };
        Some(value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    fn list(&self, name: &str) -> Vec<String> {
        let Some(at) = self.place(name) else { return Vec::new() };
        let list = &self.text[at];
        let found = elements(list).unwrap_or_default().into_iter();
        found
            .filter(|at| list[at.clone()].starts_with('"'))
            .map(|at| words(list, at).text)
            .take(64)
            .collect()
    }

    /// The names of `authors`, or of version 1's `author`.
    fn authors(&self) -> Vec<String> {
        let name = |at: Range<usize>| Object::new(self.text, at).value("name");
        if let Some(at) = self.place("authors") {
            let found = elements(&self.text[at.clone()]).unwrap_or_default();
            return found
                .into_iter()
                .take(64)
                .filter_map(|of| name(at.start + of.start..at.start + of.end))
                .collect();
        }
        self.place("author").and_then(name).into_iter().collect()
    }
}
