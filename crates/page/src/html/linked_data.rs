//! Linked data: what a page's JSON-LD says of its articles.

use serde_json::Value;

use crate::colophon::Colophon;

/// Most objects that are looked at in one script.
const MAX_OBJECTS: usize = 1000;

/// Properties that are kept, in this order.
const PROPERTIES: &[&str] = &[
    "@type",
    "headline",
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
    "articleSection",
    "inLanguage",
];

/// Writes the articles of one JSON-LD script into `entries`, as `json-ld:` and the property in
/// lower case; articles come before other objects that carry a date. Fails, with a lower-case
/// fragment, on what no leniency makes JSON.
pub(super) fn linked_data(script: &str, entries: &mut Colophon) -> Result<(), String> {
    let value = parse(script)?;
    let mut objects = Vec::new();
    gather(&value, &mut objects);
    let (articles, others): (Vec<_>, Vec<_>) =
        objects.into_iter().partition(|object| is_article(object));
    for object in articles.iter().chain(others.iter().filter(|object| is_dated(object))) {
        for property in PROPERTIES {
            for value in object.get(*property).into_iter().flat_map(names) {
                entries.push(&format!("json-ld:{}", property.to_lowercase()), &value);
            }
        }
    }
    Ok(())
}

/// JSON as pages have it: in a comment or a CDATA section, with raw line breaks in strings, with a
/// comma or semicolon too many.
fn parse(script: &str) -> Result<Value, String> {
    let script = script.trim().trim_start_matches('\u{feff}');
    if script.is_empty() {
        return Ok(Value::Null);
    }
    let error = match serde_json::from_str(script) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let script = script.replace("<![CDATA[", " ").replace("]]>", " ");
    let start = script.find(['{', '[']).unwrap_or(0);
    let end = script.rfind(['}', ']']).map_or(script.len(), |at| at + 1);
    let inner = script.get(start..end).unwrap_or_default();
    // A line break inside a string is all that a space would be, and between values too.
    let plain: String = inner.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    serde_json::from_str(&plain)
        .or_else(|_| serde_json::from_str(&without_spare_commas(&plain)))
        .map_err(|_| format!("JSON-LD could not be parsed ({error}): it was left out"))
}

fn without_spare_commas(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut in_string, mut escaped) = (false, false);
    for (at, c) in json.char_indices() {
        if in_string {
            in_string = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if c == '"' {
            in_string = true;
        } else if c == ',' && json[at + 1..].trim_start().starts_with(['}', ']', ',']) {
            continue;
        }
        out.push(c);
    }
    out
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
    let kinds = object.get("@type").map(names).unwrap_or_default();
    kinds.iter().any(|kind| {
        ["Article", "Posting", "Report", "Review"].iter().any(|end| kind.ends_with(end))
    })
}

fn is_dated(object: &serde_json::Map<String, Value>) -> bool {
    object.contains_key("datePublished") || object.contains_key("headline")
}

/// A value as words: strings and numbers as they are, of objects the name, else the address; lists
/// one by one.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(values) => values.iter().flat_map(names).collect(),
        Value::Object(object) => {
            let name = ["name", "url", "@id"].iter().find_map(|key| object.get(*key)?.as_str());
            name.map(str::to_owned).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(script: &str) -> String {
        let (mut colophon, mut text) = (Colophon::default(), String::new());
        linked_data(script, &mut colophon).unwrap();
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
            "\njson-ld:headline: Ferry stuck\njson-ld:datepublished: 2031-04-02\n\
             json-ld:author: Ada Lindqvist\njson-ld:author: Bo Farr\njson-ld:datepublished: 2031-04-03\n"
        );
    }

    #[test]
    fn sloppy_json_is_read() {
        let want = "\njson-ld:headline: Ferry stuck, again\n";
        assert_eq!(
            written("{\"@type\": \"Report\", \"headline\": \"Ferry\nstuck, again\",}"),
            want
        );
        assert_eq!(
            written(
                "//<![CDATA[\n{\"@type\": \"Report\", \"headline\": \"Ferry stuck, again\"};\n//]]>"
            ),
            want
        );
        assert!(linked_data("{\"headline\": ", &mut Colophon::default()).is_err());
        assert!(linked_data(&"[".repeat(100_000), &mut Colophon::default()).is_err());
    }
}
