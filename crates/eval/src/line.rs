//! Line: how long the whole line takes from text to JSON, stage by stage, and in how much memory.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use headwater::cluster::Clusters;
use headwater::marks::Marks;
use headwater::{
    ArticleIx, Dossier, Lexicon, PageIx, article, cluster, furniture, marks, par, reuse, source,
    story,
};
use headwater_page::{Capture, Page, read};
use headwater_report::{WireOptions, wire};
use rustix::time::{ClockId, clock_gettime};

use crate::cluster::{self as labelled, Form};
use crate::made;

/// Processor time of one run and memory behind it, by stage.
struct Clock {
    last: Duration,
    stages: Vec<Stage>,
}

struct Stage {
    name: &'static str,
    took: Duration,
    /// What is held behind it, in kB.
    held: usize,
}

impl Clock {
    fn lap(&mut self, name: &'static str) {
        let now = busy();
        let took = now.saturating_sub(self.last);
        self.stages.push(Stage { name, took, held: memory("VmRSS:") });
        self.last = busy();
    }
}

/// Processor time that this process has taken: other work on the machine does not count.
fn busy() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.cast_unsigned(), time.tv_nsec as u32)
}

/// What the line is run over.
pub(crate) enum Given<'a> {
    /// So many made articles, of stories of so many at most.
    Made { n: usize, largest: usize },
    /// So many made articles of one story.
    Story(usize),
    /// A folder of labelled articles, or a file of JSON lines.
    Path(&'a Path),
}

impl Given<'_> {
    /// The articles as lines of JSON. What is made is made while it is read, so that no line of it is
    /// held.
    pub(crate) fn lines(&self) -> Result<Box<dyn Iterator<Item = String>>, String> {
        match self {
            Self::Made { n, largest } => {
                let made = made::stories(*n, *largest);
                Ok(Box::new(made.map(|(_, line)| line)))
            }
            Self::Story(n) => Ok(Box::new(made::of_one_story(*n))),
            Self::Path(path) if path.is_dir() => {
                let all = labelled::load(path, Form::Numbered)?;
                Ok(Box::new(all.into_iter().map(|labelled| labelled.line.to_string())))
            }
            Self::Path(path) => {
                let text = fs::read_to_string(path);
                let text = text.map_err(|e| format!("{}: {e}", path.display()))?;
                let lines = text.lines().map(str::to_owned).collect::<Vec<_>>();
                Ok(Box::new(lines.into_iter()))
            }
        }
    }
}

/// The whole line over what is given. Stages are called as [`headwater::trace`] calls them.
pub(crate) fn line(given: &Given) -> Result<String, String> {
    let lexicon = Lexicon::shipped();
    // What making the articles costs is no part of the line, nor is what the lexicon takes.
    let start = busy();
    let (mut n, mut n_bytes) = (0, 0);
    for line in given.lines()? {
        n += 1;
        n_bytes += line.len();
    }
    let making = busy().saturating_sub(start);
    let before = memory("VmRSS:");
    let mut clock = Clock { last: busy(), stages: Vec::new() };
    let mut pages = Vec::<Page>::new();
    let capture = Capture { file: "made.jsonl".into(), ..Capture::default() };
    for line in given.lines()? {
        pages.extend(read(line.as_bytes(), &capture).pages);
    }
    clock.lap("read");
    clock.stages[0].took = clock.stages[0].took.saturating_sub(making);
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
    let n_texts = pages.iter().map(|page| page.text.len()).sum::<usize>();
    let mut dossier =
        Dossier { pages, furniture, articles, marks, sources, reuses, ..Dossier::default() };
    let evidence = dossier.evidence(lexicon);
    let Clusters { stories: told, related } = cluster::cluster(evidence);
    clock.lap("cluster");
    let largest = told.iter().map(Vec::len).max().unwrap_or(0);
    let stories = par::map(&told, |articles| story::story(evidence, articles.clone()));
    clock.lap("stories");
    (dossier.stories, dossier.related) = (stories, related);
    let options = WireOptions { text: false, raw: false };
    let mut out = Counted { n: 0 };
    wire::write(&dossier, options, &mut out).map_err(|e| e.to_string())?;
    clock.lap("wire");
    let (n_json, mut digest) = (out.n, Digest(0));
    wire::write(&dossier, options, &mut digest).map_err(|e| e.to_string())?;
    let size = Size { n, n_bytes, n_texts, largest, before, n_json, digest: digest.0 };
    Ok(print(&size, &dossier, &clock.stages))
}

