//! Linked data: what a page's JSON-LD says of its articles.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use super::lenient::{self, Fault};
use crate::colophon::Colophon;

/// Most objects that are looked at in one script.
const MAX_OBJECTS: usize = 1000;

/// Longest character reference that is looked for.
const MAX_REFERENCE: usize = 10;

/// Properties that are kept, in this order.
const PROPERTIES: &[&str] = &[
    "@type",
    "headline",
    "alternativeHeadline",
    "datePublished",
    "dateModified",
    "dateCreated",
    "uploadDate",
    "author",
    "creator",
    "publisher",
    "sourceOrganization",
    "provider",
    "isBasedOn",
    "isCopyOf",
    "isBasedOnUrl",
    "copyrightHolder",
    "url",
    "description",
    "articleSection",
    "inLanguage",
];

/// Writes the articles of one JSON-LD script into `entries`, as `json-ld:` and the property in
/// lower case, each article's type first; articles come before other objects that carry a date.
/// Returns what of the script could not be read; all the rest of it was.
pub(super) fn linked_data(script: &str, entries: &mut Colophon) -> Option<Fault> {
    // A template that escapes what it pastes.
    let escaped = !script.contains('"') && script.contains("&quot;");
    let decoded = if escaped { Cow::Owned(unescaped(script)) } else { Cow::Borrowed(script) };
    let (values, fault) = lenient::values(&decoded);
    let mut objects = Vec::new();
    for value in &values {
        gather(value, &mut objects);
    }
    let known =
        objects.iter().filter_map(|object| Some((word(object, "@id")?, word(object, "name")?)));
    let known = known.collect::<Known>();
    let (articles, others): (Vec<_>, Vec<_>) =
        objects.into_iter().partition(|object| is_article(object));
    for object in articles.iter().chain(others.iter().filter(|object| is_dated(object))) {
        for property in PROPERTIES {
            for value in object.get(*property).into_iter().flat_map(|value| names(value, &known)) {
                entries.push(&format!("json-ld:{}", property.to_lowercase()), &unescaped(&value));
            }
        }
    }
    fault
}

/// A value without character references, which have no business in JSON and stand there often. What
/// is no reference stays.
fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(MAX_REFERENCE).position(|byte| byte == b';');
        if let Some((c, end)) = end.and_then(|end| Some((reference(&rest[1..end])?, end + 1))) {
            out.push(c);
            rest = &rest[end..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out + rest
}

/// The character of a reference: a number, or one of the names that texts need.
fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?).filter(|c| *c != '\0');
    }
    Some(match name {
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "lt" => '<',
        "gt" => '>',
        "nbsp" => '\u{a0}',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        _ => return None,
    })
}

/// All objects that may be an article, in order: the top ones, those in `@graph` and in lists, and
/// what a page says it is mainly about.
fn gather<'a>(value: &'a Value, objects: &mut Vec<&'a serde_json::Map<String, Value>>) {
    if objects.len() >= MAX_OBJECTS {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| gather(value, objects)),
        Value::Object(object) => {
            objects.push(object);
            for inner in ["@graph", "mainEntity", "mainEntityOfPage", "liveBlogUpdate"] {
                object.get(inner).into_iter().for_each(|value| gather(value, objects));
            }
        }
        _ => {}
    }
}

fn is_article(object: &serde_json::Map<String, Value>) -> bool {
    let kinds = object.get("@type").map(|kind| names(kind, &Known::new())).unwrap_or_default();
    kinds.iter().any(|kind| {
        ["Article", "Posting", "Report", "Review"].iter().any(|end| kind.ends_with(end))
    })
}

fn is_dated(object: &serde_json::Map<String, Value>) -> bool {
    object.contains_key("datePublished") || object.contains_key("headline")
}

/// Names of objects by the address that stands for them elsewhere in the script.
type Known<'a> = BTreeMap<&'a str, &'a str>;

