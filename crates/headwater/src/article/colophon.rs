//! Colophon: what a page's metadata says of its article.

use std::sync::LazyLock;

use headwater_page::{Page, Span};
use regex::Regex;

use super::lines::Shift;
use super::{Basis, Published, Publisher};
use crate::date;
use crate::lexicon::{Language, Lexicon};

/// Keys that name the publisher, the most telling first.
const PUBLISHER: [&str; 6] = [
    "og:site_name",
    "json-ld:publisher",
    "publisher",
    "dc.publisher",
    "application-name",
    "series",
];
/// Keys that hold the time of publication, the most exact first. Never `captured`.
const PUBLISHED: [&str; 10] = [
    "article:published_time",
    "json-ld:datepublished",
    "datepublished",
    "og:article:published_time",
    "dc.date.issued",
    "pubdate",
    "publishdate",
    "dc.date",
    "parsely-pub-date",
    "date",
];

/// Keys that hold the page's address.
const ADDRESS: [&str; 3] = ["canonical", "og:url", "url"];
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"/((?:19|20)[0-9][0-9])[/-]([0-9]{1,2})[/-]([0-9]{1,2})(?:/|-|$)")
        .expect("the shape is fixed")
});

/// The publisher that the metadata names, or the outlet of the page's address.
pub(super) fn publisher(page: &Page, lexicon: &Lexicon) -> Option<Publisher> {
    let named = PUBLISHER.iter().find_map(|key| page.meta(key));
    let named = named.filter(|span| !page.words(*span).trim().is_empty());
    let host = |url: &str| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        rest.split(['/', '?', '#', ':']).next().unwrap_or("").to_lowercase()
    };
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
    let keys = ["canonical", "og:url", "url"];
    let spans =
        keys.iter().filter_map(|key| page.meta(key)).map(|span| (page.words(span), Some(span)));
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
pub(super) fn titles(page: &Page) -> Vec<Span> {
    let keys = ["json-ld:headline", "og:title", "twitter:title", "title"];
    keys.iter().filter_map(|key| page.meta(key)).filter(|span| !span.is_empty()).collect()
}

/// The time of publication that the metadata claims.
pub(super) fn published(page: &Page, language: &Language) -> Option<Published> {
    let stated = |span: Span| {
        let words = page.words(span);
        // A day with a time that nobody can read ("…T00:30:00PDT") is still a day.
        let day = || words.get(..10).and_then(|day| date::stated(day, language));
        let (at, when) = date::stated(words, language).or_else(day)?;
        Some(Published { when, basis: Basis::Markup, span: at.shifted(span.start as usize) })
    };
    let named = PUBLISHED.iter().find_map(|key| stated(page.meta(key)?));
    named.or_else(|| ADDRESS.iter().find_map(|key| in_address(page, page.meta(key)?, language)))
}

/// The day in an address: "/2025/08/09/".
fn in_address(page: &Page, span: Span, language: &Language) -> Option<Published> {
    let found = DAY.captures(page.words(span))?;
    let part = |i: usize| found.get(i).map_or("", |part| part.as_str());
    let day = format!("{}-{:0>2}-{:0>2}", part(1), part(2), part(3));
    let (_, when) = date::stated(&day, language)?;
    let (first, last) = (found.get(1)?.start(), found.get(3)?.end());
    let span = Span::new(first, last).shifted(span.start as usize);
    Some(Published { when, basis: Basis::Markup, span })
}

/// Authors that the metadata names.
pub(super) fn authors(page: &Page) -> Vec<Span> {
    let keys = ["json-ld:author", "author", "article:author", "dc.creator"];
    let name = |span: &Span| {
        let words = page.words(*span);
        words.contains(' ') && !words.contains("://") && words.len() < 80
    };
    keys.iter().find_map(|key| page.meta(key).filter(name)).into_iter().collect()
}
