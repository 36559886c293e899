//! Why: the whole reasoning behind one count, down to words and bytes.

use std::collections::BTreeSet;

use headwater::citation::{Citation, CitationIx};
use headwater::claim::{Stance, Stating};
use headwater::origin::{Effect, Origins};
use headwater::reuse::Reason;
use headwater::stemma::{Carrier, WitnessIx};
use headwater::{ArticleIx, Dossier, Place, Span};

use super::paper::{Hand, Paper, Phrase, Sheet, quoted};
use super::view::{View, file};
use super::{QUOTED, claims, heading};
use crate::verdict::{self, verdict};

/// The reasoning behind the count of the story at `ix`: its roots, the way from each article up to
/// what it has the story from, and the doubts, all with words, files and bytes.
pub fn why_story(dossier: &Dossier, ix: usize, paper: Paper) -> String {
    let view = View::new(dossier, ix);
    let mut sheet = Sheet::new(paper);
    let title = quoted(dossier.words(view.story.title), 2 * QUOTED);
    sheet.hang("", "  ", &Phrase::new().with(Hand::Strong, title));
    sheet.hang("", "", &Phrase::new().ours(verdict(dossier, view.story)));
    if let Some(origins) = &view.story.origins {
        roots(&view, origins, &mut sheet);
        doubts(&view, origins, &mut sheet);
    }
    heading(&mut sheet, "From each article upwards (numbers behind words are bytes of its text)");
    let mut seen = BTreeSet::new();
    let witnesses = view.story.stemma.witnesses.iter().enumerate();
    for (nth, witness) in witnesses {
        if let Carrier::Extant(article) = witness.carrier {
            let name = Phrase::new().with(Hand::Strong, &*witness.siglum);
            let name = name.ours(format!("  {}. ", view.dated(article))).faint(view.bytes(article));
            sheet.hang("", "   ", &name);
            upwards(&view, WitnessIx(nth as u32), "  ", &mut seen, &mut sheet);
        }
    }
    sheet.done()
}

/// The reasoning behind the count of a claim: who states it in which words, whom each credits and
/// through whom, the roots, the differences and the doubts.
pub fn why_claim(dossier: &Dossier, ix: usize, claim: usize, paper: Paper) -> String {
    let view = View::new(dossier, ix);
    let claim = &view.story.claims[claim];
    let mut sheet = Sheet::new(paper);
    let text = quoted(dossier.words(claim.text), 4 * QUOTED);
    sheet.hang("", "  ", &Phrase::new().with(Hand::Strong, text));
    let mut articles = claim.statements.iter().map(|it| it.article).collect::<Vec<_>>();
    articles.dedup();
    let rest = verdict::rest(dossier, Some(&claim.origins), articles.len());
    sheet.line(&Phrase::new().ours(rest));
    roots(&view, &claim.origins, &mut sheet);
    doubts(&view, &claim.origins, &mut sheet);
    heading(&mut sheet, "Who says so");
    let same = |one: &Stating, next: &Stating| {
        (one.article, one.stance, &one.chain) == (next.article, next.stance, &next.chain)
    };
    for statings in claim.statements.chunk_by(same) {
        stating(&view, statings, &mut sheet);
    }
    if !claim.differences.is_empty() {
        heading(&mut sheet, "Where they differ");
        for (_, line) in claims::parted(&view, claim) {
            sheet.hang("- ", "  ", &line);
        }
    }
    heading(&mut sheet, "Articles (the numbers above are bytes of their texts)");
    articles.sort_unstable();
    articles.dedup();
    for article in articles {
        let letter = format!("{}  ", view.siglum(article));
        let name = Phrase::new().ours(format!("{}. ", view.dated(article)));
        let margin = " ".repeat(letter.chars().count());
        sheet.hang(&letter, &margin, &name.faint(view.file(article)));
    }
    sheet.done()
}

fn roots(view: &View<'_>, origins: &Origins, sheet: &mut Sheet) {
    heading(sheet, "Origins");
    for (nth, root) in origins.roots.iter().enumerate() {
        let label = verdict::root(view.dossier, root, |article| view.siglum(article));
        let number = format!("{}  ", nth + 1);
        let sure = if root.sure { "" } else { ", at most" };
        let phrase = Phrase::new()
            .with(Hand::Water, label)
            .ours(format!("{sure}; carried by {}", view.sigla(&root.carried_by)));
        sheet.hang(&number, "   ", &phrase);
        at(view, "   ", &root.places, sheet);
    }
    if origins.unsourced {
        sheet.line(&Phrase::new().ours("No page that states it says how it knows."));
    }
}

fn doubts(view: &View<'_>, origins: &Origins, sheet: &mut Sheet) {
    if origins.doubts.is_empty() {
        return;
    }
    heading(sheet, "Doubts");
    for doubt in &origins.doubts {
        let roots = doubt.roots.iter().map(|ix| (ix + 1).to_string()).collect::<Vec<_>>();
        let roots = roots.join(" and ");
        let effect = match doubt.effect {
            Effect::Drop => format!("origin {roots} may be none of its own: "),
            Effect::Join => format!("origins {roots} may be one: "),
        };
        let mut phrase = Phrase::new().ours(effect).lost(&*doubt.why).ours(".");
        if !doubt.settles.is_empty() {
            phrase = phrase.ours(format!(" What would settle it: {}.", doubt.settles));
        }
        sheet.hang("- ", "  ", &phrase);
        // What stands under the origin itself is not said again.
        let said = doubt.roots.iter().flat_map(|&ix| &origins.roots[ix as usize].places);
        let said = said.collect::<BTreeSet<_>>();
        let new = doubt.places.iter().filter(|place| !said.contains(place)).copied();
        at(view, "  ", &new.collect::<Vec<_>>(), sheet);
    }
}

