//! Page: pages with several articles. Which articles are found, which paragraphs are theirs, and
//! what furniture leaks into them.
//!
//! After: the scorer that comes with the data; the figures agree with it to the last digit. Words
//! are lower-cased runs of letters and digits after NFKC; a word is covered when it lies in a run of
//! four that both sides have; weights are characters.

mod matched;
mod wording;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use headwater::article::Role;
use headwater::{ArticleIx, Dossier, Lexicon, trace};
use headwater_page::{Capture, read};
use serde::{Deserialize, Serialize};

use self::matched::matched;
use self::wording::{Wording, same_headline, same_paragraph, tokens, weight};
use crate::case::short;
use crate::gold;
use crate::metric::{Score, Tally};

/// A labelled page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Page {
    pub(crate) shape: String,
    pub(crate) template: String,
    pub(crate) articles: Vec<Article>,
    pub(crate) furniture: Vec<String>,
    pub(crate) stray_headlines: Vec<String>,
}

/// A labelled article of a page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Article {
    pub(crate) headline: Option<String>,
    pub(crate) headline_alt: Vec<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) credit: Option<String>,
    pub(crate) role: String,
    pub(crate) optional: bool,
    pub(crate) body_paragraphs: Vec<String>,
    /// Captions, subheads, datelines: may be in or out of the body.
    pub(crate) neutral: Vec<String>,
}

impl Article {
    fn is_required(&self) -> bool {
        self.role != "teaser" && !self.optional
    }

    fn headlines(&self) -> impl Iterator<Item = &str> {
        let headlines = self.headline.iter().chain(&self.headline_alt);
        headlines.map(String::as_str).filter(|headline| !headline.is_empty())
    }
}

/// An article of the engine, as the data's own scorer reads it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub(crate) struct Answer {
    pub(crate) headline: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) paragraphs: Vec<String>,
}

/// The labels under `folder`, by page name (`html/p000.html`).
pub(crate) fn load(folder: &Path) -> Result<BTreeMap<String, Page>, String> {
    #[derive(Deserialize)]
    struct File {
        pages: BTreeMap<String, Page>,
    }
    Ok(gold::json::<File>(&folder.join("gold.json"))?.pages)
}

/// What the engine finds on each labelled page whose name begins with `format`. Teasers lead
/// elsewhere and are no answer.
pub(crate) fn answers(
    folder: &Path,
    gold: &BTreeMap<String, Page>,
    format: &str,
) -> Result<BTreeMap<String, Vec<Answer>>, String> {
    let mut found = BTreeMap::new();
    for name in gold.keys().filter(|name| name.starts_with(format)) {
        let bytes = gold::bytes(&folder.join(name))?;
        // Each page alone: what one page says must not help to cut another.
        let reading = read(&bytes, &Capture { file: name.clone(), ..Capture::default() });
        let dossier = trace(reading.pages, reading.skipped, Lexicon::shipped());
        let articles = (0..dossier.articles.len() as u32).map(ArticleIx);
        let own = articles.filter(|ix| dossier.articles[ix.ix()].role != Role::Teaser);
        found.insert(name.clone(), own.map(|ix| answer(&dossier, ix)).collect());
    }
    Ok(found)
}

/// The figures over all pages.
pub(crate) fn score(
    gold: &BTreeMap<String, Page>,
    answers: &BTreeMap<String, Vec<Answer>>,
) -> Score {
    let mut score = Score::default();
    let mut sum = Counts::default();
    for (name, answers) in answers {
        sum.add(&one(name, &gold[name], answers, &mut score));
    }
    score.rate("count", sum.count_ok, sum.pages);
    score.tally("articles", Tally::new(sum.found, sum.answers, sum.gold));
    score.rate("paragraphs.p", sum.paragraphs_ok, sum.paragraphs_said);
    score.rate("paragraphs.r", sum.paragraphs_ok, sum.paragraphs);
    score.rate("headlines", sum.headlines.0, sum.headlines.1);
    score.rate("no_headline", sum.no_headline.0, sum.no_headline.1);
    score.rate("outlets", sum.outlets.0, sum.outlets.1);
    score.rate("bylines", sum.bylines.0, sum.bylines.1);
    score.rate("published", sum.published.0, sum.published.1);
    score.cost("furniture_leaked", sum.leaked.0, sum.leaked.1);
    score.cost("strays_taken", sum.strays.0, sum.strays.1);
    score
}

/// Hits and how many there could have been.
type Of = (usize, usize);

#[derive(Clone, Copy, Default)]
struct Counts {
    pages: usize,
    count_ok: usize,
    gold: usize,
    answers: usize,
    found: usize,
    paragraphs: usize,
    paragraphs_said: usize,
    paragraphs_ok: usize,
    headlines: Of,
    no_headline: Of,
    outlets: Of,
    bylines: Of,
    published: Of,
    leaked: Of,
    strays: Of,
}

