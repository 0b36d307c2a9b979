//! SQLite files of other archives of news: diffengine and NewsEdits, NewsSniffer, newsdiffs and their like.
//!
//! What each layout looks like is data (`data/layouts.toml`): a table of versions, perhaps one of articles beside it, and
//! which column holds which field. A file that fits none is read by the usual names of columns, from the first table that
//! has a text and a time; `--column` says it where those do not do.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock};

use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use serde::Deserialize;

use super::fields::{Fields, field_of};
use super::kind::SourceKind;
use super::{Capture, Progress, Skipped, Source, SourceOptions, broken};
use crate::error::IngestError;

pub(super) const KIND: SourceKind = SourceKind::new(
    "sqlite",
    "an SQLite file of versions: diffengine, NewsEdits, NewsSniffer, or your own columns",
    |_, start| start.starts_with(b"SQLite format 3\0"),
    |path, options| Ok(Box::new(Database::open(path, options)?)),
);

/// The most bytes of a text; what is longer is skipped.
const MAX_TEXT_BYTES: i64 = 64 * 1024 * 1024;

/// How many instructions of SQLite's machine are a step of work.
const STEP: i32 = 100_000;

/// The most steps for a row: some seconds, where a row of a table takes a fraction of one.
const MOST_STEPS: u32 = 2_000;

/// How one program lays out its versions.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Layout {
    /// The table of versions.
    versions: String,
    /// A table that each version points at, with the column it does so by.
    #[serde(default)]
    articles: Option<Articles>,
    /// What holds each field, as an expression over `v`, the version, and `a`, its article.
    fields: std::collections::BTreeMap<String, String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Articles {
    table: String,
    key: String,
}

#[derive(Debug, Default, Deserialize)]
struct Layouts {
    layout: Vec<Layout>,
}

const LAYOUTS_FILE: &str = include_str!("../../data/layouts.toml");

static LAYOUTS: LazyLock<Layouts> = LazyLock::new(|| toml::from_str(LAYOUTS_FILE).unwrap_or_default());

struct Database {
    name: String,
    conn: Connection,
    /// How much work the file has made since the last row.
    work: Arc<AtomicU32>,
    /// Asks for the versions after a row, some at a time, in the order of their rows.
    query: String,
    table: String,
    fields: Vec<String>,
    after: i64,
    done: u64,
    total: u64,
    is_done: bool,
    options: SourceOptions,
}

impl Database {
    fn open(path: &Path, options: &SourceOptions) -> Result<Self, IngestError> {
        let name = path.to_string_lossy().into_owned();
        let malformed =
            |error: rusqlite::Error| IngestError::Malformed { name: name.clone(), reason: error.to_string() };
        let (conn, work) = connect(path).map_err(malformed)?;
        let (table, from, columns) = find(&conn, options).map_err(malformed)?.ok_or_else(|| {
            let reason =
                "no table with a text and the time of its capture; --column text=… and --column captured=… name them";
            IngestError::Malformed { name: name.clone(), reason: reason.to_owned() }
        })?;
        let total = conn.query_row(&format!("SELECT count(*) FROM {}", quoted(&table)), [], |row| row.get(0));
        let total: i64 = total.map_err(malformed)?;
        let expressions: Vec<&str> = columns.iter().map(|(_, expression)| expression.as_str()).collect();
        let query = format!(
            "SELECT v.rowid, {} FROM {from} WHERE v.rowid > ?1 ORDER BY v.rowid LIMIT 1",
            expressions.join(", ")
        );
        conn.prepare(&query).map_err(malformed)?;
        let fields = columns.into_iter().map(|(field, _)| field).collect();
        let total = u64::try_from(total).unwrap_or_default();
        let options = options.clone();
        Ok(Self { name, conn, work, query, table, fields, after: i64::MIN, done: 0, total, is_done: false, options })
    }

    fn row(&mut self) -> Result<Option<Result<Capture, Skipped>>, rusqlite::Error> {
        self.work.store(0, Ordering::Relaxed);
        let mut statement = self.conn.prepare_cached(&self.query)?;
        let mut rows = statement.query([self.after])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        self.after = row.get(0)?;
        self.done += 1;
        let place = format!("{}: {} {}", self.name, self.table, self.after);
        let mut fields = Fields::default();
        for (at, field) in self.fields.iter().enumerate() {
            match row.get_ref(at + 1)? {
                ValueRef::Null => {}
                ValueRef::Integer(number) => fields.set(field, &number.to_string()),
                ValueRef::Real(number) => fields.set(field, &(number as i64).to_string()),
                ValueRef::Text(text) | ValueRef::Blob(text) => match std::str::from_utf8(text) {
                    Ok(text) if text.len() as i64 <= MAX_TEXT_BYTES => fields.set(field, text),
                    Ok(_) => return Ok(Some(Err(Skipped::new(place, broken("a text of more than 64 MiB"))))),
                    Err(_) => {
                        return Ok(Some(Err(Skipped::new(place, broken(format_args!("`{field}` is not UTF-8"))))));
                    }
                },
            }
        }
        let number = self.after.unsigned_abs();
        Ok(Some(fields.into_capture(place, (&self.name, number), &self.options)))
    }
}

