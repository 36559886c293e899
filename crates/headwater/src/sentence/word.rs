//! Words of a paragraph with what the lexicon knows of them.

use std::ops::Range;

use headwater_page::Span;

use super::quotation::{Quotation, quotations};
use crate::fold;
use crate::lexicon::{Classes, Ending, Language, Tense, Traits, Verb, class, takes, traits};

/// How a word is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Case {
    /// "dam".
    Lower,
    /// "Dam".
    Title,
    /// "DAM"; two letters at least.
    Upper,
    /// "1,500".
    Digits,
    /// A mark of punctuation.
    Mark(char),
    /// The ending of a possessive: "'s".
    Possessive,
}

/// What begins or holds a number, a date, a sign or a name, in capitals too.
const HINGES: Classes =
    class::NUMBER | class::DATED | class::CALENDAR | class::SIGN | class::OUTLET;

/// A word or mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Its bytes; the point of an abbreviation is among them.
    pub(crate) span: Span,
    /// How it is written.
    pub(crate) case: Case,
    /// Its word classes.
    pub(crate) classes: Classes,
    /// What it says of somebody.
    pub(crate) traits: Traits,
    /// The cue verb that it is a form of.
    pub(crate) verb: Option<Verb>,
    /// Hash of its letters, folded; 0 for marks and digits.
    pub(crate) hash: u64,
    /// Whether its letters are printed as they are folded.
    pub(crate) is_folded: bool,
    /// Whether it is of plain letters alone, without digits, accents or joints.
    pub(crate) is_plain: bool,
    /// How it ends, as bits.
    endings: u8,
    /// Whether it stands in quotation marks.
    pub(crate) quoted: bool,
}

impl Word {
    /// Whether it is of one of the classes.
    pub(crate) fn is(&self, classes: Classes) -> bool {
        self.classes & classes != 0
    }

    /// Whether it says one of these.
    pub(crate) fn has(&self, of: Traits) -> bool {
        self.traits & of != 0
    }

    /// Whether it ends so, as it is printed.
    pub(crate) fn ends(&self, of: Ending) -> bool {
        self.endings & of.bit() != 0
    }

    /// Whether it has a capital.
    pub(crate) fn capital(&self) -> bool {
        matches!(self.case, Case::Title | Case::Upper)
    }

    /// Whether it is a mark of punctuation.
    pub(crate) fn mark(&self) -> bool {
        matches!(self.case, Case::Mark(_))
    }

    /// Whether it is that mark.
    pub(crate) fn at(&self, mark: char) -> bool {
        self.case == Case::Mark(mark)
    }

    /// Whether it is a letter word, not a mark.
    pub(crate) fn letters(&self) -> bool {
        matches!(self.case, Case::Lower | Case::Title | Case::Upper)
    }
}

/// A paragraph or headline, read once.
#[derive(Clone, Debug)]
pub(crate) struct Line<'a> {
    /// The page's text.
    pub(crate) text: &'a str,
    /// The language it is read in.
    pub(crate) language: &'a Language,
    /// The line.
    pub(crate) span: Span,
    /// Its words and marks.
    pub(crate) words: Vec<Word>,
    /// Its sentences, as ranges of words.
    pub(crate) sentences: Vec<Range<usize>>,
    /// Its quotations.
    pub(crate) quotations: Vec<Quotation>,
    titled: bool,
}

impl<'a> Line<'a> {
    /// Reads one paragraph. Cost: linear.
    pub(crate) fn new(text: &'a str, span: Span, language: &'a Language) -> Self {
        let quotations = quotations(text, span);
        let words = words(text, span, &quotations, language);
        let sentences = sentences(text, &words, &quotations);
        let titled = titled(&words);
        Self { text, language, span, words, sentences, quotations, titled }
    }

