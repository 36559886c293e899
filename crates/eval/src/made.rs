//! Made: a collection of any size that nobody wrote, to time the whole line on.
//!
//! It is shaped like news, as far as time and memory can tell: sizes of stories and frequencies of
//! words follow power laws, people and places return in many stories, large stories have many facts
//! and many wire texts, newsrooms word for themselves what is no quotation. What all stories share is
//! frames of a few words (`eval/line.tsv`). The same number gives the same articles everywhere.
//!
//! A collection twice as large has twice as many stories, drawn from one distribution with a largest
//! size ([`LARGEST`]), as a second month of news has other stories and no larger ones. Without it the
//! largest story would grow with the collection, and what one story costs would be measured, not what
//! an article does; that is measured apart, by making all articles one story.

use std::collections::BTreeMap;

use serde_json::json;

const SENTENCES: &str = include_str!("../../../eval/line.tsv");
const WORDS: &str = include_str!("../../../lexicon/en/background.tsv");

/// Days over which the stories begin.
const N_DAYS: u64 = 60;
/// Outlets of the collection, and desks whose stories share words.
const N_OUTLETS: u64 = 2000;
const N_DESKS: u64 = 60;
/// Words of one desk, and of one story's topic.
const N_DESK: usize = 400;
const N_TOPIC: usize = 50;
/// Names that return in several stories.
const N_KNOWN: u64 = 20_000;
/// Most articles of a story, if nothing else is asked for: as many as the largest stories of a day have
/// where a few hundred outlets are read.
///
/// Sizes follow one law whatever the number of articles, so that the largest story of 1,000 has some 60, of
/// 100,000 some 900. `--largest 60` asks whether that is why a text of a large collection costs more. For
/// clustering it hardly is (38, 55 and 110 µs of 1,000, 10,000 and 100,000, with it or without): days and
/// desks do not grow with the number either, so that a text has words in common with 50, 340 and 1,200
/// others, and is compared with 8, 23 and 38.
pub(crate) const LARGEST: usize = 400;

/// A pure sequence of numbers. After: Vigna, xorshift64* (2016).
#[derive(Clone)]
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        dice.below(2);
        dice
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

    /// Small numbers more often than large ones.
    fn low(&mut self, n: u64) -> u64 {
        let n = self.below(n) + 1;
        let n = self.below(n) + 1;
        self.below(n)
    }
}

/// Weights summed up, to draw from; less than 2^31 together.
struct Urn(Vec<u64>);

impl Urn {
    fn new(weights: impl Iterator<Item = u64>) -> Self {
        Self(
            weights
                .scan(0, |sum, weight| {
                    *sum += weight;
                    Some(*sum)
                })
                .collect(),
        )
    }

    fn draw(&self, dice: &mut Dice) -> usize {
        let at = dice.below(self.0.last().copied().unwrap_or(1));
        self.0.partition_point(|&sum| sum <= at)
    }
}

