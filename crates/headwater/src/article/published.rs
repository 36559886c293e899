//! Published: when a page says that its report came out.
//!
//! Pages say it in many places, and the places do not agree: programs write universal time, menus
//! print today's date, a change is dated like the first print. So each place is a clue that speaks
//! for a day with the weight of its kind, and the day with most weight is what the page says:
//!
//! | clue | weight | why |
//! |---|---|---|
//! | metadata that names publication | 8 | written for this question; but in universal time |
//! | `<time>` at the headline | 7 | the same, of the line that readers see |
//! | a printed date at the headline | 4 to 6 | what readers see; but which of two it is, words must tell |
//! | metadata that is just called a date | 6 | may be of a change |
//! | the page's address | 5 | given once, in the newsroom's own day |
//! | a date in a program | 4 | may be of another article |
//! | metadata of the making | 3 | a draft may lie for days |
//! | a date elsewhere | 1 or 2 | today's, or a neighbour's |
//!
//! What says that something was changed speaks for no day, and neither does a year alone.

use std::sync::LazyLock;

use headwater_page::{BlockKind, Page, Span};
use jiff::civil::Date;
use regex::Regex;

use super::line::Shift;
use super::{Article, Basis, Published, colophon};
use crate::date::{Form, Interval, Printed, printed};
use crate::fold;
use crate::lexicon::{Almanac, Lexicon, Locale, Order};

/// How many blocks above and below the headline the date of its article stands.
const ABOVE: usize = 6;
const BELOW: usize = 14;
/// A block of more bytes is a paragraph; a date line is shorter.
const LINE: usize = 200;
/// Bytes of paragraphs below the headline beyond which what is printed belongs to the body.
const BODY: usize = 700;
/// Where in a paragraph the date of a dateline stands.
const DATELINE: usize = 60;
/// Bytes of links that may stand behind a date in its line.
const LINK: usize = 80;
/// Bytes of a metadata value that may stand before its date ("Sat, ", "published on ").
const BEFORE: usize = 24;

/// What kind of place a clue is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Source {
    /// Metadata that names publication.
    Named,
    /// `<time>` at the headline.
    Timed,
    /// Printed at the headline.
    Line,
    /// Metadata that is called a date.
    Dated,
    /// The page's address.
    Address,
    /// A program.
    Script,
    /// Metadata of the making.
    Created,
    /// Elsewhere.
    Loose,
}

/// A place that speaks for a day.
#[derive(Clone, Copy, Debug)]
struct Clue {
    source: Source,
    weight: u32,
    basis: Basis,
    date: Printed,
}

/// The day on which the page says that its main report came out, whether or not that report was
/// found. None where it does not say so; never fails. Cost: linear in the page.
pub fn published(page: &Page, lexicon: &Lexicon) -> Option<Published> {
    of(page, None, lexicon)
}

/// The same, where the main article is known.
pub(super) fn of(page: &Page, article: Option<&Article>, lexicon: &Lexicon) -> Option<Published> {
    let almanac = &lexicon.almanac;
    let reader = Reader { page, almanac, locale: locale(page) };
    let mut clues = reader.metadata();
    clues.extend(reader.address());
    if page.elements.len() > 1 {
        let anchor = reader.anchor(article);
        clues.extend(anchor.and_then(|at| reader.times(at)));
        clues.extend(anchor.into_iter().flat_map(|at| reader.lines(at)));
        clues.extend(reader.elsewhere(anchor));
    }
    if let Some(stated) = article.and_then(|article| article.published) {
        let words = page.words(stated.span);
        let own = printed(words, almanac, &reader.locale).into_iter().next();
        let own = own.map(|date| Printed { span: stated.span, ..date });
        clues.extend(own.map(|date| line(date, 6)));
    }
    if let Some(captured) = page.capture.captured.as_deref() {
        let today = printed(captured, almanac, &reader.locale).first().map(|date| date.day);
        let limit = today.and_then(|day| day.tomorrow().ok());
        clues.retain(|clue| limit.is_none_or(|limit| clue.date.day <= limit));
    }
    if clues.iter().any(|clue| clue.date.other.is_some()) {
        let order = reader.order();
        for clue in &mut clues {
            clue.date = in_order(clue.date, page.words(clue.date.span), order);
        }
    }
    decide(&clues)
}

