use super::*;
use crate::page::{DefectKind, Page};
use crate::read::Reading;

fn read_feed(bytes: &[u8]) -> Reading {
    read_at(bytes, &Capture { file: "feed.xml".into(), ..Capture::default() })
}

fn read_at(bytes: &[u8], capture: &Capture) -> Reading {
    let mut reading = Reading::default();
    let mut out = |item| match item {
        Item::Page(page) => reading.pages.push(page),
        Item::Skipped(skipped) => reading.skipped.push(skipped),
    };
    if is_object_feed(bytes) {
        read_object_feed(bytes, capture, &mut out);
    } else {
        read_markup_feed(bytes, capture, &mut out);
    }
    reading
}

fn body(page: &Page) -> &str {
    page.words(page.body())
}

fn colophon(page: &Page) -> &str {
    &page.text[page.body_end as usize..]
}

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Harbour Post</title><link>https://post.example/</link><language>en</language>
<image><title>Logo</title><url>https://post.example/l.png</url></image>
<item><title>Ferry &amp; tide</title><link>https://post.example/1</link><guid isPermaLink="false">p-1</guid>
<pubDate>Wed, 02 Apr 2031 08:00:00 GMT</pubDate><dc:creator>Ada Lindqvist</dc:creator>
<category>Local</category><enclosure url="https://post.example/a.mp3" type="audio/mpeg"/>
<description>The ferry is stuck.</description>
<c:encoded><![CDATA[<p>The ferry is <b>stuck</b>.</p><p>Nobody was hurt&#8230;</p>]]></c:encoded></item>
<item><title>Gulls</title><link>https://post.example/2</link><author>desk@post.example (Bo Farr)</author>
<description>&lt;p&gt;Gulls&#x2019; nests &amp;amp; eggs&lt;/p&gt;</description></item>
</channel></rss>
"#;

#[test]
fn every_item_of_rss_is_a_page() {
    let reading = read_feed(RSS.as_bytes());
    assert!(reading.skipped.is_empty(), "{:?}", reading.skipped);
    let [first, second] = &reading.pages[..] else { panic!("{}", reading.pages.len()) };
    assert_eq!(body(first), "The ferry is stuck.\nNobody was hurt…");
    assert_eq!(
        colophon(first),
        "\ntitle: Ferry & tide\nurl: https://post.example/1\nseries: The Harbour Post\n\
         date: Wed, 02 Apr 2031 08:00:00 GMT\nauthor: Ada Lindqvist\nlang: en\nsection: Local\n\
         description: The ferry is stuck.\n"
    );
    assert_eq!(first.capture.record, "p-1");
    assert_eq!(first.capture.url.as_deref(), Some("https://post.example/1"));
    assert_eq!(first.capture.series.as_deref(), Some("The Harbour Post"));
    assert_eq!(body(second), "Gulls’ nests & eggs");
    assert_eq!(second.words(second.meta("author").unwrap()), "Bo Farr");
    assert_eq!(second.capture.record, "https://post.example/2");
}

#[test]
fn every_letter_leads_back_into_the_feed() {
    for page in &read_feed(RSS.as_bytes()).pages {
        for run in &page.trace.runs {
            let raw = &RSS[run.raw_start as usize..run.raw_end as usize];
            let words = page.words(run.text);
            let is_decoded = raw.starts_with('&') || raw.trim().is_empty() || words == "\n";
            assert!(raw == words || is_decoded, "{raw:?} {words:?}");
        }
    }
    let page = &read_feed(RSS.as_bytes()).pages[1];
    let quote = page.text.find('’').unwrap() as u32;
    let run = page.trace.runs.iter().find(|run| run.text.start == quote).unwrap();
    assert_eq!(&RSS[run.raw_start as usize..run.raw_end as usize], "&#x2019;");
    let amp = page.text.find('&').unwrap() as u32;
    let run = page.trace.runs.iter().find(|run| run.text.start == amp).unwrap();
    assert_eq!(&RSS[run.raw_start as usize..run.raw_end as usize], "&amp;amp;");
}

#[test]
fn the_same_item_of_another_day_is_the_same_page() {
    let later = RSS.replace("<language>en", "<lastBuildDate>Thu</lastBuildDate><language>en");
    let (one, two) = (read_feed(RSS.as_bytes()), read_feed(later.as_bytes()));
    assert_eq!(one.pages[1].id, two.pages[1].id);
    assert_ne!(one.pages[1].trace, two.pages[1].trace);
}

#[test]
fn atom_keeps_published_and_updated_apart() {
    let feed = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://gull.example/news/"><title type="html">Gull &amp;amp; Tern</title>
<author><name>Desk</name></author>
<entry><id>tag:gull.example,2031:7</id><title>1 &lt; 2</title><link rel="self" href="x.atom"/>
<link rel="alternate" href="7.html"/><link rel="via" href="https://post.example/1"/>
<published>2031-04-02T08:00:00Z</published><updated>2031-04-03T09:00:00Z</updated>
<author><name>Bo Farr</name><uri>https://gull.example/bo</uri></author>
<source><id>x</id><title>Wire</title></source>
<content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>Tide &lt; 2 m</x:p><x:script/><x:p>Second.</x:p></x:div></content></entry>
<entry><id>8</id><updated>2031-04-03</updated><summary>A &lt;b> &amp; c.</summary></entry></feed>"#;
    let reading = read_feed(feed.as_bytes());
    let [first, second] = &reading.pages[..] else { panic!("{reading:?}") };
    assert_eq!(body(first), "Tide < 2 m\nSecond.");
    assert_eq!(
        colophon(first),
        "\ntitle: 1 < 2\nurl: https://gull.example/news/7.html\nseries: Gull & Tern\n\
         date: 2031-04-02T08:00:00Z\nauthor: Bo Farr\nupdated: 2031-04-03T09:00:00Z\n\
         source: https://post.example/1\n"
    );
    assert_eq!(body(second), "A <b> & c.");
    assert_eq!(second.meta("date"), None);
    assert_eq!(second.words(second.meta("author").unwrap()), "Desk");
}

#[test]
fn rdf_has_its_items_beside_the_channel() {
    let feed = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://post.example/rdf"><title>Post</title><items><rdf:Seq><rdf:li rdf:resource="https://post.example/1"/></rdf:Seq></items></channel>
<item rdf:about="https://post.example/1"><title>Ferry</title><link>https://post.example/1</link><description>Stuck.</description><d:date>2031-04-02</d:date></item></rdf:RDF>"#;
    let reading = read_feed(feed.as_bytes());
    let page = &reading.pages[0];
    assert_eq!(body(page), "Stuck.");
    assert_eq!(
        colophon(page),
        "\ntitle: Ferry\nurl: https://post.example/1\nseries: Post\ndate: 2031-04-02\n"
    );
}

const OBJECT: &str = r#"{"version": "https:\/\/jsonfeed.org\/version\/1.1", "title": "Post", "items": [
 {"id": "1", "url": "https://post.example/1", "title": "Ferry", "content_html": "<p>Caf\u00e9 &amp; \"bar\"<\/p>", "date_published": "2031-04-02T08:00:00Z", "authors": [{"name": "Ada Lindqvist"}], "tags": ["local"]},
 {"id": 2, "content_text": "One.\n\n2 < 3 \ud83d.", "summary": "Short."}]}"#;

