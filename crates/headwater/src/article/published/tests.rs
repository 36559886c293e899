//! Invented pages, one for each way to say when.

use headwater_page::{Capture, Page, read};

use super::{Basis, published};
use crate::lexicon::Lexicon;

const BODY: &str = "<p>The river Arl rose over its banks at Tannow on Monday night and flooded forty \
houses, the fire brigade of the town said, after two days of rain in the hills above it.\
<p>Nobody was hurt in the flood, but the bridge at Tannow stays closed until engineers have looked.";

fn page(html: &str, url: Option<&str>) -> Page {
    let capture = Capture { url: url.map(str::to_owned), ..Capture::default() };
    read(format!("<!doctype html>{html}").as_bytes(), &capture).pages.remove(0)
}

/// The day, what it rests on, and the words.
fn found(html: &str, url: Option<&str>) -> Option<(String, Basis, String)> {
    let page = page(html, url);
    let found = published(&page, Lexicon::shipped())?;
    assert!(found.when.is_day());
    Some((found.when.first.to_string(), found.basis, page.words(found.span).to_owned()))
}

fn day(html: &str, url: Option<&str>) -> Option<String> {
    found(html, url).map(|(day, ..)| day)
}

#[test]
fn metadata_dates_a_page() {
    for head in [
        "<meta property=article:published_time content=2031-04-02T08:00:00+02:00>",
        "<meta name=parsely-pub-date content='2031-04-02'>",
        "<meta name=sailthru.date content='Wed, 02 Apr 2031 08:00:00 +0000'>",
        "<meta name=DC.date.issued content='2031-04-02'>",
        "<meta name=citation_publication_date content='2031/04/02'>",
        "<meta name=pubdate content='20310402'>",
        "<meta name=release:date content='2031年4月2日 10時00分'>",
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"datePublished\":\"2031-04-02\"</script>",
        "<script>page = {publish_date: 'x', \"publish_date\": \"2031-04-02 10:00\"}</script>",
        "<abbr class=published title='2031-04-02T08:00:00Z'>Wednesday</abbr>",
        "<span itemprop=datePublished content=2031-04-02>today</span>",
    ] {
        let html = format!("{head}<h1>River floods forty houses</h1>{BODY}");
        let (day, basis, _) = found(&html, None).unwrap_or_else(|| panic!("{head}"));
        assert_eq!((day.as_str(), basis), ("2031-04-02", Basis::Markup), "{head}");
    }
}

#[test]
fn a_line_at_the_headline_dates_a_page() {
    for (lang, line) in [
        ("en", "By Cora Lund | April 2, 2031, 10:15 am"),
        ("es", "Publicado el 2 de abril de 2031"),
        ("it", "2 Aprile 2031 alle 10:15"),
        ("ru", "2 апреля 2031, 10:15"),
        ("ja", "2031年04月02日"),
        ("de", "Tannow, 02.04.2031"),
        ("pt", "02/04/2031 - 10h15"),
        ("el", "2 Απριλίου 2031"),
        ("ar", "تم نشره الأربعاء 2 نيسان / أبريل 2031"),
    ] {
        let html = format!("<html lang={lang}><h1>River floods houses</h1><div>{line}</div>{BODY}");
        let (day, basis, words) = found(&html, None).unwrap_or_else(|| panic!("{line}"));
        assert_eq!((day.as_str(), basis), ("2031-04-02", Basis::Stated), "{line}");
        assert!(line.contains(&words));
    }
}

#[test]
fn an_address_dates_a_page() {
    for url in [
        "https://post.example/2031/04/02/river",
        "https://post.example/news/20310402/river",
        "https://post.example/a/2031-4-2-10-15-0-river",
        "https://post.example/world/2031/apr/02/river",
        "https://post.example/2031/Apr-02/1207-river.html",
        "https://post.example/national/02-April-2031/river",
        "https://post.example/river-2031-04-02.html?ref=20310101",
    ] {
        let found = found(&format!("<h1>River floods houses</h1>{BODY}"), Some(url));
        let (day, basis, _) = found.unwrap_or_else(|| panic!("{url}"));
        assert_eq!((day.as_str(), basis), ("2031-04-02", Basis::Markup), "{url}");
    }
    for url in [
        "https://post.example/12031040277/river",
        "https://post.example/2031/04/river",
        "https://post.example/2031/ferry/02/river",
    ] {
        assert_eq!(day(&format!("<h1>River floods houses</h1>{BODY}"), Some(url)), None, "{url}");
    }
}

