//! Links in the prose that lead to another outlet's report.
//!
//! Must match, with the link in brackets: "The dam leaks, as [first reported] on Monday"; "She told it
//! in [an interview]"; "The gate was shut, [the Lantern] said". Must not: "the town of [Crail]"; "Read
//! more [here]"; a link to the publisher's own pages.

use headwater_page::{Link, Page, Span};

use super::{Desk, How};
use crate::lexicon::{Lexicon, OutletIx, class, takes, traits};
use crate::sentence::{Line, Word, line_at};

/// Words beside the linked ones that may show what is linked.
const BESIDE: usize = 2;

impl<'l> Desk<'_, 'l> {
    /// Cites the outlets to whose pages the article's prose links, where words in or beside the link
    /// say that something was reported or published, and no other rule has cited them there.
    pub(super) fn linked(&mut self, page: &Page, lexicon: &Lexicon) {
        for link in &page.links {
            let at = line_at(self.lines, link.span.start);
            let Some(line) = self.lines.get(at).filter(|line| line.span.contains(link.span)) else {
                continue;
            };
            let Some(outlet) = host(&link.href).and_then(|host| lexicon.outlets.at_host(host))
            else {
                continue;
            };
            if !link.span.is_empty() && !self.crowd.is_own(outlet) {
                self.link(line, link, outlet, lexicon);
            }
        }
    }

    fn link(&mut self, line: &'l Line<'l>, link: &Link, outlet: OutletIx, lexicon: &Lexicon) {
        let (first, last) = (line.word_at(link.span.start), line.word_at(link.span.end - 1));
        let Some(sentence) = line.sentences.get(line.sentence_at(first)).cloned() else { return };
        if last >= sentence.end {
            return;
        }
        let (from, upto) = (first.saturating_sub(BESIDE), (last + BESIDE + 1).min(sentence.end));
        let around = from.max(sentence.start)..upto;
        let shows = |word: &Word| {
            let reports = takes::AFTER | takes::REPORT;
            word.verb.is_some_and(|v| v.takes & reports != 0)
                || word.is(class::PIECE | class::PUBLISHED | class::ACCORDING | class::HEARSAY)
                || word.has(traits::REPORT)
        };
        let named =
            self.crowd.within(link.span).any(|(_, ix)| self.crowd.get(ix).outlet == Some(outlet));
        let span = line.sentence(line.sentence_at(first));
        let cited = self.at.range((span.start, 0)..(span.end, 0)).any(|&(_, ix)| {
            let source = self.found[ix].source.or(self.found[ix].told);
            source.is_some_and(|source| self.crowd.get(source).outlet == Some(outlet))
        });
        if cited || !(named || line.words[around].iter().any(shows)) {
            return;
        }
        let source = self.crowd.outlet(outlet, &lexicon.outlets, link.span);
        // A link says where more stands, not that the whole sentence rests on it.
        let half = link.span.len() * 2 >= span.len();
        let covers = if half { Vec::new() } else { vec![line.stretch(first, last)] };
        let cue: Span = line.stretch(first, last);
        self.push(How::Linked, Some(source), cue, None, covers, "linked");
    }
}

/// The host of an address with a scheme; none for an address on the same site.
fn host(href: &str) -> Option<&str> {
    let (scheme, rest) = href.trim().split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next().filter(|host| host.contains('.'))?;
    scheme.starts_with("http").then_some(host)
}

#[cfg(test)]
mod tests {
    use crate::Lexicon;
    use crate::citation::{How, citations};
    use crate::lexicon::OutletKind;
    use crate::name::{names, sample};
    use crate::quote::quotes;
    use headwater_page::{Link, Span};

    /// Sources that the sentence links to; the linked words stand in brackets.
    fn linked(text: &str) -> usize {
        let (open, close) = (text.find('[').unwrap(), text.find(']').unwrap() - 1);
        let bare = format!("Dam talks go on\n{}", text.replace(['[', ']'], ""));
        let shift = "Dam talks go on\n".len();
        let (mut page, article) = sample::article(&bare, "Gazette");
        let lexicon = Lexicon::shipped();
        let outlets = lexicon.outlets.all().iter();
        let known = outlets.clone().find(|o| o.kind == OutletKind::Outlet && !o.domains.is_empty());
        let href = format!("https://www.{}/dam", known.unwrap().domains[0]);
        let span = Span::new(shift + open, shift + close);
        page.links.push(Link { span, href, rel: String::new() });
        let mut parties = names(&page, &article, lexicon);
        let quotes = quotes(&page, &article, &mut parties, lexicon);
        let found = citations(&page, &article, &mut parties, &quotes, lexicon);
        found.iter().filter(|citation| citation.how == How::Linked).count()
    }

    #[test]
    fn a_link_to_a_report_cites_it() {
        assert_eq!(linked("The dam leaks, as was [first reported] on Monday in the morning."), 1);
        assert_eq!(linked("She said so in [an interview] that was long."), 1);
        assert_eq!(linked("They met in the town of [Crail] to talk of the dam."), 0);
    }
}
