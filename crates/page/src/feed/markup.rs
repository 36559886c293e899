//! Markup: the entries of an RSS, RDF or Atom feed.
//!
//! Lenient: a feed is a list of elements with known names, wherever they stand. An entry ends where
//! the next begins, a field where one begins that cannot stand in it. Prefixes mean what the feed
//! declares, or what everybody uses them for.

use std::ops::Range;

use super::Walked;
use super::entry::{Content, Entry, Form, shown};
use crate::json::Words;
use crate::trace::Tracer;
use crate::xml::{Mark, Walk, attribute, referred};

/// Most authors or topics of one entry.
const MAX_NAMES: usize = 64;

/// Vocabularies by the start of their name, and the prefix that everybody uses.
const VOCABULARIES: &[(&str, &str)] = &[
    ("http://purl.org/rss/1.0/modules/content", "content"),
    ("http://purl.org/dc/elements/", "dc"),
    ("http://purl.org/dc/terms", "dcterms"),
    ("http://www.w3.org/2005/Atom", "atom"),
    ("http://purl.org/atom/ns", "atom"),
    ("http://purl.org/rss/1.0/", "rss"),
    ("http://my.netscape.com/rdf/simple/0.9/", "rss"),
    ("http://backend.userland.com/rss", "rss"),
    ("http://rssnamespace.org/feedburner", "feedburner"),
];

/// What an element tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Role {
    Entry,
    Title,
    Link,
    /// Where the entry stood before a service wrapped its link.
    Origin,
    Id,
    Published,
    Updated,
    Author,
    Publisher,
    Content,
    Summary,
    Topic,
    Source,
    Language,
    /// Has titles and links of its own: an image, a search box, a contributor.
    Aside,
}

fn role(vocabulary: &str, name: &str) -> Option<Role> {
    let is_core = matches!(vocabulary, "" | "rss" | "atom");
    Some(match (vocabulary, name) {
        _ if is_core => match name {
            "item" | "entry" => Role::Entry,
            "title" => Role::Title,
            "link" => Role::Link,
            "guid" | "id" => Role::Id,
            "pubdate" | "published" | "issued" => Role::Published,
            "updated" | "modified" => Role::Updated,
            "author" => Role::Author,
            "content" => Role::Content,
            "description" | "summary" => Role::Summary,
            "category" => Role::Topic,
            "source" => Role::Source,
            "language" => Role::Language,
            "image" | "textinput" | "contributor" => Role::Aside,
            _ => return None,
        },
        ("content", "encoded") => Role::Content,
        ("dc" | "dcterms", "title") => Role::Title,
        ("dc" | "dcterms", "creator") => Role::Author,
        ("dc", "date") | ("dcterms", "issued" | "created" | "date") => Role::Published,
        ("dcterms", "modified") => Role::Updated,
        ("dc" | "dcterms", "publisher") => Role::Publisher,
        ("dc" | "dcterms", "language") => Role::Language,
        ("dc" | "dcterms", "identifier") => Role::Id,
        ("dc" | "dcterms", "subject") => Role::Topic,
        ("dc" | "dcterms", "description") => Role::Summary,
        ("feedburner", "origlink") => Role::Origin,
        _ => return None,
    })
}

/// An element whose words are gathered.
struct Field<'a> {
    name: &'a str,
    role: Role,
    form: Form,
    /// The markup stands here as itself and not as text.
    is_markup: bool,
    /// An element inside whose words are no part.
    aside: Option<&'a str>,
    text: String,
    tracer: Tracer,
}

impl Field<'_> {
    fn exact(&mut self, at: usize, words: &str) {
        self.tracer.exact(self.text.len(), words.len(), at);
        self.text.push_str(words);
    }

    fn decoded(&mut self, at: Range<usize>, words: &str) {
        self.tracer.decoded(self.text.len(), words, at);
        self.text.push_str(words);
    }
}

struct Pen<'a> {
    text: &'a str,
    /// Prefixes that the feed declares, with the vocabulary.
    prefixes: Vec<(&'a str, &'static str)>,
    walked: Walked,
    entry: Option<Entry>,
    field: Option<Field<'a>>,
}

