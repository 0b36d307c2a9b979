//! The commands that keep a history for years: check, reextract, backup, compact.

use std::fs;

use crate::sandbox::Sandbox;

const FIRST: &str = "The mayor, Anna Berg, said that 40 houses were flooded.\n";
const SECOND: &str = "The mayor, Anna Berg, said that 60 houses were flooded.\n";

/// A folder with a history of two versions.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("v1.txt", FIRST).write("v2.txt", SECOND);
    let times = ["--at", "2026-03-03T09:00", "--at", "2026-03-04T09:00"];
    let run =
        sandbox.run(&[&["add", "--article", "flood", "--language", "en"], &times[..], &["v1.txt", "v2.txt"]].concat());
    assert_eq!(run.status, 0, "{run}");
    sandbox
}

/// Puts other bytes of the same length in the place of some in the file, as a failing disk would.
fn damage(sandbox: &Sandbox, old: &[u8], new: &[u8]) {
    assert_eq!(old.len(), new.len());
    let mut bytes = fs::read(sandbox.path("isnad.db")).expect("a history");
    let mut places: Vec<usize> = Vec::new();
    for (at, window) in bytes.windows(old.len()).enumerate() {
        if window == old {
            places.push(at);
        }
    }
    assert!(!places.is_empty(), "there is nothing to damage");
    for at in places {
        bytes[at..at + new.len()].copy_from_slice(new);
    }
    sandbox.write("isnad.db", bytes);
}

/// Makes the history one that another engine has read.
pub(crate) fn read_by_another_engine(sandbox: &Sandbox) {
    let file = rusqlite::Connection::open(sandbox.path("isnad.db")).expect("a history");
    file.execute("UPDATE version SET engine = '0.0.1'", []).expect("versions");
}

#[test]
fn a_sound_history_is_told_as_sound() {
    insta::assert_snapshot!(sandbox().run(&["check"]));
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_status_1() {
    let sandbox = sandbox();
    damage(&sandbox, b"40 houses", b"90 houses");
    insta::assert_snapshot!(sandbox.run(&["check"]));
    let run = sandbox.run(&["check", "--format", "json"]);
    assert_eq!(run.status, 1, "{run}");
    assert_eq!(run.json()["problems"][0]["place"], "text row 1", "{run}");
}

#[test]
fn a_history_that_another_engine_has_read_is_read_anew() {
    let sandbox = sandbox();
    assert_eq!(sandbox.run(&["reextract"]).stdout, "all claims were found by this version of isnad; nothing to do\n");
    let events = || sandbox.run(&["log", "flood", "--changes"]).stdout;
    let before = events();
    read_by_another_engine(&sandbox);
    let preview = sandbox.run(&["reextract", "--dry-run", "--changes"]);
    assert_eq!(
        sandbox.run(&["reextract", "--dry-run", "--changes"]).stdout,
        preview.stdout,
        "a preview switches nothing"
    );
    insta::assert_snapshot!(preview, @r"
    status: 0
    --- stdout
    article 1: 2 versions read anew; between versions: 1 changed
      version 1: 1 claim, before 1 (isnad 0.0.1, en 1): no claim changed
      version 2: 1 claim, before 1 (isnad 0.0.1, en 1): no claim changed
    1 article, 2 versions: 2 would be switched
    ");
    let run = sandbox.run(&["reextract", "--format", "jsonl"]);
    assert_eq!(run.status, 0, "{run}");
    assert_eq!(run.json_lines()[0]["switched"], true, "{run}");
    assert_eq!(events(), before);
    assert_eq!(sandbox.run(&["check"]).status, 0);
}

#[test]
fn a_copy_is_made_once_and_is_sound() {
    let sandbox = sandbox();
    let run = sandbox.run(&["backup", "copy.db"]);
    assert_eq!(run.status, 0, "{run}");
    assert_eq!(sandbox.run(&["check", "--db", "copy.db"]).status, 0);
    assert_eq!(sandbox.run(&["log", "1", "--db", "copy.db"]).stdout, sandbox.run(&["log", "1"]).stdout);
    insta::assert_snapshot!(sandbox.run(&["backup", "copy.db"]));
}

#[test]
fn a_history_is_made_small_and_stays_what_it_was() {
    let sandbox = sandbox();
    let log = sandbox.run(&["log", "1", "--changes"]).stdout;
    let run = sandbox.run(&["compact", "--format", "json"]);
    assert_eq!(run.status, 0, "{run}");
    let size = fs::metadata(sandbox.path("isnad.db")).expect("a history").len();
    assert_eq!(run.json()["after"].as_u64(), Some(size), "{run}");
    assert_eq!(sandbox.run(&["log", "1", "--changes"]).stdout, log);
    assert_eq!(sandbox.run(&["compact", "--db", "none.db"]).status, 2, "no file is made");
}
