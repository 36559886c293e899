//! `headwater reuse`: every passage that two pages share, and nothing else.

mod spilled;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::PathBuf;

use clap::Args;
use headwater::reuse::Direction;
use headwater::reuse::bare::{self, Shared, Text};
use headwater::reuse::family::{self, Family, Member};
use headwater::reuse::polarity::{self, Polarity};
use headwater::{Page, fold};
use headwater_page::Skipped;
use headwater_store::Trouble;
use serde_json::json;

use crate::{Outcome, collection, screen};

/// Print every passage that two pages share, as JSON lines
///
/// One line a passage, largest clusters first, in the fields of passim: `uid` of the page, `id` of its
/// record or the name of its file, `series`, `date` and `url` where they are known, `gid` (the series, or
/// the page if that is not known), `cluster` (passages that are tied
/// to each other), its `size` in pages, `begin` and `end`, the `text`, and `src`: the passage of the page
/// that it comes from, where the words of at least three others show one. `begin` and `end` count bytes
/// of the page's text where passim counts characters, and `uid` and `gid` are hexadecimal. Pages are
/// compared as they are: with their headlines, without looking for articles.
#[derive(Args, Debug)]
pub(crate) struct Reuse {
    /// Files, folders, globs, or - for standard input
    #[arg(required = true, value_name = "PAGES")]
    pages: Vec<String>,
    /// Hold about so much in memory (200MB, 2GB) and the rest in files that are removed in the end;
    /// prints the same in about twice the time
    #[arg(long, value_name = "SIZE", value_parser = spilled::bytes)]
    memory: Option<usize>,
    /// Where these files are made [default: the system's folder for temporary files]
    #[arg(long, value_name = "FOLDER", requires = "memory")]
    folder: Option<PathBuf>,
}

/// What is printed of a page.
struct Printed<'a> {
    id: u64,
    /// What [`name`] says.
    name: Cow<'a, str>,
    series: &'a str,
    date: Cow<'a, str>,
    url: Cow<'a, str>,
    text: Cow<'a, str>,
}

/// Why not all was printed.
enum Failure {
    Out(io::Error),
    Files(Trouble),
    Large(bare::TooLarge),
}

pub(crate) fn run(args: &Reuse) -> Outcome {
    let printed = match args.memory {
        None => in_memory(args),
        Some(memory) => in_files(args, memory),
    };
    let complaint = match printed {
        Ok(outcome) => return outcome,
        Err(Failure::Out(error)) if error.kind() == ErrorKind::BrokenPipe => return Outcome::Fine,
        Err(Failure::Out(error)) => format!("cannot write to standard output: {error}"),
        Err(Failure::Files(trouble)) => trouble.to_string(),
        Err(Failure::Large(large)) => large.to_string(),
    };
    screen::complain(&complaint);
    Outcome::Trouble
}

fn in_memory(args: &Reuse) -> Result<Outcome, Failure> {
    let (mut pages, skipped) = collection::read(&args.pages);
    // The same lines in whatever order the pages came, and however often.
    pages.sort_by_key(|page| (page.id, fold::hash(&page.capture.file)));
    pages.dedup_by_key(|page| page.id);
    let series = series(&pages);
    let texts = pages.iter().zip(&series);
    let texts = texts
        .map(|(page, (series, _))| Text { words: page.body().of(&page.text), series: *series });
    let texts = texts.collect::<Vec<_>>();
    bare::fits(&texts).map_err(Failure::Large)?;
    print(&bare::shared(&texts), &skipped, |ix| {
        let (page, (_, series)) = (&pages[ix], series[ix]);
        let date = page.meta("date").map_or("", |span| page.words(span)).into();
        let url = page.capture.url.as_deref().unwrap_or("").into();
        let text = page.body().of(&page.text).into();
        Ok(Printed { id: page.id.0, name: name(page).into(), series, date, url, text })
    })
}

/// The id of the page's record; of a page that is a whole file, the file's name.
fn name(page: &Page) -> &str {
    let capture = &page.capture;
    if capture.record.is_empty() { &capture.file } else { &capture.record }
}

fn in_files(args: &Reuse, memory: usize) -> Result<Outcome, Failure> {
    let folder = args.folder.clone().unwrap_or_else(std::env::temp_dir);
    let (pages, skipped) = spilled::Pages::read(&args.pages, &folder).map_err(Failure::Files)?;
    let (shared, n_compared) = pages.shared(&folder, memory).map_err(Failure::Files)?;
    spilled::complain_of_rest(pages.len(), n_compared);
    let outcome = print(&shared, &skipped, |ix| pages.printed(ix))?;
    Ok(if n_compared < pages.len() { Outcome::Trouble } else { outcome })
}