#[test]
fn a_json_feed_is_read() {
    let reading = read_feed(OBJECT.as_bytes());
    let [first, second] = &reading.pages[..] else { panic!("{reading:?}") };
    assert_eq!(body(first), "Café & \"bar\"");
    assert_eq!(
        colophon(first),
        "\ntitle: Ferry\nurl: https://post.example/1\nseries: Post\ndate: 2031-04-02T08:00:00Z\n\
         author: Ada Lindqvist\nsection: local\n"
    );
    let runs: Vec<_> = first
        .trace
        .runs
        .iter()
        .map(|run| &OBJECT[run.raw_start as usize..run.raw_end as usize])
        .collect();
    assert_eq!(runs, ["Caf", r"\u00e9", " ", "&amp;", " ", "\\\"", "bar", "\\\""]);
    assert_eq!(body(second), "One.\n\n2 < 3 \u{fffd}.");
    assert_eq!(second.defects[0].kind, DefectKind::BadBytes);
    assert_eq!(second.capture.record, "2");
}

#[test]
fn a_cut_feed_is_read_as_far_as_it_goes() {
    let cut = &OBJECT[..OBJECT.find("3 \\ud83d").unwrap()];
    let reading = read_feed(cut.as_bytes());
    assert_eq!(body(&reading.pages[1]), "One.\n\n2 < ");
    assert_eq!(reading.pages[1].defects[0].kind, DefectKind::Cut);
    assert_eq!(reading.skipped[0].reason, "ends inside a string: what came before was read");
    let cut = &RSS[..RSS.find("Nobody").unwrap()];
    let reading = read_feed(cut.as_bytes());
    assert_eq!(body(&reading.pages[0]), "The ferry is stuck.");
    assert_eq!(reading.pages[0].defects[0].kind, DefectKind::Cut);
    assert_eq!(reading.skipped.len(), 1);
    let cut = &RSS[..RSS.find("uid>\n<pubDate>Wed").unwrap()];
    let reading = read_feed(cut.as_bytes());
    assert!(reading.skipped[0].reason.contains("no words but its title"), "{:?}", reading.skipped);
    assert_eq!(reading.skipped[0].offset as usize, RSS.find("<item>").unwrap());
}

