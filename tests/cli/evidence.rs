//! What the history can prove, and of whom it tells: `blame`, `speakers`, `show --evidence`, `verify`.

use crate::sandbox::{Run, Sandbox};

const URL: &str = "https://example.org/ferry";

const VERSIONS: [&str; 3] = [
    "Ferry runs aground\n\n\
     The minister, Anna Berg, said that 40 passengers were hurt. The sea was calm.\n\
     The harbour master, Paul Lund, said that the bridge had been warned.\n\
     The union said that the crew was tired.\n",
    "Ferry runs aground\n\n\
     The minister, Anna Berg, said that 52 passengers were hurt. The sea was calm.\n\
     The union said that the crew was tired.\n",
    "Ferry runs aground\n\n\
     The minister, Anna Berg, said that 40 passengers were hurt. The sea was calm.\n\
     The harbour master, Paul Lund, said that the bridge had been warned.\n\
     The union said that the crew was tired.\n\
     The mayor denied that the pier was closed.\n",
];

fn recorded() -> Sandbox {
    let sandbox = Sandbox::new();
    for (day, text) in (3..).zip(VERSIONS) {
        let (file, time) = (format!("v{}.txt", day - 2), format!("2026-03-0{day}T10:00"));
        sandbox.write(&file, text);
        let run = sandbox.run(&["add", "--url", URL, "--at", &time, "--language", "en", &file]);
        assert_eq!(run.status, 0, "{run}");
    }
    sandbox
}

#[test]
fn every_claim_of_an_article_is_told_with_since_when_it_is_as_it_is() {
    let sandbox = recorded();
    insta::assert_snapshot!(sandbox.run(&["blame", "1"]));
    insta::assert_snapshot!(sandbox.run(&["blame", "ferry", "--format", "csv"]));
    let claims = sandbox.run(&["blame", URL, "--format", "json"]).json()["claims"].clone();
    // 40, then 52, then 40 again: two forms.
    assert_eq!((claims[0]["forms"].as_u64(), claims[0]["status"].as_str()), (Some(2), Some("reverted")));
    assert_eq!(claims[0]["not_before"]["time"], "2026-03-04T10:00:00Z");
    assert_eq!(claims[1]["status"], "reintroduced");
    assert_eq!((claims[2]["forms"].as_u64(), claims[2]["not_before"].is_null()), (Some(1), true));
    assert_eq!(claims[3]["status"], "added");
}

#[test]
fn speakers_are_told_with_what_became_of_their_words() {
    let sandbox = recorded();
    sandbox.write("other.txt", "Council\n\nThe union said that the budget was agreed.\n");
    sandbox.run(&["add", "--article", "council", "--at", "2026-03-09T10:00", "--language", "en", "other.txt"]);
    insta::assert_snapshot!(sandbox.run(&["speakers"]));
    insta::assert_snapshot!(sandbox.run(&["speakers", "--format", "csv"]));
    let names = |args: &[&str]| -> Vec<String> {
        let run = sandbox.run(&[&["speakers", "--format", "jsonl"], args].concat());
        run.json_lines().iter().map(|speaker| speaker["speaker"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(names(&["lund"]), ["The harbour master, Paul Lund"]);
    assert_eq!(names(&["--article", "council"]), ["The union"]);
    assert_eq!(names(&["--since", "2026-03-06"]), ["The union"]);
    assert_eq!(names(&["--until", "2026-03-04"]).len(), 3);
    let most_changed = names(&["--sort", "changes"]);
    assert_eq!(most_changed[..2], ["The minister, Anna Berg", "The harbour master, Paul Lund"]);
    assert_eq!(sandbox.run(&["speakers", "--limit", "1"]).stderr, "the first 1; --limit N or --all shows more\n");
}

#[test]
fn a_claim_is_shown_with_what_proves_it() {
    let sandbox = recorded();
    insta::assert_snapshot!(sandbox.run(&["show", "1@2", "--claim", "1"]));
    insta::assert_snapshot!(sandbox.run(&["show", "1@2", "--claim", "1", "--evidence"]));
}

#[test]
fn a_claim_that_is_not_there_is_told_as_the_user_called_it() {
    let sandbox = recorded();
    for args in [&["show", "1@2", "--claim", "99"][..], &["show", "1@2", "--claim", "99", "--evidence"]] {
        let run = sandbox.run(args);
        assert_eq!((run.status, run.stderr.lines().count()), (2, 2), "{run}");
        assert!(run.stderr.contains("1@2") && run.stderr.contains("no claim 99"), "{run}");
    }
}

/// A folder with the history and, in a file, a claim of its second version as evidence.
fn with_evidence() -> Sandbox {
    let sandbox = recorded();
    let evidence = sandbox.run(&["show", "1@2", "--claim", "1", "--evidence"]).stdout;
    sandbox.write("claim.json", evidence);
    sandbox
}

fn verdict(run: &Run) -> (i32, &str) {
    (run.status, run.stdout.lines().last().unwrap_or_default())
}

#[test]
fn evidence_is_checked_against_history_page_and_text() {
    let sandbox = with_evidence();
    let there = (0, "the claim is there");
    let in_history = sandbox.run(&["verify", "claim.json"]);
    assert_eq!(verdict(&in_history), there, "{in_history}");
    insta::assert_snapshot!(in_history);
    let in_file = sandbox.run(&["verify", "claim.json", "--file", "v2.txt", "--db", "nothing.db"]);
    assert_eq!(verdict(&in_file), there, "{in_file}");
    for unit in ["bytes", "utf16"] {
        let evidence = sandbox.run(&["show", "1@2", "--claim", "1", "--evidence", "--offsets", unit]).stdout;
        sandbox.write("other.json", evidence);
        assert_eq!(verdict(&sandbox.run(&["verify", "other.json"])), there, "{unit}");
    }
}

#[test]
fn what_differs_from_the_evidence_is_told() {
    let sandbox = with_evidence();
    let not_there = (1, "the claim is not there as the evidence says");
    let other_version = sandbox.run(&["verify", "claim.json", "--file", "v1.txt"]);
    assert_eq!(verdict(&other_version), not_there, "{other_version}");
    insta::assert_snapshot!(other_version);
    let evidence = std::fs::read_to_string(sandbox.path("claim.json")).expect("a file");
    for (from, to) in [
        ("52 passengers", "53 passengers"),
        ("\"start\": 55", "\"start\": 54"),
        ("2026-03-04T10:00:00Z", "2026-03-04T11:00:00Z"),
        ("\"polarity\": \"affirmed\"", "\"polarity\": \"denied\""),
        ("\"realised\": true", "\"realised\": false"),
        ("\"speaker\": \"", "\"speaker\": \"Prime "),
    ] {
        assert!(evidence.contains(from), "{from}: {evidence}");
        sandbox.write("forged.json", evidence.replace(from, to));
        let run = sandbox.run(&["verify", "forged.json"]);
        assert_eq!(verdict(&run), not_there, "{from}: {run}");
    }
    sandbox.write("forged.json", "{\"isnad_evidence\": 1}");
    let no_evidence = sandbox.run(&["verify", "forged.json"]);
    assert_eq!((no_evidence.status, no_evidence.stderr.lines().count()), (2, 2), "{no_evidence}");
}