    /// The letters of word `ix`.
    pub(crate) fn word(&self, ix: usize) -> &'a str {
        self.words[ix].span.of(self.text)
    }

    /// The span from word `first` to word `last`, both included.
    pub(crate) fn stretch(&self, first: usize, last: usize) -> Span {
        self.words[first].span.hull(self.words[last].span)
    }

    /// The first word that does not end before byte `at`.
    pub(crate) fn word_at(&self, at: u32) -> usize {
        self.words.partition_point(|word| word.span.end <= at)
    }

    /// The span of one sentence.
    pub(crate) fn sentence(&self, ix: usize) -> Span {
        let range = &self.sentences[ix];
        self.stretch(range.start, range.end - 1)
    }

    /// The first quotation that does not end before byte `at`.
    pub(crate) fn quotation_at(&self, at: u32) -> Option<&Quotation> {
        self.quotations.get(self.quotations.partition_point(|q| q.span.end <= at))
    }

    /// The sentence that holds word `ix`; the one after it if none does.
    pub(crate) fn sentence_at(&self, ix: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.end <= ix)
    }

    /// The spans of its sentences, in order.
    pub(crate) fn spans(&self) -> impl Iterator<Item = Span> {
        (0..self.sentences.len()).map(|ix| self.sentence(ix))
    }

    /// The sentences in which a number may stand: some word is one, or has digits.
    pub(crate) fn counting(&self) -> impl Iterator<Item = usize> {
        self.holding(|word| self.holds(word, class::NUMBER))
    }

    /// The sentences in which a date may stand, as [`Line::counting`].
    pub(crate) fn dating(&self) -> impl Iterator<Item = usize> {
        let calendar = &self.language.calendar;
        self.holding(|word| {
            // "Tuesdaywhen"
            let glued = || calendar.opens_with_day(&fold::view(word.span.of(self.text)));
            self.holds(word, class::DATED) || !word.is_folded && word.span.len() > 6 && glued()
        })
    }

    fn holding(&self, holds: impl Fn(&Word) -> bool) -> impl Iterator<Item = usize> {
        let words = |ix: usize| &self.words[self.sentences[ix].clone()];
        (0..self.sentences.len()).filter(move |ix| words(*ix).iter().any(&holds))
    }

    /// Whether a word has digits, or is of one of the classes: itself or one of its parts ("mid-May").
    fn holds(&self, word: &Word, classes: Classes) -> bool {
        match word.case {
            Case::Mark(_) | Case::Possessive => return false,
            Case::Digits => return true,
            _ if word.is_plain || word.is(classes) => return word.is(classes),
            _ => {}
        }
        let letters = word.span.of(self.text);
        let of = |part: &str| {
            let known = self.language.words.get(fold::hashed(part, part.len()).hash);
            known.cue.classes & classes != 0
        };
        letters.contains(char::is_numeric)
            || letters.contains('.') && of(&letters.replace('.', ""))
            || fold::runs(letters).any(|(start, end)| of(&letters[start..end]))
    }

    /// Where those of its runs of letters and digits begin, from its own begin on and in order, with
    /// which the name of an outlet may begin.
    pub(crate) fn naming(&self) -> impl Iterator<Item = usize> {
        let shift = self.span.start;
        let may = |word: &&Word| if word.is_plain { word.is(class::OUTLET) } else { !word.mark() };
        let words = self.words.iter().filter(may);
        words.flat_map(move |word| {
            let start = (word.span.start - shift) as usize;
            let rest = if word.is_plain { "" } else { word.span.of(self.text) };
            let within = fold::runs(rest).map(move |(from, _)| start + from);
            within.chain(word.is_plain.then_some(start))
        })
    }

    /// Whether it is set like a headline: most of its longer words have capitals.
    pub(crate) fn titled(&self) -> bool {
        self.titled
    }
}

