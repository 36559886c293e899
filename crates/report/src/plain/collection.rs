//! The claims and the times of all stories of a collection.

use headwater::Dossier;
use headwater::claim::Claim;

use super::paper::{Hand, Paper, Phrase, Sheet, quoted};
use super::view::View;
use super::{BODY, Extent, QUOTED, claims, contents, indented, inner, timeline};

/// Every claim of every story, with who states it, who differs and how, and on how many origins it
/// rests. Never fails.
pub fn all_claims(dossier: &Dossier, paper: Paper) -> String {
    let one = |view: &View<'_>, sheet: &mut Sheet| {
        for (nth, claim) in view.story.claims.iter().enumerate() {
            claims::claim(view, nth, claim, Extent::Whole, sheet);
            differences(view, claim, sheet);
        }
        if view.story.claims.is_empty() {
            sheet.line(&Phrase::new().faint("No claim was found."));
        }
    };
    stories(dossier, paper, one)
}

/// What happened and what was reported when, story by story, and what has no date. Never fails.
pub fn timelines(dossier: &Dossier, paper: Paper) -> String {
    let one = |view: &View<'_>, sheet: &mut Sheet| {
        timeline::timeline(view, Extent::Whole, sheet);
        if view.story.timeline.is_empty() {
            sheet.line(&Phrase::new().faint("Nothing in it has a day."));
        }
        let undated = view.story.articles.iter().copied();
        let undated = undated.filter(|ix| dossier.articles[ix.ix()].published.is_none());
        let undated = undated.collect::<Vec<_>>();
        if !undated.is_empty() {
            let verb = if undated.len() == 1 { "has" } else { "have" };
            let words = format!("{} {verb} no date on the page.", view.sigla(&undated));
            sheet.line(&Phrase::new().faint(words));
        }
    };
    stories(dossier, paper, one)
}

/// Each story's headline, its letters, and what `one` says of it.
fn stories(dossier: &Dossier, paper: Paper, one: impl Fn(&View<'_>, &mut Sheet)) -> String {
    let mut sheet = Sheet::new(paper);
    sheet.line(&Phrase::new().ours(contents(dossier)));
    let mut out = sheet.done();
    for ix in 0..dossier.stories.len() {
        let view = View::new(dossier, ix);
        let mut sheet = Sheet::new(paper);
        let number = format!("{}  ", ix + 1);
        let title = quoted(dossier.words(view.story.title), QUOTED);
        let title = Phrase::new().with(Hand::Strong, title);
        sheet.hang(&number, &" ".repeat(number.len()), &title);
        let letters = view
            .story
            .articles
            .iter()
            .map(|&article| format!("{} {}", view.siglum(article), view.dated(article)));
        let letters = letters.collect::<Vec<_>>().join("; ");
        sheet.hang("   ", "   ", &Phrase::new().faint(letters));
        out.push('\n');
        out += &sheet.done();
        let mut sheet = Sheet::new(inner(paper));
        one(&view, &mut sheet);
        let body = sheet.done();
        if !body.is_empty() {
            out.push('\n');
            out += &indented(BODY, &body);
        }
    }
    out
}

fn differences(view: &View<'_>, claim: &Claim, sheet: &mut Sheet) {
    for (_, line) in claims::parted(view, claim) {
        sheet.hang("       ", "         ", &line);
    }
}
