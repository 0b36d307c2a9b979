//! The history for other programs.

use std::collections::BTreeMap;

use isnad_store::{History, Imported, OpenOptions, Record, StoreError};

use crate::sandbox::Sandbox;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("v1.txt", "Ferry\n\nThe minister, Anna Berg, said that 40 passengers, all Danes, were hurt.\n");
    sandbox.write("v2.txt", "Ferry\n\nThe minister, Anna Berg, said that 52 passengers, all Danes, were hurt.\n");
    for (article, file, time) in
        [("a", "v1.txt", "2026-03-03T10:00"), ("a", "v2.txt", "2026-03-04T10:00"), ("b", "v2.txt", "2026-03-05T10:00")]
    {
        sandbox.run(&["add", "--article", article, "--at", time, "--language", "en", file]);
    }
    sandbox
}

#[test]
fn an_article_that_is_named_twice_is_written_once() {
    let sandbox = sandbox();
    for format in ["jsonl", "atom", "schema-org", "web-annotation", "note"] {
        let once = sandbox.run(&["export", "--format", format, "1"]).stdout;
        assert_eq!(sandbox.run(&["export", "--format", format, "1", "1"]).stdout, once, "{format}");
    }
}

#[test]
fn json_lines_hold_everything() {
    let sandbox = sandbox();
    let lines = sandbox.run(&["export"]).json_lines();
    let mut types = BTreeMap::<&str, usize>::new();
    lines.iter().for_each(|line| *types.entry(line["type"].as_str().expect("a type")).or_default() += 1);
    let types: Vec<_> = types.into_iter().collect();
    let expected = [
        ("article", 2),
        ("article-end", 2),
        ("capture", 3),
        ("claim", 3),
        ("event", 1),
        ("history", 1),
        ("history-end", 1),
        ("link", 1),
        ("speaker", 1),
        ("thread", 2),
        ("version", 3),
    ];
    assert_eq!(types, expected);
    assert_eq!(lines[0]["offsets"], "bytes");
    let one = sandbox.run(&["export", "2"]).json_lines();
    assert!(one.iter().all(|line| line["article"].as_u64().is_none_or(|article| article == 2)), "{one:?}");
}

#[test]
fn each_table_can_be_had_as_csv() {
    let sandbox = sandbox();
    for table in ["articles", "captures", "versions", "claims", "histories", "changes", "speakers"] {
        let run = sandbox.run(&["export", "--format", "csv", "--table", table]);
        assert_eq!(run.status, 0, "{table}: {run}");
        insta::assert_snapshot!(format!("table-{table}"), run);
    }
}

#[test]
fn an_export_goes_to_a_new_file_and_overwrites_none() {
    let sandbox = sandbox();
    let run = sandbox.run(&["export", "--output", "history.jsonl"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{run}");
    let written = std::fs::read_to_string(sandbox.path("history.jsonl")).expect("a file");
    assert_eq!(written, sandbox.run(&["export"]).stdout);
    let again = sandbox.run(&["export", "--output", "history.jsonl"]);
    assert_eq!((again.status, again.stderr.lines().count()), (2, 2), "{again}");
}

#[cfg(unix)]
#[test]
fn an_export_or_a_report_that_cannot_be_written_leaves_no_file() {
    let sandbox = sandbox();
    let long: String = (0..20_000).map(|line| format!("It rained in town number {line}.\n")).collect();
    sandbox.write("long.txt", long);
    sandbox.run(&["add", "--article", "long", "--language", "en", "long.txt"]);
    sandbox.write("page.html", "the page of yesterday");
    for command in ["export --output history.jsonl", "report long -o page.html"] {
        // A limit to the size of files stands in for a full disk: writing fails half way.
        let run = sandbox.shell(&format!("trap '' XFSZ; ulimit -f 200; exec $ISNAD {command}"));
        assert_eq!((run.status, run.stderr.lines().count()), (2, 2), "{run}");
    }
    let left = sandbox.shell("ls").stdout;
    assert!(!left.contains("history.jsonl") && !left.contains(".part"), "{left}");
    assert_eq!(std::fs::read_to_string(sandbox.path("page.html")).expect("a file"), "the page of yesterday");
}

#[test]
fn the_fixtures_come_back_as_they_went() {
    let sandbox = Sandbox::new();
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/articles");
    for article in ["ar-dam-talks", "de-dyke-leak", "en-clinic-breach", "fr-quake"] {
        let files: Vec<String> = (1..=3).map(|version| format!("{fixtures}/{article}/v{version}.txt")).collect();
        let times = ["2026-03-03T10:00", "2026-03-04T10:00", "2026-03-05T10:00"].map(|time| ["--at", time]).concat();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let run = sandbox.run(&[&["add", "--article", article], times.as_slice(), &files].concat());
        assert_eq!(run.status, 0, "{run}");
    }
    let exported = sandbox.run(&["export"]).stdout;
    let mut copy = History::open(sandbox.path("copy.db"), OpenOptions::write()).expect("a new history");
    let record = |line| Ok::<Record, StoreError>(serde_json::from_str(line).expect("a record"));
    let mut imported = Imported::default();
    copy.import(exported.lines().map(record), &mut imported).expect("a history");
    assert_eq!((imported.articles, imported.captures), (4, 12));
    drop(copy);
    assert_eq!(sandbox.run(&["export", "--db", "copy.db"]).stdout, exported);
    for args in [
        &["log", "1", "--changes"][..],
        &["search", "the OR السد OR der OR les", "--all"],
        &["speakers", "--all"],
        &["blame", "3"],
    ] {
        let copied = sandbox.run(&[args, &["--db", "copy.db"]].concat());
        assert_eq!(copied.stdout, sandbox.run(args).stdout, "{args:?}");
    }
}
