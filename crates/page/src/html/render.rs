//! Render: the tree as a reader sees it, one block a line.
//!
//! White space is collapsed as a browser does, block-level elements and line breaks end a line,
//! inline elements run on. Every character leads back to where it stood.

mod block;
mod trace;

use std::ops::Range;

use html5ever::{Attribute, ns};

use super::seam::{Apart, would_glue};
use super::tag::{Layout, hints, is_removed, keeps_lines, kind, layout};
use super::tree::{Data, NodeIx, Tree, attribute};
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
                if tag == "hr" {
                    self.end_block();
                    self.breaks = self.breaks.saturating_add(1);
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
mod tests;
