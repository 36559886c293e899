//! Sayings: what was said, in the versions in which reports quote it.

use headwater::utterance::{Change, Utterance, Version};
use headwater::{ArticleIx, Place, Span};

use crate::html::escape::Html;
use crate::html::site::Site;
use crate::plain::claims::changed;
use crate::plain::paper::quoted;
use crate::plain::view::View;
use crate::variant;
use crate::verdict::counted;

pub(super) const LINE: &str =
    "One saying in all its versions, the fullest first. Marked words are not in all of them.";

/// Sayings of a story of one article that are shown unfolded.
const IN_SIGHT: usize = 12;

/// How much of a saying is shown.
const LONGEST: usize = 600;

pub(super) fn sayings(site: &Site<'_>, ix: usize) -> Html {
    let view = &site.views[ix];
    let (shared, alone): (Vec<_>, Vec<_>) =
        view.story.utterances.iter().enumerate().partition(|(_, it)| n_articles(it) > 1);
    let mut out = Html::new();
    if !shared.is_empty() {
        out.raw("<div class=\"sayings\">\n");
        for (nth, said) in shared {
            saying(&mut out, site, view, &site.ids.utterance(ix, nth), said);
        }
        out.raw("</div>\n");
    }
    if !alone.is_empty() {
        // Where there is nothing else to read, and not too much of it, it is in sight.
        let opens = alone.len() <= IN_SIGHT && view.story.articles.len() == 1;
        out.raw(if opens { "<details class=\"alone\" open>" } else { "<details class=\"alone\">" });
        out.raw("<summary>")
            .text(&counted(alone.len(), "saying", "sayings"))
            .raw(" in one article alone</summary>");
        out.raw("<ul class=\"lines\">\n");
        for (nth, said) in alone {
            out.raw("<li").attr("id", &site.ids.utterance(ix, nth)).raw("><b>");
            speaker(&mut out, site, view, said);
            out.raw("</b>: ");
            let place = said.versions[0].place;
            site.quoted(&mut out, place, LONGEST);
            out.raw(" ");
            site.bytes(&mut out, view, place);
            out.raw("</li>\n");
        }
        out.raw("</ul></details>\n");
    }
    out
}

fn n_articles(said: &Utterance) -> usize {
    let mut articles = said.versions.iter().map(|it| it.article).collect::<Vec<_>>();
    articles.sort_unstable();
    articles.dedup();
    articles.len()
}

fn speaker(out: &mut Html, site: &Site<'_>, view: &View<'_>, said: &Utterance) {
    match said.speaker {
        Some(speaker) => site.source(out, view, speaker),
        None => {
            out.raw("A speaker that no page names");
        }
    }
}

/// Versions in the same words, together.
struct Wording<'a> {
    words: String,
    change: Change,
    versions: Vec<&'a Version>,
}

fn saying(out: &mut Html, site: &Site<'_>, view: &View<'_>, id: &str, said: &Utterance) {
    let mut wordings = Vec::<Wording<'_>>::new();
    for version in &said.versions {
        // The comma before "she said" is the report's, not the speaker's.
        let words = view.dossier.words(version.place).trim_end_matches([',', '.']);
        let words = quoted(words, LONGEST);
        match wordings.iter_mut().find(|it| it.words == words) {
            Some(it) => it.versions.push(version),
            None => {
                wordings.push(Wording { words, change: version.change, versions: vec![version] });
            }
        }
    }
    let Some((full, others)) = wordings.split_first() else { return };
    out.raw("<article class=\"saying\"").attr("id", id).raw("><p class=\"who\"><b>");
    speaker(out, site, view, said);
    out.raw("</b></p>\n<blockquote>");
    let varied = others.iter().filter(|it| is_worded(it.change)).map(|it| it.versions[0].place);
    fullest(out, site, full.versions[0].place, &varied.collect::<Vec<_>>());
    out.raw("</blockquote>\n<ul class=\"versions\"><li>");
    carriers(out, site, view, &full.versions);
    out.raw(" <span>");
    site.bytes(out, view, full.versions[0].place);
    out.raw("</span></li>\n");
    for it in others {
        out.raw("<li>");
        carriers(out, site, view, &it.versions);
        out.raw(" <span><small>").raw(changed(it.change)).raw(":</small> ");
        let place = it.versions[0].place;
        site.quoted(out, place, LONGEST / 2);
        out.raw(" ");
        site.bytes(out, view, place);
        out.raw("</span></li>\n");
    }
    out.raw("</ul></article>\n");
}

fn carriers(out: &mut Html, site: &Site<'_>, view: &View<'_>, versions: &[&Version]) {
    let articles = versions.iter().map(|it| it.article).collect::<Vec<ArticleIx>>();
    site.sigla(out, view, &articles);
}

/// Whether words differ, not marks or length alone.
fn is_worded(change: Change) -> bool {
    matches!(change, Change::Spelling | Change::Reworded | Change::Extended)
}

/// The fullest version, linked, with the words marked that others have otherwise.
fn fullest(out: &mut Html, site: &Site<'_>, place: Place, others: &[Place]) {
    let edits = others.iter().flat_map(|&other| variant::edits(site.dossier, place, other));
    let mut marked = edits.map(|edit| edit.was.span).filter(|span| !span.is_empty());
    let mut spans = marked.by_ref().collect::<Vec<Span>>();
    spans.sort_unstable();
    let link = site.link(place);
    if let Some(link) = &link {
        out.raw("<a class=\"said\"").attr("href", link).raw(">");
    }
    out.raw("“");
    let text = &site.dossier.pages[place.page.ix()].text;
    let mut at = place.span.start;
    for span in spans {
        let Some(span) = span.intersect(Span { start: at, end: place.span.end.max(at) }) else {
            continue;
        };
        out.text(Span { start: at, end: span.start }.of(text));
        out.raw("<span class=\"var\">").text(span.of(text)).raw("</span>");
        at = span.end;
    }
    out.text(Span { start: at, end: place.span.end }.of(text).trim_end_matches(',')).raw("”");
    if link.is_some() {
        out.raw("</a>");
    }
}