impl Counts {
    fn add(&mut self, other: &Counts) {
        let Self { pages, count_ok, gold, answers, found, .. } = self;
        let Self { paragraphs, paragraphs_said, paragraphs_ok, .. } = self;
        for (sum, n) in [
            (pages, other.pages),
            (count_ok, other.count_ok),
            (gold, other.gold),
            (answers, other.answers),
            (found, other.found),
            (paragraphs, other.paragraphs),
            (paragraphs_said, other.paragraphs_said),
            (paragraphs_ok, other.paragraphs_ok),
        ] {
            *sum += n;
        }
        for (sum, n) in [
            (&mut self.headlines, other.headlines),
            (&mut self.no_headline, other.no_headline),
            (&mut self.outlets, other.outlets),
            (&mut self.bylines, other.bylines),
            (&mut self.published, other.published),
            (&mut self.leaked, other.leaked),
            (&mut self.strays, other.strays),
        ] {
            *sum = (sum.0 + n.0, sum.1 + n.1);
        }
    }
}

/// A labelled article with its words.
struct Wanted<'a> {
    gold: &'a Article,
    paragraphs: Vec<Vec<String>>,
    weight: usize,
    /// The body; what stands beside it; both.
    body: Wording,
    beside: Wording,
    all: Wording,
}

impl<'a> Wanted<'a> {
    fn new(gold: &'a Article) -> Self {
        let paragraphs = gold.body_paragraphs.iter().map(|p| tokens(p)).collect::<Vec<_>>();
        let body = gold.body_paragraphs.join(" ");
        let named = [&gold.headline, &gold.byline, &gold.outlet, &gold.credit];
        let beside = named.into_iter().flatten().chain(&gold.headline_alt).chain(&gold.neutral);
        let beside = beside.filter(|words| !words.is_empty()).map(String::as_str);
        Self {
            gold,
            weight: paragraphs.iter().map(|p| weight(p)).sum(),
            paragraphs,
            body: Wording::new([body.as_str()]),
            beside: Wording::new(beside.clone()),
            all: Wording::new(beside.chain([body.as_str()])),
        }
    }
}

/// An article of the engine with its words.
struct Said<'a> {
    answer: &'a Answer,
    paragraphs: Vec<Vec<String>>,
    weight: usize,
    body: Wording,
    headline: &'a str,
}

impl<'a> Said<'a> {
    fn new(answer: &'a Answer) -> Self {
        let kept = answer.paragraphs.iter().filter(|p| !tokens(p).is_empty());
        let kept = kept.map(String::as_str).collect::<Vec<_>>();
        let paragraphs = kept.iter().map(|p| tokens(p)).collect::<Vec<_>>();
        Self {
            answer,
            weight: paragraphs.iter().map(|p| weight(p)).sum(),
            paragraphs,
            body: Wording::new([kept.join(" ").as_str()]),
            headline: answer.headline.as_deref().unwrap_or(""),
        }
    }
}

fn answer(dossier: &Dossier, ix: ArticleIx) -> Answer {
    let article = &dossier.articles[ix.ix()];
    let words = |span| dossier.page_of(ix).words(span).to_string();
    let names = article.byline.iter().map(|span| words(*span)).collect::<Vec<_>>();
    let published = article.published.filter(|published| published.when.is_day());
    Answer {
        headline: article.headline.map(words),
        outlet: article.publisher.as_ref().map(|publisher| publisher.name.clone()),
        byline: (!names.is_empty()).then(|| names.join(" and ")),
        published: published.map(|published| published.when.first.to_string()),
        paragraphs: article.paragraphs.iter().map(|span| words(*span)).collect(),
    }
}

