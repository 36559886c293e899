use headwater_page::PageIx;

use super::*;
use crate::Lexicon;
use crate::article::Role;
use crate::citation::How;
use crate::date::Dated;
use crate::name::{Gender, SourceKind};

fn article(text: &str) -> Article {
    let span = Span::new(0, text.len());
    Article {
        page: PageIx(0),
        span,
        role: Role::Main,
        headline: None,
        publisher: None,
        byline: Vec::new(),
        dateline: None,
        age: None,
        published: None,
        credits: Vec::new(),
        captions: Vec::new(),
        standfirst: None,
        inserts: Vec::new(),
        paragraphs: vec![span],
        language: "en".to_owned(),
    }
}

fn at(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    Span::new(start, start + words.len())
}

/// A citation of `source` by those words.
fn cites(text: &str, source: u32, name: &str, cue: &str, covers: &[&str]) -> Citation {
    Citation {
        source: Some(PartyIx(source)),
        how: How::Told,
        cue: at(text, cue),
        name: Some(at(text, name)),
        covers: covers.iter().map(|words| at(text, words)).collect(),
        via: None,
        told: None,
        public: None,
        rule: "test",
    }
}

fn read(text: &str, citations: &[Citation]) -> Vec<Statement> {
    read_as(text, citations, Stands::Prose, "en")
}

fn read_as(text: &str, citations: &[Citation], place: Stands, code: &str) -> Vec<Statement> {
    let line = Line::new(text, Span::new(0, text.len()), Lexicon::shipped().language(code));
    let dates = crate::date::dates_in(&[&line], None);
    let findings = Findings { parties: &[], citations, dates: &dates, figures: &[] };
    let mut article = article(text);
    code.clone_into(&mut article.language);
    article.headline = (place == Stands::Headline).then_some(line.span);
    statements(&[line], &article, findings)
}

fn one(text: &str) -> (Polarity, Modality) {
    let all = read(text, &[]);
    assert_eq!(all.len(), 1, "{text}");
    (all[0].polarity, all[0].modality)
}

#[test]
fn attribution_at_the_edge_is_cut() {
    for (text, name, cue, content) in [
        ("The dam is closed, Osk said.", "Osk", "said", "The dam is closed"),
        ("Osk said that the dam is closed.", "Osk", "said", "the dam is closed"),
        ("According to Osk, the dam is closed.", "Osk", "According to", "the dam is closed"),
        (
            "Mayor Osk, who met crews on Friday, said the dam is closed.",
            "Osk",
            "said",
            "the dam is closed",
        ),
    ] {
        let found = read(text, &[cites(text, 0, name, cue, &[content])]);
        assert_eq!(found.len(), 1, "{text}");
        let words = found[0].span.of(text).trim_end_matches('.');
        assert_eq!(words, content, "{text}");
        assert_eq!(found[0].attributed, [CitationIx(0)]);
    }
}

#[test]
fn what_else_is_asserted_stays() {
    let text = "The mayor lost the vote on Monday and she said the dam is closed.";
    let found = read(text, &[cites(text, 0, "she", "said", &["the dam is closed"])]);
    assert_eq!(found[0].span, Span::new(0, text.len()));
    assert!(found[0].attributed.is_empty(), "the citation covers less than half");

    let text = "The dam, Osk said, is closed until May.";
    let found = read(text, &[cites(text, 0, "Osk", "said", &["The dam", "is closed until May"])]);
    assert_eq!(found[0].span, Span::new(0, text.len()));
}

#[test]
fn two_sources_make_two_statements() {
    let text = "Osk said the dam is closed, while Pell told crews the gates were open.";
    let citations = [
        cites(text, 0, "Osk", "said", &["the dam is closed"]),
        cites(text, 1, "Pell", "told", &["the gates were open"]),
    ];
    let found = read(text, &citations);
    let words = found.iter().map(|s| s.span.of(text)).collect::<Vec<_>>();
    assert_eq!(words, ["the dam is closed", "the gates were open"]);
    assert_eq!(found[1].attributed, [CitationIx(1)]);

    // One source twice is one statement, and so is a report of a report.
    let same = [
        cites(text, 0, "Osk", "said", &["the dam is closed"]),
        cites(text, 0, "Pell", "told", &["the gates were open"]),
    ];
    assert_eq!(read(text, &same).len(), 1);
    let mut chain = citations;
    chain[1].via = Some(CitationIx(0));
    assert_eq!(read(text, &chain).len(), 1);
}

#[test]
fn questions_and_bare_attributions_state_nothing() {
    assert_eq!(read("Is the dam closed?", &[]), []);
    assert_eq!(read("“Is the dam closed?”", &[]), []);
    assert_eq!(read("Closed.", &[]), []);
    let text = "Later she added:";
    let mut citation = cites(text, 0, "she", "added", &[]);
    citation.covers.clear();
    assert_eq!(read(text, &[citation]), []);
}

