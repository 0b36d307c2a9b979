//! Opening a history: what is it, may it be touched, is it up to date.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode};

use crate::connect::{Access, connect, prepare_for_writing};
use crate::error::{Fault, StoreError};
use crate::history::History;
use crate::migrate::{self, SCHEMA, STEPS};

/// The number in the file's header that makes it ours: "isnd" in ASCII.
pub const APPLICATION_ID: i32 = 0x6973_6e64;

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
pub(crate) enum Found {
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
        migrate::bring_up_to_date(&mut conn, STEPS, path, options.busy_timeout)?;
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

/// What a connection leads to.
pub(crate) fn identify(conn: &Connection) -> Result<Found, Fault> {
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
