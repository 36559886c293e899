//! Random bytes against what the crates promise.
//!
//! Each target takes bytes and panics if a promise is broken. libFuzzer runs them (`fuzz_targets/`),
//! and so does `cargo test`, on damaged seeds.

mod seeds;
mod sound;

use headwater::{Lexicon, segmented, trace};
use headwater_page::{
    Capture, Found, Gravity, Input, Item, Page, Reading, Record, read, read_from, records,
};
use sha2::{Digest, Sha256};

pub use seeds::seeds;
use sound::{sound, traced};

/// A target: its name, and what it does with bytes.
#[allow(missing_docs)]
pub struct Target {
    pub name: &'static str,
    pub run: fn(&[u8]),
}

/// All targets.
pub const TARGETS: [Target; 5] = [
    Target { name: "html", run: html },
    Target { name: "warc", run: warc },
    Target { name: "feed", run: feed },
    Target { name: "archive", run: archive },
    Target { name: "segment", run: segment },
];

/// Longest input whose pages are traced as a collection: a stage is quadratic in a story's articles,
/// and libFuzzer wants hundreds of runs a second.
const MAX_TRACED: usize = 4 << 10;

/// HTML to articles.
pub fn html(bytes: &[u8]) {
    let reading = agreed(bytes, "a.html");
    for page in reading.pages {
        if is_of(&page, bytes) {
            traced(&page, bytes);
        }
        assert_eq!(segmented(page, Lexicon::shipped()).check(), Vec::<String>::new());
    }
}

/// A crawl, plain or packed: every record and page, and nothing lost between them.
pub fn warc(bytes: &[u8]) {
    agreed(bytes, "a.warc");
}

/// RSS, Atom and JSON Feed: every item.
pub fn feed(bytes: &[u8]) {
    let reading = agreed(bytes, "a.xml");
    let is_markup = bytes.trim_ascii_start().first() == Some(&b'<');
    for page in reading.pages {
        if is_markup {
            traced(&page, bytes);
        }
    }
}

/// ZIP, WACZ and saved pages.
pub fn archive(bytes: &[u8]) {
    agreed(bytes, "a.zip");
}

/// Plain text to articles and, if it is short, to a dossier. A form feed stands between two pages.
pub fn segment(bytes: &[u8]) {
    let mut pages = Vec::new();
    for (n, text) in bytes.split(|&byte| byte == 0xc).take(5).enumerate() {
        let url = Some(format!("https://post{n}.example/{n}"));
        let capture = Capture { file: format!("{n}.txt"), url, ..Capture::default() };
        pages.extend(read(text, &capture).pages);
    }
    for page in &pages {
        sound(page);
        assert_eq!(segmented(page.clone(), Lexicon::shipped()).check(), Vec::<String>::new());
    }
    if bytes.len() <= MAX_TRACED {
        let dossier = trace(pages.clone(), Vec::new(), Lexicon::shipped());
        assert_eq!(dossier.check(), Vec::<String>::new());
        pages.reverse();
        let backwards = trace(pages, Vec::new(), Lexicon::shipped());
        assert!(dossier == backwards, "the order of pages shows");
    }
}

/// Reads `bytes` in every way there is and panics if two ways differ or a page is unsound.
fn agreed(bytes: &[u8], file: &str) -> Reading {
    let capture = Capture { file: file.to_owned(), ..Capture::default() };
    let reading = read(bytes, &capture);
    assert!(!(reading.pages.is_empty() && reading.skipped.is_empty()), "nothing is said");
    for skipped in &reading.skipped {
        assert!(!skipped.reason.is_empty() && skipped.file == file, "{skipped:?}");
    }
    let mut streamed = Reading::default();
    let mut drops = Drops(bytes);
    let end = read_from(Input::Stream(&mut drops), &capture, &mut |item| match item {
        Item::Page(page) => streamed.pages.push(page),
        Item::Skipped(skipped) => streamed.skipped.push(skipped),
    });
    assert!(end.is_ok() && streamed == reading, "a stream gives something else");
    let mut cut = Vec::new();
    let end = records(Input::Bytes(bytes), &capture, &mut |found| match found {
        Found::Record(record) => cut.extend(pages_of(&record)),
        Found::Skipped(skipped) => assert!(skipped.gravity <= Gravity::Trouble),
    });
    assert!(end.is_ok() && cut == reading.pages, "records give something else");
    reading
}

/// A record's pages, each sound, and traced to what its server sent.
fn pages_of(record: &Record) -> Vec<Page> {
    let mut pages = Vec::new();
    record.read(&mut |item| {
        pages.extend(match item {
            Item::Page(page) => Some(page),
            Item::Skipped(_) => None,
        })
    });
    let payload = record.payload();
    for page in &pages {
        match is_of(page, &payload) {
            true => traced(page, &payload),
            false => sound(page),
        }
    }
    pages
}

/// Whether these are the bytes that the page's trace leads to: its digest says so.
fn is_of(page: &Page, bytes: &[u8]) -> bool {
    let digest = Sha256::digest(bytes);
    page.capture.digest == digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
}

/// Bytes that come a few at a time.
struct Drops<'a>(&'a [u8]);

impl std::io::Read for Drops<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let n = out.len().min(61);
        self.0.read(&mut out[..n])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn seeds_are_sound() {
        for target in TARGETS {
            for (_, bytes) in seeds(target.name).unwrap() {
                (target.run)(&bytes);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn damaged_seeds_are_sound(
            seed: prop::sample::Index,
            flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
            cut: Option<prop::sample::Index>,
        ) {
            for target in TARGETS {
                let seeds = seeds(target.name).unwrap();
                let mut bytes = seeds[seed.index(seeds.len())].1.clone();
                for (at, byte) in &flips {
                    let at = at.index(bytes.len());
                    bytes[at] = *byte;
                }
                if let Some(cut) = cut {
                    bytes.truncate(cut.index(bytes.len()));
                }
                (target.run)(&bytes);
            }
        }
    }
}