fn line(date: Printed, weight: u32) -> Clue {
    Clue { source: Source::Line, weight, basis: Basis::Stated, date }
}

/// The day with most weight, at the best place that gives it.
fn decide(clues: &[Clue]) -> Option<Published> {
    let mut days = clues.iter().map(|clue| clue.date.day).collect::<Vec<_>>();
    // A clue of two readings speaks for the second only where another clue gives that.
    days.sort_unstable();
    days.dedup();
    let best = days.into_iter().map(|day| (weight(day, clues), day));
    // Of equals the later: what lies before the day of publication is a draft or an event.
    let (weight, day) = best.max()?;
    if weight == 0 {
        return None;
    }
    let mut giving = clues.iter().filter(|clue| clue.date.day == day).collect::<Vec<_>>();
    giving.sort_by_key(|clue| (clue.basis, std::cmp::Reverse(clue.weight), clue.date.span));
    let clue = giving.first()?;
    Some(Published { when: Interval::day(day), basis: clue.basis, span: clue.date.span })
}

/// How much speaks for `day`: of each kind the weightiest clue, and a little for each more.
fn weight(day: Date, clues: &[Clue]) -> u32 {
    let mut sources = [0_u32; 8];
    let mut more = 0;
    for clue in clues {
        let weight = if clue.date.day == day {
            clue.weight
        } else if clue.date.may_be(day) || clue.date.other == Some(day) {
            clue.weight.saturating_sub(1)
        } else {
            continue;
        };
        let known = &mut sources[clue.source as usize];
        more += u32::from(*known > 0 && weight > 2).min(3_u32.saturating_sub(more));
        *known = weight.max(*known);
    }
    sources.iter().sum::<u32>() + more
}

/// The language and country of the page: what its address ends with, what its markup says.
fn locale(page: &Page) -> Locale {
    let words = |key: &str| page.meta(key).map(|span| page.words(span));
    let tags = ["lang", "og:locale", "json-ld:inlanguage", "content-language", "language"];
    let tags = tags.map(words);
    let tags = tags.into_iter().flatten().map(Locale::of).collect::<Vec<_>>();
    let language = tags.iter().find(|tag| !tag.language.is_empty());
    let host = colophon::address(page).map(colophon::host).unwrap_or_default();
    let end = host.rsplit('.').next().unwrap_or_default();
    let country = match end {
        "uk" => "gb",
        _ if end.len() == 2 && !NO_COUNTRY.contains(&end) => end,
        _ => "",
    };
    let territory = tags.iter().find(|tag| !tag.territory.is_empty());
    Locale {
        language: language.map_or(String::new(), |tag| tag.language.clone()),
        territory: match territory {
            Some(tag) if country.is_empty() => tag.territory.clone(),
            _ => country.to_owned(),
        },
    }
}

/// Ends of addresses that are sold all over the world.
const NO_COUNTRY: [&str; 13] =
    ["ai", "cc", "co", "eu", "fm", "gg", "io", "ly", "me", "to", "tv", "vc", "ws"];

/// The date in the other reading, if the page's other dates are in that order.
fn in_order(date: Printed, words: &str, order: Option<Order>) -> Printed {
    let Some((other, order)) = date.other.zip(order) else { return date };
    let first = words.split(|c: char| !c.is_ascii_digit()).find(|n| !n.is_empty());
    let first = first.and_then(|n| n.parse::<i8>().ok());
    let day_first = first == Some(date.day.day());
    if day_first == (order == Order::DayMonthYear) {
        return date;
    }
    Printed { day: other, other: Some(date.day), ..date }
}

static DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:^|[^0-9])(?:((?:19|20)[0-9][0-9])[/_.-]([0-9]{1,2})[/_.-]([0-9]{1,2})",
        r"|((?:19|20)[0-9][0-9])(0[1-9]|1[0-2])([0-3][0-9]))(?:[^0-9]|$)"
    ))
    .expect("the shape is fixed")
});

/// The same with a name for the month: the year first, or the day.
static NAMED_DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:^|[^0-9])(?:((?:19|20)[0-9][0-9])[/_.-](\p{L}{3,})[/_.-]([0-9]{1,2})",
        r"|([0-9]{1,2})[/_.-](\p{L}{3,})[/_.-]((?:19|20)[0-9][0-9]))(?:[^0-9]|$)"
    ))
    .expect("the shape is fixed")
});

