//! Plain: a dossier as text for a terminal, a pipe or a case.
//!
//! It reads like an editor's memo: the verdict, why, who has it from whom, who states what, and
//! where reports part. What stands in “ ” is a page's words; everything else is ours. Letters (A,
//! B, α) mean articles and lost witnesses of one story and are explained where they first stand.

mod ask;
pub(crate) mod claims;
mod collection;
pub(crate) mod compare;
mod origins;
mod outline;
mod page;
pub(crate) mod paper;
mod related;
mod sources;
pub(crate) mod stemma;
pub(crate) mod timeline;
pub(crate) mod view;
mod why;

use headwater::{ArticleIx, Dossier, Place};
use headwater_page::Skipped;

pub use ask::ask;
pub use collection::{all_claims, timelines};
pub use compare::{best_pair, best_partner, compare};
pub use outline::outline;
pub use page::{Detail, page};
pub use paper::{Ink, Paper};
pub use sources::sources;
pub use why::{why_claim, why_story};

use crate::verdict::{counted, verdict};
use paper::{Hand, Phrase, Sheet, quoted, shown};
use view::View;

/// One part of what is said about a story.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Section {
    /// How many articles on how many origins.
    Verdict,
    /// What holds the count at each end.
    Why,
    /// Who has it from whom.
    Stemma,
    /// Who states what.
    Claims,
    /// What was said, in which versions.
    Sayings,
    /// What happened when.
    Timeline,
    /// Where reports part.
    Differences,
    /// The articles, with their pages and bytes.
    Articles,
    /// Other stories on the same matter.
    Related,
}

impl Section {
    /// All sections, in the order in which they are printed.
    pub const ALL: [Section; 9] = [
        Section::Verdict,
        Section::Why,
        Section::Stemma,
        Section::Claims,
        Section::Sayings,
        Section::Timeline,
        Section::Differences,
        Section::Articles,
        Section::Related,
    ];

    fn heading(self) -> &'static str {
        match self {
            Section::Verdict => "",
            Section::Why => "Why",
            Section::Stemma => "Who has it from whom",
            Section::Claims => "Claims",
            Section::Sayings => "Sayings",
            Section::Timeline => "Timeline",
            Section::Differences => "Differences",
            Section::Articles => "Articles",
            Section::Related => "Related stories",
        }
    }
}

/// Everything about the stories at `stories` (indices into the dossier, in the order given), then
/// what was skipped. Stories of one article come last and short. Never fails.
pub fn trace(dossier: &Dossier, stories: &[usize], paper: Paper) -> String {
    let mut sheet = Sheet::new(paper);
    sheet.line(&Phrase::new().ours(contents(dossier)));
    if dossier.articles.is_empty() {
        sheet.line(&Phrase::new().ours("No article was found on these pages."));
    }
    let (many, single): (Vec<usize>, Vec<usize>) =
        stories.iter().partition(|&&ix| dossier.stories[ix].articles.len() > 1);
    let mut out = sheet.done();
    for ix in many {
        out.push('\n');
        out += &story(dossier, ix, paper);
    }
    if !single.is_empty() {
        let mut sheet = Sheet::new(paper);
        sheet.line(
            &Phrase::new().with(Hand::Strong, "Told by one article: nothing to compare with"),
        );
        for ix in single {
            alone(&View::new(dossier, ix), &mut sheet);
            related::beside(dossier, ix, &mut sheet);
        }
        out.push('\n');
        out += &sheet.done();
    }
    let skipped = skipped(dossier, paper);
    if !skipped.is_empty() {
        let mut sheet = Sheet::new(paper);
        sheet.line(&Phrase::new().with(Hand::Strong, "Not read"));
        out.push('\n');
        out += &sheet.done();
        out += &indented(INDENT, &skipped);
    }
    out
}

/// Which commands print what the memo of `stories` leaves out; empty if no story among them has more than
/// one article.
pub fn further(dossier: &Dossier, stories: &[usize], paper: Paper) -> String {
    let mut many = stories.iter().filter(|&&ix| dossier.stories[ix].articles.len() > 1);
    let Some(story) = many.next().map(|ix| ix + 1) else { return String::new() };
    let mut sheet = Sheet::new(paper);
    let words = format!(
        "More, each with the same PAGES: `headwater why {story}` (the reasoning, with files and bytes; \
         `why {story}.1` of one claim), `claims`, `timeline`, `sources`, `ask \"…\"`; `compare A B`; \
         `trace --html DIR` for a browser, `trace --json` for programs."
    );
    sheet.hang("", "  ", &Phrase::new().faint(words));
    format!("\n{}", sheet.done())
}

/// One section about the story at `ix`, whole and without its heading; empty if there is nothing to say.
pub fn section(dossier: &Dossier, ix: usize, section: Section, paper: Paper) -> String {
    part(dossier, ix, section, Extent::Whole, paper)
}

/// How much of a section is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Extent {
    /// What a reader wants first; of the rest how much it is, and which command prints it.
    Memo,
    /// All of it.
    Whole,
}

