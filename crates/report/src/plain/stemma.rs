//! The stemma as an indented tree, from what nobody derives from anything down to the articles.
//!
//! A witness with several parents stands in full under the one it is closest to, and by its letter
//! alone under the others, each time with the words that tie it there. The largest tree comes first.

use headwater::name::Unnamed;
use headwater::reuse::Reason;
use headwater::stemma::{Carrier, Derivation, Tie, WitnessIx};

use super::paper::{Hand, Phrase, Sheet, quoted};
use super::view::View;
use super::{Extent, QUOTED};

pub(super) fn stemma(view: &View<'_>, extent: Extent, sheet: &mut Sheet) {
    let tree = Tree::new(view);
    if view.story.stemma.derivations.is_empty() {
        let letters = view.sigla(&view.story.articles);
        sheet.line(&Phrase::new().ours(format!("No tie was found between {letters}.")));
        return;
    }
    let mut printed = vec![false; tree.parents.len()];
    let (mut untied, mut aside) = (Vec::new(), Aside::default());
    let all = || (0..tree.parents.len() as u32).map(WitnessIx);
    let mut roots = all().filter(|ix| tree.main[ix.ix()].is_none()).collect::<Vec<_>>();
    roots.sort_by_cached_key(|&root| (std::cmp::Reverse(tree.n_below(root)), root));
    for root in roots {
        let carrier = view.story.stemma.witnesses[root.ix()].carrier;
        if let (Carrier::Extant(article), true) = (carrier, tree.children[root.ix()].is_empty()) {
            untied.push(article);
            continue;
        }
        if let (Extent::Memo, Some(tie)) = (extent, tree.remark(root)) {
            aside.add(tie);
            continue;
        }
        tree.print(sheet, root, "", "", &[], &mut printed);
    }
    aside.print(&tree, sheet);
    if !untied.is_empty() {
        let letters = view.sigla(&untied);
        sheet.line(&Phrase::new().ours(format!("No tie was found for {letters}.")));
    }
    for circle in &view.story.stemma.circles {
        let letters = circle.iter().map(|&ix| view.witness(ix)).collect::<Vec<_>>();
        let first = letters.first().copied().unwrap_or_default();
        let ring = letters.iter().skip(1).chain([&first]).map(|it| format!("cites {it}"));
        let ring = ring.collect::<Vec<_>>().join(", which ");
        sheet.line(&Phrase::new().with(Hand::Differ, format!("In a circle: {first} {ring}.")));
    }
}

/// Ties that are told in a line for each child: whom else it cites.
#[derive(Default)]
struct Aside<'a>(Vec<&'a Derivation>);

impl<'a> Aside<'a> {
    fn add(&mut self, tie: &'a Derivation) {
        self.0.push(tie);
    }

    /// "K also cites δ Ostrand; λ Vell Courier; perhaps ω “reports”".
    fn print(mut self, tree: &Tree<'_>, sheet: &mut Sheet) {
        self.0.sort_by_key(|tie| (tie.child, tie.doubt.is_some(), tie.parent));
        for ties in self.0.chunk_by(|one, next| one.child == next.child) {
            let child = ties[0].child;
            let mut phrase = Phrase::new().with(tree.hand(child), tree.view.witness(child));
            for (nth, tie) in ties.iter().enumerate() {
                phrase = phrase.ours(match (nth, tie.doubt.is_some()) {
                    (0, false) => " also cites ",
                    (0, true) => " perhaps also cites ",
                    (_, false) => "; ",
                    (_, true) => "; perhaps ",
                });
                phrase = phrase.lost(tree.view.witness(tie.parent)).ours(" ");
                phrase = phrase.lost(tree.name(tie.parent));
            }
            sheet.hang("", "   ", &phrase);
        }
    }
}

pub(crate) struct Tree<'a> {
    view: &'a View<'a>,
    /// For each witness, its ties upwards.
    pub(crate) parents: Vec<Vec<&'a Derivation>>,
    /// For each witness, those right under it, in order.
    pub(crate) children: Vec<Vec<WitnessIx>>,
    /// For each witness, the parent under which it stands in full.
    pub(crate) main: Vec<Option<WitnessIx>>,
}

