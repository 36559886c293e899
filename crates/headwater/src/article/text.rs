//! Text: articles on a page whose only markup is its lines.
//!
//! Prose is what articles are made of. Between two runs of prose stands a *lead*: headlines,
//! bylines, outlets, ages, standing words. Each lead is asked one question: does the prose after
//! it go on with the article, begin another, or belong to nobody?

mod front;
mod own;
mod sign;

use headwater_page::{Page, Span};
use rustc_hash::FxHashSet;

use self::sign::Signs;
use super::colophon;
use super::html;
use super::line::{Line, Look, Markup};
use super::vocabulary::{per_mille, stems};
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
    /// Lines among the prose that are no sentences: subheads, cells of tables.
    pub(super) inserts: Vec<usize>,
    /// Between `first` and `last`, what is not its own: standing words and what they govern.
    pub(super) foreign: Vec<usize>,
    /// The element that holds its body; the page itself where no markup tells.
    pub(super) root: u32,
    /// What it stood under.
    pub(super) zone: Zone,
    /// Whether a byline, date, age or outlet marks it as an item.
    pub(super) marked: bool,
    /// Whether an age or outlet above its headline does.
    pub(super) named: bool,
    /// Whether it is one of a front page's pairs of headline and paragraph.
    pub(super) leads: bool,
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
        front: front::heads(lines),
        posts: lines.iter().filter(|line| line.look == Look::Post).count(),
        zone: Zone::Open,
        drafts: Vec::new(),
        known: FxHashSet::default(),
        heads: FxHashSet::default(),
        said: FxHashSet::default(),
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
        let regions = html::regions(page);
        for i in 0..drafts.len() {
            let end = drafts.get(i + 1).map_or(lines.len(), |next| next.first);
            own::confine(page, &regions, lines, &mut drafts[i], end);
        }
    }
    drafts
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
    /// The headlines of a front page.
    front: Vec<usize>,
    posts: usize,
    zone: Zone,
    drafts: Vec<Draft>,
    /// Stems of the current article.
    known: FxHashSet<u64>,
    /// Keys of the headlines that had an article.
    heads: FxHashSet<String>,
    /// Hashes of the paragraphs of the current article.
    said: FxHashSet<u64>,
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
                    || !self.drafts.is_empty() && self.zone == Zone::Open && !self.is_cut_off(i)
            }
            _ => false,
        })
    }

    /// Whether a ruled line parts a short line, the last of a plain text, from what stands above.
    fn is_cut_off(&self, i: usize) -> bool {
        let above = i.checked_sub(1).is_some_and(|above| self.is_rule(above));
        above && self.lines[i + 1..].iter().all(|line| line.look != Look::Prose)
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
        let mut signs = self.signs(stop.map_or(at, |(_, last)| last + 1), prose, end);
        let open = !self.drafts.is_empty() && was == Zone::Open;
        let boxed = self.is_boxed(&signs, at, prose);
        let again = self.again(signs.from, prose);
        let fronts = prose.checked_sub(1).filter(|head| self.front.binary_search(head).is_ok());
        signs.head = again.or(fronts).or(signs.head);
        let begins = again.is_some()
            || fronts.is_some()
            || !boxed
                && !self.is_paragraph(&signs)
                && self.begins(&signs, prose, end, open, stop.is_some());
        if begins && open && again.is_none() && self.restarts(&signs) {
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
        } else if open && stop.is_none() && !boxed {
            self.go_on(at, prose, end);
        } else if boxed || self.resumes(&signs, prose, end) {
            let zone = self.zone;
            self.zone = Zone::Open;
            let draft = self.drafts.last_mut().expect("an article to resume");
            if zone != Zone::Open || stop.is_some() || boxed {
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
            self.drafts.len() == 1 && draft.head.is_none() && prose.take(2).count() < 2
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
            // Where the colophon names the article at hand, the page is about that one.
            _ if self.is_titled() && !signs.marked => signs.score >= ANOTHER + 2 && signs.parted,
            _ => signs.score >= ANOTHER && signs.parted,
        }
    }

    /// Whether the open article is what the colophon says that the page is about.
    fn is_titled(&self) -> bool {
        let head = self.drafts.last().and_then(|draft| draft.head);
        head.is_some_and(|head| self.is_title(self.lines[head].core.of(&self.page.text)))
    }

    /// Whether the headline of the open article is printed again after next to no body.
    fn restarts(&self, signs: &Signs) -> bool {
        let Some(draft) = self.drafts.last() else { return false };
        let bytes = draft.body.iter().map(|i| self.lines[*i].span.len()).sum::<usize>();
        let same = signs.head.is_some_and(|head| self.is_again(head)) && draft.head.is_some();
        same && self.drafts.len() == 1 && (bytes < 700 || draft.body.len() <= 2)
    }

    /// The headline in `from..prose`, if it and the prose stand in the open article already: the page
    /// holds it twice, for wide screens and for small ones, or for the printer.
    fn again(&self, from: usize, prose: usize) -> Option<usize> {
        let said = self.said.contains(&fold::hash(self.lines[prose].span.of(&self.page.text)));
        (from..prose).filter(|_| said).find(|i| self.lines[*i].n_words >= 3 && self.is_again(*i))
    }

    fn begin(&mut self, signs: &Signs, first: usize, prose: usize, end: usize) {
        let draft = Draft {
            first: first.max(signs.from).min(prose),
            last: end - 1,
            head: signs.head,
            body: Vec::new(),
            inserts: Vec::new(),
            foreign: Vec::new(),
            root: 0,
            zone: self.zone,
            marked: signs.marked,
            named: signs.first.is_some(),
            leads: signs.head.is_some_and(|head| self.front.binary_search(&head).is_ok()),
        };
        if let Some(head) = signs.head {
            self.heads.insert(fold::key(self.lines[head].core.of(&self.page.text)));
        }
        self.zone = Zone::Open;
        self.known.clear();
        self.said.clear();
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
            && !line.related
            && line.markup != Markup::Link
            && (line.n_words >= 16 || asks && matches!(above, Some(Look::Prose | Look::Short)))
    }

    fn take(&mut self, i: usize) {
        self.said.insert(fold::hash(self.lines[i].span.of(&self.page.text)));
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
        let bytes = body.iter().take(8).map(|i| self.lines[*i].span.len()).sum::<usize>();
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

    /// Whether the line stands in the same kind of part as the last paragraph of the article, beside
    /// that part.
    fn continues_container(&self, i: usize) -> bool {
        let Some(&last) = self.drafts.last().and_then(|draft| draft.body.last()) else {
            return false;
        };
        let elements = &self.page.elements;
        let part = |line: &Line| &elements[elements[line.element as usize].parent as usize];
        let (one, other) = (part(&self.lines[last]), part(&self.lines[i]));
        one.parent == other.parent
            && one.parent > 0
            && !one.hints.is_empty()
            && (&one.tag, &one.hints) == (&other.tag, &other.hints)
            && !self.lines[i].related
    }

    /// Whether the headline is a link in a box of its own that stands among the article's
    /// paragraphs: the prose after it is theirs again.
    fn is_boxed(&self, signs: &Signs, at: usize, prose: usize) -> bool {
        let Some(head) = signs.head else { return false };
        // A single link between two parts of one kind is an item's headline.
        let links = (at..prose).filter(|i| self.lines[*i].markup == Markup::Link).count();
        let twin = links >= 2 && self.continues_container(prose);
        let elements = &self.page.elements;
        let mut container = elements[self.lines[prose].element as usize].parent;
        if !self.shares_container(prose) {
            if !twin {
                return false;
            }
            container = elements[container as usize].parent;
        }
        let mut part = self.lines[head].element;
        while part > container && elements[part as usize].parent != container {
            part = elements[part as usize].parent;
        }
        let boxes = ["div", "ul", "ol", "section", "table", "figure", "blockquote"];
        part > container
            && !html::within(self.page, self.lines[prose].element, part)
            && self.lines[head].markup == Markup::Link
            && boxes.contains(&elements[part as usize].tag.as_str())
    }

    /// The lines of `at..until` that end the open article: credits, bylines, captions.
    fn trail(&mut self, at: usize, until: usize) {
        let thread = self.zone == Zone::Thread;
        let mut last = None;
        if at < until && self.is_loose(at) && self.lines[at].n_words < 16 {
            self.take(at);
            last = Some(at);
        }
        // Four lines without any are no longer its end.
        for i in at..until {
            if self.lines[i].look.is_own() {
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
