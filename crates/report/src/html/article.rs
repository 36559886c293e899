//! Article: one article as it was read, with everything that is marked in it.
//!
//! From left to right: the byte at which a line begins, a lane for each article that shares words,
//! the words, and notes. Furniture of the page stays, in grey. Every span that a link leads to is an
//! element with a name, so that the browser shows exactly these words.

mod line;
mod note;

use std::collections::BTreeSet;

use headwater::article::Role;
use headwater::{Article, ArticleIx, Place, Span};

use super::escape::Html;
use super::site::Site;
use crate::plain::paper::{clip, shown};
use crate::plain::view::{day, outlet};
use line::Anchors;

/// What a line of the page is to the article.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Headline,
    Paragraph,
    Caption,
    /// Outlet, date, byline, credit line.
    About,
    /// Words of the page that belong to no article.
    Furniture,
}

/// One line of the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Line {
    span: Span,
    part: Part,
}

/// An article that shares words with this one.
struct Lane {
    article: ArticleIx,
    letter: String,
    shared: Vec<Shared>,
}

/// Words that stand in two articles.
struct Shared {
    /// Here.
    span: Span,
    /// In the other.
    there: Place,
    /// Whether both quote somebody.
    is_quoted: bool,
}

impl Lane {
    /// Whether nearly all of a line is shared: seven eighths of its bytes.
    fn covers(&self, line: Span) -> bool {
        let mut cuts =
            self.shared.iter().filter_map(|it| it.span.intersect(line)).collect::<Vec<_>>();
        cuts.sort_unstable();
        let (mut at, mut n_bytes) = (line.start, 0);
        for cut in cuts {
            n_bytes += cut.end.saturating_sub(cut.start.max(at)) as usize;
            at = at.max(cut.end);
        }
        n_bytes * 8 >= line.len() * 7
    }
}

/// How many articles have a lane and a colour.
const MOST_LANES: usize = 7;

/// The colours of the lanes, by order.
const COLOURS: [&str; MOST_LANES] = ["wa", "wb", "wc", "wd", "we", "wf", "wg"];

/// The page's main part. `asked` are the spans that links lead to.
pub(super) fn article(site: &Site<'_>, ix: ArticleIx, asked: &BTreeSet<Span>) -> Html {
    let article = &site.dossier.articles[ix.ix()];
    let lanes = lanes(site, ix);
    let mut out = Html::new();
    kicker(&mut out, site, ix);
    facts(&mut out, site, ix);
    let class = if lanes.is_empty() { "text bare" } else { "text" };
    out.raw("<div")
        .attr("class", class)
        .raw("><div class=\"lanehead\"><span>byte</span><div class=\"lanes\">");
    for (lane, colour) in lanes.iter().zip(COLOURS) {
        out.raw("<a").attr("class", colour).attr("href", &site.article_file(lane.article));
        out.raw(">").text(&clip(&lane.letter, 3)).raw("</a>");
    }
    out.raw("</div><span>");
    if !lanes.is_empty() {
        out.raw("Bars and underlines: words that stand in that article too");
    }
    out.raw("</span><span></span></div>\n");
    let lines = lines(site, ix, asked);
    let mut anchors = Anchors::new(asked);
    let mut inside = true;
    for (nth, line) in lines.iter().enumerate() {
        let is_inside = article.span.overlaps(line.span);
        if inside && !is_inside {
            out.raw("<p class=\"break\">The page around the article</p>\n");
        }
        inside = is_inside;
        line::row(&mut out, site, ix, line, &lanes, &mut anchors);
        if let Some(next) = lines.get(nth + 1)
            && next.span.start > line.span.end
        {
            others(&mut out, site, ix, Span { start: line.span.end, end: next.span.start });
        }
    }
    anchors.rest(&mut out);
    out.raw("</div>\n");
    out
}

/// Makes the links that articles have to their own lines and to each other's shared words.
pub(super) fn ask(site: &Site<'_>, ix: ArticleIx) {
    facts(&mut Html::new(), site, ix);
    for reuse in site.reuses_of(ix).filter(|it| it.left_article == ix) {
        for passage in &reuse.passages {
            site.link_in(reuse.left_article, passage.left.span);
            site.link_in(reuse.right_article, passage.right.span);
        }
    }
}

/// What the article is called in a tab.
pub(super) fn title(site: &Site<'_>, ix: ArticleIx) -> String {
    let article = &site.dossier.articles[ix.ix()];
    match article.headline {
        Some(headline) => clip(&shown(site.dossier.words(site.dossier.place(ix, headline))), 90),
        None => "Article without a headline".to_owned(),
    }
}

