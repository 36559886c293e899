//! Direction: which of two texts is the source, and the words that show it.
//!
//! In this order: an explicit credit or canonical link; a notice of correction; an agency's text that
//! another re-words; what each side lacks; claimed dates that exclude each other. Damage is shown as a
//! reason, but two witnesses alone are never oriented by it: both may come from a third.

use std::sync::OnceLock;

use headwater_page::{Page, Place, Span};

use super::align::SHORTEST;
use super::body::Body;
use super::kind::{Shared, loss};
use super::rewrite::{self, Content};
use super::{Direction, EACH_LACKS, Reason, ReuseKind, TWO_ALONE};
use crate::article::{Article, CreditForm};
use crate::citation::How;
use crate::fold;
use crate::lexicon::{Lexicon, OutletIx, OutletKind};
use crate::marks::Marks;
use crate::name::PartyIx;

/// One article of a pair with all that is known of it.
#[derive(Clone, Copy)]
pub(super) struct Witness<'a> {
    pub(super) page: &'a Page,
    pub(super) article: &'a Article,
    pub(super) marks: &'a Marks,
    pub(super) body: &'a Body<'a>,
    pub(super) known: &'a Known,
}

/// What is asked of an article by every pair that it may derive in, found once, when first asked for:
/// few articles are ever asked.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// What its sentences are about.
    content: OnceLock<Content>,
    /// Whom it names as outlets, and the sentence that tells of an earlier state of it.
    press: OnceLock<Press>,
}

impl Witness<'_> {
    fn place(&self, span: Span) -> Place {
        Place { page: self.article.page, span }
    }
}

/// Who comes from whom, with at least one reason.
pub(super) fn direction(
    left: Witness,
    right: Witness,
    kind: ReuseKind,
    shared: &Shared,
    lexicon: &Lexicon,
) -> (Direction, Vec<Reason>) {
    let credits = (credit(left, right, kind, lexicon), credit(right, left, kind, lexicon));
    match credits {
        (Some(reason), None) => return (Direction::LeftFromRight, vec![reason]),
        (None, Some(reason)) => return (Direction::RightFromLeft, vec![reason]),
        (Some(one), Some(other)) => return (Direction::Undirected, vec![one, other]),
        (None, None) => {}
    }
    match (correction(left, lexicon), correction(right, lexicon)) {
        (Some(reason), None) => return (Direction::LeftFromRight, vec![reason]),
        (None, Some(reason)) => return (Direction::RightFromLeft, vec![reason]),
        _ => {}
    }
    if let Some(reason) = common_credit(left, right, lexicon) {
        return (Direction::Undirected, vec![reason]);
    }
    if kind == ReuseKind::Rewrite {
        match (delivered(right, left, lexicon), delivered(left, right, lexicon)) {
            (Some(reason), None) => return (Direction::LeftFromRight, vec![reason]),
            (None, Some(reason)) => return (Direction::RightFromLeft, vec![reason]),
            _ => {}
        }
    }
    // Who takes a part and adds to it has what the other lacks, as two copies of a third text have:
    // days between them tell.
    if kind == ReuseKind::Excerpt
        && let Some((direction, reason)) = dates(left, right)
    {
        return (direction, vec![reason]);
    }
    let (lacks_left, lacks_right) =
        (lacks(left, right, &shared.right, kind), lacks(right, left, &shared.left, kind));
    if !lacks_left.1.is_empty() && !lacks_right.1.is_empty() {
        let why = EACH_LACKS.to_owned();
        let places = lacks_left.1.into_iter().chain(lacks_right.1).collect();
        return (Direction::Undirected, vec![Reason { why, places }]);
    }
    if let Some((direction, reason)) = dates(left, right) {
        return (direction, vec![reason]);
    }
    let mut reasons = Vec::new();
    for (why, places) in [lacks_left, lacks_right] {
        if !places.is_empty() {
            reasons.push(Reason { why, places });
        }
    }
    if let [Some(place), None] | [None, Some(place)] = [breaks_off(left), breaks_off(right)] {
        let why = "breaks off in mid-sentence".to_owned();
        reasons.push(Reason { why, places: vec![place] });
    }
    if reasons.is_empty() {
        let first = |w: Witness| Some(w.place(*w.article.paragraphs.first()?));
        let places = [left, right].into_iter().filter_map(first);
        let why = TWO_ALONE.to_owned();
        reasons.push(Reason { why, places: places.collect() });
    }
    (Direction::Undirected, reasons)
}

