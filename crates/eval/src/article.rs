//! Article: whether the articles of the seeds are cut at the right bytes and carry the right
//! headline, outlet, byline, date, age and credit.

use std::collections::{BTreeMap, BTreeSet};

use headwater::article::Role;
use headwater::{ArticleIx, Dossier, Place, Span, fold};

use crate::case::short;
use crate::metric::{Score, Tally};
use crate::names::Names;
use crate::seeds::{self, Seeds};
use crate::text;

/// What the engine says of one labelled article.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Answer {
    pub(crate) span: Span,
    pub(crate) headline: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) byline: Vec<String>,
    pub(crate) published: Option<String>,
    pub(crate) age: Option<String>,
    pub(crate) credit: Option<String>,
}

/// For each labelled article, the engine article that shares most bytes with it.
pub(crate) fn answers(seeds: &Seeds) -> BTreeMap<String, Answer> {
    let dossier = &seeds.case.dossier;
    let mut found = BTreeMap::new();
    for gold in &seeds.articles {
        let Some(place) = gold.place else { continue };
        let shared = |ix: &ArticleIx| {
            let article = &dossier.articles[ix.ix()];
            let shared = article.span.intersect(place.span).map_or(0, Span::len);
            if article.page == place.page { shared } else { 0 }
        };
        let mine = seeds.case.articles().filter(|&ix| seeds.case.id(ix) == Some(&gold.id));
        if let Some(ix) = mine.max_by_key(shared) {
            found.insert(gold.id.clone(), answer(dossier, ix));
        }
    }
    found
}

/// Spans and fields over all labelled articles. An article that was not found has every field wrong.
pub(crate) fn score(
    gold: &[seeds::Article],
    answers: &BTreeMap<String, Answer>,
    n_answers: usize,
    names: &Names,
) -> Score {
    let mut score = Score::default();
    let mut exact = 0;
    let mut near = 0;
    for article in gold {
        let (start, end) = article.span;
        let wanted = Span { start, end };
        let span = answers.get(&article.id).map(|a| a.span);
        exact += usize::from(span == Some(wanted));
        near += usize::from(span.is_some_and(|span| iou(span, wanted) >= 0.9));
        if span != Some(wanted) {
            score.miss("articles.exact", format!("{}: {wanted:?}, cut at {span:?}", article.id));
        }
    }
    score.rate("articles.exact", exact, gold.len());
    score.tally("articles", Tally::new(near, n_answers, gold.len()));
    field("headline", gold, answers, &mut score, |g, a| (g.headline.clone(), a.headline.clone()));
    field("byline", gold, answers, &mut score, |g, a| (g.byline.clone(), joined(&a.byline)));
    field("published", gold, answers, &mut score, |g, a| {
        (g.published.clone(), a.published.clone())
    });
    field("age", gold, answers, &mut score, |g, a| (g.age.clone(), a.age.clone()));
    field("credit", gold, answers, &mut score, |g, a| (g.credit.clone(), a.credit.clone()));
    let named = gold.iter().filter(|a| !a.outlet_inferred).cloned().collect::<Vec<_>>();
    let key = |name: &Option<String>| name.as_deref().map(|name| names.key(name));
    field("outlet", &named, answers, &mut score, |g, a| (key(&g.outlet), key(&a.outlet)));
    score
}

/// How many articles the engine finds on the seeds' pages; teasers carry nothing and do not count.
pub(crate) fn n_answers(dossier: &Dossier) -> usize {
    dossier.articles.iter().filter(|article| article.role != Role::Teaser).count()
}

/// Furniture: how much of it is called so, and how much leaks into an article; captions: found.
/// White space does not count.
pub(crate) fn surroundings(seeds: &Seeds) -> Score {
    let mut score = Score::default();
    let dossier = &seeds.case.dossier;
    let called = |page: headwater::PageIx| dossier.furniture[page.ix()].clone();
    let body = |page: headwater::PageIx| {
        let here = dossier.articles.iter().filter(|a| a.page == page && a.role != Role::Teaser);
        here.flat_map(|a| a.headline.iter().chain(&a.paragraphs).copied()).collect::<Vec<_>>()
    };
    let (mut found, mut leaked, mut all) = (0, 0, 0);
    for &place in &seeds.furniture {
        let text = &dossier.pages[place.page.ix()].text;
        let inside = |spans: Vec<Span>| {
            spans
                .iter()
                .filter_map(|s| s.intersect(place.span))
                .map(|s| ink(s.of(text)))
                .sum::<usize>()
        };
        let (n, hit, leak) =
            (ink(place.span.of(text)), inside(called(place.page)), inside(body(place.page)));
        (all, found, leaked) = (all + n, found + hit, leaked + leak);
        let words = short(place.span.of(text));
        if leak > 0 {
            score.miss("furniture_leaked", format!("{leak} of {n} bytes: {words}"));
        }
        if hit < n {
            score.miss("furniture.r", format!("{hit} of {n} bytes: {words}"));
        }
    }
    score.rate("furniture.r", found, all);
    score.cost("furniture_leaked", leaked, all);
    let is_near = |place: &Place| {
        let here = dossier.articles.iter().filter(|a| a.page == place.page);
        here.flat_map(|a| &a.captions).any(|c| iou(*c, place.span) >= 0.8)
    };
    for place in seeds.captions.iter().filter(|place| !is_near(place)) {
        score.miss("captions.r", short(dossier.words(*place)));
    }
    let captions = seeds.captions.iter().filter(|place| is_near(place)).count();
    score.rate("captions.r", captions, seeds.captions.len());
    score
}

