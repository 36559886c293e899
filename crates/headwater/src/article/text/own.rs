//! Own: what of a draft is its own by the element that holds its body.

use headwater_page::Page;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::html;
use super::super::lines::{Line, Look, Markup};
use super::Draft;

/// Body bytes of a thousand that an element must hold to be the article's own. What stands outside
/// of it is furniture that no word gave away. Swept on the open extraction pages from 600 to 950.
const OWN: usize = 750;

/// Drops what lies outside of the element that holds nearly all of the body, and takes the list
/// items inside of it.
pub(super) fn confine(page: &Page, lines: &[Line], draft: &mut Draft) {
    let bytes = |i: usize| lines[i].span.len();
    let total = draft.body.iter().map(|i| bytes(*i)).sum::<usize>();
    let mut held = FxHashMap::<u32, usize>::default();
    for i in &draft.body {
        let mut element = lines[*i].element;
        while element != 0 {
            *held.entry(element).or_default() += bytes(*i);
            element = page.elements[element as usize].parent;
        }
    }
    let own = |element: &&u32| held[*element] * 1000 >= total * OWN;
    // Parents come before children, so the last that holds enough is the innermost.
    let root = held.keys().filter(own).max().copied().unwrap_or(0);
    draft.body.retain(|i| html::within(page, lines[*i].element, root));
    let (Some(&first), Some(&last)) = (draft.body.first(), draft.body.last()) else { return };
    let above = |i: usize| page.elements[lines[i].element as usize].parent;
    let sides = draft.body.iter().map(|i| above(*i)).collect::<FxHashSet<_>>();
    let listed = (first..last).filter(|i| {
        let line = &lines[*i];
        // A list among the paragraphs, not one of a box beside them.
        let parent = above(*i);
        let list = line.markup == Markup::Item
            && line.n_words >= 3
            && sides.contains(&page.elements[parent as usize].parent);
        let among =
            sides.contains(&parent) && matches!(line.markup, Markup::Paragraph | Markup::Item);
        let subhead = line.heading.is_some()
            && line.n_words >= 4
            && line.markup != Markup::Link
            && draft.head != Some(*i)
            && sides.contains(&parent);
        let among = among || subhead;
        let shape = matches!(line.look, Look::Head | Look::Short);
        (list || among) && shape && html::within(page, line.element, root)
    });
    draft.body.extend(listed);
    draft.body.sort_unstable();
    draft.body.dedup();
    // Credits may stand beneath the body's element, but not far.
    let below = last + 1..=draft.last.min(last + 6);
    draft.last = below.rev().find(|i| lines[*i].look.is_own()).unwrap_or(last);
}
