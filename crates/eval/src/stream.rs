//! Stream: what it costs to add one text at a time, and to settle what the others became by it.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use headwater::reuse::bare::{self, Text};
use headwater::reuse::stream::Stream;
use rustix::time::{ClockId, clock_gettime};

use crate::planted;

/// So many texts are added behind the others, each of which has its price.
const LAST: usize = 10_000;

/// After so many more texts all is settled once more.
const FEW: usize = 100;

/// Adds the texts of the corpus in `folder` in an order of no meaning and prints what that took, in
/// processor time. `RAYON_NUM_THREADS=1` for the cost of one core.
pub(crate) fn run(folder: &Path) -> Result<String, String> {
    let docs = planted::docs(folder)?;
    let texts = planted::texts(&docs);
    // The order of arrival: by the last digits of a multiple.
    let mut order = (0..texts.len()).collect::<Vec<_>>();
    order.sort_by_key(|&ix| (ix as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let n_last = LAST.min(texts.len() / 2);
    let n_few = FEW.min(n_last);
    let (before, last) = order.split_at(texts.len() - n_last);
    let (last, few) = last.split_at(n_last - n_few);

    let (mut stream, mut out) = (Stream::default(), String::new());
    let start = Instant::now();
    let first = add(&mut stream, &texts, before)?;
    let mut then = add(&mut stream, &texts, last)?;
    let _ = writeln!(out, "first {} texts: {}", before.len(), told(first));
    let (user, settled) = timed(|| stream.settle());
    let _ = writeln!(
        out,
        "settled {} texts: {user:.2} s, {} compared again",
        stream.len(),
        settled.n_compared
    );
    let more = add(&mut stream, &texts, few)?;
    then.extend(more);
    let _ = writeln!(out, "last {n_last} texts: {}", told(then));
    let (user, settled) = timed(|| stream.settle());
    let _ = writeln!(
        out,
        "settled {n_few} texts more: {user:.2} s, {} compared again, {} passages",
        settled.n_compared,
        settled.shared.len()
    );
    let _ = writeln!(out, "all of it: {:.1} s on the clock", start.elapsed().as_secs_f64());
    let (user, batch) = timed(|| bare::shared(&texts));
    let is_equal = settled.shared == batch;
    let _ = writeln!(out, "all at once: {user:.2} s; equal to what is settled: {is_equal}");
    if is_equal {
        Ok(out)
    } else {
        Err(format!("{out}settled passages are not those of the batch"))
    }
}

/// Nanoseconds of processor time of each add.
fn add(stream: &mut Stream, texts: &[Text], order: &[usize]) -> Result<Vec<u64>, String> {
    let times = order.iter().map(|&ix| {
        let start = now(ClockId::ThreadCPUTime);
        let added = stream.add(ix as u64, texts[ix]);
        let end = now(ClockId::ThreadCPUTime);
        added.map(|_| end - start).map_err(|refused| refused.to_string())
    });
    times.collect()
}

fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = now(ClockId::ProcessCPUTime);
    let done = work();
    ((now(ClockId::ProcessCPUTime) - start) as f64 / 1e9, done)
}

fn now(clock: ClockId) -> u64 {
    let time = clock_gettime(clock);
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

fn told(mut times: Vec<u64>) -> String {
    times.sort_unstable();
    let n = times.len().max(1);
    let mean = times.iter().sum::<u64>() as f64 / n as f64 / 1e6;
    let at = |per_mille: usize| {
        let at = (n * per_mille / 1000).min(n - 1);
        times.get(at).copied().unwrap_or(0) as f64 / 1e6
    };
    let (p99, max) = (at(990), at(1000));
    format!("mean {mean:.3} ms, p99 {p99:.3} ms, max {max:.3} ms an add")
}
