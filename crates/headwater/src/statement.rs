//! Statement: one checkable sentence of one article, with who is credited for it.

use headwater_page::{Page, Span};

use crate::article::Article;
use crate::citation::{Citation, CitationIx, How};
use crate::date::Dated;
use crate::figure::Figure;
use crate::fold;
use crate::lexicon::{Lexicon, Sign, Statements};
use crate::name::{Party, PartyIx};

mod index;

use index::Index;

/// Whether a statement affirms or denies.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Polarity {
    /// It is so.
    Affirmed,
    /// It is not so.
    Denied,
}

/// How far along an act is said to be; ordered from weakest to strongest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Modality {
    /// Could, may, might, is considering.
    Possible,
    /// Plans, is preparing, is expected to, will.
    Planned,
    /// Ordered, directed, asked for.
    Ordered,
    /// Signed, did, has done, is.
    Done,
}

/// One checkable sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// The sentence, without the words that attribute it where they stand at its edge.
    pub span: Span,
    /// Affirmed or denied.
    pub polarity: Polarity,
    /// How far along.
    pub modality: Modality,
    /// The citations that cover at least half of it, in order.
    pub attributed: Vec<CitationIx>,
    /// Parties named in it, in order.
    pub parties: Vec<PartyIx>,
    /// Indices of its dates.
    pub dates: Vec<u32>,
    /// Indices of its figures.
    pub figures: Vec<u32>,
}

/// What statements are made of: what the annotators before found, all of one article.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// Everyone named.
    pub parties: &'a [Party],
    /// Who is credited for what.
    pub citations: &'a [Citation],
    /// Dates.
    pub dates: &'a [Dated],
    /// Figures.
    pub figures: &'a [Figure],
}

/// The statements of the article's headline and body, in order. Questions, fragments and sentences
/// that only attribute ("He added:") are none.
///
/// A sentence is one statement, or several where several contents stand in it that are credited to
/// different sources. Spans do not overlap. Cost: linear in the article. Never fails.
pub fn statements(
    page: &Page,
    article: &Article,
    sentences: &[Span],
    findings: Findings<'_>,
    lexicon: &Lexicon,
) -> Vec<Statement> {
    let signs = &lexicon.language(&article.language).statements;
    let text = page.text.as_str();
    let index = Index::new(findings);
    let mut found = Vec::with_capacity(sentences.len());
    let mut words = Words::default();
    for &sentence in sentences {
        if !asserts(text, sentence) {
            continue;
        }
        for span in contents(text, sentence, findings.citations, &index, signs) {
            words.read(text, span, signs);
            if words.all.iter().filter(|word| !word.mark).count() >= MIN_WORDS {
                let headline = article.headline.is_some_and(|headline| headline.contains(span));
                let place = if headline { Stands::Headline } else { Stands::Prose };
                found.push(statement(span, &words, place, findings, &index, signs));
            }
        }
    }
    found
}

/// The fewest words that assert something ("Rivers rose").
const MIN_WORDS: usize = 2;
/// The fewest words of a content that is a statement of its own beside another.
const MIN_PART: usize = 3;

/// Citations of one sentence that are looked at, at most: the labelled texts have 4 at most, and it
/// bounds the cost of sentences that are none.
const MOST_CITED: usize = 32;

/// Where a sentence stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stands {
    Headline,
    Prose,
}

/// A word or mark of a sentence.
#[derive(Debug)]
struct Word {
    span: Span,
    /// Where it stands in [`Words::folded`].
    from: usize,
    to: usize,
    /// Whether it is a mark.
    mark: bool,
    /// Whether a hyphen joins the next word to it ("no-fly zone").
    joined: bool,
    /// The most words of a phrase that begins here.
    opened: usize,
}

/// The words of a span.
#[derive(Debug, Default)]
struct Words {
    all: Vec<Word>,
    /// All of them, folded, with single spaces between.
    folded: String,
}

impl Words {
    fn new(text: &str, span: Span, signs: &Statements) -> Self {
        let mut words = Self::default();
        words.read(text, span, signs);
        words
    }

