//! Index: the stories of a collection, those told most often first.

use headwater::name::{SourceKind, Unnamed};
use headwater::source::SourceIx;
use headwater::stemma::Carrier;
use headwater::story::Story;
use headwater::{ArticleIx, Dossier};

use super::escape::Html;
use super::flow::{Size, flow};
use super::site::Site;
use crate::plain::paper::{clip, shown};
use crate::plain::view::{View, day, outlet};
use crate::verdict::{counted, range, rest};

/// The page's main part.
pub(super) fn index(site: &Site<'_>) -> Html {
    let dossier = site.dossier;
    let mut out = Html::new();
    out.raw("<h1>Stories</h1>\n");
    tally(&mut out, dossier);
    let (many, single): (Vec<usize>, Vec<usize>) =
        (0..dossier.stories.len()).partition(|&ix| dossier.stories[ix].articles.len() > 1);
    if dossier.articles.is_empty() {
        out.raw("<p class=\"deck\">No article was found on these pages.</p>\n");
    } else if !many.is_empty() {
        out.raw(LEGEND);
    }
    out.raw("<ol class=\"stories\">\n");
    for &ix in &many {
        story(&mut out, site, ix);
    }
    out.raw("</ol>\n");
    if !single.is_empty() {
        out.raw("<section class=\"section\" id=\"single\"><header><h2>Told by one article</h2>");
        out.raw("<p>Nothing to compare them with.</p></header>\n<ol class=\"stories\">\n");
        for &ix in &single {
            alone(&mut out, site, ix);
        }
        out.raw("</ol></section>\n");
    }
    skipped(&mut out, site);
    out
}

const LEGEND: &str = "<ul class=\"legend\" aria-label=\"How to read the figures\">\
<li><svg class=\"funnel\" width=\"12\" height=\"12\"><circle class=\"art\" cx=\"6\" cy=\"6\" r=\"4.6\"/></svg>an article</li>\
<li><svg class=\"funnel\" width=\"12\" height=\"12\"><circle class=\"text\" cx=\"6\" cy=\"6\" r=\"4.4\"/></svg>a text: copies share one</li>\
<li><svg class=\"funnel\" width=\"20\" height=\"20\"><circle class=\"origin\" cx=\"10\" cy=\"10\" r=\"9\"/></svg>an origin</li>\
<li><svg class=\"funnel\" width=\"20\" height=\"20\"><circle class=\"perhaps\" cx=\"10\" cy=\"10\" r=\"8\"/></svg>may be a further origin, may be the same</li></ul>\n";

fn tally(out: &mut Html, dossier: &Dossier) {
    let n_texts = dossier.stories.iter().map(|story| story.texts.len()).sum::<usize>();
    let n_told = dossier.stories.iter().map(|story| story.articles.len()).sum::<usize>();
    out.raw("<p class=\"tally num\">");
    out.text(&counted(n_told, "article", "articles")).raw(" on ");
    out.text(&counted(dossier.pages.len(), "page", "pages")).raw(". ");
    out.text(&counted(n_texts, "text", "texts")).raw(". ");
    out.text(&counted(dossier.stories.len(), "story", "stories")).raw(".</p>\n");
}

fn story(out: &mut Html, site: &Site<'_>, ix: usize) {
    let (story, view) = (&site.dossier.stories[ix], &site.views[ix]);
    let large = if ix == 0 { "story large" } else { "story" };
    out.raw("<li").attr("class", large).raw(">").put(&flow(site, story, Size::Small));
    out.raw("\n<div>");
    title(out, site, ix);
    out.raw("<p class=\"counts num\">").text(&counts(story)).raw(" · <em>");
    let origins = story.origins.as_ref();
    out.text(&origins.map_or_else(|| "origins not counted".to_owned(), range));
    out.raw("</em></p><p class=\"meta\">").text(&outlets(view)).raw(" · ");
    out.text(&dates(site.dossier, story)).raw("</p>");
    not_here(out, site, ix);
    related(out, site, ix);
    out.raw("</div>\n");
    let n = story.articles.len();
    ratio(out, n, &origins.map_or_else(|| "?".to_owned(), |it| pair(it.least, it.most)));
    out.raw("</li>\n");
}

fn alone(out: &mut Html, site: &Site<'_>, ix: usize) {
    let (story, view) = (&site.dossier.stories[ix], &site.views[ix]);
    out.raw("<li class=\"story single\"><div>");
    title(out, site, ix);
    out.raw("<p class=\"meta\">").text(&outlets(view)).raw(" · ");
    out.text(&dates(site.dossier, story)).raw(". ");
    out.text(&rest(site.dossier, story.origins.as_ref(), 1)).raw("</p>");
    not_here(out, site, ix);
    related(out, site, ix);
    out.raw("</div></li>\n");
}

/// Stories on the same matter, by their titles.
fn related(out: &mut Html, site: &Site<'_>, ix: usize) {
    for (nth, it) in site.dossier.related[ix].iter().enumerate() {
        out.raw(if nth == 0 { "<p class=\"meta near\">Related: " } else { " · " });
        let there = it.story as usize;
        out.raw("<a").attr("href", &site.story_file(there)).raw(">");
        out.text(&clip(&shown(site.dossier.words(site.dossier.stories[there].title)), 60));
        out.raw("</a>");
    }
    out.raw(if site.dossier.related[ix].is_empty() { "" } else { "</p>" });
}

