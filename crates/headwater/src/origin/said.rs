//! Said: which sayings of a story more than one newsroom carries, by article.

use headwater_page::Span;
use rustc_hash::FxHashMap;

use crate::article::ArticleIx;
use crate::newsroom::Newsrooms;
use crate::utterance::Utterance;

/// The utterances of a story, ready to be asked for by the words of an article.
#[derive(Clone, Debug, Default)]
pub struct Said<'a> {
    utterances: &'a [Utterance],
    /// For each article the utterances that another newsroom carries too, in order, with the words.
    shared: FxHashMap<ArticleIx, Vec<(u32, Span)>>,
}

impl<'a> Said<'a> {
    /// From all utterances of the story whose articles `newsrooms` holds. Cost: their versions.
    pub fn new(newsrooms: &Newsrooms, utterances: &'a [Utterance]) -> Self {
        let mut shared = FxHashMap::<ArticleIx, Vec<_>>::default();
        for (at, utterance) in (0..).zip(utterances) {
            let mut rooms = utterance.versions.iter().map(|v| newsrooms.of(v.article).of);
            let first = rooms.next();
            if rooms.all(|of| Some(of) == first) {
                continue;
            }
            for version in &utterance.versions {
                shared.entry(version.article).or_default().push((at, version.place.span));
            }
        }
        Self { utterances, shared }
    }

    /// The first utterance that `covers`, words of an article, are a version of, if articles of
    /// another newsroom carry it too.
    pub(super) fn to_others(&self, ix: ArticleIx, covers: &[Span]) -> Option<&'a Utterance> {
        let ours = |span: Span| covers.iter().any(|cover| cover.overlaps(span));
        let held = self.shared.get(&ix)?;
        held.iter().find(|(_, span)| ours(*span)).map(|&(at, _)| &self.utterances[at as usize])
    }
}
