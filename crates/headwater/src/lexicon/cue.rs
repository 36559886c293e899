//! Cues: words that attribute.
//!
//! `lexicon/<language>/cues.tsv`: verbs with their forms and what they take, nouns that hold a
//! clause, words of hearsay and of silence, words that show a public act, and the closed classes of
//! small words by which a clause is seen to begin or end.

use rustc_hash::FxHashMap;

use super::Table;
use crate::fold;

/// Word classes as bits: a word may be of several.
pub type Classes = u128;

/// Names of the classes and their bits.
macro_rules! classes {
    ($($name:ident = $bit:literal, $list:literal, $doc:literal;)*) => {
        /// The bits of the word classes.
        #[allow(missing_docs)]
        pub mod class {
            $(#[doc = $doc] pub const $name: super::Classes = 1 << $bit;)*
        }
        /// List in the file, bit.
        const CLASSES: &[(&str, Classes)] = &[$(($list, class::$name)),*];
    };
}

classes! {
    DET = 0, "det", "Opens a noun phrase.";
    ARTICLE = 1, "article", "The, a.";
    FRESH = 2, "fresh", "Introduces somebody new: a, another, two.";
    HE = 3, "he", "He.";
    SHE = 4, "she", "She.";
    IT = 5, "it", "It.";
    THEY = 6, "they", "They.";
    WHO = 7, "who", "Who.";
    SELF = 8, "self", "I, we, you.";
    SUB = 9, "sub", "Opens a subordinate clause.";
    REL = 10, "rel", "Opens a relative or content clause.";
    THAT = 11, "that", "That.";
    WHETHER = 12, "whether", "Whether, how, why.";
    COORD = 13, "coord", "And, but.";
    BUT = 14, "but", "Links a sentence to the one before.";
    PREP = 15, "prep", "Preposition.";
    OF = 16, "of", "Joins the parts of a name.";
    BY = 17, "by", "By.";
    TO = 18, "to", "To.";
    BE = 19, "be", "A form of to be.";
    AUX = 20, "aux", "Auxiliary.";
    MODAL = 21, "modal", "Finite auxiliary.";
    PRONOUN = 22, "pronoun", "Pronoun.";
    CLAUSAL = 23, "clausal", "May open a clause that lacks its conjunction.";
    ADVERB = 24, "adverb", "Stands between a subject and its verb.";
    TIME = 25, "time", "Says when.";
    MONTH = 26, "month", "A month.";
    NOT = 27, "not", "Negates.";
    COMMON = 28, "common", "A word whose capital only opens a sentence.";
    NOUN = 29, "noun", "Holds a clause: claim, denial.";
    ACCORDING = 30, "according", "According.";
    CITING = 31, "citing", "Citing.";
    HEARSAY = 32, "hearsay", "Reportedly.";
    HEARSAY_ADJECTIVE = 33, "hearsay-adjective", "Reported, before a noun.";
    HEARSAY_PASSIVE = 34, "hearsay-passive", "Said, in \"is said to\".";
    CONFIRM = 35, "confirm", "Confirmed.";
    DECLINE = 36, "decline", "Declined.";
    COMMENT = 37, "comment", "Comment.";
    REQUEST = 38, "request", "Request.";
    RESPOND = 39, "respond", "Respond.";
    UNREACHED = 40, "unreached", "Reached, in \"could not be reached\".";
    REACH = 41, "reach", "Reached out to, contacted.";
    ABBREVIATION = 42, "abbreviation", "Its point ends no sentence.";
    ALLEGED = 44, "alleged", "Allegedly: on nobody's word.";
    PUBLISHED = 45, "published", "Published, in \"published by\".";
    CONTRARY = 46, "contrary", "But.";
    PAST = 47, "past", "A past form that no ending shows: held.";
    SPOKE = 48, "spoke", "Spoke, before \"to\" or \"with\" and who heard it.";
    PIECE = 49, "piece", "Something printed or broadcast: interview, op-ed.";
    QUOTED = 50, "quoted", "Quoted: of who takes another's words over.";
    POINTING = 51, "pointing", "Opens a phrase that points to a report.";
    STANCE = 52, "", "A form of a verb by which somebody takes a stance: see `Stance`.";
    HELD = 53, "", "An adjective of who holds something: concerned.";
    HELD_NOUN = 54, "", "A noun by which somebody holds something: belief.";
    LIGHT = 57, "light", "A verb that lends itself to such a noun: express.";
    OWN = 58, "own", "Says whose: her, their.";
    IF = 59, "if", "Opens a question or a condition.";
    ASK = 60, "ask", "Asked, of whom nobody is named to have asked.";
    IN = 61, "in", "In.";
    PUBLIC = 62, "", "Opens a phrase that shows a public act.";
    OCCASION = 64, "", "Opens a phrase that says where or how something was said.";
    ABOUT = 63, "about", "Opens what somebody is asked about.";
    COPULA = 56, "copula", "Joins a subject and an adjective: seem, feel.";
    ACCORDING_BEHIND = 70, "according-behind", "According to, behind its source.";
    ACCORDING_LAST = 71, "according-last", "According to, at the end of what it covers: »…«, so Lund.";
    ACCORDING_LINK = 72, "according-link", "What may follow \"according\" instead of \"to\".";
    POLL = 55, "poll", "What asks many: poll, survey.";
    ACCORDING_ALONE = 65, "according-alone", "According to, in one word.";
    AS = 66, "as", "As, before who says it: \"as she put it\".";
    PHRASAL = 67, "phrasal", "Attributes with its particle only: point out.";
    ALONG = 68, "along", "Such a particle: out.";
    HEARD = 69, "heard", "Heard, in \"can be heard saying\".";
    PARTICIPLE = 74, "participle", "A past participle that no ending shows: seen.";
    WHICH = 75, "which", "Which, of a thing.";
    SEEN = 76, "seen", "Seen or published, of a paper and before \"by\".";
    TELLS = 77, "tells", "Tells whatever follows: announced.";
    SHARES = 78, "shares", "Tells, before a word for news: shared.";
    NEWS = 79, "news", "News, in \"shared the news\".";
    THAN = 80, "than", "Than, between more and a number.";
    CLEAR = 81, "clear", "Clear, in \"made it clear\".";
    NUMBER = 73, "", "A number may begin with it.";
    SIGN = 82, "", "Words that say how far along an act is, or that deny it, may begin with it.";
    CALENDAR = 84, "", "The calendar knows it.";
    OUTLET = 85, "", "The name of an outlet may begin with it.";
    DATED = 83, "", "A date hangs on it: no pattern of the calendar is without such a word or a digit.";
    WORDED = 86, "worded", "Words, in \"in her words\".";
    PLACE = 87, "", "Tells a country.";
    QUESTION = 88, "question", "Opens a question of an interview: Q.";
    ANSWER = 89, "answer", "Opens an answer: A.";
    MEASURE = 90, "measure", "What things go by, and no source: \"according to plan\".";
    ABBREVIATION_LAST = 43, "abbreviation-last", "An abbreviation that may end a sentence.";
}

/// What a verb takes, as bits.
pub mod takes {
    /// A clause without a conjunction.
    pub const CLAUSE: u16 = 1;
    /// A clause with "that".
    pub const THAT: u16 = 2;
    /// Words in quotation marks.
    pub const QUOTE: u16 = 4;
    /// An object and what it is called.
    pub const OBJECT: u16 = 8;
    /// "To" and a verb.
    pub const INFINITIVE: u16 = 16;
    /// A noun and its clause.
    pub const NOUN: u16 = 32;
    /// An addressee.
    pub const ADDRESSEE: u16 = 64;
    /// It may follow its words.
    pub const AFTER: u16 = 128;
    /// Reports and outlets do it.
    pub const REPORT: u16 = 256;
    /// A thing that it disputes: "denied the claim".
    pub const DISPUTED: u16 = 1024;
    /// Whoever is asked, then the question.
    pub const ASKED: u16 = 2048;
    /// Somebody, then "to" or "of" and what she is to do or did.
    pub const PERSON: u16 = 512;
}

/// What a verb makes of the words that it takes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Manner {
    /// Said.
    Say,
    /// Held, wished or planned.
    Think,
    /// Found by looking.
    Find,
}

