//! Two articles side by side: the same words, the words that were changed, and what one has alone.

use headwater::reuse::{Direction, Passage, Reuse, ReuseKind};
use headwater::{ArticleIx, Dossier, PageIx, Place, Span};

use super::QUOTED;
use super::paper::{Hand, Paper, Phrase, Sheet, quoted, shown};
use super::view::{day, file};

/// The two articles, one of each list of pages, that share most; for want of shared words the
/// longest of each. None if one of the lists has no article.
pub fn best_pair(
    dossier: &Dossier,
    lefts: &[PageIx],
    rights: &[PageIx],
) -> Option<(ArticleIx, ArticleIx)> {
    let on = |pages: &[PageIx]| {
        let all = (0..dossier.articles.len() as u32).map(ArticleIx);
        all.filter(|ix| pages.contains(&dossier.articles[ix.ix()].page)).collect::<Vec<_>>()
    };
    best(dossier, &on(lefts), &on(rights))
}

/// The article on `pages` that shares most with `article`; for want of shared words the longest.
pub fn best_partner(dossier: &Dossier, article: ArticleIx, pages: &[PageIx]) -> Option<ArticleIx> {
    let all = (0..dossier.articles.len() as u32).map(ArticleIx);
    let there = all.filter(|ix| pages.contains(&dossier.articles[ix.ix()].page));
    best(dossier, &[article], &there.collect::<Vec<_>>()).map(|(_, partner)| partner)
}

fn best(
    dossier: &Dossier,
    lefts: &[ArticleIx],
    rights: &[ArticleIx],
) -> Option<(ArticleIx, ArticleIx)> {
    let mut best = None;
    for reuse in &dossier.reuses {
        let (a, b) = (reuse.left_article, reuse.right_article);
        let share = (reuse.derives(), u32::from(reuse.share_left) + u32::from(reuse.share_right));
        for (left, right) in [(a, b), (b, a)] {
            let fits = lefts.contains(&left) && rights.contains(&right);
            if fits && best.is_none_or(|(most, _)| share > most) {
                best = Some((share, (left, right)));
            }
        }
    }
    if let Some((_, pair)) = best {
        return Some(pair);
    }
    let longest = |of: &[ArticleIx], but: Option<ArticleIx>| {
        let others = of.iter().copied().rev().filter(|&it| Some(it) != but);
        others.max_by_key(|it| dossier.articles[it.ix()].n_body())
    };
    let left = longest(lefts, None)?;
    Some((left, longest(rights, Some(left))?))
}

/// `left` (A) and `right` (B): how they are tied and why, then A from top to bottom (words both
/// have, with each change; words A has alone), then what B has alone.
pub fn compare(dossier: &Dossier, left: ArticleIx, right: ArticleIx, paper: Paper) -> String {
    let mut sheet = Sheet::new(paper);
    title(dossier, "A", left, &mut sheet);
    title(dossier, "B", right, &mut sheet);
    let pair = |it: &&Reuse| {
        (it.left_article, it.right_article) == (left, right)
            || (it.left_article, it.right_article) == (right, left)
    };
    let reuses = dossier.reuses.iter().filter(pair).collect::<Vec<_>>();
    sheet.blank();
    if reuses.is_empty() {
        sheet.line(&Phrase::new().ours("No passage was found that both have."));
        return sheet.done();
    }
    let mut passages = Vec::new();
    for reuse in reuses {
        let turned = reuse.left_article != left;
        tied(dossier, reuse, turned, &mut sheet);
        passages.extend(reuse.passages.iter().map(|it| (reuse.kind, oriented(it, turned))));
    }
    passages.sort_by_key(|(kind, it)| (it.left, it.right, *kind));
    sheet.blank();
    aligned(dossier, left, &passages, &mut sheet);
    sheet.blank();
    let taken = passages.iter().map(|(_, it)| it.right.span).collect::<Vec<_>>();
    for span in rest(dossier, right, &taken) {
        only(dossier, right, "only B", span, &mut sheet);
    }
    sheet.done()
}

fn title(dossier: &Dossier, letter: &str, ix: ArticleIx, sheet: &mut Sheet) {
    let article = &dossier.articles[ix.ix()];
    let mut phrase = Phrase::new().with(Hand::Strong, letter).ours("  ");
    phrase = phrase.ours(match &article.publisher {
        Some(publisher) => shown(&publisher.name),
        None => "publisher not named".into(),
    });
    phrase = phrase.ours(match article.published {
        Some(published) => format!(", {}. ", day(published.when)),
        None => ", no date on the page. ".into(),
    });
    phrase = match article.headline {
        Some(span) => phrase.theirs(quoted(dossier.words(dossier.place(ix, span)), QUOTED)),
        None => phrase.ours("No headline on the page."),
    };
    let Span { start, end } = article.span;
    let bytes = format!(" {}, bytes {start} to {end}", file(dossier, article.page));
    sheet.hang("", "   ", &phrase.faint(bytes));
}

