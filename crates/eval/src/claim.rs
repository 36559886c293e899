//! Claim: figure 9. Which statements of which articles make one claim, and where they differ.

use std::collections::{BTreeMap, BTreeSet};

use headwater::Place;
use headwater::claim::Stance;
use headwater::difference::DifferenceKind;

use crate::case::{Case, quoted};
use crate::gold::{self, Range, Words};
use crate::metric::Score;
use crate::origin;

/// One claim of the engine.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Group {
    /// On how many origins it rests.
    pub(crate) origins: Option<Range>,
    /// Who states it: gold article, words, and whether it says so or says something else.
    pub(crate) statements: Vec<(String, Place, Stance)>,
    /// Differences: the gold articles of the two sides, and what differs.
    pub(crate) differences: BTreeSet<(String, String, &'static str)>,
    /// The roots and statements, for misses.
    pub(crate) lines: Vec<String>,
}

impl Group {
    fn articles(&self) -> BTreeSet<&str> {
        self.statements.iter().map(|s| s.0.as_str()).collect()
    }

    /// Articles that say something else than the claim, each with what differs.
    ///
    /// The engine takes what most texts say for the claim, and the data may take the other side: a
    /// difference is one of both sides. Of its two articles the one differs that the data does not
    /// list as stating; if both are listed so, or none, the one that the engine says.
    fn differing(&self, claim: &gold::Claim) -> BTreeSet<(&str, &'static str)> {
        let (stating, gold) = (stating(claim), by_article(claim.differs.iter()));
        let mut found = BTreeSet::new();
        for (left, right, kind) in &self.differences {
            let (left, right) = (left.as_str(), right.as_str());
            let turned = stating.contains_key(right) && gold.contains_key(left);
            let straight = stating.contains_key(left) && gold.contains_key(right);
            found.insert((if turned && !straight { left } else { right }, *kind));
        }
        for (id, _, stance) in &self.statements {
            if *stance == Stance::Denies && gold.contains_key(id.as_str()) {
                found.insert((id, "polarity"));
            }
        }
        found
    }

    fn hits(&self, words: &Words) -> bool {
        self.statements.iter().any(|statement| words.hit(statement.1))
    }
}

/// The claims of all stories.
pub(crate) fn answers(case: &Case) -> Vec<Group> {
    let claims = case.dossier.stories.iter().flat_map(|story| &story.claims);
    let groups = claims.map(|claim| {
        let said = claim.statements.iter();
        let statements =
            said.filter_map(|s| Some((case.id(s.article)?.to_string(), s.place, s.stance)));
        let mut group = Group {
            origins: origin::range(&claim.origins),
            statements: statements.collect(),
            differences: BTreeSet::new(),
            lines: origin::lines(case, &claim.origins, &claim.statements),
        };
        for difference in &claim.differences {
            let holder = |side: Place| {
                let mut all = group.statements.iter();
                all.find(|s| s.1.page == side.page && s.1.span.overlaps(side.span))
                    .map(|s| s.0.clone())
            };
            if let (Some(left), Some(right)) = (holder(difference.left), holder(difference.right)) {
                group.differences.insert((left, right, how(difference.kind)));
            }
        }
        group
    });
    groups.collect()
}

/// The group that is the claim: its statements overlap the words of at least half of the stating
/// articles (all, if two or fewer). Of several, the one that holds most.
pub(crate) fn found<'a>(claim: &gold::Claim, groups: &'a [Group]) -> Option<&'a Group> {
    let groups = holding(claim, groups);
    let others = |group: &Group| group.articles().len();
    let best = groups.into_iter().rev().max_by_key(|(n, group)| (*n, usize::MAX - others(group)));
    best.map(|(_, group)| group)
}

/// The groups that could be the claim, each with how many of the stating articles it holds.
fn holding<'a>(claim: &gold::Claim, groups: &'a [Group]) -> Vec<(usize, &'a Group)> {
    let stating = stating(claim);
    let enough = if stating.len() <= 2 { stating.len() } else { stating.len().div_ceil(2) };
    let held = |group: &Group| {
        let rows = stating.values().filter(|rows| rows.iter().any(|row| group.hits(row)));
        rows.count()
    };
    let groups = groups.iter().map(|group| (held(group), group)).filter(|g| g.0 >= enough);
    groups.filter(|_| enough > 0).collect()
}

