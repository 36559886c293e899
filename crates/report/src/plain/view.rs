//! View: a story with the letters and names by which its lines speak of it.

use std::collections::BTreeMap;

use headwater::date::Interval;
use headwater::name::SourceKind;
use headwater::reuse::Reuse;
use headwater::source::SourceIx;
use headwater::stemma::{Carrier, Derivation, Tie, WitnessIx};
use headwater::story::Story;
use headwater::{ArticleIx, Dossier, Place};

use super::QUOTED;
use super::paper::{Phrase, quoted, shown};

pub(crate) struct View<'a> {
    pub(crate) dossier: &'a Dossier,
    pub(crate) story: &'a Story,
    /// As printed: the story's index, counted from 1.
    pub(crate) number: usize,
    sigla: BTreeMap<ArticleIx, String>,
    lost: BTreeMap<SourceIx, String>,
}

impl<'a> View<'a> {
    pub(crate) fn new(dossier: &'a Dossier, ix: usize) -> Self {
        let story = &dossier.stories[ix];
        let (mut sigla, mut lost) = (BTreeMap::new(), BTreeMap::new());
        for witness in &story.stemma.witnesses {
            match witness.carrier {
                Carrier::Extant(article) => {
                    sigla.insert(article, witness.siglum.clone());
                }
                Carrier::Lost(source) => {
                    lost.insert(source, witness.siglum.clone());
                }
                Carrier::Inferred(_) => {}
            }
        }
        // Without a stemma the letters follow the order of the articles all the same.
        for (nth, &article) in story.articles.iter().enumerate() {
            sigla.entry(article).or_insert_with(|| letter(nth));
        }
        Self { dossier, story, number: ix + 1, sigla, lost }
    }

    /// The letter of an article; its id if it is not of this story.
    pub(crate) fn siglum(&self, article: ArticleIx) -> String {
        let letter = self.sigla.get(&article).cloned();
        letter.unwrap_or_else(|| self.dossier.article_id(article))
    }

    /// "A, B, D".
    pub(crate) fn sigla(&self, articles: &[ArticleIx]) -> String {
        let mut letters = Vec::<String>::new();
        for &article in articles {
            let letter = self.siglum(article);
            if !letters.contains(&letter) {
                letters.push(letter);
            }
        }
        letters.join(", ")
    }

    /// The article that a place lies in, as a letter; a place outside of the story has none.
    pub(crate) fn siglum_at(&self, place: Place) -> Option<String> {
        self.article_at(place).map(|it| self.siglum(it))
    }

    /// The article of the story that a place lies in. What stands outside of all articles, as a
    /// headline from metadata, is of the only one of its page.
    pub(crate) fn article_at(&self, place: Place) -> Option<ArticleIx> {
        let article = |it: ArticleIx| &self.dossier.articles[it.ix()];
        let all = self.story.articles.iter().copied();
        let mut of_page = all.filter(|&it| article(it).page == place.page);
        let first = of_page.next()?;
        if article(first).span.contains(place.span) {
            return Some(first);
        }
        let mut others = of_page.peekable();
        let only = others.peek().is_none().then_some(first);
        others.find(|&it| article(it).span.contains(place.span)).or(only)
    }

    /// How a source is spoken of: its name, or its description in quotation marks; with its Greek
    /// letter if it is a lost witness.
    pub(crate) fn source(&self, source: SourceIx) -> String {
        let name = self.bare_source(source);
        match self.lost.get(&source) {
            Some(siglum) => format!("{siglum} {name}"),
            None => name,
        }
    }

    /// The same without the letter.
    pub(crate) fn bare_source(&self, ix: SourceIx) -> String {
        source(self.dossier, ix)
    }

    /// The letter of a source that is a lost witness, else its name.
    pub(crate) fn short_source(&self, source: SourceIx) -> String {
        self.lost.get(&source).cloned().unwrap_or_else(|| self.bare_source(source))
    }

    /// The Greek letter of a source that is a lost witness.
    pub(crate) fn lost(&self, source: SourceIx) -> Option<&str> {
        self.lost.get(&source).map(String::as_str)
    }

    pub(crate) fn witness(&self, ix: WitnessIx) -> &str {
        &self.story.stemma.witnesses[ix.ix()].siglum
    }

    /// "Harbour Post, 2 Apr 2031".
    pub(crate) fn dated(&self, article: ArticleIx) -> String {
        name(self.dossier, article)
    }

