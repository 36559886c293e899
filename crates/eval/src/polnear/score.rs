//! The figures: exact hulls of source, cue and content; overlap; by quotation marks; by form; and
//! the credit lines.

use std::collections::BTreeMap;

use headwater::Span;
use headwater::quote::Form;

use super::{Answer, Attribution, Row, Text};
use crate::case::short;
use crate::metric::{Score, Tally};

/// How the words stand in quotation marks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Marked {
    Direct,
    Mixed,
    Indirect,
}

const MARKED: [(&str, Marked); 3] =
    [("direct", Marked::Direct), ("mixed", Marked::Mixed), ("indirect", Marked::Indirect)];

const FORMS: [(&str, &[Form]); 3] = [
    ("said", &[Form::Direct, Form::Indirect, Form::Mixed]),
    ("thought", &[Form::Thought]),
    ("finding", &[Form::Finding]),
];

/// Exact and overlapping hulls over all texts.
pub(super) fn attributions(texts: &[Text]) -> Score {
    let mut score = Score::default();
    exact(texts, &mut score);
    overlapping(texts, &mut score);
    score
}

/// Exact hulls, each answer for one label.
fn exact(texts: &[Text], score: &mut Score) {
    let mut whole = [Tally::default(); 3];
    let mut marked = [Tally::default(); 3];
    for text in texts {
        for (role, tally) in whole.iter_mut().enumerate() {
            let gold = text.gold.iter().map(|it| of_label(it, role));
            let answers = text.answers.iter().map(|it| of_answer(it, role));
            add(tally, &matched(gold.collect(), answers.collect()));
        }
        for (at, (_, want)) in MARKED.into_iter().enumerate() {
            let is = |span: &Option<Span>| span.is_some_and(|s| of(&text.page.text, s) == want);
            let gold = text.gold.iter().map(|it| it.content).filter(is);
            let answers = text.answers.iter().map(|it| Some(it.content)).filter(is);
            add(&mut marked[at], &matched(gold.collect(), answers.collect()));
        }
        misses(text, score);
    }
    for (name, tally) in ["source", "cue", "content"].into_iter().zip(whole) {
        score.tally(name, tally);
    }
    for ((name, _), tally) in MARKED.into_iter().zip(marked) {
        score.tally(&format!("content.{name}"), tally);
    }
}

/// Contents that share a byte.
fn overlapping(texts: &[Text], score: &mut Score) {
    let mut all = Tally::default();
    let mut marked = [Tally::default(); 3];
    let mut forms = [(0, 0); 3];
    for text in texts {
        let labels = text.gold.iter().filter_map(|it| it.content).collect::<Vec<_>>();
        for &label in &labels {
            let found = text.answers.iter().any(|answer| answer.content.overlaps(label));
            let of = of(&text.page.text, label);
            let at = MARKED.iter().position(|(_, marked)| *marked == of).unwrap_or(0);
            for tally in [&mut all, &mut marked[at]] {
                tally.gold += 1;
                tally.found += usize::from(found);
            }
        }
        for answer in &text.answers {
            let right = labels.iter().any(|label| label.overlaps(answer.content));
            let of = of(&text.page.text, answer.content);
            let at = MARKED.iter().position(|(_, marked)| *marked == of).unwrap_or(0);
            for tally in [&mut all, &mut marked[at]] {
                tally.answers += 1;
                tally.right += usize::from(right);
            }
            let form = FORMS.iter().position(|(_, forms)| forms.contains(&answer.form));
            let (hits, n) = &mut forms[form.unwrap_or(0)];
            *hits += usize::from(right);
            *n += 1;
        }
    }
    score.tally("overlap", all);
    for ((name, _), tally) in MARKED.into_iter().zip(marked) {
        score.tally(&format!("overlap.{name}"), tally);
    }
    for ((name, _), (hits, n)) in FORMS.into_iter().zip(forms) {
        score.rate(&format!("form.{name}.p"), hits, n);
    }
}

fn add(tally: &mut Tally, other: &Tally) {
    tally.right += other.right;
    tally.answers += other.answers;
    tally.found += other.found;
    tally.gold += other.gold;
}

fn of_label(label: &Attribution, role: usize) -> Option<Span> {
    [label.source, label.cue, label.content][role]
}

fn of_answer(answer: &Answer, role: usize) -> Option<Span> {
    [answer.source, answer.cue, Some(answer.content)][role]
}

/// Equal spans, each answer for one label. A role that is not there is not counted.
fn matched(gold: Vec<Option<Span>>, answers: Vec<Option<Span>>) -> Tally {
    let mut open = BTreeMap::<Span, usize>::new();
    let (gold, answers) = (gold.into_iter().flatten(), answers.into_iter().flatten());
    let (mut n_gold, mut n_answers, mut hits) = (0, 0, 0);
    for span in gold {
        *open.entry(span).or_default() += 1;
        n_gold += 1;
    }
    for span in answers {
        n_answers += 1;
        if let Some(left) = open.get_mut(&span).filter(|left| **left > 0) {
            *left -= 1;
            hits += 1;
        }
    }
    Tally::new(hits, n_answers, n_gold)
}

