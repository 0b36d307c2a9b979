//! Bytes that are kept once and compressed: texts, and what came.
//!
//! Versions of one article differ little from one another. The first is compressed alone; later ones are compressed with
//! it as the dictionary, until one would no longer gain much by that: it then is the next to stand alone. A dictionary
//! never has one itself, so that two rows at most are needed for any bytes, and damage to one row spoils few others.

use std::cell::RefCell;
use std::io;
use std::thread::LocalKey;

use rusqlite::{Connection, OptionalExtension};
use zstd::bulk::{Compressor, Decompressor};

use crate::encode::hash;
use crate::error::Fault;

/// The most bytes of a dictionary; what is larger is compressed alone.
const MOST_DICTIONARY_BYTES: i64 = 16 * 1024 * 1024;

/// The most bytes of a row: SQLite keeps no more in a column. A length beyond that is damage.
const MOST_BYTES: i64 = 1024 * 1024 * 1024;

/// Bytes that a dictionary does not make this many times smaller are compressed alone.
const GAIN: usize = 2;

/// Bytes that are this many times smaller with a dictionary are not tried without: no text is, alone.
const PLENTY: usize = 8;

/// A table with the columns `id`, `hash`, `bytes`, `base_id` and `content`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frames {
    pub(crate) table: &'static str,
    /// How hard is compressed, as Zstandard counts it.
    level: i32,
}

/// Texts of versions; they are written and read often.
pub(crate) const TEXTS: Frames = Frames { table: "text", level: 3 };

/// Pages and files as they came: large, and hardly ever read.
pub(crate) const RAWS: Frames = Frames { table: "raw", level: 9 };

impl Frames {
    /// The row with this hash.
    pub(crate) fn find(self, conn: &Connection, hash: &str) -> Result<Option<i64>, Fault> {
        let mut find = conn.prepare_cached(&format!("SELECT id FROM {} WHERE hash = ?1", self.table))?;
        Ok(find.query_row([hash], |row| row.get(0)).optional()?)
    }

    /// Writes bytes that are not there yet; `base` is a row that is likely to be much like them.
    pub(crate) fn add(self, conn: &Connection, hash: &str, bytes: &[u8], base: Option<i64>) -> Result<i64, Fault> {
        let (base, content) = self.compress(conn, bytes, base)?;
        let mut add = conn.prepare_cached(&format!(
            "INSERT INTO {} (hash, bytes, base_id, content) VALUES (?1, ?2, ?3, ?4)",
            self.table
        ))?;
        Ok(add.insert((hash, i64::try_from(bytes.len()).unwrap_or(i64::MAX), base, content))?)
    }

    /// The bytes of a row, which are those that were recorded: anything else is an error.
    pub(crate) fn read(self, conn: &Connection, row: i64) -> Result<Vec<u8>, Fault> {
        let frame = self.frame(conn, row)?;
        let bytes = match frame.base {
            None => self.expand(&frame, &[])?,
            Some(base) => self.expand(&frame, &self.dictionary(conn, base)?)?,
        };
        match hash(&bytes) == frame.hash {
            true => Ok(bytes),
            false => Err(self.damaged(row, "the bytes are not those that were recorded")),
        }
    }

    /// The bytes of a row that stands alone.
    fn dictionary(self, conn: &Connection, row: i64) -> Result<Vec<u8>, Fault> {
        let frame = self.frame(conn, row)?;
        match frame.base {
            None => self.expand(&frame, &[]),
            Some(_) => Err(self.damaged(row, "it is a dictionary and has one itself")),
        }
    }

    fn frame(self, conn: &Connection, row: i64) -> Result<Frame, Fault> {
        let mut query =
            conn.prepare_cached(&format!("SELECT bytes, base_id, content, hash FROM {} WHERE id = ?1", self.table))?;
        let frame = query.query_row([row], |found| {
            Ok(Frame { row, bytes: found.get(0)?, base: found.get(1)?, content: found.get(2)?, hash: found.get(3)? })
        });
        frame.optional()?.ok_or_else(|| self.damaged(row, "it is not there"))
    }

    fn expand(self, frame: &Frame, dictionary: &[u8]) -> Result<Vec<u8>, Fault> {
        let length = usize::try_from(frame.bytes.min(MOST_BYTES)).unwrap_or_default();
        let expanded = with(&DECOMPRESSOR, Decompressor::new, |it| {
            it.set_dictionary(dictionary)?;
            it.decompress(&frame.content, length)
        });
        let bytes = expanded.map_err(|error| self.damaged(frame.row, error))?;
        match i64::try_from(bytes.len()) == Ok(frame.bytes) {
            true => Ok(bytes),
            false => Err(self.damaged(frame.row, format_args!("it has {} bytes, not {}", bytes.len(), frame.bytes))),
        }
    }

    fn damaged(self, row: i64, what: impl std::fmt::Display) -> Fault {
        Fault::Unreadable(format!("{} row {row}: {what}", self.table))
    }

    /// The bytes compressed, and the row that is their dictionary.
    fn compress(self, conn: &Connection, bytes: &[u8], base: Option<i64>) -> Result<(Option<i64>, Vec<u8>), Fault> {
        let Some(base) = base else { return Ok((None, self.squeeze(bytes, &[])?)) };
        let frame = self.frame(conn, base)?;
        let base = frame.base.unwrap_or(base);
        if frame.bytes > MOST_DICTIONARY_BYTES {
            return Ok((None, self.squeeze(bytes, &[])?));
        }
        let together = self.squeeze(bytes, &self.dictionary(conn, base)?)?;
        if together.len().saturating_mul(PLENTY) < bytes.len() {
            return Ok((Some(base), together));
        }
        let alone = self.squeeze(bytes, &[])?;
        match together.len().saturating_mul(GAIN) < alone.len() {
            true => Ok((Some(base), together)),
            false => Ok((None, alone)),
        }
    }

    fn squeeze(self, bytes: &[u8], dictionary: &[u8]) -> Result<Vec<u8>, Fault> {
        let squeezed = with(
            &COMPRESSOR,
            || Compressor::new(self.level),
            |it| {
                it.set_dictionary(self.level, dictionary)?;
                it.compress(bytes)
            },
        );
        squeezed.map_err(|error| Fault::Unreadable(format!("what is to be kept cannot be compressed: {error}")))
    }
}

thread_local! {
    // To make one takes longer than to compress a text.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// Uses the thread's compressor or decompressor, which is made if there is none yet.
fn with<C, T>(
    kept: &'static LocalKey<RefCell<Option<C>>>,
    make: impl FnOnce() -> io::Result<C>,
    task: impl FnOnce(&mut C) -> io::Result<T>,
) -> io::Result<T> {
    kept.with_borrow_mut(|kept| {
        let mut context = match kept.take() {
            Some(context) => context,
            None => make()?,
        };
        let done = task(&mut context);
        *kept = Some(context);
        done
    })
}

/// A row as it is kept.
struct Frame {
    row: i64,
    /// How many bytes it has when expanded.
    bytes: i64,
    base: Option<i64>,
    content: Vec<u8>,
    /// BLAKE3 of the bytes, in lower-case hexadecimal.
    hash: String,
}
