//! Newsroom: whose reporting an article's text is, and what that newsroom has first-hand.
//!
//! A text belongs to the agency or outlet that a credit line names, else to its publisher, else to
//! the page itself. Copies of one text belong to one newsroom, whatever each page says. A newsroom
//! *relays* when it credits another report and shows nothing of its own; it *leans on* those reports
//! alone that it credits for the story and not for a remark beside it.

use headwater_page::{Place, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::ArticleIx;
use crate::citation::{Citation, CitationIx, How};
use crate::evidence::Evidence;
use crate::fold;
use crate::name::{Party, SourceKind, Unnamed};
use crate::reuse::Direction;
use crate::source::SourceIx;
use crate::term::{self, Term};

/// Whose reporting: a source, or an article whose newsroom has no name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Of {
    /// The outlet or agency that reported; the person or office that acted.
    Source(SourceIx),
    /// The article.
    Article(ArticleIx),
}

/// What one article's newsroom is and has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Newsroom {
    /// Whose reporting the text is.
    pub of: Of,
    /// The first article that carries the text.
    pub text: ArticleIx,
    /// The reports that the article credits for anything, in order of first citation: outlets,
    /// agencies, and reports or media that it does not name.
    pub reports: Vec<CitationIx>,
    /// Those that it credits for its story: in the headline or the opening, or for words that
    /// these hold too. In order of citation, each report once.
    pub leans_on: Vec<CitationIx>,
    /// Words that show first-hand reporting, in order.
    pub firsthand: Vec<Place>,
}

impl Newsroom {
    /// Whether it credits others and shows nothing of its own.
    pub fn relays(&self) -> bool {
        !self.reports.is_empty() && self.firsthand.is_empty()
    }
}

/// The newsrooms of a story, and which of its unnamed sources are one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Newsrooms {
    by_article: FxHashMap<ArticleIx, Newsroom>,
    same: FxHashMap<SourceIx, SourceIx>,
    /// The articles of each newsroom, in order.
    articles: FxHashMap<Of, Vec<ArticleIx>>,
    /// Reports behind which some article of the story sees people whom nobody names.
    on_unnamed: FxHashSet<SourceIx>,
    /// The first articles that name each source, in order.
    naming: FxHashMap<SourceIx, Vec<ArticleIx>>,
    /// Words that an article has from a text of another newsroom: where, and whose.
    borrowed: FxHashMap<ArticleIx, Vec<(Span, Of)>>,
}

impl Newsrooms {
    /// The newsroom of an article of the story.
    ///
    /// # Panics
    /// If the article is not of the story.
    pub fn of(&self, ix: ArticleIx) -> &Newsroom {
        &self.by_article[&ix]
    }

    /// The newsroom from whose text an article has most of `words`; none if they are its own.
    pub fn borrowed(&self, ix: ArticleIx, words: Span) -> Option<Of> {
        let held = self.borrowed.get(&ix)?;
        let most = |(span, _): &&(Span, Of)| {
            let both = span.end.min(words.end).saturating_sub(span.start.max(words.start));
            both as usize * 2 > words.len()
        };
        held.iter().filter(most).map(|(_, of)| *of).min()
    }

    /// The articles of the story whose newsroom is `of`, in order.
    pub fn articles(&self, of: Of) -> &[ArticleIx] {
        self.articles.get(&of).map_or(&[], Vec::as_slice)
    }

    /// The first six articles of the story that name a source, in order.
    pub fn naming(&self, source: SourceIx) -> &[ArticleIx] {
        self.naming.get(&source).map_or(&[], Vec::as_slice)
    }

    /// Whether any article of the story says that the report rests on people it does not name.
    pub fn rests_on_unnamed(&self, report: SourceIx) -> bool {
        self.on_unnamed.contains(&report)
    }

    /// The source of a citation. Unnamed sources and papers that copies of one text describe in the
    /// same words are one: the first; so are reports that one page describes again.
    pub fn cited(
        &self,
        evidence: Evidence<'_>,
        ix: ArticleIx,
        citation: &Citation,
    ) -> Option<SourceIx> {
        Some(self.first(cited(evidence, ix, citation)?))
    }

