//! Where WARC records lie: in a whole file, or in a part of one, as the members of a ZIP archive are.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use flate2::read::DeflateDecoder;

use super::members::Members;
use crate::error::IngestError;
use crate::ingest::open_file;

/// A stretch of a file that holds WARC records.
#[derive(Debug, Clone)]
pub(in crate::source) struct Region {
    /// What people call it.
    pub(in crate::source) name: String,
    path: PathBuf,
    start: u64,
    pub(in crate::source) length: u64,
    /// Whether it is compressed as a whole, as a member of a ZIP archive may be.
    is_deflated: bool,
}

impl Region {
    /// All of a file.
    pub(in crate::source) fn of_file(path: &Path) -> Result<Self, IngestError> {
        let name = path.to_string_lossy().into_owned();
        let length = open_file(path)?.metadata().map_err(|error| IngestError::read(&name, error))?.len();
        Ok(Self { name, path: path.to_owned(), start: 0, length, is_deflated: false })
    }

    /// `length` bytes of a file from `start`.
    pub(in crate::source) fn within(name: String, path: &Path, start: u64, length: u64, is_deflated: bool) -> Self {
        Self { name, path: path.to_owned(), start, length, is_deflated }
    }

    /// The records from `offset` on. In a region that is compressed as a whole only its beginning can be reached.
    pub(super) fn open_at(&self, offset: u64) -> io::Result<Members> {
        if self.is_deflated && offset > 0 {
            return Err(io::Error::other("the archive is compressed as a whole, and cannot be entered in the middle"));
        }
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(self.start.saturating_add(offset)))?;
        let bytes = file.take(self.length.saturating_sub(offset));
        Ok(match self.is_deflated {
            true => Members::new(Box::new(DeflateDecoder::new(bytes)), offset),
            false => Members::new(Box::new(bytes), offset),
        })
    }

    /// What people call the record at `offset`.
    pub(in crate::source) fn place(&self, offset: u64) -> String {
        format!("{}: record at {offset}", self.name)
    }
}
