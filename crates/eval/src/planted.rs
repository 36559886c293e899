//! Planted: how much of the reuse that a generator planted the matcher finds, and what that costs.
//!
//! The corpus is a folder with `docs.jsonl` (`id`, `series`, `text`), `meta.jsonl` (`kind`),
//! `truth.tsv` (two texts and their bytes, a planted passage a line) and `boiler.tsv` (a text and
//! the bytes of its site's furniture).

mod direction;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;
use std::{fs, iter};

use headwater::reuse::bare::{self, Shared, Text};
use serde::Deserialize;

use crate::copies::Copies;

/// A text of the corpus.
#[derive(Deserialize)]
pub(crate) struct Doc {
    series: String,
    text: String,
}

#[derive(Deserialize)]
struct Meta {
    kind: String,
}

/// The generator notes no pair farther apart, though texts share passages over longer ways.
const FARTHEST: u32 = 12_000;

/// Byte ranges on both sides of a pair.
type Sides = [Vec<(u32, u32)>; 2];

/// Runs the matcher on the corpus in `folder` and prints what it found and what it took.
///
/// With `copies`, runs it once more with so many copies of one article strewn in.
pub(crate) fn run(
    folder: &Path,
    answers: Option<&Path>,
    copies: Option<usize>,
) -> Result<String, String> {
    let docs = docs(folder)?;
    let texts = texts(&docs);
    let n_bytes = docs.iter().map(|doc| doc.text.len()).sum::<usize>();

    let before = Cost::now();
    let start = Instant::now();
    let found = bare::shared(&texts);
    let (clock, after) = (start.elapsed().as_secs_f64(), Cost::now());

    let mut out = String::new();
    let user = after.seconds - before.seconds;
    let megabytes = n_bytes as f64 / 1e6;
    let _ = writeln!(
        out,
        "{} texts, {megabytes:.1} MB: {user:.2} s of processor time ({:.1} MB/s), {clock:.2} s on \
         the clock; {:.2} kB of memory a text besides the text",
        docs.len(),
        megabytes / user,
        after.peak.saturating_sub(before.now) as f64 / 1e3 / docs.len() as f64,
    );
    if let Some(answers) = answers {
        fs::write(answers, table(&found)).map_err(|e| format!("{}: {e}", answers.display()))?;
    }
    score(folder, &found, &mut out)?;
    direction::score(folder, &texts, &found, &mut out)?;
    if let Some(n_copies) = copies {
        let copies = Copies::new(&texts, n_copies)?;
        let strewn = copies.strewn(&texts);
        let before = Cost::now();
        let found = bare::shared(&strewn.texts);
        out.push_str(&strewn.told(&found, Cost::now().seconds - before.seconds, user));
    }
    Ok(out)
}

/// All texts of the corpus in `folder`.
pub(crate) fn docs(folder: &Path) -> Result<Vec<Doc>, String> {
    lines(&folder.join("docs.jsonl"))
}

/// The texts as the matcher wants them.
pub(crate) fn texts(docs: &[Doc]) -> Vec<Text<'_>> {
    let mut numbers = BTreeMap::new();
    let texts = docs.iter().map(|doc| {
        let n_series = numbers.len() as u32;
        let series = *numbers.entry(doc.series.as_str()).or_insert(n_series);
        Text { words: &doc.text, series }
    });
    texts.collect()
}

fn lines<T: for<'a> Deserialize<'a>>(file: &Path) -> Result<Vec<T>, String> {
    let text = fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let rows = text.lines().map(serde_json::from_str).collect::<Result<_, _>>();
    rows.map_err(|e| format!("{}: {e}", file.display()))
}

/// Rows of numbers.
fn rows(file: &Path) -> Result<Vec<Vec<u32>>, String> {
    let text = fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let row = |line: &str| line.split('\t').map(str::parse).collect::<Result<_, _>>();
    let rows = text.lines().map(row).collect::<Result<_, std::num::ParseIntError>>();
    rows.map_err(|e| format!("{}: {e}", file.display()))
}

/// What was found, in the columns of `truth.tsv`.
fn table(found: &[Shared]) -> String {
    let mut out = String::new();
    for row in found {
        let (left, right) = (row.left_span, row.right_span);
        let (a, b) = (row.left, row.right);
        let _ =
            writeln!(out, "{a}\t{b}\t{}\t{}\t{}\t{}", left.start, left.end, right.start, right.end);
    }
    out
}

/// Processor time so far and memory, as the system tells; zeros where it does not.
struct Cost {
    seconds: f64,
    /// Bytes, now and at most so far.
    now: u64,
    peak: u64,
}

impl Cost {
    fn now() -> Self {
        let read = |file| fs::read_to_string(file).unwrap_or_default();
        let stat = read("/proc/self/stat");
        let fields = stat.rsplit(')').next().unwrap_or("").split_whitespace();
        // User and system time in hundredths of a second.
        let ticks = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok());
        let status = read("/proc/self/status");
        let of = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name));
            let number = line.and_then(|line| line.split_whitespace().nth(1));
            number.and_then(|number| number.parse::<u64>().ok()).unwrap_or(0) * 1024
        };
        Self { seconds: ticks.sum::<u64>() as f64 / 100.0, now: of("VmRSS"), peak: of("VmHWM") }
    }
}