    /// The first of the sources that are one with `source`.
    fn first(&self, source: SourceIx) -> SourceIx {
        let next = |it: &SourceIx| self.same.get(it).copied().filter(|next| next != it);
        std::iter::successors(Some(source), next).last().unwrap_or(source)
    }
}

/// Articles that are asked how they call a source. Not swept.
const N_NAMING: usize = 6;

/// The newsroom of each article in `texts` (articles by shared text).
pub fn newsrooms(evidence: Evidence<'_>, texts: &[Vec<ArticleIx>]) -> Newsrooms {
    let mut all = Newsrooms::default();
    for text in texts {
        let of = owner(evidence, text);
        let mut unnamed = FxHashMap::default();
        for &ix in text {
            let names = own_names(evidence, ix, of);
            let (reports, leans_on) = reports(evidence, ix, &names);
            let firsthand = firsthand(evidence, ix, &names);
            all.by_article.insert(ix, Newsroom { of, text: text[0], reports, leans_on, firsthand });
            all.articles.entry(of).or_default().push(ix);
            for &source in &evidence.sources.of_party[ix.ix()] {
                let known = evidence.source(source);
                if matches!(known.kind, SourceKind::Unnamed | SourceKind::Document) {
                    let name = (known.unnamed, fold::key(&known.name));
                    let first = *unnamed.entry(name).or_insert(source);
                    all.same.entry(source).or_insert(first);
                }
            }
            let again = called_again(evidence, ix);
            for (source, first) in again {
                let (one, two) = (all.first(first), all.first(source));
                all.same.insert(one.max(two), one.min(two));
            }
        }
    }
    borrow(evidence, texts, &mut all);
    all.articles.values_mut().for_each(|held| held.sort_unstable());
    let mut articles = texts.iter().flatten().copied().collect::<Vec<_>>();
    articles.sort_unstable();
    for ix in articles {
        for &source in &evidence.sources.of_party[ix.ix()] {
            let naming = all.naming.entry(source).or_default();
            if naming.len() < N_NAMING && naming.last() != Some(&ix) {
                naming.push(ix);
            }
        }
    }
    let unnamed = texts.iter().flatten().flat_map(|&ix| on_unnamed(evidence, ix, &all));
    let unnamed = unnamed.collect::<Vec<_>>();
    all.on_unnamed.extend(unnamed);
    all
}

/// Finds what the articles of a story have from texts of other newsrooms: parts of them, or all of them
/// in other words. Where the words do not show who has it from whom, one of the two lends that does not
/// only relay. Unnamed sources that both describe alike there are one.
fn borrow(evidence: Evidence<'_>, texts: &[Vec<ArticleIx>], all: &mut Newsrooms) {
    let mut known = FxHashMap::default();
    for &left in texts.iter().flatten() {
        for reuse in evidence.reuses_from(left).iter().filter(|reuse| reuse.derives()) {
            let right = reuse.right_article;
            let (Some(one), Some(two)) = (all.by_article.get(&left), all.by_article.get(&right))
            else {
                continue;
            };
            let to_right = match reuse.direction {
                Direction::LeftFromRight => false,
                Direction::RightFromLeft => true,
                Direction::Undirected => (one.relays(), one.of) < (two.relays(), two.of),
            };
            let (one, two) = (one.of, two.of);
            for passage in reuse.passages.iter().filter(|_| one != two) {
                let (borrower, words, lender) = if to_right {
                    (right, passage.right.span, one)
                } else {
                    (left, passage.left.span, two)
                };
                all.borrowed.entry(borrower).or_default().push((words, lender));
            }
            for ix in [left, right] {
                known.entry(ix).or_insert_with(|| described(evidence, ix));
            }
            join_unnamed(&known[&left], &known[&right], all);
        }
    }
}

