//! Html: a dossier as pages that open from a folder, without a server, a script or the network.
//!
//! `index.html` lists the stories, `story-….html` shows one with its proof, `article-….html` the
//! text with everything marked in it, `sources.html` whoever is cited. Every count, claim, tie and
//! saying leads to its words: to bytes of an article.

mod escape;
mod flow;
mod frame;
mod index;
mod site;
mod stemma;
mod story;

use headwater::Dossier;

use frame::At;
use site::Site;

/// The stylesheet of all pages.
const STYLE: &str = include_str!("../assets/headwater.css");

/// The files of a report: relative path and bytes, in order of path. Links between them are
/// relative. Never fails; cost: linear in the marks of all articles and their links.
pub fn files(dossier: &Dossier) -> Vec<(String, Vec<u8>)> {
    let site = Site::new(dossier);
    let mut files = vec![("headwater.css".to_owned(), STYLE.as_bytes().to_vec())];
    let index = index::index(&site);
    files.push(("index.html".to_owned(), frame::page(dossier, At::Stories, "Stories", &index)));
    for ix in 0..dossier.stories.len() {
        let title = story::title(&site, ix);
        let page = frame::page(dossier, At::Inside, &title, &story::story(&site, ix));
        files.push((site.story_file(ix), page));
    }
    files.sort();
    files
}