/// Whether the labelled story holds exactly its articles, and the partition of all articles.
pub(crate) fn stories(seeds: &Seeds) -> Score {
    let mut score = Score::default();
    let case = &seeds.case;
    let on = case.gold.story.articles().collect::<BTreeSet<_>>();
    let answer = case
        .story()
        .map(|story| story.articles.iter().filter_map(|&ix| case.id(ix)).collect::<BTreeSet<_>>());
    let n = usize::from(answer.is_some());
    score.rate("story.exact", usize::from(answer.as_ref() == Some(&on)), n);
    if let Some(answer) = answer.filter(|answer| *answer != on) {
        let (missing, extra) = (on.difference(&answer), answer.difference(&on));
        let (missing, extra) = (missing.collect::<Vec<_>>(), extra.collect::<Vec<_>>());
        score.miss("story.exact", format!("missing {missing:?}, extra {extra:?}"));
    }
    let mut gold: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for article in &seeds.articles {
        gold.entry(&article.story).or_default().push(article.id.clone());
    }
    let gold = gold.into_values().collect::<Vec<_>>();
    let stories = case.dossier.stories.iter().enumerate();
    let labels = stories.flat_map(|(n, story)| story.articles.iter().map(move |ix| (*ix, n)));
    let labels = labels.collect::<BTreeMap<_, _>>();
    let largest = case.largest().into_iter();
    let labels = largest.filter_map(|(id, ix)| Some((id.to_string(), *labels.get(&ix)?)));
    let labels = labels.collect::<BTreeMap<_, _>>();
    let measured = !case.dossier.stories.is_empty();
    let b3 = text::b_cubed(&gold, &labels).filter(|_| measured);
    score.push("stories.b3", b3, seeds.articles.len(), crate::metric::Better::Higher);
    if measured {
        text::misses(&gold, &labels, "stories.b3", &mut score);
    }
    score
}

/// Bytes that two spans share, of the bytes that either holds.
pub(crate) fn iou(one: Span, other: Span) -> f64 {
    let shared = one.intersect(other).map_or(0, Span::len);
    shared as f64 / (one.len() + other.len() - shared).max(1) as f64
}

fn answer(dossier: &Dossier, ix: ArticleIx) -> Answer {
    let article = &dossier.articles[ix.ix()];
    let words = |span: Span| dossier.page_of(ix).words(span).to_string();
    let credits = article.credits.iter().map(|credit| credit.span).reduce(Span::hull);
    let published = article.published.filter(|published| published.when.is_day());
    Answer {
        span: article.span,
        headline: article.headline.map(words),
        outlet: article.publisher.as_ref().map(|publisher| publisher.name.clone()),
        byline: article.byline.iter().map(|span| words(*span)).collect(),
        published: published.map(|published| published.when.first.to_string()),
        age: article.age.map(words),
        credit: credits.map(words),
    }
}

fn field(
    name: &str,
    gold: &[seeds::Article],
    answers: &BTreeMap<String, Answer>,
    score: &mut Score,
    read: impl Fn(&seeds::Article, &Answer) -> (Option<String>, Option<String>),
) {
    let metric = format!("articles.{name}");
    let mut hits = 0;
    for article in gold {
        let both = answers.get(&article.id).map(|answer| read(article, answer));
        let ok = both
            .as_ref()
            .is_some_and(|(wanted, answer)| line(wanted.as_ref()) == line(answer.as_ref()));
        hits += usize::from(ok);
        if !ok {
            score.miss(&metric, format!("{}: {both:?}", article.id));
        }
    }
    score.rate(&metric, hits, gold.len());
}

fn joined(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join(" and "))
}

/// Folded, on one line.
fn line(words: Option<&String>) -> Option<String> {
    let folded = words.map(|words| fold::fold(words));
    folded.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn ink(words: &str) -> usize {
    words.chars().filter(|c| !c.is_whitespace()).map(char::len_utf8).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_page_does_not_show_must_not_be_answered() {
        let gold = [
            seeds::Article { id: "a".into(), span: (0, 100), ..seeds::Article::default() },
            seeds::Article {
                id: "b".into(),
                span: (110, 210),
                headline: Some("Harbour\u{a0}bridge opens".into()),
                ..seeds::Article::default()
            },
        ];
        let answers = BTreeMap::from([
            (
                "a".to_string(),
                Answer {
                    span: Span { start: 0, end: 100 },
                    headline: Some("Another story".into()),
                    ..Answer::default()
                },
            ),
            (
                "b".to_string(),
                Answer {
                    span: Span { start: 110, end: 205 },
                    headline: Some("Harbour bridge\nopens".into()),
                    ..Answer::default()
                },
            ),
        ]);
        let score = score(&gold, &answers, 4, &Names::default());
        assert_eq!(score.value("articles.exact"), Some(0.5));
        assert_eq!(score.value("articles.p"), Some(0.5));
        assert_eq!(score.value("articles.r"), Some(1.0));
        assert_eq!(score.value("articles.headline"), Some(0.5));
        assert_eq!(score.value("articles.byline"), Some(1.0));
    }
}
