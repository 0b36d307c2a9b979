//! What may be opened, what is refused, and that what is refused stays as it was.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use isnad_store::{APPLICATION_ID, History, OpenOptions, StoreError};
use rusqlite::Connection;
use support::record;
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// A history with one capture.
fn made(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("isnad.db");
    let mut history = History::open(&path, OpenOptions::write()).unwrap();
    record(&mut history, "https://news.example/1", 0, "One line.").unwrap();
    path
}

fn entries(folder: &Path) -> Vec<String> {
    let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(name).collect();
    names.sort();
    names
}

/// Opens `path` both ways and gives the two errors; nothing in its folder may have changed.
fn refused(path: &Path) -> [StoreError; 2] {
    let folder = path.parent().unwrap();
    let before = (fs::read(path).ok(), entries(folder));
    let errors = [OpenOptions::read(), OpenOptions::write()].map(|options| History::open(path, options).unwrap_err());
    assert_eq!((fs::read(path).ok(), entries(folder)), before, "what was refused has changed");
    for error in &errors {
        assert!(error.to_string().contains(path.to_str().unwrap()), "the message names the file: {error}");
    }
    errors
}

#[test]
fn a_new_file_is_a_history_that_says_so() {
    let folder = folder();
    let path = made(&folder);
    assert_eq!(entries(folder.path()), ["isnad.db"], "nothing stays beside a closed history");
    let bytes = fs::read(&path).unwrap();
    assert_eq!(bytes[68..72], APPLICATION_ID.to_be_bytes(), "the application id stands in the header");
    assert_eq!(History::open(&path, OpenOptions::read()).unwrap().articles().unwrap().len(), 1);
}

#[test]
fn an_empty_file_becomes_a_history_when_it_is_written() {
    let folder = folder();
    let path = folder.path().join("isnad.db");
    fs::write(&path, "").unwrap();
    assert!(matches!(History::open(&path, OpenOptions::read()), Err(StoreError::Empty { .. })));
    assert_eq!(fs::read(&path).unwrap(), b"");
    History::open(&path, OpenOptions::write()).unwrap();
    assert!(History::open(&path, OpenOptions::read()).unwrap().articles().unwrap().is_empty());
}

#[test]
fn a_missing_file_is_made_only_to_write_and_only_if_asked() {
    let folder = folder();
    let path = folder.path().join("isnad.db");
    for options in [OpenOptions::read(), OpenOptions { create: false, ..OpenOptions::write() }] {
        let error = History::open(&path, options).unwrap_err();
        assert!(matches!(error, StoreError::Missing { .. }));
        assert!(error.to_string().contains("record a capture"), "{error}");
    }
    let nowhere = folder.path().join("nowhere").join("isnad.db");
    assert!(matches!(History::open(nowhere, OpenOptions::write()), Err(StoreError::NoFolder { .. })));
    assert!(entries(folder.path()).is_empty());
}

#[test]
fn names_that_mean_something_to_sqlite_are_mere_names() {
    let folder = folder();
    for name in [":memory:", "file:x?mode=memory"] {
        let path = folder.path().join(name);
        record(&mut History::open(&path, OpenOptions::write()).unwrap(), "https://news.example/1", 0, "A.").unwrap();
        assert_eq!(History::open(&path, OpenOptions::read()).unwrap().articles().unwrap().len(), 1);
    }
    assert!(History::open("", OpenOptions::write()).is_err());
}

#[test]
fn a_folder_is_refused() {
    let folder = folder();
    let path = folder.path().join("isnad.db");
    fs::create_dir(&path).unwrap();
    let errors = refused(&path);
    assert!(errors.iter().all(|error| matches!(error, StoreError::NotAFile { .. })));
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let folder = folder();
    for (name, content) in [("short.txt", "One line.\n".to_owned()), ("long.txt", "A line.\n".repeat(9_000))] {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        let errors = refused(&path);
        assert!(errors.iter().all(|error| matches!(error, StoreError::NotADatabase { .. })), "{errors:?}");
    }
}

