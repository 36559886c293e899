//! Source: whom the articles of the seeds cite, and which newsroom was told.

use std::collections::BTreeSet;

use headwater::Place;

use crate::case::short;
use crate::credit;
use crate::metric::{Score, Tally};
use crate::names::Names;
use crate::quote::is_named;
use crate::seeds::{Row, Seeds};

/// Kinds of rows that are citations. The others (bylines, datelines, credits, photo credits, the
/// publisher itself, the newsroom that was told) neither help nor hurt here.
const CITED: [&str; 9] = [
    "named_person",
    "outlet",
    "anonymous",
    "institution",
    "report_generic",
    "hearsay_marker",
    "no_comment",
    "media_unnamed",
    "unnamed_group",
];

/// A citation of the engine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Answer {
    /// The cue with the name.
    pub(crate) place: Place,
    /// The source's name; none for a bare "reportedly".
    pub(crate) source: Option<String>,
    /// The words that name it.
    pub(crate) by: Option<Place>,
    /// For people to read.
    pub(crate) words: String,
}

/// The citations that lie in articles whose sources are labelled.
pub(crate) fn answers(seeds: &Seeds) -> Vec<Answer> {
    let (case, within) = (&seeds.case, seeds.annotated());
    let mut found = Vec::new();
    for ix in case.articles() {
        let marks = &case.dossier.marks[ix.ix()];
        for citation in &marks.citations {
            let place = credit::place(case, ix, citation);
            if !within.iter().any(|p| p.page == place.page && p.span.overlaps(place.span)) {
                continue;
            }
            let party = citation.source.and_then(|party| marks.parties.get(party.ix()));
            found.push(Answer {
                place,
                source: party.map(|party| party.name.clone()),
                by: citation.name.map(|span| case.dossier.place(ix, span)),
                words: format!("[{}] {}", citation.rule, short(case.dossier.words(place))),
            });
        }
    }
    found
}

/// Who was told, by quote or citation: the newsroom's name and the words around the cue.
pub(crate) fn told(seeds: &Seeds) -> Vec<(String, Place)> {
    let case = &seeds.case;
    let all = case.articles().flat_map(|ix| credit::told(case, ix));
    all.map(|(party, place)| (party.name.clone(), place)).collect()
}

/// Precision and recall of citations: an answer overlaps the words and names the same source.
pub(crate) fn score(rows: &[Row], answers: &[Answer], names: &Names) -> Score {
    let mut score = Score::default();
    let wanted = rows.iter().filter(|row| is_scored(row)).collect::<Vec<_>>();
    let mut used = BTreeSet::new();
    let mut tally = Tally { gold: wanted.len(), ..Tally::default() };
    for row in &wanted {
        let hits = (0..answers.len()).filter(|&a| overlaps(row, &answers[a]));
        let right = hits.clone().filter(|&a| same_source(row, &answers[a], names));
        // One answer serves one row where it can; a second row may share it ("X and Y said").
        let best = right.clone().find(|a| !used.contains(a)).or_else(|| right.clone().next());
        if let Some(a) = best {
            used.insert(a);
            used.extend(right);
            tally.found += 1;
        } else {
            let said = hits.map(|a| format!("{:?}", answers[a].source)).collect::<Vec<_>>();
            let source = row.source.as_deref().unwrap_or("nobody");
            let words = format!("{}: {source}: {}, called {said:?}", row.article, short(&row.text));
            score.miss("sources.r", words);
        }
    }
    for (a, answer) in answers.iter().enumerate() {
        let is_free = || rows.iter().any(|row| !is_scored(row) && overlaps(row, answer));
        if used.contains(&a) {
            tally.right += 1;
            tally.answers += 1;
        } else if !is_free() {
            tally.answers += 1;
            score.miss("sources.p", format!("{:?}: {}", answer.source, answer.words));
        }
    }
    score.tally("sources", tally);
    score
}

/// Recall of the newsrooms that were told.
pub(crate) fn told_score(rows: &[Row], told: &[(String, Place)], names: &Names) -> Score {
    let mut score = Score::default();
    let wanted = rows.iter().filter(|row| row.kind == "told_outlet" && !row.optional);
    let wanted = wanted.collect::<Vec<_>>();
    let mut hits = 0;
    for row in &wanted {
        let near = |place: &Place| {
            row.place.is_some_and(|gold| gold.page == place.page && gold.span.overlaps(place.span))
        };
        let source = row.source.as_deref().unwrap_or("");
        let hit = told.iter().any(|(name, place)| names.same(name, source) && near(place));
        hits += usize::from(hit);
        if !hit {
            score.miss("told", format!("{}: {}", row.article, short(&row.text)));
        }
    }
    score.rate("told", hits, wanted.len());
    score
}

fn is_scored(row: &Row) -> bool {
    CITED.contains(&row.kind.as_str()) && !row.optional
}

fn overlaps(row: &Row, answer: &Answer) -> bool {
    row.place.is_some_and(|p| p.page == answer.place.page && p.span.overlaps(answer.place.span))
}

fn same_source(row: &Row, answer: &Answer, names: &Names) -> bool {
    let (Some(gold), Some(said)) = (row.source.as_deref(), answer.source.as_deref()) else {
        return row.source.is_none() && answer.source.is_none();
    };
    if is_named(gold) {
        return names.same_party(said, gold);
    }
    let printed = row.source_text.as_deref().unwrap_or("");
    let there = row.by.zip(answer.by);
    names.same(said, printed)
        || there.is_some_and(|(g, a)| g.page == a.page && g.span.overlaps(a.span))
}

#[cfg(test)]
mod tests {
    use headwater::{PageIx, Span};

    use super::*;

    fn answer(start: usize, end: usize, source: Option<&str>) -> Answer {
        let place = Place { page: PageIx(0), span: Span::new(start, end) };
        let source = source.map(str::to_string);
        Answer { place, source, by: Some(place), words: String::new() }
    }

    fn row(kind: &str, start: usize, end: usize, source: Option<&str>) -> Row {
        let place = Some(answer(start, end, None).place);
        let source = source.map(str::to_string);
        Row { kind: kind.into(), place, by: place, source, ..Row::default() }
    }

    #[test]
    fn what_is_no_citation_neither_helps_nor_hurts() {
        let rows = [
            row("named_person", 0, 20, Some("Mara Lind")),
            row("hearsay_marker", 30, 40, None),
            row("anonymous", 50, 70, Some("officials (unnamed)")),
            row("photo_credit", 80, 90, Some("Quay Pictures")),
            row("outlet", 100, 120, Some("Harbour Gazette")),
        ];
        let answers = [
            answer(10, 20, Some("Lind")),
            answer(30, 40, None),
            answer(55, 60, Some("two officials")),
            answer(80, 90, Some("Quay Pictures")),
            answer(100, 110, Some("Northern Post")),
        ];
        let score = score(&rows, &answers, &Names::default());
        assert_eq!(score.value("sources.p"), Some(0.75));
        assert_eq!(score.value("sources.r"), Some(0.75));
    }
}
