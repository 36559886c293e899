//! Words for dates, and the patterns in which they name one.

use rustc_hash::FxHashMap;

use super::{Background, Phrases, Table};
use crate::fold;

mod hinge;

/// A span of time that can be counted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Unit {
    /// Seconds, minutes, hours: too fine for days.
    Clock(&'static str),
    /// A day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// Monday to Sunday.
    Week,
    /// Two weeks.
    Fortnight,
    /// A calendar month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

/// Which way a bare weekday or month lies.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Lean {
    /// Before publication.
    Past,
    /// After it.
    Future,
}

/// What a word does to the date beside it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Beside {
    /// A month or year may stand behind it ("in", "since").
    Introduces,
    /// A date goes on behind it ("of").
    Joins,
    /// A duration before it is an age.
    Ages,
    /// It stands between the two ends of a stretch ("to").
    Spans,
    /// Behind an hour it makes a time of day ("Uhr").
    Clocks,
    /// It stands between a word that narrows and the date ("late in May").
    Narrows,
    /// It is also another word: only a capital letter or its neighbours tell.
    Doubts,
    /// What is behind it is still to come ("to be published").
    Awaits,
    /// What is behind it was to come once ("had been scheduled").
    Ends,
}

/// What a word means for dates. Most words have one or two meanings; `classes` says which.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Word {
    /// The word, folded.
    pub name: String,
    /// Its number among the words of the calendar.
    pub id: u16,
    /// The classes of a pattern that it fills: bit 0 is `A`.
    pub classes: u32,
    /// 1 to 12.
    pub month: i8,
    /// Monday is 1.
    pub weekday: i8,
    /// A unit of time.
    pub unit: Option<Unit>,
    /// How many; below zero for "several".
    pub count: i64,
    /// The first year of a decade ("nineties").
    pub decade: i64,
    /// Part of a day: `MO`.
    pub part: &'static str,
    /// Season: `SU`.
    pub season: &'static str,
    /// "third".
    pub ordinal: i64,
    /// Hours that a meridiem adds.
    pub half: i8,
    /// Tells which way a date lies that follows.
    pub lean: Option<Lean>,
    /// Narrows the date that follows.
    pub edge: Option<&'static str>,
    /// What it does to the date beside it.
    pub beside: Vec<Beside>,
    /// Patterns that may begin with it, in order.
    pub rules: Vec<Opening>,
    /// Whether dates hang on it: no pattern is filled without such a word or a digit.
    pub is_hinge: bool,
}

/// A pattern that a word opens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Opening {
    /// Its place in [`Calendar::rules`].
    pub rule: u16,
    /// The fewest words that fill it.
    pub n_least: u16,
    /// What may stand second in it.
    pub next: Next,
}

/// What the second word of a pattern may be: nothing that may is left out, and most that may not is.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Next {
    /// Its classes.
    pub classes: u32,
    /// Words by the last six bits of their [`Word::id`].
    pub words: u64,
}

impl Next {
    /// Whether a word of those classes, or the word of that number, may be it.
    pub fn may_be(self, classes: u32, word: Option<u16>) -> bool {
        self.classes & classes != 0 || word.is_some_and(|id| self.words >> (id % 64) & 1 == 1)
    }

    /// Of the elements behind the first.
    fn new(elements: &[Element]) -> Self {
        let mut next = Self::default();
        for element in elements.iter().skip(1) {
            next.classes |= element.classes;
            next.words |= element.words.iter().fold(0, |words, id| words | 1 << (id % 64));
        }
        next
    }
}

impl Word {
    /// Whether it does that to the date beside it.
    pub fn does(&self, what: Beside) -> bool {
        self.beside.contains(&what)
    }
}

/// One place of a pattern.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Element {
    /// Classes that fill it.
    pub classes: u32,
    /// Words that fill it, by [`Word::id`].
    pub words: Vec<u16>,
    /// Whether it may be left out.
    pub optional: bool,
}

/// A pattern of words and what it means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rule {
    /// The pattern, as its row has it.
    pub pattern: &'static str,
    /// The same, place by place.
    pub elements: Vec<Element>,
    /// What it means: see [`crate::date`].
    pub meaning: &'static str,
    /// Narrows the meaning.
    pub argument: &'static str,
    /// Whether a clause has to end behind it.
    pub is_final: bool,
    /// The holiday that the pattern names: `12-25`, `11/4/4`, `E-2`.
    pub holiday: &'static str,
}

/// Words for dates. All words that are asked for are folded.
#[derive(Debug)]
pub struct Calendar {
    /// Words between the parts of a date ("9th of August").
    pub joints: Phrases,
    /// What is written behind the day's digits ("th").
    pub ordinals: Phrases,
    /// What is written behind the digits of a decade ("1990s") and behind a weekday that returns.
    pub decades: Phrases,
    /// Whether months are printed without a capital.
    pub lower_months: bool,
    /// Bytes of the longest name of a weekday; twice those of its folded form, for accents.
    pub longest_day: usize,
    /// The patterns, in order.
    pub rules: Vec<Rule>,
    /// The most words of a pattern.
    pub longest: usize,
    words: Vec<Word>,
    /// The words by their hashes.
    by_hash: FxHashMap<u64, u16>,
    /// Names of weekdays.
    days: Vec<String>,
    by_class: Vec<Vec<Opening>>,
    past_endings: Vec<String>,
    future_endings: Vec<String>,
}

