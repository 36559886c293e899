//! Change: what reports did to the words.
//!
//! The wording against which the others stand is the one that most texts bear out: theirs is the
//! same or a part of it. Of equals it is one that nothing much is missing from and that most pages
//! have, then the fullest.

use headwater_page::Span;
use rustc_hash::{FxHashMap, FxHashSet};

use super::said::Said;
use super::{Change, hashes};
use crate::article::ArticleIx;
use crate::evidence::Evidence;
use crate::fold::{self, Token};
use crate::lexicon::class;

/// The wording of one sentence said.
pub(super) struct Reference {
    article: ArticleIx,
    /// As it stands on most pages.
    surface: String,
    mark: Option<char>,
    words: Vec<Token>,
}

/// The wording of each sentence said.
pub(super) fn references(
    evidence: Evidence<'_>,
    said: &[Said],
    text_of: &FxHashMap<ArticleIx, usize>,
) -> FxHashMap<usize, Reference> {
    let mut by_wording = FxHashMap::<usize, Vec<&Said>>::default();
    for one in said {
        by_wording.entry(one.wording).or_default().push(one);
    }
    let reference =
        |(wording, units): (usize, Vec<&Said>)| (wording, reference(evidence, &units, text_of));
    by_wording.into_iter().map(reference).collect()
}

/// One form of words and who carries it.
struct Form<'a> {
    words: Vec<u64>,
    texts: FxHashSet<usize>,
    units: Vec<&'a Said>,
}

fn reference(
    evidence: Evidence<'_>,
    units: &[&Said],
    text_of: &FxHashMap<ArticleIx, usize>,
) -> Reference {
    let mut at = FxHashMap::default();
    let mut forms = Vec::<Form<'_>>::new();
    for unit in units {
        let words = hashes(&unit.tokens);
        let ix = *at.entry(words.clone()).or_insert(forms.len());
        if ix == forms.len() {
            forms.push(Form { words, texts: FxHashSet::default(), units: Vec::new() });
        }
        forms[ix].texts.insert(text_of[&unit.article]);
        forms[ix].units.push(unit);
    }
    let longest = forms.iter().map(|form| form.words.len()).max().unwrap_or_default();
    let standing = |form: &&Form<'_>| {
        let borne = forms.iter().filter(|part| holds(&form.words, &part.words));
        let texts = borne.flat_map(|part| &part.texts).collect::<FxHashSet<_>>();
        let nearly_whole = form.words.len() * 10 >= longest * 8;
        let pages = if nearly_whole { form.units.len() } else { 0 };
        (texts.len(), nearly_whole, pages, form.words.len())
    };
    let whole = |form: &&Form<'_>| form.words.len() * 2 >= longest;
    let best = forms.iter().rev().filter(whole).max_by_key(standing).unwrap_or(&forms[0]);
    let surfaces = best.units.iter().map(|unit| (bare(evidence, unit), style(unit.mark)));
    let surfaces = surfaces.collect::<Vec<_>>();
    let count = |ix: &usize| {
        let alike = (0..surfaces.len()).filter(|other| surfaces[*other] == surfaces[*ix]);
        let texts = alike.map(|other| text_of[&best.units[other].article]);
        texts.collect::<FxHashSet<_>>().len()
    };
    let usual = (0..surfaces.len()).rev().max_by_key(count).unwrap_or_default();
    let (surface, mark) = surfaces[usual];
    let unit = best.units[usual];
    Reference {
        article: unit.article,
        surface: surface.to_owned(),
        mark,
        words: words(evidence, unit),
    }
}

/// Whether `part` is a run of `all`.
fn holds(all: &[u64], part: &[u64]) -> bool {
    part.len() <= all.len() && all.windows(part.len()).any(|run| run == part)
}

/// The words without what a report puts behind them.
fn bare<'a>(evidence: Evidence<'a>, said: &Said) -> &'a str {
    let words = said.inner.of(evidence.text(said.article));
    words.trim_end_matches([',', '.', '…', ';', ' '])
}

/// Straight or curved.
fn style(mark: Option<char>) -> Option<char> {
    mark.map(|mark| if mark.is_ascii() { '"' } else { '”' })
}

/// The words, and "&" among them.
fn words(evidence: Evidence<'_>, said: &Said) -> Vec<Token> {
    let text = evidence.text(said.article);
    let mut words = said.tokens.clone();
    let signs = said.inner.of(text).match_indices('&');
    words.extend(signs.map(|(at, sign)| {
        let start = said.inner.start as usize + at;
        Token { span: Span::new(start, start + sign.len()), hash: fold::hash(sign) }
    }));
    words.sort_by_key(|word| word.span);
    words.dedup_by(|next, last| last.span.contains(next.span));
    words
}

