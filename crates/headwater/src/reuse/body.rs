//! Body: an article's paragraphs as words to compare.

use std::sync::OnceLock;

use headwater_page::{Page, Span};

use crate::article::Article;
use crate::fold;
use crate::lexicon::Lexicon;
use crate::marks::Marks;

/// What a word is worth as evidence that texts share prose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Weight {
    /// The article's own prose.
    Prose,
    /// A speaker's or a document's, inside quotation marks.
    Quoted,
    /// Part of a phrase that everybody uses.
    Stock,
}

/// The words of one article's paragraphs, in order; headline and captions left out.
///
/// All bodies of a collection are held at once, so five bytes a word are: where the words stand is
/// read again for those that share any.
#[derive(Debug, Default)]
pub(super) struct Body<'a> {
    text: &'a str,
    /// The paragraphs.
    read: &'a [Span],
    /// Hashes of the folded words, one for each.
    pub(super) hashes: Vec<u32>,
    /// What each word is worth.
    pub(super) weights: Vec<Weight>,
    /// The first words of stretches but the first: paragraphs with nothing but white space between them
    /// are one stretch; a caption or an advertisement between them starts another.
    stretches: Vec<u32>,
    /// First and one-past-last word of each paragraph.
    pub(super) paragraphs: Vec<(usize, usize)>,
    /// First and one-past-last word of each sentence; sentences without a word are left out.
    pub(super) sentences: Vec<(usize, usize)>,
    /// How many words are [`Weight::Prose`].
    pub(super) n_prose: usize,
    /// The words' bytes in the page; read when first asked for.
    spans: OnceLock<Vec<Span>>,
}

impl Body<'_> {
    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.hashes.len()
    }

    /// The words' bytes in the page.
    pub(super) fn spans(&self) -> &[Span] {
        self.spans.get_or_init(|| {
            let mut spans = Vec::with_capacity(self.len());
            for &paragraph in self.read {
                spans.extend(fold::tokens(self.text, paragraph).iter().map(|word| word.span));
            }
            spans
        })
    }

    /// The words of the page.
    pub(super) fn text(&self) -> &str {
        self.text
    }

    /// Which stretch a word stands in.
    pub(super) fn stretch(&self, word: usize) -> usize {
        self.stretches.partition_point(|&first| first as usize <= word)
    }

    /// The bytes from word `first` up to, not including, word `end`.
    pub(super) fn span(&self, first: usize, end: usize) -> Span {
        let spans = self.spans();
        spans[first].hull(spans[end - 1])
    }
}

/// First and one-past-last of `words` that `span` touches.
fn touched(words: &[Span], span: Span) -> (usize, usize) {
    let first = words.partition_point(|word| word.end <= span.start);
    (first, words.partition_point(|word| word.start < span.end).max(first))
}

/// The body of `article`. Cost: linear in its text.
pub(super) fn body<'a>(
    page: &'a Page,
    article: &'a Article,
    marks: &Marks,
    lexicon: &Lexicon,
) -> Body<'a> {
    let text = &page.text;
    let mut body = Body { text, read: &article.paragraphs, ..Body::default() };
    let (mut hashes, mut spans) = (Vec::new(), Vec::new());
    let mut end: Option<u32> = None;
    for &paragraph in &article.paragraphs {
        if let Some(end) = end {
            let between = text.get(end as usize..paragraph.start as usize);
            if between.is_none_or(|between| !between.trim().is_empty()) {
                body.stretches.push(hashes.len() as u32);
            }
        }
        end = Some(paragraph.end);
        let first = hashes.len();
        for word in fold::tokens(text, paragraph) {
            spans.push(word.span);
            hashes.push(word.hash);
        }
        if hashes.len() > first {
            body.paragraphs.push((first, hashes.len()));
        }
    }

    body.hashes = hashes.iter().map(|hash| (hash >> 32) as u32).collect();
    body.weights = vec![Weight::Prose; hashes.len()];
    let posts = article.paragraphs.iter().filter(|paragraph| is_post(page.words(**paragraph)));
    // What is told of somebody's words without quotation marks is worded by who writes: two reports
    // that tell it in the same words have them from one of the two.
    for &span in marks.quotations.iter().chain(posts) {
        let (first, end) = touched(&spans, span);
        body.weights[first..end].fill(Weight::Quoted);
    }
    for (first, end) in lexicon.language(&article.language).stock.find(&hashes) {
        for weight in &mut body.weights[first..end] {
            if *weight == Weight::Prose {
                *weight = Weight::Stock;
            }
        }
    }
    body.n_prose = body.weights.iter().filter(|weight| **weight == Weight::Prose).count();
    let sentences = marks.sentences.iter().map(|&sentence| touched(&spans, sentence));
    body.sentences = sentences.filter(|(first, end)| first < end).collect();
    body
}

/// Whether a paragraph is a post from a social network, pasted with its signature:
/// `… — Ada Brook (@adabrook) 5 May 2021`. It needs no quotation marks to be a quotation.
fn is_post(paragraph: &str) -> bool {
    paragraph.rfind("(@").is_some_and(|at| {
        let signature = paragraph[..at].trim_end().rfind(['—', '–']);
        let handle = &paragraph[at + 2..];
        signature.is_some_and(|dash| at - dash <= 60)
            && handle.find(')').is_some_and(|close| close <= 30 && handle.len() - close <= 40)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_shows_by_its_signature() {
        assert!(is_post("We parted at the ferry. No fight — Ada Brook (@adabrook) 5 May 2021"));
        assert!(is_post("Back soon! — The Ferry Line (@ferryline) May 5, 2021"));
        assert!(!is_post(
            "The singer (@adabrook) said on Monday that she and the line had parted."
        ));
        assert!(!is_post(
            "Brook — known as (@adabrook) on the network — said on Monday that she had left."
        ));
    }
}
