//! Section: what the program prints where a case expects something.

use headwater::{Dossier, PageIx};
use headwater_report::plain::{self, Detail, Paper, Section};

use super::case::Expect;
use crate::compare::{self, Side};
use crate::why;

/// What is printed for an expectation. Fails if there is no such section, story, page or claim.
pub(super) fn printed(dossier: &Dossier, expect: &Expect) -> Result<String, String> {
    let mut words = expect.info.split_whitespace().collect::<Vec<_>>();
    let mut story = 0;
    if let [.., "story", number] = words[..] {
        let number: usize = number.parse().map_err(|_| format!("no story “{number}”"))?;
        story = number.checked_sub(1).ok_or("stories are numbered from 1")?;
        words.truncate(words.len() - 2);
    }
    let paper = Paper::default();
    let of_story = |section| {
        if story < dossier.stories.len() {
            Ok(plain::section(dossier, story, section, paper))
        } else {
            // Expected or not, a story that was not found is a difference, not a broken case.
            Ok(format!("no story {}\n", story + 1))
        }
    };
    match &words[..] {
        ["trace"] => {
            let stories = (0..dossier.stories.len()).collect::<Vec<_>>();
            Ok(plain::trace(dossier, &stories, paper))
        }
        ["skipped"] => Ok(plain::skipped(dossier, paper)),
        ["verdict"] => of_story(Section::Verdict),
        ["why"] => of_story(Section::Why),
        ["stemma"] => of_story(Section::Stemma),
        ["claims"] => of_story(Section::Claims),
        ["sayings"] => of_story(Section::Sayings),
        ["timeline"] => of_story(Section::Timeline),
        ["differences"] => of_story(Section::Differences),
        ["articles"] => of_story(Section::Articles),
        ["related"] => of_story(Section::Related),
        ["page", name] => page(dossier, name, Detail::Outline),
        ["marks", name] => page(dossier, name, Detail::Marks),
        ["why", what @ ..] => {
            let what = what.join(" ");
            match why::targets(dossier, &what)[..] {
                [target] => Ok(why::answer(dossier, target, paper)),
                [] => Ok(format!("no story and no claim is called “{what}”\n")),
                _ => Err(format!("“{what}” may be several things: ask by number")),
            }
        }
        ["compare", left, right] => {
            let side = |name| {
                on(dossier, name).map(|pages| {
                    Side::Pages(pages.iter().map(|ix| dossier.pages[ix.ix()].id).collect())
                })
            };
            match compare::pair(dossier, &side(left)?, &side(right)?) {
                Some((left, right)) => Ok(plain::compare(dossier, left, right, paper)),
                None => Ok(format!("no two articles in {left} and {right}\n")),
            }
        }
        _ => Err(format!("no section is called “{}”", words.join(" "))),
    }
}

fn page(dossier: &Dossier, name: &str, detail: Detail) -> Result<String, String> {
    let pages = on(dossier, name)?;
    let texts = pages.iter().map(|&ix| plain::page(dossier, ix, detail, Paper::default()));
    Ok(texts.collect::<Vec<_>>().join("\n"))
}

fn on(dossier: &Dossier, name: &str) -> Result<Vec<PageIx>, String> {
    let pages = dossier.pages.iter().enumerate().filter(|(_, page)| page.capture.file == name);
    let pages = pages.map(|(ix, _)| PageIx(ix as u32)).collect::<Vec<_>>();
    if pages.is_empty() { Err(format!("no page is called {name}")) } else { Ok(pages) }
}
