//! Claims, sayings, timeline and differences of a story.

use headwater::claim::{Claim, Stance, Stating};
use headwater::difference::{Difference, DifferenceKind, Grade};
use headwater::timeline::{Happening, Moment};
use headwater::utterance::{Change, Utterance};

use super::paper::{Hand, Phrase, Sheet, quoted};
use super::view::{View, day};
use super::{QUOTED, counted};
use crate::verdict;

/// The first `most` claims that two texts or more speak of; the others are counted.
pub(super) fn claims(view: &View<'_>, most: usize, sheet: &mut Sheet) {
    let numbered = view.story.claims.iter().enumerate();
    let (shared, alone): (Vec<_>, Vec<_>) = numbered.partition(|(_, claim)| is_shared(view, claim));
    // A few more are not worth a line that says so.
    let most = if shared.len() > most.saturating_add(3) { most } else { shared.len() };
    let (first, others) = shared.split_at(most);
    for &(nth, claim) in first {
        self::claim(view, nth, claim, sheet);
    }
    if !others.is_empty() {
        let words = format!("{} more claims: `headwater claims` prints them.", others.len());
        sheet.line(&Phrase::new().faint(words));
    }
    if !alone.is_empty() {
        let is = if alone.len() == 1 { "is" } else { "are" };
        let runs = alone.chunk_by(|one, next| one.0 + 1 == next.0);
        let range = runs.map(|run| {
            let number = |(nth, _): (usize, &Claim)| format!("{}.{}", view.number, nth + 1);
            let (first, last) = (number(run[0]), number(run[run.len() - 1]));
            if run.len() == 1 { first } else { format!("{first} to {last}") }
        });
        let range = range.collect::<Vec<_>>().join(", ");
        let count = counted(alone.len(), "claim", "claims");
        let words = format!("{count} {is} made by one text alone ({range}).");
        sheet.line(&Phrase::new().faint(words));
    }
}

/// One claim: its words, who says what of it, and on how many origins it rests.
pub(super) fn claim(view: &View<'_>, nth: usize, claim: &Claim, sheet: &mut Sheet) {
    let number = format!("{}.{}  ", view.number, nth + 1);
    let margin = " ".repeat(number.len());
    let text = Phrase::new().theirs(quoted(view.dossier.words(claim.text), 2 * QUOTED));
    sheet.hang(&number, &margin, &text);
    for line in stances(view, claim) {
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
fn stances(view: &View<'_>, claim: &Claim) -> Vec<Phrase> {
    let of = |stance| claim.statements.iter().filter(move |it| it.stance == stance);
    let line = |head: &str, letters: String| {
        (!letters.is_empty()).then(|| Phrase::new().ours(format!("{head} {letters}")))
    };
    let states = of(Stance::Affirms).filter(|it| it.attributed.is_empty()).collect::<Vec<_>>();
    let attributes = of(Stance::Affirms).filter(|it| !it.attributed.is_empty());
    let mut lines = Vec::new();
    lines.extend(line("states:", letters(view, &states)));
    lines.extend(line("attributes:", attributed(view, attributes)));
    lines.extend(others(view, "denies:", of(Stance::Denies)));
    lines.extend(others(view, "differs:", of(Stance::Differs)));
    lines
}

fn letters(view: &View<'_>, statements: &[&Stating]) -> String {
    view.sigla(&statements.iter().map(|it| it.article).collect::<Vec<_>>())
}

/// "A, B to α; C to “a harbour official”".
fn attributed<'a>(view: &View<'_>, statements: impl Iterator<Item = &'a Stating>) -> String {
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
    groups.iter().map(group).collect::<Vec<_>>().join("; ")
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
        match attributed(view, credited) {
            to if to.is_empty() => phrase,
            to => phrase.ours(format!(", attributed: {to}")),
        }
    };
    wordings.into_iter().map(line).collect()
}

/// Sayings that two articles or more carry; the others are counted.
pub(super) fn sayings(view: &View<'_>, sheet: &mut Sheet) {
    let shared = |it: &&Utterance| {
        it.versions.iter().any(|version| version.article != it.versions[0].article)
    };
    let mut n_alone = 0;
    for said in &view.story.utterances {
        if shared(&said) { saying(view, said, sheet) } else { n_alone += 1 }
    }
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

/// Events with their words; reports of one day on one line.
pub(super) fn timeline(view: &View<'_>, sheet: &mut Sheet) {
    let rows = view.story.timeline.iter().map(|it| (day(it.when), it)).collect::<Vec<_>>();
    let column = rows.iter().map(|(when, _)| when.chars().count()).max().unwrap_or(0);
    let mut rows = rows.into_iter().peekable();
    while let Some((when, it)) = rows.next() {
        let first = format!("{when:column$}  ");
        let margin = " ".repeat(column + 2);
        let phrase = match it.moment {
            Moment::Event => event(view, it),
            Moment::Report => {
                let mut articles = it.articles.clone();
                let same = |(next, other): &(String, &Happening)| {
                    *next == when && other.moment == Moment::Report
                };
                while let Some((_, other)) = rows.next_if(same) {
                    articles.extend(&other.articles);
                }
                let letters = view.sigla(&articles);
                let verb = if letters.contains(',') { "report" } else { "reports" };
                Phrase::new().ours(format!("{letters} {verb}"))
            }
        };
        sheet.hang(&first, &margin, &phrase);
    }
}

fn event(view: &View<'_>, it: &Happening) -> Phrase {
    let mut phrase = Phrase::new();
    if let Some(&place) = it.places.first() {
        phrase = phrase.theirs(quoted(view.dossier.words(place), QUOTED));
    }
    phrase.ours(format!(" ({})", view.sigla(&it.articles)))
}

/// Where statements of one claim part, with the claim's number.
pub(super) fn differences(view: &View<'_>, sheet: &mut Sheet) {
    for (nth, claim) in view.story.claims.iter().enumerate() {
        let number = format!("{}.{}  ", view.number, nth + 1);
        let margin = " ".repeat(number.len());
        for line in parted(view, claim) {
            sheet.hang(&number, &margin, &line);
        }
    }
}

/// Quoted words, and the letters of the articles that have them.
type Side = (String, Vec<String>);

/// A claim's differences: those between the same words on one line, with everybody who has them.
pub(super) fn parted(view: &View<'_>, claim: &Claim) -> Vec<Phrase> {
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
    lines.into_iter().map(|(it, sides)| difference(it, sides)).collect()
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
