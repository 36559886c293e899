//! Words that say the same, words that say the opposite, and words that change how far a deed is
//! said to be done: what a typed claim is compared by.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Background, Phrases, Sign, Table};
use crate::fold;

/// What two wordings may differ in and still say the same, and what turns a claim round.
#[derive(Debug)]
pub struct Alike {
    /// Words that carry nothing alone.
    pub light: Phrases,
    /// Words by which a reporter joins, colours and hedges: they tell no fact from another.
    pub asides: Phrases,
    /// Words that widen or narrow a claim.
    pub amounts: Phrases,
    /// Signs that are as often a thing as a deed.
    pub nouns: Phrases,
    /// Markers of the infinitive.
    pub infinitives: Phrases,
    /// What stands before the doer in the passive.
    pub agents: Phrases,
    /// What stands before the name of a place.
    pub places: Phrases,
    /// Forms by which a deed is done to what stands before it: "was freed".
    pub passive: Phrases,
    /// What points at the sentence before.
    pub points: Phrases,
    /// What stands before a thing that is known already: "the".
    pub definite: Phrases,
    /// Openings of sentences that go on with what stood before them.
    pub dangling: Phrases,
    /// Roots of verbs that only say that somebody said it.
    pub reports: FxHashSet<String>,
    /// Roots of verbs that say that somebody said it, and something more.
    pub confirms: FxHashSet<String>,
    /// Irregular forms and other spellings, each with the word that stands for it.
    forms: FxHashMap<String, String>,
    /// Roots of words that stand for one another, each with the one that stands for all.
    groups: FxHashMap<String, String>,
    /// Roots of words that retell one another, each with the hash and weight of its row.
    akin: FxHashMap<String, (u64, u32)>,
    opposites: FxHashMap<String, Vec<String>>,
    prefixes: Vec<String>,
    signs: FxHashMap<String, Sign>,
    /// The most words of the signs that begin with a word.
    begins: FxHashMap<String, usize>,
}