/// The entries of a feed, in order. Never fails; linear.
pub(super) fn walk(text: &str) -> Walked {
    let start = memchr::memchr(b'<', text.as_bytes()).unwrap_or(text.len());
    let mut walk = Walk::new(text, start);
    let walked = Walked { n_chars: text.len(), ..Walked::default() };
    let mut pen = Pen { text, prefixes: Vec::new(), walked, entry: None, field: None };
    let mut end = start;
    while let Some((at, mark)) = walk.next() {
        end = at.end;
        pen.mark(at, mark);
    }
    pen.walked.cut = walk.cut;
    if pen.entry.is_some() {
        let why = walk.cut.map_or("ends before its last item does", |(_, why)| why);
        pen.end_field();
        let end = if walk.cut.is_some() { text.len() } else { end };
        pen.end_entry(end, Some(why));
        pen.walked.cut.get_or_insert((text.len(), why));
    }
    pen.walked
}

impl<'a> Pen<'a> {
    fn mark(&mut self, at: Range<usize>, mark: Mark<'a>) {
        match mark {
            Mark::Open(name, attributes) => self.open(at, name, attributes),
            Mark::Empty(name, attributes) => self.empty(at, name, attributes),
            Mark::Close(name) => self.close(at, name),
            Mark::Text(words) => {
                if let Some(field) = self.open_field() {
                    field.exact(at.start, words);
                }
            }
            Mark::Reference(name) => {
                let text = self.text;
                let Some(field) = self.open_field() else { return };
                match referred(name) {
                    Some(words) if !field.is_markup => field.decoded(at, &words),
                    _ => field.exact(at.start, &text[at]),
                }
            }
        }
    }

