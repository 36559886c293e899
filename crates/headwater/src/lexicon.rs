//! Lexicon: what the language and the trade hold, as data.
//!
//! Outlets and agencies of the world's press, and for each language its function words, cues,
//! titles, calendar, numbers and the standing words of pages. The files lie in `lexicon/` at the
//! top of the repository: tab-separated rows, `#` starts a comment line. A second language is a
//! second folder there, and no Rust.

mod alike;
mod almanac;
mod background;
mod calendar;
mod cue;
mod difference;
mod firsthand;
mod number;
mod outlet;
mod people;
mod place;
mod press;
mod statement;
mod stock;
mod table;
mod vocabulary;

use std::sync::OnceLock;

pub use alike::Alike;
pub use almanac::{Almanac, Locale, Order};
pub use background::Background;
pub use calendar::{Beside, Calendar, Element, Lean, Opening, Rule, Unit, Word, class};
pub use cue::{Classes, Cue, Cues, Ending, Manner, Stance, Tense, Verb, class, holds, takes};
pub use difference::Differences;
pub use firsthand::Firsthand;
pub use number::{Bound, Numbers, Numeral};
pub use outlet::{Found, Outlet, OutletIx, OutletKind, Outlets};
pub use people::{People, Traits, traits};
pub use place::Places;
pub use press::{Press, Standing, plain};
pub use statement::{Sign, Statements};
pub use stock::Stock;
pub use table::{Phrases, Table};
pub use vocabulary::{Known, Vocabulary};

use crate::fold;

/// A table: its name and its rows.
pub type File = (&'static str, &'static str);

/// The folders of the languages, the assumed one first, each with its tables (`build.rs` lists them).
pub(crate) const FOLDERS: &[(&str, &[File])] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// All lexicons that ship.
#[derive(Debug)]
pub struct Lexicon {
    /// The world's press.
    pub outlets: Outlets,
    /// How the world's press prints dates.
    pub almanac: Almanac,
    /// Languages; the first is what is assumed where none can be told.
    pub languages: Vec<Language>,
}

/// One language.
#[derive(Debug)]
pub struct Language {
    /// Two-letter code (ISO 639-1).
    pub code: &'static str,
    /// Its commonest function words, folded: what a text is recognised by.
    pub function_words: Phrases,
    /// What cues and people know of a word, in one look.
    pub words: Vocabulary,
    /// What says the same in other words, and what says the opposite.
    pub alike: Alike,
    /// How much its words say.
    pub background: Background,
    /// Words that attribute.
    pub cues: Cues,
    /// Words that show first-hand reporting.
    pub firsthand: Firsthand,
    /// Titles, offices, first names, words for unnamed people.
    pub people: People,
    /// Words that tell where an outlet is from.
    pub places: Places,
    /// Words for dates.
    pub calendar: Calendar,
    /// Words for numbers, units and hedges.
    pub numbers: Numbers,
    /// The standing words of pages: furniture, credits, bylines.
    pub press: Press,
    /// Phrases that everybody uses.
    pub stock: Stock,
    /// Words that deny, and words that say how far along an act is.
    pub statements: Statements,
    /// What tells how far two reports of one thing differ.
    pub differences: Differences,
}

impl Language {
    /// The language of that code from its tables. One that is missing is empty: what rests on it is
    /// not found, and nothing else changes.
    /// `outlets` are the words that names of outlets begin with, folded.
    pub fn new(code: &'static str, files: &[File], outlets: &[String]) -> Self {
        let table = |name: &str| {
            let rows = files.iter().find(|file| file.0 == name).map_or("", |file| file.1);
            Table::new(rows)
        };
        let (cues, people) = (Cues::new(&table("cues")), People::new(&table("people")));
        let numbers = Numbers::new(&table("numbers"));
        let statements = Statements::new(&table("statements"));
        let function_words = Phrases::new(&table("function_words"));
        let (frequencies, endings) = (table("background"), table("endings"));
        let background =
            Background::new(&frequencies, &endings, &table("calendar"), &function_words);
        let calendar = Calendar::new(&table("calendar"), &table("numbers"), &background);
        let places = Places::new(&table("places"));
        let alike = Alike::new(&table("alike"), &table("opposites"), &background);
        Language {
            code,
            words: Vocabulary::new(
                (&cues, &people),
                (&numbers, &calendar),
                &statements,
                &places,
                outlets,
            ),
            function_words,
            differences: Differences::new(&table("differences"), &alike, &background),
            alike,
            background,
            cues,
            firsthand: Firsthand::new(&table("firsthand")),
            people,
            places,
            calendar,
            numbers,
            press: Press::new(&table("press")),
            stock: Stock::new(&table("stock")),
            statements,
        }
    }
}

impl Lexicon {
    /// The lexicons of the repository, parsed once.
    pub fn shipped() -> &'static Lexicon {
        static SHIPPED: OnceLock<Lexicon> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let outlets = Outlets::new(include_str!("../../../lexicon/outlets.tsv"));
            let openings = outlets.openings();
            let languages =
                FOLDERS.iter().map(|(code, files)| Language::new(code, files, &openings));
            Lexicon {
                languages: languages.collect(),
                outlets,
                almanac: Almanac::new(
                    &Table::new(include_str!("../../../lexicon/almanac.tsv")),
                    &Table::new(include_str!("../../../lexicon/dating.tsv")),
                ),
            }
        })
    }

    /// The language of that code, or the first one.
    pub fn language(&self, code: &str) -> &Language {
        self.languages.iter().find(|language| language.code == code).unwrap_or(&self.languages[0])
    }

    /// The language whose function words are most of `text`'s words; none when no language has a
    /// tenth of them.
    pub fn detect(&self, text: &str) -> Option<&Language> {
        const N_WORDS: usize = 500;
        let head = |n_bytes: usize| {
            let end = (0..=text.len().min(n_bytes)).rev().find(|at| text.is_char_boundary(*at));
            fold::fold(&text[..end.unwrap_or(0)])
        };
        // 500 words are mostly shorter than the first of these, and shorter than the second in every
        // script that parts them by spaces.
        let mut folded = head(4_000);
        if text.len() > 4_000 && words(&folded).nth(N_WORDS).is_none() {
            folded = head(16_000);
        }
        let words_read = words(&folded).take(N_WORDS).collect::<Vec<_>>();
        let n_words = words_read.len();
        let hits = |language: &Language| {
            words_read.iter().filter(|word| language.function_words.has(word)).count()
        };
        let ranked = self.languages.iter().map(|language| (hits(language), language));
        // The first of equals, so that the order of the list decides and nothing else.
        let best = ranked.rev().max_by_key(|(n, _)| *n)?;
        (best.0 * 10 > n_words).then_some(best.1)
    }
}

/// Letters and digits that stand together.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
