//! Id: the name of a finding, derived from content, so that adding pages renames nothing.
//!
//! | what | id |
//! |---|---|
//! | page | 16 hex digits |
//! | article | page id, `-`, first byte |
//! | source | `s-` and a digest of kind and name; of article and byte if it is unnamed |
//! | quote, citation | article id, `q` or `c`, first byte of its first part or of its cue |
//! | story, claim, utterance | `y-`, `c-`, `u-` and a digest of its earliest article, statement, quote |
//! | root | `r-` and a digest of what it is and whose |
//!
//! The earliest is the one with the earliest stated date, then the lowest id: a report that is
//! added later does not rename what it joins.

use std::collections::BTreeMap;

use headwater::claim::Claim;
use headwater::name::SourceKind;
use headwater::origin::{Of, Origins, RootKind};
use headwater::source::SourceIx;
use headwater::story::Story;
use headwater::utterance::Utterance;
use headwater::{ArticleIx, Dossier, fold};

/// The ids of a dossier. Holds 8 bytes for each source, story, claim and utterance; the others are
/// made when asked for.
#[derive(Debug)]
pub struct Ids<'a> {
    dossier: &'a Dossier,
    sources: Vec<u64>,
    stories: Vec<StoryIds>,
}

#[derive(Debug)]
struct StoryIds {
    story: u64,
    claims: Vec<u64>,
    utterances: Vec<u64>,
}

impl<'a> Ids<'a> {
    /// The ids of `dossier`. Never fails.
    pub fn new(dossier: &'a Dossier) -> Self {
        let mut taken = BTreeMap::new();
        let sources = (0..dossier.sources.all.len() as u32)
            .map(|ix| free(source(dossier, SourceIx(ix)), &mut taken))
            .collect();
        let mut taken = BTreeMap::new();
        let stories = dossier
            .stories
            .iter()
            .map(|found| {
                let (mut claims, mut said) = (BTreeMap::new(), BTreeMap::new());
                StoryIds {
                    story: free(story(dossier, found), &mut taken),
                    claims: found
                        .claims
                        .iter()
                        .map(|it| free(claim(dossier, it), &mut claims))
                        .collect(),
                    utterances: found
                        .utterances
                        .iter()
                        .map(|it| free(utterance(dossier, it), &mut said))
                        .collect(),
                }
            })
            .collect();
        Self { dossier, sources, stories }
    }

    /// A source's id.
    pub fn source(&self, ix: SourceIx) -> String {
        format!("s-{:016x}", self.sources[ix.ix()])
    }

    /// The id of a quote of `article`, by its index in the article's marks.
    pub fn quote(&self, article: ArticleIx, ix: usize) -> String {
        let starts = |ix: usize| {
            self.dossier.marks[article.ix()].quotes[ix].parts.first().map_or(0, |part| part.start)
        };
        let nth = (0..ix).filter(|&before| starts(before) == starts(ix)).count();
        format!("{}q{}{}", self.dossier.article_id(article), starts(ix), ordinal(nth))
    }

    /// The id of a stance of `article`, by its index in the article's marks.
    pub fn stance(&self, article: ArticleIx, ix: usize) -> String {
        let stances = &self.dossier.marks[article.ix()].stances;
        let starts = |ix: usize| stances[ix].parts.first().map_or(0, |part| part.start);
        let nth = (0..ix).rev().take_while(|&before| starts(before) == starts(ix)).count();
        format!("{}h{}{}", self.dossier.article_id(article), starts(ix), ordinal(nth))
    }

    /// The id of a citation of `article`, by its index in the article's marks.
    pub fn citation(&self, article: ArticleIx, ix: usize) -> String {
        let citations = &self.dossier.marks[article.ix()].citations;
        let start = citations[ix].cue.start;
        let nth = citations[..ix].iter().filter(|before| before.cue.start == start).count();
        format!("{}c{start}{}", self.dossier.article_id(article), ordinal(nth))
    }

    /// The id of the story at `story` in the dossier.
    pub fn story(&self, story: usize) -> String {
        format!("y-{:016x}", self.stories[story].story)
    }

    /// The id of a claim of a story.
    pub fn claim(&self, story: usize, claim: usize) -> String {
        format!("c-{:016x}", self.stories[story].claims[claim])
    }

