//! Invariants: what holds for every page, whatever the bytes. Checked on random captures.

mod sound;

use std::io::Read;

use proptest::prelude::*;

use self::sound::traced as check;
use crate::charset::{Decoded, decode};
use crate::gzip::is_gzip;
use crate::html::reference::first_difference;
use crate::html::stated_charset;
use crate::page::{Capture, Page};
use crate::read::{Reading, read};

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

/// Elements of feeds, well or badly put together.
fn feed_soup() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("<item>"),
        Just("</item>"),
        Just("<entry xml:base='https://post.example/'>"),
        Just("</entry>"),
        Just("<title>"),
        Just("</title>"),
        Just("<link>/a</link>"),
        Just("<link href='a'/>"),
        Just("<guid>"),
        Just("<description>"),
        Just("</description>"),
        Just("<content type='xhtml'>"),
        Just("<content type='html'>"),
        Just("</content>"),
        Just("<x:p xmlns:x='y'>"),
        Just("</x:p>"),
        Just("<author><name>"),
        Just("</author>"),
        Just("<source>"),
        Just("<image>"),
        Just("</image>"),
        Just("<![CDATA["),
        Just("]]>"),
        Just("<!--"),
        Just("-->"),
        Just("<?x"),
        Just("<!DOCTYPE x [<!ENTITY y 'z'>]>"),
        Just("<br/>"),
        Just("<p>"),
        Just("&lt;p&gt;"),
        Just("&lt;/p&gt;"),
        Just("&amp;amp;"),
        Just("&eacute;"),
        Just("&y;"),
        Just("&#x80;"),
        Just("&"),
        Just("<"),
        Just("<a href=\""),
        Just("\r\n\r\n"),
        Just("Ferry "),
        Just("über"),
        Just("\u{a0}"),
        Just("</"),
        Just("<pubDate>2031</pubDate>"),
    ];
    proptest::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

/// A whole file of each format.
fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let rss = "<?xml version='1.0' encoding='utf-8'?><rss xmlns:c='http://purl.org/rss/1.0/modules/content/'>\
        <channel><title>Post</title><item><guid>1</guid><title>Fähre</title><c:encoded><![CDATA[<p>Die \
        Fähre &amp; der Kai]]></c:encoded></item><item><description>&lt;p&gt;Zw&#228;i</description>\
        </item></channel></rss>";
    let atom = "\u{feff}<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><content type='xhtml'>\
        <div>One &amp; <b>two</b></div></content><author><name>Bo</name></author></entry></feed>";
    let object = r#"{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "content_html": "<p>Caf\u00e9 \ud83d\ude00 \"x\""}, {"content_text": "Two"}]}"#;
    let quoted = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"e\"\r\n\r\n--e\r\n\
        Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        <p>Caf=C3=A9 =\r\n&amp; bar\r\n--e--\r\n";
    let letters =
        quoted.replace("quoted-printable", "base64").replace("<p>Caf=C3=A9 =", "PHA+Q2Fmw6kgYmFy");
    let mut zip = ::zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in [("a.html", "<p>One. ".repeat(30)), ("b.xml", rss.to_owned())] {
        zip.start_file(name, ::zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, bytes.as_bytes()).unwrap();
    }
    vec![
        ("a.xml", rss.into()),
        ("b.xml", atom.into()),
        ("a.json", object.into()),
        ("a.mhtml", quoted.into()),
        ("b.mhtml", letters.into()),
        ("a.zip", zip.finish().unwrap().into_inner()),
        ("a.jsonl", b"{\"id\": 1, \"text\": \"Caf\\u00e9\"}\n{\"text\": \"x\"}".to_vec()),
    ]
}

