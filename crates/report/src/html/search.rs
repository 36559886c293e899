//! Search: the one page with a script. Without it, an index of the names and claims of a collection.
//!
//! The script stands in the page and is allowed by its hash; what it searches is inert JSON beside
//! it. Nothing is fetched.

use headwater::article::Role;
use headwater::name::SourceKind;
use headwater::source::SourceIx;
use headwater::{ArticleIx, Place};
use serde_json::{Value, json};

use super::escape::Html;
use super::site::Site;
use crate::cited::{self, KINDS};
use crate::plain::paper::{clip, quoted, shown};
use crate::plain::view;
use crate::verdict::{counted, range};

/// What is run on this page.
pub(super) const SCRIPT: &str = include_str!("../../assets/search.js");

/// The page's policy: as all others, and this one script by the hash of its bytes.
pub(super) const POLICY: &str = concat!(
    r#"<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; "#,
    r#"img-src 'self'; script-src 'sha256-"#,
    "lIPY0bqRk23n1lil5Dt21mZT7d2ZshExRQV9JL3kGIg=",
    r#"'">"#
);

/// Bytes of text that the page carries along for searching; a larger collection is searched by
/// headlines, claims and names.
const MOST_TEXT: usize = 4 << 20;

/// Claims of one story that the index lists.
const CLAIMS: usize = 200;

/// The page's main part.
pub(super) fn search(site: &Site<'_>) -> Html {
    let dossier = site.dossier;
    let mut out = Html::new();
    let (names, claims) = (names(site), claims(site));
    let whole = dossier.articles.iter().map(headwater::Article::n_body).sum::<usize>() <= MOST_TEXT;
    out.raw("<h1>Search</h1>\n<form id=\"find\" role=\"search\" hidden><label for=\"q\">");
    out.raw(if whole {
        "Words of headlines, claims, names and articles; in quotation marks: these words in a row"
    } else {
        "Words of headlines, claims and names; this collection is too large to search its articles here"
    });
    out.raw("</label><input id=\"q\" name=\"q\" type=\"search\" autocomplete=\"off\"></form>\n");
    out.raw("<p class=\"tally num\" id=\"tally\" role=\"status\"></p>\n<div id=\"found\"></div>\n");
    out.raw("<div id=\"all\">\n<p class=\"deck\">Names and claims of this collection.</p>\n");
    index(&mut out, &names, &claims);
    out.raw("</div>\n<script type=\"application/json\" id=\"data\">");
    let titles = (0..dossier.stories.len()).map(|ix| {
        let words = shown(dossier.words(dossier.stories[ix].title));
        json!([words, site.story_file(ix), "story"])
    });
    let mut lists = vec![json!({"head": "Stories", "rows": titles.collect::<Vec<_>>()})];
    let flat = |groups: &[Group]| {
        let rows = groups.iter().flat_map(|group| &group.rows);
        rows.map(|row| json!([row.words, row.to, row.beside])).collect::<Vec<Value>>()
    };
    lists.push(json!({"head": "Claims", "rows": flat(&claims)}));
    lists.push(json!({"head": "Names", "rows": flat(&names)}));
    if whole {
        lists.push(json!({"head": "Articles", "rows": paragraphs(site)}));
    }
    out.data(&json!({ "lists": lists }));
    out.raw("</script>\n<script>").raw(SCRIPT).raw("</script>\n");
    out
}

/// Rows under one heading.
struct Group {
    head: String,
    to: Option<String>,
    rows: Vec<Row>,
}

struct Row {
    words: String,
    to: String,
    beside: String,
}

/// Everyone who is cited, by kind, in the order of the alphabet.
fn names(site: &Site<'_>) -> Vec<Group> {
    let cited = cited::cited(site.dossier);
    let row = |ix: SourceIx| {
        let name = clip(&shown(&site.dossier.sources.get(ix).name), 120);
        let n = cited::n_articles(&cited[&ix]);
        let beside = format!("cited by {}", counted(n, "article", "articles"));
        let unnamed = site.dossier.sources.get(ix).kind == SourceKind::Unnamed;
        let words = if unnamed { format!("“{name}”") } else { name };
        Row { words, to: site.source_link(ix), beside }
    };
    let group = |&(kind, _, head): &(SourceKind, &str, &str)| {
        let mut rows = cited::of_kind(site.dossier, &cited, kind).into_iter().map(row);
        let mut rows = rows.by_ref().collect::<Vec<_>>();
        rows.sort_by_cached_key(|row| headwater::fold::key(&row.words));
        Group { head: head.to_owned(), to: None, rows }
    };
    KINDS.iter().map(group).filter(|group| !group.rows.is_empty()).collect()
}

/// The claims of each story, as its page has them.
fn claims(site: &Site<'_>) -> Vec<Group> {
    let stories = site.dossier.stories.iter().enumerate();
    let group = |(ix, story): (usize, &headwater::Story)| {
        let claims = story.claims.iter().take(CLAIMS).filter_map(|claim| {
            let words = clip(&shown(site.dossier.words(claim.text)), 300);
            let to = site.link(claim.text)?;
            Some(Row { words, to, beside: range(&claim.origins) })
        });
        let head = quoted(site.dossier.words(story.title), 140);
        Group { head, to: Some(site.story_file(ix)), rows: claims.collect() }
    };
    stories.map(group).filter(|group| !group.rows.is_empty()).collect()
}

/// The headline and paragraphs of every article, with its outlet and day.
fn paragraphs(site: &Site<'_>) -> Vec<Value> {
    let dossier = site.dossier;
    let mut rows = Vec::new();
    for (at, article) in dossier.articles.iter().enumerate() {
        if article.role == Role::Teaser {
            continue;
        }
        let ix = ArticleIx(at as u32);
        let beside = view::name(dossier, ix);
        for &span in article.headline.iter().chain(&article.paragraphs) {
            let words = shown(dossier.words(Place { page: article.page, span }));
            rows.push(json!([words, site.link_in(ix, span), beside]));
        }
    }
    rows
}

fn index(out: &mut Html, names: &[Group], claims: &[Group]) {
    for (id, head, groups) in [("names", "Names", names), ("claims", "Claims", claims)] {
        let n = groups.iter().map(|group| group.rows.len()).sum::<usize>();
        if n == 0 {
            continue;
        }
        let mut body = Html::new();
        for group in groups {
            body.raw("<h3>");
            match &group.to {
                Some(to) => body.link("said", Some(to), &group.head),
                None => body.text(&group.head),
            };
            body.raw("</h3>\n<ul class=\"hits\">\n");
            for row in &group.rows {
                body.raw("<li>").link("said", Some(&row.to), &row.words).raw(" <small>");
                body.text(&row.beside).raw("</small></li>\n");
            }
            body.raw("</ul>\n");
        }
        super::frame::section(out, id, head, &n.to_string(), &body);
    }
}
