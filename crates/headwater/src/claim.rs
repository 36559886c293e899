//! Claim: one fact, in all the statements that make it.

use headwater_page::{Place, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::ArticleIx;
use crate::citation::CitationIx;
use crate::difference::{self, Difference, DifferenceKind};
use crate::evidence::Evidence;
use crate::name::{SourceKind, Unnamed};
use crate::newsroom;
use crate::origin::{self, Carried, Origins, StatementAt};
use crate::par;
use crate::source::SourceIx;
use crate::term::{self, Term};

/// What a statement does to its claim.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Stance {
    /// Says so.
    Affirms,
    /// Says it is not so.
    Denies,
    /// Says something else about the same point.
    Differs,
}

/// A claim as one article has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stating {
    /// The article.
    pub article: ArticleIx,
    /// Index of the statement in its marks.
    pub statement: u32,
    /// The words.
    pub place: Place,
    /// What it does to the claim.
    pub stance: Stance,
    /// Whom the article credits for it, in order; empty if it says so in its own voice.
    pub attributed: Vec<SourceIx>,
    /// The citations that credit them, in order.
    pub chain: Vec<CitationIx>,
}

/// One fact, in all its statements.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// The statement that stands for it: the one closest to all others.
    pub text: Place,
    /// Who states it, in the order of articles.
    pub statements: Vec<Stating>,
    /// Where they differ.
    pub differences: Vec<Difference>,
    /// On how many origins it rests.
    pub origins: Origins,
}

/// Nearness at which two statements state one claim, per mille of the lighter one's weight, lowered
/// by what the heavier one says besides.
///
/// Swept from 380 to 520 with half and a third of the surplus on 66 labelled ranges: below 410 claims
/// run together and origins are over-counted (.16 of them), above 500 they fall apart (exact .37).
const ONE_CLAIM: u32 = 460;

/// Least weight of a statement: "He agreed." can be matched to anything.
const LIGHTEST: u32 = 900;

/// Terms that more statements of a story hold than this tie nothing; they would make all pairs meet.
const TOO_MANY: usize = 2000;

/// One statement as it is compared.
struct Stated {
    at: StatementAt,
    text: usize,
    span: Span,
    terms: Vec<Term>,
    weight: u32,
    speaker: Option<SourceIx>,
}

/// The claims of a story: those that most texts state first, then in the order of their first
/// statement. A claim is stated by two articles at least, or it is attributed to unnamed people, or
/// it opens an article. `texts` are the story's articles by shared text.
///
/// A claim is a star: the statement that most others are near to, and those others. Cost: the
/// statements times how many share a weighty word.
pub fn claims(carried: Carried<'_>, texts: &[Vec<ArticleIx>]) -> Vec<Claim> {
    let stated = all_statements(carried.evidence, texts);
    let near = nearness(&stated);
    let mut free = vec![true; stated.len()];
    let mut claims = Vec::new();
    let rank = rank(carried.evidence, &stated);
    while let Some(centre) = next_centre(carried.evidence, &stated, &near, &free, &rank) {
        let mut members = vec![centre];
        members.extend(near[centre].iter().map(|&(other, _)| other).filter(|&other| free[other]));
        members.sort_unstable();
        for &member in &members {
            free[member] = false;
        }
        claims.push(claim(carried, &stated, centre, &members));
    }
    let text_of = |ix: ArticleIx| texts.iter().position(|text| text.contains(&ix));
    claims.sort_by_cached_key(|claim| {
        let mut texts = claim.statements.iter().map(|s| text_of(s.article)).collect::<Vec<_>>();
        texts.sort_unstable();
        texts.dedup();
        (std::cmp::Reverse(texts.len()), claim.statements.iter().map(|s| s.place).min())
    });
    claims
}

/// The claim that the story is about: the one that most texts state in headline or opening, a
/// later sentence counting a third; of equals the first by its words, so that neither the order of
/// pages nor a copy decides.
pub fn central(
    evidence: Evidence<'_>,
    texts: &[Vec<ArticleIx>],
    claims: &[Claim],
) -> Option<usize> {
    let standing =
        |claim: &Claim| texts.iter().map(|text| prominence(evidence, text, claim)).sum::<u32>();
    let words = |ix: usize| evidence.words(claims[ix].text);
    (0..claims.len()).max_by_key(|&ix| (standing(&claims[ix]), std::cmp::Reverse(words(ix))))
}

