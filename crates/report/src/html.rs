//! Html: a dossier as pages that open from a folder, without a server or the network, and but for
//! searching without a script.
//!
//! `index.html` lists the stories, `story-….html` shows one with its proof, `article-….html` the
//! text with everything marked in it, `compare-….html` sets articles of a story side by side, `sources.html` whoever is cited, `search.html` finds words. Every count, claim, tie and
//! saying leads to its words: to bytes of an article.

mod article;
mod compare;
mod escape;
mod flow;
mod frame;
mod index;
mod search;
mod site;
mod sources;
mod stemma;
mod story;

use headwater::article::Role;
use headwater::{ArticleIx, Dossier};

use frame::At;
use site::Site;

/// The stylesheet of all pages.
const STYLE: &str = include_str!("../assets/headwater.css");

/// The files of a report: relative path and bytes, in order of path. Links between them are
/// relative. Never fails; cost: linear in the marks of all articles and the links to them.
pub fn files(dossier: &Dossier) -> Vec<(String, Vec<u8>)> {
    let site = Site::new(dossier);
    let mut files = vec![("headwater.css".to_owned(), style(dossier).into_bytes())];
    let index = index::index(&site);
    files.push(("index.html".to_owned(), frame::page(dossier, At::Stories, "Stories", &index)));
    for ix in 0..dossier.stories.len() {
        let title = story::title(&site, ix);
        let page = frame::page(dossier, At::Inside, &title, &story::story(&site, ix));
        files.push((site.story_file(ix), page));
        let compared = compare::compare(&site, ix);
        if !compared.is_empty() {
            let title = format!("Compare: {title}");
            files
                .push((site.compare_file(ix), frame::page(dossier, At::Inside, &title, &compared)));
        }
    }
    for ix in (0..dossier.articles.len() as u32).map(ArticleIx) {
        if dossier.articles[ix.ix()].role != Role::Teaser {
            article::ask(&site, ix);
        }
    }
    // What is linked to must be known before it is written: another round as long as one brings up
    // new links, which the second does not as a rule.
    loop {
        let asked = site.asked();
        let pages = linked(&site);
        if site.asked() == asked {
            files.extend(pages);
            break;
        }
    }
    files.sort();
    files
}

/// The stylesheet, with a rule that lights the line of the tie that the address names.
fn style(dossier: &Dossier) -> String {
    let ties = dossier.stories.iter().map(|story| story.stemma.derivations.len());
    let n = ties.max().unwrap_or(0);
    let held = (1..=n).map(|nth| format!(":root:has(#t{nth}:target) .tie[href=\"#t{nth}\"] .out"));
    let held = held.collect::<Vec<_>>().join(",\n");
    if held.is_empty() {
        return STYLE.to_owned();
    }
    format!("{STYLE}\n{held} {{ stroke: var(--water); stroke-width: 4; }}\n")
}

/// A count as a length in pixels.
fn pixels(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// The pages that others link into: sources and articles.
fn linked(site: &Site<'_>) -> Vec<(String, Vec<u8>)> {
    let dossier = site.dossier;
    let sources = frame::page(dossier, At::Sources, "Sources", &sources::sources(site));
    let search = frame::page(dossier, At::Search, "Search", &search::search(site));
    let mut files = vec![("search.html".to_owned(), search), ("sources.html".to_owned(), sources)];
    for (ix, asked) in site.asked().spans {
        let page = article::article(site, ix, &asked);
        let page = frame::page(dossier, At::Inside, &article::title(site, ix), &page);
        files.push((site.article_file(ix), page));
    }
    files
}

#[cfg(test)]
mod tests;
