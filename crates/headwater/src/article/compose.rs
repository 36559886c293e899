//! Compose: drafts to articles, their lines sorted into fields.

use headwater_page::{Page, PageIx, Span};
use rustc_hash::FxHashSet;

use super::lines::{DATE, Line, Look};
use super::text::{self, Draft, Zone};
use super::vocabulary::{per_mille, stems};
use super::{Article, Basis, Credit, CreditForm, Published, Publisher, Role, colophon, credit};
use crate::date;
use crate::fold;
use crate::lexicon::{Language, Lexicon};

/// Body bytes below which one paragraph under a headline is a teaser where other articles are.
const THIN: usize = 330;
/// A headline of which the body has fewer of a thousand content words belongs to somebody else.
/// On the open pages strays share 0 to 270, unmarked headlines of their own 290 and more.
const STRAY: usize = 280;
/// The same where a byline or date stands between headline and body.
const STRAY_MARKED: usize = 100;

/// The articles of the drafts, in order.
pub(super) fn articles(
    page: &Page,
    ix: PageIx,
    lines: &[Line],
    drafts: &[Draft],
    language: &Language,
    lexicon: &Lexicon,
) -> Vec<Article> {
    let thin = drafts.iter().map(|draft| is_thin(draft, lines)).collect::<Vec<_>>();
    let n_thick = thin.iter().filter(|thin| !**thin).count();
    // A front page has only teasers; a page with one short report has that.
    let alone = n_thick == 0 && drafts.len() <= 2;
    let composer = Composer { page, ix, lines, language, lexicon };
    let mut found = Vec::with_capacity(drafts.len());
    for (i, draft) in drafts.iter().enumerate() {
        if thin[i] && !(alone && i == 0) {
            found.extend(composer.teaser(draft));
        } else {
            found.push(composer.article(draft));
        }
    }
    roles(&mut found, drafts, &thin);
    composer.whole_page(&mut found, drafts);
    found
}

fn is_thin(draft: &Draft, lines: &[Line]) -> bool {
    let bytes = draft.body.iter().map(|i| lines[*i].span.len()).sum::<usize>();
    let n_prose = draft.body.iter().filter(|i| lines[**i].look == Look::Prose).count();
    n_prose < 2 && bytes < THIN || bytes < 160
}

fn roles(found: &mut [Article], drafts: &[Draft], thin: &[bool]) {
    let full = |role: Role| role != Role::Teaser;
    let related = drafts.iter().zip(thin).any(|(draft, thin)| {
        !thin && matches!(draft.zone, Zone::Related | Zone::Comments | Zone::End | Zone::Paywall)
    });
    let n_full = found.iter().filter(|article| full(article.role)).count();
    let mut first = true;
    for article in found.iter_mut().filter(|article| full(article.role)) {
        article.role = match (first, related, n_full) {
            (true, true, _) | (_, _, 1) => Role::Main,
            (false, true, _) => Role::Related,
            _ => Role::Digest,
        };
        first = false;
    }
}

fn stated(page: &Page, span: Span, language: &Language) -> Option<Published> {
    let (at, when) = date::stated(span.of(&page.text), language)?;
    let start = span.start as usize;
    let span = Span::new(start + at.start as usize, start + at.end as usize);
    Some(Published { when, basis: Basis::Stated, span })
}

struct Composer<'a> {
    page: &'a Page,
    ix: PageIx,
    lines: &'a [Line],
    language: &'a Language,
    lexicon: &'a Lexicon,
}

