//! Meter: newspaper articles and the wire copy that they come from, word by word.
//!
//! The METER corpus, courts: for every article a wire story of the same folder, a class, and for
//! most articles which words are verbatim, re-worded or new. Thresholds are fixed; nothing is
//! trained.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use headwater::Lexicon;
use headwater::reuse::derived::{self, Derived, Source};

use crate::metric::{Better, Score};

/// An article of the corpus.
struct Article {
    /// Date and catchline: its wire story.
    story: String,
    /// 0 non-derived, 1 partially, 2 wholly derived.
    class: usize,
    text: String,
    /// Where each part of the text ends, and what it is.
    parts: Vec<(usize, Part)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Verbatim,
    Rewrite,
    New,
    Unclassified,
}

/// Share of what its words weigh that the source has, per mille, from which on an article is at least
/// partially derived, and share of its words that are derived if it is wholly so. Swept on all
/// articles: 680 to 690 and 985 to 1000 give a macro F1 of .72 to .73.
const PARTIALLY: u16 = 690;
const WHOLLY: u16 = 995;

/// Scores the corpus in `folder`.
pub(crate) fn score(folder: &Path) -> Result<Score, String> {
    let language = Lexicon::shipped().language("en");
    let takes = takes(&folder.join("PA/rawtexts/courts"))?;
    let sources = takes.iter().map(|(story, takes)| {
        let takes = takes.iter().map(String::as_str).collect::<Vec<_>>();
        (story.as_str(), Source::new(&takes, language))
    });
    let sources = sources.collect::<BTreeMap<_, _>>();
    let (stories, all) =
        sources.iter().map(|(story, source)| (*story, source)).unzip::<_, _, Vec<_>, Vec<_>>();
    let nothing = Source::new(&[], language);
    let articles = articles(&folder.join("newspapers/annotated/courts"))?;

    let mut score = Score::default();
    // Right, answered, gold: words; and re-worded ones found and all.
    let (mut words, mut partial) = ([0; 3], [0; 3]);
    let (mut rewritten, mut first) = ([0; 2], [0; 2]);
    let mut classes = [[0; 3]; 3];
    for article in &articles {
        let own = sources.get(article.story.as_str()).unwrap_or(&nothing);
        let derived = own.derived(&article.text);
        let class =
            if derived.known < PARTIALLY { 0 } else { 1 + usize::from(derived.share >= WHOLLY) };
        classes[article.class][class] += 1;
        count(article, &derived, &mut words, &mut rewritten);
        if article.class == 1 {
            count(article, &derived, &mut partial, &mut [0; 2]);
        }
        if article.class > 0 && sources.contains_key(article.story.as_str()) {
            let best = derived::likeliest(&article.text, &all);
            first[1] += 1;
            first[0] += usize::from(best.is_some_and(|best| stories[best] == article.story));
        }
    }
    // Of wholly derived articles nearly every word is; those that are derived in part tell more.
    for (name, [right, answered, gold]) in [("derived", words), ("derived.in_part", partial)] {
        let f1 = 2.0 * right as f64 / (answered + gold).max(1) as f64;
        score.rate(&format!("{name}.p"), right, answered);
        score.rate(&format!("{name}.r"), right, gold);
        score.push(&format!("{name}.f1"), Some(f1), gold, Better::Higher);
    }
    score.rate("derived.rewrite.r", rewritten[0], rewritten[1]);
    score.rate("source.first", first[0], first[1]);
    let of_class = |class: usize| {
        let answered = classes.iter().map(|row| row[class]).sum::<usize>();
        let gold = classes[class].iter().sum::<usize>();
        2.0 * classes[class][class] as f64 / (answered + gold).max(1) as f64
    };
    let macro_f1 = (0..3).map(of_class).sum::<f64>() / 3.0;
    score.push("class.macro_f1", Some(macro_f1), articles.len(), Better::Higher);
    Ok(score)
}

/// Counts the words that are labelled.
fn count(article: &Article, derived: &Derived, words: &mut [usize; 3], rewritten: &mut [usize; 2]) {
    for &(span, is_derived) in &derived.words {
        let at = article.parts.partition_point(|part| part.0 <= span.start as usize);
        let part = article.parts.get(at).map_or(Part::Unclassified, |part| part.1);
        if part == Part::Unclassified {
            continue;
        }
        words[0] += usize::from(is_derived && part != Part::New);
        words[1] += usize::from(is_derived);
        words[2] += usize::from(part != Part::New);
        if part == Part::Rewrite {
            rewritten[0] += usize::from(is_derived);
            rewritten[1] += 1;
        }
    }
}

/// The wire's takes by story.
fn takes(folder: &Path) -> Result<BTreeMap<String, Vec<String>>, String> {
    let mut takes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (story, file) in stories(folder, "txt")? {
        takes.entry(story).or_default().push(latin(&file)?);
    }
    Ok(takes)
}

fn articles(folder: &Path) -> Result<Vec<Article>, String> {
    let mut articles = Vec::new();
    for (story, file) in stories(folder, "sgml")? {
        let sgml = latin(&file)?;
        let class = ["non-derived", "partially-derived", "wholly-derived"];
        let class =
            class.iter().position(|class| sgml.contains(&format!("classification=\"{class}")));
        let class = class.ok_or_else(|| format!("{}: has no classification", file.display()))?;
        let (text, parts) = parts(&sgml);
        if !text.trim().is_empty() {
            articles.push(Article { story, class, text, parts });
        }
    }
    Ok(articles)
}

/// The text between the tags of parts, and where each part ends.
fn parts(sgml: &str) -> (String, Vec<(usize, Part)>) {
    let body = sgml.find("<body>").map_or("", |at| &sgml[at + "<body>".len()..]);
    let (mut text, mut parts) = (String::new(), Vec::new());
    for piece in body.split('<').skip(1) {
        let Some((tag, inner)) = piece.split_once('>') else { continue };
        let part = match tag.split_whitespace().next().unwrap_or("").to_ascii_lowercase().as_str() {
            "verbatim" => Part::Verbatim,
            "rewrite" => Part::Rewrite,
            "new" => Part::New,
            "unclassified" => Part::Unclassified,
            _ => continue,
        };
        text.push_str(inner);
        parts.push((text.len(), part));
    }
    (text, parts)
}

/// Files of `folder`/date/catchline that end so, each with its date and catchline, in order.
fn stories(folder: &Path, ending: &str) -> Result<Vec<(String, PathBuf)>, String> {
    let list = |folder: &Path| {
        let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let mut entries = entries.flatten().map(|entry| entry.path()).collect::<Vec<_>>();
        entries.sort();
        Ok::<_, String>(entries)
    };
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut found = Vec::new();
    for date in list(folder)?.iter().filter(|path| path.is_dir()) {
        for story in list(date)?.iter().filter(|path| path.is_dir()) {
            let key = format!("{}/{}", name(date), name(story));
            let files = list(story)?.into_iter();
            let files = files.filter(|file| file.extension().is_some_and(|it| it == ending));
            found.extend(files.map(|file| (key.clone(), file)));
        }
    }
    Ok(found)
}

/// A file in ISO 8859-1.
fn latin(file: &Path) -> Result<String, String> {
    let bytes = fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
    Ok(bytes.into_iter().map(char::from).collect())
}
