//! Why: the whole reasoning behind one count, down to words and bytes.

use std::collections::BTreeSet;

use headwater::citation::{Citation, CitationIx};
use headwater::claim::{Stance, Stating};
use headwater::origin::{Effect, Origins};
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
    let witnesses = view.story.stemma.witnesses.iter().enumerate();
    for (nth, witness) in witnesses {
        if let Carrier::Extant(article) = witness.carrier {
            let name = Phrase::new().with(Hand::Strong, &*witness.siglum);
            let name = name.ours(format!("  {}. ", view.dated(article))).faint(view.bytes(article));
            sheet.hang("", "   ", &name);
            let mut seen = BTreeSet::new();
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
    for it in &claim.statements {
        stating(&view, it, &mut sheet);
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
        at(view, "  ", &doubt.places, sheet);
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

/// Each tie from `child` to a parent, and from there on; a witness is opened once.
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
        if let Some(doubt) = &tie.doubt {
            phrase = phrase.ours("; perhaps: ").lost(&**doubt);
        }
        sheet.hang(margin, &format!("{margin}  "), &phrase);
        let deeper = format!("{margin}  ");
        for reason in &tie.reasons {
            sheet.hang(&deeper, &deeper, &Phrase::new().faint(&*reason.why));
            at(view, &deeper, &reason.places, sheet);
        }
        upwards(view, tie.parent, &deeper, seen, sheet);
    }
}

fn stating(view: &View<'_>, it: &Stating, sheet: &mut Sheet) {
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
    at(view, "   ", &[it.place], sheet);
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