fn title(out: &mut Html, site: &Site<'_>, ix: usize) {
    let words = shown(site.dossier.words(site.dossier.stories[ix].title));
    out.raw("<h2><a").attr("href", &site.story_file(ix)).raw(">");
    out.text(&clip(&words, 180)).raw("</a></h2>");
}

fn counts(story: &Story) -> String {
    format!(
        "{} on {} · {}",
        counted(story.articles.len(), "article", "articles"),
        counted(story.n_pages as usize, "page", "pages"),
        counted(story.texts.len(), "text", "texts"),
    )
}

/// "Harbour Post (2), Port Mirror; 3 do not name theirs".
fn outlets(view: &View<'_>) -> String {
    let mut names = Vec::<(String, usize)>::new();
    let mut n_bare = 0;
    for &article in &view.story.articles {
        let Some(name) = outlet(view.dossier, article) else {
            n_bare += 1;
            continue;
        };
        match names.iter_mut().find(|(before, _)| *before == name) {
            Some((_, n)) => *n += 1,
            None => names.push((name, 1)),
        }
    }
    names.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let more = names.len().saturating_sub(8);
    let one = |(name, n): &(String, usize)| match n {
        1 => name.clone(),
        n => format!("{name} ({n})"),
    };
    let mut parts = names.iter().take(8).map(one).collect::<Vec<_>>();
    if more > 0 {
        parts.push(counted(more, "other", "others"));
    }
    if n_bare > 0 && parts.is_empty() {
        return "publisher not named".to_owned();
    }
    if n_bare > 0 {
        parts.push(format!("{n_bare} without a publisher"));
    }
    parts.join(", ")
}

fn dates(dossier: &Dossier, story: &Story) -> String {
    let undated = |ix: &&ArticleIx| dossier.articles[ix.ix()].published.is_none();
    let n = story.articles.iter().filter(undated).count();
    match story.when {
        None => "no date on the page".to_owned(),
        Some(when) if n == 0 => day(when),
        Some(when) => format!("{}; {n} without a date", day(when)),
    }
}

/// Reports that are cited or credited and whose words nobody brought: those cited most first.
fn not_here(out: &mut Html, site: &Site<'_>, ix: usize) {
    let stemma = &site.dossier.stories[ix].stemma;
    let mut lost = Vec::<(usize, SourceIx)>::new();
    for (at, witness) in stemma.witnesses.iter().enumerate() {
        let Carrier::Lost(source) = witness.carrier else { continue };
        let it = site.dossier.sources.get(source);
        if it.kind == SourceKind::Unnamed && it.unnamed != Some(Unnamed::Media) {
            continue;
        }
        let mut children = stemma.derivations.iter().filter(|tie| tie.parent.ix() == at);
        let n = children.by_ref().map(|tie| tie.child).collect::<std::collections::BTreeSet<_>>();
        lost.push((n.len(), source));
    }
    if lost.is_empty() {
        return;
    }
    lost.sort_by_key(|&(n, source)| (std::cmp::Reverse(n), source));
    out.raw("<p class=\"meta lostline\">Not here: ");
    for (nth, (n, source)) in lost.iter().take(5).enumerate() {
        out.raw(if nth == 0 { "" } else { ", " }).raw("<a");
        out.attr("href", &site.source_link(*source)).raw(">");
        out.text(&site.views[ix].bare_source(*source)).raw("</a>");
        if *n > 1 {
            out.raw(" (cited by ").num(*n).raw(")");
        }
    }
    if lost.len() > 5 {
        out.raw(" and ").num(lost.len() - 5).raw(" more");
    }
    out.raw("</p>");
}

/// "2–3", "1".
pub(super) fn pair(least: u32, most: u32) -> String {
    if least == most { most.to_string() } else { format!("{least}–{most}") }
}

fn ratio(out: &mut Html, n_articles: usize, origins: &str) {
    out.raw("<p class=\"ratio\" aria-hidden=\"true\"><span>").num(n_articles);
    out.raw("</span><span class=\"to\">→</span><span class=\"o\">").text(origins);
    out.raw("</span><small>").raw(if n_articles == 1 { "article" } else { "articles" });
    out.raw("</small><small></small><small>");
    out.raw(if origins == "1" { "origin" } else { "origins" }).raw("</small></p>");
}

/// What was not read, and what was odd about what was.
fn skipped(out: &mut Html, site: &Site<'_>) {
    let dossier = site.dossier;
    if dossier.skipped.is_empty() {
        return;
    }
    out.raw("<section class=\"section\" id=\"skipped\"><header><h2>Not read</h2><p>");
    out.text(&counted(dossier.skipped.len(), "entry", "entries"));
    out.raw(". Nothing of it is in the counts above.</p></header>\n<ul class=\"skipped\">\n");
    for it in &dossier.skipped {
        out.raw("<li><span class=\"file\">").text(&shown(site.short(&it.file))).raw("</span> ");
        out.text(&shown(&it.reason)).raw(" <span class=\"place\">");
        out.text(&counted(it.n_bytes as usize, "byte", "bytes"));
        if it.offset > 0 {
            out.text(&format!(" from byte {}", it.offset));
        }
        out.raw("</span></li>\n");
    }
    out.raw("</ul></section>\n");
}
