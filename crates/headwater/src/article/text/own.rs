//! Own: what of a draft is its own by the element that holds its body.
//!
//! Words alone tell paragraphs from menus; only the markup tells the rows of a table, the items of
//! a list and the last short lines of a text from what else is short on a page: they stand among
//! the paragraphs, in the same element.

use headwater_page::Page;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::html::{self, Region};
use super::super::line::{Line, Look, Markup};
use super::Draft;
use crate::lexicon::Standing;

/// Body bytes of a thousand that an element must hold to be the article's own. What stands outside
/// of it is furniture that no word gave away. Swept on the open extraction pages from 600 to 950.
const OWN: usize = 750;

/// A part with a form and no more than so many lines of the body asks for readers.
const FORM_LINES: usize = 3;
/// No more than so many paragraphs of another class are notes.
const NOTES: usize = 4;
/// A paragraph that is one link of so many words names something. Of 50 such paragraphs on the open
/// extraction pages, no other article's headline is that short.
const SHORT_LINK: usize = 4;

/// Drops what lies outside of the element that holds nearly all of the body, and takes what stands
/// among the paragraphs inside of it. `end` is the first line that is another article's.
pub(super) fn confine(
    page: &Page,
    regions: &[Region],
    lines: &[Line],
    draft: &mut Draft,
    end: usize,
) {
    let root = root(page, lines, &draft.body);
    let first = draft.body.iter().copied().find(|i| html::within(page, lines[*i].element, root));
    // The first paragraph may stand beside the body's element, in the element around both.
    let lede = |i: usize| {
        let parent = page.elements[lines[i].element as usize].parent;
        first.is_some_and(|first| i < first)
            && draft.head.is_some_and(|head| head < i)
            && lines[i].look == Look::Prose
            && parent > 0
            && html::within(page, root, parent)
    };
    draft.body.retain(|i| html::within(page, lines[*i].element, root) || lede(*i));
    without_forms(page, lines, &mut draft.body, root);
    without_notes(page, lines, &mut draft.body);
    let (Some(&first), Some(&last)) = (draft.body.first(), draft.body.last()) else { return };
    let above = |i: usize| page.elements[lines[i].element as usize].parent;
    let inside = draft.body.iter().filter(|i| html::within(page, lines[**i].element, root));
    let mut sides = inside.map(|i| above(*i)).collect::<FxHashSet<_>>();
    sides.insert(root);
    draft.root = root;
    let place = Place { page, regions, lines, sides, root };
    let lead = draft.head.filter(|head| *head < first).map_or(first, |head| head + 1);
    let (lead, tail) = (place.lead(lead, first), place.tail(last, end));
    for i in lead..=tail {
        if draft.head == Some(i) || draft.body.binary_search(&i).is_ok() {
            continue;
        }
        match place.part(i) {
            Some(Part::Paragraph) => draft.body.push(i),
            Some(Part::Insert) => draft.inserts.push(i),
            None => {}
        }
    }
    draft.body.sort_unstable();
    // Credits may stand beneath the body's element, but not far.
    let last = last.max(tail);
    let below = last + 1..=draft.last.min(last + 6);
    draft.last = below.rev().find(|i| lines[*i].look.is_own()).unwrap_or(last);
}

/// The innermost element that holds nearly all of the body.
fn root(page: &Page, lines: &[Line], body: &[usize]) -> u32 {
    let bytes = |i: usize| lines[i].span.len();
    let total = body.iter().map(|i| bytes(*i)).sum::<usize>();
    let mut held = FxHashMap::<u32, usize>::default();
    for i in body {
        let mut element = lines[*i].element;
        while element != 0 {
            *held.entry(element).or_default() += bytes(*i);
            element = page.elements[element as usize].parent;
        }
    }
    let own = |element: &&u32| held[*element] * 1000 >= total * OWN;
    // Parents come before children, so the last that holds enough is the innermost.
    held.keys().filter(own).max().copied().unwrap_or(0)
}

