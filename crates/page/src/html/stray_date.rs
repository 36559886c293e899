//! Stray date: a time of publication that a page states in a program, a comment or broken JSON-LD.
//!
//! Weak evidence: the same scripts carry the dates of other articles. It is written out under keys
//! of its own, `script:` and the name, once for each name.

use crate::colophon::Colophon;

/// Names of dates of publication, as programs spell them, in lower case.
const NAMES: &[&str] = &[
    "datepublished",
    "datemodified",
    "publisheddate",
    "published_date",
    "publishdate",
    "publish_date",
    "publicationdate",
    "publication_date",
    "publishedat",
    "published_at",
    "pubdate",
    "pub_date",
    "datecreated",
    "dc:date",
];

/// Longest value; a time with a zone has 35 characters.
const MAX_VALUE: usize = 40;

/// Writes the first date of every name in `source` to `entries`: `"datePublished": "2031-04-02"`,
/// `publication_date = '2031-04-02 08:15'`, `dc:date="2031-04-02"`. Never fails; linear.
pub(super) fn stray_dates(source: &str, entries: &mut Colophon) {
    let lower = source.to_ascii_lowercase();
    for name in NAMES {
        let mut ends = memchr::memmem::find_iter(lower.as_bytes(), name).map(|at| at + name.len());
        if let Some(value) = ends.find_map(|end| value_after(source.get(end..)?)) {
            entries.push(&format!("script:{name}"), value);
        }
    }
    // `showDate("2031/04/02 08:15:00")` prints a date; `new Date(…)` makes one, of anything.
    let mut calls = memchr::memmem::find_iter(lower.as_bytes(), "date(");
    let printed = calls.find_map(|at| {
        let rest = source.get(at + "date(".len()..)?;
        let made = lower[..at].ends_with(|c: char| c.is_whitespace());
        quoted_date(rest).filter(|value| !made && value.contains(':'))
    });
    printed.and_then(|value| entries.push("script:date()", value));
}

/// The quoted value at the start of `rest`, after `":`, `=` and the like, if it is a date.
fn value_after(rest: &str) -> Option<&str> {
    let rest = rest.trim_start_matches(['"', '\'', '\\']).trim_start();
    quoted_date(rest.strip_prefix([':', '='])?)
}

/// The quoted date at the start of `rest`.
fn quoted_date(rest: &str) -> Option<&str> {
    let rest = rest.trim_start();
    let rest = rest.trim_start_matches('\\').strip_prefix(['"', '\''])?;
    let end = rest.find(['"', '\'', '\\', '<', '\n'])?;
    let value = &rest[..end];
    let n_digits = value.bytes().take(4).filter(u8::is_ascii_digit).count();
    let is_date = n_digits == 4 && value.len() <= MAX_VALUE && value.len() >= 8;
    is_date.then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_that_prints_a_date_is_found() {
        let source =
            "<script>x = new Date('2031-04-01 00:00'); showDate(\"2031/04/02 08:15:00\")</script>";
        let (mut colophon, mut text) = (Colophon::default(), String::new());
        stray_dates(source, &mut colophon);
        colophon.write(&mut text, &mut Vec::new());
        assert_eq!(text, "\nscript:date(): 2031/04/02 08:15:00\n");
    }

    #[test]
    fn dates_in_programs_are_found_once_a_name() {
        let source = "<script>x = {\"datePublished\": \"2031-04-02T08:00:00Z\", y: {\"datePublished\":\
                      \"2031-04-05\"}}; page.publication_date = '2031-04-02 08:15'; pubDate = '';</script>\
                      <!-- <rdf dc:date=\"2031-04-03\"> -->";
        let (mut colophon, mut text) = (Colophon::default(), String::new());
        stray_dates(source, &mut colophon);
        colophon.write(&mut text, &mut Vec::new());
        assert_eq!(
            text,
            "\nscript:datepublished: 2031-04-02T08:00:00Z\n\
             script:publication_date: 2031-04-02 08:15\nscript:dc:date: 2031-04-03\n"
        );
    }
}
