//! Who the words beside a cue mean: names, roles, pronouns, papers, the unnamed.

use std::collections::BTreeSet;

use headwater_page::Span;
use rustc_hash::FxHashMap;

use crate::article::Article;
use crate::fold::{self, fold, key};
use crate::lexicon::{Ending, OutletIx, OutletKind, Outlets, Tense, class, traits};
use crate::name::{Gender, Party, PartyIx, SourceKind, Unnamed, joined};
use crate::sentence::{Case, Line, Word, line_at};

use super::{Acts, Draft, Like, Np};

mod described;

/// The parties of an article, with where they are mentioned, for asking who is meant.
pub(crate) struct Crowd<'a, 'l> {
    article: &'a Article,
    outlets: &'a Outlets,
    lines: &'l [Line<'l>],
    parties: &'a mut Vec<Party>,
    /// First and last byte, party.
    mentions: BTreeSet<(u32, u32, PartyIx)>,
    /// Who spoke: first byte of the words beside the cue, party.
    spoke: BTreeSet<(u32, PartyIx)>,
    /// Named parties by their names; filled when first asked.
    named: Option<FxHashMap<String, PartyIx>>,
    reporting: Reporting,
}

/// Whose word the article reports on, among outlets and agencies other than its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Reporting {
    Nobody,
    One(PartyIx),
    Several,
}

/// Parties and mentions that are looked through for who is meant, at most: far more than an article
/// names, it bounds the cost of pages that are no article.
const RECENT: usize = 512;

