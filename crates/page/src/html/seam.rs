//! Seam: where two inline elements touch without white space between them.
//!
//! `<span class=day>Monday</span><a class=name>Lindqvist</a>` is two words on the screen, because a
//! style sheet says so. `<span>Mon</span><span>day</span>` is one, which an editor's program cut.

/// What stands between two words that touch.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Apart {
    /// Nothing, or mere formatting: they are one word.
    Nothing,
    /// Two inline elements that nothing tells apart: one word, unless letters meet digits.
    Hardly,
    /// A seam that may run through a word.
    Perhaps,
    /// Something that no word goes through: two links to different pages, an image.
    Surely,
}

/// Whether `word`, put right after `text`, would run two words into one.
pub(super) fn would_glue(text: &str, word: &str, apart: Apart) -> bool {
    let (Some(before), Some(after)) = (text.chars().next_back(), word.chars().next()) else {
        return false;
    };
    let ends = before.is_alphanumeric() || ".,:;!?)|".contains(before);
    let begins = after.is_alphanumeric() || "(|“@#".contains(after);
    let is_apart = match apart {
        Apart::Nothing => false,
        Apart::Hardly => {
            before.is_lowercase() && after.is_ascii_digit()
                || before.is_ascii_digit() && after.is_uppercase()
        }
        Apart::Perhaps => !(before.is_lowercase() && after.is_lowercase()),
        Apart::Surely => true,
    };
    is_apart && ends && begins
}

#[cfg(test)]
mod tests {
    use crate::page::Capture;
    use crate::read::read;

    fn body(html: &str) -> String {
        let html = format!("<!doctype html><p>{html}");
        let page = read(html.as_bytes(), &Capture::default()).pages.remove(0);
        page.words(page.body()).to_owned()
    }

    #[test]
    fn neighbours_with_a_class_are_apart() {
        let html = "<span class=day>Monday</span><span class=name>Ada Lindqvist</span>";
        assert_eq!(body(html), "Monday Ada Lindqvist");
        let html = "<small class=t>2 April 2031</small><small class=t>4:14 pm</small>";
        assert_eq!(body(html), "2 April 2031 4:14 pm");
    }

    #[test]
    fn links_that_lead_elsewhere_are_apart() {
        assert_eq!(body("<a href=/a>News</a><a href=/b>Sport</a>"), "News Sport");
        assert_eq!(body("<span>Idris Vole</span><span>11 March</span>"), "Idris Vole 11 March");
        assert_eq!(body("<a href=#>tide</a><a href=#>ferry</a>"), "tide ferry");
        let html = "<span class=tag>Topics</span><a href=/a>tide</a><a href=/b>ferry</a>";
        assert_eq!(body(html), "Topics tide ferry");
        assert_eq!(body("One<img>Two"), "One Two");
    }

    #[test]
    fn words_cut_in_pieces_stay_whole() {
        assert_eq!(body("<span class=s1>Satur</span><span class=s2>day</span>"), "Saturday");
        assert_eq!(body("<span>Satur</span><span>Day</span>"), "SaturDay");
        assert_eq!(body("<span class=cap>T</span><span class=rest>Old</span>"), "TOld");
        assert_eq!(body("<span>F</span>erry <b>T</b><i>own</i>"), "Ferry Town");
        assert_eq!(body("<a href=/a>Ferry</a>, <a href=/b>tide</a>."), "Ferry, tide.");
    }
}