/// Who an article's publisher is, whom it credits and cites as press, and how it tells of an earlier
/// state of itself.
#[derive(Debug)]
pub(super) struct Press {
    publisher: Option<Outlet>,
    credits: Vec<Outlet>,
    /// Citations that may be of an outlet, with their places in the article's marks.
    cited: Vec<(usize, Outlet)>,
    /// The sentence that tells of an earlier state of the text.
    correction: Option<Span>,
}

/// A name of the press, ready to be compared.
#[derive(Debug)]
struct Outlet {
    known: Option<OutletIx>,
    key: String,
}

impl Outlet {
    fn new(name: &str, known: Option<OutletIx>) -> Self {
        Self { known, key: fold::key(name) }
    }

    fn is(&self, other: &Self) -> bool {
        match (self.known, other.known) {
            (Some(one), Some(other)) => one == other,
            _ => self.key == other.key,
        }
    }
}

impl Press {
    fn new(witness: Witness, lexicon: &Lexicon) -> Self {
        let Witness { page, article, marks, .. } = witness;
        let publisher = article.publisher.as_ref();
        let party = |ix: PartyIx| {
            let party = marks.parties.get(ix.ix())?;
            Some(Outlet::new(&party.name, party.outlet))
        };
        let cited = marks.citations.iter().enumerate().flat_map(|(at, citation)| {
            let told = matches!(citation.how, How::Reported | How::Republished);
            // "She told the Gazette": the Gazette heard it first.
            let named = citation.source.filter(|_| told).into_iter().chain(citation.told);
            named.filter_map(party).map(move |outlet| (at, outlet))
        });
        let firsthand = &lexicon.language(&article.language).firsthand;
        let tells = |span: &&Span| firsthand.is_correction(&fold::view(page.words(**span)));
        Self {
            publisher: publisher.map(|own| Outlet::new(&own.name, own.outlet)),
            credits: article.credits.iter().map(|c| Outlet::new(&c.name, c.outlet)).collect(),
            cited: cited.collect(),
            correction: marks.sentences.iter().find(tells).copied(),
        }
    }
}

impl<'a> Witness<'a> {
    fn press(self, lexicon: &Lexicon) -> &'a Press {
        self.known.press.get_or_init(|| Press::new(self, lexicon))
    }

    /// What its sentences are about.
    pub(super) fn content(self, lexicon: &Lexicon) -> &'a Content {
        let language = lexicon.language(&self.article.language);
        self.known.content.get_or_init(|| rewrite::content(self.body, language))
    }
}

/// Words of `from` that name `to`'s publisher as the source of the text.
fn credit(from: Witness, to: Witness, kind: ReuseKind, lexicon: &Lexicon) -> Option<Reason> {
    let press = from.press(lexicon);
    let publisher = to.press(lexicon).publisher.as_ref()?;
    if press.publisher.as_ref().is_some_and(|own| own.is(publisher)) {
        return None;
    }
    // A credit to an agency says whose text it is, not which of two states came first.
    let credits = from.article.credits.iter().zip(&press.credits);
    let credit = credits
        .filter(|(credit, _)| kind != ReuseKind::Version || credit.form == CreditForm::Republished)
        .find(|(_, outlet)| outlet.is(publisher));
    if let Some((credit, _)) = credit {
        let (why, places) = ("credits the other's outlet", vec![from.place(credit.span)]);
        return Some(Reason { why: why.to_owned(), places });
    }
    if let Some(span) = from.page.meta("canonical") {
        let host = host(from.page.words(span));
        let theirs = to.page.capture.url.as_deref().map(self::host);
        let outlet = lexicon.outlets.at_host(host);
        if !host.is_empty() && theirs == Some(host) && from.page.id != to.page.id
            || outlet.is_some() && outlet == publisher.known
        {
            let why = "names the other's site as the canonical page".to_owned();
            return Some(Reason { why, places: vec![from.place(span)] });
        }
    }
    if kind == ReuseKind::Version {
        return None;
    }
    let (at, _) = press.cited.iter().find(|(_, outlet)| outlet.is(publisher))?;
    let cites = &from.marks.citations[*at];
    let places = [Some(cites.cue), cites.name].into_iter().flatten().map(|span| from.place(span));
    Some(Reason { why: "cites the other's outlet".to_owned(), places: places.collect() })
}

/// The host of a URL without `www.`; empty for anything else.
pub(super) fn host(url: &str) -> &str {
    let Some((_, rest)) = url.split_once("://") else { return "" };
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or("");
    host.trim_start_matches("www.")
}

