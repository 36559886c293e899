//! Line: one row of an article's page, with its marks and the anchors in it.

use std::collections::BTreeSet;

use headwater::{ArticleIx, Span};

use super::{COLOURS, Lane, Line, Part, note};
use crate::html::escape::Html;
use crate::html::site::{Site, anchor};

/// Where links lead to, in order; each is given out once.
pub(super) struct Anchors {
    /// By start; of equals the longest first, so that the shorter stand inside of it.
    open: Vec<Span>,
    next: usize,
}

impl Anchors {
    pub(super) fn new(asked: &BTreeSet<Span>) -> Self {
        let mut open = asked.iter().copied().collect::<Vec<_>>();
        open.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        Self { open, next: 0 }
    }

    /// Those that begin in `line` and were not given out.
    fn take(&mut self, line: Span) -> Vec<Span> {
        let (mine, others): (Vec<Span>, Vec<Span>) = self.open[self.next..]
            .iter()
            .partition(|span| line.start <= span.start && span.start < line.end);
        self.open = others;
        self.next = 0;
        mine
    }

    /// Anchors that begin in no line that is shown, so that no link leads nowhere.
    pub(super) fn rest(&self, out: &mut Html) {
        for &span in &self.open[self.next..] {
            out.raw("<span").attr("id", &anchor(span)).raw("></span>");
        }
    }
}

/// What is marked in a stretch of words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Quote,
    Cue,
    /// A cue that leads to somebody who is not in the collection.
    Far,
    Credit,
    Shared(usize),
}

/// A row: byte, lanes, words, notes.
pub(super) fn row(
    out: &mut Html,
    site: &Site<'_>,
    ix: ArticleIx,
    line: &Line,
    lanes: &[Lane],
    anchors: &mut Anchors,
) {
    let class = match line.part {
        Part::Furniture => "row furniture",
        Part::About | Part::Caption => "row about",
        Part::Headline | Part::Paragraph => "row",
    };
    let id = format!("l{}", line.span.start);
    out.raw("<div").attr("class", class).attr("id", &id).raw("><a class=\"off\"");
    out.attr("href", &format!("#{id}")).raw(">").num(line.span.start).raw("</a>");
    out.raw("<div class=\"lanes\" aria-hidden=\"true\">");
    bars(out, line, lanes);
    out.raw("</div><div>").raw(if line.part == Part::Headline { "<h1>" } else { "<p>" });
    words(out, site, ix, line, lanes, &anchors.take(line.span));
    out.raw(if line.part == Part::Headline { "</h1>" } else { "</p>" }).raw("</div>");
    out.put(&note::notes(site, ix, line, lanes)).raw("</div>\n");
}

/// A bar for each lane, as high as the share of the line.
fn bars(out: &mut Html, line: &Line, lanes: &[Lane]) {
    let any = lanes.iter().any(|it| it.shared.iter().any(|it| it.span.overlaps(line.span)));
    if !any {
        return;
    }
    out.raw("<svg width=\"100%\" height=\"100%\">");
    let whole = line.span.len().max(1);
    for (nth, (lane, colour)) in lanes.iter().zip(COLOURS).enumerate() {
        let cuts = lane.shared.iter().filter_map(|it| it.span.intersect(line.span));
        let mut cuts = cuts.collect::<Vec<_>>();
        cuts.sort_unstable();
        cuts.dedup();
        for cut in cuts {
            let top = (cut.start - line.span.start) as usize * 100 / whole;
            let height = (cut.len() * 100 / whole).max(4);
            out.raw("<rect width=\"6\" rx=\"1\"").attr("class", colour);
            out.attr("x", &format!("{}%", nth * 100 / COLOURS.len() + 3));
            out.attr("y", &format!("{top}%"));
            out.attr("height", &format!("{height}%")).raw("/>");
        }
    }
    out.raw("</svg>");
}

/// The words of a line. Anchors are elements around their words, cut where they would cross; marks
/// are spans inside of them.
fn words(
    out: &mut Html,
    site: &Site<'_>,
    ix: ArticleIx,
    line: &Line,
    lanes: &[Lane],
    anchors: &[Span],
) {
    let text = &site.dossier.pages[site.dossier.articles[ix.ix()].page.ix()].text;
    let marks = marks(site, ix, line, lanes);
    let mut cuts = vec![line.span.start, line.span.end];
    for span in marks.iter().map(|it| &it.0).chain(anchors) {
        cuts.extend([span.start, span.end].into_iter().filter(|&at| {
            line.span.start <= at && at <= line.span.end && text.is_char_boundary(at as usize)
        }));
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut open = Vec::<u32>::new();
    let mut next = 0;
    for pair in cuts.windows(2) {
        let piece = Span { start: pair[0], end: pair[1] };
        while open.last().is_some_and(|&end| end <= piece.start) {
            open.pop();
            out.raw("</span>");
        }
        while let Some(&span) = anchors.get(next).filter(|span| span.start <= piece.start) {
            next += 1;
            out.raw("<span").attr("id", &anchor(span)).raw(">");
            if span.end <= piece.start {
                out.raw("</span>");
            } else {
                let bound = open.last().copied().unwrap_or(line.span.end);
                open.push(span.end.min(bound));
            }
        }
        marked(out, piece, piece.of(text), &marks);
    }
    for _ in open {
        out.raw("</span>");
    }
    for &span in &anchors[next..] {
        out.raw("<span").attr("id", &anchor(span)).raw("></span>");
    }
}

fn marked(out: &mut Html, piece: Span, words: &str, marks: &[(Span, Mark)]) {
    let mut here =
        marks.iter().filter(|it| it.0.contains(piece)).map(|it| it.1).collect::<Vec<_>>();
    here.sort_unstable();
    here.dedup();
    if here.is_empty() {
        out.text(words);
        return;
    }
    out.raw("<span class=\"");
    let mut has_share = false;
    for mark in here {
        match mark {
            Mark::Quote => out.raw("quote "),
            Mark::Cue => out.raw("cue "),
            Mark::Far => out.raw("cue far "),
            Mark::Credit => out.raw("credit "),
            Mark::Shared(_) if has_share => out,
            Mark::Shared(lane) => {
                has_share = true;
                out.raw("shared ").raw(COLOURS[lane])
            }
        };
    }
    out.raw("\">").text(words).raw("</span>");
}

fn marks(site: &Site<'_>, ix: ArticleIx, line: &Line, lanes: &[Lane]) -> Vec<(Span, Mark)> {
    let (article, marks) = (&site.dossier.articles[ix.ix()], &site.dossier.marks[ix.ix()]);
    let mut all = marks.quotations.iter().map(|&span| (span, Mark::Quote)).collect::<Vec<_>>();
    for citation in &marks.citations {
        let far = citation.source.is_some_and(|party| {
            let source = site.dossier.sources.party(ix, party);
            site.view_of(ix).is_some_and(|view| view.lost(source).is_some())
        });
        let mark = if far { Mark::Far } else { Mark::Cue };
        all.push((citation.cue, mark));
        all.extend(citation.name.map(|name| (name, mark)));
    }
    all.extend(article.credits.iter().map(|credit| (credit.span, Mark::Credit)));
    for (nth, lane) in lanes.iter().enumerate() {
        // A paragraph that is shared as a whole has its bar; underlining would hide the rest.
        if !lane.covers(line.span) {
            all.extend(lane.shared.iter().map(|it| (it.span, Mark::Shared(nth))));
        }
    }
    all.retain(|(span, _)| span.overlaps(line.span));
    all
}
