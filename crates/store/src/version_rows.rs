//! Versions on their way into the file: a text of an article, and what was read in it.

use isnad_core::{Claim, LanguagePack};
use rusqlite::{Connection, OptionalExtension};

use crate::block_rows;
use crate::claim_columns;
use crate::claim_rows;
use crate::encode::hash;
use crate::error::Fault;
use crate::frames::TEXTS;
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
    let text_row = match TEXTS.find(conn, &hash)? {
        Some(row) => row,
        None => TEXTS.add(conn, &hash, text.as_bytes(), newest_text(conn, article)?)?,
    };
    let mut add = conn.prepare_cached(
        "INSERT INTO version (article_id, text_id, language, blocks, engine, pack) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let read = Read::of(reading)?;
    let row = add.insert((article, text_row, read.language, read.blocks, reading.engine, read.pack))?;
    let version = VersionId(row);
    claim_rows::insert(conn, article, version, reading.claims, &mut claim_rows::Rows::default())?;
    Ok(version)
}

/// The text that was recorded last of the article: the next is likely to be much like it.
fn newest_text(conn: &Connection, article: ArticleId) -> Result<Option<i64>, Fault> {
    let mut newest =
        conn.prepare_cached("SELECT text_id FROM version WHERE article_id = ?1 ORDER BY text_id DESC LIMIT 1")?;
    Ok(newest.query_row([article], |row| row.get(0)).optional()?)
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
    let mut update = conn.prepare_cached(
        "UPDATE version SET language = ?2, blocks = ?3, engine = ?4, pack = ?5 WHERE id = ?1 RETURNING article_id",
    )?;
    let columns = (version, read.language, read.blocks, reading.engine, read.pack);
    let article = update.query_row(columns, |row| row.get(0))?;
    let mut rows = claim_rows::remove(conn, version)?;
    claim_rows::insert(conn, article, version, reading.claims, &mut rows)
}

/// The engine and the language pack that read the version.
pub(crate) fn read_by(conn: &Connection, version: VersionId) -> Result<(String, Option<String>), Fault> {
    let mut query = conn.prepare_cached("SELECT engine, pack FROM version WHERE id = ?1")?;
    Ok(query.query_row([version], |row| Ok((row.get(0)?, row.get(1)?)))?)
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
            blocks: block_rows::written(reading.article.blocks())?,
            pack: reading.pack.map(pack_name),
        })
    }
}

/// Whether the version has these claims and no others.
fn has_claims(conn: &Connection, version: VersionId, claims: &[Claim]) -> Result<bool, Fault> {
    let kept = claim_columns::of_version(conn, version)?;
    let mut given: Vec<&Claim> = claims.iter().collect();
    given.sort_by_key(|claim| claim.id);
    Ok(kept.iter().map(|(_, claim)| claim).eq(given))
}
