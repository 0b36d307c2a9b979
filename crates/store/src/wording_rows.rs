//! Wordings on their way into the file, and into the index of search.

use rusqlite::{Connection, OptionalExtension};

use crate::error::Fault;
use crate::search::Searchable;

/// Writes a wording of a speaker, unless it is there; `hash` is that of `content`.
///
/// It goes by itself with the last claim that has it.
pub(crate) fn keep(conn: &Connection, hash: i64, speaker: Option<i64>, content: &str) -> Result<(), Fault> {
    let mut find =
        conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM wording WHERE hash = ?1 AND ifnull(speaker_id, 0) = ?2)")?;
    if find.query_row((hash, speaker.unwrap_or_default()), |row| row.get(0))? {
        return Ok(());
    }
    let content = Searchable::new(content);
    let mut add = conn.prepare_cached("INSERT INTO wording (hash, speaker_id, folded) VALUES (?1, ?2, ?3)")?;
    let row = add.insert((hash, speaker, content.text()))?;
    let mut name = conn.prepare_cached("SELECT words FROM speaker WHERE id = ?1")?;
    let name: Option<String> = name.query_row([speaker], |row| row.get(0)).optional()?;
    let mut index = conn.prepare_cached("INSERT INTO wording_search (rowid, content, speaker) VALUES (?1, ?2, ?3)")?;
    index.execute((row, content.text(), name.unwrap_or_default()))?;
    Ok(())
}
