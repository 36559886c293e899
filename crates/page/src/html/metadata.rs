//! Metadata: what a page says about itself where readers do not see it.

use html5ever::{Attribute, local_name, ns};

use super::lenient::Fault;
use super::linked_data::linked_data;
use super::microdata::microdata;
use super::stray_date::stray_dates;
use super::tree::{NodeIx, Tree, attribute};
use crate::colophon::Colophon;

/// What a page says about itself, and what of it could not be read.
pub(super) struct Metadata {
    /// The entries: title, canonical link, language, `meta` elements, linked data, microdata.
    pub(super) entries: Colophon,
    /// Where in the decoded page a script begins, and its first fault.
    pub(super) faults: Vec<(usize, Fault)>,
}

/// Parts of `meta` names that tell of origin and time; others (view ports, themes, verification
/// keys) say nothing about the words on the page.
const NAMES: &[&str] = &[
    "author",
    "byl",
    "creator",
    "contributor",
    "publi",
    "date",
    "time",
    "modif",
    "updat",
    "source",
    "copyright",
    "rights",
    "description",
    "title",
    "headline",
    "keywords",
    "language",
    "syndication",
    "provider",
    "agency",
    "issued",
    "created",
    "news_",
];

/// Parts of names that would pass [`NAMES`] and are about something else.
const NOISE: &[&str] =
    &["image", "video", "audio", "template", "timeout", "verif", "player", "twitter:app"];

/// All metadata of the page: first title, canonical link and language, then `meta` elements in the
/// order of the page, then linked data, what stands in programs, and microdata. `source` is the page
/// as it was parsed; `known` comes before all. Never fails.
pub(super) fn collect(tree: &Tree, source: &str, known: Colophon) -> Metadata {
    let mut metadata = Metadata { entries: known, faults: Vec::new() };
    head(tree, &mut metadata.entries);
    for (name, attributes, _) in tree.elements() {
        if name.ns != ns!(html) {
            continue;
        }
        if name.local == local_name!("meta") {
            meta(attributes, &mut metadata.entries);
        }
    }
    for (name, attributes, node) in tree.elements() {
        let kind = attribute(attributes, "type").unwrap_or_default();
        if name.local == local_name!("script")
            && kind.to_ascii_lowercase().contains("ld+json")
            && let Some(fault) = linked_data(&tree.text_in(node), &mut metadata.entries)
        {
            metadata.faults.push((tree.raw_start(node), fault));
        }
    }
    stray_dates(source, &mut metadata.entries);
    // Last: a page of a thousand comments has a thousand authors.
    for (name, attributes, node) in tree.elements().filter(|(name, ..)| name.ns == ns!(html)) {
        let is_meta = name.local == local_name!("meta");
        if !is_meta || attribute(attributes, "itemprop").is_some() {
            microdata(tree, node, attributes, &mut metadata.entries);
        }
    }
    metadata
}

fn head(tree: &Tree, entries: &mut Colophon) {
    let find = |tag: &str, fits: &dyn Fn(&[Attribute], NodeIx) -> Option<String>| {
        tree.elements()
            .filter(|(name, ..)| name.ns == ns!(html) && &*name.local == tag)
            .find_map(|(_, attributes, node)| fits(attributes, node))
    };
    let title = find("title", &|_, node| Some(tree.text_in(node)).filter(|t| !t.trim().is_empty()));
    let canonical = find("link", &|attributes, _| {
        let rel = attribute(attributes, "rel")?.to_ascii_lowercase();
        let is_canonical = rel.split_ascii_whitespace().any(|word| word == "canonical");
        is_canonical.then(|| attribute(attributes, "href").map(str::to_owned)).flatten()
    });
    let lang = find("html", &|attributes, _| attribute(attributes, "lang").map(str::to_owned));
    for (key, value) in [("title", title), ("canonical", canonical), ("lang", lang)] {
        value.and_then(|value| entries.push(key, &value));
    }
}

fn meta(attributes: &[Attribute], entries: &mut Colophon) {
    let Some(content) = attribute(attributes, "content") else { return };
    let key =
        ["property", "name", "http-equiv"].iter().find_map(|name| attribute(attributes, name));
    if let Some(key) = key.map(|key| key.trim().to_lowercase()) {
        let tells = key.starts_with("og:")
            || key.starts_with("article:")
            || key.starts_with("twitter:label")
            || key.starts_with("twitter:data")
            || NAMES.iter().any(|part| key.contains(part));
        if tells && NOISE.iter().all(|part| !key.contains(part)) {
            entries.push(&key, content);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::page::Page;
    use crate::read::read;

    fn page(html: &str) -> Page {
        read(html.as_bytes(), &crate::page::Capture::default()).pages.remove(0)
    }

    fn meta<'a>(page: &'a Page, key: &str) -> Option<&'a str> {
        page.meta(key).map(|span| page.words(span))
    }

    #[test]
    fn the_head_is_written_out() {
        let page = page(
            "<html lang=en><title>Ferry &amp; tide\n - The Harbour Post</title>\
             <link rel=canonical href=https://post.example/ferry>\
             <meta property=og:site_name content='The Harbour Post'>\
             <meta name=viewport content=width=1><meta name=author content='Ada Lindqvist'>\
             <meta property=article:published_time content=2031-04-02T08:00:00Z><p>Words.",
        );
        assert_eq!(meta(&page, "title"), Some("Ferry & tide - The Harbour Post"));
        assert_eq!(meta(&page, "canonical"), Some("https://post.example/ferry"));
        assert_eq!(meta(&page, "lang"), Some("en"));
        assert_eq!(meta(&page, "og:site_name"), Some("The Harbour Post"));
        assert_eq!(meta(&page, "article:published_time"), Some("2031-04-02T08:00:00Z"));
        assert_eq!(meta(&page, "viewport"), None);
        assert!(page.capture.url.is_none());
        assert_eq!(page.words(page.body()), "Words.");
    }

    #[test]
    fn what_a_card_says_of_its_author_is_written_out() {
        let page = page(
            "<meta http-equiv=content-language content=en-NZ><meta name=twitter:label1 \
             content='Written by'><meta name=twitter:data1 content='Ada Lindqvist'><p>Words.",
        );
        assert_eq!(meta(&page, "content-language"), Some("en-NZ"));
        assert_eq!(meta(&page, "twitter:data1"), Some("Ada Lindqvist"));
    }
}
