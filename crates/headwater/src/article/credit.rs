//! Credit: who wrote it and where the text comes from, as far as a line says so.

mod note;

use std::sync::LazyLock;

use headwater_page::Span;
use regex::Regex;

use super::imprint;
use super::line::DATE;
use super::{Credit, CreditForm};
use crate::fold;
use crate::lexicon::{Lexicon, OutletIx, OutletKind, Press};

/// A place in capitals, perhaps a region, perhaps a day, perhaps an agency, and a dash.
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?P<place>\p{Lu}[\p{Lu}.'’ -]{2}[\p{Lu}.'’ -]*(?:/\p{Lu}[\p{Lu} ]+)?(?:, \p{Lu}[\p{L}.]+(?: \p{Lu}[\p{L}.]+){0,2})?)",
        r"(?:, \p{Lu}[\p{Ll}]+\.? [0-9]{1,2})?\s*",
        r"(?:\((?P<agency>[^)]{2,40})\))?\s*(?:--+|[-–—])\s"
    ))
    .expect("the shape is fixed")
});
/// A place that is not in capitals, and an agency in brackets: "Port Aldhelm (Agency) – ".
static PLACED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?P<place>\p{Lu}[\p{L}.'’-]+(?:,? \p{L}[\p{L}.'’-]+){0,4}(?: \(\p{L}[\p{L} ]+\))?",
        r"(?:, \p{Lu}[\p{Ll}]+\.? [0-9]{1,2})?) ",
        r"\((?P<agency>[^)]{2,40})\)\s*(?:--+|[-–—])\s"
    ))
    .expect("the shape is fixed")
});
/// "(Agency) " or "/Agency/" at the very start of a text.
static OPENS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\((?P<agency>[^)]{2,40})\)\s").expect("the shape is fixed"));

/// The place words that open a paragraph, without the dash, and the agency named there.
pub(super) fn dateline(words: &str, lexicon: &Lexicon) -> (Option<Span>, Option<Span>) {
    if let Some(found) = DATELINE.captures(words) {
        let agency = found.name("agency").map(|m| Span::new(m.start(), m.end()));
        let place = found.name("place").filter(|m| {
            let letters = m.as_str().chars().filter(|c| c.is_uppercase()).count();
            letters >= 3
        });
        if let Some(place) = place {
            let end = agency.map_or(place.end(), |agency| agency.end as usize + 1);
            let place = words[..end].trim_end_matches([' ', '-', '–', '—']);
            return (Some(Span::new(0, place.len())), agency);
        }
    }
    if let Some(found) = PLACED.captures(words) {
        let agency = found.name("agency").map(|m| Span::new(m.start(), m.end()));
        // Prose may open so too ("Ada Lund (left) - who had come"): the lexicon must know the name.
        let known = agency.filter(|it| lexicon.outlets.credited(it.of(words)).is_some());
        if let Some(agency) = known {
            return (Some(Span::new(0, agency.end as usize + 1)), Some(agency));
        }
    }
    let agency = OPENS.captures(words).and_then(|found| found.name("agency"));
    let known = agency.filter(|m| lexicon.outlets.find(m.as_str()).is_some());
    (None, known.map(|m| Span::new(m.start(), m.end())))
}

/// The outlets that a slash or "and" list of names consists of; none if anything else is in it.
/// One name in capitals may be unknown beside a known one ("ABC/XYZ").
pub(super) fn outlets(words: &str, lexicon: &Lexicon) -> Option<Vec<(Span, Option<OutletIx>)>> {
    let body = words.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    let start = words.find(body)?;
    let pieces = pieces(body);
    let mut found = Vec::new();
    let mut known = 0;
    for piece in &pieces {
        let name = piece.of(body);
        // Short names count where nothing but names stands: "(AA)", "TRT/AA".
        let listed = pieces.len() > 1 || body.len() < words.trim().len();
        let outlet =
            if listed { lexicon.outlets.credited(name) } else { lexicon.outlets.find(name) };
        known += usize::from(outlet.is_some());
        let short = name.len() <= 6 && name.chars().all(char::is_uppercase);
        if outlet.is_none() && !(short && pieces.len() > 1) {
            return None;
        }
        found.push((Span::new(start + piece.start as usize, start + piece.end as usize), outlet));
    }
    let initials = pieces.len() > 1 && body.contains('/');
    (known > 0 || initials && !found.is_empty()).then_some(found)
}

