//! Places: words by which print tells where an outlet is from ("the French paper", "London's").
//!
//! `lexicon/<language>/places.tsv`: the code of a country (ISO 3166-1), then its names, its adjectives
//! and the cities where its press sits. A hyphen joins the words of one.

use rustc_hash::FxHashMap;

use super::Table;
use crate::fold;

/// Countries by the words that tell them.
#[derive(Debug)]
pub struct Places {
    countries: FxHashMap<String, &'static str>,
}

impl Places {
    /// From the rows of its file. Where two countries claim a word, the first has it.
    pub fn new(table: &Table) -> Self {
        let mut countries = FxHashMap::default();
        for row in table.rows().filter(|row| row.len() > 1) {
            for word in row[1].split(' ') {
                countries.entry(fold::fold(word)).or_insert(row[0]);
            }
        }
        Self { countries }
    }

    /// The code of the country, in lower case, that the folded words tell; a hyphen joins two.
    pub fn country(&self, words: &str) -> Option<&'static str> {
        self.countries.get(words).copied()
    }

    /// The words that are whole, in no order.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.countries.keys().map(String::as_str).filter(|word| !word.contains('-'))
    }
}

#[cfg(test)]
mod tests {
    use crate::Lexicon;

    #[test]
    fn adjectives_and_cities_tell_the_country() {
        let places = &Lexicon::shipped().languages[0].places;
        assert_eq!(places.country("french"), places.country("paris"));
        assert!(places.country("south-korean").is_some());
        assert_eq!(places.country("teapot"), None);
    }
}
