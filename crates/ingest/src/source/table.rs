//! CSV and its kin: a row a capture, with the names of the columns in the first row.

use std::io::BufRead;
use std::path::Path;

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::fields::{Fields, field_of};
use super::input::{Limited, Position, open_input};
use super::kind::{SourceKind, ends_with};
use super::{Capture, Progress, Skipped, Source, SourceOptions, broken};
use crate::error::IngestError;
use crate::rows::MAX_ROW_BYTES;

pub(super) const KIND: SourceKind = SourceKind::new(
    "csv",
    "a table with the names of its columns first: commas, semicolons or tabs",
    |path, _| ends_with(path, &[".csv", ".tsv"]),
    |path, options| Ok(Box::new(Table::open(path, options)?)),
);

/// What may stand between the fields of a row.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

struct Table {
    name: String,
    reader: Reader<Limited>,
    /// The field that each column holds, if it holds one.
    columns: Vec<Option<String>>,
    /// Whether lines end with a carriage return and a line feed. The reader then counts the line feed with the row after it.
    has_returns: bool,
    position: Position,
    options: SourceOptions,
    record: ByteRecord,
    rows: u64,
    is_done: bool,
}

impl Table {
    fn open(path: &Path, options: &SourceOptions) -> Result<Self, IngestError> {
        let name = path.to_string_lossy().into_owned();
        let mut input = open_input(path)?;
        let start = input.reader.fill_buf().map_err(|error| IngestError::read(&name, error))?;
        let delimiter = delimiter(start);
        let has_returns = start.split(|byte| *byte == b'\n').next().is_some_and(|line| line.ends_with(b"\r"));
        let limited = Limited::new(input.reader, MAX_ROW_BYTES);
        let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(limited);
        let malformed = |error: csv::Error| IngestError::Malformed { name: name.clone(), reason: error.to_string() };
        let header = reader.byte_headers().map_err(malformed)?;
        let header: Vec<String> = header.iter().map(|column| String::from_utf8_lossy(column).into_owned()).collect();
        let columns: Vec<Option<String>> = header.iter().map(|column| field_of(column, options)).collect();
        let is_there = |name: &String| header.iter().any(|column| column.trim().eq_ignore_ascii_case(name));
        if let Some(missing) = options.columns.values().find(|name| !is_there(name)) {
            let reason = format!("it has no column `{missing}`; there are {}", header.join(", "));
            return Err(IngestError::Malformed { name, reason });
        }
        let holds = |field: &str| columns.iter().flatten().any(|column| column == field);
        if !holds("text") && !holds("html") {
            let reason = format!("no column holds text or html; there are {}", header.join(", "));
            return Err(IngestError::Malformed { name, reason });
        }
        Ok(Self {
            name,
            reader,
            columns,
            has_returns,
            position: input.position,
            options: options.clone(),
            record: ByteRecord::new(),
            rows: 0,
            is_done: false,
        })
    }

    fn capture(&self) -> Result<Capture, Skipped> {
        let line = self.record.position().map_or(0, csv::Position::line) + u64::from(self.has_returns);
        let place = format!("{}: line {line}", self.name);
        let (cells, columns) = (self.record.len(), self.columns.len());
        if self.record.iter().skip(columns).any(|value| !value.trim_ascii().is_empty()) {
            let reason = format!(
                "a row of {cells} cells in a table of {columns} columns: a cell that holds what stands between cells needs quotation marks"
            );
            return Err(Skipped::new(place, broken(reason)));
        }
        let mut fields = Fields::default();
        for (value, column) in self.record.iter().zip(&self.columns) {
            let Some(column) = column else { continue };
            let value = std::str::from_utf8(value).map_err(|_| {
                Skipped::new(
                    &place,
                    broken(format_args!("the column `{column}` is not UTF-8: save the table as UTF-8")),
                )
            })?;
            fields.set(column, value);
        }
        fields.into_capture(place, (&self.name, self.rows), &self.options)
    }
}

/// The delimiter that stands most often in the first line.
fn delimiter(start: &[u8]) -> u8 {
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: &u8| line.iter().filter(|byte| *byte == delimiter).count();
    // The first of equals is the likeliest, and `max_by_key` gives the last.
    DELIMITERS.iter().rev().max_by_key(|delimiter| count(delimiter)).copied().unwrap_or(b',')
}

impl Iterator for Table {
    type Item = Result<Capture, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        self.reader.get_mut().reset();
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => {
                self.rows += 1;
                Some(self.capture())
            }
            Ok(false) => None,
            Err(error) => {
                self.is_done = true;
                let place = format!("{}: row {}", self.name, self.rows + 1);
                Some(Err(Skipped::new(place, broken(error))))
            }
        }
    }
}

impl Source for Table {
    fn progress(&self) -> Progress {
        self.position.progress()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_stands_most_often() {
        assert_eq!(delimiter(b"url;captured;text\n1,2,3,4,5"), b';');
        assert_eq!(delimiter(b"url\tcaptured, at\ttext"), b'\t');
        assert_eq!(delimiter(b"text"), b',');
    }
}
