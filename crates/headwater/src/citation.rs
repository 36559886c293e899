//! Citation: who is credited, in the prose of an article, for which words.
//!
//! A quote says what was said; a citation says on whose word the article has it. Every attribution
//! of a quote is a citation, and so are "citing foreign media", "reportedly", "confirmed that move"
//! and "declined to comment", which quote nothing.

mod citing;
mod confirmed;
pub(crate) mod join;
mod linked;
mod paper;
mod press;
mod relay;
mod silence;

use std::collections::BTreeSet;

use headwater_page::{Page, Span};

use crate::article::Article;
use crate::lexicon::{Ending, Lexicon, Tense, class};
use crate::name::{Party, PartyIx, SourceKind, Unnamed, lines};
use crate::quote::{Crowd, Form, Quote, points, public};
use crate::sentence::{Case, Line, line_at};

/// Index into [`crate::marks::Marks::citations`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CitationIx(pub u32);

impl CitationIx {
    /// As an index.
    pub fn ix(self) -> usize {
        self.0 as usize
    }
}

/// How a source is cited.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum How {
    /// An outlet, agency, document or unnamed report reported it.
    Reported,
    /// A person, office or unnamed people said it.
    Told,
    /// The words were taken over from the source, said in prose ("first published by").
    Republished,
    /// A link leads there.
    Linked,
    /// The source confirms what the article has from another.
    Confirmed,
    /// Somebody is said to have said it: "reportedly", "allegedly". The source may be unresolved.
    Hearsay,
    /// The source was asked and gave nothing.
    NoComment,
}

/// One attribution.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Citation {
    /// Who is credited; none for a bare "reportedly" that nothing resolves.
    pub source: Option<PartyIx>,
    /// How.
    pub how: How,
    /// The words that attribute.
    pub cue: Span,
    /// The words that name the source here.
    pub name: Option<Span>,
    /// The words that are covered, in order: what rests on this source.
    pub covers: Vec<Span>,
    /// The citation through which the article has this one: people *the Gazette* spoke to.
    pub via: Option<CitationIx>,
    /// The newsroom that heard it: "told the Gazette", "declined to comment to the Gazette".
    pub told: Option<PartyIx>,
    /// Words that show that it was said in public: "in a statement", "told reporters", "on X".
    pub public: Option<Span>,
    /// Which rule found it.
    pub rule: &'static str,
}

/// Every citation of the article, in order of cue. Quotes without a cue give none.
///
/// New parties (unnamed sources and reports) are added to `parties`. Never fails.
pub fn citations(
    page: &Page,
    article: &Article,
    parties: &mut Vec<Party>,
    quotes: &[Quote],
    lexicon: &Lexicon,
) -> Vec<Citation> {
    let lines = lines(page, article, lexicon.language(&article.language));
    citations_in(&lines, (page, article), parties, quotes, lexicon)
}

/// The same, from lines that are read.
pub(crate) fn citations_in(
    lines: &[Line<'_>],
    (page, article): (&Page, &Article),
    parties: &mut Vec<Party>,
    quotes: &[Quote],
    lexicon: &Lexicon,
) -> Vec<Citation> {
    let mut crowd = Crowd::new((article, &lexicon.outlets), lines, parties);
    for quote in quotes {
        if let (Some(by), Some(speaker)) = (quote.by, quote.speaker) {
            crowd.remember(by.start, speaker);
        }
    }
    let (found, at) = (Vec::new(), BTreeSet::new());
    let cues = quotes.iter().enumerate();
    let cues = cues.filter_map(|(ix, quote)| Some((quote.cue?.start, ix))).collect();
    let mut desk = Desk { lines, crowd, quotes, cues, found, at };
    desk.quoted();
    for (ix, line) in lines.iter().enumerate() {
        for sentence in 0..line.sentences.len() {
            desk.read(ix, sentence);
        }
    }
    desk.linked(page, lexicon);
    let mut found = desk.found;
    found.sort_by_key(|c: &Citation| (c.cue, c.name));
    found.dedup_by(|next, last| next.cue == last.cue);
    relay::relay(lines, &mut found, parties);
    found
}

/// Citations as they are found.
struct Desk<'a, 'l> {
    lines: &'l [Line<'l>],
    crowd: Crowd<'a, 'l>,
    quotes: &'a [Quote],
    /// The quotes by the first byte of their cues.
    cues: BTreeSet<(u32, usize)>,
    found: Vec<Citation>,
    /// What is found by the first byte of its cue.
    at: BTreeSet<(u32, usize)>,
}

