//! Held: one statement of the collection, with all that its words stand for.

use headwater_page::Span;
use rustc_hash::{FxHashMap, FxHashSet};

use super::wording::{self, Word};
use crate::citation::{Citation, How};
use crate::date::Interval;
use crate::evidence::Evidence;
use crate::figure::Figure;
use crate::lexicon::Language;
use crate::origin::StatementAt;

/// One statement, ready to be compared.
pub(super) struct Held {
    pub(super) words: Vec<Word>,
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

impl Held {
    pub(super) fn new(evidence: Evidence<'_>, (ix, nth): StatementAt, language: &Language) -> Self {
        let (text, marks) = (evidence.text(ix), evidence.marks(ix));
        let statement = &marks.statements[nth as usize];
        let sentence = marks.sentences.iter().position(|it| it.contains(statement.span));
        let whole = sentence.map_or(statement.span, |at| marks.sentences[at]);
        let words = wording::words(text, statement.span, language);
        // Who is credited has not done it: "…, the vet told the paper".
        let frames = marks.citations.iter().filter(|it| whole.contains(it.cue) && attributes(it));
        let frames = frames.flat_map(|it| {
            let told = it.told.map_or(&[][..], |told| &marks.parties[told.ix()].mentions);
            [Some(it.cue), it.name].into_iter().flatten().chain(told.iter().copied())
        });
        let frames = frames.filter(|span| whole.contains(*span)).collect::<Vec<_>>();
        let framed = |span: Span| frames.iter().any(|frame| frame.overlaps(span));
        let mut at = FxHashMap::<String, Vec<usize>>::default();
        for (nth, word) in words.iter().enumerate() {
            if word.is_content() && !framed(word.span) {
                at.entry(word.root.clone()).or_default().push(nth);
            }
        }
        let roots = |span: Span| {
            let words = wording::words(text, span, language).into_iter();
            words.filter(Word::is_content).map(|word| word.root)
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
        let opens = words.iter().find(|word| !word.root.is_empty());
        if let (Some(sentence), true) =
            (sentence, opens.is_some_and(|word| language.alike.points.has(&word.folded)))
        {
            before.extend(sentence.checked_sub(1).into_iter().flat_map(|it| roots(marks.sentences[it])));
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

    /// Whether `root` names who is credited, or how.
    pub(super) fn credits(&self, root: &str) -> bool {
        self.credits.contains(root)
    }

    /// Whether the sentence that it points back to has `root`.
    pub(super) fn before(&self, root: &str) -> bool {
        self.before.contains(root)
    }
}

/// Whether a citation only attributes: who confirms or is silent does something as well.
fn attributes(citation: &Citation) -> bool {
    !matches!(citation.how, How::Confirmed | How::NoComment)
}
