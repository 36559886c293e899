//! Source: whoever is cited anywhere in the collection.
//!
//! Parties of single articles become sources of the collection: the same outlet, agency, office,
//! document or person cited by two articles is one source. Unnamed sources are never merged across
//! articles here; a copy or a shared named report joins them later, in the [origins](crate::origin).

use headwater_page::{Page, Place, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::{Article, ArticleIx, Role};
use crate::fold;
use crate::lexicon::{Lexicon, OutletIx, OutletKind};
use crate::marks::Marks;
use crate::name::{Party, PartyIx, SourceKind, Unnamed};

/// Index into [`crate::Dossier::sources`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SourceIx(pub u32);

impl SourceIx {
    /// As an index.
    pub fn ix(self) -> usize {
        self.0 as usize
    }
}

/// Whoever is cited, credited, or publishes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// What sort.
    pub kind: SourceKind,
    /// Which sort of unnamed.
    pub unnamed: Option<Unnamed>,
    /// Its name in the lexicon or in its fullest form on the pages; the description, if unnamed.
    pub name: String,
    /// The outlet or agency of the lexicon.
    pub outlet: Option<OutletIx>,
    /// Articles of the collection that it published, in order: its own words are held.
    pub extant: Vec<ArticleIx>,
    /// Where it is first named, in the order of articles.
    pub place: Place,
}

/// The sources of a collection and who is who.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sources {
    /// All sources, in the order of first mention.
    pub all: Vec<Source>,
    /// For each article, the source of each of its parties.
    pub of_party: Vec<Vec<SourceIx>>,
    /// For each article, its publisher.
    pub publisher: Vec<Option<SourceIx>>,
    /// For each article, the source of each of its credits.
    pub of_credit: Vec<Vec<SourceIx>>,
    /// For each article, the paper that each of its citations takes the words from, where they were
    /// written: a statement, a post, a filing of whoever is cited.
    pub of_paper: Vec<Vec<Option<SourceIx>>>,
}

impl Sources {
    /// The source at `ix`.
    pub fn get(&self, ix: SourceIx) -> &Source {
        &self.all[ix.ix()]
    }

    /// The paper that a citation of `article` takes its words from: "in a statement".
    pub fn paper(&self, article: ArticleIx, citation: usize) -> Option<SourceIx> {
        self.of_paper.get(article.ix())?.get(citation).copied().flatten()
    }

    /// The source that `party` of `article` is.
    pub fn party(&self, article: ArticleIx, party: PartyIx) -> SourceIx {
        self.of_party[article.ix()][party.ix()]
    }
}

/// Joins the parties, publishers and credits of all articles into sources, in the order of articles
/// and, within one, publisher, credits, parties, papers ("in a statement": the statement of whoever
/// is cited).
///
/// A bare surname joins the one full name of the collection that ends in it; if several do, it
/// stays apart. Cost: linear in the number of parties.
pub fn sources(
    pages: &[Page],
    articles: &[Article],
    marks: &[Marks],
    lexicon: &Lexicon,
) -> Sources {
    let known = Known { full_names: full_names(marks), press: press(articles) };
    let mut joined = Joined { sources: Sources::default(), by_key: FxHashMap::default(), lexicon };
    for (at, (article, marks)) in articles.iter().zip(marks).enumerate() {
        let ix = ArticleIx(at as u32);
        let place = |span| Place { page: article.page, span };
        let publisher = article.publisher.as_ref().map(|publisher| {
            let at = place(publisher.span.unwrap_or(article.span));
            joined.outlet(&publisher.name, publisher.outlet, at)
        });
        let credits = article
            .credits
            .iter()
            .map(|credit| joined.outlet(&credit.name, credit.outlet, place(credit.span)))
            .collect::<Vec<_>>();
        let parties = marks
            .parties
            .iter()
            .enumerate()
            .map(|(n, party)| joined.party(ix, n, party, place, &known))
            .collect::<Vec<_>>();
        let firsthand = &lexicon.language(&article.language).firsthand;
        let text = &pages[article.page.ix()].text;
        let papers = marks.citations.iter().map(|citation| {
            let holder = parties[citation.source?.ix()];
            let public = citation.public.filter(|_| citation.told.is_none())?;
            joined.paper(holder, firsthand.paper(public.of(text))?, place(public))
        });
        let papers = papers.collect();
        if let Some(publisher) = publisher
            && !credits.contains(&publisher)
            && article.role != Role::Teaser
        {
            joined.sources.all[publisher.ix()].extant.push(ix);
        }
        joined.sources.publisher.push(publisher);
        joined.sources.of_credit.push(credits);
        joined.sources.of_party.push(parties);
        joined.sources.of_paper.push(papers);
    }
    joined.sources
}

/// What makes two parties one source.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Outlet(OutletIx),
    Named(Sort, String),
    /// An unnamed source, or a document without a name of its own: one an article.
    Own(ArticleIx, usize),
}

/// What sorts of parties can be one: an outlet may be marked as an agency by one page only.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Sort {
    Press,
    Person,
    Office,
    Document,
}

/// What the whole collection says of names.
struct Known {
    full_names: FxHashMap<String, Option<String>>,
    /// Keys of publishers and credits.
    press: FxHashSet<String>,
}

struct Joined<'a> {
    sources: Sources,
    by_key: FxHashMap<Key, SourceIx>,
    lexicon: &'a Lexicon,
}