/// The pieces of "A/B", "A and B", "A, B".
fn pieces(words: &str) -> Vec<Span> {
    let mut cuts = vec![0];
    for (at, part) in
        ["/", " and ", " & ", ", ", " + "].iter().flat_map(|cut| words.match_indices(cut))
    {
        cuts.push(at);
        cuts.push(at + part.len());
    }
    cuts.push(words.len());
    cuts.sort_unstable();
    cuts.chunks(2)
        .filter(|pair| pair.len() == 2 && pair[0] < pair[1])
        .map(|pair| Span::new(pair[0], pair[1]).trim(words))
        .filter(|piece| !piece.is_empty())
        .collect()
}

/// Whether the line says who reported, wrote, edited and helped: "(Reporting by …)", "Jane Doe
/// contributed to this report."
pub(super) fn is_tagline(words: &str, press: &Press) -> bool {
    let Some(inside) = words.strip_prefix(['(', '[']) else { return note::is_note(words, press) };
    let folded = fold::fold(inside);
    press.tagline.iter().any(|cue| folded.starts_with(cue.as_str()))
}

/// The outlets for which those worked whom a tagline names: "(Reporting by Jane Doe for …)".
pub(super) fn behind(words: &str, lexicon: &Lexicon) -> Vec<Credit> {
    let found = lexicon.outlets.scan(words, Span::new(0, words.len()));
    found.iter().map(|(span, ix)| known(words, *span, *ix, lexicon, *span)).collect()
}

/// Whether the line states where the text comes from.
pub(super) fn is_credit(words: &str, lexicon: &Lexicon, press: &Press) -> bool {
    !credits(words, lexicon, press).is_empty()
}

