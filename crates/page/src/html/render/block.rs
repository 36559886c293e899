//! Block: the lines of a rendering, from their first word to their end.

use super::super::seam::Apart;
use super::{Line, Pen};
use crate::page::{Block, BlockKind};
use crate::span::Span;

impl Pen<'_> {
    pub(super) fn begin_block(&mut self, element: u32) {
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
    pub(super) fn join(&mut self, element: u32) {
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
    pub(super) fn end_block(&mut self) {
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
}