/// Which form of a verb; a past form that is also a participle counts as past.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Tense {
    /// Say.
    Base,
    /// Says.
    Third,
    /// Said.
    Past,
    /// Written, where it is not the past form.
    Participle,
    /// Saying.
    Ing,
}

/// One form of a cue verb.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Verb {
    /// Which form.
    pub tense: Tense,
    /// What it takes: bits of [`takes`].
    pub takes: u16,
    /// What it makes of it.
    pub manner: Manner,
}

impl Verb {
    /// Whether it takes all of `what`.
    pub fn takes(self, what: u16) -> bool {
        self.takes & what == what
    }
}

/// What is known of one word.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Cue {
    /// Its classes.
    pub classes: Classes,
    /// The verb that it is a form of.
    pub verb: Option<Verb>,
}

/// What may stand behind a verb or adjective by which somebody takes a stance, as bits.
pub mod holds {
    /// What it is about, without a preposition: "criticized the plan".
    pub const OBJECT: u16 = 1;
    /// A clause: "believes that the dam leaks".
    pub const CLAUSE: u16 = 2;
    /// "To" and a verb: "refused to wait".
    pub const INFINITIVE: u16 = 4;
    /// Somebody, and for what: "blamed the board for the flood".
    pub const BLAMED: u16 = 8;
    /// Said of somebody: "is expected to wait".
    pub const PASSIVE: u16 = 16;
    /// Said of somebody, without a passive: "appears to wait".
    pub const RAISED: u16 = 32;
    /// An object, and what it is taken for: "sees the dam as a risk".
    pub const TAKEN: u16 = 256;
    /// A noun: "her belief that".
    pub const NOUN: u16 = 128;
    /// An adjective: only what the words between open.
    pub const HELD: u16 = 64;
}