    /// The id of an utterance of a story.
    pub fn utterance(&self, story: usize, utterance: usize) -> String {
        format!("u-{:016x}", self.stories[story].utterances[utterance])
    }

    /// The ids of the roots, in their order; unique among themselves.
    pub fn roots(&self, origins: &Origins) -> Vec<String> {
        let mut taken = BTreeMap::new();
        let root = |root: &headwater::origin::Root| {
            let kind = match root.kind {
                RootKind::PublicAct => "public_act",
                RootKind::Newsroom => "newsroom",
            };
            let of = match root.of {
                Of::Source(source) => self.source(source),
                Of::Article(article) => self.dossier.article_id(article),
            };
            digest(&[kind, &of])
        };
        let ids = origins.roots.iter().map(root).map(|id| free(id, &mut taken));
        ids.map(|id| format!("r-{id:016x}")).collect()
    }
}

/// 64 bits over `parts`, the same on every machine. After: FNV-1a, with the finalizer of
/// `MurmurHash3`, so that near names are not near ids.
pub fn digest(parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

/// When an article claims to be from, then its id: the earliest stays the earliest when later
/// reports come in. Undated articles stand last.
fn age(dossier: &Dossier, article: ArticleIx) -> (bool, String, String) {
    let published = dossier.articles[article.ix()].published;
    let day = published.map(|published| published.when.first.to_string());
    (day.is_none(), day.unwrap_or_default(), dossier.article_id(article))
}

fn source(dossier: &Dossier, ix: SourceIx) -> u64 {
    let source = dossier.sources.get(ix);
    let kind = kind(source.kind);
    if source.kind == SourceKind::Unnamed {
        let place = source.place;
        let page = dossier.pages[place.page.ix()].id.to_string();
        digest(&[kind, &source.name, &page, &place.span.start.to_string()])
    } else {
        digest(&[kind, &fold::key(&source.name)])
    }
}

fn story(dossier: &Dossier, story: &Story) -> u64 {
    let first = story.articles.iter().map(|&article| age(dossier, article)).min();
    digest(&["story", &first.unwrap_or_default().2])
}

fn claim(dossier: &Dossier, claim: &Claim) -> u64 {
    let first = claim
        .statements
        .iter()
        .map(|it| (age(dossier, it.article), it.place.span.start, it.place.span.end))
        .min();
    let ((_, _, article), start, end) = first.unwrap_or_default();
    digest(&["claim", &article, &start.to_string(), &end.to_string()])
}

fn utterance(dossier: &Dossier, utterance: &Utterance) -> u64 {
    let first = utterance
        .versions
        .iter()
        .map(|it| (age(dossier, it.article), it.place.span.start, it.place.span.end))
        .min();
    let ((_, _, article), start, end) = first.unwrap_or_default();
    digest(&["utterance", &article, &start.to_string(), &end.to_string()])
}

/// The name of a kind of source on the wire.
pub fn kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Outlet => "outlet",
        SourceKind::Agency => "agency",
        SourceKind::Person => "person",
        SourceKind::Office => "office",
        SourceKind::Document => "document",
        SourceKind::Unnamed => "unnamed",
    }
}

/// `id`, or if it is taken (two people of one name) the next that is free, by order of coming.
fn free(id: u64, taken: &mut BTreeMap<u64, u64>) -> u64 {
    let nth = taken.entry(id).or_default();
    *nth += 1;
    match *nth {
        1 => id,
        nth => digest(&[&format!("{id:016x}"), &nth.to_string()]),
    }
}

fn ordinal(nth: usize) -> String {
    if nth == 0 { String::new() } else { format!(".{}", nth + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example;

    #[test]
    fn ids_are_unique_and_stay_when_pages_come() {
        let dossier = example::dossier();
        let ids = Ids::new(&dossier);
        let all = (0..dossier.sources.all.len() as u32).map(|ix| ids.source(SourceIx(ix)));
        let all = all.collect::<Vec<_>>();
        let mut unique = all.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), all.len());

        let mut fewer = dossier.clone();
        let last = fewer.stories[0].articles.pop().unwrap();
        assert!(fewer.articles[last.ix()].published.is_some());
        assert_eq!(Ids::new(&fewer).story(0), ids.story(0));
    }

    #[test]
    fn parts_are_kept_apart() {
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
    }
}
