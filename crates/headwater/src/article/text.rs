//! Text: articles on a page whose only markup is its lines.
//!
//! Prose is what articles are made of. Between two runs of prose stands a *lead*: headlines,
//! bylines, outlets, ages, standing words. Each lead is asked one question: does the prose after
//! it go on with the article, begin another, or belong to nobody?

use headwater_page::{Page, Span};
use rustc_hash::FxHashSet;

use super::lines::{Line, Look};
use super::vocabulary::{per_mille, stems};
use super::{colophon, credit, html};
use crate::fold;
use crate::lexicon::{Language, Lexicon, Standing};

/// What the prose at hand stands under.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Zone {
    /// Nothing but the page.
    Open,
    /// "Related Articles".
    Related,
    /// "Comments".
    Comments,
    /// A reader's post.
    Thread,
    /// "Subscribe to continue reading".
    Paywall,
    /// The foot of the page.
    End,
}

/// An article before its fields are filled: which lines are its own.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// Its first line.
    pub(super) first: usize,
    /// Its last line.
    pub(super) last: usize,
    /// Its headline.
    pub(super) head: Option<usize>,
    /// Its prose, in order.
    pub(super) body: Vec<usize>,
    /// Between `first` and `last`, what is not its own: standing words and what they govern.
    pub(super) foreign: Vec<usize>,
    /// What it stood under.
    pub(super) zone: Zone,
    /// Whether a byline, date, age or outlet marks it as an item.
    pub(super) marked: bool,
}

/// A score that a lead must reach for its prose to be another article. One sure sign (an outlet and
/// an age, a byline, a date) and one weak sign (a headline's length, its words in the lede) do it;
/// weak signs alone must all be there. Set on the open multi-article pages; 4 breaks articles at
/// their subheads, 6 joins the items of newsletters.
const ANOTHER: i32 = 5;
/// Live reports have at least so many lines that are a time of day.
const LIVE: usize = 3;

/// The articles of the lines, in order, none overlapping. Cost: linear in the text.
pub(super) fn drafts(
    page: &Page,
    lines: &[Line],
    language: &Language,
    lexicon: &Lexicon,
) -> Vec<Draft> {
    let stems = lines.iter().map(|line| match line.look {
        Look::Prose | Look::Short | Look::Head | Look::Capitals => {
            stems(&page.text, line.core, language)
        }
        _ => Vec::new(),
    });
    let titles = colophon::titles(page);
    // A picture gallery without another word is read as what it is: its captions.
    let gallery = lines.iter().all(|line| line.look != Look::Prose);
    let lines = &lines
        .iter()
        .map(|line| match line.look {
            Look::Caption if gallery && line.n_words >= 12 => Line { look: Look::Prose, ..*line },
            _ => *line,
        })
        .collect::<Vec<_>>()[..];
    let mut walk = Walk {
        page,
        lines,
        stems: stems.collect(),
        titles: titles.iter().map(|span| fold::key(page.words(*span))).collect(),
        language,
        lexicon,
        live: lines.iter().filter(|line| line.look == Look::Clock).count() >= LIVE,
        posts: lines.iter().filter(|line| line.look == Look::Post).count(),
        zone: Zone::Open,
        drafts: Vec::new(),
        known: FxHashSet::default(),
        heads: FxHashSet::default(),
    };
    let mut at = 0;
    while let Some(prose) = walk.anchor(at) {
        let end = (prose..lines.len())
            .find(|i| !matches!(lines[*i].look, Look::Prose | Look::Short))
            .unwrap_or(lines.len());
        walk.lead(at, prose, end);
        at = end;
    }
    walk.close(at, lines.len());
    let mut drafts = walk.drafts;
    if page.elements.len() > 1 {
        for draft in &mut drafts {
            confine(page, lines, draft);
        }
    }
    drafts
}

/// Body bytes of a thousand that an element must hold to be the article's own. What stands outside
/// of it is furniture that no word gave away. Swept on the open extraction pages from 600 to 950.
const OWN: usize = 750;