/// Unnamed sources that two articles describe alike in one sentence are one.
fn join_unnamed(left: &[(u64, SourceIx)], right: &[(u64, SourceIx)], all: &mut Newsrooms) {
    for (key, source) in right {
        if let Some((_, other)) = left.iter().find(|(other, _)| other == key) {
            let (one, two) = (all.first(*other), all.first(*source));
            all.same.insert(one.max(two), one.min(two));
        }
    }
}

/// The unnamed sources of an article, in order, each with the hash of its description and of the
/// sentence that describes it.
fn described(evidence: Evidence<'_>, ix: ArticleIx) -> Vec<(u64, SourceIx)> {
    let (text, marks) = (evidence.text(ix), evidence.marks(ix));
    let parties = evidence.sources.of_party[ix.ix()].iter().zip(&marks.parties);
    let unnamed = parties.filter(|(source, _)| evidence.source(**source).unnamed.is_some());
    let one = |(source, party): (&SourceIx, &Party)| {
        let mention = *party.mentions.first()?;
        let sentence = marks.sentence_of(mention)?;
        let words = format!("{} {}", fold::key(&party.name), fold::key(sentence.of(text)));
        Some((fold::hash(&words), *source))
    };
    unnamed.take(N_UNNAMED).filter_map(one).collect()
}

/// Reports that an article does not name and has described before in at least as many words, each
/// with the first: "a published report", then "the report"; "some media", then "media reports".
fn called_again(evidence: Evidence<'_>, ix: ArticleIx) -> Vec<(SourceIx, SourceIx)> {
    let language = evidence.language(ix);
    let words = |source: SourceIx| {
        let name = &evidence.source(source).name;
        let words = fold::tokens(name, Span::new(0, name.len())).into_iter();
        let words = words.map(|token| fold::fold(token.span.of(name)));
        words.filter(|word| !language.function_words.has(word)).collect::<Vec<_>>()
    };
    let of_party = evidence.sources.of_party[ix.ix()].iter().copied();
    let unnamed = of_party.filter(|&source| {
        matches!(evidence.source(source).unnamed, Some(Unnamed::Media | Unnamed::Report))
    });
    let unnamed = unnamed.take(N_UNNAMED).map(|it| (it, words(it))).collect::<Vec<_>>();
    let mut again = Vec::new();
    for (at, (source, words)) in unnamed.iter().enumerate() {
        let within = |(_, other): &&(SourceIx, Vec<String>)| {
            let holds = |short: &[String], long: &[String]| {
                !short.is_empty() && short.iter().all(|word| long.contains(word))
            };
            holds(words, other) || holds(other, words)
        };
        if let Some((first, _)) = unnamed[..at].iter().find(within) {
            again.push((*source, *first));
        }
    }
    again
}

/// Sources without a name that are compared in one article: more than any labelled page has.
const N_UNNAMED: usize = 32;

/// The reports that an article says rest on people it does not name.
fn on_unnamed(evidence: Evidence<'_>, ix: ArticleIx, all: &Newsrooms) -> Vec<SourceIx> {
    let citations = &evidence.marks(ix).citations;
    let behind = citations.iter().filter_map(|citation| {
        let via = &citations[citation.via?.ix()];
        let people = all.cited(evidence, ix, citation)?;
        let unnamed = evidence.source(people).unnamed == Some(Unnamed::People);
        if unnamed { all.cited(evidence, ix, via) } else { None }
    });
    behind.collect()
}

/// Whether `source` is who publishes or delivers the article, or the article itself ("this story
/// originally said"): a citation of it is no citation.
pub fn is_own(evidence: Evidence<'_>, ix: ArticleIx, source: SourceIx) -> bool {
    evidence.sources.publisher[ix.ix()] == Some(source)
        || evidence.sources.of_credit[ix.ix()].contains(&source)
        || is_itself(evidence, ix, source)
}

/// Whether an unnamed report is the article that names it so.
fn is_itself(evidence: Evidence<'_>, ix: ArticleIx, source: SourceIx) -> bool {
    let source = evidence.source(source);
    source.unnamed == Some(Unnamed::Report) && {
        let name = fold::fold(&source.name);
        evidence.language(ix).press.own.iter().any(|own| name.starts_with(own.as_str()))
    }
}

