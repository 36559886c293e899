//! Stemma: figure 11. Who has it from whom, over pairs of child and parent.

use std::collections::{BTreeMap, BTreeSet};

use headwater::name::SourceKind;
use headwater::stemma::{Carrier, Stemma, WitnessIx};
use headwater::{ArticleIx, Place};

use crate::case::Case;
use crate::metric::{Score, Tally};
use crate::names::Names;
use crate::seeds::{Derivation, Witness};

/// One end of a derivation of the engine.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum End {
    /// A held article, by its gold id.
    Article(String),
    /// A lost source with a name.
    Named(String),
    /// A lost source without a name; the number tells one from another.
    Unnamed(u32),
    /// A parent that nobody cites, by its children.
    Inferred(BTreeSet<String>),
}

/// A derivation of the engine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Tie {
    pub(crate) child: End,
    pub(crate) parent: End,
    /// The words of its reasons.
    pub(crate) places: Vec<Place>,
}

/// The derivations of the gold story; one for each pair of ends. None without a story.
pub(crate) fn answers(case: &Case) -> Option<Vec<Tie>> {
    let stemma = &case.story()?.stemma;
    let mut found: BTreeMap<(End, End), Vec<Place>> = BTreeMap::new();
    for tie in &stemma.derivations {
        let ends = (end(case, stemma, tie.child), end(case, stemma, tie.parent));
        let places = tie.reasons.iter().flat_map(|reason| &reason.places).copied();
        found.entry(ends).or_default().extend(places);
    }
    let ties = found.into_iter().map(|((child, parent), places)| Tie { child, parent, places });
    Some(ties.collect())
}

/// Figure 11; unmeasured without a story. Inferred derivations neither help nor hurt.
pub(crate) fn score(
    witnesses: &[Witness],
    derivations: &[Derivation],
    answers: Option<&[Tie]>,
    names: &Names,
) -> Score {
    let mut score = Score::default();
    let mut gold: BTreeMap<(&str, &str), Vec<&Derivation>> = BTreeMap::new();
    for row in derivations {
        gold.entry((&row.child, &row.parent)).or_default().push(row);
    }
    let Some(answers) = answers else {
        score.tally("stemma", Tally::default());
        score.rate("stemma.span", 0, 0);
        return score;
    };
    let of = |id: &str| witnesses.iter().find(|witness| witness.id == id);
    let is_one = |rows: &[&Derivation], tie: &Tie| {
        let ends = of(&rows[0].child).zip(of(&rows[0].parent));
        let same = |end: &End, witness: &Witness| is_end(end, witness, derivations, names);
        let shown = || rows.iter().any(|row| tie.places.iter().any(|place| row.words.hit(*place)));
        let is_unnamed = |end: &End| matches!(end, End::Unnamed(_));
        ends.is_some_and(|(child, parent)| same(&tie.child, child) && same(&tie.parent, parent))
            && (!(is_unnamed(&tie.child) || is_unnamed(&tie.parent)) || shown())
    };
    let is_free = |rows: &[&Derivation]| rows.iter().all(|row| row.inferred);

    let mut tally = Tally::default();
    let mut spans = 0;
    for ((child, parent), rows) in gold.iter().filter(|(_, rows)| !is_free(rows)) {
        tally.gold += 1;
        let ties = answers.iter().filter(|tie| is_one(rows, tie)).collect::<Vec<_>>();
        if ties.is_empty() {
            let words = &rows[0].words.text;
            score.miss("stemma.r", format!("{child} from {parent}: \"{words}\""));
            continue;
        }
        tally.found += 1;
        let hit = |place: &Place| rows.iter().any(|row| row.words.hit(*place));
        if ties.iter().any(|tie| tie.places.iter().any(hit)) {
            spans += 1;
        } else {
            score.miss("stemma.span", format!("{child} from {parent}"));
        }
    }
    for tie in answers {
        let rows = gold.values().filter(|rows| is_one(rows, tie)).collect::<Vec<_>>();
        if rows.iter().any(|rows| !is_free(rows)) {
            tally.right += 1;
            tally.answers += 1;
        } else if rows.is_empty() {
            tally.answers += 1;
            score.miss("stemma.p", format!("{:?} from {:?}", tie.child, tie.parent));
        }
    }
    score.tally("stemma", tally);
    score.rate("stemma.span", spans, tally.found);
    score
}

