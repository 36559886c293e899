//! Copies: one article of a generated corpus on thousands of sites, each with light edits of its own.

use headwater::reuse::bare::{Shared, Text};
use headwater::reuse::family;

/// `n_copies` copies of the first text of about the usual length; the same for the same corpus.
pub(crate) struct Copies {
    /// The article that is copied, by its number in the corpus.
    wire: usize,
    copies: Vec<String>,
}

/// A corpus with the copies strewn in, each on a site of its own.
pub(crate) struct Strewn<'a> {
    pub(crate) texts: Vec<Text<'a>>,
    /// Whether each text is a copy or the article itself.
    is_copy: Vec<bool>,
}

impl Copies {
    pub(crate) fn new(texts: &[Text], n_copies: usize) -> Result<Self, String> {
        let is_usual = |text: &Text| (2_500..5_000).contains(&text.words.len());
        let wire = texts.iter().position(is_usual).ok_or("no text of 2,500 to 5,000 bytes")?;
        let copies = (0..n_copies).map(|nth| copy(texts[wire].words, nth as u64)).collect();
        Ok(Self { wire, copies })
    }

    pub(crate) fn strewn<'a>(&'a self, texts: &[Text<'a>]) -> Strewn<'a> {
        let n_series = texts.iter().map(|text| text.series + 1).max().unwrap_or(0);
        let copies = (n_series..).zip(&self.copies);
        let mut copies = copies.map(|(series, words)| (Text { words, series }, true));
        let step = (texts.len() / self.copies.len().max(1)).max(1);
        let mut all = Vec::with_capacity(texts.len() + self.copies.len());
        for (ix, text) in texts.iter().enumerate() {
            all.push((*text, ix == self.wire));
            if ix % step == step - 1 {
                all.extend(copies.next());
            }
        }
        all.extend(copies);
        let (texts, is_copy) = all.into_iter().unzip();
        Strewn { texts, is_copy }
    }
}

impl Strewn<'_> {
    /// How many copies (the article counted too) one family holds, and what finding them took beside
    /// the corpus alone.
    pub(crate) fn told(&self, found: &[Shared], seconds: f64, alone: f64) -> String {
        let n_copies = |family: &family::Family| {
            let mut texts = family.members.iter().map(|member| member.text).collect::<Vec<_>>();
            texts.dedup();
            texts.iter().filter(|text| self.is_copy[**text as usize]).count()
        };
        let most = family::families(found).iter().map(n_copies).max().unwrap_or(0);
        let n_all = self.is_copy.iter().filter(|is_copy| **is_copy).count();
        format!(
            "one article {n_all} times: {most} in one family; {seconds:.2} s of processor time, \
             {:.2} times the corpus alone\n",
            seconds / alone,
        )
    }
}

/// The words with one of 25 changed, dropped or doubled, a line of the site's own above, and in one
/// of four copies the end cut off.
fn copy(words: &str, nth: u64) -> String {
    let mut state = nth.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut dice = |sides: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % sides
    };
    let all = words.split(' ').collect::<Vec<_>>();
    let end = if dice(4) == 0 { all.len() * 3 / 4 } else { all.len() };
    let mut copy = format!("Site {nth} has this\n\n");
    for (at, &word) in all[..end].iter().enumerate() {
        let word = match dice(75) {
            0 => continue,
            1 => all[dice(all.len() as u64) as usize],
            2 => {
                copy.push_str(word);
                copy.push(' ');
                word
            }
            _ => word,
        };
        copy.push_str(word);
        copy.push(if at + 1 == end { '\n' } else { ' ' });
    }
    copy
}

#[cfg(test)]
mod tests {
    use super::*;
    use headwater::reuse::bare;

    #[test]
    fn five_hundred_copies_are_one_family_and_told_so() {
        let word = |nth: usize| {
            let at = nth * nth % 9_973 + nth;
            format!("{}{}", ["ba", "do", "fi", "gu", "lem", "nor"][at % 6], at % 1_009)
        };
        let body = |from: usize| (from..from + 500).map(word).collect::<Vec<_>>().join(" ");
        let bodies = (0..40).map(|nth| body(nth * 700)).collect::<Vec<_>>();
        let texts = bodies.iter().zip(0..).map(|(words, series)| Text { words, series });
        let texts = texts.collect::<Vec<_>>();
        for n_copies in [10, 500] {
            let copies = Copies::new(&texts, n_copies).unwrap();
            let strewn = copies.strewn(&texts);
            assert_eq!(strewn.texts.len(), texts.len() + n_copies);
            let told = strewn.told(&bare::shared(&strewn.texts), 1.0, 1.0);
            let n_all = n_copies + 1;
            assert!(told.contains(&format!("{n_all} times: {n_all} in one family")), "{told}");
        }
    }
}
