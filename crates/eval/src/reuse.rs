//! Reuse: figures 1 to 4. Which pairs of articles share a text, what kind of tie it is, and which
//! side is the source.

use std::collections::{BTreeMap, BTreeSet};

use headwater::name::SourceKind;
use headwater::reuse::{Direction, Reuse, ReuseKind};
use headwater::stemma::{Carrier, Derivation};

use crate::case::Case;
use crate::gold::Pair;
use crate::metric::{Better, Score, Tally};

const DERIVED: [&str; 4] = ["copy", "version", "excerpt", "rewrite"];
const KINDS: [&str; 8] = [
    "copy",
    "version",
    "excerpt",
    "rewrite",
    "same_source",
    "quotes_only",
    "furniture_only",
    "none",
];

/// What is said of a pair of articles.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Answer {
    /// One of the kinds of the data.
    pub(crate) kind: &'static str,
    /// The article whose text is the source, if a side is named.
    pub(crate) source: Option<String>,
}

/// Answers by pair; the smaller id stands first.
pub(crate) type Answers = BTreeMap<(String, String), Answer>;

/// What the dossier says of each pair. Where two gold articles are tied by several engine
/// articles, the strongest tie counts. A pair without any shared words but with a common parent in
/// a stemma is `same_source`.
pub(crate) fn answers(case: &Case) -> Answers {
    let mut best: BTreeMap<(String, String), &Reuse> = BTreeMap::new();
    for reuse in &case.dossier.reuses {
        let ids = (case.id(reuse.left_article), case.id(reuse.right_article));
        let (Some(left), Some(right)) = ids else { continue };
        if left == right {
            continue;
        }
        let weight = |r: &Reuse| (rank(r.kind), u16::MAX - r.share_left.max(r.share_right));
        let held = best.entry(key(left, right)).or_insert(reuse);
        if weight(reuse) < weight(held) {
            *held = reuse;
        }
    }
    let mut answers = best.into_iter().map(|(ids, r)| (ids, answer(case, r))).collect::<Answers>();
    for ids in siblings(case) {
        answers.entry(ids).or_insert(Answer { kind: "same_source", source: None });
    }
    answers
}

/// Figures 1 to 4 over the listed pairs.
pub(crate) fn score(pairs: &[Pair], answers: &Answers) -> Score {
    let mut score = Score::default();
    detected(pairs, answers, &mut score);
    kinds(pairs, answers, &mut score);
    directions(pairs, answers, &mut score);
    score
}

/// How many pairs that the data does not list are called derived: told, not scored.
pub(crate) fn unlisted(pairs: &[Pair], answers: &Answers) -> Score {
    let listed = pairs.iter().map(|p| key(&p.a, &p.b)).collect::<BTreeSet<_>>();
    let derived = answers.iter().filter(|(_, answer)| is_derived(answer.kind));
    let mut score = Score::default();
    let mut n = 0;
    for ((a, b), answer) in derived.filter(|(ids, _)| !listed.contains(*ids)) {
        n += 1;
        score.miss("reuse.unlisted", format!("{a} and {b} called {}", answer.kind));
    }
    score.push("reuse.unlisted", Some(n as f64), n, Better::Neither);
    score
}

fn key(a: &str, b: &str) -> (String, String) {
    if a < b { (a.into(), b.into()) } else { (b.into(), a.into()) }
}

fn rank(kind: ReuseKind) -> usize {
    KINDS.iter().position(|k| *k == name(kind)).unwrap_or(KINDS.len())
}

fn name(kind: ReuseKind) -> &'static str {
    match kind {
        ReuseKind::Copy => "copy",
        ReuseKind::Version => "version",
        ReuseKind::Excerpt => "excerpt",
        ReuseKind::Rewrite => "rewrite",
        ReuseKind::Quote => "quotes_only",
    }
}

fn answer(case: &Case, reuse: &Reuse) -> Answer {
    let source = match reuse.direction {
        Direction::LeftFromRight => case.id(reuse.right_article),
        Direction::RightFromLeft => case.id(reuse.left_article),
        Direction::Undirected => None,
    };
    Answer { kind: name(reuse.kind), source: source.map(str::to_string) }
}

