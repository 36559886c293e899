//! One page as it was read: its articles line by line, its furniture, and on demand its marks as
//! words under carets, each with the rule that made it.

use headwater::article::{Article, Basis, Role};
use headwater::citation::{Citation, How};
use headwater::figure::Hedge;
use headwater::marks::Marks;
use headwater::name::PartyIx;
use headwater::quote::Form;
use headwater::statement::{Modality, Polarity};
use headwater::{ArticleIx, Dossier, PageIx, Place, Span};

use super::QUOTED;
use super::paper::{Hand, Paper, Phrase, Sheet, quoted, show, shown, width, width_of};
use super::view::{day, file, outlet};
use crate::id;
use crate::verdict::counted;

/// How much of a page is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Detail {
    /// Articles and furniture, a line each.
    Outline,
    /// The words of headlines and bodies in full, with every mark under its words.
    Marks,
}

/// The page at `ix`: articles, furniture and, if asked for, marks, in the order of its bytes.
pub fn page(dossier: &Dossier, ix: PageIx, detail: Detail, paper: Paper) -> String {
    let mut sheet = Sheet::new(paper);
    let here = (0..dossier.articles.len() as u32).map(ArticleIx);
    let here = here.filter(|it| dossier.articles[it.ix()].page == ix).collect::<Vec<_>>();
    head(dossier, ix, here.len(), &mut sheet);
    let furniture = dossier.furniture.get(ix.ix()).map_or(&[][..], Vec::as_slice);
    let mut furniture = furniture.iter().copied().peekable();
    for (nth, &article) in here.iter().enumerate() {
        let start = dossier.articles[article.ix()].span.start;
        while let Some(span) = furniture.next_if(|span| span.start < start) {
            line(&mut sheet, "furniture", &Words { dossier, place: Place { page: ix, span } });
        }
        sheet.blank();
        title(dossier, article, nth, &mut sheet);
        let end = dossier.articles[article.ix()].span.end;
        let mut lines = lines(&dossier.articles[article.ix()]);
        // What the page puts between two paragraphs of an article belongs to no article.
        while let Some(span) = furniture.next_if(|span| span.start < end) {
            lines.push((span, "furniture".into()));
        }
        lines.sort_by_key(|(span, _)| *span);
        for (span, label) in lines {
            let words = Words { dossier, place: Place { page: ix, span } };
            match detail {
                Detail::Marks if label == "headline" || label == "paragraph" => {
                    marked(&mut sheet, &label, &words, &marks(dossier, article, span));
                }
                _ => line(&mut sheet, &label, &words),
            }
        }
    }
    sheet.blank();
    for span in furniture {
        line(&mut sheet, "furniture", &Words { dossier, place: Place { page: ix, span } });
    }
    sheet.done()
}

fn head(dossier: &Dossier, ix: PageIx, n_articles: usize, sheet: &mut Sheet) {
    let page = &dossier.pages[ix.ix()];
    let mut phrase = Phrase::new().with(Hand::Strong, file(dossier, ix)).ours(format!(
        ": {}, {}.",
        counted(page.text.len(), "byte", "bytes"),
        counted(n_articles, "article", "articles"),
    ));
    if let Some(url) = &page.capture.url {
        phrase = phrase.ours(format!(" From {}.", shown(url)));
    }
    if let Some(captured) = &page.capture.captured {
        phrase = phrase.ours(format!(" Captured {}.", shown(captured)));
    }
    sheet.hang("", "  ", &phrase);
    for defect in &page.defects {
        let at = format!(" (bytes {} to {})", defect.span.start, defect.span.end);
        let phrase = Phrase::new().with(Hand::Differ, shown(&defect.why)).faint(at);
        sheet.hang("Odd: ", "  ", &phrase);
    }
}

fn title(dossier: &Dossier, ix: ArticleIx, nth: usize, sheet: &mut Sheet) {
    let article = &dossier.articles[ix.ix()];
    let role = match article.role {
        Role::Main => "main",
        Role::Related => "related, in full",
        Role::Digest => "one of a digest",
        Role::Teaser => "teaser",
    };
    let mut phrase = Phrase::new().with(Hand::Strong, format!("Article {}", nth + 1));
    phrase = phrase.ours(format!(", {role}: "));
    let outlet = outlet(dossier, ix);
    phrase = phrase.ours(outlet.unwrap_or_else(|| "publisher not named".to_owned()));
    phrase = phrase.ours(match article.published {
        Some(published) => {
            let basis = match published.basis {
                Basis::Stated => "as printed",
                Basis::Markup => "from its markup",
                Basis::Relative => "counted back from the capture",
            };
            format!(", {} ({basis})", day(published.when))
        }
        None => ", no date on the page".into(),
    });
    phrase = phrase.faint(format!(" {}", dossier.article_id(ix)));
    sheet.line(&phrase);
}

