//! Sort: the lines of a draft into the fields of its article.

use headwater_page::Span;

use super::super::line::{DATE, Look, Markup, Shift};
use super::super::text::Draft;
use super::super::{Article, Credit, CreditForm, Publisher, credit, html, imprint};
use super::{Composer, stated};
use crate::lexicon::OutletIx;

impl Composer<'_> {
    /// Puts one line where it belongs.
    pub(super) fn sort(&self, i: usize, draft: &Draft, article: &mut Article) {
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
            _ if draft.body.binary_search(&i).is_ok() => {
                article.paragraphs.push(line.span);
                let outside = !html::within(self.page, line.element, draft.root);
                if outside && html::is_standfirst(self.page, line.element) {
                    article.standfirst.get_or_insert(line.span);
                }
            }
            _ if draft.inserts.binary_search(&i).is_ok() => article.inserts.push(line.span),
            Look::Caption => article.captions.push(line.span),
            Look::Age => article.age = article.age.or(Some(line.span)),
            Look::Date => {
                self.date(line.span, article);
                // "Varn Gazette | 8 March 2025"
                let name = words.split(['|', '•', '·']).next().unwrap_or("").trim_end();
                if name.len() < words.len() && imprint::outlet(name, &self.language.press) {
                    let name = Span::new(0, name.len()).shifted(start);
                    article.publisher.get_or_insert(self.outlet(name));
                }
            }
            Look::Credit => {
                let credits = credit::credits(words, self.lexicon, &self.language.press);
                article.credits.extend(credits.into_iter().map(|c| shifted(c, start)));
            }
            Look::Tagline => {
                let credits = credit::behind(words, self.lexicon);
                let new = |c: &Credit| !article.credits.iter().any(|known| known.name == c.name);
                let credits = credits.into_iter().filter(new).collect::<Vec<_>>();
                article.credits.extend(credits.into_iter().map(|c| shifted(c, start)));
            }
            Look::Byline => {
                let press = &self.language.press;
                let names = credit::signed(words, self.lexicon, press);
                for name in &names {
                    let person = credit::is_person(name.of(words), self.lexicon, press);
                    if self.is_agency(name.of(words)) {
                        article.credits.push(self.credit(name.shifted(start)));
                    } else if imprint::surely_outlet(name.of(words), press) {
                        article.publisher.get_or_insert(self.outlet(name.shifted(start)));
                    } else if person {
                        article.byline.push(name.shifted(start));
                    }
                }
                let beside = credit::beside_byline(words, &names, self.lexicon, press);
                if let Some(employer) =
                    credit::employer(words, &names, press).filter(|_| beside.is_empty())
                {
                    article.publisher.get_or_insert(self.outlet(employer.shifted(start)));
                }
                article.credits.extend(beside.into_iter().map(|c| shifted(c, start)));
                self.date(line.span, article);
            }
            Look::Outlet if before && !below => {
                let bare = words.trim_start_matches(['-', '–', '—', ' ']);
                let from = words.len() - bare.len();
                let span = Span::new(from, words.len()).shifted(start);
                article.publisher.get_or_insert(self.outlet(span));
            }
            Look::Outlet if line.closes && words.starts_with('(') => {
                let name = Span::new(1, words.len() - usize::from(words.ends_with(')')));
                article.publisher = Some(self.outlet(name.shifted(start)));
                let known = credit::listed(words, start, self.lexicon);
                let named =
                    if known.is_empty() { vec![self.credit(name.shifted(start))] } else { known };
                article.credits.extend(named);
            }
            // Amid the paragraphs it is whose photo stood there.
            Look::Outlet
                if draft.body.get(2).is_some_and(|&third| third < i)
                    && draft.body.last().is_some_and(|&last| i < last) => {}
            Look::Outlet => {
                let mut credits = credit::listed(words, 0, self.lexicon);
                if credits.is_empty() {
                    credits = credit::shaped(words, 0, self.lexicon, &self.language.press);
                }
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
                if before
                    && below
                    && draft.head.is_some()
                    && line.n_words >= 8
                    && line.markup != Markup::Link
                    && !line.related =>
            {
                if !html::within(self.page, line.element, draft.root) {
                    article.standfirst.get_or_insert(line.span);
                }
                article.paragraphs.push(line.span);
            }
            _ => {}
        }
    }

    pub(super) fn outlet(&self, span: Span) -> Publisher {
        let name = span.of(&self.page.text);
        let outlet = self.lexicon.outlets.find(name);
        Publisher { name: self.spelled(name, outlet), outlet, span: Some(span) }
    }

    /// A name that no lexicon knows, as it is to be called.
    pub(super) fn spelled(&self, name: &str, outlet: Option<OutletIx>) -> String {
        match outlet {
            Some(_) => name.to_owned(),
            None => imprint::spelled(name, self.page.words(self.page.body()), &self.language.press),
        }
    }

    pub(super) fn credit(&self, span: Span) -> Credit {
        let name = span.of(&self.page.text).to_owned();
        Credit { name, outlet: None, span, form: CreditForm::Credited }
    }

    pub(super) fn date(&self, span: Span, article: &mut Article) {
        if article.published.is_none() {
            article.published = stated(self.page, span, self.language);
        }
    }

    /// What a headline carries beside itself: "… – Outlet – 08/18/2025".
    pub(super) fn headline(&self, article: &mut Article) {
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
    pub(super) fn ends(&self, article: &mut Article) {
        let text = &self.page.text;
        for paragraph in article.paragraphs.iter().take(3) {
            let words = paragraph.of(text);
            let start = paragraph.start as usize;
            let (place, agency) = credit::dateline(words, self.lexicon);
            if place.is_none() && agency.is_none() {
                continue;
            }
            article.dateline = article.dateline.or(place.map(|place| place.shifted(start)));
            if let Some(agency) = agency {
                let listed = credit::listed(agency.of(words), agency.start as usize, self.lexicon);
                if listed.is_empty() && imprint::bracketed(agency.of(words), self.language) {
                    article.credits.push(self.credit(agency.shifted(start)));
                }
                article.credits.extend(listed.into_iter().map(|c| shifted(c, start)));
            }
            break;
        }
        if let Some(last) = article.paragraphs.iter().max() {
            let found = credit::trailing(last.of(text), self.lexicon);
            article.credits.extend(found.into_iter().map(|c| shifted(c, last.start as usize)));
        }
    }
}

fn shifted(mut credit: Credit, by: usize) -> Credit {
    credit.span = credit.span.shifted(by);
    credit
}