/// Clustering alone, over articles that nobody marked and of which nobody knows what they share: copies
/// are compared too, which the whole line never does.
pub(crate) fn clustering(given: &Given) -> Result<String, String> {
    let lexicon = Lexicon::shipped();
    let capture = Capture { file: "made.jsonl".into(), ..Capture::default() };
    let mut pages = Vec::<Page>::new();
    for line in given.lines()? {
        pages.extend(read(line.as_bytes(), &capture).pages);
    }
    pages.sort_by_key(|page| page.id);
    let at = (0..pages.len() as u32).map(PageIx).collect::<Vec<_>>();
    let articles = par::map(&at, |&ix| article::segment(&pages[ix.ix()], ix, lexicon)).concat();
    let marks = vec![Marks::default(); articles.len()];
    let dossier = Dossier { pages, articles, marks, ..Dossier::default() };
    let mut clock = Clock { last: busy(), stages: Vec::new() };
    let told = cluster::cluster(dossier.evidence(lexicon)).stories;
    clock.lap("cluster");
    let (n, took) = (dossier.articles.len() as f64, clock.stages[0].took.as_secs_f64());
    let largest = told.iter().map(Vec::len).max().unwrap_or(0);
    let n_stories = told.len();
    let mut out = format!(
        "{n} articles in {n_stories} stories (largest {largest}): {took:.2} s, {:.1} µs an article\n",
        took * 1e6 / n
    );
    if let Given::Made { n, largest } = given {
        let made = made::stories(*n, *largest).map(|(number, _)| number).collect::<Vec<_>>();
        let (p, r) = as_made(&dossier, &told, &made);
        let _ = writeln!(out, "against the stories as made: B-cubed P {p:.3}, R {r:.3}");
    }
    Ok(out)
}

/// B-cubed precision and recall of the stories that are told, against those that the articles were made
/// of: `made` has the story of each.
fn as_made(dossier: &Dossier, told: &[Vec<ArticleIx>], made: &[usize]) -> (f64, f64) {
    let (mut gold, mut found) = (Vec::new(), Vec::new());
    for (number, story) in told.iter().enumerate() {
        for &ix in story {
            // Articles are made with the numbers from 1 on for names.
            let name = &dossier.page_of(ix).capture.record;
            if let Some(&story) = name.parse().ok().and_then(|id: usize| made.get(id - 1)) {
                gold.push(story);
                found.push(number);
            }
        }
    }
    labelled::b_cubed(&gold, &found)
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

/// Tells what is written to it from anything else, however it is cut into pieces.
///
/// After: FNV-1a (Fowler, Noll and Vo).
struct Digest(u64);

impl Write for Digest {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mixed = |digest: u64, byte: &u8| (digest ^ u64::from(*byte)).wrapping_mul(PRIME);
        self.0 = bytes.iter().fold(self.0, mixed);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const PRIME: u64 = 0x0100_0000_01b3;

/// How much went in and came out. Memory in kB, all else in bytes.
struct Size {
    n: usize,
    n_bytes: usize,
    n_texts: usize,
    largest: usize,
    /// What was held before the first article: the lexicon.
    before: usize,
    n_json: usize,
    /// Tells one JSON from another: what makes the line faster leaves it as it was.
    digest: u64,
}

fn print(size: &Size, dossier: &Dossier, stages: &[Stage]) -> String {
    let mut out = String::new();
    let n = size.n as f64;
    let total = stages.iter().map(|stage| stage.took.as_secs_f64()).sum::<f64>();
    let kb = |held: usize| held.saturating_sub(size.before) as f64 / n;
    let _ = writeln!(
        out,
        "{n} articles, {:.1} MB, {} stories (largest {}), {} reuses: {:.0} articles/s",
        size.n_bytes as f64 / 1e6,
        dossier.stories.len(),
        size.largest,
        dossier.reuses.len(),
        n / total,
    );
    let _ = writeln!(
        out,
        "an article: {:.1} kB at the peak, of which {:.1} of text; {:.1} kB of JSON ({:016x}); {:.1} MB of lexicon for all",
        kb(memory("VmHWM:")),
        size.n_texts as f64 / 1e3 / n,
        size.n_json as f64 / 1e3 / n,
        size.digest,
        size.before as f64 / 1e3,
    );
    for Stage { name, took, held } in stages {
        let took = took.as_secs_f64();
        let _ = writeln!(
            out,
            "  {name:<9} {took:8.2} s {:8.1} µs an article {:5.1} % {:8.1} kB an article held",
            took * 1e6 / n,
            took * 100.0 / total,
            kb(*held),
        );
    }
    out
}

/// Memory of this process in kB, by its name in the system's list; 0 where the system does not tell.
fn memory(name: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
