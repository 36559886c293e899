//! The sources, claims and times of a collection, each as one JSON object.

use headwater::name::{SourceKind, Unnamed};
use headwater::source::SourceIx;
use serde::Serialize;

use super::story::{ClaimRow, HappeningRow, OriginsRow, claim, happening, origins};
use super::{TOOL, VERSION, Wire, Words};
use crate::cited::{self, Citing, KINDS, Way};

#[derive(Serialize)]
pub(super) struct SourcesRow<'a> {
    version: u32,
    tool: &'static str,
    sources: Vec<CitedRow<'a>>,
}

#[derive(Serialize)]
struct CitedRow<'a> {
    id: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unnamed: Option<&'static str>,
    name: &'a str,
    extant: Vec<String>,
    n_cited: usize,
    n_articles: usize,
    cited_by: Vec<CitingRow<'a>>,
}

/// `firsthand` is null where the page does not tell.
#[derive(Serialize)]
struct CitingRow<'a> {
    article: String,
    way: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    through: Option<String>,
    firsthand: Option<bool>,
    cue: Words<'a>,
}

pub(super) fn sources<'a>(wire: &'a Wire<'a>) -> SourcesRow<'a> {
    let dossier = wire.dossier;
    let cited = cited::cited(dossier);
    let citing = |it: &Citing| CitingRow {
        article: dossier.article_id(it.article),
        way: it.way.key(),
        through: match it.way {
            Way::Through(report) => Some(wire.ids.source(report)),
            _ => None,
        },
        firsthand: it.way.is_firsthand(),
        cue: wire.words(dossier.place(it.article, it.span)),
    };
    let row = |kind: &'static str, ix: SourceIx| {
        let source = dossier.sources.get(ix);
        let citings = &cited[&ix];
        CitedRow {
            id: wire.ids.source(ix),
            kind,
            unnamed: (source.kind == SourceKind::Unnamed).then_some(match source.unnamed {
                Some(Unnamed::Media) => "media",
                Some(Unnamed::Report) => "report",
                _ => "people",
            }),
            name: &source.name,
            extant: wire.article_ids(&source.extant),
            n_cited: citings.len(),
            n_articles: cited::n_articles(citings),
            cited_by: citings.iter().map(citing).collect(),
        }
    };
    let rows = KINDS.iter().flat_map(|&(kind, key, _)| {
        let of_kind = cited::of_kind(dossier, &cited, kind).into_iter();
        of_kind.map(|ix| row(key, ix)).collect::<Vec<_>>()
    });
    SourcesRow { version: VERSION, tool: TOOL, sources: rows.collect() }
}

#[derive(Serialize)]
pub(super) struct StoriesRow<T> {
    version: u32,
    tool: &'static str,
    stories: Vec<T>,
}

#[derive(Serialize)]
pub(super) struct ClaimsRow<'a> {
    id: String,
    title: Words<'a>,
    claims: Vec<ClaimRow<'a>>,
    origins: Option<OriginsRow<'a>>,
}

pub(super) fn claims<'a>(wire: &'a Wire<'a>) -> StoriesRow<ClaimsRow<'a>> {
    let row = |(ix, story): (usize, &'a headwater::Story)| ClaimsRow {
        id: wire.ids.story(ix),
        title: wire.words(story.title),
        claims: (story.claims.iter().enumerate())
            .map(|(nth, it)| claim(wire, wire.ids.claim(ix, nth), it))
            .collect(),
        origins: story.origins.as_ref().map(|it| origins(wire, it)),
    };
    let stories = wire.dossier.stories.iter().enumerate().map(row).collect();
    StoriesRow { version: VERSION, tool: TOOL, stories }
}

#[derive(Serialize)]
pub(super) struct TimesRow<'a> {
    id: String,
    title: Words<'a>,
    timeline: Vec<HappeningRow<'a>>,
    undated: Vec<String>,
}

pub(super) fn timelines<'a>(wire: &'a Wire<'a>) -> StoriesRow<TimesRow<'a>> {
    let dossier = wire.dossier;
    let row = |(ix, story): (usize, &'a headwater::Story)| {
        let undated = story.articles.iter().copied();
        let undated = undated.filter(|it| dossier.articles[it.ix()].published.is_none());
        TimesRow {
            id: wire.ids.story(ix),
            title: wire.words(story.title),
            timeline: story.timeline.iter().map(|it| happening(wire, it)).collect(),
            undated: wire.article_ids(&undated.collect::<Vec<_>>()),
        }
    };
    let stories = dossier.stories.iter().enumerate().map(row).collect();
    StoriesRow { version: VERSION, tool: TOOL, stories }
}
