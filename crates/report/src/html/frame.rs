//! Frame: what stands around every page of the report.

use headwater::Dossier;

use super::escape::Html;
use super::search;
use crate::verdict::counted;

/// Which page of the report is shown, for the navigation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    Stories,
    Sources,
    Search,
    Inside,
}

/// The wordmark: three articles under one origin.
const MARK: &str = r#"<svg viewBox="0 0 18 22" width="18" height="22" aria-hidden="true"><path class="flow" d="M9 4V9M9 9C9 13 3 13 3 18M9 9V18M9 9C9 13 15 13 15 18"/><circle class="origin" cx="9" cy="3.4" r="3"/><circle class="art" cx="3" cy="19" r="2.2"/><circle class="art" cx="9" cy="19" r="2.2"/><circle class="art" cx="15" cy="19" r="2.2"/></svg>"#;

/// Nothing is fetched and nothing is run: neither by this report nor by words that got into it.
const POLICY: &str = r#"<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'">"#;

/// Light and dark follow the system; this turns them round, on the page that is open: what is chosen
/// could be kept from page to page by a script alone.
const SWITCH: &str = r#"<label class="switch"><input type="checkbox" id="other-light"><span>Light / dark</span></label>"#;

const TABS: [(At, &str, &str); 3] = [
    (At::Stories, "index.html", "Stories"),
    (At::Sources, "sources.html", "Sources"),
    (At::Search, "search.html", "Search"),
];

/// A whole page of the report.
pub(super) fn page(dossier: &Dossier, at: At, title: &str, main: &Html) -> Vec<u8> {
    let mut out = Html::new();
    out.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.raw(if at == At::Search { search::POLICY } else { POLICY });
    out.raw("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.raw("<meta name=\"referrer\" content=\"no-referrer\">\n<title>").text(title);
    out.raw(" · Headwater</title>\n<link rel=\"stylesheet\" href=\"headwater.css\">\n</head>\n");
    out.raw("<body>\n<a class=\"skip\" href=\"#main\">Skip to the page</a>\n");
    out.raw("<header class=\"masthead\"><div class=\"frame\"><a class=\"wordmark\" href=\"index.html\">");
    out.raw(MARK).raw("Headwater</a><nav aria-label=\"Main\"><ul>");
    for (tab, file, name) in TABS {
        out.raw("<li><a").attr("href", file);
        if tab == at {
            out.raw(" aria-current=\"page\"");
        }
        out.raw(">").raw(name).raw("</a></li>");
    }
    out.raw("</ul></nav>").raw(SWITCH);
    out.raw("</div></header>\n<main id=\"main\" class=\"frame\">\n").put(main);
    out.raw(
        "</main>\n<footer class=\"colophon\"><div class=\"frame\"><p>Headwater counts where words ",
    );
    out.raw(
        "come from. It does not say what is true. Every statement here leads to bytes of a page ",
    );
    out.raw("that was read.</p><p>Collection: ");
    let n_bytes = dossier.pages.iter().map(|page| page.body_end as usize).sum::<usize>();
    out.text(&counted(dossier.pages.len(), "page", "pages")).raw(", ");
    out.text(&thousands(n_bytes)).raw(" bytes of text</p></div></footer>\n</body>\n</html>\n");
    out.into_bytes()
}

/// 56,195.
fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A section with its heading and a line that says what it shows.
pub(super) fn section(
    out: &mut Html,
    id: &'static str,
    head: &'static str,
    line: &str,
    body: &Html,
) {
    out.raw("<section class=\"section\"").attr("id", id).raw("><header><h2>").raw(head);
    out.raw("</h2><p>").text(line).raw("</p></header>").put(body).raw("</section>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(1000), "1,000");
        assert_eq!(thousands(1_234_567), "1,234,567");
    }
}
