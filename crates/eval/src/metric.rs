//! Metric: one figure of one data set, and the misses behind it.

use serde::Serialize;

/// Which way a metric is better.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Better {
    /// At least its floor.
    Higher,
    /// At most its floor.
    Lower,
    /// Told, not guarded.
    Neither,
}

/// One figure.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub(crate) struct Metric {
    /// The data set, filled in by [`Score::of`].
    pub(crate) dataset: String,
    /// What is measured: `reuse.f1`.
    pub(crate) name: String,
    /// The figure; none when nothing was answered that could be measured. Never 0 for that.
    pub(crate) value: Option<f64>,
    /// How many things it was taken over.
    pub(crate) n: usize,
    /// Which way is better.
    pub(crate) better: Better,
    /// The best that somebody else published on this data, as printed.
    pub(crate) published: Option<&'static str>,
}

/// One thing that came out wrong, in words.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub(crate) struct Miss {
    /// The data set.
    pub(crate) dataset: String,
    /// The metric that it lowers.
    pub(crate) metric: String,
    /// What was expected and what came, with the words of the page.
    pub(crate) words: String,
}

/// What scoring gives: figures in order, and every miss.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub(crate) struct Score {
    /// The figures.
    pub(crate) metrics: Vec<Metric>,
    /// The misses, in the order in which they were found.
    pub(crate) misses: Vec<Miss>,
}

impl Score {
    /// A share of hits that should be high; unmeasured when `n` is 0.
    pub(crate) fn rate(&mut self, name: &str, hits: usize, n: usize) {
        self.push(name, share(hits, n), n, Better::Higher);
    }

    /// A share of failures that should be low; unmeasured when `n` is 0.
    pub(crate) fn cost(&mut self, name: &str, failures: usize, n: usize) {
        self.push(name, share(failures, n), n, Better::Lower);
    }

    /// Precision, recall and F1.
    pub(crate) fn tally(&mut self, name: &str, tally: Tally) {
        let f1 = tally.f1();
        self.push(&format!("{name}.p"), tally.precision(), tally.answers, Better::Higher);
        self.push(&format!("{name}.r"), tally.recall(), tally.gold, Better::Higher);
        self.push(&format!("{name}.f1"), f1, tally.gold, Better::Higher);
    }

    /// Any figure.
    pub(crate) fn push(&mut self, name: &str, value: Option<f64>, n: usize, better: Better) {
        let (dataset, published) = (String::new(), None);
        self.metrics.push(Metric { dataset, name: name.into(), value, n, better, published });
    }

    /// A miss of the metric `name`.
    pub(crate) fn miss(&mut self, name: &str, words: String) {
        self.misses.push(Miss { dataset: String::new(), metric: name.into(), words });
    }

    /// Adds what another figure gave.
    pub(crate) fn add(&mut self, other: Score) {
        self.metrics.extend(other.metrics);
        self.misses.extend(other.misses);
    }

    /// The same, as figures of `dataset`.
    pub(crate) fn of(mut self, dataset: &str) -> Score {
        for metric in &mut self.metrics {
            metric.dataset = dataset.into();
            metric.published = published(dataset, &metric.name);
        }
        for miss in &mut self.misses {
            miss.dataset = dataset.into();
        }
        self
    }

    /// The figure of that name, for tests.
    #[cfg(test)]
    pub(crate) fn value(&self, name: &str) -> Option<f64> {
        self.metrics.iter().find(|m| m.name == name).expect("no such metric").value
    }
}

/// Right answers, all answers, and all that should have been answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Tally {
    /// Answers that are in the gold.
    pub(crate) right: usize,
    /// Answers.
    pub(crate) answers: usize,
    /// Gold rows that were answered. Differs from `right` where two answers hit one row.
    pub(crate) found: usize,
    /// Gold rows.
    pub(crate) gold: usize,
}

impl Tally {
    /// One answer for each gold row that is found.
    pub(crate) fn new(hits: usize, answers: usize, gold: usize) -> Self {
        Self { right: hits, answers, found: hits, gold }
    }

    /// Share of the answers that are right; none without an answer.
    pub(crate) fn precision(self) -> Option<f64> {
        share(self.right, self.answers)
    }

    /// Share of the gold that was found; none without gold.
    pub(crate) fn recall(self) -> Option<f64> {
        share(self.found, self.gold)
    }

    /// Harmonic mean; 0 when there is gold and no answer, none without gold and answers.
    pub(crate) fn f1(self) -> Option<f64> {
        if self.answers + self.gold == 0 {
            return None;
        }
        let (p, r) = (self.precision().unwrap_or(0.0), self.recall().unwrap_or(0.0));
        Some(if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
    }
}

/// `part` of `whole`; none of nothing.
pub(crate) fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// What others reached on the same data.
fn published(dataset: &str, name: &str) -> Option<&'static str> {
    Some(match (dataset, name) {
        ("seeds", "quotes.p") => ".95 rules prototype",
        ("seeds", "quotes.r") => ".85 rules prototype",
        ("seeds", "quotes.f1") => ".83 Gender Gap Tracker",
        ("seeds", "quotes.speaker") => ".88 rules prototype",
        ("seeds", "sources.r") => ".87 rules prototype",
        ("pages-html", "articles.f1") => ".362 trafilatura",
        ("pages-html", "paragraphs.p") => ".448 trafilatura",
        ("pages-html", "paragraphs.r") => ".574 trafilatura",
        ("pages-html", "headlines") => ".328 trafilatura",
        ("pages-html", "furniture_leaked") => ".096 trafilatura",
        ("scrapinghub_aeb", "body.f1") => ".970 AutoExtract",
        ("htmldate_mediacloud200", "published.f1_lenient") => ".949 htmldate",
        ("pages-text", "articles.f1") => ".212 whole page",
        ("tempeval3-timebank" | "tempeval3-aquaint", "all.f1") => ".903 SUTime (test part)",
        ("tempeval3-timebank" | "tempeval3-aquaint", "all.value") => ".776 HeidelTime (test part)",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_answered_is_unmeasured_and_not_0() {
        let mut score = Score::default();
        score.tally("t", Tally::new(0, 0, 4));
        score.rate("r", 0, 0);
        assert_eq!(score.value("t.p"), None);
        assert_eq!(score.value("t.r"), Some(0.0));
        assert_eq!(score.value("t.f1"), Some(0.0));
        assert_eq!(score.value("r"), None);
    }

    #[test]
    fn two_answers_may_hit_one_row() {
        let tally = Tally { right: 2, answers: 4, found: 1, gold: 2 };
        assert_eq!(tally.f1(), Some(0.5));
    }
}
