//! Gather: files to pages.

use headwater_page::{Capture, Page, Skipped, read};

pub(crate) fn gather(
    args: &[String],
    progress: impl Fn(usize, usize),
) -> (Vec<Page>, Vec<Skipped>) {
    let (mut pages, mut skipped) = (Vec::new(), Vec::new());
    for (nth, file) in args.iter().enumerate() {
        let capture = Capture { file: file.clone(), ..Capture::default() };
        match std::fs::read(file) {
            Ok(bytes) => {
                let reading = read(&bytes, &capture);
                pages.extend(reading.pages);
                skipped.extend(reading.skipped);
            }
            Err(error) => skipped.push(Skipped {
                file: file.clone(),
                offset: 0,
                n_bytes: 0,
                reason: format!("cannot be read: {error}"),
            }),
        }
        progress(nth + 1, args.len());
    }
    (pages, skipped)
}
