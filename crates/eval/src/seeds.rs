//! Seeds: the reference pages, of which every article, quotation, source, date and derivation is
//! labelled by its bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use headwater::{Lexicon, PageIx, Place, Span, trace};
use headwater_page::{Capture, read};
use serde::Deserialize;

use crate::case::Case;
use crate::gold::{self, Claim, Gold, Lost, Pair, Several, Story, Utterance, Words};
use crate::names::Names;

/// The labels of the seeds, with the case that they make.
#[derive(Debug, Default)]
pub(crate) struct Seeds {
    pub(crate) case: Case,
    pub(crate) articles: Vec<Article>,
    pub(crate) furniture: Vec<Place>,
    pub(crate) captions: Vec<Place>,
    pub(crate) quotes: Vec<Row>,
    pub(crate) sources: Vec<Row>,
    pub(crate) times: Vec<Row>,
    pub(crate) witnesses: Vec<Witness>,
    pub(crate) derivations: Vec<Derivation>,
}

/// A labelled article.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Article {
    pub(crate) id: String,
    pub(crate) page: String,
    pub(crate) span: (u32, u32),
    pub(crate) headline: Option<String>,
    pub(crate) outlet: Option<String>,
    /// No word of the page names the outlet.
    pub(crate) outlet_inferred: bool,
    pub(crate) byline: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) age: Option<String>,
    pub(crate) credit: Option<String>,
    pub(crate) story: String,
    #[serde(skip)]
    pub(crate) place: Option<Place>,
}

/// A labelled quotation (one row for each part), source or date.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Row {
    pub(crate) file: String,
    pub(crate) article: String,
    pub(crate) id: String,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) text: String,
    pub(crate) kind: String,
    /// Neither helps nor hurts.
    pub(crate) optional: bool,
    pub(crate) speaker: Option<String>,
    pub(crate) speaker_text: Option<String>,
    pub(crate) speaker_start: Option<u32>,
    pub(crate) speaker_end: Option<u32>,
    pub(crate) source: Option<String>,
    pub(crate) source_text: Option<String>,
    pub(crate) source_start: Option<u32>,
    pub(crate) source_end: Option<u32>,
    pub(crate) value: String,
    /// The words; filled in when loaded.
    #[serde(skip)]
    pub(crate) place: Option<Place>,
    /// The words that name speaker or source; filled in when loaded.
    #[serde(skip)]
    pub(crate) by: Option<Place>,
}

/// A labelled witness.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Witness {
    pub(crate) id: String,
    pub(crate) held: bool,
    pub(crate) name: Option<String>,
}

/// A labelled derivation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Derivation {
    pub(crate) child: String,
    pub(crate) parent: String,
    pub(crate) kind: String,
    /// The article that holds the words.
    pub(crate) carrier: String,
    /// Neither helps nor hurts.
    pub(crate) inferred: bool,
    #[serde(flatten)]
    pub(crate) words: Words,
}

#[derive(Deserialize)]
struct Pages {
    articles: Vec<Article>,
    furniture: Vec<Spot>,
    captions: Vec<Spot>,
    reuse: Vec<Pair>,
}

#[derive(Deserialize)]
struct Spot {
    page: String,
    span: (u32, u32),
}

#[derive(Deserialize)]
struct Stemma {
    witnesses: Vec<Witness>,
    derivations: Vec<Derivation>,
    claims: Vec<Claim>,
    utterances: Vec<Utterance>,
    story: Story,
}

