//! Outlets: the world's press, with families, aliases and domains.
//!
//! `lexicon/outlets.tsv`: name, kind (`agency`, `outlet`), country (ISO 3166-1), domains, aliases,
//! family. Several values are split by `|`. An alias in parentheses is ambiguous ("(the Times)"):
//! it counts only in an article that names the outlet in full. A name in parentheses is also a
//! word of the language ("(Time)"): where a line is all name it counts, in prose only beside a cue.

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
    scanner: Scanner,
}

impl Outlets {
    /// The publishers of `file`. Where two claim a name or domain, the first has it.
    pub fn new(file: &'static str) -> Self {
        let all = Table::new(file).rows().map(outlet).collect::<Vec<_>>();
        let (mut by_key, mut by_domain) = (FxHashMap::default(), FxHashMap::default());
        let mut by_short = FxHashMap::<String, Vec<OutletIx>>::default();
        let mut scanner = Scanner::new();
        for (ix, outlet) in all.iter().enumerate() {
            let ix = OutletIx(ix as u32);
            let sort = if outlet.common { Sort::Common } else { Sort::Certain };
            scanner.add(outlet.name, sort, ix);
            outlet.aliases.iter().for_each(|alias| scanner.add(alias, Sort::Certain, ix));
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
        let agencies =
            by_key.iter().filter(|(_, ix)| all[ix.0 as usize].kind == OutletKind::Agency);
        let agencies = agencies.map(|(key, _)| fold::hash(key)).collect();
        Self { all, by_key, by_short, by_domain, agencies, scanner }
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

    /// The publishers that have `name` for a short name, in file order.
    pub fn called(&self, name: &str) -> &[OutletIx] {
        self.by_short.get(&fold::key(name)).map_or(&[], Vec::as_slice)
    }

    /// The runs of letters and digits that names begin with, folded, in no order.
    pub(super) fn openings(&self) -> Vec<String> {
        self.scanner.opened.keys().map(|opening| fold::fold(opening)).collect()
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
        let starts = fold::runs(within.of(text)).map(|(start, _)| start);
        self.scan_prose(text, within, starts).0
    }

    /// What [`Outlets::scan`] finds, and then in the same way the names that are also common words
    /// ("Time", "The Hill"): an outlet only where a cue stands beside it. `starts` are the first bytes
    /// of runs of letters and digits in `within`, counted from its begin; no name begins elsewhere.
    pub fn scan_prose(
        &self,
        text: &str,
        within: Span,
        starts: impl Iterator<Item = usize>,
    ) -> (Found, Found) {
        let mut found = self.scanner.scan(within.of(text), starts);
        found.sort_unstable_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end), hit.ix));
        let shift = within.start as usize;
        let kept = |sort: Sort| {
            let (mut free, mut kept) = (0, Vec::new());
            for hit in found.iter().filter(|hit| hit.sort == sort) {
                if hit.start >= free {
                    kept.push((Span::new(shift + hit.start, shift + hit.end), hit.ix));
                    free = hit.end;
                }
            }
            kept
        };
        (kept(Sort::Certain), kept(Sort::Common))
    }
}

/// Names in a text: where, and whose.
pub type Found = Vec<(Span, OutletIx)>;

/// Whether prose may mean something else by a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sort {
    Certain,
    Common,
}

/// A name, or what is left of it behind what it was found by.
#[derive(Debug)]
struct Rest {
    words: String,
    sort: Sort,
    ix: OutletIx,
}

/// A name in a text, by its bytes.
#[derive(Clone, Copy, Debug)]
struct Hit {
    start: usize,
    end: usize,
    sort: Sort,
    ix: OutletIx,
}

/// Finds names in prose: by the first run of letters and digits that a name begins with, and where
/// more follow by the first two, so that text that opens no name costs one look a word.
#[derive(Debug)]
struct Scanner {
    /// Whether a name begins with the byte.
    firsts: [bool; 256],
    opened: FxHashMap<String, Opened>,
    /// What names go on with behind their first two runs, and what stands between.
    longer: FxHashMap<String, Vec<Rest>>,
    /// Names that begin with a mark.
    marked: Vec<Rest>,
}

