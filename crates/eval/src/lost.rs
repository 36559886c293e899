//! Lost: figure 6. Sources that are cited or credited and whose words are not in the collection.

use std::collections::{BTreeMap, BTreeSet};

use headwater::Place;
use headwater::name::{SourceKind, Unnamed};
use headwater::source::Source;
use headwater::stemma::{Carrier, Tie};
use headwater::story::Story;

use crate::case::Case;
use crate::gold::{Gold, Lost};
use crate::metric::{Score, Tally};
use crate::names::Names;

/// A lost witness, over all stories.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Answer {
    /// Its name and the words that first name it; none for a parent that is only inferred.
    pub(crate) names: Vec<String>,
    /// What it is; none for an inferred parent.
    pub(crate) kind: Option<SourceKind>,
    /// Which sort of unnamed.
    pub(crate) unnamed: Option<Unnamed>,
    /// Gold articles that have it from there.
    pub(crate) cited_by: BTreeSet<String>,
    /// Gold articles whose words name it, those that have it through another report among them.
    pub(crate) named_by: BTreeSet<String>,
    /// Whether its text survives in an article.
    pub(crate) carried: bool,
    /// The words that show it.
    pub(crate) places: Vec<Place>,
}

/// The lost and inferred witnesses of `stories`; one for each source.
pub(crate) fn answers<'a>(
    case: &Case,
    stories: impl IntoIterator<Item = &'a Story>,
) -> Vec<Answer> {
    let mut found: BTreeMap<(Option<u32>, usize, u32), Answer> = BTreeMap::new();
    for (n, story) in stories.into_iter().enumerate() {
        let stemma = &story.stemma;
        for tie in &stemma.derivations {
            let source = match stemma.witnesses[tie.parent.ix()].carrier {
                Carrier::Extant(_) => continue,
                Carrier::Lost(ix) => Some(ix),
                Carrier::Inferred(_) => None,
            };
            let key = match source {
                Some(ix) => (Some(ix.0), 0, 0),
                None => (None, n, tie.parent.0),
            };
            let held = source.and_then(|ix| case.source(ix));
            let answer = found.entry(key).or_insert_with(|| Answer {
                names: held.into_iter().flat_map(|s| named_by(case, s)).collect(),
                kind: held.map(|s| s.kind),
                unnamed: held.and_then(|s| s.unnamed),
                cited_by: BTreeSet::new(),
                named_by: BTreeSet::new(),
                carried: false,
                places: Vec::new(),
            });
            // A page that carries the text of another that credits it cites nobody itself.
            let carries = source.is_some()
                && matches!(tie.tie, Tie::Copy | Tie::Version | Tie::Excerpt | Tie::Rewrite);
            if let (Carrier::Extant(ix), false) =
                (stemma.witnesses[tie.child.ix()].carrier, carries)
            {
                answer.cited_by.extend(case.id(ix).map(str::to_string));
            }
            let places = || tie.reasons.iter().flat_map(|reason| &reason.places);
            answer.named_by.extend(places().filter_map(|place| case.holder(*place)));
            answer.carried |= !matches!(tie.tie, Tie::Cites | Tie::Rewrite);
            answer.places.extend(places());
        }
    }
    found.into_values().collect()
}

fn named_by(case: &Case, source: &Source) -> [String; 2] {
    [source.name.clone(), case.dossier.words(source.place).to_string()]
}

/// The key under which the data lists the source, else that of its name.
fn listed_key(answer: &Answer, gold: &Gold, names: &Names) -> String {
    let listed = |key: &String| gold.lost.iter().any(|row| names.key(&row.source) == *key);
    let keys = answer.names.iter().map(|name| names.key(name)).collect::<Vec<_>>();
    keys.iter().find(|key| listed(key)).or(keys.first()).cloned().unwrap_or_default()
}

