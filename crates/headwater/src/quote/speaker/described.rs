//! Described: an outlet by its paper ("an account by the Courier"), or by what it is, after it was named:
//! "the French paper", "the magazine", "the Crail weekly".
//!
//! Must match: "the Norwegian daily" after a paper of that country; "the magazine" after an outlet;
//! "the Crail paper" after the Crail Post. Must not: "a French paper"; "the local newspaper"; "the
//! paper" after a study.

use crate::fold;
use crate::lexicon::{class, traits};
use crate::name::{Party, PartyIx, SourceKind};
use crate::sentence::{Case, Line, line_at};

use super::{Crowd, Np, RECENT};

/// Lines between an outlet's name and the bare noun that means it, at most; not swept.
const NEAR: usize = 12;

/// What the words before the noun say.
struct Described<'a> {
    kind: SourceKind,
    /// Where it is from.
    country: Option<&'static str>,
    /// Words of its name.
    named: Vec<&'a str>,
}

impl Crowd<'_, '_> {
    /// The outlet or agency by which a paper is, where its name ends the phrase.
    pub(super) fn written_by(&self, line: &Line<'_>, by: Np) -> Option<PartyIx> {
        let whole = by.span(line);
        let agents = &line.language.alike.agents;
        let (span, ix) = self.within(whole).rfind(|(span, _)| span.end == whole.end)?;
        let at = line.word_at(span.start);
        let before = (by.core + 1..at).rev().find(|&k| !line.words[k].is(class::ARTICLE))?;
        let press = matches!(self.get(ix).kind, SourceKind::Outlet | SourceKind::Agency);
        (press && agents.has(&fold::fold(line.word(before)))).then_some(ix)
    }

    /// The outlet or agency, named before, that the noun phrase describes: the last one that fits.
    /// What says no more than that it is a paper must stand near its name.
    pub(super) fn described(&self, line: &Line<'_>, by: Np) -> Option<PartyIx> {
        let told = described(line, by)?;
        let at = line.words[by.first].span.start;
        let here = line_at(self.lines, at);
        let bare = told.country.is_none() && told.named.is_empty();
        let before = self.mentions.range(..(at, 0, PartyIx(0))).rev().take(RECENT);
        let mut before = before.take_while(|(start, ..)| {
            !bare || here.saturating_sub(line_at(self.lines, *start)) <= NEAR
        });
        // "The paper" is the study where that was named last.
        let written = |ix: PartyIx| bare && self.get(ix).kind == SourceKind::Document;
        let found = before.find(|&&(.., ix)| written(ix) || self.fits(ix, &told));
        found.map(|&(.., ix)| ix).filter(|&ix| !written(ix))
    }

    fn fits(&self, ix: PartyIx, told: &Described<'_>) -> bool {
        let party = self.get(ix);
        let from = || party.outlet.map(|outlet| self.outlets.get(outlet).country);
        let called = |word: &&str| holds(party, word);
        party.kind == told.kind
            && !self.own(ix)
            && (told.country.is_none() || from() == told.country)
            && told.named.iter().all(called)
    }
}

/// Whether the word is one of the party's name.
fn holds(party: &Party, word: &str) -> bool {
    party.name.split_whitespace().any(|own| fold::view(own) == fold::view(word))
}

/// What the noun phrase says of an outlet; none if it may mean another that was not named.
fn described<'a>(line: &Line<'a>, by: Np) -> Option<Described<'a>> {
    let words = &line.words;
    let (first, head) = (&words[by.first], &words[by.core]);
    let before = words.get(by.core.checked_sub(1)?)?;
    let agency = head.has(traits::NEWSWIRE)
        || head.has(traits::WIRE) && before.has(traits::MASTHEAD) && before.case == Case::Lower;
    let press = head.case == Case::Lower && (head.has(traits::PAPER) || agency);
    let definite = first.is(class::ARTICLE) && !first.is(class::FRESH) && by.first < by.core;
    if !press || !definite {
        return None;
    }
    let kind = if agency { SourceKind::Agency } else { SourceKind::Outlet };
    let mut told = Described { kind, country: None, named: Vec::new() };
    let places = &line.language.places;
    let mut at = by.first + 1;
    let mut doubted = false;
    while at < by.core {
        let word = &words[at];
        let joined = || {
            let two = format!("{}-{}", fold::view(line.word(at)), fold::view(line.word(at + 1)));
            places.country(&two)
        };
        if let Some(country) = (at + 1 < by.core).then(joined).flatten() {
            told.country = Some(country);
            at += 2;
            continue;
        }
        let country = places.country(&fold::view(line.word(at).trim_end_matches('.')));
        match country {
            Some(country) => told.country = Some(country),
            None if word.capital() => told.named.push(line.word(at)),
            None if word.case == Case::Possessive => return None,
            // "The local newspaper" is another; "the French conservative paper" is that one.
            None => doubted |= !word.has(traits::PAPER | traits::MEDIA | traits::MASTHEAD),
        }
        at += 1;
    }
    (!doubted || told.country.is_some()).then_some(told)
}

#[cfg(test)]
mod tests {
    use crate::Lexicon;
    use crate::lexicon::OutletKind;
    use crate::name::{names, sample};
    use crate::quote::quotes;

    /// Who says the second quote of the text, in which {} is an outlet of that country.
    fn second(country: &str, text: &str) -> (bool, String) {
        let lexicon = Lexicon::shipped();
        let code = lexicon.languages[0].places.country(country);
        let mut outlets = lexicon.outlets.all().iter();
        let fits = |it: &&crate::lexicon::Outlet| {
            it.kind == OutletKind::Outlet && !it.common && Some(it.country) == code
        };
        let name = outlets.find(fits).map(|it| it.name).unwrap();
        let text = format!("Dam talks go on\n{}", text.replace("{}", name));
        let (page, article) = sample::article(&text, "");
        let mut parties = names(&page, &article, lexicon);
        let all = quotes(&page, &article, &mut parties, lexicon);
        let who = all[1].speaker.map_or("", |ix| parties[ix.ix()].name.as_str());
        (who == name, who.to_owned())
    }

    #[test]
    fn a_description_means_the_outlet_that_was_named() {
        for text in [
            "{} reported that the dam leaks. The French paper said the gate is open.",
            "{} reported that the dam leaks. The Paris daily said the gate is open.",
            "{} reported that the dam leaks. The newspaper said the gate is open.",
            "{} reported that the dam leaks.\nThe French weekly said the gate is open.",
        ] {
            let (same, who) = second("french", text);
            assert!(same, "{text}: {who}");
        }
    }

    #[test]
    fn another_outlet_is_another() {
        for text in [
            "{} reported that the dam leaks. A French paper said the gate is open.",
            "{} reported that the dam leaks. The German paper said the gate is open.",
            "{} reported that the dam leaks. The local newspaper said the gate is open.",
            "{} reported that the dam leaks. The village's newspaper said the gate is open.",
        ] {
            let (same, who) = second("french", text);
            assert!(!same, "{text}: {who}");
        }
    }
}