/// The credits that a line states, with spans inside `words`.
pub(super) fn credits(words: &str, lexicon: &Lexicon, press: &Press) -> Vec<Credit> {
    let folded = lower(words);
    let opener = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    let at = folded.len() - opener.len();
    let republished = if press.may_republish(opener) { &press.republished[..] } else { &[] };
    for cue in republished {
        let Some(found) = opener.find(cue.as_str()) else { continue };
        // "This article was originally published on …": a few words may stand before the cue.
        if opener[..found].split_whitespace().count() > 5 {
            continue;
        }
        let rest = at + found + cue.len();
        // "This story was first published by the Lantern": a small "the" may stand before the name
        // only where the line speaks of itself, for books are published too.
        let own = found == 0 || press.own.iter().any(|own| opener.starts_with(own.as_str()));
        if let Some(name) = name_after(words, rest, press)
            .filter(|name| own || words[rest..name.start as usize].trim().is_empty())
        {
            return vec![named(
                words,
                name,
                lexicon,
                CreditForm::Republished,
                Span::new(at, words.len()),
            )];
        }
    }
    let lists = [(&press.credited, CreditForm::Credited), (&press.tipped, CreditForm::Tipped)];
    let cues = lists.into_iter().flat_map(|(cues, form)| cues.iter().map(move |cue| (cue, form)));
    for (cue, form) in cues {
        let Some(rest) = opener.strip_prefix(cue.as_str()) else { continue };
        if !rest.starts_with([':', ' ', '-', '–']) {
            continue;
        }
        let from = at + cue.len();
        let found = lexicon.outlets.scan(words, Span::new(from, words.len()));
        let credits = found
            .iter()
            .map(|(span, ix)| Credit { form, ..known(words, *span, *ix, lexicon, *span) });
        let credits = credits.collect::<Vec<_>>();
        let colon = rest.starts_with(':');
        return match (credits.is_empty(), colon.then(|| name_after(words, from, press)).flatten()) {
            (false, _) => credits,
            // "Source: OECD" credits figures: no outlet that the lexicon does not hold is one word.
            (true, Some(name)) if name.of(words).contains([' ', '.']) => {
                vec![named(words, name, lexicon, form, name)]
            }
            (true, _) => Vec::new(),
        };
    }
    for cue in &press.holding {
        let Some(found) = opener.find(cue.as_str()) else { continue };
        let own = press.own.iter().any(|own| opener.starts_with(own.as_str()));
        let from = Span::new(at + found + cue.len(), words.len());
        let held = lexicon.outlets.scan(words, from).into_iter().filter(|_| own);
        let held = held.map(|(span, ix)| known(words, span, ix, lexicon, span)).collect::<Vec<_>>();
        if !held.is_empty() {
            return held;
        }
    }
    for cue in &press.listing {
        let Some(rest) = opener.strip_prefix(cue.as_str()).filter(|r| r.starts_with(' ')) else {
            continue;
        };
        let from = at + cue.len();
        let rest = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
        let tail = press.listed_after.iter().find_map(|tail| rest.strip_suffix(tail.as_str()));
        let end = from + tail.unwrap_or(rest).trim_end().len();
        let body = words.get(from..end).unwrap_or_default();
        if let Some(list) = outlets(body, lexicon) {
            let credit = |(span, ix): (Span, Option<OutletIx>)| {
                let span = Span::new(from + span.start as usize, from + span.end as usize);
                ix.map(|ix| known(words, span, ix, lexicon, span))
            };
            return list.into_iter().filter_map(credit).collect();
        }
    }
    let scan = || lexicon.outlets.scan(words, Span::new(0, words.len()));
    let of = |found: Vec<(Span, OutletIx)>| {
        found.iter().map(|(span, ix)| known(words, *span, *ix, lexicon, *span)).collect::<Vec<_>>()
    };
    let closes = opener.trim_end_matches(['.', ')']);
    if press.credited_after.iter().any(|cue| closes.ends_with(cue.as_str())) {
        return of(scan());
    }
    if words.contains('©') || press.copyright.iter().any(|cue| opener.starts_with(cue.as_str())) {
        return of(scan().into_iter().take(1).collect());
    }
    if let Some(rest) = press.byline.iter().find_map(|cue| opener.strip_prefix(cue.as_str())) {
        let rest = folded.len() - rest.len();
        if words[rest..].starts_with(' ') {
            let list = outlets(&words[rest..], lexicon).unwrap_or_default();
            let name = Span::new(rest, words.trim_end_matches(['.', ' ']).len()).trim(words);
            if list.is_empty() && imprint::agency(name.of(words), press) {
                return vec![named(words, name, lexicon, CreditForm::Credited, name)];
            }
            return list
                .into_iter()
                .filter_map(|(span, ix)| {
                    let span = Span::new(rest + span.start as usize, rest + span.end as usize);
                    ix.map(|ix| known(words, span, ix, lexicon, span))
                })
                .collect();
        }
    }
    if let Some(rest) = words.strip_prefix("/ ") {
        return listed(rest, words.len() - rest.len(), lexicon);
    }
    Vec::new()
}

/// One credit for each name of a slash or "and" list, with spans shifted by `shift`.
pub(super) fn listed(words: &str, shift: usize, lexicon: &Lexicon) -> Vec<Credit> {
    let list = outlets(words, lexicon).unwrap_or_default();
    list.into_iter()
        .map(|(span, outlet)| Credit {
            name: outlet.map_or_else(
                || span.of(words).to_owned(),
                |ix| lexicon.outlets.get(ix).name.to_owned(),
            ),
            outlet,
            span: Span::new(shift + span.start as usize, shift + span.end as usize),
            form: CreditForm::Credited,
        })
        .collect()
}

/// The same for names that no lexicon knows, by their shape.
pub(super) fn shaped(words: &str, shift: usize, lexicon: &Lexicon, press: &Press) -> Vec<Credit> {
    let list = imprint::listed(words, press).into_iter();
    let credits = list.map(|name| {
        let at = Span::new(shift + name.start as usize, shift + name.end as usize);
        named(words, name, lexicon, CreditForm::Credited, at)
    });
    credits.collect()
}

