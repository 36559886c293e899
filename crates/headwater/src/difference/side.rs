//! Side: one statement as it is compared with another, with what is marked in it.

use std::ops::Range;
use std::sync::OnceLock;

use headwater_page::{Place, Span};

use super::actor::Name;
use super::number::{Amount, Single};
use super::occasion;
use super::open::{self, Open};
use super::set::{self, List};
use crate::article::ArticleIx;
use crate::date::Dated;
use crate::evidence::Evidence;
use crate::figure::Figure;
use crate::fold;
use crate::lexicon::{Language, Sign, Tense, takes};
use crate::origin::StatementAt;
use crate::statement::{Polarity, Statement};
use crate::wording::{self, Word};

/// One statement, ready to be compared. It is held against many others, so that whatever follows from it
/// alone is found when it is first asked for, and kept.
pub struct Side<'a> {
    evidence: Evidence<'a>,
    pub(super) article: ArticleIx,
    pub(super) statement: &'a Statement,
    read: OnceLock<Words<'a>>,
    lists: OnceLock<Vec<List>>,
    pub(super) known: Known<'a>,
}

/// What one kind of difference asks of a statement, whatever stands on the other side.
#[derive(Default)]
pub(super) struct Known<'a> {
    /// Its amounts.
    pub(super) amounts: OnceLock<Vec<Amount>>,
    /// Its things of which it has one.
    pub(super) singles: OnceLock<Vec<Single>>,
    /// Its words in the plural: where, and what each counts.
    pub(super) plurals: OnceLock<Vec<(usize, String)>>,
    /// Its names of several words.
    pub(super) names: OnceLock<Vec<Name>>,
    /// Its words behind a prefix that denies them.
    pub(super) prefixed: OnceLock<Vec<usize>>,
    /// Its deeds that are not yet done.
    pub(super) open: OnceLock<Vec<usize>>,
    /// Its words for what is done before the thing itself is.
    pub(super) preparing: OnceLock<Vec<usize>>,
    /// Its only day.
    pub(super) day: OnceLock<Option<&'a Dated>>,
    /// Its only last moment.
    pub(super) deadline: OnceLock<Option<&'a Dated>>,
}

/// The words of a statement.
pub(super) struct Words<'a> {
    /// All of them and the marks between them.
    pub(super) all: Vec<Word<'a>>,
    /// For each, what it is compared by: one number for words that retell one another; none for
    /// light words and marks.
    pub(super) keys: Vec<Option<u64>>,
    /// Where it leaves open whether it is so: "did not say that …", "it is not clear whether …".
    pub(super) open: Option<Open>,
    /// Whether capital letters tell no names in it: it is printed as a title is, with capitals throughout,
    /// or in a language that gives them to every noun.
    pub(super) titled: bool,
    /// Whether most of it stands inside quotation marks.
    pub(super) quoted: bool,
}

/// What a statement says of what it speaks of as known; all by what it is compared by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OfKnown {
    /// What that is called by; nothing for a pronoun.
    pub thing: Vec<u64>,
    /// The first word behind the article or pronoun: it may name a deed ("their release").
    pub named: Option<u64>,
    /// The first deed that is told of it.
    pub deed: u64,
    /// To what it is done, if the deed has an object of its own.
    pub object: Option<u64>,
}

impl<'a> Side<'a> {
    /// The statement at `at`.
    pub fn new(evidence: Evidence<'a>, (article, at): StatementAt) -> Self {
        let statement = &evidence.marks(article).statements[at as usize];
        let (read, lists) = (OnceLock::new(), OnceLock::new());
        Self { evidence, article, statement, read, lists, known: Known::default() }
    }

    /// By what statements with an amount of the same thing are found, sorted.
    pub fn counted(&self) -> Vec<u64> {
        super::number::counted(self)
    }

    pub(super) fn is_same_article(&self, other: &Self) -> bool {
        self.article == other.article
    }

    pub(super) fn place(&self, span: Span) -> Place {
        self.evidence.place(self.article, span)
    }

