//! Timeline: what happened when, and who reported it when, as intervals.

use headwater_page::Place;
use rustc_hash::FxHashMap;

use crate::article::ArticleIx;
use crate::claim::Claim;
use crate::date::Interval;
use crate::evidence::Evidence;

/// What is placed in time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Moment {
    /// Something said to have happened.
    Event,
    /// A report's publication.
    Report,
}

/// One entry of a timeline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Happening {
    /// When.
    pub when: Interval,
    /// What.
    pub moment: Moment,
    /// The articles that say so, in order.
    pub articles: Vec<ArticleIx>,
    /// The words: the sentence of an event, the date line of a report.
    pub places: Vec<Place>,
}

/// What happened and what was reported, by first day, then last; events before reports.
///
/// A dated sentence is an event; sentences of one claim that name the same days are one. An
/// article with a publication date is a report.
pub fn timeline(
    evidence: Evidence<'_>,
    articles: &[ArticleIx],
    claims: &[Claim],
) -> Vec<Happening> {
    let mut claim_of = FxHashMap::default();
    for (ix, claim) in claims.iter().enumerate() {
        for stating in &claim.statements {
            claim_of.insert((stating.article, stating.statement), ix);
        }
    }
    let mut happenings = Vec::<Happening>::new();
    let mut known = FxHashMap::default();
    for &ix in articles {
        let marks = evidence.marks(ix);
        for (n, statement) in marks.statements.iter().enumerate() {
            let claim = claim_of.get(&(ix, n as u32)).copied();
            for &date in &statement.dates {
                let Some(when) = marks.dates[date as usize].when else { continue };
                let place = evidence.place(ix, statement.span);
                // A sentence of no claim is an event of its own.
                let same = (when, claim.ok_or(place));
                let at = *known.entry(same).or_insert_with(|| {
                    happenings.push(Happening::new(when, Moment::Event));
                    happenings.len() - 1
                });
                happenings[at].say(ix, place);
            }
        }
        if let Some(published) = evidence.article(ix).published {
            let mut report = Happening::new(published.when, Moment::Report);
            report.say(ix, evidence.place(ix, published.span));
            happenings.push(report);
        }
    }
    happenings.sort_by_key(|one| (one.when, one.moment, one.places.first().copied()));
    happenings
}

impl Happening {
    fn new(when: Interval, moment: Moment) -> Self {
        Self { when, moment, articles: Vec::new(), places: Vec::new() }
    }

    fn say(&mut self, article: ArticleIx, place: Place) {
        if self.articles.last() != Some(&article) {
            self.articles.push(article);
        }
        if self.places.last() != Some(&place) {
            self.places.push(place);
        }
    }
}