/// One form of a verb, or an adjective, by which somebody holds, wants, backs, opposes, announces
/// or finds something without words of theirs being reported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stance {
    /// Which form; a base for adjectives.
    pub tense: Tense,
    /// What may follow: bits of [`holds`].
    pub holds: u16,
    /// Words that may stand between it and what it is about: "for" in "called for".
    pub links: Vec<String>,
    /// What it makes of it.
    pub manner: Manner,
}

/// Cues: words that attribute.
#[derive(Debug)]
pub struct Cues {
    words: FxHashMap<String, Cue>,
    stances: FxHashMap<String, Vec<Stance>>,
    public: FxHashMap<String, Vec<Vec<String>>>,
    citing: FxHashMap<String, Vec<Vec<String>>>,
    occasion: FxHashMap<String, Vec<Vec<String>>>,
    endings: Vec<(Ending, &'static str)>,
    /// The last bytes of those: most words end in another.
    last: fold::Bytes,
    /// Whether a comma sets off every clause.
    pub comma_clauses: bool,
}

/// What the ending of a word says of it, where no list holds the word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ending {
    /// It says how.
    Adverb,
    /// A past form.
    Past,
    /// A form like "saying".
    Ing,
    /// More than one; or a verb's third person.
    Plural,
    /// A short form: "n't".
    Short,
}