fn kicker(out: &mut Html, site: &Site<'_>, ix: ArticleIx) {
    out.raw("<p class=\"kicker\"><a href=\"index.html\">Stories</a> · ");
    match site.story_of[ix.ix()] {
        Some(story) => {
            out.raw("<a").attr("href", &site.story_file(story)).raw(">");
            out.text(&super::story::title(site, story)).raw("</a> · article <b>");
            out.text(&site.views[story].siglum(ix)).raw("</b>")
        }
        None => out.raw("of no story"),
    };
    let article = &site.dossier.articles[ix.ix()];
    let of = site.on_page(article.page).collect::<Vec<_>>();
    if of.len() > 1 {
        let nth = of.iter().position(|&it| it == ix).unwrap_or(0);
        out.raw(" · ").num(nth + 1).raw(" of ").num(of.len()).raw(" on its page");
    }
    out.raw("</p>\n");
}

fn facts(out: &mut Html, site: &Site<'_>, ix: ArticleIx) {
    let article = &site.dossier.articles[ix.ix()];
    let page = &site.dossier.pages[article.page.ix()];
    out.raw("<dl class=\"facts\"><div><dt>Outlet</dt><dd>");
    match &article.publisher {
        Some(publisher) => {
            linked(out, site, ix, publisher.span, &outlet(site.dossier, ix).unwrap_or_default());
        }
        None => {
            out.raw("not named on the page");
        }
    }
    out.raw("</dd></div><div><dt>Byline</dt><dd>");
    for (nth, &name) in article.byline.iter().enumerate() {
        out.raw(if nth == 0 { "" } else { ", " });
        linked(out, site, ix, Some(name), &shown(page.words(name)));
    }
    out.raw(if article.byline.is_empty() { "none" } else { "" });
    out.raw("</dd></div><div><dt>Dated</dt><dd>");
    match article.published {
        Some(published) => linked(out, site, ix, Some(published.span), &day(published.when)),
        None => {
            out.raw("no date on the page");
        }
    }
    out.raw("</dd></div>");
    if !article.credits.is_empty() {
        out.raw("<div><dt>Credit line</dt><dd>");
        for (nth, credit) in article.credits.iter().enumerate() {
            out.raw(if nth == 0 { "" } else { ", " });
            linked(out, site, ix, Some(credit.span), &shown(page.words(credit.span)));
        }
        out.raw("</dd></div>");
    }
    out.raw("<div><dt>Page</dt><dd>").text(&site.file(article.page));
    if let Some(url) = &page.capture.url {
        out.raw("<br>");
        address(out, url);
    }
    out.raw("</dd></div><div><dt>Bytes of its text</dt><dd class=\"num\">");
    out.num(article.span.start).raw("–").num(article.span.end);
    out.raw("</dd></div><div><dt>Page as read, SHA-256</dt><dd><span class=\"place\"");
    out.attr("title", &page.capture.digest).raw(">");
    out.text(&clip(&page.capture.digest, 16)).raw("</span></dd></div></dl>\n");
}

fn linked(out: &mut Html, site: &Site<'_>, ix: ArticleIx, span: Option<Span>, words: &str) {
    let link = span.map(|span| site.link_in(ix, span));
    out.link("fact", link.as_deref(), words);
}

/// A page's address: a link only if it leads to the web, never into a script.
fn address(out: &mut Html, url: &str) {
    let lower = url.trim_start().to_ascii_lowercase();
    let words = clip(&shown(url), 80);
    if lower.starts_with("https://") || lower.starts_with("http://") {
        out.raw("<a rel=\"noreferrer noopener nofollow\"").attr("href", url.trim()).raw(">");
        out.text(&words).raw("</a>");
    } else {
        out.text(&words);
    }
}

/// Articles that share words, those that share most first.
fn lanes(site: &Site<'_>, ix: ArticleIx) -> Vec<Lane> {
    let mut lanes = Vec::<Lane>::new();
    for reuse in site.reuses_of(ix) {
        let is_left = reuse.left_article == ix;
        let article = if is_left { reuse.right_article } else { reuse.left_article };
        let sides = reuse.passages.iter().map(|it| {
            let (here, there) = if is_left { (it.left, it.right) } else { (it.right, it.left) };
            Shared { span: here.span, there, is_quoted: !reuse.derives() }
        });
        if let Some(lane) = lanes.iter_mut().find(|it| it.article == article) {
            lane.shared.extend(sides);
        } else {
            let view = site.view_of(ix);
            let letter = view.map_or_else(String::new, |view| view.siglum(article));
            lanes.push(Lane { article, letter, shared: sides.collect() });
        }
    }
    let weight = |lane: &Lane| lane.shared.iter().map(|it| it.span.len()).sum::<usize>();
    lanes.sort_by_key(|lane| (std::cmp::Reverse(weight(lane)), lane.article));
    lanes.truncate(MOST_LANES);
    lanes.sort_by_key(|lane| lane.article);
    lanes
}

