//! Names: which names mean the same source, by the data's own list of aliases.

use std::collections::BTreeMap;
use std::path::Path;

use headwater::fold;

/// The aliases of the data sets. The engine's lexicon is no judge of its own answers and is not
/// asked here.
#[derive(Debug, Default)]
pub(crate) struct Names {
    canonical: BTreeMap<String, String>,
}

impl Names {
    /// The aliases of `file`: an object from a name to the names that mean the same.
    pub(crate) fn load(file: &Path) -> Result<Self, String> {
        Ok(Self::new(&crate::gold::json::<BTreeMap<String, Vec<String>>>(file)?))
    }

    /// From names to the names that mean the same.
    pub(crate) fn new(aliases: &BTreeMap<String, Vec<String>>) -> Self {
        let pairs = aliases.iter().flat_map(|(name, others)| {
            others.iter().map(move |other| (fold::key(other), fold::key(name)))
        });
        Self { canonical: pairs.collect() }
    }

    /// The name that stands for `name`: folded, without article, aliases resolved.
    pub(crate) fn key(&self, name: &str) -> String {
        let key = fold::key(name);
        self.canonical.get(&key).cloned().unwrap_or(key)
    }

    /// Whether both mean one source.
    pub(crate) fn same(&self, one: &str, other: &str) -> bool {
        self.key(one) == self.key(other)
    }

    /// Whether both mean one person or office: the same source, or one is the other's surname or
    /// shorter form ("Oduya", "Ada Oduya"). "Lund" is not "Lund administration".
    pub(crate) fn same_party(&self, one: &str, other: &str) -> bool {
        let (one, other) = (self.key(one), self.key(other));
        if one == other {
            return true;
        }
        let words = |key: &str| key.split(' ').map(str::to_string).collect::<Vec<_>>();
        let (a, b) = (words(&one), words(&other));
        let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
        !one.is_empty()
            && !other.is_empty()
            && short.len() < long.len()
            && short.last() == long.last()
            && short.iter().all(|word| long.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surname_is_the_person_and_not_the_office() {
        let names = Names::new(&BTreeMap::from([("Harbour Press".into(), vec!["HP".into()])]));
        assert!(names.same("the Harbour Press", "HP"));
        assert!(names.same_party("Lind", "Mara Lind"));
        assert!(!names.same_party("Lind", "Lind administration"));
        assert!(!names.same_party("", "Lind"));
    }
}
