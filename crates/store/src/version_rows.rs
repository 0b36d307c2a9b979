//! Versions on their way into the file: a text of an article, and what was read in it.

use isnad_core::{Claim, LanguagePack};
use rusqlite::{Connection, OptionalExtension};

use crate::claim_rows;
use crate::encode::{hash, json};
use crate::error::Fault;
use crate::ids::{ArticleId, VersionId};
use crate::recording::Reading;

/// The version of the article that has the reading's text.
pub(crate) fn find(conn: &Connection, article: ArticleId, reading: &Reading<'_>) -> Result<Option<VersionId>, Fault> {
    let mut find = conn.prepare_cached(
        "SELECT version.id FROM version JOIN text ON text.id = version.text_id
         WHERE version.article_id = ?1 AND text.hash = ?2",
    )?;
    Ok(find.query_row((article, hash(reading.article.text().as_bytes())), |row| row.get(0)).optional()?)
}

/// Writes a version with its text, unless another version has the same, and its claims.
pub(crate) fn add(conn: &Connection, article: ArticleId, reading: &Reading<'_>) -> Result<VersionId, Fault> {
    let text = reading.article.text();
    let hash = hash(text.as_bytes());
    let mut find = conn.prepare_cached("SELECT id FROM text WHERE hash = ?1")?;
    let text_row: i64 = match find.query_row([&hash], |row| row.get(0)).optional()? {
        Some(row) => row,
        None => conn
            .prepare_cached("INSERT INTO text (hash, bytes, content) VALUES (?1, octet_length(?2), ?2)")?
            .insert((&hash, text))?,
    };
    let mut add = conn.prepare_cached(
        "INSERT INTO version (article_id, text_id, language, blocks, engine, pack) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let read = Read::of(reading)?;
    let row = add.insert((article, text_row, read.language, read.blocks, reading.engine, read.pack))?;
    claim_rows::insert(conn, VersionId(row), reading.claims, &mut claim_rows::Rows::default())?;
    Ok(VersionId(row))
}

/// Whether a reading of the version's text differs from the one that is kept, and is to take its place: a later reading
/// does, unless it was made without a language pack and the one that is kept was not.
pub(crate) fn is_corrected_by(conn: &Connection, version: VersionId, reading: &Reading<'_>) -> Result<bool, Fault> {
    let read = Read::of(reading)?;
    let mut query = conn.prepare_cached(
        "SELECT (?5 IS NOT NULL OR pack IS NULL), (language IS ?2 AND blocks = ?3 AND engine = ?4 AND pack IS ?5)
         FROM version WHERE id = ?1",
    )?;
    let (may, is_same): (bool, bool) = query
        .query_row((version, &read.language, &read.blocks, reading.engine, &read.pack), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    Ok(may && !(is_same && has_claims(conn, version, reading.claims)?))
}

/// Puts a reading of the version's text in the place of the one that is kept. The article's threads must have been
/// taken back.
pub(crate) fn replace(conn: &Connection, version: VersionId, reading: &Reading<'_>) -> Result<(), Fault> {
    let read = Read::of(reading)?;
    let mut update =
        conn.prepare_cached("UPDATE version SET language = ?2, blocks = ?3, engine = ?4, pack = ?5 WHERE id = ?1")?;
    update.execute((version, read.language, read.blocks, reading.engine, read.pack))?;
    let mut rows = claim_rows::remove(conn, version)?;
    claim_rows::insert(conn, version, reading.claims, &mut rows)
}

/// What a language pack is called in the file.
pub(crate) fn pack_name(pack: &LanguagePack) -> String {
    pack.label()
}

/// Whether a successful capture saw the version.
pub(crate) fn was_seen(conn: &Connection, version: VersionId) -> Result<bool, Fault> {
    let mut find =
        conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM capture WHERE version_id = ?1 AND status = 'ok')")?;
    Ok(find.query_row([version], |row| row.get(0))?)
}

/// The columns of a reading.
struct Read {
    language: Option<String>,
    blocks: String,
    pack: Option<String>,
}

impl Read {
    fn of(reading: &Reading<'_>) -> Result<Self, Fault> {
        Ok(Self {
            language: reading.article.metadata.language.map(|language| language.to_string()),
            blocks: json(reading.article.blocks())?,
            pack: reading.pack.map(pack_name),
        })
    }
}

/// Whether the version has these claims and no others.
fn has_claims(conn: &Connection, version: VersionId, claims: &[Claim]) -> Result<bool, Fault> {
    let mut query = conn.prepare_cached("SELECT json FROM claim WHERE version_id = ?1 ORDER BY number")?;
    let kept: Vec<String> = query.query_map([version], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut claims: Vec<&Claim> = claims.iter().collect();
    claims.sort_by_key(|claim| claim.id);
    let given: Vec<String> = claims.into_iter().map(json).collect::<Result<_, _>>()?;
    Ok(kept == given)
}
