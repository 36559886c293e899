//! Bare: texts of which nothing is known but their words and whose they are, and the passages that
//! any two of them share.

use headwater_page::Span;

use super::link::Link;
use super::shard::N_TEXTS;
use super::step::Prints;
pub use super::text::Text;
use crate::{fold, par};

/// Words that two texts share, `left < right`. The spans start and end with words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Shared {
    /// Number of the text that comes first.
    pub left: u32,
    /// Number of the other.
    pub right: u32,
    /// Bytes of the left text.
    pub left_span: Span,
    /// Bytes of the right text.
    pub right_span: Span,
    /// How many words correspond.
    pub n_words: u32,
}

/// Why texts are not compared: their words cannot be numbered with 32 bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TooLarge {
    /// How many words they may have.
    pub n_words: u64,
}

impl std::fmt::Display for TooLarge {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let Self { n_words } = self;
        write!(
            f,
            "the texts may have {n_words} words and are not compared: at most 2^32 go into one run, \
             split them"
        )
    }
}

impl std::error::Error for TooLarge {}

/// Whether texts can be compared in one run: whether all their words can be numbered. They are not
/// read for that: a word takes two bytes, the space behind it counted. 8 GB of text always fit.
pub fn fits(texts: &[Text]) -> Result<(), TooLarge> {
    fit(texts.iter().map(|text| text.words.len()))
}

fn fit(lengths: impl Iterator<Item = usize>) -> Result<(), TooLarge> {
    // Saturating, so that no length wraps. One number is kept free.
    let n_words = lengths.map(|n_bytes| (n_bytes as u64).div_ceil(2)).fold(0, u64::saturating_add);
    if n_words < u64::from(u32::MAX) { Ok(()) } else { Err(TooLarge { n_words }) }
}

/// All passages that two of the texts share, by left text, right text and place on the right.
/// Copies, edited copies and excerpts alike; furniture and stock phrases left out. Never fails.
///
/// A passage is at least 60 bytes long on each side: 16 equal words, or whole sentences with at
/// least 6; fewer only where a third text shows that both have the same words. Of a passage that more
/// than 128 texts carry, each is compared with the 16 nearest before it and the first, so that all
/// of them are connected.
///
/// Cost: linear in the text. Memory: about 4 kB for a text of 500 words. Texts that
/// [`fits`] refuses are not compared at all: ask it first where there may be so many.
/// After: winnowing (Schleimer et al. 2003); passim (Smith et al. 2014).
pub fn shared(texts: &[Text]) -> Vec<Shared> {
    if fits(texts).is_err() {
        return Vec::new();
    }
    let links = Prints::new(texts).lists().ties().0;
    // Texts are read again: only some share anything, and to note where each word stands takes more
    // room than the words.
    spans(texts.len(), &links, |of, found| {
        let mut words = Vec::new();
        for &text in of {
            words.clear();
            fold::each_word(texts[text].words, |start, end, _| words.push(Span::new(start, end)));
            found(text, &words);
        }
    })
}

/// Bytes of the shortest passage.
pub(super) const LEAST: usize = 57;

