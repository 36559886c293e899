//! Timeline: what is said to have happened when, and what was published when.

use headwater::timeline::{Happening, Moment};

use super::QUOTED;
use crate::html::escape::Html;
use crate::html::site::{Site, letters};
use crate::plain::paper::quoted;
use crate::plain::timeline::own_days;
use crate::plain::view::{View, day};

pub(super) const LINE: &str =
    "Round: said to have happened. Square: published. A span of days is as near as the words are.";

/// Places, and wordings of a date, that a row shows.
const PLACES: usize = 6;

pub(super) fn timeline(site: &Site<'_>, view: &View<'_>) -> Html {
    let mut out = Html::new();
    if view.story.timeline.is_empty() {
        return out;
    }
    let own = own_days(view);
    let n_own = own.iter().filter(|own| **own).count();
    let rows = view.story.timeline.iter().zip(&own);
    let (near, far): (Vec<_>, Vec<_>) = rows.partition(|(_, own)| n_own == 0 || **own);
    list(&mut out, site, view, &near.iter().map(|(it, _)| *it).collect::<Vec<_>>());
    if !far.is_empty() {
        out.raw("<details class=\"alone\"><summary>").num(far.len());
        out.raw(if far.len() == 1 { " row" } else { " rows" });
        out.raw(" of background: other days, and spans of time</summary>\n");
        list(&mut out, site, view, &far.iter().map(|(it, _)| *it).collect::<Vec<_>>());
        out.raw("</details>\n");
    }
    out
}

fn list(out: &mut Html, site: &Site<'_>, view: &View<'_>, rows: &[&Happening]) {
    out.raw("<ol class=\"timeline\">\n");
    let mut before = String::new();
    let mut rows = rows.iter().copied().peekable();
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
            Moment::Event => event(out, site, view, it),
            Moment::Report => {
                let mut reports = vec![it];
                let same = |next: &&Happening| next.moment == it.moment && next.when == it.when;
                while let Some(next) = rows.next_if(same) {
                    reports.push(next);
                }
                published(out, site, view, &reports);
            }
        }
        out.raw("</div></li>\n");
        before = when;
    }
    out.raw("</ol>\n");
}

fn event(out: &mut Html, site: &Site<'_>, view: &View<'_>, it: &Happening) {
    if let Some(&place) = it.places.first() {
        site.quoted(out, place, QUOTED);
    }
    out.raw("<small>");
    site.sigla(out, view, &it.articles);
    for &place in it.places.iter().take(PLACES) {
        out.raw(" ");
        site.bytes(out, view, place);
    }
    if it.places.len() > PLACES {
        out.raw(" and ").num(it.places.len() - PLACES).raw(" more");
    }
    out.raw("</small>");
}

fn published(out: &mut Html, site: &Site<'_>, view: &View<'_>, reports: &[&Happening]) {
    let dated = reports.iter().flat_map(|it| it.articles.iter().copied().zip(it.places.clone()));
    let mut dated = dated.collect::<Vec<_>>();
    dated.sort_unstable();
    out.raw("<b>Published</b> ");
    letters(out, dated.len(), |out, nth| {
        // Each letter leads to the words by which its page dates it.
        let (article, place) = dated[nth];
        out.raw("<a class=\"sig\"").attr("href", &site.link_in(article, place.span));
        out.attr("title", &view.dated(article)).raw(">").text(&view.siglum(article)).raw("</a>");
    });
    let mut before = Vec::<String>::new();
    for (article, place) in dated {
        let words = view.dossier.words(place);
        // Metadata says no more than the day does; each letter leads to it.
        if words.starts_with(|c: char| c.is_ascii_digit()) && words.contains('T') {
            continue;
        }
        let words = quoted(words, 60);
        if before.len() < PLACES && !before.contains(&words) {
            out.raw(if before.is_empty() { "<small>dated " } else { ", " });
            out.link("said", Some(&site.link_in(article, place.span)), &words);
            before.push(words);
        }
    }
    out.raw(if before.is_empty() { "" } else { "</small>" });
}