/// Pairs of articles that have a parent in common. Words that both take from a statement or a filing
/// are that paper's: `quotes_only` in the data.
fn siblings(case: &Case) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for story in &case.dossier.stories {
        let mut children: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
        let is_paper = |tie: &Derivation| match story.stemma.witnesses[tie.parent.ix()].carrier {
            Carrier::Lost(source) => {
                case.source(source).is_some_and(|it| it.kind == SourceKind::Document)
            }
            Carrier::Extant(_) | Carrier::Inferred(_) => false,
        };
        for tie in story.stemma.derivations.iter().filter(|tie| !is_paper(tie)) {
            if let Carrier::Extant(article) = story.stemma.witnesses[tie.child.ix()].carrier {
                children.entry(tie.parent).or_default().extend(case.id(article));
            }
        }
        for ids in children.values() {
            let pairs = ids.iter().flat_map(|a| ids.iter().map(move |b| (a, b)));
            found.extend(pairs.filter(|(a, b)| a < b).map(|(a, b)| key(a, b)));
        }
    }
    found
}

fn is_derived(kind: &str) -> bool {
    DERIVED.contains(&kind)
}

/// Kinds that are right for a pair.
fn right(pair: &Pair) -> impl Iterator<Item = &str> {
    std::iter::once(pair.kind.as_str()).chain(pair.also.iter().map(String::as_str))
}

/// Whether the pair is clearly derived or clearly not; none for `unknown` and for pairs whose
/// right kinds lie on both sides.
fn side(pair: &Pair) -> Option<bool> {
    let mut sides = right(pair).filter(|kind| *kind != "unknown").map(is_derived);
    let first = sides.next().filter(|_| pair.kind != "unknown")?;
    sides.all(|other| other == first).then_some(first)
}

fn of<'a>(answers: &'a Answers, pair: &Pair) -> Option<&'a Answer> {
    answers.get(&key(&pair.a, &pair.b))
}

fn kind_of(answers: &Answers, pair: &Pair) -> &'static str {
    of(answers, pair).map_or("none", |answer| answer.kind)
}

fn told(pair: &Pair, answer: &str) -> String {
    format!("{} and {}: {}, called {answer} ({})", pair.a, pair.b, pair.kind, pair.why)
}

fn detected(pairs: &[Pair], answers: &Answers, score: &mut Score) {
    let mut tally = Tally::default();
    let mut called: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for pair in pairs {
        let Some(derived) = side(pair) else { continue };
        let answer = kind_of(answers, pair);
        let says = is_derived(answer);
        tally.gold += usize::from(derived);
        tally.answers += usize::from(says);
        tally.right += usize::from(says && derived);
        if says != derived {
            score.miss(if derived { "reuse.r" } else { "reuse.p" }, told(pair, answer));
        }
        if !derived {
            let count = called.entry(&pair.kind).or_default();
            *count = (count.0 + usize::from(says), count.1 + 1);
        }
    }
    tally.found = tally.right;
    score.tally("reuse", tally);
    for kind in ["quotes_only", "furniture_only", "none"] {
        let (failures, n) = called.get(kind).copied().unwrap_or_default();
        score.cost(&format!("false_reuse.{kind}"), failures, n);
    }
}

/// Kind accuracy over derived pairs that are called derived, and macro F1 over the kinds that the
/// data has. The engine has no word for shared furniture: it says nothing, which is right there.
fn kinds(pairs: &[Pair], answers: &Answers, score: &mut Score) {
    let (mut hits, mut n) = (0, 0);
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for pair in pairs.iter().filter(|pair| pair.kind != "unknown") {
        let answer = kind_of(answers, pair);
        let silent = answer == "none" && right(pair).any(|kind| kind == "furniture_only");
        let is_right = silent || right(pair).any(|kind| kind == answer);
        let counted = if is_right { pair.kind.as_str() } else { answer };
        tallies.entry(&pair.kind).or_default().gold += 1;
        let tally = tallies.entry(counted).or_default();
        tally.answers += 1;
        if is_right {
            tally.right += 1;
            tally.found += 1;
        }
        if !is_right {
            score.miss("kind.macro_f1", told(pair, answer));
        }
        if is_derived(&pair.kind) && is_derived(answer) {
            n += 1;
            hits += usize::from(is_right);
            if !is_right {
                score.miss("kind", told(pair, answer));
            }
        }
    }
    score.rate("kind", hits, n);
    let scored = KINDS.iter().filter_map(|kind| tallies.get(kind)).filter(|t| t.gold > 0);
    let f1s = scored.filter_map(|tally| tally.f1()).collect::<Vec<_>>();
    let mean = f1s.iter().sum::<f64>() / f1s.len() as f64;
    score.push("kind.macro_f1", (!f1s.is_empty()).then_some(mean), f1s.len(), Better::Higher);
}

