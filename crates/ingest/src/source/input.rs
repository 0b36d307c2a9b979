//! A file that is read from its beginning to its end, whatever it is compressed with, with a count of how far that is.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Progress;
use crate::error::IngestError;
use crate::ingest::open_file;

/// How many bytes are asked of the system at once.
const BUFFER: usize = 1 << 17;

/// How many bytes of a file are looked at to tell what it is.
const SNIFFED: usize = 4096;

/// A file being read; what is compressed as a whole is expanded on the way.
pub(super) struct Input {
    pub(super) reader: Box<dyn BufRead + Send>,
    pub(super) position: Position,
}

/// How far a file is read. The bytes counted are those of the file, compressed or not.
#[derive(Debug, Clone, Default)]
pub(super) struct Position {
    done: Arc<AtomicU64>,
    total: Option<u64>,
}

impl Position {
    pub(super) fn progress(&self) -> Progress {
        Progress { done: self.done.load(Ordering::Relaxed), total: self.total }
    }
}

/// Counts what is read.
pub(super) struct Counted<R> {
    inner: R,
    done: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.done.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Opens a file as it is.
pub(super) fn open_counted(path: &Path) -> Result<(Counted<File>, Position), IngestError> {
    let file = open_file(path)?;
    let total = file.metadata().ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len());
    let position = Position { done: Arc::default(), total };
    Ok((Counted { inner: file, done: Arc::clone(&position.done) }, position))
}

/// Opens a file, and what it is compressed with: gzip or bzip2, in one member or several.
pub(super) fn open_input(path: &Path) -> Result<Input, IngestError> {
    let (counted, position) = open_counted(path)?;
    expanded(counted, position, &path.to_string_lossy())
}

/// What comes of `reader`, as [`open_input`] has it of a file; `name` is what errors call it.
pub(super) fn from_reader(reader: impl Read + Send + 'static, name: &str) -> Result<Input, IngestError> {
    let position = Position::default();
    expanded(Counted { inner: reader, done: Arc::clone(&position.done) }, position, name)
}

fn expanded<R: Read + Send + 'static>(
    counted: Counted<R>,
    position: Position,
    name: &str,
) -> Result<Input, IngestError> {
    let mut raw = BufReader::with_capacity(BUFFER, counted);
    let start = raw.fill_buf().map_err(|error| IngestError::read(name, error))?;
    let reader: Box<dyn BufRead + Send> = match start {
        [0x1F, 0x8B, ..] => Box::new(BufReader::with_capacity(BUFFER, flate2::bufread::MultiGzDecoder::new(raw))),
        [b'B', b'Z', b'h', ..] => Box::new(BufReader::with_capacity(BUFFER, bzip2::bufread::MultiBzDecoder::new(raw))),
        _ => Box::new(raw),
    };
    Ok(Input { reader, position })
}

/// The beginning of a file (up to 4,096 bytes) as it reads when it is expanded; empty for a folder or what cannot be read.
#[must_use]
pub fn beginning(path: &Path) -> Vec<u8> {
    let mut start = Vec::new();
    if let Ok(input) = open_input(path) {
        // Half of a compressed file is enough to tell, whatever is wrong with the rest.
        let _ = input.reader.take(SNIFFED as u64).read_to_end(&mut start);
    }
    start
}

/// A reader that ends with an error when an item has no end: a quotation mark that is never closed, an element without one.
pub(super) struct Limited {
    inner: Box<dyn BufRead + Send>,
    limit: usize,
    left: usize,
}

impl Limited {
    /// Reads from `inner`, up to `limit` bytes from one [`reset`](Self::reset) to the next.
    pub(super) fn new(inner: Box<dyn BufRead + Send>, limit: usize) -> Self {
        Self { inner, limit, left: limit }
    }

    /// Says that a new item begins.
    pub(super) fn reset(&mut self) {
        self.left = self.limit;
    }
}

impl Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other(IngestError::RowTooLong { limit: self.limit }));
        }
        let read = self.inner.read(buffer)?;
        self.left = self.left.saturating_sub(read);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_without_an_end_is_refused_and_not_held() {
        let mut limited = Limited::new(Box::new(BufReader::new(io::repeat(b'a'))), 100);
        let mut buffer = [0; 64];
        assert_eq!((limited.read(&mut buffer).unwrap(), limited.read(&mut buffer).unwrap()), (64, 64));
        assert!(limited.read(&mut buffer).unwrap_err().to_string().contains("more than 100 bytes"));
        limited.reset();
        assert!(limited.read(&mut buffer).is_ok());
    }
}
