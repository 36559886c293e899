//! Flow: the small figure of a story, articles to texts to origins.
//!
//! Left to right: a filled dot for each article, a ring for each text (copies share one), a large
//! dot for each origin that is sure to be there, a dashed ring for what may be a further one.

use headwater::ArticleIx;
use headwater::story::Story;

use super::escape::Html;
use super::pixels;
use super::site::Site;
use crate::verdict::{counted, range};

/// How large the figure is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// Beside a headline in a list.
    Small,
    /// At the head of the story's page, with the names of its columns.
    Large,
}

/// Articles that are drawn; the others are counted beneath.
const MOST_ARTICLES: usize = 24;

/// Origins that are drawn.
const MOST_ORIGINS: usize = 14;

/// Positions of everything, in pixels.
struct Grid {
    width: i32,
    height: i32,
    /// The x of articles, texts and origins.
    columns: [i32; 3],
    articles: Vec<i32>,
    texts: Vec<i32>,
    /// For each origin that is drawn.
    origins: Vec<i32>,
}

/// The figure of a story.
pub(super) fn flow(site: &Site<'_>, story: &Story, size: Size) -> Html {
    let order = drawn(story);
    let grid = grid(story, &order, size);
    let mut out = Html::new();
    out.raw("<svg class=\"funnel\" role=\"group\"").attr("aria-label", &label(story));
    let view_box = format!("0 0 {} {}", grid.width, grid.height);
    out.attr("viewBox", &view_box).attr_num("width", grid.width);
    out.attr_num("height", grid.height).raw(">");
    lines(&mut out, story, &order, &grid);
    dots(&mut out, site, story, &order, &grid);
    if size == Size::Large {
        let ends = [(grid.columns[0] - 9, "start"), (grid.columns[1], "middle")];
        for ((x, anchor), name) in ends.into_iter().zip(["articles", "texts"]) {
            out.raw("<text").attr_num("x", x).raw(" y=\"9\"").attr("text-anchor", anchor);
            out.raw(">").raw(name).raw("</text>");
        }
        out.raw("<text")
            .attr_num("x", grid.width)
            .raw(" y=\"9\" text-anchor=\"end\">origins</text>");
    }
    let beyond = story.articles.len().saturating_sub(order.len());
    if beyond > 0 {
        out.raw("<text x=\"0\"").attr_num("y", grid.height - 2).raw(">+ ");
        out.num(beyond).raw("</text>");
    }
    let n_origins = story.origins.as_ref().map_or(0, |it| it.roots.len());
    if n_origins > MOST_ORIGINS {
        out.raw("<text text-anchor=\"end\"").attr_num("x", grid.width);
        out.attr_num("y", grid.height - 2).raw(">+ ");
        out.num(n_origins - MOST_ORIGINS).raw("</text>");
    }
    out.raw("</svg>");
    out
}

/// The articles that are drawn, text by text: all, or of many each text's share, so that no text of
/// the first ones is missing.
fn drawn(story: &Story) -> Vec<ArticleIx> {
    let all = story.articles.len();
    if all <= MOST_ARTICLES {
        return story.texts.iter().flatten().copied().collect();
    }
    let texts = story.texts.iter().take(MOST_ARTICLES);
    let n_texts = texts.len();
    let rest = MOST_ARTICLES - n_texts;
    let share = |text: &Vec<ArticleIx>| 1 + (text.len() - 1) * rest / (all - n_texts).max(1);
    texts.flat_map(|text| text.iter().copied().take(share(text))).collect()
}

fn label(story: &Story) -> String {
    let origins = story.origins.as_ref().map_or_else(|| "origins not counted".to_owned(), range);
    format!(
        "{}, {}, {origins}",
        counted(story.articles.len(), "article", "articles"),
        counted(story.texts.len(), "text", "texts"),
    )
}