fn one(name: &str, page: &Page, answers: &[Answer], score: &mut Score) -> Counts {
    let required = page.articles.iter().filter(|a| a.is_required()).map(Wanted::new);
    let required = required.collect::<Vec<_>>();
    let optional = page.articles.iter().filter(|a| !a.is_required()).map(Wanted::new);
    let optional = optional.collect::<Vec<_>>();
    let is_some = |a: &&Answer| {
        !a.paragraphs.is_empty() || a.headline.as_deref().is_some_and(|h| !h.is_empty())
    };
    let said = answers.iter().filter(is_some).map(Said::new).collect::<Vec<_>>();
    let pairs = matched(&required, &optional, &said);
    let live = (0..said.len()).filter(|j| !pairs.ignored.contains(j)).collect::<Vec<_>>();

    let mut counts = Counts {
        pages: 1,
        count_ok: usize::from(live.len() == required.len()),
        gold: required.len(),
        answers: live.len(),
        found: pairs.found.len(),
        ..Counts::default()
    };
    let page_name = format!("{name} ({}, {})", page.shape, page.template);
    for (i, wanted) in required.iter().enumerate() {
        if !pairs.found.contains(&i) {
            let headline = wanted.gold.headline.as_deref().unwrap_or("without a headline");
            score.miss("articles.r", format!("{page_name}: {}", short(headline)));
        }
    }
    for &j in &live {
        if pairs.of_answer.get(&j).is_none_or(|i| !pairs.found.contains(i)) {
            let first = said[j].answer.paragraphs.first().map_or("", String::as_str);
            let words = format!("{} | {}", short(said[j].headline), short(first));
            score.miss("articles.p", format!("{page_name}: {words}"));
        }
    }
    let of_gold = pairs.of_answer.iter().map(|(j, i)| (*i, *j)).collect::<BTreeMap<_, _>>();
    for (i, wanted) in required.iter().enumerate() {
        let said = of_gold.get(&i).map(|&j| &said[j]);
        fields(&page_name, wanted, said, &mut counts, score);
    }
    paragraphs(&page_name, &required, &said, &live, &pairs.of_answer, &mut counts, score);
    leaks(&page_name, page, &said, &live, &mut counts, score);
    counts
}

fn fields(
    page: &str,
    wanted: &Wanted,
    said: Option<&Said>,
    counts: &mut Counts,
    score: &mut Score,
) {
    let gold = wanted.gold;
    let count = |of: &mut Of, ok: bool| *of = (of.0 + usize::from(ok), of.1 + 1);
    let headline = said.map(|said| said.headline);
    if gold.headlines().next().is_some() {
        let ok = headline.is_some_and(|said| gold.headlines().any(|h| same_headline(h, said)));
        count(&mut counts.headlines, ok);
        if !ok {
            score.miss("headlines", format!("{page}: {:?}, called {headline:?}", gold.headline));
        }
    } else {
        let ok = headline.is_some_and(|said| tokens(said).is_empty());
        count(&mut counts.no_headline, ok);
        if !ok {
            score.miss("no_headline", format!("{page}: none, called {headline:?}"));
        }
    }
    let said = said.map(|said| said.answer);
    let names = |words: Option<&str>, minus: &[&str]| {
        let mut names = tokens(words.unwrap_or(""));
        names.retain(|word| !minus.contains(&word.as_str()));
        names.sort();
        names
    };
    let outlet = said.and_then(|said| said.outlet.as_deref());
    let byline = said.and_then(|said| said.byline.as_deref());
    for (metric, of, gold, answer) in [
        ("outlets", &mut counts.outlets, gold.outlet.as_deref(), outlet),
        ("bylines", &mut counts.bylines, gold.byline.as_deref(), byline),
    ] {
        if gold.is_none_or(str::is_empty) {
            continue;
        }
        let minus = ["by", "and", "the", "words"];
        let ok = said.is_some() && names(answer, &minus) == names(gold, &minus[..3]);
        count(of, ok);
        if !ok {
            score.miss(metric, format!("{page}: {gold:?}, called {answer:?}"));
        }
    }
    if let Some(day) = gold.published.as_deref().filter(|day| !day.is_empty()) {
        let answer = said.and_then(|said| said.published.as_deref());
        let ok = answer == Some(day);
        count(&mut counts.published, ok);
        if !ok {
            score.miss("published", format!("{page}: {day}, called {answer:?}"));
        }
    }
}

/// Paragraphs in the right article. Those that are neither in their article nor anywhere on the
/// page, but may be in or out of the body, do not count.
fn paragraphs(
    page: &str,
    required: &[Wanted],
    said: &[Said],
    live: &[usize],
    of_answer: &BTreeMap<usize, usize>,
    counts: &mut Counts,
    score: &mut Score,
) {
    let pool = required.iter().flat_map(|wanted| &wanted.paragraphs).collect::<Vec<_>>();
    counts.paragraphs = pool.len();
    let mut used = BTreeSet::new();
    let mut right = BTreeSet::new();
    for &j in live {
        let wanted = of_answer.get(&j).map(|&i| (i, &required[i]));
        let mut used_here = BTreeSet::new();
        for paragraph in &said[j].paragraphs {
            let here = wanted.and_then(|(_, wanted)| {
                let mut own = wanted.paragraphs.iter().enumerate();
                own.find(|(k, u)| !used_here.contains(k) && same_paragraph(paragraph, u))
            });
            let mut all = pool.iter().enumerate();
            let anywhere = all.find(|(k, u)| !used.contains(k) && same_paragraph(paragraph, u));
            if here.is_none() && anywhere.is_none() {
                let weight = weight(paragraph) as f64;
                let is_beside = |w: &Wanted| w.beside.covered(paragraph) as f64 >= 0.8 * weight;
                let is_free = match wanted {
                    Some((_, wanted)) => is_beside(wanted),
                    None => required.iter().any(is_beside),
                };
                if is_free {
                    continue;
                }
            }
            counts.paragraphs_said += 1;
            if let Some((k, _)) = here {
                used_here.insert(k);
                right.extend(wanted.map(|(i, _)| (i, k)));
                counts.paragraphs_ok += 1;
            } else {
                score.miss("paragraphs.p", format!("{page}: {}", short(&paragraph.join(" "))));
            }
            used.extend(anywhere.map(|(k, _)| k));
        }
    }
    for (i, wanted) in required.iter().enumerate() {
        for (k, paragraph) in wanted.paragraphs.iter().enumerate() {
            if !right.contains(&(i, k)) {
                score.miss("paragraphs.r", format!("{page}: {}", short(&paragraph.join(" "))));
            }
        }
    }
}