    fn open_field(&mut self) -> Option<&mut Field<'a>> {
        self.field.as_mut().filter(|field| field.aside.is_none() && field.role != Role::Aside)
    }

    fn role(&self, name: &str) -> Option<Role> {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let declared = self.prefixes.iter().rfind(|(known, _)| *known == prefix);
        let vocabulary = match declared {
            Some((_, vocabulary)) => vocabulary,
            None => prefix,
        };
        role(vocabulary, &local.to_ascii_lowercase())
    }

    /// Notes what prefixes mean. Only the default one has a scope that matters, and inside of
    /// content no names are looked up.
    fn declare(&mut self, attributes: &'a str) {
        let mut rest = attributes;
        while let Some(at) = rest.find("xmlns:") {
            rest = &rest[at + "xmlns:".len()..];
            let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let prefix = &rest[..end];
            let value = rest[end..].trim_start_matches(|c: char| c.is_whitespace() || c == '=');
            let value = value.trim_start_matches(['"', '\'']);
            let vocabulary = VOCABULARIES.iter().find(|(start, _)| value.starts_with(start));
            let vocabulary = vocabulary.map_or("?", |(_, vocabulary)| vocabulary);
            if self.prefixes.len() < 64 && !self.prefixes.contains(&(prefix, vocabulary)) {
                self.prefixes.push((prefix, vocabulary));
            }
            rest = &rest[end..];
        }
    }

    fn open(&mut self, at: Range<usize>, name: &'a str, attributes: &'a str) {
        let role = self.role(name);
        if self.ends_field(role, name) {
            self.end_field();
        }
        if self.field.is_some() {
            self.inside(at, name);
            return;
        }
        self.declare(attributes);
        // Prefixes may be declared on the element that uses them.
        let Some(role) = self.role(name) else {
            if self.entry.is_none()
                && let Some(base) = attribute(attributes, "xml:base")
            {
                self.walked.channel.base = Some(base);
            }
            return;
        };
        if role == Role::Entry {
            if self.entry.is_some() {
                self.end_entry(at.start, Some("has no end tag: it was ended where the next began"));
            }
            let base = attribute(attributes, "xml:base");
            let id = attribute(attributes, "rdf:about");
            let language = attribute(attributes, "xml:lang");
            let id_is_address = true;
            self.entry = Some(Entry { at, id, id_is_address, language, base, ..Entry::default() });
            return;
        }
        if role == Role::Link {
            self.link(attributes);
        }
        if role == Role::Id
            && let Some(entry) = &mut self.entry
        {
            entry.id_is_address =
                attribute(attributes, "isPermaLink").is_none_or(|is| is != "false");
        }
        let kind = attribute(attributes, "type").unwrap_or_default().to_ascii_lowercase();
        let mode = attribute(attributes, "mode").unwrap_or_default();
        let is_markup = matches!(role, Role::Content | Role::Summary | Role::Title)
            && (kind == "xhtml" || mode == "xml" || (kind.ends_with("xml") && mode != "escaped"));
        let form = match kind.as_str() {
            _ if is_markup => Form::Html,
            "text" | "text/plain" => Form::Text,
            "html" | "text/html" => Form::Html,
            _ if self.is_atom(name) && kind.is_empty() => Form::Text,
            _ => Form::Either,
        };
        let (text, tracer) = (String::new(), Tracer::default());
        self.field = Some(Field { name, role, form, is_markup, aside: None, text, tracer });
    }

    /// Whether an element stands in Atom, where words without a type are plain text.
    fn is_atom(&self, name: &str) -> bool {
        matches!(name.rsplit(':').next(), Some("summary" | "content"))
            || self.entry.as_ref().is_some_and(|entry| {
                self.text[entry.at.clone()].trim_start_matches('<').contains("entry")
            })
    }

    /// Whether a start tag shows that the open field's end tag is missing.
    fn ends_field(&self, role: Option<Role>, name: &str) -> bool {
        let Some(field) = &self.field else { return false };
        let holds_markup = matches!(field.role, Role::Content | Role::Summary);
        let holds_fields = matches!(field.role, Role::Author | Role::Source | Role::Aside);
        match role {
            Some(Role::Entry) => true,
            Some(_) if holds_fields => false,
            // `<title>` and `<link>` are HTML's too.
            Some(Role::Published | Role::Updated | Role::Id | Role::Content) => name != field.name,
            Some(_) if !holds_markup => name != field.name || field.role != Role::Title,
            _ => false,
        }
    }

    /// A start tag inside a field.
    fn inside(&mut self, at: Range<usize>, name: &'a str) {
        let text = self.text;
        let Some(field) = self.field.as_mut() else { return };
        let local = name.rsplit(':').next().unwrap_or(name);
        match (field.role, local) {
            _ if field.aside.is_some() => {}
            (Role::Author, "name") | (Role::Source, "title") => {
                field.text.clear();
                field.tracer.truncate(0);
            }
            (Role::Author | Role::Source | Role::Aside, _) => field.aside = Some(name),
            // `<xhtml:p>` is `<p>`.
            _ if field.is_markup && local.len() < name.len() => {
                field.exact(at.start, "<");
                let start = at.start + 1 + name.len() - local.len();
                field.exact(start, &text[start..at.end]);
            }
            _ => field.exact(at.start, &text[at]),
        }
    }

    fn empty(&mut self, at: Range<usize>, name: &'a str, attributes: &'a str) {
        let text = self.text;
        if let Some(field) = self.open_field() {
            let local = name.rsplit(':').next().unwrap_or(name);
            // In HTML `<a/>` and `<script/>` would open something.
            if matches!(local, "br" | "img" | "hr" | "wbr") {
                field.exact(at.start, &text[at]);
            }
            return;
        }
        if self.field.is_some() {
            return;
        }
        match self.role(name) {
            Some(Role::Link) => self.link(attributes),
            Some(Role::Topic) => {
                let term = attribute(attributes, "label").or_else(|| attribute(attributes, "term"));
                if let (Some(entry), Some(term)) = (&mut self.entry, term) {
                    add(&mut entry.topics, &term);
                }
            }
            _ => self.declare(attributes),
        }
    }

    fn close(&mut self, at: Range<usize>, name: &'a str) {
        let is_entry = self.role(name) == Some(Role::Entry);
        let ends_all = is_entry || matches!(name, "channel" | "rss" | "feed" | "rdf:RDF");
        let text = self.text;
        match self.field.as_mut() {
            Some(field) if field.name == name || ends_all => self.end_field(),
            Some(field) => {
                if field.aside == Some(name) {
                    field.aside = None;
                } else if field.aside.is_none() {
                    let local = name.rsplit(':').next().unwrap_or(name);
                    match (field.role, local) {
                        // What follows the name is no part of it.
                        (Role::Author | Role::Source, _) => field.aside = Some(field.name),
                        (Role::Aside, _) => {}
                        _ => {
                            let start = at.start + 2 + name.len() - local.len();
                            field.exact(at.start, "</");
                            field.exact(start, &text[start..at.end]);
                        }
                    }
                }
                return;
            }
            None => {}
        }
        if is_entry {
            self.end_entry(at.end, None);
        }
    }

    /// The address in a link's attributes, as Atom has it.
    fn link(&mut self, attributes: &str) {
        let rel = attribute(attributes, "rel").unwrap_or_else(|| "alternate".to_owned());
        let Some(href) = attribute(attributes, "href") else { return };
        let Some(entry) = &mut self.entry else { return };
        match rel.as_str() {
            "alternate" => {
                entry.url.get_or_insert(href);
            }
            "via" => {
                entry.source.get_or_insert(href);
            }
            _ => {}
        }
    }

    fn end_field(&mut self) {
        let Some(field) = self.field.take() else { return };
        let Field { role, form, text, tracer, .. } = field;
        if text.trim().is_empty() || role == Role::Aside {
            return;
        }
        if matches!(role, Role::Content | Role::Summary) {
            let Some(entry) = &mut self.entry else { return };
            let content = Content { words: Words { text, trace: tracer.finish(), n_bad: 0 }, form };
            // A summary that is written twice: the longer one says more.
            let slot = if role == Role::Content { &mut entry.content } else { &mut entry.summary };
            if slot.as_ref().is_none_or(|old| old.words.text.len() < content.words.text.len()) {
                *slot = Some(content);
            }
            return;
        }
        let is_prose = matches!(
            role,
            Role::Title | Role::Author | Role::Topic | Role::Publisher | Role::Source
        );
        let words = if form == Form::Text || !is_prose { text } else { shown(&text) };
        let words = words.trim().to_owned();
        if let Some(entry) = &mut self.entry {
            return tell_entry(entry, role, words);
        }
        let channel = &mut self.walked.channel;
        match role {
            Role::Title => _ = channel.title.get_or_insert(words),
            Role::Language => _ = channel.language.get_or_insert(words),
            Role::Publisher => channel.title = Some(words),
            Role::Author => add(&mut channel.authors, byline(&words)),
            _ => {}
        }
    }

    fn end_entry(&mut self, end: usize, cut: Option<&'static str>) {
        if let Some(mut entry) = self.entry.take() {
            entry.at.end = end;
            entry.cut = cut;
            let id = || entry.id.clone().filter(|id| id.starts_with("http") && entry.id_is_address);
            entry.url = entry.origin.take().or(entry.url.take()).or_else(id);
            self.walked.entries.push(entry);
        }
    }
}

