//! Timeline: what is said to have happened when, and what was published when.

use headwater::timeline::{Happening, Moment};

use super::QUOTED;
use crate::html::escape::Html;
use crate::html::site::Site;
use crate::plain::paper::quoted;
use crate::plain::view::{View, day};

pub(super) const LINE: &str =
    "Round: said to have happened. Square: published. A span of days is as near as the words are.";

pub(super) fn timeline(site: &Site<'_>, view: &View<'_>) -> Html {
    let mut out = Html::new();
    if view.story.timeline.is_empty() {
        return out;
    }
    out.raw("<ol class=\"timeline\">\n");
    let mut before = String::new();
    let mut rows = view.story.timeline.iter().peekable();
    while let Some(it) = rows.next() {
        let when = day(it.when);
        let class = if it.moment == Moment::Report { "out" } else { "" };
        out.raw("<li").attr("class", class).raw("><span class=\"when\">");
        if when == before {
            out.raw("<span class=\"unseen\">").text(&when).raw("</span>");
        } else {
            out.text(&when);
        }
        out.raw("</span><span class=\"dot\"></span><div class=\"what\">");
        match it.moment {
            Moment::Event => event(&mut out, site, view, it),
            Moment::Report => {
                let mut reports = vec![it];
                let same = |next: &&Happening| next.moment == it.moment && next.when == it.when;
                while let Some(next) = rows.next_if(same) {
                    reports.push(next);
                }
                published(&mut out, site, view, &reports);
            }
        }
        out.raw("</div></li>\n");
        before = when;
    }
    out.raw("</ol>");
    out
}

fn event(out: &mut Html, site: &Site<'_>, view: &View<'_>, it: &Happening) {
    if let Some(&place) = it.places.first() {
        site.quoted(out, place, QUOTED);
    }
    out.raw(" ");
    site.sigla(out, view, &it.articles);
    out.raw("<small>");
    for &place in it.places.iter().take(6) {
        site.bytes(out, view, place);
        out.raw(" ");
    }
    out.raw("</small>");
}

fn published(out: &mut Html, site: &Site<'_>, view: &View<'_>, reports: &[&Happening]) {
    let articles = reports.iter().flat_map(|it| it.articles.iter().copied()).collect::<Vec<_>>();
    site.sigla(out, view, &articles);
    out.raw(if articles.len() > 1 { " are dated so" } else { " is dated so" }).raw("<small>");
    for it in reports {
        for (&article, &place) in it.articles.iter().zip(&it.places) {
            let words = quoted(view.dossier.words(place), 60);
            out.link("said", Some(&site.link_in(article, place.span)), &words).raw(" ");
        }
    }
    out.raw("</small>");
}
