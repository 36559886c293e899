//! The standing words of pages: furniture, credits, bylines.

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;

use super::{Phrases, Table};
use crate::fold;

/// What a line of standing words does to the article around it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Standing {
    /// Readers' words follow: "Comments".
    Comments,
    /// Other articles follow, in full or as teasers: "Related Articles".
    Related,
    /// The rest of the article is not shown: "Subscribe to continue reading".
    Paywall,
    /// The foot of the page or article: "Share this", "Privacy policy".
    End,
    /// In the way, but the article goes on: "Advertisement".
    Inline,
}

/// The standing words of pages: furniture, credits, bylines.
#[derive(Debug)]
pub struct Press {
    whole: Vec<(Standing, Phrases)>,
    /// By first word, in the order in which they are tried.
    starts: FxHashMap<String, Vec<(String, Standing)>>,
    items: Vec<String>,
    /// Words that open a byline: "By", "Words by".
    pub byline: Vec<String>,
    /// What joins two names.
    pub and: Phrases,
    /// Small words inside names.
    pub particle: Phrases,
    /// Words of a date line beside its date.
    pub dating: Phrases,
    ago: Phrases,
    ago_unit: Phrases,
    ago_minutes: Vec<(String, i64)>,
    ago_one: Phrases,
    ago_whole: Phrases,
    /// "originally published on": the outlet follows.
    pub republished: Vec<String>,
    /// All of `republished` at once.
    any_republished: Option<AhoCorasick>,
    /// "Source", "Information from": the outlet follows.
    pub credited: Vec<String>,
    /// "h/t": the outlet follows.
    pub tipped: Vec<String>,
    /// "contributed to this report": the outlet stands before.
    pub credited_after: Vec<String>,
    /// "includes material from", in a line that speaks of its article: the outlets follow.
    pub holding: Vec<String>,
    /// How such a line begins: "this story".
    pub own: Vec<String>,
    /// "With", "From": names of outlets and nothing else follow.
    pub listing: Vec<String>,
    /// What may close them: "reports".
    pub listed_after: Vec<String>,
    /// "(Reporting by": who wrote and edited.
    pub tagline: Vec<String>,
    /// Small words beside the names of those who helped: "in", "also".
    pub helper: Phrases,
    /// "Copyright".
    pub copyright: Vec<String>,
    photo: Vec<String>,
    /// All of `photo` at once.
    any_photo: Option<AhoCorasick>,
    caption: Vec<String>,
    pictures: Vec<String>,
    /// "wrote:": who is quoted stands before, the words after.
    pub wrote: Vec<String>,
    /// Cues before the name of an outlet that speaks of itself: "told".
    pub told: Vec<String>,
    /// Cues after it: "has learned".
    pub reports: Vec<String>,
    /// Words that names of outlets are made of.
    pub outlet_word: Phrases,
    /// Of these, those that are also surnames.
    pub outlet_surname: Phrases,
    /// Words that open the names of stations.
    pub outlet_opener: Phrases,
    /// Small words inside names of outlets.
    pub outlet_link: Phrases,
    /// Words that name parts of a site.
    pub section: Phrases,
    /// The company behind a masthead: what stands after its name.
    pub company: Vec<String>,
    /// What the names of agencies end with.
    pub agency: Vec<String>,
    /// What they begin with.
    pub agency_opener: Phrases,
    /// Who signs without a name: "reporter", "staff".
    pub role: Phrases,
    /// What a site offers in its own name: "newsletter".
    pub offer: Phrases,
    ask: Vec<String>,
}

