//! Spilled: pages and their index in files, where memory has no room for them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use headwater::reuse::bare::{Shared, Text};
use headwater::reuse::segment::Segments;
use headwater::reuse::spill::Spill;
use headwater::{Page, fold};
use headwater_page::{Item, Skipped, Tally};
use headwater_store::{Files, Trouble};

use super::{Printed, host, name};
use crate::{gather, screen};

/// Pages of which memory holds no words.
pub(super) struct Pages {
    files: Files,
    /// In order of their ids, each once.
    rows: Vec<Row>,
    /// Names of the series; a page of which nothing is known has the last one, which is empty.
    names: Vec<String>,
}

/// Where a page stands.
struct Row {
    id: u64,
    /// Hash of its file's name.
    file: u64,
    series: u32,
    /// Number of its name.
    name: u32,
    segment: u32,
    from: u32,
    /// Bytes of what it is named, its date and its address, and of its text behind them.
    n_head: [u32; 3],
    n_text: u32,
}

/// Pages as they are read: those that wait are written together.
struct Reading {
    pages: Pages,
    numbers: BTreeMap<String, u32>,
    n_nameless: u32,
    waiting: Vec<u8>,
    n_written: usize,
    tally: Tally,
    skipped: Vec<Skipped>,
}

/// Bytes of pages that are written, or read again and compared, in one go.
const AT_ONCE: usize = 4 << 20;

/// What is kept of a page.
struct Kept {
    id: u64,
    file: u64,
    series: Option<String>,
    /// What it is named, its date and its address.
    head: [String; 3],
    text: String,
}

impl Pages {
    /// The pages that `args` name, in files inside of `folder`, and what could not be read. Fails if
    /// the files cannot be written.
    pub(super) fn read(args: &[String], folder: &Path) -> Result<(Self, Vec<Skipped>), Trouble> {
        let pages = Pages { files: Files::new(folder)?, rows: Vec::new(), names: Vec::new() };
        let mut reading = Reading {
            pages,
            numbers: BTreeMap::new(),
            n_nameless: 0,
            waiting: Vec::new(),
            n_written: 0,
            tally: Tally::default(),
            skipped: Vec::new(),
        };
        let work = |found: &_| gather::items(found).into_iter().map(kept).collect::<Vec<_>>();
        let mut end = Ok(());
        gather::each(args, work, |items: Vec<Result<Kept, Skipped>>| {
            for item in items {
                match item {
                    Ok(kept) if end.is_ok() => end = reading.add(&kept),
                    Ok(_) => {}
                    Err(skipped) => reading.skipped.extend(reading.tally.first(skipped)),
                }
            }
        });
        end.and_then(|()| reading.end())
    }

    /// Number of pages.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The passages of all pages, and how many of the pages were compared. Fails if a file cannot
    /// be written or read.
    pub(super) fn shared(
        &self,
        folder: &Path,
        memory: usize,
    ) -> Result<(Vec<Shared>, usize), Trouble> {
        let mut files = Files::new(folder)?;
        let mut spill = Spill::new(&mut files, memory);
        let mut n_compared = 0;
        let at_once = AT_ONCE.min(memory / 8);
        let mut rest = self.rows.as_slice();
        while !rest.is_empty() {
            let mut n_bytes = 0;
            let is_room = |row: &&Row| {
                n_bytes += row.n_text as usize;
                n_bytes <= at_once
            };
            let n_rows = rest.iter().take_while(is_room).count().max(1);
            let (rows, more) = rest.split_at(n_rows);
            let texts = rows.iter().map(|row| self.text(row)).collect::<Result<Vec<_>, _>>()?;
            let texts = texts.iter().zip(rows);
            let texts = texts.map(|((_, words), row)| Text { words, series: row.series });
            let n_taken = spill.add(&texts.collect::<Vec<_>>())?;
            n_compared += n_taken;
            rest = if n_taken < n_rows { &[] } else { more };
        }
        Ok((spill.shared()?, n_compared))
    }

