//! Render: the tree as a reader sees it, one block a line.
//!
//! White space is collapsed as a browser does, block-level elements and line breaks end a line,
//! inline elements run on. Every character leads back to where it stood.

use std::ops::Range;

use html5ever::{Attribute, ns};

use super::seam::{Apart, would_glue};
use super::tag::{Layout, hints, is_removed, keeps_lines, kind, layout};
use super::tree::{Data, NodeIx, Piece, Tree, attribute};
use crate::colophon::Colophon;
use crate::page::{Block, BlockKind, Element, Link, Trace};
use crate::span::Span;
use crate::text::root;
use crate::trace::Tracer;

/// What a reader sees.
pub(super) struct Rendering {
    /// The body: blocks, one a line.
    pub(super) text: String,
    /// The blocks in order.
    pub(super) blocks: Vec<Block>,
    /// The elements around them, parents first.
    pub(super) elements: Vec<Element>,
    /// Links in order.
    pub(super) links: Vec<Link>,
    /// From the text to the parsed characters.
    pub(super) trace: Trace,
    /// Elements with a machine-readable time, and the colophon entry that holds it.
    pub(super) times: Vec<(u32, usize)>,
}

/// Writes out the tree; times go to `colophon`. Never fails; linear; does not recurse.
pub(super) fn render(tree: &Tree, colophon: &mut Colophon) -> Rendering {
    let mut pen = Pen::new(tree, colophon);
    let mut at = Tree::ROOT;
    'tree: loop {
        if pen.enter(at)
            && let Some(child) = tree.first(at)
        {
            at = child;
            continue;
        }
        loop {
            pen.leave(at);
            if let Some(next) = tree.next(at) {
                at = next;
                break;
            }
            match tree.parent(at) {
                Some(parent) => at = parent,
                None => break 'tree,
            }
        }
    }
    pen.end_block();
    pen.finish()
}

/// An element that is open while its children are written.
struct Frame {
    node: NodeIx,
    layout: Layout,
    kind: BlockKind,
    keeps_lines: bool,
    /// Its index in the page's elements, once text was seen in it; `None` for formatting.
    element: Option<u32>,
    /// What it will be in the page's elements.
    waiting: Option<Element>,
    /// The colophon entry of its time.
    time: Option<usize>,
    /// Its link.
    link: Option<usize>,
    /// Where the text stood when it opened.
    opened: usize,
}

struct Line {
    start: usize,
    element: u32,
    kind: BlockKind,
    linked: usize,
    gap: u8,
}

/// The end of an inline element, remembered until something follows.
struct Seam {
    at: usize,
    hinted: bool,
    href: Option<usize>,
}

struct Pen<'a> {
    tree: &'a Tree,
    colophon: &'a mut Colophon,
    frames: Vec<Frame>,
    text: String,
    tracer: Tracer,
    line: Option<Line>,
    blocks: Vec<Block>,
    elements: Vec<Element>,
    depths: Vec<u32>,
    links: Vec<Link>,
    times: Vec<(u32, usize)>,
    open_links: usize,
    /// White space that is written if a word follows in the same line: its characters' place.
    space: Option<Range<usize>>,
    breaks: u8,
    seam: Option<Seam>,
    /// What stands between the last word and the next.
    apart: Apart,
    piece: usize,
}

impl<'a> Pen<'a> {
    fn new(tree: &'a Tree, colophon: &'a mut Colophon) -> Self {
        Pen {
            tree,
            colophon,
            frames: Vec::new(),
            text: String::new(),
            tracer: Tracer::default(),
            line: None,
            blocks: Vec::new(),
            elements: vec![root()],
            depths: vec![0],
            links: Vec::new(),
            times: Vec::new(),
            open_links: 0,
            space: None,
            breaks: 0,
            seam: None,
            apart: Apart::Nothing,
            piece: 0,
        }
    }

    /// Begins a node; returns whether its children are to be written.
    fn enter(&mut self, node: NodeIx) -> bool {
        match self.tree.data(node) {
            Data::Document => true,
            Data::Other => false,
            Data::Text(range) => {
                self.write(range.clone());
                false
            }
            Data::Element(name, attributes) => {
                let tag = &*name.local;
                let layout =
                    if name.ns == ns!(html) || tag == "svg" { layout(tag) } else { Layout::Inline };
                match layout {
                    Layout::Unseen => return false,
                    Layout::Object => {
                        self.apart = Apart::Surely;
                        return false;
                    }
                    Layout::Break => {
                        self.end_block();
                        self.breaks = self.breaks.saturating_add(1);
                        return false;
                    }
                    Layout::Block | Layout::Inline | Layout::Formatting => {}
                }
                let frame = self.frame(node, tag, layout, attributes);
                if frame.layout == Layout::Block {
                    self.end_block();
                } else {
                    self.note_seam(&frame);
                }
                self.frames.push(frame);
                true
            }
        }
    }

