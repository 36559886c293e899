//! Furniture: the words of a page that belong to no article.
//!
//! Menus, teasers, comment boxes, hashtags, a stray headline of another article. Kept and shown,
//! never evidence.

use headwater_page::{Page, Span};

use crate::article::Article;

/// The blocks of the body that lie outside of all `articles` (teasers count as furniture here),
/// in order; neighbours are joined.
pub fn furniture(page: &Page, articles: &[Article]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut joined = false;
    for block in &page.blocks {
        let inside = articles.iter().any(|article| article.span.overlaps(block.span));
        match found.last_mut() {
            _ if inside => joined = false,
            Some(last) if joined => last.end = block.span.end,
            _ => {
                found.push(block.span);
                joined = true;
            }
        }
    }
    found
}
