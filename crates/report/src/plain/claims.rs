//! Claims, sayings and differences of a story.

use headwater::claim::{Claim, Stance, Stating};
use headwater::difference::{Difference, DifferenceKind, Grade};
use headwater::utterance::{Change, Utterance};

use super::paper::{Hand, Phrase, Sheet, quoted};
use super::view::View;
use super::{Extent, QUOTED, counted};
use crate::verdict;

/// Claims that the memo prints, and of one of them groups of sources and wordings that differ; a list
/// of its own has all of them.
const CLAIMS: usize = 8;
const CLAIMS_OF_ONE: usize = 3;
const GROUPS: usize = 5;
const WORDINGS: usize = 3;

/// Sayings, and differences, that the memo prints; and of those that may be none.
const SAYINGS: usize = 9;
const DIFFERENCES: usize = 10;
const COARSE: usize = 3;

/// The claims that two texts or more speak of, in the memo the first of them; the others are counted.
pub(super) fn claims(view: &View<'_>, extent: Extent, sheet: &mut Sheet) {
    let numbered = view.story.claims.iter().enumerate();
    let (shared, alone): (Vec<_>, Vec<_>) = numbered.partition(|(_, claim)| is_shared(view, claim));
    // Copies of one text say the same by nature.
    let most = if view.story.texts.len() == 1 { CLAIMS_OF_ONE } else { CLAIMS };
    let (first, others) = shared.split_at(extent.of(shared.len(), most));
    for &(nth, claim) in first {
        self::claim(view, nth, claim, extent, sheet);
    }
    if !others.is_empty() {
        let words = format!("{} more claims: `headwater claims` prints them.", others.len());
        sheet.line(&Phrase::new().faint(words));
    }
    if !alone.is_empty() {
        let is = if alone.len() == 1 { "is" } else { "are" };
        let count = counted(alone.len(), "claim", "claims");
        let words = format!("{count} {is} made by one text alone{}.", numbers(view, &alone));
        sheet.line(&Phrase::new().faint(words));
    }
}

/// Runs of numbers that are worth a line; of more of them nobody reads any.
const RUNS: usize = 3;

/// " (1.9, 1.12 to 1.14)", or where they are printed.
fn numbers(view: &View<'_>, claims: &[(usize, &Claim)]) -> String {
    let runs = claims.chunk_by(|one, next| one.0 + 1 == next.0).collect::<Vec<_>>();
    if runs.len() > RUNS {
        return ": `headwater claims` prints them".to_owned();
    }
    let run = |run: &&[(usize, &Claim)]| {
        let number = |(nth, _): (usize, &Claim)| format!("{}.{}", view.number, nth + 1);
        let (first, last) = (number(run[0]), number(run[run.len() - 1]));
        if run.len() == 1 { first } else { format!("{first} to {last}") }
    };
    format!(" ({})", runs.iter().map(run).collect::<Vec<_>>().join(", "))
}

/// One claim: its words, who says what of it, and on how many origins it rests.
pub(super) fn claim(view: &View<'_>, nth: usize, claim: &Claim, extent: Extent, sheet: &mut Sheet) {
    let number = format!("{}.{}  ", view.number, nth + 1);
    let margin = " ".repeat(number.len());
    let text = Phrase::new().theirs(quoted(view.dossier.words(claim.text), 2 * QUOTED));
    sheet.hang(&number, &margin, &text);
    for line in stances(view, claim, extent) {
        sheet.hang(&margin, &format!("{margin}  "), &line);
    }
    let n_articles = articles(claim).len();
    let rest = verdict::rest(view.dossier, Some(&claim.origins), n_articles);
    sheet.hang(&margin, &margin, &Phrase::new().with(Hand::Water, rest));
}

/// Whether two texts speak of it. Copies agree with one another by nature.
pub(crate) fn is_shared(view: &View<'_>, claim: &Claim) -> bool {
    let texts = &view.story.texts;
    let speaks = |text: &&Vec<headwater::ArticleIx>| {
        claim.statements.iter().any(|stating| text.contains(&stating.article))
    };
    texts.len() == 1 || texts.iter().filter(speaks).count() > 1
}

fn articles(claim: &Claim) -> Vec<headwater::ArticleIx> {
    let mut articles = claim.statements.iter().map(|it| it.article).collect::<Vec<_>>();
    articles.dedup();
    articles
}