/// Drops what lies outside of the element that holds nearly all of the body, and takes the list
/// items inside of it.
fn confine(page: &Page, lines: &[Line], draft: &mut Draft) {
    let bytes = |i: usize| lines[i].span.len();
    let total = draft.body.iter().map(|i| bytes(*i)).sum::<usize>();
    let mut root = 0_u32;
    let mut path = Vec::new();
    let Some(&longest) = draft.body.iter().max_by_key(|i| bytes(**i)) else { return };
    let mut element = lines[longest].element;
    while element != 0 {
        path.push(element);
        element = page.elements[element as usize].parent;
    }
    for element in path.into_iter().rev() {
        let held = draft.body.iter().filter(|i| html::within(page, lines[**i].element, element));
        if held.map(|i| bytes(*i)).sum::<usize>() * 1000 < total * OWN {
            break;
        }
        root = element;
    }
    draft.body.retain(|i| html::within(page, lines[*i].element, root));
    let (Some(&first), Some(&last)) = (draft.body.first(), draft.body.last()) else { return };
    let listed = (first..last).filter(|i| {
        let line = &lines[*i];
        line.item
            && line.look == Look::Head
            && line.n_words >= 3
            && html::within(page, line.element, root)
    });
    draft.body.extend(listed);
    draft.body.sort_unstable();
    draft.body.dedup();
    // Credits may stand beneath the body's element, but not far.
    draft.last = draft.last.min(last + 6);
}

struct Walk<'a> {
    page: &'a Page,
    lines: &'a [Line],
    stems: Vec<Vec<u64>>,
    /// Keys of what the colophon calls the article.
    titles: Vec<String>,
    language: &'a Language,
    lexicon: &'a Lexicon,
    live: bool,
    posts: usize,
    zone: Zone,
    drafts: Vec<Draft>,
    /// Stems of the current article.
    known: FxHashSet<u64>,
    /// Keys of the headlines that had an article.
    heads: FxHashSet<String>,
}

/// The signs in a lead of what comes after it.
struct Signs {
    /// First line that can belong to what comes after: after the last standing words.
    from: usize,
    head: Option<usize>,
    /// First line of an outlet and age above the headline.
    first: Option<usize>,
    score: i32,
    affinity: usize,
    marked: bool,
    /// Something beside the headline's own words parts it from what stands above.
    parted: bool,
}

