//! Dossier: everything found in a collection, as an inert value.

use headwater_page::{Page, PageIx, Place, Skipped, Span};

use crate::article::{self, Article, ArticleIx};
use crate::cluster::{self, Clusters, Related};
use crate::evidence::Evidence;
use crate::furniture;
use crate::lexicon::Lexicon;
use crate::marks::{self, Marks};
use crate::par;
use crate::reuse::{self, Reuse};
use crate::source::{self, Sources};
use crate::story::{self, Story};

/// Everything found in a collection. Indices point into this value's own lists.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Dossier {
    /// Pages in the order of their ids, each once.
    pub pages: Vec<Page>,
    /// For each page, the words that belong to no article.
    pub furniture: Vec<Vec<Span>>,
    /// Articles in the order of page, then first byte.
    pub articles: Vec<Article>,
    /// For each article, what is marked in it.
    pub marks: Vec<Marks>,
    /// Whoever is cited.
    pub sources: Sources,
    /// What articles share.
    pub reuses: Vec<Reuse>,
    /// Stories: those with the most articles first, then in the order of their first article.
    pub stories: Vec<Story>,
    /// For each story, which others are near it, the nearest first; three at most.
    pub related: Vec<Vec<Related>>,
    /// What was not read.
    pub skipped: Vec<Skipped>,
}

impl Dossier {
    /// The words at `place`.
    pub fn words(&self, place: Place) -> &str {
        self.pages[place.page.ix()].words(place.span)
    }

    /// The page of `article`.
    pub fn page_of(&self, article: ArticleIx) -> &Page {
        &self.pages[self.articles[article.ix()].page.ix()]
    }

    /// A span of `article`'s page as a place.
    pub fn place(&self, article: ArticleIx, span: Span) -> Place {
        Place { page: self.articles[article.ix()].page, span }
    }

    /// All that its stages found, borrowed. `lexicon` is the one that it was traced with.
    pub fn evidence<'a>(&'a self, lexicon: &'a Lexicon) -> Evidence<'a> {
        Evidence {
            pages: &self.pages,
            articles: &self.articles,
            marks: &self.marks,
            sources: &self.sources,
            reuses: &self.reuses,
            lexicon,
        }
    }

    /// The same with who is who and what its articles share.
    pub(crate) fn compared(mut self, lexicon: &Lexicon) -> Self {
        let (pages, articles, marks) = (&self.pages, &self.articles, &self.marks);
        self.sources = source::sources(pages, articles, marks, lexicon);
        self.reuses = reuse::reuses(pages, articles, marks, lexicon);
        self
    }

    /// An article's name: its page's id and its first byte, so that adding pages renames nothing.
    pub fn article_id(&self, article: ArticleIx) -> String {
        format!("{}-{}", self.page_of(article).id, self.articles[article.ix()].span.start)
    }
}

/// One page with its articles and its furniture, as a dossier that holds nothing else: what can be
/// said of a page without its collection. Linear in the page. Never fails.
pub fn segmented(page: Page, lexicon: &Lexicon) -> Dossier {
    let articles = article::segment(&page, PageIx(0), lexicon);
    let furniture = vec![furniture::furniture(&page, &articles)];
    Dossier { pages: vec![page], furniture, articles, ..Dossier::default() }
}

/// The whole line: pages to dossier. The order of `pages` and repeated pages do not matter. Never
/// fails.
pub fn trace(mut pages: Vec<Page>, mut skipped: Vec<Skipped>, lexicon: &Lexicon) -> Dossier {
    pages.sort_by(|a, b| (a.id, &a.capture.file).cmp(&(b.id, &b.capture.file)));
    pages.dedup_by_key(|page| page.id);
    skipped.sort();
    skipped.dedup();

    let at = (0..pages.len() as u32).map(PageIx).collect::<Vec<_>>();
    let by_page = par::map(&at, |&ix| article::segment(&pages[ix.ix()], ix, lexicon));
    let furniture =
        at.iter().map(|ix| furniture::furniture(&pages[ix.ix()], &by_page[ix.ix()])).collect();
    let articles = by_page.into_iter().flatten().collect::<Vec<_>>();
    let marks =
        par::map(&articles, |article| marks::annotate(&pages[article.page.ix()], article, lexicon));
    let dossier = Dossier { pages, furniture, articles, marks, skipped, ..Dossier::default() };
    let mut dossier = dossier.compared(lexicon);
    let evidence = dossier.evidence(lexicon);
    let Clusters { stories: told, related } = cluster::cluster(evidence);
    let stories = par::map(&told, |articles| story::story(evidence, articles.clone()));
    (dossier.stories, dossier.related) = (stories, related);
    dossier
}
