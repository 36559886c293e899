//! Paper: lines of text as wide as a terminal, with what is ours and what is the pages' kept apart.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What text is laid out for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Paper {
    /// Columns of a line.
    pub columns: usize,
    /// Whether colour may show.
    pub ink: Ink,
}

/// Whether colour may show. It is never the only sign.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ink {
    /// Letters only: a pipe, a file, a case.
    Plain,
    /// ANSI colours: a terminal.
    Colour,
}

impl Default for Paper {
    /// 100 columns, letters only.
    fn default() -> Self {
        Self { columns: 100, ink: Ink::Plain }
    }
}

/// What a run of words is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Hand {
    /// What the program says.
    Ours,
    /// Headings and verdicts.
    Strong,
    /// A page's words.
    Theirs,
    /// Origins and counts of them.
    Water,
    /// What is not in the collection.
    Lost,
    /// Where reports part.
    Differ,
    /// Spans, rules, files.
    Faint,
}

impl Hand {
    fn style(self) -> Style {
        let plain = Style::new();
        match self {
            Hand::Ours => plain,
            Hand::Strong => plain.bold(),
            Hand::Theirs => plain.italic(),
            Hand::Water => plain.fg_color(Some(AnsiColor::Cyan.into())),
            Hand::Lost => plain.fg_color(Some(AnsiColor::Yellow.into())),
            Hand::Differ => plain.fg_color(Some(AnsiColor::Magenta.into())),
            Hand::Faint => plain.dimmed(),
        }
    }
}

/// Runs of words that make one line, or one paragraph when they do not fit.
#[derive(Clone, Default, Debug)]
pub(crate) struct Phrase(Vec<(Hand, String)>);

impl Phrase {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn with(mut self, hand: Hand, words: impl Into<String>) -> Self {
        self.0.push((hand, words.into()));
        self
    }

    pub(crate) fn ours(self, words: impl Into<String>) -> Self {
        self.with(Hand::Ours, words)
    }

    pub(crate) fn theirs(self, words: impl Into<String>) -> Self {
        self.with(Hand::Theirs, words)
    }

    pub(crate) fn faint(self, words: impl Into<String>) -> Self {
        self.with(Hand::Faint, words)
    }

    pub(crate) fn lost(self, words: impl Into<String>) -> Self {
        self.with(Hand::Lost, words)
    }

    pub(crate) fn join(mut self, other: Phrase) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The phrase between its spaces; a word may go over several runs.
    fn words(&self) -> Vec<Vec<(Hand, &str)>> {
        let mut words = vec![Vec::new()];
        for (hand, run) in &self.0 {
            for (nth, piece) in run.split(' ').enumerate() {
                if nth > 0 {
                    words.push(Vec::new());
                }
                if let (false, Some(word)) = (piece.is_empty(), words.last_mut()) {
                    word.push((*hand, piece));
                }
            }
        }
        // Two spaces part a letter from its name; those at the ends are nothing.
        while words.last().is_some_and(Vec::is_empty) {
            words.pop();
        }
        words
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, words)| words.is_empty())
    }
}

/// Lines that are being written.
#[derive(Debug)]
pub(crate) struct Sheet {
    paper: Paper,
    out: String,
}

impl Sheet {
    pub(crate) fn new(paper: Paper) -> Self {
        Self { paper, out: String::new() }
    }

    pub(crate) fn paper(&self) -> Paper {
        self.paper
    }

    pub(crate) fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    pub(crate) fn line(&mut self, phrase: &Phrase) {
        self.hang("", "", phrase);
    }

    /// A paragraph whose first line opens with `first` and whose others open with `rest`.
    pub(crate) fn hang(&mut self, first: &str, rest: &str, phrase: &Phrase) {
        let (mut text, mut used, mut fresh) = (first.to_owned(), first.width(), true);
        let mut now = Hand::Ours;
        for word in phrase.words() {
            let wide = word.iter().map(|(_, piece)| piece.width()).sum::<usize>();
            if !fresh && used + 1 + wide > self.paper.columns {
                self.turn(&mut text, &mut now, Hand::Ours);
                self.end(&text);
                (text, used, fresh) = (rest.to_owned(), rest.width(), true);
            }
            if !fresh {
                text.push(' ');
                used += 1;
            }
            for (hand, piece) in word {
                self.turn(&mut text, &mut now, hand);
                text.push_str(piece);
            }
            (used, fresh) = (used + wide, false);
        }
        self.turn(&mut text, &mut now, Hand::Ours);
        self.end(&text);
    }

