//! Imprint: names of publishers and agencies that no lexicon knows, told by their shape.
//!
//! Newspapers are called by a small stock of words ("Gazette", "Tribune"), agencies say that they
//! are one, sites bear their address for a name. Where a name must be one by its place (a bracket
//! in a dateline, a line under a headline), its shape decides.

use std::sync::LazyLock;

use headwater_page::{Page, Span};
use regex::Regex;

use super::Publisher;
use super::line::{Line, Look, Shift};
use crate::fold;
use crate::lexicon::{Language, Press};

/// A run of words that could be a name: "Varn Courier", "Voice of Varn", "Varn.Net".
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\p{Lu}[\p{L}\p{N}’'-]*(?:\.\p{L}{2,5}\b)?",
        r"(?: (?:of the |of |and )?\p{Lu}[\p{L}’'-]*)*"
    ))
    .expect("the shape is fixed")
});
/// What parts the site's name from the headline in a page's title.
const BARS: [&str; 8] = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • "];
/// How many lines at the end of the page are looked through for its imprint.
const NEAR: usize = 40;
/// A line of more bytes is a paragraph, not an imprint.
const OWNER: usize = 400;

/// Whether the words have the shape of an outlet's name. "Varn Courier", "Radio Varn", "Voice of
/// Varn" have; the parts of a site ("Local News") and a line of them ("News  Tides  Jobs") have
/// not.
pub(super) fn outlet(words: &str, press: &Press) -> bool {
    let words = words.trim();
    if words.is_empty()
        || words.contains("  ")
        || words.contains(['\t', '|', '•', '·', '/', ':', '.', ',', '?', '!'])
    {
        return false;
    }
    let all = words.split_whitespace().map(fold::fold).collect::<Vec<_>>();
    let link = |word: &String| press.outlet_link.has(word);
    let capital = words
        .split_whitespace()
        .zip(&all)
        .all(|(word, folded)| word.starts_with(char::is_uppercase) || link(folded));
    let ends = all.iter().enumerate().any(|(i, word)| {
        let opens = i + 1 < all.len() && (i == 0 && link(&all[i + 1]));
        let station = i == 0 && press.outlet_opener.has(word);
        press.outlet_word.has(word) && (i + 1 == all.len() || opens) || station
    });
    // "Local News": where the last word names a section too, one more must not.
    let own = all.iter().filter(|word| !link(word) && !press.section.has(word)).count();
    // "The Lantern" has its article instead.
    let lone = link(&all[0]) || all.last().is_some_and(|word| press.section.has(word));
    let needed = if lone { 1 } else { 2 };
    (2..=6).contains(&all.len())
        && capital
        && ends
        && own >= needed
        && !all.last().is_some_and(link)
}

/// Whether the words are an outlet's name, or that with what it offers behind it: "Varn Courier
/// Newsletter".
pub(super) fn heading(words: &str, press: &Press) -> bool {
    let offered = words.rsplit_once(' ').filter(|(_, last)| press.offer.has(&fold::fold(last)));
    outlet(words, press) || offered.is_some_and(|(name, _)| outlet(name, press))
}

/// Whether the words can be no person's name but an outlet's: "Jane Post" can be one.
pub(super) fn surely_outlet(words: &str, press: &Press) -> bool {
    let last = words.split_whitespace().last().map(fold::fold).unwrap_or_default();
    let long = words.split_whitespace().count() > 2;
    outlet(words, press) && (long || !press.outlet_surname.has(&last))
}

/// Whether the words have the shape of an agency's name: "Varn News Agency", "Varn news agency".
pub(super) fn agency(words: &str, press: &Press) -> bool {
    let name = agency_name(words, press);
    let all = || name.split_whitespace();
    let opens = all().next().is_some_and(|word| press.agency_opener.has(&fold::fold(word)));
    // The name ends where the words do, unless they say that it is an agency's.
    let parted = !words.trim().ends_with(name);
    !name.is_empty()
        && (parted || opens && all().count() > 1)
        && all().count() <= 4
        && all().all(|word| word.starts_with(char::is_uppercase))
        && !all().any(|word| press.section.has(&fold::fold(word)))
}

