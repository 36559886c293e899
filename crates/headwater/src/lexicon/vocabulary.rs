//! Vocabulary: all that the lists of a language know of a word, in one look.
//!
//! The words of a paragraph are looked up here once, when it is cut into words, and carry the
//! answer along as bits. A rule asks those (`word.is(class::…)`, `word.has(traits::…)`,
//! `word.verb`, `word.ends(Ending::…)`), which costs nothing; it folds a word and asks a list only
//! behind such a bit. Words are found by the hash of their folded form, so that nothing is folded to
//! be looked up. A new list therefore takes a bit of [`class`](super::class) or
//! [`traits`](super::traits), also where it holds phrases: then their first words have it.

use rustc_hash::FxHashMap;

use crate::fold;

use super::{Calendar, Cue, Cues, Numbers, People, Places, Statements, Traits, class};

/// What is known of one word.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Known {
    /// What it does beside words that are attributed.
    pub cue: Cue,
    /// What it says of somebody.
    pub traits: Traits,
}

/// All words of the lists of cues and people, and those that numbers, dates, signs and the names of
/// outlets hang on.
#[derive(Debug)]
pub struct Vocabulary {
    /// By the hash of the folded word, its place in `known`: small, so that it stays near at hand.
    words: FxHashMap<u64, u32>,
    /// What is known of words, each once; the first is nothing.
    known: Vec<Known>,
}

impl Vocabulary {
    /// Of all words that any of them holds.
    pub fn new(
        (cues, people): (&Cues, &People),
        (numbers, calendar): (&Numbers, &Calendar),
        signs: &Statements,
        places: &Places,
        openings: &[String],
    ) -> Self {
        let mut all = FxHashMap::<u64, Known>::default();
        // Every word is its own entry: the order of the maps does not show.
        for word in cues.words().chain(people.words()) {
            let known = Known { cue: cues.get(word), traits: people.get(word) };
            all.insert(fold::hash(word), known);
        }
        let mut mark = |word: &str, class| {
            all.entry(fold::hash(word)).or_default().cue.classes |= class;
        };
        numbers.words().for_each(|word| mark(word, class::NUMBER));
        for word in calendar.words() {
            let hinge = if word.is_hinge { class::DATED } else { 0 };
            mark(&word.name, class::CALENDAR | hinge);
        }
        for word in openings {
            mark(word, class::OUTLET);
        }
        signs.words().for_each(|word| mark(word, class::SIGN));
        places.words().for_each(|word| mark(word, class::PLACE));
        let (mut known, mut places) = (vec![Known::default()], FxHashMap::default());
        let words = all.into_iter().map(|(hash, one)| {
            let place = *places.entry(one).or_insert_with(|| {
                known.push(one);
                known.len() as u32 - 1
            });
            (hash, place)
        });
        Self { words: words.collect(), known }
    }

    /// What is known of the word whose folded form has that hash; nothing for most.
    pub fn get(&self, hash: u64) -> Known {
        self.known[self.words.get(&hash).map_or(0, |place| *place as usize)]
    }
}

#[cfg(test)]
mod tests {
    use crate::Lexicon;
    use crate::lexicon::{class, traits};

    #[test]
    fn what_both_lists_know_is_known() {
        let words = &Lexicon::shipped().languages[0].words;
        let get = |word| words.get(crate::fold::hash(word));
        assert!(get("spokeswoman").traits & traits::ROLE != 0);
        assert!(get("the").cue.classes & class::ARTICLE != 0);
        assert!(get("said").cue.verb.is_some());
        assert_eq!(get("teapot"), super::Known::default());
    }
}
