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
    facts: Vec<Vec<String>>,
    headlines: Vec<String>,
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
        let mut event = Self { slots, topic, day, facts: Vec::new(), headlines: Vec::new() };
        event.facts = table.rows["fact"].iter().map(|row| event.told(row, dice)).collect();
        event.headlines = event.told(&table.rows["headline"][0], dice);
        event
    }

    /// A fact in all its wordings: the same numbers, days and words in each.
    fn told(&self, wordings: &[&str], dice: &mut Dice) -> Vec<String> {
        let seed = dice.clone();
        let told = wordings.iter().map(|words| self.fill(words, &mut seed.clone())).collect();
        dice.below(2);
        told
    }

    fn fill(&self, wording: &str, dice: &mut Dice) -> String {
        const DAYS: [&str; 5] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
        let mut told = wording.to_owned();
        for (slot, value) in &self.slots {
            told = told.replace(slot, value);
        }
        told = told.replace("{n}", &(40 + dice.below(900)).to_string());
        told = told.replace("{m}", &(3 + dice.below(30)).to_string());
        told = told.replace("{year}", &(1990 + dice.below(30)).to_string());
        told = told.replace("{day}", dice.of(&DAYS));
        while told.contains("{w}") {
            told = told.replacen("{w}", dice.of(&self.topic), 1);
        }
        told
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
                let credit = event.told(&table.rows["credit"][0], dice);
                text = format!("{text}\n\n{}", dice.of(&credit));
            }
            articles.push((title, text, outlet, day));
            continue;
        }
        let mut text = Vec::new();
        if kind == 3 {
            let later = event.told(&dice.of(&table.rows["later"]), dice);
            text.push(dice.of(&later));
        }
        let mut facts = (0..event.facts.len()).collect::<Vec<_>>();
        facts.sort_by_cached_key(|&fact| (fact as u64 / 4, dice.below(100)));
        facts.truncate(14 + dice.below(12) as usize);
        text.extend(facts.iter().map(|&fact| dice.of(&event.facts[fact])));
        let text = text.chunks(2).map(|pair| pair.join(" ")).collect::<Vec<_>>().join("\n\n");
        let day = if kind == 3 { day + 4 + dice.below(6) } else { day };
        articles.push((dice.of(&event.headlines), text, outlet, day));
    }
    articles
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
