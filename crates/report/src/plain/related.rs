//! Related: other stories on the same matter, a line each.

use headwater::Dossier;
use headwater::cluster::Related;

use super::paper::{Phrase, Sheet, quoted};

/// How many characters of a title and of a word a line shows.
const TITLE: usize = 50;
const WORD: usize = 20;

/// Each related story: its number, its title, the words that both have.
pub(super) fn related(dossier: &Dossier, ix: usize, sheet: &mut Sheet) {
    for it in &dossier.related[ix] {
        let number = format!("{}  ", it.story + 1);
        let title = dossier.words(dossier.stories[it.story as usize].title);
        let phrase = Phrase::new().theirs(quoted(title, TITLE));
        let rest = " ".repeat(number.len());
        sheet.hang(&number, &rest, &shared(dossier, it, phrase));
    }
}

/// All of them in one entry, by number: for a story that is itself told in two lines.
pub(super) fn beside(dossier: &Dossier, ix: usize, sheet: &mut Sheet) {
    let mut phrase = Phrase::new();
    for (nth, it) in dossier.related[ix].iter().enumerate() {
        phrase = phrase.ours(if nth == 0 { "Related: " } else { "; " });
        phrase = shared(dossier, it, phrase.ours(format!("story {}", it.story + 1)));
    }
    if !phrase.is_empty() {
        sheet.hang("     ", "     ", &phrase);
    }
}

/// The words in common, as this story prints them.
fn shared(dossier: &Dossier, related: &Related, mut phrase: Phrase) -> Phrase {
    for (nth, word) in related.words.iter().enumerate() {
        let words = quoted(dossier.words(word.here), WORD);
        phrase = phrase.ours(if nth == 0 { ": " } else { ", " }).theirs(words);
    }
    phrase
}