impl<'a> Tree<'a> {
    pub(crate) fn new(view: &'a View<'a>) -> Self {
        let stemma = &view.story.stemma;
        let mut parents = vec![Vec::new(); stemma.witnesses.len()];
        let mut children = vec![Vec::new(); stemma.witnesses.len()];
        for derivation in &stemma.derivations {
            parents[derivation.child.ix()].push(derivation);
            let under: &mut Vec<WitnessIx> = &mut children[derivation.parent.ix()];
            // By child, then parent: ties of one pair follow each other.
            if under.last() != Some(&derivation.child) {
                under.push(derivation.child);
            }
        }
        let closest = |ties: &Vec<&Derivation>| {
            // That the words do not show who was first does not part a copy from its twin.
            let open = |tie: &Derivation| tie.doubt.is_some() && tie.tie > Tie::Rewrite;
            let best = ties.iter().min_by_key(|tie| (open(tie), tie.tie, tie.parent));
            best.map(|tie| tie.parent)
        };
        let main = parents.iter().map(closest).collect();
        Self { view, parents, children, main }
    }

    /// How many witnesses stand in full under `ix`.
    pub(crate) fn n_below(&self, ix: WitnessIx) -> usize {
        let mine = self.children[ix.ix()].iter().filter(|it| self.main[it.ix()] == Some(ix));
        mine.map(|&child| 1 + self.n_below(child)).sum()
    }