    fn frame(
        &mut self,
        node: NodeIx,
        tag: &str,
        layout: Layout,
        attributes: &[Attribute],
    ) -> Frame {
        let around = self.frames.last();
        let hints = hints(attributes);
        let removed = is_removed(tag, attributes);
        let hidden = removed || attribute(attributes, "aria-hidden").is_some_and(|v| v == "true");
        let time = (tag == "time").then(|| attribute(attributes, "datetime")).flatten();
        let href = (tag == "a").then(|| attribute(attributes, "href")).flatten();
        // `<small class=comment-time>` is more than small letters.
        let layout = match layout {
            Layout::Formatting if !hints.is_empty() => Layout::Inline,
            layout => layout,
        };
        let plain = layout != Layout::Block && hints.is_empty();
        let is_element = !plain || removed || time.is_some();
        let link = href.map(|href| {
            self.open_links += 1;
            let rel = attribute(attributes, "rel").unwrap_or_default().to_lowercase();
            let at = self.text.len();
            self.links.push(Link { span: Span::new(at, at), href: href.to_owned(), rel });
            self.links.len() - 1
        });
        Frame {
            node,
            // What a reader does not see must not run into what he sees.
            layout: if removed { Layout::Block } else { layout },
            kind: kind(tag, around.map_or(BlockKind::Paragraph, |frame| frame.kind)),
            keeps_lines: keeps_lines(tag) || around.is_some_and(|frame| frame.keeps_lines),
            element: None,
            waiting: is_element.then(|| Element {
                tag: tag.to_owned(),
                hints,
                parent: 0,
                hidden,
                time: None,
            }),
            time: time.and_then(|time| self.colophon.push("time", time)),
            link,
            opened: self.text.len(),
        }
    }

    /// Two inline elements that touch, `<span class=day>Monday</span><a class=name>Lindqvist</a>`,
    /// are apart on the screen if style sheets say so, and they do where both have a class of their
    /// own or lead elsewhere. Not so words that an editor cut in pieces.
    fn note_seam(&mut self, frame: &Frame) {
        let Some(seam) = self.seam.take() else { return };
        if frame.layout != Layout::Inline || seam.at != self.text.len() {
            return;
        }
        let hinted = frame.waiting.is_some() || seam.hinted;
        let target = |link: Option<usize>| link.map(|link| &self.links[link].href);
        // `<a href=#>`: the page's own program knows where to.
        let hidden =
            target(frame.link).is_some_and(|href| href.is_empty() || href.starts_with('#'));
        let elsewhere = target(seam.href) != target(frame.link) || hidden;
        // A word is never cut into two links; into two classes it is, by editors' programs.
        let both = seam.href.is_some() && frame.link.is_some();
        self.apart = match (elsewhere, both || hinted) {
            (true, true) => Apart::Surely,
            (false, false) => self.apart.max(Apart::Hardly),
            _ => self.apart.max(Apart::Perhaps),
        };
    }

    fn leave(&mut self, node: NodeIx) {
        if self.frames.last().is_none_or(|frame| frame.node != node) {
            return;
        }
        let Some(frame) = self.frames.pop() else { return };
        if frame.layout == Layout::Block {
            self.end_block();
        }
        if frame.link.is_some() {
            self.open_links -= 1;
        }
        // A single letter is an initial set large: it belongs to the word that follows.
        let n_letters = self.text.get(frame.opened..).unwrap_or_default().trim().chars().count();
        if frame.layout == Layout::Inline && n_letters > 1 {
            let hinted = frame.waiting.is_some() || frame.element.is_some();
            self.seam = Some(Seam { at: self.text.len(), hinted, href: frame.link });
        }
    }

