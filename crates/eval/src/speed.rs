//! Speed: how many real pages a second one core reads and segments, and how many articles it marks.

mod annotate;

use std::fmt::Write;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use flate2::read::MultiGzDecoder;
use headwater::article::segment;
use headwater::{Lexicon, PageIx};
use headwater_page::{Capture, read};

/// The folders of HTML under the labelled data.
const FOLDERS: [&str; 2] = ["data/scrapinghub_aeb/html", "data/htmldate_mediacloud200/html"];
/// Rounds over all pages; of each page the fastest counts: the machine does other work too.
const ROUNDS: usize = 5;

/// Pages and bytes a second from bytes to articles, on one core; unpacking is not counted. Then
/// articles a second from articles to marks.
pub(crate) fn speed(shared: &Path) -> Result<String, String> {
    let mut out = String::new();
    let mut all = Vec::new();
    for folder in FOLDERS {
        let pages = unpacked(&shared.join(folder))?;
        out.push_str(&line(folder, &pages));
        all.extend(pages);
    }
    out.push_str(&line("all", &all));
    out.push_str(&annotate::annotate(shared)?);
    Ok(out)
}

fn unpacked(folder: &Path) -> Result<Vec<Vec<u8>>, String> {
    let failed = |e: std::io::Error| format!("{}: {e}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        files.push(entry.map_err(failed)?.path());
    }
    files.sort();
    let unpack = |file: &std::path::PathBuf| {
        let bytes = fs::read(file).map_err(failed)?;
        let mut html = Vec::new();
        match MultiGzDecoder::new(&bytes[..]).read_to_end(&mut html) {
            Ok(_) => Ok(html),
            Err(_) => Ok(bytes),
        }
    };
    files.iter().map(unpack).collect()
}

fn line(name: &str, pages: &[Vec<u8>]) -> String {
    let lexicon = Lexicon::shipped();
    let mut fastest = vec![(Duration::MAX, Duration::MAX); pages.len()];
    let mut n_articles = 0;
    for _ in 0..ROUNDS {
        n_articles = 0;
        for (bytes, fastest) in pages.iter().zip(&mut fastest) {
            let start = Instant::now();
            let found = read(bytes, &Capture::default());
            let was_read = Instant::now();
            for page in &found.pages {
                n_articles += segment(page, PageIx(0), lexicon).len();
            }
            let segmented = was_read.elapsed();
            *fastest = (fastest.0.min(was_read - start), fastest.1.min(segmented));
        }
    }
    let reading = fastest.iter().map(|(read, _)| *read).sum::<Duration>();
    let segmenting = fastest.iter().map(|(_, segmented)| *segmented).sum::<Duration>();
    let mb = pages.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;
    let total = (reading + segmenting).as_secs_f64();
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{name}: {} pages, {mb:.1} MB, {n_articles} articles: {:.0} pages/s, {:.1} MB/s (read {:.0} ms, segment {:.0} ms)",
        pages.len(),
        pages.len() as f64 / total,
        mb / total,
        reading.as_secs_f64() * 1e3,
        segmenting.as_secs_f64() * 1e3,
    );
    out
}
