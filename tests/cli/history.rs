//! Recording a history and asking it: `add`, `articles`, `log`, `show`, `claims`, `history`.

use crate::sandbox::{Run, Sandbox};

const URL: &str = "https://example.org/ferry";

/// Three versions of a story: the number and the speaker of a claim change, another claim goes and comes back.
const VERSIONS: [&str; 3] = [
    "Ferry runs aground\n\n\
     The minister, Anna Berg, said that 40 passengers were hurt.\n\
     The harbour master, Paul Lund, said that the bridge had been warned.\n\
     The union said that the crew was tired.\n",
    "Ferry runs aground\n\n\
     The minister, Anna Berg, said that 52 passengers were hurt.\n\
     The union said that the crew was tired.\n",
    "Ferry runs aground\n\n\
     The minister, Anna Berg, said that 52 passengers were hurt.\n\
     The harbour master, Paul Lund, said that the bridge had been warned.\n\
     The union said that the crew was tired.\n",
];

/// A folder with the versions as files.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("v1.txt", VERSIONS[0]).write("v2.txt", VERSIONS[1]).write("v3.txt", VERSIONS[2]);
    sandbox
}

/// A folder with the versions recorded a day apart.
fn recorded() -> Sandbox {
    let sandbox = sandbox();
    let run = add(&sandbox, &[]);
    assert_eq!(run.status, 0, "{run}");
    sandbox
}

fn add(sandbox: &Sandbox, more: &[&str]) -> Run {
    let times = ["--at", "2026-03-03T10:00", "--at", "2026-03-04T09:00", "--at", "2026-03-05T12:30:00+03:00"];
    let files = ["v1.txt", "v2.txt", "v3.txt"];
    let language = ["--language", "en"];
    sandbox.run(&[&["add", "--url", URL], &language[..], &times, more, &files].concat())
}

#[test]
fn one_command_records_versions_and_shows_how_the_claims_changed() {
    insta::assert_snapshot!(add(&sandbox(), &["--changes"]));
}

#[test]
fn without_being_asked_for_changes_add_says_a_line_a_file() {
    insta::assert_snapshot!(add(&sandbox(), &[]));
}

#[test]
fn the_same_captures_again_add_nothing() {
    let sandbox = recorded();
    let log = sandbox.run(&["log", "1", "--format", "json"]).stdout;
    let again = add(&sandbox, &[]);
    assert_eq!(again.stdout.matches("recorded before").count(), 3, "{again}");
    assert_eq!(sandbox.run(&["log", "1", "--format", "json"]).stdout, log);
}

#[test]
fn a_text_seen_again_is_a_capture_and_no_version() {
    let sandbox = recorded();
    let run = sandbox.run(&["add", "--url", URL, "--at", "2026-03-06T08:00", "--language", "en", "v3.txt"]);
    assert_eq!(run.stdout, "v3.txt: article 1, version 3 seen again\n", "{run}");
    let article = &sandbox.run(&["articles", "--format", "jsonl"]).json_lines()[0];
    assert_eq!((article["versions"].as_u64(), article["captures"].as_u64()), (Some(3), Some(4)));
}

#[test]
fn captures_recorded_out_of_order_give_the_same_history() {
    let sandbox = sandbox();
    for (file, time) in [("v3.txt", "2026-03-05T09:30"), ("v1.txt", "2026-03-03T10:00"), ("v2.txt", "2026-03-04T09:00")]
    {
        sandbox.run(&["add", "--url", URL, "--at", time, "--language", "en", file]);
    }
    assert_eq!(sandbox.run(&["log", "1"]).stdout, recorded().run(&["log", "1"]).stdout);
}

