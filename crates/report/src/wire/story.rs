//! Rows of a story.

use headwater::ArticleIx;
use headwater::claim::{Claim, Stance, Stating};
use headwater::cluster::{Common, Related};
use headwater::difference::{DifferenceKind, Grade};
use headwater::origin::{Effect, Of, Origins, Root, RootKind};
use headwater::stemma::{Carrier, Derivation, Tie, Witness, WitnessIx};
use headwater::timeline::{Happening, Moment};
use headwater::utterance::{Change, Utterance, Version};
use serde::Serialize;

use super::rows::{EditRow, ReasonRow, days, edits, reasons};
use super::{Wire, Words};
use crate::variant;

#[derive(Serialize)]
pub(super) struct StoryRow<'a> {
    id: String,
    title: Words<'a>,
    topics: Vec<Words<'a>>,
    articles: Vec<String>,
    texts: Vec<Vec<String>>,
    n_pages: u32,
    n_texts: usize,
    first: Option<String>,
    last: Option<String>,
    witnesses: Vec<WitnessRow<'a>>,
    derivations: Vec<DerivationRow<'a>>,
    circles: Vec<Vec<&'a str>>,
    utterances: Vec<UtteranceRow<'a>>,
    claims: Vec<ClaimRow<'a>>,
    timeline: Vec<HappeningRow<'a>>,
    origins: Option<OriginsRow<'a>>,
    related: Vec<RelatedRow<'a>>,
}

pub(super) fn story<'a>(wire: &'a Wire<'a>, ix: usize) -> StoryRow<'a> {
    let story = &wire.dossier.stories[ix];
    let (first, last) = story.when.map(days).unzip();
    let stemma = &story.stemma;
    let siglum = |ix: WitnessIx| stemma.witnesses[ix.ix()].siglum.as_str();
    let circle = |circle: &Vec<WitnessIx>| circle.iter().map(|&ix| siglum(ix)).collect();
    let said = story.utterances.iter().enumerate();
    let claims = story.claims.iter().enumerate();
    StoryRow {
        id: wire.ids.story(ix),
        title: wire.words(story.title),
        topics: wire.all_words(&story.topics),
        articles: wire.article_ids(&story.articles),
        texts: story.texts.iter().map(|text| wire.article_ids(text)).collect(),
        n_pages: story.n_pages,
        n_texts: story.texts.len(),
        first,
        last,
        witnesses: stemma.witnesses.iter().map(|it| witness(wire, it)).collect(),
        derivations: stemma.derivations.iter().map(|it| derivation(wire, it, siglum)).collect(),
        circles: stemma.circles.iter().map(circle).collect(),
        utterances: said
            .map(|(nth, it)| utterance(wire, wire.ids.utterance(ix, nth), it))
            .collect(),
        claims: claims.map(|(nth, it)| claim(wire, wire.ids.claim(ix, nth), it)).collect(),
        timeline: story.timeline.iter().map(|it| happening(wire, it)).collect(),
        origins: story.origins.as_ref().map(|it| origins(wire, it)),
        related: wire.dossier.related[ix].iter().map(|it| related(wire, it)).collect(),
    }
}

/// Another story on the same matter: `near` is per mille; `words` are what they have in common, each
/// as it stands in this story (`here`) and in the other (`there`).
#[derive(Serialize)]
struct RelatedRow<'a> {
    story: String,
    near: u32,
    words: Vec<CommonRow<'a>>,
}

#[derive(Serialize)]
struct CommonRow<'a> {
    here: Words<'a>,
    there: Words<'a>,
}

fn related<'a>(wire: &'a Wire<'a>, related: &Related) -> RelatedRow<'a> {
    let common = |common: &Common| CommonRow {
        here: wire.words(common.here),
        there: wire.words(common.there),
    };
    RelatedRow {
        story: wire.ids.story(related.story as usize),
        near: related.near,
        words: related.words.iter().map(common).collect(),
    }
}

#[derive(Serialize)]
struct WitnessRow<'a> {
    siglum: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inferred: Option<bool>,
}

