//! Invented pages, one for each shape.

use headwater_page::{Capture, Page, PageIx, Span, read};
use proptest::prelude::*;

use super::{Article, CreditForm, Role, segment};
use crate::fold;
use crate::lexicon::Lexicon;

const FLOOD: &str = "The river Arl rose over its banks at Tannow on Monday night and flooded forty \
houses, the fire brigade of the town said, after two days of rain in the hills above it.";
const FLOOD_2: &str = "Nobody was hurt in the flood, but the bridge at Tannow stays closed until \
engineers have looked at its piers, which the water has laid bare on one side.";
const FLOOD_3: &str = "\"We have not seen the river so high since I was a child,\" said Berta Quill, \
who keeps the mill below the bridge and lost her whole store of flour.";
const STRIKE: &str = "Tram drivers in the port of Velmar will strike on Thursday over the length of \
their shifts, their union said, and the city expects that most lines will not run at all.";
const STRIKE_2: &str = "The union wants the longest shift cut from eleven hours to nine. The tram \
company of Velmar says that it cannot find enough drivers for that before the spring.";

fn page(text: &str) -> Page {
    read(text.as_bytes(), &Capture::default()).pages.remove(0)
}

fn articles(page: &Page) -> Vec<Article> {
    segment(page, PageIx(0), Lexicon::shipped())
}

fn headlines<'a>(page: &'a Page, articles: &[Article]) -> Vec<Option<&'a str>> {
    articles.iter().map(|a| a.headline.map(|span| page.words(span))).collect()
}

#[test]
fn one_report_with_byline_date_caption_and_credit() {
    let page = page(&format!(
        "River floods forty houses at Tannow\n\nBy Cora Lund and Piet Amsel, Staff writers\n\
         Published Aug 08, 2025\n\nThe mill below the bridge. Picture: Jo Marl/AP\n\nTANNOW\n\n\
         {FLOOD}\n\n{FLOOD_2}\n\nWhy It Matters\n\n{FLOOD_3}\n\n\
         Originally published on The Arl Courier\n\nShare this\n"
    ));
    let found = articles(&page);
    let [article] = &found[..] else { panic!("one article, not {}", found.len()) };
    let words =
        |spans: &[Span]| spans.iter().map(|s| page.words(*s).to_owned()).collect::<Vec<_>>();
    assert_eq!(words(&article.byline), ["Cora Lund", "Piet Amsel"]);
    assert_eq!(words(&article.captions), ["The mill below the bridge. Picture: Jo Marl/AP"]);
    assert_eq!(words(&article.paragraphs), [FLOOD, FLOOD_2, FLOOD_3]);
    assert_eq!(article.dateline.map(|span| page.words(span)), Some("TANNOW"));
    assert_eq!(article.publisher.as_ref().map(|p| p.name.as_str()), Some("The Arl Courier"));
    assert_eq!(article.credits.len(), 1);
    assert_eq!(article.credits[0].form, CreditForm::Republished);
    assert!(page.words(article.span).starts_with("River floods"));
    assert!(page.words(article.span).ends_with("The Arl Courier"));
    assert_eq!(article.role, Role::Main);
}

#[test]
fn an_aggregator_gives_its_items_in_full() {
    let page = page(&format!(
        "River floods forty houses at Tannow\n{FLOOD}\n{FLOOD_2}\nReuters\nHashtags\n\nComments\n\
         No comments yet...\nRelated Articles\n\n\nVelmar Lantern\n14 minutes ago\n- Velmar Lantern\n\
         Tram drivers in Velmar to strike over long shifts – Velmar Lantern – 08/18/2025\n\
         {STRIKE} {STRIKE_2} {STRIKE} {STRIKE_2}\n"
    ));
    let found = articles(&page);
    assert_eq!(found.iter().map(|a| a.role).collect::<Vec<_>>(), [Role::Main, Role::Related]);
    assert_eq!(found[0].credits[0].name, "Reuters");
    assert!(page.words(found[0].span).ends_with("Reuters"));
    assert_eq!(found[1].publisher.as_ref().unwrap().name, "Velmar Lantern");
    assert_eq!(page.words(found[1].age.unwrap()), "14 minutes ago");
    assert!(page.words(found[1].span).starts_with("Velmar Lantern\n14"));
    assert_eq!(page.words(found[1].published.unwrap().span), "08/18/2025");
}

