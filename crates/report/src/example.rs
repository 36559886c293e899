//! A small invented story, as a dossier built by hand, for the tests of this crate.

use headwater::article::{Basis, Published, Publisher, Role};
use headwater::ask::{Answer, Differing};
use headwater::citation::{Citation, CitationIx, How};
use headwater::claim::{Claim, Stance, Stating};
use headwater::cluster::{Common, Related};
use headwater::date::{Dated, Interval, Timex};
use headwater::difference::{Difference, DifferenceKind, Grade};
use headwater::marks::Marks;
use headwater::name::{Gender, Party, PartyIx, SourceKind, Unnamed};
use headwater::origin::{Doubt, Effect, Of, Origins, Root, RootKind};
use headwater::quote::{Form, Quote};
use headwater::reuse::{Direction, Edit, Passage, Reason, Reuse, ReuseKind};
use headwater::source::{Source, SourceIx};
use headwater::stemma::{Carrier, Derivation, Stemma, Tie, Witness, WitnessIx};
use headwater::story::Story;
use headwater::timeline::{Happening, Moment};
use headwater::utterance::{Change, Utterance, Version};
use headwater::{Article, ArticleIx, Dossier, Page, PageIx, Place, Span};
use headwater_page::{Block, BlockKind, Capture, Element, PageId, Skipped, Trace};

const PAGES: [(&str, &str, &str); 5] = [
    (
        "post.txt",
        "2031-04-02",
        "Harbour Post\nMinister closes the Oster lock\nThe Oster lock was closed on Monday by \
         order of the minister, the Vell Courier reported. Some 600 barges wait upstream.\n\"We \
         had no choice,\" the minister Ida Brandt said. \"The gates are cracked.\"\nShare this\n",
    ),
    (
        "herald.txt",
        "2031-04-02",
        "Delta Herald\nMinister closes the Oster lock\nThe Oster lock was closed on Monday by \
         order of the minister, the Vell Courier reported. Some 60 barges wait upstream.\n\"We \
         had no choice,\" the minister Ida Brandt said.\n",
    ),
    (
        "mirror.txt",
        "2031-04-03",
        "Port Mirror\nLock shut after cracks were found\nThe Oster lock was shut on the \
         minister's order, a harbour official told the Port Mirror. The Vell Courier first \
         reported the closure, citing people familiar with the order.\n\"We had no other \
         choice,\" Ida Brandt said.\n",
    ),
    (
        "abroad.txt",
        "2031-04-04",
        "Coast Letter\nA lock closes, foreign media say\nForeign media report that the Oster lock \
         was closed.\n",
    ),
    (
        "bells.txt",
        "2031-04-01",
        "Harbour Post\nBells ring again in Tilmark\nThe bells of Tilmark rang for the first time \
         since the fire.\n",
    ),
];

/// The words in their page, by article, as a place.
struct Finder {
    pages: Vec<Page>,
}

impl Finder {
    fn span(&self, article: u32, words: &str) -> Span {
        let text = &self.pages[article as usize].text;
        let start = text.find(words).unwrap_or_else(|| panic!("no {words:?} in page {article}"));
        Span::new(start, start + words.len())
    }

    fn place(&self, article: u32, words: &str) -> Place {
        Place { page: PageIx(article), span: self.span(article, words) }
    }
}

fn page(nth: usize, file: &str, text: &str) -> Page {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.trim_end().len());
        blocks.push(Block { span, kind: BlockKind::Paragraph, element: 0, linked: 0, gap: 0 });
        at += line.len();
    }
    Page {
        id: PageId(0x1000 + nth as u64),
        capture: Capture { file: file.into(), digest: format!("{nth:064x}"), ..Capture::default() },
        text: text.into(),
        body_end: text.len() as u32,
        blocks,
        elements: vec![Element {
            tag: String::new(),
            hints: String::new(),
            parent: 0,
            hidden: false,
            time: None,
        }],
        links: Vec::new(),
        meta: Vec::new(),
        trace: Trace::default(),
        defects: Vec::new(),
    }
}

