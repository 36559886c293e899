//! Renumber: what was found before more pages came, under the numbers that it has now.

use headwater_page::{PageIx, Place};
use rustc_hash::FxHashMap;

use crate::article::ArticleIx;
use crate::claim::{Claim, Stating};
use crate::difference::Difference;
use crate::dossier::Dossier;
use crate::evidence::Evidence;
use crate::origin::{Doubt, Of, Origins, Root};
use crate::reuse::{Edit, Passage, Reason, Reuse};
use crate::source::{Source, SourceIx, Sources};
use crate::stemma::{Carrier, Derivation, Stemma, Witness};
use crate::story::Story;
use crate::timeline::Happening;
use crate::utterance::{Utterance, Version};

/// New numbers of old pages and articles; none for those that a new capture replaced. Both keep their
/// order.
#[derive(Debug)]
pub(super) struct Renumber {
    pages: Vec<Option<PageIx>>,
    articles: Vec<Option<ArticleIx>>,
}

impl Renumber {
    /// No new numbers yet.
    pub(super) fn new(old: &Dossier) -> Self {
        Self { pages: vec![None; old.furniture.len()], articles: vec![None; old.articles.len()] }
    }

    pub(super) fn page(&mut self, was: PageIx, now: PageIx) {
        self.pages[was.ix()] = Some(now);
    }

    pub(super) fn article(&mut self, was: ArticleIx, now: ArticleIx) {
        self.articles[was.ix()] = Some(now);
    }

    /// The new number of an article.
    pub(super) fn now(&self, was: ArticleIx) -> Option<ArticleIx> {
        self.articles.get(was.ix()).copied().flatten()
    }

    /// The old stories by the new numbers of their articles; those that lost one are left out.
    pub(super) fn stories<'a>(&self, old: &'a Dossier) -> FxHashMap<Vec<ArticleIx>, &'a Story> {
        let of = |story: &'a Story| {
            let articles = story.articles.iter().map(|ix| self.articles[ix.ix()]);
            Some((articles.collect::<Option<Vec<_>>>()?, story))
        };
        old.stories.iter().filter_map(of).collect()
    }

    /// An old story under its new numbers, if all that it was told from is as it was: who is who among
    /// its articles, in the same order, and what they share. What pages and articles say does not
    /// change.
    pub(super) fn kept(&self, old: &Dossier, was: &Story, now: Evidence<'_>) -> Option<Story> {
        let sources = self.sources(&old.sources, &was.articles, now)?;
        let numbers = Numbers { pages: &self.pages, articles: &self.articles, sources };
        let before = was.articles.iter().flat_map(|&ix| from(&old.reuses, ix));
        let before =
            before.filter(|reuse| was.articles.binary_search(&reuse.right_article).is_ok());
        let held = was.articles.iter().map(|&ix| numbers.article(ix));
        let held = held.collect::<Option<Vec<_>>>()?;
        let after = held.iter().flat_map(|&ix| now.reuses_from(ix));
        let mut after = after.filter(|reuse| held.binary_search(&reuse.right_article).is_ok());
        for reuse in before {
            if after.next() != Some(&numbers.reuse(reuse)?) {
                return None;
            }
        }
        if after.next().is_some() { None } else { numbers.story(was) }
    }

    /// New numbers of the sources of some articles, if these are the same as before and stand in the
    /// same order, by number and by where they are first named.
    fn sources(
        &self,
        old: &Sources,
        articles: &[ArticleIx],
        now: Evidence<'_>,
    ) -> Option<FxHashMap<SourceIx, SourceIx>> {
        let mut pairs = Vec::new();
        // Places of sources and articles as they were, under new numbers, and as they are.
        let mut places = Vec::new();
        for &was in articles {
            let ix = self.articles[was.ix()]?;
            let lists = |of: &Sources, ix: ArticleIx| {
                let publisher = of.publisher[ix.ix()].map(|publisher| vec![publisher]);
                [
                    of.of_party[ix.ix()].clone(),
                    publisher.unwrap_or_default(),
                    of.of_credit[ix.ix()].clone(),
                ]
            };
            for (before, after) in lists(old, was).into_iter().zip(lists(now.sources, ix)) {
                if before.len() != after.len() {
                    return None;
                }
                pairs.extend(before.into_iter().zip(after));
            }
            let place = now.place(ix, now.article(ix).span);
            places.push((place, place));
        }
        pairs.sort_unstable();
        pairs.dedup();
        if !pairs.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1) {
            return None;
        }
        for &(was, now_ix) in &pairs {
            let (was, is) = (old.get(was), now.source(now_ix));
            let named = |source: &Source| (source.kind, source.unnamed, source.outlet);
            if named(was) != named(is) || was.name != is.name {
                return None;
            }
            let page = self.pages[was.place.page.ix()]?;
            places.push((Place { page, ..was.place }, is.place));
        }
        places.sort_unstable();
        let same = places.windows(2).all(|two| two[0].0.cmp(&two[1].0) == two[0].1.cmp(&two[1].1));
        same.then(|| pairs.into_iter().collect())
    }
}

