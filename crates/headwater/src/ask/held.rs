//! Held: one statement of the collection, with all that its words stand for.

use headwater_page::Span;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::date::Interval;
use crate::evidence::Evidence;
use crate::figure::Figure;
use crate::fold;
use crate::lexicon::Language;
use crate::name::{Party, SourceKind};
use crate::origin::StatementAt;
use crate::wording::{self, Word};

/// One statement, ready to be compared.
pub(super) struct Held<'a> {
    pub(super) words: Vec<Word<'a>>,
    pub(super) figures: Vec<Figure>,
    pub(super) dates: Vec<(Span, Option<Interval>)>,
    pub(super) passive: bool,
    /// Where each root stands, under any name of whoever is named.
    at: FxHashMap<String, Vec<usize>>,
    /// Roots of those who are credited, and of the words that credit them.
    credits: FxHashSet<String>,
    /// Roots of the sentence that it points back to.
    before: FxHashSet<String>,
}

impl<'a> Held<'a> {
    pub(super) fn new(
        evidence: Evidence<'a>,
        (ix, nth): StatementAt,
        language: &'a Language,
    ) -> Self {
        let (text, marks) = (evidence.text(ix), evidence.marks(ix));
        let statement = &marks.statements[nth as usize];
        let sentence = marks.sentences.iter().position(|it| it.contains(statement.span));
        let whole = sentence.map_or(statement.span, |at| marks.sentences[at]);
        // What is denied or planned may be so by a word before the statement: "denied that …".
        let mut words = wording::words(text, whole, language);
        let mut others = marks.statements.iter().map(|it| it.span);
        let others = others.by_ref().filter(|it| whole.contains(*it) && *it != statement.span);
        let others = others.collect::<Vec<_>>();
        words.retain(|word| !others.iter().any(|other| other.contains(word.span)));
        // Who is credited has not done it: "…, the vet told the paper".
        let attributes = |cue: Span| {
            let cue = wording::words(text, cue, language);
            cue.iter().any(|word| word.is_content() && language.alike.attributes(word.root()))
        };
        let frames = marks.citations.iter();
        let frames = frames.filter(|it| whole.contains(it.cue) && attributes(it.cue));
        let frames = frames.map(|it| {
            let name = it.name.filter(|name| whole.contains(*name));
            let frame = name.map_or(it.cue, |name| it.cue.hull(name));
            hearer(&words, frame, language)
        });
        let mut frames = frames.collect::<Vec<_>>();
        // "DRUMLEY (Agency) -" says who delivered the report, not who did what.
        frames.extend(evidence.article(ix).dateline);
        frames.extend(trailing(&words, language));
        let framed = |span: Span| frames.iter().any(|frame| frame.overlaps(span));
        let mut at = FxHashMap::<String, Vec<usize>>::default();
        for (nth, word) in words.iter().enumerate() {
            if word.is_content() && !framed(word.span) {
                at.entry(word.root().to_owned()).or_default().push(nth);
            }
        }
        let roots = |span: Span| {
            let words = wording::words(text, span, language).into_iter();
            words.filter(Word::is_content).map(|word| word.root().to_owned())
        };
        for party in &statement.parties {
            let mentions = &marks.parties[party.ix()].mentions;
            let here = |it: &&Span| statement.span.overlaps(**it) && !framed(**it);
            let Some(mention) = mentions.iter().find(here) else { continue };
            let Some(first) = words.iter().position(|word| mention.overlaps(word.span)) else {
                continue;
            };
            for root in mentions.iter().flat_map(|mention| roots(*mention)) {
                at.entry(root).or_insert_with(|| vec![first]);
            }
        }
        let mut credits = FxHashSet::default();
        for part in [
            Span { start: whole.start, end: statement.span.start },
            Span { start: statement.span.end, end: whole.end },
        ] {
            credits.extend(roots(part));
        }
        credits.extend(frames.iter().flat_map(|frame| roots(*frame)));
        for citation in &statement.attributed {
            let citation = &marks.citations[citation.ix()];
            for party in [citation.source, citation.told].into_iter().flatten() {
                credits.extend(marks.parties[party.ix()].mentions.iter().flat_map(|it| roots(*it)));
            }
        }
        let mut before = FxHashSet::default();
        let headline = evidence.article(ix).headline;
        let previous = sentence.and_then(|at| marks.sentences.get(at.checked_sub(1)?));
        let previous = previous.filter(|it| !headline.is_some_and(|head| head.contains(**it)));
        if let Some(&previous) = previous.filter(|_| points(&words, &marks.parties, language)) {
            let person = |party: &&Party| {
                party.kind == SourceKind::Person
                    && party.mentions.iter().any(|mention| previous.overlaps(*mention))
            };
            // "She" is somebody if one person only can be meant.
            let sure = marks.parties.iter().filter(person).count() <= 1;
            let told = wording::words(text, previous, language).into_iter();
            let told = told.filter(|word| word.is_content() && (sure || !word.capital));
            before.extend(told.map(|word| word.root().to_owned()));
        }
        let passive = words.iter().any(|word| language.alike.agents.has(&word.folded));
        let figures = marks.figures.iter().filter(|it| statement.span.overlaps(it.span));
        let dates = marks.dates.iter().filter(|it| statement.span.overlaps(it.span));
        Self {
            figures: figures.cloned().collect(),
            dates: dates.map(|it| (it.span, it.when)).collect(),
            words,
            passive,
            at,
            credits,
            before,
        }
    }

