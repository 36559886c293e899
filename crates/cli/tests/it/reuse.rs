//! `headwater reuse`: one line a passage, the same in any order of the pages.

use serde_json::Value;
use tempfile::TempDir;

use crate::{code, run, said};

const FERRY: &str = "The last ferry between Ostrow and the Lind islands will stop on the first of \
    March after a hundred and twelve years, the harbour board decided on Tuesday.";

#[test]
fn a_passage_is_cut_to_the_byte_and_names_its_source() {
    let folder = TempDir::new().unwrap();
    let texts = [
        format!("Boats stop. {FERRY} Nobody asked the islanders, who will walk."),
        format!("Rain fell on Tolm for a week. {FERRY} It was the board's third vote."),
        "Herring grew dearer at the market of Tolm, where traders blamed the warm sea.".to_owned(),
    ];
    let line = |ix: usize| {
        let series = ["Courier", "Gazette", "Mail"][ix];
        serde_json::json!({"id": ix, "series": series, "text": texts[ix]}).to_string()
    };
    let file = |name: &str, order: [usize; 4]| {
        let path = folder.path().join(name);
        std::fs::write(&path, order.map(line).join("\n")).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let output = run(&["reuse", &file("a.jsonl", [0, 1, 2, 2])]);
    assert_eq!(code(&output), 0);
    let rows = said(&output);
    let rows = rows.lines().map(|row| serde_json::from_str::<Value>(row).unwrap());
    let rows = rows.collect::<Vec<_>>();
    assert_eq!(rows.len(), 2);
    for row in &rows {
        let text = &texts[row["id"].as_str().unwrap().parse::<usize>().unwrap()];
        let [begin, end] = ["begin", "end"].map(|key| row[key].as_u64().unwrap() as usize);
        assert_eq!(row["text"], text[begin..end]);
        assert_eq!(row["text"], FERRY.trim_end_matches('.'));
        assert_eq!((&row["cluster"], &row["size"]), (&Value::from(0), &Value::from(2)));
    }
    // Two texts alone do not show which came first.
    assert!(rows.iter().all(|row| row["src"].as_array().is_some_and(Vec::is_empty)));
    assert_ne!(rows[0]["gid"], rows[1]["gid"]);

    let other = run(&["reuse", &file("b.jsonl", [2, 1, 0, 1])]);
    assert_eq!(said(&other), said(&output));
    assert_eq!(code(&run(&["reuse", &file("c.jsonl", [2, 2, 2, 2])])), 1);
}

#[test]
fn a_copy_names_the_passage_that_it_comes_from_where_others_show_it() {
    let folder = TempDir::new().unwrap();
    let more = "Nine of every ten passengers had left the boats for the new bridge since autumn.";
    let copy = FERRY.replace("the harbour board", "the board").replace("stop on", "cease by");
    let line = |ix: usize| {
        let text = format!("{} {more}", if ix == 3 { &copy } else { FERRY });
        let date = format!("2031-03-0{}", ix + 1);
        serde_json::json!({"id": ix, "series": ix, "date": date, "text": text}).to_string()
    };
    let path = folder.path().join("a.jsonl");
    std::fs::write(&path, [0, 1, 2, 3, 4].map(line).join("\n")).unwrap();
    let output = run(&["reuse", path.to_str().unwrap()]);
    let rows = said(&output);
    let rows = rows.lines().map(|row| serde_json::from_str::<Value>(row).unwrap());
    let rows = rows.collect::<Vec<_>>();
    assert_eq!(rows.len(), 5);
    for row in &rows {
        let sources = row["src"].as_array().unwrap();
        assert_eq!(sources.len(), usize::from(row["id"] == "3"), "{row}");
        let source = |source: &Value| rows.iter().any(|other| other["uid"] == source["uid"]);
        assert!(sources.iter().all(source));
        assert!(row["date"].as_str().unwrap().starts_with("2031-03-0"));
        assert_eq!(row["size"], 5);
    }
}

#[test]
fn a_page_that_is_a_file_is_called_by_it_and_is_a_series_of_its_own() {
    let folder = TempDir::new().unwrap();
    for name in ["a.txt", "b.txt"] {
        let text = format!("The page {name} opens with other words than its like does. {FERRY}");
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let folder = folder.path().to_str().unwrap();
    let rows = said(&run(&["reuse", folder]));
    let rows = rows.lines().map(|row| serde_json::from_str::<Value>(row).unwrap());
    let rows = rows.collect::<Vec<_>>();
    let mut names = rows.iter().map(|row| row["id"].as_str().unwrap()).collect::<Vec<_>>();
    names.sort_unstable();
    assert_eq!(names, [format!("{folder}/a.txt"), format!("{folder}/b.txt")]);
    for row in &rows {
        assert_eq!((&row["gid"], row.get("series")), (&row["uid"], None));
    }
    assert!(said(&run(&["reuse", folder, "--memory", "1MB"])).contains(names[0]));
}

#[test]
fn files_print_what_memory_does_and_are_gone_afterwards() {
    let (folder, home) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let lines = (0..300).map(|ix| {
        let own = (0..40).map(|nth| format!("word{nth}of{ix}")).collect::<Vec<_>>().join(" ");
        let text = format!("{own}. {}", if ix % 3 == 0 { FERRY } else { "Nothing else." });
        let series = (ix % 4 > 0).then(|| format!("Paper {}", ix % 50));
        serde_json::json!({"id": ix, "series": series, "text": text}).to_string()
    });
    let file = folder.path().join("all.jsonl");
    std::fs::write(&file, lines.collect::<Vec<_>>().join("\n")).unwrap();
    let (file, home) = (file.to_str().unwrap(), home.path().to_str().unwrap());
    let memory = run(&["reuse", file]);
    let files = run(&["reuse", file, "--memory", "1MB", "--folder", home]);
    assert_eq!((code(&memory), code(&files)), (0, 0));
    assert!(said(&memory) == said(&files) && said(&files).lines().count() == 100);
    assert_eq!(std::fs::read_dir(home).unwrap().count(), 0);

    let nowhere = format!("{home}/none");
    let lost = run(&["reuse", file, "--memory", "1MB", "--folder", &nowhere]);
    assert_eq!(code(&lost), 2);
    let complaint = String::from_utf8_lossy(&lost.stderr).into_owned();
    assert!(complaint.contains("name a folder that is there"), "{complaint}");
    assert_eq!(code(&run(&["reuse", file, "--memory", "much"])), 2);
}