/// Fills in who said each draft and whom it was told to. Drafts are in order.
pub(super) fn resolve(
    (article, outlets): (&Article, &Outlets),
    lines: &[Line<'_>],
    drafts: &mut [Draft],
    parties: &mut Vec<Party>,
) {
    let mut crowd = Crowd::new((article, outlets), lines, parties);
    let mut order = (0..drafts.len()).collect::<Vec<_>>();
    order.sort_by_key(|&ix| drafts[ix].cue.map_or(drafts[ix].hull().start, |cue| cue.start));
    // The headline speaks of what the body introduces, so it is resolved last.
    order.sort_by_key(|&ix| drafts[ix].line == 0 && article.headline.is_some());
    let (reports, others): (Vec<usize>, Vec<usize>) = order.into_iter().partition(|&ix| {
        drafts[ix].by.is_some_and(|by| generic_report(&lines[drafts[ix].line], by))
    });
    for ix in others {
        let draft = &mut drafts[ix];
        let line = &lines[draft.line];
        draft.speaker = match draft.like {
            Some(like) => crowd.speaks_on(like),
            None => draft.by.and_then(|by| crowd.party(line, by)),
        };
        draft.told = draft.cue.and_then(|cue| crowd.told(line, draft.sentence, cue, draft.speaker));
    }
    let outlet = crowd.reporting_outlet();
    for ix in reports {
        let draft = &mut drafts[ix];
        let line = &lines[draft.line];
        draft.speaker = draft.by.and_then(|by| {
            let told = crowd.described(line, by).or(outlet);
            told.or_else(|| Some(crowd.unnamed(line, by)))
        });
    }
}

/// "Report", "a new report": a report by nobody that is named beside it.
fn generic_report(line: &Line<'_>, by: Np) -> bool {
    let words = &line.words[by.first..=by.last];
    let head = &line.words[by.core];
    let named = words.iter().any(|w| w.capital() && !w.has(traits::REPORT) && !w.is(class::COMMON))
        && !line.titled();
    let light = words
        .iter()
        .take(words.len() - 1)
        .all(|w| w.is(class::DET | class::TIME) || w.case == Case::Lower);
    // "The newspaper", or "newspaper" in a headline; "a local newspaper" is another.
    let paper = head.has(traits::PAPER)
        && words
            .iter()
            .all(|w| w.is(class::ARTICLE) && !w.is(class::FRESH) || w.has(traits::PAPER));
    if paper {
        return true;
    }
    head.has(traits::REPORT)
        && !named
        && light
        && !line.words[by.first].is(class::IT)
        && words.len() <= 4
        && {
            let definite =
                line.words[by.first].is(class::ARTICLE) && !line.words[by.first].is(class::FRESH);
            !definite
        }
}

impl<'a, 'l> Crowd<'a, 'l> {
    /// The crowd of one article.
    pub(crate) fn new(
        (article, outlets): (&'a Article, &'a Outlets),
        lines: &'l [Line<'_>],
        parties: &'a mut Vec<Party>,
    ) -> Self {
        let all = parties.iter().enumerate().flat_map(|(ix, party)| {
            party.mentions.iter().map(move |span| (span.start, span.end, PartyIx(ix as u32)))
        });
        let (mentions, spoke) = (all.collect(), BTreeSet::new());
        let reporting = Reporting::Nobody;
        Self { article, outlets, lines, parties, mentions, spoke, named: None, reporting }
    }

    /// The party at `ix`.
    pub(crate) fn get(&self, ix: PartyIx) -> &Party {
        &self.parties[ix.ix()]
    }

    /// The mentions that lie in `span`, in order.
    pub(crate) fn within(
        &self,
        span: Span,
    ) -> impl DoubleEndedIterator<Item = (Span, PartyIx)> + '_ {
        let first = PartyIx(0);
        let here =
            self.mentions.range((span.start, 0, first)..(span.end.max(span.start), 0, first));
        let inside = here.filter(move |(_, end, _)| *end <= span.end);
        inside.map(|&(start, end, ix)| (Span { start, end }, ix))
    }

    /// Whether the party is the article's own publisher.
    pub(crate) fn own(&self, ix: PartyIx) -> bool {
        let Some(own) = &self.article.publisher else { return false };
        let party = self.get(ix);
        own.outlet.is_some() && own.outlet == party.outlet
            || matches!(party.kind, SourceKind::Outlet | SourceKind::Agency)
                && key(&own.name) == key(&party.name)
    }

    /// Whether the outlet is the article's own publisher.
    pub(crate) fn is_own(&self, outlet: OutletIx) -> bool {
        self.article.publisher.as_ref().is_some_and(|own| own.outlet == Some(outlet))
    }

    /// The party that is the outlet; a new one, mentioned at `span`, if nobody named it before.
    pub(crate) fn outlet(&mut self, outlet: OutletIx, outlets: &Outlets, span: Span) -> PartyIx {
        let known = self.parties.iter().position(|party| party.outlet == Some(outlet));
        if let Some(ix) = known {
            return PartyIx(ix as u32);
        }
        let of = outlets.get(outlet);
        let kind = match of.kind {
            OutletKind::Agency => SourceKind::Agency,
            OutletKind::Outlet => SourceKind::Outlet,
        };
        let ix = self.add(kind, None, of.name, Gender::Thing, span);
        self.parties[ix.ix()].outlet = Some(outlet);
        ix
    }

    /// Whom the noun phrase means. New parties are made for the unnamed, for papers, and for names
    /// that nothing had told before.
    pub(crate) fn party(&mut self, line: &Line<'_>, by: Np) -> Option<PartyIx> {
        let found = if by.pronoun(line) {
            self.pronoun(line, by)
        } else if self.clause(line, by) || by.is_about(line) {
            None
        } else {
            Some(self.noun(line, by))
        };
        if let Some(found) = found {
            self.remember(line.words[by.first].span.start, found);
        }
        found
    }

    /// Whom the noun phrase means, among those who are known already.
    pub(crate) fn known(&self, line: &Line<'_>, by: Np) -> Option<PartyIx> {
        if by.pronoun(line) {
            return self.pronoun(line, by);
        }
        let core = by.core_span(line);
        self.within(core).rfind(|(span, _)| span.end == core.end).map(|(_, ix)| ix)
    }

    /// Who speaks on after a line that names her: whoever spoke there, else a person.
    fn speaks_on(&mut self, like: Like) -> Option<PartyIx> {
        let line = &self.lines[like.line];
        let known = self.known(line, like.by);
        let found = match like.role {
            Acts::Spoke => known.or_else(|| self.party(line, like.by))?,
            Acts::Did => known?,
        };
        let party = self.get(found);
        let person = party.kind == SourceKind::Person || party.unnamed == Some(Unnamed::People);
        (person || like.role == Acts::Spoke).then_some(found)
    }

    /// Whether the words are a clause, as capitals hide in headlines: "It Was Too Vague", "Files
    /// Found". Names are made of other words, and nobody who is known stands there.
    fn clause(&self, line: &Line<'_>, by: Np) -> bool {
        let words = &line.words[by.first..=by.core];
        let small = |w: &Word| {
            w.case != Case::Upper && (w.is(class::AUX) || w.is(class::PRONOUN) && !w.is(class::DET))
        };
        let head = &line.words[by.core];
        let past = head.verb.is_some_and(|v| matches!(v.tense, Tense::Past | Tense::Third));
        let ends = past && by.core > by.first && head.traits == 0;
        (words.iter().any(small) || ends) && self.within(by.core_span(line)).next().is_none()
    }

    fn noun(&mut self, line: &Line<'_>, by: Np) -> PartyIx {
        let core = by.core_span(line);
        let head = &line.words[by.core];
        let fits = |&(span, _): &(Span, PartyIx)| span.end == core.end || span.start == core.start;
        let person = self.within(core).rfind(|(_, ix)| self.get(*ix).kind == SourceKind::Person);
        let ends = person.filter(|(span, _)| {
            span.end == core.end || !head.has(traits::ROLE | traits::ROLES | traits::OFFICE)
        });
        if let Some((_, ix)) = ends {
            return ix;
        }
        let whole = self.within(core).rfind(fits).filter(|(span, _)| span.end == core.end);
        if let Some((span, ix)) = whole {
            // "The island's harbour board" is not "the harbour board" alone, but means it.
            let owned = line.words[by.first..=by.core].iter().any(|w| w.case == Case::Possessive);
            if !owned || span.start == core.start {
                return ix;
            }
        }
        let speaker = traits::ROLE | traits::ROLES | traits::SOMEONE;
        // "One witness, Ada Oduya, said", "the head of the mint, Ada Oduya,": the apposition names
        // her.
        let comma = (by.core + 1..by.last).find(|&k| line.words[k].at(','));
        if let Some(comma) = comma.filter(|_| head.case == Case::Lower || head.has(speaker)) {
            let at = line.words[comma + 1].span.start;
            let whole = by.span(line);
            let fills =
                |span: Span| head.has(traits::ROLE | traits::TITLE) || span.end == whole.end;
            let apposed = self.within(whole).find(|(span, _)| span.start == at && fills(*span));
            if let Some((_, ix)) =
                apposed.filter(|(_, ix)| self.get(*ix).kind == SourceKind::Person)
            {
                return ix;
            }
            let name = comma + 1..=by.last;
            let capitals = |mut ks: std::ops::RangeInclusive<usize>| {
                ks.all(|k| line.words[k].capital() && !line.words[k].is(class::COMMON))
            };
            let long = by.last - comma;
            if apposed.is_none() && (2..=4).contains(&long) && capitals(name) {
                return self.person(line.stretch(comma + 1, by.last), line.text);
            }
        }
        // "The envoy to the United Nations Ada Lund": the name behind whose she is names her.
        let behind = self.within(by.span(line)).next_back().filter(|(span, ix)| {
            let at = line.word_at(span.start);
            let last = span.end == by.span(line).end && at > by.core;
            let house = |at: usize| line.words[at - 1].has(traits::OFFICE | traits::SEAT);
            last && house(at) && self.get(*ix).kind == SourceKind::Person
        });
        if let Some((_, ix)) = behind.filter(|_| head.has(traits::ROLE | traits::TITLE)) {
            return ix;
        }
        // "The Ostrand news agency": the name inside says which.
        let press = self
            .within(core)
            .find(|(_, ix)| matches!(self.get(*ix).kind, SourceKind::Outlet | SourceKind::Agency));
        if let Some((_, ix)) = press.filter(|_| head.has(traits::MEDIA)) {
            return ix;
        }
        // "A detailed account by the Crail Courier": its report.
        let written = head.has(traits::DOCUMENT | traits::REPORT);
        if let Some(ix) = written.then(|| self.written_by(line, by)).flatten() {
            return ix;
        }
        if let Some(ix) = self.described(line, by) {
            self.mention(ix, core);
            return ix;
        }
        // A role in capitals alone is a name: "Judge", but not "Officials".
        let headline = self.article.headline.is_some_and(|headline| headline.contains(core));
        let alone = head.capital() && by.first == by.core && !head.has(traits::ROLES);
        let some = head.has(traits::SOMEONE);
        let name = alone && !headline && !line.titled() && !some;
        let unnamed = head.has(speaker) && !name;
        let paper = head.has(traits::PAPER) && head.case == Case::Lower;
        if unnamed || paper || head.has(traits::MEDIA | traits::DOCUMENT | traits::REPORT) {
            return self.unnamed(line, by);
        }
        self.named(line, by)
    }

    /// Somebody unnamed, an unnamed report or medium, or a paper: the one meant before when the
    /// words say so, else a new one.
    pub(crate) fn unnamed(&mut self, line: &Line<'_>, by: Np) -> PartyIx {
        let span = by.span(line);
        let head = &line.words[by.core];
        let first = &line.words[by.first];
        let fresh = first.is(class::FRESH)
            || line
                .words
                .get(by.first + 1)
                .is_some_and(|w| w.is(class::FRESH) && by.first < by.core);
        let words = span.of(line.text);
        let name = fold(words);
        let definite = first.is(class::ARTICLE) && !first.is(class::FRESH);
        let stem = line.word(by.core).trim_end_matches('s').to_lowercase();
        if !fresh {
            let at = span.start;
            let recent = self.parties.iter().enumerate().rev().take(RECENT).rev();
            let before = recent.filter(|(_, p)| {
                matches!(p.kind, SourceKind::Unnamed | SourceKind::Document)
                    && p.mentions.first().is_some_and(|m| m.start <= at)
            });
            let same = |p: &Party| fold::is(&p.name, &name);
            let again = |p: &Party| {
                definite
                    && by.last == by.core
                    && by.core - by.first <= 2
                    && heads(line, &p.name).any(|word| word.trim_end_matches('s') == stem)
            };
            let known = before
                .filter(|(_, p)| same(p) || again(p))
                .map(|(ix, _)| PartyIx(ix as u32))
                .next_back();
            if let Some(ix) = known {
                self.mention(ix, span);
                return ix;
            }
            // "The spokeswoman": the last person who spoke, if her role or sex allows.
            let bare = definite && by.core == by.first + 1 && by.last == by.core;
            if let Some(ix) = self.last_spoken(line, by).filter(|_| bare) {
                return ix;
            }
        }
        let media =
            head.has(traits::MEDIA | traits::PAPER) && !head.has(traits::ROLE | traits::ROLES);
        let (kind, unnamed, gender) = if head.has(traits::REPORT) {
            // A report of somebody ("a Council report", "the study by …") is a paper.
            let owner = line.words[by.first..=by.last]
                .iter()
                .any(|w| w.capital() && !w.is(class::COMMON) && !w.has(traits::REPORT))
                && !line.titled();
            if owner {
                (SourceKind::Document, None, Gender::Thing)
            } else {
                (SourceKind::Unnamed, Some(Unnamed::Report), Gender::Thing)
            }
        } else if media && !head.has(traits::DOCUMENT) {
            (SourceKind::Unnamed, Some(Unnamed::Media), Gender::Several)
        } else if head.has(traits::DOCUMENT) {
            (SourceKind::Document, None, Gender::Thing)
        } else {
            let gender = if head.has(traits::ROLES) { Gender::Several } else { sex(head.traits) };
            (SourceKind::Unnamed, Some(Unnamed::People), gender)
        };
        self.add(kind, unnamed, words, gender, span)
    }

    fn last_spoken(&self, line: &Line<'_>, by: Np) -> Option<PartyIx> {
        let head = &line.words[by.core];
        let at = line.words[by.first].span.start;
        let (said, last) = self.spoke.range(..(at, PartyIx(0))).next_back()?;
        let party = self.get(*last);
        let sex = sex(head.traits);
        let near = self.lines_between(*said, at) <= 2;
        let fits = party.kind == SourceKind::Person
            && head.has(traits::ROLE)
            && (sex == Gender::Unknown || party.gender == sex || party.gender == Gender::Unknown);
        (fits && near).then_some(*last)
    }

    fn lines_between(&self, from: u32, to: u32) -> usize {
        let of = |at: u32| line_at(self.lines, at);
        of(to).saturating_sub(of(from))
    }

    /// A name that had told nothing before: a country, a company, "the armed forces".
    fn named(&mut self, line: &Line<'_>, by: Np) -> PartyIx {
        let (mut first, mut core) = (by.first, by.core);
        while first < core && line.words[first].is(class::ARTICLE | class::TIME) {
            first += 1;
        }
        // "The Lund proposal this week", "Lund Mills soon": what says when is no name.
        let tail = class::COORD | class::ADVERB | class::TIME | class::PREP | class::DET;
        let trails = |k: usize| {
            let word = &line.words[k];
            let released =
                line.words[first].capital() && word.traits == 0 && line.words[k].ends(Ending::Past);
            word.case == Case::Lower && (word.is(tail) || released)
        };
        while core > first && trails(core) {
            core -= 1;
        }
        let head = &line.words[core];
        // "The ratings firm Lund": the name alone.
        let modifies = |k: usize| {
            let (word, lower) = (&line.words[k], line.word(k).starts_with(char::is_lowercase));
            // "Reederei Lund": where nouns have capitals, the noun is part of the name.
            word.case == Case::Lower && lower && !word.is(class::OF) && !word.has(traits::PARTICLE)
        };
        // "Credit agency Lund" where a sentence begins: small words between tell that it is no name either.
        let small =
            |k: usize| modifies(k) && !line.words[k].is(class::COORD | class::PREP | class::DET);
        if first + 1 < core && head.capital() && small(first + 1) {
            first += 1;
        }
        while first < core && head.capital() && modifies(first) {
            first += 1;
        }
        // "San Crail-based Lund".
        if let Some(k) = (first..core).rev().find(|&k| joined(line, k)) {
            first = k + 1;
        }
        let span = line.stretch(first, core);
        let words = span.of(line.text);
        let name = key(words);
        let parties = &*self.parties;
        let named = self.named.get_or_insert_with(|| {
            let mut named = FxHashMap::default();
            let all = (0..).map(PartyIx).zip(parties);
            for (ix, party) in all.filter(|(_, p)| p.kind != SourceKind::Unnamed) {
                named.entry(key(&party.name)).or_insert(ix);
            }
            named
        });
        if let Some(&ix) = named.get(&name) {
            self.mention(ix, span);
            return ix;
        }
        // "both sides", "many Crailers", "a credit firm", "the Lund newcomer".
        let opener = &line.words[by.first];
        let one_of = by.first < core
            && opener.is(class::DET)
            && !opener.is(class::OWN)
            && (!opener.is(class::ARTICLE) || opener.is(class::FRESH) && !head.capital());
        let people =
            line.words[first].case == Case::Lower && !head.has(traits::OFFICE) && !head.capital();
        // "More than six in ten"
        let share = line.words.get(by.core + 1).filter(|_| by.core < by.last);
        // "Crail prices", "Initial US assessments": things of several, no institution.
        let things = head.case == Case::Lower
            && head.traits == 0
            && head.ends(Ending::Plural)
            && !line.language.people.noun_capitals();
        if people || one_of || things || share.is_some_and(|w| w.is(class::THAN)) {
            return self.add(
                SourceKind::Unnamed,
                Some(Unnamed::People),
                by.span(line).of(line.text),
                Gender::Unknown,
                by.span(line),
            );
        }
        self.add(SourceKind::Office, None, words, Gender::Thing, span)
    }

    /// The person of that name, known or new.
    fn person(&mut self, span: Span, text: &str) -> PartyIx {
        let name = span.of(text);
        let known = self.parties.iter().position(|party| key(&party.name) == key(name));
        match known {
            Some(ix) => {
                let ix = PartyIx(ix as u32);
                self.mention(ix, span);
                ix
            }
            None => self.add(SourceKind::Person, None, name, Gender::Unknown, span),
        }
    }

    fn add(
        &mut self,
        kind: SourceKind,
        unnamed: Option<Unnamed>,
        name: &str,
        gender: Gender,
        span: Span,
    ) -> PartyIx {
        let ix = PartyIx(self.parties.len() as u32);
        if let Some(named) = self.named.as_mut().filter(|_| kind != SourceKind::Unnamed) {
            named.entry(key(name)).or_insert(ix);
        }
        self.parties.push(Party {
            kind,
            unnamed,
            name: name.split_whitespace().collect::<Vec<_>>().join(" "),
            outlet: None,
            role: None,
            gender,
            mentions: Vec::new(),
        });
        self.mention(ix, span);
        ix
    }

    fn mention(&mut self, ix: PartyIx, span: Span) {
        let mentions = &mut self.parties[ix.ix()].mentions;
        if let Err(at) = mentions.binary_search(&span) {
            mentions.insert(at, span);
            self.mentions.insert((span.start, span.end, ix));
        }
    }

    /// Whom a pronoun means: in its own sentence, then in the ones before, the first that fits, for
    /// subjects stand first; a speaker counts where she spoke.
    fn pronoun(&self, line: &Line<'_>, by: Np) -> Option<PartyIx> {
        let word = &line.words[by.first];
        let at = word.span.start;
        if word.is(class::SELF) {
            return None;
        }
        let want = if word.is(class::HE) {
            Gender::Male
        } else if word.is(class::SHE) {
            Gender::Female
        } else if word.is(class::IT) {
            Gender::Thing
        } else {
            Gender::Several
        };
        let mut line_ix = line_at(self.lines, at);
        let mut sentence = self.sentence_at(line_ix, at)?;
        let mut unsure = None;
        for step in 0..8 {
            let line = &self.lines[line_ix];
            let span = line.sentence(sentence);
            let found = self.fitting(span, at, want, step == 0);
            if let (Some(ix), sure) = found {
                if sure {
                    return Some(ix);
                }
                unsure = unsure.or(Some(ix));
            }
            if sentence > 0 {
                sentence -= 1;
            } else {
                let Some(before) = line_ix.checked_sub(1) else { break };
                line_ix = before;
                if self.lines[line_ix].sentences.is_empty()
                    || line_ix == 0 && self.article.headline.is_some()
                {
                    break;
                }
                sentence = self.lines[line_ix].sentences.len() - 1;
            }
        }
        unsure.or_else(|| {
            let before = self.mentions.range(..(at, 0, PartyIx(0))).rev().take(RECENT);
            let before = before.filter(|(_, end, _)| *end <= at);
            before.map(|&(.., ix)| ix).find(|&ix| self.get(ix).gender == want)
        })
    }

    /// Whether a mention stands in quotation marks: who is spoken of is seldom who speaks on.
    fn quoted(&self, mention: Span) -> bool {
        let line = &self.lines[line_at(self.lines, mention.start)];
        let at = line.quotations.partition_point(|q| q.span.end <= mention.start);
        line.quotations.get(at).is_some_and(|q| q.span.contains(mention))
    }

    fn sentence_at(&self, line: usize, at: u32) -> Option<usize> {
        let line = self.lines.get(line)?;
        let word = line.word_at(at);
        Some(line.sentence_at(word)).filter(|&s| s < line.sentences.len())
    }

    /// The party in one sentence that a pronoun can mean, and whether its sex is known to fit.
    /// In the pronoun's own sentence the last one before it that is no possessor, else the first.
    fn fitting(&self, span: Span, at: u32, want: Gender, own: bool) -> (Option<PartyIx>, bool) {
        let upto = Span { start: span.start, end: span.end.min(at).max(span.start) };
        let here = || self.spoke.range((upto.start, PartyIx(0))..(upto.end, PartyIx(0)));
        let spoke = here();
        let mentions =
            self.within(upto).filter(|(m, _)| !self.quoted(*m)).map(|(m, ix)| (m.start, ix));
        let mut all = spoke.copied().chain(mentions).collect::<Vec<_>>();
        all.sort_by_key(|&(start, _)| start);
        let said = |ix: PartyIx| here().any(|&(_, other)| other == ix);
        let fits = |ix: PartyIx| {
            let party = self.get(ix);
            match want {
                Gender::Thing => party.gender == Gender::Thing && !self.own(ix),
                Gender::Several => party.gender == Gender::Several,
                _ => party.gender == want,
            }
        };
        let sure = all.iter().filter(|&&(_, ix)| fits(ix));
        // Who opens the sentence is its subject; else who spoke in it; else the first that fits.
        let subject = sure.clone().find(|&&(start, _)| start <= upto.start + 24);
        let speaker = sure.clone().find(|&&(_, ix)| said(ix) && !own);
        let person = |ix: PartyIx| {
            let party = self.get(ix);
            party.gender == Gender::Unknown
                && (party.kind == SourceKind::Person || party.unnamed == Some(Unnamed::People))
        };
        // Who spoke last speaks on, though no word tells the sex, before somebody spoken of.
        let spoke_on = all.iter().find(|&&(_, ix)| {
            matches!(want, Gender::Male | Gender::Female) && person(ix) && said(ix) && !own
        });
        let sure = subject.or(speaker).or(spoke_on).or_else(|| sure.clone().next());
        if let Some(&(_, ix)) = sure {
            return (Some(ix), true);
        }
        let maybe = all.iter().map(|&(_, ix)| ix).find(|&ix| match want {
            Gender::Male | Gender::Female => person(ix),
            Gender::Several => self.get(ix).kind == SourceKind::Office,
            _ => false,
        });
        // Whoever just spoke is meant, though no word tells the sex.
        (maybe, !own && maybe.is_some_and(said))
    }

    /// "told the Gazette", "in a statement to the Gazette": the outlet that heard it.
    pub(crate) fn told(
        &self,
        line: &Line<'_>,
        sentence: usize,
        cue: Span,
        speaker: Option<PartyIx>,
    ) -> Option<PartyIx> {
        let range = line.sentences.get(sentence)?;
        let from = line.word_at(cue.end);
        let first = line.word_at(cue.start);
        let adressed =
            line.words.get(first)?.verb.is_some_and(|v| v.takes(crate::lexicon::takes::ADDRESSEE));
        let upto = (from..range.end)
            .take(24)
            .find(|&k| {
                line.words[k].quoted || line.words[k].is(class::THAT) || line.words[k].at(':')
            })
            .unwrap_or(range.end.min(from + 24));
        if upto <= from {
            return None;
        }
        let outlets = self.within(line.stretch(from, upto - 1)).filter(|(_, ix)| {
            matches!(self.get(*ix).kind, SourceKind::Outlet | SourceKind::Agency)
        });
        let mut heard = outlets.filter(|&(span, ix)| {
            let at = line.word_at(span.start);
            let before = (from..at).rev().map(|k| &line.words[k]).find(|w| !w.is(class::DET));
            let to = before.is_some_and(|w| {
                w.is(class::TO) || line.text[w.span.range()].eq_ignore_ascii_case("with")
            });
            let direct = adressed && before.is_none();
            Some(ix) != speaker && (direct || to)
        });
        heard.next().map(|(_, ix)| ix)
    }

    /// The one outlet or agency on whose word the article reports; none if there are several.
    pub(crate) fn reporting_outlet(&self) -> Option<PartyIx> {
        match self.reporting {
            Reporting::One(ix) => Some(ix),
            Reporting::Nobody | Reporting::Several => None,
        }
    }

    /// Who spoke is told by `quotes`.
    pub(crate) fn remember(&mut self, at: u32, ix: PartyIx) {
        self.spoke.insert((at, ix));
        let reports = matches!(self.get(ix).kind, SourceKind::Outlet | SourceKind::Agency);
        if reports && !self.own(ix) && self.reporting != Reporting::One(ix) {
            self.reporting = match self.reporting {
                Reporting::Nobody => Reporting::One(ix),
                _ => Reporting::Several,
            };
        }
    }
}

/// The words of a description up to what hangs on its noun, in lower case: "letters from the mayor"
/// are no mayor.
fn heads<'a>(line: &'a Line<'_>, name: &'a str) -> impl Iterator<Item = String> + 'a {
    let hangs = |word: &str| line.language.cues.get(word).classes & class::PREP != 0;
    let words = name.split_whitespace().map(|word| word.trim_end_matches(',').to_lowercase());
    words.take_while(move |word| !hangs(word))
}

fn sex(of: crate::lexicon::Traits) -> Gender {
    if of & traits::FEMALE != 0 {
        Gender::Female
    } else if of & traits::MALE != 0 {
        Gender::Male
    } else {
        Gender::Unknown
    }
}
