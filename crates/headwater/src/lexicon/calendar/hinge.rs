//! Hinges: words of which every date holds one, so that sentences without any need not be read.

use std::collections::BTreeSet;

use super::{Element, Rule, Word, class};
use crate::lexicon::Background;

/// The least number in words that a year begins with or ends in: "nineteen ten".
const IN_YEARS: i64 = 10;

/// The hinges of all rules by their [`Word::id`]: of each rule the words that fill one of its places,
/// the rarest by `background`, unless another place is held by hinges of shorter rules already. A
/// place that digits alone fill needs none.
pub(super) fn hinges(words: &[Word], rules: &[Rule], background: &Background) -> BTreeSet<u16> {
    let weight = |id: u16| background.weight(&background.stem(&words[usize::from(id)].name));
    let filling = |element: &Element| {
        let filling = words.iter().filter(|word| fills(element, word));
        filling.map(|word| word.id).collect::<Vec<_>>()
    };
    // Marks and the endings of possessives are not looked up.
    let is_word = |id: &u16| words[usize::from(*id)].name.starts_with(char::is_alphabetic);
    let places = |rule: &Rule| {
        let required = rule.elements.iter().filter(|element| !element.optional);
        let places = required.map(filling).filter(|place| place.iter().all(is_word));
        places.collect::<Vec<_>>()
    };
    let mut rules = rules.iter().map(places).collect::<Vec<_>>();
    rules.sort_by_key(Vec::len);
    let mut found = BTreeSet::new();
    for places in rules {
        if places.iter().any(|place| place.iter().all(|id| found.contains(id))) {
            continue;
        }
        // The first of equals.
        let rarity = |place: &&Vec<u16>| place.iter().map(|id| weight(*id)).min();
        found.extend(places.iter().rev().max_by_key(rarity).into_iter().flatten());
    }
    found
}

/// Whether a word fills an element; years are put together from words that count.
fn fills(element: &Element, word: &Word) -> bool {
    let counts = word.classes & class(b'N') != 0 && word.count >= IN_YEARS;
    let year = if counts { class(b'Y') } else { 0 };
    element.classes & (word.classes | year) != 0 || element.words.contains(&word.id)
}