    /// The tie of a lost witness that one other witness alone has something from, beside what it has
    /// from others: a remark that it cites. None for whoever tells more.
    pub(crate) fn remark(&self, ix: WitnessIx) -> Option<&'a Derivation> {
        let [child] = self.children[ix.ix()][..] else { return None };
        let mut ties = self.parents[child.ix()].iter().filter(|tie| tie.parent == ix);
        let tie = ties.next().copied().filter(|tie| tie.tie == Tie::Cites)?;
        let is_lost = !matches!(self.carrier(ix), Carrier::Extant(_));
        (is_lost && ties.next().is_none() && self.main[child.ix()] != Some(ix)).then_some(tie)
    }

    fn carrier(&self, ix: WitnessIx) -> Carrier {
        self.view.story.stemma.witnesses[ix.ix()].carrier
    }

    fn print(
        &self,
        sheet: &mut Sheet,
        ix: WitnessIx,
        first: &str,
        rest: &str,
        ties: &[&Derivation],
        printed: &mut [bool],
    ) {
        let parent = ties.first().map(|tie| tie.parent);
        let in_full = parent == self.main[ix.ix()] && !printed[ix.ix()];
        let children = if in_full { self.children[ix.ix()].as_slice() } else { &[] };
        let bar = if children.is_empty() { " " } else { "│" };
        let siglum = self.view.witness(ix);
        let under = format!("{rest}{bar}  ");
        let label = if in_full {
            self.label(ix)
        } else {
            let place = if printed[ix.ix()] { "above" } else { "below" };
            Phrase::new().faint(format!(", {place}"))
        };
        let name = Phrase::new().with(self.hand(ix), siglum).join(label);
        sheet.hang(first, &under, &name);
        for tie in ties {
            self.tie(sheet, &under, tie);
        }
        if !in_full {
            return;
        }
        printed[ix.ix()] = true;
        for (nth, &child) in children.iter().enumerate() {
            let last = nth + 1 == children.len();
            let (fork, stem) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            let ties = self.parents[child.ix()].iter().copied();
            let ties = ties.filter(|tie| tie.parent == ix).collect::<Vec<_>>();
            let (first, rest) = (format!("{rest}{fork}"), format!("{rest}{stem}"));
            self.print(sheet, child, &first, &rest, &ties, printed);
        }
    }

    fn hand(&self, ix: WitnessIx) -> Hand {
        match self.view.story.stemma.witnesses[ix.ix()].carrier {
            Carrier::Extant(_) => Hand::Strong,
            Carrier::Lost(_) | Carrier::Inferred(_) => Hand::Lost,
        }
    }

    fn label(&self, ix: WitnessIx) -> Phrase {
        let phrase = Phrase::new().ours("  ");
        match self.view.story.stemma.witnesses[ix.ix()].carrier {
            Carrier::Extant(ix) => {
                let phrase = phrase.ours(self.view.dated(ix));
                let article = &self.view.dossier.articles[ix.ix()];
                match article.headline.filter(|_| article.publisher.is_none()) {
                    Some(headline) => {
                        let words = self.view.dossier.words(self.view.dossier.place(ix, headline));
                        phrase.ours(", ").theirs(quoted(words, QUOTED / 2))
                    }
                    None => phrase,
                }
            }
            Carrier::Lost(source) => {
                // People are no page that somebody could fetch.
                let people = Some(Unnamed::People);
                let absent = if self.view.dossier.sources.get(source).unnamed == people {
                    ", unnamed people"
                } else {
                    ", not here"
                };
                phrase.lost(self.view.bare_source(source)).ours(absent)
            }
            Carrier::Inferred(_) => phrase.lost(self.name(ix)).ours(", not here"),
        }
    }

    /// What a witness is called without its letter.
    fn name(&self, ix: WitnessIx) -> String {
        match self.carrier(ix) {
            Carrier::Extant(article) => self.view.dated(article),
            Carrier::Lost(source) => self.view.bare_source(source),
            Carrier::Inferred(_) => "a text that nobody names".to_owned(),
        }
    }

    /// What ties the child to its parent, with the words that show it.
    fn tie(&self, sheet: &mut Sheet, under: &str, tie: &Derivation) {
        let parent = self.view.witness(tie.parent);
        let verb = match tie.tie {
            Tie::Copy => format!("has the same words as {parent}"),
            Tie::Version => format!("is a version of {parent}"),
            Tie::Excerpt => format!("has some of the words of {parent}"),
            Tie::Rewrite => format!("rewords {parent}"),
            Tie::Republishes => format!("republishes {parent}"),
            Tie::Credits => format!("credits {parent}"),
            Tie::Cites => format!("cites {parent}"),
        };
        // Shared words are there to see; what is in doubt is which of the two had them first.
        let open = tie.doubt.is_some() && tie.tie > Tie::Rewrite;
        let verb = if open { format!("perhaps {verb}") } else { verb };
        let share = self.view.share(tie).map(|share| format!(" ({share} %)")).unwrap_or_default();
        let mut phrase = Phrase::new().ours(format!("{verb}{share}"));
        for (nth, reason) in tie.reasons.iter().take(3).enumerate() {
            phrase = phrase.ours(if nth == 0 { ": " } else { "; " });
            phrase = phrase.join(self.reason(tie, reason));
        }
        if let Some(doubt) = &tie.doubt {
            phrase = phrase.ours("; ").lost(doubt.clone());
        }
        let further = format!("{under}  ");
        sheet.hang(under, &further, &phrase);
    }

    /// Words and why. Of words that two articles share the child's are shown; where words stand in
    /// an article that is not the child, that is said.
    fn reason(&self, tie: &Derivation, reason: &Reason) -> Phrase {
        let shared = tie.tie <= Tie::Rewrite;
        let limit = if shared { QUOTED / 2 } else { QUOTED };
        let letter = |place| self.view.siglum_at(place);
        let own = |place| letter(place).as_deref() == Some(self.view.witness(tie.child));
        let any_own = reason.places.iter().any(|&place| own(place));
        let places = reason.places.iter().filter(|&&place| !shared || !any_own || own(place));
        let mut phrase = Phrase::new();
        let mut before = Vec::<String>::new();
        for &place in places {
            let words = quoted(self.view.dossier.words(place), limit);
            if before.len() == 2 || before.contains(&words) {
                continue;
            }
            phrase = phrase.ours(if before.is_empty() { "" } else { ", " }).theirs(&*words);
            if let Some(letter) = letter(place).filter(|_| !own(place)) {
                phrase = phrase.ours(format!(" in {letter}"));
            }
            before.push(words);
        }
        match (phrase.is_empty(), reason.why.is_empty() || PLAIN.contains(&reason.why.as_str())) {
            (true, _) => phrase.ours(reason.why.clone()),
            (false, true) => phrase,
            (false, false) => phrase.faint(format!(" ({})", reason.why)),
        }
    }
}

/// Reasons that the tie and its quoted words say already.
pub(crate) const PLAIN: [&str; 6] = [
    "reports it",
    "told it",
    "credit line",
    "says where it was first published",
    "shared words",
    "hearsay",
];
