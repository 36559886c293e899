//! Ask: a claim that somebody typed, lined up with the statements of the collection.
//!
//! The typed claim is annotated as an article of one sentence is, and compared with every statement.
//! A statement states it only if all of the claim's own words are there (in another form or spelling,
//! or under another name of the same party), its figures and days agree, nobody else does the deed,
//! and the deed is as much affirmed and as far along. A statement that has most of it, and something
//! else where it says otherwise, differs. Nothing else is said: a claim without either is a claim that
//! no page states.

mod align;
mod held;

use headwater_page::{Capture, Page, PageId, PageIx, Place, Span, Trace};

use crate::article::{Article, ArticleIx, Role};
use crate::claim::{Stance, Stating};
use crate::difference::DifferenceKind;
use crate::dossier::Dossier;
use crate::evidence::Evidence;
use crate::lexicon::Lexicon;
use crate::marks::{self, Marks};
use crate::newsroom;
use crate::origin::{self, Carried, Origins, Said};
use crate::utterance;
use align::{Asked, Outcome, Point};

/// What a collection makes of a typed claim.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Answer {
    /// The statements that state it, in the order of articles.
    pub states: Vec<Stating>,
    /// Those that say something else about the same point, in the order of articles, one an article
    /// that does not state it.
    pub differs: Vec<Differing>,
    /// On how many origins it rests; none if nobody states it.
    pub origins: Option<Origins>,
}

/// A statement that says something else than a typed claim.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Differing {
    /// The statement. Its stance is never [`Stance::Affirms`].
    pub stating: Stating,
    /// What differs.
    pub kind: DifferenceKind,
    /// The words of the claim that it differs from: a byte range of what was typed.
    pub asked: Span,
    /// The statement's own words at that point; the whole statement where it has none.
    pub place: Place,
}

/// What the pages of `dossier` say to `claim`. Empty for a claim without a content word. `lexicon` is
/// the one that the dossier was traced with.
///
/// Cost: linear in the words of the collection. Never fails.
pub fn ask(dossier: &Dossier, claim: &str, lexicon: &Lexicon) -> Answer {
    if claim.trim().is_empty() {
        return Answer::default();
    }
    let (page, article) = typed(claim, lexicon);
    let marks = marks::annotate(&page, &article, lexicon);
    let evidence = dossier.evidence(lexicon);
    let mut answer = Answer::default();
    let asked = Asked::new(&page, &article, &marks, lexicon);
    if asked.is_empty() {
        return answer;
    }
    for ix in (0..dossier.articles.len() as u32).map(ArticleIx) {
        let language = evidence.language(ix).code;
        if language == lexicon.language(&article.language).code {
            of_article(&mut answer, evidence, &asked, ix);
        }
    }
    answer.origins = origins(dossier, evidence, &answer.states);
    attribute(&mut answer, evidence);
    answer
}

/// The typed claim as an article of one sentence, without a date of its own.
fn typed(claim: &str, lexicon: &Lexicon) -> (Page, Article) {
    let all = Span::new(0, claim.len());
    let language = lexicon.detect(claim).unwrap_or(&lexicon.languages[0]);
    let page = Page {
        id: PageId(0),
        capture: Capture::default(),
        text: claim.to_owned(),
        body_end: claim.len() as u32,
        blocks: Vec::new(),
        elements: Vec::new(),
        links: Vec::new(),
        meta: Vec::new(),
        trace: Trace::default(),
        defects: Vec::new(),
    };
    let article = Article {
        page: PageIx(0),
        span: all,
        role: Role::Main,
        headline: None,
        publisher: None,
        byline: Vec::new(),
        dateline: None,
        age: None,
        published: None,
        credits: Vec::new(),
        captions: Vec::new(),
        paragraphs: vec![all.trim(claim)],
        standfirst: None,
        inserts: Vec::new(),
        language: language.code.to_owned(),
    };
    (page, article)
}

