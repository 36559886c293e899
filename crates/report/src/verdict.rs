//! Verdict: the sentence a story ends in.
//!
//! "7 articles on 5 pages. 6 texts. They rest on 2 to 3 origins; the two that are sure are unnamed
//! people." It counts and names; it never says what is true.

use headwater::name::{SourceKind, Unnamed};
use headwater::origin::{Of, Origins, Root, RootKind};
use headwater::story::Story;
use headwater::{ArticleIx, Dossier};

/// The verdict on a story, one or more full sentences.
pub fn verdict(dossier: &Dossier, story: &Story) -> String {
    let n_articles = story.articles.len();
    let counts = format!(
        "{} on {}.",
        counted(n_articles, "article", "articles"),
        counted(story.n_pages as usize, "page", "pages"),
    );
    let texts = match n_articles {
        1 => String::new(),
        _ => format!(" {}.", counted(story.texts.len(), "text", "texts")),
    };
    format!("{counts}{texts} {}", rest(dossier, story.origins.as_ref(), n_articles))
}

/// On how many origins `n_articles` articles rest: one sentence. `None` is unmeasured.
pub fn rest(dossier: &Dossier, origins: Option<&Origins>, n_articles: usize) -> String {
    let one = n_articles == 1;
    let Some(origins) = origins else {
        let they = if one { "it rests" } else { "they rest" };
        return format!(
            "On how many origins {they} is unmeasured: no claim was found to count for."
        );
    };
    let count = range(origins);
    if origins.unsourced {
        let knows = if one { "It does not say how it knows" } else { "No page says how it knows" };
        return format!("{knows}: {count}.");
    }
    let they = if one { "It rests" } else { "They rest" };
    format!("{they} on {count}{}.", tail(dossier, origins))
}

/// "2 to 3 origins", "1 origin".
pub fn range(origins: &Origins) -> String {
    if origins.least == origins.most {
        return counted(origins.most as usize, "origin", "origins");
    }
    format!("{} to {} origins", origins.least, origins.most)
}

/// "1 page", "5 pages".
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// What a root is, in a few words: "the Vell Courier's own reporting".
pub fn root(dossier: &Dossier, root: &Root, siglum: impl Fn(ArticleIx) -> String) -> String {
    let source = match root.of {
        Of::Article(article) => return format!("the newsroom of {}", siglum(article)),
        Of::Source(source) => dossier.sources.get(source),
    };
    let name = &source.name;
    match (root.kind, source.kind) {
        (_, SourceKind::Unnamed) if source.unnamed == Some(Unnamed::People) => {
            format!("unnamed people: “{name}”")
        }
        (_, SourceKind::Unnamed) => format!("“{name}”, not named"),
        (RootKind::PublicAct, SourceKind::Document) => format!("the document “{name}”"),
        (RootKind::PublicAct, _) => format!("what {name} made public"),
        (RootKind::Newsroom, _) if root.unnamed => format!("unnamed people who spoke to {name}"),
        (RootKind::Newsroom, SourceKind::Person | SourceKind::Office) => {
            format!("what {name} told a newsroom")
        }
        (RootKind::Newsroom, _) => format!("{name}’s own reporting"),
    }
}

/// That the unnamed people of several newsrooms may be the same: a remark beside the count.
pub fn same_people(dossier: &Dossier, origins: &Origins) -> String {
    let of = |root: &&Root| match root.of {
        Of::Source(source) if root.unnamed => {
            let source = dossier.sources.get(source);
            (source.kind != SourceKind::Unnamed).then(|| source.name.clone())
        }
        _ => None,
    };
    let unnamed = origins.roots.iter().filter(|root| root.unnamed).collect::<Vec<_>>();
    let newsrooms = unnamed.iter().filter_map(of).collect::<Vec<_>>();
    match &newsrooms[..] {
        [one, other] if unnamed.len() == 2 && origins.n_unnamed == 2 => {
            format!("The unnamed people of {one} and those of {other} may be the same.")
        }
        _ => {
            format!("The unnamed people of {} of these origins may be the same.", origins.n_unnamed)
        }
    }
}

