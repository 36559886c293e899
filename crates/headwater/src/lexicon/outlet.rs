//! Outlets: the world's press, with families, aliases and domains.
//!
//! `lexicon/outlets.tsv`: name, kind (`agency`, `outlet`), country (ISO 3166-1), domains, aliases,
//! family. Several values are split by `|`. An alias in parentheses is ambiguous ("(the Times)"):
//! it counts only in an article that names the outlet in full. A name in parentheses is also a
//! word of the language ("(Time)"): where a line is all name it counts, in prose only beside a cue.

use aho_corasick::{AhoCorasick, MatchKind};
use headwater_page::Span;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Table;
use crate::fold;

/// Which outlet of the lexicon: an index in file order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct OutletIx(pub u32);

/// What sort of publisher.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum OutletKind {
    /// Delivers to other outlets.
    Agency,
    /// Anything that publishes to readers.
    Outlet,
}

/// One publisher.
#[derive(Debug)]
pub struct Outlet {
    /// Its name, as it writes it.
    pub name: &'static str,
    /// Whether the name is also a word of the language, so that prose may mean something else.
    pub common: bool,
    /// What sort.
    pub kind: OutletKind,
    /// Country code, lower case.
    pub country: &'static str,
    /// Domains it publishes on, without `www.`.
    pub domains: Vec<&'static str>,
    /// Other names that mean it wherever they stand.
    pub aliases: Vec<&'static str>,
    /// Short names that mean it only where it was named in full before.
    pub ambiguous: Vec<&'static str>,
    /// The house it belongs to; its own name if it stands alone.
    pub family: &'static str,
}

/// All publishers, with ways to find them.
#[derive(Debug)]
pub struct Outlets {
    all: Vec<Outlet>,
    by_key: FxHashMap<String, OutletIx>,
    by_short: FxHashMap<String, Vec<OutletIx>>,
    by_domain: FxHashMap<&'static str, OutletIx>,
    /// Hashes of the agencies' names that are one word.
    agencies: FxHashSet<u64>,
    certain: Scanner,
    common: Scanner,
}

impl Outlets {
    /// The publishers of `file`. Where two claim a name or domain, the first has it.
    ///
    /// # Panics
    /// If the names do not fit an automaton (they are a few thousand short ones).
    pub fn new(file: &'static str) -> Self {
        let all = Table::new(file).rows().map(outlet).collect::<Vec<_>>();
        let (mut by_key, mut by_domain) = (FxHashMap::default(), FxHashMap::default());
        let mut by_short = FxHashMap::<String, Vec<OutletIx>>::default();
        let (mut certain, mut common) = (Vec::new(), Vec::new());
        for (ix, outlet) in all.iter().enumerate() {
            let ix = OutletIx(ix as u32);
            let names = if outlet.common { &mut common } else { &mut certain };
            names.push((outlet.name, ix));
            certain.extend(outlet.aliases.iter().map(|alias| (*alias, ix)));
            for name in std::iter::once(&outlet.name).chain(&outlet.aliases) {
                by_key.entry(fold::key(name)).or_insert(ix);
            }
            for short in &outlet.ambiguous {
                let owners = by_short.entry(fold::key(short)).or_default();
                if !owners.contains(&ix) {
                    owners.push(ix);
                }
            }
            for domain in &outlet.domains {
                by_domain.entry(*domain).or_insert(ix);
            }
        }
        // "The Times" is one paper's name and another's short name: the words alone say neither.
        by_key.retain(|key, ix| {
            let common = all[ix.0 as usize].common;
            let rivals = by_short.get_mut(key).filter(|owners| common && owners[..] != [*ix]);
            rivals.map(|owners| owners.push(*ix)).is_none()
        });
        let (certain, common) = (Scanner::new(&certain), Scanner::new(&common));
        let agencies =
            by_key.iter().filter(|(_, ix)| all[ix.0 as usize].kind == OutletKind::Agency);
        let agencies = agencies.map(|(key, _)| fold::hash(key)).collect();
        Self { all, by_key, by_short, by_domain, agencies, certain, common }
    }

    /// The publisher at `ix`.
    pub fn get(&self, ix: OutletIx) -> &Outlet {
        &self.all[ix.0 as usize]
    }

    /// All publishers, in file order.
    pub fn all(&self) -> &[Outlet] {
        &self.all
    }

