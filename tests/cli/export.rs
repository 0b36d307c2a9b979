//! The history for other programs.

use std::collections::{BTreeMap, BTreeSet};

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

/// Every name that documents give to what they describe.
fn names(sandbox: &Sandbox, db: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for format in ["web-annotation", "schema-org", "atom"] {
        // The article with an address: another one may have been recorded first.
        let run = sandbox.run(&["export", "--db", db, "--format", format, "https://news.example/dam"]);
        assert_eq!(run.status, 0, "{run}");
        names.extend(run.stdout.split(['"', '<', '>']).filter(|word| word.starts_with("tag:isnad")).map(str::to_owned));
    }
    names
}

#[test]
fn names_are_those_of_what_is_described_and_not_of_its_place_in_a_history() {
    let sandbox = sandbox();
    let add = |db: &str, versions: &[usize]| {
        let mut args = vec!["add".to_owned(), "--db".to_owned(), db.to_owned()];
        args.extend(["--url".to_owned(), "https://news.example/dam".to_owned()]);
        args.extend(versions.iter().flat_map(|version| ["--at".to_owned(), format!("2026-03-0{version}T10:00")]));
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/articles/ar-dam-talks");
        args.extend(versions.iter().map(|version| format!("{folder}/v{version}.txt")));
        let run = sandbox.run(&args.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(run.status, 0, "{run}");
    };
    add("alone.db", &[1, 2, 3]);
    let alone = names(&sandbox, "alone.db");
    assert!(alone.len() > 50, "{alone:?}");
    // Recorded by somebody else after other articles.
    add("isnad.db", &[1, 2, 3]);
    assert_eq!(names(&sandbox, "isnad.db"), alone);
    // Exported, and imported where other articles are.
    sandbox.write("alone.jsonl", sandbox.run(&["export", "--db", "alone.db"]).stdout);
    sandbox.write("more.txt", "Quiet harbour\n\nThe mayor, Ann Lee, said that 12 boats were lost.\n");
    sandbox.run(&[
        "add",
        "--db",
        "copy.db",
        "--article",
        "boats",
        "--at",
        "2026-03-01T10:00",
        "--language",
        "en",
        "more.txt",
    ]);
    let run = sandbox.run(&["import", "--db", "copy.db", "alone.jsonl"]);
    assert_eq!(run.status, 0, "{run}");
    assert_eq!(names(&sandbox, "copy.db"), alone);
    // Another article of the same name is another.
    let described = |db: &str| sandbox.run(&["export", "--db", db, "--format", "schema-org", "1"]).json();
    sandbox.write("other.txt", "Ferry\n\nThe mayor, Ann Lee, said that the ferry was late.\n");
    sandbox.run(&[
        "add",
        "--db",
        "other.db",
        "--article",
        "a",
        "--at",
        "2026-03-03T10:00",
        "--language",
        "en",
        "other.txt",
    ]);
    assert_ne!(described("other.db")["@graph"][0]["@id"], described("isnad.db")["@graph"][0]["@id"]);
}

/// The name of a feed, and those of the changes in it.
fn ids(feed: &str) -> Vec<&str> {
    feed.split("<id>").skip(1).filter_map(|after| after.split("</id>").next()).collect()
}

#[test]
fn articles_of_one_name_with_other_texts_share_no_name_of_a_change_or_a_document() {
    let sandbox = Sandbox::new();
    for (db, title) in [("one.db", "Ferry"), ("two.db", "Boats")] {
        for (number, time) in [(40, "2026-03-03T10:00"), (52, "2026-03-04T10:00")] {
            let text = format!("{title}\n\nThe minister, Anna Berg, said that {number} passengers were hurt.\n");
            let add = ["add", "--db", db, "--article", "a", "--at", time, "--language", "en", "-"];
            assert_eq!(sandbox.run_with(&add, text).status, 0);
        }
    }
    for what in [&[][..], &["1"]] {
        let feed = |db| sandbox.run(&[&["export", "--db", db, "--format", "atom"], what].concat()).stdout;
        let (one, two) = (feed("one.db"), feed("two.db"));
        let (one, two) = (ids(&one), ids(&two));
        assert_eq!((one.len(), two.len()), (2, 2), "{one:?}");
        assert!(one.iter().all(|id| !two.contains(id)), "{one:?} {two:?}");
    }
}

#[test]
fn a_feed_of_everything_keeps_its_name_when_an_earlier_capture_turns_up() {
    let sandbox = sandbox();
    let name = || ids(&sandbox.run(&["export", "--format", "atom"]).stdout)[0].to_owned();
    let before = name();
    let add = ["add", "--article", "a", "--at", "2026-03-01T10:00", "--language", "en", "-"];
    let run =
        sandbox.run_with(&add, "Ferry\n\nThe minister, Anna Berg, said that 7 passengers were hurt.\n".to_owned());
    assert_eq!(run.status, 0, "{run}");
    assert_eq!(name(), before);
}

#[test]
fn an_argument_that_a_format_does_not_take_is_refused() {
    let sandbox = sandbox();
    for (args, takes) in [
        (["--table", "claims", "--format", "jsonl"], "csv"),
        (["--ui-language", "ar", "--format", "csv"], "atom or note"),
    ] {
        let run = sandbox.run(&[&["export"], args.as_slice()].concat());
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{run}");
        assert!(run.stderr.contains(args[0]) && run.stderr.contains(takes), "{run}");
    }
}

#[test]
fn a_file_that_is_there_is_replaced_only_by_force() {
    let sandbox = sandbox();
    for (command, whole) in [("export -o there", "export"), ("report 1 -o there", "report 1")] {
        sandbox.write("there", "what was there");
        let args: Vec<&str> = command.split(' ').collect();
        let run = sandbox.run(&args);
        assert_eq!((run.status, run.stderr.lines().count()), (2, 2), "{run}");
        assert!(run.stderr.contains("--force"), "{run}");
        let read = || std::fs::read_to_string(sandbox.path("there")).expect("a file");
        assert_eq!(read(), "what was there");
        assert_eq!(sandbox.run(&[&args[..], &["--force"]].concat()).status, 0);
        assert_eq!(read(), sandbox.run(&whole.split(' ').collect::<Vec<_>>()).stdout);
    }
}

#[cfg(unix)]
#[test]
fn an_export_or_a_report_that_cannot_be_written_leaves_no_file() {
    let sandbox = sandbox();
    let long: String = (0..20_000).map(|line| format!("It rained in town number {line}.\n")).collect();
    sandbox.write("long.txt", long);
    sandbox.run(&["add", "--article", "long", "--language", "en", "long.txt"]);
    sandbox.write("page.html", "the page of yesterday");
    for command in ["export --output history.jsonl", "report long --force -o page.html"] {
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