/// 3 if an article of `text` states the claim in its headline or first two paragraphs, 1 if it
/// states it at all.
fn prominence(evidence: Evidence<'_>, text: &[ArticleIx], claim: &Claim) -> u32 {
    let of_text = claim.statements.iter().filter(|stating| text.contains(&stating.article));
    let opening = |stating: &Stating| opens(evidence, stating.article, stating.place.span);
    of_text.map(|stating| if opening(stating) { 3 } else { 1 }).max().unwrap_or(0)
}

/// Whether `span` stands in the headline or the first two paragraphs.
fn opens(evidence: Evidence<'_>, ix: ArticleIx, span: Span) -> bool {
    let article = evidence.article(ix);
    let mut opening = article.headline.iter().chain(article.paragraphs.iter().take(2));
    opening.any(|part| part.contains(span))
}

fn all_statements(evidence: Evidence<'_>, texts: &[Vec<ArticleIx>]) -> Vec<Stated> {
    let mut stated = Vec::new();
    for (text, articles) in texts.iter().enumerate() {
        for &ix in articles {
            for (n, statement) in evidence.marks(ix).statements.iter().enumerate() {
                let span = statement.span;
                let terms = term::terms(evidence.text(ix), &[span], evidence.language(ix));
                let weight = term::weight(&terms);
                if weight >= LIGHTEST {
                    let speaker = speaker(evidence, ix, n);
                    stated.push(Stated { at: (ix, n as u32), text, span, terms, weight, speaker });
                }
            }
        }
    }
    stated.sort_by_key(|one| one.at);
    stated
}

/// Whose word a statement is, if it is somebody's who has a name or an office.
fn speaker(evidence: Evidence<'_>, ix: ArticleIx, statement: usize) -> Option<SourceIx> {
    let marks = evidence.marks(ix);
    let cited = marks.statements[statement].attributed.iter().rev();
    cited
        .filter_map(|citation| newsroom::cited(evidence, ix, &marks.citations[citation.ix()]))
        .find(|&source| {
            matches!(evidence.source(source).kind, SourceKind::Person | SourceKind::Office)
        })
}

fn rests_on_unnamed(evidence: Evidence<'_>, one: &Stated) -> bool {
    let (ix, n) = one.at;
    let marks = evidence.marks(ix);
    marks.statements[n as usize].attributed.iter().any(|citation| {
        let citation = &marks.citations[citation.ix()];
        newsroom::cited(evidence, ix, citation)
            .is_some_and(|source| evidence.source(source).unnamed == Some(Unnamed::People))
    })
}

/// For each statement, those near enough to state the same, with how near; in order.
fn nearness(stated: &[Stated]) -> Vec<Vec<(usize, u32)>> {
    let mut holders = FxHashMap::<u64, Vec<usize>>::default();
    for (ix, one) in stated.iter().enumerate() {
        for term in &one.terms {
            holders.entry(term.hash).or_default().push(ix);
        }
    }
    holders.retain(|_, at| at.len() <= TOO_MANY);
    let all = (0..stated.len()).collect::<Vec<_>>();
    par::map(&all, |&ix| {
        let mut met = FxHashMap::<usize, (u32, u32)>::default();
        for term in &stated[ix].terms {
            for &other in holders.get(&term.hash).into_iter().flatten() {
                let (n, weight) = met.entry(other).or_default();
                *n += 1;
                *weight += term.weight;
            }
        }
        let mut near = met
            .into_iter()
            .filter(|&(other, (n, _))| other != ix && n >= 3)
            .map(|(other, (_, both))| (other, agreement(&stated[ix], &stated[other], both)))
            .filter(|&(_, near)| near >= ONE_CLAIM)
            .collect::<Vec<_>>();
        near.sort_unstable();
        near
    })
}

/// How near two statements are that share words of weight `both`, per mille.
///
/// The lighter one is what must be covered (a headline says less than a sentence); what the heavier
/// one says besides counts half. Words of two different speakers are rarely one claim.
fn agreement(left: &Stated, right: &Stated, both: u32) -> u32 {
    let (light, heavy) = (left.weight.min(right.weight), left.weight.max(right.weight));
    let near = both * 1000 / (light + (heavy - light) / 2);
    match (left.speaker, right.speaker) {
        (Some(a), Some(b)) if a != b => near * 6 / 10,
        (Some(a), Some(b)) if a == b => near * 11 / 10,
        _ => near,
    }
}

/// Place of each statement in the order of their words: what decides among equals.
fn rank(evidence: Evidence<'_>, stated: &[Stated]) -> Vec<usize> {
    let mut order = (0..stated.len()).collect::<Vec<_>>();
    order.sort_by_key(|&ix| (stated[ix].span.of(evidence.text(stated[ix].at.0)), ix));
    let mut rank = vec![0; stated.len()];
    for (at, ix) in order.into_iter().enumerate() {
        rank[ix] = at;
    }
    rank
}

