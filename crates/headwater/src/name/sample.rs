//! Sample: articles made by hand, for the tests of the annotators.

use headwater_page::{Capture, Page, PageId, PageIx, Span, Trace};

use crate::Lexicon;
use crate::article::{Article, Publisher, Role};
use crate::lexicon::{Outlet, OutletIx, OutletKind};

/// An outlet of the lexicon that has an ambiguous short name: its name, that short name.
pub(crate) fn outlet() -> (&'static str, &'static str) {
    let outlets = &Lexicon::shipped().outlets;
    let all = (0..).map(|ix| outlets.get(OutletIx(ix)));
    let short = |o: &Outlet| o.ambiguous.iter().copied().find(|alias| alias.starts_with("the "));
    all.filter(|o| o.kind == OutletKind::Outlet)
        .find_map(|o| short(o).map(|alias| (o.name, alias)))
        .unwrap()
}

/// A page whose text is `text`, and its one article: the first line is the headline, every
/// other line that is not blank a paragraph.
pub(crate) fn article(text: &str, publisher: &str) -> (Page, Article) {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trim(text);
        lines.extend((!span.is_empty()).then_some(span));
        at += line.len();
    }
    let headline = lines.first().copied();
    let publisher = Publisher { name: publisher.to_owned(), outlet: None, span: None };
    let article = Article {
        page: PageIx(0),
        span: Span::new(0, text.len()),
        role: Role::Main,
        headline,
        publisher: Some(publisher).filter(|p| !p.name.is_empty()),
        byline: Vec::new(),
        dateline: None,
        age: None,
        published: None,
        credits: Vec::new(),
        captions: Vec::new(),
        standfirst: None,
        inserts: Vec::new(),
        paragraphs: lines.split_off(lines.len().min(1)),
        language: "en".to_owned(),
    };
    let page = Page {
        id: PageId(0),
        capture: Capture::default(),
        text: text.to_owned(),
        body_end: text.len() as u32,
        blocks: Vec::new(),
        elements: Vec::new(),
        links: Vec::new(),
        meta: Vec::new(),
        trace: Trace::default(),
        defects: Vec::new(),
    };
    (page, article)
}
