//! Story: one story's page, from the verdict down to its articles.

mod claims;
mod said;
mod time;
mod why;

use headwater::reuse::Reuse;
use headwater::{ArticleIx, Place};

use super::escape::Html;
use super::flow::{Size, flow};
use super::frame::section;
use super::site::Site;
use super::stemma;
use crate::plain::paper::{clip, shown};
use crate::plain::view::{View, day, outlet};
use crate::verdict::{counted, range, verdict};

/// How many characters of a page a quotation shows.
const QUOTED: usize = 160;

/// The page's main part.
pub(super) fn story(site: &Site<'_>, ix: usize) -> Html {
    let view = &site.views[ix];
    let mut out = Html::new();
    head(&mut out, site, ix);
    out.put(&why::why(site, view));
    let parts = [
        ("stemma", "Stemma", stemma::LINE, stemma::stemma(site, view)),
        ("claims", "Claims", claims::LINE, claims::claims(site, ix)),
        ("sayings", "Sayings", said::LINE, said::sayings(site, ix)),
        ("timeline", "Timeline", time::LINE, time::timeline(site, view)),
        ("differences", "Differences", claims::APART, claims::differences(site, ix)),
        ("articles", "Articles", ARTICLES, articles(site, view)),
        ("ties", "All ties with their words", stemma::TIES, stemma::ties(site, view)),
        ("related", "Related stories", RELATED, related(site, ix)),
    ];
    out.raw("<nav class=\"toc\" aria-label=\"On this page\"><ul>");
    for (id, name, _, body) in &parts {
        if !body.is_empty() {
            out.raw("<li><a href=\"#").raw(id).raw("\">").raw(name).raw("</a></li>");
        }
        if *id == "articles" && !super::compare::pairs(site, view).is_empty() {
            out.raw("<li><a").attr("href", &site.compare_file(ix)).raw(">Compare</a></li>");
        }
    }
    out.raw("</ul></nav>\n");
    for (id, name, line, body) in &parts {
        if !body.is_empty() {
            section(&mut out, id, name, line, body);
        }
    }
    out
}

/// The story's title: a headline as found, cut for a tab.
pub(super) fn title(site: &Site<'_>, ix: usize) -> String {
    clip(&shown(site.dossier.words(site.dossier.stories[ix].title)), 90)
}

fn head(out: &mut Html, site: &Site<'_>, ix: usize) {
    let view = &site.views[ix];
    let story = view.story;
    out.raw("<p class=\"kicker\"><a href=\"index.html\">Stories</a>");
    if let Some(when) = story.when {
        out.raw(" · ").text(&day(when));
    }
    for (nth, &topic) in story.topics.iter().enumerate() {
        out.raw(if nth == 0 { " · " } else { ", " });
        let words = clip(&shown(site.dossier.words(topic)), 40);
        out.link("topic", site.link(topic).as_deref(), &words);
    }
    out.raw("</p>\n<div class=\"lead\"><div><h1>");
    out.text(&clip(&shown(site.dossier.words(story.title)), 260)).raw("</h1>\n");
    out.raw("<p class=\"kicker found\">Words of ");
    if let Some(article) = view.article_at(story.title) {
        site.siglum(out, view, article);
        out.raw(" ").text(&view.dated(article)).raw(" ");
    }
    site.bytes(out, view, story.title);
    out.raw("</p>\n<p class=\"verdict\">");
    let words = verdict(site.dossier, story);
    let count = story.origins.as_ref().map(range).unwrap_or_default();
    match words.split_once(&count).filter(|_| !count.is_empty()) {
        Some((before, after)) => {
            out.text(before).raw("<a class=\"o\" href=\"#why\">").text(&count).raw("</a>");
            out.text(after)
        }
        None => out.text(&words),
    };
    out.raw("</p></div>\n").put(&flow(site, story, Size::Large)).raw("</div>\n");
}

const RELATED: &str = "Near this one and yet not the same. The words are what the nearest texts of the two both have.";

/// Each related story with the words in common: as they stand here, then as they stand there.
fn related(site: &Site<'_>, ix: usize) -> Html {
    let mut out = Html::new();
    let related = &site.dossier.related[ix];
    if related.is_empty() {
        return out;
    }
    out.raw("<ul>\n");
    for it in related {
        let there = it.story as usize;
        out.raw("<li><a").attr("href", &site.story_file(there)).raw(">");
        out.text(&title(site, there)).raw("</a>");
        for (nth, word) in it.words.iter().enumerate() {
            out.raw(if nth == 0 { ": " } else { ", " });
            let shown = |place| clip(&shown(site.dossier.words(place)), WORD);
            out.link("fact", site.link(word.here).as_deref(), &shown(word.here)).raw(" (");
            out.link("fact", site.link(word.there).as_deref(), &shown(word.there)).raw(")");
        }
        out.raw("</li>\n");
    }
    out.raw("</ul>");
    out
}