    /// Reads `span` in place of what was read before: its words, with apostrophes inside, and its
    /// commas, with what `signs` knows of them.
    fn read(&mut self, text: &str, span: Span, signs: &Statements) {
        let Self { all, folded: words } = self;
        all.clear();
        words.clear();
        let end = span.range().end;
        each_word(text, span, |span, mark| {
            if !words.is_empty() {
                words.push(' ');
            }
            let (from, word) = (words.len(), bare(span.of(text)));
            fold::push(word, words);
            let hash = fold::hashed(&text[span.range().start..], word.len()).hash;
            let opened = signs.opened(&words[from..], hash);
            let mut rest = text[span.range().end..end].chars();
            let joined = rest.next() == Some('-') && rest.next().is_some_and(char::is_alphanumeric);
            all.push(Word { span, from, to: words.len(), mark, joined, opened });
        });
    }

    /// The folded words from `first` on, `n` of them.
    fn phrase(&self, first: usize, n: usize) -> &str {
        &self.folded[self.all[first].from..self.all[first + n - 1].to]
    }
}

/// A word without the apostrophes behind it.
fn bare(word: &str) -> &str {
    word.trim_end_matches(['\'', '’'])
}

/// Calls `found` with each word of `span` (apostrophes inside are part of it) and with each of its
/// commas, colons and dashes, and whether it is one of those.
fn each_word(text: &str, span: Span, mut found: impl FnMut(Span, bool)) {
    let within = span.of(text);
    let shift = span.start as usize;
    let mut at = 0;
    while let Some(c) = within[at..].chars().next() {
        let mut end = at + c.len_utf8();
        if c.is_alphanumeric() {
            let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
            end = at + fold::length(&within[at..], inside);
            found(Span::new(shift + at, shift + end), false);
        } else if matches!(c, ',' | ';' | ':' | '—') {
            found(Span::new(shift + at, shift + end), true);
        }
        at = end;
    }
}

/// How many words of `span`, marks left out, `counts`.
fn n_words(text: &str, span: Span, counts: impl Fn(Span) -> bool) -> usize {
    let mut n = 0;
    each_word(text, span, |word, mark| n += usize::from(!mark && counts(word)));
    n
}

/// Whether the sentence is no question.
fn asserts(text: &str, sentence: Span) -> bool {
    let closing =
        |c: char| matches!(c, '"' | '”' | '’' | '\'' | ')' | '»' | '“') || c.is_whitespace();
    !sentence.of(text).trim_end_matches(closing).ends_with('?')
}

/// What the sentence asserts: its contents where they are credited to different sources, else all
/// of it without the attribution at its edge.
fn contents(
    text: &str,
    sentence: Span,
    citations: &[Citation],
    index: &Index,
    signs: &Statements,
) -> Vec<Span> {
    let mut cited = index
        .cued(sentence)
        .into_iter()
        .filter_map(|ix| citations.get(ix as usize))
        .filter(|citation| sentence.contains(citation.cue))
        .take(MOST_CITED)
        .map(|citation| Cited::new(citation, sentence))
        .collect::<Vec<_>>();
    cited.sort_by_key(|cited| cited.content);
    let parts = independent(text, &cited, citations);
    if parts.len() > 1 {
        return parts.into_iter().map(|part| trim(text, part, signs)).collect();
    }
    let mut kept = sentence;
    for cited in &cited {
        kept = without_edge(text, kept, cited, signs);
    }
    // Who declines to comment says so by it: that is what the sentence states.
    let only_attributes = cited.iter().any(|cited| {
        cited.content.is_none()
            && cited.citation.how != How::NoComment
            && rest(text, sentence, cited) <= MIN_PART
    });
    if only_attributes { Vec::new() } else { vec![trim(text, kept, signs)] }
}

/// A citation as one sentence shows it.
#[derive(Clone, Copy, Debug)]
struct Cited<'a> {
    citation: &'a Citation,
    /// The words that attribute and those that name the source.
    frame: Span,
    /// What is attributed, within the sentence.
    content: Option<Span>,
}

impl<'a> Cited<'a> {
    fn new(citation: &'a Citation, sentence: Span) -> Self {
        let name = citation.name.filter(|name| sentence.contains(*name));
        let frame = name.map_or(citation.cue, |name| citation.cue.hull(name));
        let covers = citation.covers.iter().filter_map(|part| part.intersect(sentence));
        let content = covers.reduce(Span::hull);
        Self { citation, frame, content }
    }
}