#[test]
fn the_newsrooms_own_day_stands_above_universal_time() {
    let html = |time: &str, line: &str| {
        format!(
            "<meta property=article:published_time content={time}><h1>River floods houses</h1>\
             <div class=date>{line}</div>{BODY}"
        )
    };
    let of = |time: &str, line: &str| day(&html(time, line), None);
    assert_eq!(of("2031-04-03T02:18:11Z", "April 2, 2031").as_deref(), Some("2031-04-02"));
    assert_eq!(of("2031-04-01T23:15:00Z", "April 2, 2031").as_deref(), Some("2031-04-02"));
    // No clock on Earth is that far from universal time: the line is of something else.
    assert_eq!(of("2031-04-03T15:42:33Z", "April 2, 2031").as_deref(), Some("2031-04-03"));
    assert_eq!(of("2031-04-03T02:18:11+02:00", "April 2, 2031").as_deref(), Some("2031-04-03"));
    let url = Some("https://post.example/2031/04/02/river");
    assert_eq!(day(&html("2031-04-03T02:18:11Z", ""), url).as_deref(), Some("2031-04-02"));
}

#[test]
fn a_change_is_not_the_day_of_publication() {
    for html in [
        "<meta property=article:modified_time content=2031-04-05>",
        "<meta name=last-modified content=2031-04-05>",
        "<script type=application/ld+json>{\"@type\":\"Report\",\"dateModified\":\"2031-04-05\"}</script>",
        "<h1>River floods houses</h1><div>Updated April 5, 2031</div>",
        "<h1>River floods houses</h1><div>Aktualisiert am 5. April 2031</div>",
        "<h1>River floods houses</h1><div class=updated>April 5, 2031</div>",
        "<footer>© 2031 The Arl Courier. All rights reserved.</footer>",
    ] {
        assert_eq!(day(&format!("{html}{BODY}"), None), None, "{html}");
    }
    let both =
        "<h1>River floods houses</h1><div>Updated April 5, 2031. Published April 2, 2031</div>";
    assert_eq!(day(&format!("{both}{BODY}"), None).as_deref(), Some("2031-04-02"));
}

#[test]
fn other_places_tell_which_of_two_days_numbers_mean() {
    let line = "<h1>River floods houses</h1><div>04/02/2031</div>";
    assert_eq!(day(&format!("<html lang=en>{line}{BODY}"), None).as_deref(), Some("2031-04-02"));
    assert_eq!(day(&format!("<html lang=es>{line}{BODY}"), None).as_deref(), Some("2031-02-04"));
    let abroad = Some("https://post.example.nz/a");
    assert_eq!(day(&format!("<html lang=en>{line}{BODY}"), abroad).as_deref(), Some("2031-02-04"));
    let other = "<ul><li>A word of the mayor 28/01/2031<li>Rain 17/01/2031</ul>";
    let html = format!("<html lang=en>{line}{BODY}{other}");
    assert_eq!(day(&html, None).as_deref(), Some("2031-02-04"));
    let named = "<meta property=article:published_time content=2031-04-02>";
    let html = format!("<html lang=es>{named}{line}{BODY}");
    assert_eq!(day(&html, None).as_deref(), Some("2031-04-02"));
}

#[test]
fn linked_data_of_several_reports_is_that_of_the_title() {
    let html = "<title>River floods forty houses - The Arl Courier</title>\
        <script type=application/ld+json>[{\"@type\":\"NewsArticle\",\"headline\":\"Trams stand still\",\
        \"datePublished\":\"2031-03-01\"},{\"@type\":\"NewsArticle\",\"headline\":\"River floods forty \
        houses\",\"datePublished\":\"2031-04-02\"}]</script>";
    assert_eq!(day(&format!("{html}{BODY}"), None).as_deref(), Some("2031-04-02"));
}

#[test]
fn the_date_of_a_neighbour_or_of_the_body_is_not_the_reports() {
    let html = format!(
        "<h1>River floods houses</h1><time datetime=2031-04-02>Wednesday</time>{BODY}\
         <p>The flood of March 3, 1999 was worse.<div><h3><a href=x>Trams stand still</a></h3>\
         <time datetime=2031-04-05>Saturday</time></div>"
    );
    assert_eq!(day(&html, None).as_deref(), Some("2031-04-02"));
    let teaser =
        "<h1>River floods houses</h1><div><a href=x>Trams stand still since 5 April 2031</a></div>";
    assert_eq!(day(&format!("{teaser}{BODY}"), None), None);
}

#[test]
fn nothing_came_out_after_it_was_captured() {
    let html =
        format!("<div>8 May 2031</div><h1>River floods houses</h1><div>2 April 2031</div>{BODY}");
    let mut page = page(&html, None);
    page.capture.captured = Some("2031-04-10T00:00:00Z".to_owned());
    let found = published(&page, Lexicon::shipped()).unwrap();
    assert_eq!(found.when.first.to_string(), "2031-04-02");
}

proptest::proptest! {
    #[test]
    fn any_page_is_read(parts in proptest::collection::vec("<h1>|<time datetime=2031-04-02>|<div>|</div>|<a href=x>|</a>|2 April 2031|02/04/2031|Updated|<meta name=date content=2031>|\\PC{0,9}", 0..30)) {
        let html = format!("<!doctype html>{}", parts.concat());
        for page in read(html.as_bytes(), &Capture::default()).pages {
            if let Some(found) = published(&page, Lexicon::shipped()) {
                proptest::prop_assert!(!page.words(found.span).is_empty());
            }
        }
    }
}
