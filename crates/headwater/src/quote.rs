//! Quote: words attributed to a speaker, inside quotation marks or outside of them.

mod according;
mod clause;
mod following;
mod frame;
pub(crate) mod group;
mod headline;
mod inserted;
mod orphan;
mod public;
mod quoted;
mod speaker;
pub(crate) mod stance;
mod subject;
mod worded;

use headwater_page::{Page, Span};

use crate::article::Article;
use crate::lexicon::{Lexicon, Manner, class};
use crate::name::{Party, PartyIx, lines};
use crate::sentence::{self, Line, line_at};

pub(crate) use public::{points, public};
pub(crate) use speaker::Crowd;
pub(crate) use subject::{Np, before as subject_before, noun_phrase, subject_of_sentence};

/// How words are attributed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Form {
    /// All inside quotation marks.
    Direct,
    /// None inside quotation marks.
    Indirect,
    /// Partly.
    Mixed,
    /// A belief, wish or plan, not something said.
    Thought,
    /// What a study, count or inquiry found.
    Finding,
}

/// Words attributed to somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quote {
    /// How.
    pub form: Form,
    /// The words, in order, quotation marks included; several when a cue splits them.
    pub parts: Vec<Span>,
    /// Who said it, if that can be told.
    pub speaker: Option<PartyIx>,
    /// The words that name the speaker here: a name, a role, a pronoun.
    pub by: Option<Span>,
    /// The words that attribute: "said", "according to".
    pub cue: Option<Span>,
    /// Whom it was told to: the outlet in "told the Gazette", "in a statement to the Gazette".
    pub told: Option<PartyIx>,
    /// Which rule found it.
    pub rule: &'static str,
}

impl Quote {
    /// From its first byte to its last.
    pub fn hull(&self) -> Span {
        self.parts.iter().copied().reduce(Span::hull).unwrap_or_default()
    }
}

/// What is inside quotation marks, whoever said it: spans with their marks, in order. Marks of any
/// style; a quotation that is never closed ends with its paragraph.
pub fn quotations(page: &Page, article: &Article) -> Vec<Span> {
    let read = article.headline.iter().chain(&article.paragraphs);
    let all = read.flat_map(|&line| sentence::quotations(&page.text, line));
    all.map(|quotation| quotation.span).collect()
}

/// Every attributed stretch of words in the article, in order of their first part.
///
/// New parties (unnamed speakers, speakers known by role only) are added to `parties`. Never fails.
pub fn quotes(
    page: &Page,
    article: &Article,
    parties: &mut Vec<Party>,
    lexicon: &Lexicon,
) -> Vec<Quote> {
    let lines = lines(page, article, lexicon.language(&article.language));
    quotes_in(&lines, article, parties, lexicon)
}

/// The same, from lines that are read.
pub(crate) fn quotes_in(
    lines: &[Line<'_>],
    article: &Article,
    parties: &mut Vec<Party>,
    lexicon: &Lexicon,
) -> Vec<Quote> {
    let mut drafts = Vec::new();
    let answering = headline::answering(lines);
    let asked = headline::asked(lines);
    for (ix, line) in lines.iter().enumerate() {
        let headline = ix == 0 && article.headline.is_some();
        let answers = answering.binary_search(&ix).is_ok();
        let whole = headline::frames(ix, line, headline, &mut drafts)
            || answers && headline::answer(ix, line, &mut drafts)
            || asked.is_some_and(|who| headline::lettered(ix, line, who, &mut drafts));
        if !whole {
            for sentence in 0..line.sentences.len() {
                frame::frames(ix, line, sentence, &mut drafts);
            }
        }
        orphan::orphans(ix, line, lines, &mut drafts);
    }
    drafts.sort_by_key(|draft| (draft.hull().start, draft.hull().end));
    speaker::resolve((article, &lexicon.outlets), lines, &mut drafts, parties);
    drafts.retain(|draft| draft.like.is_none() || draft.speaker.is_some());
    drafts.into_iter().map(|draft| draft.quote(lines)).collect()
}

/// A quote before its speaker is known.
#[derive(Clone, Debug)]
struct Draft {
    line: usize,
    sentence: usize,
    parts: Vec<Span>,
    by: Option<Np>,
    cue: Option<Span>,
    manner: Manner,
    rule: &'static str,
    speaker: Option<PartyIx>,
    told: Option<PartyIx>,
    /// Who speaks on, where no words beside the quotation say so.
    like: Option<Like>,
}

/// Whoever an earlier line names, who speaks on in this one.
#[derive(Clone, Copy, Debug)]
struct Like {
    /// Which line names her.
    line: usize,
    by: Np,
    /// Whether that line says only what she does, so that she must be somebody.
    role: Acts,
    /// The words that attribute, if they close that line: "She said:".
    cue: Option<Span>,
}

/// What somebody did in the line before her words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Acts {
    /// She spoke.
    Spoke,
    /// The line is about her.
    Did,
}

