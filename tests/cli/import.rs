//! Collections of captures: what is recorded of them, what is skipped, and what happens the second time.

use std::fs;

use crate::sandbox::{Run, Sandbox};

pub(crate) const STORY: &str = "Ferry runs aground\n\n\
     The minister, Anna Berg, said that 40 passengers were hurt when the ferry ran aground on Monday.\n\
     The harbour master, Paul Lund, said that the ferry was an hour late that morning.\n\
     The union said that the crew was tired.\n";

/// A page of the story as a site would have it.
pub(crate) fn page(story: &str) -> String {
    let (title, body) = story.split_once('\n').expect("a title");
    let paragraphs: String =
        body.lines().filter(|line| !line.is_empty()).map(|line| format!("<p>{line}</p>")).collect();
    format!(
        "<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )
}

/// What a source came to, as data.
pub(crate) fn summary(sandbox: &Sandbox, args: &[&str]) -> (Run, serde_json::Value) {
    let run = sandbox.run(&[&["import", "--format", "jsonl"], args].concat());
    let told = run.json_lines().first().cloned().unwrap_or_default();
    (run, told)
}

fn articles(sandbox: &Sandbox) -> Vec<serde_json::Value> {
    sandbox.run(&["articles", "--format", "jsonl"]).json_lines()
}

fn rows(sandbox: &Sandbox) {
    let row = |url: &str, captured: &str, text: &str| {
        serde_json::json!({"url": url, "captured": captured, "text": text, "language": "en"}).to_string()
    };
    let rows = [
        row("https://news.example/ferry", "2026-03-03T10:00:00Z", STORY),
        row("https://news.example/ferry", "2026-03-04T10:00:00Z", &STORY.replace("40", "52")),
        row("https://news.example/other", "2026-03-04T11:00:00Z", STORY),
        "{\"id\": \"d\"".to_owned(),
        row("https://news.example/late", "yesterday", STORY),
        row("https://news.example/ferry", "2026-03-05T10:00:00Z", &STORY.replace("40", "52")),
    ];
    sandbox.write("rows.jsonl", rows.join("\n"));
}

#[test]
fn rows_are_recorded_and_what_is_broken_is_told_and_skipped() {
    let sandbox = Sandbox::new();
    rows(&sandbox);
    insta::assert_snapshot!(sandbox.run(&["import", "rows.jsonl"]));
    let changed = sandbox.run(&["log", "1"]);
    assert!(changed.stdout.contains("1 changed"), "{changed}");
}

#[test]
fn a_failure_that_cannot_be_recorded_is_told_and_not_counted_as_no_article() {
    let sandbox = Sandbox::new();
    rows(&sandbox);
    sandbox.run(&["import", "rows.jsonl"]);
    let row = "https://news.example/ferry,9999-12-31T23:30:00-02:00,404,";
    sandbox.write("gone.csv", format!("url,captured,status,text\n{row}\n"));
    let (run, told) = summary(&sandbox, &["gone.csv"]);
    let counts = ["failed", "no_article", "skipped"].map(|name| told[name].as_u64());
    assert_eq!((run.status, counts), (2, [Some(0), Some(0), Some(1)]), "{run}");
    assert!(run.stderr.contains("gone.csv: line 2") && run.stderr.contains("cannot be recorded"), "{run}");
}

#[test]
fn the_same_import_twice_changes_nothing() {
    let sandbox = Sandbox::new();
    rows(&sandbox);
    sandbox.run(&["import", "rows.jsonl"]);
    let before = sandbox.run(&["log", "1", "--format", "json"]).stdout;
    let (again, told) = summary(&sandbox, &["rows.jsonl"]);
    assert_eq!((&told["captures"], &told["known"]), (&0.into(), &4.into()), "{again}");
    assert_eq!(sandbox.run(&["log", "1", "--format", "json"]).stdout, before);
}

#[test]
fn a_history_that_was_exported_comes_back_equal_and_the_second_time_adds_nothing() {
    let sandbox = Sandbox::new();
    rows(&sandbox);
    sandbox.run(&["import", "rows.jsonl"]);
    let exported = sandbox.run(&["export"]).stdout;
    sandbox.write("history.jsonl", &exported).write("history.data", &exported);
    let into = |db: &str, args: &[&str]| sandbox.run(&[&["--db", db, "import"], args].concat());
    let first = into("copy.db", &["history.jsonl"]);
    assert_eq!((first.status, first.stderr.as_str()), (0, ""), "{first}");
    assert_eq!(first.stdout, "history.jsonl: 4 captures of 2 articles: 3 new versions\n");
    assert_eq!(sandbox.run(&["--db", "copy.db", "export"]).stdout, exported);
    let piped = sandbox.run_with(&["--db", "piped.db", "import", "-"], exported.as_bytes());
    assert_eq!(piped.status, 0, "{piped}");
    assert_eq!(sandbox.run(&["--db", "piped.db", "export"]).stdout, exported);
    let other = sandbox.run_with(&["--db", "other.db", "import", "-"], "{\"text\": \"Rain fell.\"}\n");
    assert!(other.status == 2 && other.stderr.contains("it is no exported history"), "{other}");
    let again = into("copy.db", &["--kind", "history", "history.data"]);
    assert_eq!(again.stdout, "history.data: 0 captures of 0 articles; 4 recorded before\n");
    assert_eq!(sandbox.run(&["--db", "copy.db", "export"]).stdout, exported);
}

#[test]
fn of_an_exported_history_what_does_not_fit_is_told_and_left_out() {
    let sandbox = Sandbox::new();
    rows(&sandbox);
    sandbox.run(&["import", "rows.jsonl"]);
    let exported = sandbox.run(&["export"]).stdout;
    sandbox.write("history.jsonl", &exported).write("cut.jsonl", &exported[..exported.len() - 61]);
    sandbox.write("newer.jsonl", exported.replacen("\"form\":2", "\"form\":9", 1));
    let all = fs::read_to_string(sandbox.path("rows.jsonl")).expect("rows");
    sandbox.write("first.jsonl", all.lines().next().expect("a row"));
    sandbox.run(&["--db", "other.db", "import", "first.jsonl"]);
    insta::assert_snapshot!(sandbox.run(&["--db", "other.db", "import", "history.jsonl"]));
    insta::assert_snapshot!(sandbox.run(&["--db", "new.db", "import", "cut.jsonl", "newer.jsonl"]));
    let whole = sandbox.run(&["--db", "new.db", "check"]);
    assert_eq!(whole.status, 0, "{whole}");
}

#[test]
fn an_exported_history_that_was_cut_at_the_end_of_a_line_is_not_taken_for_a_whole_one() {
    let sandbox = Sandbox::new();
    rows(&sandbox);
    sandbox.run(&["import", "rows.jsonl"]);
    let exported = sandbox.run(&["export"]).stdout;
    let lines: Vec<&str> = exported.lines().collect();
    for (at, articles) in [(lines.len() - 1, 2), (lines.len() - 2, 1), (lines.len() / 2, 0), (1, 0)] {
        let (file, db) = (format!("cut-{at}.jsonl"), format!("cut-{at}.db"));
        sandbox.write(&file, lines[..at].join("\n") + "\n");
        let run = sandbox.run(&["--db", &db, "import", &file]);
        assert_eq!(run.status, 2, "{at}: {run}");
        assert!(
            run.stderr.contains("the exported history is not whole: the record that closes it is not there"),
            "{run}"
        );
        let there = sandbox.run(&["--db", &db, "articles", "--format", "jsonl"]).json_lines();
        assert_eq!(there.len(), articles, "{at}: {run}");
    }
}

#[test]
fn an_import_that_was_cut_off_goes_on_where_it_ended() {
    let sandbox = Sandbox::new();
    rows(&sandbox);
    let all = fs::read_to_string(sandbox.path("rows.jsonl")).expect("rows");
    let first: Vec<&str> = all.lines().take(1).collect();
    sandbox.write("rows.jsonl", first.join("\n"));
    sandbox.run(&["import", "rows.jsonl"]);
    sandbox.write("rows.jsonl", all);
    let (run, told) = summary(&sandbox, &["rows.jsonl"]);
    assert_eq!((&told["captures"], &told["known"]), (&3.into(), &1.into()), "{run}");
}

#[test]
fn a_folder_of_snapshots_tells_article_and_time_by_its_names() {
    let sandbox = Sandbox::new();
    for (path, story) in [
        ("ferry/20260303100000.html", page(STORY)),
        ("ferry/20260304100000.html", page(&STORY.replace("40", "52"))),
        ("union-2026-03-04T11-00Z.txt", STORY.to_owned()),
        ("undated.txt", STORY.to_owned()),
        ("notes.css", "p {}".to_owned()),
    ] {
        let path = sandbox.path(&format!("snapshots/{path}"));
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, story).expect("a file");
    }
    let (run, told) = summary(&sandbox, &["snapshots"]);
    assert_eq!((&told["articles"], &told["captures"], &told["skipped"]), (&2.into(), &3.into(), &1.into()), "{run}");
    assert!(run.stderr.contains("undated.txt: nothing tells when it was captured"), "{run}");
    assert_eq!(run.status, 2, "{run}");
    let keys: Vec<_> = articles(&sandbox).iter().map(|article| article["key"].clone()).collect();
    assert_eq!(keys, ["snapshots/ferry", "snapshots/union"]);
    let (_, trusted) = summary(&sandbox, &["--mtime", "snapshots"]);
    assert_eq!((&trusted["captures"], &trusted["known"]), (&1.into(), &3.into()));
}