/// Figure 6. None of it is measured while no story has a stemma.
pub(crate) fn score(gold: &Gold, answers: &[Answer], names: &Names) -> Score {
    let mut score = Score::default();
    named(gold, answers, names, &mut score);
    citing(gold, answers, names, &mut score);
    status(gold, answers, names, &mut score);
    recall(gold, answers, names, &mut score);
    score
}

fn is_named(row: &Lost) -> bool {
    !row.document && !row.unnamed
}

fn is_outlet(answer: &Answer) -> bool {
    matches!(answer.kind, Some(SourceKind::Outlet | SourceKind::Agency))
}

fn named(gold: &Gold, answers: &[Answer], names: &Names, score: &mut Score) {
    let rows = gold.lost.iter().filter(|row| is_named(row)).collect::<Vec<_>>();
    let keys = |optional: bool| {
        let rows = rows.iter().filter(move |row| row.optional == optional);
        rows.map(|row| names.key(&row.source)).collect::<BTreeSet<_>>()
    };
    let (wanted, free) = (keys(false), keys(true));
    // A name that only articles with unscored cites give neither helps nor hurts, if not listed.
    let is_scored =
        |a: &Answer| a.cited_by.is_empty() || a.cited_by.iter().any(|id| !gold.unscored(id));
    let said =
        answers.iter().filter(|a| is_outlet(a)).map(|a| (listed_key(a, gold, names), is_scored(a)));
    let said = said.filter(|(key, scored)| wanted.contains(key) || *scored && !free.contains(key));
    let said = said.map(|(key, _)| key);
    let said = said.collect::<BTreeSet<_>>();
    for key in wanted.difference(&said) {
        score.miss("lost.r", format!("{key} is lost and was not found"));
    }
    for key in said.difference(&wanted) {
        score.miss("lost.p", format!("{key} is not listed as lost"));
    }
    let hits = wanted.intersection(&said).count();
    score.tally("lost", Tally::new(hits, said.len(), wanted.len()));
}

fn citing(gold: &Gold, answers: &[Answer], names: &Names, score: &mut Score) {
    let mut wanted = BTreeSet::new();
    let mut free = BTreeSet::new();
    for row in gold.lost.iter().filter(|row| is_named(row)) {
        let pairs = row.cited_by.all().iter().map(|id| (names.key(&row.source), id.clone()));
        if row.optional { free.extend(pairs) } else { wanted.extend(pairs) }
    }
    let said = answers.iter().filter(|a| is_outlet(a));
    let said =
        said.flat_map(|a| a.cited_by.iter().map(|id| (listed_key(a, gold, names), id.clone())));
    let is_free = |pair: &(String, String)| free.contains(pair) || gold.unscored(&pair.1);
    let said = said.filter(|pair| wanted.contains(pair) || !is_free(pair));
    let said = said.collect::<BTreeSet<_>>();
    for (key, id) in wanted.difference(&said) {
        score.miss("lost_by.r", format!("{key} through {id} was not found"));
    }
    for (key, id) in said.difference(&wanted) {
        score.miss("lost_by.p", format!("{key} through {id} is not listed"));
    }
    let hits = wanted.intersection(&said).count();
    score.tally("lost_by", Tally::new(hits, said.len(), wanted.len()));
}

/// Whether the text survives, over the named sources that were found. A source that is listed as
/// both, for two of its reports, may be answered either way.
fn status(gold: &Gold, answers: &[Answer], names: &Names, score: &mut Score) {
    let mut wanted: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for row in gold.lost.iter().filter(|row| is_named(row) && !row.status.is_empty()) {
        wanted.entry(names.key(&row.source)).or_default().insert(&row.status);
    }
    let (mut hits, mut n) = (0, 0);
    for (key, statuses) in &wanted {
        let said = answers.iter().filter(|a| is_outlet(a) && listed_key(a, gold, names) == *key);
        let said = said.map(|answer| answer.carried).collect::<Vec<_>>();
        if said.is_empty() {
            continue;
        }
        n += 1;
        let says = if said.contains(&true) { "carried" } else { "absent" };
        if statuses.contains(says) {
            hits += 1;
        } else {
            score.miss("lost.status", format!("{key} is {statuses:?}, called {says}"));
        }
    }
    score.rate("lost.status", hits, n);
}