    /// Writes a text node.
    fn write(&mut self, range: Range<usize>) {
        let tree = self.tree;
        let keeps_lines = self.frames.last().is_some_and(|frame| frame.keeps_lines);
        let text = &tree.words.text[range.clone()];
        let mut at = 0;
        while at < text.len() {
            let rest = &text.as_bytes()[at..];
            let blank = rest.iter().take_while(|byte| is_blank(**byte)).count();
            if blank > 0 {
                let place = range.start + at..range.start + at + blank;
                if keeps_lines {
                    self.keep_blank(place);
                } else {
                    self.space.get_or_insert(place);
                }
                at += blank;
                continue;
            }
            let word = rest.iter().take_while(|byte| !is_blank(**byte)).count();
            self.word(range.start + at..range.start + at + word);
            at += word;
        }
    }

    /// White space in preformatted text: line breaks end the block, the rest stays as it is.
    fn keep_blank(&mut self, place: Range<usize>) {
        let tree = self.tree;
        let blank = &tree.words.text[place.clone()];
        for (n, part) in blank.split('\n').enumerate() {
            if n > 0 {
                if self.line.is_none() {
                    self.breaks = self.breaks.saturating_add(1);
                }
                self.end_block();
            }
            // Inside the node, `part` stands where its bytes do.
            let start = place.start + (part.as_ptr() as usize - blank.as_ptr() as usize);
            if !part.is_empty() && self.line.is_some() {
                self.append(start..start + part.len());
            }
        }
    }

    fn word(&mut self, place: Range<usize>) {
        let element = self.element();
        if self.line.is_none() {
            self.begin_block(element);
        } else {
            self.join(element);
            self.gap_before(&place);
        }
        self.space = None;
        self.apart = Apart::Nothing;
        self.seam = None;
        let start = self.text.len();
        self.append(place);
        if self.open_links > 0 {
            if let Some(line) = &mut self.line {
                line.linked += self.text.len() - start;
            }
            let end = self.text.len();
            for frame in self.frames.iter().rev() {
                let Some(link) = frame.link else { continue };
                let span = &mut self.links[link].span;
                let first = if span.is_empty() { start } else { span.start as usize };
                *span = Span::new(first, end);
            }
        }
    }

    /// The space between two words of a line, if there is any.
    fn gap_before(&mut self, place: &Range<usize>) {
        let end = self.text.len();
        if let Some(space) = self.space.take() {
            if self.tree.words.text[space.clone()] == *" " {
                self.append(space);
            } else {
                let raw = self.raw(space.start).0..self.raw(space.end - 1).1;
                self.tracer.decoded(end, " ", raw);
                self.text.push(' ');
            }
        } else if would_glue(&self.text, &self.tree.words.text[place.clone()], self.apart) {
            let at = self.tracer.raw_end();
            self.tracer.decoded(end, " ", at..at);
            self.text.push(' ');
        } else {
            return;
        }
        let in_link = self.frames.iter().rev().find_map(|frame| frame.link);
        let goes_on = in_link.is_some_and(|link| {
            let span = self.links[link].span;
            !span.is_empty() && span.end as usize == end
        });
        if let Some(line) = &mut self.line
            && goes_on
        {
            line.linked += 1;
        }
    }

    /// Appends characters as they are, piece by piece.
    fn append(&mut self, place: Range<usize>) {
        let tree = self.tree;
        let mut at = place.start;
        while at < place.end {
            let (piece, end) = self.piece_at(at);
            let end = end.min(place.end);
            let words = &tree.words.text[at..end];
            match piece {
                Some(piece) if piece.exact => {
                    self.tracer.exact(
                        self.text.len(),
                        words.len(),
                        piece.raw_start + (at - piece.at),
                    );
                }
                Some(piece) => {
                    self.tracer.decoded(self.text.len(), words, piece.raw_start..piece.raw_end);
                }
                None => self.tracer.decoded(self.text.len(), words, 0..0),
            }
            self.text.push_str(words);
            at = end;
        }
    }

    /// The piece at a character, and where it ends. Text comes nearly in order, so the last piece
    /// is tried first.
    fn piece_at(&mut self, at: usize) -> (Option<Piece>, usize) {
        let pieces = &self.tree.words.pieces;
        let end = |ix: usize| pieces.get(ix + 1).map_or(self.tree.words.text.len(), |next| next.at);
        let holds = |ix: usize| pieces.get(ix).is_some_and(|piece| piece.at <= at) && at < end(ix);
        if !holds(self.piece) {
            self.piece += 1;
            if !holds(self.piece) {
                self.piece = pieces.partition_point(|piece| piece.at <= at).saturating_sub(1);
            }
        }
        (pieces.get(self.piece).copied(), end(self.piece))
    }