impl Composer<'_> {
    /// What the page says for all its articles: publisher, date and authors of the colophon go to
    /// the main article; a date line above a digest dates the items that bear none.
    fn whole_page(&self, found: &mut [Article], drafts: &[Draft]) {
        let (page, language) = (self.page, self.language);
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
            article.publisher = publisher.or_else(|| self.speaks_of_itself(article));
            if main && article.headline.is_none() {
                article.headline = self.titled(article);
            }
            if main && article.byline.is_empty() {
                article.byline = colophon::authors(page);
            }
            let published = main.then(|| colophon::published(page, language)).flatten();
            article.published = article.published.or(published);
            if matches!(article.role, Role::Main | Role::Digest) {
                article.published = article.published.or(dated);
            }
        }
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
        if let Some(head) = draft.head.filter(|head| self.is_stray(*head, &draft)) {
            draft.head = None;
            draft.first = (head + 1..=draft.body[0])
                .find(|i| !matches!(self.lines[*i].look, Look::Mark | Look::Standing(_)))
                .unwrap_or(draft.body[0]);
        }
        let mut article = self.empty(text::span(&draft, self.lines), Role::Main);
        article.headline = draft.head.map(|head| self.lines[head].core);
        for i in draft.first..=draft.last {
            if !draft.foreign.contains(&i) {
                self.sort(i, &draft, &mut article);
            }
        }
        self.headline(&mut article);
        self.ends(&mut article);
        article.paragraphs.sort_unstable();
        article.credits.sort_by_key(|credit| credit.span);
        article.credits.dedup_by(|a, b| a.span == b.span);
        let sample = article.paragraphs.iter().take(5).map(|p| p.of(text)).collect::<Vec<_>>();
        let language = self.lexicon.detect(&sample.join(" "));
        article.language = language.map_or(String::new(), |language| language.code.to_owned());
        article
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

    /// Puts one line where it belongs.
    fn sort(&self, i: usize, draft: &Draft, article: &mut Article) {
        let line = &self.lines[i];
        let words = line.span.of(&self.page.text);
        let start = line.span.start as usize;
        let before = i < draft.body[0];
        let below = draft.head.is_none_or(|head| i > head);
        if draft.head == Some(i) {
            if let Some(outlet) = line.outlet {
                article.publisher.get_or_insert(self.outlet(outlet));
            }
            return;
        }
        match line.look {
            _ if draft.body.contains(&i) => article.paragraphs.push(line.span),
            Look::Caption => article.captions.push(line.span),
            Look::Age => article.age = article.age.or(Some(line.span)),
            Look::Date => self.date(line.span, article),
            Look::Credit => {
                let credits = credit::credits(words, self.lexicon, &self.language.press);
                article.credits.extend(credits.into_iter().map(|c| shifted(c, start)));
            }
            Look::Byline => {
                let names = credit::byline(words, self.lexicon, &self.language.press);
                article.byline.extend(names.iter().map(|name| moved(*name, start)));
                let beside = credit::beside_byline(words, &names, self.lexicon);
                article.credits.extend(beside.into_iter().map(|c| shifted(c, start)));
                self.date(line.span, article);
            }
            Look::Outlet if before && !below => {
                let bare = words.trim_start_matches(['-', '–', '—', ' ']);
                let from = words.len() - bare.len();
                let span = moved(Span::new(from, words.len()), start);
                article.publisher.get_or_insert(self.outlet(span));
            }
            Look::Outlet => {
                let credits = credit::listed(words, 0, self.lexicon);
                article.credits.extend(credits.into_iter().map(|c| shifted(c, start)));
            }
            Look::Head | Look::Capitals if !below && i + 1 < draft.body[0] => {
                let bare = words.trim_start_matches(['-', '–', '—', ' ']);
                if article.publisher.is_none() && bare.len() == words.len() {
                    article.publisher = Some(self.outlet(line.span));
                }
            }
            Look::Capitals if before && below && i + 1 == draft.body[0] => {
                article.dateline = Some(line.span);
            }
            // A standfirst: the words of a sentence, with or without its full stop.
            Look::Head | Look::Short
                if before && below && draft.head.is_some() && line.n_words >= 8 =>
            {
                article.paragraphs.push(line.span);
            }
            _ => {}
        }
    }

    fn outlet(&self, span: Span) -> Publisher {
        let name = span.of(&self.page.text);
        Publisher {
            name: name.to_owned(),
            outlet: self.lexicon.outlets.find(name),
            span: Some(span),
        }
    }

    fn date(&self, span: Span, article: &mut Article) {
        if article.published.is_none() {
            article.published = stated(self.page, span, self.language);
        }
    }

    /// What a headline carries beside itself: "… – Outlet – 08/18/2025".
    fn headline(&self, article: &mut Article) {
        let Some(headline) = article.headline else { return };
        let words = headline.of(&self.page.text);
        if let Some(found) = DATE
            .find(words)
            .filter(|m| words[..m.start()].trim_end().ends_with(['-', '–', '—', '|', '(']))
        {
            let start = headline.start as usize;
            self.date(Span::new(start + found.start(), start + found.end()), article);
        }
    }

    /// What the first and last paragraph carry beside their sentences: dateline, agencies.
    fn ends(&self, article: &mut Article) {
        let text = &self.page.text;
        for paragraph in article.paragraphs.iter().take(3) {
            let words = paragraph.of(text);
            let start = paragraph.start as usize;
            let (place, agency) = credit::dateline(words, self.lexicon);
            if place.is_none() && agency.is_none() {
                continue;
            }
            article.dateline = article.dateline.or(place.map(|place| moved(place, start)));
            if let Some(agency) = agency {
                let listed = credit::listed(agency.of(words), agency.start as usize, self.lexicon);
                article.credits.extend(listed.into_iter().map(|c| shifted(c, start)));
            }
            break;
        }
        if let Some(last) = article.paragraphs.iter().max() {
            let found = credit::trailing(last.of(text), self.lexicon);
            article.credits.extend(found.into_iter().map(|c| shifted(c, last.start as usize)));
        }
    }

    /// The publisher that a credit implies: where the text came out first, or the first of a
    /// byline's names; an agency publishes only what stands beneath its own name.
    fn credited(&self, article: &Article) -> Option<Publisher> {
        let last = article.paragraphs.iter().max()?.start;
        let inside = |span: Span| article.paragraphs.iter().any(|p| p.contains(span));
        let alone = |span: Span| {
            self.lines.iter().any(|line| line.span.contains(span) && line.look == Look::Outlet)
        };
        // The items of a newsletter name their outlet at their end: "(Outlet)".
        let item = article.role != Role::Main;
        let first = article.credits.iter().find(|credit| {
            let agency = credit::is_agency(credit.outlet, self.lexicon);
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
        let mut told: Vec<(crate::lexicon::OutletIx, Span, usize)> = Vec::new();
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

fn moved(span: Span, by: usize) -> Span {
    Span::new(span.start as usize + by, span.end as usize + by)
}

fn shifted(mut credit: Credit, by: usize) -> Credit {
    credit.span = moved(credit.span, by);
    credit
}
