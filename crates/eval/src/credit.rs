//! Credit: figures 5 and 12. Which pages say that their text comes from elsewhere, which outlets
//! and documents the prose cites, and which newsrooms show reporting of their own.

use std::collections::{BTreeMap, BTreeSet};

use headwater::citation::{Citation, How};
use headwater::name::{Party, SourceKind};
use headwater::origin::RootKind;
use headwater::{ArticleIx, Place, Span};

use crate::case::{Case, quoted};
use crate::gold::{Cite, Gold, Words};
use crate::metric::{Score, Tally};
use crate::names::Names;

/// A source that an article credits or cites.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Cited {
    /// The gold article.
    pub(crate) article: String,
    /// The source's name and the words that name it; the data may list either.
    pub(crate) names: Vec<String>,
    /// What it is.
    pub(crate) kind: SourceKind,
    /// Whether the words say that it was said in public.
    pub(crate) public: bool,
    /// The words that attribute, with the name.
    pub(crate) place: Place,
    /// The words that say that it was said in public.
    pub(crate) shown: Option<Place>,
}

/// The credits of all articles.
pub(crate) fn credits(case: &Case) -> Vec<Cited> {
    let mut found = Vec::new();
    for ix in case.articles() {
        let Some(id) = case.id(ix) else { continue };
        for (n, credit) in case.dossier.articles[ix.ix()].credits.iter().enumerate() {
            let source = case.credited(ix, n);
            let names = source.map(|s| s.name.clone()).into_iter().chain([credit.name.clone()]);
            found.push(Cited {
                article: id.into(),
                names: names.collect(),
                kind: source.map_or(SourceKind::Outlet, |s| s.kind),
                public: false,
                shown: None,
                place: case.dossier.place(ix, credit.span),
            });
        }
    }
    found
}

/// The citations of all articles that credit somebody for something; who gave no comment is not
/// cited. "She told the Gazette" cites the Gazette, unless it is the Gazette that says so.
pub(crate) fn cites(case: &Case) -> Vec<Cited> {
    let mut found = Vec::new();
    for ix in case.articles() {
        let Some(id) = case.id(ix) else { continue };
        let marks = &case.dossier.marks[ix.ix()];
        let own = own_names(case, ix);
        for (party, place) in told(case, ix) {
            if !own.iter().any(|own| case.names.same(own, &party.name)) {
                let (names, kind) = (vec![party.name.clone()], party.kind);
                found.push(Cited {
                    article: id.into(),
                    names,
                    kind,
                    public: false,
                    place,
                    shown: None,
                });
            }
        }
        for citation in marks.citations.iter().filter(|c| c.how != How::NoComment) {
            let Some(party) = citation.source.and_then(|p| marks.parties.get(p.ix())) else {
                continue;
            };
            let place = place(case, ix, citation);
            let printed =
                citation.name.map(|span| case.dossier.page_of(ix).words(span).to_string());
            let joined = joined(case, ix, citation);
            found.push(Cited {
                article: id.into(),
                names: joined.into_iter().chain([party.name.clone()]).chain(printed).collect(),
                kind: party.kind,
                public: citation.public.is_some(),
                place,
                shown: citation.public.map(|span| case.dossier.place(ix, span)),
            });
        }
    }
    found
}

/// The cue with the name beside it.
pub(crate) fn place(case: &Case, ix: ArticleIx, citation: &Citation) -> Place {
    let span = citation.name.map_or(citation.cue, |name| name.hull(citation.cue));
    case.dossier.place(ix, span)
}

/// The name of the collection's source that the citation's party is.
fn joined(case: &Case, ix: ArticleIx, citation: &Citation) -> Option<String> {
    let party = citation.source?;
    let of_party = case.dossier.sources.of_party.get(ix.ix())?;
    Some(case.source(*of_party.get(party.ix())?)?.name.clone())
}

/// Gold articles that show reporting of their own: a newsroom is the origin and the article has
/// the words for it, or somebody told it to the publisher or to an agency that is credited.
pub(crate) fn own(case: &Case) -> BTreeSet<String> {
    let dossier = &case.dossier;
    let mut found = BTreeSet::new();
    for story in &dossier.stories {
        let claims = story.claims.iter().map(|claim| &claim.origins);
        let roots = claims.chain(&story.origins).flat_map(|origins| &origins.roots);
        for root in roots.filter(|root| root.kind == RootKind::Newsroom) {
            for &ix in &story.articles {
                let article = &dossier.articles[ix.ix()];
                let holds = |p: &Place| p.page == article.page && article.span.contains(p.span);
                if root.places.iter().any(holds) {
                    found.extend(case.id(ix).map(str::to_string));
                }
            }
        }
    }
    for ix in case.articles() {
        let own = own_names(case, ix);
        let is_own = |name: &str| own.iter().any(|own| case.names.same(own, name));
        if told(case, ix).iter().any(|(party, _)| is_own(&party.name)) {
            found.extend(case.id(ix).map(str::to_string));
        }
    }
    found
}

