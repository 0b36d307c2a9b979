//! What is wrong, missing or hostile: one clear line, status 2, and the rest goes on.

use crate::sandbox::Sandbox;

const GOOD: &str = "The minister said that the bridge over the river was safe and would stay open for the winter.\n";

/// Runs `extract` on the file beside a good one.
fn beside_a_good_file(sandbox: &Sandbox, name: &str) -> crate::sandbox::Run {
    sandbox.write("good.txt", GOOD);
    sandbox.run(&["extract", "--language", "en", "--format", "jsonl", name, "good.txt"])
}

/// The lines on the standard error, the count of a batch left out.
fn complaints(stderr: &str) -> Vec<&str> {
    stderr.lines().filter(|line| line.starts_with("isnad: ")).collect()
}

#[test]
fn a_bad_file_is_told_in_one_line_and_the_batch_goes_on() {
    let sandbox = Sandbox::new();
    sandbox.write("empty.txt", "").write("blank.txt", " \n\t\n");
    sandbox.write("binary.dat", [0, 159, 146, 150, 0, 1, 2, 3]).write("image.png", b"\x89PNG\r\n\x1a\n\0\0\0");
    std::fs::create_dir(sandbox.path("folder")).expect("a writable folder");
    for name in ["empty.txt", "blank.txt", "binary.dat", "image.png", "folder", "missing.txt"] {
        let run = beside_a_good_file(&sandbox, name);
        assert_eq!(run.status, 2, "{run}");
        assert_eq!(complaints(&run.stderr).len(), 1, "{run}");
        assert!(complaints(&run.stderr)[0].starts_with(&format!("isnad: {name}: ")), "{run}");
        let printed = run.json_lines();
        assert_eq!(printed.len(), 1, "{run}");
        assert_eq!(printed[0]["id"], "good.txt", "{run}");
    }
}

#[test]
fn what_is_said_about_bad_files() {
    let sandbox = Sandbox::new();
    sandbox.write("empty.txt", "").write("image.png", b"\x89PNG\r\n\x1a\n\0\0\0").write("good.txt", GOOD);
    std::fs::create_dir(sandbox.path("folder")).expect("a writable folder");
    let files = ["extract", "--language", "en", "empty.txt", "image.png", "folder", "missing.txt", "good.txt"];
    insta::assert_snapshot!(sandbox.run(&files).stderr);
}

#[test]
fn bytes_that_are_no_utf8_are_read_as_what_they_may_be_and_that_is_said() {
    let sandbox = Sandbox::new();
    sandbox.write("latin.txt", b"The minister said that the caf\xe9 was open.\n");
    let run = sandbox.run(&["extract", "--language", "en", "latin.txt"]);
    assert_eq!(run.status, 0, "{run}");
    assert!(run.stderr.starts_with("latin.txt: not UTF-8"), "{run}");
    let quiet = sandbox.run(&["extract", "--quiet", "--language", "en", "latin.txt"]);
    assert_eq!(quiet.stderr, "", "{quiet}");
}

