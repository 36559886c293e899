//! Sources: everyone who is cited in the collection, by kind, and by whom.

use std::collections::BTreeMap;

use headwater::name::{SourceKind, Unnamed};
use headwater::source::{Source, SourceIx};
use headwater::{ArticleIx, Span};

use super::escape::Html;
use super::site::Site;
use crate::cited::{self, Citing, KINDS, Way};
use crate::plain::paper::{clip, shown};
use crate::plain::view::outlet;
use crate::verdict::counted;

/// Articles that a row names before it folds the others away.
const MOST: usize = 6;

/// Where each source is cited.
type Cited = BTreeMap<SourceIx, Vec<Citing>>;

/// The page's main part. A source that nobody cites is listed only if something links to it.
pub(super) fn sources(site: &Site<'_>) -> Html {
    let cited = cited::cited(site.dossier);
    let mut out = Html::new();
    out.raw(
        "<h1>Sources</h1>\n<p class=\"deck\">Everyone whom an article cites or credits, those ",
    );
    out.raw("cited by most articles first. A name leads to where it is first found, each article ");
    out.raw(
        "to the words that cite. At first hand: the source spoke to the newsroom itself, or in ",
    );
    out.raw("public. At second hand: the page has it from another report.</p>\n");
    contents(&mut out, &cited, site);
    let asked = site.asked().sources;
    for (kind, id, head) in KINDS {
        let all = site.dossier.sources.all.iter().enumerate();
        let mut rows = all
            .filter(|(_, source)| source.kind == kind)
            .map(|(ix, source)| (SourceIx(ix as u32), source))
            .filter(|(ix, _)| cited.contains_key(ix) || asked.contains(ix))
            .collect::<Vec<_>>();
        if rows.is_empty() {
            continue;
        }
        let n_articles = |ix: &SourceIx| cited.get(ix).map_or(0, |it| cited::n_articles(it));
        rows.sort_by_key(|(ix, _)| (std::cmp::Reverse(n_articles(ix)), *ix));
        let mut body = Html::new();
        table(&mut body, site, &rows, &cited);
        let n = rows.iter().filter(|(ix, _)| cited.contains_key(ix)).count();
        let line = match rows.len() - n {
            0 => counted(n, "source", "sources"),
            more => format!("{}, and {more} that nobody cites", counted(n, "source", "sources")),
        };
        super::frame::section(&mut out, id, head, &line, &body);
    }
    out
}

/// How many of each kind, each a link to its list.
fn contents(out: &mut Html, cited: &Cited, site: &Site<'_>) {
    if cited.is_empty() {
        return;
    }
    out.raw("<nav class=\"toc\" aria-label=\"Kinds\"><ul>");
    for (kind, id, head) in KINDS {
        let n = cited::of_kind(site.dossier, cited, kind).len();
        if n > 0 {
            out.raw("<li><a href=\"#").raw(id).raw("\">").raw(head).raw(" <small class=\"num\">");
            out.num(n).raw("</small></a></li>");
        }
    }
    out.raw("</ul></nav>\n");
}

fn table(out: &mut Html, site: &Site<'_>, rows: &[(SourceIx, &Source)], cited: &Cited) {
    out.raw("<table class=\"sources\"><thead><tr><th scope=\"col\">Source</th>");
    out.raw("<th scope=\"col\">Cited by</th></tr></thead><tbody>\n");
    for (ix, source) in rows {
        let unnamed = source.kind == SourceKind::Unnamed;
        out.raw("<tr").attr("id", &site.ids.source(*ix));
        out.raw(if unnamed { " class=\"unnamed\">" } else { ">" }).raw("<th scope=\"row\">");
        let name = clip(&shown(&source.name), 160);
        let name = if unnamed { format!("“{name}”") } else { name };
        out.link("source", site.link(source.place).as_deref(), &name);
        out.raw("<small>");
        standing(out, site, source);
        out.raw("</small></th><td>");
        by(out, site, cited.get(ix));
        out.raw("</td></tr>\n");
    }
    out.raw("</tbody></table>");
}

/// Whether its own words are in the collection.
fn standing(out: &mut Html, site: &Site<'_>, source: &Source) {
    match (source.kind, source.unnamed) {
        (SourceKind::Outlet | SourceKind::Agency, _) if source.extant.is_empty() => {
            out.raw("<span class=\"lostmark\">not in the collection</span>");
        }
        (SourceKind::Outlet | SourceKind::Agency, _) => {
            let first = source.extant[0];
            out.raw("<a").attr("href", &site.article_file(first)).raw(">");
            let n = counted(source.extant.len(), "article", "articles");
            out.text(&n).raw("</a> in the collection");
        }
        (_, Some(Unnamed::People)) => {
            out.raw("people without a name");
        }
        (_, Some(Unnamed::Media | Unnamed::Report)) => {
            out.raw("<span class=\"lostmark\">a report without a name</span>");
        }
        _ => {}
    }
}

/// Who cites it, by how near the page is to it.
fn by(out: &mut Html, site: &Site<'_>, cited: Option<&Vec<Citing>>) {
    let Some(citings) = cited else {
        out.raw("<small>nobody</small>");
        return;
    };
    let mut ways = BTreeMap::<Way, BTreeMap<ArticleIx, Vec<Span>>>::new();
    for it in citings {
        ways.entry(it.way).or_default().entry(it.article).or_default().push(it.span);
    }
    for (way, articles) in ways {
        out.raw("<div class=\"way\"><span class=\"how\">");
        match way {
            Way::Through(report) => {
                let name = crate::plain::view::source(site.dossier, report);
                out.raw("through ").link("source", Some(&site.source_link(report)), &name);
            }
            way => {
                out.raw(way.words());
            }
        }
        out.raw("</span> ");
        articles_of(out, site, &articles);
        out.raw("</div>");
    }
}

fn articles_of(out: &mut Html, site: &Site<'_>, cited: &BTreeMap<ArticleIx, Vec<Span>>) {
    for (nth, (&article, spans)) in cited.iter().enumerate() {
        if nth == MOST {
            let n = counted(cited.len() - MOST, "other article", "other articles");
            out.raw("<details><summary>").text(&n).raw("</summary>");
        }
        out.raw("<span class=\"by\">");
        out.raw("<a").attr("href", &site.link_in(article, spans[0]));
        out.attr("title", &shown(site.dossier.words(site.dossier.place(article, spans[0]))));
        out.raw(">").text(&called(site, article)).raw("</a>");
        if spans.len() > 1 {
            out.raw(" <small class=\"num\">").num(spans.len()).raw(" times</small>");
        }
        out.raw("</span> ");
    }
    if cited.len() > MOST {
        out.raw("</details>");
    }
}

/// An article by its outlet, else by its headline.
fn called(site: &Site<'_>, ix: ArticleIx) -> String {
    match outlet(site.dossier, ix) {
        Some(outlet) => clip(&outlet, 40),
        None if site.dossier.articles[ix.ix()].headline.is_some() => {
            format!("“{}”", clip(&super::article::title(site, ix), 40))
        }
        None => "an article without a headline".to_owned(),
    }
}
