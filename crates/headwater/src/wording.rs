//! Wording: the words of a claim or statement, each with what is said of its deed: whether it is
//! denied, and how far along it is.

use std::borrow::Cow;
use std::ops::Range;

use headwater_page::Span;
use rustc_hash::FxHashSet;

use crate::fold;
use crate::lexicon::{Language, Sign};
use crate::statement::Modality;

/// One word as claims are compared by.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(clippy::struct_excessive_bools)] // each is asked apart
pub(crate) struct Word<'a> {
    pub(crate) span: Span,
    /// Folded: the letters of the page wherever folding leaves them as they are.
    pub(crate) folded: Cow<'a, str>,
    root: Root<'a>,
    /// Whether it says nothing alone.
    pub(crate) light: bool,
    /// Whether it begins with a capital letter.
    pub(crate) capital: bool,
    /// What stands over it.
    pub(crate) shade: Shade,
    /// Whether a denial bears on this very word.
    pub(crate) denial: bool,
    /// Whether what says how far along bears on this very word.
    pub(crate) degree: bool,
}

/// What a word is compared by.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Root<'a> {
    /// The folded word up to this byte: it loses an ending or nothing, as most words do. Nothing of a mark.
    Begins(usize),
    /// A word that stands for it, or another ending.
    Other(Cow<'a, str>),
}

/// What the words before a word in its clause say about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Shade {
    /// Denied.
    pub(crate) denied: bool,
    /// How far along; done if nothing is said.
    pub(crate) modality: Modality,
}

impl Word<'_> {
    /// What it is compared by; empty for a mark of punctuation.
    pub(crate) fn root(&self) -> &str {
        match &self.root {
            Root::Begins(end) => &self.folded[..*end],
            Root::Other(root) => root,
        }
    }

    pub(crate) fn is_mark(&self) -> bool {
        self.root == Root::Begins(0)
    }

    pub(crate) fn is_content(&self) -> bool {
        !self.light && !self.is_mark()
    }
}

const PLAIN: Shade = Shade { denied: false, modality: Modality::Done };

/// The words of `span` with what stands over each.
pub(crate) fn words<'a>(text: &'a str, span: Span, language: &'a Language) -> Vec<Word<'a>> {
    let mut words = Vec::with_capacity(span.len() / 5);
    words.extend(pieces(text, span).map(|piece| word(text, piece, language)));
    shade(&mut words, language);
    words
}

/// Whether `span` has any of the `sought` roots: most statements of a collection have none.
pub(crate) fn any(text: &str, span: Span, sought: &FxHashSet<&str>, language: &Language) -> bool {
    pieces(text, span).any(|piece| sought.contains(word(text, piece, language).root()))
}

/// The first word or mark of `span`, folded.
pub(crate) fn first(text: &str, span: Span) -> Option<Cow<'_, str>> {
    pieces(text, span).next().map(|piece| fold::view(piece.of(text)))
}

/// Where words and marks stand. Letters and digits with apostrophes inside; digits keep points and commas.
fn pieces(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let within = span.of(text);
    let shift = span.start as usize;
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let c = within[at..].chars().next()?;
            let is_mark = || matches!(c, ',' | ';' | ':' | '—' | '–' | '(' | ')' | '“' | '”' | '"');
            let start = at;
            at = if c.is_alphanumeric() { end(within, at) } else { at + c.len_utf8() };
            if c.is_alphanumeric() || is_mark() {
                return Some(Span::new(shift + start, shift + at));
            }
        }
    })
}

/// Where the word ends that begins at byte `from`.
fn end(within: &str, from: usize) -> usize {
    let (mut before, mut end) = (' ', from);
    let mut chars = within[from..].chars();
    while let Some(c) = chars.next() {
        let behind = || chars.clone().next();
        let joins = match c {
            '\'' | '’' => behind().is_some_and(char::is_alphanumeric),
            ',' | '.' => before.is_ascii_digit() && behind().is_some_and(|c| c.is_ascii_digit()),
            c => c.is_alphanumeric(),
        };
        if !joins {
            break;
        }
        before = c;
        end += c.len_utf8();
    }
    end
}

fn word<'a>(text: &'a str, span: Span, language: &'a Language) -> Word<'a> {
    let folded = fold::view(span.of(text));
    let light = language.alike.light.has(&folded);
    let root = if light {
        Root::Begins(folded.len())
    } else if folded.starts_with(char::is_alphanumeric) {
        root(&folded, language)
    } else {
        Root::Begins(0)
    };
    Word {
        span,
        light,
        root,
        capital: span.of(text).starts_with(char::is_uppercase),
        folded,
        shade: PLAIN,
        denial: false,
        degree: false,
    }
}

fn root<'a>(folded: &Cow<'a, str>, language: &'a Language) -> Root<'a> {
    let (alike, background) = (&language.alike, &language.background);
    let begins = |root: &str| folded.starts_with(root).then_some(Root::Begins(root.len()));
    match folded {
        Cow::Borrowed(word) => {
            let root = alike.root(word, background);
            begins(&root).unwrap_or(Root::Other(root))
        }
        Cow::Owned(word) => {
            let root = alike.root(word, background);
            begins(&root).unwrap_or_else(|| Root::Other(Cow::Owned(root.into_owned())))
        }
    }
}

