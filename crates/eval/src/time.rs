//! Time: which days the date expressions of the seeds name.

use headwater::Place;

use crate::case::short;
use crate::metric::Score;
use crate::seeds::{Article, Row, Seeds};

/// A date of the engine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Answer {
    /// The words.
    pub(crate) place: Place,
    /// TIMEX3 value.
    pub(crate) value: String,
    /// Whether days were named.
    pub(crate) has_days: bool,
}

/// The dates of all articles, those of publication among them.
pub(crate) fn answers(seeds: &Seeds) -> Vec<Answer> {
    let dossier = &seeds.case.dossier;
    let mut found = Vec::new();
    for ix in seeds.case.articles() {
        for dated in &dossier.marks[ix.ix()].dates {
            let (place, value) = (dossier.place(ix, dated.span), dated.value.clone());
            found.push(Answer { place, value, has_days: dated.when.is_some() });
        }
        if let Some(published) = dossier.articles[ix.ix()].published {
            let place = dossier.place(ix, published.span);
            let value = published.when.first.to_string();
            found.push(Answer { place, value, has_days: true });
        }
    }
    found
}

/// In articles with a date of publication: the value is right. In the others: it stays symbolic
/// and names no day, since nothing on the page tells which week it is.
pub(crate) fn score(rows: &[Row], articles: &[Article], answers: &[Answer]) -> Score {
    let mut score = Score::default();
    let is_dated = |row: &&Row| {
        articles.iter().any(|article| article.id == row.article && article.published.is_some())
    };
    let (dated, undated): (Vec<_>, Vec<_>) = rows.iter().partition(is_dated);
    let mut take = |metric: &str, rows: &[&Row], is_right: fn(&Row, &Answer) -> bool| {
        let mut hits = 0;
        for row in rows {
            let said = answers.iter().filter(|answer| overlaps(row, answer)).collect::<Vec<_>>();
            let right = said.iter().any(|answer| is_right(row, answer));
            hits += usize::from(right);
            if !right {
                let said = said.iter().map(|answer| answer.value.as_str()).collect::<Vec<_>>();
                let words = short(&row.text);
                let words =
                    format!("{}: \"{words}\" is {}, called {said:?}", row.article, row.value);
                score.miss(metric, words);
            }
        }
        score.rate(metric, hits, rows.len());
    };
    take("times.dated", &dated, is_value);
    take("times.undated", &undated, is_symbolic);
    score
}

fn overlaps(row: &Row, answer: &Answer) -> bool {
    row.place.is_some_and(|p| p.page == answer.place.page && p.span.overlaps(answer.place.span))
}

/// One of the listed values. `?` and `X` both stand for what is not known; a part of a month that
/// TIMEX3 has no letters for ("END") may be left out.
fn is_value(row: &Row, answer: &Answer) -> bool {
    let said = answer.value.replace('?', "X");
    let mut listed = row.value.split(['|', '/']).map(|value| value.replace('?', "X"));
    listed.any(|value| value == said || value.split(' ').next() == Some(said.as_str()))
}

/// A value without a day of its own. Where the data knows the day, its weekday or month must be
/// the symbol.
fn is_symbolic(row: &Row, answer: &Answer) -> bool {
    let wanted = symbol(&row.value);
    let is_open = ["X", "REF", "P"].iter().any(|sign| answer.value.contains(sign));
    let is_right = wanted.is_none_or(|wanted| answer.value.starts_with(&wanted));
    !answer.has_days && is_open && is_right
}

/// `2031-03-06` is a Thursday: `XXXX-WXX-4`; `2031-03` is `XXXX-03`.
fn symbol(value: &str) -> Option<String> {
    let parts =
        value.split('-').map(|part| part.parse::<u32>().ok()).collect::<Option<Vec<_>>>()?;
    match parts[..] {
        [year, month, day] => Some(format!("XXXX-WXX-{}", weekday(year, month, day))),
        [_, month] => Some(format!("XXXX-{month:02}")),
        _ => None,
    }
}

/// 1 for Monday to 7 for Sunday. After: Sakamoto.
fn weekday(year: u32, month: u32, day: u32) -> u32 {
    const SHIFT: [u32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let year = if month < 3 { year - 1 } else { year };
    let shift = SHIFT[(month.clamp(1, 12) - 1) as usize];
    let from_sunday = (year + year / 4 - year / 100 + year / 400 + shift + day) % 7;
    if from_sunday == 0 { 7 } else { from_sunday }
}

#[cfg(test)]
mod tests {
    use headwater::{PageIx, Span};

    use super::*;

    fn place(start: usize) -> Place {
        Place { page: PageIx(0), span: Span::new(start, start + 8) }
    }

    fn row(article: &str, start: usize, value: &str) -> Row {
        let place = Some(place(start));
        Row { article: article.into(), value: value.into(), place, ..Row::default() }
    }

    fn answer(start: usize, value: &str, has_days: bool) -> Answer {
        Answer { place: place(start), value: value.into(), has_days }
    }

    #[test]
    fn a_day_is_right_with_a_date_of_publication_and_wrong_without() {
        let dated =
            Article { id: "d".into(), published: Some("2031-03-07".into()), ..Article::default() };
        let rows = [
            row("d", 0, "2031-03-06"),
            row("d", 10, "FUTURE_REF/P?W"),
            row("d", 20, "2031-02 END"),
            row("u", 30, "2031-03-06"),
            row("u", 40, "2031-03"),
            row("u", 50, "2031-03-06"),
        ];
        let answers = [
            answer(0, "2031-03-06", true),
            answer(10, "PXW", false),
            answer(20, "2031-02", true),
            answer(30, "XXXX-WXX-4", false),
            answer(40, "XXXX-03", false),
            answer(50, "2031-03-06", true),
        ];
        let score = score(&rows, &[dated], &answers);
        assert_eq!(score.value("times.dated"), Some(1.0));
        assert_eq!(score.value("times.undated"), Some(2.0 / 3.0));
    }
}
