//! Messy input is listed and survived: a clear message, the rest goes on, the exit code says so.

use std::path::Path;

use tempfile::TempDir;

use crate::{code, complained, headwater, run, said};

/// A page that reads well, for the rest that must go on.
const SOUND: &str = "Ferry strikes a pier in Tilmark\nBy Nora Lund\n\nA ferry struck the pier at \
                     Tilmark on Sunday morning, the harbour master said. Nobody was hurt. Divers \
                     were sent down to look at the hull.\n\nThe harbour master, Pia Holm, said \
                     that the ferry would stay in port until Wednesday.\n";

fn write(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Traces a sound page together with `bad`; the JSON must hold the sound page whatever happens.
fn beside(bad: &str) -> (i32, serde_json::Value, String) {
    let folder = TempDir::new().unwrap();
    let sound = write(folder.path(), "sound.txt", SOUND.as_bytes());
    let output = run(&["trace", "--json", bad, &sound]);
    let json = serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap();
    let files = json["pages"].as_array().unwrap().iter().map(|page| page["file"].clone());
    assert!(files.into_iter().any(|file| file == sound.as_str()), "the sound page is missing");
    (code(&output), json, complained(&output))
}

fn reason(json: &serde_json::Value, bad: &str) -> String {
    let skipped = json["skipped"].as_array().unwrap();
    let mine = skipped.iter().find(|row| row["file"] == bad);
    mine.unwrap_or_else(|| panic!("{bad} is not listed"))["reason"].as_str().unwrap().to_owned()
}

#[test]
fn an_empty_file_is_listed() {
    let folder = TempDir::new().unwrap();
    let bad = write(folder.path(), "empty.txt", b"");
    let (code, json, complaint) = beside(&bad);
    assert!(!reason(&json, &bad).is_empty());
    assert!(complaint.contains("empty.txt"), "{complaint}");
    assert_eq!(code, 2);
}

#[test]
fn a_missing_file_is_listed() {
    let (code, json, _) = beside("/nowhere/at/all.txt");
    assert!(!reason(&json, "/nowhere/at/all.txt").is_empty());
    assert_eq!(code, 2);
}

#[test]
#[cfg(unix)]
fn an_unreadable_file_is_listed() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let bad = write(folder.path(), "secret.txt", SOUND.as_bytes());
    std::fs::set_permissions(&bad, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&bad).is_ok() {
        return; // nothing is unreadable to the superuser
    }
    let (code, json, _) = beside(&bad);
    assert!(!reason(&json, &bad).is_empty());
    assert_eq!(code, 2);
}

#[test]
fn a_binary_file_is_listed() {
    let folder = TempDir::new().unwrap();
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend((0..4096_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()));
    let bad = write(folder.path(), "photo.png", &bytes);
    let (code, json, _) = beside(&bad);
    assert!(!reason(&json, &bad).is_empty());
    assert_eq!(code, 2);
}

#[test]
fn a_line_of_fifty_megabytes_does_not_stop_the_run() {
    let folder = TempDir::new().unwrap();
    let mut line = "harbour ".repeat(50 * 1024 * 1024 / 8);
    line.push('\n');
    let bad = write(folder.path(), "long.txt", line.as_bytes());
    let (code, json, _) = beside(&bad);
    // Whether it is cut, skipped or read whole, it is accounted for.
    let listed = json["skipped"].as_array().unwrap().iter().any(|row| row["file"] == bad.as_str());
    let pages = json["pages"].as_array().unwrap();
    assert!(listed || pages.iter().any(|page| page["file"] == bad.as_str()));
    assert_eq!(code, if listed { 2 } else { 0 });
}

#[test]
fn bytes_that_are_no_utf8_are_a_defect() {
    let folder = TempDir::new().unwrap();
    let mut bytes = SOUND.as_bytes().to_vec();
    bytes.extend_from_slice(b"The caf\xff\xfe at the quay was closed on Monday.\n");
    let bad = write(folder.path(), "broken.txt", &bytes);
    let (_, json, _) = beside(&bad);
    let pages = json["pages"].as_array().unwrap();
    let page = pages.iter().find(|page| page["file"] == bad.as_str()).unwrap();
    assert!(!page["defects"].as_array().unwrap().is_empty(), "no defect is noted");
}

#[test]
fn nothing_found_is_not_fine() {
    let folder = TempDir::new().unwrap();
    let bare = write(folder.path(), "bare.txt", b"x\n");
    let output = run(&["trace", &bare]);
    assert_eq!(code(&output), 1);
    assert!(said(&output).contains("No article was found"), "{}", said(&output));
}

#[test]
fn bad_usage_is_trouble() {
    for args in [&["trace"][..], &["trace", "--raw", "x.txt"], &["fly"], &["why", "1"]] {
        assert_eq!(code(&run(args)), 2, "{args:?}");
    }
    let folder = TempDir::new().unwrap();
    let sound = write(folder.path(), "sound.txt", SOUND.as_bytes());
    let output = run(&["trace", "--story", "99", &sound]);
    assert_eq!(code(&output), 2);
    assert!(complained(&output).contains("no story 99"), "{}", complained(&output));
}

#[test]
fn a_reader_that_goes_away_is_no_trouble() {
    let folder = TempDir::new().unwrap();
    let sound = write(folder.path(), "sound.txt", SOUND.as_bytes());
    let mut child = headwater()
        .args(["trace", "--json", "--text", &sound])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(!complained(&output).contains("panicked"), "{}", complained(&output));
}

/// A number is never sought in the words of claims, and whoever names what is not there is told what is.
#[test]
fn a_name_of_nothing_says_what_there_is() {
    let folder = TempDir::new().unwrap();
    let page = write(folder.path(), "sound.txt", SOUND.as_bytes());
    for (args, says) in [
        (vec!["why", "9", &page], "no story 9: they are numbered 1 to 1"),
        (vec!["why", "1.99", &page], "those of story 1 are numbered 1.1 to"),
        (vec!["why", "zeppelin", &page], "no claim has the words “zeppelin”"),
        (vec!["compare", "A", "Z", &page], "story 1 has no article Z"),
        (vec!["compare", "A", "A", &page], "are one article: name two"),
    ] {
        let output = run(&args);
        assert_eq!(code(&output), 1, "{args:?}");
        assert!(complained(&output).contains(says), "{args:?}: {}", complained(&output));
    }
}
