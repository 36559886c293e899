//! `headwater compare`: two articles side by side.

use clap::Args;
use headwater::{ArticleIx, Dossier, PageIx};
use headwater_page::PageId;
use headwater_report::plain;

use crate::{Outcome, collection, screen};

/// Line two articles up: the same words, reworded ones, and what one has alone
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  headwater compare one.html other.html
  headwater compare A C saved-pages/         by their letters in story 1, as `trace` prints them
  headwater compare 2.A 2.B saved-pages/     by their letters in story 2")]
pub(crate) struct Compare {
    /// A file; or with PAGES an article's letter (A, or 2.A in story 2) or its id as in `trace --json`
    #[arg(value_name = "A")]
    left: String,
    /// Another file or article; of two files the articles that share most are taken
    #[arg(value_name = "B")]
    right: String,
    /// The pages to look in: needed for letters and ids, and useful to tell furniture from text
    #[arg(value_name = "PAGES")]
    pages: Vec<String>,
}

/// What one side of a comparison names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Side {
    /// One article, by its id.
    Article(String),
    /// One article, by its story, from 0, and its letter there.
    Letter(usize, String),
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
        if let Some(letter) = letter(side).filter(|_| !args.pages.is_empty()) {
            sides.push(letter);
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
        screen::complain(&missing(&dossier, args, &sides));
        return collection::outcome(&dossier).max(Outcome::Nothing);
    };
    screen::print(&plain::compare(&dossier, left, right, screen::paper()));
    collection::outcome(&dossier)
}

/// The two articles that the sides name; of several, those that share most. None if a side has no
/// article, or both are the same one.
pub(crate) fn pair(dossier: &Dossier, left: &Side, right: &Side) -> Option<(ArticleIx, ArticleIx)> {
    let (left, right) = match (left, right) {
        (Side::Pages(left), Side::Pages(right)) => {
            return plain::best_pair(dossier, &on(dossier, left), &on(dossier, right));
        }
        (left, Side::Pages(right)) => {
            let left = named(dossier, left)?;
            (left, plain::best_partner(dossier, left, &on(dossier, right))?)
        }
        (Side::Pages(left), right) => {
            let right = named(dossier, right)?;
            (plain::best_partner(dossier, right, &on(dossier, left))?, right)
        }
        (left, right) => (named(dossier, left)?, named(dossier, right)?),
    };
    (left != right).then_some((left, right))
}

/// The article that a side names by its id or its letter.
fn named(dossier: &Dossier, side: &Side) -> Option<ArticleIx> {
    let mut all = (0..dossier.articles.len() as u32).map(ArticleIx);
    match side {
        Side::Article(id) => all.find(|&ix| dossier.article_id(ix) == *id),
        Side::Letter(story, letter) => plain::lettered(dossier, *story, letter),
        Side::Pages(_) => None,
    }
}

fn on(dossier: &Dossier, ids: &[PageId]) -> Vec<PageIx> {
    let all = dossier.pages.iter().enumerate().filter(|(_, page)| ids.contains(&page.id));
    all.map(|(ix, _)| PageIx(ix as u32)).collect()
}

/// Why there is nothing to compare.
fn missing(dossier: &Dossier, args: &Compare, sides: &[Side]) -> String {
    for (side, arg) in sides.iter().zip([&args.left, &args.right]) {
        match side {
            Side::Pages(ids) => {
                let pages = on(dossier, ids);
                if !dossier.articles.iter().any(|article| pages.contains(&article.page)) {
                    return format!("no article in {arg}: there is nothing to compare");
                }
            }
            Side::Letter(story, letter) if named(dossier, side).is_none() => {
                let hint = "`headwater trace` prints them";
                return format!("story {} has no article {letter}: {hint}", story + 1);
            }
            Side::Article(_) if named(dossier, side).is_none() => {
                return format!("no article {arg} on these pages: `trace --json` prints the ids");
            }
            _ => {}
        }
    }
    format!("{} and {} are one article: name two", args.left, args.right)
}

/// "B", "AC", "2.B": what no file is called.
fn letter(arg: &str) -> Option<Side> {
    let (story, letter) = match arg.split_once('.') {
        Some((story, letter)) => (story.parse::<usize>().ok()?.checked_sub(1)?, letter),
        None => (0, arg),
    };
    let is_letter =
        (1..=3).contains(&letter.len()) && letter.bytes().all(|b| b.is_ascii_uppercase());
    let is_file = std::path::Path::new(arg).exists();
    (is_letter && !is_file).then(|| Side::Letter(story, letter.to_owned()))
}

/// 16 hex digits, a hyphen and a number.
fn is_article_id(arg: &str) -> bool {
    let Some((page, start)) = arg.split_once('-') else { return false };
    page.len() == 16
        && page.bytes().all(|b| b.is_ascii_hexdigit())
        && !start.is_empty()
        && start.bytes().all(|b| b.is_ascii_digit())
}
