//! JSON Lines: a row a capture, as [`crate::rows`] reads them.

use std::io::BufRead;
use std::path::Path;

use super::input::{Position, open_input};
use super::kind::{SourceKind, ends_with};
use super::{Capture, Content, Progress, Skipped, Source, SourceOptions, broken};
use crate::error::IngestError;
use crate::moment::moment_or_day;
use crate::rows::{Row, RowError, Rows, read_rows};

pub(super) const KIND: SourceKind = SourceKind::new(
    "jsonl",
    "JSON Lines, a row a capture",
    |path, start| ends_with(path, &[".jsonl", ".ndjson"]) || start.trim_ascii_start().starts_with(b"{\""),
    |path, options| Ok(Box::new(JsonLines::open(path, options)?)),
);

struct JsonLines {
    name: String,
    rows: Rows<Box<dyn BufRead + Send>>,
    position: Position,
    options: SourceOptions,
}

impl JsonLines {
    fn open(path: &Path, options: &SourceOptions) -> Result<Self, IngestError> {
        let (name, input) = (path.to_string_lossy().into_owned(), open_input(path)?);
        let rows = read_rows(input.reader, &name);
        Ok(Self { name, rows, position: input.position, options: options.clone() })
    }

    fn place(&self, line: u64) -> String {
        format!("{}: line {line}", self.name)
    }

    fn capture(&self, row: Result<Row, RowError>) -> Result<Capture, Skipped> {
        let row = row.map_err(|error| Skipped::new(self.place(error.line), error.error))?;
        let place = self.place(row.line);
        let time = row.captured.as_deref().map(|captured| {
            moment_or_day(captured, self.options.clock).ok_or_else(|| {
                Skipped::new(&place, broken(format_args!("`captured` is `{captured}`, which is no date and time")))
            })
        });
        Ok(Capture {
            time: time.transpose()?,
            url: row.url,
            name: Some(format!("{}#{}", self.name, row.id)),
            language: row.language,
            published: row.published,
            title: row.title,
            content: Content::Text { text: row.content, kind: row.kind },
            place,
            ..Capture::default()
        })
    }
}

impl Iterator for JsonLines {
    type Item = Result<Capture, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.rows.next()?;
        Some(self.capture(row))
    }
}

impl Source for JsonLines {
    fn progress(&self) -> Progress {
        self.position.progress()
    }
}
