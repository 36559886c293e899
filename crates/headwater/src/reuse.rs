//! Reuse: two passages of which one comes from the other, or both from a third.
//!
//! Words inside quotation marks that several reports carry are an utterance, not a copy; words
//! outside of them that two reports share are reuse.

mod align;
pub mod bare;
mod body;
pub mod derived;
mod direction;
mod extent;
pub mod family;
mod kin;
mod kind;
mod link;
mod note;
mod pair;
mod passage;
mod place;
pub mod polarity;
mod posting;
mod rewrite;
mod room;
pub mod segment;
mod shard;
mod shingle;
pub mod spill;
pub mod step;
pub mod stream;
mod stretch;
mod text;
mod trigram;

use headwater_page::{Page, Place};
use rustc_hash::FxHashMap;

use crate::article::{Article, ArticleIx, Role};
use crate::fold;
use crate::lexicon::Lexicon;
use crate::marks::Marks;
use crate::par;

use align::Chain;
use body::{Body, Weight};
use direction::Witness;
use pair::{Home, Member};
use passage::Side;

/// What shared words are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ReuseKind {
    /// The same text, page furniture and house style aside.
    Copy,
    /// Two states of one outlet's or agency's article.
    Version,
    /// One holds a contiguous or large part of the other's text.
    Excerpt,
    /// One re-words the other, in its order or with its turns.
    Rewrite,
    /// A speaker's or a public document's words; no derivation.
    Quote,
}

/// Which side is the source.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Direction {
    /// The left article's words come from the right one's.
    LeftFromRight,
    /// The right article's words come from the left one's.
    RightFromLeft,
    /// The words do not show it.
    Undirected,
}

/// A change from the left words to the right ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Edit {
    /// Left words; empty where the right side adds.
    pub was: Place,
    /// Right words; empty where the left side has more.
    pub is: Place,
}

/// Why a direction is stated, or a kind was chosen: a short lower-case fragment and its words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reason {
    /// "credits the other's outlet", "printed a day later", "lacks the last paragraph".
    pub why: String,
    /// The words that show it.
    pub places: Vec<Place>,
}

/// The reason of a pair whose words show nothing of its direction.
pub const TWO_ALONE: &str = "two texts alone do not show which came first";

/// The reason of a pair in which neither side can be the source: both have a parent.
pub const EACH_LACKS: &str = "each has what the other lacks";

/// One stretch of words that two articles share.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Passage {
    /// In the left article.
    pub left: Place,
    /// In the right article.
    pub right: Place,
    /// Changes from left to right, in order. For every kind but [`ReuseKind::Rewrite`], applying
    /// them to the left bytes gives the right bytes.
    pub edits: Vec<Edit>,
}

/// All that two articles share. Exists once a pair and kind, `left_article < right_article`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reuse {
    /// The article that comes first in the collection.
    pub left_article: ArticleIx,
    /// The other.
    pub right_article: ArticleIx,
    /// What it is.
    pub kind: ReuseKind,
    /// The shared passages, in order of the left article; at least one.
    pub passages: Vec<Passage>,
    /// Which side is the source.
    pub direction: Direction,
    /// Reasons for the direction, or for calling it undirected.
    pub reasons: Vec<Reason>,
    /// Share of the left body's words that are shared, per mille.
    pub share_left: u16,
    /// Share of the right body's words that are shared, per mille.
    pub share_right: u16,
}

impl Reuse {
    /// Whether one text derives from the other or both from a third; a shared quote is no such tie.
    pub fn derives(&self) -> bool {
        self.kind != ReuseKind::Quote
    }
}

/// Every reuse between two articles of the collection, ordered by left, right, kind. `marks` stand
/// beside `articles`; teasers take no part. Never fails.
///
/// A pair derives by its words of prose, which stock phrases and quotations are not: a passage as
/// long as a paragraph, a large part of the shorter text, or its sentences re-worded in order. A
/// sentence or two that both have from a third report are no reuse. Words that one site repeats on
/// its own pages are furniture and are no reuse either. Shared quotations stand apart, except where
/// they stand inside shared prose.
///
/// Cost: linear in the text for a bounded number of copies of each passage; of many copies, each is
/// compared with the nearest before it and the first. After: winnowing (Schleimer et al. 2003);
/// passim (Smith et al. 2014).
pub fn reuses(
    pages: &[Page],
    articles: &[Article],
    marks: &[Marks],
    lexicon: &Lexicon,
) -> Vec<Reuse> {
    let all = (0..articles.len()).collect::<Vec<_>>();
    let bodies = par::map(&all, |&ix| match articles[ix].role {
        Role::Teaser => Body::default(),
        _ => body::body(&pages[articles[ix].page.ix()], &articles[ix], &marks[ix], lexicon),
    });
    let all = (pages, articles, marks);
    pair::judged(bodies, &homes(pages, articles, lexicon), |left, right, chains| {
        let pair = (ArticleIx(left.ix), ArticleIx(right.ix));
        judge(pair, witness(all, left), witness(all, right), chains, lexicon)
    })
}