fn end(case: &Case, stemma: &Stemma, ix: WitnessIx) -> End {
    let id = |article: ArticleIx| {
        case.id(article).map_or_else(|| format!("article {}", article.0), str::to_string)
    };
    match stemma.witnesses[ix.ix()].carrier {
        Carrier::Extant(article) => End::Article(id(article)),
        Carrier::Lost(source) => match case.source(source) {
            Some(held) if held.kind != SourceKind::Unnamed => End::Named(held.name.clone()),
            _ => End::Unnamed(source.0),
        },
        Carrier::Inferred(_) => {
            let ties = stemma.derivations.iter().filter(|tie| tie.parent == ix);
            let children = ties.filter_map(|tie| match stemma.witnesses[tie.child.ix()].carrier {
                Carrier::Extant(article) => Some(id(article)),
                _ => None,
            });
            End::Inferred(children.collect())
        }
    }
}

/// Whether the end is that witness. An inferred parent is a lost one whose text all its children
/// carry.
fn is_end(end: &End, witness: &Witness, derivations: &[Derivation], names: &Names) -> bool {
    match end {
        End::Article(id) => witness.held && *id == witness.id,
        End::Named(name) => {
            !witness.held && witness.name.as_deref().is_some_and(|held| names.same(held, name))
        }
        End::Unnamed(_) => !witness.held && witness.name.is_none(),
        End::Inferred(children) => {
            let carries = |id: &String| {
                let mut ties = derivations.iter().filter(|tie| tie.kind != "cites");
                ties.any(|tie| tie.child == *id && tie.parent == witness.id)
            };
            !witness.held && !children.is_empty() && children.iter().all(carries)
        }
    }
}

#[cfg(test)]
mod tests {
    use headwater::{PageIx, Span};

    use super::*;
    use crate::gold::Words;

    fn at(start: usize) -> Place {
        Place { page: PageIx(0), span: Span::new(start, start + 10) }
    }

    fn row(child: &str, parent: &str, kind: &str, start: usize, inferred: bool) -> Derivation {
        let words = Words { places: vec![at(start)], ..Words::default() };
        let (child, parent, kind) = (child.into(), parent.into(), kind.into());
        Derivation { child, parent, kind, carrier: String::new(), inferred, words }
    }

    fn witness(id: &str, held: bool, name: Option<&str>) -> Witness {
        Witness { id: id.into(), held, name: name.map(str::to_string) }
    }

    fn tie(child: End, parent: End, start: usize) -> Tie {
        Tie { child, parent, places: vec![at(start)] }
    }

    #[test]
    fn named_unnamed_and_inferred_parents() {
        let witnesses = [
            witness("a", true, None),
            witness("b", true, None),
            witness("gazette", false, Some("Harbour Gazette")),
            witness("people", false, None),
            witness("original", false, Some("Quay Weekly")),
        ];
        let gold = [
            row("a", "gazette", "cites", 0, false),
            row("gazette", "people", "cites", 20, false),
            row("a", "original", "republishes", 40, false),
            row("b", "original", "republishes", 60, false),
            row("a", "b", "copy", 80, true),
        ];
        let article = |id: &str| End::Article(id.into());
        let both = End::Inferred(["a".to_string(), "b".into()].into());
        let answers = [
            tie(article("a"), End::Named("the Harbour Gazette".into()), 90),
            tie(End::Named("Harbour Gazette".into()), End::Unnamed(7), 20),
            tie(article("a"), both.clone(), 40),
            tie(article("b"), both, 60),
            tie(article("a"), article("b"), 80),
            tie(article("b"), End::Unnamed(8), 90),
        ];
        let score = score(&witnesses, &gold, Some(&answers), &Names::default());
        assert_eq!(score.value("stemma.p"), Some(0.8));
        assert_eq!(score.value("stemma.r"), Some(1.0));
        assert_eq!(score.value("stemma.span"), Some(0.75));
    }
}
