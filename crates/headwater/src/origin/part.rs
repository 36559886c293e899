//! Part: what somebody has to do with a story besides being quoted in it.
//!
//! Who confirms "its role" stands behind what the article said it did. Who reports for the newsroom
//! is no source of it.

use headwater_page::Span;
use rustc_hash::FxHashSet;

use super::{Carried, Of};
use crate::article::ArticleIx;
use crate::citation::{Citation, CitationIx, How};
use crate::evidence::Evidence;
use crate::fold;
use crate::lexicon::Language;
use crate::name::Party;
use crate::newsroom;

/// The citations that confirm the part which the statement says somebody had: "The ferry line
/// confirmed its role" behind "The talks were brokered by the ferry line". Only the last statement
/// before it that names the party is confirmed. In order.
pub(super) fn confirmed(
    evidence: Evidence<'_>,
    ix: ArticleIx,
    at: u32,
) -> impl Iterator<Item = CitationIx> {
    let marks = evidence.marks(ix);
    let confirms = move |citation: &Citation| {
        let party = citation.source.map(|party| &marks.parties[party.ix()])?;
        let own = |object: &Span| is_part(evidence, ix, *object);
        if citation.how != How::Confirmed || !citation.covers.iter().any(own) {
            return None;
        }
        let before = marks.statements.iter().enumerate();
        let before = before.filter(|(_, it)| it.span.end <= citation.cue.start);
        let language = evidence.language(ix);
        let names = before.filter(|(_, it)| {
            it.parties.iter().any(|other| is_same(&marks.parties[other.ix()], party, language))
        });
        names.max_by_key(|(_, it)| it.span.start).map(|(n, _)| n)
    };
    let all = (0..).zip(&marks.citations);
    all.filter(move |(_, citation)| confirms(citation) == Some(at as usize))
        .map(|(n, _)| CitationIx(n))
}

/// Whether the words only name a part in what was told before: "its role in the talks".
fn is_part(evidence: Evidence<'_>, ix: ArticleIx, words: Span) -> bool {
    let (text, language) = (evidence.text(ix), evidence.language(ix));
    let words = fold::tokens(text, words);
    let words = words.iter().map(|token| fold::fold(token.span.of(text)));
    let words = words.take(N_WORDS).collect::<Vec<_>>();
    words.first().is_some_and(|word| language.function_words.has(word))
        && words.iter().skip(1).take(2).any(|word| language.firsthand.is_part(word))
}

/// Words of an object that are read.
const N_WORDS: usize = 6;

/// Whether two names of one article are of one party: all words of the shorter are in the longer.
fn is_same(left: &Party, right: &Party, language: &Language) -> bool {
    let words = |party: &Party| {
        let tokens = fold::tokens(&party.name, Span::new(0, party.name.len()));
        let words = tokens.iter().map(|token| fold::fold(token.span.of(&party.name)));
        words.filter(|word| !language.function_words.has(word)).collect::<FxHashSet<_>>()
    };
    let (left, right) = (words(left), words(right));
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    (short.len() > 1 || long.len() == 1) && !short.is_empty() && short.is_subset(&long)
}

/// Whether who is cited reports for the newsroom itself: "the Courier's Ida Falk".
pub(super) fn is_correspondent(carried: Carried<'_>, ix: ArticleIx, cited: &Citation) -> bool {
    let (evidence, marks) = (carried.evidence, carried.evidence.marks(ix));
    let text = evidence.text(ix);
    let is_ours = |n: usize| {
        let source = evidence.sources.of_party[ix.ix()][n];
        Of::Source(source) == carried.newsrooms.of(ix).of || newsroom::is_own(evidence, ix, source)
    };
    let Some(party) = cited.source else { return false };
    let owned = |mention: &Span| {
        let before = &text[..mention.start as usize];
        let before = before.strip_suffix("'s ").or_else(|| before.strip_suffix("’s "));
        before.is_some_and(|before| {
            let owner = |(n, party): (usize, &Party)| {
                party.mentions.iter().any(|it| it.end as usize == before.len()) && is_ours(n)
            };
            marks.parties.iter().enumerate().any(owner)
        })
    };
    marks.parties[party.ix()].mentions.iter().any(owned)
}