/// The statements of one article that state the claim, and the nearest one that says otherwise. An
/// article that states it and says otherwise in words no farther from it does both.
fn of_article(answer: &mut Answer, evidence: Evidence<'_>, asked: &Asked<'_>, ix: ArticleIx) {
    let marks = evidence.marks(ix);
    let mut nearest: Option<(u32, u32, Point)> = None;
    let mut states = false;
    for at in 0..marks.statements.len() as u32 {
        match align::align(evidence, asked, (ix, at)) {
            Outcome::States => {
                states = true;
                answer.states.push(stating(evidence, ix, marks, at, Stance::Affirms));
            }
            Outcome::Differs(covered, point) => {
                if nearest.as_ref().is_none_or(|(most, ..)| covered > *most) {
                    nearest = Some((covered, at, point));
                }
            }
            Outcome::Neither => {}
        }
    }
    let Some((_, at, point)) = nearest.filter(|(covered, ..)| !states || *covered >= WHOLE) else {
        return;
    };
    let stance = match point.kind {
        DifferenceKind::Polarity => Stance::Denies,
        _ => Stance::Differs,
    };
    let stating = stating(evidence, ix, marks, at, stance);
    let whole = stating.place;
    let place = point.found.map_or(whole, |span| evidence.place(ix, span));
    answer.differs.push(Differing { stating, kind: point.kind, asked: point.asked, place });
}

/// All of the claim's words, per mille.
const WHOLE: u32 = 1000;

fn stating(
    evidence: Evidence<'_>,
    ix: ArticleIx,
    marks: &Marks,
    at: u32,
    stance: Stance,
) -> Stating {
    let statement = &marks.statements[at as usize];
    Stating {
        article: ix,
        statement: at,
        place: evidence.place(ix, statement.span),
        stance,
        attributed: Vec::new(),
        chain: statement.attributed.clone(),
    }
}

/// The origins of what `states` state, weighed as a claim's are: over all stories that they stand in.
fn origins(dossier: &Dossier, evidence: Evidence<'_>, states: &[Stating]) -> Option<Origins> {
    let stands = |articles: &[ArticleIx]| states.iter().any(|it| articles.contains(&it.article));
    let stories = dossier.stories.iter().filter(|story| stands(&story.articles));
    let texts = stories.flat_map(|story| story.texts.iter().cloned()).collect::<Vec<_>>();
    let mut articles = texts.iter().flatten().copied().collect::<Vec<_>>();
    articles.sort_unstable();
    // A story has all articles but teasers, which state nothing.
    let statings = states.iter().map(|it| (it.article, it.statement));
    let statings = statings.filter(|(ix, _)| articles.contains(ix)).collect::<Vec<_>>();
    if statings.is_empty() {
        return None;
    }
    let newsrooms = newsroom::newsrooms(evidence, &texts);
    let utterances = utterance::utterances(evidence, &texts);
    let said = Said::new(&newsrooms, &utterances);
    let carried = Carried { evidence, newsrooms: &newsrooms, said: &said };
    Some(origin::weigh(carried, &statings, &[]))
}

