//! `headwater reuse`: every passage that two pages share, and nothing else.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, ErrorKind, Write};

use clap::Args;
use headwater::reuse::Direction;
use headwater::reuse::bare::{self, Text};
use headwater::reuse::family::{self, Family, Member};
use headwater::reuse::polarity::{self, Polarity};
use headwater::{Page, fold};
use serde_json::json;

use crate::{Outcome, collection, screen};

/// Print every passage that two pages share, as JSON lines
///
/// One line a passage, largest clusters first, in the fields of passim: `uid` of the page, `id` of its
/// record, `series`, its `gid`, `date` and `url` where they are known, `cluster` (passages that are tied
/// to each other), its `size` in pages, `begin` and `end`, the `text`, and `src`: the passage of the page
/// that it comes from, where the words of at least three others show one. `begin` and `end` count bytes
/// of the page's text where passim counts characters, and `uid` and `gid` are hexadecimal. Pages are
/// compared as they are: with their headlines, without looking for articles.
#[derive(Args, Debug)]
pub(crate) struct Reuse {
    /// Files, folders, globs, or - for standard input
    #[arg(required = true, value_name = "PAGES")]
    pages: Vec<String>,
}

pub(crate) fn run(args: &Reuse) -> Outcome {
    let (mut pages, skipped) = collection::read(&args.pages);
    for skipped in &skipped {
        screen::complain(&format!("not read: {} ({})", skipped.file, skipped.reason));
    }
    // The same lines in whatever order the pages came, and however often.
    pages.sort_by_key(|page| page.id);
    pages.dedup_by_key(|page| page.id);
    let series = series(&pages);
    let texts = pages.iter().zip(&series);
    let texts = texts
        .map(|(page, (series, _))| Text { words: page.body().of(&page.text), series: *series });
    let texts = texts.collect::<Vec<_>>();
    let shared = bare::shared(&texts);
    let mut families = family::families(&shared);
    families.sort_by_key(|family| std::cmp::Reverse(n_pages(family)));
    let sources = Sources::new(&polarity::polarities(&texts, &shared));

    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let names = series.iter().map(|(_, name)| *name).collect::<Vec<_>>();
    let written = write(&pages, &names, &families, &sources, &mut out).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            screen::complain(&format!("cannot write to standard output: {error}"));
            Outcome::Trouble
        }
        _ if !skipped.is_empty() => Outcome::Trouble,
        _ if families.is_empty() => Outcome::Nothing,
        _ => Outcome::Fine,
    }
}

/// Number and name of each page's series: what the capture says, or its host. A page of which
/// neither is known is a series of its own, without a name.
fn series(pages: &[Page]) -> Vec<(u32, &str)> {
    let mut numbers = BTreeMap::new();
    let all = pages.iter().enumerate().map(|(ix, page)| {
        let host = page.capture.url.as_deref().and_then(|url| url.split_once("://"));
        let host = host.and_then(|(_, rest)| rest.split(['/', '?', '#', ':']).next());
        let name = page.capture.series.as_deref().or(host).unwrap_or("");
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
        sources.values_mut().for_each(|sources| sources.sort_unstable());
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

fn write(
    pages: &[Page],
    series: &[&str],
    families: &[Family],
    sources: &Sources,
    out: &mut impl Write,
) -> io::Result<()> {
    let uid = |member: &Member| format!("{:016x}", pages[member.text as usize].id.0);
    for (cluster, family) in families.iter().enumerate() {
        for member in &family.members {
            let page = &pages[member.text as usize];
            let series = series[member.text as usize];
            let src = sources.of(member.text, family).map(|source| {
                json!({"uid": uid(source), "begin": source.span.start, "end": source.span.end})
            });
            let mut row = json!({
                "uid": uid(member),
                "id": page.capture.record,
                "series": series,
                "gid": format!("{:016x}", fold::hash(&fold::key(series))),
                "cluster": cluster,
                "size": n_pages(family),
                "begin": member.span.start,
                "end": member.span.end,
                "text": page.words(member.span),
                "src": src.into_iter().collect::<Vec<_>>(),
            });
            let date = page.meta("date").map(|span| page.words(span));
            for (key, value) in [("date", date), ("url", page.capture.url.as_deref())] {
                if let Some(value) = value {
                    row[key] = value.into();
                }
            }
            writeln!(out, "{row}")?;
        }
    }
    Ok(())
}