#[test]
fn a_digest_pastes_equal_reports() {
    let page = page(&format!(
        "Friday, August 08, 2025\n\nRAIN AND MORE RAIN\nRiver floods forty houses at Tannow: brigade\n\n\
         Bridge stays closed until engineers have seen it, says town brigade\n\n\
         Cora Lund |08.08.2025 - Reuters/AP\n\n\nTANNOW\n\n{FLOOD}\n\n{FLOOD_2}\n\n\n\
         Tram drivers in Velmar to strike over long shifts\n\n\nREUTERS\nAug 9, 2025\n\n{STRIKE}\n\n\
         {STRIKE_2}\n\nNo comments:\n"
    ));
    let found = articles(&page);
    assert_eq!(
        headlines(&page, &found),
        [
            Some("River floods forty houses at Tannow: brigade"),
            Some("Tram drivers in Velmar to strike over long shifts"),
        ]
    );
    assert!(found.iter().all(|article| article.role == Role::Digest));
    let credits = found[0].credits.iter().map(|c| page.words(c.span)).collect::<Vec<_>>();
    assert_eq!(credits, ["Reuters", "AP"]);
    assert_eq!(found[0].paragraphs.len(), 3, "the standfirst is a paragraph");
    assert_eq!(page.words(found[1].published.unwrap().span), "Aug 9, 2025");
}

#[test]
fn a_headline_without_a_word_of_the_body_is_a_stray() {
    let page = page(&format!(
        "Singer's 'Quiet Season' Tour Breaks Every Record For Open-Air Stages, Promoter Boasts\n\n\
         {FLOOD}\n\n{FLOOD_2}\n\n{FLOOD_3}\n"
    ));
    let found = articles(&page);
    assert_eq!(headlines(&page, &found), [None]);
    assert!(page.words(found[0].span).starts_with("The river Arl"));
}

#[test]
fn readers_posts_are_nobodys_article() {
    let page = page(&format!(
        "Board\nRe: the flood\nmudlark Posts: 211\nby mudlark » Aug 08, 2025 7:14 pm\n\
         Putting this here because my aunt lives next to that mill.\n\
         Reuters wrote:River floods forty houses at Tannow\n\n{FLOOD}\n\n{FLOOD_2}\n\n{FLOOD_3}\n\n\
         otter7 Posts: 12\nby otter7 » Aug 08, 2025 8:24 pm\n\
         My cousin swam in there last year and he would never do that again now.\n"
    ));
    let found = articles(&page);
    assert_eq!(headlines(&page, &found), [Some("River floods forty houses at Tannow")]);
    assert_eq!(found[0].publisher.as_ref().unwrap().name, "Reuters");
    assert_eq!(found[0].paragraphs.len(), 3);
}

#[test]
fn a_live_blog_is_one_article() {
    let page = page(&format!(
        "River floods forty houses at Tannow – live updates\nBy Cora Lund\n18:19 GMT\n\
         Bridge at Tannow closed to all traffic\n{FLOOD}\nShare Facebook Twitter\n18:14 GMT\n\
         {FLOOD_2}\n17:47 GMT\nMiller tells of her losses in the flood\n{FLOOD_3}\n"
    ));
    let found = articles(&page);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].paragraphs.len(), 3);
}

#[test]
fn a_front_page_has_only_teasers() {
    let page = page(
        "River floods forty houses at Tannow\nThe river Arl rose over its banks at Tannow on Monday \
         night and flooded forty houses.\n8 hours ago\nTram drivers in Velmar to strike\nTram drivers \
         in the port of Velmar will strike on Thursday over the length of their shifts.\n1 day ago\n\
         Old lighthouse sold to a choir\nThe lighthouse of Port Sorrel was sold to a choir that \
         wants to sing in it.\n1 day ago\n",
    );
    assert!(articles(&page).iter().all(|article| article.role == Role::Teaser));
}

#[test]
fn an_article_goes_on_after_a_box_of_links() {
    let page = page(&format!(
        "River floods forty houses at Tannow\nBy Cora Lund\n{FLOOD}\n{FLOOD_2}\nRelated stories\n\
         Who pays for a flooded cellar\n{FLOOD_3} The flood took the bridge's lamps too.\n{FLOOD_2}\n\
         Copyright 2025 The Associated Press. All rights reserved.\n"
    ));
    let found = articles(&page);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].paragraphs.len(), 4);
    assert_eq!(found[0].credits.len(), 1);
}

