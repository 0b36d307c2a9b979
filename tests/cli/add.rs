//! Recording captures: which article they belong to, what may not be the article, and many in one run.

use crate::sandbox::{Run, Sandbox};

const URL: &str = "https://example.org/ferry";

const STORY: &str = "Ferry runs aground\n\n\
     The minister, Anna Berg, said that 40 passengers were hurt when the ferry ran aground on Monday.\n\
     The harbour master, Paul Lund, said that the ferry was an hour late that morning.\n\
     The union said that the crew was tired.\n";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("v1.txt", STORY).write("v2.txt", STORY.replace("40", "52"));
    sandbox.write("wall.txt", "Access denied\nYou do not have permission to view this page.\n");
    sandbox
}

fn add(sandbox: &Sandbox, time: &str, more: &[&str]) -> Run {
    sandbox.run(&[&["add", "--language", "en", "--at", time], more].concat())
}

fn articles(sandbox: &Sandbox) -> usize {
    sandbox.run(&["articles", "--format", "jsonl"]).json_lines().len()
}

#[test]
fn a_page_that_is_not_the_article_is_told_as_uncertain_and_changes_nothing() {
    let sandbox = sandbox();
    add(&sandbox, "2026-03-03T10:00", &["--url", URL, "v1.txt"]);
    insta::assert_snapshot!(add(&sandbox, "2026-03-04T10:00", &["--url", URL, "--changes", "wall.txt"]));
    insta::assert_snapshot!(sandbox.run(&["log", "1"]));
    let sure = add(&sandbox, "2026-03-04T10:00", &["--url", URL, "--sure", "wall.txt"]);
    assert_eq!(sure.status, 0, "{sure}");
    assert!(sure.stdout.contains("version 2 read anew, 0 claims: 3 gone"), "{sure}");
}

#[test]
fn a_wrong_language_is_corrected_by_adding_the_capture_again() {
    let sandbox = sandbox();
    let at = |code| ["add", "--at", "2026-03-03T10:00", "--url", URL, "--language", code, "v1.txt"];
    sandbox.run(&at("de"));
    let again = sandbox.run(&at("en"));
    assert!(again.stdout.contains("version 1 read anew, 3 claims"), "{again}");
    assert_eq!(sandbox.run(&["claims", "1", "--format", "jsonl"]).json_lines().len(), 3);
}

#[test]
fn the_standard_input_must_be_told_which_article_it_is() {
    let sandbox = Sandbox::new();
    let run = sandbox.run_with(&["add", "--language", "en", "-"], STORY);
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stderr.contains("--url") && !sandbox.path("isnad.db").exists(), "{run}");
    let named = sandbox.run_with(&["add", "--language", "en", "--article", "ferry", "-"], STORY);
    assert_eq!((named.status, articles(&sandbox)), (0, 1), "{named}");
}

#[test]
fn files_of_the_same_name_in_two_folders_are_two_articles() {
    let sandbox = Sandbox::new();
    for folder in ["a", "b"] {
        std::fs::create_dir(sandbox.path(folder)).expect("a folder");
        sandbox.write(&format!("{folder}/story.txt"), STORY);
        let mut command = sandbox.command(&["add", "--db", "../isnad.db", "--language", "en", "story.txt"]);
        command.current_dir(sandbox.path(folder)).assert().success();
    }
    assert_eq!(articles(&sandbox), 2);
    let listed = sandbox.run(&["articles"]).stdout;
    assert!(listed.contains("\n    a/story.txt\n") && listed.contains("\n    b/story.txt\n"), "{listed}");
}

#[test]
fn pages_that_all_name_the_front_page_are_articles_of_their_own() {
    let sandbox = Sandbox::new();
    let story = "<p>The mayor said that the bridge is closed for now.</p>".repeat(9);
    let page = |title| {
        let head = "<html lang=en><link rel=canonical href='https://example.org/'>";
        format!("{head}<title>{title}</title><article><h1>{title}</h1>{story}</article>")
    };
    sandbox.write("bridge.html", page("Bridge")).write("flood.html", page("Flood"));
    let run = sandbox.run(&["add", "--at", "2026-03-03T10:00", "bridge.html", "flood.html"]);
    assert_eq!((run.status, articles(&sandbox)), (0, 2), "{run}");
}

