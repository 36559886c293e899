//! Furniture: the words of a page that belong to no article.
//!
//! Menus, teasers, comment boxes, hashtags, a stray headline of another article. Kept and shown,
//! never evidence.

use headwater_page::{Page, Span};

use crate::article::{Article, Role};

/// The blocks of the body that lie outside of all `articles` (teasers count as furniture here),
/// in order; neighbours are joined. `articles` are those of [`crate::article::segment`], in order.
/// Cost: linear. Never fails.
pub fn furniture(page: &Page, articles: &[Article]) -> Vec<Span> {
    let mut full = articles.iter().filter(|article| article.role != Role::Teaser).peekable();
    let mut found: Vec<Span> = Vec::new();
    let mut joined = false;
    for block in &page.blocks {
        while full.next_if(|article| article.span.end <= block.span.start).is_some() {}
        let inside = full.peek().is_some_and(|article| article.span.overlaps(block.span));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::segment;
    use crate::lexicon::Lexicon;
    use headwater_page::{Capture, PageIx, read};

    #[test]
    fn what_no_article_owns_is_furniture() {
        let text = "Harvest fair opens in Oldbrook after long delay\n\n\
            The harvest fair opened in Oldbrook on Friday, three weeks late, after the river had \
            flooded the grounds and carried off the stage of the brass band.\n\n\
            Organisers of the fair said that the flood had cost them most of their savings, and \
            that Oldbrook would have to pay for a new stage.\n\nComments\nNo comments yet...\n";
        let pages = read(text.as_bytes(), &Capture::default()).pages;
        let articles = segment(&pages[0], PageIx(0), Lexicon::shipped());
        let words = furniture(&pages[0], &articles);
        let words = words.iter().map(|span| pages[0].words(*span)).collect::<Vec<_>>();
        assert_eq!(words, ["Comments\nNo comments yet..."]);
    }
}