#[test]
fn one_file_without_a_time_is_captured_now() {
    let sandbox = sandbox();
    let before = chrono::Utc::now();
    sandbox.run(&["add", "--article", "ferry", "--language", "en", "v1.txt"]);
    let article = &sandbox.run(&["articles", "--format", "jsonl"]).json_lines()[0];
    let time: chrono::DateTime<chrono::Utc> =
        article["first_captured"].as_str().and_then(|time| time.parse().ok()).expect("a time");
    assert!((time - before).abs() < chrono::TimeDelta::minutes(5), "{time}");
}

#[test]
fn times_of_captures_are_never_invented() {
    let sandbox = sandbox();
    let several = sandbox.run(&["add", "--article", "ferry", "v1.txt", "v2.txt"]);
    assert!(several.status == 2 && several.stderr.contains("2 files of one article need the times"), "{several}");
    let one_time = sandbox.run(&["add", "--article", "ferry", "--at", "2026-03-03T10:00", "v1.txt", "v2.txt"]);
    assert!(one_time.status == 2 && one_time.stderr.contains("cannot all be of one time"), "{one_time}");
    let day = sandbox.run(&["add", "--article", "ferry", "--at", "2026-03-03", "v1.txt"]);
    assert!(day.status == 2 && day.stderr.contains("a day is no moment"), "{day}");
    assert!(!sandbox.path("isnad.db").exists());

    let page = |text: &str| {
        format!(
            "<html lang=en><link rel=canonical href='{URL}'><title>Ferry</title><article>{}</article>",
            text.repeat(9)
        )
    };
    sandbox.write("a.html", page("<p>The minister said that 40 were hurt.</p>"));
    sandbox.write("b.html", page("<p>The minister said that 52 were hurt.</p>"));
    let pages = sandbox.run(&["add", "a.html", "b.html"]);
    assert_eq!(pages.status, 2, "{pages}");
    assert!(pages.stderr.contains("b.html: not recorded: a.html is a capture of the same article"), "{pages}");
}

#[test]
fn a_file_can_be_dated_by_when_it_was_written() {
    let sandbox = sandbox();
    let file = std::fs::File::options().write(true).open(sandbox.path("v1.txt")).expect("a file");
    let written = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
    file.set_modified(written).expect("a time of writing");
    sandbox.run(&["add", "--at", "mtime", "--language", "en", "v1.txt"]);
    let article = &sandbox.run(&["articles", "--format", "jsonl"]).json_lines()[0];
    assert_eq!(article["first_captured"], "2023-11-14T22:13:20Z");
}

#[test]
fn a_capture_without_an_article_is_a_failed_capture_and_removes_nothing() {
    let sandbox = recorded();
    sandbox.write("empty.html", "");
    let run = sandbox.run(&["add", "--url", URL, "--at", "2026-03-07T00:00", "empty.html"]);
    assert_eq!(run.status, 2, "{run}");
    let log = sandbox.run(&["log", "1", "--format", "json"]).json();
    assert_eq!(log["versions"].as_array().map(Vec::len), Some(3));
    assert_eq!(log["captures"][3]["status"], "failed");
    assert!(sandbox.run(&["log", "1"]).stdout.contains("failed 7 March 2026 00:00 UTC: empty.html: holds no text"));
}

#[test]
fn wrong_use_of_add_makes_no_history() {
    let sandbox = sandbox();
    let said = |args: &[&str]| {
        let run = sandbox.run(args);
        assert_eq!(run.status, 2, "{run}");
        assert!(!sandbox.path("isnad.db").exists(), "{run}");
        run.stderr
    };
    insta::assert_snapshot!(said(&["add", "--at", "2026-03-03T10:00", "--at", "mtime", "v1.txt", "v2.txt", "v3.txt"]));
    insta::assert_snapshot!(said(&["add", "--at", "yesterday", "v1.txt"]));
    insta::assert_snapshot!(said(&["add", "missing.txt"]));
}

