//! Microdata: what elements of the body say of the report in their attributes.
//!
//! Three ways to say it are read: microdata (`itemprop`), `RDFa` (`property`) and the old
//! microformats (`rel=author`, `class=published title=…`). After: the value of a property as the
//! HTML standard defines it, and of an item its name.

use html5ever::Attribute;

use super::tree::{Data, NodeIx, Tree, attribute};
use crate::colophon::Colophon;

/// Times: kept where an attribute gives them; as text they are in the body.
const TIMES: [&str; 4] = ["datepublished", "datemodified", "datecreated", "uploaddate"];

/// Names of people and publishers, and the headline: kept as text too.
const NAMES: [&str; 6] =
    ["headline", "author", "creator", "publisher", "sourceorganization", "copyrightholder"];

/// What `RDFa` says beside: the terms of Dublin Core and of Drupal.
const TERMS: [&str; 5] = ["date", "created", "issued", "modified", "title"];

/// Longest name, in bytes, and most nodes that are looked through for it.
const MAX_NAME: usize = 300;
const MAX_NODES: usize = 60;

/// Writes what the element says into `entries`.
pub(super) fn microdata(
    tree: &Tree,
    node: NodeIx,
    attributes: &[Attribute],
    entries: &mut Colophon,
) {
    for property in words_of(attributes, "itemprop") {
        if let Some(value) = value(tree, node, attributes, &property) {
            entries.push(&format!("itemprop:{property}"), &value);
        }
    }
    for term in words_of(attributes, "property") {
        let local = term.rsplit([':', '/', '#']).next().unwrap_or_default();
        let content =
            attribute(attributes, "content").or_else(|| attribute(attributes, "datetime"));
        let known = TIMES.contains(&local) || NAMES.contains(&local) || TERMS.contains(&local);
        if let Some(content) = content.filter(|_| known) {
            entries.push(&format!("rdfa:{local}"), content);
        }
    }
    if words_of(attributes, "rel").any(|word| word == "author") {
        entries.push("rel:author", &text(tree, node));
    }
    let Some(title) = attribute(attributes, "title") else { return };
    // `<div class=age title=2031-04-02T08:00:00Z>5 hours ago</div>`
    if is_timestamp(title) {
        entries.push("time", title);
    } else if let Some(class) =
        words_of(attributes, "class").find(|word| matches!(&**word, "published" | "updated"))
    {
        entries.push(&class, title);
    }
}

fn words_of<'a>(attributes: &'a [Attribute], name: &str) -> impl Iterator<Item = String> + 'a {
    let words = attribute(attributes, name).unwrap_or_default().split_ascii_whitespace();
    words.map(str::to_lowercase)
}

/// The value of a property that is kept: what an attribute says, else for names the text, and of an
/// item its `name`.
fn value(tree: &Tree, node: NodeIx, attributes: &[Attribute], property: &str) -> Option<String> {
    let is_name = NAMES.contains(&property);
    if !is_name && !TIMES.contains(&property) {
        return None;
    }
    let said = attribute(attributes, "content").or_else(|| attribute(attributes, "datetime"));
    if said.is_some() || !is_name {
        return said.map(str::to_owned);
    }
    if attribute(attributes, "itemscope").is_none() {
        return Some(text(tree, node));
    }
    let name = within(tree, node).find_map(|inner| {
        let Data::Element(_, attributes) = tree.data(inner) else { return None };
        let names = words_of(attributes, "itemprop").any(|word| word == "name");
        let content = || attribute(attributes, "content").map(str::to_owned);
        names.then(|| content().unwrap_or_else(|| text(tree, inner)))
    });
    Some(name.unwrap_or_default())
}

/// The first nodes inside an element, in the order of the page.
fn within(tree: &Tree, node: NodeIx) -> impl Iterator<Item = NodeIx> {
    let mut open = tree.first(node).into_iter().collect::<Vec<_>>();
    let nodes = std::iter::from_fn(move || {
        let at = open.pop()?;
        open.extend(tree.next(at));
        open.extend(tree.first(at));
        Some(at)
    });
    nodes.take(MAX_NODES)
}

/// The text in an element; none if it is too long for a name.
fn text(tree: &Tree, node: NodeIx) -> String {
    let mut said = String::new();
    for inner in within(tree, node) {
        if let Data::Text(range) = tree.data(inner) {
            said.push_str(&tree.words.text[range.clone()]);
            said.push(' ');
        }
    }
    if said.len() > MAX_NAME { String::new() } else { said }
}

/// Whether the words begin as ISO 8601 times do: day, `T` or space, hour.
fn is_timestamp(words: &str) -> bool {
    let shape = b"0000-00-00T00:00";
    let same = |(&byte, &form): (&u8, &u8)| match form {
        b'0' => byte.is_ascii_digit(),
        b'T' => byte == b'T' || byte == b' ',
        form => byte == form,
    };
    words.len() >= shape.len() && words.bytes().zip(shape).all(|(byte, form)| same((&byte, form)))
}

#[cfg(test)]
mod tests {
    use crate::page::Capture;
    use crate::read::read;

    fn colophon(html: &str) -> String {
        let page = read(format!("<!doctype html>{html}<p>Words.").as_bytes(), &Capture::default());
        let page = &page.pages[0];
        page.text[page.body_end as usize..].trim().to_owned()
    }

    #[test]
    fn microdata_is_written_out() {
        for (html, entry) in [
            (
                "<i itemprop=datePublished content=2031-04-02>Today</i>",
                "itemprop:datepublished: 2031-04-02",
            ),
            ("<time itemprop=datePublished>Today</time>", ""),
            ("<span itemprop=author>Ada <b>Lindqvist</b></span>", "itemprop:author: Ada Lindqvist"),
            (
                "<span itemprop='author creator' content=Ada></span>",
                "itemprop:author: Ada\nitemprop:creator: Ada",
            ),
            (
                "<div itemprop=publisher itemscope><i itemprop=logo>x</i><meta itemprop=name content='The Arl Post'></div>",
                "itemprop:publisher: The Arl Post",
            ),
            (
                "<div itemprop=author itemscope>By <a itemprop=name href=x>Ada Lindqvist</a></div>",
                "itemprop:author: Ada Lindqvist",
            ),
            ("<div itemprop=author itemscope>Nobody</div>", ""),
            ("<h1 itemprop=headline>Ferry stuck</h1>", "itemprop:headline: Ferry stuck"),
        ] {
            assert_eq!(colophon(html), entry, "{html}");
        }
    }

    #[test]
    fn other_markup_is_written_out() {
        for (html, entry) in [
            (
                "<span property='dc:date dc:created' content=2031-04-02T08:00:00Z>x</span>",
                "rdfa:date: 2031-04-02T08:00:00Z\nrdfa:created: 2031-04-02T08:00:00Z",
            ),
            (
                "<span property=schema:datePublished content=2031-04-02>x</span>",
                "rdfa:datepublished: 2031-04-02",
            ),
            ("<a rel='author nofollow' href=x>Ada Lindqvist</a>", "rel:author: Ada Lindqvist"),
            ("<abbr class='x published' title='2 April 2031'>x</abbr>", "published: 2 April 2031"),
            ("<abbr class=updated title='2 April 2031'>x</abbr>", "updated: 2 April 2031"),
            (
                "<p title='Ferry stuck'>x<p title=2031-04-02T08:00:00Z>5 hours ago",
                "time: 2031-04-02T08:00:00Z",
            ),
        ] {
            assert_eq!(colophon(html), entry, "{html}");
        }
    }
}