/// The agencies that close a long paragraph without a word around them: "… he said. Agency/Agency".
pub(super) fn trailing(words: &str, lexicon: &Lexicon) -> Vec<Credit> {
    let end = words.trim_end();
    let bracketed = end.ends_with(')');
    let from = if bracketed {
        end.rfind('(')
    } else {
        let mut stops = end.rmatch_indices(['.', '!', '?', '”', '"', '\'', '’', '…']);
        stops
            .find(|(at, stop)| end[at + stop.len()..].starts_with(' '))
            .map(|(at, stop)| at + stop.len())
    };
    let Some(from) = from else { return Vec::new() };
    let tail = &end[from..];
    if tail.split_whitespace().count() > 6 {
        return Vec::new();
    }
    listed(tail, from, lexicon)
}

fn known(words: &str, span: Span, ix: OutletIx, lexicon: &Lexicon, at: Span) -> Credit {
    let _ = (words, span);
    Credit {
        name: lexicon.outlets.get(ix).name.to_owned(),
        outlet: Some(ix),
        span: at,
        form: CreditForm::Credited,
    }
}

fn named(words: &str, name: Span, lexicon: &Lexicon, form: CreditForm, at: Span) -> Credit {
    let outlet = lexicon.outlets.credited(name.of(words));
    let name = outlet
        .map_or_else(|| name.of(words).to_owned(), |ix| lexicon.outlets.get(ix).name.to_owned());
    Credit { name, outlet, span: at, form }
}

/// The name that follows: up to the end of the sentence, a comma, a bracket, a date or a web
/// address. A small article before it is left off.
fn name_after(words: &str, from: usize, press: &Press) -> Option<Span> {
    let rest = words.get(from..)?;
    let mut lead = rest.len() - rest.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let small = |word: &str| word.starts_with(char::is_lowercase) && !word.contains('.');
    let link = |word: &str| press.outlet_link.has(word);
    let first = rest[lead..].split(' ').next().unwrap_or_default();
    if small(first) && link(first) {
        lead += first.len() + 1;
    }
    let body = rest.get(lead..)?;
    let stop = body
        .char_indices()
        .find(|&(at, c)| {
            matches!(c, ',' | '(' | ')' | '|' | ';' | '–' | '—')
                || c == '.' && !body[at + 1..].starts_with(char::is_alphanumeric)
        })
        .map_or(body.len(), |(at, _)| at);
    // "the Lantern on 3 May", "the Lantern and is republished": the name ends before.
    let mut at = 0;
    let mut stop_early = None;
    for word in body[..stop].split(' ') {
        let next = body[..stop].get(at + word.len() + 1..).unwrap_or_default();
        let next = next.split(' ').next().unwrap_or_default();
        let dated =
            next.starts_with(|c: char| c.is_ascii_digit()) || DATE.is_match(&body[at..stop]);
        let goes_on =
            link(word) && (next.starts_with(char::is_uppercase) || small(next) && link(next));
        if at > 0 && small(word) && (!goes_on || dated) {
            stop_early = Some(at);
            break;
        }
        at += word.len() + 1;
    }
    let name = body[..stop_early.unwrap_or(stop)].trim_end();
    let capital = name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        || name.contains('.') && !name.contains(' ');
    (capital && name.split_whitespace().count() <= 6 && !name.is_empty())
        .then(|| Span::new(from + lead, from + lead + name.len()))
}