/// Words of the sentence that are neither frame nor content.
fn rest(text: &str, sentence: Span, cited: &Cited<'_>) -> usize {
    n_words(text, sentence, |word| {
        !cited.frame.overlaps(word) && !cited.content.is_some_and(|content| content.overlaps(word))
    })
}

/// The contents that stand apart and are credited apart; fewer than two if the sentence is one.
fn independent(text: &str, cited: &[Cited<'_>], citations: &[Citation]) -> Vec<Span> {
    let mut parts = Vec::<(Span, &Citation)>::new();
    for cited in cited {
        let Some(content) = cited.content else { continue };
        let n_words = n_words(text, content, |_| true);
        let chained = |other: &Citation| {
            let through = |one: &Citation, two: &Citation| {
                one.via.is_some_and(|via| citations.get(via.ix()) == Some(two))
            };
            through(cited.citation, other) || through(other, cited.citation)
        };
        let apart = |(span, other): &(Span, &Citation)| {
            !span.overlaps(content)
                && !span.overlaps(cited.frame)
                && !chained(other)
                && (other.source != cited.citation.source || other.source.is_none())
        };
        if n_words >= MIN_PART && parts.iter().all(apart) {
            parts.push((content, cited.citation));
        }
    }
    parts.into_iter().map(|(span, _)| span).collect()
}

/// `kept` without the frame, if that stands at its edge and nothing else is asserted there.
fn without_edge(text: &str, kept: Span, cited: &Cited<'_>, signs: &Statements) -> Span {
    let Some(content) = cited.content.and_then(|content| content.intersect(kept)) else {
        return kept;
    };
    let (before, after) = (cited.frame.end <= content.start, content.end <= cited.frame.start);
    let edge = if before {
        Span { start: kept.start, end: content.start }
    } else if after {
        Span { start: content.end, end: kept.end }
    } else {
        return kept;
    };
    // "The minister resigned, and he said …": the edge holds an assertion of its own.
    let words = Words::new(text, edge, signs);
    let joins = |at: &usize| {
        let span = words.all[*at].span;
        signs.conjunctions.has(words.phrase(*at, 1)) && !cited.frame.contains(span)
    };
    let joint = (0..words.all.len()).find(joins).map(|at| words.all[at].span);
    let asserted = joint.is_some_and(|joint| {
        let side = if before {
            Span { start: edge.start, end: joint.start }
        } else {
            Span { start: joint.end, end: edge.end }
        };
        n_words(text, edge, |word| side.contains(word) && !cited.frame.overlaps(word)) >= MIN_PART
    });
    let cut = if before {
        Span { start: content.start, end: kept.end }
    } else {
        Span { start: kept.start, end: content.end }
    };
    // "An official confirmed the order": without its frame the content asserts nothing.
    let left = n_words(text, cut, |_| true);
    if asserted || left < MIN_PART { kept } else { cut }
}

/// Without white space, commas and words like "that" at its ends.
fn trim(text: &str, span: Span, signs: &Statements) -> Span {
    let mut span = span.trim(text);
    let edge = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '—' | '–');
    loop {
        let words = span.of(text);
        let cut = words.len() - words.trim_start_matches(edge).len();
        span = Span::new(span.start as usize + cut, span.end as usize);
        let rest = span.of(text);
        let length = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
        let Some(length) = length.filter(|_| rest.starts_with(char::is_alphanumeric)) else {
            break;
        };
        if !signs.leads.has(&fold::fold(bare(&rest[..length]))) {
            break;
        }
        span = Span::new(span.start as usize + length, span.end as usize);
    }
    let length = span.of(text).trim_end_matches(edge).len();
    Span::new(span.start as usize, span.start as usize + length)
}

fn statement(
    span: Span,
    words: &Words,
    place: Stands,
    findings: Findings<'_>,
    index: &Index,
    signs: &Statements,
) -> Statement {
    let dates = index.dates(span);
    let days = dates.iter().map(|&ix| findings.dates[ix as usize].span).collect::<Vec<_>>();
    let (polarity, modality) = polarity_and_modality(words, place, &days, signs);
    let covered = |ix: &u32| {
        let covers = findings.citations[*ix as usize].covers.iter();
        covers.filter_map(|part| part.intersect(span)).map(Span::len).sum::<usize>()
    };
    let attributed = index.covering(span).into_iter().filter(|ix| covered(ix) * 2 >= span.len());
    Statement {
        span,
        polarity,
        modality,
        attributed: attributed.map(CitationIx).collect(),
        parties: index.parties(span).into_iter().map(PartyIx).collect(),
        dates,
        figures: index.figures(span),
    }
}