impl Ending {
    /// Its bit.
    pub const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The names of the endings in the file.
const ENDINGS: [(&str, Ending); 5] = [
    ("adverb", Ending::Adverb),
    ("past", Ending::Past),
    ("ing", Ending::Ing),
    ("plural", Ending::Plural),
    ("short", Ending::Short),
];

impl Cues {
    /// From the rows of its file.
    pub fn new(table: &Table) -> Self {
        let mut words = FxHashMap::<String, Cue>::default();
        for row in table.list("verb") {
            add_verb(&mut words, row);
        }
        for &(list, bit) in CLASSES {
            let own = table.list(list).filter_map(|row| row.first());
            let shared = table.list("class").filter(|row| row[0] == list).map(|row| &row[1]);
            for word in own.chain(shared).flat_map(|words| words.split(' ')) {
                words.entry(fold::fold(word)).or_default().classes |= bit;
            }
        }
        let stances = stances(table);
        // Each form gets the same bit: the order of the map does not show.
        for (word, all) in &stances {
            let held = |stance: &Stance| stance.holds == holds::HELD;
            let noun = |stance: &Stance| stance.holds == holds::NOUN;
            let bit = |stance: &Stance| match stance {
                it if held(it) => class::HELD,
                it if noun(it) => class::HELD_NOUN,
                _ => class::STANCE,
            };
            let bits = all.iter().map(bit).fold(0, |all, bit| all | bit);
            words.entry(word.clone()).or_default().classes |= bits;
        }
        let citing = phrases(table, "citing-phrase");
        let (public, occasion) = (phrases(table, "public"), phrases(table, "occasion"));
        let opening =
            [(&citing, class::POINTING), (&public, class::PUBLIC), (&occasion, class::OCCASION)];
        // Each first word gets the same bit: the order of the map does not show.
        for (phrases, bit) in opening {
            for first in phrases.keys() {
                words.entry(first.clone()).or_default().classes |= bit;
            }
        }
        let named = |name: &str| ENDINGS.iter().find(|(known, _)| *known == name).map(|it| it.1);
        let of = |row: &[&'static str]| {
            let ending = named(row[0])?;
            Some(row[1].split(' ').map(move |letters| (ending, letters)))
        };
        let endings = table.list("ending").filter_map(of).flatten().collect::<Vec<_>>();
        let last = endings.iter().filter_map(|(_, letters)| letters.bytes().last()).collect();
        let public = phrases(table, "public");
        let comma_clauses = table.list("comma").next().is_some();
        let occasion = phrases(table, "occasion");
        Self { words, stances, public, citing, occasion, endings, last, comma_clauses }
    }