/// A member of a family with what is known of it.
fn witness<'a>(
    (pages, articles, marks): (&'a [Page], &'a [Article], &'a [Marks]),
    Member { ix, body, known }: &'a Member<'_>,
) -> Witness<'a> {
    let (article, marks) = (&articles[*ix as usize], &marks[*ix as usize]);
    Witness { page: &pages[article.page.ix()], article, marks, body, known }
}

/// Series and site of every article. The series is the publisher's family, or what the capture says,
/// or the site; a page of which nothing is known is a series and a site of its own.
fn homes(pages: &[Page], articles: &[Article], lexicon: &Lexicon) -> Vec<Home> {
    let mut numbers = FxHashMap::default();
    let mut number = |name: String| {
        let n_names = numbers.len() as u32;
        *numbers.entry(name).or_insert(n_names)
    };
    let homes = articles.iter().map(|article| {
        let capture = &pages[article.page.ix()].capture;
        let publisher = article.publisher.as_ref();
        let family = publisher.map(|publisher| match publisher.outlet {
            Some(outlet) => fold::key(lexicon.outlets.get(outlet).family),
            None => fold::key(&publisher.name),
        });
        let host = capture.url.as_deref().map(|url| direction::host(url).to_owned());
        let host = host.filter(|host| !host.is_empty());
        let series = capture.series.as_deref().map(fold::key);
        let alone = || format!("page {}", article.page.0);
        let site = host.clone().or_else(|| series.clone()).filter(|name| !name.is_empty());
        let name = family.or(series).or(host).filter(|name| !name.is_empty());
        Home {
            series: number(name.unwrap_or_else(alone)),
            site: number(site.unwrap_or_else(alone)),
        }
    });
    homes.collect()
}

/// What a pair shares: at most one reuse by which a text derives, then at most one of quotes.
fn judge(
    (left_article, right_article): (ArticleIx, ArticleIx),
    left: Witness,
    right: Witness,
    chains: &[Chain],
    lexicon: &Lexicon,
) -> Vec<Reuse> {
    if chains.is_empty() {
        return Vec::new();
    }
    let (a, b) = (left.body, right.body);
    let shared = kind::shared(a, b, chains);
    let kind = kind::kind(a, b, chains, &shared);
    // A notice that the text was changed makes two states of it, however little was.
    let corrected = || {
        let sides = [left, right].map(|side| direction::correction(side, lexicon).is_some());
        sides[0] != sides[1] && left.article.publisher == right.article.publisher
    };
    let kind = match kind {
        Some(ReuseKind::Copy | ReuseKind::Excerpt) if corrected() => Some(ReuseKind::Version),
        kind => kind,
    };
    let quoted = |i, j| kind::weight(a, b, i, j) == Weight::Quoted;

    let reuse = |kind, chains: &[Chain], (direction, reasons)| {
        let sides = (side(left), side(right));
        let passages = chains.iter().flat_map(|chain| passage::passages(sides.0, sides.1, chain));
        let shared = kind::shared(a, b, chains);
        Reuse {
            left_article,
            right_article,
            kind,
            passages: passages.collect(),
            direction,
            reasons,
            share_left: kind::share(&shared.left),
            share_right: kind::share(&shared.right),
        }
    };

    let mut found = Vec::new();
    let mut alone = chains.to_vec();
    if let Some(kind) = kind {
        let (mut prose, mut rest) = (Vec::new(), Vec::new());
        for chain in chains {
            let n_quoted = chain.pairs().filter(|&(i, j)| quoted(i, j)).count();
            let is_quote = n_quoted * 10 >= chain.n_words() * 9;
            if is_quote && kind != ReuseKind::Copy { &mut rest } else { &mut prose }
                .push(chain.clone());
        }
        if prose.is_empty() {
            prose.append(&mut rest);
        }
        // What is told again sentence by sentence is more than the words that stayed together.
        let told = (kind == ReuseKind::Rewrite)
            .then(|| rewrite((left_article, right_article), left, right, &shared, lexicon));
        found.push(told.flatten().unwrap_or_else(|| {
            reuse(kind, &prose, direction::direction(left, right, kind, &shared, lexicon))
        }));
        alone = rest;
    }
    if kind.is_none() && shared.prose.iter().any(|&prose| prose > 0) {
        found.extend(rewrite((left_article, right_article), left, right, &shared, lexicon));
    }
    let quotes = alone.iter().flat_map(|chain| passage::cut(chain, align::SHORTEST, quoted));
    let quotes = quotes.filter(Chain::is_no_chance).collect::<Vec<_>>();
    if !quotes.is_empty() {
        let mut quote = reuse(ReuseKind::Quote, &quotes, (Direction::Undirected, Vec::new()));
        let why = "words of a speaker or a document, which both quote".to_owned();
        let places = quote.passages.iter().map(|passage| passage.left).collect();
        quote.reasons.push(Reason { why, places });
        found.push(quote);
    }
    found
}

