//! Lists the languages: every folder of `lexicon/` that has function words, with its tables.
//!
//! So a language is added by a folder alone. The one that `lexicon/assumed.tsv` names stands first,
//! the others by code.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let lexicon =
        Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../lexicon").canonicalize()?;
    println!("cargo::rerun-if-changed={}", lexicon.display());
    let assumed = fs::read_to_string(lexicon.join("assumed.tsv"))?;
    let assumed = assumed.lines().find(|line| !line.starts_with('#')).unwrap_or_default().trim();
    let is_language = |folder: &PathBuf| folder.join("function_words.tsv").is_file();
    let mut folders = listed(&lexicon)?;
    folders.retain(is_language);
    folders.sort_by_key(|folder| (name(folder) != assumed, name(folder)));
    let mut code = String::from("&[\n");
    for folder in folders {
        writeln!(code, "({:?}, &[", name(&folder))?;
        let mut tables = listed(&folder)?;
        tables.retain(|file| file.extension().is_some_and(|it| it == "tsv"));
        tables.sort();
        for table in tables {
            println!("cargo::rerun-if-changed={}", table.display());
            let path = table.to_str().ok_or("the path of the lexicon is no UTF-8")?;
            writeln!(code, "({:?}, include_str!({path:?})),", name(&table))?;
        }
        code += "]),\n";
    }
    code += "]";
    fs::write(Path::new(&env::var("OUT_DIR")?).join("languages.rs"), code)?;
    Ok(())
}

fn listed(folder: &Path) -> Result<Vec<PathBuf>, std::io::Error> {
    fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect()
}

/// The file's name without its ending.
fn name(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
