//! Mastheads: outlets and agencies that the lexicon does not hold, by the shape of their names.
//!
//! "The Harrow Chronicle reported" names a newspaper whoever prints it, and so do "the newspaper
//! Morgonposten", "the Ostrand news agency" and "Vestnik.Org". Once named in full, "the Chronicle"
//! is that paper.

use headwater_page::Span;

use super::run::{Run, Shape};
use crate::fold::fold;
use crate::lexicon::{Manner, OutletIx, Outlets, Tense, Verb, class, takes, traits};
use crate::sentence::{Case, Line, Word};

/// An outlet that is named by its shape.
#[derive(Debug)]
pub(super) struct Masthead {
    /// Its words.
    pub(super) span: Span,
    /// Whether it delivers to other outlets.
    pub(super) agency: bool,
    /// Its last word, by which it may be called afterwards.
    pub(super) short: Option<Span>,
}

/// The masthead that `run` is, if its shape says so.
pub(super) fn masthead(run: &Run, line: &Line<'_>) -> Option<Masthead> {
    let mastheads = has_masthead(line, run.end - 1);
    if run.shape == Shape::Person && !mastheads {
        return None;
    }
    let span = line.stretch(run.first, run.end - 1);
    let last = &line.words[run.end - 1];
    let found = |agency, short| Some(Masthead { span, agency, short });
    // "Emily Post" is a person, "the Jackson Herald" a paper.
    let before = run.first.checked_sub(1).map(|at| &line.words[at]);
    let the = usize::from(before.is_some_and(|word| word.is(class::ARTICLE)));
    let paper = run.first.checked_sub(1 + the).map(|at| &line.words[at]);
    // "El Eco de Crail": what opens the name, and the article that is part of it.
    let opener = &line.words[run.first];
    let opens = run.end - run.first > 2 && opener.has(traits::OPENER);
    if opens && line.words[run.first + 1].is(class::OF) {
        let first = run.first - the * usize::from(before.is_some_and(Word::capital));
        let agency = paper.is_some_and(|word| word.has(traits::NEWSWIRE));
        let span = line.stretch(first, run.end - 1);
        return Some(Masthead { span, agency, short: Some(opener.span) });
    }
    let first_name = line.words[run.first].has(traits::FIRST)
        && !before.is_some_and(|word| word.is(class::ARTICLE));
    let titled = run.role.is_some() || run.courtesy || first_name;
    if run.end - run.first > 1 && mastheads && !titled {
        return found(last.has(traits::WIRE), Some(last.span));
    }
    if run.end - run.first > 2 && last.has(traits::WIRE) {
        return found(true, None);
    }
    // "the Ostrand news agency": lower-case words behind the name.
    let behind = |n: usize, wanted: u32| {
        let word = line.words.get(run.end + n);
        word.is_some_and(|word| word.case == Case::Lower && word.has(wanted))
    };
    if behind(1, traits::WIRE) && behind(0, traits::MASTHEAD) || behind(0, traits::NEWSWIRE) {
        return found(true, None);
    }
    // "the newspaper Morgonposten", "left-wing daily Morgonposten", "the tabloid the Lamp".
    if paper.is_some_and(|word| word.case == Case::Lower && word.has(traits::PAPER)) {
        return found(paper.is_some_and(|word| word.has(traits::NEWSWIRE)), None);
    }
    let is_site = run.end - run.first == 1 && !opener.is_plain && is_domain(line.word(run.first));
    if is_site || run.end - run.first == 1 && written_at(line, run.first) {
        found(false, None)
    } else {
        None
    }
}

