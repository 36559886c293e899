//! Claims: who states, attributes or contests what, and where statements of one claim part.

use headwater::claim::{Claim, Stance, Stating};
use headwater::difference::{Difference, DifferenceKind, Grade};

use super::QUOTED;
use crate::html::escape::Html;
use crate::html::index::pair;
use crate::html::site::{Site, letters};
use crate::plain::claims::is_shared;
use crate::plain::paper::{clip, quoted, shown};
use crate::plain::view::{View, outlet};
use crate::verdict::{self, counted};

pub(super) const LINE: &str = "Who states it, who attributes it and to whom, who says something \
else. A column is a text: copies share one.";

pub(super) const APART: &str = "Where reports do not agree. Headwater does not say which is right.";

/// Texts that a table has columns for; with more of them or one alone, each claim is a list.
const MOST_COLUMNS: usize = 6;

/// Articles of one text that head its column; all of them stand in the list of articles.
const MOST_LETTERS: usize = 6;

/// Claims that are shown unfolded.
const CLAIMS: usize = 12;

/// Sources to whom one claim is attributed, and wordings that differ, that a list shows unfolded.
const SOURCES: usize = 5;
const WORDINGS: usize = 3;

/// What one text does with a claim.
#[derive(Clone, PartialEq, Eq)]
struct Cell<'a> {
    class: &'static str,
    /// Whom it is attributed to, or what is said instead.
    label: String,
    statings: Vec<&'a Stating>,
}

pub(super) fn claims(site: &Site<'_>, ix: usize) -> Html {
    let view = &site.views[ix];
    let (shared, alone): (Vec<_>, Vec<_>) =
        view.story.claims.iter().enumerate().partition(|(_, claim)| is_shared(view, claim));
    let mut out = Html::new();
    if !shared.is_empty() {
        let print =
            if (2..=MOST_COLUMNS).contains(&view.story.texts.len()) { table } else { lists };
        // One more is not worth a fold.
        let most = if shared.len() > CLAIMS + 1 { CLAIMS } else { shared.len() };
        let (first, others) = shared.split_at(most);
        print(&mut out, site, ix, first);
        out.raw(LEGEND);
        if !others.is_empty() {
            out.raw("<details class=\"alone\"><summary>").num(others.len());
            out.raw(" more claims</summary>\n");
            print(&mut out, site, ix, others);
            out.raw("</details>\n");
        }
    }
    if !alone.is_empty() {
        out.raw("<details class=\"alone\"><summary>");
        out.text(&counted(alone.len(), "claim", "claims"));
        out.raw(" made by one text alone</summary>\n<ul class=\"lines\">\n");
        for (nth, claim) in alone {
            out.raw("<li").attr("id", &site.ids.claim(ix, nth)).raw(">");
            text(&mut out, site, nth, claim);
            for cell in cells(view, claim.statements.iter()) {
                out.raw(" ");
                cell_link(&mut out, site, view, &cell);
            }
            rests(&mut out, site, view, claim);
            out.raw("</li>\n");
        }
        out.raw("</ul></details>\n");
    }
    out
}

const LEGEND: &str = "<ul class=\"legend\"><li><span class=\"cell states\"></span>states it in its own \
voice</li><li><span class=\"cell attributes\"></span>attributes it to somebody</li><li><span class=\"cell \
differs\"></span>says something else</li><li><span class=\"silent\">–</span>silent</li></ul>\n";

