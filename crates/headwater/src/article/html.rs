//! HTML: what the markup around a line says it is.
//!
//! Pages call their parts by a small common vocabulary of class names and roles. It is believed
//! where it names a small part of the page; what holds most of the words is never furniture,
//! whatever it is called (`<body class="has-sidebar">`).

use headwater_page::{Element, Page};
use rustc_hash::FxHashMap;

/// What part of the page an element is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Region {
    /// Anything.
    Content,
    /// Other articles.
    Related,
    /// A picture's words.
    Caption,
    /// Menus, boxes, readers' comments, what is hidden.
    Chrome,
}

/// A part that holds more of a thousand of the page's unlinked words than this is content.
const MOST: u64 = 400;

/// Tags that never hold an article's body.
const TAGS: [&str; 9] =
    ["nav", "footer", "aside", "form", "menu", "dialog", "select", "button", "template"];
/// Words of class names, ids and roles of furniture.
const CHROME: [&str; 86] = [
    "ad",
    "addthis",
    "ads",
    "adslot",
    "advert",
    "advertisement",
    "advertisements",
    "advertising",
    "authorbio",
    "authorbox",
    "banner",
    "bio",
    "breadcrumb",
    "breadcrumbs",
    "comment",
    "commentlist",
    "comments",
    "complementary",
    "consent",
    "contentinfo",
    "cookie",
    "cookies",
    "copyright",
    "disclaimer",
    "disqus",
    "donate",
    "donation",
    "fb-comments",
    "footer",
    "gdpr",
    "legal",
    "lightbox",
    "login",
    "masthead",
    "menu",
    "metered",
    "modal",
    "mostread",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "newsletters",
    "optin",
    "outbrain",
    "overlay",
    "pager",
    "pagination",
    "paywall",
    "poll",
    "popup",
    "postmeta",
    "print",
    "promo",
    "promos",
    "promotion",
    "regwall",
    "replies",
    "reply",
    "respond",
    "search",
    "share",
    "sharebar",
    "sharedaddy",
    "sharing",
    "sidebar",
    "signup",
    "sitemap",
    "skip",
    "social",
    "socials",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "survey",
    "taboola",
    "taglist",
    "tags",
    "ticker",
    "toolbar",
    "tooltip",
    "topics",
    "utility",
    "widget",
    "widgets",
];
/// Words of parts that hold other articles.
const RELATED: [&str; 20] = [
    "related",
    "relateds",
    "recommended",
    "recommendation",
    "recommendations",
    "recirc",
    "recirculation",
    "partners",
    "partner",
    "morefrom",
    "readnext",
    "readmore",
    "trending",
    "popular",
    "teaser",
    "teasers",
    "alsoread",
    "mostpopular",
    "upnext",
    "jp-relatedposts",
];
/// Words of parts that hold captions.
const CAPTION: [&str; 8] = [
    "caption",
    "figcaption",
    "captions",
    "photocredit",
    "imagecredit",
    "credit",
    "cutline",
    "wp-caption-text",
];

/// Words of parts that hold a date.
const DATED: [&str; 10] = [
    "date",
    "datepublished",
    "dateline",
    "datetime",
    "pubdate",
    "published",
    "timestamp",
    "posted",
    "dateposted",
    "publishdate",
];
/// Words of parts that hold a standfirst.
const STANDFIRST: [&str; 12] = [
    "abstract",
    "deck",
    "dek",
    "description",
    "excerpt",
    "intro",
    "standfirst",
    "strapline",
    "subhead",
    "subheadline",
    "subtitle",
    "summary",
];
/// Words of parts that hold a byline.
const SIGNED: [&str; 6] = ["author", "authors", "byline", "bylines", "submitted", "reporter"];
/// Words of parts that hold somebody's message, though they are called social.
const EMBED: [&str; 3] = ["embed", "embedded", "tweet"];

