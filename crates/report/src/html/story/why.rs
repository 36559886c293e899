//! Why a count of origins is what it is: at least, at most, what would settle it.

use headwater::ArticleIx;
use headwater::claim::Claim;
use headwater::origin::{Doubt, Effect, Origins, Root};

use super::QUOTED;
use crate::html::escape::Html;
use crate::html::site::Site;
use crate::plain::view::View;
use crate::verdict;

/// Words of a root that are shown; a root that everybody carries has one for each of them.
const WORDS: usize = 3;

/// Roots, and questions that would settle a doubt, that are shown unfolded.
const ROOTS: usize = 6;

pub(super) fn why(site: &Site<'_>, view: &View<'_>) -> Html {
    let mut out = Html::new();
    let Some(origins) = &view.story.origins else { return out };
    out.raw("<details class=\"why\" id=\"why\" open><summary>Why ");
    out.text(&super::super::index::pair(origins.least, origins.most)).raw("? <span>");
    let central = view.story.central.and_then(|at| view.story.claims.get(at as usize));
    if let Some(claim) = central {
        out.raw("Counted for the claim that the story is about</span></summary>\n");
        out.raw("<p class=\"central\">");
        let place = claim.text;
        site.quoted(&mut out, place, 2 * QUOTED);
        out.raw(" ");
        site.bytes(&mut out, view, place);
        out.raw("</p>\n");
        unsourced(&mut out, site, view, claim, origins);
    } else {
        out.raw("</span></summary>\n");
    }
    let exact = origins.least == origins.most && origins.doubts.is_empty();
    out.raw(if exact { "<div class=\"reasons exact\">\n" } else { "<div class=\"reasons\">\n" });
    ends(&mut out, site, view, origins);
    settle(&mut out, origins);
    out.raw("</div></details>\n");
    out
}

/// Who states the claim and carries none of its origins, and who says nothing of it: texts that no line
/// of the figure leaves.
fn unsourced(out: &mut Html, site: &Site<'_>, view: &View<'_>, claim: &Claim, origins: &Origins) {
    let carries = |it: &ArticleIx| origins.roots.iter().any(|root| root.carried_by.contains(it));
    let speaks = |it: &ArticleIx| claim.statements.iter().any(|stating| stating.article == *it);
    let rest = view.story.articles.iter().copied().filter(|it| !carries(it));
    let (bare, silent): (Vec<ArticleIx>, Vec<ArticleIx>) = rest.partition(speaks);
    for (articles, [one, many]) in [
        (
            bare,
            [
                "speaks of it without a source of its own",
                "speak of it without a source of their own",
            ],
        ),
        (silent, ["says nothing of it", "say nothing of it"]),
    ] {
        if !articles.is_empty() {
            out.raw("<div class=\"meta\">");
            site.sigla(out, view, &articles);
            out.raw(" ").raw(if articles.len() == 1 { one } else { many }).raw(".</div>\n");
        }
    }
}

fn ends(out: &mut Html, site: &Site<'_>, view: &View<'_>, origins: &Origins) {
    let (sure, open): (Vec<&Root>, Vec<&Root>) = origins.roots.iter().partition(|root| root.sure);
    if origins.least == origins.most {
        list(out, "Exactly ", origins.most);
        items(out, site, view, origins, &origins.roots.iter().collect::<Vec<_>>());
    } else {
        list(out, "At least ", origins.least);
        if sure.is_empty() {
            out.raw("<li>One of those under “at most”, whichever it is.</li>");
        }
        items(out, site, view, origins, &sure);
        for doubt in origins.doubts.iter().filter(|it| it.effect == Effect::Join) {
            if doubt.roots.iter().all(|&ix| origins.roots[ix as usize].sure) {
                joined(out, site, view, origins, doubt);
            }
        }
        out.raw("</ul></div>\n");
        list(out, "At most ", origins.most);
        items(out, site, view, origins, &open);
        if open.is_empty() {
            out.raw("<li>If they are all apart.</li>");
        }
    }
    if origins.unsourced {
        out.raw("<li>No page that states it says how it knows.</li>");
    }
    if origins.n_unnamed > 1 {
        out.raw("<li>").text(&verdict::same_people(view.dossier, origins)).raw("</li>");
    }
    out.raw("</ul></div>\n");
}

