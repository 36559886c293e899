//! Cut: how fast files are cut into records, unpacked and put together, without reading them.
//!
//! ```sh
//! cargo run --release -p headwater-page --example cut -- CRAWL.warc.gz
//! ```

use std::fs::File;
use std::time::Instant;

use headwater_page::{Capture, Found, Input, records};

fn main() -> std::io::Result<()> {
    for name in std::env::args().skip(1) {
        let (mut n_records, mut n_skipped, mut n_cut, mut n_plain) = (0_u64, 0_u64, 0, 0);
        let capture = Capture { file: name.clone(), ..Capture::default() };
        let start = Instant::now();
        let mut file = File::open(&name)?;
        records(Input::File(&mut file), &capture, &mut |found| match found {
            Found::Record(record) => {
                n_records += 1;
                n_cut += record.n_stated();
                n_plain += record.payload().len();
            }
            Found::Skipped(skipped) => {
                n_skipped += 1;
                n_cut += skipped.n_bytes;
            }
        })?;
        let seconds = start.elapsed().as_secs_f64();
        let rate = |n: f64| n / 1e6 / seconds;
        println!(
            "{name}: {n_records} records, {n_skipped} lines of what was skipped, {seconds:.2} s, \
             {:.0} MB/s of unpacked records, {:.0} MB/s of bodies",
            rate(n_cut as f64),
            rate(n_plain as f64),
        );
    }
    Ok(())
}