/// Whom each statement credits.
fn attribute(answer: &mut Answer, evidence: Evidence<'_>) {
    let differing = answer.differs.iter_mut().map(|it| &mut it.stating);
    for stating in answer.states.iter_mut().chain(differing) {
        let ix = stating.article;
        let citations = &evidence.marks(ix).citations;
        let cited = stating.chain.iter();
        let cited = cited.filter_map(|at| newsroom::cited(evidence, ix, &citations[at.ix()]));
        for source in cited {
            if !stating.attributed.contains(&source) {
                stating.attributed.push(source);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use headwater_page::read;
    use proptest::prelude::*;

    use super::*;

    const PAGE: &str = "Brae Courier\nAssembly adopts 13th trade package against Oster\nBy Ada \
        Quill\n4 March 2031\n\nThe assembly of Tarn adopted its 13th package of trade measures \
        against Oster on Tuesday, foreign minister Lena Hask said.\n\nThe package bans the export \
        of glass to Oster and raises the duty on salt to 15 per cent. It does not cover \
        medicine.\n\nOster released the captain of the trawler Heron but kept its crew of nine, a \
        person close to the talks told the Brae Courier.\n\nHask denied that Tarn was preparing to \
        close its embassy. If the talks fail, the harbour may be closed.\n\nThe navy of Tarn held a \
        rocket drill hours after Oster fired a rocket over Cape Gorse.\n";

    fn dossier() -> &'static Dossier {
        static DOSSIER: OnceLock<Dossier> = OnceLock::new();
        DOSSIER.get_or_init(|| {
            let pages = read(PAGE.as_bytes(), &Capture::default()).pages;
            crate::trace(pages, Vec::new(), Lexicon::shipped())
        })
    }

    fn kinds(claim: &str) -> (usize, Vec<DifferenceKind>) {
        let answer = ask(dossier(), claim, Lexicon::shipped());
        (answer.states.len(), answer.differs.iter().map(|it| it.kind).collect())
    }

    #[test]
    fn what_is_stated_is_found_in_other_forms() {
        for claim in [
            "The assembly adopted its thirteenth package of trade measures",
            "Exporting glass to Oster is banned",
            "The package raises the duty on salt to 15 per cent",
            "Oster kept its crew of nine",
            "Oster released the captain of the Heron",
            "Oster fired a rocket",
        ] {
            assert!(kinds(claim).0 > 0, "{claim}");
        }
    }

    #[test]
    fn what_is_turned_round_is_never_stated() {
        use DifferenceKind::{Actor, Modality, Number, Polarity};
        for (claim, kind) in [
            ("The assembly of Tarn adopted its 12th package of trade measures", Number),
            ("Oster adopted its 13th package of trade measures against Tarn", Actor),
            ("The package allows the export of glass to Oster", Polarity),
            ("The package bans the export of glass from Oster", Actor),
            ("The package bans the duty on salt", Actor),
            ("The package raises the export of glass", Actor),
            ("Oster released the crew of nine", Actor),
            ("The package covers medicine", Polarity),
            ("Tarn was preparing to close its embassy", Polarity),
            ("The harbour is closed", Modality),
            ("Tarn fired a rocket over Oster", Actor),
        ] {
            assert_eq!(kinds(claim), (0, vec![kind]), "{claim}");
        }
    }

    #[test]
    fn a_claim_without_words_is_answered_by_nothing() {
        for claim in ["", "  ", "?", "of the", "…\u{202e}"] {
            assert_eq!(ask(dossier(), claim, Lexicon::shipped()), Answer::default(), "{claim}");
        }
    }

    #[test]
    fn what_is_stated_rests_on_origins() {
        let stated = ask(dossier(), "Oster kept its crew of nine", Lexicon::shipped());
        assert!(stated.origins.is_some_and(|it| it.least == 1 && it.most == 1));
        let silent = ask(dossier(), "The choir of Oster sang", Lexicon::shipped());
        assert!(silent.origins.is_none() && silent.states.is_empty());
    }

    proptest! {
        #[test]
        fn any_claim_is_answered(claim in "\\PC{0,120}") {
            let answer = ask(dossier(), &claim, Lexicon::shipped());
            for it in &answer.differs {
                prop_assert!(claim.get(it.asked.start as usize..it.asked.end as usize).is_some());
            }
        }

        #[test]
        fn the_words_of_the_page_in_any_order_are_answered(
            words in proptest::collection::vec(0_usize..90, 1..20)
        ) {
            let all = PAGE.split_whitespace().collect::<Vec<_>>();
            let claim = words.iter().filter_map(|&at| all.get(at)).copied().collect::<Vec<_>>();
            ask(dossier(), &claim.join(" "), Lexicon::shipped());
        }
    }
}
