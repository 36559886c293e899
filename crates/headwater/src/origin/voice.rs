//! Voice: for which institution somebody speaks in public.
//!
//! A president, her spokesman and her government speak with one voice; "the company" and its chief
//! executive too. What a report calls them by tells: names that stand in a role, beside a name or in
//! the name of an office.

use headwater_page::Span;
use rustc_hash::FxHashSet;

use super::{Carried, Of, Root};
use crate::article::ArticleIx;
use crate::evidence::Evidence;
use crate::fold;
use crate::lexicon::{Language, traits};
use crate::name::{Party, SourceKind};
use crate::source::SourceIx;

/// Whom a source speaks for, as far as its descriptions tell.
#[derive(Clone, Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // each is asked apart
pub(super) struct Voice {
    /// Names in its descriptions and, for an office, in its own name.
    names: FxHashSet<u64>,
    /// The words of a person's own name.
    own: FxHashSet<u64>,
    /// Whether it speaks for those who govern.
    state: bool,
    /// Whether it is an office.
    office: bool,
    /// Whether it has no name of its own: "the company", "a spokesman".
    bare: bool,
    /// Whether it is a paper without a title of its own: "the filing".
    paper: bool,
}

/// Whether two voices are one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sameness {
    /// They speak for one institution.
    One,
    /// Each is known to speak for another one.
    Apart,
    /// The pages do not tell.
    Unknown,
}

impl Voice {
    /// The voice of a root, from how the articles that rest on it and the first of the story call it.
    pub(super) fn of(carried: Carried<'_>, root: &Root) -> Self {
        let evidence = carried.evidence;
        let Of::Source(source) = root.of else { return Self::default() };
        let held = evidence.source(source);
        let language = root.carried_by.first().map(|&ix| evidence.language(ix));
        let Some(language) = language else { return Self::default() };
        let mut voice = Self::default();
        let mut named = Vec::new();
        for token in fold::tokens(&held.name, Span::new(0, held.name.len())) {
            let word = token.span.of(&held.name);
            voice.state |= language.firsthand.is_state(&fold::fold(word));
            if names(word, language) {
                named.push(key(word, language));
            }
        }
        voice.office = held.kind == SourceKind::Office;
        voice.paper = held.kind == SourceKind::Document;
        match held.kind {
            SourceKind::Person => voice.own.extend(named),
            _ => voice.names.extend(named),
        }
        // Who rests on it may call it by its name alone, where others say whose it is.
        let carried_by = root.carried_by.iter().take(N_ARTICLES);
        for &ix in carried_by.chain(carried.newsrooms.naming(source)) {
            for party in parties(evidence, ix, source).take(2) {
                voice.describe(evidence, ix, party);
            }
        }
        voice.bare = voice.names.is_empty() && voice.own.is_empty();
        voice
    }

    /// Takes in what is known of another voice of the same institution.
    pub(super) fn join(&mut self, other: Self) {
        self.names.extend(other.names);
        self.own.extend(other.own);
        self.state |= other.state;
        self.bare &= other.bare;
        self.paper &= other.paper;
    }

    fn describe(&mut self, evidence: Evidence<'_>, ix: ArticleIx, party: &Party) {
        let (text, language) = (evidence.text(ix), evidence.language(ix));
        let mut spans = Vec::new();
        spans.extend(party.role);
        if let Some(&mention) = party.mentions.first() {
            spans.extend(beside(evidence, ix, mention));
        }
        for span in spans {
            for token in fold::tokens(text, span) {
                let word = token.span.of(text);
                let folded = fold::fold(word);
                self.state |= language.firsthand.is_state(&folded);
                let known = key(word, language);
                if names(word, language) && !self.own.contains(&known) {
                    self.names.insert(known);
                }
            }
        }
    }

    /// Whether `self` and `other` speak for one institution.
    pub(super) fn sameness(&self, other: &Self) -> Sameness {
        if self.paper || other.paper {
            return if self.paper && other.paper && (self.bare || other.bare) {
                Sameness::One
            } else {
                Sameness::Unknown
            };
        }
        let meets = |a: &FxHashSet<u64>, b: &FxHashSet<u64>| a.iter().any(|name| b.contains(name));
        // "The Hask government" and Lena Hask.
        if meets(&self.names, &other.own) || meets(&self.own, &other.names) {
            return Sameness::One;
        }
        let shares = meets(&self.names, &other.names);
        if shares && self.state == other.state {
            return Sameness::One;
        }
        // A country that speaks is its government.
        let land = |land: &Self, voice: &Self| {
            voice.state && !land.state && land.own.is_empty() && land.names.is_subset(&voice.names)
        };
        if shares && (land(self, other) || land(other, self)) {
            return Sameness::One;
        }
        if self.bare || other.bare {
            return Sameness::One;
        }
        let known = |voice: &Self| !voice.names.is_empty() && (voice.office || voice.state);
        if !shares && known(self) && known(other) { Sameness::Apart } else { Sameness::Unknown }
    }
}

/// Articles whose descriptions are read, and words beside a name.
const N_ARTICLES: usize = 6;
const N_WORDS: usize = 8;

/// Whether a word names and does not only say what somebody is ("President").
fn names(word: &str, language: &Language) -> bool {
    let folded = fold::fold(word);
    let is_what = traits::TITLE | traits::ROLE | traits::ROLES | traits::OFFICE | traits::SOMEONE;
    word.starts_with(char::is_uppercase)
        && !language.function_words.has(&folded)
        && language.people.get(&folded) & is_what == 0
        && !language.firsthand.is_state(&folded)
}

fn key(word: &str, language: &Language) -> u64 {
    let folded = fold::view(word);
    let root = language.alike.root(&folded, &language.background);
    language.alike.akin(&root).map_or_else(|| fold::hash(&root), |(group, _)| group)
}

fn parties(
    evidence: Evidence<'_>,
    ix: ArticleIx,
    source: SourceIx,
) -> impl Iterator<Item = &Party> {
    let of = evidence.sources.of_party[ix.ix()].iter();
    of.zip(&evidence.marks(ix).parties).filter(move |(known, _)| **known == source).map(|it| it.1)
}

/// The words that describe a name where it stands: those before it, and between commas behind it.
fn beside(evidence: Evidence<'_>, ix: ArticleIx, mention: Span) -> Vec<Span> {
    let text = evidence.text(ix);
    let Some(sentence) = evidence.marks(ix).sentence_of(mention) else { return Vec::new() };
    let is_break = |c: char| ",;:()“”\"—–".contains(c);
    let before = Span { start: sentence.start, end: mention.start };
    let words = before.of(text).rsplit(is_break).next().unwrap_or_default();
    let before = Span { start: before.end - words.len() as u32, end: before.end };
    let tokens = fold::tokens(text, before);
    let start = tokens.len().saturating_sub(3);
    let mut spans = tokens[start..].iter().map(|token| token.span).collect::<Vec<_>>();
    let behind = Span { start: mention.end, end: sentence.end };
    if let Some(rest) = behind.of(text).strip_prefix(',') {
        let end = rest.find(is_break).unwrap_or(rest.len());
        let at = behind.start as usize + 1;
        let tokens = fold::tokens(text, Span::new(at, at + end));
        if tokens.len() <= N_WORDS {
            spans.extend(tokens.iter().map(|token| token.span));
        }
    }
    spans
}