#[test]
fn patterns_and_sidecars_tell_what_names_do_not() {
    let sandbox = Sandbox::new();
    fs::create_dir_all(sandbox.path("s/ferry")).expect("a folder");
    sandbox.write("s/ferry/a.html", page(STORY)).write("s/ferry/b.html", page(&STORY.replace("40", "52")));
    sandbox.write("s/ferry/a.json", r#"{"url": "https://news.example/ferry", "captured": "2026-03-03T10:00Z"}"#);
    let gone = r#"{"url": "https://news.example/ferry", "captured": "2026-03-05T10:00Z", "status": 410}"#;
    sandbox.write("s/ferry/b.html.json", gone);
    sandbox.write("s/ferry/2026-03-04_10-00.page", page(&STORY.replace("40", "41")));
    let (run, told) = summary(&sandbox, &["s"]);
    assert_eq!((&told["versions"], &told["failed"]), (&1.into(), &1.into()), "{run}");
    let (run, told) = summary(&sandbox, &["--pattern", "{article}/{day}_{clock}.page", "s"]);
    assert_eq!((run.status, &told["captures"]), (0, &1.into()), "{run}");
    assert_eq!(articles(&sandbox)[1]["key"], "s/ferry");
    let bad = sandbox.run(&["import", "--pattern", "{when}", "s"]);
    assert!(bad.status == 2 && bad.stderr.contains("no field `{when}`"), "{bad}");
}

#[test]
fn what_is_no_collection_is_told_with_what_to_do() {
    let sandbox = Sandbox::new();
    sandbox.write("data.bin", [0, 1, 2, 3]);
    let run = sandbox.run(&["import", "data.bin", "missing.jsonl"]);
    insta::assert_snapshot!(run);
    assert!(!sandbox.path("isnad.db").exists());
}

#[test]
fn the_addresses_of_an_article_are_one_article_and_all_are_kept() {
    let sandbox = Sandbox::new();
    let row = |url: &str, hour: u8| {
        let captured = format!("2026-03-03T{hour}:00:00Z");
        serde_json::json!({"url": url, "captured": captured, "text": STORY, "language": "en"}).to_string()
    };
    let forms = [
        "https://www.news.example/ferry?utm_source=feed",
        "http://news.example/ferry/",
        "https://m.news.example/ferry/amp",
        "https://www.news.example/bridge",
    ];
    let rows: Vec<String> = forms.iter().zip(10..).map(|(url, hour)| row(url, hour)).collect();
    sandbox.write("rows.jsonl", rows.join("\n"));
    let (run, told) = summary(&sandbox, &["rows.jsonl"]);
    assert_eq!((&told["articles"], &told["captures"]), (&2.into(), &4.into()), "{run}");
    let log = sandbox.run(&["log", "1", "--format", "json"]).stdout;
    assert!(forms[..3].iter().all(|form| log.contains(form)), "{log}");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_with_the_article_in_hand_and_says_how_to_go_on() {
    let sandbox = Sandbox::new();
    rows(&sandbox);
    // The rows come slowly, through a pipe, so that there is something to interrupt.
    let run = sandbox.shell(
        "mkfifo pipe; (while read -r row; do printf '%s\\n' \"$row\"; sleep 0.3; done < rows.jsonl; sleep 1; echo) > pipe &
         \"$ISNAD\" import --kind jsonl pipe & import=$!
         sleep 1; kill -INT $import; wait $import",
    );
    assert_eq!(run.status, 1, "{run}");
    assert!(run.stderr.contains("the same command again, which goes on from here"), "{run}");
    assert!(sandbox.run(&["articles"]).stdout.contains("Ferry runs aground"));
}

#[test]
fn an_import_that_begins_with_a_failure_changes_nothing_the_second_time() {
    let sandbox = Sandbox::new();
    let row = |hour: u8, status: &str, text: &str| {
        format!("https://news.example/ferry,2026-03-03T0{hour}:00:00Z,{status},\"{text}\"\n")
    };
    let table = format!("url,captured,status,text\n{}{}", row(1, "404", ""), row(2, "200", STORY.trim_end()));
    sandbox.write("rows.csv", table);
    let (first, told) = summary(&sandbox, &["--language", "en", "rows.csv"]);
    assert_eq!((first.status, &told["failed"], &told["no_article"]), (0, &1.into(), &0.into()), "{first}");
    let exported = sandbox.run(&["export"]).stdout;
    let (again, told) = summary(&sandbox, &["--language", "en", "rows.csv"]);
    assert_eq!((&told["captures"], &told["known"]), (&0.into(), &2.into()), "{again}");
    assert_eq!(sandbox.run(&["export"]).stdout, exported);
}

#[test]
fn a_table_whose_cells_do_not_fit_is_told_at_its_line() {
    let sandbox = Sandbox::new();
    let row = |text: &str| format!("https://news.example/ferry,2026-03-03T10:00:00Z,{text}\r\n");
    let rows = [row("\"The minister said\n\nthat it rained.\""), row("The minister said, that it rained.")].concat();
    sandbox.write("rows.csv", format!("url,captured,text\r\n{rows}"));
    let run = sandbox.run(&["import", "--language", "en", "rows.csv"]);
    assert!(run.stderr.contains("rows.csv: line 5: a row of 4 cells in a table of 3 columns"), "{run}");
    assert_eq!((run.status, articles(&sandbox).len()), (2, 1), "{run}");
    let run = sandbox.run(&["import", "--column", "captured=seen", "rows.csv"]);
    assert!(run.status == 2 && run.stderr.contains("it has no column `seen`; there are url, captured, text"), "{run}");
    let run = sandbox.run(&["import", "--column", "bogus=url", "rows.csv"]);
    assert!(run.status == 2 && run.stderr.contains("the fields are article, captured"), "{run}");
}

#[test]
fn a_folder_without_a_snapshot_is_told() {
    let sandbox = Sandbox::new();
    std::fs::create_dir(sandbox.path("snapshots")).expect("a folder");
    let run = sandbox.run(&["import", "snapshots"]);
    assert!(run.status == 2 && run.stderr.contains("no file in it is a snapshot"), "{run}");
    sandbox.write("snapshots/a.html", page(STORY));
    let run = sandbox.run(&["import", "--pattern", "{article}/{time}.html", "snapshots"]);
    assert!(run.status == 2 && run.stderr.contains("the path of no file in it fits a pattern"), "{run}");
}

#[cfg(unix)]
#[test]
fn a_pipe_that_is_waited_for_keeps_nobody_from_writing_and_an_interrupt_ends_it() {
    let sandbox = Sandbox::new();
    rows(&sandbox);
    sandbox.run(&["import", "rows.jsonl"]);
    sandbox.write("history.jsonl", sandbox.run(&["export"]).stdout).write("v1.txt", STORY);
    // The pipe says no more for longer than a writer waits for another.
    let run = sandbox.shell(
        "(head -n 4 history.jsonl; exec sleep 9) 2> sleep.txt | \"$ISNAD\" import --db other.db - > told.txt & import=$!
         sleep 1; \"$ISNAD\" add --db other.db --article a --language en v1.txt >&2; echo added $?
         kill -INT $import; wait $import; echo stopped $?",
    );
    assert_eq!(run.stdout, "added 0\nstopped 1\n", "{run}");
    assert!(run.stderr.contains("the same command again"), "{run}");
}
