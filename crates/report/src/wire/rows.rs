//! Rows of the lists that a whole collection shares.

use headwater::article::{Basis, Role};
use headwater::citation::How;
use headwater::date::Interval;
use headwater::quote::Form;
use headwater::reuse::{Direction, Edit, Reason, ReuseKind};
use headwater::source::SourceIx;
use headwater::{ArticleIx, Place, Span};
use headwater_page::{DefectKind, Gravity, PageIx, Skipped};
use serde::Serialize;

use super::{Wire, Words};
use crate::id;

#[derive(Serialize)]
pub(super) struct PageRow<'a> {
    id: String,
    file: &'a str,
    record: &'a str,
    url: Option<&'a str>,
    digest: &'a str,
    captured: Option<&'a str>,
    n_bytes: usize,
    defects: Vec<DefectRow<'a>>,
    furniture: Vec<Words<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<Vec<RawRow>>,
}

#[derive(Serialize)]
struct DefectRow<'a> {
    kind: &'static str,
    start: u32,
    end: u32,
    why: &'a str,
}

#[derive(Serialize)]
struct RawRow {
    start: u32,
    end: u32,
    raw_start: u64,
    raw_end: u64,
}

pub(super) fn page<'a>(wire: &'a Wire<'a>, ix: PageIx) -> PageRow<'a> {
    let page = &wire.dossier.pages[ix.ix()];
    let capture = &page.capture;
    let furniture = wire.dossier.furniture.get(ix.ix()).map_or(&[][..], Vec::as_slice);
    let defects = page.defects.iter().map(|defect| DefectRow {
        kind: match defect.kind {
            DefectKind::BadBytes => "bad_bytes",
            DefectKind::Charset => "charset",
            DefectKind::Cut => "cut",
            DefectKind::Control => "control",
            DefectKind::BadMetadata => "bad_metadata",
        },
        start: defect.span.start,
        end: defect.span.end,
        why: &defect.why,
    });
    PageRow {
        id: page.id.to_string(),
        file: &capture.file,
        record: &capture.record,
        url: capture.url.as_deref(),
        digest: &capture.digest,
        captured: capture.captured.as_deref(),
        n_bytes: page.text.len(),
        defects: defects.collect(),
        furniture: wire.on(ix, furniture),
        text: wire.options.text.then_some(&page.text),
        raw: wire.options.raw.then(|| raw(page)),
    }
}

fn raw(page: &headwater::Page) -> Vec<RawRow> {
    let run = |text: Span, raw_start, raw_end| RawRow {
        start: text.start,
        end: text.end,
        raw_start,
        raw_end,
    };
    if page.trace.runs.is_empty() {
        return vec![run(page.body(), 0, u64::from(page.body_end))];
    }
    page.trace.runs.iter().map(|it| run(it.text, it.raw_start, it.raw_end)).collect()
}

#[derive(Serialize)]
pub(super) struct ArticleRow<'a> {
    id: String,
    page: String,
    span: Words<'a>,
    role: &'static str,
    headline: Option<Words<'a>>,
    outlet: Option<OutletRow<'a>>,
    byline: Vec<Words<'a>>,
    dateline: Option<Words<'a>>,
    age: Option<Words<'a>>,
    published: Option<PublishedRow<'a>>,
    credits: Vec<CreditRow<'a>>,
    captions: Vec<Words<'a>>,
    paragraphs: Vec<Words<'a>>,
    standfirst: Option<Words<'a>>,
    inserts: Vec<Words<'a>>,
    language: &'a str,
}

#[derive(Serialize)]
struct OutletRow<'a> {
    name: &'a str,
    source: Option<String>,
    place: Option<Words<'a>>,
}

#[derive(Serialize)]
struct PublishedRow<'a> {
    first: String,
    last: String,
    basis: &'static str,
    place: Words<'a>,
}

#[derive(Serialize)]
struct CreditRow<'a> {
    source: Option<String>,
    name: &'a str,
    place: Words<'a>,
}