/// Which of an article's lines holds byte `at`, or else the first that ends after it; one past the
/// last if none does. A headline taken from metadata stands first but lies behind the body.
/// Cost: logarithmic.
pub(crate) fn line_at(lines: &[Line<'_>], at: u32) -> usize {
    match lines.split_first() {
        Some((first, rest)) if first.span.start > at || first.span.end <= at => {
            let behind = rest.first().is_some_and(|next| next.span.start < first.span.start);
            let before = usize::from(behind || first.span.end <= at);
            before + if before == 0 { 0 } else { rest.partition_point(|line| line.span.end <= at) }
        }
        _ => 0,
    }
}

fn titled(words: &[Word]) -> bool {
    let long = words.iter().filter(|w| w.letters() && w.span.len() > 3);
    let count = |(n, n_capitals), w: &Word| (n + 1, n_capitals + usize::from(w.capital()));
    let (n_long, n_capitals) = long.fold((0, 0), count);
    n_long >= 3 && n_capitals * 10 >= n_long * 7
}

/// The words and marks of `within`, in order.
fn words(text: &str, within: Span, quotations: &[Quotation], language: &Language) -> Vec<Word> {
    let mut found = Vec::with_capacity(within.len() / 4);
    let shift = within.start as usize;
    let body = within.of(text);
    let mut folded = String::new();
    let mut quotes = quotations.iter().peekable();
    let mut at = 0;
    while let Some(c) = body[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let mut run = if c.is_alphanumeric() {
            Run::new(body, at)
        } else {
            let (end, case) = possessive(body, at, c, &found);
            Run { end, case, hash: 0, is_folded: false, is_plain: false }
        };
        let (end, case) = (run.end, &mut run.case);
        let mut span = Span::new(shift + at, shift + end);
        let (mut classes, mut traits, mut verb) = (0, 0, None);
        if matches!(case, Case::Lower | Case::Title | Case::Upper) {
            let known = language.words.get(run.hash);
            let cue = known.cue;
            (classes, verb, traits) = (cue.classes, cue.verb, known.traits);
            // "Isn't"
            if language.statements.opens_by_ending(&body[at..end]) {
                classes |= class::SIGN;
            }
            // Behind a first name or "Herr", a noun is a surname.
            let surname = |w: &Word| w.capital() && w.has(traits::FIRST | traits::COURTESY);
            if *case == Case::Title
                && language.people.is_common_noun(&body[at..end])
                && !found.last().is_some_and(surname)
            {
                *case = Case::Lower;
            }
            if *case == Case::Upper {
                // "US" is no pronoun, "IT" and "MAY" no small words.
                classes &= class::ABBREVIATION | class::ABBREVIATION_LAST | HINGES;
                verb = None;
            }
            let point = body[end..].starts_with('.');
            let initial = *case != Case::Lower && end - at == 1;
            let lettered = point && {
                let letters = fold::view(&body[at..end]);
                letters.len() >= 3 && letters.as_bytes()[1] == b'.'
            };
            if point && (initial || lettered || cue.classes & class::ABBREVIATION != 0) {
                span.end += 1;
                if initial || lettered {
                    classes |= class::ABBREVIATION;
                }
            } else {
                classes &= !(class::ABBREVIATION | class::ABBREVIATION_LAST);
            }
            // A name's letters with capitals say nothing of what the word means in lower case.
            if *case == Case::Lower {
                traits &= !(traits::FIRST | traits::COURTESY);
            }
        }
        while quotes.next_if(|q| q.span.end <= span.start).is_some() {}
        let quoted = quotes.peek().is_some_and(|q| q.span.start <= span.start);
        particle(&mut found, classes);
        let Run { case, hash, is_folded, is_plain, .. } = run;
        let lettered = !matches!(case, Case::Mark(_) | Case::Digits);
        let endings = if lettered { language.cues.endings(span.of(text)) } else { 0 };
        found.push(Word {
            span,
            case,
            classes,
            traits,
            verb,
            hash,
            is_folded,
            is_plain,
            endings,
            quoted,
        });
        seat(text, &mut found, &mut folded, language);
        at = span.end as usize - shift;
    }
    particle(&mut found, 0);
    found
}

/// Takes the verb from the last word if it attributes with a particle only and none of `next` is one.
fn particle(found: &mut [Word], next: Classes) {
    let Some(last) = found.last_mut().filter(|w| w.is(class::PHRASAL)) else { return };
    if next & class::ALONG == 0 || last.case != Case::Lower {
        last.verb = None;
        last.classes &= !class::PHRASAL;
    }
}

/// Marks the last two words if they are an institution by its seat.
fn seat(text: &str, found: &mut [Word], folded: &mut String, language: &Language) {
    let [.., first, second] = found else { return };
    if first.capital() && second.capital() && first.has(traits::SEATED) {
        folded.clear();
        fold::push(first.span.of(text), folded);
        folded.push('-');
        fold::push(second.span.of(text), folded);
        let seat = language.people.get(folded) & traits::SEAT;
        first.traits |= seat;
        second.traits |= seat;
    }
}

/// Letters or digits, and how they are written.
#[derive(Debug)]
struct Run {
    /// One past their last byte.
    end: usize,
    case: Case,
    hash: u64,
    is_folded: bool,
    is_plain: bool,
}

impl Run {
    /// Those that begin at `at`. Points, hyphens and apostrophes join what stands on both of their
    /// sides; a possessive ending is cut off.
    fn new(body: &str, at: usize) -> Self {
        let bytes = body.as_bytes();
        let fold::Plain { end, n_letters, n_capitals, hash } = fold::plain_word(body, at);
        // Nearly every word is done here: a space or a mark with a space behind it joins nothing.
        let plain =
            |at: usize| bytes.get(at).is_none_or(|b| b.is_ascii() && !b.is_ascii_alphanumeric());
        let joint = |b: &u8| matches!(b, b'-' | b'.' | b'&' | b'\'' | b',');
        if plain(end) && (!bytes.get(end).is_some_and(joint) || plain(end + 1)) {
            let case = case_of(n_letters, n_capitals, bytes[at].is_ascii_uppercase());
            let hash = if n_letters > 0 { hash } else { 0 };
            let is_folded = n_letters > 0 && n_capitals == 0;
            let is_plain = n_letters as usize == end - at;
            return Self { end, case, hash, is_folded, is_plain };
        }
        let (end, case) = joined_run(body, at);
        let is_plain = bytes[at..end].iter().all(u8::is_ascii_alphabetic);
        if case == Case::Digits {
            return Self { end, case, hash: 0, is_folded: false, is_plain };
        }
        let fold::Hashed { hash, is_folded } = fold::hashed(&body[at..], end - at);
        Self { end, case, hash, is_folded, is_plain }
    }
}

fn case_of(letters: u32, capitals: u32, first: bool) -> Case {
    if letters == 0 {
        Case::Digits
    } else if capitals >= 2 && capitals == letters {
        Case::Upper
    } else if first {
        Case::Title
    } else {
        Case::Lower
    }
}

/// The same for letters of any alphabet and with joints.
fn joined_run(body: &str, at: usize) -> (usize, Case) {
    let (mut end, mut capitals, mut letters, mut digits) = (at, 0, 0, 0);
    let mut chars = body[at..].char_indices().peekable();
    let first = body[at..].chars().next().is_some_and(char::is_uppercase);
    while let Some((offset, c)) = chars.next() {
        if c.is_alphanumeric() {
            end = at + offset + c.len_utf8();
            letters += u32::from(c.is_alphabetic());
            digits += usize::from(c.is_numeric());
            capitals += u32::from(c.is_uppercase());
            continue;
        }
        let next = chars.peek().map(|&(_, next)| next);
        let joins = match c {
            // "said.Lund": two sentences that lost their space. Sites begin with a capital so.
            '.' if !first && letters >= 3 => {
                next.is_some_and(|n| n.is_alphanumeric() && !n.is_uppercase())
            }
            '-' | '‑' | '.' | '&' => next.is_some_and(char::is_alphanumeric),
            '\'' | '’' => {
                let rest = &body[at + offset + c.len_utf8()..];
                let s = rest.starts_with(['s', 'S'])
                    && !rest[1..].starts_with(|c: char| c.is_alphanumeric());
                next.is_some_and(char::is_alphanumeric) && !s
            }
            ',' => digits > 0 && letters == 0 && next.is_some_and(char::is_numeric),
            _ => false,
        };
        if !joins {
            break;
        }
    }
    (end, case_of(letters, capitals, first))
}

/// The mark at `at`, or the possessive ending that it opens.
fn possessive(body: &str, at: usize, c: char, found: &[Word]) -> (usize, Case) {
    let end = at + c.len_utf8();
    let owned = matches!(c, '\'' | '’') && found.last().is_some_and(Word::letters);
    if owned && body[..at].ends_with(char::is_alphanumeric) {
        let rest = &body[end..];
        let s = rest.starts_with(['s', 'S']);
        if s && !rest[1..].starts_with(|c: char| c.is_alphanumeric()) {
            return (end + 1, Case::Possessive);
        }
        if body[..at].ends_with(['s', 'S']) && rest.starts_with(' ') {
            return (end, Case::Possessive);
        }
    }
    (end, Case::Mark(c))
}

/// Words of a sentence, at most: what is longer is cut. It bounds the cost of text without stops; the
/// longest sentence of the labelled texts has 229 words.
const LONGEST: usize = 400;

/// Sentences as ranges of words: none is empty, together they are all words.
fn sentences(text: &str, words: &[Word], quotations: &[Quotation]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut ix = 0;
    let titled = titled(words);
    while ix < words.len() {
        let ended = ends(text, words, ix, quotations);
        let ended = ended.or_else(|| (!titled && runs_in(text, words, ix)).then_some(ix + 1));
        let ended = ended.or_else(|| (ix + 1 - start >= LONGEST).then_some(ix + 1));
        ix += 1;
        if let Some(next) = ended {
            found.push(start..next);
            start = next;
            ix = next;
        }
    }
    if start < words.len() {
        found.push(start..words.len());
    }
    found
}

/// Whether a sentence begins behind the word at `ix` though nothing ends before it, as where a caption runs
/// into its text: "Ferry stops for good In May the board sold it". Of capitals only those of words tell
/// that are no name and no part of one: "the film The Tern".
fn runs_in(text: &str, words: &[Word], ix: usize) -> bool {
    let (Some(next), Some(behind)) = (words.get(ix + 1), words.get(ix + 2)) else { return false };
    let word = &words[ix];
    let small = |w: &Word| w.span.of(text).starts_with(char::is_lowercase);
    let opens = next.is(class::PREP) && next.case == Case::Title && next.span.len() > 1;
    let goes_on = behind.is(class::TIME | class::MONTH) || behind.case == Case::Digits;
    opens
        && goes_on
        && word.case == Case::Lower
        && small(word)
        && !word.quoted
        && !next.quoted
        && word.span.end < next.span.start
        && !word.is(class::PREP | class::COORD | class::DET | class::SUB)
        && !word.has(traits::PAPER | traits::MEDIA)
}

/// Whether "Lund said." or "Lund said of the dam" begins with word `from`: the quotation that ends
/// before it is hers.
fn attributed(words: &[Word], from: usize) -> bool {
    let name = |w: &&Word| (w.letters() || w.case == Case::Possessive) && !w.quoted;
    let n = words[from..].iter().take(8).take_while(name).position(|w| {
        let tense = |t| matches!(t, Tense::Past | Tense::Third);
        w.case == Case::Lower
            && w.verb.is_some_and(|v| tense(v.tense) && v.takes(takes::AFTER | takes::QUOTE))
    });
    let Some(verb) = n.filter(|&n| n > 0).map(|n| from + n) else { return false };
    let small = |w: &Word| w.is(class::SUB | class::REL | class::COORD | class::TO | class::BE);
    let light = |w: &Word| {
        w.mark() && !w.at(':') && !w.quoted && !w.at('"') && !w.at('“')
            || w.is(class::PREP | class::TIME | class::ADVERB | class::SUB)
    };
    !words[from..verb].iter().any(small) && words.get(verb + 1).is_none_or(light)
}

/// Where the next sentence begins, if one ends with the mark or abbreviation at `ix`.
fn ends(text: &str, words: &[Word], ix: usize, quotations: &[Quotation]) -> Option<usize> {
    let word = &words[ix];
    let stop = matches!(word.case, Case::Mark('.' | '!' | '?' | '…'));
    if !stop && !word.is(class::ABBREVIATION) {
        return None;
    }
    // "Am 3. Mai": the point belongs to the day.
    let is_day = ix > 0 && words[ix - 1].case == Case::Digits && words[ix - 1].span.len() <= 2;
    if is_day && word.at('.') && words.get(ix + 1).is_some_and(|next| next.is(class::MONTH)) {
        return None;
    }
    let mut next = ix + 1;
    // „So“ and »so« end with what opens elsewhere.
    let is_last = |w: &Word| {
        let at = quotations.partition_point(|q| q.span.end < w.span.end);
        quotations.get(at).is_some_and(|q| q.span.end == w.span.end)
    };
    let closes = |w: &Word| {
        matches!(
            w.case,
            Case::Mark('"' | '”' | '’' | '\'' | '»' | ')' | ']' | '.' | '!' | '?' | '…')
        ) || w.mark() && is_last(w)
    };
    while next < words.len()
        && closes(&words[next])
        && words[next].span.start == words[next - 1].span.end
    {
        next += 1;
    }
    let follower = words.get(next)?;
    let last = &words[next - 1];
    if last.span.end == follower.span.start {
        return None;
    }
    // Inside a quotation a full stop ends nothing unless the quotation ends there too.
    let at = quotations.partition_point(|q| q.span.end < last.span.end);
    if quotations
        .get(at)
        .is_some_and(|q| q.span.start < word.span.start && q.span.end > last.span.end)
    {
        return None;
    }
    let opens = match follower.case {
        Case::Title | Case::Upper => true,
        // A noun.
        Case::Lower => follower.span.of(text).starts_with(char::is_uppercase),
        Case::Digits => stop,
        Case::Mark(c) => "\"“‘'«»„‚¿¡([—–$£€".contains(c),
        Case::Possessive => false,
    };
    if !opens {
        return None;
    }
    let quoted = last.quoted || !matches!(last.case, Case::Mark('.' | '!' | '?' | '…'));
    if stop && quoted && attributed(words, next) {
        return None;
    }
    if stop {
        // "…,' he asked? Mr" and "U.S. .": a mark after a quotation's own mark ends it as well.
        return Some(next);
    }
    let common = follower.is(class::COMMON) || follower.mark();
    let initial = word.span.len() == 2 && text[word.span.range()].starts_with(char::is_uppercase);
    (common && !initial && word.is(class::ABBREVIATION_LAST)).then_some(next)
}
