//! Annotate: how many labelled articles a second one core marks, and which stage takes the time.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use headwater::article::{Role, segment};
use headwater::marks::{Marks, Stage, annotate_by_stage};
use headwater::{Article, Lexicon, PageIx};
use headwater_page::{Capture, Page, read};

/// Folders of plain texts, and files of one article a line, under the labelled data.
const TEXTS: [&str; 2] = ["data/polnear/dev/text", "data/polnear/train/text"];
const LINES: [&str; 6] = ["census", "event-36", "event-5", "event-56", "event-66", "spotify"];
/// Rounds over all articles; of each article and stage the fastest counts.
const ROUNDS: usize = 5;
/// Words of the article that speeds are told for: what the targets of the project count in.
const WORDS: f64 = 540.0;

/// The stages, as they are printed, in the order of the work.
const STAGES: [(Stage, &str); 8] = [
    (Stage::Sentences, "words and sentences"),
    (Stage::Names, "names"),
    (Stage::Quotes, "quotes"),
    (Stage::Citations, "citations"),
    (Stage::Stances, "stances"),
    (Stage::Dates, "dates"),
    (Stage::Figures, "figures"),
    (Stage::Statements, "statements"),
];

/// An article on its page, with the words of headline and paragraphs.
struct Text {
    page: Page,
    article: Article,
    n_words: usize,
}

/// Articles a second, then a line a stage. The articles are read and segmented before the clock
/// starts.
pub(super) fn annotate(shared: &Path) -> Result<String, String> {
    let texts = texts(shared)?;
    let mut fastest = vec![[Duration::MAX; STAGES.len()]; texts.len()];
    for _ in 0..ROUNDS {
        for (text, fastest) in texts.iter().zip(&mut fastest) {
            let (mut times, mut last) = ([Duration::ZERO; STAGES.len()], Instant::now());
            let done = |stage| {
                let now = Instant::now();
                if let Some(nth) = STAGES.iter().position(|(known, _)| *known == stage) {
                    times[nth] += now - last;
                }
                last = now;
            };
            let marks: Marks =
                annotate_by_stage(&text.page, &text.article, Lexicon::shipped(), done);
            std::hint::black_box(&marks);
            for (fastest, time) in fastest.iter_mut().zip(times) {
                *fastest = time.min(*fastest);
            }
        }
    }
    Ok(printed(&texts, &fastest))
}

fn printed(texts: &[Text], fastest: &[[Duration; STAGES.len()]]) -> String {
    let n_words = texts.iter().map(|text| text.n_words).sum::<usize>().max(1) as f64;
    let of_stage = |nth: usize| fastest.iter().map(|times| times[nth]).sum::<Duration>();
    let total = (0..STAGES.len()).map(of_stage).sum::<Duration>().as_secs_f64();
    let mut out = String::new();
    let _ = writeln!(
        out,
        "annotate: {} articles of {:.0} words: {:.0} articles/s, {:.0}/s of {WORDS} words ({:.0} ns a word)",
        texts.len(),
        n_words / texts.len().max(1) as f64,
        texts.len() as f64 / total,
        n_words / WORDS / total,
        total * 1e9 / n_words,
    );
    for (nth, (_, name)) in STAGES.iter().enumerate() {
        let time = of_stage(nth).as_secs_f64();
        let share = time / total * 100.0;
        let _ = writeln!(out, "  {name}: {:.0} ns a word, {share:.0} %", time * 1e9 / n_words);
    }
    out
}

/// Every article of the labelled texts, teasers left out.
fn texts(shared: &Path) -> Result<Vec<Text>, String> {
    let mut files = Vec::new();
    for folder in TEXTS {
        files.extend(listed(&shared.join(folder))?);
    }
    for folder in LINES {
        files.push(shared.join("cases").join(folder).join("articles.jsonl"));
    }
    files.retain(|file| file.is_file());
    let mut found = Vec::new();
    for file in files {
        let bytes = fs::read(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for page in read(&bytes, &Capture { file: name, ..Capture::default() }).pages {
            let articles = segment(&page, PageIx(0), Lexicon::shipped());
            for article in articles.into_iter().filter(|article| article.role != Role::Teaser) {
                let lines = article.headline.iter().chain(&article.paragraphs);
                let n_words = lines.map(|line| page.words(*line).split_whitespace().count()).sum();
                found.push(Text { page: page.clone(), article, n_words });
            }
        }
    }
    Ok(found)
}

/// The files of a folder by name; none where it is missing.
fn listed(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let files = entries.map(|entry| entry.map(|entry| entry.path()));
    let mut files =
        files.collect::<Result<Vec<_>, _>>().map_err(|e| format!("{}: {e}", folder.display()))?;
    files.sort();
    Ok(files)
}
