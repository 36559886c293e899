//! Stemma: who has it from whom, as a picture, as a list, and as a table of all ties with their
//! words.

mod key;
mod layout;
mod list;
mod node;
mod order;
mod svg;

use headwater::name::Unnamed;
use headwater::reuse::Reason;
use headwater::stemma::{Carrier, Derivation, Tie, WitnessIx};
use headwater::{ArticleIx, Place};

use super::escape::Html;
use super::site::Site;
use crate::plain::paper::quoted;
use crate::plain::stemma::PLAIN;
use crate::plain::view::{View, outlet};

pub(super) const LINE: &str =
    "From whoever told it first down to the pages that were read. Each line leads to its words.";

/// Words that a tie shows at most; all of them stand in the articles.
const WORDS: usize = 4;

/// Places of the same words that are linked.
const MOST_PLACES: usize = 8;

/// The whole section; empty for a story of one article that has it from nobody.
pub(super) fn stemma(site: &Site<'_>, view: &View<'_>) -> Html {
    let stemma = &view.story.stemma;
    let mut out = Html::new();
    if stemma.derivations.is_empty() {
        if view.story.articles.len() > 1 {
            out.raw("<div>No tie was found between ");
            site.sigla(&mut out, view, &view.story.articles);
            out.raw("</div>");
        }
        return out;
    }
    for circle in &stemma.circles {
        out.raw("<p class=\"differ\">In a circle, so that none of them is the first: ");
        for (nth, &witness) in circle.iter().chain(circle.first()).enumerate() {
            out.raw(if nth == 0 { "" } else { " cites " }).text(view.witness(witness));
        }
        out.raw(".</p>\n");
    }
    out.put(&svg::picture(site, view)).put(&list::list(site, view));
    out
}

/// The verb of a tie, child first: "F cites α".
pub(super) fn verb(tie: &Derivation) -> &'static str {
    let open = tie.doubt.is_some();
    match tie.tie {
        Tie::Copy => "has the same words as",
        Tie::Version => "is a version of",
        Tie::Excerpt => "has some of the words of",
        Tie::Rewrite => "rewords",
        Tie::Republishes if open => "perhaps republishes",
        Tie::Republishes => "republishes",
        Tie::Credits if open => "perhaps credits",
        Tie::Credits => "credits",
        Tie::Cites if open => "perhaps cites",
        Tie::Cites => "cites",
    }
}

/// What a witness is called beside its letter.
pub(super) fn name(view: &View<'_>, ix: WitnessIx) -> String {
    match view.story.stemma.witnesses[ix.ix()].carrier {
        Carrier::Extant(article) => outlet(view.dossier, article)
            .or_else(|| headline(view, article))
            .unwrap_or_else(|| "outlet not named".to_owned()),
        Carrier::Lost(source) => view.bare_source(source),
        Carrier::Inferred(_) => "a text that nobody names".to_owned(),
    }
}

/// The beginning of an article's headline.
fn headline(view: &View<'_>, article: ArticleIx) -> Option<String> {
    let headline = view.dossier.articles[article.ix()].headline?;
    let words = view.dossier.words(view.dossier.place(article, headline));
    Some(quoted(words, 24))
}

/// What is said of a witness beneath its name: its date, or that it is not here.
pub(super) fn state(view: &View<'_>, ix: WitnessIx) -> String {
    match view.story.stemma.witnesses[ix.ix()].carrier {
        Carrier::Extant(article) => match view.dossier.articles[article.ix()].published {
            Some(published) => crate::plain::view::day(published.when),
            None => "no date".to_owned(),
        },
        Carrier::Lost(source) => {
            let people = view.dossier.sources.get(source).unnamed == Some(Unnamed::People);
            if people { "unnamed people" } else { "not here" }.to_owned()
        }
        Carrier::Inferred(_) => "not here".to_owned(),
    }
}

/// The letter of a witness: an article leads to its file, the others to their place among sources.
pub(super) fn letter(out: &mut Html, site: &Site<'_>, view: &View<'_>, ix: WitnessIx) {
    match view.story.stemma.witnesses[ix.ix()].carrier {
        Carrier::Extant(article) => site.siglum(out, view, article),
        Carrier::Lost(source) => {
            out.raw("<a class=\"sig lost\"").attr("href", &site.source_link(source));
            out.attr("title", &view.bare_source(source)).raw(">").text(view.witness(ix));
            out.raw("</a>");
        }
        Carrier::Inferred(_) => {
            out.raw("<span class=\"sig lost\">").text(view.witness(ix)).raw("</span>");
        }
    }
}

