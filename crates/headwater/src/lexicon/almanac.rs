//! Almanac: how the languages of the world's press print a date.
//!
//! Pages are dated by small words and numbers that are the same everywhere; so one table serves all
//! languages, those too that no other part of the lexicon knows.

use rustc_hash::FxHashMap;

use super::{Phrases, Table};
use crate::fold;

/// The order of day, month and year where all are numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// Day first.
    DayMonthYear,
    /// Month first.
    MonthDayYear,
    /// Year first.
    YearMonthDay,
}

/// Where a page is from, as far as its dates are concerned. Lower case; empty where unknown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Locale {
    /// ISO 639: `es`.
    pub language: String,
    /// ISO 3166: `ar`.
    pub territory: String,
}

impl Locale {
    /// From the tag that a page bears: `es-AR`, `en_US`, `zh-Hant-TW`.
    pub fn of(tag: &str) -> Self {
        let tag = tag.trim().to_ascii_lowercase();
        let mut parts = tag.split(['-', '_', '.', ',', ';']).map(str::trim);
        let language = parts.next().filter(|part| matches!(part.len(), 2 | 3)).unwrap_or_default();
        let territory = parts.find(|part| part.len() == 2).unwrap_or_default();
        Self { language: language.to_owned(), territory: territory.to_owned() }
    }
}

