//! Compare: the articles of a story side by side, two and two, in the words that they share.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use headwater::reuse::{Passage, Reuse, ReuseKind};
use headwater::{ArticleIx, Place, Span};

use super::escape::Html;
use super::site::Site;
use crate::plain::compare::relation;
use crate::plain::paper::clip;
use crate::plain::view::{View, outlet};

/// Articles that the table of shares has rows for: wider, it would be read by nobody.
const ROWS: usize = 20;

/// Pairs that are set side by side, and those of any one article: of sixty copies all pairs say the same.
const PAIRS: usize = 48;
const PAIRS_OF_ONE: usize = 4;

/// Passages of a pair that are shown; bytes of a long one, of one that is the same throughout, and of
/// it before the first change.
const PASSAGES: usize = 12;
const LONGEST: usize = 700;
const UNCHANGED: usize = 280;
const BEFORE: usize = 160;

/// Two articles and all that they share.
pub(super) struct Pair<'a> {
    left: ArticleIx,
    right: ArticleIx,
    reuses: Vec<&'a Reuse>,
}

impl Pair<'_> {
    /// How much of each is in the other, per mille; words in quotation marks alone are none.
    fn shares(&self) -> [u16; 2] {
        let derived = || self.reuses.iter().filter(|it| it.derives());
        let most = |share: fn(&Reuse) -> u16| derived().map(|it| share(it)).max().unwrap_or(0);
        [most(|it| it.share_left), most(|it| it.share_right)]
    }

    /// The anchor of the pair on its page.
    fn anchor(&self, view: &View<'_>) -> String {
        anchor(view, self.left, self.right)
    }
}

fn anchor(view: &View<'_>, one: ArticleIx, other: ArticleIx) -> String {
    format!("p-{}-{}", view.siglum(one.min(other)), view.siglum(one.max(other)))
}

/// The pairs of a story that share words, those that share most first.
pub(super) fn pairs<'a>(site: &Site<'a>, view: &View<'a>) -> Vec<Pair<'a>> {
    let mut found = BTreeMap::<(ArticleIx, ArticleIx), Vec<&Reuse>>::new();
    for &article in &view.story.articles {
        for reuse in site.reuses_of(article).filter(|it| it.left_article == article) {
            if view.story.articles.contains(&reuse.right_article) {
                found.entry((article, reuse.right_article)).or_default().push(reuse);
            }
        }
    }
    let pair = |((left, right), reuses)| Pair { left, right, reuses };
    let mut pairs = found.into_iter().map(pair).collect::<Vec<_>>();
    pairs.sort_by_cached_key(|it| {
        let [left, right] = it.shares();
        (Reverse(u32::from(left) + u32::from(right)), it.left, it.right)
    });
    pairs
}

/// Those that are set side by side.
fn chosen<'p, 'a>(pairs: &'p [Pair<'a>]) -> Vec<&'p Pair<'a>> {
    let mut of = BTreeMap::<ArticleIx, usize>::new();
    let mut chosen = Vec::new();
    for pair in pairs {
        let full = [pair.left, pair.right].iter().any(|it| of.get(it) >= Some(&PAIRS_OF_ONE));
        if chosen.len() < PAIRS && !full {
            *of.entry(pair.left).or_default() += 1;
            *of.entry(pair.right).or_default() += 1;
            chosen.push(pair);
        }
    }
    chosen
}

/// The page's main part; empty for a story in which nobody shares words.
pub(super) fn compare(site: &Site<'_>, ix: usize) -> Html {
    let view = &site.views[ix];
    let pairs = pairs(site, view);
    let mut out = Html::new();
    if pairs.is_empty() {
        return out;
    }
    let chosen = chosen(&pairs);
    out.raw("<p class=\"kicker\"><a href=\"index.html\">Stories</a> · <a");
    out.attr("href", &site.story_file(ix)).raw(">").text(&super::story::title(site, ix));
    out.raw("</a> · compare</p>\n<h1>Articles side by side</h1>\n<p class=\"deck\">");
    out.raw("What two articles have in the same words, those that share most first. Marked words differ. ");
    out.raw("That words are the same does not say who had them first, unless it is said.</p>\n");
    table(&mut out, site, view, &pairs, &chosen);
    for pair in &chosen {
        side_by_side(&mut out, site, view, pair);
    }
    if chosen.len() < pairs.len() {
        out.raw("<p class=\"deck\">").num(pairs.len() - chosen.len());
        out.raw(" more pairs share words; ‘headwater compare’ lines any two up.</p>\n");
    }
    out
}