/// Denied if an odd number of words deny; as far along as the first word that tells says. Clauses
/// that only describe ("who did not vote") count for neither. What stands under a condition is no
/// more than possible, unless it is done or ordered.
fn polarity_and_modality(
    words: &Words,
    place: Stands,
    days: &[Span],
    signs: &Statements,
) -> (Polarity, Modality) {
    let (mut denials, mut modality, mut aside, mut conditional) = (0, None, false, false);
    let mut at = 0;
    while at < words.all.len() {
        if words.all[at].mark {
            aside = false;
            at += 1;
            continue;
        }
        if !aside && place == Stands::Headline && modality.is_none() && is_plan(words, at, signs) {
            modality = Some(Modality::Planned);
        }
        let (length, found) = longest_sign(words, at, signs);
        // "In May".
        let dated = length == 1 && days.iter().any(|day| day.overlaps(words.all[at].span));
        if dated || is_described(words, at, length, found, signs) {
            at += length;
            continue;
        }
        let denied = denials > 0;
        for sign in found {
            let degree = match sign {
                Sign::Aside => {
                    aside = true;
                    None
                }
                Sign::Negation => {
                    denials += u32::from(!aside);
                    None
                }
                Sign::Echo => {
                    denials += u32::from(!aside && !denied);
                    None
                }
                Sign::Condition => {
                    conditional = true;
                    None
                }
                Sign::Affirmation => None,
                Sign::Possible => Some(Modality::Possible),
                Sign::Planned => Some(Modality::Planned),
                Sign::Ordered => Some(Modality::Ordered),
                Sign::Done => Some(Modality::Done),
            };
            if !aside {
                modality = modality.or(degree);
            }
        }
        at += length;
    }
    let polarity = if denials % 2 == 1 { Polarity::Denied } else { Polarity::Affirmed };
    let modality = match modality {
        None | Some(Modality::Planned) if conditional => Modality::Possible,
        known => known.unwrap_or(Modality::Done),
    };
    (polarity, modality)
}

/// Whether the signs of one word only describe what is named: "the order", "the banned group",
/// "a no-fly zone".
fn is_described(
    words: &Words,
    at: usize,
    length: usize,
    found: &[Sign],
    signs: &Statements,
) -> bool {
    let denies = found.contains(&Sign::Negation);
    if length > 1 || found.is_empty() {
        return false;
    }
    if denies && words.all[at].joined {
        return true;
    }
    let degree = |sign: &Sign| {
        let early = matches!(sign, Sign::Possible | Sign::Planned | Sign::Ordered);
        early || denies && *sign == Sign::Done
    };
    let determined = at.checked_sub(1).is_some_and(|at| signs.determiners.has(words.phrase(at, 1)));
    determined && signs.lists(words.phrase(at, 1)) && found.iter().any(degree)
}

/// Whether the word is the infinitive's marker between who and what of a headline: "Mayor to visit
/// Varn", never "Mayor returns to Varn", "from Osk to Varn", "up to 300".
fn is_plan(words: &Words, at: usize, signs: &Statements) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &words.all[before]) else { return false };
    let Some(after) = words.all.get(at + 1) else { return false };
    let is_thing = || {
        let word = words.phrase(at + 1, 1);
        after.mark || signs.determiners.has(word) || word.starts_with(|c: char| c.is_ascii_digit())
    };
    signs.infinitives.has(words.phrase(at, 1))
        && !before.mark
        && !(0..at).any(|word| signs.governs(words.phrase(word, 1)))
        && !is_thing()
}

/// The longest phrase at word `at` that says something, and its length.
fn longest_sign<'l>(words: &Words, at: usize, signs: &'l Statements) -> (usize, &'l [Sign]) {
    let rest = &words.all[at..];
    // Few words open a phrase: the others are not looked up.
    let phrases = (1..=rest[0].opened.min(rest.len())).rev();
    let said = phrases.map(|length| (length, signs.signs(words.phrase(at, length))));
    said.into_iter().find(|(_, found)| !found.is_empty()).unwrap_or((1, &[]))
}

#[cfg(test)]
mod tests;