fn directions(pairs: &[Pair], answers: &Answers, score: &mut Score) {
    let (mut right, mut wrong, mut directed) = (0, 0, 0);
    let (mut over, mut open) = (0, 0);
    for pair in pairs.iter().filter(|pair| is_derived(&pair.kind)) {
        let answer = of(answers, pair).filter(|answer| is_derived(answer.kind));
        let source = answer.and_then(|answer| answer.source.as_deref());
        let gold = match pair.direction.as_deref() {
            Some("a") => Some(pair.a.as_str()),
            Some("b") => Some(pair.b.as_str()),
            Some(_) => None,
            None => continue,
        };
        match (gold, source) {
            (Some(gold), Some(source)) if gold == source => right += 1,
            (Some(_), Some(_)) => wrong += 1,
            (None, Some(_)) => over += 1,
            (_, None) => {}
        }
        directed += usize::from(gold.is_some());
        open += usize::from(gold.is_none());
        if gold != source {
            let says = |side: Option<&str>| side.unwrap_or("undecided").to_string();
            let (is, was) = (says(source), says(gold));
            let words =
                format!("{} and {}: source is {was}, called {is} ({})", pair.a, pair.b, pair.why);
            score.miss(if gold.is_none() { "direction.over_claim" } else { "direction" }, words);
        }
    }
    score.rate("direction", right, directed);
    score.cost("direction.wrong", wrong, directed);
    score.cost("direction.over_claim", over, open);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(a: &str, b: &str, kind: &str, direction: Option<&str>, also: &[&str]) -> Pair {
        let also = also.iter().map(|s| (*s).to_string()).collect();
        let direction = direction.map(str::to_string);
        Pair { a: a.into(), b: b.into(), kind: kind.into(), direction, also, why: String::new() }
    }

    fn answer(kind: &'static str, source: Option<&str>) -> Answer {
        Answer { kind, source: source.map(str::to_string) }
    }

    #[test]
    fn pairs_that_lie_on_both_sides_are_left_out() {
        let pairs = [
            pair("1", "2", "copy", Some("a"), &[]),
            pair("1", "3", "quotes_only", None, &[]),
            pair("2", "3", "rewrite", Some("common"), &["same_source"]),
            pair("3", "4", "unknown", None, &[]),
            pair("1", "4", "none", None, &[]),
        ];
        let answers = Answers::from([
            (key("2", "1"), answer("version", Some("2"))),
            (key("1", "3"), answer("excerpt", None)),
        ]);
        let score = score(&pairs, &answers);
        assert_eq!(score.value("reuse.p"), Some(0.5));
        assert_eq!(score.value("reuse.r"), Some(1.0));
        assert_eq!(score.value("false_reuse.quotes_only"), Some(1.0));
        assert_eq!(score.value("false_reuse.none"), Some(0.0));
        assert_eq!(score.value("false_reuse.furniture_only"), None);
        assert_eq!(score.value("kind"), Some(0.0));
        assert_eq!(score.value("direction"), Some(0.0));
        assert_eq!(score.value("direction.wrong"), Some(1.0));
        assert_eq!(score.value("direction.over_claim"), Some(0.0));
    }

    #[test]
    fn a_side_named_where_none_can_be_is_an_over_claim() {
        let pairs = [pair("1", "2", "copy", Some("common"), &["version"])];
        let answers = Answers::from([(key("1", "2"), answer("version", Some("1")))]);
        let score = score(&pairs, &answers);
        assert_eq!(score.value("kind"), Some(1.0));
        assert_eq!(score.value("kind.macro_f1"), Some(1.0));
        assert_eq!(score.value("direction"), None);
        assert_eq!(score.value("direction.over_claim"), Some(1.0));
    }

    #[test]
    fn silence_is_right_where_only_furniture_is_shared() {
        let pairs = [pair("1", "2", "furniture_only", None, &[])];
        assert_eq!(score(&pairs, &Answers::new()).value("kind.macro_f1"), Some(1.0));
    }
}