pub(super) fn article<'a>(wire: &'a Wire<'a>, ix: ArticleIx) -> ArticleRow<'a> {
    let (dossier, sources) = (wire.dossier, &wire.dossier.sources);
    let article = &dossier.articles[ix.ix()];
    let at = |span: Span| wire.words(Place { page: article.page, span });
    let source = |ix: Option<SourceIx>| ix.map(|ix| wire.ids.source(ix));
    let credited = sources.of_credit.get(ix.ix());
    let credits = article.credits.iter().enumerate().map(|(nth, credit)| CreditRow {
        source: source(credited.and_then(|of| of.get(nth)).copied()),
        name: &credit.name,
        place: at(credit.span),
    });
    ArticleRow {
        id: dossier.article_id(ix),
        page: wire.page_id(article.page),
        span: at(article.span),
        role: match article.role {
            Role::Main => "main",
            Role::Related => "related",
            Role::Digest => "digest",
            Role::Teaser => "teaser",
        },
        headline: article.headline.map(at),
        outlet: article.publisher.as_ref().map(|publisher| OutletRow {
            name: &publisher.name,
            source: source(sources.publisher.get(ix.ix()).copied().flatten()),
            place: publisher.span.map(at),
        }),
        byline: wire.on(article.page, &article.byline),
        dateline: article.dateline.map(at),
        age: article.age.map(at),
        published: article.published.map(|published| {
            let (first, last) = days(published.when);
            let basis = match published.basis {
                Basis::Stated => "stated",
                Basis::Markup => "markup",
                Basis::Relative => "relative",
            };
            PublishedRow { first, last, basis, place: at(published.span) }
        }),
        credits: credits.collect(),
        captions: wire.on(article.page, &article.captions),
        paragraphs: wire.on(article.page, &article.paragraphs),
        standfirst: article.standfirst.map(at),
        inserts: wire.on(article.page, &article.inserts),
        language: &article.language,
    }
}

#[derive(Serialize)]
pub(super) struct SourceRow<'a> {
    id: String,
    kind: &'static str,
    name: &'a str,
    extant: Vec<String>,
    place: Words<'a>,
}

pub(super) fn sources<'a>(wire: &'a Wire<'a>) -> impl Iterator<Item = SourceRow<'a>> {
    wire.dossier.sources.all.iter().enumerate().map(|(ix, source)| SourceRow {
        id: wire.ids.source(SourceIx(ix as u32)),
        kind: id::kind(source.kind),
        name: &source.name,
        extant: wire.article_ids(&source.extant),
        place: wire.words(source.place),
    })
}

#[derive(Serialize)]
pub(super) struct QuoteRow<'a> {
    id: String,
    article: String,
    form: &'static str,
    parts: Vec<Words<'a>>,
    speaker: Option<SpeakerRow<'a>>,
    cue: Option<Words<'a>>,
    told: Option<String>,
}

#[derive(Serialize)]
struct SpeakerRow<'a> {
    source: Option<String>,
    place: Option<Words<'a>>,
}

pub(super) fn quotes<'a>(
    wire: &'a Wire<'a>,
    ix: ArticleIx,
) -> impl Iterator<Item = QuoteRow<'a>> + 'a {
    let dossier = wire.dossier;
    let page = dossier.articles[ix.ix()].page;
    let party = move |party| wire.ids.source(dossier.sources.party(ix, party));
    let marks = &dossier.marks[ix.ix()];
    let said = marks.quotes.iter().enumerate().map(move |(n, q)| (q, wire.ids.quote(ix, n)));
    let held = marks.stances.iter().enumerate().map(move |(n, q)| (q, wire.ids.stance(ix, n)));
    let mut all = said.chain(held).collect::<Vec<_>>();
    all.sort_by_key(|(quote, _)| quote.parts.first().map_or(0, |part| part.start));
    all.into_iter().map(move |(quote, id)| QuoteRow {
        id,
        article: dossier.article_id(ix),
        form: match quote.form {
            Form::Direct => "direct",
            Form::Indirect => "indirect",
            Form::Mixed => "mixed",
            Form::Thought => "thought",
            Form::Finding => "finding",
        },
        parts: wire.on(page, &quote.parts),
        speaker: (quote.speaker.is_some() || quote.by.is_some()).then(|| SpeakerRow {
            source: quote.speaker.map(party),
            place: quote.by.map(|span| wire.words(Place { page, span })),
        }),
        cue: quote.cue.map(|span| wire.words(Place { page, span })),
        told: quote.told.map(party),
    })
}

#[derive(Serialize)]
pub(super) struct CitationRow<'a> {
    id: String,
    article: String,
    source: Option<String>,
    how: &'static str,
    cue: Words<'a>,
    name: Option<Words<'a>>,
    covers: Vec<Words<'a>>,
    via: Option<String>,
    told: Option<String>,
    public: Option<Words<'a>>,
}

