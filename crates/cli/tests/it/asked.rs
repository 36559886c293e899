//! Claims as readers type them, against the example and the cases: `examples/harbour/asked.tsv`.

use std::collections::BTreeMap;

use headwater::ask::{Answer, ask};
use headwater::{Dossier, Lexicon};
use headwater_page::{Capture, Page, read};

use crate::{code, root, run};

/// Share of the claims that some page states that must be found, per mille.
const FOUND: usize = 950;
/// Share of the turned claims that must be shown as differing, per mille; the others are answered by
/// silence.
const SHOWN: usize = 700;

fn pages(file: &str, bytes: &[u8]) -> Vec<Page> {
    read(bytes, &Capture { file: file.to_owned(), ..Capture::default() }).pages
}

/// The pages of a collection: the example's folder, or the blocks of a case.
fn collection(name: &str) -> Dossier {
    let mut all = Vec::new();
    if name == "harbour" {
        for entry in std::fs::read_dir(root().join("examples/harbour/pages")).unwrap() {
            let path = entry.unwrap().path();
            let file = path.file_name().unwrap().to_str().unwrap();
            all.extend(pages(file, &std::fs::read(&path).unwrap()));
        }
    } else {
        let case = root().join("cases").join(format!("{name}.md"));
        let case = std::fs::read_to_string(case).unwrap();
        for block in case.split("~~~~ page ").skip(1) {
            let (file, rest) = block.split_once('\n').unwrap();
            let body = rest.split("~~~~\n").next().unwrap();
            all.extend(pages(file, body.as_bytes()));
        }
    }
    headwater::trace(all, Vec::new(), Lexicon::shipped())
}

#[test]
fn no_turned_claim_is_confirmed() {
    let table = std::fs::read_to_string(root().join("examples/harbour/asked.tsv")).unwrap();
    let mut collections = BTreeMap::<&str, Dossier>::new();
    let (mut found, mut stated, mut shown, mut turned) = (0, 0, 0, 0);
    let (mut confirmed, mut lines) = (Vec::new(), Vec::new());
    for row in table.lines().filter(|line| !line.starts_with('#')) {
        let [name, answer, how, claim] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("not four fields: {row}");
        };
        let dossier = collections.entry(name).or_insert_with(|| collection(name));
        let is: Answer = ask(dossier, claim, Lexicon::shipped());
        let is_stated = !is.states.is_empty();
        match answer {
            "states" => {
                stated += 1;
                found += usize::from(is_stated);
                if !is_stated {
                    let kinds = is.differs.iter().map(|it| it.kind).collect::<Vec<_>>();
                    lines.push(format!("  not found: {name}: {claim} {kinds:?}"));
                }
            }
            "differs" => {
                turned += 1;
                let differs = !is.differs.is_empty() && !is_stated;
                shown += usize::from(differs);
                if is_stated {
                    let words = is.states.iter().map(|it| dossier.words(it.place));
                    let words = words.collect::<Vec<_>>().join(" | ");
                    confirmed.push(format!("  {name}: {claim} ({how}): {words}"));
                } else if !differs {
                    lines.push(format!("  answered by silence: {name}: {claim} ({how})"));
                }
            }
            other => panic!("neither states nor differs: {other}"),
        }
    }
    println!("claims that pages state: {found} of {stated} found");
    println!(
        "turned claims: {} confirmed, {shown} of {turned} shown as differing",
        confirmed.len()
    );
    println!("{}", lines.join("\n"));
    println!("{}", confirmed.join("\n"));
    assert!(stated >= 60 && turned >= 120, "{stated} and {turned} claims");
    assert!(confirmed.is_empty(), "falsely confirmed:\n{}", confirmed.join("\n"));
    assert!(found * 1000 >= stated * FOUND, "{found} of {stated} found\n{}", lines.join("\n"));
    assert!(shown * 1000 >= turned * SHOWN, "{shown} of {turned} shown\n{}", lines.join("\n"));
}

fn json(args: &[&str], expected: i32) -> serde_json::Value {
    let output = run(args);
    assert_eq!(code(&output), expected, "{args:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_commands_print_rows() {
    let folder = root().join("examples/harbour/pages");
    let pages = folder.to_str().unwrap();
    let claim = "The order does not guarantee the jobs of the 1,200 quay workers";
    let answer = json(&["ask", claim, pages, "--json"], 0);
    assert_eq!(answer["claim"], claim);
    assert_eq!(answer["states"][0]["stance"], "affirms");
    let differs = answer["differs"].as_array().unwrap();
    assert!(differs.iter().any(|it| it["kind"] == "polarity" && it["stance"] == "denies"));
    assert!(answer["origins"]["least"].as_u64().unwrap() >= 1);
    let silent = json(&["ask", "A gull was elected mayor", pages, "--json"], 1);
    assert!(silent["states"].as_array().unwrap().is_empty() && silent["origins"].is_null());
    let sources = json(&["sources", pages, "--json"], 0);
    let first = &sources["sources"][0];
    assert_eq!(first["cited_by"].as_array().unwrap().len() as u64, first["n_cited"]);
    let claims = json(&["claims", pages, "--json"], 0);
    assert!(claims["stories"][0]["claims"][0]["origins"]["most"].as_u64().unwrap() >= 1);
    let times = json(&["timeline", pages, "--json"], 0);
    assert!(times["stories"][0]["timeline"][0]["first"].is_string());
    let said = String::from_utf8(run(&["ask", "A gull was elected mayor", pages]).stdout).unwrap();
    assert!(said.contains("No page here says so."));
}