/// The rows of `eval/line.tsv` by name, each split into its wordings, and words with how often a
/// language has them.
struct Table {
    rows: BTreeMap<&'static str, Vec<Vec<&'static str>>>,
    syllables: Vec<&'static str>,
    /// Words that carry nothing, and all others.
    small: (Vec<&'static str>, Urn),
    words: (Vec<&'static str>, Urn),
    sizes: Urn,
}

impl Table {
    fn new() -> Self {
        let mut rows = BTreeMap::<_, Vec<Vec<_>>>::new();
        for line in SENTENCES.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, wordings)) = line.split_once('\t') {
                rows.entry(name).or_default().push(wordings.split('|').collect());
            }
        }
        let lines = WORDS.lines().filter(|line| !line.starts_with('#'));
        let ranks = lines.filter_map(|line| line.split_once('\t'));
        let (mut small, mut words) = (Vec::new(), Vec::new());
        for (zipf, all) in ranks {
            // Tenths of the logarithm of how often it stands in a thousand million words.
            let tenths = zipf.parse::<u32>().unwrap_or(0);
            let often = (0..tenths).fold(1000_u64, |often, _| often * 12_589 / 10_000) / 1000;
            for word in all.split(' ') {
                if tenths >= 62 { &mut small } else { &mut words }.push((word, often));
            }
        }
        words.retain(|(word, _)| word.len() > 3);
        let split = |all: Vec<(&'static str, u64)>| {
            let urn = Urn::new(all.iter().map(|(_, often)| *often));
            (all.into_iter().map(|(word, _)| word).collect(), urn)
        };
        // One in so many to the power of 2.25: two of three stories are of one article; half of all
        // articles stand in stories of more than four, a tenth in stories of a hundred and more.
        let often = |n: usize| {
            let n = n as f64;
            (1e9 / (n * n * n.sqrt().sqrt())) as u64
        };
        let sizes = Urn::new((1..=LARGEST).map(often));
        let syllables = rows["syllable"][0][0].split(' ').collect();
        Self { rows, syllables, small: split(small), words: split(words), sizes }
    }

    fn one(&self, name: &str, dice: &mut Dice) -> &'static str {
        dice.of(&self.rows[name][0])
    }

    /// A name of one word; the first few are in everybody's mouth.
    fn name(&self, dice: &mut Dice) -> String {
        let seed = match dice.below(2) {
            0 => dice.low(N_KNOWN),
            _ => N_KNOWN + dice.below(1 << 30),
        };
        let mut own = Dice::new(seed);
        let parts = 2 + own.below(3);
        let name = (0..parts).map(|_| own.of(&self.syllables)).collect::<String>();
        capital(&name)
    }

    fn outlet(&self, n: u64) -> String {
        let mut dice = Dice::new(n + 7);
        format!("{} {}", self.name(&mut dice), self.one("paper", &mut dice))
    }

    /// Words of one story: of its desk, and any.
    fn topic(&self, dice: &mut Dice) -> Vec<&'static str> {
        let desk = dice.low(N_DESKS);
        let topic = (0..N_TOPIC).map(|n| match n % 2 {
            0 => {
                let nth = dice.below(N_DESK as u64);
                Dice::new(desk * N_DESK as u64 + nth).of(&self.words.0)
            }
            _ => dice.of(&self.words.0),
        });
        topic.collect()
    }
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

/// What one story is about.
struct Event {
    slots: Vec<(&'static str, String)>,
    topic: Vec<&'static str>,
    /// What its facts are made of.
    n_facts: u64,
    day: u64,
    n_days: u64,
    /// What its clauses, numbers and quotations come from.
    seed: u64,
}

impl Event {
    fn new(table: &Table, n_articles: usize, dice: &mut Dice) -> Self {
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
            ("{outlet}", format!("the {}", table.outlet(dice.low(N_OUTLETS)))),
            ("{agency}", table.name(&mut Dice::new(dice.below(5)))),
        ];
        Self {
            slots,
            topic: table.topic(dice),
            n_facts: 14 + 3 * (n_articles as u64).isqrt(),
            day: dice.below(N_DAYS),
            n_days: 2 + u64::from(n_articles.ilog2()) * 2,
            seed: dice.below(1 << 30),
        }
    }

