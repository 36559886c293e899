//! Cluster: which articles are about one happening, against the events of public data.
//!
//! One setting for all of them: the engine's own. Every article goes the whole line as a line of
//! JSON, as a user would give it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use headwater::article::Role;
use headwater::{ArticleIx, Dossier, Lexicon, trace};
use headwater_page::{Capture, read};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::case::short;
use crate::gold;
use crate::metric::{Better, Score};

/// How a data set keeps its events.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    /// A folder of articles, each with the number of its event.
    Numbered,
    /// A file of events, each with its articles, which say when they were stored.
    Stored,
    /// The same, where the articles say when they were published.
    Published,
}

/// One article and the event that it is about.
pub(crate) struct Labelled {
    /// The event.
    pub(crate) event: usize,
    /// A line of JSON as Headwater reads it.
    pub(crate) line: Value,
}

#[derive(Deserialize)]
struct Event {
    #[serde(default)]
    articles: Vec<Value>,
}

/// The articles of `path` with their events, in the order of the files.
pub(crate) fn load(path: &Path, form: Form) -> Result<Vec<Labelled>, String> {
    let mut articles = Vec::new();
    if form == Form::Numbered {
        for file in files(path)? {
            let article: Value = gold::json(&file)?;
            let event = article.pointer("/newsCluster/EventId").and_then(Value::as_u64);
            let event = event.ok_or_else(|| format!("{}: names no event", file.display()))?;
            let line = json!({
                "id": articles.len().to_string(),
                "title": article["title"],
                "text": article["text"],
                "url": article["url"],
                "series": article["source_domain"],
                "date": article["date_publish"],
            });
            articles.push(Labelled { event: event as usize, line });
        }
        return Ok(articles);
    }
    let events: Vec<Event> = gold::json(path)?;
    for (event, held) in events.into_iter().enumerate() {
        for article in held.articles {
            let id = articles.len().to_string();
            let title = &article["title"];
            let line = if form == Form::Stored {
                let captured = &article["created_at"]["$date"];
                json!({"id": id, "title": title, "text": article["text"], "url": article["ext_url"],
                    "captured": captured})
            } else {
                json!({"id": id, "title": title, "text": article["body"], "url": article["url"],
                    "date": article["published"].as_f64().map(day)})
            };
            articles.push(Labelled { event, line });
        }
    }
    Ok(articles)
}

/// The day of a time in seconds, as `YYYY-MM-DD`. After: Hinnant, `civil_from_days` (2013).
fn day(seconds: f64) -> String {
    let days = (seconds / 86_400.0).floor() as i64 + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The files of a folder that end in `.json`, in order.
fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |e: std::io::Error| format!("{}: {e}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        files.push(entry.map_err(failed)?.path());
    }
    files.retain(|file| file.extension().is_some_and(|it| it == "json"));
    files.sort();
    Ok(files)
}

/// The dossier of the articles.
pub(crate) fn traced(articles: &[Labelled]) -> Result<Dossier, String> {
    let mut lines = Vec::new();
    for article in articles {
        serde_json::to_writer(&mut lines, &article.line).map_err(|e| e.to_string())?;
        lines.push(b'\n');
    }
    let capture = Capture { file: "articles.jsonl".into(), ..Capture::default() };
    let found = read(&lines, &capture);
    Ok(trace(found.pages, found.skipped, Lexicon::shipped()))
}

/// B-cubed figures of the stories that are found in `path`, and every pair that is together and
/// should not be, or the other way round.
pub(crate) fn score(path: &Path, form: Form) -> Result<Score, String> {
    let articles = load(path, form)?;
    let dossier = traced(&articles)?;
    let stories = stories(&dossier, articles.len());
    let events = articles.iter().map(|article| article.event).collect::<Vec<_>>();
    let (p, r) = b_cubed(&events, &stories);
    let mut score = Score::default();
    let n = articles.len();
    score.push("stories.p", Some(p), n, Better::Higher);
    score.push("stories.r", Some(r), n, Better::Higher);
    score.push("stories.f1", Some(2.0 * p * r / (p + r)), n, Better::Higher);
    misses(&articles, &stories, &mut score);
    Ok(score)
}