impl Extent {
    /// How many of `n` rows are printed where the memo has `most`. A few more are not worth a line
    /// that says so.
    fn of(self, n: usize, most: usize) -> usize {
        if self == Extent::Memo && n > most + 2 { most } else { n }
    }
}

fn part(dossier: &Dossier, ix: usize, section: Section, extent: Extent, paper: Paper) -> String {
    let view = View::new(dossier, ix);
    let mut sheet = Sheet::new(inner(paper));
    match section {
        Section::Verdict => {
            let words = verdict(dossier, view.story);
            sheet.line(&Phrase::new().with(Hand::Strong, words));
        }
        Section::Why => origins::why(&view, &mut sheet),
        Section::Stemma => stemma::stemma(&view, extent, &mut sheet),
        Section::Claims => claims::claims(&view, extent, &mut sheet),
        Section::Sayings => claims::sayings(&view, extent, &mut sheet),
        Section::Timeline => timeline::timeline(&view, extent, &mut sheet),
        Section::Differences => claims::differences(&view, extent, &mut sheet),
        Section::Articles => articles(&view, extent, &mut sheet),
        Section::Related => related::related(dossier, ix, &mut sheet),
    }
    sheet.done()
}

/// The article with a letter (A, B) in the story at `story`.
pub fn lettered(dossier: &Dossier, story: usize, letter: &str) -> Option<ArticleIx> {
    let articles = &dossier.stories.get(story)?.articles;
    let view = View::new(dossier, story);
    articles.iter().copied().find(|&article| view.siglum(article) == letter)
}

/// What was not read, one entry a capture; empty if everything was.
pub fn skipped(dossier: &Dossier, paper: Paper) -> String {
    let mut sheet = Sheet::new(inner(paper));
    for it in &dossier.skipped {
        put_skipped(it, &mut sheet);
    }
    sheet.done()
}

/// One thing that was not read, with its place and the reason.
pub fn left_out(skipped: &Skipped, paper: Paper) -> String {
    let mut sheet = Sheet::new(inner(paper));
    put_skipped(skipped, &mut sheet);
    sheet.done()
}

fn put_skipped(skipped: &Skipped, sheet: &mut Sheet) {
    let at = match skipped.offset {
        0 => String::new(),
        offset => format!(" from byte {offset}"),
    };
    let mut phrase =
        Phrase::new().ours(format!("{}: {}", shown(&skipped.file), shown(&skipped.reason)));
    if skipped.n_bytes > 0 || skipped.offset > 0 {
        let size = counted(skipped.n_bytes as usize, "byte", "bytes");
        phrase = phrase.faint(format!(" ({size}{at})"));
    }
    sheet.hang("", "  ", &phrase);
}

/// A page's words in quotation marks on one line, clipped and safe to print.
pub fn one_line(words: &str) -> String {
    quoted(words, QUOTED)
}

/// Left margin of the verdict and of the headings.
const INDENT: &str = "   ";

/// Left margin of what stands under a heading.
const BODY: &str = "     ";

/// How many characters of a page a line quotes.
const QUOTED: usize = 140;

/// What a section is laid out for: the same lines, whether they are indented or stand alone.
fn inner(paper: Paper) -> Paper {
    Paper { columns: paper.columns.saturating_sub(BODY.len()).max(20), ..paper }
}

fn contents(dossier: &Dossier) -> String {
    format!(
        "{}, {}, {}.",
        counted(dossier.pages.len(), "page", "pages"),
        counted(dossier.articles.len(), "article", "articles"),
        counted(dossier.stories.len(), "story", "stories"),
    )
}

fn story(dossier: &Dossier, ix: usize, paper: Paper) -> String {
    let view = View::new(dossier, ix);
    let mut sheet = Sheet::new(paper);
    let number = format!("{}  ", ix + 1);
    let title = quoted(dossier.words(view.story.title), QUOTED);
    let phrase = Phrase::new().with(Hand::Strong, title);
    sheet.hang(&number, &" ".repeat(number.len()), &phrase);
    let mut out = sheet.done();
    out += &indented(INDENT, &section(dossier, ix, Section::Verdict, paper));
    for section in &Section::ALL[1..] {
        let body = part(dossier, ix, *section, Extent::Memo, paper);
        if !body.is_empty() {
            let mut sheet = Sheet::new(paper);
            sheet.hang(INDENT, INDENT, &Phrase::new().with(Hand::Strong, section.heading()));
            out.push('\n');
            out += &sheet.done();
            out += &indented(BODY, &body);
        }
    }
    out
}

/// A story of one article, in two lines.
fn alone(view: &View<'_>, sheet: &mut Sheet) {
    let title = quoted(view.dossier.words(view.story.title), QUOTED);
    let number = format!("{:>3}  ", view.number);
    let mut phrase = Phrase::new().theirs(title);
    if let [article] = view.story.articles[..] {
        phrase = phrase.ours(format!(" {}. ", view.dated(article)));
        let origins = view.story.origins.as_ref();
        phrase = phrase.ours(crate::verdict::rest(view.dossier, origins, 1));
        phrase = phrase.faint(format!(" {}", view.bytes(article)));
    }
    sheet.hang(&number, "     ", &phrase);
}

