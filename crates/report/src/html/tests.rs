use std::collections::{BTreeMap, BTreeSet};

use headwater::{Dossier, Lexicon, Page};
use headwater_page::{Capture, Skipped, read};

use super::*;
use crate::example;

const PAYLOAD: &str = "\"><img src=x onerror=alert(1)><script>alert(2)</script>'&amp;\u{202e}\u{0}";

/// All tags that a report has.
const TAGS: [&str; 58] = [
    "caption",
    "form",
    "label",
    "input",
    "script",
    "html",
    "head",
    "meta",
    "title",
    "link",
    "body",
    "a",
    "header",
    "div",
    "nav",
    "ul",
    "ol",
    "li",
    "main",
    "footer",
    "p",
    "h1",
    "h2",
    "h3",
    "span",
    "small",
    "b",
    "i",
    "em",
    "br",
    "section",
    "details",
    "summary",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "svg",
    "g",
    "path",
    "circle",
    "rect",
    "line",
    "text",
    "figure",
    "article",
    "blockquote",
    "dl",
    "dt",
    "dd",
    "title",
    "aside",
    "q",
    "cite",
    "time",
    "hr",
];

/// Attributes that no report has: what runs, and what the policy would refuse.
fn is_refused(attribute: &str) -> bool {
    attribute.starts_with("on") || ["style", "src", "srcdoc", "action"].contains(&attribute)
}

/// Tags with their attributes, as strictly as the report is written: anything else is a finding.
fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found = Vec::new();
    let html = html.replace(search::SCRIPT, "");
    let mut rest = html.strip_prefix("<!doctype html>").unwrap();
    while let Some(at) = rest.find(['<', '>']) {
        assert!(rest[at..].starts_with('<'), "a stray > near {:?}", &rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '/').unwrap();
        let name = rest[..end].trim_matches('/').to_owned();
        rest = &rest[end..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>')) {
                rest = after;
                break;
            }
            let name_end = rest.find(['=', ' ', '>']).unwrap();
            let attribute = rest[..name_end].to_owned();
            rest = &rest[name_end..];
            let mut value = String::new();
            if let Some(after) = rest.strip_prefix("=\"") {
                let close = after.find('"').unwrap();
                value = after[..close].to_owned();
                rest = &after[close + 1..];
            }
            attributes.push((attribute, value));
        }
        found.push((name, attributes));
    }
    found
}

fn page(file: &str, url: Option<&str>, text: &str) -> Vec<Page> {
    let capture = Capture {
        file: file.to_owned(),
        url: url.map(str::to_owned),
        series: Some(format!("Harbour Post {PAYLOAD}")),
        ..Capture::default()
    };
    read(text.as_bytes(), &capture).pages
}

/// Pages whose every part tries to get out of the markup.
fn hostile() -> Dossier {
    let lead = "The Oster lock was closed on Monday by order of minister Ida Brandt, the Vell \
                Courier reported, citing <b onclick=alert(3)>people familiar with the order</b>.";
    let text = |nth: usize| {
        format!(
            "Minister {PAYLOAD} closes the Oster lock\n2 April 2031\n\n{lead}\n\n\"We had no \
             choice {PAYLOAD},\" the minister Ida Brandt said. \"The gates are cracked {nth}.\"\n\n\
             Some {nth}00 barges wait upstream of the Oster lock, a harbour official told \
             <iframe src=javascript:alert(4)>.\n\nOriginally published on {PAYLOAD} Times\n"
        )
    };
    let mut pages = Vec::new();
    pages.extend(page("a\"><script>.txt", Some("javascript:alert(5)"), &text(1)));
    pages.extend(page(PAYLOAD, Some("https://example.org/\"onmouseover=alert(6)"), &text(2)));
    pages.extend(page("b.txt", Some(" JaVaScRiPt:alert(7)"), &text(3)));
    let skipped = Skipped {
        file: PAYLOAD.to_owned(),
        offset: 3,
        n_bytes: 9,
        reason: PAYLOAD.to_owned(),
        gravity: headwater_page::Gravity::Trouble,
    };
    let mut dossier = headwater::trace(pages, vec![skipped], Lexicon::shipped());
    for source in &mut dossier.sources.all {
        source.name.push_str(PAYLOAD);
    }
    for article in &mut dossier.articles {
        if let Some(publisher) = &mut article.publisher {
            publisher.name.push_str(PAYLOAD);
        }
    }
    for story in &mut dossier.stories {
        for tie in &mut story.stemma.derivations {
            tie.doubt = Some(PAYLOAD.to_owned());
            tie.reasons.iter_mut().for_each(|reason| reason.why.push_str(PAYLOAD));
        }
        for doubt in story.origins.iter_mut().flat_map(|it| &mut it.doubts) {
            doubt.why.push_str(PAYLOAD);
            doubt.settles.push_str(PAYLOAD);
        }
    }
    dossier
}

fn dossiers() -> [Dossier; 3] {
    [example::dossier(), hostile(), Dossier::default()]
}

