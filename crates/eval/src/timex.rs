//! Timex: date expressions of `TimeML` documents, scored as the TempEval-3 task scores them.

use std::fs;
use std::path::Path;

use headwater::date::{self, Interval, Timex};
use headwater::{Lexicon, Span};

use crate::case::short;
use crate::metric::{Better, Score, Tally};

/// One `TimeML` document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Document {
    /// Its file.
    name: String,
    /// The words inside `TEXT`, without tags.
    text: String,
    /// Its date (DCT), where that is a whole day.
    published: Option<Interval>,
    /// The TIMEX3 of its text, in order.
    gold: Vec<Tagged>,
}

/// A TIMEX3 of the gold, or a date of the engine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Tagged {
    span: Span,
    timex: Timex,
    value: String,
    /// Which pattern found it; empty in the gold.
    rule: &'static str,
}

/// The documents of a folder, by name.
pub(crate) fn load(folder: &Path) -> Result<Vec<Document>, String> {
    let shown = |e: std::io::Error| format!("{}: {e}", folder.display());
    let mut files = fs::read_dir(folder)
        .map_err(shown)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(shown)?;
    files.retain(|file| file.extension().is_some_and(|it| it == "tml"));
    files.sort();
    let read = |file: &std::path::PathBuf| {
        let words = fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        document(&name, &words).ok_or_else(|| format!("{}: no TEXT", file.display()))
    };
    files.iter().map(read).collect()
}

/// The document in `xml`; none without a `TEXT`.
fn document(name: &str, xml: &str) -> Option<Document> {
    let dct = between(xml, "<DCT>", "</DCT>").and_then(|dct| attribute(dct, "value"));
    let day = dct.and_then(|value| value.get(..10)?.parse().ok());
    let mut document = Document {
        name: name.to_owned(),
        text: String::new(),
        published: day.map(Interval::day),
        gold: Vec::new(),
    };
    let mut rest = between(xml, "<TEXT>", "</TEXT>")?;
    let mut open = None;
    while let Some(at) = rest.find('<') {
        document.text += &unescaped(&rest[..at]);
        let length = rest[at..].find('>')? + 1;
        let tag = &rest[at..at + length];
        if tag.starts_with("<TIMEX3") {
            open = Some((document.text.len(), attribute(tag, "type"), attribute(tag, "value")));
        } else if tag == "</TIMEX3>"
            && let Some((start, Some(kind), Some(value))) = open.take()
            && let Some(timex) = timex(kind)
        {
            let span = Span::new(start, document.text.len());
            document.gold.push(Tagged { span, timex, value: value.to_owned(), rule: "" });
        }
        rest = &rest[at + length..];
    }
    document.text += &unescaped(rest);
    Some(document)
}

fn between<'a>(xml: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(open)?;
    rest.split_once(close).map(|(inside, _)| inside)
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    between(tag, &format!(" {name}=\""), "\"")
}

fn timex(kind: &str) -> Option<Timex> {
    Some(match kind {
        "DATE" => Timex::Date,
        "TIME" => Timex::Time,
        "DURATION" => Timex::Duration,
        "SET" => Timex::Set,
        _ => return None,
    })
}

/// The five entities of XML; the corpora have no others.
fn unescaped(words: &str) -> String {
    let words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    words.replace("&apos;", "'").replace("&amp;", "&")
}

/// What the engine finds, paragraph by paragraph as in an article.
fn answers(document: &Document) -> Vec<Tagged> {
    let language = &Lexicon::shipped().languages[0];
    let text = document.text.as_str();
    let dates = date::dates(text, &paragraphs(text), document.published, language);
    let tagged =
        |it: date::Dated| Tagged { span: it.span, timex: it.timex, value: it.value, rule: it.rule };
    dates.into_iter().map(tagged).collect()
}

/// What stands between blank lines.
fn paragraphs(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    for part in text.split("\n\n") {
        found.push(Span::new(at, at + part.len()));
        at += part.len() + 2;
    }
    found
}

/// For moments (DATE and TIME), lengths (DURATION), sets (SET) and all of them: precision, recall
/// and F1 of expressions that touch one of the gold, and `value`, that F1 times the share of the
/// found ones whose value is right; `value_meant` takes a value for right that is written otherwise
/// ("2031-W7", "203X", "2031-XX" for "2031-W07", "203", "2031"). `extent` is how many of the found ones have the gold's own
/// bounds.
///
/// After: `UzZaman` et al., TempEval-3 (2013).
pub(crate) fn score(documents: &[Document]) -> Score {
    let mut score = Score::default();
    let moment = |timex: Timex| matches!(timex, Timex::Date | Timex::Time);
    let rows = documents.iter().map(|document| (document, answers(document))).collect::<Vec<_>>();
    take(&mut score, "dates", &rows, moment);
    take(&mut score, "lengths", &rows, |timex| timex == Timex::Duration);
    take(&mut score, "sets", &rows, |timex| timex == Timex::Set);
    take(&mut score, "all", &rows, |_| true);
    score
}

