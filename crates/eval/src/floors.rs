//! Floors: the figures that must not get worse, as `eval/floors.toml` keeps them.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::metric::{Better, Metric};

/// Head of the file, for the people who read it.
const HEAD: &str = "\
# What was reached, by data set and metric. `headwater-eval` fails when a figure is worse.
# `headwater-eval --raise` writes figures that are better. A floor is never lowered by the program:
# whoever lowers one by hand says in the commit what was gained for it.
# Figures of costs (over-claims, leaks, false reuse) are ceilings: at most.

";

/// Floors by `dataset.metric`.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Floors {
    all: BTreeMap<String, f64>,
}

/// What a floor says of a figure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Verdict {
    /// No floor, or not worse than it.
    Fine,
    /// Worse.
    Broken,
    /// It was measured once and is not now.
    Gone,
}

impl Floors {
    /// The floors of `file`; a missing file has none.
    pub(crate) fn parse(file: &str) -> Result<Self, String> {
        let all = toml::from_str::<BTreeMap<String, f64>>(file).map_err(|e| e.to_string())?;
        Ok(Self { all })
    }

    /// The floor of `metric`.
    pub(crate) fn get(&self, metric: &Metric) -> Option<f64> {
        self.all.get(&key(metric)).copied()
    }

    /// Whether `metric` holds its floor. Figures are compared as they are written, in ten-thousandths.
    pub(crate) fn verdict(&self, metric: &Metric) -> Verdict {
        let Some(floor) = self.get(metric) else { return Verdict::Fine };
        match metric.value {
            None => Verdict::Gone,
            Some(value) if is_worse(metric.better, rounded(metric.better, value), floor) => {
                Verdict::Broken
            }
            Some(_) => Verdict::Fine,
        }
    }

    /// The floors after `metrics`: a better figure becomes the floor, a worse one changes nothing.
    /// Figures of 0 that should be high are no achievement and get no floor.
    pub(crate) fn raise(&mut self, metrics: &[Metric]) {
        for metric in metrics.iter().filter(|metric| metric.better != Better::Neither) {
            let Some(value) = metric.value else { continue };
            let value = rounded(metric.better, value);
            let held = self.get(metric);
            let is_better = held.is_none_or(|floor| is_worse(metric.better, floor, value));
            if is_better && !(metric.better == Better::Higher && value <= 0.0) {
                self.all.insert(key(metric), value);
            }
        }
    }

    /// The file.
    pub(crate) fn print(&self) -> String {
        let mut out = HEAD.to_string();
        for (key, floor) in &self.all {
            let number = format!("{floor:.4}");
            let number = number.trim_end_matches('0');
            let zero = if number.ends_with('.') { "0" } else { "" };
            let _ = writeln!(out, "\"{key}\" = {number}{zero}");
        }
        out
    }
}

fn key(metric: &Metric) -> String {
    format!("{}.{}", metric.dataset, metric.name)
}

fn is_worse(better: Better, value: f64, than: f64) -> bool {
    match better {
        Better::Higher => value < than,
        Better::Lower => value > than,
        Better::Neither => false,
    }
}

/// Ten-thousandths, rounded to the lenient side so that a figure holds the floor that it set.
fn rounded(better: Better, value: f64) -> f64 {
    let scaled = value * 10_000.0;
    let scaled = if better == Better::Lower { scaled.ceil() } else { scaled.floor() };
    scaled / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metric(name: &str, value: Option<f64>, better: Better) -> Metric {
        let (dataset, name) = ("harbour".into(), name.into());
        Metric { dataset, name, value, n: 3, better, published: None }
    }

    #[test]
    fn floors_rise_and_never_fall() {
        let mut floors = Floors::parse("\"harbour.f1\" = 0.5\n\"harbour.leak\" = 0.2\n").unwrap();
        floors.raise(&[
            metric("f1", Some(2.0 / 3.0), Better::Higher),
            metric("leak", Some(0.3), Better::Lower),
            metric("new", Some(0.0), Better::Higher),
            metric("none", None, Better::Higher),
        ]);
        let file = floors.print();
        assert!(file.ends_with("\"harbour.f1\" = 0.6666\n\"harbour.leak\" = 0.2\n"), "{file}");
        assert_eq!(Floors::parse(&file).unwrap(), floors);
        let verdict = |value, better, name: &str| floors.verdict(&metric(name, value, better));
        assert_eq!(verdict(Some(2.0 / 3.0), Better::Higher, "f1"), Verdict::Fine);
        assert_eq!(verdict(Some(0.6), Better::Higher, "f1"), Verdict::Broken);
        assert_eq!(verdict(Some(0.3), Better::Lower, "leak"), Verdict::Broken);
        assert_eq!(verdict(Some(0.1), Better::Lower, "leak"), Verdict::Fine);
        assert_eq!(verdict(None, Better::Higher, "f1"), Verdict::Gone);
        assert_eq!(verdict(Some(0.0), Better::Higher, "other"), Verdict::Fine);
    }
}