/// Prints the families of `shared`, and complains of what was not read.
fn print<'a>(
    shared: &[Shared],
    skipped: &[Skipped],
    page: impl Fn(usize) -> Result<Printed<'a>, Trouble> + Sync,
) -> Result<Outcome, Failure> {
    for skipped in skipped {
        screen::complain(&format!("not read: {} ({})", skipped.file, skipped.reason));
    }
    let mut families = family::families(shared);
    families.sort_by_key(|family| std::cmp::Reverse(n_pages(family)));
    let polarities = polarity::polarities(shared, |ix| page(ix as usize).map(|page| page.text));
    let sources = Sources::new(&polarities.map_err(Failure::Files)?);
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    write(&families, &sources, page, &mut out)?;
    out.flush().map_err(Failure::Out)?;
    Ok(match () {
        () if !skipped.is_empty() => Outcome::Trouble,
        () if families.is_empty() => Outcome::Nothing,
        () => Outcome::Fine,
    })
}

/// The host of a page's address.
fn host(page: &Page) -> Option<&str> {
    let host = page.capture.url.as_deref().and_then(|url| url.split_once("://"));
    host.and_then(|(_, rest)| rest.split(['/', '?', '#', ':']).next())
}

/// Number and name of each page's series: what the capture says, or its host. A page of which
/// neither is known is a series of its own, without a name.
fn series(pages: &[Page]) -> Vec<(u32, &str)> {
    let mut numbers = BTreeMap::new();
    let all = pages.iter().enumerate().map(|(ix, page)| {
        let name = page.capture.series.as_deref().or_else(|| host(page)).unwrap_or("");
        let n_series = numbers.len() as u32;
        let key = if name.is_empty() { (name, ix) } else { (name, 0) };
        (*numbers.entry(key).or_insert(n_series), name)
    });
    all.collect()
}

/// Number of pages with passages of a family.
fn n_pages(family: &Family) -> usize {
    family.members.chunk_by(|a, b| a.text == b.text).count()
}

/// For each text those that it may come from, the nearest first.
struct Sources(BTreeMap<u32, Vec<(u32, u32)>>);

impl Sources {
    fn new(pairs: &[Polarity]) -> Self {
        let mut sources: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
        for pair in pairs {
            let (copy, source) = match pair.direction {
                Direction::LeftFromRight => (pair.left, pair.right),
                Direction::RightFromLeft => (pair.right, pair.left),
                Direction::Undirected => continue,
            };
            sources.entry(copy).or_default().push((pair.n_variants, source));
        }
        for sources in sources.values_mut() {
            sources.sort_unstable();
        }
        Self(sources)
    }

    /// The passage of the family that a text's passage comes from.
    fn of<'a>(&self, text: u32, family: &'a Family) -> Option<&'a Member> {
        let member = |&(_, source): &(u32, u32)| {
            let at = family.members.binary_search_by_key(&source, |member| member.text).ok()?;
            family.members.get(at)
        };
        self.0.get(&text)?.iter().find_map(member)
    }
}

fn write<'a>(
    families: &[Family],
    sources: &Sources,
    page: impl Fn(usize) -> Result<Printed<'a>, Trouble>,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let uid = |page: &Printed| format!("{:016x}", page.id);
    for (cluster, family) in families.iter().enumerate() {
        for member in &family.members {
            let src = sources.of(member.text, family).map(|source| {
                let page = page(source.text as usize).map_err(Failure::Files)?;
                let (begin, end) = (source.span.start, source.span.end);
                Ok(json!({"uid": uid(&page), "begin": begin, "end": end}))
            });
            let page = page(member.text as usize).map_err(Failure::Files)?;
            let is_known = !page.series.is_empty();
            let group = if is_known { fold::hash(&fold::key(page.series)) } else { page.id };
            let mut row = json!({
                "uid": uid(&page),
                "id": page.name,
                "gid": format!("{group:016x}"),
                "cluster": cluster,
                "size": n_pages(family),
                "begin": member.span.start,
                "end": member.span.end,
                "text": member.span.of(&page.text),
                "src": src.into_iter().collect::<Result<Vec<_>, _>>()?,
            });
            let series = page.series.into();
            for (key, value) in [("series", series), ("date", page.date), ("url", page.url)] {
                if !value.is_empty() {
                    row[key] = value.into();
                }
            }
            writeln!(out, "{row}").map_err(Failure::Out)?;
        }
    }
    Ok(())
}
