//! Connections to the file of a history, each with just the rights it needs.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use crate::error::Fault;

/// How many statements stay prepared: recording a capture takes some forty, and preparing one takes longer than running it.
const STATEMENTS: usize = 128;

/// How much of the file SQLite holds in memory: enough for the inner pages of the indexes of millions of claims.
const CACHE_KIBIBYTES: i64 = 64 * 1024;

/// What a connection may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
    Create,
}

/// Connects to `file`, to read it, to write it, or to make it.
pub(crate) fn connect(file: &Path, access: Access, busy_timeout: Duration) -> Result<Connection, Fault> {
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
    // Asked first: some of what is set up needs the file to be read.
    if access == Access::Read && !can_be_read(&conn)? {
        return connect_unchanging(file, busy_timeout);
    }
    set_up(&conn, file, access, busy_timeout)?;
    Ok(conn)
}

fn set_up(conn: &Connection, file: &Path, access: Access, busy_timeout: Duration) -> Result<(), Fault> {
    conn.busy_timeout(busy_timeout)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    conn.pragma_update(None, "cache_size", -CACHE_KIBIBYTES)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    // A plan holds whatever is bound to it; otherwise each new value of a LIMIT has the statement prepared again.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // What a tampered file may say in its views is not run with more than SQL's own functions.
    conn.pragma_update(None, "trusted_schema", false)?;
    if access == Access::Read {
        conn.pragma_update(None, "query_only", true)?;
        // What another program has left in its log stays there, instead of being moved into the database on closing.
        let keep_log = has_content(file, "-wal");
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep_log)?;
    }
    Ok(())
}

/// Whether SQLite can read through the connection: in a folder that may not be written it cannot make the files that it
/// needs beside a database in WAL mode.
fn can_be_read(conn: &Connection) -> Result<bool, Fault> {
    match conn.pragma_query_value(None, "schema_version", |row| row.get::<_, i64>(0)) {
        Err(error) if matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)) => {
            Ok(false)
        }
        result => Ok(result.map(|_| true)?),
    }
}

/// Connects to a file that nobody writes: all that was committed must stand in it, and nothing in a log beside it.
fn connect_unchanging(file: &Path, busy_timeout: Duration) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if has_content(file, "-wal") || has_content(file, "-journal") {
        // The error that SQLite gives where it may not make what it needs.
        let conn = Connection::open_with_flags(file, flags)?;
        conn.pragma_query_value(None, "schema_version", |row| row.get::<_, i64>(0))?;
        return Ok(conn);
    }
    let escape = |c: char| match c {
        '%' => "%25".to_owned(),
        '?' => "%3f".to_owned(),
        '#' => "%23".to_owned(),
        c => c.to_string(),
    };
    let path: String = file.to_string_lossy().chars().map(escape).collect();
    let uri = format!("file:{path}?immutable=1");
    let conn = Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)?;
    set_up(&conn, file, Access::Read, busy_timeout)?;
    Ok(conn)
}

/// Whether SQLite has written anything into the file of this ending beside the database.
fn has_content(file: &Path, ending: &str) -> bool {
    let mut beside = file.as_os_str().to_owned();
    beside.push(ending);
    fs::metadata(Path::new(&beside)).is_ok_and(|metadata| metadata.len() > 0)
}

/// How long a writer waits before it asks again. SQLite's own waits grow to a tenth of a second, in which somebody who
/// writes one batch after another has long taken the right to write again.
const POLL: Duration = Duration::from_millis(3);

/// Begins a transaction that writes, waiting for other writers for as long as `busy_timeout`.
pub(crate) fn begin_writing(conn: &Connection, busy_timeout: Duration) -> rusqlite::Result<Transaction<'_>> {
    conn.busy_timeout(Duration::ZERO)?;
    let mut waited = Duration::ZERO;
    let transaction = loop {
        match Transaction::new_unchecked(conn, TransactionBehavior::Immediate) {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && waited < busy_timeout => {
                std::thread::sleep(POLL);
                waited += POLL;
            }
            result => break result,
        }
    };
    conn.busy_timeout(busy_timeout)?;
    transaction
}

/// Turns on what makes a commit outlast a power cut and lets readers read while it is made.
pub(crate) fn prepare_for_writing(conn: &Connection, busy_timeout: Duration) -> Result<(), Fault> {
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
