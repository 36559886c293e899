//! Why a count of origins is what it is: what holds each end, and what would settle it.

use headwater::origin::{Doubt, Effect, Origins, Root};

use super::paper::{Hand, Phrase, Sheet};
use super::view::View;
use crate::verdict;

pub(super) fn why(view: &View<'_>, sheet: &mut Sheet) {
    if let Some(origins) = &view.story.origins {
        ends(view, origins, sheet);
    }
}

/// At least, at most, what would settle it.
pub(super) fn ends(view: &View<'_>, origins: &Origins, sheet: &mut Sheet) {
    let (sure, open): (Vec<_>, Vec<_>) = origins.roots.iter().partition(|root| root.sure);
    if origins.least == origins.most {
        for root in &origins.roots {
            item(sheet, &one(view, root));
        }
    } else {
        head(sheet, &format!("At least {}", origins.least));
        if sure.is_empty() {
            item(sheet, &Phrase::new().ours("one of those below, whichever it is"));
        }
        for root in sure {
            item(sheet, &one(view, root));
        }
        let all_sure =
            |doubt: &&Doubt| doubt.roots.iter().all(|&ix| origins.roots[ix as usize].sure);
        let joins = origins.doubts.iter().filter(|doubt| doubt.effect == Effect::Join);
        for doubt in joins.filter(all_sure) {
            item(sheet, &joined(view, origins, doubt));
        }
        head(sheet, &format!("At most {}", origins.most));
        for root in open {
            item(sheet, &doubted(view, origins, root));
        }
        if origins.roots.iter().all(|root| root.sure) {
            item(sheet, &Phrase::new().ours("if they are all apart"));
        }
    }
    if origins.unsourced {
        item(sheet, &Phrase::new().ours("No page that states it says how it knows."));
    }
    if origins.n_unnamed > 1 {
        sheet.line(&Phrase::new().ours(verdict::same_people(view.dossier, origins)));
    }
    let mut settles = Vec::<&str>::new();
    for doubt in &origins.doubts {
        if !doubt.settles.is_empty() && !settles.contains(&doubt.settles.as_str()) {
            settles.push(&doubt.settles);
        }
    }
    if !settles.is_empty() {
        head(sheet, "What would settle it");
        for settles in settles {
            item(sheet, &Phrase::new().ours(settles));
        }
    }
}

fn head(sheet: &mut Sheet, words: &str) {
    sheet.line(&Phrase::new().ours(words));
}

fn item(sheet: &mut Sheet, phrase: &Phrase) {
    sheet.hang("- ", "  ", phrase);
}

/// A root, who carries it and its words.
fn one(view: &View<'_>, root: &Root) -> Phrase {
    let label = verdict::root(view.dossier, root, |article| view.siglum(article));
    let carried = view.sigla(&root.carried_by);
    let mut phrase = Phrase::new().with(Hand::Water, label);
    if !carried.is_empty() {
        phrase = phrase.ours(format!(" ({carried})"));
    }
    if !root.places.is_empty() {
        phrase = phrase.ours(": ").join(view.words(&root.places));
    }
    phrase
}

fn doubted(view: &View<'_>, origins: &Origins, root: &Root) -> Phrase {
    let mut phrase = one(view, root);
    let mine = |doubt: &&Doubt| {
        doubt.effect == Effect::Drop
            && doubt
                .roots
                .iter()
                .any(|&ix| std::ptr::eq(&raw const origins.roots[ix as usize], root))
    };
    let mut before = Vec::<&str>::new();
    for doubt in origins.doubts.iter().filter(mine) {
        if before.contains(&doubt.why.as_str()) {
            continue;
        }
        before.push(&doubt.why);
        phrase = phrase.ours("; ").with(Hand::Lost, doubt.why.clone());
    }
    phrase
}

fn joined(view: &View<'_>, origins: &Origins, doubt: &Doubt) -> Phrase {
    let label = |&ix: &u32| {
        verdict::root(view.dossier, &origins.roots[ix as usize], |article| view.siglum(article))
    };
    let labels = doubt.roots.iter().map(label).collect::<Vec<_>>().join(" and ");
    let phrase = Phrase::new().ours("may be one: ").ours(labels).ours("; ");
    let phrase = phrase.with(Hand::Lost, doubt.why.clone());
    if doubt.places.is_empty() {
        return phrase;
    }
    phrase.ours(": ").join(view.words(&doubt.places))
}
