//! Made: a collection of any size that nobody wrote, to time the whole line on.
//!
//! Stories of one to some forty articles over two months: reports of several outlets that tell the
//! same facts in other wordings, wire copies with and without a credit, rewrites, follow-ups. Names
//! are put together from syllables, words come from the background table. Sentences are in
//! `eval/line.tsv`. The same number gives the same articles everywhere.

use std::collections::BTreeMap;

use serde_json::json;

const SENTENCES: &str = include_str!("../../../eval/line.tsv");
const WORDS: &str = include_str!("../../../lexicon/en/background.tsv");

/// Days over which the stories begin.
const N_DAYS: u64 = 60;
/// Outlets of the collection.
const N_OUTLETS: u64 = 400;
/// Words of one story's topic.
const N_TOPIC: usize = 60;

/// A pure sequence of numbers. After: Vigna, xorshift64* (2016).
#[derive(Clone)]
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % n.max(1)
    }

    fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize].clone()
    }
}

/// The rows of `eval/line.tsv` by name, each split into its wordings.
struct Table {
    rows: BTreeMap<&'static str, Vec<Vec<&'static str>>>,
    words: Vec<&'static str>,
}

impl Table {
    fn new() -> Self {
        let mut rows = BTreeMap::<_, Vec<Vec<_>>>::new();
        for line in SENTENCES.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, wordings)) = line.split_once('\t') {
                rows.entry(name).or_default().push(wordings.split('|').collect());
            }
        }
        // The commonest thousand are no topic's own.
        let lines = WORDS.lines().filter(|line| !line.starts_with('#'));
        let words = lines.filter_map(|line| line.split_once('\t')).flat_map(|(_, w)| w.split(' '));
        Self { rows, words: words.filter(|word| word.len() > 3).skip(1000).collect() }
    }

    fn one(&self, name: &str, dice: &mut Dice) -> &'static str {
        dice.of(&self.rows[name][0])
    }

    fn name(&self, dice: &mut Dice) -> String {
        let parts = 2 + dice.below(2);
        let name = (0..parts).map(|_| self.one("syllable", dice)).collect::<String>();
        let mut chars = name.chars();
        chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
    }

    fn outlet(&self, n: u64) -> String {
        let mut dice = Dice::new(n + 7);
        format!("{} {}", self.name(&mut dice), self.one("paper", &mut dice))
    }
}

/// What one story is about.
struct Event {
    slots: Vec<(&'static str, String)>,
    topic: Vec<&'static str>,
    day: u64,
    /// What its numbers and quotations come from.
    seed: u64,
}

impl Event {
    fn new(table: &Table, dice: &mut Dice) -> Self {
        let place = |dice: &mut Dice| table.name(dice) + table.one("ending", dice);
        let surname = table.name(dice);
        let slots = vec![
            ("{person}", format!("{} {surname}", table.name(dice))),
            ("{second}", format!("{} {}", table.name(dice), table.name(dice))),
            ("{surname}", surname),
            ("{role}", table.one("role", dice).to_owned()),
            ("{office}", table.one("office", dice).to_owned()),
            ("{place}", place(dice)),
            ("{other}", place(dice)),
            ("{firm}", format!("{} {}", table.name(dice), table.name(dice))),
            ("{outlet}", format!("the {}", table.outlet(dice.below(N_OUTLETS)))),
            ("{agency}", table.name(&mut Dice::new(dice.below(5)))),
        ];
        let topic = (0..N_TOPIC).map(|_| dice.of(&table.words)).collect();
        let day = dice.below(N_DAYS);
        Self { slots, topic, day, seed: dice.below(1 << 40) }
    }

    /// A fact in one article's words: numbers and days are the story's own, and so is every word of a
    /// quotation; the rest each newsroom words for itself.
    fn told(&self, wordings: &[&str], fact: u64, dice: &mut Dice) -> String {
        const DAYS: [&str; 5] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
        let mut own = Dice::new(self.seed + fact);
        let mut told = dice.of(wordings).to_owned();
        for (slot, value) in &self.slots {
            told = told.replace(slot, value);
        }
        told = told.replace("{n}", &(40 + own.below(900)).to_string());
        told = told.replace("{m}", &(3 + own.below(30)).to_string());
        told = told.replace("{year}", &(1990 + own.below(30)).to_string());
        told = told.replace("{day}", own.of(&DAYS));
        let words = if told.starts_with('"') { &mut own } else { dice };
        while told.contains("{w}") {
            told = told.replacen("{w}", words.of(&self.topic), 1);
        }
        told
    }