/// Everything of an article that is a line of its own, with what it is.
fn lines(article: &Article) -> Vec<(Span, String)> {
    let mut lines = Vec::<(Span, String)>::new();
    let mut add = |span: Option<Span>, label: &str| {
        lines.extend(span.filter(|span| !span.is_empty()).map(|span| (span, label.to_owned())));
    };
    add(article.publisher.as_ref().and_then(|publisher| publisher.span), "outlet");
    add(article.headline, "headline");
    add(article.dateline, "dateline");
    add(article.age, "age");
    add(article.published.map(|published| published.span), "date");
    for &span in &article.byline {
        add(Some(span), "byline");
    }
    for credit in &article.credits {
        add(Some(credit.span), "credit");
    }
    for &span in &article.captions {
        add(Some(span), "caption");
    }
    for &span in &article.paragraphs {
        add(Some(span), if article.standfirst == Some(span) { "standfirst" } else { "paragraph" });
    }
    for &span in &article.inserts {
        add(Some(span), "insert");
    }
    // One line of a page may be two things: "Harbour Post, 2 April".
    lines.sort_by_key(|(span, _)| *span);
    let mut joined: Vec<(Span, String)> = Vec::new();
    for (span, label) in lines {
        match joined.last_mut() {
            Some((before, labels)) if *before == span => *labels = format!("{labels}, {label}"),
            _ => joined.push((span, label)),
        }
    }
    joined
}

struct Words<'a> {
    dossier: &'a Dossier,
    place: Place,
}

/// Columns of the label before a line.
const LABEL: usize = 14;

fn line(sheet: &mut Sheet, label: &str, words: &Words<'_>) {
    let hand = if label == "furniture" { Hand::Faint } else { Hand::Theirs };
    let Span { start, end } = words.place.span;
    let text = quoted(words.dossier.words(words.place), QUOTED);
    let phrase = Phrase::new().with(hand, text).faint(format!(" {start}..{end}"));
    sheet.hang(&format!("{label:LABEL$}  "), &" ".repeat(LABEL + 2), &phrase);
}

/// A mark and what it says.
struct Mark {
    span: Span,
    label: String,
}

/// Every mark that touches `within`, in order; the longer first.
fn marks(dossier: &Dossier, ix: ArticleIx, within: Span) -> Vec<Mark> {
    let Some(marks) = dossier.marks.get(ix.ix()) else { return Vec::new() };
    let mut found = Vec::<Mark>::new();
    let mut add = |span: Span, label: String| {
        if !span.overlaps(within) {
            return;
        }
        match found.iter_mut().find(|mark| mark.span == span) {
            Some(mark) => mark.label = format!("{}; {label}", mark.label),
            None => found.push(Mark { span, label }),
        }
    };
    let name = |party: PartyIx| shown(&marks.parties[party.ix()].name);
    for party in &marks.parties {
        for &mention in &party.mentions {
            add(mention, format!("{} {}", id::kind(party.kind), shown(&party.name)));
        }
    }
    let kinds = [("quote", &marks.quotes), ("stance", &marks.stances)];
    for (kind, all) in kinds {
        for (nth, quote) in (1..).zip(all) {
            let form = match quote.form {
                Form::Direct => "direct",
                Form::Indirect => "indirect",
                Form::Mixed => "mixed",
                Form::Thought => "thought",
                Form::Finding => "finding",
            };
            let by = quote.speaker.map_or_else(|| "nobody named".into(), name);
            for &part in &quote.parts {
                add(part, format!("{kind} {nth}, {form}, by {by} [{}]", quote.rule));
            }
            if let Some(cue) = quote.cue {
                add(cue, format!("cue of {kind} {nth}"));
            }
        }
    }
    for (nth, citation) in marks.citations.iter().enumerate() {
        cited(marks, citation, nth + 1, &mut add);
    }
    for date in &marks.dates {
        let when = date.when.map(|when| format!(", {}", day(when))).unwrap_or_default();
        add(date.span, format!("date {}{when} [{}]", date.value, date.rule));
    }
    for figure in &marks.figures {
        let (whole, part) = (figure.thousandths / 1000, figure.thousandths.unsigned_abs() % 1000);
        let value = if part == 0 {
            whole.to_string()
        } else {
            format!("{whole}.{}", format!("{part:03}").trim_end_matches('0'))
        };
        let hedge = match figure.hedge {
            Hedge::Exact => "",
            Hedge::About => "about ",
            Hedge::AtLeast => "at least ",
            Hedge::AtMost => "at most ",
        };
        let said = format!("figure {hedge}{value} {}", figure.unit);
        add(figure.span, format!("{} [{}]", said.trim_end(), figure.rule));
    }
    for statement in &marks.statements {
        // Nearly every sentence is a statement: those that are more than plain ones are worth a line.
        let denied = (statement.polarity == Polarity::Denied).then_some("denied");
        let modality = match statement.modality {
            Modality::Possible => Some("possible"),
            Modality::Planned => Some("planned"),
            Modality::Ordered => Some("ordered"),
            Modality::Done => None,
        };
        let said = denied.into_iter().chain(modality).collect::<Vec<_>>().join(", ");
        if !said.is_empty() {
            add(statement.span, format!("statement: {said}"));
        }
    }
    found.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
    found
}

