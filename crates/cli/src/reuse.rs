//! `headwater reuse`: every passage that two pages share, and nothing else.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, ErrorKind, Write};

use clap::Args;
use headwater::Page;
use headwater::reuse::bare::{self, Text};
use headwater::reuse::family::{self, Family, Member};
use serde_json::{Value, json};

use crate::{Outcome, collection, screen};

/// Print every passage that two pages share, as JSON lines
///
/// One line a passage, in the fields of passim: `uid` of the page, `id` of its record, `series`,
/// `cluster` (passages that are tied to each other), its `size`, `begin` and `end` (bytes of the
/// page's text), the `text`, and `src`: the passage that stands for the cluster, the longest. Pages
/// are compared as they are: with their headlines, without looking for articles.
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
    let families = family::families(&bare::shared(&texts.collect::<Vec<_>>()));

    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let names = series.iter().map(|(_, name)| *name).collect::<Vec<_>>();
    let written = write(&pages, &names, &families, &mut out).and_then(|()| out.flush());
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

fn write(
    pages: &[Page],
    series: &[&str],
    families: &[Family],
    out: &mut impl Write,
) -> io::Result<()> {
    let uid = |member: &Member| format!("{:016x}", pages[member.text as usize].id.0);
    for (cluster, family) in families.iter().enumerate() {
        let source = &family.members[family.representative];
        for (ix, member) in family.members.iter().enumerate() {
            let page = &pages[member.text as usize];
            let src = json!({
                "uid": uid(source), "begin": source.span.start, "end": source.span.end
            });
            let src = if ix == family.representative { Value::Null } else { src };
            let row = json!({
                "uid": uid(member),
                "id": page.capture.record,
                "series": series[member.text as usize],
                "cluster": cluster,
                "size": family.members.len(),
                "begin": member.span.start,
                "end": member.span.end,
                "text": page.words(member.span),
                "src": src,
            });
            writeln!(out, "{row}")?;
        }
    }
    Ok(())
}
