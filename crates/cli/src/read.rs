//! `headwater read`: pages and their articles, one after the other.

use std::io::{self, BufWriter, ErrorKind, Write};

use clap::Args;
use headwater::Lexicon;
use headwater_page::{Found, Gravity, Item, Skipped, Tally};
use headwater_report::plain::{self, Paper};
use headwater_report::verdict::counted;
use headwater_report::{WireOptions, wire};

use crate::input::{Pages, Printed};
use crate::{Outcome, gather, screen};

/// Show the articles of pages, page by page, however many there are
///
/// Pages are read and forgotten one after the other, so a crawl of any size takes little memory.
/// Nothing is compared: for stories and origins use `trace`.
#[derive(Args, Debug)]
#[command(after_help = JSON)]
pub(crate) struct Read {
    #[command(flatten)]
    input: Pages,
    #[command(flatten)]
    json: Printed,
}

const JSON: &str = "\
Example:
  headwater read --json crawl.warc.gz | jq -r '.articles[]?.id'

With --json, each line is an object of its own, in the order of the input:
  {\"version\": 1, \"page\": {…}, \"articles\": [{…}, …]}   a page, with the articles on it
  {\"version\": 1, \"skipped\": {…}}                       what was not read, and why
The rows are those of `trace --json`; a page that stands in the input twice is printed twice.";

/// What became of a record.
struct Done {
    out: Vec<u8>,
    n_pages: usize,
    n_articles: usize,
    skipped: Vec<Skipped>,
}

/// What became of them all.
struct Printer {
    out: BufWriter<io::StdoutLock<'static>>,
    json: Option<WireOptions>,
    tally: Tally,
    n_pages: usize,
    n_articles: usize,
    worst: Gravity,
}

pub(crate) fn run(args: &Read) -> Outcome {
    let json = args.json.options();
    let out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let (n_pages, n_articles, worst) = (0, 0, Gravity::Note);
    let mut printer = Printer { out, json, tally: Tally::default(), n_pages, n_articles, worst };
    let (lexicon, paper) = (Lexicon::shipped(), screen::paper());
    gather::each(
        &args.input.pages,
        |found| read(found, json, lexicon, paper),
        |read| printer.add(read),
    );
    printer.end()
}

fn read(found: &Found, json: Option<WireOptions>, lexicon: &Lexicon, paper: Paper) -> Done {
    let mut read = Done { out: Vec::new(), n_pages: 0, n_articles: 0, skipped: Vec::new() };
    for item in gather::items(found) {
        match item {
            Item::Page(page) => {
                let dossier = headwater::segmented(page, lexicon);
                read.n_pages += 1;
                read.n_articles += dossier.articles.len();
                match json {
                    // Memory does not fail to be written to.
                    Some(options) => drop(wire::write_page(&dossier, options, &mut read.out)),
                    None => read.out.extend(plain::outline(&dossier, paper).bytes()),
                }
            }
            Item::Skipped(skipped) => read.skipped.push(skipped),
        }
    }
    read
}

impl Printer {
    fn add(&mut self, read: Done) {
        self.n_pages += read.n_pages;
        self.n_articles += read.n_articles;
        self.write(&read.out);
        for skipped in read.skipped {
            if let Some(first) = self.tally.first(skipped) {
                self.skip(&first);
            }
        }
    }

    fn skip(&mut self, skipped: &Skipped) {
        self.worst = self.worst.max(skipped.gravity);
        if self.json.is_some() {
            let mut line = Vec::new();
            drop(wire::write_skipped(skipped, &mut line));
            self.write(&line);
        }
        for line in plain::left_out(skipped, Paper::default()).lines() {
            screen::complain(&format!("not read: {line}"));
        }
    }

    /// A reader that went away wants no more: a crawl is not read to its end for nobody.
    fn write(&mut self, bytes: &[u8]) {
        match self.out.write_all(bytes) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
            Err(error) => {
                screen::complain(&format!("cannot write to standard output: {error}"));
                std::process::exit(2)
            }
        }
    }

    fn end(mut self) -> Outcome {
        for rest in self.tally.rest() {
            self.skip(&rest);
        }
        if self.json.is_none() {
            let pages = counted(self.n_pages, "page", "pages");
            let articles = counted(self.n_articles, "article", "articles");
            let last = format!("{pages}, {articles}.\n");
            self.write(last.as_bytes());
        }
        if self.out.flush().is_err_and(|error| error.kind() != ErrorKind::BrokenPipe) {
            screen::complain("cannot write to standard output: the last pages are missing");
            self.worst = Gravity::Trouble;
        }
        match self.worst {
            Gravity::Trouble => Outcome::Trouble,
            Gravity::Note if self.n_articles == 0 => Outcome::Nothing,
            Gravity::Note => Outcome::Fine,
        }
    }
}