fn article(nth: usize, page: &Page, day: &str) -> Article {
    let lines = page.blocks.iter().map(|block| block.span).collect::<Vec<_>>();
    let own = lines.iter().filter(|&&line| page.words(line) != "Share this");
    let own = own.copied().collect::<Vec<_>>();
    let when = Interval::day(day.parse().unwrap());
    Article {
        page: PageIx(nth as u32),
        span: own[0].hull(own[own.len() - 1]),
        role: Role::Main,
        headline: Some(own[1]),
        publisher: Some(Publisher {
            name: page.words(own[0]).into(),
            outlet: None,
            span: Some(own[0]),
        }),
        byline: Vec::new(),
        dateline: None,
        age: None,
        published: Some(Published { when, basis: Basis::Markup, span: own[0] }),
        credits: Vec::new(),
        captions: Vec::new(),
        standfirst: None,
        inserts: Vec::new(),
        paragraphs: own[2..].to_vec(),
        language: "en".into(),
    }
}

fn source(kind: SourceKind, unnamed: Option<Unnamed>, name: &str, place: Place) -> Source {
    Source { kind, unnamed, name: name.into(), outlet: None, extant: Vec::new(), place }
}

fn party(kind: SourceKind, unnamed: Option<Unnamed>, name: &str, span: Span) -> Party {
    Party {
        kind,
        unnamed,
        name: name.into(),
        outlet: None,
        role: None,
        gender: Gender::Unknown,
        mentions: vec![span],
    }
}

fn citation(source: u32, how: How, cue: Span, name: Span, covers: Span) -> Citation {
    Citation {
        source: Some(PartyIx(source)),
        how,
        cue,
        name: Some(name),
        covers: vec![covers],
        via: None,
        told: None,
        public: None,
        rule: "subject-verb",
    }
}

/// What the pages make of `claim`, which holds "600 barges": those that state the story's first claim,
/// and the one that has another number.
pub(crate) fn answer(dossier: &Dossier, claim: &str) -> Answer {
    let story = &dossier.stories[0];
    let states = story.claims[0].statements.clone();
    let (found, asked) = ("60 barges", "600 barges");
    let stating = states.iter().find(|it| it.article == ArticleIx(1)).unwrap().clone();
    let start = dossier.pages[1].text.find(found).unwrap();
    let place = Place { page: PageIx(1), span: Span::new(start, start + found.len()) };
    let at = claim.find(asked).unwrap();
    let differing = Differing {
        stating: Stating { stance: Stance::Differs, ..stating },
        kind: DifferenceKind::Number,
        asked: Span::new(at, at + asked.len()),
        place,
    };
    let states = states.into_iter().filter(|it| it.stance == Stance::Affirms);
    let states = states.filter(|it| it.article != ArticleIx(1)).collect();
    Answer { states, differs: vec![differing], origins: story.origins.clone() }
}

/// Four reports of one closed lock on four pages, and one report about bells.
pub(crate) fn dossier() -> Dossier {
    let pages = PAGES.iter().enumerate().map(|(nth, (file, _, text))| page(nth, file, text));
    let find = Finder { pages: pages.collect() };
    let articles = PAGES.iter().enumerate();
    let articles = articles.map(|(nth, (_, day, _))| article(nth, &find.pages[nth], day));
    let articles = articles.collect::<Vec<_>>();
    let (mut sources, marks) = marks(&find);
    sources.publisher = vec![None; articles.len()];
    sources.of_credit = vec![Vec::new(); articles.len()];
    let furniture =
        vec![vec![find.span(0, "Share this")], Vec::new(), Vec::new(), Vec::new(), Vec::new()];
    Dossier {
        furniture,
        marks,
        reuses: vec![reuse(&find)],
        stories: vec![story(&find), bells(&find)],
        related: related(&find),
        sources,
        articles,
        pages: find.pages,
        skipped: vec![Skipped {
            file: "photo.jpg".into(),
            offset: 0,
            n_bytes: 20_480,
            reason: "no text: looks like an image".into(),
            gravity: headwater_page::Gravity::Trouble,
        }],
    }
}

