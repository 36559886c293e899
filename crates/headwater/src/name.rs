//! Name: who and what an article names, and which mentions are the same party.
//!
//! A full name once, then a bare surname, a role or a short form: all mentions of one party within
//! one article share a [`Party`]. Across articles, parties become [sources](crate::source).

mod masthead;
mod run;
pub(crate) use run::joined;
#[cfg(test)]
pub(crate) mod sample;

use std::collections::hash_map::Entry;

use headwater_page::{Page, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::Article;
use crate::fold::{fold, key};
use crate::lexicon::{Language, Lexicon, OutletIx, OutletKind, class, traits};
use crate::sentence::{Case, Line};

use masthead::{cued, masthead};
use run::{Lowered, Run, Shape};

/// What sort of party somebody is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SourceKind {
    /// A newspaper, broadcaster, magazine, site.
    Outlet,
    /// A news agency.
    Agency,
    /// A named person.
    Person,
    /// An institution, government, company, party, or a person known only by office.
    Office,
    /// A filing, study, statement, post, law.
    Document,
    /// Nobody who can be looked up. See [`Unnamed`].
    Unnamed,
}

/// Who the unnamed are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Unnamed {
    /// "people familiar with the matter", "a US official", "critics".
    People,
    /// "foreign media", "local newspapers".
    Media,
    /// "a new report": a report that this article does not name.
    Report,
}

/// He, she, it, they: what pronouns can point at the party.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Gender {
    /// He.
    Male,
    /// She.
    Female,
    /// It.
    Thing,
    /// They.
    Several,
    /// Not known.
    Unknown,
}

/// Index into [`crate::marks::Marks::parties`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PartyIx(pub u32);

impl PartyIx {
    /// As an index.
    pub fn ix(self) -> usize {
        self.0 as usize
    }
}

/// Somebody or something that an article names or cites.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Party {
    /// What sort.
    pub kind: SourceKind,
    /// Which sort of unnamed; `Some` exactly when `kind` is [`SourceKind::Unnamed`].
    pub unnamed: Option<Unnamed>,
    /// The fullest form in the article ("Ada Oduya"), without title; the description, if unnamed.
    pub name: String,
    /// The outlet or agency of the lexicon.
    pub outlet: Option<OutletIx>,
    /// Title or role words beside the name ("harbour spokeswoman").
    pub role: Option<Span>,
    /// What pronouns can point at it.
    pub gender: Gender,
    /// Every mention, in order; the first is where it is introduced. Pronouns are not listed.
    pub mentions: Vec<Span>,
}

/// Every party named in the article: people, organisations, outlets, agencies and documents;
/// in the order of their first mention. Headline and body are read, captions are not.
///
/// Unnamed sources are added where they are cited, by [`crate::citation`]. Never fails.
pub fn names(page: &Page, article: &Article, lexicon: &Lexicon) -> Vec<Party> {
    names_in(&lines(page, article, lexicon.language(&article.language)), article, lexicon)
}

/// The same, from lines that are read.
pub(crate) fn names_in(lines: &[Line<'_>], article: &Article, lexicon: &Lexicon) -> Vec<Party> {
    let mut roll = Roll::new(article, lexicon, lines);
    roll.outlets();
    let runs = roll.mastheads();
    roll.people(&runs);
    roll.offices(&runs);
    roll.mentions(&runs);
    roll.roles();
    roll.finish()
}

/// Headline and body, read.
pub(crate) fn lines<'a>(
    page: &'a Page,
    article: &Article,
    language: &'a Language,
) -> Vec<Line<'a>> {
    let read = article.headline.iter().chain(&article.paragraphs);
    read.map(|&span| Line::new(&page.text, span, language)).collect()
}

/// Roles and administrations that are kept, at most: far more than an article names; it bounds the
/// cost of pages that are none.
const MOST: usize = 512;

/// The parties as they are found.
struct Roll<'a> {
    article: &'a Article,
    lexicon: &'a Lexicon,
    lines: &'a [Line<'a>],
    parties: Vec<Party>,
    by_name: FxHashMap<String, usize>,
    by_last: FxHashMap<String, usize>,
    /// Outlet mentions: line, span, party.
    outlets: Vec<(usize, Span, usize)>,
    /// Role words of people, folded: the whole phrase, its last word, the party, its first byte.
    roles: Vec<(String, String, usize, u32)>,
    /// Parties of the kind "the N administration": the folded last word, the person N's surname.
    headed: Vec<(String, usize, u32)>,
    /// Words that stand in lower case somewhere.
    lower: Lowered,
}