#[test]
fn denials_are_counted() {
    for (text, polarity) in [
        ("The dam is closed.", Polarity::Affirmed),
        ("The dam is not closed.", Polarity::Denied),
        ("The dam isn’t closed.", Polarity::Denied),
        ("The order did not appear.", Polarity::Denied),
        ("Osk denied that the dam is closed.", Polarity::Denied),
        ("Osk did not deny that the dam is closed.", Polarity::Affirmed),
        ("No ships will enter the harbour.", Polarity::Denied),
        ("The dam is not only closed but empty.", Polarity::Affirmed),
        ("Crews who did not vote closed the dam.", Polarity::Affirmed),
        ("Osk, who did not vote, did not close the dam.", Polarity::Denied),
    ] {
        assert_eq!(one(text).0, polarity, "{text}");
    }
}

#[test]
fn the_first_word_that_tells_says_how_far_along() {
    for (text, modality) in [
        ("The navy could strike the port.", Modality::Possible),
        ("Osk is considering a strike on the port.", Modality::Possible),
        ("The navy will strike the port.", Modality::Planned),
        ("The navy is preparing to strike ports that could fall.", Modality::Planned),
        ("Osk ordered the navy to plan a strike.", Modality::Ordered),
        ("The navy was directed to use force.", Modality::Ordered),
        ("Osk signed an order that directs the navy to strike.", Modality::Done),
        ("The port is closed.", Modality::Done),
    ] {
        assert_eq!(one(text).1, modality, "{text}");
    }
    assert!(Modality::Possible < Modality::Planned && Modality::Ordered < Modality::Done);
}

/// Each line of `asserted.tsv`: what its sentence asserts, or that it is read otherwise as yet.
#[test]
fn sentences_assert_what_the_table_says() {
    let (mut astray, mut language) = (Vec::new(), "en");
    for line in include_str!("asserted.tsv").lines() {
        if line.starts_with('#') {
            language = line.strip_prefix("# language: ").unwrap_or(language);
            continue;
        }
        let mut fields = line.split('\t');
        let mut next = || fields.next().unwrap_or_default();
        let (polarity, modality, text, mark) = (next(), next(), next(), next());
        let place = if text.ends_with(['.', '?']) { Stands::Prose } else { Stands::Headline };
        let said = read_as(text, &[], place, language)
            .first()
            .map(|it| format!("{:?} {:?}", it.polarity, it.modality).to_lowercase());
        let said = said.unwrap_or("- -".to_owned());
        if (said == format!("{polarity} {modality}")) == (mark == "wrong") {
            astray.push(format!("{text} is {polarity} {modality} {mark}, read {said}"));
        }
    }
    assert!(astray.is_empty(), "{} astray:\n{}", astray.len(), astray.join("\n"));
}

#[test]
fn findings_inside_are_listed() {
    let text = "Osk closed two dams on Friday, Pell said.";
    let party = |name: &str| Party {
        kind: SourceKind::Person,
        unnamed: None,
        name: name.to_owned(),
        outlet: None,
        role: None,
        gender: Gender::Unknown,
        mentions: vec![at(text, name)],
    };
    let parties = [party("Pell"), party("Osk")];
    let citations = [cites(text, 0, "Pell", "said", &["Osk closed two dams on Friday"])];
    let (timex, rule) = (crate::date::Timex::Date, "W P?");
    let value = "XXXX-WXX-5".to_owned();
    let dates = [Dated { span: at(text, "Friday"), timex, rule, value, when: None }];
    let line = Line::new(text, Span::new(0, text.len()), &Lexicon::shipped().languages[0]);
    let figures = crate::figure::figures(text, line.span, line.language);
    let findings =
        Findings { parties: &parties, citations: &citations, dates: &dates, figures: &figures };
    let found = statements(&[line], &article(text), findings);
    assert_eq!(found[0].parties, [PartyIx(1)], "who is credited is not who it is about");
    assert_eq!((found[0].dates.as_slice(), found[0].figures.as_slice()), (&[0][..], &[0][..]));
}

proptest::proptest! {
    #[test]
    fn any_sentence_is_read(
        text in "(\\PC|not | that |, |said|“|é){0,40}",
        cuts in proptest::collection::vec(0_usize..60, 6),
    ) {
        let snap = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
        let mut cuts = cuts.into_iter().filter_map(snap).collect::<Vec<_>>();
        cuts.sort_unstable();
        let citation = Citation {
            source: None,
            how: How::Hearsay,
            cue: Span::new(cuts[0], cuts[1]),
            name: Some(Span::new(cuts[2], cuts[3])),
            covers: vec![Span::new(cuts[1], cuts[2]), Span::new(cuts[4], cuts[5])],
            via: None,
            told: None,
            public: None,
            rule: "test",
        };
        let found = read(&text, &[citation]);
        for statement in &found {
            proptest::prop_assert!(!statement.span.of(&text).is_empty());
        }
        proptest::prop_assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    }
}
