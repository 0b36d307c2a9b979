//! The schema, and the way to it from older ones: forward only, in one transaction, with a copy of the file first.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use crate::backup;
use crate::error::{Fault, StoreError};
use crate::new_file::NewFile;
use crate::open::{Found, identify};

/// The steps as they are written.
const FILES: [&str; 3] =
    [include_str!("migrations/0001.sql"), include_str!("migrations/0002.sql"), include_str!("migrations/0003.sql")];

/// The steps from an empty file to the present schema. A released step is never edited. None is released
/// yet: until then a step may say the same in better words, so that files of either wording take the same rows.
pub(crate) const STEPS: &[M<'_>] = &[M::up(FILES[0]), M::up(FILES[1]), M::up(FILES[2])];

/// The schema that [`STEPS`] leads to.
pub(crate) const SCHEMA: i64 = STEPS.len() as i64;

/// Takes all steps that the file has not taken, or none. A file that has content is copied beside itself before, to its
/// name with `.schema-N` after it, where N is the schema it has. If that name is taken by something else, a number follows.
pub(crate) fn bring_up_to_date(
    conn: &mut Connection,
    steps: &[M<'_>],
    path: &Path,
    waited: Duration,
) -> Result<(), StoreError> {
    let tell = |fault: Fault| fault.told(path, "bringing the history up to date", waited);
    let latest = steps.len() as i64;
    if let Found::History(schema) = identify(conn).map_err(tell)?
        && schema < latest
    {
        keep_copy(conn, path, schema)?;
    }
    conn.set_transaction_behavior(TransactionBehavior::Immediate);
    let migrated = Migrations::from_slice(steps).to_latest(conn);
    let Err(source) = migrated else { return Ok(()) };
    match source {
        // Another process was faster: the step it has done cannot be done again, and need not be.
        _ if identify(conn).map_err(tell)? == Found::History(latest) => Ok(()),
        rusqlite_migration::Error::RusqliteError { err, .. } => Err(tell(err.into())),
        source => Err(StoreError::Migration { path: path.to_owned(), source }),
    }
}

/// Copies a history of an older schema beside itself.
fn keep_copy(conn: &Connection, path: &Path, schema: i64) -> Result<(), StoreError> {
    let first = copy_of(path, schema, 1);
    let io = |error| backup::cannot(&first, error);
    let mut copy = NewFile::beside(&first).map_err(io)?;
    let copied = backup::copy_pages(conn, copy.part(), |_, _| {})
        .and_then(|()| identify(&Connection::open(copy.part())?))
        .map_err(|fault| fault.told(&first, "copying the history", Duration::ZERO))?;
    if copied != Found::History(schema) {
        // Another process was faster: what is in the file now is no longer what is to be kept.
        return Ok(());
    }
    for number in 1.. {
        let to = copy_of(path, schema, number);
        // An attempt before was cut off after the copy, or another process is at it.
        if copy.is_like(&to).map_err(io)? {
            break;
        }
        match copy.finish_as(&to) {
            Ok(()) => break,
            Err((unnamed, error)) if error.kind() == ErrorKind::AlreadyExists => copy = unnamed,
            Err((_, error)) => return Err(io(error)),
        }
    }
    Ok(())
}

/// Where a history of an older schema is copied to, if that is free; there are others.
fn copy_of(path: &Path, schema: i64, number: u32) -> PathBuf {
    let mut copy = path.as_os_str().to_owned();
    copy.push(format!(".schema-{schema}"));
    if number > 1 {
        copy.push(format!("-{number}"));
    }
    PathBuf::from(copy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::{Found, identify};

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
        assert_eq!(tables.len(), 16);
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
        for file in FILES {
            for (at, _) in file.match_indices("\nCREATE TABLE") {
                assert!(file[..at].lines().last().is_some_and(|line| line.starts_with("-- ")));
            }
        }
    }

    const NEXT: &str = "ALTER TABLE article ADD COLUMN note TEXT; UPDATE article SET note = 'x'";

    /// A history of one article, made with the schema at hand.
    fn made(path: &Path) -> Connection {
        let mut conn = Connection::open(path).unwrap();
        bring_up_to_date(&mut conn, STEPS, path, Duration::ZERO).unwrap();
        conn.execute("INSERT INTO article (key, key_folded) VALUES ('a', 'a')", []).unwrap();
        conn
    }

    fn articles(path: &Path) -> i64 {
        let conn = Connection::open(path).unwrap();
        conn.query_row("SELECT count(*) FROM article", [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn a_file_is_copied_before_it_takes_a_step_and_only_then() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("isnad.db");
        let mut conn = made(&path);
        let copy = copy_of(&path, SCHEMA, 1);
        assert!(!copy.exists(), "a new file is not copied");
        bring_up_to_date(&mut conn, STEPS, &path, Duration::ZERO).unwrap();
        assert!(!copy.exists(), "nor is one that is up to date");

        let steps: Vec<M<'_>> = STEPS.iter().cloned().chain([M::up(NEXT)]).collect();
        bring_up_to_date(&mut conn, &steps, &path, Duration::ZERO).unwrap();
        assert_eq!(identify(&conn).unwrap(), Found::History(SCHEMA + 1));
        assert_eq!(conn.query_row("SELECT note FROM article", [], |row| row.get::<_, String>(0)).unwrap(), "x");
        assert_eq!(identify(&Connection::open(&copy).unwrap()).unwrap(), Found::History(SCHEMA));
        assert_eq!(articles(&copy), 1);
    }

    #[test]
    fn what_lies_where_the_copy_would_is_left_there_and_not_taken_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("isnad.db");
        let mut conn = made(&path);
        let other = copy_of(&path, SCHEMA, 1);
        std::fs::write(&other, "something else").unwrap();
        let failing: Vec<M<'_>> = STEPS.iter().cloned().chain([M::up("DROP TABLE nothing")]).collect();
        bring_up_to_date(&mut conn, &failing, &path, Duration::ZERO).unwrap_err();
        let steps: Vec<M<'_>> = STEPS.iter().cloned().chain([M::up(NEXT)]).collect();
        bring_up_to_date(&mut conn, &steps, &path, Duration::ZERO).unwrap();
        assert_eq!(std::fs::read(&other).unwrap(), b"something else");
        assert_eq!(articles(&copy_of(&path, SCHEMA, 2)), 1);
        assert!(!copy_of(&path, SCHEMA, 3).exists(), "the copy of the attempt before is good enough");
    }

    #[test]
    fn steps_of_which_one_fails_leave_the_file_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("isnad.db");
        let mut conn = made(&path);
        let steps: Vec<M<'_>> = STEPS.iter().cloned().chain([M::up(NEXT), M::up("DROP TABLE nothing")]).collect();
        bring_up_to_date(&mut conn, &steps, &path, Duration::ZERO).unwrap_err();
        assert_eq!(identify(&conn).unwrap(), Found::History(SCHEMA), "no step counts");
        assert!(conn.prepare("SELECT note FROM article").is_err());
        assert_eq!(articles(&path), 1);
    }
}