fn witness<'a>(wire: &'a Wire<'a>, witness: &'a Witness) -> WitnessRow<'a> {
    let siglum = &witness.siglum;
    let row = WitnessRow { siglum, article: None, source: None, inferred: None };
    match witness.carrier {
        Carrier::Extant(ix) => WitnessRow { article: Some(wire.dossier.article_id(ix)), ..row },
        Carrier::Lost(ix) => WitnessRow { source: Some(wire.ids.source(ix)), ..row },
        Carrier::Inferred(_) => WitnessRow { inferred: Some(true), ..row },
    }
}

#[derive(Serialize)]
struct DerivationRow<'a> {
    child: &'a str,
    parent: &'a str,
    kind: &'static str,
    reasons: Vec<ReasonRow<'a>>,
    doubt: Option<&'a str>,
}

fn derivation<'a>(
    wire: &'a Wire<'a>,
    derivation: &'a Derivation,
    siglum: impl Fn(WitnessIx) -> &'a str,
) -> DerivationRow<'a> {
    DerivationRow {
        child: siglum(derivation.child),
        parent: siglum(derivation.parent),
        kind: match derivation.tie {
            Tie::Copy => "copy",
            Tie::Version => "version",
            Tie::Excerpt => "excerpt",
            Tie::Rewrite => "rewrite",
            Tie::Republishes => "republishes",
            Tie::Credits => "credits",
            Tie::Cites => "cites",
        },
        reasons: reasons(wire, &derivation.reasons),
        doubt: derivation.doubt.as_deref(),
    }
}

#[derive(Serialize)]
struct UtteranceRow<'a> {
    id: String,
    speaker: Option<String>,
    versions: Vec<VersionRow<'a>>,
}

#[derive(Serialize)]
struct VersionRow<'a> {
    quotes: Vec<String>,
    text: Words<'a>,
    change: &'static str,
    edits: Vec<EditRow<'a>>,
}

/// Quotes of the same bytes are one version; `edits` lead from the first version to each other.
fn utterance<'a>(wire: &'a Wire<'a>, id: String, utterance: &'a Utterance) -> UtteranceRow<'a> {
    let dossier = wire.dossier;
    let mut versions: Vec<(&Version, Vec<&Version>)> = Vec::new();
    for version in &utterance.versions {
        let words = dossier.words(version.place);
        match versions.iter_mut().find(|(it, _)| dossier.words(it.place) == words) {
            Some((_, same)) => same.push(version),
            None => versions.push((version, vec![version])),
        }
    }
    let row = |(version, same): (&Version, Vec<&Version>)| VersionRow {
        quotes: same
            .iter()
            .filter_map(|it| Some(wire.ids.quote(it.article, it.quote? as usize)))
            .collect(),
        text: wire.words(version.place),
        change: change(version.change),
        edits: edits(wire, &variant::edits(dossier, utterance.versions[0].place, version.place)),
    };
    let speaker = utterance.speaker.map(|speaker| wire.ids.source(speaker));
    UtteranceRow { id, speaker, versions: versions.into_iter().map(row).collect() }
}

fn change(change: Change) -> &'static str {
    match change {
        Change::Same => "same",
        Change::Typography => "typography",
        Change::Spelling => "spelling",
        Change::Trimmed => "trimmed",
        Change::Extended => "extended",
        Change::Reworded => "reworded",
        Change::Fragment => "fragment",
    }
}

#[derive(Serialize)]
pub(super) struct ClaimRow<'a> {
    id: String,
    text: Words<'a>,
    statements: Vec<StatementRow<'a>>,
    differences: Vec<DifferenceRow<'a>>,
    origins: OriginsRow<'a>,
}

#[derive(Serialize)]
pub(super) struct StatementRow<'a> {
    article: String,
    place: Words<'a>,
    stance: &'static str,
    attributed: Vec<String>,
    chain: Vec<String>,
}

#[derive(Serialize)]
struct DifferenceRow<'a> {
    kind: &'static str,
    left: Words<'a>,
    right: Words<'a>,
    grade: &'static str,
    excludes: bool,
}

pub(super) fn statement<'a>(wire: &'a Wire<'a>, it: &Stating) -> StatementRow<'a> {
    let cited = |article: ArticleIx, ix: usize| wire.ids.citation(article, ix);
    StatementRow {
        article: wire.dossier.article_id(it.article),
        place: wire.words(it.place),
        stance: match it.stance {
            Stance::Affirms => "affirms",
            Stance::Denies => "denies",
            Stance::Differs => "differs",
        },
        attributed: it.attributed.iter().map(|&source| wire.ids.source(source)).collect(),
        chain: it.chain.iter().map(|citation| cited(it.article, citation.ix())).collect(),
    }
}