fn articles(view: &View<'_>, extent: Extent, sheet: &mut Sheet) {
    let folder = if extent == Extent::Memo { view.folder() } else { "" };
    for &ix in &view.story.articles {
        let article = &view.dossier.articles[ix.ix()];
        let at = |span| Place { page: article.page, span };
        let letter = format!("{}  ", view.siglum(ix));
        let margin = " ".repeat(letter.chars().count());
        let mut phrase = Phrase::new().ours(format!("{}. ", view.dated(ix)));
        phrase = match article.headline {
            Some(headline) => phrase.theirs(quoted(view.dossier.words(at(headline)), QUOTED)),
            None => phrase.ours("No headline on the page."),
        };
        sheet.hang(&letter, &margin, &phrase);
        let mut second = Phrase::new();
        if !article.byline.is_empty() {
            let names = article.byline.iter().map(|&span| shown(view.dossier.words(at(span))));
            second = second.ours(format!("By {}. ", names.collect::<Vec<_>>().join(", ")));
        }
        let credits = article.credits.iter();
        let credits = credits.map(|it| quoted(view.dossier.words(at(it.span)), QUOTED));
        let mut before = Vec::<String>::new();
        for words in credits {
            if !before.contains(&words) {
                second = second.ours("Credit line: ").theirs(words.clone()).ours(". ");
                before.push(words);
            }
        }
        let bytes = view.bytes(ix);
        let bytes = bytes.strip_prefix(&*shown(folder)).unwrap_or(&bytes).to_owned();
        sheet.hang(&margin, &margin, &second.faint(bytes));
    }
    if !folder.is_empty() {
        sheet.line(&Phrase::new().faint(format!("All in {}", shown(folder))));
    }
}

/// A heading after a blank line.
fn heading(sheet: &mut Sheet, words: &str) {
    sheet.blank();
    sheet.line(&Phrase::new().with(Hand::Strong, words));
}

fn indented(margin: &str, text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 20);
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            out += margin;
        }
        out += line;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example;
    use headwater::PageIx;

    /// What the words look like as a whole is shown by the files beside this one.
    #[test]
    fn a_dossier_reads_like_a_memo() {
        let dossier = example::dossier();
        let paper = Paper::default();
        let texts = [
            ("trace", trace(&dossier, &[0, 1], paper), include_str!("plain/lock/trace.txt")),
            ("why", why_story(&dossier, 0, paper), include_str!("plain/lock/why.txt")),
            ("claim", why_claim(&dossier, 0, 0, paper), include_str!("plain/lock/claim.txt")),
            (
                "compare",
                compare(&dossier, ArticleIx(0), ArticleIx(1), paper),
                include_str!("plain/lock/compare.txt"),
            ),
            ("sources", sources(&dossier, paper), include_str!("plain/lock/sources.txt")),
            ("claims", all_claims(&dossier, paper), include_str!("plain/lock/claims.txt")),
            ("timeline", timelines(&dossier, paper), include_str!("plain/lock/timeline.txt")),
            ("ask", asked(&dossier, paper), include_str!("plain/lock/ask.txt")),
            (
                "page",
                page(&dossier, PageIx(0), Detail::Outline, paper),
                include_str!("plain/lock/page.txt"),
            ),
            (
                "marks",
                page(&dossier, PageIx(2), Detail::Marks, paper),
                include_str!("plain/lock/marks.txt"),
            ),
        ];
        // `UPDATE_LOCKS=1 cargo test -p headwater-report` writes them anew.
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/plain/lock");
        for (name, is, was) in texts {
            if std::env::var_os("UPDATE_LOCKS").is_some() {
                std::fs::write(folder.join(format!("{name}.txt")), &is).unwrap();
                continue;
            }
            assert_eq!(is, was, "{name}");
        }
    }

    /// A claim that some pages state and others deny, as an answer made by hand.
    fn asked(dossier: &Dossier, paper: Paper) -> String {
        let claim = "The Oster lock was closed, and 600 barges wait";
        ask(dossier, claim, &example::answer(dossier, claim), paper)
    }

    #[test]
    fn colour_changes_no_word() {
        let dossier = example::dossier();
        let plain = trace(&dossier, &[0, 1], Paper::default());
        let coloured = trace(&dossier, &[0, 1], Paper { columns: 100, ink: Ink::Colour });
        assert!(coloured.contains('\x1b'));
        let bare = anstyle_free(&coloured);
        assert_eq!(bare, plain);
    }

    fn anstyle_free(text: &str) -> String {
        let mut parts = text.split("\x1b[");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |out, part| out + part.split_once('m').map_or("", |(_, rest)| rest))
    }

    #[test]
    fn narrow_paper_keeps_its_lines_short() {
        let dossier = example::dossier();
        let narrow = trace(&dossier, &[0, 1], Paper { columns: 60, ink: Ink::Plain });
        for line in narrow.lines() {
            assert!(paper::width(line) <= 60, "{line}");
        }
    }
}
