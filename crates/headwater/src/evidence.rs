//! Evidence: all that the stages before the stories found, as one borrowed value.

use headwater_page::{Page, Place, Span};

use crate::article::{Article, ArticleIx};
use crate::lexicon::{Language, Lexicon};
use crate::marks::Marks;
use crate::reuse::Reuse;
use crate::source::{Source, SourceIx, Sources};

/// Pages, articles, marks, sources and reuses of one collection.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// Pages in the order of their ids.
    pub pages: &'a [Page],
    /// Articles in the order of page, then first byte.
    pub articles: &'a [Article],
    /// For each article, what is marked in it.
    pub marks: &'a [Marks],
    /// Whoever is cited.
    pub sources: &'a Sources,
    /// What articles share, by left, then right.
    pub reuses: &'a [Reuse],
    /// What the language and the trade hold.
    pub lexicon: &'a Lexicon,
}

impl<'a> Evidence<'a> {
    /// The article at `ix`.
    pub fn article(&self, ix: ArticleIx) -> &'a Article {
        &self.articles[ix.ix()]
    }

    /// What is marked in it.
    pub fn marks(&self, ix: ArticleIx) -> &'a Marks {
        &self.marks[ix.ix()]
    }

    /// The text of its page.
    pub fn text(&self, ix: ArticleIx) -> &'a str {
        &self.pages[self.article(ix).page.ix()].text
    }

    /// The language it is written in.
    pub fn language(&self, ix: ArticleIx) -> &'a Language {
        self.lexicon.language(&self.article(ix).language)
    }

    /// A span of its page as a place.
    pub fn place(&self, ix: ArticleIx, span: Span) -> Place {
        Place { page: self.article(ix).page, span }
    }

    /// The words at `place`.
    pub fn words(&self, place: Place) -> &'a str {
        place.span.of(&self.pages[place.page.ix()].text)
    }

    /// The source at `ix`.
    pub fn source(&self, ix: SourceIx) -> &'a Source {
        self.sources.get(ix)
    }

    /// The reuses whose left article is `left`, by right article. Cost: the logarithm of their number,
    /// so that a story pays for its own.
    pub fn reuses_from(&self, left: ArticleIx) -> &'a [Reuse] {
        let start = self.reuses.partition_point(|reuse| reuse.left_article < left);
        let rest = &self.reuses[start..];
        &rest[..rest.partition_point(|reuse| reuse.left_article == left)]
    }

    /// All reuses of one pair, left before right. Cost: the logarithm of their number.
    pub fn reuses_of(&self, left: ArticleIx, right: ArticleIx) -> &'a [Reuse] {
        let reuses = self.reuses_from(left);
        let start = reuses.partition_point(|reuse| reuse.right_article < right);
        let end = reuses.partition_point(|reuse| reuse.right_article <= right);
        &reuses[start..end]
    }

    /// Headline and body, in order.
    pub fn read(&self, ix: ArticleIx) -> Vec<Span> {
        let article = self.article(ix);
        article.headline.iter().chain(&article.paragraphs).copied().collect()
    }
}
