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
    assert!(rows[0]["src"].is_null());
    assert_eq!(rows[1]["src"]["uid"], rows[0]["uid"]);

    let other = run(&["reuse", &file("b.jsonl", [2, 1, 0, 1])]);
    assert_eq!(said(&other), said(&output));
    assert_eq!(code(&run(&["reuse", &file("c.jsonl", [2, 2, 2, 2])])), 1);
}
