//! Histories that cannot be used: each is told in two lines with status 2, and nothing that was recorded is lost.

use std::fs;

use crate::sandbox::{Run, Sandbox};

const FIRST: &str = "The minister said that the bridge was safe.\n";
const SECOND: &str = "The minister said that the bridge was closed.\n";

/// A folder with a history of one capture.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("v1.txt", FIRST).write("v2.txt", SECOND);
    let run = sandbox.run(&["add", "--article", "bridge", "--at", "2026-03-03T09:00", "--language", "en", "v1.txt"]);
    assert_eq!(run.status, 0, "{run}");
    sandbox
}

fn add(sandbox: &Sandbox, db: &str) -> Run {
    sandbox.run(&["add", "--db", db, "--article", "bridge", "--at", "2026-03-04T09:00", "--language", "en", "v2.txt"])
}

/// That `run` ended with status 2, a line of cause with `cause` in it, and a line of what to do.
fn assert_refused(run: &Run, cause: &str) {
    assert_eq!(run.status, 2, "{run}");
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(lines.len(), 2, "{run}");
    assert!(lines[0].starts_with("isnad: ") && lines[0].contains(cause), "{run}");
    assert!(lines[1].starts_with("  try: "), "{run}");
}

#[test]
fn a_history_of_a_newer_isnad_is_refused_and_left_alone() {
    let sandbox = sandbox();
    let mut bytes = fs::read(sandbox.path("isnad.db")).expect("a history");
    // The number of the schema, big-endian, in the header of every SQLite file.
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    sandbox.write("newer.db", &bytes);
    for run in [sandbox.run(&["articles", "--db", "newer.db"]), add(&sandbox, "newer.db")] {
        assert_refused(&run, "newer.db was written by a newer isnad");
        assert_eq!(fs::read(sandbox.path("newer.db")).expect("a file"), bytes, "{run}");
    }
}

#[test]
fn a_history_that_was_cut_off_is_refused_and_left_alone() {
    let sandbox = sandbox();
    let bytes = fs::read(sandbox.path("isnad.db")).expect("a history");
    let part = &bytes[..bytes.len() / 3];
    sandbox.write("part.db", part);
    for run in [sandbox.run(&["claims", "--db", "part.db"]), add(&sandbox, "part.db")] {
        assert_refused(&run, "part.db is damaged");
        assert_eq!(fs::read(sandbox.path("part.db")).expect("a file"), part, "{run}");
    }
}

#[test]
fn a_folder_in_the_place_of_a_history_is_refused() {
    let sandbox = sandbox();
    fs::create_dir(sandbox.path("folder")).expect("a writable folder");
    assert_refused(&sandbox.run(&["articles", "--db", "folder"]), "folder is not a file");
    assert_refused(&add(&sandbox, "folder"), "folder is not a file");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_takes_no_files_is_told() {
    // Nobody, the superuser included, may make a file there.
    assert_refused(&add(&sandbox(), "/proc/isnad.db"), "/proc/isnad.db cannot be written");
}

/// What goes before the command in a shell so that rights bind it: nothing, or that it runs as nobody where the superuser
/// runs the tests; `None` if rights cannot be made to bind.
#[cfg(unix)]
fn bound(sandbox: &Sandbox) -> Option<&'static str> {
    sandbox.shell("chmod 755 .");
    ["", "setpriv --reuid=65534 --regid=65534 --clear-groups"].into_iter().find(|prefix| {
        let probe = format!("mkdir -p probe && chmod 555 probe && ! {prefix} touch probe/x 2>/dev/null");
        sandbox.shell(&format!("{probe} && {prefix} $ISNAD --version")).status == 0
    })
}

#[cfg(unix)]
#[test]
fn a_history_that_may_only_be_read_is_read_and_not_written() {
    let sandbox = sandbox();
    // A name with what means something in the addresses of SQLite.
    sandbox.shell("mkdir shelf && cp isnad.db 'shelf/a?b%20#c.db' && chmod 444 shelf/* && chmod 555 shelf");
    let Some(bound) = bound(&sandbox) else { return };
    let db = "--db 'shelf/a?b%20#c.db'";
    for command in ["articles", "log 1 --changes", "claims", "check"] {
        let read = sandbox.shell(&format!("{bound} $ISNAD {command} {db}"));
        assert_eq!(read.status, 0, "{read}");
        assert_eq!(read.stdout, sandbox.shell(&format!("$ISNAD {command}")).stdout);
    }
    let write = sandbox.shell(&format!("{bound} $ISNAD add {db} --article bridge --at 2026-03-04T09:00 v2.txt"));
    assert_refused(&write, "a?b%20#c.db cannot be written");
    let write = sandbox.shell(&format!("{bound} $ISNAD compact {db}"));
    assert_refused(&write, "a?b%20#c.db cannot be written");
    sandbox.shell("chmod 755 shelf");
}

