//! Outline: one page in a few lines, for somebody who reads many.

use headwater::article::Role;
use headwater::{ArticleIx, Dossier, PageIx};

use super::QUOTED;
use super::paper::{Hand, Paper, Phrase, Sheet, quoted, shown};
use super::view::{day, file, outlet};
use crate::verdict::counted;

/// A page in a line, and each of its articles in one: headline, outlet, date, length. `dossier` is
/// that of [`headwater::segmented`].
pub fn outline(dossier: &Dossier, paper: Paper) -> String {
    let mut sheet = Sheet::new(paper);
    let page = &dossier.pages[0];
    let furniture: usize = dossier.furniture[0].iter().map(|span| span.len()).sum();
    let share = furniture * 100 / (page.body_end as usize).max(1);
    let articles = counted(dossier.articles.len(), "article", "articles");
    let mut phrase = Phrase::new()
        .with(Hand::Strong, file(dossier, PageIx(0)))
        .ours(format!(": {articles}, {share} % furniture"));
    if let Some(url) = &page.capture.url {
        phrase = phrase.ours(format!(", {}", shown(url)));
    }
    if let Some(captured) = &page.capture.captured {
        phrase = phrase.faint(format!(", captured {}", shown(captured)));
    }
    sheet.hang("", "  ", &phrase);
    for defect in &page.defects {
        sheet.hang("  odd: ", "    ", &Phrase::new().with(Hand::Differ, shown(&defect.why)));
    }
    for ix in (0..dossier.articles.len() as u32).map(ArticleIx) {
        sheet.hang("  ", "    ", &line(dossier, ix));
    }
    sheet.done()
}

fn line(dossier: &Dossier, ix: ArticleIx) -> Phrase {
    let (page, article) = (&dossier.pages[0], &dossier.articles[ix.ix()]);
    let mut phrase = match article.headline {
        Some(headline) => Phrase::new().theirs(quoted(page.words(headline), QUOTED)),
        None => Phrase::new().ours("no headline"),
    };
    let outlet = outlet(dossier, ix).unwrap_or_else(|| "publisher not named".to_owned());
    phrase = phrase.ours(format!(", {outlet}"));
    phrase = phrase.ours(match article.published {
        Some(published) => format!(", {}", day(published.when)),
        None => ", no date".to_owned(),
    });
    let n_words: usize =
        article.paragraphs.iter().map(|&span| page.words(span).split_whitespace().count()).sum();
    phrase = phrase.ours(format!(", {}", counted(n_words, "word", "words")));
    phrase.faint(match article.role {
        Role::Main => "",
        Role::Related => ", related",
        Role::Digest => ", one of a digest",
        Role::Teaser => ", teaser",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use headwater::Lexicon;
    use headwater_page::{Capture, read};

    #[test]
    fn a_page_is_a_few_lines() {
        let text = "Harvest fair opens in Oldbrook after long delay\n\n\
            The harvest fair opened in Oldbrook on Friday, three weeks late, after the river had \
            flooded the grounds and carried off the stage of the brass band.\n\n\
            Organisers of the fair said that the flood had cost them most of their savings, and \
            that Oldbrook would have to pay for a new stage.\n";
        let capture = Capture { file: "fair.txt".to_owned(), ..Capture::default() };
        let page = read(text.as_bytes(), &capture).pages.remove(0);
        let dossier = headwater::segmented(page, Lexicon::shipped());
        assert_eq!(
            outline(&dossier, Paper::default()),
            "fair.txt: 1 article, 0 % furniture\n  \
             “Harvest fair opens in Oldbrook after long delay”, publisher not named, no date, 53 \
             words\n"
        );
    }
}