/// A month by one of its names, and the languages that call it so.
type Name = (i8, Vec<&'static str>);

/// Names of months, signs, orders and the words beside dates. All words are folded.
#[derive(Debug)]
pub struct Almanac {
    months: FxHashMap<String, Vec<Name>>,
    persian: FxHashMap<String, i8>,
    orders: FxHashMap<String, Order>,
    eras: Vec<(String, i64)>,
    published: Vec<String>,
    updated: Vec<String>,
    /// Small words between the parts of a date.
    pub joints: Phrases,
    /// Signs behind the number of a year.
    pub year: Phrases,
    /// Signs behind the number of a month.
    pub month: Phrases,
    /// Signs behind the number of a day.
    pub day: Phrases,
    /// What stands before the number of a month.
    pub numbered: Phrases,
}

impl Almanac {
    /// From `almanac.tsv` and `dating.tsv`.
    pub fn new(names: &Table, words: &Table) -> Self {
        let mut months: FxHashMap<String, Vec<Name>> = FxHashMap::default();
        for row in names.list("month").filter(|row| row.len() == 3) {
            let name = (row[0].parse().unwrap_or(0), row[2].split(' ').collect());
            months.entry(fold::fold(row[1])).or_default().push(name);
        }
        let mut orders = FxHashMap::default();
        for row in names.list("order").filter(|row| row.len() == 2) {
            let order = if row[0] == "mdy" { Order::MonthDayYear } else { Order::YearMonthDay };
            orders.extend(row[1].split(' ').map(|tag| (tag.to_ascii_lowercase(), order)));
        }
        let folded =
            |list: &str| words.list(list).map(|row| fold::fold(row[0])).collect::<Vec<_>>();
        let numbered = |list: &str, word: usize, number: usize| {
            let rows = words.list(list).filter(|row| row.len() == 2);
            let pairs = rows.map(|row| (fold::fold(row[word]), row[number].parse().unwrap_or(0)));
            pairs.collect::<Vec<(String, i64)>>()
        };
        Self {
            months,
            persian: numbered("persian", 1, 0).into_iter().map(|(w, n)| (w, n as i8)).collect(),
            orders,
            eras: numbered("era", 0, 1),
            published: folded("published"),
            updated: folded("updated"),
            joints: words.phrases("joint"),
            year: words.phrases("year"),
            month: words.phrases("month"),
            day: words.phrases("day"),
            numbered: words.phrases("numbered"),
        }
    }

    /// The month that the folded word names in `language`. A name that several languages have for
    /// different months needs the language; names of less than four letters, which are other words
    /// elsewhere, need a language that has them where one is known.
    pub fn month(&self, word: &str, language: &str) -> Option<i8> {
        let names = self.months.get(word)?;
        let of = |code: &str| names.iter().find(|(_, codes)| codes.contains(&code));
        // Templates of English make mix their months into every language.
        if let Some((month, _)) = of(language).or_else(|| of("en")) {
            return Some(*month);
        }
        let alone = names.iter().all(|(month, _)| *month == names[0].0);
        let long = word.chars().count() > 3 || !word.is_ascii() || language.is_empty();
        (alone && long).then_some(names[0].0)
    }

    /// The month of the solar calendar of Iran that the folded word names.
    pub fn persian(&self, word: &str) -> Option<i8> {
        self.persian.get(word).copied()
    }

    /// The order of numbers in a date of that locale. English of no known country is American: most
    /// sites that hide where they are, are.
    pub fn order(&self, locale: &Locale) -> Order {
        let Locale { language, territory } = locale;
        let both = (!territory.is_empty()).then(|| format!("{language}-{territory}"));
        let known = both.and_then(|tag| self.orders.get(&tag).copied());
        let abroad = language == "en" && !territory.is_empty();
        let alone = || self.orders.get(language).copied().filter(|_| !abroad);
        known.or_else(alone).unwrap_or(Order::DayMonthYear)
    }

    /// Years to add to a year that the words before it, or the page's language, count from elsewhere.
    pub fn era(&self, before: &str) -> Option<i64> {
        self.eras.iter().find(|(name, _)| before == name).map(|(_, years)| *years)
    }

    /// Whether the folded words say that something was changed when the date says that follows.
    pub fn says_updated(&self, words: &str) -> bool {
        last(&self.updated, words) > last(&self.published, words)
    }

    /// Whether the folded words say that something came out when the date says that follows.
    pub fn says_published(&self, words: &str) -> bool {
        last(&self.published, words) > last(&self.updated, words)
    }
}

/// Where the last of the `cues` begins in `words`, at the beginning of a word; none where none does.
fn last(cues: &[String], words: &str) -> Option<usize> {
    let begins =
        |at: &usize| !words[..*at].ends_with(|c: char| c.is_alphanumeric() && (c as u32) < 0x2e80);
    let ends = cues
        .iter()
        .filter_map(|cue| words.rmatch_indices(cue.as_str()).map(|(at, _)| at).find(begins));
    ends.max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn months_are_known_in_many_languages() {
        let almanac = &Lexicon::shipped().almanac;
        for (word, language, month) in [
            ("luglio", "it", Some(7)),
            ("июля", "", Some(7)),
            ("septiembre", "", Some(9)),
            ("listopad", "cs", Some(11)),
            ("listopad", "hr", Some(10)),
            ("listopad", "", None),
            ("may", "id", Some(5)),
            ("sul", "pt", None),
            ("ferry", "en", None),
        ] {
            assert_eq!(almanac.month(word, language), month, "{word} {language}");
        }
    }

    #[test]
    fn orders_differ_by_country() {
        let almanac = &Lexicon::shipped().almanac;
        let order = |tag: &str| almanac.order(&Locale::of(tag));
        assert_eq!(order("en-US"), Order::MonthDayYear);
        assert_eq!(order("en"), Order::MonthDayYear);
        assert_eq!(order("en_NZ"), Order::DayMonthYear);
        assert_eq!(order("es-AR"), Order::DayMonthYear);
        assert_eq!(order("ja"), Order::YearMonthDay);
        assert_eq!(order(""), Order::DayMonthYear);
    }

    #[test]
    fn the_nearest_word_says_what_a_date_is_of() {
        let almanac = &Lexicon::shipped().almanac;
        assert!(almanac.says_updated("published 3 may, updated "));
        assert!(almanac.says_published("mise a jour le 3, publie le "));
        assert!(!almanac.says_updated("outdated ") && !almanac.says_published("the "));
    }
}