    pub(super) fn text(&self) -> &'a str {
        self.evidence.text(self.article)
    }

    pub(super) fn language(&self) -> &'a Language {
        self.evidence.language(self.article)
    }

    pub(super) fn words(&self) -> &Words<'a> {
        self.read.get_or_init(|| self.read())
    }

    /// The lists of names in it, looked for once: a statement is held against many others.
    pub(super) fn lists(&self) -> &[List] {
        self.lists.get_or_init(|| set::lists(self))
    }

    fn read(&self) -> Words<'a> {
        let (language, span) = (self.language(), self.statement.span);
        let whole = self.evidence.marks(self.article).sentence_of(span).unwrap_or(span);
        // What is denied or planned may be so by a word before the statement: "denied that …".
        let mut all = wording::words(self.text(), whole, language);
        let told = language.firsthand.is_correction(&fold::view(whole.of(self.text())));
        if told {
            // What an earlier state of the text said is what this one takes back.
            for word in &mut all {
                word.shade.denied ^= true;
            }
        }
        let open = open::left_by(&all, span, language);
        all.retain(|word| span.contains(word.span));
        all.shrink_to_fit();
        let key = |word: &Word<'_>| {
            let known = language.alike.akin(word.root()).map(|akin| akin.0);
            word.is_content().then(|| known.unwrap_or_else(|| fold::hash(word.root())))
        };
        let keys = all.iter().map(key).collect();
        let long = all.iter().filter(|it| it.is_content() && it.folded.len() > SHORT);
        let titled = language.people.noun_capitals()
            || long.clone().count() >= 2 && long.clone().all(|word| word.capital);
        Words { all, keys, open, titled, quoted: self.is_quoted() }
    }

    /// Whether most of it stands inside quotation marks.
    fn is_quoted(&self) -> bool {
        let quotations = &self.evidence.marks(self.article).quotations;
        let inside = quotations.iter().filter_map(|q| q.intersect(self.statement.span));
        inside.map(Span::len).sum::<usize>() * 2 > self.statement.span.len()
    }

    /// Whether it is (part of) the headline.
    pub(super) fn is_headline(&self) -> bool {
        let headline = self.evidence.article(self.article).headline;
        headline.is_some_and(|headline| headline.overlaps(self.statement.span))
    }

    /// What the content words around `span` are compared by: [`AROUND`] on each side, no farther than
    /// a colon or semicolon. Names are left out: all of a story has them.
    pub(super) fn around(&self, span: Span) -> impl Iterator<Item = u64> {
        let Words { all, keys, titled, .. } = self.words();
        let Range { start, end } = self.touched(span);
        let goes_on = move |at: &usize| !matches!(all[*at].folded.as_ref(), ";" | ":" | "—");
        let plain = move |at: usize| keys[at].filter(|_| *titled || !all[at].capital);
        let before = (0..start).rev().take_while(goes_on).filter_map(plain).take(AROUND);
        let behind = (end..all.len()).take_while(goes_on).filter_map(plain).take(AROUND);
        before.chain(behind)
    }

    /// What the deeds around `span` are compared by: [`AROUND`] content words on each side.
    pub(super) fn deeds_around(&self, span: Span) -> Vec<u64> {
        let (keys, touched) = (&self.words().keys, self.touched(span));
        let told = |at: &usize| keys[*at].is_some();
        let before = (0..touched.start).rev().filter(told).take(AROUND);
        let behind = (touched.end..keys.len()).filter(told).take(AROUND);
        before.chain(behind).filter(|&at| self.is_deed(at)).filter_map(|at| keys[at]).collect()
    }

    /// Whether the word at `at` is a verb that says that something is so: in a form that only verbs
    /// have, and no infinitive.
    pub(super) fn is_deed(&self, at: usize) -> bool {
        let (language, words) = (self.language(), self.words());
        let before = at.checked_sub(1).map_or("", |before| words.all[before].folded.as_ref());
        let word = &words.all[at].folded;
        // "Has been selling", "will sell".
        let led = language.alike.passive.has(before)
            || language.statements.lists_finite(before) && !words.all[at].capital;
        let verb = language.statements.is_finite(word) || language.alike.is_form(word) || led;
        // "The so-called freeze" calls nobody.
        let joined = |c: char| matches!(c, '-' | '\u{2010}' | '\u{2011}');
        let verb = verb && !self.text()[..words.all[at].span.start as usize].ends_with(joined);
        let open =
            language.alike.infinitives.has(before) || language.statements.determiners.has(before);
        verb && !open
    }

    /// Whether it says that something is so.
    pub fn is_affirmed(&self) -> bool {
        self.statement.polarity == Polarity::Affirmed
    }

    /// Whether all that it says is denied by words before it ("The board denied that …") or by those that it
    /// opens with ("Board denies sale"). Alone, the rest says what nobody says there.
    pub fn is_disowned(&self) -> bool {
        let language = self.language();
        let signed =
            |word: &Word<'_>| language.statements.signs(&word.folded).contains(&Sign::Negation);
        let all = &self.words().all;
        let denied = |rest: &[Word<'_>]| {
            let mut told = rest.iter().filter(|word| word.is_content()).peekable();
            told.peek().is_some() && told.all(|word| word.shade.denied && !signed(word))
        };
        if denied(all) {
            return !all.iter().take_while(|word| !word.is_content()).any(signed);
        }
        let denies = |word: &Word<'_>| {
            let takes = takes::DISPUTED | takes::NOUN;
            let verb = language.cues.get(&word.folded).verb.filter(|verb| verb.takes(takes));
            let finite = verb.is_some_and(|it| matches!(it.tense, Tense::Past | Tense::Third));
            finite && !word.shade.denied
        };
        // "The mayor, who denies it, was arrested": what is between commas is not the sentence's deed.
        let plain = all.iter().take_while(|word| !word.is_mark());
        let at = plain.take(WHO).position(denies);
        at.is_some_and(|at| denied(&all[at + 1..]))
    }

    /// What all its words are compared by, but for those behind what stands before the doer of a deed that is
    /// done to another ("freed by rebels").
    pub fn keys_but_agents(&self) -> impl Iterator<Item = u64> {
        let (Words { all, keys, .. }, alike) = (self.words(), &self.language().alike);
        let is_agent = move |at: usize| {
            let from = at.saturating_sub(AGENT);
            all[from..at].iter().any(|word| alike.agents.has(&word.folded))
        };
        let told = (0..keys.len()).filter(move |&at| !is_agent(at));
        told.filter_map(|at| keys[at])
    }

    /// Whether it names amounts or times that none of `others` has: another time or another happening.
    pub fn is_elsewhere<'s>(&'s self, mut others: impl Iterator<Item = &'s Self> + Clone) -> bool
    where
        'a: 's,
    {
        let held = others.clone().flat_map(Self::amounts).map(|it| it.thousandths);
        let held = held.collect::<Vec<_>>();
        let counts = self.amounts().any(|it| !held.contains(&it.thousandths));
        let long = |date: &Dated| {
            date.when.is_some_and(|it| occasion::days(it.first, it.last) > occasion::MONTH)
        };
        counts
            || self.dates().any(long)
            || others.any(|other| occasion::are_days_apart(self, other))
    }

    /// What its deeds are compared by.
    pub fn deeds(&self) -> impl Iterator<Item = u64> {
        let keys = &self.words().keys;
        (0..keys.len()).filter(|&at| self.is_deed(at)).filter_map(|at| keys[at])
    }

    /// What it says of what it opens with as known ("the girls", "they", "their release").
    pub fn of_known(&self) -> Option<OfKnown> {
        let alike = &self.language().alike;
        // Most open with something else, and their words need not be read.
        let first = wording::first(self.text(), self.statement.span)?;
        if !alike.points.has(&first) && !alike.definite.has(&first) {
            return None;
        }
        let Words { all, keys, .. } = self.words();
        let told = (1..all.len()).find(|&at| keys[at].is_some())?;
        let deed = (1..all.len()).find(|&at| keys[at].is_some() && self.is_deed(at))?;
        if all[..deed].iter().any(Word::is_mark) {
            return None;
        }
        let thing = keys[..deed].iter().flatten().copied().collect();
        // "They freed the girls" has an object; "they were freed" and "they arrived in May" have none.
        let passive = all[..deed].iter().any(|word| alike.passive.has(&word.folded));
        let behind = |at: &usize| {
            let word = &all[*at];
            let dated = self.dates().any(|date| date.span.overlaps(word.span));
            let determiner = self.language().statements.determiners.has(&word.folded);
            !dated && (determiner || !self.language().function_words.has(&word.folded))
        };
        let object = Some(deed + 1).filter(|at| *at < all.len() && !passive).filter(behind);
        let object = object.and_then(|at| keys[at..].iter().flatten().copied().next());
        // "Their release was part of a swap" tells how it came about, "their release was welcomed" does not.
        let verb = all.get(told + 1).is_some_and(|word| {
            self.language().statements.lists_finite(&word.folded) && deed != told + 2
        });
        let named = keys[told].filter(|_| told == 1 && verb);
        Some(OfKnown { thing, named, deed: keys[deed]?, object })
    }

    /// What the names before the word at `at` are compared by: who may have done it.
    pub(super) fn doers(&self, at: usize) -> Vec<u64> {
        let words = self.words();
        let named = (0..at).filter(|&it| words.all[it].capital && !words.titled);
        named.filter_map(|it| words.keys[it]).collect()
    }

    /// What the content words in `span` are compared by.
    pub fn within(&self, span: Span) -> Vec<u64> {
        self.words().keys[self.touched(span)].iter().flatten().copied().collect()
    }

    /// What the content words that begin in `span` are compared by.
    pub(super) fn told_in(&self, span: Span) -> Vec<u64> {
        let words = self.words();
        let inside = words.all.iter().zip(&words.keys).filter(|it| span.contains(it.0.span));
        inside.filter_map(|it| *it.1).collect()
    }

    /// What the content words in and around `span` are compared by.
    pub fn about(&self, span: Span) -> Vec<u64> {
        let keys = &self.words().keys;
        let Range { start, end } = self.touched(span);
        let before = keys[..start].iter().rev().flatten().take(AROUND);
        let behind = keys[end..].iter().flatten().take(AROUND);
        before.chain(behind).copied().chain(self.within(span)).collect()
    }

    /// The words that `span` touches.
    fn touched(&self, span: Span) -> Range<usize> {
        let all = &self.words().all;
        let first = all.iter().position(|word| word.span.end > span.start).unwrap_or(all.len());
        let end = all.iter().rposition(|word| word.span.start < span.end).map_or(0, |at| at + 1);
        first..end.max(first)
    }

    /// The figures of the statement that are amounts.
    pub(super) fn amounts(&self) -> impl Iterator<Item = &'a Figure> + use<'a> {
        let marks = self.evidence.marks(self.article);
        let figures = self.statement.figures.iter().map(|&at| &marks.figures[at as usize]);
        figures.filter(|figure| !figure.ordinal)
    }

    /// Whether it has an amount of `first` elsewhere than at `span`, where it has another one.
    pub fn has_besides(&self, first: &Self, span: Span) -> bool {
        let of_first = |it: &Figure| first.amounts().any(|own| own.thousandths == it.thousandths);
        let (here, elsewhere) = self.amounts().partition::<Vec<_>, _>(|it| it.span.overlaps(span));
        !here.into_iter().any(of_first) && elsewhere.into_iter().any(of_first)
    }

    /// All amounts of its article.
    pub(super) fn amounts_of_article(&self) -> impl Iterator<Item = &'a Figure> + use<'a> {
        self.evidence.marks(self.article).figures.iter().filter(|figure| !figure.ordinal)
    }

    /// All dates of its article.
    pub(super) fn dates_of_article(&self) -> impl Iterator<Item = &'a Dated> + use<'a> {
        self.evidence.marks(self.article).dates.iter()
    }

    /// Its dates.
    pub(super) fn dates(&self) -> impl Iterator<Item = &'a Dated> + use<'a> {
        let marks = self.evidence.marks(self.article);
        self.statement.dates.iter().map(|&at| &marks.dates[at as usize])
    }

    /// Whether a whole word of the article's headline or body is the folded `word`. Cost: linear in
    /// the article, so it is asked last.
    pub(super) fn article_has(&self, word: &str) -> bool {
        let (text, hash) = (self.text(), fold::hash(word));
        self.evidence.read(self.article).into_iter().any(|part| {
            let tokens = fold::tokens(text, part);
            tokens.iter().any(|it| it.hash == hash && fold::is(it.span.of(text), word))
        })
    }

    /// Whether the folded `words` stand in a row in its headline or body. Cost: linear in the article.
    pub(super) fn article_says(&self, words: &[&str]) -> bool {
        let text = self.text();
        let sought = words.iter().map(|word| (fold::hash(word), *word)).collect::<Vec<_>>();
        let is = |(token, (hash, word)): (&fold::Token, &(u64, &str))| {
            token.hash == *hash && fold::is(token.span.of(text), word)
        };
        self.evidence.read(self.article).into_iter().any(|part| {
            let tokens = fold::tokens(text, part);
            tokens.windows(words.len().max(1)).any(|run| run.iter().zip(&sought).all(is))
        })
    }

    /// The words right before `span` in the text, at most `n`, with where the first of them begins.
    pub(super) fn words_before(&self, span: Span, n: usize) -> Vec<(Span, String)> {
        let text = self.text();
        let from = (span.start as usize).saturating_sub(n * LONG);
        let from = (from..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        let tokens = fold::tokens(text, Span::new(from, span.start as usize));
        let tokens = tokens.iter().map(|token| (token.span, fold::fold(token.span.of(text))));
        let mut words = tokens.collect::<Vec<_>>();
        words.drain(..words.len().saturating_sub(n));
        words
    }

    /// When its article was printed, if that is known.
    pub(super) fn published(&self) -> Option<crate::date::Interval> {
        self.evidence.article(self.article).published.as_ref().map(|it| it.when)
    }

    /// The date line of its article.
    pub(super) fn dateline(&self) -> Option<Span> {
        self.evidence.article(self.article).dateline
    }

    /// What the content words right behind the word at `at` are compared by, at most `n`.
    pub(super) fn object(&self, at: usize, n: usize) -> Vec<u64> {
        self.words().keys[at + 1..].iter().flatten().take(n).copied().collect()
    }
}

/// Words of a name and what it does, at most: "The Harn harbour board today denied".
/// Not swept.
const WHO: usize = 7;

/// Words behind what stands before a doer that may name him, at most. Not swept.
const AGENT: usize = 3;

/// Bytes of words that may stand without a capital in a title.
const SHORT: usize = 4;

/// Bytes that a word before a number has, at most.
const LONG: usize = 16;

/// Content words on each side of what differs that tell what it is said of. Not swept.
pub(super) const AROUND: usize = 5;