#[test]
fn a_database_of_another_program_is_refused() {
    let folder = folder();
    for (name, setup, id) in [
        ("plain.db", "CREATE TABLE note (body TEXT)", 0),
        ("wal.db", "PRAGMA journal_mode = WAL; CREATE TABLE note (body TEXT)", 0),
        ("numbered.db", "PRAGMA user_version = 1; CREATE TABLE article (id INTEGER)", 0),
        ("marked.db", "PRAGMA application_id = 1196444487", 1_196_444_487),
    ] {
        let path = folder.path().join(name);
        Connection::open(&path).unwrap().execute_batch(setup).unwrap();
        for error in refused(&path) {
            assert!(matches!(error, StoreError::Foreign { application_id, .. } if application_id == id), "{error:?}");
        }
    }
}

#[test]
fn a_history_of_a_newer_isnad_is_refused() {
    let folder = folder();
    let path = made(&folder);
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    for error in refused(&path) {
        assert!(matches!(error, StoreError::TooNew { found: 99, .. }), "{error:?}");
    }
}

#[test]
fn a_damaged_history_is_told_apart_from_other_files() {
    let folder = folder();
    let path = made(&folder);
    let mut bytes = fs::read(&path).unwrap();
    let page = 4096;
    bytes[page..].fill(0xA5);
    fs::write(&path, bytes).unwrap();
    let read = History::open(&path, OpenOptions::read()).and_then(|history| history.articles());
    assert!(matches!(read, Err(StoreError::Damaged { .. })), "{read:?}");
}

#[test]
fn a_writer_that_waits_too_long_says_so() {
    let folder = folder();
    let path = made(&folder);
    let busy = Connection::open(&path).unwrap();
    busy.execute_batch("BEGIN IMMEDIATE").unwrap();
    let options = OpenOptions { busy_timeout: Duration::from_millis(50), ..OpenOptions::write() };
    let mut history = History::open(&path, options).unwrap();
    let error = record(&mut history, "https://news.example/1", 9, "Two lines.").unwrap_err();
    assert!(matches!(error, StoreError::Locked { .. }), "{error:?}");
    assert!(error.to_string().contains("0.05 s"), "{error}");
    assert_eq!(history.articles().unwrap()[0].captures, 1, "readers go on meanwhile");
    busy.execute_batch("COMMIT").unwrap();
    record(&mut history, "https://news.example/1", 9, "Two lines.").unwrap();
}

#[test]
fn a_history_opened_for_reading_is_not_written() {
    let folder = folder();
    let path = made(&folder);
    let mut history = History::open(&path, OpenOptions::read()).unwrap();
    let error = record(&mut history, "https://news.example/1", 9, "Two lines.").unwrap_err();
    assert!(matches!(error, StoreError::OpenedForReading { .. }));
}

/// Whether this process may write where permissions say it may not (the superuser may).
#[cfg(unix)]
fn permissions_do_not_bind(folder: &Path) -> bool {
    let probe = fs::write(folder.join("probe"), "").is_ok();
    let _ = fs::remove_file(folder.join("probe"));
    probe
}

#[cfg(unix)]
#[test]
fn what_may_not_be_written_is_refused_for_writing() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = made(&folder);
    let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();

    set(&path, 0o444);
    let file = History::open(&path, OpenOptions::write()).map(|_| ());
    set(&path, 0o644);
    set(folder.path(), 0o555);
    let exempt = permissions_do_not_bind(folder.path());
    let old_file = History::open(&path, OpenOptions::write()).map(|_| ());
    let new_file = History::open(folder.path().join("new.db"), OpenOptions::write()).map(|_| ());
    let read = History::open(&path, OpenOptions::read()).map(|_| ());
    set(folder.path(), 0o755);
    if exempt {
        return;
    }
    assert!(matches!(file, Err(StoreError::ReadOnly { .. })), "{file:?}");
    assert!(matches!(old_file, Err(StoreError::CannotOpen { .. } | StoreError::ReadOnly { .. })), "{old_file:?}");
    assert!(matches!(new_file, Err(StoreError::ReadOnly { .. })), "{new_file:?}");
    assert!(matches!(read, Err(StoreError::CannotOpen { .. })), "{read:?}");
}