/// Figure 9; and `again`, how many more of the groups listed could be a claim that was found: near
/// doubles, as a share of those.
pub(crate) fn score(claims: &[gold::Claim], groups: &[Group]) -> Score {
    let mut score = Score::default();
    let mut counts = Counts::default();
    let listed_for = claims.iter().map(|claim| holding(claim, groups).len());
    let again = listed_for.map(|n| n.saturating_sub(1)).sum::<usize>();
    for claim in claims {
        match found(claim, groups) {
            Some(group) => counts.add(claim, group, &mut score),
            None => score.miss("claims.found", missed(claim, groups)),
        }
    }
    let Counts { found, stated, listed, differing, said, how } = counts;
    score.rate("claims.found", found, claims.len());
    score.cost("claims.again", again, found);
    score.rate("claims.articles.r", stated.0, stated.1);
    score.rate("claims.articles.p", listed.0, listed.1);
    score.rate("claims.differs.r", differing.0, differing.1);
    score.rate("claims.differs.p", said.0, said.1);
    score.rate("claims.how", how.0, how.1);
    score
}

/// Hits and how many there could have been.
type Of = (usize, usize);

#[derive(Default)]
struct Counts {
    found: usize,
    stated: Of,
    listed: Of,
    differing: Of,
    said: Of,
    how: Of,
}

impl Counts {
    fn add(&mut self, claim: &gold::Claim, group: &Group, score: &mut Score) {
        self.found += 1;
        let articles = group.articles();
        let kinds = group.differing(claim);
        let differing = kinds.iter().map(|it| it.0).collect::<BTreeSet<_>>();
        let stating = stating(claim);
        let gold = by_article(claim.differs.iter().filter(|row| !row.implied));
        let implied = claim.differs.iter().chain(&claim.stated_by).filter(|row| row.implied);
        let implied = implied.map(|row| row.article.as_str()).collect::<BTreeSet<_>>();
        let mut told =
            |metric: &str, what: String| score.miss(metric, format!("{}: {what}", claim.id));

        for (id, rows) in &stating {
            count(&mut self.stated, articles.contains(id));
            if !articles.contains(id) {
                told("claims.articles.r", format!("not joined: {}", quoted(rows[0])));
            }
        }
        for id in articles {
            let listed = stating.contains_key(id) || gold.contains_key(id);
            if listed || !implied.contains(id) {
                count(&mut self.listed, listed);
            }
            if !listed && !implied.contains(id) {
                told("claims.articles.p", format!("{id} does not state it"));
            }
        }
        for (id, rows) in &gold {
            count(&mut self.differing, differing.contains(id));
            if !differing.contains(id) {
                told("claims.differs.r", format!("should differ: {}", quoted(rows[0])));
                continue;
            }
            let hows = rows.iter().filter_map(|row| row.how.as_deref()).collect::<Vec<_>>();
            let right = hows.iter().any(|how| kinds.contains(&(id, how)));
            count(&mut self.how, right);
            if !right {
                told("claims.how", format!("{hows:?} in {}", quoted(rows[0])));
            }
        }
        for id in differing.iter().filter(|id| gold.contains_key(**id) || !implied.contains(**id)) {
            count(&mut self.said, gold.contains_key(id));
            if !gold.contains_key(id) {
                told("claims.differs.p", format!("{id} does not differ"));
            }
        }
    }
}

fn count(of: &mut Of, hit: bool) {
    *of = (of.0 + usize::from(hit), of.1 + 1);
}

fn stating(claim: &gold::Claim) -> BTreeMap<&str, Vec<&Words>> {
    by_article(claim.stated_by.iter().filter(|row| !row.implied))
}

fn by_article<'a>(rows: impl Iterator<Item = &'a Words>) -> BTreeMap<&'a str, Vec<&'a Words>> {
    let mut found: BTreeMap<&str, Vec<&Words>> = BTreeMap::new();
    for row in rows {
        found.entry(&row.article).or_default().push(row);
    }
    found
}