/// Who was told something in the article, with the words that say so; in order of quotes, then
/// citations.
pub(crate) fn told(case: &Case, ix: ArticleIx) -> Vec<(&Party, Place)> {
    let marks = &case.dossier.marks[ix.ix()];
    let quotes = marks.quotes.iter().map(|q| (q.told, [q.cue, q.by]));
    let citations = marks.citations.iter().map(|c| (c.told, [Some(c.cue), c.name]));
    let all = quotes.chain(citations).filter_map(|(told, spans)| {
        let party = marks.parties.get(told?.ix())?;
        let span = spans.into_iter().flatten().reduce(Span::hull)?;
        // The name stands beside the cue: the mention nearest to it belongs to the words.
        let near = |mention: &&Span| {
            mention.start.abs_diff(span.end).min(span.start.abs_diff(mention.end))
        };
        let name = party.mentions.iter().min_by_key(near).filter(|mention| near(mention) <= 80);
        let span = name.map_or(span, |name| span.hull(*name));
        Some((party, case.dossier.place(ix, span)))
    });
    all.collect()
}

/// The publisher of the article, as printed and as the collection knows it, and whom the article
/// credits for its text.
fn own_names(case: &Case, ix: ArticleIx) -> Vec<&str> {
    let article = &case.dossier.articles[ix.ix()];
    let known = case.dossier.sources.publisher.get(ix.ix()).copied().flatten();
    let known = known.and_then(|ix| case.source(ix)).map(|source| source.name.as_str());
    let publisher = article.publisher.iter().map(|publisher| publisher.name.as_str());
    let credited = article.credits.iter().map(|credit| credit.name.as_str());
    publisher.chain(known).chain(credited).collect()
}

/// Figure 5.
pub(crate) fn score(gold: &Gold, credits: &[Cited], cites: &[Cited], names: &Names) -> Score {
    let mut score = Score::default();
    let rows = gold.credits.iter().collect::<Vec<_>>();
    pairs("credits", &rows, credits, &|_| false, names, &mut score);

    let is_outlet = |c: &&Cited| matches!(c.kind, SourceKind::Outlet | SourceKind::Agency);
    let outlets = cites.iter().filter(is_outlet).cloned().collect::<Vec<_>>();
    let rows = gold.cites.iter().filter(|c| c.kind == "outlet").collect::<Vec<_>>();
    pairs("cites", &rows, &outlets, &|article| gold.unscored(article), names, &mut score);
    documents(gold, cites, names, &mut score);
    score
}

/// Figure 12: recall over articles.
pub(crate) fn own_score(rows: &[Words], own: &BTreeSet<String>) -> Score {
    let mut score = Score::default();
    let gold = rows.iter().map(|row| row.article.as_str()).collect::<BTreeSet<_>>();
    for row in rows.iter().filter(|row| !own.contains(&row.article)) {
        score.miss("own_sources", quoted(row));
    }
    score.rate("own_sources", gold.iter().filter(|id| own.contains(**id)).count(), gold.len());
    score
}