/// The class of that letter, as a bit of [`Word::classes`].
pub const fn class(letter: u8) -> u32 {
    1 << (letter - b'A')
}

impl Calendar {
    /// From the rows of its file; `numbers` adds the words that count, and `background` tells which
    /// words are rare.
    pub fn new(table: &Table, numbers: &Table, background: &Background) -> Self {
        let mut calendar = Self {
            joints: table.phrases("joint"),
            ordinals: table.phrases("ordinal"),
            decades: table.phrases("decade"),
            lower_months: table.phrases("lowercase").has("month"),
            longest_day: 0,
            days: Vec::new(),
            longest: 0,
            by_hash: FxHashMap::default(),
            rules: Vec::new(),
            words: Vec::new(),
            by_class: vec![Vec::new(); 26],
            future_endings: table.list("future_ending").map(|row| row[0].to_owned()).collect(),
            past_endings: table.list("past_ending").map(|row| fold::fold(row[0])).collect(),
        };
        for row in table.rows() {
            calendar.add_word(row);
        }
        for row in numbers.rows().filter(|row| matches!(row[0], "cardinal" | "ordinal" | "scale")) {
            calendar.add_word(row);
        }
        let days = calendar.words.iter().filter(|word| word.weekday > 0);
        calendar.days = days.map(|word| word.name.clone()).collect();
        calendar.days.sort_unstable();
        calendar.longest_day = calendar.days.iter().map(|day| day.len() * 2).max().unwrap_or(0);
        let holidays = table.list("holiday").map(<[_]>::to_vec).collect::<Vec<_>>();
        for row in table.list("rule") {
            let rule = (row[0], row.get(1).copied().unwrap_or(""), row.get(2).copied());
            if row[0].split(' ').any(|part| part == "H") {
                for holiday in &holidays {
                    let words = fold::fold(holiday[0]).replace("'s", " 's").replace('.', "");
                    let pattern = row[0].replace('H', &words);
                    calendar.add_rule(&pattern, rule, holiday[1]);
                }
            } else {
                calendar.add_rule(rule.0, rule, "");
            }
        }
        calendar.longest = calendar.rules.iter().map(|rule| rule.elements.len()).max().unwrap_or(0);
        for id in hinge::hinges(&calendar.words, &calendar.rules, background) {
            calendar.words[usize::from(id)].is_hinge = true;
        }
        calendar
    }

    /// What the calendar knows of a word.
    pub fn word(&self, word: &str) -> Option<&Word> {
        self.hashed(fold::hash(word))
    }

    /// What the calendar knows of the word whose folded form has that hash.
    pub fn hashed(&self, hash: u64) -> Option<&Word> {
        self.by_hash.get(&hash).map(|id| &self.words[usize::from(*id)])
    }

    /// All words, in order.
    pub(super) fn words(&self) -> &[Word] {
        &self.words
    }

    /// Whether a folded word begins with the name of a weekday.
    pub fn opens_with_day(&self, word: &str) -> bool {
        let first = word.as_bytes().first();
        let near = self.days.iter().filter(|day| day.as_bytes().first() == first);
        near.into_iter().any(|day| word.starts_with(day.as_str()))
    }

    /// The month of that name or abbreviation: 1 to 12.
    pub fn month(&self, word: &str) -> Option<i8> {
        self.word(word).map(|word| word.month).filter(|month| *month > 0)
    }

    /// The weekday of that name or abbreviation: Monday is 1, Sunday 7.
    pub fn weekday(&self, word: &str) -> Option<i8> {
        self.word(word).map(|word| word.weekday).filter(|weekday| *weekday > 0)
    }

    /// The patterns that may begin with a word of that class (a number of bits).
    pub fn beginning(&self, class: u32) -> &[Opening] {
        self.by_class.get(class as usize).map_or(&[], Vec::as_slice)
    }

    /// Which way the ending of a word leans, if it is that of a verb. Endings of the future keep
    /// their accents, which tell "cerrará" from "cerrara"; a name has none.
    pub fn leans(&self, word: &str, folded: &str) -> Option<Lean> {
        let has = |word: &str, endings: &[String]| {
            endings.iter().any(|it| fold::ends(word, it) && word.len() > it.len() + 2)
        };
        if word.starts_with(char::is_lowercase) && has(word, &self.future_endings) {
            return Some(Lean::Future);
        }
        has(folded, &self.past_endings).then_some(Lean::Past)
    }

    fn entry(&mut self, word: &str) -> &mut Word {
        let next = self.words.len() as u16;
        let id = *self.by_hash.entry(fold::hash(word)).or_insert(next);
        if id == next {
            self.words.push(Word { name: word.to_owned(), id, ..Word::default() });
        }
        &mut self.words[usize::from(id)]
    }

