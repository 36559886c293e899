//! Collection: pages as they come, and the dossier of all that came so far.
//!
//! An added page is read and marked once. Who is who, what articles share and which belong together
//! is found anew, for any page may change it anywhere; that is linear and cheap. A story is told anew
//! only if something that it is told from has changed; else it is taken over under the new numbers.

mod renumber;

use headwater_page::{Page, PageIx, Skipped, Span};

use crate::article::{self, Article, ArticleIx};
use crate::cluster::{self, Clusters, Known, Work};
use crate::dossier::Dossier;
use crate::furniture;
use crate::lexicon::Lexicon;
use crate::marks::{self, Marks};
use crate::par;
use crate::story;

use self::renumber::Renumber;

/// Pages that came so far, with their dossier.
#[derive(Debug)]
pub struct Collection<'a> {
    lexicon: &'a Lexicon,
    dossier: Dossier,
    /// What clustering found.
    known: Known,
}

/// How much an add had to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Added {
    /// Pages that were read and marked.
    pub pages: usize,
    /// What was found anew about which belong together.
    pub clustered: Work,
    /// Stories that were told anew.
    pub told: usize,
    /// Stories that were taken over.
    pub kept: usize,
}

impl<'a> Collection<'a> {
    /// No pages. All that are added are read with this lexicon.
    pub fn new(lexicon: &'a Lexicon) -> Self {
        Self { lexicon, dossier: Dossier::default(), known: Known::default() }
    }

    /// The dossier of all pages that were added: what [`crate::trace`] finds in them at once, whatever
    /// they were added with and in which order.
    pub fn dossier(&self) -> &Dossier {
        &self.dossier
    }

    /// The same, without the collection.
    pub fn into_dossier(self) -> Dossier {
        self.dossier
    }

    /// Adds pages and what was not read beside them. Pages that are here already change nothing.
    ///
    /// Cost: marking the new pages, clustering and telling the stories that they touch, and matching the whole
    /// collection. Never fails.
    pub fn add(&mut self, pages: Vec<Page>, mut skipped: Vec<Skipped>) -> Added {
        let lexicon = self.lexicon;
        let mut old = std::mem::take(&mut self.dossier);
        skipped.append(&mut old.skipped);
        skipped.sort();
        skipped.dedup();

        let (pages, was) = merged(std::mem::take(&mut old.pages), pages);
        let (found, numbers) = self.found(&pages, &was, &mut old);
        let Found { furniture, articles, marks } = found;
        let dossier = Dossier { pages, furniture, articles, marks, skipped, ..Dossier::default() };
        let mut dossier = dossier.compared(lexicon);
        let evidence = dossier.evidence(lexicon);
        self.known = std::mem::take(&mut self.known).renumbered(|was| numbers.now(was));
        let (clusters, clustered) = cluster::clustered(evidence, &mut self.known);
        let Clusters { stories: told, related } = clusters;
        let known = numbers.stories(&old);
        let stories = par::map(&told, |articles| {
            let kept = known.get(articles).and_then(|was| numbers.kept(&old, was, evidence));
            (kept.is_some(), kept.unwrap_or_else(|| story::story(evidence, articles.clone())))
        });
        let kept = stories.iter().filter(|(kept, _)| *kept).count();
        let n_read = was.iter().filter(|was| was.is_none()).count();
        let added = Added { pages: n_read, clustered, told: stories.len() - kept, kept };
        dossier.stories = stories.into_iter().map(|(_, story)| story).collect();
        dossier.related = related;
        self.dossier = dossier;
        added
    }

    /// What stands on each page, read and marked if it was not before, and the new numbers of what was.
    fn found(
        &self,
        pages: &[Page],
        was: &[Option<PageIx>],
        old: &mut Dossier,
    ) -> (Found, Renumber) {
        let lexicon = self.lexicon;
        let fresh = (0..).map(PageIx).zip(was).filter(|(_, was)| was.is_none());
        let fresh = fresh.map(|(ix, _)| ix).collect::<Vec<_>>();
        let read = par::map(&fresh, |&ix| {
            let page = &pages[ix.ix()];
            let articles = article::segment(page, ix, lexicon);
            let furniture = furniture::furniture(page, &articles);
            let marks = |article| marks::annotate(page, article, lexicon);
            let marks = articles.iter().map(marks).collect();
            OfPage { furniture, first: 0, articles, marks }
        });
        let mut numbers = Renumber::new(old);
        let (mut read, mut held) = (read.into_iter(), held(old));
        let mut found = Found::default();
        for (ix, was) in (0..).map(PageIx).zip(was) {
            let mut of_page = match was {
                Some(was) => std::mem::take(&mut held[was.ix()]),
                None => read.next().unwrap_or_default(),
            };
            if let Some(was) = was {
                numbers.page(*was, ix);
                for n in 0..of_page.articles.len() {
                    let now = ArticleIx((found.articles.len() + n) as u32);
                    numbers.article(ArticleIx(of_page.first + n as u32), now);
                }
            }
            of_page.articles.iter_mut().for_each(|article| article.page = ix);
            found.furniture.push(of_page.furniture);
            found.articles.append(&mut of_page.articles);
            found.marks.append(&mut of_page.marks);
        }
        (found, numbers)
    }
}

/// What stands on all pages.
#[derive(Default)]
struct Found {
    furniture: Vec<Vec<Span>>,
    articles: Vec<Article>,
    marks: Vec<Marks>,
}

/// What stands on one page.
#[derive(Default)]
struct OfPage {
    furniture: Vec<Span>,
    /// The number of its first article.
    first: u32,
    articles: Vec<Article>,
    marks: Vec<Marks>,
}

/// Old and new pages in the order of their ids, each once, and the old number of those that had one. Of
/// two captures of one page the one whose file comes first in order is kept.
fn merged(old: Vec<Page>, new: Vec<Page>) -> (Vec<Page>, Vec<Option<PageIx>>) {
    let old = (0..).map(PageIx).zip(old).map(|(ix, page)| (page, Some(ix)));
    let mut all = old.chain(new.into_iter().map(|page| (page, None))).collect::<Vec<_>>();
    all.sort_by(|(a, _), (b, _)| (a.id, &a.capture.file).cmp(&(b.id, &b.capture.file)));
    all.dedup_by_key(|(page, _)| page.id);
    all.into_iter().unzip()
}

/// What stands on each of the old pages.
fn held(old: &mut Dossier) -> Vec<OfPage> {
    let furniture = std::mem::take(&mut old.furniture).into_iter();
    let mut held =
        furniture.map(|furniture| OfPage { furniture, ..OfPage::default() }).collect::<Vec<_>>();
    let articles = std::mem::take(&mut old.articles).into_iter();
    for (ix, (article, marks)) in (0..).zip(articles.zip(std::mem::take(&mut old.marks))) {
        let of_page = &mut held[article.page.ix()];
        if of_page.articles.is_empty() {
            of_page.first = ix;
        }
        of_page.articles.push(article);
        of_page.marks.push(marks);
    }
    held
}

#[cfg(test)]
mod tests;
