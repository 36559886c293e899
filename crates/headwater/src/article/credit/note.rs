//! Notes under an article: who helped, reported and edited, in lines that hold names and nothing else.
//!
//! Must match: "Jane Doe contributed to this report."; "Jane Doe of the Varn Examiner in Crail and John
//! Roe contributed reporting from Aldhelm."; "Reporting by Jane Doe; editing by John Roe". Must not:
//! "The owner contributed to this report of the board."; "Reporting by the crew shows cracks."

use crate::fold;
use crate::lexicon::Press;

/// Words of a note, at most: lines with more are prose.
const LONGEST: usize = 40;

/// Whether the line is such a note.
pub(super) fn is_note(words: &str, press: &Press) -> bool {
    words.split_whitespace().count() <= LONGEST && (helped(words, press) || made(words, press))
}

/// "Jane Doe and John Roe contributed to this report."
fn helped(words: &str, press: &Press) -> bool {
    let folded = words.to_ascii_lowercase();
    let cue = press.credited_after.iter().find_map(|cue| Some((folded.find(cue.as_str())?, cue)));
    let Some((at, cue)) = cue.filter(|(at, cue)| *at > 0 && cue.contains(' ')) else {
        return false;
    };
    let behind = words.get(at + cue.len()..).unwrap_or_default();
    // "The mill contributed": one capital that opens a sentence is no name.
    names(&words[..at], press) > Some(1) && names(behind, press).is_some()
}

/// "Reporting by Jane Doe for the Varn Examiner; editing by John Roe"
fn made(words: &str, press: &Press) -> bool {
    let mut pieces = words.split(';').map(str::trim);
    let made = |piece: &str| {
        let folded = piece.to_ascii_lowercase();
        let cue = press.tagline.iter().find(|cue| folded.starts_with(cue.as_str()));
        let rest = cue.and_then(|cue| piece.get(cue.len()..));
        rest.is_some_and(|rest| rest.starts_with(' ') && names(rest, press) > Some(1))
    };
    pieces.all(made)
}

/// How many capitals the words hold, if they are names, perhaps with a role, and small words that
/// join them.
fn names(words: &str, press: &Press) -> Option<usize> {
    let mut n_capitals = 0;
    for word in words.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let folded = fold::fold(word);
        let capital = word.starts_with(char::is_uppercase);
        n_capitals += usize::from(capital);
        let small = [&press.and, &press.particle, &press.outlet_link, &press.role, &press.helper];
        if !(word.is_empty() || capital || small.iter().any(|list| list.has(&folded))) {
            return None;
        }
    }
    Some(n_capitals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lexicon;

    #[test]
    fn a_note_holds_names() {
        let press = &Lexicon::shipped().languages[0].press;
        for note in [
            "Jane Doe contributed to this report.",
            "Jane Doe of the Varn Examiner in Crail and John Roe contributed reporting from Aldhelm.",
            "Staff writer Jane Doe also contributed to this story.",
            "Reporting by Jane Doe; editing by John Roe",
        ] {
            assert!(is_note(note, press), "{note}");
        }
        for prose in [
            "The owner contributed to this report of the board.",
            "Reporting by the crew shows cracks.",
            "Jane Doe, who had sold the mill, contributed to this report.",
        ] {
            assert!(!is_note(prose, press), "{prose}");
        }
    }
}