/// Opens a file that may come from anybody: its views and triggers may do nothing but read, and a view that would take for
/// ever is broken off. The count of the work since it was last set to 0, in steps.
fn connect(path: &Path) -> rusqlite::Result<(Connection, Arc<AtomicU32>)> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    let work = Arc::new(AtomicU32::new(0));
    let done = Arc::clone(&work);
    conn.progress_handler(STEP, Some(move || done.fetch_add(1, Ordering::Relaxed) >= MOST_STEPS))?;
    Ok((conn, work))
}

/// The table of versions, what to select from, and for each field the expression that gives it.
type Found = (String, String, Vec<(String, String)>);

fn find(conn: &Connection, options: &SourceOptions) -> rusqlite::Result<Option<Found>> {
    let mut query = conn.prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY rowid")?;
    let tables: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    if options.columns.is_empty() {
        for layout in &LAYOUTS.layout {
            let from = match &layout.articles {
                Some(Articles { table, key }) => {
                    format!(
                        "{} AS v LEFT JOIN {} AS a ON a.rowid = v.{}",
                        quoted(&layout.versions),
                        quoted(table),
                        quoted(key)
                    )
                }
                None => format!("{} AS v", quoted(&layout.versions)),
            };
            let fields: Vec<(String, String)> = layout.fields.clone().into_iter().collect();
            let expressions: Vec<&str> = fields.iter().map(|(_, expression)| expression.as_str()).collect();
            if conn.prepare(&format!("SELECT {} FROM {from}", expressions.join(", "))).is_ok() {
                return Ok(Some((layout.versions.clone(), from, fields)));
            }
        }
    }
    for table in tables {
        let mut query = conn.prepare("SELECT name FROM pragma_table_info(?1)")?;
        let columns: Vec<String> = query.query_map([&table], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let fields: Vec<(String, String)> = columns
            .iter()
            .filter_map(|column| Some((field_of(column, options)?, format!("v.{}", quoted(column)))))
            .collect();
        let holds = |field: &str| fields.iter().any(|(known, _)| known == field);
        if holds("captured") && (holds("text") || holds("html")) {
            let from = format!("{} AS v", quoted(&table));
            return Ok(Some((table, from, fields)));
        }
    }
    Ok(None)
}

/// A name as SQL has it, whatever is in it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl Iterator for Database {
    type Item = Result<Capture, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        match self.row() {
            Ok(item) => item,
            Err(error) => {
                self.is_done = true;
                Some(Err(Skipped::new(
                    format!("{}: {} after row {}", self.name, self.table, self.after),
                    broken(error),
                )))
            }
        }
    }
}

impl Source for Database {
    fn progress(&self) -> Progress {
        Progress { done: self.done, total: Some(self.total) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fields::is_field;
    use super::*;

    #[test]
    fn a_view_without_an_end_is_broken_off_and_one_that_would_act_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for (name, view, reason) in [
            (
                "endless.db",
                "CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
                 SELECT max(i) AS text, '2026-03-04T09:00Z' AS captured FROM n",
                "interrupted",
            ),
            ("acting.db", "CREATE VIEW v AS SELECT load_extension('x') AS text, '2026-03-04T09:00Z' AS captured", ""),
        ] {
            let path = folder.path().join(name);
            Connection::open(&path).unwrap().execute_batch(view).unwrap();
            let read = Database::open(&path, &SourceOptions::default()).map(|mut source| source.next());
            let told = match read {
                Err(error) => error.to_string(),
                Ok(item) => item.unwrap().unwrap_err().to_string(),
            };
            assert!(told.contains(name) && told.contains(reason), "{told}");
        }
    }

    #[test]
    fn the_layouts_are_readable_and_hold_known_fields() {
        let layouts: Layouts = toml::from_str(LAYOUTS_FILE).unwrap();
        for layout in layouts.layout {
            assert!(layout.fields.keys().all(|field| is_field(field)), "{}", layout.versions);
            assert!(layout.fields.contains_key("captured"), "{}", layout.versions);
        }
    }
}
