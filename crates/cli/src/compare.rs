//! `headwater compare`: two articles side by side.

use clap::Args;
use headwater::{ArticleIx, Dossier, PageIx};
use headwater_page::PageId;
use headwater_report::plain;

use crate::{Outcome, collection, screen};

/// Line two articles up: the same words, reworded ones, and what one has alone
#[derive(Args, Debug)]
pub(crate) struct Compare {
    /// A file, or an article's id as in `trace --json`
    #[arg(value_name = "A")]
    left: String,
    /// Another file or article; of two files the articles that share most are taken
    #[arg(value_name = "B")]
    right: String,
    /// The pages to look in: needed for ids, and useful to tell furniture from text
    #[arg(value_name = "PAGES")]
    pages: Vec<String>,
}

/// What one side of a comparison names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Side {
    /// One article.
    Article(String),
    /// The articles of some pages.
    Pages(Vec<PageId>),
}

pub(crate) fn run(args: &Compare) -> Outcome {
    let (mut pages, mut skipped) = (Vec::new(), Vec::new());
    let mut sides = Vec::new();
    for side in [&args.left, &args.right] {
        if is_article_id(side) {
            sides.push(Side::Article(side.clone()));
            continue;
        }
        let (read, not_read) = collection::read(std::slice::from_ref(side));
        sides.push(Side::Pages(read.iter().map(|page| page.id).collect()));
        pages.extend(read);
        skipped.extend(not_read);
    }
    if !args.pages.is_empty() {
        let (read, not_read) = collection::read(&args.pages);
        pages.extend(read);
        skipped.extend(not_read);
    }
    let dossier = collection::traced(pages, skipped);
    collection::complain_of_skipped(&dossier);
    let Some((left, right)) = pair(&dossier, &sides[0], &sides[1]) else {
        screen::complain(&format!("no two articles in {} and {}", args.left, args.right));
        return collection::outcome(&dossier).max(Outcome::Nothing);
    };
    screen::print(&plain::compare(&dossier, left, right, screen::paper()));
    collection::outcome(&dossier)
}

/// The two articles that the sides name; of several, those that share most. None if a side has no
/// article, or both are the same one.
pub(crate) fn pair(dossier: &Dossier, left: &Side, right: &Side) -> Option<(ArticleIx, ArticleIx)> {
    let named = |id: &str| {
        (0..dossier.articles.len() as u32).map(ArticleIx).find(|&ix| dossier.article_id(ix) == id)
    };
    let on = |ids: &[PageId]| {
        let all = dossier.pages.iter().enumerate().filter(|(_, page)| ids.contains(&page.id));
        all.map(|(ix, _)| PageIx(ix as u32)).collect::<Vec<_>>()
    };
    let (left, right) = match (left, right) {
        (Side::Article(left), Side::Article(right)) => (named(left)?, named(right)?),
        (Side::Pages(left), Side::Pages(right)) => {
            return plain::best_pair(dossier, &on(left), &on(right));
        }
        (Side::Article(left), Side::Pages(right)) => {
            let left = named(left)?;
            (left, plain::best_partner(dossier, left, &on(right))?)
        }
        (Side::Pages(left), Side::Article(right)) => {
            let right = named(right)?;
            (plain::best_partner(dossier, right, &on(left))?, right)
        }
    };
    (left != right).then_some((left, right))
}

/// 16 hex digits, a hyphen and a number.
fn is_article_id(arg: &str) -> bool {
    let Some((page, start)) = arg.split_once('-') else { return false };
    page.len() == 16
        && page.bytes().all(|b| b.is_ascii_hexdigit())
        && !start.is_empty()
        && start.bytes().all(|b| b.is_ascii_digit())
}