/// Drops the sentences that stand beside a form in a part of their own: they ask readers to fill it
/// in.
fn without_forms(page: &Page, lines: &[Line], body: &mut Vec<usize>, root: u32) {
    let (Some(&first), Some(&last)) = (body.first(), body.last()) else { return };
    let mut n_body = FxHashMap::<u32, usize>::default();
    let parts = |i: usize| {
        let up = |at: &u32| Some(page.elements[*at as usize].parent);
        std::iter::successors(Some(lines[i].element), up).take_while(|at| *at > root)
    };
    for &i in body.iter() {
        for part in parts(i) {
            *n_body.entry(part).or_default() += 1;
        }
    }
    let mut asking = FxHashSet::<u32>::default();
    for i in first..=last {
        if parts(i).any(|at| page.elements[at as usize].tag == "form") {
            let few = |part: &u32| n_body.get(part).copied().unwrap_or(0) <= FORM_LINES;
            asking.extend(parts(i).filter(few));
        }
    }
    if !asking.is_empty() {
        body.retain(|i| !parts(*i).any(|part| asking.contains(&part)));
    }
}

/// Drops the notes after the body: paragraphs to which the page gives another class than to all
/// others.
fn without_notes(page: &Page, lines: &[Line], body: &mut Vec<usize>) {
    let hints = |i: usize| page.elements[lines[i].element as usize].hints.as_str();
    let plain = |i: usize| lines[i].markup == Markup::Paragraph;
    let Some(&own) = body.first().filter(|i| plain(**i) && !hints(**i).is_empty()) else { return };
    let shared = |i: usize| {
        let mut words = hints(i).split_whitespace();
        words.any(|word| hints(own).split_whitespace().any(|other| other == word))
    };
    let n = body.iter().take_while(|i| !plain(**i) || shared(**i)).count();
    let other = &body[n..];
    let noted = |i: &usize| plain(*i) && !hints(*i).is_empty() && !shared(*i);
    if n >= 5 && other.len() <= NOTES && other.iter().all(noted) {
        body.truncate(n);
    }
}

/// What a line among the paragraphs is to the article.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    /// Words that may say something: an item of a list, a short paragraph.
    Paragraph,
    /// A subhead, a table's cell.
    Insert,
}

struct Place<'a> {
    page: &'a Page,
    regions: &'a [Region],
    lines: &'a [Line],
    /// The elements whose children are paragraphs.
    sides: FxHashSet<u32>,
    root: u32,
}

