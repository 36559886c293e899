//! Site: the names of the files, and every link between them.
//!
//! A link to words goes to the bytes of an article's file. Who makes such a link asks for an anchor;
//! the articles are written last, with every anchor that was asked for.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use headwater::reuse::Reuse;
use headwater::source::SourceIx;
use headwater::{ArticleIx, Dossier, Place, Span};

use super::escape::Html;
use crate::id::Ids;
use crate::plain::paper::{self, shown};
use crate::plain::view::View;

pub(super) struct Site<'a> {
    pub(super) dossier: &'a Dossier,
    pub(super) ids: Ids<'a>,
    /// By story.
    pub(super) views: Vec<View<'a>>,
    /// By article; none for what no story has, as teasers.
    pub(super) story_of: Vec<Option<usize>>,
    /// By article: indices of what it shares.
    reuses: Vec<Vec<usize>>,
    /// Bytes of the folder that all files lie in: a report does not tell where its pages were kept.
    folder: usize,
    asked: RefCell<Asked>,
}

/// Letters that stand side by side before the others are folded, and how many are not worth a fold.
const LETTERS: usize = 12;
const LETTERS_LEFT: usize = 4;

/// What links lead to.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(super) struct Asked {
    /// Spans by article; none for an article that is linked as a whole only.
    pub(super) spans: BTreeMap<ArticleIx, BTreeSet<Span>>,
    pub(super) sources: BTreeSet<SourceIx>,
}

impl<'a> Site<'a> {
    pub(super) fn new(dossier: &'a Dossier) -> Self {
        let mut story_of = vec![None; dossier.articles.len()];
        for (ix, story) in dossier.stories.iter().enumerate() {
            for article in &story.articles {
                story_of[article.ix()].get_or_insert(ix);
            }
        }
        let views = (0..dossier.stories.len()).map(|ix| View::new(dossier, ix)).collect();
        let mut reuses = vec![Vec::new(); dossier.articles.len()];
        for (nth, reuse) in dossier.reuses.iter().enumerate() {
            reuses[reuse.left_article.ix()].push(nth);
            reuses[reuse.right_article.ix()].push(nth);
        }
        let asked = RefCell::default();
        let folder = folder(dossier);
        Self { dossier, ids: Ids::new(dossier), views, story_of, reuses, folder, asked }
    }

    /// The file of a page, and the record in it if the file holds several.
    pub(super) fn file(&self, page: headwater::PageIx) -> String {
        let capture = &self.dossier.pages[page.ix()].capture;
        let file = shown(self.short(&capture.file));
        if capture.record.is_empty() { file } else { format!("{file}, {}", shown(&capture.record)) }
    }