/// The free statement that is near to most weight of free statements, one a text. It is near to
/// another article's, or it opens its article, or it rests on unnamed people. Of equals the first by
/// its words.
fn next_centre(
    evidence: Evidence<'_>,
    stated: &[Stated],
    near: &[Vec<(usize, u32)>],
    free: &[bool],
    rank: &[usize],
) -> Option<usize> {
    let mut best = None;
    for ix in (0..stated.len()).filter(|&ix| free[ix]) {
        let one = &stated[ix];
        let mut by_text = FxHashMap::<usize, u32>::default();
        let first = opens(evidence, one.at.0, one.span) || rests_on_unnamed(evidence, one);
        let mut counts = first;
        for &(other, nearness) in near[ix].iter().filter(|(other, _)| free[*other]) {
            counts |= stated[other].at.0 != one.at.0;
            if stated[other].text != one.text {
                let most = by_text.entry(stated[other].text).or_default();
                *most = nearness.max(*most);
            }
        }
        // What only copies say together comes last, so that a copy changes no other claim.
        let first = first || !by_text.is_empty();
        let standing = (first, by_text.values().sum::<u32>(), std::cmp::Reverse(rank[ix]));
        if counts && best.is_none_or(|(_, highest)| standing > highest) {
            best = Some((ix, standing));
        }
    }
    best.map(|(ix, _)| ix)
}

fn claim(carried: Carried<'_>, stated: &[Stated], centre: usize, members: &[usize]) -> Claim {
    let evidence = carried.evidence;
    let of = |one: &Stated| &evidence.marks(one.at.0).statements[one.at.1 as usize];
    let mut differences = Vec::new();
    let mut statements = Vec::new();
    let reference = reference(evidence, stated, centre, members);
    for &member in members {
        let (one, ix) = (&stated[member], stated[member].at.0);
        let found = differing(evidence, &stated[reference], one);
        let stance = if found.iter().any(|found| found.kind == DifferenceKind::Polarity) {
            Stance::Denies
        } else if found.is_empty() {
            Stance::Affirms
        } else {
            Stance::Differs
        };
        differences.extend(found);
        let marks = evidence.marks(ix);
        let chain = of(one).attributed.clone();
        let attributed = chain
            .iter()
            .filter_map(|at| carried.newsrooms.cited(evidence, ix, &marks.citations[at.ix()]));
        let mut seen = FxHashSet::default();
        let attributed = attributed.filter(|source| seen.insert(*source)).collect();
        statements.push(Stating {
            article: ix,
            statement: one.at.1,
            place: evidence.place(ix, one.span),
            stance,
            attributed,
            chain,
        });
    }
    let affirming = statements
        .iter()
        .filter(|stating| stating.stance == Stance::Affirms)
        .map(|stating| (stating.article, stating.statement))
        .collect::<Vec<_>>();
    let text = evidence.place(stated[centre].at.0, stated[centre].span);
    Claim { text, statements, differences, origins: origin::weigh(carried, &affirming) }
}

/// What most texts say is the claim, and what the others say differs: the centre, or if most texts
/// differ from it the first statement from which the fewest do.
fn reference(evidence: Evidence<'_>, stated: &[Stated], centre: usize, members: &[usize]) -> usize {
    let apart = |from: usize| {
        let differs =
            |other: &&usize| !differing(evidence, &stated[from], &stated[**other]).is_empty();
        let texts = members.iter().filter(differs).map(|&other| stated[other].text);
        texts.collect::<FxHashSet<_>>().len()
    };
    let texts = members.iter().map(|&member| stated[member].text).collect::<FxHashSet<_>>();
    // The centre stands unless most texts differ from it: who names no number differs from nobody.
    if apart(centre) * 2 <= texts.len() {
        return centre;
    }
    let others = members.iter().copied().filter(|&member| member != centre).take(N_REFERENCES);
    std::iter::once(centre).chain(others).min_by_key(|&member| apart(member)).unwrap_or(centre)
}

/// How many statements are tried as what most say.
const N_REFERENCES: usize = 24;

fn differing(evidence: Evidence<'_>, from: &Stated, other: &Stated) -> Vec<Difference> {
    if from.at == other.at {
        return Vec::new();
    }
    difference::between(evidence, from.at, other.at, (&from.terms, &other.terms))
}