impl Place<'_> {
    /// The element among the paragraphs that the line stands in, or is.
    fn unit(&self, i: usize) -> Option<u32> {
        let mut at = self.lines[i].element;
        loop {
            let parent = self.page.elements[at as usize].parent;
            if self.sides.contains(&parent) {
                return Some(at);
            }
            if at <= self.root {
                return None;
            }
            at = parent;
        }
    }

    /// The innermost of `tags` around the line, inside of the body's element.
    fn inside(&self, i: usize, tags: &[&str]) -> Option<u32> {
        let mut at = self.lines[i].element;
        while at > self.root {
            if tags.contains(&self.page.elements[at as usize].tag.as_str()) {
                return Some(at);
            }
            at = self.page.elements[at as usize].parent;
        }
        None
    }

    fn part(&self, i: usize) -> Option<Part> {
        let line = &self.lines[i];
        if !html::within(self.page, line.element, self.root) || line.related {
            return None;
        }
        let unit = self.unit(i)?;
        let tag = |element: u32| self.page.elements[element as usize].tag.as_str();
        if self.inside(i, &["table"]).is_some() {
            return self.cell(i);
        }
        let region = self.regions[line.element as usize];
        if region != Region::Content {
            return None;
        }
        if self.inside(i, &["blockquote"]).is_some() {
            let shown = !matches!(line.look, Look::Mark | Look::Standing(_));
            return shown.then_some(Part::Paragraph);
        }
        if self.inside(i, &["ul", "ol", "dl"]).is_some() {
            return match line.look {
                _ if line.markup == Markup::Link => None,
                Look::Head | Look::Short | Look::Capitals | Look::Outlet if line.n_words >= 3 => {
                    Some(Part::Paragraph)
                }
                Look::Head | Look::Short | Look::Capitals | Look::Outlet => Some(Part::Insert),
                _ => None,
            };
        }
        if line.markup == Markup::Link {
            return self.address(i).then_some(Part::Insert);
        }
        let short = matches!(line.look, Look::Head | Look::Short | Look::Capitals);
        if line.heading.is_some() {
            return short.then_some(Part::Insert);
        }
        // Words right in the element of the paragraphs, or a paragraph beside them.
        let own = unit == line.element && matches!(tag(unit), "p" | "div" | "span" | "blockquote");
        let bare = self.sides.contains(&line.element);
        match line.look {
            Look::Capitals if own || bare => Some(Part::Insert),
            Look::Prose | Look::Head | Look::Short if own || bare => Some(Part::Paragraph),
            _ => None,
        }
    }

    /// Whether a line that is a link is the text's own: an address in full, a name, or a line of a
    /// paragraph whose other lines are none. Headlines of other articles are longer.
    fn address(&self, i: usize) -> bool {
        let line = &self.lines[i];
        let words = line.span.of(&self.page.text);
        let bare = words.contains("://") && !words.contains(char::is_whitespace);
        let beside = |j: Option<usize>| {
            j.and_then(|j| self.lines.get(j))
                .is_some_and(|other| other.element == line.element && other.markup != Markup::Link)
        };
        let paragraph = self.page.elements[line.element as usize].tag == "p";
        let short = line.n_words <= SHORT_LINK && !matches!(line.look, Look::Standing(_));
        bare || paragraph && (short || beside(i.checked_sub(1)) || beside(Some(i + 1)))
    }

    /// A cell of a table that stands among the paragraphs, whatever its class calls it.
    fn cell(&self, i: usize) -> Option<Part> {
        let table = self.inside(i, &["table"])?;
        let content = self.regions[table as usize] == Region::Content;
        content.then_some(Part::Insert)
    }

    /// The first line from `from` on that stands among the paragraphs, where nothing but such lines
    /// lies between it and `first`.
    fn lead(&self, from: usize, first: usize) -> usize {
        let own = |i: &usize| {
            let line = &self.lines[*i];
            self.part(*i).is_some() && line.markup == Markup::Paragraph && line.heading.is_none()
        };
        (from..first).rev().take_while(own).last().unwrap_or(first)
    }

    /// The last line after the last paragraph that still stands among the paragraphs.
    fn tail(&self, last: usize, end: usize) -> usize {
        let mut tail = last;
        // What was the last line before the one at hand.
        let mut before = last;
        for i in last + 1..end {
            let line = &self.lines[i];
            let stops = matches!(
                line.look,
                Look::Standing(
                    Standing::Comments | Standing::Related | Standing::End | Standing::Paywall
                ) | Look::Post
            );
            // A list of links leads elsewhere, and the short line above it says where.
            let links = line.markup == Markup::Link && self.inside(i, &["ul", "ol"]).is_some();
            if links && tail == i - 1 && self.lines[tail].look == Look::Head {
                tail = before;
            }
            if stops || links || !html::within(self.page, line.element, self.root) {
                break;
            }
            // A subhead goes with what stands beneath it; an address at the end is the page's.
            let address = line.n_words == 1 && line.span.of(&self.page.text).contains("://");
            if self.part(i).is_some() && line.heading.is_none() && !address {
                (before, tail) = (tail, i);
            }
        }
        // The last line before another article may be what that stands under.
        let label = tail > last && tail + 1 == end && end < self.lines.len();
        if label && self.lines[tail].look == Look::Head { before } else { tail }
    }
}