#[test]
fn a_single_line_of_fifty_megabytes_is_read() {
    let sandbox = Sandbox::new();
    sandbox.write("long.txt", "It rained in the town. ".repeat(50_000_000 / 23));
    let run = sandbox.run(&["extract", "--language", "en", "--format", "json", "long.txt"]);
    assert_eq!((run.status, &*run.stderr), (0, ""));
    assert_eq!(run.json()["claims"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_language_without_a_pack_is_refused_where_it_is_named() {
    let sandbox = Sandbox::new();
    sandbox.write("good.txt", GOOD);
    insta::assert_snapshot!(sandbox.run(&["extract", "--language", "tlh", "good.txt"]).stderr);
    insta::assert_snapshot!(sandbox.run(&["extract", "--language", "klingon", "good.txt"]).stderr);
    assert_eq!(sandbox.run(&["extract", "--language", "tlh", "good.txt"]).status, 2);
}

#[test]
fn an_article_in_a_language_without_a_pack_is_told_with_what_to_do() {
    let sandbox = Sandbox::new();
    let swedish = "Ministern sade på tisdagen att bron över älven är säker och att den kommer att hållas öppen hela vintern. \
                   Hon tillade att inga beslut har fattats och att regeringen fortfarande väntar på besked från kommunen.\n";
    sandbox.write("swedish.txt", swedish);
    let run = sandbox.run(&["extract", "swedish.txt"]);
    assert_eq!(run.status, 2, "{run}");
    insta::assert_snapshot!(run.stderr);
}

#[test]
fn a_broken_row_gives_an_error_line_in_its_place() {
    let rows = "{\"id\":\"a\",\"text\":\"The minister said that it was safe.\"}\n\
                {\"id\":\"b\",\"text\":\"broken\n\
                {\"id\":\"c\",\"text\":\"The minister said that it was open.\"}\n\
                [1, 2]\n\
                {\"id\":\"e\"}\n";
    let args = ["extract", "--input", "jsonl", "--format", "jsonl", "--language", "en", "-"];
    let run = Sandbox::new().run_with(&args, rows);
    assert_eq!(run.status, 2, "{run}");
    let printed = run.json_lines();
    let ids: Vec<&str> = printed.iter().filter_map(|line| line["id"].as_str()).collect();
    assert_eq!(ids, ["a", "b", "c", "4", "e"], "{run}");
    let bad: Vec<bool> = printed.iter().map(|line| line.get("error").is_some()).collect();
    assert_eq!(bad, [false, true, false, true, true], "{run}");
    insta::assert_snapshot!(run.stderr);
}

#[test]
fn a_reader_that_goes_away_ends_the_command_without_a_word() {
    let sandbox = Sandbox::new();
    let rows: String = (0..2000).map(|row| format!("{{\"id\":\"{row}\",\"text\":\"It rained all day.\"}}\n")).collect();
    sandbox.write("rows.jsonl", rows);
    let extract = "$ISNAD -q extract --language en --format jsonl rows.jsonl | head -n 1";
    for script in [extract, "$ISNAD completions bash | head -n 1", "$ISNAD --help | head -n 1"] {
        let run = sandbox.shell(script);
        assert_eq!((run.status, &*run.stderr), (0, ""), "{script}: {run}");
        assert_eq!(run.stdout.lines().count(), 1, "{script}: {run}");
    }
    // Where the reader is gone before a word is printed, too.
    let run = sandbox.shell("{ sleep 1; $ISNAD -q extract --language en rows.jsonl; echo $? >&2; } | true");
    assert_eq!(run.stderr, "0\n", "{run}");
}

#[test]
fn output_that_cannot_be_written_is_told_and_the_status_says_so() {
    let sandbox = Sandbox::new();
    if !std::path::Path::new("/dev/full").exists() {
        return;
    }
    sandbox.write("good.txt", GOOD);
    assert_eq!(sandbox.run(&["add", "--language", "en", "good.txt"]).status, 0);
    for command in [
        "extract --language en good.txt",
        "extract --language en --format json good.txt",
        "extract --language en --format jsonl good.txt good.txt",
        "diff --language en good.txt good.txt",
        "articles",
        "log 1 --format json",
        "show 1 --text",
        "completions bash",
        "--help",
    ] {
        let run = sandbox.shell(&format!("$ISNAD {command} > /dev/full"));
        assert_eq!(run.status, 2, "{command}: {run}");
        assert!(run.stderr.starts_with("isnad: cannot write the output: "), "{command}: {run}");
        assert_eq!(run.stderr.lines().count(), 2, "{command}: {run}");
    }
}

#[test]
fn a_page_that_is_too_deep_is_refused_at_once() {
    let sandbox = Sandbox::new();
    sandbox.write("deep.html", format!("<html><body>{}", "<div>".repeat(400_000)));
    let run = beside_a_good_file(&sandbox, "deep.html");
    assert_eq!((run.status, complaints(&run.stderr).len(), run.json_lines().len()), (2, 1, 1), "{run}");
}

#[test]
fn a_batch_for_the_history_goes_on_after_a_bad_file() {
    let sandbox = Sandbox::new();
    sandbox.write("good.txt", GOOD).write("empty.txt", "").write("image.png", b"\x89PNG\r\n\x1a\n\0\0\0");
    let files = ["add", "--language", "en", "empty.txt", "missing.txt", "image.png", "good.txt"];
    let run = sandbox.run(&files);
    assert_eq!((run.status, complaints(&run.stderr).len()), (2, 3), "{run}");
    assert_eq!(run.stdout, "good.txt: article 1, version 1, 1 claim\n", "{run}");
}

#[test]
fn wrong_use_is_told_with_what_to_do() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", GOOD).write("b.txt", GOOD);
    let said = |args: &[&str]| {
        let run = sandbox.run(args);
        assert_eq!(run.status, 2, "{run}");
        run.stderr
    };
    insta::assert_snapshot!(said(&["extract", "--format", "json", "a.txt", "b.txt"]));
    insta::assert_snapshot!(said(&["extract", "--id", "x", "a.txt", "b.txt"]));
    insta::assert_snapshot!(said(&["diff", "-", "-"]));
    insta::assert_snapshot!(said(&["diff", "--only", "colour", "a.txt", "b.txt"]));
}

#[test]
fn the_name_of_a_file_cannot_command_the_terminal() {
    let run = Sandbox::new().run(&["extract", "\u{1b}]0;x\u{7}\n\u{202e}.txt"]);
    assert_eq!(run.status, 2);
    assert!(!run.stderr.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{:?}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 2, "a line of cause and one of what to do: {:?}", run.stderr);
}