    /// All words, in no order.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// What is known of the folded `word`; nothing for most.
    pub fn get(&self, word: &str) -> Cue {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// The stances that the folded `word` may be a form of.
    pub fn stances(&self, word: &str) -> &[Stance] {
        self.stances.get(word).map_or(&[], Vec::as_slice)
    }

    /// Phrases that show a public act and begin with the folded `word`, the longest first, each
    /// without that word.
    pub fn public(&self, word: &str) -> &[Vec<String>] {
        self.public.get(word).map_or(&[], Vec::as_slice)
    }

    /// Phrases that say where or how something was said, as [`Cues::public`]: "in an interview".
    pub fn occasion(&self, word: &str) -> &[Vec<String>] {
        self.occasion.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether the word opens what a question is about.
    pub fn is_about(&self, word: &str) -> bool {
        self.words.get(word).is_some_and(|cue| cue.classes & class::ABOUT != 0)
    }

    /// The endings that the word has and is longer than by two letters at least, as bits
    /// ([`Ending::bit`]).
    pub fn endings(&self, word: &str) -> u8 {
        if !word.bytes().last().is_some_and(|byte| self.last.has(byte)) {
            return 0;
        }
        let fits = |letters: &str| fold::ends(word, letters) && word.len() > letters.len() + 1;
        let known = self.endings.iter().filter(|(_, letters)| fits(letters));
        known.fold(0, |bits, (ending, _)| bits | ending.bit())
    }

    /// Phrases that point to a report, as [`Cues::public`]: "with reference to".
    pub fn citing(&self, word: &str) -> &[Vec<String>] {
        self.citing.get(word).map_or(&[], Vec::as_slice)
    }
}

fn add_verb(words: &mut FxHashMap<String, Cue>, row: &[&'static str]) {
    let [base, third, past, participle, ing, frames, manner] = row else { return };
    let bit = |frame| match frame {
        'c' => takes::CLAUSE,
        't' => takes::THAT,
        'q' => takes::QUOTE,
        'o' => takes::OBJECT,
        'i' => takes::INFINITIVE,
        'n' => takes::NOUN,
        'a' => takes::ADDRESSEE,
        'f' => takes::AFTER,
        'r' => takes::REPORT,
        'x' => takes::PERSON,
        'd' => takes::DISPUTED,
        'k' => takes::ASKED,
        _ => 0,
    };
    let takes = frames.chars().map(bit).fold(0, |all, bit| all | bit);
    let manner = match *manner {
        "think" => Manner::Think,
        "find" => Manner::Find,
        _ => Manner::Say,
    };
    let forms = [
        (base, Tense::Base),
        (third, Tense::Third),
        (past, Tense::Past),
        (participle, Tense::Participle),
        (ing, Tense::Ing),
    ];
    for (word, tense) in forms.into_iter().filter(|(word, _)| **word != "-") {
        let cue = words.entry(fold::fold(word)).or_default();
        cue.verb.get_or_insert(Verb { tense, takes, manner });
    }
}

/// `stance`: forms, what may follow, words between, what it makes of it. `held`: adjectives.
fn stances(table: &Table) -> FxHashMap<String, Vec<Stance>> {
    let bit = |letter| match letter {
        'o' => holds::OBJECT,
        't' => holds::CLAUSE,
        'i' => holds::INFINITIVE,
        'x' => holds::BLAMED,
        'p' => holds::PASSIVE,
        'r' => holds::RAISED,
        'a' => holds::TAKEN,
        _ => 0,
    };
    let links = |words: &str| -> Vec<String> {
        words.split(' ').filter(|word| *word != "-").map(fold::fold).collect()
    };
    let mut found = FxHashMap::<String, Vec<Stance>>::default();
    for row in table.list("stance") {
        let [forms, frames, between, manner] = row else { continue };
        let holds = frames.chars().map(bit).fold(0, |all, bit| all | bit);
        let manner = if *manner == "find" { Manner::Find } else { Manner::Think };
        let tenses = [Tense::Base, Tense::Third, Tense::Past, Tense::Participle, Tense::Ing];
        for (form, tense) in forms.split(' ').zip(tenses) {
            let stance = Stance { tense, holds, links: links(between), manner };
            let known = found.entry(fold::fold(form)).or_default();
            if !known.iter().any(|it| it.holds == holds && it.manner == manner) {
                known.push(stance);
            }
        }
    }
    for (list, holds) in [("held", holds::HELD), ("held-noun", holds::NOUN)] {
        for row in table.list(list) {
            let [words, between] = row else { continue };
            for word in words.split(' ') {
                let (tense, links) = (Tense::Base, links(between));
                let stance = Stance { tense, holds, links, manner: Manner::Think };
                found.entry(fold::fold(word)).or_default().push(stance);
            }
        }
    }
    found
}

fn phrases(table: &Table, list: &str) -> FxHashMap<String, Vec<Vec<String>>> {
    let mut found = FxHashMap::<String, Vec<Vec<String>>>::default();
    for phrase in table.list(list).filter_map(|row| row.first()) {
        let mut words = phrase.split(' ').map(fold::fold);
        let Some(first) = words.next() else { continue };
        found.entry(first).or_default().push(words.collect());
    }
    for rest in found.values_mut() {
        rest.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::Lexicon;

    use super::*;

    #[test]
    fn no_two_lists_share_a_bit() {
        let mut bits = CLASSES.iter().map(|(_, bit)| *bit).collect::<Vec<_>>();
        bits.sort_unstable();
        bits.dedup();
        assert_eq!(bits.len(), CLASSES.len());
    }

    #[test]
    fn every_verb_row_is_whole() {
        let cues = &Lexicon::shipped().languages[0].cues;
        let said = cues.get("said").verb.unwrap();
        assert_eq!(said.tense, Tense::Past);
        assert!(said.takes(takes::CLAUSE | takes::QUOTE) && !said.takes(takes::OBJECT));
        assert!(cues.get("that").classes & class::THAT != 0);
        assert_eq!(cues.get("gnome"), Cue::default());
    }

    #[test]
    fn longer_phrases_come_first() {
        let cues = &Lexicon::shipped().languages[0].cues;
        let told = cues.public("in");
        assert!(told.windows(2).all(|pair| pair[0].len() >= pair[1].len()));
    }
}
