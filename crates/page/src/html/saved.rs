//! Saved: what the program that saved a page wrote into it: where it was, and when.
//!
//! ```html
//! <!-- saved from url=(0025)https://post.example/ferry -->
//! <!-- Page saved with SingleFile
//!  url: https://post.example/ferry
//!  saved date: Wed Apr 02 2031 10:00:00 GMT+0200 (some zone) -->
//! ```

use jiff::Zoned;
use jiff::fmt::strtime::BrokenDownTime;

use crate::page::Capture;

/// How far into the page the comment begins at the latest.
const MAX_HEAD: usize = 4096;

/// `capture` with the address and the time that the page's first comments state, as far as it has
/// none of its own. Never fails.
pub(super) fn saved(page: &str, capture: Capture) -> Capture {
    let end = (0..=MAX_HEAD.min(page.len())).rfind(|&at| page.is_char_boundary(at));
    let mut rest = &page[..end.unwrap_or(0)];
    let (mut url, mut captured) = (None, None);
    while let Some((_, comment)) = rest.split_once("<!--") {
        let (comment, after) = comment.split_once("-->").unwrap_or((comment, ""));
        rest = after;
        let comment = comment.trim();
        if let Some(from) = comment.strip_prefix("saved from url=") {
            url = url.or(from.split_once(')').map(|(_, address)| address.trim()));
        } else if comment.starts_with("Page saved with SingleFile") {
            let value = |key: &str| {
                comment.lines().find_map(|line| line.trim().strip_prefix(key)).map(str::trim)
            };
            url = url.or(value("url:"));
            captured = captured.or(value("saved date:").and_then(moment));
        }
    }
    let url = url.filter(|url| url.starts_with("http")).map(str::to_owned);
    Capture { url: capture.url.or(url), captured: capture.captured.or(captured), ..capture }
}

/// A date as JavaScript prints it, in ISO 8601 and world time.
fn moment(date: &str) -> Option<String> {
    let date = date.split_once(" (").map_or(date, |(date, _)| date);
    let parsed = BrokenDownTime::parse("%a %b %d %Y %H:%M:%S GMT%z", date).ok()?;
    let zoned: Zoned = parsed.to_zoned().ok()?;
    Some(zoned.timestamp().to_string())
}

#[cfg(test)]
mod tests {
    use crate::page::Capture;
    use crate::read::read;

    fn capture(page: &str) -> (Option<String>, Option<String>) {
        let page = read(page.as_bytes(), &Capture::default()).pages.remove(0);
        (page.capture.url, page.capture.captured)
    }

    #[test]
    fn the_saving_program_says_where_and_when() {
        let url = Some("https://post.example/ferry".to_owned());
        let page = "<!doctype html><html lang=en><!--\n Page saved with SingleFile \n url: https://post.example/ferry \n saved date: Wed Apr 02 2031 10:00:00 GMT+0200 (Zone) \n--><p>Words.";
        assert_eq!(capture(page), (url.clone(), Some("2031-04-02T08:00:00Z".to_owned())));
        let page =
            "<!doctype html>\n<!-- saved from url=(0026)https://post.example/ferry -->\n<p>Words.";
        assert_eq!(capture(page), (url, None));
        let page = "<!doctype html><!-- saved from url=(0014)about:internet --><p>saved from url=(1)http://x";
        assert_eq!(capture(page), (None, None));
    }
}
