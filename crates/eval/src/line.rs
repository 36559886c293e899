//! Line: how long the whole line takes from text to JSON, stage by stage, and in how much memory.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use headwater::{
    Dossier, Lexicon, PageIx, article, cluster, furniture, marks, par, reuse, source, story,
};
use headwater_page::{Capture, Page, read};
use headwater_report::{WireOptions, wire};

use crate::made;

/// Times of one run.
struct Clock {
    last: Instant,
    stages: Vec<(&'static str, Duration)>,
}

impl Clock {
    fn lap(&mut self, stage: &'static str) {
        self.stages.push((stage, self.last.elapsed()));
        self.last = Instant::now();
    }
}

/// The whole line over `n` made articles. Stages are called as [`headwater::trace`] calls them.
pub(crate) fn line(n: usize) -> Result<String, String> {
    let lexicon = Lexicon::shipped();
    let (mut pages, mut reading, mut n_bytes) = (Vec::<Page>::with_capacity(n), Duration::ZERO, 0);
    let capture = Capture { file: "made.jsonl".into(), ..Capture::default() };
    for line in made::lines(n) {
        let start = Instant::now();
        n_bytes += line.len();
        pages.extend(read(line.as_bytes(), &capture).pages);
        reading += start.elapsed();
    }
    let text = resident();
    let mut clock = Clock { last: Instant::now(), stages: vec![("read", reading)] };
    pages.sort_by(|a, b| a.id.cmp(&b.id));
    let at = (0..pages.len() as u32).map(PageIx).collect::<Vec<_>>();
    let by_page = par::map(&at, |&ix| article::segment(&pages[ix.ix()], ix, lexicon));
    let furniture =
        at.iter().map(|ix| furniture::furniture(&pages[ix.ix()], &by_page[ix.ix()])).collect();
    let articles = by_page.into_iter().flatten().collect::<Vec<_>>();
    clock.lap("segment");
    let marks =
        par::map(&articles, |article| marks::annotate(&pages[article.page.ix()], article, lexicon));
    clock.lap("annotate");
    let sources = source::sources(&articles, &marks, lexicon);
    clock.lap("sources");
    let reuses = reuse::reuses(&pages, &articles, &marks, lexicon);
    clock.lap("match");
    let mut dossier =
        Dossier { pages, furniture, articles, marks, sources, reuses, ..Dossier::default() };
    let evidence = dossier.evidence(lexicon);
    let told = cluster::cluster(evidence);
    clock.lap("cluster");
    let largest = told.iter().map(Vec::len).max().unwrap_or(0);
    let mut stories = par::map(&told, |articles| story::story(evidence, articles.clone()));
    stories.sort_by_key(|story| (std::cmp::Reverse(story.articles.len()), story.articles[0]));
    clock.lap("stories");
    dossier.stories = stories;
    let mut out = Counted { n: 0 };
    wire::write(&dossier, WireOptions { text: false, raw: false }, &mut out)
        .map_err(|e| e.to_string())?;
    clock.lap("wire");
    Ok(print(n, n_bytes, &dossier, largest, &clock.stages, (text, resident(), out.n)))
}

/// Counts what is written to it.
struct Counted {
    n: usize,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.n += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn print(
    n: usize,
    n_bytes: usize,
    dossier: &Dossier,
    largest: usize,
    stages: &[(&'static str, Duration)],
    (read, peak, n_json): (usize, usize, usize),
) -> String {
    let mut out = String::new();
    let total = stages.iter().map(|(_, time)| time.as_secs_f64()).sum::<f64>();
    let each = |time: f64| time * 1e6 / n as f64;
    let _ = writeln!(
        out,
        "{n} articles, {:.1} MB, {} stories (largest {largest}), {} reuses: {:.0} articles/s, {:.1} kB an article after reading, {:.1} at the peak, {:.1} of JSON",
        n_bytes as f64 / 1e6,
        dossier.stories.len(),
        dossier.reuses.len(),
        n as f64 / total,
        read as f64 / n as f64,
        peak as f64 / n as f64,
        n_json as f64 / 1e3 / n as f64,
    );
    for (stage, time) in stages {
        let time = time.as_secs_f64();
        let _ = writeln!(
            out,
            "  {stage:<9} {time:8.2} s {:8.1} µs an article {:5.1} %",
            each(time),
            time * 100.0 / total
        );
    }
    out
}

/// The most memory that this process has held, in kB; 0 where the system does not tell.
fn resident() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