/// The reuse of a pair of which one re-words most of the other, sentence by sentence.
fn rewrite(
    (left_article, right_article): (ArticleIx, ArticleIx),
    left: Witness,
    right: Witness,
    shared: &kind::Shared,
    lexicon: &Lexicon,
) -> Option<Reuse> {
    let aligned = rewrite::rewritten(left.content(lexicon), right.content(lexicon));
    if aligned.is_empty() {
        return None;
    }
    let place = |witness: Witness, (first, end): (usize, usize)| Place {
        page: witness.article.page,
        span: witness.body.span(first, end),
    };
    let share = |body: &Body, sentences: &mut dyn Iterator<Item = (usize, usize)>| {
        let n_words = sentences.map(|(first, end)| end - first).sum::<usize>();
        (n_words * 1000 / body.len()).min(1000) as u16
    };
    let passages = aligned.iter().map(|&(one, other)| Passage {
        left: place(left, one),
        right: place(right, other),
        edits: Vec::new(),
    });
    let kind = ReuseKind::Rewrite;
    let (direction, reasons) = direction::direction(left, right, kind, shared, lexicon);
    Some(Reuse {
        left_article,
        right_article,
        kind,
        passages: passages.collect(),
        direction,
        reasons,
        share_left: share(left.body, &mut aligned.iter().map(|pair| pair.0)),
        share_right: share(right.body, &mut aligned.iter().map(|pair| pair.1)),
    })
}