impl Press {
    /// From the rows of its file.
    pub fn new(table: &Table) -> Self {
        let kinds = [
            (Standing::Comments, "comments"),
            (Standing::Related, "related"),
            (Standing::Paywall, "paywall"),
            (Standing::End, "end"),
            (Standing::Inline, "inline"),
        ];
        let list = |name: &str| {
            // The longest first, so that "is republished from" is taken before "republished from".
            let mut all =
                table.phrases(name).sorted().iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
            all.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
            all
        };
        let mut starts = FxHashMap::<String, Vec<(String, Standing)>>::default();
        for (kind, name) in kinds {
            for phrase in list(name) {
                let Some(open) = phrase.strip_suffix('*') else { continue };
                let bucket = starts.entry(first_word(open).to_owned()).or_default();
                bucket.push((open.to_owned(), kind));
            }
        }
        Self {
            whole: kinds.iter().map(|(kind, name)| (*kind, table.phrases(name))).collect(),
            starts,
            items: list("item"),
            byline: list("byline"),
            and: table.phrases("and"),
            particle: table.phrases("particle"),
            dating: table.phrases("dating"),
            ago: table.phrases("ago"),
            ago_unit: table.phrases("ago_unit"),
            ago_minutes: table
                .list("ago_unit")
                .filter_map(|row| Some((fold::fold(row.first()?), row.get(1)?.parse().ok()?)))
                .collect(),
            ago_one: table.phrases("ago_one"),
            ago_whole: table.phrases("ago_whole"),
            any_republished: AhoCorasick::new(list("republished")).ok(),
            republished: list("republished"),
            credited: list("credited"),
            tipped: list("tipped"),
            credited_after: list("credited_after"),
            holding: list("holding"),
            own: list("own"),
            listing: list("listing"),
            listed_after: list("listed_after"),
            tagline: list("tagline"),
            helper: table.phrases("helper"),
            copyright: list("copyright"),
            any_photo: AhoCorasick::new(list("photo")).ok(),
            photo: list("photo"),
            caption: list("caption"),
            pictures: list("pictures"),
            wrote: list("wrote"),
            told: list("told"),
            reports: list("reports"),
            outlet_word: table.phrases("outlet_word"),
            outlet_surname: table.phrases("outlet_surname"),
            outlet_opener: table.phrases("outlet_opener"),
            outlet_link: table.phrases("outlet_link"),
            section: table.phrases("section"),
            company: list("company"),
            agency: list("agency"),
            agency_opener: table.phrases("agency_opener"),
            role: table.phrases("role"),
            offer: table.phrases("offer"),
            ask: list("ask"),
        }
    }

    /// What a line means if it consists of standing words; `plain` is the line as [`plain`] gives
    /// it.
    pub fn standing(&self, plain: &str) -> Option<Standing> {
        let whole =
            self.whole.iter().find(|(_, phrases)| phrases.has(plain)).map(|(kind, _)| *kind);
        let starts = || {
            let fits = |phrase: &str| {
                plain.strip_prefix(phrase).is_some_and(|rest| {
                    phrase.ends_with(':') || !rest.starts_with(char::is_alphanumeric)
                })
            };
            let bucket = self.starts.get(first_word(plain))?;
            bucket.iter().find(|(phrase, _)| fits(phrase)).map(|(_, kind)| *kind)
        };
        whole.or_else(starts)
    }

    /// Whether the line asks readers to take what the site offers: "Get the Morning newsletter: …".
    pub fn asks(&self, plain: &str) -> bool {
        let asked = |cue: &String| {
            plain.strip_prefix(cue.as_str()).is_some_and(|rest| rest.starts_with(' '))
        };
        let words = || plain.split(|c: char| !c.is_alphanumeric());
        // "Get the Varn app", not "Get off the bus, says the app's maker".
        self.ask.iter().any(asked) && words().take(9).any(|word| self.offer.has(word))
    }

    /// Whether the line closes one item of a newsletter: "Read more »".
    pub fn closes_item(&self, plain: &str) -> bool {
        self.items.iter().any(|item| item == plain)
    }

