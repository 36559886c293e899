//! Quote: words attributed to a speaker, inside quotation marks or outside of them.

mod clause;
mod frame;
mod headline;
mod speaker;
mod subject;

use headwater_page::{Page, Span};

use crate::article::Article;
use crate::lexicon::{Lexicon, Manner};
use crate::name::{Party, PartyIx, lines};
use crate::sentence::{self, Line};

pub(crate) use speaker::Crowd;
pub(crate) use subject::{Np, noun_phrase, subject_of_sentence};

/// How words are attributed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Form {
    /// All inside quotation marks.
    Direct,
    /// None inside quotation marks.
    Indirect,
    /// Partly.
    Mixed,
    /// A belief, wish or plan, not something said.
    Thought,
    /// What a study, count or inquiry found.
    Finding,
}

/// Words attributed to somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quote {
    /// How.
    pub form: Form,
    /// The words, in order, quotation marks included; several when a cue splits them.
    pub parts: Vec<Span>,
    /// Who said it, if that can be told.
    pub speaker: Option<PartyIx>,
    /// The words that name the speaker here: a name, a role, a pronoun.
    pub by: Option<Span>,
    /// The words that attribute: "said", "according to".
    pub cue: Option<Span>,
    /// Whom it was told to: the outlet in "told Newsweek", "in a statement to Newsweek".
    pub told: Option<PartyIx>,
    /// Which rule found it.
    pub rule: &'static str,
}

impl Quote {
    /// From its first byte to its last.
    pub fn hull(&self) -> Span {
        self.parts.iter().copied().reduce(Span::hull).unwrap_or_default()
    }
}

/// What is inside quotation marks, whoever said it: spans with their marks, in order. Marks of any
/// style; a quotation that is never closed ends with its paragraph.
pub fn quotations(page: &Page, article: &Article) -> Vec<Span> {
    let read = article.headline.iter().chain(&article.paragraphs);
    let all = read.flat_map(|&line| sentence::quotations(&page.text, line));
    all.map(|quotation| quotation.span).collect()
}

/// Every attributed stretch of words in the article, in order of their first part.
///
/// New parties (unnamed speakers, speakers known by role only) are added to `parties`. Never fails.
pub fn quotes(
    page: &Page,
    article: &Article,
    parties: &mut Vec<Party>,
    lexicon: &Lexicon,
) -> Vec<Quote> {
    let language = lexicon.language(&article.language);
    let lines = lines(page, article, language);
    let mut drafts = Vec::new();
    for (ix, line) in lines.iter().enumerate() {
        let headline = ix == 0 && article.headline.is_some();
        if !headline::frames(ix, line, headline, &mut drafts) {
            for sentence in 0..line.sentences.len() {
                frame::frames(ix, line, sentence, &mut drafts);
            }
        }
        frame::orphans(ix, line, &lines, &mut drafts);
    }
    drafts.sort_by_key(|draft| (draft.hull().start, draft.hull().end));
    speaker::resolve(article, &lines, &mut drafts, parties);
    drafts.into_iter().map(|draft| draft.quote(&lines)).collect()
}

/// A quote before its speaker is known.
#[derive(Clone, Debug)]
struct Draft {
    line: usize,
    sentence: usize,
    parts: Vec<Span>,
    by: Option<Np>,
    cue: Option<Span>,
    manner: Manner,
    rule: &'static str,
    speaker: Option<PartyIx>,
    told: Option<PartyIx>,
}

impl Draft {
    fn hull(&self) -> Span {
        self.parts.iter().copied().reduce(Span::hull).unwrap_or_default()
    }

    fn quote(self, lines: &[Line<'_>]) -> Quote {
        let form = self.form(lines);
        Quote {
            form,
            parts: self.parts,
            speaker: self.speaker,
            by: self.by.map(|by| by.span(&lines[self.line])),
            cue: self.cue,
            told: self.told,
            rule: self.rule,
        }
    }

    fn form(&self, lines: &[Line<'_>]) -> Form {
        let (mut inside, mut outside) = (false, false);
        for &part in &self.parts {
            let at = lines.partition_point(|line| line.span.end <= part.start);
            let Some(line) = lines.get(at) else { continue };
            let first = line.word_at(part.start);
            let words = line.words[first..].iter().take_while(|w| w.span.start < part.end);
            for word in words.filter(|w| !w.mark()) {
                inside |= word.quoted;
                outside |= !word.quoted;
            }
        }
        match (inside, outside, self.manner) {
            (true, false, _) => Form::Direct,
            (true, true, _) => Form::Mixed,
            (false, _, Manner::Think) => Form::Thought,
            (false, _, Manner::Find) => Form::Finding,
            (false, _, Manner::Say) => Form::Indirect,
        }
    }
}
