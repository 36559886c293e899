//! Player: what a video player or a picture gallery leaves among the paragraphs when a page is read as text.

use regex::Regex;
use std::sync::LazyLock;

use crate::fold;
use crate::lexicon::Language;

static LENGTH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(\p{L}+)[?!”’'\x22]? [0-9]{1,2}:[0-5][0-9]$").expect("the shape is fixed")
});
/// "8 of 25", "8/25".
static NTH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b([0-9]{1,3})(?: ?/ ?| \p{L}{2,4} )([0-9]{1,3})\b").expect("the shape is fixed")
});

/// Words of a player's title, at most, with what stands around it.
const MOST: usize = 40;

/// "Watch: Storm hits Crail 01:35": a title with the length of what it plays. "Polls close at 21:00" has a
/// small word before the time.
pub(super) fn is_player(words: &str, n_words: usize, language: &Language) -> bool {
    n_words <= MOST
        && LENGTH.captures(words).is_some_and(|found| {
            let before = fold::fold(&found[1]);
            !language.function_words.has(&before)
        })
}

/// Whether the words count pictures: "The quay. 1/8 The ferry at noon. 2/8 …".
pub(super) fn is_gallery(words: &str) -> bool {
    let counts = NTH.captures_iter(words).filter_map(|found| {
        let number = |n: usize| found[n].parse::<u32>().ok();
        number(1).zip(number(2)).filter(|(n, of)| n <= of)
    });
    let counts = counts.collect::<Vec<_>>();
    counts.windows(2).any(|pair| pair[1].0 == pair[0].0 + 1 && pair[1].1 == pair[0].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn players_end_with_a_length() {
        let english = Lexicon::shipped().language("en");
        let plays = |words: &str| is_player(words, words.split(' ').count(), english);
        assert!(plays("PLAY AGAIN Storm hits Crail More videos ... Storm hits Crail 01:35"));
        assert!(plays("What happens to the ferry? 2:13"));
        assert!(!plays("Polls close at 21:00"));
        assert!(!plays("The vote was counted until 21:00 on Monday."));
    }

    #[test]
    fn galleries_count_their_pictures() {
        assert!(is_gallery("1/3 The quay at noon 2/3 The ferry 3/3 The crowd"));
        assert!(is_gallery("The quay. Hide picture 7 of 25 The ferry. Hide picture 8 of 25"));
        assert!(!is_gallery("Two thirds (2/3) voted and 1/3 stayed at home"));
        assert!(!is_gallery("9 of 10 said so, 4 of 10 were sure"));
    }
}
