//! Invariants: what holds for every page, whatever the bytes. Checked on random captures.

use proptest::prelude::*;

use crate::charset::{Decoded, decode};
use crate::gzip::{is_gzip, unpack};
use crate::html::reference::first_difference;
use crate::html::stated_charset;
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
pub(crate) fn soup() -> impl Strategy<Value = String> {
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
            prop_assert_eq!(wrong_runs(page, html.as_bytes()), Vec::<String>::new());
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

/// What the bytes `raw` of a capture are as characters; `decoded` is the whole capture.
fn characters<'a>(decoded: &'a Decoded, raw: &std::ops::Range<usize>) -> &'a str {
    let runs = &decoded.trace.runs;
    if runs.is_empty() {
        return &decoded.text[raw.clone()];
    }
    // Within a run that is one byte for one, the text moves with the bytes.
    let text_at = |at: usize| {
        let run = runs.partition_point(|run| run.raw_end as usize <= at);
        runs.get(run).map_or(decoded.text.len(), |run| {
            let even = run.text.len() as u64 == run.raw_end - run.raw_start;
            let inside = at.saturating_sub(run.raw_start as usize);
            run.text.start as usize + if even { inside } else { 0 }
        })
    };
    if raw.is_empty() { "" } else { &decoded.text[text_at(raw.start)..text_at(raw.end)] }
}

/// The runs of a page's trace whose bytes do not say its words. Bytes say words when they are
/// those, or a character reference for them, or white space that became one space; no bytes say a
/// break between two blocks or a space between two elements.
fn wrong_runs(page: &Page, raw: &[u8]) -> Vec<String> {
    let stated = stated_charset(raw);
    let decoded = decode(raw, stated);
    let mut wrong = Vec::new();
    for (n, run) in page.trace.runs.iter().enumerate() {
        // A reference for two characters is two runs, the second without bytes.
        let rest = page.trace.runs[n + 1..].iter();
        let more = rest.take_while(|next| {
            next.raw_start == next.raw_end && !matches!(page.words(next.text), " " | "\n")
        });
        let words = page.words(more.fold(run.text, |span, next| span.hull(next.text)));
        if n > 0 && run.raw_start == run.raw_end && !matches!(words, " " | "\n") {
            continue;
        }
        let bytes = run.raw_start as usize..run.raw_end as usize;
        let source = characters(&decoded, &bytes);
        let blank = |text: &str| text.chars().all(char::is_whitespace);
        let said = source == words
            || matches!(words, " " | "\n") && blank(source)
            || source == "\0" && words == "\u{fffd}"
            || source.contains('&') && html_text(source) == words;
        if !said {
            wrong.push(format!("bytes {bytes:?} are {source:?}, not {words:?}"));
        }
    }
    // One charset has these characters at these bytes.
    let guess = || {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
        detector.feed(raw, true);
        detector.guess(None, chardetng::Utf8Detection::Allow)
    };
    let utf8 = encoding_rs::UTF_8;
    let charset = stated.filter(|charset| *charset != utf8).unwrap_or_else(guess);
    for run in &decoded.trace.runs {
        let words = run.text.of(&decoded.text);
        let bytes = &raw[run.raw_start as usize..run.raw_end as usize];
        let is = |charset: &'static encoding_rs::Encoding| {
            charset.decode_without_bom_handling(bytes).0 == words
        };
        if words.as_bytes() != bytes && !is(utf8) && !is(charset) {
            wrong.push(format!("{bytes:?} are not {words:?} in {}", charset.name()));
        }
    }
    wrong
}

/// The text of a piece of HTML that holds character references only.
fn html_text(source: &str) -> String {
    let tokens = html5gum::Tokenizer::new(source).flatten();
    let texts = tokens.filter_map(|token| match token {
        html5gum::Token::String(text) => Some(String::from_utf8_lossy(&text.value).into_owned()),
        _ => None,
    });
    texts.collect()
}

/// All files in the folders that `HEADWATER_PAGES` names, one a line or parted by colons:
/// `HEADWATER_PAGES=a:b cargo test -p headwater-page -- --ignored --nocapture real_pages`.
#[test]
#[ignore = "reads the folders that HEADWATER_PAGES names"]
fn real_pages_keep_the_invariants() {
    let folders = std::env::var("HEADWATER_PAGES").unwrap_or_default();
    let (mut n_pages, mut n_runs, mut wrong, mut differ) = (0, 0, Vec::new(), Vec::new());
    for folder in folders.split(':').filter(|folder| !folder.is_empty()) {
        let mut files: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        for file in files {
            let packed = std::fs::read(&file).unwrap();
            let raw = if is_gzip(&packed) { unpack(&packed).bytes } else { packed };
            for page in read_file(&raw, &file.to_string_lossy()).pages {
                if page.elements.len() < 2 {
                    continue;
                }
                check(&page, &raw);
                (n_pages, n_runs) = (n_pages + 1, n_runs + page.trace.runs.len());
                let here = wrong_runs(&page, &raw);
                wrong.extend(here.into_iter().map(|why| format!("{}: {why}", file.display())));
                let text = decode(&raw, stated_charset(&raw)).text.into_owned();
                let difference = first_difference(&text);
                differ.extend(difference.map(|why| format!("{}: {why}", file.display())));
            }
        }
    }
    println!(
        "{n_pages} pages, {n_runs} runs, {} wrong, {} trees differ",
        wrong.len(),
        differ.len()
    );
    assert_eq!((wrong, differ), (Vec::<String>::new(), Vec::<String>::new()));
}