/// Whether a cue shows that a common word is an outlet's name: "Lantern reported that", "told
/// Lantern", "according to Lantern". Not in headlines, where every word has a capital.
pub(super) fn cued(line: &Line<'_>, span: Span) -> bool {
    let words = &line.words;
    let (first, last) = (line.word_at(span.start), line.word_at(span.end - 1));
    if words[first].quoted || line.titled() {
        return false;
    }
    let finite = |v: Verb| matches!(v.tense, Tense::Past | Tense::Third);
    let says = words.get(last + 1).is_some_and(|w| {
        let verb = w.verb.filter(|v| finite(*v) && v.manner == Manner::Say);
        w.case == Case::Lower && verb.is_some_and(|v| v.takes(takes::REPORT | takes::AFTER))
    });
    // "People reported a bang": at the head of a sentence a capital tells nothing of them.
    let plain = words[first].has(traits::SOMEONE | traits::ROLES)
        && line.sentences.iter().any(|sentence| sentence.start == first);
    let says = says && !plain;
    // "told Lantern", "according to Lantern"; no capital goes on with the name.
    let whole = !words.get(last + 1).is_some_and(|w| w.capital() && !w.is(class::TIME));
    let told = first.checked_sub(1).map(|k| &words[k]).is_some_and(|w| {
        let hears = w.verb.filter(|v| v.takes(takes::ADDRESSEE | takes::QUOTE) && finite(*v));
        w.case == Case::Lower && hears.is_some()
    });

    let according = first >= 1 && words[first - 1].is(class::ACCORDING_ALONE)
        || first >= 2 && words[first - 1].is(class::TO) && words[first - 2].is(class::ACCORDING);
    // "opened up to Lantern"
    let spoke = first >= 2
        && words[first - 1].is(class::TO)
        && (first.saturating_sub(4)..first - 1).any(|k| words[k].is(class::SPOKE));
    says || whole && (told || according || spoke)
}

/// Outlets by a short name that a word for a paper follows and, where several are called so, one for
/// their country precedes: "Ruritania's Courier newspaper".
pub(super) fn described<'l>(
    line: &'l Line<'_>,
    outlets: &'l Outlets,
) -> impl Iterator<Item = (Span, OutletIx)> + 'l {
    let paper = |at: &usize| {
        let word = &line.words[*at];
        word.case == Case::Lower
            && word.has(traits::PAPER)
            && !word.quoted
            && line.words[*at - 1].capital()
    };
    let papers = (1..line.words.len()).filter(paper);
    papers.filter_map(move |at| {
        (1..=at.min(3)).rev().find_map(|n| {
            let owners = outlets.called(line.stretch(at - n, at - 1).of(line.text));
            let owned = |from: &str| owners.iter().find(|ix| outlets.get(**ix).country == from);
            let found = match country_before(line, at - n) {
                Some(country) => owned(country),
                None => owners.first().filter(|_| owners.len() == 1),
            };
            found.map(|ix| (line.stretch(at - n, at - 1), *ix))
        })
    })
}

/// The country that the word before `first` tells: "Britain's", "the British".
fn country_before(line: &Line<'_>, first: usize) -> Option<&'static str> {
    let before = first.checked_sub(1)?;
    let owner = usize::from(line.words[before].case == Case::Possessive);
    let at = before.checked_sub(owner)?;
    line.words[at].is(class::PLACE).then(|| line.language.places.country(&fold(line.word(at))))?
}

/// "Lund wrote at MorgonPosten": two words in one, behind a verb of words and its preposition.
fn written_at(line: &Line<'_>, at: usize) -> bool {
    let letters = line.word(at);
    let inner = letters
        .char_indices()
        .skip(1)
        .any(|(k, c)| c.is_uppercase() && letters[..k].ends_with(char::is_lowercase));
    let Some(verb) = at.checked_sub(2).map(|k| &line.words[k]).filter(|_| inner) else {
        return false;
    };
    line.words[at - 1].is(class::PREP)
        && !line.words[at - 1].is(class::TO)
        && verb.case == Case::Lower
        && verb.verb.is_some_and(|v| v.takes(takes::QUOTE))
}

/// Whether a verb of saying stands right before a name, behind what it says: ", notes lantern.org". For a
/// common word it is no cue: ", added Punch" is a person.
fn noted(line: &Line<'_>, span: Span) -> bool {
    let words = &line.words;
    let first = line.word_at(span.start);
    let says = |w: &Word| {
        let finite = |v: Verb| matches!(v.tense, Tense::Past | Tense::Third);
        w.case == Case::Lower && w.verb.is_some_and(|v| finite(v) && v.takes(takes::AFTER))
    };
    first >= 3
        && says(&words[first - 1])
        && (words[first - 2].at(',') || words[first - 2].mark() && words[first - 3].at(','))
}

/// Sites in lower case, as they are typed: "morgonposten.org", where a cue says that they report.
pub(super) fn sites<'l>(line: &'l Line<'_>) -> impl Iterator<Item = Span> + 'l {
    let site = |word: &Word| {
        let letters = word.span.of(line.text);
        !word.is_plain && word.case == Case::Lower && is_address(letters)
    };
    let spans = line.words.iter().filter(move |word| site(word)).map(|word| word.span);
    spans.filter(|&span| cued(line, span) || noted(line, span))
}

/// A word with a point and a short ending inside.
fn is_address(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(name, ending)| {
        name.chars().count() >= 3
            && name.chars().all(|c| c.is_alphanumeric() || c == '-')
            && (2..=4).contains(&ending.len())
            && ending.chars().all(char::is_alphabetic)
    })
}

