//! Sentence: where one ends and the next begins.
//!
//! Abbreviations, initials and quotation marks are minded: a full stop inside a quotation ends the
//! sentence only if the quotation ends there too.

mod quotation;
mod word;

use headwater_page::Span;

use crate::lexicon::Language;

pub(crate) use quotation::{Quotation, quotations};
pub(crate) use word::{Case, Line, Word, line_at};

/// The sentences of one paragraph, in order, without white space at their ends. Cost: linear.
/// Never fails.
pub fn sentences(text: &str, paragraph: Span, language: &Language) -> Vec<Span> {
    let line = Line::new(text, paragraph, language);
    (0..line.sentences.len()).map(|ix| line.sentence(ix)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Lexicon;

    fn split(text: &str) -> Vec<&str> {
        let language = &Lexicon::shipped().languages[0];
        let all = sentences(text, Span::new(0, text.len()), language);
        all.into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn abbreviations_and_initials_end_nothing() {
        assert_eq!(
            split("Mr. Oduya met Dr. J. P. Lund. They left."),
            ["Mr. Oduya met Dr. J. P. Lund.", "They left."]
        );
        assert_eq!(
            split("The U.S. Navy sailed from St. Aldhelm at 5 p.m. The crew slept."),
            ["The U.S. Navy sailed from St. Aldhelm at 5 p.m.", "The crew slept."]
        );
    }

    #[test]
    fn a_quotation_is_not_cut() {
        assert_eq!(
            split("“It leaks. We know it,” said Lund. “We wait.” He left."),
            ["“It leaks. We know it,” said Lund.", "“We wait.”", "He left."]
        );
        assert_eq!(split("\"Why? Who?\" she asked. 'No.'"), ["\"Why? Who?\" she asked.", "'No.'"]);
    }

    proptest! {
        #[test]
        fn sentences_are_in_order_and_trimmed(text in "\\PC{0,200}") {
            let language = &Lexicon::shipped().languages[0];
            let mut last = 0;
            for span in sentences(&text, Span::new(0, text.len()), language) {
                prop_assert!(span.start >= last && !span.is_empty());
                prop_assert_eq!(span, span.trim(&text));
                last = span.end;
            }
        }
    }
}