/// Who signs in a byline, whether people, outlets or roles, with spans inside `words`; empty if it
/// is none.
pub(super) fn signed(words: &str, lexicon: &Lexicon, press: &Press) -> Vec<Span> {
    let folded = lower(words);
    for cue in &press.byline {
        let Some(rest) = folded.strip_prefix(cue.as_str()) else { continue };
        let from = cue.len() + (rest.len() - rest.trim_start_matches([':', ' ', '\u{a0}']).len());
        if from > cue.len() {
            return names(words, from, lexicon, press);
        }
    }
    let digits = words.bytes().any(|byte| byte.is_ascii_digit());
    let date = digits.then(|| DATE.find(words)).flatten();
    if let Some(date) = date {
        // "27 September 2017 by Jane Doe"
        let after = folded[date.end()..].find(" by ").map(|at| date.end() + at + 4);
        if let (true, Some(from)) = (date.start() < 12, after) {
            return names(words, from, lexicon, press);
        }
        // "Jane Doe |08.08.2025 - Agency", "Jane Doe, 8 August 2025"
        let before = &words[..date.start()];
        let name = before.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.');
        let separated = before[name.len()..].contains(['|', '•', '·', ',', '-', '–', '—']);
        let imprint = imprint::surely_outlet(name, press) || imprint::agency(name, press);
        if separated && is_name(name, press) && name.contains(' ') && !imprint {
            return vec![Span::new(0, name.len())];
        }
    }
    // "Jane Doe, Outlet"
    if let Some((name, outlet)) = words.rsplit_once(", ") {
        let known = lexicon.outlets.find(outlet.trim()).is_some();
        if known && name.contains(' ') && !name.contains(',') && is_name(name, press) {
            return vec![Span::new(0, name.len())];
        }
    }
    // "Agency — By JANE DOE and JOHN ROE - Agency"
    if let Some(at) = words.find(" By ") {
        let before = words[..at].trim_matches(|c: char| !c.is_alphanumeric());
        let named = !lexicon.outlets.scan(words, Span::new(0, at)).is_empty();
        if named && before.split_whitespace().count() <= 7 {
            return names(words, at + 4, lexicon, press);
        }
    }
    Vec::new()
}

/// The names from byte `from` on; empty unless the line holds nothing beside them but roles, dates
/// and outlets.
fn names(words: &str, from: usize, lexicon: &Lexicon, press: &Press) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut open: Option<Span> = None;
    let mut at = from;
    let date = DATE.find_at(words, from.min(words.len())).map_or(words.len(), |m| m.start());
    let mut roles = false;
    while at < words.len() {
        let rest = &words[at..];
        let lead = rest.len() - rest.trim_start().len();
        at += lead;
        if at >= words.len() || at >= date {
            break;
        }
        let rest = &words[at..];
        let len = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let raw = &rest[..len];
        let word = raw.trim_end_matches([',', ';', '|', ':', '•']).trim_end_matches('.');
        let folded = fold::fold(word);
        let initial = raw.trim_end_matches(',').len() <= 3 && raw.contains('.');
        let capital = word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
        let dated = press.dating.has(&folded);
        if press.and.has(&folded) {
            found.extend(open.take());
            roles = false;
        } else if !roles && !dated && (capital || open.is_some() && press.particle.has(&folded)) {
            let end = at + if initial { raw.trim_end_matches(',').len() } else { word.len() };
            open =
                Some(open.map_or(Span::new(at, end), |o| Span { start: o.start, end: end as u32 }));
            if raw.ends_with(',') {
                found.extend(open.take());
                // After a comma stands another name or a role: a role's name words would be taken
                // for names, so only a name of two words before " and " or "," counts.
                roles = !lists_names(&words[at + len..], press);
            } else if raw.len() > word.len() && !initial && !raw.ends_with('.') {
                break;
            }
        } else {
            found.extend(open.take());
            let bar = raw.chars().all(|c| !c.is_alphanumeric());
            if bar || dated || word.chars().any(|c| c.is_ascii_digit()) {
                break;
            }
            if !roles {
                // "By the time he left, …": a sentence, not a byline.
                return if found.is_empty()
                    || words.ends_with('.')
                    || words[at..].split_whitespace().count() > 6
                {
                    Vec::new()
                } else {
                    known_none(found, words, lexicon)
                };
            }
        }
        at += len;
    }
    found.extend(open);
    let too_long = found.iter().any(|name| name.of(words).split_whitespace().count() > 5);
    let sentence = words.ends_with('.') && words[from..].split_whitespace().count() > 8;
    if too_long || sentence { Vec::new() } else { known_none(found, words, lexicon) }
}

