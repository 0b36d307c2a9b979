//! Wordings on their way into the file, and into the index of search: those that some history of a claim has.

use rusqlite::{Connection, OptionalExtension};

use crate::error::Fault;
use crate::ids::{ArticleId, ClaimId, ThreadId};
use crate::search::Searchable;

/// Finds the claim unless another of its history has its wording and speaker; it is looked for in that history only.
pub(crate) const NEW_IN_ITS_THREAD: &str = "
    SELECT wording, speaker_id, content FROM claim
    WHERE id = ?1 AND NOT EXISTS (
      SELECT 1 FROM claim AS other INDEXED BY claim_by_thread
      WHERE other.thread_id = claim.thread_id AND other.wording = claim.wording
        AND other.speaker_id IS claim.speaker_id AND other.id <> claim.id)";

/// Notes the wording of a claim that was just put into a history.
pub(crate) fn keep(conn: &Connection, claim: ClaimId, thread: ThreadId) -> Result<(), Fault> {
    let mut query = conn.prepare_cached(NEW_IN_ITS_THREAD)?;
    let found = query.query_row([claim], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
    let Some((hash, speaker, content)) = found else { return Ok(()) };
    let content: String = content;
    let wording = find_or_add(conn, hash, speaker, &content)?;
    let mut add = conn
        .prepare_cached("INSERT INTO thread_wording (wording_id, thread_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
    add.execute((wording, thread))?;
    Ok(())
}

/// The row of a wording of a speaker, which is made if need be; `hash` is that of `content`.
fn find_or_add(conn: &Connection, hash: i64, speaker: Option<i64>, content: &str) -> Result<i64, Fault> {
    let mut find = conn.prepare_cached("SELECT id FROM wording WHERE hash = ?1 AND ifnull(speaker_id, 0) = ?2")?;
    if let Some(row) = find.query_row((hash, speaker.unwrap_or_default()), |row| row.get(0)).optional()? {
        return Ok(row);
    }
    let content = Searchable::new(content);
    let mut add = conn.prepare_cached("INSERT INTO wording (hash, speaker_id, folded) VALUES (?1, ?2, ?3)")?;
    let row = add.insert((hash, speaker, content.text()))?;
    let mut name = conn.prepare_cached("SELECT words FROM speaker WHERE id = ?1")?;
    let name: Option<String> = name.query_row([speaker], |row| row.get(0)).optional()?;
    let mut index = conn.prepare_cached("INSERT INTO wording_search (rowid, content, speaker) VALUES (?1, ?2, ?3)")?;
    index.execute((row, content.text(), name.unwrap_or_default()))?;
    Ok(row)
}

/// Forgets the wordings that the histories of an article have no more, now that all its claims are in theirs. A wording
/// that no history has goes by itself.
pub(crate) fn prune(conn: &Connection, article: ArticleId) -> Result<(), Fault> {
    let mut delete = conn.prepare_cached(
        "DELETE FROM thread_wording
         WHERE thread_id IN (SELECT id FROM thread WHERE article_id = ?1) AND NOT EXISTS (
           SELECT 1 FROM wording CROSS JOIN claim INDEXED BY claim_by_thread
             ON claim.wording = wording.hash AND claim.speaker_id IS wording.speaker_id
           WHERE wording.id = thread_wording.wording_id AND claim.thread_id = thread_wording.thread_id)",
    )?;
    delete.execute([article])?;
    Ok(())
}

/// The histories that have a claim whose wording is not noted, and those of which one is noted that they have not.
pub(crate) const ASTRAY: &str = "
    SELECT claim.thread_id, 0 FROM claim
    WHERE claim.thread_id NOTNULL AND NOT EXISTS (
      SELECT 1 FROM wording CROSS JOIN thread_wording
        ON thread_wording.wording_id = wording.id AND thread_wording.thread_id = claim.thread_id
      WHERE wording.hash = claim.wording AND ifnull(wording.speaker_id, 0) = ifnull(claim.speaker_id, 0))
    UNION
    SELECT thread_wording.thread_id, 1 FROM thread_wording
    CROSS JOIN wording ON wording.id = thread_wording.wording_id
    WHERE NOT EXISTS (
      SELECT 1 FROM claim INDEXED BY claim_by_thread
      WHERE claim.thread_id = thread_wording.thread_id AND claim.wording = wording.hash
        AND claim.speaker_id IS wording.speaker_id)";