fn marks(find: &Finder) -> (headwater::source::Sources, Vec<Marks>) {
    let courier = |nth: u32, words: &str| {
        party(SourceKind::Outlet, None, "Vell Courier", find.span(nth, words))
    };
    let brandt = |nth| party(SourceKind::Person, None, "Ida Brandt", find.span(nth, "Ida Brandt"));
    let closed = "The Oster lock was closed on Monday by order of the minister";
    let said = |nth, words: &str| Quote {
        form: Form::Direct,
        parts: vec![find.span(nth, words)],
        speaker: Some(PartyIx(1)),
        by: Some(find.span(nth, "Ida Brandt")),
        cue: Some(find.span(nth, "said")),
        told: None,
        rule: "quote-verb",
    };
    let told = |nth| Marks {
        parties: vec![courier(nth, "Vell Courier"), brandt(nth)],
        quotes: vec![said(nth, "\"We had no choice,\"")],
        citations: vec![citation(
            0,
            How::Reported,
            find.span(nth, "reported"),
            find.span(nth, "the Vell Courier"),
            find.span(nth, closed),
        )],
        dates: vec![Dated {
            span: find.span(nth, "Monday"),
            timex: Timex::Date,
            rule: "W P?",
            value: "2031-03-31".into(),
            when: Some(Interval::day("2031-03-31".parse().unwrap())),
        }],
        ..Marks::default()
    };
    let (official, people, abroad) =
        ("a harbour official", "people familiar with the order", "Foreign media");
    let via = Citation {
        via: Some(CitationIx(1)),
        ..citation(
            3,
            How::Told,
            find.span(2, "citing"),
            find.span(2, people),
            find.span(2, "the closure"),
        )
    };
    let mirror = Marks {
        parties: vec![
            courier(2, "Vell Courier"),
            brandt(2),
            party(SourceKind::Unnamed, Some(Unnamed::People), official, find.span(2, official)),
            party(SourceKind::Unnamed, Some(Unnamed::People), people, find.span(2, people)),
        ],
        quotes: vec![said(2, "\"We had no other choice,\"")],
        citations: vec![
            citation(
                2,
                How::Told,
                find.span(2, "told"),
                find.span(2, official),
                find.span(2, "The Oster lock was shut on the minister's order"),
            ),
            citation(
                0,
                How::Reported,
                find.span(2, "first reported"),
                find.span(2, "The Vell Courier"),
                find.span(2, "the closure"),
            ),
            via,
        ],
        ..Marks::default()
    };
    let letter = Marks {
        parties: vec![party(
            SourceKind::Unnamed,
            Some(Unnamed::Media),
            abroad,
            find.span(3, abroad),
        )],
        citations: vec![citation(
            0,
            How::Reported,
            find.span(3, "report"),
            find.span(3, abroad),
            find.span(3, "the Oster lock was closed"),
        )],
        ..Marks::default()
    };
    let (unnamed, media) = (Some(Unnamed::People), Some(Unnamed::Media));
    let all = vec![
        source(SourceKind::Outlet, None, "Vell Courier", find.place(0, "Vell Courier")),
        source(SourceKind::Person, None, "Ida Brandt", find.place(0, "Ida Brandt")),
        source(SourceKind::Unnamed, unnamed, official, find.place(2, official)),
        source(SourceKind::Unnamed, unnamed, people, find.place(2, people)),
        source(SourceKind::Unnamed, media, abroad, find.place(3, abroad)),
    ];
    let of_party = [&[0, 1][..], &[0, 1], &[0, 1, 2, 3], &[4], &[]];
    let of_party = of_party.map(|of| of.iter().map(|&ix| SourceIx(ix)).collect()).to_vec();
    let sources = headwater::source::Sources { all, of_party, ..Default::default() };
    (sources, vec![told(0), told(1), mirror, letter, Marks::default()])
}

fn reuse(find: &Finder) -> Reuse {
    let paragraph = |number: &str| {
        format!(
            "The Oster lock was closed on Monday by order of the minister, the Vell Courier \
             reported. Some {number} barges wait upstream."
        )
    };
    Reuse {
        left_article: ArticleIx(0),
        right_article: ArticleIx(1),
        kind: ReuseKind::Copy,
        passages: vec![Passage {
            left: find.place(0, &paragraph("600")),
            right: find.place(1, &paragraph("60")),
            edits: vec![Edit { was: find.place(0, "600"), is: find.place(1, "60") }],
        }],
        direction: Direction::RightFromLeft,
        reasons: vec![Reason { why: "lacks its last sentence".into(), places: Vec::new() }],
        share_left: 740,
        share_right: 950,
    }
}