/// Who states it, who attributes it to whom, who denies it and who says something else.
fn stances(view: &View<'_>, claim: &Claim, extent: Extent) -> Vec<Phrase> {
    let of = |stance| claim.statements.iter().filter(move |it| it.stance == stance);
    let line = |head: &str, letters: String| {
        (!letters.is_empty()).then(|| Phrase::new().ours(format!("{head} {letters}")))
    };
    let states = of(Stance::Affirms).filter(|it| it.attributed.is_empty()).collect::<Vec<_>>();
    let attributes = of(Stance::Affirms).filter(|it| !it.attributed.is_empty());
    let mut lines = Vec::new();
    lines.extend(line("states:", letters(view, &states)));
    lines.extend(line("attributes:", attributed(view, attributes, extent)));
    let mut other = others(view, "denies:", of(Stance::Denies));
    other.extend(others(view, "differs:", of(Stance::Differs)));
    let most = extent.of(other.len(), WORDINGS);
    let n_left = other.len() - most;
    lines.extend(other.into_iter().take(most));
    if n_left > 0 {
        lines.push(Phrase::new().faint(format!("and {n_left} more that differ")));
    }
    lines
}

fn letters(view: &View<'_>, statements: &[&Stating]) -> String {
    view.sigla(&statements.iter().map(|it| it.article).collect::<Vec<_>>())
}

/// "A, B to α; C to “a harbour official”".
fn attributed<'a>(
    view: &View<'_>,
    statements: impl Iterator<Item = &'a Stating>,
    extent: Extent,
) -> String {
    let mut groups: Vec<(String, Vec<&Stating>)> = Vec::new();
    for it in statements {
        let to = it.attributed.iter().map(|&source| view.short_source(source));
        let to = to.collect::<Vec<_>>().join(" and ");
        match groups.iter_mut().find(|(before, _)| *before == to) {
            Some((_, group)) => group.push(it),
            None => groups.push((to, vec![it])),
        }
    }
    let group = |(to, group): &(String, Vec<&Stating>)| format!("{} to {to}", letters(view, group));
    let most = extent.of(groups.len(), GROUPS);
    let mut words = groups.iter().take(most).map(group).collect::<Vec<_>>();
    if most < groups.len() {
        words.push(format!("and to {} more", groups.len() - most));
    }
    words.join("; ")
}

/// One line for each wording, with everybody who has it.
fn others<'a>(
    view: &View<'_>,
    head: &str,
    statements: impl Iterator<Item = &'a Stating>,
) -> Vec<Phrase> {
    let mut wordings: Vec<(String, Vec<&Stating>)> = Vec::new();
    for it in statements {
        let words = quoted(view.dossier.words(it.place), QUOTED);
        match wordings.iter_mut().find(|(before, _)| *before == words) {
            Some((_, same)) => same.push(it),
            None => wordings.push((words, vec![it])),
        }
    }
    let line = |(words, same): (String, Vec<&Stating>)| {
        let phrase = Phrase::new().with(Hand::Differ, head);
        let phrase = phrase.ours(format!(" {} ", letters(view, &same))).theirs(words);
        let credited = same.iter().filter(|it| !it.attributed.is_empty()).copied();
        match attributed(view, credited, Extent::Whole) {
            to if to.is_empty() => phrase,
            to => phrase.ours(format!(", attributed: {to}")),
        }
    };
    wordings.into_iter().map(line).collect()
}

/// Sayings that two articles or more carry; the others are counted.
pub(super) fn sayings(view: &View<'_>, extent: Extent, sheet: &mut Sheet) {
    let shared = |it: &&Utterance| {
        it.versions.iter().any(|version| version.article != it.versions[0].article)
    };
    let (shared, alone): (Vec<_>, Vec<_>) = view.story.utterances.iter().partition(shared);
    let most = extent.of(shared.len(), SAYINGS);
    for said in &shared[..most] {
        saying(view, said, sheet);
    }
    if most < shared.len() {
        let words = format!(
            "{} more stand in several articles: `headwater trace --html` shows them.",
            shared.len() - most
        );
        sheet.line(&Phrase::new().faint(words));
    }
    let n_alone = alone.len();
    if n_alone > 0 {
        let is = if n_alone == 1 { "is" } else { "are" };
        let count = counted(n_alone, "saying", "sayings");
        let words = format!("{count} {is} carried by one article alone.");
        sheet.line(&Phrase::new().faint(words));
    }
}

/// The speaker, the fullest version, then each other wording with who carries it.
fn saying(view: &View<'_>, said: &Utterance, sheet: &mut Sheet) {
    let speaker = match said.speaker {
        Some(speaker) => view.source(speaker),
        None => "A speaker that no page names".to_owned(),
    };
    let mut wordings: Vec<(String, Change, Vec<headwater::ArticleIx>)> = Vec::new();
    for version in &said.versions {
        // The comma before "she said" is the report's, not the speaker's.
        let words = view.dossier.words(version.place).trim_end_matches(',');
        let words = quoted(words, 3 * QUOTED);
        let same = |before: &str| before.replace('.', "") == words.replace('.', "");
        match wordings.iter_mut().find(|(before, ..)| same(before)) {
            Some((_, _, articles)) => articles.push(version.article),
            None => wordings.push((words, version.change, vec![version.article])),
        }
    }
    for (nth, (words, change, articles)) in wordings.iter().enumerate() {
        let letters = view.sigla(articles);
        let (first, head) = if nth == 0 {
            ("", Phrase::new().ours(format!("{speaker}: ")))
        } else {
            ("  ", Phrase::new().with(Hand::Differ, changed(*change)).ours(": "))
        };
        sheet.hang(first, "    ", &head.theirs(words.clone()).ours(format!(" ({letters})")));
    }
}

