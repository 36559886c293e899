//! Line: how long the whole line takes from text to JSON, stage by stage, and in how much memory.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::time::Duration;

use headwater::{
    Dossier, Lexicon, PageIx, article, cluster, furniture, marks, par, reuse, source, story,
};
use headwater_page::{Capture, Page, read};
use headwater_report::{WireOptions, wire};

use crate::made;

/// Processor time of one run, by stage.
struct Clock {
    last: Duration,
    stages: Vec<(&'static str, Duration)>,
}

impl Clock {
    fn lap(&mut self, stage: &'static str) {
        let now = busy();
        self.stages.push((stage, now.saturating_sub(self.last)));
        self.last = now;
    }
}

/// Processor time that this process has taken, in hundredths of a second: other work on the machine
/// does not count. 0 where the system does not tell.
fn busy() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields).split(' ');
    let ticks = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum::<u64>();
    Duration::from_millis(ticks * 10)
}

/// The whole line over `n` made articles. Stages are called as [`headwater::trace`] calls them.
pub(crate) fn line(n: usize) -> Result<String, String> {
    let lexicon = Lexicon::shipped();
    // What making the articles costs is no part of the line.
    let start = busy();
    let n_bytes = made::lines(n).map(|line| line.len()).sum::<usize>();
    let making = busy().saturating_sub(start);
    let mut clock = Clock { last: busy(), stages: Vec::new() };
    let mut pages = Vec::<Page>::with_capacity(n);
    let capture = Capture { file: "made.jsonl".into(), ..Capture::default() };
    for line in made::lines(n) {
        pages.extend(read(line.as_bytes(), &capture).pages);
    }
    let text = resident();
    clock.lap("read");
    clock.stages[0].1 = clock.stages[0].1.saturating_sub(making);
    pages.sort_by_key(|page| page.id);
    let at = (0..pages.len() as u32).map(PageIx).collect::<Vec<_>>();
    let by_page = par::map(&at, |&ix| article::segment(&pages[ix.ix()], ix, lexicon));
    let furniture =
        at.iter().map(|ix| furniture::furniture(&pages[ix.ix()], &by_page[ix.ix()])).collect();
    let articles = by_page.into_iter().flatten().collect::<Vec<_>>();
    clock.lap("segment");
    let marks =
        par::map(&articles, |article| marks::annotate(&pages[article.page.ix()], article, lexicon));
    clock.lap("annotate");
    let sources = source::sources(&pages, &articles, &marks, lexicon);
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
