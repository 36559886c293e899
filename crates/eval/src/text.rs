//! Text: figure 7. Which articles carry one text, as a partition.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::metric::{Better, Score};

/// For each gold article, a label of the text it carries. None when the engine has no story.
pub(crate) fn answers(case: &Case) -> Option<BTreeMap<String, usize>> {
    if case.dossier.stories.is_empty() {
        return None;
    }
    let texts = case.dossier.stories.iter().flat_map(|story| &story.texts);
    let labels = texts.enumerate().flat_map(|(n, text)| text.iter().map(move |ix| (*ix, n)));
    let labels = labels.collect::<BTreeMap<_, _>>();
    let largest = case.largest().into_iter();
    Some(largest.filter_map(|(id, ix)| Some((id.to_string(), *labels.get(&ix)?))).collect())
}

/// B-cubed F1 of the partition, and by how many the number of texts is off.
pub(crate) fn score(gold: &[Vec<String>], answers: Option<&BTreeMap<String, usize>>) -> Score {
    let mut score = Score::default();
    let n = gold.iter().map(Vec::len).sum();
    score.push("texts.b3", answers.and_then(|a| b_cubed(gold, a)), n, Better::Higher);
    let off = answers.map(|answers| {
        let ids = gold.iter().flatten().collect::<Vec<_>>();
        let labels =
            ids.iter().filter_map(|id| answers.get(*id)).collect::<std::collections::BTreeSet<_>>();
        let alone = ids.iter().filter(|id| !answers.contains_key(**id)).count();
        (labels.len() + alone).abs_diff(gold.len()) as f64
    });
    score.push("texts.off_by", off, gold.len(), Better::Lower);
    if let Some(answers) = answers {
        misses(gold, answers, "texts.b3", &mut score);
    }
    score
}

/// B-cubed F1 over the items of `gold`; an item without a label stands alone.
/// After: Bagga and Baldwin 1998.
pub(crate) fn b_cubed(gold: &[Vec<String>], labels: &BTreeMap<String, usize>) -> Option<f64> {
    let items = gold.iter().enumerate().flat_map(|(g, ids)| ids.iter().map(move |id| (id, g)));
    let items = items.map(|(id, g)| (g, labels.get(id))).collect::<Vec<_>>();
    if items.is_empty() {
        return None;
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for (at, (g, label)) in items.iter().enumerate() {
        let joined = |other: usize| other == at || label.is_some() && items[other].1 == *label;
        let answered = (0..items.len()).filter(|&other| joined(other)).count();
        let same = |other: usize| items[other].0 == *g;
        let both = (0..items.len()).filter(|&other| joined(other) && same(other)).count();
        let wanted = (0..items.len()).filter(|&other| same(other)).count();
        precision += both as f64 / answered as f64;
        recall += both as f64 / wanted as f64;
    }
    let n = items.len() as f64;
    let (p, r) = (precision / n, recall / n);
    Some(2.0 * p * r / (p + r))
}

/// Every pair of articles that should be together and is not, or the other way round.
pub(crate) fn misses(
    gold: &[Vec<String>],
    labels: &BTreeMap<String, usize>,
    metric: &str,
    score: &mut Score,
) {
    let items = gold.iter().enumerate().flat_map(|(g, ids)| ids.iter().map(move |id| (id, g)));
    let items = items.collect::<Vec<_>>();
    for (n, (a, in_a)) in items.iter().enumerate() {
        for (b, in_b) in &items[n + 1..] {
            let joined = labels.contains_key(*a) && labels.get(*a) == labels.get(*b);
            match (in_a == in_b, joined) {
                (true, false) => score.miss(metric, format!("{a} and {b} should be together")),
                (false, true) => score.miss(metric, format!("{a} and {b} should be apart")),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_cubed_of_a_perfect_and_of_a_lumped_partition() {
        let gold = [vec!["1".to_string(), "2".into()], vec!["3".into()], vec!["4".into()]];
        let labels =
            |of: [usize; 4]| (1..=4).map(|n| n.to_string()).zip(of).collect::<BTreeMap<_, _>>();
        assert_eq!(b_cubed(&gold, &labels([0, 0, 1, 2])), Some(1.0));
        let lumped = b_cubed(&gold, &labels([0; 4])).unwrap();
        assert!((lumped - 2.0 * 0.375 / 1.375).abs() < 1e-9);
        let result = score(&gold, Some(&labels([0, 0, 1, 1])));
        assert_eq!(result.value("texts.off_by"), Some(1.0));
        assert_eq!(score(&gold, None).value("texts.b3"), None);
    }

    #[test]
    fn an_article_without_a_label_stands_alone() {
        let gold = [vec!["1".to_string(), "2".into()]];
        let alone = b_cubed(&gold, &BTreeMap::new()).unwrap();
        assert!((alone - 2.0 / 3.0).abs() < 1e-9);
    }
}