#[cfg(unix)]
#[test]
fn a_log_beside_a_history_that_may_only_be_read_is_not_left_out() {
    let sandbox = sandbox();
    // What lies beside a history after a crash: a log that has not been moved into it.
    sandbox.shell(
        "mkdir shelf && cp isnad.db shelf/ && echo x > shelf/isnad.db-wal && chmod 444 shelf/* && chmod 555 shelf",
    );
    let Some(bound) = bound(&sandbox) else { return };
    let read = sandbox.shell(&format!("{bound} $ISNAD articles --db shelf/isnad.db"));
    sandbox.shell("chmod 755 shelf");
    assert_refused(&read, "shelf/isnad.db cannot be opened");
}

#[test]
fn what_is_no_history_is_told_for_what_it_is() {
    let sandbox = sandbox();
    // An encrypted database is random from its first byte.
    let random: Vec<u8> = (1..=4096_u32).map(|at| at.wrapping_mul(0x9E37_79B9).to_be_bytes()[0]).collect();
    sandbox.write("encrypted.db", random).write("notes.txt", "Not a history.\n".repeat(100));
    for file in ["encrypted.db", "notes.txt"] {
        let before = fs::read(sandbox.path(file)).expect("a file");
        for run in [sandbox.run(&["check", "--db", file]), add(&sandbox, file)] {
            assert_refused(&run, "is not a history: it is no SQLite database, or an encrypted one");
        }
        assert_eq!(fs::read(sandbox.path(file)).expect("a file"), before);
    }
}

#[test]
fn tables_that_are_not_those_of_a_history_are_told_and_left_alone() {
    let sandbox = sandbox();
    let layouts = [
        ("other.db", "PRAGMA application_id = 1769172580; PRAGMA user_version = 3; CREATE TABLE article (id INTEGER)"),
        ("less.db", "DROP VIEW articles; ALTER TABLE capture RENAME COLUMN path TO file"),
    ];
    fs::copy(sandbox.path("isnad.db"), sandbox.path("less.db")).expect("a copy");
    for (db, layout) in layouts {
        rusqlite::Connection::open(sandbox.path(db)).expect("a file").execute_batch(layout).expect("a layout");
        let before = fs::read(sandbox.path(db)).expect("a file");
        for run in [sandbox.run(&["articles", "--db", db]), add(&sandbox, db)] {
            assert_refused(&run, "is damaged: its tables are not those of a history");
        }
        // Whoever writes turns the log on, which the header tells; the pages are as they were.
        assert_eq!(fs::read(sandbox.path(db)).expect("a file")[100..], before[100..], "{db}");
    }
}

#[test]
fn a_text_that_is_not_the_one_recorded_is_never_shown_as_it() {
    let sandbox = sandbox();
    let file = rusqlite::Connection::open(sandbox.path("isnad.db")).expect("a history");
    file.execute("UPDATE text SET hash = replace(hash, substr(hash, 1, 2), 'ff')", []).expect("a text");
    drop(file);
    for args in [&["show", "1", "--text"][..], &["show", "1", "--claim", "1", "--evidence"], &["export"]] {
        let run = sandbox.run(args);
        assert_refused(&run, "text row 1: the bytes are not those that were recorded");
        assert!(!run.stdout.contains("bridge was safe"), "{run}");
    }
}

#[cfg(unix)]
#[test]
fn a_history_that_cannot_grow_keeps_what_was_recorded() {
    let sandbox = sandbox();
    let before = sandbox.run(&["log", "1", "--format", "json"]).stdout;
    let long: String = (0..20_000).map(|line| format!("It rained in town number {line}.\n")).collect();
    sandbox.write("long.txt", format!("{SECOND}{long}"));
    // A limit to the size of files stands in for a full disk: writing fails half way.
    let script = "trap '' XFSZ; ulimit -f 200; exec $ISNAD add --article bridge --language en long.txt";
    let run = sandbox.shell(script);
    assert_refused(&run, "isnad.db");
    assert_eq!(sandbox.run(&["log", "1", "--format", "json"]).stdout, before, "{run}");
    assert_eq!(add(&sandbox, "isnad.db").status, 0);
}

#[test]
fn a_reader_does_not_wait_for_a_writer_and_a_writer_does_not_wait_for_ever() {
    let sandbox = sandbox();
    let Ok(_) = std::process::Command::new("sqlite3").arg("-version").output() else { return };
    let run = sandbox.shell(
        "(printf 'BEGIN IMMEDIATE;\n'; sleep 9) | sqlite3 isnad.db & sleep 1; $ISNAD articles; \
         $ISNAD add --article other --language en v2.txt; status=$?; kill $! 2>/dev/null; exit $status",
    );
    assert!(run.stdout.contains("1 version"), "{run}");
    assert_refused(&run, "isnad.db is in use by another program");
}

#[test]
fn an_import_of_nothing_but_failures_tells_of_a_history_that_it_cannot_read() {
    let sandbox = sandbox();
    sandbox.write("gone.csv", "url,captured,status\nhttps://news.example/bridge,2026-03-05T09:00:00Z,404\n");
    let history = rusqlite::Connection::open(sandbox.path("isnad.db")).expect("a history");
    history.execute_batch("ALTER TABLE article_url RENAME COLUMN url TO lost").expect("a damaged one");
    drop(history);
    let run = sandbox.run(&["import", "gone.csv"]);
    assert!(run.status == 2 && !run.stdout.contains("without an article"), "{run}");
}