/// Direct: quotation marks at both ends and none besides; mixed: some inside.
fn of(text: &str, span: Span) -> Marked {
    let words = span.of(text).trim();
    let opens = words.starts_with(['"', '“', '”', '«', '„', '‘', '\'']);
    let closes = words.trim_end_matches(['.', ',']).ends_with(['"', '”', '“', '»', '’', '\'']);
    if opens && closes {
        Marked::Direct
    } else if words.contains(['"', '“', '”', '«', '„', '‘']) {
        Marked::Mixed
    } else {
        Marked::Indirect
    }
}

/// What was not found, what nobody labelled, and where the words differ.
fn misses(text: &Text, score: &mut Score) {
    let page = &text.page;
    let words = |span: Option<Span>| span.map_or("-".to_owned(), |span| short(page.words(span)));
    for label in &text.gold {
        let Some(content) = label.content else { continue };
        let near = text.answers.iter().filter(|answer| answer.content.overlaps(content));
        let near = near.max_by_key(|answer| {
            let same_cue = label.cue.zip(answer.cue).is_some_and(|(a, b)| a.overlaps(b));
            (same_cue, answer.content.intersect(content).map_or(0, headwater::Span::len))
        });
        let said = [label.source, label.cue, Some(content)].map(words).join(" | ");
        match near {
            None => score.miss("overlap.r", format!("{}: {said}", text.name)),
            Some(answer) => {
                let answers = [answer.source, answer.cue, Some(answer.content)];
                for (role, name) in ["source", "cue", "content"].into_iter().enumerate() {
                    if answers[role] != of_label(label, role) {
                        let (is, rule) = (answers.map(words).join(" | "), answer.rule);
                        let words = format!("{}: {said}\n    [{rule}] {is}", text.name);
                        score.miss(&format!("{name}.exact"), words);
                    }
                }
            }
        }
    }
    for answer in &text.answers {
        let label = |it: &Attribution| it.content.is_some_and(|c| c.overlaps(answer.content));
        if !text.gold.iter().any(label) {
            let said = [answer.source, answer.cue, Some(answer.content)].map(words).join(" | ");
            score.miss("overlap.p", format!("{}: [{}] {said}", text.name, answer.rule));
        }
    }
}

/// Credit lines. The table names the agency of a text; a text that does not print the name in its
/// first lines or at its end, set off from the prose, says nothing to find.
pub(super) fn credits(texts: &[Text], rows: &BTreeMap<String, Row>) -> Score {
    let mut score = Score::default();
    let (mut hits, mut n_answers, mut n_gold) = (0, 0, 0);
    for text in texts {
        let gold = rows.get(&text.name).and_then(|row| row.credit.as_deref());
        let printed = gold.filter(|name| printed(text.page.words(text.page.body()), name));
        let same = |credit: &String| gold.is_some_and(|gold| is_same(credit, gold));
        n_answers += text.credits.len();
        let right = text.credits.iter().filter(|credit| same(credit)).count();
        for credit in text.credits.iter().filter(|credit| !same(credit)) {
            score.miss("credits.p", format!("{}: {credit}, not {gold:?}", text.name));
        }
        if right > 0 {
            n_gold += 1;
            hits += right;
        } else if printed.is_some() {
            n_gold += 1;
            score.miss("credits.r", format!("{}: {gold:?}", text.name));
        }
    }
    let found = hits.min(n_gold);
    score.tally("credits", Tally { right: hits, answers: n_answers, found, gold: n_gold });
    score
}

/// Whether a text prints the name set off by parentheses, or alone on a line.
fn printed(body: &str, name: &str) -> bool {
    let alone = |line: &str| line.trim().eq_ignore_ascii_case(name);
    body.contains(&format!("({name})")) || body.lines().any(alone)
}

/// The same name, or the letters of an agency's name: "AP", "Associated Press".
fn is_same(credit: &str, gold: &str) -> bool {
    let letters = |name: &str| {
        let initials = name.split([' ', '-']).filter_map(|word| word.chars().next());
        initials.filter(|c| c.is_uppercase()).collect::<String>()
    };
    let (credit, gold) = (credit.trim_start_matches("The "), gold.trim());
    credit.eq_ignore_ascii_case(gold) || letters(credit) == gold
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_serves_one_label() {
        let span = |start, end| Some(Span::new(start, end));
        let tally = matched(vec![span(0, 4), span(0, 4), None], vec![span(0, 4), span(1, 4)]);
        assert_eq!((tally.right, tally.answers, tally.gold), (1, 2, 2));
    }

    #[test]
    fn quotation_marks_decide_the_kind() {
        let kind = |text: &str| of(text, Span::new(0, text.len()));
        assert_eq!(kind("“It leaks.”"), Marked::Direct);
        assert_eq!(kind("it “leaks” badly"), Marked::Mixed);
        assert_eq!(kind("the dam's gate leaks"), Marked::Indirect);
    }

    #[test]
    fn initials_name_an_agency() {
        assert!(is_same("Ostrand Press Wire", "OPW") && !is_same("Ostrand Press", "OPW"));
    }
}
