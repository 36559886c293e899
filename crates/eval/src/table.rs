//! Table: the figures for people to read.

use std::fmt::Write;

use crate::floors::{Floors, Verdict};
use crate::metric::{Better, Metric, Miss};

/// Data set, metric, value, floor, best published; one line each, aligned. A line that is below its
/// floor ends in words that say so.
pub(crate) fn table(metrics: &[Metric], floors: &Floors) -> String {
    let head = ["data set", "metric", "value", "n", "floor", "best published"].map(str::to_string);
    let mut rows = vec![head];
    for metric in metrics {
        let floor = floors.get(metric).map(|floor| bound(metric, floor)).unwrap_or_default();
        let verdict = match floors.verdict(metric) {
            Verdict::Broken => "  BELOW ITS FLOOR",
            Verdict::Gone => "  UNMEASURED, BUT HAS A FLOOR",
            Verdict::Fine => "",
        };
        rows.push([
            metric.dataset.clone(),
            metric.name.clone(),
            metric.value.map_or_else(|| "unmeasured".into(), |v| shown(metric, v)),
            metric.n.to_string(),
            floor,
            format!("{}{verdict}", metric.published.unwrap_or("")),
        ]);
    }
    let mut out = String::new();
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths = (0..6).map(width).collect::<Vec<_>>();
    for row in &rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(n, (cell, w))| match n {
            2..=4 => format!("{cell:>w$}"),
            _ => format!("{cell:<w$}"),
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

/// Every miss, in the order of data sets and metrics.
pub(crate) fn misses(misses: &[Miss]) -> String {
    let mut out = String::new();
    let mut head = ("", "");
    for miss in misses {
        let here = (miss.dataset.as_str(), miss.metric.as_str());
        if head != here {
            let _ = writeln!(out, "\n{} {}", here.0, here.1);
            head = here;
        }
        let _ = writeln!(out, "    {}", miss.words);
    }
    out
}

/// Shares with three decimals; counts as they are.
fn shown(metric: &Metric, value: f64) -> String {
    let counts = ["off_by", "broken"];
    let is_count =
        metric.better == Better::Neither || counts.iter().any(|end| metric.name.ends_with(end));
    if is_count { format!("{value}") } else { format!("{value:.3}") }
}

fn bound(metric: &Metric, floor: f64) -> String {
    let side = if metric.better == Better::Lower { "≤ " } else { "" };
    format!("{side}{}", shown(metric, floor))
}