    fn add_word(&mut self, row: &[&'static str]) {
        let (Some(word), value) = (row.get(1), row.get(2).copied().unwrap_or("")) else { return };
        let number = || value.parse::<i64>().unwrap_or(-1);
        if matches!(row[0], "rule" | "holiday" | "past_ending" | "future_ending") {
            return;
        }
        // "Late in": the second word hands the first one on.
        let (word, joint) = match word.split_once(' ') {
            Some((word, joint)) if row[0] == "edge" => (word, Some(joint)),
            _ => (*word, None),
        };
        if let Some(joint) = joint {
            self.entry(&fold::fold(joint)).beside.push(Beside::Narrows);
        }
        let entry = self.entry(&fold::fold(word));
        let letter = match row[0] {
            "month" => {
                entry.month = number() as i8;
                b'M'
            }
            "weekday" => {
                entry.weekday = number() as i8;
                b'W'
            }
            "unit" => {
                entry.unit = Some(unit(value));
                if row.get(3).is_some() { b'V' } else { b'U' }
            }
            "count" | "cardinal" => {
                entry.count = number();
                b'N'
            }
            // "A hundred years".
            "scale" if row.len() == 3 && matches!(number(), 100 | 1000) => {
                entry.count = number();
                b'N'
            }
            "part" => {
                entry.part = value;
                b'P'
            }
            "season" => {
                entry.season = value;
                b'S'
            }
            // Of two lists of that name, the calendar's own has no numbers.
            "ordinal" if number() > 0 => {
                entry.ordinal = number();
                b'O'
            }
            "half" => {
                entry.half = number() as i8;
                b'A'
            }
            "tens" => {
                entry.decade = number();
                b'K'
            }
            "zone" => b'Z',
            "future" => {
                entry.lean = Some(Lean::Future);
                return;
            }
            "past" => {
                entry.lean = Some(Lean::Past);
                return;
            }
            "edge" => {
                entry.edge = Some(value);
                return;
            }
            "clock" => {
                entry.beside.push(Beside::Clocks);
                return;
            }
            "range" => {
                entry.beside.push(Beside::Spans);
                return;
            }
            "introduces" => {
                entry.beside.push(Beside::Introduces);
                return;
            }
            "joint" => {
                entry.beside.push(Beside::Joins);
                return;
            }
            "old" => {
                entry.beside.push(Beside::Ages);
                return;
            }
            "awaits" => {
                entry.beside.push(Beside::Awaits);
                return;
            }
            "ends" => {
                entry.beside.push(Beside::Ends);
                return;
            }
            _ => return,
        };
        entry.classes |= class(letter);
        if row.last() == Some(&"common") {
            entry.beside.push(Beside::Doubts);
        }
    }

    fn add_rule(
        &mut self,
        words: &str,
        (pattern, meaning, argument): (&'static str, &'static str, Option<&'static str>),
        holiday: &'static str,
    ) {
        let mut elements = Vec::new();
        for part in words.split(' ').filter(|part| !part.is_empty()) {
            let bare = part.strip_suffix('?').unwrap_or(part);
            let mut element = Element { optional: bare.len() < part.len(), ..Element::default() };
            for choice in bare.split('|') {
                match choice.as_bytes() {
                    [letter @ b'A'..=b'Z'] => element.classes |= class(*letter),
                    _ => element.words.push(self.entry(&fold::fold(choice)).id),
                }
            }
            elements.push(element);
        }
        let n_least = elements.iter().filter(|element| !element.optional).count() as u16;
        let leading = elements.iter().position(|element| !element.optional).unwrap_or(0);
        // No element that must be filled is passed over on the way to the second word.
        let second = elements.iter().skip(leading + 1).position(|element| !element.optional);
        let second = second.map_or(elements.len(), |behind| leading + 2 + behind);
        let next = Next::new(&elements[..second]);
        let opening = Opening { rule: self.rules.len() as u16, n_least, next };
        for element in &elements[..=leading.min(elements.len().saturating_sub(1))] {
            for (letter, rules) in self.by_class.iter_mut().enumerate() {
                if element.classes >> letter & 1 == 1 && rules.last() != Some(&opening) {
                    rules.push(opening);
                }
            }
            for id in &element.words {
                self.words[usize::from(*id)].rules.push(opening);
            }
        }
        let argument = argument.unwrap_or("");
        let bare = argument.strip_suffix("final").map(str::trim_end);
        let (argument, is_final) = (bare.unwrap_or(argument), bare.is_some());
        self.rules.push(Rule { pattern, elements, meaning, argument, is_final, holiday });
    }
}

fn unit(code: &'static str) -> Unit {
    match code {
        "D" => Unit::Day,
        "WE" => Unit::Weekend,
        "W" => Unit::Week,
        "FN" => Unit::Fortnight,
        "M" => Unit::Month,
        "Q" => Unit::Quarter,
        "Y" => Unit::Year,
        "DE" => Unit::Decade,
        "CE" => Unit::Century,
        _ => Unit::Clock(code),
    }
}