/// The region of every element. Cost: linear in elements and blocks.
pub(super) fn regions(page: &Page) -> Vec<Region> {
    let n = page.elements.len();
    let mut weight = vec![0_u64; n.max(1)];
    for block in &page.blocks {
        weight[block.element as usize] +=
            (block.span.len() as u64).saturating_sub(u64::from(block.linked));
    }
    for i in (1..n).rev() {
        weight[page.elements[i].parent as usize] += weight[i];
    }
    let total = weight[0].max(1);
    // Pages give the same few classes to all their elements.
    let mut known = FxHashMap::<&str, Region>::default();
    let mut regions = vec![Region::Content; n];
    for i in 1..n {
        let element = &page.elements[i];
        let own = if weight[i] * 1000 > total * MOST {
            Region::Content
        } else {
            by_tag(element).unwrap_or_else(|| {
                *known.entry(&element.hints).or_insert_with(|| hinted(&element.hints))
            })
        };
        regions[i] = own.max(regions[element.parent as usize]);
    }
    regions
}

fn by_tag(element: &Element) -> Option<Region> {
    if element.hidden || TAGS.contains(&element.tag.as_str()) {
        return Some(Region::Chrome);
    }
    matches!(element.tag.as_str(), "figure" | "figcaption").then_some(Region::Caption)
}

/// The region that class names, ids and roles call a part.
fn hinted(hints: &str) -> Region {
    let mut found = Region::Content;
    for token in hints.split_whitespace() {
        let parts = || std::iter::once(token).chain(token.split(['-', '_']));
        // `social-media-embed` holds a message that the article shows.
        let embed = parts().any(|part| EMBED.contains(&part));
        let chrome =
            |part: &str| CHROME.binary_search(&part).is_ok() && !(embed && part == "social");
        if parts().any(chrome) {
            return Region::Chrome;
        }
        if parts().any(|part| CAPTION.contains(&part)) {
            found = found.max(Region::Caption);
        }
        if parts().any(|part| RELATED.contains(&part)) {
            found = found.max(Region::Related);
        }
    }
    found
}

/// What an element's class, id or `itemprop` says that its few words are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Label {
    /// Who wrote it.
    Byline,
    /// When it came out.
    Date,
}

/// The label of the element. `author-jane` on a whole post is none: the word stands alone or last.
pub(super) fn label(page: &Page, element: u32) -> Option<Label> {
    let mut at = element;
    for _ in 0..2 {
        let found = page.elements[at as usize].hints.split_whitespace().find_map(|token| {
            let last = token.rsplit(['-', '_']).next().unwrap_or(token);
            let is = |words: &[&str]| words.contains(&last) || words.contains(&token);
            if is(&DATED) { Some(Label::Date) } else { is(&SIGNED).then_some(Label::Byline) }
        });
        if found.is_some() || at == 0 {
            return found;
        }
        at = page.elements[at as usize].parent;
    }
    None
}

/// Whether the element is called a standfirst.
pub(super) fn is_standfirst(page: &Page, element: u32) -> bool {
    let tokens = page.elements[element as usize].hints.split_whitespace();
    tokens.flat_map(|token| token.split(['-', '_'])).any(|part| STANDFIRST.contains(&part))
}

/// Whether `inner` is `outer` or lies in it. Parents come before children.
pub(super) fn within(page: &Page, mut inner: u32, outer: u32) -> bool {
    while inner > outer {
        inner = page.elements[inner as usize].parent;
    }
    inner == outer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_furniture_are_sorted() {
        assert!(CHROME.is_sorted());
    }

    #[test]
    fn parts_are_known_by_their_class_words() {
        let part = |tag: &str, hints: &str| {
            let element = Element {
                tag: tag.to_owned(),
                hints: hints.to_owned(),
                parent: 0,
                hidden: false,
                time: None,
            };
            by_tag(&element).unwrap_or_else(|| hinted(hints))
        };
        assert_eq!(part("div", "post-sidebar"), Region::Chrome);
        assert_eq!(part("div", "related_stories"), Region::Related);
        assert_eq!(part("div", "story-body commentary"), Region::Content);
        assert_eq!(part("div", "photo caption"), Region::Caption);
        assert_eq!(part("aside", ""), Region::Chrome);
    }
}