    /// A sentence that no other article has.
    fn filler(&self, table: &Table, dice: &mut Dice) -> String {
        const JOINTS: [&str; 12] =
            ["the", "of", "a", "in", "for", "with", "and", "to", "on", "by", "after", "its"];
        let mut words = Vec::new();
        for _ in 0..12 + dice.below(12) {
            words.push(match dice.below(20) {
                0..8 => dice.of(&JOINTS).to_owned(),
                8 | 9 => self.slots[dice.below(8) as usize].1.clone(),
                10..16 => dice.of(&self.topic).to_owned(),
                _ => dice.of(&table.words).to_owned(),
            });
        }
        let line = words.join(" ");
        let mut chars = line.chars();
        let first = chars.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
        format!("{first}{}.", chars.as_str())
    }
}

/// Lines of JSON, one an article: `n` of them.
pub(crate) fn lines(n: usize) -> impl Iterator<Item = String> {
    let table = Table::new();
    let mut dice = Dice::new(1);
    let mut waiting = Vec::new();
    let mut id = 0;
    std::iter::from_fn(move || {
        while waiting.is_empty() {
            let event = Event::new(&table, &mut dice);
            waiting = story(&table, &event, &mut dice);
            waiting.reverse();
        }
        let (title, text, outlet, day) = waiting.pop()?;
        id += 1;
        let host = outlet.replace(' ', "-").to_lowercase();
        let date = format!("2025-{:02}-{:02}", 3 + day / 28, 1 + day % 28);
        let url = format!("https://{host}.example/{id}");
        let line = json!({"id": id.to_string(), "title": title, "text": text, "url": url,
            "series": outlet, "date": date});
        Some(line.to_string())
    })
    .take(n)
}

/// Title, text, outlet and day of every article of a story: most stories have few.
fn story(table: &Table, event: &Event, dice: &mut Dice) -> Vec<(String, String, String, u64)> {
    let n = match dice.below(20) {
        0 => 12 + dice.below(30),
        1..6 => 4 + dice.below(8),
        _ => 1 + dice.below(3),
    };
    let mut articles = Vec::<(String, String, String, u64)>::new();
    for _ in 0..n {
        let outlet = table.outlet(dice.below(N_OUTLETS));
        let day = event.day + dice.below(3);
        let kind = dice.below(10);
        if let Some((title, text, _, _)) = articles.first().cloned().filter(|_| kind < 3) {
            // A copy, at times cut, at times with a credit.
            let mut paragraphs = text.split("\n\n").collect::<Vec<_>>();
            paragraphs.truncate(paragraphs.len() - dice.below(3) as usize);
            let mut text = paragraphs.join("\n\n");
            if kind == 0 {
                let credit = event.told(&table.rows["credit"][0], 0, dice);
                text = format!("{text}\n\n{credit}");
            }
            articles.push((title, text, outlet, day));
            continue;
        }
        let mut text = report(table, event, dice);
        if kind == 3 {
            let at = dice.below(table.rows["later"].len() as u64);
            let later = event.told(&table.rows["later"][at as usize], 100 + at, dice);
            text = format!("{later}\n\n{text}");
        }
        let day = if kind == 3 { day + 4 + dice.below(6) } else { day };
        articles.push((event.told(&table.rows["headline"][0], 0, dice), text, outlet, day));
    }
    articles
}

/// A newsroom's own text: facts of the story and words of its own, by turns.
fn report(table: &Table, event: &Event, dice: &mut Dice) -> String {
    let mut text = Vec::new();
    let all = &table.rows["fact"];
    let mut facts = (0..all.len() as u64).collect::<Vec<_>>();
    facts.sort_by_cached_key(|&fact| (fact / 8, dice.below(100)));
    facts.truncate(7 + dice.below(6) as usize);
    for fact in facts {
        text.push(event.told(&all[fact as usize], fact, dice));
        text.push(event.filler(table, dice));
    }
    for _ in 0..dice.below(5) {
        text.push(event.filler(table, dice));
    }
    text.chunks(2).map(|pair| pair.join(" ")).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_articles_each_time_and_no_slot_is_left() {
        let made = lines(40).collect::<Vec<_>>();
        assert_eq!(made, lines(40).collect::<Vec<_>>());
        assert!(made.iter().all(|line| !line.contains("{w}") && !line.contains("{n}")));
        let n_words = made.iter().map(|line| line.split(' ').count()).sum::<usize>() / made.len();
        assert!((300..600).contains(&n_words), "{n_words}");
    }
}