    /// The publisher of that name or alias, case and leading article aside ("BLOOMBERG" too), where
    /// `name` is known to be a name. Ambiguous aliases do not count.
    pub fn find(&self, name: &str) -> Option<OutletIx> {
        self.by_key.get(&fold::key(name)).copied()
    }

    /// Whether the folded word with that hash is the whole name of an agency.
    pub fn is_agency(&self, hash: u64) -> bool {
        self.agencies.contains(&hash)
    }

    /// The publisher that a credit line means: as [`Outlets::find`], and an ambiguous alias counts
    /// where only one agency, or only one publisher, has it ("PA").
    pub fn credited(&self, name: &str) -> Option<OutletIx> {
        let key = fold::key(name);
        let only = |owners: &Vec<OutletIx>| {
            let mut agencies =
                owners.iter().copied().filter(|ix| self.get(*ix).kind == OutletKind::Agency);
            match (agencies.next(), agencies.next()) {
                (Some(agency), None) => Some(agency),
                (None, None) if owners.len() == 1 => Some(owners[0]),
                _ => None,
            }
        };
        self.by_key.get(&key).copied().or_else(|| self.by_short.get(&key).and_then(only))
    }

    /// The publisher of a host name: `edition.cnn.com` is found by `cnn.com`.
    pub fn at_host(&self, host: &str) -> Option<OutletIx> {
        let host = host.trim_start_matches("www.");
        let tails = std::iter::successors(Some(host), |host| host.split_once('.').map(|(_, t)| t));
        tails.into_iter().find_map(|tail| self.by_domain.get(tail)).copied()
    }

    /// Names and aliases in `within`, spelled as in the lexicon or in capitals, on word boundaries;
    /// the leftmost and longest, in order. Names that are also common words are left out.
    pub fn scan(&self, text: &str, within: Span) -> Vec<(Span, OutletIx)> {
        self.certain.scan(text, within)
    }

    /// The names in `within` that are also common words ("Time", "The Hill"), as
    /// [`Outlets::scan`] finds the others: an outlet only where a cue stands beside it.
    pub fn scan_common(&self, text: &str, within: Span) -> Vec<(Span, OutletIx)> {
        self.common.scan(text, within)
    }
}

/// Finds names in prose.
#[derive(Debug)]
struct Scanner {
    automaton: AhoCorasick,
    outlets: Vec<OutletIx>,
}

impl Scanner {
    fn new(names: &[(&str, OutletIx)]) -> Self {
        let (mut patterns, mut outlets) = (Vec::new(), Vec::new());
        for &(name, ix) in names {
            let capitals = name.to_uppercase();
            let typeset = name.replace('\'', "’");
            let spellings = [name, capitals.as_str(), typeset.as_str()];
            for (nth, spelling) in spellings.iter().enumerate() {
                // Short names in capitals ("TIME", "DELFI") are emphasis or another's initials.
                let short = nth == 1 && name.chars().count() < 6;
                if !short && !spellings[..nth].contains(spelling) {
                    patterns.push((*spelling).to_owned());
                    outlets.push(ix);
                }
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(&patterns)
            .expect("a few thousand short names fit any automaton");
        Self { automaton, outlets }
    }

    /// Every name is tried, not only the longest from each start: "Daily Newsroom" must not hide
    /// the name "Daily" behind a longer one that ends inside a word.
    fn scan(&self, text: &str, within: Span) -> Vec<(Span, OutletIx)> {
        let words = within.of(text);
        let boundary = |at: usize| {
            let (before, after) = (words[..at].chars().next_back(), words[at..].chars().next());
            !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric))
        };
        let mut found = self
            .automaton
            .find_overlapping_iter(words)
            .filter(|m| boundary(m.start()) && boundary(m.end()))
            .map(|m| (m.start(), m.end(), self.outlets[m.pattern()]))
            .collect::<Vec<_>>();
        found.sort_unstable_by_key(|&(start, end, ix)| (start, std::cmp::Reverse(end), ix));
        let (mut free, shift) = (0, within.start as usize);
        let mut kept = Vec::with_capacity(found.len());
        for (start, end, ix) in found {
            if start >= free {
                kept.push((Span::new(shift + start, shift + end), ix));
                free = end;
            }
        }
        kept
    }
}

