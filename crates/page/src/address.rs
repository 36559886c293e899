//! Address: a URL, resolved against the one that it was written under.
//!
//! After: RFC 3986, section 5.2. Nothing is checked or rewritten that need not be: an address is
//! evidence too.

/// `reference` as an absolute address, if `base` is one; else as it is. Never fails.
pub(crate) fn resolve(base: Option<&str>, reference: &str) -> String {
    let reference = reference.trim();
    let Some(base) = base.map(str::trim) else { return reference.to_owned() };
    let Some((scheme, rest)) = base.split_once("://") else { return reference.to_owned() };
    if has_scheme(reference) || reference.is_empty() {
        return reference.to_owned();
    }
    if reference.starts_with("//") {
        return format!("{scheme}:{reference}");
    }
    let rest = rest.split(['#']).next().unwrap_or_default();
    let host_end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    let file = path.split('?').next().unwrap_or_default();
    let joined = match reference.as_bytes()[0] {
        b'#' => format!("{path}{reference}"),
        b'?' => format!("{file}{reference}"),
        b'/' => without_dots(reference),
        _ => {
            let folder = file.rfind('/').map_or("/", |end| &file[..=end]);
            without_dots(&format!("{folder}{reference}"))
        }
    };
    format!("{scheme}://{host}{joined}")
}

fn has_scheme(reference: &str) -> bool {
    reference.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    })
}

/// A path without its `.` and `..`.
fn without_dots(path: &str) -> String {
    let end = path.find(['?', '#']).unwrap_or(path.len());
    let (path, query) = path.split_at(end);
    let mut kept: Vec<&str> = Vec::new();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        match part {
            "." if is_last => kept.push(""),
            "." => {}
            ".." => {
                if kept.len() > 1 {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            part => kept.push(part),
        }
    }
    format!("{}{query}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_as_browsers_do() {
        let of = |reference| resolve(Some("https://post.example/news/feed.xml?n=1"), reference);
        assert_eq!(of("a.html"), "https://post.example/news/a.html");
        assert_eq!(of("../a.html?b=../c"), "https://post.example/a.html?b=../c");
        assert_eq!(of("../../.."), "https://post.example/");
        assert_eq!(of("/a#b"), "https://post.example/a#b");
        assert_eq!(of("?p=2"), "https://post.example/news/feed.xml?p=2");
        assert_eq!(of("#top"), "https://post.example/news/feed.xml?n=1#top");
        assert_eq!(of("//cdn.example/a"), "https://cdn.example/a");
        assert_eq!(of("http://gull.example/x"), "http://gull.example/x");
        assert_eq!(of("tag:post.example,2031:1"), "tag:post.example,2031:1");
        assert_eq!(resolve(Some("https://post.example"), "a"), "https://post.example/a");
    }

    #[test]
    fn without_a_base_nothing_is_made_up() {
        assert_eq!(resolve(None, "/a.html"), "/a.html");
        assert_eq!(resolve(Some("news/feed.xml"), "/a.html"), "/a.html");
    }
}
