//! Gold: the labelled data, as it lies on disk. The formats are described beside the data.

use std::fs;
use std::path::Path;

use headwater::Place;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Words of an article that somebody labelled.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Words {
    /// The article that holds them.
    pub(crate) article: String,
    /// The words.
    #[serde(rename = "words")]
    pub(crate) text: String,
    /// The page file and the bytes in it, where the data gives them.
    pub(crate) page: Option<String>,
    pub(crate) start: Option<u32>,
    pub(crate) end: Option<u32>,
    /// What a differing statement differs in.
    pub(crate) how: Option<String>,
    /// Neither helps nor hurts: only a reader who knows the other reports sees it.
    pub(crate) implied: bool,
    /// How a variant of an utterance differs.
    pub(crate) change: Option<String>,
    /// Every occurrence on its page; filled in by [`crate::case`].
    #[serde(skip)]
    pub(crate) places: Vec<Place>,
}

impl Words {
    /// Whether `place` overlaps any occurrence.
    pub(crate) fn hit(&self, place: Place) -> bool {
        self.places.iter().any(|p| p.page == place.page && p.span.overlaps(place.span))
    }
}

/// A credit or a cite.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Cite {
    #[serde(flatten)]
    pub(crate) words: Words,
    pub(crate) source: String,
    /// `outlet` or `document`; credits have none.
    pub(crate) kind: String,
    /// The publisher names itself: neither helps nor hurts.
    pub(crate) own_site: bool,
}

/// Two articles that share words, and why.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Pair {
    pub(crate) a: String,
    pub(crate) b: String,
    pub(crate) kind: String,
    /// `a` or `b`: that side is the source; `common`, `unknown`.
    pub(crate) direction: Option<String>,
    pub(crate) why: String,
    /// Other kinds that are right too.
    pub(crate) also: Vec<String>,
}

/// A source that is cited or credited and not in the collection.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Lost {
    pub(crate) source: String,
    /// `absent` or `carried`.
    pub(crate) status: String,
    pub(crate) cited_by: Several,
    pub(crate) document: bool,
    pub(crate) unnamed: bool,
    /// Neither helps nor hurts.
    #[serde(skip)]
    pub(crate) optional: bool,
}

/// One string or a list of them.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Several {
    One(String),
    Many(Vec<String>),
}

impl Default for Several {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl Several {
    /// All of them.
    pub(crate) fn all(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

/// A range of origins.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
pub(crate) struct Range {
    pub(crate) least: u32,
    pub(crate) most: u32,
}

/// A claim, who states it and who says something else.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Claim {
    pub(crate) id: String,
    #[serde(rename = "claim")]
    pub(crate) text: String,
    pub(crate) stated_by: Vec<Words>,
    pub(crate) differs: Vec<Words>,
    pub(crate) origins: Range,
}

/// An utterance in all its variants.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Utterance {
    pub(crate) id: String,
    pub(crate) speaker: String,
    pub(crate) variants: Vec<Words>,
}

/// The story of a case.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Story {
    #[serde(flatten)]
    pub(crate) range: Range,
    pub(crate) texts: Vec<Vec<String>>,
}

impl Story {
    /// The articles on the story.
    pub(crate) fn articles(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().flatten().map(String::as_str)
    }
}

/// All that is labelled in one case.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Gold {
    pub(crate) credits: Vec<Cite>,
    pub(crate) cites: Vec<Cite>,
    pub(crate) own_sources: Vec<Words>,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) lost: Vec<Lost>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) utterances: Vec<Utterance>,
    pub(crate) story: Story,
    /// `ARTICLE: why`: only listed cites count there.
    pub(crate) unscored: Vec<String>,
}

impl Gold {
    /// Every labelled stretch of words.
    pub(crate) fn words_mut(&mut self) -> impl Iterator<Item = &mut Words> {
        let cites = self.credits.iter_mut().chain(&mut self.cites).map(|cite| &mut cite.words);
        let claims =
            self.claims.iter_mut().flat_map(|c| c.stated_by.iter_mut().chain(&mut c.differs));
        let said = self.utterances.iter_mut().flat_map(|u| &mut u.variants);
        cites.chain(&mut self.own_sources).chain(claims).chain(said)
    }

    /// Whether only listed cites count in `article`.
    pub(crate) fn unscored(&self, article: &str) -> bool {
        self.unscored.iter().any(|row| row.split(':').next() == Some(article))
    }
}

/// Parses a JSON file.
pub(crate) fn json<T: DeserializeOwned>(file: &Path) -> Result<T, String> {
    serde_json::from_slice(&bytes(file)?).map_err(|e| format!("{}: {e}", file.display()))
}

/// Parses a file of JSON lines.
pub(crate) fn json_lines<T: DeserializeOwned>(file: &Path) -> Result<Vec<T>, String> {
    let bytes = bytes(file)?;
    let lines = bytes.split(|&b| b == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let parsed = lines.map(|line| serde_json::from_slice(line));
    parsed.collect::<Result<_, _>>().map_err(|e| format!("{}: {e}", file.display()))
}

/// Reads a file; the message names it.
pub(crate) fn bytes(file: &Path) -> Result<Vec<u8>, String> {
    fs::read(file).map_err(|e| format!("{}: {e}", file.display()))
}
