//! Wire: a dossier as JSON, version 1, for programs.
//!
//! One object; every place is `{page, start, end, text}` with byte offsets into the page's text.
//! Ids are [content-derived strings](crate::id). Order everywhere: page, then first byte. Keys may
//! be added, never renamed. Rows are made while they are written: beside the dossier this takes a
//! few bytes for each source and claim, however long the output is.

mod ask;
mod lists;
mod rows;
mod story;

use std::io;

use headwater::ask::Answer;
use headwater::{ArticleIx, Dossier, Place, Span};
use headwater_page::{PageIx, Skipped};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::id::Ids;

/// The version of the format.
pub const VERSION: u32 = 1;

/// The program, as the wire names it.
const TOOL: &str = concat!("headwater ", env!("CARGO_PKG_VERSION"));

/// What the wire carries beside the findings.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct WireOptions {
    /// The pages' whole texts.
    pub text: bool,
    /// The way back from text bytes to capture bytes.
    pub raw: bool,
}

/// A dossier that serializes as the wire.
#[derive(Debug)]
pub struct Wire<'a> {
    dossier: &'a Dossier,
    options: WireOptions,
    ids: Ids<'a>,
}

/// `dossier` as something that serializes as the wire.
pub fn wire(dossier: &Dossier, options: WireOptions) -> Wire<'_> {
    Wire { dossier, options, ids: Ids::new(dossier) }
}

/// Writes the wire as one line of JSON and a line feed. Fails only if `out` does.
pub fn write(dossier: &Dossier, options: WireOptions, mut out: impl io::Write) -> io::Result<()> {
    serde_json::to_writer(&mut out, &wire(dossier, options))?;
    out.write_all(b"\n")
}

/// Writes what `dossier` makes of a typed claim, as one line of JSON and a line feed. Fails only if
/// `out` does.
pub fn write_answer(
    dossier: &Dossier,
    claim: &str,
    answer: &Answer,
    mut out: impl io::Write,
) -> io::Result<()> {
    let wire = wire(dossier, WireOptions::default());
    serde_json::to_writer(&mut out, &ask::answer(&wire, claim, answer))?;
    out.write_all(b"\n")
}

/// One list of a dossier.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum List {
    /// Everyone who is cited, by kind, those cited by most articles first.
    Sources,
    /// The claims of each story.
    Claims,
    /// What happened and what was reported when, for each story.
    Timeline,
}

/// Writes one list of `dossier` as one line of JSON and a line feed; its rows are those of the wire.
/// Fails only if `out` does.
pub fn write_list(dossier: &Dossier, list: List, mut out: impl io::Write) -> io::Result<()> {
    let wire = wire(dossier, WireOptions::default());
    match list {
        List::Sources => serde_json::to_writer(&mut out, &lists::sources(&wire))?,
        List::Claims => serde_json::to_writer(&mut out, &lists::claims(&wire))?,
        List::Timeline => serde_json::to_writer(&mut out, &lists::timelines(&wire))?,
    }
    out.write_all(b"\n")
}

/// Writes one page with its articles as a line of JSON: `{"version", "page", "articles"}`, the rows
/// as in [`write()`]. `dossier` is that of [`headwater::segmented`]. Fails only if `out` does.
pub fn write_page(
    dossier: &Dossier,
    options: WireOptions,
    mut out: impl io::Write,
) -> io::Result<()> {
    serde_json::to_writer(&mut out, &OnePage(wire(dossier, options)))?;
    out.write_all(b"\n")
}

/// Writes what was not read as a line of JSON: `{"version", "skipped"}`. Fails only if `out` does.
pub fn write_skipped(skipped: &Skipped, mut out: impl io::Write) -> io::Result<()> {
    serde_json::to_writer(&mut out, &OneSkipped(skipped))?;
    out.write_all(b"\n")
}

struct OnePage<'a>(Wire<'a>);

impl Serialize for OnePage<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let wire = &self.0;
        let articles = || (0..wire.dossier.articles.len() as u32).map(ArticleIx);
        let mut line = serializer.serialize_struct("Page", 3)?;
        line.serialize_field("version", &VERSION)?;
        line.serialize_field("page", &rows::page(wire, PageIx(0)))?;
        let rows = || articles().map(|ix| rows::article(wire, ix));
        line.serialize_field("articles", &Each(rows))?;
        line.end()
    }
}

struct OneSkipped<'a>(&'a Skipped);

impl Serialize for OneSkipped<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut line = serializer.serialize_struct("Skipped", 2)?;
        line.serialize_field("version", &VERSION)?;
        line.serialize_field("skipped", &rows::skipped(self.0))?;
        line.end()
    }
}