/// An agency's name without the words that say that it is one.
pub(super) fn agency_name<'a>(words: &'a str, press: &Press) -> &'a str {
    let words = words.trim();
    let words = ["the ", "The "].iter().find_map(|the| words.strip_prefix(the)).unwrap_or(words);
    let lower = words.to_ascii_lowercase();
    let name = press.agency.iter().find_map(|tail| lower.strip_suffix(tail.as_str()));
    name.filter(|name| name.ends_with(' ')).map_or(words, |name| words[..name.len()].trim_end())
}

/// Whether the words in a dateline's bracket can name an agency: a name, not a day.
pub(super) fn bracketed(words: &str, language: &Language) -> bool {
    let dated = |word: &str| {
        let word = fold::fold(word);
        let word = word.trim_matches('.');
        language.press.dating.has(word)
            || language.calendar.month(word).is_some()
            || language.calendar.weekday(word).is_some()
    };
    (1..=4).contains(&words.split_whitespace().count())
        && words.chars().all(|c| c.is_alphabetic() || " -/&.’'".contains(c))
        && words.split_whitespace().all(|word| word.starts_with(char::is_uppercase) && !dated(word))
}

/// The names of a slash list, of which one at least has the shape of an outlet or agency, and the
/// others are names: "VARN TRIBUNE/OSK". Spans inside `words`; empty if it is none.
pub(super) fn listed(words: &str, press: &Press) -> Vec<Span> {
    let mut at = 0;
    let mut found = Vec::new();
    for piece in words.split('/') {
        let span = Span::new(at, at + piece.len()).trim(words);
        at += piece.len() + 1;
        let name = span.of(words);
        let n = name.split_whitespace().count();
        let capital = name.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
        if !(1..=6).contains(&n) || !capital && !agency(name, press) {
            return Vec::new();
        }
        found.push(span);
    }
    let shaped = |span: &Span| outlet(span.of(words), press) || agency(span.of(words), press);
    if found.iter().any(shaped) { found } else { Vec::new() }
}

/// A name as it is to be called: in capitals throughout, it is spelled as the page spells it
/// elsewhere, or with capitals at the start of its words where it is an outlet's.
pub(super) fn spelled(name: &str, text: &str, press: &Press) -> String {
    if name.contains(char::is_lowercase) || name.len() <= 3 {
        return name.to_owned();
    }
    let mut mixed = String::with_capacity(name.len());
    for word in name.split_inclusive(' ') {
        let bare = word.trim_end();
        let folded = fold::fold(bare);
        let link = press.outlet_link.has(&folded);
        if link && !mixed.is_empty() {
            mixed.push_str(&word.to_lowercase());
        } else if bare.chars().count() <= 3 && !link && !press.outlet_word.has(&folded) {
            mixed.push_str(word);
        } else {
            let first = word.chars().next().map_or(0, char::len_utf8);
            mixed.push_str(&word[..first]);
            mixed.push_str(&word[first..].to_lowercase());
        }
    }
    let bounded = |at: usize| {
        !text[at + mixed.len()..].starts_with(char::is_alphanumeric)
            && !text[..at].ends_with(char::is_alphanumeric)
    };
    let printed = || text.match_indices(&mixed).any(|(at, _)| bounded(at));
    if outlet(name, press) || printed() { mixed } else { name.to_owned() }
}

/// The publisher as the page's title, its copyright line or what it offers names it. `outside` says
/// which lines belong to no article.
pub(super) fn publisher(
    page: &Page,
    lines: &[Line],
    outside: impl Fn(usize) -> bool,
    press: &Press,
) -> Option<Publisher> {
    let host = ["canonical", "og:url", "url"].iter().find_map(|key| page.meta(key));
    let host = host.map(|span| page.words(span)).or(page.capture.url.as_deref());
    let host = host.map(label).unwrap_or_default();
    let in_lines = || {
        let mut ends = (0..lines.len()).rev().take(NEAR).filter(|i| outside(*i));
        ends.find_map(|i| owner(page, &lines[i], &host, press))
    };
    let span = in_title(page, &host, press).or_else(in_lines)?;
    Some(Publisher { name: page.words(span).to_owned(), outlet: None, span: Some(span) })
}