    /// The folder that the files of the story's articles all lie in, up to its last `/`; empty for one
    /// article, which has no other to be told from.
    pub(crate) fn folder(&self) -> &'a str {
        let dossier = self.dossier;
        let page = |ix: &ArticleIx| &dossier.pages[dossier.articles[ix.ix()].page.ix()];
        let mut files = self.story.articles.iter().map(|ix| page(ix).capture.file.as_str());
        let Some(first) = files.next().filter(|_| self.story.articles.len() > 1) else { return "" };
        let common = |file: &str| {
            let same = first.bytes().zip(file.bytes()).take_while(|(one, other)| one == other);
            same.count()
        };
        let n = files.map(common).min().unwrap_or(0);
        &first
            [..first.as_bytes()[..n].iter().rposition(|&byte| byte == b'/').map_or(0, |at| at + 1)]
    }

    /// "post.txt, bytes 0 to 310".
    pub(crate) fn bytes(&self, article: ArticleIx) -> String {
        let span = self.dossier.articles[article.ix()].span;
        format!("{}, bytes {} to {}", self.file(article), span.start, span.end)
    }

    /// The file, and the record in it if the file holds several.
    pub(crate) fn file(&self, article: ArticleIx) -> String {
        file(self.dossier, self.dossier.articles[article.ix()].page)
    }

    /// How much of the child's text stands in the parent's, in per cent.
    pub(crate) fn share(&self, tie: &Derivation) -> Option<u16> {
        let carrier = |ix: WitnessIx| match self.story.stemma.witnesses[ix.ix()].carrier {
            Carrier::Extant(article) => Some(article),
            Carrier::Lost(_) | Carrier::Inferred(_) => None,
        };
        let (child, parent) = (carrier(tie.child)?, carrier(tie.parent)?);
        let (left, right) = (child.min(parent), child.max(parent));
        let reuses = &self.dossier.reuses;
        let pair = |it: &Reuse| (it.left_article, it.right_article);
        let first = reuses.partition_point(|it| pair(it) < (left, right));
        let ours = reuses[first..].iter().take_while(|it| pair(it) == (left, right));
        let per_mille = ours
            .filter(|it| it.derives())
            .map(|it| if child == left { it.share_left } else { it.share_right });
        let per_mille = per_mille.max();
        per_mille.filter(|_| tie.tie <= Tie::Excerpt).map(|share| (share + 5) / 10)
    }

    /// Places with those first that name or describe somebody: "the paper reported, citing two people"
    /// tells more than "reportedly". Else in their order.
    pub(crate) fn telling(&self, places: &[Place]) -> Vec<Place> {
        let names = |place: &Place| {
            let Some(article) = self.article_at(*place) else { return false };
            let mut parties = self.dossier.marks[article.ix()].parties.iter();
            parties.any(|party| party.mentions.iter().any(|it| place.span.contains(*it)))
        };
        let mut places = places.to_vec();
        places.sort_by_cached_key(|place| !names(place));
        places
    }

    /// The words of places, quoted, at most three of them.
    pub(crate) fn words(&self, places: &[Place]) -> Phrase {
        let mut phrase = Phrase::new();
        let mut before = Vec::<String>::new();
        for place in self.telling(places) {
            let words = quoted(self.dossier.words(place), QUOTED);
            if before.contains(&words) {
                continue;
            }
            if before.len() == 3 {
                return phrase.ours(" and more");
            }
            let comma = if before.is_empty() { "" } else { ", " };
            phrase = phrase.ours(comma).theirs(words.clone());
            before.push(words);
        }
        phrase
    }
}

/// How a source is spoken of: its name, or its description in quotation marks.
pub(crate) fn source(dossier: &Dossier, source: SourceIx) -> String {
    let source = dossier.sources.get(source);
    let name = shown(&source.name);
    if source.kind == SourceKind::Unnamed { format!("“{name}”") } else { name }
}

/// "Harbour Post, 2 Apr 2031".
pub(crate) fn name(dossier: &Dossier, article: ArticleIx) -> String {
    let outlet = outlet(dossier, article).unwrap_or_else(|| "publisher not named".to_owned());
    match dossier.articles[article.ix()].published {
        Some(published) => format!("{outlet}, {}", day(published.when)),
        None => format!("{outlet}, no date on the page"),
    }
}

