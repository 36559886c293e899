//! Pages as a reader sees them.

use crate::page::{BlockKind, Capture, Page};
use crate::read::read;

fn page(html: &str) -> Page {
    let html = format!("<!doctype html>{html}");
    read(html.as_bytes(), &Capture::default()).pages.remove(0)
}

fn body(html: &str) -> String {
    let page = page(html);
    page.words(page.body()).to_owned()
}

#[test]
fn blocks_stand_on_lines_and_inline_runs_on() {
    let html =
        "<div>Ferry <b>st</b>uck\n at\tsea<p>Nobody <i>was</i> hurt.</p>Later<br><br>More</div>";
    assert_eq!(body(html), "Ferry stuck at sea\nNobody was hurt.\nLater\nMore");
    assert_eq!(page(html).blocks.last().unwrap().gap, 2);
}

#[test]
fn what_is_not_shown_is_left_out() {
    let html = "<p>One<script>two()</script><style>p{}</style><noscript><p>Three</noscript>\
                <template><p>Four</template><svg><text>Five</text></svg> six";
    assert_eq!(body(html), "One six");
}

#[test]
fn preformatted_lines_are_blocks() {
    let page = page("<pre>\nOne  two\n\n  three </pre><p>four");
    let blocks: Vec<_> = page.blocks.iter().map(|b| (page.words(b.span), b.kind, b.gap)).collect();
    assert_eq!(
        blocks,
        [
            ("One  two", BlockKind::Preformatted, 0),
            ("three", BlockKind::Preformatted, 1),
            ("four", BlockKind::Paragraph, 0)
        ]
    );
}

#[test]
fn kinds_are_what_the_markup_says() {
    let page = page(
        "<h2>A</h2><blockquote><p>B</p></blockquote><ul><li>C</ul><figure><figcaption>D</figcaption></figure>\
         <table><caption>E</caption><tr><td>F<td><p>G</table><button>H</button>",
    );
    let kinds: Vec<_> = page.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(
        kinds,
        [
            BlockKind::Heading(2),
            BlockKind::Quotation,
            BlockKind::ListItem,
            BlockKind::Caption,
            BlockKind::Caption,
            BlockKind::Cell,
            BlockKind::Paragraph,
            BlockKind::Control
        ]
    );
}

#[test]
fn elements_are_the_innermost_around_all_words() {
    let page = page(
        "<div class='Story Main' id=x><p>By <span class=author>Ada</span> today</p>\
         <p><span class=author>Bo</span></p></div><p hidden>Secret</p>",
    );
    let around = |ix: usize| &page.elements[page.blocks[ix].element as usize];
    assert_eq!(around(0).tag, "p");
    assert_eq!((around(1).tag.as_str(), around(1).hints.as_str()), ("span", "author"));
    assert_eq!(page.elements[around(0).parent as usize].hints, "story main x");
    assert!(around(2).hidden && !around(0).hidden);
}

#[test]
fn links_and_their_bytes() {
    let page = page(
        "<p>See <a href='/b?x=1&amp;y=2' rel=NoFollow>the  ferry\nlog</a> now <a href=#><img></a>",
    );
    let link = &page.links[0];
    assert_eq!(
        (page.words(link.span), link.href.as_str(), link.rel.as_str()),
        ("the ferry log", "/b?x=1&y=2", "nofollow")
    );
    assert!(page.links[1].span.is_empty());
    assert_eq!(page.blocks[0].linked, 13);
}

#[test]
fn times_stand_in_the_colophon() {
    let page = page("<p><time datetime=2031-04-02>2 April</time>");
    let element = page.elements.iter().find(|element| element.tag == "time").unwrap();
    assert_eq!(page.words(element.time.unwrap()), "2031-04-02");
}

#[test]
fn a_line_of_no_break_spaces_is_no_block() {
    let page = page("<p>One</p><p>&nbsp;</p><p><a href=x>&nbsp;</a></p><p>Two");
    assert_eq!(page.words(page.body()), "One\nTwo");
    assert_eq!(page.blocks[1].gap, 2);
}

#[test]
fn every_word_leads_back_to_its_bytes() {
    let html = "<!doctype html>\r\n<p>A &amp; B\r\n caf&eacute; d\u{e9}j\u{e0}<table>C<tr><td>D</table><textarea>\nE</textarea>";
    let page = read(html.as_bytes(), &Capture::default()).pages.remove(0);
    assert_eq!(page.words(page.body()), "A & B café déjà\nC\nD\nE");
    let mut end = 0;
    for run in &page.trace.runs {
        assert_eq!(run.text.start, end);
        end = run.text.end;
        let raw = &html[run.raw_start as usize..run.raw_end as usize];
        let words = page.words(run.text);
        let fits = raw == words || words.trim().is_empty() || raw.starts_with('&');
        assert!(fits, "{words:?} is not {raw:?}");
    }
    assert_eq!(end, page.body_end);
}

#[test]
fn deep_nesting_is_cut_in_time() {
    let html = "<ul><li>x".repeat(512 * 1024 / 9);
    let start = std::time::Instant::now();
    let page = page(&html);
    assert!(start.elapsed().as_millis() < 2000, "{:?}", start.elapsed());
    assert!(page.defects.iter().any(|defect| defect.kind == crate::page::DefectKind::Cut));
}