fn take(score: &mut Score, name: &str, rows: &[(&Document, Vec<Tagged>)], of: fn(Timex) -> bool) {
    let mut tally = Tally::default();
    let (mut right, mut meant, mut exact) = (0, 0, 0);
    for (document, answers) in rows {
        let words = |span: Span| short(span.of(&document.text));
        let around = |span: Span| around(&document.text, span);
        let answers = answers.iter().filter(|answer| of(answer.timex)).collect::<Vec<_>>();
        let gold = document.gold.iter().filter(|gold| of(gold.timex)).collect::<Vec<_>>();
        tally.answers += answers.len();
        tally.gold += gold.len();
        for answer in &answers {
            if gold.iter().any(|gold| gold.span.overlaps(answer.span)) {
                tally.right += 1;
            } else {
                let (words, around) = (words(answer.span), around(answer.span));
                let said =
                    format!("{}: \"{words}\" is none, called {}", document.name, answer.value);
                score.miss(&format!("{name}.p"), format!("{said}: …{around}…"));
            }
        }
        for gold in &gold {
            let mut said = answers.iter().filter(|answer| answer.span.overlaps(gold.span));
            let Some(first) = said.next() else {
                let (words, around) = (words(gold.span), around(gold.span));
                let said = format!("{}: \"{words}\" is {}", document.name, gold.value);
                score.miss(&format!("{name}.r"), format!("{said}: …{around}…"));
                continue;
            };
            tally.found += 1;
            exact += usize::from(
                std::iter::once(first).chain(said.clone()).any(|it| it.span == gold.span),
            );
            let mut said = std::iter::once(first).chain(said);
            meant += usize::from(said.clone().any(|it| plain(&it.value) == plain(&gold.value)));
            if said.any(|answer| answer.value == gold.value) {
                right += 1;
            } else {
                let (words, around) = (words(gold.span), around(gold.span));
                let said = format!("{}: \"{words}\" is {}", document.name, gold.value);
                let called = format!("called {} [{}]", first.value, first.rule);
                score.miss(&format!("{name}.value"), format!("{said}, {called}: …{around}…"));
            }
        }
    }
    score.tally(name, tally);
    let share = crate::metric::share(right, tally.found);
    let value = tally.f1().map(|f1| f1 * share.unwrap_or(0.0));
    score.push(&format!("{name}.value"), value, tally.gold, Better::Higher);
    let share = crate::metric::share(meant, tally.found);
    let value = tally.f1().map(|f1| f1 * share.unwrap_or(0.0));
    score.push(&format!("{name}.value_meant"), value, tally.gold, Better::Higher);
    score.rate(&format!("{name}.extent"), exact, tally.found);
}

/// A value in the spelling of the standard: weeks in two digits, no digit or part that is unknown.
fn plain(value: &str) -> String {
    let is_date = value.starts_with(|c: char| c.is_ascii_digit());
    let parts = value.split('-').map(|part| match part.strip_prefix('W') {
        Some(week) if week.len() == 1 => format!("W0{week}"),
        _ => part.to_owned(),
    });
    let mut parts = parts.collect::<Vec<_>>();
    while let Some(last) = parts.last_mut().filter(|_| is_date) {
        let known = last.trim_end_matches('X').len();
        if known == last.len() {
            break;
        }
        last.truncate(known);
        if known > 0 {
            break;
        }
        parts.pop();
    }
    // "2031-WXX" names no week.
    if parts.last().is_some_and(|last| last == "W") {
        parts.pop();
    }
    parts.join("-")
}

/// A few words to both sides.
fn around(text: &str, span: Span) -> String {
    let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
    let start = before.char_indices().rev().map(|(at, _)| at).nth(60).unwrap_or(0);
    let length = after.char_indices().map(|(at, _)| at).nth(50).unwrap_or(after.len());
    text[start..span.end as usize + length].split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_compared_in_one_spelling() {
        for (value, standard) in [
            ("2031-W7", "2031-W07"),
            ("2031-XX-XX", "2031"),
            ("203X", "203"),
            ("2031-WXX", "2031"),
            ("2031-08-08TNI", "2031-08-08TNI"),
            ("XXXX-WXX-4", "XXXX-WXX-4"),
            ("PXD", "PXD"),
        ] {
            assert_eq!(plain(value), standard);
        }
    }

    const XML: &str = "<TimeML>\n<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"2031-08-08\" \
        functionInDocument=\"CREATION_TIME\">08/08/31</TIMEX3></DCT>\n<TEXT>\nOsk &amp; Varn \
        <EVENT eid=\"e1\">resigned</EVENT> <TIMEX3 tid=\"t1\" type=\"DATE\" value=\"2031-08-07\">\
        Thursday</TIMEX3> after <TIMEX3 tid=\"t2\" type=\"DURATION\" value=\"P4Y\">three years\
        </TIMEX3>.\n\nThe ferry left today.\n</TEXT>\n</TimeML>";

    #[test]
    fn a_document_is_its_words_and_its_timex() {
        let document = document("d", XML).unwrap();
        assert_eq!(document.published, Some(Interval::day("2031-08-08".parse().unwrap())));
        let words = "Osk & Varn resigned Thursday after three years.";
        assert_eq!(document.text.trim().lines().next(), Some(words));
        let gold = document.gold.iter().map(|it| it.span.of(&document.text)).collect::<Vec<_>>();
        assert_eq!(gold, ["Thursday", "three years"]);
    }

    #[test]
    fn values_count_among_what_is_found() {
        let score = score(&[document("d", XML).unwrap()]);
        assert_eq!(score.value("dates.p"), Some(0.5), "today is not in the gold");
        assert_eq!(score.value("dates.r"), Some(1.0));
        assert_eq!(score.value("dates.value"), Some(2.0 / 3.0));
        assert_eq!(score.value("lengths.f1"), Some(1.0));
        assert_eq!(score.value("lengths.value"), Some(0.0), "four years are not three");
        assert_eq!(score.value("sets.f1"), None);
    }
}