impl<'a> Roll<'a> {
    fn new(article: &'a Article, lexicon: &'a Lexicon, lines: &'a [Line<'a>]) -> Self {
        let lower = run::lower(lines);
        Self {
            article,
            lexicon,
            lines,
            parties: Vec::new(),
            by_name: FxHashMap::default(),
            by_last: FxHashMap::default(),
            outlets: Vec::new(),
            roles: Vec::new(),
            headed: Vec::new(),
            lower,
        }
    }

    /// Outlets and agencies by full name, then by the short names of those.
    fn outlets(&mut self) {
        for (ix, line) in self.lines.iter().enumerate() {
            let (certain, common) =
                self.lexicon.outlets.scan_prose(line.text, line.span, line.naming());
            for (span, outlet) in certain {
                let party = self.outlet(outlet);
                self.outlets.push((ix, span, party));
            }
            let common = common.into_iter().filter(|(span, _)| cued(line, *span));
            let described = masthead::described(line, &self.lexicon.outlets);
            for (span, outlet) in common.chain(described).collect::<Vec<_>>() {
                let party = self.outlet(outlet);
                self.outlets.push((ix, span, party));
            }
        }
        self.outlets.sort_unstable();
        // A common word inside a longer name is no outlet: the longer name began earlier or here.
        self.outlets.dedup_by(|next, last| next.0 == last.0 && next.1.overlaps(last.1));
        let own = self.article.publisher.as_ref().filter(|p| p.outlet.is_none());
        if let Some(name) = own.map(|p| p.name.as_str()).filter(|n| n.chars().count() > 2) {
            self.literal(name, None);
        }
        let known = self.parties.iter().filter_map(|p| p.outlet).collect::<Vec<_>>();
        for outlet in known {
            let mut short = self.lexicon.outlets.get(outlet).ambiguous.clone();
            short.sort_by_key(|alias| std::cmp::Reverse(alias.len()));
            for alias in short {
                let party = self.outlet(outlet);
                self.literal(alias, Some(party));
            }
        }
        self.outlets.sort_unstable();
    }

    /// Outlets that the lexicon does not hold, and "the Chronicle" after "the Harrow Chronicle".
    /// Returns the runs of capitals that are left.
    fn mastheads(&mut self) -> Vec<Run> {
        let mut short = Vec::new();
        for (ix, line) in self.lines.iter().enumerate() {
            for span in masthead::sites(line) {
                let name = span.of(line.text);
                let party = self.party(SourceKind::Outlet, name, Gender::Thing, key(name));
                self.outlets.push((ix, span, party));
            }
        }
        self.outlets.sort_unstable();
        self.outlets.dedup_by(|next, last| next.0 == last.0 && next.1.overlaps(last.1));
        let (runs, known) = (self.runs(), self.outlets.len());
        for run in &runs {
            let line = &self.lines[run.line];
            let Some(found) = masthead(run, line) else { continue };
            let name = found.span.of(line.text);
            let kind = if found.agency { SourceKind::Agency } else { SourceKind::Outlet };
            let ix = self.party(kind, name, Gender::Thing, key(name));
            self.outlets.push((run.line, found.span, ix));
            if let Some(last) = found.short {
                short.push((last.of(line.text), ix));
            }
        }
        self.outlets.sort_unstable();
        for (name, ix) in short {
            self.literal(name, Some(ix));
        }
        self.outlets.sort_unstable();
        // Where none was found they are the same.
        if self.outlets.len() > known { self.runs() } else { runs }
    }

    fn outlet(&mut self, outlet: OutletIx) -> usize {
        let known = self.lexicon.outlets.get(outlet);
        let kind = match known.kind {
            OutletKind::Agency => SourceKind::Agency,
            OutletKind::Outlet => SourceKind::Outlet,
        };
        let ix = self.party(kind, known.name, Gender::Thing, key(known.name));
        self.parties[ix].outlet = Some(outlet);
        ix
    }

    /// Occurrences of one spelling, on word boundaries and not inside a longer name: of `party`, or of
    /// an outlet of that name.
    fn literal(&mut self, name: &str, party: Option<usize>) {
        let whole = |line: &Line<'_>, first: usize| {
            let start = line.words[first].span.start as usize;
            let span = Span::new(start, start + name.len());
            let last = line.word_at(span.end - 1);
            let inside = |w: Option<&crate::sentence::Word>| {
                w.is_some_and(|w| w.capital() && !w.is(class::COMMON | class::TIME))
            };
            (line.words[last].span.end == span.end
                && !inside(line.words.get(last + 1))
                && (first == 0 || !inside(line.words.get(first - 1))))
            .then_some(span)
        };
        self.outlets.sort_unstable();
        let known = self.outlets.len();
        for (ix, line) in self.lines.iter().enumerate() {
            let upto = &line.text[..line.span.end as usize];
            let begins = |word: &usize| {
                let letters = &upto.as_bytes()[line.words[*word].span.start as usize..];
                letters.first() == name.as_bytes().first() && letters.starts_with(name.as_bytes())
            };
            for first in (0..line.words.len()).filter(begins) {
                let Some(span) = whole(line, first) else { continue };
                let from = self.outlets[..known]
                    .partition_point(|&(l, other, _)| (l, other.end) <= (ix, span.start));
                let held = |&(l, other, _): &(usize, Span, usize)| l == ix && other.overlaps(span);
                if self.outlets[from..known].first().is_some_and(held)
                    || self.outlets[known..].last().is_some_and(held)
                {
                    continue;
                }
                let party = party.unwrap_or_else(|| {
                    self.party(SourceKind::Outlet, name, Gender::Thing, key(name))
                });
                self.outlets.push((ix, span, party));
            }
        }
    }

    /// Runs of capitals in every line, outlets left out.
    fn runs(&self) -> Vec<Run> {
        let mut found = Vec::new();
        let mut outlets = self.outlets.iter().peekable();
        let mut taken = Vec::new();
        for (ix, line) in self.lines.iter().enumerate() {
            taken.clear();
            while let Some(&(_, span, _)) = outlets.next_if(|(l, ..)| *l == ix) {
                taken.push(span);
            }
            run::runs(ix, line, &taken, &self.lower, &mut found);
        }
        found
    }

    /// People: whoever has a title, a role, a first name, or is named in full and then by surname.
    fn people(&mut self, runs: &[Run]) {
        let mut alone = FxHashSet::default();
        for run in runs.iter().filter(|run| run.n_words() == 1 && run.shape != Shape::Office) {
            alone.insert(fold(self.lines[run.line].word(run.name)));
        }
        for run in runs.iter().filter(|run| run.n_words() > 1) {
            let line = &self.lines[run.line];
            let last = run.last_name(line);
            let sure = matches!(run.shape, Shape::Person);
            let likely = run.shape == Shape::Name && (run.spoken || alone.contains(&last));
            if sure || likely {
                self.person(run, last);
            }
        }
        self.double_surnames(&alone);
        for run in runs.iter().filter(|run| run.n_words() == 1 && run.shape == Shape::Person) {
            let last = run.last_name(&self.lines[run.line]);
            if !self.by_last.contains_key(&last) {
                self.person(run, last);
            }
        }
    }

    /// "Ines Duarte Falk" is "Duarte" afterwards where the article writes that word alone and only
    /// one person has it inside her name.
    fn double_surnames(&mut self, alone: &FxHashSet<String>) {
        let mut inner = FxHashMap::<String, Option<usize>>::default();
        for (ix, party) in self.parties.iter().enumerate() {
            if party.kind != SourceKind::Person {
                continue;
            }
            let words = party.name.split_whitespace().map(fold).collect::<Vec<_>>();
            // "Hua Lin" is "Hua" where family names stand first.
            let inner_words = words.iter().rev().skip(1);
            for word in inner_words {
                let given = self.lines.first().is_some_and(|line| {
                    let says = line.language.people.get(word);
                    says & (traits::FIRST | traits::PARTICLE | traits::SUFFIX) != 0
                });
                if !given && alone.contains(word) {
                    let known = inner.entry(word.clone()).or_insert(Some(ix));
                    *known = known.filter(|&other| other == ix);
                }
            }
        }
        // Every word is its own entry: the order of the map does not show.
        for (word, party) in inner {
            if let Some(ix) = party {
                self.by_last.entry(word).or_insert(ix);
            }
        }
    }

    fn person(&mut self, run: &Run, last: String) {
        let line = &self.lines[run.line];
        let name = line.stretch(run.name, run.end - 1);
        let name = key(name.of(line.text));
        let words = run.name_words(line);
        // "Jan Lund" and "Jan Peter Lund" are one; the fuller form names the party.
        let joined = self.by_last.get(&last).copied().filter(|&ix| {
            let known = key(&self.parties[ix].name);
            let (first, other) = (name.split(' ').next(), known.split(' ').next());
            first == other || !known.contains(' ')
        });
        let ix = match joined {
            Some(ix) => {
                if self.parties[ix].name.len() < words.len() {
                    words.clone_into(&mut self.parties[ix].name);
                }
                self.by_name.insert(name, ix);
                ix
            }
            None => self.party(SourceKind::Person, words, Gender::Unknown, name),
        };
        self.by_last.entry(last).or_insert(ix);
        let party = &mut self.parties[ix];
        party.kind = SourceKind::Person;
        if party.gender == Gender::Unknown || party.gender == Gender::Thing {
            party.gender = run.gender;
        }
        let role = run.role.filter(|_| !run.courtesy);
        for role in role.iter().chain(&run.apposition) {
            party.role.get_or_insert(*role);
            let phrase = key(role.of(line.text));
            let head = phrase.rsplit(' ').next().unwrap_or_default().to_owned();
            if self.roles.len() < MOST {
                self.roles.push((phrase, head, ix, role.start));
            }
        }
    }

    /// Institutions, by their last or first word, and "the N administration".
    fn offices(&mut self, runs: &[Run]) {
        for run in runs.iter().filter(|run| run.shape == Shape::Office) {
            let line = &self.lines[run.line];
            // "WASHINGTON (AP) -": where it was written is nobody whom "it" may mean.
            let span = line.stretch(run.first, run.end - 1);
            if self.shouted(run) || self.article.dateline.is_some_and(|it| it.start == span.start) {
                continue;
            }
            let words = span.of(line.text);
            let name = key(words);
            if self.by_name.get(&name).is_some_and(|&ix| self.parties[ix].outlet.is_some()) {
                continue;
            }
            let ix = self.party(SourceKind::Office, words, Gender::Thing, name.clone());
            // A reporter's "the government" is none that only somebody whom she quotes has named.
            let told = !line.words[run.first].quoted && self.headed.len() < MOST;
            if let Some((_, head)) = name.rsplit_once(' ').filter(|_| told) {
                self.headed.push((head.to_owned(), ix, line.words[run.first].span.start));
            }
        }
    }

    /// "LUND: We will wait.": a person's surname in capitals, no acronym.
    fn shouted(&self, run: &Run) -> bool {
        let line = &self.lines[run.line];
        let word = &line.words[run.name];
        run.n_words() == 1
            && word.case == Case::Upper
            && word.span.len() > 3
            && self.by_last.contains_key(&fold(line.word(run.name)))
    }

    /// Every run that is a known name, or the surname of one.
    fn mentions(&mut self, runs: &[Run]) {
        for &(_, span, party) in &self.outlets {
            self.parties[party].mentions.push(span);
        }
        for run in runs {
            let line = &self.lines[run.line];
            let full = line.stretch(run.name, run.end - 1);
            let whole = line.stretch(run.first, run.end - 1);
            let named = self.by_name.get(&key(full.of(line.text)));
            let named = named.or_else(|| self.by_name.get(&key(whole.of(line.text))));
            if let Some(&ix) = named {
                let span = if self.parties[ix].kind == SourceKind::Person { full } else { whole };
                self.parties[ix].mentions.push(span);
            } else if run.shape != Shape::Office || self.shouted(run) {
                // A surname anywhere in a run: "Lund" alone, or in a headline of capitals.
                let words = run.name..run.end;
                let single = run.n_words() == 1;
                for at in words.filter(|&at| single || line.titled() || at + 1 == run.end) {
                    if let Some(&ix) = self.by_last.get(&fold(line.word(at))) {
                        self.parties[ix].mentions.push(line.words[at].span);
                    }
                }
            }
        }
    }

    /// "The minister", "the coastal republic's president", "the administration": whoever holds that
    /// role or name in this article.
    fn roles(&mut self) {
        let lines = self.lines;
        for party in &mut self.parties {
            party.mentions.sort_unstable();
        }
        let known = self.parties.iter().map(|party| party.mentions.len()).collect::<Vec<_>>();
        for line in lines {
            for ix in 1..line.words.len() {
                let word = &line.words[ix];
                let role = word.has(traits::ROLE | traits::TITLE);
                if !word.letters() || !(role || word.has(traits::OFFICE)) || word.quoted {
                    continue;
                }
                let Some(first) = opening(line, ix) else { continue };
                let next = line.words.get(ix + 1);
                if next.is_some_and(|w| {
                    w.capital() || w.is(class::OF) || w.has(traits::ROLE | traits::ROLES)
                }) {
                    continue;
                }
                let span = line.stretch(first, ix);
                let at = span.start;
                let holder = if role { self.holder(line, first, ix) } else { None };
                let holder = holder.or_else(|| {
                    let bare = first + 1 == ix && word.has(traits::OFFICE);
                    bare.then(|| self.office_before(&fold(line.word(ix)), at)).flatten()
                });
                if let Some(party) = holder {
                    let mentions = &mut self.parties[party].mentions;
                    let (before, added) = mentions.split_at(known[party]);
                    let next = before.partition_point(|m| m.start < span.end);
                    // Mentions of one party may stand in one another: look a few back.
                    let held = before[..next].iter().rev().take(4).chain(added.last());
                    if !held.into_iter().any(|m| m.overlaps(span)) {
                        mentions.push(span);
                    }
                }
            }
        }
    }

    fn holder(&self, line: &Line<'_>, first: usize, ix: usize) -> Option<usize> {
        let at = line.words[first].span.start;
        let phrase = key(line.stretch(first + 1, ix).of(line.text));
        let head = fold(line.word(ix));
        let exact = self.roles.iter().find(|role| role.0 == phrase).map(|role| role.2);
        if exact.is_some() {
            return exact;
        }
        if first + 1 == ix {
            let before = self.roles.iter().filter(|role| role.1 == head && role.3 < at);
            return before.max_by_key(|role| role.3).map(|role| role.2);
        }
        // "The island's president" is President Oduya when the article has no other president.
        let mut bare = self.roles.iter().filter(|r| r.0 == head).map(|r| r.2);
        let only = bare.next().filter(|&ix| bare.all(|other| other == ix));
        let titled = line.words[ix].has(traits::TITLE);
        only.filter(|_| titled).or_else(|| self.headed_by(&head).filter(|_| titled))
    }

    /// The person after whom the article calls an administration, if she is the only one and
    /// nobody else holds that office here by name.
    fn headed_by(&self, head: &str) -> Option<usize> {
        let mut found = None;
        for (_, office, _) in &self.headed {
            let name = key(&self.parties[*office].name);
            let owner =
                name.rsplit_once(' ').and_then(|(owner, _)| self.by_last.get(owner).copied());
            let Some(owner) = owner else { continue };
            if found.is_some_and(|other| other != owner) {
                return None;
            }
            found = Some(owner);
        }
        let holds = |ix: usize| self.roles.iter().any(|role| role.2 == ix && role.1 == head);
        found.filter(|&ix| self.roles.iter().all(|r| r.2 != ix) || holds(ix))
    }

    fn office_before(&self, head: &str, at: u32) -> Option<usize> {
        let before = self.headed.iter().filter(|office| office.0 == head && office.2 < at);
        before.max_by_key(|office| office.2).map(|office| office.1)
    }

    fn party(&mut self, kind: SourceKind, name: &str, gender: Gender, key: String) -> usize {
        match self.by_name.entry(key) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(free) => {
                let ix = self.parties.len();
                free.insert(ix);
                self.parties.push(Party {
                    kind,
                    unnamed: None,
                    name: name.to_owned(),
                    outlet: None,
                    role: None,
                    gender,
                    mentions: Vec::new(),
                });
                ix
            }
        }
    }

    fn finish(mut self) -> Vec<Party> {
        for party in &mut self.parties {
            party.mentions.sort_unstable();
            party.mentions.dedup_by(|next, last| last.contains(*next));
        }
        self.parties.retain(|party| !party.mentions.is_empty());
        self.parties.sort_by_key(|party| party.mentions[0]);
        self.parties
    }
}

