//! Data set: what there is to score, and which figures are taken on it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::case::{Case, DateIs};
use crate::cluster::Form;
use crate::metric::{Better, Score};
use crate::names::Names;
use crate::seeds::Seeds;
use crate::{
    article, body, claim, cluster, credit, day, lost, meter, origin, page, polnear, quote, reuse,
    source, stemma, text, time, timex, utterance,
};

/// A folder of labelled data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Dataset {
    /// Its name, as `--only` takes it.
    pub(crate) name: &'static str,
    /// Whether `--quick` runs it.
    pub(crate) quick: bool,
    what: What,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum What {
    Seeds,
    Case(DateIs),
    Pages(&'static str),
    Timex(&'static [&'static str]),
    Polnear(polnear::Part),
    Bodies,
    Meter,
    Days,
    Events(&'static str, cluster::Form),
}

const fn case(name: &'static str, date: DateIs, quick: bool) -> Dataset {
    Dataset { name, quick, what: What::Case(date) }
}

/// All data sets, in the order of the table.
pub(crate) const ALL: &[Dataset] = &[
    Dataset { name: "seeds", quick: true, what: What::Seeds },
    case("census", DateIs::Captured, false),
    case("spotify", DateIs::Captured, false),
    case("event-5", DateIs::Published, true),
    case("event-36", DateIs::Published, true),
    case("event-56", DateIs::Published, true),
    case("event-66", DateIs::Published, true),
    Dataset { name: "pages-html", quick: false, what: What::Pages("html/") },
    Dataset { name: "pages-text", quick: false, what: What::Pages("text/") },
    // Rules are tuned on the first; the second shows what of that was over-fitted.
    Dataset { name: "tempeval3-timebank", quick: false, what: What::Timex(&["TimeBank"]) },
    Dataset { name: "tempeval3-aquaint", quick: false, what: What::Timex(&["AQUAINT"]) },
    Dataset { name: "tempeval3", quick: false, what: What::Timex(&["TimeBank", "AQUAINT"]) },
    Dataset { name: "polnear", quick: true, what: What::Polnear(polnear::Part::Dev) },
    Dataset { name: "polnear-a", quick: false, what: What::Polnear(polnear::Part::Seen) },
    Dataset { name: "polnear-b", quick: false, what: What::Polnear(polnear::Part::Unseen) },
    Dataset { name: "scrapinghub_aeb", quick: false, what: What::Bodies },
    Dataset { name: "meter", quick: false, what: What::Meter },
    Dataset { name: "htmldate_mediacloud200", quick: false, what: What::Days },
    events("giveme5w1h_newscluster", "giveme5w1h_newscluster/data", Form::Numbered, false),
    events("galaxy-10E", "galaxy_wikinews/hscluster/10E.json", Form::Published, true),
    events("galaxy-20E", "galaxy_wikinews/hscluster/20E.json", Form::Published, false),
    events("galaxy-30E", "galaxy_wikinews/hscluster/30E.json", Form::Published, false),
    events("galaxy-handpicked", "galaxy_wikinews/handpicked.json", Form::Stored, true),
    events("galaxy-wikinews", "galaxy_wikinews/wikinews.json", Form::Stored, true),
    events("galaxy-medium", "galaxy_wikinews/wikinews_medium.json", Form::Stored, false),
    events("galaxy-big", "galaxy_wikinews/wikinews_big.json", Form::Stored, false),
];

const fn events(name: &'static str, file: &'static str, form: Form, quick: bool) -> Dataset {
    Dataset { name, quick, what: What::Events(file, form) }
}

/// The figures of one data set, and the ranges of origins that are pooled over all.
#[derive(Default)]
pub(crate) struct Scored {
    /// Figures and misses.
    pub(crate) score: Score,
    /// Ranges.
    pub(crate) origins: Vec<origin::Row>,
    /// Articles found on pages, by page.
    pub(crate) pages: BTreeMap<String, Vec<page::Answer>>,
}

/// Scores one data set under `shared`.
pub(crate) fn run(dataset: Dataset, shared: &Path) -> Result<Scored, String> {
    let cases = shared.join("cases");
    let names = || Names::load(&cases.join("aliases.json"));
    let scored = match dataset.what {
        What::Seeds => seeds(&Seeds::load(&cases.join(dataset.name), names()?)?),
        What::Case(date) => cased(&Case::load(&cases.join(dataset.name), date, names()?)?),
        What::Pages(format) => paged(&cases.join("pages"), format)?,
        What::Timex(parts) => timed(&shared.join("data/tempeval3/Training/TBAQ-cleaned"), parts)?,
        What::Polnear(part) => {
            let score = polnear::run(&shared.join("data/polnear"), part)?;
            Scored { score, origins: Vec::new(), pages: BTreeMap::new() }
        }
        What::Bodies => bodies(&shared.join("data").join(dataset.name))?,
        What::Meter => metered(&shared.join("data/meter"))?,
        What::Events(file, form) => clustered(&shared.join("data").join(file), form)?,
        What::Days => dated(&shared.join("data").join(dataset.name))?,
    };
    Ok(Scored { score: scored.score.of(dataset.name), ..scored })
}

fn seeds(seeds: &Seeds) -> Scored {
    let (case, names) = (&seeds.case, &seeds.case.names);
    let mut score = Score::default();
    let n_answers = article::n_answers(&case.dossier);
    score.add(article::score(&seeds.articles, &article::answers(seeds), n_answers, names));
    score.add(article::surroundings(seeds));
    score.add(quote::score(&seeds.quotes, &quote::answers(seeds), names));
    score.add(source::score(&seeds.sources, &source::answers(seeds), names));
    score.add(source::told_score(&seeds.sources, &source::told(seeds), names));
    score.add(time::score(&seeds.times, &seeds.articles, &time::answers(seeds)));
    score.add(article::stories(seeds));
    score.add(reuse::score(&case.gold.pairs, &reuse::answers(case)));
    let ties = stemma::answers(case);
    score.add(stemma::score(&seeds.witnesses, &seeds.derivations, ties.as_deref(), names));
    // Who the other stories' articles have it from is not labelled.
    score.add(lost::score(&case.gold, &lost::answers(case, case.story()), names));
    let (derived, origins) = collated(case);
    score.add(derived);
    score.add(sound(case));
    Scored { score, origins, pages: BTreeMap::new() }
}

/// How many invariants the dossier breaks; places that cut no words are among them.
fn sound(case: &Case) -> Score {
    let mut score = Score::default();
    let broken = case.dossier.check();
    for words in &broken {
        score.miss("invariants.broken", words.clone());
    }
    score.push("invariants.broken", Some(broken.len() as f64), broken.len(), Better::Lower);
    score
}

fn paged(folder: &Path, format: &str) -> Result<Scored, String> {
    let gold = page::load(folder)?;
    let pages = page::answers(folder, &gold, format)?;
    Ok(Scored { score: page::score(&gold, &pages), origins: Vec::new(), pages })
}

/// The data's owners do not let it be passed on: where it is missing, nothing is scored.
fn timed(folder: &Path, parts: &[&str]) -> Result<Scored, String> {
    let folders = parts.iter().map(|part| folder.join(part)).collect::<Vec<_>>();
    if !folders.iter().all(|folder| folder.is_dir()) {
        return Ok(Scored::default());
    }
    let documents = folders.iter().map(|folder| timex::load(folder));
    let documents = documents.collect::<Result<Vec<_>, _>>()?.concat();
    Ok(Scored { score: timex::score(&documents), origins: Vec::new(), pages: BTreeMap::new() })
}

fn bodies(folder: &Path) -> Result<Scored, String> {
    if !folder.is_dir() {
        return Ok(Scored::default());
    }
    let gold = body::load(folder)?;
    let score = body::score(folder, &gold)?;
    #[cfg(feature = "peers")]
    let score = crate::peer::beside(score, folder, &gold)?;
    Ok(Scored { score, origins: Vec::new(), pages: BTreeMap::new() })
}

/// Nothing where the corpus is not there: it is no part of the labelled cases.
fn metered(folder: &Path) -> Result<Scored, String> {
    let score = if folder.is_dir() { meter::score(folder)? } else { Score::default() };
    Ok(Scored { score, origins: Vec::new(), pages: BTreeMap::new() })
}

/// Nothing where the data is not there.
fn clustered(path: &Path, form: Form) -> Result<Scored, String> {
    let score = if path.exists() { cluster::score(path, form)? } else { Score::default() };
    Ok(Scored { score, ..Scored::default() })
}

fn dated(folder: &Path) -> Result<Scored, String> {
    if !folder.is_dir() {
        return Ok(Scored::default());
    }
    let gold = day::load(folder)?;
    let score = day::score(&gold, &day::answers(folder, &gold)?);
    Ok(Scored { score, ..Scored::default() })
}

fn cased(case: &Case) -> Scored {
    let (gold, names) = (&case.gold, &case.names);
    let mut score = Score::default();
    let pairs = reuse::answers(case);
    score.add(reuse::score(&gold.pairs, &pairs));
    score.add(reuse::unlisted(&gold.pairs, &pairs));
    score.add(credit::score(gold, &credit::credits(case), &credit::cites(case), names));
    score.add(lost::score(gold, &lost::answers(case, &case.dossier.stories), names));
    let (derived, origins) = collated(case);
    score.add(derived);
    score.add(credit::own_score(&gold.own_sources, &credit::own(case)));
    score.add(sound(case));
    Scored { score, origins, pages: BTreeMap::new() }
}

/// Figures 7 to 10, which every case has.
fn collated(case: &Case) -> (Score, Vec<origin::Row>) {
    let gold = &case.gold;
    let mut score = Score::default();
    let texts = text::answers(case);
    score.add(text::score(&gold.story.texts, texts.as_ref()));
    let groups = claim::answers(case);
    let central = case.story().and_then(|story| story.claims.get(story.central? as usize));
    let mut rows = vec![origin::Row {
        name: "story".into(),
        gold: gold.story.range,
        answer: central.and_then(|claim| origin::range(&claim.origins)),
        shown: central
            .map(|claim| origin::lines(case, &claim.origins, &claim.statements))
            .unwrap_or_default(),
    }];
    rows.extend(gold.claims.iter().map(|claim| {
        let found = claim::found(claim, &groups);
        origin::Row {
            name: claim.id.clone(),
            gold: claim.origins,
            answer: found.and_then(|group| group.origins),
            shown: found.map(|group| group.lines.clone()).unwrap_or_default(),
        }
    }));
    score.add(origin::score(&rows));
    score.add(claim::score(&gold.claims, &groups));
    score.add(utterance::score(&gold.utterances, &utterance::answers(case), &case.names));
    (score, rows)
}