    /// What the story says at one point, in the words of whoever said it first.
    fn clause(&self, table: &Table, dice: &mut Dice) -> Vec<&'static str> {
        let n = 6 + dice.below(11);
        let word = |_| match dice.below(20) {
            0..9 => table.small.0[table.small.1.draw(dice)],
            9..15 => dice.of(&self.topic),
            15 => ["{place}", "{firm}", "{other}", "{surname}"][dice.below(4) as usize],
            _ => table.words.0[table.words.1.draw(dice)],
        };
        (0..n).map(word).collect()
    }

    /// One fact of the story in a newsroom's words: numbers and days are the story's own, and so is
    /// every word of a quotation.
    fn told(&self, table: &Table, name: &str, fact: u64, dice: &mut Dice) -> String {
        const DAYS: [&str; 5] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
        let mut own = Dice::new((self.seed << 12) + fact);
        let rows = &table.rows[name];
        let frame = if name == "fact" { own.of(rows) } else { dice.of(rows) };
        let mut told = String::new();
        let (mut rest, mut quoted) = (dice.of(&frame), false);
        while let Some((before, after)) = rest.split_once("{c}") {
            told.push_str(before);
            quoted ^= before.matches('"').count() % 2 == 1;
            let clause = self.clause(table, &mut own);
            let clause = if quoted { clause } else { reworded(table, clause, dice) };
            let clause = clause.join(" ");
            let starts = before.trim_end().ends_with(['"', '.', ':']) || told.is_empty();
            told.push_str(&if starts { capital(&clause) } else { clause });
            rest = after;
        }
        told.push_str(rest);
        if told.contains('{') {
            for (slot, value) in &self.slots {
                told = told.replace(slot, value);
            }
            told = told.replace("{n}", &(40 + own.below(900)).to_string());
            told = told.replace("{m}", &(3 + own.below(30)).to_string());
            told = told.replace("{year}", &(1990 + own.below(30)).to_string());
            told = told.replace("{day}", own.of(&DAYS));
            while told.contains("{w}") {
                told = told.replacen("{w}", own.of(&self.topic), 1);
            }
        }
        if told.starts_with(char::is_lowercase) { capital(&told) } else { told }
    }
}