fn word<'a>(object: &'a serde_json::Map<String, Value>, field: &str) -> Option<&'a str> {
    object.get(field)?.as_str()
}

/// A value as words: strings and numbers as they are, of objects the name, in the object itself or
/// in the one that it points at, else the address; lists one by one.
fn names(value: &Value, known: &Known) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(values) => values.iter().flat_map(|value| names(value, known)).collect(),
        Value::Object(object) => {
            // `"name": ["Ada Lindqvist"]`
            if let Some(Value::Array(all)) = object.get("name") {
                return all.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            }
            let name = word(object, "name").filter(|name| !name.trim().is_empty());
            let elsewhere = || known.get(word(object, "@id")?).copied();
            let address = || word(object, "url").or_else(|| word(object, "@id"));
            name.or_else(elsewhere).or_else(address).map(str::to_owned).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(script: &str) -> String {
        let (mut colophon, mut text) = (Colophon::default(), String::new());
        linked_data(script, &mut colophon);
        colophon.write(&mut text, &mut Vec::new());
        text
    }

    #[test]
    fn articles_come_first_out_of_a_graph() {
        let script = r#"{"@graph": [
            {"@type": "Organization", "name": "The Harbour Post", "url": "https://post.example"},
            {"@type": "WebPage", "datePublished": "2031-04-03"},
            {"@type": ["NewsArticle"], "headline": "Ferry stuck", "datePublished": "2031-04-02",
             "author": [{"@type": "Person", "name": "Ada Lindqvist"}, "Bo Farr"]}]}"#;
        assert_eq!(
            written(script),
            "\njson-ld:@type: NewsArticle\njson-ld:headline: Ferry stuck\n\
             json-ld:datepublished: 2031-04-02\njson-ld:author: Ada Lindqvist\n\
             json-ld:author: Bo Farr\njson-ld:@type: WebPage\njson-ld:datepublished: 2031-04-03\n"
        );
    }

    #[test]
    fn sloppy_json_is_read() {
        let want = "\njson-ld:@type: Report\njson-ld:headline: Ferry stuck, again\n";
        for script in [
            "{\"@type\": \"Report\", \"headline\": \"Ferry\nstuck, again\",}",
            "//<![CDATA[\n{\"@type\": \"Report\", \"headline\": \"Ferry stuck, again\"};\n//]]>",
            "{&quot;@type&quot;: &quot;Report&quot;, &quot;headline&quot;: &quot;Ferry stuck, again&quot;}",
            "{\"@type\": \"Report\", \"headline\": \"Ferry stuck, again\", \"author\": {\"name\": \"Ada",
        ] {
            assert_eq!(written(script), want, "{script}");
        }
        let fault = linked_data("{\"headline\": ", &mut Colophon::default());
        assert_eq!(fault.map(|fault| fault.why), Some("ends inside an object"));
    }

    #[test]
    fn a_name_may_stand_elsewhere_in_the_graph() {
        let script = r##"{"@graph": [
            {"@type": "Organization", "@id": "https://post.example/#us", "name": "The Harbour Post"},
            {"@type": "Person", "@id": "#ada", "name": "Ada Lindqvist"},
            {"@type": "NewsArticle", "author": {"@id": "#ada"}, "publisher": {"@id":
             "https://post.example/#us"}, "creator": {"@id": "#bo"}}]}"##;
        assert_eq!(
            written(script),
            "\njson-ld:@type: NewsArticle\njson-ld:author: Ada Lindqvist\njson-ld:creator: #bo\n\
             json-ld:publisher: The Harbour Post\n"
        );
    }

    #[test]
    fn references_are_characters() {
        let script =
            r#"{"@type": "Report", "headline": "Ferry &amp; tide &#8211; &#x41; &copy; & so on"}"#;
        let want = "\njson-ld:@type: Report\njson-ld:headline: Ferry & tide – A &copy; & so on\n";
        assert_eq!(written(script), want);
    }
}