impl Reference {
    /// What was done to the reference to give `this`.
    pub(super) fn change(&self, evidence: Evidence<'_>, this: &Said) -> Change {
        let some = words(evidence, this);
        if hashes(&some) == hashes(&self.words) {
            return self.marks(bare(evidence, this), &self.surface, this);
        }
        let alike = |a: &Token, b: &Token| self.alike(evidence, a, this.article, b);
        let run = |all: &[Token], part: &[Token]| {
            let matches = |run: &[Token]| run.iter().zip(part).all(|(a, b)| alike(a, b));
            part.len() <= all.len() && all.windows(part.len()).any(matches)
        };
        let all = &self.words;
        if all.len() == some.len() && run(all, &some) {
            return Change::Spelling;
        }
        // "And" at the head of a sentence is the reporter's choice.
        let joins = |word: &Token, article: ArticleIx| {
            evidence.language(article).words.get(word.hash).cue.classes & class::COORD != 0
        };
        let (ours, theirs) = (&self.surface, bare(evidence, this));
        let behind = |words: &'_ str| words.find(' ').map_or(0, |at| at + 1);
        if hashes(&some[1..]) == hashes(all) && joins(&some[0], this.article) {
            return self.marks(&theirs[behind(theirs)..], ours, this);
        }
        if hashes(&all[1..]) == hashes(&some) && joins(&all[0], self.article) {
            return self.marks(theirs, &ours[behind(ours)..], this);
        }
        let few = some.len() * 2 < all.len();
        let cut = if few { Change::Fragment } else { Change::Trimmed };
        if run(all, &some) || self.is_cut(&some) {
            return cut;
        }
        let extends =
            all.len() < some.len() && some.windows(all.len()).any(|run| hashes(run) == hashes(all));
        if extends { Change::Extended } else { Change::Reworded }
    }

    /// Whether equal words have equal marks; the case of the first letter does not count.
    fn marks(&self, theirs: &str, ours: &str, this: &Said) -> Change {
        let rest = |words: &str| words.chars().skip(1).collect::<String>();
        let quoted = self.mark.zip(style(this.mark));
        let same = rest(theirs) == rest(ours) && quoted.is_none_or(|(a, b)| a == b);
        if same { Change::Same } else { Change::Typography }
    }

    /// Whether words were left out at an end, and no more than two within.
    fn is_cut(&self, some: &[Token]) -> bool {
        let all = &self.words;
        let (first, last) = (some[0].hash, some[some.len() - 1].hash);
        let starts = (0..all.len()).filter(|&at| all[at].hash == first);
        starts.into_iter().any(|start| {
            let ends = (start..all.len()).filter(|&at| all[at].hash == last);
            ends.into_iter().any(|end| {
                let within = &all[start..=end];
                let at_an_end = start > 0 || end + 1 < all.len();
                let mut rest = within.iter();
                at_an_end
                    && (some.len()..=some.len() + DROPPED).contains(&within.len())
                    && some.iter().all(|word| rest.any(|other| other.hash == word.hash))
            })
        })
    }

    /// Whether two words are one in two spellings: a letter more, less or another, the first aside.
    fn alike(&self, evidence: Evidence<'_>, a: &Token, article: ArticleIx, b: &Token) -> bool {
        if a.hash == b.hash {
            return true;
        }
        let (ours, theirs) = (evidence.text(self.article), evidence.text(article));
        let (a, b) = (fold::fold(a.span.of(ours)), fold::fold(b.span.of(theirs)));
        let sign = |sign: &str, word: &str| {
            sign == "&" && evidence.language(article).function_words.has(word)
        };
        sign(&a, &b) || sign(&b, &a) || is_spelling(&a, &b)
    }
}

/// Words that may be left out within what is only shorter: an article, an adverb.
const DROPPED: usize = 2;

/// Letters of a word that can have two spellings.
const SPELT: usize = 5;

fn is_spelling(a: &str, b: &str) -> bool {
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let (a, b) = (a.chars().collect::<Vec<_>>(), b.chars().collect::<Vec<_>>());
    let lettered = |word: &[char]| word.iter().all(|c| !c.is_ascii_digit());
    if a.len() < SPELT || b.len() - a.len() > 1 || a[0] != b[0] || !lettered(&a) || !lettered(&b) {
        return false;
    }
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let rest = if a.len() == b.len() { a.get(same + 1..) } else { a.get(same..) };
    rest.unwrap_or_default() == b.get(same + 1..).unwrap_or_default()
}

/// What was done to several sentences together.
pub(super) fn of_all(changes: &[Change]) -> Change {
    let has = |change: Change| changes.contains(&change);
    if changes.iter().all(|&change| change == Change::Fragment) {
        return Change::Fragment;
    }
    if has(Change::Reworded) {
        Change::Reworded
    } else if has(Change::Extended) {
        Change::Extended
    } else if has(Change::Trimmed) || has(Change::Fragment) {
        Change::Trimmed
    } else {
        changes.iter().copied().max().unwrap_or(Change::Same)
    }
}