/// How many characters of a word in common are shown.
const WORD: usize = 40;

const ARTICLES: &str =
    "Letters are given by page, then by place on the page. Bars: how much of the text is shared.";

fn articles(site: &Site<'_>, view: &View<'_>) -> Html {
    let mut out = Html::new();
    out.raw(
        "<table class=\"articles\"><thead><tr><th scope=\"col\">Letter</th><th scope=\"col\">Headline",
    );
    out.raw("</th><th scope=\"col\">Outlet</th><th scope=\"col\">Credit line</th>");
    out.raw("<th scope=\"col\">Dated</th><th scope=\"col\">In the same words elsewhere</th></tr>");
    out.raw("</thead><tbody>\n");
    for &ix in &view.story.articles {
        row(&mut out, site, view, ix);
    }
    out.raw("</tbody></table>");
    out
}

fn row(out: &mut Html, site: &Site<'_>, view: &View<'_>, ix: ArticleIx) {
    let article = &site.dossier.articles[ix.ix()];
    let at = |span| Place { page: article.page, span };
    out.raw("<tr><td>");
    site.siglum(out, view, ix);
    out.raw("</td><td><a class=\"head\"").attr("href", &site.article_file(ix)).raw(">");
    match article.headline {
        Some(headline) => out.text(&clip(&shown(site.dossier.words(at(headline))), 200)),
        None => out.raw("<i>no headline on the page</i>"),
    };
    out.raw("</a><small class=\"place\">").text(&site.file(article.page));
    out.raw(", bytes ").num(article.span.start).raw(" to ").num(article.span.end);
    out.raw("</small></td><td>");
    match &article.publisher {
        Some(publisher) => {
            let link = publisher.span.map(|span| site.link_in(ix, span));
            out.link("fact", link.as_deref(), &outlet(site.dossier, ix).unwrap_or_default())
        }
        None => out.raw("<i>not named</i>"),
    };
    out.raw("<br><small>");
    for (nth, &name) in article.byline.iter().enumerate() {
        out.raw(if nth == 0 { "by " } else { ", " });
        out.text(&shown(site.dossier.words(at(name))));
    }
    out.raw(if article.byline.is_empty() { "no byline" } else { "" }).raw("</small></td><td>");
    for (nth, credit) in article.credits.iter().enumerate() {
        out.raw(if nth == 0 { "" } else { "<br>" });
        site.quoted(out, at(credit.span), QUOTED);
    }
    out.raw(if article.credits.is_empty() { "<i>none</i>" } else { "" }).raw("</td><td>");
    match article.published {
        Some(published) => {
            out.link("fact", Some(&site.link_in(ix, published.span)), &day(published.when))
        }
        None => out.raw("<i>no date on the page</i>"),
    };
    out.raw("</td><td>");
    shared(out, site, view, ix);
    out.raw("</td></tr>\n");
}

/// With whom the article shares most of its words, as a bar and in letters.
fn shared(out: &mut Html, site: &Site<'_>, view: &View<'_>, ix: ArticleIx) {
    let mut with = shares(site, ix);
    with.retain(|(other, share)| view.story.articles.contains(other) && *share >= 10);
    let Some(&(_, most)) = with.first() else {
        out.raw("<small>none found</small>");
        return;
    };
    let share = format!("{}%", most / 10);
    out.raw("<svg class=\"bar\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" role=\"img\"");
    out.attr("aria-label", &share).raw("><rect class=\"whole\" width=\"100\" height=\"6\"/>");
    out.raw("<rect class=\"part\" height=\"6\"").attr("width", &(most / 10).to_string());
    out.raw("/></svg><small>");
    for (nth, &(other, share)) in with.iter().take(4).enumerate() {
        out.raw(if nth == 0 { "" } else { ", " }).num((u32::from(share) + 5) / 10);
        out.raw(" % in ").text(&view.siglum(other));
    }
    if with.len() > 4 {
        out.raw(" and ").text(&counted(with.len() - 4, "other", "others"));
    }
    out.raw("</small>");
}

/// The articles with which `ix` shares words of its own text, and how much of it, per mille; most
/// first. What others say in quotation marks is no shared text.
pub(super) fn shares(site: &Site<'_>, ix: ArticleIx) -> Vec<(ArticleIx, u16)> {
    let derived = |it: &&Reuse| it.derives();
    let share = |it: &Reuse| match ix {
        ix if it.left_article == ix => Some((it.right_article, it.share_left)),
        ix if it.right_article == ix => Some((it.left_article, it.share_right)),
        _ => None,
    };
    let mut with =
        site.reuses_of(ix).filter(derived).filter_map(share).collect::<Vec<(ArticleIx, u16)>>();
    with.sort_by_key(|&(other, share)| (std::cmp::Reverse(share), other));
    with.dedup_by_key(|(other, _)| *other);
    with
}
