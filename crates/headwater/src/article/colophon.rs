//! Colophon: what a page's metadata says of its article.

use headwater_page::{Page, Span};

use super::Publisher;
use crate::fold;
use crate::lexicon::Lexicon;

/// Keys that name the publisher, the most telling first.
const PUBLISHER: [&str; 8] = [
    "og:site_name",
    "json-ld:publisher",
    "itemprop:publisher",
    "publisher",
    "dc.publisher",
    "rdfa:publisher",
    "application-name",
    "series",
];
/// Keys that hold the page's address.
const ADDRESS: [&str; 3] = ["canonical", "og:url", "url"];

/// The publisher that the metadata names, or the outlet of the page's address.
pub(super) fn publisher(page: &Page, lexicon: &Lexicon) -> Option<Publisher> {
    // Linked data may point at an address where a name belongs.
    let name = |span: &Span| {
        let words = page.words(*span);
        !words.contains("://") && !words.starts_with(['#', '/'])
            || lexicon.outlets.at_host(&host(words)).is_some()
    };
    let named = PUBLISHER.iter().find_map(|key| page.meta(key).filter(name));
    if let Some(span) = named {
        let words = page.words(span);
        let outlet = lexicon.outlets.find(words).or_else(|| lexicon.outlets.at_host(&host(words)));
        return Some(Publisher { name: words.to_owned(), outlet, span: Some(span) });
    }
    if let Some(series) = &page.capture.series {
        let outlet =
            lexicon.outlets.find(series).or_else(|| lexicon.outlets.at_host(&host(series)));
        return Some(Publisher { name: series.clone(), outlet, span: None });
    }
    let spans =
        ADDRESS.iter().filter_map(|key| page.meta(key)).map(|span| (page.words(span), Some(span)));
    let urls = spans.chain(page.capture.url.as_deref().map(|url| (url, None)));
    let known = |(url, span): (&str, Option<Span>)| {
        let outlet = lexicon.outlets.at_host(&host(url))?;
        let name = lexicon.outlets.get(outlet).name.to_owned();
        Some(Publisher { name, outlet: Some(outlet), span })
    };
    urls.into_iter().find_map(known)
}

/// What the metadata calls the article, the most telling first; a page's title may carry the
/// outlet's name after a dash or bar.
pub(crate) fn titles(page: &Page) -> Vec<Span> {
    let keys =
        ["json-ld:headline", "og:title", "twitter:title", "itemprop:headline", "dc.title", "title"];
    keys.iter().filter_map(|key| page.meta(key)).filter(|span| !span.is_empty()).collect()
}

/// The page's address, as it or its capture gives it.
pub(super) fn address(page: &Page) -> Option<&str> {
    let own = ADDRESS.iter().filter_map(|key| page.meta(key)).map(|span| page.words(span));
    own.chain(page.capture.url.as_deref()).find(|url| url.contains("://"))
}

/// The host of an address, in lower case.
pub(super) fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#', ':']).next().unwrap_or("").to_lowercase()
}

/// Keys that name authors, the most telling first.
const AUTHOR: [&str; 10] = [
    "json-ld:author",
    "itemprop:author",
    "author",
    "article:author",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
    "rdfa:creator",
    "twitter:data1",
    "rel:author",
];

/// Authors that the metadata names: all of the first key that names one, in order; of linked data
/// and microdata those of one report.
pub(super) fn authors(page: &Page) -> Vec<Span> {
    let name = |span: &Span| {
        let words = page.words(*span);
        words.contains(' ') && !words.contains("://") && words.len() < 80
    };
    let of = |key: &&str| {
        let first = page.meta.iter().position(|meta| meta.key == *key);
        let entries = page.meta[first.unwrap_or(page.meta.len())..].iter();
        // The authors of one report stand together.
        let entries = entries.take_while(|meta| meta.key == *key).map(|meta| meta.span);
        let mut found = entries.filter(name).collect::<Vec<_>>();
        let mut seen = Vec::new();
        found.retain(|span| {
            let key = fold::key(page.words(*span));
            let new = !seen.contains(&key);
            seen.push(key);
            new
        });
        found
    };
    AUTHOR.iter().map(of).find(|found| !found.is_empty()).unwrap_or_default()
}
