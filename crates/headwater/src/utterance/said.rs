//! Said: the sentences that stand inside the quotation marks of one article.

use headwater_page::Span;

use crate::article::ArticleIx;
use crate::evidence::Evidence;
use crate::fold::{self, Token};
use crate::lexicon::Language;
use crate::sentence;
use crate::source::SourceIx;

/// Fewest words of a quotation that can be told from a turn of speech.
pub(super) const FEWEST: usize = 3;

/// One sentence of one quotation of one article.
pub(super) struct Said {
    pub(super) article: ArticleIx,
    /// The quote that it is of; none if the article does not say whose words they are.
    pub(super) quote: Option<u32>,
    /// The quotation that it stands in, or the paragraph.
    pub(super) within: Span,
    /// The mark that opens the quotation.
    pub(super) mark: Option<char>,
    pub(super) speaker: Option<SourceIx>,
    /// The sentence.
    pub(super) inner: Span,
    /// The sentence with those of few words around it.
    pub(super) reach: Span,
    pub(super) tokens: Vec<Token>,
    /// Which sentence it is: the same number in all articles.
    pub(super) wording: usize,
}

impl Said {
    /// Whether two neighbours are parts of one quotation.
    pub(super) fn stands_with(&self, next: &Self) -> bool {
        (self.article, self.within) == (next.article, next.within)
    }
}

/// The sentences of all quotations of an article, in order.
pub(super) fn said(evidence: Evidence<'_>, ix: ArticleIx) -> Vec<Said> {
    let (marks, text) = (evidence.marks(ix), evidence.text(ix));
    let mut parts = Vec::new();
    for (at, quote) in marks.quotes.iter().enumerate() {
        parts.extend(quote.parts.iter().map(|&part| (part, at)));
    }
    let mut all = Vec::new();
    for &quotation in &marks.quotations {
        let owners = parts.iter().filter(|(part, _)| part.overlaps(quotation));
        let owner = owners.map(|&(_, at)| at).min();
        let speaker = owner.and_then(|at| marks.quotes[at].speaker);
        let speaker = speaker.map(|party| evidence.sources.party(ix, party));
        let within = unquoted(text, quotation);
        for (inner, reach) in sentences(text, within, evidence.language(ix)) {
            let tokens = fold::tokens(text, inner);
            if tokens.len() >= FEWEST {
                all.push(Said {
                    article: ix,
                    quote: owner.map(|at| at as u32),
                    within,
                    mark: quotation.of(text).chars().next(),
                    speaker,
                    inner,
                    reach,
                    tokens,
                    wording: 0,
                });
            }
        }
    }
    all
}

/// The sentences of a quotation, in order, each with those of few words beside it, which say nothing
/// by themselves: "No, sir."
fn sentences(text: &str, within: Span, language: &Language) -> Vec<(Span, Span)> {
    let parts = sentence::sentences(text, within, language);
    let few = |part: Span| fold::tokens(text, part).len() < FEW;
    let mut found = Vec::<(Span, Span)>::new();
    let mut before = None;
    for part in parts {
        match found.last_mut() {
            _ if !few(part) => {
                let from: Span = before.take().unwrap_or(part);
                found.push((part, from.hull(part)));
            }
            Some((_, reach)) => *reach = reach.hull(part),
            None => before = Some(before.unwrap_or(part)),
        }
    }
    if found.is_empty() { vec![(within, within)] } else { found }
}

/// Words of a sentence that is no saying of its own beside others.
const FEW: usize = 5;

/// The quotation without its marks.
fn unquoted(text: &str, quotation: Span) -> Span {
    let is_mark = |c: char| "\"“”„«»‘’'‹›".contains(c);
    let words = quotation.of(text);
    let start = words.len() - words.trim_start_matches(is_mark).len();
    let end = words.trim_end_matches(is_mark).len().max(start);
    let at = quotation.start as usize;
    Span::new(at + start, at + end).trim(text)
}
