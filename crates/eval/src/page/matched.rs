//! Matched: which answer is which labelled article.

use std::collections::{BTreeMap, BTreeSet};

use super::wording::{same_headline, tokens};
use super::{Said, Wanted};

/// What belongs to what. Numbers are indices of required articles and of answers.
pub(crate) struct Matched {
    /// Required articles that are found: four fifths of the body in one answer of which at most a
    /// fifth is foreign.
    pub(crate) found: BTreeSet<usize>,
    /// The required article of each answer, those that are only alike included.
    pub(crate) of_answer: BTreeMap<usize, usize>,
    /// Answers that are only a teaser or a technical second copy.
    pub(crate) ignored: BTreeSet<usize>,
}

/// A possible pair: answer, and how good it is. Same headlines come first.
type Edges = BTreeMap<usize, Vec<(u8, f64, usize)>>;

/// Matches as many as possible, pairs with the same headline first.
pub(crate) fn matched(required: &[Wanted], optional: &[Wanted], said: &[Said]) -> Matched {
    let mut edges = Edges::new();
    let mut alike = Vec::new();
    for (i, wanted) in required.iter().enumerate() {
        for (j, said) in said.iter().enumerate().filter(|(_, said)| said.weight > 0) {
            let covered = wanted.paragraphs.iter().map(|p| said.body.covered(p)).sum::<usize>();
            let own = said.paragraphs.iter().map(|p| wanted.all.covered(p)).sum::<usize>();
            let inside = said.paragraphs.iter().map(|p| wanted.body.covered(p)).sum::<usize>();
            let (covered, inside) = (covered as f64, inside as f64);
            let foreign = said.weight as f64 - own as f64;
            let (whole, answer) = (wanted.weight as f64, said.weight as f64);
            let headline = headline(wanted, said.headline);
            if whole > 0.0 && covered >= 0.8 * whole && foreign <= 0.2 * answer {
                let score = covered / whole - foreign / answer;
                edges.entry(i).or_default().push((headline, score, j));
            }
            let (p, r) = (inside / answer, if whole > 0.0 { covered / whole } else { 0.0 });
            let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
            if f1 >= 0.3 {
                alike.push((headline, f1, i, j));
            }
        }
    }
    let owner = maximum(&edges);
    let found = owner.values().copied().collect();
    let mut of_answer = owner.clone();
    alike.sort_by(|x, y| y.1.total_cmp(&x.1).then(y.0.cmp(&x.0)));
    for (_, _, i, j) in alike {
        if !of_answer.contains_key(&j) && !of_answer.values().any(|held| *held == i) {
            of_answer.insert(j, i);
        }
    }
    let mut ignored = BTreeSet::new();
    for (j, said) in said.iter().enumerate().filter(|(j, _)| !owner.contains_key(j)) {
        let is_it = |wanted: &&Wanted| {
            if of_answer.contains_key(&j) && wanted.gold.role != "teaser" {
                return false;
            }
            if said.weight == 0 {
                return wanted.gold.headlines().any(|h| same_headline(h, said.headline));
            }
            let held = said.paragraphs.iter().map(|p| wanted.all.covered(p)).sum::<usize>();
            held as f64 >= 0.6 * said.weight as f64
        };
        if optional.iter().any(|wanted| is_it(&wanted)) {
            ignored.insert(j);
            of_answer.remove(&j);
        }
    }
    Matched { found, of_answer, ignored }
}

/// 2 for the same headline, 1 for one that is alike.
fn headline(wanted: &Wanted, said: &str) -> u8 {
    let said_words = tokens(said);
    let close = |headline: &str| {
        if tokens(headline) == said_words { 2 } else { u8::from(same_headline(headline, said)) }
    };
    wanted.gold.headlines().map(close).max().unwrap_or(0)
}

/// Best pairs first, then augmenting paths until no more required article can be served.
fn maximum(edges: &Edges) -> BTreeMap<usize, usize> {
    let mut all = Vec::new();
    for (&i, list) in edges {
        all.extend(list.iter().map(|&(headline, score, j)| (headline, score, i, j)));
    }
    let order = |x: &(u8, f64, usize, usize), y: &(u8, f64, usize, usize)| {
        y.0.cmp(&x.0).then(y.1.total_cmp(&x.1)).then((y.2, y.3).cmp(&(x.2, x.3)))
    };
    all.sort_by(order);
    let mut owner = BTreeMap::new();
    for (_, _, i, j) in all {
        if !owner.values().any(|held| *held == i) {
            owner.entry(j).or_insert(i);
        }
    }
    for &i in edges.keys() {
        if !owner.values().any(|held| *held == i) {
            serve(i, edges, &mut owner, &mut BTreeSet::new());
        }
    }
    owner
}

fn serve(
    i: usize,
    edges: &Edges,
    owner: &mut BTreeMap<usize, usize>,
    seen: &mut BTreeSet<usize>,
) -> bool {
    let mut list = edges.get(&i).cloned().unwrap_or_default();
    list.sort_by(|x, y| y.0.cmp(&x.0).then(y.1.total_cmp(&x.1)).then(y.2.cmp(&x.2)));
    for (_, _, j) in list {
        if !seen.insert(j) {
            continue;
        }
        let held = owner.get(&j).copied();
        if held.is_none_or(|other| serve(other, edges, owner, seen)) {
            owner.insert(j, i);
            return true;
        }
    }
    false
}