/// The outlet of an article: by the name that the lexicon has for it, else as the page gives it, and of
/// an address the domain.
pub(crate) fn outlet(dossier: &Dossier, article: ArticleIx) -> Option<String> {
    let publisher = dossier.articles[article.ix()].publisher.as_ref()?;
    // A page that is only read has no sources.
    let source = dossier.sources.publisher.get(article.ix()).copied().flatten();
    let known = source.map(|ix| dossier.sources.get(ix)).filter(|it| it.outlet.is_some());
    let name = known.map_or(&publisher.name, |it| &it.name);
    Some(shown(name.strip_prefix("www.").unwrap_or(name)))
}

/// The file of a page, and the record in it if the file holds several.
pub(crate) fn file(dossier: &Dossier, page: headwater::PageIx) -> String {
    let capture = &dossier.pages[page.ix()].capture;
    let file = shown(&capture.file);
    if capture.record.is_empty() { file } else { format!("{file}, {}", shown(&capture.record)) }
}

/// A, B … Z, AA, AB ….
fn letter(nth: usize) -> String {
    let last = char::from(b'A' + (nth % 26) as u8);
    if nth < 26 { last.to_string() } else { letter(nth / 26 - 1) + &last.to_string() }
}

/// "2 Apr 2031", "2 to 4 Apr 2031", "30 Mar to 2 Apr 2031", "April 2031", "April to June 2031", "2031",
/// "2031 to 2034", "2030s", "21st century".
pub(crate) fn day(when: Interval) -> String {
    let Interval { first, last } = when;
    let full = |date: headwater::date::Interval| date.first.strftime("%-d %b %Y").to_string();
    if when.is_day() {
        return full(when);
    }
    if first.day() == 1 && last == last.last_of_month() {
        if first.month() == 1 && last.month() == 12 {
            return years(first.year(), last.year());
        }
        let ends = last.strftime("%B %Y").to_string();
        return match (first.year() == last.year(), first.month() == last.month()) {
            (true, true) => ends,
            (true, false) => format!("{} to {ends}", first.strftime("%B")),
            (false, _) => format!("{} to {ends}", first.strftime("%B %Y")),
        };
    }
    let end = full(Interval::day(last));
    if first.year() == last.year() && first.month() == last.month() {
        return format!("{} to {end}", first.day());
    }
    if first.year() == last.year() {
        return format!("{} to {end}", first.strftime("%-d %b"));
    }
    format!("{} to {end}", full(Interval::day(first)))
}

/// Whole years. Centuries are counted from a year that ends in 00 or in 01.
fn years(first: i16, last: i16) -> String {
    let n = last - first + 1;
    match (n, first.rem_euclid(10), first.rem_euclid(100)) {
        (1, ..) => first.to_string(),
        (10, 0, _) => format!("{first}s"),
        (100, _, 0 | 1) => {
            let nth = first / 100 + 1;
            let ending = match (nth % 10, nth % 100) {
                (1, tens) if tens != 11 => "st",
                (2, tens) if tens != 12 => "nd",
                (3, tens) if tens != 13 => "rd",
                _ => "th",
            };
            format!("{nth}{ending} century")
        }
        _ => format!("{first} to {last}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_keeps_its_precision() {
        let day = |first: &str, last: &str| {
            day(Interval { first: first.parse().unwrap(), last: last.parse().unwrap() })
        };
        assert_eq!(day("2031-04-02", "2031-04-02"), "2 Apr 2031");
        assert_eq!(day("2031-04-01", "2031-04-30"), "April 2031");
        assert_eq!(day("2031-01-01", "2031-12-31"), "2031");
        assert_eq!(day("2031-04-02", "2031-04-04"), "2 to 4 Apr 2031");
        assert_eq!(day("2031-03-30", "2031-04-02"), "30 Mar to 2 Apr 2031");
        assert_eq!(day("2030-12-30", "2031-01-02"), "30 Dec 2030 to 2 Jan 2031");
        assert_eq!(day("2031-04-01", "2031-06-30"), "April to June 2031");
        assert_eq!(day("2030-12-01", "2031-01-31"), "December 2030 to January 2031");
        assert_eq!(day("2031-01-01", "2034-12-31"), "2031 to 2034");
        assert_eq!(day("2030-01-01", "2039-12-31"), "2030s");
        assert_eq!(day("1900-01-01", "1999-12-31"), "20th century");
        assert_eq!(day("2001-01-01", "2100-12-31"), "21st century");
    }

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!(letter(0), "A");
        assert_eq!(letter(25), "Z");
        assert_eq!(letter(26), "AA");
        assert_eq!(letter(27), "AB");
    }
}