fn tell_entry(entry: &mut Entry, role: Role, words: String) {
    match role {
        Role::Title => _ = entry.title.get_or_insert(words),
        Role::Link => entry.url = Some(words),
        Role::Origin => entry.origin = Some(words),
        Role::Id => _ = entry.id.get_or_insert(words),
        Role::Published => _ = entry.published.get_or_insert(words),
        Role::Updated => _ = entry.updated.get_or_insert(words),
        Role::Author => add(&mut entry.authors, byline(&words)),
        Role::Topic => add(&mut entry.topics, &words),
        Role::Source => _ = entry.source.get_or_insert(words),
        Role::Language => entry.language = Some(words),
        Role::Publisher | Role::Entry | Role::Content | Role::Summary | Role::Aside => {}
    }
}

/// Adds a name once.
fn add(names: &mut Vec<String>, name: &str) {
    if names.len() < MAX_NAMES && names.iter().all(|known| known != name) {
        names.push(name.to_owned());
    }
}

/// The name in `desk@post.example (Ada Lindqvist)`.
fn byline(author: &str) -> &str {
    let name = author.split_once('(').and_then(|(before, rest)| {
        before.contains('@').then(|| rest.trim_end().trim_end_matches(')').trim())
    });
    name.filter(|name| !name.is_empty()).unwrap_or(author)
}
