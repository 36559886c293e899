//! Hinges: words of which every date holds one, so that sentences without any need not be read.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::{Element, Rule, Word, class};
use crate::lexicon::Background;

/// The least number in words that a year begins with or ends in: "nineteen ten".
const IN_YEARS: i64 = 10;

/// The hinges of all rules, sorted: of each rule the words that fill one of its places, the rarest
/// by `background`, unless another place is held by hinges of shorter rules already. A place that
/// digits alone fill needs none.
pub(super) fn hinges(
    words: &FxHashMap<String, Word>,
    rules: &[Rule],
    background: &Background,
) -> Vec<String> {
    let mut words = words.iter().map(|(word, known)| (word.as_str(), known)).collect::<Vec<_>>();
    words.sort_unstable_by_key(|(word, _)| *word);
    let weight = |word: &str| background.weight(&background.stem(word));
    let mut rules = rules.iter().collect::<Vec<_>>();
    rules.sort_by_key(|rule| rule.n_least);
    let mut found = BTreeSet::<&str>::new();
    for rule in rules {
        let required = rule.elements.iter().filter(|element| !element.optional);
        let filling = |element: &Element| {
            let filling = words.iter().filter(|(_, known)| fills(element, known));
            filling.map(|(word, _)| *word).collect::<Vec<_>>()
        };
        let mut places = required.map(filling).collect::<Vec<_>>();
        // Marks and the endings of possessives are not looked up.
        places.retain(|place| place.iter().all(|word| word.starts_with(char::is_alphabetic)));
        if places.iter().any(|place| place.iter().all(|word| found.contains(word))) {
            continue;
        }
        let rarity = |place: &Vec<&str>| place.iter().map(|word| weight(word)).min();
        // The first of equals.
        found.extend(places.iter().rev().max_by_key(|place| rarity(place)).into_iter().flatten());
    }
    found.into_iter().map(str::to_owned).collect()
}

/// Whether a word fills an element; years are put together from words that count.
fn fills(element: &Element, word: &Word) -> bool {
    let counts = word.classes & class(b'N') != 0 && word.count >= IN_YEARS;
    let year = if counts { class(b'Y') } else { 0 };
    element.classes & (word.classes | year) != 0 || element.words.contains(&word.id)
}
