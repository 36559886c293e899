//! Timeline: what happened when, and who reported it when, as intervals.

use headwater_page::Place;

use crate::article::ArticleIx;
use crate::date::Interval;

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
