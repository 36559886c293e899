//! Story: the articles about one happening, with all that was found about it.

use headwater_page::Place;

use crate::article::ArticleIx;
use crate::claim::Claim;
use crate::date::Interval;
use crate::origin::Origins;
use crate::stemma::Stemma;
use crate::timeline::Happening;
use crate::utterance::Utterance;

/// A story with all that was found about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Story {
    /// The headline that stands for it, as found on a page.
    pub title: Place,
    /// Key phrases, the weightiest first.
    pub topics: Vec<Place>,
    /// Its articles, in order.
    pub articles: Vec<ArticleIx>,
    /// The articles by text: copies and versions together; in the order of their first article.
    pub texts: Vec<Vec<ArticleIx>>,
    /// How many pages carry it.
    pub n_pages: u32,
    /// From the first to the last dated report.
    pub when: Option<Interval>,
    /// Who has it from whom.
    pub stemma: Stemma,
    /// Who said what, in which versions.
    pub utterances: Vec<Utterance>,
    /// The claims: the most widely stated first.
    pub claims: Vec<Claim>,
    /// What happened when.
    pub timeline: Vec<Happening>,
    /// On how many origins it rests; none for a story without a claim (unmeasured).
    pub origins: Option<Origins>,
}