/// Names by their first run.
#[derive(Debug, Default)]
struct Opened {
    /// Marks behind names of that one run.
    alone: Vec<Rest>,
    /// The first bytes of the runs that longer names go on with: most words behind "the" are none.
    next: fold::Bytes,
}

impl Scanner {
    fn new() -> Self {
        Self {
            firsts: [false; 256],
            opened: FxHashMap::default(),
            longer: FxHashMap::default(),
            marked: Vec::new(),
        }
    }

    fn add(&mut self, name: &str, sort: Sort, ix: OutletIx) {
        let capitals = name.to_uppercase();
        let typeset = name.replace('\'', "’");
        let spellings = [name, capitals.as_str(), typeset.as_str()];
        for (nth, spelling) in spellings.iter().enumerate() {
            // Short names in capitals ("TIME", "DELFI") are emphasis or another's initials.
            let short = nth == 1 && name.chars().count() < 6;
            if !short && !spellings[..nth].contains(spelling) {
                self.spelled(spelling, sort, ix);
            }
        }
    }

    fn spelled(&mut self, name: &str, sort: Sort, ix: OutletIx) {
        let rest = |from: usize| Rest { words: name[from..].to_owned(), sort, ix };
        let first = run(name, 0).filter(|(start, _)| *start == 0);
        let Some((_, end)) = first else { return self.marked.push(rest(0)) };
        self.firsts[usize::from(name.as_bytes()[0])] = true;
        let opened = self.opened.entry(name[..end].to_owned()).or_default();
        if let Some((begin, second)) = run(name, end) {
            opened.next.insert(name.as_bytes()[begin]);
            self.longer.entry(name[..second].to_owned()).or_default().push(rest(second));
        } else {
            opened.alone.push(rest(end));
        }
    }

    /// Every name is tried, not only the longest from each start: "Daily Newsroom" must not hide
    /// the name "Daily" behind a longer one that ends inside a word.
    fn scan(&self, words: &str, starts: impl Iterator<Item = usize>) -> Vec<Hit> {
        let mut found = Vec::new();
        let mut try_all = |start: usize, from: usize, names: &[Rest]| {
            for Rest { words: rest, sort, ix } in names {
                let end = from + rest.len();
                if words[from..].starts_with(rest.as_str()) && boundary(words, end) {
                    found.push(Hit { start, end, sort: *sort, ix: *ix });
                }
            }
        };
        for start in starts.filter(|start| self.firsts[usize::from(words.as_bytes()[*start])]) {
            let end = start + fold::length(&words[start..], char::is_alphanumeric);
            let Some(opened) = self.opened.get(&words[start..end]) else { continue };
            try_all(start, end, &opened.alone);
            if let Some((begin, second)) = run(words, end)
                && opened.next.has(words.as_bytes()[begin])
                && let Some(longer) = self.longer.get(&words[start..second])
            {
                try_all(start, second, longer);
            }
        }
        for Rest { words: name, sort, ix } in &self.marked {
            if !words.as_bytes().contains(&name.as_bytes()[0]) {
                continue;
            }
            let at = words.match_indices(name.as_str()).map(|(at, _)| (at, at + name.len()));
            let whole = at.filter(|&(_, end)| boundary(words, end));
            found.extend(whole.map(|(start, end)| Hit { start, end, sort: *sort, ix: *ix }));
        }
        found
    }
}

/// Whether no word goes on over byte `at`.
fn boundary(words: &str, at: usize) -> bool {
    let (before, after) = (words[..at].chars().next_back(), words[at..].chars().next());
    !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric))
}

/// The first run of letters and digits that begins at byte `at` or later: first byte and end.
fn run(words: &str, at: usize) -> Option<(usize, usize)> {
    fold::runs(&words[at..]).next().map(|(start, end)| (at + start, at + end))
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
        let starts = fold::runs(text).map(|(start, _)| start);
        assert_eq!(outlets.scan_prose(text, Span::new(0, text.len()), starts).1.len(), 1);
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