fn side(witness: Witness<'_>) -> Side<'_> {
    Side { page: witness.article.page, text: &witness.page.text, body: witness.body }
}

#[cfg(test)]
mod tests {
    use headwater_page::{Capture, PageId, PageIx, Span, Trace};
    use proptest::prelude::*;

    use super::*;
    use crate::article::Publisher;

    /// Three stretches of prose about a place that does not exist, of a paragraph each.
    const FERRY: &str = "The last ferry between Ostrow and the Lind islands will stop on the first \
        of March after a hundred and twelve years, the harbour board of Ostrow decided late on \
        Tuesday in a vote of five to four that followed six hours of heated debate.";
    const BRIDGE: &str = "A bridge that was opened in autumn has taken nine of every ten \
        passengers from the line, and the two boats that are left burn more fuel in a week than \
        the tickets of a month pay for, the board's treasurer wrote in her yearly account.";
    const PROTEST: &str = "Islanders who have no car had gathered under the windows of the old \
        customs house with lanterns and a brass band, and some of them stayed on the quay until \
        the tide turned shortly before three in the morning.";
    const SAID: &str = "\"We were promised that the boats would sail as long as one of us \
        wants to cross, and I want to cross,\" said Hedda Varn, who is eighty-eight.";
    const ELSEWHERE: &str = "Prices of smoked herring rose for the third week at the market of \
        Tolm, where traders blamed warm water and a shortage of alder wood for the increase.";

    /// Each text is a page with one article of one paragraph a line, published by its number.
    fn collection(texts: &[String]) -> (Vec<Page>, Vec<Article>, Vec<Marks>) {
        let mut all = (Vec::new(), Vec::new(), Vec::new());
        for (ix, text) in texts.iter().enumerate() {
            let body_end = text.len() as u32;
            all.0.push(Page {
                id: PageId(ix as u64),
                capture: Capture::default(),
                text: text.clone(),
                body_end,
                blocks: Vec::new(),
                elements: Vec::new(),
                links: Vec::new(),
                meta: Vec::new(),
                trace: Trace::default(),
                defects: Vec::new(),
            });
            let mut paragraphs = Vec::new();
            let mut at = 0;
            for line in text.split('\n') {
                paragraphs.push(Span::new(at, at + line.len()));
                at += line.len() + 1;
            }
            let quotations = text.match_indices('"').map(|(at, _)| at).collect::<Vec<_>>();
            let quotations = quotations.chunks_exact(2).map(|q| Span::new(q[0], q[1] + 1));
            all.2.push(Marks { quotations: quotations.collect(), ..Marks::default() });
            all.1.push(Article {
                page: PageIx(ix as u32),
                span: Span::new(0, text.len()),
                role: Role::Main,
                headline: None,
                publisher: Some(Publisher {
                    name: format!("Gazette {ix}"),
                    outlet: None,
                    span: None,
                }),
                byline: Vec::new(),
                dateline: None,
                age: None,
                published: None,
                credits: Vec::new(),
                captions: Vec::new(),
                standfirst: None,
                inserts: Vec::new(),
                paragraphs,
                language: "en".to_owned(),
            });
        }
        all
    }

    fn reuses_of(texts: &[String]) -> (Vec<Page>, Vec<Reuse>) {
        let (pages, articles, marks) = collection(texts);
        let found = reuses(&pages, &articles, &marks, Lexicon::shipped());
        (pages, found)
    }

    /// What two texts of these paragraphs share.
    fn kinds(left: &[&str], right: &[&str]) -> Vec<ReuseKind> {
        let (_, found) = reuses_of(&[left.join("\n"), right.join("\n")]);
        found.iter().map(|reuse| reuse.kind).collect()
    }

    /// The left words with all edits applied.
    fn applied(pages: &[Page], passage: &Passage) -> String {
        let words = |place: Place| pages[place.page.ix()].words(place.span);
        let text = &pages[passage.left.page.ix()].text;
        let mut out = String::new();
        let mut at = passage.left.span.start;
        for edit in &passage.edits {
            out.push_str(&text[at as usize..edit.was.span.start as usize]);
            out.push_str(words(edit.is));
            at = edit.was.span.end;
        }
        out.push_str(&text[at as usize..passage.left.span.end as usize]);
        out
    }

    #[test]
    fn a_copy_contains_its_quotes() {
        let curly = SAID.replacen('"', "“", 1).replacen('"', "”", 1);
        let kinds = kinds(&[FERRY, SAID, BRIDGE], &[FERRY, &curly, BRIDGE]);
        assert_eq!(kinds, [ReuseKind::Copy]);
    }

    #[test]
    fn a_shared_quotation_is_no_copy() {
        assert_eq!(kinds(&[FERRY, SAID], &[ELSEWHERE, SAID]), [ReuseKind::Quote]);
    }

    #[test]
    fn a_paragraph_in_another_text_is_an_excerpt() {
        let kinds = kinds(&[FERRY, BRIDGE, PROTEST], &[ELSEWHERE, ELSEWHERE, BRIDGE]);
        assert_eq!(kinds, [ReuseKind::Excerpt]);
    }

    #[test]
    fn one_shared_sentence_or_stock_phrase_is_nothing() {
        let stock = "The board did not reply to requests for comment on that Monday.";
        assert_eq!(kinds(&[FERRY, stock], &[ELSEWHERE, stock]), []);
        let short = "Five of the nine members had crossed by ferry that very morning.";
        assert_eq!(kinds(&[FERRY, short], &[ELSEWHERE, short]), []);
    }

    #[test]
    fn a_text_told_again_in_its_order_is_a_rewrite() {
        let wire = "Ostrow's harbour board voted late on Tuesday to stop the Lind ferry in March. \
            The service has run for 112 years between the city and the islands. A bridge opened \
            in autumn took nine of ten passengers from the boats. Islanders without cars gathered \
            with lanterns and a brass band under the customs house windows. Treasurer Ada Moll \
            said that the remaining boats burn more fuel each week than monthly tickets bring.";
        let paper = "The Lind ferry will stop in March after the harbour board of Ostrow voted so \
            late on Tuesday. For 112 years a service has run between islands and city. Nine of \
            ten passengers left the boats when in autumn a bridge opened. Carless islanders had \
            gathered with lanterns and a brass band under the customs house windows. More fuel \
            is burnt by the boats remaining each week than tickets bring monthly, treasurer Moll \
            said.";
        let mut all = collection(&[wire.to_owned(), paper.to_owned()]);
        for (page, marks) in all.0.iter().zip(&mut all.2) {
            let ends = page.text.match_indices(". ").map(|(at, _)| at + 1);
            let ends = ends.chain([page.text.len()]).collect::<Vec<_>>();
            let mut start = 0;
            for end in ends {
                marks.sentences.push(Span::new(start, end).trim(&page.text));
                start = end;
            }
        }
        let found = reuses(&all.0, &all.1, &all.2, Lexicon::shipped());
        assert_eq!(found.iter().map(|reuse| reuse.kind).collect::<Vec<_>>(), [ReuseKind::Rewrite]);
        let second = all.0[1].words(found[0].passages[1].right.span);
        assert!(second.starts_with("For 112 years"), "{second}");
    }

    #[test]
    fn a_sentence_more_makes_a_version() {
        let more = format!("{BRIDGE} Nobody on the board answered her on that evening or later.");
        let kinds = kinds(&[FERRY, BRIDGE, PROTEST], &[FERRY, &more, PROTEST]);
        assert_eq!(kinds, [ReuseKind::Version]);
    }

    #[test]
    fn copies_that_each_lack_something_have_no_direction() {
        let (pages, articles, marks) = {
            let texts = [[FERRY, BRIDGE, PROTEST, SAID], ["The Boats Stop", BRIDGE, PROTEST, SAID]];
            let mut all = collection(&texts.map(|text| text.join("\n")));
            all.1[1].headline = Some(all.1[1].paragraphs.remove(0));
            all
        };
        let found = reuses(&pages, &articles, &marks, Lexicon::shipped());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].direction, Direction::Undirected);
        assert_eq!(found[0].reasons[0].why, "each has what the other lacks");
        let words = found[0].reasons[0].places.iter();
        let words = words.map(|place| pages[place.page.ix()].words(place.span));
        assert!(words.eq(["The Boats Stop", FERRY.trim_end_matches('.')]));
    }

    #[test]
    fn a_credit_directs_a_copy() {
        let (pages, mut articles, marks) = collection(&[
            [FERRY, BRIDGE, PROTEST].join("\n"),
            [FERRY, BRIDGE, PROTEST, "Originally published in Gazette 0."].join("\n"),
        ]);
        let line = articles[1].paragraphs.pop().unwrap();
        articles[1].credits.push(crate::article::Credit {
            name: "Gazette 0".to_owned(),
            outlet: None,
            span: line,
            form: crate::article::CreditForm::Republished,
        });
        let found = reuses(&pages, &articles, &marks, Lexicon::shipped());
        assert_eq!(found[0].direction, Direction::RightFromLeft);
        assert_eq!(found[0].reasons[0].places, [Place { page: PageIx(1), span: line }]);
    }

    #[test]
    fn what_one_site_repeats_is_furniture_and_what_it_reprints_is_not() {
        let footer = "The Lind Courier is owned by its readers, who meet on the second Sunday of \
            May in the hall of the ropemakers, elect a council of seven and decide what the paper \
            costs; whoever has paid for a year may come, speak and vote there.";
        let bodies = [[FERRY, BRIDGE], [PROTEST, ELSEWHERE], [SAID, ELSEWHERE]];
        let mut texts = bodies.map(|[a, b]| [a, b, footer].join("\n")).to_vec();
        texts[2] = [SAID, footer, &FERRY.replace("ferry", "tram").to_uppercase()].join("\n");
        texts[2].push_str(" Otherwise nothing new was said of it in all the town.");
        let (pages, mut articles, marks) = collection(&texts);
        for article in &mut articles {
            article.publisher.as_mut().unwrap().name = "Lind Courier".to_owned();
        }
        let found = reuses(&pages, &articles, &marks, Lexicon::shipped());
        let places = found.iter().flat_map(|reuse| &reuse.passages).map(|passage| passage.left);
        let words = places.map(|place| pages[place.page.ix()].words(place.span));
        assert_eq!(words.filter(|words| words.contains("ropemakers")).count(), 0);

        let (pages, mut articles, marks) = collection(&[FERRY, FERRY, FERRY].map(String::from));
        for article in &mut articles {
            article.publisher.as_mut().unwrap().name = "Lind Courier".to_owned();
        }
        assert_eq!(reuses(&pages, &articles, &marks, Lexicon::shipped()).len(), 3);
    }

    #[test]
    fn what_an_aggregator_prints_under_every_report_is_furniture() {
        let foot = "More of what the papers of the coast write stands on our pages every morning \
            before six, and whoever wants it by letter leaves an address with the clerk in the \
            hall of the ropemakers or with the harbour master's daughter.";
        let other = "Nobody knows who painted the lighthouse of Tolm in stripes during the night of \
            the regatta, though two brushes and a bucket were found in the pilots' own cutter.";
        let bodies = [[FERRY, BRIDGE], [PROTEST, ELSEWHERE], [SAID, other]];
        let texts = bodies.map(|[a, b]| [a, foot, b].join("\n"));
        let found = |host: fn(usize) -> String| {
            let (mut pages, articles, marks) = collection(&texts);
            for (ix, page) in pages.iter_mut().enumerate() {
                page.capture.url = Some(format!("https://{}/{ix}", host(ix)));
            }
            let found = reuses(&pages, &articles, &marks, Lexicon::shipped());
            let places = found.iter().flat_map(|reuse| &reuse.passages).map(|passage| passage.left);
            let words = places.map(|place| pages[place.page.ix()].words(place.span).to_owned());
            words.filter(|words| words.contains("ropemakers")).count()
        };
        assert_eq!(found(|_| "coast.example".to_owned()), 0);
        assert_eq!(found(|ix| format!("paper{ix}.example")), 3);
    }

    /// Texts of one pool of sentences, in several house styles.
    fn texts() -> impl Strategy<Value = Vec<String>> {
        let sentence = prop::collection::vec(0..60usize, 3..25);
        let pool = prop::collection::vec(sentence, 1..8);
        let choice = prop::collection::vec((0..8usize, 0..12usize, 0..6usize), 0..12);
        (pool, prop::collection::vec(choice, 2..5))
            .prop_map(|(pool, choices)| choices.iter().map(|choice| text(&pool, choice)).collect())
    }

    /// Sentence, word that is changed, and style, one after another.
    fn text(pool: &[Vec<usize>], choice: &[(usize, usize, usize)]) -> String {
        const MARKS: [&str; 6] = [" ", ", ", " — ", "\u{a0}", " “", "” "];
        let mut text = String::new();
        for &(sentence, change, style) in choice {
            let words = &pool[sentence % pool.len()];
            for (at, word) in words.iter().enumerate() {
                let changed = at % 12 == change && style != 0;
                let word = match (changed, style) {
                    (true, 1) => format!("É{word}t"),
                    (true, 2) => String::new(),
                    (true, 3) => format!("w{word} x{at}"),
                    (true, _) => format!("other{at}"),
                    (false, 5) => format!("W{word}é"),
                    (false, _) => format!("w{word}é"),
                };
                text.push_str(&word);
                text.push_str(MARKS[if at % 7 == 0 { style } else { 0 }]);
            }
            text.push_str(if style % 2 == 0 { ".\n" } else { ". " });
        }
        text
    }

    proptest! {
        #[test]
        fn edits_turn_left_into_right(texts in texts()) {
            let (pages, found) = reuses_of(&texts);
            for reuse in &found {
                prop_assert!(reuse.left_article < reuse.right_article);
                prop_assert!(!reuse.passages.is_empty() && !reuse.reasons.is_empty());
                for passage in reuse.passages.iter().filter(|_| reuse.kind != ReuseKind::Rewrite) {
                    let right = &pages[passage.right.page.ix()];
                    prop_assert_eq!(applied(&pages, passage), right.words(passage.right.span));
                }
            }
        }

        #[test]
        fn the_order_of_articles_swaps_sides_and_no_more(texts in texts()) {
            let (_, found) = reuses_of(&texts[..2]);
            let (_, swapped) = reuses_of(&[texts[1].clone(), texts[0].clone()]);
            let sides = |reuse: &Reuse| {
                let passages = reuse.passages.iter().map(|p| (p.left.span, p.right.span));
                (reuse.kind, reuse.share_left, reuse.share_right, passages.collect::<Vec<_>>())
            };
            let swap = |reuse: &Reuse| {
                let (kind, left, right, passages) = sides(reuse);
                let mut passages = passages.iter().map(|&(l, r)| (r, l)).collect::<Vec<_>>();
                passages.sort_unstable();
                (kind, right, left, passages)
            };
            let found = found.iter().map(sides).collect::<Vec<_>>();
            let swapped = swapped.iter().map(swap).collect::<Vec<_>>();
            // Where a text repeats itself, which of two equal stretches corresponds is open only
            // for texts that are equal throughout.
            if texts[0] != texts[1] {
                prop_assert_eq!(found, swapped);
            }
        }
    }
}