/// Whether "Name Name and …" or "Name Name, …" follows, rather than a role.
fn lists_names(rest: &str, press: &Press) -> bool {
    let mut n = 0;
    for raw in rest.split_whitespace() {
        if press.and.has(&fold::fold(raw)) {
            return n >= 2;
        }
        if !raw.starts_with(char::is_uppercase) {
            return false;
        }
        n += 1;
        if raw.ends_with(',') {
            return (2..=3).contains(&n);
        }
    }
    false
}

/// Known outlets are credited and make no byline.
fn known_none(found: Vec<Span>, words: &str, lexicon: &Lexicon) -> Vec<Span> {
    found.into_iter().filter(|name| lexicon.outlets.find(name.of(words)).is_none()).collect()
}

/// Whether the name can be a person's: neither an outlet's nor an agency's, nor a role.
pub(super) fn is_person(name: &str, lexicon: &Lexicon, press: &Press) -> bool {
    let role = name.split_whitespace().next_back().map(fold::fold);
    lexicon.outlets.find(name).is_none()
        && !imprint::surely_outlet(name, press)
        && !imprint::agency(name, press)
        && !role.is_some_and(|word| press.role.has(&word))
}

/// The outlet that a byline names after its authors, if no lexicon knows it: "By Jane Doe, Varn
/// Examiner | 8 March 2025".
pub(super) fn employer(words: &str, names: &[Span], press: &Press) -> Option<Span> {
    let from = names.last()?.end as usize;
    let lead = [", ", " | ", " / ", " - ", " – ", " — "];
    let cut = lead.iter().find(|cut| words[from..].starts_with(**cut))?;
    let from = from + cut.len();
    let end = words[from..].find([',', '|', '•', '·', '-', '–', '—', '(']);
    let end = end.map_or(words.len(), |at| from + at);
    let end = DATE.find_at(words, from).map_or(end, |date| end.min(date.start()));
    let span = Span::new(from, end.max(from)).trim(words);
    imprint::outlet(span.of(words), press).then_some(span)
}

fn is_name(words: &str, press: &Press) -> bool {
    let n = words.split_whitespace().count();
    (1..=5).contains(&n)
        && words.split_whitespace().all(|word| {
            word.starts_with(char::is_uppercase) && !word.contains(|c: char| c.is_ascii_digit())
                || press.particle.has(&fold::fold(word))
        })
}

/// Credits beside a byline: "… |08.08.2025 - Agency/Agency", "By Jane Doe, Agency Reporter",
/// "By Jane Doe | Agency".
pub(super) fn beside_byline(
    words: &str,
    names: &[Span],
    lexicon: &Lexicon,
    press: &Press,
) -> Vec<Credit> {
    let tail = [" - ", " – ", " — ", " | "]
        .iter()
        .filter_map(|cut| words.rfind(cut).map(|at| at + cut.len()))
        .max();
    if let Some(tail) = tail {
        let list = listed(&words[tail..], tail, lexicon);
        if !list.is_empty() {
            return list;
        }
        // "Jane Doe |08.08.2025 - VARN TRIBUNE/OSK"
        if DATE.find(&words[..tail]).is_some() {
            let list = shaped(&words[tail..], tail, lexicon, press);
            if !list.is_empty() {
                return list;
            }
        }
    }
    let found = lexicon.outlets.scan(words, Span::new(0, words.len()));
    let free = found.into_iter().filter(|(span, _)| !names.iter().any(|name| name.overlaps(*span)));
    free.map(|(span, ix)| known(words, span, ix, lexicon, span)).collect()
}

/// Whether the outlet delivers to others.
pub(super) fn is_agency(outlet: Option<OutletIx>, lexicon: &Lexicon) -> bool {
    outlet.is_some_and(|ix| lexicon.outlets.get(ix).kind == OutletKind::Agency)
}

/// Lower case without a change of byte offsets: only ASCII letters change.
fn lower(words: &str) -> String {
    words.to_ascii_lowercase()
}