fn table(out: &mut Html, site: &Site<'_>, ix: usize, claims: &[(usize, &Claim)]) {
    let view = &site.views[ix];
    out.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Claims by text\">");
    out.raw("<table class=\"claims\"><thead><tr><th scope=\"col\">Claim</th>");
    for text in &view.story.texts {
        out.raw("<th scope=\"col\">");
        site.sigla(out, view, &text[..text.len().min(MOST_LETTERS)]);
        if text.len() > MOST_LETTERS {
            out.raw(" <small>and ").num(text.len() - MOST_LETTERS).raw(" more</small>");
        }
        out.raw("<br>");
        let name = outlet(site.dossier, text[0]).unwrap_or_else(|| "not named".to_owned());
        out.text(&clip(&name, 28)).raw("</th>");
    }
    out.raw("<th scope=\"col\">rests on</th></tr></thead><tbody>\n");
    for &(nth, claim) in claims {
        out.raw("<tr").attr("id", &site.ids.claim(ix, nth)).raw("><th scope=\"row\">");
        self::text(out, site, nth, claim);
        out.raw("</th>");
        for text in &view.story.texts {
            let mine = claim.statements.iter().filter(|it| text.contains(&it.article));
            let cells = cells(view, mine);
            if cells.is_empty() {
                out.raw("<td class=\"silent\">–<span class=\"unseen\"> silent</span></td>");
                continue;
            }
            out.raw("<td><span class=\"unseen\">").text(&view.sigla(text)).raw("</span> ");
            for cell in cells {
                cell_link(out, site, view, &cell);
            }
            out.raw("</td>");
        }
        out.raw("<td>");
        rests(out, site, view, claim);
        out.raw("</td></tr>\n");
    }
    out.raw("</tbody></table></div>\n");
}

/// Claim by claim: with many texts a table would be wider than any page.
fn lists(out: &mut Html, site: &Site<'_>, ix: usize, claims: &[(usize, &Claim)]) {
    let view = &site.views[ix];
    out.raw("<ol class=\"claimlist\">\n");
    for &(nth, claim) in claims {
        out.raw("<li").attr("id", &site.ids.claim(ix, nth)).raw("><div>");
        text(out, site, nth, claim);
        out.raw("<ul class=\"cells\">");
        let cells = cells(view, claim.statements.iter());
        for (class, most, more) in [
            ("states", usize::MAX, ""),
            ("attributes", SOURCES, " more to whom it is attributed"),
            ("differs", WORDINGS, " more that say something else"),
        ] {
            let mine = cells.iter().filter(|cell| cell.class == class).collect::<Vec<_>>();
            // One more is not worth a fold.
            let most = if mine.len() > most.saturating_add(1) { most } else { mine.len() };
            let (first, rest) = mine.split_at(most);
            for cell in first {
                listed(out, site, view, cell);
            }
            if !rest.is_empty() {
                out.raw("<li><details class=\"more\"><summary>").num(rest.len()).raw(more);
                out.raw("</summary><ul class=\"cells\">");
                for cell in rest {
                    listed(out, site, view, cell);
                }
                out.raw("</ul></details></li>");
            }
        }
        out.raw("</ul></div>");
        rests(out, site, view, claim);
        out.raw("</li>\n");
    }
    out.raw("</ol>\n");
}

/// What several articles do with a claim, and their letters.
fn listed(out: &mut Html, site: &Site<'_>, view: &View<'_>, cell: &Cell<'_>) {
    out.raw("<li>");
    cell_link(out, site, view, cell);
    let mut statings = cell.statings.clone();
    statings.dedup_by_key(|it| it.article);
    letters(out, statings.len(), |out, nth| {
        // Each letter leads to the words that this article has for it.
        let it = statings[nth];
        out.raw("<a class=\"sig\"").attr("href", &site.link_in(it.article, it.place.span));
        out.attr("title", &view.dated(it.article)).raw(">");
        out.text(&view.siglum(it.article)).raw("</a>");
    });
    out.raw("</li>");
}

fn text(out: &mut Html, site: &Site<'_>, nth: usize, claim: &Claim) {
    out.raw("<span class=\"no\">").num(nth + 1).raw("</span> ");
    site.quoted(out, claim.text, 2 * QUOTED);
}

/// What statements do with a claim; those that do the same together, in order.
fn cells<'a>(view: &View<'_>, statements: impl Iterator<Item = &'a Stating>) -> Vec<Cell<'a>> {
    let mut cells = Vec::<Cell<'a>>::new();
    for it in statements {
        let to = it.attributed.iter().map(|&source| view.bare_source(source));
        let to = to.collect::<Vec<_>>().join(" and ");
        let words = || quoted(view.dossier.words(it.place), 60);
        let (class, label) = match it.stance {
            Stance::Affirms if to.is_empty() => ("states", "states".to_owned()),
            Stance::Affirms => ("attributes", to),
            Stance::Denies => ("differs", format!("denies: {}", words())),
            Stance::Differs => ("differs", words()),
        };
        match cells.iter_mut().find(|cell| (cell.class, &cell.label) == (class, &label)) {
            Some(cell) => cell.statings.push(it),
            None => cells.push(Cell { class, label, statings: vec![it] }),
        }
    }
    cells
}

