//! Term: a word, an amount or a day that statements of a story say, numbered, with what it weighs in
//! this story.

/// A term by its number. Numbers are in the order of the terms' hashes, so that what is in order by
/// one is so by the other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct TermIx(u32);

impl TermIx {
    pub(super) fn ix(self) -> usize {
        self.0 as usize
    }
}

/// What a term is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Word,
    /// A word that is a name in this story.
    Name,
    /// An amount or a day.
    Value,
    /// An exact amount: nobody has "284.46" by chance.
    Exact,
    /// That somebody gave no comment.
    Silence,
}

/// One term.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Term {
    pub(super) hash: u64,
    /// The same in all statements of the story.
    pub(super) weight: u32,
    pub(super) kind: Kind,
}

/// The terms of a story, by hash.
#[derive(Default)]
pub(super) struct Terms(Vec<Term>);

impl Terms {
    /// Of `terms` by hash, each once.
    pub(super) fn new(terms: Vec<Term>) -> Self {
        Self(terms)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn get(&self, term: TermIx) -> Term {
        self.0[term.ix()]
    }

    pub(super) fn weight_at(&self, ix: usize) -> u32 {
        self.0[ix].weight
    }

    pub(super) fn weigh(&mut self, ix: usize, weight: u32) {
        self.0[ix].weight = weight;
    }

    /// The number of a term that the story has.
    pub(super) fn find(&self, hash: u64) -> Option<TermIx> {
        let at = self.0.binary_search_by_key(&hash, |term| term.hash).ok()?;
        Some(TermIx(at as u32))
    }

    /// What `terms` weigh together.
    pub(super) fn weight(&self, terms: impl IntoIterator<Item = TermIx>) -> u32 {
        terms.into_iter().map(|term| self.get(term).weight).sum()
    }

    /// What those of `terms` weigh that are no names.
    pub(super) fn deeds(&self, terms: impl IntoIterator<Item = TermIx>) -> u32 {
        self.weight(terms.into_iter().filter(|&term| self.get(term).kind != Kind::Name))
    }

    /// What those of `terms` weigh that are neither amounts nor days.
    pub(super) fn plain(&self, terms: impl IntoIterator<Item = TermIx>) -> u32 {
        self.weight(terms.into_iter().filter(|&term| !self.is_value(term)))
    }

    pub(super) fn is_value(&self, term: TermIx) -> bool {
        matches!(self.get(term).kind, Kind::Value | Kind::Exact)
    }

    /// Whether an exact amount is among `terms`.
    pub(super) fn is_exact(&self, terms: &[TermIx]) -> bool {
        terms.iter().any(|&term| self.get(term).kind == Kind::Exact)
    }
}

/// The terms that both hold, in order. Cost: the terms of both.
pub(super) fn both<'t>(
    left: &'t [TermIx],
    right: &'t [TermIx],
) -> impl Iterator<Item = TermIx> + use<'t> {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        while let (Some(&term), Some(&other)) = (left.get(i), right.get(j)) {
            i += usize::from(term <= other);
            j += usize::from(other <= term);
            if term == other {
                return Some(term);
            }
        }
        None
    })
}