/// Words with their articles and bytes, those in the same words together; what stands in no article of
/// the story with its file.
fn at(view: &View<'_>, margin: &str, places: &[Place], sheet: &mut Sheet) {
    let mut wordings = Vec::<(String, Vec<String>)>::new();
    for &place in places {
        let words = quoted(view.dossier.words(place), 2 * QUOTED);
        let Span { start, end } = place.span;
        let spot = match view.siglum_at(place) {
            Some(letter) => format!("{letter} {start}–{end}"),
            None => format!("{}, bytes {start} to {end}", file(view.dossier, place.page)),
        };
        match wordings.iter_mut().find(|(before, _)| *before == words) {
            Some((_, spots)) => spots.push(spot),
            None => wordings.push((words, vec![spot])),
        }
    }
    for (words, spots) in wordings {
        let phrase = Phrase::new().theirs(words).faint(format!(" ({})", spots.join(", ")));
        sheet.hang(margin, &format!("{margin}  "), &phrase);
    }
}

/// Each tie from `child` to a parent, and from there on to whom a lost one has it from. A witness is
/// opened once, an article where it stands by itself.
fn upwards(
    view: &View<'_>,
    child: WitnessIx,
    margin: &str,
    seen: &mut BTreeSet<WitnessIx>,
    sheet: &mut Sheet,
) {
    if !seen.insert(child) {
        return;
    }
    let stemma = &view.story.stemma;
    for tie in stemma.derivations.iter().filter(|tie| tie.child == child) {
        let parent = &stemma.witnesses[tie.parent.ix()];
        let named = match parent.carrier {
            Carrier::Extant(article) => view.dated(article),
            Carrier::Lost(source) => format!("{}, not here", view.bare_source(source)),
            Carrier::Inferred(_) => "a text that nobody names, not here".to_owned(),
        };
        let mut phrase = Phrase::new().ours("from ").with(Hand::Strong, &*parent.siglum);
        phrase = phrase.ours(format!(" {named}"));
        let is_open = seen.contains(&tie.parent)
            && stemma.derivations.iter().any(|it| it.child == tie.parent);
        phrase = phrase.ours(if is_open { ", above" } else { "" });
        if let Some(doubt) = &tie.doubt {
            phrase = phrase.ours("; perhaps: ").lost(&**doubt);
        }
        sheet.hang(margin, &format!("{margin}  "), &phrase);
        let deeper = format!("{margin}  ");
        for (why, places) in reasons(&tie.reasons) {
            sheet.hang(&deeper, &deeper, &Phrase::new().faint(why));
            at(view, &deeper, &places, sheet);
        }
        if !matches!(parent.carrier, Carrier::Extant(_)) {
            upwards(view, tie.parent, &deeper, seen, sheet);
        }
    }
}

/// Each kind of reason once, with all its places.
fn reasons(reasons: &[Reason]) -> Vec<(&str, Vec<Place>)> {
    let mut kinds = Vec::<(&str, Vec<Place>)>::new();
    for it in reasons {
        match kinds.iter_mut().find(|(why, _)| *why == it.why) {
            Some((_, places)) => places.extend(&it.places),
            None => kinds.push((&it.why, it.places.clone())),
        }
    }
    kinds
}

/// What one article does with a claim, in one sentence or several.
fn stating(view: &View<'_>, statings: &[Stating], sheet: &mut Sheet) {
    let [it, ..] = statings else { return };
    let stance = match it.stance {
        Stance::Affirms if it.attributed.is_empty() => "states it in its own voice",
        Stance::Affirms => "attributes it",
        Stance::Denies => "denies it",
        Stance::Differs => "says something else",
    };
    let letter = view.siglum(it.article);
    let phrase = Phrase::new().with(Hand::Strong, &*letter);
    let phrase = phrase.ours(format!("  {}, {stance}:", view.dated(it.article)));
    sheet.hang("", "   ", &phrase);
    at(view, "   ", &statings.iter().map(|it| it.place).collect::<Vec<_>>(), sheet);
    for &citation in &it.chain {
        credited(view, it.article, citation, "   ", sheet);
    }
}

/// Whom a citation credits, by which words; and the citation through which the article has it.
fn credited(view: &View<'_>, article: ArticleIx, ix: CitationIx, margin: &str, sheet: &mut Sheet) {
    let citations = &view.dossier.marks[article.ix()].citations;
    let mut next = Some(ix);
    // A chain is as long as there are citations, whatever its links say.
    for nth in 0..citations.len() {
        let Some(citation) = next.and_then(|ix: CitationIx| citations.get(ix.ix())) else { break };
        let head = if nth == 0 { "credits " } else { "through " };
        let who = citation.source.map_or_else(
            || "nobody it names".to_owned(),
            |party| view.source(view.dossier.sources.party(article, party)),
        );
        let phrase = Phrase::new().ours(head).with(Hand::Lost, who).ours(":");
        sheet.hang(margin, margin, &phrase);
        at(view, &format!("{margin}  "), &[cue(view, article, citation)], sheet);
        next = citation.via;
    }
}

/// From the name to the cue, if they stand close; else the cue.
fn cue(view: &View<'_>, article: ArticleIx, citation: &Citation) -> Place {
    let hull = citation.name.map_or(citation.cue, |name| citation.cue.hull(name));
    let span = if hull.len() <= 2 * QUOTED { hull } else { citation.cue };
    view.dossier.place(article, span)
}