fn pages(dossier: &Dossier) -> BTreeMap<String, String> {
    let files = files(dossier).into_iter().filter(|(name, _)| name != "headwater.css");
    files.map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

#[test]
fn hostile_words_stay_words() {
    let dossier = hostile();
    assert!(dossier.stories.iter().any(|story| !story.stemma.derivations.is_empty()));
    for (name, html) in dossiers().iter().flat_map(pages) {
        assert!(!html.contains(['\u{202e}', '\u{0}']), "{name}");
        for (tag, attributes) in tags(&html) {
            assert!(TAGS.contains(&tag.as_str()), "<{tag}> in {name}");
            for (attribute, value) in attributes {
                assert!(!is_refused(&attribute), "{attribute} in {name}");
                if attribute == "href" {
                    let inside = [
                        "#",
                        "index.html",
                        "sources.html",
                        "search.html",
                        "story-y-",
                        "article-",
                        "compare-y-",
                    ];
                    let known = inside.iter().any(|it| value.starts_with(it))
                        || value == "headwater.css"
                        || value.starts_with("https://example.org/");
                    assert!(known, "{value} in {name}");
                }
            }
        }
    }
    let shown = pages(&dossier);
    assert!(shown["index.html"].contains("[U+202E]"));
    assert!(shown.values().any(|html| html.contains("&lt;iframe")));
}

#[test]
fn every_link_leads_to_words() {
    for dossier in dossiers() {
        let pages = pages(&dossier);
        let mut names = BTreeMap::<&str, BTreeSet<String>>::new();
        for (file, html) in &pages {
            let ids = tags(html).into_iter().flat_map(|(_, attributes)| attributes);
            for (_, id) in ids.filter(|(attribute, _)| attribute == "id") {
                assert!(names.entry(file).or_default().insert(id.clone()), "{id} twice in {file}");
            }
        }
        for (file, html) in &pages {
            let links = tags(html).into_iter().flat_map(|(_, attributes)| attributes);
            for (_, link) in links.filter(|(attribute, _)| attribute == "href") {
                if link == "headwater.css" || link.starts_with("https:") {
                    continue;
                }
                let (to, name) = link.split_once('#').unwrap_or((&link, ""));
                let to = if to.is_empty() { file } else { to };
                assert!(pages.contains_key(to), "{file} leads to {to}, which is not there");
                let there = names.get(to).is_some_and(|names| names.contains(name));
                assert!(
                    name.is_empty() || there,
                    "{file} leads to {link}, which has no such place"
                );
            }
        }
    }
}

#[test]
fn every_claim_tie_and_origin_is_shown_with_its_words() {
    let dossier = example::dossier();
    let pages = pages(&dossier);
    let story = &pages[&Site::new(&dossier).story_file(0)];
    let told = &dossier.stories[0];
    let ties = told.stemma.derivations.iter().flat_map(|tie| &tie.reasons);
    let ties = ties.flat_map(|reason| &reason.places);
    let claims = told.claims.iter().flat_map(|claim| &claim.statements).map(|it| &it.place);
    let roots = told.origins.iter().flat_map(|it| &it.roots).flat_map(|root| &root.places);
    for place in ties.chain(claims).chain(roots) {
        let anchor = site::anchor(place.span);
        assert!(story.contains(&format!("#{anchor}\"")), "{place:?} is linked from nowhere");
    }
}

#[test]
fn the_same_dossier_gives_the_same_bytes() {
    for dossier in dossiers() {
        assert_eq!(files(&dossier), files(&dossier.clone()));
    }
}

#[test]
fn no_page_may_fetch_or_run_anything() {
    const POLICY: &str = "content=\"default-src 'none'; style-src 'self'; img-src 'self'";
    for (name, html) in dossiers().iter().flat_map(pages) {
        let head = html.split("<title>").next().unwrap();
        assert!(head.contains(POLICY), "{name}");
        if name != "search.html" {
            assert!(head.contains("img-src 'self'\""), "{name}");
            assert!(!html.contains("<script"), "{name}");
        }
    }
    assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
}

#[test]
fn one_script_runs_and_it_is_the_one_that_was_hashed() {
    // The digest of a page is the SHA-256 of its bytes.
    let digest =
        read(search::SCRIPT.as_bytes(), &Capture::default()).pages[0].capture.digest.clone();
    let bytes = (0..32).map(|at| u8::from_str_radix(&digest[2 * at..2 * at + 2], 16).unwrap());
    let hash = base64(&bytes.collect::<Vec<_>>());
    assert!(search::POLICY.contains(&format!("script-src 'sha256-{hash}'")), "set it to {hash}");
    for dossier in dossiers() {
        let html = &pages(&dossier)["search.html"];
        assert_eq!(html.matches("<script").count(), 2);
        assert!(html.contains(&format!("<script>{}</script>", search::SCRIPT)));
    }
}

#[test]
fn what_is_searched_is_inert() {
    let dossier = hostile();
    let html = &pages(&dossier)["search.html"];
    let data = html.split("<script type=\"application/json\" id=\"data\">").nth(1).unwrap();
    let data = data.split("</script>").next().unwrap();
    assert!(!data.contains(['<', '>', '&']));
    let data = serde_json::from_str::<serde_json::Value>(data).unwrap();
    let heads = data["lists"].as_array().unwrap().iter().map(|list| list["head"].as_str().unwrap());
    assert_eq!(heads.collect::<Vec<_>>(), ["Stories", "Claims", "Names", "Articles"]);
    let rows = data["lists"][3]["rows"].as_array().unwrap();
    assert!(rows.iter().any(|row| row[0].as_str().unwrap().contains("<iframe")));
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let chunk = |chunk: &[u8]| {
        let at = |nth: usize| u32::from(chunk.get(nth).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        let sign = |nth: usize| match nth {
            nth if nth > chunk.len() => '=',
            nth => char::from(SIGNS[(bits >> (18 - 6 * nth) & 63) as usize]),
        };
        (0..4).map(sign).collect::<String>()
    };
    bytes.chunks(3).map(chunk).collect()
}
