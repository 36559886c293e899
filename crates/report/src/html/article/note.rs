//! Note: what is said beside a line, about its quotes, citations and shared words.

use headwater::ArticleIx;
use headwater::citation::{Citation, How};
use headwater::source::SourceIx;

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
    if let Some(view) = site.view_of(ix) {
        site.source(note, view, source);
    } else {
        let name = shown(&site.dossier.sources.get(source).name);
        note.link("source", Some(&site.source_link(source)), &name);
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

/// Who else has the words of the line: all of them, some, or as somebody's words in quotation marks.
fn shared(all: &mut Vec<Html>, site: &Site<'_>, ix: ArticleIx, line: &Line, lanes: &[Lane]) {
    let text = &site.dossier.pages[site.dossier.articles[ix.ix()].page.ix()].text;
    let mut notes = [Html::new(), Html::new(), Html::new()];
    for (lane, colour) in lanes.iter().zip(COLOURS) {
        let here = lane.shared.iter().filter(|it| it.span.overlaps(line.span)).collect::<Vec<_>>();
        let Some(first) = here.first() else { continue };
        let cuts = here.iter().filter_map(|it| it.span.intersect(line.span));
        let n_words = cuts.map(|it| it.of(text).split_whitespace().count()).sum::<usize>();
        let sort = if lane.covers(line.span) {
            0
        } else if here.iter().all(|it| it.is_quoted) {
            1
        } else {
            2
        };
        let note = &mut notes[sort];
        note.raw(if note.is_empty() { "" } else { ", " }).raw("<a class=\"");
        note.raw(colour).raw(" lettered\"");
        note.attr("href", &site.link_in(lane.article, first.there.span));
        note.raw("><b>").text(&lane.letter).raw("</b>");
        if sort > 0 {
            note.raw(" ").text(&counted(n_words, "word", "words"));
        }
        note.raw("</a>");
    }
    let heads = ["The same words in ", "Quoted there as here: ", "Some of these words in "];
    for (note, head) in notes.into_iter().zip(heads) {
        if !note.is_empty() {
            let mut item = Html::new();
            item.raw("<li class=\"sharenote\">").raw(head).put(&note).raw("</li>");
            all.push(item);
        }
    }
}
