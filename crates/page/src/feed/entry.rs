//! Entry: one item of a feed, and the page that it is.

use std::ops::Range;

use super::Source;
use crate::address::resolve;
use crate::bounds::MAX_PAGE;
use crate::charset::Decoded;
use crate::colophon::Colophon;
use crate::digest::digest;
use crate::html::read_html_under;
use crate::json::Words;
use crate::page::{Capture, Defect, DefectKind, Page};
use crate::span::Span;
use crate::text::read_text;
use crate::trace::{raw_place, through};

/// What a feed says of itself.
#[derive(Default)]
pub(super) struct Channel {
    pub(super) title: Option<String>,
    pub(super) language: Option<String>,
    pub(super) authors: Vec<String>,
    /// The address that relative ones are relative to, if the feed states one.
    pub(super) base: Option<String>,
}

/// How words are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Form {
    /// Plain text.
    Text,
    /// HTML.
    Html,
    /// HTML by custom, or a text by one who does not know the custom.
    #[default]
    Either,
}

/// Words of an entry, traced to the feed's characters.
pub(super) struct Content {
    pub(super) words: Words,
    pub(super) form: Form,
}

/// One item of a feed, as it says itself.
#[derive(Default)]
pub(super) struct Entry {
    /// Where it stands among the feed's characters.
    pub(super) at: Range<usize>,
    pub(super) id: Option<String>,
    /// Whether an id that looks like an address is one.
    pub(super) id_is_address: bool,
    pub(super) title: Option<String>,
    pub(super) url: Option<String>,
    /// The address before a service wrapped it.
    pub(super) origin: Option<String>,
    pub(super) published: Option<String>,
    pub(super) updated: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) content: Option<Content>,
    pub(super) summary: Option<Content>,
    pub(super) language: Option<String>,
    pub(super) topics: Vec<String>,
    /// Whom the item names as its source.
    pub(super) source: Option<String>,
    pub(super) base: Option<String>,
    /// What else the page's reader should know of it: why it is not whole.
    pub(super) cut: Option<&'static str>,
}

impl Content {
    fn is_blank(&self) -> bool {
        self.words.text.trim().is_empty()
    }

    /// Whether these words are to be read as HTML. What has no mark and no reference reads alike,
    /// but for the blank lines between a plain text's paragraphs.
    fn is_html(&self) -> bool {
        let text = &self.words.text;
        match self.form {
            Form::Text => false,
            Form::Html => true,
            Form::Either => has_marks(text) || !has_blank_line(text),
        }
    }
}

/// The page of an entry, or why there is none. `n` is its number in the feed, from 1; `defects` are
/// those of the whole feed's bytes.
pub(super) fn page(
    mut entry: Entry,
    n: usize,
    channel: &Channel,
    source: &Source<'_>,
    defects: &[Defect],
) -> Result<Page, String> {
    let content = entry.content.take().filter(|content| !content.is_blank());
    let mut summary = entry.summary.take().filter(|summary| !summary.is_blank());
    let body = content.or_else(|| summary.take()).ok_or_else(|| {
        let title = entry.title.as_deref().unwrap_or("no title");
        format!("({title}) has no words but its title: fetch the page that it links to")
    })?;
    if body.words.text.len() > MAX_PAGE {
        let size = body.words.text.len() >> 20;
        return Err(format!("has {size} MiB of text, more than a page may have: split it"));
    }
    let raw = raw_place(source.decoding, entry.at.clone());
    let base = entry.base.as_deref().or(channel.base.as_deref()).or(source.capture.url.as_deref());
    let url = entry.url.as_deref().map(|url| resolve(base, url));
    let capture = Capture {
        file: source.capture.file.clone(),
        record: entry.id.clone().or_else(|| url.clone()).unwrap_or_else(|| n.to_string()),
        url: url.clone(),
        digest: digest(&source.bytes[raw]),
        captured: source.capture.captured.clone(),
        series: channel.title.clone().or_else(|| source.capture.series.clone()),
    };
    let colophon = colophon(&entry, url, channel, summary.as_ref(), capture.series.as_deref());
    let is_html = body.is_html();
    let decoded = Decoded {
        trace: through(body.words.trace, source.decoding),
        text: body.words.text.into(),
        defects: defects
            .iter()
            .map(|defect| Defect { span: Span::default(), ..defect.clone() })
            .collect(),
    };
    let mut page = if is_html {
        read_html_under(decoded, capture, colophon)
    } else {
        let mut page = read_text(decoded, capture);
        page.meta = colophon.write(&mut page.text, &mut page.defects);
        page
    };
    let end = Span::new(page.body_end as usize, page.body_end as usize);
    if body.words.n_bad > 0 {
        let why = format!("{} escapes stand for no character and were replaced", body.words.n_bad);
        page.defects.push(Defect { kind: DefectKind::BadBytes, span: end, why });
    }
    if let Some(why) = entry.cut {
        page.defects.push(Defect { kind: DefectKind::Cut, span: end, why: why.to_owned() });
    }
    if page.blocks.is_empty() {
        return Err("shows no words: fetch the page that it links to".to_owned());
    }
    Ok(page)
}

/// Title, address, publisher, date and authors stand first, as those of a JSON line do.
fn colophon(
    entry: &Entry,
    url: Option<String>,
    channel: &Channel,
    summary: Option<&Content>,
    series: Option<&str>,
) -> Colophon {
    let authors = if entry.authors.is_empty() { &channel.authors } else { &entry.authors };
    let list = |words: &[String]| (!words.is_empty()).then(|| words.join(", "));
    let summary = summary.map(|summary| {
        let text = &summary.words.text;
        if summary.is_html() { shown(text) } else { text.clone() }
    });
    let mut colophon = Colophon::default();
    for (key, value) in [
        ("title", entry.title.clone()),
        ("url", url),
        ("series", series.map(str::to_owned)),
        ("date", entry.published.clone()),
        ("author", list(authors)),
        ("updated", entry.updated.clone()),
        ("source", entry.source.clone()),
        ("lang", entry.language.clone().or_else(|| channel.language.clone())),
        ("section", list(&entry.topics)),
        ("description", summary),
    ] {
        value.and_then(|value| colophon.push(key, &value));
    }
    colophon
}

/// What a reader sees of a line of HTML: a title, a summary.
pub(super) fn shown(html: &str) -> String {
    if !has_marks(html) {
        return html.to_owned();
    }
    let decoded =
        Decoded { text: html.into(), trace: crate::page::Trace::default(), defects: vec![] };
    let page = read_html_under(decoded, Capture::default(), Colophon::default());
    page.words(page.body()).replace('\n', " ")
}

/// Whether there is a tag, a comment or a reference: `<b>`, `</b>`, `<!--`, `&eacute;`, `&#8217;`.
fn has_marks(text: &str) -> bool {
    let tag = text.match_indices('<').any(|(at, _)| {
        text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!')
    });
    tag || text.match_indices('&').any(|(at, _)| {
        let rest = &text.as_bytes()[at + 1..];
        let len = rest.iter().take(32).take_while(|b| b.is_ascii_alphanumeric() || **b == b'#');
        let len = len.count();
        len > 1 && rest.get(len) == Some(&b';')
    })
}

fn has_blank_line(text: &str) -> bool {
    let mut lines = text.trim().lines();
    lines.any(|line| line.trim().is_empty())
}
