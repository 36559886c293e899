//! Peer: what another extractor makes of the same pages, for comparison. Told, not guarded.

use std::collections::BTreeMap;
use std::path::Path;

use dom_smoothie::{Config, Readability, TextMode};

use crate::body::{Label, Means, counts};
use crate::gold;
use crate::metric::{Better, Score};

/// `score` with the body figures of `dom_smoothie`, a Rust port of Mozilla's Readability.
pub(crate) fn beside(
    mut score: Score,
    folder: &Path,
    gold: &BTreeMap<String, Label>,
) -> Result<Score, String> {
    let mut means = Means::default();
    for (name, label) in gold {
        let html = unpacked(&gold::bytes(&folder.join(format!("html/{name}.html.gz")))?);
        means.add(name, counts(&label.body, &smoothed(&html)));
    }
    means.push("body_by_dom_smoothie", Better::Neither, &mut score);
    Ok(score)
}

fn smoothed(html: &str) -> String {
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let article = Readability::new(html, None, Some(config)).and_then(|mut page| page.parse());
    article.map(|article| article.text_content.to_string()).unwrap_or_default()
}

fn unpacked(bytes: &[u8]) -> String {
    use std::io::Read;
    let mut html = Vec::new();
    match flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut html) {
        Ok(_) => String::from_utf8_lossy(&html).into_owned(),
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    }
}
