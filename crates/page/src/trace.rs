//! Trace: while a page's text grows, where in the capture each byte of it came from.

use std::ops::Range;

use crate::page::{Trace, TraceRun};
use crate::span::Span;

/// A trace under construction. Texts are appended in order; neighbours that are one byte for one
/// grow into one run.
#[derive(Default)]
pub(crate) struct Tracer {
    runs: Vec<TraceRun>,
    /// Whether the last run is one byte for one and may grow.
    open: bool,
}

impl Tracer {
    /// The next `len` bytes of text, from byte `text` on, are the capture's bytes from `raw` on.
    pub(crate) fn exact(&mut self, text: usize, len: usize, raw: usize) {
        if len == 0 {
            return;
        }
        if self.open
            && let Some(last) = self.runs.last_mut()
            && last.raw_end == raw as u64
        {
            last.text.end = (text + len) as u32;
            last.raw_end += len as u64;
            return;
        }
        self.push(text, len, raw..raw + len);
        self.open = true;
    }

    /// The next characters of text stand for the capture's bytes `raw`. Lengths that agree are
    /// kept apart by character, so that offsets between characters stay exact.
    pub(crate) fn decoded(&mut self, text: usize, words: &str, raw: Range<usize>) {
        let first = words.chars().next().map_or(0, char::len_utf8);
        if first == 0 {
            return;
        }
        if words.len() == raw.len() && first < words.len() {
            self.push(text, first, raw.clone());
            self.push(text + first, words.len() - first, raw.end..raw.end);
        } else {
            self.push(text, words.len(), raw);
        }
        self.open = false;
    }

    /// The next `len` bytes of text stand for the capture's bytes `raw`, none of them for any one.
    pub(crate) fn stands_for(&mut self, text: usize, len: usize, raw: Range<usize>) {
        self.push(text, len, raw);
        self.open = false;
    }

    /// Where in the capture the last run ends; 0 before the first.
    pub(crate) fn raw_end(&self) -> usize {
        self.runs.last().map_or(0, |run| run.raw_end as usize)
    }

    /// Forgets everything from byte `text` of the text on. Only whole runs or the tail of a run
    /// that is one byte for one are cut.
    pub(crate) fn truncate(&mut self, text: usize) {
        let text = text as u32;
        while self.runs.last().is_some_and(|run| run.text.start >= text) {
            self.runs.pop();
            self.open = false;
        }
        if let Some(last) = self.runs.last_mut()
            && last.text.end > text
        {
            last.raw_end = last.raw_end.saturating_sub(u64::from(last.text.end - text));
            last.text.end = text;
        }
    }

    /// The trace.
    pub(crate) fn finish(self) -> Trace {
        Trace { runs: self.runs }
    }

    fn push(&mut self, text: usize, len: usize, raw: Range<usize>) {
        self.runs.push(TraceRun {
            text: Span::new(text, text + len),
            raw_start: raw.start as u64,
            raw_end: raw.end as u64,
        });
    }
}

/// `trace` leads to bytes of a decoded text; `decoding` leads from there to the capture. The two
/// in one. An empty `decoding` means that nothing was decoded. Linear in both.
pub(crate) fn through(trace: Trace, decoding: &Trace) -> Trace {
    if decoding.runs.is_empty() {
        return trace;
    }
    let mut out = Tracer::default();
    for run in trace.runs {
        let (start, end) = (run.raw_start as u32, run.raw_end as u32);
        if run.text.len() as u64 != run.raw_end - run.raw_start {
            let raw = raw_at(decoding, start) as usize
                ..raw_to(decoding, end).max(raw_at(decoding, start)) as usize;
            out.push(run.text.start as usize, run.text.len(), raw);
            continue;
        }
        let from = decoding.runs.partition_point(|step| step.text.end <= start);
        for step in decoding.runs[from..].iter().take_while(|step| step.text.start < end) {
            let Some(part) = step.text.intersect(Span { start, end }) else { continue };
            let text = (run.text.start + (part.start - start)) as usize;
            let raw = raw_at(decoding, part.start) as usize..raw_to(decoding, part.end) as usize;
            out.push(text, part.len(), raw);
        }
    }
    out.finish()
}

/// The capture bytes of a range of decoded characters.
pub(crate) fn raw_place(decoding: &Trace, at: Range<usize>) -> Range<usize> {
    if decoding.runs.is_empty() {
        return at;
    }
    let start = raw_at(decoding, at.start as u32) as usize;
    start..start.max(raw_to(decoding, at.end as u32) as usize)
}

/// The capture byte at which the character at `text` begins.
fn raw_at(decoding: &Trace, text: u32) -> u64 {
    let ix = decoding.runs.partition_point(|run| run.text.end <= text);
    match decoding.runs.get(ix) {
        Some(run) if is_even(run) => run.raw_start + u64::from(text.saturating_sub(run.text.start)),
        Some(run) => run.raw_start,
        None => decoding.runs.last().map_or(0, |run| run.raw_end),
    }
}

/// The capture byte at which the character before `text` ends.
fn raw_to(decoding: &Trace, text: u32) -> u64 {
    let ix = decoding.runs.partition_point(|run| run.text.end < text);
    match decoding.runs.get(ix) {
        Some(run) if is_even(run) => run.raw_start + u64::from(text.saturating_sub(run.text.start)),
        Some(run) if run.text.start >= text => run.raw_start,
        Some(run) => run.raw_end,
        None => decoding.runs.last().map_or(0, |run| run.raw_end),
    }
}

fn is_even(run: &TraceRun) -> bool {
    run.text.len() as u64 == run.raw_end - run.raw_start
}

impl Trace {
    /// The capture's byte that byte `text` of the text comes from; itself if body and capture are
    /// one.
    pub(crate) fn raw(&self, text: usize) -> u64 {
        if self.runs.is_empty() { text as u64 } else { raw_at(self, text as u32) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: (usize, usize), raw: (u64, u64)) -> TraceRun {
        TraceRun { text: Span::new(text.0, text.1), raw_start: raw.0, raw_end: raw.1 }
    }

    #[test]
    fn neighbours_grow_into_one_run() {
        let mut tracer = Tracer::default();
        tracer.exact(0, 3, 10);
        tracer.exact(3, 2, 13);
        tracer.decoded(5, "&", 15..20);
        tracer.exact(6, 1, 20);
        let runs = tracer.finish().runs;
        assert_eq!(runs, [run((0, 5), (10, 15)), run((5, 6), (15, 20)), run((6, 7), (20, 21))]);
    }

    #[test]
    fn a_trace_leads_through_a_decoding() {
        // Decoded "aéb" from the three Latin-1 bytes; the text is "éb", from decoded 1..4.
        let decoding =
            Trace { runs: vec![run((0, 1), (0, 1)), run((1, 3), (1, 2)), run((3, 4), (2, 3))] };
        let trace = Trace { runs: vec![run((0, 3), (1, 4))] };
        assert_eq!(through(trace, &decoding).runs, [run((0, 2), (1, 2)), run((2, 3), (2, 3))]);
    }

    #[test]
    fn truncation_cuts_inside_an_exact_run() {
        let mut tracer = Tracer::default();
        tracer.exact(0, 5, 0);
        tracer.decoded(5, "\u{a0}", 5..11);
        tracer.truncate(4);
        assert_eq!(tracer.finish().runs, [run((0, 4), (0, 4))]);
    }
}