pub(super) fn citations<'a>(
    wire: &'a Wire<'a>,
    ix: ArticleIx,
) -> impl Iterator<Item = CitationRow<'a>> + 'a {
    let dossier = wire.dossier;
    let page = dossier.articles[ix.ix()].page;
    let at = move |span| wire.words(Place { page, span });
    let party = move |party| wire.ids.source(dossier.sources.party(ix, party));
    dossier.marks[ix.ix()].citations.iter().enumerate().map(move |(nth, citation)| CitationRow {
        id: wire.ids.citation(ix, nth),
        article: dossier.article_id(ix),
        source: citation.source.map(party),
        how: match citation.how {
            How::Reported => "reported",
            How::Told => "told",
            How::Republished => "republished",
            How::Linked => "linked",
            How::Confirmed => "confirmed",
            How::Hearsay => "hearsay",
            How::NoComment => "no_comment",
        },
        cue: at(citation.cue),
        name: citation.name.map(at),
        covers: wire.on(page, &citation.covers),
        via: citation.via.map(|via| wire.ids.citation(ix, via.ix())),
        told: citation.told.map(party),
        public: citation.public.map(at),
    })
}

#[derive(Serialize)]
pub(super) struct DateRow<'a> {
    article: String,
    place: Words<'a>,
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
}

pub(super) fn dates<'a>(
    wire: &'a Wire<'a>,
    ix: ArticleIx,
) -> impl Iterator<Item = DateRow<'a>> + 'a {
    let dossier = wire.dossier;
    dossier.marks[ix.ix()].dates.iter().map(move |date| {
        let (first, last) = date.when.map(days).unzip();
        let place = wire.words(dossier.place(ix, date.span));
        DateRow { article: dossier.article_id(ix), place, value: &date.value, first, last }
    })
}

#[derive(Serialize)]
pub(super) struct ReuseRow<'a> {
    left: Words<'a>,
    right: Words<'a>,
    left_article: String,
    right_article: String,
    kind: &'static str,
    direction: &'static str,
    reasons: Vec<ReasonRow<'a>>,
    share_left: u16,
    share_right: u16,
    edits: Vec<EditRow<'a>>,
}

#[derive(Serialize)]
pub(super) struct ReasonRow<'a> {
    why: &'a str,
    places: Vec<Words<'a>>,
}

#[derive(Serialize)]
pub(super) struct EditRow<'a> {
    was: Words<'a>,
    is: Words<'a>,
}

pub(super) fn reuses<'a>(wire: &'a Wire<'a>) -> impl Iterator<Item = ReuseRow<'a>> {
    let row = move |reuse: &'a headwater::reuse::Reuse| {
        reuse.passages.iter().map(move |passage| ReuseRow {
            left: wire.words(passage.left),
            right: wire.words(passage.right),
            left_article: wire.dossier.article_id(reuse.left_article),
            right_article: wire.dossier.article_id(reuse.right_article),
            kind: match reuse.kind {
                ReuseKind::Copy => "copy",
                ReuseKind::Version => "version",
                ReuseKind::Excerpt => "excerpt",
                ReuseKind::Rewrite => "rewrite",
                ReuseKind::Quote => "quote",
            },
            direction: match reuse.direction {
                Direction::LeftFromRight => "left_from_right",
                Direction::RightFromLeft => "right_from_left",
                Direction::Undirected => "undirected",
            },
            reasons: reasons(wire, &reuse.reasons),
            share_left: reuse.share_left,
            share_right: reuse.share_right,
            edits: edits(wire, &passage.edits),
        })
    };
    wire.dossier.reuses.iter().flat_map(row)
}

pub(super) fn reasons<'a>(wire: &'a Wire<'a>, reasons: &'a [Reason]) -> Vec<ReasonRow<'a>> {
    let row = |it: &'a Reason| ReasonRow { why: &it.why, places: wire.all_words(&it.places) };
    reasons.iter().map(row).collect()
}

pub(super) fn edits<'a>(wire: &'a Wire<'a>, edits: &[Edit]) -> Vec<EditRow<'a>> {
    edits.iter().map(|it| EditRow { was: wire.words(it.was), is: wire.words(it.is) }).collect()
}

#[derive(Serialize)]
pub(super) struct SkippedRow<'a> {
    file: &'a str,
    offset: u64,
    n_bytes: u64,
    reason: &'a str,
    gravity: &'static str,
}

pub(super) fn skipped(skipped: &Skipped) -> SkippedRow<'_> {
    SkippedRow {
        file: &skipped.file,
        offset: skipped.offset,
        n_bytes: skipped.n_bytes,
        reason: &skipped.reason,
        gravity: match skipped.gravity {
            Gravity::Note => "note",
            Gravity::Trouble => "trouble",
        },
    }
}

/// An interval's first and last day.
pub(super) fn days(when: Interval) -> (String, String) {
    (when.first.to_string(), when.last.to_string())
}
