//! Copying a history while others use it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use crate::error::{Fault, StoreError};
use crate::history::History;

/// How many pages are copied before other programs get their turn.
const PAGES: i32 = 1024;

/// How long they get.
const PAUSE: Duration = Duration::from_millis(1);

impl History {
    /// Copies the history to a new file at `to`, as it is at one moment; others may read and write meanwhile.
    ///
    /// The file has its name only once all of it is on the disk: a copy that was cut off is left as `to` with `.part`
    /// after it, and taken for nothing.
    ///
    /// # Errors
    /// If there is something at `to` already, or the copy cannot be written.
    pub fn backup(&self, to: impl AsRef<Path>) -> Result<(), StoreError> {
        let to = to.as_ref();
        let part = PathBuf::from(format!("{}.part", to.display()));
        let io = |source| StoreError::Io { path: to.to_owned(), source };
        if fs::symlink_metadata(to).is_ok() {
            return Err(StoreError::Exists { path: to.to_owned() });
        }
        match fs::remove_file(&part) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io(error)),
            _ => {}
        }
        let copy = || -> Result<(), Fault> {
            let mut copy = Connection::open(&part)?;
            Backup::new(self.connection(), &mut copy)?.run_to_completion(PAGES, PAUSE, None)?;
            copy.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))?;
            Ok(copy.close().map_err(|(_, error)| error)?)
        };
        copy().map_err(|fault| fault.told(to, "copying the history", Duration::ZERO))?;
        File::open(&part).and_then(|file| file.sync_all()).map_err(io)?;
        // A link fails if something has come to be at `to`, where a rename would replace it.
        match fs::hard_link(&part, to) {
            Ok(()) => fs::remove_file(&part).map_err(io),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                Err(StoreError::Exists { path: to.to_owned() })
            }
            // Not every file system has links.
            Err(_) => fs::rename(&part, to).map_err(io),
        }
    }
}