#[test]
fn an_address_that_only_tracks_readers_names_the_same_article() {
    let sandbox = sandbox();
    add(&sandbox, "2026-03-03T10:00", &["--url", "https://www.example.org/ferry?utm_source=feed", "v1.txt"]);
    let again = add(&sandbox, "2026-03-04T10:00", &["--url", "https://m.example.org/ferry/", "v2.txt"]);
    assert!(again.stdout.starts_with("v2.txt: article 1, version 2") && articles(&sandbox) == 1, "{again}");
}

#[test]
fn an_article_is_named_by_its_number_or_whole_title() {
    let sandbox = sandbox();
    add(&sandbox, "2026-03-03T10:00", &["--url", URL, "v1.txt"]);
    let number = add(&sandbox, "2026-03-04T10:00", &["--article", "1", "v2.txt"]);
    assert!(number.stdout.starts_with("v2.txt: article 1, version 2"), "{number}");
    let title = add(&sandbox, "2026-03-05T10:00", &["--article", "ferry RUNS aground", "v1.txt"]);
    assert!(title.stdout.starts_with("v1.txt: article 1, version 1"), "{title}");
    let missing = add(&sandbox, "2026-03-05T10:00", &["--article", "7", "v1.txt"]);
    assert!(missing.status == 2 && missing.stderr.contains("no article fits `7`"), "{missing}");
    assert_eq!(articles(&sandbox), 1);
}

#[test]
fn one_bad_file_does_not_keep_the_others_from_being_recorded() {
    let sandbox = sandbox();
    sandbox.write("empty.txt", " ");
    let run = add(&sandbox, "2026-03-03T10:00", &["v1.txt", "missing.txt", "empty.txt", "v2.txt"]);
    assert_eq!((run.status, articles(&sandbox)), (2, 2), "{run}");
    assert!(run.stderr.contains("missing.txt") && run.stderr.contains("empty.txt: holds no text"), "{run}");
    assert!(run.stderr.contains("2 not recorded as articles"), "{run}");
}

#[test]
fn an_article_in_a_language_without_a_pack_is_followed_without_claims() {
    let sandbox = Sandbox::new();
    let polish =
        "Burmistrz otworzył dziś rano nowy most w obecności setek mieszkańców i powiedział, że prace trwały dwa lata.";
    sandbox.write("a.txt", polish).write("b.txt", format!("{polish} Most jest długi."));
    let times = ["--at", "2026-03-03T10:00", "--at", "2026-03-04T10:00"];
    let run = sandbox.run(&[&["add", "--url", URL], &times[..], &["a.txt", "b.txt"]].concat());
    assert_eq!(run.status, 0, "{run}");
    assert!(run.stderr.contains("recorded without its claims: there is no language pack for `pl`"), "{run}");
    assert!(run.stdout.contains("version 2, 0 claims: no claim changed"), "{run}");
}