fn grid(story: &Story, order: &[ArticleIx], size: Size) -> Grid {
    let (width, pitch, top) = match size {
        Size::Small => (216, 15, 0),
        Size::Large => (272, if order.len() > 12 { 15 } else { 22 }, 14),
    };
    let n_origins = story.origins.as_ref().map_or(0, |it| it.roots.len()).min(MOST_ORIGINS);
    let step = 24;
    let n = pixels(order.len());
    let body = (n * pitch).max(pixels(n_origins) * step).max(26);
    let spread = |n: i32, pitch: i32| {
        let first = top + (body - (n - 1) * pitch) / 2;
        (0..n).map(|nth| first + nth * pitch).collect::<Vec<_>>()
    };
    let articles = spread(n, pitch);
    let y = |article: &ArticleIx| order.iter().position(|it| it == article).map(|at| articles[at]);
    let texts = story.texts.iter().filter_map(|text| {
        let rows = text.iter().filter_map(y).collect::<Vec<_>>();
        let sum = rows.iter().sum::<i32>();
        (!rows.is_empty()).then(|| sum / pixels(rows.len()))
    });
    let texts = texts.collect::<Vec<_>>();
    // Sure ones above, and each beside the texts that carry it, so that few lines cross.
    let rows = spread(pixels(n_origins), step);
    let mut by_text = (0..n_origins).collect::<Vec<_>>();
    by_text.sort_by_cached_key(|&nth| (!is_sure(story, nth), middle(story, nth, &texts), nth));
    let mut origins = vec![0; n_origins];
    by_text.into_iter().zip(rows).for_each(|(nth, y)| origins[nth] = y);
    let beyond = story.articles.len() > order.len() || {
        story.origins.as_ref().is_some_and(|it| it.roots.len() > MOST_ORIGINS)
    };
    Grid {
        width,
        height: top + body + if beyond { 16 } else { 0 },
        columns: [9, width * 46 / 100, width - 15],
        texts,
        origins,
        articles,
    }
}

fn is_sure(story: &Story, nth: usize) -> bool {
    story.origins.as_ref().is_some_and(|it| nth < it.least as usize)
}

/// The mean y of the texts that carry an origin; last if none of them is drawn.
fn middle(story: &Story, nth: usize, texts: &[i32]) -> i32 {
    let Some(root) = story.origins.as_ref().and_then(|it| it.roots.get(nth)) else {
        return i32::MAX;
    };
    let carries = |text: &Vec<ArticleIx>| text.iter().any(|it| root.carried_by.contains(it));
    let ys = story.texts.iter().zip(texts).filter(|(text, _)| carries(text)).map(|(_, &y)| y);
    let ys = ys.collect::<Vec<_>>();
    if ys.is_empty() { i32::MAX } else { ys.iter().sum::<i32>() / pixels(ys.len()) }
}

/// Copies into texts, texts into origins; what is in doubt dotted.
fn lines(out: &mut Html, story: &Story, order: &[ArticleIx], grid: &Grid) {
    let [left, middle, right] = grid.columns;
    for (text, &to) in story.texts.iter().zip(&grid.texts) {
        for article in text {
            if let Some(at) = order.iter().position(|it| it == article) {
                curve(out, "flow", (left, grid.articles[at]), (middle, to));
            }
        }
    }
    let Some(origins) = &story.origins else { return };
    for (nth, (root, &to)) in origins.roots.iter().zip(&grid.origins).enumerate() {
        let class = if nth < origins.least as usize { "flow" } else { "maybe" };
        for (text, &from) in story.texts.iter().zip(&grid.texts) {
            if text.iter().any(|article| root.carried_by.contains(article)) {
                curve(out, class, (middle, from), (right, to));
            }
        }
    }
}

fn curve(out: &mut Html, class: &'static str, from: (i32, i32), to: (i32, i32)) {
    let bend = (to.0 - from.0) / 2;
    let path = format!(
        "M{} {}C{} {} {} {} {} {}",
        from.0,
        from.1,
        from.0 + bend,
        from.1,
        to.0 - bend,
        to.1,
        to.0,
        to.1
    );
    out.raw("<path").attr("class", class).attr("d", &path).raw("/>");
}

fn dots(out: &mut Html, site: &Site<'_>, story: &Story, order: &[ArticleIx], grid: &Grid) {
    let [left, middle, right] = grid.columns;
    let circle = |out: &mut Html, class: &'static str, x: i32, y: i32, r: &'static str| {
        out.raw("<circle").attr("class", class).attr_num("cx", x).attr_num("cy", y);
        out.attr("r", r).raw("/>");
    };
    for (article, &y) in order.iter().zip(&grid.articles) {
        let name = site.view_of(*article).map_or_else(String::new, |view| view.siglum(*article));
        out.raw("<a").attr("href", &site.article_file(*article));
        out.attr("aria-label", &format!("article {name}")).raw(" tabindex=\"-1\">");
        circle(out, "art", left, y, "4.6");
        out.raw("</a>");
    }
    for &y in &grid.texts {
        circle(out, "text", middle, y, "4.4");
    }
    let Some(origins) = &story.origins else { return };
    for (nth, (root, &y)) in origins.roots.iter().zip(&grid.origins).enumerate() {
        let (class, r) =
            if nth < origins.least as usize { ("origin", "9") } else { ("perhaps", "8") };
        let link = root.places.first().and_then(|&place| site.link(place));
        if let Some(link) = &link {
            out.raw("<a").attr("href", link);
            out.attr("aria-label", &format!("origin {}", nth + 1)).raw(" tabindex=\"-1\">");
        }
        circle(out, class, right, y, r);
        if link.is_some() {
            out.raw("</a>");
        }
    }
}