/// What is to be said of the sure roots beside their number.
fn tail(dossier: &Dossier, origins: &Origins) -> String {
    let sure = origins.roots.iter().filter(|root| root.sure).collect::<Vec<_>>();
    let n_unnamed = sure.iter().filter(|root| root.unnamed).count();
    let is = if n_unnamed == 1 { "is" } else { "are" };
    let exact = origins.least == origins.most;
    match (sure.len(), n_unnamed) {
        (1, 1) if exact => ": unnamed people".to_owned(),
        (1, 0) if exact && matches!(sure[0].of, Of::Source(_)) => {
            format!(": {}", root(dossier, sure[0], |_| String::new()))
        }
        (_, 0) => String::new(),
        (2, 2) if exact => ", both unnamed people".to_owned(),
        (n, u) if n == u && exact => ", all unnamed people".to_owned(),
        (_, u) if exact => format!("; {} of them {is} unnamed people", number(u)),
        (1, 1) => "; the one that is sure is unnamed people".to_owned(),
        (n, u) if n == u => format!("; the {} that are sure are unnamed people", number(n)),
        (n, u) => {
            format!("; {} of the {} that are sure {is} unnamed people", number(u), number(n))
        }
    }
}

/// Small numbers as words, where a figure would read as a count of origins.
fn number(n: usize) -> String {
    const WORDS: [&str; 10] =
        ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(n).map_or_else(|| n.to_string(), |&word| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example;
    use headwater::source::SourceIx;

    fn origins(least: u32, roots: &[(bool, bool)]) -> Origins {
        let root = |&(sure, unnamed): &(bool, bool)| Root {
            of: Of::Source(SourceIx(0)),
            kind: RootKind::Newsroom,
            unnamed,
            sure,
            carried_by: Vec::new(),
            places: Vec::new(),
        };
        Origins {
            least,
            most: roots.len() as u32,
            roots: roots.iter().map(root).collect(),
            ..Origins::default()
        }
    }

    fn said(origins: &Origins, n_articles: usize) -> String {
        rest(&example::dossier(), Some(origins), n_articles)
    }

    #[test]
    fn the_story_of_the_lock() {
        let dossier = example::dossier();
        assert_eq!(
            verdict(&dossier, &dossier.stories[0]),
            "4 articles on 4 pages. 3 texts. They rest on 2 to 3 origins; the two that are sure \
             are unnamed people."
        );
        assert_eq!(
            verdict(&dossier, &dossier.stories[1]),
            "1 article on 1 page. It does not say how it knows: 1 origin."
        );
    }

    #[test]
    fn one_is_not_many() {
        let (named, unnamed) = ((true, false), (true, true));
        let doubtful = (false, false);
        assert_eq!(
            said(&origins(1, &[named]), 1),
            "It rests on 1 origin: Vell Courier’s own reporting."
        );
        assert_eq!(said(&origins(1, &[unnamed]), 3), "They rest on 1 origin: unnamed people.");
        assert_eq!(
            said(&origins(2, &[unnamed, unnamed]), 3),
            "They rest on 2 origins, both unnamed people."
        );
        assert_eq!(
            said(&origins(2, &[named, unnamed]), 3),
            "They rest on 2 origins; one of them is unnamed people."
        );
        assert_eq!(
            said(&origins(1, &[unnamed, doubtful]), 3),
            "They rest on 1 to 2 origins; the one that is sure is unnamed people."
        );
        assert_eq!(
            said(&origins(3, &[unnamed, unnamed, named, doubtful]), 9),
            "They rest on 3 to 4 origins; two of the three that are sure are unnamed people."
        );
        assert_eq!(said(&origins(2, &[named, named]), 2), "They rest on 2 origins.");
    }

    #[test]
    fn what_is_not_known_is_said() {
        let dossier = example::dossier();
        let unsourced = Origins { unsourced: true, ..origins(1, &[(true, false), (false, false)]) };
        assert_eq!(said(&unsourced, 2), "No page says how it knows: 1 to 2 origins.");
        assert_eq!(
            rest(&dossier, None, 2),
            "On how many origins they rest is unmeasured: no claim was found to count for."
        );
    }
}