    /// The page of that number, to be printed. Fails if a file cannot be read.
    pub(super) fn printed(&self, ix: usize) -> Result<Printed<'_>, Trouble> {
        let row = &self.rows[ix];
        let ([name, date, url], text) = self.text(row)?;
        let [name, date, url, text] = [name, date, url, text].map(Cow::Owned);
        Ok(Printed { id: row.id, name, series: &self.names[row.name as usize], date, url, text })
    }

    fn text(&self, row: &Row) -> Result<([String; 3], String), Trouble> {
        let n_head = row.n_head.iter().sum::<u32>();
        let mut bytes = vec![0; (n_head + row.n_text) as usize];
        self.files.read(row.segment, u64::from(row.from), &mut bytes)?;
        // Bytes that are read are those that were written.
        let words = |bytes| String::from_utf8(bytes).unwrap_or_default();
        let text = words(bytes.split_off(n_head as usize));
        let head = row.n_head.map(|n| {
            let rest = bytes.split_off(n as usize);
            words(std::mem::replace(&mut bytes, rest))
        });
        Ok((head, text))
    }
}

impl Reading {
    fn add(&mut self, kept: &Kept) -> Result<(), Trouble> {
        let n_names = self.numbers.len() as u32;
        let (series, name) = if let Some(name) = &kept.series {
            let number = *self.numbers.entry(name.clone()).or_insert(n_names);
            (number, number)
        } else {
            // From the last number down: a series of its own.
            self.n_nameless += 1;
            (u32::MAX - self.n_nameless, u32::MAX)
        };
        self.pages.rows.push(Row {
            id: kept.id,
            file: kept.file,
            series,
            name,
            segment: self.n_written as u32,
            from: self.waiting.len() as u32,
            n_head: kept.head.each_ref().map(|words| words.len() as u32),
            n_text: kept.text.len() as u32,
        });
        let words = kept.head.iter().chain([&kept.text]);
        words.for_each(|words| self.waiting.extend(words.bytes()));
        if self.waiting.len() >= AT_ONCE { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), Trouble> {
        self.pages.files.write(&self.waiting)?;
        self.n_written += 1;
        self.waiting.clear();
        Ok(())
    }

    fn end(mut self) -> Result<(Pages, Vec<Skipped>), Trouble> {
        self.write()?;
        self.skipped.extend(self.tally.rest());
        let mut pages = self.pages;
        pages.rows.sort_by_key(|row| (row.id, row.file));
        pages.rows.dedup_by_key(|row| row.id);
        pages.names = vec![String::new(); self.numbers.len() + 1];
        let n_names = self.numbers.len() as u32;
        pages.rows.iter_mut().for_each(|row| row.name = row.name.min(n_names));
        for (name, number) in self.numbers {
            pages.names[number as usize] = name;
        }
        Ok((pages, self.skipped))
    }
}

fn kept(item: Item) -> Result<Kept, Skipped> {
    let page: Page = match item {
        Item::Page(page) => page,
        Item::Skipped(skipped) => return Err(skipped),
    };
    let series = page.capture.series.as_deref().or_else(|| host(&page));
    let series = series.filter(|name| !name.is_empty()).map(str::to_owned);
    let text = page.body().of(&page.text).to_owned();
    let date = page.meta("date").map_or("", |span| page.words(span)).to_owned();
    let file = fold::hash(&page.capture.file);
    let head = [name(&page).to_owned(), date, page.capture.url.unwrap_or_default()];
    Ok(Kept { id: page.id.0, file, series, head, text })
}

/// How many bytes `words` say: a number with `kB`, `MB`, `GB` or nothing behind it.
pub(super) fn bytes(words: &str) -> Result<usize, String> {
    let n_digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = words.split_at(n_digits);
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => Some(1),
        "k" | "kb" => Some(1000),
        "m" | "mb" => Some(1_000_000),
        "g" | "gb" => Some(1_000_000_000),
        _ => None,
    };
    let number = number.parse::<usize>().ok();
    let bytes = number.zip(factor).and_then(|(number, factor)| number.checked_mul(factor));
    bytes.ok_or_else(|| "a number of bytes is wanted, such as 200MB or 2GB".to_owned())
}

/// Says that pages were left out, if they were.
pub(super) fn complain_of_rest(n_pages: usize, n_compared: usize) {
    if n_compared < n_pages {
        let rest = n_pages - n_compared;
        screen::complain(&format!(
            "{rest} of {n_pages} pages were not compared: all together have more than 2^32 words; \
             compare them in parts"
        ));
    }
}