impl Seeds {
    /// Reads and traces the pages in `folder` and loads their labels.
    pub(crate) fn load(folder: &Path, names: Names) -> Result<Self, String> {
        let labels: Pages = gold::json(&folder.join("gold.json"))?;
        let stemma: Stemma = gold::json(&folder.join("gold_story.json"))?;
        let files = labels.articles.iter().map(|a| a.page.clone()).collect::<BTreeSet<_>>();
        let (mut pages, mut skipped) = (Vec::new(), Vec::new());
        for file in files {
            let bytes = gold::bytes(&folder.join(&file))?;
            let reading = read(&bytes, &Capture { file, ..Capture::default() });
            pages.extend(reading.pages);
            skipped.extend(reading.skipped);
        }
        let dossier = trace(pages, skipped, Lexicon::shipped());
        let page_of = (0u32..).map(PageIx).zip(&dossier.pages);
        let page_of = page_of.map(|(ix, page)| (page.capture.file.clone(), ix));
        let at = Pages::at(page_of.collect());

        let mut articles = labels.articles;
        for article in &mut articles {
            article.place = at(&article.page, article.span);
        }
        let rows = |name: &str| -> Result<Vec<Row>, String> {
            let mut rows: Vec<Row> = gold::json_lines(&folder.join(name))?;
            for row in &mut rows {
                row.place = at(&row.file, (row.start, row.end));
                let start = row.speaker_start.or(row.source_start);
                let by = start.zip(row.speaker_end.or(row.source_end));
                row.by = by.and_then(|span| at(&row.file, span));
            }
            Ok(rows)
        };
        let (quotes, sources) = (rows("gold_quotes.jsonl")?, rows("gold_sources.jsonl")?);
        let times = rows("gold_times.jsonl")?;
        let spots = |spots: &[Spot]| spots.iter().filter_map(|s| at(&s.page, s.span)).collect();
        let (furniture, captions) = (spots(&labels.furniture), spots(&labels.captions));

        let Stemma { witnesses, mut derivations, claims, utterances, story } = stemma;
        let lost = lost(&witnesses, &derivations);
        let pairs = pairs(&articles, labels.reuse);
        let mut gold = Gold { pairs, lost, claims, utterances, story, ..Gold::default() };
        let ties = derivations.iter_mut().map(|derivation| &mut derivation.words);
        for words in gold.words_mut().chain(ties) {
            let span = words.start.zip(words.end);
            let place = span.and_then(|span| at(words.page.as_deref()?, span));
            words.places = place.into_iter().collect();
        }
        let ids = dossier.articles.iter().map(|a| nearest(&articles, a.page, a.span)).collect();
        let case = Case { gold, dossier, ids, names };
        Ok(Self {
            case,
            articles,
            furniture,
            captions,
            quotes,
            sources,
            times,
            witnesses,
            derivations,
        })
    }

    /// Where the labelled articles that have labelled quotations, sources and dates stand.
    pub(crate) fn annotated(&self) -> Vec<Place> {
        let ids = self.quotes.iter().map(|row| row.article.as_str()).collect::<BTreeSet<_>>();
        let held = self.articles.iter().filter(|article| ids.contains(article.id.as_str()));
        held.filter_map(|article| article.place).collect()
    }
}

impl Pages {
    /// A place from a file name and byte offsets; none for a page that was not read.
    fn at(pages: BTreeMap<String, PageIx>) -> impl Fn(&str, (u32, u32)) -> Option<Place> {
        move |file, (start, end)| {
            let span = Span::new(start as usize, end as usize);
            pages.get(file).map(|&page| Place { page, span })
        }
    }
}

/// The labelled article that shares most bytes with `span`.
fn nearest(articles: &[Article], page: PageIx, span: Span) -> Option<String> {
    let here = articles.iter().filter_map(|a| Some((a, a.place.filter(|p| p.page == page)?)));
    let shared = here.filter_map(|(a, place)| Some((place.span.intersect(span)?.len(), a)));
    shared.rev().max_by_key(|(n, _)| *n).map(|(_, article)| article.id.clone())
}

/// Every pair of articles; a pair that is not labelled shares no text, whatever else it shares.
fn pairs(articles: &[Article], labelled: Vec<Pair>) -> Vec<Pair> {
    let mut pairs = labelled;
    let listed = |pairs: &[Pair], a: &str, b: &str| {
        pairs.iter().any(|p| (p.a == a && p.b == b) || (p.a == b && p.b == a))
    };
    for (n, a) in articles.iter().enumerate() {
        for b in &articles[n + 1..] {
            if !listed(&pairs, &a.id, &b.id) {
                let also = ["quotes_only", "same_source", "furniture_only"];
                pairs.push(Pair {
                    a: a.id.clone(),
                    b: b.id.clone(),
                    kind: "none".into(),
                    also: also.map(str::to_string).into(),
                    ..Pair::default()
                });
            }
        }
    }
    pairs
}

/// The lost witnesses, with the articles whose words name them.
fn lost(witnesses: &[Witness], derivations: &[Derivation]) -> Vec<Lost> {
    let lost = witnesses.iter().filter(|witness| !witness.held).map(|witness| {
        let ties = derivations.iter().filter(|d| d.parent == witness.id);
        let sure = ties.clone().filter(|d| !d.inferred).map(|d| d.carrier.clone());
        let sure = sure.collect::<BTreeSet<_>>();
        let all = ties.map(|d| d.carrier.clone()).collect::<BTreeSet<_>>();
        let optional = sure.is_empty();
        Lost {
            source: witness.name.clone().unwrap_or_else(|| witness.id.clone()),
            unnamed: witness.name.is_none(),
            cited_by: Several::Many((if optional { all } else { sure }).into_iter().collect()),
            optional,
            ..Lost::default()
        }
    });
    lost.collect()
}