fn list(out: &mut Html, head: &'static str, n: u32) {
    out.raw("<div><h2>").raw(head).raw("<b>").num(n).raw("</b></h2><ul>\n");
}

/// The first roots in sight, the others folded.
fn items(out: &mut Html, site: &Site<'_>, view: &View<'_>, origins: &Origins, roots: &[&Root]) {
    let (first, others) = roots.split_at(roots.len().min(ROOTS));
    for it in first {
        item(out, site, view, origins, it);
    }
    if !others.is_empty() {
        out.raw("<li><details><summary>").num(others.len()).raw(" more</summary><ul>\n");
        for it in others {
            item(out, site, view, origins, it);
        }
        out.raw("</ul></details></li>\n");
    }
}

/// A root: what it is, who carries it, what may be said against it, its words.
fn item(out: &mut Html, site: &Site<'_>, view: &View<'_>, origins: &Origins, root: &Root) {
    let label = verdict::root(view.dossier, root, |article| view.siglum(article));
    out.raw("<li><b>").text(&capital(&label)).raw("</b> ");
    site.sigla(out, view, &root.carried_by);
    let mut before = Vec::<&str>::new();
    for doubt in origins.doubts.iter().filter(|it| it.effect == Effect::Drop) {
        let mine =
            doubt.roots.iter().any(|&ix| std::ptr::eq(&raw const origins.roots[ix as usize], root));
        if mine && !before.contains(&doubt.why.as_str()) {
            before.push(&doubt.why);
            out.raw(" <span class=\"doubt\">").text(&doubt.why).raw("</span>");
        }
    }
    words(out, site, view, &root.places);
    out.raw("</li>\n");
}

fn joined(out: &mut Html, site: &Site<'_>, view: &View<'_>, origins: &Origins, doubt: &Doubt) {
    let label = |&ix: &u32| {
        verdict::root(view.dossier, &origins.roots[ix as usize], |article| view.siglum(article))
    };
    let labels = doubt.roots.iter().map(label).collect::<Vec<_>>().join(" and ");
    out.raw("<li>").text(&capital(&labels)).raw(" <span class=\"doubt\">may be one: ");
    out.text(&doubt.why).raw("</span>");
    words(out, site, view, &doubt.places);
    out.raw("</li>\n");
}

/// The first few different words of `places`, each with its bytes.
pub(super) fn words(out: &mut Html, site: &Site<'_>, view: &View<'_>, places: &[headwater::Place]) {
    let mut before = Vec::<String>::new();
    let mut rest = 0;
    for place in view.telling(places) {
        let words = view.dossier.words(place).to_lowercase();
        if before.contains(&words) {
            continue;
        }
        if before.len() == WORDS {
            rest += 1;
            continue;
        }
        before.push(words);
        out.raw("<span class=\"evidence\">");
        site.quoted(out, place, QUOTED);
        out.raw(" ");
        site.bytes(out, view, place);
        out.raw("</span>");
    }
    if rest > 0 {
        out.raw("<small>and ").num(rest).raw(" more in other words</small>");
    }
}

fn settle(out: &mut Html, origins: &Origins) {
    let mut settles = Vec::<&str>::new();
    for doubt in &origins.doubts {
        if !doubt.settles.is_empty() && !settles.contains(&doubt.settles.as_str()) {
            settles.push(&doubt.settles);
        }
    }
    if settles.is_empty() {
        return;
    }
    out.raw("<div><h2>What would settle it</h2><ol class=\"settle\">\n");
    let (first, others) = settles.split_at(settles.len().min(ROOTS));
    for settles in first {
        out.raw("<li>").text(&capital(settles)).raw("</li>\n");
    }
    out.raw("</ol>\n");
    if !others.is_empty() {
        out.raw("<details><summary>").num(others.len()).raw(" more</summary><ul>\n");
        for settles in others {
            out.raw("<li>").text(&capital(settles)).raw("</li>\n");
        }
        out.raw("</ul></details>\n");
    }
    out.raw("</div>\n");
}

/// With a capital letter: fragments open a line here.
pub(super) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + chars.as_str()
}
