//! Compose: drafts to articles, their lines sorted into fields.

mod role;
mod sort;

use std::cell::OnceCell;

use headwater_page::{Page, PageIx, Span};
use rustc_hash::FxHashSet;

use super::imprint;
use super::line::{Line, Look, Shift};
use super::text::{self, Draft, Zone};
use super::vocabulary::{per_mille, stems};
use super::{
    Article, Basis, Credit, CreditForm, Published, Publisher, Role, colophon, credit, published,
};
use crate::date::{self, Interval};
use crate::fold;
use crate::lexicon::{Language, Lexicon, OutletIx};

/// Body bytes below which one paragraph under a headline is a teaser where other articles are.
const THIN: usize = 330;
/// The same where the colophon says that the page is about another article.
const THIN_BESIDE: usize = 600;
/// A headline of which the body has fewer of a thousand content words belongs to somebody else.
/// On the open pages strays share 0 to 270, unmarked headlines of their own 290 and more.
const STRAY: usize = 280;
/// The same where a byline or date stands between headline and body.
const STRAY_MARKED: usize = 100;
/// How many lines above an article the page is looked through for the headline of its colophon.
const SHOWN: usize = 12;

/// The articles of the drafts, in order.
pub(super) fn articles(
    page: &Page,
    ix: PageIx,
    lines: &[Line],
    drafts: &[Draft],
    language: &Language,
    lexicon: &Lexicon,
) -> Vec<Article> {
    let agencies = agencies(page, lines, language, lexicon);
    let composer = Composer { page, ix, lines, language, lexicon, agencies };
    let titled = drafts.iter().position(|draft| composer.is_titled(draft));
    let thin = drafts.iter().enumerate().map(|(i, draft)| {
        let beside = titled.is_some_and(|main| main != i) && !draft.named;
        composer.is_thin(draft, if beside { THIN_BESIDE } else { THIN })
    });
    let thin = thin.collect::<Vec<_>>();
    let n_thick = thin.iter().filter(|thin| !**thin).count();
    // A front page has only teasers; a page with one short report has that.
    let alone = n_thick == 0 && drafts.len() <= 2;
    let mut found = Vec::with_capacity(drafts.len());
    for (i, draft) in drafts.iter().enumerate() {
        let marked = page.elements.len() > 1;
        if thin[i] && !(alone && i == 0) {
            found.extend(composer.teaser(draft));
        } else if marked
            && titled.map_or(i > 0, |main| i != main)
            && draft.head.is_none_or(|head| composer.is_stray(head, draft))
        {
            // A run of foreign sentences beneath somebody's headline: a page of teasers.
        } else {
            found.push(composer.article(draft));
        }
    }
    role::roles(page, &mut found, drafts, &thin);
    role::titled_first(page, &mut found);
    composer.whole_page(&mut found, drafts);
    role::twins(page, &mut found);
    found
}

fn stated(page: &Page, span: Span, language: &Language) -> Option<Published> {
    let (at, when) = date::stated(span.of(&page.text), language)?;
    Some(Published { when, basis: Basis::Stated, span: at.shifted(span.start as usize) })
}

/// Keys of the agencies of which no lexicon knows: named in a dateline's bracket, or by a name that
/// says so, with and without those words.
fn agencies(
    page: &Page,
    lines: &[Line],
    language: &Language,
    lexicon: &Lexicon,
) -> FxHashSet<String> {
    let mut found = FxHashSet::default();
    for line in lines {
        let words = line.span.of(&page.text);
        if line.look == Look::Prose {
            let bracket = credit::dateline(words, lexicon).1.map(|span| span.of(words));
            let bracket = bracket.filter(|name| imprint::bracketed(name, language));
            let unknown = bracket.filter(|name| lexicon.outlets.credited(name).is_none());
            found.extend(unknown.map(fold::key));
        } else if line.look == Look::Outlet && imprint::agency(words, &language.press) {
            found.insert(fold::key(words));
            found.insert(fold::key(imprint::agency_name(words, &language.press)));
        }
    }
    found
}

struct Composer<'a> {
    page: &'a Page,
    ix: PageIx,
    lines: &'a [Line],
    language: &'a Language,
    lexicon: &'a Lexicon,
    /// Keys of the agencies that the page names and no lexicon knows.
    agencies: FxHashSet<String>,
}