/// Scores (article, source). Rows where the publisher names itself, and unnamed reports, neither
/// help nor hurt; where `listed_only` holds, an unlisted answer does not hurt.
fn pairs(
    metric: &str,
    rows: &[&Cite],
    answers: &[Cited],
    listed_only: &dyn Fn(&str) -> bool,
    names: &Names,
    score: &mut Score,
) {
    let is_free = |row: &Cite| row.own_site || row.source == "unnamed report";
    let matches = |row: &Cite, answer: &Cited| {
        row.words.article == answer.article
            && answer.names.iter().any(|name| names.same(name, &row.source))
    };
    let mut gold: BTreeMap<(&str, String), Vec<&Cite>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !is_free(row)) {
        gold.entry((&row.words.article, names.key(&row.source))).or_default().push(row);
    }
    let mut tally = Tally { gold: gold.len(), ..Tally::default() };
    let mut spans = 0;
    for ((article, _), rows) in &gold {
        let hits = answers.iter().filter(|a| matches(rows[0], a)).collect::<Vec<_>>();
        if hits.is_empty() {
            let words = quoted(&rows[0].words);
            score.miss(&format!("{metric}.r"), format!("{} not found in {words}", rows[0].source));
            continue;
        }
        tally.found += 1;
        if hits.iter().any(|a| rows.iter().any(|row| row.words.hit(a.place))) {
            spans += 1;
        } else {
            score.miss(&format!("{metric}.span"), format!("{} in {article}", rows[0].source));
        }
    }
    let mut said = BTreeSet::new();
    for answer in answers {
        let listed = rows.iter().find(|row| matches(row, answer));
        let name = listed.map_or_else(|| names.key(&answer.names[0]), |row| names.key(&row.source));
        let is_new = said.insert((answer.article.as_str(), name));
        match listed {
            _ if !is_new => {}
            Some(row) if is_free(row) => {}
            Some(_) => {
                tally.right += 1;
                tally.answers += 1;
            }
            None if listed_only(&answer.article) => {}
            None => {
                tally.answers += 1;
                let words = format!("{} in {} is not listed", answer.names[0], answer.article);
                score.miss(&format!("{metric}.p"), words);
            }
        }
    }
    score.tally(metric, tally);
    score.rate(&format!("{metric}.span"), spans, tally.found);
}

/// Recall over (article, document). A document has no fixed name, so the words decide: a citation
/// of a document, or of something said in public, that overlaps the listed words; so do the words
/// that show that it was said in public.
fn documents(gold: &Gold, cites: &[Cited], names: &Names, score: &mut Score) {
    let mut found: BTreeMap<(&str, &str), bool> = BTreeMap::new();
    for row in gold.cites.iter().filter(|row| row.kind == "document" && !row.own_site) {
        let hit = cites.iter().filter(|cite| cite.article == row.words.article).any(|cite| {
            let named = cite.names.iter().any(|name| names.same(name, &row.source));
            let said = cite.kind == SourceKind::Document || cite.public;
            let shown = cite.shown.is_some_and(|place| row.words.hit(place));
            named || said && (row.words.hit(cite.place) || shown)
        });
        *found.entry((&row.words.article, &row.source)).or_default() |= hit;
        if !hit {
            score.miss("documents.r", format!("{} in {}", row.source, quoted(&row.words)));
        }
    }
    score.rate("documents.r", found.values().filter(|hit| **hit).count(), found.len());
}

#[cfg(test)]
mod tests {
    use headwater::PageIx;

    use super::*;

    fn at(start: usize, end: usize) -> Place {
        Place { page: PageIx(0), span: Span::new(start, end) }
    }

    fn row(article: &str, source: &str, kind: &str, place: Place) -> Cite {
        let words = Words { article: article.into(), places: vec![place], ..Words::default() };
        Cite { words, source: source.into(), kind: kind.into(), own_site: false }
    }

    fn cited(article: &str, name: &str, kind: SourceKind, place: Place) -> Cited {
        Cited {
            article: article.into(),
            names: vec![name.into()],
            kind,
            public: false,
            place,
            shown: None,
        }
    }

    #[test]
    fn a_cite_counts_once_for_an_article_and_a_source() {
        let mut own = row("1", "Northern Post", "outlet", at(50, 60));
        own.own_site = true;
        let gold = Gold {
            cites: vec![
                row("1", "The Harbour Gazette", "outlet", at(0, 9)),
                row("2", "Harbour Gazette", "outlet", at(0, 9)),
                row("3", "Land registry study", "document", at(5, 20)),
                own,
            ],
            unscored: vec!["4: captions".into()],
            ..Gold::default()
        };
        let cites = [
            cited("1", "Harbour Gazette", SourceKind::Outlet, at(30, 40)),
            cited("1", "Harbour Gazette", SourceKind::Outlet, at(42, 44)),
            cited("1", "Northern Post", SourceKind::Outlet, at(50, 60)),
            cited("3", "a study", SourceKind::Document, at(0, 6)),
            cited("3", "Daily Lantern", SourceKind::Agency, at(0, 6)),
            cited("4", "Daily Lantern", SourceKind::Outlet, at(0, 6)),
        ];
        let score = score(&gold, &[], &cites, &Names::default());
        assert_eq!(score.value("cites.p"), Some(0.5));
        assert_eq!(score.value("cites.r"), Some(0.5));
        assert_eq!(score.value("cites.span"), Some(0.0));
        assert_eq!(score.value("documents.r"), Some(1.0));
        assert_eq!(score.value("credits.r"), None);
    }
}