/// Whose a text is: an agency that any of its pages credits, else another outlet that one credits,
/// else the publisher of the page that comes first in time; of pages of one time, or without any, of
/// one that is named: a cutting without a name does not take a text from whoever printed it.
fn owner(evidence: Evidence<'_>, text: &[ArticleIx]) -> Of {
    let credits = || text.iter().flat_map(|ix| &evidence.sources.of_credit[ix.ix()]).copied();
    let agency = credits().filter(|&ix| evidence.source(ix).kind == SourceKind::Agency).min();
    let first = text.iter().min_by_key(|ix| {
        let published = evidence.article(**ix).published.map(|published| published.when);
        let unnamed = evidence.sources.publisher[ix.ix()].is_none();
        (published.is_none(), published, unnamed, **ix)
    });
    let first = *first.unwrap_or(&text[0]);
    let publisher = evidence.sources.publisher[first.ix()];
    let source = agency.or_else(|| credits().min()).or(publisher);
    source.map_or(Of::Article(first), Of::Source)
}

fn own_names(evidence: Evidence<'_>, ix: ArticleIx, of: Of) -> Vec<SourceIx> {
    let mut names = evidence.sources.of_credit[ix.ix()].clone();
    names.extend(evidence.sources.publisher[ix.ix()]);
    if let Of::Source(source) = of {
        names.push(source);
    }
    names
}

/// Citations of reports, each source once; then those among them that stand behind the story.
fn reports(
    evidence: Evidence<'_>,
    ix: ArticleIx,
    own: &[SourceIx],
) -> (Vec<CitationIx>, Vec<CitationIx>) {
    let (mut seen, mut behind) = (FxHashSet::default(), FxHashSet::default());
    let (mut reports, mut leans_on) = (Vec::new(), Vec::new());
    let mut opening = None;
    for (at, citation) in (0..).zip(&evidence.marks(ix).citations) {
        let Some(source) = cited(evidence, ix, citation) else { continue };
        // A page may take another outlet for a person or an office: what it said, it reported.
        let reported = !matches!(citation.how, How::Confirmed | How::NoComment | How::Linked);
        if !reported
            || !is_report(evidence, source)
            || own.contains(&source)
            || is_itself(evidence, ix, source)
        {
            continue;
        }
        if seen.insert(source) {
            reports.push(CitationIx(at));
        }
        let opening = opening.get_or_insert_with(|| Opening::of(evidence, ix));
        let rests =
            || opening.rests_on(evidence, ix, citation) && !is_opinion(evidence, ix, citation);
        if !behind.contains(&source) && rests() {
            behind.insert(source);
            leans_on.push(CitationIx(at));
        }
    }
    (reports, leans_on)
}

/// Whether what is cited is an outlet's opinion: "a columnist of the Courier said".
fn is_opinion(evidence: Evidence<'_>, ix: ArticleIx, citation: &Citation) -> bool {
    let (text, language) = (evidence.text(ix), evidence.language(ix));
    let sentence = evidence.marks(ix).sentence_of(citation.cue);
    sentence.is_some_and(|sentence| {
        let before = Span { start: sentence.start, end: citation.cue.end };
        let words = fold::tokens(text, before);
        let mut words = words.iter().rev().take(N_BEFORE);
        words.any(|word| language.firsthand.is_opinion(&fold::fold(word.span.of(text))))
    })
}

/// Words before a cue among which stands who gave an opinion, at most. Not swept.
const N_BEFORE: usize = 10;

/// What an article says first: what its story is.
struct Opening {
    spans: Vec<Span>,
    terms: Vec<Term>,
}

/// Paragraphs that open an article.
const OPENING: usize = 3;

/// Weight of the words that rest on a report which the opening must hold too, per mille.
const SAME_STORY: u32 = 400;

impl Opening {
    fn of(evidence: Evidence<'_>, ix: ArticleIx) -> Self {
        let article = evidence.article(ix);
        let paragraphs = article.paragraphs.iter().take(OPENING);
        let spans = article.headline.iter().chain(paragraphs).copied().collect::<Vec<_>>();
        let terms = term::terms(evidence.text(ix), &spans, evidence.language(ix));
        Self { spans, terms }
    }