    /// A file's name without the folder that all files lie in.
    pub(super) fn short<'f>(&self, file: &'f str) -> &'f str {
        file.get(self.folder..).unwrap_or(file)
    }

    /// The view of the story that has `article`.
    pub(super) fn view_of(&self, article: ArticleIx) -> Option<&View<'a>> {
        self.story_of[article.ix()].map(|ix| &self.views[ix])
    }

    pub(super) fn story_file(&self, story: usize) -> String {
        format!("story-{}.html", self.ids.story(story))
    }

    pub(super) fn compare_file(&self, story: usize) -> String {
        format!("compare-{}.html", self.ids.story(story))
    }

    pub(super) fn article_file(&self, article: ArticleIx) -> String {
        self.asked.borrow_mut().spans.entry(article).or_default();
        format!("article-{}.html", self.dossier.article_id(article))
    }

    /// Where a source stands among all sources.
    pub(super) fn source_link(&self, source: SourceIx) -> String {
        self.asked.borrow_mut().sources.insert(source);
        format!("sources.html#{}", self.ids.source(source))
    }

    /// The words at a place: file and anchor. None for a page on which no article was found.
    pub(super) fn link(&self, place: Place) -> Option<String> {
        Some(self.link_in(self.home(place)?, place.span))
    }

    /// A span of `article`'s page in that article's file, even if it stands outside of the article:
    /// a date that the page gives for it.
    pub(super) fn link_in(&self, article: ArticleIx, span: Span) -> String {
        let file = self.article_file(article);
        self.asked.borrow_mut().spans.entry(article).or_default().insert(span);
        format!("{file}#{}", anchor(span))
    }

    /// Everything that links were made to so far.
    pub(super) fn asked(&self) -> Asked {
        self.asked.borrow().clone()
    }

    /// Whether a span outside of all articles is shown with `article`.
    pub(super) fn is_beside(&self, article: ArticleIx, span: Span) -> bool {
        let page = self.dossier.articles[article.ix()].page;
        self.home(Place { page, span }) == Some(article)
    }

    /// The articles of a page, in order.
    pub(super) fn on_page(&self, page: headwater::PageIx) -> impl Iterator<Item = ArticleIx> {
        let articles = &self.dossier.articles;
        let first = articles.partition_point(|it| it.page < page);
        let end = articles.partition_point(|it| it.page <= page);
        (first..end).map(|ix| ArticleIx(ix as u32))
    }

    /// What `article` shares with others, in the order of the dossier.
    pub(super) fn reuses_of(&self, article: ArticleIx) -> impl Iterator<Item = &'a Reuse> {
        self.reuses[article.ix()].iter().map(|&nth| &self.dossier.reuses[nth])
    }

    /// In whose file a place is shown: the smallest article around it; outside of articles the one
    /// before it, else the first of the page.
    fn home(&self, place: Place) -> Option<ArticleIx> {
        let span = |ix: ArticleIx| self.dossier.articles[ix.ix()].span;
        let around = self.on_page(place.page).filter(|&ix| span(ix).contains(place.span));
        let before = || {
            let before = self.on_page(place.page);
            before.filter(|&ix| span(ix).start <= place.span.start).last()
        };
        let smallest = around.min_by_key(|&ix| (span(ix).len(), ix));
        smallest.or_else(before).or_else(|| self.on_page(place.page).next())
    }

    /// A page's words in quotation marks, cut to `limit` characters, linked to their bytes.
    pub(super) fn quoted(&self, out: &mut Html, place: Place, limit: usize) {
        let words = paper::quoted(self.dossier.words(place), limit);
        out.link("said", self.link(place).as_deref(), &words);
    }

    /// "B 77–105", linked.
    pub(super) fn bytes(&self, out: &mut Html, view: &View<'_>, place: Place) {
        let Some(link) = self.link(place) else { return };
        out.raw("<a class=\"place\"").attr("href", &link);
        out.attr("title", &self.file(place.page)).raw(">");
        if let Some(siglum) = view.siglum_at(place) {
            out.text(&siglum).raw(" ");
        }
        out.num(place.span.start).raw("–").num(place.span.end).raw("</a>");
    }

    /// The letter of an article of `view`'s story, linked to the article.
    pub(super) fn siglum(&self, out: &mut Html, view: &View<'_>, article: ArticleIx) {
        out.raw("<a class=\"sig\"").attr("href", &self.article_file(article));
        out.attr("title", &view.dated(article)).raw(">");
        out.text(&view.siglum(article)).raw("</a>");
    }

    /// Letters side by side.
    pub(super) fn sigla(&self, out: &mut Html, view: &View<'_>, articles: &[ArticleIx]) {
        let mut articles = articles.to_vec();
        articles.sort_unstable();
        articles.dedup();
        letters(out, articles.len(), |out, nth| self.siglum(out, view, articles[nth]));
    }

    /// A source by name, with its Greek letter if it is a witness that is not here.
    pub(super) fn source(&self, out: &mut Html, view: &View<'_>, source: SourceIx) {
        if let Some(letter) = view.lost(source) {
            out.raw("<a class=\"sig lost\"").attr("href", &self.source_link(source)).raw(">");
            out.text(letter).raw("</a> ");
        }
        out.link("source", Some(&self.source_link(source)), &view.bare_source(source));
    }
}

/// Signs side by side, each made by `one`; of many the last ones folded, so that sixty letters do not
/// part a line from the next. Stands in no paragraph.
pub(super) fn letters(out: &mut Html, n: usize, mut one: impl FnMut(&mut Html, usize)) {
    let shown = if n > LETTERS + LETTERS_LEFT { LETTERS } else { n };
    out.raw("<span class=\"sigs\">");
    (0..shown).for_each(|nth| one(out, nth));
    if shown < n {
        out.raw("<details class=\"more\"><summary>and ").num(n - shown).raw(" more</summary>");
        (shown..n).for_each(|nth| one(out, nth));
        out.raw("</details>");
    }
    out.raw("</span>");
}

/// How many bytes of all files' names are the folder that they lie in.
fn folder(dossier: &Dossier) -> usize {
    let files = dossier.pages.iter().map(|page| page.capture.file.as_str());
    let files = files.chain(dossier.skipped.iter().map(|it| it.file.as_str()));
    let common = |first: &str, file: &str| {
        first.bytes().zip(file.bytes()).take_while(|(one, other)| one == other).count()
    };
    let mut files = files.peekable();
    let Some(first) = files.peek().copied() else { return 0 };
    let n = files.map(|file| common(first, file)).min().unwrap_or(0);
    first.as_bytes()[..n].iter().rposition(|byte| b"/\\".contains(byte)).map_or(0, |at| at + 1)
}

/// The name of the place of a span in an article's file.
pub(super) fn anchor(span: Span) -> String {
    format!("b{}-{}", span.start, span.end)
}
