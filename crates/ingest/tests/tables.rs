//! Tables of captures: CSV and the SQLite files of other archives.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;

use chrono::NaiveTime;
use isnad_ingest::Options;
use isnad_ingest::source::{Capture, SourceOptions, open};
use rusqlite::Connection;
use tempfile::TempDir;

/// The captures of a file, each as its address, time, name and text; and what was skipped.
fn read(folder: &TempDir, name: &str, options: &SourceOptions) -> (Vec<[String; 4]>, Vec<String>) {
    let told = |capture: Capture| {
        let text = capture.read(&Options::default()).unwrap().article.text().to_owned();
        let time = capture.time.map(|time| time.format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default();
        let name = capture.name.unwrap_or_default();
        let name = name.rsplit('#').next().unwrap_or_default().to_owned();
        [capture.url.unwrap_or_default(), time, name, text]
    };
    let (mut captures, mut skipped) = (Vec::new(), Vec::new());
    for item in open(&folder.path().join(name), None, options).unwrap() {
        match item {
            Ok(capture) => captures.push(told(capture)),
            Err(error) => skipped.push(error.to_string()),
        }
    }
    (captures, skipped)
}

fn row(url: &str, time: &str, name: &str, text: &str) -> [String; 4] {
    [url, time, name, text].map(str::to_owned)
}

fn noon() -> SourceOptions {
    SourceOptions { clock: NaiveTime::from_hms_opt(12, 0, 0), ..SourceOptions::default() }
}

#[test]
fn a_table_is_read_by_the_names_of_its_columns() {
    let folder = tempfile::tempdir().unwrap();
    let table = "\u{FEFF}URL;fetched_at;Body;other\nhttps://news.example/a;2026-03-03T10:00Z;\"Rain fell; \"\"a lot\"\".\nIt was wet.\";x\n\
                 https://news.example/a;2026-03-04;Snow fell.;x\n;yesterday;No.;x\nhttps://news.example/b;2026-03-04T10:00Z;;x\n";
    fs::write(folder.path().join("rows.csv"), table).unwrap();
    let (captures, skipped) = read(&folder, "rows.csv", &noon());
    let url = "https://news.example/a";
    let text = "Rain fell; \"a lot\".\nIt was wet.";
    assert_eq!(captures, [row(url, "2026-03-03T10:00", "1", text), row(url, "2026-03-04T12:00", "2", "Snow fell.")]);
    assert!(
        skipped[0].contains("line 5: `captured` is `yesterday`") && skipped[1].contains("neither text nor html"),
        "{skipped:?}"
    );
    let (_, skipped) = read(&folder, "rows.csv", &SourceOptions::default());
    assert!(skipped[0].contains("`2026-03-04`") && skipped[0].contains("--clock"), "{skipped:?}");
}

#[test]
fn columns_can_be_named_and_broken_rows_do_not_end_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let table =
        b"seen\twords\n2026-03-03T10:00Z\tRain fell.\n2026-03-03T11:00Z\t\xD1\xE3\xED\n2026-03-03T12:00Z\tSnow fell.\n";
    fs::write(folder.path().join("rows.tsv"), table).unwrap();
    let columns =
        [("captured", "seen"), ("text", "Words")].map(|(field, column)| (field.to_owned(), column.to_owned()));
    let options = SourceOptions { columns: BTreeMap::from(columns), ..SourceOptions::default() };
    let (captures, skipped) = read(&folder, "rows.tsv", &options);
    assert_eq!((captures.len(), skipped.len()), (2, 1));
    assert!(skipped[0].contains("the column `text` is not UTF-8"), "{skipped:?}");
    let error = open(&folder.path().join("rows.tsv"), None, &SourceOptions::default()).err().unwrap().to_string();
    assert!(error.contains("no column holds text or html; there are seen, words"), "{error}");
}

fn database(folder: &TempDir, sql: &str) {
    Connection::open(folder.path().join("news.db")).unwrap().execute_batch(sql).unwrap();
}

#[test]
fn the_versions_of_diffengine_are_captures() {
    let folder = tempfile::tempdir().unwrap();
    database(&folder, "CREATE TABLE entry (id INTEGER PRIMARY KEY, url TEXT, created TEXT, checked TEXT);
        CREATE TABLE entryversion (id INTEGER PRIMARY KEY, title TEXT, url TEXT, summary TEXT, created TEXT, archive_url TEXT, entry_id INTEGER);
        INSERT INTO entryversion VALUES (7, 'Rain', 'https://news.example/a', '<p>Rain fell over the whole of the town on Monday.</p>', '2026-03-03 10:00:00.123456', NULL, 3),
          (9, 'Rain', 'https://news.example/a', NULL, '2026-03-04 10:00:00', NULL, 3);");
    let (captures, skipped) = read(&folder, "news.db", &SourceOptions::default());
    let text = "Rain fell over the whole of the town on Monday.";
    assert_eq!(captures, [row("https://news.example/a", "2026-03-03T10:00", "3", text)]);
    assert!(skipped[0].contains("news.db: entryversion 9: it has neither text nor html"), "{skipped:?}");
}

#[test]
fn the_versions_of_newssniffer_have_the_address_of_their_article() {
    let folder = tempfile::tempdir().unwrap();
    database(&folder, "CREATE TABLE news_articles (id INTEGER PRIMARY KEY, url TEXT, published_at TEXT);
        CREATE TABLE news_article_versions (id INTEGER PRIMARY KEY, news_article_id INTEGER, title TEXT, url TEXT, text TEXT, version INTEGER, created_at TEXT);
        INSERT INTO news_articles VALUES (3, 'https://news.example/a', '2026-03-03 09:00:00');
        INSERT INTO news_article_versions VALUES (1, 3, 'Rain', NULL, 'Rain fell.', 0, '2026-03-03 10:00:00'), (2, 3, 'Rain', NULL, 'Snow fell.', 1, '2026-03-04 10:00:00');");
    let (captures, skipped) = read(&folder, "news.db", &SourceOptions::default());
    let url = "https://news.example/a";
    assert_eq!(
        captures,
        [row(url, "2026-03-03T10:00", "3", "Rain fell."), row(url, "2026-03-04T10:00", "3", "Snow fell.")]
    );
    assert!(skipped.is_empty());
}

#[test]
fn another_table_is_read_by_the_names_of_its_columns() {
    let folder = tempfile::tempdir().unwrap();
    database(
        &folder,
        "CREATE TABLE notes (id INTEGER, words TEXT);
        CREATE TABLE \"odd \"\"name\" (story_id TEXT, body TEXT, \"at\" INTEGER);
        INSERT INTO \"odd \"\"name\" VALUES ('rain', 'Rain fell.', 1772532000);",
    );
    let columns = BTreeMap::from([("captured".to_owned(), "at".to_owned())]);
    let (captures, _) = read(&folder, "news.db", &SourceOptions { columns, ..SourceOptions::default() });
    assert_eq!(captures, [row("", "2026-03-03T10:00", "rain", "Rain fell.")]);
    let error = open(&folder.path().join("news.db"), None, &SourceOptions::default()).err().unwrap().to_string();
    assert!(error.contains("no table with a text and the time of its capture"), "{error}");
}
