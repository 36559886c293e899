//! Invariants: what holds for every page, whatever the bytes. Checked on random captures.

use proptest::prelude::*;

use crate::page::{Capture, Page};
use crate::read::{Reading, read};

/// Panics if the page breaks an invariant. `raw` is its capture.
fn check(page: &Page, raw: &[u8]) {
    let body = page.body();
    let mut end = 0;
    for block in &page.blocks {
        assert!(end <= block.span.start && body.contains(block.span), "block {block:?}");
        end = block.span.end;
        let words = page.words(block.span);
        assert!(!words.is_empty() && words.trim() == words, "{words:?}");
        assert!(!words.contains('\n') && block.linked as usize <= words.len());
        assert!((block.element as usize) < page.elements.len());
    }
    for (ix, element) in page.elements.iter().enumerate() {
        assert!((element.parent as usize) < ix.max(1), "element {ix} stands before its parent");
        element.time.map(|span| page.words(span));
    }
    for link in &page.links {
        assert!(body.contains(link.span));
        let _ = page.words(link.span);
    }
    for meta in &page.meta {
        assert!(meta.span.start >= page.body_end && !page.words(meta.span).contains('\n'));
    }
    for defect in &page.defects {
        let _ = page.words(defect.span);
    }
    let mut end = 0;
    for run in &page.trace.runs {
        assert_eq!(run.text.start, end, "the trace has a hole");
        end = run.text.end;
        let words = page.words(run.text);
        let bytes = &raw[run.raw_start as usize..run.raw_end as usize];
        if words.len() == bytes.len() {
            assert!(words.as_bytes() == bytes || words.chars().count() == 1, "{words:?}");
        }
    }
    if page.trace.runs.is_empty() {
        let same = raw.get(..end as usize).is_some() && page.words(body).as_bytes() == raw;
        assert!(same || body.is_empty(), "an empty trace says that body and capture are one");
    } else {
        assert_eq!(end, page.body_end);
    }
}

fn read_file(bytes: &[u8], file: &str) -> Reading {
    read(bytes, &Capture { file: file.to_owned(), ..Capture::default() })
}

/// Tags, attributes, references and words, well or badly put together.
fn soup() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("<p>"),
        Just("</p>"),
        Just("<div class=a hidden>"),
        Just("</div>"),
        Just("<table>"),
        Just("<tr>"),
        Just("<td>"),
        Just("</table>"),
        Just("<b id=1>"),
        Just("<b id=2>"),
        Just("</b>"),
        Just("<a href=x>"),
        Just("<a href=y class=z>"),
        Just("</a>"),
        Just("<pre>"),
        Just("</pre>\n"),
        Just("<select><option>"),
        Just("</select>"),
        Just("<br>"),
        Just("<svg><title>"),
        Just("</svg>"),
        Just("<textarea>\n"),
        Just("</textarea>"),
        Just("<script>var x='<p>';"),
        Just("</script>"),
        Just("<template>"),
        Just("</template>"),
        Just("<frameset>"),
        Just("<math><mi>"),
        Just("</math>"),
        Just("<!--"),
        Just("-->"),
        Just("<![CDATA["),
        Just("]]>"),
        Just("<time datetime=2031-04-02>"),
        Just("</time>"),
        Just("&amp;"),
        Just("&nbsp;"),
        Just("&notit;"),
        Just("&#x80;"),
        Just("&acE;"),
        Just("&é"),
        Just("<é"),
        Just("\r\n"),
        Just("\r"),
        Just("\0"),
        Just(" "),
        Just("\u{a0}"),
        Just("Ferry"),
        Just("über"),
        Just("渡船"),
        Just("<span class=s>"),
        Just("</span>"),
        Just("<title>"),
        Just("</title>"),
        Just("<meta name=date content=2031>"),
        Just("<form>"),
        Just("<caption>"),
        Just("<li>"),
        Just("<style>"),
        Just("<plaintext>"),
        Just("<body lang=x>"),
        Just("<script type=application/ld+json>{\"headline\":\"x\"}"),
        Just("<noscript>"),
        Just("</"),
    ];
    proptest::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn html_soup_keeps_the_invariants(soup in soup()) {
        let html = format!("<!doctype html>{soup}");
        for page in &read_file(html.as_bytes(), "a.html").pages {
            check(page, html.as_bytes());
        }
        let (latin, ..) = encoding_rs::WINDOWS_1252.encode(&html);
        let latin = [&b"<html><meta charset=windows-1252>"[..], &*latin].concat();
        for page in &read_file(&latin, "a.html").pages {
            check(page, &latin);
        }
    }

    #[test]
    fn bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for name in ["a.txt", "a.html", "a.jsonl", "a.gz"] {
            let reading = read_file(&bytes, name);
            prop_assert!(!(reading.pages.is_empty() && reading.skipped.is_empty()));
            if name != "a.jsonl" {
                reading.pages.iter().for_each(|page| check(page, &bytes));
            }
        }
    }

    #[test]
    fn a_text_is_its_body(text in "(\\PC|\r\n|\n|\t|\u{a0}){0,80}") {
        for page in &read_file(text.as_bytes(), "a.txt").pages {
            if page.meta.is_empty() && page.trace.runs.is_empty() {
                prop_assert_eq!(&page.text, &text);
            }
            check(page, text.as_bytes());
        }
    }

    #[test]
    fn a_json_line_gives_its_text(text in "(\\PC|\n|\t|\"|\\\\){0,60}", title in "\\PC{0,9}") {
        let quote = |words: &str| serde_json::Value::from(words).to_string();
        let line = format!("{{\"text\": {}, \"title\": {}}}", quote(&text), quote(&title));
        let reading = read_file(line.as_bytes(), "a.jsonl");
        prop_assert_eq!(reading.pages.len() + reading.skipped.len(), 1);
        for page in &reading.pages {
            prop_assert_eq!(page.words(page.body()), &text);
            check(page, line.as_bytes());
        }
    }
}