/// Bytes of a cue, at most.
const LONGEST: u32 = 256;

/// One sentence of the article.
#[derive(Clone, Copy)]
struct Sentence<'l> {
    line_ix: usize,
    line: &'l Line<'l>,
    ix: usize,
    start: usize,
    /// One past its last word.
    end: usize,
}

impl Sentence<'_> {
    /// Its words without a final point.
    fn span(&self) -> Span {
        self.line.stretch(self.start, self.last())
    }

    /// Its last word, a final point left out.
    fn last(&self) -> usize {
        let last = self.end - 1;
        if last > self.start && self.line.words[last].at('.') { last - 1 } else { last }
    }
}

impl<'l> Desk<'_, 'l> {
    /// A citation for every quote that has a cue and a speaker other than the publisher itself.
    fn quoted(&mut self) {
        for quote in self.quotes {
            let (Some(cue), Some(source)) = (quote.cue, quote.speaker) else { continue };
            // What somebody wants or plans rests on nobody's word.
            let wish = quote.form == Form::Thought && matches!(quote.rule, "said-to" | "urged");
            if wish || self.crowd.own(source) {
                continue;
            }
            let line = line_at(self.lines, cue.start);
            let Some(line) = self.lines.get(line) else { continue };
            let at = line.word_at(cue.start);
            // "The papers do not tell whether": nothing rests on what was not said.
            let cued = &line.words[at];
            let base = cued.verb.is_some_and(|v| v.tense == Tense::Base);
            let helps = |k: &usize| line.words[*k].is(class::AUX | class::ADVERB | class::NOT);
            let mut before = (0..at).rev().take(4).take_while(helps);
            if base && before.any(|k| negates(line, k)) {
                continue;
            }
            let confirms = line.words[at].is(class::CONFIRM);
            let how = if confirms { How::Confirmed } else { self.how(source) };
            let public = if how == How::Reported { None } else { shown(line, at) };
            let public = public.or_else(|| paper::written(line, quote.by, how));
            self.at.insert((cue.start, self.found.len()));
            self.found.push(Citation {
                source: Some(source),
                how,
                cue,
                name: quote.by,
                covers: quote.parts.clone(),
                via: None,
                told: quote.told,
                public,
                rule: quote.rule,
            });
        }
    }

    fn how(&self, source: PartyIx) -> How {
        let party = self.crowd.get(source);
        match (party.kind, party.unnamed) {
            (SourceKind::Outlet | SourceKind::Agency | SourceKind::Document, _)
            | (_, Some(Unnamed::Media | Unnamed::Report)) => How::Reported,
            _ => How::Told,
        }
    }

    /// What one sentence attributes without quoting.
    fn read(&mut self, line_ix: usize, ix: usize) {
        let lines = self.lines;
        let line = &lines[line_ix];
        let range = line.sentences[ix].clone();
        let s = Sentence { line_ix, line, ix, start: range.start, end: range.end };
        for at in range {
            let word = &line.words[at];
            if word.quoted || word.mark() {
                continue;
            }
            if word.is(class::CITING) {
                self.citing(s, at);
            } else if let Some(end) = points(line, at, s.end) {
                self.pointing(s, at, end);
            } else if word.is(class::QUOTED) && word.case == Case::Lower {
                self.quoted_as(s, at);
            } else if word.is(class::HEARSAY | class::ALLEGED) {
                self.hearsay(s, at, word.is(class::HEARSAY));
            } else if word.is(class::HEARSAY_ADJECTIVE) && adjective(s, at) {
                self.hearsay(s, at, true);
            } else if word.is(class::HEARSAY_PASSIVE) && passive(s, at) {
                self.hearsay(s, at, false);
            }
            if word.is(class::CONFIRM) && word.case == Case::Lower {
                self.confirmed(s, at);
            }
            if word.is(class::BY) {
                self.reported_by(s, at);
            }
            self.silence(s, at);
            self.paper(s, at);
        }
        self.press(s);
    }

    fn push(
        &mut self,
        how: How,
        source: Option<PartyIx>,
        cue: Span,
        name: Option<Span>,
        covers: Vec<Span>,
        rule: &'static str,
    ) {
        if self.over(cue).is_some() {
            return;
        }
        self.at.insert((cue.start, self.found.len()));
        self.found.push(Citation {
            source,
            how,
            cue,
            name,
            covers,
            via: None,
            told: None,
            public: None,
            rule,
        });
    }

    /// The first that was found whose cue overlaps `cue`.
    fn over(&self, cue: Span) -> Option<usize> {
        let from = cue.start.saturating_sub(LONGEST);
        let near = self.at.range((from, 0)..(cue.end, 0)).map(|&(_, ix)| ix);
        near.filter(|&ix| self.found[ix].cue.overlaps(cue)).min()
    }

    /// The one that was found with that cue.
    fn with_cue(&self, cue: Span) -> Option<usize> {
        let near = self.at.range((cue.start, 0)..(cue.start + 1, 0)).map(|&(_, ix)| ix);
        near.filter(|&ix| self.found[ix].cue == cue).min()
    }

    /// Quotes whose cue lies in `span`, in the order of quotes.
    fn quotes_in(&self, span: Span) -> Vec<&Quote> {
        let near = self.cues.range((span.start, 0)..(span.end, 0));
        let mut near = near.map(|&(_, ix)| ix).collect::<Vec<_>>();
        near.sort_unstable();
        near.into_iter().map(|ix| &self.quotes[ix]).collect()
    }

    /// "reportedly": on the word of the outlet that the article follows, if it is one.
    fn hearsay(&mut self, s: Sentence<'l>, at: usize, reported: bool) {
        let cue = s.line.words[at].span;
        let span = s.span();
        let here = self.quotes_in(span).into_iter().find(|q| {
            q.cue.is_some_and(|c| span.contains(c))
                && q.speaker.is_some_and(|p| self.how(p) == How::Reported && !self.crowd.own(p))
        });
        let source = here.and_then(|quote| quote.speaker).or_else(|| self.crowd.reporting_outlet());
        self.push(
            How::Hearsay,
            source.filter(|_| reported),
            cue,
            None,
            vec![clause_around(s, at)],
            "hearsay",
        );
    }
}

