//! Sign: what in a lead tells whose the prose after it is.

use rustc_hash::FxHashSet;

use super::super::credit;
use super::super::imprint;
use super::super::line::{Line, Look, Markup};
use super::super::vocabulary::per_mille;
use super::Walk;
use crate::fold;
use crate::lexicon::Standing;

/// Without any other sign, a line of so many words, of which the prose has so many of a thousand,
/// turns to another article, if that one's words are known well enough to be missed. Subheads are
/// shorter. Set on articles of the open pages printed without bylines.
const TURN_WORDS: usize = 7;
const TURN_AFFINITY: usize = 400;
const TURN_KNOWN: usize = 40;

/// The signs in a lead of what comes after it.
pub(super) struct Signs {
    /// First line that can belong to what comes after: after the last standing words.
    pub(super) from: usize,
    pub(super) head: Option<usize>,
    /// First line of an outlet and age above the headline.
    pub(super) first: Option<usize>,
    pub(super) score: i32,
    pub(super) affinity: usize,
    pub(super) marked: bool,
    /// Something beside the headline's own words parts it from what stands above.
    pub(super) parted: bool,
}

impl Walk<'_> {
    pub(super) fn signs(&self, from: usize, prose: usize, end: usize) -> Signs {
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
        let gap = self.lines[from..=head].iter().any(|line| line.gap >= 2);
        signs.score += i32::from(gap);
        let again = self.is_again(head);
        signs.score += if again { 5 } else { 0 };
        let closed = (from.saturating_sub(1)..head).any(|i| self.lines[i].closes);
        signs.score += if closed { 2 } else { 0 };
        // A rule between paragraphs is a pause; right above a headline it parts two articles.
        let ruled = (from..above).rev().find(|i| self.is_rule(*i));
        signs.score += match ruled {
            Some(rule) if rule + 1 == above && line.n_words >= 5 => 3,
            Some(_) => 1,
            None => 0,
        };
        signs.score += if self.is_twin(head, prose) { 3 } else { 0 };
        // A line that says where the text came from ends it.
        let credited = self.lines[from..head].iter();
        let credited = credited.filter(|line| matches!(line.look, Look::Credit | Look::Tagline));
        signs.score += if credited.count() > 0 { 2 } else { 0 };
        // A subhead ranks below its headline.
        let open = self.drafts.last().and_then(|draft| self.lines[draft.head?].heading);
        let ranks = open.zip(line.heading).is_some_and(|(open, rank)| rank <= open);
        signs.score += if ranks { 2 } else { 0 };
        signs.score += if self.is_next_number(head) { 2 } else { 0 };
        let kicker = head > from && self.lines[head - 1].look == Look::Capitals;
        signs.score += i32::from(kicker);
        // Between paragraphs a heading that is a link leads to another article.
        let leads = line.heading.is_some() && line.markup == Markup::Link;
        signs.score += if leads { 3 } else { 0 };
        let novel = per_mille(&self.sample_stems(prose, end), &self.known);
        let n_stems = self.stems[head].len();
        // A full headline of what comes next, above words of which the article has hardly any.
        let turns = line.n_words >= TURN_WORDS
            && n_stems >= 4
            && affinity >= TURN_AFFINITY
            && novel < 150
            && self.known.len() >= TURN_KNOWN;
        signs.parted = signs.score > 0 || turns;
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
        signs.score += match novel {
            0..150 => 3,
            150..250 => 2,
            500.. => -1,
            _ => 0,
        };
        signs
    }

    /// Whether headline and prose stand in a part of their own beside the one that holds the open
    /// article, made like it.
    fn is_twin(&self, head: usize, prose: usize) -> bool {
        let Some(draft) = self.drafts.last() else { return false };
        let (Some(first), Some(&last)) =
            (draft.head.or(draft.body.first().copied()), draft.body.last())
        else {
            return false;
        };
        let part = |a: usize, b: usize| self.around(self.lines[a].element, self.lines[b].element);
        let (open, next) = (part(first, last), part(head, prose));
        let elements = &self.page.elements;
        let (one, other) = (&elements[open as usize], &elements[next as usize]);
        open != next
            && open > 0
            && next > 0
            && one.parent == other.parent
            && (&one.tag, &one.hints) == (&other.tag, &other.hints)
            && draft.head.is_some()
    }

    /// The innermost element around both.
    fn around(&self, mut one: u32, mut other: u32) -> u32 {
        while one != other {
            if one > other {
                one = self.page.elements[one as usize].parent;
            } else {
                other = self.page.elements[other as usize].parent;
            }
        }
        one
    }

    /// Whether the line is ruled: "=====", "* * *".
    pub(super) fn is_rule(&self, i: usize) -> bool {
        let words = self.lines[i].span.of(&self.page.text);
        let mut marks = words.chars().filter(|c| !c.is_whitespace());
        let first = marks.next().filter(|c| "-=*_~#•–—+.".contains(*c));
        first.is_some_and(|first| marks.clone().count() >= 2 && marks.all(|c| c == first))
    }

    /// Whether headlines are numbered and this one comes right after that of the open article.
    fn is_next_number(&self, head: usize) -> bool {
        let number = |i: usize| self.lines[i].number;
        let open = self.drafts.last().and_then(|draft| number(draft.head?));
        open.zip(number(head)).is_some_and(|(open, next)| next == open + 1)
    }

    /// Whether the markup makes a plain paragraph of the headline, beside those of the article: an
    /// ingredient, a verse, a question, but no headline.
    pub(super) fn is_paragraph(&self, signs: &Signs) -> bool {
        let plain = |head: &usize| {
            let line = &self.lines[*head];
            line.markup == Markup::Paragraph && line.heading.is_none()
        };
        let head = signs.head.filter(plain).filter(|_| !signs.marked);
        head.is_some_and(|head| self.is_titled() && self.shares_container(head))
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
                    && (from.max(i.saturating_sub(4))..i)
                        .any(|j| self.lines[j].span.of(&self.page.text) == name);
                let aged = next.is_some_and(|line| line.look == Look::Age);
                dashed || aged || imprint::heading(name, &self.language.press)
            }
            _ => false,
        }
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
            // The title of a newsletter is not its first item's headline.
            let kicker = self.is_kicker(i);
            if titled && affinity >= 150 && !kicker && line.look != Look::Standing(Standing::Inline)
            {
                return (Some(i), affinity);
            }
            let fits = matches!(line.look, Look::Head | Look::Capitals | Look::Short)
                && !kicker
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
                if self.is_shout(was) && line.look == Look::Head && !self.is_shout(i) {
                    return affinity + 200 >= share;
                }
                // Of a link and a heading that is none, and of a line and a heading, the heading.
                let (old, new) = (&self.lines[was], line);
                let firm = |line: &Line| line.heading.is_some() && line.markup != Markup::Link;
                let other = old.markup == Markup::Link || old.heading.is_none();
                if firm(new) && !firm(old) && other && !self.is_title(old.core.of(text)) {
                    return affinity >= share;
                }
                affinity >= share + 300 && share < 600
            });
            if better {
                best = Some((i, affinity));
            }
        }
        let Some((best, affinity)) = best else { return (None, 0) };
        // The bar that goes along with the reader has the headline's words before the headline.
        let key = |i: usize| fold::key(self.lines[i].core.of(text));
        let same = |i: &usize| self.lines[*i].heading == Some(1) && key(*i) == key(best);
        let heading = (best + 1..prose).find(same).filter(|_| self.lines[best].heading != Some(1));
        (Some(heading.unwrap_or(best)), affinity)
    }

    /// Whether the line is a few words in capitals, as a blog or a kicker shouts.
    fn is_shout(&self, i: usize) -> bool {
        let words = self.lines[i].core.of(&self.page.text);
        self.lines[i].n_words <= 6 && !words.contains(char::is_lowercase)
    }

    /// Whether the line is a shout of one or two words with a meaning, right above a headline.
    fn is_kicker(&self, i: usize) -> bool {
        let next = self.lines.get(i + 1).filter(|next| next.look == Look::Head);
        self.is_shout(i)
            && self.stems[i].len() <= 2
            && next.is_some_and(|next| next.n_words >= 5 && !self.is_shout(i + 1))
    }

    /// Whether the colophon calls the article so; a page's title may have the site's name after it.
    pub(super) fn is_title(&self, words: &str) -> bool {
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

    /// Whether the headline was printed above an earlier article, there perhaps with the site's
    /// name behind it.
    pub(super) fn is_again(&self, head: usize) -> bool {
        let key = fold::key(self.lines[head].core.of(&self.page.text));
        self.heads.contains(&key)
            || self.drafts.last().and_then(|draft| draft.head).is_some_and(|own| {
                let own = fold::key(self.lines[own].core.of(&self.page.text));
                key.len() > 20 && own.starts_with(&key)
            })
    }
}