impl Draft {
    fn hull(&self) -> Span {
        self.parts.iter().copied().reduce(Span::hull).unwrap_or_default()
    }

    fn quote(self, lines: &[Line<'_>]) -> Quote {
        let form = self.form(lines);
        let said = self.like.filter(|like| like.cue.is_some());
        let said = said.map(|like| like.by.span(&lines[like.line]));
        Quote {
            form,
            parts: self.parts,
            speaker: self.speaker,
            by: self.by.map(|by| by.span(&lines[self.line])).or(said),
            cue: self.cue,
            told: self.told,
            rule: self.rule,
        }
    }

    fn form(&self, lines: &[Line<'_>]) -> Form {
        let (mut inside, mut outside) = (false, false);
        for &part in &self.parts {
            let at = line_at(lines, part.start);
            let Some(line) = lines.get(at) else { continue };
            let first = line.word_at(part.start);
            let words = line.words[first..].iter().take_while(|w| w.span.start < part.end);
            // The conjunction before a quotation is the reporter's.
            let words = words.enumerate().filter(|(n, w)| *n > 0 || !w.is(class::THAT));
            for (_, word) in words.filter(|(_, w)| !w.mark()) {
                inside |= word.quoted;
                outside |= !word.quoted;
            }
        }
        match (inside, outside, self.manner) {
            (true, false, _) => Form::Direct,
            (true, true, _) => Form::Mixed,
            (false, _, Manner::Think) => Form::Thought,
            (false, _, Manner::Find) => Form::Finding,
            (false, _, Manner::Say) => Form::Indirect,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::name::{names, sample};

    /// Speaker and words of every quote; parts are joined by " + ".
    fn said(text: &str) -> Vec<(String, String)> {
        let (page, article) = sample::article(&format!("Dam talks go on\n{text}"), "Gazette");
        let lexicon = Lexicon::shipped();
        let mut parties = names(&page, &article, lexicon);
        let quotes = quotes(&page, &article, &mut parties, lexicon);
        let words = |quote: &Quote| {
            let parts = quote.parts.iter().map(|&part| page.words(part));
            parts.collect::<Vec<_>>().join(" + ")
        };
        let who =
            |quote: &Quote| quote.speaker.map_or(String::new(), |p| parties[p.ix()].name.clone());
        quotes.iter().map(|quote| (who(quote), words(quote))).collect()
    }

    fn one(text: &str) -> (String, String) {
        let mut all = said(text);
        assert_eq!(all.len(), 1, "{text}: {all:?}");
        all.remove(0)
    }

    fn is(text: &str, who: &str, words: &str) {
        assert_eq!(one(text), (who.to_owned(), words.to_owned()), "{text}");
    }

    #[test]
    fn a_clause_after_its_verb() {
        is(
            "Ada Oduya said on Monday that the dam would hold.",
            "Ada Oduya",
            "that the dam would hold",
        );
        is(
            "Ada Oduya, a harbour engineer, said the dam would hold.",
            "Ada Oduya",
            "the dam would hold",
        );
        is("Ada Oduya told the Gazette the dam would hold.", "Ada Oduya", "the dam would hold");
        is("Critics say the dam was built in haste.", "Critics", "the dam was built in haste");
        is(
            "The board met a day after the Harrow Chronicle reported that the dam leaks.",
            "Harrow Chronicle",
            "that the dam leaks",
        );
    }

    #[test]
    fn a_clause_before_its_verb() {
        is("The dam would hold, Ada Oduya said.", "Ada Oduya", "The dam would hold");
        is("But the dam is weak, officials have said.", "officials", "the dam is weak");
        is("The dam is weak, said Ada Oduya, who built it.", "Ada Oduya", "The dam is weak");
        is("The dam, Ada Oduya said, would hold.", "Ada Oduya", "The dam + would hold");
    }

    #[test]
    fn a_speaker_with_an_apposition_after_her_words() {
        let (who, words) = ("Ada Oduya", "The new dam is too low");
        for text in [
            "The new dam is too low, the head of the water board, Ada Oduya, told the Ossary Tribune on Tuesday.",
            "The new dam is too low, Ada Oduya, the head of the water board, told the Ossary Tribune on Tuesday.",
            "The new dam is too low, Ada Oduya, who runs the water board, said.",
            "The new dam is too low, according to Ada Oduya, an engineer at the Institute of Tides.",
            "The new dam is too low, according to the head of the board, Ada Oduya.",
        ] {
            is(text, who, words);
        }
        is(
            "The new dam, according to Ada Oduya, an engineer at the Institute of Tides, is too low.",
            who,
            "The new dam + is too low",
        );
        assert_eq!(said("He met the head of the mint, Ada Oduya, and left."), []);
    }

    #[test]
    fn quotations_before_and_after() {
        is(
            "“It will hold,” said Ada Oduya. “I built it.”",
            "Ada Oduya",
            "“It will hold,” + “I built it.”",
        );
        is("\"It will hold,\" Ada Oduya said Monday.", "Ada Oduya", "\"It will hold,\"");
        is("Ada Oduya said: “It will hold.”", "Ada Oduya", "“It will hold.”");
        is("Ada Oduya waved it aside: “It will hold.”", "Ada Oduya", "“It will hold.”");
        is("'It will hold,' Ada Oduya said.", "Ada Oduya", "'It will hold,'");
    }

    #[test]
    fn according_to_somebody() {
        is("The dam is weak, according to Ada Oduya.", "Ada Oduya", "The dam is weak");
        is(
            "According to people familiar with the plan, the dam is weak.",
            "people familiar with the plan",
            "the dam is weak",
        );
    }

    #[test]
    fn a_quotation_runs_on_in_the_next_paragraph() {
        is(
            "Ada Oduya said: \"It will hold.\n\"I built it.\"",
            "Ada Oduya",
            "\"It will hold. + \"I built it.\"",
        );
    }

    #[test]
    fn participles_keep_the_speaker() {
        let all = said("“It will hold,” Ada Oduya said, adding that she “built it” alone.");
        assert_eq!(all[1], ("Ada Oduya".into(), "that she “built it” alone".into()));
    }

    #[test]
    fn pronouns_mean_the_last_that_fits() {
        let all = said(
            "Ada Oduya met Olaf Quist. She said the dam would hold. He said it would not hold.",
        );
        assert_eq!((all[0].0.as_str(), all[1].0.as_str()), ("Ada Oduya", "Olaf Quist"));
        let all = said(
            &"The Outlet reported that the dam leaks. It added that the gate is open."
                .replace("The Outlet", sample::outlet().0),
        );
        assert_eq!(all[1].0, sample::outlet().0);
    }

    #[test]
    fn a_report_is_the_outlets_if_one_is_named() {
        let all = said(
            &"The dam is weak, according to a new report.\nThe Outlet reported that it leaks."
                .replace("The Outlet", sample::outlet().0),
        );
        assert_eq!(all[0].0, sample::outlet().0);
        is("The dam is weak, according to a new report.", "a new report", "The dam is weak");
    }

    #[test]
    fn two_introductions_are_two_people() {
        let (page, article) = sample::article(
            "Dam\nA dam official said the gate was open. A second dam official said it was shut.",
            "",
        );
        let mut parties = names(&page, &article, Lexicon::shipped());
        let quotes = quotes(&page, &article, &mut parties, Lexicon::shipped());
        assert_eq!(quotes.len(), 2, "{quotes:?}");
        assert_ne!(quotes[0].speaker, quotes[1].speaker);
    }

    #[test]
    fn what_attributes_nothing() {
        for text in [
            "The dam was called weak by the press.",
            "The report was long and the claim old.",
            "The board plans to the letter.",
            "The harbour “gate” was open.",
        ] {
            assert_eq!(said(text), [], "{text}");
        }
    }

    #[test]
    fn headlines() {
        let of = |headline: &str| {
            let (page, article) = sample::article(headline, "");
            let mut parties = names(&page, &article, Lexicon::shipped());
            let quotes = quotes(&page, &article, &mut parties, Lexicon::shipped());
            quotes.iter().map(|q| page.words(q.hull()).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(of("Old Dam May Fail Soon: Report"), ["Old Dam May Fail Soon"]);
        assert_eq!(of("Old dam may fail soon, officials say"), ["Old dam may fail soon"]);
        assert_eq!(of("Old Dam Fails: A Short History"), Vec::<String>::new());
    }

    #[test]
    fn a_paragraph_of_quotation_goes_on() {
        let all = said(
            "Ada Oduya said the dam would hold.\n“It was built by my own crew.”\n“They knew their trade.”",
        );
        let own = "“It was built by my own crew.” + “They knew their trade.”";
        assert_eq!(all[1], ("Ada Oduya".into(), own.into()));
        let all = said("Ada Oduya had come to see the dam.\n“It was built by my own crew.”");
        assert_eq!(all, [("Ada Oduya".into(), "“It was built by my own crew.”".into())]);
        assert_eq!(said("The gate was shut at noon.\n“It was built by my own crew.”"), []);
    }

    #[test]
    fn shapes_beside_the_plain_ones() {
        let (who, words) = ("Ada Oduya", "the dam is too low");
        is("As Ada Oduya explains, the dam is too low.", who, words);
        is("Ada Oduya pointed out that the dam is too low.", who, &format!("that {words}"));
        is("Ada Oduya, said: “It holds.”", who, "“It holds.”");
        is("Ada Oduya can be heard saying: “It holds.”", who, "“It holds.”");
        is("Ada Oduya took a lamp and said the dam is too low.", who, words);
        is("“It holds,” said deputy warden Ada Oduya.", who, "“It holds,”");
        is("The town's best plumber, Ada Oduya, said the dam is too low.", who, words);
        is(
            "A report published on Monday said the dam is too low.",
            "A report published on Monday",
            words,
        );
        assert_eq!(said("As Ada Oduya said this, the dam broke."), []);
        assert_eq!(said("Ada Oduya pointed at the dam."), []);
    }

    #[test]
    fn an_interview_is_its_speakers() {
        let all = said(
            "Gazette: Is the dam safe?\nOduya: It is safe.\nGazette: Who says so?\nOduya: We say so.",
        );
        let answers = all.iter().filter(|(who, _)| who == "Oduya").map(|(_, words)| words.as_str());
        assert_eq!(answers.collect::<Vec<_>>(), ["It is safe.", "We say so."]);
        assert_eq!(said("Age: 45 years.\nHeight: 2 metres.\nTown: Crail is small."), []);
    }

    #[test]
    fn a_headline_may_lie_behind_the_body() {
        let text = "Gate\n“It will hold,” Ada Oduya said. She denied that it leaks.\nOld Dam Holds";
        let (page, mut article) = sample::article(text, "");
        article.headline = article.paragraphs.pop();
        let marks = crate::marks::annotate(&page, &article, Lexicon::shipped());
        let forms = marks.quotes.iter().map(|quote| quote.form).collect::<Vec<_>>();
        assert_eq!((forms, marks.stances), (vec![Form::Direct, Form::Indirect], vec![]));
    }

    #[test]
    fn capitals_of_a_headline_name_nobody() {
        let speakers = |headline: &str| {
            let (page, article) = sample::article(headline, "");
            let mut parties = names(&page, &article, Lexicon::shipped());
            let quotes = quotes(&page, &article, &mut parties, Lexicon::shipped());
            let who = quotes.iter().filter_map(|q| q.speaker).map(|p| &parties[p.ix()]);
            who.map(|p| (p.kind, p.name.clone())).collect::<Vec<_>>()
        };
        let unnamed = |name: &str| vec![(crate::name::SourceKind::Unnamed, name.to_owned())];
        assert_eq!(
            speakers("Board Drops Its Dam Rule: 'It Was Too Vague,' It Was Too Vague Says"),
            []
        );
        assert_eq!(speakers("Old dam may fail soon: Official"), unnamed("Official"));
        assert_eq!(speakers("Old Dam May Fail Soon, Officials Say"), unnamed("Officials"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn any_text_gives_spans_of_it(
            text in "([A-Z][a-z]{1,5}|said|says|\"|“|”|'|’|,|:|\\.|—|according to|citing|reportedly|confirmed|that|he|it|the|Mr|officials|declined to comment|adding|\n|\\PC| ){0,60}"
        ) {
            let (page, article) = sample::article(&text, "Gazette");
            let lexicon = Lexicon::shipped();
            let mut parties = names(&page, &article, lexicon);
            let quotes = quotes(&page, &article, &mut parties, lexicon);
            let citations = crate::citation::citations(&page, &article, &mut parties, &quotes, lexicon);
            for span in quotes.iter().flat_map(|q| q.parts.iter().chain(&q.by).chain(&q.cue)) {
                prop_assert!(text.get(span.range()).is_some());
            }
            for span in citations.iter().flat_map(|c| c.covers.iter().chain(&c.name)) {
                prop_assert!(text.get(span.range()).is_some());
            }
            for (ix, citation) in citations.iter().enumerate() {
                prop_assert!(citation.via.is_none_or(|via| via.ix() < citations.len() && via.ix() != ix));
            }
            prop_assert!(parties.iter().all(|p| !p.mentions.is_empty()));
            prop_assert!(parties.iter().all(|p| (p.kind == crate::name::SourceKind::Unnamed) == p.unnamed.is_some()));
        }
    }
}
