//! Origin: figure 8. On how many origins a story or a claim rests, as a range.

use headwater::Place;
use headwater::article::ArticleIx;
use headwater::claim::Stating;
use headwater::origin::{Of, Origins};

use crate::case::Case;
use crate::gold::Range;
use crate::metric::Score;

/// One range, as it should be and as it was answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Row {
    /// The story or claim.
    pub(crate) name: String,
    /// What is right.
    pub(crate) gold: Range,
    /// What was answered; none is `unmeasured`.
    pub(crate) answer: Option<Range>,
    /// The roots and statements behind the answer, for misses.
    pub(crate) shown: Vec<String>,
}

/// The roots of `origins` and the statements that rest on them, a line each.
pub(crate) fn lines(case: &Case, origins: &Origins, statements: &[Stating]) -> Vec<String> {
    let dossier = &case.dossier;
    let words = |place: Place| {
        let words = dossier.pages[place.page.ix()].words(place.span);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let ids = |articles: &[ArticleIx]| {
        let ids = articles.iter().filter_map(|&ix| case.id(ix)).collect::<Vec<_>>();
        ids.join(" ")
    };
    let roots = origins.roots.iter().map(|root| {
        let of = match root.of {
            Of::Source(source) => dossier.sources.get(source).name.clone(),
            Of::Article(_) => "an outlet without a name".to_owned(),
        };
        let sure = if root.sure { "sure" } else { "doubtful" };
        let place = root.places.first().map(|&place| words(place)).unwrap_or_default();
        format!("root: {of}, {:?}, {sure}, by {}: {place:?}", root.kind, ids(&root.carried_by))
    });
    let statements = statements.iter().map(|stating| {
        format!("{}, {:?}: {:?}", ids(&[stating.article]), stating.stance, words(stating.place))
    });
    roots.chain(statements).collect()
}

/// The range of an answer; a claim that nobody states has none.
pub(crate) fn range(origins: &Origins) -> Option<Range> {
    (origins.most > 0).then_some(Range { least: origins.least, most: origins.most })
}

/// Shares over the ranges that were answered, and the share that was.
pub(crate) fn score(rows: &[Row]) -> Score {
    let mut score = Score::default();
    let measured = rows.iter().filter_map(|row| Some((row, row.answer?))).collect::<Vec<_>>();
    let count = |ok: &dyn Fn(Range, Range) -> bool| {
        measured.iter().filter(|(row, answer)| ok(row.gold, *answer)).count()
    };
    let n = measured.len();
    let holds = |g: Range, a: Range| a.least <= g.least && a.most >= g.most && a != g;
    score.rate("origins.measured", n, rows.len());
    score.rate("origins.exact", count(&|g, a| a == g), n);
    score.cost("origins.over_claim", count(&|g, a| a.least > g.least), n);
    score.cost("origins.under", count(&|g, a| a.most < g.most), n);
    score.cost("origins.loose", count(&holds), n);
    score.rate("origins.least", count(&|g, a| a.least == g.least), n);
    let several = measured.iter().filter(|(row, _)| row.gold.least >= 2).count();
    let exact_several = count(&|g, a| g.least >= 2 && a.least == g.least);
    score.rate("origins.least_of_several", exact_several, several);
    score.rate("origins.most_within_1", count(&|g, a| a.most.abs_diff(g.most) <= 1), n);
    for row in rows.iter().filter(|row| row.answer != Some(row.gold)) {
        let answer = row.answer.map_or("unmeasured".into(), shown);
        let metric = match row.answer {
            None => "origins.measured",
            Some(answer) if answer.least > row.gold.least => "origins.over_claim",
            Some(_) => "origins.exact",
        };
        let head = format!("{}: {}, answered {answer}", row.name, shown(row.gold));
        let lines = std::iter::once(&head).chain(&row.shown).map(String::as_str);
        score.miss(metric, lines.collect::<Vec<_>>().join("\n      "));
    }
    score
}

fn shown(range: Range) -> String {
    format!("{}..{}", range.least, range.most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_ways_to_answer_and_none() {
        let row = |gold: (u32, u32), answer: Option<(u32, u32)>| {
            let range = |(least, most)| Range { least, most };
            Row {
                name: "claim".into(),
                gold: range(gold),
                answer: answer.map(range),
                shown: Vec::new(),
            }
        };
        let score = score(&[
            row((1, 2), Some((1, 2))),
            row((1, 2), Some((2, 2))),
            row((2, 3), Some((1, 4))),
            row((2, 3), Some((2, 2))),
            row((1, 1), None),
        ]);
        assert_eq!(score.value("origins.measured"), Some(0.8));
        for name in ["exact", "over_claim", "under", "loose"] {
            assert_eq!(score.value(&format!("origins.{name}")), Some(0.25), "{name}");
        }
        assert_eq!(score.value("origins.least_of_several"), Some(0.5));
        assert_eq!(score.value("origins.most_within_1"), Some(1.0));
    }
}
