//! Several writers at once, and writers that are killed.

mod support;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use isnad_store::{History, OpenOptions};
use rusqlite::Connection;
use support::record;

/// Where a writer process finds the file, and what it calls its article.
const FILE: &str = "ISNAD_TEST_FILE";
const NAME: &str = "ISNAD_TEST_NAME";

fn sound(path: &Path) {
    let conn = Connection::open(path).unwrap();
    let check: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    let broken: i64 = conn.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
    assert_eq!(broken, 0);
}

/// A process of this test program that writes captures until it ends or is killed.
fn writer(path: &Path, name: &str, captures: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["writes_captures", "--exact", "--ignored", "--nocapture"])
        .env(FILE, path)
        .env(NAME, format!("{name} {captures}"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "a process that other tests start"]
fn writes_captures() {
    let (Ok(path), Ok(name)) = (std::env::var(FILE), std::env::var(NAME)) else { return };
    let (name, captures) = name.split_once(' ').unwrap();
    let mut history = History::open(path, OpenOptions::write()).unwrap();
    for number in 0..captures.parse().unwrap() {
        record(&mut history, &format!("https://news.example/{name}"), number, &format!("Text {number}.")).unwrap();
        // One line for each capture that was acknowledged.
        println!("recorded {number}");
        std::io::stdout().flush().unwrap();
    }
}

#[test]
fn threads_that_make_and_write_one_history_queue() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("isnad.db");
    thread::scope(|scope| {
        for writer in 0..4 {
            let path = &path;
            scope.spawn(move || {
                let mut history = History::open(path, OpenOptions::write()).unwrap();
                for number in 0..10 {
                    let text = format!("Text {number} of {writer}.");
                    record(&mut history, "https://news.example/shared", number * 10 + writer, &text).unwrap();
                }
            });
        }
    });
    let history = History::open(&path, OpenOptions::read()).unwrap();
    let article = &history.articles().unwrap()[0];
    assert_eq!((article.captures, article.versions), (40, 40));
    let log = history.log(article.id).unwrap();
    assert!(log.windows(2).all(|pair| pair[0].state.last.time < pair[1].state.first.time));
    sound(&path);
}

#[test]
fn processes_that_make_and_write_one_history_queue() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("isnad.db");
    let writers: Vec<Child> = (0..4).map(|number| writer(&path, &format!("story-{number}"), 10)).collect();
    for writer in writers {
        let output = writer.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    let articles = History::open(&path, OpenOptions::read()).unwrap().articles().unwrap();
    assert_eq!(articles.iter().map(|article| article.captures).collect::<Vec<_>>(), [10; 4]);
    sound(&path);
}

#[test]
fn a_writer_that_is_killed_loses_nothing_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("isnad.db");
    for round in 0..8_u64 {
        let name = format!("story-{round}");
        let mut child = writer(&path, &name, 100_000);
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let reader = thread::spawn(move || lines.map_while(Result::ok).filter(|l| l.contains("recorded")).count());
        thread::sleep(Duration::from_millis(40 + 23 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let acknowledged = reader.join().unwrap();

        let history = History::open(&path, OpenOptions::write()).unwrap();
        let captures = history.articles().unwrap().iter().find(|a| a.key.ends_with(&name)).map_or(0, |a| a.captures);
        assert!(captures as usize >= acknowledged, "{captures} of {acknowledged} captures are there");
        drop(history);
        sound(&path);
    }
}
