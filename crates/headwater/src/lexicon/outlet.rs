//! Outlets: the world's press, with families, aliases and domains.
//!
//! `lexicon/outlets.tsv`: name, kind (`agency`, `outlet`), country (ISO 3166-1), domains, aliases,
//! family. Several values are split by `|`. An alias in parentheses is ambiguous ("(the Times)"):
//! it counts only in an article that names the outlet in full.

use aho_corasick::{AhoCorasick, MatchKind};
use headwater_page::Span;
use rustc_hash::FxHashMap;

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
    by_domain: FxHashMap<&'static str, OutletIx>,
    scanner: AhoCorasick,
    scanned: Vec<OutletIx>,
}

impl Outlets {
    /// The publishers of `file`. Where two claim a name or domain, the first has it.
    ///
    /// # Panics
    /// If the names do not fit an automaton (they are a few thousand short ones).
    pub fn new(file: &'static str) -> Self {
        let all = Table::new(file).rows().map(outlet).collect::<Vec<_>>();
        let (mut by_key, mut by_domain) = (FxHashMap::default(), FxHashMap::default());
        let (mut patterns, mut scanned) = (Vec::new(), Vec::new());
        for (ix, outlet) in all.iter().enumerate() {
            let ix = OutletIx(ix as u32);
            for name in std::iter::once(&outlet.name).chain(&outlet.aliases) {
                by_key.entry(fold::key(name)).or_insert(ix);
                patterns.push(*name);
                scanned.push(ix);
            }
            for domain in &outlet.domains {
                by_domain.entry(*domain).or_insert(ix);
            }
        }
        let scanner = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&patterns)
            .expect("a few thousand short names fit any automaton");
        Self { all, by_key, by_domain, scanner, scanned }
    }

    /// The publisher at `ix`.
    pub fn get(&self, ix: OutletIx) -> &Outlet {
        &self.all[ix.0 as usize]
    }

    /// The publisher of that name or alias, case and leading article aside. Ambiguous aliases do
    /// not count.
    pub fn find(&self, name: &str) -> Option<OutletIx> {
        self.by_key.get(&fold::key(name)).copied()
    }

    /// The publisher of a host name: `edition.cnn.com` is found by `cnn.com`.
    pub fn at_host(&self, host: &str) -> Option<OutletIx> {
        let host = host.trim_start_matches("www.");
        let tails = std::iter::successors(Some(host), |host| host.split_once('.').map(|(_, t)| t));
        tails.into_iter().find_map(|tail| self.by_domain.get(tail)).copied()
    }

    /// Names and aliases in `within`, spelled as in the lexicon, on word boundaries; the leftmost
    /// and longest, in order.
    pub fn scan(&self, text: &str, within: Span) -> Vec<(Span, OutletIx)> {
        let words = within.of(text);
        let boundary = |at: usize| {
            let (before, after) = (words[..at].chars().next_back(), words[at..].chars().next());
            !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric))
        };
        let shift = within.start as usize;
        self.scanner
            .find_iter(words)
            .filter(|m| boundary(m.start()) && boundary(m.end()))
            .map(|m| (Span::new(shift + m.start(), shift + m.end()), self.scanned[m.pattern()]))
            .collect()
    }
}

fn outlet(row: &[&'static str]) -> Outlet {
    let field = |i: usize| row.get(i).copied().unwrap_or("");
    let several = |i: usize| field(i).split('|').map(str::trim).filter(|s| !s.is_empty());
    let bare =
        |alias: &'static str| alias.strip_prefix('(').and_then(|alias| alias.strip_suffix(')'));
    Outlet {
        name: row[0],
        kind: if field(1) == "agency" { OutletKind::Agency } else { OutletKind::Outlet },
        country: field(2),
        domains: several(3).collect(),
        aliases: several(4).filter(|alias| bare(alias).is_none()).collect(),
        ambiguous: several(4).filter_map(bare).collect(),
        family: if field(5).is_empty() { row[0] } else { field(5) },
    }
}
