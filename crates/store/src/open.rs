//! Opening a history: what is it, may it be touched, is it up to date.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use crate::error::{Fault, StoreError};
use crate::history::History;

/// The number in the file's header that makes it ours: "isnd" in ASCII.
pub const APPLICATION_ID: i32 = 0x6973_6e64;

/// The steps from an empty file to the present schema; a released step is never edited.
const STEPS: &[M<'_>] = &[M::up(include_str!("migrations/0001.sql"))];

/// The schema that [`STEPS`] leads to.
const SCHEMA: i64 = STEPS.len() as i64;

/// How a history is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenOptions {
    /// Whether a missing file is made.
    pub create: bool,
    /// Whether the file is only read; no file is made then.
    pub read_only: bool,
    /// How long another writer is waited for.
    pub busy_timeout: Duration,
}

impl OpenOptions {
    /// How long another writer is waited for unless told otherwise.
    pub const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

    /// To write; a missing file is made.
    #[must_use]
    pub const fn write() -> Self {
        Self { create: true, read_only: false, busy_timeout: Self::BUSY_TIMEOUT }
    }

    /// To read a file that must exist.
    #[must_use]
    pub const fn read() -> Self {
        Self { create: false, read_only: true, busy_timeout: Self::BUSY_TIMEOUT }
    }
}

/// What lies at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// Nothing, or a database without any content.
    Nothing,
    /// A history of this schema.
    History(i64),
    /// A database of another program.
    Foreign(i32),
}

/// Opens the history at `path`; see [`History::open`].
pub(crate) fn open(path: &Path, options: OpenOptions) -> Result<History, StoreError> {
    let file = std::path::absolute(path).map_err(|source| StoreError::Io { path: path.to_owned(), source })?;
    let exists = look_at(path, &file, options)?;
    let tell = |fault: Fault| match fault.told(path, "opening the history", options.busy_timeout) {
        // Nothing was to be written but the files that SQLite needs beside the history to read it.
        StoreError::ReadOnly { path } if options.read_only => StoreError::CannotOpen { path },
        error => error,
    };
    let found = if exists { identify_file(&file, options).map_err(tell)? } else { Found::Nothing };
    accept(found, path, options)?;

    let access = match (options.read_only, exists) {
        (true, _) => Access::Read,
        (false, true) => Access::Write,
        (false, false) => Access::Create,
    };
    let mut conn = connect(&file, access, options.busy_timeout).map_err(|fault| match tell(fault) {
        // The folder is there, so what stands in the way of a new file is that it may not be made.
        StoreError::CannotOpen { path } if !exists => StoreError::ReadOnly { path },
        error => error,
    })?;
    // What was found is looked at again: another process may have been at work since.
    accept(identify(&conn).map_err(tell)?, path, options)?;
    if !options.read_only {
        if conn.is_readonly("main").map_err(|error| tell(error.into()))? {
            return Err(StoreError::ReadOnly { path: path.to_owned() });
        }
        prepare_for_writing(&conn, options.busy_timeout).map_err(tell)?;
        bring_up_to_date(&mut conn, path, options)?;
    }
    Ok(History::new(conn, path.to_owned(), options))
}

/// Whether there is a file; an error if there is something else, or nothing where something is needed.
fn look_at(path: &Path, file: &Path, options: OpenOptions) -> Result<bool, StoreError> {
    let path: PathBuf = path.to_owned();
    match fs::metadata(file) {
        Ok(metadata) if metadata.is_file() => Ok(true),
        Ok(_) => Err(StoreError::NotAFile { path }),
        Err(error) if error.kind() != ErrorKind::NotFound => Err(StoreError::Io { path, source: error }),
        Err(_) if options.read_only || !options.create => Err(StoreError::Missing { path }),
        Err(_) if file.parent().is_some_and(Path::is_dir) => Ok(false),
        Err(_) => Err(StoreError::NoFolder { path }),
    }
}

/// Identifies the file without changing it or anything beside it.
///
/// Only through SQLite: a file handle of our own would, when closed, take away the locks that other connections of this
/// process hold on the file (<https://sqlite.org/howtocorrupt.html>, 2.2).
fn identify_file(file: &Path, options: OpenOptions) -> Result<Found, Fault> {
    let attempt = connect(file, Access::Read, options.busy_timeout).and_then(|conn| identify(&conn));
    match attempt {
        // Without writing, a transaction that was cut off cannot be taken back, and what is in the file not be told.
        Err(Fault::Sqlite(error))
            if !options.read_only
                && matches!(error.sqlite_error_code(), Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen)) =>
        {
            identify(&connect(file, Access::Write, options.busy_timeout)?)
        }
        other => other,
    }
}

/// What a connection may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    Read,
    Write,
    Create,
}

fn connect(file: &Path, access: Access, busy_timeout: Duration) -> Result<Connection, Fault> {
    let flags = match access {
        // A connection that can only read leaves the files behind that SQLite makes beside a database in WAL mode. One
        // that could write clears them away; but it would also take back a transaction that was cut off.
        Access::Read if has_content(file, "-journal") => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::Read | Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    };
    // No URI: a file called `file:x?mode=memory` is just that.
    let conn = Connection::open_with_flags(file, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.busy_timeout(busy_timeout)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    // What a tampered file may say in its views is not run with more than SQL's own functions.
    conn.pragma_update(None, "trusted_schema", false)?;
    if access == Access::Read {
        conn.pragma_update(None, "query_only", true)?;
        // What another program has left in its log stays there, instead of being moved into the database on closing.
        let keep_log = has_content(file, "-wal");
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep_log)?;
    }
    Ok(conn)
}