impl Joined<'_> {
    fn outlet(&mut self, name: &str, outlet: Option<OutletIx>, place: Place) -> SourceIx {
        let outlet = outlet.or_else(|| self.lexicon.outlets.find(name));
        let (key, kind, name) = match outlet {
            Some(ix) => {
                let known = self.lexicon.outlets.get(ix);
                let kind = match known.kind {
                    OutletKind::Agency => SourceKind::Agency,
                    OutletKind::Outlet => SourceKind::Outlet,
                };
                (Key::Outlet(ix), kind, known.name)
            }
            None => (Key::Named(Sort::Press, self.press_key(name)), SourceKind::Outlet, name),
        };
        let name = name.to_owned();
        self.source(key, Source { kind, unnamed: None, name, outlet, extant: Vec::new(), place })
    }

    /// A press name as it is compared: "the Ostrand news agency" is "Ostrand".
    fn press_key(&self, name: &str) -> String {
        let key = fold::key(name);
        let languages = self.lexicon.languages.iter();
        languages.fold(key, |key, language| language.firsthand.without_tail(&key).to_owned())
    }

    fn party(
        &mut self,
        article: ArticleIx,
        n: usize,
        party: &Party,
        place: impl Fn(Span) -> Place,
        known: &Known,
    ) -> SourceIx {
        let at = place(party.mentions.first().copied().unwrap_or_default());
        let key = match party.kind {
            SourceKind::Outlet | SourceKind::Agency => {
                return self.outlet(&party.name, party.outlet, at);
            }
            // Whoever publishes or delivers in this collection is an outlet on every page.
            SourceKind::Person | SourceKind::Office
                if known.press.contains(&fold::key(&party.name)) =>
            {
                return self.outlet(&party.name, None, at);
            }
            SourceKind::Unnamed => Key::Own(article, n),
            SourceKind::Document if !is_title(&party.name) => Key::Own(article, n),
            SourceKind::Document => Key::Named(Sort::Document, fold::key(&party.name)),
            SourceKind::Office => Key::Named(Sort::Office, fold::key(&party.name)),
            SourceKind::Person => {
                let key = person_key(&party.name);
                let full = known.full_names.get(&key).cloned().flatten();
                Key::Named(Sort::Person, full.unwrap_or(key))
            }
        };
        let Party { kind, unnamed, name, outlet, .. } = party;
        let ix = self.source(
            key,
            Source {
                kind: *kind,
                unnamed: *unnamed,
                name: name.clone(),
                outlet: *outlet,
                extant: Vec::new(),
                place: at,
            },
        );
        // The fullest form on any page names the person; of equally full ones the first in order of
        // letters, so that the order of pages does not show.
        let printed = &mut self.sources.all[ix.ix()].name;
        let fuller = |name: &str| (std::cmp::Reverse(name.split(' ').count()), name.to_owned());
        if party.kind == SourceKind::Person && fuller(&party.name) < fuller(printed) {
            printed.clone_from(&party.name);
        }
        ix
    }

    /// The paper of a person or an office: "Ada Oduya: statement". Reports are no papers.
    fn paper(&mut self, holder: SourceIx, sort: &str, place: Place) -> Option<SourceIx> {
        let of = self.sources.get(holder);
        if !matches!(of.kind, SourceKind::Person | SourceKind::Office) {
            return None;
        }
        let name = format!("{}: {sort}", of.name);
        let key = Key::Named(Sort::Document, fold::key(&name));
        let (kind, extant) = (SourceKind::Document, Vec::new());
        Some(self.source(key, Source { kind, unnamed: None, name, outlet: None, extant, place }))
    }

    fn source(&mut self, key: Key, source: Source) -> SourceIx {
        let next = SourceIx(self.sources.all.len() as u32);
        let ix = *self.by_key.entry(key).or_insert(next);
        if ix == next {
            self.sources.all.push(source);
        }
        ix
    }
}

/// First and last word: middle names and initials come and go between house styles.
fn person_key(name: &str) -> String {
    let key = fold::key(name);
    let words = key.split(' ').collect::<Vec<_>>();
    match words.as_slice() {
        [] | [_] => key,
        [first, .., last] => format!("{first} {last}"),
    }
}

/// Keys of all who publish or deliver.
fn press(articles: &[Article]) -> FxHashSet<String> {
    let publishers = articles.iter().filter_map(|article| article.publisher.as_ref());
    let credits = articles.iter().flat_map(|article| &article.credits);
    let names = publishers.map(|publisher| &publisher.name).chain(credits.map(|c| &c.name));
    names.map(|name| fold::key(name)).collect()
}

/// For each surname, the one full name that ends in it; `None` if several do.
fn full_names(marks: &[Marks]) -> FxHashMap<String, Option<String>> {
    let mut of = FxHashMap::<String, Option<String>>::default();
    let people = marks.iter().flat_map(|marks| &marks.parties);
    for party in people.filter(|party| party.kind == SourceKind::Person) {
        let key = person_key(&party.name);
        let Some((_, surname)) = key.split_once(' ') else { continue };
        let known = of.entry(surname.to_owned()).or_insert_with(|| Some(key.clone()));
        if known.as_ref().is_some_and(|known| *known != key) {
            *known = None;
        }
    }
    of
}

/// Whether a document goes by a name ("Article 12 of the constitution") and not by what it is
/// ("a study", "court papers").
pub(crate) fn is_title(name: &str) -> bool {
    let mut words = name.split(' ').filter(|word| fold::key(word) != "the");
    words.any(|word| word.starts_with(char::is_uppercase))
}