#[test]
fn the_articles_of_a_history() {
    let sandbox = recorded();
    sandbox.write("other.txt", "Council meets\n\nThe mayor said that the budget was agreed.\n");
    sandbox.run(&["add", "--article", "council", "--at", "2026-03-05T10:00", "--language", "en", "other.txt"]);
    insta::assert_snapshot!(sandbox.run(&["articles"]));
    let articles = sandbox.run(&["articles", "--format", "json"]).json();
    assert_eq!(articles[0]["url"], URL);
    assert_eq!(articles[1]["key"], "council");
}

#[test]
fn the_log_of_an_article() {
    let sandbox = recorded();
    insta::assert_snapshot!(sandbox.run(&["log", "1"]));
    insta::assert_snapshot!(sandbox.run(&["log", "aground", "--changes"]));
    insta::assert_snapshot!(
        sandbox.run(&["log", URL, "--format", "json"]).stdout.lines().take(40).collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn a_version_as_it_was_recorded() {
    let sandbox = recorded();
    insta::assert_snapshot!(sandbox.run(&["show", "1@1"]));
    insta::assert_snapshot!(sandbox.run(&["show", "1@2", "--claim", "1"]));
    assert_eq!(sandbox.run(&["show", "1@2", "--text"]).stdout, VERSIONS[1]);
    let shown = sandbox.run(&["show", "1", "--format", "json"]).json();
    assert_eq!((shown["article"].as_u64(), shown["version"].as_u64()), (Some(1), Some(3)));
    assert_eq!(shown["claims"][0]["content"]["text"], "52 passengers were hurt");
}

#[test]
fn the_claims_as_they_stand_now() {
    let sandbox = recorded();
    insta::assert_snapshot!(sandbox.run(&["claims", "1"]));
    let speakers = |args: &[&str]| -> Vec<String> {
        let run = sandbox.run(&[&["claims", "--format", "jsonl"], args].concat());
        let lines = run.json_lines();
        lines.iter().filter_map(|claim| Some(claim["source"]["speaker"].as_str()?.to_owned())).collect()
    };
    assert_eq!(speakers(&[]).len(), 3);
    assert_eq!(speakers(&["--speaker", "union"]), ["The union"]);
    assert_eq!(speakers(&["--words", "passengers"]).len(), 1);
    assert!(speakers(&["--stance", "deny"]).is_empty());
}

#[test]
fn the_history_of_a_claim() {
    let sandbox = recorded();
    insta::assert_snapshot!(sandbox.run(&["history", "passengers"]));
    insta::assert_snapshot!(sandbox.run(&["history", "bridge", "warned"]));
    insta::assert_snapshot!(sandbox.run(&["history", "was"]));
    let data = sandbox.run(&["history", "passengers", "--format", "json"]).json();
    assert_eq!(data["events"][0]["not_before"]["time"], "2026-03-03T10:00:00Z");
    assert_eq!(data["events"][0]["not_after"]["time"], "2026-03-04T09:00:00Z");
    assert_eq!(data["events"][0]["change"]["facets"], serde_json::json!(["quantity"]));
}

#[test]
fn what_is_not_in_the_history_is_told_with_what_to_do() {
    let sandbox = recorded();
    for args in [
        &["log", "9"][..],
        &["show", "1@9"],
        &["show", "1@1", "--claim", "99"],
        &["history", "99999"],
        &["history", "zebra"],
    ] {
        let run = sandbox.run(args);
        assert_eq!(run.status, 2, "{run}");
        assert!(run.stderr.starts_with("isnad: ") && run.stderr.contains("\n  try: "), "{run}");
        assert_eq!(run.stderr.lines().count(), 2, "{run}");
    }
}

#[test]
fn a_file_that_is_no_history_is_refused_and_left_alone() {
    let sandbox = sandbox();
    let sqlite = b"SQLite format 3\0 and then nothing of the kind";
    for content in [&b"my shopping list\n"[..], &[0; 4096], sqlite] {
        sandbox.write("other.db", content);
        for args in [&["articles", "--db", "other.db"][..], &["add", "--db", "other.db", "--language", "en", "v1.txt"]]
        {
            let run = sandbox.run(args);
            assert_eq!(run.status, 2, "{run}");
            assert!(run.stderr.starts_with("isnad: other.db "), "{run}");
            assert_eq!(std::fs::read(sandbox.path("other.db")).expect("a file"), content, "{run}");
        }
    }
}

#[test]
fn a_history_that_is_not_there_is_told_with_what_to_do() {
    insta::assert_snapshot!(Sandbox::new().run(&["articles"]));
    insta::assert_snapshot!(sandbox().run(&["add", "--db", "no/such/folder/a.db", "--language", "en", "v1.txt"]));
}

#[test]
fn the_history_is_found_by_the_environment() {
    let sandbox = sandbox();
    let mut command = sandbox.command(&["add", "--language", "en", "v1.txt"]);
    command.env("ISNAD_DB", sandbox.path("elsewhere.db")).assert().success();
    assert!(sandbox.path("elsewhere.db").exists());
    assert!(!sandbox.path("isnad.db").exists());
}

#[test]
fn answers_that_a_page_is_gone_count_as_such_from_a_list_of_captures_too() {
    let sandbox = Sandbox::new();
    let rows = "url,captured,language,text,status\n\
        https://news.example/toll,2026-03-03T09:00:00Z,en,\"Toll\n\nThe toll will rise, the mayor said.\",\n\
        https://news.example/toll,2026-03-04T09:00:00Z,en,,404\n\
        https://news.example/toll,2026-03-05T09:00:00Z,en,,404\n";
    sandbox.write("list.csv", rows);
    sandbox.run(&["import", "list.csv"]);
    let log = sandbox.run(&["log", "1"]);
    assert!(log.stdout.contains("gone since between"), "{log}");
}

#[test]
fn what_was_denied_on_one_day_and_said_on_the_next_is_told_apart() {
    let sandbox = Sandbox::new();
    let story = |verb: &str| format!("Town\n\nThe mayor, Ann Roe, {verb} that the bridge was unsafe.\n");
    sandbox.write("v1.txt", story("denied")).write("v2.txt", story("said"));
    let times = ["--at", "2026-03-03T10:00", "--at", "2026-03-04T10:00"];
    let run = sandbox.run(&[&["add", "--url", URL, "--language", "en"][..], &times, &["v1.txt", "v2.txt"]].concat());
    assert_eq!(run.status, 0, "{run}");
    let found = sandbox.run(&["search", "--polarity", "denied", "bridge"]).stdout;
    assert!(found.contains("denied · seen 3 March 2026 10:00 UTC · not in the newest version"), "{found}");
    assert!(!found.contains("said"), "{found}");
    let found = sandbox.run(&["search", "bridge"]).stdout;
    assert!(found.contains("said") && found.contains("denied"), "{found}");
    // Nowhere does a denial read as if it were said.
    sandbox.write("v3.txt", "Town\n\nThe mayor, Ann Roe, denied that the bridge was unsafe for lorries.\n");
    let more = ["add", "--url", URL, "--language", "en", "--at", "2026-03-05T10:00", "v3.txt"];
    assert_eq!(sandbox.run(&more).status, 0);
    let note = sandbox.run(&["export", "--format", "note"]).stdout;
    assert!(note.contains("**The mayor, Ann Roe**, *denied* (denied)"), "{note}");
    let graph = sandbox.run(&["export", "--format", "schema-org"]).stdout;
    let graph: serde_json::Value = serde_json::from_str(&graph).expect("JSON");
    let nodes = graph["@graph"].as_array().expect("a graph");
    let claim = nodes.iter().find(|node| node["@type"] == "Claim").expect("a claim");
    assert_eq!(
        (&claim["author"], &claim["description"]),
        (&serde_json::Value::Null, &"The mayor, Ann Roe: denied".into())
    );
}
