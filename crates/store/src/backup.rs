//! Copying a history while others use it, and making it small.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use serde::Serialize;

use crate::error::{Fault, StoreError};
use crate::history::History;

/// How many pages are copied before other programs get their turn.
const PAGES: i32 = 1024;

/// How long they get.
const PAUSE: Duration = Duration::from_millis(1);

/// What a history took before and takes after it was made small, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Compacted {
    /// The size of the file before.
    pub before: u64,
    /// Its size after.
    pub after: u64,
}

impl History {
    /// Copies the history to a new file at `to`, as it is at one moment; others may read and write meanwhile. `watch` is
    /// told how many pages of how many are copied.
    ///
    /// The file has its name only once all of it is on the disk: a copy that was cut off is left as `to` with `.part`
    /// after it, and taken for nothing.
    ///
    /// # Errors
    /// If there is something at `to` already, or the copy cannot be written.
    pub fn backup(&self, to: impl AsRef<Path>, watch: impl FnMut(u64, u64)) -> Result<(), StoreError> {
        copy(self.connection(), to.as_ref(), watch)
    }

    /// Writes the file anew without the room that nothing takes any more, and tells SQLite what the tables are like, by
    /// which it plans its queries.
    ///
    /// It needs as much free room as the file takes. Cut off, it leaves the file as it was.
    ///
    /// # Errors
    /// If the file cannot be written, or another program writes it.
    pub fn compact(&mut self) -> Result<Compacted, StoreError> {
        if self.is_read_only() {
            return Err(StoreError::OpenedForReading { path: self.path().to_owned() });
        }
        let conn = self.connection();
        let compact = || -> Result<Compacted, Fault> {
            let before = size(conn)?;
            conn.execute_batch("VACUUM; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)")?;
            Ok(Compacted { before, after: size(conn)? })
        };
        compact().map_err(|fault| self.tell(fault, "making the history small"))
    }
}

fn size(conn: &Connection) -> Result<u64, Fault> {
    let number = |pragma: &str| conn.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let bytes = number("page_count")?.saturating_mul(number("page_size")?);
    Ok(u64::try_from(bytes).unwrap_or_default())
}

/// Copies the history of a connection; see [`History::backup`].
pub(crate) fn copy(from: &Connection, to: &Path, watch: impl FnMut(u64, u64)) -> Result<(), StoreError> {
    let mut part = to.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let io = |source| StoreError::Io { path: to.to_owned(), source };
    if fs::symlink_metadata(to).is_ok() {
        return Err(StoreError::Exists { path: to.to_owned() });
    }
    match fs::remove_file(&part) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io(error)),
        _ => {}
    }
    copy_pages(from, &part, watch).map_err(|fault| fault.told(to, "copying the history", Duration::ZERO))?;
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

fn copy_pages(from: &Connection, part: &Path, mut watch: impl FnMut(u64, u64)) -> Result<(), Fault> {
    // One transaction of reading, so that what others write meanwhile neither gets in nor makes the copy begin anew.
    let moment = Transaction::new_unchecked(from, TransactionBehavior::Deferred)?;
    moment.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    let mut copy = Connection::open(part)?;
    {
        let backup = Backup::new(&moment, &mut copy)?;
        loop {
            let step = backup.step(PAGES)?;
            let (all, left) = (backup.progress().pagecount, backup.progress().remaining);
            watch(u64::try_from(all - left).unwrap_or_default(), u64::try_from(all).unwrap_or_default());
            match step {
                StepResult::Done => break,
                _ => thread::sleep(PAUSE),
            }
        }
    }
    copy.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))?;
    Ok(copy.close().map_err(|(_, error)| error)?)
}