    /// Where the character byte at `at` begins and ends in the page.
    fn raw(&mut self, at: usize) -> (usize, usize) {
        match self.piece_at(at).0 {
            Some(piece) if piece.exact => {
                let raw = piece.raw_start + (at - piece.at);
                (raw, raw + 1)
            }
            Some(piece) => (piece.raw_start, piece.raw_end),
            None => (0, 0),
        }
    }

    /// The innermost element around what is written now; enters it and its parents into the page.
    fn element(&mut self) -> u32 {
        let known = self.frames.iter().rposition(|frame| frame.element.is_some());
        let mut parent = known.and_then(|ix| self.frames[ix].element).unwrap_or(0);
        for frame in &mut self.frames[known.map_or(0, |ix| ix + 1)..] {
            let Some(element) = frame.waiting.take() else { continue };
            let ix = self.elements.len() as u32;
            self.elements.push(Element { parent, ..element });
            self.depths.push(self.depths[parent as usize] + 1);
            self.times.extend(frame.time.map(|entry| (ix, entry)));
            frame.element = Some(ix);
            parent = ix;
        }
        parent
    }

    fn begin_block(&mut self, element: u32) {
        if !self.text.is_empty() {
            let at = self.tracer.raw_end();
            self.tracer.decoded(self.text.len(), "\n", at..at);
            self.text.push('\n');
        }
        let kind = self.frames.last().map_or(BlockKind::Paragraph, |frame| frame.kind);
        let gap = std::mem::take(&mut self.breaks);
        self.line = Some(Line { start: self.text.len(), element, kind, linked: 0, gap });
    }

    /// The line's element becomes the innermost one around all of its words.
    fn join(&mut self, element: u32) {
        let Some(line) = &mut self.line else { return };
        let (mut left, mut right) = (line.element, element);
        while left != right {
            if self.depths[left as usize] >= self.depths[right as usize] {
                left = self.elements[left as usize].parent;
            } else {
                right = self.elements[right as usize].parent;
            }
        }
        line.element = left;
    }

    /// Ends the line, if one is open. A line of no-break spaces is no block, and is taken back.
    fn end_block(&mut self) {
        self.space = None;
        self.apart = Apart::Nothing;
        self.seam = None;
        let Some(line) = self.line.take() else { return };
        let span = Span::new(line.start, self.text.len()).trim(&self.text);
        if span.is_empty() {
            let start = line.start.saturating_sub(1);
            self.text.truncate(start);
            self.tracer.truncate(start);
            self.shorten_links(start as u32);
            self.breaks = self.breaks.saturating_add(line.gap).saturating_add(1);
            return;
        }
        self.blocks.push(Block {
            span,
            kind: line.kind,
            element: line.element,
            linked: line.linked.min(span.len()) as u32,
            gap: line.gap,
        });
    }

    /// Ends all links at `end` at the latest. Only links that are open, or were closed since, can
    /// reach further.
    fn shorten_links(&mut self, end: u32) {
        let recent =
            self.links.iter().rposition(|link| link.span.end <= end).map_or(0, |ix| ix + 1);
        let open = self.frames.iter().filter_map(|frame| frame.link);
        for ix in (recent..self.links.len()).chain(open) {
            let span = &mut self.links[ix].span;
            *span = Span { start: span.start.min(end), end: span.end.min(end) };
        }
    }

    fn finish(self) -> Rendering {
        Rendering {
            text: self.text,
            blocks: self.blocks,
            elements: self.elements,
            links: self.links,
            trace: self.tracer.finish(),
            times: self.times,
        }
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0xc)
}

#[cfg(test)]
mod tests {
    use crate::page::{BlockKind, Capture, Page};
    use crate::read::read;

    fn page(html: &str) -> Page {
        let html = format!("<!doctype html>{html}");
        read(html.as_bytes(), &Capture::default()).pages.remove(0)
    }

    fn body(html: &str) -> String {
        let page = page(html);
        page.words(page.body()).to_owned()
    }

    #[test]
    fn blocks_stand_on_lines_and_inline_runs_on() {
        let html = "<div>Ferry <b>st</b>uck\n at\tsea<p>Nobody <i>was</i> hurt.</p>Later<br><br>More</div>";
        assert_eq!(body(html), "Ferry stuck at sea\nNobody was hurt.\nLater\nMore");
        assert_eq!(page(html).blocks.last().unwrap().gap, 2);
    }