struct Reader<'a> {
    page: &'a Page,
    almanac: &'a Almanac,
    locale: Locale,
}

/// The day in a path that is all numbers.
fn numbered_day(path: &str) -> Option<(Span, Date)> {
    let found = DAY.captures(path)?;
    let parts = if found.get(1).is_some() { [1, 2, 3] } else { [4, 5, 6] };
    let [Some(a), Some(b), Some(c)] = parts.map(|i| found.get(i)) else { return None };
    let [year, month, day] = [a, b, c].map(|part| part.as_str().parse::<i16>().unwrap_or(0));
    let date = Date::new(year, month as i8, day as i8).ok()?;
    Some((Span::new(a.start(), c.end()), date))
}

impl Reader<'_> {
    /// The dates in a span, at their places in the page.
    fn dates(&self, span: Span) -> impl Iterator<Item = Printed> {
        let found = printed(self.page.words(span), self.almanac, &self.locale);
        let start = span.start as usize;
        found.into_iter().map(move |date| Printed { span: date.span.shifted(start), ..date })
    }

    /// What the colophon says, each key once.
    fn metadata(&self) -> Vec<Clue> {
        let own = self.own_entries();
        let mut seen = Vec::<&str>::new();
        let mut clues = Vec::new();
        for (meta, own) in self.page.meta.iter().zip(own) {
            let key = meta.key.as_str();
            let Some((source, weight)) = kind(key).filter(|_| own && !seen.contains(&key)) else {
                continue;
            };
            let date = self.dates(meta.span).next();
            let date = date.filter(|date| (date.span.start - meta.span.start) as usize <= BEFORE);
            let Some(date) = date.filter(|date| date.form != Form::Short) else { continue };
            seen.push(key);
            clues.push(Clue { source, weight, basis: Basis::Markup, date });
        }
        clues
    }

    /// For each entry of the colophon, whether it may be of the main report: linked data of several
    /// reports are those of the one that bears the page's title, if one does.
    fn own_entries(&self) -> Vec<bool> {
        let page = self.page;
        let titles = ["og:title", "twitter:title", "title"];
        let titles = titles.iter().filter_map(|key| page.meta(key));
        let titles = titles.map(|span| fold::key(page.words(span))).collect::<Vec<_>>();
        let mut group = 0;
        let mut groups = Vec::with_capacity(page.meta.len());
        let mut titled = None;
        for meta in &page.meta {
            group += usize::from(meta.key == "json-ld:@type");
            groups.push(meta.key.starts_with("json-ld:").then_some(group));
            if meta.key == "json-ld:headline" && titled.is_none() {
                let key = fold::key(page.words(meta.span));
                let same = titles.iter().any(|title| key.len() > 8 && title.starts_with(&key));
                titled = same.then_some(group);
            }
        }
        groups
            .into_iter()
            .map(|group| group.is_none_or(|group| titled.is_none_or(|titled| titled == group)))
            .collect()
    }

    /// The day in the page's address.
    fn address(&self) -> Option<Clue> {
        let keys = ["canonical", "og:url", "url"];
        let spans = keys.iter().filter_map(|key| self.page.meta(key));
        let found = spans.into_iter().find_map(|span| {
            let path = self.page.words(span).split(['?', '#']).next()?;
            let (place, date) = numbered_day(path).or_else(|| self.named_day(path))?;
            Some((place.shifted(span.start as usize), date))
        });
        let (span, day) = found?;
        let date = Printed { span, day, other: None, form: Form::Numeric, clock: None };
        Some(Clue { source: Source::Address, weight: 5, basis: Basis::Markup, date })
    }

    /// The day in a path that calls the month by its name: "/2031/oct/04/".
    fn named_day(&self, path: &str) -> Option<(Span, Date)> {
        let found = NAMED_DAY.captures(path)?;
        let parts = if found.get(1).is_some() { [1, 2, 3] } else { [6, 5, 4] };
        let [Some(year), Some(month), Some(day)] = parts.map(|part| found.get(part)) else {
            return None;
        };
        let number = self.almanac.month(&fold::fold(month.as_str()), &self.locale.language)?;
        let date =
            Date::new(year.as_str().parse().ok()?, number, day.as_str().parse().ok()?).ok()?;
        Some((Span::new(year.start().min(day.start()), year.end().max(day.end())), date))
    }

    /// The block of the headline: the article's, or the one that bears the page's title, or the
    /// first heading.
    fn anchor(&self, article: Option<&Article>) -> Option<usize> {
        let page = self.page;
        let blocks = &page.blocks;
        let body = page.body();
        let head = article.and_then(|article| article.headline).filter(|head| body.contains(*head));
        if let Some(head) = head {
            return blocks.iter().position(|block| block.span.overlaps(head));
        }
        let titles = colophon::titles(page);
        let titles = titles.iter().map(|span| fold::key(page.words(*span))).collect::<Vec<_>>();
        let titled = |at: &usize| {
            let key = fold::key(page.words(blocks[*at].span));
            key.len() > 8 && titles.iter().any(|title| title.starts_with(&key))
        };
        let heading = |at: &usize| matches!(blocks[*at].kind, BlockKind::Heading(_));
        let first = || (0..blocks.len()).filter(heading).find(titled);
        first()
            .or_else(|| (0..blocks.len()).find(titled))
            .or_else(|| blocks.iter().position(|block| block.kind == BlockKind::Heading(1)))
    }

    /// Blocks at the headline: below it, nearest first, as far as the body; then above.
    fn near(&self, anchor: usize) -> Vec<usize> {
        let blocks = &self.page.blocks;
        let mut prose = 0;
        let below = (anchor + 1..blocks.len()).take(BELOW).take_while(|at| {
            let len = blocks[*at].span.len();
            let goes_on = prose <= BODY;
            prose += if len > LINE { len } else { 0 };
            goes_on
        });
        below.chain((anchor.saturating_sub(ABOVE)..anchor).rev()).collect()
    }

    /// The first machine-readable time at the headline that is not of a change.
    fn times(&self, anchor: usize) -> Option<Clue> {
        let page = self.page;
        let near = self.near(anchor);
        let timed = page.elements.iter().enumerate().filter_map(|(at, element)| {
            let time = element.time.filter(|_| !is_change(&element.hints))?;
            let at = at as u32;
            let inside = |block: &usize| page.blocks[*block].element == at;
            let beside = |block: &usize| page.blocks[*block].element == element.parent;
            let place = near.iter().position(inside).or_else(|| near.iter().position(beside));
            Some((place?, self.dates(time).next()?))
        });
        let (_, date) = timed.min_by_key(|(place, date)| (*place, date.span))?;
        Some(Clue { source: Source::Timed, weight: 7, basis: Basis::Markup, date })
    }

    /// The first printed dates at the headline: one below it, one above.
    fn lines(&self, anchor: usize) -> Vec<Clue> {
        let near = self.near(anchor);
        let (below, above): (Vec<_>, Vec<_>) = near.into_iter().partition(|at| *at > anchor);
        let first = |blocks: Vec<usize>, less: u32| {
            let found = blocks.into_iter().flat_map(|at| self.line(at)).collect::<Vec<_>>();
            let best = found.iter().map(|(_, weight)| *weight).max();
            let first = found.into_iter().find(|(_, weight)| Some(*weight) == best);
            first.map(|(date, weight)| line(date, weight - less))
        };
        first(below, 0).into_iter().chain(first(above, 1)).collect()
    }

    /// The printed dates of a block, and how much each tells of publication.
    fn line(&self, at: usize) -> Vec<(Printed, u32)> {
        let page = self.page;
        let block = &page.blocks[at];
        let words = page.words(block.span);
        let element = &page.elements[block.element as usize];
        let mut found = Vec::new();
        for date in self.dates(block.span) {
            let before = (date.span.start - block.span.start) as usize;
            if date.form == Form::Compact || before > DATELINE && words.len() > LINE {
                continue;
            }
            // A line that is mostly a link is a headline of another article; behind the date of this
            // one may stand links to its sections and authors.
            let linked = (block.linked as usize).saturating_sub(date.span.len());
            let teaser = linked * 2 > words.len() && (before > 0 || linked > LINK);
            if matches!(block.kind, BlockKind::Heading(1..=3)) || teaser {
                continue;
            }
            let mut label = fold::fold(&words[..before]);
            if !label.contains(char::is_alphabetic) && at > 0 {
                let above = page.words(page.blocks[at - 1].span);
                label.insert_str(0, &fold::fold(if above.len() <= 40 { above } else { "" }));
            }
            if self.almanac.says_updated(&label) || is_change(&element.hints) {
                continue;
            }
            let hinted = ["date", "time", "publi", "posted", "byline", "meta"];
            let hinted = hinted.iter().any(|hint| element.hints.contains(hint));
            let told = hinted || date.clock.is_some() || self.almanac.says_published(&label);
            let weight = match (words.len() > LINE, date.form, told) {
                (true, ..) => 3,
                (_, Form::Short, false) => 2,
                (_, Form::Short, true) => 4,
                (_, _, true) => 6,
                (_, _, false) => 5,
            };
            found.push((date, weight));
        }
        found
    }

    /// What dates the page where nothing else does: a time somewhere, or the date in its masthead.
    fn elsewhere(&self, anchor: Option<usize>) -> Vec<Clue> {
        let page = self.page;
        let times = page.elements.iter().filter(|element| !is_change(&element.hints));
        let time = times.filter_map(|element| element.time).find_map(|at| self.dates(at).next());
        let time = time.map(|date| (date, Basis::Markup, 2));
        let blocks = anchor.map_or(page.blocks.len(), |anchor| anchor.max(40));
        let mut lines = (0..blocks.min(page.blocks.len())).flat_map(|at| self.line(at));
        let line = lines.find(|(_, weight)| *weight > 2).map(|(date, _)| (date, Basis::Stated, 1));
        let clue = |(date, basis, weight)| Clue { source: Source::Loose, weight, basis, date };
        time.into_iter().chain(line).map(clue).collect()
    }

    /// The order of day and month that the page's unmistakable dates are in.
    fn order(&self) -> Option<Order> {
        let (mut day_first, mut month_first) = (0, 0);
        for block in &self.page.blocks {
            for date in self.dates(block.span).filter(|date| date.other.is_none()) {
                let words = self.page.words(date.span);
                let first = words.split(|c: char| !c.is_ascii_digit()).next();
                let first = first.and_then(|n| n.parse::<i8>().ok()).unwrap_or(0);
                if date.form != Form::Numeric || first > 31 || date.day.day() <= 12 {
                    continue;
                }
                *(if first == date.day.day() { &mut day_first } else { &mut month_first }) += 1;
            }
        }
        match (day_first, month_first) {
            (1.., 0) => Some(Order::DayMonthYear),
            (0, 1..) => Some(Order::MonthDayYear),
            _ => None,
        }
    }
}