/// Whom witnesses cite beside others: a line for each such witness, each verb leading to the words.
fn asides(out: &mut Html, site: &Site<'_>, view: &View<'_>, ties: &[(usize, &Derivation)]) {
    let mut ties = ties.to_vec();
    ties.sort_by_key(|(nth, tie)| (tie.child, *nth));
    for ties in ties.chunk_by(|one, next| one.1.child == next.1.child) {
        out.raw("<li>");
        letter(out, site, view, ties[0].1.child);
        for (at, (nth, tie)) in ties.iter().enumerate() {
            out.raw(if at == 0 { " also " } else { "; " });
            out.raw("<a href=\"#t").num(nth + 1).raw("\">").raw(verb(tie)).raw("</a> ");
            letter(out, site, view, tie.parent);
            out.raw(" ").text(&name(view, tie.parent));
        }
        out.raw("</li>\n");
    }
}

/// What the table of ties shows.
pub(super) const TIES: &str = "Who has it from whom, the words that show it, how much of the text \
it is, and what is not certain.";

/// The table of all ties; empty if there is none.
pub(super) fn ties(site: &Site<'_>, view: &View<'_>) -> Html {
    let all = &view.story.stemma.derivations;
    let mut html = Html::new();
    if all.is_empty() {
        return html;
    }
    let out = &mut html;
    let shares = all.iter().any(|tie| view.share(tie).is_some());
    let doubts = all.iter().any(|tie| tie.doubt.is_some());
    out.raw("<table class=\"ties\"><thead><tr><th scope=\"col\">Tie</th><th scope=\"col\">Words");
    out.raw("</th>").raw(if shares { "<th scope=\"col\" class=\"share\">Share</th>" } else { "" });
    out.raw(if doubts { "<th scope=\"col\" class=\"open\">Doubt</th>" } else { "" });
    out.raw("</tr></thead><tbody>\n");
    for (nth, tie) in all.iter().enumerate() {
        out.raw("<tr id=\"t").num(nth + 1).raw("\"><td class=\"tiename\">").raw(SHUT);
        letter(out, site, view, tie.child);
        out.raw(" ").raw(verb(tie)).raw(" ");
        letter(out, site, view, tie.parent);
        out.raw(" <span class=\"of\">").text(&name(view, tie.parent)).raw("</span></td><td>");
        reasons(out, site, view, &tie.reasons);
        out.raw("</td>").raw(if shares { "<td class=\"num\">" } else { "" });
        if let Some(share) = view.share(tie) {
            out.num(u32::from(share)).raw(" %");
        }
        out.raw(if shares { "</td>" } else { "" });
        if doubts {
            out.raw("<td class=\"doubt\">").text(tie.doubt.as_deref().unwrap_or_default());
            out.raw("</td>");
        }
        out.raw("</tr>\n");
    }
    out.raw("</tbody></table>\n<p class=\"shut\" id=\"shut\"></p>");
    html
}

/// A tie that the address names stands beside the picture until this is followed. It leads to a place
/// that is always in sight, so that the page does not move.
const SHUT: &str = "<a class=\"close\" href=\"#shut\">Close</a>";

/// The words of a tie, each with why they show it and where they stand.
fn reasons(out: &mut Html, site: &Site<'_>, view: &View<'_>, reasons: &[Reason]) {
    let (mut n_shown, mut rest) = (0, 0);
    for reason in reasons {
        // "AFP" ten times is said once, with ten places.
        let mut wordings = Vec::<(String, Vec<Place>)>::new();
        for &place in &reason.places {
            let words = quoted(view.dossier.words(place), 140);
            match wordings.iter_mut().find(|(before, _)| *before == words) {
                Some((_, places)) => places.push(place),
                None => wordings.push((words, vec![place])),
            }
        }
        for (_, places) in wordings {
            if n_shown == WORDS {
                rest += 1;
                continue;
            }
            n_shown += 1;
            out.raw("<span class=\"evidence\">");
            site.quoted(out, places[0], 140);
            for &place in places.iter().take(MOST_PLACES) {
                out.raw(" ");
                site.bytes(out, view, place);
            }
            if places.len() > MOST_PLACES {
                out.raw(" <small>and ").num(places.len() - MOST_PLACES).raw(" more</small>");
            }
            if !reason.why.is_empty() && !PLAIN.contains(&reason.why.as_str()) {
                out.raw(" <small>").text(&reason.why).raw("</small>");
            }
            out.raw("</span>");
        }
        if reason.places.is_empty() && !reason.why.is_empty() {
            out.raw("<span class=\"evidence\"><small>").text(&reason.why).raw("</small></span>");
        }
    }
    if rest > 0 {
        out.raw("<small>and ").num(rest).raw(" more</small>");
    }
}