impl Walk<'_> {
    /// The next line from `at` on that opens a run of prose.
    fn anchor(&self, at: usize) -> Option<usize> {
        (at..self.lines.len()).find(|&i| match self.lines[i].look {
            Look::Prose => true,
            Look::Short => {
                let next = self.lines.get(i + 1).map(|line| line.look);
                matches!(next, Some(Look::Prose))
                    || matches!(next, Some(Look::Short))
                        && matches!(
                            self.lines.get(i + 2).map(|line| line.look),
                            Some(Look::Short | Look::Prose)
                        )
                    || !self.drafts.is_empty() && self.zone == Zone::Open
            }
            _ => false,
        })
    }

    /// Decides about the prose `prose..end` after the lead `at..prose`.
    fn lead(&mut self, at: usize, prose: usize, end: usize) {
        let was = self.zone;
        let mut stop = self.enter(at, prose);
        if self.lines[prose].related && !self.drafts.is_empty() {
            let first = (at..prose).rev().take_while(|i| self.lines[*i].related).last();
            let first = first.unwrap_or(prose);
            if was != Zone::Related && stop.is_none() && first > 0 {
                self.zone = Zone::Related;
                stop = Some((first, first - 1));
            }
        }
        let signs = self.signs(stop.map_or(at, |(_, last)| last + 1), prose, end);
        let open = !self.drafts.is_empty() && was == Zone::Open;
        let begins = self.begins(&signs, prose, end, open, stop.is_some());
        if begins && open && self.restarts(&signs) {
            // A gallery stood between the headline and its repetition above the text.
            let draft = self.drafts.last_mut().expect("an article to restart");
            draft.foreign.append(&mut draft.body);
            draft.foreign.extend(signs.head);
            self.known.clear();
            self.go_on(prose, prose, end);
        } else if begins {
            let first = signs.first.or(signs.head).unwrap_or(prose);
            if open {
                let until = stop.map_or(first, |(first_stop, _)| first_stop);
                self.trail(at, until);
            }
            self.begin(&signs, first, prose, end);
        } else if open && stop.is_none() {
            self.go_on(at, prose, end);
        } else if self.resumes(&signs, prose, end) {
            let zone = self.zone;
            self.zone = Zone::Open;
            let draft = self.drafts.last_mut().expect("an article to resume");
            if zone != Zone::Open || stop.is_some() {
                draft.foreign.extend(draft.last + 1..prose);
            }
            self.go_on(prose, prose, end);
        } else if open {
            let until = stop.map_or(prose, |(first_stop, _)| first_stop);
            self.trail(at, until);
        }
    }

    /// Reads the standing words of a lead into the zone; its first and last such line.
    fn enter(&mut self, at: usize, until: usize) -> Option<(usize, usize)> {
        let mut stops: Option<(usize, usize)> = None;
        for i in at..until {
            let zone = match self.lines[i].look {
                Look::Standing(Standing::Comments) => Zone::Comments,
                Look::Standing(Standing::Related) => Zone::Related,
                Look::Standing(Standing::Paywall) => Zone::Paywall,
                Look::Standing(Standing::End) => Zone::End,
                Look::Post => Zone::Thread,
                _ => continue,
            };
            // Above the first article such words are buttons: "View Comments" under a headline.
            if self.drafts.is_empty() && zone != Zone::Thread {
                continue;
            }
            // Readers' words last until other articles are announced.
            let sticky = matches!(self.zone, Zone::Comments) && zone != Zone::Related
                || self.zone == Zone::Related && zone == Zone::End
                || self.zone == Zone::Paywall && zone == Zone::End;
            if !sticky {
                self.zone = zone;
            }
            stops = Some((stops.map_or(i, |(first, _)| first), i));
        }
        stops
    }

    fn signs(&self, from: usize, prose: usize, end: usize) -> Signs {
        let sample = self.sample(prose, end);
        let (head, affinity) = self.headline(from, prose, &sample);
        let mut signs =
            Signs { from, head, first: None, score: 0, affinity, marked: false, parted: false };
        let Some(head) = head else { return signs };
        let line = &self.lines[head];
        let mut above = head;
        while above > from && self.is_above(above - 1, from) {
            above -= 1;
        }
        let aged = (above..prose).any(|i| self.lines[i].look == Look::Age);
        if above < head || line.outlet.is_some() {
            signs.first = Some(above);
            signs.score += if aged || line.outlet.is_some() { 4 } else { 2 };
        }
        signs.marked = aged || line.outlet.is_some();
        let below = head + 1..prose;
        let told = |look| below.clone().any(|i| self.lines[i].look == look);
        if told(Look::Byline) || told(Look::Outlet) {
            signs.score += 4;
            signs.marked = true;
        } else if told(Look::Date) {
            // A film in the text has a title and a date too.
            signs.score += 3;
            signs.marked = true;
        } else if told(Look::Capitals) || aged && above == head {
            signs.score += 3;
        }
        let opening = self.lines[prose].span.of(&self.page.text);
        let (place, agency) = credit::dateline(opening, self.lexicon);
        signs.score += if place.is_some() || agency.is_some() { 2 } else { 0 };
        let gap = line.gap >= 2 || self.lines[above].gap >= 2;
        signs.score += i32::from(gap);
        let again = self.is_again(head);
        signs.score += if again { 5 } else { 0 };
        let closed = (from.saturating_sub(1)..head).any(|i| self.lines[i].closes);
        signs.score += if closed { 2 } else { 0 };
        let kicker = head > from && self.lines[head - 1].look == Look::Capitals;
        signs.score += i32::from(kicker);
        signs.parted = signs.score > 0;
        let n_stems = self.stems[head].len();
        signs.score += match affinity {
            600.. if n_stems >= 4 => 2,
            400.. if n_stems >= 3 => 1,
            0..150 => -2,
            _ => 0,
        };
        signs.score += match line.n_words {
            0..=3 => -3,
            4..=5 => 0,
            _ => 1,
        };
        let novel = self.sample_stems(prose, end);
        signs.score += match per_mille(&novel, &self.known) {
            0..150 => 3,
            150..250 => 2,
            500.. => -1,
            _ => 0,
        };
        signs
    }

    /// Whether line `i` is an outlet or an age above a headline.
    fn is_above(&self, i: usize, from: usize) -> bool {
        let line = &self.lines[i];
        match line.look {
            Look::Age => true,
            // A section bears the name of a magazine: "SCIENCE".
            Look::Outlet => {
                let words = line.span.of(&self.page.text);
                let outlet = self.lexicon.outlets.find(words);
                let aged = self
                    .lines
                    .get(i + 1)
                    .is_some_and(|line| matches!(line.look, Look::Age | Look::Outlet));
                line.n_words > 1
                    || aged
                    || self.lines[i - usize::from(i > from)].look == Look::Age
                    || credit::is_agency(outlet, self.lexicon)
            }
            Look::Head | Look::Capitals if line.n_words <= 6 => {
                let words = line.span.of(&self.page.text);
                let name = words.trim_start_matches(['-', '–', '—', ' ']);
                let next = self.lines.get(i + 1);
                let dashed = name.len() < words.len()
                    && i > from
                    && (from..i).any(|j| self.lines[j].span.of(&self.page.text) == name);
                let aged = next.is_some_and(|line| line.look == Look::Age);
                dashed || aged || self.is_masthead(name)
            }
            _ => false,
        }
    }

    /// Whether the words have the shape of an outlet's name: all in capitals at their start, one of
    /// them a word that such names are made of.
    fn is_masthead(&self, words: &str) -> bool {
        let press = &self.language.press;
        let n = words.split_whitespace().count();
        (2..=5).contains(&n)
            && words
                .split_whitespace()
                .all(|w| w.starts_with(char::is_uppercase) || self.language.function_words.has(w))
            && words.split_whitespace().any(|w| press.outlet_word.has(&fold::fold(w)))
    }

    /// The line of the headline in `from..prose` and how many of a thousand of its content words
    /// the prose shares.
    fn headline(
        &self,
        from: usize,
        prose: usize,
        sample: &FxHashSet<u64>,
    ) -> (Option<usize>, usize) {
        let text = &self.page.text;
        let mut best: Option<(usize, usize)> = None;
        for i in from..prose {
            let line = &self.lines[i];
            let words = line.core.of(text);
            let titled = line.n_words >= 2 && self.is_title(words);
            let affinity = per_mille(&self.stems[i], sample);
            // Below a byline or a time of day stand subheads.
            let told = matches!(line.look, Look::Byline | Look::Clock);
            if told && best.is_some_and(|(_, share)| share >= 150) {
                break;
            }
            if titled && line.look != Look::Standing(Standing::Inline) {
                return (Some(i), affinity);
            }
            let fits = matches!(line.look, Look::Head | Look::Capitals | Look::Short)
                && (line.look != Look::Short || line.heading.is_some())
                && line.n_words >= 3
                && line.n_words <= 34
                && !self.is_above(i, from);
            if !fits || line.n_words == 3 && affinity < 300 {
                continue;
            }
            // The first of equals; a later line must do clearly better than the one above it.
            let better = best.is_none_or(|(was, share)| {
                // Four words in capitals are a blog's own shout more often than a headline.
                if self.lines[was].look == Look::Capitals && line.look == Look::Head {
                    return affinity + 200 >= share;
                }
                affinity >= share + 300 && share < 600
            });
            if better {
                best = Some((i, affinity));
            }
        }
        best.map_or((None, 0), |(i, affinity)| (Some(i), affinity))
    }

    /// Whether the colophon calls the article so; a page's title may have the site's name after it.
    fn is_title(&self, words: &str) -> bool {
        let key = fold::key(words);
        self.titles.iter().any(|title| {
            *title == key
                || key.len() * 2 > title.len()
                    && key.len() > 15
                    && title.strip_prefix(key.as_str()).is_some_and(|rest| rest.starts_with(' '))
        })
    }

    /// Stems of the first paragraphs.
    fn sample(&self, prose: usize, end: usize) -> FxHashSet<u64> {
        (prose..end.min(prose + 6)).flat_map(|i| self.stems[i].iter().copied()).collect()
    }

    fn sample_stems(&self, prose: usize, end: usize) -> Vec<u64> {
        let mut stems = (prose..end.min(prose + 2))
            .flat_map(|i| self.stems[i].iter().copied())
            .collect::<Vec<_>>();
        stems.sort_unstable();
        stems.dedup();
        stems
    }

    /// Whether the prose begins an article.
    fn begins(&self, signs: &Signs, prose: usize, end: usize, open: bool, stopped: bool) -> bool {
        let n_prose = (prose..end).filter(|i| self.lines[*i].look == Look::Prose).count();
        let n_bytes = (prose..end).map(|i| self.lines[i].span.len()).sum::<usize>();
        let solid = n_prose >= 2 || n_bytes >= 330;
        if self.drafts.is_empty() {
            return match self.zone {
                Zone::Thread => signs.head.is_some_and(|head| {
                    let pasted = signs.affinity >= 200 && n_prose >= 3;
                    self.lines[head].outlet.is_some() || signs.marked || pasted
                }),
                Zone::Comments => signs.head.is_some() && signs.affinity >= 400 && n_prose >= 3,
                _ => n_prose > 0,
            };
        }
        let Some(head) = signs.head else { return false };
        let weak = self.drafts.last().is_some_and(|draft| {
            let prose = draft.body.iter().filter(|i| self.lines[**i].look == Look::Prose);
            self.drafts.len() == 1 && draft.head.is_none() && prose.count() < 2
        });
        // A notice or a caption above the first headline was taken for an article.
        if weak && open && signs.affinity >= 300 {
            return true;
        }
        if self.live && open {
            return false;
        }
        match self.zone {
            Zone::Comments => signs.score >= ANOTHER + 3 && solid && self.posts < 2,
            Zone::Thread => self.lines[head].outlet.is_some() && solid,
            Zone::Paywall | Zone::End if stopped || !open => signs.score >= ANOTHER && solid,
            Zone::Related => signs.score >= ANOTHER - 2 && (solid || signs.marked),
            _ => signs.score >= ANOTHER && signs.parted,
        }
    }

    /// Whether the headline was printed above an earlier article, there perhaps with the site's
    /// name behind it.
    fn is_again(&self, head: usize) -> bool {
        let key = fold::key(self.lines[head].core.of(&self.page.text));
        self.heads.contains(&key)
            || self.drafts.last().and_then(|draft| draft.head).is_some_and(|own| {
                let own = fold::key(self.lines[own].core.of(&self.page.text));
                key.len() > 20 && own.starts_with(&key)
            })
    }

    /// Whether the headline of the open article is printed again after next to no body.
    fn restarts(&self, signs: &Signs) -> bool {
        let Some(draft) = self.drafts.last() else { return false };
        let bytes = draft.body.iter().map(|i| self.lines[*i].span.len()).sum::<usize>();
        let same = signs.head.is_some_and(|head| self.is_again(head)) && draft.head.is_some();
        same && self.drafts.len() == 1 && (bytes < 700 || draft.body.len() <= 2)
    }

    fn begin(&mut self, signs: &Signs, first: usize, prose: usize, end: usize) {
        let draft = Draft {
            first: first.max(signs.from).min(prose),
            last: end - 1,
            head: signs.head,
            body: Vec::new(),
            foreign: Vec::new(),
            zone: self.zone,
            marked: signs.marked,
        };
        if let Some(head) = signs.head {
            self.heads.insert(fold::key(self.lines[head].core.of(&self.page.text)));
        }
        self.zone = Zone::Open;
        self.known.clear();
        self.drafts.push(draft);
        self.go_on(prose, prose, end);
    }

    /// The prose goes on with the article; the lead `at..prose` lies inside it.
    fn go_on(&mut self, at: usize, prose: usize, end: usize) {
        for i in at..prose {
            // A long line without a full stop between paragraphs: a list item, a verse, a message.
            if self.is_loose(i) {
                self.take(i);
            }
        }
        for i in prose..end {
            self.take(i);
        }
        let draft = self.drafts.last_mut().expect("an article to go on with");
        draft.last = draft.last.max(end - 1);
    }

    /// A line without a full stop that goes with the paragraph above it: a long one, or a question.
    fn is_loose(&self, i: usize) -> bool {
        let line = &self.lines[i];
        let above = i.checked_sub(1).map(|above| self.lines[above].look);
        let asks = line.span.of(&self.page.text).ends_with('?') && line.n_words >= 7;
        line.look == Look::Head
            && (line.n_words >= 16 || asks && matches!(above, Some(Look::Prose | Look::Short)))
    }

    fn take(&mut self, i: usize) {
        self.known.extend(self.stems[i].iter().copied());
        let draft = self.drafts.last_mut().expect("an article to go on with");
        draft.body.push(i);
    }

    /// Whether the prose after standing words belongs to the article before them: it uses its
    /// words. A run of paragraphs needs fewer of them than a single one, and none may be a
    /// reader's.
    fn resumes(&self, signs: &Signs, prose: usize, end: usize) -> bool {
        if self.drafts.is_empty() {
            return false;
        }
        if self.shares_container(prose) && self.zone != Zone::Paywall {
            return true;
        }
        if self.lines[prose].look != Look::Prose && end - prose < 2 {
            return false;
        }
        let n_prose = (prose..end).filter(|i| self.lines[*i].look == Look::Prose).count();
        let mut stems = (prose..end.min(prose + 6))
            .flat_map(|i| self.stems[i].iter().copied())
            .collect::<Vec<_>>();
        stems.sort_unstable();
        stems.dedup();
        let share = per_mille(&stems, &self.known);
        let body = self.drafts.last().map_or(&[][..], |draft| &draft.body);
        let bytes = body.iter().map(|i| self.lines[*i].span.len()).sum::<usize>();
        let bound = match n_prose {
            // Other articles come with headlines; without one the box was only in the way.
            2.. if signs.head.is_none() && self.zone != Zone::End => 50,
            // A sign-up box after the first sentences: too few words to compare with.
            3.. if bytes < 330 => 0,
            3.. => 80,
            2 => 180,
            _ => 350,
        };
        match self.zone {
            Zone::End | Zone::Related | Zone::Open => share >= bound,
            Zone::Comments => self.posts == 0 && n_prose >= 3 && share >= 350,
            Zone::Thread | Zone::Paywall => false,
        }
    }

    /// Whether the markup puts the line beside the last paragraph of the article.
    fn shares_container(&self, i: usize) -> bool {
        let parent = |line: &Line| self.page.elements[line.element as usize].parent;
        let Some(&last) = self.drafts.last().and_then(|draft| draft.body.last()) else {
            return false;
        };
        let (line, last) = (&self.lines[i], &self.lines[last]);
        parent(line) > 0
            && parent(line) == parent(last)
            && line.element != last.element
            && !line.related
    }

    /// The lines of `at..until` that end the open article: credits, bylines, captions.
    fn trail(&mut self, at: usize, until: usize) {
        let thread = self.zone == Zone::Thread;
        let own = |i: &usize| {
            matches!(
                self.lines[*i].look,
                Look::Credit
                    | Look::Byline
                    | Look::Caption
                    | Look::Tagline
                    | Look::Outlet
                    | Look::Date
            )
        };
        let mut last = None;
        if at < until && self.is_loose(at) && self.lines[at].n_words < 16 {
            self.take(at);
            last = Some(at);
        }
        // Four lines without any are no longer its end.
        for i in at..until {
            if own(&i) {
                last = Some(i);
            } else if i > last.unwrap_or(at) + 3 {
                break;
            }
        }
        let draft = self.drafts.last_mut().expect("an open article");
        if let Some(last) = last {
            draft.last = last;
        }
        // A reader's own words under a quoted article: a short paragraph that shares nothing.
        if let (true, Some(&end), true) = (thread, draft.body.last(), draft.body.len() > 2) {
            let rest = draft.body[..draft.body.len() - 1].iter();
            let rest = rest.flat_map(|i| self.stems[*i].iter().copied()).collect::<FxHashSet<_>>();
            if self.lines[end].n_words <= 20 && per_mille(&self.stems[end], &rest) < 200 {
                draft.body.pop();
                draft.last = *draft.body.last().expect("two more paragraphs");
            }
        }
    }

    /// The end of the page: the last lead has no prose after it.
    fn close(&mut self, at: usize, until: usize) {
        let open = !self.drafts.is_empty() && self.zone == Zone::Open;
        let stop = self.enter(at, until);
        if open {
            self.trail(at, stop.map_or(until, |(first, _)| first));
        }
    }
}

/// The span from the first to the last line of a draft.
pub(super) fn span(draft: &Draft, lines: &[Line]) -> Span {
    lines[draft.first].span.hull(lines[draft.last].span)
}
