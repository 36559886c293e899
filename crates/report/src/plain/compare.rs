//! Two articles side by side: the same words, the words that were changed, and what one has alone.

use headwater::reuse::{Direction, Edit, Passage, Reuse, ReuseKind};
use headwater::{ArticleIx, Dossier, PageIx, Place, Span, fold};

use super::QUOTED;
use super::paper::{Hand, Paper, Phrase, Sheet, quoted};
use super::view::{View, day, file, outlet};
use crate::verdict::counted;

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
    let outlet = outlet(dossier, ix);
    phrase = phrase.ours(outlet.unwrap_or_else(|| "publisher not named".to_owned()));
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
    if let Some((story, siglum)) = siglum(dossier, ix).filter(|(_, siglum)| siglum != letter) {
        phrase = phrase.ours(format!(" {siglum} of story {story}."));
    }
    sheet.hang("", "   ", &phrase.faint(bytes));
}

/// The number of an article's story, and its letter there.
fn siglum(dossier: &Dossier, ix: ArticleIx) -> Option<(usize, String)> {
    let story = dossier.stories.iter().position(|story| story.articles.contains(&ix))?;
    Some((story + 1, View::new(dossier, story).siglum(ix)))
}

/// What two articles have of each other, by the letters of the left and the right one.
pub(crate) fn relation(reuse: &Reuse, [left, right]: [&str; 2]) -> String {
    let kind = match reuse.kind {
        ReuseKind::Copy => "One text",
        ReuseKind::Version => "Two versions of one text",
        ReuseKind::Excerpt => "One has a part of the other's words",
        ReuseKind::Rewrite => "One rewords the other",
        ReuseKind::Quote => return "Both carry the same quoted words".to_owned(),
    };
    match reuse.direction {
        Direction::Undirected => format!("{kind}; the words do not show which came first"),
        Direction::LeftFromRight => format!("{kind}; {left} has it from {right}"),
        Direction::RightFromLeft => format!("{kind}; {right} has it from {left}"),
    }
}

/// The kind of reuse, which side is the source, and why.
fn tied(dossier: &Dossier, reuse: &Reuse, turned: bool, sheet: &mut Sheet) {
    let (a, b) = if turned {
        (reuse.share_right, reuse.share_left)
    } else {
        (reuse.share_left, reuse.share_right)
    };
    let letters = if turned { ["B", "A"] } else { ["A", "B"] };
    let per_cent = |share: u16| (share + 5) / 10;
    let mut phrase = Phrase::new().with(Hand::Strong, relation(reuse, letters));
    for (nth, reason) in reuse.reasons.iter().enumerate() {
        phrase = phrase.ours(if nth == 0 { ": " } else { "; " }).ours(&*reason.why);
        let mut before = Vec::<String>::new();
        for &place in reason.places.iter().take(3) {
            let words = quoted(dossier.words(place), QUOTED);
            if !before.contains(&words) {
                phrase = phrase.ours(if before.is_empty() { " " } else { ", " }).theirs(&*words);
                before.push(words);
            }
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
    let text = &dossier.pages[passage.left.page.ix()].text;
    for piece in pieces(text, passage.left.span) {
        let left = Place { span: piece, ..passage.left };
        let right = Place { span: beside(passage, piece), ..passage.right };
        let phrase = Phrase::new().with(Hand::Water, quoted(dossier.words(left), 2 * QUOTED));
        let spans = format!(" A{}, B{}", at(left), at(right));
        sheet.hang(&label(head), &margin, &phrase.faint(spans));
        let here = passage
            .edits
            .iter()
            .filter(|edit| piece.start <= edit.was.span.start && edit.was.span.start <= piece.end);
        changes(dossier, &here.collect::<Vec<_>>(), sheet);
    }
}

/// The changes of one piece; those of marks and spaces alone are counted.
fn changes(dossier: &Dossier, edits: &[&Edit], sheet: &mut Sheet) {
    let key = |place| fold::key(dossier.words(place));
    let (worded, marks): (Vec<&Edit>, Vec<&Edit>) =
        edits.iter().partition(|edit| key(edit.was) != key(edit.is));
    for edit in worded {
        let side = |place: Place| {
            let words = dossier.words(place);
            if words.trim().is_empty() { "nothing".to_owned() } else { quoted(words, QUOTED) }
        };
        let phrase = Phrase::new().ours("A ").with(Hand::Differ, side(edit.was));
        let phrase = phrase.ours(", B ").with(Hand::Differ, side(edit.is));
        sheet.hang(&label("  but"), &" ".repeat(LABEL), &phrase);
    }
    if !marks.is_empty() {
        let n = counted(marks.len(), "change", "changes");
        let phrase = Phrase::new().faint(format!("{n} of marks and spaces only"));
        sheet.hang(&label("  but"), &" ".repeat(LABEL), &phrase);
    }
}

/// The lines of a passage, without white space at their ends.
fn pieces(text: &str, span: Span) -> Vec<Span> {
    let mut start = span.start as usize;
    let mut pieces = Vec::new();
    for line in span.of(text).split_inclusive('\n') {
        pieces.push(Span::new(start, start + line.len()).trim(text));
        start += line.len();
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Where a piece of the left side stands on the right: the edits before it shift it.
fn beside(passage: &Passage, piece: Span) -> Span {
    let there = |at: u32| {
        let before = passage.edits.iter().filter(|edit| edit.was.span.end <= at);
        let long = |span: Span| i64::from(span.end - span.start);
        let shift = before.map(|it| long(it.is.span) - long(it.was.span)).sum::<i64>();
        let moved = i64::from(at - passage.left.span.start) + shift;
        let (start, end) = (passage.right.span.start, passage.right.span.end);
        (i64::from(start) + moved).clamp(start.into(), end.into()) as u32
    };
    let (start, end) = (there(piece.start), there(piece.end));
    Span { start, end: end.max(start) }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_on_the_other_side() {
        let (left, right) = ("One lock.\nTwo gates shut.\nEnd.", "One old lock.\nTwo shut.\nEnd.");
        let place = |text: &str| Place { page: PageIx(0), span: Span::new(0, text.len()) };
        let at = |start, end| Place { page: PageIx(0), span: Span::new(start, end) };
        let passage = Passage {
            left: place(left),
            right: place(right),
            edits: vec![
                Edit { was: at(4, 4), is: at(4, 8) },
                Edit { was: at(14, 20), is: at(18, 18) },
            ],
        };
        let pairs = pieces(left, passage.left.span).into_iter();
        let pairs = pairs.map(|it| (it.of(left), beside(&passage, it).of(right)));
        assert_eq!(
            pairs.collect::<Vec<_>>(),
            [("One lock.", "One old lock."), ("Two gates shut.", "Two shut."), ("End.", "End.")]
        );
    }
}