fn outlet(row: &[&'static str]) -> Outlet {
    let field = |i: usize| row.get(i).copied().unwrap_or("");
    let several = |i: usize| field(i).split('|').map(str::trim).filter(|s| !s.is_empty());
    let bare =
        |alias: &'static str| alias.strip_prefix('(').and_then(|alias| alias.strip_suffix(')'));
    let name = bare(row[0]).unwrap_or(row[0]);
    Outlet {
        name,
        common: bare(row[0]).is_some(),
        kind: if field(1) == "agency" { OutletKind::Agency } else { OutletKind::Outlet },
        country: field(2),
        domains: several(3).collect(),
        aliases: several(4).filter(|alias| bare(alias).is_none()).collect(),
        ambiguous: several(4).filter_map(bare).collect(),
        family: if field(5).is_empty() { name } else { field(5) },
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const FILE: &str = "\
        The Varn Courier\toutlet\tvv\tvarncourier.example\tVarn Courier|(the Courier)\n\
        Varn Press Agency\tagency\tvv\tvpa.example\tVPA news agency|(VPA)\n\
        (Lantern)\toutlet\tvv\tlantern.example\tLantern magazine\n\
        (The Courier)\toutlet\two\tcourier.example\tThe Courier of Osk\n\
        Miller's Week\toutlet\tvv\t\t\n\
        Varn Society\toutlet\tvv\t\t(VPA)\n\
        Mara\toutlet\tvv\t\tMara News\n";

    fn scanned(outlets: &Outlets, text: &'static str) -> Vec<(&'static str, &'static str)> {
        let within = Span::new(0, text.len());
        let name = |ix| outlets.get(ix).name;
        outlets.scan(text, within).into_iter().map(|(span, ix)| (span.of(text), name(ix))).collect()
    }

    #[test]
    fn names_are_found_in_prose() {
        let outlets = Outlets::new(FILE);
        assert_eq!(
            scanned(&outlets, "VARN COURIER, Lantern magazine and Miller’s Week had it first"),
            [
                ("VARN COURIER", "The Varn Courier"),
                ("Lantern magazine", "Lantern"),
                ("Miller’s Week", "Miller's Week")
            ]
        );
        assert_eq!(scanned(&outlets, "Mara Newsletter"), [("Mara", "Mara")]);
    }

    #[test]
    fn common_words_and_parts_of_words_are_no_names() {
        let outlets = Outlets::new(FILE);
        assert_eq!(scanned(&outlets, "Lantern light fell on the Courier; Maras and MARA"), []);
        let text = "Lantern reported";
        assert_eq!(outlets.scan_common(text, Span::new(0, text.len())).len(), 1);
    }

    #[test]
    fn a_credit_line_knows_more_than_prose() {
        let outlets = Outlets::new(FILE);
        assert_eq!(outlets.find("LANTERN"), Some(OutletIx(2)));
        assert_eq!(outlets.find("VPA"), None);
        assert_eq!(outlets.credited("VPA"), Some(OutletIx(1)));
        assert_eq!(outlets.credited("The Courier"), None, "two papers are called so");
        assert_eq!(outlets.at_host("www.news.lantern.example"), Some(OutletIx(2)));
        assert_eq!(outlets.at_host("unlantern.example"), None);
    }

    #[test]
    fn no_two_rows_of_the_shipped_file_claim_the_same() {
        let outlets = &crate::lexicon::Lexicon::shipped().outlets;
        let mut claims = BTreeMap::<String, &str>::new();
        for outlet in outlets.all() {
            let names = std::iter::once(&outlet.name).chain(&outlet.aliases);
            let keys = names.map(|name| fold::key(name)).collect::<std::collections::BTreeSet<_>>();
            let domains = outlet.domains.iter().map(|domain| format!("domain {domain}"));
            for claim in keys.into_iter().chain(domains) {
                assert!(!claim.is_empty(), "{} claims an empty name", outlet.name);
                let other = claims.insert(claim.clone(), outlet.name);
                assert_eq!(other, None, "{claim} is also claimed by {}", outlet.name);
            }
            let code = outlet.country.as_bytes();
            assert!(code.len() == 2 && code.iter().all(u8::is_ascii_lowercase), "{}", outlet.name);
            assert!(outlet.domains.iter().all(|d| d.contains('.') && *d == d.to_lowercase()));
        }
        assert!(outlets.all().len() > 1000, "{} outlets", outlets.all().len());
    }
}
