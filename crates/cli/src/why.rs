//! `headwater why`: the whole reasoning behind one count.

use clap::Args;
use headwater::{Dossier, fold};
use headwater_report::id::Ids;
use headwater_report::plain;

use crate::input::Pages;
use crate::{Outcome, collection, screen};

/// Show the whole reasoning behind the count of one story or claim: origins, chains of citations
/// and doubts, with words, files and bytes
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  headwater why 1 saved-pages/             the first story, as `trace` numbers it
  headwater why 1.3 saved-pages/           its third claim
  headwater why 'lease' saved-pages/       the story with that word in its title, else the claim")]
pub(crate) struct Why {
    /// A story or claim: its number as printed (1, 1.3), its id, or words of its title or text
    #[arg(value_name = "STORY|CLAIM")]
    what: String,
    #[command(flatten)]
    input: Pages,
}

/// What can be asked about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Target {
    /// A story, by its index.
    Story(usize),
    /// A claim of a story, by their indices.
    Claim(usize, usize),
}

pub(crate) fn run(args: &Why) -> Outcome {
    let dossier = collection::dossier(&args.input.pages);
    let found = targets(&dossier, &args.what);
    let [target] = found[..] else {
        let what = &args.what;
        if found.is_empty() {
            screen::complain(&missing(&dossier, what));
            collection::complain_of_skipped(&dossier);
            return collection::outcome(&dossier).max(Outcome::Nothing);
        }
        screen::complain(&format!("“{what}” may be any of these; ask by number:"));
        for target in found.into_iter().take(20) {
            screen::complain(&name(&dossier, target));
        }
        return Outcome::Trouble;
    };
    screen::print(&answer(&dossier, target, screen::paper()));
    collection::complain_of_skipped(&dossier);
    collection::outcome(&dossier)
}

/// The reasoning behind `target`.
pub(crate) fn answer(dossier: &Dossier, target: Target, paper: plain::Paper) -> String {
    match target {
        Target::Story(story) => plain::why_story(dossier, story, paper),
        Target::Claim(story, claim) => plain::why_claim(dossier, story, claim, paper),
    }
}

/// Everything that `what` may mean: by number, by id or the first characters of one, by words of a
/// title, or else by words of a claim.
pub(crate) fn targets(dossier: &Dossier, what: &str) -> Vec<Target> {
    if is_number(what) {
        return numbered(dossier, what).into_iter().collect();
    }
    let by_id = with_id(dossier, what);
    if !by_id.is_empty() {
        return by_id;
    }
    let sought = fold::key(what);
    if sought.is_empty() {
        return Vec::new();
    }
    let says = |place| fold::key(dossier.words(place)).contains(&sought);
    let stories = || dossier.stories.iter().enumerate();
    let titled = stories().filter(|(_, story)| says(story.title));
    let titled = titled.map(|(ix, _)| Target::Story(ix)).collect::<Vec<_>>();
    if !titled.is_empty() {
        return titled;
    }
    let claims = stories().flat_map(|(ix, story)| {
        let claims = story.claims.iter().enumerate().filter(|(_, claim)| says(claim.text));
        claims.map(move |(claim, _)| Target::Claim(ix, claim)).collect::<Vec<_>>()
    });
    claims.collect()
}

/// Why nothing is called so, and what is.
fn missing(dossier: &Dossier, what: &str) -> String {
    let last = dossier.stories.len();
    if last == 0 {
        return "no story was found on these pages".to_owned();
    }
    if !is_number(what) {
        let hint = "`headwater claims` lists them with their numbers";
        return format!("no story and no claim has the words “{what}”: {hint}");
    }
    let story = what.split('.').next().and_then(|it| it.parse::<usize>().ok());
    let claims = story.and_then(|it| Some(dossier.stories.get(it.checked_sub(1)?)?.claims.len()));
    match (story, claims) {
        (Some(story), Some(0)) => format!("no claim was found in story {story}"),
        (Some(story), Some(n)) => {
            format!("no claim {what}: those of story {story} are numbered {story}.1 to {story}.{n}")
        }
        _ => format!("no story {what}: they are numbered 1 to {last}"),
    }
}

/// "3", "1.12": never words to be sought.
fn is_number(what: &str) -> bool {
    what.starts_with(|c: char| c.is_ascii_digit())
        && what.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

fn numbered(dossier: &Dossier, what: &str) -> Option<Target> {
    let (story, claim) = match what.split_once('.') {
        Some((story, claim)) => (story, Some(claim)),
        None => (what, None),
    };
    let ix = story.parse::<usize>().ok()?.checked_sub(1)?;
    let claims = &dossier.stories.get(ix)?.claims;
    let Some(claim) = claim else { return Some(Target::Story(ix)) };
    let claim = claim.parse::<usize>().ok()?.checked_sub(1)?;
    (claim < claims.len()).then_some(Target::Claim(ix, claim))
}

fn with_id(dossier: &Dossier, what: &str) -> Vec<Target> {
    let is_id = what.len() >= 6 && (what.starts_with("y-") || what.starts_with("c-"));
    if !is_id {
        return Vec::new();
    }
    let ids = Ids::new(dossier);
    let mut found = Vec::new();
    for (ix, story) in dossier.stories.iter().enumerate() {
        if ids.story(ix).starts_with(what) {
            found.push(Target::Story(ix));
        }
        let claims = 0..story.claims.len();
        let named = claims.filter(|&claim| ids.claim(ix, claim).starts_with(what));
        found.extend(named.map(|claim| Target::Claim(ix, claim)));
    }
    found
}

fn name(dossier: &Dossier, target: Target) -> String {
    let (number, place) = match target {
        Target::Story(ix) => ((ix + 1).to_string(), dossier.stories[ix].title),
        Target::Claim(ix, claim) => {
            (format!("{}.{}", ix + 1, claim + 1), dossier.stories[ix].claims[claim].text)
        }
    };
    format!("  {number}  {}", plain::one_line(dossier.words(place)))
}