/// The links with their bytes, in order. `read` tells of each of some texts where its words stand.
pub(super) fn spans(
    n_texts: usize,
    links: &[Link],
    read: impl Fn(&[usize], &mut dyn FnMut(usize, &[Span])) + Sync + Send,
) -> Vec<Shared> {
    let sides = |link: &Link| [(link.left, link.stretch.left), (link.right, link.stretch.right)];
    // For each text the sides of links that stand in it.
    let mut starts = vec![0u32; n_texts + 1];
    for (text, _) in links.iter().flat_map(sides) {
        starts[text as usize + 1] += 1;
    }
    for text in 1..starts.len() {
        starts[text] += starts[text - 1];
    }
    let mut next = starts.clone();
    let mut of_text = vec![(0u32, (0u32, 0u32)); links.len() * 2];
    for (side, (text, words)) in links.iter().flat_map(sides).enumerate() {
        of_text[next[text as usize] as usize] = (side as u32, words);
        next[text as usize] += 1;
    }
    let all = (0..n_texts).collect::<Vec<_>>();
    let found = par::map(&all.chunks(N_TEXTS).collect::<Vec<_>>(), |chunk| {
        let mut found = Vec::new();
        let sides = |text: usize| &of_text[starts[text] as usize..starts[text + 1] as usize];
        let tied = chunk.iter().copied().filter(|&text| !sides(text).is_empty());
        read(&tied.collect::<Vec<_>>(), &mut |text, words| {
            let sides = sides(text);
            found.extend(sides.iter().map(|&(side, (first, end))| {
                (side, words[first as usize].hull(words[end as usize - 1]))
            }));
        });
        found
    });
    let mut spans = vec![Span { start: 0, end: 0 }; links.len() * 2];
    for (side, span) in found.into_iter().flatten() {
        spans[side as usize] = span;
    }
    let is_long = |spans: &[Span]| spans.iter().all(|span| span.len() >= LEAST);
    let shared = links.iter().zip(spans.chunks_exact(2)).filter(|(_, spans)| is_long(spans)).map(
        |(link, spans)| Shared {
            left: link.left,
            right: link.right,
            left_span: spans[0],
            right_span: spans[1],
            n_words: link.stretch.n_words,
        },
    );
    let mut shared = shared.collect::<Vec<_>>();
    shared.sort_unstable();
    shared
}

#[cfg(test)]
mod planted;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_numbered_is_refused_to_the_word() {
        let most = 2 * (u32::MAX as usize - 1);
        assert_eq!(fit([most].into_iter()), Ok(()));
        let refused = Err(TooLarge { n_words: u64::from(u32::MAX) });
        assert_eq!(fit([most + 1].into_iter()), refused);
        assert_eq!(fit([most, 1].into_iter()), refused);
        assert_eq!(fit([most - 2, 1, 1].into_iter()), refused);
        assert_eq!(fit([most - 2, 1].into_iter()), Ok(()));
        let all = fit([usize::MAX; 3].into_iter());
        assert_eq!(all, Err(TooLarge { n_words: u64::MAX }));
    }

    const SHARED: &str = "The harbour board of Ostrow voted on Tuesday to stop the last ferry to \
        the Lind islands after a hundred and twelve years of service.";

    fn text(words: &str, series: u32) -> Text<'_> {
        Text { words, series }
    }

    #[test]
    fn a_shared_sentence_is_found_to_the_byte() {
        let one = format!("Fares rise again. {SHARED} Nobody spoke against it.");
        let other = format!("In other news: “{}” Rain is expected.", SHARED.to_uppercase());
        let found = shared(&[text("Nothing.", 0), text(&one, 1), text(&other, 2)]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].left, found[0].right), (1, 2));
        assert_eq!(found[0].left_span.of(&one), SHARED.trim_end_matches('.'));
        let upper = SHARED.to_uppercase();
        assert_eq!(found[0].right_span.of(&other), upper.trim_end_matches('.'));
    }

    #[test]
    fn a_phrase_inside_of_two_sentences_is_nothing() {
        let one = "A man who spoke on condition of anonymity because he was not allowed to talk \
            to reporters called it a lie.";
        let other = "Two sailors on condition of anonymity because he was not allowed to talk to \
            us said so.";
        assert_eq!(shared(&[text(one, 0), text(other, 1)]), []);
    }

    #[test]
    fn what_a_series_repeats_is_furniture_and_what_it_reprints_is_not() {
        let foot = "This paper is owned by its readers who meet on the second Sunday of May in the \
            old hall of the ropemakers and elect a council of seven.";
        let body =
            |ix: usize| (0..60).map(|n| format!("word{n}of{ix}")).collect::<Vec<_>>().join(" ");
        let texts = [0, 1, 2].map(|ix| format!("{}\n{foot}", body(ix)));
        assert_eq!(shared(&texts.each_ref().map(|words| text(words, 7))), []);
        let others = [0, 1, 2].map(|ix| text(&texts[ix], ix as u32));
        assert_eq!(shared(&others).len(), 3);
        let reprint = format!("{SHARED} {SHARED}");
        assert_eq!(shared(&[text(&reprint, 7), text(&reprint, 7), text(&reprint, 7)]).len(), 3);
    }
}