    /// The words of a line that "Read more" or the like closes, without it; none if nothing else
    /// stands there.
    pub fn before_item_end<'a>(&self, words: &'a str) -> Option<&'a str> {
        let end = words.trim_end_matches(|c: char| !c.is_alphanumeric());
        let lower = end.to_ascii_lowercase();
        self.items.iter().find_map(|phrase| {
            let before = lower.strip_suffix(phrase.as_str())?;
            let rest = words[..before.len()].trim_end();
            let parted = rest.len() < before.len() || !before.ends_with(char::is_alphanumeric);
            (parted && rest.contains(char::is_alphanumeric)).then_some(rest)
        })
    }

    /// Whether the line is an age: "14 minutes ago", "an hour ago".
    pub fn is_age(&self, plain: &str) -> bool {
        if self.ago_whole.has(plain) {
            return true;
        }
        let words = plain.split(' ').collect::<Vec<_>>();
        match words[..] {
            [n, unit, ago] => {
                (n == "#" || self.ago_one.has(n)) && self.ago_unit.has(unit) && self.ago.has(ago)
            }
            [n, ago] => {
                let unit = n.trim_start_matches('#');
                n.starts_with('#') && self.ago_unit.has(unit) && self.ago.has(ago)
            }
            _ => false,
        }
    }

    /// How many minutes ago an age is, and how many its unit has; an age as [`Press::is_age`] knows
    /// it.
    pub fn minutes_ago(&self, words: &str) -> Option<(i64, i64)> {
        let folded = fold::fold(words);
        let mut parts = folded.split_whitespace();
        let first = parts.next()?;
        let digits = first.trim_end_matches(char::is_alphabetic);
        let unit = if digits.len() < first.len() && !digits.is_empty() {
            &first[digits.len()..]
        } else {
            parts.next()?
        };
        let n = if self.ago_one.has(first) { 1 } else { digits.parse::<i64>().ok()? };
        let (_, minutes) = self.ago_minutes.iter().find(|(name, _)| name == unit)?;
        Some((n.checked_mul(*minutes)?, *minutes))
    }

    /// Whether the folded line opens like a caption.
    pub fn opens_caption(&self, folded: &str) -> bool {
        self.caption.iter().any(|phrase| match phrase.strip_prefix("* ") {
            // "In this May 1, 2018 file photo": the words stand near the start.
            Some(inner) => folded
                .char_indices()
                .nth(70)
                .map_or(folded, |(at, _)| &folded[..at])
                .contains(inner),
            None => folded.starts_with(phrase.as_str()),
        })
    }

    /// Whether a lower-case line holds any of the words that say where a text came out first.
    pub fn may_republish(&self, line: &str) -> bool {
        self.any_republished.as_ref().is_none_or(|any| any.is_match(line))
    }

    /// Bytes of the name of a picture agency, or of the buttons of a picture, with which the folded line
    /// opens; 0 without.
    pub fn pictured(&self, folded: &str) -> usize {
        let opens = |phrase: &&String| folded.starts_with(phrase.as_str());
        self.pictures.iter().filter(opens).map(String::len).max().unwrap_or(0)
    }

    /// Whether the folded line carries a photo credit at its end.
    pub fn is_caption(&self, folded: &str) -> bool {
        let tail = folded.char_indices().rev().nth(70).map_or(0, |(at, _)| at);
        let tail = &folded[tail..];
        // Nearly no line has one.
        if self.any_photo.as_ref().is_some_and(|any| !any.is_match(tail)) {
            return false;
        }
        self.photo.iter().any(|phrase| {
            tail.match_indices(phrase.as_str()).any(|(at, _)| {
                let rest = &tail[at + phrase.len()..];
                !rest.starts_with(char::is_alphanumeric) && bounded(tail, at, phrase)
            })
        })
    }
}

/// The letters and digits that a line begins with.
fn first_word(line: &str) -> &str {
    let end = line.find(|c: char| !c.is_alphanumeric()).unwrap_or(line.len());
    &line[..end]
}

/// A line as its standing words are compared: folded, numbers as `#`, without punctuation at
/// either end, single spaces.
pub fn plain(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    for c in fold::fold(words).chars() {
        match c {
            '0'..='9' if plain.ends_with('#') => {}
            '0'..='9' => plain.push('#'),
            c if c.is_whitespace() && plain.ends_with(' ') => {}
            c if c.is_whitespace() => plain.push(' '),
            c => plain.push(c),
        }
    }
    let ends = |c: char| !c.is_alphanumeric() && c != '#' && c != '+' && c != '!';
    let body = plain.trim_matches(ends);
    // "Tags:" and "Related: …" keep the colon that a phrase may name.
    body.trim_end_matches('!').to_owned()
}

fn bounded(tail: &str, at: usize, phrase: &str) -> bool {
    !phrase.starts_with(char::is_alphanumeric)
        || !tail[..at].ends_with(|c: char| c.is_alphanumeric())
}
