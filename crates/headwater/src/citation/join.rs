//! Join: unnamed people who were taken up twice.
//!
//! Two verbs of one subject ("An official confirmed it but said …") are one official, and "the
//! official" after "an official" is that one.

use std::collections::BTreeSet;

use crate::citation::{Citation, How};
use crate::fold::fold;
use crate::name::{Gender, Party, PartyIx, Unnamed};
use crate::quote::Quote;

/// Makes such parties one, in quotes and citations too.
pub(crate) fn join(parties: &mut Vec<Party>, quotes: &mut [Quote], citations: &mut [Citation]) {
    let mut into = (0..parties.len()).collect::<Vec<_>>();
    let people = |party: &Party| party.unnamed == Some(Unnamed::People);
    let people = (0..parties.len()).filter(|&ix| people(&parties[ix])).collect::<Vec<_>>();
    let folded = people.iter().map(|&ix| fold(&parties[ix].name)).collect::<Vec<_>>();
    let confirms = citations.iter().filter(|citation| citation.how == How::Confirmed);
    let confirms = confirms.filter_map(|citation| citation.source).collect::<BTreeSet<_>>();
    for (n, &later) in people.iter().enumerate() {
        let near = n.saturating_sub(NEAR)..people.len().min(n + NEAR);
        let earlier = near.filter(|&m| people[m] != later && into[people[m]] == people[m]);
        let one = |m: &usize| {
            let ix = people[*m];
            let confirms = confirms.contains(&PartyIx(ix as u32));
            let words = (folded[*m].as_str(), folded[n].as_str());
            are_one(&parties[ix], &parties[later], words, confirms)
        };
        let known = earlier.filter(one).map(|m| people[m]);
        if let Some(known) = known.min_by_key(|&ix| parties[ix].mentions.first().copied()) {
            into[later] = known;
        }
    }
    if into.iter().enumerate().all(|(ix, &to)| ix == to) {
        return;
    }
    for ix in 0..parties.len() {
        let to = into[ix];
        if to != ix {
            let mentions = std::mem::take(&mut parties[ix].mentions);
            let name = parties[ix].name.clone();
            let known = &mut parties[to];
            let same_start =
                mentions.first().map(|m| m.start) == known.mentions.first().map(|m| m.start);
            // The shorter description left out what the subject does.
            if same_start && name.len() < known.name.len() {
                known.name = name;
            }
            known.mentions.extend(mentions);
            known.mentions.sort_unstable();
            known.mentions.dedup();
        }
    }
    renumber(parties, &into, quotes, citations);
}

/// Unnamed people before and behind one that may be the same: it bounds the cost of pages without
/// end.
const NEAR: usize = 256;

/// Whether the unnamed `later` are the unnamed `known` once more; `words` are their folded names.
fn are_one(known: &Party, later: &Party, words: (&str, &str), confirms: bool) -> bool {
    let (Some(first), Some(again)) = (known.mentions.first(), later.mentions.first()) else {
        return false;
    };
    if first.start == again.start {
        // Of two at one place the one with the shorter description stands.
        return known.name.len() < later.name.len();
    }
    // "Official" in a headline is the first official of the body.
    let (known_words, words) = words;
    if !words.contains(' ') && later.gender != Gender::Several && again.end <= first.start {
        return known_words.split([' ', ',']).any(|word| word == words);
    }
    let Some(said) = words.strip_prefix("the ") else { return false };
    let has = |word: &str| known_words.split([' ', ',']).any(|known| known == word);
    let head = said.split([' ', ',']).next().unwrap_or_default();
    let whole = said.contains(' ') && said.split(' ').all(has);
    first.end <= again.start && (whole || has(head) && confirms)
}

/// Takes the joined parties out.
fn renumber(
    parties: &mut Vec<Party>,
    into: &[usize],
    quotes: &mut [Quote],
    citations: &mut [Citation],
) {
    let mut new = vec![0; into.len()];
    let mut next = 0;
    for (ix, &to) in into.iter().enumerate() {
        if to == ix {
            new[ix] = next;
            next += 1;
        }
    }
    let moved = |party: &mut Option<PartyIx>| {
        if let Some(party) = party {
            let mut ix = party.ix();
            while into[ix] != ix {
                ix = into[ix];
            }
            *party = PartyIx(new[ix] as u32);
        }
    };
    for quote in quotes {
        moved(&mut quote.speaker);
        moved(&mut quote.told);
    }
    for citation in citations {
        moved(&mut citation.source);
        moved(&mut citation.told);
    }
    let mut ix = 0;
    parties.retain(|_| {
        ix += 1;
        into[ix - 1] == ix - 1
    });
}
