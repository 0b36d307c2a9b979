//! `isnad diff` on whole articles.

use crate::sandbox::Sandbox;

const OLD: &str = "\
Ferry runs aground

The minister, Anna Berg, said that more than 100,000 people were affected.
An official said that the alarm was off.
The union said that the crew was tired.
";

const NEW: &str = "\
Ferry runs aground

The minister, Anna Berg, claimed that about 120,000 people were affected.
An official said that the alarm was off.
The mayor said that the harbour was closed.
";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("old.txt", OLD).write("new.txt", NEW);
    sandbox
}

fn diff(sandbox: &Sandbox, args: &[&str]) -> crate::sandbox::Run {
    sandbox.run(&[&["diff", "--language", "en"], args].concat())
}

#[test]
fn changes_are_told_with_what_changed_the_most_severe_first() {
    insta::assert_snapshot!(diff(&sandbox(), &["old.txt", "new.txt"]));
}

#[test]
fn an_arabic_change_is_told_in_words() {
    let sandbox = Sandbox::new();
    sandbox.write("old.txt", "قالت وزيرة النقل سلمى الحارثي إن أكثر من 100 ألف شخص عبروا الجسر.\n");
    sandbox.write("new.txt", "قالت وزيرة النقل سلمى الحارثي إن نحو 120 ألف شخص عبروا الجسر.\n");
    insta::assert_snapshot!(sandbox.run(&["diff", "--language", "ar", "old.txt", "new.txt"]));
}

#[test]
fn a_version_compared_with_itself_has_no_changes() {
    let run = diff(&sandbox(), &["--all", "--exit-code", "old.txt", "old.txt"]);
    assert_eq!((run.status, &*run.stdout), (0, "no changes in 3 claims\n"), "{run}");
}

#[test]
fn a_line_without_a_claim_that_changed_is_told_of_too() {
    let sandbox = Sandbox::new();
    sandbox.write("old.txt", "Two boats sank off the cape.\nThe mayor said that the lantern was out.\n");
    sandbox.write("new.txt", "Three boats sank off the cape.\nThe mayor said that the lantern was out.\n");
    let run = sandbox.run(&["diff", "--language", "en", "old.txt", "new.txt"]);
    assert_eq!(run.stdout, "no changes in 1 claim; the text beside claims differs in 1 line\n", "{run}");
}

#[test]
fn the_exit_status_tells_of_changes_only_when_asked() {
    let sandbox = sandbox();
    assert_eq!(diff(&sandbox, &["old.txt", "new.txt"]).status, 0);
    assert_eq!(diff(&sandbox, &["--exit-code", "old.txt", "new.txt"]).status, 1);
    assert_eq!(diff(&sandbox, &["--exit-code", "--only", "date", "old.txt", "new.txt"]).status, 0);
    assert_eq!(diff(&sandbox, &["--exit-code", "missing.txt", "new.txt"]).status, 2);
}

#[test]
fn both_forms_can_be_shown_in_one_running_text() {
    let run = diff(&sandbox(), &["--words", "--only", "quantity", "old.txt", "new.txt"]);
    assert!(run.stdout.contains("    [-more than 100,000-] {+about 120,000+} people were affected\n"), "{run}");
}

#[test]
fn a_table_of_ones_own_says_how_much_a_change_matters() {
    let sandbox = sandbox();
    sandbox.write("table.toml", "[facets]\nquantity = \"low\"\nstance = \"low\"\n[status]\nremoved = \"low\"\n");
    let args = ["--severity", "table.toml", "--min-severity", "high", "--exit-code", "old.txt", "new.txt"];
    assert_eq!(diff(&sandbox, &args).status, 0);
    sandbox.write("table.toml", "[facets]\nmood = \"low\"\n");
    let run = diff(&sandbox, &args);
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stderr.contains("table.toml") && run.stderr.contains("mood"), "{run}");
}

#[test]
fn changes_can_be_narrowed_to_facets() {
    let sandbox = sandbox();
    let changes = |args: &[&str]| {
        let run = diff(&sandbox, &[&["--format", "json", "old.txt", "new.txt"], args].concat());
        run.json()["changes"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(changes(&["--only", "quantity"]), 1);
    assert_eq!(changes(&["--only", "polarity,date"]), 0);
    assert!(changes(&["--all"]) >= 3);
}

#[test]
fn spelling_is_shown_only_to_who_asks_for_all() {
    let sandbox = Sandbox::new();
    sandbox.write("old.txt", "قالت وزيرة النقل إن الادارة أغلقت الجسر.\n");
    sandbox.write("new.txt", "قالت وزيرة النقل إن الإدارة أغلقت الجســر.\n");
    let status = |args: &[&str]| {
        let files = ["diff", "--language", "ar", "--exit-code", "old.txt", "new.txt"];
        sandbox.run(&[&files[..], args].concat()).status
    };
    assert_eq!(status(&[]), 0);
    assert_eq!(status(&["--all"]), 1);
    let run = sandbox.run(&["diff", "--language", "ar", "old.txt", "new.txt"]);
    let told = "no change to show, 0 unchanged; 1 other change not shown (--all shows it)\n";
    assert_eq!(run.stdout, told, "{run}");
}

#[test]
fn what_was_not_asked_for_is_counted() {
    let run = diff(&sandbox(), &["--only", "quantity", "old.txt", "new.txt"]);
    let summary = run.stdout.lines().next().unwrap_or_default();
    let told = "1 changed, 1 unchanged; 2 other changes not shown (--only leaves out what was not asked for)";
    assert_eq!(summary, told, "{run}");
}

#[test]
fn data_point_at_each_version_in_the_unit_asked_for() {
    let sandbox = sandbox();
    let run = diff(&sandbox, &["--format", "json", "--only", "quantity", "old.txt", "new.txt"]);
    let change = &run.json()["changes"][0];
    for (side, text) in [("old", OLD), ("new", NEW)] {
        let span = &change[side]["content"]["spans"][0];
        let (start, end) = (span["start"].as_u64().unwrap_or(0), span["end"].as_u64().unwrap_or(0));
        let words: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
        assert_eq!(change[side]["content"]["text"], words, "{run}");
    }
    insta::assert_snapshot!(run.stdout);
}
