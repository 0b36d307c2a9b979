//! Finding claims by their words: `search`, and the words that `claims` and `history` take.

use crate::sandbox::{Run, Sandbox};

/// Two versions of an Arabic story, spelt as two newspapers would, and one of an English one.
const ARABIC: [&str; 2] = [
    "الجسر مغلق\n\nقال الوزير الأمريكي إن الجسر مغلق منذ الأحد.\nونفت البلدية أن 40 عاملا غادروا.\n",
    "الجسر مغلق\n\nقال الوزير الأميركي إن الجسر مغلق منذ الاثنين.\nونفت البلدية أن 52 عاملا غادروا.\n",
];
const ENGLISH: &str = "Ferry runs aground\n\n\
     The minister, Anna Berg, said that the American ferry was unsafe.\n\
     The UN envoy, Paul Lund, denied that more than 40 passengers were hurt.\n\
     The union said that “nobody was ever warned”.\n";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("a1.txt", ARABIC[0]).write("a2.txt", ARABIC[1]).write("e.txt", ENGLISH);
    for (url, time, language, file) in [
        ("https://example.org/bridge", "2026-03-03T10:00", "ar", "a1.txt"),
        ("https://example.org/bridge", "2026-03-04T10:00", "ar", "a2.txt"),
        ("https://example.org/ferry", "2026-03-05T10:00", "en", "e.txt"),
    ] {
        let run = sandbox.run(&["add", "--url", url, "--at", time, "--language", language, file]);
        assert_eq!(run.status, 0, "{run}");
    }
    sandbox
}

/// The contents that are found.
fn found(sandbox: &Sandbox, args: &[&str]) -> Vec<String> {
    let run = sandbox.run(&[&["search", "--format", "jsonl"], args].concat());
    assert_eq!(run.status, 0, "{run}");
    run.json_lines().iter().map(|hit| hit["content"]["text"].as_str().expect("a content").to_owned()).collect()
}

#[test]
fn what_is_found_is_told_with_its_marks_and_times() {
    let sandbox = sandbox();
    insta::assert_snapshot!(sandbox.run(&["search", "الجسر"]));
    insta::assert_snapshot!(sandbox.run(&["search", "envoy", "passengers"]));
    insta::assert_snapshot!(sandbox.run(&["search", "ferry", "--format", "csv"]));
    let hit = &sandbox.run(&["search", "عاملا", "--format", "json"]).json()[0];
    assert_eq!(hit["first_seen"], "2026-03-04T10:00:00Z");
    assert_eq!(
        (hit["version"].as_u64(), hit["stands"].as_bool(), hit["changes"].as_u64()),
        (Some(2), Some(true), Some(1))
    );
    assert_eq!(hit["marks"]["content"], serde_json::json!([{"start": 3, "end": 8}]));
}

#[test]
fn every_spelling_of_an_arabic_word_finds_every_other() {
    let sandbox = sandbox();
    for word in ["الأمريكي", "أمريكي", "الاميركي", "أميركي", "والأمريكي"] {
        assert_eq!(found(&sandbox, &[word]).len(), 2, "{word}");
    }
    assert_eq!(found(&sandbox, &["الأمريكي", "الاثنين"]), ["الجسر مغلق منذ الاثنين"]);
}

#[test]
fn operators_phrases_and_parts_of_words_are_understood() {
    let sandbox = sandbox();
    assert_eq!(found(&sandbox, &["ferry", "OR", "passengers"]).len(), 2);
    assert_eq!(found(&sandbox, &["berg OR lund NOT passengers"]).len(), 1);
    assert_eq!(found(&sandbox, &["\"more than 40\""]), ["more than 40 passengers were hurt"]);
    assert!(found(&sandbox, &["\"than more\""]).is_empty());
    assert_eq!(found(&sandbox, &["passeng*"]).len(), 1);
    assert_eq!(found(&sandbox, &["*safe"]).len(), 1);
    assert_eq!(found(&sandbox, &["UN"]), ["more than 40 passengers were hurt"]);
}

