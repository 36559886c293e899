//! Statement: one checkable sentence of one article, with who is credited for it.

use std::ops::Range;

use headwater_page::Span;

use crate::article::Article;
use crate::citation::{Citation, CitationIx, How};
use crate::date::Dated;
use crate::figure::Figure;
use crate::fold;
use crate::lexicon::{Phrases, Sign, Statements, class};
use crate::name::{Party, PartyIx};
use crate::sentence::{Case, Line, Word};

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
pub(crate) fn statements(
    lines: &[Line<'_>],
    article: &Article,
    findings: Findings<'_>,
) -> Vec<Statement> {
    let index = Index::new(findings);
    let mut found = Vec::with_capacity(lines.iter().map(|line| line.sentences.len()).sum());
    let Some(first) = lines.first() else { return found };
    let mut clause = Clause::new(first);
    for line in lines {
        clause.turn_to(line);
        for sentence in line.spans().filter(|sentence| asserts(line.text, *sentence)) {
            for span in contents(&mut clause, sentence, findings.citations, &index) {
                clause.read(span);
                if clause.words.iter().filter(|ix| !parts(&line.words[**ix])).count() >= MIN_WORDS {
                    let headline = article.headline.is_some_and(|headline| headline.contains(span));
                    let place = if headline { Stands::Headline } else { Stands::Prose };
                    found.push(statement(span, &mut clause, place, findings, &index));
                }
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

/// The words of a span, in the order in which they are read: with the marks that part clauses, and
/// without others and the endings of possessives.
#[derive(Debug)]
struct Clause<'a> {
    line: &'a Line<'a>,
    signs: &'a Statements,
    /// Indices into the line's words.
    words: Vec<usize>,
    /// A phrase while it is looked up.
    phrase: String,
    /// Where its words end.
    ends: Vec<usize>,
}

impl<'a> Clause<'a> {
    fn new(line: &'a Line<'a>) -> Self {
        let signs = &line.language.statements;
        Self { line, signs, words: Vec::new(), phrase: String::new(), ends: Vec::new() }
    }

    /// Goes on with another line.
    fn turn_to(&mut self, line: &'a Line<'a>) {
        (self.line, self.signs) = (line, &line.language.statements);
    }

    /// Reads `span` in place of what was read before.
    fn read(&mut self, span: Span) {
        let Self { line, words, .. } = self;
        words.clear();
        words.extend(within(line, span).filter(|ix| {
            let word = &line.words[*ix];
            counts(word) || parts(word)
        }));
    }

    /// Word `at` of those that are read.
    fn word(&self, at: usize) -> &'a Word {
        &self.line.words[self.words[at]]
    }

    /// Whether word `at` is one of `phrases`.
    fn is_one(&self, at: usize, phrases: &Phrases) -> bool {
        phrases.has(&fold::view(letters(self.line, self.words[at])))
    }

    /// The longest phrase at word `at` that says something, and its length.
    fn longest_sign(&mut self, at: usize) -> (usize, &'a [Sign]) {
        let nothing = (1, &[][..]);
        // Few words open a phrase: the others are not looked up.
        if !self.word(at).is(class::SIGN) {
            return nothing;
        }
        let Self { signs, phrase, ends, .. } = self;
        phrase.clear();
        ends.clear();
        let mut longest = 1;
        for &ix in &self.words[at..] {
            // "The order's end" orders nothing.
            let owner = self.line.words.get(ix + 1).is_some_and(|w| w.case == Case::Possessive);
            if ends.len() == longest || owner {
                break;
            }
            if !ends.is_empty() {
                phrase.push(' ');
            }
            fold::push(letters(self.line, ix), phrase);
            if ends.is_empty() {
                longest = signs.opened(phrase);
            }
            ends.push(phrase.len());
        }
        let said = (1..=ends.len()).rev().map(|n| (n, signs.signs(&phrase[..ends[n - 1]])));
        said.into_iter().find(|(_, found)| !found.is_empty()).unwrap_or(nothing)
    }
}

/// Whether it is a word, and no mark or ending.
fn counts(word: &Word) -> bool {
    word.letters() || word.case == Case::Digits
}

/// Whether it is a mark that parts clauses.
fn parts(word: &Word) -> bool {
    matches!(word.case, Case::Mark(',' | ';' | ':' | '—'))
}

/// The words and marks that touch `span`.
fn within(line: &Line<'_>, span: Span) -> Range<usize> {
    let first = line.word_at(span.start);
    first..first + line.words[first..].partition_point(|word| word.span.start < span.end)
}

/// A word without the point of an abbreviation.
fn letters<'a>(line: &Line<'a>, ix: usize) -> &'a str {
    line.word(ix).trim_end_matches('.')
}

/// How many words of `span` there are of which `counted` is true.
fn n_words(line: &Line<'_>, span: Span, counted: impl Fn(Span) -> bool) -> usize {
    let words = line.words[within(line, span)].iter();
    words.filter(|word| counts(word) && counted(word.span)).count()
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
    clause: &mut Clause<'_>,
    sentence: Span,
    citations: &[Citation],
    index: &Index,
) -> Vec<Span> {
    let line = clause.line;
    let mut cited = index
        .cued(sentence)
        .into_iter()
        .filter_map(|ix| citations.get(ix as usize))
        .filter(|citation| sentence.contains(citation.cue))
        .take(MOST_CITED)
        .map(|citation| Cited::new(citation, sentence))
        .collect::<Vec<_>>();
    cited.sort_by_key(|cited| cited.content);
    let parts = independent(line, &cited, citations);
    if parts.len() > 1 {
        return parts.into_iter().map(|part| trim(line, part)).collect();
    }
    let mut kept = sentence;
    for cited in &cited {
        kept = without_edge(clause, kept, cited);
    }
    // Who declines to comment says so by it: that is what the sentence states.
    let only_attributes = cited.iter().any(|cited| {
        cited.content.is_none()
            && cited.citation.how != How::NoComment
            && rest(line, sentence, cited) <= MIN_PART
    });
    if only_attributes { Vec::new() } else { vec![trim(line, kept)] }
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
fn rest(line: &Line<'_>, sentence: Span, cited: &Cited<'_>) -> usize {
    n_words(line, sentence, |word| {
        !cited.frame.overlaps(word) && !cited.content.is_some_and(|content| content.overlaps(word))
    })
}

/// The contents that stand apart and are credited apart; fewer than two if the sentence is one.
fn independent(line: &Line<'_>, cited: &[Cited<'_>], citations: &[Citation]) -> Vec<Span> {
    let mut parts = Vec::<(Span, &Citation)>::new();
    for cited in cited {
        let Some(content) = cited.content else { continue };
        let n_words = n_words(line, content, |_| true);
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
fn without_edge(clause: &mut Clause<'_>, kept: Span, cited: &Cited<'_>) -> Span {
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
    clause.read(edge);
    let joins = |at: &usize| {
        let joins = clause.is_one(*at, &clause.signs.conjunctions);
        joins && !cited.frame.contains(clause.word(*at).span)
    };
    let joint = (0..clause.words.len()).find(joins).map(|at| clause.word(at).span);
    let asserted = joint.is_some_and(|joint| {
        let side = if before {
            Span { start: edge.start, end: joint.start }
        } else {
            Span { start: joint.end, end: edge.end }
        };
        let apart = |word: Span| side.contains(word) && !cited.frame.overlaps(word);
        n_words(clause.line, edge, apart) >= MIN_PART
    });
    let cut = if before {
        Span { start: content.start, end: kept.end }
    } else {
        Span { start: kept.start, end: content.end }
    };
    // "An official confirmed the order": without its frame the content asserts nothing.
    let left = n_words(clause.line, cut, |_| true);
    if asserted || left < MIN_PART { kept } else { cut }
}

/// Without white space, commas and words like "that" at its ends.
fn trim(line: &Line<'_>, span: Span) -> Span {
    let (text, signs) = (line.text, &line.language.statements);
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
        if !signs.leads.has(&fold::view(rest[..length].trim_end_matches(['\'', '’']))) {
            break;
        }
        span = Span::new(span.start as usize + length, span.end as usize);
    }
    let length = span.of(text).trim_end_matches(edge).len();
    Span::new(span.start as usize, span.start as usize + length)
}

fn statement(
    span: Span,
    clause: &mut Clause<'_>,
    place: Stands,
    findings: Findings<'_>,
    index: &Index,
) -> Statement {
    let dates = index.dates(span);
    let days = dates.iter().map(|&ix| findings.dates[ix as usize].span).collect::<Vec<_>>();
    let (polarity, modality) = polarity_and_modality(clause, place, &days);
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
    clause: &mut Clause<'_>,
    place: Stands,
    days: &[Span],
) -> (Polarity, Modality) {
    let (mut denials, mut modality, mut aside, mut conditional) = (0, None, false, false);
    let mut at = 0;
    while at < clause.words.len() {
        if parts(clause.word(at)) {
            aside = false;
            at += 1;
            continue;
        }
        if !aside && place == Stands::Headline && modality.is_none() && is_plan(clause, at) {
            modality = Some(Modality::Planned);
        }
        let (length, found) = clause.longest_sign(at);
        if found.is_empty() {
            at += length;
            continue;
        }
        // "In May".
        let dated = length == 1 && days.iter().any(|day| day.overlaps(clause.word(at).span));
        if dated || is_described(clause, at, length, found) {
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

/// Whether the signs of one word only describe what is named: "the order", "the banned group".
fn is_described(clause: &Clause<'_>, at: usize, length: usize, found: &[Sign]) -> bool {
    let denies = found.contains(&Sign::Negation);
    if length > 1 {
        return false;
    }
    let degree = |sign: &Sign| {
        let early = matches!(sign, Sign::Possible | Sign::Planned | Sign::Ordered);
        early || denies && *sign == Sign::Done
    };
    let signs = clause.signs;
    let determined = at.checked_sub(1).is_some_and(|at| clause.is_one(at, &signs.determiners));
    let listed = || signs.lists(&fold::view(letters(clause.line, clause.words[at])));
    determined && found.iter().any(degree) && listed()
}

/// Whether the word is the infinitive's marker between who and what of a headline: "Mayor to visit
/// Varn", never "Mayor returns to Varn", "from Osk to Varn", "up to 300".
fn is_plan(clause: &Clause<'_>, at: usize) -> bool {
    let signs = clause.signs;
    let Some(before) = at.checked_sub(1) else { return false };
    if at + 1 == clause.words.len() || !clause.is_one(at, &signs.infinitives) {
        return false;
    }
    let after = clause.word(at + 1);
    let numbered = clause.line.word(clause.words[at + 1]).starts_with(|c: char| c.is_ascii_digit());
    let is_thing = parts(after) || numbered || clause.is_one(at + 1, &signs.determiners);
    let governs = |ix: &usize| signs.governs(&fold::view(letters(clause.line, *ix)));
    !is_thing && !parts(clause.word(before)) && !clause.words[..at].iter().any(governs)
}

#[cfg(test)]
mod tests;