#[test]
fn rows_of_json_lines_are_captures_each_with_its_own_article_and_time() {
    let sandbox = Sandbox::new();
    let row = |id: &str, url: Option<&str>, captured: &str, text: &str| {
        serde_json::json!({"id": id, "url": url, "captured": captured, "text": text, "language": "en"}).to_string()
    };
    let rows = [
        row("a", Some(URL), "2026-03-03T10:00:00Z", STORY),
        row("b", Some(URL), "2026-03-04T10:00:00Z", &STORY.replace("40", "52")),
        row("c", None, "2026-03-04T11:00:00Z", STORY),
        "{\"id\": \"d\"}".to_owned(),
        row("e", None, "yesterday", STORY),
    ];
    sandbox.write("rows.jsonl", rows.join("\n"));
    let run = sandbox.run(&["add", "--format", "jsonl", "rows.jsonl"]);
    assert_eq!(run.status, 2, "{run}");
    let lines = run.json_lines();
    let told: Vec<_> = lines.iter().map(|line| (line["article"].as_u64(), line["version"].as_u64())).collect();
    assert_eq!(told, [(Some(1), Some(1)), (Some(1), Some(2)), (Some(2), Some(1)), (None, None), (None, None)]);
    assert_eq!((lines[1]["outcome"].as_str(), lines[1]["events"]["changed"].as_u64()), (Some("new-version"), Some(1)));
    assert_eq!(lines[1]["captured"], "2026-03-04T10:00:00Z");
    assert_eq!(lines[3]["file"], "rows.jsonl: line 4");
    assert!(lines[4]["error"].as_str().is_some_and(|error| error.contains("`captured` is `yesterday`")), "{run}");
    let again = sandbox.run(&["add", "rows.jsonl"]);
    assert_eq!(again.stdout.matches("recorded before").count(), 3, "{again}");
}

#[test]
fn what_was_added_is_told_as_data() {
    let sandbox = sandbox();
    let times = ["--at", "2026-03-03T10:00", "--at", "2026-03-04T10:00", "--at", "2026-03-05T10:00"];
    let files = ["v1.txt", "v2.txt", "wall.txt"];
    let options = ["add", "--language", "en", "--url", URL, "--changes", "--format", "json"];
    let run = sandbox.run(&[&options[..], &times, &files].concat());
    let added = run.json();
    assert_eq!(added[1]["changes"][0]["change"]["facets"][0], "quantity", "{run}");
    assert_eq!(
        (added[2]["outcome"].as_str(), added[2]["doubt"]["doubt"].as_str()),
        (Some("uncertain"), Some("shrunk"))
    );
}

#[test]
fn files_are_recorded_in_the_order_of_their_times() {
    let sandbox = sandbox();
    let times = ["--at", "2026-03-04T10:00", "--at", "2026-03-03T10:00"];
    let run = sandbox.run(&[&["add", "--language", "en", "--url", URL], &times[..], &["v2.txt", "v1.txt"]].concat());
    assert!(run.stdout.starts_with("v1.txt: article 1, version 1"), "{run}");
}

#[test]
fn a_capture_of_the_future_or_of_the_instant_of_another_text_is_told() {
    let sandbox = Sandbox::new();
    let add = |time: &str, houses: u32| {
        sandbox.write("v.txt", format!("The mayor, Anna Berg, said that {houses} houses were flooded.\n"));
        sandbox.run(&["add", "--article", "flood", "--at", time, "--language", "en", "v.txt"])
    };
    let first = add("2026-03-03T09:00", 40);
    assert_eq!((first.status, first.stderr.as_str()), (0, ""), "{first}");
    let same = add("2026-03-03T09:00", 60);
    assert_eq!(same.status, 0, "{same}");
    assert!(same.stderr.contains("another capture of that very time saw another text"), "{same}");
    let future = add("9000-01-01T09:00", 70);
    assert_eq!(future.status, 0, "{future}");
    assert!(future.stderr.contains("it is dated in the future, 1 January 9000 09:00 UTC"), "{future}");

    let row = |time: &str, houses: u32| {
        let text = format!("The mayor, Anna Berg, said that {houses} houses were flooded.");
        serde_json::json!({"id": "other", "captured": time, "language": "en", "text": text}).to_string()
    };
    let rows = [row("2026-03-03T09:00Z", 40), row("2026-03-03T09:00Z", 60), row("9000-01-01T09:00Z", 70)];
    sandbox.write("rows.jsonl", rows.join("\n"));
    let import = sandbox.run(&["import", "rows.jsonl"]);
    let told = "3 new versions; 1 dated in the future, 1 of the very time of another text";
    assert!(import.stdout.contains(told), "{import}");
}
