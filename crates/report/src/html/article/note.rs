//! Note: what is said beside a line, about its quotes, citations and shared words.

use headwater::citation::{Citation, How};
use headwater::source::SourceIx;
use headwater::{ArticleIx, Place};

use super::{COLOURS, Lane, Line, Part};
use crate::html::escape::Html;
use crate::html::site::Site;
use crate::plain::paper::{clip, shown};
use crate::verdict::counted;

/// Notes beside one line; a paragraph of forty quotes would push the next one away.
const MOST: usize = 7;

pub(super) fn notes(site: &Site<'_>, ix: ArticleIx, line: &Line, lanes: &[Lane]) -> Html {
    let mut all = Vec::<Html>::new();
    if line.part != Part::Furniture {
        citations(&mut all, site, ix, line);
        credits(&mut all, site, ix, line);
        shared(&mut all, site, ix, line, lanes);
    }
    let mut out = Html::new();
    let mut seen = Vec::<Html>::new();
    for note in all {
        if !seen.contains(&note) {
            seen.push(note);
        }
    }
    if seen.is_empty() {
        return out;
    }
    out.raw("<ul class=\"notes\">");
    for note in seen.iter().take(MOST) {
        out.put(note);
    }
    if seen.len() > MOST {
        out.raw("<li>and ").num(seen.len() - MOST).raw(" more</li>");
    }
    out.raw("</ul>");
    out
}

fn citations(all: &mut Vec<Html>, site: &Site<'_>, ix: ArticleIx, line: &Line) {
    let page = &site.dossier.pages[site.dossier.articles[ix.ix()].page.ix()];
    let marks = &site.dossier.marks[ix.ix()];
    for citation in marks.citations.iter().filter(|it| line.span.overlaps(it.cue)) {
        let source = citation.source.map(|party| site.dossier.sources.party(ix, party));
        let letter = source.and_then(|source| site.view_of(ix)?.lost(source));
        let mut note = Html::new();
        note.raw("<li class=\"").raw(if letter.is_some() { "lostnote" } else { "citenote" });
        note.raw("\"><b>").text(&clip(&shown(page.words(citation.cue)), 40)).raw("</b> ");
        note.raw(how(citation)).raw(" ");
        match source {
            Some(source) => name(&mut note, site, ix, source),
            None => {
                note.raw("nobody that is named");
            }
        }
        if let Some(told) = citation.told {
            note.raw(", told to ");
            name(&mut note, site, ix, site.dossier.sources.party(ix, told));
        }
        if let Some(public) = citation.public {
            note.raw(", in public: “").text(&clip(&shown(page.words(public)), 50)).raw("”");
        }
        note.raw("</li>");
        all.push(note);
    }
}

fn how(citation: &Citation) -> &'static str {
    match citation.how {
        How::Reported => "cites",
        How::Told => "attributes to",
        How::Republished => "takes its words from",
        How::Linked => "links to",
        How::Confirmed => "has it confirmed by",
        How::Hearsay => "has it on hearsay from",
        How::NoComment => "no comment from",
    }
}

fn name(note: &mut Html, site: &Site<'_>, ix: ArticleIx, source: SourceIx) {
    match site.view_of(ix) {
        Some(view) => site.source(note, view, source),
        None => {
            note.raw("<a class=\"source\"").attr("href", &site.source_link(source)).raw(">");
            note.text(&shown(&site.dossier.sources.get(source).name)).raw("</a>");
        }
    }
}

fn credits(all: &mut Vec<Html>, site: &Site<'_>, ix: ArticleIx, line: &Line) {
    let article = &site.dossier.articles[ix.ix()];
    for (nth, credit) in article.credits.iter().enumerate() {
        if line.span.overlaps(credit.span) {
            let mut note = Html::new();
            note.raw("<li class=\"lostnote\"><b>Credit line</b> names ");
            name(&mut note, site, ix, site.dossier.sources.of_credit[ix.ix()][nth]);
            note.raw("</li>");
            all.push(note);
        }
    }
}

/// For each lane, how many words of the line stand there too, and where.
fn shared(all: &mut Vec<Html>, site: &Site<'_>, ix: ArticleIx, line: &Line, lanes: &[Lane]) {
    for (lane, colour) in lanes.iter().zip(COLOURS) {
        let here = lane.shared.iter().filter(|it| it.0.overlaps(line.span)).collect::<Vec<_>>();
        let Some(first) = here.first() else { continue };
        let text = &site.dossier.pages[site.dossier.articles[ix.ix()].page.ix()].text;
        let cuts = here.iter().filter_map(|it| it.0.intersect(line.span));
        let n_words = cuts.map(|it| it.of(text).split_whitespace().count()).sum::<usize>();
        let whole = here.iter().any(|it| it.0.contains(line.span));
        let mut note = Html::new();
        note.raw("<li class=\"sharenote ").raw(colour).raw("\"><a");
        let place: Place = first.1;
        if let Some(link) = site.link_in(lane.article, place.span) {
            note.attr("href", &link);
        }
        note.raw("><b>").text(&lane.letter).raw("</b>");
        if whole {
            note.raw(" has these words too");
        } else {
            note.raw(" has ").text(&counted(n_words, "word", "words")).raw(" of it");
        }
        note.raw("</a>");
        if here.iter().all(|it| it.2) {
            note.raw(", quoted there as here");
        }
        note.raw("</li>");
        all.push(note);
    }
}