#[test]
fn a_dateline_credits_its_agency() {
    let page = page(&format!(
        "River floods forty houses at Tannow\nTANNOW, Aug 8 (Reuters) - {FLOOD}\n{FLOOD_2}\n\
         (Reporting by Cora Lund; Editing by Piet Amsel)\n"
    ));
    let found = articles(&page);
    assert_eq!(page.words(found[0].dateline.unwrap()), "TANNOW, Aug 8 (Reuters)");
    assert_eq!(page.words(found[0].credits[0].span), "Reuters");
    assert_eq!(found[0].paragraphs.len(), 2, "who edited is no paragraph");
}

#[test]
fn markup_tells_comments_and_menus_from_prose() {
    let page = page(&format!(
        "<!doctype html><html><head><title>River floods forty houses at Tannow - Arl Post</title>\
         <meta property='og:site_name' content='Arl Post'></head><body><nav><ul><li>{STRIKE}</ul></nav>\
         <article><h1>River floods forty houses at Tannow</h1><p class='byline'>By Cora Lund</p>\
         <p>{FLOOD}</p><p>{FLOOD_2}</p><p>{FLOOD_3}</p></article>\
         <div id='comments'><p>{STRIKE_2}</p></div></body></html>"
    ));
    let found = articles(&page);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].paragraphs.len(), 3);
    assert_eq!(found[0].publisher.as_ref().unwrap().name, "Arl Post");
}

fn names(page: &Page, spans: &[Span]) -> Vec<String> {
    spans.iter().map(|span| page.words(*span).to_owned()).collect()
}

fn publisher(article: &Article) -> Option<&str> {
    article.publisher.as_ref().map(|publisher| publisher.name.as_str())
}

fn credited(article: &Article) -> Vec<&str> {
    article.credits.iter().map(|credit| credit.name.as_str()).collect()
}

#[test]
fn an_unknown_agency_is_credited_by_its_bracket_and_its_byline() {
    let page = page(&format!(
        "River floods forty houses at Tannow\n\nBy Oskrel\nAug 8, 2025\n\n\
         TANNOW (Oskrel) - {FLOOD}\n\n{FLOOD_2}\n\n{FLOOD_3}\n"
    ));
    let found = articles(&page);
    assert_eq!(credited(&found[0]), ["Oskrel", "Oskrel"]);
    assert!(found[0].byline.is_empty(), "an agency is no author");
    assert_eq!(publisher(&found[0]), None, "an agency delivers, it does not publish");
}

#[test]
fn an_agency_may_say_that_it_is_one() {
    for line in ["Oskrel News Agency", "By Oskrel News Agency", "Report by Oskrel news agency"] {
        let page = page(&format!(
            "River floods forty houses at Tannow\n\n{line}\nAug 8, 2025\n\n{FLOOD}\n\n{FLOOD_2}\n"
        ));
        let found = articles(&page);
        assert!(credited(&found[0])[0].starts_with("Oskrel"), "{line}");
        assert!(found[0].byline.is_empty(), "{line}");
    }
}

#[test]
fn a_person_with_an_outlets_surname_is_an_author() {
    let page = page(&format!(
        "River floods forty houses at Tannow\n\nBy Cora Post\nAug 8, 2025\n\n{FLOOD}\n\n{FLOOD_2}\n"
    ));
    assert_eq!(names(&page, &articles(&page)[0].byline), ["Cora Post"]);
}

#[test]
fn an_unknown_outlet_is_no_author() {
    for (line, byline, outlet) in [
        ("Arl Valley Gazette | 8 August 2025", "", "Arl Valley Gazette"),
        ("By Cora Lund, Tannow Examiner | 8 August 2025", "Cora Lund", "Tannow Examiner"),
        ("Cora Lund |08.08.2025 - TANNOW TRIBUNE/OSKREL", "Cora Lund", "Tannow Tribune"),
        ("TANNOW FINANCIAL JOURNAL\nAug 8, 2025", "", "Tannow Financial Journal"),
    ] {
        let page = page(&format!(
            "River floods forty houses at Tannow\n\n{line}\n\n{FLOOD}\n\n{FLOOD_2}\n"
        ));
        let found = articles(&page);
        assert_eq!(names(&page, &found[0].byline).join("|"), byline, "{line}");
        assert_eq!(publisher(&found[0]), Some(outlet), "{line}");
        assert!(found[0].published.is_some(), "{line}");
    }
}

