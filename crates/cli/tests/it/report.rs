//! The report: pages for a browser, written into a folder.

use tempfile::TempDir;

use crate::{code, complained, run};

const TEXT: &str = "Ferry strikes a pier in Tilmark\n\nA ferry struck the pier at Tilmark on Sunday, \
                    the Vell Courier reported. Nobody was hurt, and the hull was sound.\n\n\"We were \
                    lucky,\" said the harbour master, Pia Holm.\n";

fn page(folder: &TempDir) -> String {
    let path = folder.path().join("ferry.txt");
    std::fs::write(&path, TEXT).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_report_is_written_where_it_is_asked_for() {
    let folder = TempDir::new().unwrap();
    let report = folder.path().join("new/report");
    let output = run(&["trace", &page(&folder), "--html", report.to_str().unwrap()]);
    assert_eq!(code(&output), 0);
    assert!(output.stdout.is_empty());
    let index = report.join("index.html");
    assert!(complained(&output).contains(index.to_str().unwrap()));
    assert!(std::fs::read_to_string(&index).unwrap().contains("Ferry strikes a pier in Tilmark"));
    let names = std::fs::read_dir(&report).unwrap().map(|it| it.unwrap().file_name());
    let names = names.map(|name| name.into_string().unwrap()).collect::<Vec<_>>();
    for part in ["headwater.css", "sources.html", "story-", "article-"] {
        assert!(names.iter().any(|name| name.starts_with(part)), "{part} is not in {names:?}");
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_said() {
    let folder = TempDir::new().unwrap();
    let page = page(&folder);
    // A file stands where the folder should be.
    let output = run(&["trace", &page, "--html", &page]);
    assert_eq!(code(&output), 2);
    assert!(complained(&output).contains("cannot make folder"), "{}", complained(&output));
}

#[test]
fn pages_and_json_are_not_asked_for_at_once() {
    let folder = TempDir::new().unwrap();
    let output = run(&["trace", &page(&folder), "--json", "--html", "report"]);
    assert_eq!(code(&output), 2);
}