/// Precision and recall of pairs and of bytes, as the generator's own scorer takes them.
fn score(folder: &Path, found: &[Shared], out: &mut String) -> Result<(), String> {
    let kinds: Vec<Meta> = lines(&folder.join("meta.jsonl"))?;
    let mut truth: BTreeMap<(u32, u32), Sides> = BTreeMap::new();
    for row in rows(&folder.join("truth.tsv"))? {
        let &[a, b, a_start, a_end, b_start, b_end] = row.as_slice() else { continue };
        let sides = truth.entry((a, b)).or_default();
        sides[0].push((a_start, a_end));
        sides[1].push((b_start, b_end));
    }
    let mut furniture: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for row in rows(&folder.join("boiler.tsv"))? {
        let &[text, start, end] = row.as_slice() else { continue };
        furniture.entry(text).or_default().push((start, end));
    }
    let mut answers: BTreeMap<(u32, u32), Sides> = BTreeMap::new();
    for row in found.iter().filter(|row| row.right - row.left < FARTHEST) {
        let sides = answers.entry((row.left, row.right)).or_default();
        sides[0].push((row.left_span.start, row.left_span.end));
        sides[1].push((row.right_span.start, row.right_span.end));
    }

    let mut by_kind: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    let mut by_length = [(0, 0); 4];
    let mut n_found = 0;
    for (pair, sides) in &truth {
        let answer = answers.get(pair);
        n_found += usize::from(answer.is_some());
        let kind = by_kind.entry(kinds[pair.1 as usize].kind.as_str()).or_default();
        for side in 0..2 {
            let planted = union(&sides[side]);
            let answer = answer.map(|answer| union(&answer[side])).unwrap_or_default();
            kind.0 += length(&planted);
            kind.1 += common(&planted, &answer);
            for passage in planted.iter().filter(|_| side == 1) {
                let n = u64::from(passage.1 - passage.0);
                let class = [120, 250, 600].iter().filter(|limit| n >= **limit).count();
                by_length[class].0 += 1;
                by_length[class].1 += u64::from(common(&[*passage], &answer) * 2 >= n);
            }
        }
    }
    let (mut answered, mut right, mut n_false, mut n_furniture) = (0, 0, 0, 0);
    for (pair, sides) in &answers {
        let planted = truth.get(pair);
        for (side, text) in [pair.0, pair.1].into_iter().enumerate() {
            let answer = union(&sides[side]);
            let own = furniture.get(&text).map(|own| union(own)).unwrap_or_default();
            answered += length(&answer) - common(&answer, &own);
            right += planted.map_or(0, |planted| common(&answer, &union(&planted[side])));
            if side == 1 && planted.is_none() {
                let is_furniture = common(&answer, &own) * 2 >= length(&answer);
                *if is_furniture { &mut n_furniture } else { &mut n_false } += 1;
            }
        }
    }
    let share = |hits: u64, all: u64| hits as f64 / all.max(1) as f64;
    let (n_truth, n_answers) = (truth.len() as u64, answers.len() as u64);
    let of_bytes = by_kind.values().fold((0, 0), |sum, kind| (sum.0 + kind.0, sum.1 + kind.1));
    let _ = writeln!(
        out,
        "pairs: recall {:.4} of {n_truth}, precision {:.4} of {n_answers}; {n_false} false, \
         {n_furniture} of furniture alone",
        share(n_found as u64, n_truth),
        share(n_found as u64, n_answers),
    );
    let _ = writeln!(
        out,
        "bytes: recall {:.4}, precision {:.4} (furniture set aside)",
        share(of_bytes.1, of_bytes.0),
        share(right, answered),
    );
    for (kind, (all, hits)) in &by_kind {
        let _ = writeln!(out, "bytes of {kind}: recall {:.4}", share(*hits, *all));
    }
    let names = ["60-119", "120-249", "250-599", "600 and more"];
    for (name, (all, hits)) in iter::zip(names, by_length) {
        let share = share(hits, all);
        let _ = writeln!(out, "passages of {name} bytes: {share:.4} of {all} found");
    }
    Ok(())
}

/// Ranges without overlaps, in order.
fn union(ranges: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut ranges = ranges.to_vec();
    ranges.sort_unstable();
    let mut union: Vec<(u32, u32)> = Vec::new();
    for range in ranges {
        match union.last_mut() {
            Some(last) if range.0 <= last.1 => last.1 = last.1.max(range.1),
            _ => union.push(range),
        }
    }
    union
}

fn length(union: &[(u32, u32)]) -> u64 {
    union.iter().map(|range| u64::from(range.1 - range.0)).sum()
}

/// How many bytes two unions share.
fn common(one: &[(u32, u32)], other: &[(u32, u32)]) -> u64 {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < one.len() && j < other.len() {
        let (start, end) = (one[i].0.max(other[j].0), one[i].1.min(other[j].1));
        n += u64::from(end.saturating_sub(start));
        if one[i].1 < other[j].1 {
            i += 1;
        } else {
            j += 1;
        }
    }
    n
}