/// The name in an address, of letters and digits only: `varncourier` of `www.varncourier.example`.
fn label(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or("");
    let parts = host.trim_start_matches("www.").split('.').collect::<Vec<_>>();
    // The longest part before the last is the site's own: "news.varn.co.example".
    let own = parts[..parts.len().saturating_sub(1)].iter().rev().max_by_key(|part| part.len());
    own.map_or(String::new(), |part| squeezed(part))
}

fn squeezed(words: &str) -> String {
    fold::key(words).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether the site's address is made of the name.
fn is_host(name: &str, host: &str) -> bool {
    let name = squeezed(name);
    name.len() >= 4 && (name == host || host.strip_prefix("the") == Some(&name))
}

fn in_title(page: &Page, host: &str, press: &Press) -> Option<Span> {
    let span = page.meta("title")?;
    let title = page.words(span);
    let mut cuts = BARS.iter().flat_map(|bar| title.match_indices(bar)).collect::<Vec<_>>();
    cuts.sort_unstable();
    let (first, last) = (cuts.first()?, cuts.last()?);
    let head = Span::new(0, first.0).trim(title);
    let tail = Span::new(last.0 + last.1.len(), title.len()).trim(title);
    let named = |piece: &Span| is_host(piece.of(title), host);
    let shaped = |piece: &Span| outlet(piece.of(title), press);
    let pieces = [tail, head];
    let piece = pieces.iter().find(|p| named(p)).or_else(|| pieces.iter().find(|p| shaped(p)))?;
    Some(piece.shifted(span.start as usize))
}

/// "© 2025 Varn Courier Media", "Varn Courier newsletter: …".
fn owner(page: &Page, line: &Line, host: &str, press: &Press) -> Option<Span> {
    let words = line.span.of(&page.text);
    if words.len() > OWNER {
        return None;
    }
    let lower = words.to_ascii_lowercase();
    let holder = words.find('©').map(|at| at + '©'.len_utf8()).or_else(|| {
        let cue = press.copyright.iter().find(|cue| lower.starts_with(cue.as_str()))?;
        Some(cue.len())
    });
    let (name, sure) = if let Some(from) = holder {
        let from = words[from..].find(char::is_alphabetic)? + from;
        (NAME.find_at(words, from)?.range(), true)
    } else {
        let found = NAME.find(words).filter(|m| m.start() == 0)?;
        let mut next = lower[found.end()..].split(|c: char| !c.is_alphanumeric());
        next.find(|word| !word.is_empty()).filter(|word| press.offer.has(word))?;
        (found.range(), false)
    };
    let bare = without_company(&words[name.clone()], press);
    let fits = outlet(bare, press) || sure && is_host(bare, host);
    let span = Span::new(name.start, name.start + bare.len());
    fits.then(|| span.shifted(line.span.start as usize))
}

fn without_company<'a>(name: &'a str, press: &Press) -> &'a str {
    let mut name = name.trim_end_matches(['.', ',', ' ']);
    let lower = name.to_ascii_lowercase();
    for tail in &press.company {
        if let Some(rest) = lower.strip_suffix(tail.as_str()).filter(|rest| rest.ends_with(' ')) {
            name = name[..rest.len()].trim_end_matches([',', ' ']);
            return name;
        }
    }
    name
}

/// The outlet that prose names as its own: "Varn.Net writes, citing …", or twice "told the Varn
/// Post".
pub(super) fn speaks_of_itself(
    page: &Page,
    paragraphs: &[Span],
    language: &Language,
) -> Option<Publisher> {
    let press = &language.press;
    let mut said: Vec<(String, Span, usize)> = Vec::new();
    for paragraph in paragraphs {
        let words = paragraph.of(&page.text);
        for found in NAME.find_iter(words) {
            let name = found.as_str();
            let site = name.contains('.') && !name.contains(' ') && name.len() >= 5;
            let name = name.strip_prefix("The ").unwrap_or(name);
            if !site && !outlet(name, press) {
                continue;
            }
            let after = fold::fold(&words[found.end()..]);
            let speaks =
                press.reports.iter().any(|cue| after.trim_start().starts_with(cue.as_str()));
            let before = fold::fold(&words[..found.start()]);
            let before = before.trim_end().trim_end_matches(" the");
            let told = press.told.iter().any(|cue| {
                before.strip_suffix(cue.as_str()).is_some_and(|rest| rest.ends_with(' '))
            });
            if !speaks && !told {
                continue;
            }
            let n = usize::from(told) + 2 * usize::from(speaks);
            let start = found.end() - name.len();
            let span = Span::new(start, found.end()).shifted(paragraph.start as usize);
            match said.iter_mut().find(|(key, ..)| *key == fold::key(name)) {
                Some((_, _, known)) => *known += n,
                None => said.push((fold::key(name), span, n)),
            }
        }
    }
    // The first of equals.
    let (_, span, n) = said.into_iter().rev().max_by_key(|(_, _, n)| *n)?;
    let name = page.words(span).to_owned();
    (n >= 2).then_some(Publisher { name, outlet: None, span: Some(span) })
}