/// The kind of reuse, which side is the source, and why.
fn tied(dossier: &Dossier, reuse: &Reuse, turned: bool, sheet: &mut Sheet) {
    let (a, b) = if turned {
        (reuse.share_right, reuse.share_left)
    } else {
        (reuse.share_left, reuse.share_right)
    };
    let kind = match reuse.kind {
        ReuseKind::Copy => "One text",
        ReuseKind::Version => "Two versions of one text",
        ReuseKind::Excerpt => "One has a part of the other's words",
        ReuseKind::Rewrite => "One rewords the other",
        ReuseKind::Quote => "Both carry the same quoted words",
    };
    let source = match (reuse.direction, turned) {
        _ if reuse.kind == ReuseKind::Quote => "",
        (Direction::Undirected, _) => "; the words do not show which came first",
        (Direction::LeftFromRight, false) | (Direction::RightFromLeft, true) => "; A has it from B",
        _ => "; B has it from A",
    };
    let per_cent = |share: u16| (share + 5) / 10;
    let mut phrase = Phrase::new().with(Hand::Strong, format!("{kind}{source}"));
    for (nth, reason) in reuse.reasons.iter().enumerate() {
        phrase = phrase.ours(if nth == 0 { ": " } else { "; " }).ours(&*reason.why);
        for (nth, &place) in reason.places.iter().take(3).enumerate() {
            let words = quoted(dossier.words(place), QUOTED);
            phrase = phrase.ours(if nth == 0 { " " } else { ", " }).theirs(words);
        }
    }
    let (a, b) = (per_cent(a), per_cent(b));
    phrase = phrase.ours(format!(". The shared words are {a} % of A and {b} % of B."));
    sheet.hang("", "  ", &phrase);
}

/// The passage with A on the left.
fn oriented(passage: &Passage, turned: bool) -> Passage {
    let mut passage = passage.clone();
    if turned {
        std::mem::swap(&mut passage.left, &mut passage.right);
        for edit in &mut passage.edits {
            std::mem::swap(&mut edit.was, &mut edit.is);
        }
    }
    passage
}

/// A from top to bottom: passages in their places, between them what A has alone.
fn aligned(
    dossier: &Dossier,
    left: ArticleIx,
    passages: &[(ReuseKind, Passage)],
    sheet: &mut Sheet,
) {
    let taken = passages.iter().map(|(_, it)| it.left.span).collect::<Vec<_>>();
    let mut alone = rest(dossier, left, &taken).into_iter().peekable();
    for (kind, passage) in passages {
        while let Some(span) = alone.next_if(|span| span.start < passage.left.span.start) {
            only(dossier, left, "only A", span, sheet);
        }
        shared(dossier, *kind, passage, sheet);
    }
    for span in alone {
        only(dossier, left, "only A", span, sheet);
    }
}

/// Columns of the label before a passage.
const LABEL: usize = 10;

fn shared(dossier: &Dossier, kind: ReuseKind, passage: &Passage, sheet: &mut Sheet) {
    let margin = " ".repeat(LABEL);
    let words = |place| quoted(dossier.words(place), 4 * QUOTED);
    let at = |place: Place| format!(" {}..{}", place.span.start, place.span.end);
    if kind == ReuseKind::Rewrite {
        let side =
            |letter: &str, place| Phrase::new().ours(letter).theirs(words(place)).faint(at(place));
        sheet.hang(&label("reworded"), &margin, &side("A ", passage.left));
        sheet.hang(&margin, &margin, &side("B ", passage.right));
        return;
    }
    let head = if kind == ReuseKind::Quote { "quoted" } else { "same" };
    let spans = format!(" A{}, B{}", at(passage.left), at(passage.right));
    let phrase = Phrase::new().with(Hand::Water, words(passage.left)).faint(spans);
    sheet.hang(&label(head), &margin, &phrase);
    for edit in &passage.edits {
        let side = |place: Place| {
            let words = dossier.words(place);
            if words.trim().is_empty() { "nothing".to_owned() } else { quoted(words, QUOTED) }
        };
        let phrase = Phrase::new().ours("A ").with(Hand::Differ, side(edit.was));
        let phrase = phrase.ours(", B ").with(Hand::Differ, side(edit.is));
        sheet.hang(&label("  but"), &margin, &phrase);
    }
}

fn only(dossier: &Dossier, article: ArticleIx, head: &str, span: Span, sheet: &mut Sheet) {
    let words = quoted(dossier.words(dossier.place(article, span)), 2 * QUOTED);
    let phrase = Phrase::new().theirs(words).faint(format!(" {}..{}", span.start, span.end));
    sheet.hang(&label(head), &" ".repeat(LABEL), &phrase);
}

fn label(head: &str) -> String {
    format!("{head:LABEL$}")
}

/// What headline and body of an article hold outside of `taken`, in order; single marks and spaces
/// are left out.
fn rest(dossier: &Dossier, ix: ArticleIx, taken: &[Span]) -> Vec<Span> {
    let article = &dossier.articles[ix.ix()];
    let text = &dossier.pages[article.page.ix()].text;
    let mut found = Vec::new();
    for &part in article.headline.iter().chain(&article.paragraphs) {
        let mut at = part.start;
        let mut inside = taken.iter().filter_map(|it| it.intersect(part)).collect::<Vec<_>>();
        inside.sort();
        for it in inside {
            if at < it.start {
                found.push(Span { start: at, end: it.start });
            }
            at = at.max(it.end);
        }
        if at < part.end {
            found.push(Span { start: at, end: part.end });
        }
    }
    let worth = |span: &Span| span.of(text).chars().filter(|c| c.is_alphanumeric()).count() > 1;
    found.into_iter().map(|span| span.trim(text)).filter(worth).collect()
}