/// The lines to show: the article's own, the furniture beside it, and whatever a link leads to.
fn lines(site: &Site<'_>, ix: ArticleIx, asked: &BTreeSet<Span>) -> Vec<Line> {
    let article = &site.dossier.articles[ix.ix()];
    let page = &site.dossier.pages[article.page.ix()];
    let mut lines = own(article);
    let mut free = page
        .blocks
        .iter()
        .map(|block| block.span)
        .chain(page.meta.iter().map(|meta| meta.span))
        .filter(|&span| shows(site, ix, asked, span))
        .flat_map(|span| without(span, &lines))
        .map(|span| span.trim(&page.text))
        .filter(|span| !span.is_empty())
        .collect::<Vec<_>>();
    free.sort_unstable();
    free.dedup();
    let told = told(article);
    let about = |span: Span| told.iter().any(|it| it.overlaps(span));
    lines.extend(free.into_iter().map(|span| {
        let part = if about(span) { Part::About } else { Part::Furniture };
        Line { span, part }
    }));
    lines.sort_by_key(|line| (line.span.start < article.span.start, line.span));
    // What stands before the article comes after it, as part of the page around it.
    lines.sort_by_key(|line| !article.span.overlaps(line.span));
    lines
}

/// Where the page says who published the article, who wrote it, when, and whom it has it from.
fn told(article: &Article) -> Vec<Span> {
    let publisher = article.publisher.as_ref().and_then(|it| it.span);
    let published = article.published.map(|it| it.span);
    let mut all = publisher.into_iter().chain(published).collect::<Vec<_>>();
    all.extend(article.dateline.into_iter().chain(article.age));
    all.extend(article.byline.iter().copied());
    all.extend(article.credits.iter().map(|credit| credit.span));
    all
}

fn own(article: &Article) -> Vec<Line> {
    let line = |part| move |&span: &Span| Line { span, part };
    let mut lines = article.headline.iter().map(line(Part::Headline)).collect::<Vec<_>>();
    lines.extend(article.paragraphs.iter().map(line(Part::Paragraph)));
    let free = article.captions.iter().map(line(Part::Caption));
    let free = free.filter(|it| !lines.iter().any(|line| line.span.overlaps(it.span)));
    let free = free.collect::<Vec<_>>();
    lines.extend(free);
    lines.sort_by_key(|line| line.span);
    lines
}

/// Whether a block or a colophon line is shown with the article: what a link leads to; the article's
/// own span without other articles in it; the furniture up to the next article.
fn shows(site: &Site<'_>, ix: ArticleIx, asked: &BTreeSet<Span>, span: Span) -> bool {
    let articles = &site.dossier.articles;
    let article = &articles[ix.ix()];
    if asked.iter().any(|it| it.overlaps(span)) {
        return true;
    }
    if span.start >= site.dossier.pages[article.page.ix()].body_end {
        return false;
    }
    // A feed of a thousand articles asks this for each article and line: no search of the page for
    // what cannot be this article's.
    let here = |it: &&Article| it.page == article.page;
    let before = ix.ix().checked_sub(1).map(|at| &articles[at]).filter(here);
    let after = articles.get(ix.ix() + 1).filter(here);
    let beyond = after.is_some_and(|it| it.span.start.max(article.span.end) <= span.start);
    if beyond || (before.is_some() && span.end <= article.span.start) {
        return false;
    }
    if !article.span.overlaps(span) {
        return site.is_beside(ix, span);
    }
    !site.on_page(article.page).any(|it| {
        let other = &articles[it.ix()];
        it != ix
            && other.role != Role::Teaser
            && article.span.contains(other.span)
            && other.span.contains(span)
    })
}

/// What is left of `span` between the lines of the article.
fn without(span: Span, lines: &[Line]) -> Vec<Span> {
    let mut left = vec![span];
    for line in lines {
        left = left
            .into_iter()
            .flat_map(|span| match span.intersect(line.span) {
                None => vec![span],
                Some(cut) => [
                    Span { start: span.start, end: cut.start },
                    Span { start: cut.end, end: span.end },
                ]
                .into_iter()
                .filter(|span| !span.is_empty())
                .collect(),
            })
            .collect();
    }
    left
}

/// Other articles of the page that stand in a gap.
fn others(out: &mut Html, site: &Site<'_>, ix: ArticleIx, gap: Span) {
    let article = &site.dossier.articles[ix.ix()];
    for other in site.on_page(article.page) {
        let it = &site.dossier.articles[other.ix()];
        if other == ix || it.role == Role::Teaser || !gap.contains(it.span) {
            continue;
        }
        out.raw("<p class=\"break\">Here stands <a").attr("href", &site.article_file(other));
        out.raw(">").text(&title(site, other)).raw("</a>, bytes ").num(it.span.start);
        out.raw("–").num(it.span.end).raw("</p>\n");
    }
}
