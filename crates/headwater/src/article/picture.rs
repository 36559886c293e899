//! Picture: what pictures, galleries and video players leave among the paragraphs when a page is read as
//! text.

use headwater_page::Span;
use regex::Regex;
use std::sync::LazyLock;

use crate::fold;
use crate::lexicon::{Language, Lexicon, OutletKind, class, traits};

static LENGTH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(\p{L}+)[?!”’'\x22]? 0[0-9]:[0-5][0-9]$").expect("the shape is fixed")
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
            let timed = language.cues.get(&before).classes & class::TIME != 0;
            !timed && !language.function_words.has(&before)
        })
}

/// Whether the words count pictures, three in a row at least: "The quay. 1/8 The ferry at noon. 2/8 …".
pub(super) fn is_gallery(words: &str) -> bool {
    let counts = NTH.captures_iter(words).filter_map(|found| {
        let number = |n: usize| found[n].parse::<u32>().ok();
        number(1).zip(number(2)).filter(|(n, of)| n <= of)
    });
    let counts = counts.collect::<Vec<_>>();
    let next = |pair: &[(u32, u32)]| pair[1].0 == pair[0].0 + 1 && pair[1].1 == pair[0].1;
    counts.windows(3).any(|three| next(&three[..2]) && next(&three[1..]))
}

/// Whether the words are a caption behind the name of whose picture it is: "Getty Images Ada Lund on the quay".
/// A wire agency reports as well, so that behind its name only a small word tells: "Reuters The quay at noon".
pub(super) fn is_labelled(words: &str, lexicon: &Lexicon, language: &Language) -> bool {
    let end =
        (0..=LABEL.min(words.len())).rev().find(|at| words.is_char_boundary(*at)).unwrap_or(0);
    let opening = Span::new(0, end);
    let agency = || {
        let (span, ix) = *lexicon.outlets.scan(words, opening).first()?;
        let agency = lexicon.outlets.get(ix).kind == OutletKind::Agency;
        (span.start == 0 && agency).then_some(span.end as usize)
    };
    // These names are folded into as many bytes; where they are not, `get` finds no word behind them.
    let pictured = language.press.pictured(&fold::fold(opening.of(words)));
    let label = Some(pictured).filter(|len| *len > 0).or_else(agency);
    let Some(rest) = label.and_then(|len| words.get(len..)?.strip_prefix(' ')) else {
        return false;
    };
    let next = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let titled = next.starts_with(char::is_uppercase)
        && (next.chars().count() == 1 || next.contains(char::is_lowercase));
    let small = language.function_words.has(&fold::fold(next));
    let who = traits::ROLE | traits::ROLES | traits::TITLE | traits::OFFICE;
    let named = language.people.get(&fold::fold(next)) & who == 0 && pictured > 0;
    titled && (small || named)
}

/// Whether the words end with a picture's credit in brackets: "… nearby. (Jo Marl/AP)".
pub(super) fn is_signed(words: &str, lexicon: &Lexicon) -> bool {
    let inside = words.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).map(|it| it.1);
    let whose = inside.and_then(|inside| inside.rsplit_once('/')).map(|(_, whose)| whose.trim());
    whose.is_some_and(|whose| lexicon.outlets.find(whose).is_some())
}

/// Bytes of a label, at most.
const LABEL: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn players_end_with_a_length() {
        let english = Lexicon::shipped().language("en");
        let plays = |words: &str| is_player(words, words.split(' ').count(), english);
        assert!(plays("PLAY AGAIN Storm hits Crail More videos ... Storm hits Crail 01:35"));
        assert!(plays("What happens to the ferry? 02:13"));
        assert!(!plays("Polls close at 21:00"));
        assert!(!plays("Model of the ferry, scale 1:24"));
        assert!(!plays("The vote was counted until 21:00 on Monday."));
    }

    #[test]
    fn galleries_count_their_pictures() {
        assert!(is_gallery("1/3 The quay at noon 2/3 The ferry 3/3 The crowd"));
        assert!(is_gallery(
            "The quay. Hide 7 of 25 The ferry. Hide 8 of 25 The crew. Hide 9 of 25"
        ));
        assert!(!is_gallery("The share rose from 3 in 10 to 4 in 10"));
        assert!(!is_gallery("The storm hit on 3/11 and again on 4/11"));
        assert!(!is_gallery("Two thirds (2/3) voted and 1/3 stayed at home"));
        assert!(!is_gallery("9 of 10 said so, 4 of 10 were sure"));
    }

    #[test]
    fn credits_stand_behind_a_caption() {
        let signed = |words: &str| is_signed(words, Lexicon::shipped());
        assert!(signed("The wreck. (Harn's ministry via AP) ( /Associated Press)"));
        assert!(signed("The wreck on Sunday. (Jo Marl/AP)"));
        assert!(!signed("Most voted for it (2/3)"));
        assert!(!signed("The ferry (which sank) was new"));
    }

    #[test]
    fn labels_stand_before_a_caption() {
        let lexicon = Lexicon::shipped();
        let labelled = |words: &str| is_labelled(words, lexicon, lexicon.language("en"));
        assert!(labelled("Getty Images The ferry at the quay of Crail"));
        assert!(labelled("AP:Associated Press Ada Lund greets the crew"));
        assert!(labelled("Reuters A diver below the pier"));
        assert!(!labelled("Reuters Television reported that the ferry sank"));
        assert!(!labelled("Bloomberg Wins Mayor Race by a Mile"));
        assert!(!labelled("Reuters reported that the ferry sank"));
        assert!(!labelled("Reuters President Ada Lund said so"));
        assert!(!labelled("Getty Images, which sells pictures, said so"));
        assert!(!labelled("Reuters November 18, 2019 11:03 PM"));
        assert!(!labelled("The ferry sank"));
    }
}
