//! Copying a history while others use it, and making it small.

use std::io::{self, ErrorKind};
use std::path::Path;
use std::thread;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use serde::Serialize;

use crate::error::{Fault, StoreError};
use crate::history::History;
use crate::new_file::NewFile;

/// How many pages are copied before other programs get their turn.
const PAGES: i32 = 1024;

/// How long they get.
const PAUSE: Duration = Duration::from_millis(1);

/// The fewest bytes of a history for which it is worth its room to keep what its tables are like.
const WORTH_ANALYSING: u64 = 4 * 1024 * 1024;

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
    /// The file has its name only once all of it is on the disk: of a copy that was cut off a file that ends in `.part`
    /// may be left, which is taken for nothing.
    ///
    /// # Errors
    /// If there is something at `to` already, or the copy cannot be written.
    pub fn backup(&self, to: impl AsRef<Path>, watch: impl FnMut(u64, u64)) -> Result<(), StoreError> {
        let to = to.as_ref();
        copy(self.connection(), to, watch)?.finish().map_err(|error| cannot(to, error))
    }

    /// Writes the file anew without the room that nothing takes any more, and tells SQLite what the tables are like, by
    /// which it plans its queries; not of a file under 4 MB, where that would take more room than it saves time.
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
            conn.execute_batch("VACUUM")?;
            if size(conn)? >= WORTH_ANALYSING {
                conn.execute_batch("ANALYZE")?;
            }
            conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
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

/// Copies the history of a connection to a file under way that will be `to`; see [`History::backup`].
fn copy(from: &Connection, to: &Path, watch: impl FnMut(u64, u64)) -> Result<NewFile, StoreError> {
    let copy = NewFile::create(to).map_err(|error| cannot(to, error))?;
    copy_pages(from, copy.part(), watch).map_err(|fault| fault.told(to, "copying the history", Duration::ZERO))?;
    Ok(copy)
}

/// Why there is no copy at `to`.
pub(crate) fn cannot(to: &Path, source: io::Error) -> StoreError {
    let path = to.to_owned();
    match source.kind() {
        ErrorKind::AlreadyExists => StoreError::Exists { path },
        ErrorKind::StorageFull => StoreError::DiskFull { path },
        _ => StoreError::Io { path, source },
    }
}

pub(crate) fn copy_pages(from: &Connection, part: &Path, mut watch: impl FnMut(u64, u64)) -> Result<(), Fault> {
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