/// Whether a masthead ends with this word: "Chronicle", "Times-News".
fn has_masthead(line: &Line<'_>, at: usize) -> bool {
    let joined = || {
        let last = line.word(at).rsplit_once('-').map(|(_, last)| fold(last));
        last.is_some_and(|last| line.language.people.get(&last) & traits::MASTHEAD != 0)
    };
    line.words[at].has(traits::MASTHEAD) || !line.words[at].is_plain && joined()
}

/// "Vestnik.Org": a name with a point and a short ending inside.
fn is_domain(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(name, ending)| {
        name.chars().count() >= 3
            && !name.contains('.')
            && name.starts_with(char::is_uppercase)
            && (2..=4).contains(&ending.len())
            && ending.chars().all(char::is_alphabetic)
    })
}

#[cfg(test)]
mod tests {
    use crate::name::sample::article;
    use crate::name::{SourceKind, names};

    fn outlets(text: &str) -> Vec<(String, usize)> {
        let (page, article) = article(text, "");
        let parties = names(&page, &article, crate::lexicon::Lexicon::shipped());
        let press = |kind| matches!(kind, SourceKind::Outlet | SourceKind::Agency);
        let found = parties.into_iter().filter(|party| press(party.kind));
        found.map(|party| (party.name, party.mentions.len())).collect()
    }

    #[test]
    fn names_that_look_like_mastheads_are_outlets() {
        let text = "Ferry stops\nThe ferry stops, the Harrow Chronicle reported. The Chronicle said \
                    so twice, and the newspaper Morgonposten and Vestnik.Org agreed.";
        let found = outlets(text);
        assert_eq!(
            found,
            [
                ("Harrow Chronicle".to_owned(), 2),
                ("Morgonposten".to_owned(), 1),
                ("Vestnik.Org".to_owned(), 1)
            ]
        );
    }

    #[test]
    fn joined_mastheads_and_a_paper_with_its_article() {
        let text = "Ferry stops\nThe Harrow Times-News said the ferry stops, and so did the tabloid the Lamp. \
                    He told the Sundial Magazine it was late.";
        let found = outlets(text).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(found, ["Harrow Times-News", "Lamp", "Sundial Magazine"]);
    }

    #[test]
    fn a_site_in_small_letters_needs_a_verb_beside_it() {
        let text = "Ferry stops\nThey met aboard in May, notes lanternnews.org. Tickets are sold at \
                    ferryline.com, and the \"Lights,\" says harbourbuzz.net.";
        let found = outlets(text).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(found, ["lanternnews.org", "harbourbuzz.net"]);
    }

    #[test]
    fn people_and_offices_are_none() {
        let text = "Ferry stops\nEmily Post, the mayor, said the Harbour Board met Daniel Star.";
        assert_eq!(outlets(text), []);
    }
}