impl Composer<'_> {
    /// What the page says for all its articles: publisher, date and authors of the colophon go to
    /// the main article; a date line above a digest dates the items that bear none.
    fn whole_page(&self, found: &mut [Article], drafts: &[Draft]) {
        let (page, language) = (self.page, self.language);
        // The same for all articles of a page, of which a hostile one has thousands.
        let imprinted = OnceCell::new();
        let above = drafts.first().map_or(0, |draft| draft.first);
        let dated = self.lines[..above].iter().filter(|line| line.look == Look::Date);
        let dated = dated.filter_map(|line| stated(page, line.span, language)).next_back();
        for article in found.iter_mut().filter(|article| article.role != Role::Teaser) {
            let main = article.role == Role::Main;
            let colophon = || main.then(|| colophon::publisher(page, self.lexicon)).flatten();
            let republished =
                || article.credits.iter().find(|credit| credit.form == CreditForm::Republished);
            let own = article
                .publisher
                .clone()
                .or_else(|| republished().is_none().then(colophon).flatten());
            // A publisher that names itself credits nobody: "(Outlet)" on the outlet's own page.
            let itself = own.as_ref().and_then(|publisher| publisher.outlet);
            if main && itself.is_some() {
                article.credits.retain(|credit| credit.outlet != itself);
            }
            let republished = article.credits.iter().find(|c| c.form == CreditForm::Republished);
            let publisher = own.or_else(|| republished.map(publisher_of));
            let publisher = publisher.or_else(|| self.credited(article));
            let publisher = publisher.or_else(|| main.then(|| self.masthead(above)).flatten());
            let publisher = publisher.or_else(|| {
                main.then(|| imprinted.get_or_init(|| self.imprint(drafts)).clone()).flatten()
            });
            article.publisher = publisher
                .or_else(|| self.speaks_of_itself(article))
                .or_else(|| imprint::speaks_of_itself(page, &article.paragraphs, language));
            Self::disown(article);
            if main && article.headline.is_none() {
                article.headline = self.titled(article);
                self.shown(article, above);
            }
            if main && article.headline.is_none() && article.credits.is_empty() {
                self.credited_above(article, above);
            }
            if main && article.byline.is_empty() {
                article.byline = colophon::authors(page);
                let person = |span: &Span| {
                    let name = page.words(*span);
                    credit::is_person(name, self.lexicon, &language.press) && !self.is_agency(name)
                };
                article.byline.retain(person);
            }
            if main {
                let said = published::of(page, Some(article), self.lexicon);
                article.published = said.or(article.published);
            }
            if matches!(article.role, Role::Main | Role::Digest) {
                article.published = article.published.or(dated);
            }
            article.published = article.published.or_else(|| self.relative(article.age?));
        }
    }

    /// The credits of the lines right above an article without a headline, where nothing but dates
    /// and bylines stands between: "/ Source: …" under a lost headline.
    fn credited_above(&self, article: &mut Article, above: usize) {
        let near = self.lines[..above].iter().rev().take(4);
        let near = near.take_while(|line| {
            matches!(line.look, Look::Credit | Look::Date | Look::Byline | Look::Clock)
        });
        for line in near.filter(|line| line.look == Look::Credit) {
            let words = line.span.of(&self.page.text);
            let credits = credit::credits(words, self.lexicon, &self.language.press);
            let start = line.span.start as usize;
            let moved = credits.into_iter().map(|c| Credit { span: c.span.shifted(start), ..c });
            article.credits.extend(moved);
        }
    }

    /// Whether the colophon calls the article by its headline.
    fn is_titled(&self, draft: &Draft) -> bool {
        let key = |span: Span| fold::key(span.of(&self.page.text));
        let titles = colophon::titles(self.page);
        let head = draft.head.map(|head| key(self.lines[head].core));
        head.is_some_and(|head| titles.iter().any(|title| key(*title).starts_with(&head)))
    }

    /// Whether a draft is no more than a headline and a sentence: one paragraph of few bytes, or
    /// one that is cut by dots.
    fn is_thin(&self, draft: &Draft, bound: usize) -> bool {
        let bytes = draft.body.iter().map(|i| self.lines[*i].span.len()).sum::<usize>();
        let n_prose = draft.body.iter().filter(|i| self.lines[**i].look == Look::Prose).count();
        let cut = draft.body.last().is_some_and(|i| {
            let words = self.lines[*i].span.of(&self.page.text).trim_end_matches(']');
            words.ends_with('…') || words.ends_with("...")
        });
        draft.leads
            || n_prose < 2 && (bytes < bound || cut && draft.zone != Zone::Open && !draft.named)
            || bytes < 160
    }

    /// The name of an outlet among the first lines of the page.
    fn masthead(&self, above: usize) -> Option<Publisher> {
        let found = self.lines[..above.min(12)].iter().enumerate().find(|(i, line)| {
            let words = line.span.of(&self.page.text);
            // "Science" in a menu is a section, not the magazine.
            line.look == Look::Outlet && (*i == 0 || line.n_words > 1)
                || line.look == Look::Head && imprint::outlet(words, &self.language.press)
        });
        found.map(|(_, line)| self.outlet(line.span))
    }

    /// The publisher as the foot and the title of the page name it.
    fn imprint(&self, drafts: &[Draft]) -> Option<Publisher> {
        let inside = |i: usize| {
            let next = drafts.partition_point(|draft| draft.first <= i);
            next.checked_sub(1).is_some_and(|ix| i <= drafts[ix].last)
        };
        imprint::publisher(self.page, self.lines, |i| !inside(i), &self.language.press)
    }

    /// A publisher that the lexicon does not know credits nobody by its own name.
    fn disown(article: &mut Article) {
        let Some(publisher) = &article.publisher else { return };
        let outside = publisher.span.is_some_and(|span| !article.span.contains(span));
        if article.role == Role::Main && publisher.outlet.is_none() && outside {
            let own = fold::key(&publisher.name);
            article.credits.retain(|credit| fold::key(&credit.name) != own);
        }
    }

    /// Whether the name is that of an agency that the lexicon does not know.
    fn is_agency(&self, name: &str) -> bool {
        imprint::agency(name, &self.language.press) || self.agencies.contains(&fold::key(name))
    }

    /// The days that an age counts back to from the capture: an hour's age may lie on the day
    /// before, a week's anywhere in seven days.
    fn relative(&self, age: Span) -> Option<Published> {
        let captured = self.page.capture.captured.as_deref()?;
        let (_, day) = date::stated(captured, self.language)?;
        let (minutes, unit) = self.language.press.minutes_ago(self.page.words(age))?;
        let back = |minutes: i64| {
            day.last.checked_sub(jiff::Span::new().try_days(minutes / 1440).ok()?).ok()
        };
        let coarse = if unit >= 1440 { unit } else { 1440 };
        let (first, last) = (back(minutes.checked_add(coarse)?)?, back(minutes)?);
        Some(Published { when: Interval { first, last }, basis: Basis::Relative, span: age })
    }

    /// What the colophon calls the article, if the body has its words.
    fn titled(&self, article: &Article) -> Option<Span> {
        let text = &self.page.text;
        let mut body = FxHashSet::default();
        for paragraph in &article.paragraphs {
            body.extend(stems(text, *paragraph, self.language));
        }
        let titles = colophon::titles(self.page);
        titles.into_iter().find(|span| {
            let words = stems(text, *span, self.language);
            words.len() >= 2 && per_mille(&words, &body) >= STRAY
        })
    }

    /// Takes the headline from the page instead, where a line not far above the article shows it.
    fn shown(&self, article: &mut Article, above: usize) {
        let Some(title) = article.headline.filter(|head| !article.span.contains(*head)) else {
            return;
        };
        let key = |span: Span| fold::key(span.of(&self.page.text));
        let title = key(title);
        let own = |line: &&Line| {
            let words = key(line.span);
            words == title || words.len() > 15 && title.starts_with(&words)
        };
        let first = self.lines.partition_point(|line| line.span.end <= article.span.start);
        // Lines of another article lie between, if the page's first begins above this one.
        if first != above {
            return;
        }
        let near = &self.lines[first.saturating_sub(SHOWN)..first];
        if let Some(line) = near.iter().rev().find(own) {
            article.headline = Some(line.span);
            article.span.start = line.span.start;
        }
    }

    fn empty(&self, span: Span, role: Role) -> Article {
        Article {
            page: self.ix,
            span,
            role,
            headline: None,
            publisher: None,
            byline: Vec::new(),
            dateline: None,
            age: None,
            published: None,
            credits: Vec::new(),
            captions: Vec::new(),
            standfirst: None,
            inserts: Vec::new(),
            paragraphs: Vec::new(),
            language: String::new(),
        }
    }

    fn teaser(&self, draft: &Draft) -> Option<Article> {
        let head = draft.head?;
        let mut article = self.empty(text::span(draft, self.lines), Role::Teaser);
        article.headline = Some(self.lines[head].core);
        Some(article)
    }

    fn article(&self, draft: &Draft) -> Article {
        let text = &self.page.text;
        let mut draft = draft.clone();
        let titled = self.is_titled(&draft);
        if let Some(head) = draft.head.filter(|head| !titled && self.is_stray(*head, &draft)) {
            draft.head = None;
            draft.first = (head + 1..=draft.body[0])
                .find(|i| !matches!(self.lines[*i].look, Look::Mark | Look::Standing(_)))
                .unwrap_or(draft.body[0]);
        }
        self.below_masthead(&mut draft);
        let mut article = self.empty(text::span(&draft, self.lines), Role::Main);
        article.headline = draft.head.map(|head| self.lines[head].core);
        draft.foreign.sort_unstable();
        for i in draft.first..=draft.last {
            if draft.foreign.binary_search(&i).is_err() {
                self.sort(i, &draft, &mut article);
            }
        }
        self.headline(&mut article);
        self.ends(&mut article);
        article.paragraphs.sort_unstable();
        for credit in &mut article.credits {
            credit.name = self.spelled(&credit.name, credit.outlet);
        }
        article.credits.sort_by_key(|credit| credit.span);
        article.credits.dedup_by(|a, b| a.span == b.span);
        let sample = article.paragraphs.iter().take(5).map(|p| p.of(text)).collect::<Vec<_>>();
        let language = self.lexicon.detect(&sample.join(" "));
        article.language = language.map_or(String::new(), |language| language.code.to_owned());
        article
    }

    /// On a publisher's own page its name above the headline is the page's, not the article's; where
    /// an age stands beside it, it is an item's.
    fn below_masthead(&self, draft: &mut Draft) {
        let Some(head) = draft.head.filter(|_| self.page.elements.len() > 1) else { return };
        let above = &self.lines[draft.first..head];
        let Some(owner) = colophon::publisher(self.page, self.lexicon) else { return };
        let own = |line: &Line| fold::key(line.span.of(&self.page.text)) == fold::key(&owner.name);
        if above.iter().any(own) && above.iter().all(|line| line.look != Look::Age) {
            draft.first = head;
        }
    }

    /// Whether the headline belongs to another article: the body hardly has its words.
    fn is_stray(&self, head: usize, draft: &Draft) -> bool {
        let text = &self.page.text;
        let words = stems(text, self.lines[head].core, self.language);
        let mut body = FxHashSet::default();
        for i in &draft.body {
            body.extend(stems(text, self.lines[*i].span, self.language));
        }
        let between = head + 1..draft.body[0];
        let marked = between
            .into_iter()
            .any(|i| matches!(self.lines[i].look, Look::Byline | Look::Date | Look::Outlet));
        let share = per_mille(&words, &body);
        let bound = if marked || draft.marked { STRAY_MARKED } else { STRAY };
        words.len() >= 3 && share < bound
    }

    /// The publisher that a credit implies: where the text came out first, or the first of a
    /// byline's names; an agency publishes only what stands beneath its own name.
    fn credited(&self, article: &Article) -> Option<Publisher> {
        let last = article.paragraphs.iter().max()?.start;
        let inside = |span: Span| article.paragraphs.iter().any(|p| p.contains(span));
        let alone = |span: Span| {
            let at = self.lines.partition_point(|line| line.span.end <= span.start);
            self.lines.get(at).is_some_and(|line| line.look == Look::Outlet)
        };
        // The items of a newsletter name their outlet at their end: "(Outlet)".
        let item = article.role != Role::Main;
        let first = article.credits.iter().find(|credit| {
            let agency = credit::is_agency(credit.outlet, self.lexicon)
                || credit.outlet.is_none() && self.is_agency(&credit.name);
            if item && alone(credit.span) && !agency {
                return true;
            }
            let above = credit.span.end <= last && !inside(credit.span);
            above && (alone(credit.span) || !agency)
        })?;
        Some(publisher_of(first))
    }

    /// "… told Outlet", twice; "Outlet reports, citing …": the outlet speaks of itself.
    fn speaks_of_itself(&self, article: &Article) -> Option<Publisher> {
        let text = &self.page.text;
        let press = &self.language.press;
        let mut told: Vec<(OutletIx, Span, usize)> = Vec::new();
        for paragraph in &article.paragraphs {
            for (span, ix) in self.lexicon.outlets.scan(text, *paragraph) {
                let before = fold::fold(&text[paragraph.start as usize..span.start as usize]);
                let before = before.trim_end().trim_end_matches(" the").to_owned();
                let after = fold::fold(&text[span.end as usize..paragraph.end as usize]);
                let after = after.trim_start();
                let cited = press.told.iter().any(|cue| {
                    before.strip_suffix(cue.as_str()).is_some_and(|rest| rest.ends_with(' '))
                });
                let speaks = press.reports.iter().any(|cue| after.starts_with(cue.as_str()));
                if !cited && !speaks {
                    continue;
                }
                match told.iter_mut().find(|(known, ..)| *known == ix) {
                    Some((_, _, n)) => *n += 1 + usize::from(speaks),
                    None => told.push((ix, span, 1 + usize::from(speaks))),
                }
            }
        }
        // The first of equals.
        let (ix, span, n) = told.into_iter().rev().max_by_key(|(_, _, n)| *n)?;
        let name = self.lexicon.outlets.get(ix).name.to_owned();
        (n >= 2).then_some(Publisher { name, outlet: Some(ix), span: Some(span) })
    }
}

fn publisher_of(credit: &Credit) -> Publisher {
    Publisher { name: credit.name.clone(), outlet: credit.outlet, span: Some(credit.span) }
}