    /// Where the statement has `root`: indices into its words.
    pub(super) fn at(&self, root: &str) -> Vec<usize> {
        self.at.get(root).cloned().unwrap_or_default()
    }

    /// Whether the statement has these very words in a row: a length that it takes for a day.
    pub(super) fn has_words(&self, phrase: &str) -> bool {
        let phrase = fold::fold(phrase);
        let sought = phrase.split_whitespace().collect::<Vec<_>>();
        let words = self.words.iter().map(|word| word.folded.as_ref()).collect::<Vec<_>>();
        !sought.is_empty() && words.windows(sought.len()).any(|run| run == sought)
    }

    /// Whether `root` names who is credited, or how.
    pub(super) fn credits(&self, root: &str) -> bool {
        self.credits.contains(root)
    }

    /// Whether the sentence that it points back to has `root`.
    pub(super) fn before(&self, root: &str) -> bool {
        self.before.contains(root)
    }
}

/// `frame` with the one who was told: "told the Evening Post".
fn hearer(words: &[Word<'_>], frame: Span, language: &Language) -> Span {
    let behind = words.iter().skip_while(|word| word.span.start < frame.end);
    let reports = words.iter().rfind(|word| frame.contains(word.span) && word.is_content());
    if !reports.is_some_and(|word| language.alike.reports.contains(word.root())) {
        return frame;
    }
    let names = behind.take_while(|word| word.capital || word.light && !word.is_mark());
    names.filter(|word| word.capital).fold(frame, |frame, word| frame.hull(word.span))
}

/// The attribution that ends a statement (", the keeper, Ada Oduya, told the Evening Post"), whether
/// the stages before saw it or not.
fn trailing(words: &[Word<'_>], language: &Language) -> Option<Span> {
    let reports =
        |word: &Word<'_>| word.is_content() && language.alike.reports.contains(word.root());
    let verb = words.iter().rposition(reports)?;
    let own = |word: &&Word<'_>| word.is_content() && !word.capital;
    if words[verb + 1..].iter().filter(own).count() > 0 {
        return None;
    }
    // Back over the speaker, and over the role that a comma parts from the name.
    let mark = |before: usize| words[..before].iter().rposition(Word::is_mark);
    let mut from = mark(verb)?;
    if from + 1 == verb {
        from = mark(from)?;
    }
    let role = mark(from).filter(|&role| words[role + 1..from].iter().all(|word| !word.capital));
    let named = words[from + 1..verb].iter().any(|word| word.capital);
    let from = role.filter(|&role| named && from - role <= LONGEST_ROLE).unwrap_or(from);
    Some(words[from].span.hull(words[words.len() - 1].span))
}

/// Words and marks of a role before a name: "the museum's deputy keeper".
const LONGEST_ROLE: usize = 6;

/// Whether a pronoun among the first words points at the sentence before: nobody is named yet.
fn points(words: &[Word<'_>], parties: &[Party], language: &Language) -> bool {
    let points = |word: &Word<'_>| language.alike.points.has(&word.folded);
    let people = parties.iter().filter(|party| party.kind == SourceKind::Person);
    let people = people.flat_map(|party| &party.mentions).collect::<Vec<_>>();
    let named = |word: &Word<'_>| people.iter().any(|mention| mention.overlaps(word.span));
    let opening = words.iter().filter(|word| !word.is_mark()).take(OPENING);
    let mut opening = opening.take_while(|word| !named(word));
    opening.any(points)
}

/// Words in which a pronoun is a sentence's subject: "Born in Hay Street, she sold …".
const OPENING: usize = 12;