/// Which groups hold the stating words of a claim that was not found.
fn missed(claim: &gold::Claim, groups: &[Group]) -> String {
    let held = |row: &Words| groups.iter().position(|group| group.hits(row));
    let rows = claim.stated_by.iter().map(|row| match held(row) {
        Some(n) => format!("\n      group {n}: {}", quoted(row)),
        None => format!("\n      no group: {}", quoted(row)),
    });
    format!("{}: {}{}", claim.id, claim.text, rows.collect::<String>())
}

/// The data's word for a difference.
fn how(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Number => "number",
        DifferenceKind::Date => "date",
        DifferenceKind::Polarity => "polarity",
        DifferenceKind::Actor => "actor",
        DifferenceKind::Modality => "modality",
        DifferenceKind::Place | DifferenceKind::Set => "other",
    }
}

#[cfg(test)]
mod tests {
    use headwater::{PageIx, Span};

    use super::*;

    fn at(page: u32, start: usize) -> Place {
        Place { page: PageIx(page), span: Span::new(start, start + 10) }
    }

    fn row(article: &str, page: u32, how: Option<&str>) -> Words {
        let places = vec![at(page, 0)];
        let how = how.map(str::to_string);
        Words { article: article.into(), how, places, ..Words::default() }
    }

    fn claim() -> gold::Claim {
        gold::Claim {
            id: "bridge".into(),
            stated_by: vec![row("1", 1, None), row("2", 2, None), row("3", 3, None)],
            differs: vec![row("4", 4, Some("number"))],
            ..gold::Claim::default()
        }
    }

    fn group(statements: &[(&str, u32, usize, Stance)]) -> Group {
        let statements =
            statements.iter().map(|(id, p, s, stance)| ((*id).into(), at(*p, *s), *stance));
        Group { statements: statements.collect(), ..Group::default() }
    }

    #[test]
    fn a_claim_is_found_by_half_of_its_articles() {
        let one = group(&[("1", 1, 5, Stance::Affirms)]);
        let two = group(&[
            ("1", 1, 5, Stance::Affirms),
            ("2", 2, 0, Stance::Affirms),
            ("4", 4, 0, Stance::Differs),
            ("5", 5, 0, Stance::Affirms),
        ]);
        assert_eq!(found(&claim(), std::slice::from_ref(&one)), None);
        let mut groups = vec![one, two];
        groups[1].differences.insert(("1".into(), "4".into(), "number"));
        assert_eq!(found(&claim(), &groups), Some(&groups[1]));
        let score = score(&[claim()], &groups);
        assert_eq!(score.value("claims.found"), Some(1.0));
        assert_eq!(score.value("claims.articles.r"), Some(2.0 / 3.0));
        assert_eq!(score.value("claims.articles.p"), Some(0.75));
        assert_eq!(score.value("claims.differs.r"), Some(1.0));
        assert_eq!(score.value("claims.differs.p"), Some(1.0));
        assert_eq!(score.value("claims.how"), Some(1.0));
    }

    #[test]
    fn a_difference_is_one_of_both_sides() {
        let mut group = group(&[
            ("1", 1, 5, Stance::Differs),
            ("2", 2, 0, Stance::Affirms),
            ("4", 4, 0, Stance::Affirms),
        ]);
        group.differences.insert(("4".into(), "1".into(), "number"));
        let score = score(&[claim()], &[group]);
        assert_eq!(score.value("claims.differs.r"), Some(1.0));
        assert_eq!(score.value("claims.differs.p"), Some(1.0));
        assert_eq!(score.value("claims.how"), Some(1.0));
    }

    #[test]
    fn an_implied_row_neither_helps_nor_hurts() {
        let mut claim = claim();
        claim.differs[0].implied = true;
        let group = group(&[
            ("1", 1, 0, Stance::Affirms),
            ("2", 2, 0, Stance::Affirms),
            ("4", 4, 0, Stance::Differs),
        ]);
        let score = score(&[claim], &[group]);
        assert_eq!(score.value("claims.articles.p"), Some(1.0));
        assert_eq!(score.value("claims.differs.p"), None);
        assert_eq!(score.value("claims.differs.r"), None);
    }
}