    #[test]
    fn what_is_not_shown_is_left_out() {
        let html = "<p>One<script>two()</script><style>p{}</style><noscript><p>Three</noscript>\
                    <template><p>Four</template><svg><text>Five</text></svg> six";
        assert_eq!(body(html), "One six");
    }

    #[test]
    fn preformatted_lines_are_blocks() {
        let page = page("<pre>\nOne  two\n\n  three </pre><p>four");
        let blocks: Vec<_> =
            page.blocks.iter().map(|b| (page.words(b.span), b.kind, b.gap)).collect();
        assert_eq!(
            blocks,
            [
                ("One  two", BlockKind::Preformatted, 0),
                ("three", BlockKind::Preformatted, 1),
                ("four", BlockKind::Paragraph, 0)
            ]
        );
    }

    #[test]
    fn kinds_are_what_the_markup_says() {
        let page = page(
            "<h2>A</h2><blockquote><p>B</p></blockquote><ul><li>C</ul><figure><figcaption>D</figcaption></figure>\
             <table><caption>E</caption><tr><td>F<td><p>G</table><button>H</button>",
        );
        let kinds: Vec<_> = page.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(
            kinds,
            [
                BlockKind::Heading(2),
                BlockKind::Quotation,
                BlockKind::ListItem,
                BlockKind::Caption,
                BlockKind::Caption,
                BlockKind::Cell,
                BlockKind::Paragraph,
                BlockKind::Control
            ]
        );
    }

    #[test]
    fn elements_are_the_innermost_around_all_words() {
        let page = page(
            "<div class='Story Main' id=x><p>By <span class=author>Ada</span> today</p>\
             <p><span class=author>Bo</span></p></div><p hidden>Secret</p>",
        );
        let around = |ix: usize| &page.elements[page.blocks[ix].element as usize];
        assert_eq!(around(0).tag, "p");
        assert_eq!((around(1).tag.as_str(), around(1).hints.as_str()), ("span", "author"));
        assert_eq!(page.elements[around(0).parent as usize].hints, "story main x");
        assert!(around(2).hidden && !around(0).hidden);
    }

    #[test]
    fn links_and_their_bytes() {
        let page = page(
            "<p>See <a href='/b?x=1&amp;y=2' rel=NoFollow>the  ferry\nlog</a> now <a href=#><img></a>",
        );
        let link = &page.links[0];
        assert_eq!(
            (page.words(link.span), link.href.as_str(), link.rel.as_str()),
            ("the ferry log", "/b?x=1&y=2", "nofollow")
        );
        assert!(page.links[1].span.is_empty());
        assert_eq!(page.blocks[0].linked, 13);
    }

    #[test]
    fn times_stand_in_the_colophon() {
        let page = page("<p><time datetime=2031-04-02>2 April</time>");
        let element = page.elements.iter().find(|element| element.tag == "time").unwrap();
        assert_eq!(page.words(element.time.unwrap()), "2031-04-02");
    }

    #[test]
    fn a_line_of_no_break_spaces_is_no_block() {
        let page = page("<p>One</p><p>&nbsp;</p><p><a href=x>&nbsp;</a></p><p>Two");
        assert_eq!(page.words(page.body()), "One\nTwo");
        assert_eq!(page.blocks[1].gap, 2);
    }

    #[test]
    fn every_word_leads_back_to_its_bytes() {
        let html = "<!doctype html>\r\n<p>A &amp; B\r\n caf&eacute; d\u{e9}j\u{e0}<table>C<tr><td>D</table><textarea>\nE</textarea>";
        let page = read(html.as_bytes(), &Capture::default()).pages.remove(0);
        assert_eq!(page.words(page.body()), "A & B café déjà\nC\nD\nE");
        let mut end = 0;
        for run in &page.trace.runs {
            assert_eq!(run.text.start, end);
            end = run.text.end;
            let raw = &html[run.raw_start as usize..run.raw_end as usize];
            let words = page.words(run.text);
            let fits = raw == words || words.trim().is_empty() || raw.starts_with('&');
            assert!(fits, "{words:?} is not {raw:?}");
        }
        assert_eq!(end, page.body_end);
    }

    #[test]
    fn deep_nesting_is_cut_in_time() {
        let html = "<ul><li>x".repeat(512 * 1024 / 9);
        let start = std::time::Instant::now();
        let page = page(&html);
        assert!(start.elapsed().as_millis() < 2000, "{:?}", start.elapsed());
        assert!(page.defects.iter().any(|defect| defect.kind == crate::page::DefectKind::Cut));
    }
}