/// Documents and unnamed sources have no fixed name: found when an answer of that kind is cited by
/// a listed article, for a document with words that overlap those of its cite rows.
fn recall(gold: &Gold, answers: &[Answer], names: &Names, score: &mut Score) {
    for metric in ["lost.documents", "lost.unnamed"] {
        let document = metric == "lost.documents";
        let rows = gold.lost.iter().filter(|row| row.document == document && !is_named(row));
        let rows = rows.collect::<Vec<_>>();
        let mut hits = 0;
        for row in &rows {
            let hit = answers.iter().any(|a| {
                let cited = row
                    .cited_by
                    .all()
                    .iter()
                    .any(|id| a.cited_by.contains(id) || a.named_by.contains(id));
                cited && if document { is_document(gold, a, row, names) } else { is_unnamed(a) }
            });
            hits += usize::from(hit);
            if !hit {
                score.miss(metric, format!("{} by {:?}", row.source, row.cited_by.all()));
            }
        }
        score.rate(metric, hits, rows.len());
    }
}

fn is_document(gold: &Gold, answer: &Answer, row: &Lost, names: &Names) -> bool {
    let mut cites = gold.cites.iter().filter(|cite| names.same(&cite.source, &row.source));
    let mut shown = || cites.any(|cite| answer.places.iter().any(|place| cite.words.hit(*place)));
    listed_key(answer, gold, names) == names.key(&row.source)
        || answer.kind == Some(SourceKind::Document) && shown()
}

/// Unnamed people, media or reports, or a parent that is only inferred.
fn is_unnamed(answer: &Answer) -> bool {
    matches!(answer.kind, None | Some(SourceKind::Unnamed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gold::Several;

    fn row(source: &str, status: &str, by: &[&str]) -> Lost {
        let cited_by = Several::Many(by.iter().map(|s| (*s).to_string()).collect());
        Lost { source: source.into(), status: status.into(), cited_by, ..Lost::default() }
    }

    fn answer(name: &str, carried: bool, by: &[&str]) -> Answer {
        let cited_by = by.iter().map(|s| (*s).to_string()).collect();
        let kind = Some(SourceKind::Outlet);
        let named_by = BTreeSet::new();
        Answer {
            names: vec![name.into()],
            kind,
            unnamed: None,
            cited_by,
            named_by,
            carried,
            places: vec![],
        }
    }

    #[test]
    fn names_then_names_with_who_cites_them() {
        let mut unnamed = row("an unnamed report", "absent", &["3"]);
        unnamed.unnamed = true;
        let mut optional = row("Quay Weekly", "carried", &["2"]);
        optional.optional = true;
        let lost = vec![
            row("Harbour Gazette", "absent", &["1", "2"]),
            row("Northern Post", "carried", &["2"]),
            unnamed,
            optional,
        ];
        let gold = Gold { lost, ..Gold::default() };
        let mut people = answer("people", false, &["3"]);
        people.kind = Some(SourceKind::Unnamed);
        let answers = [
            answer("The Harbour Gazette", true, &["1"]),
            answer("Daily Lantern", false, &["1"]),
            answer("Quay Weekly", true, &["2"]),
            people,
        ];
        let score = score(&gold, &answers, &Names::default());
        assert_eq!(score.value("lost.p"), Some(0.5));
        assert_eq!(score.value("lost.r"), Some(0.5));
        assert_eq!(score.value("lost_by.r"), Some(1.0 / 3.0));
        assert_eq!(score.value("lost.status"), Some(0.5));
        assert_eq!(score.value("lost.unnamed"), Some(1.0));
        assert_eq!(score.value("lost.documents"), None);
    }
}