/// What stands over the words of one clause while it is read.
#[derive(Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools)] // one for each thing that is awaited
struct Over {
    denied: bool,
    modality: Option<Modality>,
    /// The next content word is what the denial bears on.
    denial_next: bool,
    /// A denial bore on the phrase at hand.
    reinforced: bool,
    /// The next content word is what the degree bears on.
    degree_next: bool,
}

impl Over {
    fn take(&mut self, sign: Sign) {
        let mut degree = |modality| {
            // "would be asked to": the outermost counts.
            self.modality = Some(self.modality.map_or(modality, |known| known.min(modality)));
            self.degree_next = true;
        };
        match sign {
            Sign::Negation => {
                // "dismissed as false" is one denial, and "did not deny" affirms nothing.
                self.denied = self.reinforced || !self.denied;
                self.denial_next = true;
            }
            Sign::Echo => {
                self.denied = true;
                self.denial_next = true;
            }
            Sign::Possible => degree(Modality::Possible),
            Sign::Planned => degree(Modality::Planned),
            Sign::Ordered => degree(Modality::Ordered),
            Sign::Affirmation | Sign::Aside | Sign::Condition | Sign::Done => {}
        }
    }
}

fn shade(words: &mut [Word<'_>], language: &Language) {
    let alike = &language.alike;
    let mut over = Over::default();
    let mut at = 0;
    while at < words.len() {
        let (length, signs) = sign(&words[at..], language);
        let leads = language.statements.leads.has(&words[at].folded);
        let breaks = leads || breaks(&words[at], &signs, language);
        // "denied that …", "not, he said, signed": a sign that met no word yet goes on.
        // "dismissed a report that …": what is said of a report is said of what it says.
        let leads = leads && !words[at].is_mark();
        if breaks && !leads && !over.denial_next && !over.degree_next {
            over = Over::default();
        }
        if leads || alike.infinitives.has(&words[at].folded) {
            over.denial_next |= over.denied;
            over.degree_next |= over.modality.is_some();
        }
        over.reinforced = over.denial_next;
        for word in &mut words[at..at + length] {
            word.shade =
                Shade { denied: over.denied, modality: over.modality.unwrap_or(Modality::Done) };
            if word.is_content() {
                word.denial = std::mem::take(&mut over.denial_next);
                word.degree = std::mem::take(&mut over.degree_next);
            }
        }
        if !signs.is_empty() && !is_thing(words, at..at + length, language) {
            for sign in signs {
                over.take(sign);
            }
        }
        at += length;
    }
}

/// Whether a sign is a noun where it stands: "the plan is old", not "plan to sell".
fn is_thing(words: &[Word<'_>], sign: Range<usize>, language: &Language) -> bool {
    let alike = &language.alike;
    let next = words.get(sign.end).map_or("", |word| &word.folded);
    let before = sign.start.checked_sub(1).map_or("", |before| &words[before].folded);
    sign.len() == 1
        && alike.nouns.has(&words[sign.start].folded)
        && !alike.infinitives.has(before)
        && !alike.infinitives.has(next)
}

/// The longest phrase at the first word that says something of what follows, and its length. Most words
/// begin none.
fn sign(words: &[Word<'_>], language: &Language) -> (usize, Vec<Sign>) {
    let (known, more) = (&language.statements, &language.alike);
    let first = words[0].folded.as_ref();
    let most = known.opened(first).max(more.opened(first)).min(words.len());
    let mut joined = String::new();
    for length in (1..=most).rev() {
        let phrase = if length == 1 {
            first
        } else {
            joined.clear();
            for word in &words[..length] {
                joined.push_str(if joined.is_empty() { "" } else { " " });
                joined.push_str(&word.folded);
            }
            &joined
        };
        let mut found = known.signs(phrase).to_vec();
        found.extend(more.sign(phrase));
        if !found.is_empty() {
            return (length, found);
        }
    }
    (1, Vec::new())
}

/// Whether a clause ends before `word`, which leads to none.
fn breaks(word: &Word<'_>, signs: &[Sign], language: &Language) -> bool {
    let known = &language.statements;
    word.is_mark() || signs.contains(&Sign::Aside) || known.conjunctions.has(&word.folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lexicon;

    fn shades(text: &str) -> String {
        let words = words(text, Span::new(0, text.len()), &Lexicon::shipped().languages[0]);
        let shown = words.iter().filter(|word| word.denial || word.degree).map(|word| {
            let denied = if word.shade.denied && word.denial { "not " } else { "" };
            let degree =
                if word.degree { format!("{:?} ", word.shade.modality) } else { String::new() };
            format!("{denied}{degree}{}", word.folded)
        });
        shown.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_sign_bears_on_the_next_word_of_its_clause() {
        for (text, shown) in [
            ("The order was signed and has not been published", "not published"),
            ("The mayor may close the bridge", "Possible close"),
            ("No boat left the pier", "not boat"),
            ("The clerk denied that a boat had left", "not boat"),
            (
                "He dismissed as false a report that the park had closed",
                "not false, not report, not park",
            ),
            ("The union asked the court to halt the sale", "Ordered court, Ordered halt"),
            ("The order does not name the pier", "not name"),
            ("An order to close the pier", "Ordered close"),
            ("If the judge agrees, the pier closes", "Possible judge"),
        ] {
            assert_eq!(shades(text), shown, "{text}");
        }
    }
}
