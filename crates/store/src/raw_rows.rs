//! What came, byte for byte: kept so that articles can be found in it again by a better program.

use rusqlite::{Connection, OptionalExtension};

use crate::encode::hash;
use crate::error::Fault;
use crate::frames::{RAWS, TEXTS};
use crate::ids::{ArticleId, CaptureId};
use crate::recording::Recording;

/// Writes the bytes of a recording, unless they are there already or are the text that is kept anyway.
pub(crate) fn keep(conn: &Connection, article: ArticleId, recording: &Recording<'_>) -> Result<(), Fault> {
    let Some(raw) = recording.raw else { return Ok(()) };
    let is_text = recording.attempt.reading().is_some_and(|reading| reading.article.text().as_bytes() == raw);
    let hash = hash(raw);
    if is_text || RAWS.find(conn, &hash)?.is_some() {
        return Ok(());
    }
    let mut newest = conn.prepare_cached(
        "SELECT raw.id FROM capture JOIN raw ON raw.hash = capture.raw_hash
         WHERE capture.article_id = ?1 ORDER BY capture.captured_at DESC, capture.id DESC LIMIT 1",
    )?;
    let base = newest.query_row([article], |row| row.get(0)).optional()?;
    RAWS.add(conn, &hash, raw, base)?;
    Ok(())
}

/// The bytes that a capture was read from.
pub(crate) fn of_capture(conn: &Connection, capture: CaptureId) -> Result<Option<Vec<u8>>, Fault> {
    let mut find = conn.prepare_cached("SELECT raw_hash FROM capture WHERE id = ?1")?;
    let wanted: Option<Option<String>> = find.query_row([capture], |row| row.get(0)).optional()?;
    let Some(wanted) = wanted.flatten() else { return Ok(None) };
    match (RAWS.find(conn, &wanted)?, TEXTS.find(conn, &wanted)?) {
        (Some(row), _) => RAWS.read(conn, row).map(Some),
        (None, Some(row)) => TEXTS.read(conn, row).map(Some),
        (None, None) => Err(Fault::Unreadable(format!("the bytes of capture {capture} are not there"))),
    }
}