pub(crate) fn changed(change: Change) -> &'static str {
    match change {
        Change::Same => "same words",
        Change::Typography => "other marks",
        Change::Spelling => "other spelling",
        Change::Trimmed => "shorter",
        Change::Extended => "longer",
        Change::Reworded => "other words",
        Change::Fragment => "a few words",
    }
}

/// Where statements of one claim part, with the claim's number; in the memo first what cannot both be,
/// last what one may say more coarsely than the other.
pub(super) fn differences(view: &View<'_>, extent: Extent, sheet: &mut Sheet) {
    let claims = view.story.claims.iter().enumerate();
    let lines = |(nth, claim)| parted(view, claim).into_iter().map(move |line| (nth, line));
    let mut all = claims.flat_map(lines).collect::<Vec<_>>();
    if extent == Extent::Memo {
        all.sort_by_key(|(_, (grade, _))| std::cmp::Reverse(*grade));
    }
    let coarse = all.iter().position(|(_, (grade, _))| *grade == Grade::Compatible);
    let (apart, coarse) = match coarse.filter(|_| extent == Extent::Memo) {
        Some(at) => all.split_at(at),
        None => (&all[..], &[][..]),
    };
    let most = [extent.of(apart.len(), DIFFERENCES), extent.of(coarse.len(), COARSE)];
    for (nth, (_, line)) in apart[..most[0]].iter().chain(&coarse[..most[1]]) {
        let number = format!("{}.{}  ", view.number, nth + 1);
        let margin = " ".repeat(number.len());
        sheet.hang(&number, &margin, line);
    }
    let n_left = apart.len() + coarse.len() - most[0] - most[1];
    if n_left > 0 {
        let words = format!("{n_left} more: `headwater claims` prints them.");
        sheet.line(&Phrase::new().faint(words));
    }
}

/// Quoted words, and the letters of the articles that have them.
type Side = (String, Vec<String>);

/// A claim's differences: those between the same words on one line, with everybody who has them.
pub(super) fn parted(view: &View<'_>, claim: &Claim) -> Vec<(Grade, Phrase)> {
    let mut lines: Vec<(&Difference, [Side; 2])> = Vec::new();
    for it in &claim.differences {
        let sides = [it.left, it.right].map(|place| {
            let words = quoted(view.dossier.words(place), QUOTED / 2);
            (words, view.siglum_at(place).into_iter().collect::<Vec<_>>())
        });
        let same = |(other, there): &&mut (&Difference, [Side; 2])| {
            (other.kind, other.grade) == (it.kind, it.grade)
                && there.iter().zip(&sides).all(|(there, here)| there.0 == here.0)
        };
        match lines.iter_mut().find(same) {
            Some((_, there)) => {
                for (there, here) in there.iter_mut().zip(sides) {
                    let new = here.1.into_iter().filter(|letter| !there.1.contains(letter));
                    let new = new.collect::<Vec<_>>();
                    there.1.extend(new);
                }
            }
            None => lines.push((it, sides)),
        }
    }
    lines.into_iter().map(|(it, sides)| (it.grade, difference(it, sides))).collect()
}

/// What a difference is about, in words.
pub(crate) fn kind(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Number => "number",
        DifferenceKind::Date => "date",
        DifferenceKind::Polarity => "whether it is so",
        DifferenceKind::Actor => "who",
        DifferenceKind::Modality => "how far along",
        DifferenceKind::Place => "where",
        DifferenceKind::Set => "which of them",
    }
}

fn difference(it: &Difference, sides: [Side; 2]) -> Phrase {
    let [left, right] = sides.map(|(words, letters)| {
        let letters = letters.join(", ");
        let gap = if letters.is_empty() { "" } else { " " };
        Phrase::new().ours(format!("{letters}{gap}")).theirs(words)
    });
    let against = match it.grade {
        Grade::Compatible => " may agree with ",
        Grade::Differs => " differs from ",
        Grade::Excludes => " contradicts ",
    };
    Phrase::new().with(Hand::Differ, kind(it.kind)).ours(": ").join(left).ours(against).join(right)
}