/// Where the noun phrase that ends with word `ix` opens, if that is with "the" and at most four
/// words before.
fn opening(line: &Line<'_>, ix: usize) -> Option<usize> {
    for first in (ix.saturating_sub(5)..ix).rev() {
        let word = &line.words[first];
        if word.is(class::ARTICLE) {
            return (!word.is(class::FRESH)).then_some(first);
        }
        let part = word.letters()
            && !word.is(class::PREP | class::AUX | class::PRONOUN | class::COORD | class::REL);
        if !(part || word.case == Case::Possessive)
            || word.verb.is_some() && word.case == Case::Lower
        {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Name, kind and number of mentions of every party.
    fn roll(text: &str) -> Vec<(String, SourceKind, usize)> {
        let (page, article) = sample::article(text, "");
        let parties = names(&page, &article, Lexicon::shipped());
        parties.into_iter().map(|p| (p.name, p.kind, p.mentions.len())).collect()
    }

    fn mentions(text: &str, name: &str) -> usize {
        roll(text).into_iter().find(|(n, ..)| n == name).map_or(0, |(.., n)| n)
    }

    #[test]
    fn what_describes_a_name_is_no_part_of_it() {
        let text = "Ferry stops\nThe envoy to the United Nations Nikki Harrow met American Dominique Quill. \
                    Nikki Harrow and Dominique Quill said so.";
        assert_eq!(mentions(text, "Nikki Harrow"), 2);
        assert_eq!(mentions(text, "Dominique Quill"), 2);
    }

    #[test]
    fn a_surname_and_a_role_mean_the_person() {
        let text = "Dam leaks\nHarbour spokeswoman Ada Oduya came. Ms Oduya left. The spokeswoman was late.\n\
                    Mr. Quist, a diver, saw it.";
        assert_eq!(mentions(text, "Ada Oduya"), 3);
        assert_eq!(mentions(text, "Quist"), 1);
    }

    #[test]
    fn the_first_part_of_a_double_surname_means_the_person() {
        let text = "Dam leaks\nDefense Minister Tomas Duarte Falk came. Duarte said it leaks.";
        assert_eq!(mentions(text, "Tomas Duarte Falk"), 2);
        let given = "Dam leaks\nMinister Ada Maria Falk came. Maria Quist said it leaks.";
        assert_eq!(mentions(given, "Ada Maria Falk"), 1);
        let two = "Dam leaks\nTomas Duarte Falk came with Ada Duarte Holm. Duarte said it leaks.";
        assert_eq!(mentions(two, "Tomas Duarte Falk"), 1);
    }

    #[test]
    fn a_country_and_a_title_find_their_holder() {
        let text = "Talks\nRuritanian President Olaf Quist met Borduria's envoy. The Ruritanian president smiled.";
        assert_eq!(mentions(text, "Olaf Quist"), 2);
    }

    #[test]
    fn an_administration_is_no_person() {
        let text = "Talks\nPresident Olaf Quist slept. The Quist administration woke. The administration spoke.";
        assert_eq!(mentions(text, "Olaf Quist"), 1);
        assert_eq!(mentions(text, "Quist administration"), 2);
    }

    #[test]
    fn short_names_of_outlets_need_the_full_one() {
        let (name, short) = sample::outlet();
        let last = short.trim_start_matches("the ");
        let full = format!("Talks\n{name} wrote it. It is said that {short} did not say more.");
        assert_eq!(mentions(&full, name), 2);
        assert_eq!(mentions(&format!("Talks\nIt is said that {short} wrote it."), name), 0);
        assert_eq!(mentions(&format!("Talks\n{name} moved to {last} Square."), name), 1);
    }

    #[test]
    fn a_common_word_is_an_outlet_beside_a_cue() {
        let outlets = &Lexicon::shipped().outlets;
        let common = outlets.all().iter().find(|o| o.common && !o.name.contains(' '));
        let name = common.unwrap().name;
        for text in ["{} reported that it leaks.", "She told {} that it leaks."] {
            assert_eq!(
                mentions(&format!("Talks\n{}", text.replace("{}", name)), name),
                1,
                "{text}"
            );
        }
        for text in ["{} went by, she said.", "They met near {} Square.", "He sold {} to her."] {
            let text = format!("Talks\n{}", text.replace("{}", name));
            let found = roll(&text);
            assert!(found.iter().all(|(_, kind, _)| *kind != SourceKind::Outlet), "{found:?}");
        }
    }

    #[test]
    fn a_speaker_after_a_place_is_not_its_apposition() {
        assert_eq!(
            roll("Talks\nThey met by the sea at Crail, a source close to the talks said."),
            []
        );
    }

    #[test]
    fn the_first_word_of_a_sentence_is_no_name() {
        assert_eq!(roll("Talks\nMilitary men came. The military left. Critics waited."), []);
    }
}