fn story(find: &Finder) -> Story {
    let articles = (0..4).map(ArticleIx).collect::<Vec<_>>();
    let titled = find.place(0, "Minister closes the Oster lock");
    let reported = |nth| Happening {
        when: Interval::day(PAGES[nth as usize].1.parse().unwrap()),
        moment: Moment::Report,
        articles: vec![ArticleIx(nth)],
        places: Vec::new(),
    };
    let monday = Happening {
        when: Interval::day("2031-03-31".parse().unwrap()),
        moment: Moment::Event,
        articles: vec![ArticleIx(0), ArticleIx(1)],
        places: vec![find.place(0, "The Oster lock was closed on Monday")],
    };
    Story {
        title: titled,
        topics: vec![find.place(0, "Oster lock")],
        texts: vec![articles[..2].to_vec(), vec![articles[2]], vec![articles[3]]],
        articles,
        n_pages: 4,
        when: Some(Interval {
            first: "2031-04-02".parse().unwrap(),
            last: "2031-04-04".parse().unwrap(),
        }),
        stemma: stemma(find),
        utterances: vec![Utterance {
            speaker: Some(SourceIx(1)),
            versions: vec![
                version(find, 2, "We had no other choice,", Change::Same),
                version(find, 0, "We had no choice,", Change::Reworded),
                version(find, 1, "We had no choice,", Change::Reworded),
            ],
        }],
        claims: vec![closing(find), barges(find)],
        timeline: vec![monday, reported(0), reported(2), reported(3)],
        central: Some(0),
        origins: Some(origins(find)),
    }
}

fn version(find: &Finder, nth: u32, words: &str, change: Change) -> Version {
    Version { article: ArticleIx(nth), quote: Some(0), place: find.place(nth, words), change }
}

/// The two stories have one word in common.
fn related(find: &Finder) -> Vec<Vec<Related>> {
    let (lock, bells) = (find.place(0, "Harbour"), find.place(4, "Harbour"));
    let one = |story, here, there| Related { story, near: 71, words: vec![Common { here, there }] };
    vec![vec![one(1, lock, bells)], vec![one(0, bells, lock)]]
}

fn bells(find: &Finder) -> Story {
    let rang = find.place(4, "The bells of Tilmark rang for the first time since the fire.");
    let origins = Origins {
        least: 1,
        most: 1,
        roots: vec![Root {
            of: Of::Article(ArticleIx(4)),
            kind: RootKind::Newsroom,
            unnamed: false,
            sure: true,
            carried_by: vec![ArticleIx(4)],
            places: vec![rang],
        }],
        unsourced: true,
        ..Origins::default()
    };
    Story {
        title: find.place(4, "Bells ring again in Tilmark"),
        topics: Vec::new(),
        articles: vec![ArticleIx(4)],
        texts: vec![vec![ArticleIx(4)]],
        n_pages: 1,
        when: Some(Interval::day("2031-04-01".parse().unwrap())),
        stemma: Stemma {
            witnesses: vec![Witness { siglum: "A".into(), carrier: Carrier::Extant(ArticleIx(4)) }],
            ..Stemma::default()
        },
        utterances: Vec::new(),
        claims: Vec::new(),
        timeline: Vec::new(),
        central: Some(0),
        origins: Some(origins),
    }
}