fn base64(bytes: &[u8], width: usize) -> String {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for (n, group) in bytes.chunks(3).enumerate() {
        let whole =
            group.iter().enumerate().fold(0u32, |sum, (n, &b)| sum | u32::from(b) << (16 - 8 * n));
        for n in 0..4 {
            let six = (whole >> (18 - 6 * n)) as usize & 63;
            out.push(if n <= group.len() { char::from(letters[six]) } else { '=' });
        }
        if n % width == 0 {
            out.push_str("\r\n");
        }
    }
    out
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

    #[test]
    fn feed_soup_keeps_the_invariants(soup in feed_soup(), names in 0..3usize) {
        let root = ["<rss><channel>", "<feed xmlns='http://www.w3.org/2005/Atom'>", ""][names];
        let feed = format!("<?xml version='1.0' encoding='windows-1252'?>{root}{soup}");
        for page in &read_file(feed.as_bytes(), "a.xml").pages {
            check(page, feed.as_bytes());
        }
        let (latin, ..) = encoding_rs::WINDOWS_1252.encode(&feed);
        for page in &read_file(&latin, "a.xml").pages {
            check(page, &latin);
        }
    }

    #[test]
    fn cut_and_flipped_files_never_panic(at in 0..100_000usize, bit in 0..8u32, cut: bool) {
        for (name, whole) in samples() {
            let mut bytes = whole.clone();
            let at = at % bytes.len();
            if cut { bytes.truncate(at) } else { bytes[at] ^= 1 << bit }
            let reading = read_file(&bytes, name);
            prop_assert!(!(reading.pages.is_empty() && reading.skipped.is_empty()), "{}", name);
            if !name.ends_with("zip") && !name.ends_with("jsonl") {
                reading.pages.iter().for_each(|page| check(page, &bytes));
            }
        }
    }

    #[test]
    fn text_in_a_feed_leads_back_to_it(text in "(\\PC|\n|<|&|]|>|\"){1,40}") {
        let escaped: String = text.chars().map(|c| match c {
            '<' => "&lt;".to_owned(),
            '&' => "&#38;".to_owned(),
            c if c.is_ascii_punctuation() => format!("&#x{:x};", c as u32),
            c => c.to_string(),
        }).collect();
        let cdata = format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>"));
        for words in [escaped, cdata] {
            let feed = format!("<feed><entry><content type='text'>{words}</content></entry></feed>");
            let reading = read_file(feed.as_bytes(), "a.xml");
            prop_assert_eq!(reading.pages.len() + reading.skipped.len(), 1);
            for page in &reading.pages {
                prop_assert_eq!(page.words(page.body()), &text);
                check(page, feed.as_bytes());
                for run in &page.trace.runs {
                    let raw = &feed[run.raw_start as usize..run.raw_end as usize];
                    let name = raw.strip_prefix('&').and_then(|raw| raw.strip_suffix(';'));
                    let plain = name.and_then(crate::xml::referred);
                    prop_assert_eq!(plain.as_deref().unwrap_or(raw), page.words(run.text));
                }
            }
        }
    }

    #[test]
    fn text_in_a_saved_page_leads_back_to_it(text in "(\\PC|=){1,60}", width in 4..20usize) {
        let quoted: String = text.bytes().enumerate().map(|(n, byte)| {
            let soft = if n % width == width - 1 { "=\r\n" } else { "" };
            if byte.is_ascii_alphanumeric() || byte == b' ' {
                format!("{soft}{}", char::from(byte))
            } else {
                format!("{soft}={byte:02X}")
            }
        }).collect();
        let page_of = |encoding: &str, letters: &str| format!(
            "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=e\n\n--e\n\
             Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n\
             {letters}\n--e--\n"
        );
        let saved = page_of("quoted-printable", &quoted);
        let reading = read_file(saved.as_bytes(), "a.mht");
        for page in &reading.pages {
            prop_assert_eq!(page.words(page.body()), &text);
            check(page, saved.as_bytes());
            for run in &page.trace.runs {
                let raw = &saved.as_bytes()[run.raw_start as usize..run.raw_end as usize];
                let back = crate::transfer::quoted_printable(raw, 0).bytes;
                prop_assert_eq!(&back, page.words(run.text).as_bytes());
            }
        }
        let saved = page_of("base64", &base64(text.as_bytes(), width));
        for page in &read_file(saved.as_bytes(), "a.mht").pages {
            prop_assert_eq!(page.words(page.body()), &text);
            check(page, saved.as_bytes());
            for run in &page.trace.runs {
                let raw = &saved.as_bytes()[run.raw_start as usize..run.raw_end as usize];
                let back = crate::transfer::base64(raw, 0).bytes;
                let back = String::from_utf8_lossy(&back).into_owned();
                prop_assert!(back.contains(page.words(run.text)), "{:?} {:?}", back, page.words(run.text));
            }
        }
    }
}

#[test]
fn a_sign_for_a_nul_comes_from_the_nul() {
    let html = b"<!doctype html><p><textarea>\n\r\n\0    ";
    for page in &read_file(html, "a.html").pages {
        assert_eq!(wrong_runs(page, html), Vec::<String>::new());
    }
}

#[test]
fn a_line_end_comes_from_its_return() {
    for html in [
        "<!doctype html><math><mi>--><![CDATA[\r\n<time datetime=2031-04-02>",
        "<!doctype html><svg><!-- a & b --><![CDATA[\r\nFerry]]></svg>",
        "<!doctype html><svg><![CDATA[\r]]><![CDATA[Ferry &amp;\r\n]]>&#10;\r\n</svg>",
        "<!doctype html><p>Ferry &amp\r\n&lt;\r<!--&-->\r\n<pre>\r\n&#10\r\n</pre>",
    ] {
        for page in &read_file(html.as_bytes(), "a.html").pages {
            assert_eq!(wrong_runs(page, html.as_bytes()), Vec::<String>::new(), "{html}");
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
            let mut raw = packed.clone();
            if is_gzip(&packed) {
                raw.clear();
                flate2::read::MultiGzDecoder::new(&packed[..]).read_to_end(&mut raw).unwrap();
            }
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
