//! Quote: which words of the seeds are attributed, and to whom.

use std::collections::BTreeMap;

use headwater::Place;

use crate::article::iou;
use crate::case::short;
use crate::metric::{Score, Tally};
use crate::names::Names;
use crate::seeds::{Row, Seeds};

/// A quote of the engine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Answer {
    /// From its first part to its last.
    pub(crate) hull: Place,
    /// The speaker's name, and the words that name the speaker.
    pub(crate) speaker: Option<String>,
    pub(crate) by: Option<Place>,
    /// The words, and the rule that found them.
    pub(crate) words: String,
}

/// The quotes that lie in articles whose quotations are labelled.
pub(crate) fn answers(seeds: &Seeds) -> Vec<Answer> {
    let (case, within) = (&seeds.case, seeds.annotated());
    let mut found = Vec::new();
    for ix in case.articles() {
        let marks = &case.dossier.marks[ix.ix()];
        for quote in &marks.quotes {
            let hull = quote.parts.iter().copied().reduce(headwater::Span::hull);
            let Some(hull) = hull.map(|span| case.dossier.place(ix, span)) else { continue };
            if !within.iter().any(|p| p.page == hull.page && p.span.overlaps(hull.span)) {
                continue;
            }
            let speaker = quote.speaker.and_then(|party| marks.parties.get(party.ix()));
            found.push(Answer {
                hull,
                speaker: speaker.map(|party| party.name.clone()),
                by: quote.by.map(|span| case.dossier.place(ix, span)),
                words: format!("[{}] {}", quote.rule, short(case.dossier.words(hull))),
            });
        }
    }
    found
}

/// Precision and recall at half overlap of the hulls, one answer for one quotation; speaker
/// accuracy over the hits. Optional rows neither help nor hurt.
pub(crate) fn score(rows: &[Row], answers: &[Answer], names: &Names) -> Score {
    let mut score = Score::default();
    let quotes = whole(rows);
    let mut pairs = Vec::new();
    for (g, quote) in quotes.iter().enumerate() {
        for (a, answer) in answers.iter().enumerate() {
            let overlap = iou(quote.hull.span, answer.hull.span);
            if quote.hull.page == answer.hull.page && overlap >= 0.5 {
                // A required row is served before an optional one.
                pairs.push((quote.row.optional, (overlap * 1e6) as u32, g, a));
            }
        }
    }
    pairs.sort_by_key(|&(optional, overlap, g, a)| (optional, u32::MAX - overlap, g, a));
    let (mut of_gold, mut of_answer) = (BTreeMap::new(), BTreeMap::new());
    for (_, _, g, a) in pairs {
        if !of_gold.contains_key(&g) && !of_answer.contains_key(&a) {
            of_gold.insert(g, a);
            of_answer.insert(a, g);
        }
    }
    let (mut tally, mut speakers) = (Tally::default(), 0);
    for (g, quote) in quotes.iter().enumerate().filter(|(_, quote)| !quote.row.optional) {
        tally.gold += 1;
        let Some(&a) = of_gold.get(&g) else {
            score.miss("quotes.r", format!("{}: {}", quote.row.id, short(&quote.row.text)));
            continue;
        };
        tally.found += 1;
        if same_speaker(quote.row, &answers[a], names) {
            speakers += 1;
        } else {
            let (wanted, said) = (&quote.row.speaker, &answers[a].speaker);
            let words =
                format!("{}: {wanted:?}, called {said:?}: {}", quote.row.id, answers[a].words);
            score.miss("quotes.speaker", words);
        }
    }
    for (a, answer) in answers.iter().enumerate() {
        match of_answer.get(&a) {
            Some(&g) if quotes[g].row.optional => {}
            Some(_) => {
                tally.answers += 1;
                tally.right += 1;
            }
            None => {
                tally.answers += 1;
                score.miss("quotes.p", answer.words.clone());
            }
        }
    }
    score.tally("quotes", tally);
    score.rate("quotes.speaker", speakers, tally.found);
    score
}

struct Quotation<'a> {
    row: &'a Row,
    hull: Place,
}

/// One quotation for each id, from its first part to its last.
fn whole(rows: &[Row]) -> Vec<Quotation<'_>> {
    let mut found: Vec<Quotation<'_>> = Vec::new();
    for row in rows {
        let Some(place) = row.place else { continue };
        match found.iter_mut().find(|quotation| quotation.row.id == row.id) {
            Some(quotation) => quotation.hull.span = quotation.hull.span.hull(place.span),
            None => found.push(Quotation { row, hull: place }),
        }
    }
    found
}

/// The same name; or, for somebody without a name, the same words.
fn same_speaker(row: &Row, answer: &Answer, names: &Names) -> bool {
    let Some(gold) = row.speaker.as_deref() else { return answer.speaker.is_none() };
    let Some(speaker) = answer.speaker.as_deref() else { return false };
    let printed = row.speaker_text.as_deref().unwrap_or("");
    if is_named(gold) {
        return names.same_party(speaker, gold);
    }
    let there = row.by.zip(answer.by);
    names.same_party(speaker, gold)
        || names.same(speaker, printed)
        || there.is_some_and(|(g, a)| g.page == a.page && g.span.overlaps(a.span))
}

/// Whether the data gives a name, and no description.
pub(crate) fn is_named(source: &str) -> bool {
    !source.contains('(') && !source.contains(';')
}

#[cfg(test)]
mod tests {
    use headwater::{PageIx, Span};

    use super::*;

    fn at(start: usize, end: usize) -> Place {
        Place { page: PageIx(0), span: Span::new(start, end) }
    }

    fn row(id: &str, start: usize, end: usize, speaker: &str, optional: bool) -> Row {
        let (place, by) = (Some(at(start, end)), Some(at(end, end + 5)));
        Row { id: id.into(), place, by, speaker: Some(speaker.into()), optional, ..Row::default() }
    }

    fn answer(start: usize, end: usize, speaker: &str) -> Answer {
        let (hull, by) = (at(start, end), Some(at(end, end + 3)));
        Answer { hull, speaker: Some(speaker.into()), by, words: String::new() }
    }

    #[test]
    fn parts_are_one_quote_and_optional_rows_are_free() {
        let rows = [
            row("q1", 0, 40, "Mara Lind", false),
            row("q1", 60, 100, "Mara Lind", false),
            row("q2", 200, 220, "officials (unnamed)", false),
            row("q3", 300, 320, "Mara Lind", true),
            row("q4", 400, 420, "Mara Lind", false),
        ];
        let answers = [
            answer(0, 90, "Lind"),
            answer(200, 220, "harbour officials"),
            answer(300, 320, "Lind"),
            answer(500, 520, "Lind"),
        ];
        let score = score(&rows, &answers, &Names::default());
        assert_eq!(score.value("quotes.p"), Some(2.0 / 3.0));
        assert_eq!(score.value("quotes.r"), Some(2.0 / 3.0));
        assert_eq!(score.value("quotes.speaker"), Some(1.0));
    }
}