impl Serialize for Wire<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let dossier = self.dossier;
        let articles = || (0..dossier.articles.len() as u32).map(ArticleIx);
        let mut wire = serializer.serialize_struct("Wire", 11)?;
        wire.serialize_field("version", &VERSION)?;
        wire.serialize_field("tool", TOOL)?;
        let pages = || (0..dossier.pages.len() as u32).map(|ix| rows::page(self, PageIx(ix)));
        wire.serialize_field("pages", &Each(pages))?;
        wire.serialize_field("articles", &Each(|| articles().map(|ix| rows::article(self, ix))))?;
        wire.serialize_field("sources", &Each(|| rows::sources(self)))?;
        wire.serialize_field("quotes", &Each(|| articles().flat_map(|ix| rows::quotes(self, ix))))?;
        let citations = || articles().flat_map(|ix| rows::citations(self, ix));
        wire.serialize_field("citations", &Each(citations))?;
        wire.serialize_field("dates", &Each(|| articles().flat_map(|ix| rows::dates(self, ix))))?;
        wire.serialize_field("reuses", &Each(|| rows::reuses(self)))?;
        let stories = || (0..dossier.stories.len()).map(|ix| story::story(self, ix));
        wire.serialize_field("stories", &Each(stories))?;
        wire.serialize_field("skipped", &Each(|| dossier.skipped.iter().map(rows::skipped)))?;
        wire.end()
    }
}

/// Rows that are made one by one, while they are written.
struct Each<F>(F);

impl<F, I> Serialize for Each<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// A place with its words.
struct Words<'a> {
    wire: &'a Wire<'a>,
    place: Place,
}

impl Serialize for Words<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Place { page, span } = self.place;
        let mut place = serializer.serialize_struct("Place", 4)?;
        place.serialize_field("page", &self.wire.page_id(page))?;
        place.serialize_field("start", &span.start)?;
        place.serialize_field("end", &span.end)?;
        place.serialize_field("text", self.wire.dossier.words(self.place))?;
        place.end()
    }
}

impl<'a> Wire<'a> {
    fn page_id(&self, page: PageIx) -> String {
        self.dossier.pages[page.ix()].id.to_string()
    }

    fn words(&'a self, place: Place) -> Words<'a> {
        Words { wire: self, place }
    }

    fn all_words(&'a self, places: &[Place]) -> Vec<Words<'a>> {
        places.iter().map(|&place| self.words(place)).collect()
    }

    /// Spans of one page, as places.
    fn on(&'a self, page: PageIx, spans: &[Span]) -> Vec<Words<'a>> {
        spans.iter().map(|&span| self.words(Place { page, span })).collect()
    }

    fn article_ids(&self, articles: &[ArticleIx]) -> Vec<String> {
        articles.iter().map(|&article| self.dossier.article_id(article)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example;

    fn parsed(options: WireOptions) -> serde_json::Value {
        let mut out = Vec::new();
        write(&example::dossier(), options, &mut out).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn keys_come_in_the_order_of_the_format() {
        let mut out = Vec::new();
        write(&example::dossier(), WireOptions::default(), &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        let keys = [
            "version",
            "tool",
            "pages",
            "articles",
            "sources",
            "quotes",
            "citations",
            "dates",
            "reuses",
            "stories",
            "skipped",
        ];
        let mut at = 0;
        for key in keys {
            let found = out[at..].find(&format!("\"{key}\":"));
            at += found.unwrap_or_else(|| panic!("{key} is missing or out of order"));
        }
    }

    #[test]
    fn a_place_holds_the_words_at_its_span() {
        let wire = parsed(WireOptions { text: true, raw: false });
        let text = |page: &str| {
            let pages = wire["pages"].as_array().unwrap();
            let page = pages.iter().find(|row| row["id"] == page).unwrap();
            page["text"].as_str().unwrap().to_owned()
        };
        let mut n_places = 0;
        let mut open = vec![&wire];
        while let Some(value) = open.pop() {
            if let (Some(page), Some(words)) = (value["page"].as_str(), value["text"].as_str()) {
                let (start, end) = (value["start"].as_u64(), value["end"].as_u64());
                let span = start.unwrap() as usize..end.unwrap() as usize;
                assert_eq!(&text(page)[span], words);
                n_places += 1;
            }
            match value {
                serde_json::Value::Array(all) => open.extend(all),
                serde_json::Value::Object(all) => open.extend(all.values()),
                _ => {}
            }
        }
        assert!(n_places > 40, "only {n_places}");
    }

    #[test]
    fn text_and_raw_come_only_when_asked_for() {
        let bare = parsed(WireOptions::default());
        assert!(bare["pages"][0].get("text").is_none());
        assert!(bare["pages"][0].get("raw").is_none());
        let full = parsed(WireOptions { text: true, raw: true });
        let page = &full["pages"][0];
        assert_eq!(page["raw"][0]["end"], page["n_bytes"]);
    }

    #[test]
    fn ids_that_are_named_exist() {
        let wire = parsed(WireOptions::default());
        let ids = |list: &str| {
            let rows = wire[list].as_array().unwrap();
            rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        for story in wire["stories"].as_array().unwrap() {
            let related = &story["related"][0];
            assert!(ids("stories").contains(&related["story"].as_str().unwrap().into()));
            assert_ne!(related["story"], story["id"]);
            assert_eq!(related["words"][0]["here"]["text"], "Harbour");
        }
        for claim in wire["stories"][0]["claims"].as_array().unwrap() {
            for statement in claim["statements"].as_array().unwrap() {
                assert!(ids("articles").contains(&statement["article"].as_str().unwrap().into()));
                for cited in statement["chain"].as_array().unwrap() {
                    assert!(ids("citations").contains(&cited.as_str().unwrap().into()));
                }
                for source in statement["attributed"].as_array().unwrap() {
                    assert!(ids("sources").contains(&source.as_str().unwrap().into()));
                }
            }
        }
    }
}
