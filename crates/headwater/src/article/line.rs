//! Line: one line of a page, what it looks like and what the markup calls it.

use headwater_page::Span;
use regex::Regex;
use std::sync::LazyLock;

use crate::lexicon::Standing;

/// What a line looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Look {
    /// A paragraph.
    Prose,
    /// A short sentence: prose if it stands among prose.
    Short,
    /// A headline, standfirst, subhead or any other words without a full stop.
    Head,
    /// "By Jane Doe", "Jane Doe | 08.08.2025 - Agency".
    Byline,
    /// A date and nothing else to speak of.
    Date,
    /// "14 minutes ago".
    Age,
    /// The name of an outlet or agency alone: publisher or credit, as it stands.
    Outlet,
    /// Words in capitals alone: place of a dateline, or a section.
    Capitals,
    /// "Originally published on …", a copyright line, a contribution.
    Credit,
    /// "(Reporting by …)".
    Tagline,
    /// A caption with its photo credit.
    Caption,
    /// A time of day alone, as in live reports.
    Clock,
    /// The head of a reader's post: name and time.
    Post,
    /// Standing words.
    Standing(Standing),
    /// Markup calls it furniture, or there is not a word in it.
    Mark,
}

impl Look {
    /// Whether such a line belongs to the article above it: credits, bylines, captions.
    pub(super) fn is_own(self) -> bool {
        use Look::{Byline, Caption, Credit, Date, Outlet, Tagline};
        matches!(self, Byline | Caption | Credit | Date | Outlet | Tagline)
    }
}

/// What the markup calls a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Markup {
    /// A link, or mostly links.
    Link,
    /// An item of a list.
    Item,
    /// A paragraph, or words of a quotation.
    Paragraph,
    /// Nothing, as in plain text, or something else.
    Other,
}

/// One line of a page: a block, or the blocks over which a plain text broke a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Its words.
    pub(super) span: Span,
    /// What it looks like.
    pub(super) look: Look,
    /// Blank lines before it.
    pub(super) gap: u8,
    /// Number of words.
    pub(super) n_words: usize,
    /// The headline's own words, where something stands before them ("Outlet wrote:Headline").
    pub(super) core: Span,
    /// The outlet that stands before them.
    pub(super) outlet: Option<Span>,
    /// The markup calls it a heading.
    pub(super) heading: Option<u8>,
    /// Innermost element.
    pub(super) element: u32,
    /// Whether the markup calls what it stands in other articles.
    pub(super) related: bool,
    /// What the markup calls it.
    pub(super) markup: Markup,
    /// Whether "Read more" or the like closes an item here.
    pub(super) closes: bool,
    /// The number of a headline, where those of a plain text are numbered: "2. Ferry stops".
    pub(super) number: Option<u32>,
}

/// A calendar date by its shape alone: which words are months is for [`crate::date`] to say. Counted
/// classes of all letters are left out: each count is a copy of the class to compile.
pub(super) static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let shapes = [
        r"(?-u:\b)[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]+Z?)?(?-u:\b)",
        r"(?-u:\b)[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}(?-u:\b)",
        r"\p{Lu}\p{L}+\.? [0-9]{1,2}(?:\p{Ll}{2})?,? (?:19|20)[0-9][0-9](?-u:\b)",
        // "9th May 2031", "9. Mai 2031", "9 de mayo de 2031"
        r"(?-u:\b)[0-9]{1,2}(?:\p{Ll}{2}|\.|º)? (?:\p{Ll}{2,3} )?\p{L}+\.?,? (?:\p{Ll}{2,3} )?(?:19|20)[0-9][0-9](?-u:\b)",
    ];
    Regex::new(&shapes.join("|")).expect("the shapes are fixed")
});

/// Spans found inside a line, moved to where the line stands.
pub(super) trait Shift {
    /// The span `by` bytes further on.
    fn shifted(self, by: usize) -> Span;
}

impl Shift for Span {
    fn shifted(self, by: usize) -> Span {
        Span::new(self.start as usize + by, self.end as usize + by)
    }
}
