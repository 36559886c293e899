//! Case: a collection with gold, its dossier, and which engine article is which gold article.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use headwater::article::Role;
use headwater::source::{Source, SourceIx};
use headwater::story::Story;
use headwater::{ArticleIx, Dossier, Lexicon, PageIx, Place, Span, trace};
use headwater_page::{Capture, Reading, read};

use crate::gold::{self, Gold, Words};
use crate::names::Names;

/// One labelled collection after the engine has seen it.
#[derive(Debug, Default)]
pub(crate) struct Case {
    /// What is right.
    pub(crate) gold: Gold,
    /// What the engine says.
    pub(crate) dossier: Dossier,
    /// For each engine article, the gold article it is (part of).
    pub(crate) ids: Vec<Option<String>>,
    /// Which names mean the same.
    pub(crate) names: Names,
}

/// Whether a case's `date` is when the page was published or when it was scraped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum DateIs {
    /// Claimed publication.
    Published,
    /// Capture.
    Captured,
}

impl Case {
    /// Reads and traces `folder/articles.jsonl` and loads `folder/gold.json`.
    pub(crate) fn load(folder: &Path, date: DateIs, names: Names) -> Result<Self, String> {
        let mut gold: Gold = gold::json(&folder.join("gold.json"))?;
        let lines = lines(&folder.join("articles.jsonl"), date)?;
        let capture = Capture { file: "articles.jsonl".into(), ..Capture::default() };
        let Reading { pages, skipped } = read(&lines, &capture);
        let dossier = trace(pages, skipped, Lexicon::shipped());

        let page_of = (0u32..).map(PageIx).zip(&dossier.pages);
        let page_of =
            page_of.map(|(ix, page)| (page.capture.record.clone(), ix)).collect::<BTreeMap<_, _>>();
        for words in gold.words_mut() {
            if let Some(&page) = page_of.get(&words.article) {
                words.places = occurrences(&dossier, page, &words.text);
            }
        }
        let record = |article: &headwater::Article| {
            Some(dossier.pages[article.page.ix()].capture.record.clone())
        };
        let ids = dossier.articles.iter().map(record).collect();
        Ok(Self { gold, dossier, ids, names })
    }

    /// The gold article that the engine article is part of.
    pub(crate) fn id(&self, article: ArticleIx) -> Option<&str> {
        self.ids[article.ix()].as_deref()
    }

    /// The gold article whose engine article holds `place`.
    pub(crate) fn holder(&self, place: Place) -> Option<String> {
        let holds = |ix: &ArticleIx| {
            let article = &self.dossier.articles[ix.ix()];
            article.page == place.page && article.span.overlaps(place.span)
        };
        self.articles().find(holds).and_then(|ix| self.id(ix)).map(str::to_string)
    }

    /// Engine articles that may carry something, in order.
    pub(crate) fn articles(&self) -> impl Iterator<Item = ArticleIx> {
        let own = |ix: &ArticleIx| self.dossier.articles[ix.ix()].role != Role::Teaser;
        (0..self.dossier.articles.len() as u32).map(ArticleIx).filter(own)
    }

    /// For each gold article, the largest engine article that is part of it.
    pub(crate) fn largest(&self) -> BTreeMap<&str, ArticleIx> {
        let mut largest = BTreeMap::new();
        for ix in self.articles() {
            let Some(id) = self.id(ix) else { continue };
            let size = |ix: ArticleIx| self.dossier.articles[ix.ix()].n_body();
            let held = *largest.entry(id).or_insert(ix);
            if size(ix) > size(held) {
                largest.insert(id, ix);
            }
        }
        largest
    }

    /// The engine's story that holds most of the gold story's articles; the first of equals; none
    /// when no story holds any.
    pub(crate) fn story(&self) -> Option<&Story> {
        let on = self.gold.story.articles().collect::<BTreeSet<_>>();
        let held = |story: &Story| {
            let ids = story.articles.iter().filter_map(|&a| self.id(a));
            ids.filter(|id| on.contains(id)).collect::<BTreeSet<_>>().len()
        };
        let stories = self.dossier.stories.iter().rev();
        stories
            .map(|story| (held(story), story))
            .filter(|s| s.0 > 0)
            .max_by_key(|s| s.0)
            .map(|s| s.1)
    }

    /// The source of the credit at `credit` of `article`, if the engine has joined it.
    pub(crate) fn credited(&self, article: ArticleIx, credit: usize) -> Option<&Source> {
        let ix = *self.dossier.sources.of_credit.get(article.ix())?.get(credit)?;
        self.source(ix)
    }

    /// The source at `ix`.
    pub(crate) fn source(&self, ix: SourceIx) -> Option<&Source> {
        self.dossier.sources.all.get(ix.ix())
    }
}

/// `words` on one line, cut after 160 characters.
pub(crate) fn short(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(160) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    }
}

/// The labelled words of a row on one line.
pub(crate) fn quoted(words: &Words) -> String {
    format!("{}: \"{}\"", words.article, short(&words.text))
}

/// Every place in the body of `page` where `words` stand.
fn occurrences(dossier: &Dossier, page: PageIx, words: &str) -> Vec<Place> {
    let held = &dossier.pages[page.ix()];
    let starts = held.words(held.body()).match_indices(words).map(|(at, _)| at);
    starts.map(|at| Place { page, span: Span::new(at, at + words.len()) }).collect()
}

/// The JSON lines of `file`; a date that is a scrape time is renamed to `captured`.
fn lines(file: &Path, date: DateIs) -> Result<Vec<u8>, String> {
    if date == DateIs::Published {
        return gold::bytes(file);
    }
    let mut renamed = Vec::new();
    for mut row in gold::json_lines::<serde_json::Map<String, serde_json::Value>>(file)? {
        if let Some(time) = row.remove("date") {
            row.insert("captured".into(), time);
        }
        renamed.extend(serde_json::to_vec(&row).map_err(|e| e.to_string())?);
        renamed.push(b'\n');
    }
    Ok(renamed)
}
