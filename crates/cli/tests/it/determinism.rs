//! The same bytes in give the same bytes out: in any order, in one file or several, twice or once.

use std::path::PathBuf;

use headwater::{Collection, Lexicon, trace};
use headwater_page::{Capture, read};
use headwater_report::{WireOptions, wire};
use tempfile::TempDir;

use crate::{headwater, root};

/// The pages of the repository's example, or for want of one a few invented pages.
fn pages_of(folder: &TempDir) -> Vec<String> {
    let mut open = vec![root().join("examples")];
    let mut found = Vec::<PathBuf>::new();
    while let Some(path) = open.pop() {
        match std::fs::read_dir(&path) {
            Ok(inside) => open.extend(inside.flatten().map(|entry| entry.path())),
            Err(_) => found.push(path),
        }
    }
    let is_page = |path: &PathBuf| {
        path.is_file() && path.extension().is_some_and(|it| it == "html" || it == "txt")
    };
    found.retain(is_page);
    if found.is_empty() {
        for (nth, text) in TEXTS.iter().enumerate() {
            let path = folder.path().join(format!("{nth}.txt"));
            std::fs::write(&path, text).unwrap();
            found.push(path);
        }
    }
    found.sort();
    found.into_iter().map(|path| path.to_str().unwrap().to_owned()).collect()
}

const TEXTS: [&str; 3] = [
    "Ferry strikes a pier in Tilmark\n\nA ferry struck the pier at Tilmark on Sunday, the Vell \
     Courier reported. Nobody was hurt, and the hull was sound.\n\n\"We were lucky,\" said the \
     harbour master, Pia Holm.\n",
    "Pier hit by ferry\n\nA ferry struck the pier at Tilmark on Sunday, a paper reported. Nobody \
     was hurt, and the hull was sound.\n",
    "Bells ring again\n\nThe bells of Oster rang for the first time since the fire, the sexton \
     said on Monday. A crowd had come.\n",
];

fn json(args: &[&str]) -> Vec<u8> {
    let output = headwater().args(["trace", "--json", "--text"]).args(args).output().unwrap();
    assert!(!output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn order_and_repetition_do_not_matter() {
    let folder = TempDir::new().unwrap();
    let pages = pages_of(&folder);
    let mut args = pages.iter().map(String::as_str).collect::<Vec<_>>();
    let once = json(&args);
    args.reverse();
    assert!(json(&args) == once, "the reversed collection gives another dossier");
    let half = args.len() / 2;
    args.rotate_left(half);
    assert!(json(&args) == once, "the rotated collection gives another dossier");
    args.extend_from_within(..=half);
    assert!(json(&args) == once, "the repeated collection gives another dossier");
}

/// Pages that come one after the other leave the same JSON as all at once, and most stories are not told
/// again for them.
#[test]
fn what_comes_page_by_page_is_found_as_the_whole_is() {
    let folder = TempDir::new().unwrap();
    let mut pages = Vec::new();
    for file in pages_of(&folder) {
        let bytes = std::fs::read(&file).unwrap();
        pages.extend(read(&bytes, &Capture { file, ..Capture::default() }).pages);
    }
    let bytes = |dossier: &headwater::Dossier| {
        let mut out = Vec::new();
        wire::write(dossier, WireOptions { text: true, raw: true }, &mut out).unwrap();
        out
    };
    let lexicon = Lexicon::shipped();
    let whole = bytes(&trace(pages.clone(), Vec::new(), lexicon));
    let mut collection = Collection::new(lexicon);
    let half = pages.len() / 2;
    pages.rotate_left(half);
    for page in pages {
        collection.add(vec![page], Vec::new());
    }
    assert!(bytes(collection.dossier()) == whole, "parts give another dossier than the whole");
}

#[test]
fn one_core_or_many_do_not_matter() {
    let folder = TempDir::new().unwrap();
    let pages = pages_of(&folder);
    let of = |threads: &str| {
        let mut command = headwater();
        command.env("RAYON_NUM_THREADS", threads).args(["trace", "--json"]).args(&pages);
        command.output().unwrap().stdout
    };
    assert!(of("1") == of("4"));
}

/// A collection in two parts names what it finds as the whole does.
#[test]
fn a_part_names_its_articles_as_the_whole_does() {
    let folder = TempDir::new().unwrap();
    let pages = pages_of(&folder);
    let all = pages.iter().map(String::as_str).collect::<Vec<_>>();
    let (left, right) = all.split_at(all.len() / 2);
    let ids = |args: &[&str]| {
        let json = serde_json::from_slice::<serde_json::Value>(&json(args)).unwrap();
        let mut ids = Vec::new();
        for list in ["pages", "articles", "quotes", "citations"] {
            let rows = json[list].as_array().unwrap().iter();
            ids.extend(rows.map(|row| row["id"].as_str().unwrap().to_owned()));
        }
        ids
    };
    let mut parts = [ids(left), ids(right)].concat();
    let mut whole = ids(&all);
    parts.sort();
    whole.sort();
    assert_eq!(parts, whole);
}

#[test]
fn a_place_holds_the_words_at_its_span() {
    let folder = TempDir::new().unwrap();
    let pages = pages_of(&folder);
    let args = pages.iter().map(String::as_str).collect::<Vec<_>>();
    let wire = serde_json::from_slice::<serde_json::Value>(&json(&args)).unwrap();
    let texts = wire["pages"].as_array().unwrap();
    let text = |id: &str| texts.iter().find(|page| page["id"] == id).unwrap()["text"].as_str();
    let mut open = vec![&wire];
    let mut n_places = 0;
    while let Some(value) = open.pop() {
        if let (Some(page), Some(words)) = (value["page"].as_str(), value["text"].as_str()) {
            let (start, end) = (value["start"].as_u64().unwrap(), value["end"].as_u64().unwrap());
            assert_eq!(&text(page).unwrap()[start as usize..end as usize], words);
            n_places += 1;
        }
        match value {
            serde_json::Value::Array(all) => open.extend(all),
            serde_json::Value::Object(all) => open.extend(all.values()),
            _ => {}
        }
    }
    assert!(n_places > 0 || wire["articles"].as_array().unwrap().is_empty());
}
