//! Timeline: what happened when and what was reported when, the story's own days before their
//! background.

use headwater::ArticleIx;
use headwater::date::Interval;
use headwater::timeline::{Happening, Moment};

use super::paper::{Phrase, Sheet, quoted};
use super::view::{View, day};
use super::{Extent, QUOTED, counted};

/// Days before a report, and after it, that are the story's own: what is further away is background.
/// A fortnight before holds what a weekly looks back on, a week after what is announced.
const BEFORE: i64 = 14;
const AFTER: i64 = 7;

/// Days of an event that is told nearly enough: a week, and the days around it that it may be.
const NEAR: i64 = 10;

/// Rows of events, and of days of publication, that the memo prints.
const EVENTS: usize = 10;
const REPORTS: usize = 6;

/// For each row of a story's timeline, whether it is one of the story's own days: a report, or an event
/// that is told to a few days and lies about a report, or to a month by several articles. Without any
/// day of publication all are.
pub(crate) fn own_days(view: &View<'_>) -> Vec<bool> {
    let rows = &view.story.timeline;
    let reports = rows.iter().filter(|it| it.moment == Moment::Report);
    let reports = reports.map(|it| it.when).collect::<Vec<_>>();
    let about = |when: Interval, report: Interval| {
        days(when, report) <= BEFORE && days(report, when) <= AFTER
    };
    let own = |it: &Happening| {
        it.moment == Moment::Report
            || reports.is_empty()
            || length(it.when) <= 31 && it.articles.len() > 1
            || length(it.when) <= NEAR && reports.iter().any(|&report| about(it.when, report))
    };
    rows.iter().map(own).collect()
}

/// How many days an interval has.
fn length(when: Interval) -> i64 {
    i64::from(when.first.until(when.last).map_or(i32::MAX, |span| span.get_days())) + 1
}

/// From the end of one interval to the beginning of the next; 0 or less if they touch.
fn days(from: Interval, to: Interval) -> i64 {
    i64::from(from.last.until(to.first).map_or(i32::MAX, |span| span.get_days()))
}

/// Which rows are printed: all, or the story's own days; of many events those that most articles tell.
fn chosen(view: &View<'_>, extent: Extent) -> Vec<bool> {
    let rows = &view.story.timeline;
    if extent == Extent::Whole || rows.len() <= EVENTS + REPORTS {
        return vec![true; rows.len()];
    }
    let mut own = own_days(view);
    let events = (0..rows.len()).filter(|&nth| own[nth] && rows[nth].moment == Moment::Event);
    let mut events = events.collect::<Vec<_>>();
    events.sort_by_key(|&nth| (std::cmp::Reverse(rows[nth].articles.len()), nth));
    // A few more are not worth a line that says so.
    let most = if events.len() > EVENTS + 3 { EVENTS } else { events.len() };
    for &nth in &events[most..] {
        own[nth] = false;
    }
    own
}

/// Events with their words; reports of one day on one line.
pub(super) fn timeline(view: &View<'_>, extent: Extent, sheet: &mut Sheet) {
    let chosen = chosen(view, extent);
    let n_left = chosen.iter().filter(|chosen| !**chosen).count();
    let rows = view.story.timeline.iter().zip(chosen).filter(|(_, chosen)| *chosen);
    let rows = rows.map(|(it, _)| (day(it.when), it)).collect::<Vec<_>>();
    let days = published(&rows);
    let folds = extent == Extent::Memo && days.len() > REPORTS;
    let rows = rows.into_iter().filter(|(_, it)| !folds || it.moment == Moment::Event);
    let rows = rows.collect::<Vec<_>>();
    let column = rows.iter().map(|(when, _)| when.chars().count()).max().unwrap_or(0);
    let mut rows = rows.into_iter().peekable();
    while let Some((when, it)) = rows.next() {
        let first = format!("{when:column$}  ");
        let margin = " ".repeat(column + 2);
        let phrase = match it.moment {
            Moment::Event => event(view, it),
            Moment::Report => {
                let mut articles = it.articles.clone();
                let same = |(next, other): &(String, &Happening)| {
                    *next == when && other.moment == Moment::Report
                };
                while let Some((_, other)) = rows.next_if(same) {
                    articles.extend(&other.articles);
                }
                Phrase::new().ours(report(view, &articles))
            }
        };
        sheet.hang(&first, &margin, &phrase);
    }
    if folds {
        sheet.line(&Phrase::new().ours(span_of(&days)));
    }
    if n_left > 0 {
        let more = counted(n_left, "more row", "more rows");
        let words = format!("{more}, of other days or told by fewer: `headwater timeline`.");
        sheet.line(&Phrase::new().faint(words));
    }
}

/// The days of publication, each with how many articles are of it.
fn published(rows: &[(String, &Happening)]) -> Vec<(String, usize)> {
    let mut days = Vec::<(String, usize)>::new();
    for (when, it) in rows.iter().filter(|(_, it)| it.moment == Moment::Report) {
        match days.iter_mut().find(|(day, _)| day == when) {
            Some((_, n)) => *n += it.articles.len(),
            None => days.push((when.clone(), it.articles.len())),
        }
    }
    days
}

/// "18 articles report on 9 days, from 5 Sep 2016 to 26 Nov 2017; 4 on 29 Aug 2017."
fn span_of(days: &[(String, usize)]) -> String {
    let n = days.iter().map(|(_, n)| n).sum::<usize>();
    let first = days.first().map_or("", |(day, _)| day);
    let last = days.last().map_or("", |(day, _)| day);
    let most = days.iter().rev().max_by_key(|(_, n)| n);
    let (busiest, n_busiest) = most.map_or(("", 0), |(day, n)| (day.as_str(), *n));
    let articles = counted(n, "article reports", "articles report");
    format!("{articles} on {} days, from {first} to {last}; {n_busiest} on {busiest}.", days.len())
}

fn report(view: &View<'_>, articles: &[ArticleIx]) -> String {
    let letters = view.sigla(articles);
    let verb = if letters.contains(',') { "report" } else { "reports" };
    format!("{letters} {verb}")
}

fn event(view: &View<'_>, it: &Happening) -> Phrase {
    let mut phrase = Phrase::new();
    if let Some(&place) = it.places.first() {
        phrase = phrase.theirs(quoted(view.dossier.words(place), QUOTED));
    }
    phrase.ours(format!(" ({})", view.sigla(&it.articles)))
}
