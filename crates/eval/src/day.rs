//! Day: whether the day is found on which a page says that its article came out.
//!
//! After: the evaluation of htmldate, where a page without a day that gets one is a false answer. It
//! counts a wrong day as a false answer only; here it is a miss as well, and its own figure stands
//! beside.

use std::collections::BTreeMap;
use std::path::Path;

use headwater::article::{self, Role};
use headwater::{Lexicon, PageIx};
use headwater_page::{Capture, read};
use serde::Deserialize;

use crate::gold;
use crate::metric::{Better, Score, Tally};

/// A labelled page.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Page {
    /// Its file.
    file: String,
    /// The day, `YYYY-MM-DD`; none where the page does not tell.
    date: Option<String>,
}

/// The labels under `folder`, by address.
pub(crate) fn load(folder: &Path) -> Result<BTreeMap<String, Page>, String> {
    let file = folder.join("eval.json");
    let text = String::from_utf8_lossy(&gold::bytes(&file)?).into_owned();
    // Python's JSON: what is not known is not a number.
    let strict = text.replace("\"date\": NaN", "\"date\": null");
    serde_json::from_str(&strict).map_err(|e| format!("{}: {e}", file.display()))
}

/// The day of every labelled page, with what it rests on.
pub(crate) fn answers(
    folder: &Path,
    gold: &BTreeMap<String, Page>,
) -> Result<BTreeMap<String, (String, String)>, String> {
    let lexicon = Lexicon::shipped();
    let mut found = BTreeMap::new();
    for (url, labelled) in gold {
        let file = format!("{}.gz", labelled.file);
        let bytes = gold::bytes(&folder.join("html").join(&file))?;
        // The address of a web archive's record.
        let capture = Capture { file, url: Some(url.clone()), ..Capture::default() };
        let Some(page) = read(&bytes, &capture).pages.into_iter().next() else { continue };
        let articles = article::segment(&page, PageIx(0), lexicon);
        let main = articles.iter().find(|article| article.role == Role::Main);
        // A page whose article was not found, or that shows a list, may still be dated.
        let day = main.map(|article| article.published);
        if let Some(published) = day.unwrap_or_else(|| article::published(&page, lexicon)) {
            let day = published.when.first.to_string();
            let words = format!("{:?} {}", published.basis, page.words(published.span));
            found.insert(url.clone(), (day, words));
        }
    }
    Ok(found)
}

/// Days that are right of those answered and of those labelled.
pub(crate) fn score(
    gold: &BTreeMap<String, Page>,
    answers: &BTreeMap<String, (String, String)>,
) -> Score {
    let mut score = Score::default();
    let (mut right, mut labelled, mut unanswered) = (0, 0, 0);
    for (url, page) in gold {
        let answer = answers.get(url);
        labelled += usize::from(page.date.is_some());
        match (&page.date, answer) {
            (Some(day), Some((answer, _))) if day == answer => right += 1,
            (None, None) => {}
            (wanted, answer) => {
                unanswered += usize::from(answer.is_none());
                let metric = if answer.is_some() { "published.p" } else { "published.r" };
                let words = format!("{} {wanted:?}, called {answer:?} ({url})", page.file);
                score.miss(metric, words);
            }
        }
    }
    score.tally("published", Tally::new(right, answers.len(), labelled));
    // A wrong day is not missed as well.
    let all = right + answers.len() + unanswered;
    let lenient = (all > 0).then(|| 2.0 * right as f64 / all as f64);
    score.push("published.f1_lenient", lenient, labelled, Better::Higher);
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_where_there_is_none_is_false() {
        let page = |day: Option<&str>| Page { file: String::new(), date: day.map(str::to_owned) };
        let gold = [("a", Some("2031-04-02")), ("b", None), ("c", Some("2031-04-03"))];
        let gold = gold.map(|(url, day)| (url.to_owned(), page(day)));
        let said = ["a", "b"].map(|url| (url.to_owned(), ("2031-04-02".to_owned(), String::new())));
        let score = score(&BTreeMap::from(gold), &BTreeMap::from(said));
        assert_eq!(score.value("published.p"), Some(0.5));
        assert_eq!(score.value("published.r"), Some(0.5));
        assert_eq!(score.misses.len(), 2);
    }
}