#[test]
fn whole_words_come_before_parts_and_new_before_old() {
    let sandbox = sandbox();
    let warn = "Council\n\nThe mayor said that the warning was late.\nThe mayor said that they warned of war.\n";
    sandbox.write("w.txt", warn);
    sandbox.run(&["add", "--article", "w", "--at", "2026-03-06T10:00", "--language", "en", "w.txt"]);
    let found = found(&sandbox, &["war"]);
    assert_eq!(found, ["war", "they warned of war", "the warning was late", "nobody was ever warned"]);
}

#[test]
fn rare_words_weigh_more_and_claims_of_few_words_come_first() {
    let sandbox = Sandbox::new();
    let text = "Council\n\nThe mayor said that the bridge was closed.\nThe union said that the tunnel was closed.\n\
                The envoy said that the road was closed and that the council had met for hours.\n\
                The minister said that the road was closed.\n";
    sandbox.write("c.txt", text);
    sandbox.run(&["add", "--article", "c", "--at", "2026-03-06T10:00", "--language", "en", "c.txt"]);
    let tunnel = found(&sandbox, &["closed OR tunnel"]);
    assert_eq!(tunnel[0], "the tunnel was closed", "three others are closed: {tunnel:?}");
    assert_eq!(found(&sandbox, &["road", "closed"])[0], "the road was closed");
    assert_eq!(found(&sandbox, &["road", "council"]).len(), 1);
}

#[test]
fn filters_narrow_what_is_found() {
    let sandbox = sandbox();
    assert_eq!(found(&sandbox, &["40"]).len(), 2);
    assert_eq!(found(&sandbox, &["40", "--speaker", "lund"]).len(), 1);
    assert_eq!(found(&sandbox, &["40", "--article", "bridge"]).len(), 1);
    assert_eq!(found(&sandbox, &["40", "--polarity", "denied"]).len(), 2);
    assert_eq!(found(&sandbox, &["40 OR ferry", "--stance", "report"]), ["the American ferry was unsafe"]);
    assert_eq!(found(&sandbox, &["40", "--facet", "quantity"]).len(), 1);
    assert_eq!(found(&sandbox, &["40", "--since", "2026-03-04"]), ["more than 40 passengers were hurt"]);
    assert_eq!(found(&sandbox, &["40", "--until", "2026-03-04"]).len(), 1);
    assert_eq!(found(&sandbox, &["40", "--until", "2026-03-03T09:59"]).len(), 0);
}

#[test]
fn no_more_is_shown_than_asked_for_and_that_is_told() {
    let sandbox = sandbox();
    let run = sandbox.run(&["search", "الجسر", "--limit", "1"]);
    assert_eq!(run.stderr, "the first 1; --limit N or --all shows more\n", "{run}");
    assert_eq!(sandbox.run(&["search", "الجسر", "--all"]).stderr, "");
}

#[test]
fn a_query_that_makes_no_sense_is_told_with_what_to_do() {
    let sandbox = sandbox();
    let said = |query: &str| -> Run { sandbox.run(&["search", query]) };
    insta::assert_snapshot!(said("\"more than"));
    for query in ["", "AND", "(a", "a)", "NOT bridge", "u*", "!!"] {
        let run = said(query);
        assert_eq!((run.status, run.stderr.lines().count()), (2, 2), "{run}");
    }
}

#[test]
fn claims_and_history_take_words_as_search_does() {
    let sandbox = sandbox();
    let claims = |words: &str| sandbox.run(&["claims", "--words", words, "--format", "jsonl"]).json_lines().len();
    assert_eq!((claims("passengers OR ferry"), claims("أمريكي"), claims("\"more than 40\"")), (2, 0, 1));
    let history = sandbox.run(&["history", "عاملا", "--format", "json"]).json();
    assert_eq!(history["forms"].as_array().map(Vec::len), Some(2));
    assert_eq!(sandbox.run(&["history", "the minister", "--format", "json"]).json()["forms"][0]["version"], 1);
}
