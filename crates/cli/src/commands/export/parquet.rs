//! One table of the history as Parquet: the rows and columns of the CSV, with numbers, times and truths as what they are.

use isnad_report::export::parquet::{Kind, TableWriter};

use super::csv::{TABLES, rows};
use super::{Job, Out};
use crate::command_error::CommandError;

/// What the columns hold that are no text, in whichever table they stand.
const KINDS: [(&str, Kind); 17] = [
    ("article", Kind::Number),
    ("capture", Kind::Number),
    ("captured", Kind::Time),
    ("claim", Kind::Number),
    ("confidence", Kind::Share),
    ("declared", Kind::Truth),
    ("end_byte", Kind::Number),
    ("event", Kind::Number),
    ("headline", Kind::Truth),
    ("history", Kind::Number),
    ("new_claim", Kind::Number),
    ("not_after", Kind::Time),
    ("not_before", Kind::Time),
    ("number", Kind::Number),
    ("old_claim", Kind::Number),
    ("start_byte", Kind::Number),
    ("version", Kind::Number),
];

/// Writes the records of the table that was asked for.
pub(super) fn write(job: &Job<'_>, out: &mut Out<'_>) -> Result<(), CommandError> {
    let Some(table) = TABLES.iter().find(|table| table.name == job.table) else { return Ok(()) };
    let kind = |name: &str| KINDS.iter().find(|(known, _)| *known == name).map_or(Kind::Text, |(_, kind)| *kind);
    // The number of a speaker is one only in the table of speakers.
    let kind = |name: &str| if name == "speaker" && table.name == "speakers" { Kind::Number } else { kind(name) };
    let columns: Vec<(&str, Kind)> = table.columns.iter().map(|name| (*name, kind(name))).collect();
    let failed = |error| CommandError::from(std::io::Error::other(error));
    let mut writer = TableWriter::new(out, table.name, &columns).map_err(failed)?;
    rows(job, table, |cells| writer.push(cells).map_err(failed))?;
    writer.finish().map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_of_a_column_that_there_is() {
        let mut columns = TABLES.iter().flat_map(|table| table.columns);
        for (name, _) in KINDS {
            assert!(columns.clone().any(|column| *column == name), "{name}");
        }
        assert!(columns.any(|column| *column == "content"));
    }
}
