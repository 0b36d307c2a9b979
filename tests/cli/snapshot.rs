//! `isnad snapshot`: accepted claims beside articles, and what changed since.

use serde_json::Value;

use crate::sandbox::{Run, Sandbox};

const BRIDGE: &str = "\
Minister Anna Berg said that the bridge is safe.
Engineer Paul Lund said that it is old.
She added that perhaps 40 people were hurt.
";

const ARABIC: &str = "قالت وزيرة النقل سلمى الحارثي إن الجسر آمن وإنه سيبقى مفتوحا طوال الشتاء.\n";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    std::fs::create_dir_all(sandbox.path("articles/ar")).expect("a writable folder");
    sandbox.write("articles/bridge.txt", BRIDGE).write("articles/ar/جسر.txt", ARABIC);
    sandbox.write("articles/notes.md", "no article").write("articles/.hidden.txt", "no article either");
    sandbox
}

/// A folder with all claims accepted.
fn accepted() -> Sandbox {
    let sandbox = sandbox();
    let run = snapshot(&sandbox, &["--accept"]);
    assert_eq!(run.status, 0, "{run}");
    sandbox
}

fn snapshot(sandbox: &Sandbox, args: &[&str]) -> Run {
    sandbox.run(&[&["snapshot", "articles"], args].concat())
}

/// Rewrites the accepted claims of the bridge.
fn edit(sandbox: &Sandbox, change: impl FnOnce(&mut Value)) {
    let path = "articles/bridge.txt.claims.json";
    let mut document = serde_json::from_slice(&std::fs::read(sandbox.path(path)).expect("a file")).expect("JSON");
    change(&mut document);
    sandbox.write(path, document.to_string());
}

#[test]
fn what_was_accepted_is_compared_and_found_the_same() {
    let sandbox = accepted();
    let run = snapshot(&sandbox, &[]);
    assert_eq!((run.status, &*run.stdout, &*run.stderr), (0, "2 as accepted\n", ""), "{run}");
}

#[test]
fn accepted_claims_are_what_extract_gives_and_do_not_depend_on_the_folder() {
    let sandbox = accepted();
    let kept = std::fs::read_to_string(sandbox.path("articles/bridge.txt.claims.json")).expect("a file");
    let extracted = sandbox.run(&["extract", "--format", "json", "--id", "bridge.txt", "articles/bridge.txt"]);
    assert_eq!(kept, extracted.stdout);
    assert_eq!(sandbox.run(&["snapshot", "./articles/ar/../bridge.txt", "--offsets", "bytes"]).status, 0);
}

#[test]
fn what_is_found_otherwise_is_shown_as_a_change_of_claims() {
    let sandbox = accepted();
    edit(&sandbox, |document| {
        document["claims"][0]["polarity"] = "denied".into();
        document["claims"][2]["source"]["kind"] = "anonymous".into();
    });
    let run = snapshot(&sandbox, &[]);
    assert_eq!(run.status, 1, "{run}");
    insta::assert_snapshot!(run);
    assert_eq!(snapshot(&sandbox, &["--accept", "--quiet"]).status, 0);
    assert_eq!(snapshot(&sandbox, &[]).status, 0);
}

#[test]
fn a_claim_that_is_new_or_gone_is_a_change() {
    let sandbox = accepted();
    edit(&sandbox, |document| drop(document["claims"].as_array_mut().expect("an array").remove(1)));
    let run = snapshot(&sandbox, &[]);
    assert_eq!(run.status, 1, "{run}");
    assert!(run.stdout.contains(" 1  new\n    Engineer Paul Lund  said\n  + it is old\n"), "{run}");
}

#[test]
fn rules_and_confidence_are_not_held() {
    let sandbox = accepted();
    edit(&sandbox, |document| {
        document["isnad"]["engine"] = "0.0.1".into();
        document["claims"][0]["rule"] = "en/another".into();
        document["claims"][0]["confidence"] = 0.25.into();
    });
    assert_eq!(snapshot(&sandbox, &[]).status, 0);
}

#[test]
fn an_article_that_is_new_edited_or_gone_is_a_change() {
    let sandbox = accepted();
    sandbox.write("articles/new.txt", BRIDGE).write("articles/bridge.txt", format!("Bridge\n\n{BRIDGE}"));
    std::fs::rename(sandbox.path("articles/ar/جسر.txt"), sandbox.path("articles/ar/old.doc")).expect("a move");
    let run = snapshot(&sandbox, &[]);
    assert_eq!(run.status, 1, "{run}");
    insta::assert_snapshot!(run);
}

#[test]
fn an_edit_of_the_text_is_shown_as_a_change_of_claims() {
    let sandbox = accepted();
    sandbox.write("articles/bridge.txt", format!("Bridge\n\n{}", BRIDGE.replace("40 people", "45 people")));
    let run = snapshot(&sandbox, &[]);
    assert_eq!(run.status, 1, "{run}");
    assert!(run.stdout.starts_with("articles/bridge.txt: 3 claims, 1 changed with the text\n"), "{run}");
    assert!(run.stdout.contains("perhaps [-40-] people were hurt\n"), "{run}");
    assert!(run.stdout.contains("was claim 3; is claim 3, line 5"), "{run}");
    assert_eq!(snapshot(&sandbox, &["--accept"]).status, 0);
    assert_eq!(snapshot(&sandbox, &[]).status, 0);
}

#[test]
fn accepted_claims_that_contradict_one_another_are_told() {
    let sandbox = accepted();
    edit(&sandbox, |document| document["claims"][0]["content"]["text"] = "the bridge is new".into());
    let run = snapshot(&sandbox, &[]);
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stderr.contains("bridge.txt.claims.json: "), "{run}");
    assert!(run.stderr.contains("isnad snapshot --accept"), "{run}");
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_compared() {
    let sandbox = accepted();
    sandbox.write("articles/empty.txt", "").write("articles/bridge.txt.claims.json", "{\n\"claims\": [\n");
    let run = snapshot(&sandbox, &["--quiet"]);
    assert_eq!((run.status, run.stderr.lines().count()), (2, 4), "{run}");
    assert!(run.stdout.ends_with("1 as accepted, 2 skipped\n"), "{run}");
    assert_eq!(snapshot(&sandbox, &["--accept"]).status, 2, "the empty article stays unreadable");
    std::fs::remove_file(sandbox.path("articles/empty.txt")).expect("a file");
    assert_eq!(snapshot(&sandbox, &[]).status, 0, "broken accepted claims were written anew");
}

#[test]
fn nothing_to_compare_is_told() {
    let sandbox = Sandbox::new();
    std::fs::create_dir(sandbox.path("none")).expect("a writable folder");
    for path in ["none", "missing"] {
        let run = sandbox.run(&["snapshot", path]);
        assert_eq!((run.status, run.stderr.lines().count()), (2, 2), "{run}");
    }
}

#[test]
fn the_guide_shows_what_is_printed() {
    let sandbox = accepted();
    edit(&sandbox, |document| {
        document["claims"][0]["polarity"] = "denied".into();
        document["claims"][2]["source"]["kind"] = "anonymous".into();
    });
    let printed = snapshot(&sandbox, &[]).stdout;
    assert!(include_str!("../../docs/snapshots.md").contains(&printed), "{printed}");
}
