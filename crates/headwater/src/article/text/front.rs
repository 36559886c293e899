//! Front: a page that shows one headline and one paragraph after the other, all of which lead
//! elsewhere.

use super::super::line::{Line, Look, Markup};

/// So many pairs of a headline and a paragraph make a front page.
const PAIRS: usize = 4;
/// So many of ten paragraphs must stand in such pairs.
const OF_TEN: usize = 7;

/// The lines that are headlines of such pairs; none if the page is no front page. An article in
/// short sections opens with a paragraph of its own, a front page with a headline.
pub(super) fn heads(lines: &[Line]) -> Vec<usize> {
    let prose =
        |i: usize| lines.get(i).is_some_and(|l| matches!(l.look, Look::Prose | Look::Short));
    let heads = (0..lines.len()).filter(|&i| leads(lines, i) && prose(i + 1) && !prose(i + 2));
    let heads = heads.collect::<Vec<_>>();
    let n_prose = lines.iter().filter(|line| line.look == Look::Prose).count();
    let first = (0..lines.len()).find(|i| lines[*i].look == Look::Prose);
    let opens = first.is_some_and(|first| first > 0 && heads.contains(&(first - 1)));
    if opens && heads.len() >= PAIRS && heads.len() * 10 >= n_prose * OF_TEN {
        heads
    } else {
        Vec::new()
    }
}

/// Whether the line is a headline that leads elsewhere: a link, or in a plain text a line set right
/// above its paragraph.
fn leads(lines: &[Line], i: usize) -> bool {
    let line = &lines[i];
    let glued = || {
        let next = lines.get(i + 1).map_or(1, |next| next.gap);
        line.element == 0 && line.gap > 0 && next == 0
    };
    line.look == Look::Head
        && (3..=34).contains(&line.n_words)
        && (line.markup == Markup::Link || glued())
}
