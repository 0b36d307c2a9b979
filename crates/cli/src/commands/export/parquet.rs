//! One table of the history as Parquet: the rows and columns of the CSV, with numbers as numbers.

use std::io::Write;

use isnad_report::export::parquet::{Kind, TableWriter};

use super::Job;
use super::csv::{TABLES, rows};
use crate::command_error::CommandError;

/// The columns that hold numbers: of all tables, and of one only.
const NUMBERS: [&str; 11] = [
    "article",
    "capture",
    "claim",
    "end_byte",
    "event",
    "history",
    "new_claim",
    "number",
    "old_claim",
    "start_byte",
    "version",
];

/// Writes the records of the table that was asked for.
pub(super) fn write(job: &Job<'_>, out: &mut dyn Write) -> Result<(), CommandError> {
    let Some(table) = TABLES.iter().find(|table| table.name == job.table) else { return Ok(()) };
    let kind = |name: &str| if NUMBERS.contains(&name) { Kind::Number } else { Kind::Text };
    let columns: Vec<(&str, Kind)> = table.columns.iter().map(|name| (*name, kind(name))).collect();
    // The format wants a stream of its own to count its bytes in.
    let mut file = Vec::new();
    let failed = |error| CommandError::from(std::io::Error::other(error));
    let mut writer = TableWriter::new(&mut file, table.name, &columns).map_err(failed)?;
    rows(job, table, |cells| writer.push(cells).map_err(failed))?;
    writer.finish().map_err(failed)?;
    Ok(out.write_all(&file)?)
}