/// The reuses whose left article is `left`.
fn from(reuses: &[Reuse], left: ArticleIx) -> &[Reuse] {
    let start = reuses.partition_point(|reuse| reuse.left_article < left);
    let rest = &reuses[start..];
    &rest[..rest.partition_point(|reuse| reuse.left_article == left)]
}

/// All numbers that a story uses.
struct Numbers<'a> {
    pages: &'a [Option<PageIx>],
    articles: &'a [Option<ArticleIx>],
    sources: FxHashMap<SourceIx, SourceIx>,
}

/// Each of `all`, renumbered; none if one has no number any more.
fn each<T, R>(all: &[T], new: impl Fn(&T) -> Option<R>) -> Option<Vec<R>> {
    all.iter().map(new).collect()
}

impl Numbers<'_> {
    fn article(&self, ix: ArticleIx) -> Option<ArticleIx> {
        self.articles[ix.ix()]
    }

    fn articles(&self, all: &[ArticleIx]) -> Option<Vec<ArticleIx>> {
        each(all, |&ix| self.article(ix))
    }

    fn source(&self, ix: SourceIx) -> Option<SourceIx> {
        self.sources.get(&ix).copied()
    }

    fn place(&self, place: Place) -> Option<Place> {
        Some(Place { page: self.pages[place.page.ix()]?, ..place })
    }

    fn places(&self, all: &[Place]) -> Option<Vec<Place>> {
        each(all, |&place| self.place(place))
    }

    fn reasons(&self, all: &[Reason]) -> Option<Vec<Reason>> {
        each(all, |Reason { why, places }| {
            Some(Reason { why: why.clone(), places: self.places(places)? })
        })
    }

    fn reuse(&self, reuse: &Reuse) -> Option<Reuse> {
        let edit =
            |edit: &Edit| Some(Edit { was: self.place(edit.was)?, is: self.place(edit.is)? });
        let passage = |Passage { left, right, edits }: &Passage| {
            let (left, right) = (self.place(*left)?, self.place(*right)?);
            Some(Passage { left, right, edits: each(edits, edit)? })
        };
        let Reuse { left_article, right_article, passages, reasons, .. } = reuse;
        Some(Reuse {
            left_article: self.article(*left_article)?,
            right_article: self.article(*right_article)?,
            passages: each(passages, passage)?,
            reasons: self.reasons(reasons)?,
            ..*reuse
        })
    }

    fn story(&self, story: &Story) -> Option<Story> {
        let Story { title, topics, articles, texts, n_pages, when, central, .. } = story;
        let Story { stemma, utterances, claims, timeline, origins, .. } = story;
        let happening = |Happening { when, moment, articles, places }: &Happening| {
            let (articles, places) = (self.articles(articles)?, self.places(places)?);
            Some(Happening { when: *when, moment: *moment, articles, places })
        };
        let origins = match origins {
            Some(origins) => Some(self.origins(origins)?),
            None => None,
        };
        Some(Story {
            title: self.place(*title)?,
            topics: self.places(topics)?,
            articles: self.articles(articles)?,
            texts: each(texts, |text| self.articles(text))?,
            n_pages: *n_pages,
            when: *when,
            stemma: self.stemma(stemma)?,
            utterances: each(utterances, |utterance| self.utterance(utterance))?,
            claims: each(claims, |claim| self.claim(claim))?,
            timeline: each(timeline, happening)?,
            central: *central,
            origins,
        })
    }

    fn stemma(&self, Stemma { witnesses, derivations, circles }: &Stemma) -> Option<Stemma> {
        let carrier = |carrier: Carrier| {
            Some(match carrier {
                Carrier::Extant(ix) => Carrier::Extant(self.article(ix)?),
                Carrier::Lost(source) => Carrier::Lost(self.source(source)?),
                Carrier::Inferred(ix) => Carrier::Inferred(self.article(ix)?),
            })
        };
        let witness = |witness: &Witness| {
            let siglum = witness.siglum.clone();
            Some(Witness { siglum, carrier: carrier(witness.carrier)? })
        };
        let derivation = |derivation: &Derivation| {
            let Derivation { child, parent, tie, reasons, doubt } = derivation;
            let (child, parent, tie) = (*child, *parent, *tie);
            let reasons = self.reasons(reasons)?;
            Some(Derivation { child, parent, tie, reasons, doubt: doubt.clone() })
        };
        let circles = circles.clone();
        let witnesses = each(witnesses, witness)?;
        Some(Stemma { witnesses, derivations: each(derivations, derivation)?, circles })
    }

    fn utterance(&self, Utterance { speaker, versions }: &Utterance) -> Option<Utterance> {
        let version = |version: &Version| {
            let Version { article, quote, place, change } = *version;
            let (article, place) = (self.article(article)?, self.place(place)?);
            Some(Version { article, quote, place, change })
        };
        let speaker = match speaker {
            Some(speaker) => Some(self.source(*speaker)?),
            None => None,
        };
        Some(Utterance { speaker, versions: each(versions, version)? })
    }

    fn claim(&self, Claim { text, statements, differences, origins }: &Claim) -> Option<Claim> {
        let stating = |stating: &Stating| {
            let Stating { article, statement, place, stance, attributed, chain } = stating;
            Some(Stating {
                article: self.article(*article)?,
                statement: *statement,
                place: self.place(*place)?,
                stance: *stance,
                attributed: each(attributed, |&source| self.source(source))?,
                chain: chain.clone(),
            })
        };
        let difference = |difference: &Difference| {
            let Difference { kind, left, right, grade } = *difference;
            let (left, right) = (self.place(left)?, self.place(right)?);
            Some(Difference { kind, left, right, grade })
        };
        Some(Claim {
            text: self.place(*text)?,
            statements: each(statements, stating)?,
            differences: each(differences, difference)?,
            origins: self.origins(origins)?,
        })
    }

    fn origins(&self, origins: &Origins) -> Option<Origins> {
        let Origins { least, most, n_unnamed, roots, doubts, unsourced } = origins;
        let root = |root: &Root| {
            let Root { of, kind, unnamed, sure, carried_by, places } = root;
            let of = match *of {
                Of::Source(source) => Of::Source(self.source(source)?),
                Of::Article(ix) => Of::Article(self.article(ix)?),
            };
            let (kind, unnamed, sure) = (*kind, *unnamed, *sure);
            let (carried_by, places) = (self.articles(carried_by)?, self.places(places)?);
            Some(Root { of, kind, unnamed, sure, carried_by, places })
        };
        let doubt = |doubt: &Doubt| {
            let Doubt { effect, roots, why, settles, places } = doubt.clone();
            Some(Doubt { effect, roots, why, settles, places: self.places(&places)? })
        };
        Some(Origins {
            least: *least,
            most: *most,
            n_unnamed: *n_unnamed,
            roots: each(roots, root)?,
            doubts: each(doubts, doubt)?,
            unsourced: *unsourced,
        })
    }
}
