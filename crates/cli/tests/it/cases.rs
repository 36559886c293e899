//! The repository's own cases, through the command that users run.

use crate::{code, complained, headwater, root, said};

#[test]
fn every_case_is_as_expected() {
    let cases = root().join("cases");
    let has_cases = std::fs::read_dir(&cases).is_ok_and(|mut folder| {
        folder.any(|entry| entry.is_ok_and(|it| it.path().extension().is_some_and(|e| e == "md")))
    });
    if !has_cases {
        return;
    }
    let output = headwater().arg("check").arg(&cases).output().unwrap();
    assert_eq!(code(&output), 0, "{}{}", said(&output), complained(&output));
}