/// For each labelled article, a number of the story of its largest article: alone if it has none.
fn stories(dossier: &Dossier, n: usize) -> Vec<usize> {
    let mut largest = vec![None::<(usize, usize)>; n];
    for (number, story) in dossier.stories.iter().enumerate() {
        for &ix in &story.articles {
            let Ok(at) = dossier.page_of(ix).capture.record.parse::<usize>() else { continue };
            let size = body(dossier, ix);
            if largest[at].is_none_or(|(_, held)| size > held) {
                largest[at] = Some((number, size));
            }
        }
    }
    let alone = |(at, found): (usize, Option<(usize, usize)>)| {
        found.map_or(dossier.stories.len() + at, |(number, _)| number)
    };
    largest.into_iter().enumerate().map(alone).collect()
}

fn body(dossier: &Dossier, ix: ArticleIx) -> usize {
    let article = &dossier.articles[ix.ix()];
    if article.role == Role::Teaser { 0 } else { article.n_body() }
}

/// Precision and recall of a partition. After: Bagga and Baldwin 1998.
pub(crate) fn b_cubed(gold: &[usize], answers: &[usize]) -> (f64, f64) {
    let (mut of_gold, mut of_answer) = (BTreeMap::new(), BTreeMap::new());
    let mut both = BTreeMap::new();
    for (&event, &story) in gold.iter().zip(answers) {
        *of_gold.entry(event).or_insert(0.0) += 1.0;
        *of_answer.entry(story).or_insert(0.0) += 1.0;
        *both.entry((event, story)).or_insert(0.0) += 1.0;
    }
    let (mut p, mut r) = (0.0, 0.0);
    for (&(event, story), &n) in &both {
        p += n * n / of_answer[&story];
        r += n * n / of_gold[&event];
    }
    let n = gold.len().max(1) as f64;
    (p / n, r / n)
}

/// What should be together and is not, and the other way round: a line for each two groups.
fn misses(articles: &[Labelled], stories: &[usize], score: &mut Score) {
    let mut groups = BTreeMap::<(usize, usize), Vec<usize>>::new();
    for (at, (article, &story)) in articles.iter().zip(stories).enumerate() {
        groups.entry((article.event, story)).or_default().push(at);
    }
    let title = |group: &[usize]| {
        let title = articles[group[0]].line["title"].as_str().unwrap_or_default();
        format!("{} of \"{}\"", group.len(), short(title))
    };
    let groups = groups.into_iter().collect::<Vec<_>>();
    for (n, ((event, story), left)) in groups.iter().enumerate() {
        for ((other_event, other_story), right) in &groups[n + 1..] {
            let should = match (event == other_event, story == other_story) {
                (true, false) => "together",
                (false, true) => "apart",
                _ => continue,
            };
            let words = format!("{} and {} should be {should}", title(left), title(right));
            score.miss("stories.f1", words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_days() {
        assert_eq!(day(1_123_891_200.0), "2005-08-13");
        assert_eq!(day(951_782_400.0), "2000-02-29");
    }

    #[test]
    fn b_cubed_weighs_each_article() {
        assert_eq!(b_cubed(&[1, 1, 2], &[5, 5, 6]), (1.0, 1.0));
        let (p, r) = b_cubed(&[1, 1, 2, 3], &[7, 7, 7, 7]);
        assert!((p - 0.375).abs() < 1e-9 && (r - 1.0).abs() < 1e-9);
        let (p, r) = b_cubed(&[1, 1, 1, 1], &[1, 2, 3, 4]);
        assert!((p - 1.0).abs() < 1e-9 && (r - 0.25).abs() < 1e-9);
    }
}