/// Whether a word is "not" or ends with it.
fn negates(line: &Line<'_>, at: usize) -> bool {
    line.words[at].is(class::NOT) || line.words[at].ends(Ending::Short)
}

/// "her reported order": an adjective, no verb.
fn adjective(s: Sentence<'_>, at: usize) -> bool {
    let words = &s.line.words;
    let owned =
        at > s.start && (words[at - 1].case == Case::Possessive || words[at - 1].is(class::DET));
    let noun = words
        .get(at + 1)
        .is_some_and(|w| w.case == Case::Lower && !w.is(class::PREP | class::THAT | class::DET));
    owned && noun && words[at].case == Case::Lower
}

/// "is said to have": a form of to be before, "to" after.
fn passive(s: Sentence<'_>, at: usize) -> bool {
    let words = &s.line.words;
    let to = words.get(at + 1).is_some_and(|w| w.is(class::TO))
        && at + 2 < s.end
        && words[at + 2].case == Case::Lower;
    let be = (s.start..at)
        .rev()
        .take_while(|&k| words[k].is(class::ADVERB | class::AUX))
        .any(|k| words[k].is(class::BE));
    to && be
}

/// The clause around word `at`: between the sentence's dashes, or the sentence.
fn clause_around(s: Sentence<'_>, at: usize) -> Span {
    let words = &s.line.words;
    let dash = |k: &usize| words[*k].at('—') || words[*k].at('–') || words[*k].at(';');
    let first = (s.start..at).rev().find(dash).map_or(s.start, |k| k + 1);
    let last = (at + 1..s.end).find(dash).map_or(s.end, |k| k) - 1;
    let last = if last > first && words[last].at('.') { last - 1 } else { last };
    s.line.stretch(first.min(at), last.max(at))
}

