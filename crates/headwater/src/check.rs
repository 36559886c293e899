//! Check: the invariants of a dossier, as a list of what breaks them.
//!
//! These are proved on every case of the repository and by property tests; a sound engine gives an
//! empty list on any input.

use std::cmp::Reverse;

use headwater_page::{Place, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::ArticleIx;
use crate::citation::CitationIx;
use crate::dossier::Dossier;
use crate::name::SourceKind;
use crate::origin::{Effect, Origins};
use crate::reuse::{Passage, Reuse, ReuseKind};
use crate::stemma::{Carrier, Stemma};

impl Dossier {
    /// Every invariant that this value breaks, as fragments for developers; empty for a sound one.
    pub fn check(&self) -> Vec<String> {
        let dossier = self;
        let mut broken = Vec::new();
        pages(dossier, &mut broken);
        articles(dossier, &mut broken);
        marks(dossier, &mut broken);
        unnamed_sources(dossier, &mut broken);
        for reuse in &dossier.reuses {
            reused(dossier, reuse, &mut broken);
        }
        for (ix, story) in dossier.stories.iter().enumerate() {
            let mut found = Vec::new();
            stemma(dossier, &story.stemma, &mut found);
            let origins = story.claims.iter().map(|claim| &claim.origins).chain(&story.origins);
            origins.for_each(|origins| counted(dossier, origins, &mut found));
            for claim in &story.claims {
                let places = claim.statements.iter().map(|stating| stating.place);
                places.for_each(|place| held(dossier, place, "statement", &mut found));
            }
            if story.articles.is_empty() {
                found.push("no article".to_owned());
            }
            broken.extend(found.into_iter().map(|what| format!("story {}: {what}", ix + 1)));
        }
        related(dossier, &mut broken);
        broken
    }
}

/// 1 and order: pages stand in the order of their ids, each once.
fn pages(dossier: &Dossier, broken: &mut Vec<String>) {
    if !dossier.pages.is_sorted_by(|a, b| a.id < b.id) {
        broken.push("pages are not in the order of their ids".to_owned());
    }
}

/// 3: bodies of two articles never overlap, and nothing in the colophon is body.
fn articles(dossier: &Dossier, broken: &mut Vec<String>) {
    let bodies = dossier.articles.iter().flat_map(|article| {
        article.paragraphs.iter().map(|&span| Place { page: article.page, span })
    });
    let bodies = bodies.collect::<Vec<_>>();
    if !bodies.is_sorted_by(|a, b| a.page < b.page || a.span.end <= b.span.start) {
        broken.push("paragraphs overlap or are out of order".to_owned());
    }
    for article in &dossier.articles {
        let page = &dossier.pages[article.page.ix()];
        if !page.body().contains(article.span)
            || article.paragraphs.iter().any(|span| !article.span.contains(*span))
        {
            broken.push(format!("article {:?} reaches out of its page or span", article.span));
        }
    }
}

/// 2: every place cuts its page on character boundaries.
fn marks(dossier: &Dossier, broken: &mut Vec<String>) {
    for (n, marks) in dossier.marks.iter().enumerate() {
        let ix = ArticleIx(n as u32);
        let quotes = marks
            .quotes
            .iter()
            .chain(&marks.stances)
            .flat_map(|quote| quote.parts.iter().chain(&quote.by).chain(&quote.cue).copied());
        let citations = marks.citations.iter().flat_map(|citation| {
            citation.covers.iter().chain(&citation.name).copied().chain([citation.cue])
        });
        let mentions = marks.parties.iter().flat_map(|party| party.mentions.iter().copied());
        let spans = quotes
            .chain(citations)
            .chain(mentions)
            .chain(marks.sentences.iter().copied())
            .chain(marks.quotations.iter().copied())
            .chain(marks.dates.iter().map(|date| date.span))
            .chain(marks.figures.iter().map(|figure| figure.span))
            .chain(marks.statements.iter().map(|statement| statement.span));
        spans.for_each(|span| held(dossier, dossier.place(ix, span), "mark", broken));
        let backwards = |(n, via): (usize, Option<usize>)| {
            via.is_some_and(|via| via == n || via >= marks.citations.len())
        };
        let vias = marks.citations.iter().map(|citation| citation.via.map(CitationIx::ix));
        if vias.enumerate().any(backwards) {
            broken.push(format!("article {n}: a citation goes via itself or nothing"));
        }
    }
}

/// 4: unnamed sources are never merged across articles.
fn unnamed_sources(dossier: &Dossier, broken: &mut Vec<String>) {
    let mut first = FxHashMap::default();
    for (article, parties) in dossier.sources.of_party.iter().enumerate() {
        for &source in parties {
            let unnamed = dossier.sources.get(source).kind == SourceKind::Unnamed;
            if unnamed && *first.entry(source).or_insert(article) != article {
                broken.push(format!("unnamed source {source:?} stands in two articles"));
            }
        }
    }
}

/// 5: a reuse exists once, left before right, and its edits turn the left words into the right ones.
fn reused(dossier: &Dossier, reuse: &Reuse, broken: &mut Vec<String>) {
    let at = (reuse.left_article, reuse.right_article);
    if at.0 >= at.1 || reuse.passages.is_empty() || reuse.reasons.is_empty() {
        broken.push(format!("reuse {at:?} is unordered, empty or without a reason"));
    }
    for passage in &reuse.passages {
        held(dossier, passage.left, "passage", broken);
        held(dossier, passage.right, "passage", broken);
        if reuse.kind != ReuseKind::Rewrite && !applies(dossier, passage) {
            broken.push(format!("edits of {at:?} do not turn left into right"));
        }
    }
}

/// Whether the passage's edits, applied to its left words, give its right words.
fn applies(dossier: &Dossier, passage: &Passage) -> bool {
    let left = &dossier.pages[passage.left.page.ix()].text;
    let mut built = String::new();
    let mut at = passage.left.span.start as usize;
    for edit in &passage.edits {
        let Some(kept) = left.get(at..edit.was.span.start as usize) else { return false };
        built.push_str(kept);
        built.push_str(dossier.words(edit.is));
        at = edit.was.span.end as usize;
    }
    built.push_str(left.get(at..passage.left.span.end as usize).unwrap_or_default());
    built == dossier.words(passage.right)
}

/// 6: acyclic; every derivation has a reason with a place; every lost witness is cited.
fn stemma(dossier: &Dossier, stemma: &Stemma, broken: &mut Vec<String>) {
    for tie in &stemma.derivations {
        if tie.reasons.iter().all(|reason| reason.places.is_empty()) {
            broken.push(format!("tie {:?} to {:?} shows no words", tie.child, tie.parent));
        }
        let places = tie.reasons.iter().flat_map(|reason| &reason.places);
        places.for_each(|&place| held(dossier, place, "tie", broken));
    }
    let mut left = stemma.derivations.iter().map(|tie| (tie.child, tie.parent)).collect::<Vec<_>>();
    loop {
        // Those that nobody is a parent of can be taken away until nothing or a ring is left.
        let parents = left.iter().map(|&(_, parent)| parent).collect::<FxHashSet<_>>();
        let before = left.len();
        left.retain(|(child, _)| parents.contains(child));
        if left.len() == before {
            break;
        }
    }
    if !left.is_empty() {
        broken.push("the stemma has a ring".to_owned());
    }
    for (n, witness) in stemma.witnesses.iter().enumerate() {
        let children = stemma.derivations.iter().filter(|tie| tie.parent.ix() == n).count();
        let least = match witness.carrier {
            Carrier::Extant(_) => 0,
            Carrier::Lost(_) => 1,
            Carrier::Inferred(_) => 2,
        };
        if children < least {
            broken.push(format!("{} has {children} children", witness.siglum));
        }
    }
}

/// 7: most is the number of roots, least what is left when all doubts apply; equal exactly when no
/// doubt changes the count.
fn counted(dossier: &Dossier, origins: &Origins, broken: &mut Vec<String>) {
    let Origins { least, most, roots, doubts, .. } = origins;
    if *most as usize != roots.len() || least > most || (*most > 0 && *least == 0) {
        broken.push(format!("{least} to {most} origins of {} roots", roots.len()));
    }
    let lone = doubts.iter().any(|doubt| match doubt.effect {
        Effect::Drop => doubt.roots.len() != 1,
        Effect::Join => doubt.roots.len() < 2,
    });
    if lone || doubts.iter().flat_map(|doubt| &doubt.roots).any(|&root| root >= *most) {
        broken.push("a doubt is about no root".to_owned());
    }
    if doubts.is_empty() && least != most {
        broken.push("the count is a range without a doubt".to_owned());
    }
    for root in roots {
        if root.places.is_empty() || root.carried_by.is_empty() {
            broken.push("a root shows no words".to_owned());
        }
        root.places.iter().for_each(|&place| held(dossier, place, "root", broken));
    }
}

/// 8: stories are related to others that exist, each once, the nearest first, at most three; as near
/// from the other side, where they are missing only behind three that are at least as near; and the
/// words shown stand in an article of each.
fn related(dossier: &Dossier, broken: &mut Vec<String>) {
    let Dossier { stories, related, .. } = dossier;
    if related.len() != stories.len() {
        broken.push(format!("{} stories, {} with related ones", stories.len(), related.len()));
        return;
    }
    for (here, held_here) in (0_u32..).zip(related) {
        let order = held_here.iter().map(|it| (Reverse(it.near), it.story)).collect::<Vec<_>>();
        if order.len() > 3 || !order.is_sorted_by(|a, b| a < b) {
            broken.push(format!("story {}: related ones out of order", here + 1));
        }
        for it in held_here {
            let Some(there) = related.get(it.story as usize).filter(|_| it.story != here) else {
                broken.push(format!("story {}: related to {} of none", here + 1, it.story));
                continue;
            };
            let back = there.iter().find(|back| back.story == here);
            let is_full = there.len() == 3 && there.iter().all(|other| other.near >= it.near);
            if back.map_or(!is_full, |back| back.near != it.near) {
                broken.push(format!("story {}: near {} one way only", here + 1, it.story + 1));
            }
            let of = |story: u32, place: Place| {
                let articles = &stories[story as usize].articles;
                articles
                    .iter()
                    .map(|ix| &dossier.articles[ix.ix()])
                    .any(|article| article.page == place.page && article.span.contains(place.span))
            };
            for word in &it.words {
                held(dossier, word.here, "common word", broken);
                held(dossier, word.there, "common word", broken);
                if !of(here, word.here) || !of(it.story, word.there) {
                    broken.push(format!("story {}: a common word of another", here + 1));
                }
            }
        }
    }
}

/// Whether a place names words of a page.
fn held(dossier: &Dossier, place: Place, what: &str, broken: &mut Vec<String>) {
    let Span { start, end } = place.span;
    let words =
        dossier.pages.get(place.page.ix()).and_then(|page| page.text.get(place.span.range()));
    if start > end || words.is_none() {
        broken.push(format!("{what} {place:?} is no place"));
    }
}

#[cfg(test)]
mod tests;
