//! Role: what each article of a page is to the page.

use headwater_page::{Page, Span};
use rustc_hash::FxHashMap;

use super::super::text::{Draft, Zone};
use super::super::{Article, Role, colophon};
use crate::fold;

/// An article that a page prints twice bears its byline and date once.
pub(super) fn twins(page: &Page, found: &mut [Article]) {
    let key = |article: &Article| article.headline.map(|head| fold::key(head.of(&page.text)));
    let mut firsts = FxHashMap::<String, usize>::default();
    for i in 0..found.len() {
        let Some(head) = key(&found[i]).filter(|_| found[i].role == Role::Main) else { continue };
        let first = *firsts.entry(head).or_insert(i);
        let (byline, published) = (found[first].byline.clone(), found[first].published);
        let second = &mut found[i];
        if second.byline.is_empty() {
            second.byline = byline;
        }
        second.published = second.published.or(published);
    }
}

pub(super) fn roles(page: &Page, found: &mut [Article], drafts: &[Draft], thin: &[bool]) {
    let full = |role: Role| role != Role::Teaser;
    let related = drafts.iter().zip(thin).any(|(draft, thin)| {
        !thin && matches!(draft.zone, Zone::Related | Zone::Comments | Zone::End | Zone::Paywall)
    });
    let n_full = found.iter().filter(|article| full(article.role)).count();
    let key = |head: Span| fold::key(head.of(&page.text));
    let heads = found.iter().filter(|a| full(a.role)).map(|a| a.headline.map(key));
    let heads = heads.collect::<Vec<_>>();
    let same = heads.iter().all(|head| head.is_some() && *head == heads[0]);
    let mut own = Vec::<String>::new();
    let mut first = true;
    for article in found.iter_mut().filter(|article| full(article.role)) {
        // A page that prints its article twice.
        let again = first || article.headline.is_some_and(|head| own.contains(&key(head)));
        own.extend(article.headline.filter(|_| first).map(key));
        article.role = match (again, related || same, n_full) {
            (true, true, _) | (_, _, 1) => Role::Main,
            (false, true, _) => Role::Related,
            _ => Role::Digest,
        };
        first = false;
    }
}

/// Where the colophon names one of several equal reports, the page is about that one.
pub(super) fn titled_first(page: &Page, found: &mut [Article]) {
    let key = |span: Span| fold::key(span.of(&page.text));
    let titles = colophon::titles(page).into_iter().map(key).collect::<Vec<_>>();
    let is_titled = |article: &Article| {
        let head = article.headline.map(key).filter(|head| !head.is_empty());
        let fits = |title: &String, head: &str| title.starts_with(head) || title.ends_with(head);
        head.is_some_and(|head| titles.iter().any(|title| fits(title, &head)))
    };
    let Some(main) = found.iter().position(|a| a.role == Role::Digest && is_titled(a)) else {
        return;
    };
    for (i, article) in found.iter_mut().enumerate().filter(|(_, a)| a.role == Role::Digest) {
        article.role = if i == main { Role::Main } else { Role::Related };
    }
}
