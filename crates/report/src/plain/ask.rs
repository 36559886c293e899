//! What the pages of a collection make of a typed claim, as a memo.

use headwater::ask::{Answer, Differing};
use headwater::claim::Stating;
use headwater::{Dossier, Place};

use super::paper::{Hand, Paper, Phrase, Sheet, quoted};
use super::view::{file, name};
use super::{QUOTED, claims, counted, heading};
use crate::verdict;

/// Who states the claim, in which words, on how many origins; then who says something else, and how.
/// Never says whether it is so.
pub fn ask(dossier: &Dossier, claim: &str, answer: &Answer, paper: Paper) -> String {
    let mut sheet = Sheet::new(paper);
    sheet.hang("", "  ", &Phrase::new().with(Hand::Strong, quoted(claim, 4 * QUOTED)));
    let mut states = answer.states.iter().map(|it| it.article).collect::<Vec<_>>();
    states.dedup();
    if states.is_empty() {
        sheet.line(&Phrase::new().ours("No page here says so."));
        if answer.differs.is_empty() {
            let hint = "A page says so only with all of the words, figures, days and names: try fewer. \
                        `headwater claims` lists what these pages say.";
            sheet.line(&Phrase::new().faint(hint));
        }
    } else {
        let verb = if states.len() == 1 { "states it" } else { "state it" };
        let count = counted(states.len(), "article", "articles");
        let rest = verdict::rest(dossier, answer.origins.as_ref(), states.len());
        sheet.line(&Phrase::new().ours(format!("{count} {verb}. {rest}")));
    }
    if let Some(origins) = &answer.origins {
        heading(&mut sheet, "Origins");
        for root in &origins.roots {
            let label = verdict::root(dossier, root, |article| name(dossier, article));
            let sure = if root.sure { "" } else { ", at most" };
            sheet.hang("- ", "  ", &Phrase::new().with(Hand::Water, label).ours(sure));
        }
    }
    if !answer.states.is_empty() {
        heading(&mut sheet, "Who says so");
        for (words, group) in wordings(dossier, &answer.states) {
            sheet.hang("- ", "  ", &Phrase::new().theirs(words));
            for it in group {
                who(dossier, it, &mut sheet);
            }
        }
    }
    if !answer.differs.is_empty() {
        heading(&mut sheet, "Who says otherwise");
        differing(dossier, claim, &answer.differs, &mut sheet);
    }
    sheet.done()
}

/// Statements by their words, in the order of the first of each.
fn wordings<'a>(dossier: &Dossier, states: &'a [Stating]) -> Vec<(String, Vec<&'a Stating>)> {
    let mut wordings = Vec::<(String, Vec<&Stating>)>::new();
    for it in states {
        let words = quoted(dossier.words(it.place), 2 * QUOTED);
        match wordings.iter_mut().find(|(before, _)| *before == words) {
            Some((_, same)) => same.push(it),
            None => wordings.push((words, vec![it])),
        }
    }
    wordings
}

/// Which article has the words, on whose word, and where.
fn who(dossier: &Dossier, it: &Stating, sheet: &mut Sheet) {
    let phrase = Phrase::new().ours(name(dossier, it.article)).ours(credited(dossier, it));
    sheet.hang("  ", "    ", &phrase.ours(". ").faint(at(dossier, it.place)));
}

/// ", attributed to Ida Brandt and the Vell Courier".
fn credited(dossier: &Dossier, it: &Stating) -> String {
    let names = it.attributed.iter().map(|&source| super::view::source(dossier, source));
    let names = names.collect::<Vec<_>>();
    if names.is_empty() {
        String::new()
    } else {
        format!(", attributed to {}", names.join(" and "))
    }
}

fn at(dossier: &Dossier, place: Place) -> String {
    let span = place.span;
    format!("{}, bytes {} to {}", file(dossier, place.page), span.start, span.end)
}

/// What differs, in which words, and who has them: one entry a wording and kind.
fn differing(dossier: &Dossier, claim: &str, differs: &[Differing], sheet: &mut Sheet) {
    let mut shown = Vec::<(String, Vec<&Differing>)>::new();
    for it in differs {
        let key = format!("{:?} {}", it.kind, dossier.words(it.stating.place));
        match shown.iter_mut().find(|(before, _)| *before == key) {
            Some((_, same)) => same.push(it),
            None => shown.push((key, vec![it])),
        }
    }
    for (_, same) in shown {
        let it = same[0];
        let whole = quoted(dossier.words(it.stating.place), 2 * QUOTED);
        let mut phrase = Phrase::new().with(Hand::Differ, claims::kind(it.kind)).ours(": ");
        let (found, asked) =
            (quoted(dossier.words(it.place), QUOTED), quoted(it.asked.of(claim), QUOTED));
        // The same word of somebody else says nothing by itself.
        if found != asked {
            if it.place != it.stating.place {
                phrase = phrase.theirs(found).ours(", ");
            }
            phrase = phrase.ours("asked: ").ours(asked).ours("; ");
        }
        phrase = phrase.theirs(whole);
        sheet.hang("- ", "  ", &phrase);
        for it in same {
            who(dossier, &it.stating, sheet);
        }
    }
}
