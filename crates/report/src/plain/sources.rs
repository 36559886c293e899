//! Everyone who is cited, by kind, by whom, and how near the page is to them.

use std::collections::BTreeMap;

use headwater::name::{SourceKind, Unnamed};
use headwater::source::SourceIx;
use headwater::{ArticleIx, Dossier};

use super::paper::{Hand, Paper, Phrase, Sheet, clip, quoted, shown};
use super::view::name;
use super::{QUOTED, counted, heading};
use crate::cited::{self, Citing, KINDS, Way};

/// Everyone who is cited in the collection: how often, by whom, at first or second hand, and whether
/// they are here; then a ledger of those who are not named. Never fails.
pub fn sources(dossier: &Dossier, paper: Paper) -> String {
    let cited = cited::cited(dossier);
    let mut sheet = Sheet::new(paper);
    let kinds = KINDS.map(|(kind, _, head)| (kind, head, cited::of_kind(dossier, &cited, kind)));
    let named = kinds.iter().filter(|(kind, ..)| *kind != SourceKind::Unnamed);
    let n_named = named.map(|(.., all)| all.len()).sum::<usize>();
    let n_unnamed = cited.len() - n_named;
    let count = format!(
        "{} cited by name, {} not named.",
        counted(n_named, "source is", "sources are"),
        if n_unnamed == 0 { "none".to_owned() } else { n_unnamed.to_string() },
    );
    sheet.line(&Phrase::new().ours(count));
    for (kind, head, all) in kinds {
        if all.is_empty() {
            continue;
        }
        heading(&mut sheet, head);
        if kind == SourceKind::Unnamed {
            ledger(dossier, &all, &cited, &mut sheet);
        } else {
            for ix in all {
                row(dossier, ix, &cited[&ix], &mut sheet);
            }
        }
    }
    sheet.done()
}

fn row(dossier: &Dossier, ix: SourceIx, citings: &[Citing], sheet: &mut Sheet) {
    let source = dossier.sources.get(ix);
    let phrase = Phrase::new().with(Hand::Strong, clip(&shown(&source.name), QUOTED)).ours(". ");
    let phrase = phrase.ours(often(citings));
    sheet.hang("- ", "  ", &standing(dossier, ix, phrase));
    ways(dossier, citings, "  ", sheet);
}

/// "Cited 8 times by 5 articles."
fn often(citings: &[Citing]) -> String {
    let times = match citings.len() {
        1 => "once".to_owned(),
        n => format!("{n} times"),
    };
    let articles = counted(cited::n_articles(citings), "article", "articles");
    format!("Cited {times} by {articles}.")
}

/// Whether an outlet's own articles are in the collection.
fn standing(dossier: &Dossier, ix: SourceIx, phrase: Phrase) -> Phrase {
    let source = dossier.sources.get(ix);
    match source.kind {
        SourceKind::Outlet | SourceKind::Agency if source.extant.is_empty() => {
            phrase.ours(" ").lost("Not here.")
        }
        SourceKind::Outlet | SourceKind::Agency => {
            let n = counted(source.extant.len(), "article", "articles");
            phrase.ours(format!(" Here with {n}."))
        }
        _ => phrase,
    }
}

/// One line for each way, with the articles that have it so.
fn ways(dossier: &Dossier, citings: &[Citing], margin: &str, sheet: &mut Sheet) {
    let mut ways = BTreeMap::<Way, Vec<ArticleIx>>::new();
    for it in citings {
        let articles = ways.entry(it.way).or_default();
        if !articles.contains(&it.article) {
            articles.push(it.article);
        }
    }
    for (way, articles) in ways {
        let head = match way {
            Way::Through(report) => {
                format!("through {}: ", super::view::source(dossier, report))
            }
            way => format!("{}: ", way.words()),
        };
        let mut names = Vec::<(String, usize)>::new();
        for article in articles {
            let name = name(dossier, article);
            match names.iter_mut().find(|(before, _)| *before == name) {
                Some((_, n)) => *n += 1,
                None => names.push((name, 1)),
            }
        }
        let rest = names.len().saturating_sub(MOST);
        let more = if rest == 0 { String::new() } else { format!("; and {rest} more") };
        let names = names.iter().take(MOST).map(|(name, n)| match n {
            1 => name.clone(),
            n => format!("{name} ({n} articles)"),
        });
        let names = names.collect::<Vec<_>>().join("; ");
        let phrase = Phrase::new().with(Hand::Water, head).ours(format!("{names}{more}"));
        sheet.hang(margin, &format!("{margin}  "), &phrase);
    }
}

/// Articles that a line names.
const MOST: usize = 8;

/// Those without a name, by how they are described. The same words do not mean the same people.
fn ledger(
    dossier: &Dossier,
    all: &[SourceIx],
    cited: &BTreeMap<SourceIx, Vec<Citing>>,
    sheet: &mut Sheet,
) {
    let mut described = Vec::<(String, Option<Unnamed>, Vec<Citing>)>::new();
    for ix in all {
        let source = dossier.sources.get(*ix);
        let key = headwater::fold::key(&source.name);
        let same = |(name, unnamed, _): &&mut (String, Option<Unnamed>, Vec<Citing>)| {
            headwater::fold::key(name) == key && *unnamed == source.unnamed
        };
        match described.iter_mut().find(same) {
            Some((.., citings)) => citings.extend(&cited[ix]),
            None => described.push((source.name.clone(), source.unnamed, cited[ix].clone())),
        }
    }
    described.sort_by_key(|(_, unnamed, citings)| {
        (*unnamed, std::cmp::Reverse(cited::n_articles(citings)))
    });
    for (name, unnamed, citings) in described {
        let what = match unnamed {
            Some(Unnamed::Media) => "media without a name",
            Some(Unnamed::Report) => "a report without a name",
            _ => "people without a name",
        };
        let n = cited::n_articles(&citings);
        let same = match n {
            1 => String::new(),
            n => format!(" So described by {n} articles, which need not mean the same ones."),
        };
        let phrase = Phrase::new().theirs(quoted(&name, QUOTED)).ours(format!(": {what}. "));
        sheet.hang("- ", "  ", &phrase.ours(often(&citings)).ours(same));
        ways(dossier, &citings, "  ", sheet);
    }
}