/// A clause as another newsroom has it: at times the same; else moved about, with other small words,
/// some left out and some put in.
fn reworded(table: &Table, clause: Vec<&'static str>, dice: &mut Dice) -> Vec<&'static str> {
    if dice.below(8) == 0 {
        return clause;
    }
    let mut clause = clause;
    let middle = dice.below(clause.len() as u64) as usize;
    clause.rotate_left(middle);
    let mut words = Vec::with_capacity(clause.len() + 4);
    for word in clause {
        let is_small = table.small.0.contains(&word);
        match dice.below(20) {
            0..2 => {}
            2..4 => words.extend([table.words.0[table.words.1.draw(dice)], word]),
            4..12 if is_small => words.push(table.small.0[table.small.1.draw(dice)]),
            _ => words.push(word),
        }
    }
    if words.is_empty() { vec!["nothing"] } else { words }
}

/// Lines of JSON of `n` articles, of stories of all sizes up to `largest`, each with the number of its story.
pub(crate) fn stories(n: usize, largest: usize) -> impl Iterator<Item = (usize, String)> {
    written(n, move |table, dice| {
        loop {
            let size = table.sizes.draw(dice) + 1;
            if size <= largest.max(1) {
                break size;
            }
        }
    })
}

/// Lines of JSON of `n` articles of one story.
pub(crate) fn of_one_story(n: usize) -> impl Iterator<Item = String> {
    written(n, move |_, _| n).map(|(_, line)| line)
}

/// Numbers of stories and lines of JSON of `n` articles; `size` says how many articles a story has.
fn written(
    n: usize,
    size: impl Fn(&Table, &mut Dice) -> usize,
) -> impl Iterator<Item = (usize, String)> {
    let table = Table::new();
    let mut dice = Dice::new(1);
    let mut waiting = Vec::new();
    let (mut id, mut number) = (0, 0);
    std::iter::from_fn(move || {
        while waiting.is_empty() {
            number += 1;
            let n = size(&table, &mut dice);
            waiting = story(&table, n, &mut dice);
            waiting.reverse();
        }
        let Article { title, text, outlet, day } = waiting.pop()?;
        id += 1;
        let host = outlet.replace(' ', "-").to_lowercase();
        let date = format!("2025-{:02}-{:02}", 3 + day / 28, 1 + day % 28);
        let url = format!("https://{host}.example/{id}");
        let line = json!({"id": id.to_string(), "title": title, "text": text, "url": url,
            "series": outlet, "date": date});
        Some((number, line.to_string()))
    })
    .take(n)
}

#[derive(Clone)]
struct Article {
    title: String,
    text: String,
    outlet: String,
    day: u64,
}

/// The `n` articles of a story: reports of newsrooms, wire texts, and copies of those.
fn story(table: &Table, n: usize, dice: &mut Dice) -> Vec<Article> {
    let event = Event::new(table, n, dice);
    let mut articles = Vec::<Article>::new();
    // Texts that others print too: the first report, and one in fifteen.
    let mut wires = Vec::<usize>::new();
    for _ in 0..n {
        let outlet = table.outlet(dice.low(N_OUTLETS));
        let day = event.day + dice.low(event.n_days);
        let kind = dice.below(10);
        if kind < 3 && !wires.is_empty() {
            let wire = wires[dice.low(wires.len() as u64) as usize];
            articles.push(copy(table, &event, &articles[wire], outlet, day, dice));
            continue;
        }
        let mut text = report(table, &event, dice);
        let later = kind == 3;
        if later {
            text = format!("{}\n\n{text}", event.told(table, "later", 4000 + dice.below(3), dice));
        }
        let day = if later { day + 4 + dice.below(6) } else { day };
        let title = event.told(table, "headline", 4090, dice);
        let title = title.split(' ').take(12).collect::<Vec<_>>().join(" ");
        if wires.is_empty() || dice.below(15) == 0 {
            wires.push(articles.len());
        }
        articles.push(Article { title, text, outlet, day });
    }
    articles
}

/// A copy of another article, at times cut, at times with a credit, at times with a word changed here
/// and there.
fn copy(
    table: &Table,
    event: &Event,
    of: &Article,
    outlet: String,
    day: u64,
    dice: &mut Dice,
) -> Article {
    let mut paragraphs = of.text.split("\n\n").map(str::to_owned).collect::<Vec<_>>();
    let n_cut = dice.below(1 + paragraphs.len() as u64 / 3) as usize;
    paragraphs.truncate(paragraphs.len() - n_cut);
    if dice.below(2) == 0 {
        for paragraph in &mut paragraphs {
            let mut words = paragraph.split(' ').map(str::to_owned).collect::<Vec<_>>();
            let at = dice.below(words.len() as u64) as usize;
            table.words.0[table.words.1.draw(dice)].clone_into(&mut words[at]);
            *paragraph = words.join(" ");
        }
    }
    if dice.below(3) == 0 {
        paragraphs.push(event.told(table, "credit", 4091, dice));
    }
    Article { title: of.title.clone(), text: paragraphs.join("\n\n"), outlet, day }
}

/// A newsroom's own text: facts of the story, the first ones most, and what only this newsroom says.
fn report(table: &Table, event: &Event, dice: &mut Dice) -> String {
    let n = 8 + dice.below(14) + dice.below(10);
    let mut facts = Vec::new();
    for _ in 0..n {
        let fact = match dice.below(3) {
            0 => 4096 + dice.below(1 << 30),
            _ => dice.low(event.n_facts * 2),
        };
        if !facts.contains(&fact) {
            facts.push(fact);
        }
    }
    let text = facts.iter().map(|&fact| event.told(table, "fact", fact, dice)).collect::<Vec<_>>();
    text.chunks(2).map(|pair| pair.join(" ")).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_articles_each_time_and_no_slot_is_left() {
        let lines = || stories(40, LARGEST).map(|(_, line)| line).collect::<Vec<_>>();
        let made = lines();
        assert_eq!(made, lines());
        let text = |line: &String| {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            line["text"].as_str().unwrap_or_default().to_owned()
        };
        let texts = made.iter().map(text).collect::<Vec<_>>();
        assert!(texts.iter().all(|text| !text.contains('{') && !text.contains('}')));
        let n_words = texts.iter().map(|text| text.split(' ').count()).sum::<usize>() / made.len();
        assert!((200..600).contains(&n_words), "{n_words}");
    }
}
