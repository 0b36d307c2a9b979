//! What the targets for collections share: a file with the bytes, read to its end.

use std::cell::RefCell;
use std::fs;

use isnad_ingest::Options;
use isnad_ingest::source::{SourceKind, SourceOptions, open};
use tempfile::TempDir;

thread_local! {
    static FOLDER: RefCell<Option<TempDir>> = const { RefCell::new(None) };
}

/// Reads the bytes as a source of that kind: nothing may fail but by telling, and every capture must be readable or told.
pub fn read(kind: &str, data: &[u8]) {
    FOLDER.with_borrow_mut(|folder| {
        let folder = folder.get_or_insert_with(|| tempfile::tempdir().expect("a folder"));
        let path = folder.path().join("source");
        fs::write(&path, data).expect("a file");
        let kind = SourceKind::named(kind).expect("a kind of source");
        let Ok(source) = open(&path, Some(kind), &SourceOptions::default()) else { return };
        for item in source {
            if let Ok(capture) = item {
                let _ = capture.read(&Options::default());
            }
        }
    });
}