impl Alike {
    /// From the rows of its two files; endings are lost as `background` has it.
    pub fn new(alike: &Table, opposites: &Table, background: &Background) -> Self {
        let mut forms = FxHashMap::default();
        for row in alike.list("form") {
            for form in row.get(1).iter().flat_map(|forms| forms.split(' ')) {
                forms.insert(fold::fold(form), fold::fold(row[0]));
            }
        }
        let mut signs = FxHashMap::default();
        let mut begins = FxHashMap::<String, usize>::default();
        for row in alike.rows().filter(|row| row.len() > 1) {
            let sign = match row[0] {
                "denies" => Sign::Negation,
                "possible" => Sign::Possible,
                "planned" => Sign::Planned,
                "ordered" => Sign::Ordered,
                _ => continue,
            };
            let phrase = fold::fold(row[1]);
            let first = phrase.split(' ').next().unwrap_or_default().to_owned();
            let most = begins.entry(first).or_default();
            *most = phrase.split(' ').count().max(*most);
            signs.insert(phrase, sign);
        }
        let mut all = Self {
            light: alike.phrases("light"),
            asides: alike.phrases("aside"),
            amounts: alike.phrases("amount"),
            nouns: alike.phrases("noun"),
            infinitives: alike.phrases("infinitive"),
            agents: alike.phrases("agent"),
            places: alike.phrases("place"),
            passive: alike.phrases("passive"),
            points: alike.phrases("points"),
            definite: alike.phrases("definite"),
            dangling: alike.phrases("dangling"),
            reports: FxHashSet::default(),
            confirms: FxHashSet::default(),
            forms,
            groups: FxHashMap::default(),
            akin: FxHashMap::default(),
            opposites: FxHashMap::default(),
            prefixes: alike.list("prefix").map(|row| fold::fold(row[0])).collect(),
            signs,
            begins,
        };
        for row in alike.list("alike") {
            let first = all.root(row[0], background).into_owned();
            for other in row.get(1).iter().flat_map(|others| others.split(' ')) {
                let other = all.root(other, background).into_owned();
                if other != first {
                    all.groups.insert(other, first.clone());
                }
            }
        }
        for row in alike.list("akin") {
            let words = row[..row.len().min(2)].iter().flat_map(|it| it.split(' '));
            let words = words.map(fold::fold).collect::<Vec<_>>();
            let weigh = |word: &String| background.weight(&background.stem(word));
            // Which word a reporter took says nothing: the row weighs what its words do on average.
            let weight = words.iter().map(weigh).sum::<u32>() / words.len() as u32;
            let group = fold::hash(&format!("={}", words[0]));
            for word in &words {
                let root = all.root(word, background).into_owned();
                all.akin.entry(root).or_insert((group, weight));
            }
        }
        let root = |row: &[&'static str]| all.root(row[0], background).into_owned();
        let roots = |list| alike.list(list).map(root).collect();
        (all.reports, all.confirms) = (roots("report"), roots("confirm"));
        for row in opposites.rows().filter(|row| row.len() > 1) {
            let left = all.root(row[0], background).into_owned();
            for right in row[1].split(' ') {
                let right = all.root(right, background).into_owned();
                all.opposites.entry(left.clone()).or_default().push(right.clone());
                all.opposites.entry(right).or_default().push(left.clone());
            }
        }
        all
    }

    /// What a folded word is compared by: without possessive, ending and irregular form; words that
    /// stand for one another have one root.
    pub fn root<'w>(&'w self, word: &'w str, background: &Background) -> Cow<'w, str> {
        let word = word.trim_end_matches('\'');
        let word = word.strip_suffix("'s").unwrap_or(word);
        let word = self.forms.get(word).map_or(word, String::as_str);
        // "guarantees" loses two letters and "guarantee" one.
        let mut root = background.stem(word);
        let bare = root.trim_end_matches('e').len();
        let end = if bare > 2 { bare } else { root.len() };
        let mut last = root[..end].chars().rev();
        let doubled = last.next().zip(last.next()).is_some_and(|(a, b)| a == b && !vowel(a));
        let cut = doubled && end > 2 && root[..end].is_ascii();
        let end = end - usize::from(cut);
        match &mut root {
            Cow::Borrowed(root) => *root = &root[..end],
            Cow::Owned(root) => root.truncate(end),
        }
        self.groups.get(&*root).map_or(root, |group| Cow::Borrowed(group))
    }

    /// Whether a folded word is an irregular form of another.
    pub fn is_form(&self, word: &str) -> bool {
        self.forms.contains_key(word)
    }

    /// The row of words that retell one another in which a root stands, as its hash and what it
    /// weighs; a root stands in the first that has it.
    pub fn akin(&self, root: &str) -> Option<(u64, u32)> {
        self.akin.get(root).copied()
    }

    /// Whether a verb's root says that somebody said it.
    pub fn attributes(&self, root: &str) -> bool {
        self.reports.contains(root) || self.confirms.contains(root)
    }

    /// Whether two roots cannot both be said of one thing.
    pub fn opposed(&self, left: &str, right: &str) -> bool {
        let negated = |long: &str, short: &str| {
            short.len() >= LEAST_NEGATED
                && long.strip_suffix(short).is_some_and(|it| self.prefixes.iter().any(|p| p == it))
        };
        self.opposites.get(left).is_some_and(|of| of.iter().any(|it| it == right))
            || negated(left, right)
            || negated(right, left)
    }

    /// Whether the folded word turns the word that it is joined to into its opposite.
    pub fn is_prefix(&self, word: &str) -> bool {
        self.prefixes.iter().any(|prefix| prefix == word)
    }

    /// The most words of a sign that begins with the folded word; 0 for most words.
    pub fn opened(&self, word: &str) -> usize {
        self.begins.get(word).copied().unwrap_or(0)
    }

    /// What the folded phrase says of what follows it, beyond what [`super::Statements`] knows.
    pub fn sign(&self, phrase: &str) -> Option<Sign> {
        self.signs.get(phrase).copied()
    }
}

/// Letters that must be left of a word whose prefix negates it: "under" is not the opposite of "der".
const LEAST_NEGATED: usize = 4;

/// A doubled vowel belongs to the word ("see"); a doubled consonant, to its ending ("banned").
fn vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use crate::Lexicon;

    #[test]
    fn forms_and_spellings_have_one_root() {
        let language = &Lexicon::shipped().languages[0];
        let root = |word| language.alike.root(word, &language.background);
        for (left, right) in [
            ("signed", "signs"),
            ("leasing", "lease"),
            ("banned", "ban"),
            ("forbade", "prohibit"),
            ("took", "taken"),
            ("harbour", "harbors"),
            ("died", "dies"),
            ("women", "woman"),
            ("guarantee", "guarantees"),
            ("agreeing", "agreed"),
            ("frees", "free"),
        ] {
            assert_eq!(root(left), root(right), "{left} {right}");
        }
        for (left, right) in [("minister", "ministry"), ("sale", "salt")] {
            assert_ne!(root(left), root(right), "{left} {right}");
        }
    }

    #[test]
    fn words_that_retell_one_another_meet_in_every_form() {
        let language = &Lexicon::shipped().languages[0];
        let akin = |word| language.alike.akin(&language.alike.root(word, &language.background));
        assert!(akin("revoked").is_some());
        assert_eq!(akin("revoked"), akin("rescinds"));
        assert_eq!(akin("kenya"), akin("kenyan"));
        assert_ne!(akin("arrested"), akin("released"));
        assert_eq!(akin("lamp"), None);
    }

    #[test]
    fn opposites_hold_in_all_forms() {
        let language = &Lexicon::shipped().languages[0];
        let root = |word| language.alike.root(word, &language.background);
        let opposed = |left, right| language.alike.opposed(&root(left), &root(right));
        for (left, right) in [
            ("allowed", "bans"),
            ("rose", "fallen"),
            ("released", "cancels"),
            ("confirming", "denied"),
            ("won", "losing"),
            ("insured", "uninsured"),
        ] {
            assert!(opposed(left, right) && opposed(right, left), "{left} {right}");
        }
        assert!(!opposed("signed", "ordered"));
    }
}
