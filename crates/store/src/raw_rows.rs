//! What came, byte for byte: kept compressed, so that articles can be found in it again by a better program.
//!
//! Pages of one article differ little from one another. The first is compressed alone; later ones are compressed with it
//! as the dictionary, until one would no longer gain much by that: it then is the next to stand alone. A dictionary
//! never has one itself, so that two rows at most are needed for any bytes.

use rusqlite::{Connection, OptionalExtension};
use zstd::bulk::{Compressor, Decompressor};

use crate::encode::hash;
use crate::error::Fault;
use crate::ids::{ArticleId, CaptureId};
use crate::recording::Recording;

/// How hard is compressed: a page takes some milliseconds.
const LEVEL: i32 = 9;

/// The most bytes of a dictionary; what is larger is compressed alone.
const MOST_DICTIONARY_BYTES: i64 = 16 * 1024 * 1024;

/// Bytes that a dictionary does not make this many times smaller are compressed alone.
const GAIN: usize = 2;

/// Writes the bytes of a recording, unless they are there already or are the text that is kept anyway.
pub(crate) fn keep(conn: &Connection, article: ArticleId, recording: &Recording<'_>) -> Result<(), Fault> {
    let Some(raw) = recording.raw else { return Ok(()) };
    let is_text = recording.attempt.reading().is_some_and(|reading| reading.article.text().as_bytes() == raw);
    let hash = hash(raw);
    let mut find = conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM raw WHERE hash = ?1)")?;
    if is_text || find.query_row([&hash], |row| row.get(0))? {
        return Ok(());
    }
    let (base, content) = compress(conn, article, raw)?;
    let mut add = conn.prepare_cached("INSERT INTO raw (hash, bytes, base_id, content) VALUES (?1, ?2, ?3, ?4)")?;
    add.execute((&hash, i64::try_from(raw.len()).unwrap_or(i64::MAX), base, content))?;
    Ok(())
}

/// The bytes that a capture was read from.
pub(crate) fn of_capture(conn: &Connection, capture: CaptureId) -> Result<Option<Vec<u8>>, Fault> {
    let mut find = conn.prepare_cached("SELECT raw_hash FROM capture WHERE id = ?1")?;
    let wanted: Option<Option<String>> = find.query_row([capture], |row| row.get(0)).optional()?;
    let Some(wanted) = wanted.flatten() else { return Ok(None) };
    let mut find = conn.prepare_cached("SELECT id FROM raw WHERE hash = ?1")?;
    let bytes = match find.query_row([&wanted], |row| row.get(0)).optional()? {
        Some(row) => read(conn, row)?,
        None => {
            let mut text = conn.prepare_cached("SELECT content FROM text WHERE hash = ?1")?;
            let text: Option<String> = text.query_row([&wanted], |row| row.get(0)).optional()?;
            text.ok_or_else(|| Fault::Unreadable(format!("the bytes of capture {capture} are not there")))?.into_bytes()
        }
    };
    if hash(&bytes) != wanted {
        return Err(Fault::Unreadable(format!("the bytes of capture {capture} are not those that came")));
    }
    Ok(Some(bytes))
}

/// The bytes of a row.
pub(crate) fn read(conn: &Connection, row: i64) -> Result<Vec<u8>, Fault> {
    let (base, bytes, content) = find(conn, row)?;
    let Some(base) = base else { return expand(row, &content, bytes, &[]) };
    match find(conn, base)? {
        (None, length, dictionary) => expand(row, &content, bytes, &expand(base, &dictionary, length, &[])?),
        _ => Err(Fault::Unreadable(format!("raw row {base} is a dictionary and has one itself"))),
    }
}

fn find(conn: &Connection, row: i64) -> Result<(Option<i64>, i64, Vec<u8>), Fault> {
    let mut query = conn.prepare_cached("SELECT base_id, bytes, content FROM raw WHERE id = ?1")?;
    Ok(query.query_row([row], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
}

fn expand(row: i64, content: &[u8], bytes: i64, dictionary: &[u8]) -> Result<Vec<u8>, Fault> {
    let damaged = |error| Fault::Unreadable(format!("raw row {row}: {error}"));
    let mut decompressor = Decompressor::with_dictionary(dictionary).map_err(damaged)?;
    decompressor.decompress(content, usize::try_from(bytes).unwrap_or_default()).map_err(damaged)
}

/// The bytes compressed, and the row that is their dictionary.
fn compress(conn: &Connection, article: ArticleId, raw: &[u8]) -> Result<(Option<i64>, Vec<u8>), Fault> {
    let alone = squeeze(raw, &[])?;
    let mut newest = conn.prepare_cached(
        "SELECT coalesce(raw.base_id, raw.id) FROM capture JOIN raw ON raw.hash = capture.raw_hash
         WHERE capture.article_id = ?1 ORDER BY capture.captured_at DESC, capture.id DESC LIMIT 1",
    )?;
    let base: Option<i64> = newest.query_row([article], |row| row.get(0)).optional()?;
    let Some(base) = base else { return Ok((None, alone)) };
    let (_, bytes, dictionary) = find(conn, base)?;
    if bytes > MOST_DICTIONARY_BYTES {
        return Ok((None, alone));
    }
    let together = squeeze(raw, &expand(base, &dictionary, bytes, &[])?)?;
    match together.len().saturating_mul(GAIN) < alone.len() {
        true => Ok((Some(base), together)),
        false => Ok((None, alone)),
    }
}

fn squeeze(raw: &[u8], dictionary: &[u8]) -> Result<Vec<u8>, Fault> {
    let squeezed = Compressor::with_dictionary(LEVEL, dictionary).and_then(|mut compressor| compressor.compress(raw));
    squeezed.map_err(|error| Fault::Unreadable(format!("the bytes of the capture cannot be compressed: {error}")))
}