/// The words nearest to the cue that show a public act, in its sentence and outside of quotations.
fn shown(line: &Line<'_>, at: usize) -> Option<Span> {
    let sentence = line.sentences.get(line.sentence_at(at))?.clone();
    let mut found: Option<(usize, Span)> = None;
    for k in sentence.clone() {
        if line.words[k].quoted || line.words[k].mark() {
            continue;
        }
        if let Some(end) = public(line, k, sentence.end) {
            let far = k.abs_diff(at);
            if found.is_none_or(|(other, _)| far < other) {
                found = Some((far, line.stretch(k, end - 1)));
            }
        }
    }
    found.map(|(_, span)| span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::{names, sample};
    use crate::quote::quotes;

    /// How, source, cue and covered words of every citation.
    fn cited(text: &str) -> Vec<(How, String, String, String)> {
        let (page, article) = sample::article(&format!("Dam talks go on\n{text}"), "Gazette");
        let lexicon = Lexicon::shipped();
        let mut parties = names(&page, &article, lexicon);
        let quotes = quotes(&page, &article, &mut parties, lexicon);
        let found = citations(&page, &article, &mut parties, &quotes, lexicon);
        let row = |c: &Citation| {
            let who = c.source.map_or(String::new(), |p| parties[p.ix()].name.clone());
            let covers = c.covers.iter().map(|&s| page.words(s)).collect::<Vec<_>>().join(" + ");
            (c.how, who, page.words(c.cue).to_owned(), covers)
        };
        found.iter().map(row).collect()
    }

    fn has(text: &str, how: How, who: &str, cue: &str) {
        let all = cited(text);
        let hit = all.iter().any(|(h, w, c, _)| *h == how && w == who && c == cue);
        assert!(hit, "{text}: {all:?}");
    }

    #[test]
    fn a_quote_is_a_citation() {
        has("Ada Oduya said the dam was weak.", How::Told, "Ada Oduya", "said");
        has(
            &"The Outlet reported that the dam was weak.".replace("The Outlet", sample::outlet().0),
            How::Reported,
            sample::outlet().0,
            "reported",
        );
    }

    #[test]
    fn the_publisher_does_not_cite_itself() {
        let all = cited("The dam is weak, the Gazette reports, citing foreign media.");
        assert_eq!(all.len(), 1, "{all:?}");
        assert_eq!((all[0].0, all[0].1.as_str()), (How::Reported, "foreign media"));
    }

    #[test]
    fn people_are_cited_through_their_outlet() {
        let text =
            &"Dam\nThe dam is weak, according to The Outlet, citing people familiar with the plan."
                .replace("The Outlet", sample::outlet().0);
        let (page, article) = sample::article(text, "Gazette");
        let lexicon = Lexicon::shipped();
        let mut parties = names(&page, &article, lexicon);
        let quotes = quotes(&page, &article, &mut parties, lexicon);
        let found = citations(&page, &article, &mut parties, &quotes, lexicon);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[1].via, Some(CitationIx(0)));
        has(
            &"Citing dam officials, The Outlet reported that it leaks."
                .replace("The Outlet", sample::outlet().0),
            How::Told,
            "dam officials",
            "Citing",
        );
    }

    #[test]
    fn the_press_is_cited_without_a_clause() {
        for (text, cue) in [
            ("The Outlet's Ada Oduya wrote about the dam on Monday.", "wrote"),
            ("The dam is weak, writes the Outlet's Ada Oduya.", "writes"),
            ("She gave a frank interview to the Outlet's Ada Oduya.", "interview"),
            ("Ada Oduya has explained at the Outlet why dams fail.", "explained"),
            ("The dam has leaked since an Outlet article last summer.", "article"),
            ("From an Outlet reporter: the dam leaks.", "reporter"),
            ("It leaks, Ada Oduya said in an interview with the Outlet.", "interview"),
            ("They include a letter in excerpts published Thursday by the Outlet.", "published"),
            ("She was quoted by the Outlet as saying it leaks.", "quoted"),
            ("The dam won the prize for an op-ed in the Outlet.", "op-ed"),
            ("The Outlet cited a poll on the dam.", "cited"),
            ("Ada Oduya of the Outlet reported on the dam.", "reported"),
            ("The Outlet's Ada Oduya explained the discovery:", "explained"),
            ("As the Outlet put it on Monday, the dam leaks.", "put it"),
            ("The dam leaks, the board said, with reference to the Outlet.", "with reference to"),
            ("The board shut it, pointing to a report by the Outlet.", "pointing to"),
            ("The report by the Outlet named the dam.", "report by"),
        ] {
            let name = sample::outlet().0;
            let text = text.replace("Outlet", name.trim_start_matches("The "));
            let all = cited(&text);
            let hit = all.iter().any(|(_, who, at, _)| {
                (who == name || text.contains("interview with")) && at == cue
                    || text.contains("interview with") && who == "Ada Oduya"
            });
            assert!(hit, "{text}: {all:?}");
        }
        for text in [
            "The Outlet's offices were sold on Monday.",
            "Olaf Quist works at the Outlet.",
            "The Outlet building burned down.",
            "He sold the Outlet.",
        ] {
            let text = text.replace("Outlet", sample::outlet().0.trim_start_matches("The "));
            assert_eq!(cited(&text), [], "{text}");
        }
    }

    #[test]
    fn the_outlet_of_a_reporter_was_told() {
        for text in [
            "An official told the Outlet's Ada Oduya and Olaf Quist that the dam leaks.",
            "An official told the Outlet that the dam leaks.",
            "An official opened up to the Outlet about the dam.",
        ] {
            let name = sample::outlet().0;
            let text = format!("Dam\n{}", text.replace("Outlet", name.trim_start_matches("The ")));
            let (page, article) = sample::article(&text, "Gazette");
            let mut parties = names(&page, &article, Lexicon::shipped());
            let quotes = quotes(&page, &article, &mut parties, Lexicon::shipped());
            let found = citations(&page, &article, &mut parties, &quotes, Lexicon::shipped());
            let told = found.iter().find_map(|c| c.told).map(|p| parties[p.ix()].name.as_str());
            assert_eq!(told, Some(name), "{text}: {found:?}");
        }
    }

    #[test]
    fn words_that_point_to_a_source() {
        let foreign = "The dam leaks, the board said, with reference to foreign media.";
        has(foreign, How::Reported, "foreign media", "with reference to");
        let quoted = "The Outlet quoted Ada Oduya as saying the dam leaks."
            .replace("The Outlet", sample::outlet().0);
        has(&quoted, How::Told, "Ada Oduya", "as saying");
        has(&quoted, How::Reported, sample::outlet().0, "quoted");
        has("Ada Oduya was quoted as saying that it leaks.", How::Told, "Ada Oduya", "as saying");
        assert_eq!(cited("They left, referring to the dam and to Ada Oduya."), []);
        assert_eq!(cited("They sat down, with reference to the plan."), []);
    }

    #[test]
    fn a_paper_shows_a_public_act() {
        for (text, shown) in [
            ("Ada Oduya concluded in a 2015 study that it leaks.", "in a 2015 study"),
            ("Ada Oduya said in a Friday statement that it leaks.", "in a Friday statement"),
            ("Ada Oduya said in the deposition that it leaks.", "in the deposition"),
            (
                "Ada Oduya said on her public Twitter account that it leaks.",
                "on her public Twitter account",
            ),
        ] {
            let text = format!("Dam\n{text}");
            let (page, article) = sample::article(&text, "Gazette");
            let mut parties = names(&page, &article, Lexicon::shipped());
            let quotes = quotes(&page, &article, &mut parties, Lexicon::shipped());
            let found = citations(&page, &article, &mut parties, &quotes, Lexicon::shipped());
            let public = found.first().and_then(|c| c.public);
            assert_eq!(public.map(|s| page.words(s)), Some(shown), "{text}");
        }
    }

    #[test]
    fn silence() {
        has(
            "The harbour board declined to comment.",
            How::NoComment,
            "harbour board",
            "declined to comment",
        );
        has(
            "Ada Oduya did not respond to a request for comment.",
            How::NoComment,
            "Ada Oduya",
            "did not respond to a request",
        );
        has(
            "The Gazette reached out to Ada Oduya for comment.",
            How::NoComment,
            "Ada Oduya",
            "reached out to",
        );
        assert_eq!(cited("The price declined. The crew reached the dam."), []);
    }

    #[test]
    fn hearsay() {
        has(
            &"The gate is reportedly open. The Outlet said the dam leaks."
                .replace("The Outlet", sample::outlet().0),
            How::Hearsay,
            sample::outlet().0,
            "reportedly",
        );
        has(
            &"The gate was allegedly open. The Outlet said the dam leaks."
                .replace("The Outlet", sample::outlet().0),
            How::Hearsay,
            "",
            "allegedly",
        );
        has("The gate is said to be open.", How::Hearsay, "", "said");
        has("Her reported plan on Friday failed.", How::Hearsay, "", "reported");
    }

    #[test]
    fn a_confirmation_covers_what_it_confirms() {
        let all = cited(
            "The gate was opened on Friday. A dam official confirmed that move but said it would be shut.",
        );
        let (how, _, _, covers) = &all[0];
        assert_eq!(
            (*how, covers.as_str()),
            (How::Confirmed, "The gate was opened on Friday. + that move")
        );
        assert_eq!(all[1].3, "it would be shut");
    }

    #[test]
    fn public_acts_and_newsrooms() {
        let text = "Dam\nAda Oduya said at a news conference that it leaks. Olaf Quist told the Gazette that it holds.";
        let (page, article) = sample::article(text, "Gazette");
        let lexicon = Lexicon::shipped();
        let mut parties = names(&page, &article, lexicon);
        let quotes = quotes(&page, &article, &mut parties, lexicon);
        let found = citations(&page, &article, &mut parties, &quotes, lexicon);
        assert_eq!(found[0].public.map(|s| page.words(s)), Some("at a news conference"));
        assert_eq!(found[1].told.map(|p| parties[p.ix()].name.as_str()), Some("Gazette"));
    }
}