    /// Whether a report is cited in the opening or for what the opening says.
    fn rests_on(&self, evidence: Evidence<'_>, ix: ArticleIx, citation: &Citation) -> bool {
        let opens = self.spans.iter().any(|span| span.overlaps(citation.cue));
        opens || {
            let text = evidence.text(ix);
            let covered = term::terms(text, &citation.covers, evidence.language(ix));
            let both = term::shared(&covered, &self.terms);
            let both = both.iter().map(|(term, _)| term.weight).sum::<u32>();
            both > 0 && both * 1000 >= term::weight(&covered) * SAME_STORY
        }
    }
}

/// The source of a citation.
pub fn cited(evidence: Evidence<'_>, ix: ArticleIx, citation: &Citation) -> Option<SourceIx> {
    citation.source.map(|party| evidence.sources.party(ix, party))
}

/// Whether a source is a report: an outlet, an agency, or media and reports that nobody names.
pub fn is_report(evidence: Evidence<'_>, source: SourceIx) -> bool {
    let source = evidence.source(source);
    match source.kind {
        SourceKind::Outlet | SourceKind::Agency => true,
        SourceKind::Unnamed => source.unnamed != Some(Unnamed::People),
        SourceKind::Person | SourceKind::Office | SourceKind::Document => false,
    }
}

/// Words that show that the newsroom heard it itself: told to it by name, on condition of
/// anonymity, in an interview, confirmed by people it does not name.
fn firsthand(evidence: Evidence<'_>, ix: ArticleIx, own: &[SourceIx]) -> Vec<Place> {
    let marks = evidence.marks(ix);
    let mut places = Vec::new();
    for citation in &marks.citations {
        let told = citation.told.map(|party| evidence.sources.party(ix, party));
        let to_us = told.is_some_and(|told| own.contains(&told));
        if citation.via.is_none() && (to_us || is_spoken(evidence, ix, citation)) {
            places.push(evidence.place(ix, heard(evidence, ix, citation)));
        }
    }
    places
}

/// Whether the sentence of a citation of people says that they spoke to the newsroom.
pub fn is_spoken(evidence: Evidence<'_>, ix: ArticleIx, citation: &Citation) -> bool {
    let people = cited(evidence, ix, citation).is_some_and(|source| {
        matches!(evidence.source(source).kind, SourceKind::Person | SourceKind::Office)
            || evidence.source(source).unnamed == Some(Unnamed::People)
    });
    let unnamed_confirm = citation.how == How::Confirmed
        && cited(evidence, ix, citation)
            .is_some_and(|source| evidence.source(source).unnamed == Some(Unnamed::People));
    let text = evidence.text(ix);
    let firsthand = &evidence.language(ix).firsthand;
    let mut sentences = evidence.marks(ix).sentences_over(citation.cue).iter();
    let mut spoken =
        || sentences.any(|sentence| firsthand.is_spoken(&fold::view(sentence.of(text))));
    people && (unnamed_confirm || spoken())
}

/// The words that show a citation: from the source's name to the cue.
pub fn shown(citation: &Citation) -> Span {
    citation.name.map_or(citation.cue, |name| name.hull(citation.cue))
}

/// Bytes between who spoke and the newsroom that heard it: "told, in a long call, the Gazette".
const HEARD: u32 = 80;

/// The words that show to whom it was said: from the speaker's name to the newsroom that heard it.
pub fn heard(evidence: Evidence<'_>, ix: ArticleIx, citation: &Citation) -> Span {
    let (shown, marks) = (shown(citation), evidence.marks(ix));
    let line = marks.sentences_over(citation.cue).first();
    let told = citation.told.map(|told| &marks.parties[told.ix()].mentions);
    let near = |it: &&Span| {
        line.is_some_and(|line| line.contains(**it))
            && shown.end <= it.start
            && it.start - shown.end <= HEARD
    };
    told.and_then(|told| told.iter().find(near)).map_or(shown, |told| shown.hull(*told))
}