    /// A line as it is, cut by nothing.
    pub(crate) fn raw(&mut self, line: &str) {
        self.end(line);
    }

    pub(crate) fn done(self) -> String {
        self.out
    }

    /// Goes on in another hand.
    fn turn(&self, text: &mut String, now: &mut Hand, to: Hand) {
        if self.paper.ink == Ink::Colour && *now != to {
            let (was, is) = (now.style(), to.style());
            let _ = write!(text, "{was:#}{is}");
        }
        *now = to;
    }

    fn end(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }
}

/// `words` in quotation marks, as one line: white space folded, at most `limit` characters, the
/// rest given as …; quotation marks of its own at both ends are not doubled.
pub(crate) fn quoted(words: &str, limit: usize) -> String {
    let words = shown(words);
    let marks = ['"', '“', '”', '„', '«', '»'];
    let open = words.strip_prefix(marks).unwrap_or(&words);
    let bare = open.strip_suffix(marks).unwrap_or(open);
    let bare = if bare.contains(marks) { words.as_str() } else { bare };
    // ": report" and "the court said," are cut out of sentences; what joined them there says nothing.
    let joints = [':', ',', ';', ' '];
    let bare = bare.trim_start_matches(joints).trim_end_matches(joints);
    // A mark that closes a quotation of which nothing is shown.
    let bare = match bare.strip_prefix(marks) {
        Some(rest) if !rest.contains(marks) => rest.trim_start_matches(joints),
        _ => bare,
    };
    format!("“{}”", clip(bare, limit))
}

/// At most `limit` characters, cut between words, then ….
pub(crate) fn clip(words: &str, limit: usize) -> String {
    let Some((cut, _)) = words.char_indices().nth(limit) else { return words.to_owned() };
    let room = &words[..cut];
    let end = match room.rfind(' ') {
        Some(space) if space * 2 > cut => space,
        _ => cut,
    };
    format!("{} …", room[..end].trim_end_matches([' ', ',', ';', ':', '–', '—']))
}

/// Words that can be printed: white space folded, control characters and those that turn the
/// direction of writing made visible, so that a page cannot write on the reader's terminal.
pub(crate) fn shown(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            _ if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => show(c, &mut out),
        }
    }
    out.trim().to_owned()
}

/// One character that is no white space, printable.
pub(crate) fn show(c: char, out: &mut String) {
    match c {
        '\0'..='\x1f' => out.extend(char::from_u32(0x2400 + c as u32)),
        '\x7f'..='\u{9f}' => out.push('\u{fffd}'),
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            let _ = write!(out, "[U+{:04X}]", c as u32);
        }
        '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
        c => out.push(c),
    }
}

/// Columns that `words` take.
pub(crate) fn width(words: &str) -> usize {
    words.width()
}

/// Columns that one character takes.
pub(crate) fn width_of(c: char) -> usize {
    c.width().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_hangs() {
        let mut sheet = Sheet::new(Paper { columns: 20, ink: Ink::Plain });
        let phrase =
            Phrase::new().ours("cites α: ").theirs("“the paper of the day said”").ours(",");
        sheet.hang("A  ", "   ", &phrase);
        assert_eq!(sheet.done(), "A  cites α: “the\n   paper of the day\n   said”,\n");
    }

    #[test]
    fn colour_takes_no_room() {
        let phrase = Phrase::new().lost("one two three");
        let lines = |ink| {
            let mut sheet = Sheet::new(Paper { columns: 8, ink });
            sheet.line(&phrase);
            sheet.done().lines().count()
        };
        assert_eq!(lines(Ink::Plain), 2);
        assert_eq!(lines(Ink::Colour), 2);
    }

    #[test]
    fn a_page_cannot_write_on_the_terminal() {
        assert_eq!(shown("a\x1b[31mb\u{202e}c"), "a␛[31mb[U+202E]c");
    }

    #[test]
    fn quotation_marks_are_not_doubled() {
        assert_eq!(quoted("\"We had no choice,\"", 80), "“We had no choice”");
        assert_eq!(quoted(": report", 80), "“report”");
        assert_eq!(quoted(",\" said Ida Brandt.", 80), "“said Ida Brandt.”");
        assert_eq!(quoted("the \"order\" of the day", 80), "“the \"order\" of the day”");
        assert_eq!(quoted("\"first\" and \"last\"", 80), "“\"first\" and \"last\"”");
        assert_eq!(quoted("one two three", 9), "“one two …”");
    }
}
