//! Pages in a real browser: Debian's `chromium`, driven by the scripts in `tests/browser`. Where it, Node or the packages
//! of the scripts (`npm ci --prefix tests/browser`) are missing, this is skipped with a notice.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it skips"
)]

#[path = "skipped.rs"]
mod skipped;

use std::path::Path;
use std::process::Command;

use skipped::skipped;

#[test]
fn pages_are_right_in_a_browser() {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/browser");
    if let Some(missing) = missing(&scripts) {
        skipped(&format!("{missing} is not here, so no browser looked at the pages"));
        return;
    }
    let files = ["report.test.mjs", "site.test.mjs"];
    let run = Command::new("node")
        .current_dir(&scripts)
        .args(["--test", "--test-concurrency=1"])
        .args(files)
        .env("ISNAD", assert_cmd::cargo::cargo_bin!("isnad"))
        .output()
        .expect("node runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
}

/// What the test needs and is not here.
fn missing(scripts: &Path) -> Option<&'static str> {
    let runs = |program: &str| Command::new(program).arg("--version").output().is_ok_and(|run| run.status.success());
    if !scripts.join("node_modules/playwright-core").is_dir() {
        return Some("`npm ci --prefix tests/browser`");
    }
    [("node", "node"), ("chromium", "chromium")].into_iter().find(|(program, _)| !runs(program)).map(|(_, name)| name)
}