pub(super) fn difference(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Number => "number",
        DifferenceKind::Date => "date",
        DifferenceKind::Polarity => "polarity",
        DifferenceKind::Actor => "actor",
        DifferenceKind::Modality => "modality",
        DifferenceKind::Place => "place",
        DifferenceKind::Set => "set",
    }
}

fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Compatible => "compatible",
        Grade::Differs => "differs",
        Grade::Excludes => "excludes",
    }
}

pub(super) fn claim<'a>(wire: &'a Wire<'a>, id: String, claim: &'a Claim) -> ClaimRow<'a> {
    let statements = claim.statements.iter().map(|it| statement(wire, it));
    let differences = claim.differences.iter().map(|it| DifferenceRow {
        kind: difference(it.kind),
        left: wire.words(it.left),
        right: wire.words(it.right),
        grade: grade(it.grade),
        excludes: it.grade == Grade::Excludes,
    });
    ClaimRow {
        id,
        text: wire.words(claim.text),
        statements: statements.collect(),
        differences: differences.collect(),
        origins: origins(wire, &claim.origins),
    }
}

#[derive(Serialize)]
pub(super) struct HappeningRow<'a> {
    first: String,
    last: String,
    moment: &'static str,
    articles: Vec<String>,
    places: Vec<Words<'a>>,
}

pub(super) fn happening<'a>(wire: &'a Wire<'a>, happening: &'a Happening) -> HappeningRow<'a> {
    let (first, last) = days(happening.when);
    let moment = match happening.moment {
        Moment::Event => "event",
        Moment::Report => "report",
    };
    let articles = wire.article_ids(&happening.articles);
    HappeningRow { first, last, moment, articles, places: wire.all_words(&happening.places) }
}

#[derive(Serialize)]
pub(super) struct OriginsRow<'a> {
    least: u32,
    most: u32,
    n_unnamed: u32,
    unsourced: bool,
    roots: Vec<RootRow<'a>>,
    doubts: Vec<DoubtRow<'a>>,
}

#[derive(Serialize)]
struct RootRow<'a> {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<String>,
    kind: &'static str,
    unnamed: bool,
    sure: bool,
    carried_by: Vec<String>,
    places: Vec<Words<'a>>,
}

#[derive(Serialize)]
struct DoubtRow<'a> {
    kind: &'static str,
    roots: Vec<String>,
    why: &'a str,
    places: Vec<Words<'a>>,
    settles: &'a str,
}

pub(super) fn origins<'a>(wire: &'a Wire<'a>, origins: &'a Origins) -> OriginsRow<'a> {
    let ids = wire.ids.roots(origins);
    let root = |(id, root): (&String, &'a Root)| {
        let (source, article) = match root.of {
            Of::Source(source) => (Some(wire.ids.source(source)), None),
            Of::Article(article) => (None, Some(wire.dossier.article_id(article))),
        };
        let kind = match root.kind {
            RootKind::PublicAct => "public_act",
            RootKind::Newsroom => "newsroom",
        };
        RootRow {
            id: id.clone(),
            source,
            article,
            kind,
            unnamed: root.unnamed,
            sure: root.sure,
            carried_by: wire.article_ids(&root.carried_by),
            places: wire.all_words(&root.places),
        }
    };
    let doubts = origins.doubts.iter().map(|doubt| DoubtRow {
        kind: match doubt.effect {
            Effect::Drop => "drop",
            Effect::Join => "join",
        },
        roots: doubt.roots.iter().map(|&root| ids[root as usize].clone()).collect(),
        why: &doubt.why,
        places: wire.all_words(&doubt.places),
        settles: &doubt.settles,
    });
    OriginsRow {
        least: origins.least,
        most: origins.most,
        n_unnamed: origins.n_unnamed,
        unsourced: origins.unsourced,
        roots: ids.iter().zip(&origins.roots).map(root).collect(),
        doubts: doubts.collect(),
    }
}