/// Makes outlets of the lines that have the shape of one and stand beside a date or byline: alone
/// under a headline a name is the publisher, between paragraphs it is a subhead.
pub(super) fn mark(page: &Page, lines: &mut [Line], press: &Press) {
    let told = |line: Option<&Line>| {
        line.is_some_and(|line| matches!(line.look, Look::Date | Look::Byline))
    };
    for i in 0..lines.len() {
        let fits = matches!(lines[i].look, Look::Head | Look::Capitals) && lines[i].n_words <= 6;
        let beside = told(lines.get(i + 1)) || i > 0 && told(lines.get(i - 1));
        let below = i > 0 && matches!(lines[i - 1].look, Look::Head | Look::Caption | Look::Byline);
        let words = lines[i].span.of(&page.text);
        if fits && beside && below && outlet(words, press) {
            lines[i].look = Look::Outlet;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn outlets_are_told_by_their_shape() {
        let press = &Lexicon::shipped().languages[0].press;
        for name in [
            "The Lantern",
            "Varn Courier",
            "The Osk Tribune",
            "VARN FINANCIAL JOURNAL",
            "Radio Varn",
        ] {
            assert!(outlet(name, press), "{name}");
        }
        for name in [
            "News  Tides  Jobs  Classified",
            "News Tides Jobs Classified",
            "Local News",
            "World News Today",
            "Mara Lund",
            "Varn Courier wins a prize",
            "News",
        ] {
            assert!(!outlet(name, press), "{name}");
        }
        assert!(!surely_outlet("Mara Post", press) && surely_outlet("Varn Gazette", press));
    }

    #[test]
    fn agencies_say_that_they_are_one() {
        let press = &Lexicon::shipped().languages[0].press;
        assert!(agency("Osk News Agency", press) && agency("the Osk news agency", press));
        assert!(
            !agency("The Osk Hour", press)
                && !agency("Osk", press)
                && !agency("News Agency", press)
        );
        assert!(!agency("the man from the news agency", press));
        assert_eq!(agency_name("Osk News Agency", press), "Osk");
    }

    #[test]
    fn a_bracket_in_a_dateline_is_no_day() {
        let language = &Lexicon::shipped().languages[0];
        assert!(bracketed("Osk", language));
        assert!(!bracketed("Friday", language) && !bracketed("8 March", language));
        assert!(!bracketed("as it was", language));
    }

    #[test]
    fn a_list_of_names_holds_an_outlet() {
        let press = &Lexicon::shipped().languages[0].press;
        assert_eq!(listed("VARN TRIBUNE/OSK", press).len(), 2);
        assert!(listed("Updated 10:30", press).is_empty());
        assert!(listed("Mara Lund/Piet Amsel", press).is_empty());
    }

    #[test]
    fn capitals_are_no_spelling() {
        let press = &Lexicon::shipped().languages[0].press;
        assert_eq!(spelled("THE VARN TRIBUNE", "", press), "The Varn Tribune");
        assert_eq!(spelled("OSKAR", "a report by Oskar", press), "Oskar");
        assert_eq!(spelled("OSKAR", "Oskarsen", press), "OSKAR");
        assert_eq!(spelled("OSK", "Osk", press), "OSK");
    }

    #[test]
    fn an_address_names_its_site() {
        assert_eq!(label("https://www.varn-courier.example/a/b"), "varncourier");
        assert!(is_host("The Varn Courier", "varncourier"));
        assert!(!is_host("Varn", "varncourier"));
    }
}