/// Whether names in the markup are of a change, not of publication.
fn is_change(names: &str) -> bool {
    ["updat", "modif", "edited", "revis"].iter().any(|part| names.contains(part))
        && !names.contains("publi")
}

/// What a key of the colophon tells of publication, and how much.
fn kind(key: &str) -> Option<(Source, u32)> {
    let none = [
        "modif",
        "updat",
        "expir",
        "revis",
        "review",
        "edited",
        "copyright",
        "embargo",
        "unpubl",
        "event",
        "start",
        "end_",
        "enddate",
        "birth",
        "valid",
        "title",
        "descri",
        "keyword",
    ];
    if none.iter().any(|part| key.contains(part)) {
        return None;
    }
    let publication =
        ["publi", "pubdate", "pub_date", "pub-date", "issued", "ptime", "release", "posted"];
    let publication = publication.iter().any(|part| key.contains(part));
    if key.starts_with("script:") {
        // A call that prints a date says nothing of what it is the date of.
        let call = (key == "script:date()").then_some((Source::Script, 2));
        let named = publication || key == "script:dc:date";
        return named.then_some((Source::Script, 4)).or(call);
    }
    if publication || matches!(key, "sailthru.date" | "citation_date" | "citation_online_date") {
        return Some((Source::Named, 8));
    }
    if key.contains("creat") || key.contains("upload") {
        return Some((Source::Created, 3));
    }
    match key {
        "time" => Some((Source::Loose, 2)),
        "captured" => None,
        _ => key.contains("date").then_some((Source::Dated, 6)),
    }
}

#[cfg(test)]
mod tests;