/// Whether SQLite has written anything into the file of this ending beside the database.
fn has_content(file: &Path, ending: &str) -> bool {
    let mut beside = file.as_os_str().to_owned();
    beside.push(ending);
    fs::metadata(Path::new(&beside)).is_ok_and(|metadata| metadata.len() > 0)
}

fn identify(conn: &Connection) -> Result<Found, Fault> {
    // One transaction, so that the three are of one moment: another process may be making the history just now.
    let moment = conn.unchecked_transaction()?;
    let number = |pragma: &str| moment.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let (application_id, schema) = (number("application_id")?, number("user_version")?);
    let objects: i64 = moment.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    moment.finish()?;
    Ok(match (application_id, schema, objects) {
        (0, 0, 0) => Found::Nothing,
        (id, 1.., 1..) if id == i64::from(APPLICATION_ID) => Found::History(schema),
        (id, ..) => Found::Foreign(i32::try_from(id).unwrap_or_default()),
    })
}

/// Refuses what is not a history this program can use in the way asked.
fn accept(found: Found, path: &Path, options: OpenOptions) -> Result<(), StoreError> {
    let path = path.to_owned();
    match found {
        Found::Nothing if options.read_only => Err(StoreError::Empty { path }),
        Found::Foreign(application_id) => Err(StoreError::Foreign { path, application_id }),
        Found::History(schema) if schema > SCHEMA => Err(StoreError::TooNew { path, found: schema, known: SCHEMA }),
        Found::History(schema) if schema < SCHEMA && options.read_only => {
            Err(StoreError::TooOld { path, found: schema, known: SCHEMA })
        }
        Found::Nothing | Found::History(_) => Ok(()),
    }
}

/// Turns on what makes a commit outlast a power cut and lets readers read while it is made.
fn prepare_for_writing(conn: &Connection, busy_timeout: Duration) -> Result<(), Fault> {
    conn.pragma_update(None, "synchronous", "FULL")?;
    let mode: String = conn.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if mode == "wal" {
        return Ok(());
    }
    // SQLite does not wait by itself when two connections switch the mode of a new file at once.
    let pause = Duration::from_millis(20);
    let mut waited = Duration::ZERO;
    loop {
        match conn.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())) {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && waited < busy_timeout => {
                std::thread::sleep(pause);
                waited += pause;
            }
            result => return Ok(result?),
        }
    }
}

fn bring_up_to_date(conn: &mut Connection, path: &Path, options: OpenOptions) -> Result<(), StoreError> {
    let tell = |fault: Fault| fault.told(path, "bringing the history up to date", options.busy_timeout);
    conn.set_transaction_behavior(TransactionBehavior::Immediate);
    let migrated = Migrations::from_slice(STEPS).to_latest(conn);
    let Err(source) = migrated else { return Ok(()) };
    match source {
        // Another process was faster: the step it has done cannot be done again, and need not be.
        _ if matches!(identify(conn).map_err(tell)?, Found::History(SCHEMA)) => Ok(()),
        rusqlite_migration::Error::RusqliteError { err, .. } => Err(tell(err.into())),
        source => Err(StoreError::Migration { path: path.to_owned(), source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_lead_to_a_schema_of_our_own() {
        Migrations::from_slice(STEPS).validate().unwrap();
        let mut conn = Connection::open_in_memory().unwrap();
        Migrations::from_slice(STEPS).to_latest(&mut conn).unwrap();
        assert_eq!(identify(&conn).unwrap(), Found::History(SCHEMA));
    }

    #[test]
    fn every_table_and_column_is_explained_in_the_file_itself() {
        let mut conn = Connection::open_in_memory().unwrap();
        Migrations::from_slice(STEPS).to_latest(&mut conn).unwrap();
        let mut tables = conn
            .prepare(
                "SELECT name, sql FROM sqlite_schema
                 WHERE name IN (SELECT name FROM pragma_table_list WHERE type = 'table') AND name NOT LIKE 'sqlite_%'",
            )
            .unwrap();
        let tables: Vec<(String, String)> =
            tables.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
        assert_eq!(tables.len(), 14);
        for (table, sql) in tables {
            assert!(sql.contains("STRICT"), "{table} is not strict");
            let mut columns = conn.prepare(&format!("SELECT name FROM pragma_table_info('{table}')")).unwrap();
            let lines: Vec<&str> = sql.lines().map(str::trim).collect();
            for column in columns.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap) {
                let at = lines.iter().position(|line| line.split(' ').next() == Some(&column));
                let comment = at.and_then(|at| lines.get(at.checked_sub(1)?));
                assert!(comment.is_some_and(|line| line.starts_with("-- ")), "{table}.{column} is not explained");
            }
        }
        // SQLite keeps the words inside a statement only; the line on the table itself stands before it.
        let file = include_str!("migrations/0001.sql");
        for (at, _) in file.match_indices("\nCREATE TABLE") {
            assert!(file[..at].lines().last().is_some_and(|line| line.starts_with("-- ")));
        }
    }
}