#[test]
fn a_role_is_nobodys_name() {
    let page = page(&format!(
        "River floods forty houses at Tannow\n8 August 2025 by Gazette Reporter\n\n{FLOOD}\n\n{FLOOD_2}\n"
    ));
    let found = articles(&page);
    assert!(found[0].byline.is_empty());
    assert_eq!(page.words(found[0].published.unwrap().span), "8 August 2025");
}

#[test]
fn a_line_of_links_is_no_outlet() {
    let page = page(&format!(
        "Arl Gazette\nThe weekly for everyone on the river\nNews  Tides  Charters  Jobs\n\n\
         River floods forty houses at Tannow\n8 August 2025\n{FLOOD}\n{FLOOD_2}\n{FLOOD_3}\n{FLOOD} {FLOOD_3}\n\n\
         River floods forty houses at Tannow\n8 August 2025\n{FLOOD}\n{FLOOD_2}\n{FLOOD_3}\n{FLOOD} {FLOOD_3}\n"
    ));
    let found = articles(&page);
    assert_eq!(found.iter().map(|a| a.role).collect::<Vec<_>>(), [Role::Main, Role::Main]);
    assert_eq!(found.iter().map(publisher).collect::<Vec<_>>(), [Some("Arl Gazette"); 2]);
    assert!(page.words(found[0].span).starts_with("River floods"));
}

#[test]
fn title_and_foot_name_the_publisher() {
    let story = format!("<p>{FLOOD}</p><p>{FLOOD_2}</p><p>{FLOOD_3}</p>");
    for (title, foot) in [
        ("River floods forty houses at Tannow | Tannow Times", ""),
        ("Tannow Times - Local - River floods forty houses at Tannow", ""),
        ("River floods forty houses at Tannow", "<footer>© 2025 Tannow Times Media.</footer>"),
        ("River floods", "<footer>Tannow Times newsletter: the river by post.</footer>"),
    ] {
        let page = page(&format!(
            "<!doctype html><html><head><title>{title}</title></head><body>\
             <h1>River floods forty houses at Tannow</h1>{story}{foot}</body></html>"
        ));
        assert_eq!(publisher(&articles(&page)[0]), Some("Tannow Times"), "{title} {foot}");
    }
}

#[test]
fn an_outlet_speaks_of_itself() {
    let page = page(&format!(
        "River floods forty houses at Tannow\n{FLOOD}\n\
         The bridge will stay closed, Oskrel.Net writes, citing foreign media.\n{FLOOD_2}\n"
    ));
    assert_eq!(publisher(&articles(&page)[0]), Some("Oskrel.Net"));
}

#[test]
fn an_items_outlet_may_close_it_in_brackets() {
    let page = page(&format!(
        "TOWN\nRiver floods forty houses at Tannow\n{FLOOD}\n{FLOOD_2}\n(The Lamp) Read more »\n\
         PORT\nTram drivers in Velmar to strike over long shifts\n{STRIKE}\n{STRIKE_2}\n\
         (Velmar Journal) Read more »\n"
    ));
    let found = articles(&page);
    let outlets = found.iter().map(publisher).collect::<Vec<_>>();
    assert_eq!(outlets, [Some("The Lamp"), Some("Velmar Journal")]);
}

#[test]
fn a_shout_above_a_headline_is_furniture() {
    let page = page(&format!(
        "WHO SHUT THE GATE?\nRiver floods forty houses at Tannow, brigade says\n\n\
         Cora Lund |08.08.2025 - Reuters\n\n{FLOOD}\n\n{FLOOD_2}\n\n{FLOOD_3}\n"
    ));
    let found = articles(&page);
    assert_eq!(
        headlines(&page, &found),
        [Some("River floods forty houses at Tannow, brigade says")]
    );
    assert!(page.words(found[0].span).starts_with("River"));
}

