//! Index: what an article's findings touch a span, without asking each of them.

use headwater_page::Span;

use super::Findings;

/// Findings by place.
pub(super) struct Index {
    parties: Places,
    covers: Places,
    cues: Places,
    dates: Places,
    figures: Places,
}

impl Index {
    /// Of all findings of an article. Cost: sorting them.
    pub(super) fn new(findings: Findings<'_>) -> Self {
        let Findings { parties, citations, dates, figures } = findings;
        let mentions = (0..)
            .zip(parties)
            .flat_map(|(ix, party)| party.mentions.iter().map(move |mention| (*mention, ix)));
        let covers = (0..)
            .zip(citations)
            .flat_map(|(ix, citation)| citation.covers.iter().map(move |part| (*part, ix)));
        let cues = (0..).zip(citations).map(|(ix, citation)| (citation.cue, ix));
        Self {
            parties: Places::new(mentions.collect()),
            covers: Places::new(covers.collect()),
            cues: Places::new(cues.collect()),
            dates: Places::new((0..).zip(dates).map(|(ix, date)| (date.span, ix)).collect()),
            figures: Places::new((0..).zip(figures).map(|(ix, it)| (it.span, ix)).collect()),
        }
    }

    /// Parties with a mention that touches `span`, in order.
    pub(super) fn parties(&self, span: Span) -> Vec<u32> {
        self.parties.touching(span)
    }

    /// Citations that cover some of `span`, in order.
    pub(super) fn covering(&self, span: Span) -> Vec<u32> {
        self.covers.touching(span)
    }

    /// Citations whose cue touches `span`, in order.
    pub(super) fn cued(&self, span: Span) -> Vec<u32> {
        self.cues.touching(span)
    }

    /// Dates that touch `span`, in order.
    pub(super) fn dates(&self, span: Span) -> Vec<u32> {
        self.dates.touching(span)
    }

    /// Figures that touch `span`, in order.
    pub(super) fn figures(&self, span: Span) -> Vec<u32> {
        self.figures.touching(span)
    }
}

/// Spans by their start, each with the farthest end up to it.
struct Places {
    spans: Vec<(Span, u32)>,
    ends: Vec<u32>,
}

impl Places {
    fn new(mut spans: Vec<(Span, u32)>) -> Self {
        spans.sort_unstable();
        let farthest = |end: &mut u32, (span, _): &(Span, u32)| {
            *end = span.end.max(*end);
            Some(*end)
        };
        let ends = spans.iter().scan(0, farthest).collect();
        Self { spans, ends }
    }

    /// The numbers of what touches `span`, in order and once. Cost: what lies between the first
    /// that may touch it and its end.
    fn touching(&self, span: Span) -> Vec<u32> {
        let from = self.ends.partition_point(|end| *end <= span.start);
        let to = self.spans.partition_point(|(other, _)| other.start < span.end);
        let within = self.spans.get(from..to).unwrap_or_default().iter();
        let touching = within.filter(|(other, _)| other.overlaps(span)).map(|(_, ix)| *ix);
        let mut found = touching.collect::<Vec<_>>();
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_touches_is_found_in_order() {
        let places = Places::new(vec![
            (Span::new(0, 90), 3),
            (Span::new(10, 12), 1),
            (Span::new(40, 44), 2),
            (Span::new(42, 50), 1),
        ]);
        assert_eq!(places.touching(Span::new(41, 43)), [1, 2, 3]);
        assert_eq!(places.touching(Span::new(12, 40)), [3]);
        assert_eq!(places.touching(Span::new(90, 99)), [0_u32; 0]);
    }
}