/// The sentence that tells of an earlier state of the text.
pub(super) fn correction(witness: Witness, lexicon: &Lexicon) -> Option<Reason> {
    let span = witness.press(lexicon).correction?;
    let why = "says that it was changed".to_owned();
    Some(Reason { why, places: vec![witness.place(span)] })
}

/// Credits of both sides to one third.
fn common_credit(left: Witness, right: Witness, lexicon: &Lexicon) -> Option<Reason> {
    let theirs = &right.press(lexicon).credits;
    for (one, own) in left.article.credits.iter().zip(&left.press(lexicon).credits) {
        if let Some(at) = theirs.iter().position(|outlet| own.is(outlet)) {
            let places = vec![left.place(one.span), right.place(right.article.credits[at].span)];
            return Some(Reason { why: "both credit the same source".to_owned(), places });
        }
    }
    None
}

/// The credit line that calls the text of `source` an agency's, where `from`, which credits nobody,
/// re-words it: agencies deliver, papers re-word. Not where both rest on the report of a third.
fn delivered(source: Witness, from: Witness, lexicon: &Lexicon) -> Option<Reason> {
    let agency = |outlet: Option<OutletIx>| {
        outlet.is_some_and(|ix| lexicon.outlets.get(ix).kind == OutletKind::Agency)
    };
    let credit = source.article.credits.iter().find(|credit| agency(credit.outlet))?;
    let press = |witness: Witness| {
        let parties = &witness.marks.parties;
        let cited = witness.marks.citations.iter().flat_map(|c| [c.source, c.told]).flatten();
        let cited = cited.filter_map(|party| parties.get(party.ix())?.outlet);
        cited.collect::<Vec<_>>()
    };
    let theirs = press(source);
    let third = press(from).iter().any(|outlet| theirs.contains(outlet));
    let publisher = from.article.publisher.as_ref().and_then(|own| own.outlet);
    let from_them = publisher.is_some_and(|own| theirs.contains(&own));
    if !from.article.credits.is_empty() || agency(publisher) || third || from_them {
        return None;
    }
    let why = "re-words a text that an agency delivered".to_owned();
    Some(Reason { why, places: vec![source.place(credit.span)] })
}

/// What `from` lacks of `to`: paragraphs and the headline. The places are `to`'s.
fn lacks(from: Witness, to: Witness, shared: &[bool], kind: ReuseKind) -> (String, Vec<Place>) {
    let mut places = Vec::new();
    let mut what = Vec::new();
    if let (None, Some(headline)) = (from.article.headline, to.article.headline) {
        places.push(to.place(headline));
        what.push("the headline".to_owned());
    }
    if matches!(kind, ReuseKind::Copy | ReuseKind::Version | ReuseKind::Excerpt) {
        let missing = loss(to.body, shared).paragraphs;
        let last = to.body.paragraphs.len() - 1;
        match missing.as_slice() {
            [] => {}
            [0] => what.push("the first paragraph".to_owned()),
            [only] if *only == last => what.push("the last paragraph".to_owned()),
            [_] => what.push("a paragraph".to_owned()),
            several => what.push(format!("{} paragraphs", several.len())),
        }
        let spans = missing.iter().map(|&ix| to.body.paragraphs[ix]);
        places.extend(spans.map(|(first, end)| to.place(to.body.span(first, end))));
    }
    (format!("lacks {}", what.join(" and ")), places)
}

/// Publication dates that no time zone can join.
fn dates(left: Witness, right: Witness) -> Option<(Direction, Reason)> {
    let (one, other) = (left.article.published?, right.article.published?);
    let apart = |before: jiff::civil::Date, after: jiff::civil::Date| {
        before.tomorrow().is_ok_and(|next| next < after)
    };
    let direction = if apart(one.when.last, other.when.first) {
        Direction::RightFromLeft
    } else if apart(other.when.last, one.when.first) {
        Direction::LeftFromRight
    } else {
        return None;
    };
    let places = vec![left.place(one.span), right.place(other.span)];
    Some((direction, Reason { why: "printed days later".to_owned(), places }))
}

/// The last words of a text that ends without an end.
fn breaks_off(witness: Witness) -> Option<Place> {
    let &paragraph = witness.article.paragraphs.last()?;
    let words = witness.page.words(paragraph).trim_end();
    let ends = words.chars().next_back()?;
    let &(first, end) = witness.body.paragraphs.last()?;
    let is_broken = end - first >= SHORTEST && (ends.is_alphanumeric() || ends == ',');
    is_broken.then(|| witness.place(witness.body.span(end.saturating_sub(5).max(first), end)))
}