#[test]
fn a_box_of_links_begins_no_article() {
    let page = page(&format!(
        "<!doctype html><html><head><title>Water</title></head><body><h1>Water</h1>\
         <p class='standfirst'><b>The river</b></p><div><p>{FLOOD}</p><p>{FLOOD_2}</p>\
         <div class='box'><ul><li><a href='1'>Tram drivers in Velmar to strike over shifts</a></li>\
         <li><a href='2'>Old lighthouse at Port Sorrel sold to a choir</a></li></ul></div>\
         <p>{FLOOD_3}</p></div></body></html>"
    ));
    let found = articles(&page);
    assert_eq!(names(&page, &found[0].paragraphs), [FLOOD, FLOOD_2, FLOOD_3]);
    assert_eq!(found.len(), 1);
}

#[test]
fn a_headline_is_taken_from_the_page_where_it_stands() {
    let page = page(&format!(
        "<!doctype html><html><head><title>River floods forty houses at Tannow</title></head><body>\
         <div class='banner'><h1>River floods forty houses at Tannow</h1></div>\
         <div><p>{FLOOD}</p><p>{FLOOD_2}</p><p>{FLOOD_3}</p></div></body></html>"
    ));
    let found = articles(&page);
    assert!(found[0].span.contains(found[0].headline.unwrap()));
    assert!(page.words(found[0].span).starts_with("River floods forty"));
}

#[test]
fn what_a_site_asks_of_its_readers_is_no_paragraph() {
    let page = page(&format!(
        "River floods forty houses at Tannow\n{FLOOD}\n{FLOOD_2}\n\
         Get the Morning Tide newsletter: five minutes of news before the coffee is ready.\n\
         {FLOOD_3}\nYou have 2 free articles left this month.\n"
    ));
    let found = articles(&page);
    assert_eq!(names(&page, &found[0].paragraphs), [FLOOD, FLOOD_2, FLOOD_3]);
    assert!(page.words(found[0].span).ends_with("flour."));
}

/// Lines of pages as they come: prose, headlines, standing words, dates, noise.
fn line() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        FLOOD,
        FLOOD_2,
        STRIKE,
        "River floods forty houses at Tannow",
        "By Cora Lund",
        "Comments",
        "Related Articles",
        "14 minutes ago",
        "- Reuters",
        "REUTERS",
        "Aug 9, 2025",
        "18:19 GMT",
        "Read more »",
        "by mudlark » Aug 08, 2025 7:14 pm",
        "Originally published on",
        "",
        "",
        "(AP)",
        "TANNOW (AP) —",
        "Share this",
        "[link]",
        "Söhne – wrote:",
        "Photo: é/AP",
        "by ",
        "By , and",
    ]);
    prop_oneof![3 => known.prop_map(str::to_owned), 1 => "\\PC{0,90}"]
}

proptest! {
    #[test]
    fn spans_are_in_order_and_bodies_never_overlap(lines in prop::collection::vec(line(), 0..40)) {
        let text = lines.join("\n");
        for page in read(text.as_bytes(), &Capture::default()).pages {
            let mut end = 0;
            let found = articles(&page);
            for article in &found {
                prop_assert!(article.span.start >= end, "articles are in order");
                prop_assert!(page.body().contains(article.span));
                end = article.span.end;
                let mut body = article.span.start;
                for paragraph in &article.paragraphs {
                    prop_assert!(paragraph.start >= body && article.span.contains(*paragraph));
                    body = paragraph.end;
                }
                let credits = article.credits.iter().map(|credit| credit.span);
                // A page that prints its report twice names its author once.
                let head = |it: &Article| it.headline.map(|head| fold::key(head.of(&page.text)));
                let twins = found.iter().filter(|other| head(other) == head(article));
                let twins = twins.map(|other| other.span).collect::<Vec<_>>();
                for name in &article.byline {
                    prop_assert!(twins.iter().any(|twin| twin.contains(*name)));
                }
                let inner = article.captions.iter().copied().chain(credits);
                for span in inner.chain(article.headline).chain(article.dateline).chain(article.age) {
                    prop_assert!(article.span.contains(span));
                    prop_assert!(page.text.is_char_boundary(span.start as usize));
                    prop_assert!(page.text.is_char_boundary(span.end as usize));
                }
            }
        }
    }
}
