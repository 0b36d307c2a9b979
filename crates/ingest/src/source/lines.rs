//! The lines of a file that holds other data than captures.

use std::io::{BufRead, Read};
use std::path::Path;

use super::Progress;
use super::input::{Input, Position, from_reader, open_input};
use crate::error::IngestError;
use crate::rows::{Line, MAX_ROW_BYTES, read_line};

/// The lines of a file, be it compressed or not, of which no more than one is held.
pub struct Lines {
    name: String,
    reader: Box<dyn BufRead + Send>,
    position: Position,
    buffer: Vec<u8>,
    number: u64,
}

impl Lines {
    /// Opens a file.
    ///
    /// # Errors
    /// [`IngestError::NotFound`], [`IngestError::Directory`], [`IngestError::PermissionDenied`], [`IngestError::Read`].
    pub fn open(path: &Path) -> Result<Self, IngestError> {
        Ok(Self::of(open_input(path)?, path.to_string_lossy().into_owned()))
    }

    /// Those of a pipe or anything else; `name` is what errors call it.
    ///
    /// # Errors
    /// [`IngestError::Read`].
    pub fn new(reader: impl Read + Send + 'static, name: &str) -> Result<Self, IngestError> {
        Ok(Self::of(from_reader(reader, name)?, name.to_owned()))
    }

    fn of(input: Input, name: String) -> Self {
        Self { name, reader: input.reader, position: input.position, buffer: Vec::new(), number: 0 }
    }

    /// The next line without its line feed; `None` at the end of the file.
    ///
    /// # Errors
    /// [`IngestError::RowTooLong`] if it has more than [`MAX_ROW_BYTES`], and [`IngestError::Read`].
    pub fn next_line(&mut self) -> Result<Option<&[u8]>, IngestError> {
        self.number += 1;
        match read_line(&mut self.reader, &mut self.buffer, MAX_ROW_BYTES) {
            Ok(Line::Whole) => Ok(Some(&self.buffer)),
            Ok(Line::End) => Ok(None),
            Ok(Line::TooLong) => Err(IngestError::RowTooLong { limit: MAX_ROW_BYTES }),
            Err(error) => Err(IngestError::read(&self.name, error)),
        }
    }

    /// The number of the line that was read last, from 1.
    #[must_use]
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// How far reading is, in bytes of the file.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.position.progress()
    }
}
