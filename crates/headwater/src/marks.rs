//! Marks: all that annotating finds in one article.

use headwater_page::{Page, Span};

use crate::article::Article;
use crate::citation::{self, Citation};
use crate::date::{self, Dated};
use crate::figure::{self, Figure};
use crate::lexicon::Lexicon;
use crate::name::{self, Party};
use crate::quote::{self, Quote};
use crate::sentence::Line;
use crate::statement::{self, Findings, Statement};

/// All that is marked in one article. Indices point into this value's own lists.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Marks {
    /// Sentences of headline and body, in order.
    pub sentences: Vec<Span>,
    /// Everyone named or cited.
    pub parties: Vec<Party>,
    /// What stands inside quotation marks.
    pub quotations: Vec<Span>,
    /// Words attributed to somebody.
    pub quotes: Vec<Quote>,
    /// What somebody holds, wants, plans, backs, opposes or finds, without words of theirs: no part
    /// of who said what.
    pub stances: Vec<Quote>,
    /// On whose word the article has what.
    pub citations: Vec<Citation>,
    /// Date expressions.
    pub dates: Vec<Dated>,
    /// Numbers.
    pub figures: Vec<Figure>,
    /// Checkable sentences.
    pub statements: Vec<Statement>,
}

impl Marks {
    /// The sentences that share bytes with `span`, in order. A headline taken from metadata stands first
    /// but lies behind the body; what reaches over both gets those of the headline. Cost: logarithmic.
    pub fn sentences_over(&self, span: Span) -> &[Span] {
        let (headline, body) = self.sentences.split_at(self.n_behind());
        let over = |part: &'_ [Span]| {
            let first = part.partition_point(|it| it.end <= span.start);
            let n = part[first..].partition_point(|it| it.start < span.end);
            first..first + n
        };
        let (of_headline, of_body) = (over(headline), over(body));
        if of_headline.is_empty() { &body[of_body] } else { &headline[of_headline] }
    }

    /// The sentence that `span` stands in.
    pub fn sentence_of(&self, span: Span) -> Option<Span> {
        self.sentences_over(span).iter().copied().find(|it| it.contains(span))
    }

    /// How many of the first sentences lie behind the last one.
    fn n_behind(&self) -> usize {
        match (self.sentences.first(), self.sentences.last()) {
            (Some(first), Some(last)) if first.start > last.start => {
                let rising =
                    self.sentences.windows(2).take_while(|two| two[0].start < two[1].start);
                rising.count() + 1
            }
            _ => 0,
        }
    }
}

/// A part of annotating, in the order of the work.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Stage {
    /// Words and sentences, with what the lexicon knows of each word.
    Sentences,
    /// [`crate::name`].
    Names,
    /// [`crate::quote`].
    Quotes,
    /// [`crate::citation`].
    Citations,
    /// What somebody holds without words of theirs.
    Stances,
    /// [`crate::date`].
    Dates,
    /// [`crate::figure`].
    Figures,
    /// [`crate::statement`].
    Statements,
}

/// Annotates one article. Teasers get no marks. Cost: linear in the article. Never fails.
pub fn annotate(page: &Page, article: &Article, lexicon: &Lexicon) -> Marks {
    annotate_by_stage(page, article, lexicon, |_| {})
}

/// The same, and calls `done` behind each stage: who wants to know where time goes brings a clock.
pub fn annotate_by_stage(
    page: &Page,
    article: &Article,
    lexicon: &Lexicon,
    mut done: impl FnMut(Stage),
) -> Marks {
    if article.role == crate::article::Role::Teaser {
        return Marks::default();
    }
    let text = &page.text;
    let language = lexicon.language(&article.language);

    let lines = name::lines(page, article, language);
    let sentences = lines.iter().flat_map(Line::spans).collect::<Vec<_>>();
    done(Stage::Sentences);
    let mut parties = name::names_in(&lines, article, lexicon);
    done(Stage::Names);
    let quotations = lines.iter().flat_map(|line| line.quotations.iter().map(|q| q.span)).collect();
    let mut quotes = quote::quotes_in(&lines, article, &mut parties, lexicon);
    done(Stage::Quotes);
    let mut citations =
        citation::citations_in(&lines, (page, article), &mut parties, &quotes, lexicon);
    citation::join::join(&mut parties, &mut quotes, &mut citations);
    quote::group::widen(&lines, &mut quotes);
    done(Stage::Citations);
    let stances = quote::stance::stances(&lines, (article, lexicon), &mut parties, &quotes);
    done(Stage::Stances);
    let published = article.published.map(|published| published.when);
    // A caption often tells the day that the story leaves out.
    let captions = article.captions.iter().map(|&span| Line::new(text, span, language));
    let captions = captions.collect::<Vec<_>>();
    let mut dated = lines.iter().chain(&captions).collect::<Vec<_>>();
    dated.sort_by_key(|line| line.span);
    let dates = date::dates_in(&dated, published);
    done(Stage::Dates);
    let placed = dates.iter().filter(|date| !is_length(date)).map(|date| date.span);
    let placed = placed.collect::<Vec<_>>();
    let is_dated = |span: Span| {
        let at = placed.partition_point(|day| day.end <= span.start);
        placed.get(at).is_some_and(|day| day.overlaps(span))
    };
    let mut figures = figure::figures_in(&lines);
    figures.retain(|figure| !is_dated(figure.span));
    done(Stage::Figures);
    let findings =
        Findings { parties: &parties, citations: &citations, dates: &dates, figures: &figures };
    let statements = statement::statements(&lines, article, findings);
    done(Stage::Statements);
    let mut marks = Marks {
        sentences,
        parties,
        quotations,
        quotes,
        stances,
        citations,
        dates,
        figures,
        statements,
    };
    marks.fit();
    marks
}

impl Marks {
    /// Gives back the room that its lists were made with and do not need: marks of a collection are
    /// held all at once, and doubling leaves a third of them empty.
    fn fit(&mut self) {
        self.sentences.shrink_to_fit();
        self.parties.shrink_to_fit();
        self.quotations.shrink_to_fit();
        self.quotes.shrink_to_fit();
        self.stances.shrink_to_fit();
        self.citations.shrink_to_fit();
        self.dates.shrink_to_fit();
        self.figures.shrink_to_fit();
        self.statements.shrink_to_fit();
    }
}

/// Whether a date expression is a length of time: "40 years" is a figure too.
fn is_length(date: &Dated) -> bool {
    let value = date.value.strip_prefix('P').unwrap_or_default();
    value.trim_start_matches('T').starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
#[path = "marks/rules/tests.rs"]
mod rules;
#[cfg(test)]
mod tests;
