//! Set: two lists of names for one thing, of which one has a member that the other lacks.

use headwater_page::Span;

use super::{Apart, Grade, Pair, Side};

/// Two lists that share two names, or one of two, and are not the same.
///
/// Only names are compared: "the harbour and the locks" lacks a member where "the harbour" says
/// enough. A list that says that it is not whole ("including", "such as") lacks nothing.
pub(super) fn compare(pair: &Pair<'_, '_>) -> Option<Apart> {
    let (was, is) = parted(pair)?;
    let whole = |one: &List, other: &List| one.members.iter().all(|it| other.holds(it));
    let nested = whole(&was, &is) || whole(&is, &was);
    let grade = if nested { Grade::Compatible } else { Grade::Differs };
    Some(Apart { left: was.span, right: is.span, grade })
}

/// The first two lists of one thing that are not the same.
pub(super) fn parted(pair: &Pair<'_, '_>) -> Option<(List, List)> {
    let (left, right) = (pair.left.lists(), pair.right.lists());
    for was in left {
        let differs = |is: &List| {
            let both = was.members.iter().filter(|it| is.holds(it)).count();
            let same = both == was.members.len() && is.members.iter().all(|it| was.holds(it));
            both >= SHARED
                && !same
                && pair.around(was.span, is.span) >= 1
                && !lacks_by_choice(pair, was, is)
        };
        if let Some(is) = right.iter().find(|is| differs(is)) {
            return Some((was.clone(), is.clone()));
        }
    }
    None
}

/// Names that two lists must share to be lists of one thing. Not swept.
const SHARED: usize = 2;

/// Whether the article of the shorter list names the missing member elsewhere.
fn lacks_by_choice(pair: &Pair<'_, '_>, was: &List, is: &List) -> bool {
    let missing = |from: &List, of: &List, side: &Side<'_>| {
        let lacking = from.members.iter().filter(|it| !of.holds(it));
        lacking.filter_map(|it| mark(it)).any(|word| side.article_has(word))
    };
    missing(was, is, pair.right) || missing(is, was, pair.left)
}

/// Names in a row.
#[derive(Clone)]
pub(super) struct List {
    pub(super) span: Span,
    /// The folded words of each, in order.
    pub(super) members: Vec<Vec<String>>,
}

impl List {
    /// Whether one of its members is `name`, in full or by the word that marks it.
    fn holds(&self, name: &[String]) -> bool {
        self.members.iter().any(|member| mark(member) == mark(name))
    }
}

/// The word that a name is known by: its longest, of equals the last.
fn mark(name: &[String]) -> Option<&String> {
    name.iter().max_by_key(|word| word.len())
}

/// The lists of names in a statement: names parted by commas and conjunctions alone. Light words and
/// what describes a member ("R&B star") may stand before it.
pub(super) fn lists(side: &Side<'_>) -> Vec<List> {
    let (words, known) = (side.words(), &side.language().differences);
    if words.titled {
        return Vec::new();
    }
    let mut found = Vec::<List>::new();
    let mut at = 0;
    while at < words.all.len() {
        let mut members = Vec::<(Span, Vec<String>)>::new();
        let mut next = at;
        while let Some((span, name, end)) = name(side, next) {
            members.push((span, name));
            let parted = |it: usize| {
                words
                    .all
                    .get(it)
                    .is_some_and(|word| word.folded == "," || known.joints.has(&word.folded))
            };
            let mut behind = end;
            while parted(behind) {
                behind += 1;
            }
            next = behind;
            if behind == end {
                break;
            }
        }
        let is_part = || {
            (at.saturating_sub(DESCRIBED)..next.min(at + DESCRIBED))
                .any(|it| known.parts.has(&words.all[it].folded))
        };
        if members.len() < 2 {
            at = next.max(at + 1);
            continue;
        }
        let span = members.iter().map(|it| it.0).reduce(Span::hull);
        let dated = |span: Span| {
            side.dateline().is_some_and(|it| it.overlaps(span))
                || side.dates().any(|date| date.span.overlaps(span))
        };
        // "The songs of both": a list of owners says nothing of what is done to them.
        let owners = span.is_some_and(|span| is_owner(side, span));
        let span = span.filter(|span| !is_part() && !owners && !dated(*span));
        if let Some(span) = span {
            found.push(List { span, members: members.into_iter().map(|it| it.1).collect() });
        }
        at = next.max(at + 1);
    }
    found
}

/// Whether the last word of the list is a possessive.
fn is_owner(side: &Side<'_>, list: Span) -> bool {
    let mut words = side.words().all.iter();
    let last = words.rfind(|word| list.contains(word.span) && word.is_content());
    last.is_some_and(|word| word.folded.ends_with("'s") || word.folded.ends_with('\''))
}

/// The name that begins at word `at`, behind at most [`DESCRIBED`] words that describe it; its words
/// and the word behind it.
fn name(side: &Side<'_>, at: usize) -> Option<(Span, Vec<String>, usize)> {
    let words = &side.words().all;
    let described =
        (at..words.len()).take_while(|&it| !words[it].capital && words[it].is_content());
    let start = described.take(DESCRIBED).last().map_or(at, |last| last + 1);
    let run = (start..words.len()).take_while(|&it| words[it].capital).collect::<Vec<_>>();
    let (&first, &last) = (run.first()?, run.last()?);
    let own = run.iter().filter(|&&it| words[it].is_content()).map(|&it| words[it].folded.clone());
    let own =
        own.map(|word| word.strip_suffix("'s").unwrap_or(&word).to_owned()).collect::<Vec<_>>();
    (!own.is_empty()).then(|| (words[first].span.hull(words[last].span), own, last + 1))
}

/// Words that may describe a name in a list ("rapper", "the singer").
const DESCRIBED: usize = 2;
