//! `headwater why`: the whole reasoning behind one count.

use clap::Args;
use headwater::{Dossier, fold};
use headwater_report::id::Ids;
use headwater_report::plain;

use crate::{Outcome, collection, screen};

/// Show the whole reasoning behind the count of one story or claim: origins, chains of citations
/// and doubts, with words, files and bytes
#[derive(Args, Debug)]
pub(crate) struct Why {
    /// A story or claim: its number as printed (1, 1.3), its id, or words of its title or text
    #[arg(value_name = "STORY|CLAIM")]
    what: String,
    /// Files, folders, globs, or - for standard input
    #[arg(required = true, value_name = "PAGES")]
    pages: Vec<String>,
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
    let dossier = collection::dossier(&args.pages);
    let found = targets(&dossier, &args.what);
    let [target] = found[..] else {
        let what = &args.what;
        if found.is_empty() {
            let hint = "`headwater claims` lists them with their numbers";
            screen::complain(&format!("no story and no claim is called “{what}”: {hint}"));
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
    if let Some(target) = numbered(dossier, what) {
        return vec![target];
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