fn cited(marks: &Marks, citation: &Citation, nth: usize, add: &mut impl FnMut(Span, String)) {
    let how = match citation.how {
        How::Reported => "reported",
        How::Told => "told",
        How::Republished => "republished",
        How::Linked => "linked",
        How::Confirmed => "confirmed",
        How::Hearsay => "hearsay",
        How::NoComment => "no comment",
    };
    let party = |party: PartyIx| shown(&marks.parties[party.ix()].name);
    let of = citation.source.map_or_else(|| "nobody named".into(), party);
    let told = citation.told.map(|it| format!(", told to {}", party(it))).unwrap_or_default();
    let via = citation.via.map(|it| format!(", through citation {}", it.ix() + 1));
    let via = via.unwrap_or_default();
    add(citation.cue, format!("citation {nth}: {of}, {how}{told}{via} [{}]", citation.rule));
    if let Some(name) = citation.name {
        add(name, format!("who is cited in {nth}"));
    }
    for &span in &citation.covers {
        add(span, format!("covered by citation {nth}"));
    }
    if let Some(public) = citation.public {
        add(public, format!("in public, citation {nth}"));
    }
}

/// The words in full, wrapped, each line followed by one line of carets for each of its marks.
fn marked(sheet: &mut Sheet, label: &str, words: &Words<'_>, marks: &[Mark]) {
    let Span { start, end } = words.place.span;
    sheet.line(&Phrase::new().ours(label).faint(format!(" {start}..{end}")));
    let text = &words.dossier.pages[words.place.page.ix()].text;
    let columns = sheet.paper().columns.saturating_sub(2).max(20);
    for span in wrapped(text, words.place.span, columns) {
        let printed = printed(&text[span.range()]);
        sheet.raw(&format!("  {printed}"));
        for mark in marks {
            if let Some(under) = mark.span.intersect(span) {
                // A mark of many lines is shown where it begins and where it ends.
                if mark.span.start < span.start && mark.span.end > span.end {
                    continue;
                }
                let label = if mark.span.start >= span.start { mark.label.as_str() } else { "…" };
                sheet.raw(&carets(text, span, under, label, columns));
            }
        }
    }
}

/// Carets under `under`, then the label where there is room for it.
fn carets(text: &str, line: Span, under: Span, label: &str, columns: usize) -> String {
    let column = |at: u32| width(&printed(&text[line.start as usize..at as usize]));
    let (from, to) = (column(under.start), column(under.end));
    let carets = format!("  {}{}", " ".repeat(from), "^".repeat((to - from).max(1)));
    if to + 1 + width(label) <= columns {
        return format!("{carets} {label}");
    }
    if width(label) < from {
        let gap = " ".repeat(from - width(label) - 1);
        return format!("  {gap}{label} {}", "^".repeat((to - from).max(1)));
    }
    let gap = " ".repeat(from.min(columns.saturating_sub(width(label))));
    format!("{carets}\n  {gap}{label}")
}

/// `within` cut into lines of at most `columns`, between words where that is possible.
fn wrapped(text: &str, within: Span, columns: usize) -> Vec<Span> {
    let words = within.of(text);
    let mut lines = Vec::new();
    let (mut start, mut space, mut used) = (0, None, 0);
    for (at, c) in words.char_indices() {
        if c.is_whitespace() {
            space = Some((at, at + c.len_utf8()));
        }
        let mut one = String::new();
        show(c, &mut one);
        used += if c.is_whitespace() { 1 } else { width(&one).max(width_of(c)) };
        if used > columns && at > start {
            let (end, next) = space.unwrap_or((at, at));
            lines.push((start, end));
            start = next;
            space = None;
            used = width(&printed(&words[start.min(at)..at + c.len_utf8()]));
        }
    }
    lines.push((start.min(words.len()), words.len()));
    let at = within.start as usize;
    lines.into_iter().map(|(from, to)| Span::new(at + from, at + to)).collect()
}

/// Words as they are printed, column for column: every white space one space.
fn printed(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_whitespace() { out.push(' ') } else { show(c, &mut out) }
    }
    out
}
