//! Utterance: figure 10. Which quotations are one thing somebody said.

use headwater::utterance::Change;

use crate::case::{Case, quoted};
use crate::gold::{Utterance, Words};
use crate::metric::{Score, Tally};
use crate::names::Names;

/// What the engine has for one labelled variant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Answer {
    /// Which utterance of the engine.
    pub(crate) utterance: usize,
    /// Who is said to have said it.
    pub(crate) speaker: Option<String>,
    /// How it differs.
    pub(crate) change: &'static str,
}

/// For each variant of `case.gold.utterances`, in order, the engine's version that shares most
/// bytes with it.
pub(crate) fn answers(case: &Case) -> Vec<Option<Answer>> {
    let utterances = case.dossier.stories.iter().flat_map(|story| &story.utterances);
    let utterances = utterances.collect::<Vec<_>>();
    let nearest = |words: &Words| {
        let mut best: Option<(usize, Answer)> = None;
        for (n, utterance) in utterances.iter().enumerate() {
            for version in &utterance.versions {
                let same_page = words.places.iter().filter(|p| p.page == version.place.page);
                let shared = same_page.filter_map(|p| p.span.intersect(version.place.span));
                let Some(shared) = shared.map(headwater::Span::len).max() else { continue };
                if best.as_ref().is_none_or(|(most, _)| shared > *most) {
                    let speaker = utterance.speaker.and_then(|ix| case.source(ix));
                    let speaker = speaker.map(|source| source.name.clone());
                    let change = name(version.change);
                    best = Some((shared, Answer { utterance: n, speaker, change }));
                }
            }
        }
        best.map(|(_, answer)| answer)
    };
    case.gold.utterances.iter().flat_map(|u| &u.variants).map(nearest).collect()
}

/// Figure 10. `answers` stand beside the variants.
pub(crate) fn score(gold: &[Utterance], answers: &[Option<Answer>], names: &Names) -> Score {
    let mut score = Score::default();
    let variants = gold.iter().flat_map(|u| u.variants.iter().map(move |words| (u, words)));
    let rows = variants.zip(answers).collect::<Vec<_>>();
    pairs(&rows, &mut score);

    let found = rows.iter().filter_map(|(row, answer)| Some((row, answer.as_ref()?)));
    let found = found.collect::<Vec<_>>();
    let (mut speakers, mut changes) = (0, 0);
    for ((utterance, words), answer) in &found {
        let speaker = answer.speaker.as_deref();
        if speaker.is_some_and(|speaker| names.same_party(speaker, &utterance.speaker)) {
            speakers += 1;
        } else {
            let words = format!("{}, called {speaker:?}: {}", utterance.speaker, quoted(words));
            score.miss("utterances.speaker", words);
        }
        if words.change.as_deref() == Some(answer.change) {
            changes += 1;
        } else {
            let gold = words.change.as_deref().unwrap_or("?");
            let words = format!("{gold}, called {}: {}", answer.change, quoted(words));
            score.miss("utterances.change", words);
        }
    }
    for ((_, words), _) in rows.iter().filter(|row| row.1.is_none()) {
        score.miss("utterances.variants.r", quoted(words));
    }
    score.rate("utterances.variants.r", found.len(), rows.len());
    score.rate("utterances.speaker", speakers, found.len());
    score.rate("utterances.change", changes, found.len());
    kept_apart(gold, &rows, &mut score);
    score
}

type Row<'a> = ((&'a Utterance, &'a Words), &'a Option<Answer>);

/// Pairwise precision, recall and F1 of "the same utterance".
fn pairs(rows: &[Row<'_>], score: &mut Score) {
    let mut tally = Tally::default();
    for (n, ((left, a), one)) in rows.iter().enumerate() {
        for ((right, b), other) in &rows[n + 1..] {
            let gold = left.id == right.id;
            let joined = |a: &Answer, b: &Answer| a.utterance == b.utterance;
            let says = one.as_ref().zip(other.as_ref()).is_some_and(|(a, b)| joined(a, b));
            tally.gold += usize::from(gold);
            tally.answers += usize::from(says);
            tally.right += usize::from(gold && says);
            if gold != says {
                let metric = if gold { "utterances.r" } else { "utterances.p" };
                score.miss(metric, format!("{} | {}", quoted(a), quoted(b)));
            }
        }
    }
    tally.found = tally.right;
    score.tally("utterances", tally);
}

/// Whether two utterances of one speaker stay two, over pairs of which both were found.
fn kept_apart(gold: &[Utterance], rows: &[Row<'_>], score: &mut Score) {
    let of = |id: &str| {
        let rows = rows.iter().filter(|((u, _), _)| u.id == id);
        rows.filter_map(|(_, answer)| answer.as_ref().map(|a| a.utterance)).collect::<Vec<_>>()
    };
    let (mut hits, mut n) = (0, 0);
    for (at, one) in gold.iter().enumerate() {
        for other in gold[at + 1..].iter().filter(|other| other.speaker == one.speaker) {
            let (left, right) = (of(&one.id), of(&other.id));
            if left.is_empty() || right.is_empty() {
                continue;
            }
            let apart = !left.iter().any(|utterance| right.contains(utterance));
            n += 1;
            hits += usize::from(apart);
            if !apart {
                score.miss("utterances.apart", format!("{} and {}", one.id, other.id));
            }
        }
    }
    score.rate("utterances.apart", hits, n);
}

fn name(change: Change) -> &'static str {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn utterance(id: &str, changes: &[&str]) -> Utterance {
        let words = |change: &&str| Words { change: Some((*change).into()), ..Words::default() };
        let variants = changes.iter().map(words).collect();
        Utterance { id: id.into(), speaker: "Mara Lind".into(), variants }
    }

    fn answer(utterance: usize, change: &'static str) -> Answer {
        Answer { utterance, speaker: Some("Lind".into()), change }
    }

    #[test]
    fn pairs_of_variants_are_joined_or_not() {
        let gold = [utterance("may", &["same", "trimmed", "same"]), utterance("june", &["same"])];
        let answers =
            [Some(answer(0, "same")), Some(answer(0, "same")), None, Some(answer(0, "same"))];
        let score = score(&gold, &answers, &Names::default());
        assert_eq!(score.value("utterances.p"), Some(1.0 / 3.0));
        assert_eq!(score.value("utterances.r"), Some(1.0 / 3.0));
        assert_eq!(score.value("utterances.variants.r"), Some(0.75));
        assert_eq!(score.value("utterances.speaker"), Some(1.0));
        assert_eq!(score.value("utterances.change"), Some(2.0 / 3.0));
        assert_eq!(score.value("utterances.apart"), Some(0.0));
    }

    #[test]
    fn what_was_not_found_cannot_be_called_apart() {
        let gold = [utterance("may", &["same"]), utterance("june", &["same"])];
        let score = score(&gold, &[Some(answer(0, "same")), None], &Names::default());
        assert_eq!(score.value("utterances.apart"), None);
    }
}