fn cell_link(out: &mut Html, site: &Site<'_>, view: &View<'_>, cell: &Cell<'_>) {
    let Some(first) = cell.statings.first() else { return };
    let said = quoted(view.dossier.words(first.place), QUOTED);
    let title = format!("{} {said}", view.siglum(first.article));
    out.raw("<a class=\"cell ").raw(cell.class).raw("\"").attr("title", &title);
    out.attr("href", &site.link_in(first.article, first.place.span));
    out.raw("><span>").text(&clip(&cell.label, 90)).raw("</span></a>");
}

/// The count of origins, and what they are.
fn rests(out: &mut Html, site: &Site<'_>, view: &View<'_>, claim: &Claim) {
    let origins = &claim.origins;
    out.raw("<div class=\"rests\"><span class=\"label\">rests on </span>");
    out.text(&pair(origins.least, origins.most)).raw("<small>");
    for (nth, root) in origins.roots.iter().take(3).enumerate() {
        out.raw(if nth == 0 { "" } else { "; " });
        let label = verdict::root(view.dossier, root, |article| view.siglum(article));
        let label = clip(&label, 70);
        let link = root.places.first().and_then(|&place| site.link(place));
        out.link("root", link.as_deref(), &label);
    }
    if origins.roots.len() > 3 {
        out.raw("; and ").num(origins.roots.len() - 3).raw(" more");
    }
    out.raw("</small></div>");
}

/// Differences between the same words, with everybody who has them.
struct Apart<'a> {
    it: &'a Difference,
    sides: [Vec<headwater::Place>; 2],
}

pub(super) fn differences(site: &Site<'_>, ix: usize) -> Html {
    let view = &site.views[ix];
    let mut out = Html::new();
    for (nth, claim) in view.story.claims.iter().enumerate() {
        for apart in parted(view, claim) {
            if out.is_empty() {
                out.raw("<div class=\"differences\">\n");
            }
            out.raw("<div class=\"difference\"><h3>").raw(kind(apart.it.kind)).raw("</h3><ul>");
            for side in &apart.sides {
                out.raw("<li><span>");
                site.quoted(&mut out, side[0], QUOTED);
                out.raw("</span>");
                let articles = side.iter().filter_map(|&place| view.article_at(place));
                site.sigla(&mut out, view, &articles.collect::<Vec<_>>());
                out.raw("</li>");
            }
            out.raw("</ul><p>");
            match apart.it.grade {
                Grade::Compatible => out.raw("One may be a coarser way to say the other. "),
                Grade::Differs => &mut out,
                Grade::Excludes => out.raw("Both cannot hold. "),
            };
            let link = format!("#{}", site.ids.claim(ix, nth));
            out.raw("<a").attr("href", &link).raw(">Claim ").num(nth + 1);
            out.raw("</a></p></div>\n");
        }
    }
    if !out.is_empty() {
        out.raw("</div>");
    }
    out
}

fn parted<'a>(view: &View<'_>, claim: &'a Claim) -> Vec<Apart<'a>> {
    let words = |place| shown(view.dossier.words(place));
    let mut found = Vec::<Apart<'a>>::new();
    for it in &claim.differences {
        let same = |there: &&mut Apart<'_>| {
            (there.it.kind, there.it.grade) == (it.kind, it.grade)
                && words(there.it.left) == words(it.left)
                && words(there.it.right) == words(it.right)
        };
        match found.iter_mut().find(same) {
            Some(there) => {
                there.sides[0].push(it.left);
                there.sides[1].push(it.right);
            }
            None => found.push(Apart { it, sides: [vec![it.left], vec![it.right]] }),
        }
    }
    found
}

fn kind(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Number => "How many",
        DifferenceKind::Date => "When",
        DifferenceKind::Polarity => "Whether it is so",
        DifferenceKind::Actor => "Who",
        DifferenceKind::Modality => "How far along",
        DifferenceKind::Place => "Where",
        DifferenceKind::Set => "Which of them",
    }
}