#[test]
fn sloppy_markup_is_read() {
    let feed = "\n\n  Warning: x\n<?xml version='1.0'?><?xml version='1.0'?><rss><channel><title>Tide & Gull</title>\
        <item><title>One & two<link>https://gull.example/1?a=1&b=2</link><description>Caf&eacute;&nbsp;& bar <i>open</i> 1 < 2</item>\
        <item><title>Two</title><description>Second.</description>\
        <item><title>Three</title><description><![CDATA[Third.]]></description></item></channel>";
    let reading = read_feed(feed.as_bytes());
    let bodies: Vec<_> = reading.pages.iter().map(body).collect();
    assert_eq!(bodies, ["Café\u{a0}& bar open 1 < 2", "Second.", "Third."]);
    assert_eq!(reading.pages[0].words(reading.pages[0].meta("title").unwrap()), "One & two");
    let url = reading.pages[0].capture.url.as_deref();
    assert_eq!(url, Some("https://gull.example/1?a=1&b=2"));
    assert_eq!(reading.pages[1].defects[0].kind, DefectKind::Cut);
    assert_eq!(reading.pages[0].capture.series.as_deref(), Some("Tide & Gull"));
}

#[test]
fn a_wrong_encoding_is_seen() {
    let feed = b"<?xml version='1.0' encoding='UTF-8'?><rss><channel><item><description>Le maire a d\xe9clar\xe9 que le ferry \xe9tait bloqu\xe9.</description></item></channel></rss>";
    let page = &read_feed(feed).pages[0];
    assert_eq!(body(page), "Le maire a déclaré que le ferry était bloqué.");
    assert_eq!(page.defects[0].kind, DefectKind::Charset);
    let run = page.trace.runs.iter().find(|run| page.words(run.text) == "é").unwrap();
    assert_eq!(&feed[run.raw_start as usize..run.raw_end as usize], b"\xe9");
    let wide: Vec<u8> =
        [0xfeff].into_iter().chain(RSS.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let page = &read_feed(&wide).pages[0];
    assert_eq!(body(page), "The ferry is stuck.\nNobody was hurt…");
    assert_eq!(
        page.trace.runs[0].raw_start as usize,
        RSS.find("The ferry is <b>").unwrap() * 2 + 2
    );
}

#[test]
fn entities_of_a_feed_are_never_expanded() {
    let lols =
        (1..9).map(|n| format!("<!ENTITY lol{} \"{}\">", n + 1, format!("&lol{n};").repeat(10)));
    let feed = format!(
        "<!DOCTYPE rss [<!ENTITY lol1 \"lol\"><!ENTITY f SYSTEM \"file:///etc/passwd\">{}]>\
         <rss><channel><item><description>Words &lol9; &f;</description></item></channel></rss>",
        lols.collect::<String>()
    );
    assert_eq!(body(&read_feed(feed.as_bytes()).pages[0]), "Words &lol9; &f;");
}

#[test]
fn plain_text_keeps_its_paragraphs() {
    let feed = "<rss><channel><item><description>One\nline.\n\nTwo.</description></item>\
                <item><description>\n  One\n  line.\n</description></item></channel></rss>";
    let reading = read_feed(feed.as_bytes());
    assert_eq!(reading.pages[0].blocks.len(), 3);
    assert_eq!(body(&reading.pages[1]), "One line.");
}

#[test]
fn addresses_are_made_whole_only_where_the_base_is_known() {
    let feed = b"<rss><channel><item><link>/1</link><description>Words.</description></item></channel></rss>";
    assert_eq!(read_feed(feed).pages[0].capture.url.as_deref(), Some("/1"));
    let url = Some("https://post.example/feed".to_owned());
    let page = read_at(feed, &Capture { url, ..Capture::default() }).pages.remove(0);
    assert_eq!(page.capture.url.as_deref(), Some("https://post.example/1"));
}

#[test]
fn a_feed_of_nothing_is_summed_up() {
    let feed =
        format!("<rss><channel>{}</channel></rss>", "<item><title>x</title></item>".repeat(3000));
    let reading = read_feed(feed.as_bytes());
    assert_eq!(reading.skipped.len(), MAX_FAULTS + 1);
    let last = &reading.skipped[MAX_FAULTS];
    assert_eq!(last.reason, "2000 more items between here and there have no words");
    assert_eq!(last.offset as usize, "<rss><channel>".len() + 1000 * 29);
}

#[test]
fn bombs_take_no_time() {
    let start = std::time::Instant::now();
    for part in [
        "<![CDATA[",
        "<!--",
        "<a href='",
        "<item>",
        "<title>",
        "&",
        "<",
        "<a ",
        "</",
        "<description>",
        "<item><author>x</author>",
        "<category>x",
        "xmlns:a=",
        "<?",
        "<!",
        "&lt;b",
        "<x a='></",
    ] {
        let bomb = format!("<rss><channel><item><description>{}", part.repeat(50_000));
        read_feed(bomb.as_bytes());
        let bomb = format!("<rss><channel {}><item>{}", part.repeat(20_000), part.repeat(20_000));
        read_feed(bomb.as_bytes());
    }
    read_feed(
        format!(
            "{{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{}",
            "[".repeat(1 << 20)
        )
        .as_bytes(),
    );
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