/// Per cent of the row's words that stand in the column's article.
fn table(
    out: &mut Html,
    site: &Site<'_>,
    view: &View<'_>,
    pairs: &[Pair<'_>],
    chosen: &[&Pair<'_>],
) {
    let mut rows = chosen.iter().flat_map(|it| [it.left, it.right]).collect::<Vec<_>>();
    rows.sort_unstable();
    rows.dedup();
    let all = rows.len();
    rows.truncate(ROWS);
    let shares = pairs.iter().flat_map(|it| {
        let [left, right] = it.shares();
        [((it.left, it.right), left), ((it.right, it.left), right)]
    });
    let shares = shares.collect::<BTreeMap<_, _>>();
    let is_chosen = |one: ArticleIx, other: ArticleIx| {
        chosen.iter().any(|it| (it.left, it.right) == (one.min(other), one.max(other)))
    };
    out.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Shares\">");
    out.raw(
        "<table class=\"shares\"><caption>Per cent of the row’s words that stand in the column’s ",
    );
    out.raw("article");
    if all > rows.len() {
        out.raw("; the first ").num(rows.len()).raw(" of ").num(all).raw(" articles");
    }
    out.raw("</caption><thead><tr><td></td>");
    for &column in &rows {
        out.raw("<th scope=\"col\">");
        site.siglum(out, view, column);
        out.raw("</th>");
    }
    out.raw("</tr></thead><tbody>\n");
    for &row in &rows {
        out.raw("<tr><th scope=\"row\">");
        site.siglum(out, view, row);
        out.raw(" <small>").text(&called(view, row)).raw("</small></th>");
        for &column in &rows {
            let share = shares.get(&(row, column)).map(|share| (share + 5) / 10);
            let Some(share) = share.filter(|_| row != column) else {
                out.raw(if row == column { "<td class=\"self\"></td>" } else { "<td>·</td>" });
                continue;
            };
            out.raw("<td").attr("class", SHADES[usize::from(share.min(100)) / 25]).raw(">");
            let words = if share == 0 { "said".to_owned() } else { share.to_string() };
            let link = format!("#{}", anchor(view, row, column));
            out.link("cellshare", is_chosen(row, column).then_some(link.as_str()), &words);
            out.raw("</td>");
        }
        out.raw("</tr>\n");
    }
    out.raw(
        "</tbody></table></div>\n<p class=\"legend\">said: only words in quotation marks, which ",
    );
    out.raw("somebody said to both. ·: nothing that was found.</p>\n");
}

/// From no share to all of it.
const SHADES: [&str; 5] = ["s0", "s1", "s2", "s3", "s4"];

fn called(view: &View<'_>, ix: ArticleIx) -> String {
    outlet(view.dossier, ix).map_or_else(|| "not named".to_owned(), |name| clip(&name, 28))
}

fn side_by_side(out: &mut Html, site: &Site<'_>, view: &View<'_>, pair: &Pair<'_>) {
    out.raw("<section class=\"section pair\"").attr("id", &pair.anchor(view)).raw("><header><h2>");
    out.text(&view.siglum(pair.left)).raw(" and ").text(&view.siglum(pair.right));
    out.raw("</h2><p>");
    let letters = [view.siglum(pair.left), view.siglum(pair.right)];
    for (nth, reuse) in pair.reuses.iter().enumerate() {
        out.raw(if nth == 0 { "" } else { ". " });
        out.text(&relation(reuse, [&letters[0], &letters[1]]));
    }
    out.raw(".</p></header>\n<div class=\"sides heads\">");
    let [left, right] = pair.shares();
    head(out, site, view, pair.left, (left, pair.right));
    head(out, site, view, pair.right, (right, pair.left));
    out.raw("</div>\n");
    let kinds =
        pair.reuses.iter().flat_map(|it| it.passages.iter().map(|passage| (it.kind, passage)));
    let mut passages = kinds.collect::<Vec<_>>();
    passages.sort_by_key(|(_, it)| (it.left, it.right));
    for (kind, passage) in passages.iter().take(PASSAGES) {
        let class = match kind {
            ReuseKind::Rewrite => "sides reword",
            ReuseKind::Quote => "sides saidby",
            _ => "sides",
        };
        out.raw("<div").attr("class", class).raw(">");
        words(out, site, view, passage, passage.left, |edit| edit.was.span);
        words(out, site, view, passage, passage.right, |edit| edit.is.span);
        out.raw("</div>\n");
    }
    if passages.len() > PASSAGES {
        out.raw("<p class=\"meta\">and ").num(passages.len() - PASSAGES).raw(" more passages</p>");
    }
    out.raw("</section>\n");
}

/// An article of a pair, with how much of it stands in the other.
fn head(
    out: &mut Html,
    site: &Site<'_>,
    view: &View<'_>,
    ix: ArticleIx,
    (share, other): (u16, ArticleIx),
) {
    out.raw("<div>");
    site.siglum(out, view, ix);
    out.raw(" <b>").text(&called(view, ix)).raw("</b> <a class=\"said\"");
    out.attr("href", &site.article_file(ix)).raw(">");
    out.text(&super::article::title(site, ix)).raw("</a><small>");
    if share == 0 {
        out.raw("shares words in quotation marks only");
    } else {
        out.num(u32::from((share + 5) / 10)).raw(" % of its words stand in ");
        out.text(&view.siglum(other));
    }
    out.raw("</small></div>");
}

/// What is shown of a passage: all of it, or of a long one the words around what was changed first.
fn window(text: &str, span: Span, changed: Option<Span>) -> Span {
    if span.len() <= LONGEST {
        return span;
    }
    let words = span.of(text);
    // Where a word begins, at or after a byte of the passage.
    let at = |byte: usize| {
        let mut breaks = words.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
        breaks.find(|&at| at >= byte).unwrap_or(words.len())
    };
    let first = changed.map_or(0, |it| it.start.saturating_sub(span.start) as usize);
    let start = if first <= BEFORE { 0 } else { at(first - BEFORE) + 1 };
    let length = if changed.is_some() { LONGEST } else { UNCHANGED };
    let end = at(start + length).max(start);
    Span { start: span.start + start as u32, end: span.start + end as u32 }
}

/// One side of a passage, with the words marked that the other side has otherwise.
fn words(
    out: &mut Html,
    site: &Site<'_>,
    view: &View<'_>,
    passage: &Passage,
    place: Place,
    side: impl Fn(&headwater::reuse::Edit) -> Span,
) {
    let text = &site.dossier.pages[place.page.ix()].text;
    let whole = window(text, place.span, passage.edits.first().map(&side));
    out.raw(if whole.start > place.span.start { "<div><p>… " } else { "<div><p>" });
    let mut at = whole.start;
    for edit in &passage.edits {
        let Some(span) = side(edit).intersect(Span { start: at, end: whole.end.max(at) }) else {
            continue;
        };
        if span.is_empty() {
            continue;
        }
        out.text(Span { start: at, end: span.start }.of(text));
        out.raw("<span class=\"var\">").text(span.of(text)).raw("</span>");
        at = span.end;
    }
    out.text(Span { start: at, end: whole.end.max(at) }.of(text));
    out.raw(if whole.end < place.span.end { " …</p>" } else { "</p>" });
    site.bytes(out, view, place);
    out.raw("</div>");
}