fn leaks(
    page: &str,
    gold: &Page,
    said: &[Said],
    live: &[usize],
    counts: &mut Counts,
    score: &mut Score,
) {
    let body = |j: &usize| {
        let words = said[*j].paragraphs.iter().map(|p| p.join(" ")).collect::<Vec<_>>();
        format!(" {} ", words.join(" "))
    };
    let bodies = live.iter().map(body).collect::<Vec<_>>();
    let lines = live.iter().flat_map(|&j| &said[j].paragraphs);
    let lines = lines.map(|p| p.join(" ")).collect::<BTreeSet<_>>();
    for furniture in &gold.furniture {
        let words = tokens(furniture);
        if words.is_empty() {
            continue;
        }
        let line = words.join(" ");
        let inside = format!(" {line} ");
        let leaked = match words.len() {
            4.. => bodies.iter().any(|body| body.contains(&inside)),
            _ => lines.contains(&line),
        };
        counts.leaked.0 += usize::from(leaked);
        if leaked {
            score.miss("furniture_leaked", format!("{page}: {}", short(furniture)));
        }
    }
    counts.leaked.1 = gold.furniture.len();
    for stray in &gold.stray_headlines {
        let taken = live.iter().any(|&j| same_headline(stray, said[j].headline));
        counts.strays = (counts.strays.0 + usize::from(taken), counts.strays.1 + 1);
        if taken {
            score.miss("strays_taken", format!("{page}: {}", short(stray)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: [&str; 2] = [
        "The harbour bridge opened on Monday after nine years of work, the council said.",
        "Mara Lind, who leads the council, walked across it first with two hundred children.",
    ];

    fn gold() -> BTreeMap<String, Page> {
        let body_paragraphs = BODY.map(str::to_string).to_vec();
        let article = Article {
            headline: Some("Harbour bridge opens after nine years".into()),
            role: "main".into(),
            body_paragraphs,
            ..Article::default()
        };
        let teaser = Article {
            headline: Some("Quay market closes for the winter".into()),
            role: "teaser".into(),
            ..Article::default()
        };
        let furniture = vec!["Sign up for our weekly letter from the quay".into(), "Share".into()];
        let page = Page { articles: vec![article, teaser], furniture, ..Page::default() };
        BTreeMap::from([("html/p.html".to_string(), page)])
    }

    fn said(headline: &str, paragraphs: &[&str]) -> Answer {
        let paragraphs = paragraphs.iter().map(|p| (*p).to_string()).collect();
        Answer { headline: Some(headline.into()), paragraphs, ..Answer::default() }
    }

    fn scored(answers: &[Answer]) -> Score {
        score(&gold(), &BTreeMap::from([("html/p.html".to_string(), answers.to_vec())]))
    }

    #[test]
    fn the_labels_score_one() {
        let score = scored(&[said("Harbour bridge opens after nine years", &BODY)]);
        for name in ["count", "articles.f1", "paragraphs.p", "paragraphs.r", "headlines"] {
            assert_eq!(score.value(name), Some(1.0), "{name}");
        }
        assert_eq!(score.value("furniture_leaked"), Some(0.0));
        assert_eq!(score.misses, []);
    }

    #[test]
    fn a_teaser_is_ignored_and_furniture_leaks() {
        let leaky = [BODY[0], BODY[1], "Sign up for our weekly letter from the quay", "Share"];
        let score = scored(&[
            said("Harbour bridge opens", &leaky),
            said("Quay market closes for the winter", &[]),
        ]);
        assert_eq!(score.value("articles.p"), Some(0.0));
        assert_eq!(score.value("count"), Some(1.0));
        assert_eq!(score.value("furniture_leaked"), Some(1.0));
        assert_eq!(score.value("paragraphs.p"), Some(0.5));
        assert_eq!(score.value("headlines"), Some(0.0));
    }
}