fn stemma(find: &Finder) -> Stemma {
    let extant = |nth: u32, siglum: &str| Witness {
        siglum: siglum.into(),
        carrier: Carrier::Extant(ArticleIx(nth)),
    };
    let lost =
        |ix, siglum: &str| Witness { siglum: siglum.into(), carrier: Carrier::Lost(SourceIx(ix)) };
    let tie = |child, parent, tie, why: &str, place| Derivation {
        child: WitnessIx(child),
        parent: WitnessIx(parent),
        tie,
        reasons: vec![Reason { why: why.into(), places: vec![place] }],
        doubt: None,
    };
    let copy = tie(
        1,
        0,
        Tie::Copy,
        "lacks its last sentence",
        find.place(0, "\"The gates are cracked.\""),
    );
    let abroad = Derivation {
        doubt: Some("the report is not named".into()),
        ..tie(3, 5, Tie::Cites, "cites it unnamed", find.place(3, "Foreign media report"))
    };
    let named = "named in the text";
    let first = find.place(2, "The Vell Courier first reported");
    Stemma {
        witnesses: vec![
            extant(0, "A"),
            extant(1, "B"),
            extant(2, "C"),
            extant(3, "D"),
            lost(0, "α"),
            lost(4, "β"),
            lost(3, "γ"),
        ],
        derivations: vec![
            tie(0, 4, Tie::Cites, named, find.place(0, "the Vell Courier reported")),
            copy,
            tie(1, 4, Tie::Cites, named, find.place(1, "the Vell Courier reported")),
            tie(2, 4, Tie::Cites, named, first),
            abroad,
            tie(
                4,
                6,
                Tie::Cites,
                "relayed by C",
                find.place(2, "citing people familiar with the order"),
            ),
        ],
        circles: Vec::new(),
    }
}

fn closing(find: &Finder) -> Claim {
    let stating = |nth, words: &str, sources: &[u32], chain: &[u32]| Stating {
        article: ArticleIx(nth),
        statement: 0,
        place: find.place(nth, words),
        stance: Stance::Affirms,
        attributed: sources.iter().map(|&ix| SourceIx(ix)).collect(),
        chain: chain.iter().map(|&ix| CitationIx(ix)).collect(),
    };
    let closed = "The Oster lock was closed on Monday by order of the minister";
    Claim {
        text: find.place(0, closed),
        statements: vec![
            stating(0, closed, &[0], &[0]),
            stating(1, closed, &[0], &[0]),
            stating(2, "The Oster lock was shut on the minister's order", &[2], &[0]),
            stating(3, "the Oster lock was closed", &[4], &[0]),
        ],
        differences: Vec::new(),
        origins: origins(find),
    }
}

fn barges(find: &Finder) -> Claim {
    let stating = |nth, words: &str, stance| Stating {
        article: ArticleIx(nth),
        statement: 1,
        place: find.place(nth, words),
        stance,
        attributed: Vec::new(),
        chain: Vec::new(),
    };
    let wait = find.place(0, "Some 600 barges wait upstream");
    Claim {
        text: wait,
        statements: vec![
            stating(0, "Some 600 barges wait upstream", Stance::Affirms),
            stating(1, "Some 60 barges wait upstream", Stance::Differs),
        ],
        differences: vec![Difference {
            kind: DifferenceKind::Number,
            left: find.place(0, "600"),
            right: find.place(1, "60"),
            grade: Grade::Excludes,
        }],
        origins: Origins {
            least: 1,
            most: 1,
            roots: vec![Root {
                of: Of::Article(ArticleIx(0)),
                kind: RootKind::Newsroom,
                unnamed: false,
                sure: true,
                carried_by: vec![ArticleIx(0)],
                places: vec![wait],
            }],
            unsourced: true,
            ..Origins::default()
        },
    }
}

fn origins(find: &Finder) -> Origins {
    let root = |source, unnamed, sure, by: &[u32], place| Root {
        of: Of::Source(SourceIx(source)),
        kind: RootKind::Newsroom,
        unnamed,
        sure,
        carried_by: by.iter().map(|&ix| ArticleIx(ix)).collect(),
        places: vec![place],
    };
    Origins {
        least: 2,
        most: 3,
        n_unnamed: 2,
        roots: vec![
            root(0, true, true, &[0, 1, 2], find.place(2, "people familiar with the order")),
            root(2, true, true, &[2], find.place(2, "a harbour official told the Port Mirror")),
            root(4, false, false, &[3], find.place(3, "Foreign media report")),
        ],
        doubts: vec![Doubt {
            effect: Effect::Drop,
            roots: vec![2],
            why: "the foreign media are not named and may be the Vell Courier".into(),
            settles: "the report that D calls foreign media".into(),
            places: vec![find.place(3, "Foreign media report")],
        }],
        unsourced: false,
    }
}
